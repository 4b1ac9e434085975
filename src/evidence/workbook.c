/* An .xlsx workbook as its cells (Office Open XML): which parts it has, its texts and formats, then its sheets. Written by Excel, LibreOffice, Gnumeric
 * or a stranger; what no spreadsheet program writes is refused. */
#include "inside.h"

#include <string.h>

enum { ENTRIES = 4096, RATIO = 1000, SHEETS = 256, TEXTS = 1000000, OWN_FORMATS = 1000, FORMATS = 1 << 16 };

typedef struct relation { ari_str id, type, target; } relation;
typedef struct own_format { uint32_t id; uint8_t format; } own_format;

typedef struct unpacking {
  ari_workbook *book;
  ari_archive *archive;
  ari_span at;
  ari_findings *fs;
  relation *relations; size_t n_relations, relations_room;   /* of one part */
  ari_str folder;            /* of the workbook's own part, with its slash */
  ari_str *sheet_ids;        /* by sheet: the relation to its part */
  own_format *own; size_t n_own, own_room;
  bool in_formats, in_text, in_phonetic;
  size_t texts_room, formats_room, sheets_room, ids_room;
  size_t bytes;              /* of all parts read: no part is read again and again */
} unpacking;

/* ---- parts --------------------------------------------------------------------------------------------------------------------- */

static ari_status refuse(const unpacking *u, ari_code code, ari_str part) {
  ari_findings_add(u->fs, code, u->at, &(ari_args){{ari_arg_text(part)}});
  return u->fs->failed ? ARI_NOMEM : ARI_INPUT;
}

/* The bytes of a part, for ari_buf_free. */
static ari_status read_part(unpacking *u, ari_str name, ari_buf *out) {
  size_t i;
  if (!ari_archive_find(u->archive, name, &i) || (u->bytes += ari_archive_size(u->archive, i)) > ARI_WORKBOOK_BYTES) return refuse(u, ARI_E0901, name);
  return ari_archive_read(u->archive, i, out, u->fs);
}

static ari_status parse_part(unpacking *u, ari_str name, ari_xml *x) {
  ari_buf bytes = {0};
  x->of = u;
  ari_status status = read_part(u, name, &bytes);
  if (status == ARI_OK) {
    status = ari_xml_read(x, ari_buf_view(&bytes));
    if (status == ARI_INPUT) refuse(u, x->code, name);
  }
  ari_buf_free(&bytes);
  return status;
}

static ari_str keep(ari_xml *x, ari_str text) {
  unpacking *u = x->of;
  ari_str copy = {0};
  if (!ari_str_copy(&u->book->memory, text, &copy)) x->no_memory = true;
  return copy;
}

static bool make_room(ari_xml *x, void **items, size_t n, size_t *room, size_t size) {
  if (ari_grow(items, n, room, size)) return true;
  x->no_memory = true;
  ari_xml_stop(x, ARI_E0907);
  return false;
}

/* ---- relations ----------------------------------------------------------------------------------------------------------------- */

static void open_relation(ari_xml *x, ari_str name, const char **attributes) {
  unpacking *u = x->of;
  if (!ari_str_is(name, "Relationship") || ari_str_is(ari_xml_attribute(attributes, "TargetMode"), "External")) return;
  if (u->n_relations == ENTRIES) ari_xml_stop(x, ARI_E0901);   /* each sheet is looked for among all of them */
  else if (make_room(x, (void **)&u->relations, u->n_relations, &u->relations_room, sizeof *u->relations)) u->relations[u->n_relations++] = (relation){
    keep(x, ari_xml_attribute(attributes, "Id")), keep(x, ari_xml_attribute(attributes, "Type")), keep(x, ari_xml_attribute(attributes, "Target"))};
}

static ari_status read_relations(unpacking *u, ari_str part) {
  ari_xml x = {.open = open_relation};
  u->n_relations = 0;
  return parse_part(u, part, &x);
}

/* Types are addresses of two standards that end in the same word. */
static const relation *find_type(const unpacking *u, const char *ending) {
  for (size_t i = 0; i < u->n_relations; i++)
    if (ari_str_ends(u->relations[i].type, ending)) return &u->relations[i];
  return NULL;
}

static const relation *find_id(const unpacking *u, ari_str id) {
  for (size_t i = 0; i < u->n_relations; i++)
    if (ari_str_eq(u->relations[i].id, id)) return &u->relations[i];
  return NULL;
}

/* A target is a path from the part that names it, or from the top. */
static ari_status resolve(unpacking *u, ari_str target, ari_str *out) {
  if (ari_str_starts(target, "/")) {
    *out = ari_str_sub(target, 1, target.n);
    return ARI_OK;
  }
  ari_buf b = {0};
  ari_buf_str(&b, u->folder);
  ari_buf_str(&b, target);
  bool good = !b.failed && ari_str_copy(&u->book->memory, ari_buf_view(&b), out);
  ari_buf_free(&b);
  return good ? ARI_OK : ARI_NOMEM;
}

/* ---- texts --------------------------------------------------------------------------------------------------------------------- */

static int hex_digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/* "_x000D_" at p: the character that spreadsheets write so; -1: nothing of the kind. */
static int32_t escaped(const char *p, size_t n) {
  int32_t c = 0;
  if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_') return -1;
  for (int i = 2; i < 6; i++) {
    int digit = hex_digit(p[i]);
    if (digit < 0) return -1;
    c = c * 16 + digit;
  }
  return c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? -1 : c;
}

static size_t put_utf8(char *to, int32_t c) {
  if (c < 0x80) return to[0] = (char)c, 1;
  if (c < 0x800) return to[0] = (char)(0xC0 | c >> 6), to[1] = (char)(0x80 | (c & 0x3F)), 2;
  return to[0] = (char)(0xE0 | c >> 12), to[1] = (char)(0x80 | (c >> 6 & 0x3F)), to[2] = (char)(0x80 | (c & 0x3F)), 3;
}

/* In place: escaped characters, without returns; line and paragraph separators are ends of lines. Empty when nothing but spaces is left. */
ari_str ari_tab_text(ari_buf *b) {
  size_t to = 0;
  for (size_t at = 0; at < b->n;) {
    int32_t c = escaped(b->p + at, b->n - at);
    bool separator = b->n - at >= 3 && memcmp(b->p + at, "\xE2\x80", 2) == 0 && (b->p[at + 2] == '\xA8' || b->p[at + 2] == '\xA9');
    if (c >= 0) {
      if (c != '\r') to += put_utf8(b->p + to, c);
      at += 7;
    } else if (separator) {
      b->p[to++] = '\n';
      at += 3;
    } else b->p[to++] = b->p[at++];
  }
  b->n = to;
  ari_str text = ari_str_trim(ari_buf_view(b));
  return ari_utf8_is_blank(text) ? ARI_STR("") : text;
}

static void open_text(ari_xml *x, ari_str name, const char **attributes) {
  unpacking *u = x->of;
  (void)attributes;
  if (ari_str_is(name, "si")) u->in_text = true;
  else if (ari_str_is(name, "rPh")) u->in_phonetic = true;
  else if (ari_str_is(name, "t")) x->keep = u->in_text && !u->in_phonetic;
}

static void close_text(ari_xml *x, ari_str name) {
  unpacking *u = x->of;
  ari_workbook *book = u->book;
  x->keep = false;
  if (ari_str_is(name, "rPh")) u->in_phonetic = false;
  if (!ari_str_is(name, "si")) return;
  u->in_text = false;
  if (book->n_texts == TEXTS) ari_xml_stop(x, ARI_E0907);
  else if (make_room(x, (void **)&book->texts, book->n_texts, &u->texts_room, sizeof *book->texts)) book->texts[book->n_texts++] = keep(x, ari_tab_text(&x->text));
  ari_buf_clear(&x->text);
}

static ari_status read_texts(unpacking *u) {
  const relation *r = find_type(u, "/sharedStrings");
  ari_xml x = {.open = open_text, .close = close_text};
  ari_str part;
  if (!r) return ARI_OK;
  ari_status status = resolve(u, r->target, &part);
  return status == ARI_OK ? parse_part(u, part, &x) : status;
}

/* ---- formats ------------------------------------------------------------------------------------------------------------------- */

/* What a format shows, by its first section: "dd/mm/yyyy", "0.00%", "#,##0 \"đồng\"". */
static uint8_t format_of(ari_str code) {
  char closing = 0;
  for (size_t i = 0; i < code.n; i++) {
    char c = code.p[i];
    if (closing) {
      if (c == closing) closing = 0;
    } else if (c == '"') closing = '"';
    else if (c == '[') closing = ']';
    else if (c == '\\' || c == '_' || c == '*') i++;
    else if (c == ';') break;
    else if (c == '%') return ARI_TAB_PERCENT;
    else if (strchr("dDmMyYhHsS", c)) return ARI_TAB_DATE;
  }
  return ARI_TAB_PLAIN;
}

/* Formats that have numbers only; 27-36 and 50-58 are dates of East Asian editions. */
static uint8_t format_of_id(const unpacking *u, uint32_t id) {
  for (size_t i = 0; i < u->n_own; i++)
    if (u->own[i].id == id) return u->own[i].format;
  if (id == 9 || id == 10) return ARI_TAB_PERCENT;
  bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  return date ? ARI_TAB_DATE : ARI_TAB_PLAIN;
}

static uint32_t read_id(ari_str text) {
  uint32_t id = 0;
  for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && id < 1 << 20; i++) id = id * 10 + (uint32_t)(text.p[i] - '0');
  return id;
}

static void open_style(ari_xml *x, ari_str name, const char **attributes) {
  unpacking *u = x->of;
  ari_workbook *book = u->book;
  uint32_t id = read_id(ari_xml_attribute(attributes, "numFmtId"));
  if (ari_str_is(name, "cellXfs")) u->in_formats = true;
  else if (ari_str_is(name, "numFmt")) {
    if (u->n_own == OWN_FORMATS) ari_xml_stop(x, ARI_E0901);   /* each cell format is held against all of them */
    else if (make_room(x, (void **)&u->own, u->n_own, &u->own_room, sizeof *u->own))
      u->own[u->n_own++] = (own_format){id, format_of(ari_xml_attribute(attributes, "formatCode"))};
  } else if (u->in_formats && ari_str_is(name, "xf")) {
    if (book->n_formats == FORMATS) ari_xml_stop(x, ARI_E0901);
    else if (make_room(x, (void **)&book->formats, book->n_formats, &u->formats_room, sizeof *book->formats))
      book->formats[book->n_formats++] = format_of_id(u, id);
  }
}

static void close_style(ari_xml *x, ari_str name) {
  unpacking *u = x->of;
  if (ari_str_is(name, "cellXfs")) u->in_formats = false;
}

static ari_status read_styles(unpacking *u) {
  const relation *r = find_type(u, "/styles");
  ari_xml x = {.open = open_style, .close = close_style};
  ari_str part;
  if (!r) return ARI_OK;
  ari_status status = resolve(u, r->target, &part);
  return status == ARI_OK ? parse_part(u, part, &x) : status;
}

/* ---- the workbook -------------------------------------------------------------------------------------------------------------- */

static void open_book(ari_xml *x, ari_str name, const char **attributes) {
  unpacking *u = x->of;
  ari_workbook *book = u->book;
  if (ari_str_is(name, "workbookPr")) {
    ari_str since = ari_xml_attribute(attributes, "date1904");
    book->since_1904 = ari_str_is(since, "1") || ari_str_is(since, "true");
  }
  if (!ari_str_is(name, "sheet")) return;
  if (book->n_sheets == SHEETS) ari_xml_stop(x, ARI_E0907);
  else if (make_room(x, (void **)&book->sheets, book->n_sheets, &u->sheets_room, sizeof *book->sheets) &&
           make_room(x, (void **)&u->sheet_ids, book->n_sheets, &u->ids_room, sizeof *u->sheet_ids)) {
    book->sheets[book->n_sheets] = (ari_tab){.name = keep(x, ari_xml_attribute(attributes, "name"))};
    u->sheet_ids[book->n_sheets++] = keep(x, ari_xml_attribute(attributes, "id"));
  }
}

/* "xl/workbook.xml" has the relations "xl/_rels/workbook.xml.rels". */
static ari_status read_own_relations(unpacking *u, ari_str part) {
  ari_buf b = {0};
  ari_str name = {0};
  size_t n = part.n;
  while (n && part.p[n - 1] != '/') n--;
  u->folder = ari_str_sub(part, 0, n);
  ari_buf_str(&b, u->folder);
  ari_buf_text(&b, "_rels/");
  ari_buf_str(&b, ari_str_sub(part, n, part.n));
  ari_buf_text(&b, ".rels");
  bool good = !b.failed && ari_str_copy(&u->book->memory, ari_buf_view(&b), &name);
  ari_buf_free(&b);
  return good ? read_relations(u, name) : ARI_NOMEM;
}

static ari_status read_sheet(unpacking *u, size_t i) {
  const relation *r = find_id(u, u->sheet_ids[i]);
  ari_str part;
  ari_code code = ARI_E0901;
  ari_buf bytes = {0};
  if (!r) return refuse(u, ARI_E0901, u->book->sheets[i].name);
  if (!ari_str_ends(r->type, "/worksheet")) return ARI_OK;   /* a chart on a sheet of its own */
  ari_status status = resolve(u, r->target, &part);
  if (status == ARI_OK) status = read_part(u, part, &bytes);
  if (status == ARI_OK) {
    status = ari_tab_read(u->book, &u->book->sheets[i], ari_buf_view(&bytes), &code);
    if (status == ARI_INPUT) refuse(u, code, part);
  }
  ari_buf_free(&bytes);
  return status;
}

static ari_status read_all(unpacking *u) {
  ari_xml x = {.open = open_book};
  ari_str part;
  ari_status status = read_relations(u, ARI_STR("_rels/.rels"));
  if (status != ARI_OK) return status;
  const relation *main = find_type(u, "/officeDocument");
  if (!main) return refuse(u, ARI_E0904, (ari_str){0});
  status = resolve(u, main->target, &part);
  if (status == ARI_OK) status = parse_part(u, part, &x);
  if (status == ARI_OK && !u->book->n_sheets) status = refuse(u, ARI_E0904, (ari_str){0});   /* a text or slides: they are kept alike */
  if (status == ARI_OK) status = read_own_relations(u, part);
  if (status == ARI_OK) status = read_texts(u);
  if (status == ARI_OK) status = read_styles(u);
  for (size_t i = 0; i < u->book->n_sheets && status == ARI_OK; i++) status = read_sheet(u, i);
  return status;
}

/* ---- files ---------------------------------------------------------------------------------------------------------------------- */

static bool is_compound(ari_str bytes) { return bytes.n >= 8 && memcmp(bytes.p, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0; }

bool ari_workbook_is(ari_str bytes) { return ari_archive_is(bytes) || is_compound(bytes); }

/* With a password an .xlsx becomes another kind of file, which has a stream of this name; without it is an old .xls. */
static bool is_encrypted(ari_str bytes) {
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  for (const char *p = bytes.p; (p = memchr(p, 'E', bytes.n - (size_t)(p - bytes.p))); p++)
    if (bytes.n - (size_t)(p - bytes.p) >= sizeof name - 1 && memcmp(p, name, sizeof name - 1) == 0) return true;
  return false;
}

ari_archive_limits ari_workbook_limits(void) { return (ari_archive_limits){.entries = ENTRIES, .unpacked = ARI_WORKBOOK_BYTES, .ratio = RATIO}; }

ari_status ari_workbook_read(ari_workbook *book, ari_str bytes, ari_span at, ari_findings *fs) {
  const ari_archive_limits limits = ari_workbook_limits();
  unpacking u = {.book = book, .at = at, .fs = fs};
  if (is_compound(bytes)) return refuse(&u, is_encrypted(bytes) ? ARI_E0951 : ARI_E0906, (ari_str){0});
  if (!ari_archive_is(bytes)) return refuse(&u, ARI_E0904, (ari_str){0});
  ari_status status = ari_archive_open(&u.archive, bytes, &limits, at, fs);
  if (status == ARI_OK) status = read_all(&u);
  ari_archive_close(u.archive);
  ari_free(u.relations);
  ari_free(u.sheet_ids);
  ari_free(u.own);
  return status;
}

void ari_workbook_free(ari_workbook *book) {
  for (size_t i = 0; i < book->n_sheets; i++) {
    ari_free(book->sheets[i].cells);
    ari_free(book->sheets[i].merged);
  }
  ari_free(book->sheets);
  ari_free(book->texts);
  ari_free(book->formats);
  ari_arena_free(&book->memory);
  *book = (ari_workbook){0};
}
