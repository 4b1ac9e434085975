/* The ranking: a row for each agency, with its rank, its name and a bar stacked by field. All places are computed here in whole pixels;
 * gnuplot only turns the ends of bars, which are exact points, into places. */
#include "chart.h"

#include <stdio.h>

/* ---- in words ---- */

static void put_place(const ari_work *w, ari_buf *b, uint32_t agency) {
  const ari_standing *st = &w->result->standings[agency];
  ari_chart_put_rank(b, st);
  ari_buf_text(b, ". ");
  ari_buf_str(b, ari_chart_agency_name(w, agency));
  ari_buf_char(b, ' ');
  if (st->has_points) ari_buf_e12(b, st->points, ari_chart_decimals(ari_decimals_total(w)), ari_chart_locale(w));
  else ari_buf_text(b, ari_chart_state_words(st->state, w->options.lang));
}

/* "Bar chart of the points, 15 agencies: 1. Sở Nội vụ 88,20; 2. …": the first three. */
bool ari_describe_ranking(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  enum { TOP = 3 };
  ari_lang lang = p->work->options.lang;
  ari_buf alt = {0};
  *wanted = true;
  ari_buf_printf(&alt, "%s, %zu %s: ", ari_word_text(ARI_WORD_chart_ranking_alt, lang), c->all_rows,
                 ari_word_text(ARI_WORD_chart_agencies, lang));
  for (size_t i = 0; i < c->n_rows && i < TOP; i++) {
    if (i) ari_buf_text(&alt, "; ");
    put_place(p->work, &alt, c->rows[i]);
  }
  if (c->n_rows > TOP) ari_buf_text(&alt, "; …");
  return ari_chart_keep(p, &alt, &c->alt) && ari_chart_title_agencies(p, c);
}

enum { WIDTH = 960, PAD = 5, BAR = 16, SWATCH = 13, GAP = 8, NAME_MOST = 320, BARS_LEAST = 300, MANY_ROWS = 25 };

typedef struct row {
  uint32_t agency;
  const ari_standing *standing;
  ari_text_lines name;
  ari_str rank, end; /* end: what stands behind the bar */
  int64_t bar;       /* where the bar ends */
  int upper, lower;
  bool striped;
} row;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  ari_fields fields;
  size_t *colours; /* of the fields: the same in the charts of all groups */
  uint32_t tiers;  /* of the agencies */
  row *rows;
  ari_locale how;
  int decimals;    /* of points */
  bool with_index; /* applicable maxima differ: points alone would not explain the order */
  bool ties, unranked;
  int rank_right, name_left, left, right;
  int64_t low, high, step;
} layout;

/* ---- colours ---- */

/* Paul Tol's "light" scheme: nine colours that colour-blind readers can tell apart and dark text can stand on. Further fields take them
 * again darker, then paler; beyond 27 they repeat, and the order, which is the legend's, tells them apart. */
static const uint32_t colours[] = {0x77aadd, 0xee8866, 0xeedd88, 0xffaabb, 0x44bb99, 0x99ddff, 0xaaaa00, 0xdddddd, 0xbbcc33};

static bool is_dark(size_t field) { return field / ARI_COUNT(colours) % 3 == 1; }

static uint32_t field_colour(size_t field) {
  uint32_t colour = colours[field % ARI_COUNT(colours)], half = colour >> 1 & 0x7f7f7f; /* each part of red, green and blue halved */
  if (is_dark(field)) return half;
  return field / ARI_COUNT(colours) % 3 == 2 ? half + 0x808080 : colour;
}

/* ---- figures ---- */

/* Far beyond what a set can give, bars end where numbers end. */
static int64_t add_points(int64_t a, int64_t b) {
  if (b > 0 && a > INT64_MAX - b) return INT64_MAX;
  if (b < 0 && a < INT64_MIN - b) return INT64_MIN;
  return a + b;
}

static int pixel_of(const layout *l, int64_t points) {
  uint64_t part = (uint64_t)points - (uint64_t)l->low, span = (uint64_t)l->high - (uint64_t)l->low;
  while (span >> 40) span >>= 1, part >>= 1;
  return l->left + (int)(part * (uint64_t)(l->right - l->left) / span);
}

static const ari_figure *figure_of(const layout *l, const row *r, size_t field) {
  return ari_result_figure(l->work->result, r->agency, l->fields.nodes[field]->index);
}

/* Fields with points above 0 are stacked to the right of 0, those below 0 to the left. */
static void extend_axis(layout *l, row *r) {
  int64_t above = 0, below = 0;
  for (size_t f = 0; f < l->fields.n; f++) {
    const ari_figure *figure = figure_of(l, r, f);
    if (!figure->has_points) continue;
    if (figure->points > 0) above = add_points(above, figure->points);
    else below = add_points(below, figure->points);
  }
  r->bar = above;
  if (above > l->high) l->high = above;
  if (below < l->low) l->low = below;
  if (r->standing->max > l->high) l->high = r->standing->max;
}

/* ---- texts ---- */

/* "84,50", with the index and the state where they say something; a word where there are no points. */
static bool write_end(layout *l, row *r) {
  const ari_standing *st = r->standing;
  ari_buf b = {0};
  const char *state = ari_chart_state_words(st->state, l->work->options.lang);
  if (st->has_points) {
    ari_buf_e12(&b, st->points, l->decimals, l->how);
    if (l->with_index) {
      ari_buf_text(&b, " · ");
      ari_chart_put_percent(&b, st->index, ari_decimals_index(l->work), l->how);
    }
    if (*state) ari_buf_text(&b, " · ");
  }
  ari_buf_text(&b, state);
  return ari_sheet_keep(l->s, &b, &r->end);
}

static bool write_row(layout *l, row *r) {
  ari_buf b = {0};
  ari_chart_put_rank(&b, r->standing);
  if (r->standing->rank == 0) l->unranked = true;
  else if (r->standing->tied) l->ties = true;
  ari_str name;
  return ari_sheet_keep(l->s, &b, &r->rank) && ari_chart_text(&l->s->arena, ari_chart_agency_name(l->work, r->agency), &name) &&
         ari_chart_wrap(&l->s->arena, name, ARI_FONT_PLAIN, NAME_MOST, &r->name) && write_end(l, r);
}

/* "=": same rank. "–": not ranked. "|": maxima by tier. Bars are of fields, totals of everything. */
static ari_str write_notes(layout *l) {
  ari_lang lang = l->work->options.lang;
  ari_buf b = {0};
  ari_chart_put_marks(&b, l->ties, l->unranked, lang);
  if (l->fields.n > 1 && (l->tiers & (l->tiers - 1))) ari_buf_printf(&b, "%s| %s", b.n ? "   " : "", ari_word_text(ARI_WORD_chart_tiers, lang));
  const ari_set *set = l->work->set;
  bool outside = false;
  for (uint32_t t = 0; t < set->n_tiers; t++) outside |= (l->tiers >> t & 1) && ari_set_has_outside(set, t);
  if (outside && l->fields.nodes[0] != set->root)
    ari_buf_printf(&b, "%s%s", b.n ? "   " : "", ari_word_text(ARI_WORD_chart_outside, lang));
  ari_str text = {0};
  if (b.n && !ari_sheet_keep(l->s, &b, &text)) l->s->failed = true;
  return text;
}

/* Group · period · points by field · the highest maximum · how many, and which of them on this page. */
static ari_str write_below(layout *l) {
  const ari_chart *c = l->chart;
  const ari_work *w = l->work;
  ari_lang lang = w->options.lang;
  ari_buf b = {0};
  ari_chart_put_agencies(&b, w, c);
  ari_buf_printf(&b, " · %s", ari_word_text(l->fields.n > 1 ? ARI_WORD_chart_by_field : ARI_WORD_chart_points, lang));
  if (l->with_index) ari_buf_printf(&b, " · %s", ari_word_text(ARI_WORD_chart_index, lang));
  ari_str text = {0};
  if (!ari_sheet_keep(l->s, &b, &text)) l->s->failed = true;
  return text;
}

/* ---- places ---- */

static bool read_rows(layout *l) {
  const ari_result *result = l->work->result;
  l->rows = ari_arena_array(&l->s->arena, l->chart->n_rows, sizeof *l->rows);
  if (!l->rows) return false;
  const ari_standing *first = NULL;
  for (size_t i = 0; i < l->chart->n_rows; i++) {
    row *r = &l->rows[i];
    r->agency = l->chart->rows[i];
    r->standing = &result->standings[r->agency];
    if (!r->standing->has_points) continue;
    if (!first) first = r->standing;
    if (r->standing->max != first->max) l->with_index = true;
    extend_axis(l, r);
  }
  for (size_t i = 0; i < l->chart->n_rows; i++)
    if (!write_row(l, &l->rows[i])) return false;
  l->step = ari_chart_ticks(&l->low, &l->high);
  return true;
}

/* Where the text behind a bar ends. */
static int end_row(const layout *l, const row *r) { return pixel_of(l, r->bar) + GAP + ari_chart_text_width(r->end, ARI_FONT_BOLD); }

/* Ranks and names as wide as the widest; bars as long as the texts behind them let them be; where that is too short the picture grows. */
static void place_columns(layout *l) {
  enum { MOST = WIDTH - ARI_MARGIN };
  int rank = 0, name = 0;
  for (size_t i = 0; i < l->chart->n_rows; i++) {
    const row *r = &l->rows[i];
    int w = ari_chart_text_width(r->rank, ARI_FONT_PLAIN);
    if (w > rank) rank = w;
    for (size_t k = 0; k < r->name.n; k++)
      if ((w = ari_chart_text_width(r->name.at[k], ARI_FONT_PLAIN)) > name) name = w;
  }
  l->rank_right = ARI_MARGIN + rank;
  l->name_left = l->rank_right + GAP;
  l->left = l->name_left + name + GAP;
  l->right = MOST - GAP;
  for (size_t i = 0; i < l->chart->n_rows; i++) {
    int bar = pixel_of(l, l->rows[i].bar) - l->left, over = end_row(l, &l->rows[i]) - MOST;
    if (over <= 0 || bar <= 0) continue;
    l->right = over < bar ? l->left + (l->right - l->left) * (bar - over) / bar : l->left;
    if (l->right < l->left + BARS_LEAST) l->right = l->left + BARS_LEAST;
  }
  l->s->width = WIDTH;
  for (size_t i = 0; i < l->chart->n_rows; i++) {
    int end = end_row(l, &l->rows[i]) + ARI_MARGIN;
    if (end > l->s->width) l->s->width = end;
  }
}

/* ---- drawing ---- */

/* The legend: as many columns as the longest name leaves room for; longer ones than half the width are wrapped. Returns the y below. */
static int draw_legend(layout *l, int y) {
  ari_sheet *s = l->s;
  if (l->fields.n < 2) return y;
  ari_text_lines *names = ari_arena_array(&s->arena, l->fields.n, sizeof *names);
  if (!names) return s->failed = true, y;
  int room = s->width - 2 * ARI_MARGIN, most = room / 2 - SWATCH - 3 * GAP, widest = 0;
  for (size_t f = 0; f < l->fields.n; f++) {
    ari_buf b = {0};
    ari_str text;
    ari_buf_str(&b, ari_chart_field_name(l->work, l->fields.nodes[f]));
    ari_buf_text(&b, " (");
    ari_chart_put_maxima(&b, l->work, l->fields.nodes[f], l->tiers, l->how);
    ari_buf_char(&b, ')');
    if (!ari_sheet_keep(l->s, &b, &text) || !ari_chart_wrap(&s->arena, text, ARI_FONT_PLAIN, most, &names[f])) return s->failed = true, y;
    for (size_t k = 0; k < names[f].n; k++) {
      int w = ari_chart_text_width(names[f].at[k], ARI_FONT_PLAIN);
      if (w > widest) widest = w;
    }
  }
  int column = SWATCH + GAP + widest + 2 * GAP;
  size_t columns = (size_t)(room / column), lines = (l->fields.n + columns - 1) / columns;
  columns = (l->fields.n + lines - 1) / lines; /* of about the same height */
  for (size_t f = 0; f < l->fields.n; f += columns) {
    int lowest = y;
    for (size_t k = f; k < f + columns && k < l->fields.n; k++) {
      int x = ARI_MARGIN + (int)(k - f) * column;
      ari_sheet_box(s, "box", x, x + SWATCH, y - SWATCH / 2, y - SWATCH / 2 + SWATCH, field_colour(l->colours[k]));
      int below = ari_sheet_lines(s, x + SWATCH + GAP, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_INK, names[k]);
      if (below > lowest) lowest = below;
    }
    y = lowest + 3;
  }
  return y + GAP;
}

static void draw_ticks(layout *l, int y) {
  for (int64_t tick = l->low;; tick += l->step) {
    ari_buf b = {0};
    ari_str text;
    ari_buf_e12(&b, tick, -1, l->how);
    if (!ari_sheet_keep(l->s, &b, &text)) l->s->failed = true;
    else ari_sheet_text(l->s, pixel_of(l, tick), y, ARI_FONT_SMALL, ARI_SIDE_CENTRE, ARI_MUTED, text);
    if (l->high - l->step < tick) return;
  }
}

static void draw_grid(layout *l, int upper, int lower) {
  for (int64_t tick = l->low;; tick += l->step) {
    ari_buf_text(&l->s->rows, "grid\t");
    ari_buf_e12(&l->s->rows, tick, -1, ARI_AS_DATA);
    ari_buf_printf(&l->s->rows, "\t%d\t%d\n", upper, lower);
    if (l->high - l->step < tick) return;
  }
}

/* One field of a bar, and its figure where there is room for it. */
static void draw_part(layout *l, const row *r, size_t field, int64_t from, int64_t to) {
  ari_sheet *s = l->s;
  int middle = (r->upper + r->lower) / 2;
  ari_buf_text(&s->rows, "bar\t");
  ari_buf_e12(&s->rows, from, -1, ARI_AS_DATA);
  ari_buf_char(&s->rows, '\t');
  ari_buf_e12(&s->rows, to, -1, ARI_AS_DATA);
  ari_buf_printf(&s->rows, "\t%d\t%d\t%u\n", middle - BAR / 2, middle + BAR / 2, (unsigned)field_colour(l->colours[field]));
  if (l->fields.n < 2) return;
  ari_buf b = {0};
  ari_str text;
  ari_buf_e12(&b, figure_of(l, r, field)->points, ari_chart_decimals(l->work->set->root->rounding.leaf), l->how);
  if (!ari_sheet_keep(l->s, &b, &text)) {
    s->failed = true;
    return;
  }
  int a = pixel_of(l, from), z = pixel_of(l, to), width = a < z ? z - a : a - z;
  if (ari_chart_text_width(text, ARI_FONT_SMALL) + 4 > width) return;
  ari_sheet_text(s, (a + z) / 2, middle, ARI_FONT_SMALL, ARI_SIDE_CENTRE, is_dark(l->colours[field]) ? ARI_ON_DARK : ARI_ON_PALE, text);
}

static void draw_row(layout *l, const row *r) {
  int64_t above = 0, below = 0;
  int middle = (r->upper + r->lower) / 2, line = ari_chart_line_height(ARI_FONT_PLAIN);
  uint32_t ink = r->standing->rank ? ARI_INK : ARI_MUTED;
  ari_sheet_text(l->s, l->rank_right, middle, ARI_FONT_PLAIN, ARI_SIDE_RIGHT, ink, r->rank);
  ari_sheet_lines(l->s, l->name_left, middle - ((int)r->name.n - 1) * line / 2, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ink, r->name);
  for (size_t f = 0; f < l->fields.n && r->standing->has_points; f++) {
    const ari_figure *figure = figure_of(l, r, f);
    if (!figure->has_points || figure->points == 0) continue;
    int64_t *end = figure->points > 0 ? &above : &below, from = *end;
    *end = add_points(*end, figure->points);
    draw_part(l, r, f, from, *end);
  }
  ari_font font = r->standing->has_points ? ARI_FONT_BOLD : ARI_FONT_PLAIN;
  int x = pixel_of(l, above) + GAP, width = ari_chart_text_width(r->end, font);
  ari_sheet_box(l->s, "mask", x - 2, x + width, middle - BAR / 2, middle + BAR / 2, r->striped ? ARI_STRIPE : ARI_GROUND);
  ari_sheet_text(l->s, x, middle, font, ARI_SIDE_LEFT, ink, r->end);
}

static void draw_all(layout *l) {
  ari_sheet *s = l->s;
  int y = ari_sheet_head(s, ari_str_of(ari_set_title(l->work)), write_below(l));
  y = draw_legend(l, y);
  if (l->chart->n_rows > MANY_ROWS) draw_ticks(l, y), y += GAP;
  int upper = y;
  bool striped = true;
  for (size_t i = 0; i < l->chart->n_rows; i++) {
    row *r = &l->rows[i];
    if (ari_chart_part_begins(l->work, l->chart, i)) y = ari_sheet_part(l->s, l->work, r->agency, y, l->left - ARI_MARGIN - GAP) + PAD, striped = true;
    r->upper = y;
    y = r->lower = y + (int)r->name.n * ari_chart_line_height(ARI_FONT_PLAIN) + PAD;
    r->striped = striped = !striped;
    if (r->striped) ari_sheet_box(s, "box", ARI_MARGIN / 2, s->width - ARI_MARGIN / 2, r->upper, r->lower, ARI_STRIPE);
  }
  draw_grid(l, upper, y);
  for (size_t i = 0; i < l->chart->n_rows; i++) draw_row(l, &l->rows[i]);
  draw_ticks(l, y += 12);
  ari_str notes = write_notes(l);
  if (notes.n) ari_sheet_text(s, ARI_MARGIN, y += 20, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED, notes);
  s->height = y + 16;
}

/* The fields that some agency of the chart can have points in. */
static bool choose_fields(layout *l) {
  const ari_set *set = l->work->set;
  if (!ari_chart_fields(set, &l->s->arena, &l->fields)) return false;
  if (set->root->combine != ARI_COMBINE_SUM) l->fields.nodes[0] = set->root, l->fields.n = 1;   /* parts that do not add up make no bar */
  l->tiers = ari_chart_tiers(l->work, l->chart->rows, l->chart->n_rows);
  l->colours = ari_arena_array(&l->s->arena, l->fields.n, sizeof *l->colours);
  if (!l->colours) return false;
  size_t n = 0;
  for (size_t f = 0; f < l->fields.n; f++) {
    if (!ari_chart_has_field(l->work, l->fields.nodes[f], l->tiers)) continue;
    l->fields.nodes[n] = l->fields.nodes[f];
    l->colours[n++] = f;
  }
  l->fields.n = n;
  return true;
}

bool ari_sheet_ranking(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .s = s, .how = ari_chart_locale(work)};
  l.decimals = ari_chart_decimals(ari_decimals_total(work));
  if (!choose_fields(&l) || !read_rows(&l)) return false;
  place_columns(&l);
  draw_all(&l);
  snprintf(s->args[0], sizeof s->args[0], "%d", l.left);
  snprintf(s->args[1], sizeof s->args[1], "%d", l.right);
  ari_figure_text(l.low, -1, ARI_AS_DATA, s->args[2]);
  ari_figure_text(l.high, -1, ARI_AS_DATA, s->args[3]);
  return !s->failed && !s->rows.failed;
}
