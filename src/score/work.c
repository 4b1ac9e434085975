/* The computation behind the public handle: its life, what it comes to, scoring. */
#include "inside.h"

#include <string.h>

static const char *copy_text(ari_work *work, const char *text) {
  if (!text) return NULL;
  const char *copy = ari_str_cstring(&work->arena, ari_str_of(text));
  if (!copy) work->failed = true;
  return copy;
}

const char *ari_round_in(const char *name) {
  const char *colon = strrchr(name, ':');
  return colon && ari_path_what(name) == ARI_PATH_NONE ? colon + 1 : NULL;
}

/* --previous names a round of a database as everything else does. */
static void split_previous(ari_work *work) {
  const char *path = work->options.previous, *round = path ? ari_round_in(path) : NULL;
  if (!round) return;
  work->options.previous = ari_str_cstring(&work->arena, ari_str_sub(ari_str_of(path), 0, (size_t)(round - path) - 1));
  work->previous_round = round;
  if (!work->options.previous) work->failed = true;
}

ari_work *ari_work_new(const ari_options *options) {
  ari_work *work = ari_calloc(1, sizeof *work);
  if (!work) return NULL;
  work->agencies.file = -1;
  ari_options *o = &work->options;
  *o = *options;
  const char **texts[] = {&o->period, &o->gnuplot, &o->soffice, &o->program_path, &o->criteria_path, &o->temp_folder, &o->actor, &o->previous, &o->documents, &o->key, &o->secret_key, &o->password};
  for (size_t i = 0; i < ARI_COUNT(texts); i++) *texts[i] = copy_text(work, *texts[i]);
  split_previous(work);
  if (o->period && !ari_period_read(ari_str_of(o->period), &work->period)) {
    work->misused = true;
    ari_findings_add(&work->findings, ARI_E0801, ARI_NOWHERE, &(ari_args){{ari_arg_c(o->period)}});
  }
  if (!work->failed && !work->findings.failed) return work;
  ari_work_free(work);
  return NULL;
}

void ari_work_free(ari_work *work) {
  if (!work) return;
  for (int i = 0; i < ARI_STAGES; i++)
    if (work->stages[i] != work->result) ari_result_free(work->stages[i]);
  ari_result_free(work->result);
  ari_comparison_free(work->comparison);
  ari_evidence_free(work->evidence);
  ari_agencies_free(&work->agencies);
  ari_set_free(work->set);
  ari_findings_free(&work->findings);
  ari_sources_free(&work->sources);
  ari_free(work->files);
  ari_map_free(&work->documents_by_name);
  ari_free(work->documents);
  ari_arena_free(&work->arena);
  ari_free(work);
}

static ari_str package_owner(const ari_work *work, int32_t source) {
  for (const ari_package *p = work->packages; p; p = p->next)
    if (source >= p->from && source < p->to) return p->agency.text;
  return (ari_str){"", 0};
}

bool ari_work_file_add(ari_work *work, int32_t source, ari_file_kind kind) {
  void *files = work->files;
  if (!ari_grow(&files, work->n_files, &work->files_room, sizeof *work->files)) {
    work->failed = true;
    return false;
  }
  work->files = files;
  work->files[work->n_files++] = (ari_accepted){.source = source, .kind = kind, .owner = package_owner(work, source)};
  return true;
}

ari_status ari_work_status(const ari_work *work) {
  if (work->failed || work->findings.failed) return ARI_NOMEM;
  if (work->findings.failures) return ARI_MACHINE;
  if (work->misused) return ARI_MISUSE;
  return work->findings.errors ? ARI_INPUT : ARI_OK;
}

ari_str ari_title_of(const ari_work *work, ari_title title) { return ari_title_in(title, work->options.lang); }

/* With keep_going errors that lie at one agency's door make that agency invalid; ari_work_status stays ARI_INPUT, so that the command says
 * so when all the rest is written. Other errors (in the set, in the list, of no agency in particular) cannot be passed over. */
static bool may_score(const ari_work *work) {
  bool clean = ari_work_status(work) == ARI_OK;
  return clean || (ari_work_status(work) == ARI_INPUT && work->options.keep_going && work->sound && work->evidence->complete);
}

/* What a set asks for has time until it is handed in (ari(1), "assess"). A form that nothing is typed into yet says whose it is; beside the one agency that has figures it says nothing. */
static void take_as_draft(ari_evidence *ev) {
  int64_t only = ari_only_agency(ev);
  for (size_t i = 0; i < ev->agencies->n; i++) {
    ari_submission *s = &ev->submissions[i];
    s->unasked = true;
    s->present |= s->named && (only < 0 || only == (int64_t)i);
  }
}

/* Whoever is the first of several to hand in has nobody to be compared with yet: what compares agencies is pending. */
static void note_first(ari_evidence *ev) {
  size_t n = 0, first = 0;
  for (size_t i = 0; i < ev->agencies->n; i++) {
    if (!ev->submissions[i].present) continue;
    if (n++ == 0) first = i;
  }
  if (n == 1 && ev->agencies->n > 1) ev->submissions[first].alone = true;
}

/* Without a list nobody knows who is of which tier. Where nobody knows whom an error concerns, columns may be lacking for all: what scoring would tell then is not the truth. */
void ari_work_evaluate(ari_work *work) {
  if (!work->sound || !work->evidence || !work->evidence->complete || work->failed) return;
  if (work->agencies.file < 0 && ari_set_has_tiers(work->set)) return;
  ari_findings found = {0};
  ari_evidence_go_to(work->evidence, work->options.stage);
  if (work->options.draft) take_as_draft(work->evidence);
  note_first(work->evidence);
  if (ari_score(&work->result, work->evidence, &found) != ARI_OK) work->failed = true;
  if (work->was_told) ari_findings_forget_warnings(&found, 0, INT32_MAX);
  if (!ari_findings_merge(&work->findings, &found)) work->failed = true;
}

ari_status ari_work_score(ari_work *work) {
  if (!work->evidence || work->misused) return ari_work_status(work) == ARI_OK ? ARI_MISUSE : ari_work_status(work);
  if (work->result || work->evaluated) return work->result ? ARI_OK : ari_work_status(work);
  work->evaluated = true;
  bool may = may_score(work), stuck = work->options.keep_going && work->sound && !work->evidence->complete;
  if (stuck && ari_work_status(work) == ARI_INPUT) ari_findings_add(&work->findings, ARI_E0517, ARI_NOWHERE, NULL);
  size_t errors = work->findings.errors;
  ari_work_evaluate(work);   /* also where it comes to no result: one run tells all that is wrong */
  if (may && !work->failed && (work->findings.errors == errors || work->options.keep_going)) {
    if (!ari_names_make(work)) work->failed = true;
    if (!work->failed) return ARI_OK;
  }
  ari_result_free(work->result);
  work->result = NULL;
  return ari_work_status(work);
}

void ari_work_findings(const ari_work *work, size_t *errors, size_t *warnings, size_t *failures) {
  if (errors) *errors = work->findings.errors;
  if (warnings) *warnings = work->findings.warnings;
  if (failures) *failures = work->findings.failures;
}

/* Those that have not been written yet, as a list of their own: sorted, told, then marked as told. What was dropped is told with the first
 * of them. */
ari_status ari_write_findings(ari_work *work, ari_diag how, bool colour, ari_sink to) {
  ari_findings *all = &work->findings, pending = *all;
  if (!all->n && !all->n_drops) return ARI_OK;
  pending.items += work->told;
  pending.n -= work->told;
  if (!pending.n && !pending.n_drops) return ARI_OK;
  ari_findings_sort(&pending);
  ari_buf b = {0};
  if (how == ARI_DIAG_JSON) ari_findings_json(&b, &pending, &work->sources, work->options.lang);
  else ari_findings_text(&b, &pending, &work->sources, work->options.lang, colour);
  all->errors = pending.errors;
  all->warnings = pending.warnings;
  all->failures = pending.failures;
  work->told += pending.n;
  all->n = work->told;
  all->n_drops = 0;
  all->dropped = 0;
  bool failed = b.failed, written = failed || to.write(to.to, b.p, b.n);
  ari_buf_free(&b);
  if (failed) work->failed = true;
  return failed ? ARI_NOMEM : written ? ARI_OK : ARI_MACHINE;
}
