/* CSV as Excel opens it on a double click: a byte order mark, and in Vietnamese `;` between cells and a decimal comma. */
#include "inside.h"

#include <string.h>

void ari_excel_next(ari_excel *t) {
  if (t->begun) ari_buf_char(&t->out.buf, t->lang == ARI_VI ? ';' : ',');
  t->begun = true;
}

void ari_excel_end_row(ari_excel *t) {
  ari_buf_char(&t->out.buf, '\n');
  t->begun = false;
  ari_out_flush_if_full(&t->out);
}

/* What Excel would take for a figure or a date: 1.10, 001, 2026-08. */
static bool looks_like_figure(ari_str s) {
  bool digit = false;
  for (size_t i = 0; i < s.n; i++) {
    if (!memchr("0123456789.,:/-+%eE ", s.p[i], 20)) return false;
    digit = digit || (s.p[i] >= '0' && s.p[i] <= '9');
  }
  return digit;
}

/* Text stays text: an apostrophe stands before what Excel would run or change, as in ari_buf_csv. */
void ari_excel_text(ari_excel *t, ari_str s) {
  ari_excel_next(t);
  if (looks_like_figure(s) && !memchr("=+-@\t", s.p[0], 5)) ari_buf_char(&t->out.buf, '\'');
  ari_buf_csv(&t->out.buf, s);
}

/* Without grouping, which Excel does not read everywhere. */
void ari_excel_figure(ari_excel *t, bool there, int64_t e12, int decimals) {
  ari_excel_next(t);
  if (!there) return;
  ari_buf *b = &t->out.buf;
  size_t from = b->n;
  ari_buf_e12(b, e12, decimals, ARI_AS_DATA);
  char *point = t->lang == ARI_VI && !b->failed ? memchr(b->p + from, '.', b->n - from) : NULL;
  if (point) *point = ',';
}

ari_status ari_excel_finish(ari_excel *t, ari_status status) {
  ari_status closed = ari_out_close(&t->out);
  return status != ARI_OK ? status : closed;
}

ari_excel ari_excel_start(ari_lang lang, ari_sink to) {
  ari_excel t = {.out = {.sink = to}, .lang = lang};
  ari_out_text(&t.out, "\xef\xbb\xbf");
  return t;
}
