/* CSV, row by row over the bytes of a loaded file (RFC 4180; methodology: ari-evidence(5), "Evidence in CSV"). Comma or semicolon, LF, CRLF or CR,
 * quoted values with line ends in them. Nothing is dropped: a row comes back as a row or as a finding. */
#include "inside.h"

#include <string.h>

/* Lists of fields may be quoted, and a quoted separator says nothing. The one that occurs more often in the header is it. */
static char find_separator(ari_str bytes, size_t at) {
  size_t commas = 0, semicolons = 0;
  bool quoted = false;
  while (at < bytes.n && (bytes.p[at] == '\r' || bytes.p[at] == '\n')) at++;
  size_t end = at + ARI_CSV_LINE < bytes.n ? at + ARI_CSV_LINE : bytes.n;
  for (; at < end && (quoted || (bytes.p[at] != '\r' && bytes.p[at] != '\n')); at++) {
    if (bytes.p[at] == '"') quoted = !quoted;
    commas += !quoted && bytes.p[at] == ',';
    semicolons += !quoted && bytes.p[at] == ';';
  }
  return semicolons > commas ? ';' : ',';
}

void ari_csv_open(ari_csv *csv, const ari_source *source, int32_t file, ari_findings *fs) {
  *csv = (ari_csv){.bytes = source->bytes, .file = file, .fs = fs};
  if (ari_str_starts(csv->bytes, "\xEF\xBB\xBF")) csv->at = 3;
  csv->separator = find_separator(csv->bytes, csv->at);
}

void ari_csv_close(ari_csv *csv) {
  ari_free(csv->fields);
  ari_arena_free(&csv->row_memory);
}

ari_place ari_csv_place(const ari_csv *csv, size_t field) {
  return (ari_place){csv->file, csv->fields[field].start, csv->fields[field].len, csv->row};
}

ari_str ari_csv_name(const ari_csv *csv, size_t field) {
  const ari_csv_field *f = &csv->fields[field];
  ari_str raw = ari_str_sub(csv->bytes, f->start, (size_t)f->start + f->len);
  return raw.n >= 2 && raw.p[0] == '"' ? ari_str_trim(ari_str_sub(raw, 1, raw.n - 1)) : raw;
}

static bool ends_value(char c, char separator) { return c == separator || c == '\n' || c == '\r'; }

static ari_csv_field *add_field(ari_csv *csv) {
  if (csv->n == csv->room && !ari_grow((void **)&csv->fields, csv->n, &csv->room, sizeof *csv->fields)) return NULL;
  return &csv->fields[csv->n++];
}

/* Without quotes: up to the next separator. A quotation mark inside (12" screen) is a letter like any other. */
static size_t read_plain(const ari_csv *csv, size_t at, size_t end, ari_csv_field *f) {
  const char *p = csv->bytes.p;
  size_t from = at;
  while (at < end && !ends_value(p[at], csv->separator)) at++;
  f->text = ari_str_trim(ari_str_sub(csv->bytes, from, at));
  f->start = (uint32_t)(f->text.p - p);
  f->len = (uint32_t)f->text.n;
  return at;
}

/* The text between quotes in which "" stands for ". */
static bool undouble(ari_csv *csv, ari_str inner, ari_str *out) {
  char *copy = ari_arena_alloc(&csv->row_memory, inner.n);
  if (!copy) return false;
  size_t n = 0;
  for (size_t i = 0; i < inner.n; i++) {
    copy[n++] = inner.p[i];
    if (inner.p[i] == '"') i++;
  }
  *out = (ari_str){copy, n};
  return true;
}

/* In quotes, beginning at the opening one. *at goes to the byte behind the value. */
static ari_csv_step read_quoted(ari_csv *csv, size_t *at, size_t end, ari_csv_field *f) {
  const char *p = csv->bytes.p;
  size_t from = *at, i = from + 1;
  bool doubled = false;
  for (;; i += 2) {
    const char *quote = i < end ? memchr(p + i, '"', end - i) : NULL;
    if (!quote) {
      ari_findings_add(csv->fs, ARI_E0410, (ari_span){csv->file, (uint32_t)from, 1}, NULL)->row = csv->row;
      return ARI_CSV_BROKEN;
    }
    i = (size_t)(quote - p);
    if (i + 1 >= csv->bytes.n || p[i + 1] != '"') break;
    doubled = true;
  }
  ari_str inner = ari_str_sub(csv->bytes, from + 1, i);
  *f = (ari_csv_field){inner, (uint32_t)from, (uint32_t)(i + 1 - from)};
  if (doubled && !undouble(csv, inner, &f->text)) return ARI_CSV_NOMEM;
  f->text = ari_str_trim(f->text);
  for (i++; i < end && (p[i] == ' ' || p[i] == '\t'); i++) {}
  *at = i;
  if (i >= end || ends_value(p[i], csv->separator)) return ARI_CSV_ROW;
  while (*at < end && !ends_value(p[*at], csv->separator)) ++*at;
  ari_findings_add(csv->fs, ARI_E0411, (ari_span){csv->file, (uint32_t)i, (uint32_t)(*at - i)}, NULL)->row = csv->row;
  return ARI_CSV_BAD_ROW;
}

/* Goes over a line end: \n, \r\n or \r. False: none stands at `at`. */
static bool skip_line_end(ari_csv *csv) {
  const char *p = csv->bytes.p;
  size_t at = csv->at, n = csv->bytes.n;
  if (at >= n || (p[at] != '\n' && p[at] != '\r')) return false;
  csv->at += at + 1 < n && p[at] == '\r' && p[at + 1] == '\n' ? 2 : 1;
  return true;
}

static ari_csv_step read_row(ari_csv *csv) {
  const char *p = csv->bytes.p;
  size_t start = csv->at, at = start, limit = start + ARI_CSV_LINE, end = limit < csv->bytes.n ? limit : csv->bytes.n;
  ari_csv_step step = ARI_CSV_ROW;
  csv->n = 0;
  csv->row++;
  for (;; at++) {
    while (at < end && (p[at] == ' ' || p[at] == '\t')) at++;
    ari_csv_field *f = add_field(csv);
    if (!f) return ARI_CSV_NOMEM;
    if (at < end && p[at] == '"') {
      ari_csv_step read = read_quoted(csv, &at, end, f);
      if (read == ARI_CSV_BROKEN || read == ARI_CSV_NOMEM) return read;
      if (read == ARI_CSV_BAD_ROW && step == ARI_CSV_ROW) csv->bad = csv->n - 1;
      if (read == ARI_CSV_BAD_ROW) step = ARI_CSV_BAD_ROW;
    } else {
      at = read_plain(csv, at, end, f);
    }
    if (at >= end || p[at] != csv->separator) break;
  }
  if (at >= end && end < csv->bytes.n) {
    ari_findings_add(csv->fs, ARI_E0412, (ari_span){csv->file, (uint32_t)start, 1}, NULL)->row = csv->row;
    return ARI_CSV_BROKEN;
  }
  csv->at = at;
  skip_line_end(csv);
  return step;
}

/* Spreadsheets write rows of nothing but separators behind the last one. */
static bool is_empty_row(const ari_csv *csv) {
  for (size_t i = 0; i < csv->n; i++)
    if (csv->fields[i].text.n) return false;
  return true;
}

ari_csv_step ari_csv_next(ari_csv *csv) {
  while (csv->at < csv->bytes.n) {
    if (skip_line_end(csv)) {   /* an empty row, in a file that may be nothing else */
      csv->row++;
      continue;
    }
    if (csv->row_memory.blocks) ari_arena_reset(&csv->row_memory);
    ari_csv_step step = read_row(csv);
    if (step != ARI_CSV_ROW || !is_empty_row(csv)) return step;
  }
  return ARI_CSV_END;
}
