/* The table of agencies and fields in report.html: every field's index, coloured in steps of 20. */
#include "inside.h"

enum { MOST_FIELDS = 20, STEP = 20, STEPS = 5 };

static size_t count_fields(const ari_page *p) {
  size_t n = 0;
  for (const ari_node *field = p->work->set->root->first; field; field = field->next) n += ari_chart_has_field(p->work, field, UINT32_MAX);
  return n;
}

static const ari_node *next_there(const ari_page *p, const ari_node *field, uint32_t tiers) {
  while (field && !ari_chart_has_field(p->work, field, tiers)) field = field->next;
  return field;
}

/* 100 × points ÷ applicable maximum, rounded as the index is. False: there is none. */
static bool find_index(ari_page *p, ari_num *a, ari_num *b, const ari_figure *f, int64_t *out) {
  const ari_decimals *d = &p->work->set->root->rounding;
  if (!f->has_points || f->max <= 0) return false;
  ari_num_set_e12(a, f->points);
  ari_num_set_int(b, 100);
  ari_num_mul(a, a, b);
  ari_num_set_e12(b, f->max);
  ari_num_div(a, a, b);
  ari_num_round(a, a, d->index, d->mode);
  return ari_num_e12(a, out);
}

static int step_of(int64_t index) {
  int64_t step = index / (STEP * ARI_ONE);
  return step < 0 ? 0 : step >= STEPS ? STEPS - 1 : (int)step;
}

static void put_cell(ari_page *p, ari_num *a, ari_num *b, const ari_figure *f) {
  int64_t index = 0;
  if (!find_index(p, a, b, f, &index)) {
    ari_page_put(p, "<td>–</td>");
    return;
  }
  ari_buf_printf(&p->out.buf, "<td class=\"h%d\" data-value=\"", step_of(index));
  ari_page_machine(p, index);
  ari_page_put(p, "\">");
  ari_page_figure(p, index, p->work->set->root->rounding.index);
  ari_page_put(p, "</td>");
}

static void put_row(ari_page *p, size_t agency, uint32_t tiers, ari_num *a, ari_num *b) {
  const ari_set *set = p->work->set;
  ari_page_put(p, "<tr>");
  ari_page_agency_cell(p, agency);
  for (const ari_node *field = next_there(p, set->root->first, tiers); field; field = next_there(p, field->next, tiers))
    put_cell(p, a, b, ari_result_figure(p->work->result, agency, field->index));
  ari_page_put(p, "</tr>\n");
}

static void put_table(ari_page *p, const ari_page_block *block, ari_num *a, ari_num *b) {
  ari_page_put(p, "<div class=\"scroll\"><table class=\"agencies heat\">\n<caption>");
  ari_page_text(p, block->title);
  ari_page_put(p, "</caption>\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_agency, "name");
  for (const ari_node *field = next_there(p, p->work->set->root->first, block->tiers); field; field = next_there(p, field->next, block->tiers)) {
    ari_page_put(p, "<th scope=\"col\" class=\"field\">");
    ari_page_title(p, field->title);
    ari_page_put(p, "</th>");
  }
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
  for (size_t i = block->first; i < block->end; i++) put_row(p, p->work->result->shown[i], block->tiers, a, b);
  ari_page_put(p, "</tbody></table></div>\n");
}

bool ari_page_has_field_table(const ari_page *p) {
  size_t n = count_fields(p);
  return n >= 2 && n <= MOST_FIELDS && p->work->result->n_agencies > 0;
}

/* What the colours mean, in words: "0 – 20", and so on. */
static void put_steps(ari_page *p) {
  ari_page_put(p, "<p>");
  ari_page_word(p, ARI_WORD_heat_method);
  ari_page_put(p, "</p>\n<ul class=\"steps\">");
  for (int i = 0; i < STEPS; i++) {
    ari_buf_printf(&p->out.buf, "<li class=\"h%d\">", i);
    ari_page_word(p, ARI_WORD_grade_from);
    ari_buf_printf(&p->out.buf, " %d</li>", i * STEP);
  }
  ari_page_put(p, "</ul>\n");
}

static void put_tables(ari_page *p, ari_num *a, ari_num *b) {
  put_steps(p);
  for (ari_page_block block = {0}; ari_page_next_block(p, &block);) put_table(p, &block, a, b);
}

bool ari_page_has_heat(const ari_page *p) { return ari_page_has_field_table(p) || ari_page_has_charts(p, ARI_CHART_HEAT); }

void ari_page_heat(ari_page *p) {
  ari_num *a = ari_num_new(), *b = ari_num_new();
  if (!a || !b) ari_page_note(p, ARI_NOMEM);
  else if (ari_page_has_heat(p)) {
    ari_page_put(p, "<section id=\"heat\">\n<h2>");
    ari_page_word(p, ARI_WORD_heat);
    ari_page_put(p, "</h2>\n");
    if (ari_page_has_field_table(p)) put_tables(p, a, b);
    for (ari_page_block block = {0}; ari_page_next_block(p, &block);) ari_page_charts(p, ARI_CHART_HEAT, block.group);
    ari_page_put(p, "</section>\n");
  }
  ari_num_free(a);
  ari_num_free(b);
}
