/* Source files: the bytes as they were read, their lines, and what every text file must be. */
#include "base.h"

#include <string.h>

ari_span ari_span_join(ari_span a, ari_span b) {
  if (a.file < 0 || a.file != b.file) return a.file < 0 ? b : a;
  uint32_t end = b.start + b.len;
  if (end > a.start + a.len) a.len = end - a.start;
  return a;
}

int32_t ari_sources_add(ari_sources *all, ari_str name) {
  void *items = all->items;
  if (all->n >= INT32_MAX || !ari_grow(&items, all->n, &all->room, sizeof *all->items)) return -1;
  all->items = items;
  ari_source *s = &all->items[all->n];
  memset(s, 0, sizeof *s);
  if (!ari_str_copy(&all->arena, name, &s->name)) return -1;
  return (int32_t)all->n++;
}

void ari_source_give(ari_source *s, char *bytes, size_t n) {
  bytes[n] = '\0';
  s->bytes = (ari_str){bytes, n};
  s->loaded = true;
}

void ari_source_forget(ari_source *s) {
  ari_free((char *)(uintptr_t)s->bytes.p);
  s->bytes = (ari_str){0};
  s->loaded = false;
}

const char *ari_source_sha256(ari_source *s) {
  if (s->loaded && !s->sha256[0]) ari_sha256(s->bytes.p, s->bytes.n, s->sha256);
  return s->sha256;
}

void ari_sources_free(ari_sources *all) {
  for (size_t i = 0; i < all->n; i++) {
    ari_source_forget(&all->items[i]);
    ari_free(all->items[i].lines);
    ari_free(all->items[i].cells.names);
    ari_buf_free(&all->items[i].cells.text);
    ari_arena_free(&all->items[i].cells.memory);
  }
  ari_free(all->items);
  ari_arena_free(&all->arena);
  *all = (ari_sources){0};
}

ari_str ari_source_text(const ari_source *s) { return s->cells.names ? ari_buf_view(&s->cells.text) : s->bytes; }

/* Where text begins: editors do not show a byte order mark, so no column counts it. */
static uint32_t skip_bom(const ari_source *s) {
  ari_str text = ari_source_text(s);
  return text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Start of the line after the one that holds `from`; the size of the file when there is none. */
static uint32_t next_line(const ari_source *s, uint32_t from) {
  ari_str text = ari_source_text(s);
  const char *lf = from < text.n ? memchr(text.p + from, '\n', text.n - from) : NULL;
  return lf ? (uint32_t)(lf - text.p) + 1 : (uint32_t)text.n;
}

static bool ends_with_lf(ari_str text) { return text.n > 0 && text.p[text.n - 1] == '\n'; }

/* Made when first asked: most files have no findings. Without memory for it, lines are counted from the top each time. */
static void make_lines(ari_source *s) {
  if (s->lines) return;
  uint32_t n = 1, size = (uint32_t)ari_source_text(s).n;
  for (uint32_t at = next_line(s, 0); at < size; at = next_line(s, at)) n++;
  if (ends_with_lf(ari_source_text(s))) n++;
  s->n_lines = n;
  uint32_t *lines = ari_malloc(n * sizeof *lines);
  if (!lines) return;
  lines[0] = skip_bom(s);
  uint32_t at = 0;
  for (uint32_t i = 1; i < n; i++) lines[i] = at = next_line(s, at);
  s->lines = lines;
}

static uint32_t line_start(const ari_source *s, uint32_t line) {
  if (s->lines) return s->lines[line - 1];
  uint32_t at = 0;
  for (uint32_t i = 1; i < line; i++) at = next_line(s, at);
  return line == 1 ? skip_bom(s) : at;
}

static uint32_t line_at(const ari_source *s, uint32_t offset) {
  if (s->lines) {
    uint32_t low = 0, high = s->n_lines;
    while (high - low > 1) {
      uint32_t mid = low + (high - low) / 2;
      if (s->lines[mid] <= offset) low = mid;
      else high = mid;
    }
    return low + 1;
  }
  uint32_t line = 1;
  for (uint32_t at = next_line(s, 0); at <= offset && line < s->n_lines; at = next_line(s, at)) line++;
  return line;
}

void ari_source_place(ari_source *s, uint32_t offset, uint32_t *line, uint32_t *column) {
  make_lines(s);
  ari_str text = ari_source_text(s);
  if (offset > text.n) offset = (uint32_t)text.n;
  *line = line_at(s, offset);
  *column = 1;
  /* Bytes that continue a code point are not counted; so the place of a byte that is not UTF-8 is told as well. */
  for (uint32_t i = line_start(s, *line); i < offset; i++) *column += ((unsigned char)text.p[i] & 0xC0) != 0x80;
}

ari_str ari_source_line(ari_source *s, uint32_t line) {
  make_lines(s);
  if (line < 1 || line > s->n_lines) return (ari_str){"", 0};
  uint32_t start = line_start(s, line), end = next_line(s, start);
  ari_str text = ari_source_text(s);
  if (end > start && text.p[end - 1] == '\n') end--;
  if (end > start && text.p[end - 1] == '\r') end--;
  return ari_str_sub(text, start, end);
}

/* ---- cells of a workbook ---- */

bool ari_source_show_cells(ari_source *s) {
  ari_buf_free(&s->cells.text);
  ari_arena_free(&s->cells.memory);
  ari_free(s->cells.names);
  ari_free(s->lines);
  s->lines = NULL;
  s->cells = (ari_cell_lines){0};
  uint32_t start, len;
  return ari_source_add_cell(s, (ari_cell_name){0}, (ari_str){"", 0}, (ari_str){"", 0}, &start, &len);
}

/* One line, whatever ends of lines the cell has. */
static void put_cell_text(ari_buf *b, ari_str text) {
  enum { ENOUGH = 400 };
  size_t n = text.n < ENOUGH ? text.n : ENOUGH;
  while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80) n--;
  for (size_t i = 0; i < n; i++) ari_buf_char(b, text.p[i] == '\n' || text.p[i] == '\r' ? ' ' : text.p[i]);
  if (n < text.n) ari_buf_text(b, "…");
}

bool ari_source_add_cell(ari_source *s, ari_cell_name name, ari_str key, ari_str text, uint32_t *start, uint32_t *len) {
  ari_cell_lines *lines = &s->cells;
  void *names = lines->names;
  *start = *len = 0;
  if (!ari_grow(&names, lines->n, &lines->room, sizeof *lines->names)) return false;
  lines->names = names;
  lines->names[lines->n++] = name;
  if (key.n) put_cell_text(&lines->text, key), ari_buf_text(&lines->text, ": ");
  *start = (uint32_t)lines->text.n;
  put_cell_text(&lines->text, text);
  *len = (uint32_t)lines->text.n - *start;
  ari_buf_char(&lines->text, '\n');
  return !lines->text.failed;
}

const ari_cell_name *ari_source_cell(ari_source *s, uint32_t offset) {
  if (!s->cells.names) return NULL;
  make_lines(s);
  uint32_t line = line_at(s, offset);
  return &s->cells.names[line <= s->cells.n ? line - 1 : 0];
}

void ari_buf_column(ari_buf *b, uint32_t column) {
  char letters[8];
  size_t at = sizeof letters;
  for (uint32_t c = column; c && at; c = (c - 1) / 26) letters[--at] = (char)('A' + (c - 1) % 26);
  ari_buf_put(b, letters + at, sizeof letters - at);
}

void ari_buf_cell_name(ari_buf *b, const ari_cell_name *cell) {
  ari_buf_column(b, cell->column);
  ari_buf_int(b, cell->row);
}

void ari_buf_cell_place(ari_buf *b, const ari_cell_name *cell, ari_lang lang) {
  ari_buf_text(b, lang == ARI_VI ? "trang \"" : "sheet \"");
  ari_buf_visible(b, cell->sheet);
  ari_buf_char(b, '"');
  if (!cell->row) return;
  ari_buf_text(b, lang == ARI_VI ? ", ô " : ", cell ");
  ari_buf_cell_name(b, cell);
}

void ari_buf_source_place(ari_buf *b, ari_source *s, uint32_t offset, ari_lang lang) {
  const ari_cell_name *cell = ari_source_cell(s, offset);
  uint32_t line, column;
  ari_buf_visible(b, s->name);
  if (!s->bytes.p || (cell && !cell->sheet.n)) return; /* never opened; a workbook as a whole */
  if (!cell) {
    ari_source_place(s, offset, &line, &column);
    ari_buf_printf(b, ":%u:%u", line, column);
    return;
  }
  ari_buf_text(b, ": ");
  ari_buf_cell_place(b, cell, lang);
}

/* ---- what a text file must be ---- */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The sign bit of each byte that is `byte` (< 0x80). */
static uint64_t bytes_equal(uint64_t eight, uint64_t byte) {
  uint64_t x = eight ^ EACH(byte);
  return ~(((x & EACH(0x7F)) + EACH(0x7F)) | x) & EACH(0x80);
}

static bool may_hold_control(uint64_t eight) {
  uint64_t below_space = ~(((eight & EACH(0x7F)) + EACH(0x60)) | eight) & EACH(0x80);
  if (below_space) below_space &= ~(bytes_equal(eight, '\n') | bytes_equal(eight, '\r') | bytes_equal(eight, '\t'));
  uint64_t low = eight ^ EACH(0x80);   /* C2 begins U+0080..U+00BF, E2 U+2000..U+2FFF, EF U+F000..U+FFFF */
  uint64_t first = eight & EACH(0x80) ? (bytes_equal(low, 0x42) | bytes_equal(low, 0x62) | bytes_equal(low, 0x6F)) & eight : 0;
  return (below_space | bytes_equal(eight, 0x7F) | first) != 0;
}

/* The text is UTF-8; bytes inside a letter are no control characters. */
static bool control_at(const char *p, size_t i, size_t n) {
  unsigned char c = (unsigned char)p[i];
  size_t len;
  return (c < 0x80 || c == 0xC2 || c == 0xE2 || c == 0xEF) && ari_utf8_is_refused(ari_utf8_decode(p + i, n - i, &len));
}

/* Offset of the first control character, n when there is none. Eight bytes at a time: files are up to 256 MiB. */
static size_t find_control(const char *p, size_t n) {
  size_t i = 0;
  while (i + 8 <= n) {
    uint64_t eight;
    memcpy(&eight, p + i, 8);
    if (may_hold_control(eight))
      for (size_t k = i; k < i + 8; k++)
        if (control_at(p, k, n)) return k;
    i += 8;
  }
  for (; i < n; i++)
    if (control_at(p, i, n)) return i;
  return n;
}

bool ari_source_text_check(const ari_source *s, int32_t index, ari_findings *fs) {
  if (!s->loaded) return false;
  const char *p = s->bytes.p;
  size_t n = s->bytes.n, bad = 0;
  ari_span at = {index, 0, 0};
  if (n == skip_bom(s)) {
    ari_findings_add(fs, ARI_E0106, at, NULL);
    return false;
  }
  if (n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0)) {
    ari_findings_add(fs, ARI_E0104, at, NULL);
    return false;
  }
  char shown[16];
  static const char hex[] = "0123456789ABCDEF";
  if (!ari_utf8_valid(p, n, &bad)) {
    unsigned char c = (unsigned char)p[bad];
    memcpy(shown, (char[]){'0', 'x', hex[c >> 4], hex[c & 15], '\0'}, 5);
    at = (ari_span){index, (uint32_t)bad, 1};
    ari_findings_add(fs, ARI_E0103, at, &(ari_args){{ari_arg_int((int64_t)bad + 1), ari_arg_c(shown)}});
    return false;
  }
  bad = find_control(p, n);
  if (bad == n) return true;
  size_t len;
  uint32_t c = ari_utf8_decode(p + bad, n - bad, &len);
  memcpy(shown, (char[]){'U', '+', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15], hex[c & 15], '\0'}, 7);
  ari_findings_add(fs, ARI_E0105, (ari_span){index, (uint32_t)bad, (uint32_t)len}, &(ari_args){{ari_arg_c(shown)}});
  return false;
}
