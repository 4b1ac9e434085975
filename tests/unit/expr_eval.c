/* Values: every operator and function, exactness, what is not looked at, what is missing, empty or wrong; and formulas printed with
 * their values. */
#include "expr_fixture.h"

static void test_operators(fixture *f) {
  static const struct { const char *formula, *value; } all[] = {
    {"1 + 2 * 3", "7"}, {"(1 + 2) * 3", "9"}, {"10 - 4 - 3", "3"}, {"1 / 4", "0.25"}, {"12 / 3 / 2", "2"}, {"-3 + 1", "-2"},
    {"- -3", "3"}, {"2 * -3", "-6"},
    {"50%", "0.5"}, {"7.46%", "0.0746"}, {"0.1 + 0.2 = 0.3", "true"}, {"1 / 3 * 3 = 1", "true"}, {"1 / 3 + 1 / 6 = 1 / 2", "true"},
    {"1 / 3 = 0.333333333333333333", "false"}, {"1 / 3 > 0.333333333333333333", "true"},
    {"999999999999999999 * 999999999999999999", "999999999999999998000000000000000001"},
    {"1 < 2", "true"}, {"2 < 2", "false"}, {"2 <= 2", "true"}, {"3 <= 2", "false"}, {"3 > 2", "true"}, {"2 > 2", "false"},
    {"2 >= 2", "true"}, {"1 >= 2", "false"},
    {"2 = 2.0", "true"}, {"2 = 3", "false"}, {"2 != 2", "false"}, {"2 != 3", "true"},
    {"if 1 < 2 then 10 else 20", "10"}, {"if 1 > 2 then 10 else 20", "20"}, {"if 1 > 2 then 1 else if 3 > 2 then 2 else 3", "2"},
    {"1 = 1 and 2 = 2", "true"}, {"1 = 1 and 2 = 3", "false"}, {"1 = 2 or 2 = 2", "true"}, {"1 = 2 or 2 = 3", "false"},
    {"not 1 = 2", "true"}, {"not 1 = 1", "false"},
    {"max", "10"}, {"max / 4", "2.5"},
    {"2026-01-31 < 2026-02-01", "true"}, {"2026-01-31 = 2026-02-01", "false"}, {"2026-03-01 >= 2026-03-01", "true"},
    {"if 1 = 1 then 2026-01-31 else 2026-02-01", "2026-01-31"},
    {"min(3, 1, 2)", "1"}, {"max(3, 1, 5, 2)", "5"}, {"min(1, 2)", "1"}, {"max(-1, -2)", "-1"}, {"max(min(3, 5), min(4, 2))", "3"},
    {"abs(-3.5)", "3.5"}, {"abs(3)", "3"}, {"abs(0)", "0"},
    {"round(2.345, 2)", "2.35"}, {"round(-2.345, 2)", "-2.35"}, {"round(2.5, 0)", "3"}, {"round(1 / 3, 4)", "0.3333"},
    {"round(2 / 3, 12)", "0.666666666667"},
    {"clamp(5, 0, 1)", "1"}, {"clamp(-5, 0, 1)", "0"}, {"clamp(0.5, 0, 1)", "0.5"}, {"clamp(1, 1, 1)", "1"},
    {"days(2026-01-31, 2026-03-01)", "29"}, {"days(2024-01-31, 2024-03-01)", "30"}, {"days(2026-03-01, 2026-01-31)", "-29"},
    {"1 + if 2 > 1 then 1 else 0", "2"}, {"min(1 + 1, 2 * 3) + max(2 - 1, 0) * 2", "4"},
    {"clamp(min(9, 8), max(1, 2), clamp(7, 3, 4)) * 2 - abs(1 - 3)", "6"},
    {"(1 + 2) * (3 + 4) - (5 - 6) * (7 - (8 - 9))", "29"},
    {"1 + 1 = 4 / 2", "true"}, {"(1 + 1) * (1 + 1) >= (2 + 1) * (1 + 1)", "false"},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(value_of(f, all[i].formula), all[i].value, all[i].formula);
}

/* While others are there the fixture says 101 to 104; alone an agency is compared with itself, rounded to 12 places. */
static void test_cohort(fixture *f) {
  forget_values(f);
  f->cohort = true;
  is(value_of(f, "cohort.min(x)"), "101", "the least");
  is(value_of(f, "cohort.max(x)"), "102", "the greatest");
  is(value_of(f, "cohort.mean(x) + cohort.median(x)"), "207", "mean and median");
  f->cohort = false;
  ok(strstr(value_of(f, "cohort.max(x)"), "missing"), "nobody has a value: this agency's is missing");
  give_number(f, X, "2");
  is(value_of(f, "cohort.max(x / 3)"), "0.666666666667", "alone: its own");
  is(value_of(f, "x / 3 = cohort.max(x / 3)"), "true", "the same value beside it is rounded likewise");
  is(value_of(f, "x / 3 * 3 = 2"), "true", "and is exact anywhere else");
  is(value_of(f, "(x / 3 + 0) / cohort.max(x / 3)"), "1", "inside a sum too");
  give_number(f, ON_TIME, "0");
  give_number(f, RECEIVED, "0");
  ok(strstr(value_of(f, "cohort.max(on_time / received)"), "empty"), "nobody has a value: this agency's is empty");
}

static const char *range_of_previous(fixture *f, const char *formula, char out[64]) {
  ari_nums nums = {0};
  ari_scope scope = scope_of(f);
  ari_range r;
  ari_expr *e = read_formula(f, formula, ARI_TYPE_NUM, false);
  if (!e || !ari_expr_range(&nums, e, &scope, NULL, &r)) abort();
  snprintf(out, 64, "%s to %s", !r.has_low ? "?" : ari_num_sign(r.low) ? "more" : "0", r.has_high ? "some" : "?");
  ari_nums_free(&nums);
  return out;
}

/* The fixture's last period: 30 of x, 1/8 of rate; of this period's x nothing. */
static void test_previous(fixture *f) {
  forget_values(f);
  ari_num *x = ari_nums_new(&f->nums), *rate = ari_nums_new(&f->nums);
  ari_num_set_int(x, 30);
  ari_num_set_e12(rate, 125000000000);
  ari_scope scope = scope_of(f);
  const ari_expr *where;
  char range[64];
  ok(strstr(value_of(f, "1 + previous(x)"), "missing x"), "no last period: missing");
  is(value_of(f, "present(previous(x))"), "false", "not there");
  is(value_of(f, "if present(previous(x)) then previous(x) else 5"), "5", "and not needed");
  ari_expr *e = read_formula(f, "previous(x)", ARI_TYPE_NUM, false);
  ari_inputs inputs = inputs_of(f);
  ari_num *result = ari_nums_new(&f->nums);
  ok(ari_expr_eval(f->eval, e, &inputs, NULL, result).of_previous, "it is last period's value that is not there");
  inputs.previous = NULL;
  ok(ari_expr_eval(f->eval, e, &inputs, NULL, result).of_previous, "nor where no last period is known");
  inputs = inputs_of(f);
  e = read_formula(f, "x", ARI_TYPE_NUM, false);
  ok(!ari_expr_eval(f->eval, e, &inputs, NULL, result).of_previous, "which is not this period's");
  f->before[X] = x;
  f->before[RATE] = rate;
  is(value_of(f, "previous(x)"), "30", "last period's value");
  is(value_of(f, "present(previous(x)) and previous(x) > 29"), "true", "a condition");
  ok(strstr(value_of(f, "x / previous(x)"), "missing x"), "this period's is another one");
  give_number(f, X, "45");
  is(value_of(f, "x / previous(x) - 1"), "0.5", "45 / 30 - 1");
  e = read_formula(f, "(x + previous( x )) * previous(rate)", ARI_TYPE_NUM, false);
  ari_buf b = {0};
  ari_expr_print_values(&b, e, &scope, &inputs, ARI_AS_EN);
  is(text_of_buf(&b), "(45 + 30) * 12.5%", "values put in");
  ari_buf_free(&b);
  f->before[X] = NULL;
  ari_buf c = {0};
  ari_expr_print_values(&c, e, &scope, &inputs, ARI_AS_VI);
  is(text_of_buf(&c), "(45 + ?) * 12,5 %", "what is not there");
  ari_buf_free(&c);
  is(range_of_previous(f, "previous(received)", range), "0 to ?", "a count");
  is(range_of_previous(f, "previous(scale)", range), "more to ?", "of 1 to 10: a sum of several may be more than 10, not less than 1");
  is(range_of_previous(f, "previous(x)", range), "? to ?", "any number");
  e = read_formula(f, "x / previous(received)", ARI_TYPE_NUM, false);
  ok(ari_expr_can_be_empty(e, &scope, NULL, &where) && where, "it can be 0");
  e = read_formula(f, "if previous(received) > 0 then x / previous(received) else 0", ARI_TYPE_NUM, false);
  ok(ari_expr_can_be_empty(e, &scope, NULL, &where) && !where, "but not behind a guard");
  e = read_formula(f, "if received > 0 then x / previous(received) else 0", ARI_TYPE_NUM, false);
  ok(ari_expr_can_be_empty(e, &scope, NULL, &where) && where, "this period's is no guard for it");
  ok(ari_expr_whole_call(read_formula(f, "previous(received)", ARI_TYPE_NUM, false), &scope), "of whole numbers whole");
  f->before[RATE] = NULL;
  forget_values(f);
}

static void test_inputs(fixture *f) {
  forget_values(f);
  give_number(f, ON_TIME, "4210");
  give_number(f, RECEIVED, "4388");
  give_number(f, RATE, "0.0746");
  give_int(f, DONE, ARI_TYPE_BOOL, 1);
  give_int(f, OPEN, ARI_TYPE_BOOL, 0);
  give_int(f, PLAN, ARI_TYPE_CHOICE, 1);
  give_date(f, FROM, "2026-01-15");
  is(value_of(f, "on_time / received * 20 = 84200 / 4388"), "true", "a share is exact");
  is(value_of(f, "round(on_time / received * 20, 2)"), "19.19", "and rounded once");
  is(value_of(f, "rate = 7.46%"), "true", "a percentage");
  is(value_of(f, "done"), "true", "yes");
  is(value_of(f, "open"), "false", "no");
  is(value_of(f, "done = open"), "false", "yes and no compared");
  is(value_of(f, "plan"), "1", "a choice is its option's number");
  is(value_of(f, "plan = 'late'"), "true", "an option");
  is(value_of(f, "plan = 'on_time'"), "false", "another option");
  is(value_of(f, "'on_time' != plan"), "true", "from the other side");
  is(value_of(f, "start"), "2026-01-15", "a date");
  is(value_of(f, "days(start, 2026-01-31)"), "16", "days from a date");
  is(value_of(f, "start <= 2026-01-15"), "true", "dates compared");
  give_number(f, ON_TIME, "9007199254740993");
  give_number(f, RECEIVED, "9007199254740992");
  is(value_of(f, "on_time - received"), "1", "beyond what a double can tell apart");
  is(value_of(f, "on_time / received > 1"), "true", "a ratio just above 1");
  forget_values(f);
}

static void test_inexact(fixture *f) {
  static const struct { const char *formula, *value; } all[] = {
    {"sqrt(4)", "2"}, {"sqrt(4 / 9) * 3", "2"}, {"sqrt(2)", "1.41421356237"}, {"ln(1)", "0"}, {"exp(0)", "1"}, {"pow(1.5, 2)", "2.25"},
    {"pow(2, -1)", "0.5"}, {"pow(8, 1/3)", "2"}, {"ln(10)", "2.30258509299"}, {"exp(1)", "2.71828182846"}, {"pow(2, 0.5)", "1.41421356237"},
    {"ln(0)", "bad [ln(0)]"}, {"1 + ln(-2)", "bad [ln(-2)]"}, {"sqrt(-1)", "bad [sqrt(-1)]"}, {"pow(0, -1)", "bad [pow(0, -1)]"},
    {"exp(1000)", "bad [exp(1000)]"}, {"pow(-8, 1/3)", "bad [pow(-8, 1/3)]"}, {"pow(pow(10, 60), 2)", "bad [pow(pow(10, 60), 2)]"},
    {"ln(received)", "missing received"}, {"sqrt(on_time / (on_time - on_time))", "missing on_time"}, {"pow(2, 1 / (x - x))", "missing x"},
    {"(ln(5000) - ln(100)) / (ln(75000) - ln(100))", "0.590933496261…"},
  };
  forget_values(f);
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(value_of(f, all[i].formula), all[i].value, all[i].formula);
}

static void test_names(fixture *f) {
  forget_values(f);
  give_number(f, ON_TIME, "3");
  is(value_of(f, "twice"), "missing received", "what a name stands for is missing where it is used");
  is(value_of(f, "if present(received) then twice else 1"), "1", "and nowhere else");
  give_number(f, RECEIVED, "4");
  is(value_of(f, "twice"), "1.5", "a name made of another");
  is(value_of(f, "1 - (ratio - 1)"), "1.25", "a name is one part");
  is(value_of(f, "enough and ratio < 1"), "true", "a condition");
  is(value_with(f, "half", true, "8"), "0.5", "a percentage with a name is a number");
  ari_scope scope = scope_of(f);
  ari_inputs inputs = inputs_of(f);
  ari_buf b = {0};
  ari_expr *e = read_formula(f, "twice + on_time", ARI_TYPE_NUM, false);
  ari_expr_print_values(&b, e, &scope, &inputs, ARI_AS_DATA);
  is(text_of_buf(&b), "twice + 3", "names stay when values are put in");
  ari_buf_free(&b);
  give_number(f, RECEIVED, "0");
  is(value_of(f, "twice"), "by zero [on_time / received]", "the division is told where it is written");
  forget_values(f);
}

static void test_missing(fixture *f) {
  forget_values(f);
  give_number(f, ON_TIME, "3");
  give_int(f, DONE, ARI_TYPE_BOOL, 1);
  is(value_of(f, "on_time / received"), "missing received", "a missing input");
  is(value_of(f, "x / received"), "missing x", "the first one of two");
  is(value_of(f, "present(received)"), "false", "asked whether it is there");
  is(value_of(f, "present(on_time) and not present(story)"), "true", "and whether others are");
  is(value_of(f, "if present(received) then on_time / received else 0"), "0", "and not looked at then");
  is(value_of(f, "done or open"), "true", "or stops at the first yes");
  ok(f->looked[OPEN] == 0, "and does not look further");
  is(value_of(f, "not done and open"), "false", "and stops at the first no");
  ok(f->looked[OPEN] == 0, "and does not look further either");
  is(value_of(f, "open or done"), "missing open", "the other way round it is missed");
  is(value_of(f, "done and open"), "missing open", "a yes must look on");
  is(value_of(f, "if done then 1 else received"), "1", "the branch not taken does not matter");
  is(value_of(f, "if open then 1 else 2"), "missing open", "the condition does");
  is(value_of(f, "if done then received else 1"), "missing received", "and so does the branch taken");
  is(value_of(f, "max(on_time, received)"), "missing received", "max needs all");
  is(value_of(f, "days(start, finish)"), "missing start", "days too");
  is(value_of(f, "on_time > received"), "missing received", "and a comparison");
  is(value_of(f, "-received"), "missing received", "and a sign");
  is(value_of(f, "clamp(1, 0, received) + abs(x)"), "missing received", "and a limit");
  is(value_of(f, "plan = 'late'"), "missing plan", "and a choice");
  forget_values(f);
}

static void test_divisions(fixture *f) {
  forget_values(f);
  give_number(f, ON_TIME, "0");
  give_number(f, RECEIVED, "0");
  give_number(f, X, "5");
  is(value_of(f, "on_time / received"), "empty [on_time / received]", "0/0 is empty");
  is(value_of(f, "x / received"), "by zero [x / received]", "5/0 is an error");
  is(value_of(f, "1 + (x - 5) / (on_time + received)"), "empty [(x - 5) / (on_time + received)]", "empty within a formula");
  is(value_of(f, "if received > 0 then on_time / received else 1"), "1", "an empty division not looked at does not matter");
  is(value_of(f, "x > 1 or on_time / received > 0"), "true", "nor behind or");
  is(value_of(f, "x < 1 and on_time / received > 0"), "false", "nor behind and");
  is(value_of(f, "(on_time / received) / (x / received)"), "empty [on_time / received]", "the first one is told");
  is(value_of(f, "clamp(1, x, received)"), "bad [clamp(1, x, received)]", "clamp with limits the wrong way round");
  is(value_of(f, "received / x"), "0", "0/5 is 0");
  forget_values(f);
}

static const char *with_values(fixture *f, const char *formula, ari_locale how) {
  ari_expr *e = read_formula(f, formula, ARI_TYPE_NONE, false);
  ari_scope scope = scope_of(f);
  ari_inputs inputs = inputs_of(f);
  if (!e) return "not accepted";
  ari_buf_clear(&f->text);
  ari_expr_print_values(&f->text, e, &scope, &inputs, how);
  return text_of_buf(&f->text);
}

static void test_printing(fixture *f) {
  forget_values(f);
  give_number(f, ON_TIME, "4210");
  give_number(f, RECEIVED, "4388");
  give_number(f, RATE, "0.0746");
  give_int(f, DONE, ARI_TYPE_BOOL, 1);
  give_int(f, PLAN, ARI_TYPE_CHOICE, 1);
  give_date(f, FROM, "2026-01-15");
  is(with_values(f, "on_time / received", ARI_AS_DATA), "4210 / 4388", "values in the place of names");
  is(with_values(f, "on_time/received", ARI_AS_VI), "4.210/4.388", "in the author's layout, Vietnamese");
  is(with_values(f, "(on_time)  * 100 / ( received + x )", ARI_AS_EN), "(4,210)  * 100 / ( 4,388 + ? )",
     "parentheses, spaces and what is absent");
  is(with_values(f, "if done and plan = 'late' then max(min, 2) else 0", ARI_AS_EN), "if yes and 'late' = 'late' then max(?, 2) else 0",
     "yes and options");
  is(with_values(f, "not done or start < 2026-01-31", ARI_AS_DATA), "not yes or 2026-01-15 < 2026-01-31", "dates");
  is(with_values(f, "done", ARI_AS_VI), "có", "yes in Vietnamese");
  is(with_values(f, "rate > 7%", ARI_AS_EN), "7.46% > 7%", "percentages in English");
  is(with_values(f, "rate", ARI_AS_VI), "7,46 %", "and in Vietnamese");
  is(with_values(f, "1 + 2", ARI_AS_DATA), "1 + 2", "no inputs");
  give_number(f, RATE, "1");
  is(with_values(f, "rate", ARI_AS_DATA), "100%", "one whole");
  forget_values(f);
}

typedef struct order { int slots[INPUTS]; int n; } order;

static void note_slot(void *to, int slot) {
  order *o = to;
  if (o->n < INPUTS) o->slots[o->n] = slot;
  o->n++;
}

static void test_inputs_listed(fixture *f) {
  order o = {0};
  ari_expr *e = read_formula(f, "if present(plan) then received / (on_time + received) else min(x, max, on_time)", ARI_TYPE_NUM, false);
  if (e) ari_expr_inputs(e, note_slot, &o);
  bool in_order = o.slots[0] == PLAN && o.slots[1] == RECEIVED && o.slots[2] == ON_TIME && o.slots[3] == X;
  ok(o.n == 4 && in_order, "inputs once each, in the order of writing");
}

/* The deepest use of registers that the limits allow. */
static void test_deep(fixture *f) {
  static char text[8000];
  size_t n = 0;
  give_number(f, X, "1");
  for (int i = 0; i < 30; i++) n += (size_t)snprintf(text + n, sizeof text - n, "clamp(0, 0, ");
  n += (size_t)snprintf(text + n, sizeof text - n, "1");
  for (int i = 0; i < 30; i++) n += (size_t)snprintf(text + n, sizeof text - n, ")");
  is(value_of(f, text), "0", "30 calls one in the other");
  n = 0;
  for (int i = 0; i < 7; i++) n += (size_t)snprintf(text + n, sizeof text - n, "if 1 + 1 = 1 + (");
  n += (size_t)snprintf(text + n, sizeof text - n, "x");
  for (int i = 0; i < 7; i++) n += (size_t)snprintf(text + n, sizeof text - n, ") then x else 0");
  is(value_of(f, text), "1", "conditions one in the other");
  forget_values(f);
}

int main(void) {
  fixture f;
  fixture_start(&f);
  test_operators(&f);
  test_cohort(&f);
  test_previous(&f);
  test_inputs(&f);
  test_missing(&f);
  test_inexact(&f);
  test_names(&f);
  test_divisions(&f);
  test_printing(&f);
  test_inputs_listed(&f);
  test_deep(&f);
  ari_eval_free(NULL);
  fixture_end(&f);
  return done();
}
