/* Folders: what is in one, making one, private ones that go away again. */
#include "base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder's entry as it is listed: with a '/' behind when it is a folder itself (or a link to one). */
static bool add_name(ari_arena *arena, int folder, const char *entry, ari_str **names, size_t *n, size_t *room) {
  struct stat st;
  bool below = fstatat(folder, entry, &st, 0) == 0 && S_ISDIR(st.st_mode);
  void *items = *names;
  if (!ari_grow(&items, *n, room, sizeof **names)) return false;
  *names = items;
  size_t length = strlen(entry);
  char *copy = ari_arena_alloc(arena, length + 2);
  if (!copy) return false;
  memcpy(copy, entry, length);
  if (below) copy[length] = '/';
  (*names)[(*n)++] = (ari_str){copy, length + below};
  return true;
}

static int by_bytes(const void *a, const void *b) { return ari_str_cmp(*(const ari_str *)a, *(const ari_str *)b); }

static DIR *open_folder(int beside, const char *path, int flags) {
  int fd = openat(beside, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY | flags);
  if (fd < 0) return NULL;
  DIR *dir = fdopendir(fd);
  if (!dir) close(fd);
  return dir;
}

/* Fills a list that the caller copies and frees. An errno value, 0 when all is there. */
static int read_folder(ari_arena *arena, DIR *dir, ari_str **names, size_t *n) {
  size_t room = 0;
  for (;;) {
    errno = 0;
    const struct dirent *entry = readdir(dir);
    if (!entry) return errno;
    if (entry->d_name[0] != '.' && !add_name(arena, dirfd(dir), entry->d_name, names, n, &room)) return ENOMEM;
  }
}

ari_status ari_folder_list(ari_arena *arena, const char *path, ari_str **names, size_t *n, ari_findings *fs) {
  *names = NULL;
  *n = 0;
  DIR *dir = open_folder(AT_FDCWD, path, 0);
  if (!dir) return ari_file_failed(fs, ARI_NOWHERE, path, errno);
  ari_str *found = NULL;
  int err = read_folder(arena, dir, &found, n);
  closedir(dir);
  if (!err) {
    *names = ari_arena_array(arena, *n, sizeof **names);
    if (!*names) err = ENOMEM;
    else if (*n) memcpy(*names, found, *n * sizeof **names), qsort(*names, *n, sizeof **names, by_bytes);
  }
  ari_free(found);
  if (!err) return ARI_OK;
  *n = 0;
  return ari_file_failed(fs, ARI_NOWHERE, path, err);
}

/* ---- all files below one ---- */

enum { DEEPEST = 16, LONGEST = 4096 };
typedef struct walking { ari_arena *arena; ari_str *names; size_t n, room, limit; char path[LONGEST]; bool deep, more; int err; } walking;

static void add_file(walking *w, size_t length) {
  void *items = w->names;
  if (w->n == w->limit) w->more = true;
  if (w->more) return;
  bool good = ari_grow(&items, w->n, &w->room, sizeof *w->names);
  w->names = items;
  if (good && ari_str_copy(w->arena, (ari_str){w->path, length}, &w->names[w->n])) w->n++;
  else w->err = ENOMEM;
}

/* A folder below, at level `depth`; what has gone meanwhile was not there, and one that may not be read is `more`. */
static DIR *open_next(walking *w, DIR *dir, const char *entry, int depth) {
  if (!w->deep) return NULL;
  if (depth == DEEPEST) {
    w->more = true;
    return NULL;
  }
  DIR *next = open_folder(dirfd(dir), entry, O_NOFOLLOW);
  if (!next && errno == ENOMEM) w->err = ENOMEM;
  else if (!next && errno != ENOENT && errno != ELOOP) w->more = true;
  return next;
}

/* w->path has `length` bytes of the folder's own path with its '/'. Closes dir. */
static void walk_folder(walking *w, DIR *dir, size_t length, int depth) {
  const struct dirent *entry;
  struct stat st;
  for (;;) {
    errno = 0;
    if (w->err || w->more || !(entry = readdir(dir))) break;
    size_t n = strlen(entry->d_name);
    if (entry->d_name[0] == '.' || fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (length + n + 2 > LONGEST) {
      w->more = true;
      continue;
    }
    memcpy(w->path + length, entry->d_name, n);
    if (S_ISREG(st.st_mode)) add_file(w, length + n);
    DIR *below = S_ISDIR(st.st_mode) ? open_next(w, dir, entry->d_name, depth + 1) : NULL;
    if (!below) continue;
    w->path[length + n] = '/';
    walk_folder(w, below, length + n + 1, depth + 1);
  }
  if (errno && !w->err) w->err = errno;
  closedir(dir);
}

ari_status ari_folder_files(ari_arena *arena, const char *path, bool deep, size_t limit, ari_str **names, size_t *n, bool *more, ari_findings *fs) {
  walking w = {.arena = arena, .limit = limit, .deep = deep};
  DIR *dir = open_folder(AT_FDCWD, path, 0);
  if (!dir) return ari_file_failed(fs, ARI_NOWHERE, path, errno);
  walk_folder(&w, dir, 0, 0);
  *names = w.err ? NULL : ari_arena_array(arena, w.n + 1, sizeof **names);
  *n = w.n;
  *more = w.more;
  if (!w.err && !*names) w.err = ENOMEM;
  if (!w.err && w.n) memcpy(*names, w.names, w.n * sizeof **names), qsort(*names, w.n, sizeof **names, by_bytes);
  ari_free(w.names);
  return w.err ? ari_file_failed(fs, ARI_NOWHERE, path, w.err) : ARI_OK;
}

/* ---- making ---- */

static int make_one(const char *path) {
  if (mkdir(path, 0777) == 0) return 0;
  int err = errno;
  /* A folder that is there already may answer EROFS or EACCES before EEXIST. */
  ari_path_kind what = ari_path_what(path);
  if (what == ARI_PATH_FOLDER) return 0;
  return what == ARI_PATH_NONE ? err : ENOTDIR;
}

ari_status ari_folder_make(const char *path, ari_findings *fs) {
  ari_arena arena = {0};
  char *copy = ari_str_cstring(&arena, ari_str_of(path));
  int err = copy ? 0 : ENOMEM;
  for (char *slash = copy; copy && !err && (slash = strchr(slash + 1, '/'));) {
    *slash = '\0';
    err = make_one(copy);
    *slash = '/';
  }
  if (!err && ari_path_what(path) != ARI_PATH_FOLDER) err = make_one(path);
  ari_arena_free(&arena);
  return err ? ari_file_failed(fs, ARI_NOWHERE, path, err) : ARI_OK;
}

/* ---- private folders ---- */

char *ari_folder_private(ari_arena *arena, const char *parent) {
  static const char tail[] = "/ari-XXXXXX";
  size_t n = strlen(parent);
  char *path = ari_arena_alloc(arena, n + sizeof tail);
  if (!path) return NULL;
  memcpy(path, parent, n);
  memcpy(path + n, tail, sizeof tail);
  return mkdtemp(path);
}

enum { LEVELS = 16 };        /* of folders: LibreOffice makes a handful */

static void empty_folder(DIR *dir, int levels) {
  const struct dirent *entry;
  while ((entry = readdir(dir))) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (unlinkat(dirfd(dir), entry->d_name, 0) == 0 || levels == 0) continue;
    DIR *below = open_folder(dirfd(dir), entry->d_name, O_NOFOLLOW);
    if (!below) continue;
    empty_folder(below, levels - 1);
    closedir(below);
    unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
  }
}

void ari_folder_remove(const char *path) {
  DIR *dir = open_folder(AT_FDCWD, path, O_NOFOLLOW);
  if (!dir) return;
  empty_folder(dir, LEVELS);
  closedir(dir);
  rmdir(path);
}

void ari_folder_remove_empty(const char *path) { (void)rmdir(path); }
