/* Any bytes as the manifest of a package: a package whose manifest is taken holds the files that it names, each once, with its size and hash. The same bytes as
 * a key and as a signature: whatever they are, nothing verifies. */
#include "score/inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
  if (!holds) abort();
}

static bool collect(void *to, const char *bytes, size_t n) {
  ari_buf_put(to, bytes, n);
  return true;
}

static void archive(ari_buf *out, ari_str manifest) {
  ari_zip *z = ari_zip_new((ari_sink){collect, out});
  must(z != NULL);
  ari_zip_store(z, ARI_STR("evidence/a.yaml"), ARI_STR("ari: evidence/1\n"));
  ari_zip_store(z, ARI_STR("evidence/b.pdf"), ARI_STR(""));
  ari_zip_store(z, ARI_STR(ARI_MANIFEST), manifest);
  must(ari_zip_close(z) == ARI_OK);
  ari_buf_char(out, '\0');
}

static ari_status check_file(void *to, const ari_package *p, const ari_packed *file, ari_buf *bytes) {
  char hex[65];
  (void)p;
  ari_sha256(bytes->p, bytes->n, hex);
  must(file->bytes == bytes->n && strcmp(hex, file->sha256) == 0);
  ++*(size_t *)to;
  return ARI_OK;
}

static void check_signing(ari_str text) {
  static const ari_public_key nobody = {.id = "nobody"};
  ari_public_key key;
  ari_secret_key secret;
  unsigned char id[8];
  ari_str comment;
  if (ari_public_key_read(text, &key) == ARI_SIGN_OK) must(ari_signature_check(text, &key, text, id, &comment) == ARI_SIGN_FORM);
  if (ari_secret_key_read(text, (ari_str){0}, &secret) == ARI_SIGN_OK) ari_secret_key_forget(&secret);
  must(ari_signature_check(text, &nobody, text, id, &comment) != ARI_SIGN_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 1 << 16) return 0;
  ari_str text = {(const char *)data, size};
  ari_buf zip = {0};
  ari_package *p = NULL;
  size_t files = 0;
  archive(&zip, text);
  ari_work *work = ari_work_new(&(ari_options){.lang = ARI_EN});
  must(work && !zip.failed);
  int32_t source = ari_sources_add(&work->sources, ARI_STR("/nowhere/a.zip"));
  must(source == 0);
  ari_source_give(&work->sources.items[source], zip.p, zip.n - 1);
  ari_status status = ari_package_read(work, source, &(ari_package_reader){check_file, &files}, &p);
  must(status == ARI_OK ? files == 2 && p->n == 2 && work->findings.errors == 0 : status == ARI_INPUT && work->findings.errors > 0);
  ari_buf said = {0};
  must(ari_write_findings(work, ARI_DIAG_TEXT, false, (ari_sink){collect, &said}) == ARI_OK);
  ari_buf_free(&said);
  ari_work_free(work);
  check_signing(text);
  return 0;
}
