/* Last period from the database of its round: its evidence goes the same way as files that --previous names (ari(1)). */
#include "inside.h"

/* The set that was scored then; its findings were told then. NULL: it cannot be read any more, or work->failed. */
static ari_set *read_set(ari_work *work, size_t from) {
  ari_set *set = NULL;
  ari_findings unheard = {0};
  for (size_t i = from; i < work->n_files && !set; i++) {
    if (work->files[i].kind != ARI_FILE_CRITERIA) continue;
    if (ari_set_read(&work->sources.items[work->files[i].source], work->files[i].source, &set, &unheard) == ARI_NOMEM) work->failed = true;
  }
  ari_findings_free(&unheard);
  return set;
}

static ari_status check_set(ari_work *work, size_t from) {
  ari_set *then = read_set(work, from);
  if (work->failed) {
    ari_set_free(then);
    return ARI_NOMEM;
  }
  bool comparable = then && ari_sets_comparable(work->set, then);
  if (!comparable)
    ari_findings_add(&work->findings, ARI_E0616, ARI_NOWHERE,
                     &(ari_args){{ari_arg_c(work->options.previous), ari_arg_text(then ? then->id : ARI_STR("?")), ari_arg_text(then ? then->version : ARI_STR("?"))}});
  ari_set_free(then);
  if (!comparable) work->sound = false;
  return comparable ? ARI_OK : ARI_INPUT;
}

/* Of what was accepted then, what makes up the figures is kept as last period's, with the revisions that it had. */
static void keep_figures(ari_work *work, size_t from) {
  size_t n = from;
  for (size_t i = from; i < work->n_files; i++) {
    ari_accepted then = work->files[i];
    if (then.kind == ARI_FILE_EVIDENCE || then.kind == ARI_FILE_SURVEY || then.kind == ARI_FILE_APPRAISAL)
      work->files[n++] = (ari_accepted){.source = then.source, .kind = ARI_FILE_PREVIOUS, .revision = then.revision};
  }
  work->n_files = n;
}

ari_status ari_work_read_previous(ari_work *work) {
  const char *path = work->options.previous;
  if (!path || !ari_is_database(path) || !work->set) return ARI_OK;
  if (work->evidence || work->previous_read) return ARI_MISUSE;
  work->previous_read = true;
  if (!work->set->uses_previous) return ARI_OK;   /* it is only compared with */
  size_t from = work->n_files;
  ari_status status = ari_store_read_last(work, path, &work->previous_period);
  if (status == ARI_OK) status = check_set(work, from);
  keep_figures(work, from);
  return status;
}
