/* A copy of a database as it is at one moment, while others use it. */
#include "inside.h"

#include <sqlite3.h>

static bool is_free(const char *path, ari_findings *fs) {
  if (ari_path_what(path) == ARI_PATH_NONE) return true;
  ari_findings_add(fs, ARI_F0641, ARI_NOWHERE, &(ari_args){{ari_arg_c(path)}});
  return false;
}

/* Whether it was the copy that could not be written. */
static bool is_writing(int result) {
  int kind = result & 0xff;
  return kind == SQLITE_FULL || kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN || (kind == SQLITE_IOERR && result != SQLITE_IOERR_READ);
}

/* All pages in one step: a reader's lock is held on the source all the while, so that what is copied is of one moment and the copying ends however busy it is. */
static ari_status copy_pages(ari_store *from, ari_store *to) {
  sqlite3_backup *copy = sqlite3_backup_init(to->db, "main", from->db, "main");
  if (!copy) return ari_store_failed(to, sqlite3_extended_errcode(to->db));
  int result = sqlite3_backup_step(copy, -1);
  int ended = sqlite3_backup_finish(copy);
  if (result == SQLITE_DONE) result = ended;
  return result == SQLITE_OK ? ARI_OK : ari_store_failed(is_writing(result) ? to : from, result);
}

static ari_status check_copy(ari_store *to, const char *source) {
  sqlite3_stmt *query = NULL;
  ari_str said = {0};
  ari_status status = ari_store_prepare(to, "PRAGMA integrity_check(1)", &query);
  int result = status == ARI_OK ? sqlite3_step(query) : SQLITE_ROW;
  if (result != SQLITE_ROW) status = ari_store_failed(to, result);
  if (status == ARI_OK) status = ari_store_text(to, query, 0, &said);
  if (status == ARI_OK && !ari_str_is(said, "ok")) {
    ari_findings_add(to->fs, ARI_F0640, ARI_NOWHERE, &(ari_args){{ari_arg_c(to->path), ari_arg_text(said), ari_arg_c(source)}});
    status = ARI_MACHINE;
  }
  sqlite3_finalize(query);
  return status;
}

ari_status ari_backup(ari_work *work, const char *database, const char *to) {
  if (work->misused || work->set || work->n_files) return ARI_MISUSE;
  if (!is_free(to, &work->findings)) return ARI_MACHINE;
  ari_store source, copy;
  ari_newfile file;
  ari_status status = ari_store_open(&source, database, &work->findings);
  if (status != ARI_OK) return status;
  status = ari_newfile_open(&file, to, &work->findings);
  if (status == ARI_OK) {
    status = ari_store_open_copy(&copy, to, file.temp, &work->findings);
    if (status == ARI_OK) status = copy_pages(&source, &copy);
    if (status == ARI_OK) status = check_copy(&copy, database);
    ari_store_close(&copy);
    bool keep = status == ARI_OK && is_free(to, &work->findings);   /* somebody may have made one meanwhile */
    ari_status closed = ari_newfile_close(&file, keep, &work->findings);
    if (status == ARI_OK) status = keep ? closed : ARI_MACHINE;
  }
  ari_store_close(&source);
  return status;
}
