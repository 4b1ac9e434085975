/* Opening a package into a new folder: beside it first, under a name of its own, so that nothing half is ever there (ari(1), "Packages"). */
#include "inside.h"

typedef struct unpacking { ari_work *work; const char *folder; } unpacking;

/* The folders that lead to a file are made: its name is one that leads nowhere else (ari_archive_name). */
static ari_status write_below(ari_work *work, const char *folder, ari_str name, ari_str bytes) {
  ari_buf b = {0};
  ari_buf_printf(&b, "%s/", folder);
  size_t last = b.n;
  ari_buf_str(&b, name);
  for (size_t i = last; i < b.n && !b.failed; i++)
    if (b.p[i] == '/') last = i;
  char *path = b.failed ? NULL : ari_str_cstring(&work->arena, ari_buf_view(&b)), *above = b.failed ? NULL : ari_str_cstring(&work->arena, ari_str_sub(ari_buf_view(&b), 0, last));
  ari_buf_free(&b);
  if (!path || !above) return ARI_NOMEM;
  ari_status status = ari_folder_make(above, &work->findings);
  return status == ARI_OK ? ari_newfile_write(path, bytes, &work->findings) : status;
}

static ari_status write_file(void *to, const ari_package *p, const ari_packed *file, ari_buf *bytes) {
  unpacking *u = to;
  (void)p;
  return write_below(u->work, u->folder, file->name, ari_buf_view(bytes));
}

static bool is_free(ari_work *work, const char *folder, ari_code code) {
  if (ari_path_what(folder) == ARI_PATH_NONE) return true;
  ari_findings_add(&work->findings, code, ARI_NOWHERE, &(ari_args){{ari_arg_c(folder)}});
  return false;
}

/* What is on the way to a folder and is not there yet is made, and taken away again when nothing comes of it. The length of what is there. */
static size_t find_above(ari_work *work, ari_str folder) {
  size_t n = folder.n;
  for (const char *path; n; ) {
    while (n && folder.p[n - 1] != '/') n--;
    while (n && folder.p[n - 1] == '/') n--;
    path = n ? ari_str_cstring(&work->arena, ari_str_sub(folder, 0, n)) : NULL;
    if (path && ari_path_what(path) != ARI_PATH_NONE) break;
  }
  return n;
}

static void remove_above(ari_work *work, ari_str folder, size_t there) {
  size_t n = folder.n;
  for (;;) {
    while (n > there && folder.p[n - 1] != '/') n--;
    while (n > there && folder.p[n - 1] == '/') n--;
    const char *path = n > there ? ari_str_cstring(&work->arena, ari_str_sub(folder, 0, n)) : NULL;
    if (!path) return;
    ari_folder_remove_empty(path);
  }
}

static ari_status open_into(ari_work *work, const char *path, const char *beside, const char *folder) {
  ari_package *p;
  unpacking u = {work, beside};
  ari_status status = ari_package_open(work, path, &(ari_package_reader){write_file, &u}, &p);
  const ari_source *manifest = status == ARI_OK ? &work->sources.items[p->manifest] : NULL;
  if (manifest) status = write_below(work, beside, ARI_STR(ARI_MANIFEST), manifest->bytes);
  if (status == ARI_OK) status = ari_file_move(beside, folder, &work->findings);
  if (status == ARI_OK) p->next = work->packages, work->packages = p;
  return status;
}

ari_status ari_unpack(ari_work *work, const char *path, const char *folder) {
  ari_str name = ari_str_of(folder);
  while (name.n > 1 && name.p[name.n - 1] == '/') name.n--;
  folder = ari_str_cstring(&work->arena, name);
  const char *beside = folder ? ari_str_join(&work->arena, name, ARI_STR(".unpacking")) : NULL;
  if (!beside) return ARI_NOMEM;
  if (!is_free(work, folder, ARI_F0975) || !is_free(work, beside, ARI_F0985)) return ARI_MACHINE;
  size_t there = find_above(work, name);
  ari_status status = ari_folder_make(beside, &work->findings);
  if (status == ARI_OK) status = open_into(work, path, beside, folder);
  if (status == ARI_OK) return status;
  ari_folder_remove(beside);
  remove_above(work, name, there);
  return status;
}
