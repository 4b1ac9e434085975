/* Any parts as a workbook, and any workbook as a form. The bytes are parts with 0xFF between them, in the order of `names`; those are put into an
 * archive, so that what is tried is what stands behind it. When the first byte is 'P', all of it is the file itself. */
#include "evidence/inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char SET[] =
  "ari: criteria/1\nid: small\ntitle: Small\nperiod: year\nrounding: {leaf: 2}\n"
  "inputs: {population: count}\ncriteria:\n"
  "  - {id: '1', max: 20, inputs: {on_time: count, received: count}, score: {share: on_time / received}, empty: zero}\n"
  "  - id: online\n    criteria:\n      - id: online.plan\n        max: 0\n        inputs:\n"
  "          plan: {type: choice, options: {on_time: Đúng hạn, late: Trễ}}\n          done: yes_no\n          rate: {type: percent, from: 0, to: 100%}\n"
  "          cost: money\n          figure: {type: number, from: -5, to: 1000.5}\n          day: {type: date, from: 2026-01-01}\n          words: text\n"
  "          marks: {type: percent, list: true, from: 0, to: 50%}\n          views: {type: survey, options: {good: Tốt, poor: Kém}}\n"
  "          central: {type: count, source: central}\n";
static const char LIST[] = "id,name,group\na,Sở A,d\nb,Sở B,d\n";
static const char RELS[] = "<r><Relationship Id='1' Type='/officeDocument' Target='xl/workbook.xml'/></r>";
static const char BOOK_RELS[] =
  "<r><Relationship Id='1' Type='/worksheet' Target='1'/><Relationship Id='2' Type='/worksheet' Target='2'/>"
  "<Relationship Id='3' Type='/worksheet' Target='3'/><Relationship Id='4' Type='/worksheet' Target='4'/>"
  "<Relationship Id='5' Type='/sharedStrings' Target='s'/><Relationship Id='6' Type='/styles' Target='t'/></r>";
static const char BOOK[] = "<w><sheet name='A' id='1'/><sheet name='B' id='2'/><sheet name='C' id='3'/><sheet name='D' id='4'/></w>";
static const char *const names[] = {"xl/s", "xl/t", "xl/1", "xl/2", "xl/3", "xl/4", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"};

static void must(bool holds) {
  if (!holds) abort();
}

static int32_t give(ari_sources *all, const char *name, const void *data, size_t n) {
  int32_t file = ari_sources_add(all, ari_str_of(name));
  char *bytes = ari_malloc(n + 1);
  must(file >= 0 && bytes);
  if (n) memcpy(bytes, data, n);
  ari_source_give(&all->items[file], bytes, n);
  return file;
}

static bool collect(void *to, const char *bytes, size_t n) {
  ari_buf_put(to, bytes, n);
  return true;
}

static void put_part(ari_zip *z, const char *name, ari_str bytes) {
  ari_zip_store(z, ari_str_of(name), bytes);
}

/* What is not given is as it should be, or empty. */
static void make_archive(const uint8_t *data, size_t size, ari_buf *out) {
  static const ari_str usual[] = {{"<s/>", 4}, {"<t/>", 4}, {"<w/>", 4}, {"<w/>", 4}, {"<w/>", 4}, {"<w/>", 4}, {BOOK, sizeof BOOK - 1}, {BOOK_RELS, sizeof BOOK_RELS - 1}};
  ari_zip *z = ari_zip_new((ari_sink){collect, out});
  must(z);
  put_part(z, "_rels/.rels", (ari_str){RELS, sizeof RELS - 1});
  for (size_t i = 0; i < ARI_COUNT(names); i++) {
    const uint8_t *end = size ? memchr(data, 0xFF, size) : NULL;
    size_t n = end ? (size_t)(end - data) : size;
    put_part(z, names[i], n ? (ari_str){(const char *)data, n} : usual[i]);
    data += n + (end != NULL);
    size -= n + (end != NULL);
  }
  must(ari_zip_close(z) == ARI_OK);
}

static void check_findings(const ari_findings *fs, const ari_sources *all) {
  for (size_t i = 0; i < fs->n; i++) {
    const ari_span spans[] = {fs->items[i].at, fs->items[i].other};
    for (int k = 0; k < 2; k++) must(spans[k].file < 0 || (size_t)spans[k].start + spans[k].len <= ari_source_text(&all->items[spans[k].file]).n);
  }
}

static void check_cell(const ari_evidence *ev, const ari_input *in, const ari_cell *c, const ari_submission *s) {
  if (c->state == ARI_CELL_ABSENT) return;
  must(s->present && (c->state == ARI_CELL_GIVEN || s->invalid) && in->source.value == ARI_ORIGIN_SELF);
  if (c->state != ARI_CELL_GIVEN || in->list || in->type == ARI_SURVEY) return;
  if (in->type == ARI_TEXT) must(c->value.coef >= 0 && (size_t)c->value.coef < ev->n_texts && ev->texts[c->value.coef].n);
  if (in->type == ARI_YES_NO) must(c->value.coef == 0 || c->value.coef == 1);
  if (in->type == ARI_CHOICE) must(c->value.coef >= 0 && c->value.coef < (int64_t)in->n_options);
  if (in->type == ARI_COUNT_INPUT) must(c->value.coef >= 0 && c->value.scale <= 0);
  if (in->has_from) must(ari_dec_cmp(c->value, in->from) >= 0);
  if (in->has_to) must(ari_dec_cmp(c->value, in->to) <= 0);
}

static void check_table(const ari_evidence *ev, const ari_findings *fs) {
  bool any_invalid = false;
  for (size_t a = 0; a < ev->agencies->n; a++) {
    any_invalid |= ev->submissions[a].invalid;
    for (uint32_t i = 0; i < ev->set->n_inputs; i++) check_cell(ev, &ev->set->inputs[i], ari_evidence_cell(ev, a, (int)i), &ev->submissions[a]);
  }
  must(fs->errors > 0 || (!any_invalid && ev->complete));
}

static void read_form(ari_sources *all, int32_t file, const ari_set *set, const ari_agencies *list) {
  ari_findings fs = {0};
  ari_evidence *ev = NULL;
  ari_accepted one = {.source = file, .kind = ARI_FILE_EVIDENCE};
  ari_buf text = {0};
  must(ari_evidence_read(&ev, all, &one, 1, set, list, (ari_period){0}, 1, &fs) != ARI_NOMEM && ev);
  check_findings(&fs, all);
  check_table(ev, &fs);
  ari_findings_sort(&fs);
  ari_findings_text(&text, &fs, all, ARI_VI, false);
  ari_findings_json(&text, &fs, all, ARI_EN);
  must(!text.failed);
  ari_buf_free(&text);
  ari_evidence_free(ev);
  ari_findings_free(&fs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ari_sources all = {0};
  ari_findings fs = {0};
  ari_set *set = NULL;
  ari_agencies list = {.file = -1};
  ari_buf archive = {0};
  int32_t s = give(&all, "criteria.yaml", SET, sizeof SET - 1), l = give(&all, "agencies.csv", LIST, sizeof LIST - 1);
  if (size && data[0] == 'P') ari_buf_put(&archive, (const char *)data, size);
  else make_archive(data, size, &archive);
  must(!archive.failed);
  int32_t file = give(&all, "fuzz.xlsx", archive.p, archive.n);
  must(ari_set_read(&all.items[s], s, &set, &fs) == ARI_OK && set && !fs.errors);
  must(ari_agencies_read(&list, &all.items[l], l, set, &fs) == ARI_OK && list.n == 2);
  read_form(&all, file, set, &list);
  ari_buf_free(&archive);
  ari_agencies_free(&list);
  ari_set_free(set);
  ari_sources_free(&all);
  ari_findings_free(&fs);
  return 0;
}
