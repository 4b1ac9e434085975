/* report: what its own files share and no other room sees. */
#ifndef ARI_REPORT_INSIDE_H
#define ARI_REPORT_INSIDE_H

#include "report.h"

/* ---- words ----------------------------------------------------------------------------------------------- */

typedef struct ari_words {
  ari_buf *b;
  const ari_set *set;
  ari_lang lang;
  ari_locale how;
  bool taken;                /* the points are taken away: a penalty */
  bool needs;                /* inputs are published figures: slots of ari_needs_scope */
  const ari_node *node;      /* whose names the formula uses, where values are put in */
  const ari_inputs *inputs;  /* NULL: titles */
  const ari_num *max;        /* what is put in for the maximum; NULL: the word */
} ari_words;
/* What stands for %1, %2 … of a sentence. */
typedef enum ari_phrase_kind {
  ARI_PHRASE_NOTHING,
  ARI_PHRASE_FORMULA,
  ARI_PHRASE_TERM,             /* a formula, in parentheses when it is more than one thing */
  ARI_PHRASE_FACTOR,           /* a formula, in parentheses when × would tear it apart */
  ARI_PHRASE_POINTS,           /* points that a formula gives: "50% of the maximum" */
  ARI_PHRASE_RATIO,            /* a number as a percentage */
  ARI_PHRASE_REACHED,          /* "from 90% on", "at 100%" */
  ARI_PHRASE_NUM,
  ARI_PHRASE_TITLE,            /* in quotation marks */
  ARI_PHRASE_WORD,
  ARI_PHRASE_TEXT
} ari_phrase_kind;
typedef struct ari_phrase { ari_phrase_kind kind; const ari_expr *e; const ari_num *n; ari_word word; ari_str text; } ari_phrase;
ari_words ari_words_start(ari_buf *b, const ari_set *set, ari_lang lang);
/* A sentence of words.def; up to four parts, those left out are nothing. */
#define ARI_SAY(w, word, ...) ari_words_say(w, word, (const ari_phrase[4]){__VA_ARGS__})
void ari_words_say(const ari_words *w, ari_word word, const ari_phrase *parts);
void ari_words_put(const ari_words *w, const ari_phrase *phrase);
void ari_words_formula(const ari_words *w, const ari_expr *e);
void ari_words_points(const ari_words *w, const ari_expr *e);
void ari_words_ratio(const ari_words *w, const ari_num *n, bool percent);   /* "30 %", "1/3" */
ari_str ari_words_input_title(const ari_set *set, int slot, ari_lang lang);                /* its name where it has none */
void ari_words_band(const ari_words *w, const ari_rule *rule, uint32_t i);   /* "from 20% to below 30%" */
ari_word ari_words_cohort(ari_within within);                               /* "the agencies of its group" */

/* ---- explain -------------------------------------------------------------------------------------------- */

typedef struct ari_explainer {
  ari_work *work;
  ari_lines *out;
  size_t agency;
  uint32_t tier;
  const ari_figure *row;     /* the agency's figures by node, and the agency as a whole: as published, or at one end of its range */
  const ari_standing *standing;
  const ari_node *node;
  ari_locale how;
  bool short_form;
  ari_buf b;                 /* the line being written */
} ari_explainer;
enum { ARI_SHOWN_DECIMALS = 10, ARI_SHOWN_SHORT = 6 };   /* of figures on the way; what follows is shown as "…", never rounded */

ari_explainer ari_explain_start(ari_work *work, size_t agency, int32_t node, bool short_form, ari_lines *out);
const char *ari_explain_word(const ari_explainer *x, ari_word w);
/* Ends the line being written in x->b. */
void ari_explain_line(ari_explainer *x, ari_line_kind kind, int depth, const char *label);
void ari_explain_num(ari_explainer *x, const ari_num *a);
void ari_explain_e12(ari_explainer *x, int64_t e12);
void ari_explain_rounding(ari_explainer *x, int decimals, ari_rounding mode, int64_t points);   /* a line: what rounding made of it */
void ari_explain_source(ari_explainer *x, ari_span span);   /* the author's own words */
void ari_explain_place(ari_explainer *x, ari_span span, uint32_t row, ari_str column);   /* "file:line:column", with row and column of a table */
void ari_explain_said(ari_explainer *x, const ari_node *from, ari_span span);   /* "total  criteria.yaml:12:3", or that it is the default */
void ari_explain_said_at(ari_explainer *x, const ari_node *from, ari_span span);   /* the same as a line */
void ari_explain_sum(ari_explainer *x);   /* a line: the points of the children and their sum */
/* "rounded to 2 decimals (half away from zero) = 3.5" */
void ari_explain_rounding(ari_explainer *x, int decimals, ari_rounding mode, int64_t points);
/* "reach  8 / 10 = 0.8": a child's points of its maximum, and v where it counts; v NULL: none */
void ari_explain_child(ari_explainer *x, const ari_node *child, const ari_num *v);
/* explain_combine.c: how the children of an inner node come together where they do not add up. */
void ari_explain_combining(ari_explainer *x);
void ari_explain_capped(ari_explainer *x);   /* a line, where an inner node was cut to its maximum */
ari_word ari_combine_word(ari_combine how);
/* explain_steps.c: a line for each step of the rule, and the points before rounding. */
void ari_explain_steps(ari_explainer *x, const ari_leaf_trace *trace);
/* The difference or quotient of two figures on the way, which no step carries. */
void ari_explain_worked_out(ari_explainer *x, void (*work_out)(ari_num *r, const ari_num *a, const ari_num *b), const ari_num *a, const ari_num *b);
/* explain_words.c: a step as the short form says it; a division that had nothing to divide; a figure that is not there. */
void ari_explain_step_words(ari_explainer *x, const ari_step *step);
void ari_explain_empty_words(ari_explainer *x, const ari_expr *where);
void ari_explain_missing_words(ari_explainer *x, const ari_leaf_trace *trace);

/* explain_evidence.c: the inputs with their values and places; what the agency says of the leaf besides; what it lacks: documents, and what is
 * pending. */
void ari_explain_inputs(ari_explainer *x);
void ari_explain_input_name(ari_explainer *x, const ari_input *input);
void ari_explain_value(ari_explainer *x, const ari_input *input, const ari_cell *cell);
void ari_explain_document(ari_explainer *x, const ari_document *d);
void ari_explain_remarks(ari_explainer *x, const ari_remark *remark);
void ari_explain_documents(ari_explainer *x, const ari_remark *remark);
void ari_explain_pending(ari_explainer *x, const ari_leaf_trace *trace);
/* explain_appraisal.c: something was decided or answered of the node, as far as the present stage knows. */
bool ari_explain_is_ruled(const ari_explainer *x);
void ari_explain_go_to(ari_explainer *x, ari_stage stage);   /* what follows is of that stage */
ari_status ari_explain_appraisals(ari_explainer *x) ARI_USE_RESULT;   /* the decisions in their order */
void ari_explain_stages(ari_explainer *x);   /* a line: the points at each stage so far */
/* explain.c: how the rule comes to the points of the present stage; evidence: with the inputs and what is said besides. */
ari_status ari_explain_calculation(ari_explainer *x, bool evidence) ARI_USE_RESULT;
/* explain_range.c: between what a provisional total, or a node with something pending below it, can end, with the arithmetic of both ends. */
void ari_explain_range(ari_explainer *x);
/* explain_settings.c: the settings that hold for a node, and where each is said. */
ari_status ari_explain_settings(ari_work *work, size_t agency, int32_t node, ari_lines *out) ARI_USE_RESULT;
/* explain_relative.c: a step of what is compared with other agencies. */
void ari_explain_compared(ari_explainer *x, const ari_step *step);

/* explain_total.c: the agency as a whole, from the sum of its criteria to its grade. */
void ari_explain_total(ari_explainer *x);
void ari_explain_outside(ari_explainer *x);   /* a line, where there is bonus or penalty: how they come to the total */
void ari_explain_index(ari_explainer *x, int depth);
/* The needs that kept an agency from a grade whose figure it reached: a line each. */
ari_status ari_explain_needs(ari_work *work, size_t agency, ari_lines *out) ARI_USE_RESULT;

/* ---- report.html ---------------------------------------------------------------------------------------- */

typedef struct ari_page {
  ari_work *work;
  const ari_chart *charts;
  size_t n_charts;
  const char *folder;        /* of the charts drawn */
  bool any_drawn;
  const ari_agency *alone;   /* whose page it is; NULL: the report on all */
  bool own;                  /* it is the sheet that the agency itself signs */
  ari_out out;
  ari_lang lang;
  ari_locale how;
  ari_status status;         /* the first thing that went wrong */
} ari_page;

/* Those ranked together, one block after the other: result->shown[first..end). */
typedef struct ari_page_block { size_t first, end; int32_t group; uint32_t tiers; ari_str title; } ari_page_block;   /* start as {0} */
bool ari_page_next_block(const ari_page *p, ari_page_block *block);   /* false: there was none left */
/* html_put.c. Only ari_page_put takes markup; all the others escape. */
void ari_page_put(ari_page *p, const char *html);
void ari_page_text(ari_page *p, ari_str s);
void ari_page_c(ari_page *p, const char *s);
const char *ari_page_say(const ari_page *p, ari_word w);
void ari_page_word(ari_page *p, ari_word w);
void ari_page_title(ari_page *p, ari_title t);
void ari_page_int(ari_page *p, int64_t v);
void ari_page_figure(ari_page *p, int64_t e12, int decimals);
void ari_page_machine(ari_page *p, int64_t e12);   /* as files for machines write it: for attributes by which the script sorts */
void ari_page_head_cell(ari_page *p, ari_word w, const char *style);   /* style: a class of the style sheet ("n": a column of numbers), "" none */
void ari_page_value_cell(ari_page *p, bool there, int64_t e12, int decimals);   /* the same of a table that can be sorted */
void ari_page_agency_cell(ari_page *p, size_t agency);   /* the name heads its row and leads to the sheet */
void ari_page_range(ari_page *p, const ari_standing *s);
void ari_page_note(ari_page *p, ari_status status);
/* html_charts.c: the charts of a kind that show a group (-1: all agencies); all of one agency; where none was drawn, that and why. */
bool ari_page_has_charts(const ari_page *p, ari_chart_kind kind);
void ari_page_charts(ari_page *p, ari_chart_kind kind, int32_t group);
void ari_page_agency_charts(ari_page *p, size_t agency);
void ari_page_charts_missing(ari_page *p);
/* html_head.c: from the doctype to the end of <header>; the end of <main> and what follows. The script goes with the report on all. */
void ari_page_head(ari_page *p);
void ari_page_end(ari_page *p);
/* html_summary.c, html_ranking.c, html_heat.c, html_sheets.c, html_method.c: the parts. */
void ari_page_summary(ari_page *p);
void ari_page_movers(ari_page *p);           /* html_movers.c */
bool ari_page_has_heat(const ari_page *p);   /* table or charts */
bool ari_page_has_field_table(const ari_page *p);   /* few fields and many have none */
void ari_page_heat(ari_page *p);
void ari_page_ranking(ari_page *p);
void ari_page_sheets(ari_page *p);
void ari_page_index(ari_page *p);                      /* links to the sheets, by name */
void ari_page_sheet(ari_page *p, size_t agency);
void ari_page_why(ari_page *p, size_t agency, const ari_node *node);   /* the arithmetic, or the policy that stood in its place, line by line */
void ari_page_method(ari_page *p);
void ari_page_settings(ari_page *p);         /* html_settings.c: how the method begins */
void ari_page_formulas(ari_page *p);         /* html_formulas.c: the rules in the author's own words */

/* ---- workbooks: book_file.c, book_cells.c ------------------------------------------------------------------------------------------- */

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;
struct lxw_chart;

/* A workbook being filled by libxlsxwriter, in a process of its own (book_file.c says why). What is made and written through these functions is counted, and
 * what the file holds in the end is held against it: so nothing is put in without them, each cell once. Failures are sticky. */
typedef struct ari_book {
  struct lxw_workbook *file;
  ari_buf text;              /* of the cell being written */
  size_t sheets, cells, charts;
  bool failed;
} ari_book;
typedef struct ari_book_plan {
  void (*fill)(ari_book *book, void *with);   /* runs in that process: nothing it changes is seen by the caller, and it tells no findings */
  void *with;
  bool by_rows;              /* cells come row by row, and what is behind is not kept in memory: for the large ones */
  ari_str title;             /* of the document */
} ari_book_plan;
/* F0851: the process broke off; F0852: what it wrote is not whole. What the sink gets is whole. */
ari_status ari_book_write(ari_work *work, const ari_book_plan *plan, ari_sink to) ARI_USE_RESULT;
void ari_book_note(ari_book *b);                       /* after what no function here does: notices memory that libxlsxwriter lacked and said nothing of */
/* Rows, columns are counted from 0, as libxlsxwriter does. A sheet's name is that of ari_book_tab. NULL: failed, and so is the book. */
struct lxw_worksheet *ari_book_sheet(ari_book *b, ari_str name);
struct lxw_chart *ari_book_chart(ari_book *b, uint8_t type);
struct lxw_format *ari_book_format(ari_book *b);
/* The name of a tab: "2. title" (0: without a number), cut with "…" to what Excel and libxlsxwriter take, without the signs they refuse. */
void ari_book_tab(ari_buf *b, size_t number, ari_str title);
/* What users wrote is always text, never a formula; signs that cannot be seen are shown, and what is longer than a cell takes ends in "…". Empty: a blank cell. */
void ari_book_text(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, ari_str text, struct lxw_format *format);
void ari_book_figure(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, int64_t e12, struct lxw_format *format);
void ari_book_int(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, int64_t v, struct lxw_format *format);
/* An input as it was written; of more digits than a spreadsheet keeps (ari_book_holds) only the first 15 stay. */
void ari_book_dec(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, ari_dec d, struct lxw_format *format);
bool ari_book_holds(ari_dec d);
void ari_book_date(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, int32_t day, struct lxw_format *format);
void ari_book_page(struct lxw_worksheet *s, bool landscape);   /* on paper: A4, its name and the number of the page at the foot */
/* A formula of ours ("=A1*2") with what it comes to: a figure, text, or nothing ("" as a formula can give it). */
void ari_book_formula(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, const char *formula, int64_t e12, struct lxw_format *format);
void ari_book_formula_text(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, const char *formula, ari_str result, struct lxw_format *format);
void ari_book_place(ari_book *b, struct lxw_worksheet *s, size_t row, size_t column, struct lxw_chart *chart, size_t width, size_t height, ari_str alternative);   /* pixels */

/* ---- the form as a workbook (form_book.c, form_cells.c, form_answers.c, form_others.c) ------------------------------------- */

/* How cells look; those that people type into are open, all others locked. */
typedef enum ari_form_style {
  ARI_FORM_STYLE_TITLE, ARI_FORM_STYLE_SOFT, ARI_FORM_STYLE_HEAD, ARI_FORM_STYLE_FIELD, ARI_FORM_STYLE_FIELD_FIGURE, ARI_FORM_STYLE_TEXT, ARI_FORM_STYLE_HELP, ARI_FORM_STYLE_INPUT_TITLE,
  ARI_FORM_STYLE_FIGURE, ARI_FORM_STYLE_MAX, ARI_FORM_STYLE_LAST, ARI_FORM_STYLE_LAST_PERCENT, ARI_FORM_STYLE_LAST_DATE, ARI_FORM_STYLE_HIDDEN,
  ARI_FORM_STYLE_OPEN_TEXT, ARI_FORM_STYLE_OPEN_COUNT, ARI_FORM_STYLE_OPEN_NUMBER, ARI_FORM_STYLE_OPEN_MONEY, ARI_FORM_STYLE_OPEN_PERCENT, ARI_FORM_STYLE_OPEN_DATE,
  ARI_FORM_STYLES
} ari_form_style;
typedef struct ari_form_book {
  ari_book *book;
  const ari_form *form;
  struct lxw_worksheet *sheet;   /* being filled */
  struct lxw_format *styles[ARI_FORM_STYLES], *faulty, *lacking;   /* the last two: of cells that are marked */
  uint8_t widths[ARI_FORM_AT_FIGURE];   /* of the columns of the answers, in digits */
  ari_buf text;              /* of the cell being written */
} ari_form_book;
void ari_form_styles(ari_form_book *x);
/* A new sheet, protected; only open cells can be typed into. */
void ari_form_sheet(ari_form_book *x, ari_word name);
void ari_form_text(ari_form_book *x, size_t row, size_t column, ari_str text, ari_form_style style);
void ari_form_own_row(ari_form_book *x, size_t row);   /* marks it as one that nobody types into, of this agency's form */
void ari_form_word(ari_form_book *x, size_t row, size_t column, ari_word w, ari_form_style style);
ari_form_style ari_form_style_of(const ari_input *input);    /* of the cell that takes its value */
/* A value of an input as its cell holds it, whoever's; cell NULL: an open cell without one. */
void ari_form_put_value(ari_form_book *x, size_t row, size_t column, const ari_evidence *ev, const ari_input *input, const ari_cell *cell, ari_form_style style);
ari_str ari_form_option(const ari_form *form, const ari_input *input, uint32_t option);   /* as the list of a choice shows it */
void ari_form_limit(ari_buf *b, const ari_input *input, ari_dec limit);   /* from or to, as a spreadsheet has it */
/* What a range of cells takes, with its hint; of documents their dates and criteria; a claim. */
void ari_form_validate_leaves(ari_form_book *x, size_t row, size_t last_row, size_t column);
void ari_form_validate_claim(ari_form_book *x, size_t row, size_t column, const ari_node *leaf);
void ari_form_validate_days(ari_form_book *x, size_t row, size_t last_row, size_t column);
void ari_form_validate(ari_form_book *x, size_t row, size_t last_row, size_t column, const ari_input *input);
/* form_layout.c: columns, heads and titles of the answers; how many lines a text takes, and a row that has so many; what is marked. */
void ari_form_lay_out(ari_form_book *x);
size_t ari_form_lines_of(ari_str text, size_t width);
void ari_form_lines(const ari_form_book *x, size_t *lines, ari_str text, ari_form_place at);   /* raises `lines` to those of a text in a column of the answers */
void ari_form_height(ari_form_book *x, size_t row, size_t lines);
void ari_form_mark(ari_form_book *x);
void ari_form_answers(ari_form_book *x);       /* the sheets, in their order */
void ari_form_lists(ari_form_book *x);
void ari_form_documents(ari_form_book *x);
void ari_form_about(ari_form_book *x);

/* ---- the workbook of a report: workbook.c, workbook_sheets.c, workbook_charts.c, book_grid.c ------------------ */

/* Cells look like this; a figure as its decimals ask. */
typedef enum ari_grid_style { ARI_GRID_TITLE, ARI_GRID_SOFT, ARI_GRID_LABEL, ARI_GRID_HEADING, ARI_GRID_TEXT, ARI_GRID_COUNT, ARI_GRID_FIGURE } ari_grid_style;
enum { ARI_GRID_DECIMALS = 12, ARI_GRID_ROWS = 1048576, ARI_GRID_COLUMNS = 16384 };
/* A sheet as it will be. */
typedef struct ari_grid_plan {
  ari_str name;              /* of its tab, as ari_book_tab makes it */
  size_t rows, columns;      /* in all, at least 1 */
  size_t head, left;         /* rows and columns that stay in sight, and stand on every page from row `repeat` on; 0: none */
  size_t repeat;
  bool filter;               /* the last row of the head filters what is below */
  size_t page_break;         /* where the table does not fit the width of a page, the next one begins with this column; 0: wherever it is full */
  uint8_t *widths;           /* of the columns, in letters */
} ari_grid_plan;
/* Sheets written cell by cell, from left to right and from top to bottom. A row is as high as the text in it asks. */
typedef struct ari_grid {
  ari_book *book;
  struct lxw_format *formats[ARI_GRID_FIGURE + ARI_GRID_DECIMALS + 1];
  const ari_grid_plan *plan;
  struct lxw_worksheet *sheet;
  size_t row, column, lines;
} ari_grid;
ari_grid ari_grid_start(ari_book *book);
bool ari_grid_begin(ari_grid *g, const ari_grid_plan *plan);   /* false: failed; then nothing is written */
void ari_grid_text(ari_grid *g, ari_grid_style style, ari_str s);
void ari_grid_figure(ari_grid *g, bool there, int64_t e12, int decimals);   /* at least so many decimals are shown; more when it has more */
void ari_grid_count(ari_grid *g, int n);               /* 0: an empty cell */
void ari_grid_next_row(ari_grid *g);
void ari_grid_end(ari_grid *g);                        /* ends the last row too */

/* One column of a matrix agencies × nodes: the points of a node; of a leaf also what was claimed and why it has its points. */
typedef enum ari_aspect { ARI_ASPECT_POINTS, ARI_ASPECT_CLAIMED, ARI_ASPECT_STATE } ari_aspect;
typedef struct ari_matrix_column { const ari_node *node; ari_aspect what; } ari_matrix_column;
typedef struct ari_matrix { ari_str title; bool whole; ari_matrix_column *columns; size_t n, room; } ari_matrix;   /* whole: all nodes, with states in place of points */
enum { ARI_MATRIX_LEFT = 4 };                          /* its columns before those of the nodes */
typedef struct ari_report_sheets {
  ari_work *work;
  ari_arena arena;
  ari_lang lang;
  ari_grid grid;
  ari_matrix *matrices; size_t n_matrices;             /* the first is of all nodes */
  const ari_node **fields; size_t n_fields;            /* columns of the ranking; the first n_bars of them add up to bars */
  size_t n_bars;
  bool tiers, grades, ranges;
  ari_grid_plan *sheets; size_t n_sheets;              /* the ranking, the matrices, what all was computed from */
  ari_str charts;                                      /* the name of the sheet of charts */
} ari_report_sheets;
ari_str ari_report_sheets_word(const ari_report_sheets *w, ari_word word);
size_t ari_report_sheets_points_column(const ari_report_sheets *w);   /* of the ranking: the total, and the first field */
size_t ari_report_sheets_fields_column(const ari_report_sheets *w);
void ari_report_sheets_put_ranking(ari_report_sheets *w);
void ari_report_sheets_put_charts(ari_report_sheets *w);
void ari_report_sheets_put_matrix(ari_report_sheets *w, size_t i);
void ari_report_sheets_put_origin(ari_report_sheets *w);

#endif
