/* What the tests of evidence share: a small set, files given as text, the table and the findings as text. */
#ifndef EVIDENCE_FIXTURE_H
#define EVIDENCE_FIXTURE_H
#include "evidence/inside.h"
#include "tap.h"

#include <stdlib.h>

typedef struct fixture {
  ari_sources sources;
  ari_findings fs;
  ari_set *set;
  ari_agencies list;
  ari_evidence *ev;
  ari_accepted files[64]; size_t n;
  ari_buf text;              /* of the answer given last */
} fixture;

static const char *const SMALL_SET =
  "ari: criteria/1\n"
  "id: small\n"
  "title: {vi: Bộ nhỏ, en: Small}\n"
  "period: [month, quarter]\n"
  "valid: {from: 2022-07, until: 2030-12}\n"
  "groups: {department: {vi: \"Sở, ngành\", en: Departments}, commune: {vi: Xã, en: Communes}}\n"
  "rounding: {leaf: 2}\n"
  "not_applicable: exclude\n"
  "inputs: {population: count}\n"
  "criteria:\n"
  "  - id: progress\n"
  "    max: 20\n"
  "    inputs: {on_time: count, received: count}\n"
  "    score: {share: on_time / received}\n"
  "    empty: zero\n"
  "  - id: online\n"
  "    criteria:\n"
  "      - id: online.plan\n"
  "        max: 2\n"
  "        inputs:\n"
  "          plan: {type: choice, options: {on_time: Đúng hạn, late: Trễ, none: Không có}}\n"
  "          done: yes_no\n"
  "        score: {choice: plan, points: {on_time: 2, late: 1, none: 0}}\n"
  "      - id: online.kinds\n"
  "        max: 0\n"
  "        inputs:\n"
  "          rate: {type: percent, from: 0, to: 100%}\n"
  "          cost: money\n"
  "          figure: {type: number, from: -5, to: 1000.5}\n"
  "          day: {type: date, from: 2026-01-01}\n"
  "          words: text\n";

static const char *const SMALL_LIST =
  "id,name,group\n"
  "so-noi-vu,Sở Nội vụ,department\n"
  "so-y-te,Sở Y tế,department\n"
  "xa-a,Xã A,commune\n";

static inline int32_t add_source(fixture *x, const char *name, const char *bytes, size_t n) {
  int32_t file = ari_sources_add(&x->sources, ari_str_of(name));
  char *copy = malloc(n + 1);
  if (file < 0 || !copy) exit(9);
  memcpy(copy, bytes, n);
  ari_source_give(&x->sources.items[file], copy, n);
  return file;
}

static inline void add_file(fixture *x, const char *name, const char *text) { x->files[x->n++] = (ari_accepted){.source = add_source(x, name, text, strlen(text)), .kind = ARI_FILE_EVIDENCE}; }

/* A set, and an agency list unless it is NULL. */
static inline fixture *start(const char *set, const char *list) {
  fixture *x = calloc(1, sizeof *x);
  if (!x) exit(9);
  x->list.file = -1;
  int32_t file = add_source(x, "criteria.yaml", set, strlen(set));
  if (ari_set_read(&x->sources.items[file], file, &x->set, &x->fs) == ARI_NOMEM || !x->set || x->fs.errors) exit(8);
  ari_findings_free(&x->fs); /* that some inputs are used by no rule */
  if (!list) return x;
  file = add_source(x, "agencies.csv", list, strlen(list));
  if (ari_agencies_read(&x->list, &x->sources.items[file], file, x->set, &x->fs) != ARI_OK) exit(8);
  return x;
}

static inline void run(fixture *x, const char *period, int jobs) {
  ari_period p = {0};
  if (period && !ari_period_read(ari_str_of(period), &p)) exit(7);
  ari_status status = ari_evidence_read(&x->ev, &x->sources, x->files, x->n, x->set, &x->list, p, jobs, &x->fs);
  if (status == ARI_NOMEM || !x->ev) exit(6);
  ari_findings_sort(&x->fs);
}

static inline const char *answer(fixture *x) {
  ari_buf_char(&x->text, '\0');
  return x->text.p;
}

/* "E0421@e.csv:1:8": one a line, sorted. */
static inline const char *found(fixture *x) {
  ari_buf_clear(&x->text);
  ari_findings_sort(&x->fs);
  for (size_t i = 0; i < x->fs.n; i++) {
    const ari_finding *f = &x->fs.items[i];
    if (i) ari_buf_char(&x->text, ' ');
    ari_buf_text(&x->text, ari_code_name(f->code));
    if (f->at.file < 0) continue;
    uint32_t line, column;
    ari_source_place(&x->sources.items[f->at.file], f->at.start, &line, &column);
    ari_buf_printf(&x->text, "@%u:%u", line, column);
  }
  return answer(x);
}

/* The findings as a reader sees them. */
static inline const char *shown(fixture *x, ari_lang lang) {
  ari_buf_clear(&x->text);
  ari_findings_sort(&x->fs);
  ari_findings_text(&x->text, &x->fs, &x->sources, lang, false);
  return answer(x);
}

/* A cell: its value as data, "-" absent, "!" bad; a text in « »; "1; 2" of a list; "+" of a survey that has answers. */
static inline void put_cell(fixture *x, size_t agency, int slot) {
  const ari_cell *c = ari_evidence_cell(x->ev, agency, slot);
  if (c->state == ARI_CELL_ABSENT) ari_buf_char(&x->text, '-');
  else if (c->state == ARI_CELL_BAD) ari_buf_char(&x->text, '!');
  else if (x->set->inputs[slot].type == ARI_TEXT) ari_buf_printf(&x->text, "«%.*s»", (int)x->ev->texts[c->value.coef].n, x->ev->texts[c->value.coef].p);
  else if (x->set->inputs[slot].list) ari_buf_list(&x->text, x->ev->lists[c->value.coef], false, ARI_AS_DATA);
  else if (x->set->inputs[slot].type == ARI_SURVEY) ari_buf_char(&x->text, '+');
  else ari_buf_dec(&x->text, c->value, ARI_AS_DATA);
}

static inline const char *cell(fixture *x, const char *agency, const char *column) {
  int32_t a = ari_map_get(&x->ev->agencies->ids, ari_str_of(agency)), slot = ari_map_get(&x->set->columns, ari_str_of(column));
  if (a < 0 || slot < 0) return "no such cell";
  ari_buf_clear(&x->text);
  put_cell(x, (size_t)a, slot);
  return answer(x);
}

static inline const ari_submission *submission(fixture *x, const char *agency) {
  int32_t a = ari_map_get(&x->ev->agencies->ids, ari_str_of(agency));
  return a < 0 ? NULL : &x->ev->submissions[a];
}

static inline const ari_entry *entry(fixture *x, const char *agency, const char *leaf) {
  int32_t a = ari_map_get(&x->ev->agencies->ids, ari_str_of(agency));
  const ari_node *node = ari_set_node(x->set, ari_str_of(leaf));
  return a < 0 || !node ? NULL : ari_evidence_entry(x->ev, (size_t)a, node->leaf);
}

static inline void put_said(fixture *x, const char *name, ari_str text) {
  if (text.p) ari_buf_printf(&x->text, " %s=%.*s", name, (int)text.n, text.p);
}

/* The whole table, without the places: a line an agency. */
static inline const char *table_text(fixture *x) {
  ari_buf_clear(&x->text);
  for (size_t a = 0; a < x->ev->agencies->n; a++) {
    const ari_submission *s = &x->ev->submissions[a];
    ari_str id = x->ev->agencies->items[a].id;
    ari_buf_printf(&x->text, "%.*s%s%s:", (int)id.n, id.p, s->present ? "" : " absent", s->invalid ? " invalid" : "");
    put_said(x, "withheld", s->withheld);
    for (uint32_t i = 0; i < x->set->n_inputs; i++) {
      ari_buf_char(&x->text, ' ');
      put_cell(x, a, (int)i);
    }
    for (uint32_t l = 0; l < x->set->n_leaves; l++) {
      const ari_entry *e = ari_evidence_entry(x->ev, a, (int32_t)l);
      if (!e->has_claimed && !e->remark) continue;
      ari_buf_printf(&x->text, " | %.*s", (int)x->set->leaves[l]->id.n, x->set->leaves[l]->id.p);
      if (e->has_claimed) ari_buf_text(&x->text, " claimed="), ari_buf_dec(&x->text, e->claimed, ARI_AS_DATA);
      if (!e->remark) continue;
      put_said(x, "note", e->remark->note);
      put_said(x, "not_applicable", e->remark->not_applicable);
      put_said(x, "withheld", e->remark->withheld);
      if (e->remark->n_documents) ari_buf_printf(&x->text, " documents=%u", e->remark->n_documents);
    }
    ari_buf_char(&x->text, '\n');
  }
  return answer(x);
}

static inline void end(fixture *x) {
  ari_evidence_free(x->ev);
  ari_agencies_free(&x->list);
  ari_set_free(x->set);
  ari_findings_free(&x->fs);
  ari_sources_free(&x->sources);
  ari_buf_free(&x->text);
  free(x);
}

/* One CSV file of evidence for the small set in August 2026: the findings. The table is looked at by the caller, who ends the fixture. */
static inline fixture *read_one(const char *name, const char *text) {
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, name, text);
  run(x, "2026-08", 1);
  return x;
}

static inline void finds(const char *name, const char *text, const char *want, const char *what) {
  fixture *x = read_one(name, text);
  is(found(x), want, what);
  end(x);
}
#endif
