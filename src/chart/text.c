/* Text in pictures: how wide it will be, where it may be broken, what of it may be shown. */
#include "inside.h"

#include <string.h>

static const struct {
  int size;
  bool bold;
} fonts[ARI_FONTS] = {
    [ARI_FONT_TITLE] = {18, true},
    [ARI_FONT_BOLD] = {13, true},
    [ARI_FONT_PLAIN] = {13, false},
    [ARI_FONT_SMALL] = {11, false},
};

int ari_chart_line_height(ari_font font) { return fonts[font].size + fonts[font].size / 4 + 1; }

/* Hundredths of the font's size, from ' ' to '~', plain and bold. A picture is read on machines whose fonts we do not know, so these are the widths of Noto
 * Sans or of DejaVu Sans, whichever is wider: no font that may come to stand in for Noto Sans is wider than DejaVu. */
static const uint8_t widths[2][95] = {
    {32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 56, 84, 32, 37, 32, 38, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
     100, 69, 69, 70, 78, 64, 58, 78, 76, 34, 30, 66, 56, 91, 76, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 38, 40, 84, 50,
     50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 56, 64, 84},
    {35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 55, 84, 38, 42, 38, 42, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 59,
     100, 78, 77, 74, 84, 69, 69, 83, 84, 39, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78, 73, 73, 46, 42, 46, 84, 50,
     50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 56, 72, 84}};
enum { WIDE = 100 /* what the table does not have */, HORN = 13 /* of Ơ and Ư */ };

/* A letter of the table that is as wide. */
static uint32_t find_like(uint32_t c) {
  switch (c) {
    case 0x110: return 'D';  /* Đ */
    case 0x111: return 'd';
    case 0xB7: return '.';   /* · */
    case 0x2013: return 'o'; /* – */
    case 0x2192: return '+'; /* → */
    case 0x2212: return '+'; /* − */
    default: return c;
  }
}

/* `bytes`: the character. Marks stand on their letter and add nothing, but for the horn. */
static int letter_width(uint32_t c, ari_str bytes, bool bold) {
  char parts[32] = "";
  size_t len, columns = ari_utf8_width(bytes);
  if (columns != 1) return columns ? WIDE : 0;
  if (c >= 0x80 && ari_utf8_nfd(bytes, parts, sizeof parts)) c = ari_utf8_decode(parts, strlen(parts), &len);
  c = find_like(c);
  if (c < ' ' || c > '~') return WIDE;
  return widths[bold][c - ' '] + (strstr(parts, "\xcc\x9b") ? HORN : 0);
}

static int scale_width(int64_t hundredths, ari_font font) {
  int64_t px = hundredths * fonts[font].size;
  return px > INT64_C(100000) * 100 ? 100000 : (int)((px + 99) / 100);
}

/* Bytes of the letter that begins at `i`, with the marks that stand on it: never parted. Adds its width to *hundredths. */
static size_t take_letter(ari_str s, size_t i, ari_font font, int64_t *hundredths) {
  size_t from = i, len;
  uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
  *hundredths += letter_width(c, ari_str_sub(s, i, i + len), fonts[font].bold);
  for (i += len; i < s.n; i += len) {
    c = ari_utf8_decode(s.p + i, s.n - i, &len);
    if (c < 0x300 || ari_utf8_width(ari_str_sub(s, i, i + len)) != 0) break;
  }
  return i - from;
}

int ari_chart_text_width(ari_str text, ari_font font) {
  int64_t hundredths = 0;
  for (size_t i = 0; i < text.n;) i += take_letter(text, i, font, &hundredths);
  return scale_width(hundredths, font);
}

void ari_chart_put_text(ari_buf *b, ari_str text) {
  for (size_t i = 0, len; i < text.n; i += len) {
    uint32_t c = ari_utf8_decode(text.p + i, text.n - i, &len);
    if (c == '"') ari_buf_text(b, "″");
    else if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) ari_buf_char(b, ' ');
    else if ((c & 0xFFFE) == 0xFFFE) ari_buf_printf(b, "\\u{%X}", (unsigned)c); /* not a character: XML refuses it */
    else ari_buf_visible(b, ari_str_sub(text, i, i + len));
  }
}

bool ari_chart_text(ari_arena *arena, ari_str text, ari_str *out) {
  if (!ari_utf8_nfc(arena, text, &text)) return false;
  ari_buf b = {0};
  ari_chart_put_text(&b, text);
  if (!ari_str_trim(ari_buf_view(&b)).n) ari_buf_char(&b, ' ');
  bool copied = !b.failed && ari_str_copy(arena, ari_buf_view(&b), out);
  ari_buf_free(&b);
  return copied;
}

/* Where the line that begins at `from` ends; *next is where the following one begins. */
static size_t end_line(ari_str s, size_t from, ari_font font, int width, size_t *next) {
  int64_t hundredths = 0;
  size_t space = 0, i = from;
  while (i < s.n) {
    if (s.p[i] == ' ' && i > from) space = i;
    size_t len = take_letter(s, i, font, &hundredths);
    if (scale_width(hundredths, font) > width && i > from) break;
    i += len;
  }
  if (i >= s.n) return *next = s.n;
  if (!space) return *next = i;
  *next = space + 1;
  return space;
}

static size_t count_lines(ari_str text, ari_font font, int width) {
  size_t n = 0;
  for (size_t from = 0, next; from < text.n; from = next, n++) (void)end_line(text, from, font, width, &next);
  return n;
}

bool ari_chart_wrap(ari_arena *arena, ari_str text, ari_font font, int width, ari_text_lines *out) {
  enum { LEAST = 80, STEP = 10 };
  *out = (ari_text_lines){0};
  size_t n = count_lines(text, font, width);
  /* Lines of about the same length, so that no single word is left alone; long texts look the same anyway. */
  while (n > 1 && n < 5 && width > LEAST && count_lines(text, font, width - STEP) == n) width -= STEP;
  out->at = ari_arena_array(arena, n, sizeof *out->at);
  if (!out->at) return false;
  for (size_t from = 0, next; from < text.n; from = next) {
    size_t end = end_line(text, from, font, width, &next);
    out->at[out->n++] = ari_str_sub(text, from, end);
  }
  return true;
}
