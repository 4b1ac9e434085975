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

/* A line before the drawing begins, and a label: gnuplot leaves '>' as it is, which XML forbids in "]]>". */
static void put_line(ari_buf *b, ari_str line) {
  while (line.n) {
    if (skip_text(&line, "]]>")) ari_buf_text(b, "]]&gt;");
    else ari_buf_char(b, line.p[0]), line = ari_str_sub(line, 1, line.n);
  }
  ari_buf_char(b, '\n');
}

/* ---- the drawing: said once what gnuplot says on every line, a tenth of a pixel is enough ---- */

static const char CANVAS[] = "<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\" font-size=\"13\">\n";
/* What CANVAS says already, and what holds where nothing is said. */
static const char *const SAID[] = {" font-family=\"Noto Sans\"", " fill=\"none\"", " color=\"black\"", " stroke=\"currentColor\"", " stroke-width=\"1.00\"",
                                   " stroke-linecap=\"round\"", " stroke-linejoin=\"round\"", " stroke=\"none\"", " stroke='none'", "  text-anchor=\"start\"",
                                   " font-size=\"13.00\""};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_number(ari_str *s, unsigned *out) {
  size_t n = 0;
  for (*out = 0; n < s->n && n < 8 && is_digit(s->p[n]); n++) *out = *out * 10 + (unsigned)(s->p[n] - '0');
  *s = ari_str_sub(*s, n, s->n);
  return n > 0;
}

/* "rgb( 68, 187, 153)" as "#44bb99". */
static bool put_colour(ari_buf *b, ari_str *line) {
  ari_str s = *line;
  unsigned part[3];
  if (!skip_text(&s, "rgb(")) return false;
  for (int i = 0; i < 3; i++) {
    while (skip_text(&s, " ") || skip_text(&s, ",")) {
    }
    if (!take_number(&s, &part[i])) return false;
  }
  if (!skip_text(&s, ")")) return false;
  ari_buf_printf(b, "#%02x%02x%02x", part[0], part[1], part[2]);
  *line = s;
  return true;
}

/* "353.96" as "354"; what is less than 1, a share, keeps two decimals. */
static void put_number(ari_buf *b, ari_str *line) {
  ari_str s = *line;
  unsigned whole = 0, hundredths = 0;
  take_number(&s, &whole);
  if (s.n > 1 && s.p[0] == '.' && is_digit(s.p[1])) {
    hundredths = 10 * (unsigned)(s.p[1] - '0') + (s.n > 2 && is_digit(s.p[2]) ? (unsigned)(s.p[2] - '0') : 0);
    for (s = ari_str_sub(s, 1, s.n); s.n && is_digit(s.p[0]);) s = ari_str_sub(s, 1, s.n);
  }
  if (whole > 0) hundredths = (hundredths + 5) / 10 * 10;
  if (hundredths == 100) whole++, hundredths = 0;
  ari_buf_printf(b, "%u", whole);
  if (hundredths % 10) ari_buf_printf(b, ".%02u", hundredths);
  else if (hundredths) ari_buf_printf(b, ".%u", hundredths / 10);
  *line = s;
}

static bool skip_said(ari_str *line) {
  for (size_t i = 0; i < ARI_COUNT(SAID); i++)
    if (skip_text(line, SAID[i])) return true;
  return false;
}

/* Not within "#1b1f24", nor in the middle of a number. */
static bool starts_number(char before, char c) { return is_digit(c) && before != '#' && !is_digit(before) && !(before >= 'a' && before <= 'z'); }

/* The font is named once, on <svg>, with substitutes; gnuplot's "X:Bold" is no font anywhere. */
static void put_shape(ari_buf *b, ari_str line) {
  if (!ari_str_starts(line, "<path stroke=") && skip_text(&line, "<path")) ari_buf_text(b, "<path stroke=\"#000\"");
  while (line.n) {
    if (skip_text(&line, " font-family=\"Noto Sans:Bold\"")) ari_buf_text(b, " font-weight=\"bold\"");
    else if (skip_said(&line) || put_colour(b, &line)) continue;
    else if (skip_text(&line, " = ")) ari_buf_char(b, '=');
    else if (skip_text(&line, "  '/>") || skip_text(&line, " '/>")) ari_buf_text(b, "'/>");
    else if (skip_text(&line, "  ")) ari_buf_char(b, ' ');
    else if (starts_number(b->n ? b->p[b->n - 1] : '\n', line.p[0])) put_number(b, &line);
    else ari_buf_char(b, line.p[0]), line = ari_str_sub(line, 1, line.n);
  }
  ari_buf_char(b, '\n');
}

static bool skip_innermost(ari_str opening, ari_str *rest) {
  ari_str after = *rest;
  if (!ari_str_starts(opening, "<g") || !ari_str_is(ari_str_trim(take_line(&after)), "</g>")) return false;
  *rest = after;
  return true;
}

/* gnuplot opens and closes many groups with nothing in them, or with nothing but such groups: half of a radar's bytes. */
static bool skip_empty_group(ari_str opening, ari_str *rest) {
  ari_str after = *rest, line = {0};
  if (!ari_str_starts(opening, "<g")) return false;
  do line = ari_str_trim(take_line(&after));
  while (after.n && (line.n == 0 || skip_innermost(line, &after)));
  if (!ari_str_is(line, "</g>")) return false;
  *rest = after;
  return true;
}

/* Signs and filters that no picture of ours uses. */
static void skip_definitions(ari_str *rest) {
  while (rest->n && !ari_str_is(ari_str_trim(take_line(rest)), "</defs>")) {
  }
}

bool ari_svg_mend(ari_str svg, const ari_picture *want, ari_buf *out) {
  ari_str trimmed = svg;
  while (trimmed.n && (trimmed.p[trimmed.n - 1] == '\n' || trimmed.p[trimmed.n - 1] == ' ')) trimmed.n--;
  if (!ari_str_starts(svg, "<?xml ") || !ari_str_ends(trimmed, "</svg>") || count_text(svg, "<text") < want->texts) return false;
  if (!ari_utf8_valid(svg.p, svg.n, &(size_t){0})) return false;
  bool drawing = false, sized = false; /* the size asked for, which may be another than that of the viewBox */
  for (ari_str rest = trimmed; rest.n;) {
    ari_str line = take_line(&rest), bare = ari_str_trim(line);
    if (drawing && (bare.n == 0 || skip_empty_group(bare, &rest))) continue;
    if (ari_str_starts(bare, "<title>Gnuplot")) put_element(out, "title", want->title);
    else if (ari_str_starts(bare, "<desc>")) put_element(out, "desc", want->alt);
    else if (ari_str_starts(bare, "<g id=")) ari_buf_text(out, drawing ? "<g>\n" : CANVAS), drawing = true; /* and gnuplot's <title> of a plot, its source text */
    else if (!sized && ari_str_starts(bare, "width=\"")) ari_buf_printf(out, " width=\"%d\" height=\"%d\"\n", want->width, want->height), sized = true;
    else if (ari_str_is(bare, "<svg"))
      ari_buf_text(out, "<svg role=\"img\" font-family=\"Noto Sans, Segoe UI, Roboto, Arial, sans-serif\"\n");
    else if (ari_str_is(bare, "xmlns:xlink=\"http://www.w3.org/1999/xlink\"")) continue;
    else if (ari_str_starts(bare, "<text>")) put_line(out, bare);
    else if (ari_str_is(bare, "<defs>")) skip_definitions(&rest);
    else if (drawing) put_shape(out, bare);
    else put_line(out, line);
  }
  return true;
}
