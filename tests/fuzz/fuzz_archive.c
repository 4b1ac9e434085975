/* Any bytes as a zip archive: what is opened has names that stay inside a folder, each once, and unpacks to what it says of itself. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
  if (!holds) abort();
}

static void check_name(ari_str name) {
  size_t bad;
  must(name.n && ari_utf8_valid(name.p, name.n, &bad) && name.p[0] != '/' && name.p[name.n - 1] != '/' && !memchr(name.p, '\\', name.n) && !memchr(name.p, ':', name.n));
  for (size_t from = 0, to; from <= name.n; from = to + 1) {
    for (to = from; to < name.n && name.p[to] != '/';) to++;
    ari_str part = ari_str_sub(name, from, to);
    must(part.n && !ari_str_is(part, ".") && !ari_str_is(part, ".."));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const ari_archive_limits limits = {.entries = 100, .unpacked = 4 << 20, .ratio = 200};
  ari_findings fs = {0};
  ari_archive *a = NULL;
  ari_status status = ari_archive_open(&a, (ari_str){(const char *)data, size}, &limits, (ari_span){0, 0, 0}, &fs);
  must(status == ARI_OK ? a && fs.n == 0 : status == ARI_INPUT && !a && fs.errors == 1);
  uint64_t all = 0;
  for (size_t i = 0; a && i < ari_archive_count(a); i++) {
    ari_buf out = {0};
    size_t at;
    check_name(ari_archive_name(a, i));
    must(ari_archive_find(a, ari_archive_name(a, i), &at) && at == i);
    status = ari_archive_read(a, i, &out, &fs);
    must(status == ARI_OK ? out.n == ari_archive_size(a, i) : status == ARI_INPUT && out.n == 0);
    all += out.n;
    ari_buf_free(&out);
  }
  must(all <= limits.unpacked);
  ari_archive_close(a);
  ari_findings_free(&fs);
  return 0;
}
