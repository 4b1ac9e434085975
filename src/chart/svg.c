/* The SVG that gnuplot wrote: is it whole, and its head as it may stand in a page; the drawing: svg_drawing.c. What users wrote cannot look like
 * anything that is searched for here: gnuplot escapes `<` and `&`, and ari_chart_text has taken `"` out. */
#include "inside.h"

#include <string.h>

static size_t count_text(ari_str s, const char *text) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] == text[0] && ari_str_starts(ari_str_sub(s, i, s.n), text)) n++;
  return n;
}

static ari_str take_line(ari_str *rest) {
  const char *end = memchr(rest->p, '\n', rest->n);
  size_t n = end ? (size_t)(end - rest->p) : rest->n;
  ari_str line = ari_str_sub(*rest, 0, n);
  *rest = ari_str_sub(*rest, end ? n + 1 : n, rest->n);
  return line;
}

static void put_xml(ari_buf *b, ari_str s) {
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '<') ari_buf_text(b, "&lt;");
    else if (s.p[i] == '>') ari_buf_text(b, "&gt;");
    else if (s.p[i] == '&') ari_buf_text(b, "&amp;");
    else ari_buf_char(b, s.p[i]);
  }
}

static void put_element(ari_buf *b, const char *name, ari_str text) {
  ari_buf visible = {0};
  ari_chart_put_text(&visible, text);
  if (visible.failed) b->failed = true;
  ari_buf_printf(b, "<%s>", name);
  put_xml(b, ari_buf_view(&visible));
  ari_buf_printf(b, "</%s>\n", name);
  ari_buf_free(&visible);
}

bool ari_svg_mend(ari_str svg, const ari_picture *want, ari_buf *out) {
  ari_str trimmed = svg, rest, size = {0};
  while (trimmed.n && (trimmed.p[trimmed.n - 1] == '\n' || trimmed.p[trimmed.n - 1] == ' ')) trimmed.n--;
  if (!ari_str_starts(svg, "<?xml ") || !ari_str_ends(trimmed, "</svg>") || count_text(svg, "<text") < want->texts) return false;
  if (!ari_utf8_valid(svg.p, svg.n, &(size_t){0})) return false;
  /* The size of the drawing, which may be another than that of the picture. */
  for (rest = trimmed; rest.n && !ari_str_starts(size, "viewBox=\"");) size = ari_str_trim(take_line(&rest));
  ari_buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" font-family=\"Noto Sans, Segoe UI, Roboto, Arial, sans-serif\"\n");
  ari_buf_printf(out, " width=\"%d\" height=\"%d\"\n ", want->width, want->height);
  ari_buf_str(out, size);
  ari_buf_text(out, ">\n");
  put_element(out, "title", want->title);
  put_element(out, "desc", want->alt);
  ari_svg_put_drawing(out, rest);
  ari_buf_text(out, "</svg>\n");
  return true;
}
