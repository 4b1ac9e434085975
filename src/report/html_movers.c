/* What became of the index of each agency since the earlier round that the report was given (ari(1), "report"): the biggest rises and falls. An agency that took
 * the place of several others is held against none of them. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 5 };

typedef struct mover { ari_compare_row row; int64_t change; size_t agency, order; } mover;
typedef struct movers { mover *at; size_t n, risen, fallen, unheld; ari_page *p; } movers;

static int by_change(const void *left, const void *right) {
  const mover *a = left, *b = right;
  if (a->change != b->change) return a->change > b->change ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

/* The totals of one agency of the later round. forerunners: so many rows has it. */
static void take(movers *m, const ari_compare_row *row, size_t forerunners, const size_t *order) {
  const ari_work *work = m->p->work;
  if (!row->after.there) return;
  if (forerunners != 1 || !row->before.there || !row->before.has_points || !row->after.has_points) {
    m->unheld++;
    return;
  }
  int32_t agency = ari_map_get(&work->evidence->agencies->ids, ari_str_of(row->after.agency));
  if (agency < 0) return;
  mover *to = &m->at[m->n++];
  *to = (mover){.row = *row, .change = row->after.index - row->before.index, .agency = (size_t)agency, .order = order[agency]};
  m->risen += to->change > 0;
  m->fallen += to->change < 0;
}

static void collect(movers *m, const size_t *order) {
  ari_compare_row row, last = {.after.agency = ""};
  size_t forerunners = 0;
  for (size_t i = 0; ari_compare_at(m->p->work, i, &row) == ARI_OK; i++) {
    if (row.level) continue;
    if (forerunners && strcmp(row.after.agency, last.after.agency) != 0) {
      take(m, &last, forerunners, order);
      forerunners = 0;
    }
    last = row;
    forerunners++;
  }
  if (forerunners) take(m, &last, forerunners, order);
}

/* A rank among others is no rank to hold against. */
static void put_ranks(ari_page *p, const ari_compare_row *row) {
  const ari_compared *sides[] = {&row->before, &row->after};
  bool same = ari_ranks_across_groups(p->work) || strcmp(row->before.group_title, row->after.group_title) == 0;
  ari_page_put(p, "<td class=\"n\">");
  for (int i = 0; i < 2; i++) {
    if (i) ari_page_put(p, " → ");
    if (sides[i]->rank && (i || same)) ari_buf_printf(&p->out.buf, "%s%d", sides[i]->tied ? "=" : "", sides[i]->rank);
    else ari_page_put(p, "–");
  }
  ari_page_put(p, "</td>");
}

static void put_then_now(ari_page *p, int64_t then, int64_t now, int decimals) {
  ari_page_put(p, "<td class=\"n\">");
  ari_page_figure(p, then, decimals);
  ari_page_put(p, " → ");
  ari_page_figure(p, now, decimals);
  ari_page_put(p, "</td>");
}

static void put_row(ari_page *p, const mover *m, bool groups) {
  int total = ari_chart_decimals(ari_decimals_total(p->work)), index = ari_decimals_index(p->work);
  ari_page_put(p, "<tr>");
  ari_page_agency_cell(p, m->agency);
  if (groups) {
    ari_page_put(p, "<td>");
    ari_page_c(p, m->row.after.group_title);
    ari_page_put(p, "</td>");
  }
  ari_page_put(p, "<td class=\"n\">");
  ari_chart_put_change(&p->out.buf, m->change, index, p->how);
  ari_page_put(p, "</td>");
  put_then_now(p, m->row.before.index, m->row.after.index, index);
  put_then_now(p, m->row.before.points, m->row.after.points, total);
  put_ranks(p, &m->row);
  ari_page_put(p, "</tr>\n");
}

/* The first, or the last in turn, of those in order. */
static void put_table(movers *m, ari_word caption, size_t n, bool last) {
  ari_page *p = m->p;
  bool groups = p->work->evidence->agencies->n_groups > 1;
  if (n == 0) return;
  ari_page_put(p, "<div class=\"scroll\"><table class=\"movers\">\n<caption>");
  ari_page_word(p, caption);
  ari_page_put(p, "</caption>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_agency, "name");
  if (groups) ari_page_head_cell(p, ARI_WORD_group, "");
  ari_page_head_cell(p, ARI_WORD_index_change, "n");
  ari_page_head_cell(p, ARI_WORD_index, "n");
  ari_page_head_cell(p, ARI_WORD_points, "n");
  ari_page_head_cell(p, ARI_WORD_rank, "n");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < n && i < SHOWN; i++) put_row(p, &m->at[last ? m->n - 1 - i : i], groups);
  ari_page_put(p, "</tbody></table></div>\n");
}

static void put_counts(const movers *m) {
  ari_page *p = m->p;
  const struct { ari_word word; size_t n; } counts[] = {
      {ARI_WORD_risen, m->risen}, {ARI_WORD_fallen, m->fallen}, {ARI_WORD_unchanged, m->n - m->risen - m->fallen}, {ARI_WORD_not_held, m->unheld}};
  ari_page_put(p, "<p>");
  for (size_t i = 0, shown = 0; i < ARI_COUNT(counts); i++) {
    if (counts[i].word == ARI_WORD_not_held && counts[i].n == 0) continue;
    if (shown++) ari_page_put(p, "; ");
    ari_page_word(p, counts[i].word);
    ari_page_put(p, ": ");
    ari_page_int(p, (int64_t)counts[i].n);
  }
  ari_page_put(p, ".</p>\n");
}

static void put_movers(movers *m) {
  ari_page *p = m->p;
  ari_page_put(p, "<h3>");
  ari_page_word(p, ARI_WORD_changes_since);
  ari_page_put(p, " ");
  ari_page_c(p, ari_period_text(ari_compared_with(p->work)));
  ari_page_put(p, "</h3>\n");
  put_counts(m);
  put_table(m, ARI_WORD_biggest_rises, m->risen, false);
  put_table(m, ARI_WORD_biggest_falls, m->fallen, true);
}

void ari_page_movers(ari_page *p) {
  const ari_result *r = p->work->result;
  if (!ari_compared_with(p->work)) {
    ari_page_put(p, "<p class=\"soft\">");
    ari_page_word(p, ARI_WORD_no_earlier_period);
    ari_page_put(p, "</p>\n");
    return;
  }
  ari_arena arena = {0};
  size_t *order = ari_arena_array(&arena, r->n_agencies, sizeof *order);
  movers m = {.at = ari_arena_array(&arena, r->n_agencies, sizeof *m.at), .p = p};
  if (order && m.at) {
    for (size_t i = 0; i < r->n_agencies; i++) order[r->shown[i]] = i;
    collect(&m, order);
    qsort(m.at, m.n, sizeof *m.at, by_change);
    put_movers(&m);
  } else ari_page_note(p, ARI_NOMEM);
  ari_arena_free(&arena);
}
