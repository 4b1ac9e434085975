/* What can be told of bonus, penalty and needs without any evidence. */
#include "criteria_fixture.h"

#define TREE \
  "criteria:\n  - id: '1'\n    max: 70\n    inputs: {p: number}\n    score: {points: p}\n    empty: zero\n" \
  "  - id: '2'\n    max: 30\n    inputs: {p: number}\n    score: {points: p}\n"

static void check(const char *text, const char *want, const char *what) {
  fixture f = {0};
  read_set(&f, text);
  is(findings_of(&f), want, what);
  fixture_end(&f);
}

static void test_reading(void) {
  fixture f = {0};
  read_set(&f, HEAD "missing: withhold\npenalty:\n  max: 2\n  title: Trừ\n  missing: zero\n  criteria:\n    - id: late\n      max: 5\n"
                    "      inputs: {n: count}\n      score: {count: n, each: 0.5, at_most: max}\n"
                    "bonus:\n  max: 1\n  criteria:\n    - id: idea\n      max: 1\n      inputs: {done: yes_no}\n      score: {yes_no: done}\n" TREE);
  is(findings_of(&f), "", "a set with both");
  const ari_node *bonus = f.set->bonus, *penalty = f.set->penalty;
  ok(bonus && penalty && bonus->index == 3 && penalty->index == 5 && f.set->n_nodes == 7, "they follow the tree, bonus first");
  ok(f.set->root->n_children == 2 && !f.set->root->first->next->next, "the root combines its criteria alone");
  ok(bonus->level == 1 && node_of(&f, "idea")->level == 2 && node_of(&f, "idea")->outside && !node_of(&f, "2")->outside, "levels");
  ok(ari_part_of(node_of(&f, "idea")) == bonus && ari_part_of(node_of(&f, "late")) == penalty && ari_part_of(node_of(&f, "2")) == f.set->root,
     "where a node stands");
  ok(node_of(&f, "idea")->missing[0].policy == ARI_POLICY_WITHHOLD && node_of(&f, "late")->missing[0].policy == ARI_POLICY_ZERO,
     "policies come from the set unless they say otherwise");
  ok(node_of(&f, "idea")->rounding.leaf == 2, "and so does rounding");
  is(text_of(bonus->title.vi), "Điểm thưởng", "a title of its own");
  is(text_of(penalty->title.vi), "Trừ", "or as written");
  fixture_end(&f);
}

static void test_outside(void) {
#define LEAF(id, max) "    - id: " id "\n      max: " max "\n      inputs: {p: number}\n      score: {points: p}\n"
  check(HEAD "bonus:\n  criteria:\n" LEAF("b", "2") TREE, "E0142 7:3", "a bonus needs a maximum");
  check(HEAD "bonus:\n  max: 3\n" TREE, "E0142 7:3", "and criteria");
  check(HEAD "bonus:\n  max: 3\n  criteria:\n" LEAF("b", "2") TREE, "E0203 7:3", "less below than it can give");
  check(HEAD "bonus:\n  max: 3\n  criteria:\n" LEAF("b", "2") LEAF("c", "2") TREE, "", "more below is cut");
  check(HEAD "bonus:\n  max: 3\n  criteria:\n" LEAF("'1'", "3") TREE, "E0202 9:11", "ids are unique in the whole set");
  check(HEAD "bonus:\n  max: 3\n  combine: sum\n  criteria:\n" LEAF("b", "3") TREE, "E0141 8:3", "it has no combine");
  check(HEAD "penalty:\n  max: -3\n  criteria:\n" LEAF("b", "3") TREE, "E0249 7:8", "a penalty is not written below 0");
  check(HEAD "penalty:\n  max: 3\n  criteria:\n    - id: b\n      max: 3\n      inputs: {p: yes_no}\n      score: {yes_no: p, no: -1}\n" TREE, "E0280 12:14",
        "nor are its points");
  check(HEAD "bonus:\n  max: 3\n  criteria:\n    - id: b\n      max: 3\n      min: -1\n      inputs: {p: number}\n      score: {points: p}\n" TREE,
        "E0280 11:12", "nor those of a bonus");
  check(HEAD "bonus:\n  max: 3\n  criteria:\n" LEAF("b", "3") "      missing: {policy: spread, to: ['1']}\n" TREE, "E0282 13:38", "spread across");
  check(HEAD TREE "    missing: {policy: spread, to: [b]}\nbonus:\n  max: 3\n  criteria:\n" LEAF("b", "3"), "E0282 16:36", "spread across, the other way");
#undef LEAF
}

static void test_needs(void) {
#define GRADES(need) "grades:\n  - {id: a, from: 50, needs: [{that: " need "}]}\n  - {id: b, from: 0}\n"
  check(HEAD GRADES("points('2') >= 20") TREE, "", "points");
  check(HEAD GRADES("points('2') >= 30") TREE, "", "all of its points");
  check(HEAD GRADES("points('2') > 30") TREE, "E0281 7:38", "more than its points");
  check(HEAD GRADES("share('2') >= 101%") TREE, "E0281 7:38", "more than a whole");
  check(HEAD GRADES("points('1') + points('2') > 100") TREE, "E0281 7:38", "sums have ranges too");
  check(HEAD "over_max: allow\n" GRADES("points('total') > 100") TREE, "", "where points may exceed, nothing is sure");
  check(HEAD GRADES("points('22') >= 20") TREE, "E0223 7:38", "an unknown id with a near one");
  check(HEAD GRADES("points('steering') >= 20") TREE, "E0222 7:38", "an unknown id");
  check(HEAD GRADES("points(2) >= 20") TREE, "E0360 7:38", "an id without quotes");
  check(HEAD GRADES("points('2') ") TREE, "E0339 7:38", "a number is no condition");
  check(HEAD GRADES("p >= 20") TREE, "E0362 7:38", "inputs are not looked at");
  check(HEAD GRADES("shares('2') >= 20%") TREE, "E0315 7:38", "a slip in the name");
  check(HEAD "grades:\n  - {id: a, from: 50}\n  - {id: b, from: 0, needs: [{that: points('2') >= 1}]}\n" TREE, "E0283 8:22", "the lowest grade");
  check(HEAD "inputs: {q: number}\n" "criteria:\n  - id: x\n    max: 5\n    score:\n      points: min(q, points('x'))\n", "E0361 11:22",
        "points of a criterion in a rule");
#undef GRADES
}

static void test_reach(void) {
  static const char *const forms[] = {"102", "104"};
  static const char *const wants[] = {"", "E0229 7:22"};
  for (size_t i = 0; i < ARI_COUNT(forms); i++) {
    char set[2000];
    snprintf(set, sizeof set, "%sgrades:\n  - {id: best, from: %s}\n  - {id: b, from: 0}\n%s%s", HEAD, forms[i], TREE,
             "bonus:\n  max: 3\n  criteria:\n    - id: x\n      max: 3\n      inputs: {p: number}\n      score: {points: p}\n");
    check(set, wants[i], "a grade above 100 is within reach as far as the bonus goes");
  }
}

int main(void) {
  test_reading();
  test_outside();
  test_needs();
  test_reach();
  return done();
}
