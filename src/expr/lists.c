/* The mean, the sum and the count of an input that is a list of values (ari-criteria(5), "Inputs"); a list stands nowhere else in a
 * formula but in present(x). The mean of nothing is 0/0; the sum and the count of nothing are 0. */
#include "inside.h"

void ari_check_list(ari_checker *c, ari_expr *e) {
  const ari_expr *x = e->kids[0];
  if (x->op == ARI_OP_INPUT && c->scope->type(c->scope->of, x->slot).is_list) return;
  ari_args args = {{ari_arg_c(e->function->name), ari_arg_text(ari_expr_cut(x->text))}};
  ari_findings_add(c->fs, ARI_E0376, x->span, &args);
  c->bad = true;
}

/* ---- values ---- */

bool ari_eval_sum(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)i;
  ari_value value;
  ari_num *item = ari_eval_register(run, at);
  if (!ari_eval_input(run, e->kids[0], &value)) return false;
  ari_num_set_int(result, 0);
  for (uint32_t k = 0; k < value.list.n; k++) {
    ari_num_set_dec(item, value.list.items[k]);
    ari_num_add(result, result, item);
  }
  return true;
}

bool ari_eval_count(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  (void)at, (void)i;
  ari_value value;
  if (!ari_eval_input(run, e->kids[0], &value)) return false;
  ari_num_set_int(result, value.list.n);
  return true;
}

bool ari_eval_mean(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i) {
  ari_num *count = ari_eval_register(run, at);
  if (!ari_eval_sum(run, e, at, result, i) || !ari_eval_count(run, e, at, count, i)) return false;
  if (ari_num_sign(count) == 0) {
    run->answer->outcome = ARI_EMPTY_DIVISION;
    run->answer->where = e;
    return false;
  }
  ari_num_div(result, result, count);
  return true;
}

bool ari_is_mean(const ari_expr *e) { return e->op == ARI_OP_CALL && e->function->eval == ari_eval_mean; }

/* ---- what is known without evidence ---- */

bool ari_range_mean(ari_ranger *g, const ari_expr *e, ari_range *out) { return ari_range_part(g, e->kids[0], out); }

/* Of values that are all on one side of 0. */
bool ari_range_sum(ari_ranger *g, const ari_expr *e, ari_range *out) {
  ari_range item;
  if (!ari_range_part(g, e->kids[0], &item)) return false;
  out->has_low = item.has_low && ari_num_sign(item.low) >= 0;
  out->has_high = item.has_high && ari_num_sign(item.high) <= 0;
  return true;
}

bool ari_range_count(ari_ranger *g, const ari_expr *e, ari_range *out) {
  (void)g, (void)e;
  out->has_low = true;
  return true;
}

bool ari_expr_whole_call(const ari_expr *e, const ari_scope *scope) {
  if (e->op != ARI_OP_CALL) return false;
  if (e->function->eval == ari_eval_count) return true;
  return (e->function->eval == ari_eval_sum || ari_expr_is_previous(e)) && scope->type(scope->of, e->kids[0]->slot).is_int;
}
