/* Rules that compare agencies: what is told without evidence, each mistake once and at its place; which series they make; what their points can be. */
#include "criteria_fixture.h"

#include <string.h>

#define LEAF(keys, score) HEAD "criteria:\n  - id: a\n    max: 10\n    inputs: {x: number, n: count, d: {type: count, from: 1, to: 9}}\n" keys "    score: {" score "}\n"
#define EMPTY "    empty: zero\n"

typedef struct sample { const char *name, *text, *want; } sample;

/* Without keys of its own the rule stands in line 10. */
static const sample samples[] = {
  {"between numbers", LEAF("", "minmax: x, between: [0, 30]"), "W0250 9:25; W0250 9:35"},
  {"all words", LEAF("", "minmax: x + n + d, between: [-1, 30], better: low, outside: cap"), ""},
  {"formulas as limits", LEAF("", "minmax: x, between: [ln(100), n + 100 + d]"), ""},
  {"limits that can meet", LEAF("", "minmax: x, between: [n, d]"), "E0286 10:12"},
  {"and say so", LEAF(EMPTY, "minmax: x, between: [n, d]"), ""},
  {"limits that meet always", LEAF("", "minmax: x + n + d, between: [7, 7]"), "E0285 10:42"},
  {"the wrong way round", LEAF("", "minmax: x + n, between: [10, d]"), "E0285 10:38"},
  {"the agencies compared", LEAF(EMPTY, "minmax: x + n + d, between: cohort"), ""},
  {"all the same", LEAF("", "minmax: x + n + d, between: cohort"), "E0286 10:12"},
  {"an empty division is asked for once", LEAF("", "minmax: x / n + d, between: cohort"), "E0225 10:25"},
  {"nothing is outside", LEAF(EMPTY, "minmax: x + n + d, between: cohort, outside: allow"), "E0288 11:49"},
  {"without limits", LEAF(EMPTY, "minmax: x + n + d"), "E0142 11:13"},
  {"one limit", LEAF(EMPTY, "minmax: x + n + d, between: [3]"), "E0284 11:41"},
  {"a word", LEAF(EMPTY, "minmax: x + n + d, between: group"), "E0284 11:41"},
  {"three limits of z", LEAF(EMPTY, "zscore: x + n + d, between: [1, 2, 3]"), "E0287 11:41"},
  {"z", LEAF(EMPTY, "zscore: x + n + d"), ""},
  {"z with all words", LEAF(EMPTY, "zscore: x + n + d, between: [-2, 2], sd: population, better: low, outside: error"), ""},
  {"z says what 0/0 is", LEAF("", "zscore: x + n + d"), "E0286 10:12"},
  {"z with max", LEAF(EMPTY, "zscore: x + n + d + max"), "E0364 11:33"},
  {"a share of the others", LEAF(EMPTY, "percentile: x + n + d"), ""},
  {"alone", LEAF("", "percentile: x + n + d"), "E0286 10:12"},
  {"of a figure of the others", LEAF(EMPTY, "percentile: cohort.max(x + n + d)"), "E0365 11:25"},
  {"of nothing", LEAF(EMPTY, "percentile: 3"), "E0369 11:25"},
  {"a sign of what is better", LEAF(EMPTY, "percentile: x + n + d, better: lower"), "E0157 11:44"},
  {"cannot reach max", LEAF("", "minmax: d, between: [0, 10]"), "E0245 10:12"},
  {"can from the other end", LEAF("", "minmax: d, between: [1, 10], better: low"), "W0250 9:14; W0250 9:25"},
  {"the greatest can be 0", LEAF("", "share: n / cohort.max(n + d - d)"), "E0225 10:24"},
  {"and cannot", LEAF("", "share: d / cohort.max(d)"), "W0250 9:14; W0250 9:25"},
  {"a guard", LEAF("", "points: if cohort.max(n + d + x) != 0 then max * n / cohort.max(n + d + x) else 0"), ""},
  /* whom they are compared with */
  {"nobody compares", LEAF("    cohort: all\n", "minmax: x + n + d, between: [0, 30]"), "W0298 10:5"},
  {"somebody does", LEAF("    cohort: all\n" EMPTY, "percentile: x + n + d"), ""},
  {"a slip", LEAF("    cohort: groups\n" EMPTY, "percentile: x + n + d"), "E0157 10:13"},
  {"below 0 in a bonus", HEAD "bonus:\n  max: 3\n  criteria:\n    - {id: b, max: 3, inputs: {x: number}, score: {minmax: x, between: [0, 1], outside: allow}}\n"
   "criteria:\n  - {id: a, max: 1, inputs: {d: yes_no}, score: {yes_no: d}}\n", "E0280 9:51"},
  {"below 0 in a geometric mean", HEAD "max: 1\ncombine: geometric\ncriteria:\n  - {id: a, inputs: {x: number}, score: {minmax: x, between: [0, 1], outside: allow}}\n",
   "E0257 9:10"},
};

static void test_told(fixture *f) {
  for (size_t i = 0; i < ARI_COUNT(samples); i++) {
    read_set(f, samples[i].text);
    is(findings_of(f), samples[i].want, samples[i].name);
  }
}

/* The same formula compared in the same way is one series, whatever its layout. */
static void test_series(fixture *f) {
  read_set(f, HEAD "empty: zero\ninputs: {x: count, y: count}\nlet: {rate: x / y}\ncriteria:\n"
              "  - {id: a, max: 1, score: {percentile: x / y}}\n"
              "  - {id: b, max: 1, score: {zscore: rate}}\n"
              "  - {id: c, max: 1, cohort: all, score: {percentile: x /  y}}\n"
              "  - {id: d, max: 1, score: {share: x / (1 + cohort.max(x) + cohort.max(x) + cohort.mean(x / y))}}\n");
  is(findings_of(f), "", "names of let, sums and repetitions");
  ok(f->set->n_series == 3, "three series: the rate by group, the rate of all, x by group");
  ok(node_of(f, "a")->rule->series == node_of(f, "b")->rule->series, "one for two rules");
  ok(f->set->series[node_of(f, "c")->rule->series].cohort == ARI_WITHIN_ALL, "another one for all agencies");
  ok(f->set->series[node_of(f, "a")->rule->series].deviates, "whose standard deviation is asked for");
  ok(node_of(f, "d")->rule->compares && node_of(f, "d")->rule->series == -1, "a formula compares without a form");
}

static void test_limit(fixture *f) {
  enum { LEAVES = 1002, ROOM = 200 * LEAVES };
  char *text = malloc(ROOM);
  size_t n = 0;
  if (!text) abort();
  n += (size_t)snprintf(text, ROOM, HEAD "empty: zero\ninputs: {x: count}\ncriteria:\n");
  for (int i = 0; i < LEAVES; i++) n += (size_t)snprintf(text + n, ROOM - n, "  - {id: l%d, max: 1, score: {percentile: x + %d}}\n", i, i);
  read_set(f, text);
  is(findings_of(f), "E0289 1009:45", "the 1001st formula is one too many, and told once");
  free(text);
}

/* "0..10": points as far as they are known. */
static void check_range(fixture *f, const char *score, const char *want) {
  char text[600];
  ari_nums nums = {0};
  ari_range r;
  snprintf(text, sizeof text, HEAD "criteria:\n  - id: a\n    max: 10\n    over_max: allow\n    empty: zero\n    inputs: {x: number, d: {type: number, from: 2, to: 4}}\n    score: {%s}\n", score);
  read_set(f, text);
  const ari_node *leaf = node_of(f, "a");
  if (!leaf->rule || !leaf->rule->kind->range(&nums, f->set, leaf, 0, leaf->rule, &r)) {
    ok(false, score);
    printf("# %s\n", findings_of(f));
    return;
  }
  ari_buf_clear(&f->text);
  if (r.has_low) ari_buf_num(&f->text, r.low, 6, ARI_AS_DATA);
  ari_buf_text(&f->text, "..");
  if (r.has_high) ari_buf_num(&f->text, r.high, 6, ARI_AS_DATA);
  ari_buf_char(&f->text, '\0');
  is(f->text.p, want, score);
  ari_nums_free(&nums);
}

/* d lies from 2 to 4. */
static void test_ranges(fixture *f) {
  check_range(f, "minmax: d, between: [0, 4]", "5..10");                           /* 10 × 2/4 to 10 × 4/4 */
  check_range(f, "minmax: d, between: [2, 12], better: low", "8..10");             /* 10 × 8/10 to 10 × 10/10 */
  check_range(f, "minmax: d, between: [3, 4], outside: cap", "0..10");
  check_range(f, "minmax: d, between: [3, 3.5], outside: allow", "-20..20");       /* 10 × (2 - 3)/0.5 to 10 × (4 - 3)/0.5 */
  check_range(f, "minmax: x, between: [0, 4]", "0..10");
  check_range(f, "minmax: x, between: [0, 4], outside: allow", "..");
  check_range(f, "minmax: d, between: [0, x]", "0..10");
  check_range(f, "minmax: d, between: cohort", "0..10");
  check_range(f, "zscore: d", "0..10");
  check_range(f, "zscore: d, outside: allow", "..");
  check_range(f, "percentile: d", "0..10");
}

int main(void) {
  fixture f = {0};
  test_told(&f);
  test_series(&f);
  test_limit(&f);
  test_ranges(&f);
  fixture_end(&f);
  return done();
}
