/* ari report: one report in one file, in the format that its name asks for (ari(1)). It appears whole or not at all. */
#include "report.h"

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

/* The page with its charts, which are drawn in a private folder. */
static ari_status write_html(ari_work *work, ari_sink to) {
  const char *parent = work->options.temp_folder ? work->options.temp_folder : "/tmp";
  char *folder = ari_folder_private(&work->arena, parent);
  if (!folder) return ari_file_failed(&work->findings, ARI_NOWHERE, parent, errno);
  ari_chart *charts = NULL;
  size_t n = 0;
  ari_status status = ari_report_charts(work, folder, &charts, &n);
  if (status == ARI_OK) status = ari_report_html(work, charts, n, folder, to);
  ari_folder_remove(folder);
  return status;
}

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
