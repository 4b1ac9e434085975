/* The rule of a leaf as formulas of a spreadsheet: its value, then its points before rounding (ari-criteria(5), "Rules"; each form's expression stands in
 * the file of its kind). */
#include "inside.h"

static void put(ari_formula *f, const char *text) { ari_buf_text(f->b, text); }
static const ari_num *max_of(const ari_formula *f) { return f->node->max[f->form->tier]; }

static void put_value(ari_formula *f, const void *unused) {
  (void)unused;
  ari_formula_cell(f->b, ARI_FORM_AT_FIGURE, f->form->node_rows[f->node->index]);
}

/* The points of a part; NULL: `otherwise`. */
static void put_points(ari_formula *f, const ari_expr *e, const ari_num *otherwise) {
  if (e) ari_formula_expr(f, e);
  else if (otherwise) ari_formula_num(f, otherwise);
  else put(f, "0");
}

bool ari_formula_rule_value(ari_formula *f) {
  const ari_rule *rule = f->node->rule;
  const ari_rule_kind *k = rule->kind;
  if (k != &ari_rule_share && k != &ari_rule_bands && k != &ari_rule_minmax && k != &ari_rule_zscore && k != &ari_rule_percentile) return false;
  ari_formula_expr(f, rule->value);
  return true;
}

/* ---- shares and bands ---- */

/* value >= threshold (or >), the value being the one in its own cell. */
typedef struct side { const ari_num *number; } side;
static void put_side(ari_formula *f, const void *what) {
  const side *s = what;
  if (s->number) ari_formula_num(f, s->number);
  else put_value(f, NULL);
}

static void put_threshold(ari_formula *f, ari_op op, const ari_num *threshold) {
  side value = {NULL}, limit = {threshold};
  ari_formula_compare(f, op, put_side, &value, &limit, false);
}

static void put_middle(ari_formula *f, const ari_rule *rule) {
  ari_num *one = ari_num_new();
  if (one) {
    ari_num_set_int(one, 1);
    put(f, "IF("), put_threshold(f, ARI_OP_GE, rule->full_from ? rule->full_from : one), put(f, ","), ari_formula_num(f, max_of(f)), put(f, ",");
    put_points(f, rule->partial, max_of(f)), put(f, "*"), put_value(f, NULL), put(f, ")");
  } else f->b->failed = true;
  ari_num_free(one);
}

static void put_share(ari_formula *f, const ari_rule *rule) {
  put(f, "IF(OR("), put_value(f, NULL), put(f, "<-1E-13,"), put_value(f, NULL), put(f, ">1+1E-13),#VALUE!,");
  if (rule->zero_below) put(f, "IF("), put_threshold(f, ARI_OP_LT, rule->zero_below), put(f, ",0,");
  if (rule->full_at) ari_formula_num(f, max_of(f)), put(f, "*MIN(1,"), put_value(f, NULL), put(f, "/"), ari_formula_num(f, rule->full_at), put(f, ")");
  else if (rule->full_from || rule->zero_below) put_middle(f, rule);
  else ari_formula_num(f, max_of(f)), put(f, "*"), put_value(f, NULL);
  put(f, rule->zero_below ? "))" : ")");
}

enum { MOST_BRANCHES = 50 };   /* Excel takes 64 levels of nesting */

static void put_bands(ari_formula *f, const ari_rule *rule) {
  if (rule->n_parts > MOST_BRANCHES) f->cannot = true;
  for (uint32_t i = 0; i + 1 < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i];
    put(f, "IF("), put_threshold(f, p->above ? ARI_OP_GT : ARI_OP_GE, p->from), put(f, ","), ari_formula_expr(f, p->points), put(f, ",");
  }
  ari_formula_expr(f, rule->parts[rule->n_parts - 1].points);
  for (uint32_t i = 0; i + 1 < rule->n_parts; i++) put(f, ")");
  if (rule->n_parts == 1) put(f, "+0*"), put_value(f, NULL);   /* the value must be there all the same */
}

/* max × (v − low) / (high − low), v rounded to 12 places as everywhere where values are placed. */
static void put_minmax(ari_formula *f, const ari_rule *rule) {
  const ari_expr *low = rule->low, *high = rule->high;
  if ((ari_formula_fails(f, low) | ari_formula_fails(f, high)) != 0) f->cannot = true;   /* limits that depend on evidence */
  put(f, "IF("), ari_formula_expr(f, low), put(f, ">="), ari_formula_expr(f, high), put(f, ",#VALUE!,");
  if (rule->outside == ARI_OVER_ERROR) {
    put(f, "IF(OR("), put_value(f, NULL), put(f, "<"), ari_formula_expr(f, low), put(f, "-1E-13,"), put_value(f, NULL), put(f, ">"), ari_formula_expr(f, high);
    put(f, "+1E-13),#VALUE!,");
  }
  ari_formula_num(f, max_of(f)), put(f, "*");
  if (rule->outside == ARI_OVER_CAP) put(f, "MAX(0,MIN(1,");
  put(f, "("), rule->better_low ? ari_formula_expr(f, high) : put_value(f, NULL), put(f, "-"), rule->better_low ? put_value(f, NULL) : ari_formula_expr(f, low);
  put(f, ")/("), ari_formula_expr(f, high), put(f, "-"), ari_formula_expr(f, low), put(f, ")");
  put(f, rule->outside == ARI_OVER_CAP ? ")))" : rule->outside == ARI_OVER_ERROR ? "))" : ")");
}

/* Others' figures are not in the form: once the own ones are there, the points wait for them. */
static void put_compared(ari_formula *f) { put(f, "IF(ISERROR("), put_value(f, NULL), put(f, "),"), put_value(f, NULL), put(f, ",#NUM!)"); }

/* ---- counting ---- */

static void put_count(ari_formula *f, const ari_rule *rule) {
  if (rule->at_most) put(f, "MIN(");
  ari_formula_expr(f, rule->value), put(f, "*"), ari_formula_expr(f, rule->each);
  if (rule->at_most) put(f, ","), ari_formula_expr(f, rule->at_most), put(f, ")");
}

static void put_deductions(ari_formula *f, const ari_rule *rule) {
  put(f, "MAX("), put_points(f, rule->start, max_of(f));
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i];
    put(f, "-");
    if (p->when) put(f, "IF("), ari_formula_expr(f, p->when), put(f, ","), ari_formula_expr(f, p->points), put(f, ",0)");
    else put(f, "("), ari_formula_expr(f, p->count), put(f, "*"), ari_formula_expr(f, p->each), put(f, ")");
  }
  put(f, ","), put_points(f, rule->at_least, rule->floor), put(f, ")");
}

/* ---- branches ---- */

static void put_cases(ari_formula *f, const ari_rule *rule) {
  uint32_t open = 0;
  if (rule->n_parts > MOST_BRANCHES) f->cannot = true;
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i];
    bool last = !p->when || i + 1 == rule->n_parts;
    if (p->when) put(f, "IF("), ari_formula_expr(f, p->when), put(f, ","), open++;
    ari_formula_expr(f, p->points);
    if (last) {
      if (p->when) put(f, ","), ari_formula_expr(f, p->points);   /* one of the cases holds: the set was checked */
      break;
    }
    put(f, ",");
  }
  while (open-- > 0) put(f, ")");
}

/* The number of the option that was chosen decides. */
static void put_choice(ari_formula *f, const ari_rule *rule) {
  enum { MOST = 250 };   /* Excel takes 254 */
  if (rule->n_parts > MOST) f->cannot = true;
  put(f, "CHOOSE("), ari_formula_expr(f, rule->value), put(f, "+1");
  for (uint32_t i = 0; i < rule->n_parts; i++) put(f, ","), ari_formula_expr(f, rule->parts[i].points);
  put(f, ")");
}

/* An option without answers counts 0 where others have some. */
static void put_survey(ari_formula *f, const ari_rule *rule) {
  const ari_form *form = f->form;
  int slot = rule->value->slot;
  if (form->slot_rows[slot] < 0) {
    put(f, "#NUM!");
    return;
  }
  int32_t first = form->slot_rows[slot + 1], last = form->slot_rows[slot + (int)rule->n_parts];
  put(f, "IF(COUNTA("), ari_formula_cell(f->b, ARI_FORM_AT_VALUE, first), put(f, ":"), ari_formula_cell(f->b, ARI_FORM_AT_VALUE, last);
  put(f, ")=0,#N/A,IF(SUM("), ari_formula_cell(f->b, ARI_FORM_AT_VALUE, first), put(f, ":"), ari_formula_cell(f->b, ARI_FORM_AT_VALUE, last), put(f, ")=0,#DIV/0!,(");
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    int32_t row = form->slot_rows[slot + 1 + (int)i];
    put(f, i ? "+IF(ISNA(" : "IF(ISNA("), ari_formula_cell(f->b, ARI_FORM_AT_FIGURE, row), put(f, "),0,"), ari_formula_cell(f->b, ARI_FORM_AT_FIGURE, row);
    put(f, ")*"), ari_formula_expr(f, rule->parts[i].points);
  }
  put(f, ")/SUM("), ari_formula_cell(f->b, ARI_FORM_AT_VALUE, first), put(f, ":"), ari_formula_cell(f->b, ARI_FORM_AT_VALUE, last), put(f, ")))");
}

/* ---- the rule ---- */

typedef struct failures { ari_formula *f; unsigned all; } failures;

static void note_failures(void *to, const ari_expr *e) {
  failures *n = to;
  n->all |= ari_formula_fails(n->f, e);
}

/* Parts of these forms stand side by side: where they can fail in different ways, which one is first is not said. */
static void refuse_mixed(ari_formula *f, const ari_rule *rule) {
  failures n = {f, 0};
  ari_rule_formulas(rule, note_failures, &n);
  if (n.all & (n.all - 1)) f->cannot = true;
}

static void put_rule(ari_formula *f, const ari_rule *rule) {
  const ari_rule_kind *k = rule->kind;
  if (k == &ari_rule_judged) put(f, "#NUM!");
  else if (k == &ari_rule_zscore || k == &ari_rule_percentile || (k == &ari_rule_minmax && !rule->low)) put_compared(f);
  else if (k == &ari_rule_minmax) put_minmax(f, rule);
  else if (k == &ari_rule_share) put_share(f, rule);
  else if (k == &ari_rule_bands) put_bands(f, rule);
  else if (k == &ari_rule_count) refuse_mixed(f, rule), put_count(f, rule);
  else if (k == &ari_rule_deduct) refuse_mixed(f, rule), put_deductions(f, rule);
  else if (k == &ari_rule_cases) put_cases(f, rule);
  else if (k == &ari_rule_of_choice) put_choice(f, rule);
  else if (k == &ari_rule_survey) put_survey(f, rule);
  else if (k == &ari_rule_points) ari_formula_expr(f, rule->value);
  else if (k == &ari_rule_yes_no) {
    put(f, "IF("), ari_formula_expr(f, rule->value), put(f, ","), put_points(f, rule->yes, max_of(f)), put(f, ","), put_points(f, rule->no, NULL), put(f, ")");
  } else f->cannot = true;
}

/* over_max: cap cuts what is above the maximum before anything is rounded. Also what no cell decides is worked out anew: see ari_form_about. */
void ari_formula_rule(ari_formula *f) {
  bool caps = f->node->over_max == ARI_OVER_CAP;
  if (caps) put(f, "MIN(");
  put_rule(f, f->node->rule);
  if (caps) put(f, ","), ari_formula_num(f, max_of(f)), put(f, ")");
  put(f, "+'ari'!$C$1");
}
