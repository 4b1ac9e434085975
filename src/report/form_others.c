/* The sheets of the form beside the answers: values of lists, and documents (ari-evidence(5), "Workbooks"). */
#include "inside.h"

#include <xlsxwriter.h>

static void put_head(ari_form_book *x, const char *key, ari_word name, ari_word hint) {
  lxw_row_col_options hidden = {LXW_TRUE, 0, 0};
  ari_form_text(x, 0, 0, ari_str_of(key), ARI_FORM_STYLE_HIDDEN);
  ari_form_text(x, 1, 0, ARI_STR(ARI_FORM_HEAD), ARI_FORM_STYLE_HIDDEN);
  ari_form_text(x, 2, 0, ARI_STR(ARI_FORM_HEAD), ARI_FORM_STYLE_HIDDEN);
  worksheet_set_row_opt(x->sheet, 0, LXW_DEF_ROW_HEIGHT, NULL, &hidden);
  worksheet_set_column_opt(x->sheet, 0, 0, 4, NULL, &hidden);
  ari_buf_clear(&x->text);
  ari_buf_text(&x->text, ari_word_text(name, x->form->lang));
  ari_buf_text(&x->text, ". ");
  ari_buf_text(&x->text, ari_word_text(hint, x->form->lang));
  ari_form_text(x, 1, 1, ari_buf_view(&x->text), ARI_FORM_STYLE_SOFT);
}

/* ---- lists ---- */

static void put_list(ari_form_book *x, uint32_t i) {
  const ari_form *form = x->form;
  const ari_input *input = &form->set->inputs[form->lists[i]];
  const ari_cell *cell = ari_evidence_cell(form->evidence, form->agency, form->lists[i]);
  ari_list list = cell->state == ARI_CELL_GIVEN ? form->evidence->lists[cell->value.coef] : (ari_list){0};
  size_t column = i + 1;
  ari_input one = *input;
  one.list = false;
  ari_form_text(x, 0, column, input->column, ARI_FORM_STYLE_HIDDEN);
  ari_buf_clear(&x->text);
  ari_buf_str(&x->text, input->owner->id);
  ari_buf_text(&x->text, " ");
  ari_buf_str(&x->text, ari_title_of(form->work, input->owner->title));
  ari_form_text(x, 2, column, ari_buf_view(&x->text), ARI_FORM_STYLE_HEAD);
  ari_form_text(x, 3, column, ari_title_of(form->work, input->title), ARI_FORM_STYLE_HEAD);
  for (size_t k = 0; k < ARI_FORM_LIST_ROWS; k++) {
    ari_cell item = {.value = k < list.n ? list.items[k] : (ari_dec){0}};
    ari_form_put_value(x, ARI_FORM_LISTS_FIRST + k, column, form->evidence, &one, k < list.n && list.n <= ARI_FORM_LIST_ROWS ? &item : NULL, ari_form_style_of(&one));
  }
  ari_form_validate(x, ARI_FORM_LISTS_FIRST, ARI_FORM_LISTS_FIRST + ARI_FORM_LIST_ROWS - 1, column, input);
}

void ari_form_lists(ari_form_book *x) {
  ari_form_sheet(x, ARI_WORD_form_lists);
  if (!x->sheet) return;
  put_head(x, ARI_FORM_LISTS, ARI_WORD_form_lists, ARI_WORD_form_lists_hint);
  ari_form_text(x, 3, 0, ARI_STR(ARI_FORM_HEAD), ARI_FORM_STYLE_HIDDEN);
  worksheet_set_column(x->sheet, 1, (lxw_col_t)x->form->n_lists, 30, NULL);
  worksheet_freeze_panes(x->sheet, ARI_FORM_LISTS_FIRST, 0);
  for (uint32_t i = 0; i < x->form->n_lists; i++) put_list(x, i);
}

/* ---- documents ---- */

static void put_document(ari_form_book *x, size_t row, const ari_node *leaf, const ari_document *d) {
  ari_form_text(x, row, 1, leaf->id, ARI_FORM_STYLE_OPEN_TEXT);
  ari_form_text(x, row, 2, d->number, ARI_FORM_STYLE_OPEN_TEXT);
  if (d->has_day) ari_book_date(x->book, x->sheet, row, 3, d->day, x->styles[ARI_FORM_STYLE_OPEN_DATE]);
  else ari_form_text(x, row, 3, ARI_STR(""), ARI_FORM_STYLE_OPEN_DATE);
  ari_form_text(x, row, 4, d->title, ARI_FORM_STYLE_OPEN_TEXT);
  ari_form_text(x, row, 5, d->file, ARI_FORM_STYLE_OPEN_TEXT);
}

static void put_carried(ari_form_book *x, size_t *row) {
  const ari_form *form = x->form;
  for (uint32_t i = 0; i < form->set->n_leaves; i++) {
    const ari_node *leaf = form->set->leaves[i];
    const ari_remark *r = ari_evidence_entry(form->evidence, form->agency, leaf->leaf)->remark;
    for (uint32_t k = 0; r && form->node_rows[leaf->index] >= 0 && k < r->n_documents; k++) put_document(x, (*row)++, leaf, &r->documents[k]);
  }
}

/* The criterion is one of those that the form has. */
static void validate(ari_form_book *x, size_t last) {
  size_t leaves = 0;
  for (size_t i = 0; i < x->form->n_rows; i++) leaves += x->form->rows[i].kind == ARI_FORM_ROW_NODE && x->form->rows[i].node->leaf >= 0;
  char list[64];
  ari_buf b = {0};
  ari_buf_printf(&b, "='ari'!$E$%d:$E$%zu", ARI_FORM_TITLES_FIRST + 1, ARI_FORM_TITLES_FIRST + leaves);
  size_t n = b.n < sizeof list ? b.n : 0;
  for (size_t i = 0; i < n; i++) list[i] = b.p[i];
  list[n] = '\0';
  if (b.failed) x->book->failed = true;
  ari_buf_free(&b);
  lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = list};
  if (worksheet_data_validation_range(x->sheet, ARI_FORM_DOCUMENTS_FIRST, 1, (lxw_row_t)last, 1, &v) != LXW_NO_ERROR) x->book->failed = true;
}

void ari_form_documents(ari_form_book *x) {
  static const char *const keys[] = ARI_FORM_DOCUMENT_WORDS;
  static const ari_word heads[] = ARI_FORM_DOCUMENT_HEADS;
  static const uint8_t widths[] = {14, 20, 14, 60, 40};
  size_t row = ARI_FORM_DOCUMENTS_FIRST, last = ARI_FORM_DOCUMENTS_FIRST + ARI_FORM_DOCUMENT_ROWS - 1;
  ari_form_sheet(x, ARI_WORD_form_documents);
  if (!x->sheet) return;
  put_head(x, ARI_FORM_DOCUMENTS, ARI_WORD_form_documents, ARI_WORD_form_documents_hint);
  for (size_t i = 0; i < ARI_COUNT(keys); i++) {
    ari_form_text(x, 0, i + 1, ari_str_of(keys[i]), ARI_FORM_STYLE_HIDDEN);
    ari_form_word(x, 2, i + 1, heads[i], ARI_FORM_STYLE_HEAD);
    worksheet_set_column(x->sheet, (lxw_col_t)(i + 1), (lxw_col_t)(i + 1), widths[i], NULL);
  }
  worksheet_freeze_panes(x->sheet, ARI_FORM_DOCUMENTS_FIRST, 0);
  worksheet_repeat_rows(x->sheet, 2, 2);
  put_carried(x, &row);
  for (; row <= last; row++)
    for (size_t i = 0; i < ARI_COUNT(keys); i++) ari_form_text(x, row, i + 1, ARI_STR(""), i == 2 ? ARI_FORM_STYLE_OPEN_DATE : ARI_FORM_STYLE_OPEN_TEXT);
  validate(x, last);
  ari_form_validate_days(x, ARI_FORM_DOCUMENTS_FIRST, last, ARI_FORM_DOC_DATE + 1);
}
