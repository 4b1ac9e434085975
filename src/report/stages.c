/* The points of every node at each stage, with the reasons for what changed, as CSV and JSON (ari(1), "stages"). */
#include "report.h"

/* In the order of the round. */
static const ari_stage ORDER[ARI_STAGES] = {ARI_STAGE_CLAIMED, ARI_STAGE_COMPUTED, ARI_STAGE_APPRAISED1, ARI_STAGE_APPRAISED2, ARI_STAGE_FINAL};

static void put_csv_row(ari_buf *b, const ari_stage_row *row) {
  const char *texts[] = {row->reason1, row->explanation, row->reason2};
  ari_buf_csv(b, ari_str_of(row->agency));
  ari_buf_char(b, ',');
  ari_buf_csv(b, ari_str_of(row->criterion));
  ari_buf_printf(b, ",%d", row->level);
  for (size_t i = 0; i < ARI_COUNT(ORDER); i++) {
    ari_buf_char(b, ',');
    if (row->has_points[ORDER[i]]) ari_buf_e12(b, row->points[ORDER[i]], -1, ARI_AS_DATA);
  }
  for (size_t i = 0; i < ARI_COUNT(texts); i++) {
    ari_buf_char(b, ',');
    ari_buf_csv(b, ari_str_of(texts[i]));
  }
  ari_buf_char(b, '\n');
}

static void put_json_row(ari_buf *b, const ari_stage_row *row) {
  const struct { const char *key, *text; } texts[] = {{"reason1", row->reason1}, {"explanation", row->explanation}, {"reason2", row->reason2}};
  ari_buf_text(b, "{\"agency\":");
  ari_buf_json(b, ari_str_of(row->agency));
  ari_buf_text(b, ",\"criterion\":");
  ari_buf_json(b, ari_str_of(row->criterion));
  ari_buf_printf(b, ",\"level\":%d", row->level);
  for (size_t i = 0; i < ARI_COUNT(ORDER); i++) {
    ari_buf_printf(b, ",\"%s\":", ari_stage_name(ORDER[i]));
    if (row->has_points[ORDER[i]]) ari_buf_e12(b, row->points[ORDER[i]], -1, ARI_AS_DATA);
    else ari_buf_text(b, "null");
  }
  for (size_t i = 0; i < ARI_COUNT(texts); i++) {
    ari_buf_printf(b, ",\"%s\":", texts[i].key);
    ari_buf_json(b, ari_str_of(texts[i].text));
  }
  ari_buf_char(b, '}');
}

static ari_status write_rows(ari_work *work, ari_sink to, const char *head, const char *end, bool json) {
  ari_out out = {.sink = to};
  ari_stage_row row;
  ari_out_text(&out, head);
  for (size_t i = 0; !out.failed && ari_stages_at(work, i, &row) == ARI_OK; i++) {
    if (json) ari_buf_text(&out.buf, i ? ",\n" : "\n");
    if (json) put_json_row(&out.buf, &row);
    else put_csv_row(&out.buf, &row);
    ari_out_flush_if_full(&out);
  }
  ari_out_text(&out, end);
  ari_status status = ari_out_close(&out);
  return work->failed ? ARI_NOMEM : status;
}

ari_status ari_write_stages_csv(ari_work *work, ari_sink to) {
  return write_rows(work, to, "agency,criterion,level,claimed,computed,appraised1,appraised2,final,reason1,explanation,reason2\n", "", false);
}

ari_status ari_write_stages_json(ari_work *work, ari_sink to) { return write_rows(work, to, "{\"rows\":[", "]}\n", true); }
