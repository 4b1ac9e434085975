/* explain of an agency as a whole: bonus and penalty, rounding, index, rank, grade and the needs that failed (ari-criteria(5), "Bonus and penalty", "Ranking and grades"). */
#include "inside.h"

/* " + 2": the points of `bonus` or `penalty`; a blank one adds nothing and is not shown. */
static void put_outside(ari_explainer *x, const ari_node *node, const char *sign, int64_t *sum) {
  const ari_figure *f = node ? &x->row[node->index] : NULL;
  if (!f || !f->has_points) return;
  ari_buf_text(&x->b, sign);
  ari_explain_e12(x, f->points);
  *sum += node == x->work->set->bonus ? f->points : -f->points;
}

/* "80.5 + 2 - 1.25 = 81.25": total = root + bonus - penalty, not below 0, and only then rounded. */
void ari_explain_outside(ari_explainer *x) {
  const ari_standing *s = x->standing;
  const ari_set *set = x->work->set;
  if (!ari_set_has_outside(set, x->tier)) return;
  int64_t sum = s->tree;
  ari_explain_e12(x, s->tree);
  put_outside(x, set->bonus, " + ", &sum);
  put_outside(x, set->penalty, " − ", &sum);
  ari_buf_text(&x->b, " = ");
  ari_explain_e12(x, sum);
  if (sum < 0) {
    sum = 0;
    ari_buf_printf(&x->b, "; %s: 0", ari_explain_word(x, ARI_WORD_not_below_zero));
  }
  ari_explain_line(x, ARI_LINE_RESULT, 1, ari_explain_word(x, ARI_WORD_total));
  if (sum != s->points) ari_explain_rounding(x, set->root->rounding.total, set->root->rounding.mode, s->points);
}

/* "Good: points('2') >= 20: 18.5 >= 20, not met". */
static void explain_need(ari_explainer *x, const ari_grader *g, const ari_grade *grade, const ari_need *need) {
  ari_scope scope = ari_needs_scope(g->set);
  ari_inputs inputs = ari_grader_inputs(g);
  if (x->short_form) {
    ari_need_words(&x->b, x->work->set, need, x->work->options.lang);
    ari_buf_text(&x->b, ": ");
    ari_need_figures(&x->b, x->work->set, need, &inputs, x->work->options.lang);
    ari_buf_text(&x->b, " – ");
  } else {
    ari_buf_str(&x->b, need->that->text);
    ari_buf_text(&x->b, "    ");
    ari_expr_print_values(&x->b, need->that, &scope, &inputs, x->how);
    ari_buf_text(&x->b, "   ");
  }
  ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_need_fails));
  ari_buf title = {0};
  ari_buf_str(&title, ari_title_of(x->work, grade->title));
  ari_buf_char(&title, '\0');
  if (title.failed) x->out->failed = true;
  else ari_explain_line(x, ARI_LINE_STEP, 1, title.p);
  ari_buf_free(&title);
}

static void explain_needs(ari_explainer *x) {
  const ari_set *set = x->work->set;
  const ari_standing *s = x->standing;
  uint32_t given = s->grade < 0 ? set->n_grades : (uint32_t)s->grade;
  ari_grader g;
  if (!s->has_points || given == 0) return;
  if (!ari_grader_start(&g, set, x->work->result)) x->out->failed = true;
  g.agency = x->agency;
  for (uint32_t i = 0; i < given && !x->out->failed; i++)
    for (uint32_t n = 0; n < set->grades[i].n_needs && ari_grade_reached(set, s, i); n++)
      if (!ari_need_holds(&g, &set->grades[i].needs[n])) explain_need(x, &g, &set->grades[i], &set->grades[i].needs[n]);
  if (ari_num_failed()) x->out->failed = true;
  ari_grader_free(&g);
}

ari_status ari_explain_needs(ari_work *work, size_t agency, ari_lines *out) {
  ari_explainer x = ari_explain_start(work, agency, 0, true, out);
  explain_needs(&x);
  ari_buf_free(&x.b);
  return out->failed ? ARI_NOMEM : ARI_OK;
}

void ari_explain_index(ari_explainer *x, int depth) {
  const ari_standing *s = x->standing;
  if (s->max <= 0) return;
  ari_buf_text(&x->b, "100 × ");
  ari_explain_e12(x, s->points);
  ari_buf_text(&x->b, " / ");
  ari_explain_e12(x, s->max);
  ari_buf_text(&x->b, " = ");
  ari_buf_e12(&x->b, s->index, x->work->set->root->rounding.index, x->how);
  ari_explain_line(x, ARI_LINE_RESULT, depth, ari_explain_word(x, ARI_WORD_index));
}

void ari_explain_total(ari_explainer *x) {
  const ari_standing *s = x->standing;
  const ari_set *set = x->work->set;
  if (s->has_points) {
    ari_explain_outside(x);
    ari_explain_index(x, 0);
  }
  ari_explain_range(x);
  ari_explain_stages(x);
  if (s->rank) {
    ari_buf_printf(&x->b, "%s%d", s->tied ? "=" : "", s->rank);
    ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_rank));
  }
  if (s->grade >= 0) {
    ari_buf_str(&x->b, ari_title_of(x->work, set->grades[s->grade].title));
    ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_grade));
  }
  explain_needs(x);
  if (s->state == ARI_AGENCY_WITHHELD && s->max == 0) {   /* nobody withheld anything: say why there is no figure */
    ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_nothing_applies));
    ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_reason));
  }
  ari_buf_text(&x->b, ari_agency_state_text_at(ari_work_stage(x->work), s->state, x->work->options.lang));
  ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_state));
}
