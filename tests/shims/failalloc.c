/* Put in front of libc by LD_PRELOAD: fails the allocation number $FAIL_AT (1 is the first; 0: none) and, when the program ends, writes into $FAIL_REPORT how many
 * allocations there were and how many blocks were never freed. Every library of the process is covered, GMP, libyaml and SQLite too. */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is written need not outlive the machine here: waiting for the disk thousands of times would only take long. */
int fsync(int fd) { (void)fd; return 0; }
int fdatasync(int fd) { (void)fd; return 0; }

static void *(*real_malloc)(size_t), *(*real_calloc)(size_t, size_t), *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
static long fail_at, count, live;
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
}

static int is_early(const void *p) { return (const char *)p >= early && (const char *)p < early + sizeof early; }

static int fails(void) {
  if (++count != fail_at) return 0;
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
  fail_at = 0;
  FILE *f = path ? fopen(path, "w") : NULL;
  if (!f) return;
  fprintf(f, "%ld %ld\n", allocations, left);
  fclose(f);
}
