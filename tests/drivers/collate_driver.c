/* For tests/collate.t: of each line of standard input its key of Vietnamese order, in hex. */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

int main(void) {
  static char line[1 << 16];
  while (fgets(line, sizeof line, stdin)) {
    ari_buf key = {0};
    line[strcspn(line, "\n")] = '\0';
    ari_buf_collation(&key, ari_str_of(line));
    if (key.failed) return 3;
    for (size_t i = 0; i < key.n; i++) printf("%02x", (unsigned)(unsigned char)key.p[i]);
    putchar('\n');
    ari_buf_free(&key);
  }
  return 0;
}
