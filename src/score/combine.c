/* From leaves to the root: spreading, coming together, blanks, withholding (methodology: "Values", "Policies"). */
#include "inside.h"

enum { LIMIT = 9000000 };   /* points that a figure can have */

/* ---- spread ---- */

/* Gives `share` to the n-th leaf that takes part of what `from` leaves, or counts them when share is NULL: the sibling leaves that are
 * scored, or those that `to:` names and that are scored. Watched leaves are never scored, so every receiver has a max above 0. Where maxima
 * do not add up there is nothing to give: the leaf is left out. */
static uint32_t give_share(ari_scorer *s, const ari_node *from, const ari_policy_setting *setting, const ari_num *share) {
  uint32_t n = 0;
  if (from->parent->combine != ARI_COMBINE_SUM) return 0;
  const ari_node *sibling = from->parent->first;
  for (uint32_t i = 0; setting->n_to ? i < setting->n_to : sibling != NULL; i++) {
    const ari_node *to = setting->n_to ? setting->to[i] : sibling;
    if (!setting->n_to) sibling = sibling->next;
    if (to->leaf < 0 || s->row[to->index].state != ARI_SCORED) continue;
    n++;
    if (share) ari_num_add(s->extra[to->leaf], s->extra[to->leaf], share);
  }
  return n;
}

void ari_spread(ari_scorer *s) {
  for (uint32_t i = 0; i < s->set->n_leaves; i++) ari_num_set_int(s->extra[i], 0);
  for (uint32_t i = 0; i < s->set->n_leaves; i++) {
    const ari_node *leaf = s->set->leaves[i];
    const ari_figure *f = &s->row[leaf->index];
    if (f->policy != ARI_POLICY_SPREAD) continue;
    const ari_policy_setting *setting = ari_policy_of(leaf, s->tier, (ari_leaf_state)f->state);
    uint32_t n = give_share(s, leaf, setting, NULL);
    if (!n) continue;   /* nobody there to take it: as exclude */
    ari_num_set_int(s->a, n);
    ari_num_div(s->b, leaf->max[s->tier], s->a);
    give_share(s, leaf, setting, s->b);
  }
}

/* Points of the receivers become unrounded points × new max ÷ max, then rounded. */
static void settle_receivers(ari_scorer *s) {
  for (uint32_t i = 0; i < s->set->n_leaves; i++) {
    const ari_node *leaf = s->set->leaves[i];
    ari_figure *f = &s->row[leaf->index];
    if (ari_num_sign(s->extra[i]) == 0 || !f->has_points) continue;
    ari_num *max = s->maxima[leaf->index];
    ari_num_add(max, leaf->max[s->tier], s->extra[i]);
    ari_num_div(s->b, max, leaf->max[s->tier]);
    ari_num_mul(s->points, s->unrounded[i], s->b);
    ari_settle_leaf(s, leaf, s->points);
    if (!ari_num_e12(max, &f->max)) f->max = 0;   /* its points are out of range too: told */
  }
}

/* ---- coming together ---- */

/* False: beyond what a figure can be. */
static bool add_points(int64_t *sum, int64_t points) {
  const int64_t limit = LIMIT * ARI_ONE;
  if (points > 0 ? *sum > limit - points : *sum < -limit - points) return false;
  *sum += points;
  return true;
}

/* A of a sum: M, unless something below was excluded or spread. */
static void find_maximum(ari_scorer *s, const ari_node *node) {
  ari_figure *f = &s->row[node->index];
  bool differs = false;
  for (const ari_node *c = node->first; c; c = c->next) differs |= s->differs[c->index];
  s->differs[node->index] = differs;
  f->max = node->max_e12[s->tier];
  if (!differs) return;
  ari_num *max = s->maxima[node->index];
  ari_num_set_int(max, 0);
  for (const ari_node *c = node->first; c; c = c->next) ari_num_add(max, max, s->differs[c->index] ? s->maxima[c->index] : c->max[s->tier]);
  if (node->over_max == ARI_OVER_CAP && ari_num_cmp(max, node->max[s->tier]) > 0) ari_num_set(max, node->max[s->tier]);   /* more below than it can give */
  if (!ari_num_e12(max, &f->max)) f->max = 0;   /* told with the points; a set's own maxima are within range */
}

/* `over_max` and `min` of an inner node. Points that are above max only because leaves were rounded up are nobody's error. */
static void limit_points(ari_scorer *s, const ari_node *node, ari_excess below) {
  ari_figure *f = &s->row[node->index];
  const ari_num *max = s->differs[node->index] ? s->maxima[node->index] : node->max[s->tier];
  ari_arg id = ari_arg_text(node->id), agency = ari_arg_text(s->evidence->agencies->items[s->agency].id);
  ari_place at = s->evidence->submissions[s->agency].at;
  if (ari_num_cmp(s->total, max) > 0) {
    if (node->over_max == ARI_OVER_CAP) {
      ari_num_set(s->total, max);
      f->capped = true;
    } else if (node->over_max == ARI_OVER_ALLOW || below == ARI_EXCESS_GIVEN) {
      s->exceeds[node->index] = (uint8_t)(below == ARI_EXCESS_GIVEN ? below : ARI_EXCESS_ALLOWED);
    } else if (below) {
      ari_fault_at(s, ARI_E0509, at, (ari_str){0}, node->max_span, &(ari_args){{id, agency, ari_arg_num(s->total), ari_arg_num(max)}});
    }
  }
  if (node->min_written && s->evidence->stage != ARI_STAGE_CLAIMED && ari_num_cmp(s->total, node->min) < 0)   /* else as little as its leaves may give */
    ari_fault_at(s, ARI_E0510, at, (ari_str){0}, node->span, &(ari_args){{id, agency, ari_arg_num(s->total), ari_arg_num(node->min)}});
}

/* combine: sum. Points and applicable maxima add up. False: beyond what a figure can be. */
static bool add_children(ari_scorer *s, const ari_node *node) {
  int64_t sum = 0;
  bool fits = true;
  for (const ari_node *c = node->first; c; c = c->next)
    if (s->row[c->index].has_points) fits &= add_points(&sum, s->row[c->index].points);
  find_maximum(s, node);
  ari_num_set_e12(s->total, sum);
  return fits;
}

/* The others. A = M, or the node is absent when no child is there. */
static void mix_children(ari_scorer *s, const ari_node *node) {
  ari_combining c = {.node = node, .tier = s->tier, .row = s->row, .maxima = s->maxima, .differs = s->differs,
                     .v = s->a, .max = s->b, .weights = s->points, .result = s->total};
  ari_combine_parts(&c);
  s->differs[node->index] = c.n == 0;
  s->row[node->index].max = c.n ? node->max_e12[s->tier] : 0;
  if (c.n == 0) {
    ari_num_set_int(s->maxima[node->index], 0);
    s->row[node->index].has_points = false;
  }
}

/* A node whose children are all blank is blank, as is all above what is withheld. The root is rounded as total only: the last node in this
 * order, it leaves its points in s->total. */
static void score_node(ari_scorer *s, const ari_node *node) {
  ari_figure *f = &s->row[node->index];
  *f = (ari_figure){0};
  bool fits = true;
  ari_excess below = ARI_NO_EXCESS;
  for (const ari_node *c = node->first; c; c = c->next) {
    const ari_figure *child = &s->row[c->index];
    if (child->policy == ARI_POLICY_WITHHOLD) f->policy = ARI_POLICY_WITHHOLD;
    if (s->exceeds[c->index] > below) below = (ari_excess)s->exceeds[c->index];
    f->has_points |= child->has_points;
  }
  s->exceeds[node->index] = ARI_NO_EXCESS;
  if (node->combine == ARI_COMBINE_SUM) fits = add_children(s, node);
  else mix_children(s, node);
  if (f->has_points && fits) limit_points(s, node, below);
  if (node->parent) ari_num_round(s->total, s->total, node->rounding.node, node->rounding.mode);
  if (!fits || !ari_num_e12(s->total, &f->points)) {
    f->points = 0;
    ari_fault_at(s, ARI_E0511, s->evidence->submissions[s->agency].at, (ari_str){0}, node->span,
                 &(ari_args){{ari_arg_text(node->id), ari_arg_text(s->evidence->agencies->items[s->agency].id)}});
  }
  if (f->policy == ARI_POLICY_WITHHOLD) f->has_points = false;
}

void ari_score_nodes(ari_scorer *s) {
  const ari_set *set = s->set;
  if (s->spreads) {
    ari_spread(s);
    settle_receivers(s);
  }
  /* Document order backwards: children before their parents. */
  for (uint32_t i = set->n_nodes; i-- > 0;) {
    const ari_node *node = set->nodes[i];
    if (node->leaf < 0) {
      score_node(s, node);
      continue;
    }
    const ari_figure *f = &s->row[i];
    bool taken = s->spreads && ari_num_sign(s->extra[node->leaf]) != 0;
    s->differs[i] = taken || f->policy == ARI_POLICY_EXCLUDE || f->policy == ARI_POLICY_SPREAD || f->state == ARI_PENDING;
    if (s->differs[i] && !taken) ari_num_set_int(s->maxima[i], 0);
  }
}
