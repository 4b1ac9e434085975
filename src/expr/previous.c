/* previous(x): the same input in the last period (ari-criteria(5), "Last period"). It takes the name of an input that is a number, and nothing else: what
 * an agency is asked for now is not what it was asked for then, so walks over a formula's inputs pass by it. */
#include "inside.h"

void ari_check_previous(ari_checker *c, ari_expr *e) {
  const ari_expr *x = e->kids[0];
  bool number = x->op == ARI_OP_INPUT && x->type == ARI_TYPE_NUM && !c->scope->type(c->scope->of, x->slot).is_list;
  bool possible = c->scope->previous;
  if (number && possible) {
    c->scope->previous(c->scope->of, x->slot);
    return;
  }
  ari_findings_add(c->fs, possible ? ARI_E0370 : ARI_E0371, possible ? x->span : e->span,
                   &(ari_args){{ari_arg_text(ari_expr_cut(possible ? x->text : e->text))}});
  c->bad = true;
}

bool ari_eval_previous(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)at, (void)i;
  const ari_inputs *in = run->inputs;
  if (in->previous && in->previous(in->of, e->kids[0]->slot, result)) return true;
  *run->answer = (ari_answer){.outcome = ARI_MISSING_INPUT, .slot = e->kids[0]->slot, .of_previous = true};
  return false;
}

/* It may be a sum over agencies that were merged, so only what holds of a sum is known; percentages are never summed. */
bool ari_range_previous(ari_ranger *g, const ari_expr *e, ari_range *out) {
  if (!ari_range_part(g, e->kids[0], out)) return false;
  if (g->scope->type(g->scope->of, e->kids[0]->slot).is_percent) return true;
  out->has_low = out->has_low && ari_num_sign(out->low) >= 0;
  out->has_high = out->has_high && ari_num_sign(out->high) <= 0;
  return true;
}

bool ari_expr_is_previous(const ari_expr *e) { return e->op == ARI_OP_CALL && e->function->eval == ari_eval_previous; }

void ari_expr_each_previous(const ari_expr *e, void (*each)(void *to, int slot), void *to) {
  if (ari_expr_is_previous(e)) each(to, e->kids[0]->slot);
  else
    for (uint32_t i = 0; i < e->n; i++) ari_expr_each_previous(e->kids[i], each, to);
}
