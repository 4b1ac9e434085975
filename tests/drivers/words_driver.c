/* For tests/words.t: every criterion of a set in words, one thing a line, words between tabs: the language, the criterion, the tier, its rule, all that
 * holds for it, and its rule as the author wrote it; then the needs of grades. */
#include "report/inside.h"

#include <stdio.h>

enum { LARGEST = 32 << 20 };

static const char *const languages[] = {[ARI_VI] = "vi", [ARI_EN] = "en"};

/* On one line. */
static void print_source(const ari_source *source, const ari_rule *rule) {
  ari_str s = rule ? ari_str_sub(source->bytes, rule->span.start, (size_t)rule->span.start + rule->span.len) : (ari_str){0};
  for (size_t i = 0; i < s.n; i++) putchar(s.p[i] == '\n' ? ' ' : s.p[i]);
  putchar('\n');
}

static bool print_node(const ari_source *source, const ari_set *set, const ari_node *node, uint32_t tier, ari_lang lang) {
  ari_buf sentence = {0}, all = {0};
  ari_rule_sentence(&sentence, set, node, lang);
  ari_rule_words(&all, set, node, tier, lang);
  printf("%s\t%.*s\t%.*s\t%.*s\t%.*s\t", languages[lang], (int)node->id.n, node->id.p, (int)set->tiers[tier].id.n, set->tiers[tier].id.p,
         (int)sentence.n, sentence.n ? sentence.p : "", (int)all.n, all.n ? all.p : "");
  print_source(source, node->rule);
  bool good = !sentence.failed && !all.failed;
  ari_buf_free(&sentence);
  ari_buf_free(&all);
  return good;
}

static bool print_needs(const ari_set *set, const ari_grade *grade, ari_lang lang) {
  bool good = true;
  for (uint32_t i = 0; i < grade->n_needs; i++) {
    ari_buf b = {0};
    ari_need_words(&b, set, &grade->needs[i], lang);
    printf("%s\tneed\t%.*s\t%.*s\n", languages[lang], (int)grade->id.n, grade->id.p, (int)b.n, b.n ? b.p : "");
    good = good && !b.failed;
    ari_buf_free(&b);
  }
  return good;
}

static bool print_set(const ari_source *source, const ari_set *set, ari_lang lang) {
  bool good = true;
  for (uint32_t i = 0; i < set->n_nodes; i++)
    for (uint32_t t = 0; t < set->n_tiers; t++)
      if (set->nodes[i]->presence[t] != ARI_NOT_THERE) good = good && print_node(source, set, set->nodes[i], t, lang);
  for (uint32_t i = 0; i < set->n_grades; i++) good = good && print_needs(set, &set->grades[i], lang);
  return good;
}

int main(int argc, char **argv) {
  ari_sources all = {0};
  ari_findings fs = {0};
  ari_set *set = NULL;
  int status = 1;
  if (argc == 2 && ari_sources_add(&all, ari_str_of(argv[1])) == 0 && ari_source_load(&all.items[0], 0, LARGEST, true, &fs) == ARI_OK
      && ari_set_read(&all.items[0], 0, &set, &fs) == ARI_OK && set && set->sound && print_set(&all.items[0], set, ARI_VI) && print_set(&all.items[0], set, ARI_EN))
    status = 0;
  ari_set_free(set);
  ari_findings_free(&fs);
  ari_sources_free(&all);
  return status;
}
