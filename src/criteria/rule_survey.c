/* Answers to a question, each option with points of its own. Methodology: ari-criteria(5), "Rules". With y_a, y_b, … for the answers
 * of each option the form equals:
 *   survey: y, options: {a: x, b: z, …}                          (y_a * x + y_b * z + …) / (y_a + y_b + …) */
#include "inside.h"

enum { SU_SURVEY, SU_OPTIONS };
static const ari_field survey_fields[] = {
  {.key = "survey", .type = ARI_FIELD_FORMULA, .required = true, .en = "the input with the answers", .vi = "số liệu điều tra (các câu trả lời)"},
  {.key = "options", .type = ARI_FIELD_MAP, .required = true, .each = &ari_formula_value, .en = "the points that each answer counts: 100%, 60%, 0",
   .vi = "số điểm ứng với mỗi phương án trả lời: 100%, 60%, 0"},
  {.key = NULL},
};

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

/* What was written is no survey: the one that was probably meant, or how to declare one. */
static void tell_no_survey(ari_reader *r, const ari_node *node, const ari_yaml *y) {
  ari_str near = {0};
  for (; node; node = node->parent)
    for (uint32_t i = 0; i < node->n_inputs && !near.n; i++) {
      const ari_input *in = &r->set->inputs[node->first_input + i];
      if (in->type == ARI_SURVEY && ari_str_nearest(y->text, &in->name, 1) == 0) near = in->name;
    }
  ARI_TELL(r, near.n ? ARI_E0379 : ARI_E0378, y->span, ari_arg_text(y->text), ari_arg_text(near));
}

/* An input as a formula of its own, as the rule's other formulas name theirs. */
static ari_expr *make_input(ari_reader *r, const ari_input *in, int slot, ari_span span) {
  ari_expr *e = ari_reader_alloc(r, 1, sizeof *e);
  if (e) *e = (ari_expr){.op = ARI_OP_INPUT, .type = in->seen.type, .slot = slot, .span = span, .text = in->name};
  return e;
}

static void read_survey(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  const ari_yaml *y = f[SU_SURVEY];
  for (const ari_node *n = node; n; n = n->parent)
    if (n->inputs_lost) return;
  int slot = y ? ari_node_input(r->set, node, ari_str_trim(y->text)) : -1;
  if (slot < 0 || r->set->inputs[slot].type != ARI_SURVEY) {
    if (y) tell_no_survey(r, node, y);
    return;
  }
  ari_input *in = &r->set->inputs[slot];
  in->used = true;
  rule->value = make_input(r, in, slot, y->span);
  if (f[SU_OPTIONS]) ari_reader_option_points(r, node, rule, in, f[SU_OPTIONS]);
  for (uint32_t i = 0; i < rule->n_parts; i++)
    rule->parts[i].count = make_input(r, in + 1 + i, slot + 1 + (int)i, y->span);
}

static void check_survey(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  for (uint32_t i = 0; i < rule->n_parts; i++) ari_check_points(r, node, tier, rule->parts[i].points);
}

/* ---- evaluating ------------------------------------------------------------------------------------------------------------- */

/* All answers into `all`, and each times its points into run->points. False: `answer` says what is not there. */
static bool add_up(const ari_rule *rule, ari_rule_run *run, ari_num *all, ari_rule_answer *answer) {
  ari_num *count = run->scratch[1], *points = run->scratch[2];
  ari_num_set_int(all, 0);
  ari_num_set_int(run->points, 0);
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    if (!ari_rule_number(run, rule->parts[i].count, count, answer)) return false;
    if (!ari_rule_number(run, rule->parts[i].points, points, answer)) return false;
    ari_num_add(all, all, count);
    ari_num_mul(points, points, count);
    ari_num_add(run->points, run->points, points);
  }
  return true;
}

/* What each option brings is its share of the answers times its points. */
static void trace_options(const ari_rule *rule, ari_rule_run *run, const ari_num *all) {
  ari_rule_answer unused;
  ari_num *count = run->scratch[1], *points = run->scratch[2], *brings = run->scratch[3];
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *part = &rule->parts[i];
    if (!ari_rule_number(run, part->count, count, &unused) || !ari_rule_number(run, part->points, points, &unused)) return;
    ari_num_mul(brings, count, points);
    ari_num_div(brings, brings, all);
    ari_trace_option(run->trace, part, brings, count, all, points, (int32_t)i);
  }
}

static ari_rule_answer eval_survey(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {.where = rule->value->span};
  ari_value unused;
  ari_num *all = run->scratch[0];
  if (!run->inputs->get(run->inputs->of, rule->value->slot, &unused)) {
    answer.answer = (ari_answer){.outcome = ARI_MISSING_INPUT, .slot = rule->value->slot};
    return answer;
  }
  if (!add_up(rule, run, all, &answer)) return answer;
  ari_trace_add(run->trace, ARI_STEP_ANSWERS, "survey", rule->value->span, rule->value, all, NULL, 0);
  if (ari_num_sign(all) == 0) {   /* nobody answered */
    answer.answer = (ari_answer){.outcome = ARI_EMPTY_DIVISION, .slot = -1, .where = rule->value};
    return answer;
  }
  ari_num_div(run->points, run->points, all);
  if (run->trace) trace_options(rule, run, all);
  return answer;
}

const ari_rule_kind ari_rule_survey = {
  .name = "survey", .fields = survey_fields, .read = read_survey, .check = check_survey, .eval = eval_survey, .range = ari_rule_range_parts,
};
