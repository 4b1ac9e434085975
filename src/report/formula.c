/* A formula of the set as a formula of a spreadsheet (ari-criteria(5), "Formulas"). Where the engine has an outcome, the spreadsheet has an error
 * value: #N/A an input is missing, #DIV/0! nothing out of nothing, #NUM! others have to supply it, #VALUE! an error in the evidence. What fails first
 * decides, as in the engine: programs do not agree which of two errors wins, so where two parts can fail differently, the first is asked first. */
#include "inside.h"

enum { FAILS_MISSING = 1, FAILS_EMPTY = 2, FAILS_WAITS = 4, FAILS_FAULT = 8 };

/* ---- small parts ---- */

static void put(ari_formula *f, const char *text) { ari_buf_text(f->b, text); }

void ari_formula_cell(ari_buf *b, uint32_t column, int32_t row) {
  ari_buf_char(b, '$');
  ari_buf_column(b, column + 1);
  ari_buf_printf(b, "$%d", row + 1);
}

void ari_formula_range(ari_buf *b, const char *sheet, uint32_t column, int32_t first, size_t n) {
  if (sheet) ari_buf_printf(b, "'%s'!", sheet);
  ari_formula_cell(b, column, first);
  if (n == 1) return;
  ari_buf_char(b, ':');
  ari_formula_cell(b, column, first + (int32_t)n - 1);
}

void ari_formula_text(ari_buf *b, ari_str text) {
  enum { MOST = 250 };   /* Excel takes 255 */
  size_t n = 0;
  ari_buf_char(b, '"');
  for (size_t i = 0, len; i < text.n && n < MOST; i += len, n++) {
    (void)ari_utf8_decode(text.p + i, text.n - i, &len);
    if (len == 4) n++;
    if (text.p[i] == '"') ari_buf_char(b, '"'), n++;
    ari_buf_put(b, text.p + i, len);
  }
  ari_buf_char(b, '"');
}

void ari_formula_int(ari_formula *f, int64_t v) { ari_buf_printf(f->b, v < 0 ? "(%lld)" : "%lld", (long long)v); }

/* As a decimal where it is a short one, else as a quotient. */
void ari_formula_num(ari_formula *f, const ari_num *a) {
  enum { DECIMALS = 15 };
  int64_t n, d;
  size_t start = f->b->n;
  if (ari_num_is_int(a) && ari_num_whole(a, &n)) {
    ari_formula_int(f, n);
    return;
  }
  ari_buf_num(f->b, a, DECIMALS, ARI_AS_DATA);
  bool cut = f->b->n > start && (unsigned char)f->b->p[f->b->n - 1] > 127;   /* ends in "…" */
  if (!cut && ari_num_sign(a) > 0) return;
  f->b->n = start;
  if (!ari_num_ratio(a, &n, &d)) f->cannot = true;
  else ari_buf_printf(f->b, "(%lld/%lld)", (long long)n, (long long)d);
}

static const ari_num *max_of(const ari_formula *f) { return f->node->max[f->form->tier]; }

/* number × max: exact, so that half of 0.25 is 0.125. */
static void put_share_of_max(ari_formula *f, const ari_expr *e) {
  ari_num *product = ari_num_new();
  if (product) {
    ari_num_mul(product, e->number, max_of(f));
    ari_formula_num(f, product);
  } else f->b->failed = true;
  ari_num_free(product);
}

/* ---- inputs ---- */

static const ari_input *input_of(const ari_formula *f, const ari_expr *e) { return &f->form->set->inputs[e->slot]; }
static bool is_asked(const ari_formula *f, int slot) { return f->form->slot_rows[slot] >= 0; }

static void put_cell(ari_formula *f, ari_form_place column, int slot) { ari_formula_cell(f->b, column, f->form->slot_rows[slot]); }

/* In the needs of grades: points('2'), or share('2') to 12 places, as they are published; of the total the share is its index. */
static void put_figure(ari_formula *f, int slot) {
  int32_t row = f->form->node_rows[slot / 2];
  put(f, "IF("), ari_formula_cell(f->b, ARI_FORM_AT_POINTS, row), put(f, "=\"\",#N/A,");
  if (slot % 2 == 0) ari_formula_cell(f->b, ARI_FORM_AT_POINTS, row);
  else if (slot == 1) ari_formula_cell(f->b, ARI_FORM_AT_POINTS, row + 1), put(f, "/100");
  else put(f, "ROUND("), ari_formula_cell(f->b, ARI_FORM_AT_POINTS, row), put(f, "/"), ari_formula_cell(f->b, ARI_FORM_AT_APPLICABLE, row), put(f, ",12)");
  put(f, ")");
}

static void put_input(ari_formula *f, const ari_expr *e) {
  if (f->of_grades) {
    put_figure(f, e->slot);
    return;
  }
  if (!is_asked(f, e->slot)) {
    put(f, "#NUM!");
    return;
  }
  put_cell(f, ARI_FORM_AT_FIGURE, e->slot);
  if (e->type == ARI_TYPE_BOOL) put(f, "=1");
}

/* The values of a list on their own sheet. */
static void put_range(ari_formula *f, int slot) {
  uint32_t column = 0;
  while (column < f->form->n_lists && f->form->lists[column] != slot) column++;
  if (column == f->form->n_lists) f->cannot = true;
  ari_formula_range(f->b, ari_word_text(ARI_WORD_form_lists, f->form->lang), column + 1, ARI_FORM_LISTS_FIRST, ARI_FORM_LIST_ROWS);
}

static void put_list_call(ari_formula *f, const ari_expr *e, const char *function) {
  int slot = e->kids[0]->slot;
  if (!is_asked(f, slot)) {
    put(f, "#NUM!");
    return;
  }
  put(f, "IF(COUNTA("), put_range(f, slot), put(f, ")=0,#N/A,IF(COUNTA("), put_range(f, slot), put(f, ")<>COUNT("), put_range(f, slot);
  ari_buf_printf(f->b, "),#VALUE!,%s(", function), put_range(f, slot), put(f, ")))");
}

/* Last period's figure stands beside the cell and does not change: whether there is one is known now. */
static bool has_previous(const ari_formula *f, int slot) {
  ari_agency_view view = {f->form->evidence, f->form->agency};
  ari_inputs in = ari_agency_inputs(&view);
  ari_num *figure = ari_num_new();
  bool there = figure && in.previous && in.previous(in.of, slot, figure);
  if (!figure) f->b->failed = true;
  ari_num_free(figure);
  return there;
}

static void put_previous(ari_formula *f, int slot) {
  if (!has_previous(f, slot)) {
    put(f, "#N/A");
  } else if (is_asked(f, slot)) {
    put_cell(f, ARI_FORM_AT_LAST, slot);
  } else {
    ari_agency_view view = {f->form->evidence, f->form->agency};
    ari_inputs in = ari_agency_inputs(&view);
    ari_num *figure = ari_num_new();
    if (figure && in.previous(in.of, slot, figure)) ari_formula_num(f, figure);
    else f->b->failed = true;
    ari_num_free(figure);
  }
}

static void put_present(ari_formula *f, const ari_expr *x) {
  if (ari_expr_is_previous(x)) put(f, has_previous(f, x->kids[0]->slot) ? "TRUE" : "FALSE");
  else if (!is_asked(f, x->slot)) put(f, "FALSE");
  else if (input_of(f, x)->list) put(f, "COUNTA("), put_range(f, x->slot), put(f, ")>0");
  else put(f, "NOT(ISNA("), put_cell(f, ARI_FORM_AT_FIGURE, x->slot), put(f, "))");
}

/* ---- how a part can fail ---- */

static bool is_call(const ari_expr *e, const char *name) { return e->op == ARI_OP_CALL && ari_str_is(ari_str_of(e->function->name), name); }

unsigned ari_formula_fails(const ari_formula *f, const ari_expr *e) {
  unsigned all = 0;
  if (e->op == ARI_OP_INPUT) return f->of_grades || is_asked(f, e->slot) ? FAILS_MISSING : FAILS_WAITS;
  if (ari_expr_is_previous(e)) return has_previous(f, e->kids[0]->slot) ? 0 : FAILS_MISSING;
  if (is_call(e, "present")) return 0;
  for (uint32_t i = 0; i < e->n; i++) all |= ari_formula_fails(f, e->kids[i]);
  if (ari_expr_is_cohort(e)) all |= FAILS_WAITS;
  if (e->op == ARI_OP_DIV && !(e->kids[1]->op == ARI_OP_CONST && ari_num_sign(e->kids[1]->number) != 0)) all |= FAILS_EMPTY | FAILS_FAULT;
  if (is_call(e, "ln") || is_call(e, "sqrt") || is_call(e, "clamp")) all |= FAILS_FAULT;
  return all;
}

/* Whether two parts can fail in different ways: then which of them is first must not be left to the program. */
static bool is_mixed(unsigned a, unsigned b) { return a && b && ((a | b) & ((a | b) - 1)); }

/* Asks every part that may hide how another fails. Returns how many parentheses are open. */
static uint32_t put_guards(ari_formula *f, const ari_expr *e) {
  uint32_t open = 0;
  for (uint32_t i = 0; i + 1 < e->n; i++) {
    unsigned own = ari_formula_fails(f, e->kids[i]), later = 0;
    for (uint32_t k = i + 1; k < e->n; k++) later |= ari_formula_fails(f, e->kids[k]);
    if (!is_mixed(own, later)) continue;
    put(f, "IF(ISERROR("), ari_formula_expr(f, e->kids[i]), put(f, "),"), ari_formula_expr(f, e->kids[i]), put(f, ",");
    open++;
  }
  return open;
}

static void close_guards(ari_formula *f, uint32_t open) {
  while (open-- > 0) put(f, ")");
}

/* ---- operators ---- */

static void put_kid(ari_formula *f, const void *e) { ari_formula_expr(f, e); }

/* Whole numbers, and what stands in one cell or constant: binary fractions add nothing to them that both sides of a comparison would not have. */
static bool is_whole(const ari_formula *f, const ari_expr *e) {
  if (e->op == ARI_OP_CONST) return e->type != ARI_TYPE_NUM || ari_num_is_int(e->number);
  if (e->op == ARI_OP_INPUT) return !f->of_grades && (e->type != ARI_TYPE_NUM || input_of(f, e)->seen.is_int);
  if (e->op == ARI_OP_MAX) return ari_num_is_int(max_of(f));
  if (e->op == ARI_OP_LET) return is_whole(f, e->kids[0]);
  if (is_call(e, "days")) return true;
  if (e->op != ARI_OP_ADD && e->op != ARI_OP_SUB && e->op != ARI_OP_MUL && e->op != ARI_OP_NEG) return false;
  for (uint32_t i = 0; i < e->n; i++)
    if (!is_whole(f, e->kids[i])) return false;
  return true;
}

static bool is_exact(const ari_formula *f, const ari_expr *e) {
  return e->op == ARI_OP_CONST || (e->op == ARI_OP_INPUT && !f->of_grades) || e->type != ARI_TYPE_NUM || is_whole(f, e);
}

static const char *sign_of(ari_op op) {
  switch (op) {
  case ARI_OP_EQ: return "=";
  case ARI_OP_NE: return "<>";
  case ARI_OP_LT: return "<";
  case ARI_OP_LE: return "<=";
  case ARI_OP_GT: return ">";
  default: return ">=";
  }
}

/* 0.9 × 10 is no whole number in binary: the difference counts as 0 when it is some 10^-13 of the figures themselves. */
void ari_formula_compare(ari_formula *f, ari_op op, void (*part)(ari_formula *f, const void *what), const void *a, const void *b, bool exact) {
  put(f, exact ? "(" : "(ROUND(("), part(f, a);
  if (exact) put(f, sign_of(op)), part(f, b);
  else put(f, "-"), part(f, b), put(f, ")/(1+ABS("), part(f, b), put(f, ")),13)"), put(f, sign_of(op)), put(f, "0");
  put(f, ")");
}

static void put_comparison(ari_formula *f, const ari_expr *e) {
  uint32_t open = put_guards(f, e);
  ari_formula_compare(f, e->op, put_kid, e->kids[0], e->kids[1], is_exact(f, e->kids[0]) && is_exact(f, e->kids[1]));
  close_guards(f, open);
}

static void put_binary(ari_formula *f, const ari_expr *e, char sign) {
  uint32_t open = put_guards(f, e);
  put(f, "("), ari_formula_expr(f, e->kids[0]), ari_buf_char(f->b, sign), ari_formula_expr(f, e->kids[1]), put(f, ")");
  close_guards(f, open);
}

/* 0/0 is empty, a/0 an error in the evidence. */
static void put_division(ari_formula *f, const ari_expr *e) {
  const ari_expr *a = e->kids[0], *b = e->kids[1];
  if (b->op == ARI_OP_CONST) {
    put_binary(f, e, '/');
    return;
  }
  uint32_t open = put_guards(f, e);
  put(f, "IF("), ari_formula_expr(f, b), put(f, "=0,IF("), ari_formula_expr(f, a), put(f, "=0,#DIV/0!,#VALUE!),");
  ari_formula_expr(f, a), put(f, "/"), ari_formula_expr(f, b), put(f, ")");
  close_guards(f, open);
}

/* ---- calls ---- */

static void put_call(ari_formula *f, const char *name, const ari_expr *e) {
  uint32_t open = put_guards(f, e);
  ari_buf_printf(f->b, "%s(", name);
  for (uint32_t i = 0; i < e->n; i++) {
    if (i) put(f, ",");
    ari_formula_expr(f, e->kids[i]);
  }
  put(f, ")");
  close_guards(f, open);
}

static void put_clamp(ari_formula *f, const ari_expr *e) {
  const ari_expr *x = e->kids[0], *low = e->kids[1], *high = e->kids[2];
  uint32_t open = put_guards(f, e);
  put(f, "IF("), ari_formula_expr(f, low), put(f, ">"), ari_formula_expr(f, high), put(f, ",#VALUE!,MAX("), ari_formula_expr(f, low);
  put(f, ",MIN("), ari_formula_expr(f, x), put(f, ","), ari_formula_expr(f, high), put(f, ")))");
  close_guards(f, open);
}

/* ln(0) and sqrt(-1) are errors in the evidence. */
static void put_domain(ari_formula *f, const ari_expr *e, const char *wrong, const char *name) {
  put(f, "IF("), ari_formula_expr(f, e->kids[0]), put(f, wrong), put(f, ",#VALUE!,"), ari_buf_printf(f->b, "%s(", name);
  ari_formula_expr(f, e->kids[0]), put(f, "))");
}

static void put_function(ari_formula *f, const ari_expr *e) {
  static const struct { const char *ours, *theirs; } same[] = {{"min", "MIN"}, {"max", "MAX"}, {"abs", "ABS"}, {"exp", "EXP"}, {"pow", "POWER"}};
  int64_t decimals;
  for (size_t i = 0; i < ARI_COUNT(same); i++) {
    if (!is_call(e, same[i].ours)) continue;
    put_call(f, same[i].theirs, e);
    return;
  }
  if (ari_expr_is_cohort(e)) put(f, "IF(ISERROR("), ari_formula_expr(f, e->kids[0]), put(f, "),"), ari_formula_expr(f, e->kids[0]), put(f, ",#NUM!)");
  else if (ari_expr_is_previous(e)) put_previous(f, e->kids[0]->slot);
  else if (is_call(e, "present")) put_present(f, e->kids[0]);
  else if (is_call(e, "mean")) put_list_call(f, e, "AVERAGE");
  else if (is_call(e, "sum")) put_list_call(f, e, "SUM");
  else if (is_call(e, "count")) put_list_call(f, e, "COUNT");
  else if (is_call(e, "clamp")) put_clamp(f, e);
  else if (is_call(e, "ln")) put_domain(f, e, "<=0", "LN");
  else if (is_call(e, "sqrt")) put_domain(f, e, "<0", "SQRT");
  else if (is_call(e, "days")) put(f, "("), ari_formula_expr(f, e->kids[1]), put(f, "-"), ari_formula_expr(f, e->kids[0]), put(f, ")");
  else if (is_call(e, "round") && ari_num_whole(e->kids[1]->number, &decimals)) ari_formula_round(f, (int)decimals, ARI_HALF_UP, put_kid, e->kids[0]);
  else f->cannot = true;
}

/* ---- the whole ---- */

static void put_constant(ari_formula *f, const ari_expr *e) {
  if (e->type == ARI_TYPE_NUM) ari_formula_num(f, e->number);
  else if (e->type == ARI_TYPE_DATE) ari_formula_int(f, (int64_t)e->day + ARI_TAB_DAY_1970);
  else ari_formula_int(f, e->slot);
}

/* `and`, `or` and `if` look only at what they need. */
static void put_three(ari_formula *f, const ari_expr *a, const ari_expr *b, const ari_expr *c) {
  put(f, "IF("), ari_formula_expr(f, a), put(f, ",");
  if (b) ari_formula_expr(f, b);
  else put(f, "TRUE");
  put(f, ",");
  if (c) ari_formula_expr(f, c);
  else put(f, "FALSE");
  put(f, ")");
}

void ari_formula_expr(ari_formula *f, const ari_expr *e) {
  if (f->b->n > ARI_FORMULA_MOST || f->cannot) {
    f->cannot = true;
    return;
  }
  if (e->rounded) put(f, "ROUND(");
  switch (e->op) {
  case ARI_OP_CONST: put_constant(f, e); break;
  case ARI_OP_INPUT: put_input(f, e); break;
  case ARI_OP_MAX: ari_formula_num(f, max_of(f)); break;
  case ARI_OP_SHARE_OF_MAX: put_share_of_max(f, e); break;
  case ARI_OP_OR: put_three(f, e->kids[0], NULL, e->kids[1]); break;
  case ARI_OP_AND: put_three(f, e->kids[0], e->kids[1], NULL); break;
  case ARI_OP_IF: put_three(f, e->kids[0], e->kids[1], e->kids[2]); break;
  case ARI_OP_NOT: put(f, "NOT("), ari_formula_expr(f, e->kids[0]), put(f, ")"); break;
  case ARI_OP_NEG: put(f, "(-"), ari_formula_expr(f, e->kids[0]), put(f, ")"); break;
  case ARI_OP_ADD: put_binary(f, e, '+'); break;
  case ARI_OP_SUB: put_binary(f, e, '-'); break;
  case ARI_OP_MUL: put_binary(f, e, '*'); break;
  case ARI_OP_DIV: put_division(f, e); break;
  case ARI_OP_CALL: put_function(f, e); break;
  case ARI_OP_LET: ari_formula_expr(f, e->kids[0]); break;
  default: put_comparison(f, e);
  }
  if (e->rounded) put(f, ",12)");
}

/* Half up, half even, or towards zero. A half that binary fractions miss by a hair must still be one: rounded to 11 places first, then a hair is added
 * where the program might still fall short of it. */
void ari_formula_round(ari_formula *f, int decimals, ari_rounding mode, void (*part)(ari_formula *f, const void *what), const void *what) {
  enum { CLEAN = 11 };
  if (decimals >= CLEAN) {
    put(f, "ROUND("), part(f, what), ari_buf_printf(f->b, ",%d)", decimals);
  } else if (mode == ARI_HALF_UP) {
    put(f, "ROUND(ROUND("), part(f, what), ari_buf_printf(f->b, ",%d),%d)", CLEAN, decimals);
  } else if (mode == ARI_DOWN) {
    put(f, "ROUNDDOWN("), part(f, what), put(f, "+SIGN("), part(f, what), ari_buf_printf(f->b, ")*1E-11,%d)", decimals);
  } else {   /* a half goes to the even neighbour: half of it is rounded, and doubled again */
    put(f, "IF(ROUND(ABS("), part(f, what), ari_buf_printf(f->b, ")*1E%d-INT(ABS(", decimals), part(f, what), ari_buf_printf(f->b, ")*1E%d),7)=0.5,2*ROUND(", decimals);
    part(f, what), ari_buf_printf(f->b, "*1E%d/2,0)/1E%d,ROUND(ROUND(", decimals, decimals), part(f, what), ari_buf_printf(f->b, ",%d),%d))", CLEAN, decimals);
  }
}
