/* Slices, growing buffers, maps and the nearest name; SHA-256 and the fixed words. */
#include "base/base.h"
#include "tap.h"

#include <stdio.h>

static void test_slices(void) {
  ari_str empty = {NULL, 0}, abc = ARI_STR("abc");
  ok(ari_str_eq(empty, ARI_STR("")) && ari_str_eq(ari_str_of(NULL), empty), "empty slices are equal, with and without a pointer");
  ok(ari_str_eq(abc, ari_str_of("abc")) && !ari_str_eq(abc, ARI_STR("abd")) && !ari_str_eq(abc, ARI_STR("ab")), "eq");
  ok(ari_str_is(abc, "abc") && !ari_str_is(abc, "ab") && ari_str_is(empty, ""), "is");
  ok(ari_str_cmp(abc, ARI_STR("abd")) < 0 && ari_str_cmp(abc, ARI_STR("ab")) > 0 && ari_str_cmp(empty, abc) < 0 && !ari_str_cmp(abc, abc),
     "cmp");
  ok(ari_str_cmp(ARI_STR("\xC3"), ARI_STR("a")) > 0, "cmp takes bytes as unsigned");
  ok(ari_str_starts(abc, "ab") && ari_str_starts(abc, "") && !ari_str_starts(abc, "abcd") && !ari_str_starts(abc, "b"), "starts");
  ok(ari_str_ends(abc, "bc") && ari_str_ends(abc, "") && !ari_str_ends(abc, "zabc") && !ari_str_ends(abc, "b"), "ends");
  ok(ari_str_is(ari_str_trim(ARI_STR(" \ta b\t ")), "a b") && ari_str_trim(ARI_STR(" \t ")).n == 0 && ari_str_trim(empty).n == 0, "trim");
  ok(ari_str_is(ari_str_sub(abc, 1, 2), "b") && ari_str_is(ari_str_sub(abc, 1, 99), "bc"), "sub, clipped at the end");
  ok(ari_str_sub(abc, 5, 9).n == 0 && ari_str_sub(abc, 2, 1).n == 0 && ari_str_sub(empty, 0, 3).n == 0, "sub of nothing");
  ari_arena arena = {0};
  ari_str copy = {0};
  ok(ari_str_copy(&arena, abc, &copy) && ari_str_eq(copy, abc) && copy.p != abc.p, "copy");
  is(ari_str_cstring(&arena, ari_str_sub(abc, 0, 2)), "ab", "cstring");
  is(ari_str_cstring(&arena, empty), "", "cstring of nothing");
  ari_arena_free(&arena);
}

static int nearest(const char *word, const char *a, const char *b) {
  ari_str all[] = {ari_str_of(a), ari_str_of(b)};
  return ari_str_nearest(ari_str_of(word), all, 2);
}

static void test_nearest(void) {
  ok(nearest("recieved", "on_time", "received") == 1, "a swap counts one");
  ok(nearest("ontime", "received", "on_time") == 1, "an insertion");
  ok(nearest("on-time", "on-tim", "on_time") == 1, "- stands for _ and costs nothing");
  ok(nearest("ON_TIME", "on_tide", "on_time") == 1, "letter case costs nothing");
  ok(nearest("ĐÚNG_HẠN", "x", "đúng_hạn") == 1, "nor in Vietnamese");
  ok(nearest("dung", "đúng", "x") == -1, "4 letters: two edits are too many");
  ok(nearest("max", "mix", "x") == 0 && nearest("max", "mii", "x") == -1, "3 letters: one edit");
  ok(nearest("point", "pints", "x") == 0 && nearest("point", "pxxxt", "x") == -1, "5 letters: two edits");
  ok(nearest("satisfaction", "sitisfectoin", "x") == 0 && nearest("satisfaction", "sitisfectoins", "x") == -1, "12 letters: three edits");
  ok(nearest("share", "shape", "sharp") == 0, "of equals the first");
  ok(nearest("share", "shapes", "sharf") == 1, "a nearer one wins although it comes later");
  ok(nearest("x", "y", "z") == -1, "one letter replaced is nothing alike");
  ok(nearest("", "a", "") == -1 && ari_str_nearest(ARI_STR("a"), NULL, 0) == -1, "nothing is near to nothing");
  char long_word[200];
  memset(long_word, 'a', sizeof long_word);
  ari_str words[] = {{long_word, 199}, {long_word, 64}};
  ok(ari_str_nearest((ari_str){long_word, 200}, words, 2) == -1, "beyond 64 letters nothing is compared");
  ok(ari_str_nearest((ari_str){long_word, 63}, words, 2) == 1, "up to 64 letters it is");
}

static void test_buf(void) {
  ari_buf b = {0};
  ok(ari_buf_view(&b).n == 0 && ari_buf_view(&b).p, "an empty buffer has a view");
  for (int i = 0; i < 1000; i++) ari_buf_printf(&b, "%d,", i);
  ari_buf_int(&b, INT64_MIN);
  ari_buf_char(&b, ' ');
  ari_buf_int(&b, 0);
  ari_buf_text(&b, " x");
  ari_buf_str(&b, ARI_STR("y\n"));
  ari_buf_put(&b, NULL, 0);
  ok(ari_str_starts(ari_buf_view(&b), "0,1,2,") && ari_str_ends(ari_buf_view(&b), "998,999,-9223372036854775808 0 xy\n") &&
     b.n == 3890 + 26,
     "puts of all kinds");
  ok(!b.failed, "not failed");
  ari_buf_clear(&b);
  ok(b.n == 0 && b.room > 0, "clear keeps the memory");
  ari_buf_put(&b, "x", SIZE_MAX / 2 + 1);
  ok(b.failed && b.n == 0, "an impossible size fails");
  ari_buf_text(&b, "y");
  ari_buf_printf(&b, "%s", "z");
  ok(b.failed && b.n == 0, "and it stays failed");
  ari_buf_free(&b);
  ok(!b.p && !b.failed, "free makes it new");
}

static void test_map(void) {
  ari_map m = {0};
  static char keys[20000][8];
  ok(ari_map_get(&m, ARI_STR("a")) == -1, "nothing in an empty map");
  int good = 1;
  for (int i = 0; i < 20000; i++) {
    int n = snprintf(keys[i], sizeof keys[i], "k%d", i);
    good &= ari_map_put(&m, (ari_str){keys[i], (size_t)n}, i);
  }
  for (int i = 0; i < 20000; i++) good &= ari_map_get(&m, ari_str_of(keys[i])) == i;
  ok(good && m.n == 20000, "20000 keys are found");
  ok(ari_map_get(&m, ARI_STR("k20000")) == -1 && ari_map_get(&m, ARI_STR("")) == -1, "others are not");
  ok(ari_map_put(&m, ARI_STR("k5"), 7) && ari_map_get(&m, ARI_STR("k5")) == 7 && m.n == 20000, "put replaces");
  int32_t old = 0;
  ok(ari_map_add(&m, ARI_STR("k5"), 8, &old) && old == 7 && ari_map_get(&m, ARI_STR("k5")) == 7, "add leaves what is there");
  ok(ari_map_add(&m, ARI_STR("new"), 8, &old) && old == -1 && ari_map_get(&m, ARI_STR("new")) == 8 && m.n == 20001, "add puts what is not");
  ok(ari_map_put(&m, (ari_str){NULL, 0}, 9) && ari_map_get(&m, ARI_STR("")) == 9, "the empty key is one");
  ari_map_free(&m);
  ok(ari_map_get(&m, ARI_STR("k5")) == -1, "free empties it");
}

static void test_rest(void) {
  char hex[65];
  ari_sha256("abc", 3, hex);
  is(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "SHA-256 of abc");
  ari_sha256(NULL, 0, hex);
  is(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "SHA-256 of nothing");
  is(ari_word_text(ARI_WORD_rank, ARI_EN), "Rank", "a word in English");
  is(ari_word_text(ARI_WORD_rank, ARI_VI), "Hạng", "and in Vietnamese");
  int all = 1;
  for (int w = 0; w < ARI_WORDS; w++) all &= *ari_word_text((ari_word)w, ARI_EN) && *ari_word_text((ari_word)w, ARI_VI);
  ok(all, "every word stands in both languages");
}

int main(void) {
  test_slices();
  test_nearest();
  test_buf();
  test_map();
  test_rest();
  return done();
}
