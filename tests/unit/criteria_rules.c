/* Every form of rule against the expression that it is said to equal (ari-criteria(5), "Rule forms"): both are evaluated for random figures and
 * must come to the same exact points, the same gaps and the same errors; and the range that is known without evidence must hold all of
 * them. */
#include "criteria_fixture.h"

typedef struct form {
  const char *name, *score, *expression;
  const char *share;         /* of the share forms: points exist only when this lies in 0..1 */
  const char *more;          /* further keys of the leaf */
} form;

/* M is 4 everywhere; the inputs are those of `inputs` below. */
static const form forms[] = {
    {"points", "{points: a * 0.01 + 50%}", "a * 0.01 + 2", NULL, "over_max: allow"},
    {"max", "{points: max * b / 100}", "4 * b / 100", NULL, "over_max: allow"},
    {"yes_no", "{yes_no: done}", "if done then 4 else 0", NULL, NULL},
    {"with points", "{yes_no: done, yes: 50%, no: -0.25}", "if done then 2 else -0.25", NULL, "over_max: allow"},
    {"of a condition", "{yes_no: a >= b and done}", "if a >= b and done then max else 0", NULL, NULL},
    {"choice", "{choice: timing, points: {on_time: max, late: 1, none: -1}}",
     "if timing = 'on_time' then 4 else if timing = 'late' then 1 else -1", NULL, NULL},
    {"with formulas", "{choice: timing, points: {on_time: max, late: 10 / b, none: 0}}",
     "if timing = 'on_time' then max else if timing = 'late' then 10 / b else 0", NULL, "over_max: allow"},
    {"share", "{share: a / b}", "max * (a / b)", "a / b", NULL},
    {"complement", "{share: 1 - a / b}", "max * (1 - a / b)", "1 - a / b", NULL},
    {"full_at", "{share: a / b, full_at: 80%}", "max * min(1, a / b / 0.8)", "a / b", NULL},
    {"with a floor", "{share: a / b, full_at: 80%, zero_below: 30%}", "if a / b < 0.3 then 0 else max * min(1, a / b / 0.8)", "a / b",
     NULL},
    {"full_from", "{share: a / b, full_from: 90%}", "if a / b >= 0.9 then max else max * (a / b)", "a / b", NULL},
    {"partial", "{share: a / b, full_from: 90%, partial: 50%}", "if a / b >= 0.9 then 4 else 2 * (a / b)", "a / b", NULL},
    {"zero_below", "{share: a / b, full_from: 100%, zero_below: 80%, partial: 1.00}",
     "if a / b < 0.8 then 0 else if a / b >= 1 then max else 1 * (a / b)", "a / b", NULL},
    {"floor alone", "{share: a / b, zero_below: 80%}", "if a / b < 0.8 then 0 else max * (a / b)", "a / b", NULL},
    {"partial formula", "{share: a / b, full_from: 90%, zero_below: 20%, partial: 'min(n, 3)'}",
     "if a / b < 0.2 then 0 else if a / b >= 0.9 then max else min(n, 3) * (a / b)", "a / b", NULL},
    {"bands", "{bands: a / b, points: [{from: 60%, points: 4}, {above: 30%, points: 1.5}, {points: 0}]}",
     "if a / b >= 0.6 then 4 else if a / b > 0.3 then 1.5 else 0", NULL, NULL},
    {"to zero", "{bands: n, points: [{above: 20, points: max}, {from: 20, points: 2}, {from: 5, points: n / 10}, {from: 0, points: 0}]}",
     "if n > 20 then 4 else if n >= 20 then 2 else if n >= 5 then n / 10 else 0", NULL, NULL},
    {"count", "{count: n, each: 0.25, at_most: 3}", "min(n * 0.25, 3)", NULL, "over_max: allow"},
    {"share each", "{count: n, each: 5%, at_most: max}", "min(n * 0.2, 4)", NULL, NULL},
    {"no limit", "{count: n, each: 1/3}", "n / 3", NULL, "over_max: cap"},
    {"deduct", "{deduct: [{count: n, each: 0.25}, {when: done, points: 1}], at_least: -0.25}",
     "max(4 - n * 0.25 - (if done then 1 else 0), -0.25)", NULL, NULL},
    {"start", "{deduct: [{when: a > b, points: 50%}, {count: n, each: x}], start: 3, at_least: 0.5}",
     "max(3 - (if a > b then 2 else 0) - n * x, 0.5)", NULL, "over_max: allow"},
    {"minimum", "{deduct: [{count: n, each: 1}]}", "max(4 - n, -2)", NULL, "min: -2"},
    {"cases", "{cases: [{when: x > 0 and n = 0, points: 2}, {when: done, points: max}, {points: 1}]}",
     "if x > 0 and n = 0 then 2 else if done then 4 else 1", NULL, NULL},
    {"all covered", "{cases: [{when: n = 0, points: max}, {when: n >= 1 and n < 10, points: 1}, {when: n >= 10, points: 0}]}",
     "if n = 0 then 4 else if n < 10 then 1 else 0", NULL, NULL},
};

static const char inputs[] =
  "empty: zero\n"
  "inputs:\n"
  "  a: count\n"
  "  b: count\n"
  "  n: count\n"
  "  x: number\n"
  "  done: yes_no\n"
  "  timing: {type: choice, options: {on_time: A, late: B, none: C}}\n";
enum { A, B, N, X, DONE, TIMING, SLOTS };

/* ---- random evidence ----------------------------------------------------------------------------------------------------- */

static uint64_t seed = 20260831;

static int64_t dice(int64_t below) {
  seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (int64_t)((seed >> 33) % (uint64_t)below);
}

typedef struct evidence { ari_value values[SLOTS]; bool there[SLOTS]; } evidence;

static bool get_value(const void *of, int slot, ari_value *out) {
  const evidence *e = of;
  *out = e->values[slot];
  return e->there[slot];
}

static void throw_evidence(evidence *e) {
  for (int i = 0; i < SLOTS; i++) e->there[i] = dice(30) > 0;
  int64_t b = dice(4) ? dice(12) : dice(3) * 100, a = dice(9) ? dice(b + 1) : dice(15);
  e->values[A] = (ari_value){.type = ARI_TYPE_NUM, .dec = {.coef = a}};
  e->values[B] = (ari_value){.type = ARI_TYPE_NUM, .dec = {.coef = b}};
  e->values[N] = (ari_value){.type = ARI_TYPE_NUM, .dec = {.coef = dice(30)}};
  e->values[X] = (ari_value){.type = ARI_TYPE_NUM, .dec = {.coef = dice(401) - 200, .scale = 2}};
  e->values[DONE] = (ari_value){.type = ARI_TYPE_BOOL, .i = (int32_t)dice(2)};
  e->values[TIMING] = (ari_value){.type = ARI_TYPE_CHOICE, .i = (int32_t)dice(3)};
}

/* ---- one form -------------------------------------------------------------------------------------------------------------- */

typedef struct bench { ari_rule_run run; ari_num *points[3]; ari_nums nums; } bench;

static ari_rule_answer run_rule(bench *b, const evidence *e, const ari_node *leaf, int i) {
  ari_inputs in = {.of = e, .get = get_value};
  b->run.inputs = &in;
  b->run.max = leaf->max[0];
  b->run.points = b->points[i];
  return ari_rule_eval(leaf->rule, &b->run);
}

static bool is_in(const ari_range *range, const ari_num *points) {
  return (!range->has_low || ari_num_cmp(points, range->low) >= 0) && (!range->has_high || ari_num_cmp(points, range->high) <= 0);
}

/* The steps tell the way to the points: a value first, the points last. */
static bool tells_all(const ari_trace *t, const ari_num *points) {
  return t->n >= 2 && !t->failed && t->steps[0].kind != ARI_STEP_POINTS && t->steps[t->n - 1].kind == ARI_STEP_POINTS &&
         ari_num_cmp(t->steps[t->n - 1].value, points) == 0;
}

/* One throw. NULL: all as it should be; else what is not. */
static const char *compare(bench *b, const fixture *f, const form *x, const evidence *e, const ari_range *range) {
  ari_trace trace = {0};
  b->run.trace = &trace;
  ari_rule_answer got = run_rule(b, e, node_of(f, "form"), 0);
  bool told = got.answer.outcome != ARI_VALUE || got.error || tells_all(&trace, b->points[0]);
  ari_trace_free(&trace);
  b->run.trace = NULL;
  ari_rule_answer want = run_rule(b, e, node_of(f, "expression"), 1);
  if (!told) return "the trace does not lead to the points";
  if (x->share) {
    ari_rule_answer share = run_rule(b, e, node_of(f, "share"), 2);
    bool outside = share.answer.outcome == ARI_VALUE && (ari_num_sign(b->points[2]) < 0 || ari_num_cmp_int(b->points[2], 1) > 0);
    if (outside) return got.error == ARI_E0501 ? NULL : "a share outside 0-1 is not told";
  }
  if (got.error) return "an error that is none";
  if (got.answer.outcome != want.answer.outcome) return "another outcome";
  if (got.answer.outcome != ARI_VALUE) return NULL;
  if (ari_num_cmp(b->points[0], b->points[1]) != 0) return "other points";
  return is_in(range, b->points[0]) ? NULL : "points outside the known range";
}

/* A maximum out of reach is told, but the rule can be evaluated all the same. */
static bool is_usable(const fixture *f) {
  for (size_t i = 0; i < f->findings.n; i++)
    if (ari_code_letter(f->findings.items[i].code) == 'E' && f->findings.items[i].code != ARI_E0245) return false;
  return f->set;
}

static void test_form(bench *b, const form *x) {
  enum { THROWS = 3000 };
  char text[2000];
  fixture f = {0};
  const char *more = x->more ? x->more : "over_max: error";
  snprintf(text, sizeof text,
           HEAD
           "%scriteria:\n  - id: form\n    max: 4\n    score: %s\n    %s\n  - id: expression\n    max: 4\n    over_max: allow\n    score:\n"
           "      points: \"%s\"\n  - id: share\n    max: 4\n    over_max: allow\n    score:\n      points: \"%s\"\n",
           inputs, x->score, more, x->expression, x->share ? x->share : "4");
  read_set(&f, text);
  const char *wrong = is_usable(&f) ? NULL : findings_of(&f);
  ari_range range;
  const ari_node *leaf = node_of(&f, "form");
  if (!wrong && !leaf->rule->kind->range(&b->nums, f.set, leaf, 0, leaf->rule, &range)) wrong = "no memory";
  for (int i = 0; i < THROWS && !wrong; i++) {
    evidence e;
    throw_evidence(&e);
    wrong = compare(b, &f, x, &e, &range);
    if (wrong)
      printf("# %s: throw %d: a %d b %d n %d\n", x->name, i, (int)e.values[A].dec.coef, (int)e.values[B].dec.coef,
             (int)e.values[N].dec.coef);
  }
  is(wrong ? wrong : "as its expression", "as its expression", x->name);
  fixture_end(&f);
}

/* ---- limits ----------------------------------------------------------------------------------------------------------------- */

static void limits_are(bench *b, const char *score, const char *more, const char *want) {
  char text[1000];
  fixture f = {0};
  snprintf(text, sizeof text, HEAD "%scriteria:\n  - id: a\n    max: 4\n    score: %s\n    %s\n", inputs, score, more);
  read_set(&f, text);
  ari_range range;
  ari_buf out = {0};
  if (f.findings.errors || !ari_rule_limits(&b->nums, f.set, node_of(&f, "a"), 0, &range)) {
    is(findings_of(&f), want, score);
  } else {
    ari_buf_num(&out, range.low, 12, ARI_AS_DATA);
    ari_buf_text(&out, " to ");
    if (range.has_high) ari_buf_num(&out, range.high, 12, ARI_AS_DATA);
    else ari_buf_text(&out, "any");
    ari_buf_char(&out, '\0');
    is(out.p, want, score);
  }
  ari_buf_free(&out);
  fixture_end(&f);
}

static void test_limits(bench *b) {
  limits_are(b, "{share: a / b}", "over_max: error", "0 to 4");
  limits_are(b, "{share: a / b, full_from: 100%, zero_below: 80%, partial: 1}", "over_max: error", "0 to 4");
  limits_are(b, "{share: 0.5 + a / b}", "over_max: error", "2 to 4");
  limits_are(b, "{share: 0.5 + a / b, zero_below: 80%}", "over_max: error", "0 to 4");
  limits_are(b, "{yes_no: done, no: -0.25}", "over_max: error", "-0.25 to 4");
  limits_are(b, "{choice: timing, points: {on_time: 4, late: 3, none: 1}}", "over_max: error", "1 to 4");
  limits_are(b, "{points: x}", "over_max: error", "0 to 4");
  limits_are(b, "{points: x}", "min: -2", "-2 to 4");
  limits_are(b, "{points: x}", "over_max: allow", "0 to any");
  limits_are(b, "{count: n, each: 1, at_most: 5}", "over_max: cap", "0 to 4");
  limits_are(b, "{count: n, each: 1, at_most: 5}", "over_max: allow", "0 to 5");
  limits_are(b, "{deduct: [{count: n, each: 0.5}], at_least: -0.25}", "over_max: error", "-0.25 to 4");
  limits_are(b, "{deduct: [{when: done, points: 1}, {when: a > b, points: 0.5}]}", "over_max: error", "2.5 to 4");
  limits_are(b, "{bands: n, points: [{from: 5, points: 4}, {points: 3}]}", "over_max: error", "3 to 4");
}

int main(void) {
  bench b = {.run.eval = ari_eval_new()};
  for (int i = 0; i < 3; i++) b.points[i] = ari_num_new();
  for (int i = 0; i < 4; i++) b.run.scratch[i] = ari_num_new();
  for (size_t i = 0; i < ARI_COUNT(forms); i++) test_form(&b, &forms[i]);
  test_limits(&b);
  for (int i = 0; i < 3; i++) ari_num_free(b.points[i]);
  for (int i = 0; i < 4; i++) ari_num_free(b.run.scratch[i]);
  ari_nums_free(&b.nums);
  ari_eval_free(b.run.eval);
  return done();
}
