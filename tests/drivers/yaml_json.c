/* YAML files as JSON for tests/schema.t, one line a file: "null" for what ari does not read as a map. Plain scalars get "p:" in front and
 * quoted ones "q:", so that the test can see in them what an editor sees. */
#include "yaml/inside.h"

#include <stdio.h>

static void put_scalar(ari_buf *b, const char *mark, ari_str text) {
  ari_buf marked = {0};
  ari_buf_text(&marked, mark);
  ari_buf_str(&marked, text);
  ari_buf_json(b, ari_buf_view(&marked));
  if (marked.failed) b->failed = true;
  ari_buf_free(&marked);
}

static void put_node(ari_buf *b, const ari_yaml *node) {
  if (node->kind == ARI_YAML_SCALAR) {
    put_scalar(b, node->quoted ? "q:" : "p:", node->text);
    return;
  }
  bool map = node->kind == ARI_YAML_MAP;
  ari_buf_char(b, map ? '{' : '[');
  for (const ari_yaml *child = node->first; child; child = child->next) {
    if (child != node->first) ari_buf_char(b, ',');
    if (map) {
      ari_buf_json(b, child->key->text);
      ari_buf_char(b, ':');
    }
    put_node(b, child);
  }
  ari_buf_char(b, map ? '}' : ']');
}

static bool load_file(ari_source *s, const char *path) {
  enum { MOST = 1 << 22 };
  FILE *f = fopen(path, "rb");
  char *bytes = f ? ari_malloc(MOST) : NULL;
  size_t n = bytes ? fread(bytes, 1, MOST - 1, f) : 0;
  if (f) fclose(f);
  if (bytes) ari_source_give(s, bytes, n);
  return bytes != NULL;
}

static bool print_file(const char *path) {
  ari_sources all = {0};
  ari_arena arena = {0};
  ari_findings fs = {0};
  ari_buf b = {0};
  ari_yaml *root = NULL;
  int32_t file = ari_sources_add(&all, ari_str_of(path));
  bool fine = file >= 0 && load_file(&all.items[file], path) && ari_yaml_parse(&arena, &all.items[file], file, false, &root, &fs) == ARI_OK;
  if (fine && root) put_node(&b, root);
  else ari_buf_text(&b, "null");
  ari_buf_char(&b, '\n');
  fine = fine && !b.failed && fwrite(b.p, 1, b.n, stdout) == b.n;
  ari_buf_free(&b);
  ari_findings_free(&fs);
  ari_arena_free(&arena);
  ari_sources_free(&all);
  return fine;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    if (!print_file(argv[i])) return 1;
  return fflush(stdout) == 0 ? 0 : 1;
}
