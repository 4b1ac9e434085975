/* The same round at other stages: what was claimed, what the rules gave, what each appraisal made of it. Each is scored once, when it is asked for. */
#include "inside.h"

#include <string.h>

/* What scoring finds was told of the stage that was asked for first; who is invalid there stays so. */
static ari_result *score_quietly(ari_work *work) {
  ari_evidence *ev = work->evidence;
  ari_result *result = NULL;
  ari_findings unheard = {0};
  ari_submission *kept = ari_calloc(ev->agencies->n + 1, sizeof *kept);
  if (kept) {
    memcpy(kept, ev->submissions, ev->agencies->n * sizeof *kept);
    if (ari_score(&result, ev, &unheard) != ARI_OK) result = NULL;
    memcpy(ev->submissions, kept, ev->agencies->n * sizeof *kept);
  }
  ari_free(kept);
  ari_findings_free(&unheard);
  return result;
}

ari_status ari_work_go_to(ari_work *work, ari_stage stage) {
  if (!work->result || (unsigned)stage >= ARI_STAGES) return ARI_MISUSE;
  work->stages[work->evidence->stage] = work->result;
  ari_evidence_go_to(work->evidence, stage);
  if (!work->stages[stage]) work->stages[stage] = score_quietly(work);
  if (!work->stages[stage]) {
    work->failed = true;
    return ARI_NOMEM;
  }
  work->result = work->stages[stage];
  return ARI_OK;
}

ari_stage ari_work_stage(const ari_work *work) { return work->evidence ? work->evidence->stage : work->options.stage; }

static const struct { const char *name, *vi, *en; } words[ARI_STAGES] = {
  [ARI_STAGE_FINAL] = {"final", "Kết quả cuối cùng", "Final"},
  [ARI_STAGE_CLAIMED] = {"claimed", "Cơ quan tự chấm", "Claimed"},
  [ARI_STAGE_COMPUTED] = {"computed", "Hệ thống tính", "Computed"},
  [ARI_STAGE_APPRAISED1] = {"appraised1", "Thẩm định lần 1", "First appraisal"},
  [ARI_STAGE_APPRAISED2] = {"appraised2", "Thẩm định lần 2", "Second appraisal"},
};

const char *ari_stage_name(ari_stage stage) { return (unsigned)stage < ARI_STAGES ? words[stage].name : NULL; }
const char *ari_stage_text(ari_stage stage, ari_lang lang) { return lang == ARI_EN ? words[stage].en : words[stage].vi; }

/* ---- all stages side by side ---- */

ari_status ari_stages_make(ari_work *work) {
  ari_stage own = ari_work_stage(work);
  ari_status status = ARI_OK;
  for (int stage = 0; stage < ARI_STAGES && status == ARI_OK; stage++) status = ari_work_go_to(work, (ari_stage)stage);
  return status == ARI_OK ? ari_work_go_to(work, own) : status;
}

/* Whoever has figures at any stage has a row for each criterion, others the total alone. */
static size_t count_nodes(const ari_work *work, size_t agency) {
  size_t most = 1;
  for (int stage = 0; stage < ARI_STAGES; stage++) {
    const ari_result *r = work->stages[stage];
    if (r->rows[agency + 1] - r->rows[agency] > most) most = r->rows[agency + 1] - r->rows[agency];
  }
  return most;
}

size_t ari_stages_count(const ari_work *work) {
  size_t n = 0;
  for (int stage = 0; stage < ARI_STAGES; stage++)
    if (!work->stages[stage]) return 0;
  for (size_t i = 0; i < work->evidence->agencies->n; i++) n += count_nodes(work, i);
  return n;
}

static const char *keep_text(ari_work *work, ari_str text) {
  const char *copy = text.n ? ari_str_cstring(&work->arena, text) : "";
  if (!copy) work->failed = true;
  return copy;
}

static void put_reasons(ari_work *work, size_t agency, int32_t node, ari_stage_row *out) {
  const ari_decision *first = ari_evidence_decision_of_turn(work->evidence, agency, node, 1), *second = ari_evidence_decision_of_turn(work->evidence, agency, node, 2);
  const ari_explanation *answer = ari_evidence_explanation(work->evidence, agency, node);
  out->reason1 = keep_text(work, first ? first->reason : ARI_STR(""));
  out->explanation = keep_text(work, answer ? answer->text : ARI_STR(""));
  out->reason2 = keep_text(work, second ? second->reason : ARI_STR(""));
}

ari_status ari_stages_at(ari_work *work, size_t n, ari_stage_row *out) {
  const ari_agencies *list = work->evidence ? work->evidence->agencies : NULL;
  size_t agency = work->stages_at.agency, first = work->stages_at.first;
  if (!list || !work->stages[0]) return ARI_MISUSE;
  if (n < first) agency = first = 0;
  while (agency < list->n && n - first >= count_nodes(work, agency)) first += count_nodes(work, agency++);
  if (agency == list->n) return ARI_MISUSE;
  work->stages_at.agency = agency;
  work->stages_at.first = first;
  const ari_node *node = work->set->tiers[list->items[agency].tier_index].nodes[n - first];
  *out = (ari_stage_row){.agency = ari_agency_id_text(work, agency), .criterion = ari_node_id_text(work, node), .title = ari_node_title_text(work, node), .level = node->level};
  for (int stage = 0; stage < ARI_STAGES; stage++) {
    const ari_figure *f = ari_result_figure(work->stages[stage], agency, node->index);
    out->has_points[stage] = f->has_points;
    out->points[stage] = f->points;
  }
  put_reasons(work, agency, node->index, out);
  return work->failed ? ARI_NOMEM : ARI_OK;
}
