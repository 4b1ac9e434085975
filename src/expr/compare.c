/* Formulas that look at other agencies (ari-criteria(5), "Comparing agencies"): cohort.max(…) and what it is made of. Every agency's value must be known before the
 * first rule is evaluated, so what is compared is made of inputs alone. */
#include "inside.h"

bool ari_expr_compares(const ari_expr *e) {
  bool found = ari_expr_is_cohort(e);
  for (uint32_t i = 0; i < e->n && !found; i++) found = ari_expr_compares(e->kids[i]);
  return found;
}

typedef struct search { ari_code code; const ari_expr *part; bool any_input; } search;

/* Finds the first part that is made of more than inputs. What stands in a formula of `let` is told where its name stands. */
static void look(search *s, const ari_expr *e) {
  if (e->op == ARI_OP_INPUT) s->any_input = true;
  if (s->part) return;
  if (e->op == ARI_OP_MAX || e->op == ARI_OP_SHARE_OF_MAX) *s = (search){ARI_E0364, e, true};
  else if (ari_expr_is_cohort(e)) *s = (search){ARI_E0365, e, true};
  else if (ari_expr_is_previous(e)) *s = (search){ARI_E0366, e, true};
  for (uint32_t i = 0; i < e->n && !s->part; i++) look(s, e->kids[i]);
  if (s->part && e->op == ARI_OP_LET) s->part = e;
}

bool ari_expr_check_compared(const ari_expr *e, ari_str by, ari_findings *fs) {
  search s = {0};
  look(&s, e);
  if (s.part) {
    ari_findings_add(fs, s.code, s.part->span, &(ari_args){{ari_arg_text(ari_expr_cut(s.part->text)), ari_arg_text(by)}});
    return false;
  }
  if (!s.any_input) ari_findings_add(fs, ARI_E0369, e->span, &(ari_args){{ari_arg_text(ari_expr_cut(e->text)), ari_arg_text(by)}});
  return s.any_input;
}

/* ---- the same value beside it ---- */

static void mark_same(ari_expr *e, const ari_expr *value) {
  if (ari_expr_is_cohort(e)) return;
  if (ari_expr_same(e, value)) e->rounded = true;
  for (uint32_t i = 0; i < e->n && e->op != ARI_OP_LET; i++) mark_same(e->kids[i], value);
}

/* ---- the same value in other words ---- */

/* Rounding to 12 places can change it: a part divides by what is no constant, or is rounded to significant digits. */
static bool is_long(const ari_expr *e) {
  static const char *const rounded[] = {"sqrt", "pow", "ln", "exp"};
  if (e->op == ARI_OP_DIV && e->kids[1]->op != ARI_OP_CONST) return true;
  if (e->op == ARI_OP_CALL && ari_str_is(ari_str_of(e->function->name), "round")) return false;
  bool found = ari_is_mean(e);
  for (size_t i = 0; e->op == ARI_OP_CALL && i < ARI_COUNT(rounded); i++) found |= ari_str_is(ari_str_of(e->function->name), rounded[i]);
  for (uint32_t i = e->op == ARI_OP_IF; i < e->n && !found; i++) found = is_long(e->kids[i]);
  return found;
}

/* Whether `part` stands in e outside of what is compared. What a name stands for that compares itself is looked at where it is written. */
static bool stands_in(const ari_expr *e, const ari_expr *part) {
  if (ari_expr_is_cohort(e) || (e->op == ARI_OP_LET && ari_expr_compares(e))) return false;
  bool found = ari_expr_same(e, part);
  for (uint32_t i = 0; i < e->n && !found; i++) found = stands_in(e->kids[i], part);
  return found;
}

static bool inputs_stand_in(const ari_expr *whole, const ari_expr *value) {
  if (value->op == ARI_OP_INPUT) return stands_in(whole, value);
  bool all = true;
  for (uint32_t i = 0; i < value->n && all; i++) all = inputs_stand_in(whole, value->kids[i]);
  return all;
}

/* x / (y * cohort.max(x / y)): who has most may come out beside 1, for x and y are not rounded as x / y is. */
static void warn_of_other_words(const ari_expr *whole, const ari_expr *call, const ari_expr *value, ari_findings *fs) {
  if (is_long(value) && !stands_in(whole, value) && inputs_stand_in(whole, value))
    ari_findings_add(fs, ARI_W0390, call->span, &(ari_args){{ari_arg_text(ari_expr_cut(value->text))}});
}

/* at: what stands in `whole` itself: the call, or the name of `let` that it stands behind. */
static void mark_for_calls(ari_expr *whole, const ari_expr *e, const ari_expr *at, ari_findings *fs) {
  if (!at && (e->op == ARI_OP_LET || ari_expr_is_cohort(e))) at = e;
  if (ari_expr_is_cohort(e)) {
    mark_same(whole, e->kids[0]);
    warn_of_other_words(whole, at, e->kids[0], fs);
  }
  for (uint32_t i = 0; i < e->n; i++) mark_for_calls(whole, e->kids[i], at, fs);
}

/* In a / b / cohort.max(a / b) both have the same rounding: else who has most would be above the most. What a name of `let` stands for is used
 * elsewhere too, so the name is marked, not its formula. */
void ari_expr_mark_compared(ari_expr *e, ari_findings *fs) { mark_for_calls(e, e, NULL, fs); }
