/* ari: scores an administrative reform index.
 *
 * The whole public interface, in the order in which the data flow: options, a computation (`ari_work`), its criteria and
 * evidence, scoring, findings, figures, and what can be written of them.
 *
 * - Handles are opaque and own their memory; `_free(NULL)` is fine. Texts that come out belong to the handle and are UTF-8, ended by NUL.
 * - Points, maxima and indexes are int64 in units of 10^-12 (ARI_ONE is 1 point), within ±9,000,000 points.
 * - The library never prints, exits, reads the environment or the clock, or calls setlocale.
 * - One handle is used by one thread at a time.
 */
#ifndef ARI_H
#define ARI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ARI_VERSION "0.1.0"
#define ARI_ONE INT64_C(1000000000000)

/* ---- words used everywhere ------------------------------------------------------------------------------------- */

/* What a call came to. The numbers are the exit statuses of the command. */
typedef enum ari_status {
  ARI_OK = 0,      /* done; there may be warnings */
  ARI_INPUT = 1,   /* errors in the input: see the findings */
  ARI_MISUSE = 2,  /* called in the wrong order or with something that is not there (no such agency) */
  ARI_MACHINE = 3, /* file, disk, database, gnuplot: told as a finding whose code begins with F */
  ARI_NOMEM = 4    /* out of memory; the handle may only be freed */
} ari_status;

typedef enum ari_lang { ARI_VI, ARI_EN } ari_lang;
/* How figures and dates are written: for people in a language, or shortest and plain for machines. */
typedef enum ari_locale { ARI_AS_VI, ARI_AS_EN, ARI_AS_DATA } ari_locale;
ari_locale ari_locale_of(ari_lang lang);
/* ari-criteria(5), "Rounding": half_up is away from zero as spreadsheets do; down is towards zero. */
typedef enum ari_rounding { ARI_HALF_UP, ARI_HALF_EVEN, ARI_DOWN } ari_rounding;

/* Why a leaf has the points it has. Every leaf ends in exactly one. ARI_NO_STATE: an inner node. */
typedef enum ari_leaf_state {
  ARI_NO_STATE, ARI_SCORED, ARI_MISSING, ARI_EMPTY, ARI_NOT_APPLICABLE, ARI_WITHHELD, ARI_WATCHED, ARI_PENDING
} ari_leaf_state;
typedef enum ari_agency_state { ARI_FINAL, ARI_PROVISIONAL, ARI_AGENCY_WITHHELD, ARI_INVALID, ARI_ABSENT } ari_agency_state;
/* What a figure follows from: the points that agencies claimed; the rules applied to what was submitted; that with the first appraisals; with the
 * second ones too; everything accepted so far. */
typedef enum ari_stage { ARI_STAGE_FINAL, ARI_STAGE_CLAIMED, ARI_STAGE_COMPUTED, ARI_STAGE_APPRAISED1, ARI_STAGE_APPRAISED2 } ari_stage;
enum { ARI_STAGES = ARI_STAGE_APPRAISED2 + 1 };
const char *ari_stage_name(ari_stage stage);           /* the word of --stage: "appraised1"; NULL: no such stage */
const char *ari_stage_text(ari_stage stage, ari_lang lang);
/* The word of the CSV contract: "scored", "not_applicable", ""; "final", "absent". */
const char *ari_leaf_state_name(ari_leaf_state state);
const char *ari_agency_state_name(ari_agency_state state);
/* The same for people: "không phát sinh (0/0)". "" for inner nodes. */
const char *ari_leaf_state_text(ari_leaf_state state, ari_lang lang);
const char *ari_agency_state_text(ari_agency_state state, ari_lang lang);
/* At a stage: an agency that is absent among the claims has claimed nothing, whatever it has handed in. */
const char *ari_agency_state_text_at(ari_stage stage, ari_agency_state state, ari_lang lang);

/* Takes bytes; false when it can take no more (full disk, closed pipe). */
typedef struct ari_sink { bool (*write)(void *to, const char *bytes, size_t n); void *to; } ari_sink;

/* ---- a computation --------------------------------------------------------------------------------------------- */

typedef enum ari_charts { ARI_CHARTS_AUTO, ARI_CHARTS_REQUIRED, ARI_CHARTS_NONE } ari_charts;

/* Everything that comes from outside. All texts are copied; NULL means not given. */
typedef struct ari_options {
  ari_lang lang;            /* of titles, reports, charts and messages */
  const char *period;       /* for evidence that names none: "2026-08" */
  ari_stage stage;          /* which figures are wanted */
  const char *previous;     /* evidence of last period: a file, a folder or a database, "2025.db:2025" */
  bool keep_going;          /* score the rest when some agencies' evidence has errors; they become ARI_INVALID */
  int jobs;                 /* files read and charts drawn side by side; 0: as many as processors are given */
  int processors;           /* how many there are; 0 counts as 1 */
  bool carries_over;        /* evidence is only carried over into a form: one of an earlier version of the set will do */
  ari_charts charts;
  const char *gnuplot;      /* absolute path ($ARI_GNUPLOT) */
  const char *soffice;      /* absolute path of LibreOffice ($ARI_SOFFICE), for evidence in .xls and .ods */
  const char *program_path; /* where both are looked for ($PATH) */
  const char *criteria_path;/* folders of criteria sets, separated by ':' ($ARI_CRITERIA and the installed folder) */
  const char *temp_folder;  /* for private working folders ($TMPDIR); NULL: /tmp */
  int64_t now;              /* seconds since 1970: stands in reports and logs ($SOURCE_DATE_EPOCH or the clock) */
  const char *actor;        /* who runs it, for the log */
  bool strict;              /* ari_pack: where there is a warning nothing is written */
  bool draft;               /* the evidence is still being filled in: what must be there is missing, and no error; whom it names is there without a figure too */
  const char *documents;    /* the folder below which documents lie; NULL: for each the folder of the file that names it */
  const char *key;          /* the public key with which packages must be signed, or a folder with AGENCY.pub for each; NULL: no signature is looked at */
  const char *secret_key;   /* with which packages are signed; NULL: they are not */
  const char *password;     /* of the secret key; "": it is made without one */
} ari_options;

typedef struct ari_work ari_work;

ari_work *ari_work_new(const ari_options *options);   /* NULL: out of memory */
void ari_work_free(ari_work *work);

/* Reads and checks the criteria set: a folder, a file, or a name looked up in criteria_path; with the agency list beside it. */
ari_status ari_work_read_set(ari_work *work, const char *set);
/* Takes last period's evidence from the database that options.previous names; its set must be this one, in a version declared comparable. Between
 * the set and the evidence; files and folders are read with the evidence. */
ari_status ari_work_read_previous(ari_work *work);
/* Reads evidence: n files or folders, in this order. The set must have been read. */
ari_status ari_work_read_evidence(ari_work *work, const char *const *paths, size_t n);
/* "2025.db:2025": the round behind the last colon, unless there is something of the whole name; NULL: none is named. */
const char *ari_round_in(const char *name);
/* Takes set, agencies, evidence and options from a round kept in a database. round NULL: the only one there. */
ari_status ari_work_read_database(ari_work *work, const char *path, const char *round);
/* True when the file's first bytes say SQLite. */
bool ari_is_database(const char *path);
/* `ari check`: reads any mixture of sets, agency lists and evidence; evidence is checked against the set among them. */
ari_status ari_work_check(ari_work *work, const char *const *paths, size_t n);
/* Points of every leaf and node, totals, indexes, ranks and grades. ARI_INPUT when there are errors and not keep_going: there
 * are no figures then, but all that scoring finds is told. */
ari_status ari_work_score(ari_work *work);

/* Moves all figures to another stage, which is scored when it is asked for first. After ari_work_score. */
ari_status ari_work_go_to(ari_work *work, ari_stage stage);
ari_stage ari_work_stage(const ari_work *work);
/* What every node of every agency was at each stage (by ari_stage), and why evaluators changed it; texts are "" where there is none. */
typedef struct ari_stage_row {
  const char *agency, *criterion, *title;
  int level;
  bool has_points[ARI_STAGES];
  int64_t points[ARI_STAGES];
  const char *reason1, *explanation, *reason2;   /* of the first appraisal, the agency's answer, of the second */
} ari_stage_row;
/* Scores all stages. Afterwards the figures are those of the options' stage again. */
ari_status ari_stages_make(ari_work *work);
size_t ari_stages_count(const ari_work *work);         /* 0 before ari_stages_make */
ari_status ari_stages_at(ari_work *work, size_t n, ari_stage_row *out);

/* ---- findings -------------------------------------------------------------------------------------------------- */

typedef enum ari_diag { ARI_DIAG_TEXT, ARI_DIAG_JSON } ari_diag;
/* How many errors, warnings and failures there are so far; NULL pointers are fine. */
void ari_work_findings(const ari_work *work, size_t *errors, size_t *warnings, size_t *failures);
/* Writes what has been found and not written yet, in order. colour: with ANSI colours. */
ari_status ari_write_findings(ari_work *work, ari_diag how, bool colour, ari_sink to);
/* The n-th message code: name "E0203" and its sentence and help with %1..%4 for arguments and %% for a percent sign; false: no more. */
bool ari_code_at(size_t n, ari_lang lang, const char **name, const char **sentence, const char **help);

/* ---- figures (after ari_work_score) ---------------------------------------------------------------------------- */

typedef struct ari_ranking_row {
  int rank;                 /* 0: not ranked */
  bool tied;                /* shares its rank */
  const char *agency, *name, *group, *group_title;
  size_t block; const char *block_title;   /* those ranked together: its group or tier; "" when ranks go across all */
  bool has_points, has_max; /* has_points false: points and index mean nothing; withheld agencies have a max alone */
  int64_t points, max, index;
  const char *grade, *grade_title;   /* "" without one */
  ari_agency_state state;
  bool has_range;           /* has_points, or provisional with nothing settled yet */
  int64_t low, high, low_index, high_index;   /* provisional: between which the total will end; else points and index */
} ari_ranking_row;

/* Rows as ari_write_ranking_csv orders them. */
size_t ari_ranking_count(const ari_work *work);
ari_status ari_ranking_at(const ari_work *work, size_t row, ari_ranking_row *out);
ari_status ari_ranking_shown(const ari_work *work, size_t row, ari_ranking_row *out);   /* the same rows, those of one block together */
bool ari_ranks_across_groups(const ari_work *work);   /* ranks are of all agencies or of a tier, not within each group */
int ari_decimals_index(const ari_work *work);         /* decimals that index and points are published with */
int ari_decimals_total(const ari_work *work);

typedef struct ari_score_row {
  const char *agency, *criterion, *title;
  int level;                /* 0: total */
  const char *state;        /* the contract's word, "" on inner nodes */
  const char *state_text;   /* the same in the options' language */
  bool has_points, has_max, has_claimed;
  int64_t points, max, claimed;
} ari_score_row;

size_t ari_score_count(const ari_work *work);
ari_status ari_score_at(const ari_work *work, size_t row, ari_score_row *out);

/* ---- two rounds side by side (both after ari_work_score) --------------------------------------------------------- */

/* One side of a row; there false: the agency or the criterion was not there, and texts are "". Index, rank and grade stand at the total alone. */
typedef struct ari_compared {
  bool there;
  const char *agency, *name, *group_title, *state, *state_text, *grade;
  bool has_points, has_max, tied;
  int64_t points, max, index;
  int rank;                 /* 0: not ranked */
} ari_compared;
/* An agency of the later round beside itself in the earlier one, or beside one of those whose place it took, each in rows of its own; then those
 * that nobody followed. level 0: the total; then its criteria. */
typedef struct ari_compare_row { const char *criterion, *title; int level; ari_compared before, after; } ari_compare_row;
/* `after` keeps the comparison, and `before` must outlive its use. ARI_INPUT: the sets are not comparable, or the periods the wrong way round. */
ari_status ari_compare(ari_work *before, ari_work *after);
size_t ari_compare_count(const ari_work *after);
ari_status ari_compare_at(const ari_work *after, size_t n, ari_compare_row *out);

/* ---- one agency's own sheet (after ari_work_score) ------------------------------------------------------------- */

typedef struct ari_own_sheet {
  const char *agency, *name;
  ari_agency_state state;
  bool has_points;          /* false: there is nothing to say but state, range and what is missing */
  int64_t points, max, index;
  bool has_range;           /* has_points, or provisional with nothing settled yet */
  int64_t low, low_index;   /* between these the total can end: with what is pending at its least, */
  int64_t high, high_index; /* and with it at its most and full points wherever evidence is missing, the rule's where only documents are */
  size_t first_row, n_rows; /* its rows among those of ari_score_at */
  size_t n_missing, n_awaited, n_advice, n_unadvised;
  size_t n_documents;       /* rows of ari_document_at */
  const char *fingerprint;  /* that of ari_fingerprint_of */
  size_t n_compared;        /* criteria whose points depend on other agencies' figures */
  size_t least_compared;    /* where the fewest are compared, so many agencies have figures, this one included; 0: none */
} ari_own_sheet;
/* Where an agency's form has the cell, in words `sheet "Self-assessment", cell F93`. All are "" where it handed in none, cell also where a sheet as a whole is meant. */
typedef struct ari_form_cell { const char *words, *sheet, *cell; } ari_form_cell;
/* An input without evidence on a criterion that is missing it (of_previous: its value in the last period); or too few documents: then needed > 0,
 * and input_title is "". */
typedef struct ari_missing_row {
  const char *criterion, *title, *column, *input_title;
  int needed, given;
  bool of_previous;
  ari_form_cell place;
} ari_missing_row;
/* What a pending criterion waits for: an input, from "central" or "survey"; or points that are "judged", or "compared" with agencies that have
 * not handed in yet: column and input_title "". */
typedef struct ari_awaited_row { const char *criterion, *title, *source, *source_text, *column, *input_title; } ari_awaited_row;
/* A changed input: its new value as evidence writes it, the difference ("+37"; "" for words), what total and index gain. */
typedef struct ari_raise { bool found; const char *to, *change; int64_t gain, index_gain; } ari_raise;
/* What one input can do for one criterion that lost points: its smallest change that gains, and the smallest with which the criterion is
 * full (which may be the same, or not be found). Every gain was found by scoring the agency again with that one value changed. */
typedef struct ari_advice_row {
  const char *criterion, *title;
  const char *column, *input_title;   /* column: "progress.on_time" as CSV writes it; in YAML on_time below progress */
  ari_form_cell place;
  const char *from;                   /* "" when not given */
  ari_raise next, full;
} ari_advice_row;

/* A criterion that lost points and that no single figure can raise: it is scored by lists or by the answers of a survey. */
typedef struct ari_unadvised_row { const char *criterion, *title; } ari_unadvised_row;

/* How a document was found. UNNAMED: a file beside them that no criterion names. PAPER: it is named without a file. */
typedef enum ari_document_state {
  ARI_DOCUMENT_THERE, ARI_DOCUMENT_ABSENT, ARI_DOCUMENT_OUTSIDE, ARI_DOCUMENT_LINK, ARI_DOCUMENT_REFUSED, ARI_DOCUMENT_PAPER, ARI_DOCUMENT_UNNAMED
} ari_document_state;
/* A document that a criterion names, or a file that none names (then criterion is ""). Texts are "" where there is none. */
typedef struct ari_document_row {
  const char *criterion, *criterion_title;
  const char *number, *date, *date_text, *title, *file, *sha256;   /* date: "2026-01-31"; date_text: as people write it */
  ari_document_state state;
  const char *state_name, *state_text;
  size_t same_as;           /* 1 + the first row with the same file, or one of the same contents; 0: none before it */
} ari_document_row;

/* Makes the sheet of an agency; NULL: the only one with evidence. ARI_MISUSE: none of that id (`nearest`, which may be NULL, gives the
 * nearest id or NULL), or not exactly one with evidence. */
ari_status ari_assess(ari_work *work, const char *agency, const char **nearest);
ari_status ari_own_sheet_of(const ari_work *work, ari_own_sheet *out);
ari_status ari_missing_at(const ari_work *work, size_t n, ari_missing_row *out);
ari_status ari_awaited_at(const ari_work *work, size_t n, ari_awaited_row *out);
ari_status ari_advice_at(const ari_work *work, size_t n, ari_advice_row *out);   /* what gains most comes first */
ari_status ari_unadvised_at(const ari_work *work, size_t n, ari_unadvised_row *out);
ari_status ari_document_at(const ari_work *work, size_t n, ari_document_row *out);

/* The title of the set and its period, in the options' language. */
const char *ari_set_title(const ari_work *work);
const char *ari_period_text(const ari_work *work);
/* A moment of ari_options.now's kind as text of UTC into `out`. Returns out. */
char *ari_time_text(int64_t at, ari_locale how, char out[48]);
/* A figure as text into `out` (48 bytes): decimals < 0 is the shortest form. Returns out. */
char *ari_figure_text(int64_t e12, int decimals, ari_locale how, char out[48]);

/* The candidate nearest to a mistyped word, when near enough to be a slip; NULL: none. candidates end with NULL. */
const char *ari_nearest(const char *word, const char *const *candidates);

/* ---- the record kept in a database: each with a work of its own that has read nothing ------------------------------ */

/* What of the log is wanted; NULL: all. from, until: days of UTC, "2026-01-31", both included. */
typedef struct ari_log_filter { const char *round, *action, *actor, *from, *until; } ari_log_filter;
/* An entry; texts are "" where there is none. file: the SHA-256 of the file that was accepted. hash: of the entry and all before it. */
typedef struct ari_log_row { int64_t seq, at; const char *actor, *action, *round, *file, *reason, *detail, *hash; } ari_log_row;
/* Reads who did what and when. ARI_MISUSE: a day or an action that is none; ARI_INPUT: a round that is not there. */
ari_status ari_read_log(ari_work *work, const char *database, const ari_log_filter *filter);
size_t ari_log_count(const ari_work *work);
ari_status ari_log_at(const ari_work *work, size_t n, ari_log_row *out);

/* ---- the year's round, in a database that people work in for months ---- */

/* What is handed in. */
typedef enum ari_handed { ARI_HAND_EVIDENCE, ARI_HAND_APPRAISAL, ARI_HAND_EXPLANATION, ARI_HAND_SURVEY } ari_handed;
/* Opens a round of a set (as ari_work_read_set takes it) for options.period, with options.previous, in a new database or one that holds rounds
 * already. round NULL: named by its period. deadline: a day, "2026-11-30", or NULL. */
ari_status ari_round_open(ari_work *work, const char *database, const char *set, const char *round, const char *deadline);
/* Moves a round on to another state, or back with a reason, and works its results out. ARI_INPUT: that is not a step that it can take. */
ari_status ari_round_set(ari_work *work, const char *database, const char *round, const char *state, const char *reason);
/* Accepts files and folders as one revision, or nothing of them. What was committed when it returns ARI_OK stays. */
ari_status ari_round_hand_in(ari_work *work, const char *database, const char *round, ari_handed what, const char *const *paths, size_t n);

/* What a round is. After ari_work_read_database and the three above; else ARI_MISUSE. */
typedef struct ari_round_info {
  const char *id, *set, *version, *title, *period, *period_text, *deadline;   /* deadline "": none */
  const char *state, *state_text;
  struct { const char *state, *state_text; bool needs_reason; } next[3];   /* state NULL behind the last */
  const char *head;         /* hash of the last entry of the log */
  int64_t entries;
  int revisions;
  size_t n_replaced;        /* criteria, agency by agency, in which the last revision took the place of something accepted before */
  size_t n_agencies, n_handed_in;   /* agencies with evidence of their own */
} ari_round_info;
ari_status ari_round_of(const ari_work *work, ari_round_info *out);
/* A file as it was accepted, in order. revision 0: with which the round was opened. turn: of an appraisal. late: after the deadline. key: of the signature of
 * the package that it came with, as 16 hexadecimal digits, where that was verified; "": it was not. */
typedef struct ari_revision_row {
  int revision, turn;
  const char *kind, *name, *sha256, *actor, *key;
  int64_t at;
  bool late;
  size_t n_agencies, n_documents, n_missing;   /* documents that it names, and those that were not there */
  size_t n_decisions;        /* of an appraisal: those that nothing later of the same turn replaced */
} ari_revision_row;
size_t ari_revision_count(const ari_work *work);
ari_status ari_revision_at(const ari_work *work, size_t n, ari_revision_row *out);
/* Which file is of which agency, by agency; an agency without evidence of its own has a row with file NULL first. origins: "self", "central",
 * "self central", …: of the figures in evidence and surveys; "previous" behind them: last period's among them. */
typedef struct ari_submission_row { const char *agency, *name, *origins; const ari_revision_row *file; } ari_submission_row;
/* SHA-256 in hex of all that the agency has handed in last, as its own sheet has it (ari(1), "Fingerprints"). ARI_MISUSE: no such agency, no evidence. */
ari_status ari_fingerprint_of(ari_work *work, const char *agency, char hex[65]);
size_t ari_submission_count(const ari_work *work);
ari_status ari_submission_at(const ari_work *work, size_t n, ari_submission_row *out);

/* What a database holds that was found to hold; after: entries behind the one of the hash that was given. */
typedef struct ari_verdict { bool holds; size_t rounds, files, entries, rows; int64_t after; char head[65]; } ari_verdict;
/* Whether everything that a database keeps is what was accepted and what follows from it: its schema, the chain of the log, files, rounds and,
 * scored again, every row of results and rankings. head: the hash of an entry that was written down elsewhere, or NULL. Whatever does not hold
 * is a finding (ARI_INPUT). */
ari_status ari_verify(ari_work *work, const char *database, const char *head, ari_verdict *out);
/* Copies a database as it is at one moment, also while others use it, into a file that must not be there yet. */
ari_status ari_backup(ari_work *work, const char *database, const char *to);

/* ---- packages: what an agency hands over in one file ---- */

/* Writes the package of an agency (NULL: the only one with evidence) after ari_work_score: its own evidence, the documents that this names, its sheet,
 * and a manifest with the hash of each. The same inputs are the same bytes. ARI_MISUSE as ari_assess. */
ari_status ari_pack(ari_work *work, const char *agency, const char *path, const char **nearest);
/* Opens a package into a folder that must not be there yet: all of it or nothing. With a work of its own. */
ari_status ari_unpack(ari_work *work, const char *path, const char *folder);
/* The packages that were opened or written. key, its file and comment: of the signature that options.key verified; "" without. */
typedef struct ari_package_row {
  const char *name, *set, *version, *period, *agency, *fingerprint, *key, *key_file, *comment;
  size_t n_evidence, n_documents;
} ari_package_row;
/* Whether a pair of keys can be put there: neither NAME.key nor NAME.pub is there yet (told), and their folder is. */
ari_status ari_key_place(ari_work *work, const char *name);
/* Makes a pair of keys in minisign's format, NAME.key with the password and NAME.pub; neither is replaced when it is there. */
ari_status ari_key_new(ari_work *work, const char *name, const char *password);
bool ari_key_is_locked(const char *path);              /* a secret key that needs a password */
ari_status ari_package_at(ari_work *work, size_t n, ari_package_row *out);

/* ---- text for a terminal --------------------------------------------------------------------------------------- */

/* Columns that a text takes on a terminal: combining marks none, East Asian wide ones two. */
size_t ari_text_width(const char *utf8);
/* The text with control and bidi characters shown as \u{202E}, cut to `room` bytes with its NUL. Returns the bytes it wants, without the NUL. */
size_t ari_text_visible(const char *utf8, char *out, size_t room);

/* ---- what can be written --------------------------------------------------------------------------------------- */

ari_status ari_write_ranking_csv(ari_work *work, ari_sink to);
ari_status ari_write_scores_csv(ari_work *work, ari_sink to);
ari_status ari_write_ranking_json(ari_work *work, ari_sink to);
ari_status ari_write_scores_json(ari_work *work, ari_sink to);
/* The same for Excel: a byte order mark; words, and the separator and the decimal sign that Excel expects, in the options' language. */
ari_status ari_write_ranking_excel(ari_work *work, ari_sink to);
ari_status ari_write_scores_excel(ari_work *work, ari_sink to);
ari_status ari_write_log_csv(ari_work *work, ari_sink to);      /* after ari_read_log */
ari_status ari_write_log_json(ari_work *work, ari_sink to);
ari_status ari_write_submissions_csv(ari_work *work, ari_sink to);   /* rows of ari_submission_at */
ari_status ari_write_submissions_json(ari_work *work, ari_sink to);
/* Why an agency has the points it has: one criterion (a leaf or an inner node), or NULL for all. ARI_MISUSE: no such agency or
 * criterion; `nearest` (may be NULL) then gives the nearest name or NULL. */
ari_status ari_write_explain(ari_work *work, const char *agency, const char *criterion, ari_sink to, const char **nearest);
ari_status ari_write_explain_json(ari_work *work, const char *agency, const char *criterion, ari_sink to, const char **nearest);

/* After ari_stages_make: every row. */
ari_status ari_write_stages_csv(ari_work *work, ari_sink to);
ari_status ari_write_stages_json(ari_work *work, ari_sink to);
/* After ari_compare: every row. */
ari_status ari_write_comparison_csv(ari_work *after, ari_sink to);
ari_status ari_write_comparison_json(ari_work *after, ari_sink to);
/* The sheet of ari_assess. */
ari_status ari_write_assess_json(ari_work *work, ari_sink to);
/* The same as a page in HTML to print and sign; the file appears whole or not at all. */
ari_status ari_write_own_sheet(ari_work *work, const char *path);

/* JSON Schema (draft-07) of the files of a kind ("criteria", "agencies", "evidence"), from which an editor completes and checks them.
 * ARI_MISUSE: no such kind. */
ari_status ari_write_schema(const char *kind, ari_lang lang, ari_sink to);
/* The n-th kind; NULL: no more. */
const char *ari_schema_kind_at(size_t n);

/* The worksheet of an appraisal as CSV for spreadsheets: a row for each agency and criterion, with what there is to judge by. A file that is
 * there already is not replaced (ARI_MACHINE). */
ari_status ari_write_worksheet(ari_work *work, const char *path);

/* The form of one agency for options.period, to be filled in: a workbook (.xlsx) with live points, or evidence (.yaml) with the rest as comments. `work` has
 * read the set and no evidence; `from` (NULL: none) has read evidence whose values are carried over: of the same period with all that was said, else the
 * values alone. ARI_MISUSE: no such agency (`nearest`, which may be NULL, gives the nearest id or NULL), no period, or another kind of file. A file that is
 * there already is not replaced (ARI_MACHINE). */
ari_status ari_write_form(ari_work *work, const ari_work *from, const char *agency, const char *path, const char **nearest);
/* The period of the evidence that was read, "2026-08", into `out` (64 bytes). ARI_MISUSE: it is of none. */
ari_status ari_evidence_period(const ari_work *work, char out[64]);
bool ari_is_form_name(const char *path);               /* it ends in .xlsx, .yaml or .yml */

/* A report in one file, which appears whole or not at all. ARI_REPORT_CSV is the ranking, and _EXCEL_CSV that of ari_write_ranking_excel. */
typedef enum ari_report_format {
  ARI_REPORT_HTML, ARI_REPORT_XLSX, ARI_REPORT_MARKDOWN, ARI_REPORT_JSON, ARI_REPORT_CSV, ARI_REPORT_EXCEL_CSV, ARI_REPORT_FORMATS
} ari_report_format;
ari_status ari_write_report(ari_work *work, ari_report_format format, const char *path);
/* Each agency's page of the HTML report as a file of its own, ID.html, into a folder that is made when it is not there; of an id, what is no plain letter,
 * digit, dot, underscore or hyphen is written as %C4%90. */
ari_status ari_write_agency_pages(ari_work *work, const char *folder);
/* The format that the end of a file's name asks for, ".html"; false: none. */
bool ari_report_format_of(const char *path, ari_report_format *out);

/* ---- charts (after ari_work_score) ------------------------------------------------------------------------------- */

typedef enum ari_chart_theme { ARI_THEME_PRINT, ARI_THEME_SCREEN } ari_chart_theme;   /* on white, on dark */
typedef struct ari_chart_request {
  const char *kind;         /* a name that ari_chart_kind_at gives, or "all" */
  const char *agency;       /* whose, where a chart is of one agency; NULL: of each, or the only one with points */
  const char *group;        /* only agencies of this group or tier; NULL: of all */
  int width, height;        /* pixels: the contents are drawn as large as they fit; 0: as large as they need */
  int percent;              /* of what they need; 0: 100 */
  ari_chart_theme theme;
  const char *criterion;    /* for "waterfall": the inner criterion that is taken apart; NULL: the total */
  const char *table;        /* for "interval": a CSV file with the columns agency, rank, low, median, high; NULL: none */
  ari_work *const *others;  /* for "bump": the rounds of other periods, scored; they must outlive the call */
  size_t n_others;
  void (*progress)(void *to, size_t done, size_t n); void *to;   /* told after some have been drawn; may be NULL */
} ari_chart_request;

/* The n-th kind of chart and what it shows; of_agency: each picture is of one agency. False: no more. */
bool ari_chart_kind_at(size_t n, ari_lang lang, const char **name, const char **title, bool *of_agency);
/* Draws one chart into the file `path`, whose suffix .svg, .png or .pdf says the format; or, for "all", every chart as SVG into the folder
 * `path`, which is made. Each file appears whole or not at all. ARI_MISUSE: what was asked for is not there, told as a finding; ARI_MACHINE:
 * no font, no gnuplot, a chart that failed; those that are good are there. */
ari_status ari_draw_charts(ari_work *work, const ari_chart_request *request, const char *path);

/* A round, after ari_work_read_database and ari_work_score, as open data into a new folder: criteria.yaml agencies.csv ranking.csv scores.csv stages.csv
 * results.json, and manifest.json with the hash of each. */
ari_status ari_export(ari_work *work, const char *folder);

/* The main job's output into `folder`: report.html ranking.csv scores.csv results.json ari.db charts/NAME.svg; each file appears whole,
 * report.html last. */
ari_status ari_write_results(ari_work *work, const char *folder);

#ifdef __cplusplus
}
#endif
#endif
