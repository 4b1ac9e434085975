/* What formulas can call: one table. A new function is a new row: its name, arguments, types, what else is checked, value and range. */
#include "inside.h"

/* ---- min, max ---- */

static bool eval_extreme(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int sign) {
  ari_num *other = ari_eval_register(run, at);
  if (!ari_eval_num(run, e->kids[0], at, result)) return false;
  for (uint32_t i = 1; i < e->n; i++) {
    if (!ari_eval_num(run, e->kids[i], at + 1, other)) return false;
    if (ari_num_cmp(other, result) * sign > 0) ari_num_set(result, other);
  }
  return true;
}

static bool eval_min(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  return eval_extreme(run, e, at, result, -1);
}

static bool eval_max(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  return eval_extreme(run, e, at, result, 1);
}

/* The range of min(a, b), sign -1, or max(a, b), sign 1: one bound needs both bounds known, for the other one of them is enough. */
static void join_extreme(ari_range *a, const ari_range *b, int sign) {
  bool *both = sign > 0 ? &a->has_high : &a->has_low, *one = sign > 0 ? &a->has_low : &a->has_high;
  bool b_both = sign > 0 ? b->has_high : b->has_low, b_one = sign > 0 ? b->has_low : b->has_high;
  ari_num *to_both = sign > 0 ? a->high : a->low, *to_one = sign > 0 ? a->low : a->high;
  const ari_num *from_both = sign > 0 ? b->high : b->low, *from_one = sign > 0 ? b->low : b->high;
  if (*both && b_both && ari_num_cmp(from_both, to_both) * sign > 0) ari_num_set(to_both, from_both);
  *both = *both && b_both;
  if (b_one && (!*one || ari_num_cmp(from_one, to_one) * sign > 0)) ari_num_set(to_one, from_one);
  *one = *one || b_one;
}

static bool range_extreme(ari_ranger *g, const ari_expr *e, ari_range *out, int sign) {
  if (!ari_range_part(g, e->kids[0], out)) return false;
  for (uint32_t i = 1; i < e->n; i++) {
    ari_range other;
    if (!ari_range_part(g, e->kids[i], &other)) return false;
    join_extreme(out, &other, sign);
  }
  return true;
}

static bool range_min(ari_ranger *g, const ari_expr *e, ari_range *out) { return range_extreme(g, e, out, -1); }
static bool range_max(ari_ranger *g, const ari_expr *e, ari_range *out) { return range_extreme(g, e, out, 1); }

/* ---- abs ---- */

static bool eval_abs(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  if (!ari_eval_num(run, e->kids[0], at, result)) return false;
  if (ari_num_sign(result) < 0) ari_num_neg(result, result);
  return true;
}

static bool range_abs(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range r, negated;
  if (!ari_range_part(g, e->kids[0], &r) || !ari_range_new(g, &negated)) return false;
  *out = r;
  if (r.has_low && ari_num_sign(r.low) >= 0) return true;
  negated.has_low = r.has_high;
  negated.has_high = r.has_low;
  ari_num_neg(negated.low, r.high);
  ari_num_neg(negated.high, r.low);
  *out = negated;
  if (r.has_high && ari_num_sign(r.high) <= 0) return true;
  if (r.has_high && ari_num_cmp(r.high, out->high) > 0) ari_num_set(out->high, r.high);
  out->has_high = r.has_low && r.has_high;
  out->has_low = true;   /* 0 lies inside */
  ari_num_set_int(out->low, 0);
  return true;
}

/* ---- round: half up, as spreadsheets do ---- */

/* The constant number of decimals 0-12; -1: something else. */
static int decimals_of(const ari_expr *e) {
  const ari_expr *d = e->kids[1];
  if (d->op != ARI_OP_CONST || d->type != ARI_TYPE_NUM || d->percent || !ari_num_is_int(d->number)) return -1;
  for (int i = 0; i <= 12; i++)
    if (ari_num_cmp_int(d->number, i) == 0) return i;
  return -1;
}

static void check_round(ari_checker *c, ari_expr *e) {
  if (decimals_of(e) >= 0) return;
  ari_findings_add(c->fs, ARI_E0340, e->kids[1]->span, &(ari_args){{ari_arg_text(ari_expr_cut(e->kids[1]->text))}});
  c->bad = true;
}

static bool eval_round(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  if (!ari_eval_num(run, e->kids[0], at, result)) return false;
  ari_num_round(result, result, decimals_of(e), ARI_HALF_UP);
  return true;
}

static bool range_round(ari_ranger *g, const ari_expr *e, ari_range *out) {
  if (!ari_range_part(g, e->kids[0], out)) return false;
  ari_num_round(out->low, out->low, decimals_of(e), ARI_HALF_UP);   /* rounding keeps order */
  ari_num_round(out->high, out->high, decimals_of(e), ARI_HALF_UP);
  return true;
}

/* ---- clamp(x, low, high) ---- */

static void check_clamp(ari_checker *c, ari_expr *e) {
  const ari_expr *low = e->kids[1], *high = e->kids[2];
  if (low->op != ARI_OP_CONST || high->op != ARI_OP_CONST || low->type != ARI_TYPE_NUM || high->type != ARI_TYPE_NUM) return;
  if (ari_num_cmp(low->number, high->number) <= 0) return;
  ari_args args = {{ari_arg_text(ari_expr_cut(low->text)), ari_arg_text(ari_expr_cut(high->text))}};
  ari_findings_add(c->fs, ARI_E0343, ari_span_join(low->span, high->span), &args);
  c->bad = true;
}

static bool eval_clamp(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  ari_num *low = ari_eval_register(run, at), *high = ari_eval_register(run, at + 1);
  if (!ari_eval_num(run, e->kids[0], at, result) || !ari_eval_num(run, e->kids[1], at + 1, low)) return false;
  if (!ari_eval_num(run, e->kids[2], at + 2, high)) return false;
  if (ari_num_cmp(low, high) > 0) {
    run->answer->outcome = ARI_BAD_ARGUMENT;
    run->answer->where = e;
    return false;
  }
  if (ari_num_cmp(result, low) < 0) ari_num_set(result, low);
  else if (ari_num_cmp(result, high) > 0) ari_num_set(result, high);
  return true;
}

/* As low <= high wherever there is a value, it is min(max(x, low), high). */
static bool range_clamp(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range low, high;
  if (!ari_range_part(g, e->kids[0], out) || !ari_range_part(g, e->kids[1], &low) || !ari_range_part(g, e->kids[2], &high)) return false;
  join_extreme(out, &low, 1);
  join_extreme(out, &high, -1);
  return true;
}

/* ---- ln, exp, sqrt, pow: the inexact ones (src/README.md, "Numbers") ---- */

static bool finish_inexact(ari_run *run, const ari_expr *e, ari_inexact ending) {
  if (ending != ARI_OUTSIDE) return true;
  run->answer->outcome = ARI_BAD_ARGUMENT;
  run->answer->where = e;
  return false;
}

typedef ari_inexact inexact_function(ari_num *r, const ari_num *a);
static bool eval_inexact(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, inexact_function *work) {
  return ari_eval_num(run, e->kids[0], at, result) && finish_inexact(run, e, work(result, result));
}

static bool eval_ln(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  return eval_inexact(run, e, at, result, ari_num_ln);
}

static bool eval_exp(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  return eval_inexact(run, e, at, result, ari_num_exp);
}

static bool eval_sqrt(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  return eval_inexact(run, e, at, result, ari_num_sqrt);
}

static bool eval_pow(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  ari_num *power = ari_eval_register(run, at);
  if (!ari_eval_num(run, e->kids[0], at, result) || !ari_eval_num(run, e->kids[1], at + 1, power)) return false;
  return finish_inexact(run, e, ari_num_pow(result, result, power));
}

/* A bound of a function that never falls: its value at the end of the argument, a unit of the 12th digit further out, as its neighbours may
 * be rounded that way; a short whole number is its own bound. False: there is no value there. */
static bool bound_inexact(ari_num *bound, ari_inexact ending, int sign) {
  if (ending == ARI_ROUNDED || (ending == ARI_EXACT && !(ari_num_is_int(bound) && ari_num_cmp_int(bound, INT64_C(1000000000000)) < 0)))
    ari_num_nudge(bound, bound, sign);
  return ending != ARI_OUTSIDE;
}

/* Where the argument has no value of the function (ln of 0), there is an error and no value. */
static bool range_inexact(ari_ranger *g, const ari_expr *e, ari_range *out, inexact_function *work) {
  if (!ari_range_part(g, e->kids[0], out)) return false;
  out->has_low = out->has_low && bound_inexact(out->low, work(out->low, out->low), -1);
  out->has_high = out->has_high && bound_inexact(out->high, work(out->high, out->high), 1);
  return true;
}

static bool range_ln(ari_ranger *g, const ari_expr *e, ari_range *out) { return range_inexact(g, e, out, ari_num_ln); }

/* The result is never negative. */
static void raise_to_zero(ari_range *out) {
  if (out->has_low && ari_num_sign(out->low) >= 0) return;
  out->has_low = true;
  ari_num_set_int(out->low, 0);
}

static bool range_exp(ari_ranger *g, const ari_expr *e, ari_range *out) {
  if (!range_inexact(g, e, out, ari_num_exp)) return false;
  raise_to_zero(out);
  return true;
}

static bool range_sqrt(ari_ranger *g, const ari_expr *e, ari_range *out) {
  if (!range_inexact(g, e, out, ari_num_sqrt)) return false;
  raise_to_zero(out);
  return true;
}

/* Known for a constant exponent above 0 and a base not below 0; else only that a base not below 0 gives nothing below 0. */
static bool range_pow(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range power;
  if (!ari_range_part(g, e->kids[0], out) || !ari_range_part(g, e->kids[1], &power)) return false;
  bool positive = out->has_low && ari_num_sign(out->low) >= 0;
  bool constant = power.has_low && power.has_high && ari_num_cmp(power.low, power.high) == 0 && ari_num_sign(power.low) > 0;
  if (positive && constant) {
    out->has_low = bound_inexact(out->low, ari_num_pow(out->low, out->low, power.low), -1);
    out->has_high = out->has_high && bound_inexact(out->high, ari_num_pow(out->high, out->high, power.low), 1);
  } else {
    out->has_low = out->has_high = false;
  }
  if (positive) raise_to_zero(out);
  return true;
}

/* ---- present, days ---- */

static void check_present(ari_checker *c, ari_expr *e) {
  if (e->kids[0]->op == ARI_OP_INPUT || ari_expr_is_previous(e->kids[0])) return;
  ari_findings_add(c->fs, ARI_E0341, e->kids[0]->span, &(ari_args){{ari_arg_text(ari_expr_cut(e->kids[0]->text))}});
  c->bad = true;
}

static bool eval_present(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)result;
  const ari_inputs *in = run->inputs;
  const ari_expr *x = e->kids[0];
  ari_value unused;
  if (ari_expr_is_previous(x)) *i = in->previous && in->previous(in->of, x->kids[0]->slot, ari_eval_register(run, at));
  else *i = in->get(in->of, x->slot, &unused);
  return true;
}

static bool eval_days(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  int32_t from, to;
  if (!ari_eval_int(run, e->kids[0], at, &from) || !ari_eval_int(run, e->kids[1], at, &to)) return false;
  ari_num_set_int(result, (int64_t)to - from);
  return true;
}

/* ---- cohort.min and the like: of all agencies that are compared ---- */

static const char *const figure_names[] = {[ARI_COHORT_MIN] = "cohort.min", [ARI_COHORT_MAX] = "cohort.max", [ARI_COHORT_MEAN] = "cohort.mean",
                                           [ARI_COHORT_MEDIAN] = "cohort.median"};

static int find_figure(const ari_expr *e) {
  for (size_t i = 0; e->op == ARI_OP_CALL && i < ARI_COUNT(figure_names); i++)
    if (ari_str_is(ari_str_of(e->function->name), figure_names[i])) return (int)i;
  return -1;
}

bool ari_expr_is_cohort(const ari_expr *e) { return find_figure(e) >= 0; }
ari_cohort_figure ari_expr_cohort_figure(const ari_expr *e) { return (ari_cohort_figure)find_figure(e); }

static void check_cohort(ari_checker *c, ari_expr *e) {
  if (!c->scope->series) {
    ari_findings_add(c->fs, ARI_E0367, e->span, &(ari_args){{ari_arg_text(ari_expr_cut(e->text))}});
    c->bad = true;
    return;
  }
  e->slot = ari_expr_check_compared(e->kids[0], ari_str_of(e->function->name), c->fs) ? c->scope->series(c->scope->of, e->kids[0]) : -1;
  if (e->slot < 0) c->bad = true;
}

/* Where nobody has a value, this agency has none either, and what it lacks says why. */
static bool eval_cohort(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  const ari_inputs *in = run->inputs;
  if (in->cohort && in->cohort(in->of, e->slot, ari_expr_cohort_figure(e), result)) return true;
  if (!ari_eval_num(run, e->kids[0], at, result)) return false;
  ari_num_round(result, result, 12, ARI_HALF_UP);   /* compared with itself alone */
  return true;
}

/* All four lie among the values, which are rounded to 12 places. */
static bool range_cohort(ari_ranger *g, const ari_expr *e, ari_range *out) {
  if (!ari_range_part(g, e->kids[0], out)) return false;
  ari_num_round(out->low, out->low, 12, ARI_HALF_UP);
  ari_num_round(out->high, out->high, 12, ARI_HALF_UP);
  return true;
}

/* ---- the table ---- */

static const ari_function table[] = {
  {"min", 2, UINT32_MAX, ARI_TYPE_NUM, ARI_TYPE_NUM, UINT32_MAX, NULL, eval_min, range_min},
  {"max", 2, UINT32_MAX, ARI_TYPE_NUM, ARI_TYPE_NUM, UINT32_MAX, NULL, eval_max, range_max},
  {"abs", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 1, NULL, eval_abs, range_abs},
  {"round", 2, 2, ARI_TYPE_NUM, ARI_TYPE_NUM, 1, check_round, eval_round, range_round},
  {"clamp", 3, 3, ARI_TYPE_NUM, ARI_TYPE_NUM, 3, check_clamp, eval_clamp, range_clamp},
  {"ln", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, NULL, eval_ln, range_ln},
  {"exp", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, NULL, eval_exp, range_exp},
  {"sqrt", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, NULL, eval_sqrt, range_sqrt},
  {"pow", 2, 2, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, NULL, eval_pow, range_pow},
  {"cohort.min", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, check_cohort, eval_cohort, range_cohort},
  {"cohort.max", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, check_cohort, eval_cohort, range_cohort},
  {"cohort.mean", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, check_cohort, eval_cohort, range_cohort},
  {"cohort.median", 1, 1, ARI_TYPE_NUM, ARI_TYPE_NUM, 0, check_cohort, eval_cohort, range_cohort},
  {"mean", 1, 1, ARI_TYPE_NONE, ARI_TYPE_NUM, 0, ari_check_list, ari_eval_mean, ari_range_mean},
  {"sum", 1, 1, ARI_TYPE_NONE, ARI_TYPE_NUM, 0, ari_check_list, ari_eval_sum, ari_range_sum},
  {"count", 1, 1, ARI_TYPE_NONE, ARI_TYPE_NUM, 0, ari_check_list, ari_eval_count, ari_range_count},
  {"previous", 1, 1, ARI_TYPE_NONE, ARI_TYPE_NUM, 0, ari_check_previous, ari_eval_previous, ari_range_previous},
  {"present", 1, 1, ARI_TYPE_NONE, ARI_TYPE_BOOL, 0, check_present, eval_present, NULL},
  {"days", 2, 2, ARI_TYPE_DATE, ARI_TYPE_NUM, 0, NULL, eval_days, NULL},
};

const ari_function *ari_function_at(size_t n) { return n < ARI_COUNT(table) ? &table[n] : NULL; }

const ari_function *ari_function_find(ari_str name) {
  for (size_t i = 0; i < ARI_COUNT(table); i++)
    if (ari_str_is(name, table[i].name)) return &table[i];
  return NULL;
}
