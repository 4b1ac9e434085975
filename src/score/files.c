/* From paths to sources, and from sources to set, agencies and evidence. A database gives the same sources to the same functions. */
#include "inside.h"

static int jobs_of(const ari_work *work) {
  int jobs = work->options.jobs > 0 ? work->options.jobs : work->options.processors;
  return jobs > 0 ? jobs : 1;
}

ari_status ari_work_load_files(ari_work *work, const int32_t *files, size_t n) {
  ari_office office = {work->options.soffice, work->options.program_path, work->options.temp_folder};
  ari_status status = ari_files_load(&work->sources, files, n, jobs_of(work), &office, &work->findings);
  if (status == ARI_NOMEM) work->failed = true;
  return status;
}

ari_status ari_work_load(ari_work *work, size_t from, size_t n) {
  int32_t *files = ari_calloc(n ? n : 1, sizeof *files);
  if (!files) work->failed = true;
  for (size_t i = 0; files && i < n; i++) files[i] = (int32_t)(from + i);
  ari_status status = files ? ari_work_load_files(work, files, n) : ARI_NOMEM;
  ari_free(files);
  return status;
}

/* A source that could not be loaded has been told; nothing more can be said of it. */
static const ari_source *source_at(const ari_work *work, size_t file) {
  const ari_source *s = &work->sources.items[work->files[file].source];
  return s->loaded ? s : NULL;
}

/* A finding's column lives in the set and the evidence: those are freed with the work, after the findings. */
void ari_work_read_criteria(ari_work *work) {
  size_t errors = work->findings.errors, failures = work->findings.failures;
  for (size_t i = 0; i < work->n_files; i++) {
    const ari_source *s = source_at(work, i);
    if (!s || work->files[i].kind != ARI_FILE_CRITERIA || work->set) continue;
    if (ari_set_read(s, work->files[i].source, &work->set, &work->findings) == ARI_NOMEM) work->failed = true;
  }
  for (size_t i = work->n_files; i-- > 0;) {   /* a round that accepted a new list has the last one */
    const ari_source *s = source_at(work, i);
    if (!s || work->files[i].kind != ARI_FILE_AGENCIES) continue;
    if (ari_agencies_read(&work->agencies, s, work->files[i].source, work->set, &work->findings) == ARI_NOMEM) work->failed = true;
    break;
  }
  work->sound = work->set && !work->failed && work->findings.errors == errors && work->findings.failures == failures;
}

/* A database tells which period it is of. */
static void check_previous(ari_work *work) {
  const ari_evidence *ev = work->evidence;
  if (!work->previous_period.kind || !ev || !ev->period.kind) return;
  ari_period before = ari_period_before(ev->period);
  if (ari_period_eq(before, work->previous_period)) return;
  ari_period_not_before(&work->findings, ARI_NOWHERE, ari_str_of(work->options.previous), work->previous_period, before);
  work->sound = false;
}

/* Last period's first, then all others in the order in which they were accepted. */
void ari_work_read_submissions(ari_work *work) {
  if (!work->set || work->evidence || work->failed || !ari_packages_fit(work)) return;
  ari_accepted *files = ari_calloc(work->n_files ? work->n_files : 1, sizeof *files);
  size_t n = 0;
  for (size_t i = 0; files && i < work->n_files; i++)
    if (work->files[i].kind == ARI_FILE_PREVIOUS) files[n++] = work->files[i];
  for (size_t i = 0; files && i < work->n_files; i++)
    if (ari_file_is_submission(work->files[i].kind)) files[n++] = work->files[i];
  for (size_t i = 0; files && i < n; i++) files[i].carried |= work->options.carries_over;
  ari_evidence **out = &work->evidence;
  ari_status status = !files ? ARI_NOMEM
                             : ari_evidence_read(out, &work->sources, files, n, work->set, &work->agencies, work->period, jobs_of(work), &work->findings);
  if (status == ARI_NOMEM) work->failed = true;
  ari_free(files);
  check_previous(work);
  if (work->evidence && work->evidence->period.kind) work->period = work->evidence->period;
  ari_packages_check(work);
}

ari_status ari_work_read_sources(ari_work *work) {
  ari_work_read_criteria(work);
  ari_work_read_submissions(work);
  return ari_work_status(work);
}

/* Adds a path as a source; false: out of memory. */
static bool add_source(ari_work *work, ari_str path, ari_file_kind kind) {
  int32_t source = ari_sources_add(&work->sources, path);
  if (source < 0) work->failed = true;
  return source >= 0 && ari_work_file_add(work, source, kind);
}

ari_status ari_work_read_set(ari_work *work, const char *set) {
  if (work->misused || work->set || work->n_files) return ARI_MISUSE;
  ari_set_paths paths;
  if (!ari_find_set(work, set, &paths)) return ari_work_status(work);
  size_t from = work->sources.n;
  if (!add_source(work, paths.criteria, ARI_FILE_CRITERIA)) return ARI_NOMEM;
  if (paths.list.n && !add_source(work, paths.list, ARI_FILE_AGENCIES)) return ARI_NOMEM;
  ari_work_load(work, from, work->sources.n - from);
  ari_work_read_criteria(work);
  if (!paths.list.n && work->set) {
    ari_findings_add(&work->findings, ARI_E0805, ARI_NOWHERE, &(ari_args){{ari_arg_text(paths.criteria)}});
    work->sound = false;
  }
  return ari_work_status(work);
}

/* Evidence of last period, where --previous names files. A database is read before (ari_work_read_previous). */
void ari_work_add_previous(ari_work *work) {
  const char *path = work->options.previous;
  if (!path || work->previous_read || work->failed) return;
  if (work->set && !work->set->uses_previous) {
    ari_findings_add(&work->findings, ARI_W0465, ARI_NOWHERE, &(ari_args){{ari_arg_text(work->set->id)}});
    return;
  }
  int32_t *files = NULL;
  size_t n = 0, from = work->sources.n;
  if (ari_evidence_expand(&work->sources, path, false, &files, &n, &work->findings) == ARI_NOMEM) work->failed = true;
  for (size_t i = 0; i < n && !work->failed; i++)
    if (!ari_work_file_add(work, files[i], ARI_FILE_PREVIOUS)) break;
  ari_free(files);
  if (!work->failed) ari_work_load(work, from, work->sources.n - from);
}

/* YAML says when it is a survey. Of a table the columns tell whose figures they are. */
static void find_surveys(ari_work *work) {
  for (size_t i = 0; i < work->n_files; i++) {
    const ari_source *s = source_at(work, i);
    if (!s || work->files[i].kind != ARI_FILE_EVIDENCE || ari_file_is_csv(s)) continue;
    if (ari_file_what_evidence(s, work->files[i].source) == ARI_FILE_SURVEY) work->files[i].kind = ARI_FILE_SURVEY;
  }
}

ari_status ari_work_read_evidence(ari_work *work, const char *const *paths, size_t n) {
  if (work->misused || work->evidence) return ARI_MISUSE;
  int32_t *files = NULL;
  size_t n_files = 0;
  ari_status status = ari_work_take(work, paths, n, &files, &n_files);
  for (size_t i = 0; i < n_files && !work->failed; i++)
    if (!ari_work_file_add(work, files[i], ARI_FILE_EVIDENCE)) break;
  ari_free(files);
  if (status == ARI_INPUT && !n_files) return ari_work_status(work);   /* a package that was refused: all is told */
  if (!work->failed) find_surveys(work);
  ari_work_add_previous(work);
  if (!work->failed) ari_work_read_submissions(work);
  return ari_work_status(work);
}
