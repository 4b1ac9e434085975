/* ari backup: a copy of a database while others use it. */
#include "cli.h"

#include <stdio.h>

static int run(cli *c) {
  int status = 0;
  ari_work *work = cli_database(c, 2, &status);
  if (!work) return status;
  ari_status result = ari_backup(work, c->names[0], c->names[1]);
  if (result == ARI_OK) {
    fputs(cli_say(c, "Đã sao lưu và kiểm tra: ", "Copied and checked: "), stdout);
    cli_put(stdout, c->names[1]);
    putchar('\n');
  }
  return cli_finish(c, work, result);
}

const cli_command cli_backup = {
    "backup", 0, 2,
    "ari.db TỆP_MỚI", "ari.db NEW_FILE",
    "Sao lưu cơ sở dữ liệu, kể cả khi người khác đang dùng", "Copies a database, also while others use it",
    "Chép trạng thái tại một thời điểm, kiểm tra bản sao rồi mới đặt tên; không ghi đè tệp đã có.\n"
    "Ví dụ: ari backup ari.db sao-luu-2026-08-31.db",
    "Copies what is there at one moment and checks the copy before it gets its name; a file that is there is never replaced.\n"
    "Example: ari backup ari.db backup-2026-08-31.db",
    run};
