/* What the author expects of the evidence (`expect`), and stated figures that can be recomputed (`check`). */
#include "inside.h"

static ari_args name_things(const ari_scorer *s, ari_str what) {
  return (ari_args){{ari_arg_text(what), ari_arg_text(s->evidence->agencies->items[s->agency].id)}};
}

/* Where an input is not there, nothing can be expected of it. */
static bool is_met(ari_scorer *s, const ari_node *node, const ari_expect *x) {
  ari_answer answer = ari_expr_eval(s->run.eval, x->that, &s->inputs, node->max[s->tier], s->a);
  if (answer.outcome == ARI_NO_MEMORY) s->failed = true;
  return answer.outcome != ARI_VALUE || answer.i;
}

/* Not met is an error in the evidence, told in the author's own words. */
static void check_expectation(ari_scorer *s, const ari_node *node, const ari_expect *x) {
  if (is_met(s, node, x)) return;
  ari_args args = name_things(s, node->id);
  bool said = !ari_str_eq(x->say.vi, x->that->text);   /* without `say` the formula stands there */
  args.at[2] = ari_arg_text(x->say.vi);
  args.at[3] = ari_arg_text(x->say.en);
  ari_fault(s, said ? ARI_E0503 : ARI_E0512, (ari_formulas){{x->that}, NULL}, x->span, &args);
}

/* Whether one formula looks at every input of another. */
typedef struct cover { const ari_expr *by; int slot; bool here, all; } cover;

static void look_for_slot(void *to, int slot) {
  cover *c = to;
  c->here |= slot == c->slot;
}

static void look_for_input(void *to, int slot) {
  cover *c = to;
  c->slot = slot;
  c->here = false;
  ari_expr_inputs(c->by, look_for_slot, c);
  c->all &= c->here;
}

static void look_for_previous(void *to, int slot) {
  (void)slot;
  ((cover *)to)->all = false;
}

bool ari_expectation_failed(ari_scorer *s, const ari_node *leaf, const ari_expr *value) {
  for (const ari_node *node = leaf; node; node = node->parent)
    for (uint32_t k = 0; k < node->n_expect; k++) {
      cover c = {.by = node->expect[k].that, .all = true};
      ari_expr_inputs(value, look_for_input, &c);
      ari_expr_each_previous(value, look_for_previous, &c);
      if (c.all && !is_met(s, node, &node->expect[k])) return true;
    }
  return false;
}

/* r = a rounded to any number of decimals, as a figure in a report is. */
static void round_stated(ari_num *r, const ari_num *a, int decimals, ari_num *scratch) {
  ari_num_set_dec(scratch, (ari_dec){.coef = 1, .scale = (int8_t)(decimals > 30 ? -30 : -decimals)});
  ari_num_mul(r, a, scratch);
  ari_num_round(r, r, 0, ARI_HALF_UP);
  ari_num_div(r, r, scratch);
}

/* A stated figure is recomputed at the decimals that were written; scoring goes on with the counts either way. */
static void check_stated(ari_scorer *s, int slot) {
  const ari_input *input = &s->set->inputs[slot];
  const ari_cell *cell = ari_evidence_cell(s->evidence, s->agency, slot);
  if (!input->check || cell->state != ARI_CELL_GIVEN || input->owner->presence[s->tier] != ARI_THERE) return;
  ari_num *computed = s->a, *stated = s->b, *scratch = s->points;
  ari_answer answer = ari_expr_eval(s->run.eval, input->check, &s->inputs, input->owner->max[s->tier], computed);
  if (answer.outcome == ARI_NO_MEMORY) s->failed = true;
  if (answer.outcome != ARI_VALUE) return;
  bool percent = input->type == ARI_PERCENT;
  int decimals = cell->value.written;
  ari_num_set_dec(stated, cell->value);
  if (percent) {   /* both as they are written: 7.46 */
    ari_num_set_int(scratch, 100);
    ari_num_mul(stated, stated, scratch);
    ari_num_mul(computed, computed, scratch);
  }
  if (input->within) {
    ari_num_sub(scratch, computed, stated);
    if (ari_num_sign(scratch) < 0) ari_num_neg(scratch, scratch);
    ari_num *allowed = s->run.scratch[0];
    ari_num_set_int(allowed, percent ? 100 : 1);
    ari_num_mul(allowed, allowed, input->within);
    if (ari_num_cmp(scratch, allowed) <= 0) return;
    decimals += 2;   /* so that the difference can be seen */
  }
  round_stated(computed, computed, decimals, scratch);
  if (ari_num_cmp(computed, stated) == 0) return;
  ari_args args = name_things(s, input->column);
  args.at[2] = ari_arg_num(stated);
  args.at[3] = ari_arg_num(computed);
  ari_finding *f = ari_place_finding(s->fs, percent ? ARI_W0514 : ARI_W0513, cell->at, input->column, &args);
  f->other = input->check->span;
}

void ari_check_agency(ari_scorer *s) {
  for (uint32_t i = 0; i < s->set->n_nodes; i++) {
    const ari_node *node = s->set->nodes[i];
    if (node->presence[s->tier] != ARI_THERE) continue;
    for (uint32_t k = 0; k < node->n_expect; k++) check_expectation(s, node, &node->expect[k]);
  }
  for (uint32_t i = 0; i < s->set->n_inputs; i++) check_stated(s, (int)i);
}
