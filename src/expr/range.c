/* What is known of a formula's value before there is any evidence: interval arithmetic with exact numbers (ari-criteria(5): "`ari check` types
 * everything without evidence, knows each form's range"). A bound is either sure or absent: an honest formula never gets a false alarm. */
#include "inside.h"

bool ari_range_new(ari_ranger *g, ari_range *out) {
  *out = (ari_range){.can_be_true = true, .can_be_false = true};
  out->low = ari_nums_new(g->nums);
  out->high = ari_nums_new(g->nums);
  return out->low && out->high;
}

/* ---- numbers ---- */

/* One end of a range; inf -1 or 1: there is none on that side. */
typedef struct bound { int inf; const ari_num *v; } bound;

static bound low_of(const ari_range *r) { return (bound){r->has_low ? 0 : -1, r->low}; }
static bound high_of(const ari_range *r) { return (bound){r->has_high ? 0 : 1, r->high}; }

/* The product of two ends; a finite one is computed into `room`. An end that is 0 gives 0: infinite ends are never reached. */
static bound multiply_bounds(bound a, bound b, ari_num *room) {
  int sa = a.inf ? a.inf : ari_num_sign(a.v), sb = b.inf ? b.inf : ari_num_sign(b.v);
  if (!sa || !sb) {
    ari_num_set_int(room, 0);
    return (bound){0, room};
  }
  if (a.inf || b.inf) return (bound){sa * sb, room};
  ari_num_mul(room, a.v, b.v);
  return (bound){0, room};
}

static bool multiply(ari_ranger *g, const ari_range *a, const ari_range *b, ari_range *out) {
  ari_num *room = ari_nums_new(g->nums);
  if (!room) return false;
  bound left[] = {low_of(a), high_of(a)}, right[] = {low_of(b), high_of(b)};
  out->has_low = out->has_high = true;
  for (int i = 0; i < 4; i++) {
    bound p = multiply_bounds(left[i / 2], right[i % 2], room);
    if (p.inf < 0) out->has_low = false;
    if (p.inf > 0) out->has_high = false;
    if (p.inf) continue;
    if (i == 0 || ari_num_cmp(room, out->low) < 0) ari_num_set(out->low, room);
    if (i == 0 || ari_num_cmp(room, out->high) > 0) ari_num_set(out->high, room);
  }
  return true;
}

/* 1/r where r is not 0 (there is no value otherwise). Nothing is known when r can have both signs. */
static bool invert(ari_ranger *g, const ari_range *r, ari_range *out) {
  ari_num *one = ari_nums_new(g->nums);
  if (!one || !ari_range_new(g, out)) return false;
  int low = r->has_low ? ari_num_sign(r->low) : -1, high = r->has_high ? ari_num_sign(r->high) : 1;
  if ((low < 0 && high > 0) || (low == 0 && high == 0)) return true;
  ari_num_set_int(one, 1);
  out->has_low = low >= 0 || high < 0;   /* 1/r is above 0, or above 1/high */
  out->has_high = high <= 0 || low > 0;
  if (r->has_high && high != 0) ari_num_div(out->low, one, r->high);
  if (r->has_low && low != 0) ari_num_div(out->high, one, r->low);
  return true;
}

static void add(const ari_range *a, const ari_range *b, ari_range *out) {
  out->has_low = a->has_low && b->has_low;
  out->has_high = a->has_high && b->has_high;
  ari_num_add(out->low, a->low, b->low);
  ari_num_add(out->high, a->high, b->high);
}

static void negate(const ari_range *a, ari_range *out) {
  out->has_low = a->has_high;
  out->has_high = a->has_low;
  ari_num_neg(out->low, a->high);
  ari_num_neg(out->high, a->low);
}

static bool range_arithmetic(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range a, b, other;
  if (!ari_range_part(g, e->kids[0], &a)) return false;
  if (e->op == ARI_OP_NEG) {
    negate(&a, out);
    return true;
  }
  if (!ari_range_part(g, e->kids[1], &b) || !ari_range_new(g, &other)) return false;
  switch (e->op) {
    case ARI_OP_ADD: add(&a, &b, out); return true;
    case ARI_OP_SUB:
      negate(&b, &other);
      add(&a, &other, out);
      return true;
    case ARI_OP_MUL: return multiply(g, &a, &b, out);
    default: return invert(g, &b, &other) && multiply(g, &a, &other, out);
  }
}

static void range_input(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_slot_type type = g->scope->type(g->scope->of, e->slot);
  if (type.type != ARI_TYPE_NUM) return;
  out->has_low = type.has_low;
  out->has_high = type.has_high;
  if (type.has_low) ari_num_set_e12(out->low, type.low_e12);
  if (type.has_high) ari_num_set_e12(out->high, type.high_e12);
}

/* The leaf's effective maximum: never negative, and given by the caller when it is known. */
static void range_max(ari_ranger *g, ari_range *out) {
  out->has_low = true;
  out->has_high = g->max;
  if (!g->max) return;
  ari_num_set(out->low, g->max);
  ari_num_set(out->high, g->max);
}

static void set_constant(const ari_num *v, ari_range *out) {
  out->has_low = out->has_high = true;
  ari_num_set(out->low, v);
  ari_num_set(out->high, v);
}

/* ---- conditions ---- */

/* Sets what a comparison can be: less, equal, greater as far as the ranges leave it open. */
static void compare(ari_op op, const ari_range *a, const ari_range *b, ari_range *out) {
  bool less = !(a->has_low && b->has_high && ari_num_cmp(a->low, b->high) >= 0);
  bool greater = !(a->has_high && b->has_low && ari_num_cmp(a->high, b->low) <= 0);
  bool above = a->has_low && b->has_high && ari_num_cmp(a->low, b->high) > 0;
  bool below = a->has_high && b->has_low && ari_num_cmp(a->high, b->low) < 0;
  bool equal = !above && !below;
  switch (op) {
    case ARI_OP_EQ: out->can_be_true = equal; out->can_be_false = less || greater; break;
    case ARI_OP_NE: out->can_be_true = less || greater; out->can_be_false = equal; break;
    case ARI_OP_LT: out->can_be_true = less; out->can_be_false = equal || greater; break;
    case ARI_OP_LE: out->can_be_true = less || equal; out->can_be_false = greater; break;
    case ARI_OP_GT: out->can_be_true = greater; out->can_be_false = less || equal; break;
    default: out->can_be_true = greater || equal; out->can_be_false = less; break;
  }
}

static bool range_condition(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range a, b;
  bool of_numbers = e->kids[0]->type == ARI_TYPE_NUM;
  if (e->kids[0]->type != ARI_TYPE_NUM && e->kids[0]->type != ARI_TYPE_BOOL) return true;   /* dates and choices: open */
  if (!ari_range_part(g, e->kids[0], &a)) return false;
  if (e->n > 1 && !ari_range_part(g, e->kids[1], &b)) return false;
  switch (e->op) {
    case ARI_OP_NOT:
      out->can_be_true = a.can_be_false;
      out->can_be_false = a.can_be_true;
      break;
    case ARI_OP_AND:
      out->can_be_true = a.can_be_true && b.can_be_true;
      out->can_be_false = a.can_be_false || b.can_be_false;
      break;
    case ARI_OP_OR:
      out->can_be_true = a.can_be_true || b.can_be_true;
      out->can_be_false = a.can_be_false && b.can_be_false;
      break;
    default:
      if (of_numbers) compare(e->op, &a, &b, out);
      break;
  }
  return true;
}

/* What either branch can be, when both can be taken. */
static bool range_if(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range condition, a, b;
  if (!ari_range_part(g, e->kids[0], &condition)) return false;
  if (!condition.can_be_false) return ari_range_part(g, e->kids[1], out);
  if (!condition.can_be_true) return ari_range_part(g, e->kids[2], out);
  if (!ari_range_part(g, e->kids[1], &a) || !ari_range_part(g, e->kids[2], &b)) return false;
  out->has_low = a.has_low && b.has_low;
  out->has_high = a.has_high && b.has_high;
  out->can_be_true = a.can_be_true || b.can_be_true;
  out->can_be_false = a.can_be_false || b.can_be_false;
  ari_num_set(out->low, ari_num_cmp(a.low, b.low) < 0 ? a.low : b.low);
  ari_num_set(out->high, ari_num_cmp(a.high, b.high) > 0 ? a.high : b.high);
  return true;
}

static bool range_unrounded(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range max;
  if (!ari_range_new(g, out)) return false;
  switch (e->op) {
    case ARI_OP_CONST:
      if (e->type == ARI_TYPE_NUM) set_constant(e->number, out);
      return true;
    case ARI_OP_INPUT: range_input(g, e, out); return true;
    case ARI_OP_MAX: range_max(g, out); return true;
    case ARI_OP_SHARE_OF_MAX:
      if (!ari_range_new(g, &max)) return false;
      range_max(g, &max);
      out->has_low = true;
      out->has_high = max.has_high || ari_num_sign(e->number) == 0;
      ari_num_mul(out->low, e->number, max.low);
      ari_num_mul(out->high, e->number, max.high);
      return true;
    case ARI_OP_IF: return range_if(g, e, out);
    case ARI_OP_LET: return ari_range_part(g, e->kids[0], out);
    case ARI_OP_CALL: return !e->function->range || e->function->range(g, e, out);
    case ARI_OP_ADD: case ARI_OP_SUB: case ARI_OP_MUL: case ARI_OP_DIV: case ARI_OP_NEG: return range_arithmetic(g, e, out);
    default: return range_condition(g, e, out);
  }
}

bool ari_range_part(ari_ranger *g, const ari_expr *e, ari_range *out) {
  if (!range_unrounded(g, e, out)) return false;
  if (!e->rounded || e->type != ARI_TYPE_NUM) return true;
  ari_num_round(out->low, out->low, 12, ARI_HALF_UP);
  ari_num_round(out->high, out->high, 12, ARI_HALF_UP);
  return true;
}

bool ari_expr_range(ari_nums *nums, const ari_expr *e, const ari_scope *scope, const ari_num *max, ari_range *out) {
  ari_nums scratch = {0};
  ari_ranger g = {&scratch, scope, max}, kept = {nums, scope, max};
  ari_range r;
  bool good = ari_range_part(&g, e, &r) && ari_range_new(&kept, out);
  if (good) {
    ari_num_set(out->low, r.low);
    ari_num_set(out->high, r.high);
    out->has_low = r.has_low;
    out->has_high = r.has_high;
    out->can_be_true = r.can_be_true;
    out->can_be_false = r.can_be_false;
  }
  ari_nums_free(&scratch);
  return !ari_num_failed() && good;
}
