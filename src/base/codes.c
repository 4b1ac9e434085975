/* The rows of codes.def. */
#include "base.h"

#define CODE(id, en, vi, label_en, label_vi, help_en, help_vi) \
  {#id, {[ARI_VI] = vi, [ARI_EN] = en}, {[ARI_VI] = label_vi, [ARI_EN] = label_en}, {[ARI_VI] = help_vi, [ARI_EN] = help_en}},
static const ari_code_row rows[] = {
#include "codes.def"
};
#undef CODE

const ari_code_row *ari_code_words(ari_code code) { return &rows[code]; }

const char *ari_code_name(ari_code code) { return rows[code].name; }

char ari_code_letter(ari_code code) { return rows[code].name[0]; }

bool ari_code_at(size_t n, ari_lang lang, const char **name, const char **sentence, const char **help) {
  if (n >= ARI_COUNT(rows)) return false;
  *name = rows[n].name;
  *sentence = rows[n].sentence[lang];
  *help = rows[n].help[lang];
  return true;
}
