/* How nodes come together that are no sums: the arithmetic of each, what takes part, weights, maxima left out, rounding. The figures on the
 * right are worked out by hand. */
#include "score_fixture.h"

static const char LIST[] = "id,name,group\na1,One,g\na2,Two,g\n";

/* A root of 100 over x, y and z, whose maxima 4, 10 and 1 are scales of their own. %s: combine of the root, weights, policies. */
static void make_set(char *out, size_t room, const char *combine, const char *const weights[3], const char *policies) {
  snprintf(out, room,
           "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 4, total: 4}\nmax: 100\ncombine: %s\n%s"
           "criteria:\n"
           "  - {id: x, max: 4, %sinputs: {a: count, b: count}, score: {share: a / b}}\n"
           "  - {id: y, max: 10, %sinputs: {p: number}, score: {points: p}}\n"
           "  - {id: z, max: 1, %sinputs: {p: number}, score: {points: p}}\n",
           combine, policies, weights[0], weights[1], weights[2]);
}

static const char *const NONE[3] = {"", "", ""};
static const char *const SOME[3] = {"weight: 50%, ", "weight: 0.3, ", "weight: 20%, "};

static void check_total(const char *combine, const char *const weights[3], const char *policies, const char *evidence, const char *want) {
  char set[2000], name[300];
  make_set(set, sizeof set, combine, weights, policies);
  ari_status status;
  ari_work *work = score_texts(set, LIST, evidence, &status);
  snprintf(name, sizeof name, "%s, %.*s: %s", combine, (int)strcspn(policies, "\n"), policies, want);
  if (!ok(status == ARI_OK, name)) printf("# status %d\n%s", status, findings_of(work));
  is(row_of(work, "a1", "total"), want, name);
  ari_work_free(work);
}

/* v = 1/4, 8/10, 5/10. */
static void test_arithmetic(void) {
  static const char given[] = "agency,x.a,x.b,y.p,z.p\na1,1,4,8,0.5\na2,4,4,10,1\n";
  static const char zero[] = "agency,x.a,x.b,y.p,z.p\na1,0,4,8,0.5\na2,4,4,10,1\n";
  static const char roots[] = "agency,x.a,x.b,y.p,z.p\na1,1,8,10,1\na2,4,4,10,1\n";
  check_total("mean", NONE, "empty: zero\n", given, "final 100 51.6667");        /* 1.55 / 3 */
  check_total("weighted", SOME, "empty: zero\n", given, "final 100 46.5");       /* 0.125 + 0.24 + 0.1 */
  check_total("geometric", NONE, "empty: zero\n", given, "final 100 46.4159");   /* 0.1 ^ (1/3) = 0.46415888… */
  check_total("geometric", NONE, "empty: zero\n", roots, "final 100 50");        /* (1/8) ^ (1/3) */
  check_total("geometric", NONE, "empty: zero\n", zero, "final 100 0");
  check_total("harmonic", NONE, "empty: zero\n", given, "final 100 41.3793");    /* 3 / (4 + 5/4 + 2) = 12/29 */
  check_total("harmonic", NONE, "empty: zero\n", zero, "final 100 0");
  check_total("min", NONE, "empty: zero\n", given, "final 100 25");
}

/* The last column of the table of policies: x is 0 out of 0, the others have v = 0.8 and 0.5. */
static void test_policies(void) {
  static const char empty[] = "agency,x.a,x.b,y.p,z.p\na1,0,0,8,0.5\na2,4,4,10,1\n";
  static const struct { const char *policy, *mean, *weighted, *least; } rows[] = {
    {"zero", "final 100 43.3333", "final 100 34", "final 100 0"},
    {"full", "final 100 76.6667", "final 100 84", "final 100 50"},
    {"unscored", "final 100 43.3333", "final 100 34", "final 100 0"},
    {"exclude", "final 100 65", "final 100 68", "final 100 50"},   /* 1.3 / 2; (0.24 + 0.1) / 0.5 */
    {"spread", "final 100 65", "final 100 68", "final 100 50"},
    {"withhold", "withheld 100 -", "withheld 100 -", "withheld 100 -"},
  };
  for (size_t i = 0; i < ARI_COUNT(rows); i++) {
    char policies[60];
    snprintf(policies, sizeof policies, "empty: %s\n", rows[i].policy);
    check_total("mean", NONE, policies, empty, rows[i].mean);
    check_total("weighted", SOME, policies, empty, rows[i].weighted);
    check_total("min", NONE, policies, empty, rows[i].least);
  }
  static const char *const relative[3] = {"weight: 5, ", "weight: 3, ", "weight: 2, "};
  check_total("weighted", relative, "empty: exclude\nweights: relative\n", empty, "final 100 68");
  static const char *const heavy[3] = {"weight: 1, ", "weight: 0, ", "weight: 0, "};
  check_total("weighted", heavy, "empty: zero\n", "agency,x.a,x.b,y.p,z.p\na1,1,4,8,0.5\na2,4,4,10,1\n", "final 100 25");
  check_total("weighted", heavy, "empty: exclude\n", empty, "withheld 0 -");   /* nobody with a weight is there */
}

/* What is spread under a mean changes nobody's maximum. */
static void test_spread(void) {
  char set[2000];
  make_set(set, sizeof set, "mean", NONE, "empty: spread\n");
  ari_status status;
  ari_work *work = score_texts(set, LIST, "agency,x.a,x.b,y.p,z.p\na1,0,0,8,0.5\na2,4,4,10,1\n", &status);
  is(row_of(work, "a1", "x"), "empty 0 -", "a leaf that is left out");
  is(row_of(work, "a1", "y"), "scored 10 8", "and its sibling as before");
  ari_work_free(work);
}

/* Sums below a mean below a sum; maxima left out; a node that is absent; rounding at the node. */
static void test_tree(void) {
  static const char set[] =
    "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2, node: 1, total: 2, index: 3}\nempty: exclude\nmissing: unscored\n"
    "criteria:\n"
    "  - id: f\n    max: 30\n    combine: mean\n    criteria:\n"
    "      - id: f.sum\n        combine: sum\n        criteria:\n"
    "          - {id: s1, max: 1, inputs: {p: number}, score: {points: p}}\n"
    "          - {id: s2, max: 2, inputs: {p: number}, score: {points: p}}\n"
    "      - {id: f.leaf, inputs: {p: number}, score: {points: p}}\n"
    "      - id: f.deep\n        criteria:\n"
    "          - {id: d1, inputs: {a: count, b: count}, score: {share: a / b}}\n"
    "      - {id: f.watched, max: 0}\n"
    "  - {id: g, max: 10, inputs: {p: number}, score: {points: p}}\n";
  ari_status status;
  ari_work *work = score_texts(set, LIST, "agency,s1.p,s2.p,f.leaf.p,d1.a,d1.b,g.p\na1,0.5,1.5,20,1,2,7\na2,0.5,1.5,20,0,0,7\n", &status);
  if (!ok(status == ARI_OK, "a tree of several combinations is scored")) printf("# %s", findings_of(work));
  is(row_of(work, "a1", "f.sum"), "node 3 2", "a sum below a mean has its children's maximum");
  is(row_of(work, "a1", "f.leaf"), "scored 30 20", "a leaf without max takes the parent's");
  is(row_of(work, "a1", "d1"), "scored 30 15", "also over two levels, as combine is inherited");
  is(row_of(work, "a1", "f"), "node 30 18.3", "30 × (2/3 + 20/30 + 15/30) / 3 = 18.333…, rounded at the node");
  is(row_of(work, "a1", "total"), "final 40 25.3", "and added up above it");
  is(row_of(work, "a2", "f.deep"), "node 0 -", "a node of which no child is there is absent");
  is(row_of(work, "a2", "f"), "node 30 20", "30 × (2/3 + 20/30) / 2; A stays M");
  is(ranking_of(work), "1 a2 67.5 final; 2 a1 63.25 final", "the index is of the applicable maximum");
  ari_work_free(work);

  work = score_texts(set, LIST, "agency,s1.p,s2.p,f.leaf.p,d1.a,d1.b,g.p\na1,,,,0,0,7\na2,1,1,1,1,1,1\n", &status);
  is(row_of(work, "a1", "f"), "node 30 -", "a node whose children are all blank is blank");
  is(row_of(work, "a1", "total"), "final 40 7", "and adds 0");
  ari_work_free(work);

  static const char absent[] =
    "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\nempty: exclude\n"
    "criteria:\n"
    "  - id: f\n    max: 30\n    combine: min\n    criteria:\n"
    "      - {id: x, inputs: {a: count, b: count}, score: {share: a / b}}\n"
    "  - {id: g, max: 10, inputs: {p: number}, score: {points: p}}\n";
  work = score_texts(absent, LIST, "agency,x.a,x.b,g.p\na1,0,0,7\na2,1,2,7\n", &status);
  is(row_of(work, "a1", "total"), "final 10 7", "an absent node takes its maximum out of the sum above");
  is(row_of(work, "a2", "total"), "final 40 22", "which is there when its child is");
  ari_work_free(work);
}

/* 0.0005 and 0.000499999999666… lie on two sides of what a figure of 12 places could tell apart. */
static void test_rounding(void) {
  static const char set[] =
    "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 12, total: 3, index: 2}\nmax: 1\ncombine: mean\n"
    "criteria:\n"
    "  - {id: x, inputs: {p: number}, score: {points: p}}\n"
    "  - {id: y, inputs: {p: number}, score: {points: p}}\n"
    "  - {id: z, inputs: {p: number}, score: {points: p}}\n";
  ari_status status;
  ari_work *work = score_texts(set, LIST, "agency,x.p,y.p,z.p\na1,0.0015,0,0\na2,0.001499999999,0,0\n", &status);
  is(row_of(work, "a1", "total"), "final 1 0.001", "0.0005 is rounded up");
  is(row_of(work, "a2", "total"), "final 1 0", "0.000499999999666… is rounded once, down");
  ari_work_free(work);
}

/* over_max of a node: cap cuts, and what a child exceeds is told where nothing permits it. */
static void test_limits(void) {
  static const char format[] =
    "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\nmax: 10\ncombine: weighted\n%s"
    "criteria:\n"
    "  - {id: x, weight: 3/4, over_max: allow, inputs: {p: number}, score: {points: p}}\n"
    "  - {id: y, weight: 1/4, inputs: {p: number}, score: {points: p}}\n";
  static const char evidence[] = "agency,x.p,y.p\na1,20,2\na2,1,1\n";
  char set[1000];
  ari_status status;
  snprintf(set, sizeof set, format, "over_max: cap\n");
  ari_work *work = score_texts(set, LIST, evidence, &status);
  is(row_of(work, "a1", "total"), "final 10 10", "cap");
  ari_work_free(work);
  snprintf(set, sizeof set, format, "over_max: allow\n");
  work = score_texts(set, LIST, evidence, &status);
  is(row_of(work, "a1", "total"), "final 10 15.5", "allow: 10 × (0.75 × 2 + 0.25 × 0.2)");
  ari_work_free(work);
  snprintf(set, sizeof set, format, "");
  work = score_texts(set, LIST, evidence, &status);
  ok(status == ARI_INPUT && told(work, "E0509") == 1, "error");
  ari_work_free(work);
}

int main(void) {
  start_folder();
  test_arithmetic();
  test_policies();
  test_spread();
  test_tree();
  test_rounding();
  test_limits();
  end_folder();
  return done();
}
