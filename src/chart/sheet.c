/* The rows of one chart's data file. plots/style.gp says what each kind of row is. */
#include "inside.h"

void ari_sheet_free(ari_sheet *s) {
  ari_buf_free(&s->rows);
  ari_arena_free(&s->arena);
}

/* Methodology (src/README.md, "Charts"): text stands in quotes, a backslash is doubled because gnuplot reads "\n" as a line end. ari_chart_text has taken
 * quotes and control characters out. */
static void put_quoted(ari_buf *b, ari_str text) {
  ari_buf_char(b, '"');
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == '\\') ari_buf_char(b, '\\');
    ari_buf_char(b, text.p[i]);
  }
  ari_buf_text(b, "\"\n");
}

uint32_t ari_sheet_colour(const ari_sheet *s, uint32_t colour) {
  static const struct { uint32_t print, screen; } colours[] = { /* ground and lines of the screen: style.gp */
      {ARI_INK, 0xe6edf3},        {ARI_MUTED, 0xa9b4c0},    {ARI_STRIPE, 0x1f2732},  {ARI_GROUND, 0x161b22},
      {ARI_VEIL, 0x50161b22},     {ARI_BLUE, 0x6cb6ff},     {ARI_GREEN, 0x4fd0a5},   {ARI_ORANGE, 0xff9a5c},
      {ARI_GRID, 0x3a4552},       {ARI_GREY, 0x7d8894},     {ARI_PALE, 0x2f5472}};
  for (size_t i = 0; i < ARI_COUNT(colours) && s->theme == ARI_THEME_SCREEN; i++)
    if (colours[i].print == colour) return colours[i].screen;
  return colour;
}

void ari_sheet_text(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_str text) {
  if (!ari_str_trim(text).n) return;
  ari_buf_printf(&s->rows, "text\t%d\t%d\t%d\t%d\t%u\t", x, y, (int)font + 1, (int)side, (unsigned)ari_sheet_colour(s, colour));
  put_quoted(&s->rows, text);
  s->texts++;
}

void ari_sheet_turned(ari_sheet *s, int x, int y, ari_font font, uint32_t colour, ari_str text) {
  if (!ari_str_trim(text).n) return;
  ari_buf_printf(&s->rows, "turned\t%d\t%d\t%d\t%d\t%u\t", x, y, (int)font + 1, (int)ARI_SIDE_LEFT, (unsigned)ari_sheet_colour(s, colour));
  put_quoted(&s->rows, text);
  s->texts++;
}

int ari_sheet_lines(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_text_lines lines) {
  for (size_t i = 0; i < lines.n; i++, y += ari_chart_line_height(font)) ari_sheet_text(s, x, y, font, side, colour, lines.at[i]);
  return y;
}

void ari_sheet_box(ari_sheet *s, const char *kind, int left, int right, int upper, int lower, uint32_t colour) {
  ari_buf_printf(&s->rows, "%s\t%d\t%d\t%d\t%d\t%u\n", kind, left, right, upper, lower, (unsigned)ari_sheet_colour(s, colour));
}

bool ari_sheet_keep(ari_sheet *s, ari_buf *b, ari_str *out) {
  bool kept = !b->failed && ari_chart_text(&s->arena, ari_buf_view(b), out);
  ari_buf_free(b);
  return kept;
}

int ari_sheet_head(ari_sheet *s, ari_str title, ari_str below) {
  ari_text_lines lines;
  int width = s->width - 2 * ARI_MARGIN, y = 26;
  if (!ari_chart_text(&s->arena, title, &title) || !ari_chart_wrap(&s->arena, title, ARI_FONT_TITLE, width, &lines)) goto no_memory;
  y = ari_sheet_lines(s, ARI_MARGIN, y, ARI_FONT_TITLE, ARI_SIDE_LEFT, ARI_INK, lines);
  if (!ari_chart_text(&s->arena, below, &below) || !ari_chart_wrap(&s->arena, below, ARI_FONT_PLAIN, width, &lines)) goto no_memory;
  return ari_sheet_lines(s, ARI_MARGIN, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_MUTED, lines) + 8;
no_memory:
  s->failed = true;
  return y;
}

void ari_chart_next_note(ari_buf *notes) {
  if (notes->n) ari_buf_text(notes, "   ");
}

int ari_sheet_notes(ari_sheet *s, int y, ari_buf *notes) {
  ari_str text;
  ari_text_lines lines;
  if (!notes->n && !notes->failed) return y;
  y += ari_chart_line_height(ARI_FONT_SMALL);
  if (!ari_sheet_keep(s, notes, &text) || !ari_chart_wrap(&s->arena, text, ARI_FONT_SMALL, s->width - 2 * ARI_MARGIN, &lines)) {
    s->failed = true;
    return y;
  }
  return ari_sheet_lines(s, ARI_MARGIN, y, ARI_FONT_SMALL, ARI_SIDE_LEFT, ARI_MUTED, lines);
}

void ari_sheet_mark(ari_sheet *s, const char *kind, int x, int y, uint32_t colour) {
  ari_buf_printf(&s->rows, "%s\t%d\t%d\t%u\n", kind, x, y, (unsigned)ari_sheet_colour(s, colour));
}

void ari_chart_put_change(ari_buf *b, int64_t change, int decimals, ari_locale how) {
  if (change > 0) ari_buf_char(b, '+');
  ari_buf_e12(b, change, decimals, how);
}

int ari_sheet_part(ari_sheet *s, const ari_work *work, uint32_t agency, int y, int width) {
  ari_text_lines lines;
  ari_str name;
  if (!ari_chart_text(&s->arena, ari_chart_group_name(work, ari_chart_block(work, agency)), &name) ||
      !ari_chart_wrap(&s->arena, name, ARI_FONT_BOLD, width, &lines))
    return s->failed = true, y;
  int line = ari_chart_line_height(ARI_FONT_BOLD);
  return ari_sheet_lines(s, ARI_MARGIN, y + line, ARI_FONT_BOLD, ARI_SIDE_LEFT, ARI_INK, lines) - line / 2;
}
