/* JSON Schema (draft-07, which editors' YAML servers take best) of the files that people write, made from the very tables that read
 * them, so that the two cannot drift apart. Methodology: ari-criteria(5), "DESCRIPTION". */
#include "inside.h"

/* Ids as ari_id_valid takes them, without the classes of letters, which not every editor knows: no space, and of ASCII's signs only
 * . _ - behind the first letter. */
#define ID_PATTERN "^[^\\\\s!-/:-@\\\\[-`{-~][^\\\\s!-,/:-@\\\\[-^`{-~]*$"
#define DECIMAL "-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?"

static void put_value(ari_out *o, const ari_field *f, ari_lang lang);

static void put_quoted(ari_out *o, const char *text) {
  ari_buf_json(&o->buf, ari_str_of(text));
  ari_out_flush_if_full(o);
}

/* ---- maps ------------------------------------------------------------------------------------------------------------- */

/* The keys of a map. `others`: the shape of what stands under any other key; NULL: there is none. */
static void put_table(ari_out *o, const ari_field *table, const ari_field *others, ari_lang lang) {
  bool any = false;
  ari_out_text(o, "\"type\":\"object\",\"properties\":{");
  for (const ari_field *f = table; f && f->key; f++) {
    if (f > table) ari_out_text(o, ",");
    ari_out_text(o, "\n");
    put_quoted(o, f->key);
    ari_out_text(o, ":");
    put_value(o, f, lang);
  }
  ari_out_text(o, "},\"additionalProperties\":");
  if (others) {
    put_value(o, others, lang);
    ari_out_text(o, ",\"propertyNames\":{\"pattern\":\"" ID_PATTERN "\"}");
  } else {
    ari_out_text(o, "false");
  }
  for (const ari_field *f = table; f && f->key; f++) {
    if (!f->required) continue;
    ari_out_text(o, any ? "," : ",\"required\":[");
    put_quoted(o, f->key);
    any = true;
  }
  if (any) ari_out_text(o, "]");
}

/* A map as a schema of its own. The table of criteria holds itself, so it is named and stands once, at the end. */
static void put_map(ari_out *o, const ari_field *table, const ari_field *others, ari_lang lang) {
  if (table == ari_criterion_fields) {
    ari_out_text(o, "{\"$ref\":\"#/definitions/criterion\"}");
    return;
  }
  ari_out_text(o, "{");
  put_table(o, table, others, lang);
  ari_out_text(o, "}");
}

/* `score:` holds one of the forms. */
static void put_forms(ari_out *o, ari_lang lang) {
  const ari_rule_kind *kind;
  ari_out_text(o, "\"oneOf\":[");
  for (size_t i = 0; (kind = ari_rule_kind_at(i)); i++) {
    ari_out_text(o, i ? ",\n{\"title\":" : "\n{\"title\":");
    put_quoted(o, kind->name);
    ari_out_text(o, ",");
    put_table(o, kind->fields, NULL, lang);
    ari_out_text(o, "}");
  }
  ari_out_text(o, "]");
}

/* ---- one value -------------------------------------------------------------------------------------------------------- */

static void put_words(ari_out *o, const char *const *words) {
  ari_out_text(o, "\"enum\":[");
  for (size_t i = 0; words[i]; i++) {
    if (i) ari_out_text(o, ",");
    put_quoted(o, words[i]);
  }
  ari_out_text(o, "]");
}

static void put_list(ari_out *o, const ari_field *f, ari_lang lang) {
  ari_out_text(o, "\"type\":\"array\"");
  if (!f->below && !f->each) return;
  ari_out_text(o, ",\"items\":");
  if (f->below) put_map(o, f->below, f->each, lang);
  else put_value(o, f->each, lang);
}

/* Several shapes: short or long form, or one value or a list of them. */
static void put_shapes(ari_out *o, const ari_field *f, ari_lang lang) {
  ari_out_text(o, "\"anyOf\":[");
  put_value(o, f->each ? f->each : f->below, lang);
  if (f->each) {
    ari_out_text(o, ",{\"type\":\"array\",\"items\":");
    put_value(o, f->each, lang);
    ari_out_text(o, "}");
  }
  if (f->below) {
    ari_out_text(o, ",");
    put_map(o, f->below, f->each, lang);
  }
  ari_out_text(o, "]");
}

/* To an editor 1.10, true and 12 are no texts, to ari they are: whatever may be a text takes them too. */
static void put_shape(ari_out *o, const ari_field *f, ari_lang lang) {
  switch (f->type) {
  case ARI_FIELD_TEXT:
  case ARI_FIELD_FORMULA:
    ari_out_text(o, "\"type\":[\"string\",\"number\",\"boolean\"]");
    return;
  case ARI_FIELD_ID:
    ari_out_text(o, "\"type\":[\"string\",\"number\",\"boolean\"],\"pattern\":\"" ID_PATTERN "\",\"minimum\":0");
    return;
  case ARI_FIELD_TITLE:
    ari_out_text(o, "\"anyOf\":[{\"type\":[\"string\",\"number\",\"boolean\"]},{\"minProperties\":1,");
    put_table(o, ari_title_fields, NULL, lang);
    ari_out_text(o, "}]");
    return;
  case ARI_FIELD_NUMBER:
    ari_out_text(o, "\"type\":[\"number\",\"string\"],\"pattern\":\"^" DECIMAL "$\"");
    return;
  case ARI_FIELD_RATIO:
    ari_out_text(o, "\"type\":[\"number\",\"string\"],\"pattern\":\"^" DECIMAL "(%|[ \\\\t]*/[ \\\\t]*(?=[^eE]*[1-9])" DECIMAL ")?$\"");
    return;
  case ARI_FIELD_INTEGER:
    ari_out_text(o, "\"type\":[\"integer\",\"string\"],\"pattern\":\"^-?[0-9]+$\",\"minimum\":");
    ari_buf_int(&o->buf, f->from);
    ari_out_text(o, ",\"maximum\":");
    ari_buf_int(&o->buf, f->to);
    return;
  case ARI_FIELD_DATE:
    ari_out_text(o, "\"type\":\"string\",\"pattern\":\"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"");
    return;
  case ARI_FIELD_PERIOD:
    ari_out_text(o, "\"type\":[\"integer\",\"string\"],\"pattern\":\"^[0-9]{4}(-H[12]|-Q[1-4]|-0[1-9]|-1[0-2])?$\","
                    "\"minimum\":1,\"maximum\":9999");
    return;
  case ARI_FIELD_WORD:
    put_words(o, f->words);
    return;
  case ARI_FIELD_FLAG:
    ari_out_text(o, "\"type\":\"boolean\"");
    return;
  case ARI_FIELD_WORDS:
    ari_out_text(o, "\"anyOf\":[{");
    put_words(o, f->words);
    ari_out_text(o, "},{\"type\":\"array\",\"minItems\":1,\"items\":{");
    put_words(o, f->words);
    ari_out_text(o, "}}]");
    return;
  case ARI_FIELD_LIST:
    put_list(o, f, lang);
    return;
  case ARI_FIELD_MAP:
    if (f->below || f->each) put_table(o, f->below, f->each, lang);
    else ari_out_text(o, "\"type\":\"object\"");
    return;
  case ARI_FIELD_FORM:
    put_forms(o, lang);
    return;
  case ARI_FIELD_ANY:
    put_shapes(o, f, lang);
    return;
  }
}

static void put_one_shape(ari_out *o, const ari_field *f, ari_lang lang) {
  if (!f->none) {
    put_shape(o, f, lang);
    return;
  }
  ari_out_text(o, "\"anyOf\":[{");
  put_shape(o, f, lang);
  ari_out_text(o, "},{\"enum\":[\"none\"]}]");
}

/* The value itself, or a map of such values under free keys. */
static void put_or_map(ari_out *o, const ari_field *f, ari_lang lang) {
  ari_out_text(o, "\"anyOf\":[{");
  put_one_shape(o, f, lang);
  ari_out_text(o, "},{");
  put_table(o, NULL, f->or_map, lang);
  ari_out_text(o, "}]");
}

/* ANY without a table says nothing of its shape. */
static void put_value(ari_out *o, const ari_field *f, ari_lang lang) {
  const char *what = lang == ARI_VI ? f->vi : f->en;
  bool shaped = f->type != ARI_FIELD_ANY || f->below || f->each;
  ari_out_text(o, "{");
  if (what) {
    ari_out_text(o, "\"description\":");
    put_quoted(o, what);
    if (shaped) ari_out_text(o, ",");
  }
  if (shaped && f->or_map) put_or_map(o, f, lang);
  else if (shaped) put_one_shape(o, f, lang);
  ari_out_text(o, "}");
}

/* ---- a file ----------------------------------------------------------------------------------------------------------- */

static const struct { const char *name; const ari_field *(*table)(void); } schemas[] = {
  {"criteria", ari_set_table}, {"agencies", ari_agencies_table}, {"evidence", ari_evidence_table}, {"survey", ari_survey_table},
  {"appraisal", ari_appraisal_table}, {"explanation", ari_explanation_table},
};

const char *ari_schema_kind_at(size_t n) { return n < ARI_COUNT(schemas) ? schemas[n].name : NULL; }

ari_status ari_write_schema(const char *kind, ari_lang lang, ari_sink to) {
  size_t i = 0;
  while (i < ARI_COUNT(schemas) && !ari_str_eq(ari_str_of(kind), ari_str_of(schemas[i].name))) i++;
  if (i == ARI_COUNT(schemas)) return ARI_MISUSE;
  ari_out o = {.sink = to};
  const ari_field *table = schemas[i].table();
  ari_out_text(&o, "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"ari: ");
  ari_out_text(&o, kind);
  ari_out_text(&o, "\",\n");
  put_table(&o, table, NULL, lang);
  if (table == ari_set_table()) {
    ari_out_text(&o, ",\n\"definitions\":{\"criterion\":{");
    put_table(&o, ari_criterion_fields, NULL, lang);
    ari_out_text(&o, "}}");
  }
  ari_out_text(&o, "}\n");
  return ari_out_close(&o);
}
