/* Lists of findings: adding, counting, merging, sorting. How they are written is render.c's. */
#include "base.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_TEXT = 200 }; /* bytes of one argument: a message stays readable whatever the file holds */

ari_arg ari_arg_text(ari_str s) { return (ari_arg){ARI_ARG_TEXT, {.text = s}}; }
ari_arg ari_arg_c(const char *c_string) { return ari_arg_text(ari_str_of(c_string)); }
ari_arg ari_arg_int(int64_t i) { return (ari_arg){ARI_ARG_INT, {.i = i}}; }
ari_arg ari_arg_e12(int64_t v) { return (ari_arg){ARI_ARG_E12, {.i = v}}; }
ari_arg ari_arg_dec(ari_dec d) { return (ari_arg){ARI_ARG_DEC, {.dec = d}}; }
ari_arg ari_arg_date(int32_t day) { return (ari_arg){ARI_ARG_DATE, {.date = day}}; }

/* Beyond the range of e12 the whole part alone is shown, while it has at most 18 digits (amounts of money have 16). */
ari_arg ari_arg_num(const ari_num *a) {
  int64_t e12;
  if (ari_num_e12(a, &e12)) return ari_arg_e12(e12);
  ari_buf b = {0};
  ari_buf_num(&b, a, 0, ARI_AS_DATA);
  ari_str whole = ari_buf_view(&b);
  if (ari_str_ends(whole, "…")) whole.n -= sizeof "…" - 1;
  ari_dec d;
  bool fits = !b.failed && ari_dec_read(whole, &d, NULL) == ARI_DEC_OK;
  ari_buf_free(&b);
  if (fits) return ari_arg_dec(d);
  return ari_arg_c(ari_num_sign(a) < 0 ? "< -10^18" : "> 10^18");
}

static void count_finding(ari_findings *fs, ari_code code, int by) {
  char letter = ari_code_letter(code);
  size_t *counter = letter == 'E' ? &fs->errors : letter == 'W' ? &fs->warnings : &fs->failures;
  *counter += (size_t)by;
}

static void drop_findings(ari_findings *fs, int32_t file, size_t n) {
  fs->dropped += n;
  for (size_t i = fs->n_drops; i-- > 0;)
    if (fs->drops[i].file == file) {
      fs->drops[i].n += n;
      return;
    }
  void *drops = fs->drops;
  if (!ari_grow(&drops, fs->n_drops, &fs->room_drops, sizeof *fs->drops)) {
    fs->failed = true;
    return;
  }
  fs->drops = drops;
  fs->drops[fs->n_drops++] = (struct ari_dropped){file, n};
}

/* A copy in the list's arena: valid UTF-8 (names of files need not be), cut at a code point when too long. */
static bool copy_text(ari_findings *fs, ari_str text, ari_str *out) {
  ari_buf b = {0};
  size_t cut = text.n, bad;
  if (cut <= LONGEST_TEXT && ari_utf8_valid(text.p, text.n, &bad)) return ari_str_copy(&fs->arena, text, out);
  if (cut > LONGEST_TEXT) {
    for (cut = LONGEST_TEXT; cut > LONGEST_TEXT - 3 && ((unsigned char)text.p[cut] & 0xC0) == 0x80; cut--) {}
  }
  ari_str rest = {text.p, cut};
  while (!ari_utf8_valid(rest.p, rest.n, &bad)) {
    ari_buf_put(&b, rest.p, bad);
    ari_buf_text(&b, "\xEF\xBF\xBD");
    rest = ari_str_sub(rest, bad + 1, rest.n);
  }
  ari_buf_str(&b, rest);
  if (cut < text.n) ari_buf_text(&b, "…");
  bool good = !b.failed && ari_str_copy(&fs->arena, ari_buf_view(&b), out);
  ari_buf_free(&b);
  return good;
}

static bool keep_finding(ari_findings *fs, const ari_finding *f) {
  void *items = fs->items;
  if (!ari_grow(&items, fs->n, &fs->room, sizeof *fs->items)) return false;
  fs->items = items;
  fs->items[fs->n] = *f;
  fs->items[fs->n].order = fs->next++;
  for (size_t i = 0; i < ARI_COUNT(f->args.at); i++)
    if (f->args.at[i].kind == ARI_ARG_TEXT && !copy_text(fs, f->args.at[i].as.text, &fs->items[fs->n].args.at[i].as.text)) return false;
  fs->n++;
  return true;
}

ari_finding *ari_findings_add(ari_findings *fs, ari_code code, ari_span at, const ari_args *args) {
  ari_finding f = {.code = code, .at = at, .other = ARI_NOWHERE};
  if (args) f.args = *args;
  count_finding(fs, code, 1);
  fs->scratch = f;
  if (fs->n >= ARI_KEEP_FINDINGS) {
    drop_findings(fs, at.file < 0 ? -1 : at.file, 1);
    return &fs->scratch;
  }
  if (keep_finding(fs, &f)) return &fs->items[fs->n - 1];
  fs->failed = true;
  return &fs->scratch;
}

/* ---- order ---- */

static int compare_numbers(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

static int compare_files(int32_t a, int32_t b) {
  a = a < 0 ? -1 : a;
  b = b < 0 ? -1 : b;
  return (a > b) - (a < b);
}

static int compare_places(const ari_finding *a, const ari_finding *b) {
  int c = compare_files(a->at.file, b->at.file);
  if (!c && a->at.file >= 0) c = compare_numbers(a->at.start, b->at.start);
  return c ? c : compare_numbers(a->code, b->code);
}

static int compare_spans(ari_span a, ari_span b) {
  int c = compare_files(a.file, b.file);
  if (c || a.file < 0) return c;
  c = compare_numbers(a.start, b.start);
  return c ? c : compare_numbers(a.len, b.len);
}

static int compare_args(const ari_arg *a, const ari_arg *b) {
  int c = compare_numbers(a->kind, b->kind);
  if (c) return c;
  switch (a->kind) {
  case ARI_ARG_NONE: return 0;
  case ARI_ARG_TEXT: return ari_str_cmp(a->as.text, b->as.text);
  case ARI_ARG_INT:
  case ARI_ARG_E12: return compare_numbers((uint64_t)a->as.i, (uint64_t)b->as.i);
  case ARI_ARG_DEC:
    c = compare_numbers((uint64_t)a->as.dec.coef, (uint64_t)b->as.dec.coef);
    if (!c) c = compare_numbers((uint64_t)a->as.dec.scale, (uint64_t)b->as.dec.scale);
    return c ? c : compare_numbers((uint64_t)a->as.dec.written, (uint64_t)b->as.dec.written);
  case ARI_ARG_DATE: return compare_numbers((uint64_t)a->as.date, (uint64_t)b->as.date);
  }
  return 0;
}

/* 0: the two say the same about the same place. */
static int compare_contents(const ari_finding *a, const ari_finding *b) {
  int c = compare_places(a, b);
  if (!c) c = compare_spans(a->at, b->at);
  if (!c) c = compare_spans(a->other, b->other);
  if (!c) c = compare_numbers(a->row, b->row);
  if (!c) c = ari_str_cmp(a->column, b->column);
  for (size_t i = 0; !c && i < ARI_COUNT(a->args.at); i++) c = compare_args(&a->args.at[i], &b->args.at[i]);
  return c;
}

static int by_contents(const void *a, const void *b) {
  const ari_finding *x = a, *y = b;
  int c = compare_contents(x, y);
  return c ? c : compare_numbers(x->order, y->order);
}

static int by_order(const void *a, const void *b) {
  const ari_finding *x = a, *y = b;
  int c = compare_places(x, y);
  return c ? c : compare_numbers(x->order, y->order);
}

void ari_findings_sort(ari_findings *fs) {
  if (fs->n < 2) return;
  qsort(fs->items, fs->n, sizeof *fs->items, by_contents);
  size_t kept = 1;
  for (size_t i = 1; i < fs->n; i++) {
    if (compare_contents(&fs->items[kept - 1], &fs->items[i]) == 0) count_finding(fs, fs->items[i].code, -1);
    else fs->items[kept++] = fs->items[i];
  }
  fs->n = kept;
  qsort(fs->items, fs->n, sizeof *fs->items, by_order);
}

/* ---- merging ---- */

/* Of what was dropped nobody knows whether it was a warning, unless there is no error. */
static void forget_drops(ari_findings *fs, int32_t file) {
  size_t kept = 0;
  for (size_t i = 0; i < fs->n_drops && !fs->errors; i++) {
    if (fs->drops[i].file >= file) {
      fs->drops[kept++] = fs->drops[i];
      continue;
    }
    fs->warnings -= fs->drops[i].n;
    fs->dropped -= fs->drops[i].n;
  }
  if (!fs->errors) fs->n_drops = kept;
}

void ari_findings_forget_warnings(ari_findings *fs, size_t from, int32_t file) {
  size_t n = from < fs->n ? from : fs->n;
  for (size_t i = n; i < fs->n; i++) {
    const ari_finding *f = &fs->items[i];
    if (ari_code_letter(f->code) == 'W' && f->at.file < file && f->other.file < file) fs->warnings--;
    else fs->items[n++] = *f;
  }
  fs->n = n;
  forget_drops(fs, file);
}

bool ari_findings_merge(ari_findings *into, ari_findings *from) {
  ari_findings_sort(from);
  into->errors += from->errors;
  into->warnings += from->warnings;
  into->failures += from->failures;
  into->failed |= from->failed;
  for (size_t i = 0; i < from->n_drops; i++) drop_findings(into, from->drops[i].file, from->drops[i].n);
  size_t run = 0;
  for (size_t i = 0; i < from->n; i++) {
    const ari_finding *f = &from->items[i];
    int32_t file = f->at.file < 0 ? -1 : f->at.file;
    run = i > 0 && compare_files(from->items[i - 1].at.file, file) == 0 ? run + 1 : 0;
    if (run >= ARI_SHOW_FINDINGS || into->n >= ARI_KEEP_FINDINGS) drop_findings(into, file, 1);
    else if (!keep_finding(into, f)) into->failed = true;
  }
  ari_findings_free(from);
  return !into->failed;
}

void ari_findings_free(ari_findings *fs) {
  ari_free(fs->items);
  ari_free(fs->drops);
  ari_arena_free(&fs->arena);
  *fs = (ari_findings){0};
}
