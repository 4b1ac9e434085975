/* An axis of figures: where they stand in whole pixels, with its ticks and its lines. */
#include "inside.h"

int ari_scale_pixel(const ari_scale *scale, int64_t v) {
  if (v < scale->low) v = scale->low;
  if (v > scale->high) v = scale->high;
  uint64_t part = (uint64_t)v - (uint64_t)scale->low, span = (uint64_t)scale->high - (uint64_t)scale->low;
  while (span >> 40) span >>= 1, part >>= 1;
  return scale->left + (int)((part * (uint64_t)(scale->right - scale->left) + span / 2) / span);
}

void ari_scale_choose(ari_scale *scale, int64_t low, int64_t high, bool from_zero) {
  scale->low = low;
  scale->high = high;
  scale->step = from_zero ? ari_chart_ticks(&scale->low, &scale->high) : ari_chart_ticks_between(&scale->low, &scale->high);
}

int64_t ari_chart_add(int64_t a, int64_t b) {
  if (b > 0 && a > INT64_MAX - b) return INT64_MAX;
  if (b < 0 && a < -INT64_MAX - b) return -INT64_MAX;   /* whose opposite is a number too */
  return a + b;
}

void ari_scale_ranks(ari_scale *scale, int64_t high) {
  int64_t low = 0, above = high;
  *scale = (ari_scale){.low = ARI_ONE, .high = high > ARI_ONE ? high : 2 * ARI_ONE, .step = ari_chart_ticks(&low, &above), .ranks = true};
  scale->step = scale->step < ARI_ONE ? ARI_ONE : scale->step - scale->step % ARI_ONE;   /* 2.5 places are none */
}

/* The tick behind this one; false: it was the last. */
static bool next_tick(const ari_scale *scale, int64_t *tick) {
  int64_t by = scale->ranks && *tick == ARI_ONE && scale->step > ARI_ONE ? scale->step - ARI_ONE : scale->step;
  if (scale->high - by < *tick) return false;
  *tick += by;
  return true;
}

void ari_sheet_ticks(ari_sheet *s, const ari_scale *scale, int y, ari_locale how) {
  int64_t tick = scale->low;
  do {
    ari_buf b = {0};
    ari_str text;
    ari_buf_e12(&b, tick, -1, how);
    if (!ari_sheet_keep(s, &b, &text)) s->failed = true;
    else ari_sheet_text(s, ari_scale_pixel(scale, tick), y, ARI_FONT_SMALL, ARI_SIDE_CENTRE, ARI_MUTED, text);
  } while (next_tick(scale, &tick));
}

void ari_sheet_grid(ari_sheet *s, const ari_scale *scale, int upper, int lower) {
  int64_t tick = scale->low;
  do {
    int x = ari_scale_pixel(scale, tick);
    ari_sheet_box(s, "box", x, x + 1, upper, lower, ARI_GRID);
  } while (next_tick(scale, &tick));
}
