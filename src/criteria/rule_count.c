/* So many points for each of a count, and deductions. Methodology: ari-criteria(5), "Rules". Each form equals:
 *   count: n, each: e, at_most: m                                min(n * e, m)
 *   deduct: [{count: n, each: e}, {when: b, points: p}, …], start: s (M unless written), at_least: l (the minimum unless written)
 *                                                                max(s - n * e - (if b then p else 0) - …, l) */
#include "inside.h"

/* points × count as one formula, so that its range is known as well as that of any formula. */
static bool range_product(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_expr *count,
                          const ari_expr *each, ari_range *out) {
  ari_expr a = *count, b = *each, *kids[] = {&a, &b};
  ari_expr product = {.op = ARI_OP_MUL, .type = ARI_TYPE_NUM, .n = 2, .kids = kids, .span = count->span, .text = count->text};
  return ari_leaf_range(nums, set, leaf, tier, &product, out);
}

/* result = count × each, told to the trace. */
static bool eval_product(ari_rule_run *run, const ari_expr *count, const ari_expr *each, ari_num *result, ari_rule_answer *answer) {
  ari_num *n = run->scratch[1];
  if (!ari_rule_number(run, count, n, answer)) return false;
  ari_trace_add(run->trace, ARI_STEP_VALUE, "count", count->span, count, n, NULL, 0);
  if (!ari_rule_number(run, each, result, answer)) return false;
  ari_trace_factor(run->trace, "each", each, n, result);
  ari_num_mul(result, n, result);
  return true;
}

/* ---- count ----------------------------------------------------------------------------------------------------------------- */

enum { CO_COUNT, CO_EACH, CO_AT_MOST };
static const ari_field count_fields[] = {
  {.key = "count", .type = ARI_FIELD_FORMULA, .required = true, .en = "how many", .vi = "số lượng"},
  {.key = "each", .type = ARI_FIELD_FORMULA, .required = true, .en = "points for each", .vi = "số điểm cho mỗi đơn vị"},
  {.key = "at_most", .type = ARI_FIELD_FORMULA, .en = "the most points", .vi = "số điểm nhiều nhất"},
  {.key = NULL},
};

static void read_count(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_formula(r, node, f[CO_COUNT], ARI_TYPE_NUM);
  rule->each = ari_reader_points(r, node, f[CO_EACH]);
  rule->at_most = ari_reader_points(r, node, f[CO_AT_MOST]);
}

static bool range_count(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  ari_range most;
  if (!range_product(nums, set, leaf, tier, rule->value, rule->each, out)) return false;
  if (!rule->at_most) return true;
  if (!ari_leaf_range(nums, set, leaf, tier, rule->at_most, &most)) return false;
  if (most.has_high && (!out->has_high || ari_num_cmp(out->high, most.high) > 0)) {
    out->has_high = true;
    ari_num_set(out->high, most.high);
  }
  if (!most.has_low) out->has_low = false;
  else if (out->has_low && ari_num_cmp(out->low, most.low) > 0) ari_num_set(out->low, most.low);
  return true;
}

static void check_count(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  ari_nums nums = {0};
  ari_range range;
  ari_check_points(r, node, tier, rule->at_most);
  if (!range_count(&nums, r->set, node, tier, rule, &range)) r->no_memory = true;
  else if (!rule->at_most && !range.has_high && node->over_max == ARI_OVER_ERROR && node->max[tier] && ari_num_sign(node->max[tier]) > 0)
    ARI_TELL(r, ARI_W0252, rule->span, ari_arg_text(node->id), ari_arg_num(node->max[tier]));
  ari_nums_free(&nums);
}

static ari_rule_answer eval_count(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  ari_num *most = run->scratch[2];
  if (!eval_product(run, rule->value, rule->each, run->points, &answer) || !rule->at_most) return answer;
  if (!ari_rule_number(run, rule->at_most, most, &answer) || ari_num_cmp(run->points, most) <= 0) return answer;
  ari_trace_add(run->trace, ARI_STEP_LIMIT, "at_most", rule->at_most->span, rule->at_most, most, run->points, 0);
  ari_num_set(run->points, most);
  return answer;
}

const ari_rule_kind ari_rule_count = {
  .name = "count", .fields = count_fields, .read = read_count, .check = check_count, .eval = eval_count, .range = range_count,
};

/* ---- deduct ---------------------------------------------------------------------------------------------------------------- */

enum { DP_COUNT, DP_EACH, DP_WHEN, DP_POINTS, DP_FIELDS };
static const ari_field part_fields[] = {
  {.key = "count", .type = ARI_FIELD_FORMULA, .en = "how many", .vi = "số lượng"},
  {.key = "each", .type = ARI_FIELD_FORMULA, .en = "points taken for each", .vi = "số điểm trừ cho mỗi đơn vị"},
  {.key = "when", .type = ARI_FIELD_FORMULA, .en = "the condition", .vi = "điều kiện"},
  {.key = "points", .type = ARI_FIELD_FORMULA, .en = "points taken when it holds", .vi = "số điểm trừ khi điều kiện đúng"},
  {.key = NULL},
};

enum { DE_DEDUCT, DE_START, DE_AT_LEAST };
static const ari_field deduct_fields[] = {
  {.key = "deduct", .type = ARI_FIELD_LIST, .required = true, .below = part_fields, .en = "what takes points away",
   .vi = "các mục trừ điểm"},
  {.key = "start", .type = ARI_FIELD_FORMULA, .en = "where it begins, the maximum unless written",
   .vi = "điểm ban đầu, là điểm tối đa nếu không ghi"},
  {.key = "at_least", .type = ARI_FIELD_FORMULA, .en = "where it ends, the minimum unless written",
   .vi = "điểm thấp nhất, là điểm tối thiểu nếu không ghi"},
  {.key = NULL},
};

static void read_part(ari_reader *r, ari_node *node, const ari_yaml *item, ari_rule_part *part) {
  const ari_yaml *f[DP_FIELDS];
  part->span = item->span;
  if (!ari_fields_read(item, part_fields, f, r->fs)) return;
  bool counts = f[DP_COUNT] || f[DP_EACH], asks = f[DP_WHEN] || f[DP_POINTS];
  bool whole = counts ? f[DP_COUNT] && f[DP_EACH] : f[DP_WHEN] && f[DP_POINTS];
  if (counts == asks || !whole) {
    ARI_TELL(r, ARI_E0247, ari_yaml_head(item), ARI_NO_ARG);
    return;
  }
  part->count = ari_reader_formula(r, node, f[DP_COUNT], ARI_TYPE_NUM);
  part->each = ari_reader_points(r, node, f[DP_EACH]);
  part->when = ari_reader_formula(r, node, f[DP_WHEN], ARI_TYPE_BOOL);
  part->points = ari_reader_points(r, node, f[DP_POINTS]);
}

static void read_deduct(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  const ari_yaml *list = f[DE_DEDUCT];
  uint32_t n = list ? ari_reader_count(r, list) : 0;
  rule->parts = ari_reader_alloc(r, n, sizeof *rule->parts);
  for (const ari_yaml *item = rule->parts && n ? list->first : NULL; item; item = item->next)
    read_part(r, node, item, &rule->parts[rule->n_parts++]);
  rule->start = ari_reader_points(r, node, f[DE_START]);
  rule->at_least = ari_reader_points(r, node, f[DE_AT_LEAST]);
  rule->floor = node->min;
}

/* `at_least: -0.25` is the leaf's minimum too. */
static void check_deduct(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  ari_check_points(r, node, tier, rule->start);
  ari_check_points(r, node, tier, rule->at_least);
}

static ari_rule_answer eval_deduct(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  ari_num *taken = run->scratch[2], *least = run->scratch[0], *points = run->points;
  ari_num_set(points, run->max);
  if (rule->start && !ari_rule_number(run, rule->start, points, &answer)) return answer;
  ari_trace_add(run->trace, ARI_STEP_VALUE, "start", rule->start ? rule->start->span : rule->span, rule->start, points, NULL, 0);
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i];
    int32_t applies = 1;
    if (p->when && !ari_rule_choice(run, p->when, &applies, &answer)) return answer;
    if (!applies) {
      ari_trace_add(run->trace, ARI_STEP_PASSED, "deduct", p->span, p->when, NULL, NULL, 0);
      continue;
    }
    if (p->when ? !ari_rule_number(run, p->points, taken, &answer) : !eval_product(run, p->count, p->each, taken, &answer)) return answer;
    ari_num_set(least, points);
    ari_num_sub(points, points, taken);
    ari_trace_add(run->trace, ARI_STEP_CHOSEN, "deduct", p->span, p->when ? p->when : p->count, points, least, 0);
  }
  ari_num_set(least, rule->floor);
  if (rule->at_least && !ari_rule_number(run, rule->at_least, least, &answer)) return answer;
  if (ari_num_cmp(points, least) >= 0) return answer;
  ari_trace_add(run->trace, ARI_STEP_LIMIT, "at_least", rule->at_least ? rule->at_least->span : rule->span, rule->at_least, least, points,
                0);
  ari_num_set(points, least);
  return answer;
}

/* What one part can take: nothing when its condition does not hold. */
static bool range_part(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule_part *p, ari_range *out) {
  if (!p->when) return range_product(nums, set, leaf, tier, p->count, p->each, out);
  if (!ari_leaf_range(nums, set, leaf, tier, p->points, out)) return false;
  if (out->has_low && ari_num_sign(out->low) > 0) ari_num_set_int(out->low, 0);
  if (out->has_high && ari_num_sign(out->high) < 0) ari_num_set_int(out->high, 0);
  return true;
}

static bool range_deduct(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  ari_range taken, least;
  *out = (ari_range){.has_low = true, .has_high = true, .low = ari_nums_new(nums), .high = ari_nums_new(nums)};
  if (!out->low || !out->high) return false;
  ari_num_set(out->low, leaf->max[tier]);
  ari_num_set(out->high, leaf->max[tier]);
  if (rule->start && !ari_leaf_range(nums, set, leaf, tier, rule->start, out)) return false;
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    if (!range_part(nums, set, leaf, tier, &rule->parts[i], &taken)) return false;
    out->has_low = out->has_low && taken.has_high;
    out->has_high = out->has_high && taken.has_low;
    if (out->has_low) ari_num_sub(out->low, out->low, taken.high);
    if (out->has_high) ari_num_sub(out->high, out->high, taken.low);
  }
  least = (ari_range){.has_low = true, .has_high = true, .low = leaf->min, .high = leaf->min};
  if (rule->at_least && !ari_leaf_range(nums, set, leaf, tier, rule->at_least, &least)) return false;
  if (least.has_low && (!out->has_low || ari_num_cmp(out->low, least.low) < 0)) {
    out->has_low = true;
    ari_num_set(out->low, least.low);
  }
  if (!least.has_high) out->has_high = false;
  else if (out->has_high && ari_num_cmp(out->high, least.high) < 0) ari_num_set(out->high, least.high);
  return true;
}

const ari_rule_kind ari_rule_deduct = {
  .name = "deduct", .fields = deduct_fields, .read = read_deduct, .check = check_deduct, .eval = eval_deduct, .range = range_deduct,
};
