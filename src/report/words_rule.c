/* Rules in words: one sentence for each form of the table in criteria's rules.c, as an official would write it in a decision. Methodology:
 * ari-criteria(5), "Rules". */
#include "inside.h"

#include <string.h>

#define FORMULA(formula) {ARI_PHRASE_FORMULA, .e = formula}
#define POINTS(formula) {ARI_PHRASE_POINTS, .e = formula}
#define RATIO(number) {ARI_PHRASE_RATIO, .n = number}
#define REACHED(number) {ARI_PHRASE_REACHED, .n = number}
#define TITLE(title) {ARI_PHRASE_TITLE, .text = title}
#define TEXT(words) {ARI_PHRASE_TEXT, .text = words}
#define WORD(word_) {ARI_PHRASE_WORD, .word = word_}

static void put_word(const ari_words *w, ari_word word) { ari_buf_text(w->b, ari_word_text(word, w->lang)); }

/* ---- points ---- */

/* A number, or one below 0. */
static const ari_num *constant_of(const ari_expr *e, bool *negative) {
  *negative = e->op == ARI_OP_NEG;
  if (*negative) e = e->kids[0];
  return e->op == ARI_OP_CONST && e->type == ARI_TYPE_NUM && !e->percent ? e->number : NULL;
}

void ari_words_points(const ari_words *w, const ari_expr *e) {
  bool negative, share = e->op == ARI_OP_SHARE_OF_MAX;
  const ari_num *number = share && ari_num_sign(e->number) == 0 ? e->number : constant_of(e, &negative);
  if (e->op == ARI_OP_LET) ari_words_points(w, e->kids[0]);
  else if (number) ARI_SAY(w, ari_num_cmp_int(number, 1) == 0 ? ARI_WORD_rule_point : ARI_WORD_rule_points, FORMULA(e));
  else if (e->op == ARI_OP_MAX || (share && ari_num_cmp_int(e->number, 1) == 0)) put_word(w, ARI_WORD_rule_full);
  else if (share || e->op == ARI_OP_NEG) ari_words_formula(w, e);
  else ARI_SAY(w, ARI_WORD_rule_points_formula, FORMULA(e));
}

/* Points that are the maximum, or those of a number, unless a formula is written. */
static ari_phrase points_or(const ari_expr *e, ari_word otherwise) {
  return e ? (ari_phrase)POINTS(e) : (ari_phrase){ARI_PHRASE_WORD, .word = otherwise};
}

static void put_points(const ari_words *w, const ari_rule *rule) {
  const ari_expr *e = rule->value;
  bool negative;
  if (e->op == ARI_OP_INPUT) ARI_SAY(w, ARI_WORD_rule_given, FORMULA(e));
  else if (e->op == ARI_OP_MAX || e->op == ARI_OP_SHARE_OF_MAX || constant_of(e, &negative)) ARI_SAY(w, ARI_WORD_rule_always, POINTS(e));
  else ARI_SAY(w, ARI_WORD_rule_computed, FORMULA(e));
}

static void put_yes_no(const ari_words *w, const ari_rule *rule) {
  bool input = rule->value->op == ARI_OP_INPUT;
  ari_phrase value = FORMULA(rule->value);
  if (input) value = (ari_phrase)TITLE(ari_words_input_title(w->set, rule->value->slot, w->lang));
  ARI_SAY(w, input ? ARI_WORD_rule_yes_no : ARI_WORD_rule_condition, value, points_or(rule->yes, ARI_WORD_rule_full),
          points_or(rule->no, ARI_WORD_rule_none));
}

/* ---- options ---- */

/* " “On time”: full points; “Late”: 50% of the maximum." */
static void put_options(const ari_words *w, const ari_rule *rule) {
  const ari_input *in = &w->set->inputs[rule->value->slot];
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    if (i) ari_buf_char(w->b, ';');
    ARI_SAY(w, ARI_WORD_rule_option, TITLE(ari_title_in(in->options[i].title, w->lang)), POINTS(rule->parts[i].points));
  }
  ari_buf_char(w->b, '.');
}

static void put_choice(const ari_words *w, const ari_rule *rule) {
  ARI_SAY(w, ARI_WORD_rule_by, TITLE(ari_words_input_title(w->set, rule->value->slot, w->lang)));
  put_options(w, rule);
}

static void put_survey(const ari_words *w, const ari_rule *rule) {
  ARI_SAY(w, ARI_WORD_rule_survey, TITLE(ari_words_input_title(w->set, rule->value->slot, w->lang)));
  put_options(w, rule);
  put_word(w, ARI_WORD_rule_survey_mean);
}

/* ---- shares ---- */

static void put_share(const ari_words *w, const ari_rule *rule) {
  const ari_num *at = rule->full_at, *from = rule->full_from, *zero = rule->zero_below;
  ari_num *one = ari_num_new();
  if (!one) {
    w->b->failed = true;
    return;
  }
  ari_num_set_int(one, 1);
  ari_phrase part = rule->partial ? (ari_phrase){ARI_PHRASE_FACTOR, .e = rule->partial} : (ari_phrase){ARI_PHRASE_WORD, .word = ARI_WORD_formula_max};
  if (!from && rule->partial) from = one;   /* `partial` behind zero_below alone: full at 100 % */
  ARI_SAY(w, ARI_WORD_rule_share, FORMULA(rule->value));
  if (zero && at) ARI_SAY(w, ARI_WORD_rule_zero_full_at, RATIO(at), RATIO(zero), REACHED(at));
  else if (zero && from) ARI_SAY(w, ARI_WORD_rule_zero_full_from, RATIO(from), RATIO(zero), REACHED(from), part);
  else if (zero) ARI_SAY(w, ARI_WORD_rule_zero_below, RATIO(zero));
  else if (at) ARI_SAY(w, ARI_WORD_rule_full_at, RATIO(at));
  else if (from) ARI_SAY(w, ARI_WORD_rule_full_from, RATIO(from), part, REACHED(from));
  else put_word(w, ARI_WORD_rule_share_plain);
  ari_num_free(one);
}

/* ---- bands and cases ---- */

static ari_phrase threshold(const ari_rule_part *part) {
  return (ari_phrase){ari_str_ends(ari_str_trim(part->written), "%") ? ARI_PHRASE_RATIO : ARI_PHRASE_NUM, .n = part->from};
}

/* Where a band lies: from its own threshold to that of the one above it. */
static void put_band(const ari_words *w, const ari_rule_part *part, const ari_rule_part *above) {
  static const ari_word between[2][2] = {{ARI_WORD_rule_band_from_below, ARI_WORD_rule_band_from_to},     /* by above of both */
                                         {ARI_WORD_rule_band_above_below, ARI_WORD_rule_band_above_to}};
  if (!part->from && !above) put_word(w, ARI_WORD_rule_band_any);
  else if (!part->from) ARI_SAY(w, above->above ? ARI_WORD_rule_band_to : ARI_WORD_rule_band_below, threshold(above));
  else if (!above) ARI_SAY(w, part->above ? ARI_WORD_rule_band_above : ARI_WORD_rule_from, threshold(part));
  else if (ari_num_cmp(part->from, above->from) == 0) ARI_SAY(w, ARI_WORD_rule_band_exactly, threshold(part));
  else ARI_SAY(w, between[part->above][above->above], threshold(part), threshold(above));
}

void ari_words_band(const ari_words *w, const ari_rule *rule, uint32_t i) { put_band(w, &rule->parts[i], i ? &rule->parts[i - 1] : NULL); }

static void put_bands(const ari_words *w, const ari_rule *rule) {
  ARI_SAY(w, ARI_WORD_rule_by, FORMULA(rule->value));
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    ari_buf_text(w->b, i ? "; " : " ");
    ari_words_band(w, rule, i);
    ari_buf_text(w->b, ": ");
    ari_words_points(w, rule->parts[i].points);
  }
  ari_buf_char(w->b, '.');
}

static void put_cases(const ari_words *w, const ari_rule *rule) {
  const ari_rule_part *p = rule->parts;
  if (rule->n_parts == 2 && p[0].when && !p[1].when) {
    ARI_SAY(w, ARI_WORD_rule_condition, FORMULA(p[0].when), POINTS(p[0].points), POINTS(p[1].points));
    return;
  }
  put_word(w, ARI_WORD_rule_cases);
  for (uint32_t i = 0; i < rule->n_parts; i++, p++) {
    ari_buf_printf(w->b, "%s (%u) ", i ? ";" : "", i + 1);
    if (p->when) ARI_SAY(w, ARI_WORD_rule_case, FORMULA(p->when), POINTS(p->points));
    else ARI_SAY(w, ARI_WORD_rule_case_else, POINTS(p->points));
  }
  ari_buf_char(w->b, '.');
}

/* ---- counting ---- */

/* "Số báo cáo gửi chậm" counts báo cáo gửi chậm: what follows "Số", when it begins with a noun. Empty: it does not, or the language is another. */
static ari_str counted_noun(const ari_words *w, const ari_expr *count) {
  static const char *const nouns[] = {"báo cáo", "bài", "buổi", "cán bộ", "câu hỏi", "công chức", "công trình", "cuộc", "cơ quan", "dịch vụ", "dự án", "đề án",
                                      "đơn vị", "giải pháp", "hành vi", "hoạt động", "hồ sơ", "hội nghị", "kết quả", "kiến nghị", "lần", "lớp", "lượt",
                                      "mô hình", "ngày", "người", "nhiệm vụ", "phản ánh", "phòng", "quyết định", "sáng kiến", "sự cố", "thủ tục", "tin",
                                      "trường hợp", "vấn đề", "văn bản", "viên chức", "việc", "vụ", "xã"};
  ari_str title = ari_words_input_title(w->set, count->slot, w->lang), rest = ari_str_sub(title, strlen("Số "), title.n);
  if (w->lang != ARI_VI || !ari_str_starts(title, "Số ")) return (ari_str){0};
  for (size_t i = 0; i < ARI_COUNT(nouns); i++) {
    size_t n = strlen(nouns[i]);
    if (ari_str_starts(rest, nouns[i]) && (rest.n == n || rest.p[n] == ' ' || rest.p[n] == ',')) return rest;
  }
  return (ari_str){0};
}

/* How often points are given or taken. */
typedef struct counting { ari_word noun, each, times; } counting;

static void put_each(const ari_words *w, const ari_expr *count, const ari_expr *each, const counting *words) {
  bool negative, plain = count->op == ARI_OP_INPUT && (constant_of(each, &negative) || each->op == ARI_OP_SHARE_OF_MAX);
  ari_str noun = plain ? counted_noun(w, count) : (ari_str){0};
  if (noun.n) ARI_SAY(w, words->noun, TEXT(noun), POINTS(each));
  else if (plain) ARI_SAY(w, words->each, FORMULA(count), POINTS(each));
  else ARI_SAY(w, words->times, {ARI_PHRASE_FACTOR, .e = count}, {ARI_PHRASE_FACTOR, .e = each});
}

static void put_count(const ari_words *w, const ari_rule *rule) {
  static const counting given = {ARI_WORD_rule_count_noun, ARI_WORD_rule_count_each, ARI_WORD_rule_count_times};
  static const counting taken = {ARI_WORD_rule_taken_noun, ARI_WORD_rule_taken_each, ARI_WORD_rule_count_times};
  put_each(w, rule->value, rule->each, w->taken ? &taken : &given);
  if (rule->at_most) ARI_SAY(w, ARI_WORD_rule_at_most, POINTS(rule->at_most));
  ari_buf_char(w->b, '.');
}

static void put_deduct(const ari_words *w, const ari_rule *rule) {
  static const counting words = {ARI_WORD_rule_deduct_noun, ARI_WORD_rule_deduct_each, ARI_WORD_rule_deduct_times};
  ARI_SAY(w, ARI_WORD_rule_deduct, points_or(rule->start, ARI_WORD_rule_full));
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i];
    ari_buf_text(w->b, i ? "; " : " ");
    if (p->when) ARI_SAY(w, ARI_WORD_rule_deduct_when, FORMULA(p->when), POINTS(p->points));
    else put_each(w, p->count, p->each, &words);
  }
  if (rule->at_least) ARI_SAY(w, ARI_WORD_rule_at_least, POINTS(rule->at_least));
  else ARI_SAY(w, ARI_WORD_rule_at_least_number, {ARI_PHRASE_NUM, .n = rule->floor});
}

static void put_judged(const ari_words *w, const ari_rule *rule) {
  put_word(w, ARI_WORD_rule_judged);
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    ari_buf_text(w->b, i ? "; " : " ");
    ari_words_points(w, rule->parts[i].points);
  }
  ari_buf_char(w->b, '.');
}

/* ---- beside others ---- */

static ari_word others(const ari_words *w, const ari_rule *rule) { return ari_words_cohort(w->set->series[rule->series].cohort); }

static void put_outside(const ari_words *w, const ari_rule *rule) {
  static const ari_word words[] = {[ARI_OVER_ERROR] = ARI_WORD_rule_outside_error, [ARI_OVER_CAP] = ARI_WORD_rule_outside_cap,
                                   [ARI_OVER_ALLOW] = ARI_WORD_rule_outside_allow};
  put_word(w, words[rule->outside]);
}

static void put_minmax(const ari_words *w, const ari_rule *rule) {
  bool low = rule->better_low;
  if (rule->series >= 0) {
    ARI_SAY(w, low ? ARI_WORD_rule_minmax_cohort_low : ARI_WORD_rule_minmax_cohort, FORMULA(rule->value), WORD(others(w, rule)));
    return;
  }
  ARI_SAY(w, low ? ARI_WORD_rule_minmax_low : ARI_WORD_rule_minmax, FORMULA(rule->value), FORMULA(rule->low), FORMULA(rule->high));
  put_outside(w, rule);
}

/* Between −3 and 3 unless the author wrote limits. */
static void put_zscore(const ari_words *w, const ari_rule *rule) {
  ari_phrase low = TEXT(ARI_STR("−3")), high = TEXT(ARI_STR("3"));
  if (rule->low && rule->high) {
    low = (ari_phrase)FORMULA(rule->low);
    high = (ari_phrase)FORMULA(rule->high);
  }
  ARI_SAY(w, ARI_WORD_rule_zscore, FORMULA(rule->value), WORD(others(w, rule)),
          WORD(rule->population ? ARI_WORD_rule_sd_population : ARI_WORD_rule_sd_sample));
  ARI_SAY(w, rule->better_low ? ARI_WORD_rule_minmax_low : ARI_WORD_rule_minmax, TEXT(ARI_STR("z")), low, high);
  put_outside(w, rule);
}

static void put_percentile(const ari_words *w, const ari_rule *rule) {
  ARI_SAY(w, rule->better_low ? ARI_WORD_rule_percentile_low : ARI_WORD_rule_percentile, FORMULA(rule->value), WORD(others(w, rule)));
}

/* ---- what is below ---- */

static ari_word combining_word(ari_combine how) {
  static const ari_word words[] = {[ARI_COMBINE_MEAN] = ARI_WORD_rule_mean, [ARI_COMBINE_WEIGHTED] = ARI_WORD_rule_weighted,
                                   [ARI_COMBINE_GEOMETRIC] = ARI_WORD_rule_geometric, [ARI_COMBINE_HARMONIC] = ARI_WORD_rule_harmonic,
                                   [ARI_COMBINE_MIN] = ARI_WORD_rule_lowest};
  return words[how];
}

static void put_combining(const ari_words *w, const ari_node *node) {
  if (node->combine == ARI_COMBINE_SUM) put_word(w, ARI_WORD_rule_sum);
  else ARI_SAY(w, ARI_WORD_rule_combine, WORD(combining_word(node->combine)));
}

/* A maximum of 0 wherever it is there: whatever the rule says, there are no points. */
static bool is_watched(const ari_set *set, const ari_node *leaf) {
  for (uint32_t t = 0; t < set->n_tiers; t++)
    if (ari_num_sign(leaf->max[t]) != 0) return false;
  return true;
}

/* A bonus and a penalty are cut at their maximum whatever they say. */
static void put_over_max(const ari_words *w, const ari_node *node) {
  if (node->over_max == ARI_OVER_CAP || node == w->set->bonus || node == w->set->penalty) put_word(w, ARI_WORD_rule_cap);
  else if (node->over_max == ARI_OVER_ALLOW) put_word(w, ARI_WORD_rule_allow);
}

void ari_rule_sentence(ari_buf *b, const ari_set *set, const ari_node *node, ari_lang lang) {
  static const struct { const ari_rule_kind *kind; void (*put)(const ari_words *w, const ari_rule *rule); } forms[] = {
    {&ari_rule_points, put_points}, {&ari_rule_yes_no, put_yes_no}, {&ari_rule_of_choice, put_choice}, {&ari_rule_survey, put_survey},
    {&ari_rule_share, put_share}, {&ari_rule_bands, put_bands}, {&ari_rule_cases, put_cases}, {&ari_rule_count, put_count},
    {&ari_rule_deduct, put_deduct}, {&ari_rule_judged, put_judged}, {&ari_rule_minmax, put_minmax}, {&ari_rule_zscore, put_zscore},
    {&ari_rule_percentile, put_percentile}};
  ari_words w = ari_words_start(b, set, lang);
  w.taken = set->penalty && ari_part_of(node) == set->penalty;
  if (node->leaf < 0) put_combining(&w, node);
  else if (is_watched(set, node)) put_word(&w, ARI_WORD_rule_watched);
  for (size_t i = 0; node->rule && !is_watched(set, node) && i < ARI_COUNT(forms); i++)
    if (forms[i].kind == node->rule->kind) forms[i].put(&w, node->rule);
  put_over_max(&w, node);
}
