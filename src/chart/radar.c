/* The radar: one agency against the median and the best of its group. The names of the axes stand in two columns beside the rings, one
 * below the other without touching; the rings grow when there are so many fields that they need it. */
#include "inside.h"

#include <stdio.h>

enum { WIDTH = 960, RADIUS = 230, NAME = 230, AWAY = 16, GAP = 8, SAMPLE = 34 };

typedef struct label {
  ari_text_lines name;
  ari_str figure;
  int height, y;
} label;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  label *labels;
  ari_locale how;
  int x, y, radius;
} layout;

/* ---- texts ---- */

/* "16,20 / 18 · 90,0 %", or that there is none. */
static bool write_label(layout *l, const ari_axis *axis, label *out) {
  ari_buf b = {0};
  ari_str name;
  if (axis->scored) {
    ari_buf_e12(&b, axis->points, ari_chart_decimals(l->work->set->root->rounding.leaf), l->how);
    ari_buf_text(&b, " / ");
    ari_chart_put_max(&b, axis->max, l->how);
    ari_buf_text(&b, " · ");
    ari_chart_put_percent(&b, axis->percent, 1, l->how);
  } else {
    ari_buf_text(&b, ari_word_text(ARI_WORD_chart_not_scored, l->work->options.lang));
  }
  if (!ari_sheet_keep(l->s, &b, &out->figure) || !ari_chart_text(&l->s->arena, ari_chart_field_name(l->work, axis->field), &name))
    return false;
  if (!ari_chart_wrap(&l->s->arena, name, ARI_FONT_PLAIN, NAME, &out->name)) return false;
  out->height = ((int)out->name.n + 1) * ari_chart_line_height(ARI_FONT_PLAIN);
  return true;
}

/* Set · period · group · what is shown; an agency that is not final and fields without points are said. */
static ari_str write_below(layout *l) {
  const ari_work *w = l->work;
  ari_lang lang = w->options.lang;
  ari_str group = ari_chart_group_name(w, w->evidence->agencies->items[l->chart->agency].group_index);
  const char *state = ari_chart_state_words(w->result->standings[l->chart->agency].state, lang);
  size_t blank = 0;
  for (size_t i = 0; i < l->chart->n_axes; i++) blank += !l->chart->axes[i].scored;
  ari_buf b = {0};
  ari_buf_printf(&b, "%s · ", ari_set_title(w));
  ari_chart_put_period(&b, w, " · ");
  ari_buf_text(&b, " · ");
  if (group.n) ari_buf_str(&b, group), ari_buf_text(&b, " · ");
  ari_buf_text(&b, ari_word_text(ARI_WORD_chart_share, lang));
  if (*state) ari_buf_printf(&b, " · %s", state);
  if (blank) ari_buf_printf(&b, " · %s: %zu", ari_word_text(ARI_WORD_chart_blank, lang), blank);
  ari_str text = {0};
  if (!ari_sheet_keep(l->s, &b, &text)) l->s->failed = true;
  return text;
}

/* The middle one of three comes with the number of agencies behind it, which may differ between fields. */
static bool write_legend(layout *l, ari_str out[3]) {
  ari_lang lang = l->work->options.lang;
  uint32_t least = UINT32_MAX, most = 0;
  for (size_t i = 0; i < l->chart->n_axes; i++) {
    uint32_t n = l->chart->axes[i].agencies;
    if (n < least) least = n;
    if (n > most) most = n;
  }
  ari_buf b[3] = {{0}, {0}, {0}};
  ari_buf_text(&b[0], ari_word_text(ARI_WORD_chart_this_agency, lang));
  ari_buf_printf(&b[1], "%s %u", ari_word_text(ARI_WORD_chart_median_of, lang), (unsigned)least);
  if (most > least) ari_buf_printf(&b[1], "–%u", (unsigned)most);
  ari_buf_printf(&b[1], " %s", ari_word_text(ARI_WORD_chart_agencies, lang));
  ari_buf_text(&b[2], ari_word_text(ARI_WORD_chart_best, lang));
  bool kept = true;
  for (int i = 0; i < 3; i++) kept = ari_sheet_keep(l->s, &b[i], &out[i]) && kept;
  return kept;
}

/* ---- places, all in whole pixels ---- */

/* sin(πx/n) × 1000 for 0 <= x <= n, after Bhaskara I: exact enough for the place of a label (0.2 %). */
static int half_wave(int64_t x, int64_t n) { return (int)(16000 * x * (n - x) / (5 * n * n - 4 * x * (n - x))); }

/* cos(2πk/n) × 1000 */
static int cosine(size_t k, size_t n) {
  int64_t x = 4 * (int64_t)k + (int64_t)n, whole = 4 * (int64_t)n; /* sin(t + π/2), in units of π/(2n) */
  x %= whole;
  return x <= whole / 2 ? half_wave(x, whole / 2) : -half_wave(x - whole / 2, whole / 2);
}

static int square_root(int v) {
  int r = 0;
  while ((r + 1) * (r + 1) <= v) r++;
  return r;
}

/* Labels first..last-1 of one side, from top to bottom when `step` is 1: each beside the end of its axis, pushed down where it would touch
 * the one above, then pushed up again from the bottom. */
static void place_side(layout *l, size_t first, size_t n, int step) {
  label *all = l->labels;
  size_t axes = l->chart->n_axes;
  int upper = l->y - l->radius - AWAY / 2, lower = l->y + l->radius + AWAY / 2, edge = upper;
  for (size_t i = 0, k = first; i<n; i++, k = step> 0 ? k + 1 : k - 1) {
    all[k].y = l->y - (l->radius + AWAY) * cosine(k, axes) / 1000 - all[k].height / 2;
    if (all[k].y < edge) all[k].y = edge;
    edge = all[k].y + all[k].height + GAP;
  }
  edge = lower;
  for (size_t i = 0, k = step > 0 ? first + n - 1 : first - (n - 1); i<n; i++, k = step> 0 ? k - 1 : k + 1) {
    if (all[k].y + all[k].height > edge) all[k].y = edge - all[k].height;
    edge = all[k].y - GAP;
  }
}

/* How high the labels of one side are together. */
static int height_of(const layout *l, size_t first, size_t n) {
  int sum = 0;
  for (size_t k = first; k < first + n; k++) sum += l->labels[k].height + GAP;
  return sum;
}

static void place_all(layout *l, int top) {
  size_t n = l->chart->n_axes, right = (n - 1) / 2, left = right; /* axis 0 points up; with an even number n/2 points down */
  int higher = height_of(l, 1, right), other = height_of(l, n - left, left);
  if (other > higher) higher = other;
  l->radius = higher / 2 > RADIUS ? higher / 2 : RADIUS;
  l->x = WIDTH / 2 + l->radius - RADIUS;
  l->y = top + l->labels[0].height + AWAY + l->radius;
  l->s->width = 2 * l->x;
  place_side(l, 1, right, 1);
  place_side(l, n - 1, left, -1);
  l->labels[0].y = l->y - l->radius - AWAY / 2 - l->labels[0].height;
  int below = 0;
  if (n % 2 == 0) {
    l->labels[n / 2].y = l->y + l->radius + AWAY / 2;
    below = l->labels[n / 2].height;
  }
  l->s->height = l->y + l->radius + AWAY + below + 2 * GAP;
}

/* ---- drawing ---- */

static void draw_label(layout *l, size_t k) {
  const label *a = &l->labels[k];
  size_t n = l->chart->n_axes;
  ari_side side = k == 0 || 2 * k == n ? ARI_SIDE_CENTRE : 2 * k < n ? ARI_SIDE_LEFT : ARI_SIDE_RIGHT;
  int x = l->x, line = ari_chart_line_height(ARI_FONT_PLAIN);
  if (side != ARI_SIDE_CENTRE) {
    /* Outside the circle at its nearest point, so that a label that was pushed away does not lie on the rings. */
    int reach = l->radius + AWAY, dy = 0;
    if (a->y > l->y) dy = a->y - l->y;
    if (a->y + a->height < l->y) dy = l->y - a->y - a->height;
    int dx = dy < reach ? square_root(reach * reach - dy * dy) : 0;
    x += side == ARI_SIDE_LEFT ? dx : -dx;
  }
  uint32_t ink = l->chart->axes[k].scored ? ARI_INK : ARI_MUTED;
  int y = ari_sheet_lines(l->s, x, a->y + line / 2, ARI_FONT_PLAIN, side, ink, a->name);
  ari_sheet_text(l->s, x, y, ARI_FONT_SMALL, side, l->chart->axes[k].scored ? ARI_ORANGE : ARI_MUTED, a->figure);
}

static void put_share(ari_buf *b, bool there, int64_t share) {
  ari_buf_char(b, '\t');
  if (there) ari_buf_e12(b, share, -1, ARI_AS_DATA);
  else ari_buf_text(b, "NaN");
}

/* The first axis comes again at the end, so that the lines close. */
static void draw_lines(layout *l) {
  ari_buf *b = &l->s->rows;
  size_t n = l->chart->n_axes;
  bool whole = true;
  for (size_t k = 0; k <= n; k++) {
    const ari_axis *axis = &l->chart->axes[k % n];
    whole = whole && axis->scored;
    ari_buf_printf(b, "axis\t%zu", k);
    put_share(b, axis->scored, axis->share);
    put_share(b, axis->compared, axis->median);
    put_share(b, axis->compared, axis->best);
    ari_buf_char(b, '\n');
  }
  for (size_t k = 0; whole && k <= n; k++) {
    ari_buf_printf(b, "area\t%zu", k);
    put_share(b, true, l->chart->axes[k % n].share);
    ari_buf_char(b, '\n');
  }
}

static int draw_legend(layout *l, int y) {
  ari_str names[3];
  if (!write_legend(l, names)) return l->s->failed = true, y;
  for (int i = 0, x = ARI_MARGIN; i < 3; i++) {
    int width = SAMPLE + GAP + ari_chart_text_width(names[i], ARI_FONT_PLAIN);
    if (i && x + width > WIDTH - ARI_MARGIN) x = ARI_MARGIN, y += ari_chart_line_height(ARI_FONT_PLAIN) + 3;
    ari_buf_printf(&l->s->rows, "sample\t%d\t%d\t%d\t%d\n", i + 1, x, x + SAMPLE, y);
    ari_sheet_text(l->s, x + SAMPLE + GAP, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_INK, names[i]);
    x += width + 3 * GAP;
  }
  return y + ari_chart_line_height(ARI_FONT_PLAIN) + GAP;
}

/* 20 % to 100 % beside the axis that points up. */
static void draw_rings(layout *l) {
  for (int ring = 1; ring <= 5; ring++) {
    ari_buf b = {0};
    ari_str text;
    ari_chart_put_percent(&b, 20 * ring * ARI_ONE, 0, l->how);
    int x = l->x + 5, y = l->y - l->radius * ring / 5 + 8;
    if (!ari_sheet_keep(l->s, &b, &text)) l->s->failed = true;
    ari_sheet_box(l->s, "mask", x - 1, x + ari_chart_text_width(text, ARI_FONT_SMALL), y - 6, y + 6, ARI_VEIL);
    ari_sheet_text(l->s, x, y, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED, text);
  }
}

bool ari_sheet_radar(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .s = s, .how = ari_chart_locale(work)};
  l.labels = ari_arena_array(&s->arena, chart->n_axes, sizeof *l.labels);
  if (!l.labels) return false;
  for (size_t k = 0; k < chart->n_axes; k++)
    if (!write_label(&l, &chart->axes[k], &l.labels[k])) return false;
  s->width = WIDTH; /* the head may only grow wider */
  draw_lines(&l);
  int y = ari_sheet_head(s, ari_chart_agency_name(work, chart->agency), write_below(&l));
  place_all(&l, draw_legend(&l, y));
  draw_rings(&l);
  for (size_t k = 0; k < chart->n_axes; k++) draw_label(&l, k);
  snprintf(s->args[0], sizeof s->args[0], "%d", l.x);
  snprintf(s->args[1], sizeof s->args[1], "%d", l.y);
  snprintf(s->args[2], sizeof s->args[2], "%d", l.radius);
  snprintf(s->args[3], sizeof s->args[3], "%zu", chart->n_axes);
  return !s->failed && !s->rows.failed;
}

/* ---- in words ---- */

/* "Timeliness 16,20 / 20 (81,0 %, median 76,5 %, best 98,0 %); …" */
static void put_axis(const ari_work *w, ari_buf *b, const ari_axis *axis) {
  ari_lang lang = w->options.lang;
  ari_locale how = ari_chart_locale(w);
  ari_buf_str(b, ari_chart_field_name(w, axis->field));
  ari_buf_char(b, ' ');
  if (axis->scored) {
    ari_buf_e12(b, axis->points, -1, how);
    ari_buf_text(b, " / ");
    ari_chart_put_max(b, axis->max, how);
    ari_buf_text(b, " (");
    ari_chart_put_percent(b, axis->percent, 1, how);
  } else {
    ari_buf_printf(b, "(%s", ari_word_text(ARI_WORD_chart_not_scored, lang));
  }
  if (axis->compared) {
    ari_buf_printf(b, ", %s ", ari_word_text(ARI_WORD_chart_median, lang));
    ari_chart_put_percent(b, axis->median_percent, 1, how);
    ari_buf_printf(b, ", %s ", ari_word_text(ARI_WORD_chart_best_short, lang));
    ari_chart_put_percent(b, axis->best_percent, 1, how);
  }
  ari_buf_char(b, ')');
}

enum { LEAST_AXES = 3 };

/* Only the fields that the agency's tier has. */
static size_t keep_axes(const ari_chart_plan *p, size_t agency, ari_axis *axes) {
  uint32_t tier = p->work->evidence->agencies->items[agency].tier_index;
  size_t n = 0;
  for (size_t f = 0; f < p->fields.n; f++)
    if (axes[f].field->presence[tier] != ARI_NOT_THERE) axes[n++] = axes[f];
  return n;
}

bool ari_describe_radar(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  const ari_work *w = p->work;
  *wanted = false;
  if (p->fields.n < LEAST_AXES) return true;
  if (!p->axes && !ari_chart_axes(w, p->arena, &p->fields, &p->axes)) return false;
  ari_axis *axes = p->axes + c->agency * p->fields.n;
  for (size_t f = 0; f < p->fields.n; f++) *wanted = *wanted || axes[f].scored;
  c->axes = axes;
  c->n_axes = keep_axes(p, c->agency, axes);
  *wanted = *wanted && c->n_axes >= LEAST_AXES;
  if (!*wanted) return true;
  ari_buf title = {0}, alt = {0};
  ari_buf_str(&title, ari_chart_agency_name(w, c->agency));
  ari_buf_printf(&title, " – %s – ", ari_set_title(w));
  ari_chart_put_period(&title, w, " – ");
  ari_buf_printf(&alt, "%s: ", ari_word_text(ARI_WORD_chart_radar_alt, w->options.lang));
  for (size_t i = 0; i < c->n_axes; i++) {
    if (i) ari_buf_text(&alt, "; ");
    put_axis(w, &alt, &c->axes[i]);
  }
  bool kept = ari_chart_keep(p, &title, &c->title);
  return ari_chart_keep(p, &alt, &c->alt) && kept;
}
