/* An evaluator for tests/expr.t: each line of standard input gives the values of a, b, c ("-" is absent), a tab between them, then a formula; each
 * line of output is its value cut at 30 decimals, or why there is none. */
#include "expr/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUTS = 3 };
typedef struct inputs { bool given[INPUTS]; ari_dec values[INPUTS]; } inputs;

static int find_input(const void *of, ari_str name) {
  (void)of;
  return name.n == 1 && name.p[0] >= 'a' && name.p[0] < 'a' + INPUTS ? name.p[0] - 'a' : -1;
}

static ari_slot_type type_of_input(const void *of, int slot) {
  (void)of, (void)slot;
  return (ari_slot_type){.type = ARI_TYPE_NUM};
}

static size_t names_of_inputs(const void *of, ari_str *out, size_t room) {
  (void)of, (void)out, (void)room;
  return 0;
}

static bool get_input(const void *of, int slot, ari_value *out) {
  const inputs *in = of;
  *out = (ari_value){.type = ARI_TYPE_NUM, .dec = in->values[slot]};
  return in->given[slot];
}

static void print_value(const ari_expr *e, ari_answer a, const ari_num *result) {
  static const char *const words[] = {"", "missing", "empty", "by zero", "bad", "no memory"};
  ari_buf text = {0};
  if (a.outcome != ARI_VALUE) ari_buf_text(&text, words[a.outcome]);
  else if (e->type == ARI_TYPE_NUM) ari_buf_num(&text, result, 30, ARI_AS_DATA);
  else ari_buf_text(&text, a.i ? "true" : "false");
  printf("%.*s\n", (int)text.n, text.p);
  ari_buf_free(&text);
}

static void evaluate(ari_eval *ev, const inputs *in, const char *formula) {
  ari_arena arena = {0};
  ari_nums nums = {0};
  ari_findings fs = {0};
  ari_scope scope = {.of = in, .find = find_input, .type = type_of_input, .names = names_of_inputs};
  ari_inputs get = {.of = in, .get = get_input};
  ari_str text = ari_str_of(formula);
  ari_yaml node = {.text = text, .span = {0, 0, (uint32_t)text.n}};
  ari_num *result = ari_nums_new(&nums);
  ari_expr *e = ari_expr_parse(&arena, &nums, &node, &fs);
  if (!result || !e || !ari_expr_check(&arena, e, &scope, ARI_TYPE_NONE, false, &fs))
    printf("refused %s\n", fs.n ? ari_code_name(fs.items[0].code) : "");
  else print_value(e, ari_expr_eval(ev, e, &get, NULL, result), result);
  ari_findings_free(&fs);
  ari_nums_free(&nums);
  ari_arena_free(&arena);
}

int main(void) {
  static char line[65536];
  ari_eval *ev = ari_eval_new();
  if (!ev) return 2;
  while (fgets(line, sizeof line, stdin)) {
    inputs in = {0};
    char *p = line;
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < INPUTS; i++) {
      char *tab = strchr(p, '\t');
      if (!tab) return 2;
      in.given[i] = ari_dec_read((ari_str){p, (size_t)(tab - p)}, &in.values[i], NULL) == ARI_DEC_OK;
      p = tab + 1;
    }
    evaluate(ev, &in, p);
  }
  ari_eval_free(ev);
  return 0;
}
