/* The cells of one sheet of a workbook, in the order of rows and columns. Formulas are marked, never believed. */
#include "inside.h"

#include <string.h>

enum { AREAS = 100, MERGED = 10000 };       /* formulas that fill several cells: each cell is held against all of them; and merged cells */

typedef struct reading {
  ari_workbook *book;
  ari_tab *sheet;
  uint32_t row, column;      /* of the row and the cell being read, from 1 */
  ari_tab_cell cell;
  bool in_cell, in_inline, in_phonetic;
  ari_tab_area *areas; size_t n_areas, areas_room;
} reading;

/* ---- names of cells ------------------------------------------------------------------------------------------------------------ */

/* "D17". False: nothing of the kind. */
static bool read_name(ari_str name, uint32_t *row, uint32_t *column) {
  size_t i = 0;
  *row = *column = 0;
  for (; i < name.n && name.p[i] >= 'A' && name.p[i] <= 'Z' && *column <= ARI_TAB_COLUMNS; i++) *column = *column * 26 + (uint32_t)(name.p[i] - 'A' + 1);
  size_t digits = i;
  for (; i < name.n && name.p[i] >= '0' && name.p[i] <= '9' && *row <= ARI_TAB_ROWS; i++) *row = *row * 10 + (uint32_t)(name.p[i] - '0');
  return i == name.n && digits > 0 && *row >= 1 && *row <= ARI_TAB_ROWS && *column >= 1 && *column <= ARI_TAB_COLUMNS;
}

static bool read_whole(ari_str text, uint32_t most, uint32_t *out) {
  *out = 0;
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] < '0' || text.p[i] > '9' || (*out = *out * 10 + (uint32_t)(text.p[i] - '0')) > most) return false;
  }
  return text.n > 0;
}

/* ---- opening ------------------------------------------------------------------------------------------------------------------- */

static void open_row(ari_xml *x, reading *r, const char **attributes) {
  uint32_t before = r->row, row = before + 1;
  ari_str written = ari_xml_attribute(attributes, "r");
  if ((written.p && !read_whole(written, ARI_TAB_ROWS, &row)) || row <= before || row > ARI_TAB_ROWS) ari_xml_stop(x, ARI_E0901);
  r->row = row;
  r->column = 0;
}

static uint8_t kind_of(ari_str type) {
  static const struct { const char *word; ari_tab_kind kind; } kinds[] = {
    {"s", ARI_TAB_SHARED}, {"str", ARI_TAB_TEXT}, {"inlineStr", ARI_TAB_TEXT}, {"b", ARI_TAB_BOOLEAN}, {"e", ARI_TAB_ERROR}, {"d", ARI_TAB_TEXT}};
  for (size_t i = 0; i < ARI_COUNT(kinds); i++)
    if (ari_str_is(type, kinds[i].word)) return (uint8_t)kinds[i].kind;
  return ARI_TAB_NUMBER;
}

static void open_cell(ari_xml *x, reading *r, const char **attributes) {
  uint32_t row = r->row, column = r->column + 1, style = 0;
  ari_str name = ari_xml_attribute(attributes, "r"), s = ari_xml_attribute(attributes, "s");
  bool good = !name.p || (read_name(name, &row, &column) && row == r->row && column > r->column);
  if (!good || column > ARI_TAB_COLUMNS || (s.p && !read_whole(s, 1 << 20, &style))) {
    ari_xml_stop(x, ARI_E0901);
    return;
  }
  r->column = column;
  r->in_cell = true;
  r->cell = (ari_tab_cell){.row = row, .column = column, .kind = kind_of(ari_xml_attribute(attributes, "t")),
                             .format = style < r->book->n_formats ? r->book->formats[style] : ARI_TAB_PLAIN};
}

/* "ref" where it is several cells: they are put to the others. */
static void note_area(ari_xml *x, const char **attributes, ari_tab_area **all, size_t *count, size_t *room, size_t most) {
  ari_str of = ari_xml_attribute(attributes, "ref");
  const char *colon = of.n ? memchr(of.p, ':', of.n) : NULL;
  ari_tab_area a = {0};
  if (!colon) return;
  size_t n = (size_t)(colon - of.p);
  if (!read_name(ari_str_sub(of, 0, n), &a.row, &a.column) || !read_name(ari_str_sub(of, n + 1, of.n), &a.last_row, &a.last_column) || *count == most) {
    ari_xml_stop(x, ARI_E0901);
  } else if (!ari_grow((void **)all, *count, room, sizeof a)) {
    x->no_memory = true;
    ari_xml_stop(x, ARI_E0901);
  } else (*all)[(*count)++] = a;
}

static void open_element(ari_xml *x, ari_str name, const char **attributes) {
  reading *r = x->of;
  if (ari_str_is(name, "row")) open_row(x, r, attributes);
  else if (ari_str_is(name, "c")) open_cell(x, r, attributes);
  else if (ari_str_is(name, "mergeCell")) note_area(x, attributes, &r->sheet->merged, &r->sheet->n_merged, &r->sheet->merged_room, MERGED);
  else if (!r->in_cell) return;
  else if (ari_str_is(name, "is")) r->in_inline = true;
  else if (ari_str_is(name, "rPh")) r->in_phonetic = true;
  else if (ari_str_is(name, "f")) {
    r->cell.formula = true;
    /* It stands in the first of its cells only; the others look like figures. */
    if (!ari_str_is(ari_xml_attribute(attributes, "t"), "shared")) note_area(x, attributes, &r->areas, &r->n_areas, &r->areas_room, AREAS);
  } else if (ari_str_is(name, "v") || (ari_str_is(name, "t") && r->in_inline && !r->in_phonetic)) x->keep = true;
}

/* ---- closing ------------------------------------------------------------------------------------------------------------------- */

/* What the cell holds, from what stood between its tags. False: it names a text that is not there. */
static bool take_value(ari_xml *x, reading *r) {
  ari_workbook *book = r->book;
  ari_str text = ari_buf_view(&x->text);
  uint32_t i;
  if (r->cell.kind == ARI_TAB_SHARED) {
    if (!text.n) return true;
    if (!read_whole(text, UINT32_MAX / 16, &i) || i >= book->n_texts) return false;
    r->cell.kind = ARI_TAB_TEXT;
    r->cell.text = book->texts[i];
    return true;
  }
  if (r->cell.kind == ARI_TAB_BOOLEAN) text = ari_str_is(text, "1") ? ARI_STR("TRUE") : ARI_STR("FALSE");
  else text = ari_tab_text(&x->text);
  if (!ari_str_copy(&book->memory, text, &r->cell.text)) x->no_memory = true;
  return true;
}

/* Empty cells have a style at most, and are left out. */
static void close_cell(ari_xml *x, reading *r) {
  ari_workbook *book = r->book;
  r->in_cell = r->in_inline = false;
  bool good = take_value(x, r);
  ari_buf_clear(&x->text);
  if (!good) ari_xml_stop(x, ARI_E0901);
  if (!good || (!r->cell.text.n && !r->cell.formula)) return;
  book->bytes += r->cell.text.n;
  if (++book->n_cells > ARI_WORKBOOK_CELLS || book->bytes > ARI_WORKBOOK_TEXT) ari_xml_stop(x, ARI_E0907);
  else if (x->no_memory || !ari_grow((void **)&r->sheet->cells, r->sheet->n, &r->sheet->room, sizeof r->cell)) {
    x->no_memory = true;
    ari_xml_stop(x, ARI_E0907);
  } else r->sheet->cells[r->sheet->n++] = r->cell;
}

static void close_element(ari_xml *x, ari_str name) {
  reading *r = x->of;
  x->keep = false;
  if (ari_str_is(name, "rPh")) r->in_phonetic = false;
  else if (ari_str_is(name, "c") && r->in_cell) close_cell(x, r);
}

static void mark_formulas(const reading *r) {
  for (size_t i = 0; r->n_areas && i < r->sheet->n; i++) {
    ari_tab_cell *c = &r->sheet->cells[i];
    for (size_t k = 0; k < r->n_areas && !c->formula; k++) {
      const ari_tab_area *a = &r->areas[k];
      c->formula = c->row >= a->row && c->row <= a->last_row && c->column >= a->column && c->column <= a->last_column;
    }
  }
}

ari_status ari_tab_read(ari_workbook *book, ari_tab *sheet, ari_str xml, ari_code *code) {
  reading r = {.book = book, .sheet = sheet};
  ari_xml x = {.open = open_element, .close = close_element, .of = &r};
  ari_status status = ari_xml_read(&x, xml);
  *code = x.code;
  mark_formulas(&r);
  ari_free(r.areas);
  return status;
}

const ari_tab_cell *ari_tab_cell_at(const ari_tab *sheet, uint32_t row, uint32_t column) {
  size_t low = 0, high = sheet->n;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    const ari_tab_cell *c = &sheet->cells[mid];
    if (c->row < row || (c->row == row && c->column < column)) low = mid + 1;
    else high = mid;
  }
  return low < sheet->n && sheet->cells[low].row == row && sheet->cells[low].column == column ? &sheet->cells[low] : NULL;
}
