/* Put in front of libc by LD_PRELOAD: fails the allocation number $FAIL_AT (1 is the first; 0: none) and, when the program ends, writes into $FAIL_REPORT how many
 * allocations there were and how many blocks were never freed. Every library of the process is covered, GMP, libyaml and SQLite too.
 *
 * With $FAIL_FROM the process stops at that allocation and takes orders, so that failing each allocation in turn need not do over and over what comes before it. Through the
 * socket ORDERS it says at which allocation it stands, below nought when it may not be copied any more; then it reads numbers: N > 0 makes a copy of the process whose N-th
 * allocation fails, lets it run to its end, and says how it ended (as wait does); 0 goes on to the next allocation and stops again. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/single_threaded.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is written need not outlive the machine here: waiting for the disk thousands of times would only take long. */
int fsync(int fd) { (void)fd; return 0; }
int fdatasync(int fd) { (void)fd; return 0; }

static void *(*real_malloc)(size_t), *(*real_calloc)(size_t, size_t), *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
static long fail_at, stop_at, count, live;
static char early[4096];   /* dlsym itself asks for memory before the real functions are known */
static size_t early_used;

static void *symbol(const char *name) { return dlsym(RTLD_NEXT, name); }

static void find_real(void) {
  if (real_malloc) return;
  *(void **)&real_calloc = symbol("calloc");
  *(void **)&real_realloc = symbol("realloc");
  *(void **)&real_free = symbol("free");
  *(void **)&real_malloc = symbol("malloc");
  const char *at = getenv("FAIL_AT");
  fail_at = at ? strtol(at, NULL, 10) : 0;
  const char *from = getenv("FAIL_FROM");
  stop_at = from ? strtol(from, NULL, 10) : 0;
}

static int is_early(const void *p) { return (const char *)p >= early && (const char *)p < early + sizeof early; }

/* ---- orders ---- */

enum { ORDERS = 198, FILES = 64, SECONDS = 60 };

/* A copy has neither our threads nor our children, and what it writes into a file would be written into ours. */
static int may_be_copied(void) {
  siginfo_t info;
  if (!__libc_single_threaded || waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0) return 0;
  for (int file = 3; file < FILES; file++) {
    int flags = fcntl(file, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) return 0;
  }
  return 1;
}

static int say(long n) { return write(ORDERS, &n, sizeof n) == sizeof n; }

/* 0 in the copy. */
static pid_t start_copy(long at) {
  pid_t pid = fork();
  if (pid != 0) return pid;
  close(ORDERS);
  fail_at = at;
  stop_at = 0;
  alarm(SECONDS);
  return 0;
}

/* The copies share our open files: where we stood in each of them is put back, and what they printed is taken off, when the next order comes. */
static void take_orders(void) {
  off_t place[FILES];
  for (int file = 0; file < FILES; file++) place[file] = lseek(file, 0, SEEK_CUR);
  alarm(0);
  if (!say(may_be_copied() ? count : -count)) return; /* a process that the program started */
  for (long order;;) {
    if (read(ORDERS, &order, sizeof order) != sizeof order) _exit(126);
    for (int file = 0; file < FILES; file++)
      if (place[file] >= 0) lseek(file, place[file], SEEK_SET);
    if (ftruncate(1, place[1]) != 0 || ftruncate(2, place[2]) != 0) _exit(126);
    if (order == 0) break;
    pid_t pid = start_copy(order);
    if (pid == 0) return;
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !say(status)) _exit(126);
  }
  stop_at++;
  alarm(SECONDS);
}

static int fails(void) {
  int before = errno;
  if (++count == stop_at) take_orders();
  errno = before;
  if (count != fail_at) return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t n) {
  find_real();
  if (fails()) return NULL;
  void *p = real_malloc(n);
  if (p) live++;
  return p;
}

void *calloc(size_t n, size_t size) {
  if (!real_malloc) {
    static int inside;
    if (inside) {
      void *p = early + early_used;
      early_used += (n * size + 15) & ~(size_t)15;
      return early_used <= sizeof early ? p : NULL;
    }
    inside = 1;
    find_real();
    inside = 0;
  }
  if (fails()) return NULL;
  void *p = real_calloc(n, size);
  if (p) live++;
  return p;
}

void *realloc(void *old, size_t n) {
  find_real();
  if (fails()) return NULL;
  void *p = real_realloc(old, n);
  if (p && !old) live++;
  return p;
}

void free(void *p) {
  if (!p || is_early(p)) return;
  find_real();
  live--;
  real_free(p);
}

__attribute__((destructor)) static void report(void) {
  const char *path = getenv("FAIL_REPORT");
  long allocations = count, left = live;
  fail_at = stop_at = 0;
  FILE *f = path ? fopen(path, "w") : NULL;
  if (!f) return;
  fprintf(f, "%ld %ld\n", allocations, left);
  fclose(f);
}
