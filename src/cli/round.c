/* ari round: opens a round, moves it from state to state, shows where it is. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

void cli_put_round(const ari_round_info *info) {
  cli_put(stdout, info->id);
  printf(" – %s", info->state_text);
  if (strcmp(info->state, info->state_text) != 0) printf(" (%s)", info->state);
  putchar('\n');
}

/* What the round can do next, as it is written. */
static void print_next(const cli *c, const ari_round_info *info) {
  for (size_t i = 0; i < sizeof info->next / sizeof *info->next && info->next[i].state; i++) {
    fputs(i ? "                    " : cli_say(c, "  Bước tiếp theo:   ", "  Next:             "), stdout);
    fputs("ari round set ", stdout);
    cli_put(stdout, c->names[0]);
    printf(" %s%s  (%s)\n", info->next[i].state, !info->next[i].needs_reason ? "" : cli_say(c, " --reason LÝ_DO", " --reason TEXT"), info->next[i].state_text);
  }
}

static void print_round(const cli *c, const ari_work *work) {
  ari_round_info info;
  if (ari_round_of(work, &info) != ARI_OK) return;
  fputs(cli_say(c, "Đợt ", "Round "), stdout);
  cli_put_round(&info);
  fputs(cli_say(c, "  Bộ tiêu chí:      ", "  Criteria set:     "), stdout);
  cli_put(stdout, info.title);
  fputs(" (", stdout);
  cli_put(stdout, info.set);
  fputs(cli_say(c, ", phiên bản ", ", version "), stdout);
  cli_put(stdout, info.version);
  printf(cli_say(c, ")\n  Kỳ đánh giá:      %s\n", ")\n  Period:           %s\n"), info.period_text);
  printf(cli_say(c, "  Hạn nộp:          %s\n", "  Deadline:         %s\n"), *info.deadline ? info.deadline : "–");
  printf(cli_say(c, "  Đã nộp hồ sơ:     %zu/%zu cơ quan\n", "  Have handed in:   %zu of %zu agencies\n"), info.n_handed_in, info.n_agencies);
  printf(cli_say(c, "  Số lần tiếp nhận: %d\n", "  Revisions:        %d\n"), info.revisions);
  printf(cli_say(c, "  Nhật ký:          %lld mục, mã cuối %s\n", "  Log:              entries %lld, head %s\n"), (long long)info.entries, info.head);
  print_next(c, &info);
}

static int show(cli *c) {
  int status = 0;
  ari_work *work = cli_database(c, 1, &status);
  if (!work) return status;
  ari_status result = ari_work_read_database(work, c->names[0], c->round);
  if (result == ARI_OK) print_round(c, work);
  return cli_finish(c, work, result);
}

static int open_round(cli *c) {
  if (!c->options.period) return cli_misuse(c, "%s", cli_say(c, "round open cần --period KỲ", "round open needs --period PERIOD"));
  int status = 0;
  ari_work *work = cli_database(c, 2, &status);
  if (!work) return status;
  ari_status result = ari_round_open(work, c->names[0], c->names[1], c->round, c->deadline);
  if (result == ARI_OK) print_round(c, work);
  return cli_finish(c, work, result);
}

static int set_state(cli *c) {
  int status = 0;
  ari_work *work = cli_database(c, 2, &status);
  if (!work) return status;
  ari_status result = ari_round_set(work, c->names[0], c->round, c->names[1], c->reason);
  ari_round_info info;
  if (result == ARI_OK && ari_round_of(work, &info) == ARI_OK) {
    fputs(cli_say(c, "Đợt ", "Round "), stdout);
    cli_put_round(&info);
    printf(strcmp(info.state, "published") != 0
             ? cli_say(c, "Mã cuối của nhật ký: %s\n", "Head of the log: %s\n")
             : cli_say(c, "Mã cuối của nhật ký (ghi lại, in vào quyết định công bố): %s\n", "Head of the log (write it down, print it in the decision that publishes): %s\n"),
           info.head);
  }
  return cli_finish(c, work, result);
}

const cli_command cli_round_open = {
    "round open", CLI_PERIOD | CLI_PREVIOUS | CLI_ROUND | CLI_DEADLINE | CLI_BY | CLI_JOBS, 2,
    "ari.db BỘ_TIÊU_CHÍ --period KỲ [--deadline NGÀY]", "ari.db SET --period PERIOD [--deadline DAY]",
    "Mở một đợt đánh giá: bộ tiêu chí, danh sách cơ quan, kỳ, hạn nộp", "Opens a round: criteria set, list of agencies, period, deadline",
    "Tệp ari.db được tạo mới, hoặc thêm đợt vào tệp đang có các đợt khác.\n"
    "Mã đợt là kỳ đánh giá, trừ khi ghi --round MÃ. --previous: số liệu kỳ trước. --by: người thực hiện, ghi vào nhật ký.\n"
    "Ví dụ: ari round open cchc-2026.db criteria/ministry-departments --period 2026 --deadline 2026-11-30",
    "ari.db is made, or the round is added to those that it holds.\n"
    "The round's id is its period unless --round says otherwise. --previous: evidence of last period. --by: who does it, for the log.\n"
    "Example: ari round open par-2026.db criteria/ministry-departments --period 2026 --deadline 2026-11-30",
    open_round};

const cli_command cli_round_set = {
    "round set", CLI_ROUND | CLI_REASON | CLI_BY | CLI_JOBS, 2,
    "ari.db BƯỚC [--reason LÝ_DO]", "ari.db STATE [--reason TEXT]",
    "Chuyển đợt sang bước khác và tính lại kết quả", "Moves a round to another state and works its results out",
    "Các bước: collecting (nhận hồ sơ) → appraising (thẩm định lần 1) → explaining (giải trình) → reappraising (thẩm định lần 2)\n"
    "→ final (chốt) → published (công bố). Từ appraising có thể sang thẳng final.\n"
    "Quay lại (appraising → collecting, final → reappraising) phải có --reason. Đã công bố thì không quay lại.\n"
    "Ví dụ: ari round set cchc-2026.db appraising",
    "States: collecting → appraising → explaining → reappraising → final → published. From appraising it may go to final at once.\n"
    "Back (appraising → collecting, final → reappraising) only with --reason. From published nowhere.\n"
    "Example: ari round set par-2026.db appraising",
    set_state};

const cli_command cli_round_show = {
    "round show", CLI_ROUND | CLI_JOBS, 1,
    "ari.db", "ari.db",
    "Đợt đang ở bước nào, ai đã nộp, làm gì tiếp", "Where a round is and what comes next",
    "Ví dụ: ari round show cchc-2026.db", "Example: ari round show par-2026.db",
    show};
