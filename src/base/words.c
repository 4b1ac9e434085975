/* The fixed words of tables, reports and charts. */
#include "base.h"

const char *ari_word_text(ari_word w, ari_lang lang) {
  static const struct { const char *en, *vi; } words[] = {
#define WORD(id, en, vi) {en, vi},
#include "words.def"
#undef WORD
  };
  return lang == ARI_VI ? words[w].vi : words[w].en;
}
