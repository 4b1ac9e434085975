/* The ranking in report.html: a table and a chart for each group. */
#include "inside.h"

enum { FIELD_COLUMNS = 8 };  /* more fields than that do not fit into the table */

static bool has_fields(const ari_page *p) {
  size_t n = p->work->set->root->n_children;
  return n >= 2 && n <= FIELD_COLUMNS;
}

/* The fields in order, then what stands outside their sum: a column each. */
static const ari_node *next_column(const ari_set *set, const ari_node *field) {
  if (field == set->penalty) return NULL;
  if (field == set->bonus) return set->penalty;
  return field->next ? field->next : set->bonus ? set->bonus : set->penalty;
}

static const ari_node *next_there(const ari_page *p, const ari_node *field, uint32_t tiers) {
  while (field && !ari_chart_has_field(p->work, field, tiers)) field = next_column(p->work->set, field);
  return field;
}

/* A column of states is of use when they are not all final. */
static bool has_states(const ari_page *p) {
  const ari_result *r = p->work->result;
  for (size_t i = 0; i < r->n_agencies; i++)
    if (r->standings[i].state != ARI_FINAL) return true;
  return false;
}

/* A column of ranges is of use when some totals are provisional. */
static bool has_ranges(const ari_page *p) {
  const ari_result *r = p->work->result;
  for (size_t i = 0; i < r->n_agencies; i++)
    if (r->standings[i].state == ARI_PROVISIONAL) return true;
  return false;
}

/* The figures that ranks are made of stand beside the name, so that a narrow screen shows them; fields follow, then what tells how final they are. */
static void start_ranking_table(ari_page *p, ari_str title, uint32_t tiers) {
  const ari_set *set = p->work->set;
  ari_page_put(p, "<div class=\"scroll\"><table class=\"agencies\">\n<caption>");
  ari_page_text(p, title);
  ari_page_put(p, "</caption>\n<thead><tr><th scope=\"col\" class=\"n\" data-sorted=\"ascending\">");
  ari_page_word(p, ARI_WORD_rank);
  ari_page_put(p, "</th>");
  ari_page_head_cell(p, ARI_WORD_agency, "name");
  ari_page_head_cell(p, ARI_WORD_points, "n");
  ari_page_head_cell(p, ARI_WORD_max, "n");
  ari_page_head_cell(p, ARI_WORD_index, "n");
  if (set->n_grades) ari_page_head_cell(p, ARI_WORD_grade, "");
  if (has_fields(p))
    for (const ari_node *field = next_there(p, set->root->first, tiers); field; field = next_there(p, next_column(set, field), tiers)) {
      ari_page_put(p, "<th scope=\"col\" class=\"field\">");
      ari_page_title(p, field->title);
      ari_page_put(p, " <span>/");
      ari_chart_put_maxima(&p->out.buf, p->work, field, tiers, p->how);
      ari_page_put(p, "</span></th>");
    }
  if (has_ranges(p)) ari_page_head_cell(p, ARI_WORD_from_to, "n");
  if (has_states(p)) ari_page_head_cell(p, ARI_WORD_state, "state");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
}

static void put_rank(ari_page *p, const ari_standing *s) {
  if (s->rank) ari_buf_printf(&p->out.buf, "<td class=\"n\" data-value=\"%d\">%s%d</td>", s->rank, s->tied ? "=" : "", s->rank);
  else ari_page_put(p, "<td class=\"n\">–</td>");
}

/* Grades are sorted from the best on, not by their names. */
static void put_grade(ari_page *p, const ari_standing *s) {
  if (s->grade < 0) {
    ari_page_put(p, "<td></td>");
    return;
  }
  ari_buf_printf(&p->out.buf, "<td data-value=\"%d\">", s->grade);
  ari_page_title(p, p->work->set->grades[s->grade].title);
  ari_page_put(p, "</td>");
}

static void put_range(ari_page *p, const ari_standing *s) {
  if (s->state != ARI_PROVISIONAL) {
    ari_page_put(p, "<td class=\"n\"></td>");
    return;
  }
  ari_page_put(p, "<td class=\"n\" data-value=\"");
  ari_page_machine(p, s->low);
  ari_page_put(p, "\">");
  ari_page_range(p, s);
  ari_page_put(p, "</td>");
}

static void put_ranking_row(ari_page *p, size_t agency, uint32_t tiers) {
  const ari_work *work = p->work;
  const ari_set *set = work->set;
  const ari_standing *s = &work->result->standings[agency];
  ari_page_put(p, "<tr>");
  put_rank(p, s);
  ari_page_agency_cell(p, agency);
  ari_page_value_cell(p, s->has_points, s->points, set->root->rounding.total <= 4 ? set->root->rounding.total : -1);
  ari_page_value_cell(p, s->has_max, s->max, -1);
  ari_page_value_cell(p, s->has_points, s->index, set->root->rounding.index);
  if (set->n_grades) put_grade(p, s);
  if (has_fields(p))
    for (const ari_node *field = next_there(p, set->root->first, tiers); field; field = next_there(p, next_column(set, field), tiers)) {
      const ari_figure *f = ari_result_figure(work->result, agency, field->index);
      ari_page_value_cell(p, f->has_points, f->points, field->rounding.leaf <= 4 ? field->rounding.leaf : -1);
    }
  if (has_ranges(p)) put_range(p, s);
  if (has_states(p)) {
    ari_page_put(p, "<td>");
    ari_page_c(p, ari_agency_state_text_at(ari_work_stage(p->work), s->state, p->lang));
    ari_page_put(p, "</td>");
  }
  ari_page_put(p, "</tr>\n");
}

/* The words of the script, which has none of its own. */
static void start_section(ari_page *p) {
  static const struct { const char *name; ari_word word; } words[] = {
      {"filter", ARI_WORD_filter_agencies}, {"shown", ARI_WORD_agencies_shown}, {"jump", ARI_WORD_go_to_sheet}};
  ari_page_put(p, "<section id=\"ranking\"");
  for (size_t i = 0; i < ARI_COUNT(words); i++) {
    ari_buf_printf(&p->out.buf, " data-%s=\"", words[i].name);
    ari_page_word(p, words[i].word);
    ari_page_put(p, "\"");
  }
  ari_page_put(p, ">\n<h2>");
  ari_page_word(p, ARI_WORD_ranking);
  ari_page_put(p, "</h2>\n");
}

/* Where there are too many fields for the table, it is said where their figures are. */
static void put_fields_elsewhere(ari_page *p) {
  if (p->work->set->root->n_children <= FIELD_COLUMNS) return;
  bool heat = ari_page_has_field_table(p);
  ari_page_put(p, "<p>");
  ari_page_word(p, heat ? ARI_WORD_fields_in_heat : ARI_WORD_fields_in_sheets);
  ari_page_put(p, heat ? " <a href=\"#heat\">" : " <a href=\"#sheets\">");
  ari_page_word(p, heat ? ARI_WORD_heat : ARI_WORD_sheets);
  ari_page_put(p, "</a></p>\n");
}

/* What "/14 | 20" in the heads of fields is. */
static void put_maxima_note(ari_page *p) {
  const ari_set *set = p->work->set;
  if (set->n_tiers == 1 || !has_fields(p)) return;
  ari_page_put(p, "<p class=\"soft\">");
  ari_page_word(p, ARI_WORD_maxima_of_tiers);
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    ari_page_put(p, t == 0 ? ": " : " | ");
    ari_page_title(p, set->tiers[t].title);
  }
  ari_page_put(p, ".</p>\n");
}

/* Rows as the ranking orders them; a table for each group or tier, one for all when ranks go across groups. */
void ari_page_ranking(ari_page *p) {
  const ari_work *work = p->work;
  start_section(p);
  put_fields_elsewhere(p);
  put_maxima_note(p);
  for (ari_page_block block = {0}; ari_page_next_block(p, &block);) {
    start_ranking_table(p, block.title, block.tiers);
    for (size_t i = block.first; i < block.end; i++) put_ranking_row(p, work->result->shown[i], block.tiers);
    ari_page_put(p, "</tbody></table></div>\n");
    ari_page_charts(p, ARI_CHART_RANKING, block.group);
    ari_page_charts(p, ARI_CHART_DUMBBELL, block.group);
    ari_page_charts(p, ARI_CHART_BUMP, block.group);
  }
  ari_page_charts_missing(p);
  ari_page_put(p, "</section>\n");
}
