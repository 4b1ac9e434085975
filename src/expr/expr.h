/* expr: the formula language of the rules (ari-criteria(5), "Formulas"): lexer, Pratt parser, checker, evaluator, printer.
 * A formula is typed and its range is known without any evidence; evaluating it says which input was missing or which
 * division was empty. */
#ifndef ARI_EXPR_H
#define ARI_EXPR_H

#include "yaml/yaml.h"

typedef enum ari_type { ARI_TYPE_NONE, ARI_TYPE_NUM, ARI_TYPE_BOOL, ARI_TYPE_DATE, ARI_TYPE_CHOICE } ari_type;

typedef enum ari_op {
  ARI_OP_CONST,              /* number, date or option; see value */
  ARI_OP_INPUT,              /* an input: slot. In the needs of grades a figure: text points('2') */
  ARI_OP_MAX,                /* bare max: the leaf's effective maximum */
  ARI_OP_SHARE_OF_MAX,       /* 50% that stands for points: number × max */
  ARI_OP_OR, ARI_OP_AND, ARI_OP_NOT,
  ARI_OP_EQ, ARI_OP_NE, ARI_OP_LT, ARI_OP_LE, ARI_OP_GT, ARI_OP_GE,
  ARI_OP_ADD, ARI_OP_SUB, ARI_OP_MUL, ARI_OP_DIV, ARI_OP_NEG,
  ARI_OP_IF,                 /* kids: condition, then, else */
  ARI_OP_CALL,               /* function, kids */
  ARI_OP_LET                 /* a name of `let`: its formula, checked and shared by all that name it, is the only kid; evaluated in place */
} ari_op;

typedef struct ari_function ari_function;   /* a row of the table in functions.c */
typedef struct ari_expr ari_expr;
struct ari_expr {
  ari_op op;
  ari_type type;             /* CONST: from the start; else after checking */
  bool percent;              /* CONST: was written as a percentage */
  bool rounded;              /* the same as what this formula compares agencies by: rounded to 12 places as that is */
  int slot;                  /* INPUT: from the scope, after checking. CONST choice: option number after checking. cohort.max(…): the series, likewise */
  int32_t day;               /* CONST date */
  uint32_t n;                /* of kids, in the order of writing */
  ari_expr **kids;
  const ari_function *function;  /* CALL */
  ari_num *number;           /* CONST num, SHARE_OF_MAX: 0.5 for 50% */
  ari_span span;             /* of this part, without parentheses around it */
  ari_str text;              /* the author's own words for it; lives in the arena */
};
/* Depth counts what is nested: a long sum or a long chain of `and` is not deep. */
enum { ARI_EXPR_DEPTH = 32, ARI_EXPR_NODES = 500 };

/* Parses a scalar of the tree; keeps nothing of the tree. Constants live in nums. NULL: told, or (fs->failed) out of memory.
 * Carets point at the very token when the scalar stands in the source as it is, else (escapes, folded lines, NFC) at the
 * whole scalar. */
ari_expr *ari_expr_parse(ari_arena *arena, ari_nums *nums, const ari_yaml *node, ari_findings *fs) ARI_USE_RESULT;

/* What a name stands for. */
typedef struct ari_slot_type {
  ari_type type;             /* NONE: the input's type cannot stand in a formula (text) */
  const ari_str *options;    /* choice: ids of the options */
  int n_options;
  bool has_low, has_high;    /* known range of values */
  int64_t low_e12, high_e12; /* count and money from 0; from/to of the input */
  bool is_int;
  bool is_percent;           /* values are shown as percentages */
  bool is_survey;            /* type NONE: not a text, but answers to a question */
  bool is_list;              /* all of the above holds for each of its values */
} ari_slot_type;

/* Names visible at one place. find returns a slot >= 0 or -1; type describes a slot; names lists all for "did you mean". In the needs of grades
 * names are points('id') and share('id'), find returns ARI_NO_FIGURE for all others, and names lists the ids. */
enum { ARI_NO_FIGURE = -2 };
typedef struct ari_scope {
  const void *of;
  int (*find)(const void *of, ari_str name);
  ari_slot_type (*type)(const void *of, int slot);
  size_t (*names)(const void *of, ari_str *out, size_t room);
  void (*used)(const void *of, int slot);   /* told of each input that a formula uses; may be NULL */
  ari_expr *(*let)(const void *of, ari_str name);   /* the checked formula of a name of `let`; NULL: no such name. May be NULL */
  bool (*later)(const void *of, ari_str name);   /* a name of `let` that has no formula yet; may be NULL */
  int (*series)(const void *of, const ari_expr *value);   /* the number of what cohort.max(value) looks at; -1: told, or no memory. NULL: no
                                                           * formula looks at other agencies here */
  void (*previous)(const void *of, int slot);   /* told of each input whose last period a formula uses. NULL: there is no last period here */
} ari_scope;

/* Resolves names and types the formula; once for each formula. What names of `let` stand for counts towards depth and nodes. want NONE: any type. points: a place for points, where a
 * percentage that stands for points (alone, as a term of a sum, a branch of `if`, an argument of min max clamp abs round) is a
 * share of the leaf's max; as a factor, a divisor or in a comparison it stays a plain number: `50% * max` is not half of max
 * squared (a factor or divisor without max beside it is warned of, W0346). False: told, or (fs->failed) out of memory. */
bool ari_expr_check(ari_arena *arena, ari_expr *e, const ari_scope *scope, ari_type want, bool points,
                    ari_findings *fs) ARI_USE_RESULT;

/* What is known of a checked formula's value without evidence (interval arithmetic; `max` given). A bound that is not known is
 * absent; what is known is sure, never guessed. For bool: can it be true, can it be false. */
typedef struct ari_range { bool has_low, has_high; ari_num *low, *high; bool can_be_true, can_be_false; } ari_range;
/* low and high are made in nums. max may be NULL: then only known not to be negative. False: out of memory. */
bool ari_expr_range(ari_nums *nums, const ari_expr *e, const ari_scope *scope, const ari_num *max,
                    ari_range *out) ARI_USE_RESULT;
/* Whether a checked formula is a call that only gives whole numbers: the count of a list, the sum of whole values, a count of last period. */
bool ari_expr_whole_call(const ari_expr *e, const ari_scope *scope);
/* Do two checked formulas (either may be NULL) say the same: the same operators, inputs and constants, whatever their layout? */
bool ari_expr_same(const ari_expr *a, const ari_expr *b);
/* Conditions (checked formulas) of which it is known how they came out where another formula is evaluated: those of the cases before it. */
typedef struct ari_known { const ari_expr *condition; bool truth; const struct ari_known *before; } ari_known;
/* *where: the first division whose denominator can be 0, or mean of a list that can be empty, as far as types, ranges, guards
 * (`if b > 0 then a / b …`) and what is known (may be NULL) tell; NULL: none. (A share needs `empty:` then.) False: out of memory. */
bool ari_expr_can_be_empty(const ari_expr *e, const ari_scope *scope, const ari_known *known, const ari_expr **where) ARI_USE_RESULT;

/* Whether the formula, or a name of `let` in it, looks at other agencies: cohort.max(…). */
bool ari_expr_compares(const ari_expr *e);
/* What agencies are compared by is a formula of inputs alone: neither max nor cohort nor previous stands in it. `by` names what compares
 * ("zscore"). False: told. */
bool ari_expr_check_compared(const ari_expr *e, ari_str by, ari_findings *fs) ARI_USE_RESULT;

/* ---- evaluation --------------------------------------------------------------------------------------------------- */

typedef enum ari_outcome {
  ARI_VALUE,                 /* there is a value */
  ARI_MISSING_INPUT,         /* an input that was needed is not there: `slot` */
  ARI_EMPTY_DIVISION,        /* 0/0 at `where` */
  ARI_DIVISION_BY_ZERO,      /* a/0 with a not 0 at `where`: an error in the evidence */
  ARI_BAD_ARGUMENT,          /* clamp(x, 5, 1), ln(0): at `where` */
  ARI_NO_MEMORY
} ari_outcome;

/* The evidence of one agency as a formula sees it. */
typedef struct ari_list { const ari_dec *items; uint32_t n; } ari_list;         /* owned by whoever keeps the evidence */
/* num: dec; bool: i 0/1; date: i day; choice: i option; the input is a list: list */
typedef struct ari_value { ari_type type; ari_dec dec; int32_t i; ari_list list; } ari_value;
/* What is known of the agencies that are compared. SD: standard deviation; BELOW, ABOVE: how many are strictly below or above this agency. */
typedef enum ari_cohort_figure {
  ARI_COHORT_MIN, ARI_COHORT_MAX, ARI_COHORT_MEAN, ARI_COHORT_MEDIAN, ARI_COHORT_COUNT, ARI_COHORT_SD_SAMPLE, ARI_COHORT_SD_POPULATION,
  ARI_COHORT_BELOW, ARI_COHORT_ABOVE
} ari_cohort_figure;
bool ari_expr_is_cohort(const ari_expr *e);                    /* cohort.max(…) itself */
ari_cohort_figure ari_expr_cohort_figure(const ari_expr *e);   /* of one that is */
typedef struct ari_inputs {
  const void *of;
  bool (*get)(const void *of, int slot, ari_value *out);  /* false: not there */
  bool (*cohort)(const void *of, int series, ari_cohort_figure figure, ari_num *out);   /* false: nobody has a value, or there is no such
                                                                                         * figure. NULL: nobody is compared */
  /* The same input in the last period, exact; summed over the agencies that this one replaces. false: not there. May be NULL: no last period is
   * known. */
  bool (*previous)(const void *of, int slot, ari_num *out);
} ari_inputs;

/* Registers for evaluating: made once, used for everything. */
typedef struct ari_eval ari_eval;
ari_eval *ari_eval_new(void) ARI_USE_RESULT;            /* NULL: out of memory */
void ari_eval_free(ari_eval *ev);                       /* NULL is fine */

typedef struct ari_answer {
  ari_outcome outcome;
  int slot;                  /* MISSING_INPUT */
  bool of_previous;          /* MISSING_INPUT: it is last period's value that is not there */
  const ari_expr *where;     /* EMPTY_DIVISION, DIVISION_BY_ZERO, BAD_ARGUMENT */
  int32_t i;                 /* bool, date, choice */
  bool compared;             /* EMPTY_DIVISION: of the value at `where` with what it is compared with, not inside it */
} ari_answer;

/* Evaluates a checked formula; a number goes into `result`. `and`, `or` and `if` look only at what they need. max: the leaf's
 * effective maximum (may be NULL when unused); result is another number than max. round() is half up, as spreadsheets do.
 * Allocates nothing but what GMP needs for long numbers. */
ari_answer ari_expr_eval(ari_eval *ev, const ari_expr *e, const ari_inputs *inputs, const ari_num *max, ari_num *result);

/* Appends the formula with every input replaced by its value ("4210 / 4388"), in the author's own layout; an absent input
 * becomes "?". A name of `let` stays. */
void ari_expr_print_values(ari_buf *b, const ari_expr *e, const ari_scope *scope, const ari_inputs *inputs, ari_locale how);
/* "85; 90.5; 70": the first values of a list and how many there are in all when some are left out; "[]" when there are none. */
void ari_buf_list(ari_buf *b, ari_list list, bool percent, ari_locale how);
/* The figure that previous(x) comes to, x being at `slot`. False: it is not there, and nothing is written. */
bool ari_buf_previous(ari_buf *b, const ari_inputs *inputs, int slot, bool percent, ari_locale how);
/* Calls `each` for every input used, in order of writing, once each; not for what is looked at in the last period alone. */
void ari_expr_inputs(const ari_expr *e, void (*each)(void *to, int slot), void *to);
bool ari_expr_is_previous(const ari_expr *e);   /* previous(x) itself */
/* Calls `each` for x of every previous(x), in order of writing. */
void ari_expr_each_previous(const ari_expr *e, void (*each)(void *to, int slot), void *to);

/* What the language can call (functions.c). A new function is a new row there. */
struct ari_checker;
struct ari_ranger;
struct ari_run;
struct ari_function {
  const char *name;
  uint32_t from, to;         /* number of arguments; to UINT32_MAX: any */
  ari_type takes, gives;
  uint32_t points;           /* so many of the first arguments are points when the call stands for points */
  void (*check)(struct ari_checker *c, ari_expr *e);                      /* after the types; NULL: nothing more */
  /* A number into result, others into i; registers from `at` on are free. False: run->answer says why. */
  bool (*eval)(struct ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i);
  bool (*range)(struct ari_ranger *g, const ari_expr *e, ari_range *out); /* out knows nothing yet; NULL: nothing can be known */
};
const ari_function *ari_function_find(ari_str name);   /* NULL: none */
const ari_function *ari_function_at(size_t n);         /* NULL behind the last */

#endif
