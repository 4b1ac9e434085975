/* The value of a formula: a walk over the tree with registers that are made once. Exact (ari-criteria(5)) but for ln, exp, sqrt and pow; `and`, `or` and `if` look only at
 * what they need, so an input that is missing on a path not taken does not matter. */
#include "inside.h"

/* A part uses at most three registers for each level of nesting (a comparison's left side, then clamp's two bounds). */
enum { REGISTERS = 3 * ARI_EXPR_DEPTH + 4 };
struct ari_eval { ari_num *registers[REGISTERS]; };

ari_eval *ari_eval_new(void) {
  ari_eval *ev = ari_calloc(1, sizeof *ev);
  for (size_t i = 0; ev && i < REGISTERS; i++) {
    ev->registers[i] = ari_num_new();
    if (ev->registers[i]) continue;
    ari_eval_free(ev);
    ev = NULL;
  }
  return ev;
}

void ari_eval_free(ari_eval *ev) {
  if (!ev) return;
  for (size_t i = 0; i < REGISTERS; i++) ari_num_free(ev->registers[i]);
  ari_free(ev);
}

ari_num *ari_eval_register(ari_run *run, uint32_t at) { return run->eval->registers[at]; }

static bool fail(ari_run *run, ari_outcome outcome, const ari_expr *where) {
  run->answer->outcome = outcome;
  run->answer->where = where;
  return false;
}

bool ari_eval_input(ari_run *run, const ari_expr *e, ari_value *value) {
  if (run->inputs->get(run->inputs->of, e->slot, value)) return true;
  run->answer->slot = e->slot;
  run->answer->outcome = ARI_MISSING_INPUT;
  return false;
}

/* The value of e: a constant where it stands, else computed into `room`. NULL: there is none. */
static const ari_num *operand(ari_run *run, const ari_expr *e, uint32_t at, ari_num *room) {
  if (e->op == ARI_OP_CONST) return e->number;
  return ari_eval_num(run, e, at, room) ? room : NULL;
}

/* 0/0 is empty: nothing occurred. a/0 is an error in the evidence (ari-criteria(5), "Policies"). */
static bool divide(ari_run *run, const ari_expr *e, ari_num *result, const ari_num *a, const ari_num *b) {
  if (ari_num_sign(b) == 0) return fail(run, ari_num_sign(a) == 0 ? ARI_EMPTY_DIVISION : ARI_DIVISION_BY_ZERO, e);
  ari_num_div(result, a, b);
  return true;
}

static bool eval_arithmetic(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result) {
  const ari_num *a = operand(run, e->kids[0], at, result);
  const ari_num *b = a ? operand(run, e->kids[1], at + 1, run->eval->registers[at]) : NULL;
  if (!b) return false;
  switch (e->op) {
    case ARI_OP_ADD: ari_num_add(result, a, b); return true;
    case ARI_OP_SUB: ari_num_sub(result, a, b); return true;
    case ARI_OP_MUL: ari_num_mul(result, a, b); return true;
    default: return divide(run, e, result, a, b);
  }
}

/* Which branch of an `if`; NULL: the condition has no value. */
static const ari_expr *choose_branch(ari_run *run, const ari_expr *e, uint32_t at) {
  int32_t condition;
  if (!ari_eval_int(run, e->kids[0], at, &condition)) return NULL;
  return e->kids[condition ? 1 : 2];
}

static void set_max(ari_run *run, ari_num *result) {
  if (run->max) ari_num_set(result, run->max);
  else ari_num_set_int(result, 0);
}

static bool eval_unrounded(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result) {
  ari_value value;
  const ari_expr *branch;
  switch (e->op) {
    case ARI_OP_CONST: ari_num_set(result, e->number); return true;
    case ARI_OP_INPUT:
      if (!ari_eval_input(run, e, &value)) return false;
      ari_num_set_dec(result, value.dec);
      return true;
    case ARI_OP_MAX: set_max(run, result); return true;
    case ARI_OP_SHARE_OF_MAX:
      set_max(run, result);
      ari_num_mul(result, result, e->number);
      return true;
    case ARI_OP_NEG:
      if (!ari_eval_num(run, e->kids[0], at, result)) return false;
      ari_num_neg(result, result);
      return true;
    case ARI_OP_IF: branch = choose_branch(run, e, at); return branch && ari_eval_num(run, branch, at, result);
    case ARI_OP_LET: return ari_eval_num(run, e->kids[0], at, result);
    case ARI_OP_CALL: return e->function->eval(run, e, at, result, NULL);
    default: return eval_arithmetic(run, e, at, result);
  }
}

bool ari_eval_num(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result) {
  if (!eval_unrounded(run, e, at, result)) return false;
  if (e->rounded) ari_num_round(result, result, 12, ARI_HALF_UP);
  return true;
}

static int32_t is_true(ari_op op, int order) {
  switch (op) {
    case ARI_OP_EQ: return order == 0;
    case ARI_OP_NE: return order != 0;
    case ARI_OP_LT: return order < 0;
    case ARI_OP_LE: return order <= 0;
    case ARI_OP_GT: return order > 0;
    default: return order >= 0;
  }
}

static bool eval_comparison(ari_run *run, const ari_expr *e, uint32_t at, int32_t *i) {
  if (e->kids[0]->type == ARI_TYPE_NUM) {
    const ari_num *a = operand(run, e->kids[0], at + 1, run->eval->registers[at]);
    const ari_num *b = a ? operand(run, e->kids[1], at + 2, run->eval->registers[at + 1]) : NULL;
    if (b) *i = is_true(e->op, ari_num_cmp(a, b));
    return b;
  }
  int32_t a, b;
  if (!ari_eval_int(run, e->kids[0], at, &a) || !ari_eval_int(run, e->kids[1], at, &b)) return false;
  *i = is_true(e->op, (a > b) - (a < b));
  return true;
}

bool ari_eval_int(ari_run *run, const ari_expr *e, uint32_t at, int32_t *i) {
  ari_value value;
  const ari_expr *branch;
  switch (e->op) {
    case ARI_OP_CONST: *i = e->type == ARI_TYPE_DATE ? e->day : e->slot; return true;
    case ARI_OP_INPUT:
      if (!ari_eval_input(run, e, &value)) return false;
      *i = value.i;
      return true;
    case ARI_OP_OR:
    case ARI_OP_AND:
      if (!ari_eval_int(run, e->kids[0], at, i)) return false;
      if ((*i != 0) == (e->op == ARI_OP_OR)) return true;
      return ari_eval_int(run, e->kids[1], at, i);
    case ARI_OP_NOT:
      if (!ari_eval_int(run, e->kids[0], at, i)) return false;
      *i = !*i;
      return true;
    case ARI_OP_IF: branch = choose_branch(run, e, at); return branch && ari_eval_int(run, branch, at, i);
    case ARI_OP_LET: return ari_eval_int(run, e->kids[0], at, i);
    case ARI_OP_CALL: return e->function->eval(run, e, at, NULL, i);
    default: return eval_comparison(run, e, at, i);
  }
}

ari_answer ari_expr_eval(ari_eval *ev, const ari_expr *e, const ari_inputs *inputs, const ari_num *max, ari_num *result) {
  ari_answer answer = {.outcome = ARI_VALUE, .slot = -1};
  ari_run run = {ev, inputs, max, &answer};
  if (e->type == ARI_TYPE_NUM) (void)ari_eval_num(&run, e, 0, result);
  else (void)ari_eval_int(&run, e, 0, &answer.i);
  if (ari_num_failed()) answer.outcome = ARI_NO_MEMORY;
  return answer;
}
