/* `combine` other than the sum (ari-criteria(5), "Criteria"): P = M × the combination of v = P/A of the children with A > 0, weights divided by
 * their sum over those. Children's maxima are scales of their own. Exact but for the geometric mean (base: ari_num_pow). */
#include "inside.h"

/* A as exact as it is known: without the scorer's own numbers, from the published figures. */
static const ari_num *maximum_of(const ari_combining *c, const ari_node *child, ari_num *scratch) {
  int32_t i = child->index;
  if (c->maxima) return c->differs[i] ? c->maxima[i] : child->max[c->tier];
  if (c->row[i].max == child->max_e12[c->tier]) return child->max[c->tier];
  ari_num_set_e12(scratch, c->row[i].max);
  return scratch;
}

bool ari_part_value(const ari_combining *c, const ari_node *child) {
  const ari_figure *f = &c->row[child->index];
  const ari_num *max = maximum_of(c, child, c->max);
  if (ari_num_sign(max) <= 0) return false;
  if (c->node->combine == ARI_COMBINE_WEIGHTED && (!child->weight[c->tier] || ari_num_sign(child->weight[c->tier]) == 0)) return false;
  ari_num_set_e12(c->v, f->has_points ? f->points : 0);   /* blank, but its maximum counts: v = 0 */
  ari_num_div(c->v, c->v, max);
  return true;
}

/* Takes v into the result. */
static void take_value(ari_combining *c, const ari_node *child) {
  switch (c->node->combine) {
  case ARI_COMBINE_SUM:
  case ARI_COMBINE_MEAN:
    ari_num_add(c->result, c->result, c->v);
    break;
  case ARI_COMBINE_WEIGHTED:
    ari_num_mul(c->v, c->v, child->weight[c->tier]);
    ari_num_add(c->result, c->result, c->v);
    ari_num_add(c->weights, c->weights, child->weight[c->tier]);
    break;
  case ARI_COMBINE_GEOMETRIC:
    if (c->n == 0) ari_num_set(c->result, c->v);
    else ari_num_mul(c->result, c->result, c->v);
    break;
  case ARI_COMBINE_HARMONIC:
    if (ari_num_sign(c->v) <= 0) {
      c->nothing = true;   /* below 0 is told by the leaf: the set allows none */
      break;
    }
    ari_num_set_int(c->max, 1);
    ari_num_div(c->v, c->max, c->v);
    ari_num_add(c->result, c->result, c->v);
    break;
  case ARI_COMBINE_MIN:
    if (c->n == 0 || ari_num_cmp(c->v, c->result) < 0) ari_num_set(c->result, c->v);
    break;
  }
}

/* From what was taken together to the combination. */
static void finish(ari_combining *c) {
  ari_num *count = c->v;
  ari_num_set_int(count, c->n);
  if (c->node->combine != ARI_COMBINE_WEIGHTED) ari_num_set(c->weights, count);
  switch (c->node->combine) {
  case ARI_COMBINE_SUM:
  case ARI_COMBINE_MIN:
    break;
  case ARI_COMBINE_MEAN:
  case ARI_COMBINE_WEIGHTED:
    ari_num_div(c->result, c->result, c->weights);
    break;
  case ARI_COMBINE_GEOMETRIC:
    ari_num_set_int(c->max, 1);
    ari_num_div(count, c->max, count);
    if (ari_num_pow(c->result, c->result, count) == ARI_OUTSIDE) ari_num_set_int(c->result, 0);   /* below 0: told by the leaf */
    break;
  case ARI_COMBINE_HARMONIC:
    if (c->nothing) ari_num_set_int(c->result, 0);
    else ari_num_div(c->result, count, c->result);
    break;
  }
}

void ari_combine_parts(ari_combining *c) {
  c->n = 0;
  c->nothing = false;
  ari_num_set_int(c->result, 0);
  ari_num_set_int(c->weights, 0);
  for (const ari_node *child = c->node->first; child; child = child->next) {
    if (!ari_part_value(c, child)) continue;
    take_value(c, child);
    c->n++;
  }
  if (c->n == 0) return;
  finish(c);
  ari_num_mul(c->result, c->result, c->node->max[c->tier]);
}
