/* Files of survey results, and what a round takes from each hand: only figures of the origins that it takes at that time. */
#include "evidence_fixture.h"

enum { SELF = 1 << ARI_ORIGIN_SELF, CENTRAL = 1 << ARI_ORIGIN_CENTRAL, SURVEY = 1 << ARI_ORIGIN_SURVEY };

static const char *const SET =
  "ari: criteria/1\n"
  "id: round\n"
  "title: {vi: Bộ nhỏ, en: Small}\n"
  "period: year\n"
  "rounding: {leaf: 2}\n"
  "inputs: {population: count}\n"
  "criteria:\n"
  "  - id: a\n"
  "    max: 10\n"
  "    inputs:\n"
  "      done: count\n"
  "      hours: {type: count, list: true}\n"
  "      late: {type: count, source: central}\n"
  "      liked: {type: survey, source: survey, options: {good: Tốt, poor: Kém}}\n"
  "      rating: {type: percent, source: survey, from: 0, to: 100}\n"
  "    score: {cases: [{when: late + done + sum(hours) + rating > 3 + population, points: 1}, {points: 10}]}\n";
static const char *const LIST = "id,name,group\nx,X,g\ny,Y,g\n";

/* One file handed in as of this kind, of which these origins are taken. */
static fixture *hand_in(const char *name, const char *text, ari_file_kind kind, uint8_t origins) {
  fixture *x = start(SET, LIST);
  add_file(x, name, text);
  x->files[0].kind = kind;
  x->files[0].origins = origins;
  run(x, "2026", 1);
  return x;
}

static void finds_in(const char *name, const char *text, ari_file_kind kind, uint8_t origins, const char *want, const char *what) {
  fixture *x = hand_in(name, text, kind, origins);
  is(found(x), want, what);
  end(x);
}

static const char *const FOUND = "ari: survey/1\nagency: x\nperiod: 2026\nsurvey:\n  a:\n    liked: {good: 3, poor: 1}\n    rating: 75\n";

static void test_survey_file(void) {
  fixture *x = hand_in("s.yaml", FOUND, ARI_FILE_SURVEY, 0);
  is(found(x), "", "a file of survey results");
  is(table_text(x), "x: - - - - + 3 1 0.75\ny absent: - - - - - - - -\n", "... is evidence from a survey");
  end(x);
  finds_in("s.yaml", FOUND, ARI_FILE_EVIDENCE, 0, "E0404@1:1", "handed in as evidence it is told what it is");
  finds_in("e.yaml", "ari: evidence/1\nagency: x\nperiod: 2026\nevidence: {a: {rating: 75}}\n", ARI_FILE_SURVEY, 0, "E0404@1:1", "... and evidence as a survey");
  finds_in("s.yaml", "ari: survey/1\nagency: x\nperiod: 2026\n", ARI_FILE_SURVEY, 0, "E0142@1:1", "it must say what was found");
  finds_in("s.yaml", "ari: survey/1\nagency: x\nperiod: 2026\nwithheld: no\nsurvey: {a: {rating: 75}}\n", ARI_FILE_SURVEY, 0, "E0141@4:1", "it withholds nobody");
  finds_in("s.yaml", "ari: survey/1\nagency: x\nperiod: 2026\nsurvey:\n  a: {rating: 75, claimed: 3, done: 4, hours: [5], documents: [{number: 1}]}\n  total: {population: 9}\n", ARI_FILE_SURVEY, 0,
           "E0542@5:28 E0542@5:37 E0542@5:47 E0542@5:63 E0542@6:23", "figures of others, claims and documents are told");
}

static void test_survey_table(void) {
  fixture *x = hand_in("s.csv", "agency,a.liked:good,a.liked:poor,a.rating\nx,3,1,75\ny,4,2,\n", ARI_FILE_SURVEY, 0);
  is(found(x), "", "a table of survey results");
  is(table_text(x), "x: - - - - + 3 1 0.75\ny: - - - - + 4 2 -\n", "... is evidence from a survey");
  end(x);
  x = hand_in("s.csv", "agency,a.rating,a.done,a.note\nx,75,4,\ny,80,5,seen\n", ARI_FILE_SURVEY, 0);
  is(found(x), "E0542@2:6 E0542@3:8", "a column of another origin is told once, and an empty one not at all");
  ok(submission(x, "x")->invalid && submission(x, "y")->invalid, "... it concerns everybody in it");
  is(cell(x, "y", "a.done"), "-", "... and is not taken");
  end(x);
}

static void test_collecting(void) {
  const uint8_t taken = SELF | CENTRAL;
  finds_in("e.csv", "agency,a.done,a.late,a.claimed,total.population\nx,1,2,3,4\n", ARI_FILE_EVIDENCE, taken, "", "collecting: agencies' own and central figures");
  finds_in("e.csv", "agency,a.done,a.liked:good,a.liked:poor,a.rating\nx,1,2,3,4\ny,1,2,3,4\n", ARI_FILE_EVIDENCE, taken, "E0540@2:5", "... and not the survey's, which is told once");
  finds_in("e.yaml", "ari: evidence/1\nagency: x\nperiod: 2026\nevidence: {a: {liked: {good: 1}, rating: 3}}\n", ARI_FILE_EVIDENCE, taken, "E0540@4:23", "... in YAML too");
  finds_in("e.csv", "agency,criterion,input,value\nx,a,liked:good,1\nx,a,liked:poor,2\nx,a,done,3\n", ARI_FILE_EVIDENCE, taken, "E0540@2:16", "... a survey is told as a whole");
}

static void test_appraising(void) {
  finds_in("e.csv", "agency,a.late\nx,2\ny,3\n", ARI_FILE_EVIDENCE, CENTRAL, "", "appraising: central figures");
  finds_in("e.csv", "agency,a.late,a.done,a.rating\nx,2,,\ny,3,,\n", ARI_FILE_EVIDENCE, CENTRAL, "", "... other columns may stand there empty");
  finds_in("e.csv", "agency,a.late,a.done,a.hours,a.claimed,total.withheld\nx,2,1,1;2,3,why\ny,3,4,5,6,\n", ARI_FILE_EVIDENCE, CENTRAL, "E0541@2:5",
           "... what is the agencies' own is told, once for the file");
  finds_in("e.yaml", "ari: evidence/1\nagency: x\nperiod: 2026\nwithheld: why\nevidence: {a: {done: 1, rating: 2}}\n", ARI_FILE_EVIDENCE, CENTRAL,
           "E0541@4:11 E0540@5:33", "... and what is the survey's, each with its own word");
}

static void test_taking_back(void) {
  fixture *x = start(SET, LIST);
  add_file(x, "1.csv", "agency,a.done,a.late,a.rating\nx,1,2,3\n");
  add_file(x, "2.yaml", "ari: evidence/1\nagency: x\nperiod: 2026\nevidence: {a: {}}\n");
  add_file(x, "3.yaml", "ari: survey/1\nagency: x\nperiod: 2026\nsurvey: {a: {}}\n");
  for (int i = 0; i < 3; i++) x->files[i].revision = i;
  x->files[1].origins = CENTRAL;
  x->files[2].kind = ARI_FILE_SURVEY;
  run(x, "2026", 1);
  is(found(x), "W0463@4:12 W0463@4:10", "a criterion with nothing below it");
  is(table_text(x), "x: - 1 - - - - - -\ny absent: - - - - - - - -\n", "... takes back what is of the origin that the file may hold");
  end(x);
}

int main(void) {
  test_survey_file();
  test_survey_table();
  test_collecting();
  test_appraising();
  test_taking_back();
  return done();
}
