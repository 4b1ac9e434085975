/* Formulas that look at other agencies (ari-criteria(5), "Comparing agencies"): cohort.max(…) and what it is made of. Every agency's value must be known before the
 * first rule is evaluated, so what is compared is made of inputs alone. */
#include "expr.h"

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

static void mark_for_calls(ari_expr *whole, const ari_expr *e) {
  if (ari_expr_is_cohort(e)) mark_same(whole, e->kids[0]);
  for (uint32_t i = 0; i < e->n; i++) mark_for_calls(whole, e->kids[i]);
}

/* In a / b / cohort.max(a / b) both have the same rounding: else who has most would be above the most. What a name of `let` stands for is used
 * elsewhere too, so the name is marked, not its formula. */
void ari_expr_mark_compared(ari_expr *e) { mark_for_calls(e, e); }
