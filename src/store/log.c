/* The log: each entry carries the hash of the one before, so that nothing in it can be changed, taken out or moved without a trace. */
#include "inside.h"

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

ari_status ari_log_hash(const ari_log_entry *e, int64_t seq, ari_str prev, char hash[65]) {
  ari_buf b = {0};
  ari_buf_printf(&b, "ari log 1\n%lld\n%lld\n", (long long)seq, (long long)e->at);
  const ari_str fields[] = {e->actor, e->action, e->round, e->file, e->reason, e->detail, prev};
  for (size_t i = 0; i < ARI_COUNT(fields); i++) put_field(&b, fields[i]);
  bool good = !b.failed;
  if (good) ari_sha256(b.p, b.n, hash);
  ari_buf_free(&b);
  return good ? ARI_OK : ARI_NOMEM;
}

ari_status ari_log_add(ari_store *store, const ari_log_entry *entry) {
  char hash[65];
  int64_t seq = store->seq + 1;
  ari_status status = ari_log_hash(entry, seq, ari_str_of(store->head), hash);
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

static const char *const ACTIONS[] = {"open", "accept", "signature", "document", "state", "score"};

bool ari_log_knows(ari_str action) {
  for (size_t i = 0; i < ARI_COUNT(ACTIONS); i++)
    if (ari_str_is(action, ACTIONS[i])) return true;
  return false;
}

void ari_log_put_actions(ari_buf *b) {
  for (size_t i = 0; i < ARI_COUNT(ACTIONS); i++) ari_buf_printf(b, "%s%s", i ? ", " : "", ACTIONS[i]);
}

void ari_log_put_open(ari_buf *detail, const ari_opened *o) {
  ari_buf_str(detail, o->set);
  if (o->asked.p) {
    ari_buf_text(detail, " --period ");
    ari_buf_str(detail, o->asked);
  }
  if (o->deadline.p) {
    ari_buf_text(detail, " --deadline ");
    ari_buf_str(detail, o->deadline);
  }
  if (o->keep_going) ari_buf_text(detail, " --keep-going");
}

ari_str ari_log_word(ari_str *detail) {
  size_t n = 0;
  while (n < detail->n && detail->p[n] != ' ') n++;
  ari_str word = ari_str_sub(*detail, 0, n);
  *detail = ari_str_sub(*detail, n < detail->n ? n + 1 : n, detail->n);
  return word;
}

ari_opened ari_log_take_open(ari_str detail) {
  ari_opened o = {.set = ari_log_word(&detail)};
  while (detail.n) {
    ari_str word = ari_log_word(&detail);
    if (ari_str_is(word, "--period")) o.asked = ari_log_word(&detail);
    else if (ari_str_is(word, "--deadline")) o.deadline = ari_log_word(&detail);
    else if (ari_str_is(word, "--keep-going")) o.keep_going = true;
  }
  return o;
}

void ari_log_put_accept(ari_buf *detail, ari_str round, ari_str kind, int revision, int turn, ari_str name) {
  ari_buf_str(detail, kind);
  ari_buf_char(detail, ' ');
  if (revision || !ari_str_eq(round, ARI_TRIAL)) {
    ari_buf_int(detail, revision);
    if (turn) ari_buf_printf(detail, "/%d", turn);
    ari_buf_char(detail, ' ');
  }
  ari_buf_str(detail, name);
}

void ari_log_put_document(ari_buf *detail, int revision, ari_str file, ari_str name) {
  ari_buf_int(detail, revision);
  ari_buf_char(detail, ' ');
  ari_buf_str(detail, file);
  ari_buf_text(detail, ": ");
  ari_buf_str(detail, name);
}

void ari_log_put_state(ari_buf *detail, ari_str from, ari_str to) {
  ari_buf_str(detail, from);
  ari_buf_char(detail, ' ');
  ari_buf_str(detail, to);
}

/* ---- reading ---- */

ari_status ari_log_take(const ari_store *store, struct sqlite3_stmt *query, ari_log_kept *out) {
  *out = (ari_log_kept){.seq = sqlite3_column_int64(query, 0), .entry.at = sqlite3_column_int64(query, 1)};
  ari_log_entry *e = &out->entry;
  ari_str *texts[] = {&e->actor, &e->action, &e->round, &e->file, &e->reason, &e->detail, &out->prev, &out->hash};
  ari_status status = ARI_OK;
  for (size_t i = 0; i < ARI_COUNT(texts) && status == ARI_OK; i++) status = ari_store_text_or_null(store, query, (int)i + 2, texts[i]);
  return status;
}

ari_status ari_log_holds(const ari_log_kept *kept, bool *holds) {
  char hash[65];
  ari_status status = ari_log_hash(&kept->entry, kept->seq, kept->prev, hash);
  if (status == ARI_OK) *holds = ari_str_is(kept->hash, hash);
  return status;
}
