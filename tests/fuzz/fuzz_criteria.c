/* Any bytes as a criteria set. Besides not crashing, what is promised must hold: a set that is sound has maxima that add up exactly, a rule for every
 * leaf with points, and rules that evaluate whatever the evidence is, within the range that is known of them. */
#include "criteria/inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
  if (!holds) abort();
}

/* ---- evidence made of the input's own bytes -------------------------------------------------------------------------- */

typedef struct evidence { const ari_set *set; const uint8_t *data; size_t size; unsigned salt; } evidence;

/* A value that its input allows; one in nine is not there. Other bounds than 0 are not looked at: they only have to do with what is said of ranges. */
static bool get_value(const void *of, int slot, ari_value *out) {
  const evidence *e = of;
  const ari_input *in = &e->set->inputs[slot];
  unsigned roll = (unsigned)slot * 7 + e->salt * 13 + (e->size ? e->data[((size_t)slot * 31 + e->salt) % e->size] : 0);
  if (roll % 9 == 8) return false;
  static const ari_dec values[] = {{.coef = 3}, {.coef = 0}, {.coef = 17}, {.coef = 1}, {.coef = 25, .scale = 0}};
  *out = (ari_value){.type = ARI_TYPE_NUM, .dec = {.coef = roll % 23}, .list = {values, roll % 6 % 5}};
  switch (in->type) {
  case ARI_YES_NO: *out = (ari_value){.type = ARI_TYPE_BOOL, .i = (int32_t)(roll % 2)}; break;
  case ARI_DATE: *out = (ari_value){.type = ARI_TYPE_DATE, .i = (int32_t)(roll * 100)}; break;
  case ARI_CHOICE: *out = (ari_value){.type = ARI_TYPE_CHOICE, .i = (int32_t)(roll % in->n_options)}; break;
  case ARI_NUMBER:
  case ARI_PERCENT: out->dec = (ari_dec){.coef = (int64_t)(roll % 301) - 100, .scale = 2}; break;
  default: break;
  }
  return true;
}

static bool has_bounds(const ari_set *set) {
  for (uint32_t i = 0; i < set->n_inputs; i++)
    if (set->inputs[i].has_from || set->inputs[i].has_to) return true;
  return false;
}

/* ---- what must hold ---------------------------------------------------------------------------------------------------- */

static void check_points(const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_num *points) {
  ari_nums nums = {0};
  ari_range range;
  must(leaf->rule->kind->range(&nums, set, leaf, tier, leaf->rule, &range));
  must(!range.has_low || ari_num_cmp(range.low, points) <= 0);
  must(!range.has_high || ari_num_cmp(range.high, points) >= 0);
  must(ari_rule_limits(&nums, set, leaf, tier, &range));
  must(range.has_low && (!range.has_high || ari_num_cmp(range.low, range.high) <= 0));
  ari_nums_free(&nums);
}

static void check_rules(const ari_set *set, const uint8_t *data, size_t size) {
  ari_rule_run run = {.eval = ari_eval_new(), .points = ari_num_new()};
  for (size_t i = 0; i < ARI_COUNT(run.scratch); i++) must((run.scratch[i] = ari_num_new()) != NULL);
  must(run.eval && run.points);
  bool bounds = has_bounds(set);
  for (uint32_t l = 0; l < set->n_leaves && l < 50; l++) {
    const ari_node *leaf = set->leaves[l];
    must(leaf->rule || ari_node_watched(set, leaf));
    for (unsigned salt = 0; leaf->rule && salt < 4; salt++) {
      evidence e = {set, data, size, salt};
      ari_inputs inputs = {.of = &e, .get = get_value};
      ari_trace trace = {0};
      run.inputs = &inputs;
      uint32_t tier = salt % set->n_tiers;
      bool scored = leaf->max_e12[tier] > 0 && leaf->presence[tier] == ARI_THERE;
      run.max = leaf->max[tier];
      run.trace = &trace;
      ari_rule_answer answer = ari_rule_eval(leaf->rule, &run);
      must(answer.answer.outcome != ARI_NO_MEMORY && !trace.failed);
      if (answer.answer.outcome == ARI_EMPTY_DIVISION && scored) must(leaf->empty[tier].policy != ARI_POLICY_NONE);
      if (answer.answer.outcome == ARI_VALUE && !answer.error && scored && !bounds) check_points(set, leaf, tier, run.points);
      ari_trace_free(&trace);
    }
  }
  for (size_t i = 0; i < ARI_COUNT(run.scratch); i++) ari_num_free(run.scratch[i]);
  ari_num_free(run.points);
  ari_eval_free(run.eval);
}

/* What the children have in a tier; how many they are. */
static uint32_t sum_children(const ari_node *node, uint32_t tier, ari_num *sum) {
  uint32_t n = 0;
  ari_num_set_int(sum, 0);
  for (const ari_node *child = node->first; child; child = child->next, n++) {
    must(child->parent == node && child->level == node->level + 1 && child->index > node->index);
    must(child->presence[tier] >= node->presence[tier]);
    must(child->presence[tier] != ARI_NOT_THERE || child->max_e12[tier] == 0);
    ari_num_add(sum, sum, child->max[tier]);
  }
  return n;
}

static void check_tree(const ari_set *set) {
  ari_num *sum = ari_num_new();
  must(sum && set->n_leaves > 0 && set->root == set->nodes[0] && set->n_tiers > 0);
  for (uint32_t i = 0; i < set->n_nodes; i++) {
    const ari_node *node = set->nodes[i], *found = ari_set_node(set, node->id);
    must(node->index == (int32_t)i && (found == node || !set->sound));
    must((node->n_children == 0) == (node->leaf >= 0));
    must(node->leaf < 0 || set->leaves[node->leaf] == node);
    for (uint32_t t = 0; t < set->n_tiers; t++) {
      must(sum_children(node, t, sum) == node->n_children);
      if (!set->sound || node->n_children == 0 || node->combine != ARI_COMBINE_SUM) continue;
      int order = ari_num_cmp(sum, node->max[t]);
      must(order == 0 || (order > 0 && node->over_max == ARI_OVER_CAP));
    }
  }
  ari_num_free(sum);
}

static void check_findings(ari_findings *fs, ari_sources *all, size_t size) {
  ari_buf b = {0};
  for (size_t i = 0; i < fs->n; i++) {
    must(fs->items[i].at.file == 0 && (size_t)fs->items[i].at.start + fs->items[i].at.len <= size);
    must(fs->items[i].other.file < 0 || (size_t)fs->items[i].other.start + fs->items[i].other.len <= size);
  }
  ari_findings_sort(fs);
  ari_findings_text(&b, fs, all, ARI_VI, false);
  must(!b.failed);
  ari_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ari_sources all = {0};
  ari_findings fs = {0};
  ari_set *set = NULL;
  char *bytes = ari_malloc(size + 1);
  must(bytes && ari_sources_add(&all, ARI_STR("fuzz.yaml")) == 0);
  if (size > 0) memcpy(bytes, data, size);
  ari_source_give(&all.items[0], bytes, size);
  must(ari_set_read(&all.items[0], 0, &set, &fs) == ARI_OK);
  must(set || fs.errors > 0);
  if (set) {
    must(set->sound == (fs.errors == 0));
    check_tree(set);
    if (set->sound) check_rules(set, data, size);
  }
  check_findings(&fs, &all, size);
  ari_set_free(set);
  ari_findings_free(&fs);
  ari_sources_free(&all);
  return 0;
}
