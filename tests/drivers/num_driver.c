/* A calculator for tests/numbers.t: each line of standard input is an expression in reverse Polish notation, each line of output what
 * it was asked to print. A decimal is pushed; + - * / ; half_up:D half_even:D down:D round the top; show:D prints the top cut at D
 * decimals in Vietnamese, in English and for machines; e12:D prints it as a figure of the API in the three ways; dup copies the top,
 * drop drops it; ln exp sqrt pow print how they ended: exact, rounded or outside. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STACK = 32 };
static ari_num *stack[STACK];

static void fail(const char *what, const char *word) {
  fprintf(stderr, "num_driver: %s: %s\n", what, word);
  exit(2);
}

static void print_figure(ari_buf *out, const ari_num *a, int decimals, bool e12) {
  int64_t v = 0;
  bool fits = !e12 || ari_num_e12(a, &v);
  for (int how = ARI_AS_VI; how <= ARI_AS_DATA; how++) {
    if (out->n && out->p[out->n - 1] != '\n' && out->p[out->n - 1] != ' ') ari_buf_char(out, ' ');
    if (!fits) ari_buf_text(out, "beyond");
    else if (e12) ari_buf_e12(out, v, decimals, (ari_locale)how);
    else ari_buf_num(out, a, decimals, (ari_locale)how);
  }
}

/* ln exp sqrt pow; -1: another word. */
static int run_inexact(const char *word, int n, ari_buf *out) {
  static const struct { const char *name; ari_inexact (*one)(ari_num *, const ari_num *); int takes; } functions[] = {
    {"ln", ari_num_ln, 1}, {"exp", ari_num_exp, 1}, {"sqrt", ari_num_sqrt, 1}, {"pow", NULL, 2}};
  static const char *const endings[] = {[ARI_OUTSIDE] = "outside ", [ARI_EXACT] = "exact ", [ARI_ROUNDED] = "rounded "};
  for (size_t i = 0; i < ARI_COUNT(functions); i++) {
    if (strcmp(word, functions[i].name) != 0) continue;
    if (n < functions[i].takes) fail("nothing there", word);
    ari_num *r = stack[n - functions[i].takes];
    ari_inexact end = functions[i].one ? functions[i].one(r, r) : ari_num_pow(r, r, stack[n - 1]);
    ari_buf_text(out, endings[end]);
    if (end == ARI_OUTSIDE) ari_num_set_int(r, 0);
    return n - functions[i].takes + 1;
  }
  return -1;
}

/* Runs one word on a stack of n numbers; returns the new n. */
static int run_word(const char *word, int n, ari_buf *out) {
  static const struct { const char *name; ari_rounding mode; } modes[] = {
    {"half_up", ARI_HALF_UP}, {"half_even", ARI_HALF_EVEN}, {"down", ARI_DOWN}};
  static const struct { char name; void (*run)(ari_num *, const ari_num *, const ari_num *); } operations[] = {
    {'+', ari_num_add}, {'-', ari_num_sub}, {'*', ari_num_mul}, {'/', ari_num_div}};
  const char *colon = strchr(word, ':');
  int decimals = colon ? atoi(colon + 1) : 0;
  if (colon) {
    if (n < 1) fail("nothing there", word);
    for (size_t i = 0; i < ARI_COUNT(modes); i++) {
      if (strncmp(word, modes[i].name, (size_t)(colon - word)) != 0) continue;
      ari_num_round(stack[n - 1], stack[n - 1], decimals, modes[i].mode);
      return n;
    }
    print_figure(out, stack[n - 1], decimals, word[0] == 'e');
    return n;
  }
  for (size_t i = 0; i < ARI_COUNT(operations) && !word[1]; i++) {
    if (word[0] != operations[i].name) continue;
    if (n < 2) fail("two numbers are needed", word);
    operations[i].run(stack[n - 2], stack[n - 2], stack[n - 1]);
    return n - 1;
  }
  int left = run_inexact(word, n, out);
  if (left >= 0) return left;
  if (strcmp(word, "drop") == 0 && n > 0) return n - 1;
  if (n == STACK) fail("too many numbers", word);
  if (strcmp(word, "dup") == 0) {
    if (n < 1) fail("nothing there", word);
    ari_num_set(stack[n], stack[n - 1]);
    return n + 1;
  }
  ari_dec d;
  if (ari_dec_read(ari_str_of(word), &d, NULL) != ARI_DEC_OK) fail("not a number", word);
  ari_num_set_dec(stack[n], d);
  return n + 1;
}

int main(void) {
  static char line[8192];
  ari_buf out = {0};
  for (int i = 0; i < STACK; i++)
    if (!(stack[i] = ari_num_new())) return 3;
  while (fgets(line, sizeof line, stdin)) {
    int n = 0;
    for (char *at = line, *word; *(at += strspn(at, " \n"));) {
      word = at;
      at += strcspn(at, " \n");
      if (*at) *at++ = '\0';
      n = run_word(word, n, &out);
    }
    ari_buf_char(&out, '\n');
    if (ari_num_failed() || out.failed) return 3;
    fwrite(out.p, 1, out.n, stdout);
    ari_buf_clear(&out);
  }
  ari_buf_free(&out);
  for (int i = 0; i < STACK; i++) ari_num_free(stack[i]);
  return fflush(stdout) ? 3 : 0;
}
