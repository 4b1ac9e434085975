/* CSV as Excel opens it on a double click: a byte order mark, and in Vietnamese `;` between cells and a decimal comma. For people: heads and words in
 * their language, names beside ids. The CSV contract (ari(1)) is csv.c's. */
#include "report.h"

#include <string.h>

typedef struct table { ari_work *work; ari_out out; ari_lang lang; bool begun; } table;

static void next_cell(table *t) {
  if (t->begun) ari_buf_char(&t->out.buf, t->lang == ARI_VI ? ';' : ',');
  t->begun = true;
}

static void end_row(table *t) {
  ari_buf_char(&t->out.buf, '\n');
  t->begun = false;
  ari_out_flush_if_full(&t->out);
}

/* What Excel would take for a figure or a date: 1.10, 001, 2026-08. */
static bool looks_like_figure(ari_str s) {
  bool digit = false;
  for (size_t i = 0; i < s.n; i++) {
    if (!memchr("0123456789.,:/-+%eE ", s.p[i], 20)) return false;
    digit = digit || (s.p[i] >= '0' && s.p[i] <= '9');
  }
  return digit;
}

/* Text stays text: an apostrophe stands before what Excel would run or change, as in ari_buf_csv. */
static void put_text(table *t, ari_str s) {
  next_cell(t);
  if (looks_like_figure(s) && !memchr("=+-@\t", s.p[0], 5)) ari_buf_char(&t->out.buf, '\'');
  ari_buf_csv(&t->out.buf, s);
}

static void put_words(table *t, const char *s) { put_text(t, ari_str_of(s)); }
static void put_head(table *t, ari_word w) { put_words(t, ari_word_text(w, t->lang)); }

static void put_int(table *t, int v) {
  next_cell(t);
  if (v) ari_buf_int(&t->out.buf, v);
}

/* Without grouping, which Excel does not read everywhere. */
static void put_figure(table *t, bool there, int64_t e12) {
  next_cell(t);
  if (!there) return;
  ari_buf *b = &t->out.buf;
  size_t from = b->n;
  ari_buf_e12(b, e12, -1, ARI_AS_DATA);
  char *point = t->lang == ARI_VI && !b->failed ? memchr(b->p + from, '.', b->n - from) : NULL;
  if (point) *point = ',';
}

static ari_status finish(table *t, ari_status status) {
  ari_status closed = ari_out_close(&t->out);
  return status != ARI_OK ? status : closed;
}

static table start(ari_work *work, ari_sink to) {
  table t = {.work = work, .out = {.sink = to}, .lang = work->options.lang};
  ari_out_text(&t.out, "\xef\xbb\xbf");
  return t;
}

ari_status ari_write_ranking_excel(ari_work *work, ari_sink to) {
  static const ari_word heads[] = {ARI_WORD_rank, ARI_WORD_id, ARI_WORD_agency, ARI_WORD_group, ARI_WORD_points, ARI_WORD_max,
                                   ARI_WORD_index, ARI_WORD_grade, ARI_WORD_state, ARI_WORD_lowest_total, ARI_WORD_highest_total};
  table t = start(work, to);
  ari_ranking_row row;
  ari_status status = ARI_OK;
  for (size_t i = 0; i < ARI_COUNT(heads); i++) put_head(&t, heads[i]);
  end_row(&t);
  for (size_t i = 0; i < ari_ranking_count(work) && !t.out.failed; i++) {
    status = ari_ranking_at(work, i, &row);
    if (status != ARI_OK) break;
    put_int(&t, row.rank);
    put_words(&t, row.agency);
    put_words(&t, row.name);
    put_words(&t, row.group_title);
    put_figure(&t, row.has_points, row.points);
    put_figure(&t, row.has_max, row.max);
    put_figure(&t, row.has_points, row.index);
    put_words(&t, row.grade_title);
    put_words(&t, ari_agency_state_text(row.state, t.lang));
    put_figure(&t, row.has_points, row.low);
    put_figure(&t, row.has_points, row.high);
    end_row(&t);
  }
  return finish(&t, status);
}

/* "1.10 Kế hoạch": the id with its title is text wherever it is opened. */
static void put_criterion(table *t, const ari_score_row *row) {
  ari_buf b = {0};
  ari_buf_text(&b, row->level > 0 ? row->criterion : ari_word_text(ARI_WORD_total, t->lang));
  if (row->level > 0 && strcmp(row->title, row->criterion) != 0) ari_buf_printf(&b, " %s", row->title);
  put_text(t, ari_buf_view(&b));
  if (b.failed) t->out.failed = t->out.no_memory = true;
  ari_buf_free(&b);
}

ari_status ari_write_scores_excel(ari_work *work, ari_sink to) {
  static const ari_word heads[] = {ARI_WORD_id, ARI_WORD_agency, ARI_WORD_criterion, ARI_WORD_level, ARI_WORD_state, ARI_WORD_max, ARI_WORD_points, ARI_WORD_claimed};
  table t = start(work, to);
  ari_score_row row;
  ari_status status = ARI_OK;
  size_t n = ari_score_count(work), agency = 0;
  for (size_t i = 0; i < ARI_COUNT(heads); i++) put_head(&t, heads[i]);
  end_row(&t);
  for (size_t i = 0; i < n && !t.out.failed; i++) {
    status = ari_score_at(work, i, &row);
    if (status != ARI_OK) break;
    while (work->result->rows[agency + 1] <= i) agency++;
    put_words(&t, row.agency);
    put_text(&t, ari_title_of(work, work->evidence->agencies->items[agency].name));
    put_criterion(&t, &row);
    next_cell(&t);
    ari_buf_int(&t.out.buf, row.level);
    put_words(&t, row.state_text);
    put_figure(&t, row.has_max, row.max);
    put_figure(&t, row.has_points, row.points);
    put_figure(&t, row.has_claimed, row.claimed);
    end_row(&t);
  }
  return finish(&t, status);
}
