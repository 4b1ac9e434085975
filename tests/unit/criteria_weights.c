/* Weights, and maxima where they do not add up: what is told without evidence, each mistake once and at its place. */
#include "criteria_fixture.h"

#define LEAF(id, keys) "  - {id: " id ", " keys "inputs: {d: yes_no}, score: {yes_no: d}}\n"
#define PLAIN(id, keys) LEAF(id, "max: 1, " keys)
#define WEIGHTED HEAD "max: 9\ncombine: weighted\n"   /* `combine` is line 7 */

typedef struct sample { const char *name, *text, *want; } sample;

static const sample samples[] = {
  {"100 %", WEIGHTED "criteria:\n" PLAIN("a", "weight: 40%, ") PLAIN("b", "weight: 0.6, "), ""},
  {"thirds", WEIGHTED "criteria:\n" PLAIN("a", "weight: 1/3, ") PLAIN("b", "weight: 2/3, "), ""},
  {"97 %", WEIGHTED "criteria:\n" PLAIN("a", "weight: 40%, ") PLAIN("b", "weight: 57%, "), "E0254 7:1"},
  {"0.999999999999999", WEIGHTED "criteria:\n" PLAIN("a", "weight: 0.4, ") PLAIN("b", "weight: 0.599999999999999, "), "E0254 7:1"},
  {"100 is 10000 %", WEIGHTED "criteria:\n" PLAIN("a", "weight: 40, ") PLAIN("b", "weight: 60, "), "E0254 7:1"},
  {"relative", WEIGHTED "weights: relative\ncriteria:\n" PLAIN("a", "weight: 40, ") PLAIN("b", "weight: 7, "), ""},
  {"relative holds for its own children only",
   WEIGHTED "weights: relative\ncriteria:\n  - id: f\n    weight: 2\n    criteria:\n    " PLAIN("a", "weight: 40, "), "E0254 10:9"},
  {"all 0", WEIGHTED "criteria:\n" PLAIN("a", "weight: 0, ") PLAIN("b", "weight: 0, "), "E0258 7:1"},
  {"below 0", WEIGHTED "criteria:\n" PLAIN("a", "weight: -40%, ") PLAIN("b", "weight: 60%, "), "E0249 9:29"},
  {"no number", WEIGHTED "criteria:\n" PLAIN("a", "weight: much, ") PLAIN("b", "weight: 60%, "), "E0153 9:29"},
  {"one without a weight", WEIGHTED "criteria:\n" PLAIN("a", "weight: 40%, ") PLAIN("b", "") PLAIN("c", ""), "E0255 10:10; E0255 11:10"},
  {"none with a weight is one mistake", WEIGHTED "criteria:\n" PLAIN("a", "") PLAIN("b", "") PLAIN("c", ""), "E0255 9:10"},
  {"what is watched needs no weight", WEIGHTED "criteria:\n" PLAIN("a", "weight: 1, ") "  - {id: w, max: 0}\n", ""},
  {"weights that are inherited with no say",
   HEAD "criteria:\n  - id: f\n    combine: weighted\n    max: 3\n    criteria:\n      - id: g\n        weight: 1\n        criteria:\n      "
   PLAIN("a", "weight: 30%, "), "E0254 11:13"},
  {"a weight in a sum", HEAD "criteria:\n" PLAIN("a", "weight: 40%, ") PLAIN("b", "weight: 60%, "), "E0256 7:21"},
  {"a weight in a mean", HEAD "max: 9\ncombine: mean\ncriteria:\n" PLAIN("a", "weight: 40%, ") PLAIN("b", ""), "E0256 9:21"},
  {"relative without weights", HEAD "weights: relative\ncriteria:\n" PLAIN("a", ""), "E0242 6:1"},
  {"another word", HEAD "max: 1\ncombine: average\ncriteria:\n" PLAIN("a", ""), "E0158 7:10"},
  {"a slip", HEAD "max: 1\ncombine: weigted\ncriteria:\n" PLAIN("a", ""), "E0157 7:10"},
  /* maxima */
  {"no root without max", HEAD "combine: mean\ncriteria:\n" LEAF("a", "") LEAF("b", ""), "E0206 2:5"},
  {"nor a mean in a sum", HEAD "max: 5\ncriteria:\n  - id: f\n    combine: mean\n    criteria:\n    " PLAIN("a", "") , "E0206 8:9"},
  {"maxima of their own", HEAD "max: 100\ncombine: min\ncriteria:\n" LEAF("a", "max: 3, ") LEAF("b", ""), ""},
  {"a leaf in a sum below a mean", HEAD "max: 100\ncombine: mean\ncriteria:\n  - id: f\n    combine: sum\n    criteria:\n    " LEAF("a", ""),
   "E0206 12:14"},
  {"a sum below a mean still adds up",
   HEAD "max: 100\ncombine: mean\ncriteria:\n  - id: f\n    combine: sum\n    max: 3\n    criteria:\n    " PLAIN("a", ""), "E0203 11:5"},
  /* below 0 */
  {"a geometric mean of a penalty", HEAD "max: 1\ncombine: geometric\ncriteria:\n  - id: f\n    combine: sum\n    criteria:\n"
   "      - {id: a, max: 1, inputs: {d: yes_no}, score: {yes_no: d, no: -1}}\n", "E0257 12:14"},
  {"a node that says it stays above", HEAD "max: 1\ncombine: harmonic\ncriteria:\n  - id: f\n    combine: sum\n    min: 0\n    criteria:\n"
   "      - {id: a, max: 1, inputs: {d: yes_no}, score: {yes_no: d, no: -1}}\n", ""},
  {"a mean of a penalty", HEAD "max: 1\ncombine: mean\ncriteria:\n  - {id: a, inputs: {d: yes_no}, score: {yes_no: d, no: -1}}\n", ""},
  /* spread */
  {"who is in a mean takes over nothing",
   HEAD "criteria:\n  - id: a\n    max: 1\n    inputs: {d: yes_no}\n    missing: {policy: spread, to: [c]}\n    score: {yes_no: d}\n"
   "  - id: f\n    max: 2\n    combine: mean\n    criteria:\n    " PLAIN("c", ""), "E0224 10:36"},
};

static void test_maxima(fixture *f) {
  read_set(f, HEAD "max: 100\ncombine: weighted\ncriteria:\n"
              "  - id: f\n    weight: 1\n    combine: mean\n    criteria:\n"
              "      - {id: a, inputs: {d: yes_no}, score: {yes_no: d}}\n"
              "      - {id: b, max: 10/3, inputs: {d: yes_no}, score: {yes_no: d}}\n"
              "      - id: g\n        combine: sum\n        criteria:\n"
              "          - {id: c, max: 2, inputs: {d: yes_no}, score: {yes_no: d}}\n"
              "          - {id: d, max: 5, inputs: {d: yes_no}, score: {yes_no: d}}\n");
  is(findings_of(f), "", "nothing to be told");
  const ari_node *leaf = node_of(f, "a"), *g = node_of(f, "g");
  ok(node_of(f, "f")->max_e12[0] == 100 * ARI_ONE && leaf->max_e12[0] == 100 * ARI_ONE, "the parent's maximum, level by level");
  ok(g->max_e12[0] == 7 * ARI_ONE && node_of(f, "b")->max_e12[0] == 3333333333333, "a sum has its children's, a leaf its own");
  ok(g->combine == ARI_COMBINE_SUM && node_of(f, "b")->parent->combine == ARI_COMBINE_MEAN && leaf->combine == ARI_COMBINE_MEAN &&
     leaf->combine_from == node_of(f, "f"), "combine is inherited, and it is known from whom");
}

int main(void) {
  fixture f = {0};
  for (size_t i = 0; i < ARI_COUNT(samples); i++) {
    read_set(&f, samples[i].text);
    is(findings_of(&f), samples[i].want, samples[i].name);
  }
  test_maxima(&f);
  fixture_end(&f);
  return done();
}
