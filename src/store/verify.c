/* Whether everything that a database keeps still holds. Every check names what it found and goes on; one that would only repeat what was told already is left out. */
#include "inside.h"

#include <sqlite3.h>
#include <string.h>

/* The whole file is read several times over, and rows are sorted: measured, that takes half a step for each byte. */
enum { TIMES = 8, HASH = 64 };

/* ---- what SQLite itself can tell ---- */

static ari_status check_integrity(ari_verifier *v) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(&v->store, "PRAGMA integrity_check(10)", &query);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_str said;
    status = ari_store_text(&v->store, query, 0, &said);
    if (status != ARI_OK || ari_str_is(said, "ok")) continue;
    v->whole = false;
    ari_findings_add(v->store.fs, ARI_E0623, ARI_NOWHERE, &(ari_args){{ari_arg_c(v->store.path), ari_arg_text(said)}});
  }
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(&v->store, result);
  sqlite3_finalize(query);
  return status;
}

/* Rows of files, results and rankings whose round is not there; what refers to the log is told where the log is read. */
static ari_status check_references(ari_verifier *v) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(&v->store, "SELECT \"table\", count(*) FROM pragma_foreign_key_check WHERE parent = 'round' GROUP BY 1 ORDER BY 1", &query);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_str table;
    status = ari_store_text(&v->store, query, 0, &table);
    if (status == ARI_OK)
      ari_findings_add(v->store.fs, ARI_E0634, ARI_NOWHERE, &(ari_args){{ari_arg_text(table), ari_arg_int(sqlite3_column_int64(query, 1))}});
  }
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(&v->store, result);
  sqlite3_finalize(query);
  return status;
}

/* ---- all of it ---- */

static bool has_table(const ari_verifier *v, ari_table table) { return v->sound[table]; }

/* What stands in a table is looked at where the table is as it must be. */
static ari_status check_contents(ari_verifier *v) {
  bool log = has_table(v, ARI_TABLE_LOG), rounds = log && has_table(v, ARI_TABLE_ROUND), files = rounds && has_table(v, ARI_TABLE_FILE);
  bool results = files && has_table(v, ARI_TABLE_RESULT) && has_table(v, ARI_TABLE_RANKING);
  ari_status status = log ? ari_verify_log(v) : ARI_OK;
  if (status == ARI_OK && rounds) status = ari_verify_rounds(v);
  if (status == ARI_OK && files) status = ari_verify_files(v);
  if (status == ARI_OK && files && has_table(v, ARI_TABLE_DOCUMENT)) status = ari_verify_documents(v);
  if (status == ARI_OK && results && !v->round_lost) status = check_references(v);
  return status == ARI_OK && results ? ari_verify_results(v) : status;
}

static ari_status check_all(ari_verifier *v) {
  ari_status status = ari_verify_schema(v);
  if (status == ARI_OK && v->plain) status = check_integrity(v);
  return status == ARI_OK && v->whole ? check_contents(v) : status;
}

static bool is_hash(const char *text) { return strlen(text) == HASH && strspn(text, "0123456789abcdef") == HASH; }

ari_status ari_verify(ari_work *work, const char *database, const char *head, ari_verdict *out) {
  *out = (ari_verdict){0};
  if (work->misused || work->set || work->n_files) return ARI_MISUSE;
  if (head && !is_hash(head)) {
    ari_findings_add(&work->findings, ARI_E0813, ARI_NOWHERE, &(ari_args){{ari_arg_c(head)}});
    work->misused = true;
    return ari_work_status(work);
  }
  ari_verifier v = {.work = work, .verdict = out, .head = head, .plain = true, .whole = true, .derivable = true};
  ari_status status = ari_store_open(&v.store, database, &work->findings);
  if (status != ARI_OK) return status;
  v.store.steps *= TIMES;
  v.store.bytes *= 2;   /* every file is read once to be hashed and once to be scored */
  int result = sqlite3_exec(v.store.db, "PRAGMA temp_store=MEMORY", NULL, NULL, NULL);
  status = result == SQLITE_OK ? check_all(&v) : ari_store_failed(&v.store, result);
  ari_store_close(&v.store);
  if (status == ARI_OK) status = ari_work_status(work);
  out->holds = status == ARI_OK;
  return status;
}
