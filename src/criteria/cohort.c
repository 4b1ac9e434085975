/* Who is compared with whom, and by what (ari-criteria(5), "Comparing agencies"). Each formula by which agencies are compared is a series of the set: its value of
 * every agency is known before the first rule is evaluated. */
#include "inside.h"

enum { MOST_SERIES = 1000 };   /* every agency has a value of each */

const char *const ari_cohort_words[] = {"group", "tier", "all", NULL};

void ari_reader_cohort(ari_reader *r, ari_node *node, const ari_yaml *y) {
  int word = y ? ari_yaml_word(y, ari_cohort_words, r->fs) : -1;
  if (word < 0) return;
  if (word == ARI_WITHIN_TIER) ari_check_tier_word(r, y);
  node->cohort = (ari_setting){word, node, ari_entry_span(y)};
}

/* The setting that holds on `node` is made use of. */
static void note_use(const ari_set *set, const ari_node *node) {
  if (node->cohort.from) set->nodes[node->cohort.from->index]->cohort_used = true;
}

/* Whom a formula concerns depends on where its criterion exists. */
static bool in_same_tiers(const ari_set *set, const ari_node *a, const ari_node *b) {
  uint32_t t = 0;
  while (t < set->n_tiers && (a->presence[t] == ARI_THERE) == (b->presence[t] == ARI_THERE)) t++;
  return t == set->n_tiers;
}

int ari_reader_series(ari_reader *r, const ari_node *node, const ari_expr *value) {
  ari_set *set = r->set;
  note_use(set, node);
  for (uint32_t i = 0; i < set->n_series; i++)
    if ((int)set->series[i].cohort == node->cohort.value && in_same_tiers(set, set->series[i].node, node) &&
        ari_expr_same(set->series[i].value, value))
      return (int)i;
  if (set->n_series == MOST_SERIES) {
    if (!r->too_many_series) ARI_TELL(r, ARI_E0289, value->span, ari_arg_int(MOST_SERIES));
    r->too_many_series = true;
    return -1;
  }
  ari_series *all = ari_reader_more(r, set->series, set->n_series, &r->series_room, sizeof *all);
  if (!all) return -1;
  set->series = all;
  all[set->n_series] = (ari_series){.value = value, .node = node, .cohort = (ari_within)node->cohort.value};
  return (int)set->n_series++;
}

void ari_check_cohorts(ari_reader *r) {
  for (uint32_t i = 0; i < r->set->n_nodes; i++) {
    const ari_node *node = r->set->nodes[i];
    if (node->cohort.from == node && !node->cohort_used) ARI_TELL(r, ARI_W0298, node->cohort.span, ari_arg_c(ari_cohort_words[node->cohort.value]));
  }
}

/* ---- the series of a rule ------------------------------------------------------------------------------------------------------ */

typedef struct walk { void (*each)(void *to, int series, const ari_expr *call); void *to; } walk;

static void walk_formula(void *to, const ari_expr *e) {
  walk *w = to;
  if (ari_expr_is_cohort(e)) w->each(w->to, e->slot, e);
  else
    for (uint32_t i = 0; i < e->n; i++) walk_formula(to, e->kids[i]);
}

void ari_rule_series(const ari_rule *rule, void (*each)(void *to, int series, const ari_expr *call), void *to) {
  walk w = {each, to};
  ari_rule_formulas(rule, walk_formula, &w);
  if (rule->series >= 0) each(to, rule->series, NULL);
}

typedef struct tracing { ari_rule_run *run; size_t first; } tracing;

/* The same figure stands once, however often it is used. */
static void trace_call(void *to, int series, const ari_expr *call) {
  tracing *t = to;
  ari_trace *trace = t->run->trace;
  ari_num *figure = t->run->scratch[3];
  if (!call) return;   /* the form shows its own */
  for (size_t i = t->first; i < trace->n; i++)
    if (trace->steps[i].expr && ari_expr_same(trace->steps[i].expr, call)) return;
  const ari_inputs *in = t->run->inputs;
  bool known = in->cohort && in->cohort(in->of, series, ari_expr_cohort_figure(call), figure);
  ari_trace_add(trace, ARI_STEP_COHORT, "cohort", call->span, call, known ? figure : NULL, NULL, series);
}

void ari_trace_cohorts(const ari_rule *rule, ari_rule_run *run) {
  tracing t = {run, run->trace->n};
  ari_rule_series(rule, trace_call, &t);
}
