/* Tiers when agencies are scored: what does not exist has no figure, no state and no row; evidence for it is told and not used. All figures
 * are invented. */
#include "score_fixture.h"

#define TIERS "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\ntiers: {d: Departments, c: Communes}\n"
static const char LIST[] = "id,name,group,tier\nd1,One,g,d\nd2,Two,h,d\nc1,Three,g,c\nc2,Four,h,c\n";

static ari_work *score(const char *set, const char *evidence, const char *what) {
  ari_status status;
  ari_work *work = score_texts(set, LIST, evidence, &status);
  if (!ok(status == ARI_OK, what)) printf("# status %d\n%s", status, findings_of(work));
  return work;
}

static const char SET[] = TIERS
  "max: {d: 15, c: 20}\n"
  "criteria:\n"
  "  - id: x\n    max: {d: 10, c: none}\n    inputs: {a: count, b: count}\n"
  "    expect: [{that: a <= b}]\n    score: {share: a / b}\n    empty: zero\n"
  "  - {id: y, max: {d: 5, c: 12}, inputs: {p: yes_no}, score: {yes_no: p}}\n"
  "  - id: z\n    tiers: [c]\n    criteria:\n"
  "      - {id: z1, max: 8, inputs: {p: number}, score: {points: p}}\n"
  "      - {id: z2, max: 0, inputs: {p: number}}\n";

static void test_rows(void) {
  /* d1: 10 * 3/4 + 5 = 12.5 of 15; c1: 12 + 6 = 18 of 20 */
  ari_work *work = score(SET, "agency,x.a,x.b,y.p,z1.p,z2.p\nd1,3,4,yes,,\nd2,1,2,no,,\nc1,,,yes,6,1\nc2,,,no,8,\n", "two tiers");
  is(row_of(work, "d1", "total"), "final 15 12.5", "the maximum of the first");
  is(row_of(work, "c1", "total"), "final 20 18", "and of the second");
  is(row_of(work, "c1", "x"), "no row", "what does not exist has no row");
  is(row_of(work, "d1", "z"), "no row", "nor an inner node");
  is(row_of(work, "c1", "z"), "node 8 6", "where it exists it has");
  ok(ari_score_count(work) == 2 * 3 + 2 * 5, "3 rows of departments, 5 of communes");
  for (size_t i = 0; i < 4; i++) {
    const ari_standing *s = &work->result->standings[i];
    uint32_t n = 0;
    for (size_t k = 0; k < ARI_COUNT(s->counts); k++) n += s->counts[k];
    const ari_node *other = ari_set_node(work->set, i < 2 ? ARI_STR("z1") : ARI_STR("x"));
    ok(ari_result_figure(work->result, i, other->index)->state == ARI_NO_STATE, "what does not exist has none");
    ok(n == (i < 2 ? 2U : 3U) && s->counts[ARI_NO_STATE] == 0, "states add up to the leaves of the tier");
  }
  ari_work_free(work);
}

static void test_unused(void) {
  /* 9 of 3 is not expected, "-" is no number: neither is looked at where the criterion does not exist */
  ari_work *work = score(SET, "agency,x.a,x.b,x.note,y.p,z1.p\nd1,3,4,,yes,\nd2,1,2,,no,-\nc1,9,3,seen,yes,6\nc2,-,,,no,8\n", "figures for other tiers");
  ok(told(work, "W0443") == 3 && work->findings.errors == 0, "one warning for each agency and criterion");
  is(row_of(work, "c1", "total"), "final 20 18", "they are not used");
  ari_work_free(work);
  ari_status status;
  work = score_texts(SET, LIST, "agency,x.a,x.b,y.p,z1.p\nd1,,,,4\nc1,,,yes,6\n", &status);
  is(row_of(work, "d1", "total"), "absent - -", "whoever gives nothing else is absent");
  ari_work_free(work);
}

/* `elsewhere: full`: not asked for, but a claim for it is of use; withheld as a whole it is withheld too. */
static void test_granted(void) {
  static const char set[] = TIERS
    "criteria:\n"
    "  - {id: x, max: {d: 10, c: 4}, tiers: [d], elsewhere: full, inputs: {a: number}, expect: [{that: a < 9}], score: {points: a}}\n"
    "  - {id: y, max: 6, inputs: {p: number}, score: {points: p}}\n";
  ari_work *work = score(set, "agency,x.a,x.claimed,y.p,total.withheld\nd1,5,,3,\nc1,9,4,3,\nc2,,,,audit\n", "granted");
  is(row_of(work, "d1", "x"), "scored 10 5", "scored where it is listed");
  is(row_of(work, "c1", "x"), "not_applicable 4 4", "full elsewhere: 4 + 3 = 7 of 10");
  is(row_of(work, "c1", "total"), "final 10 7", "in the total");
  is(row_of(work, "c2", "x"), "withheld 4 -", "withheld with the agency");
  ok(told(work, "W0443") == 1, "its figure is not used, the claim is");
  ari_work_free(work);
}

/* 7 people are too many for x, which communes do not have. */
static void test_expected(void) {
  static const char set[] = TIERS "inputs: {people: count}\ncriteria:\n"
    "  - {id: x, max: 10, tiers: [d], expect: [{that: people < 5}], score: {points: people}}\n"
    "  - {id: y, max: 10, score: {points: people}}\n";
  ari_work *work = score(set, "agency,total.people\nd1,4\nc1,7\n", "nothing is expected of what does not exist");
  is(row_of(work, "c1", "total"), "final 10 7", "so it is scored");
  ari_work_free(work);
}

static void test_outside(void) {
  /* c1: 2 - 5 = -3, not below 0; departments have no penalty, and their minimum is below 0: -1 stays */
  static const char set[] = TIERS
    "penalty:\n  tiers: [c]\n  max: 5\n  criteria: [{id: n, max: 5, inputs: {p: number}, score: {points: p}}]\n"
    "criteria:\n  - {id: y, max: 6, min: -1, inputs: {p: number}, score: {points: p}}\n";
  ari_work *work = score(set, "agency,y.p,n.p\nd1,-1,\nd2,3,\nc1,2,5\nc2,4,1\n", "a penalty in one tier");
  is(row_of(work, "c1", "total"), "final 6 0", "2 - 5, not below 0");
  is(row_of(work, "c2", "total"), "final 6 3", "4 - 1");
  is(row_of(work, "d1", "total"), "final 6 -1", "no penalty, nothing to stop at 0");
  is(row_of(work, "d1", "penalty"), "no row", "nor a row of it");
  ari_work_free(work);
}

static void test_ranking(void) {
  static const char set[] = TIERS "ranking: {within: tier}\ncriteria:\n  - {id: y, max: {d: 10, c: 20}, inputs: {p: number}, score: {points: p}}\n";
  /* 40 %, 50 %; 45 %, 40 %: departments d2, d1; communes c1, c2; rows by group */
  ari_work *work = score(set, "agency,y.p\nd1,4\nd2,5\nc1,9\nc2,8\n", "ranks within tiers");
  is(ranking_of(work), "1 c1 45 final; 2 d1 40 final; 1 d2 50 final; 2 c2 40 final", "across groups, rows in the order of groups");
  ari_work_free(work);
}

static void test_cohort(void) {
  static const char set[] = TIERS "inputs: {people: count}\ncriteria:\n"
    "  - {id: x, max: 10, tiers: [d], cohort: all, score: {points: max * people / cohort.max(people)}, empty: zero}\n"
    "  - {id: y, max: 10, cohort: all, score: {points: max * people / cohort.max(people)}, empty: zero}\n";
  ari_work *work = score(set, "agency,total.people\nd1,10\nd2,20\nc1,40\n", "compared with others");
  is(row_of(work, "d1", "x"), "scored 10 5", "10 of 20: only with those who have the criterion");
  is(row_of(work, "d1", "y"), "scored 10 2.5", "10 of 40");
  ari_work_free(work);
}

int main(void) {
  start_folder();
  test_rows();
  test_unused();
  test_granted();
  test_expected();
  test_outside();
  test_ranking();
  test_cohort();
  end_folder();
  return done();
}
