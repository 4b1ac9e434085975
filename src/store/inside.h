/* store: what its own files share and no other room sees. */
#ifndef ARI_STORE_INSIDE_H
#define ARI_STORE_INSIDE_H

#include "store.h"

struct sqlite3;
struct sqlite3_stmt;

enum { ARI_APPLICATION_ID = 0x41524931 };   /* "ARI1" in the file's header */

typedef struct ari_store {
  struct sqlite3 *db;
  const char *path;          /* as it was written */
  ari_findings *fs;          /* told of what SQLite refuses */
  int64_t version;           /* user_version: how many migrations made it */
  int64_t bytes;             /* of the file: nothing read from it can be more */
  int64_t steps;             /* left to the readers, in thousands */
  int64_t waited;            /* milliseconds for others who write */
  bool writing;
  bool fresh;                /* made by this writer, who has committed nothing yet: removed when it is closed */
  int64_t seq;               /* of the last entry of the log */
  char head[65];             /* its hash; "" in an empty log */
} ari_store;

/* Opens for reading, inside one transaction: a database of ours, of a version that is known. The store must stay where it is until it is closed. */
ari_status ari_store_open(ari_store *store, const char *path, ari_findings *fs) ARI_USE_RESULT;
/* Makes a new one, inside a transaction that ari_store_commit ends. */
ari_status ari_store_make(ari_store *store, const char *path, ari_findings *fs) ARI_USE_RESULT;
ari_status ari_store_commit(ari_store *store) ARI_USE_RESULT;
/* Opens for writing, inside one transaction that no other writer is in; waits for others, but not for ever. make: where there is nothing yet, a new
 * one is made. A database of an earlier version is brought to the present one. */
ari_status ari_store_write(ari_store *store, const char *path, bool make, ari_findings *fs) ARI_USE_RESULT;
/* The last entry of the log into store->seq and store->head. */
ari_status ari_store_find_end(ari_store *store) ARI_USE_RESULT;
/* All has been read: what is written now has no bounds. */
void ari_store_unbound(ari_store *store);
/* Whether the schema is, text for text, what its version's migrations make. */
ari_status ari_store_has_own_schema(ari_store *store, bool *same) ARI_USE_RESULT;
/* Opens an empty file that a database is to be copied into and that nobody else knows yet: without journal and syncing, which whoever gives it the name `path` sees to. */
ari_status ari_store_open_copy(ari_store *store, const char *path, const char *temp, ari_findings *fs) ARI_USE_RESULT;
/* Makes one in memory as it is after the first `version` migrations: what the schema of a file must be equal to. */
ari_status ari_store_make_sample(ari_store *store, int64_t version, ari_findings *fs) ARI_USE_RESULT;
void ari_store_close(ari_store *store);      /* takes back what was not committed */
/* Tells what an answer of SQLite means: ARI_MACHINE with a finding, or ARI_NOMEM. */
ari_status ari_store_failed(const ari_store *store, int result);
ari_status ari_store_prepare(ari_store *store, const char *sql, struct sqlite3_stmt **out) ARI_USE_RESULT;
/* The one number that a query without parameters gives. */
ari_status ari_store_number(ari_store *store, const char *sql, int64_t *out) ARI_USE_RESULT;
/* The text of a row that must have one there; it lives until the next step. */
ari_status ari_store_text(const ari_store *store, struct sqlite3_stmt *query, int column, ari_str *out) ARI_USE_RESULT;
ari_status ari_store_text_or_null(const ari_store *store, struct sqlite3_stmt *query, int column, ari_str *out) ARI_USE_RESULT;   /* NULL: p NULL */
/* Counts n bytes that were read against what the file can hold: beyond it is ARI_MACHINE, told. */
ari_status ari_store_count(ari_store *store, size_t n) ARI_USE_RESULT;
/* The id of the round to read, in the work's arena: the one asked for, or the only one. */
ari_status ari_store_find_round(ari_store *store, ari_work *work, const char *wanted, ari_str *id) ARI_USE_RESULT;
/* The files and options of a round into a work that has none: ari_work_read_sources goes on from there. */
ari_status ari_store_read_round(ari_store *store, ari_work *work, ari_str id) ARI_USE_RESULT;
/* What the only round of a database accepted, or the one of the period right before the work's, among the work's files, and the period that it is of. */
ari_status ari_store_read_last(ari_work *work, const char *path, ari_period *period) ARI_USE_RESULT;

/* Runs an INSERT, UPDATE or DELETE and makes it ready for the next row. */
ari_status ari_store_insert(ari_store *store, struct sqlite3_stmt *insert) ARI_USE_RESULT;
/* Texts must live until the statement has run; p NULL is NULL. */
void ari_bind_text(struct sqlite3_stmt *statement, int place, ari_str text);
void ari_bind_figure(struct sqlite3_stmt *statement, int place, bool there, int64_t e12);

/* One entry of the log; texts with p NULL are NULL.
 * Its hash is SHA-256 of these lines: "ari log 1", seq, at, then actor, action, round, file, reason, detail, prev, each as "length:text", NULL as "-".
 * Actions: open (detail: the set, --period, --deadline and --keep-going as given), accept (detail: kind and name of the file, in rounds that people
 * work in with the revision between them), document (detail: revision, the file that names it, its name), state (detail: from and to), score (detail:
 * the engine's version). */
typedef struct ari_log_entry { int64_t at; ari_str actor, action, round, file, reason, detail; } ari_log_entry;
/* Adds it behind the last one: store->seq and store->head are then its own. */
ari_status ari_log_add(ari_store *store, const ari_log_entry *entry) ARI_USE_RESULT;
ari_status ari_log_hash(const ari_log_entry *e, int64_t seq, ari_str prev, char hash[65]) ARI_USE_RESULT;   /* ARI_NOMEM */
/* Whether ari_log_add ever writes such an action. */
bool ari_log_knows(ari_str action);
void ari_log_put_actions(ari_buf *b);                  /* all of them: "open, accept" */
/* The details of entries, for those who write and those who compare. */
typedef struct ari_opened { ari_str set, asked, deadline; bool keep_going; } ari_opened;   /* asked, deadline: p NULL when not given */
void ari_log_put_open(ari_buf *detail, const ari_opened *o);
ari_opened ari_log_take_open(ari_str detail);          /* what was put; texts are parts of it */
ari_str ari_log_word(ari_str *detail);                 /* the first word of a detail, which is left with what stands behind it */
/* turn: of an appraisal. A trial has no revisions but those of last period's files. */
void ari_log_put_accept(ari_buf *detail, ari_str round, ari_str kind, int revision, int turn, ari_str name);
void ari_log_put_document(ari_buf *detail, int revision, ari_str file, ari_str name);
void ari_log_put_state(ari_buf *detail, ari_str from, ari_str to);
/* An entry as it is kept, from a row of these columns; texts live until the next step. */
#define ARI_LOG_COLUMNS "seq, at, actor, action, round, file, reason, detail, prev, hash"
typedef struct ari_log_kept { int64_t seq; ari_log_entry entry; ari_str prev, hash; } ari_log_kept;
ari_status ari_log_take(const ari_store *store, struct sqlite3_stmt *query, ari_log_kept *out) ARI_USE_RESULT;
ari_status ari_log_holds(const ari_log_kept *kept, bool *holds) ARI_USE_RESULT;    /* its hash is its own */

/* ---- rounds that people work in (states.c, rounds.c, hand_in.c) ---- */

#define ARI_TRIAL ARI_STR("trial")             /* the id and the state of what ari_store_write_trial makes */
enum { ARI_NEXT_STATES = 3 };
typedef struct ari_round_state {
  const char *name, *text[2];                  /* text: by ari_lang */
  unsigned hands;                              /* what is accepted: bits 1 << ari_handed */
  uint8_t origins;                             /* of evidence: bits 1 << ari_origin */
  bool lists;                                  /* also a new list of agencies */
  uint8_t turn;                                /* of appraisals */
  struct { const char *to; bool back; } next[ARI_NEXT_STATES];   /* ended by to NULL; back: asks for a reason */
} ari_round_state;
const ari_round_state *ari_round_state_named(ari_str name);   /* NULL: there is none */
/* Tells that a round in this state does not take what `command` hands in, and what to do first. */
void ari_round_refuse_package(ari_work *work, const ari_store *store, ari_str round, const ari_round_state *state);
void ari_round_refuse_hand_in(ari_work *work, const ari_store *store, ari_str round, const ari_round_state *state, ari_handed what);
/* Whether a round may go on to `to`; else told. */
bool ari_round_may_go(ari_work *work, ari_str round, const ari_round_state *from, const char *to, const char *reason);
const char *ari_handed_command(ari_handed what);

/* What a round is, as it is kept; texts in the work's arena. */
typedef struct ari_round_row { ari_str id, set, period, deadline; const ari_round_state *state; } ari_round_row;
/* Whether a moment lies behind the deadline, which ends with its day (UTC). Without one nothing is late. */
bool ari_round_is_late(const ari_round_row *row, int64_t at);
ari_status ari_store_read_row(ari_store *store, ari_work *work, ari_str id, ari_round_row *out) ARI_USE_RESULT;
/* Fills what ari_round_of, ari_revision_at and ari_submission_at tell, from the database and the evidence that was read. */
ari_status ari_store_read_info(ari_store *store, ari_work *work, const ari_round_row *row) ARI_USE_RESULT;

/* write.c: rows and their entries. */
ari_status ari_store_log(ari_store *store, const ari_work *work, const char *action, ari_str round, ari_log_entry rest) ARI_USE_RESULT;   /* rest: file, reason, detail */
ari_status ari_store_add_round(ari_store *store, const ari_work *work, ari_str id, const char *state, ari_str deadline) ARI_USE_RESULT;
ari_status ari_store_add_files(ari_store *store, const ari_work *work, ari_str round, size_t from) ARI_USE_RESULT;   /* work->files from `from` on */
ari_status ari_store_add_results(ari_store *store, const ari_work *work, ari_str round) ARI_USE_RESULT;   /* with the entry that says so */
ari_status ari_store_drop_results(ari_store *store, ari_str round) ARI_USE_RESULT;
/* unsettled.c: tells which decisions of work->sources from `sources` on leave their leaf unsettled, and what is still needed. The round is scored. */
void ari_store_tell_unsettled(ari_work *work, size_t sources);
/* documents.c: the documents that work->files from `from` on name are looked for, hashed and kept; those that are not there are told. */
ari_status ari_store_add_documents(ari_store *store, ari_work *work, ari_str round, size_t from) ARI_USE_RESULT;
/* signatures.c: an entry of the log for each package whose signature was verified. */
ari_status ari_store_add_signatures(ari_store *store, const ari_work *work, ari_str round, int revision) ARI_USE_RESULT;
/* The keys of these entries, for the rows of work->files, in all[].key. */
ari_status ari_store_read_signatures(ari_store *store, ari_work *work, ari_str round, ari_revision_row *all) ARI_USE_RESULT;
/* What is known of the documents of a round whose files were read: nothing is looked for in folders that may no longer be there. */
ari_status ari_store_read_documents(ari_store *store, ari_work *work, ari_str round) ARI_USE_RESULT;

/* What ari_verify carries from one check to the next. */
typedef enum ari_table { ARI_TABLE_LOG, ARI_TABLE_ROUND, ARI_TABLE_FILE, ARI_TABLE_DOCUMENT, ARI_TABLE_RESULT, ARI_TABLE_RANKING, ARI_TABLES } ari_table;
typedef struct ari_verifier {
  ari_store store;
  ari_work *work;            /* whose options and findings */
  ari_verdict *verdict;
  const char *head;          /* as it was given, NULL: none */
  int64_t head_at;           /* its entry; 0: not found */
  int64_t last;              /* the number of the last entry */
  bool sound[ARI_TABLES];    /* there, and as it must be */
  bool plain;                /* the schema has nothing but what it must have, triggers aside */
  bool whole;                /* SQLite finds no damage */
  bool round_lost;           /* a round that was opened is not there */
  bool derivable;            /* files and options of rounds are what was accepted, so results can be held against them */
} ari_verifier;
ari_status ari_verify_schema(ari_verifier *v) ARI_USE_RESULT;
ari_status ari_verify_log(ari_verifier *v) ARI_USE_RESULT;
ari_status ari_verify_rounds(ari_verifier *v) ARI_USE_RESULT;      /* after the log */
ari_status ari_verify_files(ari_verifier *v) ARI_USE_RESULT;
ari_status ari_verify_documents(ari_verifier *v) ARI_USE_RESULT;   /* after files */
ari_status ari_verify_results(ari_verifier *v) ARI_USE_RESULT;     /* after rounds and files */

#endif
