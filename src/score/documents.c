/* Documents that evidence names, as files: looked for once, hashed, and known from then on (ari-evidence(5), "Evidence in YAML"). */
#include "inside.h"

static bool put_key(ari_buf *key, int32_t source, ari_str file) {
  ari_buf_int(key, source);
  ari_buf_char(key, '/');
  ari_buf_str(key, file);
  return !key->failed;
}

/* -1: nothing is known of it; -2: out of memory. */
static int32_t find_known(const ari_work *work, int32_t source, ari_str file) {
  ari_buf key = {0};
  int32_t found = put_key(&key, source, file) ? ari_map_get(&work->documents_by_name, ari_buf_view(&key)) : -2;
  ari_buf_free(&key);
  return found;
}

/* NULL: out of memory, noted. The document is not known yet. */
static ari_known_document *add_known(ari_work *work, int32_t source, ari_str file) {
  ari_buf key = {0};
  ari_str kept;
  void *items = work->documents;
  int32_t old = -1;
  bool good = ari_grow(&items, work->n_documents, &work->documents_room, sizeof *work->documents);
  work->documents = items;
  good = good && put_key(&key, source, file) && ari_str_copy(&work->arena, ari_buf_view(&key), &kept) &&
         ari_map_add(&work->documents_by_name, kept, (int32_t)work->n_documents, &old);
  ari_buf_free(&key);
  if (!good) work->failed = true;
  if (!good) return NULL;
  ari_known_document *d = &work->documents[work->n_documents++];
  *d = (ari_known_document){.source = source, .file = ari_str_sub(kept, kept.n - file.n, kept.n)};
  return d;
}

bool ari_work_know_document(ari_work *work, int32_t source, ari_str file, const char *sha256) {
  int32_t known = find_known(work, source, file);
  if (known >= 0) return true;
  ari_known_document *d = known == -1 ? add_known(work, source, file) : NULL;
  if (!d) {
    work->failed = true;
    return false;
  }
  for (size_t i = 0; i < sizeof d->sha256 - 1 && sha256[i]; i++) d->sha256[i] = sha256[i];
  d->what = d->sha256[0] ? ARI_BELOW_THERE : ARI_BELOW_ABSENT;
  return true;
}

const char *ari_work_document_folder(ari_work *work, int32_t source) {
  if (work->options.documents) return work->options.documents;
  ari_str path = work->sources.items[source].name;
  size_t n = path.n;
  while (n && path.p[n - 1] != '/') n--;
  const char *folder = n ? ari_str_cstring(&work->arena, ari_str_sub(path, 0, n)) : ".";
  if (!folder) work->failed = true;
  return folder;
}

const ari_known_document *ari_work_document(ari_work *work, int32_t source, ari_str file) {
  int32_t known = find_known(work, source, file);
  if (known >= 0) return &work->documents[known];
  const char *folder = known == -1 ? ari_work_document_folder(work, source) : NULL;
  ari_known_document *d = folder ? add_known(work, source, file) : NULL;
  if (!d) {
    work->failed = true;
    return NULL;
  }
  d->looked = true;
  d->what = (uint8_t)ari_hash_below(folder, file, d->sha256);
  return d;
}

/* Files of a package are named as if it were a folder. */
static const ari_package *package_of(const ari_work *work, int32_t source) {
  ari_str name = work->sources.items[source].name;
  for (const ari_package *p = work->packages; p; p = p->next) {
    ari_str whole = work->sources.items[p->source].name;
    if (name.n > whole.n && name.p[whole.n] == '/' && ari_str_eq(ari_str_sub(name, 0, whole.n), whole)) return p;
  }
  return NULL;
}

void ari_work_tell_document(ari_work *work, const ari_document *d, const ari_known_document *known) {
  const char *folder = ari_work_document_folder(work, d->span.file);
  if (!folder) return;
  if (package_of(work, d->span.file)) ari_findings_add(&work->findings, ARI_W0989, d->file_at, &(ari_args){{ari_arg_text(d->file)}});
  else ari_findings_add(&work->findings, ARI_W0646, d->file_at, &(ari_args){{ari_arg_text(d->file), ari_arg_c(folder), ari_arg_c(ari_below_words(known->what, work->options.lang))}});
}
