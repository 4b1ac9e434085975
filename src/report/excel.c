/* Ranking and scores as CSV for Excel. For people: heads and words in their language, names beside ids. The CSV contract (ari(1)) is csv.c's. */
#include "inside.h"

#include <string.h>

/* As they are shown: no sign turns the line around. */
static void put_text(ari_excel *t, ari_str s) {
  ari_buf shown = {0};
  ari_buf_visible(&shown, s);
  ari_excel_text(t, ari_buf_view(&shown));
  if (shown.failed) t->out.failed = t->out.no_memory = true;
  ari_buf_free(&shown);
}

static void put_words(ari_excel *t, const char *s) { put_text(t, ari_str_of(s)); }
static void put_head(ari_excel *t, ari_word w) { put_words(t, ari_word_text(w, t->lang)); }

static void put_int(ari_excel *t, int v) {
  ari_excel_next(t);
  if (v) ari_buf_int(&t->out.buf, v);
}

ari_status ari_write_ranking_excel(ari_work *work, ari_sink to) {
  static const ari_word heads[] = {ARI_WORD_rank, ARI_WORD_id, ARI_WORD_agency, ARI_WORD_group, ARI_WORD_points, ARI_WORD_max,
                                   ARI_WORD_index, ARI_WORD_grade, ARI_WORD_state, ARI_WORD_lowest_total, ARI_WORD_highest_total};
  ari_excel t = ari_excel_start(work->options.lang, to);
  ari_ranking_row row;
  ari_status status = ARI_OK;
  int total = ari_chart_decimals(ari_decimals_total(work)), index = ari_decimals_index(work);
  for (size_t i = 0; i < ARI_COUNT(heads); i++) put_head(&t, heads[i]);
  ari_excel_end_row(&t);
  for (size_t i = 0; i < ari_ranking_count(work) && !t.out.failed; i++) {
    status = ari_ranking_at(work, i, &row);
    if (status != ARI_OK) break;
    put_int(&t, row.rank);
    put_words(&t, row.agency);
    put_words(&t, row.name);
    put_words(&t, row.group_title);
    ari_excel_figure(&t, row.has_points, row.points, total);
    ari_excel_figure(&t, row.has_max, row.max, -1);
    ari_excel_figure(&t, row.has_points, row.index, index);
    put_words(&t, row.grade_title);
    put_words(&t, ari_agency_state_text_at(ari_work_stage(work), row.state, t.lang));
    ari_excel_figure(&t, row.has_points, row.low, total);
    ari_excel_figure(&t, row.has_points, row.high, total);
    ari_excel_end_row(&t);
  }
  return ari_excel_finish(&t, status);
}

/* "1.10 Kế hoạch": the id with its title is text wherever it is opened. */
static void put_criterion(ari_excel *t, const ari_score_row *row) {
  ari_buf b = {0};
  ari_buf_text(&b, row->level > 0 ? row->criterion : ari_word_text(ARI_WORD_total, t->lang));
  if (row->level > 0 && strcmp(row->title, row->criterion) != 0) ari_buf_printf(&b, " %s", row->title);
  put_text(t, ari_buf_view(&b));
  if (b.failed) t->out.failed = t->out.no_memory = true;
  ari_buf_free(&b);
}

ari_status ari_write_scores_excel(ari_work *work, ari_sink to) {
  static const ari_word heads[] = {ARI_WORD_id, ARI_WORD_agency, ARI_WORD_criterion, ARI_WORD_level, ARI_WORD_state, ARI_WORD_max, ARI_WORD_points, ARI_WORD_claimed};
  ari_excel t = ari_excel_start(work->options.lang, to);
  ari_score_row row;
  ari_status status = ARI_OK;
  size_t n = ari_score_count(work), agency = 0;
  for (size_t i = 0; i < ARI_COUNT(heads); i++) put_head(&t, heads[i]);
  ari_excel_end_row(&t);
  for (size_t i = 0; i < n && !t.out.failed; i++) {
    status = ari_score_at(work, i, &row);
    if (status != ARI_OK) break;
    while (work->result->rows[agency + 1] <= i) agency++;
    const ari_agency *a = &work->evidence->agencies->items[agency];
    const ari_node *node = work->set->tiers[a->tier_index].nodes[i - work->result->rows[agency]];
    int decimals = ari_chart_decimals(node->level == 0 ? node->rounding.total : node->rounding.leaf);
    put_words(&t, row.agency);
    put_text(&t, ari_title_of(work, a->name));
    put_criterion(&t, &row);
    ari_excel_next(&t);
    ari_buf_int(&t.out.buf, row.level);
    put_words(&t, row.state_text);
    ari_excel_figure(&t, row.has_max, row.max, -1);
    ari_excel_figure(&t, row.has_points, row.points, decimals);
    ari_excel_figure(&t, row.has_claimed, row.claimed, decimals);
    ari_excel_end_row(&t);
  }
  return ari_excel_finish(&t, status);
}
