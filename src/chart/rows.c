/* What charts that list agencies one below the other have in common: rank and name of each, a heading where another group begins. */
#include "inside.h"

enum { PAD = 5, GAP = 8 };

static int widest(const ari_text_lines *lines, ari_font font) {
  int most = 0;
  for (size_t k = 0; k < lines->n; k++) {
    int w = ari_chart_text_width(lines->at[k], font);
    if (w > most) most = w;
  }
  return most;
}

static bool write_row(const ari_work *work, ari_sheet *s, int name_most, ari_chart_row *r) {
  ari_buf b = {0};
  ari_str name;
  ari_chart_put_rank(&b, r->standing);
  return ari_sheet_keep(s, &b, &r->rank) && ari_chart_text(&s->arena, ari_chart_agency_name(work, r->agency), &name) &&
         ari_chart_wrap(&s->arena, name, ARI_FONT_PLAIN, name_most, &r->name);
}

bool ari_chart_rows_write(const ari_work *work, const ari_chart *chart, ari_sheet *s, int name_most, ari_chart_rows *out) {
  *out = (ari_chart_rows){.work = work, .chart = chart, .at = ari_arena_array(&s->arena, chart->n_rows, sizeof *out->at), .n = chart->n_rows};
  if (!out->at) return false;
  int rank = 0, name = 0;
  for (size_t i = 0; i < out->n; i++) {
    ari_chart_row *r = &out->at[i];
    *r = (ari_chart_row){.agency = chart->rows[i], .standing = &work->result->standings[chart->rows[i]]};
    r->first = i == 0 || ari_chart_part_begins(work, chart, i);
    if (!write_row(work, s, name_most, r)) return false;
    if (r->standing->rank == 0) out->unranked = true;
    else if (r->standing->tied) out->ties = true;
    int w = ari_chart_text_width(r->rank, ARI_FONT_PLAIN);
    if (w > rank) rank = w;
    if ((w = widest(&r->name, ARI_FONT_PLAIN)) > name) name = w;
  }
  out->rank_right = ARI_MARGIN + rank;
  out->name_left = out->rank_right + GAP;
  out->right = out->name_left + name + GAP;
  return true;
}

int ari_chart_rows_place(ari_sheet *s, ari_chart_rows *rows, int y) {
  int line = ari_chart_line_height(ARI_FONT_PLAIN);
  bool striped = false;
  for (size_t i = 0; i < rows->n; i++) {
    ari_chart_row *r = &rows->at[i];
    if (ari_chart_part_begins(rows->work, rows->chart, i)) y = ari_sheet_part(s, rows->work, r->agency, y, s->width - 2 * ARI_MARGIN) + PAD;
    r->upper = y;
    y = r->lower = y + (int)r->name.n * line + PAD;
    striped = !r->first && !striped;
    r->striped = striped;
    if (striped) ari_sheet_box(s, "box", ARI_MARGIN / 2, s->width - ARI_MARGIN / 2, r->upper, r->lower, ARI_STRIPE);
    int middle = ari_chart_row_middle(r);
    uint32_t ink = r->standing->rank ? ARI_INK : ARI_MUTED;
    ari_sheet_text(s, rows->rank_right, middle, ARI_FONT_PLAIN, ARI_SIDE_RIGHT, ink, r->rank);
    ari_sheet_lines(s, rows->name_left, middle - ((int)r->name.n - 1) * line / 2, ARI_FONT_PLAIN, ARI_SIDE_LEFT, ink, r->name);
  }
  return y;
}

int ari_chart_row_middle(const ari_chart_row *row) { return (row->upper + row->lower) / 2; }

void ari_chart_rows_grid(ari_sheet *s, const ari_chart_rows *rows, const ari_scale *scale) {
  for (size_t i = 0, first = 0; i < rows->n; i++) {
    if (rows->at[i].first) first = i;
    if (i + 1 == rows->n || rows->at[i + 1].first) ari_sheet_grid(s, scale, rows->at[first].upper, rows->at[i].lower);
  }
}

int ari_chart_rows_head(const ari_work *work, const ari_chart *chart, ari_sheet *s, ari_word title, const ari_scale *scale) {
  ari_lang lang = work->options.lang;
  ari_buf b = {0};
  ari_str below;
  ari_buf_printf(&b, "%s · ", ari_set_title(work));
  ari_chart_put_agencies(&b, work, chart);
  if (scale && !scale->ranks && scale->low > 0) ari_buf_printf(&b, " · %s", ari_word_text(ARI_WORD_chart_not_from_zero, lang));
  if (!ari_sheet_keep(s, &b, &below)) return s->failed = true, 0;
  return ari_sheet_head(s, ari_str_of(ari_word_text(title, lang)), below);
}

int ari_chart_rows_draw(ari_sheet *s, ari_chart_rows *rows, const ari_scale *scale, ari_locale how, int y, void (*draw)(void *layout, size_t row), void *layout) {
  ari_sheet_ticks(s, scale, y, how);
  y = ari_chart_rows_place(s, rows, y + 9);
  ari_chart_rows_grid(s, rows, scale);
  for (size_t i = 0; i < rows->n; i++) draw(layout, i);
  ari_sheet_ticks(s, scale, y += 12, how);
  return y;
}

bool ari_chart_describe_rows(ari_chart_plan *p, ari_chart *c, ari_word title, void (*put)(const ari_chart_plan *p, uint32_t agency, ari_buf *b)) {
  ari_lang lang = p->work->options.lang;
  ari_buf head = {0}, alt = {0};
  if (!ari_chart_title_agencies(p, c)) return false;
  ari_buf_printf(&head, "%s – ", ari_word_text(title, lang));
  ari_buf_str(&head, c->title);
  ari_buf_printf(&alt, "%s, ", ari_word_text(title, lang));
  ari_chart_put_count(&alt, p->work, c->all_rows, ARI_WORD_chart_agencies);
  ari_buf_text(&alt, ": ");
  for (size_t i = 0; i < c->n_rows; i++) {
    if (i) ari_buf_text(&alt, "; ");
    ari_buf_str(&alt, ari_chart_agency_name(p->work, c->rows[i]));
    ari_buf_char(&alt, ' ');
    put(p, c->rows[i], &alt);
  }
  bool kept = ari_chart_keep(p, &head, &c->title);
  return ari_chart_keep(p, &alt, &c->alt) && kept;
}
