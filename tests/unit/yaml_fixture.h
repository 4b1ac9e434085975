/* A text read as a file, its tree and its findings as one line each: what the tests of the room yaml stand on. */
#ifndef YAML_FIXTURE_H
#define YAML_FIXTURE_H

#include "yaml/inside.h"
#include "../tap.h"

#include <stdlib.h>

typedef struct fixture {
  ari_sources sources;
  ari_arena arena;
  ari_findings findings;
  ari_yaml *root;
  ari_status status;
  ari_buf text;
} fixture;

static inline void fixture_end(fixture *f) {
  ari_findings_free(&f->findings);
  ari_sources_free(&f->sources);
  ari_arena_free(&f->arena);
  ari_buf_free(&f->text);
  *f = (fixture){0};
}

/* Reads n bytes; whatever was read before is forgotten. */
static inline void read_bytes(fixture *f, const char *bytes, size_t n, bool warn_comments) {
  fixture_end(f);
  char *copy = ari_malloc(n + 1);
  if (!copy || ari_sources_add(&f->sources, ARI_STR("t.yaml")) != 0) abort();
  memcpy(copy, bytes, n);
  copy[n] = '\0';
  ari_source_give(&f->sources.items[0], copy, n);
  f->status = ari_yaml_parse(&f->arena, &f->sources.items[0], 0, warn_comments, &f->root, &f->findings);
}

static inline void read_text(fixture *f, const char *text) { read_bytes(f, text, strlen(text), false); }

/* The bytes of a span as they stand in the file. */
static inline ari_str text_at(const fixture *f, ari_span at) {
  return ari_str_sub(f->sources.items[0].bytes, at.start, (size_t)at.start + at.len);
}

static inline void put_tree(fixture *f, const ari_yaml *node) {
  static const char *const brackets[] = {"<>", "[]", "{}"};
  ari_buf *b = &f->text;
  if (node->key) {
    ari_buf_str(b, node->key->text);
    ari_buf_printf(b, "@%u+%u: ", node->key->span.start, node->key->span.len);
  }
  ari_buf_char(b, brackets[node->kind][0]);
  if (node->kind == ARI_YAML_SCALAR) ari_buf_str(b, node->text);
  for (const ari_yaml *kid = node->kind == ARI_YAML_SCALAR ? NULL : node->first; kid; kid = kid->next) {
    put_tree(f, kid);
    if (kid->next) ari_buf_text(b, ", ");
  }
  ari_buf_char(b, brackets[node->kind][1]);
  ari_buf_printf(b, "%u+%u%s%s", node->span.start, node->span.len, node->quoted ? "q" : "", node->flow ? "f" : "");
}

static inline const char *finish_text(fixture *f) {
  ari_buf_char(&f->text, '\0');
  if (f->text.failed) abort();
  return f->text.p;
}

/* {ari@0+3: <criteria/1>5+10}0+15: every text with its place; q quoted, f in brackets. "none" without a tree. */
static inline const char *tree_of(fixture *f) {
  ari_buf_clear(&f->text);
  if (f->root) put_tree(f, f->root);
  else ari_buf_text(&f->text, "none");
  return finish_text(f);
}

/* "E0111 2:8 Kế hoạch: năm | write "Kế hoạch: năm"": code, place, the bytes under the caret, the help; one after the other, ';' between;
 * a second place in ( ). "" without findings. */
static inline const char *findings_of(fixture *f) {
  ari_buf *b = &f->text;
  ari_buf_clear(b);
  ari_findings_sort(&f->findings);
  for (size_t i = 0; i < f->findings.n; i++) {
    const ari_finding *one = &f->findings.items[i];
    uint32_t line, column;
    ari_source_place(&f->sources.items[0], one->at.start, &line, &column);
    if (i) ari_buf_text(b, "; ");
    ari_buf_printf(b, "%s %u:%u ", ari_code_name(one->code), line, column);
    ari_buf_str(b, text_at(f, one->at));
    if (one->other.file >= 0) {
      ari_source_place(&f->sources.items[0], one->other.start, &line, &column);
      ari_buf_printf(b, " (%u:%u ", line, column);
      ari_buf_str(b, text_at(f, one->other));
      ari_buf_char(b, ')');
    }
    for (int a = 0; a < 4; a++) {
      const ari_arg *arg = &one->args.at[a];
      if (arg->kind != ARI_ARG_NONE) ari_buf_text(b, " | ");
      if (arg->kind == ARI_ARG_TEXT) ari_buf_str(b, arg->as.text);
      if (arg->kind == ARI_ARG_INT) ari_buf_int(b, arg->as.i);
    }
  }
  return finish_text(f);
}

#endif
