/* Who has handed in what, for other programs: CSV and JSON, times in UTC as ISO 8601 writes them. */
#include "inside.h"

static void put_text_csv(ari_buf *b, const char *text) {
  ari_buf_csv(b, ari_str_of(text));
  ari_buf_char(b, ',');
}

static void put_row_csv(ari_buf *b, const ari_submission_row *row) {
  const ari_revision_row *f = row->file;
  put_text_csv(b, row->agency);
  ari_buf_csv(b, ari_str_of(row->name));
  if (!f) {
    ari_buf_text(b, ",,,,,,,,,,,,");
    return;
  }
  ari_buf_printf(b, ",%d,", f->revision);
  if (f->turn) ari_buf_int(b, f->turn);
  ari_buf_char(b, ',');
  const char *texts[] = {f->kind, row->origins, f->name, f->sha256};
  for (size_t i = 0; i < ARI_COUNT(texts); i++) put_text_csv(b, texts[i]);
  ari_buf_time(b, f->at, ARI_AS_DATA);
  ari_buf_char(b, ',');
  put_text_csv(b, f->actor);
  ari_buf_printf(b, "%s,%zu,%zu,%s", f->late ? "yes" : "no", f->n_documents, f->n_missing, f->key);
}

static void put_text_json(ari_buf *b, const char *key, const char *text) {
  ari_buf_printf(b, ",\"%s\":", key);
  if (*text) ari_buf_json(b, ari_str_of(text));
  else ari_buf_text(b, "null");
}

/* What is not there is null. */
static void put_row_json(ari_buf *b, const ari_submission_row *row) {
  const ari_revision_row *f = row->file;
  ari_buf_text(b, "{\"agency\":");
  ari_buf_json(b, ari_str_of(row->agency));
  put_text_json(b, "name", row->name);
  ari_buf_text(b, ",\"file\":");
  if (!f) {
    ari_buf_text(b, "null}");
    return;
  }
  ari_buf_printf(b, "{\"revision\":%d,\"turn\":", f->revision);
  if (f->turn) ari_buf_int(b, f->turn);
  else ari_buf_text(b, "null");
  put_text_json(b, "kind", f->kind);
  put_text_json(b, "origins", row->origins);
  put_text_json(b, "name", f->name);
  put_text_json(b, "sha256", f->sha256);
  ari_buf_text(b, ",\"at\":\"");
  ari_buf_time(b, f->at, ARI_AS_DATA);
  ari_buf_char(b, '"');
  put_text_json(b, "actor", f->actor);
  ari_buf_printf(b, ",\"late\":%s,\"documents\":%zu,\"missing\":%zu", f->late ? "true" : "false", f->n_documents, f->n_missing);
  put_text_json(b, "key", f->key);
  ari_buf_text(b, "}}");
}

static bool put_row(ari_work *work, size_t n, bool json, ari_buf *b) {
  ari_submission_row row;
  if (ari_submission_at(work, n, &row) != ARI_OK) return false;
  if (json) put_row_json(b, &row);
  else put_row_csv(b, &row);
  return true;
}

static const ari_rows ROWS = {"agency,name,revision,turn,kind,origins,file,sha256,at,actor,late,documents,missing,key\n", put_row};

ari_status ari_write_submissions_csv(ari_work *work, ari_sink to) { return ari_write_rows(work, &ROWS, false, to); }
ari_status ari_write_submissions_json(ari_work *work, ari_sink to) { return ari_write_rows(work, &ROWS, true, to); }
