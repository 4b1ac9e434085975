/* Handing in: files become one revision of a round, all of them or none (ari(1), "The year's round"). */
#include "inside.h"

#include <sqlite3.h>

typedef struct handing {
  ari_store *store;
  ari_work *work;
  ari_round_row row;
  ari_handed what;
  int32_t revision;
  size_t files, sources, findings;   /* what there was before: of what was accepted earlier */
} handing;

/* What a kind of file is handed in with. */
static const char *command_of(ari_file_kind kind) {
  switch (kind) {
    case ARI_FILE_AGENCIES:
    case ARI_FILE_EVIDENCE: return ari_handed_command(ARI_HAND_EVIDENCE);
    case ARI_FILE_SURVEY: return ari_handed_command(ARI_HAND_SURVEY);
    case ARI_FILE_APPRAISAL: return ari_handed_command(ARI_HAND_APPRAISAL);
    case ARI_FILE_EXPLANATION: return ari_handed_command(ARI_HAND_EXPLANATION);
    case ARI_FILE_CRITERIA: return "ari round open";
    default: return "";
  }
}

/* A survey may come as a table of evidence. */
static bool is_taken(const handing *h, ari_file_kind *kind) {
  switch (h->what) {
    case ARI_HAND_EVIDENCE: return *kind == ARI_FILE_EVIDENCE || (*kind == ARI_FILE_AGENCIES && h->row.state->lists);
    case ARI_HAND_APPRAISAL: return *kind == ARI_FILE_APPRAISAL;
    case ARI_HAND_EXPLANATION: return *kind == ARI_FILE_EXPLANATION;
    case ARI_HAND_SURVEY:
      if (*kind == ARI_FILE_EVIDENCE) *kind = ARI_FILE_SURVEY;
      return *kind == ARI_FILE_SURVEY;
  }
  return false;
}

static void tell_not_taken(handing *h, int32_t source, ari_file_kind kind) {
  bool list = kind == ARI_FILE_AGENCIES && h->what == ARI_HAND_EVIDENCE;
  ari_findings_add(&h->work->findings, list ? ARI_E0657 : ARI_E0654, (ari_span){source, 0, 0},
                   &(ari_args){{ari_arg_text(h->work->sources.items[source].name), ari_arg_c(ari_handed_command(h->what)), ari_arg_c(command_of(kind))}});
}

static ari_status register_file(handing *h, int32_t source) {
  ari_work *work = h->work;
  ari_file_kind kind = ari_file_what(&work->sources.items[source], source, &work->findings);
  if (kind == ARI_FILE_UNKNOWN) return ARI_OK;   /* told */
  if (!is_taken(h, &kind)) {
    tell_not_taken(h, source, kind);
    return ARI_OK;
  }
  for (size_t i = h->files; i < work->n_files && kind == ARI_FILE_AGENCIES; i++)
    if (work->files[i].kind == kind)
      ari_findings_add(&work->findings, ARI_E0655, (ari_span){source, 0, 0},
                       &(ari_args){{ari_arg_text(work->sources.items[source].name), ari_arg_text(work->sources.items[work->files[i].source].name)}});
  if (!ari_work_file_add(work, source, kind)) return ARI_NOMEM;
  ari_accepted *file = &work->files[work->n_files - 1];
  file->revision = h->revision;
  file->turn = h->what == ARI_HAND_APPRAISAL ? h->row.state->turn : 0;
  file->origins = h->what == ARI_HAND_EVIDENCE ? h->row.state->origins : h->what == ARI_HAND_SURVEY ? 1 << ARI_ORIGIN_SURVEY : 0;
  return ARI_OK;
}

static ari_status take_paths(handing *h, const char *const *paths, size_t n) {
  ari_work *work = h->work;
  int32_t *sources = NULL;
  size_t n_sources = 0;
  ari_status status = ari_work_take(work, paths, n, &sources, &n_sources);
  for (size_t i = 0; i < n_sources && status != ARI_NOMEM && !work->failed; i++)
    if (register_file(h, sources[i]) != ARI_OK) work->failed = true;
  ari_free(sources);
  return ari_work_status(work);
}

/* The list of agencies among what is handed in; -1: none. */
static int32_t find_list(const handing *h) {
  for (size_t i = h->files; i < h->work->n_files; i++)
    if (h->work->files[i].kind == ARI_FILE_AGENCIES) return h->work->files[i].source;
  return -1;
}

/* Files that were accepted earlier name agencies that a new list lacks: it is the list that has to be mended. */
static void blame_list(handing *h, size_t before) {
  ari_findings *fs = &h->work->findings;
  int32_t list = find_list(h);
  for (size_t i = before; i < fs->n && list >= 0; i++) {
    ari_finding *f = &fs->items[i];
    bool unknown = f->code == ARI_E0451 || f->code == ARI_E0452 || f->code == ARI_E0453;
    if (!unknown || f->at.file < 0 || f->at.file >= (int32_t)h->sources) continue;
    *f = (ari_finding){.code = ARI_E0659, .at = {list, 0, 0}, .other = ARI_NOWHERE, .args = {{f->args.at[0]}}, .order = f->order};
  }
}

/* Whoever hands in now must be complete, as `ari check` would have it; of the others, whose central figures may be here before their own, nobody asks it yet. */
static void ask_agencies(handing *h) {
  ari_evidence *ev = h->work->evidence;
  for (size_t a = 0; a < ev->agencies->n; a++) ev->submissions[a].unasked = true;
  for (size_t i = 0; i < ev->n_namings; i++) {
    const ari_naming *naming = &ev->namings[i];
    if (h->what == ARI_HAND_EVIDENCE && naming->source >= (int32_t)h->sources && ari_naming_is_own(naming)) ev->submissions[naming->agency].unasked = false;
  }
}

static bool was_named(const handing *h, uint32_t agency) {
  const ari_evidence *ev = h->work->evidence;
  for (size_t i = 0; i < ev->n_namings; i++)
    if (ev->namings[i].agency == agency && ev->namings[i].source < (int32_t)h->sources) return true;
  return false;
}

/* What an agency takes back it says: there was something before. */
static bool is_empty(const handing *h, int32_t source) {
  const ari_evidence *ev = h->work->evidence;
  bool named = false, said = false;
  for (size_t i = 0; i < ev->n_namings && !said; i++) {
    const ari_naming *naming = &ev->namings[i];
    if (naming->source != source) continue;
    named = true;
    said = naming->origins || naming->last || naming->refused || (naming->takes_back && was_named(h, naming->agency));
  }
  return named && !said;
}

/* A file that names agencies and says nothing of any would be a revision without a figure: the wrong file, or one that was not saved. */
static bool tell_empty(handing *h, size_t before) {
  ari_work *work = h->work;
  bool any = false;
  for (size_t i = h->files; i < work->n_files && h->what == ARI_HAND_EVIDENCE; i++) {
    int32_t source = work->files[i].source;
    if (work->files[i].kind != ARI_FILE_EVIDENCE || !is_empty(h, source)) continue;
    if (!any) ari_findings_forget_warnings(&work->findings, before, INT32_MAX);   /* also that it is empty */
    ari_findings_add(&work->findings, ARI_E0935, (ari_span){source, 0, 0}, NULL);
    any = true;
  }
  return any;
}

/* The whole round with what is handed in, by the rules of `ari check`. What earlier files were told when they were accepted is not told again. */
static ari_status check_all(handing *h) {
  ari_work *work = h->work;
  size_t before = work->findings.n;
  ari_status status = ari_work_read_sources(work);
  bool empty = status == ARI_OK && work->evidence && tell_empty(h, before);
  if (status <= ARI_INPUT && work->evidence && !empty) {
    ask_agencies(h);
    ari_work_evaluate(work);
  }
  if (h->what == ARI_HAND_APPRAISAL) ari_store_tell_unsettled(work, h->sources);
  ari_result_free(work->result);
  work->result = NULL;
  blame_list(h, before);
  status = ari_work_status(work);
  if (status <= ARI_INPUT) ari_findings_forget_warnings(&work->findings, before, (int32_t)h->sources);
  return status;
}

/* Whether agencies hand in figures of their own. */
static bool has_own(const handing *h) {
  const ari_evidence *ev = h->work->evidence;
  for (size_t i = 0; i < ev->n_namings; i++)
    if (ev->namings[i].source >= (int32_t)h->sources && ev->namings[i].origins & 1u << ARI_ORIGIN_SELF) return true;
  return false;
}

/* It counts all the same: whether to take it is for people to say. The deadline is that of the agencies. */
static void tell_late(handing *h) {
  int32_t day;
  if (h->what != ARI_HAND_EVIDENCE || !has_own(h) || !ari_round_is_late(&h->row, h->work->options.now)) return;
  if (ari_date_read(h->row.deadline, &day))
    ari_findings_add(&h->work->findings, ARI_W0645, ARI_NOWHERE, &(ari_args){{ari_arg_text(h->row.id), ari_arg_date(day)}});
}

/* The first figure of a node that is handed in now; what a decision put in its place stands in the table. NULL: none. */
static const ari_cell *find_new_figure(const handing *h, const ari_decision *d) {
  const ari_evidence *ev = h->work->evidence;
  const ari_node *node = ev->set->nodes[d->node];
  for (uint32_t i = 0; i < d->n_overrides; i++)
    if (d->overrides[i].own.at.file >= (int32_t)h->sources) return &d->overrides[i].own;
  for (uint32_t i = node->first_input; i < node->first_input + node->n_inputs; i++) {
    const ari_cell *cell = ari_evidence_cell(ev, d->agency, (int)i);
    if (cell->state != ARI_CELL_ABSENT && cell->at.file >= (int32_t)h->sources) return cell;
  }
  return NULL;
}

/* A decision stays in force when the figures that it looked at are replaced: whoever hands in must know, and the evaluators (ari-evidence(5), "Appraisals"). */
static void tell_appraised(handing *h) {
  const ari_evidence *ev = h->work->evidence;
  const ari_decision *before = NULL;
  for (size_t i = 0; i < ev->n_decisions && h->what != ARI_HAND_APPRAISAL; i++) {
    const ari_decision *d = &ev->decisions[i];
    const ari_cell *cell = find_new_figure(h, d);
    if (!cell || (before && before->agency == d->agency && before->node == d->node)) continue;
    before = d;
    ari_args args = {{ari_arg_text(ev->set->nodes[d->node]->id), ari_arg_text(ev->agencies->items[d->agency].id)}};
    ari_place_finding(&h->work->findings, ARI_W0662, cell->at, (ari_str){0}, &args)->other = ari_place_span(d->at);
  }
}

static ari_status write_all(handing *h) {
  ari_str id = h->row.id;
  ari_store_unbound(h->store);
  ari_status status = ari_store_add_files(h->store, h->work, id, h->files);
  if (status == ARI_OK) status = ari_store_add_signatures(h->store, h->work, id, h->revision);
  if (status == ARI_OK) status = ari_store_add_documents(h->store, h->work, id, h->files);
  if (status == ARI_OK) status = ari_store_drop_results(h->store, id);
  if (status == ARI_OK) status = ari_store_read_info(h->store, h->work, &h->row);
  return status == ARI_OK ? ari_store_commit(h->store) : status;
}

static ari_status hand_in(handing *h, const char *const *paths, size_t n) {
  ari_work *work = h->work;
  if (!(h->row.state->hands & 1u << h->what)) {
    ari_round_refuse_hand_in(work, h->store, h->row.id, h->row.state, h->what);
    return ari_work_status(work);
  }
  ari_status status = ari_store_read_round(h->store, work, h->row.id);
  if (status != ARI_OK) return status;
  for (size_t i = 0; i < work->n_files; i++)
    if (work->files[i].kind != ARI_FILE_PREVIOUS && work->files[i].revision >= h->revision) h->revision = work->files[i].revision + 1;
  h->files = work->n_files;
  h->sources = work->sources.n;
  status = take_paths(h, paths, n);
  if (status == ARI_OK && h->what == ARI_HAND_EVIDENCE && work->packages && !(h->row.state->origins & 1u << ARI_ORIGIN_SELF)) {
    ari_round_refuse_package(work, h->store, h->row.id, h->row.state);
    status = ari_work_status(work);
  }
  /* What cannot be taken at all would only make more errors of what depends on it. */
  if (status == ARI_OK) status = check_all(h);
  if (status != ARI_OK) return status;
  tell_late(h);
  tell_appraised(h);
  return write_all(h);
}

ari_status ari_round_hand_in(ari_work *work, const char *database, const char *round, ari_handed what, const char *const *paths, size_t n) {
  if (work->misused || work->set || work->n_files) return ARI_MISUSE;
  ari_store store;
  ari_str id = {0};
  ari_status status = ari_store_write(&store, database, false, &work->findings);
  if (status != ARI_OK) return status;
  handing h = {.store = &store, .work = work, .what = what, .revision = 1};
  status = ari_store_find_round(&store, work, round, &id);
  if (status == ARI_OK) status = ari_store_read_row(&store, work, id, &h.row);
  if (status == ARI_OK) status = hand_in(&h, paths, n);
  ari_store_close(&store);
  return status;
}
