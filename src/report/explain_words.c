/* The steps of one leaf's calculation in words, for the sheets of a report: titles in place of names, and no key of the criteria file. In full, explain keeps
 * the author's own words (explain_steps.c). */
#include "inside.h"

#include <string.h>

/* ---- formulas ---- */

/* “Tasks done” ÷ “Tasks planned” = 7 ÷ 9; what would only be said twice is said once. */
static void put_formula(ari_explainer *x, const ari_expr *e) {
  const ari_set *set = x->work->set;
  ari_score_view agency = {{x->work->evidence, x->agency}, x->work->result->cohorts};
  ari_inputs inputs = ari_score_inputs(&agency);
  size_t start = x->b.n;
  ari_formula_words(&x->b, set, e, x->work->options.lang);
  size_t middle = x->b.n;
  ari_buf_text(&x->b, e->type == ARI_TYPE_NUM ? " = " : ": ");
  size_t figures = x->b.n;
  ari_formula_figures(&x->b, set, x->node, x->tier, e, &inputs, x->work->options.lang);
  ari_str all = ari_buf_view(&x->b);
  if (ari_str_eq(ari_str_sub(all, start, middle), ari_str_sub(all, figures, all.n))) x->b.n = middle;
}

/* " = 0,7777777777…", unless that is how the line ends already: "… = 4 = 4". */
static void put_result(ari_explainer *x, const ari_num *value) {
  size_t start = x->b.n;
  ari_buf_text(&x->b, " = ");
  ari_explain_num(x, value);
  ari_str all = ari_buf_view(&x->b), result = ari_str_sub(all, start, all.n), before = ari_str_sub(all, 0, start);
  if (before.n > result.n && ari_str_eq(ari_str_sub(before, before.n - result.n, before.n), result)) x->b.n = start;
}

static const ari_expr *without_name(const ari_expr *e) { return e->op == ARI_OP_LET ? without_name(e->kids[0]) : e; }

/* “Satisfied”: */
static void put_heading(ari_explainer *x, ari_str title) {
  ari_words w = ari_words_start(&x->b, x->work->set, x->work->options.lang);
  ari_words_put(&w, &(ari_phrase){ARI_PHRASE_TITLE, .text = title});
  ari_buf_text(&x->b, ": ");
}

/* A condition, with whether it holds; of a yes_no input alone, the answer. */
static void put_condition(ari_explainer *x, const ari_expr *e, bool holds) {
  const ari_expr *bare = without_name(e);
  if (bare->op == ARI_OP_INPUT) {
    put_heading(x, ari_words_input_title(x->work->set, bare->slot, x->work->options.lang));
    ari_buf_text(&x->b, ari_explain_word(x, holds ? ARI_WORD_yes : ARI_WORD_no));
    return;
  }
  put_formula(x, e);
  ari_buf_printf(&x->b, " → %s", ari_explain_word(x, holds ? ARI_WORD_step_holds : ARI_WORD_step_fails));
}

static void put_value(ari_explainer *x, const ari_step *step) {
  if (!step->expr) ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_formula_max));   /* what a deduction begins with unless the author says */
  else if (step->expr->type == ARI_TYPE_BOOL) put_condition(x, step->expr, step->i);
  else put_formula(x, step->expr);
  if (step->value) put_result(x, step->value);
}

/* ---- parts ---- */

static const ari_rule_part *part_of(const ari_explainer *x, const ari_step *step) {
  const ari_rule *rule = x->node->rule;
  for (uint32_t i = 0; i < rule->n_parts; i++)
    if (rule->parts[i].span.start == step->span.start) return &rule->parts[i];
  return NULL;
}

/* "(2) “Tasks done” = “Tasks due”: 7 = 7": cases count as in the rule's own sentence. */
static void put_case(ari_explainer *x, const ari_rule_part *part, bool holds) {
  ari_buf_printf(&x->b, "(%d) ", (int)(part - x->node->rule->parts) + 1);
  if (part->when) put_condition(x, part->when, holds);
  else ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_step_otherwise));
}

/* "2 − 0,5 = 1,5", behind its condition. */
static void put_deduction(ari_explainer *x, const ari_step *step, const ari_rule_part *part) {
  if (part && part->when) {
    put_condition(x, part->when, true);
    ari_buf_text(&x->b, ": ");
  }
  ari_explain_num(x, step->before);
  ari_buf_text(&x->b, " − ");
  ari_explain_worked_out(x, ari_num_sub, step->before, step->value);
  put_result(x, step->value);
}

/* The points of the branch that applied: those that its formula says, and what they come to. */
static void put_points(ari_explainer *x, const ari_words *w, const ari_step *step) {
  bool yes = strcmp(step->word, "yes") == 0, no = strcmp(step->word, "no") == 0;
  if (step->expr) ari_words_points(w, step->expr);
  else ari_buf_text(&x->b, ari_explain_word(x, no ? ARI_WORD_rule_none : ARI_WORD_rule_full));
  bool number = step->expr ? step->expr->op == ARI_OP_CONST : no;
  if (!number || yes) put_result(x, step->value);
}

static void put_chosen(ari_explainer *x, const ari_step *step) {
  const ari_rule *rule = x->node->rule;
  const ari_rule_part *part = part_of(x, step);
  ari_words w = ari_words_start(&x->b, x->work->set, x->work->options.lang);
  if (rule->kind == &ari_rule_deduct) {
    put_deduction(x, step, part);
    return;
  }
  if (rule->kind == &ari_rule_bands) ari_words_band(&w, rule, (uint32_t)step->i);
  else if (rule->kind == &ari_rule_cases && part) put_case(x, part, true);
  else if (strcmp(step->word, "full_from") == 0 && rule->full_from) ari_words_put(&w, &(ari_phrase){ARI_PHRASE_REACHED, .n = rule->full_from});
  if (x->b.n) ari_buf_text(&x->b, ": ");
  put_points(x, &w, step);
}

static void put_passed(ari_explainer *x, const ari_step *step) {
  const ari_rule_part *part = part_of(x, step);
  if (!part || !part->when) return;
  if (x->node->rule->kind == &ari_rule_cases) put_case(x, part, false);
  else put_condition(x, part->when, false);
}

/* ---- figures ---- */

/* "0,7 × 10 = 7"; "0,45 ÷ 90 % = 0,5": the share of a target. */
static void put_factor(ari_explainer *x, const ari_step *step) {
  ari_words w = ari_words_start(&x->b, x->work->set, x->work->options.lang);
  ari_explain_num(x, step->before);
  if (strcmp(step->word, "full_at") == 0) {
    ari_buf_text(&x->b, " ÷ ");
    ari_words_ratio(&w, x->node->rule->full_at, true);
  } else {
    ari_buf_text(&x->b, " × ");
    ari_explain_num(x, strcmp(step->word, "share") == 0 ? x->node->max[x->tier] : step->a);
  }
  put_result(x, step->value);
}

/* "4 → 3 (at most)"; below a floor "below 80%: 0 points". */
static void put_limit(ari_explainer *x, const ari_step *step) {
  static const struct { const char *key; ari_word word; } limits[] = {
    {"at_most", ARI_WORD_step_at_most}, {"at_least", ARI_WORD_step_at_least}, {"full_at", ARI_WORD_step_full_at}, {"between", ARI_WORD_step_between},
    {"over_max", ARI_WORD_cut_to_max}};
  ari_words w = ari_words_start(&x->b, x->work->set, x->work->options.lang);
  if (strcmp(step->word, "zero_below") == 0) {
    ARI_SAY(&w, ARI_WORD_step_below, {ARI_PHRASE_RATIO, .n = x->node->rule->zero_below});
    return;
  }
  ari_explain_num(x, step->before);
  ari_buf_text(&x->b, " → ");
  ari_explain_num(x, step->value);
  for (size_t i = 0; i < ARI_COUNT(limits); i++)
    if (strcmp(step->word, limits[i].key) == 0) ari_buf_printf(&x->b, " (%s)", ari_explain_word(x, limits[i].word));
}

/* “Satisfied”: 10 ÷ 15 × 6 = 4 */
static void put_option(ari_explainer *x, const ari_step *step) {
  const ari_input *survey = &x->work->set->inputs[x->node->rule->value->slot];
  put_heading(x, ari_title_of(x->work, survey->options[step->i].title));
  ari_explain_num(x, step->before);
  ari_buf_text(&x->b, " ÷ ");
  ari_explain_num(x, step->a);
  ari_buf_text(&x->b, " × ");
  ari_explain_num(x, step->b);
  put_result(x, step->value);
}

static void put_answers(ari_explainer *x, const ari_step *step) {
  put_heading(x, ari_words_input_title(x->work->set, step->expr->slot, x->work->options.lang));
  ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_answers));
  put_result(x, step->value);
}

void ari_explain_step_words(ari_explainer *x, const ari_step *step) {
  switch (step->kind) {
    case ARI_STEP_VALUE: put_value(x, step); break;
    case ARI_STEP_LET: return;      /* what a name stands for is written out */
    case ARI_STEP_CHOSEN: put_chosen(x, step); break;
    case ARI_STEP_PASSED: put_passed(x, step); break;
    case ARI_STEP_FACTOR: put_factor(x, step); break;
    case ARI_STEP_LIMIT: put_limit(x, step); break;
    case ARI_STEP_ANSWERS: put_answers(x, step); break;
    case ARI_STEP_OPTION: put_option(x, step); break;
    case ARI_STEP_COHORT:
    case ARI_STEP_PLACED:
    case ARI_STEP_DEVIATION:
    case ARI_STEP_BELOW: ari_explain_compared(x, step); return;
    case ARI_STEP_POINTS: return;   /* said behind the limits of the leaf */
  }
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}

void ari_explain_empty_words(ari_explainer *x, const ari_expr *where) {
  put_formula(x, where);
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}

/* “Tasks done”: not given. What keeps a leaf without points is told before the policy says what follows. */
void ari_explain_missing_words(ari_explainer *x, const ari_leaf_trace *trace) {
  const ari_answer *answer = &trace->answer.answer;
  if (trace->figure.state != ARI_MISSING || answer->outcome != ARI_MISSING_INPUT || answer->slot < 0) return;
  ari_words w = ari_words_start(&x->b, x->work->set, x->work->options.lang);
  ari_phrase title = {ARI_PHRASE_TITLE, .text = ari_words_input_title(w.set, answer->slot, w.lang)};
  if (answer->of_previous) ari_words_say(&w, ARI_WORD_formula_previous, &title);
  else ari_words_put(&w, &title);
  ari_buf_printf(&x->b, ": %s", ari_explain_word(x, ARI_WORD_not_given));
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}
