/* What can be told of a tree without any evidence (ari-criteria(5), "Formulas" and "Criteria"): maxima that do not add up or cannot be
 * reached, empty divisions that nobody has answered, inputs that nothing uses. Each finding stands where the mistake is mended. */
#include "inside.h"

/* ---- maxima -------------------------------------------------------------------------------------------------------------- */

enum { SHOWN_CHILDREN = 12 };

/* "6 + 4 + 2 + 5", as the files write them. */
static void put_children(ari_buf *b, const ari_node *node, uint32_t tier) {
  int shown = 0;
  for (const ari_node *child = node->first; child; child = child->next) {
    if (child->presence[tier] == ARI_NOT_THERE) continue;
    if (shown > 0) ari_buf_text(b, " + ");
    if (shown++ == SHOWN_CHILDREN) {
      ari_buf_text(b, "…");
      return;
    }
    ari_buf_num(b, child->max[tier], 4, ARI_AS_DATA);
  }
}

/* What the criteria below add up to in a tier. False: a maximum was told as an error. */
static bool sum_children(const ari_node *node, uint32_t tier, ari_num *sum) {
  ari_num_set_int(sum, 0);
  for (const ari_node *child = node->first; child; child = child->next) {
    if (!child->max[tier]) return false;
    ari_num_add(sum, sum, child->max[tier]);
  }
  return node->max[tier] || !node->max_written;
}

/* Tiers in which the sum is wrong, and whether it is the same mistake in all there are. */
typedef struct wrong_sums { uint32_t tiers, there, first; ari_num *sum; bool same; } wrong_sums;

/* "department: 4 + 5 = 9 (max 10); commune: …" */
static void put_sums(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tiers, ari_num *sum) {
  for (uint32_t t = 0, shown = 0; t < set->n_tiers; t++) {
    if (!(tiers >> t & 1) || !sum_children(node, t, sum)) continue;
    if (shown++) ari_buf_text(b, "; ");
    ari_buf_str(b, set->tiers[t].id);
    ari_buf_text(b, ": ");
    put_children(b, node, t);
    ari_buf_text(b, " = ");
    ari_buf_num(b, sum, 4, ARI_AS_DATA);
    ari_buf_text(b, " (max ");
    ari_buf_num(b, node->max[t], 4, ARI_AS_DATA);
    ari_buf_char(b, ')');
  }
}

static void tell_sums(ari_reader *r, const ari_node *node, const wrong_sums *w) {
  ari_buf b = {0};
  ari_arg id = ari_arg_text(node->parent ? node->id : r->set->id);
  if (w->same && w->tiers == w->there) {
    put_children(&b, node, w->first);
    ARI_TELL(r, ARI_E0203, node->max_span, id, ari_arg_num(w->sum), ari_arg_num(node->max[w->first]), ari_arg_text(ari_buf_view(&b)));
  } else {
    put_sums(&b, r->set, node, w->tiers, w->sum);
    ARI_TELL(r, ARI_E0268, node->max_span, id, ari_arg_text(ari_buf_view(&b)));
  }
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

/* Notes a tier when its sum is wrong; a maximum left out becomes the sum. */
static void check_sum(ari_reader *r, ari_node *node, uint32_t tier, ari_num *sum, wrong_sums *w) {
  int64_t figure;
  if (!node->max_written) {
    if (!ari_num_e12(sum, &figure)) ARI_TELL(r, ARI_E0205, node->span, ari_arg_text(node->id));
    else if ((node->max[tier] = ari_reader_num(r))) ari_num_set(node->max[tier], sum);
    return;
  }
  int order = ari_num_cmp(sum, node->max[tier]);
  if (order == 0 || (order > 0 && node->over_max == ARI_OVER_CAP)) return;
  if (!w->tiers) {
    w->first = tier;
    ari_num_set(w->sum, sum);
  }
  w->same = w->same && ari_num_cmp(sum, w->sum) == 0 && ari_num_cmp(node->max[tier], node->max[w->first]) == 0;
  w->tiers |= UINT32_C(1) << tier;
}

/* `combine: sum`: in every tier the maxima of the criteria below add up to the maximum; a node that caps itself may have more below than it
 * can give. */
void ari_check_maxima(ari_reader *r, ari_node *node) {
  ari_num *sum = ari_reader_num(r);
  wrong_sums w = {.sum = ari_reader_num(r), .same = true};
  size_t errors = r->fs->errors;
  for (uint32_t t = 0; sum && w.sum && t < r->set->n_tiers && r->fs->errors == errors; t++) {
    if (node->presence[t] == ARI_NOT_THERE) continue;
    w.there |= UINT32_C(1) << t;
    if (sum_children(node, t, sum)) check_sum(r, node, t, sum, &w);
  }
  if (w.tiers) tell_sums(r, node, &w);
}

void ari_check_min(ari_reader *r, ari_node *node) {
  for (uint32_t t = 0; t < r->set->n_tiers; t++) {
    if (!node->min_written || node->presence[t] == ARI_NOT_THERE || !node->max[t] || ari_num_cmp(node->min, node->max[t]) <= 0) continue;
    ARI_TELL(r, ARI_E0246, node->min_span, ari_arg_text(node->id))->other = node->max_span;
    return;
  }
}

/* ---- ranges of formulas ---------------------------------------------------------------------------------------------------- */

bool ari_leaf_range(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_expr *e, ari_range *out) {
  ari_node_view view = {set, leaf};
  ari_scope scope = ari_node_scope(&view);
  return ari_expr_range(nums, e, &scope, leaf->max[tier], out);
}

void ari_range_join(ari_range *all, const ari_range *one, bool first) {
  bool lower = one->has_low && (first || ari_num_cmp(one->low, all->low) < 0);
  bool higher = one->has_high && (first || ari_num_cmp(one->high, all->high) > 0);
  all->has_low = one->has_low && (first || all->has_low);
  all->has_high = one->has_high && (first || all->has_high);
  if (all->has_low && lower) ari_num_set(all->low, one->low);
  if (all->has_high && higher) ari_num_set(all->high, one->high);
}

/* ---- points ---------------------------------------------------------------------------------------------------------------- */

/* Another tier that scores the leaf has another maximum: then the sentence names the tier. */
static bool is_of_tier(const ari_set *set, const ari_node *leaf, uint32_t tier) {
  for (uint32_t t = 0; t < set->n_tiers; t++)
    if (leaf->presence[t] == ARI_THERE && leaf->max[t] && ari_num_cmp(leaf->max[t], leaf->max[tier]) != 0) return true;
  return false;
}

/* Of the two codes the one whose sentence fits; the tier is its last argument. */
static void tell_in_tier(ari_reader *r, const ari_node *leaf, uint32_t tier, ari_code code, ari_code by_tier, ari_span at, ari_args args) {
  bool named = is_of_tier(r->set, leaf, tier);
  if (named) args.at[3] = ari_arg_text(r->set->tiers[tier].id);
  ari_findings_add(r->fs, named ? by_tier : code, at, &args)->other = leaf->max_span;
}

void ari_check_points(ari_reader *r, ari_node *leaf, uint32_t tier, const ari_expr *points) {
  ari_nums nums = {0};
  ari_range range;
  const ari_num *max = leaf->max[tier];
  if (!points) return;
  if (!ari_leaf_range(&nums, r->set, leaf, tier, points, &range)) {
    r->no_memory = true;
  } else if (range.has_low && range.has_high && ari_num_cmp(range.low, range.high) == 0) {
    const ari_num *given = range.low;
    if (!leaf->min_written && ari_num_cmp(given, leaf->min) < 0) ari_num_set(leaf->min, given);
    bool strict = leaf->over_max == ARI_OVER_ERROR, scored = max && ari_num_sign(max) > 0;
    if (strict && scored && ari_num_cmp(given, max) > 0)
      tell_in_tier(r, leaf, tier, ARI_E0243, ARI_E0272, points->span, (ari_args){{ari_arg_num(given), ari_arg_num(max), ari_arg_text(leaf->id)}});
    if (strict && ari_num_cmp(given, leaf->min) < 0)
      ARI_TELL(r, ARI_E0244, points->span, ari_arg_num(given), ari_arg_num(leaf->min), ari_arg_text(leaf->id))->other = leaf->min_span;
  }
  ari_nums_free(&nums);
}

/* A leaf with points says what 0 out of 0 comes to, wherever that can happen. */
static void check_empty(ari_reader *r, const ari_node *leaf, uint32_t tier) {
  bool can = false;
  const ari_expr *where = NULL;
  if (leaf->empty[tier].policy != ARI_POLICY_NONE) return;
  if (!ari_rule_can_be_empty(r->set, leaf, tier, &can, &where)) r->no_memory = true;
  if (!can) return;
  if (where) {
    const ari_expr *below = where->kids[where->n - 1];   /* a divisor, or the list of a mean */
    ari_code code = where->op == ARI_OP_DIV ? ARI_E0225 : ARI_E0347;
    ARI_TELL(r, code, below->span, ari_arg_text(below->text), ari_arg_text(leaf->id));
  } else if (leaf->rule->kind == &ari_rule_survey) {
    ARI_TELL(r, ARI_E0348, leaf->rule->value->span, ari_arg_text(leaf->rule->value->text), ari_arg_text(leaf->id));
  } else {
    ARI_TELL(r, ARI_E0286, leaf->rule->span, ari_arg_text(leaf->id));
  }
}

/* A range of provisional totals needs an end. */
static void check_end(ari_reader *r, const ari_node *leaf, uint32_t tier, const ari_range *range) {
  bool open = leaf->over_max == ARI_OVER_ALLOW && !range->has_high;
  if (open && ari_rule_waits(r->set, leaf->rule)) ARI_TELL(r, ARI_W0295, leaf->rule->span, ari_arg_text(leaf->id), ari_arg_num(leaf->max[tier]));
}

/* Whether the rule can give the maximum and nothing beyond it. */
static void check_reach(ari_reader *r, const ari_node *leaf, uint32_t tier) {
  ari_nums nums = {0};
  ari_range range;
  const ari_rule *rule = leaf->rule;
  if (!rule->kind->range(&nums, r->set, leaf, tier, rule, &range)) r->no_memory = true;
  else check_end(r, leaf, tier, &range);
  if (!r->no_memory && range.has_high) {
    int order = ari_num_cmp(range.high, leaf->max[tier]);
    ari_arg max = ari_arg_num(leaf->max[tier]), high = ari_arg_num(range.high), id = ari_arg_text(leaf->id);
    bool negative = leaf->outside && ari_num_sign(leaf->min) < 0;   /* told as such: see outside.c */
    if (order < 0 && !negative) tell_in_tier(r, leaf, tier, ARI_E0245, ARI_E0273, rule->span, (ari_args){{max, id, high}});
    if (order > 0 && leaf->over_max == ARI_OVER_ERROR) tell_in_tier(r, leaf, tier, ARI_W0251, ARI_W0296, rule->span, (ari_args){{high, max, id}});
  }
  ari_nums_free(&nums);
}

static void check_in_tier(ari_reader *r, ari_node *leaf, uint32_t tier) {
  bool scored = leaf->max[tier] && ari_num_sign(leaf->max[tier]) > 0;
  if (scored) check_empty(r, leaf, tier);
  size_t errors = r->fs->errors;
  if (leaf->rule->kind->check) leaf->rule->kind->check(r, leaf, tier, leaf->rule);
  if (scored && r->fs->errors == errors) check_reach(r, leaf, tier);
}

/* What is wrong in several tiers is one mistake. */
void ari_check_leaf(ari_reader *r, ari_node *leaf) {
  size_t told = r->fs->errors + r->fs->warnings;
  for (uint32_t t = 0; t < r->set->n_tiers && r->fs->errors + r->fs->warnings == told; t++)
    if (leaf->presence[t] == ARI_THERE) check_in_tier(r, leaf, t);
}

/* ---- inputs ---------------------------------------------------------------------------------------------------------------- */

/* A text is there to be read by people, and what is only watched need not be used. */
void ari_check_inputs(ari_reader *r) {
  for (uint32_t i = 0; i < r->set->n_inputs; i++) {
    const ari_input *in = &r->set->inputs[i];
    const ari_node *owner = in->owner;
    bool watched = owner->n_children == 0 && ari_node_watched(r->set, owner);
    if (!in->used && in->type != ARI_TEXT && in->of_survey < 0 && !watched) ARI_TELL(r, ARI_W0250, in->span, ari_arg_text(in->name));
  }
}
