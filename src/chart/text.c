/* Text in pictures: how wide it will be, where it may be broken, what of it may be shown. */
#include "chart.h"

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

/* Hundredths of the font's size. A picture is read on machines whose fonts we do not know, so these are the widths of DejaVu Sans, the
 * widest of those that may come to stand in for Noto Sans. */
static int letter_width(uint32_t c, ari_str bytes) {
  if (c < 0x80) {
    if (c >= '0' && c <= '9') return 64;
    if (strchr("ijlI.,:;!'| ", (int)c)) return 33;
    if (strchr("ftr()[]/\\-`\"J", (int)c)) return 42;
    if (strchr("mwMW@%", (int)c)) return 98;
    if (strchr("+=<>#~^OQDGHNU&", (int)c)) return 84;
    return c >= 'A' && c <= 'Z' ? 74 : 63;
  }
  if (c < 0x300) return 72;
  size_t columns = ari_utf8_width(bytes);
  if (columns != 1) return columns ? 100 : 0;
  return c >= 0x2000 ? 100 : 72;
}

static int scale_width(int64_t hundredths, ari_font font) {
  int64_t px = hundredths * fonts[font].size * (fonts[font].bold ? 110 : 100);
  return px > INT64_C(100000) * 10000 ? 100000 : (int)((px + 9999) / 10000);
}

/* Bytes of the letter that begins at `i`, with the marks that stand on it: never parted. Adds its width to *hundredths. */
static size_t take_letter(ari_str s, size_t i, int64_t *hundredths) {
  size_t from = i, len;
  uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
  *hundredths += letter_width(c, ari_str_sub(s, i, i + len));
  for (i += len; i < s.n; i += len) {
    c = ari_utf8_decode(s.p + i, s.n - i, &len);
    if (c < 0x300 || ari_utf8_width(ari_str_sub(s, i, i + len)) != 0) break;
  }
  return i - from;
}

int ari_chart_text_width(ari_str text, ari_font font) {
  int64_t hundredths = 0;
  for (size_t i = 0; i < text.n;) i += take_letter(text, i, &hundredths);
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
    size_t len = take_letter(s, i, &hundredths);
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
