/* A package: what an agency hands over in one file (ari(1), "Packages"). Every part is kept as it is, so the same inputs are the same bytes whatever packs
 * them; the parts stand in the order of their names, the manifest last, when the hash of each is known. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

typedef struct part { ari_packed file; int32_t source; ari_str document; } part;   /* document: the file as `source` names it; empty: the source itself */
typedef struct packing {
  ari_work *work;
  size_t agency;
  part *parts; size_t n, room;
  ari_map names;             /* of files, as disks may take them */
  ari_zip *zip;
  ari_buf manifest, bytes;
  uint64_t all;              /* bytes of the archive so far, with what is said of each part */
} packing;

static ari_status fail(packing *p, ari_code code, ari_span at, ari_str one, ari_str two) {
  ari_findings_add(&p->work->findings, code, at, &(ari_args){{ari_arg_text(one), ari_arg_text(two)}});
  return p->work->findings.failed ? ARI_NOMEM : ARI_INPUT;
}

static ari_status fail_name(packing *p, ari_span at, ari_str name, ari_word why) {
  return fail(p, ARI_E0973, at, name, ari_str_of(ari_word_text(why, p->work->options.lang)));
}

/* ---- what goes in --------------------------------------------------------------------------------------------------------- */

/* A document that proves several things is there once; two files of one name are not. */
static ari_status add_part(packing *p, part one, ari_str name, ari_span at) {
  ari_buf b = {0};
  ari_str key;
  ari_arena *arena = &p->work->arena;
  int32_t old;
  ari_buf_text(&b, ARI_PACKED_FOLDER "/");
  ari_buf_str(&b, name);
  bool good = !b.failed && ari_str_copy(arena, ari_buf_view(&b), &one.file.name) && ari_utf8_fold(arena, one.file.name, &key) &&
              ari_map_add(&p->names, key, (int32_t)p->n, &old);
  ari_buf_free(&b);
  if (!good) return ARI_NOMEM;
  if (old >= 0) {
    const ari_packed *other = &p->parts[old].file;
    bool same = ari_str_eq(other->name, one.file.name) && other->kind == one.file.kind && strcmp(other->sha256, one.file.sha256) == 0;
    return same ? ARI_OK : fail_name(p, at, name, ari_str_eq(other->name, one.file.name) ? ARI_WORD_pack_name_twice : ARI_WORD_pack_name_alike);
  }
  ari_word fault = ari_archive_name_fault(one.file.name);
  if (fault != ARI_WORDS) return fail_name(p, at, name, fault);
  if (p->n + 2 >= ARI_PACKAGE_FILES) {   /* the sheet and the manifest come besides */
    ari_findings_add(&p->work->findings, ARI_E0987, at, &(ari_args){{ari_arg_text(name), ari_arg_int(ARI_PACKAGE_FILES)}});
    return p->work->findings.failed ? ARI_NOMEM : ARI_MACHINE;   /* one is enough */
  }
  void *items = p->parts;
  if (!ari_grow(&items, p->n, &p->room, sizeof *p->parts)) return ARI_NOMEM;
  p->parts = items;
  p->parts[p->n++] = one;
  return ARI_OK;
}

static void set_hash(ari_packed *file, const char *sha256) { memcpy(file->sha256, sha256, sizeof file->sha256); }

/* The name under which a file of evidence is packed: without its folders; what LibreOffice turned into a workbook is one by its name, too. */
static bool name_part(ari_work *work, int32_t source, ari_str *name) {
  const ari_source *s = &work->sources.items[source];
  *name = s->name;
  while (name->n && memchr(name->p, '/', name->n)) *name = ari_str_sub(*name, 1, name->n);
  if (!ari_workbook_is(s->bytes) || ari_str_ends(*name, ".xlsx") || ari_str_ends(*name, ".xlsm")) return true;
  ari_buf b = {0};
  ari_buf_str(&b, *name);
  ari_buf_text(&b, ".xlsx");
  bool good = !b.failed && ari_str_copy(&work->arena, ari_buf_view(&b), name);
  ari_buf_free(&b);
  return good;
}

/* What whoever takes a package refuses while reading it is told here of the file as a whole. */
static ari_status expect_own(packing *p, int32_t source) {
  const ari_evidence *ev = p->work->evidence;
  const ari_agency *owner = &ev->agencies->items[p->agency];
  ari_span at = {source, 0, 0};
  for (size_t i = 0; i < ev->n_namings; i++) {
    const ari_naming *naming = &ev->namings[i];
    if (naming->source != source) continue;
    if (naming->agency != p->agency) return fail(p, ARI_E0977, at, ev->agencies->items[naming->agency].id, owner->id);
    if (naming->origins & ~(1u << ARI_ORIGIN_SELF)) return fail(p, ARI_E0979, at, p->work->sources.items[source].name, owner->id);
  }
  return ARI_OK;
}

/* What evidence was read must be the agency's own: nothing is left out in silence, and nobody hands over the figures of others. */
static ari_status add_evidence(packing *p) {
  ari_work *work = p->work;
  ari_status status = ARI_OK;
  for (size_t i = 0; i < work->n_files && status <= ARI_INPUT; i++) {
    int32_t source = work->files[i].source;
    if (!ari_file_is_submission(work->files[i].kind)) continue;
    ari_str path = work->sources.items[source].name, name;
    if (!name_part(work, source, &name)) return ARI_NOMEM;
    part one = {.file.kind = ARI_PACKED_EVIDENCE, .source = source};
    set_hash(&one.file, ari_source_sha256(&work->sources.items[source]));
    ari_span at = {source, 0, 0};
    ari_status added = ari_work_is_own_file(work, p->agency, source) ? expect_own(p, source) : fail(p, ARI_E0972, at, path, work->evidence->agencies->items[p->agency].id);
    if (added == ARI_OK) added = add_part(p, one, name, at);
    if (added > status) status = added;
  }
  return status;
}

/* One that is not there is told, as it is when evidence is handed in without it; nothing of it is in the package then. */
static ari_status add_document(packing *p, const ari_document *d) {
  const ari_known_document *known = ari_work_document(p->work, d->span.file, d->file);
  if (!known) return ARI_NOMEM;
  if (known->sha256[0]) {
    part one = {.file.kind = ARI_PACKED_DOCUMENT, .source = d->span.file, .document = d->file};
    set_hash(&one.file, known->sha256);
    return add_part(p, one, d->file, d->file_at);
  }
  ari_work_tell_document(p->work, d, known);
  return p->work->failed ? ARI_NOMEM : ARI_OK;
}

static ari_status add_documents(packing *p) {
  const ari_evidence *ev = p->work->evidence;
  ari_status status = ARI_OK;
  for (uint32_t leaf = 0; leaf < ev->set->n_leaves; leaf++) {
    const ari_remark *remark = ari_evidence_entry(ev, p->agency, (int32_t)leaf)->remark;
    for (uint32_t i = 0; remark && i < remark->n_documents && status <= ARI_INPUT; i++) {
      ari_status added = remark->documents[i].file.n ? add_document(p, &remark->documents[i]) : ARI_OK;
      if (added > status) status = added;
    }
  }
  return status;
}

static int by_name(const void *a, const void *b) { return ari_str_cmp(((const part *)a)->file.name, ((const part *)b)->file.name); }

/* ---- the archive ----------------------------------------------------------------------------------------------------------- */

static void put_text(ari_buf *b, const char *key, ari_str text) {
  ari_buf_printf(b, "\"%s\":", key);
  ari_buf_json(b, text);
  ari_buf_text(b, ",\n");
}

static void begin_manifest(packing *p, const char *fingerprint) {
  const ari_work *work = p->work;
  ari_buf *b = &p->manifest, period = {0};
  ari_buf_period(&period, work->period);
  if (period.failed) b->failed = true;
  ari_buf_text(b, "{");
  put_text(b, "ari", ARI_STR("package/1"));
  put_text(b, "engine", ARI_STR(ARI_VERSION));
  put_text(b, "set", work->set->id);
  put_text(b, "version", work->set->version);
  put_text(b, "criteria", ari_str_of(ari_source_sha256(&work->sources.items[work->set->file])));
  put_text(b, "period", ari_buf_view(&period));
  put_text(b, "agency", work->evidence->agencies->items[p->agency].id);
  put_text(b, "fingerprint", ari_str_of(fingerprint));
  ari_buf_text(b, "\"files\":[");
  ari_buf_free(&period);
}

/* Puts a part into the archive and into the manifest. */
static ari_status store_part(packing *p, const ari_packed *file, ari_str bytes) {
  enum { HEADS = 30 + 46, ENDING = 1 << 20 };   /* of each part, in two places; room for the manifest's own and the end */
  p->all += HEADS + 2 * file->name.n + bytes.n;
  if (p->all + p->manifest.n + ENDING > (uint64_t)ARI_PACKAGE_MIB << 20) {
    ari_findings_add(&p->work->findings, ARI_E0956, ARI_NOWHERE, &(ari_args){{ari_arg_text(file->name), ari_arg_int(ARI_PACKAGE_MIB)}});
    return ARI_INPUT;
  }
  ari_buf *b = &p->manifest;
  ari_buf_text(b, ari_str_ends(ari_buf_view(b), "[") ? "\n{\"name\":" : ",\n{\"name\":");
  ari_buf_json(b, file->name);
  ari_buf_printf(b, ",\"kind\":\"%s\",\"bytes\":%zu,\"sha256\":\"%s\"}", ari_packed_kind_name(file->kind), bytes.n, file->sha256);
  ari_zip_store(p->zip, file->name, bytes);
  return ARI_OK;
}

static ari_status store_document(packing *p, const part *one) {
  const char *folder = ari_work_document_folder(p->work, one->source);
  char hex[65];
  if (!folder) return ARI_NOMEM;
  ari_buf_clear(&p->bytes);
  bool there = ari_bytes_below(folder, one->document, (size_t)ARI_PACKAGE_MIB << 20, &p->bytes) == ARI_BELOW_THERE;
  if (p->bytes.failed) return ARI_NOMEM;
  ari_sha256(p->bytes.p, p->bytes.n, hex);
  if (there && strcmp(hex, one->file.sha256) == 0) return store_part(p, &one->file, ari_buf_view(&p->bytes));
  fail(p, ARI_E0974, (ari_span){one->source, 0, 0}, one->document, ari_str_of(folder));
  return ARI_INPUT;
}

static bool keep_bytes(void *to, const char *bytes, size_t n) {
  ari_buf_put(to, bytes, n);
  return !((ari_buf *)to)->failed;
}

static ari_status store_sheet(packing *p) {
  ari_buf_clear(&p->bytes);
  ari_packed file = {.name = ARI_STR(ARI_PACKED_SHEET_NAME), .kind = ARI_PACKED_SHEET};
  ari_status status = ari_report_own_sheet(p->work, (ari_sink){keep_bytes, &p->bytes});
  if (status != ARI_OK) return p->bytes.failed ? ARI_NOMEM : status;
  ari_sha256(p->bytes.p, p->bytes.n, file.sha256);
  return store_part(p, &file, ari_buf_view(&p->bytes));
}

static ari_status store_all(packing *p) {
  char fingerprint[65];
  ari_status status = ari_fingerprint(p->work, p->agency, fingerprint);
  if (status != ARI_OK) return status;
  begin_manifest(p, fingerprint);
  for (size_t i = 0; i < p->n && status == ARI_OK; i++)
    status = p->parts[i].document.n ? store_document(p, &p->parts[i]) : store_part(p, &p->parts[i].file, p->work->sources.items[p->parts[i].source].bytes);
  if (status == ARI_OK) status = store_sheet(p);
  if (status != ARI_OK) return status;
  ari_buf_text(&p->manifest, "]}\n");
  if (p->manifest.failed) return ARI_NOMEM;
  ari_zip_store(p->zip, ARI_STR(ARI_MANIFEST), ari_buf_view(&p->manifest));
  return ARI_OK;
}

static ari_status write_archive(packing *p, const char *path) {
  ari_newfile file;
  ari_findings *fs = &p->work->findings;
  ari_status status = ari_newfile_open(&file, path, fs);
  if (status != ARI_OK) return status;
  p->zip = ari_zip_new(ari_newfile_sink(&file));
  status = p->zip ? store_all(p) : ARI_NOMEM;
  ari_status closed = p->zip ? ari_zip_close(p->zip) : ARI_NOMEM;
  if (status == ARI_OK) status = closed;
  closed = ari_newfile_close(&file, status == ARI_OK, fs);
  return status == ARI_OK || closed == ARI_NOMEM ? closed : status;
}

/* ---- the signature --------------------------------------------------------------------------------------------------------- */

/* What minisign itself writes: when, and which file; of the path the name alone. */
static void put_comment(ari_buf *b, const ari_work *work, const char *path) {
  const char *slash = strrchr(path, '/');
  ari_buf_printf(b, "timestamp:%lld\tfile:", (long long)work->options.now);
  ari_buf_visible(b, ari_str_of(slash ? slash + 1 : path));
  ari_buf_text(b, "\thashed");
}

/* Signs the package that stands at `path`, into a file beside it. */
static ari_status write_signature(packing *p, const ari_secret_key *key, const char *path) {
  ari_work *work = p->work;
  ari_source written = {.name = ari_str_of(path)};
  ari_buf comment = {0}, text = {0}, beside = {0};
  ari_status status = ari_source_load(&written, -1, (size_t)ARI_PACKAGE_MIB << 21, false, &work->findings);
  put_comment(&comment, work, path);
  ari_buf_printf(&beside, "%s.minisig", path);
  ari_buf_char(&beside, '\0');
  if (status == ARI_OK) ari_sign(&text, key, written.bytes, ari_buf_view(&comment));
  if (status == ARI_OK) status = comment.failed || text.failed || beside.failed ? ARI_NOMEM : ari_newfile_write(beside.p, ari_buf_view(&text), &work->findings);
  ari_source_forget(&written);
  ari_buf_free(&comment);
  ari_buf_free(&text);
  ari_buf_free(&beside);
  return status;
}

/* What stands at `path` is replaced only where it is a package: never a form, a document or a key. *old: its SHA-256; "" there is nothing, or a device. */
static ari_status look_at_old(ari_work *work, const char *path, char old[65]) {
  ari_source there = {.name = ari_str_of(path)};
  ari_findings unseen = {0};
  old[0] = '\0';
  ari_path_kind what = ari_path_what(path);
  if (what == ARI_PATH_NONE || what == ARI_PATH_OTHER) return ARI_OK;
  ari_status status = what == ARI_PATH_FILE ? ari_source_load(&there, -1, (size_t)ARI_PACKAGE_MIB << 21, false, &unseen) : ARI_OK;
  if (status == ARI_OK && there.loaded && ari_package_is_in(there.bytes)) ari_sha256(there.bytes.p, there.bytes.n, old);
  else if (status != ARI_NOMEM) {
    ari_findings_add(&work->findings, ARI_F0975, ARI_NOWHERE, &(ari_args){{ari_arg_c(path)}});
    status = ARI_MACHINE;
  }
  ari_findings_free(&unseen);
  ari_source_forget(&there);
  return status;
}

static bool is_signature(const char *path) {
  char text[1024];
  unsigned char id[8];
  ari_str comment;
  size_t n = ari_file_peek(path, text, sizeof text);
  return ari_signature_check((ari_str){text, n}, &(ari_public_key){{0}, {0}}, (ari_str){0}, id, &comment) != ARI_SIGN_FORM;
}

/* A signature that stands beside is that of the package before; of other bytes it would only be told as wrong. Without a package before nobody knows whose it is. */
static ari_status drop_signature(packing *p, const char *path, const char *old) {
  ari_work *work = p->work;
  char now[65];
  ari_source written = {.name = ari_str_of(path)};
  const char *beside = ari_str_join(&work->arena, ari_str_of(path), ARI_STR(".minisig"));
  if (!beside) return ARI_NOMEM;
  if (!is_signature(beside)) return ARI_OK;
  if (!*old) {
    ari_findings_add(&work->findings, ARI_W0998, ARI_NOWHERE, &(ari_args){{ari_arg_c(beside)}});
    return ARI_OK;
  }
  ari_status status = ari_source_load(&written, -1, (size_t)ARI_PACKAGE_MIB << 21, false, &work->findings);
  if (status == ARI_OK) ari_sha256(written.bytes.p, written.bytes.n, now);
  ari_source_forget(&written);
  if (status != ARI_OK || strcmp(now, old) == 0) return status;
  ari_file_remove(beside);
  ari_findings_add(&work->findings, ARI_W0988, ARI_NOWHERE, &(ari_args){{ari_arg_c(beside)}});
  return ARI_OK;
}

/* What was written, for whoever wants to say so (ari_package_at). */
static ari_status note_package(packing *p, const char *path) {
  ari_work *work = p->work;
  const ari_agency *agency = &work->evidence->agencies->items[p->agency];
  ari_package *out = ari_arena_alloc(&work->arena, sizeof *out);
  ari_buf period = {0};
  ari_buf_period(&period, work->period);
  bool good = out && !period.failed && ari_str_copy(&work->arena, ari_buf_view(&period), &out->period.text);
  ari_buf_free(&period);
  if (!good) return ARI_NOMEM;
  out->set.text = work->set->id;
  out->version.text = work->set->version;
  out->agency.text = agency->id;
  out->source = ari_sources_add(&work->sources, ari_str_of(path));
  out->files = ari_arena_array(&work->arena, p->n, sizeof *out->files);
  if (out->source < 0 || !out->files) return ARI_NOMEM;
  for (size_t i = 0; i < p->n; i++) out->files[out->n++] = p->parts[i].file;
  work->packages = out;
  return ari_fingerprint(work, p->agency, out->fingerprint);
}

ari_status ari_pack(ari_work *work, const char *agency, const char *path, const char **nearest) {
  ari_own_sheet sheet;
  if (work->packages) {
    ari_findings_add(&work->findings, ARI_E0983, (ari_span){work->packages->source, 0, 0}, &(ari_args){{ari_arg_text(work->sources.items[work->packages->source].name)}});
    return ari_work_status(work);
  }
  ari_status status = ari_assess(work, agency, nearest);
  if (status == ARI_OK) status = ari_own_sheet_of(work, &sheet);
  if (status != ARI_OK) return status;
  int32_t found = ari_map_get(&work->evidence->agencies->ids, ari_str_of(sheet.agency));
  const ari_submission *s = &work->evidence->submissions[found];
  if (s->named && !s->present) {
    ari_findings_forget_warnings(&work->findings, 0, INT32_MAX);   /* also that the form is empty */
    ari_findings_add(&work->findings, ARI_E0935, ari_place_span(s->at), NULL);
    return ari_work_status(work);
  }
  packing p = {.work = work, .agency = (size_t)found};
  ari_secret_key key = {{0}, {0}};
  bool sign = work->options.secret_key != NULL;
  char old[65];
  status = look_at_old(work, path, old);
  if (status == ARI_OK && sign) status = ari_work_secret_key(work, &key);   /* first: a password that is wrong leaves no package without its signature */
  if (status == ARI_OK) status = add_evidence(&p);
  if (status == ARI_OK) status = add_documents(&p);
  if (p.n) qsort(p.parts, p.n, sizeof *p.parts, by_name);
  if (status == ARI_OK && work->options.strict && work->findings.warnings) status = ARI_INPUT;
  if (status == ARI_OK) status = write_archive(&p, path);
  if (status == ARI_OK) status = sign ? write_signature(&p, &key, path) : drop_signature(&p, path, old);
  if (sign) ari_secret_key_forget(&key);
  if (status == ARI_OK) status = note_package(&p, path);
  ari_free(p.parts);
  ari_map_free(&p.names);
  ari_buf_free(&p.manifest);
  ari_buf_free(&p.bytes);
  if (status == ARI_NOMEM) work->failed = true;
  return status;
}
