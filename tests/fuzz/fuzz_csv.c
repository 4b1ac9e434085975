/* Any bytes as a CSV file. Besides not crashing, nothing may be dropped: whatever no field holds is a separator, a space at a field's end, a line end or an
 * empty row, up to the end of the file or a finding that says where reading ended. */
#include "evidence/inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
  if (!holds) abort();
}

/* Between two fields, or before the first and behind the last of a row: nothing but what separates. */
static size_t skip_separators(const ari_csv *csv, size_t at, size_t to, bool inside) {
  must(at <= to && to <= csv->bytes.n);
  size_t separators = 0;
  for (; at < to; at++) {
    char c = csv->bytes.p[at];
    must(c == ' ' || c == '\t' || c == csv->separator || (!inside && (c == '\n' || c == '\r' || c == '"')));
    separators += c == csv->separator;
  }
  return separators;
}

/* The text of a field is what its place holds, quotes taken off. */
static void check_field(const ari_csv *csv, const ari_csv_field *f) {
  must((size_t)f->start + f->len <= csv->bytes.n && f->text.n <= f->len);
  bool quoted = f->len >= 2 && csv->bytes.p[f->start] == '"';
  if (!quoted) must(ari_str_eq(f->text, ari_str_sub(csv->bytes, f->start, (size_t)f->start + f->len)));
  size_t quotes = 0, doubled = 0;
  for (uint32_t i = 0; i < f->len; i++) quotes += csv->bytes.p[f->start + i] == '"';
  for (size_t i = 0; i < f->text.n; i++) doubled += f->text.p[i] == '"';
  if (quoted) must(quotes == 2 + 2 * doubled);
  if (f->text.n) must(!strchr(" \t", f->text.p[0]) && !strchr(" \t", f->text.p[f->text.n - 1]));
}

static size_t check_row(const ari_csv *csv, size_t from) {
  size_t at = from;
  bool any = false;
  for (size_t i = 0; i < csv->n; i++) {
    const ari_csv_field *f = &csv->fields[i];
    size_t separators = skip_separators(csv, at, f->start, i > 0);   /* before the first stand empty rows */
    must(i == 0 || separators == 1);
    check_field(csv, f);
    at = (size_t)f->start + f->len;
    any |= f->text.n > 0;
  }
  must(any && at <= csv->at);
  skip_separators(csv, at, csv->at, false);
  return csv->at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ari_sources all = {0};
  ari_findings fs = {0};
  char *bytes = ari_malloc(size + 1);
  must(bytes && ari_sources_add(&all, ARI_STR("fuzz.csv")) == 0);
  if (size > 0) memcpy(bytes, data, size);
  ari_source_give(&all.items[0], bytes, size);
  if (ari_source_text_check(&all.items[0], 0, &fs)) {
    ari_csv csv;
    ari_csv_step step;
    uint32_t row = 0;
    ari_csv_open(&csv, &all.items[0], 0, &fs);
    size_t at = csv.at, errors = 0;
    while ((step = ari_csv_next(&csv)) == ARI_CSV_ROW || step == ARI_CSV_BAD_ROW) {
      must(csv.row > row && csv.at > at);
      row = csv.row;
      if (step == ARI_CSV_ROW) at = check_row(&csv, at);
      else at = csv.at, must(fs.errors > errors);
      errors = fs.errors;
    }
    must(step == ARI_CSV_END ? csv.at == csv.bytes.n : fs.errors > errors);
    if (step == ARI_CSV_END) skip_separators(&csv, at, csv.at, false);
    ari_csv_close(&csv);
  }
  for (size_t i = 0; i < fs.n; i++) must((size_t)fs.items[i].at.start + fs.items[i].at.len <= size);
  ari_findings_free(&fs);
  ari_sources_free(&all);
  return 0;
}
