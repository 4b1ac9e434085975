/* Evidence of one agency in YAML, and what a survey found of one (methodology: ari-evidence(5), "Evidence in YAML", "Survey results"). */
#include "inside.h"

/* What is said of a criterion besides its inputs. */
#define SAID(what) [ARI_SAID_##what - ARI_SAID_CLAIMED]
static const ari_field said_fields[] = {
  SAID(CLAIMED) = {.key = "claimed", .type = ARI_FIELD_NUMBER, .en = "the points that the agency gives itself", .vi = "điểm tự chấm"},
  SAID(NOTE) = {.key = "note", .type = ARI_FIELD_TEXT, .en = "what the agency wants to say", .vi = "ghi chú của cơ quan"},
  SAID(NOT_APPLICABLE) = {.key = "not_applicable", .type = ARI_FIELD_TEXT,
                          .en = "why the criterion does not apply", .vi = "lý do không áp dụng tiêu chí"},
  SAID(DOCUMENTS) = {.key = "documents", .type = ARI_FIELD_LIST, .below = ari_document_fields,
                     .en = "the documents that prove it", .vi = "tài liệu kiểm chứng"},
  SAID(WITHHELD) = {.key = "withheld", .type = ARI_FIELD_TEXT,
                    .en = "why the points are withheld", .vi = "lý do chưa công bố điểm"},
  [ARI_SAID_WITHHELD - ARI_SAID_CLAIMED + 1] = {.key = NULL},
};
static const ari_field text_value = {.type = ARI_FIELD_TEXT};
static const ari_field no_fields[] = {{.key = NULL}};
const ari_field ari_value_field = {.type = ARI_FIELD_ANY, .below = no_fields, .each = &text_value};
static const ari_field entry_value = {.type = ARI_FIELD_MAP, .below = said_fields, .each = &ari_value_field};

enum { FIELD_WITHHELD = ARI_HEAD_ROWS, FIELD_EVIDENCE, FIELDS };
static const char *const kinds[] = {"evidence/1", NULL};
static const ari_field evidence_fields[FIELDS + 1] = {
  [ARI_HEAD_ARI] = {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = kinds, .en = "the kind of file", .vi = "loại tệp"},
  [ARI_HEAD_SET] = {.key = "set", .type = ARI_FIELD_ID, .en = "the criteria set that this evidence is for", .vi = "bộ tiêu chí áp dụng"},
  [ARI_HEAD_AGENCY] = {.key = "agency", .type = ARI_FIELD_ID, .required = true, .en = "whose evidence it is", .vi = "cơ quan nộp số liệu"},
  [ARI_HEAD_PERIOD] = {.key = "period", .type = ARI_FIELD_PERIOD,
                    .en = "the period: 2026, 2026-H1, 2026-Q3, 2026-08", .vi = "kỳ đánh giá: 2026, 2026-H1, 2026-Q3, 2026-08"},
  [FIELD_WITHHELD] = {.key = "withheld", .type = ARI_FIELD_TEXT,
                      .en = "why the whole agency is not ranked", .vi = "lý do không xếp hạng cả cơ quan"},
  [FIELD_EVIDENCE] = {.key = "evidence", .type = ARI_FIELD_MAP, .each = &entry_value,
                      .en = "the values, criterion by criterion", .vi = "số liệu theo từng tiêu chí"},
};

enum { FIELD_SURVEY = ARI_HEAD_ROWS, SURVEY_FIELDS };
static const char *const survey_kinds[] = {"survey/1", NULL};
static const ari_field found_value = {.type = ARI_FIELD_MAP, .each = &ari_value_field};
static const ari_field survey_fields[SURVEY_FIELDS + 1] = {
  [ARI_HEAD_ARI] = {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = survey_kinds, .en = "the kind of file", .vi = "loại tệp"},
  [ARI_HEAD_SET] = {.key = "set", .type = ARI_FIELD_ID, .en = "the criteria set that the survey was made for", .vi = "bộ tiêu chí áp dụng"},
  [ARI_HEAD_AGENCY] = {.key = "agency", .type = ARI_FIELD_ID, .required = true, .en = "whom the answers are about", .vi = "cơ quan được điều tra"},
  [ARI_HEAD_PERIOD] = {.key = "period", .type = ARI_FIELD_PERIOD,
                       .en = "the period: 2026, 2026-H1, 2026-Q3, 2026-08", .vi = "kỳ đánh giá: 2026, 2026-H1, 2026-Q3, 2026-08"},
  [FIELD_SURVEY] = {.key = "survey", .type = ARI_FIELD_MAP, .required = true, .each = &found_value,
                    .en = "what the survey found, criterion by criterion", .vi = "kết quả điều tra theo từng tiêu chí"},
};

const ari_field *ari_evidence_table(void) { return evidence_fields; }
const ari_field *ari_survey_table(void) { return survey_fields; }
const ari_field *ari_said_table(void) { return said_fields; }

/* ---- one criterion --------------------------------------------------------------------------------------------------------- */

static void read_documents(ari_reading *r, const ari_yaml *list, int32_t agency, const ari_node *leaf) {
  ari_spot spot = ari_yaml_spot(list, agency);
  ari_documents all;
  bool used = list->kind != ARI_YAML_LIST || list->n == 0 || ari_reading_takes_documents(r, &spot, leaf);
  if (used && ari_read_documents(r, list, agency, &all) && all.n) ari_reading_add_documents(r, &spot, leaf, all);
}

/* A claim, a note or a reason. An empty reason ("") is none. */
static void read_said(ari_reading *r, const ari_yaml *value, int32_t agency, const ari_node *node, ari_said said) {
  ari_str text;
  ari_spot spot = ari_yaml_spot(value, agency);
  if (!ari_yaml_text(value, &text, r->fs)) return;
  if (text.n) ari_reading_say(r, &spot, node, said, text);
  else if (said != ARI_SAID_NOTE) ari_reading_tell(r, &spot, ARI_E0466, &(ari_args){{ari_arg_text(value->key->text)}});
}

/* `scores: 85` where `scores: [85]` belongs. */
static void read_list(ari_reading *r, const ari_yaml *value, int32_t agency, int slot) {
  ari_spot spot = ari_yaml_spot(value, agency);
  if (!ari_reading_is_used(r, &spot, r->desk->set->inputs[slot].owner, true) || !ari_reading_takes(r, &spot, slot)) return;
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

void ari_read_value_yaml(ari_reading *r, const ari_yaml *value, int32_t agency, int slot) {
  ari_str text;
  ari_spot at_key = ari_yaml_spot(value->key, agency), spot = ari_yaml_spot(value, agency);
  const ari_input *inputs = r->desk->set->inputs;
  if (inputs[slot].of_survey >= 0) ari_reading_answers(r, &at_key, inputs[slot].of_survey, value->key);   /* named as tables name it */
  else if (inputs[slot].type == ARI_SURVEY) ari_reading_answers(r, &spot, slot, value);
  else if (inputs[slot].list) read_list(r, value, agency, slot);
  else if (ari_yaml_is_cut(value)) ari_reading_add(r, &spot, ARI_SAID_VALUE, slot)->state = ARI_CELL_BAD;
  else if (ari_yaml_text(value, &text, r->fs)) ari_reading_value(r, &spot, slot, text);
}

static void read_entry(ari_reading *r, const ari_yaml *value, int32_t agency, const ari_node *node) {
  ari_str name = value->key->text;
  int slot = ari_reading_input(r, node, name), said = slot < 0 ? ari_said_named(name) : -1;
  ari_spot at_key = ari_yaml_spot(value->key, agency);
  if (slot >= 0) {
    ari_read_value_yaml(r, value, agency, slot);
  } else if (said < 0) {
    ari_reading_no_input(r, &at_key, node, name);
  } else if (ari_reading_may_say(r, &at_key, node, (ari_said)said, name)) {
    if (said == ARI_SAID_DOCUMENTS) read_documents(r, value, agency, node);
    else read_said(r, value, agency, node, (ari_said)said);
  }
}

/* `progress: 5` where `progress: {on_time: 5}` belongs. */
static void tell_shape(ari_reading *r, const ari_yaml *value, int32_t agency, const ari_node *node) {
  ari_spot spot = ari_yaml_spot(value, agency);
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
  ari_spot at_key = ari_yaml_spot(map->key, agency);
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
  if (map->n == 0) ari_reading_nothing(r, &at_key, node, ari_reading_origin(r), node->id);
  for (const ari_yaml *value = map->first; value && !r->no_memory; value = value->next) read_entry(r, value, agency, node);
}

static void read_criteria(ari_reading *r, const ari_yaml *all, int32_t agency) {
  for (const ari_yaml *map = all->first; map && !r->no_memory; map = map->next) read_criterion(r, map, agency);
}

/* ---- the file -------------------------------------------------------------------------------------------------------------- */

void ari_read_evidence_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency) {
  const ari_yaml *f[FIELDS];
  ari_spot spot;
  if (!ari_head_read(r, root, evidence_fields, f, agency, &spot)) return;
  if (!f[FIELD_EVIDENCE] && !f[FIELD_WITHHELD]) {
    if (!ari_yaml_get(root, "evidence") && !ari_yaml_get(root, "withheld")) ari_reading_tell(r, &spot, ARI_E0467, NULL);
    return;
  }
  size_t n = r->n;
  if (f[FIELD_WITHHELD]) read_said(r, f[FIELD_WITHHELD], *agency, r->desk->set->root, ARI_SAID_WITHHELD);
  if (f[FIELD_EVIDENCE]) read_criteria(r, f[FIELD_EVIDENCE], *agency);
  bool nothing = *agency >= 0 && r->n == n && r->fs->n == 0;   /* what was told may be why */
  if (nothing && !r->last && !r->carried) ari_reading_tell(r, &spot, ARI_W0947, NULL);
}

void ari_read_survey_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency) {
  const ari_yaml *f[SURVEY_FIELDS];
  ari_spot spot;
  if (ari_head_read(r, root, survey_fields, f, agency, &spot) && f[FIELD_SURVEY]) read_criteria(r, f[FIELD_SURVEY], *agency);
}
