/* The summary of report.html: how many are ranked, the mean, the states of their criteria, how indexes are spread, who rose and fell, warnings. */
#include "inside.h"

static void put_fact(ari_page *p, ari_word label, int64_t n) {
  ari_page_put(p, "<li><b>");
  ari_page_int(p, n);
  ari_page_put(p, "</b> ");
  ari_page_word(p, label);
  ari_page_put(p, "</li>\n");
}

static void put_figure_fact(ari_page *p, ari_word label, int64_t e12) {
  ari_page_put(p, "<li><b>");
  ari_page_figure(p, e12, p->work->set->root->rounding.index);
  ari_page_put(p, "</b> ");
  ari_page_word(p, label);
  ari_page_put(p, "</li>\n");
}

/* The mean of the published indexes, rounded as an index is. */
static bool find_mean(const ari_page *p, int64_t *mean, int64_t *low, int64_t *high) {
  const ari_result *r = p->work->result;
  ari_num *sum = ari_num_new(), *one = ari_num_new();
  int64_t n = 0;
  bool good = sum && one;
  for (size_t i = 0; i < r->n_agencies && good; i++) {
    const ari_standing *s = &r->standings[i];
    if (!s->has_points) continue;
    ari_num_set_e12(one, s->index);
    ari_num_add(sum, sum, one);
    if (n == 0 || s->index < *low) *low = s->index;
    if (n == 0 || s->index > *high) *high = s->index;
    n++;
  }
  if (good && n) {
    const ari_decimals *d = &p->work->set->root->rounding;
    ari_num_set_int(one, n);
    ari_num_div(sum, sum, one);
    ari_num_round(sum, sum, d->index, d->mode);
    good = ari_num_e12(sum, mean);
  }
  ari_num_free(sum);
  ari_num_free(one);
  return good && n > 0;
}

/* A warning names a criterion by its id; readers of the report know its title. */
static void put_title_at(ari_page *p, ari_span span) {
  const ari_set *set = p->work->set;
  for (uint32_t i = 0; i < set->n_leaves; i++) {
    const ari_node *leaf = set->leaves[i];
    ari_str title = ari_title_in(leaf->title, p->lang);
    if (leaf->span.file != span.file || leaf->span.start != span.start || ari_str_eq(title, leaf->id)) continue;
    ari_page_put(p, " – ");
    ari_page_text(p, title);
  }
}

static void put_warnings(ari_page *p) {
  ari_findings *fs = &p->work->findings;
  if (!fs->n) return;
  ari_page_put(p, "<h3>");
  ari_page_word(p, ARI_WORD_warnings);
  ari_page_put(p, "</h3>\n<ul>\n");
  size_t shown = fs->n < ARI_SHOW_FINDINGS ? fs->n : ARI_SHOW_FINDINGS;
  for (size_t i = 0; i < shown; i++) {
    ari_buf sentence = {0};
    ari_finding_sentence(&sentence, &fs->items[i], p->lang);
    ari_page_put(p, "<li><code>");
    ari_page_put(p, ari_code_name(fs->items[i].code));
    ari_page_put(p, "</code> ");
    ari_page_text(p, ari_buf_view(&sentence));
    put_title_at(p, fs->items[i].at);
    ari_page_put(p, "</li>\n");
    if (sentence.failed) p->out.failed = p->out.no_memory = true;
    ari_buf_free(&sentence);
  }
  ari_page_put(p, "</ul>\n");
  if (fs->n + fs->dropped > shown) {
    ari_page_put(p, "<p>+ ");
    ari_page_int(p, (int64_t)(fs->n + fs->dropped - shown));
    ari_page_put(p, "</p>\n");
  }
}

static void put_count(ari_page *p, const char *state, int64_t n) {
  ari_page_put(p, "<tr><th scope=\"row\">");
  ari_page_c(p, state);
  ari_page_put(p, "</th><td class=\"n\">");
  ari_page_int(p, n);
  ari_page_put(p, "</td></tr>\n");
}

/* How the criteria of all agencies stand: the numbers add up to the last row. */
static void put_states(ari_page *p) {
  const ari_result *r = p->work->result;
  int64_t counts[ARI_PENDING + 1] = {0}, all = 0;
  for (size_t i = 0; i < r->n_agencies; i++)
    for (int s = ARI_SCORED; s <= ARI_PENDING; s++) counts[s] += r->standings[i].counts[s];
  ari_page_put(p, "<div class=\"scroll\"><table class=\"small\">\n<caption>");
  ari_page_word(p, ARI_WORD_states_of_leaves);
  ari_page_put(p, "</caption>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_state, "");
  ari_page_head_cell(p, ARI_WORD_number, "n");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
  for (int s = ARI_SCORED; s <= ARI_PENDING; s++) {
    all += counts[s];
    if (counts[s] > 0) put_count(p, ari_leaf_state_text((ari_leaf_state)s, p->lang), counts[s]);
  }
  put_count(p, ari_page_say(p, ARI_WORD_together), all);
  ari_page_put(p, "</tbody></table></div>\n");
}

void ari_page_summary(ari_page *p) {
  const ari_result *r = p->work->result;
  int64_t ranked = 0, absent = 0, provisional = 0, mean = 0, low = 0, high = 0;
  for (size_t i = 0; i < r->n_agencies; i++) {   /* absent agencies may share the last rank, but have nothing that was ranked */
    bool is_absent = r->standings[i].state == ARI_ABSENT;
    absent += is_absent;
    ranked += r->standings[i].rank > 0 && !is_absent;
    provisional += r->standings[i].state == ARI_PROVISIONAL;
  }
  ari_page_put(p, "<section id=\"summary\">\n<h2>");
  ari_page_word(p, ARI_WORD_summary);
  ari_page_put(p, "</h2>\n<ul class=\"facts\">\n");
  put_fact(p, ARI_WORD_agencies, (int64_t)r->n_agencies);
  put_fact(p, ARI_WORD_ranked, ranked);
  put_fact(p, ARI_WORD_not_ranked, (int64_t)r->n_agencies - ranked - absent);
  if (absent) put_fact(p, ARI_WORD_handed_in_nothing, absent);
  if (provisional) put_fact(p, ARI_WORD_provisional, provisional);
  if (find_mean(p, &mean, &low, &high)) {
    put_figure_fact(p, ARI_WORD_mean_index, mean);
    put_figure_fact(p, ARI_WORD_lowest, low);
    put_figure_fact(p, ARI_WORD_highest, high);
  }
  ari_page_put(p, "</ul>\n");
  put_states(p);
  ari_page_charts(p, ARI_CHART_DISTRIBUTION, -1);
  ari_page_movers(p);
  put_warnings(p);
  ari_page_put(p, "</section>\n");
}
