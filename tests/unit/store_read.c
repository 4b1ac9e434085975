/* Reading a database: the same figures as from the files, and every way in which it can be wrong, told and never fatal (src/README.md, "The store", "Safety"). */
#include "store_fixture.h"

#include <sys/wait.h>

/* Everything that comes of a work, as one text: what was found, the ranking, the points. */
static const char *outcome_of(ari_work *work, ari_status status) {
  static char texts[2][65536];
  static int next;
  char *out = texts[next++ % 2];
  if (status == ARI_OK) status = ari_work_score(work);
  snprintf(out, sizeof texts[0], "%d\n%.60000s", status, findings_of(work));
  ari_sink sink = {add_text, out};
  if (status == ARI_OK && (ari_write_ranking_csv(work, sink) != ARI_OK || ari_write_scores_csv(work, sink) != ARI_OK)) strcpy(out, "not written");
  return out;
}

static ari_status read_with(const ari_options *options, const char *path, const char *round, ari_work **work) {
  *work = ari_work_new(options);
  return ari_work_read_database(*work, path, round);
}

static const char *outcome_from(const ari_options *options, const char *path) {
  ari_work *work;
  ari_status status = read_with(options, path, NULL, &work);
  const char *out = outcome_of(work, status);
  ari_work_free(work);
  return out;
}

/* Reading must come to `status` with this one finding and no other; code NULL: with none. */
static void expect(const char *path, const char *round, ari_status want, const char *code, const char *name) {
  ari_options options = plain_options();
  options.period = NULL;
  ari_work *work;
  ari_status status = read_with(&options, path, round, &work);
  bool good = status == want && (code ? told(work, code) == 1 && work->findings.n == 1 : !work->findings.n);
  if (!ok(good, name)) printf("# status %d\n# %s", status, findings_of(work));
  ari_work_free(work);
}

static const char *changed(const char *from, const char *sql) {
  const char *to = place("changed.db");
  copy_file(from, to);
  run_sql(to, sql);
  return to;
}

/* ---- the same figures ---- */

static void compare(const ari_options *options, const ari_options *later, const char *evidence, const char *name) {
  const char *db = place("same.db");
  unlink(db);
  ari_work *work = score_with(options, evidence);
  if (ari_store_write_trial(work, db) != ARI_OK) exit(1);
  const char *files = outcome_of(work, ARI_OK);
  is(outcome_from(later, db), files, name);
  ari_work_free(work);
}

static void test_same_figures(void) {
  ari_options options = store_options(), later = plain_options();
  compare(&options, &options, EVIDENCE, "a database gives what its files gave");
  later.period = NULL;
  later.lang = options.lang = ARI_VI;
  compare(&options, &later, EVIDENCE, "the period asked for then counts now");
  compare(&options, &options, EVIDENCE, "and may be asked for again");
  options.keep_going = true;
  compare(&options, &later, "agency,x.n,x.of\na,1,2\nb,3,2\n", "agencies in error are set aside again, and told again");
  compare(&options, &later, "agency,x.n,x.of\na,1,2\nb,mười,2\n", "also those whose evidence cannot be read");
  options.period = NULL;
  compare(&options, &later, "agency,period,x.n,x.of\na,2026-03,1,2\nb,,1,2\n", "evidence without a period stays so when none was asked for");
}

static void test_period(const char *db) {
  ari_options options = plain_options();
  options.period = "2025";
  ari_work *work;
  ok(read_with(&options, db, NULL, &work) == ARI_INPUT && told(work, "E0613") == 1 && work->findings.n == 1, "a round is not read as one of another period");
  ari_work_free(work);
  options.period = "later";
  ok(read_with(&options, db, NULL, &work) == ARI_MISUSE && told(work, "E0801") == 1, "nor with what is no period");
  ari_work_free(work);
  options.period = NULL;
  ok(read_with(&options, db, NULL, &work) == ARI_OK && ari_work_read_database(work, db, NULL) == ARI_MISUSE, "one database for one computation");
  ari_work_free(work);
}

static void test_rounds(const char *db) {
  expect(db, "trial", ARI_OK, NULL, "a round by its name");
  expect(db, "tria", ARI_INPUT, "E0610", "a name that is not there");
  const char *two = changed(db, "INSERT INTO round SELECT 'another', set_id, period, 'collecting', asked, keep_going, engine, entry, deadline, stated FROM round");
  expect(two, NULL, ARI_INPUT, "E0611", "which of two rounds?");
  expect(two, "trial", ARI_OK, NULL, "the one named");
  const char *none = changed(db, "PRAGMA foreign_keys = OFF; DELETE FROM round");
  expect(none, NULL, ARI_INPUT, "E0612", "a database without rounds");
  expect(none, "trial", ARI_INPUT, "E0612", "whatever is asked for");
}

/* ---- what was changed ---- */

static void test_changed(const char *db) {
  expect(changed(db, "DROP TRIGGER file_keep; UPDATE file SET bytes = CAST(replace(CAST(bytes AS TEXT), '20,20', '19,20') AS BLOB) WHERE id = 3"), NULL, ARI_MACHINE,
         "F0609", "bytes that SQL has changed");
  expect(changed(db, "DROP TRIGGER file_keep; UPDATE file SET sha256 = 'x' WHERE id = 1"), NULL, ARI_MACHINE, "F0609", "a hash that was changed");
  expect(changed(db, "DROP TRIGGER file_keep; UPDATE file SET kind = 'minutes' WHERE id = 3"), NULL, ARI_MACHINE, "F0606", "a kind of file that is not known");
  expect(changed(db, "PRAGMA user_version = 3"), NULL, ARI_MACHINE, "F0606", "made by a newer version");
  expect(changed(db, "PRAGMA user_version = 0"), NULL, ARI_MACHINE, "F0607", "made by nobody");
  expect(changed(db, "PRAGMA user_version = -1"), NULL, ARI_MACHINE, "F0607", "nor by anybody");
  expect(changed(db, "PRAGMA application_id = 1"), NULL, ARI_MACHINE, "F0607", "of another program");
  expect(changed(db, "DROP TABLE file"), NULL, ARI_MACHINE, "F0605", "without one of its tables");
  expect(changed(db, "UPDATE round SET period = 'soon'"), NULL, ARI_MACHINE, "F0601", "a period that is none");
  expect(changed(db, "UPDATE round SET asked = 'soon'"), NULL, ARI_MACHINE, "F0601", "nor the one asked for");
  static char bytes[1 << 20];
  size_t n = read_bytes(db, bytes, sizeof bytes);
  for (size_t i = 0; i + 8 < n; i++)
    if (memcmp(bytes + i, "a,1,3,3.5", 9) == 0) bytes[i + 2] = '2';
  put_bytes(place("flipped.db"), bytes, n);
  expect(place("flipped.db"), NULL, ARI_MACHINE, "F0609", "a byte that was changed in the file");
}

/* Tables that are none, rows that cannot be: nothing here may wait for ever, or ask for more memory than the file has bytes. */
static void test_hostile(const char *db) {
#define REPLACED "DROP TABLE file; CREATE VIEW file AS SELECT r.*, 0 AS revision, 0 AS turn FROM raw r; CREATE VIEW raw(id, round, sha256, kind, name, bytes) AS "
  expect(changed(db, REPLACED "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, 'r' || i, '', '', '', '' FROM n"), NULL, ARI_MACHINE, "F0601",
         "a view that never ends");
  expect(changed(db, REPLACED "SELECT 1, 'trial', '', 'evidence', 'big', zeroblob(250000000)"), NULL, ARI_MACHINE, "F0601", "a file larger than the database");
  expect(changed(db, REPLACED "SELECT 1, 'trial', '', 'x' || length(randomblob(1000000)), 'x', ''"), NULL, ARI_MACHINE, "F0601", "a value that is made large");
  expect(changed(db, REPLACED "SELECT 1, '', '', '', '', ''"), NULL, ARI_MACHINE, "F0601", "a round without criteria");
  expect(changed(db, REPLACED "SELECT 1, 'trial', '', 'evidence', NULL, ''"), NULL, ARI_MACHINE, "F0601", "a file without a name");
  expect(changed(db, REPLACED "SELECT 1, 'trial', '', sql, 'x', '' FROM sqlite_stmt"), NULL, ARI_MACHINE, "F0605", "a view of what it must not see");
  expect(changed(db, REPLACED "SELECT 1, 'trial', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'criteria', 'empty', ''"), NULL, ARI_INPUT, "E0106",
         "an empty file of criteria");
  expect(changed(db, REPLACED "SELECT 1, 'trial', '', 'criteria', CAST(x'2fff0a41' AS TEXT), x'00'"), NULL, ARI_MACHINE, "F0609", "a name that is no text");
  expect(changed(db, REPLACED "SELECT 1, 'trial', '', 'evidence', 'x', '' WHERE printf('%.*c', 5000, 'a') LIKE '%a%a%a%a%a%a%a%b'"), NULL, ARI_MACHINE, "F0605", "a pattern that takes for ever");
  expect(changed(db, "DROP TABLE round; CREATE VIEW round(id) AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"), NULL, ARI_MACHINE,
         "F0601", "rounds without end");
}

/* ---- what is damaged ---- */

static void test_truncated(const char *db) {
  static char bytes[1 << 20];
  size_t n = read_bytes(db, bytes, sizeof bytes);
  int tried = 0, good = 0;
  const char *path = place("short.db");
  ari_options options = plain_options();
  for (size_t length = 0; length < n; length += length < 200 ? 1 : length % 4096 == 0 ? 1 : length % 4096 == 1 ? 700 : 4095 - (length - 1) % 4096) {
    put_bytes(path, bytes, length);
    ari_work *work;
    ari_status status = read_with(&options, path, NULL, &work);
    bool right = status == ARI_MACHINE && work->findings.failures == 1 && work->findings.n == 1;
    if (!right) printf("# %zu bytes: status %d, %s\n", length, status, findings_of(work));
    tried++;
    good += right;
    ari_work_free(work);
  }
  ok(tried > 200 && good == tried, "a file cut short anywhere is told, with the status of the machine");
}

static void test_mutated(const char *db) {
  static char bytes[1 << 20], work_bytes[1 << 20];
  size_t n = read_bytes(db, bytes, sizeof bytes);
  const char *path = place("mutated.db");
  char before[65536];
  uint64_t seed = 2026;
  ari_options options = plain_options();
  options.period = NULL;
  snprintf(before, sizeof before, "%s", outcome_from(&options, db));
  int wrong = 0, harmless = 0, refused = 0;
  for (int i = 0; i < 400; i++) {
    memcpy(work_bytes, bytes, n);
    for (int k = 0; k <= i % 8; k++) {
      seed = seed * 6364136223846793005U + 1442695040888963407U;
      size_t at = (size_t)(seed >> 33) % n;
      if (i % 3 == 0) at = at % 4096 % 200 + at / 4096 * 4096;   /* heads of pages, where the tree is */
      work_bytes[at] = (char)(seed >> 20);
    }
    put_bytes(path, work_bytes, n);
    ari_work *work;
    ari_status status = read_with(&options, path, NULL, &work);
    if (status == ARI_OK) harmless += strcmp(outcome_of(work, status), before) == 0;
    if (status == ARI_OK && !work->result) wrong++;
    if (status != ARI_OK) refused++;
    if (status == ARI_NOMEM || (status != ARI_OK && !work->findings.n)) wrong++;
    ari_work_free(work);
  }
  printf("# %d read as before, %d refused\n", harmless, refused);
  ok(wrong == 0 && refused > 40 && harmless > 40, "whatever bytes are changed, it is read or refused with a word");
}

/* ---- what the machine does ---- */

static void test_names(const char *db) {
  char here[400];
  const char *link = place("link.db"), *far = place("far");
  ok(symlink(db, link) == 0 && symlink(folder, far) == 0, "links are made");
  expect(link, NULL, ARI_MACHINE, "F0608", "a link in place of the file is not followed");
  expect(place("far/ari.db"), NULL, ARI_OK, NULL, "a link to its folder is");
  if (!getcwd(here, sizeof here) || chdir(folder) != 0) exit(1);
  copy_file("ari.db", ":memory:");
  copy_file("ari.db", "file:x.db?mode=memory");
  expect("ari.db", NULL, ARI_OK, NULL, "a name without a folder");
  expect(":memory:", NULL, ARI_OK, NULL, "a name is a name");
  expect("file:x.db?mode=memory", NULL, ARI_OK, NULL, "and never an address");
  expect("none.db", NULL, ARI_MACHINE, "F0604", "no file");
  expect("none/ari.db", NULL, ARI_MACHINE, "F0002", "no folder");
  if (chdir(here) != 0) exit(1);
  put_file("empty", "");
  put_file("text", "SQLite format 2 or so, and more text behind it\n");
  ok(ari_is_database(db) && !ari_is_database(place("empty")) && !ari_is_database(place("text")) && !ari_is_database(folder) && !ari_is_database(place("none")),
     "the first bytes tell a database");
  expect(place("empty"), NULL, ARI_MACHINE, "F0607", "an empty file");
  expect(place("text"), NULL, ARI_MACHINE, "F0601", "a text");
}

/* Leaves the database as a kill or a power cut in the middle of a change does: pages written, the journal beside. */
static void break_off(const char *path) {
  const char *half = place("half.db"), *journal = place("half.db-journal");
  char beside[400];
  snprintf(beside, sizeof beside, "%s-journal", path);
  copy_file(path, half);
  sqlite3 *db = open_plain(half);
  sqlite3_exec(db, "PRAGMA cache_size = 1; BEGIN; UPDATE round SET state = 'half', asked = '2025'; CREATE TABLE filler(x);"
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO filler SELECT zeroblob(1000) FROM n;", NULL, NULL, NULL);
  copy_file(half, path);
  copy_file(journal, beside);
  sqlite3_close(db);
}

static void test_broken_off(const char *db) {
  const char *path = place("broken.db"), *journal = place("broken.db-journal");
  char before[65536];
  ari_options options = plain_options();
  snprintf(before, sizeof before, "%s", outcome_from(&options, db));
  copy_file(db, path);
  break_off(path);
  ok(ari_path_what(journal) == ARI_PATH_FILE, "a change is broken off");
  static char bytes[1 << 20];
  char head[8];
  size_t n = read_bytes(path, bytes, sizeof bytes);
  ok(n > 200000 && read_bytes(journal, head, 8) == 8 && memcmp(head, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8) == 0, "after pages were written");
  is(outcome_from(&options, path), before, "what was there before is read");
  ok(ari_path_what(journal) == ARI_PATH_NONE && rows_of(path, "SELECT state FROM round")[0] == 't', "and is there again");
}

static void test_read_only(const char *db) {
  make_folder("media");
  const char *path = place("media/ari.db"), *media = place("media");
  copy_file(db, path);
  chmod(path, 0444);
  chmod(media, 0555);
  become_nobody();
  expect(path, NULL, ARI_OK, NULL, "a file in a folder that may only be read");
  become_oneself();
  chmod(path, 0644);
  chmod(media, 0755);
  break_off(path);
  chmod(path, 0444);
  chmod(media, 0555);
  become_nobody();
  expect(path, NULL, ARI_MACHINE, "F0603", "a change broken off cannot be taken back there");
  become_oneself();
  chmod(media, 0755);
  unlink(path);
  unlink(place("media/ari.db-journal"));
  copy_file(db, path);
  run_sql(path, "PRAGMA journal_mode = WAL");
  chmod(path, 0444);
  chmod(media, 0555);
  become_nobody();
  expect(path, NULL, ARI_MACHINE, "F0603", "nor is a WAL read there");
  become_oneself();
  chmod(media, 0755);
  expect(path, NULL, ARI_OK, NULL, "elsewhere it is");
}

/* A writer who is done within the five seconds is waited for. */
static void test_waiting(const char *db) {
  const char *path = place("busy.db");
  int ends[2];
  char byte;
  copy_file(db, path);
  fflush(stdout);
  if (pipe(ends) != 0) exit(1);
  pid_t pid = fork();
  if (pid == 0) {
    sqlite3 *other = open_plain(path);
    if (sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK) _exit(1);
    if (write(ends[1], "x", 1) != 1) _exit(1);
    sqlite3_sleep(150);
    sqlite3_exec(other, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(other);
    _exit(0);
  }
  if (read(ends[0], &byte, 1) != 1) exit(1);
  expect(path, NULL, ARI_OK, NULL, "a writer is waited for");
  int status;
  waitpid(pid, &status, 0);
  close(ends[0]);
  close(ends[1]);
}

/* ---- what may be replaced ---- */

static void expect_replace(const char *path, const char *code, const char *name) {
  ari_findings fs = {0};
  ari_status status = ari_store_may_replace(path, &fs);
  bool good = code ? status == ARI_MACHINE && fs.n == 1 && strcmp(ari_code_name(fs.items[0].code), code) == 0 : status == ARI_OK && !fs.n;
  if (!ok(good, name)) printf("# status %d, %s\n", status, fs.n ? ari_code_name(fs.items[0].code) : "nothing");
  ari_findings_free(&fs);
}

static void test_replace(const char *db) {
  expect_replace(place("none.db"), NULL, "nothing is there");
  expect_replace(db, NULL, "a trial");
  expect_replace(changed(db, "DELETE FROM round"), NULL, "nothing in it");
  expect_replace(changed(db, "UPDATE round SET state = 'collecting'"), "F0710", "a real round");
  expect_replace(changed(db, "INSERT INTO round SELECT '2026', set_id, period, 'published', asked, keep_going, engine, entry, deadline, stated FROM round"), "F0710",
                 "a real round beside a trial");
  expect_replace(changed(db, "PRAGMA user_version = 3"), "F0606", "a newer one");
  expect_replace(changed(db, "PRAGMA application_id = 0"), "F0607", "another program's");
  expect_replace(changed(db, "DROP TABLE round"), "F0605", "one that cannot be looked into");
  expect_replace(place("link.db"), "F0608", "a link to one");
  expect_replace(place("text"), "F0711", "a text");
  expect_replace(place("empty"), "F0711", "an empty file");
  expect_replace(folder, "F0711", "a folder");
  ari_findings fs = {0};
  const char *to = place("put.db"), *from = place("from.db");
  copy_file(db, from);
  ok(ari_store_replace(from, to, &fs) == ARI_OK && ari_path_what(from) == ARI_PATH_NONE && ari_path_what(to) == ARI_PATH_FILE, "it is put there");
  /* The journal of a database that was taken away by hand would otherwise be played into the new one. */
  break_off(to);
  unlink(to);
  copy_file(db, from);
  ok(ari_store_replace(from, to, &fs) == ARI_OK && ari_path_what(place("put.db-journal")) == ARI_PATH_NONE, "without the journal of another");
  is(rows_of(to, "SELECT count(*) FROM file"), "3\n", "and is whole");
  run_sql(to, "UPDATE round SET state = 'final'");
  copy_file(db, from);
  ok(ari_store_replace(from, to, &fs) == ARI_MACHINE && fs.n == 1 && fs.items[0].code == ARI_F0710 && ari_path_what(from) == ARI_PATH_FILE, "a real round stays");
  ari_findings_free(&fs);
}

int main(void) {
  start_folder();
  char db[400];
  snprintf(db, sizeof db, "%s", place("ari.db"));
  make_database(db);
  test_same_figures();
  test_period(db);
  test_rounds(db);
  test_changed(db);
  test_hostile(db);
  test_truncated(db);
  test_mutated(db);
  test_names(db);
  test_broken_off(db);
  if (is_reachable()) test_read_only(db);
  test_waiting(db);
  test_replace(db);
  end_folder();
  return done();
}
