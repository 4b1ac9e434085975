/* The method in report.html: every criterion with its maximum and its rule in words, rounding, ties, and what the figures were computed from. */
#include "inside.h"

static bool is_there(const ari_node *node, uint32_t tier) { return node->presence[tier] != ARI_NOT_THERE; }

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

/* What holds besides the rule where it scores; false: nothing does in this tier. */
static bool say_terms(ari_page *p, ari_buf *b, const ari_node *node, uint32_t tier) {
  ari_presence presence = node->presence[tier];
  if (presence == ARI_NOT_THERE || (node->leaf >= 0 && presence == ARI_GRANTED)) return false;
  ari_rule_terms(b, p->work->set, node, tier, p->work->set->root, p->lang);
  if (b->failed) ari_page_note(p, ARI_NOMEM);
  return true;
}

static bool has_same_terms(ari_page *p, const ari_node *node) {
  ari_buf first = {0};
  bool found = false, same = true;
  for (uint32_t t = 0; t < p->work->set->n_tiers && same; t++) {
    ari_buf words = {0};
    if (!say_terms(p, found ? &words : &first, node, t)) continue;
    same = !found || ari_str_eq(ari_buf_view(&first), ari_buf_view(&words));
    found = true;
    ari_buf_free(&words);
  }
  ari_buf_free(&first);
  return same;
}

/* Lines below the rule: one, or, where the terms differ by tier, one for each tier behind its title. */
static void put_terms(ari_page *p, const ari_node *node) {
  bool same = has_same_terms(p, node), said = false;
  for (uint32_t t = 0; t < p->work->set->n_tiers && !(same && said); t++) {
    ari_buf words = {0};
    said |= say_terms(p, &words, node, t);
    if (words.n > 0) {
      ari_page_put(p, "<br><span class=\"soft\">");
      if (!same) ari_page_title(p, p->work->set->tiers[t].title), ari_page_put(p, ": ");
      ari_page_text(p, ari_str_trim(ari_buf_view(&words)));
      ari_page_put(p, "</span>");
    }
    ari_buf_free(&words);
  }
}

/* That points below are added up is said once, for the whole set. */
static void put_rule(ari_page *p, const ari_node *node) {
  ari_buf words = {0};
  bool outside = node->outside && !node->parent->outside;
  if (node->leaf >= 0 || outside || node->combine != ARI_COMBINE_SUM || node->over_max != ARI_OVER_ERROR) ari_rule_sentence(&words, p->work->set, node, p->lang);
  ari_page_text(p, ari_buf_view(&words));
  if (words.failed) p->out.failed = p->out.no_memory = true;
  ari_buf_free(&words);
  put_terms(p, node);
}

static void put_criteria(ari_page *p) {
  const ari_set *set = p->work->set;
  ari_page_put(p, "<div class=\"scroll\"><table>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_criterion, "item");
  put_max_heads(p);
  ari_page_head_cell(p, ARI_WORD_rule, "why");
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
    put_rule(p, node);
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

static void put_files(ari_page *p) {
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
  put_files(p);
  ari_page_put(p, "</section>\n");
}
