/* The workbook of a report: the ranking with its charts, the points of every node, a sheet for each field with claims and states, and what all was computed
 * from. Agencies stand in the order in which they are shown everywhere. */
#include "report.h"

#include <string.h>

/* One column of a matrix agencies × nodes: the points of a node; of a leaf also what was claimed and why it has its points. */
typedef enum aspect { POINTS, CLAIMED, STATE } aspect;
typedef struct column { const ari_node *node; aspect what; } column;
typedef struct matrix { ari_str title; bool whole; column *columns; size_t n, room; } matrix;   /* whole: all nodes, with states in place of points */

typedef struct book {
  ari_work *work;
  ari_arena arena;
  ari_xlsx x;
  ari_lang lang;
  matrix *matrices; size_t n_matrices;   /* the first is of all nodes */
  const ari_node **fields; size_t n_fields;   /* columns of the ranking; the first n_bars of them add up to bars */
  size_t n_bars;
  bool tiers, grades, ranges;
  ari_xlsx_sheet *sheets; size_t n_sheets;
} book;

enum { TITLE_ROWS = 3, LEFT = 4, MOST_SHEETS = 100, NARROW = 14, WIDE = 40, MIDDLE = 22, ORIGIN = 120, CHART_ROWS = 250 };

static ari_str word(const book *b, ari_word w) { return ari_str_of(ari_word_text(w, b->lang)); }
static bool is_there(const book *b, const ari_node *node, size_t agency) {
  return node->presence[b->work->evidence->agencies->items[agency].tier_index] != ARI_NOT_THERE;
}

/* ---- which columns there are ---- */

static bool add_column(book *b, matrix *m, const ari_node *node, aspect what) {
  if (m->n == m->room) {
    size_t room = m->room ? m->room * 2 : 64;
    column *columns = ari_arena_array(&b->arena, room, sizeof *columns);
    if (!columns) return false;
    for (size_t i = 0; i < m->n; i++) columns[i] = m->columns[i];
    m->columns = columns;
    m->room = room;
  }
  m->columns[m->n++] = (column){node, what};
  return true;
}

static bool is_claimed(const book *b, const ari_node *leaf) {
  for (size_t i = 0; i < b->work->result->n_agencies; i++)
    if (ari_evidence_entry(b->work->evidence, i, leaf->leaf)->has_claimed) return true;
  return false;
}

/* Somebody's points at the leaf are not simply what its rule gave. */
static bool has_states(const book *b, const ari_node *leaf) {
  for (size_t i = 0; i < b->work->result->n_agencies; i++) {
    uint8_t state = ari_result_figure(b->work->result, i, leaf->index)->state;
    if (state != ARI_SCORED && state != ARI_NO_STATE) return true;
  }
  return false;
}

static bool add_node(book *b, matrix *m, const ari_node *node) {
  if (!ari_node_exists(b->work->set, node)) return true;
  if (!add_column(b, m, node, POINTS)) return false;
  if (!m->whole && node->leaf >= 0 && is_claimed(b, node) && !add_column(b, m, node, CLAIMED)) return false;
  if (!m->whole && node->leaf >= 0 && has_states(b, node) && !add_column(b, m, node, STATE)) return false;
  return true;
}

/* The nodes of level 1 in document order: fields, and what stands outside their sum. */
static const ari_node *field_of(const ari_node *node) {
  while (node->level > 1) node = node->parent;
  return node;
}

/* All nodes; then a matrix for each field, and one for the leaves of level 1 together. Of very many fields there is one for all. */
static bool plan_matrices(book *b) {
  const ari_set *set = b->work->set;
  size_t inner = 0;
  for (uint32_t i = 1; i < set->n_nodes; i++) inner += set->nodes[i]->level == 1 && set->nodes[i]->leaf < 0;
  bool split = inner + 3 <= MOST_SHEETS;
  b->matrices = ari_arena_array(&b->arena, (split ? inner : 0) + 2, sizeof *b->matrices);
  if (!b->matrices) return false;
  matrix *all = &b->matrices[b->n_matrices++], *rest = NULL, *current = NULL;
  *all = (matrix){.title = word(b, ARI_WORD_all_points), .whole = true};
  for (uint32_t i = 0; i < set->n_nodes; i++)
    if (!add_node(b, all, set->nodes[i])) return false;
  for (uint32_t i = 1; i < set->n_nodes; i++) {
    const ari_node *node = set->nodes[i], *field = field_of(node);
    bool together = field->leaf >= 0 || !split;
    if (node == field && !together) {
      current = &b->matrices[b->n_matrices++];
      *current = (matrix){.title = ari_chart_field_name(b->work, node)};
    }
    if (together && !rest) {
      rest = &b->matrices[b->n_matrices++];
      *rest = (matrix){.title = word(b, ARI_WORD_criteria)};
    }
    if (!add_node(b, together ? rest : current, node)) return false;
  }
  return true;
}

/* What the ranking shows beside the totals: fields with points, then bonus and penalty. */
static bool plan_fields(book *b) {
  const ari_set *set = b->work->set;
  ari_fields fields;
  if (!ari_chart_fields(set, &b->arena, &fields)) return false;
  b->fields = ari_arena_array(&b->arena, fields.n + 2, sizeof *b->fields);
  if (!b->fields) return false;
  for (size_t i = 0; i < fields.n; i++)
    if (fields.nodes[i] != set->root && ari_node_exists(set, fields.nodes[i])) b->fields[b->n_fields++] = fields.nodes[i];
  b->n_bars = set->root->combine == ARI_COMBINE_SUM ? b->n_fields : 0;   /* parts that do not add up make no bar */
  if (set->bonus) b->fields[b->n_fields++] = set->bonus;
  if (set->penalty) b->fields[b->n_fields++] = set->penalty;
  b->tiers = set->n_tiers > 1;
  b->grades = set->n_grades > 0;
  for (size_t i = 0; i < b->work->result->n_agencies; i++) b->ranges |= b->work->result->standings[i].state == ARI_PROVISIONAL;
  return true;
}

/* ---- the sheets as they will be ---- */

static uint8_t *new_widths(book *b, ari_xlsx_sheet *s) {
  uint8_t *widths = ari_arena_alloc(&b->arena, s->columns);
  for (size_t i = 0; widths && i < s->columns; i++) widths[i] = NARROW;
  s->widths = widths;
  return widths;
}

static bool keep_name(book *b, size_t number, ari_str title, ari_str *out) {
  ari_buf name = {0};
  ari_xlsx_name(&name, number, title);
  bool kept = !name.failed && ari_str_copy(&b->arena, ari_buf_view(&name), out);
  ari_buf_free(&name);
  return kept;
}

/* Column of the total, and of the first field, in the ranking. */
static size_t points_column(const book *b) { return b->tiers ? 5 : 4; }
static size_t fields_column(const book *b) { return points_column(b) + 4 + (b->grades ? 1 : 0) + (b->ranges ? 2 : 0); }

static size_t end_of_block(const book *b, size_t from) {
  const ari_result *r = b->work->result;
  size_t end = from + 1;
  while (end < r->n_agencies && ari_chart_block(b->work, r->shown[end]) == ari_chart_block(b->work, r->shown[from])) end++;
  return end;
}

static bool title_chart(book *b, size_t from, size_t to, bool whole, ari_str *out) {
  const ari_work *work = b->work;
  ari_str group = ari_chart_group_name(work, ari_chart_block(work, work->result->shown[from]));
  ari_buf title = {0};
  ari_buf_str(&title, group.n ? group : ari_str_of(ari_set_title(work)));
  ari_buf_printf(&title, " – %s", ari_word_text(b->n_bars ? ARI_WORD_chart_by_field : ARI_WORD_chart_points, b->lang));
  if (!whole) ari_buf_printf(&title, " (%zu–%zu)", from + 1, to);
  bool kept = !title.failed && ari_str_copy(&b->arena, ari_buf_view(&title), out);
  ari_buf_free(&title);
  return kept;
}

/* A chart for each block of agencies that are ranked together; several where a block is long. */
static bool plan_charts(book *b, ari_xlsx_sheet *s) {
  size_t n = b->work->result->n_agencies, count = 0;
  for (size_t from = 0; from < n; from = end_of_block(b, from)) count += (end_of_block(b, from) - from + CHART_ROWS - 1) / CHART_ROWS;
  ari_xlsx_chart *charts = ari_arena_array(&b->arena, count, sizeof *charts);
  if (!charts) return false;
  s->charts = charts;
  for (size_t from = 0, end; from < n; from = end) {
    end = end_of_block(b, from);
    for (size_t i = from; i < end; i += CHART_ROWS) {
      size_t to = end - i < CHART_ROWS ? end : i + CHART_ROWS;
      ari_xlsx_chart *c = &charts[s->n_charts++];
      *c = (ari_xlsx_chart){.first_row = s->head + i, .rows = to - i, .names = 2, .first_series = points_column(b), .series = 1};
      if (b->n_bars) c->first_series = fields_column(b), c->series = b->n_bars;
      if (!title_chart(b, i, to, to - i == end - from, &c->title)) return false;
    }
  }
  return true;
}

static bool plan_ranking(book *b, ari_xlsx_sheet *s) {
  *s = (ari_xlsx_sheet){.head = TITLE_ROWS + 1, .left = 3, .repeat = TITLE_ROWS, .filter = true};
  s->rows = s->head + b->work->result->n_agencies;
  s->columns = fields_column(b) + b->n_fields;
  uint8_t *widths = new_widths(b, s);
  if (!widths) return false;
  widths[0] = 8;
  widths[2] = WIDE;
  widths[3] = MIDDLE;
  if (b->tiers) widths[4] = MIDDLE;
  widths[fields_column(b) - 1] = MIDDLE;
  return keep_name(b, 0, word(b, ARI_WORD_ranking), &s->name) && plan_charts(b, s);
}

/* Rows above the agencies: titles, a maximum for each tier, ids, titles of the nodes, and what each column is. */
static size_t matrix_head(const book *b) { return TITLE_ROWS + b->work->set->n_tiers + 3; }

static bool plan_matrix(book *b, size_t i, ari_xlsx_sheet *s) {
  const matrix *m = &b->matrices[i];
  *s = (ari_xlsx_sheet){.head = matrix_head(b), .left = 2, .repeat = TITLE_ROWS, .filter = true, .columns = LEFT + m->n};
  s->rows = s->head + b->work->result->n_agencies;
  uint8_t *widths = new_widths(b, s);
  if (!widths) return false;
  widths[1] = WIDE;
  widths[2] = widths[3] = MIDDLE;
  for (size_t c = 0; c < m->n; c++)
    if (m->columns[c].what == STATE || (m->whole && m->columns[c].node->leaf >= 0 && has_states(b, m->columns[c].node))) widths[LEFT + c] = MIDDLE;
  return keep_name(b, i, m->title, &s->name);
}

/* A real round; a trial is only a run. */
static bool is_round(const book *b, ari_round_info *out) { return ari_round_of(b->work, out) == ARI_OK && strcmp(out->state, "trial") != 0; }

static size_t count_origin_rows(const book *b) {
  enum { ALWAYS = 6 };
  ari_round_info round;
  size_t of_round = is_round(b, &round) ? 2 : 0;
  return ALWAYS + of_round + b->work->set->n_basis + b->work->set->n_grades + b->work->n_files;
}

static bool plan_sheets(book *b) {
  b->sheets = ari_arena_array(&b->arena, b->n_matrices + 2, sizeof *b->sheets);
  if (!b->sheets || !plan_ranking(b, &b->sheets[0])) return false;
  for (size_t i = 0; i < b->n_matrices; i++)
    if (!plan_matrix(b, i, &b->sheets[i + 1])) return false;
  b->n_sheets = b->n_matrices + 2;
  ari_xlsx_sheet *last = &b->sheets[b->n_sheets - 1];
  *last = (ari_xlsx_sheet){.rows = count_origin_rows(b), .columns = 2};
  uint8_t *widths = new_widths(b, last);
  if (!widths) return false;
  widths[0] = MIDDLE;
  widths[1] = ORIGIN;
  return keep_name(b, 0, word(b, ARI_WORD_files), &last->name);
}

/* What there is no room for is told, not left out. */
static ari_status tell_size(book *b, const ari_xlsx_sheet *s) {
  ari_findings_add(&b->work->findings, ARI_F0850, ARI_NOWHERE, &(ari_args){{ari_arg_int((int64_t)s->rows), ari_arg_int((int64_t)s->columns)}});
  return ARI_MACHINE;
}

static ari_status check_size(book *b) {
  for (size_t i = 0; i < b->n_sheets; i++)
    if (b->sheets[i].rows > ARI_XLSX_ROWS || b->sheets[i].columns > ARI_XLSX_COLUMNS) return tell_size(b, &b->sheets[i]);
  return ARI_OK;
}

/* ---- writing ---- */

static void put_heading(book *b, ari_word w) { ari_xlsx_text(&b->x, ARI_XLSX_HEADING, word(b, w)); }
static void put_text(book *b, ari_str s) { ari_xlsx_text(&b->x, ARI_XLSX_TEXT, s); }
static void put_words(book *b, const char *s) { put_text(b, ari_str_of(s)); }
static int shown_decimals(int decimals) { return decimals <= 4 ? decimals : 0; }   /* beyond four: as many as the figure has */

/* Lines that the row of an agency takes. */
static size_t name_lines(const book *b, size_t agency) {
  const ari_agency *a = &b->work->evidence->agencies->items[agency];
  size_t name = ari_xlsx_lines(ari_title_of(b->work, a->name), WIDE), group = ari_xlsx_lines(ari_group_title(b->work->set, a->group, b->lang), MIDDLE);
  return name > group ? name : group;
}

/* `head`: lines of the row below the titles. */
static void put_titles(book *b, ari_str title, size_t head) {
  ari_buf line = {0};
  ari_buf_printf(&line, "%s – ", ari_set_title(b->work));
  ari_chart_put_period(&line, b->work, " – ");
  ari_xlsx_text(&b->x, ARI_XLSX_TITLE, title);
  ari_xlsx_next_row(&b->x, 1);
  ari_xlsx_text(&b->x, ARI_XLSX_SOFT, ari_buf_view(&line));
  ari_xlsx_next_row(&b->x, 1);
  if (b->tiers) ari_xlsx_text(&b->x, ARI_XLSX_SOFT, word(b, ARI_WORD_dash_not_there));
  ari_xlsx_next_row(&b->x, head);
  if (line.failed) b->x.b.failed = true;
  ari_buf_free(&line);
}

static void put_ranking_heads(book *b) {
  static const ari_word left[] = {ARI_WORD_rank, ARI_WORD_id, ARI_WORD_agency, ARI_WORD_group};
  static const ari_word totals[] = {ARI_WORD_points, ARI_WORD_max, ARI_WORD_index};
  for (size_t i = 0; i < ARI_COUNT(left); i++) put_heading(b, left[i]);
  if (b->tiers) put_heading(b, ARI_WORD_tier_head);
  for (size_t i = 0; i < ARI_COUNT(totals); i++) put_heading(b, totals[i]);
  if (b->grades) put_heading(b, ARI_WORD_grade);
  if (b->ranges) put_heading(b, ARI_WORD_lowest_total), put_heading(b, ARI_WORD_highest_total);
  put_heading(b, ARI_WORD_state);
  for (size_t i = 0; i < b->n_fields; i++) ari_xlsx_text(&b->x, ARI_XLSX_HEADING, ari_chart_field_name(b->work, b->fields[i]));
}

/* Points of a node; where there are none, why not, unless a column of its own says it. */
static void put_points(book *b, size_t agency, const ari_node *node, bool say) {
  const ari_figure *f = ari_result_figure(b->work->result, agency, node->index);
  int decimals = node->level == 0 ? node->rounding.total : node->rounding.leaf;
  const char *state = !say || f->state == ARI_NO_STATE ? "" : ari_leaf_state_text((ari_leaf_state)f->state, b->lang);
  if (!is_there(b, node, agency)) ari_xlsx_text(&b->x, ARI_XLSX_TEXT, ARI_STR("–"));
  else if (!f->has_points && *state) put_words(b, state);
  else ari_xlsx_figure(&b->x, f->has_points, f->points, shown_decimals(decimals));
}

static void put_ranking_row(book *b, size_t agency, const ari_ranking_row *row) {
  int total = shown_decimals(ari_decimals_total(b->work)), index = ari_decimals_index(b->work);
  ari_xlsx_next_row(&b->x, name_lines(b, agency));
  ari_xlsx_count(&b->x, row->rank);
  put_words(b, row->agency);
  put_words(b, row->name);
  put_words(b, row->group_title);
  if (b->tiers) put_text(b, ari_title_of(b->work, b->work->set->tiers[b->work->evidence->agencies->items[agency].tier_index].title));
  ari_xlsx_figure(&b->x, row->has_points, row->points, total);
  ari_xlsx_figure(&b->x, row->has_max, row->max, 0);
  ari_xlsx_figure(&b->x, row->has_points, row->index, index);
  if (b->grades) put_words(b, row->grade_title);
  if (b->ranges) {
    ari_xlsx_figure(&b->x, row->has_points, row->low, total);
    ari_xlsx_figure(&b->x, row->has_points, row->high, total);
  }
  put_words(b, ari_agency_state_text_at(ari_work_stage(b->work), row->state, b->lang));
  for (size_t i = 0; i < b->n_fields; i++) put_points(b, agency, b->fields[i], true);
}

static ari_status write_ranking(book *b) {
  ari_ranking_row row;
  size_t head = 2;
  for (size_t i = 0; i < b->n_fields; i++) {
    size_t lines = ari_xlsx_lines(ari_chart_field_name(b->work, b->fields[i]), NARROW);
    if (lines > head) head = lines;
  }
  ari_xlsx_begin_sheet(&b->x);
  put_titles(b, word(b, ARI_WORD_ranking), head);
  put_ranking_heads(b);
  for (size_t i = 0; i < ari_ranking_count(b->work) && !ari_xlsx_failed(&b->x); i++) {
    ari_status status = ari_ranking_shown(b->work, i, &row);
    if (status != ARI_OK) return status;
    put_ranking_row(b, b->work->result->shown[i], &row);
  }
  ari_xlsx_end_sheet(&b->x);
  return ARI_OK;
}

static void put_max(book *b, const column *c, uint32_t tier) {
  if (c->what != POINTS) ari_xlsx_text(&b->x, ARI_XLSX_TEXT, (ari_str){0});
  else if (c->node->presence[tier] == ARI_NOT_THERE) put_words(b, "–");
  else ari_xlsx_figure(&b->x, true, c->node->max_e12[tier], 0);
}

static ari_str title_of(const book *b, const ari_node *node) { return node->level == 0 ? word(b, ARI_WORD_total) : ari_title_of(b->work, node->title); }
static ari_str id_of(const book *b, const ari_node *node) { (void)b; return node->id; }

/* Lines that a row of texts, one for each column, takes. */
static size_t head_lines(const book *b, const matrix *m, ari_str (*text)(const book *b, const ari_node *node)) {
  size_t most = 1;
  for (size_t i = 0; i < m->n; i++) {
    size_t lines = ari_xlsx_lines(text(b, m->columns[i].node), NARROW);
    if (lines > most) most = lines;
  }
  return most;
}

static void put_max_rows(book *b, const matrix *m) {
  const ari_set *set = b->work->set;
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    put_heading(b, ARI_WORD_max);
    ari_xlsx_text(&b->x, ARI_XLSX_HEADING, b->tiers ? ari_title_of(b->work, set->tiers[t].title) : (ari_str){0});
    for (size_t i = 2; i < LEFT; i++) ari_xlsx_text(&b->x, ARI_XLSX_HEADING, (ari_str){0});
    for (size_t i = 0; i < m->n; i++) put_max(b, &m->columns[i], t);
    ari_xlsx_next_row(&b->x, t + 1 == set->n_tiers ? head_lines(b, m, id_of) : 1);
  }
}

static void put_matrix_heads(book *b, const matrix *m) {
  static const ari_word left[LEFT] = {ARI_WORD_id, ARI_WORD_agency, ARI_WORD_group, ARI_WORD_state};
  static const ari_word kinds[] = {[POINTS] = ARI_WORD_points, [CLAIMED] = ARI_WORD_claimed, [STATE] = ARI_WORD_state};
  put_max_rows(b, m);
  for (size_t i = 0; i < LEFT; i++) ari_xlsx_text(&b->x, ARI_XLSX_HEADING, (ari_str){0});
  for (size_t i = 0; i < m->n; i++) ari_xlsx_text(&b->x, ARI_XLSX_HEADING, m->columns[i].node->id);
  ari_xlsx_next_row(&b->x, head_lines(b, m, title_of));
  for (size_t i = 0; i < LEFT; i++) ari_xlsx_text(&b->x, ARI_XLSX_HEADING, (ari_str){0});
  for (size_t i = 0; i < m->n; i++) ari_xlsx_text(&b->x, ARI_XLSX_HEADING, title_of(b, m->columns[i].node));
  ari_xlsx_next_row(&b->x, 1);
  for (size_t i = 0; i < LEFT; i++) put_heading(b, left[i]);
  for (size_t i = 0; i < m->n; i++) put_heading(b, kinds[m->columns[i].what]);
}

static void put_cell(book *b, size_t agency, const matrix *m, const column *c) {
  const ari_figure *f = ari_result_figure(b->work->result, agency, c->node->index);
  const ari_standing *s = &b->work->result->standings[agency];
  int64_t claimed = 0;
  if (c->what == POINTS && c->node->level == 0) {
    ari_xlsx_figure(&b->x, s->has_points, s->points, shown_decimals(c->node->rounding.total));
  } else if (c->what == POINTS) {
    put_points(b, agency, c->node, m->whole);
  } else if (c->what == CLAIMED) {
    bool has = is_there(b, c->node, agency) && s->has_max && ari_claimed_e12(ari_evidence_entry(b->work->evidence, agency, c->node->leaf), &claimed);
    ari_xlsx_figure(&b->x, has, claimed, shown_decimals(c->node->rounding.leaf));
  } else {
    put_words(b, f->state == ARI_NO_STATE || !is_there(b, c->node, agency) ? "" : ari_leaf_state_text((ari_leaf_state)f->state, b->lang));
  }
}

static void write_matrix(book *b, const matrix *m) {
  const ari_work *work = b->work;
  ari_xlsx_begin_sheet(&b->x);
  put_titles(b, m->title, 1);
  put_matrix_heads(b, m);
  for (size_t i = 0; i < work->result->n_agencies && !ari_xlsx_failed(&b->x); i++) {
    size_t agency = work->result->shown[i];
    const ari_agency *a = &work->evidence->agencies->items[agency];
    ari_xlsx_next_row(&b->x, name_lines(b, agency));
    put_text(b, a->id);
    put_text(b, ari_title_of(work, a->name));
    put_text(b, ari_group_title(work->set, a->group, b->lang));
    put_words(b, ari_agency_state_text_at(ari_work_stage(work), work->result->standings[agency].state, b->lang));
    for (size_t c = 0; c < m->n; c++) put_cell(b, agency, m, &m->columns[c]);
  }
  ari_xlsx_end_sheet(&b->x);
}

/* ---- what it was computed from ---- */

static void put_pair(book *b, ari_str label, ari_str value) {
  ari_xlsx_next_row(&b->x, ari_xlsx_lines(value, ORIGIN));
  ari_xlsx_text(&b->x, ARI_XLSX_SOFT, label);
  put_text(b, value);
}

/* The text in `line`, which is cleared. */
static void put_line(book *b, ari_word label, ari_buf *line) {
  put_pair(b, word(b, label), ari_buf_view(line));
  ari_buf_clear(line);
}

static void put_round(book *b, ari_buf *line) {
  ari_round_info round;
  if (!is_round(b, &round)) return;
  ari_buf_printf(line, "%s: %s", round.id, round.state_text);
  put_line(b, ARI_WORD_round, line);
  put_pair(b, word(b, ARI_WORD_log_head), ari_str_of(round.head));
}

static void write_origin(book *b) {
  ari_work *work = b->work;
  const ari_set *set = work->set;
  ari_locale how = b->lang == ARI_EN ? ARI_AS_EN : ARI_AS_VI;
  ari_buf line = {0};
  ari_xlsx_begin_sheet(&b->x);
  ari_xlsx_text(&b->x, ARI_XLSX_TITLE, ari_str_of(ari_set_title(work)));
  ari_chart_put_period(&line, work, " – ");   /* with what may still change it */
  put_line(b, ARI_WORD_period, &line);
  put_round(b, &line);
  for (uint32_t i = 0; i < set->n_basis; i++) {
    ari_buf_str(&line, ari_title_of(work, set->basis[i].name));
    if (set->basis[i].has_day) ari_buf_text(&line, ", "), ari_buf_date(&line, set->basis[i].day, how);
    put_line(b, ARI_WORD_basis, &line);
  }
  put_pair(b, word(b, ARI_WORD_set), set->id);
  put_pair(b, word(b, ARI_WORD_version), set->version);
  for (uint32_t i = 0; i < set->n_grades; i++) {
    ari_buf_str(&line, ari_title_of(work, set->grades[i].title));
    ari_buf_printf(&line, " %s ", ari_word_text(ARI_WORD_grade_from, b->lang));
    ari_buf_e12(&line, set->grades[i].from_e12, -1, how);
    put_line(b, set->grades_on_points ? ARI_WORD_grades_by_points : ARI_WORD_grades_by_index, &line);
  }
  for (size_t i = 0; i < work->n_files; i++) {
    ari_source *source = &work->sources.items[work->files[i].source];
    ari_buf_printf(&line, "SHA-256 %s  ", ari_source_sha256(source));
    ari_buf_str(&line, source->name);
    put_line(b, ARI_WORD_file, &line);
  }
  put_pair(b, word(b, ARI_WORD_made_by), ARI_STR(ARI_VERSION));
  ari_buf_date(&line, (int32_t)(work->options.now / 86400), how);
  put_line(b, ARI_WORD_made_on_day, &line);
  if (line.failed) b->x.b.failed = true;
  ari_buf_free(&line);
  ari_xlsx_end_sheet(&b->x);
}

static ari_status write_book(book *b, ari_sink to) {
  bool too_large = false;
  ari_status status = ari_xlsx_open(&b->x, to, b->sheets, b->n_sheets, ari_str_of(ari_set_title(b->work)), b->work->options.now);
  if (status != ARI_OK) return status;
  status = write_ranking(b);
  for (size_t i = 0; i < b->n_matrices && status == ARI_OK; i++) write_matrix(b, &b->matrices[i]);
  if (status == ARI_OK) write_origin(b);
  ari_status closed = ari_xlsx_close(&b->x, &too_large);
  if (too_large) return tell_size(b, &b->sheets[1]);   /* all nodes: the largest */
  return status != ARI_OK ? status : closed;
}

ari_status ari_report_workbook(ari_work *work, ari_sink to) {
  book b = {.work = work, .lang = work->options.lang};
  ari_status status = plan_matrices(&b) && plan_fields(&b) && plan_sheets(&b) ? ARI_OK : ARI_NOMEM;
  if (status == ARI_OK) status = check_size(&b);
  if (status == ARI_OK) status = write_book(&b, to);
  ari_arena_free(&b.arena);
  return status;
}
