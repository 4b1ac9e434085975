/* The axis of points: round steps, chosen in whole numbers. */
#include "inside.h"

/* The least of 1, 2, 2.5, 5 × 10^k that goes into `span` at most six times. */
static int64_t round_step(uint64_t span) {
  static const uint64_t mantissas[] = {10, 20, 25, 50}; /* tenths */
  for (uint64_t power = 1; power <= UINT64_C(1000000000000000000); power *= 10) {
    for (size_t i = 0; i < ARI_COUNT(mantissas); i++) {
      if (power < 10 && i == 2) continue; /* 2.5 of the smallest unit does not exist */
      uint64_t step = power < 10 ? mantissas[i] / 10 : power / 10 * mantissas[i];
      if (span / step < 6 || (span / step == 6 && span % step == 0)) return (int64_t)step;
    }
  }
  return INT64_C(5000000000000000000);
}

/* How far the tick below (or, negated, above) is. */
static int64_t above_tick(int64_t v, int64_t step) { return v % step < 0 ? v % step + step : v % step; }

int64_t ari_chart_ticks_between(int64_t *low, int64_t *high) {
  if (*low == *high) *high += ARI_ONE;
  int64_t step = round_step((uint64_t)*high - (uint64_t)*low);
  int64_t under = above_tick(*low, step), over = above_tick(*high, step);
  if (over && *high <= INT64_MAX - (step - over)) *high += step - over;
  if (under && *low >= INT64_MIN + under) *low -= under;
  return step;
}

int64_t ari_chart_ticks(int64_t *low, int64_t *high) {
  if (*low > 0) *low = 0;
  if (*high < 0) *high = 0;
  return ari_chart_ticks_between(low, high);
}
