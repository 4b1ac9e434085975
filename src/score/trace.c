/* The arithmetic of one leaf of one agency: evaluated again by the same code as before, this time with every step kept. */
#include "inside.h"

/* The points before rounding as they were used: after `over_max` and what was spread. */
static void keep_points(ari_scorer *s, const ari_node *leaf, ari_leaf_trace *out) {
  ari_num_set(out->unrounded, s->run.points);
  if (ari_num_cmp(out->effective_max, leaf->max[s->tier]) == 0) return;
  ari_num_div(s->b, out->effective_max, leaf->max[s->tier]);
  ari_num_mul(out->unrounded, out->unrounded, s->b);
}

/* A watched leaf adds nothing, but what its rule sees is worth showing. */
static void trace_watched(ari_scorer *s, const ari_node *leaf, ari_leaf_trace *out) {
  s->run.max = leaf->max[s->tier];
  s->run.points = s->points;
  out->answer = ari_rule_eval(leaf->rule, &s->run);
}

/* What is pending can still come to this. */
static void keep_limits(ari_scorer *s, const ari_node *leaf, ari_leaf_trace *out) {
  const ari_num *least, *most;
  out->least = ari_nums_new(&out->nums);
  out->most = ari_nums_new(&out->nums);
  if (!out->least || !out->most) s->failed = true;
  else if (ari_scorer_limits(s, leaf, &least, &most)) {
    ari_num_set(out->least, least);
    ari_num_set(out->most, most);
  }
}

/* s->row must hold the agency's figures as they were published: what was spread to the leaf follows from them. */
static void trace_leaf(ari_scorer *s, const ari_node *leaf, ari_leaf_trace *out) {
  const ari_figure published = s->row[leaf->index];
  ari_num_set(out->effective_max, leaf->max[s->tier]);
  if (s->extra) {
    ari_spread(s);
    ari_num_add(out->effective_max, out->effective_max, s->extra[leaf->leaf]);
  }
  s->trace = out;
  s->run.trace = &out->steps;
  ari_score_leaf(s, leaf);
  if (published.state == ARI_PENDING) keep_limits(s, leaf, out);
  const ari_policy_setting *setting = ari_policy_of(leaf, s->tier, (ari_leaf_state)published.state);
  if (setting) out->policy = *setting;
  if (published.state == ARI_WITHHELD) out->policy.policy = ARI_POLICY_WITHHOLD;
  if (published.state == ARI_WATCHED && leaf->rule) trace_watched(s, leaf, out);
  if (published.state == ARI_SCORED && published.has_points) keep_points(s, leaf, out);
  else out->unrounded = NULL;
  out->figure = published;
}

ari_status ari_trace_leaf(const ari_evidence *evidence, const ari_result *result, size_t agency, int32_t leaf, ari_leaf_trace *out) {
  *out = (ari_leaf_trace){.policy = {.span = ARI_NOWHERE}};
  const ari_set *set = evidence->set;
  ari_figure *row = ari_calloc(set->n_nodes, sizeof *row);
  ari_scorer s = {0};
  out->unrounded = ari_nums_new(&out->nums);
  out->effective_max = ari_nums_new(&out->nums);
  bool good = row && out->unrounded && out->effective_max && ari_scorer_start(&s, evidence, NULL);
  if (good) {
    for (size_t i = 0; i < set->n_nodes; i++) row[i] = *ari_result_figure(result, agency, (int32_t)i);
    s.cohorts = result->cohorts;
    ari_scorer_agency(&s, agency, row);
    trace_leaf(&s, set->leaves[leaf], out);
    good = !ari_num_failed() && !s.failed && !out->steps.failed;
  }
  ari_scorer_free(&s);
  ari_free(row);
  return good ? ARI_OK : ARI_NOMEM;
}

void ari_leaf_trace_free(ari_leaf_trace *trace) {
  ari_trace_free(&trace->steps);
  ari_nums_free(&trace->nums);
  *trace = (ari_leaf_trace){0};
}
