/* Points outside the total (ari-criteria(5), "Bonus and penalty"): `bonus` and `penalty` are trees of their own below the set. The total is the root's own sum
 * + bonus - penalty, and what it is compared with stays the root's maximum. */
#include "inside.h"

enum { OU_TITLE, OU_MAX, OU_MISSING, OU_EMPTY, OU_NOT_APPLICABLE, OU_COHORT, OU_ROUNDING, OU_SOURCE, OU_DOCUMENTS, OU_INPUTS, OU_LET, OU_EXPECT, OU_CRITERIA, OU_SHARED,
       OU_TIERS = OU_SHARED, OU_FIELDS };
const ari_field ari_outside_fields[] = {
  {.key = "title", .type = ARI_FIELD_TITLE, .en = "what people call it", .vi = "tên gọi"},
  {.key = "max", .type = ARI_FIELD_RATIO, .required = true, .or_map = &ari_number_by_tier, .en = "the most points that are added or taken off; what is beyond is cut",
   .vi = "số điểm nhiều nhất được cộng hoặc bị trừ; phần vượt bị cắt"},
  {.key = "missing", .type = ARI_FIELD_ANY, .below = ari_missing_fields, .or_map = &ari_missing_by_tier, .en = "policy when a figure is not there", .vi = "cách xử lý khi thiếu số liệu"},
  {.key = "empty", .type = ARI_FIELD_ANY, .below = ari_empty_fields, .or_map = &ari_empty_by_tier, .en = "policy for 0 out of 0", .vi = "cách xử lý khi không phát sinh (0/0)"},
  {.key = "not_applicable", .type = ARI_FIELD_ANY, .below = ari_not_applicable_fields, .or_map = &ari_not_applicable_by_tier, .en = "policy when an agency claims that it does not apply",
   .vi = "cách xử lý khi cơ quan báo không áp dụng"},
  {.key = "cohort", .type = ARI_FIELD_WORD, .words = ari_cohort_words, .en = "with whom rules compare an agency: group (unless written), tier, all",
   .vi = "so sánh cơ quan với: group (cùng khối, mặc định), tier (cùng cấp), all (tất cả)"},
  {.key = "rounding", .type = ARI_FIELD_MAP, .below = ari_node_rounding_fields, .en = "decimals and mode of rounding", .vi = "cách làm tròn"},
  ARI_SOURCE_ROW,
  ARI_DOCUMENTS_ROW,
  {.key = "inputs", .type = ARI_FIELD_MAP, .each = &ari_input_value, .en = "the figures that agencies report", .vi = "các số liệu mà cơ quan báo cáo"},
  {.key = "let", .type = ARI_FIELD_MAP, .each = &ari_formula_value, .en = "names for parts of formulas: {rate: on_time / received}",
   .vi = "đặt tên cho phần công thức: {ty_le: dung_han / tiep_nhan}"},
  {.key = "expect", .type = ARI_FIELD_LIST, .below = ari_expect_fields, .en = "what must hold between the figures", .vi = "quan hệ phải đúng giữa các số liệu"},
  {.key = "criteria", .type = ARI_FIELD_LIST, .required = true, .below = ari_criterion_fields, .en = "the criteria below",
   .vi = "các tiêu chí bên dưới"},
  {.key = "tiers", .type = ARI_FIELD_LIST, .each = &ari_id_value, .en = "the tiers of agencies that have it; all unless written",
   .vi = "các cấp cơ quan áp dụng; mọi cấp nếu không ghi"},
  {.key = NULL},
};
/* The shared key that each of them is; of the others (`combine`, `min` …) these two trees have nothing to say. */
static const int shared[OU_SHARED] = {ARI_NODE_TITLE, ARI_NODE_MAX, ARI_NODE_MISSING, ARI_NODE_EMPTY, ARI_NODE_NOT_APPLICABLE, ARI_NODE_COHORT,
                                      ARI_NODE_ROUNDING, ARI_NODE_SOURCE, ARI_NODE_DOCUMENTS, ARI_NODE_INPUTS, ARI_NODE_LET, ARI_NODE_EXPECT, ARI_NODE_CRITERIA};

const ari_node *ari_part_of(const ari_node *node) {
  while (node->parent && !(node->outside && node->level == 1)) node = node->parent;
  return node;
}

bool ari_set_has_outside(const ari_set *set, uint32_t tier) {
  bool bonus = set->bonus && set->bonus->presence[tier] != ARI_NOT_THERE;
  return bonus || (set->penalty && set->penalty->presence[tier] != ARI_NOT_THERE);
}

/* Points are added or taken off by where they stand, never by their sign. */
static void check_signs(ari_reader *r, const ari_node *outside) {
  for (uint32_t i = (uint32_t)outside->index; i < r->set->n_nodes; i++) {
    const ari_node *node = r->set->nodes[i];
    if (ari_num_sign(node->min) >= 0) continue;
    ari_span at = node->min_written ? node->min_span : node->rule ? node->rule->span : node->span;
    ARI_TELL(r, ARI_E0280, at, ari_arg_text(node->id), ari_arg_text(outside->id));
  }
}

ari_node *ari_reader_outside(ari_reader *r, const ari_yaml *map, ari_str id) {
  const ari_yaml *f[OU_FIELDS], *settings[ARI_NODE_SHARED] = {0};
  if (!ari_fields_read(map, ari_outside_fields, f, r->fs)) return NULL;
  for (int i = 0; i < OU_SHARED; i++) settings[shared[i]] = f[i];
  ari_node *root = r->set->root, *node = ari_reader_node(r, root);
  if (!node) return NULL;
  root->n_children--;   /* it hangs below the root for settings and inputs, but is none of the criteria that the root combines */
  node->id = id;
  node->span = map->key->span;
  node->outside = true;
  node->combine = ARI_COMBINE_SUM;
  /* Nobody escapes a penalty by not proving it. */
  if (ari_str_is(id, "penalty")) node->documents = (ari_setting){.span = ARI_NOWHERE};
  if (!ari_map_put(&r->set->node_ids, id, node->index)) r->no_memory = true;
  ari_reader_presence(r, node, &(ari_presence_fields){.tiers = f[OU_TIERS], .max = f[OU_MAX]});
  ari_reader_settings(r, node, settings);
  if (!f[OU_TITLE])
    node->title = ari_str_is(id, "bonus") ? (ari_title){ARI_STR("Điểm thưởng"), ARI_STR("Bonus")} : (ari_title){ARI_STR("Điểm trừ"), ARI_STR("Penalty")};
  node->over_max = ARI_OVER_CAP;
  node->min_written = true;   /* 0 */
  node->min_span = node->max_span;
  ari_reader_criteria(r, node, f[OU_CRITERIA]);
  if (!r->no_memory) check_signs(r, node);
  return node;
}
