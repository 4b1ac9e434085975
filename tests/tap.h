/* A few lines of TAP for the unit tests: ok, is, done. A test program that dies or says fewer results than it planned fails under prove. */
#ifndef TAP_H
#define TAP_H
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failures;

static inline int tap_ok(int good, const char *name, const char *file, int line) {
  tap_count++;
  if (!good) tap_failures++;
  printf("%sok %d - %s\n", good ? "" : "not ", tap_count, name);
  if (!good) printf("# failed at %s:%d\n", file, line);
  fflush(stdout);
  return good;
}

static inline int tap_is(const char *got, const char *want, const char *name, const char *file, int line) {
  int good = got && want ? strcmp(got, want) == 0 : got == want;
  if (!tap_ok(good, name, file, line)) printf("# got  <%s>\n# want <%s>\n", got ? got : "NULL", want ? want : "NULL");
  return good;
}

#define ok(condition, name) tap_ok(!!(condition), name, __FILE__, __LINE__)
#define is(got, want, name) tap_is(got, want, name, __FILE__, __LINE__)

/* The last statement of main. */
static inline int done(void) {
  printf("1..%d\n", tap_count);
  return tap_failures != 0;
}
#endif
