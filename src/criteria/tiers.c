/* Tiers of agencies: which criteria exist in which tier, and values that differ by tier. Methodology: ari-criteria(5), "Tiers". */
#include "inside.h"

const char *const ari_elsewhere_words[] = {"full", NULL};
const ari_field ari_number_by_tier = {.type = ARI_FIELD_RATIO, .none = true};

/* ---- the tiers of the set ------------------------------------------------------------------------------------------------- */

bool ari_set_has_tiers(const ari_set *set) { return set->tiers[0].id.n > 0; }

int ari_set_tier(const ari_set *set, ari_str id) {
  for (uint32_t t = 0; t < set->n_tiers; t++)
    if (id.n && ari_str_eq(set->tiers[t].id, id)) return (int)t;
  return -1;
}

ari_str ari_set_nearest_tier(const ari_set *set, ari_str id) {
  ari_str ids[ARI_MOST_TIERS];
  for (uint32_t t = 0; t < set->n_tiers; t++) ids[t] = set->tiers[t].id;
  int near = ari_str_nearest(id, ids, set->n_tiers);
  return near < 0 ? ARI_STR("") : ids[near];
}

void ari_buf_some_tiers(ari_buf *b, const ari_set *set, uint32_t tiers) {
  size_t start = b->n;
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    if (!(tiers >> t & 1)) continue;
    if (b->n > start) ari_buf_text(b, ", ");
    ari_buf_str(b, set->tiers[t].id);
  }
}

void ari_buf_tiers(ari_buf *b, const ari_set *set) { ari_buf_some_tiers(b, set, ~(uint32_t)0); }

static void name_tiers(ari_reader *r, const ari_yaml *map) {
  ari_set *set = r->set;
  set->n_tiers = 0;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    ari_str id;
    if (!ari_yaml_id(y->key, &id, r->fs)) continue;
    ari_tier *tier = &set->tiers[set->n_tiers++];
    tier->id = ari_reader_text(r, y->key);
    tier->title = ari_reader_title(r, y, tier->id);
    tier->span = y->key->span;
  }
  if (!set->n_tiers) set->n_tiers = 1;
}

void ari_reader_tiers(ari_reader *r, const ari_yaml *map) {
  size_t errors = r->fs->errors;
  uint32_t n = map ? ari_reader_count(r, map) : 0;
  if (n > ARI_MOST_TIERS) ARI_TELL(r, ARI_E0270, map->key->span, ari_arg_int(ARI_MOST_TIERS));
  bool some = n > 0 && n <= ARI_MOST_TIERS;
  r->set->tiers = ari_reader_alloc(r, some ? n : 1, sizeof *r->set->tiers);
  r->set->n_tiers = 1;
  if (some && r->set->tiers) name_tiers(r, map);
  r->set->tiers_lost = r->fs->errors > errors;
}

/* The tier that a key or an item names; -1: told. Where the set's own tiers were told as errors nothing more is said. */
static int find_tier(ari_reader *r, const ari_yaml *y) {
  const ari_set *set = r->set;
  ari_str id;
  if (!ari_yaml_text(y, &id, r->fs)) return -1;
  int tier = ari_set_tier(set, id);
  if (tier >= 0 || set->tiers_lost) return tier;
  ari_str near = ari_set_nearest_tier(set, id);
  ari_buf b = {0};
  ari_buf_tiers(&b, set);
  if (near.n) ARI_TELL(r, ARI_E0260, y->span, ari_arg_text(id), ari_arg_text(near));
  else ARI_TELL(r, ARI_E0261, y->span, ari_arg_text(id), ari_arg_text(ari_buf_view(&b)));
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
  return -1;
}

/* Something is said by tier in a set without tiers. */
static bool tell_without_tiers(ari_reader *r, const ari_yaml *y) {
  if (ari_set_has_tiers(r->set)) return false;
  if (!r->set->tiers_lost) ARI_TELL(r, ARI_E0259, y->key->span, ari_arg_text(y->key->text));
  return true;
}

void ari_check_tier_word(ari_reader *r, const ari_yaml *word) {
  if (ari_set_has_tiers(r->set) || r->set->tiers_lost) return;
  ari_buf b = {0};
  ari_buf_str(&b, word->key->text);
  ari_buf_text(&b, ": tier");
  ARI_TELL(r, ARI_E0242, word->span, ari_arg_text(ari_buf_view(&b)), ari_arg_c("tiers"));
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

/* ---- values by tier -------------------------------------------------------------------------------------------------------- */

static bool is_none(const ari_yaml *y) { return y->kind == ARI_YAML_SCALAR && ari_str_is(y->text, "none"); }

static void tell_left_out(ari_reader *r, const ari_yaml *map, uint32_t tiers) {
  ari_buf b = {0};
  ari_buf_some_tiers(&b, r->set, tiers);
  ARI_TELL(r, ARI_E0262, map->key->span, ari_arg_text(map->key->text), ari_arg_text(ari_buf_view(&b)));
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

bool ari_reader_by_tier(ari_reader *r, const ari_node *node, const ari_yaml *map, ari_presence needed, const ari_yaml **values) {
  uint32_t lacking = 0;
  bool whole = !node->presence_lost;
  for (uint32_t t = 0; t < r->set->n_tiers; t++) {
    values[t] = NULL;
    if (node->presence[t] <= needed) lacking |= UINT32_C(1) << t;
  }
  if (!whole || tell_without_tiers(r, map) || !ari_reader_count(r, map)) return false;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    int t = find_tier(r, y->key);
    if (t < 0) {
      whole = false;
      continue;
    }
    lacking &= ~(UINT32_C(1) << t);
    if (node->presence[t] != ARI_NOT_THERE) values[t] = y;
    else if (!is_none(y)) ARI_TELL(r, ARI_E0264, y->key->span, ari_arg_text(node->id), ari_arg_text(y->key->text));
  }
  if (whole && lacking) tell_left_out(r, map, lacking);   /* a slip is not also told as missing */
  return whole && !lacking;
}

void ari_reader_numbers(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_read_number *read, ari_num **out) {
  const ari_yaml *values[ARI_MOST_TIERS];
  ari_num *same = y && y->kind != ARI_YAML_MAP && !node->presence_lost ? read(r, node, y, y->key->text) : NULL;
  ari_num *zero = ari_reader_num(r);
  bool by_tier = y && y->kind == ARI_YAML_MAP;
  if (by_tier) (void)ari_reader_by_tier(r, node, y, ARI_GRANTED, values);
  for (uint32_t t = 0; t < r->set->n_tiers; t++) {
    if (node->presence[t] == ARI_NOT_THERE) out[t] = zero;
    else out[t] = by_tier && values[t] ? read(r, node, values[t], y->key->text) : same;
  }
}

/* ---- where a criterion exists ------------------------------------------------------------------------------------------------ */

bool ari_node_exists(const ari_set *set, const ari_node *node) {
  uint32_t t = 0;
  while (t < set->n_tiers && node->presence[t] == ARI_NOT_THERE) t++;
  return t < set->n_tiers;
}

/* `tiers: [department]`: the others do not have it, or get its maximum. */
static void read_listed(ari_reader *r, ari_node *node, const ari_yaml *list, ari_presence others) {
  uint32_t listed = 0;
  bool whole = ari_reader_count(r, list) > 0;
  for (const ari_yaml *item = list->first; item; item = item->next) {
    int t = find_tier(r, item);
    if (t < 0) whole = false;
    else if (node->presence[t] == ARI_NOT_THERE) ARI_TELL(r, ARI_E0264, item->span, ari_arg_text(node->id), ari_arg_text(item->text));
    else listed |= UINT32_C(1) << t;
  }
  for (uint32_t t = 0; whole && t < r->set->n_tiers; t++)
    if (!(listed >> t & 1) && node->presence[t] < others) node->presence[t] = (uint8_t)others;
}

/* `max: {commune: none}`. Keys that are no tiers are told when the values are read. */
static void take_none(ari_reader *r, ari_node *node, const ari_yaml *y) {
  for (const ari_yaml *v = y && y->kind == ARI_YAML_MAP ? y->first : NULL; v; v = v->next) {
    int t = is_none(v) ? ari_set_tier(r->set, v->key->text) : -1;
    if (t >= 0) node->presence[t] = ARI_NOT_THERE;
  }
}

/* The entry of `max` or `weight` that takes a tier away; ARI_NOWHERE: none of them. */
static ari_span find_none(const ari_presence_fields *f) {
  const ari_yaml *maps[] = {f->max, f->weight};
  for (size_t i = 0; i < ARI_COUNT(maps); i++)
    for (const ari_yaml *v = maps[i] && maps[i]->kind == ARI_YAML_MAP ? maps[i]->first : NULL; v; v = v->next)
      if (is_none(v)) return ari_entry_span(v);
  return ARI_NOWHERE;
}

/* `elsewhere: full` gives somebody its maximum, and nobody's is taken off. */
static void check_granted(ari_reader *r, const ari_node *node, const ari_presence_fields *f) {
  uint32_t t = 0;
  while (t < r->set->n_tiers && node->presence[t] != ARI_GRANTED) t++;
  ari_span at = ari_entry_span(f->elsewhere);
  if (t == r->set->n_tiers) ARI_TELL(r, ARI_E0278, at, ari_arg_text(node->id))->other = find_none(f);
  else if (node->outside && ari_str_is(ari_part_of(node)->id, "penalty")) ARI_TELL(r, ARI_E0279, at, ari_arg_text(node->id));
}

void ari_reader_presence(ari_reader *r, ari_node *node, const ari_presence_fields *f) {
  size_t errors = r->fs->errors;
  bool was = ari_node_exists(r->set, node);
  int full = f->elsewhere ? ari_yaml_word(f->elsewhere, ari_elsewhere_words, r->fs) : -1;
  if (f->elsewhere && !f->tiers) ARI_TELL(r, ARI_E0242, f->elsewhere->key->span, ari_arg_c("elsewhere"), ari_arg_c("tiers"));
  if (f->tiers && !tell_without_tiers(r, f->tiers)) read_listed(r, node, f->tiers, f->elsewhere ? ARI_GRANTED : ARI_NOT_THERE);
  take_none(r, node, f->max);
  take_none(r, node, f->weight);
  ari_policy_setting *granted = full < 0 ? NULL : ari_reader_alloc(r, 1, sizeof *granted);
  if (granted) {
    *granted = (ari_policy_setting){.policy = ARI_POLICY_FULL, .from = node, .span = ari_entry_span(f->elsewhere)};
    node->granted = granted;
  }
  if (granted && was && r->fs->errors == errors && !r->set->tiers_lost) check_granted(r, node, f);
  if (was && r->fs->errors == errors && !ari_node_exists(r->set, node)) ARI_TELL(r, ARI_E0263, node->span, ari_arg_text(node->id));
  node->presence_lost = r->fs->errors > errors;
}

/* Nothing is left below in this tier. */
static bool is_bare(const ari_node *node, uint32_t tier) {
  const ari_node *child = node->first;
  while (child && child->presence[tier] == ARI_NOT_THERE) child = child->next;
  return !child;
}

bool ari_check_presence(ari_reader *r, ari_node *node) {
  bool sound = true;
  for (uint32_t t = 0; t < r->set->n_tiers && sound; t++) {
    if (node->presence[t] == ARI_NOT_THERE ? node->parent != NULL : !is_bare(node, t)) continue;
    sound = node->parent && !node->max_written;
    if (sound) node->presence[t] = ARI_NOT_THERE;
    else
      ARI_TELL(r, ARI_E0265, node->max_span, ari_arg_text(node->parent ? node->id : r->set->id), ari_arg_text(r->set->tiers[t].id))->other =
          r->set->tiers[t].span;
    node->max[t] = ari_reader_num(r);
  }
  return sound;
}

void ari_reader_finish_tiers(ari_reader *r) {
  ari_set *set = r->set;
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    ari_tier *tier = &set->tiers[t];
    tier->nodes = ari_reader_alloc(r, set->n_nodes, sizeof(ari_node *));
    for (uint32_t i = 0; tier->nodes && i < set->n_nodes; i++)
      if (set->nodes[i]->presence[t] != ARI_NOT_THERE) tier->nodes[tier->n_nodes++] = set->nodes[i];
  }
}
