/* What stands in a row of the form where nothing is typed: a figure that slipped into a cell beside its own would be lost in silence. Told is only what the
 * form itself never writes there, so that nobody is warned of an untouched cell. Methodology: ari-evidence(5), "Workbooks". */
#include "inside.h"

/* What the form has in a column of such a row. */
typedef enum column_kind {
  COLUMN_TYPED,              /* read, or told by who reads it; also last period's values, which may be anything */
  COLUMN_EMPTY,              /* nothing */
  COLUMN_TEXT,
  COLUMN_HELP,               /* a sentence, never a value */
  COLUMN_OTHER               /* none of the form's columns, or one of formulas */
} column_kind;

static column_kind kind_of(ari_form_column column, bool leaf) {
  switch (column) {
  case ARI_FORM_ID:
  case ARI_FORM_MAX:
  case ARI_FORM_POINTS: return leaf ? COLUMN_TYPED : COLUMN_EMPTY;   /* a leaf's maximum and points are the form's own figures */
  case ARI_FORM_RULE: return leaf ? COLUMN_TEXT : COLUMN_HELP;
  case ARI_FORM_TITLE: return COLUMN_TEXT;
  case ARI_FORM_UNIT: return leaf ? COLUMN_EMPTY : COLUMN_TEXT;
  case ARI_FORM_LAST: return leaf ? COLUMN_EMPTY : COLUMN_TYPED;
  case ARI_FORM_VALUE:
  case ARI_FORM_CLAIMED:
  case ARI_FORM_NOT_APPLICABLE:
  case ARI_FORM_NOTE:
  case ARI_FORM_COLUMNS: break;
  }
  return COLUMN_TYPED;
}

static column_kind find_kind(const ari_form_part *p, const uint32_t *columns, uint32_t column, bool leaf) {
  if (column == p->column) return COLUMN_TYPED;
  for (int i = 0; i < ARI_FORM_COLUMNS; i++)
    if (columns[i] == column) return kind_of((ari_form_column)i, leaf);
  return COLUMN_OTHER;
}

/* A text that the input would take. */
static bool is_value(ari_form *f, const ari_input *input, ari_str text) {
  static const ari_word words[] = {ARI_WORD_form_yes, ARI_WORD_form_no};
  ari_dec figure;
  char fixed[ARI_DEC_PLAIN];
  int32_t day;
  bool found = false;
  text = ari_reading_nfc(f->r, text);
  switch (input->type) {
  case ARI_YES_NO:
    for (size_t i = 0; i < ARI_COUNT(words); i++) found |= ari_str_is(text, ari_word_text(words[i], ARI_VI)) || ari_str_is(text, ari_word_text(words[i], ARI_EN));
    return found;
  case ARI_CHOICE:
    for (uint32_t i = 0; i < input->n_options; i++) found |= ari_str_eq(input->options[i].title.vi, text) || ari_str_eq(input->options[i].title.en, text);
    return found;
  case ARI_DATE: return ari_date_read(text, &day);
  case ARI_COUNT_INPUT:
  case ARI_NUMBER:
  case ARI_MONEY:
  case ARI_PERCENT: {
    ari_dec_error error = ari_dec_read(text.n && text.p[text.n - 1] == '%' ? ari_str_trim(ari_str_sub(text, 0, text.n - 1)) : text, &figure, fixed);
    return error == ARI_DEC_OK || error == ARI_DEC_COMMA || error == ARI_DEC_GROUPED;
  }
  case ARI_SURVEY:
  case ARI_TEXT: break;
  }
  return false;
}

/* empty: nothing stands in the cell that was meant. */
static bool is_stray(ari_form *f, const ari_tab_cell *c, column_kind kind, int slot, bool empty) {
  bool figure = c->kind == ARI_TAB_NUMBER || c->kind == ARI_TAB_BOOLEAN;
  if (c->formula) return false;
  switch (kind) {
  case COLUMN_TYPED: return false;
  case COLUMN_EMPTY: return figure || (empty && slot >= 0);
  case COLUMN_TEXT: return figure;
  case COLUMN_HELP: return figure || (empty && is_value(f, &f->r->desk->set->inputs[slot], c->text));
  case COLUMN_OTHER: break;
  }
  bool stray = figure && empty && slot >= 0 && !f->stray;   /* a column of the user's own may be full of figures */
  f->stray |= stray;
  return stray;
}

/* A cell for typing that is merged into another: what was meant for both stands in the first. */
static void tell_merged(ari_form *f, const ari_form_part *p, uint32_t row, uint32_t column, int slot) {
  for (size_t i = 0; i < p->sheet->n_merged; i++) {
    ari_tab_area *a = &p->sheet->merged[i];
    bool first = row == a->row && column == a->column;
    if (first || row < a->row || row > a->last_row || column < a->column || column > a->last_column) continue;
    ari_buf range = {0}, cell = {0};
    ari_buf_cell_name(&cell, &(ari_cell_name){.row = row, .column = column});
    ari_buf_cell_name(&range, &(ari_cell_name){.row = a->row, .column = a->column});
    ari_buf_char(&range, ':');
    ari_buf_cell_name(&range, &(ari_cell_name){.row = a->last_row, .column = a->last_column});
    ari_spot spot = ari_form_spot_at(f, (ari_cell_name){p->name, row, column}, ari_form_cell_text(f, ari_tab_cell_at(p->sheet, row, p->column)), (ari_str){"", 0});
    if (!a->told) ari_reading_tell(f->r, &spot, ARI_E0478, &(ari_args){{ari_arg_text(ari_buf_view(&range)), ari_arg_text(ari_buf_view(&cell))}});
    if (slot >= 0) ari_reading_add(f->r, &spot, ARI_SAID_VALUE, slot)->state = ARI_CELL_BAD;
    a->told = true;
    if (range.failed || cell.failed) f->r->no_memory = true;
    ari_buf_free(&range);
    ari_buf_free(&cell);
  }
}

void ari_form_tell_strays(ari_form *f, const ari_form_part *p, const uint32_t *columns, const ari_tab_cell *cells, int slot) {
  const ari_tab *sheet = p->sheet;
  uint32_t row = cells->row, own = columns[slot < 0 ? ARI_FORM_CLAIMED : ARI_FORM_VALUE];
  bool empty = own && !ari_tab_cell_at(sheet, row, own);
  static const ari_form_column of_leaf[] = {ARI_FORM_CLAIMED, ARI_FORM_NOT_APPLICABLE, ARI_FORM_NOTE};
  if (slot >= 0 && own) tell_merged(f, p, row, own, slot);
  for (size_t i = 0; i < ARI_COUNT(of_leaf) && slot < 0; i++)
    if (columns[of_leaf[i]]) tell_merged(f, p, row, columns[of_leaf[i]], slot);
  if (!own || ari_form_may_be_earlier(f)) return;
  for (const ari_tab_cell *c = cells; c < sheet->cells + sheet->n && c->row == row; c++) {
    if (!is_stray(f, c, find_kind(p, columns, c->column, slot < 0), slot, empty)) continue;
    ari_buf meant = {0};
    ari_buf_cell_name(&meant, &(ari_cell_name){.row = row, .column = own});
    ari_spot spot = ari_form_spot(f, p, c, ari_form_cell_text(f, ari_tab_cell_at(sheet, row, p->column)));
    ari_form_tell(f, &spot, ARI_W0948, ari_buf_view(&meant));
    if (meant.failed) f->r->no_memory = true;
    ari_buf_free(&meant);
  }
}
