/* Rows of the ranking and of the scores, and the texts in them, as the public header gives them. */
#include "inside.h"

#include <string.h>

/* Ids and titles ended by NUL, in the options' language; made once, for slices of files are not. */
struct ari_names {
  const char **agency, **agency_name, **group, **group_title;   /* agencies; groups */
  const char **tier_title;
  const char **node, **node_title, **grade, **grade_title;
  const char *set_title, *period;
};

/* ---- texts ---- */

static const char **new_texts(ari_work *work, size_t n) {
  const char **texts = ari_arena_array(&work->arena, n, sizeof *texts);
  if (!texts) work->failed = true;
  return texts;
}

static void put_text(ari_work *work, const char **to, ari_str text) {
  if (!work->failed && !(*to = ari_str_cstring(&work->arena, text))) work->failed = true;
}

static const char *period_text(ari_work *work) {
  ari_buf b = {0};
  ari_buf_period_words(&b, work->period, work->options.lang);
  const char *text = b.failed ? NULL : ari_str_cstring(&work->arena, ari_buf_view(&b));
  if (!text) work->failed = true;
  ari_buf_free(&b);
  return text;
}

bool ari_names_make(ari_work *work) {
  const ari_set *set = work->set;
  const ari_agencies *list = work->evidence->agencies;
  struct ari_names *t = ari_arena_alloc(&work->arena, sizeof *t);
  if (!t) return false;
  *t = (struct ari_names){new_texts(work, list->n),
                          new_texts(work, list->n),
                          new_texts(work, list->n_groups),
                          new_texts(work, list->n_groups),
                          new_texts(work, set->n_tiers),
                          new_texts(work, set->n_nodes),
                          new_texts(work, set->n_nodes),
                          new_texts(work, set->n_grades),
                          new_texts(work, set->n_grades),
                          NULL,
                          period_text(work)};
  put_text(work, &t->set_title, ari_title_of(work, set->title));
  for (size_t i = 0; i < list->n && !work->failed; i++) {
    put_text(work, &t->agency[i], list->items[i].id);
    put_text(work, &t->agency_name[i], ari_title_of(work, list->items[i].name));
  }
  for (size_t i = 0; i < list->n_groups && !work->failed; i++) {
    put_text(work, &t->group[i], list->groups[i]);
    put_text(work, &t->group_title[i], ari_group_title(set, list->groups[i], work->options.lang));
  }
  for (size_t i = 0; i < set->n_tiers && !work->failed; i++) put_text(work, &t->tier_title[i], ari_title_of(work, set->tiers[i].title));
  for (size_t i = 0; i < set->n_nodes && !work->failed; i++) {
    put_text(work, &t->node[i], set->nodes[i]->id);
    put_text(work, &t->node_title[i], ari_title_of(work, set->nodes[i]->title));
  }
  for (size_t i = 0; i < set->n_grades && !work->failed; i++) {
    put_text(work, &t->grade[i], set->grades[i].id);
    put_text(work, &t->grade_title[i], ari_title_of(work, set->grades[i].title));
  }
  work->names = t;
  return !work->failed;
}

const char *ari_set_title(const ari_work *work) { return work->names ? work->names->set_title : ""; }
const char *ari_period_text(const ari_work *work) { return work->names ? work->names->period : ""; }

/* ---- rows ---- */

static bool has_rows(const ari_work *work) { return work->result && work->names; }

size_t ari_ranking_count(const ari_work *work) { return has_rows(work) ? work->result->n_agencies : 0; }

ari_status ari_ranking_of(const ari_work *work, size_t i, ari_ranking_row *out) {
  const struct ari_names *t = work->names;
  ari_within within = work->set->ranking.within;
  const ari_standing *s = &work->result->standings[i];
  size_t group = (size_t)work->evidence->agencies->items[i].group_index, tier = work->evidence->agencies->items[i].tier_index;
  *out = (ari_ranking_row){.rank = s->rank,
                           .tied = s->tied,
                           .agency = t->agency[i],
                           .name = t->agency_name[i],
                           .group = t->group[group],
                           .group_title = t->group_title[group],
                           .block = within == ARI_WITHIN_ALL ? 0 : within == ARI_WITHIN_TIER ? tier : group,
                           .block_title = within == ARI_WITHIN_ALL ? "" : within == ARI_WITHIN_TIER ? t->tier_title[tier] : t->group_title[group],
                           .has_points = s->has_points,
                           .has_max = s->has_max,
                           .points = s->points,
                           .max = s->max,
                           .index = s->index,
                           .grade = s->grade >= 0 ? t->grade[s->grade] : "",
                           .grade_title = s->grade >= 0 ? t->grade_title[s->grade] : "",
                           .state = s->state,
                           .has_range = s->has_range,
                           .low = s->low,
                           .high = s->high,
                           .low_index = s->low_index,
                           .high_index = s->high_index};
  return ARI_OK;
}

const char *ari_agency_id_text(const ari_work *work, size_t agency) { return work->names->agency[agency]; }
const char *ari_node_id_text(const ari_work *work, const ari_node *node) { return work->names->node[node->index]; }
const char *ari_node_title_text(const ari_work *work, const ari_node *node) { return work->names->node_title[node->index]; }

ari_status ari_ranking_at(const ari_work *work, size_t row, ari_ranking_row *out) {
  return row < ari_ranking_count(work) ? ari_ranking_of(work, work->result->order[row], out) : ARI_MISUSE;
}

ari_status ari_ranking_shown(const ari_work *work, size_t row, ari_ranking_row *out) {
  return row < ari_ranking_count(work) ? ari_ranking_of(work, work->result->shown[row], out) : ARI_MISUSE;
}

bool ari_ranks_across_groups(const ari_work *work) { return work->set && work->set->ranking.within != ARI_WITHIN_GROUP; }
int ari_decimals_index(const ari_work *work) { return work->set ? work->set->root->rounding.index : 0; }
int ari_decimals_total(const ari_work *work) { return work->set ? work->set->root->rounding.total : 0; }

size_t ari_score_count(const ari_work *work) { return has_rows(work) ? work->result->rows[work->result->n_agencies] : 0; }

/* The agency whose rows hold this one. */
static size_t agency_of(const ari_result *r, size_t row) {
  size_t low = 0, high = r->n_agencies;
  while (high - low > 1) {
    size_t mid = low + (high - low) / 2;
    if (r->rows[mid] <= row) low = mid;
    else high = mid;
  }
  return low;
}

ari_status ari_score_at(const ari_work *work, size_t row, ari_score_row *out) {
  if (row >= ari_score_count(work)) return ARI_MISUSE;
  const ari_result *r = work->result;
  size_t agency = agency_of(r, row);
  const ari_node *n = work->set->tiers[work->evidence->agencies->items[agency].tier_index].nodes[row - r->rows[agency]];
  const ari_standing *s = &r->standings[agency];
  int32_t node = n->index;
  const ari_figure *f = ari_result_figure(r, agency, node);
  *out = (ari_score_row){.agency = work->names->agency[agency],
                         .criterion = work->names->node[node],
                         .title = work->names->node_title[node],
                         .level = n->level,
                         .state = node == 0 ? ari_agency_state_name(s->state) : ari_leaf_state_name((ari_leaf_state)f->state),
                         .state_text = node == 0 ? ari_agency_state_text_at(ari_work_stage(work), s->state, work->options.lang)
                                                 : ari_figure_state_text(f, work->options.lang),
                         .has_points = f->has_points,
                         .points = f->points,
                         .has_max = s->has_max,
                         .max = f->max};
  if (n->leaf >= 0 && out->has_max) out->has_claimed = ari_claimed_e12(ari_evidence_entry(work->evidence, agency, n->leaf), &out->claimed);
  return ARI_OK;
}
