/* The worksheet that evaluators fill in: for each agency and criterion the columns of an appraisal, empty, and beside them what there is to judge by
 * (ari-evidence(5), "Appraisals"). Read back, rows without a decision are passed over, and so are the columns beside. */
#include "inside.h"

static const char *const heads[] = {"agency", "criterion", "decision", "input", "value", "reason", "by", "name", "title", "max", "claimed", "computed",
                                    "appraised", "state", "evidence", "note", "explanation"};
enum { TO_FILL_IN = 5 };   /* decision … by */

/* What the agency stated, as evidence writes it: "on_time=40; received=50; not_applicable=…". */
static void put_evidence(ari_buf *b, const ari_evidence *ev, size_t agency, const ari_node *node, const ari_remark *remark) {
  for (uint32_t i = node->first_input; i < node->first_input + node->n_inputs; i++) {
    const ari_cell *cell = ari_evidence_cell(ev, agency, (int)i);
    const ari_input *input = &ev->set->inputs[i];
    if (cell->state != ARI_CELL_GIVEN || input->type == ARI_SURVEY) continue;   /* the options speak for a survey */
    if (b->n) ari_buf_text(b, "; ");
    ari_buf_str(b, input->name);
    ari_buf_char(b, '=');
    ari_buf_cell(b, ev, input, cell);
  }
  const struct { const char *name; ari_str text; } reasons[] = {{"not_applicable", remark ? remark->not_applicable : ARI_STR("")},
                                                                {"withheld", remark ? remark->withheld : ARI_STR("")}};
  for (size_t i = 0; i < ARI_COUNT(reasons); i++) {
    if (!reasons[i].text.n) continue;
    ari_buf_printf(b, "%s%s=", b->n ? "; " : "", reasons[i].name);
    ari_buf_str(b, reasons[i].text);
  }
  for (uint32_t i = 0; remark && i < remark->n_documents; i++) {
    const ari_document *d = &remark->documents[i];
    ari_buf_text(b, b->n ? "; " : "");
    ari_buf_str(b, d->number.n ? d->number : d->title.n ? d->title : d->file);
  }
}

static void put_text(ari_excel *t, ari_buf *b) {
  if (b->failed) t->out.failed = t->out.no_memory = true;
  ari_excel_text(t, ari_buf_view(b));
  ari_buf_free(b);
}

/* claimed, computed, appraised: of leaves, where there is a figure. */
static void put_figures(ari_excel *t, const ari_work *work, size_t agency, const ari_node *node) {
  const ari_entry *entry = node->leaf >= 0 ? ari_evidence_entry(work->evidence, agency, node->leaf) : NULL;
  const ari_figure *computed = ari_result_figure(work->stages[ARI_STAGE_COMPUTED], agency, node->index);
  const ari_figure *appraised = ari_result_figure(work->stages[ARI_STAGE_FINAL], agency, node->index);
  uint32_t tier = work->evidence->agencies->items[agency].tier_index;
  bool ruled = ari_evidence_decision_of_turn(work->evidence, agency, node->index, 1) || ari_evidence_decision_of_turn(work->evidence, agency, node->index, 2);
  int64_t claimed = 0;
  bool has_claimed = entry && ari_claimed_e12(entry, &claimed);
  ari_excel_figure(t, entry, node->max_e12[tier], -1);
  ari_excel_figure(t, has_claimed, claimed, -1);
  ari_excel_figure(t, entry && computed->has_points, computed->points, -1);
  ari_excel_figure(t, entry && ruled && appraised->has_points, appraised->points, -1);
  ari_excel_text(t, ari_str_of(entry ? ari_leaf_state_text((ari_leaf_state)computed->state, t->lang) : ""));
}

static void put_row(ari_excel *t, const ari_work *work, size_t agency, const ari_node *node) {
  const ari_evidence *ev = work->evidence;
  const ari_entry *entry = node->leaf >= 0 ? ari_evidence_entry(ev, agency, node->leaf) : NULL;
  const ari_remark *remark = entry ? entry->remark : NULL;
  const ari_explanation *explanation = ari_evidence_explanation(ev, agency, node->index);
  ari_buf stated = {0};
  ari_excel_text(t, ev->agencies->items[agency].id);
  ari_excel_text(t, node->id);
  for (int i = 0; i < TO_FILL_IN; i++) ari_excel_next(t);
  ari_excel_text(t, ari_title_of(work, ev->agencies->items[agency].name));
  ari_excel_text(t, ari_title_of(work, node->title));
  put_figures(t, work, agency, node);
  put_evidence(&stated, ev, agency, node, remark);
  put_text(t, &stated);
  ari_excel_text(t, remark ? remark->note : ARI_STR(""));
  ari_excel_text(t, explanation ? explanation->text : ARI_STR(""));
  ari_excel_end_row(t);
}

/* Leaves, and inner nodes on which figures stand that criteria below share. */
static bool is_judged(const ari_node *node, uint32_t tier) { return node->presence[tier] == ARI_THERE && (node->leaf >= 0 || node->n_inputs); }

ari_status ari_report_worksheet(ari_work *work, ari_sink to) {
  ari_excel t = ari_excel_start(work->options.lang, to);
  ari_status status = ari_stages_make(work);
  ari_stage own = ari_work_stage(work);
  if (status == ARI_OK) status = ari_work_go_to(work, ARI_STAGE_COMPUTED);   /* the agencies' own figures stand in the table */
  for (size_t i = 0; i < ARI_COUNT(heads); i++) ari_excel_text(&t, ari_str_of(heads[i]));
  ari_excel_end_row(&t);
  const ari_agencies *list = work->evidence->agencies;
  for (size_t i = 0; i < list->n && status == ARI_OK; i++) {
    const ari_tier *tier = &work->set->tiers[list->items[i].tier_index];
    for (uint32_t k = 0; k < tier->n_nodes && !t.out.failed; k++)
      if (is_judged(tier->nodes[k], list->items[i].tier_index)) put_row(&t, work, i, tier->nodes[k]);
  }
  if (status == ARI_OK) status = ari_work_go_to(work, own);
  return ari_excel_finish(&t, status);
}
