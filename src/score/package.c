/* Packages: what an agency hands over in one file (ari(1), "Packages"). All of it is held against its manifest before any of it is used; then its evidence
 * is read as if it lay in a folder, and its documents are known by their hashes. */
#include "inside.h"

#include <string.h>

enum { MANIFEST_BYTES = 16 << 20 /* as many files as may be, with the longest names */, SHA256_DIGITS = 64 };
static const ari_archive_limits LIMITS = {.entries = ARI_PACKAGE_FILES, .unpacked = (uint64_t)2 * ARI_PACKAGE_MIB << 20, .ratio = 200};

/* ---- the manifest --------------------------------------------------------------------------------------------------------- */

static const char *const file_kinds[] = {[ARI_PACKED_EVIDENCE] = "evidence", [ARI_PACKED_DOCUMENT] = "document", [ARI_PACKED_SHEET] = "sheet", NULL};
const char *ari_packed_kind_name(ari_packed_kind kind) { return file_kinds[kind]; }

enum { FILE_NAME, FILE_KIND, FILE_BYTES, FILE_SHA256, FILE_FIELDS };
static const ari_field file_fields[FILE_FIELDS + 1] = {
    [FILE_NAME] = {.key = "name", .type = ARI_FIELD_TEXT, .required = true},
    [FILE_KIND] = {.key = "kind", .type = ARI_FIELD_WORD, .required = true, .words = file_kinds},
    [FILE_BYTES] = {.key = "bytes", .type = ARI_FIELD_NUMBER, .required = true},
    [FILE_SHA256] = {.key = "sha256", .type = ARI_FIELD_TEXT, .required = true},
};
enum { ARI_ROW, ENGINE, SET, VERSION, CRITERIA, PERIOD, AGENCY, FINGERPRINT, FILES, FIELDS };
static const char *const kinds[] = {"package/1", NULL};
static const ari_field manifest_fields[FIELDS + 1] = {
    [ARI_ROW] = {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = kinds},
    [ENGINE] = {.key = "engine", .type = ARI_FIELD_TEXT, .required = true},
    [SET] = {.key = "set", .type = ARI_FIELD_TEXT, .required = true},
    [VERSION] = {.key = "version", .type = ARI_FIELD_TEXT, .required = true},
    [CRITERIA] = {.key = "criteria", .type = ARI_FIELD_TEXT, .required = true},
    [PERIOD] = {.key = "period", .type = ARI_FIELD_TEXT, .required = true},
    [AGENCY] = {.key = "agency", .type = ARI_FIELD_TEXT, .required = true},
    [FINGERPRINT] = {.key = "fingerprint", .type = ARI_FIELD_TEXT, .required = true},
    [FILES] = {.key = "files", .type = ARI_FIELD_LIST, .required = true, .below = file_fields},
};

typedef struct opening { ari_work *work; ari_package *package; ari_archive *archive; ari_arena tree; ari_findings shape; } opening;   /* shape: what the reader of YAML says of a manifest */

static ari_status fail(const opening *o, ari_code code, ari_span at, ari_str one, ari_str two) {
  ari_findings_add(&o->work->findings, code, at, &(ari_args){{ari_arg_text(one), ari_arg_text(two)}});
  return ARI_INPUT;
}

static ari_span whole(const opening *o) { return (ari_span){o->package->source, 0, 0}; }

static bool is_hash(ari_str s) {
  for (size_t i = 0; i < s.n; i++)
    if (!strchr("0123456789abcdef", s.p[i])) return false;
  return s.n == SHA256_DIGITS;
}

/* A hash as 64 hexadecimal digits. */
static bool read_hash(opening *o, const ari_yaml *node, char hex[65]) {
  ari_str text;
  if (!ari_yaml_text(node, &text, &o->shape)) return false;
  if (!is_hash(text)) return fail(o, ARI_E0963, node->span, node->key->text, text), false;
  memcpy(hex, text.p, SHA256_DIGITS);
  hex[SHA256_DIGITS] = '\0';
  return true;
}

static bool read_size(opening *o, const ari_yaml *node, uint64_t *bytes) {
  ari_dec d;
  char fixed[32];
  ari_str text;
  if (!ari_yaml_text(node, &text, &o->shape)) return false;
  if (ari_dec_read_count(text, false, &d, fixed) != ARI_DEC_OK || d.coef < 0 || d.scale != 0) return fail(o, ARI_E0963, node->span, node->key->text, text), false;
  *bytes = (uint64_t)d.coef;
  return true;
}

/* What the manifest says of one file; the file itself is looked at later. */
static void read_file(opening *o, const ari_yaml *node, ari_packed *file) {
  const ari_yaml *f[FILE_FIELDS];
  ari_findings *fs = &o->shape;
  if (!ari_fields_read(node, file_fields, f, fs)) return;
  file->at = node->span;
  int kind = f[FILE_KIND] ? ari_yaml_word(f[FILE_KIND], file_kinds, fs) : -1;
  if (kind >= 0) file->kind = (ari_packed_kind)kind;
  if (f[FILE_NAME]) ari_yaml_text(f[FILE_NAME], &file->name, fs);
  if (f[FILE_BYTES]) read_size(o, f[FILE_BYTES], &file->bytes);
  if (f[FILE_SHA256]) read_hash(o, f[FILE_SHA256], file->sha256);
}

/* What an agency hands in is a form or some files, whoever made the package: a thousand of them would keep us busy for minutes. */
static ari_status check_evidence(const opening *o) {
  const ari_package *p = o->package;
  size_t n = 0;
  for (size_t i = 0; i < p->n; i++) {
    const ari_packed *file = &p->files[i];
    if (file->kind != ARI_PACKED_EVIDENCE) continue;
    if (++n > ARI_PACKED_EVIDENCE_FILES) {
      ari_findings_add(&o->work->findings, ARI_E0986, file->at, &(ari_args){{ari_arg_int(ARI_PACKED_EVIDENCE_FILES)}});
      return ARI_INPUT;
    }
  }
  return n ? ARI_OK : fail(o, ARI_E0970, p->agency.at, p->agency.text, (ari_str){0});
}

/* The sheet stands in it once; what else there is lies in its folder. */
static void check_names(const opening *o) {
  const ari_package *p = o->package;
  size_t sheets = 0;
  for (size_t i = 0; i < p->n; i++) {
    const ari_packed *file = &p->files[i];
    bool sheet = file->kind == ARI_PACKED_SHEET;
    sheets += sheet;
    if (sheet ? ari_str_is(file->name, ARI_PACKED_SHEET_NAME) : ari_str_starts(file->name, ARI_PACKED_FOLDER "/")) continue;
    fail(o, ARI_E0963, file->at, ARI_STR("name"), file->name);
    return;
  }
  if (sheets != 1) fail(o, ARI_E0982, whole(o), ARI_STR(ARI_PACKED_SHEET_NAME), (ari_str){0});
}

/* Nothing else is looked at then: it may be said in other words there. */
static bool is_other_version(const opening *o, const ari_yaml *root) {
  const ari_yaml *node = root->first;
  while (node && !(node->key && ari_str_is(node->key->text, "ari"))) node = node->next;
  if (!node || !ari_str_starts(node->text, "package/") || ari_str_is(node->text, kinds[0])) return false;
  fail(o, ARI_E0984, node->span, node->text, ari_str_of(kinds[0]));
  return true;
}

static ari_status read_manifest(opening *o, const ari_yaml *root) {
  const ari_yaml *f[FIELDS];
  ari_package *p = o->package;
  ari_findings *fs = &o->shape;
  size_t errors = o->work->findings.errors;
  if (is_other_version(o, root)) return ARI_INPUT;
  if (!ari_fields_read(root, manifest_fields, f, fs)) return ARI_INPUT;
  if (f[ARI_ROW]) ari_yaml_word(f[ARI_ROW], kinds, fs);
  const struct { const ari_yaml *node; ari_text_at *to; } texts[] = {
      {f[SET], &p->set}, {f[VERSION], &p->version}, {f[PERIOD], &p->period}, {f[AGENCY], &p->agency}};
  for (size_t i = 0; i < ARI_COUNT(texts); i++)
    if (texts[i].node && ari_yaml_text(texts[i].node, &texts[i].to->text, fs)) {
      texts[i].to->at = texts[i].node->span;
      if (!texts[i].to->text.n) fail(o, ARI_E0963, texts[i].node->span, texts[i].node->key->text, ARI_STR("\"\""));
      if (!ari_str_copy(&o->work->arena, texts[i].to->text, &texts[i].to->text)) return ARI_NOMEM;
    }
  if (p->agency.text.n && !ari_id_valid(p->agency.text)) fail(o, ARI_E0963, p->agency.at, ARI_STR("agency"), p->agency.text);   /* it also names a file among the keys */
  if (f[CRITERIA]) read_hash(o, f[CRITERIA], p->criteria);
  if (f[FINGERPRINT]) read_hash(o, f[FINGERPRINT], p->fingerprint);
  p->n = f[FILES] ? f[FILES]->n : 0;
  p->files = ari_arena_array(&o->work->arena, p->n, sizeof *p->files);
  if (!p->files) return ARI_NOMEM;
  size_t i = 0;
  for (const ari_yaml *item = f[FILES] ? f[FILES]->first : NULL; item; item = item->next, i++) {
    read_file(o, item, &p->files[i]);
    if (!ari_str_copy(&o->work->arena, p->files[i].name, &p->files[i].name)) return ARI_NOMEM;
  }
  if (fs->errors) return ARI_INPUT;
  if (o->work->findings.errors == errors) check_names(o);
  return o->work->findings.errors > errors ? ARI_INPUT : check_evidence(o);
}

/* Bytes of an entry become a source of their own, named as if the package were a folder. -1: out of memory. */
static int32_t add_source(ari_work *work, const ari_package *p, ari_str entry, ari_buf *bytes) {
  ari_buf name = {0};
  ari_buf_str(&name, work->sources.items[p->source].name);
  ari_buf_char(&name, '/');
  ari_buf_str(&name, entry);
  ari_buf_char(bytes, '\0');
  int32_t source = name.failed || bytes->failed ? -1 : ari_sources_add(&work->sources, ari_buf_view(&name));
  ari_buf_free(&name);
  if (source < 0) return -1;
  ari_source_give(&work->sources.items[source], bytes->p, bytes->n - 1);
  *bytes = (ari_buf){0};
  return source;
}

/* Whoever takes a package does not mend its manifest: of its shape it is said where it first differs from what `ari pack` writes. */
static ari_status tell_shape(opening *o, ari_status status) {
  const ari_finding *first = NULL;
  for (size_t i = 0; i < o->shape.n && o->shape.errors; i++)
    if (!first || o->shape.items[i].at.start < first->at.start) first = &o->shape.items[i];
  if (o->shape.failed) status = ARI_NOMEM;
  else if (first && status <= ARI_INPUT) status = fail(o, ARI_E0963, first->at, ARI_STR(ARI_MANIFEST), ari_str_of(ari_word_text(ARI_WORD_pack_manifest, o->work->options.lang)));
  ari_findings_free(&o->shape);
  return status;
}

static ari_status open_manifest(opening *o) {
  size_t at;
  ari_findings *fs = &o->work->findings;
  ari_str name = ARI_STR(ARI_MANIFEST);
  if (!ari_archive_find(o->archive, name, &at)) return fail(o, ARI_E0962, whole(o), (ari_str){0}, (ari_str){0});
  if (ari_archive_size(o->archive, at) > MANIFEST_BYTES) return fail(o, ARI_E0963, whole(o), name, ARI_STR("> 16 MiB"));
  ari_buf bytes = {0};
  ari_status status = ari_archive_read(o->archive, at, &bytes, fs);
  int32_t source = status == ARI_OK ? add_source(o->work, o->package, name, &bytes) : -1;
  ari_buf_free(&bytes);
  if (status != ARI_OK) return status;
  if (source < 0) return ARI_NOMEM;
  o->package->manifest = source;
  ari_yaml *root;
  status = ari_yaml_parse(&o->tree, &o->work->sources.items[source], source, false, &root, &o->shape);
  if (status == ARI_OK) status = root && !o->shape.errors ? read_manifest(o, root) : ARI_INPUT;
  return tell_shape(o, status);
}

/* ---- the files -------------------------------------------------------------------------------------------------------------- */

/* Each file of the archive stands in the manifest once, and the other way round. */
static ari_status match_files(opening *o, size_t *entries) {
  ari_package *p = o->package;
  ari_status status = ARI_OK;
  size_t n = ari_archive_count(o->archive);
  bool *named = ari_calloc(n ? n : 1, sizeof *named);
  ari_map by_name = {0};
  bool good = named != NULL;
  for (size_t i = 0; i < n && good; i++) good = ari_map_put(&by_name, ari_archive_name(o->archive, i), (int32_t)i);
  for (size_t i = 0; i < p->n && good; i++) {
    int32_t entry = ari_map_get(&by_name, p->files[i].name);
    if (entry < 0) status = fail(o, ARI_E0964, p->files[i].at, p->files[i].name, (ari_str){0});
    else if (named[entry]) status = fail(o, ARI_E0963, p->files[i].at, ARI_STR("name"), p->files[i].name);
    else named[entry] = true, entries[i] = (size_t)entry;
  }
  for (size_t i = 0; i < n && good; i++) {
    ari_str name = ari_archive_name(o->archive, i);
    if (!named[i] && !ari_str_is(name, ARI_MANIFEST)) status = fail(o, ARI_E0965, whole(o), name, (ari_str){0});
  }
  ari_map_free(&by_name);
  ari_free(named);
  return good ? status : ARI_NOMEM;
}

/* The file's bytes, which are what the manifest says, into `bytes`. */
static ari_status read_packed(opening *o, const ari_packed *file, size_t entry, ari_buf *bytes) {
  char hex[65];
  ari_buf_clear(bytes);
  ari_status status = ari_archive_read(o->archive, entry, bytes, &o->work->findings);
  if (status != ARI_OK) return status;
  ari_sha256(bytes->p, bytes->n, hex);
  if (bytes->n == file->bytes && strcmp(hex, file->sha256) == 0) return ARI_OK;
  return fail(o, ARI_E0966, whole(o), file->name, (ari_str){0});
}

/* All files are looked at, so that one run tells all that was changed. */
static ari_status read_files(opening *o, const ari_package_reader *reader) {
  ari_package *p = o->package;
  size_t *entries = ari_calloc(p->n ? p->n : 1, sizeof *entries);
  if (!entries) return ARI_NOMEM;
  ari_buf bytes = {0};
  ari_status status = match_files(o, entries);
  bool matched = status == ARI_OK;
  p->from = (int32_t)o->work->sources.n;
  for (size_t i = 0; i < p->n && matched && status <= ARI_INPUT; i++) {
    ari_status one = read_packed(o, &p->files[i], entries[i], &bytes);
    if (one == ARI_OK && status == ARI_OK) one = reader->file(reader->to, p, &p->files[i], &bytes);
    if (one > status) status = one;
  }
  p->to = (int32_t)o->work->sources.n;
  ari_buf_free(&bytes);
  ari_free(entries);
  return status;
}

/* A workbook, or a text, that was named .zip. */
static ari_status check_content(const opening *o) {
  ari_content content;
  ari_findings *fs = &o->work->findings;
  ari_status status = ari_content_of(o->work->sources.items[o->package->source].bytes, &content);
  if (status != ARI_OK || content == ARI_CONTENT_PACKAGE || !ari_content_tell(content, whole(o), fs)) return status;
  return fs->failed ? ARI_NOMEM : ARI_INPUT;
}

/* What nobody known has signed is not looked into; only among keys of agencies must the manifest say first whose it is. */
static ari_status open_archive(opening *o, const ari_package_reader *reader) {
  ari_work *work = o->work;
  ari_source *s = &work->sources.items[o->package->source];
  bool by_agency = work->options.key && ari_path_what(work->options.key) == ARI_PATH_FOLDER;
  ari_status status = by_agency ? ARI_OK : ari_package_verify(work, o->package);
  if (status == ARI_OK) status = check_content(o);
  if (status == ARI_OK) status = ari_archive_open(&o->archive, s->bytes, &LIMITS, whole(o), &work->findings);
  if (status == ARI_OK) status = open_manifest(o);
  if (status == ARI_OK && by_agency) status = ari_package_verify(work, o->package);
  if (status == ARI_OK) status = read_files(o, reader);
  ari_archive_close(o->archive);
  ari_arena_free(&o->tree);
  return status;
}

ari_status ari_package_read(ari_work *work, int32_t source, const ari_package_reader *reader, ari_package **out) {
  opening o = {.work = work, .package = ari_arena_alloc(&work->arena, sizeof *o.package)};
  if (!o.package) return ARI_NOMEM;
  o.package->source = source;
  *out = o.package;
  ari_status status = open_archive(&o, reader);
  ari_source_forget(&work->sources.items[source]);
  return work->findings.failed ? ARI_NOMEM : status;
}

static ari_status open_source(ari_work *work, int32_t source, const ari_package_reader *reader, ari_package **out) {
  size_t errors = work->findings.errors;
  ari_status status = ari_source_load(&work->sources.items[source], source, (size_t)ARI_PACKAGE_MIB << 20, false, &work->findings);
  if (status == ARI_OK && work->findings.errors > errors) status = ARI_INPUT;
  if (status == ARI_OK) return ari_package_read(work, source, reader, out);
  ari_source_forget(&work->sources.items[source]);   /* its files are sources now */
  return work->findings.failed ? ARI_NOMEM : status;
}

ari_status ari_package_open(ari_work *work, const char *path, const ari_package_reader *reader, ari_package **out) {
  int32_t source = ari_sources_add(&work->sources, ari_str_of(path));
  return source < 0 ? ARI_NOMEM : open_source(work, source, reader, out);
}

/* ---- as evidence ------------------------------------------------------------------------------------------------------------ */

typedef struct taking { ari_work *work; int32_t **sources; size_t *n, *room; } taking;

static bool note_source(taking *t, int32_t source) {
  void *items = *t->sources;
  if (source < 0 || !ari_grow(&items, *t->n, t->room, sizeof **t->sources)) return false;
  *t->sources = items;
  (*t->sources)[(*t->n)++] = source;
  return true;
}

/* Lists of agencies, surveys and decisions are nothing that an agency hands in. What is of no kind is told by those who read it. */
static ari_status expect_evidence(ari_work *work, int32_t source, const ari_packed *file) {
  ari_findings told_later = {0};
  ari_file_kind kind = ari_file_what(&work->sources.items[source], source, &told_later);
  bool failed = told_later.failed;
  ari_findings_free(&told_later);
  if (failed) return ARI_NOMEM;
  if (kind == ARI_FILE_EVIDENCE || kind == ARI_FILE_UNKNOWN) return ARI_OK;
  ari_findings_add(&work->findings, ARI_E0976, file->at, &(ari_args){{ari_arg_text(file->name), ari_arg_c(ari_file_kind_name(kind))}});
  return ARI_INPUT;
}

static ari_status take_file(void *to, const ari_package *p, const ari_packed *file, ari_buf *bytes) {
  taking *t = to;
  if (file->kind != ARI_PACKED_EVIDENCE) return ARI_OK;
  size_t limit = ari_str_ends(file->name, ".csv") ? ARI_CSV_BYTES : ARI_YAML_BYTES;
  if (bytes->n > limit) {
    ari_buf words = {0};
    ari_buf_printf(&words, "%zu MiB", limit >> 20);
    ari_findings_add(&t->work->findings, ARI_E0101, file->at, &(ari_args){{ari_arg_text(ari_buf_view(&words))}});
    ari_buf_free(&words);
    return ARI_INPUT;
  }
  int32_t source = add_source(t->work, p, file->name, bytes);
  return note_source(t, source) ? expect_evidence(t->work, source, file) : ARI_NOMEM;
}

/* Of the documents that the files name, those in the package are known; no others are looked for. */
static ari_status know_documents(ari_work *work, const ari_package *p, const int32_t *sources, size_t n) {
  for (size_t i = 0; i < p->n; i++) {
    const ari_packed *file = &p->files[i];
    const ari_str folder = ARI_STR(ARI_PACKED_FOLDER "/");
    if (file->kind != ARI_PACKED_DOCUMENT || !ari_str_starts(file->name, folder.p)) continue;
    for (size_t k = 0; k < n; k++)
      if (!ari_work_know_document(work, sources[k], ari_str_sub(file->name, folder.n, file->name.n), file->sha256)) return ARI_NOMEM;
  }
  return ARI_OK;
}

static ari_status take_package(taking *t, int32_t source) {
  ari_work *work = t->work;
  ari_package *p;
  size_t before = *t->n;
  ari_status status = source < 0 ? ARI_NOMEM : open_source(work, source, &(ari_package_reader){take_file, t}, &p);
  if (status != ARI_OK) {
    *t->n = before;
    return status;
  }
  status = know_documents(work, p, *t->sources + before, *t->n - before);
  p->next = work->packages;
  work->packages = p;
  return status;
}

bool ari_package_is_in(ari_str bytes) {
  ari_findings unseen = {0};
  ari_archive *archive = NULL;
  size_t at;
  bool found = ari_archive_open(&archive, bytes, &LIMITS, ARI_NOWHERE, &unseen) == ARI_OK && ari_archive_find(archive, ARI_STR(ARI_MANIFEST), &at);
  ari_archive_close(archive);
  ari_findings_free(&unseen);
  return found;
}

static bool is_package_name(ari_str name) {
  for (size_t i = 0; i < 4 && name.n > 4; i++)
    if ((name.p[name.n - 4 + i] | 0x20) != (".zip"[i] | 0x20)) return false;
  return name.n > 4;
}

bool ari_package_is(const char *path) { return is_package_name(ari_str_of(path)) && ari_path_what(path) != ARI_PATH_FOLDER; }

void ari_work_tell_unsigned(ari_work *work, ari_str path) { ari_findings_add(&work->findings, ARI_E0941, ARI_NOWHERE, &(ari_args){{ari_arg_text(path)}}); }

/* A file or a folder as it stands. Where a signature is asked for, only packages can have one. */
static ari_status take_files(taking *t, const char *path) {
  ari_work *work = t->work;
  int32_t *files = NULL;
  size_t n = 0;
  ari_status status = ari_evidence_expand(&work->sources, path, true, &files, &n, &work->findings);
  for (size_t i = 0; i < n && status != ARI_NOMEM; i++) {
    ari_status one = ARI_OK;
    ari_str name = work->sources.items[files[i]].name;
    if (is_package_name(name)) one = take_package(t, files[i]);
    else if (!work->options.key) one = note_source(t, files[i]) ? ARI_OK : ARI_NOMEM;
    else {
      ari_work_tell_unsigned(work, name);
      one = ARI_INPUT;
    }
    if (one > status) status = one;
  }
  ari_free(files);
  return status;
}

/* Those that came with a package are loaded already. */
static ari_status load_rest(ari_work *work, const int32_t *sources, size_t n) {
  int32_t *rest = ari_calloc(n ? n : 1, sizeof *rest);
  size_t n_rest = 0;
  for (size_t i = 0; rest && i < n; i++)
    if (!work->sources.items[sources[i]].loaded) rest[n_rest++] = sources[i];
  ari_status status = rest ? ari_work_load_files(work, rest, n_rest) : ARI_NOMEM;
  ari_free(rest);
  return status;
}

ari_status ari_work_take(ari_work *work, const char *const *paths, size_t n, int32_t **sources, size_t *n_sources) {
  *sources = NULL;
  *n_sources = 0;
  size_t room = 0;
  taking t = {work, sources, n_sources, &room};
  ari_status status = ARI_OK;
  for (size_t i = 0; i < n && status != ARI_NOMEM; i++) {
    ari_status one = take_files(&t, paths[i]);
    if (one > status) status = one;
  }
  ari_status loaded = status == ARI_NOMEM ? status : load_rest(work, *sources, *n_sources);
  if (loaded > status) status = loaded;
  if (status == ARI_NOMEM || work->findings.failed) work->failed = true;
  return work->failed ? ARI_NOMEM : status;
}
