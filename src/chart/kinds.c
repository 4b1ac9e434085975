/* The kinds of charts. A new kind is a row here, a script in plots/ (named in plots.S too) and a file of its own with its two functions. */
#include "inside.h"

extern const char ari_plot_ranking[], ari_plot_radar[], ari_plot_heat[], ari_plot_distribution[], ari_plot_waterfall[], ari_plot_dumbbell[], ari_plot_interval[], ari_plot_bump[];

static const ari_chart_type types[ARI_CHART_KINDS] = {
    [ARI_CHART_RANKING] = {"ranking", ARI_WORD_chart_kind_ranking, ARI_CHART_OF_GROUP, ARI_WORD_chart_needs_points, ari_plot_ranking, ari_describe_ranking, ari_sheet_ranking},
    [ARI_CHART_RADAR] = {"radar", ARI_WORD_chart_kind_radar, ARI_CHART_OF_AGENCY, ARI_WORD_chart_needs_fields, ari_plot_radar, ari_describe_radar, ari_sheet_radar},
    [ARI_CHART_HEAT] = {"heat", ARI_WORD_chart_kind_heat, ARI_CHART_OF_GROUP, ARI_WORD_chart_needs_points, ari_plot_heat, ari_describe_heat, ari_sheet_heat},
    [ARI_CHART_DISTRIBUTION] = {"distribution", ARI_WORD_chart_kind_distribution, ARI_CHART_OF_ALL, ARI_WORD_chart_needs_points, ari_plot_distribution, ari_describe_distribution, ari_sheet_distribution},
    [ARI_CHART_WATERFALL] = {"waterfall", ARI_WORD_chart_kind_waterfall, ARI_CHART_OF_AGENCY, ARI_WORD_chart_needs_steps, ari_plot_waterfall, ari_describe_waterfall, ari_sheet_waterfall},
    [ARI_CHART_DUMBBELL] = {"dumbbell", ARI_WORD_chart_kind_dumbbell, ARI_CHART_OF_GROUP, ARI_WORD_chart_needs_claims, ari_plot_dumbbell, ari_describe_dumbbell, ari_sheet_dumbbell},
    [ARI_CHART_INTERVAL] = {"interval", ARI_WORD_chart_kind_interval, ARI_CHART_OF_GROUP, ARI_WORD_chart_needs_points, ari_plot_interval, ari_describe_interval, ari_sheet_interval},
    [ARI_CHART_BUMP] = {"bump", ARI_WORD_chart_kind_bump, ARI_CHART_OF_GROUP, ARI_WORD_chart_needs_points, ari_plot_bump, ari_describe_bump, ari_sheet_bump},
};

const ari_chart_type *ari_chart_type_of(ari_chart_kind kind) { return &types[kind]; }

const char *ari_chart_name(ari_chart_kind kind) { return types[kind].name; }

bool ari_chart_kind_at(size_t n, ari_lang lang, const char **name, const char **title, bool *of_agency) {
  if (n >= ARI_CHART_KINDS) return false;
  *name = types[n].name;
  *title = ari_word_text(types[n].title, lang);
  *of_agency = types[n].subject == ARI_CHART_OF_AGENCY;
  return true;
}
