/* explain of what people decided: the first appraisal, the agency's explanation, the second appraisal, in this order, and what the points were at each stage (ari-evidence(5), "Appraisals"). */
#include "inside.h"

enum { TURNS = 2 };

static int last_turn(ari_stage stage) {
  return stage == ARI_STAGE_APPRAISED1 ? 1 : stage == ARI_STAGE_CLAIMED || stage == ARI_STAGE_COMPUTED ? 0 : TURNS;
}

typedef struct search { const ari_decision *decision; bool found; } search;

static void look_for_slot(void *to, int slot) {
  search *x = to;
  for (uint32_t i = 0; i < x->decision->n_overrides; i++) x->found |= x->decision->overrides[i].slot == slot;
}

static void look_through(void *to, const ari_expr *e) { ari_expr_inputs(e, look_for_slot, to); }

/* Whether a decision is about the node itself, or replaces figures above it that its rule uses. */
static bool concerns(const ari_node *node, const ari_decision *d) {
  search x = {d, d->node == node->index};
  if (node->rule && !x.found) ari_rule_formulas(node->rule, look_through, &x);
  return x.found;
}

/* What was decided in a turn at `at`, which is the node or stands above it; NULL: nothing that concerns it. */
static const ari_decision *decision_at(const ari_explainer *x, const ari_node *at, int turn) {
  const ari_decision *d = ari_evidence_decision_of_turn(x->work->evidence, x->agency, at->index, turn);
  return d && concerns(x->node, d) ? d : NULL;
}

bool ari_explain_is_ruled(const ari_explainer *x) {
  int turns = last_turn(ari_work_stage(x->work));
  bool ruled = turns > 0 && ari_evidence_explanation(x->work->evidence, x->agency, x->node->index);
  for (int turn = 1; turn <= turns; turn++)
    for (const ari_node *n = x->node; n; n = n->parent) ruled |= decision_at(x, n, turn) != NULL;
  return ruled;
}

void ari_explain_go_to(ari_explainer *x, ari_stage stage) {
  if (ari_work_go_to(x->work, stage) != ARI_OK) {
    x->out->failed = true;
    return;
  }
  x->row = ari_result_figure(x->work->result, x->agency, 0);
  x->standing = &x->work->result->standings[x->agency];
}

/* ---- one decision ---- */

static ari_stage stage_of(int turn) { return turn == 1 ? ARI_STAGE_APPRAISED1 : ARI_STAGE_APPRAISED2; }

static void put_ruling(ari_explainer *x, const ari_decision *d) {
  static const ari_word words[] = {[ARI_RULING_ACCEPT] = ARI_WORD_ruled_accept, [ARI_RULING_INPUTS] = ARI_WORD_ruled_inputs, [ARI_RULING_POINTS] = ARI_WORD_ruled_points};
  ari_buf_text(&x->b, ari_explain_word(x, words[d->ruling]));
  if (d->ruling == ARI_RULING_POINTS) {
    ari_buf_char(&x->b, ' ');
    ari_buf_dec(&x->b, d->points, x->how);
  }
  if (!x->short_form) {
    ari_buf_text(&x->b, "    ");
    ari_explain_place(x, ari_place_span(d->at), d->at.row, ARI_STR("decision"));
  }
  if (d->node != x->node->index) {
    ari_buf_text(&x->b, "    ");
    ari_buf_str(&x->b, x->work->set->nodes[d->node]->id);
  }
  ari_explain_line(x, ARI_LINE_FACT, 0, ari_stage_text(stage_of(d->turn), x->work->options.lang));
}

static void put_text(ari_explainer *x, ari_word label, ari_str text) {
  if (!text.n) return;
  ari_buf_str(&x->b, text);
  ari_explain_line(x, ARI_LINE_TEXT, 1, ari_explain_word(x, label));
}

/* "on_time: 90 → 85" */
static void put_override(ari_explainer *x, const ari_override *o) {
  const ari_input *input = &x->work->set->inputs[o->slot];
  if (input->type == ARI_SURVEY) return;   /* its options speak for it */
  ari_explain_input_name(x, input);
  ari_buf_text(&x->b, ": ");
  if (o->own.state == ARI_CELL_GIVEN) ari_explain_value(x, input, &o->own);
  else ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_not_given));
  ari_buf_text(&x->b, " → ");
  ari_explain_value(x, input, &o->cell);
  ari_explain_line(x, ARI_LINE_STEP, 1, "");
}

static void put_decision(ari_explainer *x, const ari_decision *d) {
  put_ruling(x, d);
  put_text(x, ARI_WORD_reason, d->reason);
  if (!x->short_form) put_text(x, ARI_WORD_appraised_by, d->by);
  for (uint32_t i = 0; i < d->n_documents; i++) ari_explain_document(x, &d->documents[i]);
  for (uint32_t i = 0; i < d->n_overrides; i++) put_override(x, &d->overrides[i]);
}

/* Figures that the criterion's rule uses and that stand above it are not the agency's own. */
static bool shares_other_figures(const ari_explainer *x) {
  for (const ari_node *n = x->node->parent; n; n = n->parent) {
    const ari_decision *d = ari_evidence_decision(x->work->evidence, x->agency, n->index);
    if (d && d->n_overrides && concerns(x->node, d)) return true;
  }
  return false;
}

/* What a turn made of a leaf: points that were given are only rounded; other figures go through the rule again. */
static ari_status put_outcome(ari_explainer *x, int turn) {
  ari_explain_go_to(x, stage_of(turn));
  const ari_decision *own = ari_evidence_decision(x->work->evidence, x->agency, x->node->index);
  const ari_decimals *places = &x->node->rounding;
  if (x->out->failed) return ARI_OK;
  if (own && own->ruling == ARI_RULING_POINTS) {
    if (own->points.scale > places->leaf) ari_explain_rounding(x, places->leaf, places->mode, x->row[x->node->index].points);
    return ARI_OK;
  }
  bool other = (own && own->ruling == ARI_RULING_INPUTS) || shares_other_figures(x);
  return other ? ari_explain_calculation(x, false) : ARI_OK;
}

static void put_explanation(ari_explainer *x) {
  const ari_explanation *e = ari_evidence_explanation(x->work->evidence, x->agency, x->node->index);
  if (!e) return;
  ari_buf_str(&x->b, e->text);
  if (!x->short_form) {
    ari_buf_text(&x->b, "    ");
    ari_explain_place(x, ari_place_span(e->at), 0, (ari_str){0});
  }
  ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_explanation));
  for (uint32_t i = 0; i < e->n_documents; i++) ari_explain_document(x, &e->documents[i]);
}

ari_status ari_explain_appraisals(ari_explainer *x) {
  ari_stage stage = ari_work_stage(x->work);
  ari_status status = ARI_OK;
  for (int turn = 1; turn <= last_turn(stage) && status == ARI_OK; turn++) {
    bool decided = false;
    if (turn == TURNS) put_explanation(x);
    for (const ari_node *n = x->node; n; n = n->parent) {
      const ari_decision *d = decision_at(x, n, turn);
      if (d) put_decision(x, d);
      decided |= d != NULL;
    }
    if (decided && x->node->leaf >= 0) status = put_outcome(x, turn);
  }
  if (last_turn(stage) == 1) put_explanation(x);
  ari_explain_go_to(x, stage);
  return status;
}

/* ---- what became of the points ---- */

static bool has_claim(const ari_explainer *x) {
  const ari_entry *entry = x->node->leaf >= 0 ? ari_evidence_entry(x->work->evidence, x->agency, x->node->leaf) : NULL;
  return entry ? entry->has_claimed : x->standing->has_points;
}

/* "Hệ thống tính 12,5 → Thẩm định lần 1 10": what the stages up to this one made of it, where anything was decided of the agency. */
void ari_explain_stages(ari_explainer *x) {
  static const ari_stage order[] = {ARI_STAGE_CLAIMED, ARI_STAGE_COMPUTED, ARI_STAGE_APPRAISED1, ARI_STAGE_APPRAISED2};
  ari_stage stage = ari_work_stage(x->work);
  int turns = last_turn(stage);
  if (turns == 0 || !(ari_evidence_has_decision(x->work->evidence, x->agency) || ari_explain_is_ruled(x))) return;
  int last = 1;
  for (size_t i = 0; i < x->work->evidence->n_decisions; i++)
    if (x->work->evidence->decisions[i].turn > last) last = x->work->evidence->decisions[i].turn;
  for (size_t i = 0; i < ARI_COUNT(order) && last_turn(order[i]) <= (last < turns ? last : turns) && !x->out->failed; i++) {
    ari_explain_go_to(x, order[i]);
    if (order[i] == ARI_STAGE_CLAIMED && !has_claim(x)) continue;
    if (x->b.n) ari_buf_text(&x->b, " → ");
    ari_buf_printf(&x->b, "%s ", ari_stage_text(order[i], x->work->options.lang));
    if (x->row[x->node->index].has_points) ari_explain_e12(x, x->row[x->node->index].points);
    else ari_buf_text(&x->b, "–");
  }
  ari_explain_go_to(x, stage);
  ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_by_stage));
}
