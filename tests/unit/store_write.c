/* What `ari run` leaves in the database, read by SQLite alone: rows, guards, the chain of the log (src/README.md, "The store"). */
#include "store_fixture.h"

#include <signal.h>
#include <sys/resource.h>

static void test_rows(const char *db) {
  is(rows_of(db, "SELECT id, set_id, period, state, asked, keep_going, engine, entry FROM round"), "trial|t|2026|trial|2026|0|" ARI_VERSION "|1\n", "the round");
  is(rows_of(db, "SELECT round, agency, node, state, points_e12, max_e12, claimed_e12 FROM result"),
     "trial|a|total|final|23330000000000|30000000000000|-\n"
     "trial|a|f||23330000000000|30000000000000|-\n"
     "trial|a|x|scored|3330000000000|10000000000000|3500000000000\n"
     "trial|a|y|scored|20000000000000|20000000000000|-\n"
     "trial|b|total|final|5000000000000|10000000000000|-\n"
     "trial|b|f||5000000000000|10000000000000|-\n"
     "trial|b|x|scored|5000000000000|10000000000000|-\n"
     "trial|b|y|empty|-|0|-\n"
     "trial|c|total|absent|-|-|-\n", "the rows of ari score, in their order");
  is(rows_of(db, "SELECT round, agency, grp, rank, points_e12, max_e12, index_e12, grade, state FROM ranking"),
     "trial|a|g|1|23330000000000|30000000000000|77770000000000|good|final\n"
     "trial|b|g|2|5000000000000|10000000000000|50000000000000|good|final\n"
     "trial|c|h|1|-|-|-||absent\n", "the rows of ari rank, in their order");
  char want[2000];
  snprintf(want, sizeof want, "1|trial|criteria|%s/set/criteria.yaml|2\n2|trial|agencies|%s/set/agencies.csv|3\n3|trial|evidence|%s/evidence.csv|4\n", folder, folder,
           folder);
  is(rows_of(db, "SELECT id, round, kind, name, entry FROM file"), want, "the files with their paths as written, each with its entry of the log");
  is(rows_of(db, "SELECT typeof(bytes), CAST(bytes AS TEXT) FROM file WHERE id = 2"), "blob|id,name,group\na,Sở A,g\nb,Sở B,g\nc,Xã C,h\n\n", "and their bytes");
  is(rows_of(db, "SELECT count(*) FROM log, file WHERE log.seq = file.entry AND log.file = file.sha256 AND log.action = 'accept'"), "3\n",
     "the log names the hash of each file");
  snprintf(want, sizeof want, "open|t --period 2026\naccept|criteria %s/set/criteria.yaml\naccept|agencies %s/set/agencies.csv\naccept|evidence %s/evidence.csv\n"
           "score|" ARI_VERSION "\n", folder, folder, folder);
  is(rows_of(db, "SELECT action, detail FROM log ORDER BY seq"), want, "what was done, with the options that change results");
  is(rows_of(db, "SELECT DISTINCT at, actor, round, reason FROM log"), "1000|Người chạy|trial|-\n", "when and by whom");
}

static void test_header(const char *db) {
  is(rows_of(db, "PRAGMA application_id"), "1095911729\n", "the file says whose it is");
  is(rows_of(db, "PRAGMA user_version"), "2\n", "and how many migrations have been run");
  is(rows_of(db, "PRAGMA journal_mode"), "delete\n", "no WAL: it could not be read from read-only media");
  is(rows_of(db, "SELECT count(*), min(strict) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"), "6|1\n", "six tables, all STRICT");
  is(rows_of(db, "PRAGMA integrity_check"), "ok\n", "whole");
  is(rows_of(db, "PRAGMA foreign_key_check"), "", "and consistent");
}

/* Each must be refused with these words and change nothing. */
static void test_guards(const char *db) {
  static const char log_words[] = "the log is only added to", file_words[] = "accepted files stay";
  static const struct { const char *sql, *words; } attempts[] = {
    {"UPDATE log SET reason = 'x' WHERE seq = 2", log_words},
    {"UPDATE OR REPLACE log SET seq = 1 WHERE seq = 2", log_words},
    {"DELETE FROM log WHERE seq = 5", log_words},
    {"DELETE FROM log", log_words},
    {"INSERT OR REPLACE INTO log SELECT 2, 0, '', 'forged', NULL, NULL, NULL, NULL, '', ''", log_words},
    {"REPLACE INTO log SELECT * FROM log WHERE seq = 1", log_words},
    {"INSERT OR IGNORE INTO log SELECT 2, 0, '', 'forged', NULL, NULL, NULL, NULL, '', ''", log_words},
    {"INSERT INTO log SELECT 2, 0, '', 'forged', NULL, NULL, NULL, NULL, '', '' WHERE 1 ON CONFLICT(seq) DO UPDATE SET action = 'forged'", log_words},
    {"INSERT INTO log SELECT 7, 0, '', 'gap', NULL, NULL, NULL, NULL, '', ''", log_words},
    {"INSERT INTO log SELECT 0, 0, '', 'before', NULL, NULL, NULL, NULL, '', ''", log_words},
    {"UPDATE file SET name = 'x'", file_words},
    {"UPDATE file SET bytes = zeroblob(3) WHERE id = 3", file_words},
    {"DELETE FROM file WHERE id = 3", file_words},
    {"INSERT OR REPLACE INTO file SELECT 3, 'trial', '', 'evidence', 'forged', zeroblob(1), 1, 0, 0", file_words},
    {"REPLACE INTO file SELECT * FROM file", file_words},
    {"INSERT OR IGNORE INTO file SELECT 5, 'trial', '', 'evidence', 'gap', zeroblob(1), 1, 0, 0", file_words},
    {"INSERT INTO log SELECT 6, 'soon', '', '', NULL, NULL, NULL, NULL, '', ''", "cannot store TEXT value in INTEGER column log.at"},
    {"INSERT INTO file SELECT 4, 'trial', '', 'evidence', 'x', 'text', 1, 0, 0", "cannot store TEXT value in BLOB column file.bytes"},
  };
  for (size_t i = 0; i < ARI_COUNT(attempts); i++) is(rows_of(db, attempts[i].sql), attempts[i].words, attempts[i].sql);
  is(rows_of(db, "INSERT INTO log SELECT 6, 0, '', 'next', NULL, NULL, NULL, NULL, '', ''"), "", "the next entry may be added");
}

/* The chain as anybody can walk it: the lines that store.h describes, hashed; "" before the first. */
static void test_chain(const char *db) {
  sqlite3 *plain = open_plain(db);
  sqlite3_stmt *query;
  if (sqlite3_prepare_v2(plain, "SELECT seq, at, actor, action, round, file, reason, detail, prev, hash FROM log ORDER BY seq", -1, &query, NULL)) exit(1);
  char prev[65] = "";
  int n = 0, good = 0;
  while (sqlite3_step(query) == SQLITE_ROW) {
    static char text[65536];
    int used = snprintf(text, sizeof text, "ari log 1\n%s\n%s\n", sqlite3_column_text(query, 0), sqlite3_column_text(query, 1));
    for (int i = 2; i < 9; i++) {
      const char *field = i == 8 ? prev : (const char *)sqlite3_column_text(query, i);
      if (field) used += snprintf(text + used, sizeof text - (size_t)used, "%zu:%s\n", strlen(field), field);
      else used += snprintf(text + used, sizeof text - (size_t)used, "-\n");
    }
    char hash[65];
    ari_sha256(text, (size_t)used, hash);
    n++;
    good += strcmp((const char *)sqlite3_column_text(query, 8), prev) == 0 && strcmp((const char *)sqlite3_column_text(query, 9), hash) == 0;
    memcpy(prev, hash, sizeof prev);
  }
  sqlite3_finalize(query);
  sqlite3_close(plain);
  ok(n == 5 && good == 5, "every entry of the log carries the hash of the one before and its own");
}

static void test_chain_head(const char *path) {
  ari_findings fs = {0};
  ari_store store;
  ok(ari_store_make(&store, path, &fs) == ARI_OK && store.seq == 0 && !*store.head, "a new database has an empty log");
  ari_log_entry entry = {.at = -1, .actor = ARI_STR(""), .action = ARI_STR("try"), .reason = ARI_STR("")};
  ok(ari_log_add(&store, &entry) == ARI_OK && store.seq == 1, "an entry is added");
  char hash[65], first[65];
  static const char text[] = "ari log 1\n1\n-1\n0:\n3:try\n-\n-\n0:\n-\n0:\n";
  ari_sha256(text, sizeof text - 1, hash);
  is(store.head, hash, "an empty text and none at all are different things to the hash");
  memcpy(first, store.head, sizeof first);
  ok(ari_log_add(&store, &entry) == ARI_OK && store.seq == 2 && strcmp(store.head, first) != 0, "the same entry again has another hash");
  ari_store_close(&store);
  is(rows_of(path, "SELECT count(*) FROM sqlite_schema"), "0\n", "what was not committed is not there");
  ok(fs.n == 0, "nothing is told");
  ari_findings_free(&fs);
}

static const char *dump_of(const char *db, char *out, size_t room) {
  static const char *const tables[] = {"log", "round", "file", "result", "ranking"};
  size_t used = 0;
  for (size_t i = 0; i < ARI_COUNT(tables); i++) {
    char sql[60];
    snprintf(sql, sizeof sql, "SELECT * FROM %s", tables[i]);
    used += (size_t)snprintf(out + used, room - used, "%s\n%s", tables[i], rows_of(db, sql));
  }
  return out;
}

static void test_same_rows(const char *db) {
  static char first[65536], second[65536];
  const char *other = place("other.db");
  make_database(other);
  is(dump_of(other, first, sizeof first), dump_of(db, second, sizeof second), "the same inputs, options and time give the same rows");
}

static void test_options(void) {
  const char *db = place("options.db");
  ari_options options = store_options();
  options.period = NULL;
  options.keep_going = true;
  options.actor = NULL;
  ari_work *work = score_with(&options, "agency,period,x.n,x.of\na,2026-03,1,2\nb,2026-03,3,2\n");
  ok(ari_store_write_trial(work, db) == ARI_OK, "a run with an agency in error is kept");
  is(rows_of(db, "SELECT period, asked, keep_going FROM round"), "2026-03|-|1\n", "the period is that of the evidence; none was asked for");
  is(rows_of(db, "SELECT actor, detail FROM log WHERE seq = 1"), "|t --keep-going\n", "nobody is named");
  is(rows_of(db, "SELECT agency, node, state, points_e12 FROM result WHERE agency = 'b'"), "b|total|invalid|-\n", "the one in error has its total row alone");
  is(rows_of(db, "SELECT agency, rank, points_e12, index_e12, state FROM ranking WHERE agency = 'b'"), "b|-|-|-|invalid\n", "and no rank");
  ari_work_free(work);
}

static void expect_refusal(const char *path, const char *code, const char *name) {
  ari_options options = store_options();
  ari_work *work = score_with(&options, EVIDENCE);
  become_nobody();
  ari_status status = ari_store_write_trial(work, path);
  become_oneself();
  if (!ok(status == ARI_MACHINE && told(work, code) == 1 && work->findings.n == 1, name)) printf("# status %d\n# %s", status, findings_of(work));
  ari_work_free(work);
}

static void test_permissions(const char *db) {
  static char before[65536], after[65536];
  dump_of(db, before, sizeof before);
  chmod(db, 0666);
  expect_refusal(db, "F0605", "a round is not put into a database that has it");
  is(dump_of(db, after, sizeof after), before, "which stays as it was");
  chmod(folder, 0755);
  expect_refusal(place("new.db"), "F0604", "a folder that may not be written");
  expect_refusal(place("none/new.db"), "F0002", "a folder that is not there");
  chmod(folder, 0777);
}

static void test_no_room(void) {
  struct rlimit old, small = {20000, RLIM_INFINITY};
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &old);
  small.rlim_max = old.rlim_max;
  setrlimit(RLIMIT_FSIZE, &small);
  fflush(stdout);
  ari_options options = store_options();
  ari_work *work = score_with(&options, EVIDENCE);
  ari_status status = ari_store_write_trial(work, place("full.db"));
  setrlimit(RLIMIT_FSIZE, &old);
  ok(status == ARI_MACHINE && told(work, "F0614") == 1, "no room for it");
  ari_work_free(work);
}

int main(void) {
  start_folder();
  const char *db = place("ari.db");
  char path[400];
  snprintf(path, sizeof path, "%s", db);
  make_database(path);
  test_rows(path);
  test_header(path);
  test_chain(path);
  test_chain_head(place("chain.db"));
  test_same_rows(path);
  test_guards(path);
  test_options();
  if (is_reachable()) test_permissions(path);
  test_no_room();
  end_folder();
  return done();
}
