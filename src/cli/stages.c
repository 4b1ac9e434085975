/* ari stages: the points at every stage of the round, and why they changed. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static void start_table(const cli *c, cli_table *t) {
  cli_table_start(t, "lrrrrl");
  cli_table_cell(t, cli_say(c, "Tiêu chí", "Criterion"));
  cli_table_cell(t, cli_say(c, "Tự chấm", "Claimed"));
  cli_table_cell(t, cli_say(c, "Hệ thống tính", "Computed"));
  cli_table_cell(t, cli_say(c, "Thẩm định 1", "Appraised 1"));
  cli_table_cell(t, cli_say(c, "Thẩm định 2", "Appraised 2"));
  cli_table_cell(t, cli_say(c, "Lý do", "Reason"));
}

static void add_row(const cli *c, cli_table *t, const ari_stage_row *row) {
  static const ari_stage shown[] = {ARI_STAGE_CLAIMED, ARI_STAGE_COMPUTED, ARI_STAGE_APPRAISED1, ARI_STAGE_APPRAISED2};
  char text[64];
  cli_table_indented(t, row->level * 2, row->criterion);
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
    cli_table_cell(t, row->has_points[shown[i]] ? ari_figure_text(row->points[shown[i]], -1, ari_locale_of(c->options.lang), text) : "–");
  cli_table_cell(t, *row->reason2 ? row->reason2 : row->reason1);
}

/* The terminal shows what changed since it was computed, what people decided or answered, and the totals. */
static bool is_told(const ari_stage_row *row) {
  bool changed = row->has_points[ARI_STAGE_COMPUTED] != row->has_points[ARI_STAGE_FINAL] || row->points[ARI_STAGE_COMPUTED] != row->points[ARI_STAGE_FINAL];
  return row->level == 0 || changed || *row->reason1 || *row->reason2 || *row->explanation;
}

static ari_status print_stages(const cli *c, ari_work *work) {
  ari_stage_row row;
  cli_table t;
  bool open = false, found = false;
  ari_status status = ari_stages_make(work);
  if (status != ARI_OK) return status;
  cli_put_title(c, work);
  for (size_t i = 0; status == ARI_OK && ari_stages_at(work, i, &row) == ARI_OK; i++) {
    if (c->agency && strcmp(row.agency, c->agency) != 0) continue;
    if (row.level == 0) {
      if (open) status = cli_table_print(&t, "  ");
      printf("\n%s\n", row.agency);   /* an id */
      start_table(c, &t);
      open = found = true;
    }
    if (c->agency || is_told(&row)) add_row(c, &t, &row);
  }
  if (open && status == ARI_OK) status = cli_table_print(&t, "  ");
  if (found || status != ARI_OK) return status;
  cli_misuse(c, cli_say(c, "không có cơ quan '%s'", "there is no agency '%s'"), c->agency ? c->agency : "");
  return ARI_MISUSE;
}

static ari_status write_csv(ari_work *work, ari_sink to) {
  ari_status status = ari_stages_make(work);
  return status == ARI_OK ? ari_write_stages_csv(work, to) : status;
}

static ari_status write_json(ari_work *work, ari_sink to) {
  ari_status status = ari_stages_make(work);
  return status == ARI_OK ? ari_write_stages_json(work, to) : status;
}

static int run(cli *c) {
  if (c->agency && c->format != CLI_TABLE) return cli_misuse(c, "%s", cli_say(c, "csv và json ghi mọi cơ quan: không dùng --agency", "csv and json hold all agencies: leave --agency out"));
  return cli_print(c, print_stages, write_csv, write_json);
}

const cli_command cli_stages = {
    "stages", CLI_PERIOD | CLI_PREVIOUS | CLI_FORMAT | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_KEEP_GOING | CLI_AGENCY, 1,
    "ari.db [--agency MÃ]", "ari.db [--agency ID]",
    "Điểm qua từng bước: tự chấm, hệ thống tính, thẩm định, và lý do thay đổi", "The points at every stage: claimed, computed, appraised, and why they changed",
    "Bảng chỉ nêu tổng điểm và tiêu chí đã thẩm định hoặc giải trình; với --agency MÃ thì nêu mọi tiêu chí của cơ quan đó.\n"
    "Với --format csv, các cột là: agency,criterion,level,claimed,computed,appraised1,appraised2,final,reason1,explanation,reason2.\n"
    "Ví dụ: ari stages 2026.db --agency so-noi-vu",
    "The table has the totals and what was appraised or explained; with --agency ID every criterion of that agency.\n"
    "With --format csv the columns are: agency,criterion,level,claimed,computed,appraised1,appraised2,final,reason1,explanation,reason2.\n"
    "Example: ari stages 2026.db --agency so-noi-vu",
    run};
