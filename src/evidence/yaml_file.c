/* What all YAML files of one agency have in common: of whom, of which set and of which period they are. */
#include "inside.h"

#include <string.h>

ari_spot ari_yaml_spot(const ari_yaml *node, int32_t agency) {
  return (ari_spot){agency, {node->span.file, node->span.start, node->span.len, 0}, {0}};
}

/* A comma inside { } that is not in quotes: yaml has told it and put the text together again. */
bool ari_yaml_is_cut(const ari_yaml *value) {
  return value->flow && !value->quoted && value->text.n && memchr(value->text.p, ',', value->text.n);
}

/* False: it is evidence for another set, so nothing else of it is looked at, nor whether this set has its agency. */
static bool check_set(ari_reading *r, const ari_yaml *field, const ari_yaml *agency) {
  ari_str id;
  if (!field || !ari_yaml_id(field, &id, r->fs) || ari_str_eq(id, r->desk->set->id)) return true;
  ari_spot spot = ari_yaml_spot(field, agency ? ari_reading_listed(r, agency->text) : ARI_ANYBODY);
  ari_reading_tell(r, &spot, ARI_E0459, &(ari_args){{ari_arg_text(id), ari_arg_text(r->desk->set->id)}});
  return false;
}

/* The period stands in the file, or was asked for; without both the file's own agency is to blame. */
static bool check_period(ari_reading *r, const ari_yaml *field, const ari_yaml *root, int32_t agency) {
  ari_spot spot = ari_yaml_spot(field ? field : root, agency);
  if (!field) spot.at.len = ari_yaml_head(root).len;
  return ari_reading_period(r, field ? field->text : (ari_str){0}, &spot);
}

bool ari_head_read(ari_reading *r, const ari_yaml *root, const ari_field *table, const ari_yaml **f, int32_t *agency, ari_spot *spot) {
  ari_str id;
  if (!ari_fields_read(root, table, f, r->fs)) return false;
  const ari_yaml *named = f[ARI_HEAD_AGENCY];
  if (f[ARI_HEAD_ARI]) ari_yaml_word(f[ARI_HEAD_ARI], table[ARI_HEAD_ARI].words, r->fs);
  if (!check_set(r, f[ARI_HEAD_SET], named)) return false;
  if (named) {
    *spot = ari_yaml_spot(named, ARI_NOBODY);
    *agency = ari_yaml_id(named, &id, r->fs) ? ari_reading_agency(r, id, spot) : ARI_NOBODY;
  }
  *spot = ari_yaml_spot(named ? named : root, *agency);
  if (!named) spot->at.len = ari_yaml_head(root).len;
  ari_reading_add(r, spot, ARI_SAID_NAMED, -1);
  return check_period(r, f[ARI_HEAD_PERIOD], root, *agency);
}

/* The agency of a line "agency: X"; ARI_ANYBODY: none of the list. */
static int32_t agency_of_line(ari_reading *r, ari_str line) {
  const ari_str key = ARI_STR("agency:");
  if (!ari_str_starts(line, "agency:")) return ARI_ANYBODY;
  ari_str id = ari_str_sub(line, key.n, line.n);
  for (size_t i = 1; i < id.n; i++)
    if (id.p[i] == '#' && strchr(" \t", id.p[i - 1])) id.n = i;
  id = ari_str_trim(id);
  if (id.n >= 2 && strchr("\"'", id.p[0]) && id.p[id.n - 1] == id.p[0]) id = ari_str_sub(id, 1, id.n - 1);
  const ari_agencies *list = r->desk->agencies;
  int32_t found = list->file < 0 ? ARI_ANYBODY : ari_map_get(&list->ids, ari_reading_nfc(r, id));
  return found < 0 ? ARI_ANYBODY : found;
}

/* Whose a file is that cannot be read as YAML: the lines above its first error may still say so. */
static int32_t agency_above_error(ari_reading *r) {
  ari_str bytes = r->source->bytes;
  for (size_t i = 0; i < r->fs->n; i++)
    if (ari_code_letter(r->fs->items[i].code) == 'E') bytes = ari_str_sub(bytes, 0, r->fs->items[i].at.start);
  int32_t agency = ARI_ANYBODY;
  for (size_t from = 0, at = 0; at < bytes.n && agency < 0; at++) {
    if (bytes.p[at] != '\n' && bytes.p[at] != '\r') continue;
    agency = agency_of_line(r, ari_str_sub(bytes, from, at));
    from = at + 1;
  }
  return agency;
}

static void read_root(ari_reading *r, const ari_yaml *root, int32_t *agency) {
  if (r->kind == ARI_FILE_APPRAISAL) ari_read_appraisal_yaml(r, root, agency);
  else if (r->kind == ARI_FILE_EXPLANATION) ari_read_explanation_yaml(r, root, agency);
  else if (r->kind == ARI_FILE_SURVEY) ari_read_survey_yaml(r, root, agency);
  else ari_read_evidence_yaml(r, root, agency);
}

void ari_read_yaml(ari_reading *r) {
  ari_yaml *root = NULL;
  size_t errors = r->fs->errors;
  int32_t agency = ARI_ANYBODY;
  if (ari_yaml_parse(&r->shelf->file, r->source, r->file, true, &root, r->fs) == ARI_NOMEM) r->no_memory = true;
  if (root && !r->no_memory) read_root(r, root, &agency);
  if (r->fs->errors == errors) return;   /* what yaml's own readers tell is the agency's too, since the file is one agency's */
  ari_spot spot = {agency == ARI_ANYBODY ? agency_above_error(r) : agency, {r->file, 0, 0, 0}, {0}};
  ari_reading_blame(r, &spot);
}
