/* Stability of ranks: between which ranks an agency comes to stand when weights or figures are varied, as a table says (interval_table.c),
 * with the middle one and the rank that it has. */
#include "inside.h"

enum { WIDTH = 960, NAME_MOST = 300, PLOT_LEAST = 300, GAP = 12, COLUMNS = 2, BAND = 7, SAMPLE = 28 };

typedef struct row {
  const ari_interval *interval;
  ari_str cell[COLUMNS];     /* "2–9", the median */
} row;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  ari_chart_rows rows;
  row *at;
  ari_locale how;
  ari_scale scale;
  int column[COLUMNS], width[COLUMNS];
  ari_str head[COLUMNS];
  size_t blank;              /* agencies that the table does not have */
} layout;

static bool keep_word(layout *l, ari_word word, ari_str *out) {
  return ari_chart_text(&l->s->arena, ari_str_of(ari_word_text(word, l->work->options.lang)), out);
}

static bool write_row(layout *l, row *r) {
  const ari_interval *v = r->interval;
  ari_buf b[COLUMNS] = {{0}, {0}};
  if (v->there) {
    ari_buf_e12(&b[0], v->low, -1, l->how);
    ari_buf_text(&b[0], "–");
    ari_buf_e12(&b[0], v->high, -1, l->how);
    ari_buf_e12(&b[1], v->median, -1, l->how);
  } else {
    ari_buf_text(&b[0], "–");
    ari_buf_text(&b[1], "–");
  }
  bool kept = true;
  for (int k = 0; k < COLUMNS; k++) {
    kept = ari_sheet_keep(l->s, &b[k], &r->cell[k]) && kept;
    int w = ari_chart_text_width(r->cell[k], ARI_FONT_PLAIN);
    if (w > l->width[k]) l->width[k] = w;
  }
  return kept;
}

static bool read_rows(layout *l) {
  if (!ari_chart_rows_write(l->work, l->chart, l->s, NAME_MOST, &l->rows)) return false;
  if (!keep_word(l, ARI_WORD_chart_range, &l->head[0]) || !keep_word(l, ARI_WORD_chart_median, &l->head[1])) return false;
  for (int k = 0; k < COLUMNS; k++) l->width[k] = ari_chart_text_width(l->head[k], ARI_FONT_SMALL);
  l->at = ari_arena_array(&l->s->arena, l->rows.n, sizeof *l->at);
  if (!l->at) return false;
  int64_t high = ARI_ONE;
  for (size_t i = 0; i < l->rows.n; i++) {
    const ari_chart_row *agency = &l->rows.at[i];
    row *r = &l->at[i];
    r->interval = &l->chart->intervals[agency->agency];
    if (!r->interval->there) l->blank++;
    else if (r->interval->high > high) high = r->interval->high;
    if (agency->standing->rank * ARI_ONE > high) high = agency->standing->rank * ARI_ONE;
    if (!write_row(l, r)) return false;
  }
  ari_scale_ranks(&l->scale, high);
  return true;
}

static void place_columns(layout *l) {
  int all = l->width[0] + l->width[1] + 2 * GAP;
  l->scale.left = l->rows.right + GAP;
  l->scale.right = l->s->width - ARI_MARGIN - all - GAP;
  if (l->scale.right < l->scale.left + PLOT_LEAST) {
    l->scale.right = l->scale.left + PLOT_LEAST;
    l->s->width = l->scale.right + GAP + all + ARI_MARGIN;
  }
  l->column[1] = l->s->width - ARI_MARGIN;
  l->column[0] = l->column[1] - l->width[1] - GAP;
}

static void draw_band(ari_sheet *s, int left, int right, int y) { ari_sheet_box(s, "box", left, right, y - BAND / 2, y - BAND / 2 + BAND, ARI_PALE); }
static void draw_median(ari_sheet *s, int x, int y) { ari_sheet_box(s, "mask", x - 1, x + 2, y - BAND, y + BAND, ARI_BLUE); }

static void draw_row(void *of, size_t i) {
  layout *l = of;
  const ari_chart_row *agency = &l->rows.at[i];
  const ari_interval *v = l->at[i].interval;
  int y = ari_chart_row_middle(agency);
  for (int k = 0; k < COLUMNS; k++) ari_sheet_text(l->s, l->column[k], y, ARI_FONT_PLAIN, ARI_SIDE_RIGHT, v->there ? ARI_INK : ARI_MUTED, l->at[i].cell[k]);
  if (v->there) {
    draw_band(l->s, ari_scale_pixel(&l->scale, v->low) - 2, ari_scale_pixel(&l->scale, v->high) + 2, y);
    draw_median(l->s, ari_scale_pixel(&l->scale, v->median), y);
  }
  if (agency->standing->rank) ari_sheet_mark(l->s, "dot", ari_scale_pixel(&l->scale, agency->standing->rank * ARI_ONE), y, ARI_ORANGE);
}

/* Three signs with their words. */
static int draw_legend(layout *l, int y) {
  static const ari_word words[] = {ARI_WORD_chart_range, ARI_WORD_chart_median, ARI_WORD_chart_rank_now};
  int x = ARI_MARGIN;
  for (size_t k = 0; k < ARI_COUNT(words); k++) {
    ari_str text;
    if (!keep_word(l, words[k], &text)) return l->s->failed = true, y;
    if (k == 0) draw_band(l->s, x, x + SAMPLE, y), x += SAMPLE;
    else if (k == 1) draw_median(l->s, x + 2, y), x += 4;
    else ari_sheet_mark(l->s, "dot", x + 5, y, ARI_ORANGE), x += 10;
    ari_sheet_text(l->s, x + 8, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_INK, text);
    x += 8 + ari_chart_text_width(text, ARI_FONT_PLAIN) + 2 * GAP;
  }
  return y + ari_chart_line_height(ARI_FONT_PLAIN) + 4;
}

static void draw_all(layout *l) {
  ari_lang lang = l->work->options.lang;
  int y = draw_legend(l, ari_chart_rows_head(l->work, l->chart, l->s, ARI_WORD_chart_interval_title, &l->scale));
  for (int k = 0; k < COLUMNS; k++) ari_sheet_text(l->s, l->column[k], y, ARI_FONT_SMALL, ARI_SIDE_RIGHT, ARI_MUTED, l->head[k]);
  y = ari_chart_rows_draw(l->s, &l->rows, &l->scale, l->how, y, draw_row, l);
  ari_buf notes = {0};
  if (l->rows.ties || l->rows.unranked) ari_chart_next_note(&notes), ari_chart_put_marks(&notes, l->rows.ties, l->rows.unranked, lang);
  if (l->blank) ari_chart_next_note(&notes), ari_buf_printf(&notes, "%s: ", ari_word_text(ARI_WORD_chart_not_in_table, lang)), ari_buf_count(&notes, (int64_t)l->blank, l->how);
  l->s->height = ari_sheet_notes(l->s, y + 4, &notes) + 8;
}

bool ari_sheet_interval(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .s = s, .how = ari_chart_locale(work)};
  s->width = WIDTH;
  if (!read_rows(&l)) return false;
  place_columns(&l);
  draw_all(&l);
  return !s->failed && !s->rows.failed;
}

/* ---- in words ---- */

/* "2 (1–4, median 2,5)" */
static void put_interval(const ari_chart_plan *p, uint32_t agency, ari_buf *b) {
  const ari_interval *v = &p->wish->intervals[agency];
  ari_locale how = ari_chart_locale(p->work);
  ari_chart_put_rank(b, &p->work->result->standings[agency]);
  if (!v->there) return;
  ari_buf_text(b, " (");
  ari_buf_e12(b, v->low, -1, how);
  ari_buf_text(b, "–");
  ari_buf_e12(b, v->high, -1, how);
  ari_buf_printf(b, ", %s ", ari_word_text(ARI_WORD_chart_median, p->work->options.lang));
  ari_buf_e12(b, v->median, -1, how);
  ari_buf_char(b, ')');
}

bool ari_describe_interval(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  c->intervals = p->wish->intervals;
  *wanted = c->intervals != NULL;
  return !*wanted || ari_chart_describe_rows(p, c, ARI_WORD_chart_interval_title, put_interval);
}
