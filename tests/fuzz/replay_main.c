/* A plain main for any fuzz target: runs it on the files given, and on the files of the folders given. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes in a block of exactly their size, so that a sanitizer sees a read beyond the end. */
static int replay_file(const char *path) {
  FILE *f = fopen(path, "rb");
  long n = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
  uint8_t *bytes = n >= 0 ? malloc(n > 0 ? (size_t)n : 1) : NULL;
  int good = bytes && fseek(f, 0, SEEK_SET) == 0 && fread(bytes, 1, (size_t)n, f) == (size_t)n;
  if (good) LLVMFuzzerTestOneInput(bytes, (size_t)n);
  else fprintf(stderr, "%s: cannot be read\n", path);
  free(bytes);
  if (f) fclose(f);
  return good ? 0 : 1;
}

static int replay(const char *path, unsigned *count) {
  struct stat st;
  if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
    (*count)++;
    return replay_file(path);
  }
  DIR *d = opendir(path);
  int failed = !d;
  for (struct dirent *entry; d && (entry = readdir(d));) {
    char below[4096];
    if (entry->d_name[0] == '.') continue;
    snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
    failed |= replay(below, count);
  }
  if (d) closedir(d);
  return failed;
}

int main(int argc, char **argv) {
  unsigned count = 0;
  int failed = argc < 2;
  for (int i = 1; i < argc; i++) failed |= replay(argv[i], &count);
  printf("%u inputs\n", count);
  return failed || count == 0;
}
