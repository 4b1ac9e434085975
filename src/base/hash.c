/* SHA-256 by libsodium, which needs no initialisation for it: of bytes, and of files that somebody's file names. */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void ari_sha256(const void *p, size_t n, char hex[65]) {
  unsigned char sum[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(sum, n ? p : (const void *)"", n);
  sodium_bin2hex(hex, 65, sum, sizeof sum);
}

/* ---- a file below a folder ---- */

enum { PART = 255, CHUNK = 1 << 16 };

/* Opens one part of a path beside `folder`. No link is followed; a pipe is not waited for. -1 with errno. */
static int open_part(int folder, ari_str part, bool last) {
  char name[PART + 1];
  if (part.n > PART) {
    errno = ENAMETOOLONG;
    return -1;
  }
  if (!part.n || ari_str_is(part, ".") || ari_str_is(part, "..") || memchr(part.p, '\0', part.n)) {
    errno = EINVAL;
    return -1;
  }
  memcpy(name, part.p, part.n);
  name[part.n] = '\0';
  return openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (last ? 0 : O_DIRECTORY));
}

/* Component by component, so that neither ".." nor a link leads out of the folder. -1 with errno. */
static int open_below(const char *folder, ari_str name) {
  int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
  for (size_t from = 0, to; at >= 0 && from <= name.n; from = to + 1) {
    for (to = from; to < name.n && name.p[to] != '/';) to++;
    int next = open_part(at, ari_str_sub(name, from, to), to == name.n);
    int err = errno;
    close(at);
    errno = err;
    at = next;
  }
  return at;
}

/* 0, or an errno value. */
static int hash_file(int fd, char hex[65]) {
  unsigned char chunk[CHUNK], sum[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_state state;
  struct stat st;
  if (fstat(fd, &st) != 0) return errno;
  if (!S_ISREG(st.st_mode)) return EINVAL;
  crypto_hash_sha256_init(&state);
  for (;;) {
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    crypto_hash_sha256_update(&state, chunk, (size_t)got);
  }
  crypto_hash_sha256_final(&state, sum);
  sodium_bin2hex(hex, 65, sum, sizeof sum);
  return 0;
}

bool ari_sha256_below(const char *folder, ari_str name, char hex[65]) {
  int fd = open_below(folder, name);
  if (fd < 0) return false;
  int err = hash_file(fd, hex);
  close(fd);
  return !err;
}
