/* ari check: every finding of the files named. */
#include "cli.h"

#include <stdio.h>

static int run(cli *c) {
  ari_work *work = ari_work_new(&c->options);
  if (!work) return cli_finish(c, NULL, ARI_NOMEM);
  ari_status result = ari_work_check(work, c->names, c->n_names);
  ari_status told = cli_tell(c, work);
  if (told != ARI_OK) return cli_finish(c, work, told);
  size_t errors, warnings, failures;
  ari_work_findings(work, &errors, &warnings, &failures);
  if (result <= ARI_INPUT && c->diag == ARI_DIAG_TEXT) {
    if (!errors && !warnings && !failures) puts(cli_say(c, "Không có lỗi.", "No errors."));
    else printf(cli_say(c, "%zu lỗi, %zu cảnh báo.\n", "Errors: %zu, warnings: %zu.\n"), errors, warnings);
  }
  return cli_finish(c, work, result);
}

const cli_command cli_check = {
    "check", CLI_PERIOD | CLI_PREVIOUS | CLI_STRICT | CLI_JOBS | CLI_KEY, 1,
    "TỆP…", "FILE…",
    "Kiểm tra bộ tiêu chí, danh sách cơ quan, số liệu: mọi lỗi kèm tệp, dòng, cột", "Checks criteria, agency lists and evidence: every mistake with file, line and column",
    "Ví dụ: ari check criteria/service-quality-766\n"
    "       ari check criteria/service-quality-766 so-lieu.csv --period 2026-08",
    "Example: ari check criteria/service-quality-766\n"
    "         ari check criteria/service-quality-766 evidence.csv --period 2026-08",
    run};
