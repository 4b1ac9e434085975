/* The sheet of answers: a row for each criterion and each input. Methodology: ari-evidence(5), "Workbooks". */
#include "inside.h"

/* A figure of the agency's that is typed on this sheet. */
static bool is_typed(ari_form *f, int slot) {
  const ari_input *input = &f->r->desk->set->inputs[slot];
  return !input->list && input->type != ARI_SURVEY && ari_form_asks(f->r->desk->set, slot);
}

/* Nothing is written here, and what the form itself works out is none of it. */
static void tell_misplaced(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, ari_str key) {
  if (c->formula) return;
  ari_spot spot = ari_form_spot(f, p, c, key);
  ari_form_tell(f, &spot, ARI_E0922, key);
}

static void read_figure(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, ari_str key, int slot) {
  ari_reading *r = f->r;
  const ari_input *input = &r->desk->set->inputs[slot];
  ari_spot spot = ari_form_spot(f, p, c, key);
  ari_str text;
  if (ari_form_value(r, &spot, &f->book, c, input, input->type, &text)) ari_reading_value(r, &spot, slot, text);
  else ari_reading_add(r, &spot, ARI_SAID_VALUE, slot)->state = ARI_CELL_BAD;
}

static void read_said(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, ari_str key, const ari_node *leaf, ari_said said) {
  ari_spot spot = ari_form_spot(f, p, c, key);
  ari_str text;
  if (ari_form_value(f->r, &spot, &f->book, c, NULL, said == ARI_SAID_CLAIMED ? ARI_NUMBER : ARI_TEXT, &text)) ari_reading_say(f->r, &spot, leaf, said, text);
}

static const struct { ari_form_column column; ari_said said; } written[] = {
  {ARI_FORM_VALUE, ARI_SAID_VALUE}, {ARI_FORM_CLAIMED, ARI_SAID_CLAIMED}, {ARI_FORM_NOT_APPLICABLE, ARI_SAID_NOT_APPLICABLE}, {ARI_FORM_NOTE, ARI_SAID_NOTE}};

/* A row of the user's own, or of something that the set does not have: what stands in the columns for writing would be lost. */
static void tell_unknown_row(ari_form *f, const ari_form_part *p, const uint32_t *columns, uint32_t row, ari_str key) {
  for (size_t i = 0; i < ARI_COUNT(written); i++) {
    const ari_tab_cell *c = ari_tab_cell_at(p->sheet, row, columns[written[i].column]);
    if (!c) continue;
    ari_spot spot = ari_form_spot(f, p, c, key);
    ari_form_tell(f, &spot, !key.n ? ARI_E0921 : ari_form_may_be_earlier(f) ? ARI_W0905 : ARI_E0914, key);
    f->key_changed |= key.n > 0;
    return;
  }
}

/* The row of a criterion (slot -1), or of an input (node NULL). */
static void read_cells(ari_form *f, const ari_form_part *p, const uint32_t *columns, const ari_tab_cell *cells, ari_str key, const ari_node *node, int slot) {
  bool leaf = node && node->leaf >= 0, typed = !node && is_typed(f, slot);
  for (size_t i = 0; i < ARI_COUNT(written); i++) {
    uint32_t column = columns[written[i].column];
    const ari_tab_cell *c = ari_tab_cell_at(p->sheet, cells->row, column);
    bool figure = written[i].said == ARI_SAID_VALUE;
    f->filled |= c != NULL;
    if (!c && column && figure && typed) ari_form_note_blank(f, p, cells->row, column, slot);
    if (!c) continue;
    if (figure && typed) read_figure(f, p, c, key, slot);
    else if (!figure && leaf) read_said(f, p, c, key, node, written[i].said);
    else tell_misplaced(f, p, c, key);
  }
  if (leaf || typed) ari_form_tell_strays(f, p, columns, cells, slot);
}

static void read_row(ari_form *f, const ari_form_part *p, const uint32_t *columns, const ari_tab_cell *cells) {
  const ari_set *set = f->r->desk->set;
  const ari_tab_cell *at_key = ari_tab_cell_at(p->sheet, cells->row, p->column);
  ari_str key = ari_form_cell_text(f, at_key);
  int slot = key.n ? ari_map_get(&set->columns, key) : -1;
  bool marked = key.n && key.p[0] == ARI_FORM_NODE_MARK;
  const ari_node *node = key.n && slot < 0 ? ari_set_node(set, marked ? ari_str_sub(key, 1, key.n) : key) : NULL;
  if (slot < 0 && !node) tell_unknown_row(f, p, columns, cells->row, key);
  else if (!ari_form_is_second(f, p, at_key, node ? &f->nodes[node->index] : &f->slots[slot], key)) read_cells(f, p, columns, cells, key, node, slot);
}

/* The rows that a criterion has lost, by the titles that people know them by: its figures, or its own when all of those are there. False: none. */
static bool name_missing_rows(ari_form *f, const ari_node *node, ari_buf *b, ari_lang lang) {
  bool any = false;
  for (uint32_t i = node->first_input; i < node->first_input + node->n_inputs; i++) {
    const ari_input *input = &f->r->desk->set->inputs[i];
    if (!is_typed(f, (int)i)) continue;
    any = true;
    if (f->slots[i].is) continue;
    ari_str title = ari_title_in(input->title, lang);
    ari_buf_text(b, b->n ? ", \"" : "\"");
    ari_buf_str(b, title.n ? title : input->name);
    ari_buf_char(b, '"');
  }
  if (b->n || node->leaf < 0 || !any || f->nodes[node->index].is) return b->n > 0;
  ari_buf_char(b, '"');
  ari_buf_str(b, ari_title_in(node->title, lang));
  ari_buf_char(b, '"');
  return true;
}

/* One message for each criterion that rows were deleted of. */
static void tell_missing_rows(ari_form *f, const ari_form_part *p) {
  const ari_set *set = f->r->desk->set;
  ari_buf vi = {0}, en = {0};
  for (uint32_t n = 0; n < set->n_nodes; n++) {
    const ari_node *node = set->nodes[n];
    ari_buf_clear(&vi);
    ari_buf_clear(&en);
    if (!ari_form_has(f, node) || !name_missing_rows(f, node, &vi, ARI_VI) || !name_missing_rows(f, node, &en, ARI_EN)) continue;
    ari_spot spot = ari_form_spot_sheet(f, p);
    ari_args args = {{ari_arg_text(ari_buf_view(&vi)), ari_arg_text(ari_buf_view(&en)), ari_arg_text(node->id)}};
    ari_reading_tell(f->r, &spot, ari_form_may_be_earlier(f) ? ARI_W0491 : ARI_E0924, &args);
    for (uint32_t i = node->first_input; i < node->first_input + node->n_inputs && !ari_form_may_be_earlier(f); i++)
      if (is_typed(f, (int)i) && !f->slots[i].is) ari_reading_add(f->r, &spot, ARI_SAID_VALUE, (int32_t)i)->state = ARI_CELL_BAD;
  }
  if (vi.failed || en.failed) f->r->no_memory = true;
  ari_buf_free(&vi);
  ari_buf_free(&en);
}

void ari_form_read_answers(ari_form *f) {
  static const char *const words[ARI_FORM_COLUMNS] = ARI_FORM_COLUMN_WORDS;
  static const ari_word heads[ARI_FORM_COLUMNS] = ARI_FORM_COLUMN_HEADS;
  const ari_form_part *p = &f->parts[ARI_FORM_SHEET_ANSWERS];
  uint32_t columns[ARI_FORM_COLUMNS];
  ari_form_columns(f, p, words, ARI_FORM_COLUMNS, columns);
  for (size_t i = 0; i < ARI_COUNT(written); i++) ari_form_require_column(f, p, columns[written[i].column], heads[written[i].column]);
  for (size_t i = 0; i < p->sheet->n && !f->r->no_memory; i = ari_form_next_row(p->sheet, i))
    if (!ari_form_is_own_row(p, p->sheet->cells[i].row)) read_row(f, p, columns, &p->sheet->cells[i]);
  if (ari_form_may_be_earlier(f) && !f->same_set) return;   /* what it has not may be new in the set */
  if (!f->key_changed) {   /* the row that this one was would be told twice, and so would what it lacks */
    tell_missing_rows(f, p);
    return;
  }
  ari_spot spot = ari_form_spot_sheet(f, p);
  ari_reading_add(f->r, &spot, ARI_SAID_UNREAD, -1);
}
