/* --help: for officials, not for programmers. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const char HEAD_VI[] =
    "ari: chấm điểm, xếp hạng chỉ số cải cách hành chính\n"
    "\n"
    "Cách viết: ari LỆNH … [lựa chọn]\n"
    "\n";
static const char HEAD_EN[] =
    "ari: scores and ranks an administrative reform index\n"
    "\n"
    "Write: ari COMMAND … [options]\n"
    "\n";
static const char TAIL_VI[] =
    "\n"
    "BỘ_TIÊU_CHÍ là thư mục có criteria.yaml và danh sách cơ quan (agencies.yaml hoặc agencies.csv).\n"
    "SỐ_LIỆU là một hay nhiều tệp .yaml, .csv, biểu mẫu đã điền (.xlsx), hoặc thư mục chứa chúng.\n"
    "Thay cho BỘ_TIÊU_CHÍ SỐ_LIỆU… có thể đưa tệp ari.db mà 'ari run' đã ghi.\n"
    "\n"
    "Lựa chọn chung:\n"
    "  --lang vi|en           ngôn ngữ (mặc định: vi, hoặc theo biến ARI_LANG)\n"
    "  --period KỲ            kỳ đánh giá khi số liệu không ghi: 2026, 2026-H1, 2026-Q3, 2026-08\n"
    "  --format table|csv|json  dạng kết quả in ra màn hình\n"
    "  --diag text|json       dạng thông báo lỗi\n"
    "  --strict               coi cảnh báo như lỗi\n"
    "  --keep-going           cơ quan có lỗi thì để riêng, vẫn chấm các cơ quan còn lại\n"
    "  -j N                   số việc làm song song\n"
    "\n"
    "Mã thoát: 0 xong; 1 dữ liệu có lỗi; 2 viết lệnh sai; 3 máy có sự cố (tệp, đĩa, cơ sở dữ liệu, gnuplot).\n"
    "Xem từng lệnh: ari LỆNH --help\n";
static const char TAIL_EN[] =
    "\n"
    "SET is a folder with criteria.yaml and a list of agencies (agencies.yaml or agencies.csv).\n"
    "EVIDENCE is one or more .yaml or .csv files or filled-in forms (.xlsx), or folders of them.\n"
    "In place of SET EVIDENCE… stands the ari.db that 'ari run' has written.\n"
    "\n"
    "Options for all:\n"
    "  --lang vi|en           language (vi unless ARI_LANG says otherwise)\n"
    "  --period PERIOD        for evidence that names none: 2026, 2026-H1, 2026-Q3, 2026-08\n"
    "  --format table|csv|json  form of what is printed\n"
    "  --diag text|json       form of messages\n"
    "  --strict               warnings count as errors\n"
    "  --keep-going           set agencies with errors aside and score the others\n"
    "  -j N                   how much is done side by side\n"
    "\n"
    "Exit status: 0 done; 1 errors in the input; 2 wrong usage; 3 the machine failed (file, disk, database, gnuplot).\n"
    "One command: ari COMMAND --help\n";

static void print_command(const cli *c, const cli_command *command) {
  const char *usage = cli_say(c, command->usage_vi, command->usage_en);
  printf("ari %s %s\n\n%s.\n", command->name, usage, cli_say(c, command->does_vi, command->does_en));
  const char *more = cli_say(c, command->more_vi, command->more_en);
  if (more) printf("\n%s\n", more);
}

void cli_help(const cli *c) {
  if (c->command) {
    print_command(c, c->command);
    return;
  }
  fputs(cli_say(c, HEAD_VI, HEAD_EN), stdout);
  const cli_command *command;
  for (size_t i = 0; (command = cli_command_at(i)); i++)
    if (!c->prefix || strncmp(command->name, c->prefix, strlen(c->prefix)) == 0) printf("  %-11s %s\n", command->name, cli_say(c, command->does_vi, command->does_en));
  fputs(cli_say(c, TAIL_VI, TAIL_EN), stdout);
}
