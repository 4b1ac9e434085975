/* ari report: one report in one file. */
#include "cli.h"

#include <stdio.h>

static void put_written(const char *what, const char *path) {
  fputs(what, stdout);
  cli_put(stdout, path);
  putchar('\n');
}

static int run(cli *c) {
  ari_report_format format;
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "report cần -o TỆP để ghi báo cáo", "report needs -o FILE for the report"));
  if (!ari_report_format_of(c->output, &format))
    return cli_misuse(c, cli_say(c, "đuôi tệp '%s' không cho biết dạng báo cáo; viết một trong: .html, .xlsx, .md, .json, .csv",
                                 "the end of '%s' names no form of report; write one of: .html, .xlsx, .md, .json, .csv"), c->output);
  if (c->excel && format != ARI_REPORT_CSV) return cli_misuse(c, "%s", cli_say(c, "--excel chỉ dùng với tệp .csv", "--excel goes with a .csv file"));
  if (c->excel) format = ARI_REPORT_EXCEL_CSV;
  if (c->per_agency && format != ARI_REPORT_HTML) return cli_misuse(c, "%s", cli_say(c, "--per-agency chỉ dùng với tệp .html", "--per-agency goes with a .html file"));
  if (c->previous_round && format != ARI_REPORT_HTML) return cli_misuse(c, "%s", cli_say(c, "--previous-round chỉ dùng với tệp .html", "--previous-round goes with a .html file"));
  int status = 0;
  ari_work *work = cli_source(c, &status), *before = NULL;
  if (!work || (c->previous_round && !(before = cli_put_beside(c, work, c->previous_round, &status)))) return status;
  ari_status result = c->per_agency ? ari_write_agency_pages(work, c->per_agency) : ARI_OK;
  if (result == ARI_OK || result == ARI_INPUT) result = ari_write_report(work, format, c->output);
  if (result == ARI_OK || result == ARI_INPUT) {
    put_written(cli_say(c, "Báo cáo: ", "Report: "), c->output);
    if (c->per_agency) put_written(cli_say(c, "Phiếu từng cơ quan: ", "Each agency's page: "), c->per_agency);
  }
  if (result == ARI_INPUT) result = ARI_OK; /* the findings decide: with --keep-going the rest was written and the status is still 1 */
  status = cli_finish(c, work, result);
  ari_work_free(before);
  return status;
}

const cli_command cli_report = {
    "report", CLI_PERIOD | CLI_PREVIOUS | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_OUTPUT | CLI_KEEP_GOING | CLI_STAGE | CLI_CHARTS | CLI_EXCEL | CLI_PER_AGENCY | CLI_PREVIOUS_ROUND, 1,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db -o TỆP", "SET EVIDENCE… | ari.db -o FILE",
    "Viết báo cáo ra một tệp: .html .xlsx .md .json .csv", "Writes a report into one file: .html .xlsx .md .json .csv",
    "Dạng báo cáo theo đuôi tệp: .html báo cáo đầy đủ; .xlsx bảng tính gồm xếp hạng, biểu đồ, điểm từng tiêu chí;\n"
    ".md bảng xếp hạng để kèm quyết định;\n"
    ".json toàn bộ kết quả cho phần mềm khác; .csv bảng xếp hạng, thêm --excel để mở bằng Excel.\n"
    "Với .html: --per-agency THƯ_MỤC ghi thêm phiếu của từng cơ quan thành tệp riêng.\n"
    "--previous-round TRƯỚC.db[:ĐỢT] so với đợt trước: tăng, giảm nhiều nhất, thứ hạng qua hai kỳ.\n"
    "Ví dụ: ari report ari.db -o ket-qua.xlsx",
    "The form follows the end of the file's name: .html the whole report; .xlsx a workbook with ranking,\n"
    "charts and the points of every criterion; .md the ranking for the annex of a decision;\n"
    ".json all results for other programs; .csv the ranking, with --excel for Excel.\n"
    "With .html: --per-agency FOLDER also writes each agency's page as a file of its own.\n"
    "--previous-round BEFORE.db[:ROUND] sets it beside an earlier round: biggest rises and falls, ranks then and now.\n"
    "Example: ari report ari.db -o results.xlsx",
    run};
