/* The one table of rule forms, and what all forms share: reading by the table, evaluating, limits.
 * Methodology: ari-criteria(5), "Rules". A new form is a new row and its functions. */
#include "inside.h"

/* In the order in which messages name them. `points` is last: it is also a key of others, so it tells the form only when no other
 * key does. */
static const ari_rule_kind *const kinds[] = {
  &ari_rule_share, &ari_rule_yes_no, &ari_rule_of_choice, &ari_rule_survey, &ari_rule_bands,
  &ari_rule_count, &ari_rule_deduct, &ari_rule_cases, &ari_rule_minmax, &ari_rule_zscore, &ari_rule_percentile, &ari_rule_judged, &ari_rule_points,
};
enum { RULE_FIELDS = 8 };    /* no form has more keys */

const ari_rule_kind *ari_rule_kind_at(size_t n) { return n < ARI_COUNT(kinds) ? kinds[n] : NULL; }

/* ---- reading -------------------------------------------------------------------------------------------------------------- */

void ari_reader_tell_forms(ari_reader *r, ari_code code, ari_span at, ari_str word) {
  ari_buf b = {0};
  for (size_t i = 0; i < ARI_COUNT(kinds); i++) {
    if (i) ari_buf_text(&b, ", ");
    ari_buf_text(&b, kinds[i]->name);
  }
  if (b.failed) r->no_memory = true;
  ARI_TELL(r, code, at, ari_arg_text(word), ari_arg_text(ari_buf_view(&b)));
  ari_buf_free(&b);
}

static void tell_unknown_form(ari_reader *r, const ari_yaml *key) {
  ari_str names[ARI_COUNT(kinds)];
  for (size_t i = 0; i < ARI_COUNT(kinds); i++) names[i] = ari_str_of(kinds[i]->name);
  int near = ari_str_nearest(key->text, names, ARI_COUNT(kinds));
  if (near < 0) ari_reader_tell_forms(r, ARI_E0212, key->span, key->text);
  else ARI_TELL(r, ARI_E0213, key->span, ari_arg_text(key->text), ari_arg_text(names[near]));
}

/* The form whose key stands in the map. NULL: told. */
static const ari_rule_kind *find_form(ari_reader *r, const ari_yaml *map) {
  const ari_rule_kind *found = NULL;
  const ari_yaml *at = NULL;
  for (size_t i = 0; i < ARI_COUNT(kinds); i++) {
    const ari_yaml *value = ari_yaml_get(map, kinds[i]->name);
    if (!value || (found && kinds[i] == &ari_rule_points)) continue;
    if (found) {
      ARI_TELL(r, ARI_E0214, value->key->span, ari_arg_c(found->name), ari_arg_c(kinds[i]->name))->other = at->key->span;
      return NULL;
    }
    found = kinds[i];
    at = value;
  }
  if (!found && map->first) tell_unknown_form(r, map->first->key);
  else if (!found) ari_reader_tell_forms(r, ARI_E0211, map->span, ARI_STR(""));
  return found;
}

static void note_series(void *to, int series, const ari_expr *call) {
  (void)series, (void)call;
  *(bool *)to = true;
}

void ari_reader_rule(ari_reader *r, ari_node *leaf, const ari_yaml *map) {
  size_t errors = r->fs->errors;
  if (map->kind != ARI_YAML_MAP) {
    if (ari_yaml_is_empty(map)) ari_yaml_tell_empty(map, r->fs);
    else ari_reader_tell_forms(r, ARI_E0211, map->span, ARI_STR(""));
    return;
  }
  const ari_rule_kind *kind = find_form(r, map);
  const ari_yaml *f[RULE_FIELDS];
  ari_rule *rule = kind ? ari_reader_alloc(r, 1, sizeof *rule) : NULL;
  if (!rule || !ari_fields_read(map, kind->fields, f, r->fs)) return;
  rule->kind = kind;
  rule->span = map->span;
  rule->series = -1;
  kind->read(r, leaf, rule, map, f);
  if (r->fs->errors > errors || r->fs->failed || r->no_memory) return;
  for (const ari_node *n = leaf; n; n = n->parent)
    if (n->inputs_lost) return;
  leaf->rule = rule;
  ari_rule_series(rule, note_series, &rule->compares);
  ari_check_leaf(r, leaf);
}

/* ---- evaluating ------------------------------------------------------------------------------------------------------------- */

ari_rule_answer ari_rule_eval(const ari_rule *rule, ari_rule_run *run) {
  if (run->trace) ari_trace_let(rule, run);
  if (run->trace) ari_trace_cohorts(rule, run);
  ari_rule_answer answer = rule->kind->eval(rule, run);
  if (answer.answer.outcome == ARI_VALUE && answer.error == ARI_F0001)
    ari_trace_add(run->trace, ARI_STEP_POINTS, rule->kind->name, rule->span, NULL, run->points, NULL, 0);
  return answer;
}

bool ari_rule_number(ari_rule_run *run, const ari_expr *e, ari_num *result, ari_rule_answer *answer) {
  answer->where = e->span;
  answer->answer = ari_expr_eval(run->eval, e, run->inputs, run->max, result);
  return answer->answer.outcome == ARI_VALUE;
}

bool ari_rule_choice(ari_rule_run *run, const ari_expr *e, int32_t *i, ari_rule_answer *answer) {
  answer->where = e->span;
  answer->answer = ari_expr_eval(run->eval, e, run->inputs, run->max, run->scratch[3]);
  *i = answer->answer.i;
  return answer->answer.outcome == ARI_VALUE;
}

/* ---- limits ----------------------------------------------------------------------------------------------------------------- */

void ari_rule_formulas(const ari_rule *rule, void (*each)(void *to, const ari_expr *e), void *to) {
  const ari_expr *before[] = {rule->value, rule->start},
                 *behind[] = {rule->partial, rule->each, rule->at_most, rule->at_least, rule->yes, rule->no, rule->low, rule->high};
  for (size_t i = 0; i < ARI_COUNT(before); i++)
    if (before[i]) each(to, before[i]);
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i];
    const ari_expr *all[] = {p->when, p->count, p->each, p->points};
    for (size_t k = 0; k < ARI_COUNT(all); k++)
      if (all[k]) each(to, all[k]);
  }
  for (size_t i = 0; i < ARI_COUNT(behind); i++)
    if (behind[i]) each(to, behind[i]);
}

typedef struct needs { void (*each)(void *to, int slot, bool of_previous); void *to; const ari_function *present; } needs;

/* The parts of a formula that are evaluated in any case: the first of what `if`, `and` and `or` look at. */
static void walk_needs(const needs *w, const ari_expr *e) {
  if (!e) return;
  if (e->op == ARI_OP_INPUT) w->each(w->to, e->slot, false);
  bool first_alone = e->op == ARI_OP_IF || e->op == ARI_OP_AND || e->op == ARI_OP_OR;
  if (e->op == ARI_OP_CALL && (e->function == w->present || ari_expr_is_cohort(e))) return;   /* others may have what this agency lacks */
  if (ari_expr_is_previous(e)) {
    w->each(w->to, e->kids[0]->slot, true);
    return;
  }
  for (uint32_t i = 0; i < e->n && !(first_alone && i > 0); i++) walk_needs(w, e->kids[i]);
}

void ari_rule_needs(const ari_rule *rule, void (*each)(void *to, int slot, bool of_previous), void *to) {
  needs w = {each, to, ari_function_find(ARI_STR("present"))};
  bool first_alone = rule->kind == &ari_rule_cases;
  const ari_expr *always[] = {rule->value, rule->start, rule->each, rule->at_most, rule->low, rule->high};
  for (size_t i = 0; i < ARI_COUNT(always); i++) walk_needs(&w, always[i]);
  for (uint32_t i = 0; i < rule->n_parts && !(first_alone && i > 0); i++) {
    walk_needs(&w, rule->parts[i].when);
    walk_needs(&w, rule->parts[i].count);
    walk_needs(&w, rule->parts[i].each);
    if (rule->kind == &ari_rule_survey) walk_needs(&w, rule->parts[i].points);   /* every option's points stand in the sum */
  }
}

typedef struct wait_search { const ari_set *set; bool found; } wait_search;

static void look_at_origin(void *to, int slot) {
  wait_search *w = to;
  w->found |= w->set->inputs[slot].source.value != ARI_ORIGIN_SELF;
}

static void look_for_origin(void *to, const ari_expr *e) { ari_expr_inputs(e, look_at_origin, to); }

bool ari_rule_waits(const ari_set *set, const ari_rule *rule) {
  wait_search w = {set, rule->kind == &ari_rule_judged};
  ari_rule_formulas(rule, look_for_origin, &w);
  return w.found;
}

bool ari_rule_limits(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, ari_range *out) {
  const ari_num *max = leaf->max[tier], *min = leaf->min;
  if (!leaf->rule->kind->range(nums, set, leaf, tier, leaf->rule, out)) return false;
  bool free_above = leaf->over_max == ARI_OVER_ALLOW;
  if (!out->has_low || ari_num_cmp(out->low, min) < 0) ari_num_set(out->low, min);
  if (!free_above && ari_num_cmp(out->low, max) > 0) ari_num_set(out->low, max);
  if (!free_above && (!out->has_high || ari_num_cmp(out->high, max) > 0)) {
    out->has_high = true;
    ari_num_set(out->high, max);
  }
  if (out->has_high && ari_num_cmp(out->high, min) < 0) ari_num_set(out->high, min);
  out->has_low = true;
  return true;
}
