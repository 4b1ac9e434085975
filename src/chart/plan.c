/* Which charts are wanted, and what the file of each is called. */
#include "inside.h"

static ari_chart *add_chart(ari_chart_plan *p, ari_chart_kind kind) {
  void *items = p->charts;
  if (!ari_grow(&items, p->n, &p->room, sizeof *p->charts)) return NULL;
  p->charts = items;
  p->charts[p->n] = (ari_chart){.kind = kind, .group = -1};
  return &p->charts[p->n++];
}

bool ari_chart_keep(ari_chart_plan *p, ari_buf *b, ari_str *out) {
  bool kept = !b->failed && ari_str_copy(p->arena, ari_buf_view(b), out);
  ari_buf_free(b);
  return kept;
}

bool ari_chart_title_agencies(ari_chart_plan *p, ari_chart *c) {
  ari_buf b = {0};
  ari_buf_text(&b, ari_set_title(p->work));
  if (c->part.n) ari_buf_text(&b, " – "), ari_buf_str(&b, c->part);
  ari_buf_text(&b, " – ");
  ari_chart_put_period(&b, p->work, " – ");
  if (c->n_rows < c->all_rows) ari_buf_printf(&b, " (%zu–%zu)", c->first_row + 1, c->first_row + c->n_rows);
  return ari_chart_keep(p, &b, &c->title);
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

static bool name_file(ari_chart_plan *p, ari_chart *c, ari_str id, size_t number, size_t page) {
  ari_buf b = {0};
  ari_buf_text(&b, ari_chart_name(c->kind));
  if (is_plain(id)) ari_buf_char(&b, '-'), ari_buf_str(&b, id);
  else if (id.n) ari_buf_printf(&b, "-~%zu", number + 1);
  if (page) ari_buf_printf(&b, "~%zu", page + 1);
  ari_buf_text(&b, ari_picture_suffix(p->wish->format));
  return ari_chart_keep(p, &b, &c->file);
}

/* The chart that was added last goes again when there is nothing to draw. */
static bool describe(ari_chart_plan *p, ari_chart *c, ari_str id, size_t number, size_t page) {
  bool wanted = true;
  if (!ari_chart_type_of(c->kind)->describe(p, c, &wanted)) return false;
  if (!wanted) p->n--;
  return !wanted || name_file(p, c, id, number, page);
}

/* ---- charts of several agencies ---- */

static bool is_wished(const ari_chart_plan *p, size_t agency) {
  const ari_agency *a = &p->work->evidence->agencies->items[agency];
  return (p->wish->group < 0 || a->group_index == p->wish->group) && (p->wish->tier < 0 || (int32_t)a->tier_index == p->wish->tier);
}

/* The title of what is shown: of the group or tier that stands alone, or was asked for. */
static ari_str name_part(const ari_chart_plan *p, int32_t block) {
  const ari_work *w = p->work;
  if (block >= 0) return ari_chart_group_name(w, block);
  if (p->wish->tier >= 0) return ari_title_of(w, w->set->tiers[p->wish->tier].title);
  if (p->wish->group >= 0) return ari_group_title(w->set, w->evidence->agencies->groups[p->wish->group], w->options.lang);
  return (ari_str){0};
}

/* The agencies of one block (-1: everybody) in ranking order, in pages of about the same length. */
static bool plan_block(ari_chart_plan *p, ari_chart_kind kind, int32_t block, ari_str id) {
  const ari_work *w = p->work;
  uint32_t *rows = ari_arena_array(p->arena, w->evidence->agencies->n, sizeof *rows);
  size_t n = 0;
  if (!rows) return false;
  for (size_t i = 0; i < w->evidence->agencies->n; i++) {
    uint32_t agency = w->result->shown[i];
    if ((block < 0 || ari_chart_block(w, agency) == block) && is_wished(p, agency)) rows[n++] = agency;
  }
  bool paged = ari_chart_type_of(kind)->subject == ARI_CHART_OF_GROUP && !p->wish->single;
  size_t most = p->wish->rows ? p->wish->rows : ARI_CHART_ROWS, pages = paged ? (n + most - 1) / most : n > 0;
  for (size_t page = 0; page < pages; page++) {
    ari_chart *c = add_chart(p, kind);
    if (!c) return false;
    c->group = block;
    c->part = name_part(p, block >= 0 || ari_chart_block(w, rows[0]) != ari_chart_block(w, rows[n - 1]) ? block : ari_chart_block(w, rows[0]));
    c->first_row = n * page / pages;
    c->rows = rows + c->first_row;
    c->n_rows = n * (page + 1) / pages - c->first_row;
    c->all_rows = n;
    if (!describe(p, c, id, block < 0 ? 0 : (size_t)block, page)) return false;
  }
  return true;
}

static bool plan_blocks(ari_chart_plan *p, ari_chart_kind kind) {
  const ari_set *set = p->work->set;
  for (uint32_t t = 0; t < set->n_tiers && set->ranking.within == ARI_WITHIN_TIER; t++)
    if (!plan_block(p, kind, (int32_t)t, set->tiers[t].id)) return false;
  if (set->ranking.within == ARI_WITHIN_TIER) return true;
  const ari_agencies *list = p->work->evidence->agencies;
  bool grouped = list->n_groups > 0 && set->ranking.within != ARI_WITHIN_ALL;
  for (size_t i = 0; i < list->n && grouped; i++) grouped = list->items[i].group_index >= 0;
  if (!grouped) return plan_block(p, kind, -1, (ari_str){0});
  for (size_t g = 0; g < list->n_groups; g++)
    if (!plan_block(p, kind, (int32_t)g, list->groups[g])) return false;
  return true;
}

/* ---- charts of single agencies ---- */

static bool plan_agencies(ari_chart_plan *p, ari_chart_kind kind) {
  const ari_work *w = p->work;
  for (size_t i = 0; i < w->evidence->agencies->n; i++) {
    if ((p->wish->agency >= 0 && (size_t)p->wish->agency != i) || !is_wished(p, i)) continue;
    ari_chart *c = add_chart(p, kind);
    if (!c) return false;
    c->agency = i;
    if (!describe(p, c, w->evidence->agencies->items[i].id, i, 0)) return false;
  }
  return true;
}

/* ---- all of them ---- */

static bool plan_kind(ari_chart_plan *p, ari_chart_kind kind) {
  switch (ari_chart_type_of(kind)->subject) {
    case ARI_CHART_OF_ALL: return plan_block(p, kind, -1, (ari_str){0});
    case ARI_CHART_OF_AGENCY: return plan_agencies(p, kind);
    default: return p->wish->single ? plan_block(p, kind, -1, (ari_str){0}) : plan_blocks(p, kind);
  }
}

/* Beyond so many agencies those of single ones are left out, which is told once. */
static bool plan_kinds(ari_chart_plan *p) {
  ari_work *w = p->work;
  bool told = p->wish->agency >= 0;
  for (ari_chart_kind kind = p->wish->from; kind < p->wish->until; kind++) {
    const ari_chart_type *type = ari_chart_type_of(kind);
    if (type->subject != ARI_CHART_OF_AGENCY || p->wish->agency >= 0 || w->evidence->agencies->n <= ARI_CHART_AGENCIES) {
      if (!plan_kind(p, kind)) return false;
    } else if (!told) {
      told = true;
      ari_findings_add(&w->findings, ARI_W0706, ARI_NOWHERE,
                       &(ari_args){{ari_arg_int((int64_t)w->evidence->agencies->n), ari_arg_int(ARI_CHART_AGENCIES)}});
    }
  }
  return true;
}

ari_status ari_charts_plan_wish(ari_work *work, ari_arena *arena, const ari_chart_wish *wish, ari_chart **charts, size_t *n) {
  *charts = NULL;
  *n = 0;
  if (!work->set || !work->result) return ARI_MISUSE;
  ari_chart_plan p = {.work = work, .arena = arena, .wish = wish};
  bool good = ari_chart_fields(work->set, arena, &p.fields) && plan_kinds(&p);
  ari_chart *kept = good ? ari_arena_array(arena, p.n, sizeof *kept) : NULL;
  for (size_t i = 0; kept && i < p.n; i++) kept[i] = p.charts[i];
  ari_free(p.charts);
  if (!kept) return ARI_NOMEM;
  *charts = kept;
  *n = p.n;
  return ARI_OK;
}

/* Ranks that are of the same kind and of different periods stand side by side. */
static bool has_history(const ari_work *work) {
  const ari_work *before = ari_compared_with(work);
  return before && before->set->ranking.within == work->set->ranking.within && ari_period_ends_after(work->period, before->period);
}

ari_status ari_charts_plan(ari_work *work, ari_arena *arena, ari_chart **charts, size_t *n) {
  *charts = NULL;
  *n = 0;
  if (work->options.charts == ARI_CHARTS_NONE) return ARI_OK;
  ari_chart_wish wish = {.until = ARI_CHART_KINDS, .agency = -1, .group = -1, .tier = -1, .rows = ARI_CHART_PAGE_ROWS};
  if (has_history(work)) {
    ari_history *history = ari_arena_alloc(arena, sizeof *history);
    ari_work *before = ari_compared_with(work);
    if (!history) return ARI_NOMEM;
    ari_status status = ari_chart_history(work, &before, 1, history);
    if (status != ARI_OK) return status;
    wish.history = history;
  }
  return ari_charts_plan_wish(work, arena, &wish, charts, n);
}
