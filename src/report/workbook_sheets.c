/* What stands on the sheets of a report's workbook: the ranking, a matrix agencies × nodes, and what all was computed from. */
#include "inside.h"

/* ---- cells ---- */

static bool is_there(const ari_report_sheets *b, const ari_node *node, size_t agency) {
  return node->presence[b->work->evidence->agencies->items[agency].tier_index] != ARI_NOT_THERE;
}
static void put_heading(ari_report_sheets *b, ari_word w) { ari_grid_text(&b->grid, ARI_GRID_HEADING, ari_report_sheets_word(b, w)); }
static void put_text(ari_report_sheets *b, ari_str s) { ari_grid_text(&b->grid, ARI_GRID_TEXT, s); }
static void put_words(ari_report_sheets *b, const char *s) { put_text(b, ari_str_of(s)); }

static void put_titles(ari_report_sheets *b, ari_str title) {
  ari_buf line = {0};
  ari_buf_printf(&line, "%s – ", ari_set_title(b->work));
  ari_chart_put_period(&line, b->work, " – ");
  ari_grid_text(&b->grid, ARI_GRID_TITLE, title);
  ari_grid_next_row(&b->grid);
  ari_grid_text(&b->grid, ARI_GRID_SOFT, ari_buf_view(&line));
  ari_grid_next_row(&b->grid);
  if (b->tiers) ari_grid_text(&b->grid, ARI_GRID_SOFT, ari_report_sheets_word(b, ARI_WORD_dash_not_there));
  ari_grid_next_row(&b->grid);
  if (line.failed) b->grid.book->failed = true;
  ari_buf_free(&line);
}

static void put_ranking_heads(ari_report_sheets *b) {
  static const ari_word left[] = {ARI_WORD_rank, ARI_WORD_id, ARI_WORD_agency, ARI_WORD_group};
  static const ari_word totals[] = {ARI_WORD_points, ARI_WORD_max, ARI_WORD_index};
  for (size_t i = 0; i < ARI_COUNT(left); i++) put_heading(b, left[i]);
  if (b->tiers) put_heading(b, ARI_WORD_tier_head);
  for (size_t i = 0; i < ARI_COUNT(totals); i++) put_heading(b, totals[i]);
  if (b->grades) put_heading(b, ARI_WORD_grade);
  if (b->ranges) put_heading(b, ARI_WORD_lowest_total), put_heading(b, ARI_WORD_highest_total);
  put_heading(b, ARI_WORD_state);
  for (size_t i = 0; i < b->n_fields; i++) ari_grid_text(&b->grid, ARI_GRID_HEADING, ari_chart_field_name(b->work, b->fields[i]));
}

/* Points of a node; where there are none, why not, unless a column of its own says it. */
static void put_points(ari_report_sheets *b, size_t agency, const ari_node *node, bool say) {
  const ari_figure *f = ari_result_figure(b->work->result, agency, node->index);
  int decimals = node->level == 0 ? node->rounding.total : node->rounding.leaf;
  const char *state = !say || f->state == ARI_NO_STATE ? "" : ari_figure_state_text(f, b->lang);
  if (!is_there(b, node, agency)) ari_grid_text(&b->grid, ARI_GRID_TEXT, ARI_STR("–"));
  else if (!f->has_points && *state) put_words(b, state);
  else ari_grid_figure(&b->grid, f->has_points, f->points, ari_chart_decimals(decimals));
}

static void put_ranking_row(ari_report_sheets *b, size_t agency, const ari_ranking_row *row) {
  int total = ari_chart_decimals(ari_decimals_total(b->work)), index = ari_decimals_index(b->work);
  ari_grid_next_row(&b->grid);
  ari_grid_count(&b->grid, row->rank);
  put_words(b, row->agency);
  put_words(b, row->name);
  put_words(b, row->group_title);
  if (b->tiers) put_text(b, ari_title_of(b->work, b->work->set->tiers[b->work->evidence->agencies->items[agency].tier_index].title));
  ari_grid_figure(&b->grid, row->has_points, row->points, total);
  ari_grid_figure(&b->grid, row->has_max, row->max, 0);
  ari_grid_figure(&b->grid, row->has_points, row->index, index);
  if (b->grades) put_words(b, row->grade_title);
  if (b->ranges) {
    ari_grid_figure(&b->grid, row->has_points, row->low, total);
    ari_grid_figure(&b->grid, row->has_points, row->high, total);
  }
  put_words(b, ari_agency_state_text_at(ari_work_stage(b->work), row->state, b->lang));
  for (size_t i = 0; i < b->n_fields; i++) put_points(b, agency, b->fields[i], true);
}

void ari_report_sheets_put_ranking(ari_report_sheets *b) {
  ari_ranking_row row;
  if (!ari_grid_begin(&b->grid, &b->sheets[0])) return;
  put_titles(b, ari_report_sheets_word(b, ARI_WORD_ranking));
  put_ranking_heads(b);
  for (size_t i = 0; i < ari_ranking_count(b->work) && !b->grid.book->failed; i++) {
    if (ari_ranking_shown(b->work, i, &row) != ARI_OK) b->grid.book->failed = true;
    else put_ranking_row(b, b->work->result->shown[i], &row);
  }
  ari_grid_end(&b->grid);
}

static void put_max(ari_report_sheets *b, const ari_matrix_column *c, uint32_t tier) {
  if (c->what != ARI_ASPECT_POINTS) ari_grid_text(&b->grid, ARI_GRID_TEXT, (ari_str){0});
  else if (c->node->presence[tier] == ARI_NOT_THERE) put_words(b, "–");
  else ari_grid_figure(&b->grid, true, c->node->max_e12[tier], 0);
}

static ari_str title_of(const ari_report_sheets *b, const ari_node *node) { return node->level == 0 ? ari_report_sheets_word(b, ARI_WORD_total) : ari_title_of(b->work, node->title); }

static void put_max_rows(ari_report_sheets *b, const ari_matrix *m) {
  const ari_set *set = b->work->set;
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    put_heading(b, ARI_WORD_max);
    ari_grid_text(&b->grid, ARI_GRID_HEADING, b->tiers ? ari_title_of(b->work, set->tiers[t].title) : (ari_str){0});
    for (size_t i = 2; i < ARI_MATRIX_LEFT; i++) ari_grid_text(&b->grid, ARI_GRID_HEADING, (ari_str){0});
    for (size_t i = 0; i < m->n; i++) put_max(b, &m->columns[i], t);
    ari_grid_next_row(&b->grid);
  }
}

static void put_matrix_heads(ari_report_sheets *b, const ari_matrix *m) {
  static const ari_word left[ARI_MATRIX_LEFT] = {ARI_WORD_id, ARI_WORD_agency, ARI_WORD_group, ARI_WORD_state};
  static const ari_word kinds[] = {[ARI_ASPECT_POINTS] = ARI_WORD_points, [ARI_ASPECT_CLAIMED] = ARI_WORD_claimed, [ARI_ASPECT_STATE] = ARI_WORD_state};
  put_max_rows(b, m);
  for (size_t i = 0; i < ARI_MATRIX_LEFT; i++) ari_grid_text(&b->grid, ARI_GRID_HEADING, (ari_str){0});
  for (size_t i = 0; i < m->n; i++) ari_grid_text(&b->grid, ARI_GRID_HEADING, m->columns[i].node->id);
  ari_grid_next_row(&b->grid);
  for (size_t i = 0; i < ARI_MATRIX_LEFT; i++) ari_grid_text(&b->grid, ARI_GRID_HEADING, (ari_str){0});
  for (size_t i = 0; i < m->n; i++) ari_grid_text(&b->grid, ARI_GRID_HEADING, title_of(b, m->columns[i].node));
  ari_grid_next_row(&b->grid);
  for (size_t i = 0; i < ARI_MATRIX_LEFT; i++) put_heading(b, left[i]);
  for (size_t i = 0; i < m->n; i++) put_heading(b, kinds[m->columns[i].what]);
}

static void put_cell(ari_report_sheets *b, size_t agency, const ari_matrix *m, const ari_matrix_column *c) {
  const ari_figure *f = ari_result_figure(b->work->result, agency, c->node->index);
  const ari_standing *s = &b->work->result->standings[agency];
  int64_t claimed = 0;
  if (c->what == ARI_ASPECT_POINTS && c->node->level == 0) {
    ari_grid_figure(&b->grid, s->has_points, s->points, ari_chart_decimals(c->node->rounding.total));
  } else if (c->what == ARI_ASPECT_POINTS) {
    put_points(b, agency, c->node, m->whole);
  } else if (c->what == ARI_ASPECT_CLAIMED) {
    bool has = is_there(b, c->node, agency) && s->has_max && ari_claimed_e12(ari_evidence_entry(b->work->evidence, agency, c->node->leaf), &claimed);
    ari_grid_figure(&b->grid, has, claimed, ari_chart_decimals(c->node->rounding.leaf));
  } else {
    put_words(b, f->state == ARI_NO_STATE || !is_there(b, c->node, agency) ? "" : ari_figure_state_text(f, b->lang));
  }
}

void ari_report_sheets_put_matrix(ari_report_sheets *b, size_t i) {
  const ari_work *work = b->work;
  const ari_matrix *m = &b->matrices[i];
  if (!ari_grid_begin(&b->grid, &b->sheets[i + 1])) return;
  put_titles(b, m->title);
  put_matrix_heads(b, m);
  for (size_t at = 0; at < work->result->n_agencies && !b->grid.book->failed; at++) {
    size_t agency = work->result->shown[at];
    const ari_agency *a = &work->evidence->agencies->items[agency];
    ari_grid_next_row(&b->grid);
    put_text(b, a->id);
    put_text(b, ari_title_of(work, a->name));
    put_text(b, ari_group_title(work->set, a->group, b->lang));
    put_words(b, ari_agency_state_text_at(ari_work_stage(work), work->result->standings[agency].state, b->lang));
    for (size_t c = 0; c < m->n; c++) put_cell(b, agency, m, &m->columns[c]);
  }
  ari_grid_end(&b->grid);
}

/* ---- what it was computed from ---- */

static void put_pair(ari_report_sheets *b, ari_str label, ari_str value) {
  ari_grid_next_row(&b->grid);
  ari_grid_text(&b->grid, ARI_GRID_LABEL, label);
  put_text(b, value);
}

/* The text in `line`, which is cleared. */
static void put_line(ari_report_sheets *b, ari_word label, ari_buf *line) {
  put_pair(b, ari_report_sheets_word(b, label), ari_buf_view(line));
  ari_buf_clear(line);
}

void ari_report_sheets_put_origin(ari_report_sheets *b) {
  ari_work *work = b->work;
  const ari_set *set = work->set;
  ari_locale how = ari_locale_of(b->lang);
  ari_buf line = {0};
  if (!ari_grid_begin(&b->grid, &b->sheets[b->n_sheets - 1])) return;
  ari_grid_text(&b->grid, ARI_GRID_TITLE, ari_str_of(ari_set_title(work)));
  ari_chart_put_period(&line, work, " – ");   /* with what may still change it */
  put_line(b, ARI_WORD_period, &line);
  ari_report_put_round(&line, work);
  put_line(b, ARI_WORD_round, &line);
  for (uint32_t i = 0; i < set->n_basis; i++) {
    ari_buf_str(&line, ari_title_of(work, set->basis[i].name));
    if (set->basis[i].has_day) ari_buf_text(&line, ", "), ari_buf_date(&line, set->basis[i].day, how);
    put_line(b, ARI_WORD_basis, &line);
  }
  put_pair(b, ari_report_sheets_word(b, ARI_WORD_set), set->id);
  put_pair(b, ari_report_sheets_word(b, ARI_WORD_version), set->version);
  for (uint32_t i = 0; i < set->n_grades; i++) {
    ari_buf_str(&line, ari_title_of(work, set->grades[i].title));
    ari_buf_printf(&line, " %s ", ari_word_text(ARI_WORD_grade_from, b->lang));
    ari_buf_e12(&line, set->grades[i].from_e12, -1, how);
    put_line(b, set->grades_on_points ? ARI_WORD_grades_by_points : ARI_WORD_grades_by_index, &line);
  }
  for (size_t i = 0; i < work->n_files; i++) {
    ari_source *source = &work->sources.items[work->files[i].source];
    ari_buf_printf(&line, "SHA-256 %s  ", ari_source_sha256(source));
    ari_buf_str(&line, ari_report_file_name(work, i));
    put_line(b, ARI_WORD_file, &line);
  }
  put_pair(b, ari_report_sheets_word(b, ARI_WORD_made_by), ARI_STR(ARI_VERSION));
  ari_buf_date(&line, (int32_t)(work->options.now / 86400), how);
  put_line(b, ARI_WORD_made_on_day, &line);
  if (line.failed) b->grid.book->failed = true;
  ari_buf_free(&line);
  ari_grid_end(&b->grid);
}
