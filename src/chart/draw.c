/* gnuplot, some processes side by side. Where there are many charts each process draws several, for most of a picture's time is that of starting; those
 * that did not come out are drawn again, each by a process of its own, so that none takes another with it. Methodology: src/README.md, "Charts". Whatever
 * gnuplot does, the charts that are good are kept, each cause of trouble is told once, and nothing half-made comes into the folder. */
#include "inside.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

extern const char ari_plot_style[];

enum { CPU_SECONDS = 30, FILE_BYTES = 64 << 20, SIDE_BY_SIDE = 16, IN_TURN = 16 /* by one process */, PATH_ROOM = 64, SAID_MOST = 200, ARGV = 7 + ARI_SHEET_ARGS + 1,
       SMALLEST_LETTERS = 11 /* FONTS of style.gp */, READABLE = 6 };

#define TOO_OLD_WORDS "ari: gnuplot is too old: " /* plots/style.gp */

/* What became of one attempt. */
typedef enum outcome { DRAWN, HUNG, TOO_OLD, FAILED, GARBAGE, OUTCOMES } outcome;

typedef struct job {
  ari_chart *chart;
  char data[PATH_ROOM], out[PATH_ROOM], script[PATH_ROOM]; /* names inside the private folder */
  char page[160], args[ARI_SHEET_ARGS][48];
  const char *argv[ARGV];
  ari_picture want;
  size_t number;
} job;

/* What one process draws. */
typedef struct batch {
  job **jobs;
  size_t n;
  char script[PATH_ROOM];
  const char *argv[4];
} batch;

typedef struct run {
  ari_work *work;
  ari_arena arena;
  const char *gnuplot, *folder, *target; /* target NULL: charts have whole paths */
  const ari_chart_look *look;
  unsigned timeout_ms;
  size_t together;
  job **jobs;             /* still to be drawn */
  size_t n, left, done;   /* charts; of them in `jobs`; drawn, or given up */
  batch *batches;
  ari_process *processes; /* `together` of each */
  ari_findings trouble;   /* what keeps gnuplot from working at all */
  size_t counts[OUTCOMES];
  int64_t smallest;       /* height of the smallest letters where some are too small to be read, in tenths of a pixel; 0: none are */
  int exit_status, signal; /* of the first that failed */
  ari_str said;            /* its words */
} run;

static const char *join(run *r, const char *folder, const char *name) { return ari_str_join(&r->arena, ari_str_of(folder), ARI_STR("/"), ari_str_of(name)); }

static ari_status write_file(run *r, const char *folder, const char *name, ari_str bytes, ari_findings *fs) {
  const char *path = folder ? join(r, folder, name) : name;
  ari_newfile f;
  if (!path) return ARI_NOMEM;
  ari_status status = ari_newfile_open(&f, path, fs);
  if (status != ARI_OK) return status;
  ari_sink sink = ari_newfile_sink(&f);
  (void)sink.write(sink.to, bytes.p, bytes.n); /* a failure is kept in f and told by close */
  return ari_newfile_close(&f, true, fs);
}

/* ---- before ---- */

static ari_status write_input(run *r, const char *name, ari_str bytes) { return write_file(r, r->folder, name, bytes, &r->trouble); }

/* The shared style, and the script of each kind that is drawn. */
static ari_status write_scripts(run *r, const ari_chart *charts, size_t n) {
  ari_status status = write_input(r, "style.gp", ari_str_of(ari_plot_style));
  bool written[ARI_CHART_KINDS] = {false};
  for (size_t i = 0; i < n && status == ARI_OK; i++) {
    ari_chart_kind kind = charts[i].kind;
    char name[PATH_ROOM];
    if (written[kind]) continue;
    written[kind] = true;
    snprintf(name, sizeof name, "%s.gp", ari_chart_name(kind));
    status = write_input(r, name, ari_str_of(ari_chart_type_of(kind)->script));
  }
  return status;
}

/* The size of the picture in pixels, and PAGE of style.gp: format, theme, the page in the units of the layout, where the layout begins on
 * it, the picture. A size that was asked for has the layout in its middle, as large as it fits. */
static void place_page(run *r, const ari_sheet *sheet, job *j) {
  const ari_chart_look *look = r->look;
  static const char *const formats[ARI_PICTURES] = {[ARI_PICTURE_SVG] = "svg", [ARI_PICTURE_PNG] = "png", [ARI_PICTURE_PDF] = "pdf"};
  int64_t w = sheet->width, h = sheet->height, width = look->width, height = look->height;
  int64_t percent = look->percent ? look->percent : 100;
  if (!width || !height) {
    width = (w * percent + 99) / 100;
    height = (h * percent + 99) / 100;
  } else if (w * height > h * width) {
    h = w * height / width;
  } else {
    w = h * width / height;
  }
  int64_t letters = SMALLEST_LETTERS * 10 * width / w;
  if (look->width && letters < READABLE * 10 && (!r->smallest || letters < r->smallest)) r->smallest = letters;
  j->want.width = (int)width;
  j->want.height = (int)height;
  snprintf(j->page, sizeof j->page, "%s %s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, formats[look->format],
           look->theme == ARI_THEME_SCREEN ? "screen" : "print", w, h, (w - sheet->width) / 2, (h - sheet->height) / 2, width, height);
}

/* The data file and the arguments: names and numbers of ours only. */
static ari_status prepare_job(run *r, job *j) {
  ari_sheet sheet = {.theme = r->look->theme};
  bool good = ari_chart_type_of(j->chart->kind)->sheet(r->work, j->chart, &sheet);
  snprintf(j->script, sizeof j->script, "%s.gp", ari_chart_name(j->chart->kind));
  snprintf(j->data, sizeof j->data, "%zu.tsv", j->number);
  snprintf(j->out, sizeof j->out, "%zu%s", j->number, ari_picture_suffix(r->look->format));
  j->want = (ari_picture){.format = r->look->format, .texts = sheet.texts, .title = j->chart->title, .alt = j->chart->alt, .now = r->work->options.now};
  if (good) place_page(r, &sheet, j);   /* a sheet that memory ended in has no size */
  memcpy(j->args, sheet.args, sizeof j->args);
  const char *argv[ARGV] = {"gnuplot", "-d", "-c", j->script, j->data, j->out, j->page};
  size_t n = 7;
  for (size_t i = 0; i < ARI_SHEET_ARGS && *j->args[i]; i++) argv[n++] = j->args[i];
  memcpy(j->argv, argv, sizeof argv);
  ari_status status = good ? write_input(r, j->data, ari_buf_view(&sheet.rows)) : ARI_NOMEM;
  ari_sheet_free(&sheet);
  return status;
}

/* A script that calls those of several charts in turn, with the arguments that they would get from outside: names and numbers of ours only. */
static ari_status write_calls(run *r, batch *b) {
  ari_buf calls = {0};
  snprintf(b->script, sizeof b->script, "from-%zu.gp", b->jobs[0]->number);
  for (size_t i = 0; i < b->n; i++) {
    const char *const *argv = b->jobs[i]->argv + 3;   /* behind "gnuplot -d -c" */
    ari_buf_printf(&calls, "call '%s'", *argv);
    while (*++argv) ari_buf_printf(&calls, " '%s'", *argv);
    ari_buf_text(&calls, "\nreset\n");
  }
  ari_status status = calls.failed ? ARI_NOMEM : write_input(r, b->script, ari_buf_view(&calls));
  ari_buf_free(&calls);
  return status;
}

static ari_status start_batch(run *r, batch *b, ari_process *p) {
  static const char *const environment[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL};
  ari_status status = ARI_OK;
  for (size_t i = 0; i < b->n && status == ARI_OK; i++) status = prepare_job(r, b->jobs[i]);
  if (status == ARI_OK && b->n > 1) status = write_calls(r, b);
  if (status != ARI_OK) return status;
  const char *argv[] = {"gnuplot", "-d", b->script, NULL};
  memcpy(b->argv, argv, sizeof argv);
  *p = (ari_process){.program = r->gnuplot,
                     .argv = b->n > 1 ? b->argv : b->jobs[0]->argv,
                     .envp = environment,
                     .cwd = r->folder,
                     .timeout_ms = r->timeout_ms,
                     .cpu_seconds = CPU_SECONDS,
                     .file_bytes = FILE_BYTES};
  return ari_process_start(p, &r->trouble);
}

/* ---- after ---- */

/* What gnuplot said, on one line. */
static bool keep_words(run *r, ari_str said) {
  ari_buf b = {0};
  bool gap = false;
  for (size_t i = 0; i < said.n && b.n < SAID_MOST; i++) {
    bool space = said.p[i] == ' ' || said.p[i] == '\n' || said.p[i] == '\t' || said.p[i] == '\r';
    if (!space && gap && b.n) ari_buf_char(&b, ' ');
    if (!space) ari_buf_char(&b, said.p[i]);
    gap = space;
    if (!space && b.n >= SAID_MOST && i + 1 < said.n) ari_buf_text(&b, " …");
  }
  bool kept = !b.failed && ari_str_copy(&r->arena, ari_buf_view(&b), &r->said);
  ari_buf_free(&b);
  return kept;
}

/* Checks and mends the picture and puts it into the target folder. */
static ari_status collect_picture(run *r, const job *j, outcome *what) {
  *what = GARBAGE;
  const char *path = join(r, r->folder, j->out), *name = ari_str_cstring(&r->arena, j->chart->file);
  if (!path || !name) return ARI_NOMEM;
  if (ari_path_what(path) != ARI_PATH_FILE) return ARI_OK;
  ari_sources sources = {0};
  ari_findings ignored = {0}; /* a picture that cannot be read is garbage, whatever the reason */
  ari_buf picture = {0};
  ari_status status = ARI_NOMEM;
  if (ari_sources_add(&sources, ari_str_of(path)) == 0) status = ari_source_load(&sources.items[0], 0, FILE_BYTES, j->want.format == ARI_PICTURE_SVG, &ignored);
  if (status == ARI_MACHINE) status = ARI_OK;
  if (status == ARI_OK && ari_picture_mend(sources.items[0].bytes, &j->want, &picture)) {
    status = picture.failed ? ARI_NOMEM : write_file(r, r->target, name, ari_buf_view(&picture), &r->work->findings);
    *what = DRAWN;
  }
  ari_buf_free(&picture);
  ari_findings_free(&ignored);
  ari_sources_free(&sources);
  return status;
}

/* What the process as a whole has come to; GARBAGE until its pictures have been looked at. */
static outcome judge_process(const ari_process *p, ari_str *said) {
  if (p->timed_out) return HUNG;
  if (ari_str_starts(*said, TOO_OLD_WORDS)) return *said = ari_str_sub(*said, sizeof TOO_OLD_WORDS - 1, said->n), TOO_OLD;
  return p->exit_status == 0 ? GARBAGE : FAILED;
}

/* What is missing of several charts is drawn again, and only then told. */
static ari_status finish_batch(run *r, batch *b, ari_process *p) {
  ari_status status = ARI_OK;
  ari_str said = ari_buf_view(&p->err);
  outcome what = judge_process(p, &said);
  bool looked = b->n > 1 ? what == FAILED || what == GARBAGE : what == GARBAGE;
  for (size_t i = 0; i < b->n && looked && status == ARI_OK; i++) {
    outcome of_chart = GARBAGE;
    status = collect_picture(r, b->jobs[i], &of_chart);
    b->jobs[i]->chart->drawn = status == ARI_OK && of_chart == DRAWN;
    r->counts[DRAWN] += b->jobs[i]->chart->drawn;
    r->done += b->n > 1 && b->jobs[i]->chart->drawn;
    if (b->n == 1) what = of_chart;
  }
  r->done += b->n == 1;
  bool told = what == HUNG || what == TOO_OLD || (b->n == 1 && what != DRAWN);
  if (status == ARI_OK && told && !r->said.p) {
    r->exit_status = p->exit_status;
    r->signal = p->signal;
    if (!keep_words(r, said)) status = ARI_NOMEM;
  }
  if (told) r->counts[what]++;
  ari_buf_free(&p->err);
  return status;
}

/* ---- all of them ---- */

/* Processes begun together are waited for together. */
static ari_status draw_some(run *r, job **jobs, size_t n, size_t in_turn) {
  size_t started = 0;
  ari_status status = ARI_OK;
  for (size_t i = 0; i < n; i += in_turn, started++) {
    batch *b = &r->batches[started];
    *b = (batch){.jobs = jobs + i, .n = n - i < in_turn ? n - i : in_turn};
    status = start_batch(r, b, &r->processes[started]);
    if (status != ARI_OK) break;
  }
  ari_process_wait(r->processes, started);
  for (size_t i = 0; i < started; i++) {
    ari_status finished = finish_batch(r, &r->batches[i], &r->processes[i]);
    if (status == ARI_OK || finished == ARI_NOMEM) status = finished;
  }
  return status;
}

/* A gnuplot that hangs or is too old is not asked again. */
static ari_status draw_left(run *r, size_t in_turn) {
  ari_status status = ARI_OK;
  size_t at_once = r->together * in_turn;
  for (size_t i = 0; i < r->left && status == ARI_OK && !r->counts[HUNG] && !r->counts[TOO_OLD]; i += at_once) {
    status = draw_some(r, r->jobs + i, r->left - i < at_once ? r->left - i : at_once, in_turn);
    if (r->look->progress) r->look->progress(r->look->to, r->done, r->n);
  }
  size_t left = 0;
  for (size_t i = 0; i < r->left; i++)
    if (!r->jobs[i]->chart->drawn) r->jobs[left++] = r->jobs[i];
  r->left = left;
  return status;
}

static bool make_jobs(run *r, ari_chart *charts) {
  job *all = ari_arena_array(&r->arena, r->n, sizeof *all);
  r->jobs = ari_arena_array(&r->arena, r->n, sizeof *r->jobs);
  r->batches = ari_arena_array(&r->arena, r->together, sizeof *r->batches);
  r->processes = ari_arena_array(&r->arena, r->together, sizeof *r->processes);
  if (!all || !r->jobs || !r->batches || !r->processes) return false;
  for (size_t i = 0; i < r->n; i++) {
    all[i] = (job){.chart = &charts[i], .number = i};
    r->jobs[r->left++] = &all[i];
  }
  return true;
}

/* So many in turn that every process gets about two lots of them: pictures are not equally large. */
static ari_status draw_all(run *r, ari_chart *charts) {
  const ari_options *o = &r->work->options;
  int wanted = o->jobs ? o->jobs : o->processors;
  r->together = wanted < 1 ? 1 : wanted > SIDE_BY_SIDE ? SIDE_BY_SIDE : (size_t)wanted;
  size_t in_turn = r->n / r->together / 2 < IN_TURN ? r->n / r->together / 2 : IN_TURN;
  if (!make_jobs(r, charts)) return ARI_NOMEM;
  ari_status status = write_scripts(r, charts, r->n);
  if (status == ARI_OK && in_turn > 1) status = draw_left(r, in_turn);
  return status == ARI_OK ? draw_left(r, 1) : status;
}

/* ---- what is told ---- */

/* "7 (radar-a.svg, ranking.svg, …)": the first few of the charts that are missing. */
static void put_missing(const run *r, const ari_chart *charts, ari_buf *b) {
  enum { NAMED_MOST = 5 };
  size_t named = 0, all = 0;
  for (size_t i = 0; i < r->n; i++) all += !charts[i].drawn;
  ari_buf_printf(b, "%zu (", all);
  for (size_t i = 0; i < r->n && named < NAMED_MOST; i++) {
    if (charts[i].drawn) continue;
    if (named++) ari_buf_text(b, ", ");
    ari_buf_str(b, charts[i].file);
  }
  ari_buf_text(b, all > named ? ", …)" : ")");
}

static void tell(run *r, ari_code code, ari_args args) { ari_findings_add(&r->work->findings, code, ARI_NOWHERE, &args); }

static bool tell_outcomes(run *r, const ari_chart *charts) {
  ari_arg program = ari_arg_c(r->work->options.gnuplot ? r->work->options.gnuplot : "gnuplot");
  ari_arg said = r->said.n ? ari_arg_text(r->said) : ari_arg_c("–");
  ari_buf missing = {0};
  put_missing(r, charts, &missing);
  ari_arg which = ari_arg_text(ari_buf_view(&missing));
  if (r->counts[HUNG]) tell(r, ARI_W0702, (ari_args){{program, ari_arg_int(r->timeout_ms / 1000)}});
  if (r->counts[TOO_OLD]) tell(r, ARI_W0703, (ari_args){{program, ari_arg_text(r->said)}});
  if (r->smallest && r->counts[DRAWN]) tell(r, ARI_W0839, (ari_args){{ari_arg_e12(r->smallest * (ARI_ONE / 10))}});
  bool failed = r->counts[FAILED], garbage = r->counts[GARBAGE] && !failed;   /* one list of what is missing is enough */
  if (failed && r->signal) tell(r, ARI_W0708, (ari_args){{program, which, ari_arg_int(r->signal), said}});
  else if (failed) tell(r, ARI_W0704, (ari_args){{program, which, ari_arg_int(r->exit_status), said}});
  if (garbage) tell(r, ARI_W0705, (ari_args){{program, which}});
  bool told = !missing.failed;
  ari_buf_free(&missing);
  return told;
}

/* No room for working files, no process to be had: the report does without charts. The reason is told as the sentence it has as a failure.
 */
static bool tell_trouble(run *r) {
  if (!r->trouble.n) return !r->trouble.failed;
  ari_buf b = {0};
  ari_finding_sentence(&b, &r->trouble.items[0], r->work->options.lang);
  tell(r, ARI_W0707, (ari_args){{ari_arg_text(ari_buf_view(&b))}});
  bool told = !b.failed;
  ari_buf_free(&b);
  return told;
}

/* gnuplot, and a private folder for its files. False: told, or in r->trouble. */
static bool find_means(run *r) {
  const ari_options *o = &r->work->options;
  const char *temp = o->temp_folder ? o->temp_folder : "/tmp", *name = o->gnuplot ? o->gnuplot : "gnuplot";
  r->gnuplot = ari_process_find(&r->arena, name, o->program_path);
  if (!r->gnuplot && errno == ENOMEM) return r->trouble.failed = true, false;
  if (!r->gnuplot) return tell(r, o->gnuplot ? ARI_W0709 : ARI_W0701, (ari_args){{ari_arg_c(name)}}), false;
  r->folder = ari_folder_private(&r->arena, temp);
  if (!r->folder) (void)ari_file_failed(&r->trouble, ARI_NOWHERE, temp, errno);
  return r->folder != NULL;
}

ari_status ari_charts_draw(ari_work *work, ari_chart *charts, size_t n, const char *folder, const ari_chart_look *look) {
  if (!n) return ARI_OK;
  run r = {.work = work, .target = folder, .look = look, .n = n, .timeout_ms = look->timeout_ms ? look->timeout_ms : ARI_CHART_TIMEOUT_MS};
  ari_status status = ARI_OK;
  if (find_means(&r)) {
    status = draw_all(&r, charts);
    if (status == ARI_MACHINE && r.trouble.n) status = ARI_OK;
    if (!tell_outcomes(&r, charts)) status = ARI_NOMEM;
    ari_folder_remove(r.folder);
  }
  if (!tell_trouble(&r)) status = ARI_NOMEM;
  size_t missing = 0;
  for (size_t i = 0; i < n; i++) missing += !charts[i].drawn;
  if (missing && status == ARI_OK && work->options.charts == ARI_CHARTS_REQUIRED) {
    tell(&r, ARI_F0700, (ari_args){{ari_arg_int((int64_t)missing), ari_arg_int((int64_t)n)}});
    status = ARI_MACHINE;
  }
  ari_findings_free(&r.trouble);
  ari_arena_free(&r.arena);
  return work->findings.failed ? ARI_NOMEM : status;
}
