/* The same round at other stages: what was claimed, what the rules gave, what each appraisal made of it. Each is scored once, when it is asked for. */
#include "score.h"

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
