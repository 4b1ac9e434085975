/* Events of libyaml to a tree of nodes (ari-criteria(5); src/README.md, "Safety"). Events and not yaml_parser_load, which is quadratic in nesting and
 * returns cycles. The whole of a hostile file is never looked at: anchors, tags, depth and size stop the reading where they appear. */
#include "inside.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

/* From FEW_KEYS keys on a map finds its duplicates by hashing. */
enum { FEW_KEYS = 8, NODES_AT_ONCE = 32 };

/* An open list or map. */
typedef struct frame {
  ari_yaml *node, *last;     /* last: the child that was linked last */
  ari_yaml *key;             /* map: the key that waits for its value */
  uint32_t end;              /* of what has been read of it */
  uint32_t cut_keys;         /* flow map: keys without a value since `last`: a comma has cut its text … */
  uint32_t cut_end;          /* … which ends here */
  bool lost;                 /* the key read last was a duplicate: its value is built, but not linked */
  ari_map seen;              /* map with many keys: key -> place in builder.keys */
  size_t seen_from;
} frame;

typedef struct builder {
  yaml_parser_t parser;
  ari_arena *arena;
  ari_str bytes;             /* the whole source */
  int32_t file;
  bool warn_comments;
  ari_findings *fs;
  size_t at_index;           /* the last mark that was converted: code points … */
  size_t at_byte;            /* … and bytes */
  frame stack[ARI_YAML_DEPTH];
  int depth;
  uint32_t nodes;
  ari_yaml *spare;           /* nodes taken from the arena and not used yet */
  size_t n_spare;
  ari_yaml **keys;           /* keys of the open maps with many keys */
  size_t n_keys, room_keys;
  ari_yaml *root;
  int documents;
  bool no_memory;
} builder;

static bool is_inside(char c) { return ((unsigned char)c & 0xC0) == 0x80; }   /* not the first byte of a letter */

/* The byte of a mark: marks count code points. They come nearly in order, so the way from the last one is short. */
static uint32_t find_byte(builder *b, size_t index) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  const char *p = b->bytes.p;
  size_t n = b->bytes.n, at = b->at_byte, i = b->at_index;
  while (i < index && n - at >= 8) {
    uint64_t word;
    memcpy(&word, p + at, 8);
    uint64_t firsts = (~(word >> 7) | word >> 6) & ones;   /* 1 for each byte that begins a letter */
    size_t letters = (size_t)((firsts * ones) >> 56);
    if (letters > index - i) {
      if (firsts != ones) break;
      at += index - i;
      i = index;
    } else {
      at += 8;
      i += letters;
    }
  }
  for (; i < index && at < n; at++) i += !is_inside(p[at]);
  for (; i > index && at > 0; i -= !is_inside(p[at])) at--;
  while (at < n && is_inside(p[at])) at++;
  b->at_index = i;
  b->at_byte = at;
  return (uint32_t)at;
}

/* The end of a scalar. A plain one on one line is known without counting: the source says its text letter by letter. */
static uint32_t find_end(builder *b, uint32_t from, const yaml_event_t *ev) {
  size_t n = ev->data.scalar.length;
  bool plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && ev->start_mark.line == ev->end_mark.line;
  if (!plain || n > b->bytes.n - from) return find_byte(b, ev->end_mark.index);
  b->at_index = ev->end_mark.index;
  b->at_byte = from + n;
  return (uint32_t)(from + n);
}

static ari_span make_span(const builder *b, uint32_t from, uint32_t to) { return (ari_span){b->file, from, to > from ? to - from : 0}; }
static uint32_t end_of(const ari_yaml *node) { return node->span.start + node->span.len; }

/* Tells a finding that ends the reading. */
static bool stop_at(builder *b, ari_code code, uint32_t from, uint32_t to, const ari_args *args) {
  ari_findings_add(b->fs, code, make_span(b, from, to), args);
  return false;
}

static bool stop_no_memory(builder *b) {
  b->no_memory = true;
  return false;
}

static ari_yaml_trouble make_trouble(const builder *b, uint32_t at) {
  const ari_yaml *open = b->depth > 0 ? b->stack[b->depth - 1].node : NULL;
  return (ari_yaml_trouble){.arena = b->arena, .fs = b->fs, .file = b->file, .bytes = b->bytes, .at = at, .from = at,
                            .flow = open && open->flow};
}

/* A sign that YAML reads as more than text and that ari refuses, at the begin of a node. */
static bool stop_at_sign(builder *b, ari_code code, uint32_t at) {
  ari_yaml_trouble t = make_trouble(b, at);
  ari_yaml_tell_sign(&t, code);
  b->no_memory = b->no_memory || t.no_memory;
  return false;
}

/* ---- maps and their keys ------------------------------------------------------------------------------------------- */

/* Remembers a key of a map with many keys. The first key with the same text; NULL: none, or (no_memory) out of memory. */
static ari_yaml *note_key(builder *b, frame *f, ari_yaml *key) {
  int32_t first = -1;
  if (!ari_grow((void **)&b->keys, b->n_keys, &b->room_keys, sizeof *b->keys) ||
      !ari_map_add(&f->seen, key->text, (int32_t)b->n_keys, &first)) {
    b->no_memory = true;
    return NULL;
  }
  if (first >= 0) return b->keys[first];
  b->keys[b->n_keys++] = key;
  return NULL;
}

/* Likewise for any map. Few keys are compared one by one, many are hashed: a map of a million keys must not take a million times a
 * million steps. */
static ari_yaml *find_duplicate(builder *b, frame *f, ari_yaml *key) {
  if (f->node->n < FEW_KEYS) {
    for (ari_yaml *v = f->node->first; v; v = v->next)
      if (v->key->text.n == key->text.n && memcmp(v->key->text.p, key->text.p, key->text.n) == 0) return v->key;
    return NULL;
  }
  if (f->seen.n == 0) {
    f->seen_from = b->n_keys;
    for (ari_yaml *v = f->node->first; v && !b->no_memory; v = v->next) note_key(b, f, v->key);
    if (b->no_memory) return NULL;
  }
  return note_key(b, f, key);
}

/* The place behind the colon of a key, or of the key itself when it has none. */
static uint32_t find_colon(const builder *b, const ari_yaml *key) {
  ari_str all = b->bytes;
  uint32_t at = end_of(key);
  while (at < all.n && all.p[at] && strchr(" \t\r\n", all.p[at])) at++;
  if (at >= all.n || all.p[at] != ':') return end_of(key);
  bool sign = b->stack[b->depth - 1].node->flow || at + 1 >= all.n || strchr(" \t\r\n", all.p[at + 1]);
  return sign ? at + 1 : end_of(key);
}

/* True for the second of `Sở, ngành` in {vi: Sở, ngành}: a key in { } without a colon behind it. */
static bool lacks_colon(const ari_yaml *key, const ari_yaml *value) {
  return value->flow && !key->quoted && ari_yaml_is_empty(value) && value->span.start == end_of(key);
}

/* Ends a run of keys without values: tells what the comma has cut and mends the value, so that no other message follows from it. */
static bool close_cut(builder *b, frame *f) {
  if (f->cut_keys == 0) return true;
  ari_yaml *value = f->last;
  f->cut_keys = 0;
  ari_str joined = ari_str_sub(b->bytes, value->span.start, f->cut_end);
  value->span.len = (uint32_t)joined.n;
  ari_yaml_trouble t = make_trouble(b, value->span.start);
  ari_yaml_tell_cut(&t, joined);
  return (!t.no_memory && ari_utf8_nfc(b->arena, joined, &value->text)) || stop_no_memory(b);
}

/* Puts a value under the key that waits. */
static bool add_value(builder *b, frame *f, ari_yaml *value) {
  ari_yaml *key = f->key, *last = f->last;
  f->key = NULL;
  if (lacks_colon(key, value)) {
    if (last && last->kind == ARI_YAML_SCALAR && !last->quoted && last->text.n > 0 && !f->lost) {
      f->cut_keys++;
      f->cut_end = end_of(key);
    } else {
      ari_findings_add(b->fs, ARI_E0136, key->span, &(ari_args){{ari_arg_text(key->text)}});
    }
    return true;
  }
  if (!close_cut(b, f)) return false;
  ari_yaml *first = find_duplicate(b, f, key);
  if (b->no_memory) return false;
  f->lost = first != NULL;
  value->key = key;
  if (first) {
    ari_findings_add(b->fs, ARI_E0129, key->span, &(ari_args){{ari_arg_text(key->text)}})->other = first->span;
    return true;
  }
  if (f->last) f->last->next = value;
  else f->node->first = value;
  f->last = value;
  f->node->n++;
  return true;
}

/* A node where a key must stand. */
static bool take_key(builder *b, frame *f, ari_yaml *node) {
  if (node->kind != ARI_YAML_SCALAR) return stop_at(b, ARI_E0128, node->span.start, node->span.start + 1, NULL);
  if (node->text.n == 0) return stop_at(b, ARI_E0130, node->span.start, end_of(node), &(ari_args){{ari_arg_c(":")}});
  f->key = node;
  return true;
}

/* Links a node into the open list or map, or makes it the root. */
static bool add_node(builder *b, ari_yaml *node) {
  if (b->depth == 0) {
    b->root = node;
    return true;
  }
  frame *f = &b->stack[b->depth - 1];
  f->end = end_of(node);
  if (f->node->kind == ARI_YAML_MAP) return f->key ? add_value(b, f, node) : take_key(b, f, node);
  if (f->last) f->last->next = node;
  else f->node->first = node;
  f->last = node;
  f->node->n++;
  return true;
}

static ari_yaml *new_node(builder *b, ari_yaml_kind kind, uint32_t from, uint32_t to) {
  if (++b->nodes > ARI_YAML_NODES) {
    stop_at(b, ARI_E0126, from, to, &(ari_args){{ari_arg_int(ARI_YAML_NODES)}});
    return NULL;
  }
  if (b->n_spare == 0) {
    b->spare = ari_arena_array(b->arena, NODES_AT_ONCE, sizeof *b->spare);
    if (!b->spare) {
      b->no_memory = true;
      return NULL;
    }
    b->n_spare = NODES_AT_ONCE;
  }
  ari_yaml *node = b->spare++;
  b->n_spare--;
  node->kind = kind;
  node->span = make_span(b, from, to);
  node->flow = b->depth > 0 && b->stack[b->depth - 1].node->flow;
  return node;
}

/* ---- scalars ------------------------------------------------------------------------------------------------------- */

/* The text in NFC: a slice of the source where the source says it letter by letter, else a copy in the arena. */
static bool set_text(builder *b, ari_yaml *node, uint32_t from, uint32_t to, const char *value, size_t n, bool ascii) {
  const char *src = b->bytes.p;
  if (node->quoted && to - from >= 2 && (src[from] == '"' || src[from] == '\'')) {
    from++;
    to--;
  }
  bool sliced = to - from == n && memcmp(src + from, value, n) == 0;
  ari_str text = {sliced ? src + from : value, n};
  if (sliced && ascii) {
    node->text = text;
    return true;
  }
  if (!ari_utf8_nfc(b->arena, text, &node->text)) return false;
  return sliced || node->text.p != value || ari_str_copy(b->arena, text, &node->text);
}

/* Escapes in "…" can bring in what may not stand in a file as it is (names stand in tables, on charts, on terminals). */
static void check_escapes(builder *b, const ari_yaml *node) {
  bool sliced = node->text.p >= b->bytes.p && node->text.p < b->bytes.p + b->bytes.n;
  if (sliced) return;   /* as it stands in the file, which has been looked at */
  for (size_t i = 0, len; i < node->text.n; i += len) {
    uint32_t c = ari_utf8_decode(node->text.p + i, node->text.n - i, &len);
    if (!ari_utf8_is_refused(c)) continue;
    char name[8];
    snprintf(name, sizeof name, "U+%04X", (unsigned)(c & 0xFFFF));
    ari_findings_add(b->fs, ARI_E0105, node->span, &(ari_args){{ari_arg_c(name)}});
    return;
  }
}

/* ` #` behind a plain scalar has cut the line: shows what was lost. */
static void warn_comment(builder *b, const ari_yaml *node) {
  ari_str all = b->bytes;
  size_t at = end_of(node), end = at;
  while (at < all.n && (all.p[at] == ' ' || all.p[at] == '\t')) at++;
  if (at >= all.n || all.p[at] != '#' || at == end) return;
  end = at;
  while (end < all.n && all.p[end] != '\n' && all.p[end] != '\r') end++;
  ari_findings_add(b->fs, ARI_W0138, make_span(b, (uint32_t)at, (uint32_t)end),
                   &(ari_args){{ari_arg_text(ari_yaml_shorten(ari_str_sub(all, at, end)))}});
}

static bool take_scalar(builder *b, const yaml_event_t *ev, uint32_t from) {
  uint32_t to = find_end(b, from, ev);
  bool ascii = to - from == ev->end_mark.index - ev->start_mark.index;   /* as many bytes as letters */
  yaml_scalar_style_t style = ev->data.scalar.style;
  size_t n = ev->data.scalar.length;
  const frame *f = b->depth > 0 ? &b->stack[b->depth - 1] : NULL;
  if (n == 0 && style == YAML_PLAIN_SCALAR_STYLE && f && f->key) to = from = find_colon(b, f->key);   /* not where the next thing begins */
  if (n > ARI_YAML_SCALAR_BYTES) return stop_at(b, ARI_E0127, from, from + 1, &(ari_args){{ari_arg_int(ARI_YAML_SCALAR_BYTES / 1024)}});
  bool block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
  while (block && to > from && strchr(" \t\r\n", b->bytes.p[to - 1])) to--;
  ari_yaml *node = new_node(b, ARI_YAML_SCALAR, from, to);
  if (!node) return false;
  node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
  if (!set_text(b, node, from, to, (const char *)ev->data.scalar.value, n, ascii)) return stop_no_memory(b);
  if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) check_escapes(b, node);
  if (b->warn_comments && !node->quoted) warn_comment(b, node);
  return add_node(b, node);
}

/* ---- lists and maps ------------------------------------------------------------------------------------------------ */

static bool open_collection(builder *b, ari_yaml_kind kind, bool flow, uint32_t from) {
  if (b->depth == ARI_YAML_DEPTH) return stop_at(b, ARI_E0125, from, from + 1, &(ari_args){{ari_arg_int(ARI_YAML_DEPTH)}});
  ari_yaml *node = new_node(b, kind, from, from);
  if (!node) return false;
  node->flow = node->flow || flow;
  if (!add_node(b, node)) return false;
  b->stack[b->depth++] = (frame){.node = node, .end = from};
  return true;
}

/* libyaml ends a block where the next thing begins; here it ends with its last child. A [ ] or { } ends with its bracket. */
static bool close_collection(builder *b, const yaml_event_t *ev) {
  frame *f = &b->stack[b->depth - 1];
  if (f->seen.n > 0) b->n_keys = f->seen_from;
  ari_map_free(&f->seen);
  if (!close_cut(b, f)) return false;
  b->depth--;
  uint32_t end = f->end;
  if (f->node->flow) {
    uint32_t at = find_byte(b, ev->start_mark.index);
    char closing = f->node->kind == ARI_YAML_MAP ? '}' : ']';
    if (ev->end_mark.index == ev->start_mark.index + 1 && b->bytes.p[at] == closing) end = at + 1;
  }
  f->node->span = make_span(b, f->node->span.start, end);
  if (b->depth > 0) b->stack[b->depth - 1].end = end;
  return true;
}

/* ---- events -------------------------------------------------------------------------------------------------------- */

static bool take_document(builder *b, const yaml_event_t *ev, uint32_t from) {
  bool tags = ev->data.document_start.tag_directives.start != ev->data.document_start.tag_directives.end;
  uint32_t to = from;
  while (to < b->bytes.n && b->bytes.p[to] != '\n' && b->bytes.p[to] != '\r') to++;
  if (b->documents++ > 0) return stop_at(b, ARI_E0123, from, to, NULL);
  return !(ev->data.document_start.version_directive || tags) || stop_at(b, ARI_E0124, from, to, NULL);
}

/* True when the node carries an anchor or a tag: both are refused. */
static bool refuse_properties(builder *b, const yaml_char_t *anchor, const yaml_char_t *tag, uint32_t from) {
  if (!anchor && !tag) return false;
  stop_at_sign(b, b->bytes.p[from] == '&' ? ARI_E0120 : ARI_E0122, from);
  return true;
}

/* False: stop reading. */
static bool take_event(builder *b, const yaml_event_t *ev) {
  if (ev->type == YAML_SEQUENCE_END_EVENT || ev->type == YAML_MAPPING_END_EVENT) return close_collection(b, ev);
  uint32_t from = find_byte(b, ev->start_mark.index);
  switch (ev->type) {
  case YAML_DOCUMENT_START_EVENT:
    return take_document(b, ev, from);
  case YAML_ALIAS_EVENT:
    return stop_at_sign(b, ARI_E0121, from);
  case YAML_SCALAR_EVENT:
    if (refuse_properties(b, ev->data.scalar.anchor, ev->data.scalar.tag, from)) return false;
    return take_scalar(b, ev, from);
  case YAML_SEQUENCE_START_EVENT:
    if (refuse_properties(b, ev->data.sequence_start.anchor, ev->data.sequence_start.tag, from)) return false;
    return open_collection(b, ARI_YAML_LIST, ev->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE, from);
  case YAML_MAPPING_START_EVENT:
    if (refuse_properties(b, ev->data.mapping_start.anchor, ev->data.mapping_start.tag, from)) return false;
    return open_collection(b, ARI_YAML_MAP, ev->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, from);
  default:
    return true;   /* begin and end of stream and document */
  }
}

/* libyaml could not go on: our own words for what it noticed. */
static void tell_error(builder *b) {
  const yaml_parser_t *p = &b->parser;
  if (p->error == YAML_MEMORY_ERROR) {
    b->no_memory = true;
    return;
  }
  size_t bom = b->bytes.n - (size_t)(p->input.string.end - p->input.string.start);
  bool raw = p->error == YAML_READER_ERROR;
  ari_yaml_trouble t = make_trouble(b, raw ? (uint32_t)(bom + p->problem_offset) : find_byte(b, p->problem_mark.index));
  t.what = p->problem ? p->problem : "";
  t.context = p->context ? p->context : "";
  if (p->context && !raw) t.from = find_byte(b, p->context_mark.index);
  ari_yaml_tell_trouble(&t);
  b->no_memory = b->no_memory || t.no_memory;
}

/* Reads all events. False: the tree is not whole. */
static bool read_events(builder *b) {
  for (;;) {
    yaml_event_t ev;
    if (!yaml_parser_parse(&b->parser, &ev)) {
      tell_error(b);
      return false;
    }
    bool more = take_event(b, &ev), end = ev.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&ev);
    if (!more) return false;
    if (end) return true;
  }
}

/* Every kind of document is a map. */
static bool check_root(builder *b) {
  const ari_yaml *root = b->root;
  if (root && root->kind == ARI_YAML_MAP) return true;
  bool nothing = !root || (root->kind == ARI_YAML_SCALAR && root->text.n == 0);
  if (nothing) return stop_at(b, ARI_E0135, 0, 0, NULL);
  return stop_at(b, ARI_E0147, root->span.start, end_of(root), NULL);
}

ari_status ari_yaml_parse(ari_arena *arena, const ari_source *source, int32_t file, bool warn_comments, ari_yaml **root, ari_findings *fs) {
  *root = NULL;
  if (!ari_source_text_check(source, file, fs)) return fs->failed ? ARI_NOMEM : ARI_OK;
  builder b = {.arena = arena, .bytes = source->bytes, .file = file, .warn_comments = warn_comments, .fs = fs};
  if (!yaml_parser_initialize(&b.parser)) return ARI_NOMEM;
  b.at_byte = ari_str_starts(source->bytes, "\xEF\xBB\xBF") ? 3 : 0;
  yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&b.parser, (const unsigned char *)source->bytes.p + b.at_byte, source->bytes.n - b.at_byte);
  bool whole = read_events(&b) && check_root(&b);
  yaml_parser_delete(&b.parser);
  for (int i = 0; i < b.depth; i++) ari_map_free(&b.stack[i].seen);
  ari_free(b.keys);
  if (b.no_memory || fs->failed) return ARI_NOMEM;
  if (whole) *root = b.root;
  return ARI_OK;
}

ari_yaml *ari_yaml_get(const ari_yaml *map, const char *key) {
  if (!map || map->kind != ARI_YAML_MAP) return NULL;
  for (ari_yaml *v = map->first; v; v = v->next)
    if (ari_str_is(v->key->text, key)) return v;
  return NULL;
}

const ari_yaml *ari_yaml_document_kind(const ari_yaml *root) {
  const ari_yaml *first = root && root->kind == ARI_YAML_MAP ? root->first : NULL;
  if (!first || first->kind != ARI_YAML_SCALAR || !ari_str_is(first->key->text, "ari")) return NULL;
  return first;
}

ari_span ari_yaml_head(const ari_yaml *node) {
  const ari_yaml *first = node->kind == ARI_YAML_SCALAR ? NULL : node->first;
  if (!first) return node->span;
  if (node->kind == ARI_YAML_LIST) return ari_yaml_head(first);
  return first->kind == ARI_YAML_SCALAR ? ari_span_join(first->key->span, first->span) : first->key->span;
}
