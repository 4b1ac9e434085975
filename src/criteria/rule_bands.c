/* Bands and cases. Methodology: ari-criteria(5), "Rules". Each form equals:
 *   bands: v, points: [{from: a, points: x}, {above: b, points: y}, {points: z}]   if v >= a then x else if v > b then y else z
 *   cases: [{when: c, points: x}, {points: y}]                                     if c then x else y */
#include "inside.h"

/* ---- bands ----------------------------------------------------------------------------------------------------------------- */

enum { BP_FROM, BP_ABOVE, BP_POINTS, BP_FIELDS };
static const ari_field band_fields[] = {
  {.key = "from", .type = ARI_FIELD_RATIO, .en = "this value and more", .vi = "từ giá trị này trở lên"},
  {.key = "above", .type = ARI_FIELD_RATIO, .en = "more than this value", .vi = "trên giá trị này"},
  {.key = "points", .type = ARI_FIELD_FORMULA, .required = true, .en = "the points", .vi = "số điểm"},
  {.key = NULL},
};

enum { BA_BANDS, BA_POINTS };
static const ari_field bands_fields[] = {
  {.key = "bands", .type = ARI_FIELD_FORMULA, .required = true, .en = "the value that is looked up", .vi = "giá trị để xét khoảng"},
  {.key = "points", .type = ARI_FIELD_LIST, .required = true, .below = band_fields, .en = "the bands, from the highest to the lowest",
   .vi = "các khoảng, từ cao xuống thấp"},
  {.key = NULL},
};

static void read_band(ari_reader *r, ari_node *node, const ari_yaml *item, ari_rule_part *part) {
  const ari_yaml *f[BP_FIELDS];
  part->span = item->span;
  if (!ari_fields_read(item, band_fields, f, r->fs)) return;
  if (f[BP_FROM] && f[BP_ABOVE]) ARI_TELL(r, ARI_E0232, f[BP_ABOVE]->key->span, ARI_NO_ARG);
  part->above = f[BP_ABOVE] != NULL;
  part->from = ari_reader_ratio(r, part->above ? f[BP_ABOVE] : f[BP_FROM]);
  part->written = ari_reader_text(r, part->above ? f[BP_ABOVE] : f[BP_FROM]);
  part->points = ari_reader_points(r, node, f[BP_POINTS]);
}

static void read_bands(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  const ari_yaml *list = f[BA_POINTS];
  uint32_t n = list ? ari_reader_count(r, list) : 0;
  rule->value = ari_reader_formula(r, node, f[BA_BANDS], ARI_TYPE_NUM);
  rule->parts = ari_reader_alloc(r, n, sizeof *rule->parts);
  for (const ari_yaml *item = rule->parts && n ? list->first : NULL; item; item = item->next)
    read_band(r, node, item, &rule->parts[rule->n_parts++]);
}

/* Whether band `b` begins below band `a`: `above: 30%` begins just above `from: 30%`. The last band without a threshold is below all. */
static bool begins_below(const ari_rule_part *b, const ari_rule_part *a) {
  if (!a->from) return false;
  if (!b->from) return true;
  int order = ari_num_cmp(b->from, a->from);
  return order < 0 || (order == 0 && a->above && !b->above);
}

/* Bands go downwards without overlap; the last one catches the rest unless the value cannot be lower. */
static void check_bands(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  ari_nums nums = {0};
  ari_range v;
  const ari_rule_part *last = &rule->parts[rule->n_parts - 1];
  if (!ari_leaf_range(&nums, r->set, node, tier, rule->value, &v)) {
    r->no_memory = true;
    ari_nums_free(&nums);
    return;
  }
  for (uint32_t i = 0; i < rule->n_parts; i++) {
    const ari_rule_part *p = &rule->parts[i], *before = i > 0 ? p - 1 : NULL;
    ari_check_points(r, node, tier, p->points);
    int high = p->from && v.has_high ? ari_num_cmp(p->from, v.high) : -1;
    if (before && !begins_below(p, before))
      ARI_TELL(r, ARI_E0230, p->span, ARI_NO_ARG)->other = before->span;
    else if (high > 0 || (high == 0 && p->above))
      ARI_TELL(r, ARI_E0233, p->span, ARI_NO_ARG);
    else if (before && p->from && before->from && v.has_low && !before->above && ari_num_cmp(before->from, v.low) <= 0)
      ARI_TELL(r, ARI_E0233, p->span, ARI_NO_ARG)->other = before->span;
  }
  int low = last->from && v.has_low ? ari_num_cmp(last->from, v.low) : 1;
  if (last->from && (low > 0 || (low == 0 && last->above)))
    ARI_TELL(r, ARI_E0231, last->span, ari_arg_c(last->above ? "above" : "from"), ari_arg_text(last->written));
  ari_nums_free(&nums);
}

static bool is_in_band(const ari_rule_part *p, const ari_num *v) {
  if (!p->from) return true;
  int order = ari_num_cmp(v, p->from);
  return order > 0 || (order == 0 && !p->above);
}

/* The points of the part that applies. */
static void eval_part(const ari_rule_part *p, const char *word, ari_rule_run *run, ari_rule_answer *answer, int32_t i) {
  if (ari_rule_number(run, p->points, run->points, answer))
    ari_trace_add(run->trace, ARI_STEP_CHOSEN, word, p->span, p->points, run->points, NULL, i);
}

/* check_bands has seen to it that nothing lies below the last band. */
static ari_rule_answer eval_bands(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  ari_num *v = run->scratch[0];
  if (!ari_rule_number(run, rule->value, v, &answer)) return answer;
  ari_trace_add(run->trace, ARI_STEP_VALUE, "bands", rule->value->span, rule->value, v, NULL, 0);
  uint32_t i = 0;
  while (i + 1 < rule->n_parts && !is_in_band(&rule->parts[i], v)) i++;
  eval_part(&rule->parts[i], "bands", run, &answer, (int32_t)i);
  return answer;
}

const ari_rule_kind ari_rule_bands = {
  .name = "bands", .fields = bands_fields, .read = read_bands, .check = check_bands, .eval = eval_bands, .range = ari_rule_range_parts,
};

/* ---- cases ----------------------------------------------------------------------------------------------------------------- */

enum { CP_WHEN, CP_POINTS, CP_FIELDS };
static const ari_field case_fields[] = {
  {.key = "when", .type = ARI_FIELD_FORMULA, .en = "the condition; the last case has none",
   .vi = "điều kiện; trường hợp cuối không có điều kiện"},
  {.key = "points", .type = ARI_FIELD_FORMULA, .required = true, .en = "the points", .vi = "số điểm"},
  {.key = NULL},
};
static const ari_field cases_fields[] = {
  {.key = "cases", .type = ARI_FIELD_LIST, .required = true, .below = case_fields, .en = "the cases, the first true one counts",
   .vi = "các trường hợp, lấy trường hợp đúng đầu tiên"},
  {.key = NULL},
};

static void read_cases(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  const ari_yaml *list = f[0];
  uint32_t n = list ? ari_reader_count(r, list) : 0;
  rule->parts = ari_reader_alloc(r, n, sizeof *rule->parts);
  for (const ari_yaml *item = rule->parts && n ? list->first : NULL; item; item = item->next) {
    const ari_yaml *c[CP_FIELDS];
    ari_rule_part *part = &rule->parts[rule->n_parts++];
    part->span = item->span;
    if (!ari_fields_read(item, case_fields, c, r->fs)) continue;
    part->when = ari_reader_formula(r, node, c[CP_WHEN], ARI_TYPE_BOOL);
    part->points = ari_reader_points(r, node, c[CP_POINTS]);
  }
}

/* Every case can be the first true one, and one of them always is. A last case without a condition is allowed to be there for safety, but not
 * behind another one without. */
static void check_cases(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  for (uint32_t i = 0; i < rule->n_parts; i++) ari_check_points(r, node, tier, rule->parts[i].points);
  ari_cover_answer answer = ari_cover(r, node, tier, rule);
  if (r->no_memory) return;
  for (uint32_t i = 0; i < rule->n_parts; i++)
    if (i > 0 && !rule->parts[i - 1].when && !rule->parts[i].when)
      ARI_TELL(r, ARI_E0233, rule->parts[i].span, ARI_NO_ARG);
    else if (answer.known && !answer.reached[i] && (i + 1 < rule->n_parts || rule->parts[i].when))
      ARI_TELL(r, ARI_E0233, rule->parts[i].span, ARI_NO_ARG);
  if (answer.known ? !answer.exhaustive : rule->parts[rule->n_parts - 1].when != NULL)
    ARI_TELL(r, ARI_E0234, rule->parts[rule->n_parts - 1].span, ARI_NO_ARG);
}

/* check_cases has seen to it that one case holds: the last one when no other does. */
static ari_rule_answer eval_cases(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  const ari_rule_part *p = rule->parts, *last = rule->parts + rule->n_parts - 1;
  for (;; p++) {
    int32_t applies = 1;
    if (p->when && !ari_rule_choice(run, p->when, &applies, &answer)) return answer;
    if (applies || p == last) break;
    ari_trace_add(run->trace, ARI_STEP_PASSED, "cases", p->span, p->when, NULL, NULL, 0);
  }
  eval_part(p, "cases", run, &answer, (int32_t)(p - rule->parts));
  return answer;
}

const ari_rule_kind ari_rule_cases = {
  .name = "cases", .fields = cases_fields, .read = read_cases, .check = check_cases, .eval = eval_cases, .range = ari_rule_range_parts,
};
