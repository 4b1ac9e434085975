/* Looking at the table: cells, entries, places, and one agency's inputs as a formula sees them. */
#include "evidence.h"

const ari_cell *ari_evidence_cell(const ari_evidence *ev, size_t agency, int slot) {
  return &ev->cells[agency * ev->set->n_inputs + (size_t)slot];
}

const ari_entry *ari_evidence_entry(const ari_evidence *ev, size_t agency, int32_t leaf) {
  return &ev->entries[agency * ev->set->n_leaves + (size_t)leaf];
}

static bool get_input(const void *of, int slot, ari_value *out) {
  const ari_agency_view *view = of;
  const ari_cell *cell = ari_evidence_cell(view->evidence, view->agency, slot);
  if (cell->state != ARI_CELL_GIVEN) return false;
  const ari_input *input = &view->evidence->set->inputs[slot];
  *out = (ari_value){.type = ARI_TYPE_NUM, .dec = cell->value};
  if (input->list) out->list = view->evidence->lists[cell->value.coef];
  switch (input->type) {
  case ARI_COUNT_INPUT:
  case ARI_NUMBER:
  case ARI_MONEY:
  case ARI_PERCENT: return true;
  case ARI_YES_NO: out->type = ARI_TYPE_BOOL; break;
  case ARI_DATE: out->type = ARI_TYPE_DATE; break;
  case ARI_CHOICE: out->type = ARI_TYPE_CHOICE; break;
  case ARI_SURVEY:
  case ARI_TEXT: out->type = ARI_TYPE_NONE; break;   /* present(x) asks only whether it is there */
  }
  out->i = (int32_t)cell->value.coef;
  return true;
}

/* Of last period: the cell of an agency of the whole list, or of one that another replaces; NULL: not given. */
static const ari_cell *find_last(const ari_evidence *ev, ari_str id, int slot) {
  int32_t number = ari_agencies_number(ev->listed, id);
  if (!ev->last || number < 0) return NULL;
  const ari_cell *cell = &ev->last[(size_t)number * ev->set->n_inputs + (size_t)slot];
  return cell->state == ARI_CELL_GIVEN ? cell : NULL;
}

/* Whoever replaces others had what they had; when nobody but the agency itself has figures, the merger was over by then. */
size_t ari_previous_parts(const ari_evidence *ev, size_t agency, int slot, ari_previous_part *out, size_t room) {
  const ari_agency *a = &ev->agencies->items[agency];
  const ari_cell *own = find_last(ev, a->id, slot);
  bool others = false;
  size_t n = 0;
  for (uint32_t i = 0; i < a->n_replaces; i++) others = others || find_last(ev, a->replaces[i], slot);
  bool merged = a->n_replaces > 0 && (others || !own);
  if ((own || !merged) && n++ < room) out[0] = (ari_previous_part){a->id, own};
  for (uint32_t i = 0; i < a->n_replaces && merged; i++, n++)
    if (n < room) out[n] = (ari_previous_part){a->replaces[i], find_last(ev, a->replaces[i], slot)};
  return n;
}

static void add_last(ari_num *out, ari_num *one, const ari_cell *cell) {
  ari_num_set_dec(one, cell->value);
  ari_num_add(out, out, one);
}

/* Percentages do not add up. */
static bool get_previous(const void *of, int slot, ari_num *out) {
  const ari_agency_view *view = of;
  const ari_evidence *ev = view->evidence;
  const ari_agency *a = &ev->agencies->items[view->agency];
  ari_previous_part own;
  ari_num_set_int(out, 0);
  if (ari_previous_parts(ev, view->agency, slot, &own, 1) == 1 && ari_str_eq(own.agency, a->id)) {
    if (own.cell) ari_num_set_dec(out, own.cell->value);
    return own.cell;
  }
  if (ev->set->inputs[slot].type == ARI_PERCENT) return false;
  const ari_cell *self = find_last(ev, a->id, slot);
  if (self) add_last(out, ev->sum, self);
  for (uint32_t i = 0; i < a->n_replaces; i++) {
    const ari_cell *cell = find_last(ev, a->replaces[i], slot);
    if (!cell) return false;
    add_last(out, ev->sum, cell);
  }
  return true;
}

ari_inputs ari_agency_inputs(const ari_agency_view *view) { return (ari_inputs){.of = view, .get = get_input, .previous = get_previous}; }

ari_span ari_place_span(ari_place at) { return (ari_span){at.file, at.start, at.len}; }

ari_finding *ari_place_finding(ari_findings *fs, ari_code code, ari_place at, ari_str column, const ari_args *args) {
  ari_finding *f = ari_findings_add(fs, code, ari_place_span(at), args);
  f->row = at.row;
  f->column = column;
  return f;
}
