/* For the tests of the store: a small computation, databases made of it, and what stands in them as SQLite alone reads it. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include "score_fixture.h"
#include "store/inside.h"

#include <sqlite3.h>

static const char SET[] =
  "ari: criteria/1\nid: t\ntitle: {vi: Bộ thử, en: Test set}\nperiod: [year, month]\nrounding: {leaf: 2}\nempty: exclude\nmax: 30\n"
  "grades: [{id: good, title: {vi: Tốt, en: Good}, from: 50}, {id: weak, title: {vi: Yếu, en: Weak}, from: 0}]\n"
  "criteria:\n"
  "  - id: f\n    max: 30\n    criteria:\n"
  "      - {id: x, max: 10, inputs: {n: count, of: count}, score: {share: n / of}}\n"
  "      - {id: y, max: 20, inputs: {n: count, of: count}, score: {share: n / of}}\n";
static const char LIST[] = "id,name,group\na,Sở A,g\nb,Sở B,g\nc,Xã C,h\n";
static const char EVIDENCE[] = "agency,x.n,x.of,x.claimed,y.n,y.of\na,1,3,3.5,20,20\nb,1,2,,0,0\n";

/* A path of the private folder that stays valid while others are made. */
static inline const char *place(const char *name) {
  static char places[8][400];
  static int next;
  char *out = places[next++ % 8];
  snprintf(out, sizeof places[0], "%s/%s", folder, name);
  return out;
}

static inline ari_options store_options(void) {
  ari_options o = plain_options();
  o.now = 1000;
  o.actor = "Người chạy";
  return o;
}

static inline ari_work *score_with(const ari_options *options, const char *evidence) {
  make_folder("set");
  put_file("set/criteria.yaml", SET);
  put_file("set/agencies.csv", LIST);
  put_file("evidence.csv", evidence);
  ari_status status;
  ari_work *work = score_files(options, &status);
  if (status != ARI_OK) printf("# status %d\n# %s", status, findings_of(work)), exit(1);
  return work;
}

/* The usual database. */
static inline void make_database(const char *path) {
  ari_options options = store_options();
  ari_work *work = score_with(&options, EVIDENCE);
  unlink(path);
  ari_status status = ari_store_write_trial(work, path);
  if (status != ARI_OK) printf("# status %d\n# %s", status, findings_of(work)), exit(1);
  ari_work_free(work);
}

static inline sqlite3 *open_plain(const char *path) {
  sqlite3 *db;
  if (sqlite3_open(path, &db) != SQLITE_OK) exit(1);
  return db;
}

static inline void run_sql(const char *path, const char *sql) {
  sqlite3 *db = open_plain(path);
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) printf("# %s: %s\n", sql, sqlite3_errmsg(db)), exit(1);
  sqlite3_close(db);
}

/* All rows as "a|b|\n…", NULL as -; what SQLite says when it refuses. */
static inline const char *rows_of(const char *path, const char *sql) {
  static char text[65536];
  sqlite3 *db = open_plain(path);
  sqlite3_stmt *query = NULL;
  int result = sqlite3_prepare_v2(db, sql, -1, &query, NULL);
  size_t used = 0;
  text[0] = '\0';
  while (result == SQLITE_OK || result == SQLITE_ROW) {
    if ((result = sqlite3_step(query)) != SQLITE_ROW) break;
    for (int i = 0; i < sqlite3_column_count(query) && used < sizeof text - 1; i++) {
      const char *cell = (const char *)sqlite3_column_text(query, i);
      used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? "|" : "", cell ? cell : "-");
    }
    if (used < sizeof text - 1) text[used++] = '\n', text[used] = '\0';
  }
  if (result != SQLITE_DONE) snprintf(text, sizeof text, "%s", sqlite3_errmsg(db));
  sqlite3_finalize(query);
  sqlite3_close(db);
  return text;
}

static inline size_t read_bytes(const char *path, char *out, size_t room) {
  FILE *f = fopen(path, "rb");
  size_t n = f ? fread(out, 1, room, f) : 0;
  if (f) fclose(f);
  return n;
}

static inline void put_bytes(const char *path, const char *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) perror(path), exit(1);
}

static inline void copy_file(const char *from, const char *to) {
  static char bytes[1 << 20];
  put_bytes(to, bytes, read_bytes(from, bytes, sizeof bytes));
}

/* Permissions mean nothing to root: what they keep from people is tested as somebody else. */
static inline void become_nobody(void) {
  if (geteuid() == 0 && seteuid(65534) != 0) exit(1);
}
static inline void become_oneself(void) {
  if (getuid() == 0 && seteuid(0) != 0) exit(1);
}
/* False: the folder for temporary files lies where nobody else may look. */
static inline bool is_reachable(void) {
  struct stat st;
  chmod(folder, 0777);
  become_nobody();
  bool there = stat(folder, &st) == 0;
  become_oneself();
  if (!there) ok(1, "# SKIP the folder for temporary files is out of reach for others");
  return there;
}
#endif
