/* One text as a value of its type, and what is told of those that are not. */
#include "evidence_fixture.h"

/* The value as data, or the findings when there are any. */
static const char *value(fixture **keep, const char *column, const char *text) {
  char csv[512];
  bool quote = strpbrk(text, ",\"\n") != NULL;
  snprintf(csv, sizeof csv, "agency,%s\nxa-a,%s%s%s\n", column, quote ? "\"" : "", text, quote ? "\"" : "");
  *keep = read_one("e.csv", csv);
  return (*keep)->fs.n ? found(*keep) : cell(*keep, "xa-a", column);
}

static void gives(const char *column, const char *text, const char *want) {
  fixture *x;
  char name[128];
  snprintf(name, sizeof name, "%s \"%s\" is %s", column, text, want);
  is(value(&x, column, text), want, name);
  end(x);
}

/* ... and the help names `instead`. */
static void wants(const char *column, const char *text, const char *code, const char *instead) {
  fixture *x;
  char name[128];
  snprintf(name, sizeof name, "%s \"%s\" is answered with %s", column, text, instead);
  const char *got = value(&x, column, text);
  int good = strncmp(got, code, 5) == 0 && x->fs.n == 1;
  is(good ? code : got, code, name);
  ok(strstr(shown(x, ARI_EN), instead) && strstr(shown(x, ARI_VI), instead), name);
  is(cell(x, "xa-a", column), "!", "... and is no value");
  ok(submission(x, "xa-a")->invalid && x->ev->complete, "... and its agency's error");
  end(x);
}

static void test_counts(void) {
  gives("progress.on_time", "0", "0");
  gives("progress.on_time", "  4210 ", "4210");
  gives("progress.on_time", "007", "7");
  gives("progress.on_time", "999999999999999999", "999999999999999999");
  wants("progress.on_time", "4.000", "E0150", "4000");
  wants("progress.on_time", "4,000", "E0150", "4000");
  wants("progress.on_time", "4 000", "E0150", "4000");
  wants("progress.on_time", "1\xC2\xA0" "234\xC2\xA0" "567", "E0150", "1234567");
  wants("progress.on_time", "12.5", "E0470", "12.5");
  wants("progress.on_time", "-5", "E0470", "-5");
  wants("progress.on_time", "4210 hồ sơ", "E0470", "4210 hồ sơ");
  wants("progress.on_time", "1234567890123456789", "E0151", "18");
}

static void test_figures(void) {
  gives("online.kinds.figure", "-4.250", "-4.25");
  gives("online.kinds.figure", "3.6e-05", "0.000036");
  gives("online.kinds.figure", "1000.5", "1000.5");
  wants("online.kinds.figure", "7,46", "E0149", "7.46");
  wants("online.kinds.figure", "1.234,5", "E0150", "1234.5");
  wants("online.kinds.figure", "seven", "E0152", "seven");
  wants("online.kinds.figure", "\u22125", "E0160", "-5");
  wants("online.kinds.figure", "\u20134.5", "E0160", "-4.5");
  wants("online.kinds.rate", "\uFF15\uFF10%", "E0160", "50%");
  wants("progress.on_time", "\uFF14\uFF12", "E0160", "42");
  wants("progress.on_time", "\u22125", "E0470", "5");
  wants("online.kinds.figure", "1e4", "E0481", "1e4");
  wants("online.kinds.figure", "-5.0001", "E0480", "-5.0001");
  gives("online.kinds.cost", "12500000.50", "12500000.5");
  wants("online.kinds.cost", "12.500.000", "E0150", "12500000");
  wants("online.kinds.cost", "12.555", "E0150", "12555");
  wants("online.kinds.cost", "0.555", "E0471", "0.555");
  wants("online.kinds.cost", "100đ", "E0471", "100đ");
}

static void test_percents(void) {
  gives("online.kinds.rate", "7.46%", "0.0746");
  gives("online.kinds.rate", "7.46", "0.0746");
  gives("online.kinds.rate", "7.40 %", "0.074");
  gives("online.kinds.rate", "100", "1");
  gives("online.kinds.rate", "0%", "0");
  wants("online.kinds.rate", "7,46%", "E0149", "7.46%");
  wants("online.kinds.rate", "7,46", "E0149", "7.46");
  wants("online.kinds.rate", "-1", "E0482", "-1");
  wants("online.kinds.rate", "100.01%", "E0483", "100 %");
  wants("online.kinds.rate", "half", "E0472", "half");
  wants("online.kinds.rate", "%", "E0472", "%");
  fixture *x;
  value(&x, "online.kinds.rate", "7.40%");
  const ari_cell *c = ari_evidence_cell(x->ev, 2, ari_map_get(&x->set->columns, ARI_STR("online.kinds.rate")));
  ok(c->value.coef == 74 && c->value.scale == 3 && c->value.written == 2, "decimals as typed are kept beside a percentage");
  end(x);
}

static void test_words(void) {
  static const char *const yes[] = {"yes", "true", "có", "TRUE", "Yes", "CÓ", "co\xCC\x81"}, *const no[] = {"no", "false", "không", "FALSE", "Không", "KHÔNG"};
  for (size_t i = 0; i < ARI_COUNT(yes); i++) gives("online.plan.done", yes[i], "1");
  for (size_t i = 0; i < ARI_COUNT(no); i++) gives("online.plan.done", no[i], "0");
  wants("online.plan.done", "x", "E0474", "x");
  wants("online.plan.done", "1", "E0474", "1");
  gives("online.plan.plan", "late", "1");
  gives("online.plan.plan", "none", "2");
  wants("online.plan.plan", "lat", "E0476", "late");
  wants("online.plan.plan", "On-time", "E0476", "on_time");
  wants("online.plan.plan", "Đúng hạn", "E0476", "on_time");
  wants("online.plan.plan", "whatever", "E0475", "on_time, late, none");
  gives("online.kinds.words", "Nghị quyết 76", "«Nghị quyết 76»");
}

static void test_dates(void) {
  gives("online.kinds.day", "2026-01-31", "20484");
  wants("online.kinds.day", "31/01/2026", "E0473", "2026-01-31");
  wants("online.kinds.day", "1/2/2026", "E0473", "2026-02-01");
  wants("online.kinds.day", "31.01.2026", "E0473", "2026-01-31");
  wants("online.kinds.day", "2026/01/31", "E0473", "2026-01-31");
  wants("online.kinds.day", "31/02/2026", "E0155", "31/02/2026");
  wants("online.kinds.day", "31/01/26", "E0155", "31/01/26");
  wants("online.kinds.day", "soon", "E0155", "soon");
  wants("online.kinds.day", "2025-12-31", "E0480", "2025-12-31");
}

static void test_claims(void) {
  fixture *x = read_one("e.csv", "agency,progress.claimed,online.plan.claimed\nxa-a,19.18,-0.25\nso-y-te,\"19,18\",abc\nso-noi-vu,9000000.1,1e6\n");
  is(found(x), "W0543@2:6 W0499@2:12 W0543@2:12 E0149@3:9 E0152@3:17 E0484@4:11 W0499@4:21 W0543@4:21", "claimed points, below nought and above the maximum, without figures");
  const ari_entry *e = entry(x, "xa-a", "progress");
  ok(e->has_claimed && e->claimed.coef == 1918 && e->claimed.scale == 2 && e->claimed_at.row == 2, "... are kept with their place");
  ok(!entry(x, "so-y-te", "progress")->has_claimed, "... those that are no figures are not");
  end(x);
}

static ari_dec dec(const char *text) {
  ari_dec d = {0};
  if (ari_dec_read(ari_str_of(text), &d, NULL) != ARI_DEC_OK) exit(5);
  return d;
}

static void test_comparing(void) {
  static const struct { const char *a, *b; int order; } cases[] = {
    {"0", "0", 0}, {"0", "-0", 0}, {"1", "1.0", 0}, {"1e5", "100000", 0}, {"1", "2", -1}, {"-1", "-2", 1}, {"-1", "1", -1}, {"0", "1e-30", -1},
    {"0.1", "0.09999", 1}, {"999999999999999999", "1e18", -1}, {"1e30", "999999999999999999", 1}, {"-1e30", "1e-30", -1},
    {"0.000000000000000000000000000001", "0.000000000000000000000000000002", -1}, {"-0.5", "-0.50001", 1}};
  for (size_t i = 0; i < ARI_COUNT(cases); i++) {
    char name[128];
    snprintf(name, sizeof name, "%s against %s", cases[i].a, cases[i].b);
    ok(ari_dec_cmp(dec(cases[i].a), dec(cases[i].b)) == cases[i].order && ari_dec_cmp(dec(cases[i].b), dec(cases[i].a)) == -cases[i].order, name);
  }
}

int main(void) {
  test_counts();
  test_figures();
  test_percents();
  test_words();
  test_dates();
  test_claims();
  test_comparing();
  return done();
}
