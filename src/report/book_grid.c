/* The sheets of a report's workbook: how cells look, how high rows are, what stays in sight, and how it comes out on paper. */
#include "inside.h"

#include <xlsxwriter.h>

/* Percent of their size at which letters are still read well on paper; letters that go on a page at their full size; points that a line takes, and lines that a
 * row has room for. */
enum { LEAST_SCALE = 65, MOST_SCALE = 85, PAGE = 108, LINE = 15, MOST_LINES = 27 };

/* ---- how cells look ---- */

static void set_style(lxw_format *f, ari_grid_style style) {
  enum { AS_TEXT = 49, WHOLE = 1 };   /* numbers of Excel's own formats: what looks like a formula or a figure stays text even when it is edited */
  format_set_num_format_index(f, style == ARI_GRID_COUNT ? WHOLE : AS_TEXT);
  format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
  if (style == ARI_GRID_TITLE) format_set_bold(f), format_set_font_size(f, 14);
  if (style == ARI_GRID_SOFT || style == ARI_GRID_LABEL) format_set_font_color(f, 0x57606A);
  if (style == ARI_GRID_HEADING) format_set_bold(f), format_set_bg_color(f, 0xF4F6F8), format_set_align(f, LXW_ALIGN_CENTER);
  if (style == ARI_GRID_TEXT) format_set_align(f, LXW_ALIGN_LEFT), format_set_indent(f, 1);
  if (style >= ARI_GRID_LABEL && style != ARI_GRID_COUNT) format_set_text_wrap(f);
  if (style >= ARI_GRID_HEADING) format_set_bottom(f, LXW_BORDER_THIN), format_set_bottom_color(f, 0xD0D7DE);
}

static void set_decimals(lxw_format *f, int decimals) {
  char form[32] = "#,##0.000000000000";
  form[decimals ? 6 + decimals : 5] = '\0';
  format_set_num_format(f, form);
  format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
  format_set_bottom(f, LXW_BORDER_THIN);
  format_set_bottom_color(f, 0xD0D7DE);
}

ari_grid ari_grid_start(ari_book *book) {
  ari_grid g = {.book = book};
  for (int i = 0; i <= ARI_GRID_FIGURE + ARI_GRID_DECIMALS; i++) {
    g.formats[i] = ari_book_format(book);
    if (!g.formats[i]) break;
    if (i < ARI_GRID_FIGURE) set_style(g.formats[i], (ari_grid_style)i);
    else set_decimals(g.formats[i], i - ARI_GRID_FIGURE);
  }
  return g;
}

/* ---- how it is looked at, and printed ---- */

static size_t add_widths(const ari_grid_plan *plan, size_t end) {
  size_t width = 0;
  for (size_t i = 0; i < end; i++) width += plan->widths[i];
  return width;
}

/* At which its columns up to `end` take the width of a page. */
static size_t fit_scale(const ari_grid_plan *plan, size_t end) { return PAGE * 100 / (add_widths(plan, end) + 1); }

/* What can be brought down to the width of a page is; what is wider goes on beside, names and heads on each page. */
static void set_print(const ari_grid *g) {
  const ari_grid_plan *plan = g->plan;
  lxw_worksheet *s = g->sheet;
  ari_book_page(s, true);
  worksheet_print_area(s, 0, 0, (lxw_row_t)plan->rows - 1, (lxw_col_t)(plan->columns - 1));
  if (plan->head) worksheet_repeat_rows(s, (lxw_row_t)plan->repeat, (lxw_row_t)plan->head - 1);
  if (plan->left) worksheet_repeat_columns(s, 0, (lxw_col_t)(plan->left - 1));
  if (fit_scale(plan, plan->columns) >= LEAST_SCALE) {
    worksheet_fit_to_pages(s, 1, 0);
    return;
  }
  size_t scale = plan->page_break ? fit_scale(plan, plan->page_break) : LEAST_SCALE;
  worksheet_set_print_scale(s, (uint16_t)(scale < LEAST_SCALE ? LEAST_SCALE : scale > MOST_SCALE ? MOST_SCALE : scale));
  worksheet_print_across(s);
  if (plan->page_break) worksheet_set_v_pagebreaks(s, (lxw_col_t[]){(lxw_col_t)plan->page_break, 0});
}

bool ari_grid_begin(ari_grid *g, const ari_grid_plan *plan) {
  lxw_worksheet *s = g->sheet = ari_book_sheet(g->book, plan->name);
  g->plan = plan;
  g->row = g->column = 0;
  g->lines = 1;
  if (!s) return false;
  for (size_t i = 0; i < plan->columns; i++) worksheet_set_column(s, (lxw_col_t)i, (lxw_col_t)i, plan->widths[i], NULL);
  if (plan->head) worksheet_freeze_panes(s, (lxw_row_t)plan->head, (lxw_col_t)plan->left);
  if (plan->filter) worksheet_autofilter(s, (lxw_row_t)plan->head - 1, 0, (lxw_row_t)plan->rows - 1, (lxw_col_t)(plan->columns - 1));
  char all[32];   /* ids such as 1.10 are text on purpose */
  lxw_rowcol_to_range(all, 0, 0, (lxw_row_t)plan->rows - 1, (lxw_col_t)(plan->columns - 1));
  if (worksheet_ignore_errors(s, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all) != LXW_NO_ERROR) g->book->failed = true;
  set_print(g);
  return true;
}

/* ---- cells ---- */

/* That a text takes in a column: each line but the last loses some letters, because words are not broken. */
static size_t count_lines(ari_str text, size_t width) {
  enum { LOST = 3, AROUND = 1 };
  size_t n = ari_utf8_width(text), each = width - LOST - AROUND;
  return n <= width - AROUND ? 1 : (n - LOST + each - 1) / each;
}

void ari_grid_text(ari_grid *g, ari_grid_style style, ari_str s) {
  size_t lines = style == ARI_GRID_TITLE ? 2 : style == ARI_GRID_SOFT ? 1 : count_lines(s, g->plan->widths[g->column]);   /* titles are large, and go on beside */
  if (lines > g->lines) g->lines = lines;
  ari_book_text(g->book, g->sheet, g->row, g->column++, s, g->formats[style]);
}

/* How many decimals a figure has. */
static int count_decimals(int64_t e12) {
  int decimals = ARI_GRID_DECIMALS;
  for (; decimals > 0 && e12 % 10 == 0; decimals--) e12 /= 10;
  return decimals;
}

void ari_grid_figure(ari_grid *g, bool there, int64_t e12, int decimals) {
  int own = there ? count_decimals(e12) : 0;
  lxw_format *format = g->formats[ARI_GRID_FIGURE + (own > decimals ? own : decimals < 0 ? 0 : decimals)];
  if (there) ari_book_figure(g->book, g->sheet, g->row, g->column++, e12, format);
  else ari_book_text(g->book, g->sheet, g->row, g->column++, (ari_str){0}, format);
}

void ari_grid_count(ari_grid *g, int n) {
  if (n) ari_book_int(g->book, g->sheet, g->row, g->column++, n, g->formats[ARI_GRID_COUNT]);
  else ari_book_text(g->book, g->sheet, g->row, g->column++, (ari_str){0}, g->formats[ARI_GRID_COUNT]);
}

void ari_grid_end(ari_grid *g) {
  if (g->lines > 1 && worksheet_set_row(g->sheet, (lxw_row_t)g->row, (int)(g->lines < MOST_LINES ? g->lines : MOST_LINES) * LINE, NULL) != LXW_NO_ERROR) g->book->failed = true;
}

void ari_grid_next_row(ari_grid *g) {
  ari_grid_end(g);
  g->row++;
  g->column = 0;
  g->lines = 1;
}
