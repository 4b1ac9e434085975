/* Zip archives: what was written is read back, and each way in which an archive may lie or do harm is refused with its own code. */
#include "base/base.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const ari_archive_limits LIMITS = {.entries = 50, .unpacked = 4 << 20, .ratio = 200};

/* ---- archives made by hand ---- */

typedef struct part { const char *name; const char *bytes; uint32_t method, flags, attributes, size, check; const char *local; size_t n; uint32_t differ; const char *extra; const char *behind; size_t n_behind; } part;
/* n: bytes that do not end at a NUL. differ: a byte of the facts before the bytes that is not the directory's. behind: what stands between this part and the next. */

static void put16(ari_buf *b, uint32_t v) { ari_buf_put(b, (char[]){(char)(v & 0xff), (char)(v >> 8 & 0xff)}, 2); }
static void put32(ari_buf *b, uint32_t v) { put16(b, v & 0xffff), put16(b, v >> 16); }

static size_t length_of(const part *p) { return p->n ? p->n : strlen(p->bytes); }

static void put_facts(ari_buf *b, const part *p, const char *name, const char *extra) {
  uint32_t n = (uint32_t)length_of(p);
  put16(b, 20), put16(b, p->flags), put16(b, p->method), put16(b, 0), put16(b, 33);
  put32(b, p->check ? p->check : (uint32_t)crc32(0, (const unsigned char *)p->bytes, n));
  put32(b, n), put32(b, p->size ? p->size : n);
  put16(b, (uint32_t)strlen(name)), put16(b, extra ? 9 : 0);
}

/* Parts as they are, stored; what is 0 is made right. */
static void make(ari_buf *out, const part *parts, size_t n) {
  ari_buf directory = {0};
  ari_buf_clear(out);
  for (size_t i = 0; i < n; i++) {
    const part *p = &parts[i];
    const char *local = p->local ? p->local : p->name;
    put32(&directory, 0x02014b50), put16(&directory, 3 << 8 | 20);
    put_facts(&directory, p, p->name, NULL);
    put16(&directory, 0), put16(&directory, 0), put16(&directory, 0), put32(&directory, p->attributes), put32(&directory, (uint32_t)out->n);
    ari_buf_text(&directory, p->name);
    put32(out, 0x04034b50);
    put_facts(out, p, local, p->extra);
    if (p->differ) out->p[out->n - 30 + p->differ] ^= 1;
    ari_buf_text(out, local);
    if (p->extra) ari_buf_put(out, p->extra, 9);
    ari_buf_put(out, p->bytes, length_of(p));
    if (p->behind) ari_buf_put(out, p->behind, p->n_behind);
  }
  uint32_t from = (uint32_t)out->n;
  ari_buf_str(out, ari_buf_view(&directory));
  put32(out, 0x06054b50), put32(out, 0), put16(out, (uint32_t)n), put16(out, (uint32_t)n), put32(out, (uint32_t)directory.n), put32(out, from), put16(out, 0);
  ari_buf_free(&directory);
}

/* The code of the only finding of opening, or else of reading everything; "ok" when all was read. */
static const char *outcome(ari_str bytes, const ari_archive_limits *limits) {
  ari_findings fs = {0};
  ari_archive *a;
  ari_buf b = {0};
  ari_status status = ari_archive_open(&a, bytes, limits, ARI_NOWHERE, &fs);
  for (size_t i = 0; a && i < ari_archive_count(a) && status == ARI_OK; i++) status = ari_archive_read(a, i, &b, &fs);
  const char *said = status == ARI_OK && fs.n == 0 ? "ok" : status == ARI_INPUT && fs.n == 1 ? ari_code_name(fs.items[0].code) : "something else";
  ari_archive_close(a);
  ari_buf_free(&b);
  ari_findings_free(&fs);
  return said;
}

static const char *outcome_of(const part *parts, size_t n) {
  ari_buf b = {0};
  make(&b, parts, n);
  const char *said = outcome(ari_buf_view(&b), &LIMITS);
  ari_buf_free(&b);
  return said;
}

static const char *named(const char *name) { return outcome_of(&(part){.name = name, .bytes = "x"}, 1); }

/* ---- tests ---- */

static void test_names(void) {
  is(named("a.pdf"), "ok", "an ordinary name");
  is(named("tài liệu/Quyết định 1246.pdf"), "ok", "a name in Vietnamese in a folder");
  static const char *const unsafe[] = {"/etc/passwd", "../a", "a/../../b", "a/..", "./a", "a//b", "C:a", "C:\\a", "a\\..\\b", "a\nb", "a\x1b[2J", "a.", "a ", ("\xE2\x80\xAE" "fdp.exe"), "..", ".", "con", "Nul.pdf", "a/COM1", "a/lpt9.x.y", "a?", "a<b", "a>", "a|", "a*", "a\"b"};
  for (size_t i = 0; i < ARI_COUNT(unsafe); i++) is(named(unsafe[i]), "E0952", "an unsafe name");
  static const char *const harmless[] = {"cons", "console.pdf", "com", "com0", "com10", "lpt.x", "a.con"};
  for (size_t i = 0; i < ARI_COUNT(harmless); i++) is(named(harmless[i]), "ok", "a name that only looks like a device");
  is(named("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p"), "ok", "sixteen parts");
  is(named("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q"), "E0952", "seventeen parts");
  char longest[1002] = {0};
  memset(longest, 'a', 256);
  is(named(longest), "E0952", "a part of 256 bytes, which no disk takes");
  memset(longest, 'a', 1000);
  for (size_t i = 255; i < 1000; i += 256) longest[i] = '/';
  is(named(longest), "ok", "a name of 1000 bytes");
  longest[1000] = 'a';
  is(named(longest), "E0952", "a name of 1001 bytes");
  is(named("t\xE0i li\x87u.pdf"), "E0960", "a name that is not UTF-8");
}

static void test_twice(void) {
  static const struct { const char *one, *other, *want; } cases[] = {
      {"a", "a", "E0954"}, {"A.pdf", "a.pdf", "E0954"}, {"\xC3\xA0", "a\xCC\x80", "E0954"} /* à composed and not */, {"a", "a/b", "E0954"}, {"a/b", "a", "E0954"}, {"a/b", "A/B", "E0954"},
      {"a/b", "a/c", "ok"}, {"a/", "a/b", "ok"}, {"a/b", "a/", "ok"}, {"a", "a/", "E0954"}, {"a/b/c", "a/b", "E0954"}, {"a", "\xC3\xA1", "ok"}};
  for (size_t i = 0; i < ARI_COUNT(cases); i++)
    is(outcome_of((part[]){{.name = cases[i].one, .bytes = ""}, {.name = cases[i].other, .bytes = ""}}, 2), cases[i].want, "two names");
}

static void test_entries(void) {
  static const struct { part p; const char *want, *what; } cases[] = {
      {{.name = "a", .bytes = "x", .attributes = 0120777u << 16}, "E0953", "a link"},
      {{.name = "a", .bytes = "x", .attributes = 0100644u << 16}, "ok", "an ordinary file"},
      {{.name = "a", .bytes = "x", .attributes = 0060644u << 16}, "E0961", "a device"},
      {{.name = "a", .bytes = "x", .attributes = 0040755u << 16}, "E0961", "a folder with a file's name"},
      {{.name = "a/", .bytes = "", .attributes = 0040755u << 16}, "ok", "a folder"},
      {{.name = "a/", .bytes = "x"}, "E0950", "a folder that holds bytes itself"},
      {{.name = "a", .bytes = "x", .flags = 1}, "E0951", "encrypted"},
      {{.name = "a", .bytes = "x", .flags = 1 << 6}, "E0951", "strongly encrypted"},
      {{.name = "a", .bytes = "x", .flags = 1 << 13}, "E0951", "with a masked directory"},
      {{.name = "a", .bytes = "x", .method = 12}, "E0959", "an unknown method"},
      {{.name = "a", .bytes = "x", .check = 1}, "E0958", "a wrong CRC-32"},
      {{.name = "a", .bytes = "x", .size = 2}, "E0950", "stored bytes of two sizes"},
      {{.name = "a", .bytes = "x", .method = 8}, "E0958", "no deflated bytes"},
      {{.name = "a", .bytes = "x", .method = 8, .size = 2 << 20}, "E0957", "a ratio beyond the limit"},
      {{.name = "a", .bytes = "x", .local = "b"}, "E0950", "another name in front of the bytes"},
      {{.name = "a", .bytes = "x", .local = "aa"}, "E0950", "a longer name in front of the bytes"},
  };
  for (size_t i = 0; i < ARI_COUNT(cases); i++) is(outcome_of(&cases[i].p, 1), cases[i].want, cases[i].what);
}

/* Whoever reads the directory and whoever reads from the front must find the same. */
static void test_two_meanings(void) {
  static const char sizes[] = "PK\7\b\x83\x16\xDC\x8C\1\0\0\0\1\0\0\0", hidden[] = "PK\3\4";
  static const struct { part p; const char *want, *what; } cases[] = {
      {{.name = "a", .bytes = "x", .differ = 6}, "E0950", "other flags in front of the bytes"},
      {{.name = "a", .bytes = "x", .differ = 8}, "E0950", "another method"},
      {{.name = "a", .bytes = "x", .differ = 14}, "E0950", "another CRC-32"},
      {{.name = "a", .bytes = "x", .differ = 18}, "E0950", "another size"},
      {{.name = "a", .bytes = "x", .differ = 22}, "E0950", "another size when unpacked"},
      {{.name = "a", .bytes = "x", .differ = 14, .flags = 1 << 3, .behind = sizes, .n_behind = 16}, "ok", "but where they stand behind the bytes"},
      {{.name = "a", .bytes = "x", .flags = 1 << 3, .behind = sizes + 4, .n_behind = 12}, "ok", "with or without a mark"},
      {{.name = "a", .bytes = "x", .flags = 1 << 3, .behind = sizes, .n_behind = 13}, "E0950", "and nothing else"},
      {{.name = "a", .bytes = "x", .behind = hidden, .n_behind = 4}, "E0950", "bytes that belong to nothing"},
      {{.name = "a", .bytes = "x", .extra = "UT\5\0\1abcd"}, "ok", "a time in a field of its own"},
      {{.name = "a", .bytes = "x", .extra = "up\5\0\1abcd"}, "E0950", "another name in a field of its own"},
  };
  for (size_t i = 0; i < ARI_COUNT(cases); i++) is(outcome_of((part[]){{.name = "first", .bytes = "y"}, cases[i].p}, 2), cases[i].want, cases[i].what);
  ari_buf b = {0};
  make(&b, (part[]){{.name = "a", .bytes = "x"}}, 1);
  ari_buf all = {0};
  ari_buf_text(&all, "MZ");
  ari_buf_str(&all, ari_buf_view(&b));
  is(outcome(ari_buf_view(&all), &LIMITS), "E0950", "bytes in front of everything");
  ari_buf_free(&all);
  ari_buf_free(&b);
}

static void write_parts(ari_buf *to, const char *name, size_t n, size_t bytes);

static void test_limits(void) {
  ari_buf b = {0};
  write_parts(&b, "part", 50, 1);
  is(outcome(ari_buf_view(&b), &LIMITS), "ok", "as many entries as may be");
  write_parts(&b, "part", 51, 1);
  is(outcome(ari_buf_view(&b), &LIMITS), "E0955", "one entry too many");
  write_parts(&b, "part", 4, 1 << 20);
  is(outcome(ari_buf_view(&b), &(ari_archive_limits){.entries = 50, .unpacked = 4 << 20, .ratio = 2000}), "ok", "as many bytes as may be");
  is(outcome(ari_buf_view(&b), &(ari_archive_limits){.entries = 50, .unpacked = (4 << 20) - 1, .ratio = 2000}), "E0956", "one byte too many");
  is(outcome(ari_buf_view(&b), &LIMITS), "E0957", "small files have a ratio together");
  write_parts(&b, "part", 1, 1 << 20);
  is(outcome(ari_buf_view(&b), &LIMITS), "ok", "1 MiB has none");
  write_parts(&b, "part", 1, 3 << 20);
  is(outcome(ari_buf_view(&b), &LIMITS), "E0957", "zeros are deflated to a thousandth");
  is(outcome(ari_buf_view(&b), &(ari_archive_limits){.entries = 50, .unpacked = 4 << 20, .ratio = 2000}), "ok", "which another limit may allow");
  ari_buf_free(&b);
}

static bool keep_bytes(void *to, const char *bytes, size_t n) {
  ari_buf_put(to, bytes, n);
  return true;
}

/* n parts name0, name1 ... of zeros, deflated. */
static void write_parts(ari_buf *to, const char *name, size_t n, size_t bytes) {
  uLongf room = compressBound(bytes) + 12;
  unsigned char *zeros = calloc(bytes, 1), *packed = malloc(room);
  part *parts = calloc(n, sizeof *parts);
  char (*names)[50] = calloc(n, sizeof *names);
  if (!zeros || !packed || !parts || !names || compress2(packed, &room, zeros, bytes, 9) != Z_OK) exit(1);
  for (size_t i = 0; i < n; i++) {
    snprintf(names[i], sizeof names[i], "%s%zu", name, i);
    parts[i] = (part){.name = names[i], .bytes = (char *)packed + 2, .n = room - 6, .method = 8, .size = (uint32_t)bytes, .check = (uint32_t)crc32(0, zeros, (uInt)bytes)};
  }
  make(to, parts, n);
  free(zeros), free(packed), free(parts), free(names);
}

static void test_round_trip(void) {
  ari_buf b = {0}, got = {0};
  ari_zip *z = ari_zip_new((ari_sink){keep_bytes, &b});
  if (!z) exit(1);
  ari_buf text = {0};
  for (int i = 0; i < 90; i++) ari_buf_text(&text, "một hai ba\n");
  ari_zip_store(z, ARI_STR("tài liệu/một.txt"), ari_buf_view(&text));
  ari_zip_store(z, ARI_STR("trống"), ARI_STR(""));
  ari_buf_free(&text);
  ok(ari_zip_close(z) == ARI_OK, "written");
  ari_findings fs = {0};
  ari_archive *a;
  size_t i;
  ok(ari_archive_is(ari_buf_view(&b)) && !ari_archive_is(ARI_STR("criteria:")), "known by its first bytes");
  ok(ari_archive_open(&a, ari_buf_view(&b), &LIMITS, ARI_NOWHERE, &fs) == ARI_OK && ari_archive_count(a) == 2, "opened");
  ok(ari_archive_find(a, ARI_STR("tài liệu/một.txt"), &i) && i == 0 && ari_archive_size(a, 0) == 90 * 13, "found, with its size"); /* "một hai ba\n" has 13 bytes */
  ok(!ari_archive_find(a, ARI_STR("hai"), &i), "what is not there is not found");
  ari_buf_text(&got, "before ");
  ok(ari_archive_read(a, 0, &got, &fs) == ARI_OK && got.n == 7 + 90 * 13 && memcmp(got.p, "before một hai ba\nmột", 7 + 18) == 0, "read behind what was there");
  ok(ari_archive_read(a, 1, &got, &fs) == ARI_OK && got.n == 7 + 90 * 13, "an empty part");
  ari_archive_close(a);
  /* Every cut and every flipped bit is told or harmless. */
  size_t bad = 0;
  for (size_t cut = 0; cut < b.n; cut++) bad += strcmp(outcome(ari_str_sub(ari_buf_view(&b), 0, cut), &LIMITS), "E0950") != 0;
  ok(bad == 0, "cut off anywhere, it is damaged");
  for (size_t at = 0; at < b.n * 8; at++) {
    b.p[at / 8] ^= (char)(1 << at % 8);
    bad += strcmp(outcome(ari_buf_view(&b), &LIMITS), "something else") == 0;
    b.p[at / 8] ^= (char)(1 << at % 8);
  }
  ok(bad == 0, "a flipped bit anywhere has one finding at most");
  ari_buf_free(&b);
  ari_buf_free(&got);
  ari_findings_free(&fs);
}

/* What keeps other readers busy for minutes: the same directory under many endings. */
static void test_endings(void) {
  ari_buf b = {0};
  make(&b, (part[]){{.name = "a", .bytes = "x"}}, 1);
  ari_buf many = {0};
  ari_buf_str(&many, ari_buf_view(&b));
  for (int i = 1999; i >= 0; i--) {
    ari_buf_put(&many, b.p + b.n - 22, 20);
    put16(&many, (uint32_t)i * 22);
  }
  is(outcome(ari_buf_view(&many), &LIMITS), "E0950", "endings behind one another belong to nothing");
  ari_buf_put(&b, "\0\0", 2);
  is(outcome(ari_buf_view(&b), &LIMITS), "E0950", "an ending that does not reach to the end of the file");
  ari_buf_free(&b);
  ari_buf_free(&many);
}

int main(void) {
  test_names();
  test_twice();
  test_entries();
  test_two_meanings();
  test_limits();
  test_round_trip();
  test_endings();
  return done();
}
