/* The fingerprint of a submission: one hash that an agency's sheet, its package and whoever accepts them show alike (ari(1), "Fingerprints"). */
#include "inside.h"

#include <stdlib.h>

/* NULL: it is no evidence. */
static const ari_accepted *evidence_file(const ari_work *work, int32_t source) {
  for (size_t i = 0; i < work->n_files; i++)
    if (work->files[i].source == source) return work->files[i].kind == ARI_FILE_EVIDENCE ? &work->files[i] : NULL;
  return NULL;
}

/* The revision with which the agency handed in last; 0 where files are no revisions. */
static int32_t last_revision(const ari_work *work, size_t agency) {
  int32_t last = 0;
  for (size_t i = 0; i < work->evidence->n_namings; i++) {
    const ari_naming *naming = &work->evidence->namings[i];
    const ari_accepted *file = naming->agency == agency && ari_naming_is_own(naming) ? evidence_file(work, naming->source) : NULL;
    if (file && file->revision > last) last = file->revision;
  }
  return last;
}

bool ari_work_is_own_file(const ari_work *work, size_t agency, int32_t source) {
  for (size_t i = 0; i < work->evidence->n_namings; i++) {
    const ari_naming *naming = &work->evidence->namings[i];
    if (naming->agency != agency || naming->source != source || !ari_naming_is_own(naming)) continue;
    const ari_accepted *file = evidence_file(work, source);
    return file && (!work->round || file->revision == last_revision(work, agency));   /* outside a round there are no revisions */
  }
  return false;
}

/* Lines in the order of their bytes, each once. */
typedef struct lines { ari_str *items; size_t n, room; bool failed; } lines;

static void add_line(ari_work *work, lines *all, ari_buf *b) {
  void *items = all->items;
  bool good = !b->failed && ari_grow(&items, all->n, &all->room, sizeof *all->items);
  all->items = items;
  if (good && ari_str_copy(&work->arena, ari_buf_view(b), &all->items[all->n])) all->n++;
  else all->failed = true;
  ari_buf_clear(b);
}

static int by_bytes(const void *a, const void *b) { return ari_str_cmp(*(const ari_str *)a, *(const ari_str *)b); }

static void put_lines(ari_buf *out, lines *all) {
  if (all->n) qsort(all->items, all->n, sizeof *all->items, by_bytes);
  for (size_t i = 0; i < all->n; i++) {
    if (i && ari_str_eq(all->items[i], all->items[i - 1])) continue;
    ari_buf_str(out, all->items[i]);
    ari_buf_char(out, '\n');
  }
  ari_free(all->items);
}

static void add_files(ari_work *work, size_t agency, lines *all) {
  ari_buf b = {0};
  for (size_t i = 0; i < work->evidence->n_namings; i++) {
    const ari_naming *naming = &work->evidence->namings[i];
    if (naming->agency != agency || !ari_work_is_own_file(work, agency, naming->source)) continue;
    ari_buf_printf(&b, "evidence %s", ari_source_sha256(&work->sources.items[naming->source]));
    add_line(work, all, &b);
  }
  ari_buf_free(&b);
}

static void add_document(ari_work *work, const ari_document *d, lines *all, ari_buf *b) {
  const ari_known_document *known = d->file.n ? ari_work_document(work, d->span.file, d->file) : NULL;
  if (d->file.n && !known) all->failed = true;
  ari_buf_text(b, "document ");
  ari_buf_json(b, d->number);
  ari_buf_char(b, ' ');
  ari_buf_json(b, d->file);
  ari_buf_char(b, ' ');
  ari_buf_text(b, known && known->sha256[0] ? known->sha256 : "-");
  add_line(work, all, b);
}

static void add_documents(ari_work *work, size_t agency, lines *all) {
  const ari_evidence *ev = work->evidence;
  ari_buf b = {0};
  for (uint32_t leaf = 0; leaf < ev->set->n_leaves; leaf++) {
    const ari_remark *remark = ari_evidence_entry(ev, agency, (int32_t)leaf)->remark;
    for (uint32_t i = 0; remark && i < remark->n_documents; i++)
      if (ari_work_is_own_file(work, agency, remark->documents[i].span.file)) add_document(work, &remark->documents[i], all, &b);
  }
  ari_buf_free(&b);
}

static void put_head(ari_buf *b, ari_work *work, size_t agency) {
  ari_buf_text(b, "ari-submission/1\nset ");
  ari_buf_json(b, work->set->id);
  ari_buf_char(b, ' ');
  ari_buf_json(b, work->set->version);
  ari_buf_printf(b, " %s\nperiod ", ari_source_sha256(&work->sources.items[work->set->file]));
  ari_buf_period(b, work->period);
  ari_buf_text(b, "\nagency ");
  ari_buf_json(b, work->evidence->agencies->items[agency].id);
  ari_buf_char(b, '\n');
}

ari_status ari_fingerprint(ari_work *work, size_t agency, char hex[65]) {
  ari_buf b = {0};
  lines files = {0}, documents = {0};
  put_head(&b, work, agency);
  add_files(work, agency, &files);
  put_lines(&b, &files);
  add_documents(work, agency, &documents);
  put_lines(&b, &documents);
  bool failed = b.failed || files.failed || documents.failed;
  if (!failed) ari_sha256(b.p, b.n, hex);
  ari_buf_free(&b);
  if (failed) work->failed = true;
  return failed ? ARI_NOMEM : ARI_OK;
}

ari_status ari_fingerprint_of(ari_work *work, const char *agency, char hex[65]) {
  int64_t found = work->evidence ? ari_work_find_agency(work, agency, NULL) : -1;
  return found < 0 ? ARI_MISUSE : ari_fingerprint(work, (size_t)found, hex);
}
