/* What was decided and answered, and the table as it was at a stage (ari-evidence(5), "Appraisals"). */
#include "inside.h"

/* A stage knows the appraisals of these turns. */
static int last_turn(ari_stage stage) {
  switch (stage) {
  case ARI_STAGE_CLAIMED:
  case ARI_STAGE_COMPUTED: return 0;
  case ARI_STAGE_APPRAISED1: return 1;
  case ARI_STAGE_APPRAISED2:
  case ARI_STAGE_FINAL: break;
  }
  return 2;
}

/* By agency, node, turn. */
static int compare_place(const ari_decision *d, size_t agency, int32_t node, int turn) {
  if (d->agency != agency) return d->agency < agency ? -1 : 1;
  if (d->node != node) return d->node < node ? -1 : 1;
  return d->turn < turn ? -1 : d->turn > turn;
}

const ari_decision *ari_evidence_decision_of_turn(const ari_evidence *ev, size_t agency, int32_t node, int turn) {
  for (size_t low = 0, high = ev->n_decisions; low < high;) {
    size_t middle = low + (high - low) / 2;
    int order = compare_place(&ev->decisions[middle], agency, node, turn);
    if (order == 0) return &ev->decisions[middle];
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

const ari_decision *ari_evidence_decision(const ari_evidence *ev, size_t agency, int32_t node) {
  const ari_decision *found = NULL;
  for (int turn = last_turn(ev->stage); turn > 0 && !found; turn--) found = ari_evidence_decision_of_turn(ev, agency, node, turn);
  return found;
}

bool ari_evidence_has_decision(const ari_evidence *ev, size_t agency) {
  size_t low = 0, high = ev->n_decisions;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (ev->decisions[middle].agency < agency) low = middle + 1;
    else high = middle;
  }
  for (; low < ev->n_decisions && ev->decisions[low].agency == agency; low++)
    if (ev->decisions[low].ruling != ARI_RULING_ACCEPT && ev->decisions[low].turn <= last_turn(ev->stage)) return true;
  return false;
}

const ari_explanation *ari_evidence_explanation(const ari_evidence *ev, size_t agency, int32_t node) {
  for (size_t low = 0, high = ev->n_explanations; low < high;) {
    size_t middle = low + (high - low) / 2;
    const ari_explanation *e = &ev->explanations[middle];
    if (e->agency == agency && e->node == node) return e;
    if (e->agency < agency || (e->agency == agency && e->node < node)) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

static ari_cell *cell_of(ari_evidence *ev, const ari_decision *d, const ari_override *o) {
  return &ev->cells[(size_t)d->agency * ev->set->n_inputs + (size_t)o->slot];
}

/* A decision of the second turn replaces the whole of the first's, so at most one of a node is in the table at a time. */
static bool is_in_force(const ari_evidence *ev, const ari_decision *d) { return ari_evidence_decision(ev, d->agency, d->node) == d; }

void ari_evidence_go_to(ari_evidence *ev, ari_stage stage) {
  if (ev->stage == stage) return;
  for (size_t i = 0; i < ev->n_decisions; i++) {
    const ari_decision *d = &ev->decisions[i];
    for (uint32_t k = 0; k < d->n_overrides && is_in_force(ev, d); k++) *cell_of(ev, d, &d->overrides[k]) = d->overrides[k].own;
  }
  ev->stage = stage;
  for (size_t i = 0; i < ev->n_decisions; i++) {
    const ari_decision *d = &ev->decisions[i];
    for (uint32_t k = 0; k < d->n_overrides && is_in_force(ev, d); k++) *cell_of(ev, d, &d->overrides[k]) = d->overrides[k].cell;
  }
}
