/* A round from a database: its files and options go the same way as files from the command line. */
#include "inside.h"

#include <sqlite3.h>
#include <string.h>

/* Counts what was read against what the file can hold. */
ari_status ari_store_count(ari_store *store, size_t n) {
  store->bytes -= (int64_t)n + 1;
  return store->bytes < 0 ? ari_store_failed(store, SQLITE_CORRUPT) : ARI_OK;
}

typedef struct found { ari_str id; size_t n; bool there; ari_buf ids; } found;

static ari_status list_rounds(ari_store *store, ari_arena *arena, const char *wanted, found *out) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT id FROM round ORDER BY id", &query);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_str id;
    status = ari_store_text(store, query, 0, &id);
    if (status == ARI_OK) status = ari_store_count(store, id.n);
    if (status != ARI_OK) break;
    ari_buf_text(&out->ids, out->n++ ? ", " : "");
    ari_buf_str(&out->ids, id);
    if (out->there || (wanted && !ari_str_is(id, wanted))) continue;
    out->there = true;
    if (!ari_str_copy(arena, id, &out->id)) status = ARI_NOMEM;
  }
  sqlite3_finalize(query);
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(store, result);
  return out->ids.failed ? ARI_NOMEM : status;
}

ari_status ari_store_find_round(ari_store *store, ari_work *work, const char *wanted, ari_str *id) {
  found f = {0};
  ari_status status = list_rounds(store, &work->arena, wanted, &f);
  if (status == ARI_OK && (!f.there || (!wanted && f.n > 1))) {
    ari_findings_add(&work->findings, !f.n ? ARI_E0612 : wanted ? ARI_E0610 : ARI_E0611, ARI_NOWHERE,
                     &(ari_args){{ari_arg_c(store->path), ari_arg_text(ari_buf_view(&f.ids)), ari_arg_c(wanted)}});
    status = ARI_INPUT;
  }
  *id = f.id;
  ari_buf_free(&f.ids);
  return status;
}

/* The evidence is read as it was then: with --period as it was given then. One that is given now can only be the same. */
static ari_status take_period(ari_store *store, ari_work *work, sqlite3_stmt *query) {
  ari_str period = {0}, asked = {0};
  ari_status status = ari_store_text(store, query, 0, &period);
  bool was_asked = sqlite3_column_type(query, 1) != SQLITE_NULL;
  if (status == ARI_OK && was_asked) status = ari_store_text(store, query, 1, &asked);
  if (status != ARI_OK) return status;
  ari_period own = {0}, then = {0};
  if ((period.n && !ari_period_read(period, &own)) || (was_asked && !ari_period_read(asked, &then))) return ari_store_failed(store, SQLITE_CORRUPT);
  bool same = !work->period.kind || ari_period_eq(work->period, own);
  if (!same)
    ari_findings_add(&work->findings, ARI_E0613, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path), ari_arg_text(period), ari_arg_c(work->options.period)}});
  work->period = then;
  return same ? ARI_OK : ARI_INPUT;
}

/* What changes results beside the files. */
static ari_status read_options(ari_store *store, ari_work *work, ari_str round) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT period, asked, keep_going FROM round WHERE id = ?", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, round);
  int result = sqlite3_step(query);
  if (result == SQLITE_ROW) {
    status = take_period(store, work, query);
    if (sqlite3_column_int(query, 2)) work->options.keep_going = true;
  } else status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}

static ari_file_kind kind_of(ari_str name) {
  for (int kind = ARI_FILE_CRITERIA; kind <= ARI_FILE_PREVIOUS; kind++)
    if (ari_str_is(name, ari_file_kind_name((ari_file_kind)kind))) return (ari_file_kind)kind;
  return ARI_FILE_UNKNOWN;
}

static ari_status give_bytes(ari_work *work, int32_t index, const void *bytes, size_t n) {
  char *copy = ari_malloc(n + 1);
  if (!copy) return ARI_NOMEM;
  if (n) memcpy(copy, bytes, n);
  ari_source_give(&work->sources.items[index], copy, n);
  return ARI_OK;
}

/* One accepted file becomes a source. Bytes that are no longer those that were accepted are told by name; a kind that is not known cannot be left out in
 * silence. */
static ari_status take_file(ari_store *store, ari_work *work, sqlite3_stmt *query) {
  ari_str kind, name, sha256;
  ari_status status = ari_store_text(store, query, 0, &kind);
  if (status == ARI_OK) status = ari_store_text(store, query, 1, &name);
  if (status == ARI_OK) status = ari_store_text(store, query, 2, &sha256);
  if (status != ARI_OK) return status;
  size_t n = (size_t)sqlite3_column_bytes(query, 3);
  if ((status = ari_store_count(store, n)) != ARI_OK) return status;
  const void *bytes = sqlite3_column_blob(query, 3);
  if (n && !bytes) return ARI_NOMEM;
  int32_t index = ari_sources_add(&work->sources, name);
  if (index < 0 || give_bytes(work, index, bytes, n) != ARI_OK) return ARI_NOMEM;
  bool same = ari_str_is(sha256, ari_source_sha256(&work->sources.items[index])), known = kind_of(kind) != ARI_FILE_UNKNOWN;
  if (!same) ari_findings_add(&work->findings, ARI_F0609, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path), ari_arg_text(name)}});
  else if (!known) ari_findings_add(&work->findings, ARI_F0606, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path)}});
  if (!same || !known) return ARI_MACHINE;
  if (!ari_work_file_add(work, index, kind_of(kind))) return ARI_NOMEM;
  ari_accepted *file = &work->files[work->n_files - 1];
  file->revision = sqlite3_column_int(query, 4);
  file->turn = (uint8_t)sqlite3_column_int(query, 5);
  return ARI_OK;
}

static bool has_criteria(const ari_work *work) {
  for (size_t i = 0; i < work->n_files; i++)
    if (work->files[i].kind == ARI_FILE_CRITERIA) return true;
  return false;
}

static ari_status read_files(ari_store *store, ari_work *work, ari_str round) {
  sqlite3_stmt *query = NULL;
  const char *sql = store->version < 2 ? "SELECT kind, name, sha256, bytes, 0, 0 FROM file WHERE round = ? ORDER BY id"
                                       : "SELECT kind, name, sha256, bytes, revision, turn FROM file WHERE round = ? ORDER BY id";
  ari_status status = ari_store_prepare(store, sql, &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, round);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) status = take_file(store, work, query);
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status == ARI_OK && !has_criteria(work) ? ari_store_failed(store, SQLITE_CORRUPT) : status;
}

ari_status ari_store_read_round(ari_store *store, ari_work *work, ari_str id) {
  ari_status status = read_options(store, work, id);
  return status == ARI_OK ? read_files(store, work, id) : status;
}

/* Errors that agencies were accepted with (--keep-going) do not keep the others from being scored again. */
ari_status ari_work_read_database(ari_work *work, const char *path, const char *round) {
  if (work->misused || work->set || work->n_files) return ARI_MISUSE;
  ari_store store;
  ari_str id = {0};
  ari_round_row row;
  ari_status status = ari_store_open(&store, path, &work->findings);
  if (status != ARI_OK) return status;
  status = ari_store_find_round(&store, work, round, &id);
  if (status == ARI_OK) status = ari_store_read_row(&store, work, id, &row);
  if (status == ARI_OK) status = ari_store_read_round(&store, work, id);
  if (status == ARI_OK) status = ari_store_read_documents(&store, work, id);
  if (status == ARI_OK) {
    work->was_told = !ari_str_is(ARI_TRIAL, row.state->name);
    status = ari_work_read_sources(work);
    if (work->was_told) ari_findings_forget_warnings(&work->findings, 0, INT32_MAX);
  }
  if (work->evidence && status <= ARI_INPUT) {
    ari_status told = ari_store_read_info(&store, work, &row);
    if (told != ARI_OK) status = told;
  }
  ari_store_close(&store);
  return status == ARI_INPUT && work->evidence && work->options.keep_going ? ARI_OK : status;
}

/* The round that is named, else that of the period right before the work's, where there are several. */
static ari_status find_last(ari_store *store, ari_work *work, ari_str *id) {
  if (work->previous_round) return ari_store_find_round(store, work, work->previous_round, id);
  sqlite3_stmt *query = NULL;
  ari_buf before = {0};
  if (work->period.kind) ari_buf_period(&before, ari_period_before(work->period));
  ari_status status = ari_store_prepare(store, "SELECT id FROM round WHERE period = ? AND (SELECT count(*) FROM round WHERE period = ?1) = 1", &query);
  ari_str own;
  int result = SQLITE_DONE;
  if (status == ARI_OK) {
    ari_bind_text(query, 1, ari_buf_view(&before));
    result = sqlite3_step(query);
  }
  if (result == SQLITE_ROW) {
    status = ari_store_text(store, query, 0, &own);
    if (status == ARI_OK && !ari_str_copy(&work->arena, own, id)) status = ARI_NOMEM;
  } else if (status == ARI_OK) status = result == SQLITE_DONE ? ari_store_find_round(store, work, NULL, id) : ari_store_failed(store, result);
  sqlite3_finalize(query);
  if (before.failed) status = ARI_NOMEM;
  ari_buf_free(&before);
  return status;
}

static bool may_change(const ari_round_state *state) { return !ari_str_is(ARI_TRIAL, state->name) && !ari_str_is(ARI_STR("published"), state->name); }

ari_status ari_store_read_last(ari_work *work, const char *path, ari_period *period) {
  ari_store store;
  ari_str id = {0};
  ari_round_row row;
  ari_status status = ari_store_open(&store, path, &work->findings);
  if (status != ARI_OK) return status;
  status = find_last(&store, work, &id);
  if (status == ARI_OK) status = ari_store_read_row(&store, work, id, &row);
  if (status == ARI_OK && row.period.n && !ari_period_read(row.period, period)) status = ari_store_failed(&store, SQLITE_CORRUPT);
  if (status == ARI_OK && may_change(row.state))
    ari_findings_add(&work->findings, ARI_W0664, ARI_NOWHERE, &(ari_args){{ari_arg_c(path), ari_arg_text(id), ari_arg_c(row.state->text[work->options.lang])}});
  if (status == ARI_OK) status = read_files(&store, work, id);
  ari_store_close(&store);
  return status;
}

bool ari_is_database(const char *path) {
  static const char magic[16] = "SQLite format 3";
  char head[sizeof magic];
  return ari_file_peek(path, head, sizeof head) == sizeof head && memcmp(head, magic, sizeof magic) == 0;
}
