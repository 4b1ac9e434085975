/* Names for parts of formulas: `let: {r: a / b}`. Methodology: ari-criteria(5): "`let: {r: a / b}` names sub-expressions". A name stands for its
 * formula, which is evaluated wherever the name is used, so what is missing, empty or wrong in it is so there; bare `max` in it is the
 * maximum of the criterion that uses it. It may use inputs, names before it in the same `let` and names from above: there are no cycles. */
#include "inside.h"

/* ---- looking up ---------------------------------------------------------------------------------------------------------------- */

ari_let *ari_node_let(const ari_node *node, ari_str name) {
  for (; node; node = node->parent)
    for (uint32_t i = 0; i < node->n_let; i++)
      if (ari_str_eq(node->let[i].name, name)) return &node->let[i];
  return NULL;
}

const ari_let *ari_node_let_of(const ari_node *node, const ari_expr *value) {
  for (; node; node = node->parent)
    for (uint32_t i = 0; i < node->n_let; i++)
      if (node->let[i].value == value) return &node->let[i];
  return NULL;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------- */

/* A name means one thing wherever it can be seen. */
static bool is_free(ari_reader *r, const ari_node *node, const ari_yaml *key) {
  int slot = ari_node_input(r->set, node, key->text);
  const ari_let *let = ari_node_let(node, key->text);
  if (slot < 0 && !let) return true;
  ARI_TELL(r, ARI_E0290, key->span, ari_arg_text(key->text))->other = let ? let->span : r->set->inputs[slot].span;
  return false;
}

static ari_expr *read_value(ari_reader *r, const ari_node *node, const ari_yaml *y) {
  ari_str text;
  if (!ari_yaml_text(y, &text, r->fs)) return NULL;
  ari_expr *value = ari_reader_formula(r, node, y, ARI_TYPE_NONE);
  if (!value || value->type != ARI_TYPE_CHOICE) return value;
  ARI_TELL(r, ARI_E0334, value->span, ari_arg_text(value->text));   /* only a comparison knows its options */
  return NULL;
}

void ari_reader_let(ari_reader *r, ari_node *node, const ari_yaml *map) {
  uint32_t n = map ? ari_reader_count(r, map) : 0;
  ari_let *all = n ? ari_reader_alloc(r, n, sizeof *all) : NULL;
  bool lost = false;
  if (!all) return;
  node->let = all;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    node->let_later = y;
    bool fine = ari_reader_name(r, y->key) && is_free(r, node, y->key);
    ari_expr *value = fine ? read_value(r, node, y) : NULL;
    if (value) all[node->n_let++] = (ari_let){.name = ari_reader_text(r, y->key), .value = value, .span = y->key->span};
    else lost = true;
  }
  node->let_later = NULL;
  node->inputs_lost = node->inputs_lost || lost;   /* formulas that name what was left out are no error of their own */
}

void ari_check_let(ari_reader *r) {
  for (uint32_t i = 0; i < r->set->n_nodes; i++) {
    const ari_node *node = r->set->nodes[i];
    for (uint32_t k = 0; k < node->n_let; k++)
      if (!node->let[k].used) ARI_TELL(r, ARI_W0291, node->let[k].span, ari_arg_text(node->let[k].name));
  }
}

/* ---- showing ------------------------------------------------------------------------------------------------------------------- */

typedef struct tracing { ari_rule_run *run; size_t first; } tracing;

static void trace_value(tracing *t, const ari_expr *value) {
  ari_trace *trace = t->run->trace;
  for (size_t i = t->first; i < trace->n; i++)
    if (trace->steps[i].expr == value) return;
  ari_num *number = t->run->scratch[3];
  ari_answer answer = ari_expr_eval(t->run->eval, value, t->run->inputs, t->run->max, number);
  bool known = answer.outcome == ARI_VALUE;
  if (answer.outcome == ARI_NO_MEMORY) trace->failed = true;
  ari_trace_add(trace, ARI_STEP_LET, "let", value->span, value, known && value->type == ARI_TYPE_NUM ? number : NULL, NULL,
                known ? answer.i : -1);
}

/* What a name is made of stands before it. */
static void trace_names(void *to, const ari_expr *e) {
  for (uint32_t i = 0; i < e->n; i++) trace_names(to, e->kids[i]);
  if (e->op == ARI_OP_LET) trace_value(to, e->kids[0]);
}

void ari_trace_let(const ari_rule *rule, ari_rule_run *run) {
  tracing t = {run, run->trace->n};
  ari_rule_formulas(rule, trace_names, &t);
}
