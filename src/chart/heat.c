/* The heat map: a row for each agency, a column for each criterion, a cell coloured by the part of its maximum. Places, colours and figures are all made here. */
#include "inside.h"

enum {
  GAP = 8, FIELD_GAP = 4, NAME_MOST = 260, WIDTH_LEAST = 720, COLUMNS_MOST = 60, INDEX_WIDE = 56, HEAD_LEAST = 120, HEAD_MOST = 260,
  HEAD_STEP = 20, HEAD_GAP = 6, SWATCH_WIDE = 26, SWATCH_HIGH = 14, CLASSES = 10
};

/* Cividis in ten steps: its lightness grows evenly for all eyes, colour-blind ones too, and in grey. No step is of a middle lightness on which neither dark nor
 * white figures could be read. */
static const uint32_t colours[CLASSES] = {0x00204d, 0x00336f, 0x39486b, 0x575c6d, 0x707173, 0x8a8779, 0xa69d75, 0xc4b56c, 0xe4cf5b, 0xffea46};
enum { FIRST_PALE = 5 };

typedef struct column {
  const ari_node *node;
  ari_text_lines head;
  int left;
} column;

/* A coloured cell with its figure; no words: there is no room for it. */
typedef struct cell {
  const ari_chart_row *row;
  int left, wide, class;
  ari_font font;
  ari_str figure;
} cell;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  column *columns;
  size_t n;
  cell *cells;
  size_t n_cells;
  bool together;  /* columns are inner nodes where their criteria would be too many */
  bool by_id;     /* titles do not fit above the columns: ids do, and a list below says what they are */
  ari_chart_rows rows;
  ari_locale how;
  bool blank;
  int index_left, wide, decimals, head;
} layout;

/* ---- columns ---- */

static bool is_column(const layout *l, const ari_node *node, int level, uint32_t tiers) {
  if (node->outside || node->level == 0 || ari_node_watched(l->work->set, node) || !ari_chart_has_field(l->work, node, tiers)) return false;
  return node->level == level || (node->level < level && !node->n_children);
}

/* The criteria themselves; where they are too many, the nodes above them. */
static bool choose_columns(layout *l) {
  const ari_set *set = l->work->set;
  uint32_t tiers = ari_chart_tiers(l->work, l->chart->rows, l->chart->n_rows);
  int level = 1;
  for (uint32_t i = 0; i < set->n_nodes; i++)
    if (set->nodes[i]->level > level) level = set->nodes[i]->level;
  for (;; level--, l->together = true) {
    l->n = 0;
    for (uint32_t i = 0; i < set->n_nodes; i++) l->n += is_column(l, set->nodes[i], level, tiers);
    if (l->n <= COLUMNS_MOST || level == 1) break;
  }
  l->columns = ari_arena_array(&l->s->arena, l->n, sizeof *l->columns);
  if (!l->columns) return false;
  l->n = 0;
  for (uint32_t i = 0; i < set->n_nodes; i++)
    if (is_column(l, set->nodes[i], level, tiers)) l->columns[l->n++] = (column){.node = set->nodes[i]};
  l->wide = l->n <= 12 ? 60 : l->n <= 24 ? 44 : l->n <= COLUMNS_MOST ? 34 : 16;
  l->decimals = l->wide >= 44;
  return true;
}

static int widest(ari_text_lines lines, ari_font font) {
  int most = 0;
  for (size_t i = 0; i < lines.n; i++) {
    int w = ari_chart_text_width(lines.at[i], font);
    if (w > most) most = w;
  }
  return most;
}

/* The shortest lines with which a heading is no wider than its column. */
static bool write_head(layout *l, column *c, ari_str text, int most) {
  int room = (l->wide - HEAD_GAP) / ari_chart_line_height(ARI_FONT_SMALL);
  size_t lines = room > 1 ? (size_t)room : 1;
  if (!ari_chart_text(&l->s->arena, text, &text)) return false;
  int width = HEAD_LEAST;
  do {
    if (!ari_chart_wrap(&l->s->arena, text, ARI_FONT_SMALL, width, &c->head)) return false;
    width += HEAD_STEP;
  } while (c->head.n > lines && width <= most);
  if (c->head.n > lines) l->by_id = true;
  int high = widest(c->head, ARI_FONT_SMALL);
  if (high > l->head) l->head = high;
  return true;
}

static bool write_heads(layout *l) {
  enum { ANY_LENGTH = 4000 };
  int index = ari_chart_text_width(ari_str_of(ari_word_text(ARI_WORD_chart_heat_index, l->work->options.lang)), ARI_FONT_BOLD);
  l->head = index;
  for (size_t i = 0; i < l->n && !l->by_id; i++)
    if (!write_head(l, &l->columns[i], ari_chart_field_name(l->work, l->columns[i].node), HEAD_MOST)) return false;
  if (!l->by_id) return true;
  l->head = index;
  for (size_t i = 0; i < l->n; i++)
    if (!write_head(l, &l->columns[i], l->columns[i].node->id, ANY_LENGTH)) return false;
  l->by_id = true;
  return true;
}

static const ari_node *field_of(const ari_node *node) {
  while (node->level > 1) node = node->parent;
  return node;
}

static void place_columns(layout *l) {
  l->index_left = l->rows.right;
  int x = l->index_left + INDEX_WIDE + GAP;
  for (size_t i = 0; i < l->n; i++) {
    if (i && field_of(l->columns[i].node) != field_of(l->columns[i - 1].node) && l->columns[i].node->level > 1) x += FIELD_GAP;
    l->columns[i].left = x;
    x += l->wide;
  }
  l->s->width = x + ARI_MARGIN > WIDTH_LEAST ? x + ARI_MARGIN : WIDTH_LEAST;
}

/* ---- drawing ---- */

static int class_of(int64_t percent) {
  int64_t step = percent / (100 / CLASSES * ARI_ONE);
  return step < 0 ? 0 : step >= CLASSES ? CLASSES - 1 : (int)step;
}

static void write_cell(layout *l, const ari_chart_row *r, int left, int wide, ari_font font, int64_t percent, int decimals) {
  ari_buf b = {0};
  cell c = {.row = r, .left = left, .wide = wide, .class = class_of(percent), .font = font};
  ari_buf_e12(&b, percent, decimals, l->how);
  if (!ari_sheet_keep(l->s, &b, &c.figure)) l->s->failed = true;
  else if (ari_chart_text_width(c.figure, font) + 2 > wide) c.figure = (ari_str){0};
  l->cells[l->n_cells++] = c;
}

/* What has one colour is written together, so that it becomes one path and one group of texts (svg_drawing.c). */
static void draw_cells(layout *l) {
  for (int class = 0; class < CLASSES; class++)
    for (const cell *c = l->cells; c < l->cells + l->n_cells; c++) {
      if (c->class != class) continue;
      ari_sheet_box(l->s, "box", c->left, c->left + c->wide - 1, c->row->upper, c->row->lower - 1, colours[class]);
      ari_sheet_text(l->s, c->left + c->wide / 2, ari_chart_row_middle(c->row), c->font, ARI_SIDE_CENTRE, class >= FIRST_PALE ? ARI_ON_PALE : ARI_ON_DARK, c->figure);
    }
}

static void draw_blank(layout *l, const ari_chart_row *r, int left) {
  ari_sheet_text(l->s, left + l->wide / 2, ari_chart_row_middle(r), ARI_FONT_SMALL, ARI_SIDE_CENTRE, ARI_MUTED, ARI_STR("·"));
  l->blank = true;
}

static void write_row(layout *l, const ari_chart_row *r) {
  int middle = ari_chart_row_middle(r);
  const ari_standing *st = r->standing;
  if (!st->has_points) {
    ari_sheet_text(l->s, l->index_left, middle, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED,
                   ari_str_of(ari_chart_state_words(st->state, l->work->options.lang)));
    return;
  }
  write_cell(l, r, l->index_left, INDEX_WIDE, ARI_FONT_BOLD, st->index, ari_chart_decimals(ari_decimals_index(l->work)));
  for (size_t i = 0; i < l->n; i++) {
    int64_t percent;
    if (ari_chart_percent(ari_result_figure(l->work->result, r->agency, l->columns[i].node->index), l->decimals, &percent))
      write_cell(l, r, l->columns[i].left, l->wide, ARI_FONT_SMALL, percent, l->decimals);
    else draw_blank(l, r, l->columns[i].left);
  }
}

/* "0 % ▆▆▆▆ 100 %" */
static int draw_legend(layout *l, int y) {
  int x = ARI_MARGIN;
  for (int end = 0; end < 2; end++) {
    ari_buf b = {0};
    ari_str text;
    ari_chart_put_percent(&b, end * 100 * ARI_ONE, 0, l->how);
    if (!ari_sheet_keep(l->s, &b, &text)) return l->s->failed = true, y;
    ari_sheet_text(l->s, x, y, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED, text);
    x += ari_chart_text_width(text, ARI_FONT_SMALL) + GAP;
    for (int k = 0; k < CLASSES && end == 0; k++, x += SWATCH_WIDE)
      ari_sheet_box(l->s, "box", x, x + SWATCH_WIDE - 1, y - SWATCH_HIGH / 2, y + SWATCH_HIGH / 2, colours[k]);
    x += end ? 0 : GAP;
  }
  return y + SWATCH_HIGH + GAP;
}

/* Headings, read from below to above. Returns the y below. */
static int draw_heads(layout *l, int y) {
  int bottom = y + l->head, line = ari_chart_line_height(ARI_FONT_SMALL);
  ari_sheet_turned(l->s, l->index_left + INDEX_WIDE / 2, bottom, ARI_FONT_BOLD, ARI_INK,
                   ari_str_of(ari_word_text(ARI_WORD_chart_heat_index, l->work->options.lang)));
  for (size_t i = 0; i < l->n; i++) {
    const column *c = &l->columns[i];
    int x = c->left + (l->wide - ((int)c->head.n - 1) * line) / 2;
    for (size_t k = 0; k < c->head.n; k++, x += line) ari_sheet_turned(l->s, x, bottom, ARI_FONT_SMALL, ARI_INK, c->head.at[k]);
  }
  return bottom + GAP;
}

/* What the ids above the columns are, in two columns. Returns the y below. */
static int draw_titles(layout *l, int y) {
  int wide = (l->s->width - 2 * ARI_MARGIN) / 2;
  size_t half = (l->n + 1) / 2;
  int lowest = y;
  for (size_t side = 0; side < 2; side++) {
    int at = y;
    for (size_t i = side * half; i < l->n && i < (side + 1) * half; i++) {
      ari_buf b = {0};
      ari_str text;
      ari_text_lines lines;
      ari_buf_str(&b, l->columns[i].node->id);
      ari_buf_text(&b, "  ");
      ari_buf_str(&b, ari_chart_field_name(l->work, l->columns[i].node));
      if (!ari_sheet_keep(l->s, &b, &text) || !ari_chart_wrap(&l->s->arena, text, ARI_FONT_SMALL, wide - GAP, &lines)) return l->s->failed = true, y;
      at = ari_sheet_lines(l->s, ARI_MARGIN + (int)side * wide, at, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_INK, lines) + 2;
    }
    if (at > lowest) lowest = at;
  }
  return lowest;
}

static int draw_notes(layout *l, int y) {
  ari_lang lang = l->work->options.lang;
  uint32_t tiers = ari_chart_tiers(l->work, l->chart->rows, l->chart->n_rows);
  bool outside = false;
  for (uint32_t t = 0; t < l->work->set->n_tiers; t++) outside |= (tiers >> t & 1) && ari_set_has_outside(l->work->set, t);
  ari_buf notes = {0};
  ari_chart_put_marks(&notes, l->rows.ties, l->rows.unranked, lang);
  if (l->blank) ari_chart_next_note(&notes), ari_buf_printf(&notes, "· %s", ari_word_text(ARI_WORD_chart_heat_none, lang));
  if (l->together) ari_chart_next_note(&notes), ari_buf_text(&notes, ari_word_text(ARI_WORD_chart_heat_level, lang));
  if (outside) ari_chart_next_note(&notes), ari_buf_text(&notes, ari_word_text(ARI_WORD_chart_heat_outside, lang));
  return ari_sheet_notes(l->s, y, &notes);
}

static void draw_all(layout *l) {
  ari_buf below = {0};
  ari_str text = {0};
  ari_chart_put_agencies(&below, l->work, l->chart);
  ari_buf_printf(&below, " · %s", ari_word_text(ARI_WORD_chart_heat_share, l->work->options.lang));
  if (!ari_sheet_keep(l->s, &below, &text)) l->s->failed = true;
  int y = ari_sheet_head(l->s, ari_str_of(ari_set_title(l->work)), text);
  y = draw_heads(l, draw_legend(l, y));
  y = ari_chart_rows_place(l->s, &l->rows, y);
  for (size_t i = 0; i < l->rows.n; i++) write_row(l, &l->rows.at[i]);
  draw_cells(l);
  if (l->by_id) y = draw_titles(l, y + 2 * GAP);
  l->s->height = draw_notes(l, y) + GAP;
}

bool ari_sheet_heat(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .s = s, .how = ari_chart_locale(work)};
  s->width = WIDTH_LEAST; /* it may only grow wider */
  if (!choose_columns(&l) || !write_heads(&l) || !ari_chart_rows_write(work, chart, s, NAME_MOST, &l.rows)) return false;
  l.cells = ari_arena_array(&s->arena, l.rows.n * (l.n + 1), sizeof *l.cells);
  if (!l.cells) return false;
  place_columns(&l);
  draw_all(&l);
  return !ari_num_failed() && !s->failed && !s->rows.failed;
}

/* ---- in words ---- */

/* "Sở Nội vụ 88,20: 44,0; 96,5; ·": the index, then a share for each column, as the cells have them. */
static void put_agency(const layout *l, ari_buf *b, uint32_t agency) {
  const ari_standing *st = &l->work->result->standings[agency];
  ari_buf_str(b, ari_chart_agency_name(l->work, agency));
  ari_buf_char(b, ' ');
  if (!st->has_points) {
    ari_buf_text(b, ari_chart_state_words(st->state, l->work->options.lang));
    return;
  }
  ari_buf_e12(b, st->index, ari_chart_decimals(ari_decimals_index(l->work)), l->how);
  for (size_t i = 0; i < l->n; i++) {
    int64_t percent;
    ari_buf_text(b, i ? "; " : ": ");
    if (ari_chart_percent(ari_result_figure(l->work->result, agency, l->columns[i].node->index), l->decimals, &percent)) ari_buf_e12(b, percent, l->decimals, l->how);
    else ari_buf_text(b, "·");
  }
}

/* "Heat map of the index, 2 agencies, 2 criteria. index, and % of the maximum of each criterion: Plans; Inspections. Sở Nội vụ 88,20: 44,0; 96,5. …" */
bool ari_describe_heat(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  ari_lang lang = p->work->options.lang;
  ari_sheet scratch = {0};
  layout l = {.work = p->work, .chart = c, .s = &scratch, .how = ari_chart_locale(p->work)};
  ari_buf alt = {0};
  bool good = choose_columns(&l);
  *wanted = l.n > 0;
  ari_buf_printf(&alt, "%s, ", ari_word_text(ARI_WORD_chart_heat_alt, lang));
  ari_chart_put_count(&alt, p->work, c->n_rows, ARI_WORD_chart_agencies);
  ari_buf_text(&alt, ", ");
  ari_chart_put_count(&alt, p->work, l.n, ARI_WORD_chart_heat_criteria);
  ari_buf_printf(&alt, ". %s", ari_word_text(ARI_WORD_chart_heat_share, lang));
  for (size_t i = 0; i < l.n && good; i++) ari_buf_text(&alt, i ? "; " : ": "), ari_buf_str(&alt, ari_chart_field_name(l.work, l.columns[i].node));
  for (size_t i = 0; i < c->n_rows && good; i++) ari_buf_text(&alt, ". "), put_agency(&l, &alt, c->rows[i]);
  ari_sheet_free(&scratch);
  good = good && !ari_num_failed();
  return ari_chart_keep(p, &alt, &c->alt) && good && ari_chart_title_agencies(p, c);
}
