/* ari report: one report in one file, in the format that its name asks for, and each agency's page as a file of its own (ari(1)). A file appears whole or
 * not at all. */
#include "inside.h"

#include <errno.h>

static const char *const SUFFIXES[ARI_REPORT_FORMATS] = {
    [ARI_REPORT_HTML] = ".html", [ARI_REPORT_XLSX] = ".xlsx", [ARI_REPORT_MARKDOWN] = ".md", [ARI_REPORT_JSON] = ".json", [ARI_REPORT_CSV] = ".csv"};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static bool ends_with(ari_str path, ari_str suffix) {
  if (path.n <= suffix.n) return false;
  const char *end = path.p + path.n - suffix.n;
  for (size_t i = 0; i < suffix.n; i++)
    if (lower(end[i]) != suffix.p[i]) return false;
  return end[-1] != '/';
}

bool ari_report_format_of(const char *path, ari_report_format *out) {
  for (int i = 0; i < ARI_REPORT_FORMATS; i++) {
    if (!SUFFIXES[i] || !ends_with(ari_str_of(path), ari_str_of(SUFFIXES[i]))) continue;
    *out = (ari_report_format)i;
    return true;
  }
  return false;
}

/* `with` has the charts of a report, drawn in a private folder that goes again. */
static ari_status with_charts(ari_work *work, ari_status (*with)(ari_work *work, const ari_drawn *drawn, const void *more), const void *more) {
  const char *parent = work->options.temp_folder ? work->options.temp_folder : "/tmp";
  ari_drawn drawn = {.folder = ari_folder_private(&work->arena, parent)};
  if (!drawn.folder) return ari_file_failed(&work->findings, ARI_NOWHERE, parent, errno);
  ari_status status = ari_report_charts(work, &drawn);
  if (status == ARI_OK) status = with(work, &drawn, more);
  ari_folder_remove(drawn.folder);
  return status;
}

static ari_status write_page(ari_work *work, const ari_drawn *drawn, const void *to) { return ari_report_html(work, drawn, *(const ari_sink *)to); }
static ari_status write_html(ari_work *work, ari_sink to) { return with_charts(work, write_page, &to); }

/* `write` into a file that appears whole or not at all. */
static ari_status write_file(ari_work *work, const char *path, ari_status (*write)(ari_work *work, ari_sink to)) {
  ari_newfile file;
  ari_status status = ari_newfile_open(&file, path, &work->findings);
  if (status != ARI_OK) return status;
  ari_status written = write(work, ari_newfile_sink(&file));
  status = ari_newfile_close(&file, written == ARI_OK, &work->findings);
  if (status == ARI_OK) status = written;
  return status != ARI_OK ? status : ari_work_status(work);
}

/* People fill it in: what is there is not written over. */
ari_status ari_write_worksheet(ari_work *work, const char *path) {
  if (!work->result) return ARI_MISUSE;
  if (ari_path_what(path) != ARI_PATH_FILE) return write_file(work, path, ari_report_worksheet);
  ari_findings_add(&work->findings, ARI_F0569, ARI_NOWHERE, &(ari_args){{ari_arg_c(path)}});
  return ARI_MACHINE;
}

ari_status ari_write_report(ari_work *work, ari_report_format format, const char *path) {
  static ari_status (*const WRITERS[ARI_REPORT_FORMATS])(ari_work *work, ari_sink to) = {
      [ARI_REPORT_HTML] = write_html, [ARI_REPORT_XLSX] = ari_report_workbook, [ARI_REPORT_MARKDOWN] = ari_report_markdown,
      [ARI_REPORT_JSON] = ari_report_json,
      [ARI_REPORT_CSV] = ari_write_ranking_csv, [ARI_REPORT_EXCEL_CSV] = ari_write_ranking_excel};
  return work->result && (unsigned)format < ARI_REPORT_FORMATS ? write_file(work, path, WRITERS[format]) : ARI_MISUSE;
}

ari_status ari_write_own_sheet(ari_work *work, const char *path) { return work->assessment ? write_file(work, path, ari_report_own_sheet) : ARI_MISUSE; }

/* ---- each agency's page ---- */

/* "folder/H44.20.html": of an id, what is no plain letter, digit, dot, underscore or hyphen is written as in an address, %C4%90. */
static void put_page_path(ari_buf *b, const char *folder, ari_str id) {
  ari_buf_printf(b, "%s/", folder);
  for (size_t i = 0; i < id.n; i++) {
    char c = id.p[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (plain) ari_buf_char(b, c);
    else ari_buf_printf(b, "%%%02X", (unsigned)(unsigned char)c);
  }
  ari_buf_text(b, ".html");
  ari_buf_char(b, '\0');
}

static ari_status write_agency(ari_work *work, const ari_drawn *drawn, const char *folder, size_t agency) {
  ari_buf path = {0};
  ari_newfile file;
  put_page_path(&path, folder, work->evidence->agencies->items[agency].id);
  ari_status status = path.failed ? ARI_NOMEM : ari_newfile_open(&file, path.p, &work->findings);
  if (status == ARI_OK) {
    ari_status written = ari_report_agency(work, drawn, agency, ari_newfile_sink(&file));
    status = ari_newfile_close(&file, written == ARI_OK, &work->findings);
    if (status == ARI_OK) status = written;
  }
  ari_buf_free(&path);
  return status;
}

static ari_status write_agencies(ari_work *work, const ari_drawn *drawn, const void *folder) {
  ari_status status = ari_folder_make(folder, &work->findings);
  for (size_t i = 0; i < work->result->n_agencies && status == ARI_OK; i++) status = write_agency(work, drawn, folder, i);
  return status;
}

ari_status ari_write_agency_pages(ari_work *work, const char *folder) {
  if (!work->result) return ARI_MISUSE;
  ari_status status = with_charts(work, write_agencies, folder);
  return status != ARI_OK ? status : ari_work_status(work);
}
