/* Reading: files within limits, and why the machine refused one. Nothing here waits on a pipe or a device. */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 18, MIB = 1 << 20 };

/* ---- what the machine says ---- */

static const struct { int error; ari_code code; } causes[] = {
  {ENOENT, ARI_F0002}, {EACCES, ARI_F0004}, {EPERM, ARI_F0004}, {ENOSPC, ARI_F0005}, {EDQUOT, ARI_F0005},
  {EROFS, ARI_F0006}, {EISDIR, ARI_F0007}, {ENOTDIR, ARI_F0008}, {ENAMETOOLONG, ARI_F0009}, {EMFILE, ARI_F0010},
  {ENFILE, ARI_F0010}, {EIO, ARI_F0011}, {ENXIO, ARI_F0012}, {ENODEV, ARI_F0012}, {EFBIG, ARI_F0013}, {ELOOP, ARI_F0016},
};

ari_status ari_file_failed(ari_findings *fs, ari_span at, const char *path, int err) {
  if (err == ENOMEM) return ARI_NOMEM;
  for (size_t i = 0; i < ARI_COUNT(causes); i++)
    if (causes[i].error == err) {
      ari_findings_add(fs, causes[i].code, at, &(ari_args){{ari_arg_c(path)}});
      return fs->failed ? ARI_NOMEM : ARI_MACHINE;
    }
  ari_findings_add(fs, ARI_F0014, at, &(ari_args){{ari_arg_c(path), ari_arg_int(err), ari_arg_c(strerror(err))}});
  return fs->failed ? ARI_NOMEM : ARI_MACHINE;
}

/* *meant: the entry of the same folder that was probably meant, with its folder; empty when there is none. */
static ari_status find_meant(ari_arena *arena, const char *path, ari_buf *meant) {
  const char *slash = strrchr(path, '/');
  ari_str folder = {path, slash ? (size_t)(slash - path) + 1 : 0}, *names;
  const char *where = folder.n ? ari_str_cstring(arena, folder) : ".";
  if (!where) return ARI_NOMEM;
  size_t n;
  ari_findings unheard = {0}; /* a folder that cannot be read has no suggestions */
  ari_status status = ari_folder_list(arena, where, &names, &n, &unheard);
  ari_findings_free(&unheard);
  int i = status == ARI_OK ? ari_str_nearest(ari_str_of(path + folder.n), names, n) : -1;
  if (i >= 0) {
    ari_buf_str(meant, folder);
    ari_buf_str(meant, names[i]);
  }
  return status == ARI_NOMEM || meant->failed ? ARI_NOMEM : ARI_OK;
}

/* A file to be read that could not be: when it is not there, with the name that was probably meant. */
static ari_status tell_unread(ari_findings *fs, ari_span at, const char *path, int err) {
  if (err != ENOENT) return ari_file_failed(fs, at, path, err);
  ari_arena arena = {0};
  ari_buf meant = {0};
  ari_status status = find_meant(&arena, path, &meant);
  if (status == ARI_OK && meant.n) {
    ari_findings_add(fs, ARI_F0003, at, &(ari_args){{ari_arg_c(path), ari_arg_text(ari_buf_view(&meant))}});
    status = fs->failed ? ARI_NOMEM : ARI_MACHINE;
  } else if (status == ARI_OK) status = ari_file_failed(fs, at, path, err);
  ari_buf_free(&meant);
  ari_arena_free(&arena);
  return status;
}

ari_path_kind ari_path_what(const char *path) {
  struct stat st;
  if (stat(path, &st) != 0) return ARI_PATH_NONE;
  return S_ISREG(st.st_mode) ? ARI_PATH_FILE : S_ISDIR(st.st_mode) ? ARI_PATH_FOLDER : ARI_PATH_OTHER;
}

char *ari_path_resolve(const char *path) {
  ari_arena arena = {0};
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *folder = ".";
  if (slash) folder = ari_str_cstring(&arena, (ari_str){path, slash == path ? 1 : (size_t)(slash - path)});
  char *real = folder ? realpath(folder, NULL) : NULL;
  int err = folder ? errno : ENOMEM;
  ari_arena_free(&arena);
  if (!real) {
    errno = err;
    return NULL;
  }
  ari_buf b = {0};
  ari_buf_text(&b, strcmp(real, "/") == 0 ? "" : real);
  ari_buf_char(&b, '/');
  ari_buf_text(&b, name);
  ari_buf_char(&b, '\0');
  free(real);
  if (!b.failed) return b.p;
  ari_buf_free(&b);
  errno = ENOMEM;
  return NULL;
}

/* ---- reading ---- */

/* Opens for reading without waiting for a writer of a pipe; only an ordinary file is fine. -1 with errno. */
static int open_regular(const char *path, size_t *size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) return -1;
  struct stat st;
  int err = 0;
  if (fstat(fd, &st) != 0) err = errno;
  else if (S_ISDIR(st.st_mode)) err = EISDIR;
  else if (!S_ISREG(st.st_mode)) err = ENODEV;
  if (!err) {
    *size = st.st_size > 0 ? (size_t)st.st_size : 0;
    return fd;
  }
  close(fd);
  errno = err;
  return -1;
}

static ssize_t read_again(int fd, char *to, size_t n) {
  ssize_t got;
  do got = read(fd, to, n);
  while (got < 0 && errno == EINTR);
  return got;
}

static void tell_too_large(ari_findings *fs, ari_span at, size_t limit) {
  ari_buf b = {0};
  if (limit % MIB == 0) ari_buf_printf(&b, "%zu MiB", limit / MIB);
  else ari_buf_printf(&b, "%zu byte", limit);
  ari_findings_add(fs, ARI_E0101, at, &(ari_args){{ari_arg_text(ari_buf_view(&b))}});
  if (b.failed) fs->failed = true;
  ari_buf_free(&b);
}

typedef struct ari_intake { char *bytes; size_t n, room; } ari_intake;

/* False: NUL among the `got` bytes that came last, told; n is then what is worth showing. UTF-16 is full of NULs but says at its start
 * what it is. */
static bool holds_no_nul(ari_findings *fs, ari_span at, ari_intake *in, size_t got) {
  const char *nul = memchr(in->bytes + in->n, '\0', got);
  if (!nul) return true;
  if (in->n + got >= 2 && (memcmp(in->bytes, "\xFF\xFE", 2) == 0 || memcmp(in->bytes, "\xFE\xFF", 2) == 0)) {
    ari_findings_add(fs, ARI_E0104, at, NULL);
    in->n = 0;
    return false;
  }
  in->n = (size_t)(nul - in->bytes) + 1;
  at = (ari_span){at.file, (uint32_t)in->n - 1, 1};
  ari_findings_add(fs, ARI_E0102, at, &(ari_args){{ari_arg_int((int64_t)in->n)}});
  return false;
}

/* Room for more: what fstat promised at once, then doubling, for a file may grow while it is read. One byte is kept for the NUL. */
static bool make_room(ari_intake *in, size_t promised) {
  if (in->room - in->n > 1) return true;
  size_t room = in->room ? in->room * 2 : promised + 2;
  char *bytes = ari_realloc(in->bytes, room);
  if (!bytes) return false;
  in->bytes = bytes;
  in->room = room;
  return true;
}

/* ARI_INPUT: a content error was told. A negative errno value cannot be confused with a status. */
static int read_all(int fd, ari_intake *in, size_t promised, size_t limit, bool no_nul, ari_span at, ari_findings *fs) {
  for (;;) {
    if (in->n > limit) return tell_too_large(fs, at, limit), in->n = 0, ARI_INPUT;
    if (!make_room(in, promised > limit ? 0 : promised)) return ARI_NOMEM;
    if (promised > limit) return tell_too_large(fs, at, limit), ARI_INPUT;
    size_t free_bytes = in->room - in->n - 1;
    ssize_t got = read_again(fd, in->bytes + in->n, free_bytes < CHUNK ? free_bytes : CHUNK);
    if (got < 0) return -errno;
    if (got == 0) return ARI_OK;
    if (no_nul && !holds_no_nul(fs, at, in, (size_t)got)) return ARI_INPUT;
    in->n += (size_t)got;
  }
}

static ari_status load_path(ari_source *s, const char *path, ari_span at, size_t limit, bool no_nul, ari_findings *fs) {
  size_t size = 0;
  int fd = open_regular(path, &size);
  if (fd < 0) return tell_unread(fs, at, path, errno);
  ari_intake in = {0};
  int result = read_all(fd, &in, size, limit, no_nul, at, fs);
  close(fd);
  if (result == ARI_OK) {
    ari_source_give(s, in.bytes, in.n);
    return ARI_OK;
  }
  if (result == ARI_INPUT) {
    in.bytes[in.n] = '\0';
    s->bytes = (ari_str){in.bytes, in.n};
    return ARI_OK;
  }
  ari_free(in.bytes);
  return result < 0 ? ari_file_failed(fs, at, path, -result) : ARI_NOMEM;
}

ari_status ari_source_load(ari_source *s, int32_t index, size_t limit, bool no_nul, ari_findings *fs) {
  if (limit > UINT32_MAX - 1) limit = UINT32_MAX - 1; /* a span's offsets */
  ari_arena arena = {0};
  const char *path = ari_str_cstring(&arena, s->name);
  ari_status status = path ? load_path(s, path, (ari_span){index, 0, 0}, limit, no_nul, fs) : ARI_NOMEM;
  ari_arena_free(&arena);
  return fs->failed ? ARI_NOMEM : status;
}

size_t ari_file_peek(const char *path, char *out, size_t n) {
  size_t size, got = 0;
  int fd = open_regular(path, &size);
  if (fd < 0) return 0;
  for (ssize_t more; got < n && (more = read_again(fd, out + got, n - got)) > 0;) got += (size_t)more;
  close(fd);
  return got;
}

ari_status ari_file_send(const char *path, ari_sink to, ari_findings *fs) {
  char bytes[CHUNK];
  size_t size;
  ssize_t got = 0;
  bool taken = true;
  int fd = open_regular(path, &size);
  int err = fd < 0 ? errno : 0;
  while (!err && taken && (got = read_again(fd, bytes, sizeof bytes)) > 0) taken = to.write(to.to, bytes, (size_t)got);
  if (!err && got < 0) err = errno;
  if (fd >= 0) close(fd);
  return err ? ari_file_failed(fs, ARI_NOWHERE, path, err) : taken ? ARI_OK : ARI_MACHINE;
}
