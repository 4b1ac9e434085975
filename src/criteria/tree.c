/* The tree of criteria to any depth. Methodology: ari-criteria(5): `max weight score expect` belong to one criterion, the other settings hold
 * for everything below until a nearer one says otherwise. */
#include "inside.h"

const char *const ari_over_max_words[] = {"error", "cap", "allow", NULL};

const ari_field ari_id_value = {.type = ARI_FIELD_ID};
const ari_field ari_title_value = {.type = ARI_FIELD_TITLE};
const ari_field ari_formula_value = {.type = ARI_FIELD_FORMULA};

enum { CR_ID = ARI_NODE_SHARED, CR_WEIGHT, CR_TIERS, CR_ELSEWHERE, CR_SCORE, CR_FIELDS };
const ari_field ari_criterion_fields[] = {
  ARI_NODE_FIELDS(false, ari_node_rounding_fields),
  {.key = "id", .type = ARI_FIELD_ID, .required = true, .en = "id of its own in the whole set", .vi = "mã riêng trong cả bộ tiêu chí"},
  {.key = "weight", .type = ARI_FIELD_RATIO, .or_map = &ari_number_by_tier, .en = "its part among its siblings under combine: weighted, as 40% or 0.4",
   .vi = "trọng số so với các tiêu chí cùng cấp khi combine: weighted, ghi 40% hoặc 0.4"},
  {.key = "tiers", .type = ARI_FIELD_LIST, .each = &ari_id_value, .en = "the tiers of agencies that have it; all unless written",
   .vi = "các cấp cơ quan áp dụng tiêu chí này; mọi cấp nếu không ghi"},
  {.key = "elsewhere", .type = ARI_FIELD_WORD, .words = ari_elsewhere_words, .en = "full: the other tiers get its maximum",
   .vi = "full: các cấp khác được điểm tối đa"},
  {.key = "score", .type = ARI_FIELD_FORM, .en = "the rule that gives the points", .vi = "cách chấm điểm"},
  {.key = NULL},
};

/* ---- one criterion ------------------------------------------------------------------------------------------------------ */

ari_node *ari_reader_node(ari_reader *r, ari_node *parent) {
  ari_set *set = r->set;
  ari_node *node = ari_reader_alloc(r, 1, sizeof *node);
  ari_num **max = ari_reader_alloc(r, set->n_tiers, sizeof *max), **weight = ari_reader_alloc(r, set->n_tiers, sizeof *weight);
  ari_node **nodes = ari_reader_more(r, set->nodes, set->n_nodes, &r->nodes_room, sizeof *nodes);
  uint8_t *presence = ari_reader_alloc(r, set->n_tiers, sizeof *presence);
  ari_num *min = ari_reader_num(r);
  if (!node || !max || !weight || !nodes || !presence || !min) return NULL;
  *node = (ari_node){.index = (int32_t)set->n_nodes, .leaf = -1, .parent = parent, .presence = presence, .max = max, .weight = weight, .min = min};
  if (parent) {
    node->level = parent->level + 1;
    node->outside = parent->outside;
    node->combine = parent->combine;
    node->combine_lost = parent->combine_lost;
    node->combine_from = parent->combine_from;
    node->combine_span = parent->combine_span;
    for (uint32_t t = 0; t < set->n_tiers; t++) presence[t] = parent->presence[t];
    node->granted = parent->granted;
    node->missing = parent->missing;
    node->empty = parent->empty;
    node->not_applicable = parent->not_applicable;
    node->cohort = parent->cohort;
    node->rounding = parent->rounding;
    node->rounding_leaf = parent->rounding_leaf;
    node->rounding_node = parent->rounding_node;
    node->source = parent->source;
    node->documents = parent->documents;
    parent->n_children++;
  }
  set->nodes = nodes;
  set->nodes[set->n_nodes++] = node;
  return node;
}

static void read_id(ari_reader *r, ari_node *node, const ari_yaml *y, ari_span otherwise) {
  ari_set *set = r->set;
  ari_str id = ARI_STR("");
  node->id = y && y->kind == ARI_YAML_SCALAR ? ari_reader_text(r, y) : ARI_STR("?");
  node->span = y ? y->span : otherwise;
  if (!y || !ari_yaml_id(y, &id, r->fs)) return;
  if (ari_str_is(id, "total") || ari_str_is(id, "bonus") || ari_str_is(id, "penalty")) {
    ARI_TELL(r, ARI_E0210, y->span, ari_arg_text(id));
    return;
  }
  int32_t first = ari_map_get(&set->node_ids, id);
  if (first >= 0) ARI_TELL(r, ARI_E0202, y->span, ari_arg_text(id))->other = set->nodes[first]->span;
  else if (!ari_map_put(&set->node_ids, node->id, node->index)) r->no_memory = true;
}

/* Points as they may stand in `max` and `min`: 28.5, 10/3, but no percentage. NULL: told, or absent. */
static ari_num *read_points(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_str key) {
  int64_t figure;
  ari_num *points = ari_reader_ratio(r, y);
  if (!points) return NULL;
  if (ari_str_ends(y->text, "%")) {
    ARI_TELL(r, ARI_E0204, y->span, ari_arg_text(key));
    return NULL;
  }
  if (!ari_num_e12(points, &figure)) {
    ARI_TELL(r, ARI_E0205, y->span, ari_arg_text(node->id));
    return NULL;
  }
  return points;
}

static ari_num *read_maximum(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_str key) {
  ari_num *points = read_points(r, node, y, key);
  if (!points || ari_num_sign(points) >= 0) return points;
  ARI_TELL(r, ARI_E0249, y->span, ari_arg_text(key));
  return NULL;
}

static void read_max(ari_reader *r, ari_node *node, const ari_yaml *max, const ari_yaml *min, const ari_yaml *over_max) {
  node->max_written = max != NULL;
  node->max_span = max ? ari_entry_span(max) : node->span;
  ari_reader_numbers(r, node, max, read_maximum, node->max);
  ari_num *points = min ? read_points(r, node, min, min->key->text) : NULL;
  if (points) {
    node->min = points;
    node->min_written = true;
    node->min_span = min->span;
  }
  int over = over_max ? ari_yaml_word(over_max, ari_over_max_words, r->fs) : -1;
  if (over >= 0) node->over_max = (ari_over_max)over;
}

void ari_reader_settings(ari_reader *r, ari_node *node, const ari_yaml **fields) {
  node->title = ari_reader_title(r, fields[ARI_NODE_TITLE], node->id);
  ari_reader_combine(r, node, fields);
  read_max(r, node, fields[ARI_NODE_MAX], fields[ARI_NODE_MIN], fields[ARI_NODE_OVER_MAX]);
  ari_reader_policies(r, node, fields);
  ari_reader_cohort(r, node, fields[ARI_NODE_COHORT]);
  ari_reader_rounding(r, node, fields[ARI_NODE_ROUNDING]);
  ari_reader_evidence(r, node, fields);
  ari_reader_inputs(r, node, fields[ARI_NODE_INPUTS]);
  ari_reader_let(r, node, fields[ARI_NODE_LET]);
  ari_reader_expect(r, node, fields[ARI_NODE_EXPECT]);
}

/* ---- what is below ------------------------------------------------------------------------------------------------------- */

/* `judged: …` where `score: {judged: …}` belongs: the key was told, and that score is missing only follows from it. */
static bool has_form_as_key(const ari_yaml *map) {
  const ari_rule_kind *kind;
  for (size_t n = 0; (kind = ari_rule_kind_at(n)); n++)
    if (ari_yaml_get(map, kind->name)) return true;
  return false;
}

/* A lowest criterion: points and the rule that gives them. */
static void read_leaf(ari_reader *r, ari_node *node, const ari_yaml *map, const ari_yaml *score) {
  if (!node->max_written && !ari_yaml_get(map, "max") && node->parent->combine == ARI_COMBINE_SUM) ARI_TELL(r, ARI_E0206, node->span, ari_arg_text(node->id));
  if (score) ari_reader_rule(r, node, score);
  else if (!ari_node_watched(r->set, node) && !has_form_as_key(map)) ari_reader_tell_forms(r, ARI_E0207, node->span, node->id);
  ari_check_min(r, node);
}

/* NULL: nothing could be read at all. */
static ari_node *read_criterion(ari_reader *r, ari_node *parent, const ari_yaml *map) {
  const ari_yaml *f[CR_FIELDS];
  if (!ari_fields_read(map, ari_criterion_fields, f, r->fs)) return NULL;
  ari_node *node = ari_reader_node(r, parent);
  if (!node) return NULL;
  read_id(r, node, f[CR_ID], ari_yaml_head(map));
  ari_reader_presence(r, node, &(ari_presence_fields){f[CR_TIERS], f[CR_ELSEWHERE], f[ARI_NODE_MAX], f[CR_WEIGHT]});
  ari_reader_settings(r, node, f);
  const ari_yaml *below = f[ARI_NODE_CRITERIA] ? f[ARI_NODE_CRITERIA] : ari_yaml_get(map, "criteria");
  ari_reader_weight(r, node, f[CR_WEIGHT]);
  ari_reader_parent_max(r, node, !below);
  if (below && f[CR_SCORE]) ARI_TELL(r, ARI_E0208, f[CR_SCORE]->key->span, ari_arg_text(node->id))->other = below->key->span;
  if (below) ari_reader_criteria(r, node, f[ARI_NODE_CRITERIA]);
  else read_leaf(r, node, map, f[CR_SCORE]);
  return node;
}

void ari_reader_criteria(ari_reader *r, ari_node *node, const ari_yaml *list) {
  ari_node *last = NULL;
  bool whole = list && ari_reader_count(r, list) > 0;
  for (const ari_yaml *item = list ? list->first : NULL; item && !r->no_memory; item = item->next) {
    ari_node *child = read_criterion(r, node, item);
    whole = whole && child;
    if (!child) continue;
    if (last) last->next = child;
    else node->first = child;
    last = child;
  }
  whole = whole && ari_check_presence(r, node);
  if (whole && node->combine == ARI_COMBINE_SUM) ari_check_maxima(r, node);
  if (whole) ari_check_weights(r, node);
  if (whole) ari_check_signs(r, node);
  ari_check_min(r, node);
}
