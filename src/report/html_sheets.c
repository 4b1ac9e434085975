/* Each agency's sheet in report.html: its points, what it lost and why. */
#include "inside.h"

enum { USUAL_LEVEL = 2 };   /* of a row without a class */

void ari_page_why(ari_page *p, size_t agency, const ari_node *leaf) {
  ari_lines lines = {0};
  ari_status status = ari_explain_node(p->work, agency, leaf->index, true, &lines);
  ari_page_note(p, status);
  for (size_t i = 0; status == ARI_OK && i < lines.n; i++) {
    const ari_line *line = &lines.items[i];
    if (i) ari_page_put(p, "<br>");
    if (line->label.n) {
      ari_page_text(p, line->label);
      ari_page_put(p, line->text.n ? ": " : "");
    }
    ari_page_text(p, line->text);
  }
  ari_lines_free(&lines);
}

/* Where the agency named documents or noted something, or evaluators decided: that is to be read even where nothing was lost. */
static bool is_spoken_of(const ari_page *p, size_t agency, const ari_node *node) {
  ari_explainer x = ari_explain_start(p->work, agency, node->index, true, NULL);
  bool remarked = node->leaf >= 0 && ari_evidence_entry(p->work->evidence, agency, node->leaf)->remark;
  return remarked || ari_explain_is_ruled(&x);
}

/* Sheets are most of a report: their cells are styled by their place (report.css), without a class each. */
static void put_figure(ari_page *p, bool there, int64_t e12, int decimals, const char *nothing) {
  ari_page_put(p, "<td>");
  if (there) ari_page_figure(p, e12, decimals);
  else ari_page_put(p, nothing);
  ari_page_put(p, "</td>");
}

static void put_sheet_row(ari_page *p, size_t agency, const ari_node *node, bool claims) {
  const ari_figure *f = ari_result_figure(p->work->result, agency, node->index);
  if (node->presence[p->work->evidence->agencies->items[agency].tier_index] == ARI_NOT_THERE) return;
  int64_t claimed = 0, got = f->has_points ? f->points : 0;
  bool taken = ari_part_of(node) == p->work->set->penalty;   /* points of a penalty are what it costs; a bonus not had costs nothing */
  int64_t lost = taken ? got : node->outside ? 0 : f->max - got;
  int level = node->level > 4 ? 4 : node->level, decimals = node->rounding.leaf <= 4 ? node->rounding.leaf : -1;
  if (level == USUAL_LEVEL) ari_page_put(p, "<tr>");
  else ari_buf_printf(&p->out.buf, "<tr class=\"l%d\">", level);
  ari_page_put(p, "<th scope=\"row\"><span>");
  ari_page_text(p, node->id);
  ari_page_put(p, "</span> ");
  ari_page_title(p, node->title);
  ari_page_put(p, "</th>");
  put_figure(p, f->has_points, f->points, decimals, "–");
  put_figure(p, true, f->max, -1, "");
  put_figure(p, f->state != ARI_WATCHED && lost != 0, lost, decimals, "–");
  if (claims) {
    bool has = node->leaf >= 0 && ari_claimed_e12(ari_evidence_entry(p->work->evidence, agency, node->leaf), &claimed);
    put_figure(p, has, claimed, decimals, "");
  }
  ari_page_put(p, "<td>");
  if (f->state != ARI_NO_STATE) ari_page_c(p, ari_figure_state_text(f, p->lang));
  ari_page_put(p, "</td><td>");
  bool combined = node->leaf < 0 && node->combine != ARI_COMBINE_SUM && f->has_points;
  bool changed = node->leaf >= 0 && (lost != 0 || node->outside || f->state != ARI_SCORED);
  if (combined || changed || is_spoken_of(p, agency, node)) ari_page_why(p, agency, node);
  ari_page_put(p, "</td></tr>\n");
}

static bool has_claims(const ari_page *p, size_t agency) {
  for (uint32_t i = 0; i < p->work->set->n_leaves; i++)
    if (ari_evidence_entry(p->work->evidence, agency, (int32_t)i)->has_claimed) return true;
  return false;
}

static void put_sheet_table(ari_page *p, size_t agency) {
  bool claims = has_claims(p, agency);
  ari_page_put(p, claims ? "<div class=\"scroll\"><table class=\"claims\">\n<thead><tr>" : "<div class=\"scroll\"><table>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_criterion, "item");
  ari_page_head_cell(p, ARI_WORD_points, "n");
  ari_page_head_cell(p, ARI_WORD_max, "n");
  ari_page_head_cell(p, ARI_WORD_lost, "n");
  if (claims) ari_page_head_cell(p, ARI_WORD_claimed, "n");
  ari_page_head_cell(p, ARI_WORD_state, "state");
  ari_page_head_cell(p, ARI_WORD_why, "why");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
  for (uint32_t i = 1; i < p->work->set->n_nodes && !p->out.failed; i++) put_sheet_row(p, agency, p->work->set->nodes[i], claims);
  ari_page_put(p, "</tbody></table></div>\n");
}

/* Which needs kept the agency from a better grade. */
static void put_needs(ari_page *p, size_t agency) {
  ari_lines lines = {0};
  ari_status status = ari_explain_needs(p->work, agency, &lines);
  ari_page_note(p, status);
  for (size_t i = 0; status == ARI_OK && i < lines.n; i++) {
    ari_page_put(p, "<p class=\"soft\">");
    ari_page_text(p, lines.items[i].label);
    ari_page_put(p, ": ");
    ari_page_text(p, lines.items[i].text);
    ari_page_put(p, "</p>\n");
  }
  ari_lines_free(&lines);
}

/* " · hạng 3 · 75,5 / 100 · …": how the agency stands. */
static void put_standing(ari_page *p, const ari_standing *s) {
  const ari_set *set = p->work->set;
  if (s->rank) {
    ari_page_put(p, " · ");
    ari_page_word(p, ARI_WORD_rank);
    ari_page_put(p, s->tied ? " =" : " ");
    ari_buf_int(&p->out.buf, s->rank);
  }
  if (s->has_points) {
    ari_page_put(p, " · ");
    ari_page_figure(p, s->points, set->root->rounding.total <= 4 ? set->root->rounding.total : -1);
    ari_page_put(p, " / ");
    ari_page_figure(p, s->max, -1);
    ari_page_put(p, " · ");
    ari_page_word(p, ARI_WORD_index);
    ari_page_put(p, " ");
    ari_page_figure(p, s->index, set->root->rounding.index);
  }
  if (s->state == ARI_PROVISIONAL) {
    ari_page_put(p, " · ");
    ari_page_word(p, ARI_WORD_will_end);
    ari_page_put(p, " ");
    ari_page_range(p, s);
  }
  if (s->grade >= 0) {
    ari_page_put(p, " · ");
    ari_page_title(p, set->grades[s->grade].title);
  }
  if (s->state != ARI_FINAL) {
    ari_page_put(p, " · ");
    ari_page_c(p, ari_agency_state_text_at(ari_work_stage(p->work), s->state, p->lang));
  }
}

void ari_page_sheet(ari_page *p, size_t agency) {
  const ari_work *work = p->work;
  const ari_set *set = work->set;
  const ari_agency *a = &work->evidence->agencies->items[agency];
  const ari_standing *s = &work->result->standings[agency];
  const char *heading = p->alone ? "h2" : "h3";
  ari_buf_printf(&p->out.buf, "<section class=\"sheet\" id=\"a%zu\">\n<%s>", agency + 1, heading);
  ari_page_title(p, a->name);
  ari_page_put(p, " <span class=\"soft\">");
  ari_page_text(p, a->id);
  ari_buf_printf(&p->out.buf, "</span></%s>\n<p>", heading);
  ari_page_text(p, ari_group_title(set, a->group, p->lang));
  if (set->n_tiers > 1) {
    ari_page_put(p, " · ");
    ari_page_word(p, ARI_WORD_tier);
    ari_page_put(p, ": ");
    ari_page_title(p, set->tiers[a->tier_index].title);
  }
  put_standing(p, s);
  ari_page_put(p, "</p>\n");
  put_needs(p, agency);
  if (s->state != ARI_ABSENT && s->state != ARI_INVALID) {
    ari_page_agency_charts(p, agency);
    put_sheet_table(p, agency);
  }
  if (!p->alone) {
    ari_page_put(p, "<p class=\"back\"><a href=\"#ranking\">");
    ari_page_word(p, ARI_WORD_to_ranking);
    ari_page_put(p, "</a></p>\n");
  }
  ari_page_put(p, "</section>\n");
}

void ari_page_sheets(ari_page *p) {
  const ari_result *r = p->work->result;
  ari_page_put(p, "<section id=\"sheets\">\n<h2>");
  ari_page_word(p, ARI_WORD_sheets);
  ari_page_put(p, "</h2>\n");
  ari_page_index(p);
  for (size_t i = 0; i < r->n_agencies && !p->out.failed && p->status == ARI_OK; i++) ari_page_sheet(p, r->order[i]);
  ari_page_put(p, "</section>\n");
}
