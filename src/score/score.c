/* Scoring everything: one agency after the other in the order of the list. */
#include "inside.h"

#include <string.h>

const ari_figure *ari_result_figure(const ari_result *r, size_t agency, int32_t node) {
  return &r->figures[agency * r->n_nodes + (size_t)node];
}

bool ari_claimed_e12(const ari_entry *entry, int64_t *out) {
  if (!entry->has_claimed) return false;
  int64_t v = entry->claimed.coef;
  int scale = entry->claimed.scale;
  for (; scale < 12; scale++) {
    if (v > INT64_MAX / 10 || v < INT64_MIN / 10) return false;
    v *= 10;
  }
  /* half up at the 12th place, as ari_num_e12 does: only the digit next to it decides */
  for (; scale > 13; scale--) v /= 10;
  if (scale == 13) v = v / 10 + (v % 10 >= 5) - (v % 10 <= -5);
  if (v > 9000000 * ARI_ONE || v < -9000000 * ARI_ONE) return false;
  *out = v;
  return true;
}

static ari_result *new_result(size_t n_agencies, size_t n_nodes) {
  ari_result *r = ari_calloc(1, sizeof *r);
  if (!r) return NULL;
  size_t n = n_agencies ? n_agencies : 1;
  r->n_agencies = n_agencies;
  r->n_nodes = n_nodes;
  r->figures = n_nodes < SIZE_MAX / n ? ari_calloc(n * n_nodes, sizeof *r->figures) : NULL;
  r->standings = ari_calloc(n, sizeof *r->standings);
  r->order = ari_calloc(n, sizeof *r->order);
  r->shown = ari_calloc(n, sizeof *r->shown);
  r->rows = ari_calloc(n + 1, sizeof *r->rows);
  if (r->figures && r->standings && r->order && r->shown && r->rows) return r;
  ari_result_free(r);
  return NULL;
}

void ari_result_free(ari_result *result) {
  if (!result) return;
  ari_free(result->figures);
  ari_free(result->standings);
  ari_free(result->order);
  ari_free(result->shown);
  ari_free(result->rows);
  ari_cohorts_free(result->cohorts);
  ari_free(result);
}

static void score_leaves(ari_scorer *s, ari_standing *out) {
  for (uint32_t i = 0; i < s->set->n_leaves; i++) ari_score_leaf(s, s->set->leaves[i]);
  if (s->pends) memcpy(s->kept, s->row, s->set->n_nodes * sizeof *s->row);
  ari_score_nodes(s);
  ari_score_total(s, out);
}

/* Everything is evaluated even when something was told before, so that one run tells all that is wrong. */
void ari_score_figures(ari_scorer *s, ari_standing *out) {
  ari_check_agency(s);
  score_leaves(s, out);
}

static void score_agency(ari_scorer *s, ari_submission *submission, ari_figure *row, ari_figure *other, ari_standing *out) {
  out->grade = -1;
  if (!ari_is_present(s->evidence, s->agency)) {   /* nothing that could be evaluated: none was given, or what there is could not be read */
    out->state = submission->invalid ? ARI_INVALID : ARI_ABSENT;
    return;
  }
  score_leaves(s, out);
  ari_score_range(s, other, out);
  submission->invalid |= s->faulty;
  if (!submission->invalid) return;
  *out = (ari_standing){.state = ARI_INVALID, .grade = -1};
  memset(row, 0, s->set->n_nodes * sizeof *row);
}

/* Rows of the CSV contract: absent and invalid agencies have the total row alone, the others what exists in their tier. */
static void count_rows(ari_result *r, const ari_evidence *evidence) {
  for (size_t i = 0; i < r->n_agencies; i++) {
    ari_agency_state state = r->standings[i].state;
    const ari_tier *tier = &evidence->set->tiers[evidence->agencies->items[i].tier_index];
    r->rows[i + 1] = r->rows[i] + (state == ARI_ABSENT || state == ARI_INVALID ? 1 : tier->n_nodes);
  }
}

/* What the author expects is checked for all before the first leaf: whose evidence is in error is compared with nobody. */
static bool check_all(ari_scorer *s, ari_result *r, ari_evidence *evidence) {
  bool good = true;
  for (size_t i = 0; good && i < r->n_agencies; i++) {
    if (!ari_is_present(evidence, i)) continue;
    ari_scorer_agency(s, i, &r->figures[i * r->n_nodes]);
    ari_check_agency(s);
    evidence->submissions[i].invalid |= s->faulty;
    good = !ari_num_failed() && !s->failed && !s->fs->failed;
  }
  if (good && evidence->set->n_series) good = (r->cohorts = ari_cohorts_new(evidence)) != NULL;
  s->cohorts = r->cohorts;
  return good;
}

static bool score_all(ari_result *r, ari_evidence *evidence, ari_findings *fs) {
  ari_scorer s;
  ari_figure *other = ari_calloc(r->n_nodes, sizeof *other);
  bool good = ari_scorer_start(&s, evidence, fs) && other && check_all(&s, r, evidence);
  for (size_t i = 0; good && i < r->n_agencies; i++) {
    ari_figure *row = &r->figures[i * r->n_nodes];
    ari_scorer_agency(&s, i, row);
    score_agency(&s, &evidence->submissions[i], row, other, &r->standings[i]);
    good = !ari_num_failed() && !s.failed && !fs->failed;
  }
  ari_scorer_free(&s);
  ari_free(other);
  return good;
}

ari_status ari_score(ari_result **result, ari_evidence *evidence, ari_findings *fs) {
  *result = NULL;
  ari_result *r = new_result(evidence->agencies->n, evidence->set->n_nodes);
  if (!r) return ARI_NOMEM;
  bool good = score_all(r, evidence, fs);
  if (good) count_rows(r, evidence);
  if (good && ari_grade_all(r, evidence->set) && ari_rank(r, evidence) && ari_warn_uncovered(evidence, r, fs) && !fs->failed) {
    *result = r;
    return ARI_OK;
  }
  ari_result_free(r);
  return ARI_NOMEM;
}

/* Leaves with points take what is claimed of them; the others are as they are in the result, so that both add up over the same leaves. */
static bool score_claims(ari_scorer *s, const ari_figure *beside) {
  bool any = false;
  for (uint32_t i = 0; i < s->set->n_leaves; i++) {
    const ari_node *leaf = s->set->leaves[i];
    const ari_figure *f = &beside[leaf->index];
    if (f->has_points) ari_score_leaf(s, leaf);
    else s->row[leaf->index] = *f;
    any |= f->has_points && ari_evidence_entry(s->evidence, s->agency, leaf->leaf)->has_claimed;
  }
  return any;
}

ari_status ari_score_claims(ari_evidence *evidence, const ari_result *result, size_t agency, ari_figure *row, ari_standing *out) {
  ari_scorer s = {0};
  ari_stage stage = evidence->stage;
  *out = (ari_standing){.state = ARI_ABSENT, .grade = -1};
  ari_evidence_go_to(evidence, ARI_STAGE_CLAIMED);
  bool good = ari_scorer_start(&s, evidence, NULL);
  if (good) {
    ari_scorer_agency(&s, agency, row);
    if (score_claims(&s, &result->figures[agency * result->n_nodes])) {
      ari_score_nodes(&s);
      ari_score_total(&s, out);
    }
    good = !ari_num_failed() && !s.failed;
  }
  ari_scorer_free(&s);
  ari_evidence_go_to(evidence, stage);
  return good ? ARI_OK : ARI_NOMEM;
}
