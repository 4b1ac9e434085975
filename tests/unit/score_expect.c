/* What authors expect of the evidence, stated figures that are recomputed, and parts of the max for which nobody has figures. */
#include "score_fixture.h"

static const char LIST[] = "id,name,group\na,A,g\nb,B,g\nc,C,g\n";

static ari_work *score(const char *criteria, const char *evidence, ari_status *status) {
  char set[4000];
  snprintf(set, sizeof set, "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\nempty: zero\n%s", criteria);
  return score_texts(set, LIST, evidence, status);
}

static bool says(ari_work *work, const char *text) { return strstr(findings_of(work), text) != NULL; }

static const char EXPECT[] =
  "max: 10\nexpect:\n  - that: on_time + 1 <= staff\ninputs: {staff: count}\ncriteria:\n"
  "  - id: x\n    max: 10\n    inputs: {on_time: count, received: count}\n"
  "    expect:\n      - that: on_time <= received\n        say: {vi: số đúng hạn lớn hơn số tiếp nhận, en: more on time than received}\n"
  "    score: {yes_no: on_time > 0}\n";

static void test_expect(void) {
  ari_status status;
  char criteria[2000];
  snprintf(criteria, sizeof criteria, "%s", EXPECT);
  char *inner = strstr(criteria, "on_time + 1 <= staff");   /* an input below is not visible above */
  memcpy(inner, "staff >= 5          ", 20);
  ari_work *work = score(criteria, "agency,total.staff,x.on_time,x.received\na,9,5,4\nb,3,1,1\nc,,4,\n", &status);
  ok(status == ARI_INPUT && told(work, "E0503") == 1 && told(work, "E0512") == 1 && work->findings.errors == 2,
     "two expectations are not met, a missing input expects nothing");
  const char *text = findings_of(work);
  ok(strstr(text, "\"x\" of agency \"a\": more on time than received"), "in the author's words");
  ok(strstr(text, "\"total\" of agency \"b\": this does not hold: staff >= 5"), "without words the condition itself");
  ok(strstr(text, "evidence.csv:2:5") && strstr(text, "evidence.csv:3:3"), "at the value that was given");
  if (!ok(strstr(text, "criteria.yaml:16:"), "and at the expectation")) puts(text);
  ari_work_free(work);
  ari_options options = plain_options();
  options.lang = ARI_VI;
  work = score_files(&options, &status);
  ok(says(work, "\"x\" của cơ quan \"a\": số đúng hạn lớn hơn số tiếp nhận"), "in Vietnamese words");
  ari_work_free(work);
}

/* Bình Định 2021: 3,163 of 41,367 stated as 7.46 %, 1,604 of 140,067 as 1.15 %. */
static void test_stated(void) {
  const char *criteria =
    "max: 10\ncriteria:\n  - id: x\n    max: 10\n    inputs:\n      posted: count\n      all: count\n"
    "      rate: {type: percent, check: posted / all}\n      sum: {type: number, check: {is: posted + all, within: 0.5}}\n"
    "      mean: {type: number, check: posted / 3}\n"
    "    score: {share: posted / all}\n";
  ari_status status;
  ari_work *work = score(
      criteria,
      "agency,x.posted,x.all,x.rate,x.sum,x.mean\na,3163,41367,7.46,44530.5,1054.3\nb,1604,140067,1.15%,141671.6,534.666666666666666\n"
      "c,0,0,5,,0.000\n",
      &status);
  ok(status == ARI_OK, "stated figures that differ are warnings");
  ok(told(work, "W0514") == 1 && told(work, "W0513") == 2 && work->findings.errors == 0,
     "7.46 is not 7.65; 1.15 is; 0/0 states nothing; half a piece is within");
  is(row_of(work, "a", "x"), "scored 10 0.76", "scoring goes on with the counts");
  const char *text = findings_of(work);
  ok(strstr(text, "is stated as 7.46 %; recomputed it is 7.65 %"), "7.46 % is told 7.65 %");
  ok(strstr(text, "is stated as 141,671.6; recomputed it is 141,671"), "beyond within");
  ok(strstr(text, "recomputed it is 534.666666666667"), "at the 15 decimals that were written, shown to 12");
  ok(strstr(text, "evidence.csv:2:") && strstr(text, "criteria.yaml:14:"), "at the figure and at the formula");
  ari_work_free(work);
}

static const char COVER[] =
  "max: 10\ncriteria:\n"
  "  - {id: x, max: 4, inputs: {n: count, of: count}, score: {share: n / of}}\n"
  "  - {id: y, max: 3, inputs: {n: count, of: count}, score: {share: n / of}, missing: exclude}\n"
  "  - {id: z, max: 3, inputs: {n: count, of: count}, score: {share: n / of}}\n"
  "  - {id: w, max: 0, inputs: {n: count, of: count}, score: {share: n / of}}\n";

static void test_cover(void) {
  ari_status status;
  ari_work *work = score(COVER, "agency,x.n,x.of,y.n,y.of,z.n,z.of\na,0,0,,,1,1\nb,0,0,,,,\n", &status);
  ok(status == ARI_OK && told(work, "W0515") == 2 && told(work, "W0516") == 1,
     "x and y have figures from nobody; z has, w is only watched");
  ok(says(work, "nobody can pass 6 of 10 points"), "x is lost for all, y is excluded for all");
  ari_work_free(work);
  work = score(COVER, "agency,x.n,x.of,y.n,y.of,z.n,z.of\na,0,0,,,1,1\n", &status);
  ok(status == ARI_OK && work->findings.warnings == 0, "one agency alone: a self-assessment, no warning");
  ari_work_free(work);
  work = score(COVER, "agency,x.n,x.of,y.n,y.of,z.n,z.of\na,0,1,2,2,1,1\nb,0,1,,,,\n", &status);
  ok(status == ARI_OK && work->findings.warnings == 0, "figures that earn nothing are figures");
  ari_work_free(work);
  work = score(COVER, "agency,x.n,x.of,y.n,y.of,z.n,z.of\na,0,0,,,1,1\nb,,,,,,\n", &status);
  ok(status == ARI_OK && work->findings.warnings == 0, "nor does one whose row is empty stand beside it");
  ari_work_free(work);
  work = score(COVER, "agency,x.n,x.of,y.n,y.of,z.n,z.of,total.withheld\na,,,,,1,1,\nb,,,,,1,1,\nc,1,2,,,1,1,inquiry\n", &status);
  ok(status == ARI_OK && told(work, "W0515") == 1 && told(work, "W0516") == 0, "figures of one that is withheld are figures; y has none of anybody");
  ari_work_free(work);
  ari_options options = plain_options();
  options.keep_going = true;
  put_file("evidence.csv", "agency,x.n,x.of,y.n,y.of,z.n,z.of\na,,,,,1,1\nb,,,,,1,1\nc,1,2,x,,1,1\n");
  work = score_files(&options, &status);
  ok(status == ARI_OK && work->findings.errors == 1 && work->findings.warnings == 0, "so are those of one that is invalid, even a figure misspelt");
  ari_work_free(work);
  work = score("max: 10\ncriteria:\n  - {id: x, max: 4, inputs: {n: count, of: count}, score: {share: n / of}, empty: full}\n"
               "  - {id: z, max: 6, inputs: {n: count, of: count}, score: {share: n / of}}\n",
               "agency,x.n,x.of,z.n,z.of\na,0,0,1,1\nb,,,1,1\n", &status);
  ok(told(work, "W0515") == 1 && told(work, "W0516") == 0, "what is full without figures is lost to nobody");
  ari_work_free(work);
}

/* Thousands of errors in one file: counted, shown up to 50. */
static void test_many(void) {
  char *list = malloc(200000), *evidence = malloc(200000);
  if (!list || !evidence) exit(1);
  size_t a = (size_t)sprintf(list, "id,name,group\n"), b = (size_t)sprintf(evidence, "agency,x.n,x.of,y.n,y.of,z.n,z.of\n");
  for (int i = 0; i < 3000; i++) {
    a += (size_t)sprintf(list + a, "u%d,n,g\n", i);
    b += (size_t)sprintf(evidence + b, "u%d,2,1,1,1,3,2\n", i);
  }
  ari_status status;
  char set[2000];
  snprintf(set, sizeof set, "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\nempty: zero\n%s", COVER);
  ari_work *work = score_texts(set, list, evidence, &status);
  size_t errors = 0;
  ari_work_findings(work, &errors, NULL, NULL);
  ok(status == ARI_INPUT && errors == 6000, "6,000 errors are counted");
  const char *text = findings_of(work);
  ok(strstr(text, "5950") || strstr(text, "5,950"), "50 are shown, the others counted");
  is(findings_of(work), "", "and not told twice");
  ok(work->findings.n == 50, "but kept for the report");
  ari_work_free(work);
  free(list);
  free(evidence);
}

int main(void) {
  start_folder();
  test_expect();
  test_stated();
  test_cover();
  test_many();
  end_folder();
  return done();
}
