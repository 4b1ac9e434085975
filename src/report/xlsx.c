/* XLSX (Office Open XML, ECMA-376 part 1) as far as tables and bar charts need it, straight from exact figures: a cell holds the same digits as the CSV,
 * and text is a string wherever it stands, never a formula. Cells come row by row and leave as they come. */
#include "report.h"

#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

enum { LONGEST_TEXT = 32767, LONGEST_NAME = 31, FULL = 1 << 15, FIT = 24 };

/* ---- text ---- */

static size_t count_units(uint32_t c) { return c > 0xFFFF ? 2 : 1; }   /* Excel counts in UTF-16 */

static void put_escaped(ari_buf *b, ari_str s) {
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    if (c == '<') ari_buf_text(b, "&lt;");
    else if (c == '>') ari_buf_text(b, "&gt;");
    else if (c == '&') ari_buf_text(b, "&amp;");
    else if (c == '"') ari_buf_text(b, "&quot;");
    else ari_buf_char(b, c);
  }
}

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* "_x0041_" in a cell would be read as "A" (ST_Xstring). */
static bool is_code(ari_str s, size_t i) {
  return s.n - i >= 7 && s.p[i] == '_' && s.p[i + 1] == 'x' && is_hex(s.p[i + 2]) && is_hex(s.p[i + 3]) && is_hex(s.p[i + 4]) && is_hex(s.p[i + 5])
      && s.p[i + 6] == '_';
}

void ari_xlsx_put_text(ari_buf *b, ari_str text) {
  ari_buf shown = {0};
  ari_buf_visible(&shown, text);
  ari_str s = ari_buf_view(&shown);
  size_t units = 0, from = 0;
  for (size_t i = 0, len; i < s.n; i += len) {
    units += count_units(ari_utf8_decode(s.p + i, s.n - i, &len)) + (is_code(s, i) ? 6 : 0);
    bool cut = units > LONGEST_TEXT - 1;
    if (!cut && !is_code(s, i)) continue;
    put_escaped(b, ari_str_sub(s, from, i));
    ari_buf_text(b, cut ? "…" : "_x005F");
    from = cut ? s.n : i;
    if (cut) break;
  }
  put_escaped(b, ari_str_sub(s, from, s.n));
  if (shown.failed) b->failed = true;
  ari_buf_free(&shown);
}

void ari_xlsx_name(ari_buf *b, size_t number, ari_str title) {
  ari_buf shown = {0};
  size_t start = b->n, units;
  if (number) ari_buf_printf(b, "%zu. ", number);
  units = b->n - start;
  ari_buf_visible(&shown, title);
  for (size_t i = 0, len; i < shown.n; i += len) {
    units += count_units(ari_utf8_decode(shown.p + i, shown.n - i, &len));
    if (units > LONGEST_NAME - 1 && i + len < shown.n) {
      ari_buf_text(b, "…");
      break;
    }
    if (memchr("[]:*?/\\'", shown.p[i], 8)) ari_buf_char(b, ' ');
    else ari_buf_put(b, shown.p + i, len);
  }
  if (shown.failed) b->failed = true;
  ari_buf_free(&shown);
}

/* ---- places ---- */

static void put_column(ari_buf *b, size_t column) {
  char letters[8];
  size_t n = 0;
  for (column++; column > 0; column = (column - 1) / 26) letters[n++] = (char)('A' + (column - 1) % 26);
  while (n > 0) ari_buf_char(b, letters[--n]);
}

static void put_cell_name(ari_buf *b, size_t row, size_t column) {
  put_column(b, column);
  ari_buf_printf(b, "%zu", row + 1);
}

/* 'Bảng'!$A$1:$C$9, both ends included. */
void ari_xlsx_put_area(ari_buf *b, ari_str sheet, size_t row, size_t column, size_t last_row, size_t last_column) {
  ari_buf_char(b, '\'');
  put_escaped(b, sheet);
  ari_buf_text(b, "'!$");
  put_column(b, column);
  ari_buf_printf(b, "$%zu", row + 1);
  if (row == last_row && column == last_column) return;
  ari_buf_text(b, ":$");
  put_column(b, last_column);
  ari_buf_printf(b, "$%zu", last_row + 1);
}

/* ---- parts ---- */

static void begin(ari_xlsx *x, const char *format, size_t number) {
  ari_buf name = {0};
  ari_buf_text(&name, "");
  const char *place = strchr(format, '#');
  ari_buf_put(&name, format, place ? (size_t)(place - format) : strlen(format));
  if (place) ari_buf_printf(&name, "%zu%s", number, place + 1);
  ari_buf_char(&name, '\0');
  if (name.failed) x->b.failed = true;
  ari_zip_begin(x->zip, name.failed ? "" : name.p);
  ari_buf_free(&name);
  ari_buf_text(&x->b, HEAD);
}

static void flush(ari_xlsx *x) {
  ari_zip_put(x->zip, ari_buf_view(&x->b));
  ari_buf_clear(&x->b);
}

static void end(ari_xlsx *x) {
  flush(x);
  ari_zip_end(x->zip);
}

static void put_override(ari_buf *b, const char *part, size_t number, const char *type) {
  ari_buf_printf(b, "<Override PartName=\"/xl/%s%zu.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.%s+xml\"/>", part, number, type);
}

static void write_types(ari_xlsx *x) {
  ari_buf *b = &x->b;
  size_t charts = 0;
  begin(x, "[Content_Types].xml", 0);
  ari_buf_text(b, "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                  "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                  "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                  "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                  "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
  for (size_t i = 0; i < x->n_sheets; i++) {
    put_override(b, "worksheets/sheet", i + 1, "spreadsheetml.worksheet");
    if (x->sheets[i].n_charts) put_override(b, "drawings/drawing", i + 1, "drawing");
    for (size_t c = 0; c < x->sheets[i].n_charts; c++) put_override(b, "charts/chart", ++charts, "drawingml.chart");
  }
  ari_buf_text(b, "</Types>");
  end(x);
}

static void start_relations(ari_xlsx *x, const char *part, size_t number) {
  begin(x, part, number);
  ari_buf_text(&x->b, "<Relationships xmlns=\"" PACKAGE "relationships\">");
}

static void put_relation(ari_xlsx *x, size_t id, const char *type, const char *target) {
  ari_buf_printf(&x->b, "<Relationship Id=\"rId%zu\" Type=\"%s\" Target=\"%s\"/>", id, type, target);
}

static void put_numbered(ari_xlsx *x, size_t id, const char *type, const char *target, size_t number) {
  ari_buf_printf(&x->b, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/%s\" Target=\"%s%zu.xml\"/>", id, type, target, number);
}

static void end_relations(ari_xlsx *x) {
  ari_buf_text(&x->b, "</Relationships>");
  end(x);
}

static void write_relations(ari_xlsx *x) {
  start_relations(x, "_rels/.rels", 0);
  put_relation(x, 1, OFFICE "/officeDocument", "xl/workbook.xml");
  put_relation(x, 2, PACKAGE "relationships/metadata/core-properties", "docProps/core.xml");
  end_relations(x);
  start_relations(x, "xl/_rels/workbook.xml.rels", 0);
  for (size_t i = 0; i < x->n_sheets; i++) put_numbered(x, i + 1, "worksheet", "worksheets/sheet", i + 1);
  put_relation(x, x->n_sheets + 1, OFFICE "/styles", "styles.xml");
  end_relations(x);
}

/* When it was made is when the caller says, so that the same input gives the same bytes. */
static void write_core(ari_xlsx *x, ari_str title, int64_t now) {
  ari_buf *b = &x->b;
  begin(x, "docProps/core.xml", 0);
  ari_buf_text(b, "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                  " xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
  ari_xlsx_put_text(b, title);
  ari_buf_text(b, "</dc:title><dc:creator>ari " ARI_VERSION "</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
  ari_buf_time(b, now, ARI_AS_DATA);
  ari_buf_text(b, "</dcterms:created></cp:coreProperties>");
  end(x);
}

static void put_defined(ari_xlsx *x, size_t sheet, const char *name) {
  ari_buf_printf(&x->b, "<definedName name=\"_xlnm.%s\" localSheetId=\"%zu\"%s>", name, sheet, strcmp(name, "_FilterDatabase") == 0 ? " hidden=\"1\"" : "");
}

/* What filters, what is printed, and which rows and columns stand on every page. */
static void put_names(ari_xlsx *x, size_t i) {
  const ari_xlsx_sheet *s = &x->sheets[i];
  ari_buf *b = &x->b;
  if (s->filter) {
    put_defined(x, i, "_FilterDatabase");
    ari_xlsx_put_area(b, s->name, s->head - 1, 0, s->rows - 1, s->columns - 1);
    ari_buf_text(b, "</definedName>");
  }
  put_defined(x, i, "Print_Area");
  ari_xlsx_put_area(b, s->name, 0, 0, s->rows - 1, s->columns - 1);
  ari_buf_text(b, "</definedName>");
  if (!s->head) return;
  put_defined(x, i, "Print_Titles");
  ari_buf_char(b, '\'');
  put_escaped(b, s->name);
  ari_buf_text(b, "'!$A:$");
  put_column(b, s->left - 1);
  ari_buf_text(b, ",'");
  put_escaped(b, s->name);
  ari_buf_printf(b, "'!$%zu:$%zu</definedName>", s->repeat + 1, s->head);
}

static void write_workbook(ari_xlsx *x) {
  ari_buf *b = &x->b;
  begin(x, "xl/workbook.xml", 0);
  ari_buf_text(b, "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><workbookPr/><bookViews><workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"28800\" windowHeight=\"15000\"/>"
                  "</bookViews><sheets>");
  for (size_t i = 0; i < x->n_sheets; i++) {
    ari_buf_text(b, "<sheet name=\"");
    put_escaped(b, x->sheets[i].name);
    ari_buf_printf(b, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
  }
  ari_buf_text(b, "</sheets><definedNames>");
  for (size_t i = 0; i < x->n_sheets; i++) put_names(x, i);
  ari_buf_text(b, "</definedNames></workbook>");
  end(x);
}

/* ---- styles: the cell formats of ari_xlsx_style, then one for figures of each number of decimals ---- */

static void write_styles(ari_xlsx *x) {
  ari_buf *b = &x->b;
  begin(x, "xl/styles.xml", 0);
  ari_buf_printf(b, "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"%d\">", ARI_XLSX_DECIMALS + 1);
  for (int d = 0; d <= ARI_XLSX_DECIMALS; d++) ari_buf_printf(b, "<numFmt numFmtId=\"%d\" formatCode=\"#,##0%.*s\"/>", 164 + d, d ? d + 1 : 0, ".000000000000");
  ari_buf_text(b, "</numFmts><fonts count=\"4\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
                  "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
                  "<font><b/><sz val=\"14\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
                  "<font><sz val=\"11\"/><color rgb=\"FF57606A\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
                  "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
                  "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF4F6F8\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
                  "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/>"
                  "<bottom style=\"thin\"><color rgb=\"FFD0D7DE\"/></bottom><diagonal/></border></borders>"
                  "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>");
  ari_buf_printf(b, "<cellXfs count=\"%d\">", ARI_XLSX_FIGURE + ARI_XLSX_DECIMALS + 1);
  static const struct { int format, font, fill, border; const char *alignment; } styles[ARI_XLSX_FIGURE] = {
      [ARI_XLSX_PLAIN] = {0, 0, 0, 0, ""}, [ARI_XLSX_TITLE] = {49, 2, 0, 0, ""}, [ARI_XLSX_SOFT] = {49, 3, 0, 0, "vertical=\"top\""},
      [ARI_XLSX_HEADING] = {49, 1, 2, 1, "horizontal=\"center\" vertical=\"top\" wrapText=\"1\""}, [ARI_XLSX_TEXT] = {49, 0, 0, 1, "horizontal=\"left\" vertical=\"top\" wrapText=\"1\" indent=\"1\""},
      [ARI_XLSX_COUNT] = {1, 0, 0, 1, "vertical=\"top\""}};
  for (int i = 0; i < ARI_XLSX_FIGURE; i++) {
    /* quotePrefix: what begins like a formula stays text when the cell is edited */
    bool quoted = i == ARI_XLSX_QUOTED || i == ARI_XLSX_QUOTED_HEADING;
    int s = i == ARI_XLSX_QUOTED ? ARI_XLSX_TEXT : i == ARI_XLSX_QUOTED_HEADING ? ARI_XLSX_HEADING : i;
    ari_buf_printf(b, "<xf numFmtId=\"%d\" fontId=\"%d\" fillId=\"%d\" borderId=\"%d\" xfId=\"0\"%s applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\""
                      " applyAlignment=\"1\"><alignment %s/></xf>", styles[s].format, styles[s].font, styles[s].fill, styles[s].border, quoted ? " quotePrefix=\"1\"" : "",
                   styles[s].alignment);
  }
  for (int d = 0; d <= ARI_XLSX_DECIMALS; d++)
    ari_buf_printf(b, "<xf numFmtId=\"%d\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyBorder=\"1\" applyAlignment=\"1\">"
                      "<alignment vertical=\"top\"/></xf>", 164 + d);
  ari_buf_text(b, "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>");
  end(x);
}

/* ---- sheets ---- */

static void put_view(ari_xlsx *x, const ari_xlsx_sheet *s) {
  ari_buf *b = &x->b;
  ari_buf_printf(b, "<sheetViews><sheetView%s workbookViewId=\"0\">", x->sheet == 1 ? " tabSelected=\"1\"" : "");
  if (s->head && s->left) {
    ari_buf_printf(b, "<pane xSplit=\"%zu\" ySplit=\"%zu\" topLeftCell=\"", s->left, s->head);
    put_cell_name(b, s->head, s->left);
    ari_buf_text(b, "\" activePane=\"bottomRight\" state=\"frozen\"/><selection pane=\"topRight\"/><selection pane=\"bottomLeft\"/><selection pane=\"bottomRight\"/>");
  }
  ari_buf_text(b, "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
  for (size_t c = 0; c < s->columns; c++) ari_buf_printf(b, "<col min=\"%zu\" max=\"%zu\" width=\"%d\" customWidth=\"1\"/>", c + 1, c + 1, s->widths[c]);
  ari_buf_text(b, "</cols><sheetData>");
}

size_t ari_xlsx_lines(ari_str text, size_t width) { return ari_utf8_width(text) * 6 / (5 * width) + 1; }   /* words end before the line does */

const ari_xlsx_sheet *ari_xlsx_begin_sheet(ari_xlsx *x) {
  const ari_xlsx_sheet *s = &x->sheets[x->sheet++];
  ari_buf *b = &x->b;
  x->row = x->column = 0;
  begin(x, "xl/worksheets/sheet#.xml", x->sheet);
  ari_buf_text(b, "<worksheet xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">");
  if (s->columns <= FIT) ari_buf_text(b, "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");   /* more would be too small to read on one page */
  ari_buf_text(b, "<dimension ref=\"A1:");
  put_cell_name(b, s->rows - 1, s->columns - 1);
  ari_buf_text(b, "\"/>");
  put_view(x, s);
  ari_buf_text(b, "<row r=\"1\">");
  return s;
}

void ari_xlsx_next_row(ari_xlsx *x, size_t lines) {
  enum { LINE = 15, MOST = 27 };   /* points; a row has 409 of them at most */
  x->row++;
  x->column = 0;
  ari_buf_printf(&x->b, "</row><row r=\"%zu\"", x->row + 1);
  if (lines > 1) ari_buf_printf(&x->b, " ht=\"%zu\" customHeight=\"1\"", (lines < MOST ? lines : MOST) * LINE);
  ari_buf_char(&x->b, '>');
  if (x->b.n >= FULL) flush(x);
}

static void start_cell(ari_xlsx *x, int style) {
  ari_buf_text(&x->b, "<c r=\"");
  put_cell_name(&x->b, x->row, x->column++);
  ari_buf_printf(&x->b, "\" s=\"%d\"", style);
}

void ari_xlsx_text(ari_xlsx *x, ari_xlsx_style style, ari_str s) {
  if (s.n && memchr("=+-@", s.p[0], 4)) style = style == ARI_XLSX_HEADING ? ARI_XLSX_QUOTED_HEADING : style == ARI_XLSX_TEXT ? ARI_XLSX_QUOTED : style;
  start_cell(x, (int)style);
  if (!s.n) {
    ari_buf_text(&x->b, "/>");
    return;
  }
  ari_buf_text(&x->b, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
  ari_xlsx_put_text(&x->b, s);
  ari_buf_text(&x->b, "</t></is></c>");
}

/* How many decimals a figure has. */
static int count_decimals(int64_t e12) {
  int decimals = ARI_XLSX_DECIMALS;
  for (; decimals > 0 && e12 % 10 == 0; decimals--) e12 /= 10;
  return decimals;
}

void ari_xlsx_figure(ari_xlsx *x, bool there, int64_t e12, int decimals) {
  int own = count_decimals(e12);
  start_cell(x, ARI_XLSX_FIGURE + (!there || own < decimals ? (decimals < 0 ? 0 : decimals) : own));
  if (there) {
    ari_buf_text(&x->b, "><v>");
    ari_buf_e12(&x->b, e12, -1, ARI_AS_DATA);
    ari_buf_text(&x->b, "</v></c>");
  } else ari_buf_text(&x->b, "/>");
}

void ari_xlsx_count(ari_xlsx *x, int n) {
  start_cell(x, ARI_XLSX_COUNT);
  if (n) ari_buf_printf(&x->b, "><v>%d</v></c>", n);
  else ari_buf_text(&x->b, "/>");
}

void ari_xlsx_end_sheet(ari_xlsx *x) {
  const ari_xlsx_sheet *s = &x->sheets[x->sheet - 1];
  ari_buf *b = &x->b;
  ari_buf_text(b, "</row></sheetData>");
  if (s->filter) {
    ari_buf_text(b, "<autoFilter ref=\"");
    put_cell_name(b, s->head - 1, 0);
    ari_buf_char(b, ':');
    put_cell_name(b, s->rows - 1, s->columns - 1);
    ari_buf_text(b, "\"/>");
  }
  ari_buf_text(b, "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
                  "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;A  &amp;P / &amp;N</oddFooter></headerFooter>"
                  "<ignoredErrors><ignoredError sqref=\"A1:");
  put_cell_name(b, s->rows - 1, s->columns - 1);
  ari_buf_text(b, "\" numberStoredAsText=\"1\"/></ignoredErrors>");   /* ids such as 1.10 are text on purpose */
  if (s->n_charts) ari_buf_text(b, "<drawing r:id=\"rId1\"/>");
  ari_buf_text(b, "</worksheet>");
  end(x);
  if (!s->n_charts) return;
  start_relations(x, "xl/worksheets/_rels/sheet#.xml.rels", x->sheet);
  put_numbered(x, 1, "drawing", "../drawings/drawing", x->sheet);
  end_relations(x);
  begin(x, "xl/drawings/drawing#.xml", x->sheet);
  ari_xlsx_put_drawing(b, s);
  end(x);
  start_relations(x, "xl/drawings/_rels/drawing#.xml.rels", x->sheet);
  for (size_t c = 0; c < s->n_charts; c++) put_numbered(x, c + 1, "chart", "../charts/chart", x->chart + c + 1);
  end_relations(x);
  for (size_t c = 0; c < s->n_charts; c++) {
    begin(x, "xl/charts/chart#.xml", ++x->chart);
    ari_xlsx_put_chart(b, s, &s->charts[c]);
    end(x);
  }
}

/* ---- the whole ---- */

ari_status ari_xlsx_open(ari_xlsx *x, ari_sink to, const ari_xlsx_sheet *sheets, size_t n, ari_str title, int64_t now) {
  *x = (ari_xlsx){.zip = ari_zip_new(to), .sheets = sheets, .n_sheets = n};
  if (!x->zip) return ARI_NOMEM;
  write_types(x);
  write_relations(x);
  write_core(x, title, now);
  write_workbook(x);
  write_styles(x);
  return ARI_OK;
}

bool ari_xlsx_failed(const ari_xlsx *x) { return x->b.failed || ari_zip_failed(x->zip); }

ari_status ari_xlsx_close(ari_xlsx *x, bool *too_large) {
  bool no_memory = x->b.failed;
  *too_large = ari_zip_too_large(x->zip);
  ari_status status = ari_zip_close(x->zip);
  ari_buf_free(&x->b);
  return no_memory ? ARI_NOMEM : status;
}
