/* How the index is spread: a strip for each group, a dot for each agency, the box of quartiles behind them. Exact, rounded once for reading. */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 960, GAP = 8, NAME_MOST = 240, DOT_MOST = 7, DOT_LEAST = 3, BOX_LEAST = 70, BOX_MOST = 150, LANES_MOST = BOX_MOST / DOT_LEAST, PAD = 10, ROOM_LEFT = 14 };

typedef struct dot { int64_t index; uint32_t agency; int lane; } dot;

typedef struct strip {
  uint32_t first;            /* an agency of the group */
  dot *dots;                 /* ascending */
  size_t n, all;             /* all: with those without points */
  int lanes;                 /* that its dots take */
  int64_t quartiles[3];      /* rounded as the index is */
  ari_text_lines name, lowest, highest;
  ari_str count, middle, half;
} strip;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  strip *strips;
  size_t n;
  ari_locale how;
  ari_scale scale;
  int decimals, text_left;
  int dot;                   /* pixels from the middle of a dot to that of the next */
  size_t each;               /* agencies behind a dot: more than one where they would not find room */
} layout;

/* ---- figures ---- */

static int by_index(const void *a, const void *b) {
  const dot *x = a, *y = b;
  if (x->index != y->index) return x->index < y->index ? -1 : 1;
  return (x->agency > y->agency) - (x->agency < y->agency);
}

/* The quartile of n ascending figures as spreadsheets' QUARTILE.INC has it: at the place (n - 1) × k / 4, in between in proportion. */
static bool find_quartile(const dot *dots, size_t n, size_t k, int decimals, int64_t *out) {
  size_t place = (n - 1) * k, at = place / 4, rest = place % 4;
  ari_num *a = ari_num_new(), *b = ari_num_new();
  bool good = a && b;
  if (good) {
    ari_num_set_e12(a, dots[at].index);
    ari_num_set_e12(b, dots[at + (rest > 0)].index);
    ari_num_sub(b, b, a);
    ari_num_scale2(b, b, -2);
    for (size_t i = 0; i < rest; i++) ari_num_add(a, a, b);
    ari_num_round(a, a, decimals, ARI_HALF_UP);
    good = ari_num_e12(a, out);
  }
  ari_num_free(a);
  ari_num_free(b);
  return good;
}

static bool fill_strip(layout *l, strip *t, size_t from, size_t until) {
  t->first = l->chart->rows[from];
  t->all = until - from;
  t->dots = ari_arena_array(&l->s->arena, t->all, sizeof *t->dots);
  if (!t->dots) return false;
  for (size_t i = from; i < until; i++) {
    const ari_standing *st = &l->work->result->standings[l->chart->rows[i]];
    if (st->has_points) t->dots[t->n++] = (dot){.index = st->index, .agency = l->chart->rows[i]};
  }
  if (!t->n) return true;
  qsort(t->dots, t->n, sizeof *t->dots, by_index);
  for (size_t k = 0; k < 3; k++)
    if (!find_quartile(t->dots, t->n, k + 1, ari_decimals_index(l->work), &t->quartiles[k])) return false;
  return true;
}

/* One strip for each group or tier, in their order. */
static bool read_strips(layout *l) {
  const ari_chart *c = l->chart;
  size_t parts = 1;
  for (size_t i = 1; i < c->n_rows; i++) parts += ari_chart_part_begins(l->work, c, i);
  l->strips = ari_arena_array(&l->s->arena, parts, sizeof *l->strips);
  if (!l->strips) return false;
  for (size_t from = 0, until; from < c->n_rows; from = until) {
    for (until = from + 1; until < c->n_rows && !ari_chart_part_begins(l->work, c, until);) until++;
    if (!fill_strip(l, &l->strips[l->n++], from, until)) return false;
  }
  int64_t low = INT64_MAX, high = INT64_MIN;
  for (size_t i = 0; i < l->n; i++) {
    const strip *t = &l->strips[i];
    if (t->n && t->dots[0].index < low) low = t->dots[0].index;
    if (t->n && t->dots[t->n - 1].index > high) high = t->dots[t->n - 1].index;
  }
  ari_scale_choose(&l->scale, low <= high ? low : 0, low <= high ? high : ARI_ONE, false);
  return true;
}

/* ---- texts ---- */

static void put_index(const layout *l, ari_buf *b, int64_t index) { ari_chart_put_percent(b, index, l->decimals, l->how); }

/* "lowest 15.96% Name (+1)": how many more share the figure. */
static bool write_end(const layout *l, ari_word word, const dot *d, size_t others, ari_text_lines *out) {
  ari_buf b = {0};
  ari_str text;
  ari_buf_printf(&b, "%s ", ari_word_text(word, l->work->options.lang));
  put_index(l, &b, d->index);
  ari_buf_char(&b, ' ');
  ari_buf_str(&b, ari_chart_agency_name(l->work, d->agency));
  if (others) ari_buf_text(&b, " (+"), ari_buf_count(&b, (int64_t)others, l->how), ari_buf_char(&b, ')');
  return ari_sheet_keep(l->s, &b, &text) && ari_chart_wrap(&l->s->arena, text, ARI_FONT_SMALL, l->scale.right - l->scale.left, out);
}

static bool write_ends(layout *l, strip *t) {
  size_t low = 1, high = 1;
  while (low < t->n && t->dots[low].index == t->dots[0].index) low++;
  while (high < t->n && t->dots[t->n - 1 - high].index == t->dots[t->n - 1].index) high++;
  return write_end(l, ARI_WORD_chart_spread_lowest, &t->dots[0], low - 1, &t->lowest) &&
         write_end(l, ARI_WORD_chart_spread_highest, &t->dots[t->n - high], high - 1, &t->highest);
}

/* The name of the group with how many they are, beside the strip; median and quartiles behind it. */
static bool write_strip(layout *l, strip *t) {
  const ari_work *w = l->work;
  ari_lang lang = w->options.lang;
  ari_str name = ari_chart_group_name(w, ari_chart_block(w, t->first));
  ari_buf count = {0}, middle = {0}, half = {0};
  if (!name.n) name = ari_str_of(ari_word_text(ARI_WORD_chart_all, lang));
  if (!ari_chart_text(&l->s->arena, name, &name) || !ari_chart_wrap(&l->s->arena, name, ARI_FONT_BOLD, NAME_MOST, &t->name)) return false;
  ari_chart_put_count(&count, w, t->all, ARI_WORD_chart_agencies);
  if (t->n < t->all) ari_buf_text(&count, ", "), ari_chart_put_count(&count, w, t->all - t->n, ARI_WORD_chart_spread_without);
  if (t->n) {
    ari_buf_printf(&middle, "%s ", ari_word_text(ARI_WORD_chart_median, lang));
    put_index(l, &middle, t->quartiles[1]);
    ari_buf_printf(&half, "%s ", ari_word_text(ARI_WORD_chart_spread_quartiles, lang));
    ari_buf_e12(&half, t->quartiles[0], l->decimals, l->how);
    ari_buf_text(&half, " – ");
    put_index(l, &half, t->quartiles[2]);
  }
  bool kept = ari_sheet_keep(l->s, &count, &t->count);
  kept = ari_sheet_keep(l->s, &middle, &t->middle) && kept;
  return ari_sheet_keep(l->s, &half, &t->half) && kept;
}

static ari_str write_below(layout *l) {
  ari_lang lang = l->work->options.lang;
  ari_buf b = {0};
  ari_chart_put_agencies(&b, l->work, l->chart);
  ari_buf_printf(&b, " · %s", ari_word_text(ARI_WORD_chart_spread, lang));
  if (l->scale.low > 0) ari_buf_printf(&b, " · %s", ari_word_text(ARI_WORD_chart_not_from_zero, lang));
  ari_str text = {0};
  if (!ari_sheet_keep(l->s, &b, &text)) l->s->failed = true;
  return text;
}

/* ---- places and drawing ---- */

static int at_least(int a, int b) { return a > b ? a : b; }

static void place_columns(layout *l) {
  int name = 0, text = 0;
  for (size_t i = 0; i < l->n; i++) {
    const strip *t = &l->strips[i];
    for (size_t k = 0; k < t->name.n; k++) name = at_least(name, ari_chart_text_width(t->name.at[k], ARI_FONT_BOLD));
    name = at_least(name, ari_chart_text_width(t->count, ARI_FONT_SMALL));
    text = at_least(text, ari_chart_text_width(t->middle, ARI_FONT_BOLD));
    text = at_least(text, ari_chart_text_width(t->half, ARI_FONT_SMALL));
  }
  l->scale.left = ARI_MARGIN + name + ROOM_LEFT;
  l->text_left = WIDTH - ARI_MARGIN - text;
  l->scale.right = l->text_left - ROOM_LEFT;
  l->s->width = WIDTH;
}

/* Dots that would touch stand in lanes, each in the first that is free. False: there are not enough lanes. */
static bool stack_dots(layout *l, strip *t) {
  int last[LANES_MOST], most = BOX_MOST / l->dot;
  for (int k = 0; k < most; k++) last[k] = -l->dot;
  t->lanes = 0;
  for (size_t i = 0; i < t->n; i += l->each) {
    int x = ari_scale_pixel(&l->scale, t->dots[i].index), lane = 0;
    while (lane < most && last[lane] + l->dot > x) lane++;
    if (lane == most) return false;
    last[lane] = x;
    t->dots[i].lane = lane;
    if (lane >= t->lanes) t->lanes = lane + 1;
  }
  return true;
}

/* The largest dots for which every strip has room: strips grow, then dots become smaller, then each stands for several agencies. */
static void choose_dots(layout *l) {
  l->dot = DOT_MOST;
  l->each = 1;
  for (size_t i = 0; i < l->n;) {
    if (stack_dots(l, &l->strips[i])) i++;
    else if (i = 0, l->dot > DOT_LEAST) l->dot--;
    else l->each++;
  }
}

/* Half the height of a strip's box. */
static int box_of(const layout *l, const strip *t) { return at_least(BOX_LEAST, (t->lanes + 1) * l->dot) / 2; }

/* Lanes stand above and below the middle: 0, -1, 1, -2, 2 … */
static void draw_dots(layout *l, const strip *t, int middle) {
  for (size_t i = 0; i < t->n; i += l->each) {
    int lane = t->dots[i].lane, up = (lane + 1) / 2 * (lane % 2 ? -1 : 1);
    ari_buf_text(&l->s->rows, "dot\t");
    ari_buf_e12(&l->s->rows, t->dots[i].index, -1, ARI_AS_DATA);
    ari_buf_printf(&l->s->rows, "\t%d\n", middle + up * l->dot);
  }
}

static void put_row(layout *l, const char *kind, int64_t a, const int64_t *z) {
  ari_buf *b = &l->s->rows;
  ari_buf_printf(b, "%s\t", kind);
  ari_buf_e12(b, a, -1, ARI_AS_DATA);
  if (z) ari_buf_char(b, '\t'), ari_buf_e12(b, *z, -1, ARI_AS_DATA);
}

/* Below a strip, where no line of the grid crosses the words. Returns the y below. */
static int draw_end(layout *l, ari_text_lines lines, uint32_t ground, int y) {
  int line = ari_chart_line_height(ARI_FONT_SMALL);
  for (size_t i = 0; i < lines.n; i++) {
    int at = y + (int)i * line;
    ari_sheet_box(l->s, "mask", l->scale.left, l->scale.left + ari_chart_text_width(lines.at[i], ARI_FONT_SMALL), at - line / 2, at + line / 2, ground);
  }
  return ari_sheet_lines(l->s, l->scale.left + 2, y, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED, lines);
}

/* Returns the y below. */
static int draw_strip(layout *l, strip *t, uint32_t ground, int y) {
  int box = box_of(l, t);
  int bold = ari_chart_line_height(ARI_FONT_BOLD), small = ari_chart_line_height(ARI_FONT_SMALL);
  int names = (int)t->name.n * bold + small, high = at_least(names, 2 * box), middle = y + PAD + high / 2;
  int at = ari_sheet_lines(l->s, ARI_MARGIN, middle - names / 2 + bold / 2, ARI_FONT_BOLD, ARI_SIDE_LEFT, ARI_INK, t->name);
  ari_sheet_text(l->s, ARI_MARGIN, at, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED, t->count);
  y = middle + high / 2 + PAD;
  if (!t->n) return y;
  put_row(l, "range", t->dots[0].index, &t->dots[t->n - 1].index);
  ari_buf_printf(&l->s->rows, "\t%d\n", middle);
  put_row(l, "half", t->quartiles[0], &t->quartiles[2]);
  ari_buf_printf(&l->s->rows, "\t%d\t%d\n", middle - box, middle + box);
  put_row(l, "median", t->quartiles[1], NULL);
  ari_buf_printf(&l->s->rows, "\t%d\t%d\n", middle - box - PAD / 2, middle + box + PAD / 2);
  draw_dots(l, t, middle);
  ari_sheet_text(l->s, l->text_left, middle - bold / 2, ARI_FONT_BOLD, ARI_SIDE_LEFT, ARI_INK, t->middle);
  ari_sheet_text(l->s, l->text_left, middle + bold / 2, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED, t->half);
  return draw_end(l, t->highest, ground, draw_end(l, t->lowest, ground, y)) + PAD;
}

static void write_notes(const layout *l, ari_buf *notes) {
  ari_lang lang = l->work->options.lang;
  ari_buf_printf(notes, "%s: ", ari_word_text(ARI_WORD_chart_spread_dot, lang));
  if (l->each == 1) ari_buf_text(notes, ari_word_text(ARI_WORD_chart_spread_one, lang));
  else ari_chart_put_count(notes, l->work, l->each, ARI_WORD_chart_agencies);
  ari_buf_printf(notes, "; %s", ari_word_text(ARI_WORD_chart_spread_notes, lang));
}

static void draw_all(layout *l) {
  ari_sheet *s = l->s;
  ari_buf notes = {0};
  int y = ari_sheet_head(s, ari_str_of(ari_set_title(l->work)), write_below(l)), upper = y;
  for (size_t i = 0; i < l->n; i++) {
    int from = y;
    y = draw_strip(l, &l->strips[i], i % 2 ? ARI_STRIPE : ARI_GROUND, y);
    if (i % 2) ari_sheet_box(s, "box", ARI_MARGIN / 2, s->width - ARI_MARGIN / 2, from, y, ARI_STRIPE);
  }
  ari_sheet_grid(s, &l->scale, upper, y);
  ari_sheet_ticks(s, &l->scale, y + 12, l->how);
  write_notes(l, &notes);
  s->height = ari_sheet_notes(s, y + 22, &notes) + GAP;
}

bool ari_sheet_distribution(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .s = s, .how = ari_chart_locale(work)};
  l.decimals = ari_chart_decimals(ari_decimals_index(work));
  if (!read_strips(&l)) return false;
  for (size_t i = 0; i < l.n; i++)
    if (!write_strip(&l, &l.strips[i])) return false;
  place_columns(&l);
  for (size_t i = 0; i < l.n; i++)
    if (l.strips[i].n && !write_ends(&l, &l.strips[i])) return false;
  choose_dots(&l);
  draw_all(&l);
  snprintf(s->args[0], sizeof s->args[0], "%d", l.scale.left);
  snprintf(s->args[1], sizeof s->args[1], "%d", l.scale.right);
  ari_figure_text(l.scale.low, -1, ARI_AS_DATA, s->args[2]);
  ari_figure_text(l.scale.high, -1, ARI_AS_DATA, s->args[3]);
  snprintf(s->args[4], sizeof s->args[4], "%d", l.dot);
  return !ari_num_failed() && !s->failed && !s->rows.failed;
}

/* ---- in words ---- */

/* "Distribution of the index: Departments, median 45.79%, quartiles 33.67 – 66.50%, 15 agencies; …" */
bool ari_describe_distribution(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  ari_sheet scratch = {0};
  layout l = {.work = p->work, .chart = c, .s = &scratch, .how = ari_chart_locale(p->work)};
  l.decimals = ari_chart_decimals(ari_decimals_index(p->work));
  ari_buf alt = {0};
  bool good = read_strips(&l);
  *wanted = false;
  ari_buf_printf(&alt, "%s: ", ari_word_text(ARI_WORD_chart_spread_alt, p->work->options.lang));
  for (size_t i = 0; i < l.n && good; i++) {
    strip *t = &l.strips[i];
    good = write_strip(&l, t);
    *wanted = *wanted || t->n;
    if (i) ari_buf_text(&alt, "; ");
    for (size_t k = 0; k < t->name.n; k++) ari_buf_str(&alt, t->name.at[k]), ari_buf_text(&alt, k + 1 < t->name.n ? " " : ", ");
    if (t->n) ari_buf_str(&alt, t->middle), ari_buf_text(&alt, ", "), ari_buf_str(&alt, t->half), ari_buf_text(&alt, ", ");
    ari_buf_str(&alt, t->count);
  }
  ari_sheet_free(&scratch);
  return ari_chart_keep(p, &alt, &c->alt) && good && ari_chart_title_agencies(p, c);
}
