/* Every policy for every state that it speaks of, what it does to the sums above, spreading, and that states add up. */
#include "score_fixture.h"

static const char LIST[] = "id,name,group\na1,One,g\na2,Two,g\n";

static const char HEAD[] = "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\n";

/* A field of 10 points: x has 4 by a share, y has 6 as given. */
static void make_set(char *out, size_t room, const char *trigger, const char *policy) {
  bool empty = strcmp(trigger, "empty") == 0;
  snprintf(out, room,
           "%s"
           "%s: %s\n%s"
           "max: 10\n"
           "criteria:\n"
           "  - id: f\n"
           "    max: 10\n"
           "    criteria:\n"
           "      - id: x\n"
           "        max: 4\n"
           "        inputs: {a: count, b: count}\n"
           "        score:\n"
           "          share: a / b\n"
           "      - id: y\n"
           "        max: 6\n"
           "        inputs: {p: number}\n"
           "        score: {points: p}\n",
           HEAD, trigger, policy, empty ? "" : "empty: zero\n");
}

static void check_row(const ari_work *work, const char *criterion, const char *want, const char *what) {
  char name[200];
  snprintf(name, sizeof name, "%s: %s", what, criterion);
  is(row_of(work, "a1", criterion), want, name);
}

static void test_policies(void) {
  static const struct { const char *policy, *leaf, *other, *node, *total, *ranking; } rows[] = {
    {"zero", "4 0", "scored 6 3", "node 10 3", "final 10 3", "1 a2 100 final; 2 a1 30 final"},
    {"full", "4 4", "scored 6 3", "node 10 7", "final 10 7", "1 a2 100 final; 2 a1 70 final"},
    {"unscored", "4 -", "scored 6 3", "node 10 3", "final 10 3", "1 a2 100 final; 2 a1 30 final"},
    {"exclude", "0 -", "scored 6 3", "node 6 3", "final 6 3", "1 a2 100 final; 2 a1 50 final"},
    {"spread", "0 -", "scored 10 5", "node 10 5", "final 10 5", "1 a2 100 final; 2 a1 50 final"},
    {"withhold", "4 -", "scored 6 3", "node 10 -", "withheld 10 -", "1 a2 100 final; 0 a1 - withheld"},
  };
  static const struct { const char *state, *evidence; } triggers[] = {
    {"missing", "agency,x.a,x.b,y.p\na1,1,,3\na2,4,4,6\n"},
    {"empty", "agency,x.a,x.b,y.p\na1,0,0,3\na2,4,4,6\n"},
    {"not_applicable", "agency,x.a,x.b,x.not_applicable,y.p\na1,,,nothing came in,3\na2,4,4,,6\n"},
  };
  for (size_t t = 0; t < ARI_COUNT(triggers); t++)
    for (size_t i = 0; i < ARI_COUNT(rows); i++) {
      if (t == 0 && strcmp(rows[i].policy, "full") == 0) continue;   /* whoever submits nothing cannot have full points */
      char set[2000], what[100], leaf[100];
      make_set(set, sizeof set, triggers[t].state, rows[i].policy);
      snprintf(what, sizeof what, "%s: %s", triggers[t].state, rows[i].policy);
      snprintf(leaf, sizeof leaf, "%s %s", triggers[t].state, rows[i].leaf);
      ari_status status;
      ari_work *work = score_texts(set, LIST, triggers[t].evidence, &status);
      if (!ok(status == ARI_OK, what)) printf("# status %d\n%s", status, findings_of(work));
      check_row(work, "x", leaf, what);
      check_row(work, "y", rows[i].other, what);
      check_row(work, "f", rows[i].node, what);
      check_row(work, "total", rows[i].total, what);
      is(ranking_of(work), rows[i].ranking, what);
      ari_work_free(work);
    }
}

static void test_errors(void) {
  static const struct { const char *trigger, *policy, *code, *evidence; } rows[] = {
    {"missing", "error", "E0506", "agency,x.a,x.b,y.p\na1,1,,3\na2,4,4,6\n"},
    {"empty", "error", "E0507", "agency,x.a,x.b,y.p\na1,0,0,3\na2,4,4,6\n"},
    {"not_applicable", "forbid", "E0508", "agency,x.a,x.b,x.not_applicable,y.p\na1,,,nothing came in,3\na2,4,4,,6\n"},
    {"missing", "zero", "E0504", "agency,x.a,x.b,y.p\na1,1,0,3\na2,4,4,6\n"},
    {"missing", "zero", "E0501", "agency,x.a,x.b,y.p\na1,5,4,3\na2,4,4,6\n"},
    {"missing", "zero", "E0509", "agency,x.a,x.b,y.p\na1,4,4,6.01\na2,4,4,6\n"},
    {"missing", "zero", "E0510", "agency,x.a,x.b,y.p\na1,4,4,-0.01\na2,4,4,6\n"},
  };
  for (size_t i = 0; i < ARI_COUNT(rows); i++) {
    char set[2000], name[100];
    make_set(set, sizeof set, rows[i].trigger, rows[i].policy);
    ari_status status;
    ari_work *work = score_texts(set, LIST, rows[i].evidence, &status);
    snprintf(name, sizeof name, "%s: %s is an error (%s)", rows[i].trigger, rows[i].policy, rows[i].code);
    ok(status == ARI_INPUT && told(work, rows[i].code) == 1 && work->findings.errors == 1, name);
    ok(ari_ranking_count(work) == 0 && ari_score_count(work) == 0, "and nothing was scored");
    const char *text = findings_of(work);
    ok(strstr(text, "evidence.csv:2:") && (strstr(text, "criteria.yaml:")), "told at the evidence value, with the place in the set");
    ari_work_free(work);
    ari_options going = plain_options();
    going.keep_going = true;
    work = score_files(&going, &status);
    ok(status == ARI_OK && ari_work_status(work) == ARI_INPUT, "keep_going scores the rest and remembers the error");
    is(ranking_of(work), "1 a2 100 final; 0 a1 - invalid", "the agency is invalid");
    is(row_of(work, "a1", "total"), "invalid - -", "its total has no figures");
    is(row_of(work, "a1", "x"), "no row", "and there are no other rows of it");
    ari_work_free(work);
  }
}

/* Methodology, spread: maxima 6, 4, 2, 6, the first empty and spread, ratios .5 .9 1 -> 3.00, 3.60, 8.00. */
static void test_spread(void) {
  char set[2000];
  snprintf(set, sizeof set,
           "%smax: 18\nempty: spread\ncriteria:\n  - id: f\n    max: 18\n    criteria:\n"
           "      - {id: a, max: 6, inputs: {n: count, of: count}, score: {share: n / of}}\n"
           "      - {id: b, max: 4, inputs: {n: count, of: count}, score: {share: n / of}}\n"
           "      - {id: c, max: 2, inputs: {n: count, of: count}, score: {share: n / of}}\n"
           "      - {id: d, max: 6, inputs: {n: count, of: count}, score: {share: n / of}}\n",
           HEAD);
  ari_status status;
  ari_work *work =
      score_texts(set, LIST, "agency,a.n,a.of,b.n,b.of,c.n,c.of,d.n,d.of\na1,0,0,5,10,9,10,7,7\na2,0,0,0,0,0,0,0,0\n", &status);
  if (!ok(status == ARI_OK, "spread: read and scored")) puts(findings_of(work));
  is(row_of(work, "a1", "a"), "empty 0 -", "spread: the empty one is blank");
  is(row_of(work, "a1", "b"), "scored 6 3", "spread: 4 + 2 at 0.5");
  is(row_of(work, "a1", "c"), "scored 4 3.6", "spread: 2 + 2 at 0.9");
  is(row_of(work, "a1", "d"), "scored 8 8", "spread: 6 + 2 at 1");
  is(row_of(work, "a1", "total"), "final 18 14.6", "spread: the whole max stays");
  is(row_of(work, "a2", "d"), "empty 0 -", "spread without a receiver: as exclude");
  is(row_of(work, "a2", "f"), "node 0 -", "a node whose children are all blank is blank");
  is(row_of(work, "a2", "total"), "withheld 0 -", "nothing applies: withheld");
  ari_leaf_trace trace;
  ok(ari_trace_leaf(work->evidence, work->result, 0, 3, &trace) == ARI_OK && trace.unrounded && ari_num_cmp_int(trace.unrounded, 8) == 0 &&
       ari_num_cmp_int(trace.effective_max, 8) == 0 && trace.steps.n > 0,
     "the trace knows the effective max and the points before rounding");
  ari_leaf_trace_free(&trace);
  ok(ari_trace_leaf(work->evidence, work->result, 0, 0, &trace) == ARI_OK && !trace.unrounded && trace.policy.policy == ARI_POLICY_SPREAD &&
       trace.policy.span.file >= 0 && trace.figure.state == ARI_EMPTY,
     "the trace of the empty one names the policy and its place");
  ari_leaf_trace_free(&trace);
  ari_work_free(work);
}

/* Named receivers, also outside the node; a share that is no decimal stays exact: 1/3 each to three. */
static void test_spread_to(void) {
  ari_status status;
  char set[3000];
  snprintf(set, sizeof set,
           "%smax: 8\ncriteria:\n"
           "  - id: f\n    max: 5\n    criteria:\n"
           "      - id: a\n        max: 1\n        inputs: {v: number}\n        score: {points: v}\n        missing: {policy: spread, to: "
           "[b, d, e]}\n"
           "      - {id: b, max: 3, inputs: {v: number}, score: {points: v}}\n"
           "      - {id: c, max: 1, inputs: {v: number}, score: {points: v}}\n"
           "  - {id: d, max: 1, inputs: {v: number}, score: {points: v}}\n"
           "  - {id: e, max: 2, inputs: {v: number}, score: {points: v}}\n",
           HEAD);
  ari_work *work = score_texts(set, LIST, "agency,a.v,b.v,c.v,d.v,e.v\na1,,3,1,1,1\na2,,3,1,,2\n", &status);
  if (!ok(status == ARI_OK, "spread to: read and scored")) puts(findings_of(work));
  is(row_of(work, "a1", "b"), "scored 3.333333333333 3.33", "spread to: a third more");
  is(row_of(work, "a1", "c"), "scored 1 1", "spread to: not named, not touched");
  is(row_of(work, "a1", "d"), "scored 1.333333333333 1.33", "spread to: outside the node");
  is(row_of(work, "a1", "f"), "node 4.333333333333 4.33", "spread to: the node's max follows");
  is(row_of(work, "a1", "total"), "final 8 6.83", "spread to: three thirds are exactly one: 1/2 of 7/3 is 1.17");
  is(row_of(work, "a2", "e"), "scored 2.5 2.5", "spread to: only those that are scored take part");
  ari_work_free(work);
}

/* The states of the leaves add up to their number, for every agency. */
static void test_counts(void) {
  ari_status status;
  char set[3000];
  snprintf(set, sizeof set,
           "%smax: 4\nempty: zero\nnot_applicable: exclude\ncriteria:\n"
           "  - {id: a, max: 1, inputs: {v: number}, score: {points: v}}\n"
           "  - {id: b, max: 1, inputs: {n: count, of: count}, score: {share: n/of}}\n"
           "  - {id: c, max: 1, inputs: {v: number}, score: {points: v}}\n"
           "  - {id: d, max: 1, inputs: {v: number}, score: {points: v}}\n"
           "  - {id: w, max: 0, inputs: {v: number}, score: {points: v}}\n",
           HEAD);
  ari_work *work = score_texts(set, "id,name,group\na1,One,g\na2,Two,g\na3,Three,g\na4,Four,g\n",
                               "agency,a.v,b.n,b.of,c.v,c.not_applicable,d.v,d.withheld,w.v\n"
                               "a1,1,0,0,,none,1,,7\na2,,1,2,1,,1,,\na3,1,1,1,1,,1,under inquiry,\n", &status);
  if (!ok(status == ARI_OK, "counts: read and scored")) puts(findings_of(work));
  bool fine = true;
  for (size_t a = 0; a < 3; a++) {
    uint32_t sum = 0;
    for (size_t i = 0; i <= ARI_PENDING; i++) sum += work->result->standings[a].counts[i];
    fine &= sum == work->set->n_leaves && work->result->standings[a].counts[ARI_NO_STATE] == 0;
  }
  ok(fine, "the states add up to the leaves");
  is(row_of(work, "a1", "w"), "watched 0 -", "watched: no points, no max");
  is(row_of(work, "a1", "total"), "final 3 2", "not applicable and excluded: the max is 3");
  is(row_of(work, "a2", "a"), "missing 1 0", "missing is zero unless said");
  is(row_of(work, "a3", "d"), "withheld 1 -", "withheld in the evidence");
  is(row_of(work, "a3", "total"), "withheld 4 -", "and so the whole agency");
  is(row_of(work, "a4", "total"), "absent - -", "no evidence: absent");
  is(row_of(work, "a4", "a"), "no row", "the absent have the total row alone");
  ari_work_free(work);
}

/* over_max and min of leaves and nodes; rounding at each place. */
static void test_limits(void) {
  ari_status status;
  char set[3000];
  snprintf(set, sizeof set,
           "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2, total: 1, index: 3}\nmax: 9\ncriteria:\n"
           "  - id: f\n    max: 4\n    over_max: cap\n    criteria:\n"
           "      - {id: a, max: 2, over_max: allow, inputs: {v: number}, score: {points: v}}\n"
           "      - {id: b, max: 2, over_max: cap, inputs: {v: number}, score: {points: v}}\n"
           "  - {id: c, max: 1, min: -0.5, inputs: {v: number}, score: {points: v}}\n"
           "  - id: thirds\n    max: 4\n    criteria:\n"
           "      - {id: t1, max: 4/3, inputs: {v: yes_no}, score: {yes_no: v}}\n"
           "      - {id: t2, max: 4/3, inputs: {v: yes_no}, score: {yes_no: v}}\n"
           "      - {id: t3, max: 4/3, inputs: {v: yes_no}, score: {yes_no: v}}\n");
  ari_work *work =
      score_texts(set, LIST, "agency,a.v,b.v,c.v,t1.v,t2.v,t3.v\na1,3,1.5,-0.25,yes,yes,yes\na2,1.005,9,0.125,no,no,no\n", &status);
  if (!ok(status == ARI_OK, "limits: read and scored")) puts(findings_of(work));
  is(row_of(work, "a1", "a"), "scored 2 3", "over_max: allow");
  is(row_of(work, "a1", "f"), "node 4 4", "over_max: cap of a node");
  is(row_of(work, "a1", "c"), "scored 1 -0.25", "min allows less than 0");
  is(row_of(work, "a1", "t1"), "scored 1.333333333333 1.33", "a third is rounded at its leaf");
  is(row_of(work, "a1", "thirds"), "node 4 3.99", "the maxima of thirds make a whole, the rounded points do not");
  is(row_of(work, "a1", "total"), "final 9 7.7", "the total has its own decimals: 7.74");
  is(ranking_of(work), "1 a1 85.556 final; 2 a2 34.444 final", "the index comes from the rounded total");
  is(row_of(work, "a2", "b"), "scored 2 2", "over_max: cap of a leaf");
  is(row_of(work, "a2", "a"), "scored 2 1.01", "half up");
  is(row_of(work, "a2", "c"), "scored 1 0.13", "half up");
  ari_work_free(work);
}

/* A set of two leaves of `max` points in one node, both given as they are; `node` are settings of the node. */
static ari_work *score_pair(int max, const char *node, const char *leaf, const char *evidence, ari_status *status) {
  char set[2000];
  snprintf(set, sizeof set,
           "%sover_max: allow\ncriteria:\n  - id: f\n%s    criteria:\n"
           "      - {id: a, max: %d, %s, inputs: {v: number}, score: {points: v}}\n"
           "      - {id: b, max: %d, %s, inputs: {v: number}, score: {points: v}}\n",
           HEAD, node, max, leaf, max, leaf);
  return score_texts(set, LIST, evidence, status);
}

static void expect_node(const char *node, const char *leaf, const char *values, const char *want, const char *name) {
  ari_status status;
  char evidence[200];
  snprintf(evidence, sizeof evidence, "agency,a.v,b.v\na1,%s\na2,1,1\n", values);
  ari_work *work = score_pair(10, node, leaf, evidence, &status);
  if (status == ARI_OK) is(row_of(work, "a1", "f"), want, name);
  else if (!ok(told(work, want) == 1 && work->findings.errors == 1, name)) puts(findings_of(work));
  ari_work_free(work);
}

static void test_nodes(void) {
  const char *plain = "over_max: error", *low = "min: -1", *high = "over_max: allow";
  expect_node("    rounding: {node: 1}\n", plain, "1.01,1.04", "node 20 2.1", "half up at the node");
  expect_node("    rounding: {node: 1, mode: half_even}\n", plain, "1.01,1.04", "node 20 2", "half even at the node");
  expect_node("    rounding: {node: 1, mode: half_even}\n", plain, "1.11,1.04", "node 20 2.2", "half even at the node, from an odd figure");
  expect_node("    rounding: {node: 1, mode: down}\n", plain, "1.05,1.04", "node 20 2", "down at the node");
  expect_node("    rounding: {node: 1}\n", low, "-0.01,-0.04", "node 20 -0.1", "half up is away from zero");
  expect_node("", low, "-0.5,-0.25", "node 20 -0.75", "a node may have as little as its leaves");
  expect_node("    min: 0\n", low, "-0.5,-0.25", "E0510", "unless it says what is least");
  expect_node("    min: -1\n", low, "-0.5,-0.25", "node 20 -0.75", "not below its own least");
  expect_node("", high, "11,9", "node 20 20", "a leaf above its max, the node not");
  expect_node("    over_max: allow\n", high, "12,9", "node 20 21", "allowed at the node too");
}

static void test_range(void) {
  ari_status status;
  ari_work *work = score_pair(4000000, "    over_max: allow\n", "over_max: allow", "agency,a.v,b.v\na1,9000000,0.01\na2,1,1\n", &status);
  ok(status == ARI_INPUT && told(work, "E0511") == 1 && strstr(findings_of(work), "\"f\" of agency"), "a sum beyond what a figure can be");
  ari_work_free(work);
  work = score_pair(4000000, "    over_max: allow\n", "over_max: allow", "agency,a.v,b.v\na1,9000000.01,0\na2,1,1\n", &status);
  ok(status == ARI_INPUT && told(work, "E0511") == 1, "a leaf beyond what a figure can be");
  ari_work_free(work);
}

/* `withheld` of the whole agency: nothing of it is shown. */
static void test_withheld(void) {
  ari_status status;
  ari_work *work = score_pair(10, "", "over_max: error", "agency,a.v,b.v,total.withheld\na1,1,2,under inquiry\na2,1,1,\n", &status);
  if (!ok(status == ARI_OK, "withheld: read and scored")) puts(findings_of(work));
  is(row_of(work, "a1", "total"), "withheld 20 -", "a whole agency is withheld");
  is(row_of(work, "a1", "a"), "withheld 10 -", "with all its leaves");
  is(ranking_of(work), "1 a2 10 final; 0 a1 - withheld", "and is not ranked");
  ari_work_free(work);
}

/* An error stands at a value that was given, not at one that was looked for first and is absent. */
static void test_places(void) {
  char set[1000];
  snprintf(set, sizeof set,
           "%scriteria:\n  - id: x\n    max: 10\n    inputs: {n: number, m: number}\n"
           "    score:\n      points: if present(n) then n else m\n",
           HEAD);
  ari_status status;
  ari_work *work = score_texts(set, LIST, "agency,x.n,x.m\na1,,11\na2,1,\n", &status);
  ok(status == ARI_INPUT && strstr(findings_of(work), "evidence.csv:2:5 (row 2, column \"x.m\")"), "the place of the value that was used");
  ari_work_free(work);
}

int main(void) {
  start_folder();
  test_policies();
  test_errors();
  test_spread();
  test_spread_to();
  test_counts();
  test_limits();
  test_nodes();
  test_range();
  test_withheld();
  test_places();
  end_folder();
  return done();
}
