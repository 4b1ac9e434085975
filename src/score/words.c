/* Words that cross the public header: states, periods, figures. */
#include "inside.h"


const char *ari_leaf_state_name(ari_leaf_state state) {
  static const char *const names[] = {
    [ARI_NO_STATE] = "", [ARI_SCORED] = "scored", [ARI_MISSING] = "missing", [ARI_EMPTY] = "empty", [ARI_NOT_APPLICABLE] = "not_applicable",
    [ARI_WITHHELD] = "withheld", [ARI_WATCHED] = "watched", [ARI_PENDING] = "pending"};
  return (size_t)state < ARI_COUNT(names) ? names[state] : "";
}

const char *ari_agency_state_name(ari_agency_state state) {
  static const char *const names[] = {[ARI_FINAL] = "final", [ARI_PROVISIONAL] = "provisional", [ARI_AGENCY_WITHHELD] = "withheld",
                                      [ARI_INVALID] = "invalid", [ARI_ABSENT] = "absent"};
  return (size_t)state < ARI_COUNT(names) ? names[state] : "";
}

/* No figure is longer than 40 bytes, so nothing is allocated and nothing can fail. */
char *ari_figure_text(int64_t e12, int decimals, ari_locale how, char out[48]) {
  ari_buf b = {.p = out, .room = 48};
  ari_buf_e12(&b, e12, decimals, how);
  out[b.n] = '\0';
  return out;
}

char *ari_time_text(int64_t at, ari_locale how, char out[48]) {
  ari_buf b = {.p = out, .room = 48};
  ari_buf_time(&b, at, how);
  out[b.n] = '\0';
  return out;
}

/* Official usage: "tháng 8/2026", "quý III/2026", "6 tháng đầu năm 2026", "năm 2026". */
static void put_vi(ari_buf *b, ari_period p) {
  static const char *const quarters[] = {"I", "II", "III", "IV"};
  if (p.kind == ARI_MONTH) ari_buf_printf(b, "tháng %d/%d", p.part, p.year);
  else if (p.kind == ARI_QUARTER) ari_buf_printf(b, "quý %s/%d", quarters[p.part - 1], p.year);
  else if (p.kind == ARI_HALF) ari_buf_printf(b, "6 tháng %s năm %d", p.part == 1 ? "đầu" : "cuối", p.year);
  else ari_buf_printf(b, "năm %d", p.year);
}

static void put_en(ari_buf *b, ari_period p) {
  static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                                       "November", "December"};
  if (p.kind == ARI_MONTH) ari_buf_printf(b, "%s %d", months[p.part - 1], p.year);
  else if (p.kind == ARI_QUARTER) ari_buf_printf(b, "Q%d %d", p.part, p.year);
  else if (p.kind == ARI_HALF) ari_buf_printf(b, "%s half of %d", p.part == 1 ? "first" : "second", p.year);
  else ari_buf_printf(b, "%d", p.year);
}

void ari_buf_period_words(ari_buf *b, ari_period period, ari_lang lang) {
  if (!period.kind) return;
  if (lang == ARI_VI) put_vi(b, period);
  else put_en(b, period);
}
