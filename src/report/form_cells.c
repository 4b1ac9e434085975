/* Cells of the form: values as they are carried over, and what a cell takes, with a hint that shows when somebody comes to it. */
#include "inside.h"

#include <xlsxwriter.h>

void ari_form_text(ari_form_book *x, size_t row, size_t column, ari_str text, ari_form_style style) {
  ari_book_text(x->book, x->sheet, row, column, text, x->styles[style]);
}

void ari_form_own_row(ari_form_book *x, size_t row) {
  ari_buf mark = {0};
  ari_buf_text(&mark, ARI_FORM_HEAD " ");
  ari_buf_str(&mark, x->form->id);
  ari_buf_char(&mark, ' ');
  ari_buf_period(&mark, x->form->period);
  ari_form_text(x, row, 0, ari_buf_view(&mark), ARI_FORM_STYLE_HIDDEN);
  if (mark.failed) x->book->failed = true;
  ari_buf_free(&mark);
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
  if (input->type == ARI_DATE) ari_buf_int(b, limit.coef + ARI_TAB_DAY_1970);
  else ari_buf_dec(b, limit, ARI_AS_DATA);
}

/* Where a date has no limits of its own: those beyond which the reader of a form asks too. */
static void get_days(const ari_form *form, ari_dec *first, ari_dec *last) {
  int32_t from, to;
  ari_period_days_around(form->period, &from, &to);
  *first = (ari_dec){.coef = from};
  *last = (ari_dec){.coef = to};
}

/* Nothing below 0, whatever the set says. */
static bool is_not_below(const ari_input *input) { return input->type == ARI_COUNT_INPUT || input->type == ARI_MONEY; }

typedef struct limits { ari_buf low, high; } limits;

/* From and to of the input; what is not said is what its type allows. */
static void put_limits(limits *l, const ari_form *form, const ari_input *input) {
  ari_dec first, last;
  get_days(form, &first, &last);
  if (input->has_from || input->type == ARI_DATE) ari_form_limit(&l->low, input, input->has_from ? input->from : first);
  else ari_buf_text(&l->low, is_not_below(input) ? "0" : "-999999999999999");
  if (input->has_to || input->type == ARI_DATE) ari_form_limit(&l->high, input, input->has_to ? input->to : last);
  else ari_buf_text(&l->high, "999999999999999");
  ari_buf_char(&l->low, '\0');
  ari_buf_char(&l->high, '\0');
}

/* The cells of the titles on the sheet about the form. */
static void put_choices(ari_buf *b, const ari_form *form, const ari_input *input) {
  int32_t first = input->type == ARI_YES_NO ? ARI_FORM_TITLES_FIRST : form->options[input - form->set->inputs];
  size_t n = input->type == ARI_YES_NO ? 2 : input->n_options;
  ari_buf_char(b, '=');
  ari_formula_range(b, ARI_FORM_ABOUT_NAME, ARI_FORM_ABOUT_TITLES, first, n);
  ari_buf_char(b, '\0');
}

static char *as_text(const char *s) { return (char *)(uintptr_t)s; }   /* libxlsxwriter copies it */

/* Sets what a range of cells takes. The alert is a whole sentence: programs have one of their own, which says nothing. */
static void validate(ari_form_book *x, size_t row, size_t last_row, size_t column, lxw_data_validation *v, ari_str alert) {
  ari_buf title = {0}, message = {0};
  v->error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
  v->error_title = as_text(cut(&title, ari_str_of(ari_word_text(ARI_WORD_form_bad_value, x->form->lang)), HINT_TITLE));
  v->error_message = as_text(cut(&message, alert, HINT_TEXT));
  if (title.failed || message.failed) x->book->failed = true;
  else if (worksheet_data_validation_range(x->sheet, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)last_row, (lxw_col_t)column, v) != LXW_NO_ERROR) x->book->failed = true;
  ari_buf_free(&title);
  ari_buf_free(&message);
}

static ari_str text_of(const ari_form_book *x, ari_word word) { return ari_str_of(ari_word_text(word, x->form->lang)); }

void ari_form_validate_days(ari_form_book *x, size_t row, size_t last_row, size_t column) {
  const ari_input day = {.type = ARI_DATE};
  limits l = {0};
  put_limits(&l, x->form, &day);
  lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_DATE_FORMULA, .criteria = LXW_VALIDATION_CRITERIA_BETWEEN, .minimum_formula = l.low.p, .maximum_formula = l.high.p};
  if (l.low.failed || l.high.failed) x->book->failed = true;
  else validate(x, row, last_row, column, &v, text_of(x, ARI_WORD_form_bad_day));
  ari_buf_free(&l.low);
  ari_buf_free(&l.high);
}

void ari_form_validate_leaves(ari_form_book *x, size_t row, size_t last_row, size_t column) {
  size_t leaves = 0;
  for (size_t i = 0; i < x->form->n_rows; i++) leaves += x->form->rows[i].kind == ARI_FORM_ROW_NODE && x->form->rows[i].node->leaf >= 0;
  ari_buf list = {0};
  ari_buf_char(&list, '=');
  ari_formula_range(&list, ARI_FORM_ABOUT_NAME, ARI_FORM_ABOUT_LEAVES, ARI_FORM_TITLES_FIRST, leaves);
  ari_buf_char(&list, '\0');
  lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = list.p};
  if (list.failed) x->book->failed = true;
  else validate(x, row, last_row, column, &v, text_of(x, ARI_WORD_form_bad_criterion));
  ari_buf_free(&list);
}

/* From the least to the most that the rule may give. */
void ari_form_validate_claim(ari_form_book *x, size_t row, size_t column, const ari_node *leaf) {
  bool below = ari_num_sign(leaf->min) < 0, above = leaf->over_max == ARI_OVER_ALLOW;
  ari_locale how = x->form->lang == ARI_EN ? ARI_AS_EN : ARI_AS_VI;
  ari_buf high = {0}, alert = {0};
  if (above) ari_buf_text(&high, "9000000");
  else ari_buf_e12(&high, leaf->max_e12[x->form->tier], -1, ARI_AS_DATA);
  ari_buf_char(&high, '\0');
  ari_buf_text(&alert, ari_word_text(ARI_WORD_form_bad_claim, x->form->lang));
  if (!below) ari_buf_printf(&alert, ", %s 0", ari_word_text(ARI_WORD_form_from, x->form->lang));
  if (!above) ari_buf_printf(&alert, " %s ", ari_word_text(ARI_WORD_form_to, x->form->lang)), ari_buf_e12(&alert, leaf->max_e12[x->form->tier], -1, how);
  ari_buf_char(&alert, '.');
  lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_DECIMAL_FORMULA, .criteria = LXW_VALIDATION_CRITERIA_BETWEEN, .minimum_formula = as_text(below ? "-9000000" : "0"), .maximum_formula = high.p};
  if (high.failed || alert.failed) x->book->failed = true;
  else validate(x, row, row, column, &v, ari_buf_view(&alert));
  ari_buf_free(&high);
  ari_buf_free(&alert);
}

/* "Số người (người): số nguyên, từ 1": as a hint when somebody comes to the cell. The alert says it as a sentence. */
void ari_form_validate(ari_form_book *x, size_t row, size_t last_row, size_t column, const ari_input *input) {
  ari_buf hint = {0}, help = {0}, shown = {0}, choices = {0};
  ari_input one = *input;   /* of a list each cell takes one value */
  limits l = {0};
  if (input->type == ARI_TEXT) return;
  one.list = false;
  one.has_from |= is_not_below(input);
  put_limits(&l, x->form, input);
  put_choices(&choices, x->form, input);
  ari_form_help(&help, x->form, &one, false);
  ari_str title = ari_title_of(x->form->work, input->title);
  ari_buf_str(&hint, title.n ? title : input->name), ari_buf_text(&hint, ": "), ari_buf_str(&hint, ari_buf_view(&help));
  bool list = input->type == ARI_YES_NO || input->type == ARI_CHOICE, failed = hint.failed || help.failed || choices.failed || l.low.failed || l.high.failed;
  lxw_data_validation v = {.criteria = LXW_VALIDATION_CRITERIA_BETWEEN, .input_message = as_text(cut(&shown, ari_buf_view(&hint), HINT_TEXT)), .minimum_formula = l.low.p, .maximum_formula = l.high.p};
  v.validate = list ? LXW_VALIDATION_TYPE_LIST_FORMULA : input->type == ARI_COUNT_INPUT ? LXW_VALIDATION_TYPE_INTEGER_FORMULA
             : input->type == ARI_DATE ? LXW_VALIDATION_TYPE_DATE_FORMULA : LXW_VALIDATION_TYPE_DECIMAL_FORMULA;
  if (list) v.value_formula = choices.p;
  ari_buf_clear(&hint);
  ari_buf_text(&hint, ari_word_text(ARI_WORD_form_only, x->form->lang)), ari_buf_str(&hint, ari_buf_view(&help)), ari_buf_char(&hint, '.');
  if (failed || shown.failed || hint.failed) x->book->failed = true;
  else validate(x, row, last_row, column, &v, list ? text_of(x, ARI_WORD_form_bad_choice) : ari_buf_view(&hint));
  ari_buf *all[] = {&hint, &help, &shown, &choices, &l.low, &l.high};
  for (size_t i = 0; i < ARI_COUNT(all); i++) ari_buf_free(all[i]);
}
