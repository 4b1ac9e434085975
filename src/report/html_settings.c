/* What holds for the whole set, in the method of report.html: rounding, ranks, ties, grades, what comes of figures that are missing. */
#include "inside.h"

#include <string.h>

static void put_need(ari_page *p, const ari_need *need) {
  ari_buf words = {0};
  ari_need_words(&words, p->work->set, need, p->lang);
  ari_page_text(p, ari_buf_view(&words));
  if (words.failed) p->out.failed = p->out.no_memory = true;
  ari_buf_free(&words);
}

/* "Grades by index: Excellent from 90, if the share of points of “Steering” ≥ 75%; Good from 80." */
static void put_grades(ari_page *p) {
  const ari_set *set = p->work->set;
  if (set->n_grades == 0) return;
  ari_page_put(p, "<p>");
  ari_page_word(p, set->grades_on_points ? ARI_WORD_grades_by_points : ARI_WORD_grades_by_index);
  for (uint32_t i = 0; i < set->n_grades; i++) {
    const ari_grade *grade = &set->grades[i];
    ari_page_put(p, i == 0 ? ": " : "; ");
    ari_page_title(p, grade->title);
    ari_page_put(p, " ");
    ari_page_word(p, ARI_WORD_grade_from);
    ari_page_put(p, " ");
    ari_page_figure(p, grade->from_e12, -1);
    for (uint32_t n = 0; n < grade->n_needs; n++) {
      ari_page_put(p, n == 0 ? ", " : " ");
      ari_page_word(p, n == 0 ? ARI_WORD_grade_if : ARI_WORD_and_also);
      ari_page_put(p, " ");
      put_need(p, &grade->needs[n]);
    }
  }
  ari_page_put(p, ".</p>\n");
}

/* A sentence of words.def with up to three %d. */
static void put_counted(ari_page *p, ari_word w, const int *numbers) {
  for (const char *s = ari_page_say(p, w); *s;) {
    const char *place = strstr(s, "%d");
    if (!place) {
      ari_page_c(p, s);
      return;
    }
    ari_page_text(p, (ari_str){s, (size_t)(place - s)});
    ari_page_int(p, *numbers++);
    s = place + 2;
  }
}

/* "The total is the sum of the criteria + Bonus − Penalty, not below 0 …" */
static void put_outside(ari_page *p) {
  const ari_set *set = p->work->set;
  ari_page_word(p, ARI_WORD_total_is);
  if (set->bonus) {
    ari_page_put(p, " + ");
    ari_page_title(p, set->bonus->title);
  }
  if (set->penalty) {
    ari_page_put(p, " − ");
    ari_page_title(p, set->penalty->title);
  }
  ari_page_put(p, ", ");
  ari_page_word(p, ARI_WORD_total_max);
  ari_page_put(p, ".</p>\n<p>");
}

/* "Ranks compare the index as it is shown; agencies without any evidence share the rank behind all others." */
static void put_ranks(ari_page *p) {
  static const ari_word by[] = {[ARI_ON_INDEX] = ARI_WORD_ranked_by_index, [ARI_ON_POINTS] = ARI_WORD_ranked_by_points, [ARI_ON_EXACT] = ARI_WORD_ranked_by_exact};
  const ari_ranking *ranking = &p->work->set->ranking;
  ari_page_put(p, "<p>");
  ari_page_word(p, by[ranking->on]);
  ari_page_put(p, "; ");
  ari_page_word(p, ranking->absent_last ? ARI_WORD_absent_rank_last : ARI_WORD_absent_unranked);
  ari_page_put(p, ".");
  if (ranking->within != ARI_WITHIN_GROUP) {
    ari_page_put(p, " ");
    ari_page_word(p, ranking->within == ARI_WITHIN_TIER ? ARI_WORD_ranks_by_tier : ARI_WORD_ranks_across);
  }
  ari_page_put(p, "</p>\n");
}

static bool is_same(const ari_set *set, const ari_policy_setting *own) {
  for (uint32_t t = 1; t < set->n_tiers; t++)
    if (own[t].policy != own[0].policy) return false;
  return true;
}

/* "if figures are missing: 0 points", or that tier by tier. */
static void put_policy(ari_page *p, ari_word when, const ari_policy_setting *own) {
  const ari_set *set = p->work->set;
  bool same = is_same(set, own);
  ari_page_word(p, when);
  for (uint32_t t = 0; t < (same ? 1 : set->n_tiers); t++) {
    ari_buf effect = {0};
    ari_page_put(p, t == 0 ? ": " : ", ");
    if (!same) ari_page_title(p, set->tiers[t].title), ari_page_put(p, ": ");
    ari_policy_words(&effect, NULL, &own[t], p->lang);
    ari_page_text(p, ari_buf_view(&effect));
    if (effect.failed) ari_page_note(p, ARI_NOMEM);
    ari_buf_free(&effect);
  }
}

/* What holds for the whole set; a criterion for which something else holds says so itself. */
static void put_policies(ari_page *p) {
  const ari_node *root = p->work->set->root;
  ari_page_put(p, "<p>");
  ari_page_word(p, ARI_WORD_unless_said);
  ari_page_put(p, " – ");
  put_policy(p, ARI_WORD_if_missing, root->missing);
  ari_page_put(p, "; ");
  put_policy(p, ARI_WORD_if_not_applicable, root->not_applicable);
  ari_page_put(p, ".</p>\n");
}

void ari_page_settings(ari_page *p) {
  static const ari_word modes[] = {[ARI_HALF_UP] = ARI_WORD_half_up, [ARI_HALF_EVEN] = ARI_WORD_half_even, [ARI_DOWN] = ARI_WORD_down};
  static const ari_word ties[] = {[ARI_COMPETITION] = ARI_WORD_ties_competition, [ARI_DENSE] = ARI_WORD_ties_dense, [ARI_SERIAL] = ARI_WORD_ties_serial};
  const ari_set *set = p->work->set;
  const ari_decimals *d = &set->root->rounding;
  ari_page_put(p, "<p>");
  ari_page_word(p, ARI_WORD_rounding);
  ari_page_put(p, ": ");
  put_counted(p, ARI_WORD_decimals_at, (const int[]){d->leaf, d->total, d->index});
  ari_page_put(p, "; ");
  ari_page_word(p, modes[d->mode]);
  ari_page_put(p, ".</p>\n<p>");
  if (set->bonus || set->penalty) put_outside(p);
  ari_page_word(p, ARI_WORD_ties);
  ari_page_put(p, ": ");
  ari_page_word(p, ties[set->ranking.ties]);
  for (uint32_t i = 0; set->ranking.ties == ARI_SERIAL && i < set->ranking.n_breaks; i++) {
    ari_page_put(p, i == 0 ? ": " : ", ");
    ari_page_text(p, set->ranking.breaks[i]->id);
  }
  ari_page_put(p, ".</p>\n");
  put_ranks(p);
  put_policies(p);
  put_grades(p);
  bool waits = false;
  for (uint32_t i = 0; i < set->n_leaves; i++) waits |= set->leaves[i]->rule && ari_rule_waits(set, set->leaves[i]->rule);
  if (waits) {
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_pending_method);
    ari_page_put(p, "</p>\n");
  }
  if (set->uses_previous) {
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_previous_method);
    ari_page_put(p, "</p>\n");
  }
  if (set->root->combine == ARI_COMBINE_SUM) return;
  ari_page_put(p, "<p>");
  ari_page_word(p, ARI_WORD_index_word);
  ari_page_put(p, ": ");
  ari_page_word(p, ari_combine_word(set->root->combine));
  ari_page_put(p, ".</p>\n");
}
