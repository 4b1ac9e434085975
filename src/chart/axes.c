/* What a radar shows: an agency's part of each field's maximum, and the median and the best part in its group. Exact, rounded once for
 * drawing and once for reading. */
#include "inside.h"

#include <stdlib.h>

bool ari_chart_fields(const ari_set *set, ari_arena *arena, ari_fields *out) {
  enum { FLAT_MOST = 12 };
  bool flat = true;
  uint32_t n = 0;
  for (const ari_node *child = set->root->first; child; child = child->next) {
    if (child->n_children) flat = false;
    if (!ari_node_watched(set, child)) n++;
  }
  *out = (ari_fields){.nodes = ari_arena_array(arena, (size_t)n + 1, sizeof *out->nodes)};
  if (!out->nodes) return false;
  for (const ari_node *child = set->root->first; child; child = child->next)
    if (!ari_node_watched(set, child)) out->nodes[out->n++] = child;
  if (!n || (flat && n > FLAT_MOST)) out->nodes[0] = set->root, out->n = 1;
  return true;
}

/* A part of somebody's maximum, while the middle one is looked for. */
typedef struct part {
  int64_t share;
  const ari_figure *figure;
} part;

static int by_share(const void *a, const void *b) {
  int64_t x = ((const part *)a)->share, y = ((const part *)b)->share;
  return (x > y) - (x < y);
}

typedef struct numbers {
  ari_num *a, *b, *c;
} numbers;

static void set_share(const numbers *n, ari_num *to, const ari_figure *figure) {
  ari_num_set_e12(to, figure->points);
  ari_num_set_e12(n->c, figure->max);
  ari_num_div(to, to, n->c);
}

/* The share in `a`, for drawing and as a percentage. False: too large to be told. */
static bool write_share(const numbers *n, int64_t *share, int64_t *percent) {
  if (!ari_num_e12(n->a, share)) return false;
  ari_num_set_int(n->c, 100);
  ari_num_mul(n->c, n->a, n->c);
  ari_num_round(n->c, n->c, 1, ARI_HALF_UP);
  return ari_num_e12(n->c, percent);
}

bool ari_chart_percent(const ari_figure *figure, int decimals, int64_t *percent) {
  numbers n = {ari_num_new(), ari_num_new(), ari_num_new()};
  bool good = n.a && n.b && n.c && figure->has_points && figure->max > 0;
  if (good) {
    set_share(&n, n.a, figure);
    ari_num_set_int(n.b, 100);
    ari_num_mul(n.a, n.a, n.b);
    ari_num_round(n.a, n.a, decimals, ARI_HALF_UP);
    good = ari_num_e12(n.a, percent);
  }
  ari_num_free(n.a);
  ari_num_free(n.b);
  ari_num_free(n.c);
  return good;
}

static bool has_share(const ari_work *w, size_t agency, const ari_node *field, const ari_figure **figure) {
  if (!w->result->standings[agency].has_points && w->result->standings[agency].state != ARI_AGENCY_WITHHELD) return false;
  *figure = ari_result_figure(w->result, agency, field->index);
  return (*figure)->has_points && (*figure)->max > 0;
}

/* Median (the mean of the two in the middle) and best of one group at one field, into `axis`. */
static void compare_group(const ari_work *w, int32_t group, const numbers *n, part *parts, ari_axis *axis) {
  size_t count = 0;
  for (size_t i = 0; i < w->evidence->agencies->n; i++) {
    const ari_figure *figure;
    if (w->evidence->agencies->items[i].group_index != group || !w->result->standings[i].has_points || !has_share(w, i, axis->field, &figure))
      continue;
    set_share(n, n->a, figure);
    if (ari_num_e12(n->a, &parts[count].share)) parts[count++].figure = figure;
  }
  if (!count) return;
  qsort(parts, count, sizeof *parts, by_share);
  set_share(n, n->a, parts[count - 1].figure);
  axis->compared = write_share(n, &axis->best, &axis->best_percent);
  set_share(n, n->a, parts[(count - 1) / 2].figure);
  set_share(n, n->b, parts[count / 2].figure);
  ari_num_add(n->a, n->a, n->b);
  ari_num_set_int(n->b, 2);
  ari_num_div(n->a, n->a, n->b);
  axis->compared = write_share(n, &axis->median, &axis->median_percent) && axis->compared;
  axis->agencies = (uint32_t)count;
}

static void place_agency(const ari_work *w, size_t agency, const numbers *n, ari_axis *axis) {
  const ari_figure *figure;
  if (!has_share(w, agency, axis->field, &figure)) return;
  axis->points = figure->points;
  axis->max = figure->max;
  set_share(n, n->a, figure);
  axis->scored = write_share(n, &axis->share, &axis->percent);
}

static void fill_axes(const ari_work *w, const ari_fields *fields, const numbers *n, part *parts, ari_axis *axes) {
  for (int32_t group = -1; group < (int32_t)w->evidence->agencies->n_groups; group++) {
    const ari_axis *first = NULL; /* the group's first agency: the others copy its comparison */
    for (size_t i = 0; i < w->evidence->agencies->n; i++) {
      if (w->evidence->agencies->items[i].group_index != group) continue;
      ari_axis *own = axes + i * fields->n;
      for (size_t f = 0; f < fields->n; f++) {
        own[f] = first ? first[f] : (ari_axis){.field = fields->nodes[f]};
        if (!first) compare_group(w, group, n, parts, &own[f]);
      }
      if (!first) first = own;
    }
  }
  for (size_t i = 0; i < w->evidence->agencies->n; i++) /* now that nothing is copied any more */
    for (size_t f = 0; f < fields->n; f++) place_agency(w, i, n, &axes[i * fields->n + f]);
}

bool ari_chart_axes(const ari_work *work, ari_arena *arena, const ari_fields *fields, ari_axis **axes) {
  numbers n = {ari_num_new(), ari_num_new(), ari_num_new()};
  part *parts = ari_calloc(work->evidence->agencies->n + 1, sizeof *parts);
  *axes = work->evidence->agencies->n ? ari_arena_array(arena, work->evidence->agencies->n, fields->n * sizeof **axes) : NULL;
  bool good = n.a && n.b && n.c && parts && (*axes || !work->evidence->agencies->n);
  if (good && *axes) fill_axes(work, fields, &n, parts, *axes);
  good = good && !ari_num_failed();
  ari_num_free(n.a);
  ari_num_free(n.b);
  ari_num_free(n.c);
  ari_free(parts);
  return good;
}
