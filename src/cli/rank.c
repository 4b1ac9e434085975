/* ari rank: the ranking. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static void add_row(const cli *c, cli_table *t, const ari_ranking_row *row, int total, int index, bool groups) {
  char text[64], rank[16];
  ari_locale how = c->options.lang == ARI_EN ? ARI_AS_EN : ARI_AS_VI;
  snprintf(rank, sizeof rank, row->rank ? "%s%d" : "–", row->tied ? "=" : "", row->rank);
  cli_table_cell(t, rank);
  cli_table_cell(t, row->agency);
  cli_table_cell(t, row->name);
  if (groups) cli_table_cell(t, row->group_title);
  cli_table_cell(t, row->has_points ? ari_figure_text(row->points, total, how, text) : "–");
  cli_table_cell(t, row->has_max ? ari_figure_text(row->max, -1, how, text) : "–");
  cli_table_cell(t, row->has_points ? ari_figure_text(row->index, index, how, text) : "–");
  cli_table_cell(t, row->grade_title);
  cli_table_cell(t, row->state == ARI_FINAL ? "" : ari_agency_state_text(row->state, c->options.lang));
}

static void start_table(const cli *c, cli_table *t, bool groups) {
  cli_table_start(t, groups ? "rlllrrrll" : "rllrrrll");
  cli_table_cell(t, cli_say(c, "Hạng", "Rank"));
  cli_table_cell(t, cli_say(c, "Mã", "Id"));
  cli_table_cell(t, cli_say(c, "Cơ quan", "Agency"));
  if (groups) cli_table_cell(t, cli_say(c, "Khối", "Group"));
  cli_table_cell(t, cli_say(c, "Điểm", "Points"));
  cli_table_cell(t, cli_say(c, "Tối đa", "Max"));
  cli_table_cell(t, cli_say(c, "Chỉ số (%)", "Index (%)"));
  cli_table_cell(t, cli_say(c, "Xếp loại", "Grade"));
  cli_table_cell(t, "");
}

void cli_put_title(const ari_work *work) {
  cli_put(stdout, ari_set_title(work));
  printf(" – %s\n", ari_period_text(work));
}

ari_status cli_print_ranking(const cli *c, ari_work *work, size_t most) {
  size_t n = ari_ranking_count(work);
  int total = ari_decimals_total(work), index = ari_decimals_index(work);
  bool all = ari_ranks_across_groups(work); /* then one table, with the group as a column */
  cli_put_title(work);
  ari_ranking_row row, first = {0};
  for (size_t i = 0; i < n;) {
    ari_status status = ari_ranking_at(work, i, &first);
    if (status != ARI_OK) return status;
    size_t left_out = 0, shown = 0;
    cli_table t;
    start_table(c, &t, all);
    for (; i < n && ari_ranking_at(work, i, &row) == ARI_OK && (all || strcmp(row.group, first.group) == 0); i++) {
      if (most && shown >= most) left_out++;
      else add_row(c, &t, &row, total, index, all), shown++;
    }
    putchar('\n');
    if (!all) {
      cli_put(stdout, first.group_title);
      putchar('\n');
    }
    if (cli_table_print(&t, "  ") != ARI_OK) return ARI_NOMEM;
    if (left_out) printf(cli_say(c, "  … và %zu cơ quan nữa\n", "  … and %zu more\n"), left_out);
  }
  return ARI_OK;
}

static ari_status print_all(const cli *c, ari_work *work) { return cli_print_ranking(c, work, 0); }

static int run(cli *c) { return cli_print(c, print_all, ari_write_ranking_csv, ari_write_ranking_json); }

const cli_command cli_rank = {
    "rank", CLI_PERIOD | CLI_FORMAT | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_KEEP_GOING, 1,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db", "SET EVIDENCE… | ari.db",
    "Xếp hạng các cơ quan trong từng khối", "Ranks the agencies within their groups",
    "Ví dụ: ari rank criteria/service-quality-766 so-lieu.csv --period 2026-08\n"
    "Với --format csv, các cột là: rank,agency,group,points,max,index,grade,state.",
    "Example: ari rank criteria/service-quality-766 evidence.csv --period 2026-08\n"
    "With --format csv the columns are: rank,agency,group,points,max,index,grade,state.",
    run};
