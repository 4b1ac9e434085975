/* minmax, zscore and percentile, what an agency has beside the others. Methodology: ari-criteria(5), "Rules". With v the agency's own value, rounded to 12
 * places as that of every other, and M the maximum, each form equals:
 *   minmax: v, between: [a, b]                M * (v - a) / (b - a)
 *   minmax: v, between: [a, b], better: low   M * (b - v) / (b - a)
 *   minmax: v, between: cohort                the same with cohort.min(v) and cohort.max(v)
 *   zscore: v, between: [a, b]                minmax of z = (v - cohort.mean(v)) / standard deviation
 *   percentile: v                             M * (agencies strictly below) / (others)
 * Beyond a and b stands what `outside` says. 0/0, where all have the same value, is empty. */
#include "inside.h"

static const char *const better_words[] = {"high", "low", NULL};
static const char *const outside_words[] = {"error", "cap", "allow", NULL};
static const char *const sd_words[] = {"sample", "population", NULL};

#define BETTER_ROW {.key = "better", .type = ARI_FIELD_WORD, .words = better_words, .en = "high (unless written) or low", \
                    .vi = "high (càng cao càng tốt, mặc định) hoặc low (càng thấp càng tốt)"}

enum { MM_MINMAX, MM_BETWEEN, MM_BETTER, MM_OUTSIDE };
static const ari_field minmax_fields[] = {
  {.key = "minmax", .type = ARI_FIELD_FORMULA, .required = true, .en = "the value that is placed between two limits",
   .vi = "giá trị được xếp giữa hai mốc"},
  {.key = "between", .type = ARI_FIELD_ANY, .required = true, .each = &ari_formula_value,
   .en = "[low, high], two formulas; or cohort: the least and the greatest of the agencies compared",
   .vi = "[mốc dưới, mốc trên], hai công thức; hoặc cohort: thấp nhất và cao nhất của nhóm so sánh"},
  BETTER_ROW,
  {.key = "outside", .type = ARI_FIELD_WORD, .words = outside_words, .en = "beyond the limits: error (unless written), cap, allow",
   .vi = "khi nằm ngoài hai mốc: error (báo lỗi, mặc định), cap (lấy bằng mốc), allow (cho vượt)"},
  {.key = NULL},
};

enum { ZS_ZSCORE, ZS_BETWEEN, ZS_BETTER, ZS_OUTSIDE, ZS_SD };
static const ari_field zscore_fields[] = {
  {.key = "zscore", .type = ARI_FIELD_FORMULA, .required = true, .en = "the value whose distance from the mean counts, in standard deviations",
   .vi = "giá trị được tính độ lệch so với trung bình, theo độ lệch chuẩn"},
  {.key = "between", .type = ARI_FIELD_ANY, .each = &ari_formula_value, .en = "[low, high] in standard deviations, [-3, 3] unless written",
   .vi = "[mốc dưới, mốc trên] tính theo độ lệch chuẩn, là [-3, 3] nếu không ghi"},
  BETTER_ROW,
  {.key = "outside", .type = ARI_FIELD_WORD, .words = outside_words, .en = "beyond the limits: cap (unless written), error, allow",
   .vi = "khi nằm ngoài hai mốc: cap (lấy bằng mốc, mặc định), error (báo lỗi), allow (cho vượt)"},
  {.key = "sd", .type = ARI_FIELD_WORD, .words = sd_words, .en = "the standard deviation of a sample (unless written) or of the population",
   .vi = "độ lệch chuẩn mẫu (sample, mặc định) hoặc tổng thể (population)"},
  {.key = NULL},
};

enum { PC_PERCENTILE, PC_BETTER };
static const ari_field percentile_fields[] = {
  {.key = "percentile", .type = ARI_FIELD_FORMULA, .required = true, .en = "the value by which the share of the others below is counted",
   .vi = "giá trị dùng để tính tỷ lệ các cơ quan khác xếp dưới"},
  BETTER_ROW,
  {.key = NULL},
};

/* ---- reading --------------------------------------------------------------------------------------------------------------------- */

static int read_word(ari_reader *r, const ari_yaml *y, const char *const *words, int otherwise) {
  int word = y ? ari_yaml_word(y, words, r->fs) : -1;
  return word < 0 ? otherwise : word;
}

static bool is_cohort(const ari_yaml *between) { return between->kind == ARI_YAML_SCALAR && ari_str_is(between->text, "cohort"); }

/* Two formulas. */
static void read_limits(ari_reader *r, const ari_node *node, ari_rule *rule, const ari_yaml *between) {
  bool two = between->kind == ARI_YAML_LIST && between->n == 2;
  const ari_yaml *low = two ? between->first : NULL, *high = two ? low->next : NULL;
  if (!two || low->kind != ARI_YAML_SCALAR || high->kind != ARI_YAML_SCALAR) {
    if (ari_yaml_is_empty(between)) ari_yaml_tell_empty(between, r->fs);
    else ARI_TELL(r, rule->kind == &ari_rule_minmax ? ARI_E0284 : ARI_E0287, between->span, ARI_NO_ARG);
    return;
  }
  rule->low = ari_reader_formula(r, node, low, ARI_TYPE_NUM);
  rule->high = ari_reader_formula(r, node, high, ARI_TYPE_NUM);
}

/* The value that all agencies are compared by becomes a series. */
static void read_series(ari_reader *r, const ari_node *node, ari_rule *rule) {
  if (!rule->value || !ari_expr_check_compared(rule->value, ari_str_of(rule->kind->name), r->fs)) return;
  rule->series = ari_reader_series(r, node, rule->value);
}

/* Points beyond max and min are what `outside: allow` asks for, unless the criterion itself says something else. */
static void read_outside(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *y, ari_over_max otherwise) {
  rule->outside = (ari_over_max)read_word(r, y, outside_words, (int)otherwise);
  if (rule->outside != ARI_OVER_ALLOW) return;
  if (node->over_max == ARI_OVER_ERROR) node->over_max = ARI_OVER_ALLOW;
  if (!node->min_written) ari_num_set_int(node->min, ARI_LEAST_POINTS);
}

static void read_minmax(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_formula(r, node, f[MM_MINMAX], ARI_TYPE_NUM);
  rule->better_low = read_word(r, f[MM_BETTER], better_words, 0) == 1;
  read_outside(r, node, rule, f[MM_OUTSIDE], ARI_OVER_ERROR);
  if (!f[MM_BETWEEN]) return;
  if (is_cohort(f[MM_BETWEEN])) read_series(r, node, rule);
  else read_limits(r, node, rule, f[MM_BETWEEN]);
  if (is_cohort(f[MM_BETWEEN]) && f[MM_OUTSIDE]) ARI_TELL(r, ARI_E0288, f[MM_OUTSIDE]->key->span, ARI_NO_ARG)->other = f[MM_BETWEEN]->span;
}

static void read_zscore(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_formula(r, node, f[ZS_ZSCORE], ARI_TYPE_NUM);
  rule->better_low = read_word(r, f[ZS_BETTER], better_words, 0) == 1;
  rule->population = read_word(r, f[ZS_SD], sd_words, 0) == 1;
  read_outside(r, node, rule, f[ZS_OUTSIDE], ARI_OVER_CAP);
  if (f[ZS_BETWEEN]) read_limits(r, node, rule, f[ZS_BETWEEN]);
  read_series(r, node, rule);
  if (rule->series >= 0) r->set->series[rule->series].deviates = true;
}

static void read_percentile(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_formula(r, node, f[PC_PERCENTILE], ARI_TYPE_NUM);
  rule->better_low = read_word(r, f[PC_BETTER], better_words, 0) == 1;
  read_series(r, node, rule);
}

/* ---- checking -------------------------------------------------------------------------------------------------------------------- */

typedef enum limits { SURELY_BELOW, SURELY_NOT, OPEN } limits;

/* Whether the lower limit lies below the upper one, as far as it is known without evidence. False: out of memory. */
static bool order_limits(const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, limits *out) {
  ari_nums nums = {0};
  ari_range low, high;
  bool good = ari_leaf_range(&nums, set, leaf, tier, rule->low, &low) && ari_leaf_range(&nums, set, leaf, tier, rule->high, &high);
  *out = OPEN;
  if (good && low.has_high && high.has_low && ari_num_cmp(low.high, high.low) < 0) *out = SURELY_BELOW;
  else if (good && low.has_low && high.has_high && ari_num_cmp(low.low, high.high) >= 0) *out = SURELY_NOT;
  ari_nums_free(&nums);
  return good;
}

bool ari_relative_can_be_empty(const ari_set *set, const ari_node *leaf, uint32_t tier, bool *can) {
  limits order = SURELY_BELOW;
  *can = leaf->rule->series >= 0;
  if (*can || !leaf->rule->low) return true;
  if (!order_limits(set, leaf, tier, leaf->rule, &order)) return false;
  *can = order == OPEN;
  return true;
}

/* The same while reading: where memory ends, nothing is known. */
static limits find_order(ari_reader *r, const ari_node *leaf, uint32_t tier, const ari_rule *rule) {
  limits order = OPEN;
  if (!order_limits(r->set, leaf, tier, rule, &order)) r->no_memory = true;
  return order;
}

static void check_limits(ari_reader *r, ari_node *leaf, uint32_t tier, ari_rule *rule) {
  if (rule->low && find_order(r, leaf, tier, rule) == SURELY_NOT)
    ARI_TELL(r, ARI_E0285, ari_span_join(rule->low->span, rule->high->span), ari_arg_text(rule->low->text), ari_arg_text(rule->high->text));
}

/* No value that the inputs allow lies between the limits: every one would be E0529. */
static void check_value(ari_reader *r, ari_node *leaf, uint32_t tier, ari_rule *rule) {
  ari_nums nums = {0};
  ari_range v, low, high;
  check_limits(r, leaf, tier, rule);
  if (!rule->low || !rule->high || !rule->value || rule->outside != ARI_OVER_ERROR || find_order(r, leaf, tier, rule) != SURELY_BELOW) return;
  if (!ari_leaf_range(&nums, r->set, leaf, tier, rule->value, &v) || !ari_leaf_range(&nums, r->set, leaf, tier, rule->low, &low) ||
      !ari_leaf_range(&nums, r->set, leaf, tier, rule->high, &high))
    r->no_memory = true;
  else if ((v.has_low && high.has_high && ari_num_cmp(v.low, high.high) > 0) || (v.has_high && low.has_low && ari_num_cmp(v.high, low.low) < 0))
    ARI_TELL(r, ARI_E0394, rule->value->span, ari_arg_text(rule->value->text), ari_arg_text(rule->low->text), ari_arg_text(rule->high->text));
  ari_nums_free(&nums);
}

/* ---- evaluating ------------------------------------------------------------------------------------------------------------------ */

/* The agency's own value, rounded as every other's: nobody falls outside the agencies that it belongs to. */
static bool find_value(const ari_rule *rule, ari_rule_run *run, ari_num *v, ari_rule_answer *answer) {
  if (!ari_rule_number(run, rule->value, v, answer)) return false;
  ari_trace_add(run->trace, ARI_STEP_VALUE, rule->kind->name, rule->value->span, rule->value, v, NULL, 0);
  ari_num_round(v, v, 12, ARI_HALF_UP);
  if (rule->series >= 0) ari_trace_add(run->trace, ARI_STEP_COHORT, rule->kind->name, rule->value->span, NULL, NULL, NULL, rule->series);
  return true;
}

static bool find_figure(const ari_rule *rule, const ari_rule_run *run, ari_cohort_figure figure, ari_num *out) {
  const ari_inputs *in = run->inputs;
  return in->cohort && in->cohort(in->of, rule->series, figure, out);
}

static void set_outcome(const ari_rule *rule, ari_outcome outcome, ari_rule_answer *answer) {
  answer->answer.outcome = outcome;
  answer->answer.where = rule->value;
  answer->answer.compared = true;
}

/* Says more than a number, and more than a figure of the cohort, which has been shown already. */
static bool is_worth_showing(const ari_expr *e) {
  if (e->op == ARI_OP_NEG) e = e->kids[0];
  return e->op != ARI_OP_CONST && !ari_expr_is_cohort(e);
}

/* A limit that the author wrote. */
static bool find_limit(const ari_expr *e, ari_rule_run *run, ari_num *out, ari_rule_answer *answer) {
  if (!ari_rule_number(run, e, out, answer)) return false;
  if (is_worth_showing(e)) ari_trace_add(run->trace, ARI_STEP_VALUE, "between", e->span, e, out, NULL, 0);
  return true;
}

static bool find_limits(const ari_rule *rule, ari_rule_run *run, ari_num *low, ari_num *high, ari_rule_answer *answer) {
  return find_limit(rule->low, run, low, answer) && find_limit(rule->high, run, high, answer);
}

/* An error of the evidence, with the two figures that do not fit. */
static void set_error(const ari_rule *rule, ari_code error, const ari_num *a, const ari_num *b, ari_rule_answer *answer) {
  answer->error = error;
  answer->where = rule->value->span;
  answer->beyond[0] = ari_arg_num(a);
  answer->beyond[1] = ari_arg_num(b);
}

/* A value beyond the limits. False: it is an error. */
static bool keep_inside(const ari_rule *rule, ari_rule_run *run, ari_num *v, const ari_num *low, const ari_num *high, ari_rule_answer *answer) {
  const ari_num *limit = ari_num_cmp(v, low) < 0 ? low : ari_num_cmp(v, high) > 0 ? high : NULL;
  if (!limit || rule->outside == ARI_OVER_ALLOW) return true;
  if (rule->outside == ARI_OVER_ERROR) {
    set_error(rule, rule->kind == &ari_rule_zscore ? ARI_E0530 : ARI_E0529, v, limit, answer);
    return false;
  }
  ari_trace_add(run->trace, ARI_STEP_LIMIT, "between", rule->span, NULL, limit, v, 0);
  ari_num_set(v, limit);
  return true;
}

/* max × (v − low) / (high − low), from the other end where low is better. */
static void place_value(const ari_rule *rule, ari_rule_run *run, ari_num *v, ari_num *low, ari_num *high, ari_rule_answer *answer) {
  ari_num *part = run->points;
  int order = ari_num_cmp(low, high);
  if (order > 0 || (order == 0 && ari_num_cmp(v, low) != 0)) {
    set_error(rule, ARI_E0528, low, high, answer);
    return;
  }
  if (order == 0) {
    ari_trace_compared(run->trace, ARI_STEP_PLACED, rule, NULL, v, low, high);
    set_outcome(rule, ARI_EMPTY_DIVISION, answer);
    return;
  }
  if (!keep_inside(rule, run, v, low, high, answer)) return;
  if (rule->better_low) ari_num_sub(part, high, v);
  else ari_num_sub(part, v, low);
  ari_num *whole = run->scratch[3];
  ari_num_sub(whole, high, low);
  ari_num_div(part, part, whole);
  ari_trace_compared(run->trace, ARI_STEP_PLACED, rule, part, v, low, high);
  ari_num_mul(whole, part, run->max);
  ari_trace_add(run->trace, ARI_STEP_FACTOR, "share", rule->span, NULL, whole, part, 0);
  ari_num_set(run->points, whole);
}

static ari_rule_answer eval_minmax(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  ari_num *v = run->scratch[0], *low = run->scratch[1], *high = run->scratch[2];
  if (!find_value(rule, run, v, &answer)) return answer;
  if (rule->low) {
    if (!find_limits(rule, run, low, high, &answer)) return answer;
  } else if (!find_figure(rule, run, ARI_COHORT_MIN, low) || !find_figure(rule, run, ARI_COHORT_MAX, high)) {
    set_outcome(rule, ARI_EMPTY_DIVISION, &answer);
    return answer;
  }
  place_value(rule, run, v, low, high, &answer);
  return answer;
}

static ari_rule_answer eval_zscore(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  ari_num *v = run->scratch[0], *low = run->scratch[1], *high = run->scratch[2], *mean = low, *sd = high, *z = run->scratch[3];
  if (!find_value(rule, run, v, &answer)) return answer;
  bool known = find_figure(rule, run, ARI_COHORT_MEAN, mean);
  if (known && !find_figure(rule, run, rule->population ? ARI_COHORT_SD_POPULATION : ARI_COHORT_SD_SAMPLE, sd)) {
    set_outcome(rule, ARI_BAD_ARGUMENT, &answer);
    return answer;
  }
  if (!known || ari_num_sign(sd) == 0) {   /* all have the same value, so v - mean is 0 too */
    if (known) ari_trace_compared(run->trace, ARI_STEP_DEVIATION, rule, NULL, v, mean, sd);
    set_outcome(rule, ARI_EMPTY_DIVISION, &answer);
    return answer;
  }
  ari_num_sub(z, v, mean);
  ari_num_div(z, z, sd);
  ari_trace_compared(run->trace, ARI_STEP_DEVIATION, rule, z, v, mean, sd);
  ari_num_set(v, z);
  if (!rule->low) {
    ari_num_set_int(low, -3);
    ari_num_set_int(high, 3);
  } else if (!find_limits(rule, run, low, high, &answer)) {
    return answer;
  }
  place_value(rule, run, v, low, high, &answer);
  return answer;
}

static ari_rule_answer eval_percentile(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  ari_num *v = run->scratch[0], *worse = run->scratch[1], *others = run->scratch[2], *part = run->points;
  if (!find_value(rule, run, v, &answer)) return answer;
  bool known = find_figure(rule, run, ARI_COHORT_COUNT, others) && find_figure(rule, run, rule->better_low ? ARI_COHORT_ABOVE : ARI_COHORT_BELOW, worse);
  ari_num_set_int(v, 1);
  if (known) ari_num_sub(others, others, v);
  if (!known || ari_num_sign(others) == 0) {   /* alone */
    if (known) ari_trace_compared(run->trace, ARI_STEP_BELOW, rule, NULL, worse, others, NULL);
    set_outcome(rule, ARI_EMPTY_DIVISION, &answer);
    return answer;
  }
  ari_num_div(part, worse, others);
  ari_trace_compared(run->trace, ARI_STEP_BELOW, rule, part, worse, others, NULL);
  ari_num_mul(v, part, run->max);
  ari_trace_add(run->trace, ARI_STEP_FACTOR, "share", rule->span, NULL, v, part, 0);
  ari_num_set(run->points, v);
  return answer;
}

/* ---- range ----------------------------------------------------------------------------------------------------------------------- */

/* Anything between 0 and max; beyond both where the value may be outside. */
static bool range_relative(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  (void)set;
  bool closed = rule->series >= 0 && !(rule->outside == ARI_OVER_ALLOW);
  *out = (ari_range){.has_low = closed, .has_high = closed, .low = ari_nums_new(nums), .high = ari_nums_new(nums)};
  if (!out->low || !out->high) return false;
  ari_num_set(out->high, leaf->max[tier]);
  return true;
}

/* Where one end of the value stands between two limits that are numbers, as points. */
static void place_end(const ari_rule *rule, const ari_num *v, const ari_num *low, const ari_num *high, const ari_num *max, ari_num *out, ari_num *room) {
  ari_num_round(out, v, 12, ARI_HALF_UP);
  if (rule->outside != ARI_OVER_ALLOW && ari_num_cmp(out, low) < 0) ari_num_set(out, low);
  if (rule->outside != ARI_OVER_ALLOW && ari_num_cmp(out, high) > 0) ari_num_set(out, high);
  if (rule->better_low) ari_num_sub(out, high, out);
  else ari_num_sub(out, out, low);
  ari_num_sub(room, high, low);
  ari_num_div(out, out, room);
  ari_num_mul(out, out, max);
}

static bool is_number(const ari_range *r) { return r->has_low && r->has_high && ari_num_cmp(r->low, r->high) == 0; }

/* Known better only between two numbers: the ends of the value give the ends of the points. */
static bool range_minmax(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  ari_range v, low, high;
  bool closed = rule->outside != ARI_OVER_ALLOW;
  ari_num *room = ari_nums_new(nums);
  if (!room || !range_relative(nums, set, leaf, tier, rule, out)) return false;
  out->has_low = out->has_high = closed;
  if (!rule->low) return true;
  if (!ari_leaf_range(nums, set, leaf, tier, rule->value, &v) || !ari_leaf_range(nums, set, leaf, tier, rule->low, &low) ||
      !ari_leaf_range(nums, set, leaf, tier, rule->high, &high))
    return false;
  if (!is_number(&low) || !is_number(&high) || ari_num_cmp(low.low, high.low) >= 0) return true;
  bool from_low = rule->better_low ? v.has_high : v.has_low, from_high = rule->better_low ? v.has_low : v.has_high;
  if (from_low) place_end(rule, rule->better_low ? v.high : v.low, low.low, high.low, leaf->max[tier], out->low, room);
  if (from_high) place_end(rule, rule->better_low ? v.low : v.high, low.low, high.low, leaf->max[tier], out->high, room);
  out->has_low = closed || from_low;
  out->has_high = closed || from_high;
  return true;
}

const ari_rule_kind ari_rule_minmax = {
  .name = "minmax", .fields = minmax_fields, .read = read_minmax, .check = check_value, .eval = eval_minmax, .range = range_minmax,
};
const ari_rule_kind ari_rule_zscore = {
  .name = "zscore", .fields = zscore_fields, .read = read_zscore, .check = check_limits, .eval = eval_zscore, .range = range_relative,
};
const ari_rule_kind ari_rule_percentile = {
  .name = "percentile", .fields = percentile_fields, .read = read_percentile, .eval = eval_percentile, .range = range_relative,
};
