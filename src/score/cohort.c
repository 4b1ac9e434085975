/* What agencies are compared with (ari-criteria(5), "Comparing agencies"): after the checks and before the first leaf each formula by which they are
 * compared is evaluated for all of them. Every value is rounded to 12 places, so that their order changes nothing and nobody falls outside
 * the agencies that it belongs to. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

typedef struct series {
  const ari_series *of;
  ari_num **values;          /* agencies */
  bool *there;               /* agencies: has a value, and is in no error */
  const ari_num **sorted;    /* room for all cohorts, one behind the other */
  ari_cohort *cohorts;
  size_t n_cohorts;
} series;

struct ari_cohorts {
  const ari_evidence *evidence;
  ari_nums nums;
  ari_num *a, *b;
  ari_eval *eval;
  series *series; size_t n_series;
};

/* ---- who belongs where --------------------------------------------------------------------------------------------------------------- */

static size_t count_cohorts(const ari_evidence *ev, ari_within within) {
  size_t n = within == ARI_WITHIN_GROUP ? ev->agencies->n_groups : within == ARI_WITHIN_TIER ? ev->set->n_tiers : 1;
  return n ? n : 1;
}

static size_t cohort_number(const ari_evidence *ev, ari_within within, size_t agency) {
  const ari_agency *a = &ev->agencies->items[agency];
  return within == ARI_WITHIN_GROUP ? (size_t)a->group_index : within == ARI_WITHIN_TIER ? a->tier_index : 0;
}

static ari_cohort *cohort_in(const ari_cohorts *c, const series *s, size_t agency) {
  return &s->cohorts[cohort_number(c->evidence, s->of->cohort, agency)];
}

const ari_cohort *ari_cohort_of(const ari_cohorts *c, int number, size_t agency) { return cohort_in(c, &c->series[number], agency); }

/* An agency whose tier does not score the criterion is compared with nobody there. */
static bool belongs(const ari_evidence *ev, const series *s, size_t agency) {
  return s->of->node->presence[ev->agencies->items[agency].tier_index] == ARI_THERE;
}

/* ---- values -------------------------------------------------------------------------------------------------------------------------- */

/* The agency's value; false: it has none, for whatever reason. */
static bool find_value(ari_cohorts *c, const series *s, size_t agency) {
  const ari_submission *submission = &c->evidence->submissions[agency];
  if (!ari_is_present(c->evidence, agency) || submission->invalid || !belongs(c->evidence, s, agency)) return false;
  ari_agency_view view = {c->evidence, agency};
  ari_inputs inputs = ari_agency_inputs(&view);
  ari_num *value = s->values[agency];
  ari_answer answer = ari_expr_eval(c->eval, s->of->value, &inputs, NULL, value);
  if (answer.outcome == ARI_NO_MEMORY) ari_num_no_memory();
  if (answer.outcome != ARI_VALUE) return false;
  ari_num_round(value, value, 12, ARI_HALF_UP);
  return true;
}

/* Takes a value into the sums, or out of them again. */
static void add_up(ari_cohorts *c, ari_cohort *cohort, const ari_num *value, bool in) {
  ari_num_mul(c->a, value, value);
  if (in) {
    ari_num_add(cohort->sum, cohort->sum, value);
    ari_num_add(cohort->squares, cohort->squares, c->a);
  } else {
    ari_num_sub(cohort->sum, cohort->sum, value);
    ari_num_sub(cohort->squares, cohort->squares, c->a);
  }
}

/* How many values are below `value`, or not above it. */
static size_t count_below(const ari_cohort *cohort, const ari_num *value, bool or_equal) {
  size_t low = 0, high = cohort->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = ari_num_cmp(cohort->sorted[middle], value);
    if (order < 0 || (or_equal && order == 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* sqrt((sum of squares - sum² / n) / by); exact but for the root. False: too large. */
static bool find_deviation(ari_cohorts *c, const ari_cohort *cohort, size_t by, ari_num *out) {
  if (by == 0) {   /* one value is no sample: it is where the mean is */
    ari_num_set_int(out, 0);
    return true;
  }
  ari_num_mul(c->a, cohort->sum, cohort->mean);
  ari_num_sub(c->a, cohort->squares, c->a);
  ari_num_set_int(c->b, (int64_t)by);
  ari_num_div(c->a, c->a, c->b);
  return ari_num_sqrt(out, c->a) != ARI_OUTSIDE;
}

/* What follows from the sorted values and their sums. */
static void settle(ari_cohorts *c, const series *s, ari_cohort *cohort) {
  size_t n = cohort->n;
  if (n == 0) return;
  ari_num_set_int(c->a, (int64_t)n);
  ari_num_div(cohort->mean, cohort->sum, c->a);
  ari_num_set(cohort->median, cohort->sorted[n / 2]);
  if (n % 2 == 0) {
    ari_num_add(cohort->median, cohort->median, cohort->sorted[n / 2 - 1]);
    ari_num_scale2(cohort->median, cohort->median, -1);
  }
  cohort->has_sd = s->of->deviates && find_deviation(c, cohort, n - 1, cohort->sd[0]) && find_deviation(c, cohort, n, cohort->sd[1]);
}

/* ---- making them --------------------------------------------------------------------------------------------------------------------- */

static int by_value(const void *left, const void *right) { return ari_num_cmp(*(const ari_num *const *)left, *(const ari_num *const *)right); }

static bool new_cohort(ari_cohorts *c, ari_cohort *cohort) {
  ari_num **all[] = {&cohort->sum, &cohort->squares, &cohort->mean, &cohort->median, &cohort->sd[0], &cohort->sd[1]};
  for (size_t i = 0; i < ARI_COUNT(all); i++)
    if (!(*all[i] = ari_nums_new(&c->nums))) return false;
  return true;
}

static bool make_room(ari_cohorts *c, series *s, size_t n) {
  s->n_cohorts = count_cohorts(c->evidence, s->of->cohort);
  s->values = ari_calloc(n, sizeof *s->values);
  s->there = ari_calloc(n, sizeof *s->there);
  s->sorted = ari_calloc(n, sizeof *s->sorted);
  s->cohorts = ari_calloc(s->n_cohorts, sizeof *s->cohorts);
  if (!s->values || !s->there || !s->sorted || !s->cohorts) return false;
  for (size_t i = 0; i < s->n_cohorts; i++)
    if (!new_cohort(c, &s->cohorts[i])) return false;
  for (size_t i = 0; i < n; i++)
    if (!(s->values[i] = ari_nums_new(&c->nums))) return false;
  return true;
}

static bool make_series(ari_cohorts *c, series *s) {
  size_t n = c->evidence->agencies->n, used = 0;
  if (!make_room(c, s, n ? n : 1)) return false;
  for (size_t i = 0; i < n; i++) cohort_in(c, s, i)->members += belongs(c->evidence, s, i);
  for (size_t i = 0; i < s->n_cohorts; i++) {
    s->cohorts[i].sorted = s->sorted + used;
    used += s->cohorts[i].members;
  }
  for (size_t i = 0; i < n; i++) {
    ari_cohort *cohort = cohort_in(c, s, i);
    s->there[i] = find_value(c, s, i);
    if (!s->there[i]) continue;
    cohort->sorted[cohort->n++] = s->values[i];
    add_up(c, cohort, s->values[i], true);
  }
  for (size_t i = 0; i < s->n_cohorts; i++) {
    qsort(s->cohorts[i].sorted, s->cohorts[i].n, sizeof *s->sorted, by_value);
    settle(c, s, &s->cohorts[i]);
  }
  return !ari_num_failed();
}

ari_cohorts *ari_cohorts_new(const ari_evidence *evidence) {
  ari_cohorts *c = ari_calloc(1, sizeof *c);
  if (!c) return NULL;
  c->evidence = evidence;
  c->a = ari_nums_new(&c->nums);
  c->b = ari_nums_new(&c->nums);
  c->eval = ari_eval_new();
  c->series = ari_calloc(evidence->set->n_series, sizeof *c->series);
  bool good = c->a && c->b && c->eval && c->series;
  if (good) c->n_series = evidence->set->n_series;
  for (size_t i = 0; good && i < c->n_series; i++) {
    c->series[i].of = &evidence->set->series[i];
    good = make_series(c, &c->series[i]);
  }
  if (good) return c;
  ari_cohorts_free(c);
  return NULL;
}

void ari_cohorts_free(ari_cohorts *c) {
  if (!c) return;
  for (size_t i = 0; i < c->n_series; i++) {
    ari_free(c->series[i].values);
    ari_free(c->series[i].there);
    ari_free(c->series[i].sorted);
    ari_free(c->series[i].cohorts);
  }
  ari_free(c->series);
  ari_eval_free(c->eval);
  ari_nums_free(&c->nums);
  ari_free(c);
}

/* ---- changing them ------------------------------------------------------------------------------------------------------------------- */

static bool looks_at(const ari_expr *e, int slot) {
  bool found = e->op == ARI_OP_INPUT && e->slot == slot;
  for (uint32_t i = 0; i < e->n && !found; i++) found = looks_at(e->kids[i], slot);
  return found;
}

static void take_out(ari_cohorts *c, ari_cohort *cohort, const ari_num *value) {
  size_t at = 0;
  while (cohort->sorted[at] != value) at++;   /* by its place in memory: others may be equal */
  cohort->n--;
  memmove(cohort->sorted + at, cohort->sorted + at + 1, (cohort->n - at) * sizeof *cohort->sorted);
  add_up(c, cohort, value, false);
}

static void put_in(ari_cohorts *c, ari_cohort *cohort, const ari_num *value) {
  size_t at = count_below(cohort, value, false);
  memmove(cohort->sorted + at + 1, cohort->sorted + at, (cohort->n - at) * sizeof *cohort->sorted);
  cohort->sorted[at] = value;
  cohort->n++;
  add_up(c, cohort, value, true);
}

bool ari_cohorts_change(ari_cohorts *c, size_t agency, int slot) {
  for (size_t i = 0; i < c->n_series; i++) {
    series *s = &c->series[i];
    if (!looks_at(s->of->value, slot)) continue;
    ari_cohort *cohort = cohort_in(c, s, agency);
    if (s->there[agency]) take_out(c, cohort, s->values[agency]);
    s->there[agency] = find_value(c, s, agency);
    if (s->there[agency]) put_in(c, cohort, s->values[agency]);
    settle(c, s, cohort);
  }
  return !ari_num_failed();
}

/* ---- looking ------------------------------------------------------------------------------------------------------------------------- */

static bool find_figure(const ari_cohort *cohort, ari_cohort_figure figure, const ari_num *own, ari_num *out) {
  switch (figure) {
  case ARI_COHORT_MIN: ari_num_set(out, cohort->sorted[0]); return true;
  case ARI_COHORT_MAX: ari_num_set(out, cohort->sorted[cohort->n - 1]); return true;
  case ARI_COHORT_MEAN: ari_num_set(out, cohort->mean); return true;
  case ARI_COHORT_MEDIAN: ari_num_set(out, cohort->median); return true;
  case ARI_COHORT_COUNT: ari_num_set_int(out, (int64_t)cohort->n); return true;
  case ARI_COHORT_SD_SAMPLE:
  case ARI_COHORT_SD_POPULATION:
    if (cohort->has_sd) ari_num_set(out, cohort->sd[figure == ARI_COHORT_SD_POPULATION]);
    return cohort->has_sd;
  case ARI_COHORT_BELOW:
    if (own) ari_num_set_int(out, (int64_t)count_below(cohort, own, false));
    return own;
  case ARI_COHORT_ABOVE:
    if (own) ari_num_set_int(out, (int64_t)(cohort->n - count_below(cohort, own, true)));
    return own;
  }
  return false;
}

static bool get_figure(const void *of, int number, ari_cohort_figure figure, ari_num *out) {
  const ari_score_view *view = of;
  if (!view->cohorts || number < 0) return false;
  size_t agency = view->agency.agency;
  const series *s = &view->cohorts->series[number];
  const ari_cohort *cohort = ari_cohort_of(view->cohorts, number, agency);
  return cohort->n > 0 && find_figure(cohort, figure, s->there[agency] ? s->values[agency] : NULL, out);
}

/* The view of the evidence stands first in the wider one, so its reader takes the same pointer. */
ari_inputs ari_score_inputs(const ari_score_view *view) {
  ari_inputs inputs = ari_agency_inputs(&view->agency);
  inputs.of = view;
  inputs.cohort = get_figure;
  return inputs;
}

/* ---- who is alone -------------------------------------------------------------------------------------------------------------------- */

typedef struct search { const ari_cohorts *cohorts; int64_t alone; } search;

/* The only agency with a value where the list names several. */
static void look_at_series(void *to, int number, const ari_expr *call) {
  (void)call;
  search *x = to;
  const series *s = &x->cohorts->series[number];
  bool any = false;
  for (size_t i = 0; i < s->n_cohorts; i++) any |= s->cohorts[i].n == 1 && s->cohorts[i].members > 1;
  for (size_t i = 0; any && i < x->cohorts->evidence->agencies->n && x->alone < 0; i++) {
    const ari_cohort *cohort = cohort_in(x->cohorts, s, i);
    if (s->there[i] && cohort->n == 1 && cohort->members > 1) x->alone = (int64_t)i;
  }
}

int64_t ari_cohorts_alone(const ari_cohorts *c, const ari_node *leaf) {
  search x = {c, -1};
  if (c && leaf->rule && leaf->rule->compares) ari_rule_series(leaf->rule, look_at_series, &x);
  return x.alone;
}
