/* What goes into a workbook through libxlsxwriter: sheets, charts, cells, and how a page is set. The one place that knows floating point: a spreadsheet holds doubles, libxlsxwriter takes
 * nothing else, and ari reads none of its own back as points. What is shown are the decimals of the cell's format. */
#include "inside.h"

#include <errno.h>
#include <string.h>
#include <xlsxwriter.h>

enum { LONGEST_TEXT = 32767, LONGEST_NAME = 31, LONGEST_NAME_BYTES = 48 };

/* ---- text ---- */

static size_t count_units(uint32_t c) { return c > 0xFFFF ? 2 : 1; }   /* Excel counts in UTF-16 */
static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* "_x0041_" in a cell would be read as "A" (ST_Xstring). */
static bool is_code(ari_str s, size_t i) {
  return s.n - i >= 7 && s.p[i] == '_' && s.p[i + 1] == 'x' && is_hex(s.p[i + 2]) && is_hex(s.p[i + 3]) && is_hex(s.p[i + 4]) && is_hex(s.p[i + 5])
      && s.p[i + 6] == '_';
}

/* As a C string, with what cannot be seen shown, and no longer than a cell takes. */
static const char *to_cell(ari_book *b, ari_str text) {
  ari_buf shown = {0};
  ari_buf_visible(&shown, text);
  ari_str s = ari_buf_view(&shown);
  size_t units = 0;
  ari_buf_clear(&b->text);
  for (size_t i = 0, len; i < s.n; i += len) {
    units += count_units(ari_utf8_decode(s.p + i, s.n - i, &len)) + (is_code(s, i) ? 6 : 0);
    if (units > LONGEST_TEXT - 1) {
      ari_buf_text(&b->text, "…");
      break;
    }
    if (is_code(s, i)) ari_buf_text(&b->text, "_x005F");
    ari_buf_put(&b->text, s.p + i, len);
  }
  ari_buf_char(&b->text, '\0');
  if (shown.failed || b->text.failed) b->failed = true;
  ari_buf_free(&shown);
  return b->text.failed ? "" : b->text.p;
}

/* libxlsxwriter has room for 128 bytes where both the repeated rows and columns of a sheet are named, its name twice. */
void ari_book_tab(ari_buf *b, size_t number, ari_str title) {
  ari_buf shown = {0};
  size_t start = b->n, units;
  if (number) ari_buf_printf(b, "%zu. ", number);
  units = b->n - start;
  ari_buf_visible(&shown, title);
  for (size_t i = 0, len; i < shown.n; i += len) {
    units += count_units(ari_utf8_decode(shown.p + i, shown.n - i, &len));
    bool more = i + len < shown.n;
    if ((units > LONGEST_NAME - 1 && more) || b->n - start + len > LONGEST_NAME_BYTES - (more ? strlen("…") : 0)) {
      ari_buf_text(b, "…");
      break;
    }
    if (memchr("[]:*?/\\'", shown.p[i], 8)) ari_buf_char(b, ' ');
    else ari_buf_put(b, shown.p + i, len);
  }
  if (shown.failed) b->failed = true;
  ari_buf_free(&shown);
}

/* ---- what is counted ---- */

/* What libxlsxwriter could not copy (a name, an alternative text, what is printed) it leaves out without a word: only errno knows, until its next file. */
void ari_book_note(ari_book *b) {
  if (errno == ENOMEM) b->failed = true;
}

static const char *c_string(ari_book *b, ari_str s) {
  ari_buf_clear(&b->text);
  ari_buf_str(&b->text, s);
  ari_buf_char(&b->text, '\0');
  if (b->text.failed) b->failed = true;
  return b->text.failed ? "" : b->text.p;
}

lxw_worksheet *ari_book_sheet(ari_book *b, ari_str name) {
  ari_book_note(b);
  lxw_worksheet *s = workbook_add_worksheet(b->file, c_string(b, name));
  if (s && s->name && s->quoted_name) b->sheets++;
  else b->failed = true;
  ari_book_note(b);
  return s;
}

lxw_chart *ari_book_chart(ari_book *b, uint8_t type) {
  lxw_chart *c = workbook_add_chart(b->file, type);
  if (c) b->charts++;
  else b->failed = true;
  return c;
}

lxw_format *ari_book_format(ari_book *b) {
  lxw_format *f = workbook_add_format(b->file);
  if (!f) b->failed = true;
  return f;
}

static void count_cell(ari_book *b, lxw_error e) {
  if (e == LXW_NO_ERROR) b->cells++;
  else b->failed = true;
  ari_book_note(b);
}

void ari_book_text(ari_book *b, lxw_worksheet *s, size_t row, size_t column, ari_str text, lxw_format *format) {
  if (text.n) count_cell(b, worksheet_write_string(s, (lxw_row_t)row, (lxw_col_t)column, to_cell(b, text), format));
  else if (format) count_cell(b, worksheet_write_blank(s, (lxw_row_t)row, (lxw_col_t)column, format));
}

/* ---- figures ---- */

/* The double nearest to the figure: up to 15 digits and powers of ten are exact, so it is rounded once, by the division. */
static double to_double(int64_t e12) {
  static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
  size_t scale = 12;
  for (; scale > 0 && e12 % 10 == 0; scale--) e12 /= 10;
  return (double)e12 / powers[scale];
}

void ari_book_figure(ari_book *b, lxw_worksheet *s, size_t row, size_t column, int64_t e12, lxw_format *format) {
  count_cell(b, worksheet_write_number(s, (lxw_row_t)row, (lxw_col_t)column, to_double(e12), format));
}

void ari_book_int(ari_book *b, lxw_worksheet *s, size_t row, size_t column, int64_t v, lxw_format *format) {
  count_cell(b, worksheet_write_number(s, (lxw_row_t)row, (lxw_col_t)column, (double)v, format));
}

bool ari_book_holds(ari_dec d) { return d.coef > -INT64_C(1000000000000000) && d.coef < INT64_C(1000000000000000); }

/* Up to 15 digits and up to 10^22 are exact, so the result is rounded once. */
void ari_book_dec(ari_book *b, lxw_worksheet *s, size_t row, size_t column, ari_dec d, lxw_format *format) {
  double v = (double)d.coef, power = 1;
  for (int i = d.scale < 0 ? -d.scale : d.scale; i > 0; i--) power *= 10;
  count_cell(b, worksheet_write_number(s, (lxw_row_t)row, (lxw_col_t)column, d.scale < 0 ? v * power : v / power, format));
}

void ari_book_date(ari_book *b, lxw_worksheet *s, size_t row, size_t column, int32_t day, lxw_format *format) {
  ari_book_int(b, s, row, column, (int64_t)day + ARI_TAB_DAY_1970, format);   /* a spreadsheet counts from 1899-12-30 */
}

void ari_book_formula(ari_book *b, lxw_worksheet *s, size_t row, size_t column, const char *formula, int64_t e12, lxw_format *format) {
  count_cell(b, worksheet_write_formula_num(s, (lxw_row_t)row, (lxw_col_t)column, formula, format, to_double(e12)));
}

void ari_book_formula_text(ari_book *b, lxw_worksheet *s, size_t row, size_t column, const char *formula, ari_str result, lxw_format *format) {
  count_cell(b, worksheet_write_formula_str(s, (lxw_row_t)row, (lxw_col_t)column, formula, format, c_string(b, result)));
}

void ari_book_page(lxw_worksheet *s, bool landscape) {
  enum { A4 = 9 };
  worksheet_set_paper(s, A4);
  worksheet_set_margins(s, 0.4, 0.4, 0.5, 0.6);   /* inches */
  worksheet_set_footer(s, "&A  &P / &N");
  if (landscape) worksheet_set_landscape(s);
}

/* A chart stands with its upper left corner in a cell; its own size is 480 × 288 pixels. */
void ari_book_place(ari_book *b, lxw_worksheet *s, size_t row, size_t column, lxw_chart *chart, size_t width, size_t height, ari_str alternative) {
  lxw_chart_options options = {.x_scale = (double)width / 480, .y_scale = (double)height / 288, .object_position = LXW_OBJECT_MOVE_DONT_SIZE};
  options.description = (char *)(uintptr_t)c_string(b, alternative);
  if (!chart || worksheet_insert_chart_opt(s, (lxw_row_t)row, (lxw_col_t)column, chart, &options) != LXW_NO_ERROR) b->failed = true;
}
