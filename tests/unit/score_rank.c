/* Ranks with their three kinds of ties, what they compare, within what; the absent; grades; the order of rows. */
#include "score_fixture.h"

/* One leaf of 100 points, given as they are; `more` are settings of the set. */
static ari_work *rank(const char *more, const char *list, const char *evidence) {
  char set[2000];
  snprintf(set, sizeof set,
           "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 3, total: 3, index: 1}\nmax: 100\n%s"
           "criteria:\n"
           "  - {id: p, max: 60, inputs: {v: number}, score: {points: v}, missing: withhold}\n"
           "  - {id: q, max: 40, inputs: {v: number}, score: {points: v}, missing: exclude}\n",
           more);
  ari_status status;
  ari_work *work = score_texts(set, list, evidence, &status);
  if (!ok(status == ARI_OK, "read and scored")) puts(findings_of(work));
  return work;
}

static void check(const char *more, const char *list, const char *evidence, const char *want, const char *name) {
  ari_work *work = rank(more, list, evidence);
  is(ranking_of(work), want, name);
  ari_work_free(work);
}

static const char FIVE[] = "id,name,group\na,A,g\nb,B,g\nc,C,g\nd,D,g\ne,E,g\n";
static const char FIVE_POINTS[] = "agency,p.v,q.v\na,10,5\nb,20,0\nc,5,15\nd,30,0\ne,0,0\n";

static void test_ties(void) {
  check("ranking: {ties: competition}\n", FIVE, FIVE_POINTS, "1 d 30 final; =2 b 20 final; =2 c 20 final; 4 a 15 final; 5 e 0 final",
        "1 2 2 4");
  check("ranking: {ties: dense}\n", FIVE, FIVE_POINTS, "1 d 30 final; =2 b 20 final; =2 c 20 final; 3 a 15 final; 4 e 0 final", "1 2 2 3");
  check("ranking: {ties: serial}\n", FIVE, FIVE_POINTS, "1 d 30 final; 2 b 20 final; 3 c 20 final; 4 a 15 final; 5 e 0 final",
        "serial: list order");
  check("ranking: {ties: serial, break: [q]}\n", FIVE, FIVE_POINTS, "1 d 30 final; 2 c 20 final; 3 b 20 final; 4 a 15 final; 5 e 0 final",
        "serial: break decides first");
  check("ranking: {on: points, ties: serial, break: [q]}\n", FIVE, "agency,p.v,q.v\na,20,\nb,20,0\nc,5,15\nd,30,0\ne,0,0\n",
        "1 d 30 final; 2 c 20 final; 3 b 20 final; 4 a 33.3 final; 5 e 0 final", "serial: blank is less than 0");
  check("", FIVE, "agency,p.v,q.v\na,1,1\nb,1,1\nc,1,1\nd,1,1\ne,1,1\n",
        "=1 a 2 final; =1 b 2 final; =1 c 2 final; =1 d 2 final; =1 e 2 final", "all equal");
}

/* b has 40.04 of 100, c 40.0, d 24 of 60 (its q is excluded): points, index and exact index order them differently. */
static void test_figures(void) {
  const char *list = "id,name,group\nb,B,g\nc,C,g\nd,D,g\n", *evidence = "agency,p.v,q.v\nb,40.04,0\nc,40,0\nd,24.018,\n";
  check("ranking: {on: points}\n", list, evidence, "1 b 40 final; 2 c 40 final; 3 d 40 final", "on points");
  check("ranking: {on: index}\n", list, evidence, "=1 b 40 final; =1 c 40 final; =1 d 40 final", "on the published index");
  check("ranking: {on: exact}\n", list, evidence, "1 b 40 final; 2 d 40 final; 3 c 40 final", "on the exact index");
}

static const char GROUPS[] = "id,name,group\na,A,north\nb,B,south\nc,C,north\nd,D,south\ne,E,north\nf,F,north\n";
static const char GROUP_POINTS[] = "agency,p.v,q.v\na,,5\nb,10,0\nc,10,0\ne,20,0\n";   /* d and f are absent, a is withheld */

static void test_groups(void) {
  check("", GROUPS, GROUP_POINTS, "1 e 20 final; 2 c 10 final; 3 f - absent; 0 a - withheld; 1 b 10 final; 2 d - absent",
        "groups in list order, the absent next, the unranked behind");
  check("ranking: {absent: unranked}\n", GROUPS, GROUP_POINTS,
        "1 e 20 final; 2 c 10 final; 0 a - withheld; 0 f - absent; 1 b 10 final; 0 d - absent", "absent: unranked, in list order");
  check("ranking: {within: all}\n", GROUPS, GROUP_POINTS,
        "1 e 20 final; =2 b 10 final; =2 c 10 final; =4 d - absent; =4 f - absent; 0 a - withheld",
        "within all: rows go by rank, the absent share the next");
  check("ranking: {within: all, ties: dense}\n", GROUPS, GROUP_POINTS,
        "1 e 20 final; =2 b 10 final; =2 c 10 final; =3 d - absent; =3 f - absent; 0 a - withheld", "dense: the next rank is 3");
}

static void test_grades(void) {
  const char *grades = "grades:\n  - {id: good, title: {vi: Tốt, en: Good}, from: 70}\n  - {id: weak, title: Weak, from: 0}\n";
  /* 69.95 of 100 is published as 70.0: grades compare what is published. */
  const char *evidence = "agency,p.v,q.v,p.note\na,60,9.95,\nb,60,9.949,\nc,60,,\nd,,,n\n";
  check(grades, FIVE, evidence, "1 c 100 good final; 2 a 70 good final; 3 b 69.9 weak final; 4 e - absent; 0 d - withheld",
        "grades by the rounded index");
  char on_points[400];
  snprintf(on_points, sizeof on_points, "grades_on: points\n%s", grades);
  check(on_points, FIVE, evidence, "1 c 100 weak final; 2 a 70 weak final; 3 b 69.9 weak final; 4 e - absent; 0 d - withheld",
        "grades_on: points");
  ari_work *work = rank(grades, FIVE, evidence);
  ari_ranking_row row;
  ok(ari_ranking_at(work, 0, &row) == ARI_OK && strcmp(row.grade_title, "Good") == 0 && row.low == row.points && row.high == row.points,
     "titles in the language");
  ok(ari_ranking_at(work, 5, &row) == ARI_MISUSE && ari_score_at(work, ari_score_count(work), &(ari_score_row){0}) == ARI_MISUSE,
     "no row behind the last");
  ok(ari_decimals_index(work) == 1 && ari_decimals_total(work) == 3, "published decimals");
  ari_work_free(work);
}

/* 10,000 agencies with few different figures, against a ranking by counting. */
static void test_many(void) {
  enum { N = 10000 };
  char *list = malloc(N * 16 + 64), *evidence = malloc(N * 16 + 64);
  if (!list || !evidence) exit(1);
  int *points = malloc(N * sizeof *points);
  if (!points) exit(1);
  size_t a = (size_t)sprintf(list, "id,name,group\n"), b = (size_t)sprintf(evidence, "agency,p.v,q.v\n");
  uint32_t seed = 7;
  for (int i = 0; i < N; i++) {
    seed = seed * 1664525u + 1013904223u;
    points[i] = (int)(seed >> 16) % 61;
    a += (size_t)sprintf(list + a, "u%d,n,g\n", i);
    b += (size_t)sprintf(evidence + b, "u%d,%d,0\n", i, points[i]);
  }
  ari_work *work = rank("", list, evidence);
  int above[62] = {0};
  for (int i = 0; i < N; i++)
    for (int p = 0; p < points[i]; p++) above[p]++;
  bool fine = ari_ranking_count(work) == N;
  for (size_t i = 0; i < N && fine; i++) {
    ari_ranking_row row, before;
    fine = ari_ranking_at(work, i, &row) == ARI_OK && row.rank == above[points[atoi(row.agency + 1)]] + 1;
    if (i > 0 && ari_ranking_at(work, i - 1, &before) == ARI_OK && before.rank == row.rank)
      fine &= row.tied && atoi(before.agency + 1) < atoi(row.agency + 1);
  }
  ok(fine, "10,000 agencies: every rank is 1 + those above, ties in list order");
  ari_work_free(work);
  free(list);
  free(evidence);
  free(points);
}

int main(void) {
  start_folder();
  test_ties();
  test_figures();
  test_groups();
  test_grades();
  test_many();
  end_folder();
  return done();
}
