/* The ranking: a row for each agency, with its rank, its name and a bar stacked by field. All places are computed here in whole pixels;
 * gnuplot only turns the ends of bars, which are exact points, into places. */
#include "inside.h"

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

/* "Bar chart of the points, 15 agencies: 1. Sở Nội vụ 88,20; 2. …" */
bool ari_describe_ranking(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  ari_buf alt = {0};
  *wanted = true;
  ari_buf_printf(&alt, "%s, ", ari_word_text(ARI_WORD_chart_ranking_alt, p->work->options.lang));
  ari_chart_put_count(&alt, p->work, c->all_rows, ARI_WORD_chart_agencies);
  ari_buf_text(&alt, ": ");
  for (size_t i = 0; i < c->n_rows; i++) {
    if (i) ari_buf_text(&alt, "; ");
    put_place(p->work, &alt, c->rows[i]);
  }
  return ari_chart_keep(p, &alt, &c->alt) && ari_chart_title_agencies(p, c);
}

enum { WIDTH = 960, BAR = 16, EDGE = 3, SWATCH = 13, GAP = 8, NAME_MOST = 320, BARS_LEAST = 300, MANY_ROWS = 25 };

typedef struct bar {
  const ari_chart_row *row;
  ari_str end;       /* what stands behind it */
  int64_t above;     /* where it ends */
  int64_t to[2];     /* while it is drawn: how far it has come to the left and to the right of 0 */
} bar;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  ari_fields fields;
  size_t *colours; /* of the fields: the same in the charts of all groups */
  uint32_t tiers;  /* of the agencies */
  ari_chart_rows rows;
  bar *bars;
  ari_scale scale;
  ari_locale how;
  int decimals;    /* of points */
  bool with_index; /* applicable maxima differ: points alone would not explain the order */
} layout;

/* ---- colours ---- */

/* Of Paul Tol's "light" scheme the eight that colour-blind readers can tell apart and dark text can stand on, ordered so that those which some readers see
 * as nearly the same are no neighbours. Further fields take them again with a dark edge below, then above, then on both sides; beyond 32 they repeat, and the
 * order, which is the legend's, tells them apart. */
static const uint32_t colours[ARI_FIELD_COLOURS] = {0x77aadd, 0xee8866, 0x99ddff, 0xffaabb, 0xaaaa00, 0x44bb99, 0xeedd88, 0xdddddd};

uint32_t ari_chart_field_colour(size_t field) { return colours[field % ARI_FIELD_COLOURS]; }
static bool has_edge(size_t field, bool above) { return field / ARI_FIELD_COLOURS % 4 & (above ? 2 : 1); }

/* ---- figures ---- */

static const ari_figure *figure_of(const layout *l, const bar *r, size_t field) {
  return ari_result_figure(l->work->result, r->row->agency, l->fields.nodes[field]->index);
}

/* Fields with points above 0 are stacked to the right of 0, those below 0 to the left. */
static void extend_axis(layout *l, bar *r, int64_t *low, int64_t *high) {
  int64_t above = 0, below = 0;
  for (size_t f = 0; f < l->fields.n; f++) {
    const ari_figure *figure = figure_of(l, r, f);
    if (!figure->has_points) continue;
    if (figure->points > 0) above = ari_chart_add(above, figure->points);
    else below = ari_chart_add(below, figure->points);
  }
  r->above = above;
  if (above > *high) *high = above;
  if (below < *low) *low = below;
  if (r->row->standing->max > *high) *high = r->row->standing->max;
}

/* ---- texts ---- */

/* "84,50", with the index and the state where they say something; a word where there are no points. */
static bool write_end(layout *l, bar *r) {
  const ari_standing *st = r->row->standing;
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

/* "=": same rank. "–": not ranked. "|": maxima by tier. Bars are of fields, totals of everything. Returns the y below. */
static int draw_notes(layout *l, int y) {
  ari_lang lang = l->work->options.lang;
  const ari_set *set = l->work->set;
  ari_buf notes = {0};
  ari_chart_put_marks(&notes, l->rows.ties, l->rows.unranked, lang);
  if (l->fields.n > 1 && (l->tiers & (l->tiers - 1))) ari_chart_next_note(&notes), ari_buf_printf(&notes, "| %s", ari_word_text(ARI_WORD_chart_tiers, lang));
  bool outside = false;
  for (uint32_t t = 0; t < set->n_tiers; t++) outside |= (l->tiers >> t & 1) && ari_set_has_outside(set, t);
  if (outside && l->fields.nodes[0] != set->root) ari_chart_next_note(&notes), ari_buf_text(&notes, ari_word_text(ARI_WORD_chart_outside, lang));
  return ari_sheet_notes(l->s, y, &notes);
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
  l->bars = ari_arena_array(&l->s->arena, l->chart->n_rows, sizeof *l->bars);
  if (!l->bars || !ari_chart_rows_write(l->work, l->chart, l->s, NAME_MOST, &l->rows)) return false;
  int64_t low = 0, high = 0;
  const ari_standing *first = NULL;
  for (size_t i = 0; i < l->rows.n; i++) {
    l->bars[i].row = &l->rows.at[i];
    const ari_standing *st = l->bars[i].row->standing;
    if (!st->has_points) continue;
    if (!first) first = st;
    if (st->max != first->max) l->with_index = true;
    extend_axis(l, &l->bars[i], &low, &high);
  }
  for (size_t i = 0; i < l->rows.n; i++)
    if (!write_end(l, &l->bars[i])) return false;
  ari_scale_choose(&l->scale, low, high, true);
  return true;
}

/* Where the text behind a bar ends. */
static int end_row(const layout *l, const bar *r) {
  return ari_scale_pixel(&l->scale, r->above) + GAP + ari_chart_text_width(r->end, ARI_FONT_BOLD);
}

/* Bars as long as the texts behind them let them be; where that is too short the picture grows. */
static void place_columns(layout *l) {
  enum { MOST = WIDTH - ARI_MARGIN };
  ari_scale *scale = &l->scale;
  scale->left = l->rows.right;
  scale->right = MOST - GAP;
  for (size_t i = 0; i < l->rows.n; i++) {
    int length = ari_scale_pixel(scale, l->bars[i].above) - scale->left, over = end_row(l, &l->bars[i]) - MOST;
    if (over <= 0 || length <= 0) continue;
    scale->right = over < length ? scale->left + (scale->right - scale->left) * (length - over) / length : scale->left;
    if (scale->right < scale->left + BARS_LEAST) scale->right = scale->left + BARS_LEAST;
  }
  for (size_t i = 0; i < l->rows.n; i++) {
    int end = end_row(l, &l->bars[i]) + ARI_MARGIN;
    if (end > l->s->width) l->s->width = end;
  }
}

/* ---- drawing ---- */

static void draw_swatch(ari_sheet *s, int left, int upper, size_t field) {
  int right = left + SWATCH, lower = upper + SWATCH;
  ari_sheet_box(s, "box", left, right, upper, lower, ari_chart_field_colour(field));
  if (has_edge(field, true)) ari_sheet_box(s, "box", left, right, upper, upper + EDGE, ARI_ON_PALE);
  if (has_edge(field, false)) ari_sheet_box(s, "box", left, right, lower - EDGE, lower, ARI_ON_PALE);
}

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
      draw_swatch(s, x, y - SWATCH / 2, l->colours[k]);
      int below = ari_sheet_lines(s, x + SWATCH + GAP, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_INK, names[k]);
      if (below > lowest) lowest = below;
    }
    y = lowest + 3;
  }
  return y + GAP;
}

static void put_bar(ari_sheet *s, int64_t from, int64_t to, int upper, int lower, uint32_t colour) {
  ari_buf_text(&s->rows, "bar\t");
  ari_buf_e12(&s->rows, from, -1, ARI_AS_DATA);
  ari_buf_char(&s->rows, '\t');
  ari_buf_e12(&s->rows, to, -1, ARI_AS_DATA);
  ari_buf_printf(&s->rows, "\t%d\t%d\t%u\n", upper, lower, (unsigned)colour);
}

/* One field of a bar, and its figure where there is room for it. */
static void draw_part(layout *l, const bar *r, size_t field, int64_t from, int64_t to) {
  ari_sheet *s = l->s;
  int middle = ari_chart_row_middle(r->row), upper = middle - BAR / 2, lower = middle + BAR / 2;
  put_bar(s, from, to, upper, lower, ari_chart_field_colour(l->colours[field]));
  if (has_edge(l->colours[field], true)) put_bar(s, from, to, upper, upper + EDGE, ARI_ON_PALE);
  if (has_edge(l->colours[field], false)) put_bar(s, from, to, lower - EDGE, lower, ARI_ON_PALE);
  if (l->fields.n < 2) return;
  ari_buf b = {0};
  ari_str text;
  ari_buf_e12(&b, figure_of(l, r, field)->points, ari_chart_decimals(l->work->set->root->rounding.leaf), l->how);
  if (!ari_sheet_keep(l->s, &b, &text)) {
    s->failed = true;
    return;
  }
  int a = ari_scale_pixel(&l->scale, from), z = ari_scale_pixel(&l->scale, to), width = a < z ? z - a : a - z;
  if (ari_chart_text_width(text, ARI_FONT_SMALL) + 4 > width) return;
  ari_sheet_text(s, (a + z) / 2, middle, ARI_FONT_SMALL, ARI_SIDE_CENTRE, ARI_ON_PALE, text);
}

static void draw_field(layout *l, bar *r, size_t field) {
  const ari_figure *figure = figure_of(l, r, field);
  if (!r->row->standing->has_points || !figure->has_points || figure->points == 0) return;
  int64_t *end = &r->to[figure->points > 0], from = *end;
  *end = ari_chart_add(*end, figure->points);
  draw_part(l, r, field, from, *end);
}

static void draw_end(layout *l, const bar *r) {
  const ari_standing *st = r->row->standing;
  ari_font font = st->has_points ? ARI_FONT_BOLD : ARI_FONT_PLAIN;
  int middle = ari_chart_row_middle(r->row), x = ari_scale_pixel(&l->scale, r->above) + GAP, width = ari_chart_text_width(r->end, font);
  ari_sheet_box(l->s, "mask", x - 2, x + width, middle - BAR / 2, middle + BAR / 2, r->row->striped ? ARI_STRIPE : ARI_GROUND);
  ari_sheet_text(l->s, x, middle, font, ARI_SIDE_LEFT, st->rank ? ARI_INK : ARI_MUTED, r->end);
}

/* What has one colour is written together, so that it becomes one path (svg_drawing.c). */
static void draw_bars(layout *l) {
  for (size_t f = 0; f < l->fields.n; f++)
    for (size_t i = 0; i < l->rows.n; i++) draw_field(l, &l->bars[i], f);
  for (int striped = 0; striped < 2; striped++)
    for (size_t i = 0; i < l->rows.n; i++)
      if (l->bars[i].row->striped == striped) draw_end(l, &l->bars[i]);
}

static void draw_all(layout *l) {
  ari_sheet *s = l->s;
  int y = ari_sheet_head(s, ari_str_of(ari_set_title(l->work)), write_below(l));
  y = draw_legend(l, y);
  if (l->rows.n > MANY_ROWS) ari_sheet_ticks(s, &l->scale, y, l->how), y += GAP;
  y = ari_chart_rows_place(s, &l->rows, y);
  ari_chart_rows_grid(s, &l->rows, &l->scale);
  draw_bars(l);
  ari_sheet_ticks(s, &l->scale, y += 12, l->how);
  s->height = draw_notes(l, y) + GAP;
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
  s->width = WIDTH; /* it may only grow wider */
  if (!choose_fields(&l) || !read_rows(&l)) return false;
  place_columns(&l);
  draw_all(&l);
  snprintf(s->args[0], sizeof s->args[0], "%d", l.scale.left);
  snprintf(s->args[1], sizeof s->args[1], "%d", l.scale.right);
  ari_figure_text(l.scale.low, -1, ARI_AS_DATA, s->args[2]);
  ari_figure_text(l.scale.high, -1, ARI_AS_DATA, s->args[3]);
  return !s->failed && !s->rows.failed;
}
