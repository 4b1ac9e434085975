/* report.html: one file that needs no network and no scripts: summary, ranking, charts, every agency's sheet, the method, and what it was computed from.
 * Everything users wrote is escaped; the policy in the head lets nothing be loaded or run. */
#include "report.h"

#include <string.h>

static const char STYLE[] =
  ":root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--ground:#fff;--band:#f4f6f8;--link:#0550ae}"
  "@media(prefers-color-scheme:dark){"
  ":root{--ink:#e6e9ed;--soft:#a2abb5;--line:#3d444d;--ground:#15191e;--band:#1e242b;--link:#7ab7ff}}"
  "*{box-sizing:border-box}"
  "body{margin:0 auto;max-width:76rem;padding:1rem;font:1rem/1.5 'Noto Sans','Segoe UI',Roboto,Arial,sans-serif;"
  "color:var(--ink);background:var(--ground);overflow-wrap:break-word}"
  "h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}"
  "h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:2px solid var(--line)}"
  "h3{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.4rem 0}a{color:var(--link)}"
  ".soft{color:var(--soft);font-weight:400}.scroll{overflow-x:auto}code{font-size:.85em}"
  "table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}"
  "caption{text-align:left;font-size:1.1rem;font-weight:600;padding:1rem 0 .5rem}"
  "th,td{padding:.25rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}"
  "thead th{background:var(--band);vertical-align:bottom}tbody th{font-weight:400}"
  "th.n,td.n{text-align:right;white-space:nowrap}th.field{text-align:right;font-weight:400;font-size:.8rem;min-width:4.5rem}"
  "h1,h2,h3,th.name,th.item,td.why,code{overflow-wrap:anywhere}"
  "th.name{min-width:14rem}th.name .soft{display:inline-block}th.state{min-width:6rem}th.item{width:38%;min-width:14rem}td.why{font-size:.85rem;min-width:16rem}"
  "tr.l1 th,tr.l1 td{background:var(--band)}tr.l1 th,tr.l1 td.n{font-weight:600}"
  ".l2 th{padding-left:1.5rem}.l3 th{padding-left:2.5rem}.l4 th{padding-left:3.5rem}"
  "figure{margin:1rem 0;background:#fff;color:#1b1f24;overflow-x:auto}figure svg{max-width:100%;height:auto;display:block}"
  "ul.facts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.5rem 2rem}ul.facts b{font-size:1.3rem;display:block}"
  "section.sheet{border-top:1px solid var(--line);margin-top:2rem}"
  /* A telephone: pictures stay readable and scroll; names stay in sight beside the figures; a row of a sheet becomes a block, words below figures. */
  "@media screen and (max-width:45rem){body{padding:.75rem}figure svg{min-width:40rem}th,td{padding:.25rem}"
  "th.name{min-width:8.5rem;position:sticky;left:0;background:var(--ground)}thead th.name{background:var(--band)}"
  ".sheet table,.sheet thead,.sheet tbody{display:block}"
  ".sheet tr{display:grid;grid-template-columns:repeat(3,3.75rem) 1fr;border-bottom:1px solid var(--line)}"
  ".sheet .claims tr{grid-template-columns:repeat(3,3.75rem) 4.75rem 1fr}"
  ".sheet th,.sheet td{border:0;min-width:0}.sheet th.item,.sheet .why{grid-column:1/-1;width:auto}.sheet td.why:empty{display:none}}"
  "@media print{@page{size:A4;margin:12mm}body{max-width:none;padding:0;font-size:9.5pt}"
  "table{font-size:8pt}th,td{padding:.1rem .3rem}thead{display:table-header-group}"
  "th.name{min-width:4.5cm}th.item{min-width:0;width:auto}th.field{min-width:0;font-size:7pt}td.why{min-width:6.5cm;font-size:7.5pt}"
  "tr,figure{break-inside:avoid}h2,h3,caption{break-after:avoid}"
  "#sheets,section.sheet{break-before:page;border:0;margin:0}h2+section.sheet{break-before:auto}.sheet figure svg{max-height:9cm}"
  "nav,.back{display:none}a{color:inherit;text-decoration:none}.scroll,figure{overflow:visible}}";

/* style-src takes the hash of the one style sheet; gnuplot's SVG needs nothing that this policy forbids. */
static void put_style(ari_page *p) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char hex[65], base64[45];
  unsigned char hash[33] = {0};
  ari_sha256(STYLE, sizeof STYLE - 1, hex);
  for (size_t i = 0; i < 64; i++) {
    unsigned nibble = (unsigned)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    hash[i / 2] = (unsigned char)((unsigned)hash[i / 2] << 4 | nibble);
  }
  for (size_t i = 0, o = 0; i < 33; i += 3, o += 4) {
    unsigned v = (unsigned)hash[i] << 16 | (unsigned)hash[i + 1] << 8 | hash[i + 2];
    for (size_t k = 0; k < 4; k++) base64[o + k] = digits[v >> (18 - 6 * k) & 63];
  }
  base64[43] = '=';
  base64[44] = '\0';
  ari_buf_printf(&p->out.buf, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n",
                 base64);
  ari_page_put(p, "<style>");
  ari_page_put(p, STYLE);
  ari_page_put(p, "</style>\n");
}

static void put_document_head(ari_page *p) {
  const ari_work *work = p->work;
  ari_page_put(p, p->lang == ARI_VI ? "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n" : "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
  ari_page_put(p, "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
  put_style(p);
  ari_page_put(p, "<title>");
  ari_page_title(p, work->set->title);
  ari_page_put(p, " – ");
  ari_page_c(p, ari_period_text(work));
  ari_page_put(p, "</title>\n</head>\n<body>\n<header>\n<h1>");
  ari_page_title(p, work->set->title);
  ari_page_put(p, "</h1>\n<p>");
  ari_page_word(p, ARI_WORD_report_title);
  ari_page_put(p, ", ");
  ari_page_c(p, ari_period_text(work));
  ari_page_put(p, "</p>\n");
  for (uint32_t i = 0; i < work->set->n_basis; i++) {
    const ari_basis *basis = &work->set->basis[i];
    ari_page_put(p, "<p class=\"soft\">");
    ari_page_word(p, ARI_WORD_basis);
    ari_page_put(p, ": ");
    ari_page_title(p, basis->name);
    if (basis->has_day) {
      ari_page_put(p, ", ");
      ari_buf_date(&p->out.buf, basis->day, p->how);
    }
    ari_page_put(p, "</p>\n");
  }
  static const struct { const char *id; ari_word word; } parts[] = {
    {"summary", ARI_WORD_summary}, {"ranking", ARI_WORD_ranking}, {"sheets", ARI_WORD_sheets}, {"method", ARI_WORD_method}};
  ari_page_put(p, "</header>\n<nav aria-label=\"");
  ari_page_word(p, ARI_WORD_contents);
  ari_page_put(p, "\"><ul class=\"facts\">");
  for (size_t i = 0; i < ARI_COUNT(parts); i++) {
    ari_buf_printf(&p->out.buf, "<li><a href=\"#%s\">", parts[i].id);
    ari_page_word(p, parts[i].word);
    ari_page_put(p, "</a></li>");
  }
  ari_page_put(p, "</ul></nav>\n<main>\n");
}

static void put_fact(ari_page *p, ari_word label, int64_t n) {
  ari_page_put(p, "<li><b>");
  ari_page_int(p, n);
  ari_page_put(p, "</b> ");
  ari_page_word(p, label);
  ari_page_put(p, "</li>\n");
}

static void put_figure_fact(ari_page *p, ari_word label, int64_t e12) {
  ari_page_put(p, "<li><b>");
  ari_page_figure(p, e12, p->work->set->root->rounding.index);
  ari_page_put(p, "</b> ");
  ari_page_word(p, label);
  ari_page_put(p, "</li>\n");
}

/* The mean of the published indexes, rounded as an index is. */
static bool find_mean(const ari_page *p, int64_t *mean, int64_t *low, int64_t *high) {
  const ari_result *r = p->work->result;
  ari_num *sum = ari_num_new(), *one = ari_num_new();
  int64_t n = 0;
  bool good = sum && one;
  for (size_t i = 0; i < r->n_agencies && good; i++) {
    const ari_standing *s = &r->standings[i];
    if (!s->has_points) continue;
    ari_num_set_e12(one, s->index);
    ari_num_add(sum, sum, one);
    if (n == 0 || s->index < *low) *low = s->index;
    if (n == 0 || s->index > *high) *high = s->index;
    n++;
  }
  if (good && n) {
    const ari_decimals *d = &p->work->set->root->rounding;
    ari_num_set_int(one, n);
    ari_num_div(sum, sum, one);
    ari_num_round(sum, sum, d->index, d->mode);
    good = ari_num_e12(sum, mean);
  }
  ari_num_free(sum);
  ari_num_free(one);
  return good && n > 0;
}

static void put_warnings(ari_page *p) {
  ari_findings *fs = &p->work->findings;
  if (!fs->n) return;
  ari_page_put(p, "<h3>");
  ari_page_word(p, ARI_WORD_warnings);
  ari_page_put(p, "</h3>\n<ul>\n");
  size_t shown = fs->n < ARI_SHOW_FINDINGS ? fs->n : ARI_SHOW_FINDINGS;
  for (size_t i = 0; i < shown; i++) {
    ari_buf sentence = {0};
    ari_finding_sentence(&sentence, &fs->items[i], &p->work->sources, p->lang);
    ari_page_put(p, "<li><code>");
    ari_page_put(p, ari_code_name(fs->items[i].code));
    ari_page_put(p, "</code> ");
    ari_page_text(p, ari_buf_view(&sentence));
    ari_page_put(p, "</li>\n");
    if (sentence.failed) p->out.failed = p->out.no_memory = true;
    ari_buf_free(&sentence);
  }
  ari_page_put(p, "</ul>\n");
  if (fs->n + fs->dropped > shown) {
    ari_page_put(p, "<p>+ ");
    ari_page_int(p, (int64_t)(fs->n + fs->dropped - shown));
    ari_page_put(p, "</p>\n");
  }
}

static void put_summary(ari_page *p) {
  const ari_result *r = p->work->result;
  int64_t ranked = 0, provisional = 0, mean = 0, low = 0, high = 0;
  for (size_t i = 0; i < r->n_agencies; i++) {
    ranked += r->standings[i].rank > 0;
    provisional += r->standings[i].state == ARI_PROVISIONAL;
  }
  ari_page_put(p, "<section id=\"summary\">\n<h2>");
  ari_page_word(p, ARI_WORD_summary);
  ari_page_put(p, "</h2>\n<ul class=\"facts\">\n");
  put_fact(p, ARI_WORD_agencies, (int64_t)r->n_agencies);
  put_fact(p, ARI_WORD_ranked, ranked);
  put_fact(p, ARI_WORD_not_ranked, (int64_t)r->n_agencies - ranked);
  if (provisional) put_fact(p, ARI_WORD_provisional, provisional);
  if (find_mean(p, &mean, &low, &high)) {
    put_figure_fact(p, ARI_WORD_mean_index, mean);
    put_figure_fact(p, ARI_WORD_lowest, low);
    put_figure_fact(p, ARI_WORD_highest, high);
  }
  ari_page_put(p, "</ul>\n");
  put_warnings(p);
  ari_page_put(p, "</section>\n");
}

ari_status ari_report_html(ari_work *work, const ari_chart *charts, size_t n, const char *folder, ari_sink to) {
  ari_page page = {.work = work, .charts = charts, .n_charts = n, .folder = folder, .out = {.sink = to}, .lang = work->options.lang,
                   .how = work->options.lang == ARI_EN ? ARI_AS_EN : ARI_AS_VI};
  put_document_head(&page);
  put_summary(&page);
  ari_page_ranking(&page);
  ari_page_sheets(&page);
  ari_page_method(&page);
  ari_page_put(&page, "</main>\n</body>\n</html>\n");
  ari_status written = ari_out_close(&page.out);
  return page.status != ARI_OK ? page.status : written;
}
