/* Where a formula can divide by 0 (ari-criteria(5): `check` demands an `empty:` wherever a denominator can be 0). What the author has guarded
 * (`if b > 0 then a / b else 0`, `b > 0 and a / b > 0.5`) is not asked for again. */
#include "inside.h"

/* Something known not to be 0 at this place, because a condition before it said so. */
typedef struct fact { const ari_expr *not_zero; const struct fact *before; } fact;

/* More guards in one condition than anybody writes; those beyond are not made use of. */
enum { FACTS = 16 };
typedef struct facts { fact at[FACTS]; size_t n; const fact *top; } facts;

typedef struct search { ari_ranger ranger; const ari_expr *found; bool failed; } search;

static const ari_expr *skip_names(const ari_expr *e) {
  while (e && e->op == ARI_OP_LET) e = e->kids[0];
  return e;
}

bool ari_expr_same(const ari_expr *a, const ari_expr *b) {
  a = skip_names(a);
  b = skip_names(b);
  if (!a || !b) return a == b;
  if (a->op != b->op || a->type != b->type || a->slot != b->slot || a->day != b->day) return false;
  if (a->function != b->function || a->n != b->n) return false;
  if (a->number && ari_num_cmp(a->number, b->number) != 0) return false;
  for (uint32_t i = 0; i < a->n; i++)
    if (!ari_expr_same(a->kids[i], b->kids[i])) return false;
  return true;
}

static bool get_range(search *s, const ari_expr *e, ari_range *out) {
  if (s->failed || !ari_range_part(&s->ranger, e, out)) s->failed = true;
  return !s->failed;
}

static ari_op opposite(ari_op op) {
  switch (op) {
    case ARI_OP_EQ: return ARI_OP_NE;
    case ARI_OP_NE: return ARI_OP_EQ;
    case ARI_OP_LT: return ARI_OP_GE;
    case ARI_OP_LE: return ARI_OP_GT;
    case ARI_OP_GT: return ARI_OP_LE;
    default: return ARI_OP_LT;
  }
}

static ari_op mirrored(ari_op op) {
  switch (op) {
    case ARI_OP_LT: return ARI_OP_GT;
    case ARI_OP_LE: return ARI_OP_GE;
    case ARI_OP_GT: return ARI_OP_LT;
    case ARI_OP_GE: return ARI_OP_LE;
    default: return op;
  }
}

/* x op r, with r in its range: can x be 0? */
static bool rules_out_zero(ari_op op, const ari_range *r) {
  int low = r->has_low ? ari_num_sign(r->low) : -1, high = r->has_high ? ari_num_sign(r->high) : 1;
  switch (op) {
    case ARI_OP_EQ: return low > 0 || high < 0;
    case ARI_OP_NE: return low == 0 && high == 0;
    case ARI_OP_LT: return high <= 0;
    case ARI_OP_LE: return high < 0;
    case ARI_OP_GT: return low >= 0;
    default: return low > 0;
  }
}

static void note_fact(facts *all, const ari_expr *e) {
  if (all->n == FACTS) return;
  all->at[all->n] = (fact){e, all->top};
  all->top = &all->at[all->n++];
}

/* Notes what is not 0 when the condition came out as `truth`. */
static void note_condition(search *s, const ari_expr *e, bool truth, facts *all) {
  ari_range r;
  e = skip_names(e);
  if (e->op == ARI_OP_NOT) {
    note_condition(s, e->kids[0], !truth, all);
    return;
  }
  if (e->op == (truth ? ARI_OP_AND : ARI_OP_OR)) {
    note_condition(s, e->kids[0], truth, all);
    note_condition(s, e->kids[1], truth, all);
    return;
  }
  if (e->op < ARI_OP_EQ || e->op > ARI_OP_GE || e->kids[0]->type != ARI_TYPE_NUM) return;
  ari_op op = truth ? e->op : opposite(e->op);
  if (get_range(s, e->kids[1], &r) && rules_out_zero(op, &r)) note_fact(all, e->kids[0]);
  if (get_range(s, e->kids[0], &r) && rules_out_zero(mirrored(op), &r)) note_fact(all, e->kids[1]);
}

static bool is_negative_possible(search *s, const ari_expr *e) {
  ari_range r;
  return !get_range(s, e, &r) || !r.has_low || ari_num_sign(r.low) < 0;
}

static bool can_be_zero(search *s, const ari_expr *e, const fact *known) {
  ari_range r;
  for (const fact *f = known; f; f = f->before)
    if (ari_expr_same(f->not_zero, e)) return false;
  if (!get_range(s, e, &r)) return true;
  if (r.has_low && ari_num_sign(r.low) > 0) return false;
  if (r.has_high && ari_num_sign(r.high) < 0) return false;
  switch (e->op) {
    case ARI_OP_NEG: case ARI_OP_DIV: case ARI_OP_LET: return can_be_zero(s, e->kids[0], known);
    case ARI_OP_MUL: return can_be_zero(s, e->kids[0], known) || can_be_zero(s, e->kids[1], known);
    case ARI_OP_ADD:
      if (is_negative_possible(s, e->kids[0]) || is_negative_possible(s, e->kids[1])) return true;
      return can_be_zero(s, e->kids[0], known) && can_be_zero(s, e->kids[1], known);
    default: return true;
  }
}

/* The mean of a list divides by its count: what is known not to be 0 may be `count(x)`. */
static bool has_no_mean(search *s, const ari_expr *mean, const fact *known) {
  ari_expr count = *mean;
  count.function = ari_function_find(ARI_STR("count"));
  return can_be_zero(s, &count, known);
}

/* Looks through e in the order of evaluation; stops at the first find. */
static void look(search *s, const ari_expr *e, const fact *known) {
  if (s->found || s->failed) return;
  bool guards = e->op == ARI_OP_IF || e->op == ARI_OP_AND || e->op == ARI_OP_OR;
  for (uint32_t i = 0; i < e->n; i++) {
    facts here = {.top = known};
    if (guards && i > 0) note_condition(s, e->kids[0], e->op == ARI_OP_IF ? i == 1 : e->op == ARI_OP_AND, &here);
    look(s, e->kids[i], here.top);
  }
  if (s->found) return;
  if (e->op == ARI_OP_DIV ? can_be_zero(s, e->kids[1], known) : ari_is_mean(e) && has_no_mean(s, e, known)) s->found = e;
}

bool ari_expr_can_be_empty(const ari_expr *e, const ari_scope *scope, const ari_known *known, const ari_expr **where) {
  ari_nums scratch = {0};
  search s = {.ranger = {&scratch, scope, NULL}};
  facts here = {0};
  for (; known; known = known->before) note_condition(&s, known->condition, known->truth, &here);
  look(&s, e, here.top);
  ari_nums_free(&scratch);
  *where = s.found;
  return !ari_num_failed() && !s.failed;
}
