/* From a leaf's rule to the total as formulas of a spreadsheet: states and policies, what is spread, sums and other combinations, bonus and penalty, index
 * and grade (ari-criteria(5), "Policies", "Rounding", "Ranking and grades"). The steps stand in cells of their own, hidden behind those that people see. */
#include "inside.h"

static void put(ari_formula *f, const char *text) { ari_buf_text(f->b, text); }

static void put_at(ari_formula *f, ari_form_place column, const ari_node *node) { ari_formula_cell(f->b, column, f->form->node_rows[node->index]); }

static const ari_num *max_of(const ari_formula *f, const ari_node *node) { return node->max[f->form->tier]; }
static bool is_there(const ari_formula *f, const ari_node *node) { return node && f->form->node_rows[node->index] >= 0; }

/* ---- the state of a leaf ---- */

typedef struct own_needs { ari_formula *f; size_t n; bool previous; } own_needs;

static void put_need(void *to, int slot, bool of_previous) {
  own_needs *o = to;
  if (of_previous || o->f->form->slot_rows[slot] < 0) return;
  put(o->f, o->n++ ? "," : "OR(");
  put(o->f, "ISNA(");
  ari_formula_cell(o->f->b, ARI_FORM_AT_FIGURE, o->f->form->slot_rows[slot]);
  put(o->f, ")");
}

/* What others supply is pending; but a figure of the agency's own that is needed in any case is missing all the same. */
static void put_pending(ari_formula *f) {
  own_needs o = {.f = f};
  size_t start = f->b->n;
  put(f, "IF(");
  ari_rule_needs(f->node->rule, put_need, &o);
  if (o.n) ari_buf_printf(f->b, "),%d,%d)", ARI_MISSING, ARI_PENDING);
  else f->b->n = start, ari_formula_int(f, ARI_PENDING);
}

static void put_document_column(ari_formula *f, ari_form_document column) {
  const char *sheet = ari_word_text(ARI_WORD_form_documents, f->form->lang);
  ari_formula_range(f->b, sheet, ARI_FORM_DOCUMENTS_LEFT + column, ARI_FORM_DOCUMENTS_FIRST, ARI_FORM_DOCUMENT_ROWS);
}

/* How many documents are named for the leaf, on their own sheet. */
static void put_documents(ari_formula *f) {
  static const ari_form_document naming[] = {ARI_FORM_DOC_NUMBER, ARI_FORM_DOC_TITLE, ARI_FORM_DOC_FILE};
  put(f, "SUMPRODUCT((");
  put_document_column(f, ARI_FORM_DOC_CRITERION);
  put(f, "="), ari_formula_text(f->b, f->node->id), put(f, ")*((");
  for (size_t i = 0; i < ARI_COUNT(naming); i++) put(f, i ? "+(" : "("), put_document_column(f, naming[i]), put(f, "<>\"\")");
  put(f, ")>0))");
}

static void put_scored(ari_formula *f) {
  const ari_node *leaf = f->node;
  if (leaf->over_max == ARI_OVER_ERROR) put(f, "IF("), put_at(f, ARI_FORM_AT_UNROUNDED, leaf), put(f, ">"), ari_formula_num(f, max_of(f, leaf)), ari_buf_printf(f->b, "+1E-9,%d,", ARI_FORM_FAULTY);
  put(f, "IF("), put_at(f, ARI_FORM_AT_UNROUNDED, leaf), put(f, "<"), ari_formula_num(f, leaf->min), ari_buf_printf(f->b, "-1E-9,%d,", ARI_FORM_FAULTY);
  if (leaf->documents.value > 0) {
    put(f, "IF(AND("), put_at(f, ARI_FORM_AT_UNROUNDED, leaf), put(f, ">1E-12,"), put_documents(f);
    ari_buf_printf(f->b, "<%d),%d,%d)", leaf->documents.value, ARI_FORM_UNDOCUMENTED, ARI_SCORED);
  } else ari_formula_int(f, ARI_SCORED);
  put(f, leaf->over_max == ARI_OVER_ERROR ? "))" : ")");
}

/* Whether the agency may say that the leaf does not apply to it. */
bool ari_form_may_not_apply(const ari_form *form, const ari_node *leaf) {
  ari_policy p = leaf->not_applicable[form->tier].policy;
  return leaf->presence[form->tier] == ARI_THERE && ari_num_sign(leaf->max[form->tier]) != 0 && p != ARI_POLICY_ERROR && p != ARI_POLICY_NONE;
}

uint32_t ari_formula_expectations(ari_formula *f) {
  const ari_node *node = f->node;
  uint32_t open = 0;
  for (uint32_t i = 0; i < node->n_expect && !f->cannot; i++, open++) put(f, "IF(IFERROR("), ari_formula_expr(f, node->expect[i].that), put(f, ",TRUE),");
  return open;
}

static void close_expectations(ari_formula *f, uint32_t open) {
  while (open-- > 0) ari_buf_printf(f->b, ",%d)", ARI_FORM_FAULTY);
}

void ari_formula_node_code(ari_formula *f) {
  uint32_t open = ari_formula_expectations(f);
  ari_formula_int(f, ARI_NO_STATE);
  close_expectations(f, open);
}

void ari_formula_code(ari_formula *f) {
  const ari_node *leaf = f->node;
  uint32_t expected = ari_formula_expectations(f);
  bool may = ari_form_may_not_apply(f->form, leaf);
  if (may) put(f, "IF(TRIM("), put_at(f, ARI_FORM_AT_NOT_APPLICABLE, leaf), ari_buf_printf(f->b, ")<>\"\",%d,", ARI_NOT_APPLICABLE);
  put(f, "IF(ISERROR("), put_at(f, ARI_FORM_AT_UNROUNDED, leaf), put(f, "),IF(ISNA("), put_at(f, ARI_FORM_AT_UNROUNDED, leaf), ari_buf_printf(f->b, "),%d,", ARI_MISSING);
  put(f, "IF(ERROR.TYPE("), put_at(f, ARI_FORM_AT_UNROUNDED, leaf), ari_buf_printf(f->b, ")=2,%d,IF(ERROR.TYPE(", ARI_EMPTY), put_at(f, ARI_FORM_AT_UNROUNDED, leaf);
  put(f, ")=6,"), put_pending(f), ari_buf_printf(f->b, ",%d))),", ARI_FORM_FAULTY), put_scored(f), put(f, ")");
  if (may) put(f, ")");
  close_expectations(f, expected);
}

/* ---- what a state comes to ---- */

typedef struct outcome { int code, also; const ari_policy_setting *setting; } outcome;   /* also: a second code that counts the same; 0: none */
enum { OUTCOMES = 3 };

static size_t list_outcomes(const ari_formula *f, outcome *out) {
  const ari_node *leaf = f->node;
  uint32_t t = f->form->tier;
  size_t n = 0;
  out[n++] = (outcome){ARI_MISSING, ARI_FORM_UNDOCUMENTED, &leaf->missing[t]};
  if (leaf->empty[t].policy != ARI_POLICY_NONE) out[n++] = (outcome){ARI_EMPTY, 0, &leaf->empty[t]};
  if (ari_form_may_not_apply(f->form, leaf)) out[n++] = (outcome){ARI_NOT_APPLICABLE, 0, &leaf->not_applicable[t]};
  return n;
}

static void put_is(ari_formula *f, const ari_node *leaf, const outcome *o) {
  if (o->also) put(f, "OR(");
  put_at(f, ARI_FORM_AT_CODE, leaf), ari_buf_printf(f->b, "=%d", o->code);
  if (o->also) put(f, ","), put_at(f, ARI_FORM_AT_CODE, leaf), ari_buf_printf(f->b, "=%d)", o->also);
}

/* IF(scored, …, IF(missing, …, otherwise)): what each state comes to by its policy. */
static void put_by_state(ari_formula *f, void (*scored)(ari_formula *f), void (*by)(ari_formula *f, ari_policy policy), const char *otherwise) {
  outcome all[OUTCOMES];
  size_t n = list_outcomes(f, all);
  put(f, "IF("), put_at(f, ARI_FORM_AT_CODE, f->node), ari_buf_printf(f->b, "=%d,", ARI_SCORED), scored(f), put(f, ",");
  for (size_t i = 0; i < n; i++) put(f, "IF("), put_is(f, f->node, &all[i]), put(f, ","), by(f, all[i].setting->policy), put(f, ",");
  put(f, otherwise);
  for (size_t i = 0; i <= n; i++) put(f, ")");
}

/* Points in the new proportion where something was spread to the leaf. */
static void put_spread_points(ari_formula *f, const void *unused) {
  (void)unused;
  put_at(f, ARI_FORM_AT_UNROUNDED, f->node), put(f, "*("), ari_formula_num(f, max_of(f, f->node)), put(f, "+"), put_at(f, ARI_FORM_AT_EXTRA, f->node);
  put(f, ")/"), ari_formula_num(f, max_of(f, f->node));
}

static void put_own_points(ari_formula *f, const void *unused) {
  (void)unused;
  put_at(f, ARI_FORM_AT_UNROUNDED, f->node);
}

static void put_rounded(ari_formula *f) {
  const ari_decimals *d = &f->node->rounding;
  ari_formula_round(f, d->leaf, d->mode, ari_form_takes_spread(f->form, f->node) ? put_spread_points : put_own_points, NULL);
}

static void put_full(ari_formula *f) {
  ari_num *full = ari_num_new();
  if (full) {
    ari_num_round(full, max_of(f, f->node), f->node->rounding.leaf, f->node->rounding.mode);
    ari_formula_num(f, full);
  } else f->b->failed = true;
  ari_num_free(full);
}

static void put_policy_points(ari_formula *f, ari_policy p) {
  if (p == ARI_POLICY_FULL) put_full(f);
  else put(f, p == ARI_POLICY_ZERO ? "0" : "\"\"");
}

void ari_formula_leaf_points(ari_formula *f) { put_by_state(f, put_rounded, put_policy_points, "\"\""); }

static void put_new_max(ari_formula *f) {
  ari_formula_num(f, max_of(f, f->node));
  if (ari_form_takes_spread(f->form, f->node)) put(f, "+"), put_at(f, ARI_FORM_AT_EXTRA, f->node);
}

static void put_policy_max(ari_formula *f, ari_policy p) {
  if (p == ARI_POLICY_EXCLUDE || p == ARI_POLICY_SPREAD) put(f, "0");
  else ari_formula_num(f, max_of(f, f->node));
}

void ari_formula_leaf_max(ari_formula *f) {
  put(f, "IF("), put_at(f, ARI_FORM_AT_CODE, f->node), ari_buf_printf(f->b, "=%d,0,", ARI_PENDING), put_by_state(f, put_new_max, put_policy_max, "0");
  put(f, ")");
}

static void put_nothing(ari_formula *f) { put(f, "0"); }
static void put_withholds(ari_formula *f, ari_policy p) { put(f, p == ARI_POLICY_WITHHOLD ? "1" : "0"); }
void ari_formula_leaf_withheld(ari_formula *f) { put_by_state(f, put_nothing, put_withholds, "0"); }

/* ---- spreading ---- */

/* Whether `from` can give its maximum to others in a state; `to` NULL: to anybody. */
static bool gives(const ari_form *form, const ari_node *from, const outcome *o, const ari_node *to) {
  if (o->setting->policy != ARI_POLICY_SPREAD || from->parent->combine != ARI_COMBINE_SUM || form->node_rows[from->index] < 0) return false;
  if (to == from) return false;
  if (!o->setting->n_to) return to->parent == from->parent;
  for (uint32_t i = 0; i < o->setting->n_to; i++)
    if (o->setting->to[i] == to) return true;
  return false;
}

static size_t outcomes_of(const ari_form *form, const ari_node *leaf, outcome *out) {
  ari_formula g = {.form = form, .node = leaf};
  return leaf->rule && leaf->presence[form->tier] == ARI_THERE && ari_num_sign(leaf->max[form->tier]) != 0 ? list_outcomes(&g, out) : 0;
}

bool ari_form_takes_spread(const ari_form *form, const ari_node *leaf) {
  outcome all[OUTCOMES];
  for (uint32_t i = 0; i < form->set->n_leaves; i++) {
    size_t n = outcomes_of(form, form->set->leaves[i], all);
    for (size_t k = 0; k < n; k++)
      if (gives(form, form->set->leaves[i], &all[k], leaf)) return true;
  }
  return false;
}

/* How many leaves take part of what `from` leaves: those that are scored. */
static void put_takers(ari_formula *f, const ari_node *from, const outcome *o) {
  size_t n = 0;
  for (uint32_t i = 0; i < f->form->set->n_leaves; i++) {
    const ari_node *to = f->form->set->leaves[i];
    if (!is_there(f, to) || !gives(f->form, from, o, to)) continue;
    put(f, n++ ? "+(" : "MAX(1,("), put_at(f, ARI_FORM_AT_CODE, to), ari_buf_printf(f->b, "=%d)", ARI_SCORED);
  }
  put(f, n ? ")" : "1");
}

void ari_formula_extra(ari_formula *f) {
  outcome all[OUTCOMES];
  put(f, "IF("), put_at(f, ARI_FORM_AT_CODE, f->node), ari_buf_printf(f->b, "=%d,0", ARI_SCORED);
  for (uint32_t i = 0; i < f->form->set->n_leaves; i++) {
    const ari_node *from = f->form->set->leaves[i];
    size_t n = outcomes_of(f->form, from, all);
    for (size_t k = 0; k < n; k++) {
      if (!gives(f->form, from, &all[k], f->node)) continue;
      put(f, "+IF("), put_is(f, from, &all[k]), put(f, ","), ari_formula_num(f, max_of(f, from)), put(f, "/"), put_takers(f, from, &all[k]), put(f, ",0)");
    }
  }
  put(f, ",0)");
}

/* ---- inner nodes ---- */

/* SUM(a,b,c) of one column over the children. */
static void put_children(ari_formula *f, const char *function, ari_form_place column) {
  size_t n = 0;
  put(f, function);
  for (const ari_node *c = f->node->first; c; c = c->next) {
    if (!is_there(f, c)) continue;
    put(f, n++ ? "," : "("), put_at(f, column, c);
  }
  put(f, n ? ")" : "(0)");
}

typedef enum term { TERM_VALUE, TERM_WEIGHTED, TERM_WEIGHT, TERM_COUNT, TERM_INVERSE, TERM_NOTHING } term;

/* One child's part where maxima do not add up: of those with A > 0. */
static void put_term(ari_formula *f, const ari_node *c, term t, const char *absent) {
  const ari_num *weight = c->weight[f->form->tier];
  put(f, "IF("), put_at(f, ARI_FORM_AT_APPLICABLE, c), put(f, ">0,");
  if (t == TERM_WEIGHTED) ari_formula_num(f, weight), put(f, "*");
  if (t == TERM_WEIGHT) ari_formula_num(f, weight);
  else if (t == TERM_COUNT) put(f, "1");
  else if (t == TERM_NOTHING) put(f, "IF(N("), put_at(f, ARI_FORM_AT_POINTS, c), put(f, ")<=0,1,0)");
  else if (t == TERM_INVERSE) put(f, "IF(N("), put_at(f, ARI_FORM_AT_POINTS, c), put(f, ")<=0,0,"), put_at(f, ARI_FORM_AT_APPLICABLE, c), put(f, "/N("), put_at(f, ARI_FORM_AT_POINTS, c), put(f, "))");
  else put(f, "N("), put_at(f, ARI_FORM_AT_POINTS, c), put(f, ")/"), put_at(f, ARI_FORM_AT_APPLICABLE, c);
  ari_buf_printf(f->b, ",%s)", absent);
}

static bool takes_part(const ari_formula *f, const ari_node *c) {
  const ari_num *weight = c->weight[f->form->tier];
  return is_there(f, c) && (f->node->combine != ARI_COMBINE_WEIGHTED || (weight && ari_num_sign(weight) != 0));
}

static void put_terms(ari_formula *f, const char *function, term t, const char *absent) {
  size_t n = 0;
  put(f, function);
  for (const ari_node *c = f->node->first; c; c = c->next) {
    if (!takes_part(f, c)) continue;
    put(f, n++ ? "," : "("), put_term(f, c, t, absent);
  }
  put(f, n ? ")" : "(0)");
}

static void put_mixed(ari_formula *f, const void *unused) {
  (void)unused;
  ari_formula_num(f, max_of(f, f->node)), put(f, "*");
  switch (f->node->combine) {
  case ARI_COMBINE_SUM:
  case ARI_COMBINE_MEAN: put_terms(f, "SUM", TERM_VALUE, "0"), put(f, "/"), put_terms(f, "SUM", TERM_COUNT, "0"); break;
  case ARI_COMBINE_WEIGHTED: put_terms(f, "SUM", TERM_WEIGHTED, "0"), put(f, "/"), put_terms(f, "SUM", TERM_WEIGHT, "0"); break;
  case ARI_COMBINE_GEOMETRIC: put_terms(f, "PRODUCT", TERM_VALUE, "1"), put(f, "^(1/"), put_terms(f, "SUM", TERM_COUNT, "0"), put(f, ")"); break;
  case ARI_COMBINE_HARMONIC:
    put(f, "IF("), put_terms(f, "SUM", TERM_NOTHING, "0"), put(f, ">0,0,"), put_terms(f, "SUM", TERM_COUNT, "0"), put(f, "/"), put_terms(f, "SUM", TERM_INVERSE, "0"), put(f, ")");
    break;
  case ARI_COMBINE_MIN: put_terms(f, "MIN", TERM_VALUE, "9E+15"); break;
  }
}

static void put_sum(ari_formula *f, const void *unused) {
  (void)unused;
  bool caps = f->node->over_max == ARI_OVER_CAP;
  if (caps) put(f, "MIN(");
  put_children(f, "SUM", ARI_FORM_AT_POINTS);
  if (caps) put(f, ","), put_at(f, ARI_FORM_AT_APPLICABLE, f->node), put(f, ")");
}

/* A of a sum is that of its children, no more than M where the parts can give more. The others have theirs whole while anybody takes part. */
void ari_formula_node_max(ari_formula *f) {
  if (f->node->combine != ARI_COMBINE_SUM) put(f, "IF("), put_terms(f, "SUM", TERM_COUNT, "0"), put(f, ">0,"), ari_formula_num(f, max_of(f, f->node)), put(f, ",0)");
  else if (f->node->over_max != ARI_OVER_CAP) put_children(f, "SUM", ARI_FORM_AT_APPLICABLE);
  else put(f, "MIN("), put_children(f, "SUM", ARI_FORM_AT_APPLICABLE), put(f, ","), ari_formula_num(f, max_of(f, f->node)), put(f, ")");
}

void ari_formula_node_withheld(ari_formula *f) { put_children(f, "SUM", ARI_FORM_AT_WITHHELD); }

void ari_formula_node_points(ari_formula *f) {
  const ari_decimals *d = &f->node->rounding;
  bool sums = f->node->combine == ARI_COMBINE_SUM;
  put(f, "IF(OR("), put_at(f, ARI_FORM_AT_WITHHELD, f->node), put(f, ">0,"), put_children(f, "COUNT", ARI_FORM_AT_POINTS), put(f, "=0");
  if (!sums) put(f, ","), put_at(f, ARI_FORM_AT_APPLICABLE, f->node), put(f, "=0");
  put(f, "),\"\","), ari_formula_round(f, f->node->parent ? d->node : 12, d->mode, sums ? put_sum : put_mixed, NULL), put(f, ")");
}

/* ---- the total ---- */

static void put_outside(ari_formula *f, const ari_node *node, const char *sign) {
  if (is_there(f, node)) put(f, sign), put(f, "N("), put_at(f, ARI_FORM_AT_POINTS, node), put(f, ")");
}

/* The root's own sum stands beside, unrounded: bonus and penalty come to it, and it is rounded once. */
static void put_total(ari_formula *f, const void *unused) {
  (void)unused;
  bool outside = ari_set_has_outside(f->form->set, f->form->tier);
  if (outside) put(f, "MAX(0,");
  put(f, "N("), put_at(f, ARI_FORM_AT_UNROUNDED, f->node), put(f, ")");
  put_outside(f, f->form->set->bonus, "+");
  put_outside(f, f->form->set->penalty, "-");
  if (outside) put(f, ")");
}

void ari_formula_total(ari_formula *f) {
  const ari_set *set = f->form->set;
  const ari_node *parts[] = {set->root, set->bonus, set->penalty};
  put(f, "IF(OR(");
  for (size_t i = 0; i < ARI_COUNT(parts); i++)
    if (is_there(f, parts[i])) put_at(f, ARI_FORM_AT_WITHHELD, parts[i]), put(f, ">0,");
  put_at(f, ARI_FORM_AT_APPLICABLE, set->root), put(f, "<=0),\"\","), ari_formula_round(f, set->root->rounding.total, set->root->rounding.mode, put_total, NULL), put(f, ")");
}

static void put_index(ari_formula *f, const void *unused) {
  (void)unused;
  put(f, "100*"), put_at(f, ARI_FORM_AT_POINTS, f->node), put(f, "/"), put_at(f, ARI_FORM_AT_APPLICABLE, f->node);
}

void ari_formula_index(ari_formula *f) {
  const ari_decimals *d = &f->form->set->root->rounding;
  put(f, "IF("), put_at(f, ARI_FORM_AT_POINTS, f->node), put(f, "=\"\",\"\","), ari_formula_round(f, d->index, d->mode, put_index, NULL), put(f, ")");
}

void ari_formula_count(ari_buf *b, const ari_form *form, int code) {
  ari_buf_text(b, "COUNTIF(");
  ari_formula_range(b, NULL, ARI_FORM_AT_CODE, ARI_FORM_FIRST_ROW, form->n_rows);
  ari_buf_printf(b, ",%d)", code);
}

/* The first grade from above whose figure is reached and whose needs hold; none while nothing is scored, for a form that nobody has begun is not the worst. */
void ari_formula_grade(ari_formula *f) {
  const ari_set *set = f->form->set;
  int32_t row = f->form->node_rows[set->root->index] + (set->grades_on_points ? 0 : 1);   /* the index stands below the total */
  f->of_grades = true;
  put(f, "IF(OR("), put_at(f, ARI_FORM_AT_POINTS, set->root), put(f, "=\"\","), ari_formula_count(f->b, f->form, ARI_SCORED), put(f, "=0),\"\",");
  for (uint32_t i = 0; i < set->n_grades; i++) {
    const ari_grade *g = &set->grades[i];
    put(f, "IF(AND(ROUND("), ari_formula_cell(f->b, ARI_FORM_AT_POINTS, row), put(f, "-"), ari_formula_num(f, g->from), put(f, ",9)>=0");
    for (uint32_t k = 0; k < g->n_needs; k++) put(f, ",IFERROR("), ari_formula_expr(f, g->needs[k].that), put(f, ",FALSE)");
    put(f, "),"), ari_formula_text(f->b, ari_title_of(f->form->work, g->title)), put(f, ",");
  }
  put(f, "\"\")");
  for (uint32_t i = 0; i < set->n_grades; i++) put(f, ")");
  f->of_grades = false;
}
