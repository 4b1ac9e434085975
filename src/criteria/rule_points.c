/* Points given or computed, yes or no, an ordered choice. Methodology: ari-criteria(5), "Rules". Each form equals:
 *   points: e                                                    e
 *   yes_no: b, yes: y (M unless written), no: n (0)              if b then y else n
 *   choice: c, points: {a: x, …}                                 if c = 'a' then x else … */
#include "inside.h"

/* ---- points ---------------------------------------------------------------------------------------------------------------- */

static const ari_field points_fields[] = {
  {.key = "points", .type = ARI_FIELD_FORMULA, .required = true, .en = "the points", .vi = "số điểm"},
  {.key = NULL},
};

static void read_points(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_points(r, node, f[0]);
}

static void check_points(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) { ari_check_points(r, node, tier, rule->value); }

static ari_rule_answer eval_points(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  if (ari_rule_number(run, rule->value, run->points, &answer))
    ari_trace_add(run->trace, ARI_STEP_VALUE, "points", rule->value->span, rule->value, run->points, NULL, 0);
  return answer;
}

static bool range_points(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  return ari_leaf_range(nums, set, leaf, tier, rule->value, out);
}

const ari_rule_kind ari_rule_points = {
  .name = "points", .fields = points_fields, .read = read_points, .check = check_points, .eval = eval_points, .range = range_points,
};

/* ---- yes_no ---------------------------------------------------------------------------------------------------------------- */

enum { YN_YES_NO, YN_YES, YN_NO };
static const ari_field yes_no_fields[] = {
  {.key = "yes_no", .type = ARI_FIELD_FORMULA, .required = true, .en = "the yes/no input or a condition",
   .vi = "số liệu có/không hoặc một điều kiện"},
  {.key = "yes", .type = ARI_FIELD_FORMULA, .en = "points for yes, the maximum unless written",
   .vi = "điểm khi có, là điểm tối đa nếu không ghi"},
  {.key = "no", .type = ARI_FIELD_FORMULA, .en = "points for no, 0 unless written", .vi = "điểm khi không, là 0 nếu không ghi"},
  {.key = NULL},
};

static void read_yes_no(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_formula(r, node, f[YN_YES_NO], ARI_TYPE_BOOL);
  rule->yes = ari_reader_points(r, node, f[YN_YES]);
  rule->no = ari_reader_points(r, node, f[YN_NO]);
}

static void check_yes_no(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  ari_check_points(r, node, tier, rule->yes);
  ari_check_points(r, node, tier, rule->no);
}

static ari_rule_answer eval_yes_no(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  int32_t yes = 0;
  if (!ari_rule_choice(run, rule->value, &yes, &answer)) return answer;
  ari_trace_add(run->trace, ARI_STEP_VALUE, "yes_no", rule->value->span, rule->value, NULL, NULL, yes);
  const ari_expr *points = yes ? rule->yes : rule->no;
  if (points && !ari_rule_number(run, points, run->points, &answer)) return answer;
  if (!points && yes) ari_num_set(run->points, run->max);
  if (!points && !yes) ari_num_set_int(run->points, 0);
  ari_trace_add(run->trace, ARI_STEP_CHOSEN, yes ? "yes" : "no", points ? points->span : rule->span, points, run->points, NULL, 0);
  return answer;
}

/* What one answer gives: its formula, else `otherwise`. */
static bool range_answer(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_expr *points,
                         const ari_num *otherwise, ari_range *out) {
  if (points) return ari_leaf_range(nums, set, leaf, tier, points, out);
  *out = (ari_range){.has_low = true, .has_high = true, .low = ari_nums_new(nums), .high = ari_nums_new(nums)};
  if (!out->low || !out->high) return false;
  if (otherwise) {
    ari_num_set(out->low, otherwise);
    ari_num_set(out->high, otherwise);
  }
  return true;
}

static bool range_yes_no(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  ari_range condition, no;
  if (!ari_leaf_range(nums, set, leaf, tier, rule->value, &condition)) return false;
  if (!range_answer(nums, set, leaf, tier, rule->yes, leaf->max[tier], out) || !range_answer(nums, set, leaf, tier, rule->no, NULL, &no)) return false;
  if (!condition.can_be_true) *out = no;
  else if (condition.can_be_false) ari_range_join(out, &no, false);
  return true;
}

const ari_rule_kind ari_rule_yes_no = {
  .name = "yes_no", .fields = yes_no_fields, .read = read_yes_no, .check = check_yes_no, .eval = eval_yes_no, .range = range_yes_no,
};

/* ---- choice ---------------------------------------------------------------------------------------------------------------- */

enum { CH_CHOICE, CH_POINTS };
static const ari_field choice_fields[] = {
  {.key = "choice", .type = ARI_FIELD_FORMULA, .required = true, .en = "the input that is chosen", .vi = "số liệu lựa chọn"},
  {.key = "points", .type = ARI_FIELD_MAP, .required = true, .each = &ari_formula_value, .en = "the points of each option",
   .vi = "số điểm của từng phương án"},
  {.key = NULL},
};

/* Tells an unknown option. Those that have no points are then not told too: one of them was meant. */
static void tell_option(ari_reader *r, const ari_input *in, const ari_yaml *key) {
  int near = ari_str_nearest(key->text, in->option_ids, in->n_options);
  ari_buf b = {0};
  if (near < 0) ari_buf_options(&b, in);
  if (b.failed) r->no_memory = true;
  ARI_TELL(r, near < 0 ? ARI_E0236 : ARI_E0237, key->span, ari_arg_text(in->name), ari_arg_text(key->text),
           ari_arg_text(near < 0 ? ari_buf_view(&b) : in->option_ids[near]));
  ari_buf_free(&b);
}

static uint32_t find_option(const ari_input *in, ari_str id) {
  uint32_t i = 0;
  while (i < in->n_options && !ari_str_eq(in->option_ids[i], id)) i++;
  return i;
}

void ari_reader_option_points(ari_reader *r, ari_node *node, ari_rule *rule, const ari_input *in, const ari_yaml *map) {
  rule->parts = ari_reader_alloc(r, in->n_options, sizeof *rule->parts);
  if (!rule->parts || ari_reader_count(r, map) == 0) return;
  bool unknown = false;
  rule->n_parts = in->n_options;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    uint32_t i = find_option(in, y->key->text);
    if (i == in->n_options) {
      tell_option(r, in, y->key);
      unknown = true;
      continue;
    }
    rule->parts[i] =
        (ari_rule_part){.option = in->option_ids[i], .slot = (int)i, .points = ari_reader_points(r, node, y), .span = ari_entry_span(y)};
  }
  for (uint32_t i = 0; i < in->n_options && !unknown; i++)
    if (rule->parts[i].option.n == 0)
      ARI_TELL(r, ARI_E0235, map->key->span, ari_arg_text(in->option_ids[i]))->other = in->options[i].span;
}

static void read_choice(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_formula(r, node, f[CH_CHOICE], ARI_TYPE_NONE);
  if (!rule->value) return;
  if (rule->value->op != ARI_OP_INPUT || rule->value->type != ARI_TYPE_CHOICE) {
    ARI_TELL(r, ARI_E0238, f[CH_CHOICE]->span, ARI_NO_ARG);
    return;
  }
  const ari_input *in = &r->set->inputs[rule->value->slot];
  if (f[CH_POINTS] && in->n_options > 0) ari_reader_option_points(r, node, rule, in, f[CH_POINTS]);
}

static void check_choice(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  for (uint32_t i = 0; i < rule->n_parts; i++) ari_check_points(r, node, tier, rule->parts[i].points);
}

static ari_rule_answer eval_choice(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  int32_t option = 0;
  if (!ari_rule_choice(run, rule->value, &option, &answer)) return answer;
  ari_trace_add(run->trace, ARI_STEP_VALUE, "choice", rule->value->span, rule->value, NULL, NULL, option);
  const ari_rule_part *part = &rule->parts[option];
  if (ari_rule_number(run, part->points, run->points, &answer))
    ari_trace_add(run->trace, ARI_STEP_CHOSEN, "choice", part->span, part->points, run->points, NULL, option);
  return answer;
}

bool ari_rule_range_parts(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    ari_range one;
    if (!ari_leaf_range(nums, set, leaf, tier, rule->parts[i].points, &one)) return false;
    if (i == 0) *out = one;
    else ari_range_join(out, &one, false);
  }
  return true;
}

const ari_rule_kind ari_rule_of_choice = {
  .name = "choice", .fields = choice_fields, .read = read_choice, .check = check_choice, .eval = eval_choice, .range = ari_rule_range_parts,
};
