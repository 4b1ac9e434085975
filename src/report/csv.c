/* The two tables of the CSV contract (ari(1)): shortest decimals, LF, no BOM. */
#include "inside.h"

static void put_figure(ari_buf *b, bool there, int64_t e12) {
  if (there) ari_buf_e12(b, e12, -1, ARI_AS_DATA);
}

ari_status ari_write_ranking_csv(ari_work *work, ari_sink to) {
  ari_out out = {.sink = to};
  ari_out_text(&out, "rank,agency,group,points,max,index,grade,state\n");
  ari_ranking_row row;
  for (size_t i = 0; i < ari_ranking_count(work) && !out.failed; i++) {
    ari_status status = ari_ranking_at(work, i, &row);
    if (status != ARI_OK) {
      ari_buf_free(&out.buf);
      return status;
    }
    ari_buf *b = &out.buf;
    if (row.rank) ari_buf_int(b, row.rank);
    ari_buf_char(b, ',');
    ari_buf_csv(b, ari_str_of(row.agency));
    ari_buf_char(b, ',');
    ari_buf_csv(b, ari_str_of(row.group));
    ari_buf_char(b, ',');
    put_figure(b, row.has_points, row.points);
    ari_buf_char(b, ',');
    put_figure(b, row.has_max, row.max);
    ari_buf_char(b, ',');
    put_figure(b, row.has_points, row.index);
    ari_buf_char(b, ',');
    ari_buf_csv(b, ari_str_of(row.grade));
    ari_buf_char(b, ',');
    ari_buf_text(b, ari_agency_state_name(row.state));
    ari_buf_char(b, '\n');
    ari_out_flush_if_full(&out);
  }
  return ari_out_close(&out);
}

ari_status ari_write_scores_csv(ari_work *work, ari_sink to) {
  ari_out out = {.sink = to};
  ari_out_text(&out, "agency,criterion,level,state,max,points,claimed\n");
  ari_score_row row;
  size_t n = ari_score_count(work);
  for (size_t i = 0; i < n && !out.failed; i++) {
    ari_status status = ari_score_at(work, i, &row);
    if (status != ARI_OK) {
      ari_buf_free(&out.buf);
      return status;
    }
    ari_buf *b = &out.buf;
    ari_buf_csv(b, ari_str_of(row.agency));
    ari_buf_char(b, ',');
    ari_buf_csv(b, ari_str_of(row.criterion));
    ari_buf_char(b, ',');
    ari_buf_int(b, row.level);
    ari_buf_char(b, ',');
    ari_buf_text(b, row.state);
    ari_buf_char(b, ',');
    put_figure(b, row.has_max, row.max);
    ari_buf_char(b, ',');
    put_figure(b, row.has_points, row.points);
    ari_buf_char(b, ',');
    put_figure(b, row.has_claimed, row.claimed);
    ari_buf_char(b, '\n');
    ari_out_flush_if_full(&out);
  }
  return ari_out_close(&out);
}
