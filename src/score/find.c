/* What a SET argument means: a folder, a file, or the name of a set in one of the folders of criteria_path. */
#include "inside.h"

#include <string.h>

/* folder/name in the work's arena; NULL: out of memory. */
static const char *join_path(ari_work *work, ari_str folder, ari_str name) {
  ari_buf b = {0};
  ari_buf_str(&b, folder);
  if (folder.n && folder.p[folder.n - 1] != '/') ari_buf_char(&b, '/');
  ari_buf_str(&b, name);
  const char *path = b.failed ? NULL : ari_str_cstring(&work->arena, ari_buf_view(&b));
  ari_buf_free(&b);
  if (!path) work->failed = true;
  return path;
}

static bool is_there(const char *path) { return path && ari_path_what(path) != ARI_PATH_NONE; }

bool ari_is_set_folder(ari_work *work, const char *path) { return is_there(join_path(work, ari_str_of(path), ARI_STR("criteria.yaml"))); }

/* The agency list of a folder ("" is the current one): one or none, two are an error. */
static bool find_list(ari_work *work, ari_str folder, ari_str *out) {
  const char *yaml = join_path(work, folder, ARI_STR("agencies.yaml")), *csv = join_path(work, folder, ARI_STR("agencies.csv"));
  bool has_yaml = is_there(yaml), has_csv = is_there(csv);
  *out = ari_str_of(has_yaml ? yaml : has_csv ? csv : "");
  if (has_yaml && has_csv) ari_findings_add(&work->findings, ARI_E0804, ARI_NOWHERE, &(ari_args){{ari_arg_c(yaml), ari_arg_c(csv)}});
  return !(has_yaml && has_csv);
}

static bool find_in_folder(ari_work *work, ari_str folder, ari_set_paths *out) {
  const char *criteria = join_path(work, folder, ARI_STR("criteria.yaml"));
  if (!criteria) return false;
  if (!is_there(criteria)) {
    ari_findings_add(&work->findings, ARI_E0806, ARI_NOWHERE, &(ari_args){{ari_arg_text(folder)}});
    return false;
  }
  out->criteria = ari_str_of(criteria);
  return find_list(work, folder, &out->list);
}

/* ---- names ---- */

/* The next folder of a path list. */
static bool next_folder(ari_str *rest, ari_str *folder) {
  while (rest->n && rest->p[0] == ':') *rest = ari_str_sub(*rest, 1, rest->n);
  if (!rest->n) return false;
  const char *colon = memchr(rest->p, ':', rest->n);
  size_t n = colon ? (size_t)(colon - rest->p) : rest->n;
  *folder = ari_str_sub(*rest, 0, n);
  *rest = ari_str_sub(*rest, n, rest->n);
  return true;
}

typedef struct known { ari_str *names; size_t n, room; } known;

static void add_sets(ari_work *work, ari_str folder, known *sets) {
  const char *path = ari_str_cstring(&work->arena, folder);
  ari_str *names = NULL;
  size_t n = 0;
  ari_findings unheard = {0};
  if (!path || ari_folder_list(&work->arena, path, &names, &n, &unheard) != ARI_OK) n = 0;
  for (size_t i = 0; i < n; i++) {
    if (!ari_str_ends(names[i], "/") || !is_there(join_path(work, ari_str_of(join_path(work, folder, names[i])), ARI_STR("criteria.yaml"))))
      continue;
    void *items = sets->names;
    if (!ari_grow(&items, sets->n, &sets->room, sizeof *sets->names)) break;
    sets->names = items;
    sets->names[sets->n++] = ari_str_sub(names[i], 0, names[i].n - 1);
  }
  ari_findings_free(&unheard);
}

/* No set of this name: tells the nearest, or which ones there are. False: there are none at all, then it is a file that is not there. */
static bool tell_unknown(ari_work *work, const char *name) {
  known sets = {0};
  ari_str rest = ari_str_of(work->options.criteria_path), folder;
  while (next_folder(&rest, &folder)) add_sets(work, folder, &sets);
  int near = ari_str_nearest(ari_str_of(name), sets.names, sets.n);
  ari_buf all = {0};
  for (size_t i = 0; i < sets.n; i++) {
    if (i) ari_buf_text(&all, ", ");
    ari_buf_str(&all, sets.names[i]);
  }
  bool any = sets.n > 0;
  if (near >= 0) ari_findings_add(&work->findings, ARI_F0802, ARI_NOWHERE, &(ari_args){{ari_arg_c(name), ari_arg_text(sets.names[near])}});
  else if (any) ari_findings_add(&work->findings, ARI_F0803, ARI_NOWHERE, &(ari_args){{ari_arg_c(name), ari_arg_text(ari_buf_view(&all))}});
  ari_buf_free(&all);
  ari_free(sets.names);
  return any;
}

static bool find_by_name(ari_work *work, const char *name, ari_set_paths *out) {
  ari_str rest = ari_str_of(work->options.criteria_path), folder;
  while (next_folder(&rest, &folder)) {
    const char *path = join_path(work, folder, ari_str_of(name));
    if (path && ari_is_set_folder(work, path)) return find_in_folder(work, ari_str_of(path), out);
  }
  if (tell_unknown(work, name)) return false;
  out->criteria = ari_str_of(name);   /* loading it will tell */
  return true;
}

/* A word that can only be meant as a file: with a folder in front, or with a suffix of ours. */
static bool looks_like_file(ari_str name) {
  return memchr(name.p, '/', name.n) || ari_str_ends(name, ".yaml") || ari_str_ends(name, ".yml") || ari_str_ends(name, ".csv") ||
         ari_str_ends(name, ".db");
}

bool ari_find_set(ari_work *work, const char *name, ari_set_paths *out) {
  *out = (ari_set_paths){{"", 0}, {"", 0}};
  ari_path_kind what = ari_path_what(name);
  ari_str whole = ari_str_of(name);
  if (what == ARI_PATH_FOLDER) return find_in_folder(work, whole, out);
  if (what == ARI_PATH_NONE && !looks_like_file(whole)) return find_by_name(work, name, out);
  out->criteria = whole;
  const char *slash = strrchr(name, '/');
  if (what != ARI_PATH_FILE) return true;   /* loading it will tell */
  return find_list(work, ari_str_sub(whole, 0, slash ? (size_t)(slash - name) + 1 : 0), &out->list);
}

static const char *near_agency(ari_work *work, ari_str id) {
  const ari_agencies *list = work->evidence->agencies;
  ari_str *ids = ari_arena_array(&work->arena, list->n, sizeof *ids);
  if (!ids) return NULL;
  for (size_t i = 0; i < list->n; i++) ids[i] = list->items[i].id;
  int near = ari_str_nearest(id, ids, list->n);
  return near < 0 ? NULL : ari_str_cstring(&work->arena, ids[near]);
}

int64_t ari_work_find_agency(ari_work *work, const char *id, const char **nearest) {
  ari_str nfc;
  if (nearest) *nearest = NULL;
  if (!ari_utf8_nfc(&work->arena, ari_str_of(id), &nfc)) {
    work->failed = true;
    return -1;
  }
  int32_t at = ari_map_get(&work->evidence->agencies->ids, nfc);
  if (at < 0 && nearest) *nearest = near_agency(work, nfc);
  return at;
}
