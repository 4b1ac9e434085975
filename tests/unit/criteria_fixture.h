/* A criteria set read from a text, and its findings as one line each: what the tests of the room criteria stand on. */
#ifndef CRITERIA_FIXTURE_H
#define CRITERIA_FIXTURE_H

#include "criteria/inside.h"
#include "tap.h"

#include <stdlib.h>

#define HEAD "ari: criteria/1\nid: demo\ntitle: Demo\nperiod: year\nrounding: {leaf: 2}\n"

typedef struct fixture {
  ari_sources sources;
  ari_findings findings;
  ari_set *set;
  ari_status status;
  ari_buf text;
} fixture;

static inline void fixture_end(fixture *f) {
  ari_set_free(f->set);
  ari_findings_free(&f->findings);
  ari_sources_free(&f->sources);
  ari_buf_free(&f->text);
  *f = (fixture){0};
}

/* Reads a set; whatever was read before is forgotten. The text itself is gone when this returns but for the sources. */
static inline void read_set(fixture *f, const char *text) {
  fixture_end(f);
  size_t n = strlen(text);
  char *copy = ari_malloc(n + 1);
  if (!copy || ari_sources_add(&f->sources, ARI_STR("t.yaml")) != 0) abort();
  memcpy(copy, text, n + 1);
  ari_source_give(&f->sources.items[0], copy, n);
  f->status = ari_set_read(&f->sources.items[0], 0, &f->set, &f->findings);
}

/* "E0203 8:5; W0250 9:3": code, line and column of each finding. */
static inline const char *findings_of(fixture *f) {
  ari_buf_clear(&f->text);
  ari_findings_sort(&f->findings);
  for (size_t i = 0; i < f->findings.n; i++) {
    uint32_t line, column;
    const ari_finding *x = &f->findings.items[i];
    ari_source_place(&f->sources.items[0], x->at.start, &line, &column);
    ari_buf_printf(&f->text, "%s%s %u:%u", i ? "; " : "", ari_code_name(x->code), line, column);
  }
  ari_buf_char(&f->text, '\0');
  return f->text.p;
}

static inline const ari_node *node_of(const fixture *f, const char *id) {
  static const ari_node none = {.leaf = -2};
  const ari_node *node = f->set ? ari_set_node(f->set, ari_str_of(id)) : NULL;
  return node ? node : &none;
}

/* A copy that is ended by NUL; valid until the next call. */
static inline const char *text_of(ari_str s) {
  static char room[4][200];
  static int at;
  at = (at + 1) % 4;
  snprintf(room[at], sizeof room[at], "%.*s", (int)s.n, s.p);
  return room[at];
}
#endif
