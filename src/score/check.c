/* `ari check`: any mixture of criteria sets, agency lists and evidence; every finding, also those that only scoring makes. */
#include "inside.h"

#include <string.h>

/* What an argument came to be, one entry for each source. */
typedef enum origin {
  FROM_FILE,                 /* named itself: its content tells what it is */
  FROM_SET,                  /* the criteria of a set folder or name */
  FROM_SET_LIST,             /* the agency list beside a set: gives way to one that is named itself */
  FROM_INSIDE,               /* in a folder of evidence or in a package */
  FROM_NOWHERE               /* a package and its manifest: their content is in other sources */
} origin;
typedef struct candidate { origin from; ari_file_kind kind; } candidate;
typedef struct gathering { ari_work *work; candidate *items; size_t n, room; } gathering;

static void note_candidates(gathering *g, origin from) {
  while (g->n < g->work->sources.n && !g->work->failed) {
    void *items = g->items;
    if (!ari_grow(&items, g->n, &g->room, sizeof *g->items)) {
      g->work->failed = true;
      return;
    }
    g->items = items;
    g->items[g->n++] = (candidate){from, ARI_FILE_UNKNOWN};
  }
}

static void gather_source(gathering *g, ari_str path, origin from) {
  if (!path.n) return;
  if (ari_sources_add(&g->work->sources, path) < 0) g->work->failed = true;
  note_candidates(g, from);
}

/* A package, or a folder of evidence, which may hold packages. */
static void gather_evidence(gathering *g, const char *path) {
  int32_t *sources;
  size_t n;
  if (ari_work_take(g->work, &path, 1, &sources, &n) == ARI_NOMEM) g->work->failed = true;
  note_candidates(g, FROM_NOWHERE);
  for (size_t i = 0; i < n && !g->work->failed; i++) g->items[sources[i]].from = FROM_INSIDE;
  ari_free(sources);
}

static void gather_argument(gathering *g, const char *path) {
  ari_path_kind what = ari_path_what(path);
  if (ari_package_is(path) || (what == ARI_PATH_FOLDER && !ari_is_set_folder(g->work, path))) {
    gather_evidence(g, path);
  } else if (what == ARI_PATH_FILE || what == ARI_PATH_OTHER) {
    gather_source(g, ari_str_of(path), FROM_FILE);
  } else {
    ari_set_paths set;
    if (!ari_find_set(g->work, path, &set)) return;
    gather_source(g, set.criteria, what == ARI_PATH_FOLDER || set.list.n ? FROM_SET : FROM_FILE);
    gather_source(g, set.list, FROM_SET_LIST);
  }
}

/* What came in a folder or a package is loaded already. */
static void load_candidates(gathering *g, size_t from) {
  for (size_t end; from < g->n && !g->work->failed; from = end + 1) {
    for (end = from; end < g->n && g->items[end].from != FROM_NOWHERE && !g->work->sources.items[end].loaded;) end++;
    if (end > from) ari_work_load(g->work, from, end - from);
  }
}

/* What each source is; the number of those of a kind that were named themselves. */
static void tell_kinds(gathering *g, size_t from) {
  static const ari_file_kind known[] = {
    [FROM_FILE] = ARI_FILE_UNKNOWN, [FROM_SET] = ARI_FILE_CRITERIA, [FROM_SET_LIST] = ARI_FILE_AGENCIES, [FROM_INSIDE] = ARI_FILE_EVIDENCE,
    [FROM_NOWHERE] = ARI_FILE_UNKNOWN};
  for (size_t i = from; i < g->n; i++) {
    const ari_source *s = &g->work->sources.items[i];
    candidate *c = &g->items[i];
    if (!s->loaded) continue;
    c->kind = known[c->from];
    if (c->from == FROM_FILE) c->kind = ari_file_what(s, (int32_t)i, &g->work->findings);
    if (c->from == FROM_INSIDE) c->kind = ari_file_what_evidence(s, (int32_t)i);
  }
}

/* A SET that was named as a file takes the list beside it, unless a list was named. */
static void gather_lists(gathering *g) {
  bool named = false;
  size_t n = g->n;
  for (size_t i = 0; i < n; i++) named |= g->items[i].from == FROM_FILE && g->items[i].kind == ARI_FILE_AGENCIES;
  for (size_t i = 0; i < n && !g->work->failed; i++) {
    if (named && g->items[i].from == FROM_SET_LIST) g->items[i].kind = ARI_FILE_UNKNOWN;
    if (named || g->items[i].from != FROM_FILE || g->items[i].kind != ARI_FILE_CRITERIA) continue;
    ari_set_paths set;
    const char *path = ari_str_cstring(&g->work->arena, g->work->sources.items[i].name);
    if (!path) g->work->failed = true;
    else if (ari_find_set(g->work, path, &set)) gather_source(g, set.list, FROM_SET_LIST);
  }
  load_candidates(g, n);
  tell_kinds(g, n);
}

/* The second one of a kind of which there can be one: told; its content is not read. */
static bool is_second(gathering *g, size_t i, ari_code code) {
  for (size_t k = 0; k < i; k++) {
    if (g->items[k].kind != g->items[i].kind) continue;
    const ari_source *all = g->work->sources.items;
    ari_arg this_one = ari_arg_text(all[i].name), other = ari_arg_text(all[k].name);
    bool lists = code == ARI_E0804;
    ari_findings_add(&g->work->findings, code, ARI_NOWHERE, &(ari_args){{lists ? other : this_one, lists ? this_one : other}});
    return true;
  }
  return false;
}

/* Where signatures are asked for, evidence that cannot have one is told, not read; of what stands in a folder it has been told. */
static bool is_unsigned(gathering *g, size_t i) {
  if (g->items[i].from == FROM_INSIDE || !g->work->options.key) return false;
  ari_work_tell_unsigned(g->work, g->work->sources.items[i].name);
  return true;
}

/* Registers what can be read: one set, one list, evidence when there is a set. */
static void take_files(gathering *g) {
  bool has_set = false, told = false;
  for (size_t i = 0; i < g->n; i++) has_set |= g->items[i].kind == ARI_FILE_CRITERIA;
  for (size_t i = 0; i < g->n && !g->work->failed; i++) {
    ari_file_kind kind = g->items[i].kind;
    if (kind == ARI_FILE_UNKNOWN) continue;
    if (kind == ARI_FILE_CRITERIA && is_second(g, i, ARI_E0807)) continue;
    if (kind == ARI_FILE_AGENCIES && is_second(g, i, ARI_E0804)) continue;
    if (ari_file_is_submission(kind) && !has_set) {
      if (!told) ari_findings_add(&g->work->findings, ARI_E0808, ARI_NOWHERE, &(ari_args){{ari_arg_text(g->work->sources.items[i].name)}});
      told = true;
      continue;
    }
    if (ari_file_is_submission(kind) && is_unsigned(g, i)) continue;
    if (!ari_work_file_add(g->work, (int32_t)i, kind)) return;
  }
}

ari_status ari_work_check(ari_work *work, const char *const *paths, size_t n) {
  if (work->misused || work->set || work->n_files) return ARI_MISUSE;
  gathering g = {.work = work};
  for (size_t i = 0; i < n && !work->failed; i++) gather_argument(&g, paths[i]);
  load_candidates(&g, 0);
  if (!work->failed) {
    tell_kinds(&g, 0);
    gather_lists(&g);
    take_files(&g);
  }
  ari_free(g.items);
  if (work->failed) return ARI_NOMEM;
  ari_work_read_criteria(work);
  bool any = false, evidence = false;
  for (size_t i = 0; i < work->n_files; i++) {
    any |= ari_file_is_submission(work->files[i].kind);
    evidence |= ari_file_is_submission(work->files[i].kind) && !ari_file_is_ruling(work->files[i].kind);
  }
  if (evidence) ari_work_add_previous(work);
  if (any) ari_work_read_submissions(work);
  if (evidence || !any) ari_work_evaluate(work);   /* decisions alone are no evidence: what they lack says nothing */
  ari_result_free(work->result);
  work->result = NULL;
  return ari_work_status(work);
}
