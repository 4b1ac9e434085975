/* Writing: a buffer before any sink, and files that appear whole or not at all. */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a buffer before a sink ---- */

enum { FULL = 1 << 16 };

static void flush_out(ari_out *o) {
  if (o->buf.failed) o->failed = o->no_memory = true;
  if (!o->failed && o->buf.n && !o->sink.write(o->sink.to, o->buf.p, o->buf.n)) o->failed = true;
  ari_buf_clear(&o->buf);
}

void ari_out_flush_if_full(ari_out *o) {
  if (o->buf.n >= FULL || o->buf.failed) flush_out(o);
}

void ari_out_put(ari_out *o, ari_str s) {
  if (o->failed) return;
  ari_buf_str(&o->buf, s);
  ari_out_flush_if_full(o);
}

void ari_out_text(ari_out *o, const char *c_string) { ari_out_put(o, ari_str_of(c_string)); }

ari_status ari_out_close(ari_out *o) {
  flush_out(o);
  ari_buf_free(&o->buf);
  return o->no_memory ? ARI_NOMEM : o->failed ? ARI_MACHINE : ARI_OK;
}

/* ---- whole files ---- */

static char *copy_path(const char *path) {
  size_t n = strlen(path) + 1;
  char *copy = ari_malloc(n);
  if (copy) memcpy(copy, path, n);
  return copy;
}

/* FOLDER/.NAME.PROCESS-TRY: hidden, beside the target so that rename stays on one disk. NULL: out of memory. */
static char *temp_name(const char *path, int try) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  ari_buf b = {0};
  ari_buf_put(&b, path, (size_t)(name - path));
  ari_buf_char(&b, '.');
  ari_buf_str(&b, ari_str_sub(ari_str_of(name), 0, 200)); /* a name has 255 bytes at most */
  ari_buf_printf(&b, ".%ld-%d", (long)getpid(), try);
  ari_buf_char(&b, '\0');
  if (!b.failed) return b.p;
  ari_buf_free(&b);
  return NULL;
}

/* O_EXCL neither follows a link nor opens what is there; mode 0666 leaves the rest to the caller's umask, which mkstemp would not.
 * An errno value, or 0. */
static int open_temp(ari_newfile *f) {
  for (int try = 0; try < 1000; try++) {
    f->temp = temp_name(f->path, try);
    if (!f->temp) return ENOMEM;
    f->fd = open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
    if (f->fd >= 0) return 0;
    int err = errno;
    ari_free(f->temp);
    f->temp = NULL;
    if (err != EEXIST) return err;
  }
  return EEXIST;
}

static void forget(ari_newfile *f) {
  ari_free(f->temp);
  ari_free(f->path);
  *f = (ari_newfile){.fd = -1};
}

ari_status ari_newfile_open(ari_newfile *f, const char *path, ari_findings *fs) {
  *f = (ari_newfile){.fd = -1, .path = copy_path(path)};
  ari_path_kind what = ari_path_what(path);
  int err = 0;
  if (!f->path) err = ENOMEM;
  else if (what == ARI_PATH_FOLDER) err = EISDIR;
  else if (what == ARI_PATH_OTHER) {
    f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe without a reader: ENXIO instead of waiting */
    if (f->fd < 0) err = errno;
    else fcntl(f->fd, F_SETFL, 0);
  } else err = open_temp(f);
  if (!err) return ARI_OK;
  forget(f);
  return ari_file_failed(fs, ARI_NOWHERE, path, err);
}

static bool write_newfile(void *to, const char *bytes, size_t n) {
  ari_newfile *f = to;
  while (n > 0 && !f->error) {
    ssize_t put = write(f->fd, bytes, n);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) f->error = errno;
    else if (put == 0) f->error = EIO;
    else bytes += put, n -= (size_t)put;
  }
  return !f->error;
}

void ari_newfile_private(ari_newfile *f) {
  if (fchmod(f->fd, 0600) != 0 && !f->error) f->error = errno;
}

ari_sink ari_newfile_sink(ari_newfile *f) { return (ari_sink){write_newfile, f}; }

/* The folder that `path` stands in, to be synced; -1: it may be written but not read, then nothing more is possible. An errno value. */
static int open_folder_of(const char *path, int *fd) {
  ari_arena arena = {0};
  const char *slash = strrchr(path, '/'), *folder = ".";
  if (slash) folder = ari_str_cstring(&arena, (ari_str){path, slash == path ? 1 : (size_t)(slash - path)});
  *fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  int err = !folder ? ENOMEM : *fd < 0 && errno != EACCES ? errno : 0;
  ari_arena_free(&arena);
  return err;
}

/* Renames, and syncs the folder so that the name survives a power cut (some file systems cannot: EINVAL). All that may fail for want of
 * memory or descriptors comes before the rename, so that a failure leaves the old file. An errno value. */
static int rename_synced(const char *from, const char *to) {
  int folder;
  int err = open_folder_of(to, &folder);
  if (!err && rename(from, to) != 0) err = errno;
  else if (!err && folder >= 0 && fsync(folder) != 0 && errno != EINVAL) err = errno;
  if (folder >= 0) close(folder);
  return err;
}

/* The mode of the file that will be replaced, where there is one. */
static void keep_mode(const ari_newfile *f) {
  struct stat st;
  if (stat(f->path, &st) == 0 && S_ISREG(st.st_mode)) (void)!fchmod(f->fd, st.st_mode & 0777);
}

ari_status ari_newfile_close(ari_newfile *f, bool keep, ari_findings *fs) {
  if (f->fd < 0) return ARI_OK;
  int err = f->error;
  if (keep && !err && f->temp) {
    keep_mode(f);
    if (fsync(f->fd) != 0) err = errno;
  }
  if (close(f->fd) != 0 && !err && errno != EINTR) err = errno; /* a network disk may only now say that it is full */
  if (keep && !err && f->temp) err = rename_synced(f->temp, f->path);
  if (f->temp && (!keep || err)) unlink(f->temp);
  ari_status status = err ? ari_file_failed(fs, ARI_NOWHERE, f->path, err) : ARI_OK;
  forget(f);
  return status;
}

ari_status ari_newfile_write(const char *path, ari_str bytes, ari_findings *fs) {
  ari_newfile f;
  ari_status status = ari_newfile_open(&f, path, fs);
  if (status != ARI_OK) return status;
  ari_sink to = ari_newfile_sink(&f);
  to.write(to.to, bytes.p, bytes.n);
  return ari_newfile_close(&f, true, fs);
}

ari_status ari_file_move(const char *from, const char *to, ari_findings *fs) {
  int err = rename_synced(from, to);
  return err ? ari_file_failed(fs, ARI_NOWHERE, to, err) : ARI_OK;
}

void ari_file_remove(const char *path) { (void)!unlink(path); }
