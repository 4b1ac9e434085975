/* What would raise an agency's total: for one leaf and one input the smallest change that gains points, and the smallest one with which the
 * leaf is full. Every answer is found by changing the cell and scoring the agency again, so what is promised is what a run would give. */
#include "inside.h"

enum { NEAR = 12, CANDIDATES = 128, FAR_DAYS = 3660, MOST_OPTIONS = 200 };
static const int64_t BEYOND = INT64_C(1000000000000000000);   /* inputs have up to 18 digits */

/* What a changed value comes to: WRONG: the evidence would have an error. */
typedef enum effect { WRONG, NOTHING, GAIN } effect;

typedef struct search {
  ari_adviser *with;
  const ari_node *leaf;
  const ari_input *input;
  ari_cell *cell;
  ari_dec from;              /* the changes are counted from here */
  int8_t scale;              /* of one step: 0 whole numbers, 4 a hundredth of a percent */
  bool full;                 /* only what makes the leaf full counts */
} search;

bool ari_adviser_start(ari_adviser *a, const ari_evidence *evidence, const ari_result *result, size_t agency) {
  *a = (ari_adviser){.agency = agency, .before = &result->standings[agency], .figures = ari_result_figure(result, agency, 0)};
  a->row = ari_calloc(evidence->set->n_nodes, sizeof *a->row);
  bool good = ari_scorer_start(&a->scorer, evidence, &a->told);
  a->scorer.cohorts = a->cohorts = result->cohorts;
  return good && a->row;
}

void ari_adviser_free(ari_adviser *a) {
  ari_scorer_free(&a->scorer);
  ari_findings_free(&a->told);
  ari_free(a->row);
}

bool ari_adviser_score(ari_adviser *a, ari_standing *out) {
  *out = (ari_standing){.grade = -1};
  ari_scorer_agency(&a->scorer, a->agency, a->row);
  ari_score_figures(&a->scorer, out);
  if (a->told.n || a->told.n_drops) ari_findings_free(&a->told);   /* nobody has made these mistakes */
  return !a->scorer.faulty;
}

/* Most changes that are tried gain nothing at their own leaf, which is seen without scoring all the others; not so where points are
 * spread. */
static bool gains_at_leaf(search *x) {
  ari_scorer *s = &x->with->scorer;
  if (s->unrounded) return true;
  const ari_figure *before = &x->with->figures[x->leaf->index], *now = &x->with->row[x->leaf->index];
  ari_scorer_agency(s, x->with->agency, x->with->row);
  ari_score_leaf(s, x->leaf);
  return s->faulty || (now->has_points && now->points > (before->has_points ? before->points : 0));
}

/* Whoever is compared with this agency is compared with what it is now. */
static void note_change(ari_adviser *a, const ari_input *input) {
  int slot = (int)(input - a->scorer.set->inputs);
  if (a->cohorts && !ari_cohorts_change(a->cohorts, a->agency, slot)) a->scorer.failed = true;
}

/* More points at the leaf and in total, and no lower index: what was left out before may count now. */
static effect try_value(search *x, ari_dec value, ari_change *out) {
  ari_adviser *a = x->with;
  ari_standing now;
  x->cell->value = value;
  x->cell->state = ARI_CELL_GIVEN;
  note_change(a, x->input);
  if (!gains_at_leaf(x)) return NOTHING;
  if (!ari_adviser_score(a, &now) || !now.has_points) return WRONG;
  const ari_figure *f = &a->row[x->leaf->index], *before = &a->figures[x->leaf->index];
  if (!f->has_points || f->points <= (before->has_points ? before->points : 0)) return NOTHING;
  if (now.points <= a->before->points || now.exact < a->before->exact) return NOTHING;
  if (x->full && (f->state != ARI_SCORED || f->points < f->max)) return NOTHING;
  *out = (ari_change){.found = true, .to = value, .gain = now.points - a->before->points, .index_gain = now.index - a->before->index};
  return GAIN;
}

/* ---- figures: so many steps up or down ------------------------------------------------------------------------------------- */

/* coef × 10^by; false: too many digits. */
static bool shift(int64_t *coef, int by) {
  for (; by > 0 && *coef; by--) {
    if (*coef >= BEYOND / 10 || *coef <= -BEYOND / 10) return false;
    *coef *= 10;
  }
  return true;
}

/* from + steps × 10^-scale as it would be read. False: no value that the input takes. */
static bool step_value(const search *x, int64_t steps, ari_dec *out) {
  int8_t scale = x->from.scale > x->scale ? x->from.scale : x->scale;
  int64_t coef = x->from.coef;
  if (!shift(&coef, scale - x->from.scale) || !shift(&steps, scale - x->scale)) return false;
  coef += steps;
  if (coef >= BEYOND || coef <= -BEYOND || (coef < 0 && x->from.coef >= 0)) return false;
  for (; scale > 0 && coef % 10 == 0 && coef; scale--) coef /= 10;
  *out = (ari_dec){.coef = coef, .scale = coef ? scale : 0, .written = x->cell->value.written};
  return !(x->input->has_from && ari_dec_cmp(*out, x->input->from) < 0) && !(x->input->has_to && ari_dec_cmp(*out, x->input->to) > 0);
}

static effect try_steps(search *x, int64_t steps, ari_change *out) {
  ari_dec value;
  if (!step_value(x, steps, &value)) return WRONG;
  ari_change change;
  effect e = try_value(x, value, &change);
  if (e != GAIN) return e;
  change.steps = steps;
  *out = change;
  return GAIN;
}

/* Between `low`, which is not, and `high`, which is of this effect, the first one that is; both counted towards `sign`. */
static int64_t first_of(search *x, effect e, int64_t low, int64_t high, int sign, ari_change *out) {
  while (high - low > 1) {
    int64_t middle = low + (high - low) / 2;
    if (try_steps(x, sign * middle, out) == e) high = middle;
    else low = middle;
  }
  return high;
}

/* Numbers of steps worth trying, ascending: the nearest one by one, then twice as many each time. */
static size_t list_candidates(int64_t *list) {
  size_t n = 0;
  for (int64_t d = 1; d <= NEAR; d++) list[n++] = d;
  for (int64_t d = 16; d < BEYOND / 2; d *= 2) list[n++] = d;
  return n;
}

/* Goes on until something gains, then back to the first that does. What gains may lie right before the first mistake (as many as were
 * received), so the last value before a mistake is tried too. At most about 200 values for one direction. */
static void search_steps(search *x, int sign, ari_change *out) {
  int64_t list[CANDIDATES];
  size_t n = list_candidates(list);
  int64_t low = 0;
  bool low_wrong = false;
  for (size_t i = 0; i < n; i++) {
    if (out->found && list[i] > (out->steps < 0 ? -out->steps : out->steps)) return;   /* the other way is shorter */
    if (x->input->type == ARI_DATE && list[i] > FAR_DAYS) return;
    ari_change change = {0};
    int64_t high = list[i];
    effect e = try_steps(x, sign * high, &change);
    bool wrong = e == WRONG;
    if (wrong && !low_wrong && high - low > 1) {
      int64_t last = first_of(x, WRONG, low, high, sign, &change) - 1;
      if (last > low) high = last, e = try_steps(x, sign * last, &change);
    }
    if (e == GAIN) {
      first_of(x, GAIN, low, high, sign, &change);
      bool nearer = !out->found || high < (out->steps < 0 ? -out->steps : out->steps);
      if (nearer || change.gain > out->gain) *out = change;
      return;
    }
    low = list[i];
    low_wrong = wrong;
  }
}

/* Where steps are counted from: the value, or for one that was not given the least it may be. */
static bool start_steps(search *x, const ari_cell *kept, ari_change *out) {
  static const int8_t scales[] = {[ARI_NUMBER] = 2, [ARI_PERCENT] = 4, [ARI_TEXT] = 0};
  x->scale = scales[x->input->type];
  if (kept->state == ARI_CELL_GIVEN) {
    x->from = kept->value;
    if (x->scale < kept->value.scale) x->scale = kept->value.scale;   /* as finely as it is written */
    return true;
  }
  x->from = (ari_dec){0};
  if (x->input->type == ARI_DATE) return false;   /* no day is nearer than another */
  if (x->input->has_from && ari_dec_cmp(x->from, x->input->from) < 0) x->from = x->input->from;
  try_steps(x, 0, out);
  return true;
}

/* ---- words: one option after the other --------------------------------------------------------------------------------------- */

/* The next step is the option that gains least. */
static void search_options(search *x, const ari_cell *kept, int64_t n, ari_change *out) {
  for (int64_t i = 0; i < n && i < MOST_OPTIONS; i++) {
    ari_change change = {0};
    if (kept->state == ARI_CELL_GIVEN && kept->value.coef == i) continue;
    if (try_value(x, (ari_dec){.coef = i}, &change) == GAIN && (!out->found || change.gain < out->gain)) *out = change;
  }
}

static void search_input(search *x, const ari_cell *kept, ari_change *out) {
  *out = (ari_change){0};
  switch (x->input->type) {
  case ARI_YES_NO: search_options(x, kept, 2, out); return;
  case ARI_CHOICE: search_options(x, kept, (int64_t)x->input->n_options, out); return;
  case ARI_TEXT:
    if (kept->state != ARI_CELL_GIVEN) search_options(x, kept, 1, out);   /* only that it is there can matter */
    return;
  default: break;
  }
  if (!start_steps(x, kept, out) || out->found) return;
  search_steps(x, 1, out);
  search_steps(x, -1, out);
}

void ari_advise(ari_adviser *a, ari_cell *cell, const ari_node *leaf, const ari_input *input, ari_advice *out) {
  search x = {.with = a, .leaf = leaf, .input = input, .cell = cell};
  const ari_cell kept = *cell;
  search_input(&x, &kept, &out->next);
  x.full = true;
  search_input(&x, &kept, &out->full);
  if (!out->next.found) out->next = out->full;
  *cell = kept;
  note_change(a, input);
}
