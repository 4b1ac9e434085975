/* yaml: libyaml's events to a node tree in which every node knows its place; field readers driven by tables.
 * Methodology: ari-criteria(5), and src/README.md, "Safety". Plain scalars have no hidden types. */
#ifndef ARI_YAML_ROOM_H
#define ARI_YAML_ROOM_H

#include "base/base.h"

typedef enum ari_yaml_kind { ARI_YAML_SCALAR, ARI_YAML_LIST, ARI_YAML_MAP } ari_yaml_kind;

typedef struct ari_yaml ari_yaml;
struct ari_yaml {
  ari_yaml_kind kind;
  bool quoted;               /* scalar: in '…', "…", | or > */
  bool flow;                 /* stands in [ ] or { }, or is one */
  ari_str text;              /* scalar: its text in NFC; a slice of the source where possible */
  ari_span span;             /* of the node itself; an empty scalar has length 0 */
  uint32_t n;                /* number of children */
  ari_yaml *key;             /* the key's scalar when this node is a value of a map */
  ari_yaml *first, *next;    /* children in order; the values of a map */
};

enum { ARI_YAML_DEPTH = 64, ARI_YAML_NODES = 2000000, ARI_YAML_SCALAR_BYTES = 65536, ARI_YAML_BYTES = 32 << 20 };

/* Parses a loaded source into `arena`; the tree lives as long as both. What is no text at all (the check of base is made here), syntax
 * errors, anchors, aliases, tags, several documents, depth, size and duplicate keys are findings. *root is NULL when the text is no YAML to
 * its end or no map (then there is at least one error); of duplicate keys the first stays, a text cut by a comma is joined again, and
 * reading goes on. warn_comments: a ` #` that cuts a plain scalar's line is a warning (evidence, agencies, appraisals).
 * ARI_NOMEM is the only other status. */
ari_status ari_yaml_parse(ari_arena *arena, const ari_source *source, int32_t file, bool warn_comments, ari_yaml **root,
                          ari_findings *fs) ARI_USE_RESULT;

/* The value under `key` of a map; NULL. */
ari_yaml *ari_yaml_get(const ari_yaml *map, const char *key);
/* The value of the document's first key when that is `ari`: "criteria/1". NULL when the root is no map or begins otherwise (nothing is
 * told). */
const ari_yaml *ari_yaml_document_kind(const ari_yaml *root);

/* ---- field tables: one row a key --------------------------------------------------------------------------------- */

typedef enum ari_field_type {
  ARI_FIELD_TEXT,            /* a scalar */
  ARI_FIELD_ID,              /* a letter of any script or a digit, then also . _ - */
  ARI_FIELD_TITLE,           /* a text or {vi: …, en: …} */
  ARI_FIELD_NUMBER,          /* a decimal */
  ARI_FIELD_RATIO,           /* a decimal, 10/3 or 5% */
  ARI_FIELD_INTEGER,         /* with from/to */
  ARI_FIELD_DATE,
  ARI_FIELD_PERIOD,
  ARI_FIELD_WORD,            /* one of `words` */
  ARI_FIELD_WORDS,           /* one or a list of `words` */
  ARI_FIELD_FLAG,            /* true or false, which stand in `words` */
  ARI_FIELD_FORMULA,         /* a scalar with a formula; traps of YAML get their own messages */
  ARI_FIELD_LIST,
  ARI_FIELD_MAP,
  ARI_FIELD_ANY,             /* several shapes: the reader looks itself */
  ARI_FIELD_FORM             /* a map of one of several tables, told by its keys: the reader looks itself */
} ari_field_type;

typedef struct ari_field {
  const char *key;
  ari_field_type type;
  bool required;
  const char *const *words;  /* NULL-ended, for WORD and WORDS */
  int from, to;              /* for INTEGER */
  const struct ari_field *below; /* the table of a MAP, or of each item of a LIST of maps; NULL: the reader looks itself. ANY: the
                                  * short form is the value of the table's first row alone, the long form a map */
  const struct ari_field *each;  /* one row without a key. MAP: what stands under every key that `below` does not name; LIST: each item;
                                  * ANY: one such value or a list of them, with `below` also a map */
  const struct ari_field *or_map;   /* a map will do as well, with such values under free keys; NULL: not */
  bool none;                 /* "none" will do as well: the reader looks itself */
  const char *en, *vi;       /* what it is for: manual and editor support */
} ari_field;
/* A table ends with a row whose key is NULL. */

/* Reads a map by its table: out[i] is the value of row i or NULL (absent, or there but of a wrong shape or empty, which has been told).
 * A key that is a slip of another is told and its value read as that one's, so that nothing follows from it. Unknown keys, missing required keys and wrong shapes are findings; out has as many places as the table has rows, at most
 * 64. What stands below is not looked at: the reader reads it by the table below. False when `map` is no map (told). */
bool ari_fields_read(const ari_yaml *map, const ari_field *table, const ari_yaml **out, ari_findings *fs);
/* The place where a key is missing: the map's first line. */
ari_span ari_yaml_head(const ari_yaml *node);

/* Values of one node. Each tells a finding and returns false when the text is not of the type ("7,46": what to write instead).
 * node may be NULL (an absent field): false, and nothing is told. */
bool ari_yaml_text(const ari_yaml *node, ari_str *out, ari_findings *fs);   /* any scalar but `key:` with nothing behind */
bool ari_yaml_id(const ari_yaml *node, ari_str *out, ari_findings *fs);
bool ari_yaml_dec(const ari_yaml *node, ari_dec *out, ari_findings *fs);
/* 10/3, 5%, 28.5 as an exact number. */
bool ari_yaml_ratio(const ari_yaml *node, ari_num *out, ari_findings *fs);
bool ari_yaml_int(const ari_yaml *node, int from, int to, int *out, ari_findings *fs);
bool ari_yaml_date(const ari_yaml *node, int32_t *day, ari_findings *fs);
bool ari_yaml_period(const ari_yaml *node, ari_period *out, ari_findings *fs);
/* The index of the node's text in words; -1: told with "did you mean". */
int ari_yaml_word(const ari_yaml *node, const char *const *words, ari_findings *fs);

/* A text in both languages; the one that is missing falls back to the other. Slices of the tree: copy to keep. */
typedef struct ari_title { ari_str vi, en; } ari_title;
bool ari_yaml_title(const ari_yaml *node, ari_title *out, ari_findings *fs);
extern const ari_field ari_title_fields[];  /* of its long form */
ari_str ari_title_in(ari_title t, ari_lang lang);
bool ari_title_copy(ari_arena *arena, ari_title t, ari_title *out) ARI_USE_RESULT;
/* True for an id as ari-criteria(5) allows it; also used for ids in CSV files. */
bool ari_id_valid(ari_str s);

/* `key:` with nothing behind; quoted "" is not empty. */
bool ari_yaml_is_empty(const ari_yaml *node);
void ari_yaml_tell_empty(const ari_yaml *node, ari_findings *fs);

#endif
