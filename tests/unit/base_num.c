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

/* ---- the edge between the small form and GMP ---- */

/* r = n / d */
static void set_fraction(ari_num *r, int64_t n, int64_t d) {
  ari_num *below = ari_num_new();
  ari_num_set_int(r, n);
  ari_num_set_int(below, d);
  ari_num_div(r, r, below);
  ari_num_free(below);
}

/* Whether a copy needs no allocation. Where malloc cannot be made to fail it is taken for granted. */
static bool is_small(const ari_num *a) {
  if (!mallocs_fail()) return true;
  ari_num *copy = ari_num_new();
  allocations_left = 0;
  ari_num_set(copy, a);
  allocations_left = -1;
  bool small = !ari_num_failed();
  ari_num_free(copy);
  return small;
}

static void run_operation(char op, ari_num *r, const ari_num *a, const ari_num *b) {
  if (op == '+') ari_num_add(r, a, b);
  else if (op == '-') ari_num_sub(r, a, b);
  else if (op == '*') ari_num_mul(r, a, b);
  else ari_num_div(r, a, b);
}

#define E18 INT64_C(1000000000000000000)
#define P31 INT64_C(2147483648)
#define P32 INT64_C(4294967296)
#define P62 INT64_C(4611686018427387904)

/* Results just fitting 64 bits and just not */
static const struct { int64_t an, ad; char op; int64_t bn, bd; bool small; const char *want; } edges[] = {
  {INT64_MAX - 1, 1, '+', 1, 1, true, "9223372036854775807"}, {INT64_MAX, 1, '+', 1, 1, false, "9223372036854775808"},
  {INT64_MAX, 1, '+', INT64_MAX, 1, false, "18446744073709551614"}, {-INT64_MAX, 1, '-', INT64_MAX, 1, false, "-18446744073709551614"},
  {-INT64_MAX, 1, '-', 1, 1, false, "-9223372036854775808"}, {1 - INT64_MAX, 1, '-', 1, 1, true, "-9223372036854775807"},
  {INT64_MIN, 1, '+', 1, 1, true, "-9223372036854775807"}, {INT64_MIN, 1, '-', 1, 1, false, "-9223372036854775809"},
  {INT64_MIN, 1, '-', INT64_MIN, 1, true, "0"}, {0, 1, '-', INT64_MIN, 1, false, "9223372036854775808"},
  {INT64_MIN, 1, '+', INT64_MAX, 1, true, "-1"}, {INT64_MAX, 2, '+', 1, 2, true, "4611686018427387904"},
  {1, E18, '+', 1, E18, true, "0.000000000000000002"}, {1, E18, '+', 8, 1, true, "8.000000000000000001"},
  {1, E18, '+', 10, 1, false, "10.000000000000000001"}, {999999999999999999, E18, '+', 1, E18, true, "1"},
  {1, E18, '+', 1, 3, true, "0.333333333333333334333333333333…"}, {1, E18, '-', 1, 11, false, "-0.090909090909090908090909090909…"},
  {1, INT64_MAX, '+', 1, INT64_MAX - 1, false, "0.000000000000000000216840434497…"}, {1, INT64_MAX, '-', 1, INT64_MAX, true, "0"},
  {1, 1000000007 * P31, '+', 1, 998244353 * P31, false, "0.000000000000000000932141546028…"},
  {1, P62, '+', 1, P31, true, "0.000000000465661287524579692309…"}, {P31, 1, '*', P31, 1, true, "4611686018427387904"},
  {P31, 1, '*', P32 - 1, 1, true, "9223372034707292160"}, {P31, 1, '*', P32, 1, false, "9223372036854775808"},
  {-P31, 1, '*', P32, 1, false, "-9223372036854775808"}, {7, 1, '*', INT64_MAX / 7, 1, true, "9223372036854775807"},
  {3037000500, 1, '*', 3037000500, 1, false, "9223372037000250000"}, {3037000499, 1, '*', -3037000499, 1, true, "-9223372030926249001"},
  {1, E18, '*', 1, 9, true, "0.000000000000000000111111111111…"}, {1, E18, '*', 1, 10, false, "0.0000000000000000001"},
  {INT64_MAX, 3, '*', 3, INT64_MAX, true, "1"}, {INT64_MAX, E18, '*', E18, INT64_MAX - 1, true, "1.000000000000000000108420217248…"},
  {INT64_MAX, 1, '*', INT64_MAX, 1, false, "85070591730234615847396907784232501249"},
  {INT64_MIN, 1, '*', INT64_MIN, 1, false, "85070591730234615865843651857942052864"},
  {INT64_MIN, 1, '*', -1, 1, false, "9223372036854775808"}, {INT64_MIN, 1, '*', 1, 2, true, "-4611686018427387904"},
  {0, E18, '*', 1, E18, true, "0"}, {INT64_MIN, 1, '/', -1, 1, false, "9223372036854775808"},
  {INT64_MIN, 1, '/', INT64_MIN, 1, true, "1"}, {1, 1, '/', INT64_MIN, 1, false, "-0.000000000000000000108420217248…"},
  {2, 1, '/', INT64_MIN, 1, true, "-0.000000000000000000216840434497…"}, {-INT64_MAX, 2, '/', -INT64_MAX, 4, true, "2"},
  {1, P31, '/', P32, 1, false, "0.000000000000000000108420217248…"}, {1, P31, '/', -P31, 1, true, "-0.000000000000000000216840434497…"},
  {E18, 1, '/', 1, 9, true, "9000000000000000000"}, {E18, 1, '/', 1, 10, false, "10000000000000000000"}, {E18, 7, '/', E18, 7, true, "1"}};

/* Each operation into a fresh number, into one that GMP has used, and into its own operands. */
static void test_edges(void) {
  for (size_t i = 0; i < ARI_COUNT(edges); i++) {
    ari_num *a = ari_num_new(), *b = ari_num_new(), *into[4];
    bool same = true;
    for (int k = 0; k < 4; k++) {
      into[k] = ari_num_new();
      set_fraction(a, edges[i].an, edges[i].ad);
      set_fraction(b, edges[i].bn, edges[i].bd);
      ari_num *r = k == 2 ? a : k == 3 ? b : into[k];
      if (k == 1) set_fraction(r, INT64_MIN, 3);
      /* a product that fits, of numbers that do, needs no GMP */
      bool without = k == 0 && edges[i].small && edges[i].op != '+' && edges[i].op != '-' && is_small(a) && is_small(b);
      if (without) allocations_left = 0;
      run_operation(edges[i].op, r, a, b);
      allocations_left = -1;
      same = same && !ari_num_failed();
      if (r != into[k]) ari_num_set(into[k], r);
      same = same && strcmp(text(r, 30, ARI_AS_DATA), edges[i].want) == 0 && is_small(r) == (edges[i].small || !mallocs_fail());
    }
    is(text(into[0], 30, ARI_AS_DATA), edges[i].want, edges[i].want);
    ok(same, "small when it fits, in whatever number it is put");
    for (int k = 0; k < 4; k++) ari_num_free(into[k]);
    ari_num_free(a);
    ari_num_free(b);
  }
}

/* r, a and b the same number, while it grows out of 64 bits and comes back */
static void test_same(void) {
  ari_num *a = ari_num_new(), *back = ari_num_new();
  ari_num_set_int(a, 3037000500);
  ari_num_mul(a, a, a);
  is(text(a, 0, ARI_AS_DATA), "9223372037000250000", "its own square, beyond 2^63");
  ari_num_mul(a, a, a);
  ari_num_add(a, a, a);
  is(text(a, 0, ARI_AS_DATA), "170141183465836282110037000125000000000", "and that twice");
  ok(!is_small(a) || !mallocs_fail(), "too large for the small form");
  ari_num_set(back, a);
  ari_num_sub(back, back, back);
  ok(ari_num_sign(back) == 0 && is_small(back), "less itself it is 0 and small again");
  ari_num_div(a, a, a);
  ok(ari_num_cmp_int(a, 1) == 0 && is_small(a), "by itself it is 1 and small again");
  set_fraction(a, 10, 10);
  ari_num_set_int(back, INT64_MIN);
  ari_num_sub(a, a, back);
  ok(ari_num_is_int(a), "10/10 - INT64_MIN is a whole number");
  ari_num_set_int(a, INT64_MIN);
  ari_num_neg(a, a);
  is(text(a, 0, ARI_AS_DATA), "9223372036854775808", "-INT64_MIN");
  ari_num_neg(a, a);
  ok(ari_num_cmp_int(a, INT64_MIN) == 0 && ari_num_cmp_int(a, -INT64_MAX) < 0, "and back");
  ari_num_free(a);
  ari_num_free(back);
}

/* Fractions in ascending order: each is compared with each. */
static void test_order(void) {
  static const int64_t rising[][2] = {
    {INT64_MIN, 1}, {-INT64_MAX, 1}, {-E18, 1}, {-INT64_MAX, 10}, {-1, 1}, {-1, E18}, {-1, INT64_MAX}, {0, 1}, {1, INT64_MAX},
    {1, INT64_MAX - 1}, {1, E18}, {E18 - 1, E18}, {INT64_MAX - 1, INT64_MAX}, {1, 1}, {INT64_MAX, INT64_MAX - 1},
    {INT64_MAX - 1, INT64_MAX - 2}, {E18 + 1, E18}, {P31, 1}, {P62, 1}, {INT64_MAX, 1}};
  ari_num *of[ARI_COUNT(rising)];
  for (size_t i = 0; i < ARI_COUNT(rising); i++) set_fraction(of[i] = ari_num_new(), rising[i][0], rising[i][1]);
  bool good = true;
  for (size_t i = 0; i < ARI_COUNT(rising); i++) {
    for (size_t k = 0; k < ARI_COUNT(rising); k++) {
      int c = ari_num_cmp(of[i], of[k]);
      good = good && (i < k) == (c < 0) && (i > k) == (c > 0);
      if (rising[k][1] != 1) continue;
      c = ari_num_cmp_int(of[i], rising[k][0]);
      good = good && (i < k) == (c < 0) && (i > k) == (c > 0);
    }
    good = good && ari_num_is_int(of[i]) == (rising[i][1] == 1) && ari_num_sign(of[i]) == (i > 7) - (i < 7);
  }
  ok(good, "cmp, cmp_int, sign and is_int around 2^63");
  for (size_t i = 0; i < ARI_COUNT(rising); i++) ari_num_free(of[i]);
}

static void test_edge_rounding(void) {
  static const struct { int64_t n, d; int decimals; ari_rounding mode; const char *want; } cases[] = {
    {INT64_MAX, 2, 0, ARI_HALF_UP, "4611686018427387904"}, {INT64_MAX, 2, 0, ARI_HALF_EVEN, "4611686018427387904"},
    {INT64_MAX, 2, 0, ARI_DOWN, "4611686018427387903"}, {-INT64_MAX, 2, 0, ARI_HALF_UP, "-4611686018427387904"},
    {INT64_MAX, 3, 12, ARI_DOWN, "3074457345618258602.333333333333"}, {INT64_MAX, 10, 1, ARI_DOWN, "922337203685477580.7"},
    {INT64_MAX, 10, 0, ARI_HALF_UP, "922337203685477581"}, {INT64_MAX, 1, 12, ARI_HALF_UP, "9223372036854775807"},
    {INT64_MIN, 1, 12, ARI_HALF_UP, "-9223372036854775808"}, {INT64_MIN, 3, 2, ARI_HALF_EVEN, "-3074457345618258602.67"},
    {INT64_MIN, 3, 0, ARI_DOWN, "-3074457345618258602"}, {1, INT64_MAX, 12, ARI_HALF_UP, "0"}, {P62, INT64_MAX, 0, ARI_HALF_UP, "1"},
    {P62 - 1, INT64_MAX, 0, ARI_HALF_UP, "0"}, {INT64_MAX, INT64_MAX - 1, 12, ARI_HALF_EVEN, "1"},
    {499999999999999999, E18, 0, ARI_HALF_UP, "0"}, {-5, 2, 0, ARI_HALF_EVEN, "-2"}, {9000000, 1, 12, ARI_DOWN, "9000000"}};
  for (size_t i = 0; i < ARI_COUNT(cases); i++) {
    ari_num *a = ari_num_new();
    set_fraction(a, cases[i].n, cases[i].d);
    ari_num_round(a, a, cases[i].decimals, cases[i].mode);
    is(text(a, 30, ARI_AS_DATA), cases[i].want, "rounded at the edge");
    ari_num_free(a);
  }
  ari_num *a = ari_num_new();
  int64_t v = 0;
  set_fraction(a, INT64_MAX, E18);
  ok(ari_num_e12(a, &v) && v == 9223372036855, "e12 of 9.22… in 18 decimals");
  set_fraction(a, INT64_MIN, E18);
  ok(ari_num_e12(a, &v) && v == -9223372036855, "and of one that began in GMP");
  ari_num_set_int(a, INT64_MIN);
  ok(!ari_num_e12(a, &v), "INT64_MIN is no figure");
  ari_num_free(a);
}

static void test_inputs(void) {
  static const struct { ari_dec in; bool small; const char *want; } cases[] = {
    {{E18 - 1, 18, 18}, true, "0.999999999999999999"}, {{1, 18, 18}, true, "0.000000000000000001"},
    {{1, 19, 19}, false, "0.0000000000000000001"}, {{-E18 + 1, 30, 30}, false, "-0.000000000000999999999999999999"},
    {{500000000000000000, 19, 19}, true, "0.05"}, {{9, -18, 0}, true, "9000000000000000000"},
    {{10, -18, 0}, false, "10000000000000000000"}, {{-1, -19, 0}, false, "-10000000000000000000"}, {{0, 30, 30}, true, "0"}};
  ari_num *a = ari_num_new();
  for (size_t i = 0; i < ARI_COUNT(cases); i++) {
    ari_num_set_dec(a, cases[i].in);
    is(text(a, 30, ARI_AS_DATA), cases[i].want, "an input at the edge");
    ok(is_small(a) == (cases[i].small || !mallocs_fail()), "in its form");
  }
  ari_num_free(a);
}

/* An ordinary leaf: no memory is asked for but the numbers themselves. */
static void test_leaf(void) {
  ari_num *a = ari_num_new(), *b = ari_num_new(), *max = ari_num_new();
  int64_t v = 0;
  allocations_left = 0;
  ari_num_set_dec(a, (ari_dec){11717, 0, 0});
  ari_num_set_dec(b, (ari_dec){12345, 0, 0});
  ari_num_set_dec(max, (ari_dec){475, 2, 2});
  ari_num_div(a, a, b);
  ari_num_mul(a, a, max);
  bool within = ari_num_cmp(a, max) < 0;
  ari_num_round(a, a, 2, ARI_HALF_UP);
  bool fits = ari_num_e12(a, &v);
  allocations_left = -1;
  ok(!ari_num_failed() && within && fits && v == 4510000000000, "a share is scored without allocating");
  ari_num_free(a);
  ari_num_free(b);
  ari_num_free(max);
}

/* A number that cannot become large stays what it was, and can be used again. */
static void test_promotion_fails(void) {
  if (!mallocs_fail()) return;
  ari_num *a = ari_num_new(), *r = ari_num_new();
  ari_num_set_int(a, INT64_MAX);
  ari_num_set_int(r, 5);
  allocations_left = 0;
  ari_num_mul(r, a, a);
  ari_num_set_int(r, 6);
  allocations_left = -1;
  ok(ari_num_failed() && ari_num_cmp_int(r, 5) == 0, "no memory to become large: the flag, and nothing until it is cleared");
  ari_num_mul(r, a, a);
  ok(!ari_num_failed() && ari_num_cmp(r, a) > 0, "then it can");
  ari_num_free(a);
  ari_num_free(r);
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
  test_edges();
  test_same();
  test_order();
  test_edge_rounding();
  test_inputs();
  test_leaf();
  test_promotion_fails();
  test_memory(1, "small numbers");
  test_memory(200, "numbers of the largest formulas");
  test_memory(380, "numbers as large as they may get");
  test_limit();
  return done();
}
