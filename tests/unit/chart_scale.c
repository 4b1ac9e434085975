/* Axes of charts in whole pixels, at the ends of numbers too; the steps from the most an agency can reach to its points. Figures are invented. */
#include "chart_fixture.h"

static void scale(int64_t low, int64_t high, bool from_zero, int64_t from, int64_t to, int64_t step, const char *why) {
  ari_scale s = {.left = 100, .right = 900};
  ari_scale_choose(&s, low, high, from_zero);
  if (!ok(s.low == from && s.high == to && s.step == step, why)) printf("# %lld %lld %lld\n", (long long)s.low, (long long)s.high, (long long)s.step);
  ok(ari_scale_pixel(&s, s.low) == 100 && ari_scale_pixel(&s, s.high) == 900, why);
  int a = ari_scale_pixel(&s, low), z = ari_scale_pixel(&s, high);
  ok(a >= 100 && a <= z && z <= 900, why);
}

static void test_scales(void) {
  const int64_t one = ARI_ONE, far = 9000000 * ARI_ONE;
  scale(60 * one, 97 * one, true, 0, 100 * one, 20 * one, "bars begin at 0");
  scale(61 * one, 97 * one, false, 60 * one, 100 * one, 10 * one, "signs need not: 97 - 61 = 36 wants steps of 10");
  scale(-3 * one, 5 * one, true, -4 * one, 6 * one, 2 * one, "below 0 too");
  scale(0, 0, false, 0, one, one / 5, "nothing at all");
  scale(80 * one, 80 * one, false, 80 * one, 81 * one, one / 5, "all the same");
  scale(0, far, true, 0, far, 2000000 * one, "the most points that there are: no tick lies beyond");
  scale(-far, far, false, -far, far, 5000000 * one, "and the least");
}

static void test_ranks(void) {
  ari_scale s = {0};
  ari_sheet sheet = {0};
  ari_scale_ranks(&s, 63 * ARI_ONE);
  s.left = 0, s.right = 620;
  ok(s.low == ARI_ONE && s.high == 63 * ARI_ONE && ari_scale_pixel(&s, 32 * ARI_ONE) == 310, "ranks begin at 1");
  ari_sheet_ticks(&sheet, &s, 0, ARI_AS_EN);
  is(rows_text(&sheet), "text\t0\t0\t4\t2\t5726314\t\"1\"\ntext\t190\t0\t4\t2\t5726314\t\"20\"\ntext\t390\t0\t4\t2\t5726314\t\"40\"\ntext\t590\t0\t4\t2\t5726314\t\"60\"\n",
     "ticks at 1 and at multiples of the step");
  ari_sheet_free(&sheet);
  ari_scale_ranks(&s, ARI_ONE);
  ok(s.high == 2 * ARI_ONE && s.step == ARI_ONE, "a single agency");
  ari_scale_ranks(&s, 12 * ARI_ONE);
  ok(s.step == 2 * ARI_ONE, "no steps of two and a half places");
}

static void test_adding(void) {
  ok(ari_chart_add(INT64_MAX, 1) == INT64_MAX && ari_chart_add(-INT64_MAX, -1) == -INT64_MAX, "sums end where numbers end");
  ok(ari_chart_add(-5, 7) == 2 && ari_chart_add(5, -7) == -2, "and are exact before");
}

/* Steps as "f1 -1.5; …", the last one "rest". */
static const char *falls_of(ari_work *work, size_t agency) {
  static char text[1000];
  ari_waterfall w;
  ari_buf b = {0};
  if (!ari_chart_falls(work, &work->arena, agency, work->set->root, &w)) return "no memory";
  ari_buf_e12(&b, w.from, -1, ARI_AS_DATA);
  for (size_t i = 0; i < w.n; i++) {
    ari_buf_text(&b, "; ");
    if (w.at[i].kind == ARI_FALL_REST) ari_buf_text(&b, "rest");
    else ari_buf_str(&b, w.at[i].node->id);
    ari_buf_char(&b, ' ');
    ari_buf_e12(&b, w.at[i].change, -1, ARI_AS_DATA);
  }
  ari_buf_text(&b, "; ");
  ari_buf_e12(&b, w.to, -1, ARI_AS_DATA);
  snprintf(text, sizeof text, "%.*s", (int)b.n, b.p);
  ari_buf_free(&b);
  return text;
}

static void falls(const char *set, const char *evidence, const char *want, const char *why) {
  ari_status status;
  ari_work *work = score_texts(set, "id,name,group\na,A,g\n", evidence, &status);
  if (!ok(status == ARI_OK, why)) printf("# %s\n", findings_of(work));
  is(falls_of(work, 0), want, why);
  ari_work_free(work);
}

#define HEAD "ari: criteria/1\nid: t\ntitle: T\nperiod: year\n"
#define LEAF(id, max) "  - {id: " id ", max: " max ", inputs: {p: number}, score: {points: p}}\n"
static void test_falls(void) {
  falls(HEAD "missing: exclude\nrounding: {leaf: 2}\ncriteria:\n" LEAF("x", "10") LEAF("y", "5") LEAF("z", "3"), "agency,x.p,y.p,z.p\na,7.5,5,\n", "15; x -2.5; y 0; 12.5",
        "what is excluded is no step: 15 - 2.5 = 12.5");
  falls(HEAD "missing: unscored\nrounding: {leaf: 2}\ncriteria:\n" LEAF("x", "10") LEAF("y", "5"), "agency,x.p,y.p\na,7.5,\n", "15; x -2.5; y -5; 7.5",
        "what is blank has lost all of it: 15 - 2.5 - 5 = 7.5");
  falls(HEAD "rounding: {leaf: 2, total: 0}\ncriteria:\n" LEAF("x", "10") LEAF("y", "5"), "agency,x.p,y.p\na,7.25,1.3\n", "15; x -2.75; y -3.7; rest 0.45; 9",
        "rounding is a step: 8.55 is published as 9");
  falls(HEAD "max: 12\nover_max: cap\nrounding: {leaf: 2}\ncriteria:\n" LEAF("x", "10") LEAF("y", "5"), "agency,x.p,y.p\na,9,4\n", "12; x -1; y -1; rest 2; 12",
        "so is a cap: 9 + 4 = 13, cut to 12");
  falls(HEAD "combine: mean\nmax: 100\nrounding: {leaf: 2}\ncriteria:\n" LEAF("x", "10") LEAF("y", "4") LEAF("z", "3"), "agency,x.p,y.p,z.p\na,5,3,2\n",
        "100; x -16.67; y -8.33; z -11.11; 63.89", "a mean of three: 100/3 × (0.5, 0.25, 1/3)");
}

int main(void) {
  test_scales();
  test_ranks();
  test_adding();
  test_falls();
  return done();
}
