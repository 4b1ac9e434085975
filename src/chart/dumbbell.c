/* The dumbbell: what each agency claimed for itself and what it got, for the same criteria: those for which it claimed points. */
#include "inside.h"

#include <stdio.h>

enum { WIDTH = 960, NAME_MOST = 300, PLOT_LEAST = 260, GAP = 12, COLUMNS = 3 };

typedef struct row {
  ari_claims claims;
  ari_str cell[COLUMNS];     /* claimed, points, difference; or in the last one that nothing was claimed */
} row;

typedef struct layout {
  const ari_work *work;
  const ari_chart *chart;
  ari_sheet *s;
  ari_chart_rows rows;
  row *at;
  ari_locale how;
  ari_scale scale;
  int column[COLUMNS];       /* where each ends */
  ari_str head[COLUMNS];
  bool left_out;
} layout;

bool ari_chart_is_penalty(const ari_set *set, const ari_node *node) {
  for (; node; node = node->parent)
    if (node == set->penalty) return true;
  return false;
}

static ari_claims count_claims(const ari_work *work, size_t agency) {
  ari_claims sum = {0};
  const ari_set *set = work->set;
  uint32_t tier = work->evidence->agencies->items[agency].tier_index;
  if (!work->result->standings[agency].has_max) return sum;
  for (uint32_t i = 0; i < set->n_leaves; i++) {
    const ari_node *leaf = set->leaves[i];
    const ari_figure *figure = ari_result_figure(work->result, agency, leaf->index);
    int64_t claimed;
    if (leaf->presence[tier] == ARI_NOT_THERE || !ari_claimed_e12(ari_evidence_entry(work->evidence, agency, leaf->leaf), &claimed)) continue;
    if (!figure->has_points) {
      sum.without_points++;
      continue;
    }
    bool off = ari_chart_is_penalty(set, leaf);
    sum.claimed = ari_chart_add(sum.claimed, off ? -claimed : claimed);
    sum.points = ari_chart_add(sum.points, off ? -figure->points : figure->points);
    sum.n++;
  }
  return sum;
}

/* ---- texts ---- */

static bool write_row(layout *l, size_t i) {
  row *r = &l->at[i];
  int decimals = ari_chart_decimals(l->work->set->root->rounding.leaf);
  ari_buf b[COLUMNS] = {{0}, {0}, {0}};
  if (r->claims.n) {
    ari_buf_e12(&b[0], r->claims.claimed, decimals, l->how);
    ari_buf_e12(&b[1], r->claims.points, decimals, l->how);
    ari_chart_put_change(&b[2], ari_chart_add(r->claims.points, -r->claims.claimed), decimals, l->how);
  } else {
    ari_buf_text(&b[2], ari_word_text(ARI_WORD_chart_no_claim, l->work->options.lang));
  }
  if (r->claims.without_points) l->left_out = true;
  bool kept = true;
  for (int k = 0; k < COLUMNS; k++) kept = ari_sheet_keep(l->s, &b[k], &r->cell[k]) && kept;
  return kept;
}

static bool write_heads(layout *l) {
  static const ari_word words[COLUMNS] = {ARI_WORD_chart_claimed, ARI_WORD_chart_given, ARI_WORD_chart_difference};
  bool kept = true;
  for (int k = 0; k < COLUMNS; k++) {
    ari_buf b = {0};
    ari_buf_text(&b, ari_word_text(words[k], l->work->options.lang));
    kept = ari_sheet_keep(l->s, &b, &l->head[k]) && kept;
  }
  return kept;
}

static bool read_rows(layout *l) {
  if (!ari_chart_rows_write(l->work, l->chart, l->s, NAME_MOST, &l->rows) || !write_heads(l)) return false;
  l->at = ari_arena_array(&l->s->arena, l->rows.n, sizeof *l->at);
  if (!l->at) return false;
  int64_t low = INT64_MAX, high = INT64_MIN;
  for (size_t i = 0; i < l->rows.n; i++) {
    const ari_claims *c = &l->at[i].claims;
    l->at[i].claims = count_claims(l->work, l->rows.at[i].agency);
    if (!write_row(l, i)) return false;
    if (!c->n) continue;
    low = c->claimed < low ? c->claimed : low;
    low = c->points < low ? c->points : low;
    high = c->claimed > high ? c->claimed : high;
    high = c->points > high ? c->points : high;
  }
  if (low > high) low = high = 0;
  ari_scale_choose(&l->scale, low, high, false);
  return true;
}

/* ---- places ---- */

/* Where nothing was claimed the words in the last column may reach over the two before it, which are empty then. */
static void place_columns(layout *l) {
  int width[COLUMNS] = {0}, words = 0, all = 0;
  for (int k = 0; k < COLUMNS; k++) width[k] = ari_chart_text_width(l->head[k], ARI_FONT_SMALL);
  for (size_t i = 0; i < l->rows.n; i++)
    for (int k = 0; k < COLUMNS; k++) {
      int w = ari_chart_text_width(l->at[i].cell[k], k == 2 ? ARI_FONT_BOLD : ARI_FONT_PLAIN), *most = l->at[i].claims.n ? &width[k] : &words;
      if (w > *most) *most = w;
    }
  for (int k = 0; k < COLUMNS; k++) all += width[k] + GAP;
  if (words + GAP > all) all = words + GAP;
  l->scale.left = l->rows.right + GAP;
  l->scale.right = l->s->width - ARI_MARGIN - all - GAP;
  if (l->scale.right < l->scale.left + PLOT_LEAST) {
    l->scale.right = l->scale.left + PLOT_LEAST;
    l->s->width = l->scale.right + GAP + all + ARI_MARGIN;
  }
  l->column[2] = l->s->width - ARI_MARGIN;
  l->column[1] = l->column[2] - width[2] - GAP;
  l->column[0] = l->column[1] - width[1] - GAP;
}

static void draw_ring(ari_sheet *s, int x, int y) {
  ari_sheet_mark(s, "ring", x, y, ARI_BLUE);
  ari_sheet_mark(s, "hole", x, y, ARI_GROUND);
}

static void draw_row(void *of, size_t i) {
  layout *l = of;
  const row *r = &l->at[i];
  int y = ari_chart_row_middle(&l->rows.at[i]);
  for (int k = 0; k < COLUMNS; k++)
    ari_sheet_text(l->s, l->column[k], y, k == 2 && r->claims.n ? ARI_FONT_BOLD : ARI_FONT_PLAIN, ARI_SIDE_RIGHT, r->claims.n ? ARI_INK : ARI_MUTED, r->cell[k]);
  if (!r->claims.n) return;
  int claimed = ari_scale_pixel(&l->scale, r->claims.claimed), points = ari_scale_pixel(&l->scale, r->claims.points);
  ari_sheet_box(l->s, "box", claimed < points ? claimed : points, claimed < points ? points : claimed, y - 1, y + 2, ARI_GREY);
  draw_ring(l->s, claimed, y);
  ari_sheet_mark(l->s, "dot", points, y, ARI_ORANGE);
}

/* The two signs with their words, which are the heads of the columns too. */
static int draw_legend(layout *l, int y) {
  int x = ARI_MARGIN + 7;
  draw_ring(l->s, x, y);
  ari_sheet_text(l->s, x + GAP, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_INK, l->head[0]);
  x += 4 * GAP + ari_chart_text_width(l->head[0], ARI_FONT_PLAIN);
  ari_sheet_mark(l->s, "dot", x, y, ARI_ORANGE);
  ari_sheet_text(l->s, x + GAP, y, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ARI_INK, l->head[1]);
  return y + ari_chart_line_height(ARI_FONT_PLAIN) + 4;
}

static void draw_all(layout *l) {
  ari_lang lang = l->work->options.lang;
  int y = draw_legend(l, ari_chart_rows_head(l->work, l->chart, l->s, ARI_WORD_chart_dumbbell_title, &l->scale));
  for (int k = 0; k < COLUMNS; k++) ari_sheet_text(l->s, l->column[k], y, ARI_FONT_SMALL, ARI_SIDE_RIGHT, ARI_MUTED, l->head[k]);
  y = ari_chart_rows_draw(l->s, &l->rows, &l->scale, l->how, y, draw_row, l);
  ari_buf notes = {0};
  ari_buf_text(&notes, ari_word_text(ARI_WORD_chart_dumbbell_note, lang));
  if (l->left_out) ari_chart_next_note(&notes), ari_buf_text(&notes, ari_word_text(ARI_WORD_chart_claims_left_out, lang));
  if (l->rows.ties || l->rows.unranked) ari_chart_next_note(&notes), ari_chart_put_marks(&notes, l->rows.ties, l->rows.unranked, lang);
  l->s->height = ari_sheet_notes(l->s, y + 4, &notes) + 4;
}

bool ari_sheet_dumbbell(const ari_work *work, const ari_chart *chart, ari_sheet *s) {
  layout l = {.work = work, .chart = chart, .s = s, .how = ari_chart_locale(work)};
  s->width = WIDTH;
  if (!read_rows(&l)) return false;
  place_columns(&l);
  draw_all(&l);
  return !s->failed && !s->rows.failed;
}

/* ---- in words ---- */

/* "93,27 → 91,92 (−1,35)" */
static void put_claims(const ari_chart_plan *p, uint32_t agency, ari_buf *b) {
  ari_claims c = count_claims(p->work, agency);
  ari_locale how = ari_chart_locale(p->work);
  int decimals = ari_chart_decimals(p->work->set->root->rounding.leaf);
  if (!c.n) {
    ari_buf_text(b, ari_word_text(ARI_WORD_chart_no_claim, p->work->options.lang));
    return;
  }
  ari_buf_e12(b, c.claimed, decimals, how);
  ari_buf_text(b, " → ");
  ari_buf_e12(b, c.points, decimals, how);
  ari_buf_text(b, " (");
  ari_chart_put_change(b, ari_chart_add(c.points, -c.claimed), decimals, how);
  ari_buf_char(b, ')');
}

bool ari_describe_dumbbell(ari_chart_plan *p, ari_chart *c, bool *wanted) {
  *wanted = false;
  for (size_t i = 0; i < c->n_rows && !*wanted; i++) *wanted = count_claims(p->work, c->rows[i]).n > 0;
  return !*wanted || ari_chart_describe_rows(p, c, ARI_WORD_chart_dumbbell_title, put_claims);
}
