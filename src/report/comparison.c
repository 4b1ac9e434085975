/* Two rounds side by side, as CSV and JSON (ari(1), "compare"). Changes are left to whoever reads: a figure that is blank on one side has none. */
#include "inside.h"

static void put_figure(ari_buf *b, bool there, int64_t e12) {
  ari_buf_char(b, ',');
  if (there) ari_buf_e12(b, e12, -1, ARI_AS_DATA);
}

static void put_rank(ari_buf *b, int rank) {
  ari_buf_char(b, ',');
  if (rank) ari_buf_int(b, rank);
}

static void put_csv_row(ari_buf *b, const ari_compare_row *row) {
  const ari_compared *sides[] = {&row->before, &row->after};
  ari_buf_csv(b, ari_str_of(row->after.agency));
  ari_buf_char(b, ',');
  ari_buf_csv(b, ari_str_of(row->before.agency));
  ari_buf_char(b, ',');
  ari_buf_csv(b, ari_str_of(row->criterion));
  ari_buf_char(b, ',');
  ari_buf_int(b, row->level);
  for (int i = 0; i < 2; i++) {
    ari_buf_char(b, ',');
    ari_buf_text(b, sides[i]->state);
  }
  for (int i = 0; i < 2; i++) put_figure(b, sides[i]->has_points, sides[i]->points);
  for (int i = 0; i < 2; i++) put_figure(b, sides[i]->has_max, sides[i]->max);
  for (int i = 0; i < 2; i++) put_figure(b, sides[i]->has_points && row->level == 0 && sides[i]->there, sides[i]->index);
  for (int i = 0; i < 2; i++) put_rank(b, sides[i]->rank);
}

static void put_json_figure(ari_buf *b, const char *key, bool there, int64_t e12) {
  ari_buf_printf(b, ",\"%s\":", key);
  if (there) ari_buf_e12(b, e12, -1, ARI_AS_DATA);
  else ari_buf_text(b, "null");
}

static void put_json_side(ari_buf *b, const char *key, const ari_compared *s, bool total) {
  ari_buf_printf(b, ",\"%s\":", key);
  if (!s->there) {
    ari_buf_text(b, "null");
    return;
  }
  ari_buf_text(b, "{\"agency\":");
  ari_buf_json(b, ari_str_of(s->agency));
  ari_buf_text(b, ",\"name\":");
  ari_buf_json(b, ari_str_of(s->name));
  ari_buf_text(b, ",\"state\":");
  ari_buf_json(b, ari_str_of(s->state));
  put_json_figure(b, "points", s->has_points, s->points);
  put_json_figure(b, "max", s->has_max, s->max);
  if (total) {
    put_json_figure(b, "index", s->has_points, s->index);
    ari_buf_text(b, ",\"rank\":");
    if (s->rank) ari_buf_int(b, s->rank);
    else ari_buf_text(b, "null");
  }
  ari_buf_char(b, '}');
}

static void put_json_row(ari_buf *b, const ari_compare_row *row) {
  ari_buf_text(b, "{\"criterion\":");
  ari_buf_json(b, ari_str_of(row->criterion));
  ari_buf_printf(b, ",\"level\":%d", row->level);
  put_json_side(b, "before", &row->before, row->level == 0);
  put_json_side(b, "after", &row->after, row->level == 0);
  ari_buf_char(b, '}');
}

static bool put_row(ari_work *after, size_t n, bool json, ari_buf *b) {
  ari_compare_row row;
  if (ari_compare_at(after, n, &row) != ARI_OK) return false;
  if (json) put_json_row(b, &row);
  else put_csv_row(b, &row);
  return true;
}

static const ari_rows ROWS = {"agency,before,criterion,level,state_before,state,points_before,points,max_before,max,index_before,index,rank_before,rank\n", put_row};

ari_status ari_write_comparison_csv(ari_work *after, ari_sink to) { return ari_write_rows(after, &ROWS, false, to); }
ari_status ari_write_comparison_json(ari_work *after, ari_sink to) { return ari_write_rows(after, &ROWS, true, to); }
