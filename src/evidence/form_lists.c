/* The sheet of lists: a column for each. Methodology: ari-evidence(5), "Workbooks". */
#include "inside.h"

/* One column of the sheet. `[]` alone says that there is nothing to list. */
typedef struct list_column {
  bool has_head, told, any, none, bad;
  int slot;                  /* -1: its head names no list of the agency's */
  ari_str key;
  ari_list list;
  ari_dec *items;
  ari_spot first;
} list_column;

static void read_list_head(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, list_column *l) {
  const ari_set *set = f->r->desk->set;
  *l = (list_column){.has_head = true, .key = ari_form_cell_text(f, c), .slot = -1};
  int slot = l->key.n ? ari_map_get(&set->columns, l->key) : -1;
  if (slot < 0 || !set->inputs[slot].list || !ari_form_asks(set, slot)) return;
  if (ari_form_is_second(f, p, c, &f->lists[slot], l->key)) l->has_head = false;
  else l->slot = slot;
}

static void read_list_value(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, list_column *l) {
  ari_reading *r = f->r;
  ari_spot spot = ari_form_spot(f, p, c, l->key);
  ari_str text;
  f->filled = true;
  if (l->slot < 0) {
    if (!l->told) ari_form_tell(f, &spot, ari_form_may_be_earlier(f) ? ARI_W0905 : ARI_E0914, l->key);
    l->told = true;
    return;
  }
  const ari_input *input = &r->desk->set->inputs[l->slot];
  if (!l->any) l->first = spot;
  bool none = !l->any && ari_str_is(c->text, "[]");
  l->any = true;
  if (none) return;
  if (!ari_form_value(r, &spot, &f->book, c, input, input->type, &text) || !ari_value_read(r, &spot, input, text, &l->items[l->list.n++])) l->bad = true;
}

/* The row below the form's own. */
static uint32_t first_row(const ari_form_part *p) {
  uint32_t row = p->row;
  for (size_t i = 0; i < p->sheet->n; i++)
    if (p->sheet->cells[i].column == p->column && ari_form_is_own_row(p, p->sheet->cells[i].row)) row = p->sheet->cells[i].row;
  return row + 1;
}

static void put_list(ari_form *f, list_column *l) {
  ari_reading *r = f->r;
  l->list.items = l->items;
  if (!ari_reading_is_used(r, &l->first, r->desk->set->inputs[l->slot].owner, true) || !ari_reading_takes(r, &l->first, l->slot)) return;
  ari_reading_put_list(r, &l->first, l->slot, l->list, !l->bad);
}

void ari_form_read_lists(ari_form *f) {
  const ari_form_part *p = &f->parts[ARI_FORM_SHEET_LISTS];
  const ari_tab *sheet = p->sheet;
  uint32_t n = 0;
  for (size_t i = 0; i < sheet->n; i++)
    if (sheet->cells[i].column >= n) n = sheet->cells[i].column + 1;
  list_column *all = ari_arena_array(&f->r->shelf->file, n, sizeof *all);
  uint32_t *counts = ari_arena_array(&f->r->shelf->file, n, sizeof *counts);
  if (!all || !counts) f->r->no_memory = true;
  for (size_t i = 0; !f->r->no_memory && i < sheet->n; i++) {
    const ari_tab_cell *c = &sheet->cells[i];
    if (c->row == p->row && c->column != p->column) read_list_head(f, p, c, &all[c->column]);
    counts[c->column]++;
  }
  for (uint32_t k = 0; !f->r->no_memory && k < n; k++) {
    if (all[k].slot < 0 || !all[k].has_head) continue;
    all[k].items = ari_arena_array(&f->r->shelf->keep, counts[k], sizeof *all[k].items);
    if (!all[k].items) f->r->no_memory = true;
  }
  for (size_t i = 0; !f->r->no_memory && i < sheet->n; i++) {
    const ari_tab_cell *c = &sheet->cells[i];
    if (all[c->column].has_head && !ari_form_is_own_row(p, c->row)) read_list_value(f, p, c, &all[c->column]);
  }
  uint32_t first = first_row(p);
  for (uint32_t k = 0; !f->r->no_memory && k < n; k++) {
    if (!all[k].has_head || all[k].slot < 0) continue;
    if (all[k].any) put_list(f, &all[k]);
    else ari_form_note_blank(f, p, first, k, all[k].slot);
  }
}
