/* Put in front of libc by LD_PRELOAD: the process is killed, as kill -9 does it, within the $KILL_WRITE-th step of writing a file: half of what it wanted to write is there. */
#include <dlfcn.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

static bool is_last(void) {
  static long count;
  const char *at = getenv("KILL_WRITE");
  return at && ++count == strtol(at, NULL, 10);
}

ssize_t pwrite64(int file, const void *bytes, size_t n, off64_t offset) {
  ssize_t (*real)(int, const void *, size_t, off64_t);
  *(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
  bool last = is_last();
  ssize_t written = real(file, bytes, last ? n / 2 : n, offset);
  if (last) raise(SIGKILL);
  return written;
}

int fdatasync(int file) {
  int (*real)(int);
  *(void **)&real = dlsym(RTLD_NEXT, "fdatasync");
  if (is_last()) raise(SIGKILL);
  return real(file);
}

int unlink(const char *path) {
  int (*real)(const char *);
  *(void **)&real = dlsym(RTLD_NEXT, "unlink");
  if (is_last()) raise(SIGKILL);
  return real(path);
}
