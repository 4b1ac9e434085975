/* A zip archive, written part by part. Parts stand in it as they are: no version of a packer has a say in its bytes. No part has a date of its own, so the same
 * parts are the same bytes. */
#include "base.h"

#include <zlib.h>

enum { LOCAL_HEAD = 0x04034b50, CENTRAL_HEAD = 0x02014b50, END = 0x06054b50, VERSION = 20, UTF8_NAMES = 1 << 11, STORED = 0, MIDNIGHT = 0, FIRST_OF_1980 = 1 << 5 | 1 };

struct ari_zip {
  ari_out out;
  ari_buf directory;
  uint64_t parts, bytes;     /* bytes: written so far */
  bool too_large;
};

static void put16(ari_buf *b, uint32_t v) {
  ari_buf_char(b, (char)(v & 0xff));
  ari_buf_char(b, (char)(v >> 8 & 0xff));
}

static void put32(ari_buf *b, uint64_t v) {
  put16(b, (uint32_t)(v & 0xffff));
  put16(b, (uint32_t)(v >> 16 & 0xffff));
}

ari_zip *ari_zip_new(ari_sink to) {
  ari_zip *z = ari_calloc(1, sizeof *z);
  if (z) z->out.sink = to;
  return z;
}

/* What both heads of a part say of it. */
static void put_facts(ari_buf *b, ari_str name, uint32_t check, size_t size) {
  put16(b, VERSION);
  put16(b, UTF8_NAMES);
  put16(b, STORED);
  put16(b, MIDNIGHT);
  put16(b, FIRST_OF_1980);
  put32(b, check);
  put32(b, size);   /* packed */
  put32(b, size);
  put16(b, (uint32_t)name.n);
  put16(b, 0);      /* nothing further */
}

void ari_zip_store(ari_zip *z, ari_str name, ari_str bytes) {
  enum { HEAD_BYTES = 30, ROOM = 1 << 20 };
  if (z->bytes + bytes.n > UINT32_MAX - ROOM || z->parts >= UINT16_MAX) z->too_large = true;
  if (z->too_large) return;
  uint32_t check = (uint32_t)crc32_z(0, (const unsigned char *)bytes.p, bytes.n);
  ari_buf *d = &z->directory, *b = &z->out.buf;
  put32(d, CENTRAL_HEAD);
  put16(d, VERSION);
  put_facts(d, name, check, bytes.n);
  put16(d, 0);   /* no comment */
  put16(d, 0);   /* on this disk */
  put16(d, 0);
  put32(d, 0);
  put32(d, z->bytes);
  ari_buf_str(d, name);
  put32(b, LOCAL_HEAD);
  put_facts(b, name, check, bytes.n);
  ari_buf_str(b, name);
  z->bytes += HEAD_BYTES + name.n + bytes.n;
  z->parts++;
  ari_out_put(&z->out, bytes);
}

ari_status ari_zip_close(ari_zip *z) {
  size_t directory = z->directory.n;
  bool no_memory = z->directory.failed, too_large = z->too_large;
  ari_buf *b = &z->out.buf;
  ari_buf_str(b, ari_buf_view(&z->directory));
  put32(b, END);
  put32(b, 0);   /* one disk */
  put16(b, (uint32_t)z->parts);
  put16(b, (uint32_t)z->parts);
  put32(b, directory);
  put32(b, z->bytes);
  put16(b, 0);   /* no comment */
  ari_status status = ari_out_close(&z->out);
  ari_buf_free(&z->directory);
  ari_free(z);
  return no_memory ? ARI_NOMEM : too_large && status == ARI_OK ? ARI_MACHINE : status;
}
