/* Rows of a round with the entries of the log that say how they came about: of a trial, which `ari run` makes whole, and of rounds that people work in. The
 * same inputs give the same rows. */
#include "inside.h"

#include <sqlite3.h>

ari_status ari_store_log(ari_store *store, const ari_work *work, const char *action, ari_str round, ari_log_entry rest) {
  rest.at = work->options.now;
  rest.actor = ari_str_of(work->options.actor ? work->options.actor : "");
  rest.action = ari_str_of(action);
  rest.round = round;
  return ari_log_add(store, &rest);
}

/* The set and the options that change results: with them in the log they are part of the chain. */
static ari_status log_open(ari_store *store, const ari_work *work, ari_str id, ari_str deadline) {
  ari_buf detail = {0};
  const char *asked = work->options.period;
  ari_log_put_open(&detail, &(ari_opened){work->set->id, asked ? ari_str_of(asked) : (ari_str){0}, deadline, work->options.keep_going});
  ari_status status = detail.failed ? ARI_NOMEM : ari_store_log(store, work, "open", id, (ari_log_entry){.detail = ari_buf_view(&detail)});
  ari_buf_free(&detail);
  return status;
}

ari_status ari_store_add_round(ari_store *store, const ari_work *work, ari_str id, const char *state, ari_str deadline) {
  ari_status status = log_open(store, work, id, deadline);
  sqlite3_stmt *insert = NULL;
  if (status == ARI_OK)
    status = ari_store_prepare(store, "INSERT INTO round(id, set_id, period, state, asked, keep_going, engine, entry, deadline) VALUES(?,?,?,?,?,?,?,?,?)", &insert);
  ari_buf period = {0};
  if (work->period.kind) ari_buf_period(&period, work->period);
  if (status == ARI_OK) {
    ari_bind_text(insert, 1, id);
    ari_bind_text(insert, 2, work->set->id);
    ari_bind_text(insert, 3, period.n ? ari_buf_view(&period) : ARI_STR(""));
    ari_bind_text(insert, 4, ari_str_of(state));
    ari_bind_text(insert, 5, work->options.period ? ari_str_of(work->options.period) : (ari_str){0});
    sqlite3_bind_int(insert, 6, work->options.keep_going);
    ari_bind_text(insert, 7, ARI_STR(ARI_VERSION));
    sqlite3_bind_int64(insert, 8, store->seq);
    ari_bind_text(insert, 9, deadline);
    status = period.failed ? ARI_NOMEM : ari_store_insert(store, insert);
  }
  sqlite3_finalize(insert);
  ari_buf_free(&period);
  return status;
}

static ari_status write_file(ari_store *store, const ari_work *work, ari_str round, const ari_accepted *file, int64_t id, sqlite3_stmt *insert) {
  ari_source *source = &work->sources.items[file->source];
  const char *kind = ari_file_kind_name(file->kind);
  ari_buf detail = {0};
  ari_log_put_accept(&detail, round, ari_str_of(kind), file->revision, file->turn, source->name);
  ari_log_entry entry = {.file = ari_str_of(ari_source_sha256(source)), .detail = ari_buf_view(&detail)};
  ari_status status = detail.failed ? ARI_NOMEM : ari_store_log(store, work, "accept", round, entry);
  ari_buf_free(&detail);
  if (status != ARI_OK) return status;
  sqlite3_bind_int64(insert, 1, id);
  ari_bind_text(insert, 2, round);
  ari_bind_text(insert, 3, ari_str_of(ari_source_sha256(source)));
  ari_bind_text(insert, 4, ari_str_of(kind));
  ari_bind_text(insert, 5, source->name);
  sqlite3_bind_blob64(insert, 6, source->bytes.n ? source->bytes.p : "", source->bytes.n, SQLITE_STATIC);
  sqlite3_bind_int64(insert, 7, store->seq);
  sqlite3_bind_int(insert, 8, file->revision);
  sqlite3_bind_int(insert, 9, file->turn);
  return ari_store_insert(store, insert);
}

ari_status ari_store_add_files(ari_store *store, const ari_work *work, ari_str round, size_t from) {
  int64_t id = 0;
  sqlite3_stmt *insert = NULL;
  ari_status status = ari_store_number(store, "SELECT coalesce(max(id), 0) FROM file", &id);
  if (status == ARI_OK)
    status = ari_store_prepare(store, "INSERT INTO file(id, round, sha256, kind, name, bytes, entry, revision, turn) VALUES(?,?,?,?,?,?,?,?,?)", &insert);
  for (size_t i = from; i < work->n_files && status == ARI_OK; i++) status = write_file(store, work, round, &work->files[i], ++id, insert);
  sqlite3_finalize(insert);
  return status;
}

static ari_status write_results(ari_store *store, const ari_work *work, ari_str round) {
  sqlite3_stmt *insert = NULL;
  ari_status status = ari_store_prepare(store, "INSERT INTO result(round, agency, node, state, points_e12, max_e12, claimed_e12)"
                                               " VALUES(?,?,?,?,?,?,?)", &insert);
  size_t n = ari_score_count(work);
  if (status == ARI_OK) ari_bind_text(insert, 1, round);
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

static ari_status write_ranking(ari_store *store, const ari_work *work, ari_str round) {
  sqlite3_stmt *insert = NULL;
  ari_status status = ari_store_prepare(store, "INSERT INTO ranking(round, agency, grp, rank, points_e12, max_e12, index_e12, grade, state)"
                                               " VALUES(?,?,?,?,?,?,?,?,?)", &insert);
  if (status == ARI_OK) ari_bind_text(insert, 1, round);
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

ari_status ari_store_add_results(ari_store *store, const ari_work *work, ari_str round) {
  ari_status status = ari_store_log(store, work, "score", round, (ari_log_entry){.detail = ARI_STR(ARI_VERSION)});
  if (status == ARI_OK) status = write_results(store, work, round);
  return status == ARI_OK ? write_ranking(store, work, round) : status;
}

ari_status ari_store_drop_results(ari_store *store, ari_str round) {
  static const char *const deletes[] = {"DELETE FROM result WHERE round = ?", "DELETE FROM ranking WHERE round = ?"};
  ari_status status = ARI_OK;
  for (size_t i = 0; i < ARI_COUNT(deletes) && status == ARI_OK; i++) {
    sqlite3_stmt *statement = NULL;
    status = ari_store_prepare(store, deletes[i], &statement);
    if (status == ARI_OK) {
      ari_bind_text(statement, 1, round);
      status = ari_store_insert(store, statement);
    }
    sqlite3_finalize(statement);
  }
  return status;
}

ari_status ari_store_write_trial(ari_work *work, const char *path) {
  ari_store store;
  ari_status status = ari_store_make(&store, path, &work->findings);
  if (status != ARI_OK) return status;
  status = ari_store_add_round(&store, work, ARI_TRIAL, "trial", (ari_str){0});
  if (status == ARI_OK) status = ari_store_add_files(&store, work, ARI_TRIAL, 0);
  if (status == ARI_OK) status = ari_store_add_results(&store, work, ARI_TRIAL);
  if (status == ARI_OK) status = ari_store_commit(&store);
  ari_store_close(&store);
  return status;
}
