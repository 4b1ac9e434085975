/* Text for a terminal, as the public header offers it. */
#include "base.h"

#include <stdio.h>
#include <string.h>

size_t ari_text_width(const char *utf8) { return ari_utf8_width(ari_str_of(utf8)); }

size_t ari_text_visible(const char *utf8, char *out, size_t room) {
  ari_str s = ari_str_of(utf8);
  size_t n = 0;
  bool fits = room > 0; /* once a piece does not fit nothing more is put, so what is there stays whole characters */
  size_t end = 0;
  while (s.n) {
    size_t len;
    uint32_t c = ari_utf8_decode(s.p, s.n, &len);
    char piece[16];
    size_t want = len;
    if (ari_utf8_is_control(c)) want = (size_t)snprintf(piece, sizeof piece, "\\u{%04X}", (unsigned)c);
    else memcpy(piece, s.p, len);
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
