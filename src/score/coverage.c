/* Parts of the max for which no agency has figures of its own: worth a warning, for nobody can earn them. */
#include "score.h"

/* What all agencies had in common at a leaf. */
typedef struct cover { bool covered; bool lost; } cover;   /* lost: blank or zero for all, and the max still counts */

static bool is_scored(const ari_standing *s) { return s->state == ARI_FINAL || s->state == ARI_PROVISIONAL; }

static void look_at_leaf(cover *c, const ari_figure *f) {
  if (f->state != ARI_MISSING && f->state != ARI_EMPTY) c->covered = true;
  if (f->max == 0 || (f->has_points && f->points != 0)) c->lost = false;
}

/* ---- agencies without points: figures that they gave are figures all the same ---- */

typedef struct search { const ari_evidence *evidence; size_t agency; const ari_node *leaf; bool found; } search;

/* An input from above (a population) is no figure of the leaf's own, unless the leaf has no others. */
static void look_at_input(void *to, int slot) {
  search *x = to;
  if (x->leaf->n_inputs && x->evidence->set->inputs[slot].owner != x->leaf) return;
  x->found |= ari_evidence_cell(x->evidence, x->agency, slot)->state != ARI_CELL_ABSENT;
}

static void look_through(void *to, const ari_expr *e) {
  if (e) ari_expr_inputs(e, look_at_input, to);
}

static bool gave_figures(const ari_evidence *evidence, size_t agency, const ari_node *leaf) {
  search x = {evidence, agency, leaf, false};
  if (leaf->rule) ari_rule_formulas(leaf->rule, look_through, &x);
  return x.found;
}

/* ---- all ---- */

/* Whether a leaf's points go into the total as they are: only then is what it cannot give missing from what anybody can reach. */
static bool adds_up(const ari_node *leaf) {
  for (const ari_node *n = leaf->parent; n; n = n->parent)
    if (n->combine != ARI_COMBINE_SUM) return false;
  return true;
}

static void tell_leaves(const ari_set *set, const cover *covers, size_t agencies, ari_findings *fs) {
  int64_t lost = 0;
  for (uint32_t i = 0; i < set->n_leaves; i++) {
    const ari_node *leaf = set->leaves[i];
    if (covers[i].covered) continue;
    ari_findings_add(fs, ARI_W0515, leaf->span,
                     &(ari_args){{ari_arg_text(leaf->id), ari_arg_e12(leaf->max_e12[0]), ari_arg_int((int64_t)agencies)}});
    if (covers[i].lost && adds_up(leaf)) lost += leaf->max_e12[0];
  }
  int64_t max = set->root->max_e12[0];
  if (lost) ari_findings_add(fs, ARI_W0516, set->root->max_span, &(ari_args){{ari_arg_e12(max - lost), ari_arg_e12(max)}});
}

bool ari_warn_uncovered(const ari_evidence *evidence, const ari_result *result, ari_findings *fs) {
  const ari_set *set = evidence->set;
  cover *covers = ari_calloc(set->n_leaves ? set->n_leaves : 1, sizeof *covers);
  if (!covers) return false;
  for (uint32_t i = 0; i < set->n_leaves; i++) covers[i] = (cover){.covered = set->leaves[i]->outside || ari_num_sign(set->leaves[i]->max[0]) == 0, .lost = true};
  size_t agencies = 0;
  for (size_t a = 0; a < result->n_agencies; a++) {
    bool scored = is_scored(&result->standings[a]);
    agencies += scored;
    for (uint32_t i = 0; i < set->n_leaves; i++) {
      if (scored) look_at_leaf(&covers[i], ari_result_figure(result, a, set->leaves[i]->index));
      else if (!covers[i].covered) covers[i].covered = gave_figures(evidence, a, set->leaves[i]);
    }
  }
  /* One agency alone is a self-assessment: what it lacks is its own affair. */
  if (agencies > 1) tell_leaves(set, covers, agencies, fs);
  ari_free(covers);
  return !fs->failed;
}
