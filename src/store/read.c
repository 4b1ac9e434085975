/* A round from a database: its files and options go the same way as files from the command line. */
#include "store.h"

#include <sqlite3.h>
#include <string.h>

/* An id of the round to read, in the work's arena: the one asked for, or the only one. */
static ari_status find_round(ari_store *store, ari_work *work, const char *wanted, ari_str *out) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT id FROM round ORDER BY id", &query);
  ari_buf ids = {0};
  size_t n = 0;
  int result = SQLITE_DONE;
  bool found = false;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_str id = {(const char *)sqlite3_column_text(query, 0), (size_t)sqlite3_column_bytes(query, 0)};
    if (!id.p) status = ARI_NOMEM;
    ari_buf_text(&ids, n++ ? ", " : "");
    ari_buf_str(&ids, id);
    if (status != ARI_OK || found || (wanted && !ari_str_is(id, wanted))) continue;
    found = true;
    if (!ari_str_copy(&work->arena, id, out)) status = ARI_NOMEM;
  }
  sqlite3_finalize(query);
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(store, result);
  if (status == ARI_OK && (!found || (!wanted && n > 1))) {
    if (ids.failed) status = ARI_NOMEM;
    else {
      ari_findings_add(&work->findings, wanted ? ARI_E0610 : n > 1 ? ARI_E0611 : ARI_E0612, ARI_NOWHERE,
                       &(ari_args){{ari_arg_c(store->path), ari_arg_text(ari_buf_view(&ids)), ari_arg_c(wanted)}});
      status = ARI_INPUT;
    }
  }
  ari_buf_free(&ids);
  return status;
}

/* What changes results beside the files: the period asked for and whether agencies with errors are set aside. */
static ari_status read_options(ari_store *store, ari_work *work, ari_str round) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT period, keep_going FROM round WHERE id = ?", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, round);
  int result = sqlite3_step(query);
  if (result == SQLITE_ROW) {
    ari_str period = {(const char *)sqlite3_column_text(query, 0), (size_t)sqlite3_column_bytes(query, 0)};
    ari_period_read(period, &work->period);
    if (sqlite3_column_int(query, 1)) work->options.keep_going = true;
  } else status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}

static ari_file_kind kind_of(ari_str name) {
  static const ari_file_kind kinds[] = {ARI_FILE_CRITERIA, ARI_FILE_AGENCIES, ARI_FILE_EVIDENCE};
  for (size_t i = 0; i < ARI_COUNT(kinds); i++)
    if (ari_str_is(name, ari_file_kind_name(kinds[i]))) return kinds[i];
  return ARI_FILE_UNKNOWN;
}

/* One accepted file becomes a source. Bytes that are no longer those that were accepted are told by name. */
static ari_status take_file(ari_store *store, ari_work *work, sqlite3_stmt *query) {
  ari_str name = {(const char *)sqlite3_column_text(query, 1), (size_t)sqlite3_column_bytes(query, 1)};
  ari_str kind = {(const char *)sqlite3_column_text(query, 0), (size_t)sqlite3_column_bytes(query, 0)};
  const char *sha256 = (const char *)sqlite3_column_text(query, 2);
  size_t n = (size_t)sqlite3_column_bytes(query, 3);
  const void *bytes = sqlite3_column_blob(query, 3);
  if (!name.p || !kind.p || !sha256 || (n && !bytes)) return ARI_NOMEM;
  char *copy = ari_malloc(n + 1);
  int32_t index = copy ? ari_sources_add(&work->sources, name) : -1;
  if (index < 0) {
    ari_free(copy);
    return ARI_NOMEM;
  }
  if (n) memcpy(copy, bytes, n);
  ari_source_give(&work->sources.items[index], copy, n);
  if (strcmp(work->sources.items[index].sha256, sha256) != 0) {
    ari_findings_add(&work->findings, ARI_F0609, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path), ari_arg_text(name)}});
    return ARI_MACHINE;
  }
  return ari_work_file_add(work, index, kind_of(kind)) ? ARI_OK : ARI_NOMEM;
}

static ari_status read_files(ari_store *store, ari_work *work, ari_str round) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT kind, name, sha256, bytes FROM file WHERE round = ? ORDER BY id", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, round);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) status = take_file(store, work, query);
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}

ari_status ari_work_read_database(ari_work *work, const char *path, const char *round) {
  ari_store store;
  ari_str id = {0};
  ari_status status = ari_store_open(&store, path, &work->findings);
  if (status != ARI_OK) return status;
  status = find_round(&store, work, round, &id);
  if (status == ARI_OK) status = read_options(&store, work, id);
  if (status == ARI_OK) status = read_files(&store, work, id);
  ari_store_close(&store);
  return status == ARI_OK ? ari_work_read_sources(work) : status;
}

bool ari_is_database(const char *path) {
  static const char magic[16] = "SQLite format 3";
  char head[sizeof magic];
  return ari_file_peek(path, head, sizeof head) == sizeof head && memcmp(head, magic, sizeof magic) == 0;
}

ari_store_kind ari_store_what(const char *path) {
  if (ari_path_what(path) == ARI_PATH_NONE) return ARI_STORE_NOTHING;
  if (!ari_is_database(path)) return ARI_STORE_FOREIGN;
  ari_findings ignored = {0}; /* whatever is wrong with it: it is not ours to replace */
  ari_store store;
  ari_store_kind kind = ARI_STORE_FOREIGN;
  sqlite3_stmt *query = NULL;
  if (ari_store_open(&store, path, &ignored) == ARI_OK) {
    if (ari_store_prepare(&store, "SELECT count(*) FROM round WHERE state <> 'trial'", &query) == ARI_OK && sqlite3_step(query) == SQLITE_ROW)
      kind = sqlite3_column_int(query, 0) ? ARI_STORE_REAL : ARI_STORE_TRIAL;
    sqlite3_finalize(query);
    ari_store_close(&store);
  }
  ari_findings_free(&ignored);
  return kind;
}
