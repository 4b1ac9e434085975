/* evidence: who is scored and what they submitted, matched to the criteria. YAML (one agency) and CSV (many, wide or long), files and
 * folders, read side by side with the same findings in the same order. Methodology: ari-evidence(5) "Agencies", CSV contract. */
#ifndef ARI_EVIDENCE_H
#define ARI_EVIDENCE_H

#include "criteria/criteria.h"

/* Where a value stands. row 0: not a table. */
typedef struct ari_place { int32_t file; uint32_t start, len, row; } ari_place;

/* ---- agencies -------------------------------------------------------------------------------------------------------- */

typedef struct ari_agency {
  ari_str id;
  ari_title name;
  ari_str group, tier, parent;
  int32_t group_index;       /* among the list's groups, in order of first appearance */
  uint32_t tier_index;       /* among the set's tiers; 0 where it names none */
  bool tier_lost;            /* its tier was told as an error */
  ari_period from, until;    /* kind 0: open */
  ari_str *replaces; uint32_t n_replaces;
  ari_span span; uint32_t row;   /* of the id */
  ari_place parent_at, replaces_at;
} ari_agency;

typedef struct ari_agencies {
  ari_arena arena;
  int32_t file;              /* -1: none was given, or nobody could be read from it */
  ari_agency *items; size_t n, room;
  ari_map ids, group_ids;
  ari_str *groups; size_t n_groups, groups_room;   /* ids in order of first appearance */
  ari_map former_ids; ari_str *former; size_t n_former, former_room;   /* agencies that others replace and that are not listed themselves */
} ari_agencies;

/* Reads an agency list (YAML or CSV, told by the content). Findings; ARI_NOMEM. set may be NULL (groups are then not compared). */
ari_status ari_agencies_read(ari_agencies *list, const ari_source *source, int32_t file, const ari_set *set,
                             ari_findings *fs) ARI_USE_RESULT;
void ari_agencies_free(ari_agencies *list);
ari_str ari_group_title(const ari_set *set, ari_str group, ari_lang lang);

/* ---- kinds of files --------------------------------------------------------------------------------------------------- */

typedef enum ari_file_kind {
  ARI_FILE_UNKNOWN, ARI_FILE_CRITERIA, ARI_FILE_AGENCIES, ARI_FILE_EVIDENCE, ARI_FILE_SURVEY, ARI_FILE_APPRAISAL, ARI_FILE_EXPLANATION,
  ARI_FILE_PREVIOUS          /* evidence of last period */
} ari_file_kind;
/* What a loaded file is, told by its content (first key `ari:`, first CSV column `id` or `agency`) and suffix; unknown is told as a
 * finding. */
ari_file_kind ari_file_what(const ari_source *source, int32_t file, ari_findings *fs);
/* What a file among evidence is: a survey, an appraisal or an explanation when it says so; evidence in all other cases, which its reader then tells. */
ari_file_kind ari_file_what_evidence(const ari_source *source, int32_t file);
/* What says something of agencies: evidence, survey, appraisal, explanation. */
bool ari_file_is_submission(ari_file_kind kind);
/* An appraisal or an explanation: it decides or answers, and is no evidence. */
bool ari_file_is_ruling(ari_file_kind kind);
const char *ari_file_kind_name(ari_file_kind kind);   /* "criteria", "agencies", "evidence", "survey", "appraisal", "explanation", "previous": the words of the
                                                       * store */

/* A file as it was accepted. Within one revision a round accepts the same thing once; a later revision takes the place of an earlier one, leaf by leaf. */
typedef struct ari_accepted {
  int32_t source;
  ari_file_kind kind;
  int32_t revision;          /* counted from 1 in a round, of last period's files in the round of that period; 0: of none, or with which a round was opened */
  uint8_t turn;              /* of an appraisal: the first or the second; else 0 */
  bool carried;              /* only carried over into a form */
  uint8_t origins;           /* being handed in: bits 1 << ari_origin of the values that it may have; 0: any */
  ari_str owner;             /* it came in a package: the agency that it may speak of, and whose own figures it may have; else empty */
} ari_accepted;

/* ---- the form workbook ------------------------------------------------------------------------------------------------------
 *
 * Its layout, shared by what writes it (report/) and what reads it (form.c): ari-evidence(5), "Workbooks". Sheets, rows and columns are
 * known by these words wherever people move them to, and whatever they call the tabs. */

/* A sheet is known by its cell A1. */
#define ARI_FORM_ABOUT "ari:form"              /* very hidden: keys in column A, values as text in column B */
#define ARI_FORM_ABOUT_NAME "ari"              /* its tab */
#define ARI_FORM_ANSWERS "ari:answers"         /* row 1: the words of the columns; column A: the keys of the rows */
#define ARI_FORM_LISTS "ari:lists"             /* row 1, from B on: <criterion>.<input> of a list; its values below, one a row */
#define ARI_FORM_DOCUMENTS "ari:documents"     /* row 1, from B on: the words of the columns; one document a row below */

/* In column A of every row of these three that is the form's own and nobody types into: titles, the names of the columns, hints. Behind it agency
 * and period ("ari:head so-a 2026"), for sheets are copied from one form into another. */
#define ARI_FORM_HEAD "ari:head"

enum { ARI_FORM_LIST_ROWS = 200, ARI_FORM_DOCUMENT_ROWS = 300 };
enum { ARI_TAB_DAY_1970 = 25569 };             /* 1970-01-01 as spreadsheets count days */

/* In the cell of a date such a number is a year that was typed alone, and not a day of 1905. */
enum { ARI_FORM_YEAR_FIRST = 1900, ARI_FORM_YEAR_LAST = 2100 };

/* The keys of ari:form. */
#define ARI_FORM_KEY_FORM "form"               /* the layout's version */
#define ARI_FORM_VERSION "1"
#define ARI_FORM_KEY_SET "set"
#define ARI_FORM_KEY_VERSION "version"         /* of the set */
#define ARI_FORM_KEY_FINGERPRINT "fingerprint" /* SHA-256 of the bytes of criteria.yaml, 64 hexadecimal digits */
#define ARI_FORM_KEY_AGENCY "agency"
#define ARI_FORM_KEY_PERIOD "period"           /* as ari_buf_period writes it */
#define ARI_FORM_KEY_LANG "lang"

/* The columns of ari:answers beside the keys, and what people read above them. The reader looks at claimed, value, not_applicable and note: their cells stay empty where nothing is
 * to be written (a figure that others supply, lists, surveys as a whole, headings), or hold a formula. */
typedef enum ari_form_column {
  ARI_FORM_ID, ARI_FORM_TITLE, ARI_FORM_RULE, ARI_FORM_MAX, ARI_FORM_POINTS, ARI_FORM_CLAIMED, ARI_FORM_VALUE, ARI_FORM_UNIT, ARI_FORM_LAST,
  ARI_FORM_NOT_APPLICABLE, ARI_FORM_NOTE,
  ARI_FORM_COLUMNS
} ari_form_column;
#define ARI_FORM_COLUMN_WORDS \
  {"id", "title", "rule", "max", "points", "claimed", "value", "unit", "previous", "not_applicable", "note"}
#define ARI_FORM_COLUMN_HEADS \
  {ARI_WORD_form_id, ARI_WORD_criterion, ARI_WORD_form_rule, ARI_WORD_max, ARI_WORD_points, ARI_WORD_form_claimed, ARI_WORD_form_value, ARI_WORD_form_unit, \
   ARI_WORD_form_last, ARI_WORD_form_not_applicable, ARI_WORD_form_note}

/* The columns of ari:documents. */
typedef enum ari_form_document {
  ARI_FORM_DOC_CRITERION, ARI_FORM_DOC_NUMBER, ARI_FORM_DOC_DATE, ARI_FORM_DOC_TITLE, ARI_FORM_DOC_FILE,
  ARI_FORM_DOC_COLUMNS
} ari_form_document;
#define ARI_FORM_DOCUMENT_WORDS {"criterion", "number", "date", "title", "file"}
#define ARI_FORM_DOCUMENT_HEADS {ARI_WORD_criterion, ARI_WORD_form_number, ARI_WORD_form_date, ARI_WORD_form_doc_title, ARI_WORD_form_file}

/* Keys of rows in column A of ari:answers (what ari_input.column holds for inputs): "1.2.3" on a node's own row, "1.2.3.received" on an
 * input's, "1.2.3.answers:a" on an option's of a survey; a survey's own row has no value. Where an id and a column are the same text, it is
 * the column: a node's own row then has the key "#1.2.3". */
#define ARI_FORM_NODE_MARK '#'

/* ---- the table of evidence -------------------------------------------------------------------------------------------- */

typedef enum ari_cell_state { ARI_CELL_ABSENT, ARI_CELL_GIVEN, ARI_CELL_BAD } ari_cell_state;   /* BAD: there, but told as an error */

/* One value of one agency. yes_no: coef 0/1; choice: option number; date: day; percent: 7.46% is 0.0746 (`written` stays 2);
 * text: index into texts; the input is a list: index into lists. */
typedef struct ari_cell {
  ari_dec value; ari_place at; uint8_t state;
  bool blank;                /* ABSENT, and `at` is the cell of a form where it is to be written */
} ari_cell;

typedef struct ari_document { ari_str number, title, file; int32_t day; bool has_day; ari_span span, file_at; } ari_document;   /* file_at: of its file name */

/* What an agency said of one leaf besides its inputs. */
typedef struct ari_remark {
  ari_str note, not_applicable, withheld;              /* p NULL: not said */
  ari_place not_applicable_at, withheld_at, note_at;
  ari_document *documents; uint32_t n_documents;
} ari_remark;

typedef struct ari_entry {                             /* agency × leaf */
  ari_dec claimed;
  ari_remark *remark;                                  /* NULL: none */
  ari_place claimed_at;
  bool has_claimed;
} ari_entry;

typedef struct ari_submission {                        /* one agency as a whole */
  bool named;                /* some file names it: `at` is where */
  bool present;              /* something is said of it: a value, a claim, a note, a reason, a document; false: absent */
  bool invalid;              /* an error concerns it */
  bool unread;               /* of some of it nobody knows what it is: what is missing may be that */
  ari_str withheld;          /* reason; p NULL: not */
  ari_place withheld_at;
  ari_place at;              /* the first place that names it in the last revision that does */
  ari_place documents_at;    /* the sheet of its form that documents are named on: has_sheet */
  bool has_sheet;
  bool unasked;              /* what is missing is no error now: it has not handed in yet, while others do */
  bool alone;                /* nobody to compare it with is there yet: what compares is pending */
  uint32_t last_naming;      /* 1 + the last of ari_evidence.namings that is of it; 0: none */
} ari_submission;

/* A file says something of an agency. */
typedef struct ari_naming {
  int32_t source; uint32_t agency;
  uint8_t origins;           /* of its figures, bits 1 << ari_origin; what else is said is its own */
  bool last;                 /* also of last period */
  bool refused;              /* also what it may not hold (told) */
  bool takes_back;           /* a criterion stands there with nothing below it */
} ari_naming;
/* A file that has nothing but what others supply, last period's figures or what was refused is no part of what the agency hands in (origins.c). */
bool ari_naming_is_own(const ari_naming *naming);

/* ---- appraisals and explanations ---------------------------------------------------------------------------------------- */

typedef enum ari_ruling {
  ARI_RULING_ACCEPT,         /* what the rule gives for the agency's figures stands */
  ARI_RULING_INPUTS,         /* the rule is applied to other figures */
  ARI_RULING_POINTS          /* the points themselves, whatever the rule gives; also of judged, pending and missing leaves */
} ari_ruling;
typedef struct ari_override { int32_t slot; ari_cell cell, own; } ari_override;   /* own: what stood in the table before */

/* What the evaluators settled for one agency at one node, with the reason (ari-evidence(5), "Appraisals"). */
typedef struct ari_decision {
  uint32_t agency; int32_t node;         /* ari_node.index; an inner node: INPUTS that stand on it, and nothing else */
  int32_t revision; uint8_t turn;
  uint8_t ruling;                        /* ari_ruling */
  ari_dec points;
  ari_override *overrides; uint32_t n_overrides;
  ari_str reason, by;                    /* by: p NULL: not said */
  ari_document *documents; uint32_t n_documents;
  ari_place at;
} ari_decision;

/* What the agency answers; it changes no figure. */
typedef struct ari_explanation {
  uint32_t agency; int32_t node; int32_t revision;
  ari_str text;
  ari_document *documents; uint32_t n_documents;
  ari_place at;
} ari_explanation;

typedef struct ari_evidence ari_evidence;
struct ari_evidence {
  const ari_set *set;
  const ari_agencies *agencies; /* those of the list that exist at the end of the period; without a list (file -1) those whom the evidence names */
  const ari_agencies *listed;   /* the list that was given, whole */
  ari_period period;         /* of everything in the table; kind 0: neither evidence nor --period */
  ari_period previous_period;   /* the one right before; kind 0: no evidence of last period was given */
  ari_cell *cells;           /* agencies × set->n_inputs */
  ari_cell *last;            /* of last period: (listed->n + listed->n_former) × set->n_inputs; NULL: nothing was given */
  ari_num *sum;              /* room for adding up what agencies that were merged had */
  ari_entry *entries;        /* agencies × set->n_leaves */
  ari_submission *submissions;  /* agencies */
  ari_str *texts; size_t n_texts;
  ari_list *lists; size_t n_lists;
  ari_decision *decisions; size_t n_decisions;           /* in force: one of an agency, node and turn, by agency, node, turn */
  ari_explanation *explanations; size_t n_explanations;  /* one of an agency and node, by agency, node */
  ari_naming *namings; size_t n_namings;                 /* by file, then as the agencies are met in it */
  size_t n_replaced;         /* criteria, agency by agency, in which the evidence of the last revision took the place of some accepted before */
  ari_stage stage;           /* which decisions cells and ari_evidence_decision show now; final when it was read */
  bool complete;             /* no error is left of which nobody knows whom it concerns; false: even --keep-going cannot go on */
  void *memory;              /* what the readers keep */
};

/* Reads loaded files[0..n-1], side by side on `jobs` threads. `period` is --period or kind 0. With errors
 * the table still comes back (ARI_INPUT), agencies concerned marked invalid. Findings in order of the files whatever `jobs` is. */
ari_status ari_evidence_read(ari_evidence **evidence, ari_sources *sources, const ari_accepted *files, size_t n, const ari_set *set,
                             const ari_agencies *agencies, ari_period period, int jobs, ari_findings *fs) ARI_USE_RESULT;
void ari_evidence_free(ari_evidence *evidence);

/* What a file is by its content (content.c). PACKED: an archive, or packed by gzip, of no kind that is known. */
typedef enum ari_content {
  ARI_CONTENT_ANY, ARI_CONTENT_PACKED, ARI_CONTENT_XLSX, ARI_CONTENT_XLSB, ARI_CONTENT_XLS, ARI_CONTENT_ODS, ARI_CONTENT_GNUMERIC, ARI_CONTENT_NUMBERS,
  ARI_CONTENT_TEXT, ARI_CONTENT_SLIDES, ARI_CONTENT_PDF, ARI_CONTENT_PACKAGE,
  ARI_CONTENT_FORM_TABLE     /* one sheet of a form, saved as a table */
} ari_content;
enum { ARI_CONTENT_HEAD = 1024 };                  /* bytes: what begins a file tells whether to look into all of it */
ari_content ari_content_begins(ari_str bytes);
ari_status ari_content_of(ari_str bytes, ari_content *out) ARI_USE_RESULT;
/* Tells what it is and what to do, to somebody who gave it another name. False: nothing to say. */
bool ari_content_tell(ari_content content, ari_span at, ari_findings *fs);

/* How LibreOffice is found, which turns .xls and .ods into .xlsx: its absolute path or NULL, the list of folders to look in, where private folders are made. */
typedef struct ari_office { const char *program, *path, *temp_folder; } ari_office;
/* Loads files[0..n-1] side by side: bytes, hash. Limits by suffix. Used for everything a command names. */
ari_status ari_files_load(ari_sources *sources, const int32_t *files, size_t n, int jobs, const ari_office *office, ari_findings *fs) ARI_USE_RESULT;

/* The table as it was at a stage: cells hold the figures of the decisions that counted then, else the agencies' own. */
void ari_evidence_go_to(ari_evidence *ev, ari_stage stage);
/* What was decided of a node as far as the present stage knows: the second appraisal's ruling, else the first's. NULL: nothing. */
const ari_decision *ari_evidence_decision(const ari_evidence *ev, size_t agency, int32_t node);
bool ari_evidence_has_decision(const ari_evidence *ev, size_t agency);   /* of the present stage, one that gives figures or points */
const ari_decision *ari_evidence_decision_of_turn(const ari_evidence *ev, size_t agency, int32_t node, int turn);   /* whatever the stage */
const ari_explanation *ari_evidence_explanation(const ari_evidence *ev, size_t agency, int32_t node);

const ari_cell *ari_evidence_cell(const ari_evidence *ev, size_t agency, int slot);
const ari_entry *ari_evidence_entry(const ari_evidence *ev, size_t agency, int32_t leaf);
/* Where the agency's form has the empty cell of an input that is not given, of a survey that of its first option; NULL: it handed in no form. */
const ari_place *ari_evidence_blank(const ari_evidence *ev, size_t agency, int slot);
/* A value that is given, as tables write it: "7.46%", "yes", "16;24". Of a survey nothing: its options have values. */
void ari_buf_cell(ari_buf *b, const ari_evidence *ev, const ari_input *input, const ari_cell *cell);
/* The inputs of one agency for the evaluator; `of` of the result is *view, which the caller keeps. */
typedef struct ari_agency_view { const ari_evidence *evidence; size_t agency; } ari_agency_view;
ari_inputs ari_agency_inputs(const ari_agency_view *view);
/* What previous(x) is made of: the agency's own value, or those of all that it replaces. Returns how many there are; writes at most `room`. */
typedef struct ari_previous_part { ari_str agency; const ari_cell *cell; } ari_previous_part;   /* whose value; cell NULL: not there */
size_t ari_previous_parts(const ari_evidence *ev, size_t agency, int slot, ari_previous_part *out, size_t room);
ari_period ari_period_before(ari_period period);   /* of the same kind, right before */
/* Tells that what --previous names (`name`) is of the period `own`, and not of the one before. */
ari_finding *ari_period_not_before(ari_findings *fs, ari_span at, ari_str name, ari_period own, ari_period before);
ari_span ari_place_span(ari_place at);
/* Adds a finding at a value's place, with row and column name when it stands in a table. */
ari_finding *ari_place_finding(ari_findings *fs, ari_code code, ari_place at, ari_str column, const ari_args *args);

enum { ARI_PACKAGE_MIB = 1024, ARI_PACKAGE_FILES = 5000 };   /* of a package; more is neither packed nor opened */
/* Expands an EVIDENCE argument, a file or a folder (byte order of names, not below, other suffixes are a warning), into sources, in order. packages: those
 * of a folder are among them. *files is ari_malloc'ed. */
ari_status ari_evidence_expand(ari_sources *sources, const char *path, bool packages, int32_t **files, size_t *n_files, ari_findings *fs) ARI_USE_RESULT;

/* ---- CSV (csv.c) ------------------------------------------------------------------------------------------------------- */

enum { ARI_CSV_LINE = 1 << 20, ARI_CSV_BYTES = 256 << 20 };

/* One value of a row. text: without quotes and without spaces at its ends; a slice of the source, or of the row's memory where quotes
 * were doubled. start, len: its place in the source, quotes included. */
typedef struct ari_csv_field { ari_str text; uint32_t start, len; } ari_csv_field;

typedef struct ari_csv {
  ari_str bytes; int32_t file;
  ari_findings *fs;
  char separator;            /* ',' or ';', told from the header */
  size_t at;                 /* where the next row begins */
  size_t bad;                /* of a bad row: the first field that cannot be read */
  uint32_t row;              /* of the row read last, as a spreadsheet counts: the header is 1, empty rows count too */
  ari_csv_field *fields; size_t n, room;
  ari_arena row_memory;      /* of one row */
} ari_csv;

typedef enum ari_csv_step {
  ARI_CSV_ROW,               /* a row with something in it */
  ARI_CSV_BAD_ROW,           /* told as a finding; the next row can be read */
  ARI_CSV_END,
  ARI_CSV_BROKEN,            /* told as a finding; the rest of the file cannot be read */
  ARI_CSV_NOMEM
} ari_csv_step;

/* Begins before the header of a file that has passed ari_source_text_check. */
void ari_csv_open(ari_csv *csv, const ari_source *source, int32_t file, ari_findings *fs);
/* The next row that is not empty. Fields live until the next call. */
ari_csv_step ari_csv_next(ari_csv *csv);
void ari_csv_close(ari_csv *csv);
ari_place ari_csv_place(const ari_csv *csv, size_t field);
/* The field as the file writes it, for the name of a column in findings: it lives as long as the source. */
ari_str ari_csv_name(const ari_csv *csv, size_t field);

/* The names of the columns, in NFC, trimmed; "" for a column without a name; p NULL for the second of two equal ones, which is told. */
typedef struct ari_csv_header { ari_str *names; size_t n; } ari_csv_header;
/* Reads the header row; names live in `memory`. */
ari_csv_step ari_csv_read_header(ari_csv *csv, ari_arena *memory, ari_csv_header *out);
/* What does not fit between the row and the header (their lengths, a value in a column without a name): told; NULL: all fits. */
ari_finding *ari_csv_misfit(const ari_csv *csv, const ari_csv_header *header);

/* Whether the first bytes are those of a workbook of any kind (or of another archive). */
bool ari_workbook_is(ari_str bytes);
bool ari_file_is_named_evidence(ari_str name);         /* by its ending: evidence, a form, a package or its signature */
bool ari_file_is_csv(const ari_source *source);
int ari_dec_cmp(ari_dec a, ari_dec b);

/* The keys of files in YAML, for editors. */
const ari_field *ari_agencies_table(void);
const ari_field *ari_evidence_table(void);
const ari_field *ari_survey_table(void);
const ari_field *ari_appraisal_table(void);
const ari_field *ari_explanation_table(void);

#endif
