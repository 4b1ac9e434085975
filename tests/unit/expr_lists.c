/* Lists of values: mean, sum, count and present of them, what is known of these without evidence, and what is told of a list anywhere else. */
#include "expr_fixture.h"

static void test_values(fixture *f) {
  forget_values(f);
  is(value_of(f, "mean(marks)"), "missing marks", "a list that was not given is missing");
  is(value_of(f, "present(marks)"), "false", "and not present");
  is(value_of(f, "if present(marks) then count(marks) else -1"), "-1", "which can be asked");
  give_list(f, MARKS, "8.5 9.05 7");
  is(value_of(f, "sum(marks)"), "24.55", "8.5 + 9.05 + 7");
  is(value_of(f, "count(marks)"), "3", "three values");
  is(value_of(f, "mean(marks) = 24.55 / 3"), "true", "their mean, exactly");
  is(value_of(f, "mean(marks) * count(marks) = sum(marks) and present(marks)"), "true", "and all of them in one formula");
  is(value_of(f, "clamp(mean(marks) / 10, 0, sum(marks)) - count(marks)"), "-2.181666666666…", "as arguments: 24.55 / 30 - 3");
  give_list(f, MARKS, "7");
  is(value_of(f, "mean(marks)"), "7", "of one value it is that value");
  give_list(f, MARKS, "");
  is(value_of(f, "mean(marks)"), "empty [mean(marks)]", "the mean of nothing is 0/0");
  is(value_of(f, "sum(marks)"), "0", "the sum of nothing is 0");
  is(value_of(f, "count(marks)"), "0", "and so is its count");
  is(value_of(f, "present(marks)"), "true", "a list of nothing was given");
  is(value_of(f, "1 + 1 / sum(marks)"), "by zero [1 / sum(marks)]", "a/0");
  give_list(f, HOURS, "999999999999999999 999999999999999999 0");
  is(value_of(f, "sum(hours)"), "1999999999999999998", "beyond 18 digits");
  forget_values(f);
}

static const char *range_of(fixture *f, const char *formula) {
  ari_expr *e = read_formula(f, formula, ARI_TYPE_NUM, false);
  ari_scope scope = scope_of(f);
  ari_range r;
  if (!e || !ari_expr_range(&f->nums, e, &scope, NULL, &r)) return "not accepted";
  ari_buf_clear(&f->text);
  if (r.has_low) ari_buf_num(&f->text, r.low, 6, ARI_AS_DATA);
  ari_buf_text(&f->text, "..");
  if (r.has_high) ari_buf_num(&f->text, r.high, 6, ARI_AS_DATA);
  return text_of_buf(&f->text);
}

static const char *empty_of(fixture *f, const char *formula) {
  ari_expr *e = read_formula(f, formula, ARI_TYPE_NONE, false);
  ari_scope scope = scope_of(f);
  const ari_expr *where;
  if (!e || !ari_expr_can_be_empty(e, &scope, NULL, &where)) return "not accepted";
  ari_buf_clear(&f->text);
  if (where) ari_buf_str(&f->text, where->text);
  return text_of_buf(&f->text);
}

static void test_known(fixture *f) {
  is(range_of(f, "mean(marks)"), "1..10", "a mean lies within its values' range");
  is(range_of(f, "mean(hours)"), "0..", "as far as that is known");
  is(range_of(f, "sum(marks)"), "0..", "a sum of nothing is 0");
  is(range_of(f, "count(marks)"), "0..", "a count is not negative");
  static const struct { const char *formula, *where; } all[] = {
    {"mean(marks)", "mean(marks)"}, {"sum(marks) + count(marks)", ""}, {"sum(marks) / count(marks)", "sum(marks) / count(marks)"},
    {"if count(marks) > 0 then mean(marks) else 0", ""}, {"if count(marks) = 0 then 0 else mean(marks)", ""},
    {"if count(marks) >= 5 then mean(marks) / 10 else 0", ""}, {"if count(hours) > 0 then mean(marks) else 0", "mean(marks)"},
    {"if count(marks) > 0 then mean(marks) / mean(hours) else 0", "mean(hours)"}, {"1 / mean(marks)", "mean(marks)"},
    {"count(marks) > 0 and mean(marks) > 5", ""}, {"if count(marks) > 0 then sum(marks) / count(marks) else 0", ""},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(empty_of(f, all[i].formula), all[i].where, all[i].formula);
}

static void test_told(fixture *f) {
  is(told_of(f, "marks", ARI_TYPE_NUM), "E0375[marks]", "a list alone");
  is(told_of(f, "marks + 1 > x", ARI_TYPE_BOOL), "E0375[marks]", "in a sum");
  is(told_of(f, "min(marks, 3)", ARI_TYPE_NUM), "E0375[marks]", "in another function");
  is(told_of(f, "mean(x)", ARI_TYPE_NUM), "E0376[x]", "the mean of one number");
  is(told_of(f, "count(story)", ARI_TYPE_NUM), "E0376[story]", "the count of a text");
  is(told_of(f, "sum(marks * 2)", ARI_TYPE_NUM), "E0376[marks * 2]", "the sum of a formula");
  is(told_of(f, "sum(ratio)", ARI_TYPE_NUM), "E0376[ratio]", "of a name of let");
  is(told_of(f, "mean(markss)", ARI_TYPE_NUM), "E0324[markss]", "of an input that is not there");
  is(told_of(f, "mean(marks, hours)", ARI_TYPE_NUM), "E0317[mean(marks, hours)]", "of two lists");
  is(told_of(f, "mean(marks) > 5", ARI_TYPE_NUM), "E0339[mean(marks) > 5]", "they are numbers");
  ok(f->used[MARKS] > 0, "a list that is named is used");
}

static const char *shown(fixture *f, ari_locale how) {
  ari_scope scope = scope_of(f);
  ari_inputs inputs = inputs_of(f);
  ari_expr *e = read_formula(f, "mean(marks) / 10", ARI_TYPE_NUM, false);
  ari_buf_clear(&f->text);
  if (e) ari_expr_print_values(&f->text, e, &scope, &inputs, how);
  return text_of_buf(&f->text);
}

static void test_shown(fixture *f) {
  forget_values(f);
  is(shown(f, ARI_AS_EN), "mean(?) / 10", "not given");
  give_list(f, MARKS, "8.5 9.05 7");
  is(shown(f, ARI_AS_EN), "mean(8.5; 9.05; 7) / 10", "with values");
  is(shown(f, ARI_AS_VI), "mean(8,5; 9,05; 7) / 10", "in Vietnamese");
  give_list(f, MARKS, "1 2 3 4 5 6 7 8 9 10");
  is(shown(f, ARI_AS_EN), "mean(1; 2; 3; 4; 5; 6; 7; 8; 9; 10) / 10", "ten values stand there");
  give_list(f, MARKS, "1 2 3 4 5 6 7 8 9 10 9 8");
  is(shown(f, ARI_AS_EN), "mean(1; 2; 3; 4; 5; 6; 7; 8; 9; 10; … (12 values)) / 10", "of more the first ten");
  is(shown(f, ARI_AS_VI), "mean(1; 2; 3; 4; 5; 6; 7; 8; 9; 10; … (12 giá trị)) / 10", "and how many there are");
  give_list(f, MARKS, "");
  is(shown(f, ARI_AS_EN), "mean([]) / 10", "of none none");
}

int main(void) {
  fixture f;
  fixture_start(&f);
  test_values(&f);
  test_known(&f);
  test_told(&f);
  test_shown(&f);
  fixture_end(&f);
  return done();
}
