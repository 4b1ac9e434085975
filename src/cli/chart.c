/* ari chart: one picture, or all of them. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* On a terminal only: a line that is written over. open: it has no end yet. */
typedef struct progress { const cli *c; bool open; } progress;

static void show_progress(void *to, size_t done, size_t n) {
  progress *p = to;
  p->open = done < n;
  fprintf(stderr, "\r%s %zu/%zu%s", cli_say(p->c, "Đang vẽ biểu đồ", "Drawing charts"), done, n, p->open ? "" : "\n");
  fflush(stderr);
}

/* Told when the last word names no chart: the nearest name, else all. */
static int tell_kinds(const cli *c, const char *word) {
  enum { MOST = 32 };
  const char *names[MOST] = {"all"}, *title;
  size_t n = 1;
  bool of_agency;
  while (n < MOST - 1 && ari_chart_kind_at(n - 1, c->options.lang, &names[n], &title, &of_agency)) n++;
  const char *nearest = ari_nearest(word, names);
  if (nearest) return cli_misuse(c, cli_say(c, "không có biểu đồ '%s'; có phải là '%s' không?", "there is no chart '%s'; did you mean '%s'?"), word, nearest);
  char list[400] = "";
  for (size_t i = 1; i < n; i++) {
    size_t used = strlen(list);
    snprintf(list + used, sizeof list - used, "%s, ", names[i]);
  }
  return cli_misuse(c, cli_say(c, "sau nguồn số liệu cần tên biểu đồ, không phải '%s'; viết một trong: %sall",
                               "behind the source stands the name of a chart, not '%s'; write one of: %sall"), word, list);
}

static bool is_kind(const cli *c, const char *word) {
  const char *name, *title;
  bool of_agency;
  for (size_t i = 0; ari_chart_kind_at(i, c->options.lang, &name, &title, &of_agency); i++)
    if (strcmp(word, name) == 0) return true;
  return strcmp(word, "all") == 0;
}

/* Every round that is named but the last. False: *status says how to exit. */
static bool read_others(cli *c, ari_work **others, int *status) {
  for (size_t i = 0; i + 1 < c->n_names; i++)
    if (!(others[i] = cli_round(c, c->names[i], status))) return false;
  return true;
}

/* The work that is drawn. Several databases are rounds of several periods; the last one says which agencies are shown. */
static ari_work *read_source(cli *c, const char *kind, ari_work **others, size_t *n, int *status) {
  bool periods = c->n_names > 1 && (strcmp(kind, "bump") == 0 || strcmp(kind, "all") == 0) && ari_is_database(c->names[0]);
  *n = periods ? c->n_names - 1 : 0;
  if (!periods) return cli_source(c, status);
  if (!read_others(c, others, status)) return NULL;
  return cli_round(c, c->names[c->n_names - 1], status);
}

static int run(cli *c) {
  const char *kind = c->names[c->n_names - 1];
  if (!is_kind(c, kind)) return tell_kinds(c, kind);
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "chart cần -o TỆP.svg|png|pdf, với all là -o THƯ_MỤC", "chart needs -o FILE.svg|png|pdf, or for all -o FOLDER"));
  if (c->criterion && strcmp(kind, "waterfall") != 0)
    return cli_misuse(c, cli_say(c, "--criterion chỉ dùng với biểu đồ waterfall, không dùng với '%s'", "--criterion goes with the chart waterfall, not with '%s'"), kind);
  c->n_names--;
  int status = 0;
  size_t n = 0;
  ari_work **others = calloc(c->n_names, sizeof *others);
  if (!others) return cli_finish(c, NULL, ARI_NOMEM);
  ari_work *work = read_source(c, kind, others, &n, &status);
  if (work) {
    progress shown = {.c = c};
    ari_chart_request request = {.kind = kind, .agency = c->agency, .group = c->group, .width = c->width, .height = c->height,
                                 .percent = c->percent, .theme = c->theme, .criterion = c->criterion, .table = c->table, .others = others, .n_others = n, .to = &shown};
    if (isatty(2)) request.progress = show_progress;
    ari_status result = ari_draw_charts(work, &request, c->output);
    if (shown.open) fputc('\n', stderr); /* gave up before the last */
    if (result == ARI_OK) {
      fputs(cli_say(c, "Biểu đồ: ", "Chart: "), stdout);
      cli_put(stdout, c->output);
      fputc('\n', stdout);
    }
    status = cli_finish(c, work, result);
  }
  for (size_t i = 0; i < n; i++) ari_work_free(others[i]);
  free(others);
  return status;
}

const cli_command cli_chart = {
    "chart", CLI_PERIOD | CLI_PREVIOUS | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_OUTPUT | CLI_KEEP_GOING | CLI_STAGE | CLI_AGENCY | CLI_CRITERION | CLI_GROUP | CLI_SIZE | CLI_THEME | CLI_INTERVALS, 2,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db BIỂU_ĐỒ -o TỆP.svg|png|pdf  (all -o THƯ_MỤC)", "SET EVIDENCE… | ari.db CHART -o FILE.svg|png|pdf  (all -o FOLDER)",
    "Vẽ biểu đồ ra tệp SVG, PNG hoặc PDF", "Draws charts as SVG, PNG or PDF",
    "BIỂU_ĐỒ:\n"
    "  ranking    xếp hạng\n"
    "  radar      một cơ quan so với khối\n"
    "  heat       mọi tiêu chí của mọi cơ quan bằng màu\n"
    "  distribution  chỉ số phân bố trong từng khối\n"
    "  waterfall  điểm một cơ quan bị mất; --criterion MÃ: riêng trong tiêu chí này\n"
    "  dumbbell   điểm tự chấm so với điểm được chấm\n"
    "  interval   mức ổn định của thứ hạng, theo --table TỆP.csv (agency,rank,low,median,high)\n"
    "  bump       thứ hạng qua các kỳ: ari chart 2025.db 2026.db bump -o TỆP\n"
    "  all        tất cả (SVG)\n"
    "--group KHỐI: chỉ một khối; --agency MÃ: biểu đồ của cơ quan này.\n"
    "--size small|medium|large|RỘNGxCAO; --theme print|screen (nền trắng, nền tối).\n"
    "Ví dụ: ari chart ketqua/ari.db ranking --group department -o xep-hang.png",
    "CHART:\n"
    "  ranking    the ranking\n"
    "  radar      one agency against its group\n"
    "  heat       every criterion of every agency by colour\n"
    "  distribution  how the index is spread in each group\n"
    "  waterfall  points that one agency lost; --criterion ID: within this criterion\n"
    "  dumbbell   points claimed against points given\n"
    "  interval   how stable ranks are, from --table FILE.csv (agency,rank,low,median,high)\n"
    "  bump       ranks over periods: ari chart 2025.db 2026.db bump -o FILE\n"
    "  all        all of them (SVG)\n"
    "--group GROUP: only this group; --agency ID: the charts of this agency.\n"
    "--size small|medium|large|WIDTHxHEIGHT; --theme print|screen (on white, on dark).\n"
    "Example: ari chart results/ari.db ranking --group department -o ranking.png",
    run};
