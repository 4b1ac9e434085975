/* How the sheet of answers is laid out: its columns and their heads, titles above, heights of rows, and what is marked (ari-evidence(5), "Workbooks"). */
#include "inside.h"

#include <xlsxwriter.h>

/* ---- columns ---- */

/* In digits. Together they fit the width of A4 with letters of 8 points and more; the ids of the set's criteria take what they need from titles and rules. */
static const struct { ari_form_column column; uint8_t width; } columns[ARI_FORM_AT_FIGURE] = {   /* ARI_FORM_COLUMNS: the reader need not find it */
    [ARI_FORM_AT_KEY] = {ARI_FORM_COLUMNS, 4}, [ARI_FORM_AT_ID] = {ARI_FORM_ID, 7}, [ARI_FORM_AT_TITLE] = {ARI_FORM_TITLE, 26},
    [ARI_FORM_AT_RULE] = {ARI_FORM_RULE, 33}, [ARI_FORM_AT_MAX] = {ARI_FORM_MAX, 6}, [ARI_FORM_AT_VALUE] = {ARI_FORM_VALUE, 13},
    [ARI_FORM_AT_UNIT] = {ARI_FORM_UNIT, 8}, [ARI_FORM_AT_LAST] = {ARI_FORM_LAST, 8}, [ARI_FORM_AT_POINTS] = {ARI_FORM_POINTS, 7},
    [ARI_FORM_AT_STATE] = {ARI_FORM_COLUMNS, 13}, [ARI_FORM_AT_CLAIMED] = {ARI_FORM_CLAIMED, 7}, [ARI_FORM_AT_NOT_APPLICABLE] = {ARI_FORM_NOT_APPLICABLE, 11},
    [ARI_FORM_AT_NOTE] = {ARI_FORM_NOTE, 13}};

static void set_widths(ari_form_book *x) {
  enum { LONGEST = 22 };
  size_t id = columns[ARI_FORM_AT_ID].width;
  for (size_t i = 0; i < x->form->n_rows; i++) {
    const ari_node *node = x->form->rows[i].node;
    size_t own = node->parent ? ari_utf8_width(node->id) + 1 : 0;
    if (own > id) id = own < LONGEST ? own : LONGEST;
  }
  size_t more = id - columns[ARI_FORM_AT_ID].width;
  for (size_t at = 0; at < ARI_FORM_AT_FIGURE; at++) x->widths[at] = columns[at].width;
  x->widths[ARI_FORM_AT_ID] = (uint8_t)id;
  x->widths[ARI_FORM_AT_TITLE] = (uint8_t)(x->widths[ARI_FORM_AT_TITLE] - more / 2);
  x->widths[ARI_FORM_AT_RULE] = (uint8_t)(x->widths[ARI_FORM_AT_RULE] - (more - more / 2));
}

/* ---- heights ---- */

/* Spreadsheet programs do not all make a row as high as its text when they open a file: it is made so, word by word. */
size_t ari_form_lines_of(ari_str text, size_t width) {
  size_t lines = 1, used = 0;
  for (size_t i = 0, end; i < text.n; i = end + 1) {
    for (end = i; end < text.n && text.p[end] != ' ';) end++;
    size_t word = ari_utf8_width(ari_str_sub(text, i, end));
    if (used && used + 1 + word > width) lines++, used = 0;
    for (used += word + (used > 0); used > width; used -= width) lines++;
  }
  return lines;
}

void ari_form_lines(const ari_form_book *x, size_t *lines, ari_str text, ari_form_place at) {
  enum { MARGIN = 1, INDENT = 5 };   /* titles of inputs are indented */
  size_t width = x->widths[at] - (size_t)(at == ARI_FORM_AT_TITLE ? INDENT : MARGIN), n = ari_form_lines_of(text, width * 9 / 8);   /* letters are narrower than digits */
  if (n > *lines) *lines = n;
}

void ari_form_height(ari_form_book *x, size_t row, size_t lines) {
  enum { LINE = 15, MOST = 409 };
  int height = (int)lines * LINE;
  if (lines > 1) worksheet_set_row(x->sheet, (lxw_row_t)row, height > MOST ? MOST : height, NULL);
}

/* ---- titles and heads ---- */

static void put_line(ari_form_book *x, size_t row, ari_str text, ari_form_style style) {
  ari_form_own_row(x, row);
  ari_form_text(x, row, ARI_FORM_AT_ID, text, style);
}

static void put_titles(ari_form_book *x) {
  const ari_form *form = x->form;
  ari_buf b = {0};
  ari_buf_printf(&b, "%s – ", ari_word_text(ARI_WORD_form_title, form->lang));
  ari_buf_str(&b, ari_title_of(form->work, form->set->title));
  put_line(x, 1, ari_buf_view(&b), ARI_FORM_STYLE_TITLE);
  ari_buf_clear(&b);
  ari_buf_str(&b, form->name);
  ari_buf_text(&b, ", ");
  ari_buf_period_words(&b, form->period, form->lang);
  put_line(x, 2, ari_buf_view(&b), ARI_FORM_STYLE_TITLE);
  put_line(x, 3, ari_str_of(ari_word_text(ARI_WORD_form_hint, form->lang)), ARI_FORM_STYLE_SOFT);
  if (b.failed) x->book->failed = true;
  ari_buf_free(&b);
}

static void put_columns(ari_form_book *x) {
  static const char *const words[] = ARI_FORM_COLUMN_WORDS;
  static const ari_word heads[] = ARI_FORM_COLUMN_HEADS;
  lxw_row_col_options hidden = {LXW_TRUE, 0, 0};
  size_t head = ARI_FORM_FIRST_ROW - 1, lines = 1;
  ari_form_text(x, 0, ARI_FORM_AT_KEY, ARI_STR(ARI_FORM_ANSWERS), ARI_FORM_STYLE_HIDDEN);
  ari_form_own_row(x, head);
  worksheet_set_column_opt(x->sheet, ARI_FORM_AT_KEY, ARI_FORM_AT_KEY, x->widths[ARI_FORM_AT_KEY], NULL, &hidden);
  for (lxw_col_t at = ARI_FORM_AT_ID; at < ARI_FORM_AT_FIGURE; at++) {
    ari_form_column column = columns[at].column;
    ari_word said = column < ARI_FORM_COLUMNS ? heads[column] : ARI_WORD_state;
    if (column < ARI_FORM_COLUMNS) ari_form_text(x, 0, at, ari_str_of(words[column]), ARI_FORM_STYLE_HIDDEN);
    ari_form_word(x, head, at, said, ARI_FORM_STYLE_HEAD);
    ari_form_lines(x, &lines, ari_str_of(ari_word_text(said, x->form->lang)), at);
    worksheet_set_column(x->sheet, at, at, x->widths[at], NULL);
  }
  ari_form_height(x, head, lines);
  worksheet_set_column_opt(x->sheet, ARI_FORM_AT_FIGURE, ARI_FORM_PLACES - 1, 4, NULL, &hidden);
  worksheet_set_row_opt(x->sheet, 0, LXW_DEF_ROW_HEIGHT, NULL, &hidden);
  worksheet_freeze_panes(x->sheet, ARI_FORM_FIRST_ROW, ARI_FORM_AT_RULE);
  worksheet_repeat_rows(x->sheet, (lxw_row_t)head, (lxw_row_t)head);
}

void ari_form_lay_out(ari_form_book *x) {
  set_widths(x);
  put_columns(x);
  put_titles(x);
}

/* ---- marks ---- */

/* The cell of the first row; in a conditional format it means that of each. */
static void put_first(ari_buf *b, ari_form_place at) {
  ari_buf_char(b, '$');
  ari_buf_column(b, (uint32_t)at + 1);
  ari_buf_int(b, ARI_FORM_FIRST_ROW + 1);
}

static void mark(ari_form_book *x, ari_form_place at, lxw_format *format) {
  lxw_row_t first = ARI_FORM_FIRST_ROW, last = (lxw_row_t)(ARI_FORM_FIRST_ROW + x->form->n_rows - 1);
  ari_buf_char(&x->text, '\0');
  lxw_conditional_format f = {.type = LXW_CONDITIONAL_TYPE_FORMULA, .value_string = x->text.p, .format = format};
  if (!x->text.failed) worksheet_conditional_format_range(x->sheet, first, (lxw_col_t)at, last, (lxw_col_t)at, &f);
  ari_buf_clear(&x->text);
}

/* What does not fit and what is missing catches the eye. Rows of inputs have no maximum. */
void ari_form_mark(ari_form_book *x) {
  ari_buf *b = &x->text;
  ari_buf_clear(b);
  ari_buf_text(b, "=AND("), put_first(b, ARI_FORM_AT_MAX), ari_buf_text(b, "=\"\",ISERR("), put_first(b, ARI_FORM_AT_FIGURE), ari_buf_text(b, "))");
  mark(x, ARI_FORM_AT_VALUE, x->faulty);
  ari_buf_char(b, '='), put_first(b, ARI_FORM_AT_CODE), ari_buf_printf(b, "=%d", ARI_FORM_FAULTY);
  mark(x, ARI_FORM_AT_STATE, x->faulty);
  ari_buf_text(b, "=OR("), put_first(b, ARI_FORM_AT_CODE), ari_buf_printf(b, "=%d,", ARI_MISSING);
  put_first(b, ARI_FORM_AT_CODE), ari_buf_printf(b, "=%d)", ARI_FORM_UNDOCUMENTED);
  mark(x, ARI_FORM_AT_STATE, x->lacking);
}
