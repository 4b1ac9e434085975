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

ari_inputs ari_agency_inputs(const ari_agency_view *view) { return (ari_inputs){.of = view, .get = get_input, .previous = ari_last_get}; }

ari_span ari_place_span(ari_place at) { return (ari_span){at.file, at.start, at.len}; }

ari_finding *ari_place_finding(ari_findings *fs, ari_code code, ari_place at, ari_str column, const ari_args *args) {
  ari_finding *f = ari_findings_add(fs, code, ari_place_span(at), args);
  f->row = at.row;
  f->column = column;
  return f;
}
