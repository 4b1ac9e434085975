/* gnuplot at work: hostile names come out as text; whatever the program does, the good charts stay and the rest is told. */
#include "chart_fixture.h"

#include <dirent.h>

static const char *const THREE[] = {"Một", "Hai", "Ba"};
static const char LIST[] = "id,name,group\na,An,g\nb,Ba,g\n", EVIDENCE[] = "agency,f1.p,f2.p,f3.p\na,1,2,3\nb,3,2,1\n";
static char program[400], temp[400], target[400];

static const char *read_file(const char *path) {
  static char text[1 << 20];
  FILE *f = fopen(path, "r");
  size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
  if (f) fclose(f);
  text[n] = '\0';
  return text;
}

static int files_in(const char *path) {
  int n = 0;
  DIR *d = opendir(path);
  for (struct dirent *e; d && (e = readdir(d));) n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
  if (d) closedir(d);
  return n;
}

/* A program in gnuplot's place; called as gnuplot -d -c SCRIPT DATA OUT …, so OUT is $5. */
static void fake(const char *script) {
  char text[2000];
  snprintf(text, sizeof text, "#!/bin/sh\nPATH=/usr/bin:/bin\n%s\n", script);
  put_file("fake", text);
  snprintf(program, sizeof program, "%s", path_of("fake"));
  if (chmod(program, 0700) != 0) perror(program);
}

typedef struct outcome {
  ari_status status;
  size_t drawn, n;
  const char *en, *vi;
} outcome;

static outcome draw(ari_work *work, unsigned timeout_ms) {
  static char en[8000], vi[8000];
  outcome o = {.en = en, .vi = vi};
  ari_chart *charts = NULL;
  ok(ari_charts_plan_wish(work, &work->arena, &RANKING_AND_RADARS, &charts, &o.n) == ARI_OK, "charts are planned");
  work->options.temp_folder = temp;
  o.status = ari_charts_draw(work, charts, o.n, target, &(ari_chart_look){.timeout_ms = timeout_ms});
  for (size_t i = 0; i < o.n; i++) o.drawn += charts[i].drawn;
  ari_findings_sort(&work->findings);
  ari_buf b = {0};
  ari_findings_text(&b, &work->findings, &work->sources, ARI_EN, false);
  snprintf(en, sizeof en, "%.*s", (int)b.n, b.p ? b.p : "");
  ari_buf_clear(&b);
  ari_findings_text(&b, &work->findings, &work->sources, ARI_VI, false);
  snprintf(vi, sizeof vi, "%.*s", (int)b.n, b.p ? b.p : "");
  ari_buf_free(&b);
  return o;
}

/* The same three charts with the program that stands in `program`. */
static outcome draw_three_within(ari_charts wanted, unsigned timeout_ms) {
  ari_work *work = score_fields(THREE, 3, 10, LIST, EVIDENCE);
  work->options.gnuplot = program;
  work->options.charts = wanted;
  outcome o = draw(work, timeout_ms);
  ok(o.n == 3 && files_in(temp) == 0, "the private folder is gone");
  ok((size_t)files_in(target) == o.drawn, "only charts that were drawn are in the folder");
  ari_work_free(work);
  return o;
}

/* Time enough for a slow machine: only who hangs is to be stopped by the clock. */
static outcome draw_three(ari_charts wanted) { return draw_three_within(wanted, 20000); }

/* %s in `want` stands for the program. */
static void holds(const char *text, const char *want, const char *why) {
  char whole[1500];
  const char *gap = strstr(want, "%s");
  if (gap) snprintf(whole, sizeof whole, "%.*s%s%s", (int)(gap - want), want, program, gap + 2);
  else snprintf(whole, sizeof whole, "%s", want);
  if (!ok(strstr(text, whole), why)) printf("# got  <%s>\n# want <%s>\n", text, whole);
}

static void says(const outcome *o, const char *en, const char *vi, const char *why) {
  holds(o->en, en, why);
  holds(o->vi, vi, why);
}

static void test_fakes(void) {
  fake("echo x >> \"${0%/*}/starts\"; sleep 30 & sleep 30");
  outcome o = draw_three_within(ARI_CHARTS_AUTO, 400);
  ok(o.status == ARI_OK && o.drawn == 0, "a gnuplot that hangs is survived");
  is(read_file(path_of("starts")), "x\n", "and not asked again");
  says(&o,
       "warning[W0702]: \"%s\" was stopped because it had not finished a chart after 0 seconds; the charts not drawn by then are missing\n",
       "cảnh báo[W0702]: đã dừng \"%s\" vì sau 0 giây vẫn chưa vẽ xong một biểu đồ; những biểu đồ chưa vẽ đến lúc đó bị thiếu\n",
       "hangs");

  fake("echo >&2; echo '\"7.tsv\" line 3:  \x1b[31mno\x1b[0m' >&2; exit 2");
  o = draw_three(ARI_CHARTS_AUTO);
  ok(o.status == ARI_OK && o.drawn == 0, "one that fails is survived");
  says(&o, "warning[W0704]: \"%s\" gave up with status 2; charts that are missing: 3 (ranking-g.svg, radar-a.svg, radar-b.svg). It said: \"7.tsv\" line 3: \\u{1B}[31mno\\u{1B}[0m\n",
       "cảnh báo[W0704]: \"%s\" báo lỗi (mã 2); số biểu đồ bị thiếu: 3 (ranking-g.svg, radar-a.svg, radar-b.svg). Chương trình báo: \"7.tsv\" line 3: \\u{1B}[31mno\\u{1B}[0m\n",
       "fails");

  fake("kill -SEGV $$");
  o = draw_three(ARI_CHARTS_AUTO);
  says(&o, "warning[W0708]: \"%s\" was ended by signal 11; charts that are missing: 3 (ranking-g.svg, radar-a.svg, radar-b.svg). It said: –\n",
       "cảnh báo[W0708]: \"%s\" bị ngắt giữa chừng (tín hiệu 11); số biểu đồ bị thiếu: 3 (ranking-g.svg, radar-a.svg, radar-b.svg). Chương trình báo: –\n", "dies");

  static const char *const garbage[] = {"exit 0",
                                        ": > \"$5\"",
                                        "echo '<svg></svg>' > \"$5\"",
                                        "printf '<?xml version=\"1.0\"?>\\n<svg>\\n</svg>' > \"$5\"",
                                        "mkdir \"$5\"",
                                        "ln -s /dev/zero \"$5\"",
                                        "yes '<?xml ' | head -c 90000000 > \"$5\"; exit 0"};
  for (size_t i = 0; i < ARI_COUNT(garbage); i++) {
    fake(garbage[i]);
    o = draw_three(ARI_CHARTS_AUTO);
    ok(o.status == ARI_OK && o.drawn == 0, garbage[i]);
    says(&o, "warning[W0705]: \"%s\" did not write what was asked for; charts that are missing: 3 (ranking-g.svg, radar-a.svg, radar-b.svg)\n",
         "cảnh báo[W0705]: \"%s\" không ghi ra biểu đồ đúng yêu cầu; số biểu đồ bị thiếu: 3 (ranking-g.svg, radar-a.svg, radar-b.svg)\n", garbage[i]);
  }

  fake("echo 'ari: gnuplot is too old: 5.0' >&2; exit 3");
  o = draw_three(ARI_CHARTS_REQUIRED);
  ok(o.status == ARI_MACHINE, "where charts are demanded that is a failure");
  says(
      &o,
      "warning[W0703]: \"%s\" is too old to draw charts (version 5.0)\n  = help: install gnuplot 5.4 or "
      "newer\n",
      "cảnh báo[W0703]: \"%s\" là phiên bản 5.0, quá cũ để vẽ biểu đồ\n  = gợi ý: cài gnuplot 5.4 hoặc mới hơn\n",
      "old");
  says(&o, "failure[F0700]: 3 of 3 charts could not be drawn, and the charts were demanded\n",
       "[F0700]: không vẽ được 3 trong số 3 biểu đồ, trong khi yêu cầu bắt buộc phải có\n", "demanded");
}

static void test_absent(void) {
  snprintf(program, sizeof program, "%s", path_of("nowhere"));
  outcome o = draw_three(ARI_CHARTS_AUTO);
  ok(o.status == ARI_OK && o.drawn == 0 && count_of(o.en, "warning") == 1, "a program that is not there is told once");
  says(&o, "warning[W0709]: \"%s\" is not a program that can be run: charts cannot be drawn\n",
       "cảnh báo[W0709]: \"%s\" không phải là chương trình chạy được nên không vẽ được biểu đồ\n", "not there");
  ari_work *work = score_fields(THREE, 3, 10, LIST, EVIDENCE);
  work->options.program_path = temp;
  o = draw(work, 400);
  says(
      &o,
      "warning[W0701]: the program gnuplot is not there: charts cannot be drawn\n  = help: install the Debian package gnuplot-nox",
      "cảnh báo[W0701]: máy chưa có chương trình gnuplot nên không vẽ được biểu đồ\n  = gợi ý: cài gói gnuplot-nox của Debian",
      "not in PATH");
  ari_work_free(work);
}

static void test_folders(const char *gnuplot) {
  ari_work *work = score_fields(THREE, 3, 10, LIST, EVIDENCE);
  work->options.gnuplot = gnuplot;
  char kept[400];
  memcpy(kept, temp, sizeof kept);
  snprintf(temp, sizeof temp, "%s", path_of("nowhere"));
  outcome o = draw(work, 5000);
  ok(o.status == ARI_OK && o.drawn == 0, "no place for working files is survived");
  char want[600];
  snprintf(want, sizeof want, "warning[W0707]: charts are missing, because there is no file or folder \"%s\"\n", temp);
  if (!ok(strstr(o.en, want), "and told")) printf("# got  <%s>\n# want <%s>\n", o.en, want);
  ari_work_free(work);
  memcpy(temp, kept, sizeof temp);

  work = score_fields(THREE, 3, 10, LIST, EVIDENCE);
  work->options.gnuplot = gnuplot;
  memcpy(kept, target, sizeof kept);
  snprintf(target, sizeof target, "%s", path_of("nowhere"));
  o = draw(work, 5000);
  ok(o.status == ARI_MACHINE && o.drawn == 0 && files_in(temp) == 0, "results that cannot be written are a failure");
  ari_work_free(work);
  memcpy(target, kept, sizeof target);
}

/* What gnuplot is called with: an absolute path, our own words and numbers, a bare environment, a private folder. */
static void test_call(const char *gnuplot) {
  char script[1500];
  snprintf(script, sizeof script,
           "if [ \"$3\" = ranking.gp ]; then { echo \"$0\"; echo \"$*\"; /usr/bin/env | grep -v "
           "'^PATH=\\|^PWD=\\|^SHLVL=\\|^_=\\|^OLDPWD=' | sort; stat -c %%a .; ls; } "
           "> '%s'; fi\n[ \"$3\" = ranking.gp ] && exec '%s' \"$@\"\nexit 4",
           path_of("spied"), gnuplot);
  fake(script);
  outcome o = draw_three(ARI_CHARTS_AUTO);
  ok(o.drawn == 1, "the chart that is good is kept");
  says(&o, "\"%s\" gave up with status 4; charts that are missing: 2 (radar-a.svg, radar-b.svg).", "\"%s\" báo lỗi (mã 4); số biểu đồ bị thiếu: 2 (radar-a.svg, radar-b.svg).",
       "the others are told");
  char want[1000];
  snprintf(want, sizeof want, "%s\n-d -c ranking.gp 0.tsv 0.svg svg print 960 ", program);
  const char *spied = read_file(path_of("spied"));
  if (!ok(strncmp(spied, want, strlen(want)) == 0, "the arguments")) printf("# %s", spied);
  holds(spied, " 0 30\nHOME=/nonexistent\nLC_ALL=C.UTF-8\n700\n0.tsv\n", "the whole environment, and a folder for nobody else");
  remove(path_of("charts/ranking-g.svg"));
}

/* Where there are many charts a process draws several in turn. Of the first six this one draws one and dies in the second: the five others are drawn again, each
 * by itself, and nobody has to know. */
static void test_in_turn(const char *gnuplot) {
  char script[1500], list[1000], evidence[1000];
  snprintf(script, sizeof script,
           "echo \"$2\" >> '%s'\n"
           "if [ \"$2\" = from-0.gp ]; then head -n 2 from-0.gp > one.gp; '%s' -d one.gp; printf '<?xml <svg <text' > 1.svg; kill -SEGV $$; fi\n"
           "exec '%s' \"$@\"",
           path_of("turns"), gnuplot, gnuplot);
  fake(script);
  int at = snprintf(list, sizeof list, "id,name,group\n"), to = snprintf(evidence, sizeof evidence, "agency,f1.p,f2.p,f3.p\n");
  for (int i = 0; i < 12; i++) {
    at += snprintf(list + at, sizeof list - (size_t)at, "a%d,A %d,g\n", i, i);
    to += snprintf(evidence + to, sizeof evidence - (size_t)to, "a%d,%d,2,3\n", i, i % 10);
  }
  ari_work *work = score_fields(THREE, 3, 10, list, evidence);
  work->options.gnuplot = program;
  work->options.jobs = 1;
  outcome o = draw(work, 20000);
  if (!ok(o.status == ARI_OK && o.drawn == 13 && !*o.en, "all of thirteen are drawn")) printf("# %zu of %zu\n%s", o.drawn, o.n, o.en);
  /* 13 charts in lots of 6: two lots and the last one; then the second to the sixth of the first lot again. */
  const char *turns = read_file(path_of("turns"));
  ok(count_of(turns, "\n") == 8 && strncmp(turns, "from-0.gp\nfrom-6.gp\n-c\n", 23) == 0, "by two that draw several and six that draw one");
  if (count_of(turns, "\n") != 8) printf("# %s", turns);
  ari_work_free(work);
}

/* Names that try to be more than text: quotes, back-ticks, $( ), @, |, <, #, %s, braces, backslashes, a heredoc's end word, a leading =, bidi.
 */
static void test_hostile(const char *gnuplot) {
  static const struct {
    const char *csv, *shown;
  } names[] = {{"\"Sở \"\"Nội\"\" 'vụ'\"", "Sở ″Nội″ 'vụ'"},
               {"`touch x` $(touch x)", "`touch x` $(touch x)"},
               {"@MACRO |cat", "@MACRO |cat"},
               {"<b>&amp; ]]>", "&lt;b>&amp;amp; ]]&gt;"},
               {"# %s %d", "# %s %d"},
               {"{/Bold a}_b^c", "{/Bold a}_b^c"},
               {"\\n\\101 \\", "\\n\\101 \\"},
               {"EOD", "EOD"},
               {"=1+1", "=1+1"},
               {"NaN", "NaN"},
               {"?", "?"},
               {"\xe2\x80\xae"
                "abc",
                "\\u{202E}abc"},
               {"Ngữ ằẵặ ễệ ỗộ ỡợ ữự ỳỵ Đđ", "Ngữ ằẵặ ễệ ỗộ ỡợ ữự ỳỵ Đđ"},
               {"-", "-"},
               {"a'b\"\"c", "a'b"}};
  char list[3000], evidence[3000];
  int at = snprintf(list, sizeof list, "id,name,group\n"), to = snprintf(evidence, sizeof evidence, "agency,f1.p,f2.p,f3.p\n");
  size_t n = ARI_COUNT(names) - 1;
  for (size_t i = 0; i < n; i++) {
    at += snprintf(list + at, sizeof list - (size_t)at, "a%zu,%s,g\n", i, names[i].csv);
    to += snprintf(evidence + to, sizeof evidence - (size_t)to, "a%zu,%zu,2,3\n", i, i % 10);
  }
  static const char *const fields[] = {"`x` \\n", "a\"b@c", "#{d}$e"};
  ari_work *work = score_fields(fields, 3, 10, list, evidence);
  work->options.gnuplot = gnuplot;
  work->options.jobs = 2;
  outcome o = draw(work, 20000);
  if (!ok(o.status == ARI_OK && o.drawn == n + 1, "a ranking and all radars are drawn")) printf("# %zu of %zu\n%s", o.drawn, n + 1, o.en);
  ok(!*o.en, "without a word");
  char label[200];
  const char *svg = read_file(path_of("charts/ranking-g.svg"));
  for (size_t i = 0; i < n; i++) {
    snprintf(label, sizeof label, ">%s</text>", names[i].shown);
    ok(strstr(svg, label), label);
  }
  ok(strstr(svg, ">`x` \\n (10)</text>") && strstr(svg, ">a″b@c (10)</text>") && strstr(svg, ">#{d}$e (10)</text>"),
     "names of fields too");
  ok(!strstr(svg, " id=") && !strstr(svg, "href") && !strstr(svg, ":Bold") && strstr(svg, "font-weight=\"bold\"") &&
         count_of(svg, "<svg") == 1,
     "no ids, no links, bold is bold");
  svg = read_file(path_of("charts/radar-a2.svg"));
  ok(strstr(svg, ">@MACRO |cat</text>") && strstr(svg, ">#{d}$e</text>") &&
         strstr(svg, "<title>@MACRO |cat – Trial index – 2026</title>"),
     "and a radar");
  ari_work_free(work);
}

int main(void) {
  start_folder();
  make_folder("temp");
  make_folder("charts");
  snprintf(temp, sizeof temp, "%s", path_of("temp"));
  snprintf(target, sizeof target, "%s", path_of("charts"));
  ari_arena arena = {0};
  const char *gnuplot = ari_process_find(&arena, "gnuplot", getenv("PATH"));
  ok(gnuplot, "gnuplot is there");
  test_fakes();
  test_absent();
  if (gnuplot) {
    test_folders(gnuplot);
    test_call(gnuplot);
    test_in_turn(gnuplot);
    test_hostile(gnuplot);
  }
  ari_arena_free(&arena);
  end_folder();
  return done();
}
