/* Evidence of one agency in a form that it filled in (methodology: ari-evidence(5), "Workbooks"). Sheets, rows and columns are found by the words in
 * them, so it does not matter where people moved them. */
#include "evidence.h"

typedef enum form_sheet { SHEET_ABOUT, SHEET_ANSWERS, SHEET_LISTS, SHEET_DOCUMENTS, SHEETS } form_sheet;
static const char *const sheet_words[SHEETS] = {ARI_FORM_ABOUT, ARI_FORM_ANSWERS, ARI_FORM_LISTS, ARI_FORM_DOCUMENTS};
static const char *const sheet_names[SHEETS][2] = {{"ari", "ari"}, {"Tự chấm", "Self-assessment"}, {"Danh sách", "Lists"}, {"Tài liệu", "Documents"}};   /* as forms are made */

/* A sheet with its word in it: its keys stand below that, the words of its columns beside it. */
typedef struct part { const ari_tab *sheet; ari_str name; uint32_t row, column; } part;   /* name: kept with the source */
typedef struct seen { ari_place at; bool is; } seen;

typedef struct form {
  ari_reading *r;
  ari_source *source;
  ari_workbook book;
  part parts[SHEETS];
  int32_t agency;
  bool filled;               /* something stands where something is typed */
  bool key_changed;          /* some row names nothing that the set has: told */
  seen *slots, *nodes, *lists;   /* rows of inputs and of criteria, columns of lists that were met */
} form;

/* ---- places ---------------------------------------------------------------------------------------------------------------- */

static ari_spot spot_at(form *f, ari_cell_name name, ari_str key, ari_str text) {
  ari_spot spot = {f->agency, {f->r->file, 0, 0, 0}, {0}};
  if (!ari_source_add_cell(f->source, name, key, text, &spot.at.start, &spot.at.len)) f->r->no_memory = true;
  return spot;
}

/* key: what the cell belongs to. */
static ari_spot spot_of(form *f, const part *p, const ari_tab_cell *c, ari_str key) {
  ari_buf shown = {0};
  ari_buf_tab_cell(&shown, &f->book, c);
  ari_spot spot = spot_at(f, (ari_cell_name){p->name, c->row, c->column}, key, ari_buf_view(&shown));
  if (shown.failed) f->r->no_memory = true;
  ari_buf_free(&shown);
  return spot;
}

static ari_spot spot_of_sheet(form *f, const part *p) { return spot_at(f, (ari_cell_name){.sheet = p->name}, (ari_str){"", 0}, (ari_str){"", 0}); }
static ari_spot spot_of_file(const form *f) { return (ari_spot){f->agency, {f->r->file, 0, 0, 0}, {0}}; }

static void tell(form *f, const ari_spot *spot, ari_code code, ari_str text) { ari_reading_tell(f->r, spot, code, &(ari_args){{ari_arg_text(text)}}); }

/* ---- sheets and columns ---------------------------------------------------------------------------------------------------- */

static ari_str text_of(form *f, const ari_tab_cell *c) { return c && c->kind == ARI_TAB_TEXT ? ari_reading_nfc(f->r, c->text) : (ari_str){"", 0}; }

/* A1, or where that cell has gone when rows or columns were put before it. */
static void find_part(form *f, const ari_tab *sheet) {
  enum { FAR = 50 };
  for (size_t i = 0; i < sheet->n && sheet->cells[i].row <= FAR; i++) {
    const ari_tab_cell *c = &sheet->cells[i];
    for (int k = 0; k < SHEETS && c->column <= FAR; k++) {
      if (c->kind != ARI_TAB_TEXT || !ari_str_is(c->text, sheet_words[k])) continue;
      part here = {sheet, {"", 0}, c->row, c->column};
      if (!ari_str_copy(&f->source->cells.memory, sheet->name, &here.name)) f->r->no_memory = true;
      if (f->parts[k].sheet) {
        ari_spot first = spot_of_sheet(f, &f->parts[k]), spot = spot_of_sheet(f, &here);
        ari_reading_tell(f->r, &spot, ARI_E0931, &(ari_args){{ari_arg_text(sheet->name)}})->other = ari_place_span(first.at);
      } else f->parts[k] = here;
      return;
    }
  }
}

/* The cells of the row of words. columns[i]: where words[i] stands, else 0. */
static void find_columns(form *f, const part *p, const char *const *words, size_t n, uint32_t *columns) {
  for (size_t i = 0; i < n; i++) columns[i] = 0;
  for (size_t i = 0; i < p->sheet->n; i++) {
    const ari_tab_cell *c = &p->sheet->cells[i];
    for (size_t k = 0; k < n && c->row == p->row; k++) {
      if (c->kind != ARI_TAB_TEXT || !ari_str_is(c->text, words[k])) continue;
      if (columns[k]) {
        ari_spot spot = spot_of(f, p, c, (ari_str){"", 0});
        tell(f, &spot, ARI_E0931, c->text);
      } else columns[k] = c->column;
    }
  }
}

/* With what people read above it: vi, en. */
static void require_column(form *f, const part *p, uint32_t column, const char *const name[2]) {
  if (column) return;
  ari_spot spot = spot_of_sheet(f, p);
  ari_reading_tell(f->r, &spot, ARI_E0925, &(ari_args){{ari_arg_c(name[0]), ari_arg_c(name[1])}});
}

static void tell_sheet(form *f, int which) {
  ari_spot spot = spot_of_file(f);
  ari_reading_tell(f->r, &spot, ARI_E0926, &(ari_args){{ari_arg_c(sheet_names[which][0]), ari_arg_c(sheet_names[which][1])}});
}

/* The form's own rows: titles, hints and the row of words. */
static bool is_own_row(const part *p, uint32_t row) {
  const ari_tab_cell *key = ari_tab_cell_at(p->sheet, row, p->column);
  return row == p->row || (key && key->kind == ARI_TAB_TEXT && ari_str_starts(key->text, "ari:"));
}

/* The first cell of the next row. */
static size_t next_row(const ari_tab *sheet, size_t i) {
  uint32_t row = sheet->cells[i].row;
  while (i < sheet->n && sheet->cells[i].row == row) i++;
  return i;
}

/* ---- whose form it is -------------------------------------------------------------------------------------------------------- */

static const ari_tab_cell *find_about(form *f, const char *key) {
  const part *p = &f->parts[SHEET_ABOUT];
  for (size_t i = 0; i < p->sheet->n; i++) {
    const ari_tab_cell *c = &p->sheet->cells[i];
    if (c->column == p->column && ari_str_is(c->text, key)) return ari_tab_cell_at(p->sheet, c->row, p->column + 1);
  }
  return NULL;
}

static ari_str about(form *f, const char *key) { return text_of(f, find_about(f, key)); }

/* A form of last period, or one that is carried over into another, may well be of an earlier version of the set. */
static bool may_be_earlier(const form *f) { return f->r->last || f->r->carried; }

static void check_version(form *f) {
  const ari_desk *desk = f->r->desk;
  ari_str version = about(f, ARI_FORM_KEY_VERSION), fingerprint = about(f, ARI_FORM_KEY_FINGERPRINT);
  ari_spot spot = spot_of_file(f);
  if (may_be_earlier(f)) return;
  if (!ari_str_eq(version, desk->set->version))
    ari_reading_tell(f->r, &spot, ARI_E0928, &(ari_args){{ari_arg_text(version), ari_arg_text(desk->set->version)}});
  else if (desk->fingerprint && !ari_str_is(fingerprint, desk->fingerprint)) ari_reading_tell(f->r, &spot, ARI_W0929, NULL);
}

/* False: nothing more can be read (told). */
static bool read_about(form *f) {
  ari_reading *r = f->r;
  ari_spot spot = spot_of_file(f);
  ari_str version = about(f, ARI_FORM_KEY_FORM), set = about(f, ARI_FORM_KEY_SET), agency = about(f, ARI_FORM_KEY_AGENCY), period = about(f, ARI_FORM_KEY_PERIOD);
  if (!set.n || !agency.n || !period.n || !version.n) {
    tell_sheet(f, SHEET_ABOUT);
    return false;
  }
  if (!ari_str_is(version, ARI_FORM_VERSION)) {
    tell(f, &spot, ARI_E0930, version);
    return false;
  }
  f->agency = ari_reading_agency(r, agency, &spot);
  spot = spot_of_file(f);
  ari_reading_add(r, &spot, ARI_SAID_NAMED, -1);
  if (!ari_str_eq(set, r->desk->set->id)) {
    ari_reading_tell(r, &spot, ARI_E0927, &(ari_args){{ari_arg_text(set), ari_arg_text(r->desk->set->id)}});
    return false;
  }
  check_version(f);
  return ari_reading_period(r, period, &spot);
}

/* ---- answers ----------------------------------------------------------------------------------------------------------------- */

static bool is_own_input(const ari_set *set, int slot) {
  const ari_input *input = &set->inputs[slot];
  if (input->of_survey >= 0) input = &set->inputs[input->of_survey];
  return input->source.value == ARI_ORIGIN_SELF;
}

/* Whether this cell is one where something is written; what stands in another is told, except for what the form itself works out. */
static bool is_for_writing(form *f, const part *p, const ari_tab_cell *c, ari_str key, bool here) {
  if (here || c->formula) return here;
  ari_spot spot = spot_of(f, p, c, key);
  tell(f, &spot, ARI_E0922, key);
  return false;
}

static void read_figure(form *f, const part *p, const ari_tab_cell *c, ari_str key, int slot) {
  ari_reading *r = f->r;
  const ari_input *input = &r->desk->set->inputs[slot];
  ari_str text;
  if (!is_for_writing(f, p, c, key, !input->list && input->type != ARI_SURVEY && is_own_input(r->desk->set, slot))) return;
  ari_spot spot = spot_of(f, p, c, key);
  if (ari_form_value(r, &spot, &f->book, c, input, input->type, &text)) ari_reading_value(r, &spot, slot, text);
  else ari_reading_add(r, &spot, ARI_SAID_VALUE, slot)->state = ARI_CELL_BAD;
}

static void read_said(form *f, const part *p, const ari_tab_cell *c, ari_str key, const ari_node *node, ari_said said) {
  ari_str text;
  if (!is_for_writing(f, p, c, key, node->leaf >= 0)) return;
  ari_spot spot = spot_of(f, p, c, key);
  if (ari_form_value(f->r, &spot, &f->book, c, NULL, said == ARI_SAID_CLAIMED ? ARI_NUMBER : ARI_TEXT, &text)) ari_reading_say(f->r, &spot, node, said, text);
}

/* The row of this thing was met before: told. */
static bool is_second(form *f, const part *p, const ari_tab_cell *c, seen *s, ari_str key) {
  ari_spot spot = spot_of(f, p, c, (ari_str){"", 0});
  if (s->is) {
    ari_reading_tell(f->r, &spot, ARI_E0923, &(ari_args){{ari_arg_text(key)}})->other = ari_place_span(s->at);
    return true;
  }
  *s = (seen){spot.at, true};
  return false;
}

static const struct { ari_form_column column; ari_said said; const char *name[2]; } written[] = {
  {ARI_FORM_VALUE, ARI_SAID_VALUE, {"Số liệu", "Value"}},
  {ARI_FORM_CLAIMED, ARI_SAID_CLAIMED, {"Tự chấm", "Claimed"}},
  {ARI_FORM_NOT_APPLICABLE, ARI_SAID_NOT_APPLICABLE, {"Không áp dụng", "Not applicable"}},
  {ARI_FORM_NOTE, ARI_SAID_NOTE, {"Ghi chú", "Note"}}};

/* A row of the user's own, or of something that the set does not have: what stands in the columns for writing would be lost. */
static void tell_stray(form *f, const part *p, const uint32_t *columns, uint32_t row, ari_str key) {
  for (size_t i = 0; i < ARI_COUNT(written); i++) {
    uint32_t column = columns[written[i].column];
    const ari_tab_cell *c = column ? ari_tab_cell_at(p->sheet, row, column) : NULL;
    if (!c) continue;
    ari_spot spot = spot_of(f, p, c, key);
    tell(f, &spot, !key.n ? ARI_E0921 : may_be_earlier(f) ? ARI_W0905 : ARI_E0914, key);
    f->key_changed |= key.n > 0;
    return;
  }
}

static void read_row(form *f, const part *p, const uint32_t *columns, uint32_t row) {
  const ari_set *set = f->r->desk->set;
  const ari_tab_cell *at_key = ari_tab_cell_at(p->sheet, row, p->column);
  ari_str key = text_of(f, at_key);
  int slot = key.n ? ari_map_get(&set->columns, key) : -1;
  bool marked = key.n && key.p[0] == ARI_FORM_NODE_MARK;
  const ari_node *node = key.n && slot < 0 ? ari_set_node(set, marked ? ari_str_sub(key, 1, key.n) : key) : NULL;
  if (slot < 0 && !node) {
    tell_stray(f, p, columns, row, key);
    return;
  }
  if (is_second(f, p, at_key, node ? &f->nodes[node->index] : &f->slots[slot], key)) return;
  for (size_t i = 0; i < ARI_COUNT(written); i++) {
    uint32_t column = columns[written[i].column];
    const ari_tab_cell *c = column ? ari_tab_cell_at(p->sheet, row, column) : NULL;
    bool figure = written[i].said == ARI_SAID_VALUE;
    if (!c) continue;
    f->filled = true;
    if (figure && !node) read_figure(f, p, c, key, slot);
    else if (!figure && node) read_said(f, p, c, key, node, written[i].said);
    else is_for_writing(f, p, c, key, false);
  }
}

/* Whether the agency has to do with the criterion; where that cannot be known: no. */
static bool is_there(const form *f, const ari_node *node) {
  const ari_desk *desk = f->r->desk;
  if (f->agency < 0 || !desk->set->sound) return false;
  if (!ari_set_has_tiers(desk->set)) return node->presence[0] == ARI_THERE;
  if (desk->agencies->file < 0 || (size_t)f->agency >= desk->agencies->n || desk->agencies->items[f->agency].tier_lost) return false;
  return node->presence[desk->agencies->items[f->agency].tier_index] == ARI_THERE;
}

/* Rows that were deleted: of figures, and of a criterion whose figures are all there. */
static void tell_missing_rows(form *f, const part *p) {
  const ari_set *set = f->r->desk->set;
  for (uint32_t n = 0; n < set->n_nodes; n++) {
    const ari_node *node = set->nodes[n];
    bool told = false, any = false;
    if (!is_there(f, node)) continue;
    for (uint32_t i = node->first_input; i < node->first_input + node->n_inputs; i++) {
      const ari_input *input = &set->inputs[i];
      if (input->type == ARI_SURVEY || input->list || !is_own_input(set, (int)i)) continue;
      any = true;
      if (f->slots[i].is) continue;
      ari_spot spot = spot_of_sheet(f, p);
      tell(f, &spot, ARI_E0924, input->column);
      ari_reading_add(f->r, &spot, ARI_SAID_VALUE, (int32_t)i)->state = ARI_CELL_BAD;
      told = true;
    }
    if (node->leaf < 0 || !any || told || f->nodes[n].is) continue;
    ari_spot spot = spot_of_sheet(f, p);
    tell(f, &spot, ARI_E0924, node->id);
  }
}

static void read_answers(form *f) {
  static const char *const words[ARI_FORM_COLUMNS] = ARI_FORM_COLUMN_WORDS;
  const part *p = &f->parts[SHEET_ANSWERS];
  uint32_t columns[ARI_FORM_COLUMNS];
  find_columns(f, p, words, ARI_FORM_COLUMNS, columns);
  for (size_t i = 0; i < ARI_COUNT(written); i++) require_column(f, p, columns[written[i].column], written[i].name);
  for (size_t i = 0; i < p->sheet->n && !f->r->no_memory; i = next_row(p->sheet, i))
    if (!is_own_row(p, p->sheet->cells[i].row)) read_row(f, p, columns, p->sheet->cells[i].row);
  if (!may_be_earlier(f) && !f->key_changed) tell_missing_rows(f, p);   /* a row whose key was changed would be told twice */
}

/* ---- lists ------------------------------------------------------------------------------------------------------------------- */

/* One column of the sheet. `[]` alone says that there is nothing to list. */
typedef struct list_column {
  bool has_head, told, any, none, bad;
  int slot;                  /* -1: its head names no list of the agency's */
  ari_str key;
  ari_list list;
  ari_dec *items;
  ari_spot first;
} list_column;

static void read_list_head(form *f, const part *p, const ari_tab_cell *c, list_column *l) {
  const ari_set *set = f->r->desk->set;
  *l = (list_column){.has_head = true, .key = text_of(f, c), .slot = -1};
  int slot = l->key.n ? ari_map_get(&set->columns, l->key) : -1;
  if (slot < 0 || !set->inputs[slot].list || !is_own_input(set, slot)) return;
  if (is_second(f, p, c, &f->lists[slot], l->key)) l->has_head = false;
  else l->slot = slot;
}

static void read_list_value(form *f, const part *p, const ari_tab_cell *c, list_column *l) {
  ari_reading *r = f->r;
  ari_spot spot = spot_of(f, p, c, l->key);
  ari_str text;
  f->filled = true;
  if (l->slot < 0) {
    if (!l->told) tell(f, &spot, may_be_earlier(f) ? ARI_W0905 : ARI_E0914, l->key);
    l->told = true;
    return;
  }
  const ari_input *input = &r->desk->set->inputs[l->slot];
  if (!l->any) l->first = spot;
  bool none = !l->any && ari_str_is(c->text, "[]");
  l->any = true;
  if (none) return;
  if (!ari_form_value(r, &spot, &f->book, c, input, input->type, &text) || !ari_value_read(r, &spot, input, text, &l->items[l->list.n++])) l->bad = true;
}

static void put_list(form *f, list_column *l) {
  ari_reading *r = f->r;
  l->list.items = l->items;
  if (!l->any || !ari_reading_is_used(r, &l->first, r->desk->set->inputs[l->slot].owner, true) || !ari_reading_takes(r, &l->first, l->slot)) return;
  ari_reading_put_list(r, &l->first, l->slot, l->list, !l->bad);
}

static void read_lists(form *f) {
  const part *p = &f->parts[SHEET_LISTS];
  const ari_tab *sheet = p->sheet;
  uint32_t n = 0;
  for (size_t i = 0; i < sheet->n; i++)
    if (sheet->cells[i].column >= n) n = sheet->cells[i].column + 1;
  list_column *all = ari_arena_array(&f->r->shelf->file, n, sizeof *all);
  uint32_t *counts = ari_arena_array(&f->r->shelf->file, n, sizeof *counts);
  if (!all || !counts) f->r->no_memory = true;
  for (size_t i = 0; !f->r->no_memory && i < sheet->n; i++) {
    const ari_tab_cell *c = &sheet->cells[i];
    if (c->row == p->row && c->column != p->column) read_list_head(f, p, c, &all[c->column]);
    counts[c->column]++;
  }
  for (uint32_t k = 0; !f->r->no_memory && k < n; k++) {
    if (all[k].slot < 0 || !all[k].has_head) continue;
    all[k].items = ari_arena_array(&f->r->shelf->keep, counts[k], sizeof *all[k].items);
    if (!all[k].items) f->r->no_memory = true;
  }
  for (size_t i = 0; !f->r->no_memory && i < sheet->n; i++) {
    const ari_tab_cell *c = &sheet->cells[i];
    if (all[c->column].has_head && !is_own_row(p, c->row)) read_list_value(f, p, c, &all[c->column]);
  }
  for (uint32_t k = 0; !f->r->no_memory && k < n; k++)
    if (all[k].has_head && all[k].slot >= 0) put_list(f, &all[k]);
}

/* ---- documents --------------------------------------------------------------------------------------------------------------- */

typedef struct named_document { ari_document d; ari_spot spot; int32_t leaf; } named_document;
typedef struct document_list { named_document *items; size_t n, room; } document_list;

/* "1.2.3", or with its title behind: "1.2.3 Kế hoạch". A number is none: 1.10 would have become 1.1. */
static const ari_node *find_leaf(form *f, const ari_tab_cell *c, const ari_spot *spot) {
  ari_str text = text_of(f, c), id = text;
  const ari_node *node = ari_set_node(f->r->desk->set, text);
  for (size_t i = 0; !node && i < text.n; i++)
    if (text.p[i] == ' ') {
      id = ari_str_sub(text, 0, i);
      node = ari_set_node(f->r->desk->set, id);
      break;
    }
  if (!text.n) tell(f, spot, ARI_E0932, text);
  else if (!node) ari_reading_no_criterion(f->r, spot, id);
  return node;
}

static void keep_text(form *f, const part *p, uint32_t row, uint32_t column, const char *word, ari_str *out) {
  const ari_tab_cell *c = column ? ari_tab_cell_at(p->sheet, row, column) : NULL;
  ari_str text;
  if (!c) return;
  ari_spot spot = spot_of(f, p, c, ari_str_of(word));
  if (!ari_form_value(f->r, &spot, &f->book, c, NULL, ARI_TEXT, &text) || !ari_reading_clean(f->r, &spot, text, false)) return;
  if (!ari_str_copy(&f->r->shelf->keep, ari_reading_nfc(f->r, text), out)) f->r->no_memory = true;
}

static void keep_day(form *f, const part *p, uint32_t row, uint32_t column, const char *word, ari_document *d) {
  const ari_tab_cell *c = column ? ari_tab_cell_at(p->sheet, row, column) : NULL;
  ari_str text;
  if (!c) return;
  ari_spot spot = spot_of(f, p, c, ari_str_of(word));
  d->has_day = ari_form_value(f->r, &spot, &f->book, c, NULL, ARI_DATE, &text) && ari_date_read(text, &d->day);
}

static const char *const document_words[ARI_FORM_DOC_COLUMNS] = ARI_FORM_DOCUMENT_WORDS;
static const char *const document_names[ARI_FORM_DOC_COLUMNS][2] = {{"Tiêu chí", "Criterion"}, {"Số, ký hiệu", "Number"}, {"Ngày", "Date"}, {"Trích yếu", "Title"}, {"Tệp", "File"}};

static void read_document(form *f, const part *p, const uint32_t *columns, const ari_tab_cell *first, document_list *all) {
  uint32_t row = first->row;
  ari_str word = ari_str_of(document_words[ARI_FORM_DOC_CRITERION]);
  const ari_tab_cell *at_leaf = columns[ARI_FORM_DOC_CRITERION] ? ari_tab_cell_at(p->sheet, row, columns[ARI_FORM_DOC_CRITERION]) : NULL;
  named_document n = {.spot = at_leaf ? spot_of(f, p, at_leaf, word) : spot_at(f, (ari_cell_name){p->name, row, columns[ARI_FORM_DOC_CRITERION]}, word, (ari_str){"", 0})};
  const ari_node *node = find_leaf(f, at_leaf, &n.spot);
  keep_text(f, p, row, columns[ARI_FORM_DOC_NUMBER], document_words[ARI_FORM_DOC_NUMBER], &n.d.number);
  keep_day(f, p, row, columns[ARI_FORM_DOC_DATE], document_words[ARI_FORM_DOC_DATE], &n.d);
  keep_text(f, p, row, columns[ARI_FORM_DOC_TITLE], document_words[ARI_FORM_DOC_TITLE], &n.d.title);
  keep_text(f, p, row, columns[ARI_FORM_DOC_FILE], document_words[ARI_FORM_DOC_FILE], &n.d.file);
  n.d.span = ari_place_span(n.spot.at);
  bool nameless = true;
  static const ari_form_document naming[] = {ARI_FORM_DOC_NUMBER, ARI_FORM_DOC_TITLE, ARI_FORM_DOC_FILE};
  for (size_t i = 0; i < ARI_COUNT(naming); i++) nameless &= !columns[naming[i]] || !ari_tab_cell_at(p->sheet, row, columns[naming[i]]);
  if (nameless) ari_reading_tell(f->r, &n.spot, ARI_E0469, NULL);
  if (!node || nameless || !ari_reading_may_say(f->r, &n.spot, node, ARI_SAID_DOCUMENTS, ARI_STR("documents"))) return;
  n.leaf = node->leaf;
  if (!ari_grow((void **)&all->items, all->n, &all->room, sizeof n)) f->r->no_memory = true;
  else all->items[all->n++] = n;
}

/* Those of one leaf together, in the order of their rows. */
static void put_documents(form *f, const document_list *all) {
  ari_reading *r = f->r;
  const ari_set *set = r->desk->set;
  ari_documents *of = ari_arena_array(&r->shelf->file, set->n_leaves, sizeof *of);
  if (!of) r->no_memory = true;
  for (size_t i = 0; of && i < all->n; i++) of[all->items[i].leaf].n++;
  for (uint32_t i = 0; of && i < set->n_leaves; i++) {
    if (!of[i].n) continue;
    of[i].items = ari_arena_array(&r->shelf->keep, of[i].n, sizeof *of[i].items);
    if (!of[i].items) r->no_memory = true;
    of[i].n = 0;
  }
  for (size_t i = 0; i < all->n && !r->no_memory; i++) {
    ari_documents *d = &of[all->items[i].leaf];
    d->items[d->n++] = all->items[i].d;
  }
  for (size_t i = 0; i < all->n && !r->no_memory; i++) {
    ari_documents *d = &of[all->items[i].leaf];
    const ari_node *leaf = set->leaves[all->items[i].leaf];
    if (d->n && ari_reading_takes_documents(r, &all->items[i].spot, leaf)) ari_reading_add_documents(r, &all->items[i].spot, leaf, *d);
    d->n = 0;
  }
}

static void read_documents(form *f) {
  const part *p = &f->parts[SHEET_DOCUMENTS];
  uint32_t columns[ARI_FORM_DOC_COLUMNS];
  document_list all = {0};
  find_columns(f, p, document_words, ARI_FORM_DOC_COLUMNS, columns);
  for (size_t i = 0; i < ARI_FORM_DOC_COLUMNS; i++) require_column(f, p, columns[i], document_names[i]);
  for (size_t i = 0; i < p->sheet->n && !f->r->no_memory; i = next_row(p->sheet, i)) {
    const ari_tab_cell *first = NULL;
    for (size_t k = i; k < p->sheet->n && p->sheet->cells[k].row == p->sheet->cells[i].row && !first; k++)
      for (size_t c = 0; c < ARI_FORM_DOC_COLUMNS && !first; c++)
        if (columns[c] == p->sheet->cells[k].column) first = &p->sheet->cells[k];
    if (!first || is_own_row(p, first->row)) continue;
    f->filled = true;
    read_document(f, p, columns, first, &all);
  }
  if (!f->r->no_memory) put_documents(f, &all);
  ari_free(all.items);
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------- */

/* Sheets that every form has. Lists are there when the set has any. */
static bool require_sheets(form *f) {
  const ari_set *set = f->r->desk->set;
  ari_spot spot = spot_of_file(f);
  bool any = false, lists = false;
  for (int i = 0; i < SHEETS; i++) any |= f->parts[i].sheet != NULL;
  if (!any) {
    ari_reading_tell(f->r, &spot, ARI_E0900, NULL);
    return false;
  }
  for (uint32_t i = 0; i < set->n_inputs; i++) lists |= set->inputs[i].list && is_own_input(set, (int)i) && is_there(f, set->inputs[i].owner);
  for (int i = 0; i < SHEETS; i++)
    if (!f->parts[i].sheet && (i != SHEET_LISTS || lists) && !may_be_earlier(f)) tell_sheet(f, i);
  return f->parts[SHEET_ABOUT].sheet && f->parts[SHEET_ANSWERS].sheet;
}

static bool make_room(form *f) {
  const ari_set *set = f->r->desk->set;
  ari_arena *arena = &f->r->shelf->file;
  f->slots = ari_arena_array(arena, set->n_inputs, sizeof *f->slots);
  f->lists = ari_arena_array(arena, set->n_inputs, sizeof *f->lists);
  f->nodes = ari_arena_array(arena, set->n_nodes, sizeof *f->nodes);
  bool made = f->slots && f->lists && f->nodes;
  if (!made) f->r->no_memory = true;
  return made;
}

static void tell_unfilled(form *f) {
  ari_spot spot = spot_of_file(f);
  ari_reading_tell(f->r, &spot, ARI_W0947, NULL);
}

void ari_read_form(ari_reading *r, ari_source *source) {
  form f = {.r = r, .source = source, .agency = ARI_ANYBODY};
  ari_status status = ARI_NOMEM;
  if (ari_source_show_cells(source)) status = ari_workbook_read(&f.book, source->bytes, (ari_span){r->file, 0, 0}, r->fs);
  if (status == ARI_NOMEM) r->no_memory = true;
  if (status == ARI_INPUT) r->incomplete = true;
  for (size_t i = 0; i < f.book.n_sheets && status == ARI_OK; i++) find_part(&f, &f.book.sheets[i]);
  if (status == ARI_OK && f.parts[SHEET_ABOUT].sheet && !read_about(&f)) status = ARI_INPUT;
  if (status == ARI_OK && require_sheets(&f) && make_room(&f)) {
    read_answers(&f);
    if (f.parts[SHEET_LISTS].sheet && !r->no_memory) read_lists(&f);
    if (f.parts[SHEET_DOCUMENTS].sheet && !r->no_memory) read_documents(&f);
    if (!f.filled && !may_be_earlier(&f)) tell_unfilled(&f);
  }
  ari_workbook_free(&f.book);
}

bool ari_form_is(ari_str bytes) {
  ari_workbook book = {0};
  ari_findings ignored = {0};
  bool is = ari_workbook_read(&book, bytes, ARI_NOWHERE, &ignored) != ARI_OK;
  for (size_t i = 0; i < book.n_sheets && !is; i++)
    for (size_t k = 0; k < book.sheets[i].n && !is; k++)
      for (int word = 0; word < SHEETS; word++) is |= ari_str_is(book.sheets[i].cells[k].text, sheet_words[word]);
  ari_findings_free(&ignored);
  ari_workbook_free(&book);
  return is;
}
