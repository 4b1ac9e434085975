/* What a report says it was made from, the same in every format: the round, or that there is none, and the files. */
#include "inside.h"

#include <string.h>

bool ari_report_round(const ari_work *work, ari_round_info *out) { return ari_round_of(work, out) == ARI_OK && strcmp(out->state, "trial") != 0; }

void ari_report_put_round(ari_buf *b, const ari_work *work) {
  ari_lang lang = work->options.lang;
  ari_round_info round;
  if (!ari_report_round(work, &round)) {
    ari_buf_text(b, ari_word_text(ARI_WORD_no_round, lang));
    return;
  }
  ari_buf_printf(b, "%s %s: %s. %s: %s (", ari_word_text(ARI_WORD_round_title, lang), round.id, round.state_text, ari_word_text(ARI_WORD_log_head, lang), round.head);
  ari_buf_count(b, round.entries, ari_chart_locale(work));
  ari_buf_printf(b, " %s).", ari_word_text(ARI_WORD_log_entries, lang));
}

ari_str ari_report_file_name(const ari_work *work, size_t file) {
  ari_str name = work->sources.items[work->files[file].source].name;
  for (size_t i = name.n; i > 0; i--)
    if (name.p[i - 1] == '/' && i < name.n) return ari_str_sub(name, i, name.n);
  return name;
}

bool ari_report_file_is_of(const ari_work *work, size_t file, size_t agency) {
  const ari_evidence *ev = work->evidence;
  bool of_others = false;
  for (size_t i = 0; i < ev->n_namings; i++) {
    if (ev->namings[i].source != work->files[file].source) continue;
    if (ev->namings[i].agency == agency) return true;
    of_others = true;
  }
  return !of_others;
}
