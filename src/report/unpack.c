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

/* FOLDER.unpacking beside it, which is nobody's either. NULL: out of memory. */
static const char *name_beside(ari_work *work, const char *folder) {
  ari_buf b = {0};
  ari_str name = ari_str_of(folder);
  while (name.n > 1 && name.p[name.n - 1] == '/') name.n--;
  ari_buf_str(&b, name);
  ari_buf_text(&b, ".unpacking");
  const char *beside = b.failed ? NULL : ari_str_cstring(&work->arena, ari_buf_view(&b));
  ari_buf_free(&b);
  return beside;
}

static bool is_free(ari_work *work, const char *folder) {
  if (ari_path_what(folder) == ARI_PATH_NONE) return true;
  ari_findings_add(&work->findings, ARI_F0975, ARI_NOWHERE, &(ari_args){{ari_arg_c(folder)}});
  return false;
}

ari_status ari_unpack(ari_work *work, const char *path, const char *folder) {
  ari_package *p;
  const char *beside = name_beside(work, folder);
  if (!beside) return ARI_NOMEM;
  if (!is_free(work, folder) || !is_free(work, beside)) return ARI_MACHINE;
  ari_status status = ari_folder_make(beside, &work->findings);
  if (status != ARI_OK) return status;
  unpacking u = {work, beside};
  status = ari_package_open(work, path, &(ari_package_reader){write_file, &u}, &p);
  const ari_source *manifest = status == ARI_OK ? &work->sources.items[p->manifest] : NULL;
  if (manifest) status = write_below(work, beside, ARI_STR(ARI_MANIFEST), manifest->bytes);
  if (status == ARI_OK) status = ari_file_move(beside, folder, &work->findings);
  if (status != ARI_OK) ari_folder_remove(beside);
  else p->next = work->packages, work->packages = p;
  return status;
}
