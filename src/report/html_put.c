/* What every part of report.html is put together with: escaped text, figures, cells. */
#include "inside.h"

const char *ari_page_say(const ari_page *p, ari_word w) { return ari_word_text(w, p->lang); }
void ari_page_put(ari_page *p, const char *html) { ari_out_text(&p->out, html); }

/* User text: no character of it is markup. */
void ari_page_text(ari_page *p, ari_str s) {
  ari_buf *b = &p->out.buf;
  ari_buf shown = {0};
  ari_buf_visible(&shown, s);
  for (size_t i = 0; i < shown.n; i++) {
    char c = shown.p[i];
    if (c == '<') ari_buf_text(b, "&lt;");
    else if (c == '>') ari_buf_text(b, "&gt;");
    else if (c == '&') ari_buf_text(b, "&amp;");
    else if (c == '"') ari_buf_text(b, "&quot;");
    else if (c == '\'') ari_buf_text(b, "&#39;");
    else ari_buf_char(b, c);
  }
  if (shown.failed) b->failed = true;
  ari_buf_free(&shown);
  ari_out_flush_if_full(&p->out);
}

void ari_page_c(ari_page *p, const char *s) { ari_page_text(p, ari_str_of(s)); }
void ari_page_word(ari_page *p, ari_word w) { ari_page_c(p, ari_page_say(p, w)); }
void ari_page_title(ari_page *p, ari_title t) { ari_page_text(p, ari_title_of(p->work, t)); }

void ari_page_int(ari_page *p, int64_t v) { ari_buf_count(&p->out.buf, v, p->how); }
void ari_page_figure(ari_page *p, int64_t e12, int decimals) { ari_buf_e12(&p->out.buf, e12, decimals, p->how); }

void ari_page_machine(ari_page *p, int64_t e12) { ari_buf_e12(&p->out.buf, e12, -1, ARI_AS_DATA); }

/* "62.50 – 81.00": where a provisional total can end. */
void ari_page_range(ari_page *p, const ari_standing *s) {
  int decimals = p->work->set->root->rounding.total <= 4 ? p->work->set->root->rounding.total : -1;
  ari_page_figure(p, s->low, decimals);
  ari_page_put(p, " – ");
  ari_page_figure(p, s->high, decimals);
}

void ari_page_head_cell(ari_page *p, ari_word w, const char *style) {
  if (*style) ari_buf_printf(&p->out.buf, "<th scope=\"col\" class=\"%s\">", style);
  else ari_page_put(p, "<th scope=\"col\">");
  ari_page_word(p, w);
  ari_page_put(p, "</th>");
}

static void put_figure_cell(ari_page *p, bool there, int64_t e12, int decimals) {
  ari_page_put(p, "<td class=\"n\">");
  if (there) ari_page_figure(p, e12, decimals);
  else ari_page_put(p, "–");
  ari_page_put(p, "</td>");
}

void ari_page_value_cell(ari_page *p, bool there, int64_t e12, int decimals) {
  if (!there) {
    put_figure_cell(p, false, 0, 0);
    return;
  }
  ari_page_put(p, "<td class=\"n\" data-value=\"");
  ari_page_machine(p, e12);
  ari_page_put(p, "\">");
  ari_page_figure(p, e12, decimals);
  ari_page_put(p, "</td>");
}

void ari_page_agency_cell(ari_page *p, size_t agency) {
  const ari_agency *a = &p->work->evidence->agencies->items[agency];
  ari_buf_printf(&p->out.buf, "<th scope=\"row\" class=\"name\"><a href=\"#a%zu\">", agency + 1);
  ari_page_title(p, a->name);
  ari_page_put(p, "</a> <span class=\"soft\">");
  ari_page_text(p, a->id);
  ari_page_put(p, "</span></th>");
}

bool ari_page_next_block(const ari_page *p, ari_page_block *b) {
  const ari_work *work = p->work;
  const ari_result *r = work->result;
  b->first = b->end;
  if (b->first >= r->n_agencies) return false;
  b->group = ari_chart_block(work, r->shown[b->first]);
  while (b->end < r->n_agencies && ari_chart_block(work, r->shown[b->end]) == b->group) b->end++;
  b->tiers = ari_chart_tiers(work, r->shown + b->first, b->end - b->first);
  b->title = b->group < 0 ? ari_str_of(ari_page_say(p, ARI_WORD_ranking)) : ari_chart_group_name(work, b->group);
  return true;
}

void ari_page_note(ari_page *p, ari_status status) {
  if (p->status == ARI_OK) p->status = status;
}
