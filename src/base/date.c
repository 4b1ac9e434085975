/* Dates as days since 1970-01-01 of the Gregorian calendar, and periods of evaluation. */
#include "base.h"

/* n digits at p as a number, or -1. */
static int read_digits(const char *p, int n) {
  int v = 0;
  for (int i = 0; i < n; i++) {
    if (p[i] < '0' || p[i] > '9') return -1;
    v = v * 10 + (p[i] - '0');
  }
  return v;
}

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its year. */
static int32_t day_of(int year, int month, int day) {
  int y = year - (month <= 2), m = (month + 9) % 12;
  return (int32_t)(365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468);
}

bool ari_date_read(ari_str s, int32_t *day) {
  if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-') return false;
  int y = read_digits(s.p, 4), m = read_digits(s.p + 5, 2), d = read_digits(s.p + 8, 2);
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > days_in_month(y, m)) return false;
  *day = day_of(y, m, d);
  return true;
}

void ari_buf_date(ari_buf *b, int32_t day, ari_locale how) {
  static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                                       "November", "December"};
  int64_t left = (int64_t)day + 719468;   /* days since 0000-03-01 */
  int64_t era = (left < 0 ? left - 146096 : left) / 146097;   /* 400 years have 146097 days, always */
  int in_era = (int)(left - era * 146097);
  int y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  int in_year = in_era - (365 * y + y / 4 - y / 100);
  int m = (5 * in_year + 2) / 153;        /* months from March */
  int d = in_year - (153 * m + 2) / 5 + 1;
  int month = m < 10 ? m + 3 : m - 9;
  int64_t year = y + era * 400 + (month <= 2);
  if (how == ARI_AS_VI) ari_buf_printf(b, "%02d/%02d/%04lld", d, month, (long long)year);
  else if (how == ARI_AS_EN) ari_buf_printf(b, "%d %s %lld", d, months[month - 1], (long long)year);
  else ari_buf_printf(b, "%04lld-%02d-%02d", (long long)year, month, d);
}

void ari_buf_time(ari_buf *b, int64_t at, ari_locale how) {
  enum { FIRST = -719528, LAST = 2932896 };   /* 0000-01-01 and 9999-12-31 */
  if (at < (int64_t)FIRST * ARI_DAY || at >= (int64_t)(LAST + 1) * ARI_DAY) {
    ari_buf_int(b, at);
    return;
  }
  int64_t day = at / ARI_DAY - (at % ARI_DAY < 0), second = at - day * ARI_DAY;
  ari_buf_date(b, (int32_t)day, how);
  ari_buf_printf(b, "%c%02d:%02d:%02d%s", how == ARI_AS_DATA ? 'T' : ' ', (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60),
                 how == ARI_AS_DATA ? "Z" : "");
}

bool ari_period_read(ari_str s, ari_period *out) {
  int year = s.n >= 4 ? read_digits(s.p, 4) : -1;
  if (year < 1) return false;
  int part = 1;
  ari_period_kind kind = ARI_YEAR;
  if (s.n == 7 && s.p[4] == '-') {
    char mark = s.p[5];
    kind = mark == 'H' ? ARI_HALF : mark == 'Q' ? ARI_QUARTER : ARI_MONTH;
    part = kind == ARI_MONTH ? read_digits(s.p + 5, 2) : read_digits(s.p + 6, 1);
  } else if (s.n != 4) {
    return false;
  }
  int parts = kind == ARI_YEAR ? 1 : kind == ARI_HALF ? 2 : kind == ARI_QUARTER ? 4 : 12;
  if (part < 1 || part > parts) return false;
  *out = (ari_period){(int16_t)year, (int8_t)part, (uint8_t)kind};
  return true;
}

void ari_period_days_around(ari_period p, int32_t *first, int32_t *last) {
  *first = day_of(p.year - 30, 1, 1);
  *last = day_of(p.year + 10, 12, 31);
}

bool ari_period_eq(ari_period a, ari_period b) { return a.year == b.year && a.part == b.part && a.kind == b.kind; }

void ari_period_months(ari_period p, int *first, int *last) {
  int months = p.kind == ARI_YEAR ? 12 : p.kind == ARI_HALF ? 6 : p.kind == ARI_QUARTER ? 3 : 1;
  *first = p.year * 12 + (p.part - 1) * months;
  *last = *first + months - 1;
}

bool ari_period_ends_after(ari_period a, ari_period b) {
  int first, a_last, b_last;
  ari_period_months(a, &first, &a_last);
  ari_period_months(b, &first, &b_last);
  return a_last > b_last;
}

bool ari_period_begins_after(ari_period a, ari_period b) {
  int first, b_first, last;
  ari_period_months(a, &first, &last);
  ari_period_months(b, &b_first, &last);
  return first > last;
}

void ari_buf_period(ari_buf *b, ari_period p) {
  if (!p.kind) return;
  ari_buf_printf(b, "%04d", p.year);
  if (p.kind == ARI_HALF) ari_buf_printf(b, "-H%d", p.part);
  if (p.kind == ARI_QUARTER) ari_buf_printf(b, "-Q%d", p.part);
  if (p.kind == ARI_MONTH) ari_buf_printf(b, "-%02d", p.part);
}
