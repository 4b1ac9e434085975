/* Below the method in report.html: every rule in the author's own words, for those who hold it against the criteria set, and what the names in it stand for. */
#include "inside.h"

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

/* "done: tasks done; rate = done / planned": what the names in rules here and below stand for. */
static void put_names(ari_page *p, const ari_node *node) {
  const ari_set *set = p->work->set;
  bool first = true;
  for (uint32_t i = 0; i < node->n_inputs; i++) {
    const ari_input *in = &set->inputs[node->first_input + i];
    if (ari_title_of(p->work, in->title).n == 0 || in->of_survey >= 0) continue;
    if (!first) ari_page_put(p, "; ");
    first = false;
    ari_page_text(p, in->name);
    ari_page_put(p, ": ");
    ari_page_title(p, in->title);
    put_options(p, in);
  }
  for (uint32_t i = 0; i < node->n_let; i++) {
    if (!first) ari_page_put(p, "; ");
    first = false;
    ari_page_text(p, node->let[i].name);
    ari_page_put(p, " = ");
    ari_page_text(p, node->let[i].value->text);
  }
}

static void put_own_words(ari_page *p, const ari_node *node) {
  ari_buf words = {0};
  ari_buf_source_words(&words, p->work, node->rule->span);
  ari_page_put(p, "<code>");
  ari_page_text(p, ari_buf_view(&words));
  ari_page_put(p, "</code>");
  if (words.failed) p->out.failed = p->out.no_memory = true;
  ari_buf_free(&words);
}

/* Closed until somebody asks for it: what it says stands in words above. */
void ari_page_formulas(ari_page *p) {
  const ari_set *set = p->work->set;
  ari_page_put(p, "<details><summary>");
  ari_page_word(p, ARI_WORD_formulas);
  ari_page_put(p, "</summary>\n<div class=\"scroll\"><table>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_id, "");
  ari_page_head_cell(p, ARI_WORD_formula, "why");
  ari_page_head_cell(p, ARI_WORD_formula_names, "why");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
  for (uint32_t i = 0; i < set->n_nodes; i++) {
    const ari_node *node = set->nodes[i];
    if (!node->rule && node->n_inputs == 0 && node->n_let == 0) continue;
    ari_page_put(p, "<tr><th scope=\"row\">");
    ari_page_text(p, node->id);
    ari_page_put(p, "</th><td class=\"why\">");
    if (node->rule) put_own_words(p, node);
    ari_page_put(p, "</td><td class=\"why\">");
    put_names(p, node);
    ari_page_put(p, "</td></tr>\n");
  }
  ari_page_put(p, "</tbody></table></div></details>\n");
}
