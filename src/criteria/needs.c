/* What grades ask for besides their figure (ari-criteria(5), "Ranking and grades"): `needs: [{that: points('2') >= 20}]`. The formulas look at published figures
 * of nodes instead of evidence; what can never be met is told before there is any. */
#include "inside.h"

#include <string.h>

const ari_field ari_need_fields[] = {
  {.key = "that", .type = ARI_FIELD_FORMULA, .required = true, .en = "what must hold: points('2') >= 20, share('2') >= 75%",
   .vi = "điều kiện phải đạt: points('2') >= 20, share('2') >= 75%"},
  {.key = NULL},
};

/* ---- the figures that a need can look at ---- */

/* points('2') or share('2') as a slot. */
static int find_figure(const void *of, ari_str name) {
  const ari_set *set = of;
  const char *open = memchr(name.p, '\'', name.n);
  if (!open) return ARI_NO_FIGURE;
  size_t from = (size_t)(open - name.p) + 1;
  const char *close = memchr(name.p + from, '\'', name.n - from);
  int32_t node = close ? ari_map_get(&set->node_ids, ari_str_sub(name, from, (size_t)(close - name.p))) : -1;
  return node < 0 ? ARI_NO_FIGURE : 2 * node + (name.p[0] == 's');
}

/* Whether no figure of the node can be beyond its maximum: nothing may exceed, nothing is spread to it, and rounding cannot lift it. */
static bool is_limited(const ari_set *set, const ari_node *top, ari_num *rounded) {
  for (uint32_t i = 0; i < set->n_nodes; i++) {
    const ari_node *node = set->nodes[i], *up = node;
    while (up && up != top) up = up->parent;
    if (!up || (node->outside && !top->outside)) continue;
    if (node->over_max == ARI_OVER_ALLOW || ari_node_spreads(set, node) || ari_num_sign(node->min) < 0) return false;
    for (uint32_t t = 0; t < set->n_tiers; t++) {
      ari_num_round(rounded, node->max[t], node->leaf >= 0 ? node->rounding.leaf : node->rounding.node, node->rounding.mode);
      if (ari_num_cmp(rounded, node->max[t]) > 0) return false;
    }
  }
  return true;
}

/* The most points in any tier: the node's maximum, and for the total the bonus above it. */
static int64_t most_of(const ari_set *set, const ari_node *node, bool lifted) {
  int64_t most = 0;
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    int64_t here = node->max_e12[t] + (lifted ? set->bonus->max_e12[t] : 0);
    if (here > most) most = here;
  }
  return most;
}

static ari_slot_type describe_figure(const void *of, int slot) {
  const ari_set *set = of;
  const ari_node *node = set->nodes[slot / 2];
  bool share = slot % 2, lifted = node == set->root && set->bonus;   /* a bonus lifts the total beyond its maximum */
  ari_slot_type type = {.type = ARI_TYPE_NUM, .is_percent = share};
  ari_num *rounded = ari_num_new();
  if (rounded && is_limited(set, node, rounded)) {
    type.has_low = true;
    type.has_high = !lifted || !share;
    type.high_e12 = share ? ARI_ONE : most_of(set, node, lifted);
  }
  ari_num_free(rounded);
  return type;
}

static size_t list_ids(const void *of, ari_str *out, size_t room) {
  const ari_set *set = of;
  size_t n = set->n_nodes < room ? set->n_nodes : room;
  for (size_t i = 0; i < n; i++) out[i] = set->ids[i];
  return n;
}

ari_scope ari_needs_scope(const ari_set *set) {
  return (ari_scope){.of = set, .find = find_figure, .type = describe_figure, .names = list_ids};
}

/* ---- reading ---- */

static void check_need(ari_reader *r, const ari_expr *that, const ari_scope *scope, ari_str grade) {
  ari_nums nums = {0};
  ari_range range;
  if (!ari_expr_range(&nums, that, scope, NULL, &range)) r->no_memory = true;
  else if (!range.can_be_true) ARI_TELL(r, ARI_E0281, that->span, ari_arg_text(that->text), ari_arg_text(grade));
  ari_nums_free(&nums);
}

/* A need looks at one criterion, which every agency must have. */
typedef struct presence_check { ari_reader *reader; const ari_expr *that; bool told; } presence_check;

static void check_presence(void *to, int slot) {
  presence_check *c = to;
  const ari_set *set = c->reader->set;
  const ari_node *node = set->nodes[slot / 2];
  for (uint32_t t = 0; t < set->n_tiers && !c->told; t++) {
    if (node->presence[t] != ARI_NOT_THERE) continue;
    ARI_TELL(c->reader, ARI_E0267, c->that->span, ari_arg_text(node->id), ari_arg_text(set->tiers[t].id))->other = node->span;
    c->told = true;
  }
}

static void read_needs(ari_reader *r, ari_grade *g, const ari_yaml *list) {
  ari_scope scope = ari_needs_scope(r->set);
  uint32_t n = ari_reader_count(r, list);
  g->needs = ari_reader_alloc(r, n, sizeof *g->needs);
  for (const ari_yaml *item = n && g->needs ? list->first : NULL; item && !r->no_memory; item = item->next) {
    const ari_yaml *f[1];
    size_t errors = r->fs->errors;
    if (!ari_fields_read(item, ari_need_fields, f, r->fs) || !f[0]) continue;
    ari_expr *that = ari_expr_parse(&r->set->arena, &r->set->nums, f[0], r->fs);
    if (!that || !ari_expr_check(&r->set->arena, that, &scope, ARI_TYPE_BOOL, false, r->fs)) continue;
    g->needs[g->n_needs++] = (ari_need){that, f[0]->span};
    ari_expr_inputs(that, check_presence, &(presence_check){r, that, false});
    if (r->fs->errors == errors) check_need(r, that, &scope, g->id);
  }
}

void ari_reader_needs(ari_reader *r, const ari_yaml *grades) {
  uint32_t i = 0;
  if (!grades || !r->grades_whole) return;   /* else items and grades do not correspond: told */
  for (const ari_yaml *item = grades->first; item && i < r->set->n_grades; item = item->next, i++) {
    const ari_yaml *needs = ari_yaml_get(item, "needs");
    if (!needs || needs->kind != ARI_YAML_LIST) continue;
    read_needs(r, &r->set->grades[i], needs);
    if (i + 1 == r->set->n_grades) ARI_TELL(r, ARI_E0283, needs->key->span, ari_arg_text(r->set->grades[i].id));
  }
}
