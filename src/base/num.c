/* Exact rationals (src/README.md, "Numbers"). Every operation is exact; rounding happens only in ari_num_round and ari_num_e12.
 *
 * Nearly every figure of an index is a fraction of two whole numbers of 64 bits: the small form, which never enters GMP. What does not fit
 * is GMP's.
 *
 * GMP aborts the process when it gets no memory. The library may not: so GMP gets allocation functions that, on failure, set a flag of the
 * thread and serve the one running operation from a small reserve. After that operations do nothing until ari_num_failed has cleared the
 * flag, so one operation is all the reserve must ever carry. GMP's functions take no context: the flag and the reserve are the one place
 * in the house where state outlives a call. They are of the thread: a number is used and freed by the thread that computed with it. */
#include "base.h"

#include <gmp.h>
#include <string.h>
#include <threads.h>

/* Small: n / d, not always in lowest terms; d > 0, and neither beyond INT64_MAX (n not INT64_MIN), so that signs can be turned and two
 * products of two such numbers be added in 128 bits. Else q, in lowest terms, and too large for the small form. */
struct ari_num {
  int64_t n, d;
  bool small;
  bool made;   /* q has been initialised: it is when first needed, and kept */
  mpq_t q;
};
__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 unsigned_wide;

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

/* 8-byte limbs that a number has in GMP. Small ones need no limit. */
static size_t count_limbs(const ari_num *a) { return a->small ? 2 : mpz_size(mpq_numref(a->q)) + mpz_size(mpq_denref(a->q)); }

/* True when an operation on a and b may run: memory has not run out before, and the reserve could carry it. */
static bool is_ready(const ari_num *a, const ari_num *b) {
  if (!(a->small && b->small) && count_limbs(a) + count_limbs(b) > OPERANDS) memory_failed = true;
  return !memory_failed;
}

bool ari_num_failed(void) {
  bool failed = memory_failed;
  memory_failed = false;
  return failed;
}

void ari_num_no_memory(void) { memory_failed = true; }

/* ---- life ---- */

ari_num *ari_num_new(void) {
  /* Any time will do: what was taken with GMP's own functions before is malloc's as well. */
  static once_flag installed = ONCE_FLAG_INIT;
  call_once(&installed, install_memory);
  ari_num *a = ari_malloc(sizeof *a);
  if (a) *a = (ari_num){.n = 0, .d = 1, .small = true};
  return a;
}

void ari_num_free(ari_num *a) {
  if (!a) return;
  if (a->made) mpq_clear(a->q);
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

/* ---- between the small form and GMP ---- */

static int64_t find_gcd(int64_t a, int64_t b) {
  while (b) {
    int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

/* Takes out what the two have in common; *d > 0 */
static void reduce(int64_t *n, int64_t *d) {
  int64_t g = find_gcd(*n, *d);
  *n /= g;
  *d /= g;
}

/* r = n / d, d > 0. False: does not fit the small form, r is as it was. */
static bool set_small(ari_num *r, wide n, wide d) {
  if (n > INT64_MAX || n < -INT64_MAX || d > INT64_MAX) return false;
  r->n = (int64_t)n;
  r->d = (int64_t)d;
  r->small = true;
  return true;
}

/* A number as GMP reads it, in lowest terms; a small one without any memory of GMP's. */
typedef struct view { mp_limb_t n, d; mpq_t q; } view;
_Static_assert(sizeof(mp_limb_t) == sizeof(int64_t), "a small number is one limb over one limb");

static mpq_srcptr view_number(view *v, const ari_num *a) {
  if (!a->small) return a->q;
  int64_t n = a->n, d = a->d;
  reduce(&n, &d);
  v->n = (mp_limb_t)(n < 0 ? -n : n);
  v->d = (mp_limb_t)d;
  mpz_roinit_n(mpq_numref(v->q), &v->n, n < 0 ? -1 : 1);
  mpz_roinit_n(mpq_denref(v->q), &v->d, 1);
  return v->q;
}

/* Before GMP writes r->q. False: no memory, the flag says so. */
static bool make_large(ari_num *r) {
  if (r->made) return true;
  mpq_init(r->q);
  if (memory_failed) mpq_clear(r->q);
  else r->made = true;
  return r->made;
}

/* After GMP wrote r->q: small again when it fits. */
static void settle(ari_num *r) {
  r->small = false;
  if (mpz_fits_slong_p(mpq_numref(r->q)) && mpz_fits_slong_p(mpq_denref(r->q)))
    set_small(r, mpz_get_si(mpq_numref(r->q)), mpz_get_si(mpq_denref(r->q)));
}

/* ---- setting ---- */

static const int64_t powers_of_ten[] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
  100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000};
enum { POWERS = 18 };

/* z × 10^k, k from 0 to 36 */
static void multiply_by_ten(mpz_ptr z, int k) {
  if (k > POWERS) mpz_mul_si(z, z, powers_of_ten[POWERS]);
  mpz_mul_si(z, z, powers_of_ten[k > POWERS ? k - POWERS : k]);
}

/* r = v × 10^-scale */
static void set_scaled(ari_num *r, int64_t v, int scale) {
  if (scale >= 0 && scale <= POWERS && set_small(r, v, powers_of_ten[scale])) return;
  if (scale < 0 && -scale <= POWERS && set_small(r, (wide)v * powers_of_ten[-scale], 1)) return;
  if (!make_large(r)) return;
  mpz_set_si(mpq_numref(r->q), v);
  mpz_set_ui(mpq_denref(r->q), 1);
  multiply_by_ten(scale < 0 ? mpq_numref(r->q) : mpq_denref(r->q), scale < 0 ? -scale : scale);
  mpq_canonicalize(r->q);
  settle(r);
}

void ari_num_set(ari_num *r, const ari_num *a) {
  if (!is_ready(a, a) || (a->small && set_small(r, a->n, a->d)) || !make_large(r)) return;
  mpq_set(r->q, a->q);
  r->small = false;
}

void ari_num_set_int(ari_num *r, int64_t v) { if (!memory_failed) set_scaled(r, v, 0); }
void ari_num_set_dec(ari_num *r, ari_dec d) { if (!memory_failed) set_scaled(r, d.coef, d.scale); }
void ari_num_set_e12(ari_num *r, int64_t v) { if (!memory_failed) set_scaled(r, v, 12); }

/* ---- arithmetic ---- */

/* r = an/ad + bn/bd in the small form; false: too large for it, r is as it was. Common factors are taken out only when nothing else
 * helps: finding them costs more than all the rest. */
static bool add_small(ari_num *r, int64_t an, int64_t ad, int64_t bn, int64_t bd) {
  if (ad == bd && set_small(r, (wide)an + bn, ad)) return true;
  if (set_small(r, (wide)an * bd + (wide)bn * ad, (wide)ad * bd)) return true;
  reduce(&an, &ad);
  reduce(&bn, &bd);
  int64_t g = find_gcd(ad, bd), times = bd / g;
  return set_small(r, (wide)an * times + (wide)bn * (ad / g), (wide)ad * times);
}

/* The same for an/ad × bn/bd */
static bool multiply_small(ari_num *r, int64_t an, int64_t ad, int64_t bn, int64_t bd) {
  if (set_small(r, (wide)an * bn, (wide)ad * bd)) return true;
  reduce(&an, &ad);
  reduce(&bn, &bd);
  reduce(&an, &bd);
  reduce(&bn, &ad);
  return set_small(r, (wide)an * bn, (wide)ad * bd);
}

typedef void operation(mpq_ptr r, mpq_srcptr a, mpq_srcptr b);
static void run_large(ari_num *r, const ari_num *a, const ari_num *b, operation *run) {
  view va, vb;
  mpq_srcptr qa = view_number(&va, a), qb = view_number(&vb, b);
  if (!make_large(r)) return;
  run(r->q, qa, qb);
  settle(r);
}

void ari_num_add(ari_num *r, const ari_num *a, const ari_num *b) {
  if (!is_ready(a, b) || (a->small && b->small && add_small(r, a->n, a->d, b->n, b->d))) return;
  run_large(r, a, b, mpq_add);
}

void ari_num_sub(ari_num *r, const ari_num *a, const ari_num *b) {
  if (!is_ready(a, b) || (a->small && b->small && add_small(r, a->n, a->d, -b->n, b->d))) return;
  run_large(r, a, b, mpq_sub);
}

void ari_num_mul(ari_num *r, const ari_num *a, const ari_num *b) {
  if (!is_ready(a, b) || (a->small && b->small && multiply_small(r, a->n, a->d, b->n, b->d))) return;
  run_large(r, a, b, mpq_mul);
}

/* GMP stops the process on a division by zero. Callers test for it and tell the user; a forgotten test must not end the process. */
void ari_num_div(ari_num *r, const ari_num *a, const ari_num *b) {
  if (!is_ready(a, b) || !ari_num_sign(b)) return;
  if (a->small && b->small && multiply_small(r, a->n, a->d, b->n < 0 ? -b->d : b->d, b->n < 0 ? -b->n : b->n)) return;
  run_large(r, a, b, mpq_div);
}

void ari_num_neg(ari_num *r, const ari_num *a) {
  if (!is_ready(a, a) || (a->small && set_small(r, -a->n, a->d)) || !make_large(r)) return;
  mpq_neg(r->q, a->q);
  r->small = false;
}

int ari_num_cmp(const ari_num *a, const ari_num *b) {
  if (a->small && b->small) {
    wide left = (wide)a->n * b->d, right = (wide)b->n * a->d;
    return (left > right) - (left < right);
  }
  view va, vb;
  return mpq_cmp(view_number(&va, a), view_number(&vb, b));
}

int ari_num_cmp_int(const ari_num *a, int64_t b) {
  if (!a->small) return mpq_cmp_si(a->q, b, 1);
  wide right = (wide)b * a->d;
  return (a->n > right) - (a->n < right);
}

int ari_num_sign(const ari_num *a) { return a->small ? (a->n > 0) - (a->n < 0) : mpq_sgn(a->q); }
bool ari_num_is_int(const ari_num *a) { return a->small ? a->n % a->d == 0 : mpz_cmp_ui(mpq_denref(a->q), 1) == 0; }

void ari_num_scale2(ari_num *r, const ari_num *a, int by) {
  view v;
  if (!is_ready(a, a)) return;
  mpq_srcptr q = view_number(&v, a);
  if (!make_large(r)) return;
  if (by < 0) mpq_div_2exp(r->q, q, (mp_bitcnt_t)-by);
  else mpq_mul_2exp(r->q, q, (mp_bitcnt_t)by);
  settle(r);
}

void ari_num_bits(const ari_num *a, size_t *numerator, size_t *denominator) {
  view v;
  mpq_srcptr q = view_number(&v, a);
  *numerator = mpz_sizeinbase(mpq_numref(q), 2);
  *denominator = mpz_sizeinbase(mpq_denref(q), 2);
}

bool ari_num_ratio(const ari_num *a, int64_t *n, int64_t *d) {
  if (!a->small) return false;
  *n = a->n;
  *d = a->d;
  reduce(n, d);
  return true;
}

bool ari_num_root(ari_num *r, const ari_num *a, unsigned n) {
  view v;
  if (!is_ready(a, a) || ari_num_sign(a) < 0) return false;
  mpq_srcptr q = view_number(&v, a);
  mpq_t root;
  mpq_init(root);
  bool whole = mpz_root(mpq_numref(root), mpq_numref(q), n) && mpz_root(mpq_denref(root), mpq_denref(q), n) && make_large(r);
  if (whole) {
    mpq_swap(r->q, root);
    settle(r);
  }
  mpq_clear(root);
  return whole;
}

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

/* The same in the small form. False: too large for it. */
static bool round_small(int64_t *out, const ari_num *a, int decimals, ari_rounding mode) {
  if (!a->small) return false;
  uint64_t den = (uint64_t)a->d;
  unsigned_wide scaled = (unsigned_wide)(a->n < 0 ? -a->n : a->n) * (uint64_t)powers_of_ten[decimals];
  unsigned_wide whole = scaled / den;
  if (whole >= INT64_MAX) return false;
  uint64_t rest = (uint64_t)(scaled - whole * den), other = den - rest;
  int64_t v = (int64_t)whole;
  if (is_raised((rest > other) - (rest < other), v & 1, mode)) v++;
  *out = a->n < 0 ? -v : v;
  return true;
}

void ari_num_round(ari_num *r, const ari_num *a, int decimals, ari_rounding mode) {
  int64_t small;
  if (!is_ready(a, a)) return;
  if (round_small(&small, a, decimals, mode)) {
    set_scaled(r, small, decimals);
    return;
  }
  if (ari_num_is_int(a)) {
    ari_num_set(r, a);
    return;
  }
  view v;
  mpq_srcptr q = view_number(&v, a);
  if (!make_large(r)) return;
  mpz_t whole;
  mpz_init(whole);
  round_scaled(whole, q, decimals, mode);
  mpz_swap(mpq_numref(r->q), whole);
  mpz_clear(whole);
  mpz_set_ui(mpq_denref(r->q), 1);
  multiply_by_ten(mpq_denref(r->q), decimals);
  mpq_canonicalize(r->q);
  settle(r);
}

bool ari_num_whole(const ari_num *a, int64_t *out) {
  if (!is_ready(a, a)) return false;
  if (a->small) {
    *out = a->n / a->d;
    return true;
  }
  mpz_t whole;
  mpz_init(whole);
  round_scaled(whole, a->q, 0, ARI_DOWN);
  bool fits = mpz_fits_slong_p(whole) && !memory_failed;
  if (fits) *out = mpz_get_si(whole);
  mpz_clear(whole);
  return fits;
}

bool ari_num_e12(const ari_num *a, int64_t *out) {
  int64_t v = 0;
  if (!is_ready(a, a)) return false;
  if (!round_small(&v, a, 12, ARI_HALF_UP)) {
    view as;
    mpz_t whole;
    mpz_init(whole);
    round_scaled(whole, view_number(&as, a), 12, ARI_HALF_UP);
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
  view v;
  bool exact = round_scaled(whole, view_number(&v, a), decimals, ARI_DOWN);
  mpz_abs(whole, whole);
  char *digits = ari_malloc(mpz_sizeinbase(whole, 10) + 2);
  if (!digits || memory_failed) b->failed = true;
  else {
    ari_str text = ari_str_of(mpz_sgn(whole) ? mpz_get_str(digits, 10, whole) : "");
    ari_buf_digits(b, ari_num_sign(a) < 0, text, (size_t)decimals, exact ? 0 : (size_t)decimals, how);
    if (!exact) ari_buf_text(b, "…");
  }
  ari_free(digits);
  mpz_clear(whole);
}
