/* Names and types (ari-criteria(5): num, bool, date, choice; no coercion). A part that is wrong has type NONE and what stands around it is
 * silent, so that one mistake is told once. */
#include "inside.h"

#include <string.h>

static ari_type check_part(ari_checker *c, ari_expr *e);

/* The words that authors write themselves under `inputs:`, the same in both languages. */
static const char *type_word(ari_type type) {
  static const char *const words[] = {"text", "number", "yes_no", "date", "choice"};
  return words[type];
}

static const char *sign_of(ari_op op) {
  switch (op) {
    case ARI_OP_OR: return "or";
    case ARI_OP_AND: return "and";
    case ARI_OP_NOT: return "not";
    case ARI_OP_EQ: return "=";
    case ARI_OP_NE: return "!=";
    case ARI_OP_LT: return "<";
    case ARI_OP_LE: return "<=";
    case ARI_OP_GT: return ">";
    case ARI_OP_GE: return ">=";
    case ARI_OP_ADD: return "+";
    case ARI_OP_MUL: return "*";
    case ARI_OP_DIV: return "/";
    case ARI_OP_IF: return "if";
    default: return "-";
  }
}

static ari_arg text_arg(const ari_expr *e) { return ari_arg_text(ari_expr_cut(e->text)); }

static ari_type tell(ari_checker *c, ari_code code, const ari_expr *at, ari_args args) {
  ari_findings_add(c->fs, code, at->span, &args);
  c->bad = true;
  return ARI_TYPE_NONE;
}

/* Two parts with their types. */
static ari_type tell_two(ari_checker *c, ari_code code, const ari_expr *at, const ari_expr *a, ari_type left, const ari_expr *b,
                         ari_type right) {
  return tell(c, code, at, (ari_args){{text_arg(a), ari_arg_c(type_word(left)), text_arg(b), ari_arg_c(type_word(right))}});
}

static ari_type no_memory(ari_checker *c) {
  c->fs->failed = c->bad = true;
  return ARI_TYPE_NONE;
}

/* ---- names ---- */

/* "a, b, c …": for a message. */
static void list_names(ari_buf *list, const ari_str *names, size_t n) {
  enum { LISTED = 8 };
  for (size_t i = 0; i < n && i < LISTED; i++) {
    if (i) ari_buf_text(list, ", ");
    ari_buf_str(list, names[i]);
  }
  if (n > LISTED) ari_buf_text(list, " …");
}

/* Tells that `name` is none of the candidates: with the nearest one, or with a list. */
static ari_type tell_unknown(ari_checker *c, const ari_expr *at, ari_str name, const ari_str *candidates, size_t n, ari_code nearest_code,
                             ari_code list_code, ari_arg third) {
  int nearest = ari_str_nearest(name, candidates, n);
  ari_arg shown = ari_arg_text(ari_expr_cut(name));
  if (nearest >= 0) return tell(c, nearest_code, at, (ari_args){{shown, ari_arg_text(candidates[nearest]), third}});
  ari_buf list = {0};
  list_names(&list, candidates, n);
  if (list.failed) no_memory(c);
  else tell(c, list_code, at, (ari_args){{shown, ari_arg_text(ari_buf_view(&list)), third}});
  ari_buf_free(&list);
  return ARI_TYPE_NONE;
}

static bool is_yes_or_no(ari_str name) {
  static const char *const words[] = {"yes", "no", "true", "false", "có", "không"};
  for (size_t i = 0; i < ARI_COUNT(words); i++)
    if (ari_str_is(name, words[i])) return true;
  return false;
}

/* points('2') of a criterion that is not there, or where there is no place for it; in needs: a word that is no figure. */
static ari_type tell_no_figure(ari_checker *c, const ari_expr *e, const char *quote, const ari_str *ids, size_t n_ids) {
  if (e->slot != ARI_NO_FIGURE) return tell(c, ARI_E0361, e, (ari_args){{text_arg(e)}});
  if (!quote) return tell(c, ARI_E0362, e, (ari_args){{text_arg(e)}});
  size_t from = (size_t)(quote - e->text.p) + 1;
  ari_str id = ari_str_sub(e->text, from, e->text.n);
  for (size_t n = 0; n < id.n; n++)
    if (id.p[n] == '\'') id.n = n;
  int near = ari_str_nearest(id, ids, n_ids);
  ari_arg nearest = ari_arg_text(near < 0 ? (ari_str){0} : ids[near]);
  return tell(c, near < 0 ? ARI_E0222 : ARI_E0223, e, (ari_args){{ari_arg_text(ari_expr_cut(id)), nearest}});
}

static ari_type tell_unknown_input(ari_checker *c, const ari_expr *e) {
  enum { KNOWN = 200 };
  ari_str *names = ari_arena_array(c->arena, KNOWN, sizeof *names);
  if (!names) return no_memory(c);
  const char *quote = memchr(e->text.p, '\'', e->text.n);
  size_t n = c->scope->names(c->scope->of, names, KNOWN);
  if (n > KNOWN) n = KNOWN;
  if (quote || e->slot == ARI_NO_FIGURE) return tell_no_figure(c, e, quote, names, n);
  if (c->scope->later && c->scope->later(c->scope->of, e->text)) return tell(c, ARI_E0386, e, (ari_args){{text_arg(e)}});
  if (is_yes_or_no(e->text)) return tell(c, ARI_E0328, e, (ari_args){{text_arg(e)}});
  if (ari_function_find(e->text)) return tell(c, ARI_E0323, e, (ari_args){{text_arg(e)}});
  if (!n) return tell(c, ARI_E0326, e, (ari_args){{text_arg(e)}});
  return tell_unknown(c, e, e->text, names, n, ARI_E0324, ARI_E0325, (ari_arg){0});
}

/* A name of `let` stands for its formula. */
static ari_type check_let(ari_checker *c, ari_expr *e, ari_expr *let) {
  e->kids = ari_arena_array(c->arena, 1, sizeof *e->kids);
  if (!e->kids) return no_memory(c);
  e->op = ARI_OP_LET;
  e->kids[e->n++] = let;
  return let->type;
}

/* `named`: the function asks for the input itself, so a text or a list will do. */
static ari_type check_input(ari_checker *c, ari_expr *e, bool named) {
  e->slot = c->scope->find(c->scope->of, e->text);
  ari_expr *let = e->slot < 0 && c->scope->let ? c->scope->let(c->scope->of, e->text) : NULL;
  if (let) return check_let(c, e, let);
  if (e->slot < 0) return tell_unknown_input(c, e);
  if (c->scope->used) c->scope->used(c->scope->of, e->slot);
  ari_slot_type slot = c->scope->type(c->scope->of, e->slot);
  if (named) return slot.type;
  if (slot.is_list) return tell(c, ARI_E0375, e, (ari_args){{text_arg(e)}});
  if (slot.is_survey) return tell(c, ARI_E0380, e, (ari_args){{text_arg(e)}});
  return slot.type == ARI_TYPE_NONE ? tell(c, ARI_E0327, e, (ari_args){{text_arg(e)}}) : slot.type;
}

/* ---- comparisons ---- */

static bool is_option(const ari_expr *e) { return e->op == ARI_OP_CONST && e->type == ARI_TYPE_CHOICE; }

/* The option without its quotes. */
static ari_str option_text(const ari_expr *e) { return ari_str_sub(e->text, 1, e->text.n - 1); }

static int find_option(const ari_slot_type *type, ari_str name) {
  for (int i = 0; i < type->n_options; i++)
    if (ari_str_eq(type->options[i], name)) return i;
  return -1;
}

static bool is_ordering(ari_op op) { return op != ARI_OP_EQ && op != ARI_OP_NE; }

/* done < open: what is greater, a yes or a no? */
static ari_type tell_ordering(ari_checker *c, const ari_expr *e, const ari_expr *a, ari_type type) {
  return tell(c, ARI_E0333, e, (ari_args){{text_arg(a), ari_arg_c(type_word(type)), ari_arg_c(sign_of(e->op))}});
}

/* plan = 'on_time'. */
static ari_type check_choice(ari_checker *c, ari_expr *e, ari_expr *input, ari_expr *option) {
  ari_type type = check_part(c, input);
  if (type == ARI_TYPE_NONE) return type;
  if (type != ARI_TYPE_CHOICE) return tell_two(c, ARI_E0332, e, input, type, option, ARI_TYPE_CHOICE);
  if (is_ordering(e->op)) return tell_ordering(c, e, input, type);
  ari_slot_type slot = c->scope->type(c->scope->of, input->slot);
  ari_str name = option_text(option);
  option->slot = find_option(&slot, name);
  if (option->slot >= 0) return ARI_TYPE_BOOL;
  return tell_unknown(c, option, name, slot.options, (size_t)slot.n_options, ARI_E0336, ARI_E0337, text_arg(input));
}

/* plan = on_time: an option whose quotes were forgotten. */
static bool tell_unquoted(ari_checker *c, const ari_expr *choice, const ari_expr *word) {
  if (choice->op != ARI_OP_INPUT || word->op != ARI_OP_INPUT || c->scope->find(c->scope->of, word->text) >= 0) return false;
  int slot = c->scope->find(c->scope->of, choice->text);
  if (slot < 0) return false;
  ari_slot_type type = c->scope->type(c->scope->of, slot);
  if (type.type != ARI_TYPE_CHOICE || find_option(&type, word->text) < 0) return false;
  tell(c, ARI_E0329, word, (ari_args){{text_arg(word), text_arg(choice)}});
  return true;
}

static ari_type check_comparison(ari_checker *c, ari_expr *e) {
  ari_expr *a = e->kids[0], *b = e->kids[1];
  if (is_option(a) != is_option(b)) return is_option(b) ? check_choice(c, e, a, b) : check_choice(c, e, b, a);
  if (tell_unquoted(c, a, b) || tell_unquoted(c, b, a)) return ARI_TYPE_NONE;
  ari_type left = check_part(c, a), right = check_part(c, b);
  if (left == ARI_TYPE_NONE || right == ARI_TYPE_NONE) return ARI_TYPE_NONE;
  if (left != right) return tell_two(c, ARI_E0332, e, a, left, b, right);
  if (left == ARI_TYPE_CHOICE) return tell(c, ARI_E0334, e, (ari_args){{text_arg(a)}});
  return is_ordering(e->op) && left == ARI_TYPE_BOOL ? tell_ordering(c, e, a, left) : ARI_TYPE_BOOL;
}

/* ---- operators ---- */

static void tell_kid(ari_checker *c, const ari_expr *kid, ari_type type, ari_type want, const char *sign) {
  ari_args args = {{ari_arg_c(sign), text_arg(kid), ari_arg_c(type_word(type)), ari_arg_c(type_word(want))}};
  tell(c, want == ARI_TYPE_BOOL ? ARI_E0344 : ARI_E0330, kid, args);
}

/* A kid that must be of type `want` for `sign`. */
static bool check_kid(ari_checker *c, ari_expr *kid, ari_type want, const char *sign) {
  ari_type type = check_part(c, kid);
  if (type != want && type != ARI_TYPE_NONE) tell_kid(c, kid, type, want, sign);
  return type == want;
}

static ari_type check_logic(ari_checker *c, ari_expr *e) {
  bool good = true;
  for (uint32_t i = 0; i < e->n; i++) good = check_kid(c, e->kids[i], ARI_TYPE_BOOL, sign_of(e->op)) && good;
  return good ? ARI_TYPE_BOOL : ARI_TYPE_NONE;
}

static ari_type check_arithmetic(ari_checker *c, ari_expr *e) {
  bool good = true, has_date = false;
  for (uint32_t i = 0; i < e->n; i++) {
    ari_type type = check_part(c, e->kids[i]);
    has_date = has_date || type == ARI_TYPE_DATE;
    good = good && type == ARI_TYPE_NUM;
    if (type == ARI_TYPE_BOOL || type == ARI_TYPE_CHOICE) tell_kid(c, e->kids[i], type, ARI_TYPE_NUM, sign_of(e->op));
  }
  if (has_date) return tell(c, ARI_E0331, e, (ari_args){{ari_arg_c(sign_of(e->op))}});
  if (!good) return ARI_TYPE_NONE;
  const ari_expr *by = e->op == ARI_OP_DIV ? e->kids[1] : NULL;
  if (by && by->op == ARI_OP_CONST && ari_num_sign(by->number) == 0) return tell(c, ARI_E0342, by, (ari_args){{text_arg(e)}});
  return ARI_TYPE_NUM;
}

static ari_type check_if(ari_checker *c, ari_expr *e) {
  bool good = check_kid(c, e->kids[0], ARI_TYPE_BOOL, "if");
  ari_type a = check_part(c, e->kids[1]), b = check_part(c, e->kids[2]);
  if (!good || a == ARI_TYPE_NONE || b == ARI_TYPE_NONE) return ARI_TYPE_NONE;
  const ari_expr *choice = e->kids[a == ARI_TYPE_CHOICE ? 1 : 2];
  if (a == ARI_TYPE_CHOICE || b == ARI_TYPE_CHOICE) return tell(c, ARI_E0334, choice, (ari_args){{text_arg(choice)}});
  return a == b ? a : tell_two(c, ARI_E0338, e, e->kids[1], a, e->kids[2], b);
}

static ari_type check_call(ari_checker *c, ari_expr *e) {
  const ari_function *f = e->function;
  bool good = true, before = c->bad;
  for (uint32_t i = 0; i < e->n; i++) {
    if (f->takes != ARI_TYPE_NONE) good = check_kid(c, e->kids[i], f->takes, f->name) && good;
    else if (e->kids[i]->op == ARI_OP_INPUT) {
      e->kids[i]->type = check_input(c, e->kids[i], true);
      good = (e->kids[i]->slot >= 0 || e->kids[i]->op == ARI_OP_LET) && good;
    } else if (ari_expr_is_previous(e->kids[i])) good = check_part(c, e->kids[i]) != ARI_TYPE_NONE && good;   /* present(previous(x)) */
  }
  if (!good) return ARI_TYPE_NONE;
  c->bad = false;
  if (f->check) f->check(c, e);
  good = !c->bad;
  c->bad = c->bad || before;
  return good ? f->gives : ARI_TYPE_NONE;
}

static ari_type type_part(ari_checker *c, ari_expr *e) {
  switch (e->op) {
    case ARI_OP_CONST: return is_option(e) ? tell(c, ARI_E0335, e, (ari_args){{text_arg(e)}}) : e->type;
    case ARI_OP_INPUT: return check_input(c, e, false);
    case ARI_OP_MAX: case ARI_OP_SHARE_OF_MAX: return ARI_TYPE_NUM;
    case ARI_OP_OR: case ARI_OP_AND: case ARI_OP_NOT: return check_logic(c, e);
    case ARI_OP_ADD: case ARI_OP_SUB: case ARI_OP_MUL: case ARI_OP_DIV: case ARI_OP_NEG: return check_arithmetic(c, e);
    case ARI_OP_IF: return check_if(c, e);
    case ARI_OP_CALL: return check_call(c, e);
    default: return check_comparison(c, e);
  }
}

static ari_type check_part(ari_checker *c, ari_expr *e) {
  ari_type type = type_part(c, e);
  if (e->op != ARI_OP_CONST) e->type = type;
  return type;
}

/* ---- points ---- */

static bool has_max(const ari_expr *e) {
  if (e->op == ARI_OP_MAX) return true;
  for (uint32_t i = 0; i < e->n; i++)
    if (has_max(e->kids[i])) return true;
  return false;
}

static void warn_of_factor(ari_checker *c, const ari_expr *e) {
  ari_buf number = {0};
  ari_buf_num(&number, e->number, 30, ARI_AS_DATA);   /* as it is to be written */
  ari_args args = {{text_arg(e), ari_arg_text(ari_buf_view(&number))}};
  if (number.failed) no_memory(c);
  else ari_findings_add(c->fs, ARI_W0346, e->span, &args);
  ari_buf_free(&number);
}

/* 25% * min(1, a / b) gives a quarter of a point, and who wrote it most likely meant a quarter of the maximum: as points would be lost in
 * silence, every percentage that is a factor of a product without max is told. A divisor is a target (a / b / 80%) and was never meant as points. */
static void warn_of_factors(ari_checker *c, const ari_expr *e) {
  if (e->op == ARI_OP_CONST && e->percent) warn_of_factor(c, e);
  uint32_t factors = e->op == ARI_OP_MUL ? 2 : e->op == ARI_OP_DIV || e->op == ARI_OP_NEG ? 1 : 0;
  for (uint32_t i = 0; i < factors; i++) warn_of_factors(c, e->kids[i]);
}

/* ari-criteria(5), "Rules": in places for points 50% is a share of the leaf's max. So is every percentage that stands for points: the
 * whole formula, a term of a sum, a branch of `if`, an argument of min and the like. As a factor, a divisor or in a condition it is the
 * plain number 0.5. */
static void mark_points(ari_checker *c, ari_expr *e) {
  switch (e->op) {
    case ARI_OP_CONST:
      if (e->percent) e->op = ARI_OP_SHARE_OF_MAX;
      return;
    case ARI_OP_ADD: case ARI_OP_SUB: case ARI_OP_NEG:
      for (uint32_t i = 0; i < e->n; i++) mark_points(c, e->kids[i]);
      return;
    case ARI_OP_IF:
      mark_points(c, e->kids[1]);
      mark_points(c, e->kids[2]);
      return;
    case ARI_OP_CALL:
      for (uint32_t i = 0; i < e->n && i < e->function->points; i++) mark_points(c, e->kids[i]);
      return;
    case ARI_OP_MUL: case ARI_OP_DIV:
      if (!has_max(e)) warn_of_factors(c, e);
      return;
    case ARI_OP_LET:   /* used elsewhere too: it stays what it is, and a percentage is told */
      if (e->kids[0]->op == ARI_OP_CONST) warn_of_factors(c, e->kids[0]);
      return;
    default: return;
  }
}

/* ---- size ---- */

/* The parts of a formula and how deep they are nested, with what names of `let` stand for: registers and time are bounded by both. */
static uint32_t measure(const ari_expr *e, uint32_t *depth) {
  bool chain = e->op >= ARI_OP_ADD && e->op <= ARI_OP_DIV;
  uint32_t nodes = 1, below, inner = e->n && e->op != ARI_OP_LET;
  *depth = 1;
  for (uint32_t i = 0; i < e->n; i++) {
    nodes += measure(e->kids[i], &below);
    if (!(chain && i == 0)) below += inner;
    if (below > *depth) *depth = below;
  }
  return nodes;
}

static bool has_let(const ari_expr *e) {
  bool found = e->op == ARI_OP_LET;
  for (uint32_t i = 0; i < e->n && !found; i++) found = has_let(e->kids[i]);
  return found;
}

/* Where nothing can be compared, neither can a name of `let` that compares stand. */
static void check_names(ari_checker *c, const ari_expr *e) {
  if (e->op == ARI_OP_LET && ari_expr_compares(e)) tell(c, ARI_E0367, e, (ari_args){{text_arg(e)}});
  for (uint32_t i = 0; i < e->n && e->op != ARI_OP_LET && !c->bad; i++) check_names(c, e->kids[i]);
}

static void check_size(ari_checker *c, const ari_expr *e) {
  uint32_t depth;
  if (c->bad || !has_let(e)) return;
  if (measure(e, &depth) > ARI_EXPR_NODES) tell(c, ARI_E0320, e, (ari_args){{text_arg(e), ari_arg_int(ARI_EXPR_NODES)}});
  else if (depth > ARI_EXPR_DEPTH) tell(c, ARI_E0319, e, (ari_args){{text_arg(e), ari_arg_int(ARI_EXPR_DEPTH)}});
}

bool ari_expr_check(ari_arena *arena, ari_expr *e, const ari_scope *scope, ari_type want, bool points, ari_findings *fs) {
  ari_checker c = {arena, scope, fs, false};
  ari_type type = check_part(&c, e);
  if (want != ARI_TYPE_NONE && type != ARI_TYPE_NONE && type != want)
    tell(&c, ARI_E0339, e, (ari_args){{text_arg(e), ari_arg_c(type_word(type)), ari_arg_c(type_word(want))}});
  check_size(&c, e);
  if (!c.bad && !scope->series) check_names(&c, e);
  if (c.bad || fs->failed) return false;
  if (points) mark_points(&c, e);
  if (ari_expr_compares(e)) ari_expr_mark_compared(e, fs);
  return !fs->failed;
}
