/* Exact rationals by GMP (methodology: "Numbers"). Every operation is exact; rounding happens only in ari_num_round and ari_num_e12.
 *
 * GMP aborts the process when it gets no memory. The library may not: so GMP gets allocation functions that, on failure, set a flag of the
 * thread and serve the one running operation from a small reserve. After that operations do nothing until ari_num_failed has cleared the
 * flag, so one operation is all the reserve must ever carry. GMP's functions take no context: the flag and the reserve are the one place
 * in the house where state outlives a call. They are of the thread: a number is used and freed by the thread that computed with it. */
#include "base.h"

#include <gmp.h>
#include <string.h>
#include <threads.h>

struct ari_num { mpq_t q; };

/* ---- memory for GMP ---- */

/* The operands of the largest formula (500 nodes, inputs of 18 digits and 30 decimals) are below 1300 limbs of 8 bytes together. Larger
 * ones count as memory run out, so that the reserve is always enough: an operation takes at most some four times its operands. */
enum { OPERANDS = 2048, RESERVE = 64 * 1024 };
static _Thread_local bool memory_failed;
static _Thread_local struct { _Alignas(16) char bytes[RESERVE]; size_t used, living; } reserve;

static bool is_in_reserve(const void *p) {
  uintptr_t at = (uintptr_t)p, from = (uintptr_t)reserve.bytes;
  return at >= from && at < from + RESERVE;
}

static void *take_reserve(size_t n) {
  memory_failed = true;
  n = (n + 15) / 16 * 16;
  if (n > RESERVE - reserve.used) return NULL;   /* never: see OPERANDS */
  void *p = reserve.bytes + reserve.used;
  reserve.used += n;
  reserve.living++;
  return p;
}

static void *take_memory(size_t n) {
  void *p = ari_malloc(n);
  return p ? p : take_reserve(n);
}

static void give_memory(void *p, size_t n) {
  (void)n;
  if (!is_in_reserve(p)) ari_free(p);
  else if (--reserve.living == 0) reserve.used = 0;
}

static void *change_memory(void *p, size_t old, size_t n) {
  bool reserved = is_in_reserve(p);
  void *fresh = reserved ? ari_malloc(n) : ari_realloc(p, n);
  if (fresh && !reserved) return fresh;
  if (!fresh) fresh = take_reserve(n);
  memcpy(fresh, p, old < n ? old : n);
  give_memory(p, old);
  return fresh;
}

static void install_memory(void) { mp_set_memory_functions(take_memory, change_memory, give_memory); }

/* True when an operation on a and b may run: memory has not run out before, and the reserve could carry it. */
static bool is_ready(const ari_num *a, const ari_num *b) {
  size_t limbs = mpz_size(mpq_numref(a->q)) + mpz_size(mpq_denref(a->q)) + mpz_size(mpq_numref(b->q)) + mpz_size(mpq_denref(b->q));
  if (limbs > OPERANDS) memory_failed = true;
  return !memory_failed;
}

bool ari_num_failed(void) {
  bool failed = memory_failed;
  memory_failed = false;
  return failed;
}

/* ---- life ---- */

ari_num *ari_num_new(void) {
  /* Any time will do: what was taken with GMP's own functions before is malloc's as well. */
  static once_flag installed = ONCE_FLAG_INIT;
  call_once(&installed, install_memory);
  ari_num *a = ari_malloc(sizeof *a);
  if (!a) return NULL;
  bool before = memory_failed;
  memory_failed = false;
  mpq_init(a->q);
  if (memory_failed) {
    ari_num_free(a);
    a = NULL;
  }
  memory_failed = before;   /* the NULL says it; the flag is for operations */
  return a;
}

void ari_num_free(ari_num *a) {
  if (!a) return;
  mpq_clear(a->q);
  ari_free(a);
}

ari_num *ari_nums_new(ari_nums *all) {
  void *items = all->items;
  if (!ari_grow(&items, all->n, &all->room, sizeof *all->items)) return NULL;
  all->items = items;
  ari_num *a = ari_num_new();
  if (a) all->items[all->n++] = a;
  return a;
}

void ari_nums_free(ari_nums *all) {
  for (size_t i = 0; i < all->n; i++) ari_num_free(all->items[i]);
  ari_free(all->items);
  *all = (ari_nums){0};
}

/* ---- setting ---- */

static const uint64_t powers_of_ten[] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
  100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000};
enum { POWERS = 18 };

/* z × 10^k, k from 0 to 36 */
static void multiply_by_ten(mpz_ptr z, int k) {
  if (k > POWERS) mpz_mul_ui(z, z, powers_of_ten[POWERS]);
  mpz_mul_ui(z, z, powers_of_ten[k > POWERS ? k - POWERS : k]);
}

/* r = v × 10^-scale. Every input and every figure comes through here, so what v and 10^scale have in common, twos and fives, is taken out
 * without GMP's gcd when 64 bits do. */
static void set_scaled(mpq_ptr r, int64_t v, int scale) {
  if (scale > POWERS) {
    mpz_set_si(mpq_numref(r), v);
    mpz_set_ui(mpq_denref(r), 1);
    multiply_by_ten(mpq_denref(r), scale);
    mpq_canonicalize(r);
    return;
  }
  int twos = v ? scale : 0, fives = twos;   /* the denominator's */
  for (; twos > 0 && v % 2 == 0; twos--) v /= 2;
  for (; fives > 0 && v % 5 == 0; fives--) v /= 5;
  mpz_set_si(mpq_numref(r), v);
  if (scale < 0) multiply_by_ten(mpq_numref(r), -scale);
  mpz_set_ui(mpq_denref(r), scale > 0 ? powers_of_ten[fives] >> fives << twos : 1);
}

void ari_num_set(ari_num *r, const ari_num *a) { if (is_ready(a, a)) mpq_set(r->q, a->q); }
void ari_num_set_int(ari_num *r, int64_t v) { if (!memory_failed) set_scaled(r->q, v, 0); }
void ari_num_set_dec(ari_num *r, ari_dec d) { if (!memory_failed) set_scaled(r->q, d.coef, d.scale); }
void ari_num_set_e12(ari_num *r, int64_t v) { if (!memory_failed) set_scaled(r->q, v, 12); }

/* ---- arithmetic ---- */

void ari_num_add(ari_num *r, const ari_num *a, const ari_num *b) { if (is_ready(a, b)) mpq_add(r->q, a->q, b->q); }
void ari_num_sub(ari_num *r, const ari_num *a, const ari_num *b) { if (is_ready(a, b)) mpq_sub(r->q, a->q, b->q); }
void ari_num_mul(ari_num *r, const ari_num *a, const ari_num *b) { if (is_ready(a, b)) mpq_mul(r->q, a->q, b->q); }
void ari_num_neg(ari_num *r, const ari_num *a) { if (is_ready(a, a)) mpq_neg(r->q, a->q); }

/* GMP stops the process on a division by zero. Callers test for it and tell the user; a forgotten test must not end the process. */
void ari_num_div(ari_num *r, const ari_num *a, const ari_num *b) {
  if (is_ready(a, b) && mpq_sgn(b->q)) mpq_div(r->q, a->q, b->q);
}

int ari_num_cmp(const ari_num *a, const ari_num *b) { return mpq_cmp(a->q, b->q); }
int ari_num_cmp_int(const ari_num *a, int64_t b) { return mpq_cmp_si(a->q, b, 1); }
int ari_num_sign(const ari_num *a) { return mpq_sgn(a->q); }
bool ari_num_is_int(const ari_num *a) { return mpz_cmp_ui(mpq_denref(a->q), 1) == 0; }

/* ---- rounding ---- */

/* Whether the last digit is raised; half: the rest against one half. An exact figure has no rest: it is below. */
static bool is_raised(int half, bool odd, ari_rounding mode) {
  return mode != ARI_DOWN && (half > 0 || (half == 0 && (mode == ARI_HALF_UP || odd)));
}

/* whole = a × 10^decimals, rounded to a whole number; true when nothing was lost. */
static bool round_scaled(mpz_ptr whole, mpq_srcptr a, int decimals, ari_rounding mode) {
  mpz_t rest;
  mpz_init(rest);
  mpz_set(whole, mpq_numref(a));
  multiply_by_ten(whole, decimals);
  mpz_tdiv_qr(whole, rest, whole, mpq_denref(a));
  bool exact = mpz_sgn(rest) == 0;
  mpz_mul_2exp(rest, rest, 1);
  if (is_raised(mpz_cmpabs(rest, mpq_denref(a)), mpz_odd_p(whole), mode)) {
    if (mpq_sgn(a) > 0) mpz_add_ui(whole, whole, 1);
    else mpz_sub_ui(whole, whole, 1);
  }
  mpz_clear(rest);
  return exact;
}

/* The same for the figures that nearly all are: numerator and denominator of 64 bits. False: too large for it. */
static bool round_small(int64_t *out, mpq_srcptr a, int decimals, ari_rounding mode) {
  __extension__ typedef unsigned __int128 wide;
  if (mpz_size(mpq_numref(a)) > 1 || mpz_size(mpq_denref(a)) > 1) return false;
  uint64_t den = mpz_get_ui(mpq_denref(a));
  wide scaled = (wide)mpz_get_ui(mpq_numref(a)) * powers_of_ten[decimals];
  wide whole = scaled / den;
  if (whole >= INT64_MAX) return false;
  uint64_t rest = (uint64_t)(scaled - whole * den), other = den - rest;
  int64_t v = (int64_t)whole;
  if (is_raised((rest > other) - (rest < other), v & 1, mode)) v++;
  *out = mpq_sgn(a) < 0 ? -v : v;
  return true;
}

void ari_num_round(ari_num *r, const ari_num *a, int decimals, ari_rounding mode) {
  int64_t small;
  if (!is_ready(a, a)) return;
  if (ari_num_is_int(a)) {
    mpq_set(r->q, a->q);
    return;
  }
  if (round_small(&small, a->q, decimals, mode)) {
    set_scaled(r->q, small, decimals);
    return;
  }
  mpz_t whole;
  mpz_init(whole);
  round_scaled(whole, a->q, decimals, mode);
  mpz_swap(mpq_numref(r->q), whole);
  mpz_clear(whole);
  mpz_set_ui(mpq_denref(r->q), 1);
  multiply_by_ten(mpq_denref(r->q), decimals);
  mpq_canonicalize(r->q);
}

bool ari_num_e12(const ari_num *a, int64_t *out) {
  int64_t v = 0;
  if (!is_ready(a, a)) return false;
  if (!round_small(&v, a->q, 12, ARI_HALF_UP)) {
    mpz_t whole;
    mpz_init(whole);
    round_scaled(whole, a->q, 12, ARI_HALF_UP);
    bool fits = mpz_fits_slong_p(whole) && !memory_failed;
    if (fits) v = mpz_get_si(whole);
    mpz_clear(whole);
    if (!fits) return false;
  }
  if (v > 9000000 * ARI_ONE || v < -9000000 * ARI_ONE) return false;
  *out = v;
  return true;
}

void ari_buf_num(ari_buf *b, const ari_num *a, int decimals, ari_locale how) {
  if (!is_ready(a, a)) {
    b->failed = true; /* a figure left out of a text must be noticed where the text is */
    return;
  }
  mpz_t whole;
  mpz_init(whole);
  bool exact = round_scaled(whole, a->q, decimals, ARI_DOWN);
  mpz_abs(whole, whole);
  char *digits = ari_malloc(mpz_sizeinbase(whole, 10) + 2);
  if (!digits || memory_failed) b->failed = true;
  else {
    ari_str text = ari_str_of(mpz_sgn(whole) ? mpz_get_str(digits, 10, whole) : "");
    ari_buf_digits(b, mpq_sgn(a->q) < 0, text, (size_t)decimals, exact ? 0 : (size_t)decimals, how);
    if (!exact) ari_buf_text(b, "…");
  }
  ari_free(digits);
  mpz_clear(whole);
}
