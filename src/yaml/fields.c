/* Maps read by their tables: unknown, missing and empty keys, and values of the wrong shape (ari-criteria(5)). */
#include "inside.h"

enum { MAX_ROWS = 64 };

/* "key:" for the value of a key, "-" for an item of a list: how the place is named in an example. */
static ari_str name_place(ari_findings *fs, const ari_yaml *node, ari_buf *b) {
  if (!node->key) return ARI_STR("-");
  ari_buf_str(b, ari_yaml_shorten(node->key->text));
  ari_buf_char(b, ':');
  if (b->failed) fs->failed = true;
  return ari_buf_view(b);
}

static void tell_shape(ari_findings *fs, ari_code code, const ari_yaml *node, ari_str example) {
  ari_buf b = {0};
  ari_findings_add(fs, code, ari_yaml_head(node), &(ari_args){{ari_arg_text(name_place(fs, node, &b)), ari_arg_text(example)}});
  ari_buf_free(&b);
}

bool ari_yaml_text(const ari_yaml *node, ari_str *out, ari_findings *fs) {
  *out = ARI_STR("");
  if (!node) return false;
  if (node->kind != ARI_YAML_SCALAR) {
    tell_shape(fs, ARI_E0146, node, ARI_STR(""));
    return false;
  }
  if (ari_yaml_is_empty(node)) {
    ari_yaml_tell_empty(node, fs);
    return false;
  }
  *out = node->text;
  return true;
}

bool ari_yaml_is_empty(const ari_yaml *node) { return node->kind == ARI_YAML_SCALAR && !node->quoted && node->text.n == 0; }

void ari_yaml_tell_empty(const ari_yaml *node, ari_findings *fs) {
  ari_buf b = {0};
  ari_span at = node->key ? node->key->span : node->span;
  ari_findings_add(fs, ARI_E0143, at, &(ari_args){{ari_arg_text(name_place(fs, node, &b))}});
  ari_buf_free(&b);
}

void ari_yaml_tell_title(const ari_yaml *node, ari_findings *fs) { tell_shape(fs, ARI_E0159, node, ARI_STR("")); }

/* ---- examples ------------------------------------------------------------------------------------------------------ */

/* {id: …, from: …}: the first keys that the table wants, or "key: …" without a table. */
static void put_example(ari_buf *b, const ari_field *table) {
  int shown = 0;
  bool any_required = false;
  for (const ari_field *f = table; f && f->key; f++) any_required = any_required || f->required;
  ari_buf_char(b, '{');
  for (const ari_field *f = table; f && f->key && shown < 3; f++) {
    if (any_required && !f->required) continue;
    if (shown++) ari_buf_text(b, ", ");
    ari_buf_text(b, f->key);
    ari_buf_text(b, ": …");
  }
  if (!shown) ari_buf_text(b, "… : …");
  ari_buf_char(b, '}');
}

static void put_words(ari_buf *b, const char *const *words) {
  for (size_t i = 0; words[i]; i++) {
    if (i) ari_buf_text(b, ", ");
    ari_buf_text(b, words[i]);
  }
}

static void tell_with_example(ari_findings *fs, ari_code code, const ari_yaml *node, const ari_field *field) {
  ari_buf b = {0};
  bool list = field && field->type == ARI_FIELD_LIST, words = field && field->words;
  if (list) ari_buf_char(&b, '[');
  if (words) put_words(&b, field->words);
  else if (list && !field->below) ari_buf_text(&b, "…, …");
  else put_example(&b, field ? field->below : NULL);
  if (list) ari_buf_char(&b, ']');
  if (b.failed) fs->failed = true;
  tell_shape(fs, code, node, ari_buf_view(&b));
  ari_buf_free(&b);
}

/* ---- one value ----------------------------------------------------------------------------------------------------- */

/* Whether a value has the shape its type wants; the text itself is read later by the value readers. False: told. */
static bool check_shape(const ari_yaml *value, const ari_field *field, ari_findings *fs) {
  ari_yaml_kind kind = value->kind;
  ari_str text;
  if (field->type == ARI_FIELD_ANY || field->type == ARI_FIELD_FORM || (field->or_map && kind == ARI_YAML_MAP)) return true;
  if (ari_yaml_is_empty(value)) {
    ari_yaml_tell_empty(value, fs);
    return false;
  }
  switch (field->type) {
  case ARI_FIELD_LIST:
    if (kind == ARI_YAML_LIST) return true;
    tell_with_example(fs, ARI_E0145, value, field);
    return false;
  case ARI_FIELD_MAP:
    if (kind == ARI_YAML_MAP) return true;
    tell_with_example(fs, ARI_E0144, value, field);
    return false;
  case ARI_FIELD_TITLE:
    if (kind != ARI_YAML_LIST) return true;
    ari_yaml_tell_title(value, fs);
    return false;
  case ARI_FIELD_FORMULA:
    if (kind == ARI_YAML_SCALAR) return true;
    tell_shape(fs, ARI_E0139, value, ARI_STR(""));
    return false;
  case ARI_FIELD_WORDS:
    if (kind == ARI_YAML_SCALAR) return true;
    if (kind == ARI_YAML_MAP) {
      ari_field list = *field;
      list.type = ARI_FIELD_LIST;
      tell_with_example(fs, ARI_E0145, value, &list);
      return false;
    }
    for (const ari_yaml *item = value->first; item; item = item->next)
      if (!ari_yaml_text(item, &text, fs)) return false;
    return true;
  default:
    return ari_yaml_text(value, &text, fs);
  }
}

/* ---- the map ------------------------------------------------------------------------------------------------------- */

/* The row that was meant, when the key is a slip of one; else -1. */
static int tell_unknown(const ari_yaml *key, const ari_field *table, ari_findings *fs) {
  ari_str names[MAX_ROWS];
  size_t n = 0;
  for (const ari_field *f = table; f->key && n < MAX_ROWS; f++) names[n++] = ari_str_of(f->key);
  ari_str word = ari_yaml_shorten(key->text);
  int near = ari_str_nearest(word, names, n);
  if (near >= 0) {
    ari_findings_add(fs, ARI_E0140, key->span, &(ari_args){{ari_arg_text(word), ari_arg_text(names[near])}});
    return near;
  }
  ari_buf b = {0};
  for (size_t i = 0; i < n; i++) {
    if (i) ari_buf_text(&b, ", ");
    ari_buf_str(&b, names[i]);
  }
  if (b.failed) fs->failed = true;
  ari_findings_add(fs, ARI_E0141, key->span, &(ari_args){{ari_arg_text(word), ari_arg_text(ari_buf_view(&b))}});
  ari_buf_free(&b);
  return -1;
}

/* check_shape without a word. */
static bool has_shape(const ari_yaml *value, const ari_field *field, ari_findings *fs) {
  ari_findings quiet = {0};
  bool fits = check_shape(value, field, &quiet);
  if (quiet.failed) fs->failed = true;
  ari_findings_free(&quiet);
  return fits;
}

bool ari_fields_read(const ari_yaml *map, const ari_field *table, const ari_yaml **out, ari_findings *fs) {
  uint64_t there = 0;   /* rows whose key stands in the map, also with a wrong value or with a slip */
  size_t rows = 0;
  for (; table[rows].key; rows++) out[rows] = NULL;
  if (map->kind != ARI_YAML_MAP) {
    if (ari_yaml_is_empty(map)) ari_yaml_tell_empty(map, fs);
    else tell_with_example(fs, ARI_E0144, map, &(ari_field){.type = ARI_FIELD_MAP, .below = table});
    return false;
  }
  for (const ari_yaml *value = map->first; value; value = value->next) {
    size_t row = 0;
    while (row < rows && !ari_str_is(value->key->text, table[row].key)) row++;
    if (row == rows) {
      int meant = tell_unknown(value->key, table, fs);
      if (meant < 0) continue;
      there |= UINT64_C(1) << (meant % MAX_ROWS);   /* a slip is told once: neither as missing nor by what would follow from it */
      if (!out[meant] && has_shape(value, &table[meant], fs)) out[meant] = value;
      continue;
    }
    there |= UINT64_C(1) << (row % MAX_ROWS);
    if (check_shape(value, &table[row], fs)) out[row] = value;
  }
  for (size_t row = 0; row < rows; row++)
    if (table[row].required && !(there >> (row % MAX_ROWS) & 1))
      ari_findings_add(fs, ARI_E0142, ari_yaml_head(map), &(ari_args){{ari_arg_c(table[row].key)}});
  return true;
}
