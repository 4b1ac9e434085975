/* Put in front of libc by LD_PRELOAD: the $BAD_AT-th entry of a folder that is asked for cannot be read, as of a damaged disk. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

struct dirent *readdir(DIR *dir) {
  static long count;
  struct dirent *(*real)(DIR *);
  *(void **)&real = dlsym(RTLD_NEXT, "readdir");
  const char *at = getenv("BAD_AT");
  if (!at || ++count != strtol(at, NULL, 10)) return real(dir);
  errno = EIO;
  return NULL;
}
