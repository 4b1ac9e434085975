/* The sheets of the form beside the answers: values of lists, and documents (ari-evidence(5), "Workbooks"). */
#include "inside.h"

#include <xlsxwriter.h>

static void put_head(ari_form_book *x, const char *key, ari_word name, ari_word hint) {
  lxw_row_col_options hidden = {LXW_TRUE, 0, 0};
  ari_form_text(x, 0, 0, ari_str_of(key), ARI_FORM_STYLE_HIDDEN);
  ari_form_own_row(x, 1);
  ari_form_own_row(x, 2);
  worksheet_set_row_opt(x->sheet, 0, LXW_DEF_ROW_HEIGHT, NULL, &hidden);
  worksheet_set_column_opt(x->sheet, 0, 0, 4, NULL, &hidden);
  ari_buf_clear(&x->text);
  ari_buf_text(&x->text, ari_word_text(name, x->form->lang));
  ari_buf_text(&x->text, ". ");
  ari_buf_text(&x->text, ari_word_text(hint, x->form->lang));
  ari_form_text(x, 1, 1, ari_buf_view(&x->text), ARI_FORM_STYLE_SOFT);
}

/* ---- lists ---- */

enum { LIST_WIDTH = 30 };

/* lines: of the two rows of heads, raised to what its own take. */
static void put_list(ari_form_book *x, uint32_t i, size_t lines[2]) {
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
  size_t heads[] = {ari_form_lines_of(ari_buf_view(&x->text), LIST_WIDTH - 1), ari_form_lines_of(ari_title_of(form->work, input->title), LIST_WIDTH - 1)};
  for (size_t k = 0; k < ARI_COUNT(heads); k++)
    if (heads[k] > lines[k]) lines[k] = heads[k];
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
  ari_form_own_row(x, 3);
  worksheet_set_column(x->sheet, 1, (lxw_col_t)x->form->n_lists, LIST_WIDTH, NULL);
  worksheet_freeze_panes(x->sheet, ARI_FORM_LISTS_FIRST, 0);
  size_t lines[2] = {1, 1};
  for (uint32_t i = 0; i < x->form->n_lists; i++) put_list(x, i, lines);
  for (size_t k = 0; k < 2; k++) ari_form_height(x, 2 + k, lines[k]);
}

/* ---- documents ---- */

static size_t place_of(ari_form_document column) { return ARI_FORM_DOCUMENTS_LEFT + (size_t)column; }

static void put_document(ari_form_book *x, size_t row, const ari_node *leaf, const ari_document *d) {
  ari_form_text(x, row, place_of(ARI_FORM_DOC_CRITERION), leaf->id, ARI_FORM_STYLE_OPEN_TEXT);
  ari_form_text(x, row, place_of(ARI_FORM_DOC_NUMBER), d->number, ARI_FORM_STYLE_OPEN_TEXT);
  if (d->has_day) ari_book_date(x->book, x->sheet, row, place_of(ARI_FORM_DOC_DATE), d->day, x->styles[ARI_FORM_STYLE_OPEN_DATE]);
  else ari_form_text(x, row, place_of(ARI_FORM_DOC_DATE), ARI_STR(""), ARI_FORM_STYLE_OPEN_DATE);
  ari_form_text(x, row, place_of(ARI_FORM_DOC_TITLE), d->title, ARI_FORM_STYLE_OPEN_TEXT);
  ari_form_text(x, row, place_of(ARI_FORM_DOC_FILE), d->file, ARI_FORM_STYLE_OPEN_TEXT);
}

static void put_carried(ari_form_book *x, size_t *row) {
  const ari_form *form = x->form;
  for (uint32_t i = 0; i < form->set->n_leaves; i++) {
    const ari_node *leaf = form->set->leaves[i];
    const ari_remark *r = ari_evidence_entry(form->evidence, form->agency, leaf->leaf)->remark;
    for (uint32_t k = 0; r && form->node_rows[leaf->index] >= 0 && k < r->n_documents; k++) put_document(x, (*row)++, leaf, &r->documents[k]);
  }
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
    for (size_t i = 0; i < ARI_COUNT(keys); i++) ari_form_text(x, row, i + 1, ARI_STR(""), i == ARI_FORM_DOC_DATE ? ARI_FORM_STYLE_OPEN_DATE : ARI_FORM_STYLE_OPEN_TEXT);
  ari_form_validate_leaves(x, ARI_FORM_DOCUMENTS_FIRST, last, place_of(ARI_FORM_DOC_CRITERION));
  ari_form_validate_days(x, ARI_FORM_DOCUMENTS_FIRST, last, place_of(ARI_FORM_DOC_DATE));
}
