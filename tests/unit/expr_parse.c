/* Formulas to trees: precedence, texts and places of parts, and every mistake of writing with its code and its place. */
#include "expr_fixture.h"

static void put_tree(ari_buf *b, const ari_expr *e) {
  static const char *const names[] = {"const", "input", "max", "of-max", "or", "and", "not", "=",   "!=", "<",
                                      "<=",    ">",     ">=",  "+",      "-",  "*",   "/",   "neg", "if"};
  if (!e->n) {
    ari_buf_str(b, e->text);
    return;
  }
  ari_buf_printf(b, "(%s", e->op == ARI_OP_CALL ? e->function->name : names[e->op]);
  for (uint32_t i = 0; i < e->n; i++) {
    ari_buf_char(b, ' ');
    put_tree(b, e->kids[i]);
  }
  ari_buf_char(b, ')');
}

static ari_expr *parse_scalar(fixture *f, const char *text, bool quoted, uint32_t start, uint32_t len) {
  ari_yaml node = {.kind = ARI_YAML_SCALAR, .quoted = quoted, .text = ari_str_of(text), .span = {0, start, len}};
  ari_findings_free(&f->findings);
  f->findings = (ari_findings){0};
  return ari_expr_parse(&f->arena, &f->nums, &node, &f->findings);
}

static const char *tree_of(fixture *f, const char *formula) {
  ari_expr *e = parse_scalar(f, formula, false, 0, (uint32_t)strlen(formula));
  ari_buf_clear(&f->text);
  if (e) put_tree(&f->text, e);
  else ari_buf_printf(&f->text, "told %s", f->findings.n ? ari_code_name(f->findings.items[0].code) : "nothing");
  return text_of_buf(&f->text);
}

static void test_precedence(fixture *f) {
  is(tree_of(f, "a + b * c"), "(+ a (* b c))", "times before plus");
  is(tree_of(f, "a - b - c"), "(- (- a b) c)", "minus from the left");
  is(tree_of(f, "a / b / c * d"), "(* (/ (/ a b) c) d)", "division from the left");
  is(tree_of(f, "-a * b"), "(* (neg a) b)", "unary minus before times");
  is(tree_of(f, "a - -b"), "(- a (neg b))", "minus of a negative");
  is(tree_of(f, "a or b and c or d"), "(or (or a (and b c)) d)", "and before or");
  is(tree_of(f, "not a = b and c"), "(and (not (= a b)) c)", "comparison before not before and");
  is(tree_of(f, "not not a"), "(not (not a))", "not twice");
  is(tree_of(f, "a + 1 <= b * 2"), "(<= (+ a 1) (* b 2))", "arithmetic before comparison");
  is(tree_of(f, "(a + b) * c"), "(* (+ a b) c)", "parentheses");
  is(tree_of(f, "if a > 0 then b else c + 1"), "(if (> a 0) b (+ c 1))", "else reaches to the end");
  is(tree_of(f, "if a then b else if c then d else e"), "(if a b (if c d e))", "else if");
  is(tree_of(f, "1 + if a then b else c"), "(+ 1 (if a b c))", "if as an operand");
  is(tree_of(f, "max(a, b + 1, min(c, 2))"), "(max a (+ b 1) (min c 2))", "calls");
  is(tree_of(f, "min (a, b)"), "(min a b)", "a call with a space before the parenthesis");
  is(tree_of(f, "max * min"), "(* max min)", "names are functions only before a parenthesis");
  is(tree_of(f, "round(-a, 2) != -1"), "(!= (round (neg a) 2) (neg 1))", "a negative argument");
  is(tree_of(f, "\n a\r\n\t+\u00A0b "), "(+ a b)", "line ends, tabs and no-break spaces are spaces");
  is(tree_of(f, "số_hồ_sơ2 / đúng_hạn"), "(/ số_hồ_sơ2 đúng_hạn)", "names in any script");
  is(tree_of(f, "max(1,2)"), "told E0304", "1,2 among any number of arguments may be meant as 1.2");
  is(tree_of(f, "max(1, 2)"), "(max 1 2)", "a space settles it");
  is(tree_of(f, "max(a,2)"), "(max a 2)", "and so does a name");
  is(tree_of(f, "clamp(x,0,1)"), "(clamp x 0 1)", "and a fixed number of arguments");
  is(tree_of(f, "2026-01-31"), "2026-01-31", "a date, not a subtraction");
  is(tree_of(f, "2026 - 01 - 31"), "(- (- 2026 01) 31)", "spaces make it a subtraction");
}

static void test_constants(fixture *f) {
  ari_expr *e = parse_scalar(f, "50 %", false, 0, 4);
  ok(e && e->percent && ari_str_is(e->text, "50 %"), "a percentage, also with a space");
  ari_num *half = ari_nums_new(&f->nums);
  if (half) ari_num_set_dec(half, (ari_dec){5, 1, 1});
  ok(half && e && ari_num_cmp(e->number, half) == 0, "50% is one half");
  e = parse_scalar(f, "2026-02-28", false, 0, 10);
  ok(e && e->type == ARI_TYPE_DATE && e->day == 20512, "a date is its day");
  e = parse_scalar(f, "'Đúng hạn'", false, 0, 12);
  ok(e && e->type == ARI_TYPE_CHOICE && ari_str_is(e->text, "'Đúng hạn'"), "an option in quotes");
  e = parse_scalar(f, "123456789012345678.5", false, 0, 20);
  ok(!e && f->findings.items[0].code == ARI_E0306, "19 digits are too many");
  e = parse_scalar(f, "0.000000000000000001", false, 0, 20);
  ok(e && ari_num_sign(e->number) > 0, "18 decimals are kept");
}

static bool has_span(const ari_expr *e, uint32_t start, uint32_t len) {
  return e && e->span.file == 0 && e->span.start == start && e->span.len == len;
}

static bool is_refused(fixture *f, const char *formula, ari_code code) {
  return !read_formula(f, formula, ARI_TYPE_NUM, false) && f->findings.n == 1 && f->findings.items[0].code == code;
}

static void test_places(fixture *f) {
  const char *formula = "(a + b) * round(c, 2)";
  ari_expr *e = parse_scalar(f, formula, false, 100, 21);
  ok(has_span(e, 100, 21), "the whole formula");
  ok(has_span(e->kids[0], 101, 5) && ari_str_is(e->kids[0]->text, "a + b"), "a part without its parentheses");
  ok(has_span(e->kids[1], 110, 11) && ari_str_is(e->kids[1]->text, "round(c, 2)"), "a call with its arguments");
  e = parse_scalar(f, "a / b", true, 50, 7);
  ok(has_span(e, 51, 5) && has_span(e->kids[1], 55, 1), "a quoted scalar: the quote is stepped over");
  e = parse_scalar(f, "p = 'x'", true, 50, 11);
  ok(has_span(e, 50, 11) && has_span(e->kids[1], 50, 11), "doubled quotes: the whole scalar");
  ok(ari_str_is(e->kids[1]->text, "'x'"), "its text is still exact");
  char gone[] = "a / b";
  e = parse_scalar(f, gone, false, 0, 5);
  memset(gone, '#', 5);
  ok(e && ari_str_is(e->text, "a / b"), "nothing of the YAML tree is kept");
}

static void test_mistakes(fixture *f) {
  static const struct { const char *formula, *told; } all[] = {
    {"", "E0301[]"},
    {"  ", "E0301[  ]"},
    {"on_time # received", "E0302[#]"},
    {"on_time, received", "E0302[,]"},
    {"on_time @ 2", "E0302[@]"},
    {"on_time ^ 2", "E0302[^]"},
    {"x then 1", "E0302[then]"},
    {"on_time × 2", "E0303[×]"},
    {"on_time : received", "E0303[:]"},
    {"on_time ÷ received", "E0303[÷]"},
    {"x − 1", "E0303[−]"},
    {"x – 1", "E0303[–]"},
    {"x == 1", "E0303[==]"},
    {"x <> 1", "E0303[<>]"},
    {"x ≠ 1", "E0303[≠]"},
    {"x ≤ 1", "E0303[≤]"},
    {"x ≥ 1", "E0303[≥]"},
    {"x =< 1", "E0303[=<]"},
    {"x => 1", "E0303[=>]"},
    {"done && open", "E0303[&&]"},
    {"done || open", "E0303[||]"},
    {"done & open", "E0303[&]"},
    {"!done", "E0303[!]"},
    {"done và open", "E0303[và]"},
    {"done hoặc open", "E0303[hoặc]"},
    {"done AND open", "E0303[AND]"},
    {"không done", "E0303[không]"},
    {"NOT(done)", "E0303[NOT]"},
    {"nếu done thì 1", "E0303[nếu]"},
    {"IF(done, 1, 0)", "E0303[IF]"},
    {"if done thì 1 else 0", "E0303[thì]"},
    {"[x + 1]", "E0303[[]"},
    {"max(x; 1)", "E0303[;]"},
    {"plan = \"late\"", "E0303[\"]"},
    {"plan = ‘late’", "E0303[‘]"},
    {"x * 7,46", "E0304[7,46]"},
    {"7,46", "E0304[7,46]"},
    {"(7,46)", "E0304[7,46]"},
    {"if x > 7,46 then 1 else 0", "E0304[7,46]"},
    {"x > 4 000", "E0304[4 000]"},
    {"x > 4.000.000", "E0304[4.000.000]"},
    {"max(x, 7,46)", "E0304[7,46]"},
    {"round(7,46 * x, 2)", "E0304[7,46]"},
    {"x * .5", "E0305[.5]"},
    {"x * 5.", "E0305[5.]"},
    {"x * 1.5e3", "E0305[1.5e3]"},
    {"x * 5m", "E0305[5m]"},
    {"1.1.1 + x", "E0305[1.1.1]"},
    {"x * 1234567890123456789", "E0306[1234567890123456789]"},
    {"start > 2026-02-30", "E0307[2026-02-30]"},
    {"start > 2026-1-5", "E0307[2026-1-5]"},
    {"start > 2026-01-31x", "E0305[31x]"},
    {"start > 31/01/2026", "E0307[31/01/2026]"},
    {"plan = 'late", "E0308['late]"},
    {"x +", "E0309[]"},
    {"x + * 2", "E0309[*]"},
    {"()", "E0309[)]"},
    {"max(x, )", "E0309[)]"},
    {"+ x", "E0309[+]"},
    {"x * and 2", "E0309[and]"},
    {"2 x", "E0310[x]"},
    {"(x)(2)", "E0310[(]"},
    {"x 'late'", "E0310['late']"},
    {"x if", "E0310[if]"},
    {"(x + 1", "E0311[(]"},
    {"max(x, 1", "E0311[(]"},
    {"x + 1)", "E0312[)]"},
    {"0 <= x <= 1", "E0313[<=]"},
    {"x = 1 = done", "E0313[=]"},
    {"if done then 1", "E0314[if]"},
    {"if done", "E0314[if]"},
    {"if(done, 1, 0)", "E0314[,]"},
    {"roud(x, 2)", "E0315[roud]"},
    {"MAX(x, 2)", "E0315[MAX]"},
    {"average(x, 2)", "E0316[average]"},
    {"cohort.maks(x)", "E0363[cohort.maks]"},
    {"cohort.average(x)", "E0368[cohort.average]"},
    {"cohort", "E0368[cohort]"},
    {"1 + cohort.max", "E0323[cohort.max]"},
    {"cohort.max(x, 1)", "E0317[cohort.max(x, 1)]"},
    {"x(2)", "E0316[x]"},
    {"round(x)", "E0317[round(x)]"},
    {"present()", "E0317[present()]"},
    {"clamp(x, 1, 2, 3)", "E0317[clamp(x, 1, 2, 3)]"},
    {"1 + max(x)", "E0318[max(x)]"},
    {"progress.on_time / 2", "E0321[progress.on_time]"},
    {"done = not open", "E0322[not]"},
    {"x > 4.000", "W0345[4.000]"},
    {"x > 4.0000 or x > 1234.000 or x > 0.000", ""},
  };
  for (size_t i = 0; i < ARI_COUNT(all); i++) is(told_of(f, all[i].formula, ARI_TYPE_NONE), all[i].told, all[i].formula);
}

static const char *repeat(char *out, const char *what, int n, const char *last) {
  size_t len = strlen(what);
  char *p = out;
  for (int i = 0; i < n; i++, p += len) memcpy(p, what, len);
  memcpy(p, last, strlen(last) + 1);
  return out;
}

static void test_limits(fixture *f) {
  static char text[400000];
  repeat(text, "(", 31, "x");
  repeat(text + 32, ")", 31, "");
  ok(read_formula(f, text, ARI_TYPE_NUM, false) != NULL, "31 parentheses");
  repeat(text, "(", 32, "x");
  repeat(text + 33, ")", 32, "");
  ok(is_refused(f, text, ARI_E0319), "32 parentheses around a value are one too deep");
  is(told_of(f, repeat(text, "- ", 40, "x"), ARI_TYPE_NONE), "E0319[-]", "nesting by minus ends at the same depth");
  is(told_of(f, repeat(text, "(", 300000, ""), ARI_TYPE_NONE), "E0319[(]", "300,000 parentheses are answered at once");
  is(told_of(f, repeat(text, "x + ", 249, "x"), ARI_TYPE_NONE), "", "a long sum is not deep");
  is(told_of(f, repeat(text, "done or ", 249, "done"), ARI_TYPE_NONE), "", "nor a long chain of or");
  ok(is_refused(f, repeat(text, "x + ", 250, "x"), ARI_E0320), "501 parts are too many");
  repeat(text, "a", 5000, "");
  ok(is_refused(f, text, ARI_E0325) && f->findings.items[0].args.at[0].as.text.n <= 60, "a hostile name is cut in the message");
}

int main(void) {
  fixture f;
  fixture_start(&f);
  test_precedence(&f);
  test_constants(&f);
  test_places(&f);
  test_mistakes(&f);
  test_limits(&f);
  is(sentence_of(&f, "x * 7,46", ARI_EN), "\"7,46\" is not how a number is written in a formula", "a sentence in English");
  is(sentence_of(&f, "x và 1", ARI_VI), "công thức không dùng \"và\"", "and in Vietnamese");
  fixture_end(&f);
  return done();
}
