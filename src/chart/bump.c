/* Ranks over periods: a column for each period with its agencies in the order of their ranks, a line for each agency from one to the next.
 * Of two periods that is a slope. Places are by order, for agencies of the same rank must not lie on each other; the rank is written there. */
#include "inside.h"

#include <stdlib.h>

enum { WIDTH = 960, NAME_MOST = 240, BETWEEN_LEAST = 130, GAP = 10, PAD = 5, PILL = 16, MOVED_LEAST = 2, MOVED_PART = 12 };

/* An agency in one column. */
typedef struct stop { const ari_past_rank *rank; int y; } stop;

typedef struct row {
  uint32_t agency;
  ari_text_lines name;
  ari_str change;
  int moved;                 /* places up (> 0) or down, from the first column to the last */
  bool far;                  /* it moved many places, for its group */
  stop *stops;               /* by period */
} row;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  const ari_history *history;
  ari_sheet *s;
  row *at;
  row **order;               /* scratch: of one column */
  ari_locale how;
  ari_str *periods, change_head;
  int name, change, left, right;
  bool unranked, tied, strange, merged;      /* strange: not there, or ranked among others, in some period */
} layout;

/* ---- texts ---- */

static bool write_row(layout *l, row *r) {
  const ari_history *h = l->history;
  const ari_past_rank *first = &h->ranks[0][r->agency], *last = &h->ranks[h->n - 1][r->agency];
  ari_str name;
  ari_buf b = {0};
  r->stops = ari_arena_array(&l->s->arena, h->n, sizeof *r->stops);
  if (!r->stops) return false;
  for (size_t k = 0; k < h->n; k++) {
    r->stops[k].rank = &h->ranks[k][r->agency];
    l->strange |= !r->stops[k].rank->there;
    l->unranked |= r->stops[k].rank->there && !r->stops[k].rank->rank;
    l->tied |= r->stops[k].rank->tied;
    l->merged |= r->stops[k].rank->of_several;
  }
  bool ranked = first->rank && last->rank;
  r->moved = ranked ? first->rank - last->rank : 0;
  if (ranked) ari_chart_put_change(&b, r->moved * ARI_ONE, -1, l->how);
  else ari_buf_text(&b, "–");
  if (!ari_sheet_keep(l->s, &b, &r->change)) return false;
  int w = ari_chart_text_width(r->change, ARI_FONT_BOLD);
  if (w > l->change) l->change = w;
  if (!ari_chart_text(&l->s->arena, ari_chart_agency_name(l->work, r->agency), &name)) return false;
  if (!ari_chart_wrap(&l->s->arena, name, ARI_FONT_PLAIN, NAME_MOST, &r->name)) return false;
  for (size_t k = 0; k < r->name.n; k++)
    if ((w = ari_chart_text_width(r->name.at[k], ARI_FONT_PLAIN)) > l->name) l->name = w;
  return true;
}

static bool write_all(layout *l) {
  const ari_history *h = l->history;
  ari_arena *arena = &l->s->arena;
  l->at = ari_arena_array(arena, l->chart->n_rows, sizeof *l->at);
  l->order = ari_arena_array(arena, l->chart->n_rows, sizeof(row *));
  l->periods = ari_arena_array(arena, h->n, sizeof *l->periods);
  if (!l->at || !l->order || !l->periods) return false;
  if (!ari_chart_text(arena, ari_str_of(ari_word_text(ARI_WORD_chart_change, l->work->options.lang)), &l->change_head)) return false;
  l->change = ari_chart_text_width(l->change_head, ARI_FONT_SMALL);
  for (size_t k = 0; k < h->n; k++) {
    ari_buf b = {0};
    ari_buf_period_words(&b, h->periods[k], l->work->options.lang);
    if (!ari_sheet_keep(l->s, &b, &l->periods[k])) return false;
  }
  for (size_t i = 0; i < l->chart->n_rows; i++) {
    l->at[i].agency = l->chart->rows[i];
    if (!write_row(l, &l->at[i])) return false;
  }
  return true;
}

/* ---- places ---- */

static int column_x(const layout *l, size_t period) {
  return l->left + (int)((int64_t)period * (l->right - l->left) / (int64_t)(l->history->n - 1));
}

/* Names stand on both sides. */
static void place_columns(layout *l) {
  int between = l->s->width - 2 * ARI_MARGIN - 2 * (l->name + GAP + PILL) - l->change - GAP, least = BETWEEN_LEAST * (int)(l->history->n - 1);
  if (between < least) l->s->width += least - between, between = least;
  l->left = ARI_MARGIN + l->name + GAP + PILL;
  l->right = l->left + between;
}

/* 0: ranked; 1: there and not ranked; 2: not there. */
static int standing_of(const ari_past_rank *r) { return r->rank ? 0 : r->there ? 1 : 2; }

typedef struct place { row *row; const ari_past_rank *rank; } place;

static int by_rank(const void *a, const void *b) {
  const place *x = a, *y = b;
  int s = standing_of(x->rank), t = standing_of(y->rank);
  if (s != t) return s - t;
  if (x->rank->rank != y->rank->rank) return x->rank->rank - y->rank->rank;
  return (x->row->agency > y->row->agency) - (x->row->agency < y->row->agency);
}

/* The places of rows first..first+n-1 in every column. Where names stand, a place is as high as the higher of the two. Returns the y behind. */
static int place_block(layout *l, size_t first, size_t n, int y) {
  const ari_history *h = l->history;
  place *columns = ari_calloc(n * h->n, sizeof *columns);
  if (!columns) return l->s->failed = true, y;
  for (size_t k = 0; k < h->n; k++) {
    place *column = columns + k * n;
    for (size_t i = 0; i < n; i++) column[i] = (place){&l->at[first + i], l->at[first + i].stops[k].rank};
    qsort(column, n, sizeof *column, by_rank);
  }
  const place *left = columns, *right = columns + (h->n - 1) * n;
  for (size_t i = 0; i < n; i++) {
    size_t lines = right[i].row->name.n;
    if (left[i].rank->there && left[i].row->name.n > lines) lines = left[i].row->name.n;
    int height = (int)lines * ari_chart_line_height(ARI_FONT_PLAIN) + PAD;
    for (size_t k = 0; k < h->n; k++) columns[k * n + i].row->stops[k].y = y + height / 2;
    y += height;
  }
  ari_free(columns);
  return y;
}

/* ---- drawing ---- */

static uint32_t colour_of(const row *r) { return !r->far ? ARI_MUTED : r->moved > 0 ? ARI_BLUE : ARI_ORANGE; }

static void draw_line(layout *l, const row *r, size_t k) {
  const stop *a = &r->stops[k], *b = &r->stops[k + 1];
  if (!a->rank->there || !b->rank->there) return;
  bool plain = !r->far || !a->rank->rank || !b->rank->rank;
  ari_buf_printf(&l->s->rows, "line\t%d\t%d\t%d\t%d\t%d\t%u\n", column_x(l, k), a->y, column_x(l, k + 1), b->y, plain ? 1 : 2,
                 (unsigned)ari_sheet_colour(l->s, plain ? ARI_GREY : colour_of(r)));
}

static void draw_pill(layout *l, const row *r, size_t k) {
  const stop *a = &r->stops[k];
  ari_buf b = {0};
  ari_str text;
  if (!a->rank->there) return;
  ari_standing standing = {.rank = a->rank->rank, .tied = a->rank->tied};
  ari_chart_put_rank(&b, &standing);
  if (!ari_sheet_keep(l->s, &b, &text)) {
    l->s->failed = true;
    return;
  }
  int x = column_x(l, k), half = (ari_chart_text_width(text, ARI_FONT_SMALL) - PILL / 2) / 2;
  if (half < 0) half = 0;
  ari_buf_printf(&l->s->rows, "pill\t%d\t%d\t%d\t%u\n", x - half, a->y, x + half, (unsigned)ari_sheet_colour(l->s, a->rank->rank ? colour_of(r) : ARI_MUTED));
  ari_sheet_text(l->s, x, a->y, ARI_FONT_SMALL, ARI_SIDE_CENTRE, ARI_GROUND, text);
}

static void draw_name(layout *l, const row *r, int x, int y, ari_side side, bool ranked) {
  int line = ari_chart_line_height(ARI_FONT_PLAIN);
  ari_sheet_lines(l->s, x, y - ((int)r->name.n - 1) * line / 2, ARI_FONT_PLAIN, side, ranked ? ARI_INK : ARI_MUTED, r->name);
}

static void draw_row(layout *l, const row *r) {
  size_t last = l->history->n - 1;
  const stop *a = &r->stops[0], *b = &r->stops[last];
  for (size_t k = 0; k < last; k++) draw_line(l, r, k);
  for (size_t k = 0; k <= last; k++) draw_pill(l, r, k);
  if (a->rank->there) draw_name(l, r, l->left - PILL - GAP, a->y, ARI_SIDE_RIGHT, a->rank->rank);
  draw_name(l, r, l->right + PILL + GAP, b->y, ARI_SIDE_LEFT, b->rank->rank);
  ari_sheet_text(l->s, l->s->width - ARI_MARGIN, b->y, r->far ? ARI_FONT_BOLD : ARI_FONT_PLAIN, ARI_SIDE_RIGHT, colour_of(r), r->change);
}

/* Two colours with their words. */
static int draw_legend(layout *l, int least, int y) {
  static const struct { ari_word word; uint32_t colour; } signs[] = {{ARI_WORD_chart_up, ARI_BLUE}, {ARI_WORD_chart_down, ARI_ORANGE}};
  int x = ARI_MARGIN;
  for (size_t k = 0; k < ARI_COUNT(signs); k++) {
    ari_buf b = {0};
    ari_str text;
    ari_buf_printf(&b, "%s %d %s", ari_word_text(signs[k].word, l->work->options.lang), least, ari_word_text(ARI_WORD_chart_places, l->work->options.lang));
    if (!ari_sheet_keep(l->s, &b, &text)) return l->s->failed = true, y;
    ari_buf_printf(&l->s->rows, "line\t%d\t%d\t%d\t%d\t2\t%u\n", x, y, x + 28, y, (unsigned)ari_sheet_colour(l->s, signs[k].colour));
    ari_sheet_text(l->s, x + 36, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_INK, text);
    x += 36 + ari_chart_text_width(text, ARI_FONT_PLAIN) + 3 * GAP;
  }
  return y + ari_chart_line_height(ARI_FONT_PLAIN) + PAD;
}

/* The name of the group, where it is one of several, what the colours mean in it, and the periods. */
static int draw_block_head(layout *l, size_t first, int least, int y) {
  if (ari_chart_part_begins(l->work, l->chart, first))
    y = ari_sheet_part(l->s, l->work, l->at[first].agency, y - ari_chart_line_height(ARI_FONT_BOLD) / 2, l->s->width - 2 * ARI_MARGIN) + 3 * PAD;
  y = draw_legend(l, least, y);
  for (size_t k = 0; k < l->history->n; k++) ari_sheet_text(l->s, column_x(l, k), y, ARI_FONT_BOLD, ARI_SIDE_CENTRE, ARI_INK, l->periods[k]);
  ari_sheet_text(l->s, l->s->width - ARI_MARGIN, y, ARI_FONT_SMALL, ARI_SIDE_RIGHT, ARI_MUTED, l->change_head);
  return y + ari_chart_line_height(ARI_FONT_BOLD);
}

/* A move is far where it leads over a twelfth of the group. */
static int draw_block(layout *l, size_t first, size_t n, int y) {
  int least = (int)(n / MOVED_PART) < MOVED_LEAST ? MOVED_LEAST : (int)(n / MOVED_PART);
  for (size_t i = first; i < first + n; i++) l->at[i].far = abs(l->at[i].moved) >= least;
  y = draw_block_head(l, first, least, y);
  y = place_block(l, first, n, y);
  for (size_t i = first; i < first + n; i++) draw_row(l, &l->at[i]);
  return y;
}

static int draw_blocks(layout *l, int y) {
  for (size_t first = 0, n; first < l->chart->n_rows; first += n) {
    for (n = 1; first + n < l->chart->n_rows && !ari_chart_part_begins(l->work, l->chart, first + n);) n++;
    y = draw_block(l, first, n, first ? y + 2 * GAP : y);
  }
  return y;
}

static void write_notes(layout *l, ari_buf *notes) {
  ari_lang lang = l->work->options.lang;
  ari_chart_put_marks(notes, l->tied, l->unranked, lang);
  if (l->merged) ari_chart_next_note(notes), ari_buf_text(notes, ari_word_text(ARI_WORD_chart_merged, lang));
  if (l->strange) ari_chart_next_note(notes), ari_buf_text(notes, ari_word_text(ARI_WORD_chart_gap, lang));
  if (l->history->gone) ari_chart_next_note(notes), ari_buf_printf(notes, "%s: ", ari_word_text(ARI_WORD_chart_gone, lang)), ari_buf_count(notes, (int64_t)l->history->gone, l->how);
}

bool ari_sheet_bump(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .history = chart->history, .s = s, .how = ari_chart_locale(work)};
  s->width = WIDTH;
  if (!write_all(&l)) return false;
  place_columns(&l);
  int y = draw_blocks(&l, ari_chart_rows_head(work, chart, s, ARI_WORD_chart_bump_title, NULL));
  ari_buf notes = {0};
  write_notes(&l, &notes);
  s->height = ari_sheet_notes(s, y, &notes) + 12;
  return !s->failed && !s->rows.failed;
}

/* ---- in words ---- */

/* "2025: 4, 2026: 2 (+2)" */
static void put_ranks(const ari_chart_plan *p, uint32_t agency, ari_buf *b) {
  const ari_history *h = p->wish->history;
  for (size_t k = 0; k < h->n; k++) {
    const ari_past_rank *r = &h->ranks[k][agency];
    ari_standing standing = {.rank = r->rank, .tied = r->tied};
    if (k) ari_buf_text(b, ", ");
    ari_buf_period(b, h->periods[k]);
    ari_buf_text(b, ": ");
    ari_chart_put_rank(b, &standing);
  }
  int first = h->ranks[0][agency].rank, last = h->ranks[h->n - 1][agency].rank;
  if (!first || !last) return;
  ari_buf_text(b, " (");
  ari_chart_put_change(b, (first - last) * ARI_ONE, -1, ari_chart_locale(p->work));
  ari_buf_char(b, ')');
}

bool ari_describe_bump(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  c->history = p->wish->history;
  *wanted = c->history != NULL;
  return !*wanted || ari_chart_describe_rows(p, c, ARI_WORD_chart_bump_title, put_ranks);
}
