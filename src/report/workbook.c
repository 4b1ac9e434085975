/* The workbook of a report: the ranking with its charts, the points of every node, a sheet for each field with claims and states, and what all was computed
 * from. Agencies stand in the order in which they are shown everywhere. */
#include "inside.h"

enum { TITLE_ROWS = 3, MOST_SHEETS = 100, NARROW = 10, MIDDLE = 28, WIDE = 36, ORIGIN = 120, HEAD_LINES = 5 };

ari_str ari_report_sheets_word(const ari_report_sheets *w, ari_word word) { return ari_str_of(ari_word_text(word, w->lang)); }

/* ---- which columns there are ---- */

static bool add_column(ari_report_sheets *b, ari_matrix *m, const ari_node *node, ari_aspect what) {
  if (m->n == m->room) {
    size_t room = m->room ? m->room * 2 : 64;
    ari_matrix_column *columns = ari_arena_array(&b->arena, room, sizeof *columns);
    if (!columns) return false;
    for (size_t i = 0; i < m->n; i++) columns[i] = m->columns[i];
    m->columns = columns;
    m->room = room;
  }
  m->columns[m->n++] = (ari_matrix_column){node, what};
  return true;
}

static bool is_claimed(const ari_report_sheets *b, const ari_node *leaf) {
  for (size_t i = 0; i < b->work->result->n_agencies; i++)
    if (ari_evidence_entry(b->work->evidence, i, leaf->leaf)->has_claimed) return true;
  return false;
}

/* Somebody's points at the leaf are not simply what its rule gave. */
static bool has_states(const ari_report_sheets *b, const ari_node *leaf) {
  for (size_t i = 0; i < b->work->result->n_agencies; i++) {
    uint8_t state = ari_result_figure(b->work->result, i, leaf->index)->state;
    if (state != ARI_SCORED && state != ARI_NO_STATE) return true;
  }
  return false;
}

static bool add_node(ari_report_sheets *b, ari_matrix *m, const ari_node *node) {
  if (!ari_node_exists(b->work->set, node)) return true;
  if (!add_column(b, m, node, ARI_ASPECT_POINTS)) return false;
  if (!m->whole && node->leaf >= 0 && is_claimed(b, node) && !add_column(b, m, node, ARI_ASPECT_CLAIMED)) return false;
  if (!m->whole && node->leaf >= 0 && has_states(b, node) && !add_column(b, m, node, ARI_ASPECT_STATE)) return false;
  return true;
}

/* The nodes of level 1 in document order: fields, and what stands outside their sum. */
static const ari_node *field_of(const ari_node *node) {
  while (node->level > 1) node = node->parent;
  return node;
}

/* All nodes; then a matrix for each field, and one for the leaves of level 1 together. Of very many fields there is one for all. */
static bool plan_matrices(ari_report_sheets *b) {
  const ari_set *set = b->work->set;
  size_t inner = 0;
  for (uint32_t i = 1; i < set->n_nodes; i++) inner += set->nodes[i]->level == 1 && set->nodes[i]->leaf < 0;
  bool split = inner + 3 <= MOST_SHEETS;
  b->matrices = ari_arena_array(&b->arena, (split ? inner : 0) + 2, sizeof *b->matrices);
  if (!b->matrices) return false;
  ari_matrix *all = &b->matrices[b->n_matrices++], *rest = NULL, *current = NULL;
  *all = (ari_matrix){.title = ari_report_sheets_word(b, ARI_WORD_all_points), .whole = true};
  for (uint32_t i = 0; i < set->n_nodes; i++)
    if (!add_node(b, all, set->nodes[i])) return false;
  for (uint32_t i = 1; i < set->n_nodes; i++) {
    const ari_node *node = set->nodes[i], *field = field_of(node);
    bool together = field->leaf >= 0 || !split;
    if (node == field && !together) {
      current = &b->matrices[b->n_matrices++];
      *current = (ari_matrix){.title = ari_chart_field_name(b->work, node)};
    }
    if (together && !rest) {
      rest = &b->matrices[b->n_matrices++];
      *rest = (ari_matrix){.title = ari_report_sheets_word(b, ARI_WORD_criteria)};
    }
    if (!add_node(b, together ? rest : current, node)) return false;
  }
  return true;
}

/* What the ranking shows beside the totals: fields with points, then bonus and penalty. */
static bool plan_fields(ari_report_sheets *b) {
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

static uint8_t *new_widths(ari_report_sheets *b, ari_grid_plan *s) {
  uint8_t *widths = ari_arena_alloc(&b->arena, s->columns);
  for (size_t i = 0; widths && i < s->columns; i++) widths[i] = NARROW;
  s->widths = widths;
  return widths;
}

static bool keep_name(ari_report_sheets *b, size_t number, ari_str title, ari_str *out) {
  ari_buf name = {0};
  ari_book_tab(&name, number, title);
  bool kept = !name.failed && ari_str_copy(&b->arena, ari_buf_view(&name), out);
  ari_buf_free(&name);
  return kept;
}

size_t ari_report_sheets_points_column(const ari_report_sheets *b) { return b->tiers ? 5 : 4; }
size_t ari_report_sheets_fields_column(const ari_report_sheets *b) { return ari_report_sheets_points_column(b) + 4 + (b->grades ? 1 : 0) + (b->ranges ? 2 : 0); }

/* A column as wide as its longest text, within bounds; beyond them the text goes on in further lines. */
static void widen(uint8_t *width, ari_str text, uint8_t most) {
  size_t n = ari_utf8_width(text) + 3;
  if (n > most) n = most;
  if (n > *width) *width = (uint8_t)n;
}

static size_t longest_word(ari_str s) {
  size_t most = 0;
  for (size_t from = 0, to; from < s.n; from = to + 1) {
    for (to = from; to < s.n && s.p[to] != ' ';) to++;
    size_t n = ari_utf8_width(ari_str_sub(s, from, to));
    if (n > most) most = n;
  }
  return most;
}

/* Titles in a head take a few lines, not the whole screen, and words are not broken. */
static void widen_head(uint8_t *width, ari_str title) {
  size_t n = ari_utf8_width(title) / HEAD_LINES + 5, word = longest_word(title) + 3;
  if (word > n) n = word;
  if (n > WIDE) n = WIDE;
  if (n > *width) *width = (uint8_t)n;
}

/* Columns of ids, names, groups and states of the agencies. */
static void widen_agencies(const ari_report_sheets *b, uint8_t *id, uint8_t *name, uint8_t *group, uint8_t *state) {
  const ari_agencies *list = b->work->evidence->agencies;
  for (size_t i = 0; i < list->n; i++) {
    widen(id, list->items[i].id, MIDDLE);
    widen(name, ari_title_of(b->work, list->items[i].name), WIDE);
    widen(group, ari_group_title(b->work->set, list->items[i].group, b->lang), MIDDLE);
    widen(state, ari_str_of(ari_agency_state_text_at(ari_work_stage(b->work), b->work->result->standings[i].state, b->lang)), MIDDLE);
  }
}

/* A column of why a leaf has the points it has. */
static void widen_states(const ari_report_sheets *b, uint8_t *width, const ari_node *leaf) {
  for (size_t i = 0; i < b->work->result->n_agencies; i++) {
    uint8_t state = ari_result_figure(b->work->result, i, leaf->index)->state;
    if (state != ARI_NO_STATE) widen(width, ari_str_of(ari_leaf_state_text((ari_leaf_state)state, b->lang)), MIDDLE);
  }
}

static bool plan_ranking(ari_report_sheets *b, ari_grid_plan *s) {
  *s = (ari_grid_plan){.head = TITLE_ROWS + 1, .left = 3, .repeat = TITLE_ROWS, .filter = true};
  s->rows = s->head + b->work->result->n_agencies;
  s->columns = ari_report_sheets_fields_column(b) + b->n_fields;
  s->page_break = ari_report_sheets_fields_column(b);
  uint8_t *widths = new_widths(b, s);
  if (!widths) return false;
  widths[0] = 8;
  widen_agencies(b, &widths[1], &widths[2], &widths[3], &widths[ari_report_sheets_fields_column(b) - 1]);
  if (b->tiers) widths[4] = MIDDLE;
  for (size_t i = 0; i < b->n_fields; i++) widen_head(&widths[ari_report_sheets_fields_column(b) + i], ari_chart_field_name(b->work, b->fields[i]));
  return keep_name(b, 0, ari_report_sheets_word(b, ARI_WORD_ranking), &s->name);
}

/* Rows above the agencies: titles, a maximum for each tier, ids, titles of the nodes, and what each column is. */
static size_t matrix_head(const ari_report_sheets *b) { return TITLE_ROWS + b->work->set->n_tiers + 3; }

static bool plan_matrix(ari_report_sheets *b, size_t i, ari_grid_plan *s) {
  const ari_matrix *m = &b->matrices[i];
  *s = (ari_grid_plan){.head = matrix_head(b), .left = 2, .repeat = TITLE_ROWS, .filter = true, .columns = ARI_MATRIX_LEFT + m->n};
  s->rows = s->head + b->work->result->n_agencies;
  uint8_t *widths = new_widths(b, s);
  if (!widths) return false;
  widen_agencies(b, &widths[0], &widths[1], &widths[2], &widths[3]);
  for (size_t c = 0; c < m->n; c++) {
    const ari_matrix_column *column = &m->columns[c];
    widen(&widths[ARI_MATRIX_LEFT + c], column->node->id, MIDDLE);
    if (column->node->level > 0) widen_head(&widths[ARI_MATRIX_LEFT + c], ari_title_of(b->work, column->node->title));
    if (column->what == ARI_ASPECT_STATE || (m->whole && column->node->leaf >= 0 && has_states(b, column->node))) widen_states(b, &widths[ARI_MATRIX_LEFT + c], column->node);
  }
  return keep_name(b, i, m->title, &s->name);
}

static size_t count_origin_rows(const ari_report_sheets *b) {
  enum { ALWAYS = 7 };
  return ALWAYS + b->work->set->n_basis + b->work->set->n_grades + b->work->n_files;
}

static bool plan_sheets(ari_report_sheets *b) {
  b->sheets = ari_arena_array(&b->arena, b->n_matrices + 2, sizeof *b->sheets);
  if (!b->sheets || !plan_ranking(b, &b->sheets[0])) return false;
  for (size_t i = 0; i < b->n_matrices; i++)
    if (!plan_matrix(b, i, &b->sheets[i + 1])) return false;
  b->n_sheets = b->n_matrices + 2;
  ari_grid_plan *last = &b->sheets[b->n_sheets - 1];
  *last = (ari_grid_plan){.rows = count_origin_rows(b), .columns = 2};
  uint8_t *widths = new_widths(b, last);
  if (!widths) return false;
  widths[0] = MIDDLE;
  widths[1] = ORIGIN;
  return keep_name(b, 0, ari_report_sheets_word(b, ARI_WORD_charts), &b->charts) && keep_name(b, 0, ari_report_sheets_word(b, ARI_WORD_files), &last->name);
}

/* What there is no room for is told, not left out. */
static ari_status tell_size(ari_report_sheets *b, const ari_grid_plan *s) {
  ari_findings_add(&b->work->findings, ARI_F0850, ARI_NOWHERE, &(ari_args){{ari_arg_int((int64_t)s->rows), ari_arg_int((int64_t)s->columns)}});
  return ARI_MACHINE;
}

static ari_status check_size(ari_report_sheets *b) {
  for (size_t i = 0; i < b->n_sheets; i++)
    if (b->sheets[i].rows > ARI_GRID_ROWS || b->sheets[i].columns > ARI_GRID_COLUMNS) return tell_size(b, &b->sheets[i]);
  return ARI_OK;
}

/* ---- writing: in a process of its own, see book_file.c ---- */

static void fill_book(ari_book *book, void *with) {
  ari_report_sheets *b = with;
  b->grid = ari_grid_start(book);
  if (!book->failed) ari_report_sheets_put_ranking(b);
  if (!book->failed) ari_report_sheets_put_charts(b);
  for (size_t i = 0; i < b->n_matrices && !book->failed; i++) ari_report_sheets_put_matrix(b, i);
  if (!book->failed) ari_report_sheets_put_origin(b);
}

ari_status ari_report_workbook(ari_work *work, ari_sink to) {
  ari_report_sheets b = {.work = work, .lang = work->options.lang};
  ari_status status = plan_matrices(&b) && plan_fields(&b) && plan_sheets(&b) ? ARI_OK : ARI_NOMEM;
  if (status == ARI_OK) status = check_size(&b);
  if (status == ARI_OK) status = ari_book_write(work, &(ari_book_plan){.fill = fill_book, .with = &b, .by_rows = true, .title = ari_str_of(ari_set_title(work))}, to);
  ari_arena_free(&b.arena);
  return status;
}
