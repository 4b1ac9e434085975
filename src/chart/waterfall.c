/* The waterfall: from what an agency can reach down to what it got, a step for each field that lost points. Steps add up: what rounding, a
 * cap or `over_max` leaves between them and the total is a step of its own. */
#include "inside.h"

#include <stdio.h>

enum { WIDTH = 960, NAME_MOST = 360, PLOT_LEAST = 300, GAP = 8, BAR = 18, PAD = 9 };

/* ---- figures ---- */

typedef struct steps {
  const ari_work *work;
  ari_arena *arena;
  ari_waterfall *out;
} steps;

static void add_step(steps *s, const ari_node *node, ari_fall_kind kind, int64_t change) {
  s->out->at[s->out->n++] = (ari_fall){.node = node, .kind = kind, .change = change};
}

/* M × weight ÷ weights × (1 − v): what a child takes from the points of a mean, to the decimals of totals. */
static int64_t lost_of_mean(const ari_combining *c, const ari_node *child, const ari_num *max, int decimals) {
  int64_t lost = 0;
  if (!ari_part_value(c, child)) return 0;
  ari_num_set_int(c->result, 1);
  ari_num_sub(c->v, c->result, c->v);
  if (c->node->combine == ARI_COMBINE_WEIGHTED) ari_num_mul(c->v, c->v, child->weight[c->tier]);
  ari_num_div(c->v, c->v, c->weights);
  ari_num_mul(c->v, c->v, max);
  ari_num_round(c->v, c->v, decimals, ARI_HALF_UP);
  return ari_num_e12(c->v, &lost) ? lost : 0;
}

/* The fields of a sum: what is applicable less what is there. Blank fields have lost all of it. */
static void add_sum(steps *s, size_t agency, const ari_node *node, uint32_t tier) {
  for (const ari_node *c = node->first; c; c = c->next) {
    const ari_figure *f = ari_result_figure(s->work->result, agency, c->index);
    if (c->presence[tier] == ARI_NOT_THERE || (f->max == 0 && !(f->has_points && f->points))) continue;
    add_step(s, c, ARI_FALL_FIELD, ari_chart_add(f->has_points ? f->points : 0, -f->max));
  }
}

static bool add_mean(steps *s, size_t agency, const ari_node *node, uint32_t tier) {
  ari_nums nums = {0};
  ari_combining c = {.node = node, .tier = tier, .row = ari_result_figure(s->work->result, agency, 0), .v = ari_nums_new(&nums), .max = ari_nums_new(&nums),
                     .weights = ari_nums_new(&nums), .result = ari_nums_new(&nums)};
  bool good = c.v && c.max && c.weights && c.result;
  if (good) {
    ari_combine_parts(&c);
    for (const ari_node *child = node->first; child; child = child->next)
      if (child->presence[tier] != ARI_NOT_THERE && ari_result_figure(s->work->result, agency, child->index)->max > 0)
        add_step(s, child, ARI_FALL_FIELD, -lost_of_mean(&c, child, node->max[tier], s->work->set->root->rounding.total));
  }
  ari_nums_free(&nums);
  return good && !ari_num_failed();
}

/* Where the node has points and is a sum or a mean of several; a geometric mean, say, is not made of steps. */
static bool has_falls(const ari_work *work, size_t agency, const ari_node *node) {
  if (ari_chart_is_penalty(work->set, node)) return false;   /* what it does not take off is no loss */
  return node->n_children > 1 && ari_result_figure(work->result, agency, node->index)->has_points &&
         (node->combine == ARI_COMBINE_SUM || node->combine == ARI_COMBINE_MEAN || node->combine == ARI_COMBINE_WEIGHTED);
}

bool ari_chart_falls(const ari_work *work, ari_arena *arena, size_t agency, const ari_node *node, ari_waterfall *out) {
  const ari_set *set = work->set;
  const ari_figure *whole = ari_result_figure(work->result, agency, node->index);
  uint32_t tier = work->evidence->agencies->items[agency].tier_index;
  *out = (ari_waterfall){.at = ari_arena_array(arena, (size_t)node->n_children + 3, sizeof *out->at), .from = whole->max, .to = whole->points};
  if (!out->at) return false;
  steps s = {work, arena, out};
  if (node->combine == ARI_COMBINE_SUM) add_sum(&s, agency, node, tier);
  else if (!add_mean(&s, agency, node, tier)) return false;
  const ari_node *outside[2] = {set->bonus, set->penalty};
  for (int k = 0; k < 2 && node == set->root; k++) {
    const ari_figure *f = outside[k] ? ari_result_figure(work->result, agency, outside[k]->index) : NULL;
    if (f && f->has_points && f->points) add_step(&s, outside[k], ARI_FALL_OUTSIDE, k ? -f->points : f->points);
  }
  int64_t sum = out->from;
  for (size_t i = 0; i < out->n; i++) sum = ari_chart_add(sum, out->at[i].change);
  if (sum != out->to) add_step(&s, node, ARI_FALL_REST, ari_chart_add(out->to, -sum));
  return true;
}

/* ---- the picture ---- */

typedef struct row {
  ari_text_lines name;
  ari_str figure;
  int64_t from, to;          /* the bar */
  uint32_t colour;
  bool whole;                /* the first and the last: from the axis on */
  int left, right, middle, lower;      /* the bar's place, and where the row ends */
} row;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  ari_waterfall steps;
  row *at; size_t n;
  ari_locale how;
  int decimals, full;        /* full: fields that lost nothing */
  ari_scale scale;
} layout;

static bool write_name(layout *l, row *r, ari_str name) {
  ari_font font = r->whole ? ARI_FONT_BOLD : ARI_FONT_PLAIN;
  return ari_chart_text(&l->s->arena, name, &name) && ari_chart_wrap(&l->s->arena, name, font, NAME_MOST, &r->name);
}

/* The first and the last bar: "Điểm tối đa" and "Điểm đạt được". */
static bool write_whole(layout *l, row *r, ari_word word, int64_t points) {
  ari_buf b = {0};
  *r = (row){.from = 0, .to = points, .colour = ARI_BLUE, .whole = true};
  ari_buf_e12(&b, points, l->decimals, l->how);
  return ari_sheet_keep(l->s, &b, &r->figure) && write_name(l, r, ari_str_of(ari_word_text(word, l->work->options.lang)));
}

static bool write_step(layout *l, row *r, const ari_fall *step, int64_t from) {
  ari_buf b = {0};
  *r = (row){.from = from, .to = ari_chart_add(from, step->change), .colour = step->change < 0 ? ARI_ORANGE : ARI_GREEN};
  ari_chart_put_change(&b, step->change, l->decimals, l->how);
  if (!ari_sheet_keep(l->s, &b, &r->figure)) return false;
  if (step->kind == ARI_FALL_REST) return write_name(l, r, ari_str_of(ari_word_text(ARI_WORD_chart_rest, l->work->options.lang)));
  const ari_figure *f = ari_result_figure(l->work->result, l->chart->agency, step->node->index);
  ari_str name;
  ari_buf_str(&b, ari_chart_field_name(l->work, step->node));
  if (step->kind == ARI_FALL_FIELD) {
    ari_buf_text(&b, " (");
    ari_chart_put_max(&b, f->max, l->how);
    ari_buf_char(&b, ')');
  }
  return ari_sheet_keep(l->s, &b, &name) && write_name(l, r, name);
}

/* Fields that lost nothing are counted and make no row. */
static bool write_rows(layout *l) {
  int64_t at = l->steps.from, low = at, high = at;
  l->at = ari_arena_array(&l->s->arena, l->steps.n + 2, sizeof *l->at);
  if (!l->at || !write_whole(l, &l->at[l->n++], ARI_WORD_chart_most_points, at)) return false;
  for (size_t i = 0; i < l->steps.n; i++) {
    if (l->steps.at[i].change == 0) {
      l->full++;
      continue;
    }
    if (!write_step(l, &l->at[l->n++], &l->steps.at[i], at)) return false;
    at = ari_chart_add(at, l->steps.at[i].change);
    if (at < low) low = at;
    if (at > high) high = at;
  }
  /* Where most is kept the bars begin further right, for else the steps would be too small to be seen; the foot says so. */
  ari_scale_choose(&l->scale, low, high, low < high / 2 || low == high);
  return write_whole(l, &l->at[l->n++], ARI_WORD_chart_points_got, l->steps.to);
}

static int figure_width(const row *r) { return ari_chart_text_width(r->figure, r->whole ? ARI_FONT_BOLD : ARI_FONT_PLAIN) + GAP; }

/* Names as wide as the widest; figures stand to the left of a step, or where there is no room, to its right. */
static void place_columns(layout *l) {
  int name = 0, figure = 0;
  for (size_t i = 0; i < l->n; i++) {
    int w = figure_width(&l->at[i]);
    if (w > figure) figure = w;
    for (size_t k = 0; k < l->at[i].name.n; k++)
      if ((w = ari_chart_text_width(l->at[i].name.at[k], l->at[i].whole ? ARI_FONT_BOLD : ARI_FONT_PLAIN)) > name) name = w;
  }
  l->scale.left = ARI_MARGIN + name + GAP;
  l->scale.right = l->s->width - ARI_MARGIN - figure;
  if (l->scale.right >= l->scale.left + PLOT_LEAST) return;
  l->scale.right = l->scale.left + PLOT_LEAST;
  l->s->width = l->scale.right + figure + ARI_MARGIN;
}

/* Bars at least a hair wide. Returns the y below. */
static int place_rows(layout *l, int y) {
  for (row *r = l->at; r < l->at + l->n; r++) {
    int height = (int)r->name.n * ari_chart_line_height(ARI_FONT_PLAIN);
    int from = ari_scale_pixel(&l->scale, r->whole && l->scale.low > 0 ? l->scale.low : r->from), to = ari_scale_pixel(&l->scale, r->to);
    r->left = from < to ? from : to;
    r->right = from < to ? to : from;
    if (r->right - r->left < 2) r->left = r->right - 1, r->right = r->left + 2;
    r->lower = y + (height > BAR ? height : BAR) + PAD;
    r->middle = (y + r->lower) / 2;
    y = r->lower;
  }
  return y;
}

/* A figure, and below it a ground that no line crosses. */
static void draw_figure(layout *l, const row *r) {
  ari_font font = r->whole ? ARI_FONT_BOLD : ARI_FONT_PLAIN;
  bool before = !r->whole && r->left - figure_width(r) > l->scale.left;
  int x = before ? r->left - figure_width(r) : r->right + GAP;
  ari_sheet_box(l->s, "mask", x - 2, x + figure_width(r) - GAP + 2, r->middle - BAR / 2, r->middle + BAR / 2, ARI_GROUND);
  ari_sheet_text(l->s, before ? r->left - GAP : x, r->middle, font, before ? ARI_SIDE_RIGHT : ARI_SIDE_LEFT, ARI_INK, r->figure);
}

/* A bar with its name, and the line from its end to the one below. */
static void draw_bar(layout *l, size_t i) {
  const row *r = &l->at[i];
  int to = ari_scale_pixel(&l->scale, r->to), line = ari_chart_line_height(ARI_FONT_PLAIN);
  if (i + 1 < l->n) ari_sheet_box(l->s, "box", to, to + 1, r->middle, r->lower + BAR, ARI_GREY);
  ari_sheet_box(l->s, "mask", r->left, r->right, r->middle - BAR / 2, r->middle + BAR / 2, r->colour);
  ari_sheet_lines(l->s, l->scale.left - GAP, r->middle - ((int)r->name.n - 1) * line / 2, r->whole ? ARI_FONT_BOLD : ARI_FONT_PLAIN, ARI_SIDE_RIGHT, ARI_INK,
                  r->name);
}

static bool write_below(layout *l, ari_str *out) {
  const ari_work *w = l->work;
  ari_buf b = {0};
  ari_str group = ari_chart_group_name(w, ari_chart_block(w, l->chart->agency));
  const char *state = ari_chart_state_words(w->result->standings[l->chart->agency].state, w->options.lang);
  ari_buf_printf(&b, "%s · ", ari_set_title(w));
  ari_chart_put_period(&b, w, " · ");
  if (group.n) ari_buf_text(&b, " · "), ari_buf_str(&b, group);
  if (l->chart->node->parent) ari_buf_text(&b, " · "), ari_buf_str(&b, ari_chart_field_name(w, l->chart->node));
  ari_buf_printf(&b, " · %s", ari_word_text(l->chart->node->parent ? ARI_WORD_chart_lost_below : ARI_WORD_chart_lost, w->options.lang));
  if (*state) ari_buf_printf(&b, " · %s", state);
  if (l->scale.low > 0) ari_buf_printf(&b, " · %s", ari_word_text(ARI_WORD_chart_not_from_zero, w->options.lang));
  return ari_sheet_keep(l->s, &b, out);
}

static bool draw_all(layout *l) {
  ari_lang lang = l->work->options.lang;
  ari_str below;
  if (!write_below(l, &below)) return false;
  int upper = ari_sheet_head(l->s, ari_chart_agency_name(l->work, l->chart->agency), below), y = place_rows(l, upper);
  ari_sheet_grid(l->s, &l->scale, upper, y);
  for (size_t i = 0; i < l->n; i++) draw_figure(l, &l->at[i]);
  for (size_t i = 0; i < l->n; i++) draw_bar(l, i);
  ari_sheet_ticks(l->s, &l->scale, y += 12, l->how);
  ari_buf notes = {0};
  if (l->full) ari_buf_printf(&notes, "%s: %d", ari_word_text(ARI_WORD_chart_full_fields, lang), l->full);
  l->s->height = ari_sheet_notes(l->s, y + 4, &notes) + 8;
  return true;
}

bool ari_sheet_waterfall(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .s = s, .how = ari_chart_locale(work)};
  l.decimals = ari_chart_decimals(ari_decimals_total(work));
  s->width = WIDTH;
  if (!ari_chart_falls(work, &s->arena, chart->agency, chart->node, &l.steps) || !write_rows(&l)) return false;
  place_columns(&l);
  return draw_all(&l) && !s->failed && !s->rows.failed;
}

/* ---- in words ---- */

/* "100 → 62,61: Cải cách thể chế −3,99; …" */
bool ari_describe_waterfall(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  const ari_work *w = p->work;
  ari_waterfall falls;
  ari_locale how = ari_chart_locale(w);
  int decimals = ari_chart_decimals(ari_decimals_total(w));
  c->node = p->wish->node ? p->wish->node : w->set->root;
  *wanted = w->result->standings[c->agency].has_points && has_falls(w, c->agency, c->node);
  if (!*wanted) return true;
  if (!ari_chart_falls(w, p->arena, c->agency, c->node, &falls)) return false;
  ari_buf title = {0}, alt = {0};
  ari_buf_printf(&title, "%s – ", ari_word_text(ARI_WORD_chart_lost, w->options.lang));
  ari_buf_str(&title, ari_chart_agency_name(w, c->agency));
  if (c->node->parent) ari_buf_text(&title, " – "), ari_buf_str(&title, ari_chart_field_name(w, c->node));
  ari_buf_printf(&title, " – %s – ", ari_set_title(w));
  ari_chart_put_period(&title, w, " – ");
  ari_buf_e12(&alt, falls.from, decimals, how);
  ari_buf_text(&alt, " → ");
  ari_buf_e12(&alt, falls.to, decimals, how);
  const char *between = ": ";
  for (size_t i = 0; i < falls.n; i++) {
    if (!falls.at[i].change) continue;
    ari_buf_text(&alt, between);
    if (falls.at[i].kind == ARI_FALL_REST) ari_buf_text(&alt, ari_word_text(ARI_WORD_chart_rest, w->options.lang));
    else ari_buf_str(&alt, ari_chart_field_name(w, falls.at[i].node));
    ari_buf_char(&alt, ' ');
    ari_chart_put_change(&alt, falls.at[i].change, decimals, how);
    between = "; ";
  }
  bool kept = ari_chart_keep(p, &title, &c->title);
  return ari_chart_keep(p, &alt, &c->alt) && kept;
}
