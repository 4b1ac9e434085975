/* The pictures of report.html, each beside the figures that it shows; of one that could not be drawn, a line that says so. */
#include "inside.h"

#include <stdio.h>
#include <string.h>

/* Printed across a page of A4, 273 mm by 186 mm within its margins, it is wider than upright and still fits (report.css). */
static bool is_wide(const char *size) {
  int width, height;
  return size && sscanf(size, " width=\"%d\" height=\"%d\"", &width, &height) == 2 && width > 800 && width * 186 >= height * 273;
}

/* The drawing without what report.css says of all of them: ground, canvas, lines, and without its line ends. No text of a user has a quotation mark in it. */
static void put_drawing(ari_page *p, const char *svg) {
  static const char *const said[] = {" " ARI_SVG_CANVAS, " " ARI_SVG_LINE, "\n"};
  static const char ground[] = "<path fill=\"#ffffff\" d=\"M0 0h";
  const char *behind = strstr(svg, ground), *skip = behind ? strstr(behind, "/>") : NULL;
  for (const char *from = svg, *at = svg;;) {
    size_t n = 0;
    if (skip && at == behind) n = (size_t)(skip - at) + 2;
    for (size_t i = 0; i < ARI_COUNT(said) && !n; i++)
      if (strncmp(at, said[i], strlen(said[i])) == 0) n = strlen(said[i]);
    if (n || !*at) ari_out_put(&p->out, (ari_str){from, (size_t)(at - from)}), from = at + n;
    if (!*at) return;
    at += n ? n : 1;
  }
}

/* The drawn SVG itself; chart.h promises that any number of them can stand in one page. It says itself what it shows, in <title> and <desc>. What its
 * first line says of the file the page knows anyway: it is left out, hundreds of times. */
static void put_picture(ari_page *p, const ari_chart *chart) {
  ari_sources files = {0};
  ari_buf path = {0};
  ari_buf_printf(&path, "%s/charts/", p->folder);
  ari_buf_str(&path, chart->file);
  int32_t file = path.failed ? -1 : ari_sources_add(&files, ari_buf_view(&path));
  ari_status status = file < 0 ? ARI_NOMEM : ari_source_load(&files.items[file], file, 32 << 20, true, &p->work->findings);
  const char *svg = status == ARI_OK && files.items[file].bytes.p ? strstr(files.items[file].bytes.p, "<svg") : NULL;
  const char *size = svg ? strstr(svg, " width=") : NULL;
  ari_page_note(p, status);
  if (svg) {
    ari_page_put(p, chart->kind == ARI_CHART_HEAT && is_wide(size) ? "<figure class=\"wide\">\n" : "<figure>\n");
    ari_page_put(p, size ? "<svg role=\"img\" " : "");
    put_drawing(p, size ? size + 1 : svg);
    ari_page_put(p, "</figure>\n");
  }
  ari_buf_free(&path);
  ari_sources_free(&files);
}

/* Where no chart at all was drawn, that is said once (ari_page_charts_missing). */
static void put_chart(ari_page *p, const ari_chart *chart) {
  if (chart->drawn) put_picture(p, chart);
  else if (p->any_drawn) {
    ari_page_put(p, "<p class=\"soft\">");
    ari_page_word(p, ARI_WORD_chart_missing);
    ari_page_put(p, ": ");
    ari_page_c(p, ari_word_text(ari_chart_type_of(chart->kind)->title, p->lang));
    ari_page_put(p, " – ");
    ari_page_text(p, chart->title);
    ari_page_put(p, "</p>\n");
  }
}

bool ari_page_has_charts(const ari_page *p, ari_chart_kind kind) {
  for (size_t i = 0; i < p->n_charts; i++)
    if (p->charts[i].kind == kind) return p->any_drawn;
  return false;
}

void ari_page_charts(ari_page *p, ari_chart_kind kind, int32_t group) {
  for (size_t i = 0; i < p->n_charts; i++)
    if (p->charts[i].kind == kind && p->charts[i].group == group) put_chart(p, &p->charts[i]);
}

void ari_page_agency_charts(ari_page *p, size_t agency) {
  for (size_t i = 0; i < p->n_charts; i++)
    if (ari_chart_type_of(p->charts[i].kind)->subject == ARI_CHART_OF_AGENCY && p->charts[i].agency == agency) put_chart(p, &p->charts[i]);
}

void ari_page_charts_missing(ari_page *p) {
  if (p->any_drawn) return;
  ari_page_put(p, "<p class=\"soft\">");
  ari_page_word(p, p->work->options.charts == ARI_CHARTS_NONE ? ARI_WORD_no_charts_wanted : ARI_WORD_no_charts);
  ari_page_put(p, "</p>\n");
}
