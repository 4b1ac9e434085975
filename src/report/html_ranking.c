/* The ranking in report.html: a table and a chart for each group. */
#include "report.h"

enum { FIELD_COLUMNS = 8 };  /* more fields than that do not fit into the table */

static size_t count_fields(const ari_page *p) {
  size_t n = p->work->set->root->n_children;
  return n >= 2 && n <= FIELD_COLUMNS ? n : 0;
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

/* The figures that ranks are made of stand beside the name, so that a narrow screen shows them; the fields follow. */
static void start_ranking_table(ari_page *p, const char *group, uint32_t tiers) {
  const ari_set *set = p->work->set;
  ari_page_put(p, "<div class=\"scroll\"><table>\n<caption>");
  ari_page_c(p, group);
  ari_page_put(p, "</caption>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_rank, "n");
  ari_page_head_cell(p, ARI_WORD_agency, "name");
  ari_page_head_cell(p, ARI_WORD_points, "n");
  ari_page_head_cell(p, ARI_WORD_max, "n");
  ari_page_head_cell(p, ARI_WORD_index, "n");
  if (set->n_grades) ari_page_head_cell(p, ARI_WORD_grade, "");
  if (has_ranges(p)) ari_page_head_cell(p, ARI_WORD_from_to, "n");
  if (has_states(p)) ari_page_head_cell(p, ARI_WORD_state, "state");
  if (count_fields(p))
    for (const ari_node *field = next_there(p, set->root->first, tiers); field; field = next_there(p, next_column(set, field), tiers)) {
      ari_page_put(p, "<th scope=\"col\" class=\"field\">");
      ari_page_title(p, field->title);
      ari_page_put(p, "<br>/");
      ari_chart_put_maxima(&p->out.buf, p->work, field, tiers, p->how);
      ari_page_put(p, "</th>");
    }
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
}

static void put_rank(ari_page *p, const ari_standing *s) {
  ari_page_put(p, "<td class=\"n\">");
  if (s->rank) {
    if (s->tied) ari_page_put(p, "=");
    ari_page_int(p, s->rank);
  } else ari_page_put(p, "–");
  ari_page_put(p, "</td>");
}

static void put_ranking_row(ari_page *p, size_t agency, uint32_t tiers) {
  const ari_work *work = p->work;
  const ari_set *set = work->set;
  const ari_standing *s = &work->result->standings[agency];
  ari_page_put(p, "<tr>");
  put_rank(p, s);
  ari_buf_printf(&p->out.buf, "<th scope=\"row\" class=\"name\"><a href=\"#a%zu\">", agency + 1);
  ari_page_title(p, work->evidence->agencies->items[agency].name);
  ari_page_put(p, "</a> <span class=\"soft\">");
  ari_page_text(p, work->evidence->agencies->items[agency].id);
  ari_page_put(p, "</span></th>");
  ari_page_figure_cell(p, s->has_points, s->points, set->root->rounding.total <= 4 ? set->root->rounding.total : -1);
  ari_page_figure_cell(p, s->has_max, s->max, -1);
  ari_page_figure_cell(p, s->has_points, s->index, set->root->rounding.index);
  if (set->n_grades) {
    ari_page_put(p, "<td>");
    if (s->grade >= 0) ari_page_title(p, set->grades[s->grade].title);
    ari_page_put(p, "</td>");
  }
  if (has_ranges(p)) {
    ari_page_put(p, "<td class=\"n\">");
    if (s->state == ARI_PROVISIONAL) ari_page_range(p, s);
    ari_page_put(p, "</td>");
  }
  if (has_states(p)) {
    ari_page_put(p, "<td>");
    ari_page_c(p, ari_agency_state_text(s->state, p->lang));
    ari_page_put(p, "</td>");
  }
  if (count_fields(p))
    for (const ari_node *field = next_there(p, set->root->first, tiers); field; field = next_there(p, next_column(set, field), tiers)) {
      const ari_figure *f = ari_result_figure(work->result, agency, field->index);
      ari_page_figure_cell(p, f->has_points, f->points, field->rounding.leaf <= 4 ? field->rounding.leaf : -1);
    }
  ari_page_put(p, "</tr>\n");
}

static void put_ranking_charts(ari_page *p, int32_t group) {
  for (size_t i = 0; i < p->n_charts; i++)
    if (p->charts[i].kind == ARI_CHART_RANKING && p->charts[i].group == group && p->charts[i].drawn) ari_page_chart(p, &p->charts[i]);
}

/* Rows as the ranking orders them; a table for each group or tier, one for all when ranks go across groups. */
void ari_page_ranking(ari_page *p) {
  const ari_work *work = p->work;
  const ari_result *r = work->result;
  ari_page_put(p, "<section id=\"ranking\">\n<h2>");
  ari_page_word(p, ARI_WORD_ranking);
  ari_page_put(p, "</h2>\n");
  for (size_t i = 0; i < r->n_agencies;) {
    int32_t group = ari_chart_block(work, r->shown[i]);
    ari_buf title = {0};
    if (group < 0) ari_buf_text(&title, ari_page_say(p, ARI_WORD_ranking));
    else ari_buf_str(&title, ari_chart_group_name(work, group));
    ari_buf_char(&title, '\0');
    size_t end = i;
    while (end < r->n_agencies && ari_chart_block(work, r->shown[end]) == group) end++;
    uint32_t tiers = ari_chart_tiers(work, r->shown + i, end - i);
    start_ranking_table(p, title.failed ? "" : title.p, tiers);
    for (; i < end; i++) put_ranking_row(p, r->shown[i], tiers);
    ari_page_put(p, "</tbody></table></div>\n");
    put_ranking_charts(p, group);
    if (title.failed) p->out.failed = p->out.no_memory = true;
    ari_buf_free(&title);
  }
  bool drawn = false;
  for (size_t i = 0; i < p->n_charts; i++) drawn = drawn || p->charts[i].drawn;
  if (!drawn) {
    ari_page_put(p, "<p class=\"soft\">");
    ari_page_word(p, work->options.charts == ARI_CHARTS_NONE ? ARI_WORD_no_charts_wanted : ARI_WORD_no_charts);
    ari_page_put(p, "</p>\n");
  }
  ari_page_put(p, "</section>\n");
}
