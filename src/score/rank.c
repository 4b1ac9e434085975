/* Ranks, ties, grades and the order of rows (ari-criteria(5), "Ranking and grades"). */
#include "inside.h"

#include <stdlib.h>

/* One agency while it is sorted. */
typedef struct runner {
  const ari_result *result;
  const ari_ranking *ranking;
  uint32_t agency;           /* place in the list */
  int32_t part;              /* agencies of one part are ranked together */
  int32_t block;             /* rows of one block stand together */
  bool ranked;
  int64_t key;               /* the figure that ranks */
} runner;

static int compare(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int64_t figure_of(const ari_standing *s, ari_rank_on on) {
  return on == ARI_ON_POINTS ? s->points : on == ARI_ON_EXACT ? s->exact : s->index;
}

/* break: [ids] of serial ties: more points first, blank last. */
static int compare_breaks(const runner *a, const runner *b) {
  for (uint32_t i = 0; i < a->ranking->n_breaks; i++) {
    int32_t node = a->ranking->breaks[i]->index;
    const ari_figure *x = ari_result_figure(a->result, a->agency, node), *y = ari_result_figure(b->result, b->agency, node);
    if (x->has_points != y->has_points) return x->has_points ? -1 : 1;
    if (x->has_points && x->points != y->points) return compare(y->points, x->points);
  }
  return 0;
}

static int by_figure(const void *left, const void *right) {
  const runner *a = left, *b = right;
  int c = compare(a->part, b->part);
  if (!c) c = compare(b->ranked, a->ranked);
  if (!c && a->ranked) c = compare(b->key, a->key);
  if (!c && a->ranked && a->ranking->ties == ARI_SERIAL) c = compare_breaks(a, b);
  return c ? c : compare(a->agency, b->agency);
}

/* Groups in the order of the agency list, then rank, then list order; who has no rank stands behind. */
static int by_row(const void *left, const void *right) {
  const runner *a = left, *b = right;
  const ari_standing *x = &a->result->standings[a->agency], *y = &b->result->standings[b->agency];
  int c = compare(a->block, b->block);
  if (!c) c = compare(x->rank == 0, y->rank == 0);
  if (!c) c = compare(x->rank, y->rank);
  return c ? c : compare(a->agency, b->agency);
}

/* Ranks the n runners of one part, those with a figure first. */
static void rank_part(ari_result *result, const runner *all, size_t n) {
  const ari_ranking *ranking = all[0].ranking;
  int rank = 0;
  size_t i = 0;
  for (; i < n && all[i].ranked; i++) {
    ari_standing *s = &result->standings[all[i].agency];
    bool tie = i > 0 && ranking->ties != ARI_SERIAL && all[i].key == all[i - 1].key;
    if (!tie) rank = ranking->ties == ARI_DENSE ? rank + 1 : (int)i + 1;
    s->rank = rank;
    s->tied = tie;
    if (tie) result->standings[all[i - 1].agency].tied = true;
  }
  if (!ranking->absent_last) return;
  /* All absent share the next rank. */
  rank = ranking->ties == ARI_DENSE ? rank + 1 : (int)i + 1;
  ari_standing *first = NULL;
  for (; i < n; i++) {
    ari_standing *s = &result->standings[all[i].agency];
    if (s->state != ARI_ABSENT) continue;
    s->rank = rank;
    s->tied = first != NULL;
    if (first) first->tied = true;
    else first = s;
  }
}

bool ari_rank(ari_result *result, const ari_evidence *evidence) {
  const ari_ranking *ranking = &evidence->set->ranking;
  size_t n = result->n_agencies;
  runner *all = ari_calloc(n ? n : 1, sizeof *all);
  if (!all) return false;
  for (size_t i = 0; i < n; i++) {
    const ari_agency *agency = &evidence->agencies->items[i];
    ari_standing *s = &result->standings[i];
    all[i] = (runner){.result = result, .ranking = ranking, .agency = (uint32_t)i, .ranked = s->has_points};
    all[i].key = figure_of(s, ranking->on);
    if (ranking->within != ARI_WITHIN_ALL) all[i].part = all[i].block = agency->group_index;
    if (ranking->within == ARI_WITHIN_TIER) all[i].part = (int32_t)agency->tier_index;
  }
  qsort(all, n, sizeof *all, by_figure);
  for (size_t from = 0, to; from < n; from = to) {
    for (to = from + 1; to < n && all[to].part == all[from].part; to++) {}
    rank_part(result, all + from, to - from);
  }
  qsort(all, n, sizeof *all, by_row);
  for (size_t i = 0; i < n; i++) result->order[i] = all[i].agency;
  for (size_t i = 0; i < n; i++) all[i].block = all[i].part;
  qsort(all, n, sizeof *all, by_row);
  for (size_t i = 0; i < n; i++) result->shown[i] = all[i].agency;
  ari_free(all);
  return true;
}
