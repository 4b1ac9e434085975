/* For the tests of scoring: files in a private folder, one computation through ari.h, and its figures as text. */
#ifndef SCORE_FIXTURE_H
#define SCORE_FIXTURE_H

#include "score/inside.h"
#include "tap.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[200];
static char path_text[400];

static inline void start_folder(void) {
  const char *tmp = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/ari-score-XXXXXX", tmp && *tmp && strlen(tmp) < 150 ? tmp : "/tmp");
  if (!mkdtemp(folder)) perror(folder), exit(1);
}

static inline const char *path_of(const char *name) {
  snprintf(path_text, sizeof path_text, "%s/%s", folder, name);
  return path_text;
}

static inline void make_folder(const char *name) { mkdir(path_of(name), 0700); }

static inline void put_file(const char *name, const char *text) {
  FILE *f = fopen(path_of(name), "w");
  if (!f || fputs(text, f) == EOF || fclose(f) != 0) perror(name), exit(1);
}

static inline void end_folder(void) {
  char command[300];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  if (system(command) != 0) puts("# the folder stays");
}

static inline ari_options plain_options(void) {
  return (ari_options){.lang = ARI_EN, .period = "2026", .jobs = 1, .processors = 1, .criteria_path = folder};
}

/* Reads set/criteria.yaml, set/agencies.csv and evidence.csv as a command does; *status is what it came to. */
static inline ari_work *score_files(const ari_options *options, ari_status *status) {
  char set[300], evidence[300];
  snprintf(set, sizeof set, "%s/set", folder);
  snprintf(evidence, sizeof evidence, "%s/evidence.csv", folder);
  const char *paths[] = {evidence};
  ari_work *work = ari_work_new(options);
  *status = ari_work_read_set(work, set);
  if (*status <= ARI_INPUT) *status = ari_work_read_evidence(work, paths, 1);
  if (*status <= ARI_INPUT) *status = ari_work_score(work);
  return work;
}

static inline ari_work *score_texts(const char *criteria, const char *agencies, const char *evidence, ari_status *status) {
  make_folder("set");
  put_file("set/criteria.yaml", criteria);
  put_file("set/agencies.csv", agencies);
  put_file("evidence.csv", evidence);
  ari_options options = plain_options();
  return score_files(&options, status);
}

static inline bool add_text(void *to, const char *bytes, size_t n) {
  char *text = to;
  size_t used = strlen(text);
  if (used + n + 1 > 65536) return false;
  memcpy(text + used, bytes, n);
  text[used + n] = '\0';
  return true;
}

/* Everything found that was not told before. */
static inline const char *findings_of(ari_work *work) {
  static char text[65536];
  text[0] = '\0';
  ari_write_findings(work, ARI_DIAG_TEXT, false, (ari_sink){add_text, text});
  return text;
}

/* "state max points", with - for what is blank: one row of `ari score`. */
static inline const char *row_of(const ari_work *work, const char *agency, const char *criterion) {
  static char text[200];
  char max[48], points[48];
  ari_score_row r;
  for (size_t i = 0; ari_score_at(work, i, &r) == ARI_OK; i++) {
    if (strcmp(r.agency, agency) != 0 || strcmp(r.criterion, criterion) != 0) continue;
    snprintf(text, sizeof text, "%s %s %s", *r.state ? r.state : "node", r.has_max ? ari_figure_text(r.max, -1, ARI_AS_DATA, max) : "-",
             r.has_points ? ari_figure_text(r.points, -1, ARI_AS_DATA, points) : "-");
    return text;
  }
  return "no row";
}

/* "rank agency index grade state; …" in the order of rows, = for ties. */
static inline const char *ranking_of(const ari_work *work) {
  static char text[4000];
  size_t used = 0;
  ari_ranking_row r;
  text[0] = '\0';
  for (size_t i = 0; ari_ranking_at(work, i, &r) == ARI_OK; i++) {
    char index[48] = "-";
    if (r.has_points) ari_figure_text(r.index, -1, ARI_AS_DATA, index);
    used += (size_t)snprintf(text + used, sizeof text - used, "%s%s%d %s %s%s%s %s", i ? "; " : "", r.tied ? "=" : "", r.rank, r.agency,
                             index, *r.grade ? " " : "", r.grade, ari_agency_state_name(r.state));
  }
  return text;
}

/* How often a code is told. */
static inline int told(ari_work *work, const char *code) {
  int n = 0;
  for (size_t i = 0; i < work->findings.n; i++) n += strcmp(ari_code_name(work->findings.items[i].code), code) == 0;
  return n;
}
#endif
