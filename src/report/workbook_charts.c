/* The charts of a report's workbook, on a sheet of their own: for each block of agencies that are ranked together bars stacked by field, first rank on top. They
 * look at the cells of the ranking, so whoever opens the file sees what stands there. A chart is never larger than a page. */
#include "inside.h"

#include <xlsxwriter.h>

/* Pixels, at which a page of A4 is filled when its width is brought down to WIDTH. */
enum { WIDTH = 900, BAR = 24, AROUND = 110, LEGEND = 20, ROW = 20, PAGE_ROWS = 62, COLUMNS = 14, MOST_BARS = 40, MOST_BREAKS = 1000 };

/* Rows of the list as it is shown, first..end of the block from..to: what one chart is of. */
typedef struct part { size_t from, to, first, end; } part;

static size_t end_of_block(const ari_work *work, size_t from) {
  const ari_result *r = work->result;
  size_t end = from + 1;
  while (end < r->n_agencies && ari_chart_block(work, r->shown[end]) == ari_chart_block(work, r->shown[from])) end++;
  return end;
}

/* Parts of a long block are of one size. False: there was none left. */
static bool next_part(const ari_work *work, part *p) {
  size_t n = work->result->n_agencies;
  if (p->end == p->to) {
    if (p->to == n) return false;
    p->from = p->to;
    p->to = end_of_block(work, p->from);
    p->end = p->from;
  }
  size_t bars = p->to - p->from, parts = (bars + MOST_BARS - 1) / MOST_BARS, each = (bars + parts - 1) / parts;
  p->first = p->end;
  p->end = p->to - p->first < each ? p->to : p->first + each;
  return true;
}

static void put_title(ari_buf *b, const ari_report_sheets *w, const part *p) {
  const ari_work *work = w->work;
  ari_str group = ari_chart_group_name(work, ari_chart_block(work, work->result->shown[p->from]));
  ari_buf_visible(b, group.n ? group : ari_str_of(ari_set_title(work)));
  ari_buf_printf(b, " – %s", ari_word_text(w->n_bars ? ARI_WORD_chart_by_field : ARI_WORD_chart_points, w->lang));
  if (p->first > p->from || p->end < p->to) ari_buf_printf(b, " (%zu–%zu)", p->first - p->from + 1, p->end - p->from);
}

/* Where the axis of a block ends: the same for each of its charts, with room for all that can be reached. 0: points below zero make one of their own. */
static int end_of_axis(const ari_report_sheets *w, const part *p) {
  const ari_work *work = w->work;
  enum { STEP = 5 };
  int64_t most = 0;
  for (size_t i = p->from; i < p->to; i++) {
    const ari_standing *s = &work->result->standings[work->result->shown[i]];
    if (s->has_max && s->max > most) most = s->max;
    if (s->has_points && s->points > most) most = s->points;
    for (size_t f = 0; f < w->n_bars; f++)
      if (ari_result_figure(work->result, work->result->shown[i], w->fields[f]->index)->points < 0) return 0;
    if (s->has_points && s->points < 0) return 0;
  }
  return (int)((most / ARI_ONE + STEP) / STEP) * STEP;
}

/* The colours of fields come again from the ninth on: then with lines in them. */
static void set_fill(lxw_chart_series *s, size_t field) {
  static const uint8_t lines[] = {LXW_CHART_PATTERN_NONE, LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL, LXW_CHART_PATTERN_NARROW_VERTICAL};
  uint8_t type = lines[field / ARI_FIELD_COLOURS % ARI_COUNT(lines)];
  lxw_color_t colour = ari_chart_field_colour(field);
  if (type) chart_series_set_pattern(s, &(lxw_chart_pattern){.fg_color = ARI_INK, .bg_color = colour, .type = type});
  else chart_series_set_fill(s, &(lxw_chart_fill){.color = colour});
}

static void add_series(const ari_report_sheets *w, lxw_chart *chart, const char *sheet, const part *p, size_t i) {
  enum { NAMES = 2 };
  size_t head = w->sheets[0].head, column = (w->n_bars ? ari_report_sheets_fields_column(w) : ari_report_sheets_points_column(w)) + i;
  lxw_row_t first = (lxw_row_t)(head + p->first), last = (lxw_row_t)(head + p->end - 1);
  lxw_chart_series *s = chart_add_series(chart, NULL, NULL);
  if (!s) return;   /* libxlsxwriter has said so; a chart without it is not what was counted */
  chart_series_set_name_range(s, sheet, (lxw_row_t)head - 1, (lxw_col_t)column);
  chart_series_set_categories(s, sheet, first, NAMES, last, NAMES);
  chart_series_set_values(s, sheet, first, (lxw_col_t)column, last, (lxw_col_t)column);
  set_fill(s, i);
}

static void set_axes(lxw_chart *chart, int end) {
  chart_axis_set_reverse(chart->y_axis);   /* of bars this is the one with the names: the first on top */
  chart_axis_set_interval_unit(chart->y_axis, 1);
  chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  chart_axis_set_num_format(chart->x_axis, "General");
  if (end) chart_axis_set_min(chart->x_axis, 0), chart_axis_set_max(chart->x_axis, end);
}

/* Two fields go side by side in a legend. */
static size_t chart_height(const ari_report_sheets *w, const part *p) { return AROUND + (w->n_bars + 1) / 2 * LEGEND + (p->end - p->first) * BAR; }

static void put_chart(ari_report_sheets *w, lxw_worksheet *s, const char *ranking, const part *p, size_t row) {
  ari_book *book = w->grid.book;
  lxw_chart *chart = ari_book_chart(book, LXW_CHART_BAR_STACKED);
  ari_buf title = {0};
  put_title(&title, w, p);
  ari_str shown = ari_buf_view(&title);
  ari_buf_char(&title, '\0');
  if (title.failed || !chart) {
    book->failed = true;
  } else {
    for (size_t i = 0; i < (w->n_bars ? w->n_bars : 1); i++) add_series(w, chart, ranking, p, i);
    chart_title_set_name(chart, title.p);
    chart_title_set_name_font(chart, &(lxw_chart_font){.size = 12, .bold = LXW_TRUE});
    chart_set_series_gap(chart, 40);
    set_axes(chart, end_of_axis(w, p));
    if (w->n_bars > 1) chart_legend_set_position(chart, LXW_CHART_LEGEND_TOP);
    else chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    ari_book_place(book, s, row, 0, chart, WIDTH, chart_height(w, p), shown);
  }
  ari_buf_free(&title);
}

/* Charts follow each other while the page has room. */
void ari_report_sheets_put_charts(ari_report_sheets *w) {
  lxw_row_t breaks[MOST_BREAKS + 1];
  size_t row = 2, page = 0, n_breaks = 0;
  part p = {0};
  ari_book *book = w->grid.book;
  lxw_worksheet *s = ari_book_sheet(book, w->charts);
  char *ranking = ari_str_cstring(&w->arena, w->sheets[0].name);
  if (!s || !ranking) {
    book->failed = true;
    return;
  }
  ari_book_text(book, s, 0, 0, ari_str_of(ari_set_title(w->work)), w->grid.formats[ARI_GRID_TITLE]);
  while (next_part(w->work, &p) && !book->failed) {
    size_t rows = (chart_height(w, &p) + ROW - 1) / ROW + 1;
    if (row > 2 && row - page + rows > PAGE_ROWS && n_breaks < MOST_BREAKS) breaks[n_breaks++] = (lxw_row_t)row, page = row;
    put_chart(w, s, ranking, &p, row);
    row += rows;
  }
  breaks[n_breaks] = 0;
  ari_book_page(s, false);
  worksheet_fit_to_pages(s, 1, 0);
  worksheet_gridlines(s, LXW_HIDE_ALL_GRIDLINES);
  worksheet_print_area(s, 0, 0, (lxw_row_t)row, COLUMNS);
  if (n_breaks) worksheet_set_h_pagebreaks(s, breaks);
}
