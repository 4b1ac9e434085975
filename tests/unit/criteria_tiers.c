/* Tiers: where criteria exist, values by tier, and that one mistake is one message at its place. */
#include "criteria_fixture.h"

#define TIERS HEAD "tiers: {d: Departments, c: Communes}\n"
#define RULE "    inputs: {p: number}\n    score: {points: p}\n"
#define LEAF(id, keys) "  - id: " id "\n" keys RULE

static void check(const char *text, const char *want, const char *what) {
  fixture f = {0};
  read_set(&f, text);
  is(findings_of(&f), want, what);
  fixture_end(&f);
}

static int presence_of(const fixture *f, const char *id, uint32_t tier) { return node_of(f, id)->presence[tier]; }

static void test_without(void) {
  fixture f = {0};
  read_set(&f, HEAD "criteria:\n" LEAF("a", "    max: 5\n") LEAF("b", "    max: 5\n"));
  is(findings_of(&f), "", "a set without tiers");
  ok(!ari_set_has_tiers(f.set) && f.set->n_tiers == 1 && f.set->tiers[0].n_nodes == 3, "has one without a name, with all nodes");
  fixture_end(&f);
}

/* d: 20 + 8.5 = 28.5 and 10; c: 35 and 10, granted */
static void test_reading(void) {
  fixture f = {0};
  read_set(&f, TIERS "missing: {d: unscored, c: withhold}\ncriteria:\n"
                     "  - id: x\n    empty: {c: full, d: {policy: spread, to: [x1]}}\n    criteria:\n"
                     "      - {id: x1, max: {d: 20, c: 35}, inputs: {p: number}, score: {points: p}}\n"
                     "      - {id: x2, max: {c: none, d: 8.5}, missing: zero, inputs: {p: number}, score: {points: p}}\n"
                     "  - id: y\n    tiers: [d]\n    elsewhere: full\n    criteria:\n"
                     "      - {id: y1, max: 10, inputs: {p: number}, score: {points: p}}\n"
                     "      - {id: y2, max: 0, tiers: [d], inputs: {p: number}}\n"
                     "  - {id: z, combine: mean, max: {d: 5, c: none}, criteria: [{id: z1, inputs: {p: number}, score: {points: p}}]}\n");
  is(findings_of(&f), "", "a set with two");
  const ari_node *x = node_of(&f, "x"), *x2 = node_of(&f, "x2"), *y1 = node_of(&f, "y1");
  ok(f.set->n_tiers == 2 && ari_set_tier(f.set, ARI_STR("c")) == 1 && ari_set_tier(f.set, ARI_STR("C")) == -1, "by their ids, in order");
  ok(f.set->root->max_e12[0] == 43500000000000 && f.set->root->max_e12[1] == 45 * ARI_ONE, "sums of each tier: 28.5 + 10 + 5 and 35 + 10");
  ok(presence_of(&f, "x2", 1) == ARI_NOT_THERE && x2->max_e12[1] == 0 && presence_of(&f, "x2", 0) == ARI_THERE, "none");
  ok(presence_of(&f, "y1", 1) == ARI_GRANTED && y1->max_e12[1] == 10 * ARI_ONE && y1->granted->from == node_of(&f, "y"), "elsewhere: full, from above");
  ok(presence_of(&f, "y2", 1) == ARI_NOT_THERE, "a nearer one says otherwise");
  ok(presence_of(&f, "z1", 1) == ARI_NOT_THERE && node_of(&f, "z1")->max_e12[0] == 5 * ARI_ONE, "what is below does not exist either");
  ok(x2->missing[0].policy == ARI_POLICY_ZERO && x2->missing[1].policy == ARI_POLICY_ZERO, "a plain word is meant for all tiers");
  ok(x->missing[0].policy == ARI_POLICY_UNSCORED && x->missing[1].policy == ARI_POLICY_WITHHOLD, "policies by tier come down");
  ok(x->empty[0].policy == ARI_POLICY_SPREAD && x->empty[0].to[0] == node_of(&f, "x1") && x->empty[1].policy == ARI_POLICY_FULL, "the long form by tier");
  ok(f.set->tiers[0].n_nodes == 9 && f.set->tiers[1].n_nodes == 5 && f.set->tiers[1].nodes[4] == y1, "the nodes of each tier, in their order");
  fixture_end(&f);
}

static void test_derived(void) {
  fixture f = {0};
  read_set(&f, TIERS "criteria:\n  - id: x\n    criteria:\n      - id: y\n        criteria:\n"
                     "          - {id: y1, max: 4, tiers: [d], inputs: {p: number}, score: {points: p}}\n" LEAF("b", "    max: 5\n"));
  is(findings_of(&f), "", "sums with nothing below in a tier");
  ok(presence_of(&f, "y", 1) == ARI_NOT_THERE && presence_of(&f, "x", 1) == ARI_NOT_THERE, "do not exist there, nor does what is above");
  ok(presence_of(&f, "total", 1) == ARI_THERE && f.set->root->max_e12[1] == 5 * ARI_ONE, "the total does");
  fixture_end(&f);
}

static void test_sums(void) {
#define FIELD(max, a, b) \
  TIERS "criteria:\n  - id: x\n    max: " max "\n    criteria:\n" \
        "      - {id: a, max: " a ", inputs: {p: number}, score: {points: p}}\n      - {id: b, max: " b ", inputs: {p: number}, score: {points: p}}\n"
  check(FIELD("{d: 9, c: 7}", "{d: 5, c: 3}", "4"), "", "5 + 4 = 9, 3 + 4 = 7");
  check(FIELD("10", "5", "4"), "E0203 9:5", "the same mistake in all tiers names none");
  check(FIELD("{d: 9, c: 8}", "{d: 5, c: 3}", "4"), "E0268 9:5", "one tier: 3 + 4 = 7, not 8");
  check(FIELD("{d: 10, c: 8}", "{d: 5, c: 3}", "4"), "E0268 9:5", "both, each in its own way: one message");
  check(FIELD("9", "5", "{d: 4, c: none}"), "E0268 9:5", "what is not there adds nothing");
  check(FIELD("{d: 9, c: 5}", "5", "{d: 4, c: none}"), "", "so 5 is right");
#undef FIELD
#define WEIGHTS(keys, a, b) \
  TIERS "max: 10\ncombine: weighted\n" keys "criteria:\n  - {id: a, weight: " a ", inputs: {p: number}, score: {points: p}}\n" \
        "  - {id: b, weight: " b ", inputs: {p: number}, score: {points: p}}\n"
  check(WEIGHTS("", "{d: 40%, c: 1}", "{d: 60%, c: none}"), "", "weights of each tier: 40 + 60, 100");
  check(WEIGHTS("", "40%", "{d: 60%, c: 50%}"), "E0269 8:1", "40 + 50 = 90");
  check(WEIGHTS("", "40%", "50%"), "E0254 8:1", "the same in all tiers");
  check(WEIGHTS("weights: relative\n", "{d: 1, c: 0}", "{d: 1, c: 0}"), "E0269 8:1", "no weight at all in one tier");
  check(TIERS "max: 10\ncombine: weighted\ncriteria:\n  - {id: a, weight: {d: 40%, c: 1}, inputs: {p: number}, score: {points: p}}\n"
        "  - id: b\n    weight: {d: 60%, c: 25%}\n    combine: sum\n    criteria:\n"
        "      - {id: b1, max: 4, tiers: [d], inputs: {p: number}, score: {points: p}}\n",
        "", "what has nothing below in a tier weighs nothing there");
#undef WEIGHTS
}

/* One mistake, one message. */
static void test_cascades(void) {
  check(TIERS "max: {d: 5, c: 5}\ncriteria:\n" LEAF("a", "    max: {d: 5, cc: 5}\n"), "E0260 10:17", "an unknown tier: neither its lack nor the sum");
  check(TIERS "max: 5\ncriteria:\n" LEAF("a", "    max: 5\n    tiers: [dd]\n"), "E0260 11:13", "nor what exists where");
  check(TIERS "max: {d: 9, c: 5}\ncriteria:\n" LEAF("a", "    max: 5\n") LEAF("b", "    max: 4\n    tiers: [dep]\n    weight: 1\n"),
        "E0261 15:13; E0256 16:5", "and the weight is told by itself");
  check(TIERS "criteria:\n  - id: a\n    max: 5\n    empty: {x: zero, c: full}\n    inputs: {p: count, q: count}\n    score: {share: p / q}\n", "E0261 10:13",
        "an unknown tier of a policy: not also that nothing is said");
  check(TIERS "criteria:\n" LEAF("a", "    max: {d: 5, c: -1}\n"), "E0249 9:20", "below 0");
  check(TIERS "criteria:\n" LEAF("a", "    max: {d: 5, c: 5%}\n"), "E0204 9:20", "a percentage");
  check(TIERS "criteria:\n" LEAF("a", "    max: {}\n"), "E0209 9:5", "an empty map");
  check(HEAD "tiers: {'d e': D, c: C}\ncriteria:\n" LEAF("a", "    max: {d: 5, c: 5}\n"), "E0148 6:9", "a tier that has no id: its uses are not told");
  check(HEAD "tiers: {}\ncriteria:\n" LEAF("a", "    max: 5\n"), "E0209 6:1", "no tiers at all");
  check(TIERS "max: {d: 5, c: none}\ncriteria:\n" LEAF("a", "    max: 5\n"), "E0265 7:1", "the set itself exists in every tier");
  check(TIERS "criteria:\n" LEAF("a", "    max: 5\n    tiers: [d]\n"), "E0265 2:5", "and has something there");
  check(TIERS "criteria:\n" LEAF("a", "    max: 5\n    elsewhere: full\n"), "E0242 10:5", "elsewhere without tiers");
  check(TIERS "criteria:\n" LEAF("a", "    max: 5\n    tiers: [d]\n    elsewhere: zero\n"), "E0158 11:16", "another word");
}

static void test_without_tiers(void) {
  check(HEAD "ranking: {within: tier}\ncriteria:\n" LEAF("a", "    max: 5\n"), "E0242 6:19", "ranks within tiers that there are not");
  check(HEAD "cohort: tier\ncriteria:\n  - {id: a, max: 5, inputs: {p: number}, score: {minmax: p, between: cohort}, empty: zero}\n", "E0242 6:9", "comparisons likewise");
  check(TIERS "ranking: {within: tier}\ncriteria:\n" LEAF("a", "    max: 5\n"), "", "with tiers both are fine");
}

/* Rules are checked in each tier, and told once. */
static void test_rules(void) {
#define GIVES(max, points) TIERS "criteria:\n  - {id: a, max: " max ", inputs: {p: yes_no}, score: {yes_no: p, yes: " points "}}\n" LEAF("b", "    max: 5\n")
  check(GIVES("{d: 5, c: 4}", "max"), "", "the maximum of each tier");
  check(GIVES("{d: 5, c: 4}", "5"), "E0272 8:77", "5 are more than the 4 of the second");
  check(GIVES("{d: 5, c: 6}", "5"), "E0273 8:60", "6 cannot be reached in the second");
  check(GIVES("{d: 4, c: 3}", "5"), "E0272 8:77", "wrong in both: told once");
  check(GIVES("{d: 5, c: none}", "5"), "", "where it does not exist nothing is asked of it");
#undef GIVES
  check(TIERS "criteria:\n  - {id: a, max: 5, tiers: [d], elsewhere: full, inputs: {p: count, q: count}, score: {share: p / q}, empty: {d: zero}}\n", "",
        "nor where it is granted");
  check(TIERS "criteria:\n  - {id: a, max: {d: 0, c: 5}, inputs: {p: yes_no}}\n", "E0207 8:10", "watched in one tier only: it needs a rule");
  check(TIERS "criteria:\n  - {id: a, max: {d: 0, c: none}, inputs: {p: yes_no}}\n" LEAF("b", "    max: 5\n"), "", "watched wherever it exists");
}

static void test_outside(void) {
#define BONUS(keys) \
  TIERS "bonus:\n  max: 3\n" keys "  criteria: [{id: n, max: 3, inputs: {p: number}, score: {points: p}}]\ncriteria:\n" LEAF("a", "    max: 5\n")
  fixture f = {0};
  read_set(&f, BONUS("  tiers: [c]\n"));
  is(findings_of(&f), "", "a bonus for one tier");
  ok(!ari_set_has_outside(f.set, 0) && ari_set_has_outside(f.set, 1), "the other has none");
  fixture_end(&f);
  check(BONUS("  elsewhere: full\n"), "E0141 9:3", "which is not given away");
  check(TIERS "penalty:\n  max: {d: 3, c: 2}\n  criteria: [{id: n, max: 2, inputs: {p: number}, score: {points: p}}]\ncriteria:\n" LEAF("a", "    max: 5\n"),
        "E0268 8:3", "its criteria add up in each tier");
#undef BONUS
}

int main(void) {
  test_without();
  test_reading();
  test_derived();
  test_sums();
  test_cascades();
  test_rules();
  test_without_tiers();
  test_outside();
  return done();
}
