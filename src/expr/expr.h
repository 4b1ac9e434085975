/* expr: the formula language of the rules (DESIGN.md 4, "Expressions"): lexer, Pratt parser, checker, evaluator, printer.
 * A formula is typed and its range is known without any evidence; evaluating it says which input was missing or which division was empty. */
#ifndef ARI_EXPR_H
#define ARI_EXPR_H

#include "yaml/yaml.h"

typedef enum ari_type { ARI_TYPE_NONE, ARI_TYPE_NUM, ARI_TYPE_BOOL, ARI_TYPE_DATE, ARI_TYPE_CHOICE } ari_type;

typedef enum ari_op {
  ARI_OP_CONST,              /* number, date or option; see value */
  ARI_OP_INPUT,              /* an input: slot */
  ARI_OP_MAX,                /* bare max: the leaf's effective maximum */
  ARI_OP_SHARE_OF_MAX,       /* 50% in a points place: kids[0] × max */
  ARI_OP_OR, ARI_OP_AND, ARI_OP_NOT,
  ARI_OP_EQ, ARI_OP_NE, ARI_OP_LT, ARI_OP_LE, ARI_OP_GT, ARI_OP_GE,
  ARI_OP_ADD, ARI_OP_SUB, ARI_OP_MUL, ARI_OP_DIV, ARI_OP_NEG,
  ARI_OP_IF,                 /* kids: condition, then, else */
  ARI_OP_CALL                /* fn, kids */
} ari_op;

typedef enum ari_fn { ARI_FN_MIN, ARI_FN_MAX, ARI_FN_ABS, ARI_FN_ROUND, ARI_FN_CLAMP, ARI_FN_PRESENT, ARI_FN_DAYS, ARI_FNS } ari_fn;

typedef struct ari_expr ari_expr;
struct ari_expr {
  ari_op op;
  ari_fn fn;
  ari_type type;             /* after checking */
  ari_span span;             /* of this part */
  ari_str text;              /* of this part, the author's own words */
  int slot;                  /* INPUT: from the scope. CONST choice: option number after checking */
  ari_num *number;           /* CONST num */
  int32_t day;               /* CONST date */
  uint32_t n;
  ari_expr *kids[3];
  ari_expr *next;            /* more arguments of a call chain from kids[0] (n counts them all) */
  int depth;                 /* of the tree below: registers needed */
};
enum { ARI_EXPR_DEPTH = 32, ARI_EXPR_NODES = 500 };

/* Parses a scalar of the tree. Constants live in nums. NULL: told, or (fs->failed) out of memory. */
ari_expr *ari_expr_parse(ari_arena *arena, ari_nums *nums, const ari_yaml *node, ari_findings *fs) ARI_USE_RESULT;

/* What a name stands for. */
typedef struct ari_slot_type {
  ari_type type;             /* NONE: the input's type cannot stand in a formula (text) */
  const ari_str *options;    /* choice: ids of the options */
  int n_options;
  bool has_low, has_high;    /* known range of values */
  int64_t low_e12, high_e12; /* percent 0.. ; count from 0; from/to of the input */
  bool is_int;
} ari_slot_type;

/* Names visible at one place. find returns a slot >= 0 or -1; type describes a slot; names lists all for "did you mean". */
typedef struct ari_scope {
  const void *of;
  int (*find)(const void *of, ari_str name);
  ari_slot_type (*type)(const void *of, int slot);
  size_t (*names)(const void *of, ari_str *out, size_t room);
  void (*used)(const void *of, int slot);   /* told of each input that a formula uses; may be NULL */
} ari_scope;

/* Resolves names and types the formula. want NONE: any type. points: a place for points, where a constant 50% is a share of the leaf's max.
 * False: told. */
bool ari_expr_check(ari_arena *arena, ari_expr *e, const ari_scope *scope, ari_type want, bool points, ari_findings *fs);

/* What is known of a numeric formula's value without evidence (interval arithmetic; `max` given). A bound that is not known is absent. For bool: can it be
 * true, can it be false. */
typedef struct ari_range { bool has_low, has_high; ari_num *low, *high; bool can_be_true, can_be_false; } ari_range;
/* low and high are made in nums. max may be NULL. False: out of memory. */
bool ari_expr_range(ari_nums *nums, const ari_expr *e, const ari_scope *scope, const ari_num *max, ari_range *out) ARI_USE_RESULT;
/* The first division whose denominator can be 0 as far as types and ranges tell; NULL: none. (A share needs `empty:` then.) */
const ari_expr *ari_expr_can_be_empty(ari_nums *nums, const ari_expr *e, const ari_scope *scope);

/* ---- evaluation --------------------------------------------------------------------------------------------------- */

typedef enum ari_outcome {
  ARI_VALUE,                 /* there is a value */
  ARI_MISSING_INPUT,         /* an input that was needed is not there: `slot` */
  ARI_EMPTY_DIVISION,        /* 0/0 at `where` */
  ARI_DIVISION_BY_ZERO,      /* a/0 with a not 0 at `where`: an error in the evidence */
  ARI_BAD_ARGUMENT,          /* round(x, 99), clamp(x, 5, 1): at `where` */
  ARI_NO_MEMORY
} ari_outcome;

/* The evidence of one agency as a formula sees it. */
typedef struct ari_value { ari_type type; ari_dec dec; int32_t i; } ari_value;  /* num: dec; bool: i 0/1; date: i day; choice: i option */
typedef struct ari_inputs {
  const void *of;
  bool (*get)(const void *of, int slot, ari_value *out);  /* false: not there */
} ari_inputs;

/* Registers for evaluating: made once, used for everything. */
typedef struct ari_eval ari_eval;
ari_eval *ari_eval_new(void) ARI_USE_RESULT;            /* NULL: out of memory */
void ari_eval_free(ari_eval *ev);                       /* NULL is fine */

typedef struct ari_answer {
  ari_outcome outcome;
  int slot;                  /* MISSING_INPUT */
  const ari_expr *where;     /* EMPTY_DIVISION, DIVISION_BY_ZERO, BAD_ARGUMENT */
  int32_t i;                 /* bool, date, choice */
} ari_answer;

/* Evaluates; a number goes into `result`. `and`, `or` and `if` look only at what they need. max: the leaf's effective maximum (may be NULL when unused). */
ari_answer ari_expr_eval(ari_eval *ev, const ari_expr *e, const ari_inputs *inputs, const ari_num *max, ari_num *result);

/* Appends the formula with every input replaced by its value ("4210 / 4388"), in the author's own layout; an absent input becomes "?" . */
void ari_expr_print_values(ari_buf *b, const ari_expr *e, const ari_scope *scope, const ari_inputs *inputs, ari_locale how);
/* Calls `each` for every input used, in order of writing, once each. */
void ari_expr_inputs(const ari_expr *e, void (*each)(void *to, int slot), void *to);

#endif
