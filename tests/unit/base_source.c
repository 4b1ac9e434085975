/* Sources: lines, columns, spans, and what every text file must be. */
#include "base/base.h"
#include "tap.h"

#include <stdlib.h>

static void give_text(ari_source *s, const char *text, size_t n) {
  char *bytes = ari_malloc(n + 1);
  if (!bytes) exit(1);
  memcpy(bytes, text, n);
  ari_source_give(s, bytes, n);
}

static ari_source *add_text(ari_sources *all, const char *name, const char *text, size_t n) {
  int32_t i = ari_sources_add(all, ari_str_of(name));
  if (i < 0) exit(1);
  give_text(&all->items[i], text, n);
  return &all->items[i];
}

static bool at(ari_source *s, uint32_t offset, uint32_t want_line, uint32_t want_column) {
  uint32_t line, column;
  ari_source_place(s, offset, &line, &column);
  if (line == want_line && column == want_column) return true;
  printf("# offset %u: %u:%u, not %u:%u\n", offset, line, column, want_line, want_column);
  return false;
}

static void test_places(void) {
  ari_sources all = {0};
  ari_source *s = add_text(&all, "a.yaml", "one\nhai ế x\r\n\nlast", 20);
  ok(at(s, 0, 1, 1) && at(s, 3, 1, 4), "the first line and its end");
  ok(at(s, 4, 2, 1) && at(s, 8, 2, 5) && at(s, 11, 2, 6) && at(s, 12, 2, 7), "columns count code points");
  ok(at(s, 15, 3, 1) && at(s, 16, 4, 1) && at(s, 19, 4, 4) && at(s, 20, 4, 5) && at(s, 99, 4, 5), "an empty line, the end, beyond the end");
  ok(ari_str_is(ari_source_line(s, 2), "hai ế x") && ari_str_is(ari_source_line(s, 3), ""), "a line comes without CR LF");
  ok(ari_str_is(ari_source_line(s, 4), "last") && ari_str_is(ari_source_line(s, 5), "") && ari_str_is(ari_source_line(s, 0), ""),
     "lines beyond both ends are empty");
  s = add_text(&all, "b", "\xEF\xBB\xBFx\ny\n", 7);
  ok(at(s, 0, 1, 1) && at(s, 3, 1, 1) && at(s, 4, 1, 2) && at(s, 5, 2, 1) && at(s, 7, 3, 1), "a byte order mark is no column");
  ok(ari_str_is(ari_source_line(s, 1), "x"), "and is not part of the line");
  s = add_text(&all, "c", "", 0);
  ok(at(s, 0, 1, 1) && ari_source_line(s, 1).n == 0, "an empty file has one empty line");
  is(ari_source_sha256(s), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "bytes are hashed when the hash is asked for");
  ari_sources_free(&all);
  ok(all.n == 0 && !all.items, "freed sources are empty");
  ari_sources_free(&all);
}

/* The table and counting from the top must agree: compare with a plain count over every offset of an awkward text. */
static void test_against_count(void) {
  static const char text[] = "\n\n\xC3\xA9\xC3\xA9\n\xE2\x82\xAC\r\nplain\n\n\xF0\x9F\x98\x80z\n";
  ari_sources all = {0};
  ari_source *s = add_text(&all, "x", text, sizeof text - 1);
  bool good = true;
  uint32_t line = 1, column = 1;
  for (uint32_t i = 0; i < sizeof text - 1; i++) {
    if (((unsigned char)text[i] & 0xC0) != 0x80) good &= at(s, i, line, column);
    if (text[i] == '\n') line++, column = 1;
    else if (i + 1 == sizeof text - 1 || ((unsigned char)text[i + 1] & 0xC0) != 0x80) column++;
  }
  ok(good && s->n_lines == line, "every offset has the line and column that counting gives");
  ari_sources_free(&all);
}

static void test_join(void) {
  ari_span a = {1, 10, 5}, b = {1, 20, 3}, j = ari_span_join(a, b);
  ok(j.file == 1 && j.start == 10 && j.len == 13, "two spans join from the start of one to the end of the other");
  j = ari_span_join(ARI_NOWHERE, b);
  ok(j.file == 1 && j.start == 20 && j.len == 3, "nowhere joined with a span is the span");
  j = ari_span_join(a, (ari_span){2, 0, 99});
  ok(j.file == 1 && j.len == 5, "spans of two files do not join");
}

static int told(const char *text, size_t n, ari_code code, uint32_t start) {
  ari_sources all = {0};
  ari_findings fs = {0};
  ari_source *s = add_text(&all, "x", text, n);
  bool good = ari_source_text_check(s, 0, &fs);
  bool right = !good && fs.n == 1 && fs.items[0].code == code && fs.items[0].at.start == start && fs.items[0].at.file == 0;
  if (!right && fs.n) printf("# %s at %u\n", ari_code_name(fs.items[0].code), fs.items[0].at.start);
  ari_findings_free(&fs);
  ari_sources_free(&all);
  return right;
}

#define TOLD(text, code, start) told(text, sizeof(text) - 1, code, start)

static void test_text_check(void) {
  ok(TOLD("", ARI_E0106, 0) && TOLD("\xEF\xBB\xBF", ARI_E0106, 0), "empty, and nothing but a byte order mark");
  ok(TOLD("\xFF\xFE" "a\0", ARI_E0104, 0) && TOLD("\xFE\xFF\0a", ARI_E0104, 0), "UTF-16 of both byte orders");
  ok(TOLD("abc\xE9 def", ARI_E0103, 3) && TOLD("\xED\xA0\x80", ARI_E0103, 0) && TOLD("a\xC0\xAF", ARI_E0103, 1), "not UTF-8");
  ok(TOLD("a\x1B[2J", ARI_E0105, 1) && TOLD("abcdefgh\x7F", ARI_E0105, 8) && TOLD("x\0y", ARI_E0105, 1), "control characters");
  ok(TOLD("abcdefg\xC2\x85", ARI_E0105, 7), "a C1 control across the border of two words");
  ok(TOLD("abcdef\xE2\x80\xA8", ARI_E0105, 6) && TOLD("\xE2\x80\xA9", ARI_E0105, 0), "signs that end a line for some readers only");
  ok(TOLD("a\xEF\xBF\xBE", ARI_E0105, 1) && TOLD("abcdefg\xEF\xBF\xBF", ARI_E0105, 7), "what is no character");
  char text[64];
  int missed = 0, wrong = 0;
  for (int c = 0; c < 0x80; c++)
    for (size_t where = 0; where < 24; where++) {
      memset(text, 'a', sizeof text);
      text[where] = (char)c;
      ari_sources all = {0};
      ari_findings fs = {0};
      bool good = ari_source_text_check(add_text(&all, "x", text, 24), 0, &fs);
      bool want = (c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n' || c == '\r';
      if (good && !want) missed++;
      if (!good && want) wrong++;
      ari_findings_free(&fs);
      ari_sources_free(&all);
    }
  ok(missed == 0 && wrong == 0, "every ASCII character at every place of a word");
  ari_sources all = {0};
  ari_findings fs = {0};
  static const char fine[] = "Xã Ea Ô, tỉnh Đắk Lắk\t€ \xF0\x9F\x98\x80 \xC2\xA0 \xE2\x80\xAE \xE2\x80\x93 \xEF\xBF\xBD \xEF\xBC\x9D\r\n";
  ok(ari_source_text_check(add_text(&all, "x", fine, sizeof fine - 1), 0, &fs) && fs.n == 0, "text of any script is fine");
  int32_t i = ari_sources_add(&all, ARI_STR("never loaded"));
  ok(i == 1 && !ari_source_text_check(&all.items[1], 1, &fs) && fs.n == 0, "a source that was not loaded is not told again");
  ari_sources_free(&all);
  ari_findings_free(&fs);
}

int main(void) {
  test_places();
  test_against_count();
  test_join();
  test_text_check();
  return done();
}
