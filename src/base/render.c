/* Findings as people and programs read them: sentences, text with carets, JSON lines (src/README.md, "Findings"). */
#include "base.h"

#include <string.h>

/* Columns of a source line that are shown, how many of them before the caret, and the bytes that a column may take. */
enum { WINDOW = 100, WINDOW_LEFT = 40, BYTES = 16 };

ari_locale ari_locale_of(ari_lang lang) { return lang == ARI_EN ? ARI_AS_EN : ARI_AS_VI; }

static ari_source *source_of(ari_sources *sources, ari_span at) {
  return sources && at.file >= 0 && (size_t)at.file < sources->n ? &sources->items[at.file] : NULL;
}

/* ---- a source line as it is shown ---- */

/* Control and bidi characters are escaped, bytes that are no text too, and a tab is one space, so that carets stand where they should. */
static void put_line(ari_buf *b, ari_str s) {
  for (const char *tab; s.n && (tab = memchr(s.p, '\t', s.n)); s = ari_str_sub(s, (size_t)(tab - s.p) + 1, s.n)) {
    ari_buf_visible(b, ari_str_sub(s, 0, (size_t)(tab - s.p)));
    ari_buf_char(b, ' ');
  }
  ari_buf_visible(b, s);
}

/* Columns that it fills. */
static size_t shown_width(ari_buf *scratch, ari_str s) {
  ari_buf_clear(scratch);
  put_line(scratch, s);
  return ari_utf8_width(ari_buf_view(scratch));
}

/* ---- sentences ---- */

static void put_place(ari_buf *b, ari_span at, ari_sources *sources, ari_lang lang) {
  ari_source *s = source_of(sources, at);
  if (s) ari_buf_source_place(b, s, at.start, lang);
}

static void put_arg(ari_buf *b, const ari_arg *arg, ari_locale how) {
  switch (arg->kind) {
  case ARI_ARG_NONE: break;
  case ARI_ARG_TEXT: ari_buf_visible(b, arg->as.text); break;
  case ARI_ARG_INT: ari_buf_int(b, arg->as.i); break;
  case ARI_ARG_E12: ari_buf_e12(b, arg->as.i, -1, how); break;
  case ARI_ARG_DEC: ari_buf_dec(b, arg->as.dec, how); break;
  case ARI_ARG_DATE: ari_buf_date(b, arg->as.date, how); break;
  }
}

static void put_template(ari_buf *b, ari_str t, const ari_finding *f, ari_lang lang) {
  for (size_t i = 0; i < t.n; i++) {
    char next = i + 1 < t.n ? t.p[i + 1] : '\0';
    if (t.p[i] != '%') ari_buf_char(b, t.p[i]);
    else if (next >= '1' && next <= '4') put_arg(b, &f->args.at[next - '1'], ari_locale_of(lang)), i++;
    else ari_buf_char(b, '%'), i += next == '%';
  }
}

void ari_finding_sentence(ari_buf *b, const ari_finding *f, ari_lang lang) {
  put_template(b, ari_str_of(ari_code_words(f->code)->sentence[lang]), f, lang);
}

static void put_help(ari_buf *b, const ari_finding *f, ari_lang lang) {
  put_template(b, ari_str_of(ari_code_words(f->code)->help[lang]), f, lang);
}

/* The label of the place to mend (which = 0) or of the second place (which = 1). */
static ari_str label_of(const ari_finding *f, ari_lang lang, int which) {
  ari_str all = ari_str_of(ari_code_words(f->code)->label[lang]);
  const char *bar = memchr(all.p, '|', all.n);
  size_t at = bar ? (size_t)(bar - all.p) : all.n;
  return which == 0 ? ari_str_sub(all, 0, at) : ari_str_sub(all, bar ? at + 1 : at, all.n);
}

/* ---- text with carets ---- */

typedef struct ari_page {
  ari_buf *b;
  ari_buf scratch;
  const ari_finding *f;
  ari_sources *sources;
  ari_lang lang;
  bool colour;
  int gutter; /* digits of the largest line number shown */
} ari_page;

static const char *severity(const ari_page *p) {
  switch (ari_code_letter(p->f->code)) {
  case 'E': return p->lang == ARI_VI ? "lỗi" : "error";
  case 'W': return p->lang == ARI_VI ? "cảnh báo" : "warning";
  default: return p->lang == ARI_VI ? "sự cố" : "failure";
  }
}

static void put_colour(ari_page *p, const char *ansi) {
  if (p->colour) ari_buf_printf(p->b, "\033[%sm", ansi);
}

static const char *severity_colour(const ari_page *p) { return ari_code_letter(p->f->code) == 'W' ? "1;33" : "1;31"; }

static void put_times(ari_buf *b, size_t n, char c) {
  while (n-- > 0) ari_buf_char(b, c);
}

/* "   " or "14 " with what separates it from the rest of the line. */
static void put_gutter(ari_page *p, uint32_t line, const char *edge) {
  put_colour(p, "1;34");
  if (line) ari_buf_printf(p->b, "%*u %s", p->gutter, line, edge);
  else ari_buf_printf(p->b, "%*s %s", p->gutter, "", edge);
  put_colour(p, "0");
}

/* Bytes of the code point at p; 1 when they are not one. */
static size_t unit_length(const char *p, size_t n) {
  unsigned char c = (unsigned char)*p;
  size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4, bad;
  return len <= n && ari_utf8_valid(p, len, &bad) ? len : 1;
}

/* Where the code points from `at` on end that fit into so many columns: and into so many bytes, for there may be a million marks on
 * one letter. */
static size_t fit_forwards(ari_buf *scratch, ari_str line, size_t at, size_t columns) {
  for (size_t used = 0, first = at; at < line.n && at - first < BYTES * columns;) {
    size_t len = unit_length(line.p + at, line.n - at);
    used += shown_width(scratch, ari_str_sub(line, at, at + len));
    if (used > columns) break;
    at += len;
  }
  return at;
}

static size_t fit_backwards(ari_buf *scratch, ari_str line, size_t at, size_t columns) {
  for (size_t used = 0, last = at; at > 0 && last - at < BYTES * columns;) {
    size_t from = at - 1;
    while (from > 0 && at - from < 4 && ((unsigned char)line.p[from] & 0xC0) == 0x80) from--;
    if (unit_length(line.p + from, at - from) != at - from) from = at - 1;
    used += shown_width(scratch, ari_str_sub(line, from, at));
    if (used > columns) break;
    at = from;
  }
  return at;
}

/* The number of the line that is shown, or of the row of the cell; 0: there is none. */
static uint32_t line_shown(ari_source *s, ari_span at) {
  const ari_cell_name *cell = ari_source_cell(s, at.start);
  if (cell) return cell->row;
  if (!s->bytes.n) return 0;
  uint32_t line, column;
  ari_source_place(s, at.start, &line, &column);
  return line;
}

/* One source line and what is underlined in it; a line of a megabyte is cut to a window around that. A span over several lines is
 * underlined on its first. */
static void put_snippet(ari_page *p, ari_source *s, ari_span at, char mark, ari_str label) {
  uint32_t number, column;
  ari_source_place(s, at.start, &number, &column);
  ari_str line = ari_source_line(s, number);
  size_t line_at = (size_t)(line.p - ari_source_text(s).p), from = 0;
  size_t start = at.start > line_at ? at.start - line_at : 0, end = start + at.len;
  if (start > line.n) start = line.n;
  if (end > line.n) end = line.n;
  size_t to = fit_forwards(&p->scratch, line, 0, WINDOW);
  if (to < line.n) {
    from = fit_backwards(&p->scratch, line, start, WINDOW_LEFT);
    to = fit_forwards(&p->scratch, line, from, WINDOW);
  }
  if (end > to) end = to;
  put_gutter(p, 0, "|");
  ari_buf_char(p->b, '\n');
  put_gutter(p, line_shown(s, at), "|");
  if (line.n) ari_buf_char(p->b, ' ');
  if (from > 0) ari_buf_text(p->b, "…");
  put_line(p->b, ari_str_sub(line, from, to));
  if (to < line.n) ari_buf_text(p->b, "…");
  ari_buf_char(p->b, '\n');
  put_gutter(p, 0, "| ");
  put_times(p->b, (from > 0) + shown_width(&p->scratch, ari_str_sub(line, from, start)), ' ');
  put_colour(p, mark == '^' ? severity_colour(p) : "1;34");
  size_t width = shown_width(&p->scratch, ari_str_sub(line, start, end));
  put_times(p->b, width ? width : 1, mark);
  if (label.n) ari_buf_char(p->b, ' ');
  put_template(p->b, label, p->f, p->lang);
  put_colour(p, "0");
  ari_buf_char(p->b, '\n');
}

static void put_row(ari_page *p) {
  if (!p->f->row) return;
  ari_buf_printf(p->b, p->lang == ARI_VI ? " (dòng %u" : " (row %u", p->f->row);
  if (p->f->column.n) {
    ari_buf_text(p->b, p->lang == ARI_VI ? ", cột \"" : ", column \"");
    ari_buf_visible(p->b, p->f->column);
    ari_buf_char(p->b, '"');
  }
  ari_buf_char(p->b, ')');
}

/* The arrow, the place and, when the source is at hand, its line. */
static void put_where(ari_page *p, ari_span at, const char *arrow, char mark, ari_str label) {
  ari_source *s = source_of(p->sources, at);
  if (!s) return;
  put_colour(p, "1;34");
  ari_buf_printf(p->b, "%*s%s ", p->gutter, "", arrow);
  put_colour(p, "0");
  put_place(p->b, at, p->sources, p->lang);
  if (mark == '^') put_row(p);
  ari_buf_char(p->b, '\n');
  if (line_shown(s, at)) put_snippet(p, s, at, mark, label);
}

static int gutter_of(ari_sources *sources, ari_span at) {
  ari_source *s = source_of(sources, at);
  int digits = 0;
  for (uint32_t line = s ? line_shown(s, at) : 0; line; line /= 10) digits++;
  return digits;
}

static void put_finding(ari_page *p) {
  const ari_finding *f = p->f;
  int first = gutter_of(p->sources, f->at), second = gutter_of(p->sources, f->other);
  p->gutter = first > second ? first : second;
  if (p->gutter == 0) p->gutter = 1;
  put_colour(p, severity_colour(p));
  ari_buf_printf(p->b, "%s[%s]", severity(p), ari_code_name(f->code));
  put_colour(p, "0;1");
  ari_buf_text(p->b, ": ");
  ari_finding_sentence(p->b, f, p->lang);
  put_colour(p, "0");
  ari_buf_char(p->b, '\n');
  put_where(p, f->at, "-->", '^', label_of(f, p->lang, 0));
  put_where(p, f->other, ":::", '-', label_of(f, p->lang, 1));
  if (!*ari_code_words(f->code)->help[p->lang]) return;
  put_gutter(p, 0, "= ");
  ari_buf_text(p->b, p->lang == ARI_VI ? "gợi ý: " : "help: ");
  put_help(p->b, f, p->lang);
  ari_buf_char(p->b, '\n');
}

/* ---- JSON ---- */

static void put_json_key(ari_buf *b, const char *key) { ari_buf_printf(b, ",\"%s\":", key); }

static void put_json_cell(ari_buf *b, const ari_cell_name *cell) {
  if (!cell->sheet.n) return;
  put_json_key(b, "sheet");
  ari_buf_json(b, cell->sheet);
  if (!cell->row) return;
  put_json_key(b, "cell");
  ari_buf_char(b, '"');
  ari_buf_cell_name(b, cell);
  ari_buf_char(b, '"');
}

static void put_json_place(ari_buf *b, ari_source *s, ari_span at, bool with_end) {
  ari_buf_text(b, "\"file\":");
  ari_buf_json(b, s->name);
  if (!s->bytes.p) return;
  const ari_cell_name *cell = ari_source_cell(s, at.start);
  if (cell) {
    put_json_cell(b, cell);
    return;
  }
  uint32_t line, column;
  ari_source_place(s, at.start, &line, &column);
  ari_buf_printf(b, ",\"line\":%u,\"column\":%u", line, column);
  if (!with_end) return;
  ari_source_place(s, at.start + at.len, &line, &column);
  ari_buf_printf(b, ",\"end_line\":%u,\"end_column\":%u", line, column);
}

static void put_json_args(ari_buf *b, const ari_finding *f) {
  put_json_key(b, "args");
  ari_buf_char(b, '[');
  for (size_t i = 0; i < ARI_COUNT(f->args.at) && f->args.at[i].kind != ARI_ARG_NONE; i++) {
    const ari_arg *arg = &f->args.at[i];
    if (i > 0) ari_buf_char(b, ',');
    ari_buf text = {0};
    put_arg(&text, arg, ARI_AS_DATA);
    bool number = arg->kind == ARI_ARG_INT || arg->kind == ARI_ARG_E12 || arg->kind == ARI_ARG_DEC;
    if (number) ari_buf_str(b, ari_buf_view(&text));
    else ari_buf_json(b, arg->kind == ARI_ARG_TEXT ? arg->as.text : ari_buf_view(&text));
    b->failed |= text.failed;
    ari_buf_free(&text);
  }
  ari_buf_char(b, ']');
}

static void put_json_text(ari_buf *b, const char *key, const ari_finding *f, ari_lang lang,
                          void (*put)(ari_buf *, const ari_finding *, ari_lang)) {
  ari_buf text = {0};
  put(&text, f, lang);
  put_json_key(b, key);
  ari_buf_json(b, ari_buf_view(&text));
  b->failed |= text.failed;
  ari_buf_free(&text);
}

static void put_json_finding(ari_buf *b, const ari_finding *f, ari_sources *sources, ari_lang lang) {
  char letter = ari_code_letter(f->code);
  ari_buf_printf(b, "{\"code\":\"%s\",\"severity\":\"%s\"", ari_code_name(f->code),
                 letter == 'E' ? "error" : letter == 'W' ? "warning" : "failure");
  ari_source *at = source_of(sources, f->at), *other = source_of(sources, f->other);
  if (at) ari_buf_char(b, ','), put_json_place(b, at, f->at, true);
  if (f->row) ari_buf_printf(b, ",\"row\":%u", f->row);
  if (f->row && f->column.n) put_json_key(b, "column_name"), ari_buf_json(b, f->column);
  put_json_text(b, "message", f, lang, ari_finding_sentence);
  if (*ari_code_words(f->code)->help[lang]) put_json_text(b, "help", f, lang, put_help);
  if (other) {
    put_json_key(b, "other");
    ari_buf_char(b, '{');
    put_json_place(b, other, f->other, false);
    ari_buf_char(b, '}');
  }
  put_json_args(b, f);
  ari_buf_text(b, "}\n");
}

/* ---- whole lists ---- */

/* How many findings of items[from]'s file stand from `from` on; *more of them are not shown, *dropped of these not even kept. */
static size_t file_run(const ari_findings *fs, size_t from, size_t *more, size_t *dropped) {
  int32_t file = fs->items[from].at.file;
  size_t n = 1;
  while (from + n < fs->n && (fs->items[from + n].at.file == file || (file < 0 && fs->items[from + n].at.file < 0))) n++;
  *dropped = 0;
  for (size_t i = 0; i < fs->n_drops; i++)
    if (fs->drops[i].file == (file < 0 ? -1 : file)) *dropped += fs->drops[i].n;
  *more = *dropped + (n > ARI_SHOW_FINDINGS ? n - ARI_SHOW_FINDINGS : 0);
  return n;
}

static void put_more_text(ari_page *p, size_t more, ari_span at) {
  ari_source *s = source_of(p->sources, at);
  ari_buf_printf(p->b, p->lang == ARI_VI ? "\nvà %zu thông báo nữa" : "\nand %zu more", more);
  if (s) {
    ari_buf_text(p->b, p->lang == ARI_VI ? " trong " : " in ");
    ari_buf_visible(p->b, s->name);
  }
  ari_buf_char(p->b, '\n');
}

void ari_findings_text(ari_buf *b, const ari_findings *fs, ari_sources *sources, ari_lang lang, bool colour) {
  ari_page p = {.b = b, .sources = sources, .lang = lang, .colour = colour};
  size_t more, dropped, n, untold = fs->dropped; /* in the end: those of files of which not one finding was kept */
  for (size_t i = 0; i < fs->n; i += n) {
    n = file_run(fs, i, &more, &dropped);
    untold -= dropped;
    for (size_t k = i; k < i + n && k < i + ARI_SHOW_FINDINGS; k++) {
      if (k > 0) ari_buf_char(b, '\n');
      p.f = &fs->items[k];
      put_finding(&p);
    }
    if (more) put_more_text(&p, more, fs->items[i].at);
  }
  if (untold) put_more_text(&p, untold, ARI_NOWHERE);
  b->failed |= p.scratch.failed;
  ari_buf_free(&p.scratch);
}

static void put_more_json(ari_buf *b, size_t more, ari_source *s) {
  ari_buf_printf(b, "{\"more\":%zu", more);
  if (s) put_json_key(b, "file"), ari_buf_json(b, s->name);
  ari_buf_text(b, "}\n");
}

void ari_findings_json(ari_buf *b, const ari_findings *fs, ari_sources *sources, ari_lang lang) {
  size_t more, dropped, n, untold = fs->dropped; /* in the end: those of files of which not one finding was kept */
  for (size_t i = 0; i < fs->n; i += n) {
    n = file_run(fs, i, &more, &dropped);
    untold -= dropped;
    for (size_t k = i; k < i + n && k < i + ARI_SHOW_FINDINGS; k++) put_json_finding(b, &fs->items[k], sources, lang);
    if (more) put_more_json(b, more, source_of(sources, fs->items[i].at));
  }
  if (untold) put_more_json(b, untold, NULL);
}
