/* What a file is by its content, where its name says otherwise: a workbook of another program, a text, a package (ari-evidence(5), "Workbooks"). */
#include "inside.h"

#include <string.h>

static bool holds(ari_str bytes, const char *word) {
  size_t n = strlen(word);
  for (const char *p = bytes.p, *end = p + bytes.n; n <= (size_t)(end - p) && (p = memchr(p, word[0], (size_t)(end - p) - n + 1)); p++)
    if (memcmp(p, word, n) == 0) return true;
  return false;
}

/* Gnumeric saves XML, packed by gzip or as it is. */
static bool is_gnumeric(ari_str head) { return holds(head, "http://www.gnumeric.org/"); }

static bool begins(ari_str bytes, const char *with, size_t n) { return bytes.n >= n && memcmp(bytes.p, with, n) == 0; }

/* OpenDocument says what it is in its first part. */
static ari_status kind_of_type(const ari_archive *a, size_t part, ari_content *out) {
  static const char type[] = "application/vnd.oasis.opendocument.";
  ari_buf bytes = {0};
  ari_findings unseen = {0};
  ari_status status = ari_archive_size(a, part) > 1000 ? ARI_INPUT : ari_archive_read(a, part, &bytes, &unseen);
  ari_str text = status == ARI_OK ? ari_buf_view(&bytes) : ARI_STR("");
  if (begins(text, type, sizeof type - 1)) {
    text = ari_str_sub(text, sizeof type - 1, text.n);
    *out = ari_str_starts(text, "spreadsheet") ? ARI_CONTENT_ODS : ari_str_starts(text, "presentation") ? ARI_CONTENT_SLIDES : ARI_CONTENT_TEXT;
  }
  ari_buf_free(&bytes);
  ari_findings_free(&unseen);
  return status == ARI_NOMEM ? ARI_NOMEM : ARI_OK;
}

/* By a part that files of the kind have and others do not. */
static ari_status kind_of_archive(ari_str bytes, ari_content *out) {
  static const struct { const char *part; ari_content content; } parts[] = {
    {"manifest.json", ARI_CONTENT_PACKAGE}, {"xl/workbook.xml", ARI_CONTENT_XLSX}, {"xl/workbook.bin", ARI_CONTENT_XLSB}, {"word/document.xml", ARI_CONTENT_TEXT}, {"ppt/presentation.xml", ARI_CONTENT_SLIDES},
    {"Index/CalculationEngine.iwa", ARI_CONTENT_NUMBERS}};
  const ari_archive_limits limits = {.entries = ARI_PACKAGE_FILES, .unpacked = UINT64_MAX, .ratio = UINT32_MAX};   /* nothing is unpacked but a type */
  ari_archive *a = NULL;
  ari_findings unseen = {0};
  size_t part;
  ari_status status = ari_archive_open(&a, bytes, &limits, ARI_NOWHERE, &unseen);
  if (status == ARI_OK && ari_archive_find(a, ARI_STR("mimetype"), &part)) status = kind_of_type(a, part, out);
  for (size_t i = 0; i < ARI_COUNT(parts) && status == ARI_OK && *out == ARI_CONTENT_PACKED; i++)
    if (ari_archive_find(a, ari_str_of(parts[i].part), &part)) *out = parts[i].content;
  ari_archive_close(a);
  ari_findings_free(&unseen);
  return status == ARI_NOMEM ? ARI_NOMEM : ARI_OK;
}

ari_status ari_content_of(ari_str bytes, ari_content *out) {
  char head[ARI_CONTENT_HEAD];
  size_t n;
  *out = ari_content_begins(bytes);
  if (*out != ARI_CONTENT_PACKED) return ARI_OK;
  if (ari_archive_is(bytes)) return kind_of_archive(bytes, out);
  ari_status status = ari_gunzip_head(bytes, head, sizeof head, &n);
  if (is_gnumeric((ari_str){head, n})) *out = ARI_CONTENT_GNUMERIC;
  return status;
}

/* "ari:answers","id",…: cell A1 of a sheet of a form, in whatever encoding and with whatever separator. */
static bool is_form_table(ari_str head) {
  static const char *const words[] = {ARI_FORM_ABOUT, ARI_FORM_ANSWERS, ARI_FORM_LISTS, ARI_FORM_DOCUMENTS};
  bool is = false;
  if (begins(head, "\xEF\xBB\xBF", 3)) head = ari_str_sub(head, 3, head.n);
  if (begins(head, "\"", 1)) head = ari_str_sub(head, 1, head.n);
  for (size_t i = 0; i < ARI_COUNT(words); i++) is |= begins(head, words[i], strlen(words[i]));
  return is;
}

ari_content ari_content_begins(ari_str bytes) {
  if (ari_archive_is(bytes) || begins(bytes, "\x1F\x8B", 2)) return ARI_CONTENT_PACKED;
  if (ari_workbook_is(bytes)) return ARI_CONTENT_XLS;
  if (begins(bytes, "%PDF-", 5)) return ARI_CONTENT_PDF;
  if (is_form_table(bytes)) return ARI_CONTENT_FORM_TABLE;
  bool xml = begins(bytes, "<?xml", 5) && is_gnumeric(ari_str_sub(bytes, 0, bytes.n < ARI_CONTENT_HEAD ? bytes.n : ARI_CONTENT_HEAD));
  return xml ? ARI_CONTENT_GNUMERIC : ARI_CONTENT_ANY;
}

bool ari_content_tell(ari_content content, ari_span at, ari_findings *fs) {
  static const struct { const char *vi, *en; ari_code code; const char *ending; } kinds[] = {
    [ARI_CONTENT_XLSX] = {"bảng tính .xlsx", "an .xlsx workbook", ARI_E0937, ".xlsx"}, [ARI_CONTENT_PACKAGE] = {"gói hồ sơ .zip", "a package (.zip)", ARI_E0937, ".zip"},
    [ARI_CONTENT_ODS] = {"OpenDocument (.ods)", "OpenDocument (.ods)", ARI_E0936, ""}, [ARI_CONTENT_XLSB] = {"Excel nhị phân (.xlsb)", "Excel's binary kind (.xlsb)", ARI_E0936, ""},
    [ARI_CONTENT_XLS] = {"Excel kiểu cũ (.xls)", "Excel's old kind (.xls)", ARI_E0936, ""}, [ARI_CONTENT_GNUMERIC] = {"Gnumeric", "Gnumeric", ARI_E0936, ""},
    [ARI_CONTENT_NUMBERS] = {"Numbers", "Numbers", ARI_E0936, ""}, [ARI_CONTENT_TEXT] = {"văn bản (.docx, .odt)", "a text (.docx, .odt)", ARI_E0938, ""},
    [ARI_CONTENT_SLIDES] = {"bản trình chiếu (.pptx, .odp)", "slides (.pptx, .odp)", ARI_E0938, ""}, [ARI_CONTENT_PDF] = {"tệp PDF", "a PDF", ARI_E0938, ""},
    [ARI_CONTENT_FORM_TABLE] = {"", "", ARI_E0949, ""}};
  if (content == ARI_CONTENT_ANY || content == ARI_CONTENT_PACKED) return false;
  ari_findings_add(fs, kinds[content].code, at, &(ari_args){{ari_arg_c(kinds[content].vi), ari_arg_c(kinds[content].en), ari_arg_c(kinds[content].ending)}});
  return true;
}
