/* ari report: one report in one file. */
#include "cli.h"

#include <stdio.h>

static int run(cli *c) {
  ari_report_format format;
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "report cần -o TỆP để ghi báo cáo", "report needs -o FILE for the report"));
  if (!ari_report_format_of(c->output, &format))
    return cli_misuse(c, cli_say(c, "đuôi tệp '%s' không cho biết dạng báo cáo; viết một trong: .html, .xlsx, .md, .json, .csv",
                                 "the end of '%s' names no form of report; write one of: .html, .xlsx, .md, .json, .csv"), c->output);
  if (c->excel && format != ARI_REPORT_CSV) return cli_misuse(c, "%s", cli_say(c, "--excel chỉ dùng với tệp .csv", "--excel goes with a .csv file"));
  if (c->excel) format = ARI_REPORT_EXCEL_CSV;
  int status = 0;
  ari_work *work = cli_source(c, &status);
  if (!work) return status;
  ari_status result = ari_write_report(work, format, c->output);
  if (result == ARI_OK || result == ARI_INPUT) {
    fputs(cli_say(c, "Báo cáo: ", "Report: "), stdout);
    cli_put(stdout, c->output);
    putchar('\n');
  }
  if (result == ARI_INPUT) result = ARI_OK; /* the findings decide: with --keep-going the rest was written and the status is still 1 */
  return cli_finish(c, work, result);
}

const cli_command cli_report = {
    "report", CLI_PERIOD | CLI_PREVIOUS | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_OUTPUT | CLI_KEEP_GOING | CLI_STAGE | CLI_CHARTS | CLI_EXCEL, 1,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db -o TỆP", "SET EVIDENCE… | ari.db -o FILE",
    "Viết báo cáo ra một tệp: .html .xlsx .md .json .csv", "Writes a report into one file: .html .xlsx .md .json .csv",
    "Dạng báo cáo theo đuôi tệp: .html báo cáo đầy đủ; .xlsx bảng tính gồm xếp hạng, biểu đồ, điểm từng tiêu chí;\n"
    ".md bảng xếp hạng để kèm quyết định;\n"
    ".json toàn bộ kết quả cho phần mềm khác; .csv bảng xếp hạng, thêm --excel để mở bằng Excel.\n"
    "Ví dụ: ari report ari.db -o ket-qua.xlsx",
    "The form follows the end of the file's name: .html the whole report; .xlsx a workbook with ranking,\n"
    "charts and the points of every criterion; .md the ranking for the annex of a decision;\n"
    ".json all results for other programs; .csv the ranking, with --excel for Excel.\n"
    "Example: ari report ari.db -o results.xlsx",
    run};
