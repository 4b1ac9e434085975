/* report.html: one file that needs no network and reads well without scripts: summary, ranking, charts, every agency's sheet, the method, and what it was
 * computed from. Everything users wrote is escaped; the policy in the head lets nothing be loaded, and nothing run but the one script. */
#include "inside.h"

static void put_contents(ari_page *p) {
  static const struct { const char *id; ari_word word; } parts[] = {
      {"summary", ARI_WORD_summary}, {"ranking", ARI_WORD_ranking}, {"heat", ARI_WORD_heat}, {"sheets", ARI_WORD_sheets}, {"method", ARI_WORD_method}};
  ari_page_put(p, "<nav aria-label=\"");
  ari_page_word(p, ARI_WORD_contents);
  ari_page_put(p, "\"><ul class=\"facts\">");
  for (size_t i = 0; i < ARI_COUNT(parts); i++) {
    if (parts[i].word == ARI_WORD_heat && !ari_page_has_heat(p)) continue;
    ari_buf_printf(&p->out.buf, "<li><a href=\"#%s\">", parts[i].id);
    ari_page_word(p, parts[i].word);
    ari_page_put(p, "</a></li>");
  }
  ari_page_put(p, "</ul></nav>\n<main>\n");
}

static ari_page start_page(ari_work *work, const ari_drawn *drawn, ari_sink to) {
  bool any = false;
  for (size_t i = 0; i < drawn->n; i++) any = any || drawn->charts[i].drawn;
  return (ari_page){.any_drawn = any, .work = work, .charts = drawn->charts, .n_charts = drawn->n, .folder = drawn->folder, .out = {.sink = to}, .lang = work->options.lang,
                    .how = ari_locale_of(work->options.lang)};
}

static ari_status end_page(ari_page *p) {
  ari_page_end(p);
  ari_status written = ari_out_close(&p->out);
  return p->status != ARI_OK ? p->status : written;
}

ari_status ari_report_html(ari_work *work, const ari_drawn *drawn, ari_sink to) {
  ari_page page = start_page(work, drawn, to);
  ari_page_head(&page);
  put_contents(&page);
  ari_page_summary(&page);
  ari_page_ranking(&page);
  ari_page_heat(&page);
  ari_page_sheets(&page);
  ari_page_method(&page);
  return end_page(&page);
}

/* The same sheet and method; nothing in it leads to what is not there, so it needs no script. */
ari_status ari_report_agency(ari_work *work, const ari_drawn *drawn, size_t agency, ari_sink to) {
  ari_page page = start_page(work, drawn, to);
  page.alone = &work->evidence->agencies->items[agency];
  ari_page_head(&page);
  ari_page_put(&page, "<main>\n");
  ari_page_sheet(&page, agency);
  ari_page_method(&page);
  return end_page(&page);
}
