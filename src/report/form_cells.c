/* Cells of the form: values as they are carried over, and what a cell takes, with a hint that shows when somebody comes to it. */
#include "inside.h"

#include <xlsxwriter.h>

void ari_form_text(ari_form_book *x, size_t row, size_t column, ari_str text, ari_form_style style) {
  ari_book_text(x->book, x->sheet, row, column, text, x->styles[style]);
}

void ari_form_word(ari_form_book *x, size_t row, size_t column, ari_word w, ari_form_style style) {
  ari_form_text(x, row, column, ari_str_of(ari_word_text(w, x->form->lang)), style);
}

/* ---- values ---- */

ari_form_style ari_form_style_of(const ari_input *input) {
  switch (input->type) {
  case ARI_COUNT_INPUT:
  case ARI_SURVEY: return ARI_FORM_STYLE_OPEN_COUNT;
  case ARI_NUMBER: return ARI_FORM_STYLE_OPEN_NUMBER;
  case ARI_MONEY: return ARI_FORM_STYLE_OPEN_MONEY;
  case ARI_PERCENT: return ARI_FORM_STYLE_OPEN_PERCENT;
  case ARI_DATE: return ARI_FORM_STYLE_OPEN_DATE;
  default: return ARI_FORM_STYLE_OPEN_TEXT;
  }
}

/* Two options of the same title would be one: then ids are shown. */
ari_str ari_form_option(const ari_form *form, const ari_input *input, uint32_t option) {
  ari_str own = ari_title_of(form->work, input->options[option].title);
  for (uint32_t i = 0; i < input->n_options; i++)
    if (i != option && ari_str_eq(own, ari_title_of(form->work, input->options[i].title))) return input->options[option].id;
  return own.n ? own : input->options[option].id;
}

void ari_form_put_value(ari_form_book *x, size_t row, size_t column, const ari_evidence *ev, const ari_input *input, const ari_cell *cell, ari_form_style style) {
  lxw_format *format = x->styles[style];
  ari_dec v = cell ? cell->value : (ari_dec){0};
  if (!cell) {
    ari_form_text(x, row, column, ARI_STR(""), style);
    return;
  }
  switch (input->type) {
  case ARI_YES_NO: ari_form_word(x, row, column, v.coef ? ARI_WORD_form_yes : ARI_WORD_form_no, style); break;
  case ARI_CHOICE: ari_form_text(x, row, column, ari_form_option(x->form, input, (uint32_t)v.coef), style); break;
  case ARI_TEXT: ari_form_text(x, row, column, ev->texts[v.coef], style); break;
  case ARI_DATE: ari_book_date(x->book, x->sheet, row, column, (int32_t)v.coef, format); break;
  default:
    if (ari_book_holds(v)) ari_book_dec(x->book, x->sheet, row, column, v, format);
    else ari_form_text(x, row, column, ARI_STR(""), style);   /* more digits than a spreadsheet keeps: to be typed anew rather than changed in silence */
  }
}

/* ---- what a cell takes ---- */

enum { HINT_TITLE = 30, HINT_TEXT = 250 };   /* Excel takes 32 and 255 */

/* As much as fits of a text, as a C string in the buffer. */
static const char *cut(ari_buf *b, ari_str s, size_t most) {
  size_t units = 0, i = 0;
  ari_buf_clear(b);
  for (size_t len; i < s.n; i += len) {
    units += ari_utf8_decode(s.p + i, s.n - i, &len) > 0xFFFF ? 2 : 1;
    if (units > most) break;
    ari_buf_put(b, s.p + i, len);
  }
  if (i < s.n) ari_buf_text(b, "…");
  ari_buf_char(b, '\0');
  return b->failed ? "" : b->p;
}

void ari_form_limit(ari_buf *b, const ari_input *input, ari_dec limit) {
  enum { FIRST_DAY = 25569 };   /* of 1970 */
  if (input->type == ARI_DATE) ari_buf_int(b, limit.coef + FIRST_DAY);
  else ari_buf_dec(b, limit, ARI_AS_DATA);
}

/* Where a date has no limits of its own: those beyond which the reader of a form asks too. */
static void get_days(const ari_form *form, ari_dec *first, ari_dec *last) {
  int32_t from, to;
  ari_period_days_around(form->period, &from, &to);
  *first = (ari_dec){.coef = from};
  *last = (ari_dec){.coef = to};
}

typedef struct limits { ari_buf low, high; } limits;

/* From and to of the input; what is not said is what its type allows. */
static void put_limits(limits *l, const ari_form *form, const ari_input *input) {
  bool not_below = input->type == ARI_COUNT_INPUT || input->type == ARI_MONEY;
  ari_dec first, last;
  get_days(form, &first, &last);
  if (input->has_from || input->type == ARI_DATE) ari_form_limit(&l->low, input, input->has_from ? input->from : first);
  else ari_buf_text(&l->low, not_below ? "0" : "-999999999999999");
  if (input->has_to || input->type == ARI_DATE) ari_form_limit(&l->high, input, input->has_to ? input->to : last);
  else ari_buf_text(&l->high, "999999999999999");
  ari_buf_char(&l->low, '\0');
  ari_buf_char(&l->high, '\0');
}

/* The cells of the titles on the sheet about the form. */
static void put_choices(ari_buf *b, const ari_form *form, const ari_input *input) {
  int32_t first = input->type == ARI_YES_NO ? ARI_FORM_TITLES_FIRST : form->options[input - form->set->inputs];
  int32_t n = input->type == ARI_YES_NO ? 2 : (int32_t)input->n_options;
  ari_buf_printf(b, "='ari'!$D$%d:$D$%d", first + 1, first + n);
  ari_buf_char(b, '\0');
}

static char *as_text(const char *s) { return (char *)(uintptr_t)s; }   /* libxlsxwriter copies it */

/* The date of a document. */
void ari_form_validate_days(ari_form_book *x, size_t row, size_t last_row, size_t column) {
  const ari_input day = {.type = ARI_DATE};
  limits l = {0};
  lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_DATE_FORMULA, .criteria = LXW_VALIDATION_CRITERIA_BETWEEN, .error_type = LXW_VALIDATION_ERROR_TYPE_STOP};
  put_limits(&l, x->form, &day);
  v.error_title = as_text(cut(&x->text, ari_str_of(ari_word_text(ARI_WORD_form_bad_value, x->form->lang)), HINT_TITLE));
  v.error_message = as_text(ari_word_text(ARI_WORD_form_bad_day, x->form->lang));
  v.minimum_formula = l.low.p;
  v.maximum_formula = l.high.p;
  bool failed = l.low.failed || l.high.failed;
  if (failed || worksheet_data_validation_range(x->sheet, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)last_row, (lxw_col_t)column, &v) != LXW_NO_ERROR) x->book->failed = true;
  ari_buf_free(&l.low);
  ari_buf_free(&l.high);
}

void ari_form_validate(ari_form_book *x, size_t row, size_t last_row, size_t column, const ari_input *input) {
  ari_buf title = {0}, hint = {0}, help = {0}, choices = {0};
  limits l = {0};
  lxw_data_validation v = {.criteria = LXW_VALIDATION_CRITERIA_BETWEEN, .error_type = LXW_VALIDATION_ERROR_TYPE_STOP};
  if (input->type == ARI_TEXT) return;
  put_limits(&l, x->form, input);
  put_choices(&choices, x->form, input);
  ari_form_help(&help, x->form, input, false);
  v.input_title = as_text(cut(&title, ari_title_of(x->form->work, input->title).n ? ari_title_of(x->form->work, input->title) : input->name, HINT_TITLE));
  v.input_message = as_text(cut(&hint, ari_buf_view(&help), HINT_TEXT));
  v.error_title = as_text(cut(&x->text, ari_str_of(ari_word_text(ARI_WORD_form_bad_value, x->form->lang)), HINT_TITLE));
  v.error_message = v.input_message;
  v.minimum_formula = l.low.p;
  v.maximum_formula = l.high.p;
  v.validate = input->type == ARI_COUNT_INPUT ? LXW_VALIDATION_TYPE_INTEGER_FORMULA : input->type == ARI_DATE ? LXW_VALIDATION_TYPE_DATE_FORMULA : LXW_VALIDATION_TYPE_DECIMAL_FORMULA;
  if (input->type == ARI_YES_NO || input->type == ARI_CHOICE) v.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, v.value_formula = choices.p;
  bool failed = title.failed || hint.failed || help.failed || choices.failed || l.low.failed || l.high.failed;
  if (failed || worksheet_data_validation_range(x->sheet, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)last_row, (lxw_col_t)column, &v) != LXW_NO_ERROR) x->book->failed = true;
  ari_buf_free(&title);
  ari_buf_free(&hint);
  ari_buf_free(&help);
  ari_buf_free(&choices);
  ari_buf_free(&l.low);
  ari_buf_free(&l.high);
}
