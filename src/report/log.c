/* The log for other programs: CSV and JSON, times in UTC as ISO 8601 writes them. */
#include "inside.h"

enum { TEXTS = 7 };

static void put_row_csv(ari_buf *b, const ari_log_row *row) {
  const char *texts[TEXTS] = {row->actor, row->action, row->round, row->file, row->reason, row->detail, row->hash};
  ari_buf_int(b, row->seq);
  ari_buf_char(b, ',');
  ari_buf_time(b, row->at, ARI_AS_DATA);
  for (size_t i = 0; i < TEXTS; i++) {
    ari_buf_char(b, ',');
    ari_buf_csv(b, ari_str_of(texts[i]));
  }
}

/* What is not there is null. */
static void put_row_json(ari_buf *b, const ari_log_row *row) {
  const struct { const char *key, *text; } texts[TEXTS] = {{"actor", row->actor}, {"action", row->action}, {"round", row->round}, {"file", row->file},
    {"reason", row->reason}, {"detail", row->detail}, {"hash", row->hash}};
  ari_buf_printf(b, "{\"seq\":%lld,\"at\":\"", (long long)row->seq);
  ari_buf_time(b, row->at, ARI_AS_DATA);
  ari_buf_char(b, '"');
  for (size_t i = 0; i < TEXTS; i++) {
    ari_buf_printf(b, ",\"%s\":", texts[i].key);
    if (*texts[i].text) ari_buf_json(b, ari_str_of(texts[i].text));
    else ari_buf_text(b, "null");
  }
  ari_buf_char(b, '}');
}

static bool put_row(ari_work *work, size_t n, bool json, ari_buf *b) {
  ari_log_row row;
  if (ari_log_at(work, n, &row) != ARI_OK) return false;
  if (json) put_row_json(b, &row);
  else put_row_csv(b, &row);
  return true;
}

static const ari_rows ROWS = {"seq,at,actor,action,round,file,reason,detail,hash\n", put_row};

ari_status ari_write_log_csv(ari_work *work, ari_sink to) { return ari_write_rows(work, &ROWS, false, to); }
ari_status ari_write_log_json(ari_work *work, ari_sink to) { return ari_write_rows(work, &ROWS, true, to); }
