/* Rounds and accepted files against the entries of the log that they name, and the other way round. */
#include "store.h"

#include <sqlite3.h>

/* The names of columns that do not agree: "kind, name". */
static void note_column(ari_buf *b, bool differs, const char *name) {
  if (!differs) return;
  if (b->n) ari_buf_text(b, ", ");
  ari_buf_text(b, name);
}

/* Texts of a row; one that is NULL has p NULL. */
static ari_status take_texts(const ari_store *store, sqlite3_stmt *query, int from, ari_str *const *out, size_t n) {
  ari_status status = ARI_OK;
  for (size_t i = 0; i < n && status == ARI_OK; i++) status = ari_store_text_or_null(store, query, from + (int)i, out[i]);
  return status;
}

/* Runs a query and looks at each of its rows. */
static ari_status each_row(ari_verifier *v, const char *sql, ari_status (*look)(ari_verifier *v, sqlite3_stmt *query, void *to), void *to) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(&v->store, sql, &query);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) status = look(v, query, to);
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(&v->store, result);
  sqlite3_finalize(query);
  return status;
}

/* An entry that is not there: where the log has a hole that was told already, behind its end nobody else tells. */
static void tell_no_entry(ari_verifier *v, const char *table, ari_str what, int64_t entry) {
  if (entry >= 1 && entry <= v->last) return;
  ari_findings_add(v->store.fs, ARI_E0631, ARI_NOWHERE, &(ari_args){{ari_arg_c(table), ari_arg_text(what), ari_arg_int(entry)}});
}

/* An entry whose round or file is not there. */
static ari_status tell_lost(ari_verifier *v, sqlite3_stmt *query, void *to) {
  ari_str detail, *texts[] = {&detail};
  ari_status status = take_texts(&v->store, query, 1, texts, ARI_COUNT(texts));
  if (status == ARI_OK) ari_findings_add(v->store.fs, ARI_E0632, ARI_NOWHERE, &(ari_args){{ari_arg_int(sqlite3_column_int64(query, 0)), ari_arg_text(detail)}});
  *(bool *)to = true;
  return status;
}

/* ---- rounds ---- */

typedef struct round_row { ari_str id, set, period, state, asked, engine, action, of, detail, scored; } round_row;

static bool is_period(ari_str text) {
  ari_period period;
  return ari_period_read(text, &period);
}

/* False: what the files were accepted with is not known. */
static bool check_options(const round_row *r, bool keep_going, ari_buf *columns) {
  ari_buf detail = {0};
  ari_log_put_open(&detail, r->set, r->asked, keep_going);
  bool same = ari_str_eq(ari_buf_view(&detail), r->detail), read = (!r->period.n || is_period(r->period)) && (!r->asked.p || is_period(r->asked));
  if (detail.failed) columns->failed = true;
  ari_buf_free(&detail);
  note_column(columns, !same, "set_id, asked, keep_going");
  note_column(columns, r->period.n && !is_period(r->period), "period");
  return same && read;
}

static ari_status check_round(ari_verifier *v, sqlite3_stmt *query, void *to) {
  (void)to;
  round_row r;
  ari_str *texts[] = {&r.id, &r.set, &r.period, &r.state, &r.asked, &r.engine, &r.action, &r.of, &r.detail, &r.scored};
  ari_status status = take_texts(&v->store, query, 3, texts, ARI_COUNT(texts));
  if (status != ARI_OK) return status;
  v->verdict->rounds++;
  if (sqlite3_column_type(query, 2) == SQLITE_NULL) {
    tell_no_entry(v, "round", r.id, sqlite3_column_int64(query, 0));
    v->derivable = false;
    return ARI_OK;
  }
  ari_buf columns = {0};
  bool opened = ari_str_is(r.action, "open") && ari_str_eq(r.of, r.id);
  note_column(&columns, !opened, "entry");
  if (opened && !check_options(&r, sqlite3_column_int(query, 1) != 0, &columns)) v->derivable = false;
  note_column(&columns, !ari_str_is(r.state, "trial"), "state");
  note_column(&columns, r.scored.p && !ari_str_eq(r.engine, r.scored), "engine");
  if (columns.n) ari_findings_add(v->store.fs, ARI_E0633, ARI_NOWHERE, &(ari_args){{ari_arg_text(r.id), ari_arg_text(ari_buf_view(&columns))}});
  else if (!ari_str_is(r.engine, ARI_VERSION))
    ari_findings_add(v->store.fs, ARI_W0644, ARI_NOWHERE, &(ari_args){{ari_arg_text(r.id), ari_arg_text(r.engine), ari_arg_c(ARI_VERSION)}});
  status = columns.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&columns);
  return status;
}

ari_status ari_verify_rounds(ari_verifier *v) {
  ari_status status = each_row(v, "SELECT r.entry, r.keep_going, l.seq, r.id, r.set_id, r.period, r.state, r.asked, r.engine, l.action, l.round, l.detail,"
    " (SELECT s.detail FROM log s WHERE s.round = r.id AND s.action = 'score' ORDER BY s.seq DESC LIMIT 1)"
    " FROM round r LEFT JOIN log l ON l.seq = r.entry ORDER BY r.id", check_round, NULL);
  if (status != ARI_OK) return status;
  return each_row(v, "SELECT l.seq, 'open ' || l.round FROM log l LEFT JOIN round r ON r.id = l.round WHERE l.action = 'open' AND r.id IS NULL ORDER BY l.seq",
                  tell_lost, &v->round_lost);
}

/* ---- files ---- */

typedef struct file_row { ari_str name, kind, round, sha256, action, of, hash, detail; } file_row;
typedef struct place { int64_t id, entry; } place;   /* of the file before */

static ari_status check_detail(const file_row *f, ari_buf *columns) {
  ari_buf detail = {0};
  ari_log_put_accept(&detail, f->kind, f->name);
  note_column(columns, !ari_str_eq(ari_buf_view(&detail), f->detail), "kind, name");
  ari_status status = detail.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&detail);
  return status;
}

/* A file and the entry it names. */
static ari_status compare_file(ari_verifier *v, const file_row *f, int64_t entry, const char *hash, ari_buf *columns) {
  bool accepted = ari_str_is(f->action, "accept"), same = accepted && ari_str_is(f->hash, hash);
  ari_status status = accepted ? check_detail(f, columns) : ARI_OK;
  note_column(columns, !accepted, "entry");
  note_column(columns, accepted && !ari_str_eq(f->round, f->of), "round");
  note_column(columns, same && !ari_str_is(f->sha256, hash), "sha256");
  if (accepted && !same) ari_findings_add(v->store.fs, ARI_E0629, ARI_NOWHERE, &(ari_args){{ari_arg_text(f->name), ari_arg_int(entry)}});
  if (columns->n)
    ari_findings_add(v->store.fs, ARI_E0630, ARI_NOWHERE, &(ari_args){{ari_arg_text(f->name), ari_arg_int(entry), ari_arg_text(ari_buf_view(columns))}});
  if (!same || columns->n) v->derivable = false;
  return columns->failed ? ARI_NOMEM : status;
}

static ari_status check_file(ari_verifier *v, sqlite3_stmt *query, void *to) {
  place *before = to, here = {sqlite3_column_int64(query, 0), sqlite3_column_int64(query, 1)};
  file_row f;
  ari_str *texts[] = {&f.name, &f.kind, &f.round, &f.sha256, &f.action, &f.of, &f.hash, &f.detail};
  ari_status status = take_texts(&v->store, query, 4, texts, ARI_COUNT(texts));
  size_t n = (size_t)sqlite3_column_bytes(query, 3);
  if (status == ARI_OK) status = ari_store_count(&v->store, n);
  if (status != ARI_OK) return status;
  const void *bytes = sqlite3_column_blob(query, 3);
  if (n && !bytes) return ARI_NOMEM;
  v->verdict->files++;
  if (sqlite3_column_type(query, 2) == SQLITE_NULL) {
    tell_no_entry(v, "file", f.name, here.entry);
    v->derivable = false;
    return ARI_OK;
  }
  char hash[65];
  ari_sha256(bytes, n, hash);
  ari_buf columns = {0};
  note_column(&columns, here.id <= before->id || here.entry == before->entry, "id");   /* files are read in their order: it is the log's */
  status = compare_file(v, &f, here.entry, hash, &columns);
  ari_buf_free(&columns);
  *before = here;
  return status;
}

ari_status ari_verify_files(ari_verifier *v) {
  bool lost = false;
  place before = {0, 0};
  ari_status status = each_row(v, "SELECT f.id, f.entry, l.seq, f.bytes, f.name, f.kind, f.round, f.sha256, l.action, l.round, l.file, l.detail"
    " FROM file f LEFT JOIN log l ON l.seq = f.entry ORDER BY f.entry, f.id", check_file, &before);
  if (status == ARI_OK)
    status = each_row(v, "SELECT l.seq, 'accept ' || l.detail FROM log l LEFT JOIN file f ON f.entry = l.seq WHERE l.action = 'accept' AND f.id IS NULL ORDER BY l.seq",
                      tell_lost, &lost);
  if (lost) v->derivable = false;
  return status;
}
