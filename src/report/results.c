/* The main job's folder (ari(1)): everything is built in a private folder beside, fsynced, and renamed into its place, report.html last. Whoever sees the
 * new report sees all that belongs to it; a run that fails leaves what was there. */
#include "inside.h"

#include <errno.h>
#include <string.h>

typedef struct plan {
  ari_work *work;
  const char *folder;        /* of the results */
  const char *draft;         /* private, below it */
  ari_drawn drawn;
} plan;

static char *join(ari_work *work, const char *folder, ari_str name) { return ari_str_join(&work->arena, ari_str_of(folder), ARI_STR("/"), name); }

static ari_status write_html(const plan *p, ari_sink to) { return ari_report_html(p->work, &p->drawn, to); }
static ari_status write_json(const plan *p, ari_sink to) { return ari_report_json(p->work, to); }
static ari_status write_ranking(const plan *p, ari_sink to) { return ari_write_ranking_csv(p->work, to); }
static ari_status write_scores(const plan *p, ari_sink to) { return ari_write_scores_csv(p->work, to); }

/* In the order in which they appear; ari.db and the charts come before report.html. */
static const struct { const char *name; ari_status (*write)(const plan *p, ari_sink to); } FILES[] = {
    {"ranking.csv", write_ranking}, {"scores.csv", write_scores}, {"results.json", write_json}, {"report.html", write_html}};
enum { REPORT = ARI_COUNT(FILES) - 1 };

static ari_status write_draft(const plan *p, size_t file) {
  ari_work *work = p->work;
  ari_newfile out;
  const char *path = join(work, p->draft, ari_str_of(FILES[file].name));
  if (!path) return ARI_NOMEM;
  ari_status status = ari_newfile_open(&out, path, &work->findings);
  if (status != ARI_OK) return status;
  ari_status written = FILES[file].write(p, ari_newfile_sink(&out));
  status = ari_newfile_close(&out, written == ARI_OK, &work->findings);
  return status != ARI_OK ? status : written;
}

ari_status ari_report_charts(ari_work *work, ari_drawn *drawn) {
  const char *folder = join(work, drawn->folder, ARI_STR("charts"));
  if (!folder) return ARI_NOMEM;
  ari_status status = ari_folder_make(folder, &work->findings);
  if (status != ARI_OK || work->options.charts == ARI_CHARTS_NONE) return status;
  status = ari_charts_plan(work, &work->arena, &drawn->charts, &drawn->n);
  return status == ARI_OK ? ari_charts_draw(work, drawn->charts, drawn->n, folder, &(ari_chart_look){0}) : status;
}

static ari_status build(plan *p, const char *database) {
  p->drawn.folder = p->draft;
  ari_status status = ari_report_charts(p->work, &p->drawn);
  if (status == ARI_OK) status = ari_store_write_trial(p->work, database);
  for (size_t i = 0; i < ARI_COUNT(FILES) && status == ARI_OK; i++) status = write_draft(p, i);
  return status;
}

static ari_status move_file(const plan *p, ari_str name) {
  const char *from = join(p->work, p->draft, name), *to = join(p->work, p->folder, name);
  return from && to ? ari_file_move(from, to, &p->work->findings) : ARI_NOMEM;
}

/* A chart of an earlier run that this one did not draw would be taken for one of this run. */
static bool is_stale(const plan *p, ari_str name) {
  if (!ari_str_ends(name, ".svg")) return false;
  bool ours = false;
  for (int kind = 0; kind < ARI_CHART_KINDS; kind++) ours = ours || ari_str_starts(name, ari_chart_name((ari_chart_kind)kind));
  for (size_t i = 0; i < p->drawn.n && ours; i++) ours = !(p->drawn.charts[i].drawn && ari_str_eq(p->drawn.charts[i].file, name));
  return ours;
}

static ari_status move_charts(const plan *p, const char *folder) {
  ari_work *work = p->work;
  ari_status status = ARI_OK;
  for (size_t i = 0; i < p->drawn.n && status == ARI_OK; i++) {
    if (!p->drawn.charts[i].drawn) continue;
    const char *name = join(work, "charts", p->drawn.charts[i].file);
    status = name ? move_file(p, ari_str_of(name)) : ARI_NOMEM;
  }
  ari_str *names;
  size_t n;
  if (status == ARI_OK) status = ari_folder_list(&work->arena, folder, &names, &n, &work->findings);
  if (status != ARI_OK) return status;
  for (size_t i = 0; i < n; i++) {
    const char *path = is_stale(p, names[i]) ? join(work, folder, names[i]) : NULL;
    if (path) ari_file_remove(path);
  }
  return ARI_OK;
}

/* The database first: where a real round has come to stand meanwhile, nothing is changed. */
static ari_status publish(const plan *p, const char *database, const char *there) {
  const char *charts = join(p->work, p->folder, ARI_STR("charts"));
  if (!charts) return ARI_NOMEM;
  ari_status status = ari_folder_make(charts, &p->work->findings);
  if (status == ARI_OK) status = ari_store_replace(database, there, &p->work->findings);
  if (status == ARI_OK) status = move_charts(p, charts);
  for (size_t i = 0; i < REPORT && status == ARI_OK; i++) status = move_file(p, ari_str_of(FILES[i].name));
  return status == ARI_OK ? move_file(p, ari_str_of(FILES[REPORT].name)) : status;
}

/* What could not be written is told by the name it would have had, not by that of the draft. */
static ari_status tell_results(const plan *p, size_t from) {
  ari_findings *fs = &p->work->findings;
  for (size_t i = from; i < fs->n; i++) {
    ari_arg *path = &fs->items[i].args.at[0];
    if (path->kind != ARI_ARG_TEXT || !ari_str_starts(path->as.text, p->draft)) continue;
    const char *name = join(p->work, p->folder, ari_str_sub(path->as.text, strlen(p->draft) + 1, path->as.text.n));
    if (!name) return ARI_NOMEM;
    path->as.text = ari_str_of(name);
  }
  return ARI_OK;
}

ari_status ari_write_results(ari_work *work, const char *folder) {
  if (!work->result) return ARI_MISUSE;
  plan p = {.work = work, .folder = folder};
  ari_status status = ari_folder_make(folder, &work->findings);
  if (status != ARI_OK) return status;
  const char *there = join(work, folder, ARI_STR("ari.db"));
  if (!there) return ARI_NOMEM;
  status = ari_store_may_replace(there, &work->findings);
  if (status != ARI_OK) return status;
  p.draft = ari_folder_private(&work->arena, folder);
  if (!p.draft) return ari_file_failed(&work->findings, ARI_NOWHERE, folder, errno);
  const char *database = join(work, p.draft, ARI_STR("ari.db"));
  size_t found = work->findings.n;
  status = database ? build(&p, database) : ARI_NOMEM;
  if (tell_results(&p, found) != ARI_OK) status = ARI_NOMEM;
  if (status == ARI_OK) status = publish(&p, database, there);
  ari_folder_remove(p.draft);
  return status != ARI_OK ? status : ari_work_status(work);
}
