/* The points of every node at each stage, with the reasons for what changed, as CSV and JSON (ari(1), "stages"). */
#include "inside.h"

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

static bool put_row(ari_work *work, size_t n, bool json, ari_buf *b) {
  ari_stage_row row;
  if (ari_stages_at(work, n, &row) != ARI_OK) return false;
  if (json) put_json_row(b, &row);
  else put_csv_row(b, &row);
  return true;
}

static const ari_rows ROWS = {"agency,criterion,level,claimed,computed,appraised1,appraised2,final,reason1,explanation,reason2\n", put_row};

ari_status ari_write_stages_csv(ari_work *work, ari_sink to) { return ari_write_rows(work, &ROWS, false, to); }
ari_status ari_write_stages_json(ari_work *work, ari_sink to) { return ari_write_rows(work, &ROWS, true, to); }
