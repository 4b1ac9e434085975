/* ari submissions: who has handed in what, and who has not. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

const char *cli_kind(const cli *c, const ari_revision_row *file) {
  static const struct { const char *kind, *vi, *en; } words[] = {{"criteria", "bộ tiêu chí", "criteria"}, {"agencies", "danh sách cơ quan", "agencies"},
    {"previous", "số liệu kỳ trước", "last period"}, {"evidence", "số liệu", "evidence"}, {"survey", "điều tra xã hội học", "survey"},
    {"explanation", "giải trình", "explanation"}};
  if (file->turn) return file->turn == 1 ? cli_say(c, "thẩm định lần 1", "first appraisal") : cli_say(c, "thẩm định lần 2", "second appraisal");
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(file->kind, words[i].kind) == 0) return cli_say(c, words[i].vi, words[i].en);
  return file->kind;
}

/* Whose figures they are, where it is not the agency alone; and the key of a signature that was verified. */
static void add_kind(const cli *c, cli_table *t, const ari_submission_row *row) {
  char text[192];
  bool own = strncmp(row->origins, "self", 4) == 0, central = strstr(row->origins, "central") != NULL;
  const char *whose = !central ? "" : own ? cli_say(c, " (cả số liệu của cơ quan chủ trì)", " (also central)") : cli_say(c, " (cơ quan chủ trì cung cấp)", " (central)");
  const char *last = strstr(row->origins, "previous") ? cli_say(c, " (có số liệu kỳ trước)", " (with last period's)") : "";
  int n = snprintf(text, sizeof text, "%s%s%s", cli_kind(c, row->file), whose, last);
  if (*row->file->key) snprintf(text + n, sizeof text - (size_t)n, cli_say(c, " (đã ký, khóa %s)", " (signed, key %s)"), row->file->key);
  cli_table_cell(t, text);
}

static void add_documents(const cli *c, cli_table *t, const ari_revision_row *file) {
  char text[96] = "";
  if (file->n_missing) snprintf(text, sizeof text, cli_say(c, "%zu (thiếu %zu)", "%zu (missing %zu)"), file->n_documents, file->n_missing);
  else if (file->n_documents) snprintf(text, sizeof text, "%zu", file->n_documents);
  cli_table_cell(t, text);
}

static void add_file(const cli *c, cli_table *t, const ari_submission_row *row) {
  char text[48];
  snprintf(text, sizeof text, "%d", row->file->revision);
  cli_table_cell(t, text);
  add_kind(c, t, row);
  cli_table_cell(t, ari_time_text(row->file->at, ari_locale_of(c->options.lang), text));
  cli_table_cell(t, row->file->actor);
  cli_table_cell(t, row->file->late ? cli_say(c, "muộn", "late") : "");
  add_documents(c, t, row->file);
  cli_table_cell(t, row->file->name);
}

enum { COLUMNS = 9 };

static void add_row(const cli *c, cli_table *t, const ari_submission_row *row) {
  cli_table_cell(t, row->agency);
  cli_table_cell(t, row->name);
  if (row->file) {
    add_file(c, t, row);
    return;
  }
  cli_table_cell(t, "–");
  cli_table_cell(t, cli_say(c, "chưa nộp", "nothing yet"));
  for (int i = 4; i < COLUMNS; i++) cli_table_cell(t, "");
}

static ari_status print_submissions(const cli *c, const ari_work *work) {
  ari_round_info info;
  ari_submission_row row;
  cli_table t;
  if (ari_round_of(work, &info) != ARI_OK) return ARI_MISUSE;
  fputs(cli_say(c, "Đợt ", "Round "), stdout);
  cli_put_round(&info);
  printf(cli_say(c, "Đã nộp hồ sơ: %zu/%zu cơ quan; thời gian theo giờ UTC\n", "Have handed in: %zu of %zu agencies; times in UTC\n"), info.n_handed_in, info.n_agencies);
  cli_table_start(&t, "llrllllrl");
  static const char *const heads[COLUMNS][2] = {{"Mã", "Id"}, {"Cơ quan", "Agency"}, {"Lần", "Revision"}, {"Loại tệp", "Kind"}, {"Thời gian", "Time"},
    {"Người nộp", "Who"}, {"Hạn", "Deadline"}, {"Tài liệu", "Documents"}, {"Tệp", "File"}};
  for (int i = 0; i < COLUMNS; i++) cli_table_cell(&t, heads[i][c->options.lang == ARI_EN]);
  for (size_t i = 0; ari_submission_at(work, i, &row) == ARI_OK; i++) add_row(c, &t, &row);
  return cli_table_print(&t, "  ");
}

static int run(cli *c) {
  int status = 0;
  ari_work *work = cli_database(c, 1, &status);
  if (!work) return status;
  ari_status result = ari_work_read_database(work, c->names[0], c->round);
  if (result == ARI_OK) {
    result = c->format == CLI_CSV    ? ari_write_submissions_csv(work, cli_stdout())
             : c->format == CLI_JSON ? ari_write_submissions_json(work, cli_stdout())
                                     : print_submissions(c, work);
  }
  return cli_finish(c, work, result);
}

const cli_command cli_submissions = {
    "submissions", CLI_FORMAT | CLI_ROUND | CLI_JOBS, 1,
    "ari.db", "ari.db",
    "Cơ quan nào đã nộp gì, cơ quan nào chưa nộp", "Who has handed in what, and who has not",
    "Với --format csv, các cột là: agency,name,revision,turn,kind,origins,file,sha256,at,actor,late,documents,missing,key;\n"
    "cơ quan chưa nộp có một dòng chỉ ghi mã và tên.\n"
    "Ví dụ: ari submissions cchc-2026.db",
    "With --format csv the columns are: agency,name,revision,turn,kind,origins,file,sha256,at,actor,late,documents,missing,key;\n"
    "an agency that has handed in nothing has a row with id and name alone.\n"
    "Example: ari submissions par-2026.db",
    run};
