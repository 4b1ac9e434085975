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
enum { FLAGS = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK };

/* A path is written with '/', and every part of it leads on. */
static bool is_below(ari_str name) {
  for (size_t from = 0, to; from <= name.n; from = to + 1) {
    for (to = from; to < name.n && name.p[to] != '/';) to++;
    ari_str part = ari_str_sub(name, from, to);
    if (!part.n || part.n > PART || ari_str_is(part, ".") || ari_str_is(part, "..") || memchr(part.p, '\0', part.n) || memchr(part.p, '\\', part.n)) return false;
  }
  return true;
}

/* Opens one part of a path beside `folder`. No link is followed; a pipe is not waited for. Some systems keep a name in NFD. -1 with errno. */
static int open_part(int folder, ari_str part, bool last) {
  char name[PART + 1], apart[4 * PART];
  struct stat st;
  int flags = FLAGS | (last ? 0 : O_DIRECTORY);
  memcpy(name, part.p, part.n);
  name[part.n] = '\0';
  int fd = openat(folder, name, flags);
  if (fd < 0 && errno == ENOENT && ari_utf8_nfd(part, apart, sizeof apart)) fd = openat(folder, apart, flags);
  if (fd < 0 && errno == ENOTDIR && fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode)) errno = ELOOP;
  return fd;
}

/* Component by component, so that no link leads out of the folder. -1 with errno. */
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

/* Takes the chunks of a file in order; false: no more of them. */
typedef bool taker(void *to, const unsigned char *bytes, size_t n);

static ari_below read_file(int fd, taker *take, void *to) {
  unsigned char chunk[CHUNK];
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return ARI_BELOW_REFUSED;
  for (;;) {
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) return ARI_BELOW_THERE;
    if (got < 0 || !take(to, chunk, (size_t)got)) return ARI_BELOW_REFUSED;
  }
}

static ari_below read_below(const char *folder, ari_str name, taker *take, void *to) {
  if (!is_below(name)) return ARI_BELOW_OUTSIDE;
  int fd = open_below(folder, name);
  if (fd < 0) return errno == ENOENT || errno == ENOTDIR ? ARI_BELOW_ABSENT : errno == ELOOP ? ARI_BELOW_LINK : ARI_BELOW_REFUSED;
  ari_below what = read_file(fd, take, to);
  close(fd);
  return what;
}

static bool hash_bytes(void *to, const unsigned char *bytes, size_t n) {
  crypto_hash_sha256_update(to, bytes, n);
  return true;
}

ari_below ari_hash_below(const char *folder, ari_str name, char hex[65]) {
  crypto_hash_sha256_state state;
  unsigned char sum[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_init(&state);
  ari_below what = read_below(folder, name, hash_bytes, &state);
  if (what != ARI_BELOW_THERE) return what;
  crypto_hash_sha256_final(&state, sum);
  sodium_bin2hex(hex, 65, sum, sizeof sum);
  return what;
}

typedef struct keeping { ari_buf *out; size_t limit; } keeping;

static bool keep_bytes(void *to, const unsigned char *bytes, size_t n) {
  keeping *k = to;
  if (n > k->limit) return false;
  k->limit -= n;
  ari_buf_put(k->out, (const char *)bytes, n);
  return !k->out->failed;
}

ari_below ari_bytes_below(const char *folder, ari_str name, size_t limit, ari_buf *out) {
  return read_below(folder, name, keep_bytes, &(keeping){out, limit});
}
