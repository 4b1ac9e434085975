/* The method in report.html: every criterion with its maximum and its rule in words, rounding, ties, and what the figures were computed from. */
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

/* "Weight 40 %. " */
static void put_weight(ari_page *p, const ari_node *node) {
  const ari_set *set = p->work->set;
  bool same = has_same_weight(set, node), first = true;
  if (node->parent->combine != ARI_COMBINE_WEIGHTED) return;
  for (uint32_t t = 0; t < set->n_tiers && (first || !same); t++) {
    if (!is_there(node, t) || !node->weight[t]) continue;
    if (first) ari_page_word(p, ARI_WORD_method_weight), ari_page_put(p, " ");
    put_tier(p, t, same, first);
    put_percent(p, node->weight[t]);
    first = false;
  }
  if (!first) ari_page_put(p, ". ");
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
    if (node->presence[t] == ARI_GRANTED) {
      ari_page_put(p, " <span class=\"soft\">");
      ari_page_word(p, ARI_WORD_method_granted);
      ari_page_put(p, "</span>");
    }
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

typedef struct origins { const ari_set *set; bool central, survey; } origins;

static void note_origin(void *to, int slot) {
  origins *o = to;
  o->central |= o->set->inputs[slot].source.value == ARI_ORIGIN_CENTRAL;
  o->survey |= o->set->inputs[slot].source.value == ARI_ORIGIN_SURVEY;
}

static void note_origins(void *to, const ari_expr *e) { ari_expr_inputs(e, note_origin, to); }

/* A line below the rule, which begins with the first thing that is to be said. */
typedef struct also { ari_page *p; bool begun; } also;

static void put_also(also *a, ari_word w) {
  ari_page_put(a->p, a->begun ? "; " : "<br><span class=\"soft\">");
  a->begun = true;
  ari_page_word(a->p, w);
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

/* "if figures are missing: left out …": what is not as the settings say of the whole set, `usual`. */
static void put_policy(also *a, const ari_node *leaf, ari_word when, const ari_policy_setting *own, ari_policy usual) {
  ari_page *p = a->p;
  const ari_set *set = p->work->set;
  bool same = has_same_policy(set, leaf, own), first = true;
  for (uint32_t t = 0; t < set->n_tiers && (first || !same); t++) {
    if (leaf->presence[t] != ARI_THERE || own[t].policy == usual) continue;
    if (first) put_also(a, when), ari_page_put(p, ": ");
    put_tier(p, t, same, first);
    ari_page_word(p, ari_policy_effect(leaf, own[t].policy));
    first = false;
  }
}

/* "figures from the central body; documents needed: 1." */
static void put_asked(ari_page *p, const ari_node *leaf) {
  const ari_node *root = p->work->set->root;
  origins o = {.set = p->work->set};
  also a = {.p = p};
  ari_rule_formulas(leaf->rule, note_origins, &o);
  if (o.central) put_also(&a, ARI_WORD_figures_central);
  if (o.survey) put_also(&a, ARI_WORD_figures_survey);
  if (leaf->documents.value != 0) {
    put_also(&a, ARI_WORD_needs_documents);
    ari_page_put(p, ": ");
    ari_page_int(p, leaf->documents.value);
  }
  put_policy(&a, leaf, ARI_WORD_if_missing, leaf->missing, root->missing[0].policy);
  put_policy(&a, leaf, ARI_WORD_if_not_applicable, leaf->not_applicable, root->not_applicable[0].policy);
  if (leaf->rounding.leaf != root->rounding.leaf) {
    put_also(&a, ARI_WORD_decimals);
    ari_page_put(p, ": ");
    ari_page_int(p, leaf->rounding.leaf);
  }
  if (a.begun) ari_page_put(p, ".</span>");
}

/* That points below are added up is said once, for the whole set. */
static void put_rule(ari_page *p, const ari_node *node) {
  ari_buf words = {0};
  bool outside = node->outside && !node->parent->outside;
  if (node->leaf >= 0 || outside || node->combine != ARI_COMBINE_SUM || node->over_max != ARI_OVER_ERROR) ari_rule_sentence(&words, p->work->set, node, p->lang);
  ari_page_text(p, ari_buf_view(&words));
  if (words.failed) p->out.failed = p->out.no_memory = true;
  ari_buf_free(&words);
  if (node->rule) put_asked(p, node);
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
    put_rule(p, node);
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
  if (p->work->set->n_tiers > 1) {
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_tiers_method);
    ari_page_put(p, "</p>\n");
  }
  put_criteria(p);
  ari_page_formulas(p);
  ari_page_files(p);
  ari_page_put(p, "</section>\n");
}
