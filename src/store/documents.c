/* Documents that accepted files name: looked for below the folder of the file that names them, hashed, and kept by name and hash; those that are not there are told
 * (ari-evidence(5), "Evidence in YAML"). */
#include "inside.h"

#include <sqlite3.h>

typedef struct keeping {
  ari_store *store;
  ari_work *work;
  ari_str round;
  size_t files;              /* the first of work->files that is handed in */
  int revision;
  int64_t last_file;         /* number of the last file's row */
  ari_map named;             /* file and name of those that were looked for */
  int64_t id;
  sqlite3_stmt *insert;
} keeping;

/* A document that proves several things in one file is kept once. False: this file has named it, or out of memory. */
static bool is_new(keeping *k, const ari_document *d) {
  ari_buf key = {0};
  ari_str kept;
  int32_t old = -1;
  ari_buf_int(&key, d->span.file);
  ari_buf_char(&key, '/');
  ari_buf_str(&key, d->file);
  bool good = !key.failed && ari_str_copy(&k->work->arena, ari_buf_view(&key), &kept) && ari_map_add(&k->named, kept, 1, &old);
  ari_buf_free(&key);
  if (!good) k->work->failed = true;
  return good && old < 0;
}

/* The number of the row that source `file` has become: files are numbered in their order. */
static int64_t file_id(const keeping *k, int32_t source) {
  size_t i = k->files;
  while (i + 1 < k->work->n_files && k->work->files[i].source != source) i++;
  return k->last_file - (int64_t)(k->work->n_files - 1 - i);
}

static ari_status write_document(keeping *k, const ari_document *d, ari_str sha256) {
  ari_buf detail = {0};
  ari_log_put_document(&detail, k->revision, k->work->sources.items[d->span.file].name, d->file);
  ari_status status = detail.failed ? ARI_NOMEM : ARI_OK;
  if (status == ARI_OK) status = ari_store_log(k->store, k->work, "document", k->round, (ari_log_entry){.file = sha256, .detail = ari_buf_view(&detail)});
  ari_buf_free(&detail);
  if (status != ARI_OK) return status;
  sqlite3_bind_int64(k->insert, 1, ++k->id);
  sqlite3_bind_int64(k->insert, 2, file_id(k, d->span.file));
  ari_bind_text(k->insert, 3, d->file);
  ari_bind_text(k->insert, 4, sha256);
  sqlite3_bind_int64(k->insert, 5, k->store->seq);
  return ari_store_insert(k->store, k->insert);
}

static ari_status keep_documents(keeping *k, const ari_document *all, uint32_t n) {
  ari_status status = ARI_OK;
  for (uint32_t i = 0; i < n && status == ARI_OK; i++) {
    const ari_document *d = &all[i];
    if (d->span.file < k->work->files[k->files].source || !d->file.n) continue;
    if (!is_new(k, d)) continue;
    const ari_known_document *known = ari_work_document(k->work, d->span.file, d->file);
    if (!known) return ARI_NOMEM;
    bool there = known->sha256[0];
    if (!there) ari_work_tell_document(k->work, d, known);
    status = write_document(k, d, there ? ari_str_of(known->sha256) : (ari_str){0});
  }
  return k->work->failed ? ARI_NOMEM : status;
}

static ari_status keep_all(keeping *k) {
  const ari_evidence *ev = k->work->evidence;
  ari_status status = ARI_OK;
  for (size_t i = 0; i < ev->agencies->n * ev->set->n_leaves && status == ARI_OK; i++)
    if (ev->entries[i].remark) status = keep_documents(k, ev->entries[i].remark->documents, ev->entries[i].remark->n_documents);
  for (size_t i = 0; i < ev->n_decisions && status == ARI_OK; i++) status = keep_documents(k, ev->decisions[i].documents, ev->decisions[i].n_documents);
  for (size_t i = 0; i < ev->n_explanations && status == ARI_OK; i++) status = keep_documents(k, ev->explanations[i].documents, ev->explanations[i].n_documents);
  return status;
}

ari_status ari_store_add_documents(ari_store *store, ari_work *work, ari_str round, size_t files) {
  if (files == work->n_files) return ARI_OK;
  keeping k = {.store = store, .work = work, .round = round, .files = files, .revision = work->files[files].revision};
  ari_status status = ari_store_number(store, "SELECT coalesce(max(id), 0) FROM document", &k.id);
  if (status == ARI_OK) status = ari_store_number(store, "SELECT coalesce(max(id), 0) FROM file", &k.last_file);
  if (status == ARI_OK) status = ari_store_prepare(store, "INSERT INTO document(id, file, name, sha256, entry) VALUES(?,?,?,?,?)", &k.insert);
  if (status == ARI_OK) status = keep_all(&k);
  sqlite3_finalize(k.insert);
  ari_map_free(&k.named);
  return status;
}

/* An accepted file stands at the place of work->files at which the round has it. */
ari_status ari_store_read_documents(ari_store *store, ari_work *work, ari_str round) {
  sqlite3_stmt *query = NULL;
  if (store->version < 2) return ARI_OK;
  ari_status status = ari_store_prepare(store, "SELECT f.id, d.name, d.sha256 FROM file f LEFT JOIN document d ON d.file = f.id WHERE f.round = ? ORDER BY f.id, d.id", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, round);
  int result = SQLITE_DONE;
  int64_t id = -1;
  size_t next = 0;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_str name = {0}, sha256 = {0};
    if (sqlite3_column_int64(query, 0) != id) next++;
    id = sqlite3_column_int64(query, 0);
    if (next > work->n_files) return sqlite3_finalize(query), ari_store_failed(store, SQLITE_CORRUPT);
    if (sqlite3_column_type(query, 1) == SQLITE_NULL) continue;
    status = ari_store_text(store, query, 1, &name);
    if (status == ARI_OK && sqlite3_column_type(query, 2) != SQLITE_NULL) status = ari_store_text(store, query, 2, &sha256);
    if (status == ARI_OK) status = ari_store_count(store, name.n + sha256.n);
    const char *hex = status == ARI_OK ? ari_str_cstring(&work->arena, sha256) : NULL;
    if (status == ARI_OK && (!hex || !ari_work_know_document(work, work->files[next - 1].source, name, hex))) status = ARI_NOMEM;
  }
  sqlite3_finalize(query);
  return status == ARI_OK && result != SQLITE_DONE ? ari_store_failed(store, result) : status;
}
