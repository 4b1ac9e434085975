/* Characters: strict UTF-8, NFC, width on a terminal, and text as a message, as JSON and as CSV shows it. */
#include "base.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The code point at p and its bytes; 0 when what stands there is not UTF-8 (table 3-7 of the Unicode standard). */
static size_t decode_strict(const char *text, size_t n, uint32_t *out) {
  const unsigned char *p = (const unsigned char *)text;
  uint32_t c = p[0];
  if (c < 0x80) return *out = c, 1;
  size_t len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  if (c < 0xC2 || c > 0xF4 || n < len) return 0;
  c &= 0xFFu >> (len + 1);
  for (size_t i = 1; i < len; i++) {
    if ((p[i] & 0xC0) != 0x80) return 0;
    c = c << 6 | (p[i] & 0x3F);
  }
  if (len == 3 && (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))) return 0;
  if (len == 4 && (c < 0x10000 || c > 0x10FFFF)) return 0;
  return *out = c, len;
}

/* The bytes of the letter at p when it is one of two or three bytes that needs no closer look: Latin, Vietnamese, most other scripts; else 0. */
static size_t plain_length(const char *text, size_t n) {
  const unsigned char *p = (const unsigned char *)text;
  if (n < 3 || (p[1] & 0xC0) != 0x80) return 0;
  if (p[0] >= 0xC2 && p[0] <= 0xDF) return 2;
  return p[0] >= 0xE1 && p[0] <= 0xEC && (p[2] & 0xC0) == 0x80 ? 3 : 0;
}

bool ari_utf8_valid(const char *p, size_t n, size_t *bad) {
  size_t i = 0;
  while (i < n) {
    uint64_t eight;
    while (n - i >= sizeof eight && (unsigned char)p[i] < 0x80) {   /* files are mostly ASCII: eight bytes at once */
      memcpy(&eight, p + i, sizeof eight);
      eight &= UINT64_C(0x8080808080808080);
      if (eight) break;
      i += sizeof eight;
    }
    while (i < n && (unsigned char)p[i] < 0x80) i++;
    if (i == n) break;
    uint32_t c;
    size_t len = plain_length(p + i, n - i);
    if (!len) len = decode_strict(p + i, n - i, &c);
    if (!len) {
      if (bad) *bad = i;
      return false;
    }
    i += len;
  }
  return true;
}

uint32_t ari_utf8_decode(const char *p, size_t n, size_t *len) {
  uint32_t c;
  *len = decode_strict(p, n, &c);
  if (*len) return c;
  *len = 1;   /* text that never passed a reader (a path): walks on instead of trusting it */
  return 0xFFFD;
}

size_t ari_utf8_count(ari_str s) {
  size_t count = 0;
  for (size_t i = 0; i < s.n; i++) count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
  return count;
}

/* True for text that is surely NFC: Latin letters, Vietnamese ones composed, dashes, quotes, signs. Other scripts and combining marks
 * are left to utf8proc. */
static bool is_plainly_nfc(ari_str s) {
  for (size_t i = 0, len; i < s.n; i += len) {
    unsigned char first = (unsigned char)s.p[i];
    len = first < 0x80 ? 1 : 2;
    if (first < 0xCC) continue;   /* below U+0300 */
    uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
    if (c >= 0x300 && !(c >= 0x1E00 && c <= 0x1EFF) && !(c >= 0x2010 && c <= 0x20CF)) return false;
  }
  return true;
}

static bool map_text(ari_arena *arena, ari_str s, utf8proc_option_t options, ari_str *out) {
  *out = s;
  utf8proc_uint8_t *mapped = NULL;
  utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &mapped, options);
  if (n < 0) return false;
  ari_str text = {(const char *)mapped, (size_t)n};
  bool done = ari_str_eq(text, s) || ari_str_copy(arena, text, out);
  free(mapped);   /* utf8proc took it with malloc itself */
  return done;
}

bool ari_utf8_nfc(ari_arena *arena, ari_str s, ari_str *out) {
  *out = s;
  return is_plainly_nfc(s) || map_text(arena, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE, out);
}

bool ari_utf8_fold(ari_arena *arena, ari_str s, ari_str *out) {
  return map_text(arena, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, out);
}

bool ari_utf8_nfd(ari_str s, char *out, size_t room) {
  enum { MOST = 1024 };
  utf8proc_int32_t apart[MOST];
  utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, apart, MOST, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
  if (n < 0 || n >= MOST) return false;
  n = utf8proc_reencode(apart, n, UTF8PROC_STABLE);   /* in its place */
  if (n < 0 || (size_t)n >= room || ari_str_eq((ari_str){(const char *)apart, (size_t)n}, s)) return false;
  memcpy(out, apart, (size_t)n);
  out[n] = '\0';
  return true;
}

size_t ari_utf8_width(ari_str s) {
  size_t width = 0;
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
    width += c >= 0x20 && c < 0x7F ? 1 : (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
  }
  return width;
}

bool ari_utf8_is_control(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F)
    || c == 0x061C || (c >= 0x200B && c <= 0x200F)        /* Arabic letter mark; zero-width, left-to-right and right-to-left mark */
    || (c >= 0x2028 && c <= 0x202E)                       /* line and paragraph separator, bidi embeddings and overrides */
    || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF        /* invisible operators, bidi isolates, byte order mark */
    || (c >= 0xFFF9 && c <= 0xFFFB) || (c & 0xFFFE) == 0xFFFE            /* interlinear marks; no characters at all */
    || (c >= 0xE0000 && c <= 0xE007F);                                   /* tags */
}

bool ari_utf8_is_refused(uint32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return false;
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFFFE || c == 0xFFFF;
}

bool ari_utf8_is_blank(ari_str s) {
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
    if (c != '\t' && c != '\n' && c != '\r' && utf8proc_category((utf8proc_int32_t)c) != UTF8PROC_CATEGORY_ZS) return false;
  }
  return true;
}

bool ari_utf8_is_letter(uint32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;   /* Lu Ll Lt Lm Lo Mn Mc Me */
}

/* ---- text as others show it ---- */

void ari_buf_visible(ari_buf *b, ari_str s) {
  size_t clean = 0;   /* from here to i everything is shown as it is */
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t c = 0;
    len = decode_strict(s.p + i, s.n - i, &c);
    if (len && !ari_utf8_is_control(c)) continue;
    ari_buf_str(b, ari_str_sub(s, clean, i));
    if (len) ari_buf_printf(b, "\\u{%02X}", (unsigned)c);
    else ari_buf_printf(b, "\\x%02X", (unsigned)(unsigned char)s.p[i]);
    if (!len) len = 1;
    clean = i + len;
  }
  ari_buf_str(b, ari_str_sub(s, clean, s.n));
}

/* What stands in a JSON string for a character that may not stand there as it is. */
static void put_json_escape(ari_buf *b, uint32_t c) {
  if (c == '"' || c == '\\') {
    ari_buf_char(b, '\\');
    ari_buf_char(b, (char)c);
  } else if (c == '\n') {
    ari_buf_text(b, "\\n");
  } else if (c == '\t') {
    ari_buf_text(b, "\\t");
  } else if (c > 0xFFFF) {
    ari_buf_printf(b, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (c >> 10)), (unsigned)(0xDC00 + (c & 0x3FF)));
  } else {
    ari_buf_printf(b, "\\u%04x", (unsigned)c);
  }
}

/* Hidden characters are escaped too: JSON allows them, but a terminal that shows the file should not obey them. */
void ari_buf_json(ari_buf *b, ari_str s) {
  size_t clean = 0;
  ari_buf_char(b, '"');
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t c = 0xFFFD;
    bool valid = (len = decode_strict(s.p + i, s.n - i, &c)) != 0;
    if (!valid) len = 1;
    else if (c != '"' && c != '\\' && !ari_utf8_is_control(c)) continue;
    ari_buf_str(b, ari_str_sub(s, clean, i));
    put_json_escape(b, c);
    clean = i + len;
  }
  ari_buf_str(b, ari_str_sub(s, clean, s.n));
  ari_buf_char(b, '"');
}

/* RFC 4180; `;` is quoted as well, for readers that take it as the separator. src/README.md, "Safety": no spreadsheet runs what a user wrote. */
void ari_buf_csv(ari_buf *b, ari_str s) {
  if (!s.n) return;
  bool formula = memchr("=+-@\t", s.p[0], 5) != NULL;
  bool quoted = s.p[0] == ' ' || s.p[s.n - 1] == ' ';
  for (size_t i = 0; i < s.n && !quoted; i++) quoted = memchr(",;\"\r\n", s.p[i], 5) != NULL;
  if (quoted) ari_buf_char(b, '"');
  if (formula) ari_buf_char(b, '\'');
  if (!quoted) ari_buf_str(b, s);
  for (size_t i = 0; i < s.n && quoted; i++) {
    if (s.p[i] == '"') ari_buf_char(b, '"');
    ari_buf_char(b, s.p[i]);
  }
  if (quoted) ari_buf_char(b, '"');
}
