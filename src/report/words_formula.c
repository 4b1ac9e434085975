/* Formulas in words: titles in place of the names that formulas use, signs and words of the language in place of operators and functions. What was
 * written with parentheses has them again wherever the order of operations needs them. Methodology: ari-criteria(5), "Formulas". */
#include "inside.h"

#include <string.h>

/* How tightly a part holds together; a part that holds less than its place asks for stands in parentheses. */
enum { LOOSE, ARGUMENT, HOLDS_OR, HOLDS_AND, HOLDS_NOT, HOLDS_COMPARISON, HOLDS_PHRASE, HOLDS_SUM, HOLDS_PRODUCT, HOLDS_SIGN, ATOM };

static void put_part(const ari_words *w, const ari_expr *e, int asked);

ari_words ari_words_start(ari_buf *b, const ari_set *set, ari_lang lang) {
  return (ari_words){.b = b, .set = set, .lang = lang, .how = ari_locale_of(lang)};
}

static void put_word(const ari_words *w, ari_word word) { ari_buf_text(w->b, ari_word_text(word, w->lang)); }

static void put_title(const ari_words *w, ari_str title) {
  ari_buf_text(w->b, "“");
  ari_buf_str(w->b, title);
  ari_buf_text(w->b, "”");
}

/* ---- figures ---- */

enum { MOST_DECIMALS = 32 };   /* a constant has at most 30, and two more as a percentage is not one of them */

static void put_percent(const ari_words *w, const ari_num *n) {
  ari_num *percent = ari_num_new();
  if (percent) {
    ari_num_set_int(percent, 100);
    ari_num_mul(percent, percent, n);
    ari_buf_num(w->b, percent, MOST_DECIMALS, w->how);
    ari_buf_text(w->b, w->lang == ARI_VI ? " %" : "%");
  } else w->b->failed = true;
  ari_num_free(percent);
}

/* Whether a number can be written with decimals: its denominator has no factor but 2 and 5. */
static bool is_decimal(const ari_num *n) {
  int64_t over, under;
  if (!ari_num_ratio(n, &over, &under)) return true;
  while (under % 2 == 0) under /= 2;
  while (under % 5 == 0) under /= 5;
  return under == 1;
}

void ari_words_ratio(const ari_words *w, const ari_num *n, bool percent) {
  int64_t over, under;
  if (!is_decimal(n) && ari_num_ratio(n, &over, &under)) {
    ari_buf_int(w->b, over);
    ari_buf_char(w->b, '/');
    ari_buf_int(w->b, under);
  } else if (percent) put_percent(w, n);
  else ari_buf_num(w->b, n, MOST_DECIMALS, w->how);
}

/* ---- names ---- */

ari_str ari_words_input_title(const ari_set *set, int slot, ari_lang lang) {
  const ari_input *in = &set->inputs[slot];
  ari_str title = ari_title_in(in->title, lang);
  return title.n ? title : in->name;
}

static void put_input(const ari_words *w, int slot) {
  const ari_input *in = &w->set->inputs[slot];
  if (in->of_survey >= 0) {
    put_title(w, ari_words_input_title(w->set, in->of_survey, w->lang));
    ari_buf_text(w->b, ": ");
    put_title(w, ari_title_in(w->set->inputs[in->of_survey].options[slot - in->of_survey - 1].title, w->lang));
  } else put_title(w, ari_words_input_title(w->set, slot, w->lang));
}

/* points('2') or share('2') of a need: a published figure. */
static void put_published(const ari_words *w, int slot) {
  const ari_node *node = w->set->nodes[slot / 2];
  bool share = slot % 2;
  if (node == w->set->root) put_word(w, share ? ARI_WORD_formula_index : ARI_WORD_formula_total);
  else ARI_SAY(w, share ? ARI_WORD_formula_share_of : ARI_WORD_formula_points_of, {ARI_PHRASE_TITLE, .text = ari_title_in(node->title, w->lang)});
}

/* An input, cohort.max(x) or previous(x) as the agency's own value; a choice as the title of what was chosen. */
static void put_value(const ari_words *w, const ari_expr *e) {
  ari_node_view view = {w->set, w->node};
  ari_scope scope = w->needs ? ari_needs_scope(w->set) : ari_node_scope(&view);
  const ari_input *in = e->op == ARI_OP_INPUT && !w->needs ? &w->set->inputs[e->slot] : NULL;
  ari_value v;
  if (in && in->list) {
    ari_buf_char(w->b, '(');
    ari_expr_print_values(w->b, e, &scope, w->inputs, w->how);
    ari_buf_char(w->b, ')');
  } else if (in && in->type == ARI_CHOICE && w->inputs->get(w->inputs->of, e->slot, &v) && v.i >= 0 && (uint32_t)v.i < in->n_options)
    put_title(w, ari_title_in(in->options[v.i].title, w->lang));
  else ari_expr_print_values(w->b, e, &scope, w->inputs, w->how);
}

/* ---- operators ---- */

/* Words that nothing behind them can be taken for a part of: "the least of (a; b)", "“Staff” of last period". */
static bool is_closed(const ari_expr *e) {
  return ari_expr_is_previous(e) || strcmp(e->function->name, "min") == 0 || strcmp(e->function->name, "max") == 0;
}

static int holds(const ari_expr *e) {
  static const uint8_t by_op[] = {
    [ARI_OP_CONST] = ATOM, [ARI_OP_INPUT] = ATOM, [ARI_OP_MAX] = ATOM, [ARI_OP_SHARE_OF_MAX] = HOLDS_PRODUCT, [ARI_OP_OR] = HOLDS_OR,
    [ARI_OP_AND] = HOLDS_AND, [ARI_OP_NOT] = HOLDS_NOT, [ARI_OP_EQ] = HOLDS_COMPARISON, [ARI_OP_NE] = HOLDS_COMPARISON,
    [ARI_OP_LT] = HOLDS_COMPARISON, [ARI_OP_LE] = HOLDS_COMPARISON, [ARI_OP_GT] = HOLDS_COMPARISON, [ARI_OP_GE] = HOLDS_COMPARISON,
    [ARI_OP_ADD] = HOLDS_SUM, [ARI_OP_SUB] = HOLDS_SUM, [ARI_OP_MUL] = HOLDS_PRODUCT, [ARI_OP_DIV] = HOLDS_PRODUCT, [ARI_OP_NEG] = HOLDS_SIGN,
    [ARI_OP_IF] = LOOSE, [ARI_OP_CALL] = HOLDS_PHRASE, [ARI_OP_LET] = ATOM};
  if (e->op == ARI_OP_CALL && is_closed(e)) return ATOM;
  return e->op == ARI_OP_LET ? holds(e->kids[0]) : by_op[e->op];
}

static const ari_expr *without_name(const ari_expr *e) { return e->op == ARI_OP_LET ? without_name(e->kids[0]) : e; }

static bool is_asked(const ari_expr *e) { return e->op == ARI_OP_INPUT && e->type == ARI_TYPE_BOOL; }

/* A yes_no input as a condition: “The plan was issued” is yes. */
static void put_asked(const ari_words *w, const ari_expr *e, bool yes) {
  put_input(w, e->slot);
  ari_buf_char(w->b, ' ');
  put_word(w, ARI_WORD_formula_is);
  ari_buf_char(w->b, ' ');
  put_word(w, yes ? ARI_WORD_yes : ARI_WORD_no);
}

static void put_sign(const ari_words *w, const ari_expr *e) {
  static const char *const signs[] = {[ARI_OP_EQ] = "=", [ARI_OP_NE] = "≠", [ARI_OP_LT] = "<", [ARI_OP_LE] = "≤", [ARI_OP_GT] = ">",
                                      [ARI_OP_GE] = "≥", [ARI_OP_ADD] = "+", [ARI_OP_SUB] = "−", [ARI_OP_MUL] = "×", [ARI_OP_DIV] = "÷"};
  static const ari_word dates[] = {[ARI_OP_EQ] = ARI_WORD_formula_is, [ARI_OP_NE] = ARI_WORD_formula_is_not, [ARI_OP_LT] = ARI_WORD_formula_before,
                                   [ARI_OP_LE] = ARI_WORD_formula_not_after, [ARI_OP_GT] = ARI_WORD_formula_after,
                                   [ARI_OP_GE] = ARI_WORD_formula_not_before};
  ari_type type = e->kids[0]->type;
  bool compares = e->op >= ARI_OP_EQ && e->op <= ARI_OP_GE;
  ari_buf_char(w->b, ' ');
  if (e->op == ARI_OP_OR) put_word(w, ARI_WORD_formula_or);
  else if (e->op == ARI_OP_AND) put_word(w, ARI_WORD_formula_and);
  else if (compares && (type == ARI_TYPE_DATE || type == ARI_TYPE_CHOICE)) put_word(w, dates[e->op]);
  else ari_buf_text(w->b, signs[e->op]);
  ari_buf_char(w->b, ' ');
}

/* The option of a choice that it is compared with. */
static void put_option(const ari_words *w, const ari_expr *option, const ari_expr *input) {
  put_title(w, ari_title_in(w->set->inputs[input->slot].options[option->slot].title, w->lang));
}

static bool is_option(const ari_expr *e) { return e->op == ARI_OP_CONST && e->type == ARI_TYPE_CHOICE; }

/* One side of an operator. A comparison of yes_no inputs names them alone. */
static void put_side(const ari_words *w, const ari_expr *e, const ari_expr *of, int asked) {
  const ari_expr *other = of->kids[0] == e ? of->kids[1] : of->kids[0];
  if (is_option(e)) put_option(w, e, without_name(other));
  else if (holds(of) == HOLDS_COMPARISON && is_asked(without_name(e)) && !w->inputs) put_input(w, without_name(e)->slot);
  else put_part(w, e, asked);
}

static void put_operator(const ari_words *w, const ari_expr *e) {
  int own = holds(e);
  const ari_expr *right = without_name(e->kids[1]);
  bool same = right->op == e->op && (e->op == ARI_OP_ADD || e->op == ARI_OP_MUL || e->op == ARI_OP_AND || e->op == ARI_OP_OR);
  put_side(w, e->kids[0], e, own);
  put_sign(w, e);
  put_side(w, e->kids[1], e, same ? own : right->op == ARI_OP_NEG ? ATOM : own + 1);
}

/* ---- functions ---- */

ari_word ari_words_cohort(ari_within within) {
  static const ari_word words[] = {[ARI_WITHIN_GROUP] = ARI_WORD_formula_group, [ARI_WITHIN_TIER] = ARI_WORD_formula_tier,
                                   [ARI_WITHIN_ALL] = ARI_WORD_formula_all};
  return words[within];
}

/* "the least of (a; b)": decimals may have a comma, so a semicolon separates. */
static void put_list(const ari_words *w, ari_word word, const ari_expr *e) {
  put_word(w, word);
  ari_buf_text(w->b, " (");
  for (uint32_t i = 0; i < e->n; i++) {
    if (i) ari_buf_text(w->b, "; ");
    put_part(w, e->kids[i], ARGUMENT);
  }
  ari_buf_char(w->b, ')');
}

static void put_call(const ari_words *w, const ari_expr *e) {
  static const struct { const char *name; ari_word word; } calls[] = {
    {"min", ARI_WORD_formula_min}, {"max", ARI_WORD_formula_greatest}, {"abs", ARI_WORD_formula_abs}, {"round", ARI_WORD_formula_round},
    {"clamp", ARI_WORD_formula_clamp}, {"ln", ARI_WORD_formula_ln}, {"exp", ARI_WORD_formula_exp}, {"sqrt", ARI_WORD_formula_sqrt},
    {"pow", ARI_WORD_formula_pow}, {"cohort.min", ARI_WORD_formula_cohort_min}, {"cohort.max", ARI_WORD_formula_cohort_max},
    {"cohort.mean", ARI_WORD_formula_cohort_mean}, {"cohort.median", ARI_WORD_formula_cohort_median}, {"mean", ARI_WORD_formula_mean},
    {"sum", ARI_WORD_formula_sum}, {"count", ARI_WORD_formula_count}, {"previous", ARI_WORD_formula_previous},
    {"present", ARI_WORD_formula_present}, {"days", ARI_WORD_formula_days}};
  ari_word word = ARI_WORDS;
  for (size_t i = 0; i < ARI_COUNT(calls); i++)
    if (strcmp(e->function->name, calls[i].name) == 0) word = calls[i].word;
  ari_phrase parts[4] = {{0}};
  for (uint32_t i = 0; i < e->n && i < ARI_COUNT(parts); i++) parts[i] = (ari_phrase){ARI_PHRASE_TERM, .e = e->kids[i]};
  if (ari_expr_is_cohort(e)) parts[1] = (ari_phrase){ARI_PHRASE_WORD, .word = ari_words_cohort(w->set->series[e->slot].cohort)};
  if (word == ARI_WORD_formula_min || word == ARI_WORD_formula_greatest) put_list(w, word, e);
  else if (word == ARI_WORDS) ari_buf_str(w->b, e->text);
  else ari_words_say(w, word, parts);
}

/* ---- the whole ---- */

static void put_const(const ari_words *w, const ari_expr *e) {
  if (e->type == ARI_TYPE_DATE) ari_buf_date(w->b, e->day, w->how);
  else if (e->type == ARI_TYPE_NUM) ari_words_ratio(w, e->number, e->percent);
  else ari_buf_str(w->b, e->text);
}

static void put_max(const ari_words *w) {
  if (w->max) ari_words_ratio(w, w->max, false);
  else put_word(w, ARI_WORD_formula_max);
}

static void put_share_of_max(const ari_words *w, const ari_expr *e) {
  if (ari_num_sign(e->number) == 0) ari_buf_char(w->b, '0');
  else if (ari_num_cmp_int(e->number, 1) == 0) put_max(w);
  else if (w->max) {
    ari_words_ratio(w, e->number, true);
    ari_buf_text(w->b, " × ");
    put_max(w);
  } else ARI_SAY(w, ARI_WORD_formula_of_max, {ARI_PHRASE_RATIO, .n = e->number});
}

static void put_negation(const ari_words *w, const ari_expr *e) {
  const ari_expr *kid = without_name(e->kids[0]);
  if (is_asked(kid) && !w->inputs) put_asked(w, kid, false);
  else ARI_SAY(w, ARI_WORD_formula_not, {ARI_PHRASE_TERM, .e = kid});
}

/* The branch that the answer to a yes_no input leads to; NULL: the condition is another, or there is no answer. */
static const ari_expr *find_branch(const ari_words *w, const ari_expr *e) {
  const ari_expr *condition = without_name(e->kids[0]);
  bool turned = condition->op == ARI_OP_NOT;
  ari_value v;
  if (turned) condition = without_name(condition->kids[0]);
  if (!w->inputs || !is_asked(condition) || !w->inputs->get(w->inputs->of, condition->slot, &v)) return NULL;
  return e->kids[(v.i != 0) != turned ? 1 : 2];
}

static void put_if(const ari_words *w, const ari_expr *e) {
  ARI_SAY(w, ARI_WORD_formula_if, {ARI_PHRASE_FORMULA, .e = e->kids[0]}, {ARI_PHRASE_FORMULA, .e = e->kids[1]}, {ARI_PHRASE_FORMULA, .e = e->kids[2]});
}

static void put_bare(const ari_words *w, const ari_expr *e) {
  bool figure = e->op == ARI_OP_INPUT || ari_expr_is_cohort(e) || ari_expr_is_previous(e);
  if (figure && w->inputs) put_value(w, e);
  else if (e->op == ARI_OP_INPUT && w->needs) put_published(w, e->slot);
  else if (is_asked(e)) put_asked(w, e, true);
  else switch (e->op) {
    case ARI_OP_CONST: put_const(w, e); break;
    case ARI_OP_INPUT: put_input(w, e->slot); break;
    case ARI_OP_MAX: put_max(w); break;
    case ARI_OP_SHARE_OF_MAX: put_share_of_max(w, e); break;
    case ARI_OP_NOT: put_negation(w, e); break;
    case ARI_OP_NEG:
      ari_buf_text(w->b, "−");
      put_part(w, e->kids[0], HOLDS_SIGN);
      break;
    case ARI_OP_IF: put_if(w, e); break;
    case ARI_OP_CALL: put_call(w, e); break;
    default: put_operator(w, e); break;
  }
}

static void put_part(const ari_words *w, const ari_expr *e, int asked) {
  const ari_expr *bare = without_name(e), *branch = bare->op == ARI_OP_IF ? find_branch(w, bare) : NULL;
  if (branch) {
    put_part(w, branch, asked);
    return;
  }
  bool figure = w->inputs && (ari_expr_is_cohort(bare) || ari_expr_is_previous(bare));
  bool closed = holds(bare) >= asked || figure;
  if (!closed) ari_buf_char(w->b, '(');
  put_bare(w, bare);
  if (!closed) ari_buf_char(w->b, ')');
}

void ari_words_formula(const ari_words *w, const ari_expr *e) { put_part(w, e, LOOSE); }

void ari_words_put(const ari_words *w, const ari_phrase *part) {
  switch (part->kind) {
    case ARI_PHRASE_NOTHING: break;
    case ARI_PHRASE_FORMULA: put_part(w, part->e, LOOSE); break;
    case ARI_PHRASE_TERM: put_part(w, part->e, ATOM); break;
    case ARI_PHRASE_FACTOR: put_part(w, part->e, HOLDS_PRODUCT); break;
    case ARI_PHRASE_POINTS: ari_words_points(w, part->e); break;
    case ARI_PHRASE_RATIO: ari_words_ratio(w, part->n, true); break;
    case ARI_PHRASE_REACHED:
      ARI_SAY(w, ari_num_cmp_int(part->n, 1) == 0 ? ARI_WORD_rule_reaching : ARI_WORD_rule_from, {ARI_PHRASE_RATIO, .n = part->n});
      break;
    case ARI_PHRASE_NUM: ari_words_ratio(w, part->n, false); break;
    case ARI_PHRASE_TITLE: put_title(w, part->text); break;
    case ARI_PHRASE_WORD: put_word(w, part->word); break;
    case ARI_PHRASE_TEXT: ari_buf_str(w->b, part->text); break;
  }
}

void ari_words_say(const ari_words *w, ari_word word, const ari_phrase *parts) {
  for (const char *s = ari_word_text(word, w->lang); *s;) {
    size_t n = strcspn(s, "%");
    ari_buf_put(w->b, s, n);
    s += n;
    if (*s == '%' && s[1] >= '1' && s[1] <= '4') {
      ari_words_put(w, &parts[s[1] - '1']);
      s += 2;
    } else if (*s) ari_buf_char(w->b, *s++);
  }
}

void ari_formula_words(ari_buf *b, const ari_set *set, const ari_expr *e, ari_lang lang) {
  ari_words w = ari_words_start(b, set, lang);
  ari_words_formula(&w, e);
}

void ari_formula_figures(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tier, const ari_expr *e, const ari_inputs *inputs, ari_lang lang) {
  ari_words w = ari_words_start(b, set, lang);
  w.node = node;
  w.max = node->max[tier];
  w.inputs = inputs;
  ari_words_formula(&w, e);
}

void ari_need_words(ari_buf *b, const ari_set *set, const ari_need *need, ari_lang lang) {
  ari_words w = ari_words_start(b, set, lang);
  w.needs = true;
  ari_words_formula(&w, need->that);
}

void ari_need_figures(ari_buf *b, const ari_set *set, const ari_need *need, const ari_inputs *inputs, ari_lang lang) {
  ari_words w = ari_words_start(b, set, lang);
  w.needs = true;
  w.inputs = inputs;
  ari_words_formula(&w, need->that);
}
