/* Many files into one table: wide and long agree, duplicates, periods, any number of threads, no agency list. */
#include "evidence_fixture.h"

static const char *const WIDE =
  "agency,period,progress.on_time,progress.received,progress.claimed,online.plan.plan,online.plan.not_applicable,online.kinds.words,total.population\n"
  "so-noi-vu,2026-08,4210,4388,19.18,late,,\"a, b\",1200\n"
  "xa-a,2026-08,1,2,,,không phát sinh,,\n";
static const char *const LONG =
  "value;input;criterion;agency\n"
  "4210;on_time;progress;so-noi-vu\n"
  "4388;received;progress;so-noi-vu\n"
  "19.18;claimed;progress;so-noi-vu\n"
  "late;plan;online.plan;so-noi-vu\n"
  "a, b;words;online.kinds;so-noi-vu\n"
  "1200;population;total;so-noi-vu\n"
  "1;on_time;progress;xa-a\n"
  "2;received;progress;xa-a\n"
  ";plan;online.plan;xa-a\n"
  "không phát sinh;not_applicable;online.plan;xa-a\n";

static void test_forms(void) {
  fixture *wide = read_one("w.csv", WIDE), *tall = read_one("l.csv", LONG);
  is(found(wide), "", "wide: no findings");
  is(found(tall), "", "long: no findings");
  is(table_text(tall), table_text(wide), "wide and long give the same table");
  end(wide);
  end(tall);
}

static void test_twice(void) {
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "a.csv", "agency,progress.on_time,progress.note\nxa-a,1,n\nso-y-te,2,\n");
  add_file(x, "b.csv", "agency,progress.on_time,progress.note,progress.received\nxa-a,3,m,9\n");
  add_file(x, "c.csv", "agency,progress.claimed\nso-y-te,1\nso-y-te,2\n");
  run(x, "2026-08", 1);
  is(found(x), "E0460@2:6 E0460@2:8 E0460@3:9", "the same input, note or claim twice is an error");
  ok(x->fs.items[0].other.file == x->files[0].source && x->fs.items[0].at.file == x->files[1].source, "... with both places");
  ok(x->fs.items[2].other.file == x->files[2].source, "... also inside one file");
  is(cell(x, "xa-a", "progress.on_time"), "1", "the first stays");
  is(cell(x, "xa-a", "progress.received"), "9", "another input in a second file is added");
  ok(submission(x, "xa-a")->invalid && submission(x, "so-y-te")->invalid && x->ev->complete, "the agencies are invalid, nobody else");
  ok(strstr(shown(x, ARI_EN), "\"progress.note\" of agency \"xa-a\""), "the sentence says what and whose");
  end(x);
}

static void test_contradiction(void) {
  fixture *x = read_one("e.csv", "agency,progress.on_time,progress.not_applicable\nxa-a,1,nothing\nso-y-te,,nothing\n");
  is(found(x), "W0462@2:8", "not applicable, with figures");
  ok(!submission(x, "xa-a")->invalid, "... is a warning");
  end(x);
}

static void period_of(const char *column, const char *asked, const char *want, const char *name) {
  char csv[200];
  fixture *x = start(SMALL_SET, SMALL_LIST);
  snprintf(csv, sizeof csv, "agency,period,progress.on_time\nxa-a,%s,1\n", column);
  add_file(x, "e.csv", csv);
  run(x, asked, 1);
  is(found(x), want, name);
  end(x);
}

static void test_periods(void) {
  period_of("2026-08", NULL, "", "the period of the row");
  period_of("", "2026-08", "", "the period asked for");
  period_of("2026-08", "2026-08", "", "both, the same");
  period_of("2026-07", "2026-08", "E0455@2:6", "both, another");
  period_of("", NULL, "E0454@2:6", "none");
  period_of("August", NULL, "E0156@2:6", "no period");
  period_of("2026", NULL, "E0456@2:6", "a period of another kind");
  period_of("2022-06", NULL, "E0457@2:6", "before the set holds");
  period_of("2022-Q3", NULL, "", "a quarter that begins when the set does");
  period_of("2022-Q2", NULL, "E0457@2:6", "a quarter that begins before");
  period_of("2031-Q1", NULL, "E0457@2:6", "after the set has ended");
  period_of("2030-Q4", NULL, "", "its last quarter");
  period_of("", "2026", "E0456", "asked for another kind: told once, without a place");
  finds("e.csv", "agency,period,progress.on_time\nxa-a,2026-08,1\nso-y-te,2026-08,1\n", "", "many rows, one period");
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "a.csv", "agency,progress.on_time\nxa-a,1\nso-y-te,2\n");
  run(x, NULL, 1);
  is(found(x), "E0454@1:1", "a table without periods, none asked for: told once");
  ok(!x->ev->complete, "... and nobody can go on");
  end(x);
  x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "a.csv", "agency,period,progress.on_time\nxa-a,2026-08,1\nso-y-te,2026-07,2\n");
  add_file(x, "b.csv", "agency,period,progress.received\nxa-a,2026-07,5\nso-noi-vu,2026-07,6\n");
  run(x, NULL, 1);
  is(found(x), "E0458@3:9 E0458@2:6", "two periods in one file, and in two files");
  ok(submission(x, "so-y-te")->invalid && submission(x, "xa-a")->invalid && submission(x, "so-noi-vu")->invalid, "the agencies are invalid");
  is(cell(x, "so-noi-vu", "progress.received"), "-", "values of another period stay out of the table");
  is(cell(x, "xa-a", "progress.on_time"), "1", "those of the first stay in");
  ok(x->ev->period.part == 8, "the first period is the evidence's");
  end(x);
  x = start(SMALL_SET, SMALL_LIST);
  run(x, NULL, 1);
  ok(x->ev->period.kind == 0 && !x->fs.n && x->ev->complete && !submission(x, "xa-a")->present, "no evidence at all: everybody is absent");
  end(x);
}

/* Forty files of all sorts, with errors in every third. */
static fixture *many(int jobs) {
  fixture *x = start(SMALL_SET, SMALL_LIST);
  static const char *const ids[] = {"so-noi-vu", "so-y-te", "xa-a", "xa-zz"};
  for (int i = 0; i < 40; i++) {
    char name[32], text[600];
    if (i % 2) {
      snprintf(name, sizeof name, "f%02d.yaml", i);
      snprintf(text, sizeof text, "ari: evidence/1\nset: small\nagency: %s\nperiod: 2026-08\nevidence:\n  progress: {on_time: %s%d, note: \"từ tệp %d\"}\n  online.kinds: {words: chữ %d}\n",
               ids[i % 4], i % 3 ? "" : "x", i, i, i);
    } else {
      snprintf(name, sizeof name, "f%02d.csv", i);
      snprintf(text, sizeof text, "agency,progress.received,online.plan.plan%s\n%s,%d,lat%s\nxa-a,%d.000,\n", i % 3 ? "" : ",x", ids[i % 4], i, i % 5 ? "e" : "", i);
    }
    add_file(x, name, text);
  }
  run(x, "2026-08", jobs);
  return x;
}

static void test_jobs(void) {
  fixture *one = many(1), *eight = many(8), *hundred = many(100);
  ok(one->fs.errors > 50, "files with many errors");
  is(shown(eight, ARI_VI), shown(one, ARI_VI), "eight threads tell the same as one");
  is(shown(hundred, ARI_EN), shown(one, ARI_EN), "a hundred too");
  is(table_text(eight), table_text(one), "and give the same table");
  is(table_text(hundred), table_text(one), "a hundred too");
  end(one);
  end(eight);
  end(hundred);
}

static void test_no_list(void) {
  for (int jobs = 1; jobs <= 8; jobs += 7) {
    fixture *x = start(SMALL_SET, NULL);
    add_file(x, "a.csv", "agency,progress.on_time,progress.note\nb-2,1,n\na-1,2,\n");
    add_file(x, "b.yaml", "ari: evidence/1\nagency: c-3\nevidence: {progress: {on_time: 5}}\n");
    add_file(x, "c.csv", "agency,progress.received,progress.on_time\na-1,x,\nb-2,3,9\nnot an id,1,1\n");
    run(x, "2026-08", jobs);
    is(found(x), "E0470@2:5 E0460@3:7 E0148@4:1", "without an agency list any id is an agency");
    is(table_text(x),
       "b-2 invalid: - 1 3 - - - - - - - | progress note=n\na-1 invalid: - 2 ! - - - - - - -\nc-3: - 5 - - - - - - - -\n",
       "... in order of first appearance, whoever read it");
    end(x);
  }
}

/* Thousands of findings stay few: of a file the first fifty are kept, the others counted. */
static void test_flood(void) {
  enum { ROWS = 20000 };
  ari_buf b = {0};
  ari_buf_text(&b, "agency,progress.on_time,progress.received\n");
  for (int i = 0; i < ROWS; i++) ari_buf_printf(&b, "xa-%d,4.000,\n", i);
  ari_buf_char(&b, '\0');
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "flood.csv", b.p);
  run(x, "2026-08", 2);
  ok(x->fs.errors == 2 * ROWS && x->fs.n == ARI_SHOW_FINDINGS, "two errors a row, all counted, fifty kept");
  end(x);
  ari_buf_free(&b);
}

/* More records than one chunk holds, from files that share chunks: each value arrives. */
static void test_many_records(void) {
  enum { ROWS = 3001 };
  for (int jobs = 1; jobs <= 2; jobs++) {
    fixture *x = start(SMALL_SET, NULL);
    ari_buf b = {0};
    for (int part = 0; part < 3; part++) {
      static const char *const columns[] = {"progress.on_time", "progress.received", "total.population"};
      char name[8] = {(char)('a' + part), '.', 'c', 's', 'v', 0};
      ari_buf_clear(&b);
      ari_buf_printf(&b, "agency,%s\n", columns[part]);
      for (int i = 0; i < ROWS; i++) ari_buf_printf(&b, "a%d,%d\n", i, i * 3 + part);
      ari_buf_char(&b, '\0');
      add_file(x, name, b.p);
    }
    run(x, "2026-08", jobs);
    int wrong = x->ev->agencies->n != ROWS;
    for (int i = 0; i < ROWS && !wrong; i++) {
      const ari_cell *c = ari_evidence_cell(x->ev, (size_t)i, 0);   /* population, on_time, received */
      wrong = c[0].value.coef != i * 3 + 2 || c[1].value.coef != i * 3 || c[2].value.coef != i * 3 + 1 || c[1].at.row != (uint32_t)i + 2;
    }
    ok(!wrong && !x->fs.n, "thousands of values in three files all arrive");
    ari_buf_free(&b);
    end(x);
  }
}

static void test_view(void) {
  fixture *x = read_one("e.csv", "agency,progress.on_time,progress.received,online.plan.plan,online.plan.done,online.kinds.day,online.kinds.rate,online.kinds.words\n"
                                 "xa-a,7,x,late,có,2026-02-01,50%,w\n");
  ari_agency_view view = {x->ev, 2};
  ari_inputs in = ari_agency_inputs(&view);
  ari_value v;
  ok(in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("progress.on_time")), &v) && v.type == ARI_TYPE_NUM && v.dec.coef == 7, "a number");
  ok(!in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("progress.received")), &v), "a bad value is not there");
  ok(!in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("online.kinds.cost")), &v), "an absent one neither");
  ok(in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("online.plan.plan")), &v) && v.type == ARI_TYPE_CHOICE && v.i == 1, "an option");
  ok(in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("online.plan.done")), &v) && v.type == ARI_TYPE_BOOL && v.i == 1, "yes");
  ok(in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("online.kinds.day")), &v) && v.type == ARI_TYPE_DATE && v.i == 20485, "a day");
  ok(in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("online.kinds.rate")), &v) && v.type == ARI_TYPE_NUM && v.dec.scale == 1, "a percentage");
  ok(in.get(in.of, ari_map_get(&x->set->columns, ARI_STR("online.kinds.words")), &v) && v.type == ARI_TYPE_NONE, "a text is only there");
  end(x);
}

int main(void) {
  test_forms();
  test_twice();
  test_contradiction();
  test_periods();
  test_jobs();
  test_no_list();
  test_flood();
  test_many_records();
  test_view();
  return done();
}
