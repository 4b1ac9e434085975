/* Names and types: each mistake once, at its place; percentages that stand for points; which inputs are used. */
#include "expr_fixture.h"

static void test_types(fixture *f) {
  static const struct { const char *formula; ari_type want; const char *told; } all[] = {
    {"on_time / received", ARI_TYPE_NUM, ""},
    {"done and not open or x > 0", ARI_TYPE_BOOL, ""},
    {"done != open", ARI_TYPE_BOOL, ""},
    {"plan = 'late' or plan != 'none' or 'on_time' = plan", ARI_TYPE_BOOL, ""},
    {"plan", ARI_TYPE_CHOICE, ""},
    {"start", ARI_TYPE_DATE, ""},
    {"if done then start else finish", ARI_TYPE_DATE, ""},
    {"start < finish and start >= 2026-01-31 and start != finish", ARI_TYPE_BOOL, ""},
    {"days(start, 2026-01-31) * 2", ARI_TYPE_NUM, ""},
    {"present(plan) and present(story) and present(start)", ARI_TYPE_BOOL, ""},
    {"min + min(min, max)", ARI_TYPE_NUM, ""},
    {"số_hồ_sơ / 2", ARI_TYPE_NUM, ""},
    {"abs(x) + round(x, 12) + clamp(x, -1, 1) + max", ARI_TYPE_NUM, ""},
    {"round + x", ARI_TYPE_NUM, "E0323[round]"},
    {"on_tme / received", ARI_TYPE_NUM, "E0324[on_tme]"},
    {"on_tme / recieved", ARI_TYPE_NUM, "E0324[on_tme] E0324[recieved]"},
    {"population / 2", ARI_TYPE_NUM, "E0325[population]"},
    {"done = yes", ARI_TYPE_BOOL, "E0328[yes]"},
    {"done = không", ARI_TYPE_BOOL, "E0328[không]"},
    {"story", ARI_TYPE_NONE, "E0327[story]"},
    {"plan = late", ARI_TYPE_BOOL, "E0329[late]"},
    {"late != plan", ARI_TYPE_BOOL, "E0329[late]"},
    {"x + done", ARI_TYPE_NUM, "E0330[done]"},
    {"x * plan", ARI_TYPE_NUM, "E0330[plan]"},
    {"-done", ARI_TYPE_NUM, "E0330[done]"},
    {"max(x, done, open)", ARI_TYPE_NUM, "E0330[done] E0330[open]"},
    {"days(x, start)", ARI_TYPE_NUM, "E0330[x]"},
    {"finish - start", ARI_TYPE_NUM, "E0331[finish - start]"},
    {"start + 30", ARI_TYPE_NUM, "E0331[start + 30]"},
    {"x = done", ARI_TYPE_BOOL, "E0332[x = done]"},
    {"x > start", ARI_TYPE_BOOL, "E0332[x > start]"},
    {"x = 'late'", ARI_TYPE_BOOL, "E0332[x = 'late']"},
    {"done < open", ARI_TYPE_BOOL, "E0333[done < open]"},
    {"plan > 'late'", ARI_TYPE_BOOL, "E0333[plan > 'late']"},
    {"plan = plan", ARI_TYPE_BOOL, "E0334[plan = plan]"},
    {"if done then plan else plan", ARI_TYPE_NONE, "E0334[plan]"},
    {"'late'", ARI_TYPE_NONE, "E0335['late']"},
    {"x + 'late'", ARI_TYPE_NUM, "E0335['late']"},
    {"plan = 'lat'", ARI_TYPE_BOOL, "E0336['lat']"},
    {"plan = 'Late'", ARI_TYPE_BOOL, "E0336['Late']"},
    {"plan = 'something'", ARI_TYPE_BOOL, "E0337['something']"},
    {"if done then 1 else open", ARI_TYPE_NONE, "E0338[if done then 1 else open]"},
    {"done", ARI_TYPE_NUM, "E0339[done]"},
    {"on_time / received", ARI_TYPE_BOOL, "E0339[on_time / received]"},
    {"x", ARI_TYPE_CHOICE, "E0339[x]"},
    {"x / cohort.max(x) + cohort.mean(on_time / received)", ARI_TYPE_NUM, ""},
    {"cohort.median(ratio)", ARI_TYPE_NUM, ""},
    {"cohort.max(done)", ARI_TYPE_NUM, "E0330[done]"},
    {"cohort.min(x * max)", ARI_TYPE_NUM, "E0364[max]"},
    {"cohort.min(x + cohort.max(x))", ARI_TYPE_NUM, "E0365[cohort.max(x)]"},
    {"cohort.mean(5)", ARI_TYPE_NUM, "E0369[5]"},
    {"x / previous(x) + previous(rate)", ARI_TYPE_NUM, ""},
    {"if present(previous(x)) then previous(x) else 0", ARI_TYPE_NUM, ""},
    {"previous(x)", ARI_TYPE_BOOL, "E0339[previous(x)]"},
    {"previous(done)", ARI_TYPE_NUM, "E0370[done]"},
    {"previous(start)", ARI_TYPE_NUM, "E0370[start]"},
    {"previous(story)", ARI_TYPE_NUM, "E0370[story]"},
    {"previous(marks)", ARI_TYPE_NUM, "E0370[marks]"},
    {"previous(ratio)", ARI_TYPE_NUM, "E0370[ratio]"},
    {"previous(x + 1)", ARI_TYPE_NUM, "E0370[x + 1]"},
    {"previous(2)", ARI_TYPE_NUM, "E0370[2]"},
    {"previous(previous(x))", ARI_TYPE_NUM, "E0370[previous(x)]"},
    {"previous(nothing)", ARI_TYPE_NUM, "E0325[nothing]"},
    {"present(previous(done))", ARI_TYPE_BOOL, "E0370[done]"},
    {"present(previous(x) + 1)", ARI_TYPE_BOOL, "E0341[previous(x) + 1]"},
    {"sum(previous(x))", ARI_TYPE_NUM, "E0376[previous(x)]"},
    {"cohort.max(x / previous(x))", ARI_TYPE_NUM, "E0366[previous(x)]"},
    {"round(x, 13)", ARI_TYPE_NUM, "E0340[13]"},
    {"round(x, -1)", ARI_TYPE_NUM, "E0340[-1]"},
    {"round(x, 1.5)", ARI_TYPE_NUM, "E0340[1.5]"},
    {"round(x, on_time)", ARI_TYPE_NUM, "E0340[on_time]"},
    {"present(x + 1)", ARI_TYPE_BOOL, "E0341[x + 1]"},
    {"present(nothing)", ARI_TYPE_BOOL, "E0325[nothing]"},
    {"x / 0", ARI_TYPE_NUM, "E0342[0]"},
    {"x / 0.00", ARI_TYPE_NUM, "E0342[0.00]"},
    {"clamp(x, 1, 0)", ARI_TYPE_NUM, "E0343[1, 0]"},
    {"if x then 1 else 0", ARI_TYPE_NUM, "E0344[x]"},
    {"not on_time", ARI_TYPE_BOOL, "E0344[on_time]"},
    {"done and plan", ARI_TYPE_BOOL, "E0344[plan]"},
    {"x + on_tme * (done + nonsense_word)", ARI_TYPE_NUM, "E0324[on_tme] E0330[done] E0325[nonsense_word]"},
    {"if on_tme then 1 else 0", ARI_TYPE_NUM, "E0324[on_tme]"},
    {"ln(ratio) + exp(x) + sqrt(twice) + pow(ratio, 2)", ARI_TYPE_NUM, ""},
    {"ln(done)", ARI_TYPE_NUM, "E0330[done]"},
    {"pow(x)", ARI_TYPE_NUM, "E0317[pow(x)]"},
    {"if enough then twice else half", ARI_TYPE_NUM, ""},
    {"enough + 1", ARI_TYPE_NUM, "E0330[enough]"},
    {"ratio", ARI_TYPE_BOOL, "E0339[ratio]"},
    {"enough = 'late'", ARI_TYPE_BOOL, "E0332[enough = 'late']"},
    {"present(ratio)", ARI_TYPE_BOOL, "E0341[ratio]"},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(told_of(f, all[i].formula, all[i].want), all[i].told, all[i].formula);
}

static size_t no_names(const void *of, ari_str *out, size_t room) {
  (void)of, (void)out, (void)room;
  return 0;
}

static int find_nothing(const void *of, ari_str name) {
  (void)of, (void)name;
  return -1;
}

static void test_no_inputs(fixture *f) {
  ari_str text = ARI_STR("on_time / 2");
  ari_yaml node = {.text = text, .span = {0, 0, (uint32_t)text.n}};
  ari_scope scope = {.of = f, .find = find_nothing, .type = type_of_input, .names = no_names};
  ari_findings_free(&f->findings);
  f->findings = (ari_findings){0};
  ari_expr *e = ari_expr_parse(&f->arena, &f->nums, &node, &f->findings);
  bool good = e && ari_expr_check(&f->arena, e, &scope, ARI_TYPE_NUM, false, &f->findings);
  ok(!good && f->findings.items[0].code == ARI_E0326, "a place without inputs");
}

static void test_suggestions(fixture *f) {
  (void)read_formula(f, "plan = 'lat'", ARI_TYPE_BOOL, false);
  ok(ari_str_is(f->findings.items[0].args.at[1].as.text, "late"), "the nearest option");
  (void)read_formula(f, "on-time", ARI_TYPE_NONE, false);
  ok(f->findings.n > 0, "a name with a hyphen is a subtraction of unknown names");
  (void)read_formula(f, "recieved", ARI_TYPE_NONE, false);
  ok(ari_str_is(f->findings.items[0].args.at[1].as.text, "received"), "the nearest input");
  (void)read_formula(f, "population", ARI_TYPE_NONE, false);
  ok(ari_str_is(f->findings.items[0].args.at[1].as.text, "on_time, received, rate, x, scale, done, open, plan …"), "else the first eight");
  (void)read_formula(f, "average(1, 2)", ARI_TYPE_NONE, false);
  ok(ari_str_is(f->findings.items[0].args.at[1].as.text, "min, max, abs, round, clamp, ln, exp, sqrt, pow, cohort.min, cohort.max, "
                 "cohort.mean, cohort.median, mean, sum, count, previous, present, days"), "all functions");
}

/* Each name is twice the one before it: what it stands for is bounded, however short the text. */
static ari_expr *find_step(const void *of, ari_str name) {
  const struct { fixture *f; ari_expr *made[20]; size_t n; } *steps = of;
  size_t i = name.n == 2 ? (size_t)(name.p[1] - 'a') : 99;
  return i < steps->n ? steps->made[i] : NULL;
}

static void test_size(fixture *f) {
  struct { fixture *f; ari_expr *made[20]; size_t n; } steps = {.f = f};
  ari_scope scope = {.of = &steps, .find = find_nothing, .type = type_of_input, .names = no_names, .let = find_step};
  bool good = true;
  while (good && steps.n < 20) {
    char text[32] = "1 + 1";
    if (steps.n) snprintf(text, sizeof text, "l%c + l%c", (int)('a' + steps.n - 1), (int)('a' + steps.n - 1));
    ari_yaml node = {.text = ari_str_of(text)};
    ari_findings_free(&f->findings);
    f->findings = (ari_findings){0};
    ari_expr *e = ari_expr_parse(&f->arena, &f->nums, &node, &f->findings);
    good = e && ari_expr_check(&f->arena, e, &scope, ARI_TYPE_NUM, false, &f->findings);
    if (good) steps.made[steps.n++] = e;
  }
  ok(!good && steps.n == 7 && f->findings.items[0].code == ARI_E0320, "names that double end at 500 parts");
}

static void test_used(fixture *f) {
  memset(f->used, 0, sizeof f->used);
  (void)read_formula(f, "if present(story) then received else x - received", ARI_TYPE_NUM, false);
  ok(f->used[NOTE] == 1 && f->used[RECEIVED] == 2 && f->used[X] == 1 && f->used[ON_TIME] == 0, "each input that is used is told");
}

/* max is 8. */
static void test_points(fixture *f) {
  static const struct { const char *formula, *points, *plain; } all[] = {
    {"50%", "4", "0.5"},
    {"100% - 25%", "6", "0.75"},
    {"-25%", "-2", "-0.25"},
    {"1 + 50%", "5", "1.5"},
    {"if x > 50% then 50% else 100%", "8", "1"},
    {"max(1, 50%, min(75%, 3))", "4", "1"},
    {"round(12.5%, 0)", "1", "0"},
    {"clamp(20%, 25%, 75%)", "2", "0.25"},
    {"abs(-50%)", "4", "0.5"},
    {"50% * max", "4", "4"},
    {"(20% + 30%) * max", "4", "4"},
    {"x * 50%", "0.2", "0.2"},
    {"max / 50%", "16", "16"},
    {"max", "8", "8"},
    {"0.5", "0.5", "0.5"},
  };
  give_number(f, X, "0.4");
  for (size_t i = 0; i < ARI_COUNT(all); i++) {
    is(value_with(f, all[i].formula, true, "8"), all[i].points, all[i].formula);
    is(value_with(f, all[i].formula, false, "8"), all[i].plain, "the same as a plain number");
  }
  forget_values(f);
}

/* What is told of a formula in a place for points, and that it is taken all the same. */
static void test_factors(fixture *f) {
  static const struct { const char *formula, *told; } all[] = {
    {"25% * x", "W0346[25%]"},
    {"25% * min(1, on_time / received)", "W0346[25%]"},
    {"(25%) * x", "W0346[25%]"},
    {"-25% * x", "W0346[25%]"},
    {"x * 12.5 %", "W0346[12.5 %]"},
    {"on_time / received / 90%", ""},
    {"x / (2 * 25%)", ""},
    {"50% * x + 50% * on_time / received", "W0346[50%] W0346[50%]"},
    {"min(2, 25% * x)", "W0346[25%]"},
    {"if done then 25% * x else 0", "W0346[25%]"},
    {"25% * max(x, 1)", "W0346[25%]"},
    {"25% * max + 10% * x", "W0346[10%]"},
    {"50% * max", ""},
    {"max * 50%", ""},
    {"(50%) * max * x", ""},
    {"x * 50% * max", ""},
    {"max * (x / 90%)", ""},
    {"25% * min(max, x)", ""},
    {"-(50% * max)", ""},
    {"50%", ""},
    {"25% + 50%", ""},
    {"0.25 * x", ""},
    {"rate * 2", ""},
    {"if x > 25% * scale then 50% else 0", ""},
    {"if x / 90% < 1 then 50% else 0", ""},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) {
    ari_expr *e = read_formula(f, all[i].formula, ARI_TYPE_NUM, true);
    is(told(f, all[i].formula, e != NULL), all[i].told, all[i].formula);
    is(told_of(f, all[i].formula, ARI_TYPE_NUM), "", "nothing where no points are meant");
  }
  (void)read_formula(f, "x * 12.5 %", ARI_TYPE_NUM, true);
  ok(ari_str_is(f->findings.items[0].args.at[1].as.text, "0.125"), "the number as it is to be written");
}

int main(void) {
  fixture f;
  fixture_start(&f);
  test_types(&f);
  test_no_inputs(&f);
  test_suggestions(&f);
  test_used(&f);
  test_size(&f);
  test_points(&f);
  test_factors(&f);
  is(sentence_of(&f, "x + done", ARI_EN), "+ works with values of type number, but \"done\" is of type yes_no", "types have the names that authors write");
  is(sentence_of(&f, "x > start", ARI_VI), "không so sánh được \"x\" (number) với \"start\" (date)", "in both languages");
  fixture_end(&f);
  return done();
}
