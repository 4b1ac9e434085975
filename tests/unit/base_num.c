/* Exact rationals: arithmetic, rounding, printing, and running out of memory inside GMP. */
#include "base/base.h"
#include "tap.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OWN_MALLOC 0
#elif defined(__has_feature)
#define OWN_MALLOC (!__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer))
#else
#define OWN_MALLOC 1
#endif

/* ---- failing allocations (sanitizers and valgrind have a malloc of their own: not tested there) ---- */

static long allocations_left = -1;   /* -1: no limit */

#if OWN_MALLOC
void *__libc_malloc(size_t n);
void *__libc_realloc(void *p, size_t n);
void *malloc(size_t n);
void *realloc(void *p, size_t n);

static bool fails_now(void) {
  if (allocations_left < 0) return false;
  if (allocations_left == 0) return true;
  allocations_left--;
  return false;
}
void *malloc(size_t n) { return fails_now() ? NULL : __libc_malloc(n); }
void *realloc(void *p, size_t n) { return fails_now() ? NULL : __libc_realloc(p, n); }
#endif

static bool mallocs_fail(void) {
  allocations_left = 0;
  void *p = ari_malloc(1);
  allocations_left = -1;
  ari_free(p);
  return !p;
}

/* ---- helpers ---- */

static ari_num *num(const char *decimal) {
  ari_dec d = {0};
  ari_num *a = ari_num_new();
  if (ari_dec_read(ari_str_of(decimal), &d, NULL) == ARI_DEC_OK) ari_num_set_dec(a, d);
  return a;
}

static const char *text(const ari_num *a, int decimals, ari_locale how) {
  static char out[512];
  ari_buf b = {0};
  ari_buf_num(&b, a, decimals, how);
  ari_buf_char(&b, '\0');
  memcpy(out, b.p, b.n);
  ari_buf_free(&b);
  return out;
}

static const char *rounded(const char *decimal, int decimals, ari_rounding mode) {
  ari_num *a = num(decimal);
  ari_num_round(a, a, decimals, mode);
  const char *out = text(a, 30, ARI_AS_DATA);
  ari_num_free(a);
  return out;
}

static void test_arithmetic(void) {
  ari_num *a = num("12.5"), *b = num("-0.3"), *r = ari_num_new();
  ok(ari_num_sign(r) == 0 && ari_num_is_int(r), "a new number is 0");
  ari_num_add(r, a, b);
  is(text(r, 12, ARI_AS_DATA), "12.2", "add");
  ari_num_sub(r, a, b);
  is(text(r, 12, ARI_AS_DATA), "12.8", "sub");
  ari_num_mul(r, a, b);
  is(text(r, 12, ARI_AS_DATA), "-3.75", "mul");
  ari_num_div(r, a, b);
  is(text(r, 6, ARI_AS_EN), "−41.666666…", "div; what is cut says so");
  ari_num_mul(r, r, b);
  ok(ari_num_cmp(r, a) == 0, "and back is exact");
  ari_num_neg(r, r);
  ok(ari_num_cmp(r, a) < 0 && ari_num_cmp(a, r) > 0 && ari_num_cmp_int(r, -13) > 0 && ari_num_cmp_int(r, -12) < 0, "neg, cmp, cmp_int");
  ari_num_sub(r, r, r);
  ok(ari_num_sign(r) == 0, "the same number twice");
  ari_num_set_int(r, INT64_MIN);
  ok(ari_num_is_int(r) && ari_num_cmp_int(r, INT64_MIN) == 0, "INT64_MIN");
  ari_num_set(r, a);
  ok(!ari_num_is_int(r) && ari_num_cmp(r, a) == 0 && ari_num_sign(b) == -1, "set, is_int, sign");
  ari_num_set_dec(r, (ari_dec){2500, 2, 2});
  ok(ari_num_is_int(r) && ari_num_cmp_int(r, 25) == 0, "25.00 is a whole number");
  ari_num_set_e12(r, -250 * ARI_ONE);
  ok(ari_num_is_int(r) && ari_num_cmp_int(r, -250) == 0, "so is a figure without decimals");
  ari_num_set_dec(r, (ari_dec){999, 2, 2});
  ari_num_round(r, r, 1, ARI_HALF_UP);
  ok(ari_num_is_int(r), "and 9.99 rounded to 10.0");
  ari_num_set_int(b, 0);
  ari_num_div(r, a, b);
  ok(1, "a division by zero that the caller forgot to refuse does not end the process");
  ari_num_free(a);
  ari_num_free(b);
  ari_num_free(r);
  ari_num_free(NULL);
}

static void test_rounding(void) {
  static const struct { const char *in; int decimals; const char *up, *even, *down; } cases[] = {
    {"2.345", 2, "2.35", "2.34", "2.34"}, {"2.355", 2, "2.36", "2.36", "2.35"}, {"-2.345", 2, "-2.35", "-2.34", "-2.34"},
    {"0.5", 0, "1", "0", "0"}, {"-0.5", 0, "-1", "0", "0"}, {"1.5", 0, "2", "2", "1"}, {"2.5", 0, "3", "2", "2"},
    {"80.625", 2, "80.63", "80.62", "80.62"}, {"0.3449999999999999", 2, "0.34", "0.34", "0.34"},
    {"0.3450000000000001", 2, "0.35", "0.35", "0.34"}, {"9.995", 2, "10", "10", "9.99"},
    {"17", 2, "17", "17", "17"}, {"0.1234567890125", 12, "0.123456789013", "0.123456789012", "0.123456789012"},
    {"0.004", 2, "0", "0", "0"}};
  for (size_t i = 0; i < ARI_COUNT(cases); i++) {
    is(rounded(cases[i].in, cases[i].decimals, ARI_HALF_UP), cases[i].up, cases[i].in);
    is(rounded(cases[i].in, cases[i].decimals, ARI_HALF_EVEN), cases[i].even, cases[i].in);
    is(rounded(cases[i].in, cases[i].decimals, ARI_DOWN), cases[i].down, cases[i].in);
  }
}

static void test_e12(void) {
  ari_num *a = num("0.1234567890125"), *b = ari_num_new();
  int64_t v = 0;
  ok(ari_num_e12(a, &v) && v == INT64_C(123456789013), "e12 rounds half up");
  ari_num_neg(a, a);
  ok(ari_num_e12(a, &v) && v == -INT64_C(123456789013), "away from zero");
  ari_num_set_int(a, 9000000);
  ok(ari_num_e12(a, &v) && v == 9000000 * ARI_ONE, "nine million fit");
  ari_num_set_e12(b, 1);
  ari_num_add(b, a, b);
  ok(!ari_num_e12(b, &v), "a bit more does not");
  ari_num_neg(b, b);
  ok(!ari_num_e12(b, &v), "nor below");
  ari_num_set_dec(a, (ari_dec){1, -30, 0});
  ok(!ari_num_e12(a, &v) && v == 9000000 * ARI_ONE, "nor 10^30; out stays");
  ari_num_set_e12(b, INT64_C(-1234500000000));
  is(text(b, 12, ARI_AS_VI), "−1,2345", "set_e12");
  ari_num_free(a);
  ari_num_free(b);
}

static void test_text(void) {
  ari_num *a = num("1234567.5"), *b = num("3");
  is(text(a, 12, ARI_AS_VI), "1.234.567,5", "Vietnamese");
  is(text(a, 12, ARI_AS_EN), "1,234,567.5", "English");
  is(text(a, 0, ARI_AS_DATA), "1234567…", "cut to a whole number");
  ari_num_div(a, b, a);
  is(text(a, 4, ARI_AS_VI), "0,0000…", "small");
  ari_num_neg(a, a);
  is(text(a, 2, ARI_AS_DATA), "-0.00…", "small and negative");
  ari_num_set_int(a, 2);
  ari_num_div(a, a, b);
  is(text(a, 3, ARI_AS_DATA), "0.666…", "cut, not rounded");
  ari_num_set_int(a, 0);
  is(text(a, 3, ARI_AS_DATA), "0", "zero");
  ari_num_set_int(a, 100);
  is(text(a, 3, ARI_AS_EN), "100", "a hundred");
  ari_num_free(a);
  ari_num_free(b);
}

static void test_list(void) {
  ari_nums all = {0};
  bool good = true;
  for (int i = 0; i < 100; i++) {
    ari_num *a = ari_nums_new(&all);
    good = good && a;
    if (a) ari_num_set_int(a, i);
  }
  for (int i = 0; i < 100; i++) good = good && ari_num_cmp_int(all.items[i], i) == 0;
  ok(good && all.n == 100, "a list of numbers");
  ari_nums_free(&all);
  ok(!all.items && !all.n, "freed");
}

/* A product of n inputs of 18 digits and 30 decimals. */
static void fill_large(ari_num *a, int64_t odd, int n) {
  ari_num *f = ari_num_new();
  ari_num_set_int(a, 1);
  for (int i = 0; i < n; i++) {
    ari_num_set_dec(f, (ari_dec){INT64_C(999999999999999999) - odd * i, 30, 30});
    ari_num_mul(a, a, f);
  }
  ari_num_free(f);
}

/* Runs every operation with only n allocations left; true when the flag was set. */
static bool run_short(long n, const ari_num *large, const ari_num *other, bool *survived) {
  ari_num *r = ari_num_new(), *s = ari_num_new();
  ari_buf b = {0};
  int64_t v;
  *survived = false;
  allocations_left = n;
  ari_num_add(r, large, other);
  ari_num_sub(s, r, other);
  ari_num_mul(r, r, s);
  ari_num_div(s, large, other);
  ari_num_round(r, s, 12, ARI_HALF_EVEN);
  ari_num_set(r, s);
  ari_num_set_dec(s, (ari_dec){7, 30, 30});
  ari_num_set_dec(s, (ari_dec){7, -30, 0});
  bool fits = ari_num_e12(r, &v);
  ari_buf_num(&b, r, 12, ARI_AS_DATA);
  ari_num *fresh = ari_num_new();
  allocations_left = -1;
  bool failed = ari_num_failed() || b.failed || !fresh;
  ari_num_sub(s, s, s);
  ari_num_set(r, s);
  *survived = !ari_num_failed() && (fits || failed) && ari_num_sign(r) == 0;   /* numbers can be used again */
  ari_num_free(fresh);
  ari_num_free(r);
  ari_num_free(s);
  ari_buf_free(&b);
  return failed;
}

static void test_memory(int large_of, const char *name) {
  ari_num *large = ari_num_new(), *other = ari_num_new();
  fill_large(large, 3, large_of);
  fill_large(other, 7, large_of);
  ok(!ari_num_failed(), name);
  bool survived, all = true;
  long n = 0;
  for (; n < 10000 && run_short(n, large, other, &survived); n++) all = all && survived;
  if (mallocs_fail()) ok(n > 5 && n < 10000, "every allocation failed once");
  ok(all, "and was survived, the flag read and cleared");
  ari_num_div(large, other, other);
  ok(!ari_num_failed() && ari_num_cmp_int(large, 1) == 0, "afterwards all works as before");
  ari_num_free(large);
  ari_num_free(other);
  ok(!ari_num_failed(), "no flag is left");
}

static void test_limit(void) {
  ari_num *a = ari_num_new();
  fill_large(a, 3, 400);
  bool failed = false;
  for (int i = 0; i < 40 && !failed; i++) {
    ari_num_mul(a, a, a);
    failed = ari_num_failed();
  }
  ok(failed, "numbers do not grow without end");
  ari_num_free(a);
}

int main(void) {
  test_arithmetic();
  test_rounding();
  test_e12();
  test_text();
  test_list();
  test_memory(1, "small numbers");
  test_memory(200, "numbers of the largest formulas");
  test_memory(380, "numbers as large as they may get");
  test_limit();
  return done();
}
