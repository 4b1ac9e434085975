/* A trial may be made again and again; a round that people work in is never replaced by one. */
#include "inside.h"

#include <sqlite3.h>

/* Whatever keeps us from seeing that there are trials only keeps us from replacing it. */
static ari_status check_trials(ari_store *store) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(store, "SELECT 1 FROM round WHERE state <> 'trial' LIMIT 1", &query);
  if (status != ARI_OK) return status;
  int result = sqlite3_step(query);
  sqlite3_finalize(query);
  if (result == SQLITE_DONE) return ARI_OK;
  if (result != SQLITE_ROW) return ari_store_failed(store, result);
  ari_findings_add(store->fs, ARI_F0710, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path)}});
  return ARI_MACHINE;
}

ari_status ari_store_may_replace(const char *path, ari_findings *fs) {
  if (ari_path_what(path) == ARI_PATH_NONE) return ARI_OK;
  if (!ari_is_database(path)) {
    ari_findings_add(fs, ARI_F0711, ARI_NOWHERE, &(ari_args){{ari_arg_c(path)}});
    return ARI_MACHINE;
  }
  ari_store store;
  ari_status status = ari_store_open(&store, path, fs);
  if (status == ARI_OK) status = check_trials(&store);
  ari_store_close(&store);
  return status;
}

/* A journal left over from a database that stood there would be played into the new one. */
static bool remove_journal(const char *path, const char *suffix) {
  ari_buf b = {0};
  ari_buf_text(&b, path);
  ari_buf_text(&b, suffix);
  ari_buf_char(&b, '\0');
  bool good = !b.failed;
  if (good) ari_file_remove(b.p);
  ari_buf_free(&b);
  return good;
}

ari_status ari_store_replace(const char *from, const char *path, ari_findings *fs) {
  ari_status status = ari_store_may_replace(path, fs);
  if (status != ARI_OK) return status;
  if (!remove_journal(path, "-journal") || !remove_journal(path, "-wal")) return ARI_NOMEM;
  return ari_file_move(from, path, fs);
}
