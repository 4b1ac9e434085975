/* How criteria come together, and the weights of those that are combined by weights. Methodology: ari-criteria(5), "Criteria". */
#include "inside.h"

const char *const ari_combine_words[] = {"sum", "mean", "weighted", "geometric", "harmonic", "min", NULL};
const char *const ari_weights_words[] = {"relative", NULL};

const char *ari_combine_name(ari_combine c) { return ari_combine_words[c]; }

enum { SHOWN_CHILDREN = 12 };

void ari_reader_combine(ari_reader *r, ari_node *node, const ari_yaml **fields) {
  const ari_yaml *combine = fields[ARI_NODE_COMBINE], *weights = fields[ARI_NODE_WEIGHTS];
  int word = combine ? ari_yaml_word(combine, ari_combine_words, r->fs) : -1;
  if (word >= 0) {
    node->combine = (ari_combine)word;
    node->combine_lost = false;
    node->combine_from = node;
    node->combine_span = ari_entry_span(combine);
  } else if (combine) {
    node->combine = ARI_COMBINE_MEAN;   /* told: a mean asks for neither weights nor maxima that add up */
    node->combine_lost = true;
  }
  if (!weights || ari_yaml_word(weights, ari_weights_words, r->fs) < 0) return;
  node->weights_relative = true;
  if (node->combine != ARI_COMBINE_WEIGHTED && !node->combine_lost)
    ARI_TELL(r, ARI_E0242, weights->key->span, ari_arg_c("weights"), ari_arg_c("combine: weighted"));
}

static ari_num *read_weight(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_str key) {
  (void)node;
  ari_num *weight = ari_reader_ratio(r, y);
  if (weight && ari_num_sign(weight) < 0) ARI_TELL(r, ARI_E0249, y->span, ari_arg_text(key));
  return weight;
}

void ari_reader_weight(ari_reader *r, ari_node *node, const ari_yaml *y) {
  if (!y) return;
  node->weight_span = ari_entry_span(y);
  ari_reader_numbers(r, node, y, read_weight, node->weight);
}

/* A maximum among others that do not add up with it is a scale of its own, and the parent's when nothing else is said. Where maxima add up
 * nothing but a maximum of its own can stand in for it; a sum has its children's. */
void ari_reader_parent_max(ari_reader *r, ari_node *node, bool leaf) {
  bool own_sum = !leaf && node->combine == ARI_COMBINE_SUM, below_sum = !node->parent || node->parent->combine == ARI_COMBINE_SUM;
  if (node->max_written || own_sum) return;
  if (below_sum) {
    if (!leaf && !node->combine_lost) ARI_TELL(r, ARI_E0206, node->span, ari_arg_text(node->parent ? node->id : r->set->id));
    return;
  }
  for (uint32_t t = 0; t < r->set->n_tiers; t++)
    if (node->presence[t] != ARI_NOT_THERE) node->max[t] = node->parent->max[t];
}

/* ---- checks without evidence ------------------------------------------------------------------------------------------- */

static bool is_watched(const ari_node *node, uint32_t tier) { return node->max[tier] && ari_num_sign(node->max[tier]) == 0; }

bool ari_node_watched(const ari_set *set, const ari_node *node) {
  uint32_t t = 0;
  while (t < set->n_tiers && (node->presence[t] == ARI_NOT_THERE || is_watched(node, t))) t++;
  return t == set->n_tiers;
}

/* The setting of the node itself, else the node. */
static ari_span place_of(const ari_node *node) { return node->combine_from == node ? node->combine_span : node->span; }
static ari_arg name_of(const ari_reader *r, const ari_node *node) { return ari_arg_text(node->parent ? node->id : r->set->id); }

/* "40% + 30% + 27%" */
static void put_weights(ari_buf *b, const ari_node *node, uint32_t tier, ari_num *percent) {
  int shown = 0;
  for (const ari_node *child = node->first; child; child = child->next) {
    if (!child->weight[tier] || child->presence[tier] == ARI_NOT_THERE) continue;
    if (shown > 0) ari_buf_text(b, " + ");
    if (shown++ == SHOWN_CHILDREN) {
      ari_buf_text(b, "…");
      return;
    }
    ari_num_set_int(percent, 100);
    ari_num_mul(percent, percent, child->weight[tier]);
    ari_buf_num(b, percent, 4, ARI_AS_DATA);
    ari_buf_char(b, '%');
  }
}

static ari_span first_weight(const ari_node *node) {
  const ari_node *first = node->first;
  while (!first->weight_span.len) first = first->next;
  return first->weight_span;
}

static void sum_weights(const ari_node *node, uint32_t tier, ari_num *sum) {
  ari_num_set_int(sum, 0);
  for (const ari_node *child = node->first; child; child = child->next)
    if (child->weight[tier] && child->presence[tier] != ARI_NOT_THERE) ari_num_add(sum, sum, child->weight[tier]);
}

/* Whether nothing is wrong in a tier. What is watched needs no weight; one that it has counts here, so that the set still adds up when
 * the criterion is scored again. */
static bool adds_up(const ari_node *node, const ari_num *sum) {
  return ari_num_sign(sum) != 0 && (node->weights_relative || ari_num_cmp_int(sum, 1) == 0);
}

/* "department: 40% + 30% = 70%; commune: …", of the tiers of a mask. */
static void put_sums(ari_buf *b, const ari_set *set, const ari_node *node, uint32_t tiers, ari_num *sum, ari_num *hundred) {
  for (uint32_t t = 0, shown = 0; t < set->n_tiers; t++) {
    if (!(tiers >> t & 1)) continue;
    if (shown++) ari_buf_text(b, "; ");
    ari_buf_str(b, set->tiers[t].id);
    ari_buf_text(b, ": ");
    put_weights(b, node, t, hundred);
    sum_weights(node, t, sum);
    ari_num_set_int(hundred, 100);
    ari_num_mul(sum, sum, hundred);
    ari_buf_text(b, " = ");
    ari_buf_num(b, sum, 4, ARI_AS_DATA);
    ari_buf_char(b, '%');
  }
}

/* `sum` is that of the first tier. Where all tiers have the same mistake none of them is named. */
static void tell_sums(ari_reader *r, const ari_node *node, uint32_t tiers, bool same, ari_num *sum, ari_num *hundred) {
  ari_buf b = {0};
  uint32_t first = 0;
  while (!(tiers >> first & 1)) first++;
  sum_weights(node, first, sum);
  if (same && ari_num_sign(sum) == 0) {
    ARI_TELL(r, ARI_E0258, place_of(node), name_of(r, node))->other = first_weight(node);
  } else if (same) {
    put_weights(&b, node, first, hundred);
    ari_num_set_int(hundred, 100);
    ari_num_mul(sum, sum, hundred);
    ARI_TELL(r, ARI_E0254, place_of(node), name_of(r, node), ari_arg_num(sum), ari_arg_text(ari_buf_view(&b)))->other = first_weight(node);
  } else {
    put_sums(&b, r->set, node, tiers, sum, hundred);
    ARI_TELL(r, ARI_E0269, place_of(node), name_of(r, node), ari_arg_text(ari_buf_view(&b)))->other = first_weight(node);
  }
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

/* Siblings sum to 1 in every tier, unless the node says that they are relative. False: told. */
static bool check_sums(ari_reader *r, const ari_node *node) {
  ari_num *sum = ari_reader_num(r), *other = ari_reader_num(r);
  uint32_t wrong = 0;
  bool same = true;
  for (uint32_t t = 0, there = 0; sum && other && t < r->set->n_tiers; t++) {
    if (node->presence[t] == ARI_NOT_THERE) continue;
    sum_weights(node, t, sum);
    if (!adds_up(node, sum)) wrong |= UINT32_C(1) << t;
    if (there++ && ari_num_cmp(sum, other) != 0) same = false;
    ari_num_set(other, sum);
  }
  if (wrong) tell_sums(r, node, wrong, same, sum, other);
  return !wrong;
}

/* A criterion with points that count for nothing: an agency to which nothing else applies would have nothing to be scored by. */
static void warn_weightless(ari_reader *r, const ari_node *node) {
  uint32_t without = 0, there = 0;
  for (uint32_t t = 0; t < r->set->n_tiers; t++) {
    if (node->presence[t] == ARI_NOT_THERE || !node->max[t] || is_watched(node, t)) continue;
    there |= UINT32_C(1) << t;
    if (node->weight[t] && ari_num_sign(node->weight[t]) == 0) without |= UINT32_C(1) << t;
  }
  if (!without) return;
  ari_buf b = {0};
  ari_buf_some_tiers(&b, r->set, without);
  if (without == there) ARI_TELL(r, ARI_W0293, node->weight_span, ari_arg_text(node->id))->other = node->max_span;
  else ARI_TELL(r, ARI_W0294, node->weight_span, ari_arg_text(node->id), ari_arg_text(ari_buf_view(&b)))->other = node->max_span;
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

/* One message where no child has a weight: then it is the setting that is wrong, or all of it is still to be written. */
static bool check_present(ari_reader *r, const ari_node *node) {
  const ari_node *missing = NULL;
  bool any = false;
  for (const ari_node *child = node->first; child; child = child->next) {
    if (child->weight_span.len) any = true;
    else if (!missing && !ari_node_watched(r->set, child)) missing = child;
  }
  if (!missing) return any;
  for (const ari_node *child = missing; child; child = any ? child->next : NULL) {
    if (child->weight_span.len || ari_node_watched(r->set, child)) continue;
    ari_finding *f = ARI_TELL(r, ARI_E0255, child->span, ari_arg_text(child->id), name_of(r, node));
    if (node->combine_from) f->other = node->combine_span;
  }
  return false;
}

/* A weight that was told as an error. */
static bool is_lost(const ari_reader *r, const ari_node *node) {
  for (uint32_t t = 0; t < r->set->n_tiers; t++)
    if (node->presence[t] != ARI_NOT_THERE && (!node->weight[t] || ari_num_sign(node->weight[t]) < 0)) return true;
  return false;
}

void ari_check_weights(ari_reader *r, const ari_node *node) {
  bool sound = true;
  if (node->combine_lost) return;
  if (node->combine == ARI_COMBINE_WEIGHTED) {
    for (const ari_node *child = node->first; child; child = child->next)
      if (child->weight_span.len && is_lost(r, child)) sound = false;
    if (!check_present(r, node) || !sound || !check_sums(r, node)) return;
    for (const ari_node *child = node->first; child; child = child->next)
      if (child->weight_span.len) warn_weightless(r, child);
    return;
  }
  for (const ari_node *child = node->first; child; child = child->next) {
    if (!child->weight_span.len) continue;
    ari_finding *f = ARI_TELL(r, ARI_E0256, child->weight_span, ari_arg_text(child->id), name_of(r, node),
                              ari_arg_c(ari_combine_words[node->combine]));
    if (node->combine_from) f->other = node->combine_span;
    return;   /* the siblings would say the same */
  }
}

/* The leaf by which a node can fall below 0; NULL: none. */
static const ari_node *find_negative(const ari_set *set, const ari_node *node) {
  if (node->min_written || !node->n_children) return ari_num_sign(node->min) < 0 && !ari_node_watched(set, node) ? node : NULL;
  const ari_node *found = NULL;
  for (const ari_node *child = node->first; child && !found; child = child->next) found = find_negative(set, child);
  return found;
}

/* There is no geometric mean of figures below 0, and the harmonic one would mean nothing. */
void ari_check_signs(ari_reader *r, const ari_node *node) {
  if (node->combine != ARI_COMBINE_GEOMETRIC && node->combine != ARI_COMBINE_HARMONIC) return;
  for (const ari_node *child = node->first; child; child = child->next) {
    const ari_node *low = find_negative(r->set, child);
    if (!low) continue;
    ARI_TELL(r, ARI_E0257, low->min_written ? low->min_span : low->span, ari_arg_text(low->id), name_of(r, node),
             ari_arg_c(ari_combine_words[node->combine]))->other = place_of(node);
  }
}
