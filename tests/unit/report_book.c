/* A workbook through libxlsxwriter in a process of its own: what comes is whole, and everything else is told. */
#include "report/inside.h"
#include "tap.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <xlsxwriter.h>

static bool keep(void *to, const char *bytes, size_t n) {
  ari_buf_put(to, bytes, n);
  return true;
}
static bool refuse(void *to, const char *bytes, size_t n) {
  (void)to, (void)bytes, (void)n;
  return false;
}

enum { ROWS = 2000 };
static void fill_rows(ari_book *b, void *with) {
  lxw_worksheet *s = ari_book_sheet(b, ARI_STR("Xếp hạng"));
  (void)with;
  for (size_t i = 0; s && i < ROWS; i++) {
    ari_book_text(b, s, i, 0, ARI_STR("=1+1 <đơn vị> & \"ý\""), NULL);
    ari_book_figure(b, s, i, 1, 8030000000000 + (int64_t)i, NULL);
  }
}
static void fill_small(ari_book *b, void *with) {
  lxw_worksheet *s = ari_book_sheet(b, ARI_STR("a"));
  (void)with;
  ari_book_text(b, s, 0, 0, ARI_STR("x"), NULL);
  lxw_chart *c = ari_book_chart(b, LXW_CHART_BAR);
  chart_add_series(c, NULL, "=a!$A$1:$A$1");
  worksheet_insert_chart(s, 3, 0, c);
}
static void lose_cell(ari_book *b, void *with) { fill_small(b, with), b->cells++; }
static void lose_chart(ari_book *b, void *with) { fill_small(b, with), b->charts++; }
static void break_off(ari_book *b, void *with) { (void)b, (void)with, raise(SIGSEGV); }
static void run_out(ari_book *b, void *with) { fill_small(b, with), b->failed = true; }
/* Files may not grow beyond 8 KiB: the sheet's XML is cut, the archive of what is left is not. */
static void fill_disk(ari_book *b, void *with) {
  setrlimit(RLIMIT_FSIZE, &(struct rlimit){8192, 8192});
  fill_rows(b, with);
}
static void complain(ari_book *b, void *with) {
  fill_small(b, with);
  for (int i = 0; i < 10000; i++) (void)!write(2, "[ERROR] libxlsxwriter\n", 22);
}
static void leave_out(ari_book *b, void *with) { fill_small(b, with), errno = ENOMEM; }

static ari_status make(ari_work *work, void (*fill)(ari_book *, void *), bool by_rows, ari_sink to) {
  return ari_book_write(work, &(ari_book_plan){.fill = fill, .by_rows = by_rows, .title = ARI_STR("Bộ chỉ số")}, to);
}

static void free_work(ari_work *work) {
  ari_findings_free(&work->findings);
  ari_arena_free(&work->arena);
  *work = (ari_work){0};
}

static void test_whole(void) {
  ari_work work = {0};
  ari_buf rows = {0}, again = {0}, kept = {0};
  ok(make(&work, fill_rows, true, (ari_sink){keep, &rows}) == ARI_OK && rows.n > 4096 && memcmp(rows.p, "PK", 2) == 0, "a workbook row by row");
  ok(make(&work, fill_rows, true, (ari_sink){keep, &again}) == ARI_OK && again.n == rows.n && memcmp(again.p, rows.p, rows.n) == 0, "the same bytes again");
  ok(make(&work, fill_rows, false, (ari_sink){keep, &kept}) == ARI_OK && kept.n > 4096, "and one kept in memory");
  ari_buf_clear(&kept);
  ok(make(&work, fill_small, false, (ari_sink){keep, &kept}) == ARI_OK && kept.n > 1000, "with a chart");
  ok(work.findings.n == 0, "nothing is told");
  ari_buf_free(&rows), ari_buf_free(&again), ari_buf_free(&kept);
  free_work(&work);
}

static void check_refused(void (*fill)(ari_book *, void *), ari_status want, int code, const char *name) {
  ari_work work = {0};
  ari_buf got = {0};
  ari_status status = make(&work, fill, true, (ari_sink){keep, &got});
  ok(status == want && got.n == 0, name);
  ok(code < 0 ? work.findings.n == 0 : work.findings.n == 1 && (int)work.findings.items[0].code == code, "and that is told");
  ari_buf_free(&got);
  free_work(&work);
}

static void test_broken(void) {
  check_refused(lose_cell, ARI_MACHINE, ARI_F0852, "a cell is lost");
  check_refused(lose_chart, ARI_MACHINE, ARI_F0852, "a chart is lost");
  check_refused(fill_disk, ARI_MACHINE, ARI_F0852, "a sheet is cut");
  check_refused(break_off, ARI_MACHINE, ARI_F0851, "the process breaks off");
  check_refused(complain, ARI_MACHINE, ARI_F0852, "the library complains");
  check_refused(leave_out, ARI_NOMEM, -1, "a copy of a name could not be made");
  check_refused(run_out, ARI_NOMEM, -1, "memory runs out");
  ari_work work = {.options.temp_folder = "/nonexistent/folder"};
  ok(make(&work, fill_small, false, (ari_sink){keep, NULL}) == ARI_MACHINE && work.findings.n == 1, "no folder for temporary files");
  free_work(&work);
  ok(make(&work, fill_small, false, (ari_sink){refuse, NULL}) == ARI_MACHINE && work.findings.n == 0, "a sink that takes nothing knows why itself");
  free_work(&work);
}

/* What to name a tab, and how: at most 31 letters, 48 bytes, none of []:*?/\'. */
static void test_tabs(void) {
  static const struct { size_t number; const char *title, *want; } cases[] = {
    {0, "Xếp hạng", "Xếp hạng"}, {2, "a/b: [c]", "2. a b   c "}, {0, "abcdefghijklmnopqrstuvwxyzabcde", "abcdefghijklmnopqrstuvwxyzabcde"},
    {0, "abcdefghijklmnopqrstuvwxyzabcdef", "abcdefghijklmnopqrstuvwxyzabcd…"}, {1, "đđđđđđđđđđđđđđđđđđđđđđđđđđđđ", "1. đđđđđđđđđđđđđđđđđđđđđ…"}};
  for (size_t i = 0; i < ARI_COUNT(cases); i++) {
    ari_buf b = {0};
    ari_book_tab(&b, cases[i].number, ari_str_of(cases[i].title));
    ari_buf_char(&b, '\0');
    is(b.p, cases[i].want, cases[i].title);
    ari_buf_free(&b);
  }
}

int main(void) {
  test_whole();
  test_broken();
  test_tabs();
  return done();
}
