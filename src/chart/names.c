/* How things are called in pictures, in the language of the options. */
#include "inside.h"

#include <string.h>

ari_locale ari_chart_locale(const ari_work *work) { return ari_locale_of(work->options.lang); }

ari_str ari_chart_agency_name(const ari_work *work, size_t agency) {
  const ari_agency *a = &work->evidence->agencies->items[agency];
  ari_str name = ari_title_of(work, a->name);
  return name.n ? name : a->id;
}

int32_t ari_chart_block(const ari_work *work, size_t agency) {
  const ari_agency *a = &work->evidence->agencies->items[agency];
  ari_within within = work->set->ranking.within;
  return within == ARI_WITHIN_ALL ? -1 : within == ARI_WITHIN_TIER ? (int32_t)a->tier_index : a->group_index;
}

ari_str ari_chart_group_name(const ari_work *work, int32_t group) {
  if (group >= 0 && work->set->ranking.within == ARI_WITHIN_TIER) return ari_title_of(work, work->set->tiers[group].title);
  if (group < 0 || !work->evidence->agencies->groups[group].n) return (ari_str){0};
  return ari_group_title(work->set, work->evidence->agencies->groups[group], work->options.lang);
}

ari_str ari_chart_field_name(const ari_work *work, const ari_node *node) {
  ari_str title = ari_title_of(work, node->title);
  return title.n ? title : node->id;
}

bool ari_chart_part_begins(const ari_work *work, const ari_chart *chart, size_t row) {
  if (ari_chart_block(work, chart->rows[0]) == ari_chart_block(work, chart->rows[chart->n_rows - 1])) return false; /* those of one stand together */
  return row == 0 || ari_chart_block(work, chart->rows[row]) != ari_chart_block(work, chart->rows[row - 1]);
}

void ari_chart_put_count(ari_buf *b, const ari_work *work, size_t n, ari_word things) {
  ari_buf_count(b, (int64_t)n, ari_chart_locale(work));
  ari_buf_printf(b, " %s", ari_word_text(things, work->options.lang));
}

void ari_chart_put_agencies(ari_buf *b, const ari_work *work, const ari_chart *c) {
  if (c->part.n) ari_buf_str(b, c->part), ari_buf_text(b, " · ");
  ari_chart_put_period(b, work, " · ");
  ari_buf_text(b, " · ");
  ari_chart_put_count(b, work, c->all_rows, ARI_WORD_chart_agencies);
  if (c->n_rows < c->all_rows) ari_buf_printf(b, " (%zu–%zu)", c->first_row + 1, c->first_row + c->n_rows);
}

void ari_chart_put_marks(ari_buf *b, bool ties, bool unranked, ari_lang lang) {
  if (ties) ari_buf_printf(b, "= %s", ari_word_text(ARI_WORD_chart_tied, lang));
  if (ties && unranked) ari_buf_text(b, "   ");
  if (unranked) ari_buf_printf(b, "– %s", ari_word_text(ARI_WORD_chart_unranked, lang));
}

void ari_chart_put_rank(ari_buf *b, const ari_standing *standing) {
  if (standing->rank == 0) ari_buf_text(b, "–");
  else ari_buf_printf(b, "%s%d", standing->tied ? "=" : "", standing->rank);
}

void ari_chart_put_percent(ari_buf *b, int64_t percent, int decimals, ari_locale how) {
  ari_buf_e12(b, percent, decimals, how);
  ari_buf_text(b, how == ARI_AS_VI ? " %" : "%");
}

void ari_chart_put_max(ari_buf *b, int64_t max, ari_locale how) {
  int64_t rest = max % (ARI_ONE / 1000);
  ari_buf_e12(b, max - rest, -1, how);
  if (rest) ari_buf_text(b, "…");
}

const char *ari_chart_state_words(ari_agency_state state, ari_lang lang) {
  return state == ARI_FINAL ? "" : ari_agency_state_text(state, lang);
}

void ari_chart_put_period(ari_buf *b, const ari_work *work, const char *between) {
  ari_round_info round;
  ari_stage stage = ari_work_stage(work);
  ari_buf_text(b, ari_period_text(work));
  bool open = ari_round_of(work, &round) == ARI_OK && strcmp(round.state, "trial") != 0 && strcmp(round.state, "published") != 0;
  if (open) ari_buf_printf(b, "%s%s", between, round.state_text);
  if (stage != ARI_STAGE_FINAL) ari_buf_printf(b, "%s%s", between, ari_stage_text(stage, work->options.lang));
}

int ari_chart_decimals(int decimals) { return decimals <= 4 ? decimals : -1; }

uint32_t ari_chart_tiers(const ari_work *work, const uint32_t *agencies, size_t n) {
  uint32_t tiers = 0;
  for (size_t i = 0; i < n; i++) tiers |= UINT32_C(1) << work->evidence->agencies->items[agencies[i]].tier_index;
  return tiers;
}

bool ari_chart_has_field(const ari_work *work, const ari_node *field, uint32_t tiers) {
  for (uint32_t t = 0; t < work->set->n_tiers; t++)
    if ((tiers >> t & 1) && field->presence[t] != ARI_NOT_THERE) return true;
  return false;
}

void ari_chart_put_maxima(ari_buf *b, const ari_work *work, const ari_node *field, uint32_t tiers, ari_locale how) {
  int64_t last = 0;
  for (uint32_t t = 0, shown = 0; t < work->set->n_tiers; t++) {
    int64_t max = field->presence[t] == ARI_NOT_THERE ? -1 : field->max_e12[t];
    if (!(tiers >> t & 1) || (shown && max == last)) continue;
    if (shown++) ari_buf_text(b, " | ");
    if (max < 0) ari_buf_text(b, "–");
    else ari_chart_put_max(b, max, how);
    last = max;
  }
}
