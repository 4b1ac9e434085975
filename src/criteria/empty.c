/* Where the rule of a leaf can come to 0 out of 0 (ari-criteria(5), "Policies"), as far as types, ranges and guards tell without evidence: only there does
 * `empty:` have anything to say. */
#include "inside.h"

typedef struct search { const ari_scope *scope; const ari_expr *found; bool failed; } search;

static void find_behind(search *s, const ari_expr *e, const ari_known *known) {
  const ari_expr *where = NULL;
  if (!e || s->found) return;
  if (!ari_expr_can_be_empty(e, s->scope, known, &where)) s->failed = true;
  s->found = where;
}

static void find_in_formula(void *to, const ari_expr *e) { find_behind(to, e, NULL); }

/* Where one case is looked at, those before it did not hold. */
static void find_in_cases(search *s, const ari_rule *rule) {
  enum { FIRST = 16 };   /* a guard stands among the first */
  ari_known failed[FIRST];
  const ari_known *known = NULL;
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i];
    ari_known held = {p->when, true, known};
    find_behind(s, p->when, known);
    find_behind(s, p->points, p->when ? &held : known);
    if (!p->when || i >= FIRST) continue;
    failed[i] = (ari_known){p->when, false, known};
    known = &failed[i];
  }
}

bool ari_rule_can_be_empty(const ari_set *set, const ari_node *leaf, uint32_t tier, bool *can, const ari_expr **where) {
  ari_node_view view = {set, leaf};
  ari_scope scope = ari_node_scope(&view);
  search s = {.scope = &scope};
  bool scored = leaf->rule && leaf->presence[tier] == ARI_THERE && leaf->max[tier] && ari_num_sign(leaf->max[tier]) > 0;
  *can = false;
  *where = NULL;
  if (!scored) return true;
  if (leaf->rule->kind == &ari_rule_cases) find_in_cases(&s, leaf->rule);
  else ari_rule_formulas(leaf->rule, find_in_formula, &s);
  *where = s.found;
  *can = s.found || leaf->rule->kind == &ari_rule_survey;
  if (!*can && !ari_relative_can_be_empty(set, leaf, tier, can)) return false;
  return !s.failed;
}
