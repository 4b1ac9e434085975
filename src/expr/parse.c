/* Formulas to trees: a Pratt parser. The first mistake ends it: what follows a mistake in one line is mostly its echo. */
#include "inside.h"

#include <string.h>

typedef struct parser {
  ari_arena *arena;
  ari_nums *nums;
  ari_findings *fs;
  ari_lexer lexer;
  ari_token token, last;     /* the one to be read now, and the one before */
  uint32_t nodes, nesting;
} parser;

/* A part with its place in the text, parentheses around it included. e NULL: told or out of memory. */
typedef struct part { ari_expr *e; uint32_t from, to; } part;

static part parse_part(parser *p, int power);

/* How tightly things bind (ari-criteria(5): or < and < not < comparison < + - < * / < unary minus). */
enum { POWER_NONE, POWER_OR, POWER_AND, POWER_NOT, POWER_COMPARE, POWER_ADD, POWER_MUL, POWER_NEG };

static int power_of(ari_op op) {
  switch (op) {
    case ARI_OP_OR: return POWER_OR;
    case ARI_OP_AND: return POWER_AND;
    case ARI_OP_ADD: case ARI_OP_SUB: return POWER_ADD;
    case ARI_OP_MUL: case ARI_OP_DIV: return POWER_MUL;
    default: return POWER_COMPARE;
  }
}

/* ---- telling ---- */

static part no_memory(parser *p) {
  p->fs->failed = true;
  return (part){0};
}

static ari_str text_of(const parser *p, uint32_t from, uint32_t to) { return ari_str_sub(p->lexer.text, from, to); }

static part tell(parser *p, ari_code code, uint32_t from, uint32_t to, ari_arg second) {
  ari_args args = {{ari_arg_text(ari_expr_cut(text_of(p, from, to))), second}};
  ari_findings_add(p->fs, code, ari_lex_span(&p->lexer, from, to), &args);
  return (part){0};
}

static part tell_token(parser *p, ari_code code) { return tell(p, code, p->token.from, p->token.to, (ari_arg){0}); }

/* ---- tokens and nodes ---- */

static void advance(parser *p) {
  p->last = p->token;
  p->token = ari_lex_next(&p->lexer);
}

static bool begins_operand(ari_token_kind kind) {
  return kind == ARI_TOKEN_NUMBER || kind == ARI_TOKEN_DATE || kind == ARI_TOKEN_OPTION || kind == ARI_TOKEN_NAME ||
         kind == ARI_TOKEN_OPEN || kind == ARI_TOKEN_IF || kind == ARI_TOKEN_NOT;
}

/* A node with room for `room` kids. NULL: told or out of memory. */
static ari_expr *new_node(parser *p, ari_op op, uint32_t from, uint32_t to, uint32_t room) {
  if (p->nodes++ == ARI_EXPR_NODES) {
    tell(p, ARI_E0320, from, to, ari_arg_int(ARI_EXPR_NODES));
    return NULL;
  }
  ari_expr *e = ari_arena_alloc(p->arena, sizeof *e);
  if (e) e->kids = ari_arena_array(p->arena, room, sizeof *e->kids);
  if (!e || !e->kids) {
    p->fs->failed = true;
    return NULL;
  }
  e->op = op;
  e->text = text_of(p, from, to);
  e->span = ari_lex_span(&p->lexer, from, to);
  return e;
}

static part finish_leaf(parser *p, ari_expr *e) {
  part out = {e, p->token.from, p->token.to};
  if (e) advance(p);
  return out;
}

static part make_unary(parser *p, ari_op op, uint32_t from, part kid) {
  if (!kid.e) return kid;
  part out = {new_node(p, op, from, kid.to, 1), from, kid.to};
  if (out.e) out.e->kids[out.e->n++] = kid.e;
  return out;
}

static part make_binary(parser *p, ari_op op, part left, part right) {
  if (!right.e) return right;
  part out = {new_node(p, op, left.from, right.to, 2), left.from, right.to};
  if (!out.e) return out;
  out.e->kids[out.e->n++] = left.e;
  out.e->kids[out.e->n++] = right.e;
  return out;
}

/* ---- what does not fit ---- */

/* "7,46" or "4 000" from..to: told with what to write. False: not such a thing. */
static bool tell_number(parser *p, uint32_t from, uint32_t to) {
  char fixed[32];
  ari_dec unused;
  ari_dec_error error = ari_dec_read(text_of(p, from, to), &unused, fixed);
  if (error != ARI_DEC_COMMA && error != ARI_DEC_GROUPED) return false;
  tell(p, ARI_E0304, from, to, ari_arg_c(fixed));
  return true;
}

/* The end of the digits right behind the comma at the token, when a plain number stands right before it: a decimal comma. 0: no. */
static uint32_t decimal_comma_end(const parser *p) {
  if (p->token.kind != ARI_TOKEN_COMMA || p->last.kind != ARI_TOKEN_NUMBER || p->last.percent || p->last.to != p->token.from) return 0;
  uint32_t end = p->token.to;
  while (end < p->lexer.text.n && p->lexer.text.p[end] >= '0' && p->lexer.text.p[end] <= '9') end++;
  return end > p->token.to ? end : 0;
}

/* Tells why the token cannot follow a complete part. open: the parenthesis that is still to be closed, or NULL. */
static part tell_misfit(parser *p, const ari_token *open) {
  uint32_t comma_end = decimal_comma_end(p);
  const char *instead = p->last.kind == ARI_TOKEN_NAME ? ari_lex_instead(text_of(p, p->last.from, p->last.to)) : NULL;
  if (p->token.kind == ARI_TOKEN_BAD) return (part){0};
  if (comma_end && tell_number(p, p->last.from, comma_end)) return (part){0};
  if (p->token.kind == ARI_TOKEN_NUMBER && p->last.kind == ARI_TOKEN_NUMBER && tell_number(p, p->last.from, p->token.to)) return (part){0};
  if (begins_operand(p->token.kind) && instead) return tell(p, ARI_E0303, p->last.from, p->last.to, ari_arg_c(instead));
  if (p->token.kind == ARI_TOKEN_NAME) instead = ari_lex_instead(text_of(p, p->token.from, p->token.to));
  if (p->token.kind == ARI_TOKEN_NAME && instead) return tell(p, ARI_E0303, p->token.from, p->token.to, ari_arg_c(instead));
  if (begins_operand(p->token.kind)) return tell_token(p, ARI_E0310);
  if (p->token.kind == ARI_TOKEN_CLOSE) return tell_token(p, ARI_E0312);
  if (open && p->token.kind != ARI_TOKEN_COMMA) return tell(p, ARI_E0311, open->from, open->to, (ari_arg){0});
  return tell_token(p, ARI_E0302);
}

/* ---- operands ---- */

static part parse_number(parser *p) {
  ari_expr *e = new_node(p, ARI_OP_CONST, p->token.from, p->token.to, 0);
  if (!e) return (part){0};
  e->number = ari_nums_new(p->nums);
  if (!e->number) return no_memory(p);
  ari_dec dec = p->token.dec;
  if (p->token.percent) dec.scale = (int8_t)(dec.scale + 2);
  ari_num_set_dec(e->number, dec);
  if (ari_num_failed()) return no_memory(p);
  e->type = ARI_TYPE_NUM;
  e->percent = p->token.percent;
  return finish_leaf(p, e);
}

static part parse_constant(parser *p, ari_type type) {
  ari_expr *e = new_node(p, ARI_OP_CONST, p->token.from, p->token.to, 0);
  if (e) e->type = type;
  if (e) e->day = p->token.day;
  return finish_leaf(p, e);
}

static part parse_parentheses(parser *p) {
  ari_token open = p->token;
  bool after_if = p->last.kind == ARI_TOKEN_IF;
  advance(p);
  part inner = parse_part(p, POWER_NONE);
  if (!inner.e) return inner;
  if (p->token.kind == ARI_TOKEN_COMMA && after_if && !decimal_comma_end(p)) return tell_token(p, ARI_E0314);   /* if(a, b, c) */
  if (p->token.kind != ARI_TOKEN_CLOSE) return tell_misfit(p, &open);
  part out = {inner.e, open.from, p->token.to};
  advance(p);
  return out;
}

static part parse_if(parser *p) {
  static const ari_token_kind words[] = {ARI_TOKEN_THEN, ARI_TOKEN_ELSE};
  ari_token start = p->token;
  part parts[3];
  for (size_t i = 0; i < 3; i++) {
    advance(p);
    parts[i] = parse_part(p, POWER_NONE);
    if (!parts[i].e) return parts[i];
    if (i == 2 || p->token.kind == words[i]) continue;
    if (p->token.kind == ARI_TOKEN_BAD || begins_operand(p->token.kind) || decimal_comma_end(p)) return tell_misfit(p, NULL);
    return tell(p, ARI_E0314, start.from, start.to, (ari_arg){0});
  }
  part out = {new_node(p, ARI_OP_IF, start.from, parts[2].to, 3), start.from, parts[2].to};
  for (size_t i = 0; out.e && i < 3; i++) out.e->kids[out.e->n++] = parts[i].e;
  return out;
}

/* ---- calls ---- */

static bool is_of_cohort(ari_str name) { return ari_str_is(name, "cohort") || ari_str_starts(name, "cohort."); }

/* cohort.avg(x): there are four figures of a cohort. */
static part tell_unknown_figure(parser *p, ari_token name) {
  ari_str names[8];
  size_t n = 0;
  const ari_function *f;
  for (size_t i = 0; n < ARI_COUNT(names) && (f = ari_function_at(i)) != NULL; i++)
    if (is_of_cohort(ari_str_of(f->name))) names[n++] = ari_str_of(f->name);
  int nearest = ari_str_nearest(text_of(p, name.from, name.to), names, n);
  return tell(p, nearest < 0 ? ARI_E0368 : ARI_E0363, name.from, name.to, nearest < 0 ? (ari_arg){0} : ari_arg_text(names[nearest]));
}

static part tell_unknown_function(parser *p, ari_token name) {
  ari_str names[32], text = text_of(p, name.from, name.to);
  size_t n = 0;
  if (is_of_cohort(text)) return tell_unknown_figure(p, name);
  const char *instead = ari_lex_instead(text);
  if (instead) return tell(p, ARI_E0303, name.from, name.to, ari_arg_c(instead));
  ari_buf list = {0};
  for (const ari_function *f; n + 2 < ARI_COUNT(names) && (f = ari_function_at(n)) != NULL; n++) {
    names[n] = ari_str_of(f->name);
    ari_buf_printf(&list, n ? ", %s" : "%s", f->name);
  }
  names[n++] = ARI_STR("points");   /* of the needs of grades */
  names[n++] = ARI_STR("share");
  int nearest = ari_str_nearest(text, names, n);
  if (list.failed) no_memory(p);
  else if (nearest >= 0) tell(p, ARI_E0315, name.from, name.to, ari_arg_text(names[nearest]));
  else tell(p, ARI_E0316, name.from, name.to, ari_arg_text(ari_buf_view(&list)));
  ari_buf_free(&list);
  return (part){0};
}

static bool add_argument(parser *p, ari_expr *call, uint32_t *room, ari_expr *argument) {
  if (call->n == *room) {
    ari_expr **more = ari_arena_array(p->arena, *room * 2, sizeof *more);
    if (!more) {
      p->fs->failed = true;
      return false;
    }
    memcpy(more, call->kids, call->n * sizeof *more);
    call->kids = more;
    *room *= 2;
  }
  call->kids[call->n++] = argument;
  return true;
}

/* In max(a, 7,46) the comma may be meant as a decimal comma: where the number of arguments does not settle it, a space must. */
static part check_arity(parser *p, part call, ari_token name, uint32_t comma_from, uint32_t comma_end) {
  const ari_function *f = call.e->function;
  bool fits = call.e->n >= f->from && call.e->n <= f->to;
  if (comma_end && (!fits || f->to > f->from) && tell_number(p, comma_from, comma_end)) return (part){0};
  if (fits) return call;
  ari_args args = {{ari_arg_c(f->name), ari_arg_int(f->from), ari_arg_int(call.e->n)}};
  ari_findings_add(p->fs, f->to > f->from ? ARI_E0318 : ARI_E0317, ari_lex_span(&p->lexer, name.from, call.to), &args);
  return (part){0};
}

/* points('2'), share('2'): a figure of the set, which is a name like that of an input, with its id in quotes. */
static part parse_figure(parser *p, ari_token name) {
  ari_token open = p->token;
  advance(p);
  if (p->token.kind == ARI_TOKEN_BAD) return (part){0};
  if (p->token.kind != ARI_TOKEN_OPTION) return tell(p, ARI_E0360, name.from, p->token.to, ari_arg_text(text_of(p, name.from, name.to)));
  advance(p);
  if (p->token.kind != ARI_TOKEN_CLOSE) return tell_misfit(p, &open);
  part out = {new_node(p, ARI_OP_INPUT, name.from, p->token.to, 0), name.from, p->token.to};
  if (out.e) out.e->slot = -1;
  advance(p);
  return out;
}

static bool is_figure(ari_str name) { return ari_str_is(name, "points") || ari_str_is(name, "share"); }

static part parse_call(parser *p, ari_token name) {
  uint32_t room = 4, comma_from = 0, comma_end = 0;
  ari_token open = p->token;
  const ari_function *function = ari_function_find(text_of(p, name.from, name.to));
  if (!function) return tell_unknown_function(p, name);
  part out = {new_node(p, ARI_OP_CALL, name.from, name.to, room), name.from, name.to};
  if (!out.e) return out;
  out.e->function = function;
  advance(p);
  while (p->token.kind != ARI_TOKEN_CLOSE || out.e->n) {
    part argument = parse_part(p, POWER_NONE);
    if (!argument.e || !add_argument(p, out.e, &room, argument.e)) return (part){0};
    if (p->token.kind == ARI_TOKEN_CLOSE) break;
    if (p->token.kind != ARI_TOKEN_COMMA) return tell_misfit(p, &open);
    uint32_t end = decimal_comma_end(p);
    if (end && !comma_end) {
      comma_from = p->last.from;
      comma_end = end;
    }
    advance(p);
  }
  out.to = p->token.to;
  out.e->text = text_of(p, out.from, out.to);
  out.e->span = ari_lex_span(&p->lexer, out.from, out.to);
  advance(p);
  return check_arity(p, out, name, comma_from, comma_end);
}

/* Names are functions only before "(": an input may be called count or min. */
static part parse_name(parser *p) {
  ari_token name = p->token;
  ari_str text = text_of(p, name.from, name.to);
  bool is_max = ari_str_is(text, "max");
  advance(p);
  if (p->token.kind == ARI_TOKEN_OPEN) return is_figure(text) ? parse_figure(p, name) : parse_call(p, name);
  const char *instead = ari_lex_instead(text);
  if (instead && begins_operand(p->token.kind)) return tell(p, ARI_E0303, name.from, name.to, ari_arg_c(instead));
  if (is_of_cohort(text)) return ari_function_find(text) ? tell(p, ARI_E0323, name.from, name.to, (ari_arg){0}) : tell_unknown_figure(p, name);
  if (memchr(text.p, '.', text.n)) return tell(p, ARI_E0321, name.from, name.to, (ari_arg){0});
  ari_expr *e = new_node(p, is_max ? ARI_OP_MAX : ARI_OP_INPUT, name.from, name.to, 0);
  if (e) e->slot = -1;
  return (part){e, name.from, name.to};
}

static part parse_operand(parser *p, int power) {
  ari_token token = p->token;
  switch (token.kind) {
    case ARI_TOKEN_NUMBER: return parse_number(p);
    case ARI_TOKEN_DATE: return parse_constant(p, ARI_TYPE_DATE);
    case ARI_TOKEN_OPTION: return parse_constant(p, ARI_TYPE_CHOICE);
    case ARI_TOKEN_NAME: return parse_name(p);
    case ARI_TOKEN_OPEN: return parse_parentheses(p);
    case ARI_TOKEN_IF: return parse_if(p);
    case ARI_TOKEN_NOT:
      if (power > POWER_NOT) return tell_token(p, ARI_E0322);   /* a = not b: which of the two does `not` cover? */
      advance(p);
      return make_unary(p, ARI_OP_NOT, token.from, parse_part(p, POWER_NOT));
    case ARI_TOKEN_OPERATOR:
      if (token.op != ARI_OP_SUB) return tell_token(p, ARI_E0309);
      advance(p);
      return make_unary(p, ARI_OP_NEG, token.from, parse_part(p, POWER_NEG));
    case ARI_TOKEN_BAD: return (part){0};
    default: return tell_token(p, ARI_E0309);
  }
}

/* An operand and every operator behind it that binds more tightly than `power`. */
static part parse_operators(parser *p, int power) {
  part left = parse_operand(p, power);
  while (left.e && p->token.kind == ARI_TOKEN_OPERATOR && power_of(p->token.op) > power) {
    ari_op op = p->token.op;
    advance(p);
    left = make_binary(p, op, left, parse_part(p, power_of(op)));
    bool again = p->token.kind == ARI_TOKEN_OPERATOR && power_of(p->token.op) == POWER_COMPARE;
    if (left.e && again && power_of(op) == POWER_COMPARE) return tell_token(p, ARI_E0313);
  }
  return left;
}

/* All recursion passes here: the nesting of a hostile formula ends here too. */
static part parse_part(parser *p, int power) {
  if (p->nesting == ARI_EXPR_DEPTH) return tell(p, ARI_E0319, p->token.from, p->token.to, ari_arg_int(ARI_EXPR_DEPTH));
  p->nesting++;
  part out = parse_operators(p, power);
  p->nesting--;
  return out;
}

/* ---- the whole ---- */

ari_expr *ari_expr_parse(ari_arena *arena, ari_nums *nums, const ari_yaml *node, ari_findings *fs) {
  parser p = {.arena = arena, .nums = nums, .fs = fs};
  p.lexer = (ari_lexer){.span = node->span, .fs = fs};
  p.lexer.offset = node->quoted ? 1 : 0;
  p.lexer.exact = node->span.len == node->text.n + 2 * p.lexer.offset;
  if (!ari_str_copy(arena, node->text, &p.lexer.text)) {   /* the tree is gone when formulas are printed */
    fs->failed = true;
    return NULL;
  }
  advance(&p);
  if (p.token.kind == ARI_TOKEN_END) {
    ari_findings_add(fs, ARI_E0301, node->span, NULL);
    return NULL;
  }
  part whole = parse_part(&p, POWER_NONE);
  if (whole.e && p.token.kind != ARI_TOKEN_END) whole = tell_misfit(&p, NULL);
  return whole.e;
}
