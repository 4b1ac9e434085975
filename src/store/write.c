/* A round of state `trial`: what `ari run` accepted and what came of it. The same inputs give the same rows. */
#include "store.h"

#include <sqlite3.h>

#define TRIAL ARI_STR("trial")

static ari_status log_action(ari_store *store, const ari_work *work, const char *action, ari_str file, ari_str detail) {
  ari_log_entry entry = {.at = work->options.now, .actor = ari_str_of(work->options.actor ? work->options.actor : ""), .action = ari_str_of(action),
                         .round = TRIAL, .file = file, .detail = detail};
  return ari_log_add(store, &entry);
}

/* The set and the options that change results: with them in the log they are part of the chain. */
static ari_status log_open(ari_store *store, const ari_work *work) {
  ari_buf detail = {0};
  const char *asked = work->options.period;
  ari_log_put_open(&detail, work->set->id, asked ? ari_str_of(asked) : (ari_str){0}, work->options.keep_going);
  ari_status status = detail.failed ? ARI_NOMEM : log_action(store, work, "open", (ari_str){0}, ari_buf_view(&detail));
  ari_buf_free(&detail);
  return status;
}

static ari_status write_round(ari_store *store, const ari_work *work) {
  ari_status status = log_open(store, work);
  sqlite3_stmt *insert = NULL;
  if (status == ARI_OK)
    status = ari_store_prepare(store, "INSERT INTO round(id, set_id, period, state, asked, keep_going, engine, entry) VALUES(?,?,?,'trial',?,?,?,?)", &insert);
  ari_buf period = {0};
  if (work->period.kind) ari_buf_period(&period, work->period);
  if (status == ARI_OK) {
    ari_bind_text(insert, 1, TRIAL);
    ari_bind_text(insert, 2, work->set->id);
    ari_bind_text(insert, 3, period.n ? ari_buf_view(&period) : ARI_STR(""));
    ari_bind_text(insert, 4, work->options.period ? ari_str_of(work->options.period) : (ari_str){0});
    sqlite3_bind_int(insert, 5, work->options.keep_going);
    ari_bind_text(insert, 6, ARI_STR(ARI_VERSION));
    sqlite3_bind_int64(insert, 7, store->seq);
    status = period.failed ? ARI_NOMEM : ari_store_insert(store, insert);
  }
  sqlite3_finalize(insert);
  ari_buf_free(&period);
  return status;
}

static ari_status write_file(ari_store *store, const ari_work *work, size_t i, sqlite3_stmt *insert) {
  ari_source *source = &work->sources.items[work->files[i].source];
  const char *kind = ari_file_kind_name(work->files[i].kind);
  ari_buf detail = {0};
  ari_log_put_accept(&detail, ari_str_of(kind), source->name);
  ari_status status = detail.failed ? ARI_NOMEM : log_action(store, work, "accept", ari_str_of(ari_source_sha256(source)), ari_buf_view(&detail));
  ari_buf_free(&detail);
  if (status != ARI_OK) return status;
  sqlite3_bind_int64(insert, 1, (int64_t)i + 1);
  ari_bind_text(insert, 2, TRIAL);
  ari_bind_text(insert, 3, ari_str_of(ari_source_sha256(source)));
  ari_bind_text(insert, 4, ari_str_of(kind));
  ari_bind_text(insert, 5, source->name);
  sqlite3_bind_blob64(insert, 6, source->bytes.n ? source->bytes.p : "", source->bytes.n, SQLITE_STATIC);
  sqlite3_bind_int64(insert, 7, store->seq);
  return ari_store_insert(store, insert);
}

static ari_status write_files(ari_store *store, const ari_work *work) {
  sqlite3_stmt *insert = NULL;
  ari_status status = ari_store_prepare(store, "INSERT INTO file(id, round, sha256, kind, name, bytes, entry) VALUES(?,?,?,?,?,?,?)", &insert);
  for (size_t i = 0; i < work->n_files && status == ARI_OK; i++) status = write_file(store, work, i, insert);
  sqlite3_finalize(insert);
  return status;
}

static ari_status write_results(ari_store *store, const ari_work *work) {
  sqlite3_stmt *insert = NULL;
  ari_status status = ari_store_prepare(store, "INSERT INTO result(round, agency, node, state, points_e12, max_e12, claimed_e12)"
                                               " VALUES(?,?,?,?,?,?,?)", &insert);
  size_t n = ari_score_count(work);
  if (status == ARI_OK) ari_bind_text(insert, 1, TRIAL);
  for (size_t i = 0; i < n && status == ARI_OK; i++) {
    ari_score_row row;
    if ((status = ari_score_at(work, i, &row)) != ARI_OK) break;
    ari_bind_text(insert, 2, ari_str_of(row.agency));
    ari_bind_text(insert, 3, ari_str_of(row.criterion));
    ari_bind_text(insert, 4, ari_str_of(row.state));
    ari_bind_figure(insert, 5, row.has_points, row.points);
    ari_bind_figure(insert, 6, row.has_max, row.max);
    ari_bind_figure(insert, 7, row.has_claimed, row.claimed);
    status = ari_store_insert(store, insert);
  }
  sqlite3_finalize(insert);
  return status;
}

static ari_status write_ranking(ari_store *store, const ari_work *work) {
  sqlite3_stmt *insert = NULL;
  ari_status status = ari_store_prepare(store, "INSERT INTO ranking(round, agency, grp, rank, points_e12, max_e12, index_e12, grade, state)"
                                               " VALUES(?,?,?,?,?,?,?,?,?)", &insert);
  if (status == ARI_OK) ari_bind_text(insert, 1, TRIAL);
  for (size_t i = 0; i < ari_ranking_count(work) && status == ARI_OK; i++) {
    ari_ranking_row row;
    if ((status = ari_ranking_at(work, i, &row)) != ARI_OK) break;
    ari_bind_text(insert, 2, ari_str_of(row.agency));
    ari_bind_text(insert, 3, ari_str_of(row.group));
    ari_bind_figure(insert, 4, row.rank > 0, row.rank);
    ari_bind_figure(insert, 5, row.has_points, row.points);
    ari_bind_figure(insert, 6, row.has_max, row.max);
    ari_bind_figure(insert, 7, row.has_points, row.index);
    ari_bind_text(insert, 8, ari_str_of(row.grade));
    ari_bind_text(insert, 9, ari_str_of(ari_agency_state_name(row.state)));
    status = ari_store_insert(store, insert);
  }
  sqlite3_finalize(insert);
  return status;
}

ari_status ari_store_write_trial(ari_work *work, const char *path) {
  ari_store store;
  ari_status status = ari_store_make(&store, path, &work->findings);
  if (status != ARI_OK) return status;
  status = write_round(&store, work);
  if (status == ARI_OK) status = write_files(&store, work);
  if (status == ARI_OK) status = log_action(&store, work, "score", (ari_str){0}, ARI_STR(ARI_VERSION));
  if (status == ARI_OK) status = write_results(&store, work);
  if (status == ARI_OK) status = write_ranking(&store, work);
  if (status == ARI_OK) status = ari_store_commit(&store);
  ari_store_close(&store);
  return status;
}
