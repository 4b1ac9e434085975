/* Points outside the total: total = root + bonus - penalty, not below 0, rounded once; caps, blanks, withholding, spreading, states. */
#include "score_fixture.h"

static const char LIST[] = "id,name,group\na1,One,g\na2,Two,g\n";

/* Root 10 = 6 + 4; bonus at most 3 of 2 + 2; penalty at most 5 of 5. */
static void make_set(char *out, size_t room, const char *head, const char *policy) {
  snprintf(out, room,
           "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nmax: 10\n%s"
           "bonus:\n  max: 3\n  criteria:\n"
           "    - {id: b1, max: 2, inputs: {p: number}, score: {points: p}%s}\n"
           "    - {id: b2, max: 2, inputs: {p: number}, score: {points: p}}\n"
           "penalty:\n  max: 5\n  criteria:\n"
           "    - {id: q1, max: 5, inputs: {p: number}, score: {points: p}}\n"
           "    - {id: q2, max: 5, inputs: {p: number}, score: {points: p}}\n"
           "criteria:\n"
           "  - {id: x, max: 6, inputs: {p: number}, score: {points: p}}\n"
           "  - {id: y, max: 4, inputs: {p: number}, score: {points: p}}\n",
           head, policy);
}

static const char ROUNDING[] = "rounding: {leaf: 2}\n";

typedef struct wanted { const char *node, *row; } wanted;

static void check_rows(const char *head, const char *policy, const char *evidence, const wanted *rows, size_t n, const char *what) {
  char set[4000], name[200];
  ari_status status;
  make_set(set, sizeof set, head, policy);
  ari_work *work = score_texts(set, LIST, evidence, &status);
  if (!ok(status == ARI_OK, what)) printf("# status %d\n%s", status, findings_of(work));
  for (size_t i = 0; i < n; i++) {
    snprintf(name, sizeof name, "%s: %s", what, rows[i].node);
    is(row_of(work, "a1", rows[i].node), rows[i].row, name);
  }
  ari_work_free(work);
}
#define CHECK(head, policy, evidence, what, ...) \
  check_rows(head, policy, evidence, (const wanted[]){__VA_ARGS__}, sizeof((const wanted[]){__VA_ARGS__}) / sizeof(wanted), what)

static void test_sums(void) {
  /* 5.5 + 3 = 8.5; + (1 + 0.75) - 1.25 = 9; the maximum stays 10 */
  CHECK(ROUNDING, "", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5.5,3,1,0.75,1.25,0\n", "a plain sum", {"total", "final 10 9"},
        {"bonus", "node 3 1.75"}, {"penalty", "node 5 1.25"});
  /* 2 + 2 = 4, cut to 3: 5 + 4 + 3 - 0 = 12 of 10 */
  CHECK(ROUNDING, "", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,4,2,2,0,0\n", "a bonus beyond its maximum", {"total", "final 10 12"},
        {"bonus", "node 3 3"});
  /* 4 + 3 = 7, cut to 5: 1 + 0 + 0 - 5 = -4, not below 0 */
  CHECK(ROUNDING, "", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,1,0,0,0,4,3\n", "a penalty below zero", {"total", "final 10 0"},
        {"penalty", "node 5 5"}, {"x", "scored 6 1"});
  /* rounded as total only, after bonus and penalty: 5.004 + 0 + 0.004 - 0.003 = 5.005, half up 5.01; each rounded before would be 5 */
  CHECK("rounding: {leaf: 3, total: 2}\n", "", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5.004,0,0.004,0,0.003,0\n", "rounded once",
        {"total", "final 10 5.01"});
}

static void test_blanks(void) {
  CHECK("rounding: {leaf: 2}\nmissing: unscored\n", "", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,3,,,,\n", "blank adds nothing",
        {"total", "final 10 8"}, {"bonus", "node 3 -"}, {"penalty", "node 5 -"}, {"b1", "missing 2 -"});
  /* nothing in the tree itself, whose maximum still counts: 0 + 3 */
  CHECK("rounding: {leaf: 2}\nmissing: unscored\n", "", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,,,2,1,,\n", "a bonus alone",
        {"total", "final 10 3"}, {"bonus", "node 3 3"});
  CHECK(ROUNDING, ", missing: withhold", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,3,,1,0,0\n", "withheld in the bonus",
        {"total", "withheld 10 -"}, {"bonus", "node 3 -"}, {"b1", "missing 2 -"}, {"x", "scored 6 5"});
}

static void test_policies(void) {
  /* b1 left out: what is left can give 2, of the 3 */
  CHECK(ROUNDING, ", missing: exclude", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,3,,1.5,0,0\n", "left out of the bonus",
        {"total", "final 10 9.5"}, {"bonus", "node 2 1.5"});
  /* b1 spread over b2 alone: 1.5 × 4 / 2 = 3; nothing reaches x, y, q1 or q2, and the bonus still gives at most 3 */
  CHECK(ROUNDING, ", missing: spread", "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,3,,1.5,0,0\n", "spread within the bonus",
        {"total", "final 10 11"}, {"bonus", "node 3 3"}, {"b2", "scored 4 3"}, {"x", "scored 6 5"}, {"q1", "scored 5 0"});
}

static void test_nobody_has_figures(void) {
  char set[4000];
  ari_status status;
  make_set(set, sizeof set, "rounding: {leaf: 2}\n", "");
  ari_work *work = score_texts(set, LIST, "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,4,,,1,0\na2,5,4,,,1,0\n", &status);
  ok(status == ARI_OK && told(work, "W0515") == 0, "a bonus that nobody claims is nothing to warn of");
  ari_work_free(work);
  work = score_texts(set, LIST, "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,4,1,1,,\na2,5,4,1,1,,\n", &status);
  ok(status == ARI_OK && told(work, "W0515") == 2 && told(work, "W0516") == 0, "a penalty without any figures is");
  ari_work_free(work);
}

static void test_capped_and_counted(void) {
  char set[4000];
  ari_status status;
  make_set(set, sizeof set, "rounding: {leaf: 2}\nmissing: unscored\n", "");
  ari_work *work = score_texts(set, LIST, "agency,x.p,y.p,b1.p,b2.p,q1.p,q2.p\na1,5,4,2,2,1,\na2,5,4,,,,\n", &status);
  const ari_set *s = work->set;
  ok(status == ARI_OK && ari_result_figure(work->result, 0, s->bonus->index)->capped, "what was cut is marked");
  ok(!ari_result_figure(work->result, 0, s->penalty->index)->capped, "what was not cut is not");
  for (size_t a = 0; a < 2; a++) {
    uint32_t n = 0;
    for (size_t i = 0; i <= ARI_PENDING; i++) n += work->result->standings[a].counts[i];
    ok(n == 6 && s->n_leaves == 6, "states count all leaves, those of bonus and penalty too");
  }
  ok(work->result->standings[0].counts[ARI_MISSING] == 1 && work->result->standings[1].counts[ARI_MISSING] == 4, "by state");
  is(ranking_of(work), "1 a1 110 final; 2 a2 90 final", "5 + 4 + 3 - 1 = 11 of 10: an index above 100");
  ok(told(work, "W0515") == 1 && told(work, "W0516") == 0, "q2 of the penalty has no figures of anybody, and takes nothing of the max");
  ari_score_row r;
  char order[200] = "";
  for (size_t i = 0; i < 9 && ari_score_at(work, i, &r) == ARI_OK; i++) {
    size_t used = strlen(order);
    snprintf(order + used, sizeof order - used, "%s%s:%d", i ? " " : "", r.criterion, r.level);
  }
  is(order, "total:0 x:1 y:1 bonus:1 b1:2 b2:2 penalty:1 q1:2 q2:2", "bonus and penalty follow the tree at level 1");
  ari_work_free(work);
}

int main(void) {
  start_folder();
  test_sums();
  test_blanks();
  test_policies();
  test_nobody_has_figures();
  test_capped_and_counted();
  end_folder();
  return done();
}
