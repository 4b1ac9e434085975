/* The states in words, as people read them in tables, reports and charts. */
#include "inside.h"

const char *ari_leaf_state_text(ari_leaf_state state, ari_lang lang) {
  static const ari_word words[] = {
    [ARI_SCORED] = ARI_WORD_state_scored, [ARI_MISSING] = ARI_WORD_state_missing, [ARI_EMPTY] = ARI_WORD_state_empty,
    [ARI_NOT_APPLICABLE] = ARI_WORD_state_not_applicable, [ARI_WITHHELD] = ARI_WORD_state_withheld, [ARI_WATCHED] = ARI_WORD_state_watched,
    [ARI_PENDING] = ARI_WORD_state_pending};
  return state > ARI_NO_STATE && (size_t)state < ARI_COUNT(words) ? ari_word_text(words[state], lang) : "";
}

const char *ari_figure_state_text(const ari_figure *f, ari_lang lang) {
  if (f->state == ARI_MISSING && f->undocumented) return ari_word_text(ARI_WORD_state_undocumented, lang);
  return ari_leaf_state_text((ari_leaf_state)f->state, lang);
}

const char *ari_agency_state_text(ari_agency_state state, ari_lang lang) {
  static const ari_word words[] = {
    [ARI_FINAL] = ARI_WORD_agency_final, [ARI_PROVISIONAL] = ARI_WORD_agency_provisional, [ARI_AGENCY_WITHHELD] = ARI_WORD_agency_withheld,
    [ARI_INVALID] = ARI_WORD_agency_invalid, [ARI_ABSENT] = ARI_WORD_agency_absent};
  return (size_t)state < ARI_COUNT(words) ? ari_word_text(words[state], lang) : "";
}

const char *ari_agency_state_text_at(ari_stage stage, ari_agency_state state, ari_lang lang) {
  return stage == ARI_STAGE_CLAIMED && state == ARI_ABSENT ? ari_word_text(ARI_WORD_agency_claims_nothing, lang) : ari_agency_state_text(state, lang);
}
