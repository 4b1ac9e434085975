/* The log as it is shown: who did what and when. */
#include "inside.h"

#include <sqlite3.h>

/* A day of the filter as its first second. */
static bool read_day(ari_work *work, const char *text, int64_t *second) {
  int32_t day;
  if (!text) return true;
  if (!ari_date_read(ari_str_of(text), &day)) {
    ari_findings_add(&work->findings, ARI_E0814, ARI_NOWHERE, &(ari_args){{ari_arg_c(text)}});
    return false;
  }
  *second = (int64_t)day * ARI_DAY;
  return true;
}

static bool check_action(ari_work *work, const char *action) {
  if (!action || ari_log_knows(ari_str_of(action))) return true;
  ari_buf list = {0};
  ari_log_put_actions(&list);
  ari_findings_add(&work->findings, ARI_E0815, ARI_NOWHERE, &(ari_args){{ari_arg_c(action), ari_arg_text(ari_buf_view(&list))}});
  if (list.failed) work->failed = true;
  ari_buf_free(&list);
  return false;
}

typedef struct wanted { const ari_log_filter *filter; int64_t from, until; } wanted;

static ari_status prepare(ari_store *store, const wanted *w, const char *sql, sqlite3_stmt **query) {
  ari_status status = ari_store_prepare(store, sql, query);
  if (status != ARI_OK) return status;
  const char *texts[] = {w->filter->round, w->filter->action, w->filter->actor};
  for (size_t i = 0; i < ARI_COUNT(texts); i++) ari_bind_text(*query, (int)i + 1, texts[i] ? ari_str_of(texts[i]) : (ari_str){0});
  sqlite3_bind_int64(*query, 4, w->from);
  sqlite3_bind_int64(*query, 5, w->until);
  return ARI_OK;
}
#define WANTED " FROM log WHERE (?1 IS NULL OR round = ?1) AND (?2 IS NULL OR action = ?2) AND (?3 IS NULL OR actor = ?3) AND at BETWEEN ?4 AND ?5"

static ari_status copy_text(ari_store *store, ari_work *work, ari_str text, const char **out) {
  ari_status status = ari_store_count(store, text.n);
  if (status == ARI_OK && !(*out = ari_str_cstring(&work->arena, text))) status = ARI_NOMEM;
  return status;
}

static ari_status copy_entry(ari_store *store, ari_work *work, sqlite3_stmt *query, ari_log_row *out) {
  ari_log_kept kept;
  ari_status status = ari_log_take(store, query, &kept);
  const ari_log_entry *e = &kept.entry;
  *out = (ari_log_row){.seq = kept.seq, .at = e->at};
  const struct { ari_str from; const char **to; } texts[] = {{e->actor, &out->actor}, {e->action, &out->action}, {e->round, &out->round},
    {e->file, &out->file}, {e->reason, &out->reason}, {e->detail, &out->detail}, {kept.hash, &out->hash}};
  for (size_t i = 0; i < ARI_COUNT(texts) && status == ARI_OK; i++) status = copy_text(store, work, texts[i].from, texts[i].to);
  return status;
}

static ari_status count_entries(ari_store *store, const wanted *w, size_t *n) {
  sqlite3_stmt *query = NULL;
  ari_status status = prepare(store, w, "SELECT count(*)" WANTED, &query);
  int result = status == ARI_OK ? sqlite3_step(query) : SQLITE_ROW;
  if (result != SQLITE_ROW) status = ari_store_failed(store, result);
  if (status == ARI_OK) *n = (size_t)sqlite3_column_int64(query, 0);
  sqlite3_finalize(query);
  return status == ARI_OK ? ari_store_count(store, *n) : status;
}

static ari_status read_entries(ari_store *store, ari_work *work, const wanted *w) {
  size_t n = 0, i = 0;
  ari_status status = count_entries(store, w, &n);
  if (status != ARI_OK) return status;
  ari_log_row *rows = ari_arena_array(&work->arena, n, sizeof *rows);
  if (!rows) return ARI_NOMEM;
  sqlite3_stmt *query = NULL;
  int result = SQLITE_DONE;
  status = prepare(store, w, "SELECT " ARI_LOG_COLUMNS WANTED " ORDER BY seq", &query);
  while (status == ARI_OK && i < n && (result = sqlite3_step(query)) == SQLITE_ROW) status = copy_entry(store, work, query, &rows[i++]);
  if (status == ARI_OK && result != SQLITE_ROW && result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  work->log = rows;
  work->n_log = status == ARI_OK ? i : 0;
  return status;
}

ari_status ari_read_log(ari_work *work, const char *database, const ari_log_filter *filter) {
  if (work->misused || work->set || work->n_files || work->log) return ARI_MISUSE;
  wanted w = {filter, INT64_MIN, INT64_MAX};
  bool from = read_day(work, filter->from, &w.from), until = read_day(work, filter->until, &w.until), action = check_action(work, filter->action);
  if (filter->until && until) w.until += ARI_DAY - 1;
  if (!from || !until || !action) {
    work->misused = true;
    return ari_work_status(work);
  }
  ari_store store;
  ari_str round;
  ari_status status = ari_store_open(&store, database, &work->findings);
  if (status != ARI_OK) return status;
  if (filter->round) status = ari_store_find_round(&store, work, filter->round, &round);
  if (status == ARI_OK) status = read_entries(&store, work, &w);
  ari_store_close(&store);
  return status;
}

size_t ari_log_count(const ari_work *work) { return work->n_log; }

ari_status ari_log_at(const ari_work *work, size_t n, ari_log_row *out) {
  if (n >= work->n_log) return ARI_MISUSE;
  *out = work->log[n];
  return ARI_OK;
}
