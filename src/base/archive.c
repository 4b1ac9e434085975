/* Reading a zip archive from memory, as a hostile sender may have made it: workbooks and packages. Its directory is looked at once, whole and in linear
 * time, and everything that could lead out of a folder, fill a disk or mean two things is refused before a byte is unpacked. libzip reads our own files
 * only: names whose hashes collide, or many endings behind one another, keep it busy for minutes on a file of 4 MB. */
#include "base.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum {
  LOCAL_HEAD = 0x04034b50, LOCAL_BYTES = 30,
  CENTRAL_HEAD = 0x02014b50, CENTRAL_BYTES = 46,
  END = 0x06054b50, END_BYTES = 22,
  LONGEST_COMMENT = 0xFFFF, BEYOND_16 = 0xFFFF,
  ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13, SIZES_BEHIND = 1 << 3, NAME_IN_UNICODE = 0x7075, STORED = 0, DEFLATED = 8,
  FILE_KIND = 0170000, ORDINARY_FILE = 0100000, FOLDER = 0040000, LINK = 0120000, /* the upper half of the attributes, as Unix has them */
  LONGEST_NAME = 1000, LONGEST_PART = 255 /* bytes, that any disk takes */, DEEPEST_NAME = 16,
  MIB = 1 << 20, SMALL = MIB, /* bytes: below, no ratio is a danger */
  IS_FOLDER = 0, IS_FILE = 1
};

typedef struct entry { ari_str name; uint64_t size, packed; uint32_t check, start; uint16_t method, flags; } entry;
typedef struct extent { uint64_t from, to; bool sizes_behind; } extent;   /* what an entry takes up of the file */

struct ari_archive {
  ari_str bytes;
  ari_archive_limits limits;
  ari_span at;
  ari_findings *fs;          /* only while it is opened */
  ari_arena arena;
  entry *entries;
  size_t n;
  extent *extents;           /* of all entries, those of folders too */
  size_t n_extents;
  uint64_t packed, unpacked; /* of all entries */
};

static uint32_t get16(const char *p) { return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8; }
static uint32_t get32(const char *p) { return get16(p) | get16(p + 2) << 16; }

bool ari_archive_is(ari_str bytes) { return bytes.n >= 4 && (get32(bytes.p) == LOCAL_HEAD || get32(bytes.p) == END); }

static ari_status refuse(const ari_archive *a, ari_code code, ari_str name, ari_arg limit) {
  ari_findings_add(a->fs, code, a->at, &(ari_args){{ari_arg_text(name), limit}});
  return a->fs->failed ? ARI_NOMEM : ARI_INPUT;
}

static ari_status refuse_damaged(const ari_archive *a) { return refuse(a, ARI_E0950, (ari_str){"", 0}, (ari_arg){0}); }

/* ---- names ------------------------------------------------------------------------------------------------------------- */

/* A name that Windows has for a device, whatever stands behind a dot: CON, nul.pdf, COM1. */
static bool is_device(ari_str part) {
  static const char *const names[] = {"con", "prn", "aux", "nul", "com", "lpt"};
  size_t n = 0;
  while (n < part.n && part.p[n] != '.') n++;
  for (size_t i = 0; i < ARI_COUNT(names); i++) {
    bool numbered = i >= 4;
    if (n == (numbered ? 4u : 3u) && strncasecmp(part.p, names[i], 3) == 0 && (!numbered || (part.p[3] >= '1' && part.p[3] <= '9'))) return true;
  }
  return false;
}

/* What a part of a path may mean elsewhere: a colon is a drive or a second stream of Windows, which drops a dot or a space at the end and writes no name with
 * the other signs. */
static ari_word part_fault(ari_str part) {
  if (part.n == 0) return ARI_WORD_pack_name_empty;
  if (part.n > LONGEST_PART) return ARI_WORD_pack_name_long;
  if (part.p[part.n - 1] == '.' || part.p[part.n - 1] == ' ') return ARI_WORD_pack_name_end;
  for (size_t i = 0, len; i < part.n; i += len) {
    uint32_t c = ari_utf8_decode(part.p + i, part.n - i, &len);
    if (c == 0 || (c < 128 && strchr("\\:<>|?*\"", (int)c)) || ari_utf8_is_control(c)) return ARI_WORD_pack_name_sign;
  }
  return is_device(part) ? ARI_WORD_pack_name_device : ARI_WORDS;
}

/* A folder's own entry ends with a slash. */
ari_word ari_archive_name_fault(ari_str name) {
  if (name.n > LONGEST_NAME) return ARI_WORD_pack_name_long;
  if (ari_str_ends(name, "/")) name.n--;
  size_t parts = 0;
  for (size_t from = 0, to; from <= name.n; from = to + 1) {
    for (to = from; to < name.n && name.p[to] != '/';) to++;
    ari_word fault = ++parts > DEEPEST_NAME ? ARI_WORD_pack_name_long : part_fault(ari_str_sub(name, from, to));
    if (fault != ARI_WORDS) return fault;
  }
  return ARI_WORDS;
}

/* Each file once, and no file where another name has a folder: also for a disk that takes capitals for small letters, or composes letters. */
static ari_status claim_name(ari_archive *a, ari_map *seen, ari_str name) {
  ari_str key;
  if (!ari_utf8_fold(&a->arena, name, &key)) return ARI_NOMEM;
  for (size_t i = 0; i <= key.n; i++) {
    if (i < key.n && key.p[i] != '/') continue;
    int32_t kind = i == key.n ? IS_FILE : IS_FOLDER, old;
    if (!ari_map_add(seen, ari_str_sub(key, 0, i), kind, &old)) return ARI_NOMEM;
    if (old >= 0 && (kind == IS_FILE || old == IS_FILE)) return refuse(a, ARI_E0954, name, (ari_arg){0});
    if (i + 1 == key.n) break; /* a folder's own entry */
  }
  return ARI_OK;
}

/* ---- the directory ----------------------------------------------------------------------------------------------------- */

/* The ending whose comment reaches exactly to the end of the file, the last such. Its offset; the size of the file when there is none. */
static size_t find_ending(ari_str b) {
  if (b.n < END_BYTES) return b.n;
  size_t last = b.n - END_BYTES, first = last > LONGEST_COMMENT ? last - LONGEST_COMMENT : 0;
  for (size_t at = last + 1; at-- > first;)
    if (get32(b.p + at) == END && at + END_BYTES + get16(b.p + at + 20) == b.n) return at;
  return b.n;
}

/* A name in a field of its own, which other programs would take instead. */
static bool has_second_name(const char *extra, size_t n) {
  for (size_t at = 0; at + 4 <= n; at += 4 + get16(extra + at + 2))
    if (get16(extra + at) == NAME_IN_UNICODE) return true;
  return false;
}

/* Where the entry's bytes begin: behind its own head, which must say what the directory says. */
static bool find_bytes(ari_archive *a, uint64_t head, entry *e) {
  if (head + LOCAL_BYTES > a->bytes.n || get32(a->bytes.p + head) != LOCAL_HEAD) return false;
  const char *p = a->bytes.p + head;
  uint32_t name = get16(p + 26), extra = get16(p + 28);
  uint64_t start = head + LOCAL_BYTES + name + extra;
  if (start + e->packed > a->bytes.n || name != e->name.n || memcmp(p + LOCAL_BYTES, e->name.p, name) != 0) return false;
  bool behind = e->flags & SIZES_BEHIND, same = get32(p + 14) == e->check && get32(p + 18) == e->packed && get32(p + 22) == e->size;
  if (get16(p + 6) != e->flags || get16(p + 8) != e->method || (!behind && !same) || has_second_name(p + LOCAL_BYTES + name, extra)) return false;
  e->start = (uint32_t)start;
  a->extents[a->n_extents++] = (extent){head, start + e->packed, behind};
  return true;
}

static int by_place(const void *a, const void *b) {
  const extent *x = a, *y = b;
  return (x->from > y->from) - (x->from < y->from);
}

/* One entry behind the other from the first byte to the directory: nothing lies over another, and nothing between them that readers of streams would
 * find. Behind an entry may stand its sizes, with or without a mark. */
static bool is_gapless(ari_archive *a, uint64_t directory) {
  enum { SIZES = 12, MARK = 4 };
  uint64_t at = 0;
  if (a->n_extents) qsort(a->extents, a->n_extents, sizeof *a->extents, by_place);
  for (size_t i = 0; i <= a->n_extents; i++) {
    uint64_t from = i < a->n_extents ? a->extents[i].from : directory;
    uint64_t gap = from - at;
    bool behind = i > 0 && a->extents[i - 1].sizes_behind;
    if (from < at || (behind ? gap != SIZES && gap != SIZES + MARK : gap != 0)) return false;
    if (i < a->n_extents) at = a->extents[i].to;
  }
  return true;
}

static ari_status check_name(const ari_archive *a, ari_str name) {
  size_t bad;
  if (!ari_utf8_valid(name.p, name.n, &bad)) return refuse(a, ARI_E0960, name, (ari_arg){0});
  return ari_archive_name_fault(name) == ARI_WORDS ? ARI_OK : refuse(a, ARI_E0952, name, (ari_arg){0});
}

static bool is_bomb(const ari_archive *a, uint64_t size, uint64_t packed) { return size > SMALL && size / (packed ? packed : 1) > a->limits.ratio; }

/* One by one and all together: a thousand that are each small enough fill a disk too. */
static ari_status check_size(ari_archive *a, const entry *e) {
  a->packed += e->packed;
  a->unpacked += e->size;
  if (is_bomb(a, e->size, e->packed) || is_bomb(a, a->unpacked, a->packed)) return refuse(a, ARI_E0957, e->name, ari_arg_int(a->limits.ratio));
  return a->unpacked > a->limits.unpacked ? refuse(a, ARI_E0956, e->name, ari_arg_int((int64_t)(a->limits.unpacked / MIB))) : ARI_OK;
}

/* What the directory says of one entry (p: its 46 bytes, its name behind them). */
static ari_status check_entry(ari_archive *a, const char *p, entry *e) {
  *e = (entry){.name = {p + CENTRAL_BYTES, get16(p + 28)}, .flags = (uint16_t)get16(p + 8), .method = (uint16_t)get16(p + 10), .check = get32(p + 16), .packed = get32(p + 20), .size = get32(p + 24)};
  ari_status status = check_name(a, e->name);
  if (status != ARI_OK) return status;
  bool folder = ari_str_ends(e->name, "/");
  uint32_t kind = get32(p + 38) >> 16 & FILE_KIND;
  if (kind == LINK) return refuse(a, ARI_E0953, e->name, (ari_arg){0});
  if (kind != 0 && kind != (folder ? FOLDER : ORDINARY_FILE)) return refuse(a, ARI_E0961, e->name, (ari_arg){0});
  if (e->flags & ENCRYPTED) return refuse(a, ARI_E0951, e->name, (ari_arg){0});
  if (e->method != STORED && e->method != DEFLATED) return refuse(a, ARI_E0959, e->name, ari_arg_int(e->method));
  if (has_second_name(p + CENTRAL_BYTES + e->name.n, get16(p + 30)) || !find_bytes(a, get32(p + 42), e) || (folder && e->size != 0) || (e->method == STORED && e->size != e->packed)) return refuse_damaged(a);
  return check_size(a, e);
}

/* Folders' own entries say nothing that the names of files do not: they are looked at and left out. */
static ari_status read_entries(ari_archive *a, ari_map *seen, size_t from, size_t to, uint32_t n) {
  ari_status status = ARI_OK;
  for (uint32_t i = 0; i < n && status == ARI_OK; i++) {
    const char *p = a->bytes.p + from;
    if (to - from < CENTRAL_BYTES || get32(p) != CENTRAL_HEAD) return refuse_damaged(a);
    size_t bytes = CENTRAL_BYTES + get16(p + 28) + get16(p + 30) + get16(p + 32);
    if (to - from < bytes) return refuse_damaged(a);
    status = check_entry(a, p, &a->entries[a->n]);
    if (status == ARI_OK) status = claim_name(a, seen, a->entries[a->n].name);
    if (status == ARI_OK && !ari_str_ends(a->entries[a->n].name, "/")) a->n++;
    from += bytes;
  }
  return status;
}

static ari_status read_directory(ari_archive *a) {
  size_t end = find_ending(a->bytes);
  if (end == a->bytes.n) return refuse_damaged(a);
  const char *p = a->bytes.p + end;
  uint32_t n = get16(p + 10);
  uint64_t bytes = get32(p + 12), from = get32(p + 16);
  if (n > a->limits.entries || n == BEYOND_16) return refuse(a, ARI_E0955, (ari_str){"", 0}, ari_arg_int(a->limits.entries));
  if (get32(p + 4) != 0 || get16(p + 8) != n || from + bytes != end) return refuse_damaged(a); /* one disk */
  a->entries = ari_arena_array(&a->arena, n, sizeof *a->entries);
  a->extents = ari_arena_array(&a->arena, n, sizeof *a->extents);
  if (!a->entries || !a->extents) return ARI_NOMEM;
  ari_map seen = {0};
  ari_status status = read_entries(a, &seen, (size_t)from, (size_t)(from + bytes), n);
  ari_map_free(&seen);
  return status == ARI_OK && !is_gapless(a, from) ? refuse_damaged(a) : status;
}

ari_status ari_archive_open(ari_archive **out, ari_str bytes, const ari_archive_limits *limits, ari_span at, ari_findings *fs) {
  *out = NULL;
  ari_archive *a = ari_calloc(1, sizeof *a);
  if (!a) return ARI_NOMEM;
  *a = (ari_archive){.bytes = bytes, .limits = *limits, .at = at, .fs = fs};
  ari_status status = bytes.n > UINT32_MAX ? refuse_damaged(a) : read_directory(a);
  if (status == ARI_OK) *out = a;
  else ari_archive_close(a);
  return status;
}

void ari_archive_close(ari_archive *a) {
  if (!a) return;
  ari_arena_free(&a->arena);
  ari_free(a);
}

size_t ari_archive_count(const ari_archive *a) { return a->n; }
ari_str ari_archive_name(const ari_archive *a, size_t i) { return a->entries[i].name; }
uint64_t ari_archive_size(const ari_archive *a, size_t i) { return a->entries[i].size; }

bool ari_archive_find(const ari_archive *a, ari_str name, size_t *i) {
  for (*i = 0; *i < a->n; ++*i)
    if (ari_str_eq(a->entries[*i].name, name)) return true;
  return false;
}

/* ---- unpacking --------------------------------------------------------------------------------------------------------- */

static void *inflate_alloc(void *unused, unsigned items, unsigned size) {
  (void)unused;
  return ari_calloc(items, size);
}

static void inflate_free(void *unused, void *p) {
  (void)unused;
  ari_free(p);
}

/* Appends what `packed` holds, never more than `size` bytes. ARI_INPUT: it is not deflated bytes of exactly that size. */
static ari_status inflate_bytes(ari_str packed, uint64_t size, ari_buf *out) {
  unsigned char chunk[1 << 15];
  z_stream z = {.zalloc = inflate_alloc, .zfree = inflate_free, .next_in = (unsigned char *)(uintptr_t)packed.p, .avail_in = (unsigned)packed.n};
  int result = inflateInit2(&z, -MAX_WBITS); /* negative: without zlib's own head */
  if (result != Z_OK) return ARI_NOMEM;
  while (result == Z_OK && z.total_out <= size) {
    z.next_out = chunk;
    z.avail_out = sizeof chunk;
    result = inflate(&z, Z_NO_FLUSH);
    if (result == Z_OK && z.avail_out == sizeof chunk) result = Z_BUF_ERROR; /* cut off */
    ari_buf_put(out, (const char *)chunk, sizeof chunk - z.avail_out);
  }
  bool whole = result == Z_STREAM_END && z.total_out == size && z.avail_in == 0;
  inflateEnd(&z);
  return result == Z_MEM_ERROR || out->failed ? ARI_NOMEM : whole ? ARI_OK : ARI_INPUT;
}

ari_status ari_gunzip_head(ari_str bytes, char *out, size_t room, size_t *n) {
  z_stream z = {.zalloc = inflate_alloc, .zfree = inflate_free, .next_in = (unsigned char *)(uintptr_t)bytes.p, .avail_in = (unsigned)bytes.n,
                .next_out = (unsigned char *)out, .avail_out = (unsigned)room};
  *n = 0;
  if (inflateInit2(&z, MAX_WBITS + 16) != Z_OK) return ARI_NOMEM; /* 16: with gzip's own head */
  int result = inflate(&z, Z_SYNC_FLUSH);
  *n = room - z.avail_out;
  inflateEnd(&z);
  return result == Z_MEM_ERROR ? ARI_NOMEM : ARI_OK;
}

ari_status ari_archive_read(const ari_archive *a, size_t i, ari_buf *out, ari_findings *fs) {
  const entry *e = &a->entries[i];
  ari_str packed = ari_str_sub(a->bytes, e->start, e->start + (size_t)e->packed);
  size_t before = out->n;
  ari_status status = ARI_OK;
  if (e->method == STORED) ari_buf_str(out, packed);
  else status = inflate_bytes(packed, e->size, out);
  if (out->failed) return ARI_NOMEM;
  ari_str bytes = out->p ? (ari_str){out->p + before, out->n - before} : ARI_STR("");   /* nothing was appended to nothing */
  if (status == ARI_OK && crc32(crc32(0, NULL, 0), (const unsigned char *)bytes.p, (unsigned)bytes.n) != e->check) status = ARI_INPUT;
  if (status != ARI_INPUT) return status;
  out->n = before;
  ari_findings_add(fs, ARI_E0958, a->at, &(ari_args){{ari_arg_text(e->name)}});
  return fs->failed ? ARI_NOMEM : ARI_INPUT;
}
