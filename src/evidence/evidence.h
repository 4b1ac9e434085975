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
} ari_accepted;

/* ---- the form workbook ------------------------------------------------------------------------------------------------------
 *
 * Its layout, shared by what writes it (report/) and what reads it (form.c): ari-evidence(5), "Workbooks". Sheets, rows and columns are
 * known by these words wherever people move them to, and whatever they call the tabs. */

/* A sheet is known by its cell A1. */
#define ARI_FORM_ABOUT "ari:form"              /* very hidden: keys in column A, values as text in column B */
#define ARI_FORM_ANSWERS "ari:answers"         /* row 1: the words of the columns; column A: the keys of the rows */
#define ARI_FORM_LISTS "ari:lists"             /* row 1, from B on: <criterion>.<input> of a list; its values below, one a row */
#define ARI_FORM_DOCUMENTS "ari:documents"     /* row 1, from B on: the words of the columns; one document a row below */

/* In column A of every row of these three that is the form's own and nobody types into: titles, the names of the columns, hints. */
#define ARI_FORM_HEAD "ari:head"

enum { ARI_FORM_LIST_ROWS = 200, ARI_FORM_DOCUMENT_ROWS = 300 };

/* The keys of ari:form. */
#define ARI_FORM_KEY_FORM "form"               /* the layout's version */
#define ARI_FORM_VERSION "1"
#define ARI_FORM_KEY_SET "set"
#define ARI_FORM_KEY_VERSION "version"         /* of the set */
#define ARI_FORM_KEY_FINGERPRINT "fingerprint" /* SHA-256 of the bytes of criteria.yaml, 64 hexadecimal digits */
#define ARI_FORM_KEY_AGENCY "agency"
#define ARI_FORM_KEY_PERIOD "period"           /* as ari_buf_period writes it */
#define ARI_FORM_KEY_LANG "lang"

/* The columns of ari:answers beside the keys. The reader looks at claimed, value, not_applicable and note: their cells stay empty where nothing is
 * to be written (a figure that others supply, lists, surveys as a whole, headings), or hold a formula. */
typedef enum ari_form_column {
  ARI_FORM_ID, ARI_FORM_TITLE, ARI_FORM_RULE, ARI_FORM_MAX, ARI_FORM_POINTS, ARI_FORM_CLAIMED, ARI_FORM_VALUE, ARI_FORM_UNIT, ARI_FORM_LAST,
  ARI_FORM_NOT_APPLICABLE, ARI_FORM_NOTE, ARI_FORM_HELP,
  ARI_FORM_COLUMNS
} ari_form_column;
#define ARI_FORM_COLUMN_WORDS \
  {"id", "title", "rule", "max", "points", "claimed", "value", "unit", "previous", "not_applicable", "note", "help"}

/* The columns of ari:documents. */
typedef enum ari_form_document {
  ARI_FORM_DOC_CRITERION, ARI_FORM_DOC_NUMBER, ARI_FORM_DOC_DATE, ARI_FORM_DOC_TITLE, ARI_FORM_DOC_FILE,
  ARI_FORM_DOC_COLUMNS
} ari_form_document;
#define ARI_FORM_DOCUMENT_WORDS {"criterion", "number", "date", "title", "file"}

/* Keys of rows in column A of ari:answers (what ari_input.column holds for inputs): "1.2.3" on a node's own row, "1.2.3.received" on an
 * input's, "1.2.3.answers:a" on an option's of a survey; a survey's own row has no value. Where an id and a column are the same text, it is
 * the column: a node's own row then has the key "#1.2.3". */
#define ARI_FORM_NODE_MARK '#'

/* What the cells of yes_no show and take. */
#define ARI_FORM_YES_VI "có"
#define ARI_FORM_NO_VI "không"
#define ARI_FORM_YES_EN "yes"
#define ARI_FORM_NO_EN "no"

/* ---- the table of evidence -------------------------------------------------------------------------------------------- */

typedef enum ari_cell_state { ARI_CELL_ABSENT, ARI_CELL_GIVEN, ARI_CELL_BAD } ari_cell_state;   /* BAD: there, but told as an error */

/* One value of one agency. yes_no: coef 0/1; choice: option number; date: day; percent: 7.46% is 0.0746 (`written` stays 2);
 * text: index into texts; the input is a list: index into lists. */
typedef struct ari_cell { ari_dec value; ari_place at; uint8_t state; } ari_cell;

typedef struct ari_document { ari_str number, title, file; int32_t day; bool has_day; ari_span span; } ari_document;

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
  bool unasked;              /* what is missing is no error now: it has not handed in yet, while others do */
  bool alone;                /* nobody to compare it with is there yet: what compares is pending */
  uint32_t last_naming;      /* 1 + the last of ari_evidence.namings that is of it; 0: none */
} ari_submission;

/* A file says something of an agency. */
typedef struct ari_naming {
  int32_t source; uint32_t agency;
  uint8_t origins;           /* of its figures, bits 1 << ari_origin; what else is said is its own */
  bool last;                 /* also of last period */
  bool takes_back;           /* a criterion stands there with nothing below it */
} ari_naming;

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
/* A value that is given, as tables write it: "7.46%", "yes", "16;24". Of a survey nothing: its options have values. */
void ari_buf_cell(ari_buf *b, const ari_evidence *ev, const ari_input *input, const ari_cell *cell);
/* The inputs of one agency for the evaluator; `of` of the result is *view, which the caller keeps. */
typedef struct ari_agency_view { const ari_evidence *evidence; size_t agency; } ari_agency_view;
ari_inputs ari_agency_inputs(const ari_agency_view *view);
/* What previous(x) is made of: the agency's own value, or those of all that it replaces. Returns how many there are; writes at most `room`. */
typedef struct ari_previous_part { ari_str agency; const ari_cell *cell; } ari_previous_part;   /* whose value; cell NULL: not there */
size_t ari_previous_parts(const ari_evidence *ev, size_t agency, int slot, ari_previous_part *out, size_t room);
ari_period ari_period_before(ari_period period);   /* of the same kind, right before */
ari_span ari_place_span(ari_place at);
/* Adds a finding at a value's place, with row and column name when it stands in a table. */
ari_finding *ari_place_finding(ari_findings *fs, ari_code code, ari_place at, ari_str column, const ari_args *args);

/* Expands the EVIDENCE arguments: files, folders (byte order of names, not below, other suffixes are a warning) into sources, in order.
 * *files is ari_malloc'ed. */
ari_status ari_evidence_expand(ari_sources *sources, const char *const *paths, size_t n, int32_t **files, size_t *n_files,
                               ari_findings *fs) ARI_USE_RESULT;

/* ==== inside this room ====================================================================================================
 *
 * Each file is read by one thread into a list of records and a list of findings. Afterwards the lists are put into the dense table in
 * the order of the files (table.c), so nothing that can be seen depends on how many threads there were. */

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

/* ---- workbooks (xml.c, workbook.c, tab.c) ----------------------------------------------------------------------------- */

enum {
  ARI_WORKBOOK_BYTES = 32 << 20,               /* packed, and unpacked */
  ARI_WORKBOOK_CELLS = 200000,                 /* with something in them */
  ARI_WORKBOOK_TEXT = 64 << 20,                /* of all cells, each with its whole text */
  ARI_TAB_ROWS = 1048576, ARI_TAB_COLUMNS = 16384,
  ARI_XML_TEXT = 1 << 17                       /* of one element */
};

/* One part being read. open and close get names without their prefix. */
typedef struct ari_xml ari_xml;
struct ari_xml {
  void (*open)(ari_xml *x, ari_str name, const char **attributes);
  void (*close)(ari_xml *x, ari_str name);     /* NULL: nothing */
  void *of;
  bool keep; ari_buf text;                     /* while keep is set text is gathered; who reads it clears it */
  bool no_memory;
  bool stopped; ari_code code;                 /* why */
  unsigned depth, elements;
  ari_map names; ari_arena memory;             /* of elements and attributes, as they were met */
  void *parser;
};
/* ARI_INPUT: code says why. */
ari_status ari_xml_read(ari_xml *x, ari_str bytes) ARI_USE_RESULT;
void ari_xml_stop(ari_xml *x, ari_code code);
ari_str ari_xml_attribute(const char **attributes, const char *name);          /* p NULL: it is not there */

typedef enum ari_tab_kind { ARI_TAB_NUMBER, ARI_TAB_TEXT, ARI_TAB_SHARED, ARI_TAB_BOOLEAN, ARI_TAB_ERROR } ari_tab_kind;   /* SHARED only while it is read */
typedef enum ari_tab_format { ARI_TAB_PLAIN, ARI_TAB_DATE, ARI_TAB_PERCENT } ari_tab_format;
/* A cell with something in it. text: of a number as the file writes it, of a boolean TRUE or FALSE; trimmed, not in NFC. */
typedef struct ari_tab_cell { uint32_t row, column; uint8_t kind, format; bool formula; ari_str text; } ari_tab_cell;
typedef struct ari_tab { ari_str name; ari_tab_cell *cells; size_t n, room; } ari_tab;   /* by row, then column */
typedef struct ari_workbook {
  ari_arena memory;
  ari_tab *sheets; size_t n_sheets;
  bool since_1904;           /* days are counted from 1904 on */
  ari_str *texts; size_t n_texts;
  uint8_t *formats; size_t n_formats;
  size_t n_cells, bytes;
} ari_workbook;              /* start as {0} */

/* Whether the first bytes are those of a workbook of any kind (or of another archive). */
bool ari_workbook_is(ari_str bytes);
/* All its sheets. ARI_INPUT: told at `at`. Free in any case. */
ari_archive_limits ari_workbook_limits(void);   /* what may be unpacked of one */
ari_status ari_workbook_read(ari_workbook *book, ari_str bytes, ari_span at, ari_findings *fs) ARI_USE_RESULT;
void ari_workbook_free(ari_workbook *book);
/* NULL: it is empty. */
const ari_tab_cell *ari_tab_cell_at(const ari_tab *sheet, uint32_t row, uint32_t column);
/* The text that was gathered as people see it, in the same memory. */
ari_str ari_tab_text(ari_buf *b);
/* tab.c; *code: why it is ARI_INPUT. */
ari_status ari_tab_read(ari_workbook *book, ari_tab *sheet, ari_str xml, ari_code *code) ARI_USE_RESULT;

/* office.c: loads a workbook that LibreOffice has to read; name: "in." and what it is. Not loaded: told. */
ari_status ari_office_load(ari_source *s, int32_t file, const char *name, const ari_office *office, ari_findings *fs) ARI_USE_RESULT;

/* ---- one file being read (reading.c) ------------------------------------------------------------------------------------ */

typedef enum ari_said {
  ARI_SAID_VALUE,            /* target: slot */
  ARI_SAID_CLAIMED, ARI_SAID_NOTE, ARI_SAID_NOT_APPLICABLE, ARI_SAID_DOCUMENTS,   /* target: leaf */
  ARI_SAID_WITHHELD,         /* target: leaf; -1: the agency as a whole */
  ARI_SAID_NOTHING,          /* the node stands here with nothing below it: it takes back what earlier revisions said. target: node; state: the ari_origin */
  ARI_SAID_NAMED,            /* the agency is named here */
  ARI_SAID_UNREAD,           /* something of the agency's stands in a column that nobody knows */
  ARI_SAID_INVALID,          /* an error concerns the agency */
  ARI_SAID_RULED,            /* target: node; the values behind it are the figures that it puts in the place of the agency's */
  ARI_SAID_EXPLAINED         /* target: node */
} ari_said;

/* One thing said of one agency. value.coef of texts, documents, lists and statements: their number on the shelf. */
typedef struct ari_record { ari_dec value; ari_place at; uint32_t agency; int32_t target; uint8_t said, state, period; } ari_record;   /* period: which of its file's */

enum { ARI_CHUNK = 1024 };
typedef struct ari_chunk { struct ari_chunk *next; uint32_t n; ari_record items[ARI_CHUNK]; } ari_chunk;
typedef struct ari_documents { ari_document *items; uint32_t n; } ari_documents;

/* A decision or an explanation as a file states it; text is the reason of the one and all of the other. */
typedef struct ari_statement { ari_str text, by; ari_documents documents; ari_dec points; uint8_t ruling; } ari_statement;

/* What one thread keeps of all its files. */
typedef struct ari_shelf {
  ari_arena keep;            /* texts and documents: handed over to the evidence */
  ari_arena file;            /* of the file being read: tree, names of columns */
  ari_arena records;         /* chunks; freed when the table is made */
  ari_chunk *chunk;          /* the one being filled */
  ari_str *texts; size_t n_texts, texts_room;
  ari_documents *documents; size_t n_documents, documents_room;
  ari_list *lists; size_t n_lists, lists_room;
  ari_statement *statements; size_t n_statements, statements_room;
  ari_map ids; ari_str *agencies; size_t n_agencies, agencies_room;   /* without an agency list: the ids met, in order */
} ari_shelf;

/* What all threads look at and nobody changes. */
typedef struct ari_desk {
  const ari_set *set;
  const ari_agencies *agencies;   /* file -1: no list was given, any id will do */
  ari_period period;              /* --period; kind 0: not given */
  const char *fingerprint;        /* SHA-256 of the set's bytes when there are forms; else NULL */
  ari_str *agency_ids, *columns;  /* candidates for "did you mean" */
  unsigned guesses;               /* "did you mean" of one file: thousands would take minutes, and no more than 50 findings are shown */
} ari_desk;

typedef struct ari_reading {
  const ari_desk *desk;
  const ari_source *source; int32_t file;
  ari_file_kind kind;        /* what it is read as */
  uint8_t origins;           /* see ari_accepted */
  ari_shelf *shelf;
  ari_findings *fs;
  ari_chunk *first; uint32_t first_at; size_t n;   /* its records: from first->items[first_at] on, in all n */
  bool last;                 /* all of the file is of last period */
  bool carried;              /* its figures are only carried over into a form */
  bool decimal_comma;        /* a comma can only be a decimal one here: it is taken as a point */
  ari_period periods[2]; ari_place period_at[2];   /* those that its values are of, as they were met; kind 0: none yet. Two where formulas look at last
                                                    * period too */
  uint8_t period;            /* which of the two what is being read is of */
  unsigned guesses;
  bool incomplete;           /* an error of which nobody knows whom it concerns */
  int32_t unused_agency; const ari_node *unused;   /* what was told last to be of no use; NULL: nothing yet */
  bool *told;                /* what was told to come from elsewhere; NULL: nothing yet */
  bool no_memory;
  ari_record lost;           /* where a record goes that nobody's is, or when memory ran out */
} ari_reading;

/* Instead of an agency's number. */
enum {
  ARI_ANYBODY = -1,          /* whose it is cannot be known */
  ARI_NOBODY = -2            /* nobody's: of nobody in the list */
};
/* Of whom and where something is said. column: "" outside of tables. */
typedef struct ari_spot { int32_t agency; ari_place at; ari_str column; } ari_spot;

/* Adds a record; never NULL. What is said of an unknown agency is looked at as well, for its findings, and kept nowhere. */
ari_record *ari_reading_add(ari_reading *r, const ari_spot *spot, ari_said said, int32_t target);
/* An error was told: it makes the agency invalid, or the reading incomplete when it may concern anybody. */
void ari_reading_blame(ari_reading *r, const ari_spot *spot);
/* Adds a finding; an error is blamed. */
ari_finding *ari_reading_tell(ari_reading *r, const ari_spot *spot, ari_code code, const ari_args *args);
/* The number of an agency: in the list, or without a list on the shelf. ARI_NOBODY: told. id is not empty. */
int32_t ari_reading_agency(ari_reading *r, ari_str id, const ari_spot *spot);
/* The period of a row or file: what it says itself (text empty: nothing), else --period. False: told. */
bool ari_reading_period(ari_reading *r, ari_str text, const ari_spot *spot);
/* Keeps a text for as long as the evidence lives: its number on the shelf. False: told, or no memory. */
bool ari_reading_keep(ari_reading *r, const ari_spot *spot, ari_str text, int64_t *number);
/* False: the agency's tier does not have the criterion, or grants it its maximum (`figure`: nothing is computed of figures there): told. */
bool ari_reading_is_used(ari_reading *r, const ari_spot *spot, const ari_node *node, bool figure);
/* origins.c. False: the file may not hold a value of such an origin, or nothing that is the agency's own: told once a file. */
bool ari_reading_takes(ari_reading *r, const ari_spot *spot, int slot);
bool ari_reading_takes_said(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_said said);
ari_origin ari_reading_origin(const ari_reading *r);   /* of a criterion with nothing below it */
/* A value, a claim, a note, a reason. text is empty only where YAML says "". Of a list: its values separated by `;`. */
void ari_reading_value(ari_reading *r, const ari_spot *spot, int slot, ari_str text);
void ari_reading_say(ari_reading *r, const ari_spot *spot, const ari_node *leaf, ari_said said, ari_str text);
bool ari_reading_takes_documents(ari_reading *r, const ari_spot *spot, const ari_node *leaf);                 /* false: told */
void ari_reading_add_documents(ari_reading *r, const ari_spot *spot, const ari_node *leaf, ari_documents all);   /* at least one, kept */
/* `name` stands there with nothing below it: told; in a later revision it takes back what was said of the node before (ari-evidence(5), "Revisions"). */
void ari_reading_nothing(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_origin origin, ari_str name);
const ari_field *ari_evidence_table(void);  /* the keys of evidence in YAML, for editors */
const ari_field *ari_survey_table(void);
const ari_field *ari_said_table(void);      /* what is said of a leaf besides its inputs, in the order of ari_said from ARI_SAID_CLAIMED on */
/* The thing a key names that is no input: "claimed"; -1: none. */
int ari_said_named(ari_str name);
/* What can be said of `node` under `name`. Root takes withheld only, inner nodes nothing. False: told. */
bool ari_reading_may_say(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_said said, ari_str name);
/* A node's own input; -1. */
int ari_reading_input(const ari_reading *r, const ari_node *node, ari_str name);
/* Tells that there is no such criterion, or no such input, with what was probably meant. */
void ari_reading_no_criterion(ari_reading *r, const ari_spot *spot, ari_str id);
void ari_reading_no_input(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_str name);
/* One of the file's "did you mean" is left. */
bool ari_reading_guess(ari_reading *r);
/* NFC of a text, in the file's memory. */
ari_str ari_reading_nfc(ari_reading *r, ari_str text);
/* False with a finding: a control character that YAML's escapes brought in. lines: TAB and line ends are fine. */
bool ari_reading_clean(ari_reading *r, const ari_spot *spot, ari_str text, bool lines);

/* "U+0007", as messages name a character. */
void ari_code_point_name(uint32_t c, char out[8]);
/* The first control character (C0, DEL, C1) of a text; -1: none. */
int32_t ari_text_control(ari_str text, bool lines);

/* ---- agency lists (agencies.c, csv_agencies.c) ------------------------------------------------------------------------- */

typedef enum ari_agency_field {
  ARI_AGENCY_ID, ARI_AGENCY_NAME, ARI_AGENCY_NAME_EN, ARI_AGENCY_GROUP, ARI_AGENCY_TIER, ARI_AGENCY_PARENT, ARI_AGENCY_FROM,
  ARI_AGENCY_UNTIL, ARI_AGENCY_REPLACES, ARI_AGENCY_FIELDS
} ari_agency_field;

/* One agency as a file writes it, whatever its form. told: what is wrong with the field has been told. */
typedef struct ari_agency_entry {
  ari_str field[ARI_AGENCY_FIELDS];
  ari_place at[ARI_AGENCY_FIELDS], whole;
  bool told[ARI_AGENCY_FIELDS];
  ari_str *replaces; uint32_t n_replaces;
} ari_agency_entry;

typedef struct ari_agency_reading {
  ari_agencies *list;
  const ari_set *set;        /* NULL: none */
  ari_findings *fs;
  bool lacking[ARI_AGENCY_FIELDS];   /* columns that are not there: told once */
  bool no_memory;
} ari_agency_reading;

const ari_field *ari_agency_table(void);    /* ARI_AGENCY_FIELDS rows: keys of YAML, columns of CSV */
const ari_field *ari_agencies_table(void);  /* the keys of agencies.yaml, for editors */
/* Checks an entry and adds it to the list. */
void ari_agency_add(ari_agency_reading *g, const ari_agency_entry *e);
void ari_read_agencies_csv(ari_agency_reading *g, const ari_source *source, int32_t file);

/* ---- the agencies of a period (existing.c) --------------------------------------------------------------------------------- */

/* The ids that are only known because others replace them, and what does not fit between agencies that follow each other. False: out of memory. */
bool ari_agencies_follow(ari_agencies *list, ari_findings *fs) ARI_USE_RESULT;
/* At the end of the period. Of no period (kind 0) everybody exists. */
bool ari_agency_exists(const ari_agency *agency, ari_period period);
/* The number of an agency of the list, or behind those of one that another replaces; -1. */
int32_t ari_agencies_number(const ari_agencies *list, ari_str id);
/* A list of those that exist into `out`, and in place[number] where each stands there; -1: nowhere. */
bool ari_agencies_existing(const ari_agencies *list, ari_period period, ari_agencies *out, int32_t *place) ARI_USE_RESULT;
/* Tells that evidence is of an agency that does not exist in its period. */
void ari_agency_tell_gone(const ari_agencies *list, uint32_t number, ari_period period, ari_place at, ari_findings *fs);

/* ---- revisions (revisions.c) -------------------------------------------------------------------------------------------------- */

/* Of every agency (a number of the whole list), node and origin the last revision that says something of it: what earlier ones say of it counts no
 * longer. revisions NULL: all files are of one revision, and everything counts. */
typedef struct ari_latest {
  const ari_set *set;
  size_t agencies;
  int32_t *revisions;
  int32_t before;            /* the greatest revision of last period's round */
  int32_t newest; size_t replaced;   /* the last revision, and how many criteria of agencies it takes the place of something in */
} ari_latest;
bool ari_latest_make(ari_latest *l, const ari_set *set, size_t agencies) ARI_USE_RESULT;   /* false: out of memory; revisions is ari_calloc'ed */
/* last: it is said of last period. */
void ari_latest_note(ari_latest *l, const ari_record *record, bool last, const ari_accepted *file);
bool ari_latest_counts(const ari_latest *l, const ari_record *record, bool last, const ari_accepted *file);
bool ari_latest_is_before(const ari_latest *l, const ari_record *record);   /* of last period: this round's files say nothing of it */

/* ---- files read side by side (gather.c) ------------------------------------------------------------------------------------------ */

/* What a period of a file is to the computation. */
typedef enum ari_role { ARI_ROLE_SCORED, ARI_ROLE_LAST, ARI_ROLE_PASSED, ARI_ROLE_OTHER } ari_role;

/* One file's records and findings, and whose shelf holds its texts. roles: of its periods. */
typedef struct ari_gathered { ari_reading reading; ari_findings findings; ari_role roles[2]; } ari_gathered;

typedef struct ari_gathering {
  ari_desk desk;
  ari_sources *sources;
  const ari_accepted *files;
  ari_gathered *each; size_t n;
  ari_shelf *shelves; int n_shelves;
  ari_latest latest;
} ari_gathering;

/* Reads all files; what all of it may need lives in `arena`. False: out of memory. Free in any case. */
bool ari_gather(ari_gathering *g, ari_arena *arena, int jobs) ARI_USE_RESULT;
void ari_gathering_free(ari_gathering *g);
/* Without an agency list: makes the list of those whom the evidence names, in the order of the files, and gives all records the numbers of that list.
 * False: out of memory. */
bool ari_gather_agencies(ari_gathering *g, ari_agencies *found) ARI_USE_RESULT;

/* Walks the records of a file, which may begin and end inside a chunk that holds other files' records too. */
typedef struct ari_walk { ari_chunk *chunk; uint32_t at; size_t left; } ari_walk;
ari_walk ari_records_walk(const ari_reading *r);
ari_record *ari_record_next(ari_walk *w);              /* NULL: that was all */

/* ---- last period (last.c) ---------------------------------------------------------------------------------------------------- */

bool ari_last_make(ari_evidence *ev) ARI_USE_RESULT;   /* room for it, once; false: out of memory */
/* What is said of last period; record->agency is a number of the whole list (ari_agencies_number). */
void ari_last_put(ari_evidence *ev, const ari_record *record, ari_findings *fs);
/* What was decided on it in last period's round takes the place of what stands there. */
void ari_last_settle(ari_evidence *ev, const ari_record *record);
/* ari_inputs.previous; `of` is an ari_agency_view. */
bool ari_last_get(const void *of, int slot, ari_num *out);

/* ---- readers ------------------------------------------------------------------------------------------------------------ */

void ari_read_csv(ari_reading *r);          /* csv_evidence.c */
void ari_read_yaml(ari_reading *r);         /* yaml_file.c */
void ari_read_form(ari_reading *r, ari_source *source);   /* form.c; source: the reading's own, which gets what is shown of its cells */

bool ari_form_is(ari_str bytes);            /* a workbook that is a form, or one that cannot be read */

/* form_value.c: a cell as the text that evidence is written in: lives as long as the file is read. False: told. input: of a choice, else it may be NULL. */
bool ari_form_value(ari_reading *r, const ari_spot *spot, const ari_workbook *book, const ari_tab_cell *c, const ari_input *input, ari_input_type type,
                    ari_str *out);
void ari_buf_tab_cell(ari_buf *b, const ari_workbook *book, const ari_tab_cell *c);   /* as messages show it */

/* What every YAML file of one agency begins with: the first rows of its table. */
enum { ARI_HEAD_ARI, ARI_HEAD_SET, ARI_HEAD_AGENCY, ARI_HEAD_PERIOD, ARI_HEAD_ROWS };
/* Reads the document by its table, and these rows. *agency: whose file it is, as far as it says so; *spot: where. False: told, nothing more can be read. */
bool ari_head_read(ari_reading *r, const ari_yaml *root, const ari_field *table, const ari_yaml **f, int32_t *agency, ari_spot *spot);
ari_spot ari_yaml_spot(const ari_yaml *node, int32_t agency);
bool ari_yaml_is_cut(const ari_yaml *value);    /* by a comma inside { }, which yaml has told */

/* yaml_evidence.c. *agency stays as it is where the file does not say whose it is. */
void ari_read_evidence_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency);
void ari_read_survey_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency);
/* The value of one input: a scalar, a list, the answers of a survey. */
void ari_read_value_yaml(ari_reading *r, const ari_yaml *value, int32_t agency, int slot);
extern const ari_field ari_value_field;         /* its shapes, for editors */

/* Takes back that a file of a folder is not read (W0408) where the evidence names it as a document. */
void ari_documents_found(const ari_evidence *ev, const ari_sources *sources, ari_findings *fs);
/* documents.c: a list of documents, kept as long as the evidence. False: told, or no memory. */
bool ari_read_documents(ari_reading *r, const ari_yaml *list, int32_t agency, ari_documents *out);
extern const ari_field ari_document_fields[];

/* lists.c: the values of an input that is a list, in YAML and in one cell of a table. */
void ari_reading_list(ari_reading *r, const ari_spot *spot, int slot, const ari_yaml *list);
void ari_reading_cell(ari_reading *r, const ari_spot *spot, int slot, ari_str text);
void ari_reading_put_list(ari_reading *r, const ari_spot *spot, int slot, ari_list list, bool good);   /* its items live as long as the evidence */

/* surveys.c: answers in YAML, {good: 10, poor: 5}. */
void ari_reading_answers(ari_reading *r, const ari_spot *spot, int slot, const ari_yaml *map);
/* In tables: `name` is "answers:x" of a survey that has no option x: told. False: there is no such survey. */
bool ari_reading_no_option(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_str name);
/* In tables: a survey as a whole, by its own name `written`. */
void ari_reading_no_answers(ari_reading *r, const ari_spot *spot, int slot, ari_str written);
/* When all is in the table: an option without answers, where others have some, counts as 0 and is told. */
void ari_evidence_complete_surveys(ari_evidence *ev, ari_findings *fs);
/* The same for one survey of an agency: `cell` and those of its options behind it, wherever they are kept. */
void ari_survey_complete(const ari_evidence *ev, size_t agency, const ari_input *survey, ari_cell *cell, ari_findings *fs);

/* ---- appraisals and explanations ---------------------------------------------------------------------------------------------
 *
 * appraisal.c: what their files have in common, YAML and tables. */

/* The criterion is scored in the agency's tier. False: told. */
bool ari_ruling_in_tier(ari_reading *r, const ari_spot *spot, const ari_node *node);
/* It is, and there is something of it that can be settled so: on an inner node nothing but figures. False: told. */
bool ari_ruling_suits(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_ruling ruling);
/* Points that evaluators give; beyond what the criterion has they are a warning. */
bool ari_ruling_points(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_str text, ari_dec *out);
/* A text that is kept; without anything but spaces it stays empty. False: told, or no memory. */
bool ari_statement_text(ari_reading *r, const ari_spot *spot, ari_str text, ari_str *out);
/* Adds the record of a statement. */
void ari_reading_state(ari_reading *r, const ari_spot *spot, ari_said said, const ari_node *node, const ari_statement *statement);
void ari_read_appraisal_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency);     /* yaml_appraisal.c */
void ari_read_explanation_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency);
void ari_read_appraisal_csv(ari_reading *r);                                             /* csv_appraisal.c */
const ari_field *ari_appraisal_table(void);     /* the keys of their files, for editors */
const ari_field *ari_explanation_table(void);

/* rulings.c: what all files state, in their order; then what of it is in force. */
typedef struct ari_draft {
  ari_decision d;            /* of an explanation: reason is its text */
  bool explains;
  int32_t first, last;       /* its values; -1: none */
  size_t order;
} ari_draft;
typedef struct ari_draft_value { ari_override value; int32_t next; } ari_draft_value;
typedef struct ari_drafts { ari_draft *items; size_t n, room; ari_draft_value *values; size_t n_values, values_room; } ari_drafts;   /* start as {0} */
/* record: of a statement; from now on values are its. False: out of memory. */
bool ari_drafts_add(ari_drafts *all, const ari_record *record, const ari_statement *statement, const ari_accepted *file) ARI_USE_RESULT;
bool ari_drafts_add_value(ari_drafts *all, int32_t slot, ari_cell cell) ARI_USE_RESULT;
/* Fills decisions and explanations, tells what was said twice, and puts the table to its final stage. What they keep lives in `memory`. */
bool ari_drafts_settle(ari_drafts *all, ari_evidence *ev, ari_arena *memory, ari_findings *fs) ARI_USE_RESULT;
void ari_drafts_free(ari_drafts *all);

/* value.c: a text as a value of the input's type. False: told. */
bool ari_value_read(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text, ari_dec *out);
/* Points as an agency claims them. */
bool ari_value_points(ari_reading *r, const ari_spot *spot, ari_str text, ari_dec *out);
int ari_dec_cmp(ari_dec a, ari_dec b);

/* files.c */
bool ari_file_is_csv(const ari_source *source);
bool ari_file_is_workbook(const ari_source *source);   /* by its name */
/* True when the file is of this kind; else told. */
bool ari_file_expect(const ari_source *source, int32_t file, ari_file_kind kind, ari_findings *fs);

/* period.c */
bool ari_period_within(ari_period period, ari_period from, ari_period until);
/* False: a finding tells that the set is not made for this period. Returns the finding, NULL when all is well. */
ari_finding *ari_period_refuse(const ari_set *set, ari_period period, ari_span at, ari_findings *fs);
/* Tells two periods that should be one. */
ari_finding *ari_period_differs(ari_findings *fs, ari_code code, ari_span at, ari_period here, ari_period there);

/* threads.c: calls work(of, item, worker) for every item 0..n-1, on at most `jobs` threads; worker < jobs tells them apart. */
enum { ARI_JOBS = 64 };
int ari_jobs_count(int jobs, size_t n);
void ari_jobs_run(int jobs, size_t n, void (*work)(void *of, size_t item, int worker), void *of);

#endif
