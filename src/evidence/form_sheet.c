/* What the sheets of a form have in common: places, columns by their words, rows by their keys. */
#include "inside.h"

ari_spot ari_form_spot_at(ari_form *f, ari_cell_name name, ari_str key, ari_str text) {
  ari_spot spot = {f->agency, {f->r->file, 0, 0, 0}, {0}};
  if (!ari_source_add_cell(f->source, name, key, text, &spot.at.start, &spot.at.len)) f->r->no_memory = true;
  return spot;
}

ari_spot ari_form_spot(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, ari_str key) {
  ari_buf shown = {0};
  ari_buf_tab_cell(&shown, &f->book, c);
  ari_spot spot = ari_form_spot_at(f, (ari_cell_name){p->name, c->row, c->column}, key, ari_buf_view(&shown));
  if (shown.failed) f->r->no_memory = true;
  ari_buf_free(&shown);
  return spot;
}

ari_spot ari_form_spot_sheet(ari_form *f, const ari_form_part *p) { return ari_form_spot_at(f, (ari_cell_name){.sheet = p->name}, (ari_str){"", 0}, (ari_str){"", 0}); }

void ari_form_tell(ari_form *f, const ari_spot *spot, ari_code code, ari_str text) { ari_reading_tell(f->r, spot, code, &(ari_args){{ari_arg_text(text)}}); }

ari_str ari_form_cell_text(ari_form *f, const ari_tab_cell *c) { return c && c->kind == ARI_TAB_TEXT ? ari_reading_nfc(f->r, c->text) : (ari_str){"", 0}; }

void ari_form_columns(ari_form *f, const ari_form_part *p, const char *const *words, size_t n, uint32_t *columns) {
  for (size_t i = 0; i < n; i++) columns[i] = 0;
  for (size_t i = 0; i < p->sheet->n; i++) {
    const ari_tab_cell *c = &p->sheet->cells[i];
    for (size_t k = 0; k < n && c->row == p->row; k++) {
      if (c->kind != ARI_TAB_TEXT || !ari_str_is(c->text, words[k])) continue;
      if (columns[k]) {
        ari_spot spot = ari_form_spot(f, p, c, (ari_str){"", 0});
        ari_form_tell(f, &spot, ARI_E0931, c->text);
      } else columns[k] = c->column;
    }
  }
}

bool ari_form_require_column(ari_form *f, const ari_form_part *p, uint32_t column, ari_word head) {
  if (column) return true;
  ari_spot spot = ari_form_spot_sheet(f, p);
  ari_reading_tell(f->r, &spot, ARI_E0925, &(ari_args){{ari_arg_c(ari_word_text(head, ARI_VI)), ari_arg_c(ari_word_text(head, ARI_EN))}});
  ari_reading_add(f->r, &spot, ARI_SAID_UNREAD, -1);
  return false;
}

void ari_form_note_blank(ari_form *f, const ari_form_part *p, uint32_t row, uint32_t column, int slot) {
  if (ari_form_may_be_earlier(f)) return;
  ari_spot spot = ari_form_spot_at(f, (ari_cell_name){p->name, row, column}, f->r->desk->set->inputs[slot].column, (ari_str){"", 0});
  ari_reading_add(f->r, &spot, ARI_SAID_BLANK, slot);
}

bool ari_form_is_own_row(const ari_form_part *p, uint32_t row) {
  const ari_tab_cell *key = ari_tab_cell_at(p->sheet, row, p->column);
  return row == p->row || (key && key->kind == ARI_TAB_TEXT && ari_str_starts(key->text, "ari:"));
}

size_t ari_form_next_row(const ari_tab *sheet, size_t i) {
  uint32_t row = sheet->cells[i].row;
  while (i < sheet->n && sheet->cells[i].row == row) i++;
  return i;
}

bool ari_form_may_be_earlier(const ari_form *f) { return f->r->last || f->r->carried; }

bool ari_form_asks(const ari_set *set, int slot) {
  const ari_input *input = &set->inputs[slot];
  if (input->of_survey >= 0) input = &set->inputs[input->of_survey];
  return input->source.value == ARI_ORIGIN_SELF;
}

bool ari_form_has(const ari_form *f, const ari_node *node) {
  const ari_desk *desk = f->r->desk;
  if (f->agency < 0 || !desk->set->sound) return false;
  if (!ari_set_has_tiers(desk->set)) return node->presence[0] == ARI_THERE;
  if (desk->agencies->file < 0 || (size_t)f->agency >= desk->agencies->n || desk->agencies->items[f->agency].tier_lost) return false;
  return node->presence[desk->agencies->items[f->agency].tier_index] == ARI_THERE;
}

bool ari_form_is_second(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, ari_form_seen *s, ari_str key) {
  ari_spot spot = ari_form_spot(f, p, c, (ari_str){"", 0});
  if (s->is) {
    ari_reading_tell(f->r, &spot, ARI_E0923, &(ari_args){{ari_arg_text(key)}})->other = ari_place_span(s->at);
    return true;
  }
  *s = (ari_form_seen){spot.at, true};
  return false;
}
