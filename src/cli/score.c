/* ari score: the points of every node. */
#include "cli.h"

#include <stdio.h>

static void start_table(const cli *c, cli_table *t) {
  cli_table_start(t, "llrrrl");
  cli_table_cell(t, cli_say(c, "Tiêu chí", "Criterion"));
  cli_table_cell(t, cli_say(c, "Tên", "Title"));
  cli_table_cell(t, cli_say(c, "Điểm", "Points"));
  cli_table_cell(t, cli_say(c, "Tối đa", "Max"));
  cli_table_cell(t, cli_say(c, "Tự chấm", "Claimed"));
  cli_table_cell(t, cli_say(c, "Trạng thái", "State"));
}

static void add_row(const cli *c, cli_table *t, const ari_score_row *row) {
  char text[64];
  ari_locale how = ari_locale_of(c->options.lang);
  cli_table_indented(t, row->level * 2, row->criterion);
  cli_table_cell(t, row->title);
  cli_table_cell(t, row->has_points ? ari_figure_text(row->points, -1, how, text) : "–");
  cli_table_cell(t, row->has_max ? ari_figure_text(row->max, -1, how, text) : "–");
  cli_table_cell(t, row->has_claimed ? ari_figure_text(row->claimed, -1, how, text) : "");
  cli_table_cell(t, row->state_text);
}

static ari_status print_scores(const cli *c, ari_work *work) {
  size_t n = ari_score_count(work);
  ari_score_row row;
  cli_put_title(c, work);
  for (size_t i = 0; i < n;) {
    cli_table t;
    ari_status status = ari_score_at(work, i, &row);
    if (status != ARI_OK) return status;
    start_table(c, &t);
    printf("\n%s\n", row.agency);   /* an id */
    do {
      add_row(c, &t, &row);
    } while (++i < n && ari_score_at(work, i, &row) == ARI_OK && row.level > 0);
    if (cli_table_print(&t, "  ") != ARI_OK) return ARI_NOMEM;
  }
  return ARI_OK;
}

static int run(cli *c) { return cli_print(c, print_scores, c->excel ? ari_write_scores_excel : ari_write_scores_csv, ari_write_scores_json); }

const cli_command cli_score = {
    "score", CLI_PERIOD | CLI_PREVIOUS | CLI_FORMAT | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_KEEP_GOING | CLI_STAGE | CLI_EXCEL, 1,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db", "SET EVIDENCE… | ari.db",
    "Điểm của từng tiêu chí, từng cơ quan", "The points of every criterion for every agency",
    "Ví dụ: ari score criteria/service-quality-766 so-lieu.csv --period 2026-08 --format csv\n"
    "Với --format csv, các cột là: agency,criterion,level,state,max,points,claimed.\n"
    "Để mở bằng Excel: ari score … --excel > diem.csv",
    "Example: ari score criteria/service-quality-766 evidence.csv --period 2026-08 --format csv\n"
    "With --format csv the columns are: agency,criterion,level,state,max,points,claimed.\n"
    "For Excel: ari score … --excel > scores.csv",
    run};
