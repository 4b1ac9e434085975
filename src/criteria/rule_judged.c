/* What people judge: the points come from the evaluators, who choose one of those that the list allows. Methodology: ari-criteria(5),
 * "Rules". No formula equals it: until there is a judgement the leaf is pending. */
#include "inside.h"

enum { LEAST_CHOICES = 2 };

static const ari_field judged_fields[] = {
  {.key = "judged", .type = ARI_FIELD_LIST, .required = true, .each = &ari_formula_value,
   .en = "the points that evaluators may give, from the least to the most: [0, 50%, 100%]",
   .vi = "các mức điểm mà người thẩm định được cho, từ thấp đến cao: [0, 50%, 100%]"},
  {.key = NULL},
};

static void read_judged(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  uint32_t n = ari_reader_count(r, f[0]);
  if (n == 0) return;
  if (n < LEAST_CHOICES) ARI_TELL(r, ARI_E0275, ari_entry_span(f[0]), ARI_NO_ARG);
  rule->parts = ari_reader_alloc(r, n, sizeof *rule->parts);
  if (!rule->parts) return;
  for (const ari_yaml *y = f[0]->first; y; y = y->next)
    rule->parts[rule->n_parts++] = (ari_rule_part){.points = ari_reader_points(r, node, y), .span = y->span};
}

/* Points that can be chosen are known before there is any evidence, and each is more than the one before. */
static void check_judged(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  ari_nums nums = {0};
  ari_range range[2] = {0};
  if (!node->max[tier]) return;    /* told already, or not there in this tier */
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_expr *points = rule->parts[i].points;
    range[0] = range[1];
    if (!ari_leaf_range(&nums, r->set, node, tier, points, &range[1])) {
      r->no_memory = true;
    } else if (!range[1].has_low || !range[1].has_high || ari_num_cmp(range[1].low, range[1].high) != 0) {
      ARI_TELL(r, ARI_E0276, points->span, ari_arg_text(points->text));
      break;
    } else if (i > 0 && ari_num_cmp(range[0].low, range[1].low) >= 0) {
      ARI_TELL(r, ARI_E0274, points->span, ari_arg_num(range[1].low), ari_arg_num(range[0].low))->other = rule->parts[i - 1].span;
      break;
    } else {
      ari_check_points(r, node, tier, points);
    }
    if (r->no_memory) break;
  }
  ari_nums_free(&nums);
}

/* A judgement is a ruling of an appraisal, which comes before the rule (score's given.c): nobody's has come in. */
static ari_rule_answer eval_judged(const ari_rule *rule, ari_rule_run *run) {
  (void)run;
  return (ari_rule_answer){.answer = {.outcome = ARI_MISSING_INPUT, .slot = ARI_JUDGEMENT}, .where = rule->span};
}

bool ari_judged_allows(const ari_rule *rule, ari_rule_run *run, const ari_num *points) {
  ari_rule_answer answer = {0};
  if (rule->kind != &ari_rule_judged) return true;
  for (uint32_t i = 0; i < rule->n_parts; i++)
    if (ari_rule_number(run, rule->parts[i].points, run->scratch[0], &answer) && ari_num_cmp(run->scratch[0], points) == 0) return true;
  return false;
}

const ari_rule_kind ari_rule_judged = {
  .name = "judged", .fields = judged_fields, .read = read_judged, .check = check_judged, .eval = eval_judged, .range = ari_rule_range_parts,
};
