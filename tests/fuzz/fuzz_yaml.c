/* Any bytes as a YAML file. Besides not crashing, what is promised must hold: a map or an error; places inside the file, nested and in
 * order; text in NFC; limits kept; findings that can be shown. */
#include "yaml/inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct walker { ari_arena arena; ari_str bytes; uint32_t nodes; ari_findings *fs; } walker;

static void must(bool holds) {
  if (!holds) abort();
}

static uint32_t end_of(ari_span s) { return s.start + s.len; }

static void check_scalar(walker *w, const ari_yaml *node) {
  size_t bad;
  ari_str nfc;
  must(node->first == NULL && node->n == 0 && node->text.n <= 4 * ARI_YAML_SCALAR_BYTES);
  must(ari_utf8_valid(node->text.p, node->text.n, &bad));
  must(ari_utf8_nfc(&w->arena, node->text, &nfc) && ari_str_eq(nfc, node->text));
  ari_arena_reset(&w->arena);
  const char *p = w->bytes.p + node->span.start;
  bool one_line = !memchr(p, '\n', node->span.len) && !memchr(p, '\r', node->span.len);
  bool slice = node->text.p >= w->bytes.p && node->text.p <= w->bytes.p + w->bytes.n;
  if (slice) must(node->text.p >= p && node->text.p + node->text.n <= p + node->span.len);
  if (!node->quoted && one_line && slice) must(node->text.n == node->span.len);
}

/* The readers of one value: whatever it is, they answer. */
static void read_values(const ari_yaml *node, ari_num *num, ari_findings *fs) {
  static const char *const words[] = {"zero", "full", "spread", NULL};
  ari_str text;
  ari_dec dec;
  int i;
  int32_t day;
  ari_period period;
  ari_title title;
  bool id = ari_yaml_id(node, &text, fs), number = ari_yaml_dec(node, &dec, fs), ratio = ari_yaml_ratio(node, num, fs);
  must(node->kind == ARI_YAML_SCALAR || (!id && !number && !ratio));
  must(!number || ratio);
  if (ari_yaml_int(node, -5, 5, &i, fs)) must(number && i >= -5 && i <= 5);
  if (ari_yaml_date(node, &day, fs)) must(id);
  if (ari_yaml_period(node, &period, fs)) must(period.kind != 0);
  must(ari_yaml_word(node, words, fs) < 3);
  if (ari_yaml_title(node, &title, fs)) must(ari_title_in(title, ARI_VI).p && ari_title_in(title, ARI_EN).p);
}

static void read_fields(const ari_yaml *node, ari_findings *fs) {
  static const ari_field table[] = {
    {.key = "id", .type = ARI_FIELD_ID, .required = true},  {.key = "title", .type = ARI_FIELD_TITLE},
    {.key = "max", .type = ARI_FIELD_RATIO},                {.key = "criteria", .type = ARI_FIELD_LIST},
    {.key = "rounding", .type = ARI_FIELD_MAP},             {.key = "period", .type = ARI_FIELD_WORDS},
    {.key = "score", .type = ARI_FIELD_FORMULA},            {.key = NULL},
  };
  const ari_yaml *out[ARI_COUNT(table)];
  must(ari_fields_read(node, table, out, fs) == (node->kind == ARI_YAML_MAP));
}

static void walk(walker *w, const ari_yaml *node, ari_num *num, int depth) {
  must(++w->nodes <= ARI_YAML_NODES && end_of(node->span) >= node->span.start && end_of(node->span) <= w->bytes.n);
  ari_span head = ari_yaml_head(node);
  must(head.start >= node->span.start && end_of(head) <= end_of(node->span));
  read_values(node, num, w->fs);
  read_fields(node, w->fs);
  if (node->kind == ARI_YAML_SCALAR) {
    check_scalar(w, node);
    return;
  }
  must(depth <= ARI_YAML_DEPTH);
  uint32_t n = 0, at = node->span.start;
  for (const ari_yaml *kid = node->first; kid; kid = kid->next, n++) {
    must((kid->key != NULL) == (node->kind == ARI_YAML_MAP) && (kid->flow || !node->flow));
    if (kid->key) {
      must(kid->key->kind == ARI_YAML_SCALAR && kid->key->span.start >= at && kid->key->text.n > 0);
      must(ari_yaml_get(node, "ari") != kid || ari_str_is(kid->key->text, "ari"));
      at = end_of(kid->key->span);
      check_scalar(w, kid->key);
    }
    must(kid->span.start >= at);
    at = end_of(kid->span);
    must(at <= end_of(node->span));
    walk(w, kid, num, depth + 1);
  }
  must(n == node->n);
}

static void check_findings(ari_findings *fs, ari_sources *all, size_t size) {
  ari_buf b = {0};
  for (size_t i = 0; i < fs->n; i++) {
    must(fs->items[i].at.file == 0 && (size_t)fs->items[i].at.start + fs->items[i].at.len <= size);
    must(fs->items[i].other.file < 0 || (size_t)fs->items[i].other.start + fs->items[i].other.len <= size);
  }
  ari_findings_sort(fs);
  ari_findings_text(&b, fs, all, ARI_VI, true);
  ari_findings_json(&b, fs, all, ARI_EN);
  must(!b.failed);
  ari_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ari_sources all = {0};
  ari_arena arena = {0};
  char *bytes = ari_malloc(size + 1);
  ari_num *num = ari_num_new();
  must(bytes && num && ari_sources_add(&all, ARI_STR("fuzz.yaml")) == 0);
  if (size > 0) memcpy(bytes, data, size);
  ari_source_give(&all.items[0], bytes, size);
  for (int warn = 0; warn < 2; warn++) {
    ari_findings fs = {0}, told = {0};
    ari_yaml *root;
    must(ari_yaml_parse(&arena, &all.items[0], 0, warn, &root, &fs) == ARI_OK);
    must(root ? root->kind == ARI_YAML_MAP : fs.errors > 0);
    if (root) {
      walker w = {.bytes = all.items[0].bytes, .fs = &told};
      walk(&w, root, num, 1);
      (void)ari_yaml_document_kind(root);
      ari_arena_free(&w.arena);
    }
    check_findings(&fs, &all, size);
    check_findings(&told, &all, size);
    ari_findings_free(&fs);
    ari_findings_free(&told);
    ari_arena_reset(&arena);
  }
  ari_num_free(num);
  ari_arena_free(&arena);
  ari_sources_free(&all);
  return 0;
}
