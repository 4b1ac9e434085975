/* ari log: who did what and when. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

/* What was done, with the word that --action takes. */
static const char *name_action(const cli *c, const char *action) {
  static const struct { const char *action, *vi; } names[] = {
      {"open", "mở đợt (open)"}, {"accept", "tiếp nhận (accept)"}, {"signature", "chữ ký (signature)"}, {"document", "tài liệu (document)"},
      {"state", "chuyển bước (state)"}, {"score", "chấm điểm (score)"}};
  for (size_t i = 0; c->options.lang == ARI_VI && i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i].action, action) == 0) return names[i].vi;
  return action;
}

static void add_row(const cli *c, cli_table *t, const ari_log_row *row) {
  char text[48];
  snprintf(text, sizeof text, "%lld", (long long)row->seq);
  cli_table_cell(t, text);
  cli_table_cell(t, ari_time_text(row->at, ari_locale_of(c->options.lang), text));
  cli_table_cell(t, row->actor);
  cli_table_cell(t, name_action(c, row->action));
  cli_table_cell(t, row->round);
  cli_table_cell(t, row->detail);
  cli_table_cell(t, row->reason);
}

static ari_status print_log(const cli *c, ari_work *work) {
  ari_log_row row;
  cli_table t;
  cli_put(stdout, c->names[0]);
  puts(cli_say(c, " – nhật ký, thời gian theo giờ UTC", " – the log, times in UTC"));
  if (ari_log_count(work) == 0) puts(cli_say(c, "  không có mục nào", "  no entries"));
  if (ari_log_count(work) == 0) return ARI_OK;
  cli_table_start(&t, "rllllll");
  cli_table_cell(&t, cli_say(c, "Số", "No"));
  cli_table_cell(&t, cli_say(c, "Thời gian", "Time"));
  cli_table_cell(&t, cli_say(c, "Người làm", "Who"));
  cli_table_cell(&t, cli_say(c, "Việc", "Action"));
  cli_table_cell(&t, cli_say(c, "Đợt", "Round"));
  cli_table_cell(&t, cli_say(c, "Chi tiết", "Detail"));
  cli_table_cell(&t, cli_say(c, "Lý do", "Reason"));
  for (size_t i = 0; ari_log_at(work, i, &row) == ARI_OK; i++) add_row(c, &t, &row);
  return cli_table_print(&t, "  ");
}

static int run(cli *c) {
  int status = 0;
  ari_work *work = cli_database(c, 1, &status);
  if (!work) return status;
  c->filter.round = c->round;
  ari_status result = ari_read_log(work, c->names[0], &c->filter);
  if (result == ARI_OK) {
    result = c->format == CLI_CSV    ? ari_write_log_csv(work, cli_stdout())
             : c->format == CLI_JSON ? ari_write_log_json(work, cli_stdout())
                                     : print_log(c, work);
  }
  return cli_finish(c, work, result);
}

const cli_command cli_log = {
    "log", CLI_FORMAT | CLI_ROUND | CLI_ACTION | CLI_ACTOR | CLI_FROM | CLI_UNTIL, 1,
    "ari.db", "ari.db",
    "Nhật ký: ai đã làm gì, khi nào", "Who did what, and when",
    "Lọc bằng --round ĐỢT, --action VIỆC (open, accept, signature, document, state, score), --actor NGƯỜI, --from NGÀY, --until NGÀY.\n"
    "Ngày viết dạng 2026-01-31, theo giờ UTC, tính cả hai đầu.\n"
    "Với --format csv, các cột là: seq,at,actor,action,round,file,reason,detail,hash.\n"
    "Ví dụ: ari log ari.db --action accept --from 2026-08-01",
    "Narrowed by --round ID, --action ACTION (open, accept, signature, document, state, score), --actor NAME, --from DAY, --until DAY.\n"
    "A day is written 2026-01-31, is one of UTC, and counts itself.\n"
    "With --format csv the columns are: seq,at,actor,action,round,file,reason,detail,hash.\n"
    "Example: ari log ari.db --action accept --from 2026-08-01",
    run};
