/* The year's round: opened, moved from state to state. Each is one transaction in which the state is looked at, everything is read and checked, and then written
 * (ari(1), "The year's round"). */
#include "inside.h"

#include <sqlite3.h>
#include <string.h>

/* ---- opening ---- */

static bool check_deadline(ari_work *work, const char *deadline) {
  int32_t day;
  if (!deadline || ari_date_read(ari_str_of(deadline), &day)) return true;
  ari_findings_add(&work->findings, ARI_E0814, ARI_NOWHERE, &(ari_args){{ari_arg_c(deadline)}});
  return false;
}

static bool check_id(ari_work *work, ari_str id) {
  if (ari_id_valid(id) && !ari_str_eq(id, ARI_TRIAL)) return true;
  ari_findings_add(&work->findings, ARI_E0656, ARI_NOWHERE, &(ari_args){{ari_arg_text(id)}});
  return false;
}

/* Rounds that were tried out and rounds that count do not stand in one database; two of one id neither. */
static ari_status check_others(ari_store *store, ari_work *work, ari_str id) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT id FROM round WHERE id IN (?, 'trial')", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, id);
  int result = sqlite3_step(query);
  ari_str other;
  if (result == SQLITE_ROW) {
    status = ari_store_text(store, query, 0, &other);
    if (status == ARI_OK)
      ari_findings_add(&work->findings, ari_str_eq(other, ARI_TRIAL) ? ARI_E0648 : ARI_E0647, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path), ari_arg_text(id)}});
    if (status == ARI_OK) status = ARI_INPUT;
  } else if (result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}

static ari_status write_opening(ari_work *work, const char *database, ari_str id, ari_str deadline) {
  ari_store store;
  ari_round_row row;
  ari_status status = ari_store_write(&store, database, true, &work->findings);
  if (status != ARI_OK) return status;
  status = check_others(&store, work, id);
  ari_store_unbound(&store);
  if (status == ARI_OK) status = ari_store_add_round(&store, work, id, "collecting", deadline);
  if (status == ARI_OK) status = ari_store_add_files(&store, work, id, 0);
  if (status == ARI_OK) status = ari_store_read_row(&store, work, id, &row);
  if (status == ARI_OK) status = ari_store_read_info(&store, work, &row);
  if (status == ARI_OK) status = ari_store_commit(&store);
  ari_store_close(&store);
  return status;
}

ari_status ari_round_open(ari_work *work, const char *database, const char *set, const char *round, const char *deadline) {
  if (work->misused || work->set || work->n_files || !work->period.kind) return ARI_MISUSE;
  ari_buf period = {0};
  ari_buf_period(&period, work->period);
  ari_str id = round ? ari_str_of(round) : ari_buf_view(&period);
  if (!check_deadline(work, deadline) || !check_id(work, id)) work->misused = true;
  ari_status status = period.failed ? ARI_NOMEM : work->misused ? ari_work_status(work) : ari_work_read_set(work, set);
  if (status == ARI_OK) status = ari_work_read_previous(work);
  if (status == ARI_OK) status = ari_work_read_evidence(work, NULL, 0);
  if (status == ARI_OK) status = write_opening(work, database, id, deadline ? ari_str_of(deadline) : (ari_str){0});
  ari_buf_free(&period);
  return status;
}

/* ---- another state ---- */

static ari_status write_state(ari_store *store, const ari_work *work, const ari_round_row *row, const char *to, const char *reason, bool scored) {
  ari_buf detail = {0};
  ari_log_put_state(&detail, ari_str_of(row->state->name), ari_str_of(to));
  ari_log_entry entry = {.reason = reason ? ari_str_of(reason) : (ari_str){0}, .detail = ari_buf_view(&detail)};
  ari_status status = detail.failed ? ARI_NOMEM : ari_store_log(store, work, "state", row->id, entry);
  sqlite3_stmt *update = NULL;
  if (status == ARI_OK) status = ari_store_prepare(store, "UPDATE round SET state = ?, stated = ?, engine = coalesce(?, engine) WHERE id = ?", &update);
  if (status == ARI_OK) {
    ari_bind_text(update, 1, ari_str_of(to));
    sqlite3_bind_int64(update, 2, store->seq);
    ari_bind_text(update, 3, scored ? ARI_STR(ARI_VERSION) : (ari_str){0});
    ari_bind_text(update, 4, row->id);
    status = ari_store_insert(store, update);
  }
  sqlite3_finalize(update);
  ari_buf_free(&detail);
  return status;
}

/* What an agency lacks can be settled by those who appraise, so only what is final must be without errors. */
static bool may_wait(const char *to) { return strcmp(to, "final") != 0 && strcmp(to, "published") != 0; }

/* A final round should have nothing open; that something is, is for people to say. */
static void tell_provisional(ari_work *work) {
  for (size_t a = 0; a < work->result->n_agencies; a++) {
    const ari_standing *s = &work->result->standings[a];
    if (s->state != ARI_PROVISIONAL) continue;
    ari_findings_add(&work->findings, ARI_W0663, ARI_NOWHERE,
                     &(ari_args){{ari_arg_text(work->evidence->agencies->items[a].id), ari_arg_int(s->counts[ARI_PENDING])}});
  }
}

/* The results of everything accepted so far: what was accepted was told then. *scored: false: there are none yet, told. */
static ari_status score_round(ari_store *store, ari_work *work, const ari_round_row *row, const char *to, bool *scored) {
  ari_status status = ari_store_read_round(store, work, row->id);
  if (status == ARI_OK) status = ari_work_read_sources(work);
  if (status == ARI_OK) status = ari_work_score(work);
  *scored = status == ARI_OK;
  if (status == ARI_OK) ari_findings_forget_warnings(&work->findings, 0, (int32_t)work->sources.n);
  if (status == ARI_OK && !may_wait(to)) tell_provisional(work);
  if (status != ARI_INPUT || !work->evidence || !may_wait(to)) return status;
  ari_findings_free(&work->findings);
  work->findings = (ari_findings){0};
  ari_findings_add(&work->findings, ARI_W0660, ARI_NOWHERE, &(ari_args){{ari_arg_text(row->id), ari_arg_c(store->path)}});
  return ARI_OK;
}

static ari_status move_round(ari_store *store, ari_work *work, ari_round_row *row, const char *to, const char *reason) {
  bool scored = false;
  ari_status status = score_round(store, work, row, to, &scored);
  ari_store_unbound(store);
  if (status == ARI_OK) status = write_state(store, work, row, to, reason, scored);
  if (status == ARI_OK) status = ari_store_drop_results(store, row->id);
  if (status == ARI_OK && scored) status = ari_store_add_results(store, work, row->id);
  if (status == ARI_OK) status = ari_store_read_row(store, work, row->id, row);
  if (status == ARI_OK) status = ari_store_read_info(store, work, row);
  return status == ARI_OK ? ari_store_commit(store) : status;
}

ari_status ari_round_set(ari_work *work, const char *database, const char *round, const char *state, const char *reason) {
  if (work->misused || work->set || work->n_files) return ARI_MISUSE;
  ari_store store;
  ari_str id = {0};
  ari_round_row row;
  ari_status status = ari_store_write(&store, database, false, &work->findings);
  if (status != ARI_OK) return status;
  status = ari_store_find_round(&store, work, round, &id);
  if (status == ARI_OK) status = ari_store_read_row(&store, work, id, &row);
  if (status == ARI_OK && !ari_round_may_go(work, id, row.state, state, reason)) status = ARI_INPUT;
  if (status == ARI_OK) status = move_round(&store, work, &row, state, reason);
  ari_store_close(&store);
  return status;
}
