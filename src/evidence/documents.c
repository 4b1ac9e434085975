/* Documents that prove a figure or a decision, in YAML (methodology: ari-evidence(5), "Evidence in YAML"). */
#include "inside.h"

enum { DOCUMENT_NUMBER, DOCUMENT_DATE, DOCUMENT_TITLE, DOCUMENT_FILE, DOCUMENT_FIELDS };
const ari_field ari_document_fields[DOCUMENT_FIELDS + 1] = {
  [DOCUMENT_NUMBER] = {.key = "number", .type = ARI_FIELD_TEXT, .en = "number and sign: 12/KH-SNV", .vi = "số, ký hiệu: 12/KH-SNV"},
  [DOCUMENT_DATE] = {.key = "date", .type = ARI_FIELD_DATE, .en = "when it was issued", .vi = "ngày ban hành"},
  [DOCUMENT_TITLE] = {.key = "title", .type = ARI_FIELD_TEXT, .en = "what it is", .vi = "trích yếu"},
  [DOCUMENT_FILE] = {.key = "file", .type = ARI_FIELD_TEXT,
                     .en = "the file, beside or below this one", .vi = "tệp đính kèm, cùng thư mục hoặc thư mục con"},
};

/* One text of a document, kept. */
static bool keep_text(ari_reading *r, const ari_yaml *node, const ari_spot *spot, ari_str *out) {
  if (!node) return true;
  if (!ari_reading_clean(r, spot, node->text, false)) return false;
  if (!ari_str_copy(&r->shelf->keep, node->text, out)) r->no_memory = true;
  return true;
}

static void read_document(ari_reading *r, const ari_yaml *node, int32_t agency, ari_document *d) {
  const ari_yaml *f[DOCUMENT_FIELDS];
  ari_spot spot = ari_yaml_spot(node, agency);
  d->span = node->span;
  if (!ari_fields_read(node, ari_document_fields, f, r->fs)) return;
  keep_text(r, f[DOCUMENT_NUMBER], &spot, &d->number);
  keep_text(r, f[DOCUMENT_TITLE], &spot, &d->title);
  keep_text(r, f[DOCUMENT_FILE], &spot, &d->file);
  if (f[DOCUMENT_FILE]) d->file_at = f[DOCUMENT_FILE]->span;
  d->has_day = f[DOCUMENT_DATE] && ari_yaml_date(f[DOCUMENT_DATE], &d->day, r->fs);
  ari_spot of_date = d->has_day ? ari_yaml_spot(f[DOCUMENT_DATE], agency) : spot;
  if (d->has_day) ari_reading_look_at_day(r, &of_date, NULL, d->day);
  if (node->n == 0 || (!f[DOCUMENT_NUMBER] && !f[DOCUMENT_TITLE] && !f[DOCUMENT_FILE])) {
    spot.at.len = ari_yaml_head(node).len;
    ari_reading_tell(r, &spot, ARI_E0469, NULL);
  }
}

bool ari_read_documents(ari_reading *r, const ari_yaml *list, int32_t agency, ari_documents *out) {
  *out = (ari_documents){0};
  if (list->kind != ARI_YAML_LIST) {
    ari_spot spot = ari_yaml_spot(list, agency);
    ari_reading_tell(r, &spot, ARI_E0145, &(ari_args){{ari_arg_c("documents:"), ari_arg_c("[{number: …, title: …, file: …}]")}});
    return false;
  }
  out->items = ari_arena_array(&r->shelf->keep, list->n, sizeof *out->items);
  if (!out->items) r->no_memory = true;
  for (const ari_yaml *item = list->first; item && out->items; item = item->next) read_document(r, item, agency, &out->items[out->n++]);
  return out->items;
}

/* Whether `path` is the document, which stands beside or below the file that names it. */
static bool is_at(const ari_document *d, const ari_sources *sources, ari_str path) {
  ari_str file = sources->items[d->span.file].name;
  size_t n = file.n;
  while (n && file.p[n - 1] != '/') n--;
  return d->file.n && path.n == n + d->file.n && ari_str_eq(ari_str_sub(path, 0, n), ari_str_sub(file, 0, n)) && ari_str_eq(ari_str_sub(path, n, path.n), d->file);
}

static bool is_named(const ari_evidence *ev, const ari_sources *sources, ari_str path) {
  for (size_t i = 0; i < ev->agencies->n * ev->set->n_leaves; i++) {
    const ari_remark *remark = ev->entries[i].remark;
    for (uint32_t k = 0; remark && k < remark->n_documents; k++)
      if (is_at(&remark->documents[k], sources, path)) return true;
  }
  return false;
}

void ari_documents_found(const ari_evidence *ev, const ari_sources *sources, ari_findings *fs) {
  size_t kept = 0;
  for (size_t i = 0; i < fs->n; i++) {
    const ari_finding *f = &fs->items[i];
    if (f->code == ARI_W0408 && is_named(ev, sources, f->args.at[0].as.text)) fs->warnings--;
    else fs->items[kept++] = *f;
  }
  fs->n = kept;
}
