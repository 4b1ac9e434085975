/* Text for a terminal and for what was typed there, as the public header offers it. */
#include "base.h"

#include <stdio.h>
#include <string.h>

size_t ari_text_width(const char *utf8) { return ari_utf8_width(ari_str_of(utf8)); }

/* What is shown for the letter that s begins with: itself, or as ari_buf_visible writes what should not reach a terminal. */
static size_t show_letter(ari_str s, size_t *len, char piece[16]) {
  uint32_t c = ari_utf8_decode(s.p, s.n, len);
  if (c == 0xFFFD && *len == 1) return (size_t)snprintf(piece, 16, "\\x%02X", (unsigned)(unsigned char)s.p[0]);
  if (ari_utf8_is_control(c)) return (size_t)snprintf(piece, 16, "\\u{%02X}", (unsigned)c);
  memcpy(piece, s.p, *len);
  return *len;
}

const char *ari_nearest(const char *word, const char *const *candidates) {
  ari_str all[64];
  size_t n = 0;
  for (; n < ARI_COUNT(all) && candidates[n]; n++) all[n] = ari_str_of(candidates[n]);
  int near = ari_str_nearest(ari_str_of(word), all, n);
  return near < 0 ? NULL : candidates[near];
}

size_t ari_text_visible(const char *utf8, char *out, size_t room) {
  ari_str s = ari_str_of(utf8);
  size_t n = 0;
  bool fits = room > 0; /* once a piece does not fit nothing more is put, so what is there stays whole characters */
  size_t end = 0;
  while (s.n) {
    char piece[16];
    size_t len, want = show_letter(s, &len, piece);
    fits = fits && n + want < room;
    if (fits) {
      memcpy(out + n, piece, want);
      end = n + want;
    }
    n += want;
    s.p += len;
    s.n -= len;
  }
  if (room) out[end] = '\0';
  return n;
}
