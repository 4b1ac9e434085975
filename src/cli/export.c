/* ari export: a round as open data. */
#include "cli.h"

#include <stdio.h>

static int run(cli *c) {
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "export cần -o THƯ_MỤC", "export needs -o FOLDER"));
  if (!ari_is_database(c->names[0])) return cli_misuse(c, "%s", cli_say(c, "export đọc từ cơ sở dữ liệu của đợt", "export reads the database of a round"));
  int status = 0;
  ari_work *work = cli_source(c, &status);
  if (!work) return status;
  ari_status result = ari_export(work, c->output);
  if (result == ARI_OK) {
    fputs(cli_say(c, "Dữ liệu mở: ", "Open data: "), stdout);
    cli_put(stdout, c->output);
    putchar('\n');
  }
  return cli_finish(c, work, result);
}

const cli_command cli_export = {
    "export", CLI_ROUND | CLI_OUTPUT | CLI_JOBS, 1,
    "ari.db -o THƯ_MỤC", "ari.db -o FOLDER",
    "Xuất dữ liệu mở của một đợt, kèm mã băm từng tệp", "Writes a round as open data, with the hash of each file",
    "Ghi vào THƯ_MỤC mới: criteria.yaml, agencies.csv (hoặc .yaml), ranking.csv, scores.csv, stages.csv, results.json, manifest.json.\n"
    "Số liệu, ghi chú và tài liệu các cơ quan đã nộp vẫn ở trong cơ sở dữ liệu.\n"
    "Ví dụ: ari export 2026.db -o du-lieu-mo-2026",
    "Writes into a new FOLDER: criteria.yaml, agencies.csv (or .yaml), ranking.csv, scores.csv, stages.csv, results.json, manifest.json.\n"
    "The figures, notes and documents that agencies submitted stay in the database.\n"
    "Example: ari export 2026.db -o open-data-2026",
    run};
