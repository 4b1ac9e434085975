/* The sheet that an agency types into: a row for each criterion and each input, with the points as they follow (ari-evidence(5), "Workbooks"). Each formula
 * stands with what the engine makes of the values carried over. */
#include "inside.h"

#include <xlsxwriter.h>

/* ---- formulas ---- */

typedef void write_formula(ari_formula *f);

/* The formula in x->text, with its '='. False: a spreadsheet cannot express it. */
static bool make_formula(ari_form_book *x, const ari_node *node, write_formula *write) {
  ari_buf_clear(&x->text);
  ari_buf_char(&x->text, '=');
  ari_formula f = {.form = x->form, .node = node, .b = &x->text};
  write(&f);
  ari_buf_char(&x->text, '\0');
  return !f.cannot && x->text.n <= ARI_FORMULA_MOST && !x->text.failed;
}

static void put_formula(ari_form_book *x, size_t row, ari_form_place at, const ari_node *node, write_formula *write, bool there, int64_t e12, ari_form_style style) {
  if (!make_formula(x, node, write)) ari_form_text(x, row, at, ARI_STR(""), style);
  else if (there) ari_book_formula(x->book, x->sheet, row, at, x->text.p, e12, x->styles[style]);
  else ari_book_formula_text(x->book, x->sheet, row, at, x->text.p, ARI_STR(""), x->styles[style]);
}

/* A step of the calculation, hidden. */
static void put_step(ari_form_book *x, size_t row, ari_form_place at, const ari_node *node, write_formula *write, int64_t e12) {
  put_formula(x, row, at, node, write, true, e12, ARI_FORM_STYLE_HIDDEN);
}

static void put_constant(ari_form_book *x, size_t row, ari_form_place at, int64_t e12) {
  ari_book_figure(x->book, x->sheet, row, at, e12, x->styles[ARI_FORM_STYLE_HIDDEN]);
}

/* ---- inputs ---- */

static void put_limits(ari_buf *b, const ari_input *input, const char *cell) {
  bool whole = input->type == ARI_COUNT_INPUT || input->type == ARI_DATE;
  ari_buf_text(b, "AND(TRUE");
  if (whole) ari_buf_printf(b, ",INT(%s)=%s", cell, cell);
  if (input->type == ARI_DATE) ari_buf_printf(b, ",OR(%s<%d,%s>%d)", cell, ARI_FORM_YEAR_FIRST, cell, ARI_FORM_YEAR_LAST);
  if (input->type == ARI_MONEY) ari_buf_printf(b, ",ROUND(%s,2)=%s", cell, cell);
  if (input->type == ARI_COUNT_INPUT || input->type == ARI_MONEY) ari_buf_printf(b, ",%s>=0", cell);
  if (input->has_from) ari_buf_printf(b, ",%s>=", cell), ari_form_limit(b, input, input->from);
  if (input->has_to) ari_buf_printf(b, ",%s<=", cell), ari_form_limit(b, input, input->to);
  ari_buf_char(b, ')');
}

/* One comparison for each title, for MATCH takes "*" and "?" for any sign; of more than Excel nests, that has to do. */
static void put_options(ari_buf *b, int32_t first, uint32_t n, bool yes_no, const char *cell) {
  enum { MOST = 50 };
  if (n > MOST) {
    ari_buf_printf(b, "IFERROR(MATCH(%s,", cell);
    ari_formula_range(b, ARI_FORM_ABOUT_NAME, ARI_FORM_ABOUT_TITLES, first, n);
    ari_buf_text(b, ",0)-1,#VALUE!)");
    return;
  }
  for (uint32_t i = 0; i < n; i++) {
    ari_buf_printf(b, "IF(%s=", cell);
    ari_formula_range(b, ARI_FORM_ABOUT_NAME, ARI_FORM_ABOUT_TITLES, first + (int32_t)i, 1);
    ari_buf_printf(b, ",%u,", yes_no ? 1 - i : i);
  }
  ari_buf_text(b, "#VALUE!");
  for (uint32_t i = 0; i < n; i++) ari_buf_char(b, ')');
}

/* What is typed as a number: nothing is #N/A, what cannot be is #VALUE!. */
static void put_figure(ari_form_book *x, size_t row, const ari_input *input) {
  ari_buf at = {0};
  ari_formula_cell(&at, ARI_FORM_AT_VALUE, (int32_t)row);
  ari_buf_char(&at, '\0');
  ari_buf_clear(&x->text);
  ari_buf *b = &x->text;
  if (at.failed) x->book->failed = true;
  else {
    ari_buf_printf(b, "=IF(%s=\"\",#N/A,", at.p);
    if (input->type == ARI_YES_NO) put_options(b, ARI_FORM_TITLES_FIRST, 2, true, at.p);
    else if (input->type == ARI_CHOICE) put_options(b, x->form->options[input - x->form->set->inputs], input->n_options, false, at.p);
    else ari_buf_printf(b, "IF(ISNUMBER(%s),IF(", at.p), put_limits(b, input, at.p), ari_buf_printf(b, ",%s,#VALUE!),#VALUE!)", at.p);
    ari_buf_text(b, ")+");
    ari_formula_range(b, ARI_FORM_ABOUT_NAME, ARI_FORM_ABOUT_CLOCK, 0, 1);
    ari_buf_char(b, '\0');
    if (!b->failed) ari_book_formula(x->book, x->sheet, row, ARI_FORM_AT_FIGURE, b->p, 0, x->styles[ARI_FORM_STYLE_HIDDEN]);
  }
  ari_buf_free(&at);
}

/* A sum over merged agencies as a decimal. False: it is none, or a long one. */
static bool to_dec(const ari_num *a, ari_dec *out) {
  enum { MOST = 12 };
  ari_num *scaled = ari_num_new(), *ten = ari_num_new();
  bool found = false;
  if (scaled && ten) ari_num_set(scaled, a), ari_num_set_int(ten, 10);
  for (int8_t scale = 0; scaled && ten && !found && scale <= MOST; scale++) {
    found = ari_num_is_int(scaled) && ari_num_whole(scaled, &out->coef);
    out->scale = scale;
    ari_num_mul(scaled, scaled, ten);
  }
  ari_num_free(scaled);
  ari_num_free(ten);
  return found && ari_book_holds(*out);
}

static ari_form_style last_style(const ari_input *input) {
  return input->type == ARI_PERCENT ? ARI_FORM_STYLE_LAST_PERCENT : input->type == ARI_DATE ? ARI_FORM_STYLE_LAST_DATE : ARI_FORM_STYLE_LAST;
}

/* What the agency had in the last period, or those that it replaces together. */
static void put_last(ari_form_book *x, size_t row, int32_t slot) {
  const ari_form *form = x->form;
  const ari_input *input = &form->set->inputs[slot];
  ari_agency_view view = {form->evidence, form->agency};
  ari_inputs in = ari_agency_inputs(&view);
  ari_num *sum = ari_num_new();
  ari_cell shown = {0};
  bool number = input->type != ARI_YES_NO && input->type != ARI_CHOICE && input->type != ARI_DATE && input->type != ARI_TEXT && input->type != ARI_SURVEY && !input->list;
  bool there = sum && number && in.previous && in.previous(in.of, slot, sum) && to_dec(sum, &shown.value);
  if (!sum) x->book->failed = true;
  ari_num_free(sum);
  const ari_evidence *ev = form->evidence;
  const ari_cell *cell = ari_form_last(form, slot);
  if (!there && cell && input->type != ARI_SURVEY && !input->list) {
    there = true;
    shown = *cell;
    ev = form->from;
  }
  ari_form_put_value(x, row, ARI_FORM_AT_LAST, ev, input, there ? &shown : NULL, last_style(input));
}

static ari_str title_of(const ari_form *form, const ari_input *input) {
  ari_str own = ari_title_of(form->work, input->title);
  if (input->of_survey >= 0) {
    const ari_input *survey = &form->set->inputs[input->of_survey];
    return ari_form_option(form, survey, (uint32_t)(input - survey - 1));
  }
  return own.n ? own : input->name;
}

/* Where a criterion has its rule. A choice shows its list. */
static void put_help(ari_form_book *x, size_t row, const ari_input *input, size_t *lines) {
  ari_buf help = {0};
  if (input->type == ARI_CHOICE) ari_buf_text(&help, ari_word_text(ARI_WORD_form_takes_choice, x->form->lang));
  else if (input->type != ARI_SURVEY) ari_form_help(&help, x->form, input, false);
  ari_form_text(x, row, ARI_FORM_AT_RULE, ari_buf_view(&help), ARI_FORM_STYLE_HELP);
  ari_form_lines(x, lines, ari_buf_view(&help), ARI_FORM_AT_RULE);
  if (help.failed) x->book->failed = true;
  ari_buf_free(&help);
}

static void put_input(ari_form_book *x, size_t row, int32_t slot) {
  static const ari_form_place empty[] = {ARI_FORM_AT_ID, ARI_FORM_AT_MAX, ARI_FORM_AT_POINTS, ARI_FORM_AT_STATE, ARI_FORM_AT_CLAIMED,
                                         ARI_FORM_AT_NOT_APPLICABLE, ARI_FORM_AT_NOTE};
  const ari_form *form = x->form;
  const ari_input *input = &form->set->inputs[slot];
  const ari_cell *cell = ari_evidence_cell(form->evidence, form->agency, slot);
  bool typed = !input->list && input->type != ARI_SURVEY;
  size_t lines = 1;
  ari_form_text(x, row, ARI_FORM_AT_KEY, input->column, ARI_FORM_STYLE_HIDDEN);
  ari_form_text(x, row, ARI_FORM_AT_TITLE, title_of(form, input), ARI_FORM_STYLE_INPUT_TITLE);
  ari_form_text(x, row, ARI_FORM_AT_UNIT, ari_title_of(form->work, input->unit), ARI_FORM_STYLE_TEXT);
  for (size_t i = 0; i < ARI_COUNT(empty); i++) ari_form_text(x, row, empty[i], ARI_STR(""), ARI_FORM_STYLE_TEXT);
  put_help(x, row, input, &lines);
  ari_form_lines(x, &lines, title_of(form, input), ARI_FORM_AT_TITLE);
  ari_form_lines(x, &lines, ari_title_of(form->work, input->unit), ARI_FORM_AT_UNIT);
  if (input->type == ARI_CHOICE)
    for (uint32_t i = 0; i < input->n_options; i++) ari_form_lines(x, &lines, ari_form_option(form, input, i), ARI_FORM_AT_VALUE);
  ari_form_height(x, row, lines);
  if (!typed) return;
  ari_form_put_value(x, row, ARI_FORM_AT_VALUE, form->evidence, input, cell->state == ARI_CELL_GIVEN ? cell : NULL, ari_form_style_of(input));
  ari_form_validate(x, row, row, ARI_FORM_AT_VALUE, input);
  put_last(x, row, slot);
  if (input->type != ARI_TEXT) put_figure(x, row, input);
}

/* ---- what a leaf comes to, in words ---- */

static ari_word word_of_pending(const ari_node *leaf) {
  return leaf->rule && leaf->rule->kind == &ari_rule_judged ? ARI_WORD_form_judged : leaf->rule && leaf->rule->compares ? ARI_WORD_form_compared : ARI_WORD_form_pending;
}

/* Of a state, not of ARI_NO_STATE. */
static ari_word word_of_code(const ari_node *leaf, int code) {
  static const ari_word words[] = {[ARI_SCORED] = ARI_WORD_form_scored, [ARI_MISSING] = ARI_WORD_form_missing, [ARI_EMPTY] = ARI_WORD_form_empty,
                                   [ARI_NOT_APPLICABLE] = ARI_WORD_form_does_not_apply, [ARI_WITHHELD] = ARI_WORD_form_missing, [ARI_WATCHED] = ARI_WORD_form_watched,
                                   [ARI_PENDING] = ARI_WORD_form_pending, [ARI_FORM_FAULTY] = ARI_WORD_form_faulty, [ARI_FORM_UNDOCUMENTED] = ARI_WORD_form_undocumented};
  return code == ARI_PENDING ? word_of_pending(leaf) : words[code];
}

/* What the author says of an expectation that is not met. */
static void close_expectations(ari_formula *f, uint32_t open) {
  for (uint32_t i = open; i-- > 0;) {
    ari_str say = ari_title_of(f->form->work, f->node->expect[i].say);
    ari_buf_char(f->b, ',');
    ari_formula_text(f->b, say);
    ari_buf_char(f->b, ')');
  }
}

static void put_leaf_words(ari_formula *f) {
  uint32_t open = ari_formula_expectations(f);
  ari_buf_text(f->b, "CHOOSE(");
  ari_formula_cell(f->b, ARI_FORM_AT_CODE, f->form->node_rows[f->node->index]);
  for (int code = ARI_SCORED; code <= ARI_FORM_UNDOCUMENTED; code++) {
    ari_buf_char(f->b, ',');
    ari_formula_text(f->b, ari_str_of(ari_word_text(word_of_code(f->node, code), f->form->lang)));
  }
  ari_buf_char(f->b, ')');
  close_expectations(f, open);
}

/* "cần xem lại: " and how many criteria have one of these codes; nothing when none has. */
static void put_count(ari_formula *f, ari_word word, int code, int also) {
  ari_buf n = {0};
  ari_formula_count(&n, f->form, code), ari_buf_char(&n, '+'), ari_formula_count(&n, f->form, also);
  ari_buf_char(&n, '\0');
  if (n.failed) f->b->failed = true;
  else {
    ari_buf_printf(f->b, "IF(%s=0,\"\",", n.p);
    ari_formula_text(f->b, ari_str_of(ari_word_text(word, f->form->lang)));
    ari_buf_printf(f->b, "&(%s)&\". \")", n.p);
  }
  ari_buf_free(&n);
}

/* The total says what is left to do. */
static void put_node_words(ari_formula *f) {
  uint32_t open = ari_formula_expectations(f);
  if (f->node->parent) ari_buf_text(f->b, "\"\"");
  else put_count(f, ARI_WORD_form_left_faulty, ARI_FORM_FAULTY, -1), ari_buf_char(f->b, '&'), put_count(f, ARI_WORD_form_left_missing, ARI_MISSING, ARI_FORM_UNDOCUMENTED);
  close_expectations(f, open);
}

/* ---- criteria ---- */

static const ari_figure *figure_of(const ari_form_book *x, const ari_node *node) { return ari_result_figure(x->form->work->result, x->form->agency, node->index); }

/* How many figures below are withheld, as the engine has it. */
static int64_t withheld_of(const ari_form_book *x, const ari_node *node) { return figure_of(x, node)->policy == ARI_POLICY_WITHHOLD ? ARI_ONE : 0; }

/* Neither a rule nor anything typed decides: watched, or granted, or more than a spreadsheet can express. */
static void put_fixed_leaf(ari_form_book *x, size_t row, const ari_node *leaf, int code, ari_word word, bool granted) {
  const ari_form *form = x->form;
  ari_policy policy = granted ? leaf->granted->policy : ARI_POLICY_UNSCORED;
  bool counts = granted && policy != ARI_POLICY_EXCLUDE && policy != ARI_POLICY_SPREAD;
  bool points = policy == ARI_POLICY_FULL || policy == ARI_POLICY_ZERO;
  if (points) ari_book_figure(x->book, x->sheet, row, ARI_FORM_AT_POINTS, policy == ARI_POLICY_FULL ? leaf->max_e12[form->tier] : 0, x->styles[ARI_FORM_STYLE_FIGURE]);
  else ari_form_text(x, row, ARI_FORM_AT_POINTS, ARI_STR(""), ARI_FORM_STYLE_FIGURE);
  ari_form_word(x, row, ARI_FORM_AT_STATE, word, ARI_FORM_STYLE_TEXT);
  put_constant(x, row, ARI_FORM_AT_CODE, code * ARI_ONE);
  put_constant(x, row, ARI_FORM_AT_APPLICABLE, counts ? leaf->max_e12[form->tier] : 0);
  put_constant(x, row, ARI_FORM_AT_WITHHELD, 0);
}

static void put_rule_value(ari_formula *f) { (void)ari_formula_rule_value(f); }

static bool has_value(const ari_form_book *x, const ari_node *leaf) {
  ari_buf b = {0};
  ari_formula f = {.form = x->form, .node = leaf, .b = &b};
  bool has = ari_formula_rule_value(&f);
  ari_buf_free(&b);
  return has;
}

static void put_scored_leaf(ari_form_book *x, size_t row, const ari_node *leaf) {
  const ari_figure *figure = figure_of(x, leaf);
  int code = figure->undocumented && figure->state == ARI_MISSING ? ARI_FORM_UNDOCUMENTED : figure->state;
  if (has_value(x, leaf)) put_step(x, row, ARI_FORM_AT_FIGURE, leaf, put_rule_value, 0);
  put_step(x, row, ARI_FORM_AT_UNROUNDED, leaf, ari_formula_rule, 0);
  put_step(x, row, ARI_FORM_AT_CODE, leaf, ari_formula_code, code * ARI_ONE);
  if (ari_form_takes_spread(x->form, leaf)) put_step(x, row, ARI_FORM_AT_EXTRA, leaf, ari_formula_extra, 0);
  put_step(x, row, ARI_FORM_AT_APPLICABLE, leaf, ari_formula_leaf_max, figure->max);
  put_step(x, row, ARI_FORM_AT_WITHHELD, leaf, ari_formula_leaf_withheld, withheld_of(x, leaf));
  put_formula(x, row, ARI_FORM_AT_POINTS, leaf, ari_formula_leaf_points, figure->has_points, figure->points, ARI_FORM_STYLE_FIGURE);
  if (make_formula(x, leaf, put_leaf_words)) {
    ari_str words = code == ARI_NO_STATE ? ARI_STR("") : ari_str_of(ari_word_text(word_of_code(leaf, code), x->form->lang));   /* none: what is carried over is in error */
    ari_book_formula_text(x->book, x->sheet, row, ARI_FORM_AT_STATE, x->text.p, words, x->styles[ARI_FORM_STYLE_TEXT]);
  }
}

/* Whether the rule, and all that follows from it, can be said in formulas. */
static bool is_expressible(ari_form_book *x, const ari_node *leaf) {
  return leaf->rule && make_formula(x, leaf, put_rule_value) && make_formula(x, leaf, ari_formula_rule) && make_formula(x, leaf, ari_formula_code)
      && make_formula(x, leaf, ari_formula_leaf_points);
}

static void put_leaf_figures(ari_form_book *x, size_t row, const ari_node *leaf) {
  uint32_t t = x->form->tier;
  if (ari_num_sign(leaf->max[t]) == 0) put_fixed_leaf(x, row, leaf, ARI_WATCHED, ARI_WORD_form_watched, false);
  else if (leaf->presence[t] == ARI_GRANTED) put_fixed_leaf(x, row, leaf, ARI_NOT_APPLICABLE, ARI_WORD_form_granted, true);
  else if (is_expressible(x, leaf)) put_scored_leaf(x, row, leaf);
  else put_fixed_leaf(x, row, leaf, ARI_PENDING, ARI_WORD_form_cannot, false);
}

/* What is typed on a leaf's own row. */
static void put_said(ari_form_book *x, size_t row, const ari_node *leaf) {
  const ari_entry *e = ari_evidence_entry(x->form->evidence, x->form->agency, leaf->leaf);
  const ari_remark *r = e->remark;
  bool scored = leaf->presence[x->form->tier] == ARI_THERE;
  if (scored && ari_num_sign(leaf->max[x->form->tier]) != 0) {
    if (e->has_claimed && ari_book_holds(e->claimed)) ari_book_dec(x->book, x->sheet, row, ARI_FORM_AT_CLAIMED, e->claimed, x->styles[ARI_FORM_STYLE_OPEN_NUMBER]);
    else ari_form_text(x, row, ARI_FORM_AT_CLAIMED, ARI_STR(""), ARI_FORM_STYLE_OPEN_NUMBER);
    ari_form_validate_claim(x, row, ARI_FORM_AT_CLAIMED, leaf);
  } else ari_form_text(x, row, ARI_FORM_AT_CLAIMED, ARI_STR(""), ARI_FORM_STYLE_TEXT);
  bool may = ari_form_may_not_apply(x->form, leaf);
  ari_form_text(x, row, ARI_FORM_AT_NOT_APPLICABLE, may && r ? r->not_applicable : ARI_STR(""), may ? ARI_FORM_STYLE_OPEN_TEXT : ARI_FORM_STYLE_TEXT);
  ari_form_text(x, row, ARI_FORM_AT_NOTE, r && r->note.p && scored ? r->note : ARI_STR(""), scored ? ARI_FORM_STYLE_OPEN_TEXT : ARI_FORM_STYLE_TEXT);
}

/* What ari_formula_count of a state comes to, the undocumented among those that are missing: nothing that the engine has scored is faulty. */
static uint32_t count_leaves(ari_form_book *x, ari_leaf_state state) {
  const ari_form *form = x->form;
  uint32_t n = 0;
  for (uint32_t i = 0; i < form->set->n_leaves; i++) {
    const ari_node *leaf = form->set->leaves[i];
    if (form->node_rows[leaf->index] >= 0 && figure_of(x, leaf)->state == (uint8_t)state && is_expressible(x, leaf)) n++;
  }
  return n;
}

/* What put_node_words comes to at the total, in `words`. */
static void count_missing(ari_form_book *x, ari_buf *words) {
  const ari_form *form = x->form;
  uint32_t n = count_leaves(x, ARI_MISSING);
  if (n) ari_buf_printf(words, "%s%u. ", ari_word_text(ARI_WORD_form_left_missing, form->lang), n);
  if (words->failed) x->book->failed = true;
}

static void put_node_state(ari_form_book *x, size_t row, const ari_node *node) {
  ari_buf words = {0};
  if (!node->parent) count_missing(x, &words);
  if ((node->n_expect || !node->parent) && make_formula(x, node, put_node_words))
    ari_book_formula_text(x->book, x->sheet, row, ARI_FORM_AT_STATE, x->text.p, ari_buf_view(&words), x->styles[ARI_FORM_STYLE_FIELD]);
  else ari_form_text(x, row, ARI_FORM_AT_STATE, ARI_STR(""), ARI_FORM_STYLE_FIELD);
  ari_buf_free(&words);
}

static void put_node_figures(ari_form_book *x, size_t row, const ari_node *node) {
  const ari_figure *figure = figure_of(x, node);
  const ari_standing *s = &x->form->work->result->standings[x->form->agency];
  put_step(x, row, ARI_FORM_AT_APPLICABLE, node, ari_formula_node_max, figure->max);
  put_step(x, row, ARI_FORM_AT_WITHHELD, node, ari_formula_node_withheld, withheld_of(x, node));
  if (node->parent) {
    put_formula(x, row, ARI_FORM_AT_POINTS, node, ari_formula_node_points, figure->has_points, figure->points, ARI_FORM_STYLE_FIELD_FIGURE);
  } else {   /* the tree's own sum beside the total */
    put_step(x, row, ARI_FORM_AT_UNROUNDED, node, ari_formula_node_points, s->tree);
    put_formula(x, row, ARI_FORM_AT_POINTS, node, ari_formula_total, s->has_points, s->points, ARI_FORM_STYLE_FIELD_FIGURE);
  }
  if (node->n_expect) put_step(x, row, ARI_FORM_AT_CODE, node, ari_formula_node_code, 0);
  put_node_state(x, row, node);
}

/* The key of its row: where an input's column reads the same, it is the column's. */
static void put_key(ari_form_book *x, size_t row, const ari_node *node) {
  ari_buf_clear(&x->text);
  if (ari_map_get(&x->form->set->columns, node->id) >= 0) ari_buf_char(&x->text, ARI_FORM_NODE_MARK);
  ari_buf_str(&x->text, node->id);
  ari_form_text(x, row, ARI_FORM_AT_KEY, ari_buf_view(&x->text), ARI_FORM_STYLE_HIDDEN);
}

/* What the state can come to say, and what the agency has said. */
static void note_words(ari_form_book *x, const ari_node *node, size_t *lines) {
  const ari_remark *r = node->leaf < 0 ? NULL : ari_evidence_entry(x->form->evidence, x->form->agency, node->leaf)->remark;
  for (uint32_t i = 0; i < node->n_expect; i++) ari_form_lines(x, lines, ari_title_of(x->form->work, node->expect[i].say), ARI_FORM_AT_STATE);
  if (node->leaf >= 0) ari_form_lines(x, lines, ari_str_of(ari_word_text(word_of_code(node, node->rule && node->documents.value ? (int)ARI_FORM_UNDOCUMENTED : (int)ARI_PENDING), x->form->lang)), ARI_FORM_AT_STATE);
  if (r) ari_form_lines(x, lines, r->note, ARI_FORM_AT_NOTE), ari_form_lines(x, lines, r->not_applicable, ARI_FORM_AT_NOT_APPLICABLE);
}

/* The rule with what holds besides; what holds for all criteria stands at the total. */
static void put_rule(ari_form_book *x, size_t row, const ari_node *node, ari_form_style style, size_t *lines) {
  const ari_form *form = x->form;
  ari_buf words = {0};
  if (!node->parent) ari_rule_usual(&words, form->set, form->tier, form->lang);
  else if (node->presence[form->tier] == ARI_GRANTED) ari_form_rule_words(&words, form, node);
  else {
    if (node->leaf >= 0 || node->combine != ARI_COMBINE_SUM) ari_rule_sentence(&words, form->set, node, form->lang);
    ari_rule_terms(&words, form->set, node, form->tier, form->set->root, form->lang);
  }
  ari_form_text(x, row, ARI_FORM_AT_RULE, ari_str_trim(ari_buf_view(&words)), node->parent ? style : ARI_FORM_STYLE_HELP);
  ari_form_lines(x, lines, ari_buf_view(&words), ARI_FORM_AT_RULE);
  if (words.failed) x->book->failed = true;
  ari_buf_free(&words);
}

static void put_node(ari_form_book *x, size_t row, const ari_node *node) {
  const ari_form *form = x->form;
  bool leaf = node->leaf >= 0;
  ari_form_style style = leaf ? ARI_FORM_STYLE_TEXT : ARI_FORM_STYLE_FIELD;
  put_key(x, row, node);
  ari_form_text(x, row, ARI_FORM_AT_ID, node->parent ? node->id : ARI_STR(""), style);
  ari_form_text(x, row, ARI_FORM_AT_TITLE, node->parent ? ari_title_of(form->work, node->title) : ari_str_of(ari_word_text(ARI_WORD_total, form->lang)), style);
  size_t lines = node->parent ? 1 : 2;
  put_rule(x, row, node, style, &lines);
  if (node->parent) ari_form_lines(x, &lines, node->id, ARI_FORM_AT_ID), ari_form_lines(x, &lines, ari_title_of(form->work, node->title), ARI_FORM_AT_TITLE);
  note_words(x, node, &lines);
  ari_form_height(x, row, lines);
  if (ari_num_sign(node->max[form->tier]) != 0) ari_book_figure(x->book, x->sheet, row, ARI_FORM_AT_MAX, node->max_e12[form->tier], x->styles[leaf ? ARI_FORM_STYLE_MAX : style]);
  else ari_form_text(x, row, ARI_FORM_AT_MAX, ARI_STR(""), style);
  for (size_t at = ARI_FORM_AT_VALUE; at <= ARI_FORM_AT_LAST; at++) ari_form_text(x, row, at, ARI_STR(""), style);
  if (leaf) put_leaf_figures(x, row, node), put_said(x, row, node);
  else {
    put_node_figures(x, row, node);
    for (size_t at = ARI_FORM_AT_CLAIMED; at <= ARI_FORM_AT_NOTE; at++) ari_form_text(x, row, at, ARI_STR(""), style);
  }
}

/* ---- index and grade ---- */

static void put_result(ari_form_book *x, size_t row, ari_form_kind kind) {
  const ari_form *form = x->form;
  const ari_standing *s = &form->work->result->standings[form->agency];
  bool grade = kind == ARI_FORM_ROW_GRADE;
  ari_form_own_row(x, row);
  ari_form_word(x, row, ARI_FORM_AT_TITLE, grade ? ARI_WORD_grade : ARI_WORD_index, ARI_FORM_STYLE_FIELD);
  for (size_t at = ARI_FORM_AT_ID; at <= ARI_FORM_AT_NOTE; at++)
    if (at != ARI_FORM_AT_TITLE && at != ARI_FORM_AT_POINTS) ari_form_text(x, row, at, ARI_STR(""), ARI_FORM_STYLE_FIELD);
  if (!grade) {
    put_formula(x, row, ARI_FORM_AT_POINTS, form->set->root, ari_formula_index, s->has_points, s->index, ARI_FORM_STYLE_FIELD_FIGURE);
    return;
  }
  ari_str title = s->grade >= 0 && count_leaves(x, ARI_SCORED) ? ari_title_of(form->work, form->set->grades[s->grade].title) : ARI_STR("");
  if (make_formula(x, form->set->root, ari_formula_grade)) ari_book_formula_text(x->book, x->sheet, row, ARI_FORM_AT_POINTS, x->text.p, title, x->styles[ARI_FORM_STYLE_FIELD]);
}

/* ---- the sheet ---- */

void ari_form_answers(ari_form_book *x) {
  ari_form_sheet(x, ARI_WORD_form_answers);
  if (!x->sheet) return;
  ari_form_lay_out(x);
  for (size_t i = 0; i < x->form->n_rows && !x->book->failed; i++) {
    const ari_form_row *r = &x->form->rows[i];
    size_t row = i + ARI_FORM_FIRST_ROW;
    if (r->kind == ARI_FORM_ROW_NODE) put_node(x, row, r->node);
    else if (r->kind == ARI_FORM_ROW_INPUT) put_input(x, row, r->slot);
    else put_result(x, row, r->kind);
  }
  ari_form_mark(x);
}
