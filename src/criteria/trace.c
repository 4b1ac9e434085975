/* The steps of one leaf's calculation, kept only when somebody asks for the arithmetic. */
#include "inside.h"

static ari_num *copy_number(ari_trace *trace, const ari_num *number) {
  if (!number) return NULL;
  ari_num *copy = ari_nums_new(&trace->nums);
  if (copy) ari_num_set(copy, number);
  else trace->failed = true;
  return copy;
}

void ari_trace_add(ari_trace *trace, ari_step_kind kind, const char *word, ari_span span, const ari_expr *expr, const ari_num *value,
                   const ari_num *before, int32_t i) {
  if (!trace || trace->failed) return;
  void *steps = trace->steps;
  if (!ari_grow(&steps, trace->n, &trace->room, sizeof *trace->steps)) {
    trace->failed = true;
    return;
  }
  trace->steps = steps;
  trace->steps[trace->n++] = (ari_step){.kind = kind, .word = word, .span = span, .expr = expr, .i = i, .value = copy_number(trace, value),
                                        .before = copy_number(trace, before)};
}

static void add_numbers(ari_trace *trace, const ari_num *a, const ari_num *b) {
  if (trace->failed) return;
  trace->steps[trace->n - 1].a = copy_number(trace, a);
  trace->steps[trace->n - 1].b = copy_number(trace, b);
}

void ari_trace_factor(ari_trace *trace, const char *word, const ari_expr *expr, const ari_num *before, const ari_num *factor) {
  if (!trace) return;
  ari_trace_add(trace, ARI_STEP_FACTOR, word, expr->span, expr, factor, before, 0);
  add_numbers(trace, factor, NULL);
  if (!trace->failed) ari_num_mul(trace->steps[trace->n - 1].value, before, factor);
}

void ari_trace_compared(ari_trace *trace, ari_step_kind kind, const ari_rule *rule, const ari_num *value, const ari_num *before, const ari_num *a,
                        const ari_num *b) {
  if (!trace) return;
  ari_trace_add(trace, kind, rule->kind->name, rule->span, NULL, value, before, rule->better_low);
  add_numbers(trace, a, b);
}

void ari_trace_option(ari_trace *trace, const ari_rule_part *part, const ari_num *value, const ari_num *before, const ari_num *a, const ari_num *b,
                      int32_t i) {
  if (!trace) return;
  ari_trace_add(trace, ARI_STEP_OPTION, "survey", part->span, part->points, value, before, i);
  add_numbers(trace, a, b);
}

void ari_trace_free(ari_trace *trace) {
  ari_nums_free(&trace->nums);
  ari_free(trace->steps);
  *trace = (ari_trace){0};
}
