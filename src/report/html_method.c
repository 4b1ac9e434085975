/* The method in report.html: every criterion with its maximum and its rule in the author's words, rounding, ties, and what the figures were computed from. */
#include "report.h"

/* What holds in one tier is said behind its title, unless it is the same in all that have the criterion. */
static void put_tier(ari_page *p, uint32_t tier, bool same, bool first) {
  if (!first) ari_page_put(p, "; ");
  if (same) return;
  ari_page_title(p, p->work->set->tiers[tier].title);
  ari_page_put(p, " ");
}

static bool is_there(const ari_node *node, uint32_t tier) { return node->presence[tier] != ARI_NOT_THERE; }

static bool has_same_weight(const ari_set *set, const ari_node *node) {
  const ari_num *first = NULL;
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    if (!is_there(node, t) || !node->weight[t]) continue;
    if (first && ari_num_cmp(first, node->weight[t]) != 0) return false;
    first = node->weight[t];
  }
  return true;
}

static void put_percent(ari_page *p, const ari_num *weight) {
  ari_num *percent = ari_num_new();
  if (percent) {
    ari_num_set_int(percent, 100);
    ari_num_mul(percent, percent, weight);
    ari_buf_num(&p->out.buf, percent, ARI_SHOWN_DECIMALS, p->how);
    ari_page_put(p, p->lang == ARI_VI ? " %" : "%");
  } else p->out.failed = p->out.no_memory = true;
  ari_num_free(percent);
}

/* "weight 40 %: " */
static void put_weight(ari_page *p, const ari_node *node) {
  const ari_set *set = p->work->set;
  bool same = has_same_weight(set, node), first = true;
  if (node->parent->combine != ARI_COMBINE_WEIGHTED) return;
  for (uint32_t t = 0; t < set->n_tiers && (first || !same); t++) {
    if (!is_there(node, t) || !node->weight[t]) continue;
    if (first) ari_page_word(p, ARI_WORD_weight), ari_page_put(p, " ");
    put_tier(p, t, same, first);
    put_percent(p, node->weight[t]);
    first = false;
  }
  if (!first && (node->rule || (node->leaf < 0 && node->combine != ARI_COMBINE_SUM))) ari_page_put(p, ": ");
}

/* The policy for 0 out of 0 that can ever take effect in a tier; NONE: the rule always comes to something there. */
static ari_policy empty_policy(ari_page *p, const ari_node *leaf, uint32_t tier) {
  bool can = false;
  const ari_expr *where = NULL;
  if (!ari_rule_can_be_empty(p->work->set, leaf, tier, &can, &where)) ari_page_note(p, ARI_NOMEM);
  return can ? leaf->empty[tier].policy : ARI_POLICY_NONE;
}

static bool has_same_empty(ari_page *p, const ari_node *leaf) {
  bool found = false;
  ari_policy first = ARI_POLICY_NONE;
  for (uint32_t t = 0; t < p->work->set->n_tiers; t++) {
    if (leaf->presence[t] != ARI_THERE) continue;
    ari_policy policy = empty_policy(p, leaf, t);
    if (found && policy != first) return false;
    found = true;
    first = policy;
  }
  return true;
}

static void put_empty(ari_page *p, const ari_node *leaf) {
  bool same = has_same_empty(p, leaf), first = true;
  for (uint32_t t = 0; t < p->work->set->n_tiers && (first || !same); t++) {
    ari_policy policy = leaf->presence[t] == ARI_THERE ? empty_policy(p, leaf, t) : ARI_POLICY_NONE;
    if (policy == ARI_POLICY_NONE) continue;
    put_tier(p, t, same, first);
    ari_page_word(p, ari_policy_effect(leaf, policy));
    first = false;
  }
}

/* A column for each tier: its maximum there, "full" where that is given without being scored. */
static void put_maxima(ari_page *p, const ari_node *node) {
  for (uint32_t t = 0; t < p->work->set->n_tiers; t++) {
    ari_page_put(p, "<td class=\"n\">");
    if (!is_there(node, t)) ari_page_put(p, "–");
    else ari_page_figure(p, node->max_e12[t], -1);
    if (node->presence[t] == ARI_GRANTED) ari_page_put(p, " <span class=\"soft\">full</span>");
    ari_page_put(p, "</td>");
  }
}

static void put_max_heads(ari_page *p) {
  const ari_set *set = p->work->set;
  if (set->n_tiers == 1) {
    ari_page_head_cell(p, ARI_WORD_max, "n");
    return;
  }
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    ari_page_put(p, "<th scope=\"col\" class=\"field\">");
    ari_page_word(p, ARI_WORD_max);
    ari_page_put(p, "<br>");
    ari_page_title(p, set->tiers[t].title);
    ari_page_put(p, "</th>");
  }
}

typedef struct origins { const ari_set *set; bool central, survey, previous; } origins;

static void note_origin(void *to, int slot) {
  origins *o = to;
  o->central |= o->set->inputs[slot].source.value == ARI_ORIGIN_CENTRAL;
  o->survey |= o->set->inputs[slot].source.value == ARI_ORIGIN_SURVEY;
}

static void note_previous(void *to, int slot) {
  (void)slot;
  ((origins *)to)->previous = true;
}

static void note_origins(void *to, const ari_expr *e) {
  ari_expr_inputs(e, note_origin, to);
  ari_expr_each_previous(e, note_previous, to);
}

static void put_also(ari_page *p, ari_word w) {
  ari_page_put(p, "; ");
  ari_page_word(p, w);
}

static bool has_same_policy(const ari_set *set, const ari_node *leaf, const ari_policy_setting *own) {
  const ari_policy_setting *first = NULL;
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    if (leaf->presence[t] != ARI_THERE) continue;
    if (first && first->policy != own[t].policy) return false;
    first = &own[t];
  }
  return true;
}

/* "; if figures are missing: left out …": what is not as the settings say of the whole set, `usual`. */
static void put_policy(ari_page *p, const ari_node *leaf, ari_word when, const ari_policy_setting *own, ari_policy usual) {
  const ari_set *set = p->work->set;
  bool same = has_same_policy(set, leaf, own), first = true;
  for (uint32_t t = 0; t < set->n_tiers && (first || !same); t++) {
    if (leaf->presence[t] != ARI_THERE || own[t].policy == usual) continue;
    if (first) put_also(p, when), ari_page_put(p, ": ");
    put_tier(p, t, same, first);
    ari_page_word(p, ari_policy_effect(leaf, own[t].policy));
    first = false;
  }
}

/* "; figures from the central body; documents needed: 1": what the rule's words do not say. */
static void put_asked(ari_page *p, const ari_node *leaf) {
  const ari_node *root = p->work->set->root;
  origins o = {.set = p->work->set};
  ari_rule_formulas(leaf->rule, note_origins, &o);
  if (o.central) put_also(p, ARI_WORD_figures_central);
  if (o.survey) put_also(p, ARI_WORD_figures_survey);
  if (o.previous) put_also(p, ARI_WORD_figures_previous);
  if (leaf->rule->kind == &ari_rule_judged) put_also(p, ARI_WORD_awaits_judgement);
  if (leaf->documents.value != 0) {
    put_also(p, ARI_WORD_needs_documents);
    ari_page_put(p, ": ");
    ari_page_int(p, leaf->documents.value);
  }
  put_policy(p, leaf, ARI_WORD_if_missing, leaf->missing, root->missing[0].policy);
  put_policy(p, leaf, ARI_WORD_if_not_applicable, leaf->not_applicable, root->not_applicable[0].policy);
  if (leaf->rounding.leaf == root->rounding.leaf) return;
  put_also(p, ARI_WORD_decimals);
  ari_page_put(p, ": ");
  ari_page_int(p, leaf->rounding.leaf);
}

/* "points = max × (value − lower limit) / …; compared with: its group" */
static void put_compared(ari_page *p, const ari_node *node) {
  static const struct { const ari_rule_kind *kind; ari_word high, low; } words[] = {
    {&ari_rule_minmax, ARI_WORD_method_minmax, ARI_WORD_method_minmax_low}, {&ari_rule_zscore, ARI_WORD_method_zscore, ARI_WORD_method_zscore},
    {&ari_rule_percentile, ARI_WORD_method_percentile, ARI_WORD_method_percentile_low}};
  const ari_rule *rule = node->rule;
  const char *between = "";
  ari_page_put(p, "<br><span class=\"soft\">");
  for (size_t i = 0; i < ARI_COUNT(words); i++) {
    if (words[i].kind != rule->kind) continue;
    ari_page_word(p, rule->better_low ? words[i].low : words[i].high);
    between = ". ";
  }
  if (rule->kind == &ari_rule_minmax && !rule->low) {
    ari_page_put(p, "; ");
    ari_page_word(p, ARI_WORD_method_cohort_limits);
  }
  if (rule->compares) {
    ari_page_put(p, between);
    ari_page_word(p, ARI_WORD_compared_with);
    ari_page_put(p, ": ");
    ari_page_word(p, ari_cohort_word((ari_within)node->cohort.value));
  }
  ari_page_put(p, ".</span>");
}

static void put_survey(ari_page *p) {
  ari_page_put(p, "<br><span class=\"soft\">");
  ari_page_word(p, ARI_WORD_method_survey);
  ari_page_put(p, ".</span>");
}

/* " (on_time: in time, late: in January)": what may be chosen. */
static void put_options(ari_page *p, const ari_input *in) {
  for (uint32_t i = 0; i < in->n_options; i++) {
    ari_page_put(p, i == 0 ? " (" : ", ");
    ari_page_text(p, in->options[i].id);
    ari_page_put(p, ": ");
    ari_page_title(p, in->options[i].title);
  }
  if (in->n_options > 0) ari_page_put(p, ")");
}

/* "done: tasks done; rate = done / planned": what the names in rules here and below stand for, between two pieces of HTML. */
static void put_names(ari_page *p, const ari_node *node, const char *before, const char *after) {
  const ari_set *set = p->work->set;
  bool first = true;
  for (uint32_t i = 0; i < node->n_inputs; i++) {
    const ari_input *in = &set->inputs[node->first_input + i];
    if (ari_title_of(p->work, in->title).n == 0 || in->of_survey >= 0) continue;
    ari_page_put(p, first ? before : "; ");
    first = false;
    ari_page_text(p, in->name);
    ari_page_put(p, ": ");
    ari_page_title(p, in->title);
    put_options(p, in);
  }
  for (uint32_t i = 0; i < node->n_let; i++) {
    ari_page_put(p, first ? before : "; ");
    first = false;
    ari_page_text(p, node->let[i].name);
    ari_page_put(p, " = ");
    ari_page_text(p, node->let[i].value->text);
  }
  if (!first) ari_page_put(p, after);
}

static void put_criteria(ari_page *p) {
  const ari_set *set = p->work->set;
  ari_page_put(p, "<div class=\"scroll\"><table>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_criterion, "item");
  put_max_heads(p);
  ari_page_head_cell(p, ARI_WORD_rule, "why");
  ari_page_head_cell(p, ARI_WORD_if_empty, "state");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
  for (uint32_t i = 1; i < set->n_nodes; i++) {
    const ari_node *node = set->nodes[i];
    ari_buf_printf(&p->out.buf, "<tr class=\"l%d\"><th scope=\"row\" class=\"item\"><span class=\"soft\">", node->level > 4 ? 4 : node->level);
    ari_page_text(p, node->id);
    ari_page_put(p, "</span> ");
    ari_page_title(p, node->title);
    ari_page_put(p, "</th>");
    put_maxima(p, node);
    ari_page_put(p, "<td class=\"why\">");
    put_weight(p, node);
    if (node->leaf < 0 && node->combine != ARI_COMBINE_SUM) ari_page_word(p, ari_combine_word(node->combine));
    if (node->rule) {
      ari_buf words = {0};
      ari_buf_source_words(&words, p->work, node->rule->span);
      ari_page_text(p, ari_buf_view(&words));
      if (words.failed) p->out.failed = p->out.no_memory = true;
      ari_buf_free(&words);
      put_asked(p, node);
      if (node->rule->kind == &ari_rule_survey) put_survey(p);
      if (node->rule->compares || node->rule->kind == &ari_rule_minmax) put_compared(p, node);
    }
    put_names(p, node, "<br><span class=\"soft\">", ".</span>");
    ari_page_put(p, "</td><td>");
    if (node->leaf >= 0) put_empty(p, node);
    ari_page_put(p, "</td></tr>\n");
  }
  ari_page_put(p, "</tbody></table></div>\n");
}

static void put_round(ari_page *p) {
  ari_buf round = {0};
  ari_report_put_round(&round, p->work);
  ari_page_put(p, "<p>");
  ari_page_text(p, ari_buf_view(&round));
  ari_page_put(p, "</p>\n");
  if (round.failed) p->out.failed = p->out.no_memory = true;
  ari_buf_free(&round);
}

void ari_page_files(ari_page *p) {
  const ari_work *work = p->work;
  size_t alone = p->alone ? (size_t)(p->alone - work->evidence->agencies->items) : 0;
  int64_t others = 0;
  ari_page_put(p, "<h3>");
  ari_page_word(p, ARI_WORD_files);
  ari_page_put(p, "</h3>\n<p>");
  ari_page_word(p, ARI_WORD_set);
  ari_page_put(p, " <code>");
  ari_page_text(p, work->set->id);
  ari_page_put(p, "</code> ");
  ari_page_word(p, ARI_WORD_version);
  ari_page_put(p, " ");
  ari_page_text(p, work->set->version);
  ari_page_put(p, "</p>\n");
  put_round(p);
  ari_page_put(p, "<div class=\"scroll\"><table>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_file, "item");
  ari_page_put(p, "<th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < work->n_files; i++) {
    if (p->alone && !ari_report_file_is_of(work, i, alone)) {
      others++;
      continue;
    }
    ari_page_put(p, "<tr><th scope=\"row\" class=\"item\">");
    ari_page_text(p, ari_report_file_name(work, i));
    ari_page_put(p, "</th><td><code>");
    ari_page_put(p, ari_source_sha256(&p->work->sources.items[work->files[i].source]));
    ari_page_put(p, "</code></td></tr>\n");
  }
  ari_page_put(p, "</tbody></table></div>\n");
  if (others) {
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_files_of_others);
    ari_page_put(p, ": ");
    ari_page_int(p, others);
    ari_page_put(p, "</p>\n");
  }
  ari_page_put(p, "<p class=\"soft\">");
  ari_page_word(p, ARI_WORD_made_by);
  ari_page_put(p, " " ARI_VERSION ", ");
  ari_page_word(p, ARI_WORD_made_on);
  ari_page_put(p, " ");
  ari_buf_date(&p->out.buf, (int32_t)(work->options.now / 86400), p->how);
  ari_page_put(p, "</p>\n");
}

void ari_page_method(ari_page *p) {
  ari_page_put(p, "<section id=\"method\">\n<h2>");
  ari_page_word(p, ARI_WORD_method);
  ari_page_put(p, "</h2>\n");
  ari_page_settings(p);
  put_names(p, p->work->set->root, "<p>", ".</p>\n");
  if (p->work->set->n_tiers > 1) {
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_tiers_method);
    ari_page_put(p, "</p>\n");
  }
  put_criteria(p);
  ari_page_files(p);
  ari_page_put(p, "</section>\n");
}
