/* The computation as a whole through the public header: what a SET is, `check` of any mixture, what stops a run and what does not. */
#include "score_fixture.h"

static const char SET[] =
  "ari: criteria/1\nid: t\ntitle: {vi: Bộ thử, en: Test set}\nperiod: [year, month]\nrounding: {leaf: 2}\nempty: zero\nmax: 10\ncriteria:\n"
  "  - {id: x, max: 10, title: {vi: Việc, en: Work}, inputs: {n: count, of: count}, score: {share: n / of}}\n";
static const char LIST[] = "id,name,group\na,A,g\nb,B,g\n";
static const char EVIDENCE[] = "agency,x.n,x.of,x.claimed\na,1,3,4\nb,2,3,\n";

static char paths[8][300];

static const char *path(int i, const char *name) {
  snprintf(paths[i], sizeof paths[i], "%s/%s", folder, name);
  return paths[i];
}

static ari_work *read_set(const char *set, ari_status *status) {
  ari_options options = plain_options();
  ari_work *work = ari_work_new(&options);
  *status = ari_work_read_set(work, set);
  return work;
}

static void expect_set(const char *set, ari_status want, const char *code, const char *name) {
  ari_status status;
  ari_work *work = read_set(set, &status);
  bool fine = status == want && (code ? told(work, code) == 1 : work->findings.n == 0);
  if (!ok(fine, name)) printf("# status %d\n# %s", status, findings_of(work));
  ari_work_free(work);
}

static void make_files(void) {
  make_folder("good");
  put_file("good/criteria.yaml", SET);
  put_file("good/agencies.csv", LIST);
  make_folder("yaml-list");
  put_file("yaml-list/criteria.yaml", SET);
  put_file("yaml-list/agencies.yaml", "ari: agencies/1\nagencies:\n  - {id: a, name: A, group: g}\n  - {id: b, name: B, group: g}\n");
  make_folder("two-lists");
  put_file("two-lists/criteria.yaml", SET);
  put_file("two-lists/agencies.csv", LIST);
  put_file("two-lists/agencies.yaml", "ari: agencies/1\nagencies: [{id: a, name: A}]\n");
  make_folder("alone");
  put_file("alone/criteria.yaml", SET);
  make_folder("evidence");
  put_file("evidence/a.csv", "agency,x.n,x.of\na,1,3\n");
  put_file("evidence/b.yaml", "ari: evidence/1\nset: t\nagency: b\nperiod: 2026\nevidence:\n  x: {n: 2, of: 3}\n");
  put_file("ev.csv", EVIDENCE);
}

static void test_sets(void) {
  expect_set(path(0, "good"), ARI_OK, NULL, "a folder");
  expect_set(path(0, "good/"), ARI_OK, NULL, "a folder with a slash behind");
  expect_set(path(0, "good/criteria.yaml"), ARI_OK, NULL, "a file takes the list beside it");
  expect_set("good", ARI_OK, NULL, "a name");
  expect_set(path(0, "yaml-list"), ARI_OK, NULL, "a list in YAML");
  expect_set("goood", ARI_MACHINE, "F0802", "a name nearly known");
  expect_set("something-else", ARI_MACHINE, "F0803", "a name not known");
  expect_set(path(0, "nowhere/criteria.yaml"), ARI_MACHINE, "F0002", "a file that is not there");
  expect_set(path(0, "two-lists"), ARI_INPUT, "E0804", "two lists in one folder");
  expect_set(path(0, "alone"), ARI_INPUT, "E0805", "no list beside the set");
  expect_set(path(0, "evidence"), ARI_INPUT, "E0806", "a folder without a set");
  static const struct { ari_lang lang; const char *set, *want; } words[] = {
      {ARI_EN, "goood", "failure[F0802]: there is no file, folder or criteria set \"goood\"\n  = help: did you mean \"good\"?\n"},
      {ARI_VI, "goood",
       "sự cố[F0802]: không có tệp, thư mục hay bộ tiêu chí nào tên là \"goood\"\n  = gợi ý: có phải là \"good\" không?\n"},
      {ARI_EN, "something-else",
       "failure[F0803]: there is no file, folder or criteria set \"something-else\"\n"
       "  = help: name a folder or a file, or one of these criteria sets: alone, good, two-lists, yaml-list\n"},
      {ARI_VI, "something-else",
       "sự cố[F0803]: không có tệp, thư mục hay bộ tiêu chí nào tên là \"something-else\"\n"
       "  = gợi ý: hãy nêu một thư mục, một tệp, hoặc một trong các bộ tiêu chí: alone, good, two-lists, yaml-list\n"},
  };
  for (size_t i = 0; i < ARI_COUNT(words); i++) {
    ari_options options = plain_options();
    options.lang = words[i].lang;
    ari_work *work = ari_work_new(&options);
    ari_work_read_set(work, words[i].set);
    is(findings_of(work), words[i].want, "what a name that is not known is told");
    ari_work_free(work);
  }
}

static void test_order(void) {
  ari_options options = plain_options();
  ari_work *work = ari_work_new(&options);
  ok(ari_work_score(work) == ARI_MISUSE, "nothing to score yet");
  ok(ari_ranking_count(work) == 0 && ari_score_count(work) == 0, "no rows yet");
  is(ari_set_title(work), "", "no title yet");
  ok(ari_work_read_set(work, path(0, "good")) == ARI_OK && ari_work_read_set(work, path(0, "good")) == ARI_MISUSE, "one set");
  const char *evidence[] = {path(1, "ev.csv")};
  ok(ari_work_read_evidence(work, evidence, 1) == ARI_OK && ari_work_read_evidence(work, evidence, 1) == ARI_MISUSE, "evidence once");
  ok(ari_work_score(work) == ARI_OK && ari_work_score(work) == ARI_OK, "scoring twice changes nothing");
  is(ranking_of(work), "1 b 66.7 final; 2 a 33.3 final", "scored");
  is(ari_set_title(work), "Test set", "the title in the options' language");
  is(ari_period_text(work), "2026", "the period in words");
  ari_score_row row;
  ok(ari_score_at(work, 1, &row) == ARI_OK && row.has_claimed && row.claimed == 4 * ARI_ONE && row.level == 1 &&
         strcmp(row.title, "Work") == 0 && row.points == 333 * ARI_ONE / 100,
     "claimed stands beside the points and is not in them");
  ok(ari_score_at(work, 0, &row) == ARI_OK && !row.has_claimed && row.level == 0 && strcmp(row.criterion, "total") == 0,
     "the total row comes first");
  ok(work->n_files == 3 && work->files[0].kind == ARI_FILE_CRITERIA && work->files[1].kind == ARI_FILE_AGENCIES &&
         work->files[2].kind == ARI_FILE_EVIDENCE,
     "the files of the round");
  ari_work_free(work);
  ari_work_free(NULL);
  options.period = NULL;
  put_file("month.csv", "agency,period,x.n,x.of\na,2026-08,1,3\n");
  evidence[0] = path(1, "month.csv");
  work = ari_work_new(&options);
  ok(ari_work_read_set(work, path(0, "good")) == ARI_OK && ari_work_read_evidence(work, evidence, 1) == ARI_OK &&
         ari_work_score(work) == ARI_OK,
     "a period that stands in the evidence");
  is(ari_period_text(work), "August 2026", "is the period of the computation");
  ari_work_free(work);
  options.period = "2026-13";
  work = ari_work_new(&options);
  ok(ari_work_read_set(work, path(0, "good")) == ARI_MISUSE && told(work, "E0801") == 1, "a period that is none");
  ari_work_free(work);
}

static void test_stops(void) {
  ari_status status;
  make_folder("set");
  put_file("set/agencies.csv", LIST);
  put_file("set/criteria.yaml", "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\nmax: 9\ncriteria:\n"
                                "  - {id: x, max: 10, inputs: {v: number}, score: {points: v}}\n");
  put_file("evidence.csv", "agency,x.v\na,1\nb,2\n");
  ari_options options = plain_options();
  options.keep_going = true;
  ari_work *work = score_files(&options, &status);
  ok(status == ARI_INPUT && ari_ranking_count(work) == 0, "keep_going does not pass over errors in the set");
  ari_work_free(work);
  put_file("set/criteria.yaml", SET);
  put_file("evidence.csv", "agency,x.n,x.off\na,1,3\nb,2,3\n");
  work = score_files(&options, &status);
  ok(status == ARI_OK && ari_work_status(work) == ARI_INPUT, "but over a column that nobody knows");
  is(ranking_of(work), "0 a - invalid; 0 b - invalid", "which concerns who has something in it");
  ari_work_free(work);
  put_file("evidence.csv", "agency,x.n,x.of\nb,2,3\n\"a,1,3\n");
  work = score_files(&options, &status);
  ok(status == ARI_INPUT && ari_ranking_count(work) == 0, "nor over an error that may concern anybody");
  ok(told(work, "E0410") == 1 && told(work, "E0517") == 1 && ari_work_score(work) == ARI_INPUT && work->findings.n == 2, "which is said, once");
  ari_work_free(work);
  options.keep_going = false;
  work = score_files(&options, &status);
  ok(status == ARI_INPUT && told(work, "E0517") == 0, "... to who asked to keep going");
  ari_work_free(work);
  put_file("evidence.csv", "agency,x.n,x.of\na,many,3\nb,4,3\n");
  work = score_files(&options, &status);
  ok(status == ARI_INPUT && told(work, "E0470") == 1 && told(work, "E0501") == 1 && !work->result && ari_score_count(work) == 0,
     "one run tells what reading and what scoring finds, without figures");
  ok(ari_work_score(work) == ARI_INPUT && work->findings.n == 2, "... and tells it once");
  ari_work_free(work);
  options.keep_going = true;
  put_file("evidence.csv", "agency,x.n,x.of\na,many,3\nb,2,3\n");
  work = score_files(&options, &status);
  ok(status == ARI_OK && ari_work_status(work) == ARI_INPUT, "but over a value of one agency");
  is(ranking_of(work), "1 b 66.7 final; 0 a - invalid", "which is invalid");
  ari_work_free(work);
}

/* A value that could not be read is not missing as well. */
static void test_bad_value(void) {
  ari_status status;
  put_file("set/criteria.yaml", "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\nmissing: error\nmax: 10\ncriteria:\n"
                                "  - {id: x, max: 10, inputs: {v: number}, score: {points: v}}\n");
  put_file("evidence.csv", "agency,x.v\na,one\nb,2\n");
  ari_options options = plain_options();
  options.keep_going = true;
  ari_work *work = score_files(&options, &status);
  ok(status == ARI_OK && work->findings.errors == 1, "one mistake is told once");
  ari_work_free(work);
  put_file("evidence.csv", "agency,x.v\na\nb,2\n");
  work = score_files(&options, &status);
  ok(status == ARI_OK && work->findings.errors == 1 && told(work, "E0413") == 1, "nor is what stands in a row that could not be read");
  is(ranking_of(work), "1 b 20 final; 0 a - invalid", "... whose agency is invalid, not absent");
  ari_work_free(work);
}

/* A withheld agency has an applicable maximum, and nothing else; absent and invalid ones have nothing. */
static void test_max(void) {
  ari_status status;
  put_file("set/criteria.yaml", SET);
  put_file("set/agencies.csv", "id,name,group\na,A,g\nb,B,g\nc,C,g\n");
  put_file("evidence.csv", "agency,x.n,x.of,total.withheld\na,1,3,inquiry\nb,x,3,\n");
  ari_options options = plain_options();
  options.keep_going = true;
  ari_work *work = score_files(&options, &status);
  char text[2000] = "";
  ari_write_ranking_csv(work, (ari_sink){add_text, text});
  is(text, "rank,agency,group,points,max,index,grade,state\n1,c,g,,,,,absent\n,a,g,,10,,,withheld\n,b,g,,,,,invalid\n", "the ranking as CSV");
  is(row_of(work, "a", "total"), "withheld 10 -", "the same max as among the scores");
  text[0] = '\0';
  ari_write_ranking_json(work, (ari_sink){add_text, text});
  ok(strstr(text, "\"points\":null,\"max\":10,\"index\":null") && strstr(text, "\"points\":null,\"max\":null"), "as JSON");
  ari_work_free(work);
}

static void expect_check(int n, ari_status want, const char *code, const char *name) {
  const char *args[8];
  for (int i = 0; i < n; i++) args[i] = paths[i];
  ari_options options = plain_options();
  ari_work *work = ari_work_new(&options);
  ari_status status = ari_work_check(work, args, (size_t)n);
  bool fine = status == want && (code ? told(work, code) == 1 : work->findings.n == 0);
  if (!ok(fine, name)) printf("# status %d\n# %s", status, findings_of(work));
  ari_work_free(work);
}

static void test_check(void) {
  path(0, "good");
  expect_check(1, ARI_OK, NULL, "check: a set folder");
  path(0, "alone/criteria.yaml");
  expect_check(1, ARI_OK, NULL, "check: a set without agencies");
  path(1, "ev.csv");
  expect_check(2, ARI_OK, NULL, "check: evidence against a set without agencies");
  path(0, "good/agencies.csv");
  expect_check(1, ARI_OK, NULL, "check: a list alone");
  path(0, "ev.csv");
  path(1, "good");
  expect_check(2, ARI_OK, NULL, "check: in any order");
  expect_check(1, ARI_INPUT, "E0808", "check: evidence alone has nothing to be checked against");
  path(0, "evidence");
  expect_check(2, ARI_OK, NULL, "check: a folder of evidence");
  path(0, "alone");
  path(1, "good/agencies.csv");
  path(2, "evidence");
  expect_check(3, ARI_OK, NULL, "check: a list that is named goes with the set");
  path(0, "good");
  path(1, "yaml-list");
  expect_check(2, ARI_INPUT, "E0807", "check: two sets");
  path(0, "good/agencies.csv");
  path(1, "two-lists/agencies.csv");
  expect_check(2, ARI_INPUT, "E0804", "check: two lists");
  path(0, "nowhere.csv");
  expect_check(1, ARI_MACHINE, "F0002", "check: a file that is not there");
  path(0, "good");
  path(1, "bad.csv");
  put_file("bad.csv", "agency,x.n,x.of\na,4,3\nb,5,0\n");
  expect_check(2, ARI_INPUT, "E0501", "check tells what only scoring finds");
  expect_check(2, ARI_INPUT, "E0504", "every one of them");
  path(0, "good/agencies.csv");
  path(1, "yaml-list");
  expect_check(2, ARI_OK, NULL, "check: a list that is named takes the place of the one beside the set");
  path(0, "evidence/a.csv");
  path(1, "ev.csv");
  expect_check(2, ARI_INPUT, "E0808", "check: a lacking set is told once");
  put_file("strict.yaml",
           "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\nmissing: error\nempty: zero\nmax: 10\ncriteria:\n"
           "  - {id: x, max: 10, inputs: {n: count, of: count}, score: {share: n / of}}\n");
  put_file("column.csv", "agency,x.n,x.off\na,1,3\nb,2,3\n");
  path(0, "strict.yaml");
  path(1, "column.csv");
  const char *args[] = {paths[0], paths[1]};
  ari_options options = plain_options();
  ari_work *work = ari_work_new(&options);
  ok(ari_work_check(work, args, 2) == ARI_INPUT && told(work, "E0506") == 0,
     "check: a column that is not known does not make its values missing");
  ari_work_free(work);
}

static void test_words(void) {
  static const struct { const char *period, *vi, *en; } rows[] = {{"2026", "năm 2026", "2026"},
              {"2026-H1", "6 tháng đầu năm 2026", "first half of 2026"},
              {"2026-H2", "6 tháng cuối năm 2026", "second half of 2026"},
              {"2026-Q3", "quý III/2026", "Q3 2026"},
              {"2026-08", "tháng 8/2026", "August 2026"}};
  for (size_t i = 0; i < ARI_COUNT(rows); i++) {
    ari_period p;
    ari_buf b = {0};
    if (!ok(ari_period_read(ari_str_of(rows[i].period), &p), rows[i].period)) continue;
    ari_buf_period_words(&b, p, ARI_VI);
    ari_buf_char(&b, '|');
    ari_buf_period_words(&b, p, ARI_EN);
    ari_buf_char(&b, '\0');
    char want[200];
    snprintf(want, sizeof want, "%s|%s", rows[i].vi, rows[i].en);
    is(b.p, want, rows[i].period);
    ari_buf_free(&b);
  }
  char out[48];
  is(ari_figure_text(11717500000000000, -1, ARI_AS_VI, out), "11.717,5", "a figure in Vietnamese");
  is(ari_figure_text(11717500000000000, 2, ARI_AS_DATA, out), "11717.50", "a figure for machines");
  is(ari_leaf_state_name(ARI_NOT_APPLICABLE), "not_applicable", "a leaf's state");
  is(ari_agency_state_name(ARI_AGENCY_WITHHELD), "withheld", "an agency's state");
}

static void test_claimed(void) {
  static const struct { ari_dec claimed; bool good; int64_t want; } rows[] = {
    {{1918, 2, 2}, true, 19180000000000}, {{5, 13, 13}, true, 1}, {{4, 13, 13}, true, 0}, {{-5, 13, 13}, true, -1}, {{49, 14, 14}, true, 0},
    {{3, -6, 0}, true, 3000000 * ARI_ONE}, {{1, -7, 0}, false, 0}, {{999999999999999999, 0, 0}, false, 0}};
  bool fine = true;
  for (size_t i = 0; i < ARI_COUNT(rows); i++) {
    ari_entry entry = {.claimed = rows[i].claimed, .has_claimed = true};
    int64_t v = 0;
    fine &= ari_claimed_e12(&entry, &v) == rows[i].good && v == rows[i].want;
  }
  ok(fine, "claimed figures to 12 places");
}

int main(void) {
  start_folder();
  make_files();
  test_sets();
  test_order();
  test_stops();
  test_bad_value();
  test_max();
  test_check();
  test_words();
  test_claimed();
  end_folder();
  return done();
}
