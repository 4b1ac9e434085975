/* Why an agency has the points it has, as lines of data: the rule in the author's words, the values put in, the rounding, the policy and where it was said, and the places of the
 * rule and of every evidence value. Text, HTML and JSON are made of the same lines. */
#include "inside.h"

#include <string.h>

const char *ari_explain_word(const ari_explainer *x, ari_word w) { return ari_word_text(w, x->work->options.lang); }

static bool keep(ari_explainer *x, ari_str s, ari_str *out) {
  if (!ari_str_copy(&x->out->arena, s, out)) x->out->failed = true;
  return !x->out->failed;
}

void ari_explain_line(ari_explainer *x, ari_line_kind kind, int depth, const char *label) {
  ari_lines *out = x->out;
  void *items = out->items;
  ari_line line = {.kind = kind, .depth = depth};
  if (x->b.failed || !ari_grow(&items, out->n, &out->room, sizeof *out->items)) out->failed = true;
  else out->items = items;
  if (!out->failed && keep(x, ari_str_of(label), &line.label) && keep(x, ari_buf_view(&x->b), &line.text)) out->items[out->n++] = line;
  ari_buf_clear(&x->b);
}

void ari_explain_e12(ari_explainer *x, int64_t e12) { ari_buf_e12(&x->b, e12, -1, x->how); }
void ari_explain_num(ari_explainer *x, const ari_num *a) { ari_buf_num(&x->b, a, x->short_form ? ARI_SHOWN_SHORT : ARI_SHOWN_DECIMALS, x->how); }

/* file:line:column, and for tables also the row and the column's name. */
void ari_explain_place(ari_explainer *x, ari_span span, uint32_t row, ari_str column) {
  if (span.file < 0) return;
  ari_source *source = &x->work->sources.items[span.file];
  ari_buf_source_place(&x->b, source, span.start, x->work->options.lang);
  if (!row) return;
  ari_buf_printf(&x->b, " (%s %u, %s ", ari_explain_word(x, ARI_WORD_row), row, ari_explain_word(x, ARI_WORD_column));
  ari_buf_str(&x->b, column);
  ari_buf_char(&x->b, ')');
}

void ari_explain_source(ari_explainer *x, ari_span span) { ari_buf_source_words(&x->b, x->work, span); }

/* ---- policies ---- */

void ari_explain_said(ari_explainer *x, const ari_node *from, ari_span span) {
  if (!from) {
    ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_by_default));
    return;
  }
  ari_buf_str(&x->b, from->id);
  ari_buf_text(&x->b, "  ");
  ari_explain_place(x, span, 0, (ari_str){0});
}

void ari_explain_said_at(ari_explainer *x, const ari_node *from, ari_span span) {
  ari_explain_said(x, from, span);
  ari_explain_line(x, ARI_LINE_PLACE, 2, ari_explain_word(x, ARI_WORD_said_at));
}

static void put_policy(ari_explainer *x, const ari_policy_setting *setting, ari_leaf_state state) {
  static const char *const keys[] = {[ARI_MISSING] = "missing", [ARI_EMPTY] = "empty", [ARI_NOT_APPLICABLE] = "not_applicable"};
  if (setting->policy == ARI_POLICY_NONE) return;
  if (state == ARI_NOT_APPLICABLE && x->node->presence[x->tier] == ARI_GRANTED) {
    ari_buf_printf(&x->b, "%s%s ", x->short_form ? "" : "elsewhere: full, ", ari_explain_word(x, ARI_WORD_tier));
    ari_buf_str(&x->b, ari_title_of(x->work, x->work->set->tiers[x->tier].title));
    ari_buf_text(&x->b, " – ");
  } else if (!x->short_form && (state == ARI_MISSING || state == ARI_EMPTY || state == ARI_NOT_APPLICABLE)) {
    ari_buf_printf(&x->b, "%s: %s – ", keys[state], ari_policy_name(setting->policy));
  }
  ari_policy_words(&x->b, x->node, setting, x->work->options.lang);
  ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_policy));
  if (x->short_form || state == ARI_WITHHELD) return;
  ari_explain_said_at(x, setting->from, setting->span);
}

/* The short form leaves out what would be said in every row of a report: the mode stands in its method. */
void ari_explain_rounding(ari_explainer *x, int decimals, ari_rounding mode, int64_t points) {
  static const ari_word modes[] = {[ARI_HALF_UP] = ARI_WORD_half_up, [ARI_HALF_EVEN] = ARI_WORD_half_even, [ARI_DOWN] = ARI_WORD_down};
  const char *format = ari_explain_word(x, ARI_WORD_rounded), *n = strstr(format, "%d");
  if (decimals >= 12 || !n) ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_not_rounded));
  else if (x->short_form) ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_rounded_short));   /* the figure shows its decimals, the method tells the rest */
  else {
    ari_buf_put(&x->b, format, (size_t)(n - format));
    ari_buf_int(&x->b, decimals);
    ari_buf_text(&x->b, n + 2);
    ari_buf_printf(&x->b, " (%s)", ari_explain_word(x, modes[mode]));
  }
  ari_buf_text(&x->b, " = ");
  if (x->short_form) ari_buf_e12(&x->b, points, decimals <= 4 ? decimals : -1, x->how);   /* as in the column beside it */
  else ari_explain_e12(x, points);
  ari_explain_line(x, ARI_LINE_RESULT, 1, "");
}

/* ---- nodes ---- */

static void put_head(ari_explainer *x) {
  const ari_figure *f = &x->row[x->node->index];
  if (x->short_form) return;
  ari_str title = ari_title_of(x->work, x->node->title);
  if (x->node->level > 0 && !ari_str_eq(title, x->node->id)) {
    ari_buf_str(&x->b, x->node->id);
    ari_buf_text(&x->b, "  ");
  }
  ari_buf_str(&x->b, title);
  ari_explain_line(x, ARI_LINE_TITLE, 0, "");
  if (f->has_points) ari_explain_e12(x, f->points);
  else ari_buf_text(&x->b, "–");
  ari_buf_text(&x->b, " / ");
  ari_explain_e12(x, f->max);
  if (x->node->leaf >= 0) {
    ari_buf_text(&x->b, "   ");
    ari_buf_text(&x->b, ari_figure_state_text(f, x->work->options.lang));
  }
  ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_score_of));
}

static void put_claimed(ari_explainer *x, const ari_entry *entry) {
  int64_t claimed;
  if (x->short_form || !ari_claimed_e12(entry, &claimed)) return;
  ari_explain_e12(x, claimed);
  ari_buf_text(&x->b, "    ");
  ari_explain_place(x, ari_place_span(entry->claimed_at), 0, (ari_str){0});
  ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_claimed));
}

/* True when rounding changed nothing, so that the last step says it all. */
static bool is_exact(const ari_explainer *x, const ari_leaf_trace *trace) {
  ari_num *points = ari_num_new();
  if (points) ari_num_set_e12(points, trace->figure.points);
  else x->out->failed = true;
  bool exact = points && ari_num_cmp(points, trace->unrounded) == 0;
  ari_num_free(points);
  return exact;
}

ari_status ari_explain_calculation(ari_explainer *x, bool evidence) {
  const ari_node *leaf = x->node;
  const ari_entry *entry = ari_evidence_entry(x->work->evidence, x->agency, leaf->leaf);
  ari_leaf_trace trace;
  ari_status status = ari_trace_leaf(x->work->evidence, x->work->result, x->agency, leaf->leaf, &trace);
  if (status == ARI_OK) {
    if (!x->short_form) ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_calculation));
    ari_explain_steps(x, &trace);
    if (evidence) ari_explain_documents(x, entry->remark);
    ari_explain_pending(x, &trace);
    put_policy(x, &trace.policy, (ari_leaf_state)trace.figure.state);
    if (trace.unrounded && !(x->short_form && is_exact(x, &trace))) ari_explain_rounding(x, leaf->rounding.leaf, leaf->rounding.mode, trace.figure.points);
    if (evidence) ari_explain_remarks(x, entry->remark);
    if (evidence && !x->short_form && leaf->presence[x->tier] == ARI_THERE) ari_explain_inputs(x);
  }
  ari_leaf_trace_free(&trace);
  return status;
}

static void put_rule(ari_explainer *x) {
  if (!x->node->rule || x->short_form) return;
  ari_rule_sentence(&x->b, x->work->set, x->node, x->work->options.lang);
  ari_explain_line(x, ARI_LINE_WORDS, 0, ari_explain_word(x, ARI_WORD_rule_in_words));
  ari_explain_source(x, x->node->rule->span);
  ari_buf_text(&x->b, "    ");
  ari_explain_place(x, x->node->rule->span, 0, (ari_str){0});
  ari_explain_line(x, ARI_LINE_FORMULA, 0, ari_explain_word(x, ARI_WORD_rule));
}

static bool has_figures(const ari_explainer *x) { return x->standing->state != ARI_ABSENT && x->standing->state != ARI_INVALID; }

/* What was decided comes behind what the rule gives for the agency's own figures, if it has any. */
static ari_status explain_leaf(ari_explainer *x) {
  ari_stage stage = ari_work_stage(x->work);
  bool ruled = ari_explain_is_ruled(x);
  ari_status status = ARI_OK;
  put_claimed(x, ari_evidence_entry(x->work->evidence, x->agency, x->node->leaf));
  if (stage == ARI_STAGE_CLAIMED) return ARI_OK;
  put_rule(x);
  if (ruled) ari_explain_go_to(x, ARI_STAGE_COMPUTED);
  if (!x->out->failed && has_figures(x)) status = ari_explain_calculation(x, true);
  if (!ruled) return status;
  ari_explain_go_to(x, stage);
  if (status == ARI_OK) status = ari_explain_appraisals(x);
  ari_explain_stages(x);
  return status;
}

void ari_explain_child(ari_explainer *x, const ari_node *child, const ari_num *v) {
  if (child->presence[x->tier] == ARI_NOT_THERE) return;
  const ari_figure *f = &x->row[child->index];
  ari_buf_str(&x->b, child->id);
  ari_buf_text(&x->b, "  ");
  if (f->has_points) ari_explain_e12(x, f->points);
  else ari_buf_text(&x->b, "–");
  ari_buf_text(&x->b, " / ");
  ari_explain_e12(x, f->max);
  if (v) {
    ari_buf_text(&x->b, " = ");
    ari_explain_num(x, v);
  }
  if (f->state != ARI_NO_STATE && f->state != ARI_SCORED) ari_buf_printf(&x->b, "   %s", ari_figure_state_text(f, x->work->options.lang));
  if (child->outside && f->capped) ari_buf_printf(&x->b, "   %s", ari_explain_word(x, ARI_WORD_cut_to_max));
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}

/* There is no figure to explain, only why. */
static void explain_absence(ari_explainer *x) {
  const ari_node *said = x->node;   /* the one that is not there itself, not only below such a one */
  while (said->parent && said->parent->presence[x->tier] == ARI_NOT_THERE) said = said->parent;
  ari_buf_str(&x->b, x->node->id);
  ari_explain_line(x, ARI_LINE_TITLE, 0, "");
  ari_buf_printf(&x->b, "%s ", ari_explain_word(x, ARI_WORD_not_in_tier));
  ari_buf_str(&x->b, ari_title_of(x->work, x->work->set->tiers[x->tier].title));
  ari_buf_text(&x->b, "    ");
  ari_explain_place(x, said->max_span, 0, (ari_str){0});
  ari_explain_line(x, ARI_LINE_TEXT, 0, "");
}

/* What stands beside the criteria of the root and outside what they come to. */
static void put_outside(ari_explainer *x) {
  const ari_set *set = x->work->set;
  if (x->node == set->root && set->bonus) ari_explain_child(x, set->bonus, NULL);
  if (x->node == set->root && set->penalty) ari_explain_child(x, set->penalty, NULL);
}

/* "1.2 + 1 = 2.2": the figures as they were added, before they are cut or rounded; one alone is not repeated. */
void ari_explain_sum(ari_explainer *x) {
  const ari_figure *f = &x->row[x->node->index];
  const ari_decimals *d = &x->node->rounding;
  bool total_follows = x->node == x->work->set->root && ari_set_has_outside(x->work->set, x->tier);   /* rounded only after them */
  int64_t sum = 0;
  uint32_t n = 0, shown = 0;
  for (const ari_node *child = x->node->first; child; child = child->next) n += x->row[child->index].has_points;
  for (const ari_node *child = x->node->first; child; child = child->next) {
    const ari_figure *c = &x->row[child->index];
    if (!c->has_points) continue;
    sum += c->points;
    if (n == 1) continue;
    if (shown++) ari_buf_text(&x->b, " + ");
    ari_explain_e12(x, c->points);
  }
  if (n > 1) ari_buf_text(&x->b, " = ");
  if (n > 0 || f->has_points) ari_explain_e12(x, sum);
  else ari_buf_text(&x->b, "–");
  ari_explain_line(x, ARI_LINE_RESULT, 1, ari_explain_word(x, ARI_WORD_sum));
  bool rounded = f->has_points && !f->capped && !total_follows && sum != f->points;
  if (rounded) ari_explain_rounding(x, x->node->parent || x->node->outside ? d->node : d->total, d->mode, f->points);
}

void ari_explain_capped(ari_explainer *x) {
  const ari_figure *f = &x->row[x->node->index];
  if (!f->capped) return;
  ari_buf_printf(&x->b, "%s: ", ari_explain_word(x, x->node->outside || x->short_form ? ARI_WORD_cut_to_max : ARI_WORD_capped));
  ari_explain_e12(x, f->points);
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}

static void explain_inner(ari_explainer *x) {
  if (x->node->combine == ARI_COMBINE_SUM) {
    for (const ari_node *child = x->node->first; child; child = child->next) ari_explain_child(x, child, NULL);
    put_outside(x);
    ari_explain_sum(x);
  } else {
    ari_explain_combining(x);
    put_outside(x);
    if (!x->short_form) ari_explain_said_at(x, x->node->combine_from, x->node->combine_span);
  }
  ari_explain_capped(x);
}

ari_explainer ari_explain_start(ari_work *work, size_t agency, int32_t node, bool short_form, ari_lines *out) {
  return (ari_explainer){.work = work, .out = out, .agency = agency, .tier = work->evidence->agencies->items[agency].tier_index,
                         .row = ari_result_figure(work->result, agency, 0), .standing = &work->result->standings[agency],
                         .node = work->set->nodes[node], .short_form = short_form, .how = ari_locale_of(work->options.lang)};
}

ari_status ari_explain_node(ari_work *work, size_t agency, int32_t node, bool short_form, ari_lines *out) {
  ari_agency_state state = work->result->standings[agency].state;
  ari_explainer x = ari_explain_start(work, agency, node, short_form, out);
  ari_status status = ARI_OK;
  bool figures = state != ARI_ABSENT && state != ARI_INVALID;
  if (figures && x.node->presence[x.tier] == ARI_NOT_THERE) {
    explain_absence(&x);
  } else if (figures) {
    put_head(&x);
    if (x.node->leaf >= 0) status = explain_leaf(&x);
    else explain_inner(&x);
    if (x.node->leaf < 0 && ari_explain_is_ruled(&x) && status == ARI_OK) status = ari_explain_appraisals(&x);
    if (x.node->parent && x.node->leaf < 0) ari_explain_range(&x);
  }
  if (node == 0) ari_explain_total(&x);
  ari_buf_free(&x.b);
  return status == ARI_OK && out->failed ? ARI_NOMEM : status;
}

void ari_lines_free(ari_lines *lines) {
  ari_arena_free(&lines->arena);
  ari_free(lines->items);
  *lines = (ari_lines){0};
}
