/* ari run: the main job. */
#include "cli.h"

#include <stdio.h>

enum { TOP = 10 };

static int run(cli *c) {
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "run cần -o THƯ_MỤC để ghi kết quả", "run needs -o FOLDER for its results"));
  if (ari_is_database(c->names[0]))
    return cli_misuse(c, "%s", cli_say(c, "run chấm từ tệp số liệu; cơ sở dữ liệu thì dùng rank, score, explain",
                                       "run scores from evidence files; for a database use rank, score, explain"));
  int status = 0;
  ari_work *work = cli_source(c, &status), *before = NULL;
  bool beside = c->options.previous && ari_is_database(c->options.previous);
  if (!work || (beside && !(before = cli_put_beside(c, work, c->options.previous, &status)))) return status;
  ari_status result = ari_write_results(work, c->output);
  if (result == ARI_OK || result == ARI_INPUT) {
    ari_status printed = cli_print_ranking(c, work, TOP);
    if (printed != ARI_OK) result = printed;
  }
  if (result == ARI_OK || result == ARI_INPUT) {
    fputs(cli_say(c, "\nBáo cáo: ", "\nReport: "), stdout);
    cli_put(stdout, c->output);
    puts("/report.html");
  }
  if (result == ARI_INPUT) result = ARI_OK; /* the findings decide: with --keep-going the rest was written and the status is still 1 */
  status = cli_finish(c, work, result);
  ari_work_free(before);
  return status;
}

const cli_command cli_run = {
    "run", CLI_PERIOD | CLI_PREVIOUS | CLI_STRICT | CLI_JOBS | CLI_OUTPUT | CLI_KEEP_GOING | CLI_CHARTS, 2,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… -o THƯ_MỤC", "SET EVIDENCE… -o FOLDER",
    "Việc chính: kiểm tra, chấm điểm, xếp hạng, lưu, vẽ biểu đồ, viết báo cáo", "The main job: checks, scores, ranks, stores, draws charts, writes the report",
    "Ghi vào THƯ_MỤC: report.html ranking.csv scores.csv results.json ari.db charts/*.svg\n"
    "--charts=required: không vẽ được biểu đồ thì dừng với mã 3; --charts=none: không vẽ.\n"
    "Ví dụ: ari run criteria/service-quality-766 so-lieu.csv --period 2026-08 -o ketqua",
    "Writes into FOLDER: report.html ranking.csv scores.csv results.json ari.db charts/*.svg\n"
    "--charts=required: status 3 when charts cannot be drawn; --charts=none: none are drawn.\n"
    "Example: ari run criteria/service-quality-766 evidence.csv --period 2026-08 -o results",
    run};
