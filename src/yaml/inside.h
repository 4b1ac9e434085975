/* yaml: what its own files share and no other room sees. */
#ifndef ARI_YAML_INSIDE_H
#define ARI_YAML_INSIDE_H

#include "yaml.h"

/* A place where the text is not YAML as ari reads it, and what is known about it. Offsets are bytes of the source. */
typedef struct ari_yaml_trouble {
  ari_arena *arena;
  ari_findings *fs;
  int32_t file;
  ari_str bytes;             /* the whole source */
  uint32_t at, from;         /* where it was noticed; where the thing begins that was being read */
  bool flow;                 /* inside [ ] or { } */
  const char *what, *context;/* libyaml's words: they are looked up, never shown */
  bool no_memory;            /* set when memory ran out */
} ari_yaml_trouble;

/* libyaml could not go on: says in our own words what the usual trap is and what to write instead. */
void ari_yaml_tell_trouble(ari_yaml_trouble *t);
/* A node that begins with & * ! or another sign that YAML keeps for itself, at t->at. */
void ari_yaml_tell_sign(ari_yaml_trouble *t, ari_code code);
/* A comma inside { } that has cut a text or a number, which begins at t->at. */
void ari_yaml_tell_cut(ari_yaml_trouble *t, ari_str joined);
/* True when the text is a number with a decimal comma or with grouped digits: told, with what to write instead. */
bool ari_yaml_tell_comma(ari_str text, ari_span at, ari_findings *fs);
/* Neither a text nor {vi: …, en: …}. */
void ari_yaml_tell_title(const ari_yaml *node, ari_findings *fs);
/* At most 120 bytes of it, whole letters. */
ari_str ari_yaml_shorten(ari_str text);

#endif
