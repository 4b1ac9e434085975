/* Parts of the max for which no agency has figures of its own: worth a warning, for nobody can earn them; and parts of `penalty`, for nobody
 * loses them. */
#include "inside.h"

/* What all agencies had in common at a leaf: how many were scored there, and by tier (a bit each) where somebody was and where somebody lost
 * nothing or was not asked for the max. */
typedef struct cover { bool covered; uint32_t agencies, seen, kept; } cover;

static bool is_scored(const ari_standing *s) { return s->state == ARI_FINAL || s->state == ARI_PROVISIONAL; }

static void look_at_leaf(cover *c, uint32_t tier, const ari_figure *f) {
  c->agencies++;
  c->seen |= UINT32_C(1) << tier;
  if (f->state != ARI_MISSING && f->state != ARI_EMPTY) c->covered = true;
  if (f->max == 0 || (f->has_points && f->points != 0)) c->kept |= UINT32_C(1) << tier;
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

/* The most of a leaf in the tiers where somebody was scored. */
static int64_t max_of(const ari_set *set, const ari_node *leaf, uint32_t tiers) {
  int64_t max = 0;
  for (uint32_t t = 0; t < set->n_tiers; t++)
    if ((tiers >> t & 1) && leaf->max_e12[t] > max) max = leaf->max_e12[t];
  return max;
}

/* A bonus that nobody claims is nothing to warn of; a penalty without figures takes nothing off from anybody, which may be an oversight. */
static bool needs_no_figures(const ari_set *set, const ari_node *leaf) {
  return ari_node_watched(set, leaf) || (set->bonus && ari_part_of(leaf) == set->bonus);
}

static void tell_lost(const ari_set *set, uint32_t tier, int64_t lost, ari_findings *fs) {
  int64_t max = set->root->max_e12[tier];
  ari_args args = {{ari_arg_e12(max - lost), ari_arg_e12(max), ari_arg_text(set->tiers[tier].id)}};
  ari_findings_add(fs, set->n_tiers > 1 ? ARI_W0271 : ARI_W0516, set->root->max_span, &args);
}

/* An agency that is alone at one leaf is mostly so at others: it is told once. */
static void tell_alone(const ari_evidence *evidence, const ari_cohorts *cohorts, const ari_node *leaf, int64_t *told, ari_findings *fs) {
  int64_t alone = ari_node_watched(evidence->set, leaf) ? -1 : ari_cohorts_alone(cohorts, leaf);
  if (alone < 0 || alone == *told) return;
  *told = alone;
  ari_findings_add(fs, ARI_W0532, leaf->rule->span, &(ari_args){{ari_arg_text(leaf->id), ari_arg_text(evidence->agencies->items[alone].id)}});
}

/* ---- last period ---- */

static void note_previous(void *to, int slot) {
  (void)slot;
  *(bool *)to = true;
}

static void look_for_previous(void *to, const ari_expr *e) { ari_expr_each_previous(e, note_previous, to); }

static bool asks_last_period(const ari_node *leaf) {
  bool found = false;
  if (leaf->rule) ari_rule_formulas(leaf->rule, look_for_previous, &found);
  return found;
}

static bool has_last(const ari_evidence *evidence, size_t agency) {
  ari_previous_part part = {0};
  bool has = false;
  for (uint32_t slot = 0; slot < evidence->set->n_inputs && !has; slot++) {
    size_t n = ari_previous_parts(evidence, agency, (int)slot, &part, 1);
    has = n > 1 || (n == 1 && part.cell);   /* several that it replaces: not looked into */
  }
  return has;
}

/* There is no evidence of last period, or none of those whom --previous was meant for. Told once, and not again by each leaf that nobody has figures for
 * because of it: true. */
static bool tell_last_period(const ari_evidence *evidence, const ari_result *result, ari_findings *fs) {
  const ari_set *set = evidence->set;
  bool there = evidence->previous_period.kind, has = false;
  const ari_agency *first = NULL;
  for (size_t a = 0; a < result->n_agencies && set->uses_previous; a++) {
    if (!is_scored(&result->standings[a])) continue;
    if (!first) first = &evidence->agencies->items[a];
    has = has || (there && has_last(evidence, a));
  }
  if (!first || has) return false;
  ari_buf period = {0};
  ari_buf_period(&period, there ? evidence->previous_period : ari_period_before(evidence->period));
  ari_findings_add(fs, there ? ARI_W0492 : ARI_W0534, set->root->span, &(ari_args){{ari_arg_text(ari_buf_view(&period)), ari_arg_text(first->id)}});
  if (period.failed) fs->failed = true;
  ari_buf_free(&period);
  return true;
}

/* One agency alone is a self-assessment: what it lacks is its own affair. */
static void tell_leaves(const ari_evidence *evidence, const ari_cohorts *cohorts, const cover *covers, bool without_last, ari_findings *fs) {
  const ari_set *set = evidence->set;
  int64_t lost[ARI_MOST_TIERS] = {0}, alone = -1;
  for (uint32_t i = 0; i < set->n_leaves; i++) {
    const ari_node *leaf = set->leaves[i];
    const cover *c = &covers[i];
    if (c->agencies < 2) continue;
    if (c->covered) {
      tell_alone(evidence, cohorts, leaf, &alone, fs);
      continue;
    }
    if (without_last && asks_last_period(leaf)) continue;
    ari_findings_add(fs, ARI_W0515, leaf->span,
                     &(ari_args){{ari_arg_text(leaf->id), ari_arg_e12(max_of(set, leaf, c->seen)), ari_arg_int((int64_t)c->agencies)}});
    for (uint32_t t = 0; t < set->n_tiers; t++)
      if (((c->seen & ~c->kept) >> t & 1) && !leaf->outside && adds_up(leaf)) lost[t] += leaf->max_e12[t];
  }
  for (uint32_t t = 0; t < set->n_tiers; t++)
    if (lost[t]) tell_lost(set, t, lost[t], fs);
}

/* A leaf is looked at by the agencies that are scored there. */
static void look_at_agency(const ari_evidence *evidence, const ari_result *result, size_t agency, cover *covers) {
  const ari_set *set = evidence->set;
  uint32_t tier = evidence->agencies->items[agency].tier_index;
  bool scored = is_scored(&result->standings[agency]);
  for (uint32_t i = 0; i < set->n_leaves; i++) {
    const ari_node *leaf = set->leaves[i];
    if (leaf->presence[tier] != ARI_THERE) continue;
    if (scored) look_at_leaf(&covers[i], tier, ari_result_figure(result, agency, leaf->index));
    else if (!covers[i].covered) covers[i].covered = gave_figures(evidence, agency, leaf);
  }
}

bool ari_warn_uncovered(const ari_evidence *evidence, const ari_result *result, ari_findings *fs) {
  const ari_set *set = evidence->set;
  cover *covers = ari_calloc(set->n_leaves ? set->n_leaves : 1, sizeof *covers);
  if (!covers) return false;
  for (uint32_t i = 0; i < set->n_leaves; i++) covers[i].covered = needs_no_figures(set, set->leaves[i]);
  for (size_t a = 0; a < result->n_agencies; a++) look_at_agency(evidence, result, a, covers);
  bool without_last = tell_last_period(evidence, result, fs);
  tell_leaves(evidence, result->cohorts, covers, without_last, fs);
  ari_free(covers);
  return !fs->failed;
}
