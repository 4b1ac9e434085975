/* The registers of scoring: made once, used for every leaf of every agency. */
#include "inside.h"

static bool uses_spread(const ari_set *set) {
  uint32_t i = 0;
  while (i < set->n_leaves && !ari_node_spreads(set, set->leaves[i])) i++;
  return i < set->n_leaves;
}

/* An array of n numbers that nums owns. */
static bool make_numbers(ari_nums *nums, ari_num ***out, size_t n) {
  *out = ari_calloc(n ? n : 1, sizeof **out);
  for (size_t i = 0; *out && i < n; i++)
    if (!((*out)[i] = ari_nums_new(nums))) return false;
  return *out != NULL;
}

bool ari_scorer_start(ari_scorer *s, const ari_evidence *evidence, ari_findings *fs) {
  const ari_set *set = evidence->set;
  *s = (ari_scorer){.set = set, .evidence = evidence, .fs = fs};
  ari_num **singles[] = {&s->points, &s->a, &s->b, &s->nothing, &s->total, &s->run.scratch[0], &s->run.scratch[1], &s->run.scratch[2], &s->run.scratch[3]};
  for (size_t i = 0; i < ARI_COUNT(singles); i++)
    if (!(*singles[i] = ari_nums_new(&s->nums))) return false;
  if (!make_numbers(&s->nums, &s->maxima, set->n_nodes)) return false;
  if (uses_spread(set) && (!make_numbers(&s->nums, &s->unrounded, set->n_leaves) || !make_numbers(&s->nums, &s->extra, set->n_leaves)))
    return false;
  s->differs = ari_calloc(set->n_nodes, sizeof *s->differs);
  s->exceeds = ari_calloc(set->n_nodes, sizeof *s->exceeds);
  s->kept = ari_calloc(set->n_nodes, sizeof *s->kept);
  s->limits = ari_calloc((size_t)set->n_leaves * set->n_tiers + 1, sizeof *s->limits);
  s->run.eval = ari_eval_new();
  return s->differs && s->exceeds && s->kept && s->limits && s->run.eval;
}

void ari_scorer_agency(ari_scorer *s, size_t agency, ari_figure *row) {
  s->agency = agency;
  s->tier = s->evidence->agencies->items[agency].tier_index;
  s->row = row;
  s->spreads = s->pends = s->faulty = false;
  s->view = (ari_score_view){{s->evidence, agency}, s->cohorts};
  s->inputs = ari_score_inputs(&s->view);
  s->run.inputs = &s->inputs;
}

void ari_scorer_free(ari_scorer *s) {
  ari_nums_free(&s->nums);
  ari_free(s->maxima);
  ari_free(s->unrounded);
  ari_free(s->extra);
  ari_free(s->differs);
  ari_free(s->exceeds);
  ari_free(s->kept);
  ari_free(s->limits);
  ari_eval_free(s->run.eval);
  *s = (ari_scorer){0};
}
