/* What charts hand to gnuplot: text made harmless and wrapped without loss, round ticks, exact figures, medians. */
#include "chart_fixture.h"

/* ---- text ---- */

static void shows(const char *from, const char *to, const char *why) {
  ari_arena arena = {0};
  ari_str out = {0};
  ok(ari_chart_text(&arena, ari_str_of(from), &out), why);
  is(c_text(out), to, why);
  ari_arena_free(&arena);
}

static void test_text(void) {
  shows("Sở \"Nội vụ\"", "Sở ″Nội vụ″", "a quotation mark ends no field");
  shows("a\tb\nc\x7f\xc2\x85", "a b c  ", "control characters become spaces");
  shows("", " ", "no text is one space");
  shows("E\xcc\x82\xcc\xa3", "\xe1\xbb\x86", "decomposed letters are put together");
  shows("a\xe2\x80\xaez", "a\\u{202E}z", "bidi characters are shown and do not act");
  shows("a\xef\xbf\xbf", "a\\u{FFFF}", "what XML does not know is shown");
  shows("`$(id)` @x | <b> # %s {a}_^ 'q'", "`$(id)` @x | <b> # %s {a}_^ 'q'", "everything else stays");
}

static void test_quoting(void) {
  ari_sheet s = {0};
  ari_sheet_text(&s, 3, 4, ARI_FONT_BOLD, ARI_SIDE_RIGHT, 0x010203, ari_str_of("a\\nb {c}_d"));
  ari_sheet_text(&s, 3, 4, ARI_FONT_BOLD, ARI_SIDE_RIGHT, 0, ari_str_of(" "));
  is(rows_text(&s), "text\t3\t4\t2\t1\t66051\t\"a\\\\nb {c}_d\"\n", "a backslash is doubled; blank text makes no label");
  ok(s.texts == 1, "labels are counted");
  ari_sheet_free(&s);
}

/* Lines put together again with the spaces at which they were broken give the text; none is wider than allowed. */
static void wraps(const char *text, int width, size_t lines, const char *why) {
  ari_arena arena = {0};
  ari_text_lines out;
  ok(ari_chart_wrap(&arena, ari_str_of(text), ARI_FONT_PLAIN, width, &out), why);
  char together[2000] = "";
  bool narrow = true;
  for (size_t i = 0; i < out.n; i++) {
    size_t used = strlen(together);
    if (text[used] == ' ') together[used++] = ' ';
    memcpy(together + used, out.at[i].p, out.at[i].n);
    together[used + out.at[i].n] = '\0';
    narrow = narrow && ari_chart_text_width(out.at[i], ARI_FONT_PLAIN) <= width;
  }
  is(together, text, why);
  ok(narrow && out.n == lines, why);
  if (out.n != lines) printf("# %zu lines\n", out.n);
  ari_arena_free(&arena);
}

static void test_wrapping(void) {
  wraps("Sở Y tế", 200, 1, "a short name stays on one line");
  wraps("Trung tâm Phục vụ hành chính công và Ứng dụng công nghệ thông tin", 320, 2, "more than 60 letters: two lines");
  wraps("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 100, 4, "a word that is too long is broken inside");
  wraps("a  b   c", 400, 1, "several spaces stay");
  ari_arena arena = {0};
  ari_text_lines out;
  ok(ari_chart_wrap(&arena, ari_str_of("một hai ba bốn năm sáu bảy tám chín mười"), ARI_FONT_PLAIN, 260, &out) && out.n == 2, "two lines");
  int a = ari_chart_text_width(out.at[0], ARI_FONT_PLAIN), b = ari_chart_text_width(out.at[1], ARI_FONT_PLAIN);
  ok(a - b < 80 && b - a < 80, "of about the same length");
  ok(ari_chart_wrap(&arena, ari_str_of("xe\xcc\x82\xcc\xa3xe\xcc\x82\xcc\xa3"), ARI_FONT_PLAIN, 10, &out), "marks");
  for (size_t i = 0; i < out.n; i++) ok((unsigned char)out.at[i].p[0] < 0x80, "a letter keeps its marks");
  ok(ari_chart_wrap(&arena, ari_str_of("WWW"), ARI_FONT_PLAIN, 1, &out) && out.n == 3, "no place for a letter: one a line");
  ok(ari_chart_text_width(ari_str_of("e\xcc\x82\xcc\xa3"), ARI_FONT_PLAIN) == ari_chart_text_width(ari_str_of("e"), ARI_FONT_PLAIN),
     "marks have no width");
  /* 73 letters: 37.09 of DejaVu Sans, where nothing is wider, which are 482.2 pixels of 13; rounding up adds at most a hundredth to each */
  int w = ari_chart_text_width(ari_str_of("Chỉ số cải cách hành chính các đơn vị thuộc Bộ theo bộ tiêu chí năm 2026"), ARI_FONT_PLAIN);
  ok(w >= 482 && w <= 492, "as wide as the widest font");
  ari_arena_free(&arena);
}

/* ---- ticks ---- */

static void ticks(int64_t low, int64_t high, int64_t step, int64_t from, int64_t to, const char *why) {
  int64_t got = ari_chart_ticks(&low, &high);
  ok(got == step && low == from && high == to, why);
  if (got != step || low != from || high != to) printf("# step %lld low %lld high %lld\n", (long long)got, (long long)low, (long long)high);
}

static void test_ticks(void) {
  ticks(0, 100 * ARI_ONE, 20 * ARI_ONE, 0, 100 * ARI_ONE, "0 to 100 by 20");
  ticks(0, 37 * ARI_ONE, 10 * ARI_ONE, 0, 40 * ARI_ONE, "37 is below 40");
  ticks(0, ARI_ONE * 28 / 10, ARI_ONE / 2, 0, 3 * ARI_ONE, "2.8 by 0.5");
  ticks(0, 14 * ARI_ONE, ARI_ONE * 25 / 10, 0, 15 * ARI_ONE, "14 by 2.5");
  ticks(-3 * ARI_ONE, 10 * ARI_ONE, ARI_ONE * 25 / 10, -5 * ARI_ONE, 10 * ARI_ONE, "below 0");
  ticks(0, 0, ARI_ONE / 5, 0, ARI_ONE, "nobody has points");
  ticks(0, 1, 1, 0, 1, "the smallest unit");
  ticks(0, 9000000 * ARI_ONE, 2000000 * ARI_ONE, 0, 9000000 * ARI_ONE, "the largest points: no overflow");
  ticks(INT64_MIN, INT64_MAX, INT64_C(5000000000000000000), INT64_MIN, INT64_MAX, "beyond anything");
}

/* ---- ranking ---- */

static const char *const THREE[] = {"Một", "Hai", "Ba"};

static ari_chart *plan_of(ari_work *work, size_t *n) {
  ari_chart *charts = NULL;
  ok(ari_charts_plan_wish(work, &work->arena, &RANKING_AND_RADARS, &charts, n) == ARI_OK, "charts are planned");
  return charts;
}

static void test_ranking(void) {
  ari_work *work = score_fields(THREE, 3, 10, "id,name,group\na,An,g\nb,Ba,g\nc,\"Bò \"\"C\"\" \\n {x}\",g\nd,Dê,g\n",
                                "agency,f1.p,f2.p,f3.p\na,1.23,2,3.005\nb,8,-2.5,10\nc,1.235,2,3\n");
  size_t n;
  ari_chart *charts = plan_of(work, &n);
  ok(n == 4 && charts[0].kind == ARI_CHART_RANKING && charts[1].kind == ARI_CHART_RADAR,
     "a ranking, and a radar for each agency that submitted");
  is(c_text(charts[0].file), "ranking-g.svg", "named after the group");
  is(c_text(charts[0].title), "Trial index – Departments – 2026", "its title");
  is(c_text(charts[0].alt), "Bar chart of the points, 4 agencies: 1. Ba 15.50; =2. An 6.24; =2. Bò \"C\" \\n {x} 6.24; 4. Dê no evidence submitted",
     "all of them in words");
  is(c_text(charts[1].file), "radar-a.svg", "named after the agency");
  ari_sheet s = {0};
  ok(ari_sheet_ranking(work, &charts[0], &s), "its data");
  const char *rows = rows_text(&s);
  ok(strstr(rows, "bar\t0\t1.23\t") && strstr(rows, "bar\t1.23\t3.23\t") && strstr(rows, "bar\t3.23\t6.24\t"),
     "the ends of bars are exact");
  ok(strstr(rows, "bar\t0\t-2.5\t") && strstr(rows, "bar\t0\t8\t") && strstr(rows, "bar\t8\t18\t"),
     "points below 0 to the left, the others stacked to the right");
  ok(strstr(rows, "\"15.50\"") && strstr(rows, "\"=2\"") && strstr(rows, "\"−2.50\""), "figures and ranks come as text");
  ok(strstr(rows, "\"Bò ″C″ \\\\n {x}\""), "a hostile name is text in quotes");
  ok(strstr(rows, "\"no evidence submitted\"") && count_of(rows, "\"Dê\"") == 1, "an agency without evidence has its row and says why");
  ok(strstr(rows, "\"Một (10)\"") && strstr(rows, "\"Ba (10)\""), "the legend names each field with its maximum");
  ok(count_of(rows, "text\t") == s.texts && s.texts > 20, "labels are counted");
  is(s.args[2], "-10", "the axis begins at a tick");
  is(s.args[3], "30", "and ends at one");
  ari_sheet_free(&s);
  ari_work_free(work);
}

/* Fields left out change the applicable maximum: then points alone do not explain the order. */
static void test_maxima(void) {
  ari_work *work = score_fields(THREE, 3, 10, "id,name,group\na,An,g\nb,Ba,g\n", "agency,f1.p,f2.p,f3.p\na,9,9,9\nb,9.5,9.5,\n");
  size_t n;
  ari_chart *charts = plan_of(work, &n);
  ari_sheet s = {0};
  ok(ari_sheet_ranking(work, &charts[0], &s), "its data");
  ok(strstr(rows_text(&s), "\"19.00 · 95.00%\"") && strstr(s.rows.p, "\"27.00 · 90.00%\""), "the index stands beside the points");
  ari_sheet_free(&s);
  s = (ari_sheet){0};
  ok(n == 3 && ari_sheet_radar(work, &charts[2], &s), "the radar of an agency with a field left out");
  ok(strstr(rows_text(&s), "axis\t2\tNaN\t0.9\t0.9\n") && !strstr(s.rows.p, "area\t"), "a gap, and no area");
  ok(strstr(s.rows.p, "\"not scored\"") && strstr(s.rows.p, "fields not scored: 1"), "said beside the axis and above");
  ok(strstr(s.rows.p, "\"median of 1–2 agencies\""), "and how many are behind the median");
  ari_sheet_free(&s);
  ari_work_free(work);
}

/* ---- radar ---- */

static void test_radar(void) {
  ari_work *work = score_fields(THREE, 3, 3, "id,name,group\na,A,g\nb,B,g\nc,C,g\nd,D,g\nx,X,other\n",
                                "agency,f1.p,f2.p,f3.p\na,1,0,3\nb,2,-1,3\nc,2.5,3,3\nd,0.99,1,2\nx,3,3,3\n");
  size_t n;
  ari_chart *charts = plan_of(work, &n);
  ok(n == 7, "two rankings, five radars");
  const ari_axis *a = charts[2].axes;
  ok(a[0].share == 333333333333 && a[0].percent == 33300000000000 - 0 && a[0].scored, "1 of 3");
  ok(a[0].median == ARI_ONE / 2 && a[0].median_percent == 50 * ARI_ONE && a[0].agencies == 4,
     "the median of four is the mean of the two in the middle");
  ok(a[0].best == 833333333333 && a[0].best_percent == 83300000000000, "the best of the own group, not of all");
  ok(charts[6].axes[0].best == ARI_ONE && charts[6].axes[0].agencies == 1, "the other group by itself");
  is(c_text(charts[2].alt),
     "Radar chart: Một 1 / 3 (33.3%, median 50.0%, best 83.3%); Hai 0 / 3 (0.0%, median 16.7%, best 100.0%); Ba 3 / 3 (100.0%, median "
     "100.0%, best 100.0%)",
     "all figures in words");
  ari_sheet s = {0};
  ok(ari_sheet_radar(work, &charts[3], &s), "its data");
  const char *rows = rows_text(&s);
  ok(strstr(rows, "axis\t0\t0.666666666667\t0.5\t0.833333333333\n") && strstr(rows, "axis\t1\t-0.333333333333\t0.166666666667\t1\n"),
     "shares as numbers");
  ok(strstr(rows, "axis\t3\t0.666666666667\t") && strstr(rows, "area\t3\t0.666666666667\n"), "the first axis closes the lines");
  ok(strstr(rows, "\"2.00 / 3 · 66.7%\"") && strstr(rows, "\"−1.00 / 3 · −33.3%\""), "figures as text");
  ok(strstr(rows, "\"median of 4 agencies\""), "the number of agencies behind the median");
  ari_sheet_free(&s);
  ari_work_free(work);
}

/* Labels of any number of axes lie inside the picture and never on each other. */
static void test_labels(void) {
  static const char *const counts[] = {"3", "4", "5", "8", "13", "24"};
  static const char *titles[24];
  for (size_t i = 0; i < 24; i++)
    titles[i] = i % 3 ? "Cải cách thể chế" : "Xây dựng và phát triển chính quyền điện tử, chính quyền số trên địa bàn";
  for (size_t c = 0; c < ARI_COUNT(counts); c++) {
    size_t n = (size_t)atoi(counts[c]), charts_n;
    char head[2000] = "agency", row[2000] = "a";
    for (size_t i = 0; i < n; i++) {
      snprintf(head + strlen(head), sizeof head - strlen(head), ",f%zu.p", i + 1);
      strcat(row, ",7");
    }
    strcat(strcat(strcat(head, "\n"), row), "\n");
    ari_work *work = score_fields(titles, n, 10, "id,name,group\na,A,g\n", head);
    ari_set *set = work->set;
    for (uint32_t i = 0; i < set->root->n_children; i++)
      set->nodes[i + 1]->n_children = 1; /* as if they had criteria below: not a flat list */
    ari_chart *charts = plan_of(work, &charts_n);
    ari_sheet s = {0};
    ok(charts_n == 2 && ari_sheet_radar(work, &charts[1], &s), "its data");
    struct {
      int left, right, upper, lower;
    } boxes[200];
    size_t used = 0;
    bool apart = true;
    for (const char *p = rows_text(&s); p && *p; p = strchr(p, '\n') + 1) {
      int x, y, font, side, at;
      unsigned colour;
      if (sscanf(p, "text\t%d\t%d\t%d\t%d\t%u\t\"%n", &x, &y, &font, &side, &colour, &at) != 5) continue;
      const char *end = strchr(p + at, '"');
      int w = ari_chart_text_width((ari_str){p + at, (size_t)(end - p - at)}, (ari_font)(font - 1));
      int left = side == ARI_SIDE_LEFT ? x : side == ARI_SIDE_RIGHT ? x - w : x - w / 2;
      if (left < 0 || left + w > s.width || y < 6 || y + 6 > s.height) apart = false, printf("# outside: %.60s\n", p);
      for (size_t i = 0; i < used; i++)
        if (left < boxes[i].right && left + w > boxes[i].left && y - 5 < boxes[i].lower && y + 5 > boxes[i].upper)
          apart = false, printf("# on another: %.60s\n", p);
      if (used < 200) boxes[used].left = left, boxes[used].right = left + w, boxes[used].upper = y - 5, boxes[used++].lower = y + 5;
    }
    ok(apart && used > n, counts[c]);
    ari_sheet_free(&s);
    ari_work_free(work);
  }
}

/* ---- which charts ---- */

static void test_plan(void) {
  size_t n;
  ari_work *work = score_fields(THREE, 2, 10, "id,name,group\nCác-sở,A,g\nb,B,Sở\n", "agency,f1.p,f2.p\nb,1,2\n");
  ari_chart *charts = plan_of(work, &n);
  ok(n == 2, "two fields make no radar");
  is(c_text(charts[1].file), "ranking-~2.svg", "a group whose id is no plain word goes by number");
  work->options.charts = ARI_CHARTS_NONE;
  ok(ari_charts_plan(work, &work->arena, &charts, &n) == ARI_OK && n == 0, "none wanted, none planned");
  ari_work_free(work);

  static char list[80000], evidence[40000];
  int at = snprintf(list, sizeof list, "id,name,group\n"), to = snprintf(evidence, sizeof evidence, "agency,f1.p,f2.p,f3.p\n");
  for (int i = 0; i < 600; i++) {
    at += snprintf(list + at, sizeof list - (size_t)at, "a%d,Cơ quan %d,g\n", i, i);
    to += snprintf(evidence + to, sizeof evidence - (size_t)to, "a%d,%d.%02d,2,3\n", i, i % 9, i % 100);
  }
  work = score_fields(THREE, 3, 10, list, evidence);
  charts = plan_of(work, &n);
  ok(n == 3 && charts[0].n_rows == 200 && charts[2].first_row == 400 && told(work, "W0706") == 1,
     "600 agencies: three pages, no radars, and that is told");
  is(c_text(charts[1].file), "ranking-g~2.svg", "the second page");
  is(c_text(charts[1].title), "Trial index – Departments – 2026 (201–400)", "says which rows it has");
  ari_work_free(work);
}

/* ---- the picture that comes back ---- */

/* As gnuplot 5.4 writes it: two texts in one font, one in another that is turned, a line, another like it, areas, a dash. */
static const char SVG[] = "<?xml version=\"1.0\" encoding=\"utf-8\"  standalone=\"no\"?>\n<svg \n width=\"6\" height=\"4\"\n viewBox=\"0 0 6 4\"\n "
                          "xmlns=\"http://www.w3.org/2000/svg\"\n"
                          " xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n>\n\n<title>Gnuplot</title>\n<desc>Produced by GNUPLOT 5.4 "
                          "patchlevel 4 </desc>\n\n<g id=\"gnuplot_canvas\">\n<rect x=\"0\" y=\"0\" width=\"6\" height=\"4\" fill=\"#ffffff\"/>\n"
                          "<defs>\n\t<circle id='gpDot' r='0.5'/>\n\t<path id='gpPt0' stroke-width='0.2' d='M-1,0 h2'/>\n</defs>\n"
                          "<g fill=\"none\" color=\"black\" stroke=\"currentColor\" stroke-width=\"1.00\">\n</g>\n\t<g "
                          "id=\"gnuplot_plot_1\" ><title>DATA using $1 > 2</title>\n"
                          "<g transform=\"translate(16.00,31.88)\" stroke=\"none\" fill=\"rgb(27,31,36)\" font-family=\"Noto Sans:Bold\" font-size=\"18.00\"  text-anchor=\"start\">\n"
                          "\t<text>A &lt;b&gt; ]]></text>\n</g>\n"
                          "<g transform=\"translate(1.50,2.25)\" stroke=\"none\" fill=\"rgb(27,31,36)\" font-family=\"Noto Sans:Bold\" font-size=\"18.00\"  text-anchor=\"start\">\n"
                          "\t<text xml:space=\"preserve\">B  1.00 rgb(1, 2, 3)</text>\n</g>\n"
                          "<g transform=\"translate(240.22,308.00) rotate(-90)\" stroke=\"none\" fill=\"rgb(87,96,106)\" font-family=\"Noto Sans\" font-size=\"13.00\"  text-anchor=\"end\">\n"
                          "\t<text>C</text>\n</g>\n\t</g>\n"
                          "<g id=\"gnuplot_plot_2\" ><title>DATA using</title>\n<g fill=\"none\" color=\"black\" stroke=\"currentColor\" stroke-width=\"2.60\">\n"
                          "\t<path stroke='rgb(213, 218,   4)'  d='M480.00,9.96 L-99.95,0.05\n\t\tL7.05,7.04 L7.05,9.04 '/>\n"
                          "\t<path stroke='rgb(213, 218,   4)'  d='M33.00,74.00 L33.10,74.00 '/>\n"
                          "\t<path stroke='rgb(213, 218,   4)' stroke-dasharray='8.0,5.0'  d='M1.00,1.00 L0.50,2.00 Z '/></g>\n"
                          "\t<g stroke='none' shape-rendering='crispEdges'>\n"
                          "\t<polygon fill = 'rgb(192,  74,   0)' fill-opacity = '0.690000' points = '0.99,10.994 3.00,11.00 3.00,9.00 '/>\n"
                          "\t<polygon fill = 'rgb(192,  74,   0)' points = '0.00,2.00 1.00,2.00 1.00,0.99 0.00,0.99 '/>\n"
                          "\t<polygon fill = 'rgb(192,  74,   0)' points = '4.00,2.00 5.00,2.00 5.00,0.99 4.00,0.99 '/>\n\t</g>\n</g>\n</svg>\n\n";

static void test_svg(void) {
  ari_buf out = {0};
  ok(ari_svg_mend(ari_str_of(SVG), &(ari_picture){.width = 12, .height = 8, .texts = 3, .title = ari_str_of("a < b & \"c\""), .alt = ari_str_of("]]>\x01")}, &out), "a whole picture with its three labels");
  ari_buf_char(&out, '\0');
  is(out.p,
     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" font-family=\"Noto Sans, Segoe UI, Roboto, Arial, "
     "sans-serif\"\n"
     " width=\"12\" height=\"8\"\n viewBox=\"0 0 6 4\">\n<title>a &lt; b &amp; ″c″</title>\n<desc>]]&gt; "
     "</desc>\n<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\" shape-rendering=\"crispEdges\" font-size=\"13\">\n"
     "<path fill=\"#ffffff\" d=\"M0 0h6v4h-6z\"/>\n"
     "<g fill=\"#1b1f24\" font-weight=\"bold\" font-size=\"18\">\n<text x=\"16\" y=\"32\">A &lt;b&gt; ]]&gt;</text>\n"
     "<text x=\"1.5\" y=\"2\" xml:space=\"preserve\">B  1.00 rgb(1, 2, 3)</text>\n</g>\n"
     "<g fill=\"#57606a\" text-anchor=\"end\">\n<text transform=\"translate(240.2 308)rotate(-90)\">C</text>\n</g>\n"
     /* 9.96 → 0.05 is 10 → 0.1 (half up): −9.9; −99.95 → −100, 480 − 580; 7.05 → 7.1 */
     "<path stroke=\"#d5da04\" stroke-width=\"2.6\" shape-rendering=\"auto\" d=\"M480 10l-580-9.9l107.1 6.9v2M33 74h.1\"/>\n"
     "<path stroke=\"#d5da04\" stroke-width=\"2.6\" stroke-dasharray=\"8 5\" shape-rendering=\"auto\" d=\"M1 1l-.5 1z\"/>\n"
     "<path fill=\"#c04a00\" fill-opacity=\"0.69\" d=\"M1 11h2v-2z\"/>\n<path fill=\"#c04a00\" d=\"M0 2h1v-1h-1zM4 2h1v-1h-1z\"/>\n</g>\n</svg>\n",
     "no ids, no links, bold as a weight, one list of fonts, its own description; what looks alike is one path, to a tenth of a pixel");
  ari_buf_free(&out);
  ok(!ari_svg_mend(ari_str_of(SVG), &(ari_picture){.texts = 4}, &out), "too few labels");
  ok(!ari_svg_mend(ari_str_sub(ari_str_of(SVG), 0, sizeof SVG - 12), &(ari_picture){.texts = 3}, &out), "cut off");
  ok(!ari_svg_mend(ari_str_of(""), &(ari_picture){.texts = 0}, &out), "empty");
  ok(!ari_svg_mend(ari_str_of("<?xml ?>\xff</svg>"), &(ari_picture){.texts = 0}, &out), "not UTF-8");
  ok(!ari_svg_mend(ari_str_of("\x89PNG </svg>"), &(ari_picture){.texts = 0}, &out), "something else");
  ari_buf_free(&out);
}

/* ---- PNG and PDF ---- */

static const char PNG[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\2\0\0\0\7 and the rest \0\0\0\0IEND\xae\x42\x60\x82";
static const char PDF[] = "%PDF-1.5\n<< /CreationDate (D:20261123125431Z)\n>>\nstartxref\n1\n%%EOF\n";

static void test_pictures(void) {
  ari_buf out = {0};
  ari_str png = {PNG, sizeof PNG - 1}, pdf = ari_str_of(PDF);
  ari_picture want = {.format = ARI_PICTURE_PNG, .width = 258, .height = 7};
  ok(ari_picture_mend(png, &want, &out) && ari_str_eq(ari_buf_view(&out), png), "a PNG of 258 × 7 is taken as it is");
  ok(!ari_picture_mend(ari_str_sub(png, 0, png.n - 1), &want, &out), "one that is cut off is not");
  want.height = 8;
  ok(!ari_picture_mend(png, &want, &out), "nor one of another size");
  ok(!ari_picture_mend(pdf, &want, &out) && !ari_picture_mend((ari_str){0}, &want, &out), "nor something else, nor nothing");
  ari_buf_clear(&out);
  want = (ari_picture){.format = ARI_PICTURE_PDF, .now = 1788220800};
  ok(ari_picture_mend(pdf, &want, &out), "a PDF is taken");
  ari_buf_char(&out, '\0');
  is(out.p, "%PDF-1.5\n<< /CreationDate (D:20260901000000Z)\n>>\nstartxref\n1\n%%EOF\n", "and says when the work was done");
  ok(!ari_picture_mend(ari_str_sub(pdf, 0, pdf.n - 2), &want, &out), "one that is cut off is not");
  ok(!ari_picture_mend(png, &want, &out), "nor something else");
  ari_buf_free(&out);
}

int main(void) {
  start_folder();
  test_text();
  test_quoting();
  test_wrapping();
  test_ticks();
  test_ranking();
  test_maxima();
  test_radar();
  test_labels();
  test_plan();
  test_svg();
  test_pictures();
  end_folder();
  return done();
}
