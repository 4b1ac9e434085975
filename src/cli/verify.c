/* ari verify: whether all that a database keeps still holds. */
#include "cli.h"

#include <stdio.h>

static void print_verdict(const cli *c, const ari_work *work, const ari_verdict *v) {
  size_t errors;
  ari_work_findings(work, &errors, NULL, NULL);
  if (!v->holds) {
    printf(cli_say(c, "KHÔNG toàn vẹn: %zu điểm sai, xem các thông báo lỗi.\n", "Does NOT hold: errors: %zu, see the messages.\n"), errors);
    return;
  }
  printf(cli_say(c, "Toàn vẹn: %zu đợt, %zu tệp, %zu mục nhật ký, %zu dòng kết quả đều khớp; mã cuối của nhật ký: %s",
                 "All holds: rounds %zu, files %zu, entries of the log %zu, rows of results %zu; head of the log: %s"),
         v->rounds, v->files, v->entries, v->rows, v->head);
  if (v->after > 0)
    printf(cli_say(c, "; sau mã đã cho có thêm %lld mục", "; entries after the head that was given: %lld"), (long long)v->after);
  putchar('\n');
}

static int run(cli *c) {
  int status = 0;
  ari_work *work = cli_database(c, 1, &status);
  if (!work) return status;
  ari_verdict verdict;
  ari_status result = ari_verify(work, c->names[0], c->head, &verdict);
  if (result == ARI_OK || result == ARI_INPUT) {
    ari_status told = cli_tell(c, work);   /* sorts and counts: what is told twice counts once */
    if (told != ARI_OK) result = told;
    else print_verdict(c, work, &verdict);
  }
  return cli_finish(c, work, result);
}

const cli_command cli_verify = {
    "verify", CLI_HEAD | CLI_JOBS, 1,
    "ari.db [--head MÃ]", "ari.db [--head HASH]",
    "Kiểm chứng cơ sở dữ liệu: tệp, nhật ký và mọi điểm số có còn đúng không",
    "Verifies a database: files, log and every figure",
    "In một dòng: có toàn vẹn hay không, kèm mã cuối của nhật ký để ghi lại.\n"
    "--head MÃ: mã đã ghi lại trước đây phải còn trong nhật ký; không có nó thì không phát hiện được\n"
    "việc cắt bỏ đoạn cuối nhật ký cùng với những gì đoạn đó đã tiếp nhận.\n"
    "Mã thoát: 0 toàn vẹn; 1 có điều không đúng; 3 không đọc được tệp.\n"
    "Ví dụ: ari verify ari.db",
    "Prints one line: whether all holds, with the head of the log to be written down.\n"
    "--head HASH: what was written down earlier must still stand in the log; without it nobody can tell\n"
    "that the log was cut at its end together with all that it accepted there.\n"
    "Exit status: 0 all holds; 1 something does not; 3 the file cannot be read.\n"
    "Example: ari verify ari.db",
    run};
