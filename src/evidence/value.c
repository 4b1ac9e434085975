/* One text of the evidence as a value of its input's type (methodology: ari-evidence(5), "Values"). What is not of the type is told with
 * what to write instead, never guessed: 4.000 is four thousand to one reader and four to another. */
#include "inside.h"

#include <string.h>

enum { MAX_SCALE = 30, FIXED = ARI_DEC_PLAIN };

/* Tells what is wrong with a text, and what to write instead when that is known. */
static bool refuse(ari_reading *r, const ari_spot *spot, ari_code code, ari_str text, ari_str instead) {
  ari_reading_tell(r, spot, code, &(ari_args){{ari_arg_text(text), ari_arg_text(instead)}});
  return false;
}

/* ---- figures --------------------------------------------------------------------------------------------------------------- */

/* 7.46% and 7.46 both mean 0.0746; `written` stays the 2 decimals that were typed. */
static ari_dec_error parse_percent(ari_str text, ari_dec *out, char fixed[FIXED]) {
  bool sign = text.n && text.p[text.n - 1] == '%';
  ari_dec_error error = ari_dec_read(sign ? ari_str_trim(ari_str_sub(text, 0, text.n - 1)) : text, out, fixed);
  if (error == ARI_DEC_OK && out->scale > MAX_SCALE - 2) error = ARI_DEC_DIGITS;
  if (sign && (error == ARI_DEC_COMMA || error == ARI_DEC_GROUPED)) memcpy(fixed + strlen(fixed), "%", 2);
  if (error != ARI_DEC_OK) return error;
  out->scale = (int8_t)(out->coef ? out->scale + 2 : 0);
  for (; out->scale > 0 && out->coef % 10 == 0 && out->coef; out->scale--) out->coef /= 10;
  return ARI_DEC_OK;
}

static ari_dec_error parse_figure(ari_input_type type, ari_str text, ari_dec *out, char fixed[FIXED]) {
  if (type == ARI_PERCENT) return parse_percent(text, out, fixed);
  return type == ARI_NUMBER ? ari_dec_read(text, out, fixed) : ari_dec_read_count(text, type == ARI_MONEY, out, fixed);
}

/* Answers what base found: grouping, commas and signs of other kinds with what to write, too many digits, else the type's own message. */
static bool read_figure(ari_reading *r, const ari_spot *spot, ari_input_type type, ari_str text, ari_dec *out) {
  char fixed[FIXED] = "", plain[FIXED], ignored[FIXED];
  ari_dec_error error = parse_figure(type, text, out, fixed);
  if (error == ARI_DEC_COMMA && r->decimal_comma) error = parse_figure(type, ari_str_of(fixed), out, ignored);
  if (error == ARI_DEC_OK) return true;
  if (error == ARI_DEC_GROUPED) return refuse(r, spot, ARI_E0150, text, ari_str_of(fixed));
  if (error == ARI_DEC_COMMA) return refuse(r, spot, ARI_E0149, text, ari_str_of(fixed));
  if (error == ARI_DEC_DIGITS) return refuse(r, spot, ARI_E0151, text, ARI_STR(""));
  if (ari_dec_plain(text, plain) && parse_figure(type, ari_str_of(plain), out, ignored) == ARI_DEC_OK)
    return refuse(r, spot, ARI_E0160, text, ari_str_of(plain));
  static const ari_code otherwise[] = {
    [ARI_NUMBER] = ARI_E0152, [ARI_COUNT_INPUT] = ARI_E0470, [ARI_MONEY] = ARI_E0471, [ARI_PERCENT] = ARI_E0472};
  return refuse(r, spot, otherwise[type], text, ARI_STR(""));
}

/* ---- dates ----------------------------------------------------------------------------------------------------------------- */

/* "31/1/2026", "31.01.2026", "31-01-2026", "2026/01/31" as "2026-01-31". False: nothing of the kind. */
static bool turn_date(ari_str text, char fixed[11]) {
  unsigned part[3] = {0}, n = 0;
  size_t digits[3] = {0};
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    if (c >= '0' && c <= '9') {
      if (++digits[n] > 4) return false;
      part[n] = part[n] * 10 + (unsigned)(c - '0');
    } else if (n == 2 || !digits[n] || !strchr("/.-", c)) {
      return false;
    } else {
      n++;
    }
  }
  bool year_first = digits[0] == 4;
  if (n != 2 || digits[year_first ? 0 : 2] != 4 || !digits[2]) return false;
  unsigned year = part[year_first ? 0 : 2], day = part[year_first ? 2 : 0], month = part[1];
  if (month > 99 || day > 99) return false;
  char written[11] = {(char)('0' + year / 1000), (char)('0' + year / 100 % 10), (char)('0' + year / 10 % 10), (char)('0' + year % 10), '-',
                      (char)('0' + month / 10), (char)('0' + month % 10), '-', (char)('0' + day / 10), (char)('0' + day % 10), '\0'};
  int32_t real;
  memcpy(fixed, written, sizeof written);
  return ari_date_read(ari_str_of(fixed), &real);
}

static bool read_date(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text, ari_dec *out) {
  int32_t day;
  if (ari_date_read(text, &day)) {
    *out = (ari_dec){.coef = day};
    ari_reading_look_at_day(r, spot, input, day);
    return true;
  }
  char fixed[11];
  if (turn_date(text, fixed)) return refuse(r, spot, ARI_E0473, text, ari_str_of(fixed));
  return refuse(r, spot, ARI_E0155, text, ARI_STR(""));
}

/* ---- words ----------------------------------------------------------------------------------------------------------------- */

/* Spreadsheets turn yes-no columns into TRUE and FALSE, so the case of ASCII letters does not matter; Ó and Ô are listed. */
static bool is_word(ari_str text, const char *word) {
  size_t n = strlen(word);
  if (text.n != n) return false;
  for (size_t i = 0; i < n; i++) {
    char c = text.p[i];
    if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != word[i]) return false;
  }
  return true;
}

static bool read_yes_no(ari_reading *r, const ari_spot *spot, ari_str text, ari_dec *out) {
  static const struct { const char *word; int yes; } words[] = {{"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0},
                                                                {"có", 1}, {"không", 0}, {"cÓ", 1}, {"khÔng", 0}};
  ari_str nfc = ari_reading_nfc(r, text);
  for (size_t i = 0; i < ARI_COUNT(words); i++) {
    if (!is_word(nfc, words[i].word)) continue;
    *out = (ari_dec){.coef = words[i].yes};
    return true;
  }
  return refuse(r, spot, ARI_E0474, text, ARI_STR(""));
}

static bool refuse_option(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text) {
  for (uint32_t i = 0; i < input->n_options; i++)   /* the title where the id belongs */
    if (ari_str_eq(input->options[i].title.vi, text) || ari_str_eq(input->options[i].title.en, text))
      return refuse(r, spot, ARI_E0476, text, input->options[i].id);
  int nearest = ari_reading_guess(r) ? ari_str_nearest(text, input->option_ids, input->n_options) : -1;
  if (nearest >= 0) return refuse(r, spot, ARI_E0476, text, input->option_ids[nearest]);
  ari_buf b = {0};
  ari_buf_options(&b, input);
  refuse(r, spot, ARI_E0475, text, ari_buf_view(&b));
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
  return false;
}

static bool read_choice(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text, ari_dec *out) {
  text = ari_reading_nfc(r, text);
  for (uint32_t i = 0; i < input->n_options; i++) {
    if (!ari_str_eq(input->option_ids[i], text)) continue;
    *out = (ari_dec){.coef = (int64_t)i};
    return true;
  }
  return refuse_option(r, spot, input, text);
}

/* ---- limits ---------------------------------------------------------------------------------------------------------------- */

/* |coef| × 10^by, cut at 10^19: beyond every coefficient. */
static uint64_t shifted(int64_t coef, int by) {
  uint64_t v = coef < 0 ? -(uint64_t)coef : (uint64_t)coef;
  for (; by > 0 && v && v < UINT64_C(1000000000000000000); by--) v *= 10;
  return by > 0 && v ? UINT64_MAX : v;
}

/* Compares without GMP, for it is done for every value that has limits. */
int ari_dec_cmp(ari_dec a, ari_dec b) {
  int sign_a = (a.coef > 0) - (a.coef < 0), sign_b = (b.coef > 0) - (b.coef < 0);
  if (sign_a != sign_b) return sign_a < sign_b ? -1 : 1;
  uint64_t x = shifted(a.coef, b.scale - a.scale), y = shifted(b.coef, a.scale - b.scale);
  return x == y ? 0 : (x < y) == (sign_a > 0) ? -1 : 1;
}

static ari_arg arg_of(const ari_input *input, ari_dec value) {
  return input->type == ARI_DATE ? ari_arg_date((int32_t)value.coef) : ari_arg_dec(value);
}

/* Methodology: a value outside `from` … `to` is an error. */
static bool check_limits(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text, ari_dec value) {
  bool low = input->has_from && ari_dec_cmp(value, input->from) < 0, high = input->has_to && ari_dec_cmp(value, input->to) > 0;
  if (!low && !high) return true;
  ari_dec limit = low ? input->from : input->to;
  bool percent = input->type == ARI_PERCENT;
  if (percent && limit.scale >= -28) limit.scale = (int8_t)(limit.scale - 2);   /* shown as it is written: 7.46 for 0.0746 */
  ari_finding *f = ari_reading_tell(r, spot, low ? percent ? ARI_E0482 : ARI_E0480 : percent ? ARI_E0483 : ARI_E0481,
                                    &(ari_args){{ari_arg_text(text), arg_of(input, limit)}});
  f->other = input->span;
  return false;
}

static bool read_typed(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text, ari_dec *out) {
  if (!text.n && input->type != ARI_TEXT) return refuse(r, spot, ARI_E0161, text, ARI_STR(""));
  switch (input->type) {
  case ARI_YES_NO: return read_yes_no(r, spot, text, out);
  case ARI_COUNT_INPUT:
  case ARI_NUMBER:
  case ARI_MONEY:
  case ARI_PERCENT: return read_figure(r, spot, input->type, text, out);
  case ARI_DATE: return read_date(r, spot, input, text, out);
  case ARI_CHOICE: return read_choice(r, spot, input, text, out);
  case ARI_SURVEY: break;   /* its options have values */
  case ARI_TEXT: return ari_reading_keep(r, spot, text, &out->coef);
  }
  return false;
}

bool ari_value_read(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text, ari_dec *out) {
  if (!read_typed(r, spot, input, text, out)) return false;
  return (!input->has_from && !input->has_to) || check_limits(r, spot, input, text, *out);
}

/* Claimed points never enter a score, but they are stored and printed as figures, within ±9,000,000. */
bool ari_value_points(ari_reading *r, const ari_spot *spot, ari_str text, ari_dec *out) {
  if (!read_figure(r, spot, ARI_NUMBER, text, out)) return false;
  ari_dec limit = {.coef = 9000000}, size = {.coef = out->coef < 0 ? -out->coef : out->coef, .scale = out->scale};
  return ari_dec_cmp(size, limit) <= 0 || refuse(r, spot, ARI_E0484, text, ARI_STR(""));
}
