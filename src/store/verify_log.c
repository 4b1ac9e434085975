/* The chain of the log: no entry is missing, none was changed, each follows the one before. */
#include "inside.h"

#include <sqlite3.h>
#include <string.h>

/* Where the walk is. A run of changed entries is told as one: an entry put in or taken out, and the others renumbered, changes all behind it. */
typedef struct walk {
  int64_t seq;               /* of the entry before */
  char hash[65];             /* its hash, if it holds; "" before the first */
  bool held;                 /* it holds, so the next can be held against it */
  int64_t from, until;       /* the run of changed entries that is not told yet; 0: none */
  ari_buf what;              /* what the first of them says */
} walk;

static ari_status tell_changed(ari_verifier *v, walk *w) {
  if (!w->from) return ARI_OK;
  ari_buf numbers = {0};
  ari_buf_int(&numbers, w->from);
  if (w->until > w->from) {
    ari_buf_printf(&numbers, "-%lld", (long long)w->until);
    ari_buf_text(&w->what, ", …");
  }
  ari_findings_add(v->store.fs, ARI_E0625, ARI_NOWHERE, &(ari_args){{ari_arg_text(ari_buf_view(&numbers)), ari_arg_text(ari_buf_view(&w->what))}});
  ari_status status = numbers.failed || w->what.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&numbers);
  ari_buf_clear(&w->what);
  w->from = 0;
  return status;
}

static void note_changed(walk *w, const ari_log_kept *e) {
  w->until = e->seq;
  if (w->from) return;
  w->from = e->seq;
  ari_buf_str(&w->what, e->entry.action);
  if (!e->entry.detail.n) return;
  ari_buf_char(&w->what, ' ');
  ari_buf_str(&w->what, e->entry.detail);
}

static void check_place(ari_verifier *v, const walk *w, const ari_log_kept *e, bool held) {
  ari_findings *fs = v->store.fs;
  int64_t lack = e->seq - w->seq - 1;
  if (lack) ari_findings_add(fs, ARI_E0624, ARI_NOWHERE, &(ari_args){{ari_arg_int(e->seq), ari_arg_int(lack)}});
  else if (held && w->held && !ari_str_is(e->prev, w->hash)) ari_findings_add(fs, ARI_E0626, ARI_NOWHERE, &(ari_args){{ari_arg_int(e->seq), ari_arg_int(w->seq)}});
  if (held && !ari_log_knows(e->entry.action))
    ari_findings_add(fs, ARI_E0628, ARI_NOWHERE, &(ari_args){{ari_arg_int(e->seq), ari_arg_text(e->entry.action)}});
}

static ari_status check_entry(ari_verifier *v, walk *w, const ari_log_kept *e) {
  if (e->seq < 1) {
    ari_findings_add(v->store.fs, ARI_E0626, ARI_NOWHERE, &(ari_args){{ari_arg_int(e->seq), ari_arg_int(e->seq == INT64_MIN ? e->seq : e->seq - 1)}});
    return ARI_OK;
  }
  bool held;
  ari_status status = ari_log_holds(e, &held);
  if (status != ARI_OK) return status;
  if (held) status = tell_changed(v, w);
  else note_changed(w, e);
  check_place(v, w, e, held);
  w->seq = e->seq;
  w->held = held;
  if (held) memcpy(w->hash, e->hash.p, e->hash.n);   /* 64 digits */
  if (v->head && held && ari_str_is(e->hash, v->head)) v->head_at = e->seq;
  return status;
}

/* The head that was written down must be an entry; those behind it came later. */
static void check_head(ari_verifier *v, const walk *w) {
  if (!v->head) return;
  if (!v->head_at) ari_findings_add(v->store.fs, ARI_E0639, ARI_NOWHERE, &(ari_args){{ari_arg_c(v->head)}});
  else v->verdict->after = w->seq - v->head_at;
}

ari_status ari_verify_log(ari_verifier *v) {
  walk w = {.held = true};
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(&v->store, "SELECT " ARI_LOG_COLUMNS " FROM log ORDER BY seq", &query);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_log_kept kept;
    status = ari_log_take(&v->store, query, &kept);
    if (status == ARI_OK) status = check_entry(v, &w, &kept);
    v->verdict->entries++;
  }
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(&v->store, result);
  sqlite3_finalize(query);
  if (status == ARI_OK) status = tell_changed(v, &w);
  ari_buf_free(&w.what);
  check_head(v, &w);
  v->last = w.seq;
  memcpy(v->verdict->head, w.hash, sizeof w.hash);
  return status;
}
