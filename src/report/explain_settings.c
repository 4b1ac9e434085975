/* explain of one criterion's settings: which hold for it, and where each is said: here, above, or nowhere.
 * Methodology: ari-criteria(5): settings hold for everything below until a nearer one says otherwise. */
#include "inside.h"

/* Ends a line "exclude    total  criteria.yaml:12:3". */
static void put_said(ari_explainer *x, const char *key, const ari_node *from, ari_span span) {
  ari_buf_text(&x->b, "    ");
  ari_explain_said(x, from, span);
  ari_explain_line(x, ARI_LINE_PLACE, 1, key);
}

/* `error` is the word of an error in the evidence; a claim that is one is forbidden. */
static void put_policy(ari_explainer *x, const char *key, const ari_policy_setting *setting, const char *error) {
  const char *word = setting->policy == ARI_POLICY_NONE ? "–" : ari_policy_name(setting->policy);
  ari_buf_text(&x->b, setting->policy == ARI_POLICY_ERROR ? error : word);
  put_said(x, key, setting->from, setting->span);
}

static void put_rounding(ari_explainer *x, const char *key, const ari_setting *said) {
  static const char *const modes[] = {[ARI_HALF_UP] = "half_up", [ARI_HALF_EVEN] = "half_even", [ARI_DOWN] = "down"};
  ari_buf_printf(&x->b, "%d, %s", said->value, modes[x->node->rounding.mode]);
  put_said(x, key, said->from, said->span);
}

static void put_leaf(ari_explainer *x) {
  const ari_node *leaf = x->node;
  put_policy(x, "missing", &leaf->missing[x->tier], "error");
  put_policy(x, "empty", &leaf->empty[x->tier], "error");
  put_policy(x, "not_applicable", &leaf->not_applicable[x->tier], "forbid");
  put_rounding(x, "rounding.leaf", &leaf->rounding_leaf);
  if (leaf->rule && leaf->rule->compares) {
    ari_buf_text(&x->b, ari_cohort_words[leaf->cohort.value]);
    put_said(x, "cohort", leaf->cohort.from, leaf->cohort.span);
  }
  ari_buf_text(&x->b, ari_origin_name((ari_origin)leaf->source.value));
  put_said(x, "source", leaf->source.from, leaf->source.span);
  ari_buf_int(&x->b, leaf->documents.value);
  put_said(x, "documents", leaf->documents.from, leaf->documents.span);
}

static void put_inner(ari_explainer *x) {
  const ari_node *node = x->node;
  ari_buf_text(&x->b, ari_combine_name(node->combine));
  put_said(x, "combine", node->combine_from, node->combine_span);
  if (node->parent) put_rounding(x, "rounding.node", &node->rounding_node);
}

ari_status ari_explain_settings(ari_work *work, size_t agency, int32_t node, ari_lines *out) {
  ari_explainer x = ari_explain_start(work, agency, node, false, out);
  if (x.node->presence[x.tier] == ARI_NOT_THERE) return ARI_OK;
  ari_explain_line(&x, ARI_LINE_FACT, 0, ari_explain_word(&x, ARI_WORD_settings));
  if (x.node->leaf >= 0) put_leaf(&x);
  else put_inner(&x);
  ari_buf_free(&x.b);
  return out->failed ? ARI_NOMEM : ARI_OK;
}
