/* ari form: what an agency fills in, as a workbook or as a commented evidence file (ari-evidence(5), "Forms"). What its tier is asked for stands in document
 * order; what others supply is not asked. Both kinds begin as evidence: the file is read as evidence and scored, so that the points in the workbook are the engine's. */
#include "inside.h"

#include <string.h>

/* ---- what is asked ---- */

static bool is_asked(const ari_form *form, const ari_input *input) {
  if (input->owner->presence[form->tier] != ARI_THERE) return false;
  return input->source.value == ARI_ORIGIN_SELF;
}

static bool plan_rows(ari_form *form) {
  const ari_set *set = form->set;
  const ari_tier *tier = &set->tiers[form->tier];
  ari_arena *arena = &form->work->arena;
  form->rows = ari_arena_array(arena, tier->n_nodes + set->n_inputs + 2, sizeof *form->rows);
  form->node_rows = ari_arena_array(arena, set->n_nodes, sizeof *form->node_rows);
  form->slot_rows = ari_arena_array(arena, set->n_inputs + 1, sizeof *form->slot_rows);
  form->lists = ari_arena_array(arena, set->n_inputs + 1, sizeof *form->lists);
  form->options = ari_arena_array(arena, set->n_inputs + 1, sizeof *form->options);
  if (!form->rows || !form->node_rows || !form->slot_rows || !form->lists || !form->options) return false;
  for (uint32_t i = 0; i < set->n_nodes; i++) form->node_rows[i] = -1;
  for (uint32_t i = 0; i < set->n_inputs; i++) form->slot_rows[i] = form->options[i] = -1;
  int32_t titles = ARI_FORM_TITLES_FIRST + 2;   /* behind yes and no */
  for (uint32_t i = 0; i < tier->n_nodes; i++) {
    const ari_node *node = tier->nodes[i];
    form->node_rows[node->index] = (int32_t)form->n_rows + ARI_FORM_FIRST_ROW;
    form->rows[form->n_rows++] = (ari_form_row){ARI_FORM_ROW_NODE, node, -1};
    if (!node->parent) form->rows[form->n_rows++] = (ari_form_row){ARI_FORM_ROW_INDEX, node, -1};
    if (!node->parent && set->n_grades) form->rows[form->n_rows++] = (ari_form_row){ARI_FORM_ROW_GRADE, node, -1};
    for (uint32_t k = node->first_input; k < node->first_input + node->n_inputs; k++) {
      if (!is_asked(form, &set->inputs[k])) continue;
      form->slot_rows[k] = (int32_t)form->n_rows + ARI_FORM_FIRST_ROW;
      form->rows[form->n_rows++] = (ari_form_row){ARI_FORM_ROW_INPUT, node, (int32_t)k};
      if (set->inputs[k].type == ARI_CHOICE) form->options[k] = titles, titles += (int32_t)set->inputs[k].n_options;
      if (set->inputs[k].list) form->lists[form->n_lists++] = (int32_t)k;
    }
  }
  return true;
}

/* ---- help ---- */


static void put_word(ari_buf *b, const ari_form *form, ari_word w) { ari_buf_text(b, ari_word_text(w, form->lang)); }

static void put_limit(ari_buf *b, const ari_form *form, const ari_input *input, ari_dec limit, bool yaml) {
  ari_locale how = yaml ? ARI_AS_DATA : ari_locale_of(form->lang);
  if (input->type == ARI_DATE) ari_buf_date(b, (int32_t)limit.coef, how);
  else if (input->type == ARI_PERCENT) limit.scale = (int8_t)(limit.scale - 2), ari_buf_dec(b, limit, how), ari_buf_text(b, how == ARI_AS_VI ? " %" : "%");
  else ari_buf_dec(b, limit, how);
}

/* "; on_time = Trước ngày 31/12 năm trước": in YAML the ids are written. */
static void put_options(ari_buf *b, const ari_form *form, const ari_input *input, bool yaml) {
  for (uint32_t i = 0; i < input->n_options; i++) {
    ari_buf_text(b, i ? "; " : ": ");
    if (yaml) ari_buf_str(b, input->options[i].id), ari_buf_text(b, " = ");
    ari_buf_str(b, ari_title_of(form->work, input->options[i].title));
  }
}

void ari_form_help(ari_buf *b, const ari_form *form, const ari_input *input, bool yaml) {
  static const ari_word takes[] = {[ARI_YES_NO] = ARI_WORD_form_takes_yes_no, [ARI_COUNT_INPUT] = ARI_WORD_form_takes_count, [ARI_NUMBER] = ARI_WORD_form_takes_number,
                                   [ARI_MONEY] = ARI_WORD_form_takes_money, [ARI_PERCENT] = ARI_WORD_form_takes_percent, [ARI_DATE] = ARI_WORD_form_takes_date,
                                   [ARI_CHOICE] = ARI_WORD_form_takes_choice, [ARI_SURVEY] = ARI_WORD_form_takes_count, [ARI_TEXT] = ARI_WORD_form_takes_text};
  put_word(b, form, yaml && input->type == ARI_DATE ? ARI_WORD_form_takes_date_yaml : takes[input->type]);
  if (input->type == ARI_CHOICE) put_options(b, form, input, yaml);
  if (input->has_from) ari_buf_text(b, ", "), put_word(b, form, ARI_WORD_form_from), ari_buf_char(b, ' '), put_limit(b, form, input, input->from, yaml);
  if (input->has_to) ari_buf_text(b, input->has_from ? " " : ", "), put_word(b, form, ARI_WORD_form_to), ari_buf_char(b, ' '), put_limit(b, form, input, input->to, yaml);
  if (input->list) ari_buf_text(b, "; "), put_word(b, form, ARI_WORD_form_takes_list);
  if (input->list && !yaml) ari_buf_text(b, ", "), put_word(b, form, ARI_WORD_form_on_lists);
}

/* ---- the rule ---- */

void ari_form_rule_words(ari_buf *b, const ari_form *form, const ari_node *node) {
  ari_rule_words(b, form->set, node, form->tier, form->lang);
}

/* ---- evidence ---- */

/* Evidence of last period may also stand beside that of the form's period, as rows of an earlier one. */
const ari_cell *ari_form_last(const ari_form *form, int32_t slot) {
  ari_period before = ari_period_before(form->period);
  ari_previous_part part = {0};
  const ari_cell *cell = NULL;
  if (!form->from) return NULL;
  if (ari_period_eq(form->from->period, before)) cell = ari_evidence_cell(form->from, form->from_agency, slot);
  else if (form->from->last && ari_period_eq(form->from->previous_period, before) && ari_previous_parts(form->from, form->from_agency, slot, &part, 1) == 1) cell = part.cell;
  return cell && cell->state == ARI_CELL_GIVEN ? cell : NULL;
}

const ari_cell *ari_form_carried(const ari_form *form, int32_t slot) {
  const ari_cell *cell = form->from ? ari_evidence_cell(form->from, form->from_agency, slot) : NULL;
  return cell && cell->state == ARI_CELL_GIVEN ? cell : ari_form_last(form, slot);
}

/* Whose form it is. -1: told by the caller. */
static int64_t find_agency(ari_work *work, const char *id, const char **nearest) {
  const ari_agencies *list = &work->agencies;
  ari_str nfc;
  if (nearest) *nearest = NULL;
  if (!ari_utf8_nfc(&work->arena, ari_str_of(id), &nfc)) {
    work->failed = true;
    return -1;
  }
  int32_t at = ari_map_get(&list->ids, nfc);
  if (at >= 0 || !nearest) return at;
  ari_str *ids = ari_arena_array(&work->arena, list->n, sizeof *ids);
  if (!ids) work->failed = true;
  for (size_t i = 0; ids && i < list->n; i++) ids[i] = list->items[i].id;
  int near = ids ? ari_str_nearest(nfc, ids, list->n) : -1;
  *nearest = near < 0 ? NULL : ari_str_cstring(&work->arena, ids[near]);
  return -1;
}

/* The text of the form as a file of the computation: the same reader takes it as any other. */
static bool add_text(ari_form *form, bool last) {
  ari_work *work = form->work;
  ari_buf b = {0};
  ari_form_yaml(&b, form, last);
  int32_t source = b.failed ? -1 : ari_sources_add(&work->sources, ARI_STR("form.yaml"));
  char *bytes = source < 0 ? NULL : ari_malloc(b.n + 1);
  if (bytes) {
    memcpy(bytes, b.p, b.n);
    ari_source_give(&work->sources.items[source], bytes, b.n);
  }
  ari_buf_free(&b);
  if (!bytes || !ari_work_file_add(work, source, last ? ARI_FILE_PREVIOUS : ARI_FILE_EVIDENCE)) return false;
  work->files[work->n_files - 1].carried = true;
  return true;
}

/* What is missing from a form that is not filled in yet, or does not fit together, is nobody's error; an empty one, too, shows what each criterion lacks. */
static void score_quietly(ari_work *work, size_t agency) {
  ari_findings kept = work->findings;
  work->findings = (ari_findings){0};
  ari_submission *s = &work->evidence->submissions[agency];
  s->unasked = s->present = s->alone = true;
  if (ari_score(&work->result, work->evidence, &work->findings) != ARI_OK) kept.failed = true;
  ari_findings_free(&work->findings);
  work->findings = kept;
}

/* Values of another period are carried over into the cells to be typed over; those of the period right before stand beside, too. */
static ari_status read_carried(ari_form *form) {
  ari_work *work = form->work;
  if (!add_text(form, false)) return ARI_NOMEM;
  if (form->from && form->set->uses_previous && !work->options.previous && !add_text(form, true)) return ARI_NOMEM;
  ari_work_add_previous(work);
  ari_work_read_submissions(work);
  if (ari_work_status(work) != ARI_OK) return ari_work_status(work);
  int32_t agency = ari_map_get(&work->evidence->agencies->ids, form->id);   /* not there: it no longer exists at the end of the period, which was told */
  if (agency < 0) return ARI_INPUT;
  form->evidence = work->evidence;
  form->agency = (size_t)agency;
  score_quietly(work, form->agency);
  return work->findings.failed || !work->result ? ARI_NOMEM : ARI_OK;
}

/* ---- writing ---- */

static bool is_yaml(ari_str path) { return ari_str_ends(path, ".yaml") || ari_str_ends(path, ".yml"); }

static ari_status write_yaml(ari_form *form, ari_sink to) {
  ari_out out = {.sink = to};
  ari_form_yaml(&out.buf, form, false);
  return ari_out_close(&out);
}

static ari_status write_form(ari_form *form, const char *path) {
  ari_newfile file;
  ari_findings *fs = &form->work->findings;
  ari_status status = ari_newfile_open(&file, path, fs);
  if (status != ARI_OK) return status;
  ari_sink to = ari_newfile_sink(&file);
  ari_status written = is_yaml(ari_str_of(path)) ? write_yaml(form, to) : ari_form_workbook(form, to);
  status = ari_newfile_close(&file, written == ARI_OK, fs);
  return status == ARI_OK ? written : status;
}

bool ari_is_form_name(const char *path) { return is_yaml(ari_str_of(path)) || ari_str_ends(ari_str_of(path), ".xlsx"); }

ari_status ari_evidence_period(const ari_work *work, char out[64]) {
  ari_buf b = {0};
  if (!work->evidence || !work->evidence->period.kind) return ARI_MISUSE;
  ari_buf_period(&b, work->evidence->period);
  ari_buf_char(&b, '\0');
  bool there = !b.failed && b.n <= 64;
  if (there) memcpy(out, b.p, b.n);
  ari_buf_free(&b);
  return there ? ARI_OK : ARI_NOMEM;
}

/* A form that nothing was carried over into would look like one that nothing was ever filled in. */
static ari_status tell_not_of(ari_work *work, const ari_evidence *from, ari_str agency) {
  ari_str other = from->n_namings ? from->agencies->items[from->namings[0].agency].id : ARI_STR("");
  ari_findings_add(&work->findings, ARI_E0490, ARI_NOWHERE, &(ari_args){{ari_arg_text(agency), ari_arg_text(other)}});
  return ARI_INPUT;
}

ari_status ari_write_form(ari_work *work, const ari_work *from, const char *agency, const char *path, const char **nearest) {
  if (!work->set || work->evidence || !ari_is_form_name(path) || !work->period.kind) return ARI_MISUSE;
  if (!work->sound) return ari_work_status(work);
  if (ari_path_what(path) == ARI_PATH_FILE) {   /* people fill it in: what is there is not written over */
    ari_findings_add(&work->findings, ARI_F0940, ARI_NOWHERE, &(ari_args){{ari_arg_c(path)}});
    return ARI_MACHINE;
  }
  int64_t number = find_agency(work, agency, nearest);
  if (number < 0) return work->failed ? ARI_NOMEM : ARI_MISUSE;
  const ari_agency *a = &work->agencies.items[number];
  ari_form form = {.work = work, .set = work->set, .id = a->id, .period = work->period, .tier = a->tier_index, .lang = work->options.lang};
  form.name = ari_title_of(work, a->name);
  if (from && from->evidence) {
    int32_t at = ari_map_get(&from->evidence->agencies->ids, a->id);
    if (at < 0 || !from->evidence->submissions[at].last_naming) return tell_not_of(work, from->evidence, a->id);
    form.from = from->evidence;
    form.from_agency = (size_t)at;
  }
  ari_status status = plan_rows(&form) ? read_carried(&form) : ARI_NOMEM;
  return status == ARI_OK ? write_form(&form, path) : status;
}
