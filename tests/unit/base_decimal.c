/* Reading decimals as people write them, and printing figures. */
#include "base/base.h"
#include "tap.h"

#include <stdio.h>

static const char *const errors[] = {"ok", "empty", "comma", "grouped", "digits", "syntax"};

/* "coef/scale/written", or the error with what to write instead. */
static const char *tell(ari_dec_error e, ari_dec d, const char *fixed) {
  static char text[96];
  if (!e) snprintf(text, sizeof text, "%lld/%d/%d", (long long)d.coef, d.scale, d.written);
  else snprintf(text, sizeof text, "%s%s%s", errors[e], *fixed ? " " : "", fixed);
  return text;
}

static const char *number(const char *s) {
  char fixed[32] = "";
  ari_dec d = {0};
  ari_dec_error e = ari_dec_read(ari_str_of(s), &d, fixed);
  return tell(e, d, fixed);
}

static const char *whole(const char *s, bool cents) {
  char fixed[32] = "";
  ari_dec d = {0};
  ari_dec_error e = ari_dec_read_count(ari_str_of(s), cents, &d, fixed);
  return tell(e, d, fixed);
}

typedef struct pair { const char *in, *out; } pair;

static void test_numbers(void) {
  static const pair cases[] = {
    {"0", "0/0/0"}, {"-0", "0/0/0"}, {"007", "7/0/0"}, {"-12.50", "-125/1/2"}, {"390.79999114746801", "39079999114746801/14/14"},
    {"3.6e-05", "36/6/6"}, {"0.8439700000000001", "8439700000000001/16/16"}, {"1.000", "1/0/3"}, {"4.000", "4/0/3"}, {"0.000", "0/0/3"},
    {"1E+05", "100000/0/0"}, {"1e5", "100000/0/0"}, {"1.25e1", "125/1/1"}, {"1200e-2", "12/0/2"}, {"0e999999999999", "0/0/0"},
    {"1e20", "100000000000000000/-3/0"}, {"9e47", "900000000000000000/-30/0"}, {"1e-30", "1/30/30"}, {"1e-31", "digits"},
    {"9e48", "digits"}, {"1e-99999999999999999999", "digits"}, {"0.000000000000000000000000000001", "1/30/30"},
    {"0.0000000000000000000000000000001", "digits"},
    {"0.50000000000000000000000000000000000000000", "5/1/30"},
    {"999999999999999999", "999999999999999999/0/0"}, {"-999999999999999999", "-999999999999999999/0/0"}, {"1000000000000000000", "digits"},
    {"000000000000000000001", "1/0/0"}, {"1.23456789012345678", "123456789012345678/17/17"}, {"1.234567890123456789", "digits"},
    {"0.00000000000123456789012345678", "123456789012345678/29/29"}, {"0.0000000000123456789012345678", "123456789012345678/28/28"},
    {"0.000000000000000000000000001200", "12/28/30"}, {"123456789012345678.00", "123456789012345678/0/2"},
    {"7,46", "comma 7.46"}, {"-7,46", "comma -7.46"}, {"0,125", "comma 0.125"}, {"1234,567", "comma 1234.567"}, {"1,2345", "comma 1.2345"},
    {"3,6e-05", "comma 3.6e-05"}, {"1,234", "grouped 1234"}, {"1.234.567", "grouped 1234567"}, {"1 234", "grouped 1234"},
    {"1\u00A0234", "grouped 1234"}, {"1\u202F234\u202F567", "grouped 1234567"}, {"12'345", "grouped 12345"}, {"-1,234", "grouped -1234"},
    {"1.234,56", "grouped 1234.56"}, {"1,234.56", "grouped 1234.56"}, {"1 234,5", "grouped 1234.5"}, {"1,234,567.8", "grouped 1234567.8"},
    {"", "empty"}, {"-", "syntax"}, {"+5", "syntax"}, {".5", "syntax"}, {"5.", "syntax"}, {"1..2", "syntax"}, {"1.2.3", "syntax"},
    {"e5", "syntax"}, {"1e", "syntax"}, {"1e+", "syntax"}, {"1e5.5", "syntax"}, {"1.e5", "syntax"}, {"12 34", "syntax"},
    {"1,23,456", "syntax"},
    {"1.234,567.8", "syntax"}, {"1 ", "syntax"}, {" 1", "syntax"}, {"--1", "syntax"}, {"0x10", "syntax"}, {"nan", "syntax"},
    {"inf", "syntax"}, {"5%", "syntax"},
    {"1,2,3", "syntax"}, {"\u22125", "syntax"}, {"١", "syntax"}, {"1.234e5,6", "syntax"}, {"1,234e5", "comma 1.234e5"},
    {"1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9", "syntax"}, {"1,234567890123456789012345678901234", "digits"}};
  for (size_t i = 0; i < ARI_COUNT(cases); i++) is(number(cases[i].in), cases[i].out, cases[i].in[0] ? cases[i].in : "(nothing)");
}

static void test_plain(void) {
  static const pair cases[] = {
    {"\u22125", "-5"}, {"\u20137.5%", "-7.5%"}, {"\uFF15\uFF10\uFF0E\uFF15\uFF05", "50.5%"}, {"-5", "no"}, {"", "no"}, {"\u22125\u00A0", "no"},
    {"\u221212345678901234567890123456789012345678901234567890", "no"}};
  for (size_t i = 0; i < ARI_COUNT(cases); i++) {
    char plain[ARI_DEC_PLAIN];
    bool turned = ari_dec_plain(ari_str_of(cases[i].in), plain);
    is(turned ? plain : "no", cases[i].out, cases[i].in);
  }
}

static void test_counts(void) {
  static const pair counts[] = {
    {"0", "0/0/0"}, {"4000", "4000/0/0"}, {"0004", "4/0/0"}, {"999999999999999999", "999999999999999999/0/0"},
    {"1000000000000000000", "digits"}, {"4.000", "grouped 4000"}, {"4 000", "grouped 4000"}, {"4,000", "grouped 4000"},
    {"4'000", "grouped 4000"},
    {"4\u00A0000", "grouped 4000"}, {"1.500.000", "grouped 1500000"}, {"", "empty"}, {"12.5", "syntax"}, {"12,5", "syntax"},
    {"12.50", "syntax"}, {"-5", "syntax"},
    {"+5", "syntax"}, {"1e5", "syntax"}, {"0.500", "syntax"}, {"1234.567", "syntax"}, {"5 ", "syntax"}, {"x", "syntax"},
    {"4.00", "syntax"}};
  static const pair moneys[] = {
    {"1500", "1500/0/0"}, {"1500.50", "15005/1/2"}, {"1500.5", "15005/1/1"}, {"1500.00", "1500/0/2"}, {"0.05", "5/2/2"},
    {"1500,50", "comma 1500.50"}, {"1,5", "comma 1.5"}, {"1.500", "grouped 1500"}, {"1.500.000", "grouped 1500000"},
    {"1,500,000", "grouped 1500000"}, {"1.500.000,50", "grouped 1500000.50"}, {"1,500,000.5", "grouped 1500000.5"},
    {"1 500 000", "grouped 1500000"},
    {"9999999999999999.99", "999999999999999999/2/2"}, {"99999999999999999.99", "digits"},
    {"1500.505", "syntax"}, {"0.505", "syntax"}, {"-5", "syntax"}, {"1.5e3", "syntax"}, {"", "empty"}, {"1.", "syntax"}};
  for (size_t i = 0; i < ARI_COUNT(counts); i++)
    is(whole(counts[i].in, false), counts[i].out, *counts[i].in ? counts[i].in : "(nothing)");
  for (size_t i = 0; i < ARI_COUNT(moneys); i++)
    is(whole(moneys[i].in, true), moneys[i].out, *moneys[i].in ? moneys[i].in : "(nothing)");
  ari_dec d;
  ok(ari_dec_read(ARI_STR("7,46"), &d, NULL) == ARI_DEC_COMMA && ari_dec_read_count(ARI_STR("4.000"), true, &d, NULL) == ARI_DEC_GROUPED,
     "without room for the fixed text");
}

static const char *figure(int64_t v, int decimals, ari_locale how) {
  static char text[64];
  ari_buf b = {0};
  ari_buf_e12(&b, v, decimals, how);
  ari_buf_char(&b, '\0');
  memcpy(text, b.p, b.n);
  ari_buf_free(&b);
  return text;
}

static const char *decimal(int64_t coef, int scale, ari_locale how) {
  static char text[128];
  ari_buf b = {0};
  ari_buf_dec(&b, (ari_dec){coef, (int8_t)scale, 0}, how);
  ari_buf_char(&b, '\0');
  memcpy(text, b.p, b.n);
  ari_buf_free(&b);
  return text;
}

static void test_print(void) {
  const int64_t v = INT64_C(11717500000000000);   /* 11717.5 */
  is(figure(v, -1, ARI_AS_DATA), "11717.5", "for machines");
  is(figure(v, -1, ARI_AS_VI), "11.717,5", "Vietnamese");
  is(figure(v, -1, ARI_AS_EN), "11,717.5", "English");
  is(figure(v, 2, ARI_AS_VI), "11.717,50", "exactly two decimals");
  is(figure(v, 0, ARI_AS_EN), "11,717.5", "more decimals than asked are shown");
  is(figure(-v, 2, ARI_AS_DATA), "-11717.50", "a minus for machines");
  is(figure(-v, 2, ARI_AS_VI), "−11.717,50", "a minus for people");
  is(figure(0, -1, ARI_AS_VI), "0", "zero");
  is(figure(0, 2, ARI_AS_EN), "0.00", "zero with decimals");
  is(figure(1, -1, ARI_AS_DATA), "0.000000000001", "the smallest");
  is(figure(-1, 2, ARI_AS_DATA), "-0.000000000001", "nothing is hidden");
  is(figure(ARI_ONE / 20, 2, ARI_AS_VI), "0,05", "zeros behind the point");
  is(figure(100 * ARI_ONE, -1, ARI_AS_EN), "100", "a whole number keeps its zeros");
  is(figure(1000 * ARI_ONE, 1, ARI_AS_EN), "1,000.0", "four digits are grouped");
  is(figure(9000000 * ARI_ONE, -1, ARI_AS_VI), "9.000.000", "the largest");
  is(figure(INT64_MIN, -1, ARI_AS_DATA), "-9223372.036854775808", "INT64_MIN");
  is(decimal(125, 1, ARI_AS_DATA), "12.5", "a decimal");
  is(decimal(-36, 6, ARI_AS_VI), "−0,000036", "a small one");
  is(decimal(0, 0, ARI_AS_EN), "0", "zero");
  is(decimal(9, -12, ARI_AS_EN), "9,000,000,000,000", "with an exponent");
  is(decimal(999999999999999999, -30, ARI_AS_DATA), "999999999999999999000000000000000000000000000000", "the largest decimal");
  is(decimal(1, 30, ARI_AS_DATA), "0.000000000000000000000000000001", "the smallest decimal");
}

int main(void) {
  test_numbers();
  test_plain();
  test_counts();
  test_print();
  return done();
}
