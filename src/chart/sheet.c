/* The rows of one chart's data file. plots/style.gp says what each kind of row is. */
#include "chart.h"

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

void ari_sheet_text(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_str text) {
  if (!ari_str_trim(text).n) return;
  ari_buf_printf(&s->rows, "text\t%d\t%d\t%d\t%d\t%u\t", x, y, (int)font + 1, (int)side, (unsigned)colour);
  put_quoted(&s->rows, text);
  s->texts++;
}

int ari_sheet_lines(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_text_lines lines) {
  for (size_t i = 0; i < lines.n; i++, y += ari_chart_line_height(font)) ari_sheet_text(s, x, y, font, side, colour, lines.at[i]);
  return y;
}

void ari_sheet_box(ari_sheet *s, const char *kind, int left, int right, int upper, int lower, uint32_t colour) {
  ari_buf_printf(&s->rows, "%s\t%d\t%d\t%d\t%d\t%u\n", kind, left, right, upper, lower, (unsigned)colour);
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
