/* What holds for a criterion besides its rule, in words: what comes of nothing, of missing figures and of what does not apply, who supplies the
 * figures, how many documents are needed. Methodology: ari-criteria(5), "Policies" and "Pending". */
#include "inside.h"

static void put_word(const ari_words *w, ari_word word) { ari_buf_text(w->b, ari_word_text(word, w->lang)); }

/* ---- policies ---- */

static ari_word effect_word(ari_policy policy) {
  static const ari_word words[] = {
    [ARI_POLICY_NONE] = ARI_WORD_effect_zero, [ARI_POLICY_ZERO] = ARI_WORD_effect_zero, [ARI_POLICY_FULL] = ARI_WORD_effect_full,
    [ARI_POLICY_UNSCORED] = ARI_WORD_effect_unscored, [ARI_POLICY_EXCLUDE] = ARI_WORD_effect_exclude, [ARI_POLICY_SPREAD] = ARI_WORD_effect_spread,
    [ARI_POLICY_WITHHOLD] = ARI_WORD_effect_withhold, [ARI_POLICY_ERROR] = ARI_WORD_effect_error};
  return words[policy];
}

/* Where maxima do not add up there is none to take away or to spread. */
static ari_word effect_on(const ari_node *leaf, ari_policy policy) {
  bool out = policy == ARI_POLICY_EXCLUDE || policy == ARI_POLICY_SPREAD;
  return out && leaf && leaf->parent && leaf->parent->combine != ARI_COMBINE_SUM ? ARI_WORD_effect_left_out : effect_word(policy);
}

void ari_policy_words(ari_buf *b, const ari_node *leaf, const ari_policy_setting *setting, ari_lang lang) {
  ari_word effect = effect_on(leaf, setting->policy);
  bool named = effect == ARI_WORD_effect_spread && setting->n_to > 0;
  ari_buf_text(b, ari_word_text(named ? ARI_WORD_rule_spread_to : effect, lang));
  for (uint32_t i = 0; named && i < setting->n_to; i++) {
    ari_buf_text(b, i ? ", “" : " “");
    ari_buf_str(b, ari_title_in(setting->to[i]->title, lang));
    ari_buf_text(b, "”");
  }
}

/* The settings of the whole set, which are told once, say the same. */
static bool is_usual(const ari_node *leaf, const ari_policy_setting *setting, const ari_policy_setting *usual) {
  return usual && setting->n_to == 0 && usual->n_to == 0 && effect_on(leaf, setting->policy) == effect_on(NULL, usual->policy);
}

static void put_policy(const ari_words *w, ari_word when, const ari_node *leaf, const ari_policy_setting *setting) {
  ari_buf effect = {0};
  ari_policy_words(&effect, leaf, setting, w->lang);
  ARI_SAY(w, when, {ARI_PHRASE_TEXT, .text = ari_buf_view(&effect)});
  w->b->failed |= effect.failed;
  ari_buf_free(&effect);
}

/* The policy for 0 out of 0, where the rule can come to that. */
static void put_empty(const ari_words *w, const ari_node *leaf, uint32_t tier) {
  bool can = false;
  const ari_expr *where = NULL;
  if (!ari_rule_can_be_empty(w->set, leaf, tier, &can, &where)) w->b->failed = true;
  if (can && leaf->empty[tier].policy != ARI_POLICY_NONE) put_policy(w, ARI_WORD_rule_if_empty, leaf, &leaf->empty[tier]);
}

static void put_not_applicable(const ari_words *w, const ari_node *leaf, const ari_policy_setting *setting) {
  if (setting->policy == ARI_POLICY_ERROR) put_word(w, ARI_WORD_rule_forbidden);
  else put_policy(w, ARI_WORD_rule_if_not_applicable, leaf, setting);
}

/* ---- figures and documents ---- */

/* Who supplies the figures that a rule looks at; last period's are missing wherever they are not there, like the agency's own. */
typedef struct origins { const ari_set *set; bool from[ARI_ORIGIN_SURVEY + 1], previous; } origins;

static void note_origin(void *to, int slot) {
  origins *o = to;
  o->from[o->set->inputs[slot].source.value] = true;
}

static void note_previous(void *to, int slot) {
  (void)slot;
  ((origins *)to)->previous = true;
}

static void note_origins(void *to, const ari_expr *e) {
  ari_expr_inputs(e, note_origin, to);
  ari_expr_each_previous(e, note_previous, to);
}

static void put_counted(const ari_words *w, ari_word word, int n) {
  ari_num *number = ari_num_new();
  if (number) {
    ari_num_set_int(number, n);
    ARI_SAY(w, word, {ARI_PHRASE_NUM, .n = number});
  } else w->b->failed = true;
  ari_num_free(number);
}

/* ---- the whole ---- */

/* What a rule needs and what is done where that is not there. */
static void put_asked(const ari_words *w, const ari_node *node, uint32_t tier, const ari_node *usual) {
  origins o = {.set = w->set};
  bool proven = node->documents.value > 0 && ari_part_of(node) != w->set->penalty;
  ari_rule_formulas(node->rule, note_origins, &o);
  if (o.from[ARI_ORIGIN_CENTRAL]) put_word(w, ARI_WORD_rule_central);
  if (o.from[ARI_ORIGIN_SURVEY]) put_word(w, ARI_WORD_rule_from_survey);
  if (proven) put_counted(w, node->documents.value == 1 ? ARI_WORD_rule_document : ARI_WORD_rule_documents, node->documents.value);
  put_empty(w, node, tier);
  bool can_be_missing = o.from[ARI_ORIGIN_SELF] || o.previous || proven;
  if (can_be_missing && !is_usual(node, &node->missing[tier], usual ? &usual->missing[tier] : NULL))
    put_policy(w, ARI_WORD_rule_if_missing, node, &node->missing[tier]);
  if (!is_usual(node, &node->not_applicable[tier], usual ? &usual->not_applicable[tier] : NULL)) put_not_applicable(w, node, &node->not_applicable[tier]);
  if (usual && node->rounding.leaf != usual->rounding.leaf) put_counted(w, ARI_WORD_rule_decimals, node->rounding.leaf);
}

void ari_rule_terms(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tier, const ari_node *usual, ari_lang lang) {
  ari_words w = ari_words_start(b, set, lang);
  if (node->parent && node->parent->combine == ARI_COMBINE_WEIGHTED && node->weight[tier])
    ARI_SAY(&w, ARI_WORD_rule_weight, {ARI_PHRASE_RATIO, .n = node->weight[tier]});
  if (node == set->penalty || (set->penalty && ari_part_of(node) == set->penalty)) put_word(&w, ARI_WORD_rule_taken);
  if (node == set->bonus || (set->bonus && ari_part_of(node) == set->bonus)) put_word(&w, ARI_WORD_rule_added);
  if (node->rule && ari_num_sign(node->max[tier]) != 0) put_asked(&w, node, tier, usual);
}

void ari_rule_usual(ari_buf *b, const ari_set *set, uint32_t tier, ari_lang lang) {
  ari_words w = ari_words_start(b, set, lang);
  put_word(&w, ARI_WORD_rule_usual);
  put_policy(&w, ARI_WORD_rule_if_missing, NULL, &set->root->missing[tier]);
  put_not_applicable(&w, NULL, &set->root->not_applicable[tier]);
}

void ari_rule_words(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tier, ari_lang lang) {
  ari_words w = ari_words_start(b, set, lang);
  if (node->presence[tier] == ARI_NOT_THERE) return;
  if (node->leaf >= 0 && node->presence[tier] == ARI_GRANTED) {
    put_word(&w, ARI_WORD_rule_granted);
    return;
  }
  ari_rule_sentence(b, set, node, lang);
  ari_rule_terms(b, set, node, tier, NULL, lang);
}
