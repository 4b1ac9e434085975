/* Settings that hold for everything below until a nearer criterion says otherwise: policies, rounding, what evidence is asked for.
 * Methodology: ari-criteria(5), "Rounding", "Policies", "Pending". */
#include "inside.h"

/* ---- policies ---------------------------------------------------------------------------------------------------------- */

static const char *const policy_names[] = {"", "zero", "full", "unscored", "exclude", "spread", "withhold", "error"};

/* `forbid` is what not_applicable calls `error`: the claim itself is the error. */
static const struct { const char *word; ari_policy policy; } policies[] = {
  {"zero", ARI_POLICY_ZERO}, {"full", ARI_POLICY_FULL}, {"unscored", ARI_POLICY_UNSCORED}, {"exclude", ARI_POLICY_EXCLUDE},
  {"spread", ARI_POLICY_SPREAD}, {"withhold", ARI_POLICY_WITHHOLD}, {"error", ARI_POLICY_ERROR}, {"forbid", ARI_POLICY_ERROR},
};
static const char *const missing_words[] = {"zero", "unscored", "exclude", "spread", "withhold", "error", NULL};
static const char *const empty_words[] = {"zero", "full", "unscored", "exclude", "spread", "withhold", "error", NULL};
static const char *const not_applicable_words[] = {"zero", "full", "unscored", "exclude", "spread", "withhold", "error", "forbid", NULL};

#define POLICY_FIELDS(the_words) { \
  {.key = "policy", .type = ARI_FIELD_WORD, .required = true, .words = the_words, .en = "what follows", .vi = "cách xử lý"}, \
  {.key = "to", .type = ARI_FIELD_LIST, .each = &ari_id_value, .en = "spread: the criteria that take over the points", \
   .vi = "spread: các tiêu chí nhận thêm điểm"}, \
  {.key = NULL}, \
}
const ari_field ari_missing_fields[] = POLICY_FIELDS(missing_words);
const ari_field ari_empty_fields[] = POLICY_FIELDS(empty_words);
const ari_field ari_not_applicable_fields[] = POLICY_FIELDS(not_applicable_words);

const ari_field ari_missing_by_tier = {.type = ARI_FIELD_ANY, .below = ari_missing_fields};
const ari_field ari_empty_by_tier = {.type = ARI_FIELD_ANY, .below = ari_empty_fields};
const ari_field ari_not_applicable_by_tier = {.type = ARI_FIELD_ANY, .below = ari_not_applicable_fields};

const char *ari_policy_name(ari_policy p) { return policy_names[p]; }

bool ari_node_spreads(const ari_set *set, const ari_node *node) {
  for (uint32_t t = 0; t < set->n_tiers; t++)
    if (node->missing[t].policy == ARI_POLICY_SPREAD || node->empty[t].policy == ARI_POLICY_SPREAD ||
        node->not_applicable[t].policy == ARI_POLICY_SPREAD)
      return true;
  return false;
}

static ari_policy find_policy(const char *word) {
  for (size_t i = 0; i < ARI_COUNT(policies); i++)
    if (ari_str_is(ari_str_of(word), policies[i].word)) return policies[i].policy;
  return ARI_POLICY_NONE;
}

/* A word, or {policy: spread, to: [ids]}, for the tiers of a mask. False: told. */
static bool read_setting(ari_reader *r, ari_node *node, const ari_yaml *y, const ari_field *table, uint32_t tiers, ari_policy_setting *out) {
  const char *const *words = table[0].words;
  const ari_yaml *f[2] = {y, NULL};
  if ((y->kind != ARI_YAML_SCALAR && !ari_fields_read(y, table, f, r->fs)) || !f[0]) return false;
  ari_policy_setting said = {.from = node, .span = f[0]->span};
  if (words == missing_words && ari_str_is(f[0]->text, "full")) {
    ARI_TELL(r, ARI_E0220, f[0]->span, ARI_NO_ARG);
    return false;
  }
  int word = ari_yaml_word(f[0], words, r->fs);
  if (word < 0) return false;
  said.policy = find_policy(words[word]);
  if (f[1] && said.policy != ARI_POLICY_SPREAD) ARI_TELL(r, ARI_E0221, f[1]->key->span, ari_arg_c(words[word]));
  else said.to = ari_reader_ids(r, f[1], node, tiers, &said.n_to);
  *out = said;
  return true;
}

/* A map is one of tiers where the set has them, unless its keys are those of the long form. */
static bool is_by_tier(const ari_reader *r, const ari_yaml *y) {
  return y->kind == ARI_YAML_MAP && ari_set_has_tiers(r->set) && !ari_yaml_get(y, "policy") && !ari_yaml_get(y, "to");
}

static void read_policy(ari_reader *r, ari_node *node, const ari_yaml *y, const ari_field *table, const ari_policy_setting **out) {
  const ari_yaml *values[ARI_MOST_TIERS];
  uint32_t n = r->set->n_tiers;
  ari_policy_setting *own = y ? ari_reader_alloc(r, n, sizeof *own) : NULL;
  if (!own) return;
  if (!is_by_tier(r, y)) {
    if (!read_setting(r, node, y, table, ~(uint32_t)0, &own[0])) own[0].policy = ARI_POLICY_ZERO;   /* told: not also that nothing is said */
    for (uint32_t t = 1; t < n; t++) own[t] = own[0];
    *out = own;
    return;
  }
  bool whole = ari_reader_by_tier(r, node, y, ARI_THERE, values);
  for (uint32_t t = 0; t < n; t++) {
    own[t] = (*out)[t];
    bool fine = !values[t] || read_setting(r, node, values[t], table, UINT32_C(1) << t, &own[t]);
    if ((!whole || !fine) && own[t].policy == ARI_POLICY_NONE) own[t].policy = ARI_POLICY_ZERO;
  }
  *out = own;
}

void ari_reader_policies(ari_reader *r, ari_node *node, const ari_yaml **fields) {
  read_policy(r, node, fields[ARI_NODE_MISSING], ari_missing_fields, &node->missing);
  read_policy(r, node, fields[ARI_NODE_EMPTY], ari_empty_fields, &node->empty);
  read_policy(r, node, fields[ARI_NODE_NOT_APPLICABLE], ari_not_applicable_fields, &node->not_applicable);
}

/* ---- rounding ---------------------------------------------------------------------------------------------------------- */

enum { RO_MODE, RO_LEAF, RO_NODE, RO_TOTAL, RO_INDEX, RO_FIELDS };
static const char *const mode_words[] = {"half_up", "half_even", "down", NULL};

#define MODE_ROW {.key = "mode", .type = ARI_FIELD_WORD, .words = mode_words, .en = "half_up as spreadsheets do, half_even, down", \
                  .vi = "half_up như bảng tính, half_even, down"}
#define LEAF_ROW .key = "leaf", .type = ARI_FIELD_INTEGER, .to = 12, .en = "decimals of the lowest criteria", \
                 .vi = "số chữ số thập phân của tiêu chí cấp thấp nhất"
#define NODE_ROW {.key = "node", .type = ARI_FIELD_INTEGER, .to = 12, .en = "decimals of criteria that have others below", \
                  .vi = "số chữ số thập phân của tiêu chí có tiêu chí bên dưới"}
const ari_field ari_set_rounding_fields[] = {
  MODE_ROW,
  {LEAF_ROW, .required = true},
  NODE_ROW,
  {.key = "total", .type = ARI_FIELD_INTEGER, .to = 12, .en = "decimals of the total", .vi = "số chữ số thập phân của tổng điểm"},
  {.key = "index", .type = ARI_FIELD_INTEGER, .to = 12, .en = "decimals of the index", .vi = "số chữ số thập phân của chỉ số"},
  {.key = NULL},
};
/* The total and the index belong to the whole set. */
const ari_field ari_node_rounding_fields[] = {MODE_ROW, {LEAF_ROW}, NODE_ROW, {.key = NULL}};

/* The place that explain names for the rounding of leaves or of inner nodes: their own decimals, or the mode alone. */
static void note_rounding(ari_node *node, const ari_yaml *decimals, const ari_yaml *mode, int8_t value, ari_setting *out) {
  out->value = value;
  if (!decimals && !mode) return;
  out->from = node;
  out->span = ari_entry_span(decimals ? decimals : mode);
}

static void read_decimals(ari_reader *r, const ari_yaml *y, int8_t *out) {
  int decimals;
  if (y && ari_yaml_int(y, 0, 12, &decimals, r->fs)) *out = (int8_t)decimals;
}

void ari_reader_rounding(ari_reader *r, ari_node *node, const ari_yaml *map) {
  const ari_yaml *f[RO_FIELDS] = {0};
  bool whole = !node->parent;
  ari_decimals *d = &node->rounding;
  if (!map || !ari_fields_read(map, whole ? ari_set_rounding_fields : ari_node_rounding_fields, f, r->fs)) return;
  int mode = f[RO_MODE] ? ari_yaml_word(f[RO_MODE], mode_words, r->fs) : -1;
  if (mode >= 0) d->mode = (ari_rounding)mode;
  read_decimals(r, f[RO_LEAF], &d->leaf);
  if (whole) d->total = d->leaf;
  read_decimals(r, f[RO_NODE], &d->node);
  read_decimals(r, f[RO_TOTAL], &d->total);
  read_decimals(r, f[RO_INDEX], &d->index);
  note_rounding(node, f[RO_LEAF], f[RO_MODE], d->leaf, &node->rounding_leaf);
  note_rounding(node, f[RO_NODE], f[RO_MODE], d->node, &node->rounding_node);
}

/* ---- evidence that is asked for ---------------------------------------------------------------------------------------- */

const char *const ari_source_words[] = {"self", "central", "survey", NULL};

const char *ari_origin_name(ari_origin o) { return ari_source_words[o]; }

void ari_reader_evidence(ari_reader *r, ari_node *node, const ari_yaml **fields) {
  const ari_yaml *source = fields[ARI_NODE_SOURCE], *documents = fields[ARI_NODE_DOCUMENTS];
  int n, word = source ? ari_yaml_word(source, ari_source_words, r->fs) : -1;
  if (word >= 0) node->source = (ari_setting){word, node, ari_entry_span(source)};
  if (!documents || !ari_yaml_int(documents, 0, 100, &n, r->fs)) return;
  if (n > 0 && ari_str_is(ari_part_of(node)->id, "penalty")) ARI_TELL(r, ARI_E0277, ari_entry_span(documents), ARI_NO_ARG);
  else node->documents = (ari_setting){n, node, ari_entry_span(documents)};
}
