/* explain of a provisional total, and of the criteria that have something pending below them: where they can still end, and the arithmetic of both
 * ends (ari-criteria(5), "Pending"): everything pending at the least and at the most that its rule can give, with its whole maximum. */
#include "inside.h"

/* A node's points with the total at its lowest or highest end; of the whole also bonus, penalty and the index. */
static void explain_end(const ari_explainer *published, bool high, ari_word label, ari_figure *row) {
  ari_standing end;
  ari_explainer x = *published;
  x.b = (ari_buf){0};
  if (ari_score_end(x.work->evidence, x.work->result, x.agency, high, row, &end) != ARI_OK) {
    x.out->failed = true;
    return;
  }
  x.row = row;
  x.standing = &end;
  x.short_form = true;   /* the criteria are listed above */
  ari_explain_e12(&x, row[x.node->index].points);
  ari_explain_line(&x, ARI_LINE_FACT, 0, ari_explain_word(&x, label));
  if (x.node->combine == ARI_COMBINE_SUM) ari_explain_sum(&x);
  else ari_explain_combining(&x);
  ari_explain_capped(&x);
  if (!x.node->parent) {
    ari_explain_outside(&x);
    ari_explain_index(&x, 1);
  }
  ari_buf_free(&x.b);
}

static bool has_pending(const ari_explainer *x) {
  const ari_set *set = x->work->set;
  bool found = false;
  for (uint32_t i = 0; i < set->n_leaves && !found; i++) {
    const ari_node *above = set->leaves[i];
    if (x->row[above->index].state != ARI_PENDING) continue;
    while (above && above != x->node) above = above->parent;
    found = above != NULL;
  }
  return found;
}

/* Of a penalty there is least where the total is highest. */
void ari_explain_range(ari_explainer *x) {
  if (x->standing->state != ARI_PROVISIONAL || x->short_form || !has_pending(x)) return;
  bool turned = ari_part_of(x->node) == x->work->set->penalty;
  ari_figure *row = ari_calloc(x->work->set->n_nodes, sizeof *row);
  if (!row) x->out->failed = true;
  else {
    explain_end(x, turned, ARI_WORD_total_least, row);
    explain_end(x, !turned, ARI_WORD_total_most, row);
  }
  ari_free(row);
}
