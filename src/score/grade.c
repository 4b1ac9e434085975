/* Grades (ari-criteria(5), "Ranking and grades"): they compare published figures, and a grade whose needs fail gives way to the next lower one that
 * holds. */
#include "inside.h"

bool ari_grader_start(ari_grader *g, const ari_set *set, const ari_result *result) {
  *g = (ari_grader){.set = set, .result = result, .eval = ari_eval_new(), .a = ari_num_new(), .b = ari_num_new()};
  return g->eval && g->a && g->b;
}

void ari_grader_free(ari_grader *g) {
  ari_eval_free(g->eval);
  ari_num_free(g->a);
  ari_num_free(g->b);
  *g = (ari_grader){0};
}

/* A figure without the zeros behind it: as it is published. */
static ari_dec shorten(int64_t coef, int scale, int least) {
  for (; scale > least && coef % 10 == 0; scale--) coef /= 10;
  return (ari_dec){.coef = coef, .scale = (int8_t)scale};
}

/* points('2'): its points. share('2'): points out of the applicable maximum, to 12 places; of the total its index. Blank: none. */
static bool get_figure(const void *of, int slot, ari_value *out) {
  const ari_grader *g = of;
  const ari_figure *f = ari_result_figure(g->result, g->agency, slot / 2);
  *out = (ari_value){.type = ARI_TYPE_NUM};
  if (!f->has_points) return false;
  if (slot % 2 == 0) {
    out->dec = shorten(f->points, 12, 0);
    return true;
  }
  if (slot == 1) {
    out->dec = shorten(g->result->standings[g->agency].index, 14, 2);
    return true;
  }
  int64_t share;
  if (f->max == 0) return false;
  ari_num_set_e12(g->a, f->points);
  ari_num_set_e12(g->b, f->max);
  ari_num_div(g->a, g->a, g->b);
  if (!ari_num_e12(g->a, &share)) return false;
  out->dec = shorten(share, 12, 2);
  return true;
}

ari_inputs ari_grader_inputs(const ari_grader *g) { return (ari_inputs){.of = g, .get = get_figure}; }

/* What cannot be said (a blank figure) does not hold. */
bool ari_need_holds(ari_grader *g, const ari_need *need) {
  ari_inputs inputs = ari_grader_inputs(g);
  ari_answer answer = ari_expr_eval(g->eval, need->that, &inputs, NULL, g->a);
  return answer.outcome == ARI_VALUE && answer.i;
}

bool ari_grade_reached(const ari_set *set, const ari_standing *s, uint32_t grade) {
  return (set->grades_on_points ? s->points : s->index) >= set->grades[grade].from_e12;
}

static bool grade_holds(ari_grader *g, const ari_standing *s, uint32_t grade) {
  const ari_grade *of = &g->set->grades[grade];
  if (!ari_grade_reached(g->set, s, grade)) return false;
  for (uint32_t i = 0; i < of->n_needs; i++)
    if (!ari_need_holds(g, &of->needs[i])) return false;
  return true;
}

bool ari_grade_all(ari_result *result, const ari_set *set) {
  ari_grader g = {0};
  bool good = set->n_grades == 0 || ari_grader_start(&g, set, result);
  for (size_t i = 0; good && i < result->n_agencies; i++) {
    ari_standing *s = &result->standings[i];
    g.agency = i;
    for (uint32_t n = 0; s->has_points && n < set->n_grades && s->grade < 0; n++)   /* highest first */
      if (grade_holds(&g, s, n)) s->grade = (int)n;
    good = !ari_num_failed();
  }
  ari_grader_free(&g);
  return good;
}
