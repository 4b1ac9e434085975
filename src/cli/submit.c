/* ari submit, appraise, answer, survey: files handed in to a round, all of them or none. */
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static void print_file(const cli *c, const ari_revision_row *row) {
  printf("  %s  ", cli_kind(c, row));
  cli_put(stdout, row->name);
  printf(cli_say(c, "  (%zu cơ quan", "  (agencies: %zu"), row->n_agencies);
  if (row->n_decisions) printf(cli_say(c, ", %zu kết luận thẩm định", ", decisions: %zu"), row->n_decisions);
  if (row->n_documents) printf(cli_say(c, ", %zu tài liệu", ", documents: %zu"), row->n_documents);
  if (row->n_missing) printf(cli_say(c, ", thiếu %zu", ", missing: %zu"), row->n_missing);
  printf(")  SHA-256 %s\n", row->sha256);
}

/* Of each agency that handed in something of its own: what its sheet and its package show too. */
static ari_status print_fingerprints(const cli *c, ari_work *work, int revision) {
  enum { MOST = 20 };
  ari_submission_row row;
  const char *before = "";
  char hex[65];
  size_t n = 0;
  for (size_t i = 0; ari_submission_at(work, i, &row) == ARI_OK; i++) {
    bool own = row.file && row.file->revision == revision && strcmp(row.file->kind, "evidence") == 0 && (!*row.origins || strstr(row.origins, "self"));
    if (!own || strcmp(row.agency, before) == 0) continue;
    before = row.agency;
    if (n++ >= MOST) continue;
    if (ari_fingerprint_of(work, row.agency, hex) != ARI_OK) return ARI_NOMEM;
    fputs(cli_say(c, "  mã kiểm tra hồ sơ của ", "  fingerprint of "), stdout);
    cli_put(stdout, row.agency);
    printf(": %s\n", hex);
  }
  if (n > MOST) printf(cli_say(c, "  … và %zu cơ quan nữa; xem từng cơ quan bằng: ari assess ari.db --agency MÃ\n", "  … and %zu agencies more; of each: ari assess ari.db --agency ID\n"), n - MOST);
  return ARI_OK;
}

static void print_signatures(const cli *c, ari_work *work) {
  ari_package_row row;
  for (size_t i = 0; ari_package_at(work, i, &row) == ARI_OK; i++) {
    if (!*row.key) continue;
    printf(cli_say(c, "  chữ ký đúng, khóa %s (", "  signed with key %s ("), row.key);
    cli_put(stdout, row.key_file);
    fputs("): ", stdout);
    cli_put(stdout, row.comment);
    putchar('\n');
  }
}

/* What was accepted just now: the last revision. */
static ari_status print_revision(const cli *c, ari_work *work) {
  ari_round_info info;
  ari_revision_row row;
  if (ari_round_of(work, &info) != ARI_OK) return ARI_OK;
  printf(cli_say(c, "Đã tiếp nhận, lần %d, đợt ", "Accepted as revision %d of round "), info.revisions);
  cli_put_round(&info);
  for (size_t i = 0; ari_revision_at(work, i, &row) == ARI_OK; i++)
    if (row.revision == info.revisions) print_file(c, &row);
  ari_status status = print_fingerprints(c, work, info.revisions);
  print_signatures(c, work);
  if (info.n_replaced)
    printf(cli_say(c, "  Thay thế toàn bộ nội dung đã nhận trước đây ở số tiêu chí (tính theo từng cơ quan) là: %zu\n",
                   "  It takes the place of all that was accepted before in this many criteria (agency by agency): %zu\n"), info.n_replaced);
  return status;
}

static int hand_in(cli *c, ari_handed what) {
  ari_work *work = ari_work_new(&c->options);
  if (!work) return cli_finish(c, NULL, ARI_NOMEM);
  ari_status result = ari_round_hand_in(work, c->names[0], c->round, what, c->names + 1, c->n_names - 1);
  if (result == ARI_OK) result = print_revision(c, work);
  return cli_finish(c, work, result);
}

static int submit(cli *c) { return hand_in(c, ARI_HAND_EVIDENCE); }

static bool ends_with(const char *name, const char *end) {
  size_t n = strlen(name), k = strlen(end);
  return n > k && strcasecmp(name + n - k, end) == 0;
}

/* What evaluators fill in, and hand in with the same command. */
static int write_worksheet(cli *c) {
  int status = 0;
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "--worksheet cần -o TỆP.csv để ghi phiếu thẩm định", "--worksheet needs -o FILE.csv for the worksheet"));
  if (!ends_with(c->output, ".csv")) return cli_misuse(c, cli_say(c, "phiếu thẩm định là bảng CSV: đặt tên tệp kết thúc bằng .csv, không phải '%s'; Excel và LibreOffice đều mở được",
                                                                   "a worksheet is a table in CSV: name a file that ends in .csv, not '%s'; spreadsheets open it"), c->output);
  if (!ari_is_database(c->names[0])) return cli_misuse(c, cli_say(c, "'%s' không phải là cơ sở dữ liệu của đợt đánh giá", "'%s' is no database of a round"), c->names[0]);
  ari_work *work = cli_source(c, &status);
  if (!work) return status;
  ari_status result = ari_write_worksheet(work, c->output);
  if (result == ARI_OK) {
    fputs(cli_say(c, "Phiếu thẩm định: ", "Worksheet: "), stdout);
    cli_put(stdout, c->output);
    putchar('\n');
  }
  return cli_finish(c, work, result);
}

static int appraise(cli *c) {
  if (c->worksheet) return write_worksheet(c);
  if (c->output) return cli_misuse(c, "%s", cli_say(c, "-o chỉ dùng cùng --worksheet", "-o goes with --worksheet only"));
  if (c->n_names < 2) return cli_misuse(c, cli_say(c, "thiếu tham số; cách viết: ari appraise %s", "an argument is missing; write: ari appraise %s"),
                                        cli_say(c, c->command->usage_vi, c->command->usage_en));
  return hand_in(c, ARI_HAND_APPRAISAL);
}
static int answer(cli *c) { return hand_in(c, ARI_HAND_EXPLANATION); }
static int survey(cli *c) { return hand_in(c, ARI_HAND_SURVEY); }

enum { TAKES = CLI_ROUND | CLI_BY | CLI_JOBS };

const cli_command cli_submit = {
    "submit", TAKES | CLI_KEY, 2,
    "ari.db SỐ_LIỆU…", "ari.db EVIDENCE…",
    "Nộp số liệu vào đợt: kiểm tra, rồi nhận tất cả hoặc không nhận gì", "Hands evidence in to a round: checked, then all of it or none",
    "Nhận biểu mẫu .xlsx (ari form), tệp .yaml, .csv, thư mục chứa chúng, gói hồ sơ .zip (ari pack; có --key thì phải là gói đã ký); danh sách cơ quan mới cũng nộp bằng lệnh này khi đang nhận hồ sơ.\n"
    "Lần nộp sau thay lần trước ở những tiêu chí nó nêu. Tài liệu được nêu tên phải nằm dưới thư mục chứa tệp số liệu.\n"
    "Ví dụ: ari submit cchc-2026.db nop/so-noi-vu.yaml --by \"Nguyễn Văn A\"",
    "Takes forms (ari form), .yaml and .csv files, folders of them and packages (ari pack; with --key only signed ones); while evidence is collected also a new list of agencies.\n"
    "What is handed in later replaces the criteria that it names. Documents that are named must lie below the folder of the file.\n"
    "Example: ari submit par-2026.db in/so-noi-vu.yaml --by \"Nguyễn Văn A\"",
    submit};
const cli_command cli_appraise = {
    "appraise", TAKES | CLI_WORKSHEET | CLI_OUTPUT, 1,
    "ari.db THẨM_ĐỊNH… | ari.db --worksheet -o TỆP.csv", "ari.db APPRAISAL… | ari.db --worksheet -o FILE.csv",
    "Ghi kết quả thẩm định, lần 1 hoặc lần 2", "Records what the evaluators settled, first or second",
    "--worksheet ghi phiếu thẩm định để điền trong bảng tính: mỗi cơ quan, mỗi tiêu chí một dòng, kèm điểm tự chấm, điểm hệ thống tính và số liệu.\n"
    "Điền decision (accept, inputs hoặc points), value, reason; dòng để trống là chưa thẩm định. Lưu dạng CSV rồi nộp bằng chính lệnh này.\n"
    "Ví dụ: ari appraise cchc-2026.db --worksheet -o tham-dinh.csv\n"
    "       ari appraise cchc-2026.db tham-dinh.csv --by \"Tổ thẩm định\"",
    "--worksheet writes what is filled in with a spreadsheet: a row for each agency and criterion, with claimed and computed points and the evidence.\n"
    "Fill in decision (accept, inputs or points), value and reason; an empty row is not appraised. Save it as CSV and hand it in with the same command.\n"
    "Example: ari appraise par-2026.db --worksheet -o appraisal.csv\n"
    "         ari appraise par-2026.db appraisal.csv --by \"Appraisal team\"",
    appraise};
const cli_command cli_answer = {
    "answer", TAKES, 2,
    "ari.db GIẢI_TRÌNH…", "ari.db EXPLANATION…",
    "Ghi giải trình của cơ quan", "Records what an agency explains",
    "Ví dụ: ari answer cchc-2026.db giai-trinh/so-noi-vu.yaml",
    "Example: ari answer par-2026.db explanation/so-noi-vu.yaml",
    answer};
const cli_command cli_survey = {
    "survey", TAKES, 2,
    "ari.db ĐIỀU_TRA…", "ari.db SURVEY…",
    "Ghi kết quả điều tra xã hội học", "Records the answers to a survey",
    "Ví dụ: ari survey cchc-2026.db dieu-tra.csv",
    "Example: ari survey par-2026.db survey.csv",
    survey};
