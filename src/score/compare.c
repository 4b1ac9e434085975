/* Two rounds side by side: what became of points, index and rank of every agency, and of every criterion (ari(1), "compare"). An agency that took the place of others is held
 * against each of them. */
#include "inside.h"

#include <string.h>

enum { NOBODY = -1 };

/* One agency then and now. */
typedef struct pair { int64_t before, after; size_t first_row; } pair;   /* NOBODY: it was not there, or is not any more */

struct ari_comparison {
  ari_work *before, *after;
  pair *pairs; size_t n, room;
  size_t rows;
};

/* ---- who is who ---- */

static bool add_pair(struct ari_comparison *c, int64_t before, int64_t after) {
  if (!ari_grow((void **)&c->pairs, c->n, &c->room, sizeof *c->pairs)) return false;
  c->pairs[c->n++] = (pair){before, after, 0};
  return true;
}

/* `depth` ends lists that go in a circle. */
static bool walk_forerunners(const ari_agencies *then, const ari_agencies *listed, const ari_agency *agency, size_t depth, ari_forerunner *take, void *to) {
  int32_t same = ari_map_get(&then->ids, agency->id);
  if (same >= 0 && !take(to, (size_t)same)) return false;
  for (uint32_t i = 0; i < agency->n_replaces && depth <= listed->n; i++) {
    int32_t old = ari_map_get(&then->ids, agency->replaces[i]), between = ari_map_get(&listed->ids, agency->replaces[i]);
    if (old >= 0 ? !take(to, (size_t)old) : between >= 0 && !walk_forerunners(then, listed, &listed->items[between], depth + 1, take, to)) return false;
  }
  return true;
}

bool ari_forerunners(const ari_work *before, const ari_work *after, size_t agency, ari_forerunner *take, void *to) {
  const ari_evidence *now = after->evidence;
  return walk_forerunners(before->evidence->agencies, now->listed ? now->listed : now->agencies, &now->agencies->items[agency], 0, take, to);
}

typedef struct becoming { struct ari_comparison *c; int64_t after; } becoming;

static bool add_forerunner(void *to, size_t before) {
  becoming *b = to;
  return add_pair(b->c, (int64_t)before, b->after);
}

static bool add_new(struct ari_comparison *c, int64_t after) {
  size_t n = c->n;
  return ari_forerunners(c->before, c->after, (size_t)after, add_forerunner, &(becoming){c, after}) && (c->n > n || add_pair(c, NOBODY, after));
}

static bool add_gone(struct ari_comparison *c) {
  const ari_agencies *then = c->before->evidence->agencies;
  bool *kept = ari_calloc(then->n + 1, sizeof *kept), good = kept != NULL;
  for (size_t i = 0; good && i < c->n; i++)
    if (c->pairs[i].before >= 0) kept[c->pairs[i].before] = true;
  for (size_t i = 0; good && i < then->n; i++) good = kept[i] || add_pair(c, (int64_t)i, NOBODY);
  ari_free(kept);
  return good;
}

/* ---- rows ---- */

static const ari_tier *tier_of(const ari_work *work, int64_t agency) {
  return &work->set->tiers[work->evidence->agencies->items[agency].tier_index];
}

/* As many criteria as it has rows among the scores: absent agencies the total alone. */
static size_t count_nodes(const ari_work *work, int64_t agency) {
  return agency < 0 ? 0 : work->result->rows[agency + 1] - work->result->rows[agency];
}

/* The node of the same id among an agency's rows; NULL: there is none. */
static const ari_node *same_node(const ari_work *work, int64_t agency, const ari_node *node) {
  const ari_node *n = agency < 0 ? NULL : ari_set_node(work->set, node->id);
  if (!n || (n->index > 0 && count_nodes(work, agency) == 1)) return NULL;
  return n->presence[work->evidence->agencies->items[agency].tier_index] != ARI_NOT_THERE ? n : NULL;
}

/* The k-th criterion of a pair: those of today, then those that only the earlier round had. */
static const ari_node *node_at(const struct ari_comparison *c, const pair *p, size_t k) {
  size_t now = count_nodes(c->after, p->after);
  if (k < now) return tier_of(c->after, p->after)->nodes[k];
  for (size_t i = 0; i < count_nodes(c->before, p->before); i++)
    if (!same_node(c->after, p->after, tier_of(c->before, p->before)->nodes[i]) && k-- == now) return tier_of(c->before, p->before)->nodes[i];
  return NULL;
}

static size_t count_rows(const struct ari_comparison *c, const pair *p) {
  size_t n = count_nodes(c->after, p->after);
  for (size_t i = 0; i < count_nodes(c->before, p->before); i++) n += !same_node(c->after, p->after, tier_of(c->before, p->before)->nodes[i]);
  return n;
}

static bool make_pairs(struct ari_comparison *c) {
  bool good = true;
  for (size_t i = 0; good && i < c->after->evidence->agencies->n; i++) good = add_new(c, (int64_t)i);
  if (!good || !add_gone(c)) return false;
  for (size_t i = 0; i < c->n; i++) {
    c->pairs[i].first_row = c->rows;
    c->rows += count_rows(c, &c->pairs[i]);
  }
  return true;
}

/* ---- the whole ---- */

static ari_status refuse(ari_work *before, ari_work *after) {
  const ari_set *a = before->set, *b = after->set;
  ari_buf then = {0}, now = {0};
  ari_buf_period(&then, before->period);
  ari_buf_period(&now, after->period);
  ari_code code = ARI_F0001;
  if (!ari_sets_comparable(b, a)) {
    code = ARI_E0571;
    ari_findings_add(&after->findings, code, ARI_NOWHERE, &(ari_args){{ari_arg_text(a->id), ari_arg_text(a->version), ari_arg_text(b->id), ari_arg_text(b->version)}});
  } else if (ari_period_ends_after(before->period, after->period)) {
    code = ARI_E0572;
    ari_findings_add(&after->findings, code, ARI_NOWHERE, &(ari_args){{ari_arg_text(ari_buf_view(&then)), ari_arg_text(ari_buf_view(&now))}});
  }
  ari_status status = then.failed || now.failed ? ARI_NOMEM : code ? ARI_INPUT : ARI_OK;
  ari_buf_free(&then);
  ari_buf_free(&now);
  return status;
}

ari_status ari_compare(ari_work *before, ari_work *after) {
  if (!before->result || !after->result || after->comparison) return ARI_MISUSE;
  ari_status status = refuse(before, after);
  if (status != ARI_OK) return status;
  struct ari_comparison *c = ari_calloc(1, sizeof *c);
  if (!c) return ARI_NOMEM;
  *c = (struct ari_comparison){.before = before, .after = after};
  after->comparison = c;
  if (make_pairs(c)) return ARI_OK;
  after->failed = true;
  return ARI_NOMEM;
}

void ari_comparison_free(struct ari_comparison *c) {
  if (c) ari_free(c->pairs);
  ari_free(c);
}

ari_work *ari_compared_with(const ari_work *after) { return after->comparison ? after->comparison->before : NULL; }

size_t ari_compare_count(const ari_work *after) { return after->comparison ? after->comparison->rows : 0; }

/* One side of a row. */
static void fill_side(ari_work *work, int64_t agency, const ari_node *node, ari_compared *out) {
  *out = (ari_compared){.agency = "", .name = "", .group_title = "", .state = "", .state_text = "", .grade = ""};
  if (agency < 0) return;
  const ari_standing *s = &work->result->standings[agency];
  ari_ranking_row row;
  ari_ranking_of(work, (size_t)agency, &row);
  out->agency = row.agency;
  out->name = row.name;
  out->group_title = row.group_title;
  if (!node) return;
  const ari_figure *f = ari_result_figure(work->result, (size_t)agency, node->index);
  bool total = node->index == 0;
  out->there = true;
  out->has_points = f->has_points;
  out->points = f->points;
  out->has_max = s->has_max;
  out->max = f->max;
  out->state = total ? ari_agency_state_name(s->state) : ari_leaf_state_name((ari_leaf_state)f->state);
  out->state_text = total ? ari_agency_state_text(s->state, work->options.lang) : ari_figure_state_text(f, work->options.lang);
  if (!total) return;
  out->index = row.index;
  out->rank = row.rank;
  out->tied = row.tied;
  out->grade = row.grade_title;
}

ari_status ari_compare_at(const ari_work *after, size_t n, ari_compare_row *out) {
  const struct ari_comparison *c = after->comparison;
  if (!c || n >= c->rows) return ARI_MISUSE;
  size_t low = 0, high = c->n;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (c->pairs[middle].first_row <= n) low = middle;
    else high = middle;
  }
  const pair *p = &c->pairs[low];
  const ari_node *node = node_at(c, p, n - p->first_row);
  bool gone = p->after < 0 || !same_node(c->after, p->after, node);
  const ari_work *of = gone ? c->before : c->after;
  const ari_node *own = gone ? same_node(c->before, p->before, node) : node;
  *out = (ari_compare_row){.criterion = ari_node_id_text(of, own), .title = ari_node_title_text(of, own), .level = own->level};
  fill_side(c->before, p->before, same_node(c->before, p->before, node), &out->before);
  fill_side(c->after, p->after, gone ? NULL : node, &out->after);
  return ARI_OK;
}
