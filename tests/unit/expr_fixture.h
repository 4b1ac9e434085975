/* A criterion with inputs of every type, and formulas on it asked in one line: what the tests of the formula language stand on. */
#ifndef EXPR_FIXTURE_H
#define EXPR_FIXTURE_H

#include "expr/inside.h"
#include "../tap.h"

#include <stdlib.h>

enum { ON_TIME, RECEIVED, RATE, X, SCALE, DONE, OPEN, PLAN, FROM, UNTIL, NOTE, MIN_INPUT, VIETNAMESE, MARKS, HOURS, INPUTS };

static const char *const input_names[INPUTS] = {"on_time", "received", "rate",   "x",     "scale", "done",    "open",
                                                "plan",    "start",    "finish", "story", "min",   "số_hồ_sơ", "marks", "hours"};
static const char *const option_names[] = {"on_time", "late", "none"};

/* Names of `let`; one may use those before it. */
enum { LETS = 5 };
static const char *const let_names[LETS] = {"ratio", "twice", "half", "curve", "enough"};
static const char *const let_formulas[LETS] = {"on_time / received", "2 * ratio", "50%", "sqrt(scale)", "ratio > 50% and received > 0"};

typedef struct fixture {
  ari_arena arena;
  ari_nums nums;
  ari_findings findings;
  ari_str options[3];
  bool given[INPUTS];
  ari_value values[INPUTS];
  ari_dec items[INPUTS][12]; /* of lists */
  int looked[INPUTS];        /* how often get was asked */
  int used[INPUTS];
  ari_expr *lets[LETS];      /* made when first asked for */
  ari_eval *eval;
  ari_buf text;
  bool cohort;               /* somebody is compared */
  const ari_num *before[INPUTS];  /* last period's values; NULL: not there */
  int asked_before[INPUTS];  /* how often the check met previous(…) of it */
} fixture;

static inline int find_input(const void *of, ari_str name) {
  (void)of;
  for (int i = 0; i < INPUTS; i++)
    if (ari_str_is(name, input_names[i])) return i;
  return -1;
}

/* count: from 0, whole; rate: from 0; scale: from 1 to 10; x: any number; marks: a list of numbers from 1 to 10; hours: a list of counts. */
static inline ari_slot_type type_of_input(const void *of, int slot) {
  const fixture *f = of;
  switch (slot) {
    case ON_TIME: case RECEIVED: case MIN_INPUT: case VIETNAMESE:
      return (ari_slot_type){.type = ARI_TYPE_NUM, .has_low = true, .is_int = true};
    case RATE: return (ari_slot_type){.type = ARI_TYPE_NUM, .has_low = true, .is_percent = true};
    case X: return (ari_slot_type){.type = ARI_TYPE_NUM};
    case SCALE:
      return (ari_slot_type){.type = ARI_TYPE_NUM, .has_low = true, .has_high = true, .low_e12 = ARI_ONE, .high_e12 = 10 * ARI_ONE};
    case MARKS:
      return (ari_slot_type){.type = ARI_TYPE_NUM, .has_low = true, .has_high = true, .low_e12 = ARI_ONE, .high_e12 = 10 * ARI_ONE, .is_list = true};
    case HOURS: return (ari_slot_type){.type = ARI_TYPE_NUM, .has_low = true, .is_int = true, .is_list = true};
    case DONE: case OPEN: return (ari_slot_type){.type = ARI_TYPE_BOOL};
    case PLAN: return (ari_slot_type){.type = ARI_TYPE_CHOICE, .options = f->options, .n_options = 3};
    case FROM: case UNTIL: return (ari_slot_type){.type = ARI_TYPE_DATE};
    default: return (ari_slot_type){.type = ARI_TYPE_NONE};
  }
}

static inline size_t names_of_inputs(const void *of, ari_str *out, size_t room) {
  (void)of;
  size_t n = 0;
  for (; n < INPUTS && n < room; n++) out[n] = ari_str_of(input_names[n]);
  return n;
}

static inline void note_used(const void *of, int slot) { ((fixture *)(uintptr_t)of)->used[slot]++; }

static inline bool get_input_value(const void *of, int slot, ari_value *out) {
  fixture *f = (fixture *)(uintptr_t)of;
  f->looked[slot]++;
  *out = f->values[slot];
  return f->given[slot];
}

static inline ari_expr *find_let(const void *of, ari_str name);

/* Every formula is compared as the same series, of which the figures are 101 (least), 102 (greatest), 103 (mean), 104 (median) while `cohort` is set. */
static inline int find_series(const void *of, const ari_expr *value) {
  (void)of, (void)value;
  return 7;
}

static inline bool get_figure(const void *of, int series, ari_cohort_figure figure, ari_num *out) {
  const fixture *f = of;
  ari_num_set_int(out, 101 + (int)figure);
  return f->cohort && series == 7;
}

static inline void note_previous(const void *of, int slot) { ((fixture *)(uintptr_t)of)->asked_before[slot]++; }

static inline bool get_previous(const void *of, int slot, ari_num *out) {
  const fixture *f = of;
  if (f->before[slot]) ari_num_set(out, f->before[slot]);
  return f->before[slot];
}

static inline ari_scope scope_of(const fixture *f) { return (ari_scope){.of = f, .find = find_input, .type = type_of_input, .names = names_of_inputs, .used = note_used, .let = find_let, .series = find_series, .previous = note_previous}; }
static inline ari_inputs inputs_of(const fixture *f) { return (ari_inputs){.of = f, .get = get_input_value, .cohort = get_figure, .previous = get_previous}; }

static inline void fixture_start(fixture *f) {
  *f = (fixture){0};
  for (int i = 0; i < 3; i++) f->options[i] = ari_str_of(option_names[i]);
  f->eval = ari_eval_new();
  if (!f->eval) abort();
}

static inline void fixture_end(fixture *f) {
  ari_arena_free(&f->arena);
  ari_nums_free(&f->nums);
  ari_findings_free(&f->findings);
  ari_eval_free(f->eval);
  ari_buf_free(&f->text);
}

static inline ari_expr *find_let(const void *of, ari_str name) {
  fixture *f = (fixture *)(uintptr_t)of;
  ari_scope scope = scope_of(f);
  for (int i = 0; i < LETS; i++) {
    if (!ari_str_is(name, let_names[i])) continue;
    ari_findings fs = {0};
    ari_yaml node = {.kind = ARI_YAML_SCALAR, .text = ari_str_of(let_formulas[i])};
    if (!f->lets[i]) f->lets[i] = ari_expr_parse(&f->arena, &f->nums, &node, &fs);
    else return f->lets[i];
    if (!f->lets[i] || !ari_expr_check(&f->arena, f->lets[i], &scope, ARI_TYPE_NONE, false, &fs)) abort();
    ari_findings_free(&fs);
    return f->lets[i];
  }
  return NULL;
}

/* NULL: told. The formula as a plain scalar that is the whole source. */
static inline ari_expr *read_formula(fixture *f, const char *formula, ari_type want, bool points) {
  ari_str text = ari_str_of(formula);
  ari_yaml node = {.kind = ARI_YAML_SCALAR, .text = text, .span = {0, 0, (uint32_t)text.n}};
  ari_scope scope = scope_of(f);
  ari_findings_free(&f->findings);
  f->findings = (ari_findings){0};
  ari_expr *e = ari_expr_parse(&f->arena, &f->nums, &node, &f->findings);
  return e && ari_expr_check(&f->arena, e, &scope, want, points, &f->findings) ? e : NULL;
}

static inline const char *text_of_buf(ari_buf *b) {
  ari_buf_put(b, "", 1);
  if (b->failed) abort();
  return b->p;
}

/* "E0324[recieved]": the code of each finding and what its caret stands under; "" when the formula is right. */
static inline const char *told(fixture *f, const char *formula, bool good) {
  ari_buf_clear(&f->text);
  for (size_t i = 0; i < f->findings.n; i++) {
    const ari_finding *finding = &f->findings.items[i];
    ari_str place = {formula + finding->at.start, finding->at.len};
    ari_buf_printf(&f->text, "%s%s[%.*s]", i ? " " : "", ari_code_name(finding->code), (int)place.n, place.p);
  }
  if (!good && !f->findings.n) ari_buf_text(&f->text, "nothing told");
  if (good && f->findings.errors) ari_buf_text(&f->text, " but accepted");
  return text_of_buf(&f->text);
}

static inline const char *told_of(fixture *f, const char *formula, ari_type want) {
  return told(f, formula, read_formula(f, formula, want, false) != NULL);
}

/* The sentence of the first finding. */
static inline const char *sentence_of(fixture *f, const char *formula, ari_lang lang) {
  (void)read_formula(f, formula, ARI_TYPE_NONE, false);
  ari_buf_clear(&f->text);
  if (f->findings.n) ari_finding_sentence(&f->text, &f->findings.items[0], lang);
  return text_of_buf(&f->text);
}

static inline void forget_values(fixture *f) { memset(f->given, 0, sizeof f->given); }

static inline void give_number(fixture *f, int slot, const char *number) {
  f->given[slot] = ari_dec_read(ari_str_of(number), &f->values[slot].dec, NULL) == ARI_DEC_OK;
  f->values[slot].type = ARI_TYPE_NUM;
  if (!f->given[slot]) abort();
}

/* "85 90.5 70" */
static inline void give_list(fixture *f, int slot, const char *numbers) {
  ari_list *list = &f->values[slot].list;
  char word[32];
  int used = 0;
  f->given[slot] = true;
  f->values[slot].type = ARI_TYPE_NUM;
  *list = (ari_list){f->items[slot], 0};
  for (; sscanf(numbers, " %31s%n", word, &used) == 1; numbers += used)
    if (list->n == 12 || ari_dec_read(ari_str_of(word), &f->items[slot][list->n++], NULL) != ARI_DEC_OK) abort();
}

static inline void give_int(fixture *f, int slot, ari_type type, int32_t i) {
  f->given[slot] = true;
  f->values[slot] = (ari_value){.type = type, .i = i};
}

static inline void give_date(fixture *f, int slot, const char *date) {
  int32_t day = 0;
  if (!ari_date_read(ari_str_of(date), &day)) abort();
  give_int(f, slot, ARI_TYPE_DATE, day);
}

/* The value as text: "0.75", "true", "missing received", "empty [a / b]". max: a number. */
static inline const char *value_with(fixture *f, const char *formula, bool points, const char *max) {
  ari_expr *e = read_formula(f, formula, ARI_TYPE_NONE, points);
  ari_inputs inputs = inputs_of(f);
  if (!e) return "not accepted";
  ari_num *result = ari_nums_new(&f->nums), *most = ari_nums_new(&f->nums);
  ari_dec dec;
  if (!result || !most || ari_dec_read(ari_str_of(max), &dec, NULL) != ARI_DEC_OK) abort();
  ari_num_set_dec(most, dec);
  memset(f->looked, 0, sizeof f->looked);
  ari_answer a = ari_expr_eval(f->eval, e, &inputs, most, result);
  ari_buf_clear(&f->text);
  switch (a.outcome) {
    case ARI_VALUE:
      if (e->type == ARI_TYPE_NUM) ari_buf_num(&f->text, result, 12, ARI_AS_DATA);
      else if (e->type == ARI_TYPE_BOOL) ari_buf_text(&f->text, a.i ? "true" : "false");
      else if (e->type == ARI_TYPE_DATE) ari_buf_date(&f->text, a.i, ARI_AS_DATA);
      else ari_buf_int(&f->text, a.i);
      break;
    case ARI_MISSING_INPUT: ari_buf_printf(&f->text, "missing %s", input_names[a.slot]); break;
    case ARI_EMPTY_DIVISION: ari_buf_printf(&f->text, "empty [%.*s]", (int)a.where->text.n, a.where->text.p); break;
    case ARI_DIVISION_BY_ZERO: ari_buf_printf(&f->text, "by zero [%.*s]", (int)a.where->text.n, a.where->text.p); break;
    case ARI_BAD_ARGUMENT: ari_buf_printf(&f->text, "bad [%.*s]", (int)a.where->text.n, a.where->text.p); break;
    default: ari_buf_text(&f->text, "no memory"); break;
  }
  return text_of_buf(&f->text);
}

static inline const char *value_of(fixture *f, const char *formula) { return value_with(f, formula, false, "10"); }

#endif
