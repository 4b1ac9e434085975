/* The charts that `ari chart` was asked for, into one file or into a folder: finds what the request names, refuses what cannot be drawn, draws. */
#include "inside.h"

#include <errno.h>
#include <string.h>

typedef struct request {
  ari_work *work;
  const ari_chart_request *asked;
  const char *path;
  ari_chart_wish wish;
  ari_chart_look look;
} request;

static ari_status refuse(request *r, ari_code code, ari_args args) {
  ari_findings_add(&r->work->findings, code, ARI_NOWHERE, &args);
  return r->work->findings.failed ? ARI_NOMEM : ARI_MISUSE;
}

/* ---- what is asked for ---- */

static ari_status find_kind(request *r) {
  r->wish.until = ARI_CHART_KINDS;
  if (strcmp(r->asked->kind, "all") == 0) return ARI_OK;
  for (ari_chart_kind k = 0; k < ARI_CHART_KINDS; k++)
    if (strcmp(r->asked->kind, ari_chart_name(k)) == 0) r->wish.from = k, r->wish.until = k + 1, r->wish.single = true;
  return r->wish.single ? ARI_OK : ARI_MISUSE;
}

/* As file managers see it: "X.PNG" is a PNG. */
static bool has_suffix(const char *path, const char *suffix) {
  size_t n = strlen(path), m = strlen(suffix);
  for (size_t i = 0; i < m; i++) {
    char c = n < m ? '\0' : path[n - m + i];
    if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != suffix[i]) return false;
  }
  return true;
}

static ari_status find_format(request *r) {
  enum { MILLIONS_MOST = 50 };   /* some 200 MB while it is drawn */
  int64_t wide = r->look.width, high = r->look.height;
  ari_picture_format f = 0;
  while (f < ARI_PICTURES && !has_suffix(r->path, ari_picture_suffix(f))) f++;
  if (!r->wish.single) return f == ARI_PICTURES || ari_path_what(r->path) == ARI_PATH_FOLDER ? ARI_OK : refuse(r, ARI_E0721, (ari_args){{ari_arg_c(r->path)}});
  if (f == ARI_PICTURES) return refuse(r, ARI_E0830, (ari_args){{ari_arg_c(r->path)}});
  r->look.format = r->wish.format = f;
  if (f != ARI_PICTURE_PNG || wide * high <= MILLIONS_MOST * INT64_C(1000000)) return ARI_OK;
  return refuse(r, ARI_E0720, (ari_args){{ari_arg_int(wide), ari_arg_int(high), ari_arg_int(MILLIONS_MOST)}});
}

static bool has_points(const ari_work *w, size_t agency) { return w->result->standings[agency].has_points; }

/* A chart of one agency needs to know which, unless only one has points. */
static ari_status find_agency(request *r) {
  ari_work *w = r->work;
  bool of_agency = ari_chart_type_of(r->wish.from)->subject == ARI_CHART_OF_AGENCY;
  if (r->asked->agency) {
    const char *nearest = NULL;
    r->wish.agency = ari_work_find_agency(w, r->asked->agency, &nearest);
    if (r->wish.agency < 0 && nearest) return refuse(r, ARI_E0831, (ari_args){{ari_arg_c(r->asked->agency), ari_arg_c(nearest)}});
    if (r->wish.agency < 0) return refuse(r, ARI_E0832, (ari_args){{ari_arg_c(r->asked->agency)}});
    return r->wish.single && !of_agency ? refuse(r, ARI_E0833, (ari_args){{ari_arg_c(r->asked->kind)}}) : ARI_OK;
  }
  if (!r->wish.single || !of_agency) return ARI_OK;
  for (size_t i = 0; i < w->evidence->agencies->n; i++) {
    if (!has_points(w, i)) continue;
    if (r->wish.agency >= 0) return refuse(r, ARI_E0834, (ari_args){{ari_arg_c(r->asked->kind)}});
    r->wish.agency = (int64_t)i;
  }
  return ARI_OK;
}

/* The criterion that a waterfall takes apart. */
static ari_status find_criterion(request *r) {
  const char *id = r->asked->criterion;
  if (!id) return ARI_OK;
  if (r->wish.single && r->wish.from != ARI_CHART_WATERFALL) return ARI_MISUSE;
  r->wish.node = ari_set_node(r->work->set, ari_str_of(id));
  if (r->wish.node) return ARI_OK;
  ari_str near = ari_set_nearest_node(r->work->set, ari_str_of(id));
  return refuse(r, near.n ? ARI_E0423 : ARI_E0422, (ari_args){{ari_arg_c(id), ari_arg_text(near)}});
}

/* What a chart draws besides the results: a table of intervals, the ranks of other periods. */
static ari_status find_more(request *r) {
  ari_work *w = r->work;
  const ari_chart_request *asked = r->asked;
  bool interval = !r->wish.single || r->wish.from == ARI_CHART_INTERVAL, bump = !r->wish.single || r->wish.from == ARI_CHART_BUMP;
  if (asked->table && !interval) return refuse(r, ARI_E0849, (ari_args){{ari_arg_c(asked->kind)}});
  if (r->wish.single && interval && !asked->table) return refuse(r, ARI_E0847, (ari_args){{ari_arg_c(asked->kind)}});
  if (r->wish.single && bump && !asked->n_others) return refuse(r, ARI_E0848, (ari_args){{ari_arg_c(asked->kind)}});
  ari_status status = ARI_OK;
  if (asked->table) status = ari_chart_read_intervals(w, asked->table, &r->wish.intervals);
  if (status != ARI_OK || !asked->n_others || !bump) return status;
  ari_history *history = ari_arena_alloc(&w->arena, sizeof *history);
  if (!history) return ARI_NOMEM;
  r->wish.history = history;
  return ari_chart_history(w, asked->others, asked->n_others, history);
}

static void put_id(ari_buf *b, ari_str id) {
  if (b->n) ari_buf_text(b, ", ");
  ari_buf_str(b, id);
}

/* A group of the list of agencies, else a tier of the set. */
static ari_status find_group(request *r) {
  const ari_agencies *list = r->work->evidence->agencies;
  const ari_set *set = r->work->set;
  if (!r->asked->group) return ARI_OK;
  ari_buf names = {0};
  for (size_t g = 0; g < list->n_groups && r->wish.group < 0; g++) {
    if (ari_str_is(list->groups[g], r->asked->group)) r->wish.group = (int32_t)g;
    else if (list->groups[g].n) put_id(&names, list->groups[g]);
  }
  for (uint32_t t = 0; t < set->n_tiers && r->wish.group < 0 && r->wish.tier < 0; t++) {
    if (ari_str_is(set->tiers[t].id, r->asked->group)) r->wish.tier = (int32_t)t;
    else if (set->tiers[t].id.n && set->ranking.within == ARI_WITHIN_TIER) put_id(&names, set->tiers[t].id);
  }
  ari_status status = ARI_OK;
  if (r->wish.group < 0 && r->wish.tier < 0)
    status = refuse(r, ARI_E0835, (ari_args){{ari_arg_c(r->asked->group), ari_arg_text(ari_buf_view(&names))}});
  if (names.failed) status = ARI_NOMEM;
  ari_buf_free(&names);
  return status;
}

/* ---- can it be drawn ---- */

/* Without a font PNG and PDF come out without letters and with status 0 (an SVG gets its letters from whoever shows it). fontconfig, which gnuplot's
 * cairo asks too, says whether there is one with Vietnamese letters; it says so by its exit status. */
static ari_status check_fonts(request *r) {
  static const char *const argv[] = {"fc-list", "-q", ":lang=vi", NULL};
  static const char *const environment[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL};
  ari_work *w = r->work;
  if (r->look.format == ARI_PICTURE_SVG) return ARI_OK;
  const char *program = ari_process_find(&w->arena, argv[0], w->options.program_path);
  ari_args args = {{ari_arg_c(r->path)}};
  if (!program && errno == ENOMEM) return ARI_NOMEM;
  if (!program) return refuse(r, ARI_F0798, args) == ARI_NOMEM ? ARI_NOMEM : ARI_MACHINE;
  ari_process p = {.program = program, .argv = argv, .envp = environment, .timeout_ms = ARI_CHART_TIMEOUT_MS};
  ari_status status = ari_process_start(&p, &w->findings);
  if (status != ARI_OK) return status;
  ari_process_wait(&p, 1);
  ari_buf_free(&p.err);
  if (p.exit_status == 0 && !p.timed_out) return ARI_OK;
  return refuse(r, ARI_F0797, args) == ARI_NOMEM ? ARI_NOMEM : ARI_MACHINE;
}

/* One picture: there is something to draw, and it is not too much. */
static ari_status check_single(request *r, ari_chart *charts, size_t n) {
  if (!n) {
    const char *needs = ari_word_text(ari_chart_type_of(r->wish.from)->needs, r->work->options.lang);
    return refuse(r, ARI_E0837, (ari_args){{ari_arg_c(r->asked->kind), ari_arg_c(needs)}});
  }
  if (ari_chart_type_of(charts->kind)->subject == ARI_CHART_OF_GROUP && charts->n_rows > ARI_CHART_ROWS)
    return refuse(r, ARI_E0838, (ari_args){{ari_arg_int((int64_t)charts->n_rows), ari_arg_int(ARI_CHART_ROWS)}});
  charts->file = ari_str_of(r->path);
  return ARI_OK;
}

static ari_status draw(request *r) {
  ari_work *w = r->work;
  ari_chart *charts;
  size_t n, missing = 0;
  ari_status status = ari_charts_plan_wish(w, &w->arena, &r->wish, &charts, &n);
  if (status == ARI_OK && r->wish.single) status = check_single(r, charts, n);
  if (status == ARI_OK) status = check_fonts(r);
  bool made = !r->wish.single && ari_path_what(r->path) == ARI_PATH_NONE;
  if (status == ARI_OK && !r->wish.single) status = ari_folder_make(r->path, &w->findings);
  if (status == ARI_OK) status = ari_charts_draw(w, charts, n, r->wish.single ? NULL : r->path, &r->look);
  if (made) ari_folder_remove_empty(r->path);
  if (status != ARI_OK) return status;
  for (size_t i = 0; i < n; i++) missing += !charts[i].drawn;
  if (!missing) return ARI_OK;
  ari_args args = {{ari_arg_int((int64_t)missing), ari_arg_int((int64_t)n)}};
  return refuse(r, ARI_F0799, args) == ARI_NOMEM ? ARI_NOMEM : ARI_MACHINE;
}

ari_status ari_draw_charts(ari_work *work, const ari_chart_request *asked, const char *path) {
  if (!work->set || !work->result) return ARI_MISUSE;
  request r = {.work = work, .asked = asked, .path = path, .wish = {.agency = -1, .group = -1, .tier = -1}};
  r.look = (ari_chart_look){.theme = asked->theme, .width = asked->width, .height = asked->height, .percent = asked->percent,
                            .progress = asked->progress, .to = asked->to};
  ari_status status = find_kind(&r);
  if (status == ARI_OK) status = find_format(&r);
  if (status == ARI_OK) status = find_group(&r);
  if (status == ARI_OK) status = find_agency(&r);
  if (status == ARI_OK) status = find_criterion(&r);
  if (status == ARI_OK) status = find_more(&r);
  return status == ARI_OK ? draw(&r) : status;
}
