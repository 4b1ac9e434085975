/* Shares: plain, up to a target, full from a threshold, zero below a floor.
 * Methodology: ari-criteria(5), "Rules". With r the share and M the maximum, each form equals:
 *   share: r                                                     M * r
 *   share: r, full_at: t                                         M * min(1, r / t)
 *   share: r, full_from: f, partial: p (M unless written)        if r >= f then M else p * r
 *   … and zero_below: z (full_from: 100% unless full_at stands)  if r < z then 0 else … */
#include "inside.h"

enum { SH_SHARE, SH_FULL_AT, SH_FULL_FROM, SH_ZERO_BELOW, SH_PARTIAL };
static const ari_field share_fields[] = {
  {.key = "share", .type = ARI_FIELD_FORMULA, .required = true, .en = "the part of the whole, from 0 to 1", .vi = "tỷ lệ, từ 0 đến 1"},
  {.key = "full_at", .type = ARI_FIELD_RATIO, .en = "the share that gives full points; below it in proportion",
   .vi = "tỷ lệ đạt điểm tối đa; dưới mức đó tính theo tỷ lệ"},
  {.key = "full_from", .type = ARI_FIELD_RATIO, .en = "from this share on full points; below it points × share",
   .vi = "từ tỷ lệ này được điểm tối đa; dưới mức đó lấy điểm × tỷ lệ"},
  {.key = "zero_below", .type = ARI_FIELD_RATIO, .en = "below this share no points", .vi = "dưới tỷ lệ này không có điểm"},
  {.key = "partial", .type = ARI_FIELD_FORMULA, .en = "points at 100% in the branch below full_from",
   .vi = "số điểm ứng với 100% ở nhánh dưới full_from"},
  {.key = NULL},
};

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

/* A threshold of a share lies above 0 and at most at 1. */
static ari_num *read_threshold(ari_reader *r, const ari_yaml *y) {
  ari_num *t = ari_reader_ratio(r, y);
  if (!t || (ari_num_sign(t) > 0 && ari_num_cmp_int(t, 1) <= 0)) return t;
  ARI_TELL(r, ARI_E0239, y->span, ari_arg_text(y->key->text));
  return NULL;
}

static void read_share(ari_reader *r, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **f) {
  (void)map;
  rule->value = ari_reader_formula(r, node, f[SH_SHARE], ARI_TYPE_NUM);
  rule->full_at = read_threshold(r, f[SH_FULL_AT]);
  rule->full_from = read_threshold(r, f[SH_FULL_FROM]);
  rule->zero_below = read_threshold(r, f[SH_ZERO_BELOW]);
  rule->partial = ari_reader_points(r, node, f[SH_PARTIAL]);
  const ari_yaml *at = f[SH_FULL_AT];
  const ari_yaml *clash = f[SH_FULL_FROM] ? f[SH_FULL_FROM] : f[SH_PARTIAL];
  if (at && clash)
    ARI_TELL(r, ARI_E0241, clash->key->span, ari_arg_text(clash->key->text), ari_arg_c("full_at"))->other = at->key->span;
  else if (f[SH_PARTIAL] && !f[SH_FULL_FROM] && !f[SH_ZERO_BELOW])
    ARI_TELL(r, ARI_E0242, f[SH_PARTIAL]->key->span, ari_arg_c("partial"), ari_arg_c("full_from"));
  const ari_num *full = rule->full_at ? rule->full_at : rule->full_from;
  const ari_yaml *full_y = at ? at : f[SH_FULL_FROM];
  if (rule->zero_below && full && ari_num_cmp(rule->zero_below, full) >= 0)
    ARI_TELL(r, ARI_E0240, f[SH_ZERO_BELOW]->span, ari_arg_text(full_y->key->text))->other = full_y->span;
}

/* Nothing that the inputs allow is a share: all evidence would be E0501. */
static void check_share(ari_reader *r, ari_node *node, uint32_t tier, ari_rule *rule) {
  ari_nums nums = {0};
  ari_range share;
  ari_check_points(r, node, tier, rule->partial);
  if (!ari_leaf_range(&nums, r->set, node, tier, rule->value, &share)) r->no_memory = true;
  else if ((share.has_low && ari_num_cmp_int(share.low, 1) > 0) || (share.has_high && ari_num_sign(share.high) < 0))
    ARI_TELL(r, ARI_E0297, rule->value->span, ari_arg_text(rule->value->text));
  ari_nums_free(&nums);
}

/* ---- evaluating ------------------------------------------------------------------------------------------------------------- */

static bool has_middle(const ari_rule *rule) { return !rule->full_at && (rule->full_from || rule->zero_below); }

/* From the threshold on (100 % unless written) the points are full, whatever `partial` says. */
static bool is_full(const ari_rule *rule, const ari_num *share) {
  return rule->full_from ? ari_num_cmp(share, rule->full_from) >= 0 : ari_num_cmp_int(share, 1) >= 0;
}

/* full_at: M × min(1, r / t). */
static void eval_full_at(const ari_rule *rule, ari_rule_run *run, const ari_num *share) {
  ari_num *part = run->scratch[1], *one = run->scratch[2];
  ari_num_div(part, share, rule->full_at);
  ari_trace_add(run->trace, ARI_STEP_FACTOR, "full_at", rule->span, NULL, part, share, 0);
  ari_num_set_int(one, 1);
  if (ari_num_cmp(part, one) > 0) {
    ari_trace_add(run->trace, ARI_STEP_LIMIT, "full_at", rule->span, NULL, one, part, 0);
    ari_num_set(part, one);
  }
  ari_num_mul(run->points, part, run->max);
  ari_trace_add(run->trace, ARI_STEP_FACTOR, "share", rule->span, NULL, run->points, part, 0);
}

/* With as many decimals as show that it is neither 0 nor 1. */
static ari_arg outside_arg(const ari_num *share, ari_rule_run *run) {
  enum { MOST = 17 };
  ari_num *scaled = run->scratch[1], *ten = run->scratch[2];
  int64_t shown, one = ARI_ONE;
  ari_num_set(scaled, share);
  ari_num_set_int(ten, 10);
  for (int8_t scale = 12; scale <= MOST; scale++, one *= 10) {
    if (!ari_num_e12(scaled, &shown)) return ari_arg_num(share);
    if (shown != 0 && shown != one) return ari_arg_dec((ari_dec){.coef = shown, .scale = scale});
    ari_num_mul(scaled, scaled, ten);
  }
  return ari_arg_dec((ari_dec){.coef = shown == 0 ? -1 : shown + 1, .scale = MOST});   /* less than half of that outside */
}

static ari_rule_answer eval_share(const ari_rule *rule, ari_rule_run *run) {
  ari_rule_answer answer = {0};
  ari_num *share = run->scratch[0], *partial = run->scratch[1];
  if (!ari_rule_number(run, rule->value, share, &answer)) return answer;
  ari_trace_add(run->trace, ARI_STEP_VALUE, "share", rule->value->span, rule->value, share, NULL, 0);
  if (ari_num_sign(share) < 0 || ari_num_cmp_int(share, 1) > 0) {
    answer.error = ARI_E0501;
    answer.beyond[0] = outside_arg(share, run);
    return answer;
  }
  if (rule->zero_below && ari_num_cmp(share, rule->zero_below) < 0) {
    ari_num_set_int(run->points, 0);
    ari_trace_add(run->trace, ARI_STEP_LIMIT, "zero_below", rule->span, NULL, run->points, share, 0);
  } else if (rule->full_at) {
    eval_full_at(rule, run, share);
  } else if (has_middle(rule) && is_full(rule, share)) {
    ari_num_set(run->points, run->max);
    ari_trace_add(run->trace, ARI_STEP_CHOSEN, "full_from", rule->span, NULL, run->points, share, 0);
  } else if (rule->partial) {
    if (!ari_rule_number(run, rule->partial, partial, &answer)) return answer;
    ari_num_mul(run->points, partial, share);
    ari_trace_factor(run->trace, "partial", rule->partial, share, partial);
  } else {
    ari_num_mul(run->points, run->max, share);
    ari_trace_add(run->trace, ARI_STEP_FACTOR, "share", rule->span, NULL, run->points, share, 0);
  }
  return answer;
}

/* ---- range ------------------------------------------------------------------------------------------------------------------ */

/* Lets `out` hold points × share for the least and the most points. */
static void join_at(ari_range *out, const ari_range *points, const ari_num *share, ari_range *room, bool first) {
  room->has_low = points->has_low;
  room->has_high = points->has_high;
  ari_num_mul(room->low, points->low, share);
  ari_num_mul(room->high, points->high, share);
  ari_range_join(out, room, first);
}

static bool new_range(ari_nums *nums, ari_range *range) {
  *range = (ari_range){.low = ari_nums_new(nums), .high = ari_nums_new(nums)};
  return range->low && range->high;
}

/* The points are linear in the share between the thresholds: their extremes lie at the ends of the share and at the thresholds. */
static bool range_share(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out) {
  ari_range share, full, points, room;
  ari_num *zero = ari_nums_new(nums), *one = ari_nums_new(nums);
  if (!ari_leaf_range(nums, set, leaf, tier, rule->value, &share)) return false;
  if (!new_range(nums, &full) || !new_range(nums, &room) || !new_range(nums, out)) return false;
  if (!zero || !one) return false;
  ari_num_set_int(one, 1);
  if (!share.has_low || ari_num_sign(share.low) < 0) ari_num_set_int(share.low, 0);
  if (!share.has_high || ari_num_cmp_int(share.high, 1) > 0) ari_num_set_int(share.high, 1);
  full.has_low = full.has_high = true;
  ari_num_set(full.low, leaf->max[tier]);
  ari_num_set(full.high, leaf->max[tier]);
  points = full;
  if (rule->partial && !ari_leaf_range(nums, set, leaf, tier, rule->partial, &points)) return false;
  if (rule->full_at) {
    ari_num_div(share.low, share.low, rule->full_at);
    ari_num_div(share.high, share.high, rule->full_at);
    if (ari_num_cmp(share.high, one) > 0) ari_num_set(share.high, one);
    if (ari_num_cmp(share.low, one) > 0) ari_num_set(share.low, one);
  }
  bool middle = has_middle(rule), low_full = middle && is_full(rule, share.low), high_full = middle && is_full(rule, share.high);
  const ari_num *from = rule->full_from ? rule->full_from : one;
  join_at(out, low_full ? &full : &points, low_full ? one : share.low, &room, true);
  join_at(out, high_full ? &full : &points, high_full ? one : share.high, &room, false);
  if (high_full && !low_full) join_at(out, &points, from, &room, false);
  if (rule->zero_below) join_at(out, &full, zero, &room, false);
  return true;
}

const ari_rule_kind ari_rule_share = {
  .name = "share", .fields = share_fields, .read = read_share, .check = check_share, .eval = eval_share, .range = range_share,
};
