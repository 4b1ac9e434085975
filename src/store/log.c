/* The log: each entry carries the hash of the one before, so that nothing in it can be changed, taken out or moved without a trace. */
#include "store.h"

#include <sqlite3.h>

/* A field as the hash sees it: its length in front, so that no two entries have the same text; "-" stands for nothing. */
static void put_field(ari_buf *b, ari_str s) {
  if (!s.p) ari_buf_text(b, "-\n");
  else {
    ari_buf_printf(b, "%zu:", s.n);
    ari_buf_str(b, s);
    ari_buf_char(b, '\n');
  }
}

static ari_status hash_entry(const ari_log_entry *e, int64_t seq, const char *prev, char hash[65]) {
  ari_buf b = {0};
  ari_buf_printf(&b, "ari log 1\n%lld\n%lld\n", (long long)seq, (long long)e->at);
  const ari_str fields[] = {e->actor, e->action, e->round, e->file, e->reason, e->detail, ari_str_of(prev)};
  for (size_t i = 0; i < ARI_COUNT(fields); i++) put_field(&b, fields[i]);
  bool good = !b.failed;
  if (good) ari_sha256(b.p, b.n, hash);
  ari_buf_free(&b);
  return good ? ARI_OK : ARI_NOMEM;
}

ari_status ari_log_add(ari_store *store, const ari_log_entry *entry) {
  char hash[65];
  int64_t seq = store->seq + 1;
  ari_status status = hash_entry(entry, seq, store->head, hash);
  sqlite3_stmt *insert = NULL;
  if (status == ARI_OK) status = ari_store_prepare(store, "INSERT INTO log(seq, at, actor, action, round, file, reason, detail, prev, hash)"
                                                          " VALUES(?,?,?,?,?,?,?,?,?,?)", &insert);
  if (status == ARI_OK) {
    sqlite3_bind_int64(insert, 1, seq);
    sqlite3_bind_int64(insert, 2, entry->at);
    ari_bind_text(insert, 3, entry->actor);
    ari_bind_text(insert, 4, entry->action);
    ari_bind_text(insert, 5, entry->round);
    ari_bind_text(insert, 6, entry->file);
    ari_bind_text(insert, 7, entry->reason);
    ari_bind_text(insert, 8, entry->detail);
    ari_bind_text(insert, 9, ari_str_of(store->head));
    ari_bind_text(insert, 10, ari_str_of(hash));
    status = ari_store_insert(store, insert);
  }
  sqlite3_finalize(insert);
  if (status != ARI_OK) return status;
  store->seq = seq;
  for (size_t i = 0; i < sizeof hash; i++) store->head[i] = hash[i];
  return ARI_OK;
}
