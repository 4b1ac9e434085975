/* Last period's figures: a second table, of all agencies of the list and those that only `replaces` names (ari-evidence(5), "Last period"). */
#include "inside.h"

bool ari_last_make(ari_evidence *ev) {
  size_t n = ev->listed->n + ev->listed->n_former, columns = ev->set->n_inputs ? ev->set->n_inputs : 1;
  if (ev->last) return true;
  if (n > SIZE_MAX / columns) return false;
  ev->previous_period = ari_period_before(ev->period);
  ev->last = ari_calloc(n ? n * columns : 1, sizeof *ev->last);
  return ev->last;
}

/* What is wrong with last period's figures concerns whoever is scored by them. */
static void blame_heirs(ari_evidence *ev, ari_str id) {
  for (size_t i = 0; i < ev->agencies->n; i++) {
    const ari_agency *a = &ev->agencies->items[i];
    bool heir = ari_str_eq(a->id, id);
    for (uint32_t k = 0; k < a->n_replaces; k++) heir = heir || ari_str_eq(a->replaces[k], id);
    if (heir) ev->submissions[i].invalid = true;
  }
}

/* The place of a value; NULL: formulas cannot ask for it. */
static ari_cell *find_cell(ari_evidence *ev, const ari_record *rec) {
  const ari_input *input = &ev->set->inputs[rec->target];
  if (input->type == ARI_TEXT || input->type == ARI_SURVEY || input->list) return NULL;
  return &ev->last[(size_t)rec->agency * ev->set->n_inputs + (size_t)rec->target];
}

void ari_last_settle(ari_evidence *ev, const ari_record *rec) {
  ari_cell *cell = find_cell(ev, rec);
  if (cell) *cell = (ari_cell){.value = rec->value, .state = rec->state, .at = rec->at};
}

/* Formulas look at last period's figures alone: claims, notes and documents are of that year. */
void ari_last_put(ari_evidence *ev, const ari_record *rec, ari_twice *twice) {
  const ari_agencies *list = ev->listed;
  ari_str id = rec->agency < list->n ? list->items[rec->agency].id : list->former[rec->agency - list->n];
  if (rec->said == ARI_SAID_UNREAD || rec->said == ARI_SAID_INVALID) blame_heirs(ev, id);
  if (rec->said != ARI_SAID_VALUE) return;
  const ari_input *input = &ev->set->inputs[rec->target];
  ari_cell *cell = find_cell(ev, rec);
  if (!cell) return;
  if (cell->state == ARI_CELL_ABSENT) {
    *cell = (ari_cell){.value = rec->value, .state = rec->state, .at = rec->at};
    return;
  }
  ari_tell_twice(twice, rec->at, cell->at, input->column, id);
  blame_heirs(ev, id);
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
bool ari_last_get(const void *of, int slot, ari_num *out) {
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
