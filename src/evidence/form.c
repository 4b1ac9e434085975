/* Evidence of one agency in a form that it filled in (methodology: ari-evidence(5), "Workbooks"). Sheets, rows and columns are found by the words in
 * them, so it does not matter where people moved them. */
#include "inside.h"

static const char *const sheet_words[ARI_FORM_SHEETS] = {ARI_FORM_ABOUT, ARI_FORM_ANSWERS, ARI_FORM_LISTS, ARI_FORM_DOCUMENTS};

static ari_spot spot_of_file(const ari_form *f) { return (ari_spot){f->agency, {f->r->file, 0, 0, 0}, {0}}; }

/* A1, or where that cell has gone when rows or columns were put before it. */
static void find_part(ari_form *f, const ari_tab *sheet) {
  enum { FAR = 50 };
  for (size_t i = 0; i < sheet->n && sheet->cells[i].row <= FAR; i++) {
    const ari_tab_cell *c = &sheet->cells[i];
    for (int k = 0; k < ARI_FORM_SHEETS && c->column <= FAR; k++) {
      if (c->kind != ARI_TAB_TEXT || !ari_str_is(c->text, sheet_words[k])) continue;
      ari_form_part here = {sheet, {"", 0}, c->row, c->column};
      if (!ari_str_copy(&f->source->cells.memory, sheet->name, &here.name)) f->r->no_memory = true;
      if (f->parts[k].sheet) {
        ari_spot first = ari_form_spot_sheet(f, &f->parts[k]), spot = ari_form_spot_sheet(f, &here);
        ari_reading_tell(f->r, &spot, ARI_E0931, &(ari_args){{ari_arg_text(sheet->name)}})->other = ari_place_span(first.at);
      } else f->parts[k] = here;
      return;
    }
  }
}

/* ---- whose form it is -------------------------------------------------------------------------------------------------------- */

static const ari_tab_cell *find_about(ari_form *f, const char *key) {
  const ari_form_part *p = &f->parts[ARI_FORM_SHEET_ABOUT];
  for (size_t i = 0; i < p->sheet->n; i++) {
    const ari_tab_cell *c = &p->sheet->cells[i];
    if (c->column == p->column && ari_str_is(c->text, key)) return ari_tab_cell_at(p->sheet, c->row, p->column + 1);
  }
  return NULL;
}

static ari_str about(ari_form *f, const char *key) { return ari_form_cell_text(f, find_about(f, key)); }

/* As the workbook's own language calls it, which is not always that of the messages. */
static ari_str sheet_name(ari_form *f, int which) {
  static const ari_word names[ARI_FORM_SHEETS] = {[ARI_FORM_SHEET_ANSWERS] = ARI_WORD_form_answers, [ARI_FORM_SHEET_LISTS] = ARI_WORD_form_lists, [ARI_FORM_SHEET_DOCUMENTS] = ARI_WORD_form_documents};
  bool en = f->parts[ARI_FORM_SHEET_ABOUT].sheet && ari_str_is(about(f, ARI_FORM_KEY_LANG), "en");
  return which == ARI_FORM_SHEET_ABOUT ? ari_str_of(ARI_FORM_ABOUT_NAME) : ari_str_of(ari_word_text(names[which], en ? ARI_EN : ARI_VI));
}

/* Tells a sheet that is not there, or has lost the row of words by which it is found. */
static void tell_sheet(ari_form *f, int which) {
  ari_spot spot = spot_of_file(f);
  ari_str name = sheet_name(f, which);
  bool there = false, besides = which == ARI_FORM_SHEET_LISTS || which == ARI_FORM_SHEET_DOCUMENTS;
  for (size_t i = 0; i < f->book.n_sheets && which != ARI_FORM_SHEET_ABOUT; i++) there |= ari_str_eq(f->book.sheets[i].name, name);
  if (!there && besides && ari_form_may_be_earlier(f)) {   /* the other sheets can be carried over all the same */
    ari_form_tell(f, &spot, ARI_W0493, name);
    return;
  }
  ari_form_tell(f, &spot, there ? ARI_E0468 : ARI_E0926, name);
  ari_reading_add(f->r, &spot, ARI_SAID_UNREAD, -1);   /* what is missing may have stood there */
}

static void check_version(ari_form *f) {
  const ari_desk *desk = f->r->desk;
  ari_str version = about(f, ARI_FORM_KEY_VERSION), fingerprint = about(f, ARI_FORM_KEY_FINGERPRINT);
  ari_spot spot = spot_of_file(f);
  f->same_set = ari_str_eq(version, desk->set->version) && (!desk->fingerprint || ari_str_is(fingerprint, desk->fingerprint));
  if (ari_form_may_be_earlier(f)) return;
  if (!ari_str_eq(version, desk->set->version))
    ari_reading_tell(f->r, &spot, ARI_E0928, &(ari_args){{ari_arg_text(version), ari_arg_text(desk->set->version)}});
  else if (!f->same_set) ari_reading_tell(f->r, &spot, ARI_W0929, NULL);
}

/* False: nothing more can be read (told). */
static bool read_about(ari_form *f) {
  ari_reading *r = f->r;
  ari_spot spot = spot_of_file(f);
  ari_str version = about(f, ARI_FORM_KEY_FORM), set = about(f, ARI_FORM_KEY_SET), agency = about(f, ARI_FORM_KEY_AGENCY), period = about(f, ARI_FORM_KEY_PERIOD);
  if (!set.n || !agency.n || !period.n || !version.n) {
    tell_sheet(f, ARI_FORM_SHEET_ABOUT);
    return false;
  }
  if (!ari_str_is(version, ARI_FORM_VERSION)) {
    ari_form_tell(f, &spot, ARI_E0930, version);
    return false;
  }
  if (!ari_str_eq(set, r->desk->set->id)) {   /* before its agency, who may well be of another list */
    spot.agency = ari_reading_listed(r, agency);
    ari_reading_tell(r, &spot, ARI_E0927, &(ari_args){{ari_arg_text(set), ari_arg_text(r->desk->set->id)}});
    return false;
  }
  f->agency = ari_reading_agency(r, agency, &spot);
  spot = spot_of_file(f);
  ari_reading_add(r, &spot, ARI_SAID_NAMED, -1);
  check_version(f);
  return ari_reading_period(r, period, &spot);
}

/* A sheet that was copied from another form has that agency's figures in it, or those of another period: told once a sheet. */
static void check_owner(ari_form *f, const ari_form_part *p) {
  const ari_str mark = ARI_STR(ARI_FORM_HEAD " ");
  ari_str agency = about(f, ARI_FORM_KEY_AGENCY), period = about(f, ARI_FORM_KEY_PERIOD);
  for (size_t i = 0; p->sheet && i < p->sheet->n; i++) {
    const ari_tab_cell *c = &p->sheet->cells[i];
    if (c->column != p->column || c->kind != ARI_TAB_TEXT || !ari_str_starts(c->text, mark.p)) continue;
    ari_str owner = ari_str_sub(c->text, mark.n, c->text.n);
    bool same = owner.n == agency.n + 1 + period.n && ari_str_eq(ari_str_sub(owner, 0, agency.n), agency) && ari_str_eq(ari_str_sub(owner, agency.n + 1, owner.n), period);
    if (same) continue;
    ari_spot spot = ari_form_spot_sheet(f, p);
    ari_reading_tell(f->r, &spot, ARI_E0464, &(ari_args){{ari_arg_text(p->name), ari_arg_text(owner)}});
    return;
  }
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------- */

/* Sheets that every form has. Lists are there when the set has any. */
static bool require_sheets(ari_form *f) {
  const ari_set *set = f->r->desk->set;
  ari_spot spot = spot_of_file(f);
  bool any = false, lists = false;
  for (int i = 0; i < ARI_FORM_SHEETS; i++) any |= f->parts[i].sheet != NULL;
  if (!any) {
    ari_reading_tell(f->r, &spot, ARI_E0900, NULL);
    return false;
  }
  for (uint32_t i = 0; i < set->n_inputs && f->same_set; i++) lists |= set->inputs[i].list && ari_form_asks(set, (int)i) && ari_form_has(f, set->inputs[i].owner);
  for (int i = 0; i < ARI_FORM_SHEETS; i++) {
    bool needed = i == ARI_FORM_SHEET_LISTS ? lists && !f->r->last : i != ARI_FORM_SHEET_DOCUMENTS || !f->r->last;   /* formulas look at no list and no document of last period */
    if (!f->parts[i].sheet && needed) tell_sheet(f, i);
  }
  return f->parts[ARI_FORM_SHEET_ABOUT].sheet && f->parts[ARI_FORM_SHEET_ANSWERS].sheet;
}

static bool make_room(ari_form *f) {
  const ari_set *set = f->r->desk->set;
  ari_arena *arena = &f->r->shelf->file;
  f->slots = ari_arena_array(arena, set->n_inputs, sizeof *f->slots);
  f->lists = ari_arena_array(arena, set->n_inputs, sizeof *f->lists);
  f->nodes = ari_arena_array(arena, set->n_nodes, sizeof *f->nodes);
  bool made = f->slots && f->lists && f->nodes;
  if (!made) f->r->no_memory = true;
  return made;
}

static void tell_unfilled(ari_form *f) {
  ari_spot spot = spot_of_file(f);
  ari_reading_tell(f->r, &spot, ARI_W0947, NULL);
}

void ari_read_form(ari_reading *r, ari_source *source) {
  ari_form f = {.r = r, .source = source, .agency = ARI_ANYBODY};
  ari_status status = ARI_NOMEM;
  if (ari_source_show_cells(source)) status = ari_workbook_read(&f.book, source->bytes, (ari_span){r->file, 0, 0}, r->fs);
  if (status == ARI_NOMEM) r->no_memory = true;
  if (status == ARI_INPUT) r->incomplete = true;
  for (size_t i = 0; i < f.book.n_sheets && status == ARI_OK; i++) find_part(&f, &f.book.sheets[i]);
  if (status == ARI_OK && f.parts[ARI_FORM_SHEET_ABOUT].sheet && !read_about(&f)) status = ARI_INPUT;
  if (status == ARI_OK && require_sheets(&f) && make_room(&f)) {
    for (int i = 0; i < ARI_FORM_SHEETS; i++) check_owner(&f, &f.parts[i]);
    ari_form_read_answers(&f);
    if (f.parts[ARI_FORM_SHEET_LISTS].sheet && !r->no_memory) ari_form_read_lists(&f);
    if (f.parts[ARI_FORM_SHEET_DOCUMENTS].sheet && !r->no_memory) ari_form_read_documents(&f);
    if (!f.filled && !ari_form_may_be_earlier(&f)) tell_unfilled(&f);
  }
  ari_workbook_free(&f.book);
}

bool ari_form_is(ari_str bytes) {
  ari_workbook book = {0};
  ari_findings ignored = {0};
  bool is = ari_workbook_read(&book, bytes, ARI_NOWHERE, &ignored) != ARI_OK;
  for (size_t i = 0; i < book.n_sheets && !is; i++)
    for (size_t k = 0; k < book.sheets[i].n && !is; k++)
      for (int word = 0; word < ARI_FORM_SHEETS; word++) is |= ari_str_is(book.sheets[i].cells[k].text, sheet_words[word]);
  ari_findings_free(&ignored);
  ari_workbook_free(&book);
  return is;
}
