/* UTF-8, NFC, width; hostile text as a message, JSON and CSV show it. */
#include "base/base.h"
#include "tap.h"

static size_t bad_at(ari_str s) {
  size_t bad = 999;
  return ari_utf8_valid(s.p, s.n, &bad) ? 1000 : bad;
}

static size_t encode(uint32_t c, char out[4]) {
  unsigned char *p = (unsigned char *)out;
  if (c < 0x80) return p[0] = (unsigned char)c, 1;
  size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = len - 1; i > 0; i--, c >>= 6) p[i] = (unsigned char)(0x80 | (c & 0x3F));
  p[0] = (unsigned char)((0xF00 >> len & 0xFF) | c);
  return len;
}

static void test_valid(void) {
  int good = 1, decoded = 1, surrogates = 0;
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    char text[4];
    size_t n = encode(c, text), len;
    bool valid = ari_utf8_valid(text, n, NULL);
    if (c >= 0xD800 && c <= 0xDFFF) {
      surrogates += valid;
      continue;
    }
    good &= valid;
    decoded &= ari_utf8_decode(text, n, &len) == c && len == n;
  }
  ok(good, "every code point is valid");
  ok(decoded, "and decoded");
  ok(surrogates == 0, "no surrogate is");
  ok(bad_at(ARI_STR("")) == 1000 && bad_at(ARI_STR("Sở Nội vụ, 12 đồng ₫ 😀 and a long tail of ASCII")) == 1000, "good text");
  ok(bad_at(ARI_STR("0123456789\x80")) == 10, "a lone continuation");
  ok(bad_at(ARI_STR("ab\xC0\x80")) == 2 && bad_at(ARI_STR("\xC1\xBF")) == 0, "overlong in two bytes");
  ok(bad_at(ARI_STR("\xE0\x9F\xBF")) == 0 && bad_at(ARI_STR("\xF0\x8F\xBF\xBF")) == 0, "overlong in three and four");
  ok(bad_at(ARI_STR("\xF4\x90\x80\x80")) == 0 && bad_at(ARI_STR("\xF5\x80\x80\x80")) == 0 && bad_at(ARI_STR("\xFF")) == 0, "beyond 10FFFF");
  ok(bad_at(ARI_STR("abcdefghi\xE1\xBA")) == 9 && bad_at(ARI_STR("\xE1\xBA" "a")) == 0, "cut short");
  ok(ari_utf8_count(ARI_STR("Sở ₫😀")) == 5 && ari_utf8_count(ARI_STR("")) == 0, "count");
  size_t len;
  ok(ari_utf8_decode("\xC3", 1, &len) == 0xFFFD && len == 1, "what is not UTF-8 is passed one byte at a time");
}

static void test_nfc(void) {
  ari_arena arena = {0};
  ari_str plain = ARI_STR("Sở Nội vụ – “Kế hoạch” 5 ₫"), out;
  ok(ari_utf8_nfc(&arena, plain, &out) && out.p == plain.p && out.n == plain.n, "composed Vietnamese is given back itself");
  ok(arena.bytes == 0, "without memory");
  ok(ari_utf8_nfc(&arena, ARI_STR("So\xCC\x9B\xCC\x89 No\xCC\xA3\xCC\x82i"), &out) && ari_str_is(out, "Sở Nội"),
     "decomposed text is composed");
  ok(ari_utf8_nfc(&arena, ARI_STR("o\xCC\x82\xCC\xA3"), &out) && ari_str_is(out, "ộ"), "marks in the other order too");
  ok(ari_utf8_nfc(&arena, ARI_STR("\xE2\x84\xAB"), &out) && ari_str_is(out, "Å"), "the sign of Ångström is a letter");
  ari_str greek = ARI_STR("αβγ 日本");
  ok(ari_utf8_nfc(&arena, greek, &out) && out.p == greek.p, "other scripts in NFC are given back themselves");
  ok(ari_utf8_nfc(&arena, (ari_str){NULL, 0}, &out) && out.n == 0, "nothing");

  /* The short way must never call a text NFC that utf8proc would change: a mark behind it forces the long way. */
  int same = 1;
  for (uint32_t c = 1; c < 0x2100; c++) {
    char text[16];
    size_t n = encode(c, text);
    ari_str alone = {0}, beside = {0}, one = {text, n};
    memcpy(text + n, ".e\xCC\x81", 4);
    same &= ari_utf8_nfc(&arena, one, &alone) && ari_utf8_nfc(&arena, (ari_str){text, n + 4}, &beside);
    same &= ari_str_eq(alone, ari_str_sub(beside, 0, alone.n)) && ari_str_is(ari_str_sub(beside, alone.n, beside.n), ".é");
  }
  ok(same, "the short way and utf8proc agree up to U+20FF");
  ari_arena_free(&arena);
}

static void test_kinds(void) {
  ok(ari_utf8_width(ARI_STR("Sở Nội vụ")) == 9 && ari_utf8_width(ARI_STR("o\xCC\x82\xCC\xA3")) == 1, "marks take no column");
  ok(ari_utf8_width(ARI_STR("日本")) == 4 && ari_utf8_width(ARI_STR("")) == 0 && ari_utf8_width(ARI_STR("₫…−")) == 3, "wide ones take two");
  const uint32_t hidden[] = {0, 9, 0x1F, 0x7F, 0x80, 0x9F, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069,
                             0xFEFF, 0x061C, 0xE0041, 0xFFFE, 0xFFFF, 0x1FFFE};
  const uint32_t shown[] = {' ', 'a', '~', 0xA0, 0xAD, 0x1ED9, 0x2010, 0x2013, 0x2026, 0x202F, 0x20AB, 0x2212, 0x1F600, 0xFFFD};
  int good = 1;
  for (size_t i = 0; i < ARI_COUNT(hidden); i++) good &= ari_utf8_is_control(hidden[i]);
  for (size_t i = 0; i < ARI_COUNT(shown); i++) good &= !ari_utf8_is_control(shown[i]);
  ok(good, "controls and others");
  char text[64];
  ok(ari_text_visible("a\x1B\xFF\xE2\x80\xAE", text, sizeof text) == 19, "the room that a text for a terminal wants");
  is(text, "a\\u{1B}\\xFF\\u{202E}", "nothing that a terminal would obey");
  ok(ari_text_visible("ab\x1B", text, 5) == 8 && strcmp(text, "ab") == 0, "what does not fit is not cut in the middle");
  ok(ari_utf8_is_letter('a') && ari_utf8_is_letter('Z') && ari_utf8_is_letter(0x1ED9) && ari_utf8_is_letter(0x0111)
     && ari_utf8_is_letter(0x65E5) && ari_utf8_is_letter(0x0301), "letters and marks");
  ok(!ari_utf8_is_letter('1') && !ari_utf8_is_letter('_') && !ari_utf8_is_letter(0x2013) && !ari_utf8_is_letter(0x0663)
     && !ari_utf8_is_letter(' ') && !ari_utf8_is_letter(0x1F600), "digits and signs are none");
}

static const char *shown(void (*put)(ari_buf *, ari_str), ari_str s) {
  static char text[128];
  ari_buf b = {0};
  put(&b, s);
  ari_buf_char(&b, '\0');
  memcpy(text, b.p, b.n);
  ari_buf_free(&b);
  return text;
}

static void test_shown(void) {
  is(shown(ari_buf_visible, ARI_STR("Sở \xE2\x80\xAEx\x1B[31m\n")), "Sở \\u{202E}x\\u{1B}[31m\\u{0A}", "visible: bidi, escape, line end");
  is(shown(ari_buf_visible, ARI_STR("\xC3(\xFF")), "\\xC3(\\xFF", "visible: bytes that are not UTF-8");
  is(shown(ari_buf_visible, ARI_STR("plain")), "plain", "visible: plain text");
  is(shown(ari_buf_json, ARI_STR("a\"b\\c\n\t\x01\x7F")), "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f\"", "json: quotes and controls");
  is(shown(ari_buf_json, ARI_STR("ộ😀\xE2\x80\xAE\xF3\xA0\x81\x81")), "\"ộ😀\\u202e\\udb40\\udc41\"", "json: text stays, hidden is escaped");
  is(shown(ari_buf_json, ARI_STR("\xC3(")), "\"\\ufffd(\"", "json: bytes that are not UTF-8");
  is(shown(ari_buf_json, ARI_STR("")), "\"\"", "json: nothing");
  is(shown(ari_buf_csv, ARI_STR("Sở Nội vụ")), "Sở Nội vụ", "csv: plain");
  is(shown(ari_buf_csv, ARI_STR("")), "", "csv: nothing");
  is(shown(ari_buf_csv, ARI_STR("Sở, \"ngành\"")), "\"Sở, \"\"ngành\"\"\"", "csv: comma and quotes");
  is(shown(ari_buf_csv, ARI_STR("a;b")), "\"a;b\"", "csv: semicolon");
  is(shown(ari_buf_csv, ARI_STR("a\nb")), "\"a\nb\"", "csv: line end");
  is(shown(ari_buf_csv, ARI_STR(" a")), "\" a\"", "csv: space in front");
  is(shown(ari_buf_csv, ARI_STR("a ")), "\"a \"", "csv: space behind");
  is(shown(ari_buf_csv, ARI_STR("=cmd|'/C calc'!A0")), "'=cmd|'/C calc'!A0", "csv: a formula is text");
  is(shown(ari_buf_csv, ARI_STR("=1,2")), "\"'=1,2\"", "csv: a formula with a comma");
  is(shown(ari_buf_csv, ARI_STR("+a")), "'+a", "csv: +");
  is(shown(ari_buf_csv, ARI_STR("-a")), "'-a", "csv: -");
  is(shown(ari_buf_csv, ARI_STR("@a")), "'@a", "csv: @");
  is(shown(ari_buf_csv, ARI_STR("\ta")), "'\ta", "csv: tab");
  is(shown(ari_buf_csv, ARI_STR("a=b")), "a=b", "csv: = inside is harmless");
}

int main(void) {
  test_valid();
  test_nfc();
  test_kinds();
  test_shown();
  return done();
}
