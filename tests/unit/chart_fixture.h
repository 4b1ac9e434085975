/* For the tests of charts: a set whose fields get the points that the evidence says. */
#ifndef CHART_FIXTURE_H
#define CHART_FIXTURE_H

#include "chart/inside.h"
#include "score_fixture.h"

/* One field a title, each with `max` points: points are the input p; missing evidence leaves a field out. */
static inline ari_work *score_fields(const char *const *titles, size_t n, int max, const char *agencies, const char *evidence) {
  static char set[20000];
  int used =
      snprintf(set, sizeof set,
               "ari: criteria/1\nid: t\ntitle: {vi: Bộ chỉ số thử, en: Trial index}\nperiod: year\nmissing: exclude\nrounding: {leaf: 2}\n"
               "groups: {g: {vi: \"Sở, ngành\", en: Departments}}\ncriteria:\n");
  for (size_t i = 0; i < n; i++)
    used += snprintf(set + used, sizeof set - (size_t)used,
                     "  - id: f%zu\n    title: '%s'\n    max: %d\n    min: -5\n    inputs: {p: number}\n    score: {points: p}\n", i + 1,
                     titles[i], max);
  ari_status status;
  ari_work *work = score_texts(set, agencies, evidence, &status);
  if (!ok(status == ARI_OK, "the trial set is scored")) printf("# %s\n", findings_of(work));
  return work;
}

/* The two kinds whose pictures are looked at most closely. */
static const ari_chart_wish RANKING_AND_RADARS = {.until = ARI_CHART_HEAT, .agency = -1, .group = -1, .tier = -1};

static inline const char *rows_text(ari_sheet *s) {
  ari_buf_char(&s->rows, '\0');
  return s->rows.p;
}

static inline const char *c_text(ari_str s) {
  static char text[8][1000];
  static int turn;
  char *to = text[turn = (turn + 1) % 8];
  snprintf(to, 1000, "%.*s", (int)s.n, s.p ? s.p : "");
  return to;
}

static inline size_t count_of(const char *text, const char *what) {
  size_t n = 0;
  for (const char *p = text; (p = strstr(p, what)); p += strlen(what)) n++;
  return n;
}
#endif
