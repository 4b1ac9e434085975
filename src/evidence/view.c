/* Looking at the table: cells, entries, places, and one agency's inputs as a formula sees them. */
#include "inside.h"

const ari_cell *ari_evidence_cell(const ari_evidence *ev, size_t agency, int slot) {
  return &ev->cells[agency * ev->set->n_inputs + (size_t)slot];
}

const ari_entry *ari_evidence_entry(const ari_evidence *ev, size_t agency, int32_t leaf) {
  return &ev->entries[agency * ev->set->n_leaves + (size_t)leaf];
}

const ari_place *ari_evidence_blank(const ari_evidence *ev, size_t agency, int slot) {
  const ari_input *input = &ev->set->inputs[slot];
  const ari_cell *cell = ari_evidence_cell(ev, agency, slot);
  for (uint32_t i = 0; input->type == ARI_SURVEY && i < input->n_options && !cell->blank; i++) cell = ari_evidence_cell(ev, agency, slot + 1 + (int)i);
  return cell->blank ? &cell->at : NULL;
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

void ari_buf_cell(ari_buf *b, const ari_evidence *ev, const ari_input *input, const ari_cell *cell) {
  ari_dec value = cell->value;
  if (input->list) {
    ari_list list = ev->lists[value.coef];
    for (uint32_t i = 0; i < list.n; i++) {
      if (i) ari_buf_char(b, ';');
      ari_cell item = {.value = list.items[i]};
      ari_input one = *input;
      one.list = false;
      ari_buf_cell(b, ev, &one, &item);
    }
    if (list.n == 0) ari_buf_text(b, "[]");
    return;
  }
  switch (input->type) {
  case ARI_YES_NO: ari_buf_text(b, value.coef ? "yes" : "no"); break;
  case ARI_CHOICE: ari_buf_str(b, input->option_ids[value.coef]); break;
  case ARI_DATE: ari_buf_date(b, (int32_t)value.coef, ARI_AS_DATA); break;
  case ARI_TEXT: ari_buf_str(b, ev->texts[value.coef]); break;
  case ARI_SURVEY: break;
  case ARI_PERCENT:
    value.scale = (int8_t)(value.scale - 2);
    ari_buf_dec(b, value, ARI_AS_DATA);
    ari_buf_char(b, '%');
    break;
  case ARI_COUNT_INPUT:
  case ARI_NUMBER:
  case ARI_MONEY: ari_buf_dec(b, value, ARI_AS_DATA); break;
  }
}

ari_inputs ari_agency_inputs(const ari_agency_view *view) { return (ari_inputs){.of = view, .get = get_input, .previous = ari_last_get}; }

ari_span ari_place_span(ari_place at) { return (ari_span){at.file, at.start, at.len}; }

ari_finding *ari_place_finding(ari_findings *fs, ari_code code, ari_place at, ari_str column, const ari_args *args) {
  ari_finding *f = ari_findings_add(fs, code, ari_place_span(at), args);
  f->row = at.row;
  f->column = column;
  return f;
}
