/* Loading what a command names, side by side, and telling what each file is. */
#include "inside.h"

#include <string.h>

/* ---- suffixes -------------------------------------------------------------------------------------------------------------- */

static bool has_suffix(ari_str name, const char *suffix) {
  size_t n = strlen(suffix);
  if (name.n <= n) return false;
  for (size_t i = 0; i < n; i++) {
    char c = name.p[name.n - n + i];
    if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != suffix[i]) return false;
  }
  return true;
}

static bool is_workbook_name(ari_str name) { return has_suffix(name, ".xlsx") || has_suffix(name, ".xlsm"); }
static bool is_foreign_workbook_name(ari_str name) { return has_suffix(name, ".xls") || has_suffix(name, ".ods"); }   /* LibreOffice turns them into .xlsx */
static bool is_yaml_name(ari_str name) { return has_suffix(name, ".yaml") || has_suffix(name, ".yml"); }

/* Files of other programs that people hand over in good faith: what to do instead. F0001 (0): none of them. */
static ari_code foreign_code(ari_str name) {
  static const struct { const char *suffix; ari_code code; } foreign[] = {
    {".db", ARI_E0406}, {".sqlite", ARI_E0406},
    {".zip", ARI_E0407}, {".pdf", ARI_E0407}, {".docx", ARI_E0407}, {".doc", ARI_E0407}, {".rar", ARI_E0407}};
  for (size_t i = 0; i < ARI_COUNT(foreign); i++)
    if (has_suffix(name, foreign[i].suffix)) return foreign[i].code;
  return ARI_F0001;
}

/* ---- loading --------------------------------------------------------------------------------------------------------------- */

typedef struct loaded { ari_findings findings; ari_status status; } loaded;
typedef struct loading { ari_sources *sources; const int32_t *files; const ari_office *office; loaded *each; } loading;

/* Whether what a file holds is what its name promises; what is packed and of no known kind is left to whoever reads it. */
static bool fits_name(ari_str name, ari_content content) {
  switch (content) {
  case ARI_CONTENT_ANY: return true;
  case ARI_CONTENT_XLSX: return is_workbook_name(name);
  case ARI_CONTENT_XLS:   /* as .xlsx: with a password, or E0906; a .doc is such a file too */
    return is_workbook_name(name) || is_foreign_workbook_name(name) || foreign_code(name) == ARI_E0407;
  case ARI_CONTENT_ODS: return is_foreign_workbook_name(name);
  case ARI_CONTENT_PACKED: return is_workbook_name(name) || is_foreign_workbook_name(name) || foreign_code(name) != ARI_F0001;
  case ARI_CONTENT_TEXT: case ARI_CONTENT_SLIDES: case ARI_CONTENT_PDF: case ARI_CONTENT_PACKAGE: return foreign_code(name) == ARI_E0407;
  default: return false;
  }
}

/* What people rename, so that ari takes it, is told by its content. *fits: the name is to be believed. */
static ari_status check_content(ari_source *s, int32_t file, bool *fits, ari_findings *fs) {
  char head[ARI_CONTENT_HEAD];
  ari_arena arena = {0};
  const char *path = ari_str_cstring(&arena, s->name);
  ari_content content = path ? ari_content_begins((ari_str){head, ari_file_peek(path, head, sizeof head)}) : ARI_CONTENT_ANY;
  ari_status status = path ? ARI_OK : ARI_NOMEM;
  ari_arena_free(&arena);
  if (content == ARI_CONTENT_PACKED) {
    ari_source whole = {.name = s->name};
    status = ari_source_load(&whole, file, ARI_WORKBOOK_BYTES, false, fs);
    if (status == ARI_OK && whole.loaded) status = ari_content_of(whole.bytes, &content);
    else *fits = false;   /* told */
    ari_free((char *)(uintptr_t)whole.bytes.p);
  }
  if (status != ARI_OK || !*fits || fits_name(s->name, content)) return status;
  *fits = false;
  bool text = is_yaml_name(s->name) || has_suffix(s->name, ".csv"), sheet = content == ARI_CONTENT_XLSX || content == ARI_CONTENT_XLS;
  if ((text && sheet) || !ari_content_tell(content, (ari_span){file, 0, 0}, fs))
    ari_findings_add(fs, ARI_E0909, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_text(s->name)}});
  return ARI_OK;
}

static ari_status load_by_name(ari_source *s, int32_t file, const ari_office *office, ari_findings *fs) {
  ari_code foreign = foreign_code(s->name);
  if (foreign != ARI_F0001) {
    ari_findings_add(fs, foreign, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_text(s->name)}});
    return ARI_OK;
  }
  if (is_workbook_name(s->name)) return ari_source_load(s, file, ARI_WORKBOOK_BYTES, false, fs);
  if (is_foreign_workbook_name(s->name)) return ari_office_load(s, file, has_suffix(s->name, ".ods") ? "in.ods" : "in.xls", office, fs);
  return ari_source_load(s, file, has_suffix(s->name, ".csv") ? ARI_CSV_BYTES : ARI_YAML_BYTES, true, fs);
}

static void load_file(void *of, size_t item, int worker) {
  loading *l = of;
  loaded *out = &l->each[item];
  int32_t file = l->files[item];
  ari_source *s = &l->sources->items[file];
  bool fits = true;
  (void)worker;
  out->status = check_content(s, file, &fits, &out->findings);
  if (fits && out->status == ARI_OK) out->status = load_by_name(s, file, l->office, &out->findings);
}

ari_status ari_files_load(ari_sources *sources, const int32_t *files, size_t n, int jobs, const ari_office *office, ari_findings *fs) {
  loading l = {.sources = sources, .files = files, .office = office, .each = ari_calloc(n ? n : 1, sizeof *l.each)};
  if (!l.each) return ARI_NOMEM;
  ari_jobs_run(jobs, n, load_file, &l);
  ari_status status = ARI_OK;
  for (size_t i = 0; i < n; i++) {
    if (l.each[i].status > status) status = l.each[i].status;
    if (!ari_findings_merge(fs, &l.each[i].findings)) status = ARI_NOMEM;
    ari_findings_free(&l.each[i].findings);
  }
  ari_free(l.each);
  return status;
}

/* ---- what a file is -------------------------------------------------------------------------------------------------------- */

static const char *const kind_words[] = {
  [ARI_FILE_UNKNOWN] = "", [ARI_FILE_CRITERIA] = "criteria/1", [ARI_FILE_AGENCIES] = "agencies/1", [ARI_FILE_EVIDENCE] = "evidence/1",
  [ARI_FILE_SURVEY] = "survey/1", [ARI_FILE_APPRAISAL] = "appraisal/1", [ARI_FILE_EXPLANATION] = "explanation/1", [ARI_FILE_PREVIOUS] = "evidence/1"};

const char *ari_file_kind_name(ari_file_kind kind) {
  static const char *const names[] = {
    [ARI_FILE_UNKNOWN] = "unknown", [ARI_FILE_CRITERIA] = "criteria", [ARI_FILE_AGENCIES] = "agencies", [ARI_FILE_EVIDENCE] = "evidence",
    [ARI_FILE_SURVEY] = "survey", [ARI_FILE_APPRAISAL] = "appraisal", [ARI_FILE_EXPLANATION] = "explanation", [ARI_FILE_PREVIOUS] = "previous"};
  return names[kind];
}

bool ari_file_is_submission(ari_file_kind kind) { return kind == ARI_FILE_EVIDENCE || kind == ARI_FILE_SURVEY || ari_file_is_ruling(kind); }

bool ari_file_is_ruling(ari_file_kind kind) { return kind == ARI_FILE_APPRAISAL || kind == ARI_FILE_EXPLANATION; }

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* The first line that is neither empty, a comment nor the mark of a document's beginning; without spaces around it and without a '{'. */
static ari_str first_line(ari_str rest, uint32_t *start) {
  const char *bytes = rest.p;
  if (ari_str_starts(rest, "\xEF\xBB\xBF")) rest = ari_str_sub(rest, 3, rest.n);
  for (;;) {
    while (rest.n && (is_space(rest.p[0]) || rest.p[0] == '{')) rest = ari_str_sub(rest, 1, rest.n);
    const char *lf = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
    ari_str line = ari_str_sub(rest, 0, lf ? (size_t)(lf - rest.p) : rest.n);
    while (line.n && is_space(line.p[line.n - 1])) line.n--;
    if (line.n && (line.p[0] == '#' || ari_str_is(line, "---"))) {
      rest = ari_str_sub(rest, line.n, rest.n);
      continue;
    }
    *start = (uint32_t)(rest.p - bytes);
    return line;
  }
}

static ari_str without_quotes(ari_str s) {
  if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0]) return ari_str_sub(s, 1, s.n - 1);
  return s;
}

/* `ari: evidence/1` at the beginning: its value. False: it begins otherwise. */
static bool read_kind(ari_str line, ari_str *value) {
  const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
  if (!colon || !ari_str_is(without_quotes(ari_str_trim(ari_str_sub(line, 0, (size_t)(colon - line.p)))), "ari")) return false;
  ari_str rest = ari_str_trim(ari_str_sub(line, (size_t)(colon - line.p) + 1, line.n));
  size_t n = 0;
  while (n < rest.n && !strchr(" \t#,}", rest.p[n])) n++;
  *value = without_quotes(ari_str_sub(rest, 0, n));
  return true;
}

static ari_file_kind kind_of_yaml(const ari_source *source, int32_t file, ari_findings *fs) {
  uint32_t start;
  ari_str line = first_line(source->bytes, &start), value;
  bool named = read_kind(line, &value);
  for (int kind = ARI_FILE_CRITERIA; named && kind <= ARI_FILE_EXPLANATION; kind++)
    if (ari_str_is(value, kind_words[kind])) return (ari_file_kind)kind;
  if (!ari_source_text_check(source, file, fs)) return ARI_FILE_UNKNOWN;
  ari_span at = {file, line.n ? start : 0, (uint32_t)line.n};
  if (!line.n) ari_findings_add(fs, ARI_E0135, at, NULL);
  else if (named) ari_findings_add(fs, ARI_E0402, at, &(ari_args){{ari_arg_text(value)}});
  else ari_findings_add(fs, ARI_E0401, at, NULL);
  return ARI_FILE_UNKNOWN;
}

static bool has_column(const ari_csv *csv, const char *name) {
  for (size_t i = 0; i < csv->n; i++)
    if (ari_str_is(csv->fields[i].text, name)) return true;
  return false;
}

static ari_file_kind kind_of_header(const ari_csv *csv) {
  for (size_t first = 0; first < csv->n; first++) {   /* the first of the two decides; a table may begin with its period */
    if (ari_str_is(csv->fields[first].text, "agency")) return has_column(csv, "decision") ? ARI_FILE_APPRAISAL : ARI_FILE_EVIDENCE;
    if (ari_str_is(csv->fields[first].text, "id")) return ARI_FILE_AGENCIES;
  }
  return ARI_FILE_UNKNOWN;
}

static ari_file_kind kind_of_csv(const ari_source *source, int32_t file, ari_findings *fs) {
  if (!ari_source_text_check(source, file, fs)) return ARI_FILE_UNKNOWN;
  ari_csv csv;
  ari_csv_open(&csv, source, file, fs);
  ari_csv_step step = ari_csv_next(&csv);
  ari_file_kind kind = step == ARI_CSV_ROW ? kind_of_header(&csv) : ARI_FILE_UNKNOWN;
  if (step == ARI_CSV_NOMEM) fs->failed = true;
  if (step == ARI_CSV_END) ari_findings_add(fs, ARI_E0106, (ari_span){file, 0, 0}, NULL);
  if (step == ARI_CSV_ROW && kind == ARI_FILE_UNKNOWN) {
    bool tabs = csv.n == 1 && memchr(csv.fields[0].text.p, '\t', csv.fields[0].text.n) != NULL;
    ari_span at = ari_place_span(ari_csv_place(&csv, 0));
    ari_findings_add(fs, tabs ? ARI_E0416 : ARI_E0403, at, &(ari_args){{ari_arg_text(csv.fields[0].text)}});
  }
  ari_csv_close(&csv);
  return kind;
}

/* By suffix; without one of ours a file that does not begin as our YAML does, and has separators in its first line, is a table. */
bool ari_file_is_csv(const ari_source *source) {
  if (ari_file_is_workbook(source)) return false;
  if (has_suffix(source->name, ".csv")) return true;
  if (is_yaml_name(source->name)) return false;
  uint32_t start;
  ari_str line = first_line(source->bytes, &start), value;
  return line.n && !read_kind(line, &value) && (memchr(line.p, ',', line.n) || memchr(line.p, ';', line.n));
}

bool ari_file_is_named_evidence(ari_str name) {
  return is_yaml_name(name) || has_suffix(name, ".csv") || is_workbook_name(name) || is_foreign_workbook_name(name) || has_suffix(name, ".zip") || has_suffix(name, ".minisig");
}

/* A round keeps the bytes that LibreOffice made under the name of what they were made from. */
bool ari_file_is_workbook(const ari_source *source) {
  return is_workbook_name(source->name) || is_foreign_workbook_name(source->name);
}

ari_file_kind ari_file_what(const ari_source *source, int32_t file, ari_findings *fs) {
  if (!source->loaded) return ARI_FILE_UNKNOWN;   /* could not be loaded: told */
  if (ari_file_is_workbook(source)) return ARI_FILE_EVIDENCE;
  return ari_file_is_csv(source) ? kind_of_csv(source, file, fs) : kind_of_yaml(source, file, fs);
}

ari_file_kind ari_file_what_evidence(const ari_source *source, int32_t file) {
  ari_findings told_later = {0};
  ari_file_kind kind = ari_file_what(source, file, &told_later);
  ari_findings_free(&told_later);
  return ari_file_is_submission(kind) ? kind : ARI_FILE_EVIDENCE;
}

bool ari_file_expect(const ari_source *source, int32_t file, ari_file_kind kind, ari_findings *fs) {
  ari_file_kind is = ari_file_what(source, file, fs);
  if (is == kind || is == ARI_FILE_UNKNOWN) return is == kind;
  if (kind == ARI_FILE_EVIDENCE && ari_file_is_ruling(is)) {
    ari_findings_add(fs, ARI_E0550, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_c(kind_words[is]), ari_arg_c(is == ARI_FILE_APPRAISAL ? "appraise" : "answer")}});
    return false;
  }
  ari_findings_add(fs, ARI_E0404, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_c(kind_words[is]), ari_arg_c(kind_words[kind])}});
  return false;
}

/* ---- EVIDENCE arguments ---------------------------------------------------------------------------------------------------- */

typedef struct expansion { ari_sources *sources; bool packages, no_memory; int32_t *files; size_t n, room; ari_findings *fs; } expansion;

static bool add_file(expansion *x, ari_str name) {
  if (!ari_grow((void **)&x->files, x->n, &x->room, sizeof *x->files)) return false;
  x->files[x->n] = ari_sources_add(x->sources, name);
  return x->files[x->n] >= 0 && ++x->n;
}

typedef enum held { HELD_OTHER, HELD_EVIDENCE, HELD_PACKAGE } held;

/* A workbook that stands in a folder may be a document, and so may an archive. What cannot be read is left to the reader, who tells why. */
static held look_into(expansion *x, const char *path, size_t limit, bool workbook) {
  ari_sources one = {0};
  ari_findings ignored = {0};
  ari_content content = ARI_CONTENT_ANY;
  ari_status status = ari_sources_add(&one, ari_str_of(path)) < 0 ? ARI_NOMEM : ari_source_load(&one.items[0], 0, limit, false, &ignored);
  bool read = status == ARI_OK && one.items[0].loaded;
  held is = workbook ? HELD_EVIDENCE : HELD_PACKAGE;
  if (read && workbook && !ari_form_is(one.items[0].bytes)) is = HELD_OTHER;
  if (read && !workbook) status = ari_content_of(one.items[0].bytes, &content);
  if (read && !workbook && content != ARI_CONTENT_PACKAGE) is = HELD_OTHER;
  if (status == ARI_NOMEM) x->no_memory = true;
  ari_findings_free(&ignored);
  ari_sources_free(&one);
  return is;
}

static held what_is_held(expansion *x, ari_str name, const char *path) {
  if (is_yaml_name(name) || has_suffix(name, ".csv")) return HELD_EVIDENCE;
  if (is_workbook_name(name)) return look_into(x, path, ARI_WORKBOOK_BYTES, true);
  return x->packages && has_suffix(name, ".zip") ? look_into(x, path, (size_t)ARI_PACKAGE_MIB << 20, false) : HELD_OTHER;
}

/* What a program that has a workbook open leaves beside it; that of others begins with a dot, as all that a folder does not show. */
static bool is_lock(ari_str name) { return ari_str_starts(name, "~$"); }

/* The signature beside a package is looked for when the package is opened. */
static bool is_signature(ari_str name, ari_str package) {
  return package.n && ari_str_starts(name, package.p) && ari_str_is(ari_str_sub(name, package.n, name.n), ".minisig");
}

/* Methodology: byte order of names, not below; other suffixes are a warning (ari-evidence(5)). */
static ari_status add_folder(expansion *x, ari_arena *arena, const char *path) {
  ari_str *names, package = {0};
  size_t n;
  ari_status status = ari_folder_list(arena, path, &names, &n, x->fs);
  ari_buf b = {0};
  for (size_t i = 0; i < n && status == ARI_OK; i++) {
    if (ari_str_ends(names[i], "/") || is_lock(names[i]) || is_signature(names[i], package)) continue;
    ari_buf_clear(&b);
    ari_buf_text(&b, path);
    if (!ari_str_ends(ari_str_of(path), "/")) ari_buf_char(&b, '/');
    ari_buf_str(&b, names[i]);
    ari_buf_char(&b, '\0');
    if (b.failed) return ari_buf_free(&b), ARI_NOMEM;
    b.n--;
    held is = what_is_held(x, names[i], b.p);
    if (is == HELD_PACKAGE) package = names[i];
    if (is == HELD_OTHER) ari_findings_add(x->fs, ARI_W0408, ARI_NOWHERE, &(ari_args){{ari_arg_text(ari_buf_view(&b))}});
    else if (!add_file(x, ari_buf_view(&b))) status = ARI_NOMEM;
  }
  if (b.failed || x->no_memory) status = ARI_NOMEM;
  ari_buf_free(&b);
  if (status == ARI_OK && !x->n) ari_findings_add(x->fs, ARI_E0409, ARI_NOWHERE, &(ari_args){{ari_arg_c(path)}});
  return status;
}

ari_status ari_evidence_expand(ari_sources *sources, const char *path, bool packages, int32_t **files, size_t *n_files, ari_findings *fs) {
  expansion x = {.sources = sources, .packages = packages, .fs = fs};
  ari_arena arena = {0};
  ari_status status = ARI_OK;
  if (ari_path_what(path) == ARI_PATH_FOLDER) status = add_folder(&x, &arena, path);
  else if (!add_file(&x, ari_str_of(path))) status = ARI_NOMEM;
  ari_arena_free(&arena);
  *files = x.files;
  *n_files = x.n;
  return fs->failed ? ARI_NOMEM : status;
}
