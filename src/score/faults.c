/* Errors that only evaluating finds: told at the evidence value, which is what can be mended; the place in the set is the second one. */
#include "inside.h"

typedef struct search { const ari_scorer *s; int slot; } search;

static void look_at_input(void *to, int slot) {
  search *x = to;
  if (x->slot < 0 && ari_evidence_cell(x->s->evidence, x->s->agency, slot)->state == ARI_CELL_GIVEN) x->slot = slot;
}

static void look_through(void *to, const ari_expr *e) {
  search *x = to;
  if (e && x->slot < 0) ari_expr_inputs(e, look_at_input, x);
}

/* The first input of the formulas that was given; -1: none. */
static int find_given(const ari_scorer *s, ari_formulas formulas) {
  search x = {s, -1};
  for (size_t i = 0; i < ARI_COUNT(formulas.at); i++) look_through(&x, formulas.at[i]);
  if (formulas.rule) ari_rule_formulas(formulas.rule, look_through, &x);
  return x.slot;
}

void ari_fault_at(ari_scorer *s, ari_code code, ari_place place, ari_str column, ari_span rule, const ari_args *args) {
  s->faulty = true;
  if (!s->fs) return;
  ari_finding *f = ari_place_finding(s->fs, code, place, column, args);
  f->other = rule;
}

void ari_fault(ari_scorer *s, ari_code code, ari_formulas formulas, ari_span rule, const ari_args *args) {
  int slot = find_given(s, formulas);
  if (slot < 0) {
    ari_fault_at(s, code, s->evidence->submissions[s->agency].at, (ari_str){0}, rule, args);
    return;
  }
  const ari_cell *cell = ari_evidence_cell(s->evidence, s->agency, slot);
  ari_fault_at(s, code, cell->at, s->set->inputs[slot].column, rule, args);
}
