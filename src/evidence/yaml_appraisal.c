/* Appraisals and explanations of one agency in YAML (methodology: ari-evidence(5), "Appraisals", "Explanations"). */
#include "inside.h"

enum { RULING_ACCEPT, RULING_INPUTS, RULING_POINTS, RULING_REASON, RULING_DOCUMENTS, RULING_FIELDS };
static const char *const yes_words[] = {"yes", "có", NULL};
static const ari_field ruling_fields[RULING_FIELDS + 1] = {
  [RULING_ACCEPT] = {.key = "accept", .type = ARI_FIELD_WORD, .words = yes_words, .en = "what the rule gives for the agency's figures stands",
                     .vi = "chấp nhận kết quả tính theo số liệu của cơ quan"},
  [RULING_INPUTS] = {.key = "inputs", .type = ARI_FIELD_MAP, .each = &ari_value_field,
                     .en = "figures in the place of the agency's; the rule is applied to them", .vi = "số liệu thay cho số liệu của cơ quan; điểm vẫn tính theo cách chấm"},
  [RULING_POINTS] = {.key = "points", .type = ARI_FIELD_NUMBER, .en = "the points themselves, whatever the rule gives", .vi = "ấn định số điểm, không tính theo cách chấm"},
  [RULING_REASON] = {.key = "reason", .type = ARI_FIELD_TEXT, .required = true, .en = "why it was decided so", .vi = "lý do"},
  [RULING_DOCUMENTS] = {.key = "documents", .type = ARI_FIELD_LIST, .below = ari_document_fields,
                        .en = "what the decision rests on", .vi = "tài liệu làm căn cứ"},
};
static const ari_field ruling_value = {.type = ARI_FIELD_MAP, .below = ruling_fields};

enum { FIELD_BY = ARI_HEAD_ROWS, FIELD_APPRAISAL, APPRAISAL_FIELDS };
static const char *const appraisal_kinds[] = {"appraisal/1", NULL};
static const ari_field appraisal_fields[APPRAISAL_FIELDS + 1] = {
  [ARI_HEAD_ARI] = {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = appraisal_kinds, .en = "the kind of file", .vi = "loại tệp"},
  [ARI_HEAD_SET] = {.key = "set", .type = ARI_FIELD_ID, .en = "the criteria set by which it was appraised", .vi = "bộ tiêu chí áp dụng"},
  [ARI_HEAD_AGENCY] = {.key = "agency", .type = ARI_FIELD_ID, .required = true, .en = "who was appraised", .vi = "cơ quan được thẩm định"},
  [ARI_HEAD_PERIOD] = {.key = "period", .type = ARI_FIELD_PERIOD,
                       .en = "the period: 2026, 2026-H1, 2026-Q3, 2026-08", .vi = "kỳ đánh giá: 2026, 2026-H1, 2026-Q3, 2026-08"},
  [FIELD_BY] = {.key = "by", .type = ARI_FIELD_TEXT, .en = "who appraised", .vi = "người hoặc tổ thẩm định"},
  [FIELD_APPRAISAL] = {.key = "appraisal", .type = ARI_FIELD_MAP, .required = true, .each = &ruling_value,
                       .en = "what was decided, criterion by criterion", .vi = "kết luận thẩm định theo từng tiêu chí"},
};

enum { ANSWER_TEXT, ANSWER_DOCUMENTS, ANSWER_FIELDS };
static const ari_field answer_fields[ANSWER_FIELDS + 1] = {
  [ANSWER_TEXT] = {.key = "text", .type = ARI_FIELD_TEXT, .required = true, .en = "what the agency answers", .vi = "nội dung giải trình"},
  [ANSWER_DOCUMENTS] = {.key = "documents", .type = ARI_FIELD_LIST, .below = ari_document_fields,
                        .en = "the documents that prove it", .vi = "tài liệu kiểm chứng"},
};
static const ari_field answer_value = {.type = ARI_FIELD_MAP, .below = answer_fields};

enum { FIELD_EXPLANATION = ARI_HEAD_ROWS, EXPLANATION_FIELDS };
static const char *const explanation_kinds[] = {"explanation/1", NULL};
static const ari_field explanation_fields[EXPLANATION_FIELDS + 1] = {
  [ARI_HEAD_ARI] = {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = explanation_kinds, .en = "the kind of file", .vi = "loại tệp"},
  [ARI_HEAD_SET] = {.key = "set", .type = ARI_FIELD_ID, .en = "the criteria set of the appraisal", .vi = "bộ tiêu chí áp dụng"},
  [ARI_HEAD_AGENCY] = {.key = "agency", .type = ARI_FIELD_ID, .required = true, .en = "who explains", .vi = "cơ quan giải trình"},
  [ARI_HEAD_PERIOD] = {.key = "period", .type = ARI_FIELD_PERIOD,
                       .en = "the period: 2026, 2026-H1, 2026-Q3, 2026-08", .vi = "kỳ đánh giá: 2026, 2026-H1, 2026-Q3, 2026-08"},
  [FIELD_EXPLANATION] = {.key = "explanation", .type = ARI_FIELD_MAP, .required = true, .each = &answer_value,
                         .en = "what the agency answers, criterion by criterion", .vi = "nội dung giải trình theo từng tiêu chí"},
};

const ari_field *ari_appraisal_table(void) { return appraisal_fields; }
const ari_field *ari_explanation_table(void) { return explanation_fields; }

/* ---- one decision ---------------------------------------------------------------------------------------------------------- */

/* Exactly one of accept, inputs and points. -1: told, or its value has been. */
static int find_ruling(ari_reading *r, const ari_yaml *map, const ari_yaml *const *f, int32_t agency) {
  static const uint8_t rulings[] = {[RULING_ACCEPT] = ARI_RULING_ACCEPT, [RULING_INPUTS] = ARI_RULING_INPUTS, [RULING_POINTS] = ARI_RULING_POINTS};
  const ari_yaml *first = NULL;
  int found = -1;
  for (int i = RULING_ACCEPT; i <= RULING_POINTS; i++) {
    const ari_yaml *value = ari_yaml_get(map, ruling_fields[i].key);
    if (!value) continue;
    if (!first) {
      first = value;
      found = f[i] ? rulings[i] : -1;
      continue;
    }
    ari_spot spot = ari_yaml_spot(value->key, agency);
    ari_args args = {{ari_arg_text(map->key->text), ari_arg_text(first->key->text), ari_arg_text(value->key->text)}};
    ari_reading_tell(r, &spot, ARI_E0556, &args)->other = first->key->span;
    return -1;
  }
  if (first) return found;
  ari_spot spot = ari_yaml_spot(map->key, agency);
  ari_reading_tell(r, &spot, ARI_E0555, &(ari_args){{ari_arg_text(map->key->text)}});
  return -1;
}

/* `accept: no` decides nothing. */
static bool check_accept(ari_reading *r, const ari_yaml *value, int32_t agency, const ari_node *node) {
  for (size_t i = 0; yes_words[i]; i++)
    if (ari_str_is(value->text, yes_words[i])) return true;
  ari_spot spot = ari_yaml_spot(value, agency);
  ari_reading_tell(r, &spot, ARI_E0557, &(ari_args){{ari_arg_text(value->text), ari_arg_text(node->id)}});
  return false;
}

static void read_inputs(ari_reading *r, const ari_yaml *map, int32_t agency, const ari_node *node) {
  for (const ari_yaml *value = map->first; value && !r->no_memory; value = value->next) {
    int slot = ari_reading_input(r, node, value->key->text);
    ari_spot at_key = ari_yaml_spot(value->key, agency);
    if (slot >= 0) ari_read_value_yaml(r, value, agency, slot);
    else ari_reading_no_input(r, &at_key, node, value->key->text);
  }
  if (map->n) return;
  ari_spot spot = ari_yaml_spot(map, agency);
  ari_reading_tell(r, &spot, ARI_E0555, &(ari_args){{ari_arg_text(node->id)}});
}

static void read_ruling(ari_reading *r, const ari_yaml *map, int32_t agency, const ari_node *node, ari_str by) {
  const ari_yaml *f[RULING_FIELDS];
  ari_statement statement = {.by = by};
  if (!ari_fields_read(map, ruling_fields, f, r->fs)) return;
  int ruling = find_ruling(r, map, f, agency);
  ari_spot at_key = ari_yaml_spot(map->key, agency);
  if (ruling < 0 || !ari_ruling_suits(r, &at_key, node, (ari_ruling)ruling)) return;
  statement.ruling = (uint8_t)ruling;
  bool good = f[RULING_REASON];
  if (f[RULING_DOCUMENTS]) good = ari_read_documents(r, f[RULING_DOCUMENTS], agency, &statement.documents) && good;
  if (ruling == ARI_RULING_ACCEPT) good = check_accept(r, f[RULING_ACCEPT], agency, node) && good;
  if (ruling == ARI_RULING_POINTS) {
    ari_spot spot = ari_yaml_spot(f[RULING_POINTS], agency);
    good = !ari_yaml_is_cut(f[RULING_POINTS]) && ari_ruling_points(r, &spot, node, f[RULING_POINTS]->text, &statement.points) && good;
  }
  if (f[RULING_REASON]) {
    ari_spot spot = ari_yaml_spot(f[RULING_REASON], agency);
    good = ari_statement_text(r, &spot, f[RULING_REASON]->text, &statement.text) && good;
  }
  if (good) ari_reading_state(r, &at_key, ARI_SAID_RULED, node, &statement);
  if (ruling == ARI_RULING_INPUTS) read_inputs(r, f[RULING_INPUTS], good ? agency : ARI_NOBODY, node);
}

/* ---- the files ------------------------------------------------------------------------------------------------------------- */

/* The criterion that a key names. NULL: told. */
static const ari_node *find_node(ari_reading *r, const ari_yaml *map, int32_t agency) {
  const ari_node *node = ari_set_node(r->desk->set, map->key->text);
  ari_spot at_key = ari_yaml_spot(map->key, agency);
  if (!node) ari_reading_no_criterion(r, &at_key, map->key->text);
  return node;
}

void ari_read_appraisal_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency) {
  const ari_yaml *f[APPRAISAL_FIELDS];
  ari_spot spot;
  ari_str by = {0};
  if (!ari_head_read(r, root, appraisal_fields, f, agency, &spot)) return;
  if (f[FIELD_BY]) {
    spot = ari_yaml_spot(f[FIELD_BY], *agency);
    ari_statement_text(r, &spot, f[FIELD_BY]->text, &by);
  }
  for (const ari_yaml *map = f[FIELD_APPRAISAL] ? f[FIELD_APPRAISAL]->first : NULL; map && !r->no_memory; map = map->next) {
    const ari_node *node = find_node(r, map, *agency);
    if (node) read_ruling(r, map, *agency, node, by);
  }
}

static void read_answer(ari_reading *r, const ari_yaml *map, int32_t agency, const ari_node *node) {
  const ari_yaml *f[ANSWER_FIELDS];
  ari_statement statement = {0};
  ari_spot at_key = ari_yaml_spot(map->key, agency);
  if (!ari_fields_read(map, answer_fields, f, r->fs) || !ari_ruling_in_tier(r, &at_key, node)) return;
  if (f[ANSWER_DOCUMENTS] && !ari_read_documents(r, f[ANSWER_DOCUMENTS], agency, &statement.documents)) return;
  if (!f[ANSWER_TEXT]) return;
  ari_spot spot = ari_yaml_spot(f[ANSWER_TEXT], agency);
  if (!ari_statement_text(r, &spot, f[ANSWER_TEXT]->text, &statement.text)) return;
  if (statement.text.n) ari_reading_state(r, &at_key, ARI_SAID_EXPLAINED, node, &statement);
  else ari_reading_tell(r, &spot, ARI_E0567, &(ari_args){{ari_arg_text(node->id)}});
}

void ari_read_explanation_yaml(ari_reading *r, const ari_yaml *root, int32_t *agency) {
  const ari_yaml *f[EXPLANATION_FIELDS];
  ari_spot spot;
  if (!ari_head_read(r, root, explanation_fields, f, agency, &spot)) return;
  for (const ari_yaml *map = f[FIELD_EXPLANATION] ? f[FIELD_EXPLANATION]->first : NULL; map && !r->no_memory; map = map->next) {
    const ari_node *node = find_node(r, map, *agency);
    if (node) read_answer(r, map, *agency, node);
  }
}
