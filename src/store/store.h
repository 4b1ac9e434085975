/* store: one SQLite file keeps a round: the files it accepted, the log, and the results that follow from them.
 * A round is the list of files it accepted: reading a database gives the same bytes to the same path (score's ari_work_read_sources), so results
 * are derived again and never believed. Methodology: src/README.md, "The store". */
#ifndef ARI_STORE_H
#define ARI_STORE_H

#include "score/score.h"

/* Makes a new database at `path` (which must not exist) with one round of state `trial` that holds the work's files, options, log, results and
 * ranking. fsynced. */
ari_status ari_store_write_trial(ari_work *work, const char *path) ARI_USE_RESULT;

/* Whether a new trial may take the place of what stands at `path`: of nothing, or of a database of ours that holds trials only. Else a finding and
 * ARI_MACHINE: a real round is never overwritten (contract), nor is a file that cannot be seen to be a trial. */
ari_status ari_store_may_replace(const char *path, ari_findings *fs) ARI_USE_RESULT;
/* Puts a finished database there, if that may still be done. */
ari_status ari_store_replace(const char *from, const char *path, ari_findings *fs) ARI_USE_RESULT;

/* ari_work_read_database and ari_is_database of ari.h are implemented here. */

/* ---- inside this room ------------------------------------------------------------------------------------------------------ */

struct sqlite3;
struct sqlite3_stmt;

enum { ARI_APPLICATION_ID = 0x41524931 };   /* "ARI1" in the file's header */

typedef struct ari_store {
  struct sqlite3 *db;
  const char *path;          /* as it was written */
  ari_findings *fs;          /* told of what SQLite refuses */
  int64_t bytes;             /* of the file: nothing read from it can be more */
  int64_t steps;             /* left to the readers, in thousands */
  int64_t seq;               /* of the last entry of the log */
  char head[65];             /* its hash; "" in an empty log */
} ari_store;

/* Opens for reading, inside one transaction: a database of ours, of a version that is known. The store must stay where it is until it is closed. */
ari_status ari_store_open(ari_store *store, const char *path, ari_findings *fs) ARI_USE_RESULT;
/* Makes a new one, inside a transaction that ari_store_commit ends. */
ari_status ari_store_make(ari_store *store, const char *path, ari_findings *fs) ARI_USE_RESULT;
ari_status ari_store_commit(ari_store *store) ARI_USE_RESULT;
void ari_store_close(ari_store *store);      /* takes back what was not committed */
/* Tells what an answer of SQLite means: ARI_MACHINE with a finding, or ARI_NOMEM. */
ari_status ari_store_failed(const ari_store *store, int result);
ari_status ari_store_prepare(ari_store *store, const char *sql, struct sqlite3_stmt **out) ARI_USE_RESULT;
/* The text of a row that must have one there; it lives until the next step. */
ari_status ari_store_text(const ari_store *store, struct sqlite3_stmt *query, int column, ari_str *out) ARI_USE_RESULT;
/* Runs an INSERT and makes it ready for the next row. */
ari_status ari_store_insert(ari_store *store, struct sqlite3_stmt *insert) ARI_USE_RESULT;
/* Texts must live until the statement has run; p NULL is NULL. */
void ari_bind_text(struct sqlite3_stmt *statement, int place, ari_str text);
void ari_bind_figure(struct sqlite3_stmt *statement, int place, bool there, int64_t e12);

/* One entry of the log; texts with p NULL are NULL.
 * Its hash is SHA-256 of these lines: "ari log 1", seq, at, then actor, action, round, file, reason, detail, prev, each as "length:text", NULL as "-".
 * Actions: open (detail: the set, --period and --keep-going as given), accept (detail: the kind and name of the file), score (the engine's version). */
typedef struct ari_log_entry { int64_t at; ari_str actor, action, round, file, reason, detail; } ari_log_entry;
/* Adds it behind the last one: store->seq and store->head are then its own. */
ari_status ari_log_add(ari_store *store, const ari_log_entry *entry) ARI_USE_RESULT;

#endif
