/* The steps of one leaf's calculation as lines: the author's formula with the values put in, the branch that applied, factors and limits, up to the points
 * before rounding. */
#include "inside.h"

#include <string.h>

static void put_answer(ari_explainer *x, const ari_step *step) {
  const ari_expr *e = step->expr;
  if (step->value) ari_explain_num(x, step->value);
  else if (step->kind == ARI_STEP_LET && step->i < 0) return;
  else if (e && e->type == ARI_TYPE_BOOL) ari_buf_text(&x->b, ari_explain_word(x, step->i ? ARI_WORD_yes : ARI_WORD_no));
  else if (e && e->type == ARI_TYPE_DATE) ari_buf_date(&x->b, step->i, x->how);
}

/* The author's formula and the same with the values put in. */
static void put_formula_values(ari_explainer *x, const ari_expr *e, ari_buf *values) {
  ari_node_view view = {x->work->set, x->node};
  ari_score_view agency = {{x->work->evidence, x->agency}, x->work->result->cohorts};
  ari_scope scope = ari_node_scope(&view);
  ari_inputs inputs = ari_score_inputs(&agency);
  ari_expr_print_values(values, e, &scope, &inputs, x->how);
  ari_buf_str(&x->b, e->text);
  if (!ari_str_eq(ari_buf_view(values), e->text)) {
    ari_buf_text(&x->b, " = ");
    ari_buf_str(&x->b, ari_buf_view(values));
  }
  if (values->failed) x->b.failed = true;
}

/* "electronic / resolved = 385 / 588 = 0,6547619047…" */
static void put_formula(ari_explainer *x, const ari_step *step) {
  ari_buf values = {0};
  put_formula_values(x, step->expr, &values);
  size_t before = x->b.n;
  ari_buf_text(&x->b, " = ");
  size_t start = x->b.n;
  put_answer(x, step);
  ari_str answer = ari_str_sub(ari_buf_view(&x->b), start, x->b.n);
  if (!answer.n || ari_str_eq(answer, ari_buf_view(&values))) x->b.n = before; /* "on_time = on_time", "4 = 4": said already */
  ari_buf_free(&values);
}

/* "r = a / b = 3 / 4 = 0,75" */
static void put_let(ari_explainer *x, const ari_step *step) {
  const ari_let *let = ari_node_let_of(x->node, step->expr);
  if (let) {
    ari_buf_str(&x->b, let->name);
    ari_buf_text(&x->b, " = ");
  }
  put_formula(x, step);
}

/* The difference or quotient of two figures on the way, which no step carries. */
void ari_explain_worked_out(ari_explainer *x, void (*work_out)(ari_num *r, const ari_num *a, const ari_num *b), const ari_num *a, const ari_num *b) {
  ari_num *result = ari_num_new();
  if (result) {
    work_out(result, a, b);
    ari_explain_num(x, result);
  } else x->out->failed = true;
  ari_num_free(result);
}

/* A branch that was looked at: the author's own words for it, or only its key when it is the whole rule. What is deducted stands with what is left. */
static void put_part(ari_explainer *x, const ari_step *step) {
  bool whole = step->span.start == x->node->rule->span.start && step->span.len == x->node->rule->span.len;
  if (whole) ari_buf_text(&x->b, step->word);
  else ari_explain_source(x, step->span);
  ari_buf_text(&x->b, "  → ");
  ari_buf_text(&x->b, ari_explain_word(x, step->kind == ARI_STEP_CHOSEN ? ARI_WORD_applies : ARI_WORD_does_not_apply));
  if (step->kind == ARI_STEP_PASSED || !step->value) return;
  ari_buf_text(&x->b, ": ");
  if (strcmp(step->word, "deduct") == 0) {
    ari_explain_num(x, step->before);
    ari_buf_text(&x->b, " − ");
    ari_explain_worked_out(x, ari_num_sub, step->before, step->value);
    ari_buf_text(&x->b, " = ");
  }
  ari_explain_num(x, step->value);
}

/* "0,7 × 10 = 7"; "0,45 / 0,9 = 0,5 (full_at)"; "4 × 0,75 = 3 (each)" */
static void put_factor(ari_explainer *x, const ari_step *step) {
  bool target = strcmp(step->word, "full_at") == 0, share = strcmp(step->word, "share") == 0;
  ari_explain_num(x, step->before);
  ari_buf_text(&x->b, target ? " / " : " × ");
  if (target) ari_explain_num(x, x->node->rule->full_at);
  else if (share) ari_explain_num(x, x->node->max[x->tier]);
  else ari_explain_num(x, step->a);
  ari_buf_text(&x->b, " = ");
  ari_explain_num(x, step->value);
  if (!share) ari_buf_printf(&x->b, "  (%s)", step->word);
}

/* "good – Hài lòng: 10 / 15 = 0,6666666666… × 6 = 4" */
static void put_option(ari_explainer *x, const ari_step *step) {
  const ari_rule *rule = x->node->rule;
  const ari_option *option = &x->work->set->inputs[rule->value->slot].options[step->i];
  ari_str title = ari_title_of(x->work, option->title);
  ari_buf_str(&x->b, option->id);
  if (!ari_str_eq(title, option->id)) {
    ari_buf_text(&x->b, " – ");
    ari_buf_str(&x->b, title);
  }
  ari_buf_text(&x->b, ": ");
  ari_explain_num(x, step->before);
  ari_buf_text(&x->b, " / ");
  ari_explain_num(x, step->a);
  ari_buf_text(&x->b, " = ");
  ari_explain_worked_out(x, ari_num_div, step->before, step->a);
  ari_buf_text(&x->b, " × ");
  ari_explain_num(x, step->b);
  ari_buf_text(&x->b, " = ");
  ari_explain_num(x, step->value);
}

static void put_step(ari_explainer *x, const ari_step *step) {
  switch (step->kind) {
    case ARI_STEP_VALUE:
      if (step->expr) {
        put_formula(x, step);
      } else { /* what a form begins with when nothing is written: the maximum */
        ari_buf_printf(&x->b, "%s = ", step->word);
        ari_explain_num(x, step->value);
      }
      break;
    case ARI_STEP_LET: put_let(x, step); break;
    case ARI_STEP_CHOSEN:
    case ARI_STEP_PASSED:
      put_part(x, step);
      break;
    case ARI_STEP_FACTOR:
      put_factor(x, step);
      break;
    case ARI_STEP_LIMIT:
      ari_explain_num(x, step->before);
      ari_buf_text(&x->b, " → ");
      ari_explain_num(x, step->value);
      ari_buf_printf(&x->b, "  (%s %s)", ari_explain_word(x, ARI_WORD_limited_by), step->word);
      break;
    case ARI_STEP_COHORT:
    case ARI_STEP_PLACED:
    case ARI_STEP_DEVIATION:
    case ARI_STEP_BELOW:
      ari_explain_compared(x, step);
      return;
    case ARI_STEP_ANSWERS:
      ari_buf_str(&x->b, step->expr->text);
      ari_buf_printf(&x->b, ": %s = ", ari_explain_word(x, ARI_WORD_answers));
      ari_explain_num(x, step->value);
      break;
    case ARI_STEP_OPTION:
      put_option(x, step);
      break;
    case ARI_STEP_POINTS: /* said by put_unrounded, behind the limits of the leaf */
      return;
  }
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}

/* The division that had nothing to divide: "published / due = 0 / 0". */
static void put_empty(ari_explainer *x, const ari_answer *answer) {
  if (answer->outcome != ARI_EMPTY_DIVISION || !answer->where || answer->compared || answer->where->op == ARI_OP_INPUT) return;
  if (x->short_form) {
    ari_explain_empty_words(x, answer->where);
    return;
  }
  ari_buf values = {0};
  put_formula_values(x, answer->where, &values);
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
  ari_buf_free(&values);
}

/* The rule's points before anything was spread to the leaf: what was used, put back into the old proportion. */
static void put_own_points(ari_explainer *x, const ari_leaf_trace *trace) {
  ari_num *points = ari_num_new();
  if (points) {
    ari_num_mul(points, trace->unrounded, x->node->max[x->tier]);
    ari_num_div(points, points, trace->effective_max);
    ari_explain_num(x, points);
  } else x->out->failed = true;
  ari_num_free(points);
}

/* What came out before rounding. A leaf that others' maximum was spread to gives its points in the new proportion (ari-criteria(5), "Policies", spread). In the
 * short form a figure that only repeats the one above it is left out. */
static void put_unrounded(ari_explainer *x, const ari_leaf_trace *trace) {
  const ari_step *last = NULL;
  const ari_num *own = trace->unrounded, *max = x->node->max[x->tier];
  for (size_t i = 0; i < trace->steps.n; i++) {
    const ari_step *step = &trace->steps.steps[i];
    if (step->kind != ARI_STEP_POINTS && step->value) last = step;
  }
  if (ari_num_cmp(trace->effective_max, max) != 0) {
    ari_explain_num(x, trace->effective_max);
    ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_max_after_spread));
    put_own_points(x, trace);
    ari_buf_text(&x->b, " × ");
    ari_explain_num(x, trace->effective_max);
    ari_buf_text(&x->b, " / ");
    ari_explain_num(x, max);
    ari_buf_text(&x->b, " = ");
    ari_explain_num(x, own);
    ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_before_rounding));
  } else if (!(x->short_form && last && ari_num_cmp(last->value, own) == 0)) {
    ari_explain_num(x, own);
    ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_before_rounding));
  }
}

void ari_explain_steps(ari_explainer *x, const ari_leaf_trace *trace) {
  for (size_t i = 0; i < trace->steps.n; i++)
    if (x->short_form) ari_explain_step_words(x, &trace->steps.steps[i]);
    else put_step(x, &trace->steps.steps[i]);
  put_empty(x, &trace->answer.answer);
  if (x->short_form) ari_explain_missing_words(x, trace);
  if (trace->unrounded) put_unrounded(x, trace);
}
