/* Names in Vietnamese order, as the Unicode collation algorithm tailored for Vietnamese has them (CLDR, `vi`): a space comes before every letter, so names
 * compare syllable by syllable; ă â đ ê ô ơ ư are letters of their own behind a d e o u; then tones decide, ngang huyền hỏi ngã sắc nặng; then capitals. */
#include "base.h"

#include <string.h>
#include <utf8proc.h>

enum { CIRCUMFLEX = 0x302, BREVE = 0x306, HORN = 0x31B, D_WITH_STROKE = 0x111, MOST_PARTS = 32 };

/* What is no letter, in the order of the Unicode collation element table; dashes and quotes of word processors stand with their like. */
static const uint32_t SIGNS[] = {'\t', '\n', '\r', ' ', '_', '-', 0x2010, 0x2011, 0x2013, 0x2014, ',', ';', ':', '!', '?', '.', 0x2026, 0xB7, '\'', 0x2018, 0x2019, '"', 0x201C, 0x201D,
                                 0xAB, 0xBB, '(', ')', '[', ']', '{', '}', 0xA7, '@', '*', '/', '\\', '&', '#', '%', '`', '^', 0xB0, '+', 0xB1, 0xD7, '<', '=', '>', '|', '~', '$'};
/* Letters that Vietnamese order tells apart; two of one base by the mark that makes the other. */
static const struct { char base; uint16_t mark; } LETTERS[] = {
    {'a', 0}, {'a', BREVE}, {'a', CIRCUMFLEX}, {'b', 0}, {'c', 0}, {'d', 0}, {'d', D_WITH_STROKE}, {'e', 0}, {'e', CIRCUMFLEX}, {'f', 0}, {'g', 0}, {'h', 0}, {'i', 0},
    {'j', 0}, {'k', 0}, {'l', 0}, {'m', 0}, {'n', 0}, {'o', 0}, {'o', CIRCUMFLEX}, {'o', HORN}, {'p', 0}, {'q', 0}, {'r', 0}, {'s', 0}, {'t', 0}, {'u', 0}, {'u', HORN},
    {'v', 0}, {'w', 0}, {'x', 0}, {'y', 0}, {'z', 0}};
/* huyền, hỏi, ngã, sắc, nặng; marks of other languages stand behind them */
static const uint16_t TONES[] = {0x300, 0x309, 0x303, 0x301, 0x323};

/* Weights; 0 ends a level. */
enum { FIRST_SIGN = 1, FIRST_DIGIT = 0x60, FIRST_LETTER = 0x70, OTHER = 0xF0, NO_TONE = 1, FIRST_TONE = 2, OTHER_MARK = 0x10, SMALL = 1, CAPITAL = 2 };

typedef struct letter { uint32_t base; uint16_t mark; uint8_t tone; bool capital; } letter;

/* The letter at p with the marks that follow it; returns the bytes it takes. */
static size_t read_letter(ari_str s, letter *out) {
  size_t at = 0, len;
  *out = (letter){.tone = NO_TONE};
  do {
    utf8proc_int32_t parts[MOST_PARTS];
    int last = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)ari_utf8_decode(s.p + at, s.n - at, &len), parts, MOST_PARTS, UTF8PROC_DECOMPOSE, &last);
    for (utf8proc_ssize_t i = 0; i < n && i < MOST_PARTS; i++) {
      uint32_t c = (uint32_t)parts[i];
      if (at == 0 && i == 0) {
        uint32_t small = (uint32_t)utf8proc_tolower(parts[i]);
        out->base = small == D_WITH_STROKE ? 'd' : small;
        if (small == D_WITH_STROKE) out->mark = D_WITH_STROKE;
        out->capital = small != c;
      } else if (c == CIRCUMFLEX || c == BREVE || c == HORN) out->mark = (uint16_t)c;
      else {
        uint8_t tone = OTHER_MARK;
        for (uint8_t t = 0; t < ARI_COUNT(TONES); t++)
          if (TONES[t] == c) tone = (uint8_t)(FIRST_TONE + t);
        out->tone = tone;
      }
    }
    at += len;
  } while (at < s.n && utf8proc_category((utf8proc_int32_t)ari_utf8_decode(s.p + at, s.n - at, &len)) == UTF8PROC_CATEGORY_MN);
  return at;
}

static void put_primary(ari_buf *b, letter *l) {
  for (size_t i = 0; i < ARI_COUNT(SIGNS); i++)
    if (SIGNS[i] == l->base) {
      ari_buf_char(b, (char)(FIRST_SIGN + i));
      return;
    }
  if (l->base >= '0' && l->base <= '9') {
    ari_buf_char(b, (char)(FIRST_DIGIT + (l->base - '0')));
    return;
  }
  int plain = -1;
  for (size_t i = 0; i < ARI_COUNT(LETTERS); i++) {
    if ((uint32_t)LETTERS[i].base != l->base) continue;
    if (LETTERS[i].mark == 0) plain = (int)i;
    if (LETTERS[i].mark != l->mark) continue;
    ari_buf_char(b, (char)(FIRST_LETTER + i));
    return;
  }
  if (plain >= 0) {
    l->tone = OTHER_MARK;   /* a mark that makes no letter here */
    ari_buf_char(b, (char)(FIRST_LETTER + plain));
    return;
  }
  ari_buf_char(b, (char)OTHER);   /* other scripts: behind, by code point; a byte more than its digit is never 0 */
  for (int shift = 18; shift >= 0; shift -= 6) ari_buf_char(b, (char)((l->base >> shift & 0x3F) + 1));
}

void ari_buf_collation(ari_buf *b, ari_str s) {
  ari_buf tones = {0}, capitals = {0};
  letter l;
  for (size_t i = 0; i < s.n;) {
    i += read_letter(ari_str_sub(s, i, s.n), &l);
    put_primary(b, &l);
    ari_buf_char(&tones, (char)l.tone);
    ari_buf_char(&capitals, (char)(l.capital ? CAPITAL : SMALL));
  }
  ari_buf_char(b, '\0');
  ari_buf_str(b, ari_buf_view(&tones));
  ari_buf_char(b, '\0');
  ari_buf_str(b, ari_buf_view(&capitals));
  if (tones.failed || capitals.failed) b->failed = true;
  ari_buf_free(&tones);
  ari_buf_free(&capitals);
}
