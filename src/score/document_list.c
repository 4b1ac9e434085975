/* The documents of one agency: what each criterion names, how it was found, what is used more than once, and the files beside them that nobody names
 * (ari(1), "assess"). */
#include "inside.h"

#include <string.h>

enum { FILES = 10000 };   /* of a folder that are looked at */

/* A folder of documents; shown: how a file in it is named, "docs/" or, where evidence stands too, "". */
typedef struct place { ari_str path, shown; } place;

typedef struct lister {
  ari_work *work;
  ari_document_row *rows; size_t n, room;
  ari_map hashes;            /* of files that are there: the first row that has it */
  ari_map paths;             /* of files that criteria name, in NFC */
  ari_map folders;           /* in which they stand: numbers of places */
  ari_map sources;           /* hashes of the files that were read as evidence, criteria or list */
  place *places; size_t n_places, places_room;
} lister;

static bool fail(lister *l) {
  l->work->failed = true;
  return false;
}

static const char *keep(lister *l, ari_str text) {
  const char *copy = text.n ? ari_str_cstring(&l->work->arena, text) : "";
  if (!copy) fail(l);
  return copy ? copy : "";
}

/* "folder/file" in the work's arena, in NFC; what is no UTF-8 stays as it is. False: out of memory, noted. */
static bool join(lister *l, const char *folder, ari_str file, ari_str *out) {
  ari_buf b = {0};
  size_t bad;
  if (strcmp(folder, ".") != 0) ari_buf_text(&b, folder);
  if (b.n && b.p[b.n - 1] != '/') ari_buf_char(&b, '/');
  ari_buf_str(&b, file);
  bool good = !b.failed && ari_str_copy(&l->work->arena, ari_buf_view(&b), out);
  if (good && ari_utf8_valid(out->p, out->n, &bad)) good = ari_utf8_nfc(&l->work->arena, *out, out);
  ari_buf_free(&b);
  return good || fail(l);
}

/* ---- rows ---- */

static const struct { const char *name; ari_word word; } states[] = {
  [ARI_DOCUMENT_THERE] = {"there", ARI_WORD_document_there},
  [ARI_DOCUMENT_ABSENT] = {"absent", ARI_WORD_document_absent},
  [ARI_DOCUMENT_OUTSIDE] = {"outside", ARI_WORD_document_outside},
  [ARI_DOCUMENT_LINK] = {"link", ARI_WORD_document_link},
  [ARI_DOCUMENT_REFUSED] = {"unreadable", ARI_WORD_document_refused},
  [ARI_DOCUMENT_PAPER] = {"no_file", ARI_WORD_document_paper},
  [ARI_DOCUMENT_UNNAMED] = {"unnamed", ARI_WORD_document_unnamed},
};

static ari_document_state state_of(ari_below what) {
  switch (what) {
    case ARI_BELOW_THERE: return ARI_DOCUMENT_THERE;
    case ARI_BELOW_ABSENT: return ARI_DOCUMENT_ABSENT;
    case ARI_BELOW_OUTSIDE: return ARI_DOCUMENT_OUTSIDE;
    case ARI_BELOW_LINK: return ARI_DOCUMENT_LINK;
    case ARI_BELOW_REFUSED: break;
  }
  return ARI_DOCUMENT_REFUSED;
}

const char *ari_below_words(uint8_t what, ari_lang lang) { return ari_word_text(states[state_of((ari_below)what)].word, lang); }

/* A blank row in this state; NULL: out of memory, noted. */
static ari_document_row *add_row(lister *l, ari_document_state state, const char *sha256) {
  void *items = l->rows;
  bool good = ari_grow(&items, l->n, &l->room, sizeof *l->rows);
  l->rows = items;
  if (!good) {
    fail(l);
    return NULL;
  }
  ari_document_row *row = &l->rows[l->n++];
  *row = (ari_document_row){.criterion = "", .criterion_title = "", .number = "", .date = "", .date_text = "", .title = "", .file = "", .state = state,
                            .state_name = states[state].name, .state_text = ari_word_text(states[state].word, l->work->options.lang)};
  row->sha256 = keep(l, ari_str_of(sha256));
  int32_t first = -1;
  if (*row->sha256 && !ari_map_add(&l->hashes, ari_str_of(row->sha256), (int32_t)l->n - 1, &first)) fail(l);
  row->same_as = (size_t)(first + 1);
  return row;
}

static const char *date_text(lister *l, int32_t day, ari_locale how) {
  ari_buf b = {0};
  ari_buf_date(&b, day, how);
  const char *text = keep(l, ari_buf_view(&b));
  if (b.failed) fail(l);
  ari_buf_free(&b);
  return text;
}

/* Where a document was found: its neighbours may be documents too. */
static void note_place(lister *l, int32_t source, ari_str file) {
  const char *folder = ari_work_document_folder(l->work, source);
  ari_str path;
  place in;
  size_t n = file.n;
  int32_t old;
  while (n && file.p[n - 1] != '/') n--;
  in.shown = ari_str_sub(file, 0, n);
  if (!folder || !join(l, folder, file, &path) || !join(l, folder, in.shown, &in.path)) return;
  void *places = l->places;
  bool good = ari_grow(&places, l->n_places, &l->places_room, sizeof *l->places);
  l->places = places;
  good = good && ari_map_put(&l->paths, path, 1) && ari_map_add(&l->folders, in.path, (int32_t)l->n_places, &old);
  if (!good) fail(l);
  else if (old < 0) l->places[l->n_places++] = in;
}

static void add_named(lister *l, const ari_node *leaf, const ari_document *d) {
  const ari_known_document *known = d->file.n ? ari_work_document(l->work, d->span.file, d->file) : NULL;
  if (d->file.n && !known) return;
  ari_document_row *row = add_row(l, known ? state_of((ari_below)known->what) : ARI_DOCUMENT_PAPER, known ? known->sha256 : "");
  if (!row) return;
  row->criterion = ari_node_id_text(l->work, leaf);
  row->criterion_title = ari_node_title_text(l->work, leaf);
  row->number = keep(l, d->number);
  row->title = keep(l, d->title);
  row->file = keep(l, d->file);
  if (d->has_day) row->date = date_text(l, d->day, ARI_AS_DATA);
  if (d->has_day) row->date_text = date_text(l, d->day, ari_locale_of(l->work->options.lang));
  bool met = known && known->looked && (known->what == ARI_BELOW_THERE || known->what == ARI_BELOW_REFUSED);
  if (met) note_place(l, d->span.file, d->file);
}

/* ---- files that nobody names ---- */

/* A name as text: bytes that are no UTF-8 are shown as \xE1. */
static const char *name_text(lister *l, ari_str shown, ari_str name) {
  size_t bad;
  bool plain = ari_utf8_valid(name.p, name.n, &bad);
  ari_buf b = {0};
  ari_buf_str(&b, shown);
  for (size_t i = 0; i < name.n; i++) {
    unsigned char c = (unsigned char)name.p[i];
    if (plain || c < 0x80) ari_buf_char(&b, (char)c);
    else ari_buf_printf(&b, "\\x%02X", (unsigned)c);
  }
  const char *text = keep(l, ari_buf_view(&b));
  if (b.failed) fail(l);
  ari_buf_free(&b);
  return text;
}


static void list_folder(lister *l, const char *folder, ari_str shown, bool deep) {
  ari_work *work = l->work;
  ari_str *names = NULL, path;
  size_t n = 0;
  bool more = false;
  ari_status status = ari_folder_files(&work->arena, folder, deep, FILES, &names, &n, &more, &work->findings);
  if (status == ARI_NOMEM) fail(l);
  if (status != ARI_OK) return;
  for (size_t i = 0; i < n && join(l, folder, names[i], &path); i++) {
    char hex[65] = "";
    if (ari_map_get(&l->paths, path) >= 0 || (!deep && !shown.n && ari_file_is_named_evidence(names[i]))) continue;   /* that of others stands beside this one */
    if (ari_hash_below(folder, names[i], hex) != ARI_BELOW_THERE) hex[0] = '\0';
    if (ari_map_get(&l->sources, ari_str_of(hex)) >= 0) continue;
    ari_document_row *row = add_row(l, ARI_DOCUMENT_UNNAMED, hex);
    if (row) row->file = name_text(l, shown, names[i]);
  }
  if (more) ari_findings_add(&work->findings, ARI_W0980, ARI_NOWHERE, &(ari_args){{ari_arg_c(folder), ari_arg_int(FILES)}});
}

static void list_unnamed(lister *l) {
  ari_sources *all = &l->work->sources;
  for (size_t i = 0; i < all->n; i++)
    if (all->items[i].loaded && !ari_map_put(&l->sources, ari_str_of(ari_source_sha256(&all->items[i])), 1)) fail(l);
  if (l->work->options.documents) list_folder(l, l->work->options.documents, (ari_str){0}, true);
  for (size_t i = 0; i < l->n_places && !l->work->options.documents && !l->work->failed; i++)
    list_folder(l, l->places[i].path.n ? keep(l, l->places[i].path) : ".", l->places[i].shown, false);
}

bool ari_documents_list(ari_work *work, size_t agency, ari_document_row **rows, size_t *n) {
  lister l = {.work = work};
  const ari_evidence *ev = work->evidence;
  for (uint32_t i = 0; i < ev->set->n_leaves && !work->failed; i++) {
    const ari_remark *remark = ari_evidence_entry(ev, agency, (int32_t)i)->remark;
    for (uint32_t k = 0; remark && k < remark->n_documents && !work->failed; k++) add_named(&l, ev->set->leaves[i], &remark->documents[k]);
  }
  if (!work->failed) list_unnamed(&l);
  *rows = work->failed ? NULL : ari_arena_array(&work->arena, l.n + 1, sizeof **rows);
  if (*rows && l.n) memcpy(*rows, l.rows, l.n * sizeof **rows);
  if (!*rows) fail(&l);
  *n = *rows ? l.n : 0;
  ari_map_free(&l.hashes);
  ari_map_free(&l.paths);
  ari_map_free(&l.folders);
  ari_map_free(&l.sources);
  ari_free(l.rows);
  ari_free(l.places);
  return *rows;
}
