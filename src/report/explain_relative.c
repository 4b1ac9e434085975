/* What an agency is compared with, as lines: who the others are, how many have figures, and where this agency stands among them. */
#include "inside.h"

static ari_word cohort_word(ari_within within) {
  static const ari_word words[] = {[ARI_WITHIN_GROUP] = ARI_WORD_cohort_group, [ARI_WITHIN_TIER] = ARI_WORD_cohort_tier,
                                   [ARI_WITHIN_ALL] = ARI_WORD_cohort_all};
  return words[within];
}

/* "Departments (its group); agencies with figures: 15" */
static void put_cohort(ari_explainer *x, const ari_series *series, const ari_cohort *cohort) {
  const ari_agency *agency = &x->work->evidence->agencies->items[x->agency];
  const char *whom = ari_explain_word(x, cohort_word(series->cohort));
  ari_str title = {0};
  if (series->cohort == ARI_WITHIN_GROUP) title = ari_group_title(x->work->set, agency->group, x->work->options.lang);
  else if (series->cohort == ARI_WITHIN_TIER) title = ari_title_of(x->work, x->work->set->tiers[x->tier].title);
  if (title.n) {
    ari_buf_str(&x->b, title);
    ari_buf_printf(&x->b, " (%s)", whom);
  } else {
    ari_buf_text(&x->b, whom);
  }
  ari_buf_printf(&x->b, "; %s: %zu", ari_explain_word(x, ARI_WORD_with_figures), cohort->n);
}

static void put_figure(ari_explainer *x, const char *between, ari_word word, const ari_num *figure) {
  ari_buf_printf(&x->b, "%s%s ", between, ari_explain_word(x, word));
  ari_explain_num(x, figure);
}

/* What the form compares with. */
static void put_figures(ari_explainer *x, const ari_cohort *cohort) {
  const ari_rule *rule = x->node->rule;
  if (cohort->n == 0) return;
  if (rule->kind == &ari_rule_minmax) {
    put_figure(x, "; ", ARI_WORD_least, cohort->sorted[0]);
    put_figure(x, ", ", ARI_WORD_greatest, cohort->sorted[cohort->n - 1]);
  } else if (rule->kind == &ari_rule_zscore) {
    put_figure(x, "; ", ARI_WORD_mean, cohort->mean);
    if (cohort->has_sd) put_figure(x, ", ", ARI_WORD_deviation, cohort->sd[rule->population]);
  }
}

static const char *divided(const ari_explainer *x) { return x->short_form ? " ÷ " : " / "; }

static void put_series(ari_explainer *x, const ari_step *step) {
  const ari_series *series = &x->work->set->series[step->i];
  const ari_cohorts *cohorts = x->work->result->cohorts;
  if (!cohorts) return;
  const ari_cohort *cohort = ari_cohort_of(cohorts, step->i, x->agency);
  if (step->expr && !x->short_form) {   /* the short form has the figure in the formula */
    ari_buf_str(&x->b, step->expr->text);
    ari_buf_text(&x->b, " = ");
    if (step->value) ari_explain_num(x, step->value);
    else ari_buf_text(&x->b, "–");
    ari_explain_line(x, ARI_LINE_STEP, 1, "");
  }
  put_cohort(x, series, cohort);
  if (!step->expr) put_figures(x, cohort);
  if (cohort->n == 1) ari_buf_printf(&x->b, "; %s", ari_explain_word(x, ARI_WORD_alone));
  ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_compared_with));
}

/* "a − b", with parentheses around a b below 0. */
static void put_difference(ari_explainer *x, const ari_num *a, const ari_num *b) {
  bool negative = ari_num_sign(b) < 0;
  ari_explain_num(x, a);
  ari_buf_text(&x->b, negative ? " − (" : " − ");
  ari_explain_num(x, b);
  if (negative) ari_buf_char(&x->b, ')');
}

/* "(31 − 2) / (45 − 2)"; from the other end where low is better. */
static void put_placed(ari_explainer *x, const ari_step *step) {
  ari_buf_char(&x->b, '(');
  if (step->i) put_difference(x, step->b, step->before);
  else put_difference(x, step->before, step->a);
  ari_buf_printf(&x->b, ")%s(", divided(x));
  put_difference(x, step->b, step->a);
  ari_buf_char(&x->b, ')');
}

static void put_result(ari_explainer *x, const ari_step *step) {
  ari_buf_text(&x->b, " = ");
  if (step->value) ari_explain_num(x, step->value);
  else ari_buf_text(&x->b, "0 / 0");
}

void ari_explain_compared(ari_explainer *x, const ari_step *step) {
  switch (step->kind) {
  case ARI_STEP_COHORT: put_series(x, step); return;
  case ARI_STEP_PLACED:
    put_placed(x, step);
    put_result(x, step);
    break;
  case ARI_STEP_DEVIATION:
    ari_buf_text(&x->b, "z = (");
    put_difference(x, step->before, step->a);
    ari_buf_printf(&x->b, ")%s", divided(x));
    ari_explain_num(x, step->b);
    put_result(x, step);
    break;
  default:
    ari_explain_num(x, step->before);
    ari_buf_text(&x->b, divided(x));
    ari_explain_num(x, step->a);
    if (step->value) put_result(x, step);
    ari_buf_printf(&x->b, "  (%s)", ari_explain_word(x, step->i ? ARI_WORD_others_above : ARI_WORD_others_below));
    break;
  }
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}
