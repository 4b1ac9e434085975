/* What is known of a formula without evidence: ranges, conditions that are settled, and divisions that can be empty. */
#include "expr_fixture.h"

/* "0..", "..", "1..10", "true", "false", "open". max is 10 or not known (max NULL). */
static const char *range_of(fixture *f, const char *formula, bool points, const char *max) {
  ari_expr *e = read_formula(f, formula, ARI_TYPE_NONE, points);
  ari_scope scope = scope_of(f);
  ari_range r;
  if (!e) return "not accepted";
  ari_num *most = ari_nums_new(&f->nums);
  ari_dec dec = {0};
  if (!most || (max && ari_dec_read(ari_str_of(max), &dec, NULL) != ARI_DEC_OK)) abort();
  ari_num_set_dec(most, dec);
  if (!ari_expr_range(&f->nums, e, &scope, max ? most : NULL, &r)) return "no memory";
  ari_buf_clear(&f->text);
  if (e->type == ARI_TYPE_BOOL) return r.can_be_true ? r.can_be_false ? "open" : "true" : r.can_be_false ? "false" : "never";
  if (r.has_low) ari_buf_num(&f->text, r.low, 6, ARI_AS_DATA);
  ari_buf_text(&f->text, "..");
  if (r.has_high) ari_buf_num(&f->text, r.high, 6, ARI_AS_DATA);
  return text_of_buf(&f->text);
}

/* scale is 1..10, counts are 0.., x is anything. */
static void test_numbers(fixture *f) {
  static const struct { const char *formula, *range; } all[] = {
    {"5", "5..5"}, {"on_time", "0.."}, {"x", ".."}, {"scale", "1..10"}, {"max", "10..10"}, {"days(start, finish)", ".."},
    {"scale + 1", "2..11"}, {"scale - on_time", "..10"}, {"1 - scale", "-9..0"}, {"-on_time", "..0"}, {"-x", ".."}, {"x - x", ".."},
    {"scale * 2", "2..20"}, {"scale * -2", "-20..-2"}, {"scale * scale", "1..100"}, {"on_time * received", "0.."},
    {"on_time * -1", "..0"},
    {"(scale - 5) * (scale - 5)", "-20..25"}, {"x * 0", "0..0"}, {"on_time * (scale - 5)", ".."}, {"on_time * (0 - scale)", "..0"},
    {"on_time / received", "0.."}, {"1 / scale", "0.1..1"}, {"scale / 2", "0.5..5"}, {"scale / -2", "-5..-0.5"}, {"1 / on_time", "0.."},
    {"1 / (on_time + 1)", "0..1"}, {"1 / (0 - on_time)", "..0"}, {"1 / (-1 - on_time)", "-1..0"}, {"1 / x", ".."}, {"1 / (x * 0)", ".."},
    {"1 / (scale - 5)", ".."}, {"9 / (scale - 1)", "1.."},
    {"(scale + on_time) / scale", "0.1.."},
    {"if x > 0 then 1 else 2", "1..2"}, {"if on_time >= 0 then 1 else 2", "1..1"}, {"if on_time < 0 then 1 else scale", "1..10"},
    {"if done then on_time else scale", "0.."},
    {"min(scale, 5)", "1..5"}, {"min(on_time, 5)", "0..5"}, {"min(x, 5)", "..5"}, {"max(x, 5)", "5.."},
    {"max(scale, 5, on_time)", "5.."}, {"min(1, on_time / received)", "0..1"},
    {"max(min(x, 3), 2)", "2..3"}, {"clamp(x, 0, 1)", "0..1"}, {"clamp(on_time, -1, 1)", "0..1"}, {"clamp(scale, 3, 4)", "3..4"},
    {"clamp(scale, x, x)", ".."},
    {"abs(scale)", "1..10"}, {"abs(-scale)", "1..10"}, {"abs(scale - 3)", "0..7"}, {"abs(scale - 8)", "0..7"}, {"abs(x)", "0.."},
    {"abs(-on_time)", "0.."}, {"abs(5 - on_time)", "0.."},
    {"round(scale / 3, 1)", "0.3..3.3"}, {"round(on_time, 0)", "0.."}, {"round(x, 2)", ".."},
    {"1 - on_time / received", "..1"},
    {"sqrt(scale * scale)", "1..10"}, {"sqrt(scale)", "1..3.162277…"}, {"sqrt(x)", "0.."}, {"sqrt(on_time)", "0.."}, {"ln(scale)", "0..2.302585…"},
    {"ln(on_time)", ".."}, {"ln(scale - 1)", "..2.197224…"}, {"exp(0 - on_time)", "0..1"}, {"exp(x)", "0.."}, {"exp(scale * 100)", "0.."},
    {"pow(scale, 2)", "1..100"}, {"pow(on_time, 3)", "0.."}, {"pow(scale, -1)", "0.."}, {"pow(x, 2)", ".."}, {"pow(scale, x)", "0.."},
    {"cohort.max(scale)", "1..10"}, {"cohort.mean(on_time)", "0.."}, {"cohort.median(x)", ".."}, {"cohort.min(scale / 3)", "0.333333…..3.333333…"},
    {"ratio", "0.."}, {"twice", "0.."}, {"curve", "1..3.162277…"}, {"min(1, ratio)", "0..1"}, {"pow(min(1, ratio), 0.5)", "0..1"},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(range_of(f, all[i].formula, false, "10"), all[i].range, all[i].formula);
  is(range_of(f, "max", false, NULL), "0..", "a maximum that is not given is not negative");
  is(range_of(f, "50%", true, "8"), "4..4", "a share of the max");
  is(range_of(f, "-50%", true, "8"), "-4..-4", "a deduction of a share");
  is(range_of(f, "50%", true, NULL), "0..", "a share of a max that is not given");
  is(range_of(f, "0%", true, NULL), "0..0", "nothing of it");
  is(range_of(f, "if done then 100% else 1", true, "8"), "1..8", "points");
}

static void test_conditions(fixture *f) {
  static const struct { const char *formula, *is; } all[] = {
    {"on_time >= 0", "true"}, {"on_time < 0", "false"}, {"on_time > 0", "open"}, {"0 <= on_time", "true"}, {"0 > on_time", "false"},
    {"scale <= 10", "true"}, {"scale < 10", "open"}, {"scale > 10", "false"}, {"scale >= 10", "open"}, {"scale = 10", "open"},
    {"scale = 11", "false"}, {"scale != 11", "true"},
    {"scale != 1", "open"}, {"2 = 2", "true"}, {"2 != 2", "false"}, {"2 < 2", "false"}, {"2 <= 2", "true"}, {"x = x", "open"},
    {"x > 5", "open"},
    {"done", "open"}, {"not done", "open"}, {"not on_time >= 0", "false"}, {"not scale > 10", "true"}, {"done = open", "open"},
    {"plan = 'late'", "open"}, {"start < finish", "open"},
    {"2026-01-01 < 2026-01-02", "open"}, {"present(x)", "open"},
    {"on_time >= 0 and scale <= 10", "true"}, {"on_time >= 0 and done", "open"}, {"on_time < 0 and done", "false"},
    {"done and on_time < 0", "false"},
    {"on_time >= 0 or done", "true"}, {"on_time < 0 or done", "open"}, {"on_time < 0 or scale > 10", "false"},
    {"if done then on_time >= 0 else scale > 0", "true"},
    {"if done then on_time >= 0 else scale > 10", "open"}, {"on_time / received > 2", "open"}, {"on_time / received < 0", "false"},
    {"on_time <= received", "open"},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(range_of(f, all[i].formula, false, "10"), all[i].is, all[i].formula);
}

static const char *empty_of(fixture *f, const char *formula) {
  ari_expr *e = read_formula(f, formula, ARI_TYPE_NONE, false);
  ari_scope scope = scope_of(f);
  const ari_expr *where;
  if (!e) return "not accepted";
  if (!ari_expr_can_be_empty(e, &scope, NULL, &where)) return "no memory";
  ari_buf_clear(&f->text);
  if (where) ari_buf_str(&f->text, where->text);
  return text_of_buf(&f->text);
}

static void test_empty(fixture *f) {
  static const struct { const char *formula, *where; } all[] = {
    {"on_time / received", "on_time / received"}, {"on_time + received", ""}, {"on_time / 2", ""}, {"on_time / scale", ""},
    {"1 / x", "1 / x"},
    {"on_time / (received + 1)", ""}, {"on_time / (received + scale)", ""},
    {"on_time / (on_time + received)", "on_time / (on_time + received)"},
    {"on_time / max(received, 1)", ""}, {"on_time / (received * scale)", "on_time / (received * scale)"},
    {"on_time / (scale * scale)", ""}, {"on_time / (scale - 1)", "on_time / (scale - 1)"},
    {"1 / received + 1 / x", "1 / received"}, {"(1 / x) / received", "1 / x"}, {"1 / (1 / received)", "1 / received"},
    {"if received > 0 then on_time / received else 0", ""}, {"if received != 0 then on_time / received else 0", ""},
    {"if received >= 1 then on_time / received else 0", ""},
    {"if received > 5 then on_time / received else 0", ""}, {"if 0 < received then on_time / received else 0", ""},
    {"if received >= 0 then on_time / received else 0", "on_time / received"},
    {"if received = 0 then 1 else on_time / received", ""}, {"if received <= 0 then 1 else on_time / received", ""},
    {"if received < 1 then 1 else on_time / received", ""},
    {"if received = 0 then on_time / received else 1", "on_time / received"},
    {"if received > 0 then 1 else on_time / received", "on_time / received"},
    {"if received < 5 then on_time / received else 0", "on_time / received"}, {"if x < 0 then 1 / x else 0", ""},
    {"if x <= -1 then 1 / x else 0", ""}, {"if x > -1 then 1 / x else 0", "1 / x"},
    {"if not received = 0 then on_time / received else 0", ""}, {"if done and received > 0 then on_time / received else 0", ""},
    {"if done or received > 0 then on_time / received else 0", "on_time / received"},
    {"if received = 0 or done then 0 else on_time / received", ""},
    {"if received = 0 and done then 0 else on_time / received", "on_time / received"},
    {"if on_time + received > 0 then on_time / (on_time + received) else 0", ""},
    {"if on_time > 0 then on_time / (on_time + received) else 0", ""},
    {"if on_time > 0 then 1 / (on_time * received) else 0", "1 / (on_time * received)"},
    {"if on_time > 0 and received > 0 then 1 / (on_time * received) else 0", ""},
    {"if x > 0 then 1 / (x + received) else 0", "1 / (x + received)"}, {"if received > on_time then 1 / received else 0", ""},
    {"if on_time < received then 1 / received else 0", ""},
    {"received > 0 and on_time / received > 0.5", ""}, {"received = 0 or on_time / received > 0.5", ""},
    {"received > 0 or on_time / received > 0.5", "on_time / received"},
    {"done and received > 0 and on_time / received > 0.5", ""}, {"on_time / received > 0.5 and received > 0", "on_time / received"},
    {"if received > 0 then on_time / x else 0", "on_time / x"},
    {"if received > 0 then if x != 0 then on_time / x / received else 0 else 0", ""},
    {"min(1, on_time / received)", "on_time / received"}, {"if on_time / received > 1 then 1 else 0", "on_time / received"},
    {"if received = 1 then on_time / received else 0", ""},
    {"if received * 2 > 0 then 1 / (received * 2) else 1 / scale", ""},
    {"if received * 2 > 0 then 1 / (received * 3) else 0", "1 / (received * 3)"}, {"1 / abs(x)", "1 / abs(x)"},
    {"1 / -scale", ""}, {"1 / (on_time / scale)", "1 / (on_time / scale)"}, {"1 / (scale / 3)", ""}, {"1 / max", "1 / max"},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(empty_of(f, all[i].formula), all[i].where, all[i].formula);
}

int main(void) {
  fixture f;
  fixture_start(&f);
  test_numbers(&f);
  test_conditions(&f);
  test_empty(&f);
  fixture_end(&f);
  return done();
}
