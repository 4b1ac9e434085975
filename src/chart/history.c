/* The ranks of several periods side by side, for the agencies of one of them (ari(1), "chart"). */
#include "inside.h"

#include <stdlib.h>

static int by_period(const void *a, const void *b) {
  const ari_work *x = *(const ari_work *const *)a, *y = *(const ari_work *const *)b;
  return ari_period_ends_after(x->period, y->period) ? 1 : ari_period_ends_after(y->period, x->period) ? -1 : 0;
}

/* Told at the end of the later of two that cannot stand side by side. */
static ari_status tell_periods(ari_work *work, ari_code code, const ari_work *a, const ari_work *b) {
  ari_buf first = {0}, second = {0};
  ari_buf_period(&first, a->period);
  ari_buf_period(&second, b->period);
  ari_findings_add(&work->findings, code, ARI_NOWHERE, &(ari_args){{ari_arg_text(ari_buf_view(&first)), ari_arg_text(ari_buf_view(&second))}});
  bool failed = first.failed || second.failed;
  ari_buf_free(&first);
  ari_buf_free(&second);
  return failed ? ARI_NOMEM : ARI_INPUT;
}

/* Ranks of the same thing, among the same, at different times. */
static ari_status check_side_by_side(ari_work *work, const ari_work *const *all, size_t n) {
  for (size_t k = 0; k < n; k++) {
    const ari_set *a = all[k]->set, *b = work->set;
    if (!all[k]->result) return ARI_MISUSE;
    if (!ari_sets_comparable(b, a)) {
      ari_findings_add(&work->findings, ARI_E0571, ARI_NOWHERE,
                       &(ari_args){{ari_arg_text(a->id), ari_arg_text(a->version), ari_arg_text(b->id), ari_arg_text(b->version)}});
      return ARI_INPUT;
    }
    if (a->ranking.within != b->ranking.within) return tell_periods(work, ARI_E0846, all[k], work);
    if (k && by_period(&all[k - 1], &all[k]) == 0) return tell_periods(work, ARI_E0845, all[k - 1], all[k]);
  }
  return ARI_OK;
}

/* The id of those that an agency is ranked with: its group or tier; of all, none. */
static ari_str block_id(const ari_work *work, size_t agency) {
  int32_t block = ari_chart_block(work, agency);
  if (block < 0) return (ari_str){0};
  return work->set->ranking.within == ARI_WITHIN_TIER ? work->set->tiers[block].id : work->evidence->agencies->groups[block];
}

/* Who of a period became which agency of the list. */
typedef struct becoming {
  const ari_work *work, *then;
  size_t agency;
  ari_past_rank *rank;
  bool *kept;                /* by agency of the period */
} becoming;

/* Where several became one, the best of their ranks stands for it. */
static bool add_forerunner(void *to, size_t before) {
  becoming *b = to;
  const ari_standing *s = &b->then->result->standings[before];
  b->kept[before] = true;
  if (!ari_str_eq(block_id(b->work, b->agency), block_id(b->then, before))) return true;
  bool several = b->rank->there;
  if (!several || (s->rank && (!b->rank->rank || s->rank < b->rank->rank))) *b->rank = (ari_past_rank){.there = true, .rank = s->rank, .tied = s->tied};
  b->rank->of_several = several;
  return true;
}

static bool read_period(const ari_work *work, const ari_work *then, ari_past_rank *ranks, size_t *gone) {
  const ari_agencies *now = work->evidence->agencies, *list = then->evidence->agencies;
  becoming b = {.work = work, .then = then, .kept = ari_calloc(list->n + 1, sizeof *b.kept)};
  if (!b.kept) return false;
  for (b.agency = 0; b.agency < now->n; b.agency++) {
    b.rank = &ranks[b.agency];
    (void)ari_forerunners(then, work, b.agency, add_forerunner, &b);
  }
  for (size_t i = 0; i < list->n; i++) *gone += !b.kept[i];
  ari_free(b.kept);
  return true;
}

ari_status ari_chart_history(ari_work *work, ari_work *const *others, size_t n, ari_history *out) {
  ari_arena *arena = &work->arena;
  const ari_work **all = ari_arena_array(arena, n + 1, sizeof *all);
  ari_period *periods = ari_arena_array(arena, n + 1, sizeof *periods);
  *out = (ari_history){.periods = periods, .ranks = ari_arena_array(arena, n + 1, sizeof *out->ranks), .n = n + 1};
  if (!all || !periods || !out->ranks) return ARI_NOMEM;
  for (size_t k = 0; k < n; k++) all[k] = others[k];
  all[n] = work;
  qsort(all, n + 1, sizeof *all, by_period);
  ari_status status = check_side_by_side(work, all, n + 1);
  for (size_t k = 0; k <= n && status == ARI_OK; k++) {
    ari_past_rank *ranks = ari_arena_array(arena, work->evidence->agencies->n, sizeof *ranks);
    if (!ranks || !read_period(work, all[k], ranks, &out->gone)) return ARI_NOMEM;
    periods[k] = all[k]->period;
    out->ranks[k] = ranks;
  }
  return work->findings.failed ? ARI_NOMEM : status;
}
