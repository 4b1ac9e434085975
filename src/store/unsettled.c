/* Decisions that leave a criterion as it was: whoever hands them in learns what is still needed (ari-evidence(5), "Appraisals"). */
#include "inside.h"

/* What keeps the decision from settling its leaf; ARI_CODES: nothing does. */
static ari_code code_of(const ari_work *work, const ari_decision *d, const ari_node *leaf) {
  const ari_figure *f = ari_result_figure(work->result, d->agency, d->node);
  if (work->result->standings[d->agency].state == ARI_ABSENT) return ARI_W0578;
  switch ((ari_leaf_state)f->state) {
  case ARI_PENDING: return leaf->rule && leaf->rule->kind == &ari_rule_judged ? ARI_W0574 : ARI_W0575;
  case ARI_WITHHELD: return ARI_W0576;
  case ARI_MISSING: return f->undocumented ? ARI_W0577 : ARI_CODES;
  default: return ARI_CODES;
  }
}

void ari_store_tell_unsettled(ari_work *work, size_t sources) {
  const ari_evidence *ev = work->evidence;
  for (size_t i = 0; work->result && i < ev->n_decisions; i++) {
    const ari_decision *d = &ev->decisions[i];
    const ari_node *node = ev->set->nodes[d->node];
    if (d->at.file < (int32_t)sources || node->leaf < 0) continue;
    ari_code code = code_of(work, d, node);
    ari_args args = {{ari_arg_text(node->id), ari_arg_text(ev->agencies->items[d->agency].id)}};
    if (code != ARI_CODES) ari_place_finding(&work->findings, code, d->at, (ari_str){0}, &args);
  }
}
