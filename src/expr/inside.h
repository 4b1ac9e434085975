/* expr: what its own files share and no other room sees. */
#ifndef ARI_EXPR_INSIDE_H
#define ARI_EXPR_INSIDE_H

#include "expr.h"

/* lex.c */
typedef enum ari_token_kind {
  ARI_TOKEN_END, ARI_TOKEN_BAD /* told */, ARI_TOKEN_NUMBER, ARI_TOKEN_DATE, ARI_TOKEN_OPTION, ARI_TOKEN_NAME, ARI_TOKEN_OPEN,
  ARI_TOKEN_CLOSE, ARI_TOKEN_COMMA, ARI_TOKEN_IF, ARI_TOKEN_THEN, ARI_TOKEN_ELSE, ARI_TOKEN_NOT, ARI_TOKEN_OPERATOR
} ari_token_kind;
typedef struct ari_token {
  ari_token_kind kind;
  ari_op op;                 /* OPERATOR; minus is SUB */
  uint32_t from, to;         /* bytes of the formula */
  ari_dec dec; bool percent; /* NUMBER: dec is 50 for 50% */
  int32_t day;               /* DATE */
} ari_token;
typedef struct ari_lexer {
  ari_str text;              /* of the formula */
  ari_span span;             /* of the scalar */
  bool exact; uint32_t offset;  /* exact: byte i of the text is byte span.start + offset + i of the source */
  uint32_t at;
  ari_findings *fs;
} ari_lexer;
ari_token ari_lex_next(ari_lexer *lexer);
ari_span ari_lex_span(const ari_lexer *lexer, uint32_t from, uint32_t to);
/* What to write instead of a word that people use for one of the language ("và", "AND", "nếu"); NULL: none. */
const char *ari_lex_instead(ari_str word);
ari_str ari_expr_cut(ari_str s);       /* the beginning of a long text, for a message */

/* functions.c */
typedef struct ari_checker { ari_arena *arena; const ari_scope *scope; ari_findings *fs; bool bad; } ari_checker;
typedef struct ari_ranger { ari_nums *nums; const ari_scope *scope; const ari_num *max; } ari_ranger;
typedef struct ari_run { ari_eval *eval; const ari_inputs *inputs; const ari_num *max; ari_answer *answer; } ari_run;

/* previous.c: likewise. */
void ari_check_previous(ari_checker *c, ari_expr *e);
bool ari_eval_previous(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i);
bool ari_range_previous(ari_ranger *g, const ari_expr *e, ari_range *out);

/* lists.c: rows of that table. */
void ari_check_list(ari_checker *c, ari_expr *e);
bool ari_eval_mean(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i);
bool ari_eval_sum(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i);
bool ari_eval_count(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result, int32_t *i);
bool ari_range_mean(ari_ranger *g, const ari_expr *e, ari_range *out);
bool ari_range_sum(ari_ranger *g, const ari_expr *e, ari_range *out);
bool ari_range_count(ari_ranger *g, const ari_expr *e, ari_range *out);
bool ari_is_mean(const ari_expr *e);

/* eval.c: registers from `at` on are free for the part's own use. */
bool ari_eval_num(ari_run *run, const ari_expr *e, uint32_t at, ari_num *result);
bool ari_eval_int(ari_run *run, const ari_expr *e, uint32_t at, int32_t *i);
ari_num *ari_eval_register(ari_run *run, uint32_t at);
bool ari_eval_input(ari_run *run, const ari_expr *e, ari_value *value);   /* false: not there, answered so */

/* compare.c: marks what is `rounded` in a checked formula; warns where the same value stands beside it in other words, which are not. */
void ari_expr_mark_compared(ari_expr *e, ari_findings *fs);

/* range.c: out's numbers are made in g->nums. */
bool ari_range_part(ari_ranger *g, const ari_expr *e, ari_range *out);
bool ari_range_new(ari_ranger *g, ari_range *out);     /* nothing known */

#endif
