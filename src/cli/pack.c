/* ari pack, unpack: what an agency hands over in one file. */
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* unproved: only the manifest says so; nobody has looked at the evidence. */
static void print_package(const cli *c, ari_work *work, size_t n, bool unproved) {
  ari_package_row row;
  if (ari_package_at(work, n, &row) != ARI_OK) return;
  fputs(cli_say(c, "Cơ quan: ", "Agency: "), stdout);
  cli_put(stdout, row.agency);
  printf(cli_say(c, "; kỳ %s; tệp số liệu: %zu; tài liệu: %zu\n", "; period %s; files of evidence: %zu; documents: %zu\n"), row.period, row.n_evidence, row.n_documents);
  printf(cli_say(c, "Mã kiểm tra hồ sơ (SHA-256): %s\n", "Fingerprint of the submission (SHA-256): %s\n"), row.fingerprint);
  if (*row.key) {
    printf(cli_say(c, "Chữ ký đúng, khóa %s (", "Signed with key %s ("), row.key);
    cli_put(stdout, row.key_file);
    fputs("): ", stdout);
    cli_put(stdout, row.comment);
    putchar('\n');
  }
  if (unproved)
    puts(cli_say(c, "Cơ quan, kỳ và mã kiểm tra là theo bản kê trong gói, chưa đối chiếu với số liệu: ari check hoặc ari submit sẽ đối chiếu.",
                 "Agency, period and fingerprint are those of the manifest and were not compared with the evidence: ari check and ari submit do that."));
}

static void print_path(const char *label, const char *path) {
  fputs(label, stdout);
  cli_put(stdout, path);
  putchar('\n');
}

static bool ends_in_zip(const char *name) {
  size_t n = strlen(name);
  return n > 4 && strcasecmp(name + n - 4, ".zip") == 0;
}

static int pack(cli *c) {
  int status = 0;
  const char *nearest;
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "pack cần -o TỆP.zip", "pack needs -o FILE.zip"));
  if (ari_is_database(c->names[0])) return cli_misuse(c, "%s", cli_say(c, "pack cần BỘ_TIÊU_CHÍ và SỐ_LIỆU, không đọc từ cơ sở dữ liệu", "pack takes SET and EVIDENCE, not a database"));
  if (!ends_in_zip(c->output)) return cli_misuse(c, cli_say(c, "gói hồ sơ phải có tên kết thúc bằng .zip, không phải '%s'", "a package has a name that ends in .zip, not '%s'"), c->output);
  c->options.strict = c->strict;
  if (c->options.secret_key && ari_key_is_locked(c->options.secret_key)) status = cli_password(c, false);
  c->tells_last = true;
  ari_work *work = status ? NULL : cli_source(c, &status);
  if (!work) return status;
  ari_status result = ari_pack(work, c->agency, c->output, &nearest);
  if (result == ARI_MISUSE) {
    cli_tell(c, work);
    if (!c->agency) cli_misuse(c, "%s", cli_say(c, "số liệu không phải của đúng một cơ quan; thêm --agency MÃ", "the evidence is not of exactly one agency: add --agency ID"));
    else cli_misuse(c, cli_say(c, "không có cơ quan nào mang mã '%s'; có phải là '%s' không?", "there is no agency '%s'; did you mean '%s'?"), c->agency, nearest ? nearest : "…");
    ari_work_free(work);
    return 2;
  }
  if (result == ARI_OK) {
    print_path(cli_say(c, "Gói hồ sơ: ", "Package: "), c->output);
    print_package(c, work, 0, false);
    if (c->options.secret_key) {
      fputs(cli_say(c, "Chữ ký, phải gửi kèm gói hồ sơ: ", "Signature, to be sent along with it: "), stdout);
      cli_put(stdout, c->output);
      puts(".minisig");
    }
  }
  return cli_finish(c, work, result);
}

static int unpack(cli *c) {
  if (c->n_names > 1) return cli_misuse(c, cli_say(c, "mỗi lần chỉ mở một gói hồ sơ; thừa tham số '%s'", "one package at a time: '%s' is one argument too many"), c->names[1]);
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "unpack cần -o THƯ_MỤC", "unpack needs -o FOLDER"));
  ari_work *work = ari_work_new(&c->options);
  if (!work) return cli_finish(c, NULL, ARI_NOMEM);
  ari_status result = ari_unpack(work, c->names[0], c->output);
  if (result == ARI_OK) {
    print_path(cli_say(c, "Đã mở gói hồ sơ vào: ", "Opened into: "), c->output);
    print_package(c, work, 0, true);
  }
  return cli_finish(c, work, result);
}

const cli_command cli_pack = {
    "pack", CLI_PERIOD | CLI_AGENCY | CLI_PREVIOUS | CLI_OUTPUT | CLI_STRICT | CLI_JOBS | CLI_DOCUMENTS | CLI_SIGN, 2,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… -o TỆP.zip [--sign KHÓA]", "SET EVIDENCE… -o FILE.zip [--sign KEY]",
    "Đóng gói hồ sơ của một cơ quan: số liệu, tài liệu, phiếu tự chấm", "Packs what an agency hands over: evidence, documents, its own sheet",
    "Gói có bản kê ghi mã SHA-256 của từng tệp; cùng dữ liệu vào thì gói giống nhau từng byte. Số liệu còn lỗi thì không đóng gói.\n"
    "Ví dụ: ari pack criteria/ministry-departments so-noi-vu.yaml -o so-noi-vu.zip\n"
    "       ari pack criteria/ministry-departments so-noi-vu.yaml -o so-noi-vu.zip --sign so-noi-vu.key\n"
    "       ari submit cchc-2026.db so-noi-vu.zip",
    "The package has a manifest with the SHA-256 of each file; the same inputs give the same bytes. Evidence with errors is not packed.\n"
    "Example: ari pack criteria/ministry-departments so-noi-vu.yaml -o so-noi-vu.zip\n"
    "         ari pack criteria/ministry-departments so-noi-vu.yaml -o so-noi-vu.zip --sign so-noi-vu.key\n"
    "         ari submit par-2026.db so-noi-vu.zip",
    pack};
const cli_command cli_unpack = {
    "unpack", CLI_OUTPUT | CLI_KEY, 1,
    "TỆP.zip -o THƯ_MỤC [--key KHÓA]", "FILE.zip -o FOLDER [--key KEY]",
    "Kiểm tra rồi mở gói hồ sơ vào một thư mục mới", "Checks a package and opens it into a new folder",
    "Mọi tệp được đối chiếu với bản kê trước khi mở; có sai khác thì không ghi gì.\n"
    "Ví dụ: ari unpack so-noi-vu.zip -o so-noi-vu",
    "Every file is held against the manifest first; when anything differs, nothing is written.\n"
    "Example: ari unpack so-noi-vu.zip -o so-noi-vu",
    unpack};
