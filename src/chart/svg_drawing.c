/* The drawing inside the SVG that gnuplot wrote, said again in a fifth of its bytes: what stands together and looks alike is one path or one group of
 * texts, with places to a tenth of a pixel. Nothing changes its place in the order of painting. Methodology: src/README.md, "Charts". */
#include "inside.h"

#include <string.h>

/* How an element looks, in gnuplot's words. */
typedef enum shape { NOTHING, LINE, AREA, TEXT } shape;
typedef struct look {
  shape shape;
  ari_str colour;            /* "rgb( 68, 187, 153)" */
  ari_str width, dashes;     /* of a line */
  ari_str opacity;           /* of an area */
  ari_str size, side;        /* of a text */
  bool bold;
} look;

typedef struct drawing {
  ari_buf *out;
  ari_str rest;
  look open;                 /* of what is being written */
  look letters;              /* of the texts in gnuplot's group */
  ari_str width, place;      /* of lines, and of texts: "translate(16.00,31.88) rotate(-90)" */
} drawing;

/* ---- reading ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool starts_number(ari_str s) { return s.n && (is_digit(s.p[0]) || (s.p[0] == '-' && s.n > 1 && is_digit(s.p[1]))); }

/* "-353.96" as -3540: tenths, the nearest. */
static int take_tenths(ari_str *s) {
  enum { DIGITS_MOST = 7 };
  size_t i = 0;
  bool negative = s->n && s->p[0] == '-';
  int v = 0, hundredths = 0;
  if (negative) i++;
  for (size_t n = 0; i < s->n && is_digit(s->p[i]); i++)
    if (n++ < DIGITS_MOST) v = v * 10 + (s->p[i] - '0');
  if (i < s->n && s->p[i] == '.')
    for (int unit = 10; ++i < s->n && is_digit(s->p[i]); unit /= 10) hundredths += unit * (s->p[i] - '0');
  *s = ari_str_sub(*s, i, s->n);
  v = v * 10 + (hundredths + 5) / 10;
  return negative ? -v : v;
}

static bool find_number(ari_str *s) {
  while (s->n && !starts_number(*s)) *s = ari_str_sub(*s, 1, s->n);
  return s->n > 0;
}

/* What stands in quotes behind a name in a tag: gnuplot writes name="…", name='…' and name = '…'. Empty: nothing does. */
static ari_str read_attribute(ari_str tag, const char *name) {
  size_t n = strlen(name);
  for (size_t i = 1; i + n < tag.n; i++) {
    if (tag.p[i] != name[0] || tag.p[i - 1] > ' ' || !ari_str_starts(ari_str_sub(tag, i, tag.n), name)) continue;
    size_t at = i + n;
    while (at < tag.n && tag.p[at] == ' ') at++;
    if (at == tag.n || tag.p[at] != '=') continue;
    do at++;
    while (at < tag.n && tag.p[at] == ' ');
    const char *end = at < tag.n ? memchr(tag.p + at + 1, tag.p[at], tag.n - at - 1) : NULL;
    return end ? ari_str_sub(tag, at + 1, (size_t)(end - tag.p)) : (ari_str){0};
  }
  return (ari_str){0};
}

/* The next tag without its brackets, and what stands before the one that follows. False: there is none. */
static bool take_tag(ari_str *rest, ari_str *tag, ari_str *content) {
  const char *from = memchr(rest->p, '<', rest->n);
  const char *end = from ? memchr(from, '>', rest->n - (size_t)(from - rest->p)) : NULL;
  if (!end) return false;
  *tag = ari_str_sub(*rest, (size_t)(from - rest->p) + 1, (size_t)(end - rest->p));
  *rest = ari_str_sub(*rest, (size_t)(end - rest->p) + 1, rest->n);
  const char *next = memchr(rest->p, '<', rest->n);
  *content = ari_str_sub(*rest, 0, next ? (size_t)(next - rest->p) : rest->n);
  return true;
}

/* ---- writing ---- */

static void put_tenths(ari_buf *b, int v) {
  int size = v < 0 ? -v : v;
  if (v < 0) ari_buf_char(b, '-');
  if (size >= 10 || size == 0) ari_buf_printf(b, "%d", size / 10);
  if (size % 10) ari_buf_printf(b, ".%d", size % 10);
}

/* The second of two numbers needs nothing between them when it begins with a sign. */
static void put_pair(ari_buf *b, int x, int y) {
  put_tenths(b, x);
  if (y >= 0) ari_buf_char(b, ' ');
  put_tenths(b, y);
}

/* "rgb( 68, 187, 153)" as "#44bb99", the form that report.css knows; any other as it is. */
static void put_colour(ari_buf *b, const char *name, ari_str colour) {
  ari_str s = colour;
  ari_buf_printf(b, " %s=\"", name);
  if (ari_str_starts(s, "rgb(")) {
    ari_buf_char(b, '#');
    while (find_number(&s)) ari_buf_printf(b, "%02x", (unsigned)(take_tenths(&s) / 10) & 255);
  } else {
    ari_buf_str(b, colour);
  }
  ari_buf_char(b, '"');
}

/* The tenths of an attribute, unless it says what holds anyway. */
static void put_attribute(ari_buf *b, const char *name, ari_str numbers, int usual) {
  ari_str first = numbers;
  if (!find_number(&first) || take_tenths(&first) == usual) return;
  ari_buf_printf(b, " %s=\"", name);
  for (const char *between = ""; find_number(&numbers); between = " ") ari_buf_text(b, between), put_tenths(b, take_tenths(&numbers));
  ari_buf_char(b, '"');
}

static bool is_same(const look *a, const look *b) {
  return a->shape == b->shape && a->bold == b->bold && ari_str_eq(a->colour, b->colour) && ari_str_eq(a->width, b->width) && ari_str_eq(a->dashes, b->dashes) &&
         ari_str_eq(a->opacity, b->opacity) && ari_str_eq(a->size, b->size) && ari_str_eq(a->side, b->side);
}

static void end_look(drawing *d) {
  if (d->open.shape == TEXT) ari_buf_text(d->out, "</g>\n");
  else if (d->open.shape != NOTHING) ari_buf_text(d->out, "\"/>\n");
  d->open = (look){0};
}

/* Elements that look like the one before them go on in its path or group. Areas with a share of opacity do not lie on each other in our charts. */
static void begin_look(drawing *d, const look *l) {
  ari_buf *b = d->out;
  if (is_same(&d->open, l)) return;
  end_look(d);
  d->open = *l;
  ari_buf_text(b, l->shape == TEXT ? "<g" : "<path");
  put_colour(b, l->shape == LINE ? "stroke" : "fill", l->colour);
  if (l->opacity.n) ari_buf_text(b, " fill-opacity=\""), ari_buf_str(b, ari_str_sub(l->opacity, 0, 4)), ari_buf_char(b, '"');
  if (l->bold) ari_buf_text(b, " font-weight=\"bold\"");
  put_attribute(b, "stroke-width", l->width, 10);
  put_attribute(b, "stroke-dasharray", l->dashes, 0);
  put_attribute(b, "font-size", l->size, 130);
  if (l->side.n) ari_buf_text(b, " text-anchor=\""), ari_buf_str(b, l->side), ari_buf_char(b, '"');
  ari_buf_text(b, l->shape == TEXT ? ">\n" : l->shape == LINE ? " " ARI_SVG_LINE " d=\"" : " d=\"");
}

/* From one place to the next; a step of nothing is a dot. */
static void put_step(ari_buf *b, int dx, int dy) {
  if (dy == 0) ari_buf_char(b, 'h'), put_tenths(b, dx);
  else if (dx == 0) ari_buf_char(b, 'v'), put_tenths(b, dy);
  else ari_buf_char(b, 'l'), put_pair(b, dx, dy);
}

/* "M480.00,333.00 L519.84,356.00 …", where "M" begins another line and "Z" closes it; or the corners of an area. */
static void put_places(ari_buf *b, ari_str s, bool area) {
  int x = 0, y = 0;
  bool begins = true;
  while (s.n) {
    if (!starts_number(s)) {
      if (s.p[0] == 'M') begins = true;
      if (s.p[0] == 'Z') ari_buf_char(b, 'z');
      s = ari_str_sub(s, 1, s.n);
      continue;
    }
    int to_x = take_tenths(&s);
    if (!find_number(&s)) break;
    int to_y = take_tenths(&s);
    if (begins) ari_buf_char(b, 'M'), put_pair(b, to_x, to_y);
    else put_step(b, to_x - x, to_y - y);
    begins = false;
    x = to_x;
    y = to_y;
  }
  if (area && !begins) ari_buf_char(b, 'z');
}

/* ---- element by element ---- */

static void draw_line(drawing *d, ari_str tag) {
  look l = {.shape = LINE, .colour = read_attribute(tag, "stroke"), .width = d->width, .dashes = read_attribute(tag, "stroke-dasharray")};
  begin_look(d, &l);
  put_places(d->out, read_attribute(tag, "d"), false);
}

static void draw_area(drawing *d, ari_str tag) {
  look l = {.shape = AREA, .colour = read_attribute(tag, "fill"), .opacity = read_attribute(tag, "fill-opacity")};
  begin_look(d, &l);
  put_places(d->out, read_attribute(tag, "points"), true);
}

/* The ground: all of the picture. */
static void draw_ground(drawing *d, ari_str tag) {
  look l = {.shape = AREA, .colour = read_attribute(tag, "fill")};
  ari_str wide = read_attribute(tag, "width"), high = read_attribute(tag, "height");
  int width = take_tenths(&wide), height = take_tenths(&high);
  begin_look(d, &l);
  ari_buf_text(d->out, "M0 0h"), put_tenths(d->out, width), ari_buf_char(d->out, 'v'), put_tenths(d->out, height);
  ari_buf_char(d->out, 'h'), put_tenths(d->out, -width), ari_buf_char(d->out, 'z');
}

/* gnuplot escapes '<' and '&' and leaves '>' as it is, which XML forbids in "]]>". */
static void put_words(ari_buf *b, ari_str words) {
  for (; words.n; words = ari_str_sub(words, 1, words.n)) {
    if (ari_str_starts(words, "]]>")) ari_buf_text(b, "]]&gt;"), words = ari_str_sub(words, 2, words.n);
    else ari_buf_char(b, words.p[0]);
  }
}

static void draw_text(drawing *d, ari_str tag, ari_str words) {
  ari_str place = d->place;
  find_number(&place);
  int x = take_tenths(&place);
  find_number(&place);
  int y = take_tenths(&place);
  if (y > 0) y = (y + 5) / 10 * 10;   /* letters stand on whole pixels */
  begin_look(d, &d->letters);
  ari_buf_text(d->out, find_number(&place) ? "<text transform=\"translate(" : "<text x=\"");
  put_tenths(d->out, x);
  ari_buf_text(d->out, place.n ? " " : "\" y=\"");
  put_tenths(d->out, y);
  if (place.n) ari_buf_text(d->out, ")rotate("), put_tenths(d->out, take_tenths(&place)), ari_buf_char(d->out, ')');
  ari_buf_text(d->out, read_attribute(tag, "xml:space").n ? "\" xml:space=\"preserve\">" : "\">");
  put_words(d->out, words);
  ari_buf_text(d->out, "</text>\n");
}

/* Only the innermost groups that say something matter: the width of lines; place, colour and font of texts. gnuplot's "X:Bold" is no font anywhere. */
static void read_group(drawing *d, ari_str tag) {
  ari_str width = read_attribute(tag, "stroke-width"), side = read_attribute(tag, "text-anchor"), place = read_attribute(tag, "transform");
  if (width.n) d->width = width;
  if (!place.n) return;
  d->place = place;
  d->letters = (look){.shape = TEXT, .colour = read_attribute(tag, "fill"), .size = read_attribute(tag, "font-size"),
                      .side = ari_str_is(side, "start") ? (ari_str){0} : side, .bold = ari_str_ends(read_attribute(tag, "font-family"), ":Bold")};
}

/* Signs and filters that no picture of ours uses. */
static void skip_definitions(drawing *d) {
  ari_str tag, content;
  while (take_tag(&d->rest, &tag, &content) && !ari_str_is(tag, "/defs")) {
  }
}

void ari_svg_put_drawing(ari_buf *out, ari_str svg) {
  drawing d = {.out = out, .rest = svg};
  ari_str tag, content;
  /* What holds where nothing else is said; areas have sharp edges, for those beside each other leave no gap. */
  ari_buf_text(out, "<g " ARI_SVG_CANVAS ">\n");
  while (take_tag(&d.rest, &tag, &content)) {
    if (ari_str_is(tag, "defs")) skip_definitions(&d);
    else if (ari_str_starts(tag, "g ")) read_group(&d, tag);
    else if (ari_str_starts(tag, "path ")) draw_line(&d, tag);
    else if (ari_str_starts(tag, "polygon ")) draw_area(&d, tag);
    else if (ari_str_starts(tag, "rect ")) draw_ground(&d, tag);
    else if (ari_str_is(tag, "text") || ari_str_starts(tag, "text ")) draw_text(&d, tag, content);
  }
  end_look(&d);
  ari_buf_text(out, "</g>\n");
}
