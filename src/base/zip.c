/* A zip archive, written part by part: each is deflated in memory, so that its head can say how long it is, and nothing has to be written twice. No part has
 * a date of its own: the same parts are the same bytes. */
#include "base.h"

#include <zlib.h>

enum { CHUNK = 1 << 15, LOCAL_HEAD = 0x04034b50, CENTRAL_HEAD = 0x02014b50, END = 0x06054b50, VERSION = 20, UTF8_NAMES = 1 << 11, STORED = 0, DEFLATED = 8, MIDNIGHT = 0,
       FIRST_OF_1980 = 1 << 5 | 1 };

struct ari_zip {
  ari_out out;
  z_stream stream;
  uint32_t check;            /* CRC-32 of the part so far */
  ari_buf name, packed, directory;
  uint64_t parts, bytes, unpacked;   /* bytes: written so far */
  bool failed, no_memory, too_large;
};

static void *zip_alloc(void *unused, unsigned items, unsigned size) {
  (void)unused;
  return ari_calloc(items, size);
}

static void zip_free(void *unused, void *p) {
  (void)unused;
  ari_free(p);
}

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
  if (!z) return NULL;
  z->out.sink = to;
  z->stream.zalloc = zip_alloc;
  z->stream.zfree = zip_free;
  /* negative: deflate alone, without zlib's own head */
  if (deflateInit2(&z->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK) return z;
  ari_free(z);
  return NULL;
}

void ari_zip_begin(ari_zip *z, const char *name) {
  ari_buf_clear(&z->name);
  ari_buf_text(&z->name, name);
  ari_buf_clear(&z->packed);
  z->check = (uint32_t)crc32(0, NULL, 0);
  z->unpacked = 0;
  if (deflateReset(&z->stream) != Z_OK) z->failed = true;
}

static void deflate_bytes(ari_zip *z, ari_str bytes, int flush) {
  unsigned char packed[CHUNK];
  z->stream.next_in = (unsigned char *)(uintptr_t)bytes.p;   /* zlib only reads it */
  z->stream.avail_in = (unsigned)bytes.n;
  do {
    z->stream.next_out = packed;
    z->stream.avail_out = CHUNK;
    if (deflate(&z->stream, flush) == Z_STREAM_ERROR) z->failed = true;
    ari_buf_put(&z->packed, (const char *)packed, CHUNK - z->stream.avail_out);
  } while (z->stream.avail_out == 0 && !z->packed.failed && !z->failed);
}

void ari_zip_put(ari_zip *z, ari_str bytes) {
  while (bytes.n > 0 && !z->failed) {
    ari_str part = ari_str_sub(bytes, 0, 1 << 20);
    z->check = (uint32_t)crc32(z->check, (const unsigned char *)part.p, (unsigned)part.n);
    z->unpacked += part.n;
    deflate_bytes(z, part, Z_NO_FLUSH);
    bytes = ari_str_sub(bytes, part.n, bytes.n);
  }
}

/* What both heads of a part say of it. */
static void put_facts(ari_zip *z, ari_buf *b, uint32_t method, size_t packed) {
  put16(b, VERSION);
  put16(b, UTF8_NAMES);
  put16(b, method);
  put16(b, MIDNIGHT);
  put16(b, FIRST_OF_1980);
  put32(b, z->check);
  put32(b, packed);
  put32(b, z->unpacked);
  put16(b, (uint32_t)z->name.n);
  put16(b, 0);   /* nothing further */
}

/* A part with its heads; `bytes` are what stands in the file of it. */
static void put_part(ari_zip *z, uint32_t method, ari_str bytes) {
  if (z->unpacked > UINT32_MAX || z->bytes + bytes.n > UINT32_MAX - (1 << 20)) z->failed = z->too_large = true;
  if (z->name.failed || z->packed.failed) z->failed = z->no_memory = true;
  if (z->failed) return;
  ari_buf *d = &z->directory, *b = &z->out.buf;
  put32(d, CENTRAL_HEAD);
  put16(d, VERSION);
  put_facts(z, d, method, bytes.n);
  put16(d, 0);   /* no comment */
  put16(d, 0);   /* on this disk */
  put16(d, 0);
  put32(d, 0);
  put32(d, z->bytes);
  ari_buf_str(d, ari_buf_view(&z->name));
  put32(b, LOCAL_HEAD);
  put_facts(z, b, method, bytes.n);
  ari_buf_str(b, ari_buf_view(&z->name));
  enum { HEAD_BYTES = 30 };
  z->bytes += HEAD_BYTES + z->name.n + bytes.n;
  z->parts++;
  ari_out_put(&z->out, bytes);
  if (z->out.failed) z->failed = true;
}

void ari_zip_end(ari_zip *z) {
  deflate_bytes(z, (ari_str){"", 0}, Z_FINISH);
  put_part(z, DEFLATED, ari_buf_view(&z->packed));
}

void ari_zip_store(ari_zip *z, ari_str name, ari_str bytes) {
  ari_buf_clear(&z->name);
  ari_buf_str(&z->name, name);
  z->check = (uint32_t)crc32_z(0, (const unsigned char *)bytes.p, bytes.n);
  z->unpacked = bytes.n;
  put_part(z, STORED, bytes);
}

bool ari_zip_too_large(const ari_zip *z) { return z->too_large; }
bool ari_zip_failed(const ari_zip *z) { return z->failed; }

ari_status ari_zip_close(ari_zip *z) {
  size_t directory = z->directory.n;
  if (z->directory.failed) z->failed = z->no_memory = true;
  if (!z->failed) {
    ari_buf *b = &z->out.buf;
    ari_buf_str(b, ari_buf_view(&z->directory));
    put32(b, END);
    put32(b, 0);   /* one disk */
    put16(b, (uint32_t)z->parts);
    put16(b, (uint32_t)z->parts);
    put32(b, directory);
    put32(b, z->bytes);
    put16(b, 0);   /* no comment */
  }
  ari_status status = ari_out_close(&z->out);
  if (status == ARI_OK && z->failed) status = z->no_memory ? ARI_NOMEM : ARI_MACHINE;
  deflateEnd(&z->stream);
  ari_buf_free(&z->name);
  ari_buf_free(&z->packed);
  ari_buf_free(&z->directory);
  ari_free(z);
  return status;
}
