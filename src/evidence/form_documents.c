/* The sheet of documents: a row for each. Methodology: ari-evidence(5), "Workbooks". */
#include "inside.h"

typedef struct named_document { ari_document d; ari_spot spot; int32_t leaf; } named_document;
typedef struct document_list { named_document *items; size_t n, room; } document_list;

static ari_str fold(ari_form *f, ari_str text) {
  ari_str out = {"", 0};
  if (!ari_utf8_fold(&f->r->shelf->file, text, &out)) f->r->no_memory = true;
  return out;
}

static bool begins(ari_str whole, ari_str start) { return ari_str_eq(ari_str_sub(whole, 0, start.n), start); }

/* The only leaf that has this title; or NULL. */
static const ari_node *find_titled(ari_form *f, ari_str text) {
  const ari_set *set = f->r->desk->set;
  const ari_node *found = NULL;
  ari_str folded = fold(f, text);
  for (uint32_t i = 0; i < set->n_leaves; i++) {
    const ari_node *leaf = set->leaves[i];
    if (!ari_str_eq(fold(f, leaf->title.vi), folded) && !ari_str_eq(fold(f, leaf->title.en), folded)) continue;
    if (found) return NULL;
    found = leaf;
  }
  return found;
}

static bool is_of_id(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-'; }

/* What people put between an id and its title. */
static bool is_between(uint32_t c) { return c <= ' ' || c == 0xA0 || c == ':' || c == '-' || c == 0x2013; }

/* The id that the text begins with; *rest is what stands behind it. */
static ari_str split_id(ari_str text, ari_str *rest) {
  size_t n = 0, next, len;
  while (n < text.n && is_of_id(text.p[n])) n++;
  for (next = n; next < text.n && is_between(ari_utf8_decode(text.p + next, text.n - next, &len)); next += len) continue;
  while (n && text.p[n - 1] == '.') n--;
  *rest = ari_str_sub(text, next, text.n);
  return ari_str_sub(text, 0, n);
}

/* "1.2.3", or with its title or the beginning of that behind: "1.2.3 Kế hoạch"; or the title alone. A number is none: 1.10 would have become 1.1. */
static const ari_node *find_leaf(ari_form *f, const ari_tab_cell *c, const ari_spot *spot) {
  const ari_set *set = f->r->desk->set;
  ari_str text = ari_form_cell_text(f, c), rest, id = split_id(text, &rest);
  if (!text.n) {
    ari_form_tell(f, spot, c && c->kind == ARI_TAB_NUMBER ? ARI_E0479 : ARI_E0932, text);
    return NULL;
  }
  const ari_node *node = ari_set_node(set, text);
  if (node || (node = find_titled(f, text))) return node;
  node = ari_set_node(set, id);
  if (!node) {
    ari_reading_no_criterion(f->r, spot, ari_set_nearest_node(set, id).n ? id : text);
    return NULL;
  }
  ari_str folded = fold(f, rest);
  if (begins(fold(f, node->title.vi), folded) || begins(fold(f, node->title.en), folded)) return node;
  ari_reading_tell(f->r, spot, ARI_E0477, &(ari_args){{ari_arg_text(text), ari_arg_text(id)}});
  return NULL;
}

/* at: the cell, where it has a text; or NULL. */
static void keep_text(ari_form *f, const ari_form_part *p, uint32_t row, uint32_t column, const char *word, ari_str *out, ari_span *at) {
  const ari_tab_cell *c = ari_tab_cell_at(p->sheet, row, column);
  ari_str text;
  if (!c) return;
  ari_spot spot = ari_form_spot(f, p, c, ari_str_of(word));
  if (!ari_form_value(f->r, &spot, &f->book, c, NULL, ARI_TEXT, &text) || !ari_reading_clean(f->r, &spot, text, false)) return;
  if (!ari_str_copy(&f->r->shelf->keep, ari_reading_nfc(f->r, text), out)) f->r->no_memory = true;
  if (at) *at = ari_place_span(spot.at);
}

static void keep_day(ari_form *f, const ari_form_part *p, uint32_t row, uint32_t column, const char *word, ari_document *d) {
  const ari_tab_cell *c = ari_tab_cell_at(p->sheet, row, column);
  ari_str text;
  if (!c) return;
  ari_spot spot = ari_form_spot(f, p, c, ari_str_of(word));
  d->has_day = ari_form_value(f->r, &spot, &f->book, c, NULL, ARI_DATE, &text) && ari_date_read(text, &d->day);
  if (d->has_day) ari_reading_look_at_day(f->r, &spot, NULL, d->day);
}

static const char *const document_words[ARI_FORM_DOC_COLUMNS] = ARI_FORM_DOCUMENT_WORDS;
static const ari_word document_heads[ARI_FORM_DOC_COLUMNS] = ARI_FORM_DOCUMENT_HEADS;

static void read_document(ari_form *f, const ari_form_part *p, const uint32_t *columns, const ari_tab_cell *first, document_list *all) {
  uint32_t row = first->row;
  ari_str word = ari_str_of(document_words[ARI_FORM_DOC_CRITERION]);
  const ari_tab_cell *at_leaf = ari_tab_cell_at(p->sheet, row, columns[ARI_FORM_DOC_CRITERION]);
  named_document n = {.spot = at_leaf ? ari_form_spot(f, p, at_leaf, word) : ari_form_spot_at(f, (ari_cell_name){p->name, row, columns[ARI_FORM_DOC_CRITERION]}, word, (ari_str){"", 0})};
  const ari_node *node = find_leaf(f, at_leaf, &n.spot);
  keep_text(f, p, row, columns[ARI_FORM_DOC_NUMBER], document_words[ARI_FORM_DOC_NUMBER], &n.d.number, NULL);
  keep_day(f, p, row, columns[ARI_FORM_DOC_DATE], document_words[ARI_FORM_DOC_DATE], &n.d);
  keep_text(f, p, row, columns[ARI_FORM_DOC_TITLE], document_words[ARI_FORM_DOC_TITLE], &n.d.title, NULL);
  keep_text(f, p, row, columns[ARI_FORM_DOC_FILE], document_words[ARI_FORM_DOC_FILE], &n.d.file, &n.d.file_at);
  n.d.span = ari_place_span(n.spot.at);
  bool nameless = true;
  static const ari_form_document naming[] = {ARI_FORM_DOC_NUMBER, ARI_FORM_DOC_TITLE, ARI_FORM_DOC_FILE};
  for (size_t i = 0; i < ARI_COUNT(naming); i++) nameless &= !ari_tab_cell_at(p->sheet, row, columns[naming[i]]);
  if (nameless) ari_reading_tell(f->r, &n.spot, ARI_E0469, NULL);
  if (!node || nameless || !ari_reading_may_say(f->r, &n.spot, node, ARI_SAID_DOCUMENTS, ARI_STR("documents"))) return;
  n.leaf = node->leaf;
  if (!ari_grow((void **)&all->items, all->n, &all->room, sizeof n)) f->r->no_memory = true;
  else all->items[all->n++] = n;
}

/* Those of one leaf together, in the order of their rows. */
static void put_documents(ari_form *f, const document_list *all) {
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

void ari_form_read_documents(ari_form *f) {
  const ari_form_part *p = &f->parts[ARI_FORM_SHEET_DOCUMENTS];
  uint32_t columns[ARI_FORM_DOC_COLUMNS];
  document_list all = {0};
  bool whole = true;
  ari_form_columns(f, p, document_words, ARI_FORM_DOC_COLUMNS, columns);
  for (size_t i = 0; i < ARI_FORM_DOC_COLUMNS; i++) whole &= ari_form_require_column(f, p, columns[i], document_heads[i]);
  if (!whole) return;   /* a row would lack what stood in that column */
  if (!ari_form_may_be_earlier(f)) {
    ari_spot here = ari_form_spot_sheet(f, p);
    ari_reading_add(f->r, &here, ARI_SAID_BLANK, -1);
  }
  for (size_t i = 0; i < p->sheet->n && !f->r->no_memory; i = ari_form_next_row(p->sheet, i)) {
    const ari_tab_cell *first = NULL;
    for (size_t k = i; k < p->sheet->n && p->sheet->cells[k].row == p->sheet->cells[i].row && !first; k++)
      for (size_t c = 0; c < ARI_FORM_DOC_COLUMNS && !first; c++)
        if (columns[c] == p->sheet->cells[k].column) first = &p->sheet->cells[k];
    if (!first || ari_form_is_own_row(p, first->row)) continue;
    f->filled = true;
    read_document(f, p, columns, first, &all);
  }
  if (!f->r->no_memory) put_documents(f, &all);
  ari_free(all.items);
}
