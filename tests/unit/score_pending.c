/* What is pending, evidence gates and judgements: states, provisional totals and both ends of their ranges. All figures are
 * invented; the arithmetic of each stands beside it. */
#include "score_fixture.h"

static const char LIST[] = "id,name,group\na1,One,g\na2,Two,g\n";
static const char HEAD[] = "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\n";

/* Reads set/ and two files of evidence, either of which may be "". */
static ari_work *score_both(const char *body, const char *csv, const char *yaml, ari_status *status) {
  char set[4000], set_path[300], paths[2][300];
  const char *evidence[2];
  size_t n = 0;
  make_folder("set");
  snprintf(set, sizeof set, "%s%s", HEAD, body);
  put_file("set/criteria.yaml", set);
  put_file("set/agencies.csv", LIST);
  put_file("e.csv", csv);
  put_file("e.yaml", yaml);
  snprintf(set_path, sizeof set_path, "%s/set", folder);
  snprintf(paths[0], sizeof paths[0], "%s/e.csv", folder);
  snprintf(paths[1], sizeof paths[1], "%s/e.yaml", folder);
  if (*csv) evidence[n++] = paths[0];
  if (*yaml) evidence[n++] = paths[1];
  ari_options options = plain_options();
  ari_work *work = ari_work_new(&options);
  *status = ari_work_read_set(work, set_path);
  if (*status <= ARI_INPUT) *status = ari_work_read_evidence(work, evidence, n);
  if (*status <= ARI_INPUT) *status = ari_work_score(work);
  return work;
}

/* "points index: low low_index - high high_index" of an agency; - where there is none. */
static const char *range_of(const ari_work *work, const char *agency) {
  static char text[300];
  ari_ranking_row r;
  char f[6][48];
  for (size_t i = 0; ari_ranking_at(work, i, &r) == ARI_OK; i++) {
    if (strcmp(r.agency, agency) != 0) continue;
    const int64_t figures[] = {r.points, r.index, r.low, r.low_index, r.high, r.high_index};
    for (size_t k = 0; k < 6; k++) {
      if (k < 2 ? r.has_points : r.has_range) ari_figure_text(figures[k], -1, ARI_AS_DATA, f[k]);
      else snprintf(f[k], sizeof f[k], "-");
    }
    snprintf(text, sizeof text, "%s %s %s: %s %s - %s %s", ari_agency_state_name(r.state), f[0], f[1], f[2], f[3], f[4], f[5]);
    return text;
  }
  return "nobody";
}

typedef struct wanted { const char *node, *row; } wanted;

static void check(const char *body, const char *csv, const char *yaml, const char *range, const wanted *rows, size_t n, const char *what) {
  char name[200];
  ari_status status;
  ari_work *work = score_both(body, csv, yaml, &status);
  if (!ok(status == ARI_OK, what)) printf("# status %d\n%s", status, findings_of(work));
  if (range) is(range_of(work, "a1"), range, what);
  for (size_t i = 0; i < n; i++) {
    snprintf(name, sizeof name, "%s: %s", what, rows[i].node);
    is(row_of(work, "a1", rows[i].node), rows[i].row, name);
  }
  uint32_t states = 0;
  if (work->result)
    for (size_t i = 0; i < ARI_COUNT(work->result->standings[0].counts); i++) states += work->result->standings[0].counts[i];
  snprintf(name, sizeof name, "%s: the states add up", what);
  ok(work->set && states == work->set->n_leaves, name);
  ari_work_free(work);
}
#define CHECK(body, csv, yaml, range, what, ...) \
  check(body, csv, yaml, range, (const wanted[]){__VA_ARGS__}, sizeof((const wanted[]){__VA_ARGS__}) / sizeof(wanted), what)

/* ---- who supplies what ---- */

/* a: the agency's own; b: central from above; c: survey by the input itself, under a leaf that says central. */
static const char SOURCES[] =
  "criteria:\n"
  "  - {id: a, max: 4, inputs: {n: number}, score: {points: n}}\n"
  "  - id: f\n    source: central\n    criteria:\n"
  "      - {id: b, max: 6, inputs: {n: number}, score: {points: n}}\n"
  "      - {id: c, max: 10, inputs: {n: {type: number, source: survey}}, score: {points: n}}\n"
  "      - {id: d, max: 5, source: self, inputs: {n: number}, score: {points: n}}\n";

static void test_sources(void) {
  /* settled: 3 + 0 (d is the agency's own, and late) of 4 + 5; at most + 6 + 10 of 25: 3/9, 3/25, 19/25 */
  CHECK(SOURCES, "agency,a.n\na1,3\n", "", "provisional 3 33.33: 3 12 - 19 76", "nothing has come in", {"a", "scored 4 3"}, {"b", "pending 0 -"},
        {"c", "pending 0 -"}, {"d", "missing 5 0"}, {"f", "node 5 0"});
  /* + 2 of b: 5 of 15; at most + 10: 15 of 25 */
  CHECK(SOURCES, "agency,a.n,b.n\na1,3,2\n", "", "provisional 5 33.33: 5 20 - 15 60", "a central figure scores as any other", {"b", "scored 6 2"});
  CHECK(SOURCES, "agency,a.n,b.n,c.n,d.n\na1,3,2,9,5\n", "", "final 19 76: 19 76 - 19 76", "all is there", {"c", "scored 10 9"});
  /* an error only where the agency itself is late */
  CHECK("missing: error\ncriteria:\n  - {id: a, max: 4, source: central, inputs: {n: number}, score: {points: n}}\n"
        "  - {id: b, max: 4, inputs: {n: number}, score: {points: n}}\n",
        "agency,b.n\na1,3\n", "", "provisional 3 75: 3 37.5 - 7 87.5", "missing: error does not concern others", {"a", "pending 0 -"});
}

static void test_both_lack(void) {
  static const char set[] =
    "empty: zero\ncriteria:\n"
    "  - {id: s, max: 4, inputs: {own: count, all: {type: count, source: central}}, score: {share: own / all}}\n"
    "  - {id: r, max: 4, inputs: {own: count, all: {type: count, source: central}}, score: {share: all / own}}\n"
    "  - {id: i, max: 4, inputs: {own: number, all: {type: count, source: central}}, score: {points: if all > 5 then own else 4}}\n"
    "  - {id: p, max: 4, inputs: {own: number, all: {type: count, source: central}}, score: {points: if present(own) then all else 1}}\n";
  /* The order of writing decides nothing: what the agency owes in any case is missing. What it may not need at all is not. */
  CHECK(set, "agency,p.own\na1,1\n", "", NULL, "both are not there", {"s", "missing 4 0"}, {"r", "missing 4 0"}, {"i", "pending 0 -"}, {"p", "pending 0 -"});
  CHECK(set, "agency,s.own,r.own\na1,2,3\n", "", NULL, "only the other's is not there", {"s", "pending 0 -"}, {"r", "pending 0 -"}, {"p", "scored 4 1"});
  CHECK(set, "agency,s.all,r.all,i.all\na1,2,3,6\n", "", NULL, "only the agency's own is not there", {"s", "missing 4 0"}, {"r", "missing 4 0"},
        {"i", "missing 4 0"});
}

/* There is no last period here: what is owed of it is missing, whoever supplies the input, and the order of writing decides nothing. */
/* What every part of a rule reckons with is needed in any case: each of deduct, the points of every option of a survey. */
static void test_parts_lack(void) {
  CHECK("empty: zero\ncriteria:\n"
        "  - {id: a, max: 4, inputs: {n: number}, score: {points: n}}\n"
        "  - {id: d, max: 4, inputs: {own: count, all: {type: count, source: central}}, score: {deduct: [{count: all, each: own}]}}\n"
        "  - {id: s, max: 4, inputs: {own: count, all: {type: survey, options: {x: X, y: Y}, source: survey}},\n"
        "     score: {survey: all, options: {x: max, y: \"min(own, 4)\"}}}\n",
        "agency,a.n\na1,3\n", "", "final 3 25: 3 25 - 3 25", "each and points of parts", {"d", "missing 4 0"}, {"s", "missing 4 0"});   /* 3 of 12 */
}

static void test_last_period(void) {
  static const char set[] =
    "empty: zero\ncriteria:\n"
    "  - {id: s, max: 4, inputs: {all: {type: count, source: central}}, score: {points: all / previous(all)}}\n"
    "  - {id: r, max: 4, inputs: {all: {type: count, source: central}}, score: {points: previous(all) / all}}\n"
    "  - {id: i, max: 4, inputs: {all: {type: count, source: central}}, score: {points: if all > 5 then previous(all) else 4}}\n"
    "  - {id: p, max: 4, inputs: {all: count}, score: {points: if present(previous(all)) then previous(all) else all}}\n";
  CHECK(set, "agency,p.all\na1,3\n", "", NULL, "no last period", {"s", "missing 4 0"}, {"r", "missing 4 0"}, {"i", "pending 0 -"}, {"p", "scored 4 3"});
  CHECK(set, "agency,s.all,i.all\na1,2,5\n", "", NULL, "nor with this one", {"s", "missing 4 0"}, {"i", "scored 4 4"}, {"p", "missing 4 0"});
}

/* ---- both ends ---- */

static void test_spread(void) {
  /* x leaves 6. Now z alone is scored: 1 × 8/2 = 4 of 8. With y both take 3: z 1 × 5/2 = 2.5, y 0 or 4 × 7/4 = 7, of 12. */
  CHECK("criteria:\n"
        "  - {id: x, max: 6, missing: spread, inputs: {n: number}, score: {points: n}}\n"
        "  - {id: y, max: 4, source: central, inputs: {n: number}, score: {points: n}}\n"
        "  - {id: z, max: 2, inputs: {n: number}, score: {points: n}}\n",
        "agency,z.n\na1,1\n", "", "provisional 4 50: 2.5 20.83 - 9.5 79.17", "spread beside pending", {"x", "missing 0 -"}, {"y", "pending 0 -"},
        {"z", "scored 8 4"});
}

static void check_combine(const char *how, const char *weights, const char *range) {
  char body[2000];
  snprintf(body, sizeof body,
           "max: 100\ncombine: %s\ncriteria:\n"
           "  - {id: x, max: 25, inputs: {n: number}, score: {points: n}%s}\n"
           "  - {id: y, max: 8, source: survey, inputs: {n: number}, score: {points: n}%s}\n"
           "  - {id: z, max: 10, inputs: {n: number}, score: {points: n}%s}\n",
           how, *weights ? ", weight: 50%" : "", *weights ? ", weight: 30%" : "", *weights ? ", weight: 20%" : "");
  check(body, "agency,x.n,z.n\na1,16,2.5\n", "", range, NULL, 0, how);
}

/* x 16/25 = 0.64, z 2.5/10 = 0.25, y not there, then 0 or 1; A is the whole 100 all the time. */
static void test_combined(void) {
  check_combine("mean", "", "provisional 44.5 44.5: 29.67 29.67 - 63 63");           /* 0.89/2; 0.89/3; 1.89/3 */
  check_combine("weighted", "w", "provisional 52.86 52.86: 37 37 - 67 67");          /* (0.32 + 0.05)/0.7; 0.37; 0.67 */
  check_combine("geometric", "", "provisional 40 40: 0 0 - 54.29 54.29");            /* √0.16; 0; ∛0.16 = 0.54288 */
  check_combine("harmonic", "", "provisional 35.96 35.96: 0 0 - 45.71 45.71");       /* 2/(1.5625 + 4); 0; 3/6.5625 = 0.457143 */
  check_combine("min", "", "provisional 25 25: 0 0 - 25 25");
}

static void test_nothing_left(void) {
  /* a field of nothing but pending takes no part under the mean: (0.5)/1; then (0.5 + 0)/2 and (0.5 + 1)/2 */
  CHECK("max: 10\ncombine: mean\ncriteria:\n"
        "  - {id: f, max: 4, combine: mean, criteria: [{id: a, source: central, inputs: {n: number}, score: {points: n}}]}\n"
        "  - {id: b, max: 4, inputs: {n: number}, score: {points: n}}\n",
        "agency,b.n\na1,2\n", "", "provisional 5 50: 2.5 25 - 7.5 75", "a field of nothing but pending", {"f", "node 0 -"}, {"a", "pending 0 -"});
  /* A = 0 so far: neither points nor index nor rank, but 0 to 4 of 4 */
  CHECK("criteria:\n  - {id: a, max: 4, source: central, inputs: {n: number}, score: {points: n}}\n"
        "  - {id: b, max: 0, inputs: {n: number}}\n", "agency,b.n\na1,1\n", "", "provisional - -: 0 0 - 4 100",
        "nothing is settled", {"total", "provisional 0 -"});
  /* A bonus is no part of A: 0 + 2 and 4 + 2 of 4 */
  static const char bonus[] = "criteria:\n  - {id: a, max: 4, not_applicable: exclude, source: central, inputs: {n: number}, score: {points: n}}\n"
                              "bonus:\n  max: 2\n  criteria:\n    - {id: b, max: 2, inputs: {n: number}, score: {points: n}}\n"
                              "    - {id: c, max: 2, over_max: cap, source: central, inputs: {n: number}, score: {points: n}}\n";
  CHECK(bonus, "agency,b.n,c.n\na1,2,0\n", "", "provisional - -: 2 50 - 6 150", "a bonus alone is settled", {"bonus", "node 2 2"}, {"total", "provisional 0 -"});
  /* Withheld is what somebody withholds, whatever is pending, and what has no max whatever comes */
  CHECK(bonus, "agency,b.n,a.withheld\na1,2,being inspected\n", "", "withheld - -: - - - - -", "withheld beside pending", {"total", "withheld 4 -"});
  CHECK(bonus, "agency,b.n,a.not_applicable\na1,2,no such thing\n", "", "withheld - -: - - - - -", "only a bonus is pending", {"c", "pending 0 -"}, {"total", "withheld 0 -"});
}

static void test_outside(void) {
  /* 6 + 0 - 0 now; at least 6 + 0 - 3, at most 6 + 2 - 0, of 10 */
  static const char set[] =
    "bonus:\n  max: 2\n  criteria:\n    - {id: b1, max: 2, score: {judged: [0, 1, 2]}}\n"
    "penalty:\n  max: 3\n  criteria:\n    - {id: q1, max: 5, source: central, inputs: {n: count}, score: {count: n, each: 1, at_most: 5}}\n"
    "criteria:\n  - {id: x, max: 10, inputs: {n: number}, score: {points: n}}\n";
  CHECK(set, "agency,x.n\na1,6\n", "", "provisional 6 60: 3 30 - 8 80", "bonus and penalty pending", {"b1", "pending 0 -"}, {"q1", "pending 0 -"},
        {"total", "provisional 10 6"});
  /* 6 + 0 - 2 now and at least; at most 6 + 2 - 2 */
  CHECK(set, "agency,x.n,q1.n\na1,6,2\n", "", "provisional 4 40: 4 40 - 6 60", "the penalty is settled", {"q1", "scored 5 2"});
}

static void test_rules(void) {
  /* What a rule can give: judged its list; a choice its options; what is cut to the max the max; a minimum below 0 its minimum. */
  CHECK("criteria:\n"
        "  - {id: x, max: 4, inputs: {n: number}, score: {points: n}}\n"
        "  - {id: j, max: 4, score: {judged: [25%, 2, max]}}\n"
        "  - {id: c, max: 2, source: central, inputs: {k: {type: choice, options: {a: A, b: B}}}, score: {choice: k, points: {a: 2, b: 0.5}}}\n"
        "  - {id: d, max: 1, min: -0.5, source: central, inputs: {n: count}, score: {deduct: [{count: n, each: 0.25}], at_least: -0.5}}\n",
        /* 1 of 4; + 1 + 0.5 - 0.5 = 2 of 11; + 4 + 2 + 1 = 8 of 11 */
        "agency,x.n\na1,1\n", "", "provisional 1 25: 2 18.18 - 8 72.73", "the least and the most of rules", {"j", "pending 0 -"});
  /* rounded as the leaf is: 10/3 is 3.33; nothing limits b but its max */
  CHECK("criteria:\n"
        "  - {id: a, max: 1, inputs: {n: number}, score: {points: n}}\n"
        "  - {id: b, max: 10/3, over_max: allow, source: central, inputs: {n: {type: number, to: 5}}, score: {points: n}}\n",
        /* 1 + 5 of 4.3333: 138.4615 % */
        "agency,a.n\na1,1\n", "", "provisional 1 100: 1 23.08 - 6 138.46", "beyond the maximum", {"b", "pending 0 -"});
}

/* ---- documents ---- */

static const char *gate(const char *policy) {
  static char body[1000];
  snprintf(body, sizeof body,
           "missing: %s\ncriteria:\n"
           "  - {id: x, max: 4, documents: 2, inputs: {n: number}, score: {points: n}}\n"
           "  - {id: y, max: 6, inputs: {n: number}, score: {points: n}}\n",
           policy);
  return body;
}
#define ONE "ari: evidence/1\nagency: a1\nperiod: 2026\nevidence:\n  y: {n: 3}\n  x: {n: 2, documents: [{number: 1/KH}]}\n"
#define TWO "ari: evidence/1\nagency: a1\nperiod: 2026\nevidence:\n  y: {n: 3}\n  x: {n: 2, documents: [{number: 1/KH}, {title: Plan}]}\n"
#define NONE "ari: evidence/1\nagency: a1\nperiod: 2026\nevidence:\n  y: {n: 3}\n  x: {n: 0}\n"

static void test_documents(void) {
  CHECK(gate("zero"), "", ONE, "final 3 30: 3 30 - 3 30", "one document: zero", {"x", "missing 4 0"});
  CHECK(gate("unscored"), "", ONE, "final 3 30: 3 30 - 3 30", "one document: unscored", {"x", "missing 4 -"});
  CHECK(gate("exclude"), "", ONE, "final 3 50: 3 50 - 3 50", "one document: exclude", {"x", "missing 0 -"});
  CHECK(gate("spread"), "", ONE, "final 5 50: 5 50 - 5 50", "one document: spread", {"x", "missing 0 -"}, {"y", "scored 10 5"});
  CHECK(gate("withhold"), "", ONE, NULL, "one document: withhold", {"x", "missing 4 -"}, {"total", "withheld 10 -"});
  CHECK(gate("zero"), "", TWO, "final 5 50: 5 50 - 5 50", "two documents", {"x", "scored 4 2"});
  CHECK(gate("error"), "", NONE, "final 3 30: 3 30 - 3 30", "nothing to prove", {"x", "scored 4 0"});
  ari_status status;
  ari_work *work = score_both(gate("error"), "", ONE, &status);
  ok(status == ARI_INPUT && told(work, "E0518") == 1 && work->findings.errors == 1, "one document: error");
  ari_work_free(work);
}

/* y waits for the centre: 4 or 10 of 10, 0 without its document; x is settled at 8 of 10. */
static const char *late_gate(const char *policy, const char *least) {
  static char body[1000];
  snprintf(body, sizeof body,
           "missing: %s\ncriteria:\n"
           "  - {id: x, max: 10, inputs: {n: number}, score: {points: n}}\n"
           "  - {id: y, max: 10, min: -1, documents: 1, inputs: {c: {type: count, source: central}}, score: {cases: [{when: c > 3, points: 10}, {points: %s}]}}\n",
           policy, least);
  return body;
}
#define PROVEN "ari: evidence/1\nagency: a1\nperiod: 2026\nevidence:\n  x: {n: 8}\n  y: {documents: [{number: 1/KH}]}\n"

static void test_late_documents(void) {
  static const char bare[] = "agency,x.n\na1,8\n";
  CHECK(late_gate("zero", "4"), "", PROVEN, "provisional 8 80: 12 60 - 18 90", "pending, proven", {"y", "pending 0 -"});   /* 8 + 4, 8 + 10 of 20 */
  CHECK(late_gate("zero", "4"), bare, "", "provisional 8 80: 8 40 - 18 90", "pending, not proven: zero", {"y", "pending 0 -"});   /* 8 + 0 of 20 */
  CHECK(late_gate("unscored", "4"), bare, "", "provisional 8 80: 8 40 - 18 90", "pending, not proven: unscored", {"y", "pending 0 -"});
  CHECK(late_gate("exclude", "4"), bare, "", "provisional 8 80: 8 40 - 18 90", "pending, not proven: exclude", {"y", "pending 0 -"});
  CHECK(late_gate("withhold", "4"), bare, "", "provisional 8 80: 12 60 - 18 90", "pending, not proven: withhold", {"y", "pending 0 -"});
  CHECK(late_gate("error", "4"), bare, "", "provisional 8 80: 12 60 - 18 90", "pending, not proven: error", {"y", "pending 0 -"});
  CHECK(late_gate("zero", "-1"), bare, "", "provisional 8 80: 7 35 - 18 90", "pending, less than nothing", {"y", "pending 0 -"});   /* 8 - 1 of 20 */
  /* so it comes: 10 points without a document are 0 of 20 in all but x */
  CHECK(late_gate("zero", "4"), "agency,x.n,y.c\na1,8,5\n", "", "final 8 40: 8 40 - 8 40", "the figure comes, the document does not", {"y", "missing 10 0"});
  CHECK("criteria:\n  - {id: x, max: 10, inputs: {n: number}, score: {points: n}}\n  - {id: j, max: 10, documents: 1, score: {judged: [5, 10]}}\n", bare, "",
        "provisional 8 80: 13 65 - 18 90", "judged points count as they are given", {"j", "pending 0 -"});
}

static void test_no_documents(void) {
  /* Only points that the rule gives are to be proven; the set's setting does not reach a penalty. */
  CHECK("documents: 1\nempty: full\nnot_applicable: exclude\n"
        "penalty:\n  max: 5\n  criteria:\n    - {id: q, max: 5, inputs: {n: count}, score: {count: n, each: 1, at_most: 5}}\n"
        "criteria:\n"
        "  - {id: e, max: 2, inputs: {a: count, b: count}, score: {share: a / b}}\n"
        "  - {id: n, max: 2, inputs: {a: count}, score: {count: a, each: 1, at_most: 2}}\n"
        "  - {id: w, max: 0, inputs: {a: count}, score: {points: a}}\n"
        "  - {id: p, max: 2, source: central, inputs: {a: number}, score: {points: a}}\n"
        "  - {id: m, max: 2, min: -1, inputs: {a: number}, score: {points: a}}\n"
        "  - {id: o, max: 4, documents: 0, inputs: {a: number}, score: {points: a}}\n",
        "agency,e.a,e.b,n.not_applicable,w.a,m.a,o.a,q.n\na1,0,0,no such thing,3,-1,4,3\n", "",
        /* 2 - 1 + 4 - 3 = 2 of 8; at most + 2 = 4 of 10 */
        "provisional 2 25: 2 20 - 4 40", "who needs no documents", {"e", "empty 2 2"}, {"n", "not_applicable 0 -"}, {"w", "watched 0 -"},
        {"p", "pending 0 -"}, {"m", "scored 2 -1"}, {"o", "scored 4 4"}, {"q", "scored 5 3"});
}

/* ---- beside other things ---- */

static void test_states(void) {
  ari_status status;
  static const char set[] = "criteria:\n  - {id: a, max: 4, source: central, inputs: {n: number}, score: {points: n}}\n"
                            "  - {id: b, max: 6, inputs: {n: number}, score: {points: n}}\n";
  ari_work *work = score_both(set, "agency,b.n,b.withheld,a.n\na1,3,,\na2,,not to be judged,\n", "", &status);
  is(ranking_of(work), "1 a1 50 provisional; 0 a2 - withheld", "provisional is ranked, withheld wins");
  ari_work_free(work);
  work = score_both(set, "agency,b.n\na1,3\na2,6\n", "", &status);
  is(ranking_of(work), "1 a2 100 provisional; 2 a1 50 provisional", "ranked by what is settled");
  ok(told(work, "W0515") == 0 && told(work, "W0516") == 0, "nobody is told to be late");
  ari_work_free(work);
}

/* Every tier has its own maxima: 2 of 4; then + 0 or 6 of 10, + 0 or 4 of 8. */
static void test_tiers(void) {
  ari_status status;
  char set[2000];
  snprintf(set, sizeof set, "%stiers: {p: P, q: Q}\ncriteria:\n  - {id: x, max: 4, inputs: {n: number}, score: {points: n}}\n"
           "  - {id: y, max: {p: 6, q: 4}, source: central, inputs: {n: {type: percent, from: 0, to: 100%%}}, score: {share: n}}\n", HEAD);
  ari_work *work = score_texts(set, "id,name,group,tier\na1,One,g,p\na2,Two,g,q\n", "agency,x.n\na1,2\na2,2\n", &status);
  if (!ok(status == ARI_OK, "two tiers")) printf("# status %d\n%s", status, findings_of(work));
  is(range_of(work, "a1"), "provisional 2 50: 2 20 - 8 80", "the first tier");
  is(range_of(work, "a2"), "provisional 2 50: 2 25 - 6 75", "the second tier");
  ari_work_free(work);
}

/* What can be judged has no evidence, so nothing of an agency alone makes it absent or late. */
static void test_nobody(void) {
  ari_status status;
  ari_work *work = score_both("criteria:\n  - {id: x, max: 4, inputs: {n: number}, score: {points: n}}\n  - {id: j, max: 2, score: {judged: [0, 2]}}\n",
                              "agency,x.n\na1,3\n", "", &status);
  is(ranking_of(work), "1 a1 75 provisional; 2 a2 - absent", "who submits nothing is absent, whatever is pending");
  ari_work_free(work);
}

int main(void) {
  start_folder();
  test_sources();
  test_both_lack();
  test_parts_lack();
  test_last_period();
  test_spread();
  test_combined();
  test_nothing_left();
  test_outside();
  test_rules();
  test_documents();
  test_late_documents();
  test_no_documents();
  test_states();
  test_tiers();
  test_nobody();
  end_folder();
  return done();
}
