/* report: what is written of the figures: one file per format over one sink; the text of explain; the main job's folder. */
#ifndef ARI_REPORT_H
#define ARI_REPORT_H

#include "chart/chart.h"

/* The charts of a report, drawn into `folder`/charts; the list stays valid with the work. */
typedef struct ari_drawn { const char *folder; ari_chart *charts; size_t n; } ari_drawn;
/* Draws them; the folder is made. */
ari_status ari_report_charts(ari_work *work, ari_drawn *drawn) ARI_USE_RESULT;
/* report.html: one self-contained file with those charts in it. */
ari_status ari_report_html(ari_work *work, const ari_drawn *drawn, ari_sink to) ARI_USE_RESULT;
/* One agency's page: its sheet, its chart, the method, and what it was computed from. */
ari_status ari_report_agency(ari_work *work, const ari_drawn *drawn, size_t agency, ari_sink to) ARI_USE_RESULT;
/* The sheet that an agency prints and signs; after ari_assess. The same inputs give the same bytes. */
ari_status ari_report_own_sheet(ari_work *work, ari_sink to) ARI_USE_RESULT;
/* The ranking for the annex of a decision. */
ari_status ari_report_markdown(ari_work *work, ari_sink to) ARI_USE_RESULT;
/* Ranking, every node's points, a sheet for each field, as a workbook for Excel and LibreOffice. F0850: a sheet has no room for it. */
ari_status ari_report_workbook(ari_work *work, ari_sink to) ARI_USE_RESULT;
/* results.json: set, period, agencies, nodes, figures, ranking. */
ari_status ari_report_json(ari_work *work, ari_sink to) ARI_USE_RESULT;

/* ---- what a report was made from (origin.c) ------------------------------------------------------------------------------------ */

/* The round that people work in. False: there is none, for what is kept of a run is no round. */
bool ari_report_round(const ari_work *work, ari_round_info *out);
void ari_report_put_round(ari_buf *b, const ari_work *work);   /* that round and the end of its log, or that there is none, as a sentence */
ari_str ari_report_file_name(const ari_work *work, size_t file);   /* without folders, which are nobody's business: the SHA-256 tells which file it was */
bool ari_report_file_is_of(const ari_work *work, size_t file, size_t agency);   /* says something of the agency, or of none */

/* ---- tables for spreadsheets (excel_put.c) ----------------------------------------------------------------------------------- */

typedef struct ari_excel { ari_out out; ari_lang lang; bool begun; } ari_excel;   /* begun: the row has a cell */
ari_excel ari_excel_start(ari_lang lang, ari_sink to);
void ari_excel_text(ari_excel *t, ari_str s);
void ari_excel_figure(ari_excel *t, bool there, int64_t e12, int decimals);   /* as ari_buf_e12 takes decimals; there false: an empty cell */
void ari_excel_next(ari_excel *t);           /* a cell that the caller fills in t->out.buf */
void ari_excel_end_row(ari_excel *t);
/* `status` when it is not fine, else that of writing. */
ari_status ari_excel_finish(ari_excel *t, ari_status status) ARI_USE_RESULT;
/* The worksheet of an appraisal: one row for each criterion that an agency is scored by (ari-evidence(5), "Appraisals"). */
ari_status ari_report_worksheet(ari_work *work, ari_sink to) ARI_USE_RESULT;

/* rows.c: rows of one kind. put: the n-th, without its end of line; false: no more. */
typedef struct ari_rows { const char *head; bool (*put)(ari_work *work, size_t n, bool json, ari_buf *b); } ari_rows;
ari_status ari_write_rows(ari_work *work, const ari_rows *rows, bool json, ari_sink to) ARI_USE_RESULT;

/* ---- forms: what an agency fills in (ari-evidence(5), "Forms") --------------------------------------------------------------- */

/* A row of the sheet that an agency types into. */
typedef enum ari_form_kind { ARI_FORM_ROW_NODE, ARI_FORM_ROW_INDEX, ARI_FORM_ROW_GRADE, ARI_FORM_ROW_INPUT } ari_form_kind;
typedef struct ari_form_row { ari_form_kind kind; const ari_node *node; int32_t slot; } ari_form_row;   /* INPUT: its slot */

/* One agency's form: what its tier is asked for, in document order, and where each thing stands. Rows and columns are counted from 0. */
typedef struct ari_form {
  ari_work *work;
  const ari_set *set;
  const ari_evidence *evidence;        /* what is carried over, read as this period's: NULL before it was */
  size_t agency;             /* in the evidence */
  ari_str id, name;
  ari_period period;
  uint32_t tier;
  ari_lang lang;
  const ari_evidence *from; size_t from_agency;   /* where values come from; NULL: nowhere */
  ari_form_row *rows; size_t n_rows;   /* of the answers, from row ARI_FORM_FIRST_ROW on */
  int32_t *node_rows, *slot_rows;      /* of the answers, by node and slot; -1: not asked for */
  int32_t *lists; uint32_t n_lists;    /* slots of lists: the column of each is its place here, and 1 */
  int32_t *options;          /* by slot: the first row of its options' titles on the sheet about the form; -1: none */
} ari_form;
enum { ARI_FORM_FIRST_ROW = 5, ARI_FORM_LISTS_FIRST = 4, ARI_FORM_DOCUMENTS_FIRST = 3, ARI_FORM_TITLES_FIRST = 20 };
/* Columns of the sheet about the form; from row ARI_FORM_TITLES_FIRST on its last two have what yes-no cells and choices take, and the ids of the criteria. */
typedef enum ari_form_about_place { ARI_FORM_ABOUT_KEY, ARI_FORM_ABOUT_VALUE, ARI_FORM_ABOUT_CLOCK, ARI_FORM_ABOUT_TITLES, ARI_FORM_ABOUT_LEAVES } ari_form_about_place;
/* Columns of the documents, behind that of the keys. */
enum { ARI_FORM_DOCUMENTS_LEFT = 1 };
/* Columns of the answers. Behind those that people see stand, hidden, the steps of the calculation. */
typedef enum ari_form_place {
  ARI_FORM_AT_KEY, ARI_FORM_AT_ID, ARI_FORM_AT_TITLE, ARI_FORM_AT_RULE, ARI_FORM_AT_MAX, ARI_FORM_AT_VALUE, ARI_FORM_AT_UNIT,
  ARI_FORM_AT_LAST, ARI_FORM_AT_POINTS, ARI_FORM_AT_STATE, ARI_FORM_AT_CLAIMED, ARI_FORM_AT_NOT_APPLICABLE, ARI_FORM_AT_NOTE,
  ARI_FORM_AT_FIGURE,        /* an input as a number, or an error: #N/A is missing, #VALUE! cannot be. On a node's row the value of its rule */
  ARI_FORM_AT_UNROUNDED,     /* points of the rule before rounding, or why there are none: #N/A missing, #DIV/0! empty, #NUM! pending, #VALUE! an error */
  ARI_FORM_AT_CODE,          /* ari_leaf_state; or one of the two below */
  ARI_FORM_AT_EXTRA,         /* what others of its maximum were spread to the leaf */
  ARI_FORM_AT_APPLICABLE,    /* applicable maximum */
  ARI_FORM_AT_WITHHELD,      /* above 0: something is withheld here or below */
  ARI_FORM_PLACES
} ari_form_place;
enum { ARI_FORM_FAULTY = ARI_PENDING + 1, ARI_FORM_UNDOCUMENTED };   /* behind ari_leaf_state: cannot be scored so; documents are missing */

/* Formulas for spreadsheets (formula*.c), without the '=' in front. They give the engine's points to the last decimal: what is compared or rounded is
 * first freed of what binary fractions add. False: a spreadsheet cannot express it (or no memory: b->failed), and what is in `b` is of no use. */
enum { ARI_FORMULA_MOST = 7000 };   /* signs; Excel takes 8192 */
typedef struct ari_formula { const ari_form *form; const ari_node *node; ari_buf *b; bool cannot; bool of_grades; } ari_formula;   /* of_grades: inputs are figures, points('2') */
void ari_formula_cell(ari_buf *b, uint32_t column, int32_t row);                /* $O$7; column: ari_form_place, or of another sheet, from 0 */
void ari_formula_range(ari_buf *b, const char *sheet, uint32_t column, int32_t first, size_t n);   /* 'ari'!$D$21:$D$22, n cells one below the other; sheet NULL: its own */
void ari_formula_text(ari_buf *b, ari_str text);       /* in quotes, as much as a formula takes of a text */
void ari_formula_num(ari_formula *f, const ari_num *a);
void ari_formula_int(ari_formula *f, int64_t v);
unsigned ari_formula_fails(const ari_formula *f, const ari_expr *e);  /* in which ways it can come to nothing, as bits */
void ari_formula_expr(ari_formula *f, const ari_expr *e);
/* What a part of a formula is: written by `put` as often as it is needed. */
void ari_formula_compare(ari_formula *f, ari_op op, void (*put)(ari_formula *f, const void *what), const void *a, const void *b, bool exact);
void ari_formula_round(ari_formula *f, int decimals, ari_rounding mode, void (*put)(ari_formula *f, const void *what), const void *what);
/* The value and the points of a leaf's rule, for the two cells of its row. */
bool ari_formula_rule_value(ari_formula *f);            /* false: its rule has no value of its own */
void ari_formula_rule(ari_formula *f);
/* What a leaf (first five) or an inner node comes to, for the cells of its row; f->node says whose. */
uint32_t ari_formula_expectations(ari_formula *f);      /* "IF(expected,": as often as it says, what else it is and a parenthesis must follow */
void ari_formula_code(ari_formula *f);
void ari_formula_node_code(ari_formula *f);            /* of an inner node: whether what is expected there is met */
void ari_formula_leaf_points(ari_formula *f);
void ari_formula_leaf_max(ari_formula *f);
void ari_formula_leaf_withheld(ari_formula *f);
void ari_formula_extra(ari_formula *f);
void ari_formula_node_points(ari_formula *f);
void ari_formula_node_max(ari_formula *f);
void ari_formula_node_withheld(ari_formula *f);
void ari_formula_total(ari_formula *f);                 /* node: the root */
void ari_formula_index(ari_formula *f);
void ari_formula_grade(ari_formula *f);
void ari_formula_count(ari_buf *b, const ari_form *form, int code);   /* how many criteria have this code */
bool ari_form_takes_spread(const ari_form *form, const ari_node *leaf);       /* others' maximum can come to it */
bool ari_form_may_not_apply(const ari_form *form, const ari_node *leaf);      /* the agency may say that it does not apply */

const ari_cell *ari_form_carried(const ari_form *form, int32_t slot);   /* the value that stands in the form; NULL: none */
const ari_cell *ari_form_last(const ari_form *form, int32_t slot);      /* that of the period right before, where it comes with what is carried over */
/* form.c: what an input takes, for people: "a whole number, from 1 on". In YAML dates and choices are written as evidence writes them. */
void ari_form_help(ari_buf *b, const ari_form *form, const ari_input *input, bool yaml);
void ari_form_rule_words(ari_buf *b, const ari_form *form, const ari_node *node);   /* how points come about; nothing where that is a sum */
/* form_yaml.c: the form as evidence: what is carried over as it is, everything else behind '#'. `last`: values of last period alone, without a comment. */
void ari_form_yaml(ari_buf *b, const ari_form *form, bool last);
/* form_book.c */
ari_status ari_form_workbook(ari_form *form, ari_sink to) ARI_USE_RESULT;

/* ---- explain: the arithmetic as data, then as text, HTML or JSON ------------------------------------------------------- */

/* One line of an explanation: a label and what it says, indented by depth. */
typedef enum ari_line_kind { ARI_LINE_TITLE, ARI_LINE_FACT, ARI_LINE_WORDS, ARI_LINE_FORMULA, ARI_LINE_STEP, ARI_LINE_RESULT, ARI_LINE_PLACE, ARI_LINE_TEXT } ari_line_kind;
typedef struct ari_line { ari_line_kind kind; int depth; ari_str label, text; } ari_line;
typedef struct ari_lines { ari_arena arena; ari_line *items; size_t n, room; bool failed; } ari_lines;   /* start as {0} */
/* Why this agency has these points at this node (leaf: the rule in words and in the author's own, values put in, rounding, policy and where it comes from, places of rule and evidence;
 * inner node: its children and their sum). short_form: without places and the author's names and keys, for the report's sheets. */
ari_status ari_explain_node(ari_work *work, size_t agency, int32_t node, bool short_form, ari_lines *out) ARI_USE_RESULT;
void ari_lines_free(ari_lines *lines);
/* The author's own words at a place, on one line, without comments. */
void ari_buf_source_words(ari_buf *b, const ari_work *work, ari_span span);

/* ---- words: formulas and rules as sentences (words_formula.c, words_rule.c, words_terms.c) ---------------------------------- */

/* Appends the formula with titles of inputs, options and names of `let` written out in place of what formulas call them: “Tasks done” ÷ “Tasks
 * planned” ≥ 90%. Running out of memory is the buffer's `failed`, here and below. */
void ari_formula_words(ari_buf *b, const ari_set *set, const ari_expr *e, ari_lang lang);
/* The same with the agency's own values in place of titles, and of two branches the one that a yes or no leads to: 7 ÷ 9 ≥ 90%. */
void ari_formula_figures(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tier, const ari_expr *e, const ari_inputs *inputs, ari_lang lang);
/* Appends what a need of a grade asks for. */
void ari_need_words(ari_buf *b, const ari_set *set, const ari_need *need, ari_lang lang);
/* The same with an agency's published figures in place of titles: 74.7 % ≥ 75 %. */
void ari_need_figures(ari_buf *b, const ari_set *set, const ari_need *need, const ari_inputs *inputs, ari_lang lang);
/* Appends how a criterion comes to its points: the rule of a leaf, or how what is below comes together, as whole sentences. The same for all tiers. */
void ari_rule_sentence(ari_buf *b, const ari_set *set, const ari_node *node, ari_lang lang);
/* Appends what a policy does to this leaf, or to any (NULL). */
void ari_policy_words(ari_buf *b, const ari_node *leaf, const ari_policy_setting *setting, ari_lang lang);
/* Appends all that holds besides for agencies of a tier that are scored by the rule: its weight, who supplies figures, how many documents are
 * needed, what comes of nothing, of missing figures and of what does not apply. `usual`: the root, whose settings have been told and need not be told
 * again, while what departs from them does; NULL: everything is told. */
void ari_rule_terms(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tier, const ari_node *usual, ari_lang lang);
/* Appends what holds for every criterion that does not say otherwise: what `usual` leaves out. */
void ari_rule_usual(ari_buf *b, const ari_set *set, uint32_t tier, ari_lang lang);
/* Appends the rule and its terms, all of them. Nothing where the criterion is not there in that tier. */
void ari_rule_words(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tier, ari_lang lang);

#endif
