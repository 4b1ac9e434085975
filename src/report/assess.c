/* One agency's own sheet as JSON. Figures are numbers in shortest form; values and changes of inputs are texts, as evidence writes them. */
#include "inside.h"

static void put_key(ari_buf *b, const char *before, const char *key) { ari_buf_printf(b, "%s\"%s\":", before, key); }

static void put_text(ari_buf *b, const char *before, const char *key, const char *value) {
  put_key(b, before, key);
  ari_buf_json(b, ari_str_of(value));
}

/* A figure, or null: a blank is never zero. */
static void put_figure(ari_buf *b, const char *key, bool there, int64_t e12) {
  put_key(b, ",", key);
  if (there) ari_buf_e12(b, e12, -1, ARI_AS_DATA);
  else ari_buf_text(b, "null");
}

static void put_sheet(ari_buf *b, const ari_work *work, const ari_own_sheet *s) {
  put_text(b, "{", "agency", s->agency);
  put_text(b, ",", "name", s->name);
  put_key(b, ",", "period");
  ari_buf_char(b, '"');
  ari_buf_period(b, work->period);
  ari_buf_char(b, '"');
  put_text(b, ",", "state", ari_agency_state_name(s->state));
  put_figure(b, "points", s->has_points, s->points);
  put_figure(b, "max", s->has_points, s->max);
  put_figure(b, "index", s->has_points, s->index);
  put_figure(b, "low", s->has_range, s->low);
  put_figure(b, "high", s->has_range, s->high);
  put_figure(b, "low_index", s->has_range, s->low_index);
  put_figure(b, "high_index", s->has_range, s->high_index);
  ari_buf_printf(b, ",\"compared\":{\"criteria\":%zu,\"agencies\":%zu}", s->n_compared, s->least_compared);
}

static void begin_list(ari_buf *b, const char *key) {
  put_key(b, ",\n", key);
  ari_buf_char(b, '[');
}

/* What a row of every list begins with. */
static void begin_row(ari_buf *b, size_t i, const char *criterion, const char *title) {
  put_text(b, i ? ",\n{" : "\n{", "criterion", criterion);
  put_text(b, ",", "title", title);
}

static void put_scores(ari_out *out, const ari_work *work, const ari_own_sheet *s) {
  ari_buf *b = &out->buf;
  ari_score_row row;
  begin_list(b, "scores");
  for (size_t i = 0; i < s->n_rows && ari_score_at(work, s->first_row + i, &row) == ARI_OK; i++) {
    begin_row(b, i, row.criterion, row.title);
    ari_buf_printf(b, ",\"level\":%d", row.level);
    put_text(b, ",", "state", row.state);
    put_figure(b, "max", row.has_max, row.max);
    put_figure(b, "points", row.has_points, row.points);
    put_figure(b, "claimed", row.has_claimed, row.claimed);
    put_figure(b, "difference", row.has_claimed && row.has_points, row.points - row.claimed);
    ari_buf_char(b, '}');
    ari_out_flush_if_full(out);
  }
  ari_buf_char(b, ']');
}

static void put_place(ari_buf *b, const ari_form_cell *place) {
  if (*place->sheet) put_text(b, ",", "sheet", place->sheet);
  if (*place->cell) put_text(b, ",", "cell", place->cell);
}

static void put_missing(ari_out *out, const ari_work *work, const ari_own_sheet *s) {
  ari_buf *b = &out->buf;
  ari_missing_row row;
  begin_list(b, "missing");
  for (size_t i = 0; i < s->n_missing && ari_missing_at(work, i, &row) == ARI_OK; i++) {
    begin_row(b, i, row.criterion, row.title);
    put_text(b, ",", "input", row.column);
    put_text(b, ",", "input_title", row.input_title);
    put_place(b, &row.place);
    if (row.of_previous) ari_buf_text(b, ",\"last_period\":true");
    if (row.needed) ari_buf_printf(b, ",\"needed\":%d,\"given\":%d", row.needed, row.given);
    ari_buf_char(b, '}');
  }
  ari_buf_char(b, ']');
}

static void put_awaited(ari_out *out, const ari_work *work, const ari_own_sheet *s) {
  ari_buf *b = &out->buf;
  ari_awaited_row row;
  begin_list(b, "pending");
  for (size_t i = 0; i < s->n_awaited && ari_awaited_at(work, i, &row) == ARI_OK; i++) {
    begin_row(b, i, row.criterion, row.title);
    put_text(b, ",", "source", row.source);
    put_text(b, ",", "input", row.column);
    put_text(b, ",", "input_title", row.input_title);
    ari_buf_char(b, '}');
  }
  ari_buf_char(b, ']');
}

static void put_raise(ari_buf *b, const char *key, const ari_raise *raise) {
  put_key(b, ",", key);
  if (!raise->found) {
    ari_buf_text(b, "null");
    return;
  }
  put_text(b, "{", "to", raise->to);
  put_text(b, ",", "change", raise->change);
  put_figure(b, "gain", true, raise->gain);
  put_figure(b, "index_gain", true, raise->index_gain);
  ari_buf_char(b, '}');
}

static void put_advice(ari_out *out, const ari_work *work, const ari_own_sheet *s) {
  ari_buf *b = &out->buf;
  ari_advice_row row;
  begin_list(b, "advice");
  for (size_t i = 0; i < s->n_advice && ari_advice_at(work, i, &row) == ARI_OK; i++) {
    begin_row(b, i, row.criterion, row.title);
    put_text(b, ",", "input", row.column);
    put_text(b, ",", "input_title", row.input_title);
    put_place(b, &row.place);
    put_text(b, ",", "from", row.from);
    put_raise(b, "next", &row.next);
    put_raise(b, "full", &row.full);
    ari_buf_char(b, '}');
    ari_out_flush_if_full(out);
  }
  ari_buf_char(b, ']');
}

static void put_unadvised(ari_out *out, const ari_work *work, const ari_own_sheet *s) {
  ari_buf *b = &out->buf;
  ari_unadvised_row row;
  begin_list(b, "unadvised");
  for (size_t i = 0; i < s->n_unadvised && ari_unadvised_at(work, i, &row) == ARI_OK; i++) {
    begin_row(b, i, row.criterion, row.title);
    ari_buf_char(b, '}');
    ari_out_flush_if_full(out);
  }
  ari_buf_char(b, ']');
}

/* same_as: the number of an earlier document, from 1. */
static void put_documents(ari_out *out, const ari_work *work, const ari_own_sheet *s) {
  ari_buf *b = &out->buf;
  ari_document_row row;
  begin_list(b, "documents");
  for (size_t i = 0; i < s->n_documents && ari_document_at(work, i, &row) == ARI_OK; i++) {
    put_text(b, i ? ",\n{" : "\n{", "criterion", row.criterion);
    put_text(b, ",", "number", row.number);
    put_text(b, ",", "date", row.date);
    put_text(b, ",", "title", row.title);
    put_text(b, ",", "file", row.file);
    put_text(b, ",", "state", row.state_name);
    put_text(b, ",", "sha256", row.sha256);
    if (row.same_as) ari_buf_printf(b, ",\"same_as\":%zu", row.same_as);
    ari_buf_char(b, '}');
    ari_out_flush_if_full(out);
  }
  ari_buf_char(b, ']');
}

ari_status ari_write_assess_json(ari_work *work, ari_sink to) {
  ari_own_sheet sheet;
  ari_status status = ari_own_sheet_of(work, &sheet);
  if (status != ARI_OK) return status;
  ari_out out = {.sink = to};
  put_sheet(&out.buf, work, &sheet);
  put_scores(&out, work, &sheet);
  put_missing(&out, work, &sheet);
  put_awaited(&out, work, &sheet);
  put_advice(&out, work, &sheet);
  put_unadvised(&out, work, &sheet);
  put_documents(&out, work, &sheet);
  put_text(&out.buf, ",\n", "fingerprint", sheet.fingerprint);
  ari_out_text(&out, "}\n");
  return ari_out_close(&out);
}
