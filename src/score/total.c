/* The total, the index, the state of an agency (src/README.md, "Numbers": leaf -> node -> total -> index). */
#include "inside.h"

static void count_states(const ari_scorer *s, ari_standing *out) {
  for (uint32_t i = 0; i < s->set->n_leaves; i++)
    if (s->set->leaves[i]->presence[s->tier] != ARI_NOT_THERE) out->counts[s->row[s->set->leaves[i]->index].state]++;
}

/* Something below is withheld; node may be NULL. */
static bool is_withheld(const ari_scorer *s, const ari_node *node) { return node && s->row[node->index].policy == ARI_POLICY_WITHHOLD; }

/* total = root + bonus - penalty, not below 0. Blank adds nothing. */
static void add_outside(ari_scorer *s, const ari_node *node, int sign) {
  const ari_figure *f = node ? &s->row[node->index] : NULL;
  if (!f || !f->has_points) return;
  ari_num_set_e12(s->b, f->points);
  if (sign > 0) ari_num_add(s->a, s->a, s->b);
  else ari_num_sub(s->a, s->a, s->b);
}

void ari_score_total(ari_scorer *s, ari_standing *out) {
  const ari_node *root = s->set->root;
  const ari_decimals *decimals = &root->rounding;
  ari_figure *f = &s->row[0];
  count_states(s, out);
  out->max = f->max;
  out->has_max = true;
  const ari_num *max = s->differs[0] ? s->maxima[0] : root->max[s->tier];
  bool withheld = is_withheld(s, root) || is_withheld(s, s->set->bonus) || is_withheld(s, s->set->penalty);
  out->state = withheld ? ARI_AGENCY_WITHHELD : s->pends ? ARI_PROVISIONAL : ARI_FINAL;
  out->tree = f->points;
  if (f->has_points) ari_num_set(s->a, s->total);
  else ari_num_set_int(s->a, 0);   /* all blank, and the maximum still counts: that is what `unscored` says */
  add_outside(s, s->set->bonus, 1);
  add_outside(s, s->set->penalty, -1);
  if (ari_set_has_outside(s->set, s->tier) && ari_num_sign(s->a) < 0) ari_num_set_int(s->a, 0);
  /* Withheld somewhere, or nothing that could be scored (A = 0) so far: there is nothing to rank by. */
  if (withheld || ari_num_sign(max) <= 0) {
    if (!s->pends) out->state = ARI_AGENCY_WITHHELD;
    f->has_points = false;
    return;
  }
  ari_num_round(s->a, s->a, decimals->total, decimals->mode);
  bool fits = ari_num_e12(s->a, &f->points);
  ari_num_set_int(s->b, 100);
  ari_num_mul(s->a, s->a, s->b);
  ari_num_div(s->a, s->a, max);
  fits = ari_num_e12(s->a, &out->exact) && fits;
  ari_num_round(s->a, s->a, decimals->index, decimals->mode);
  fits = ari_num_e12(s->a, &out->index) && fits;
  out->has_points = out->has_range = f->has_points = true;
  out->points = out->low = out->high = f->points;
  out->low_index = out->high_index = out->index;
  if (!fits)
    ari_fault_at(s, ARI_E0511, s->evidence->submissions[s->agency].at, (ari_str){0}, root->span,
                 &(ari_args){{ari_arg_text(root->id), ari_arg_text(s->evidence->agencies->items[s->agency].id)}});
}
