/* Put in front of libc by LD_PRELOAD: from the $FULL_AT-th step of writing a file on the disk is full, so no file grows any more; what it has may still be overwritten. With $SYNC_AT the
 * $SYNC_AT-th wait for the disk reports an error. */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Counts; gives whether the count has come to what the variable says. */
static bool has_come_to(const char *variable, long *count) {
  const char *at = getenv(variable);
  return at && ++*count >= strtol(at, NULL, 10);
}

static bool no_room(int file, off64_t end) {
  static long count;
  struct stat st;
  if (fstat(file, &st) != 0 || !S_ISREG(st.st_mode) || !has_come_to("FULL_AT", &count) || end <= st.st_size) return false;
  errno = ENOSPC;
  return true;
}

ssize_t pwrite64(int file, const void *bytes, size_t n, off64_t offset) {
  ssize_t (*real)(int, const void *, size_t, off64_t);
  *(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
  return no_room(file, offset + (off64_t)n) ? -1 : real(file, bytes, n, offset);
}

ssize_t write(int file, const void *bytes, size_t n) {
  ssize_t (*real)(int, const void *, size_t);
  *(void **)&real = dlsym(RTLD_NEXT, "write");
  return no_room(file, lseek(file, 0, SEEK_CUR) + (off64_t)n) ? -1 : real(file, bytes, n);
}

int fdatasync(int file) {
  static long count;
  int (*real)(int);
  *(void **)&real = dlsym(RTLD_NEXT, "fdatasync");
  if (!has_come_to("SYNC_AT", &count)) return real(file);
  errno = EIO;
  return -1;
}
