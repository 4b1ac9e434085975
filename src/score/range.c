/* Provisional totals (ari-criteria(5), "Pending"): between which two figures a total can still end. The leaves are as they were scored; only what is
 * pending takes the least or the most that its rule can give, with its whole maximum, and from there on everything is worked out again. */
#include "inside.h"

#include <string.h>

/* While documents are lacking, points above 0 that the rule gives are `missing`. What these policies make of that is never less than 0 of the
 * whole max; what the others forbid or keep from being ranked has no figure. Points that are judged count as they are given. */
static bool counts_as_nothing(const ari_scorer *s, const ari_node *leaf) {
  ari_policy policy = leaf->missing[s->tier].policy;
  if (!s->row[leaf->index].undocumented || leaf->rule->kind == &ari_rule_judged) return false;
  return policy == ARI_POLICY_ZERO || policy == ARI_POLICY_UNSCORED || policy == ARI_POLICY_EXCLUDE || policy == ARI_POLICY_SPREAD;
}

bool ari_scorer_limits(ari_scorer *s, const ari_node *leaf, const ari_num **least, const ari_num **most) {
  ari_range *limits = &s->limits[s->tier * s->set->n_leaves + (uint32_t)leaf->leaf];
  if (!limits->low && !ari_rule_limits(&s->nums, s->set, leaf, s->tier, limits)) {
    limits->low = NULL;
    s->failed = true;
    return false;
  }
  *least = limits->low;
  if (ari_num_sign(limits->low) > 0 && counts_as_nothing(s, leaf)) *least = s->nothing;
  *most = limits->has_high ? limits->high : leaf->max[s->tier];   /* over_max: allow without an end: W0295 has said so */
  return true;
}

/* Everything pending at one end, as if its rule had given that. A penalty takes most where the total is least. */
static void settle_pending(ari_scorer *s, bool high) {
  for (uint32_t i = 0; i < s->set->n_leaves; i++) {
    const ari_node *leaf = s->set->leaves[i];
    ari_figure *f = &s->row[leaf->index];
    const ari_num *least, *most;
    if (f->state != ARI_PENDING || !ari_scorer_limits(s, leaf, &least, &most)) continue;
    const ari_num *points = high == (ari_part_of(leaf) != s->set->penalty) ? most : least;
    *f = (ari_figure){.state = ARI_SCORED, .max = leaf->max_e12[s->tier]};
    s->exceeds[leaf->index] = ari_num_cmp(points, leaf->max[s->tier]) > 0 ? ARI_EXCESS_ALLOWED : ARI_NO_EXCESS;
    if (s->unrounded) ari_num_set(s->unrounded[i], points);
    ari_settle_leaf(s, leaf, points);
  }
}

/* From the leaves on, which s->kept has; nothing is told of what nobody has submitted. */
static void score_end(ari_scorer *s, bool high, ari_figure *row, ari_standing *out) {
  ari_figure *published = s->row;
  ari_findings *fs = s->fs;
  bool faulty = s->faulty;
  *out = (ari_standing){.grade = -1};
  s->row = row;
  s->fs = NULL;
  memcpy(row, s->kept, s->set->n_nodes * sizeof *row);
  settle_pending(s, high);
  ari_score_nodes(s);
  ari_score_total(s, out);
  s->row = published;
  s->fs = fs;
  s->faulty = faulty;
}

/* Where nothing can be scored even with all that is pending (A = 0: only bonus or penalty waits), there is nothing to rank by. */
void ari_score_range(ari_scorer *s, ari_figure *other, ari_standing *out) {
  ari_standing end;
  if (out->state != ARI_PROVISIONAL || s->failed) return;
  score_end(s, false, other, &end);
  out->low = end.points;
  out->low_index = end.index;
  score_end(s, true, other, &end);
  out->high = end.points;
  out->high_index = end.index;
  out->has_range = end.has_points;
  if (!out->has_range) out->state = ARI_AGENCY_WITHHELD;
}

ari_status ari_score_end(const ari_evidence *evidence, const ari_result *result, size_t agency, bool high, ari_figure *row, ari_standing *out) {
  ari_scorer s = {0};
  ari_figure *published = ari_calloc(evidence->set->n_nodes, sizeof *published);
  bool good = published && ari_scorer_start(&s, evidence, NULL);
  if (good) {
    s.cohorts = result->cohorts;
    ari_scorer_agency(&s, agency, published);
    ari_score_figures(&s, out);
    score_end(&s, high, row, out);
    good = !ari_num_failed() && !s.failed;
  }
  ari_scorer_free(&s);
  ari_free(published);
  return good ? ARI_OK : ARI_NOMEM;
}
