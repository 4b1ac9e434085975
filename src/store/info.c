/* What a round is, which files it accepted, and what of whom they are: for people to look at. */
#include "inside.h"

#include <sqlite3.h>

/* ---- the round ---- */

static ari_status keep_text(ari_store *store, ari_work *work, sqlite3_stmt *query, int column, ari_str *out) {
  ari_str text;
  ari_status status = ari_store_text_or_null(store, query, column, &text);
  if (status == ARI_OK) status = ari_store_count(store, text.n);
  return status == ARI_OK && !ari_str_copy(&work->arena, text, out) ? ARI_NOMEM : status;
}

static ari_status take_row(ari_store *store, ari_work *work, sqlite3_stmt *query, ari_round_row *out) {
  ari_str *texts[] = {&out->set, &out->period, &out->deadline}, state;
  ari_status status = ari_store_text(store, query, 3, &state);
  if (status != ARI_OK) return status;
  out->state = ari_round_state_named(state);
  if (!out->state) return ari_store_failed(store, SQLITE_CORRUPT);
  for (size_t i = 0; i < ARI_COUNT(texts) && status == ARI_OK; i++) status = keep_text(store, work, query, (int)i, texts[i]);
  return status;
}

ari_status ari_store_read_row(ari_store *store, ari_work *work, ari_str id, ari_round_row *out) {
  const char *sql = store->version < 2 ? "SELECT set_id, period, NULL, state FROM round WHERE id = ?" : "SELECT set_id, period, deadline, state FROM round WHERE id = ?";
  sqlite3_stmt *query = NULL;
  *out = (ari_round_row){.id = id};
  ari_status status = ari_store_prepare(store, sql, &query);
  if (status == ARI_OK) {
    ari_bind_text(query, 1, id);
    int result = sqlite3_step(query);
    status = result == SQLITE_ROW ? take_row(store, work, query, out) : ari_store_failed(store, result == SQLITE_DONE ? SQLITE_CORRUPT : result);
  }
  sqlite3_finalize(query);
  return status;
}

static const char *cstring(ari_work *work, ari_str text) {
  const char *copy = ari_str_cstring(&work->arena, text);
  if (!copy) work->failed = true;
  return copy;
}

static const char *period_text(ari_work *work) {
  ari_buf words = {0};
  if (work->period.kind) ari_buf_period_words(&words, work->period, work->options.lang);
  const char *text = cstring(work, ari_buf_view(&words));
  if (words.failed) work->failed = true;
  ari_buf_free(&words);
  return text;
}

static ari_round_info *make_info(ari_store *store, ari_work *work, const ari_round_row *row) {
  ari_lang lang = work->options.lang;
  ari_round_info *info = ari_arena_alloc(&work->arena, sizeof *info);
  if (!info) return NULL;
  *info = (ari_round_info){.id = cstring(work, row->id), .set = cstring(work, work->set->id), .version = cstring(work, work->set->version),
    .title = cstring(work, ari_title_of(work, work->set->title)), .period = cstring(work, row->period), .period_text = period_text(work), .deadline = cstring(work, row->deadline), .state = row->state->name, .state_text = row->state->text[lang],
    .head = cstring(work, ari_str_of(store->head)), .entries = store->seq, .n_replaced = work->evidence->n_replaced, .n_agencies = work->evidence->agencies->n};
  for (size_t i = 0; i < ARI_NEXT_STATES && row->state->next[i].to; i++) {
    info->next[i].state = row->state->next[i].to;
    info->next[i].state_text = ari_round_state_named(ari_str_of(row->state->next[i].to))->text[lang];
    info->next[i].needs_reason = row->state->next[i].back;
  }
  return info;
}

/* ---- its files ---- */

/* Who accepted the files and when: the entries of a round say it in the order of its files. */
static ari_status read_entries(ari_store *store, ari_work *work, const ari_round_row *row, ari_revision_row *all) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT at, actor FROM log WHERE round = ? AND action = 'accept' ORDER BY seq", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, row->id);
  int result = SQLITE_DONE;
  for (size_t i = 0; status == ARI_OK && i < work->n_files && (result = sqlite3_step(query)) == SQLITE_ROW; i++) {
    ari_str actor;
    all[i].at = sqlite3_column_int64(query, 0);
    status = ari_store_text(store, query, 1, &actor);
    if (status == ARI_OK) status = ari_store_count(store, actor.n);
    if (status == ARI_OK) all[i].actor = cstring(work, actor);
  }
  if (status == ARI_OK && result != SQLITE_ROW && result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}

static ari_status count_documents(ari_store *store, const ari_work *work, const ari_round_row *row, ari_revision_row *all) {
  if (store->version < 2) return ARI_OK;
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT f.id, count(d.id), count(d.sha256) FROM file f LEFT JOIN document d ON d.file = f.id WHERE f.round = ?"
                                               " GROUP BY f.id ORDER BY f.id", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, row->id);
  int result = SQLITE_DONE;
  for (size_t i = 0; i < work->n_files && (result = sqlite3_step(query)) == SQLITE_ROW; i++) {
    all[i].n_documents = (size_t)sqlite3_column_int64(query, 1);
    all[i].n_missing = all[i].n_documents - (size_t)sqlite3_column_int64(query, 2);
  }
  if (result != SQLITE_ROW && result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}

static ari_status make_revisions(ari_store *store, ari_work *work, const ari_round_row *row, ari_round_info *info, ari_revision_row **out) {
  ari_revision_row *all = *out = ari_arena_array(&work->arena, work->n_files, sizeof *all);
  if (!all) return ARI_NOMEM;
  for (size_t i = 0; i < work->n_files; i++) {
    const ari_accepted *file = &work->files[i];
    ari_source *source = &work->sources.items[file->source];
    all[i] = (ari_revision_row){.revision = file->kind == ARI_FILE_PREVIOUS ? 0 : file->revision, .turn = file->turn, .kind = ari_file_kind_name(file->kind), .name = cstring(work, source->name),
      .sha256 = cstring(work, ari_str_of(ari_source_sha256(source))), .actor = "", .key = ""};
    if (all[i].revision > info->revisions) info->revisions = all[i].revision;
  }
  ari_status status = read_entries(store, work, row, all);
  if (status == ARI_OK) status = ari_store_read_signatures(store, work, row->id, all);
  return status == ARI_OK ? count_documents(store, work, row, all) : status;
}

/* ---- what of whom they are ---- */

static const char *origins_text(const ari_naming *naming) {
  static const char *const texts[][2] = {{"", "previous"}, {"self", "self previous"}, {"central", "central previous"}, {"self central", "self central previous"},
    {"survey", "survey previous"}, {"self survey", "self survey previous"}, {"central survey", "central survey previous"}, {"self central survey", "self central survey previous"}};
  return texts[naming->origins & 7][naming->last];
}

/* The namings by agency, in the order of files: starts[a] is where those of agency a begin. False: out of memory. */
static bool sort_namings(const ari_work *work, size_t *starts, const ari_naming **sorted) {
  const ari_evidence *ev = work->evidence;
  size_t n = ev->agencies->n;
  for (size_t i = 0; i < ev->n_namings; i++) starts[ev->namings[i].agency + 1]++;
  for (size_t a = 0; a < n; a++) starts[a + 1] += starts[a];
  size_t *next = ari_calloc(n + 1, sizeof *next);
  if (!next) return false;
  for (size_t i = 0; i < ev->n_namings; i++) {
    uint32_t a = ev->namings[i].agency;
    sorted[starts[a] + next[a]++] = &ev->namings[i];
  }
  ari_free(next);
  return true;
}

/* What is being listed. */
typedef struct listing {
  ari_work *work;
  ari_round_info *info;
  ari_revision_row *revisions;
  size_t *files;             /* by source: its place in work->files */
  ari_submission_row *rows; size_t n;
  const ari_round_row *round;
} listing;

static bool is_own(const ari_accepted *file, const ari_naming *naming) {
  return file->kind == ARI_FILE_EVIDENCE && (naming->origins & 1u << ARI_ORIGIN_SELF);
}

static void list_agency(listing *l, size_t agency, const ari_naming *const *namings, size_t n) {
  ari_work *work = l->work;
  const ari_agency *a = &work->evidence->agencies->items[agency];
  ari_submission_row row = {.agency = cstring(work, a->id), .name = cstring(work, ari_title_of(work, a->name)), .origins = ""};
  bool own = false;
  for (size_t i = 0; i < n; i++) {
    size_t file = l->files[namings[i]->source];
    bool owns = is_own(&work->files[file], namings[i]);
    own |= owns;
    if (owns && ari_round_is_late(l->round, l->revisions[file].at)) l->revisions[file].late = true;
  }
  if (own) l->info->n_handed_in++;
  else l->rows[l->n++] = row;
  for (size_t i = 0; i < n; i++) {
    size_t file = l->files[namings[i]->source];
    bool figures = work->files[file].kind == ARI_FILE_EVIDENCE || work->files[file].kind == ARI_FILE_SURVEY;
    l->revisions[file].n_agencies++;
    row.file = &l->revisions[file];
    row.origins = figures ? origins_text(namings[i]) : "";
    l->rows[l->n++] = row;
  }
}

static ari_status make_submissions(ari_work *work, const ari_round_row *row, ari_round_info *info, ari_revision_row *revisions) {
  const ari_evidence *ev = work->evidence;
  size_t n = ev->agencies->n;
  size_t *starts = ari_calloc(n + 2, sizeof *starts);
  const ari_naming **sorted = ari_calloc(ev->n_namings + 1, sizeof *sorted);
  listing l = {.work = work, .round = row, .info = info, .revisions = revisions, .files = ari_calloc(work->sources.n + 1, sizeof *l.files),
               .rows = ari_arena_array(&work->arena, n + ev->n_namings, sizeof *l.rows)};
  bool good = l.rows && l.files && starts && sorted && sort_namings(work, starts, sorted);
  for (size_t i = 0; good && i < work->n_files; i++) l.files[work->files[i].source] = i;
  for (size_t i = 0; good && i < ev->n_decisions; i++) revisions[l.files[ev->decisions[i].at.file]].n_decisions++;
  for (size_t a = 0; good && a < n; a++) list_agency(&l, a, sorted + starts[a], starts[a + 1] - starts[a]);
  ari_free(starts);
  ari_free(sorted);
  ari_free(l.files);
  work->submissions = l.rows;
  work->n_submissions = l.n;
  return good && !work->failed ? ARI_OK : ARI_NOMEM;
}

ari_status ari_store_read_info(ari_store *store, ari_work *work, const ari_round_row *row) {
  ari_revision_row *revisions = NULL;
  ari_status status = ari_store_find_end(store);
  ari_round_info *info = status == ARI_OK ? make_info(store, work, row) : NULL;
  if (status == ARI_OK && !info) status = ARI_NOMEM;
  if (status == ARI_OK) status = make_revisions(store, work, row, info, &revisions);
  if (status == ARI_OK) status = make_submissions(work, row, info, revisions);
  if (status != ARI_OK) return status;
  work->round = info;
  work->revisions = revisions;
  work->n_revisions = work->n_files;
  return ARI_OK;
}

/* ---- for those who ask ---- */

ari_status ari_round_of(const ari_work *work, ari_round_info *out) {
  if (!work->round) return ARI_MISUSE;
  *out = *work->round;
  return ARI_OK;
}

size_t ari_revision_count(const ari_work *work) { return work->n_revisions; }

ari_status ari_revision_at(const ari_work *work, size_t n, ari_revision_row *out) {
  if (n >= work->n_revisions) return ARI_MISUSE;
  *out = work->revisions[n];
  return ARI_OK;
}

size_t ari_submission_count(const ari_work *work) { return work->n_submissions; }

ari_status ari_submission_at(const ari_work *work, size_t n, ari_submission_row *out) {
  if (n >= work->n_submissions) return ARI_MISUSE;
  *out = work->submissions[n];
  return ARI_OK;
}
