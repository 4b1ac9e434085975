/* Small things that all readers of this room need: memory of the set, texts, formulas in their scope, ids that are looked up later. */
#include "inside.h"

#include <string.h>

enum { MOST_NEAR = 50 };

void *ari_reader_alloc(ari_reader *r, size_t count, size_t size) {
  void *p = ari_arena_array(&r->set->arena, count, size);
  if (!p) r->no_memory = true;
  return p;
}

void *ari_reader_more(ari_reader *r, void *items, uint32_t n, uint32_t *room, size_t size) {
  if (n < *room) return items;
  uint32_t more = *room ? *room * 2 : 16;
  void *p = ari_reader_alloc(r, more, size);
  if (!p) return NULL;
  if (n > 0) memcpy(p, items, n * size);
  *room = more;
  return p;
}

ari_num *ari_reader_num(ari_reader *r) {
  ari_num *number = ari_nums_new(&r->set->nums);
  if (!number) r->no_memory = true;
  return number;
}

ari_str ari_reader_text(ari_reader *r, const ari_yaml *scalar) {
  ari_str text = ARI_STR("");
  if (scalar && !ari_str_copy(&r->set->arena, scalar->text, &text)) r->no_memory = true;
  return text;
}

ari_title ari_reader_title(ari_reader *r, const ari_yaml *node, ari_str otherwise) {
  ari_title title = {otherwise, otherwise}, read;
  if (node && ari_yaml_title(node, &read, r->fs) && !ari_title_copy(&r->set->arena, read, &title)) r->no_memory = true;
  return title;
}

/* What a formula being read sees: the names of its node, and the reader that notes what agencies are compared by. */
typedef struct reading { ari_node_view view; ari_reader *reader; } reading;

static int note_series(const void *of, const ari_expr *value) {
  const reading *now = of;
  return ari_reader_series(now->reader, now->view.node, value);
}

static void note_previous(const void *of, int slot) {
  (void)slot;
  ((const reading *)of)->reader->set->uses_previous = true;
}

static ari_expr *read_formula(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_type want, bool points, bool compares) {
  if (!y) return NULL;
  reading now = {{r->set, node}, r};
  ari_scope scope = ari_node_scope(&now.view);
  if (compares) scope.series = note_series;
  scope.previous = note_previous;
  ari_expr *e = ari_expr_parse(&r->set->arena, &r->set->nums, y, r->fs);
  for (const ari_node *n = node; n; n = n->parent)
    if (n->inputs_lost) return NULL;
  return e && ari_expr_check(&r->set->arena, e, &scope, want, points, r->fs) ? e : NULL;
}

ari_expr *ari_reader_formula(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_type want) {
  return read_formula(r, node, y, want, false, true);
}

ari_expr *ari_reader_own_formula(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_type want) {
  return read_formula(r, node, y, want, false, false);
}

ari_expr *ari_reader_points(ari_reader *r, const ari_node *node, const ari_yaml *y) {
  return read_formula(r, node, y, ARI_TYPE_NUM, true, true);
}

ari_num *ari_reader_ratio(ari_reader *r, const ari_yaml *y) {
  ari_num *number = y ? ari_reader_num(r) : NULL;
  return number && ari_yaml_ratio(y, number, r->fs) ? number : NULL;
}

uint32_t ari_reader_count(ari_reader *r, const ari_yaml *list) {
  if (!list) return 0;
  if (list->n == 0) ARI_TELL(r, ARI_E0209, ari_entry_span(list), ari_arg_text(list->key->text));
  return list->n;
}

ari_span ari_entry_span(const ari_yaml *value) { return value->key ? ari_span_join(value->key->span, value->span) : value->span; }

/* ---- ids that are looked up when the whole tree is known -------------------------------------------------------------- */

ari_node **ari_reader_ids(ari_reader *r, const ari_yaml *list, const ari_node *receivers_of, uint32_t tiers, uint32_t *n) {
  *n = 0;
  uint32_t count = ari_reader_count(r, list);
  if (count == 0) return NULL;
  ari_pending *p = ari_reader_alloc(r, 1, sizeof *p);
  ari_node **to = ari_reader_alloc(r, count, sizeof *to);
  if (!p || !to) return NULL;
  *p = (ari_pending){.list = list, .to = to, .receivers_of = receivers_of, .tiers = tiers, .next = r->pending};
  r->pending = p;
  *n = count;
  return to;
}

static bool can_receive(const ari_set *set, const ari_node *node, const ari_node *giver) {
  return node->n_children == 0 && node->parent->combine == ARI_COMBINE_SUM && node != giver && !ari_node_watched(set, node);
}

/* Whoever takes over points must be scored wherever they are given away. */
static void check_receiver(ari_reader *r, const ari_pending *p, const ari_yaml *item, const ari_node *to) {
  for (uint32_t t = 0; t < r->set->n_tiers; t++) {
    if (!(p->tiers >> t & 1) || p->receivers_of->presence[t] != ARI_THERE || to->presence[t] == ARI_THERE) continue;
    ARI_TELL(r, ARI_E0266, item->span, ari_arg_text(to->id), ari_arg_text(r->set->tiers[t].id), ari_arg_text(p->receivers_of->id));
    return;
  }
}

static ari_node *look_up(ari_reader *r, const ari_pending *p, const ari_yaml *item) {
  ari_str id;
  if (!ari_yaml_text(item, &id, r->fs)) return r->set->root;
  int32_t index = ari_map_get(&r->set->node_ids, id);
  if (index < 0) {
    /* Each search for the nearest id looks at all of them: a hostile list must not take minutes. */
    ari_str near = r->near_searches++ < MOST_NEAR ? ari_set_nearest_node(r->set, id) : ARI_STR("");
    ARI_TELL(r, near.n ? ARI_E0223 : ARI_E0222, item->span, ari_arg_text(id), ari_arg_text(near));
    return r->set->root;
  }
  ari_node *node = r->set->nodes[index];
  if (p->receivers_of && !can_receive(r->set, node, p->receivers_of)) ARI_TELL(r, ARI_E0224, item->span, ari_arg_text(id));
  else if (p->receivers_of && ari_part_of(node) != ari_part_of(p->receivers_of)) ARI_TELL(r, ARI_E0282, item->span, ari_arg_text(id));
  else if (p->receivers_of) check_receiver(r, p, item, node);
  return node;
}

void ari_reader_look_up(ari_reader *r) {
  for (const ari_pending *p = r->pending; p; p = p->next) {
    uint32_t i = 0;
    for (const ari_yaml *item = p->list->first; item; item = item->next) p->to[i++] = look_up(r, p, item);
  }
}
