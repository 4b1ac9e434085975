/* ln, exp, sqrt and powers: the only inexact steps (src/README.md, "Numbers"). What is a fraction stays one: sqrt(4/9) is 2/3, (3/5)^4 is
 * 81/625. Everything else is rounded to 12 significant digits.
 *
 * There is no floating point here either, for its last digits depend on the machine and its library. Arguments are reduced exactly; what is
 * left is a short series in whole numbers of 62 bits. So all machines agree on every digit, and the error before rounding is below 10^-15
 * of the result. */
#include "base.h"

__extension__ typedef __int128 wide;

enum { DIGITS = 12, DECIMALS = 30, LARGEST = 30 /* results stay below 10^LARGEST */, MOST = 70 /* e^70 > 10^30, e^-70 < 10^-30 / 2 */ };
enum { BITS = 62, EXACT_POWER = 64, EXACT_BITS = 256 };

/* ---- numbers to work with ---- */

enum { ROOM = 4 };
typedef struct work { ari_num *at[ROOM]; } work;

static void end_work(work *w) {
  for (int i = 0; i < ROOM; i++) ari_num_free(w->at[i]);
}

/* False: no memory, noted where all numbers note it. */
static bool start_work(work *w) {
  bool good = true;
  for (int i = 0; i < ROOM; i++) good = (w->at[i] = ari_num_new()) && good;
  if (good) return true;
  ari_num_no_memory();
  end_work(w);
  return false;
}

static void set_power_of_ten(ari_num *r, int e) { ari_num_set_dec(r, (ari_dec){.coef = 1, .scale = (int8_t)-e}); }

/* ---- rounding ---- */

/* The decimals that leave `a` 12 significant digits, at most 30; below 0 for large numbers. */
static int find_decimals(const ari_num *a, ari_num *size, ari_num *limit) {
  int e = DIGITS - 1;
  ari_num_set(size, a);
  if (ari_num_sign(size) < 0) ari_num_neg(size, size);
  set_power_of_ten(limit, 0);
  while (e > DIGITS - LARGEST && (set_power_of_ten(limit, DIGITS - e), ari_num_cmp(size, limit) >= 0)) e--;
  while (e < DECIMALS && (set_power_of_ten(limit, DIGITS - 1 - e), ari_num_cmp(size, limit) < 0)) e++;
  return e;
}

static ari_inexact round_digits(ari_num *r, const ari_num *a, work *w) {
  int64_t coef = 0;
  int e = find_decimals(a, w->at[0], w->at[1]);
  set_power_of_ten(w->at[1], e);
  ari_num_mul(w->at[0], a, w->at[1]);
  ari_num_round(w->at[0], w->at[0], 0, ARI_HALF_UP);
  set_power_of_ten(w->at[1], DIGITS);
  if (ari_num_cmp(w->at[0], w->at[1]) > 0 || !ari_num_whole(w->at[0], &coef)) return ARI_OUTSIDE;
  ari_num_set_dec(r, (ari_dec){.coef = coef, .scale = (int8_t)e});
  return ARI_ROUNDED;
}

void ari_num_nudge(ari_num *r, const ari_num *a, int sign) {
  work w;
  if (!start_work(&w)) return;
  set_power_of_ten(w.at[2], -find_decimals(a, w.at[0], w.at[1]));
  if (sign < 0) ari_num_sub(r, a, w.at[2]);
  else ari_num_add(r, a, w.at[2]);
  end_work(&w);
}

/* ---- the two series ---- */

/* r = k × ln 2, to 36 decimals */
static void set_ln2(ari_num *r, int64_t k, ari_num *room) {
  ari_num_set_dec(r, (ari_dec){.coef = 693147180559945309, .scale = 18});
  ari_num_set_dec(room, (ari_dec){.coef = 417232121458176568, .scale = 36});
  ari_num_add(r, r, room);
  ari_num_set_int(room, k);
  ari_num_mul(r, r, room);
}

/* 1 + y/3 + y²/5 + … for y = z² below 1/25, in units of 2^-62: artanh(z) / z */
static int64_t sum_artanh(int64_t y) {
  int64_t power = INT64_C(1) << BITS, sum = 0;
  for (int i = 1; power; i += 2) {
    sum += power / i;
    power = (int64_t)(((wide)power * y) >> BITS);
  }
  return sum;
}

/* The logarithm of a > 0, not rounded yet: a = m × 2^k with m from 2/3 to 4/3, ln m = 2 artanh((m - 1) / (m + 1)). As the fraction is exact,
 * so are the digits of the logarithm of a number very near to 1. Uses the room 1 to 3. */
static void work_ln(ari_num *r, const ari_num *a, work *w) {
  ari_num *z = w->at[1], *room = w->at[2], *part = w->at[3];
  size_t above, below;
  int64_t y = 0;
  ari_num_bits(a, &above, &below);
  int k = (int)above - (int)below;
  ari_num_scale2(z, a, -k);
  ari_num_set_int(room, 3);
  ari_num_mul(room, z, room);
  int up = ari_num_cmp_int(room, 4) > 0 ? -1 : ari_num_cmp_int(room, 2) < 0 ? 1 : 0;
  ari_num_scale2(z, z, up);
  k -= up;
  ari_num_set_int(room, 1);
  ari_num_sub(part, z, room);
  ari_num_add(z, z, room);
  ari_num_div(z, part, z);
  ari_num_mul(part, z, z);
  ari_num_scale2(part, part, BITS);
  if (!ari_num_whole(part, &y)) y = 0;
  ari_num_set_int(part, sum_artanh(y));
  ari_num_mul(z, z, part);
  ari_num_scale2(z, z, 1 - BITS);
  set_ln2(part, k, room);
  ari_num_add(r, z, part);
}

/* e^t for t from -ln 2 to ln 2; both in units of 2^-60 */
static int64_t sum_exp(int64_t t) {
  const wide one = (wide)1 << (BITS - 2);
  wide sum = 0, term = one;
  for (int i = 1; term; i++) {
    sum += term;
    term = term * t / one / i;
  }
  return (int64_t)sum;
}

/* e^x for |x| up to 70: e^x = 2^k × e^t with t = x - k ln 2. r may be x. Uses the room 1 to 3. */
static void work_exp(ari_num *r, const ari_num *x, work *w) {
  ari_num *t = w->at[1], *room = w->at[2], *part = w->at[3];
  int64_t k = 0, reduced = 0;
  ari_num_set_dec(t, (ari_dec){.coef = 1442695040888963407, .scale = 18});
  ari_num_mul(t, t, x);
  if (!ari_num_whole(t, &k)) k = 0;
  set_ln2(part, k, room);
  ari_num_sub(t, x, part);
  ari_num_scale2(t, t, BITS - 2);
  if (!ari_num_whole(t, &reduced)) reduced = 0;
  ari_num_set_int(t, sum_exp(reduced));
  ari_num_scale2(r, t, (int)k - (BITS - 2));
}

/* ---- the functions ---- */

static ari_inexact set_exact(ari_num *r, int64_t v) {
  ari_num_set_int(r, v);
  return ARI_EXACT;
}

ari_inexact ari_num_ln(ari_num *r, const ari_num *a) {
  work w;
  if (ari_num_sign(a) <= 0) return ARI_OUTSIDE;
  if (ari_num_cmp_int(a, 1) == 0) return set_exact(r, 0);
  if (!start_work(&w)) return ARI_ROUNDED;
  work_ln(r, a, &w);
  ari_inexact answer = round_digits(r, r, &w);
  end_work(&w);
  return answer;
}

/* e^x, rounded; x in w->at[0] */
static ari_inexact round_exp(ari_num *r, work *w) {
  if (ari_num_cmp_int(w->at[0], MOST) > 0) return ARI_OUTSIDE;
  ari_num_set_int(r, 0);
  if (ari_num_cmp_int(w->at[0], -MOST) < 0) return ARI_ROUNDED;
  work_exp(r, w->at[0], w);
  return round_digits(r, r, w);
}

ari_inexact ari_num_exp(ari_num *r, const ari_num *a) {
  work w;
  if (ari_num_sign(a) == 0) return set_exact(r, 1);
  if (!start_work(&w)) return ARI_ROUNDED;
  ari_num_set(w.at[0], a);
  ari_inexact answer = round_exp(r, &w);
  end_work(&w);
  return answer;
}

/* r = a^(p/q) for a not 0, when that is a fraction of moderate length. Uses the room 0 and 1. */
static bool find_exact_power(ari_num *r, const ari_num *a, int64_t p, int64_t q, work *w) {
  ari_num *root = w->at[0], *power = w->at[1];
  size_t above, below, times = (size_t)(p < 0 ? -p : p);
  if (q > EXACT_POWER || times > EXACT_POWER || (q > 1 && !ari_num_root(root, a, (unsigned)q))) return false;
  if (q == 1) ari_num_set(root, a);
  ari_num_bits(root, &above, &below);
  if (above * times > EXACT_BITS || below * times > EXACT_BITS) return false;
  ari_num_set_int(power, 1);
  for (size_t i = 0; i < times; i++) p < 0 ? ari_num_div(power, power, root) : ari_num_mul(power, power, root);
  ari_num_set(r, power);
  return true;
}

/* a^b of a not 0; p/q is b when `short_b`. */
static ari_inexact work_pow(ari_num *r, const ari_num *a, const ari_num *b, work *w) {
  int64_t p, q;
  bool short_b = ari_num_ratio(b, &p, &q), negative = ari_num_sign(a) < 0;
  if (negative && (!short_b || q != 1)) return ARI_OUTSIDE;
  if (short_b && p != INT64_MIN && find_exact_power(r, a, p, q, w)) return ARI_EXACT;
  ari_num_set(w->at[0], a);
  if (negative) ari_num_neg(w->at[0], w->at[0]);
  work_ln(w->at[0], w->at[0], w);
  ari_num_mul(w->at[0], w->at[0], b);
  ari_inexact answer = round_exp(r, w);
  if (negative && p % 2 != 0) ari_num_neg(r, r);
  return answer;
}

ari_inexact ari_num_pow(ari_num *r, const ari_num *a, const ari_num *b) {
  work w;
  int sign = ari_num_sign(b);
  if (sign == 0 || ari_num_cmp_int(a, 1) == 0) return set_exact(r, 1);
  if (ari_num_sign(a) == 0) return sign < 0 ? ARI_OUTSIDE : set_exact(r, 0);
  if (!start_work(&w)) return ARI_ROUNDED;
  ari_inexact answer = work_pow(r, a, b, &w);
  end_work(&w);
  return answer;
}

ari_inexact ari_num_sqrt(ari_num *r, const ari_num *a) {
  ari_num *half = ari_num_new();
  ari_inexact answer = ARI_ROUNDED;
  if (half) {
    ari_num_set_dec(half, (ari_dec){.coef = 5, .scale = 1});
    answer = ari_num_pow(r, a, half);
  } else {
    ari_num_no_memory();
  }
  ari_num_free(half);
  return answer;
}
