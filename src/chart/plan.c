/* Which charts a report wants, with their names, titles and figures in words. */
#include "chart.h"

typedef struct plan {
  ari_work *work;
  ari_arena *arena;
  ari_fields fields;
  ari_axis *axes; /* agencies × fields; NULL: no radars */
  ari_chart *charts;
  size_t n, room;
} plan;

static ari_locale locale_of(const plan *p) { return p->work->options.lang == ARI_EN ? ARI_AS_EN : ARI_AS_VI; }

static ari_chart *add_chart(plan *p, ari_chart_kind kind) {
  void *items = p->charts;
  if (!ari_grow(&items, p->n, &p->room, sizeof *p->charts)) return NULL;
  p->charts = items;
  p->charts[p->n] = (ari_chart){.kind = kind, .group = -1};
  return &p->charts[p->n++];
}

static bool keep(plan *p, ari_buf *b, ari_str *out) {
  bool kept = !b->failed && ari_str_copy(p->arena, ari_buf_view(b), out);
  ari_buf_free(b);
  return kept;
}

/* An id of plain letters and digits is part of the file's name as it is; for any other the number stands, behind a '~', which no id has. */
static bool is_plain(ari_str id) {
  for (size_t i = 0; i < id.n; i++) {
    char c = id.p[i];
    bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!alnum && (i == 0 || (c != '-' && c != '_' && c != '.'))) return false;
  }
  return id.n > 0 && id.n <= 100;
}

static bool name_file(plan *p, ari_chart *c, ari_str id, size_t number, size_t page) {
  ari_buf b = {0};
  ari_buf_text(&b, ari_chart_name(c->kind));
  if (is_plain(id)) ari_buf_char(&b, '-'), ari_buf_str(&b, id);
  else if (id.n) ari_buf_printf(&b, "-~%zu", number + 1);
  if (page) ari_buf_printf(&b, "~%zu", page + 1);
  ari_buf_text(&b, ".svg");
  return keep(p, &b, &c->file);
}

/* ---- rankings ---- */

static void put_place(plan *p, ari_buf *b, uint32_t agency) {
  const ari_standing *st = &p->work->result->standings[agency];
  ari_chart_put_rank(b, st);
  ari_buf_text(b, ". ");
  ari_buf_str(b, ari_chart_agency_name(p->work, agency));
  ari_buf_char(b, ' ');
  if (st->has_points) ari_buf_e12(b, st->points, ari_chart_decimals(ari_decimals_total(p->work)), locale_of(p));
  else ari_buf_text(b, ari_chart_state_words(st->state, p->work->options.lang));
}

/* "Bar chart of the points, 15 agencies: 1. Sở Nội vụ 88,20; 2. …": the first three. */
static bool describe_ranking(plan *p, ari_chart *c) {
  enum { TOP = 3 };
  const ari_work *w = p->work;
  ari_lang lang = w->options.lang;
  ari_buf title = {0}, alt = {0};
  ari_buf_text(&title, ari_set_title(w));
  ari_str group = ari_chart_group_name(w, c->group);
  if (group.n) ari_buf_text(&title, " – "), ari_buf_str(&title, group);
  ari_buf_printf(&title, " – %s", ari_period_text(w));
  if (c->n_rows < c->all_rows) ari_buf_printf(&title, " (%zu–%zu)", c->first_row + 1, c->first_row + c->n_rows);
  ari_buf_printf(&alt, "%s, %zu %s: ", ari_word_text(ARI_WORD_chart_ranking_alt, lang), c->all_rows,
                 ari_word_text(ARI_WORD_chart_agencies, lang));
  for (size_t i = 0; i < c->n_rows && i < TOP; i++) {
    if (i) ari_buf_text(&alt, "; ");
    put_place(p, &alt, c->rows[i]);
  }
  if (c->n_rows > TOP) ari_buf_text(&alt, "; …");
  bool kept = keep(p, &title, &c->title);
  return keep(p, &alt, &c->alt) && kept;
}

/* The agencies of one group or tier (-1: everybody) in ranking order, in pages of about the same length. */
static bool plan_ranking(plan *p, int32_t group, ari_str id) {
  const ari_work *w = p->work;
  uint32_t *rows = ari_arena_array(p->arena, w->evidence->agencies->n, sizeof *rows);
  size_t n = 0;
  if (!rows) return false;
  for (size_t i = 0; i < w->evidence->agencies->n; i++) {
    uint32_t agency = w->result->shown[i];
    if (group < 0 || ari_chart_block(w, agency) == group) rows[n++] = agency;
  }
  size_t pages = (n + ARI_CHART_ROWS - 1) / ARI_CHART_ROWS;
  for (size_t page = 0; page < pages; page++) {
    ari_chart *c = add_chart(p, ARI_CHART_RANKING);
    if (!c) return false;
    c->group = group;
    c->first_row = n * page / pages;
    c->rows = rows + c->first_row;
    c->n_rows = n * (page + 1) / pages - c->first_row;
    c->all_rows = n;
    if (!name_file(p, c, id, group < 0 ? 0 : (size_t)group, page) || !describe_ranking(p, c)) return false;
  }
  return true;
}

static bool plan_rankings(plan *p) {
  const ari_set *set = p->work->set;
  for (uint32_t t = 0; t < set->n_tiers && set->ranking.within == ARI_WITHIN_TIER; t++)
    if (!plan_ranking(p, (int32_t)t, set->tiers[t].id)) return false;
  if (set->ranking.within == ARI_WITHIN_TIER) return true;
  const ari_agencies *list = p->work->evidence->agencies;
  bool grouped = list->n_groups > 0 && set->ranking.within != ARI_WITHIN_ALL;
  for (size_t i = 0; i < list->n && grouped; i++) grouped = list->items[i].group_index >= 0;
  if (!grouped) return plan_ranking(p, -1, (ari_str){0});
  for (size_t g = 0; g < list->n_groups; g++)
    if (!plan_ranking(p, (int32_t)g, list->groups[g])) return false;
  return true;
}

/* ---- radars ---- */

/* "Timeliness 16,20 / 20 (81,0 %, median 76,5 %, best 98,0 %); …" */
static void put_axis(plan *p, ari_buf *b, const ari_axis *axis) {
  ari_lang lang = p->work->options.lang;
  ari_locale how = locale_of(p);
  ari_buf_str(b, ari_chart_field_name(p->work, axis->field));
  ari_buf_char(b, ' ');
  if (axis->scored) {
    ari_buf_e12(b, axis->points, -1, how);
    ari_buf_text(b, " / ");
    ari_chart_put_max(b, axis->max, how);
    ari_buf_text(b, " (");
    ari_chart_put_percent(b, axis->percent, 1, how);
  } else {
    ari_buf_printf(b, "(%s", ari_word_text(ARI_WORD_chart_not_scored, lang));
  }
  if (axis->compared) {
    ari_buf_printf(b, ", %s ", ari_word_text(ARI_WORD_chart_median, lang));
    ari_chart_put_percent(b, axis->median_percent, 1, how);
    ari_buf_printf(b, ", %s ", ari_word_text(ARI_WORD_chart_best_short, lang));
    ari_chart_put_percent(b, axis->best_percent, 1, how);
  }
  ari_buf_char(b, ')');
}

enum { LEAST_AXES = 3 };

/* Only the fields that the agency's tier has. */
static size_t keep_axes(const plan *p, size_t agency, ari_axis *axes) {
  uint32_t tier = p->work->evidence->agencies->items[agency].tier_index;
  size_t n = 0;
  for (size_t f = 0; f < p->fields.n; f++)
    if (axes[f].field->presence[tier] != ARI_NOT_THERE) axes[n++] = axes[f];
  return n;
}

static bool plan_radar(plan *p, size_t agency) {
  const ari_work *w = p->work;
  ari_axis *axes = p->axes + agency * p->fields.n;
  size_t n = keep_axes(p, agency, axes);
  if (n < LEAST_AXES) return true;
  ari_chart *c = add_chart(p, ARI_CHART_RADAR);
  if (!c) return false;
  c->agency = agency;
  c->axes = axes;
  c->n_axes = n;
  ari_buf title = {0}, alt = {0};
  ari_buf_str(&title, ari_chart_agency_name(w, agency));
  ari_buf_printf(&title, " – %s – %s", ari_set_title(w), ari_period_text(w));
  ari_buf_printf(&alt, "%s: ", ari_word_text(ARI_WORD_chart_radar_alt, w->options.lang));
  for (size_t i = 0; i < c->n_axes; i++) {
    if (i) ari_buf_text(&alt, "; ");
    put_axis(p, &alt, &c->axes[i]);
  }
  bool kept = keep(p, &title, &c->title);
  return keep(p, &alt, &c->alt) && kept && name_file(p, c, w->evidence->agencies->items[agency].id, agency, 0);
}

static bool has_figures(const plan *p, size_t agency) {
  for (size_t f = 0; f < p->fields.n; f++)
    if (p->axes[agency * p->fields.n + f].scored) return true;
  return false;
}

static bool plan_radars(plan *p) {
  ari_work *w = p->work;
  if (p->fields.n < LEAST_AXES) return true;
  if (w->evidence->agencies->n > ARI_CHART_RADARS) {
    ari_findings_add(&w->findings, ARI_W0706, ARI_NOWHERE,
                     &(ari_args){{ari_arg_int((int64_t)w->evidence->agencies->n), ari_arg_int(ARI_CHART_RADARS)}});
    return true;
  }
  if (!ari_chart_axes(w, p->arena, &p->fields, &p->axes)) return false;
  for (size_t i = 0; i < w->evidence->agencies->n; i++)
    if (has_figures(p, i) && !plan_radar(p, i)) return false;
  return true;
}

ari_status ari_charts_plan(ari_work *work, ari_arena *arena, ari_chart **charts, size_t *n) {
  *charts = NULL;
  *n = 0;
  if (work->options.charts == ARI_CHARTS_NONE) return ARI_OK;
  if (!work->set || !work->result) return ARI_MISUSE;
  plan p = {.work = work, .arena = arena};
  bool good = ari_chart_fields(work->set, arena, &p.fields) && plan_rankings(&p) && plan_radars(&p);
  ari_chart *kept = good ? ari_arena_array(arena, p.n, sizeof *kept) : NULL;
  for (size_t i = 0; kept && i < p.n; i++) kept[i] = p.charts[i];
  ari_free(p.charts);
  if (!kept) return ARI_NOMEM;
  *charts = kept;
  *n = p.n;
  return ARI_OK;
}
