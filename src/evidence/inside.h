/* evidence: what its own files share and no other room sees. */
#ifndef ARI_EVIDENCE_INSIDE_H
#define ARI_EVIDENCE_INSIDE_H

#include "evidence.h"

/* Each file is read by one thread into a list of records and a list of findings. Afterwards the lists are put into the dense table in
 * the order of the files (table.c), so nothing that can be seen depends on how many threads there were. */

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
typedef struct ari_tab_area { uint32_t row, column, last_row, last_column; bool told; } ari_tab_area;
/* cells: by row, then column. merged: cells that are shown as one, and hold what stands in the first of them. */
typedef struct ari_tab { ari_str name; ari_tab_cell *cells; size_t n, room; ari_tab_area *merged; size_t n_merged, merged_room; } ari_tab;
typedef struct ari_workbook {
  ari_arena memory;
  ari_tab *sheets; size_t n_sheets;
  bool since_1904;           /* days are counted from 1904 on */
  ari_str *texts; size_t n_texts;
  uint8_t *formats; size_t n_formats;
  size_t n_cells, bytes;
} ari_workbook;              /* start as {0} */

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
  ARI_SAID_BLANK,            /* a form has an empty cell for it here. target: slot; -1: the sheet of documents */
  ARI_SAID_UNREAD,           /* something of the agency's stands in a column that nobody knows */
  ARI_SAID_REFUSED,          /* the file may not hold something that it has of the agency (origins.c) */
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
  ari_str owner;
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
/* The same of a file that is not read, which nothing is told of: ARI_NOBODY where the list does not have it. */
int32_t ari_reading_listed(ari_reading *r, ari_str id);
/* The period of a row or file: what it says itself (text empty: nothing), else --period. False: told. */
bool ari_reading_period(ari_reading *r, ari_str text, const ari_spot *spot);
/* Warns of a day so far from the period that a figure of it was mistyped. input: of which it is; limits of its own stand instead. NULL: a document's. */
void ari_reading_look_at_day(ari_reading *r, const ari_spot *spot, const ari_input *input, int32_t day);
/* Warns of a claim that the leaf cannot give (appraisal.c). */
void ari_reading_look_at_claim(ari_reading *r, const ari_spot *spot, const ari_node *leaf, ari_dec claimed);
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
/* Checks an entry and adds it to the list. */
void ari_agency_add(ari_agency_reading *g, const ari_agency_entry *e);
void ari_read_agencies_csv(ari_agency_reading *g, const ari_source *source, int32_t file);

/* remarks.c: what is said besides figures and does not go with them. carried: only to be carried over into a form. */
void ari_remarks_check(ari_evidence *ev, bool carried, ari_findings *fs);

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

/* ---- the same thing said twice (twice.c) -------------------------------------------------------------------------------------- */

/* Of one file that is put into the table. told: earlier files of which it is a copy, or a second form: it was told once. */
typedef struct ari_twice { ari_sources *sources; ari_findings *fs; int32_t *told; size_t n_told, room; bool no_memory; } ari_twice;
/* `what` of the agency stands here again: both places are told. */
void ari_tell_twice(ari_twice *t, ari_place again, ari_place first, ari_str what, ari_str agency);

/* ---- last period (last.c) ---------------------------------------------------------------------------------------------------- */

bool ari_last_make(ari_evidence *ev) ARI_USE_RESULT;   /* room for it, once; false: out of memory */
/* What is said of last period; record->agency is a number of the whole list (ari_agencies_number). */
void ari_last_put(ari_evidence *ev, const ari_record *record, ari_twice *twice);
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

/* ---- a form being read: form.c, form_sheet.c, and a file for each kind of sheet -------------------------------------------------- */

typedef enum ari_form_sheet { ARI_FORM_SHEET_ABOUT, ARI_FORM_SHEET_ANSWERS, ARI_FORM_SHEET_LISTS, ARI_FORM_SHEET_DOCUMENTS, ARI_FORM_SHEETS } ari_form_sheet;

/* A sheet with its word in it: its keys stand below that, the words of its columns beside it. name: kept with the source. */
typedef struct ari_form_part { const ari_tab *sheet; ari_str name; uint32_t row, column; } ari_form_part;
typedef struct ari_form_seen { ari_place at; bool is; } ari_form_seen;

typedef struct ari_form {
  ari_reading *r;
  ari_source *source;
  ari_workbook book;
  ari_form_part parts[ARI_FORM_SHEETS];
  int32_t agency;
  bool filled;               /* something stands where something is typed */
  bool same_set;             /* the set is what it was when the form was made */
  bool key_changed;          /* some row names nothing that the set has: told */
  bool stray;                /* a figure was told in a column that is not the form's: there may be many */
  ari_form_seen *slots, *nodes, *lists;   /* rows of inputs and of criteria, columns of lists that were met */
} ari_form;

void ari_form_read_answers(ari_form *f);
/* form_stray.c: warns of what stands in the row of an input, or of a leaf (slot -1), where nothing is typed. cells: from the first of the row on. */
void ari_form_tell_strays(ari_form *f, const ari_form_part *p, const uint32_t *columns, const ari_tab_cell *cells, int slot);
void ari_form_read_lists(ari_form *f);
void ari_form_read_documents(ari_form *f);

/* form_sheet.c. Places: a cell by its name and what it shows, a cell as it was read, a whole sheet; key: what it belongs to. */
ari_spot ari_form_spot_at(ari_form *f, ari_cell_name name, ari_str key, ari_str text);
ari_spot ari_form_spot(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, ari_str key);
ari_spot ari_form_spot_sheet(ari_form *f, const ari_form_part *p);
void ari_form_tell(ari_form *f, const ari_spot *spot, ari_code code, ari_str text);
ari_str ari_form_cell_text(ari_form *f, const ari_tab_cell *c);                  /* in NFC; "" of a cell that holds none, and of NULL */
/* The cells of the row of words. columns[i]: where words[i] stands, else 0, where no cell is. */
void ari_form_columns(ari_form *f, const ari_form_part *p, const char *const *words, size_t n, uint32_t *columns);
/* False: it is not there, which is told by what people read above it. What is missing elsewhere may stand in that column. */
bool ari_form_require_column(ari_form *f, const ari_form_part *p, uint32_t column, ari_word head);
/* An input has nothing in this cell, where it would stand. */
void ari_form_note_blank(ari_form *f, const ari_form_part *p, uint32_t row, uint32_t column, int slot);
bool ari_form_is_own_row(const ari_form_part *p, uint32_t row);             /* titles, hints and the row of words */
size_t ari_form_next_row(const ari_tab *sheet, size_t i);                   /* its first cell */
/* A form of last period, or one that is carried over into another, may well be of an earlier version of the set. */
bool ari_form_may_be_earlier(const ari_form *f);
bool ari_form_asks(const ari_set *set, int slot);                           /* it is the agency that gives this figure */
/* Whether the agency has to do with the criterion; where that cannot be known: no. */
bool ari_form_has(const ari_form *f, const ari_node *node);
/* The row or column of this thing was met before: told. Else it is met now. */
bool ari_form_is_second(ari_form *f, const ari_form_part *p, const ari_tab_cell *c, ari_form_seen *s, ari_str key);

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

/* files.c */
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
