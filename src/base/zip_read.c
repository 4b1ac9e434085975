/* Zip archives read through: every part to its end, its CRC held against its bytes. */
#include "base.h"

#include <zip.h>

enum { CHUNK = 1 << 16 };

static ari_status status_of(zip_error_t *e) { return zip_error_code_zip(e) == ZIP_ER_MEMORY ? ARI_NOMEM : ARI_MACHINE; }

/* The last reading also compares the CRC. */
static ari_status read_part(zip_t *z, zip_uint64_t i, const ari_zip_reader *reader) {
  char bytes[CHUNK];
  const char *name = zip_get_name(z, i, 0);
  zip_file_t *part = name ? zip_fopen_index(z, i, 0) : NULL;
  if (!part) return status_of(zip_get_error(z));
  zip_int64_t got;
  bool fine = true;
  while (fine && (got = zip_fread(part, bytes, sizeof bytes)) > 0) fine = reader->piece(reader->to, name, bytes, (size_t)got);
  ari_status status = !fine ? ARI_MACHINE : got < 0 ? status_of(zip_file_get_error(part)) : ARI_OK;
  zip_fclose(part);
  if (status == ARI_OK && !reader->piece(reader->to, name, NULL, 0)) status = ARI_MACHINE;
  return status;
}

ari_status ari_zip_read(const char *path, const ari_zip_reader *reader) {
  int code = 0;
  zip_t *z = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
  if (!z) return code == ZIP_ER_MEMORY ? ARI_NOMEM : ARI_MACHINE;
  ari_status status = ARI_OK;
  zip_int64_t n = zip_get_num_entries(z, 0);
  for (zip_int64_t i = 0; i < n && status == ARI_OK; i++) status = read_part(z, (zip_uint64_t)i, reader);
  zip_discard(z);
  return status;
}
