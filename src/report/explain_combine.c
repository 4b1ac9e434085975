/* How the children of an inner node come together where they do not add up: each one's v with its part of the weights, and the points
 * before and after rounding (ari-criteria(5), "Criteria"). */
#include "inside.h"

ari_word ari_combine_word(ari_combine how) {
  static const ari_word words[] = {[ARI_COMBINE_SUM] = ARI_WORD_sum, [ARI_COMBINE_MEAN] = ARI_WORD_combine_mean,
                                   [ARI_COMBINE_WEIGHTED] = ARI_WORD_combine_weighted, [ARI_COMBINE_GEOMETRIC] = ARI_WORD_combine_geometric,
                                   [ARI_COMBINE_HARMONIC] = ARI_WORD_combine_harmonic, [ARI_COMBINE_MIN] = ARI_WORD_combine_min};
  return words[how];
}

/* One part of the formula; weights as they count here: divided by their sum over those that take part. */
static void put_part(ari_explainer *x, const ari_combining *c, const ari_node *child) {
  if (c->node->combine == ARI_COMBINE_WEIGHTED) {
    ari_num_div(c->max, child->weight[c->tier], c->weights);
    ari_explain_num(x, c->max);
    ari_buf_text(&x->b, " × ");
  }
  if (c->node->combine == ARI_COMBINE_HARMONIC) ari_buf_text(&x->b, "1/");
  ari_explain_num(x, c->v);
}

/* "100 × (0.5 × 0.64 + 0.5 × 0.9) = 77" */
static void put_formula(ari_explainer *x, const ari_combining *c) {
  static const char *const before[] = {[ARI_COMBINE_WEIGHTED] = "(", [ARI_COMBINE_MEAN] = "(", [ARI_COMBINE_GEOMETRIC] = "(",
                                       [ARI_COMBINE_MIN] = "min("};
  static const char *const between[] = {[ARI_COMBINE_WEIGHTED] = " + ", [ARI_COMBINE_MEAN] = " + ", [ARI_COMBINE_GEOMETRIC] = " × ",
                                        [ARI_COMBINE_HARMONIC] = " + ", [ARI_COMBINE_MIN] = "; "};
  ari_combine how = c->node->combine;
  bool first = true;
  if (ari_num_cmp_int(c->node->max[c->tier], 1) != 0) {
    ari_explain_num(x, c->node->max[c->tier]);
    ari_buf_text(&x->b, " × ");
  }
  if (how == ARI_COMBINE_HARMONIC && ari_num_sign(c->result) == 0) {   /* nothing is divided by 0 */
    ari_buf_printf(&x->b, "0 = 0  (%s)", ari_explain_word(x, ARI_WORD_harmonic_zero));
    ari_explain_line(x, ARI_LINE_RESULT, 1, ari_explain_word(x, ari_combine_word(how)));
    return;
  }
  if (how == ARI_COMBINE_HARMONIC) ari_buf_printf(&x->b, "%u / (", c->n);
  else ari_buf_text(&x->b, before[how]);
  for (const ari_node *child = c->node->first; child; child = child->next) {
    if (!ari_part_value(c, child)) continue;
    if (!first) ari_buf_text(&x->b, between[how]);
    first = false;
    put_part(x, c, child);
  }
  ari_buf_char(&x->b, ')');
  if (how == ARI_COMBINE_MEAN) ari_buf_printf(&x->b, " / %u", c->n);
  if (how == ARI_COMBINE_GEOMETRIC) ari_buf_printf(&x->b, "^(1/%u)", c->n);
  ari_buf_text(&x->b, " = ");
  ari_explain_num(x, c->result);
  ari_explain_line(x, ARI_LINE_RESULT, 1, ari_explain_word(x, ari_combine_word(how)));
}

static void put_combining(ari_explainer *x, ari_combining *c) {
  const ari_figure *f = &c->row[c->node->index];
  int64_t unrounded;
  ari_combine_parts(c);
  for (const ari_node *child = c->node->first; child && !x->short_form; child = child->next)
    ari_explain_child(x, child, ari_part_value(c, child) ? c->v : NULL);
  if (c->n == 0) {
    ari_buf_text(&x->b, "–");
    if (c->node->combine == ARI_COMBINE_WEIGHTED) ari_buf_printf(&x->b, "  (%s)", ari_explain_word(x, ARI_WORD_nothing_counts));
    ari_explain_line(x, ARI_LINE_RESULT, 1, ari_explain_word(x, ari_combine_word(c->node->combine)));
    return;
  }
  put_formula(x, c);
  const ari_decimals *d = &c->node->rounding;
  bool total_follows = !c->node->parent && ari_set_has_outside(x->work->set, x->tier);   /* rounded only after them */
  bool shown = f->has_points && !f->capped && !total_follows && ari_num_e12(c->result, &unrounded) && unrounded != f->points;
  if (shown) ari_explain_rounding(x, c->node->parent ? d->node : d->total, d->mode, f->points);
}

void ari_explain_combining(ari_explainer *x) {
  ari_nums nums = {0};
  ari_combining c = {.node = x->node, .tier = x->tier, .row = x->row, .v = ari_nums_new(&nums),
                     .max = ari_nums_new(&nums), .weights = ari_nums_new(&nums), .result = ari_nums_new(&nums)};
  if (c.v && c.max && c.weights && c.result) put_combining(x, &c);
  else x->out->failed = true;
  ari_nums_free(&nums);
}
