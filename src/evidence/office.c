/* Workbooks of other kinds (.xls, .ods) become .xlsx by LibreOffice, in a private folder with a home of its own: what it makes of them is what is
 * read, and what a round keeps. */
#include "inside.h"

#include <errno.h>

/* LibreOffice fetches what a file names: links are not followed, and the way into the net ends at a port where nobody answers. */
static const char settings[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n"
#define SETTING(path, name, value) "<item oor:path=\"" path "\"><prop oor:name=\"" name "\" oor:op=\"fuse\"><value>" value "</value></prop></item>\n"
    SETTING("/org.openoffice.Inet/Settings", "ooInetProxyType", "2")
    SETTING("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1")
    SETTING("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9")
    SETTING("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1")
    SETTING("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9")
    SETTING("/org.openoffice.Inet/Settings", "ooInetNoProxy", "")
    SETTING("/org.openoffice.Office.Calc/Content/Update", "Link", "2")
    SETTING("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3")
#undef SETTING
    "</oor:items>\n";

enum { TIMEOUT_MS = 120000, CPU_SECONDS = 100, FILE_BYTES = 256 << 20 };

static ari_status write_profile(ari_arena *arena, const char *folder, ari_findings *fs) {
  const char *user = ari_str_join(arena, ari_str_of(folder), ARI_STR("/profile/user"));
  const char *file = ari_str_join(arena, ari_str_of(folder), ARI_STR("/profile/user/registrymodifications.xcu"));
  if (!user || !file) return ARI_NOMEM;
  ari_status status = ari_folder_make(user, fs);
  return status == ARI_OK ? ari_newfile_write(file, ari_str_of(settings), fs) : status;
}

/* Its name and its folder are ours: nothing of what the user wrote reaches the program but the bytes. */
static ari_status run_office(ari_arena *arena, const char *program, const char *folder, const char *name, bool *good, ari_findings *fs) {
  const char *profile = ari_str_join(arena, ARI_STR("-env:UserInstallation=file://"), ari_str_of(folder), ARI_STR("/profile"));
  const char *home = ari_str_join(arena, ARI_STR("HOME="), ari_str_of(folder)), *temp = ari_str_join(arena, ARI_STR("TMPDIR="), ari_str_of(folder));
  const char *argv[] = {"soffice", profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", folder, name, NULL};
  const char *environment[] = {"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", home, temp, NULL};
  ari_process p = {.program = program, .argv = argv, .envp = environment, .cwd = folder, .timeout_ms = TIMEOUT_MS, .cpu_seconds = CPU_SECONDS, .file_bytes = FILE_BYTES};
  if (!profile || !home || !temp) return ARI_NOMEM;
  ari_status status = ari_process_start(&p, fs);
  if (status == ARI_OK) ari_process_wait(&p, 1);
  *good = status == ARI_OK && p.exit_status == 0;
  ari_buf_free(&p.err);
  return status;
}

static bool keep_bytes(void *to, const char *bytes, size_t n) {
  ari_buf *b = to;
  ari_buf_str(b, (ari_str){bytes, n});
  return !b->failed;
}

/* What workbook.c reads. Pictures and what was fetched by links stay out: a round keeps no other files of the machine it was made on. */
static bool is_read(ari_str name) {
  static const char *const parts[] = {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"};
  for (size_t i = 0; i < ARI_COUNT(parts); i++)
    if (ari_str_is(name, parts[i])) return true;
  return ari_str_starts(name, "xl/worksheets/sheet");
}

static ari_status store_parts(const ari_archive *from, ari_zip *to, ari_buf *part, ari_findings *fs) {
  ari_status status = ARI_OK;
  for (size_t i = 0; i < ari_archive_count(from) && status == ARI_OK; i++) {
    if (!is_read(ari_archive_name(from, i))) continue;
    ari_buf_clear(part);
    status = ari_archive_read(from, i, part, fs);
    if (status == ARI_OK) ari_zip_store(to, ari_archive_name(from, i), ari_buf_view(part));
  }
  return status;
}

/* The same parts without the time of day that LibreOffice puts beside each: one file turned into a workbook twice has one hash. What cannot be opened
 * stays as it is, for the reader to tell. */
static ari_status forget_times(ari_source *s) {
  const ari_archive_limits limits = ari_workbook_limits();
  ari_archive *from = NULL;
  ari_findings unseen = {0};
  ari_buf part = {0}, all = {0};
  ari_zip *to = ari_zip_new((ari_sink){keep_bytes, &all});
  ari_status status = to ? ari_archive_open(&from, s->bytes, &limits, ARI_NOWHERE, &unseen) : ARI_NOMEM;
  if (status == ARI_OK) status = store_parts(from, to, &part, &unseen);
  ari_status closed = to ? ari_zip_close(to) : ARI_OK;
  ari_archive_close(from);
  ari_buf_char(&all, '\0');
  bool good = status == ARI_OK && closed == ARI_OK && !all.failed;
  if (good) {
    ari_source_forget(s);
    ari_source_give(s, all.p, all.n - 1);
  } else ari_buf_free(&all);
  ari_buf_free(&part);
  ari_findings_free(&unseen);
  return status == ARI_NOMEM || closed == ARI_NOMEM ? ARI_NOMEM : ARI_OK;
}

/* The bytes of folder/in.xlsx become the source's. */
static ari_status take_result(ari_arena *arena, ari_source *s, int32_t file, const char *folder, bool good, ari_findings *fs) {
  const char *path = ari_str_join(arena, ari_str_of(folder), ARI_STR("/in.xlsx"));
  if (!path) return ARI_NOMEM;
  if (!good || ari_path_what(path) != ARI_PATH_FILE) {
    ari_findings_add(fs, ARI_F0934, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_text(s->name)}});
    return ARI_MACHINE;
  }
  ari_source made = {.name = ari_str_of(path)};
  ari_status status = ari_source_load(&made, file, ARI_WORKBOOK_BYTES, false, fs);
  if (status != ARI_OK || !made.loaded) {
    ari_source_forget(&made);
    return status;
  }
  ari_source_give(s, (char *)(uintptr_t)made.bytes.p, made.bytes.n);
  return forget_times(s);
}

static ari_status convert(ari_arena *arena, const ari_source *from, ari_source *s, int32_t file, const char *program, const char *folder, const char *name,
                          ari_findings *fs) {
  const char *path = ari_str_join(arena, ari_str_of(folder), ARI_STR("/"), ari_str_of(name));
  bool good = false;
  if (!path) return ARI_NOMEM;
  ari_status status = ari_newfile_write(path, from->bytes, fs);
  if (status == ARI_OK) status = write_profile(arena, folder, fs);
  if (status == ARI_OK) status = run_office(arena, program, folder, name, &good, fs);
  return status == ARI_OK ? take_result(arena, s, file, folder, good, fs) : status;
}

ari_status ari_office_load(ari_source *s, int32_t file, const char *name, const ari_office *office, ari_findings *fs) {
  ari_arena arena = {0};
  ari_source from = {.name = s->name};
  const char *wanted = office->program ? office->program : "soffice", *temp = office->temp_folder ? office->temp_folder : "/tmp", *folder = NULL, *program = NULL;
  ari_status status = ari_source_load(&from, file, ARI_WORKBOOK_BYTES, false, fs);
  if (status == ARI_OK && from.loaded) {
    program = ari_process_find(&arena, wanted, office->path);
    if (!program && errno == ENOMEM) status = ARI_NOMEM;
    else if (!program) {
      ari_findings_add(fs, ARI_F0933, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_text(s->name), ari_arg_c(wanted)}});
      status = ARI_MACHINE;
    } else if (!(folder = ari_folder_private(&arena, temp))) status = ari_file_failed(fs, ARI_NOWHERE, temp, errno);
  }
  if (folder) {
    status = convert(&arena, &from, s, file, program, folder, name, fs);
    ari_folder_remove(folder);
  }
  ari_source_forget(&from);
  ari_arena_free(&arena);
  return status;
}
