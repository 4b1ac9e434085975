/* Dates and periods. */
#include "base/base.h"
#include "tap.h"

static const char *date_text(int32_t day, ari_locale how) {
  static char text[64];
  ari_buf b = {0};
  ari_buf_date(&b, day, how);
  ari_buf_char(&b, '\0');
  memcpy(text, b.p, b.n < sizeof text ? b.n : sizeof text);
  ari_buf_free(&b);
  return text;
}

static int32_t day_of(const char *s) {
  int32_t day = -1000000000;
  return ari_date_read(ari_str_of(s), &day) ? day : -1000000000;
}

static void test_dates(void) {
  ok(day_of("1970-01-01") == 0 && day_of("1970-01-02") == 1 && day_of("1969-12-31") == -1, "around 1970");
  ok(day_of("2026-01-31") == 20484 && day_of("2000-02-29") == 11016 && day_of("0001-01-01") == -719162 && day_of("9999-12-31") == 2932896,
     "known days");
  const char *const bad[] = {"2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "0000-01-01", "2026-1-31",
                             "31/01/2026", "2026/01/31", "2026-01-31 ", " 2026-01-31", "2026-01-3x", "-026-01-31", "", "2026"};
  int refused = 1;
  for (size_t i = 0; i < ARI_COUNT(bad); i++) refused &= day_of(bad[i]) == -1000000000;
  ok(refused, "no such days");
  int32_t day = day_of("0001-01-01"), last = day_of("9999-12-31");
  int same = 1;
  for (; day <= last; day++) same &= day_of(date_text(day, ARI_AS_DATA)) == day;
  ok(same, "every day from 0001 to 9999 reads back");
  is(date_text(20484, ARI_AS_VI), "31/01/2026", "Vietnamese");
  is(date_text(20484, ARI_AS_EN), "31 January 2026", "English");
  is(date_text(day_of("2024-02-29"), ARI_AS_EN), "29 February 2024", "a leap day");
  is(date_text(-719528, ARI_AS_DATA), "0000-01-01", "before the first year");
  is(date_text(INT32_MAX, ARI_AS_DATA), "5881580-07-11", "the last day of all");
}

static const char *time_text(int64_t at, ari_locale how) {
  static char text[64];
  ari_buf b = {0};
  ari_buf_time(&b, at, how);
  ari_buf_char(&b, '\0');
  memcpy(text, b.p, b.n < sizeof text ? b.n : sizeof text);
  ari_buf_free(&b);
  return text;
}

static void test_times(void) {
  is(time_text(0, ARI_AS_DATA), "1970-01-01T00:00:00Z", "the first second");
  is(time_text(INT64_C(20484) * 86400 + 9 * 3600 + 5 * 60 + 7, ARI_AS_VI), "31/01/2026 09:05:07", "a moment in Vietnamese");
  is(time_text(INT64_C(20484) * 86400 + 86399, ARI_AS_EN), "31 January 2026 23:59:59", "and in English");
  is(time_text(-1, ARI_AS_DATA), "1969-12-31T23:59:59Z", "a second before 1970");
  is(time_text(INT64_C(-719528) * 86400, ARI_AS_DATA), "0000-01-01T00:00:00Z", "the first that a calendar has");
  is(time_text(INT64_C(-719528) * 86400 - 1, ARI_AS_DATA), "-62167219201", "and the one before: 719528 x 86400 = 62167219200");
  is(time_text(INT64_C(2932897) * 86400 - 1, ARI_AS_DATA), "9999-12-31T23:59:59Z", "the last");
  is(time_text(INT64_C(2932897) * 86400, ARI_AS_DATA), "253402300800", "and the one behind: 2932897 x 86400");
  is(time_text(INT64_MIN, ARI_AS_DATA), "-9223372036854775808", "the least of all");
  is(time_text(INT64_MAX, ARI_AS_DATA), "9223372036854775807", "the greatest");
}

static const char *period_text(const char *s) {
  static char text[32];
  ari_period p;
  if (!ari_period_read(ari_str_of(s), &p)) return "none";
  ari_buf b = {0};
  ari_buf_period(&b, p);
  ari_buf_char(&b, '\0');
  memcpy(text, b.p, b.n);
  ari_buf_free(&b);
  return text;
}

static void test_periods(void) {
  const char *const good[] = {"2026", "2026-H1", "2026-H2", "2026-Q1", "2026-Q4", "2026-01", "2026-12", "0850-09"};
  for (size_t i = 0; i < ARI_COUNT(good); i++) is(period_text(good[i]), good[i], good[i]);
  const char *const bad[] = {"", "202", "20260", "2026-", "2026-H0", "2026-H3", "2026-Q5", "2026-00", "2026-13", "2026-8", "2026-H",
    "2026-h1",
                             "2026-Q12", "0000", "2026/08", "26-08", "2026-H1 "};
  for (size_t i = 0; i < ARI_COUNT(bad); i++) is(period_text(bad[i]), "none", bad[i][0] ? bad[i] : "(nothing)");
  ari_period a = {0}, b = {0}, c = {0};
  ok(ari_period_read(ARI_STR("2026-Q1"), &a) && ari_period_read(ARI_STR("2026-Q1"), &b) && ari_period_read(ARI_STR("2026-01"), &c), "read");
  ok(a.year == 2026 && a.part == 1 && a.kind == ARI_QUARTER && c.kind == ARI_MONTH, "its parts");
  ok(ari_period_eq(a, b) && !ari_period_eq(a, c), "equal only when the kind is");
}

int main(void) {
  test_dates();
  test_times();
  test_periods();
  return done();
}
