/* The SVG that gnuplot wrote: is it whole, and what has to be mended before it may stand in a page. What users wrote cannot look like
 * anything that is searched for here: gnuplot escapes `<` and `&`, and ari_chart_text has taken `"` out. */
#include "chart.h"

#include <string.h>

static bool skip_text(ari_str *s, const char *text) {
  if (!ari_str_starts(*s, text)) return false;
  *s = ari_str_sub(*s, strlen(text), s->n);
  return true;
}

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

/* gnuplot opens and closes many groups with nothing in them: a third of a radar's bytes. */
static bool skip_empty_group(ari_str opening, ari_str *rest) {
  ari_str after = *rest;
  if (!ari_str_starts(opening, "<g fill=\"none\"") || !ari_str_is(ari_str_trim(take_line(&after)), "</g>")) return false;
  *rest = after;
  return true;
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

/* A line mended: the font is named once, on <svg>, with substitutes; gnuplot's "X:Bold" is no font anywhere; gnuplot leaves '>' as it is,
 * which XML forbids in "]]>". */
static void put_line(ari_buf *b, ari_str line) {
  while (line.n) {
    if (skip_text(&line, " font-family=\"Noto Sans:Bold\"")) ari_buf_text(b, " font-weight=\"bold\"");
    else if (skip_text(&line, "]]>")) ari_buf_text(b, "]]&gt;");
    else if (!skip_text(&line, " font-family=\"Noto Sans\"")) ari_buf_char(b, line.p[0]), line = ari_str_sub(line, 1, line.n);
  }
  ari_buf_char(b, '\n');
}

bool ari_svg_mend(ari_str svg, const ari_picture *want, ari_buf *out) {
  ari_str trimmed = svg;
  while (trimmed.n && (trimmed.p[trimmed.n - 1] == '\n' || trimmed.p[trimmed.n - 1] == ' ')) trimmed.n--;
  if (!ari_str_starts(svg, "<?xml ") || !ari_str_ends(trimmed, "</svg>") || count_text(svg, "<text") < want->texts) return false;
  if (!ari_utf8_valid(svg.p, svg.n, &(size_t){0})) return false;
  bool sized = false; /* the size asked for, which may be another than that of the viewBox */
  for (ari_str rest = trimmed; rest.n;) {
    ari_str line = take_line(&rest), bare = ari_str_trim(line);
    if (skip_empty_group(bare, &rest)) continue;
    if (ari_str_starts(bare, "<title>Gnuplot")) put_element(out, "title", want->title);
    else if (ari_str_starts(bare, "<desc>")) put_element(out, "desc", want->alt);
    else if (ari_str_starts(bare, "<g id=")) ari_buf_text(out, "<g>\n"); /* and gnuplot's <title> of a plot, which is its source text */
    else if (!sized && ari_str_starts(bare, "width=\"")) ari_buf_printf(out, " width=\"%d\" height=\"%d\"\n", want->width, want->height), sized = true;
    else if (ari_str_is(bare, "<svg"))
      ari_buf_text(out, "<svg role=\"img\" font-family=\"Noto Sans, Segoe UI, Roboto, Arial, sans-serif\"\n");
    else if (ari_str_is(bare, "xmlns:xlink=\"http://www.w3.org/1999/xlink\"")) continue;
    else if (!ari_str_is(bare, "<defs>")) put_line(out, line);
    else
      while (rest.n && !ari_str_is(ari_str_trim(take_line(&rest)), "</defs>")) {
      }
  }
  return true;
}
