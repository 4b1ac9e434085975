/* Evidence of one agency in YAML (methodology: ari-evidence(5), "Agencies"). */
#include "evidence.h"

#include <string.h>

enum { DOCUMENT_NUMBER, DOCUMENT_DATE, DOCUMENT_TITLE, DOCUMENT_FILE, DOCUMENT_FIELDS };
static const ari_field document_fields[DOCUMENT_FIELDS + 1] = {
  [DOCUMENT_NUMBER] = {.key = "number", .type = ARI_FIELD_TEXT, .en = "number and sign: 12/KH-SNV", .vi = "số, ký hiệu: 12/KH-SNV"},
  [DOCUMENT_DATE] = {.key = "date", .type = ARI_FIELD_DATE, .en = "when it was issued", .vi = "ngày ban hành"},
  [DOCUMENT_TITLE] = {.key = "title", .type = ARI_FIELD_TEXT, .en = "what it is", .vi = "trích yếu"},
  [DOCUMENT_FILE] = {.key = "file", .type = ARI_FIELD_TEXT,
                     .en = "the file, beside or below this one", .vi = "tệp đính kèm, cùng thư mục hoặc thư mục con"},
};

/* What is said of a criterion besides its inputs. */
#define SAID(what) [ARI_SAID_##what - ARI_SAID_CLAIMED]
static const ari_field said_fields[] = {
  SAID(CLAIMED) = {.key = "claimed", .type = ARI_FIELD_NUMBER, .en = "the points that the agency gives itself", .vi = "điểm tự chấm"},
  SAID(NOTE) = {.key = "note", .type = ARI_FIELD_TEXT, .en = "what the agency wants to say", .vi = "ghi chú của cơ quan"},
  SAID(NOT_APPLICABLE) = {.key = "not_applicable", .type = ARI_FIELD_TEXT,
                          .en = "why the criterion does not apply", .vi = "lý do không áp dụng tiêu chí"},
  SAID(DOCUMENTS) = {.key = "documents", .type = ARI_FIELD_LIST, .below = document_fields,
                     .en = "the documents that prove it", .vi = "tài liệu kiểm chứng"},
  SAID(WITHHELD) = {.key = "withheld", .type = ARI_FIELD_TEXT,
                    .en = "why the points are withheld", .vi = "lý do chưa công bố điểm"},
  [ARI_SAID_WITHHELD - ARI_SAID_CLAIMED + 1] = {.key = NULL},
};
static const ari_field text_value = {.type = ARI_FIELD_TEXT};
static const ari_field no_fields[] = {{.key = NULL}};
static const ari_field input_value = {.type = ARI_FIELD_ANY, .below = no_fields, .each = &text_value};   /* also a list of values, or the answers of a survey */
static const ari_field entry_value = {.type = ARI_FIELD_MAP, .below = said_fields, .each = &input_value};

enum { FIELD_ARI, FIELD_SET, FIELD_AGENCY, FIELD_PERIOD, FIELD_WITHHELD, FIELD_EVIDENCE, FIELDS };
static const char *const kinds[] = {"evidence/1", NULL};
static const ari_field evidence_fields[FIELDS + 1] = {
  [FIELD_ARI] = {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = kinds, .en = "the kind of file", .vi = "loại tệp"},
  [FIELD_SET] = {.key = "set", .type = ARI_FIELD_ID, .en = "the criteria set that this evidence is for", .vi = "bộ tiêu chí áp dụng"},
  [FIELD_AGENCY] = {.key = "agency", .type = ARI_FIELD_ID, .required = true, .en = "whose evidence it is", .vi = "cơ quan nộp số liệu"},
  [FIELD_PERIOD] = {.key = "period", .type = ARI_FIELD_PERIOD,
                    .en = "the period: 2026, 2026-H1, 2026-Q3, 2026-08", .vi = "kỳ đánh giá: 2026, 2026-H1, 2026-Q3, 2026-08"},
  [FIELD_WITHHELD] = {.key = "withheld", .type = ARI_FIELD_TEXT,
                      .en = "why the whole agency is not ranked", .vi = "lý do không xếp hạng cả cơ quan"},
  [FIELD_EVIDENCE] = {.key = "evidence", .type = ARI_FIELD_MAP, .each = &entry_value,
                      .en = "the values, criterion by criterion", .vi = "số liệu theo từng tiêu chí"},
};

const ari_field *ari_evidence_table(void) { return evidence_fields; }
const ari_field *ari_said_table(void) { return said_fields; }

static ari_spot spot_of(const ari_yaml *node, int32_t agency) {
  return (ari_spot){agency, {node->span.file, node->span.start, node->span.len, 0}, {0}};
}

/* ---- documents ------------------------------------------------------------------------------------------------------------- */

/* One text of a document, kept. */
static bool keep_text(ari_reading *r, const ari_yaml *node, const ari_spot *spot, ari_str *out) {
  if (!node) return true;
  if (!ari_reading_clean(r, spot, node->text, false)) return false;
  if (!ari_str_copy(&r->shelf->keep, node->text, out)) r->no_memory = true;
  return true;
}

static void read_document(ari_reading *r, const ari_yaml *node, int32_t agency, ari_document *d) {
  const ari_yaml *f[DOCUMENT_FIELDS];
  ari_spot spot = spot_of(node, agency);
  d->span = node->span;
  if (!ari_fields_read(node, document_fields, f, r->fs)) return;
  keep_text(r, f[DOCUMENT_NUMBER], &spot, &d->number);
  keep_text(r, f[DOCUMENT_TITLE], &spot, &d->title);
  keep_text(r, f[DOCUMENT_FILE], &spot, &d->file);
  d->has_day = f[DOCUMENT_DATE] && ari_yaml_date(f[DOCUMENT_DATE], &d->day, r->fs);
  if (node->n == 0 || (!f[DOCUMENT_NUMBER] && !f[DOCUMENT_TITLE] && !f[DOCUMENT_FILE])) {
    spot.at.len = ari_yaml_head(node).len;
    ari_reading_tell(r, &spot, ARI_E0469, NULL);
  }
}

static void read_documents(ari_reading *r, const ari_yaml *list, int32_t agency, const ari_node *leaf) {
  ari_shelf *shelf = r->shelf;
  ari_spot spot = spot_of(list, agency);
  if (list->kind != ARI_YAML_LIST) {
    ari_reading_tell(r, &spot, ARI_E0145, &(ari_args){{ari_arg_c("documents:"), ari_arg_c("[{number: …, title: …, file: …}]")}});
    return;
  }
  if (list->n == 0 || !ari_reading_is_used(r, &spot, leaf, false)) return;
  ari_documents all = {ari_arena_array(&shelf->keep, list->n, sizeof *all.items), 0};
  if (!all.items || !ari_grow((void **)&shelf->documents, shelf->n_documents, &shelf->documents_room, sizeof all)) {
    r->no_memory = true;
    return;
  }
  for (const ari_yaml *item = list->first; item; item = item->next) read_document(r, item, agency, &all.items[all.n++]);
  shelf->documents[shelf->n_documents] = all;
  ari_reading_add(r, &spot, ARI_SAID_DOCUMENTS, leaf->leaf)->value.coef = (int64_t)shelf->n_documents++;
}

/* ---- one criterion --------------------------------------------------------------------------------------------------------- */

/* A claim, a note or a reason. An empty reason ("") is none. */
static void read_said(ari_reading *r, const ari_yaml *value, int32_t agency, const ari_node *node, ari_said said) {
  ari_str text;
  ari_spot spot = spot_of(value, agency);
  if (!ari_yaml_text(value, &text, r->fs)) return;
  if (text.n) ari_reading_say(r, &spot, node, said, text);
  else if (said != ARI_SAID_NOTE) ari_reading_tell(r, &spot, ARI_E0466, &(ari_args){{ari_arg_text(value->key->text)}});
}

/* A comma inside { } that is not in quotes: yaml has told it and put the text together again. */
static bool is_cut(const ari_yaml *value) {
  return value->flow && !value->quoted && value->text.n && memchr(value->text.p, ',', value->text.n);
}

/* `scores: 85` where `scores: [85]` belongs. */
static void read_list(ari_reading *r, const ari_yaml *value, int32_t agency, int slot) {
  ari_spot spot = spot_of(value, agency);
  if (!ari_reading_is_used(r, &spot, r->desk->set->inputs[slot].owner, true)) return;
  if (value->kind == ARI_YAML_LIST) {
    ari_reading_list(r, &spot, slot, value);
    return;
  }
  ari_buf key = {0};
  ari_buf_str(&key, value->key->text);
  ari_buf_char(&key, ':');
  if (ari_yaml_is_empty(value)) ari_yaml_tell_empty(value, r->fs);
  else ari_reading_tell(r, &spot, ARI_E0145, &(ari_args){{ari_arg_text(ari_buf_view(&key)), ari_arg_c("[…, …]")}});
  ari_reading_add(r, &spot, ARI_SAID_VALUE, slot)->state = ARI_CELL_BAD;
  if (key.failed) r->no_memory = true;
  ari_buf_free(&key);
}

static void read_entry(ari_reading *r, const ari_yaml *value, int32_t agency, const ari_node *node) {
  ari_str name = value->key->text, text;
  int slot = ari_reading_input(r, node, name), said = slot < 0 ? ari_said_named(name) : -1;
  ari_spot at_key = spot_of(value->key, agency), spot = spot_of(value, agency);
  const ari_input *inputs = r->desk->set->inputs;
  if (slot >= 0) {
    if (inputs[slot].of_survey >= 0) ari_reading_answers(r, &at_key, inputs[slot].of_survey, value->key);   /* named as tables name it */
    else if (inputs[slot].type == ARI_SURVEY) ari_reading_answers(r, &spot, slot, value);
    else if (inputs[slot].list) read_list(r, value, agency, slot);
    else if (is_cut(value)) ari_reading_add(r, &spot, ARI_SAID_VALUE, slot)->state = ARI_CELL_BAD;
    else if (ari_yaml_text(value, &text, r->fs)) ari_reading_value(r, &spot, slot, text);
  } else if (said < 0) {
    ari_reading_no_input(r, &at_key, node, name);
  } else if (ari_reading_may_say(r, &at_key, node, (ari_said)said, name)) {
    if (said == ARI_SAID_DOCUMENTS) read_documents(r, value, agency, node);
    else read_said(r, value, agency, node, (ari_said)said);
  }
}

/* `progress: 5` where `progress: {on_time: 5}` belongs. */
static void tell_shape(ari_reading *r, const ari_yaml *value, int32_t agency, const ari_node *node) {
  ari_spot spot = spot_of(value, agency);
  ari_buf key = {0}, example = {0};
  ari_buf_str(&key, node->id);
  ari_buf_char(&key, ':');
  ari_buf_char(&example, '{');
  ari_buf_str(&example, node->n_inputs ? r->desk->set->inputs[node->first_input].name : ARI_STR("note"));
  ari_buf_text(&example, ": …}");
  ari_reading_tell(r, &spot, ARI_E0144, &(ari_args){{ari_arg_text(ari_buf_view(&key)), ari_arg_text(ari_buf_view(&example))}});
  if (key.failed || example.failed) r->no_memory = true;
  ari_buf_free(&key);
  ari_buf_free(&example);
}

static void read_criterion(ari_reading *r, const ari_yaml *map, int32_t agency) {
  ari_spot at_key = spot_of(map->key, agency);
  const ari_node *node = ari_set_node(r->desk->set, map->key->text);
  if (!node) {
    ari_reading_no_criterion(r, &at_key, map->key->text);
    return;
  }
  if (ari_yaml_is_empty(map)) {
    ari_yaml_tell_empty(map, r->fs);
    return;
  }
  if (map->kind != ARI_YAML_MAP) {
    tell_shape(r, map, agency, node);
    return;
  }
  if (map->n == 0) ari_reading_tell(r, &at_key, ARI_W0463, &(ari_args){{ari_arg_text(node->id)}});
  for (const ari_yaml *value = map->first; value && !r->no_memory; value = value->next) read_entry(r, value, agency, node);
}

/* ---- the file -------------------------------------------------------------------------------------------------------------- */

static void check_set(ari_reading *r, const ari_yaml *field, int32_t agency) {
  ari_str id;
  if (!field || !ari_yaml_id(field, &id, r->fs) || ari_str_eq(id, r->desk->set->id)) return;
  ari_spot spot = spot_of(field, agency);
  ari_reading_tell(r, &spot, ARI_E0459, &(ari_args){{ari_arg_text(id), ari_arg_text(r->desk->set->id)}});
}

/* The period stands in the file, or was asked for; without both the file's own agency is to blame. */
static bool check_period(ari_reading *r, const ari_yaml *field, const ari_yaml *root, int32_t agency) {
  ari_spot spot = spot_of(field ? field : root, agency);
  if (!field) spot.at.len = ari_yaml_head(root).len;
  return ari_reading_period(r, field ? field->text : (ari_str){0}, &spot);
}

static void read_root(ari_reading *r, const ari_yaml *root, int32_t *agency) {
  const ari_yaml *f[FIELDS];
  ari_str id;
  if (!ari_fields_read(root, evidence_fields, f, r->fs)) return;
  if (f[FIELD_ARI]) ari_yaml_word(f[FIELD_ARI], kinds, r->fs);
  if (f[FIELD_AGENCY]) {
    ari_spot spot = spot_of(f[FIELD_AGENCY], ARI_NOBODY);
    *agency = ari_yaml_id(f[FIELD_AGENCY], &id, r->fs) ? ari_reading_agency(r, id, &spot) : ARI_NOBODY;
  }
  check_set(r, f[FIELD_SET], *agency);
  ari_spot spot = spot_of(f[FIELD_AGENCY] ? f[FIELD_AGENCY] : root, *agency);
  if (!f[FIELD_AGENCY]) spot.at.len = ari_yaml_head(root).len;
  ari_reading_add(r, &spot, ARI_SAID_NAMED, -1);
  if (!check_period(r, f[FIELD_PERIOD], root, *agency)) return;
  if (!f[FIELD_EVIDENCE] && !f[FIELD_WITHHELD]) {
    if (!ari_yaml_get(root, "evidence") && !ari_yaml_get(root, "withheld")) ari_reading_tell(r, &spot, ARI_E0467, NULL);
    return;
  }
  if (f[FIELD_WITHHELD]) read_said(r, f[FIELD_WITHHELD], *agency, r->desk->set->root, ARI_SAID_WITHHELD);
  if (!f[FIELD_EVIDENCE]) return;
  for (const ari_yaml *map = f[FIELD_EVIDENCE]->first; map && !r->no_memory; map = map->next) read_criterion(r, map, *agency);
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
