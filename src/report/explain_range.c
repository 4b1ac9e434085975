/* explain of a provisional total: where it can still end, and the arithmetic of both ends (methodology S19): everything pending at the least and
 * at the most that its rule can give, with its whole maximum. */
#include "report.h"

/* The root's points as at this end, bonus and penalty, the index. */
static void explain_end(const ari_explainer *published, bool high, ari_figure *row) {
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
  ari_explain_e12(&x, end.points);
  ari_explain_line(&x, ARI_LINE_FACT, 0, ari_explain_word(&x, high ? ARI_WORD_total_most : ARI_WORD_total_least));
  if (x.node->combine == ARI_COMBINE_SUM) ari_explain_sum(&x);
  else ari_explain_combining(&x);
  ari_explain_outside(&x);
  ari_explain_index(&x, 1);
  ari_buf_free(&x.b);
}

void ari_explain_range(ari_explainer *x) {
  ari_figure *row = ari_calloc(x->work->set->n_nodes, sizeof *row);
  if (!row) x->out->failed = true;
  else {
    explain_end(x, false, row);
    explain_end(x, true, row);
  }
  ari_free(row);
}
