/* Needs of grades: they look at published figures, and who fails them has the next lower grade that holds. */
#include "score_fixture.h"

static const char LIST[] = "id,name,group\na1,One,g\n";

static const char GRADES[] =
  "grades:\n"
  "  - {id: top, from: 80, needs: [{that: points('2') >= 20}, {that: share('1') >= 75%}]}\n"
  "  - {id: good, from: 60, needs: [{that: points('2') >= 15}]}\n"
  "  - {id: fair, from: 40, needs: [{that: share('2') > 10% or points('1') = 70}]}\n"
  "  - {id: weak, from: 0}\n";

/* The grade that one agency has with these points of 70 and 30. */
static void check_grade(const char *head, const char *grades, const char *evidence, const char *want, const char *what) {
  char set[4000];
  ari_status status;
  snprintf(set, sizeof set,
           "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nmax: 100\n%s%s"
           "criteria:\n"
           "  - {id: '1', max: 70, inputs: {p: number}, score: {points: p}}\n"
           "  - {id: '2', max: 30, inputs: {p: number}, score: {points: p}}\n",
           head, grades);
  ari_work *work = score_texts(set, LIST, evidence, &status);
  ari_ranking_row row = {.grade = "no row"};
  if (status != ARI_OK) printf("# status %d\n%s", status, findings_of(work));
  (void)ari_ranking_at(work, 0, &row);
  is(row.grade, want, what);
  ari_work_free(work);
}

static void test_gates(void) {
  static const char head[] = "rounding: {leaf: 2}\nmissing: unscored\n";
  check_grade(head, GRADES, "agency,1.p,2.p\na1,60,20\n", "top", "60 + 20 = 80 with 20 of 30 and 85.7 % of 70: every need holds");
  check_grade(head, GRADES, "agency,1.p,2.p\na1,70,19.99\n", "good", "89.99, but 19.99 is below 20: one lower");
  check_grade(head, GRADES, "agency,1.p,2.p\na1,52.49,30\n", "good", "82.49, but 52.49 of 70 is 74.99 %: the second need fails");
  check_grade(head, GRADES, "agency,1.p,2.p\na1,52.5,30\n", "top", "52.5 of 70 is exactly 75 %");
  check_grade(head, GRADES, "agency,1.p,2.p\na1,69,14\n", "fair", "83, but 14 fails 20 and then 15: two lower, whose own need (46.7 %) holds");
  check_grade(head, GRADES, "agency,1.p,2.p\na1,69,3\n", "weak", "72, but 3 fails 15, and 3 of 30 is not above 10 %: down to the last");
  check_grade(head, GRADES, "agency,1.p,2.p\na1,70,3\n", "fair", "the other side of `or` holds");
  check_grade(head, GRADES, "agency,1.p,2.p\na1,69,\n", "weak", "a blank figure meets no need");
}

static void test_published(void) {
  /* 19.996 is published as 20.00, and that is what is compared */
  check_grade("rounding: {leaf: 2}\n", GRADES, "agency,1.p,2.p\na1,70,19.996\n", "top", "needs compare rounded figures");
  static const char on_total[] = "grades:\n  - {id: good, from: 50, needs: [{that: points('total') >= 60 and share('total') >= 60%}]}\n"
                                 "  - {id: weak, from: 0}\n";
  check_grade("rounding: {leaf: 3, total: 0, index: 0}\n", on_total, "agency,1.p,2.p\na1,59.5,0\n", "good", "59.5 is published as 60");
  check_grade("rounding: {leaf: 3, total: 0, index: 0}\n", on_total, "agency,1.p,2.p\na1,59.499,0\n", "weak", "59.499 as 59");
}

static void test_outside(void) {
  static const char head[] = "rounding: {leaf: 2}\nbonus:\n  max: 3\n  criteria:\n"
                             "    - {id: b, max: 3, inputs: {p: number}, score: {points: p}}\n";
  static const char grades[] = "grades:\n  - {id: best, from: 102, needs: [{that: points('bonus') >= 3}]}\n  - {id: weak, from: 0}\n";
  check_grade(head, grades, "agency,1.p,2.p,b.p\na1,70,30,3\n", "best", "103 of 100 is within reach with a bonus");
  check_grade(head, grades, "agency,1.p,2.p,b.p\na1,70,30,2.5\n", "weak", "102.5, but a bonus of 2.5 is below 3");
}

int main(void) {
  start_folder();
  test_gates();
  test_published();
  test_outside();
  end_folder();
  return done();
}
