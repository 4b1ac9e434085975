/* The author's own words, as they stand in the criteria file. */
#include "inside.h"

#include <string.h>

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* Runs of blanks and line ends become one blank; comments at the ends of lines go. */
void ari_buf_source_words(ari_buf *b, const ari_work *work, ari_span span) {
  if (span.file < 0) return;
  ari_str s = ari_str_sub(work->sources.items[span.file].bytes, span.start, (size_t)span.start + span.len);
  bool gap = false, any = false;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '#' && (i == 0 || is_blank(s.p[i - 1]))) {
      while (i < s.n && s.p[i] != '\n') i++;
      gap = true;
    } else if (is_blank(s.p[i])) {
      gap = true;
    } else {
      if (gap && any) ari_buf_char(b, ' ');
      gap = false;
      any = true;
      ari_buf_char(b, s.p[i]);
    }
  }
}
