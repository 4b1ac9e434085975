/* Signatures that were verified when a package was handed in: an entry of the log each, which has the package's SHA-256 and says "REVISION KEY NAME" (ari(1), "Packages").
 * The signature is not looked at again; that it was is what the chain of the log holds. */
#include "inside.h"

#include <sqlite3.h>

ari_status ari_store_add_signatures(ari_store *store, const ari_work *work, ari_str round, int revision) {
  ari_status status = ARI_OK;
  for (const ari_package *p = work->packages; p && status == ARI_OK; p = p->next) {
    if (!p->key.n) continue;
    ari_buf detail = {0};
    ari_buf_printf(&detail, "%d ", revision);
    ari_buf_str(&detail, p->key);
    ari_buf_char(&detail, ' ');
    ari_buf_str(&detail, work->sources.items[p->source].name);
    status = detail.failed ? ARI_NOMEM : ari_store_log(store, work, "signature", round, (ari_log_entry){.file = ari_str_of(p->sha256), .detail = ari_buf_view(&detail)});
    ari_buf_free(&detail);
  }
  return status;
}

static bool is_inside(const char *name, ari_str package) {
  ari_str file = ari_str_of(name);
  return file.n > package.n && file.p[package.n] == '/' && ari_str_eq(ari_str_sub(file, 0, package.n), package);
}

/* The files of the package with which the entry was written get its key. False: out of memory. */
static bool note_key(ari_work *work, int revision, ari_str detail, ari_revision_row *all) {
  ari_log_word(&detail);
  ari_str key = ari_log_word(&detail);
  const char *copy = ari_str_cstring(&work->arena, key);
  for (size_t i = 0; copy && i < work->n_files; i++)
    if (all[i].revision == revision && is_inside(all[i].name, detail)) all[i].key = copy;
  return copy != NULL;
}

ari_status ari_store_read_signatures(ari_store *store, ari_work *work, ari_str round, ari_revision_row *all) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT detail, CAST(detail AS INTEGER) FROM log WHERE round = ? AND action = 'signature' ORDER BY seq", &query);
  if (status != ARI_OK) return status;
  ari_bind_text(query, 1, round);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_str detail;
    status = ari_store_text(store, query, 0, &detail);
    if (status == ARI_OK) status = ari_store_count(store, detail.n);
    if (status == ARI_OK && !note_key(work, sqlite3_column_int(query, 1), detail, all)) status = ARI_NOMEM;
  }
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}
