/* A leaf whose points people gave: the evaluators' ruling, or, at the stage of claims, the agency itself (methodology: ari-evidence(5), "Appraisals"). */
#include "inside.h"

/* Points that count as they were given: rounded as any leaf, not cut at its maximum. */
static void settle_given(ari_scorer *s, const ari_node *leaf, ari_dec given) {
  s->run.points = s->unrounded ? s->unrounded[leaf->leaf] : s->points;
  ari_num_set_dec(s->run.points, given);
  s->row[leaf->index].state = ARI_SCORED;
  s->exceeds[leaf->index] = ari_num_cmp(s->run.points, leaf->max[s->tier]) > 0 ? ARI_EXCESS_GIVEN : ARI_NO_EXCESS;
  ari_settle_leaf(s, leaf, s->run.points);
}

/* Where the set lists what may be given, it is one of these. */
static bool is_allowed(ari_scorer *s, const ari_node *leaf, const ari_decision *d) {
  s->run.max = leaf->max[s->tier];
  ari_num_set_dec(s->a, d->points);
  if (!leaf->rule || ari_judged_allows(leaf->rule, &s->run, s->a)) return true;
  ari_str agency = s->evidence->agencies->items[s->agency].id;
  ari_fault_at(s, ARI_E0570, d->at, (ari_str){0}, leaf->rule->span, &(ari_args){{ari_arg_text(leaf->id), ari_arg_text(agency), ari_arg_num(s->a)}});
  return false;
}

bool ari_score_given(ari_scorer *s, const ari_node *leaf) {
  const ari_evidence *ev = s->evidence;
  const ari_entry *entry = ari_evidence_entry(ev, s->agency, leaf->leaf);
  if (ev->stage == ARI_STAGE_CLAIMED) {
    if (entry->has_claimed) settle_given(s, leaf, entry->claimed);
    return entry->has_claimed;
  }
  const ari_decision *d = ari_evidence_decision(ev, s->agency, leaf->index);
  if (!d || d->ruling != ARI_RULING_POINTS) return false;
  if (is_allowed(s, leaf, d)) settle_given(s, leaf, d->points);
  else s->row[leaf->index].state = ARI_SCORED;   /* told, and the agency has no figures */
  return true;
}

/* Other figures than the agency's: the rule is applied to them even where the agency found that there was nothing to score. */
bool ari_has_given_inputs(const ari_scorer *s, const ari_node *leaf) {
  const ari_decision *d = ari_evidence_decision(s->evidence, s->agency, leaf->index);
  return d && d->ruling == ARI_RULING_INPUTS;
}

bool ari_is_present(const ari_evidence *ev, size_t agency) {
  if (ev->stage != ARI_STAGE_CLAIMED) return ev->submissions[agency].present || ari_evidence_has_decision(ev, agency);
  for (uint32_t i = 0; i < ev->set->n_leaves; i++)
    if (ari_evidence_entry(ev, agency, (int32_t)i)->has_claimed) return true;
  return false;
}
