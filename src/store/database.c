/* Opening a database: the settings that keep a hostile or damaged file from doing harm, the schema and its migrations, and what SQLite's answers mean
 * to a person. Methodology: src/README.md, "The store". */
#include "inside.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <string.h>

enum { BUSY_MS = 5000, WRITER_MS = 60000, PAUSE_MS = 20, THOUSAND = 1000 };

/* Every database is made by running all of these in turn; user_version says how many have been run. An entry is never changed, only added to. */
static const char *const MIGRATIONS[] = {
  "CREATE TABLE log(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, round TEXT, file TEXT, reason TEXT,"
  " detail TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL) STRICT;"
  /* period: what the evidence is of; asked: --period as it was given. */
  "CREATE TABLE round(id TEXT PRIMARY KEY, set_id TEXT NOT NULL, period TEXT NOT NULL, state TEXT NOT NULL, asked TEXT, keep_going INTEGER NOT NULL,"
  " engine TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES log(seq)) STRICT;"
  "CREATE TABLE file(id INTEGER PRIMARY KEY, round TEXT NOT NULL REFERENCES round(id), sha256 TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,"
  " bytes BLOB NOT NULL, entry INTEGER NOT NULL REFERENCES log(seq)) STRICT;"
  "CREATE TABLE result(round TEXT NOT NULL REFERENCES round(id), agency TEXT NOT NULL, node TEXT NOT NULL, state TEXT NOT NULL, points_e12 INTEGER,"
  " max_e12 INTEGER, claimed_e12 INTEGER) STRICT;"
  "CREATE TABLE ranking(round TEXT NOT NULL REFERENCES round(id), agency TEXT NOT NULL, grp TEXT NOT NULL, rank INTEGER, points_e12 INTEGER,"
  " max_e12 INTEGER, index_e12 INTEGER, grade TEXT NOT NULL, state TEXT NOT NULL) STRICT;"
  /* What was accepted and what was done stays: INSERT OR REPLACE walks past a trigger on DELETE, so inserting is guarded too. */
  "CREATE TRIGGER log_append BEFORE INSERT ON log WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)"
  " BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;"
  "CREATE TRIGGER log_keep BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;"
  "CREATE TRIGGER log_stay BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;"
  "CREATE TRIGGER file_append BEFORE INSERT ON file WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM file)"
  " BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;"
  "CREATE TRIGGER file_keep BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;"
  "CREATE TRIGGER file_stay BEFORE DELETE ON file BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;",
  /* Rounds that people work in. deadline: a day; stated: the entry that gave it its state, NULL: that of its opening. turn: of an appraisal. */
  "ALTER TABLE file ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE file ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE round ADD COLUMN deadline TEXT;"
  "ALTER TABLE round ADD COLUMN stated INTEGER REFERENCES log(seq);"
  /* Documents that accepted files name. sha256 NULL: it was not there. */
  "CREATE TABLE document(id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file(id), name TEXT NOT NULL, sha256 TEXT,"
  " entry INTEGER NOT NULL REFERENCES log(seq)) STRICT;"
  "CREATE TRIGGER document_append BEFORE INSERT ON document WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM document)"
  " BEGIN SELECT RAISE(ABORT, 'documents stay'); END;"
  "CREATE TRIGGER document_keep BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'documents stay'); END;"
  "CREATE TRIGGER document_stay BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'documents stay'); END;",
};
enum { VERSION = ARI_COUNT(MIGRATIONS) };

/* ---- what went wrong ---- */

/* SQLITE_INTERRUPT: more steps than the file has bytes. SQLITE_IOERR_WRITE: also a quota that is used up. */
static ari_code code_of(const ari_store *store, int result) {
  if (store->writing && (result & 0xff) == SQLITE_READONLY) return ARI_F0617;
  switch (result) {
    case SQLITE_CANTOPEN_SYMLINK: return ARI_F0608;
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC: return ARI_F0614;
    default: break;
  }
  switch (result & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:
    case SQLITE_INTERRUPT: return ARI_F0601;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ARI_F0602;
    case SQLITE_FULL: return ARI_F0005;
    case SQLITE_READONLY: return ARI_F0603;
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return ARI_F0604;
    case SQLITE_IOERR: return ARI_F0011;
    default: return ARI_F0605;
  }
}

ari_status ari_store_failed(const ari_store *store, int result) {
  if ((result & 0xff) == SQLITE_NOMEM || result == SQLITE_IOERR_NOMEM) return ARI_NOMEM;
  const char *said = sqlite3_extended_errcode(store->db) == result ? sqlite3_errmsg(store->db) : sqlite3_errstr(result);
  ari_findings_add(store->fs, code_of(store, result), ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path), ari_arg_c(said)}});
  return ARI_MACHINE;
}

/* ---- opening ---- */

static int set_up(sqlite3 *db) {
  static const struct { int what, value; } settings[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_FKEY, 1}, {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0}};
  sqlite3_busy_timeout(db, BUSY_MS);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1);   /* a pattern in a hostile view can take for ever within one step */
  int result = SQLITE_OK;
  for (size_t i = 0; i < ARI_COUNT(settings) && result == SQLITE_OK; i++)
    result = sqlite3_db_config(db, settings[i].what, settings[i].value, (int *)NULL);
  return result == SQLITE_OK ? sqlite3_exec(db, "PRAGMA cell_size_check=ON", NULL, NULL, NULL) : result;
}

static int read_number(sqlite3 *db, const char *sql, int64_t *out) {
  sqlite3_stmt *query = NULL;
  int result = sqlite3_prepare_v2(db, sql, -1, &query, NULL);
  if (result == SQLITE_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    *out = sqlite3_column_int64(query, 0);
    result = SQLITE_OK;
  }
  sqlite3_finalize(query);
  return result;
}

/* A path as SQLite gets it: from the root on, so that no name is taken for a URI or for ":memory:"; links in folders resolved, for these the user made, while
 * NOFOLLOW is for the file itself, which somebody else could have replaced by a link. */
static ari_status resolve_path(const ari_store *store, char **real) {
  *real = ari_path_resolve(store->path);
  return *real ? ARI_OK : ari_file_failed(store->fs, ARI_NOWHERE, store->path, errno);
}

static int open_file(ari_store *store, const char *real, int flags) {
  int result = sqlite3_open_v2(real, &store->db, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  return result == SQLITE_OK ? set_up(store->db) : result;
}

static int read_size(sqlite3 *db, int64_t *size) {
  sqlite3_file *file = NULL;
  sqlite3_int64 bytes = 0;
  int result = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (result == SQLITE_OK) result = file->pMethods->xFileSize(file, &bytes);
  *size = bytes;
  return result;
}

/* SQLite itself misses that a file was cut within its last page. */
static int check_whole(sqlite3 *db, int64_t page) {
  int64_t size = 0;
  int result = read_size(db, &size);
  return result == SQLITE_OK && page > 0 && size % page != 0 ? SQLITE_CORRUPT : result;
}

static int out_of_steps(void *of) { return ((ari_store *)of)->steps-- <= 0; }

/* A damaged or hostile file can hold a tree that leads back into itself, or a view that never ends or asks for much memory: no honest reading takes more steps
 * than the file has bytes, and no value is longer. */
static int bound_reading(ari_store *store) {
  int64_t pages = 0, page = 0;
  int result = read_number(store->db, "PRAGMA page_count", &pages);
  if (result == SQLITE_OK) result = read_number(store->db, "PRAGMA page_size", &page);
  if (result == SQLITE_OK) result = check_whole(store->db, page);
  store->bytes = pages * page;
  store->steps = store->bytes / THOUSAND + THOUSAND;
  sqlite3_progress_handler(store->db, THOUSAND, out_of_steps, store);
  sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, store->bytes < INT_MAX ? (int)store->bytes : INT_MAX);
  return result;
}

/* One transaction, so that everything read is of the same moment. */
static int begin_reading(ari_store *store, const char *real, int flags, int64_t *id, int64_t *version) {
  int result = open_file(store, real, flags);
  if (result == SQLITE_OK) result = sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL);
  if (result == SQLITE_OK) result = read_number(store->db, "PRAGMA application_id", id);
  if (result == SQLITE_OK) result = read_number(store->db, "PRAGMA user_version", version);
  return result == SQLITE_OK ? bound_reading(store) : result;
}

static ari_status check_version(const ari_store *store, int64_t id, int64_t version) {
  bool ours = id == ARI_APPLICATION_ID && version > 0;
  if (ours && version <= VERSION) return ARI_OK;
  ari_findings_add(store->fs, ours ? ARI_F0606 : ARI_F0607, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path)}});
  return ARI_MACHINE;
}

/* A change that was broken off (power cut, kill) must be taken back before anything can be read: only then is the file opened for writing. */
ari_status ari_store_open(ari_store *store, const char *path, ari_findings *fs) {
  *store = (ari_store){.path = path, .fs = fs};
  char *real;
  ari_status status = resolve_path(store, &real);
  if (status != ARI_OK) return status;
  int64_t id = 0, version = 0;
  int result = begin_reading(store, real, SQLITE_OPEN_READONLY, &id, &version);
  if ((result & 0xff) == SQLITE_READONLY) {
    ari_store_close(store);
    result = begin_reading(store, real, SQLITE_OPEN_READWRITE, &id, &version);
  }
  ari_free(real);
  store->version = version;
  status = result == SQLITE_OK ? check_version(store, id, version) : ari_store_failed(store, result);
  if (status != ARI_OK) ari_store_close(store);
  return status;
}

/* ---- writing ---- */

/* Inside the lock: another program may have run them since the file was opened. */
static int run_migrations(sqlite3 *db, int64_t until) {
  char pragma[64];
  int64_t version = 0;
  int result = read_number(db, "PRAGMA user_version", &version);
  for (int64_t i = version; i < until && result == SQLITE_OK; i++) result = sqlite3_exec(db, MIGRATIONS[i], NULL, NULL, NULL);
  sqlite3_snprintf((int)sizeof pragma, pragma, "PRAGMA user_version=%d; PRAGMA application_id=%d", (int)until, ARI_APPLICATION_ID);
  return result == SQLITE_OK ? sqlite3_exec(db, pragma, NULL, NULL, NULL) : result;
}

ari_status ari_store_make(ari_store *store, const char *path, ari_findings *fs) {
  *store = (ari_store){.path = path, .fs = fs};
  char *real;
  ari_status status = resolve_path(store, &real);
  if (status != ARI_OK) return status;
  int result = open_file(store, real, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  ari_free(real);
  if (result == SQLITE_OK)
    result = sqlite3_exec(store->db, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; BEGIN IMMEDIATE", NULL, NULL, NULL);
  if (result == SQLITE_OK) result = run_migrations(store->db, VERSION);
  if (result == SQLITE_OK) return ARI_OK;
  status = ari_store_failed(store, result);
  ari_store_close(store);
  return status;
}

#define WRITER_KIB "262144"   /* what is written stays in memory until it is committed, so that others can read until then */

/* Waits for others who write: all waits of one writer together have an end. */
static int wait_for_others(void *of, int tries) {
  ari_store *store = of;
  (void)tries;
  if (store->waited >= WRITER_MS) return 0;
  sqlite3_sleep(PAUSE_MS);
  store->waited += PAUSE_MS;
  return 1;
}

/* Whoever waited may now hold a file that has lost its name: nothing written there would ever be seen. */
static int check_place(sqlite3 *db) {
  int moved = 0;
  int result = sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return result == SQLITE_OK && moved ? SQLITE_BUSY : result;
}

/* Only this writer can write into the file. */
static bool is_locked(sqlite3 *db) {
  int lock = SQLITE_LOCK_NONE;
  return sqlite3_file_control(db, "main", SQLITE_FCNTL_LOCKSTATE, &lock) == SQLITE_OK && lock >= SQLITE_LOCK_RESERVED;
}

/* A new file stays locked until it is closed, also when the change fails: else somebody could write into it before it is removed. */
static int begin_writing(ari_store *store, const char *real, int flags, bool new, int64_t *size) {
  int result = open_file(store, real, flags);
  if (result == SQLITE_OK) result = sqlite3_busy_handler(store->db, wait_for_others, store);
  if (result == SQLITE_OK && new) result = sqlite3_exec(store->db, "PRAGMA locking_mode=EXCLUSIVE", NULL, NULL, NULL);
  if (result == SQLITE_OK) result = sqlite3_exec(store->db, "PRAGMA synchronous=FULL; PRAGMA cache_size=-" WRITER_KIB "; BEGIN IMMEDIATE", NULL, NULL, NULL);
  store->fresh = new && is_locked(store->db) && check_place(store->db) == SQLITE_OK && read_size(store->db, size) == SQLITE_OK && *size == 0;
  if (result == SQLITE_OK) result = check_place(store->db);
  return result == SQLITE_OK ? read_size(store->db, size) : result;
}

/* A change of the schema could do something else than what is asked for with whatever is written. */
static ari_status check_schema(ari_store *store) {
  bool same = false;
  ari_status status = ari_store_has_own_schema(store, &same);
  if (status != ARI_OK || same) return status;
  ari_findings_add(store->fs, ARI_F0618, ARI_NOWHERE, &(ari_args){{ari_arg_c(store->path)}});
  return ARI_MACHINE;
}

static ari_status check_before_writing(ari_store *store) {
  int64_t id = 0;
  int result = read_number(store->db, "PRAGMA application_id", &id);
  if (result == SQLITE_OK) result = read_number(store->db, "PRAGMA user_version", &store->version);
  if (result == SQLITE_OK) result = bound_reading(store);
  ari_status status = result == SQLITE_OK ? check_version(store, id, store->version) : ari_store_failed(store, result);
  return status == ARI_OK ? check_schema(store) : status;
}

ari_status ari_store_find_end(ari_store *store) {
  sqlite3_stmt *query = NULL;
  ari_str head;
  ari_status status = ari_store_prepare(store, "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1", &query);
  int result = status == ARI_OK ? sqlite3_step(query) : SQLITE_DONE;
  if (result == SQLITE_ROW) {
    store->seq = sqlite3_column_int64(query, 0);
    status = ari_store_text(store, query, 1, &head);
    if (status == ARI_OK && head.n != sizeof store->head - 1) status = ari_store_failed(store, SQLITE_CORRUPT);
    if (status == ARI_OK) memcpy(store->head, head.p, head.n);
  } else if (result != SQLITE_DONE) status = ari_store_failed(store, result);
  sqlite3_finalize(query);
  return status;
}

/* Inside the lock everything is read, checked and written; nothing is left of it unless it is committed. */
ari_status ari_store_write(ari_store *store, const char *path, bool make, ari_findings *fs) {
  *store = (ari_store){.path = path, .fs = fs, .writing = true};
  char *real;
  ari_status status = resolve_path(store, &real);
  if (status != ARI_OK) return status;
  int64_t size = 0;
  bool new = make && ari_path_what(path) == ARI_PATH_NONE;
  int result = begin_writing(store, real, SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE : 0), new, &size);
  ari_free(real);
  if (result != SQLITE_OK) status = ari_store_failed(store, result);
  else if (!make || size) status = check_before_writing(store);
  if (status == ARI_OK && store->version < VERSION) {
    result = run_migrations(store->db, VERSION);
    status = result == SQLITE_OK ? ARI_OK : ari_store_failed(store, result);
    store->version = VERSION;
  }
  if (status == ARI_OK) status = ari_store_find_end(store);
  if (status != ARI_OK) ari_store_close(store);
  return status;
}

void ari_store_unbound(ari_store *store) {
  sqlite3_progress_handler(store->db, 0, NULL, NULL);
  sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, INT_MAX);
  store->bytes = INT64_MAX / 2;
}

ari_status ari_store_make_sample(ari_store *store, int64_t version, ari_findings *fs) {
  *store = (ari_store){.path = ":memory:", .fs = fs, .version = version};
  int result = sqlite3_open_v2(store->path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result == SQLITE_OK) result = set_up(store->db);
  if (result == SQLITE_OK) result = run_migrations(store->db, version);
  if (result == SQLITE_OK) return ARI_OK;
  ari_status status = ari_store_failed(store, result);
  ari_store_close(store);
  return status;
}


ari_status ari_store_open_copy(ari_store *store, const char *path, const char *temp, ari_findings *fs) {
  *store = (ari_store){.path = path, .fs = fs};
  char *real = ari_path_resolve(temp);
  if (!real) return ari_file_failed(fs, ARI_NOWHERE, path, errno);
  int result = open_file(store, real, SQLITE_OPEN_READWRITE);
  ari_free(real);
  if (result == SQLITE_OK) result = sqlite3_exec(store->db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", NULL, NULL, NULL);
  if (result == SQLITE_OK) return ARI_OK;
  ari_status status = ari_store_failed(store, result);
  ari_store_close(store);
  return status;
}

ari_status ari_store_commit(ari_store *store) {
  int result = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
  if (result == SQLITE_OK) store->fresh = false;
  return result == SQLITE_OK ? ARI_OK : ari_store_failed(store, result);
}

/* A file that came to nothing goes while it is still locked, so that nobody else can have written into it; so does a journal that could not be taken back. */
void ari_store_close(ari_store *store) {
  if (store->db && store->fresh && is_locked(store->db)) {
    const char *real = sqlite3_db_filename(store->db, "main");
    ari_file_remove(real);
    ari_file_remove(sqlite3_filename_journal(real));
  }
  sqlite3_close(store->db);
  store->db = NULL;
}

/* ---- statements ---- */

ari_status ari_store_prepare(ari_store *store, const char *sql, struct sqlite3_stmt **out) {
  int result = sqlite3_prepare_v2(store->db, sql, -1, out, NULL);
  return result == SQLITE_OK ? ARI_OK : ari_store_failed(store, result);
}

ari_status ari_store_number(ari_store *store, const char *sql, int64_t *out) {
  int result = read_number(store->db, sql, out);
  return result == SQLITE_OK ? ARI_OK : ari_store_failed(store, result);
}

ari_status ari_store_text(const ari_store *store, struct sqlite3_stmt *query, int column, ari_str *out) {
  out->p = (const char *)sqlite3_column_text(query, column);
  out->n = (size_t)sqlite3_column_bytes(query, column);
  if (out->p) return ARI_OK;
  return ari_store_failed(store, sqlite3_column_type(query, column) == SQLITE_NULL ? SQLITE_CORRUPT : SQLITE_NOMEM);
}

ari_status ari_store_text_or_null(const ari_store *store, struct sqlite3_stmt *query, int column, ari_str *out) {
  *out = (ari_str){0};
  return sqlite3_column_type(query, column) == SQLITE_NULL ? ARI_OK : ari_store_text(store, query, column, out);
}

ari_status ari_store_insert(ari_store *store, struct sqlite3_stmt *insert) {
  int result = sqlite3_step(insert);
  if (result == SQLITE_DONE) result = SQLITE_OK;
  int again = sqlite3_reset(insert);
  if (result == SQLITE_OK) result = again;
  return result == SQLITE_OK ? ARI_OK : ari_store_failed(store, result);
}

void ari_bind_text(struct sqlite3_stmt *statement, int place, ari_str text) {
  if (text.p) sqlite3_bind_text64(statement, place, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
  else sqlite3_bind_null(statement, place);
}

void ari_bind_figure(struct sqlite3_stmt *statement, int place, bool there, int64_t e12) {
  if (there) sqlite3_bind_int64(statement, place, e12);
  else sqlite3_bind_null(statement, place);
}
