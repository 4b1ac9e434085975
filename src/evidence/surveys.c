/* The answers of a survey (methodology: ari-evidence(5), "Values"): how many chose each option. In YAML they stand under the survey, in tables
 * each option has a name of its own, "answers:good". In the table of evidence the survey has a cell, which says whether it has answers at
 * all, and so has each option. */
#include "inside.h"

#include <string.h>

/* Not all answers could be read: what is missing may be that. */
static void spoil(ari_reading *r, const ari_spot *spot, int slot) { ari_reading_add(r, spot, ARI_SAID_VALUE, slot)->state = ARI_CELL_BAD; }

/* Tells an option that the survey does not have: the one that was probably meant, or all of them. */
static void tell_option(ari_reading *r, const ari_spot *spot, int slot, ari_str id) {
  const ari_input *survey = &r->desk->set->inputs[slot];
  int near = ari_reading_guess(r) ? ari_str_nearest(id, survey->option_ids, survey->n_options) : -1;
  ari_buf b = {0};
  if (near < 0) ari_buf_options(&b, survey);
  ari_arg third = ari_arg_text(near < 0 ? ari_buf_view(&b) : survey->option_ids[near]);
  ari_reading_tell(r, spot, near < 0 ? ARI_E0488 : ARI_E0487, &(ari_args){{ari_arg_text(survey->name), ari_arg_text(id), third}});
  spoil(r, spot, slot);
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

/* ---- YAML ------------------------------------------------------------------------------------------------------------------ */

/* `answers: 15` where `answers: {good: 10, poor: 5}` belongs. */
static void tell_shape(ari_reading *r, const ari_spot *spot, const ari_input *survey, const ari_yaml *node) {
  ari_buf key = {0}, example = {0};
  ari_buf_str(&key, survey->name);
  ari_buf_char(&key, ':');
  ari_buf_char(&example, '{');
  for (uint32_t i = 0; i < survey->n_options && i < 2; i++) {
    if (i) ari_buf_text(&example, ", ");
    ari_buf_str(&example, survey->option_ids[i]);
    ari_buf_text(&example, ": …");
  }
  ari_buf_char(&example, '}');
  if (ari_yaml_is_empty(node)) ari_yaml_tell_empty(node, r->fs);
  else ari_reading_tell(r, spot, ARI_E0144, &(ari_args){{ari_arg_text(ari_buf_view(&key)), ari_arg_text(ari_buf_view(&example))}});
  if (key.failed || example.failed) r->no_memory = true;
  ari_buf_free(&key);
  ari_buf_free(&example);
}

void ari_reading_answers(ari_reading *r, const ari_spot *spot, int slot, const ari_yaml *map) {
  const ari_input *survey = &r->desk->set->inputs[slot];
  if (!ari_reading_is_used(r, spot, survey->owner, true) || !ari_reading_takes(r, spot, slot)) return;
  if (map->kind != ARI_YAML_MAP) {
    tell_shape(r, spot, survey, map);
    spoil(r, spot, slot);
    return;
  }
  if (map->n == 0) ari_reading_nothing(r, spot, survey->owner, (ari_origin)survey->source.value, survey->column);
  for (const ari_yaml *y = map->first; y && !r->no_memory; y = y->next) {
    uint32_t i = 0;
    ari_str text;
    while (i < survey->n_options && !ari_str_eq(survey->option_ids[i], y->key->text)) i++;
    const ari_yaml *node = i < survey->n_options ? y : y->key;
    ari_spot at = {spot->agency, {node->span.file, node->span.start, node->span.len, 0}, {0}};
    if (i == survey->n_options) tell_option(r, &at, slot, y->key->text);
    else if (ari_yaml_text(y, &text, r->fs)) ari_reading_value(r, &at, slot + 1 + (int)i, text);
    else spoil(r, &at, slot);
  }
}

/* ---- tables ---------------------------------------------------------------------------------------------------------------- */

bool ari_reading_no_option(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_str name) {
  const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
  if (!colon) return false;
  size_t n = (size_t)(colon - name.p);
  int slot = ari_reading_input(r, node, ari_str_sub(name, 0, n));
  if (slot < 0 || r->desk->set->inputs[slot].type != ARI_SURVEY) return false;
  tell_option(r, spot, slot, ari_str_sub(name, n + 1, name.n));
  return true;
}

void ari_reading_no_answers(ari_reading *r, const ari_spot *spot, int slot, ari_str written) {
  const ari_input *survey = &r->desk->set->inputs[slot];
  ari_buf b = {0};
  ari_buf_options(&b, survey);
  ari_reading_tell(r, spot, ARI_E0489,
                   &(ari_args){{ari_arg_text(written), ari_arg_text(survey->option_ids[0]), ari_arg_text(ari_buf_view(&b))}});
  spoil(r, spot, slot);
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

/* ---- when all is in the table ------------------------------------------------------------------------------------------------ */

/* Names the options that have no answers; in a form the first of their cells is the place, elsewhere they have none. */
static void warn_partial(const ari_evidence *ev, size_t agency, const ari_input *survey, const ari_cell *options, const ari_cell *given, ari_findings *fs) {
  enum { ENOUGH = 120 };
  ari_buf b = {0};
  const ari_place *blank = NULL;
  for (uint32_t i = 0; i < survey->n_options; i++) {
    if (options[i].state != ARI_CELL_ABSENT) continue;
    if (!blank && options[i].blank) blank = &options[i].at;
    if (b.n) ari_buf_text(&b, ", ");
    ari_buf_str(&b, b.n < ENOUGH ? survey->option_ids[i] : ARI_STR("…"));
    if (b.n >= ENOUGH) break;
  }
  ari_args args = {{ari_arg_text(survey->column), ari_arg_text(ev->agencies->items[agency].id), ari_arg_text(ari_buf_view(&b))}};
  ari_place_finding(fs, ARI_W0496, blank ? *blank : given->at, given->at.row ? (survey + 1 + (given - options))->column : (ari_str){0}, &args);
  if (b.failed) fs->failed = true;
  ari_buf_free(&b);
}

/* An option without answers stands nowhere, and so has no place. */
void ari_survey_complete(const ari_evidence *ev, size_t agency, const ari_input *survey, ari_cell *cell, ari_findings *fs) {
  ari_cell *options = cell + 1;
  const ari_cell *first = NULL;
  uint32_t given = 0, absent = 0;
  for (uint32_t i = 0; i < survey->n_options; i++) {
    given += options[i].state == ARI_CELL_GIVEN;
    absent += options[i].state == ARI_CELL_ABSENT;
    if (!first && options[i].state != ARI_CELL_ABSENT) first = &options[i];
  }
  if (!first || cell->state == ARI_CELL_BAD) return;
  bool whole = given + absent == survey->n_options && !ev->submissions[agency].unread;
  *cell = (ari_cell){.state = whole ? ARI_CELL_GIVEN : ARI_CELL_BAD, .at = first->at};
  if (!whole || absent == 0) return;
  warn_partial(ev, agency, survey, options, first, fs);
  for (uint32_t i = 0; i < survey->n_options; i++)
    if (options[i].state == ARI_CELL_ABSENT) options[i] = (ari_cell){.state = ARI_CELL_GIVEN, .at = {.file = -1}};
}

void ari_evidence_complete_surveys(ari_evidence *ev, ari_findings *fs) {
  const ari_set *set = ev->set;
  for (uint32_t slot = 0; slot < set->n_inputs; slot++) {
    if (set->inputs[slot].type != ARI_SURVEY) continue;
    for (size_t a = 0; a < ev->agencies->n; a++)
      ari_survey_complete(ev, a, &set->inputs[slot], &ev->cells[a * set->n_inputs + slot], fs);
  }
}
