/* Which cases can be reached, and whether they leave a gap (ari-criteria(5): "`cases` without a last one that always holds must be
 * exhaustive").
 *
 * What the conditions look at is cut into cells in which none of them changes: `r >= 90%` and `r >= 50%` cut r into five (below, at,
 * between, at, above), a yes/no into two, a choice into its options. Then every combination of cells that the inputs allow is tried. Things
 * that are compared are taken as independent of each other, so what is called unreachable surely is; a gap may only be told where the
 * author can close it with a last case. Too many combinations: nothing is known. */
#include "inside.h"

enum { AXES = 8, ATOMS = 64, POINTS = 24, COMBINATIONS = 4096 };
enum { CELLS = 2 * POINTS + 1 };
/* Parts of conditions that may be looked at in one set: a hostile set must not take minutes. */
enum { MOST_WORK = 20000000 };

/* Something that conditions look at, and its cells. Between n points there are 2n+1 cells: cell 2i+1 is point i, cell 2i lies below it. */
typedef struct axis {
  const ari_expr *left, *right;       /* left alone, or left against right */
  ari_num *points[POINTS];
  uint32_t n_points, n_cells, cell;
  bool possible[CELLS];
  bool numbers;                       /* compared with points; else a truth or an option */
} axis;

/* The smallest part of a condition: one comparison, one yes/no. */
typedef struct atom {
  const ari_expr *e;
  int axis;                           /* -1: always `fixed` */
  bool fixed, mirrored;
  const ari_num *at;                  /* the point it compares with */
} atom;

typedef struct cover {
  ari_reader *reader;
  ari_scope scope;
  const ari_num *max;
  ari_nums nums;
  axis axes[AXES];
  int n_axes;
  atom atoms[ATOMS];
  uint32_t n_atoms;
  bool unknown;
} cover;

/* ---- comparing formulas ------------------------------------------------------------------------------------------------------ */

static bool is_comparison(const ari_expr *e) { return e->op >= ARI_OP_EQ && e->op <= ARI_OP_GE; }

/* True when the value is always a whole number. */
static bool is_whole(const cover *c, const ari_expr *e) {
  if (e->type == ARI_TYPE_DATE) return true;
  if (e->op == ARI_OP_INPUT) return c->scope.type(c->scope.of, e->slot).is_int;
  if (e->op == ARI_OP_CONST) return e->number && ari_num_is_int(e->number);
  if (e->op == ARI_OP_CALL) return ari_expr_whole_call(e, &c->scope);
  if (e->op != ARI_OP_LET && e->op != ARI_OP_ADD && e->op != ARI_OP_SUB && e->op != ARI_OP_MUL && e->op != ARI_OP_NEG) return false;
  for (uint32_t i = 0; i < e->n; i++)
    if (!is_whole(c, e->kids[i])) return false;
  return true;
}

static bool get_range(cover *c, const ari_expr *e, ari_range *out) {
  if (ari_expr_range(&c->nums, e, &c->scope, c->max, out)) return true;
  c->reader->no_memory = true;
  c->unknown = true;
  return false;
}

static ari_num *new_number(cover *c) {
  ari_num *number = ari_nums_new(&c->nums);
  if (!number) c->reader->no_memory = c->unknown = true;
  return number;
}

/* The number that a formula always is; NULL: it varies. */
static ari_num *constant_of(cover *c, const ari_expr *e) {
  if (e->type == ARI_TYPE_DATE) {
    ari_num *day = e->op == ARI_OP_CONST ? new_number(c) : NULL;
    if (day) ari_num_set_int(day, e->day);
    return day;
  }
  ari_range range;
  if (!get_range(c, e, &range) || !range.has_low || !range.has_high || ari_num_cmp(range.low, range.high) != 0) return NULL;
  return range.low;
}

/* ---- finding the cells ------------------------------------------------------------------------------------------------------- */

/* The axis of left against right, in either order; a new one when there is none. */
static int find_axis(cover *c, const ari_expr *left, const ari_expr *right, bool *mirrored) {
  for (int i = 0; i < c->n_axes; i++) {
    *mirrored = right && ari_expr_same(c->axes[i].left, right) && ari_expr_same(c->axes[i].right, left);
    if (*mirrored || (ari_expr_same(c->axes[i].left, left) && ari_expr_same(c->axes[i].right, right))) return i;
  }
  *mirrored = false;
  if (c->n_axes == AXES) {
    c->unknown = true;
    return -1;
  }
  c->axes[c->n_axes] = (axis){.left = left, .right = right};
  return c->n_axes++;
}

/* Keeps the points of an axis in order. */
static void add_point(cover *c, axis *x, ari_num *point) {
  uint32_t at = 0;
  while (at < x->n_points && ari_num_cmp(x->points[at], point) < 0) at++;
  if (at < x->n_points && ari_num_cmp(x->points[at], point) == 0) return;
  if (x->n_points == POINTS) {
    c->unknown = true;
    return;
  }
  for (uint32_t i = x->n_points++; i > at; i--) x->points[i] = x->points[i - 1];
  x->points[at] = point;
}

/* left op right, numbers or dates: one side may be constant, else their difference is compared with 0. */
static void add_comparison(cover *c, atom *a, const ari_expr *left, const ari_expr *right) {
  ari_num *of_left = constant_of(c, left), *of_right = constant_of(c, right);
  ari_num *at = of_right ? of_right : of_left ? of_left : new_number(c);
  if (!at) return;
  bool pair = !of_left && !of_right;
  a->axis = find_axis(c, of_right || pair ? left : right, pair ? right : NULL, &a->mirrored);
  if (a->axis < 0) return;
  if (of_left) a->mirrored = !a->mirrored;
  a->at = at;
  c->axes[a->axis].numbers = true;
  add_point(c, &c->axes[a->axis], at);
}

static void add_atom(cover *c, const ari_expr *e) {
  if (c->n_atoms == ATOMS) {
    c->unknown = true;
    return;
  }
  atom *a = &c->atoms[c->n_atoms++];
  *a = (atom){.e = e, .axis = -1};
  ari_range truth;
  if (!get_range(c, e, &truth)) return;
  if (!truth.can_be_true || !truth.can_be_false) {
    a->fixed = truth.can_be_true;
    return;
  }
  if (is_comparison(e) && (e->kids[0]->type == ARI_TYPE_NUM || e->kids[0]->type == ARI_TYPE_DATE)) {
    add_comparison(c, a, e->kids[0], e->kids[1]);
    return;
  }
  bool choice = is_comparison(e) && e->kids[0]->op == ARI_OP_INPUT && e->kids[1]->op == ARI_OP_CONST && e->kids[1]->type == ARI_TYPE_CHOICE;
  a->axis = find_axis(c, choice ? e->kids[0] : e, NULL, &a->mirrored);
  if (a->axis < 0) return;
  c->axes[a->axis].n_cells = choice ? (uint32_t)c->scope.type(c->scope.of, e->kids[0]->slot).n_options : 2;
}

static bool is_joint(const ari_expr *e) {
  return e->op == ARI_OP_AND || e->op == ARI_OP_OR || e->op == ARI_OP_NOT || e->op == ARI_OP_IF || e->op == ARI_OP_LET;
}

static void collect(cover *c, const ari_expr *e) {
  if (!is_joint(e)) {
    add_atom(c, e);
    return;
  }
  for (uint32_t i = 0; i < e->n && !c->unknown; i++) collect(c, e->kids[i]);
}

/* ---- which cells there are ----------------------------------------------------------------------------------------------------- */

/* False when the open interval between two points holds no whole number. */
static bool holds_whole(cover *c, const ari_num *low, const ari_num *high) {
  ari_num *next = new_number(c), *one = new_number(c);
  if (!next || !one) return true;
  ari_num_set_int(one, 1);
  ari_num_round(next, low, 0, ARI_DOWN);
  if (ari_num_cmp(next, low) <= 0) ari_num_add(next, next, one);
  return ari_num_cmp(next, high) < 0;
}

/* Leaves out the cells in which the value can never be. */
static void limit_axis(cover *c, axis *x) {
  x->n_cells = 2 * x->n_points + 1;
  ari_range range = {0};
  bool whole = is_whole(c, x->left) && (!x->right || is_whole(c, x->right));
  if (x->left->type == ARI_TYPE_NUM) {
    ari_expr *kids[] = {(ari_expr *)x->left, (ari_expr *)x->right};
    ari_expr difference = {.op = ARI_OP_SUB, .type = ARI_TYPE_NUM, .n = 2, .kids = kids};
    if (!get_range(c, x->right ? &difference : x->left, &range)) return;
  }
  for (uint32_t i = 0; i < x->n_cells; i++) {
    bool is_point = i % 2 == 1;
    const ari_num *below = i > 0 ? x->points[(i - 1) / 2] : NULL, *above = i / 2 < x->n_points ? x->points[i / 2] : NULL;
    bool fine = true;
    if (is_point) {
      fine = !whole || ari_num_is_int(below);
      above = below;
    } else if (whole && below && above) {
      fine = holds_whole(c, below, above);
    }
    /* The end of an open interval does not belong to it. */
    if (above && range.has_low) fine = fine && (is_point ? ari_num_cmp(above, range.low) >= 0 : ari_num_cmp(above, range.low) > 0);
    if (below && range.has_high) fine = fine && (is_point ? ari_num_cmp(below, range.high) <= 0 : ari_num_cmp(below, range.high) < 0);
    x->possible[i] = fine;
  }
}

static void limit_axes(cover *c) {
  uint64_t all = 1;
  for (int i = 0; i < c->n_axes && !c->unknown; i++) {
    axis *x = &c->axes[i];
    if (x->n_cells > CELLS) c->unknown = true;
    else if (x->numbers) limit_axis(c, x);
    else for (uint32_t k = 0; k < x->n_cells; k++) x->possible[k] = true;
    all *= x->n_cells;
    if (all > COMBINATIONS) c->unknown = true;
  }
}

/* ---- trying them ----------------------------------------------------------------------------------------------------------------- */

static bool compare_cell(const axis *x, const atom *a) {
  uint32_t i = 0;
  while (ari_num_cmp(x->points[i], a->at) != 0) i++;
  int order = (x->cell > 2 * i + 1) - (x->cell < 2 * i + 1);
  if (a->mirrored) order = -order;
  switch (a->e->op) {
  case ARI_OP_EQ: return order == 0;
  case ARI_OP_NE: return order != 0;
  case ARI_OP_LT: return order < 0;
  case ARI_OP_LE: return order <= 0;
  case ARI_OP_GT: return order > 0;
  default: return order >= 0;
  }
}

static bool holds_atom(const cover *c, const ari_expr *e) {
  uint32_t i = 0;
  while (c->atoms[i].e != e) i++;
  const atom *a = &c->atoms[i];
  if (a->axis < 0) return a->fixed;
  const axis *x = &c->axes[a->axis];
  if (x->numbers) return compare_cell(x, a);
  if (ari_expr_same(x->left, e)) return x->cell == 1;
  return (x->cell == (uint32_t)e->kids[1]->slot) == (e->op == ARI_OP_EQ);
}

/* Whether a condition holds in the current cells. */
static bool holds(cover *c, const ari_expr *e) {
  c->reader->cover_work++;
  switch (e->op) {
  case ARI_OP_LET: return holds(c, e->kids[0]);
  case ARI_OP_NOT: return !holds(c, e->kids[0]);
  case ARI_OP_IF: return holds(c, e->kids[0]) ? holds(c, e->kids[1]) : holds(c, e->kids[2]);
  case ARI_OP_AND:
  case ARI_OP_OR:
    for (uint32_t i = 0; i < e->n; i++)
      if (holds(c, e->kids[i]) == (e->op == ARI_OP_OR)) return e->op == ARI_OP_OR;
    return e->op == ARI_OP_AND;
  default: return holds_atom(c, e);
  }
}

/* The next combination of cells; false after the last. */
static bool next_cells(cover *c) {
  for (int i = 0; i < c->n_axes; i++) {
    if (++c->axes[i].cell < c->axes[i].n_cells) return true;
    c->axes[i].cell = 0;
  }
  return false;
}

static bool is_possible(const cover *c) {
  for (int i = 0; i < c->n_axes; i++)
    if (!c->axes[i].possible[c->axes[i].cell]) return false;
  return true;
}

static void try_cells(cover *c, const ari_rule *rule, ari_cover_answer *answer) {
  do {
    if (!is_possible(c)) continue;
    uint32_t i = 0;
    while (i < rule->n_parts && rule->parts[i].when && !holds(c, rule->parts[i].when)) i++;
    if (i < rule->n_parts) answer->reached[i] = true;
    else answer->exhaustive = false;
    if (c->reader->cover_work > MOST_WORK) c->unknown = true;
  } while (!c->unknown && next_cells(c));
}

ari_cover_answer ari_cover(ari_reader *r, const ari_node *node, uint32_t tier, const ari_rule *rule) {
  ari_cover_answer answer = {.exhaustive = true, .reached = ari_reader_alloc(r, rule->n_parts, sizeof *answer.reached)};
  ari_node_view view = {r->set, node};
  cover *c = ari_calloc(1, sizeof *c);
  if (!c || !answer.reached) {
    r->no_memory = true;
    ari_free(c);
    return answer;
  }
  c->reader = r;
  c->scope = ari_node_scope(&view);
  c->max = node->max[tier];
  for (uint32_t i = 0; i < rule->n_parts && !c->unknown; i++)
    if (rule->parts[i].when) collect(c, rule->parts[i].when);
  if (!c->unknown) limit_axes(c);
  if (!c->unknown) try_cells(c, rule, &answer);
  answer.known = !c->unknown;
  ari_nums_free(&c->nums);
  ari_free(c);
  return answer;
}
