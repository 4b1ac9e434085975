/* ari rank: the ranking. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

/* Columns that not every ranking has. */
typedef struct columns { bool group, range; } columns;

static void add_row(const cli *c, cli_table *t, const ari_ranking_row *row, int total, int index, columns with) {
  char text[64], high[48], range[128], rank[16];
  ari_locale how = ari_locale_of(c->options.lang);
  snprintf(rank, sizeof rank, row->rank ? "%s%d" : "–", row->tied ? "=" : "", row->rank);
  cli_table_cell(t, rank);
  cli_table_cell(t, row->agency);
  cli_table_cell(t, row->name);
  if (with.group) cli_table_cell(t, row->group_title);
  cli_table_cell(t, row->has_points ? ari_figure_text(row->points, total, how, text) : "–");
  if (with.range) {
    snprintf(range, sizeof range, "%s – %s", ari_figure_text(row->low, total, how, text), ari_figure_text(row->high, total, how, high));
    cli_table_cell(t, row->state == ARI_PROVISIONAL ? range : "");
  }
  cli_table_cell(t, row->has_max ? ari_figure_text(row->max, -1, how, text) : "–");
  cli_table_cell(t, row->has_points ? ari_figure_text(row->index, index, how, text) : "–");
  cli_table_cell(t, row->grade_title);
  cli_table_cell(t, row->state == ARI_FINAL ? "" : ari_agency_state_text_at(c->options.stage, row->state, c->options.lang));
}

static void start_table(const cli *c, cli_table *t, columns with) {
  cli_table_start(t, with.group ? with.range ? "rlllrrrrll" : "rlllrrrll" : with.range ? "rllrrrrll" : "rllrrrll");
  cli_table_cell(t, cli_say(c, "Hạng", "Rank"));
  cli_table_cell(t, cli_say(c, "Mã", "Id"));
  cli_table_cell(t, cli_say(c, "Cơ quan", "Agency"));
  if (with.group) cli_table_cell(t, cli_say(c, "Khối", "Group"));
  cli_table_cell(t, cli_say(c, "Điểm", "Points"));
  if (with.range) cli_table_cell(t, cli_say(c, "Từ – đến", "From – to"));
  cli_table_cell(t, cli_say(c, "Tối đa", "Max"));
  cli_table_cell(t, cli_say(c, "Chỉ số (%)", "Index (%)"));
  cli_table_cell(t, cli_say(c, "Xếp loại", "Grade"));
  cli_table_cell(t, "");
}

void cli_put_title(const cli *c, const ari_work *work) {
  ari_stage stage = ari_work_stage(work);
  cli_put(stdout, ari_set_title(work));
  printf(" – %s", ari_period_text(work));
  ari_round_info round;
  bool open = ari_round_of(work, &round) == ARI_OK && strcmp(round.state, "trial") != 0 && strcmp(round.state, "published") != 0;
  if (open) printf(" – %s", round.state_text);   /* figures may still change */
  if (stage != ARI_STAGE_FINAL) printf(" – %s", ari_stage_text(stage, c->options.lang));
  putchar('\n');
}

/* Somebody's total is provisional. */
static bool has_ranges(const ari_work *work) {
  ari_ranking_row row;
  for (size_t i = 0; ari_ranking_at(work, i, &row) == ARI_OK; i++)
    if (row.state == ARI_PROVISIONAL) return true;
  return false;
}

ari_status cli_print_ranking(const cli *c, ari_work *work, size_t most) {
  size_t n = ari_ranking_count(work);
  int total = ari_decimals_total(work), index = ari_decimals_index(work);
  columns with = {.group = ari_ranks_across_groups(work), .range = has_ranges(work)};
  cli_put_title(c, work);
  ari_ranking_row row, first = {0};
  for (size_t i = 0; i < n;) {
    ari_status status = ari_ranking_shown(work, i, &first);
    if (status != ARI_OK) return status;
    size_t left_out = 0, shown = 0;
    cli_table t;
    start_table(c, &t, with);
    for (; i < n && ari_ranking_shown(work, i, &row) == ARI_OK && row.block == first.block; i++) {
      if (most && shown >= most) left_out++;
      else add_row(c, &t, &row, total, index, with), shown++;
    }
    putchar('\n');
    if (*first.block_title || !with.group) {
      cli_put(stdout, first.block_title);
      putchar('\n');
    }
    if (cli_table_print(&t, "  ") != ARI_OK) return ARI_NOMEM;
    if (left_out) printf(cli_say(c, "  … và %zu cơ quan nữa\n", "  … and %zu more\n"), left_out);
  }
  return ARI_OK;
}

static ari_status print_all(const cli *c, ari_work *work) { return cli_print_ranking(c, work, 0); }

static int run(cli *c) { return cli_print(c, print_all, c->excel ? ari_write_ranking_excel : ari_write_ranking_csv, ari_write_ranking_json); }

const cli_command cli_rank = {
    "rank", CLI_PERIOD | CLI_PREVIOUS | CLI_FORMAT | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_KEEP_GOING | CLI_STAGE | CLI_EXCEL, 1,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db", "SET EVIDENCE… | ari.db",
    "Xếp hạng các cơ quan trong từng khối", "Ranks the agencies within their groups",
    "Ví dụ: ari rank criteria/service-quality-766 so-lieu.csv --period 2026-08\n"
    "Với --format csv, các cột là: rank,agency,group,points,max,index,grade,state.\n"
    "Để mở bằng Excel: ari rank … --excel > xep-hang.csv",
    "Example: ari rank criteria/service-quality-766 evidence.csv --period 2026-08\n"
    "With --format csv the columns are: rank,agency,group,points,max,index,grade,state.\n"
    "For Excel: ari rank … --excel > ranking.csv",
    run};
