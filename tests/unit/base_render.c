/* The exact text of findings in both languages, the JSON, and what holds for every row of codes.def. */
#include "base/base.h"
#include "tap.h"

#include <stdlib.h>

static ari_sources all;

static int32_t add_text(const char *name, const char *text, size_t n) {
  int32_t i = ari_sources_add(&all, ari_str_of(name));
  char *bytes = ari_malloc(n + 1);
  if (i < 0 || !bytes) exit(1);
  memcpy(bytes, text, n);
  ari_source_give(&all.items[i], bytes, n);
  return i;
}

static int32_t add_c(const char *name, const char *text) { return add_text(name, text, strlen(text)); }

/* Compares the text of the whole list; frees it unless it is used again. */
static void shown(const ari_findings *fs, ari_lang lang, bool colour, const char *want, const char *name) {
  ari_buf b = {0};
  ari_findings_text(&b, fs, &all, lang, colour);
  ari_buf_char(&b, '\0');
  is(b.p, want, name);
  ari_buf_free(&b);
}

static void shown_json(const ari_findings *fs, ari_lang lang, const char *want, const char *name) {
  ari_buf b = {0};
  ari_findings_json(&b, fs, &all, lang);
  ari_buf_char(&b, '\0');
  is(b.p, want, name);
  ari_buf_free(&b);
}

static void test_plain(void) {
  ari_findings fs = {0};
  int32_t file = add_c("set/criteria.yaml", "\n\n\n\n\n\n\n\n\n  tên:\tế\x1B[0m x\nlast");
  ari_findings_add(&fs, ARI_E0105, (ari_span){file, 20, 1}, &(ari_args){{ari_arg_c("U+001B")}});
  shown(&fs, ARI_EN, false,
        "error[E0105]: the control character U+001B may not stand here\n"
        "  --> set/criteria.yaml:10:9\n"
        "   |\n"
        "10 |   tên: ế\\u{1B}[0m x\n"
        "   |         ^^^^^^ an invisible character\n"
        "   = help: delete it and type the text again; only tabs and line ends are allowed\n", "a place, its line, carets, help");
  shown(&fs, ARI_VI, false,
        "lỗi[E0105]: không được dùng ký tự điều khiển U+001B\n"
        "  --> set/criteria.yaml:10:9\n"
        "   |\n"
        "10 |   tên: ế\\u{1B}[0m x\n"
        "   |         ^^^^^^ ký tự không nhìn thấy\n"
        "   = gợi ý: xóa ký tự này rồi gõ lại; chỉ cho phép dấu tab và xuống dòng\n", "the same in Vietnamese");
  shown_json(&fs, ARI_EN,
             "{\"code\":\"E0105\",\"severity\":\"error\",\"file\":\"set/criteria.yaml\",\"line\":10,\"column\":9,\"end_line\":10,"
             "\"end_column\":10,\"message\":\"the control character U+001B may not stand here\",\"help\":\"delete it and type the text "
             "again; only tabs and line ends are allowed\",\"args\":[\"U+001B\"]}\n", "the same as JSON");
  shown(&fs, ARI_EN, true,
        "\033[1;31merror[E0105]\033[0;1m: the control character U+001B may not stand here\033[0m\n"
        "\033[1;34m  --> \033[0mset/criteria.yaml:10:9\n"
        "\033[1;34m   |\033[0m\n"
        "\033[1;34m10 |\033[0m   tên: ế\\u{1B}[0m x\n"
        "\033[1;34m   | \033[0m        \033[1;31m^^^^^^ an invisible character\033[0m\n"
        "\033[1;34m   = \033[0mhelp: delete it and type the text again; only tabs and line ends are allowed\n", "in colour");
  ari_findings_free(&fs);
}

static void test_second_place(void) {
  ari_findings fs = {0};
  int32_t a = add_c("a.csv", "agency,progress.on_time\nx,1\n"), b = add_c("b.yaml", "first\n");
  ari_finding *f = ari_findings_add(&fs, ARI_E0105, (ari_span){a, 26, 1}, &(ari_args){{ari_arg_c("%2\n\xE2\x80\xAE")}});
  f->row = 2;
  f->column = ARI_STR("progress.on_time");
  f->other = (ari_span){b, 0, 5};
  shown(&fs, ARI_VI, false,
        "lỗi[E0105]: không được dùng ký tự điều khiển %2\\u{0A}\\u{202E}\n"
        " --> a.csv:2:3 (dòng 2, cột \"progress.on_time\")\n"
        "  |\n"
        "2 | x,1\n"
        "  |   ^ ký tự không nhìn thấy\n"
        " ::: b.yaml:1:1\n"
        "  |\n"
        "1 | first\n"
        "  | -----\n"
        "  = gợi ý: xóa ký tự này rồi gõ lại; chỉ cho phép dấu tab và xuống dòng\n",
        "row, column and a second place; user text is escaped");
  shown_json(&fs, ARI_EN,
             "{\"code\":\"E0105\",\"severity\":\"error\",\"file\":\"a.csv\",\"line\":2,\"column\":3,\"end_line\":2,\"end_column\":4,\"row\":2,"
             "\"column_name\":\"progress.on_time\",\"message\":\"the control character %2\\\\u{0A}\\\\u{202E} may not stand here\","
             "\"help\":\"delete it and type the text again; only tabs and line ends are allowed\",\"other\":{\"file\":\"b.yaml\","
             "\"line\":1,\"column\":1},\"args\":[\"%2\\n\\u202e\"]}\n", "as JSON");
  ari_findings_free(&fs);
}

static void test_without_lines(void) {
  ari_findings fs = {0};
  int32_t file = ari_sources_add(&all, ARI_STR("kh\xC3\xB4ng \xFF" "c\xC3\xB3.yaml"));
  ari_findings_add(&fs, ARI_F0001, ARI_NOWHERE, NULL);
  ari_findings_add(&fs, ARI_F0003, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_c("x.yaml"), ari_arg_c("y.yaml")}});
  ari_findings_add(&fs, ARI_E0101, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_c("32 MiB")}});
  ari_findings_sort(&fs);
  shown(&fs, ARI_EN, false,
        "failure[F0001]: out of memory\n"
        "\n"
        "failure[F0003]: there is no file or folder \"x.yaml\"\n"
        " --> không \\xFFcó.yaml\n"
        "  = help: did you mean \"y.yaml\"?\n"
        "\n"
        "error[E0101]: the file is larger than 32 MiB\n"
        " --> không \\xFFcó.yaml\n"
        "  = help: split figures into several files; for a key, a signature or a package, see whether this is the right file\n", "no place, and a file whose bytes are not at hand");
  ari_findings_free(&fs);
}

static void test_args(void) {
  ari_findings fs = {0};
  ari_dec d = {.coef = 1171750, .scale = 2, .written = 2};
  ari_findings_add(&fs, ARI_F0014, ARI_NOWHERE, &(ari_args){{ari_arg_e12(7460000000000), ari_arg_dec(d)}});
  ari_findings_add(&fs, ARI_F0014, ARI_NOWHERE, &(ari_args){{ari_arg_date(20484), ari_arg_int(-2026)}});
  ari_findings_sort(&fs);
  shown(&fs, ARI_EN, false,
        "failure[F0014]: \"7.46\": the system reports error 11,717.5 ()\n\n"
        "failure[F0014]: \"31 January 2026\": the system reports error -2026 ()\n", "arguments as English writes them");
  shown(&fs, ARI_VI, false,
        "sự cố[F0014]: \"7,46\": hệ thống báo lỗi 11.717,5 ()\n\n"
        "sự cố[F0014]: \"31/01/2026\": hệ thống báo lỗi -2026 ()\n", "arguments as Vietnamese writes them");
  shown_json(&fs, ARI_VI,
             "{\"code\":\"F0014\",\"severity\":\"failure\",\"message\":\"\\\"7,46\\\": hệ thống báo lỗi 11.717,5 ()\","
             "\"args\":[7.46,11717.5]}\n"
             "{\"code\":\"F0014\",\"severity\":\"failure\",\"message\":\"\\\"31/01/2026\\\": hệ thống báo lỗi -2026 ()\","
             "\"args\":[\"2026-01-31\",-2026]}\n", "and for programs");
  ari_findings_free(&fs);
}

static void test_edges(void) {
  ari_findings fs = {0};
  int32_t file = add_c("e.yaml", "one: [\n  two\n]\n\xE6\xBC\xA2x\n");
  ari_findings_add(&fs, ARI_E0103, (ari_span){file, 5, 9}, &(ari_args){{ari_arg_int(6), ari_arg_c("0x00")}});
  ari_findings_add(&fs, ARI_E0103, (ari_span){file, 18, 1}, &(ari_args){{ari_arg_int(6), ari_arg_c("0x00")}});
  ari_findings_add(&fs, ARI_E0103, (ari_span){file, 20, 0}, &(ari_args){{ari_arg_int(6), ari_arg_c("0x00")}});
  ari_findings_add(&fs, ARI_E0103, (ari_span){file, 900, 900}, &(ari_args){{ari_arg_int(6), ari_arg_c("0x00")}});
  const char *tail = "  = help: save the file again in UTF-8 (in a spreadsheet: \"CSV UTF-8\")\n";
  const char *head = "error[E0103]: byte 6 (value 0x00) is not UTF-8\n";
  char want[2000];
  snprintf(want, sizeof want, "%s%s%s\n%s%s%s\n%s%s%s\n%s%s%s",
           head, " --> e.yaml:1:6\n  |\n1 | one: [\n  |      ^ from here on\n", tail,
           head, " --> e.yaml:4:2\n  |\n4 | \xE6\xBC\xA2x\n  |   ^ from here on\n", tail,
           head, " --> e.yaml:5:1\n  |\n5 |\n  | ^ from here on\n", tail,
           head, " --> e.yaml:5:1\n  |\n5 |\n  | ^ from here on\n", tail);
  shown(&fs, ARI_EN, false, want, "several lines, wide letters, the end of the file, beyond it");
  ari_findings_free(&fs);
}

/* Puts a mark at `at` into a line of n letters and returns the line that is shown and the one with the caret. */
static void window_of(size_t n, size_t at, char *line, char *caret) {
  char *text = malloc(n + 1);
  if (!text) exit(1);
  memset(text, 'a', n);
  text[n] = '\0';
  text[at] = 'X';
  int32_t file = add_c("w.csv", text);
  free(text);
  ari_findings fs = {0};
  ari_findings_add(&fs, ARI_E0103, (ari_span){file, (uint32_t)at, 1}, NULL);
  ari_buf b = {0};
  ari_findings_text(&b, &fs, &all, ARI_EN, false);
  ari_buf_char(&b, '\0');
  const char *p = strstr(b.p, "\n1 | "), *q = p ? strstr(p + 1, "\n  | ") : NULL;
  snprintf(line, 400, "%.*s", q ? (int)(q - p - 5) : 0, q ? p + 5 : "");
  snprintf(caret, 400, "%.*s", q ? (int)strcspn(q + 5, "\n") : 0, q ? q + 5 : "");
  ari_buf_free(&b);
  ari_findings_free(&fs);
}

/* The caret stands under the X: columns before it, where an ellipsis takes three bytes and one column. */
static int aligned(const char *line, const char *caret) {
  const char *x = strchr(line, 'X'), *c = strchr(caret, '^');
  if (!x || !c) return 0;
  return ari_utf8_width((ari_str){line, (size_t)(x - line)}) == (size_t)(c - caret);
}

static void test_window(void) {
  char line[400], caret[400];
  window_of(100, 99, line, caret);
  ok(strlen(line) == 100 && aligned(line, caret), "a line of 100 columns is shown whole");
  window_of(1 << 20, 500000, line, caret);
  ok(aligned(line, caret) && strncmp(line, "…", 3) == 0 && strcmp(line + strlen(line) - 3, "…") == 0 && strlen(line) == 106,
     "a line of a megabyte is cut on both sides");
  window_of(1 << 20, 3, line, caret);
  ok(aligned(line, caret) && line[0] == 'a' && strlen(line) == 103, "at its start only behind");
  window_of(1 << 20, (1 << 20) - 1, line, caret);
  ok(aligned(line, caret) && strncmp(line, "…", 3) == 0 && strlen(line) == 3 + 41, "at its end only before");
  size_t n = 300000; /* a letter with 100,000 marks on it takes one column: bytes are limited as well */
  char *text = malloc(n + 4);
  if (!text) exit(1);
  for (size_t i = 0; i < n; i += 2) memcpy(text + i, "\xCC\x81", 2);
  int32_t file = add_text("z.csv", text, n);
  free(text);
  ari_findings fs = {0};
  ari_findings_add(&fs, ARI_E0103, (ari_span){file, 100000, 2}, NULL);
  ari_buf b = {0};
  ari_findings_text(&b, &fs, &all, ARI_EN, false);
  ok(b.n > 0 && b.n < 5000, "marks without end are cut too");
  ari_buf_free(&b);
  ari_findings_free(&fs);
}

static void test_more(void) {
  ari_findings fs = {0}, run = {0};
  int32_t file = add_c("m.csv", "x"), other = add_c("o.csv", "x");
  for (int i = 0; i < 62; i++) ari_findings_add(&fs, ARI_E0105, (ari_span){file, 0, 1}, &(ari_args){{ari_arg_int(i)}});
  ari_findings_add(&fs, ARI_E0106, (ari_span){other, 0, 0}, NULL);
  ok(ari_findings_merge(&run, &fs), "merged");
  for (int i = 100; i < 103; i++) ari_findings_add(&run, ARI_E0105, (ari_span){file, 0, 1}, &(ari_args){{ari_arg_int(i)}});
  ari_findings_sort(&run);
  ari_buf b = {0};
  ari_findings_text(&b, &run, &all, ARI_EN, false);
  ari_buf_char(&b, '\0');
  ok(strstr(b.p, "\n\nand 15 more in m.csv\n\nerror[E0106]") != NULL, "a file's end says how many more there are, kept or not");
  ok(!strstr(b.p, "and 12 more"), "once");
  ok(strstr(b.p, "character 49 may") && !strstr(b.p, "character 50 may"), "after fifty");
  ari_buf_clear(&b);
  ari_findings_text(&b, &run, &all, ARI_VI, false);
  ari_buf_char(&b, '\0');
  ok(strstr(b.p, "\n\nvà 15 thông báo nữa trong m.csv\n\nlỗi[E0106]") != NULL, "in Vietnamese");
  ari_buf_clear(&b);
  ari_findings_json(&b, &run, &all, ARI_EN);
  ari_buf_char(&b, '\0');
  ok(strstr(b.p, "\n{\"more\":15,\"file\":\"m.csv\"}\n{\"code\":\"E0106\"") != NULL, "and as JSON");
  run.n = 0;
  ari_buf_clear(&b);
  ari_findings_text(&b, &run, &all, ARI_EN, false);
  ari_buf_char(&b, '\0');
  is(b.p, "\nand 12 more\n", "those of files of which none was kept come last");
  ari_buf_free(&b);
  ari_findings_free(&run);
}

/* The messages that no input file can bring about, word for word; the others have goldens. */
static void test_machine(void) {
  ari_findings fs = {0};
  static const ari_code codes[] = {ARI_F0001, ARI_F0004, ARI_F0005, ARI_F0006, ARI_F0007, ARI_F0010, ARI_F0011, ARI_F0013, ARI_F0014,
                                   ARI_F0015, ARI_F0016};
  for (size_t i = 0; i < ARI_COUNT(codes); i++)
    ari_findings_add(&fs, codes[i], ARI_NOWHERE, &(ari_args){{ari_arg_c("a/b"), ari_arg_int(16), ari_arg_c("Device or resource busy")}});
  int32_t file = add_c("big.csv", "");
  ari_findings_add(&fs, ARI_E0101, (ari_span){file, 0, 0}, &(ari_args){{ari_arg_c("256 MiB")}});
  shown(&fs, ARI_EN, false,
        "failure[F0001]: out of memory\n"
        "\nfailure[F0004]: no permission to open \"a/b\"\n"
        "  = help: ask the owner for permission, or choose another folder\n"
        "\nfailure[F0005]: the disk is full: \"a/b\" could not be written\n"
        "  = help: free some space, or choose another folder\n"
        "\nfailure[F0006]: \"a/b\" lies on a disk that can only be read\n"
        "  = help: choose a folder on another disk\n"
        "\nfailure[F0007]: \"a/b\" is a folder, not a file\n"
        "\nfailure[F0010]: \"a/b\" could not be opened: too many files are open\n"
        "\nfailure[F0011]: the disk reports an error at \"a/b\"\n"
        "  = help: copy the file to another disk and try again\n"
        "\nfailure[F0013]: \"a/b\" would become larger than this machine allows\n"
        "\nfailure[F0014]: \"a/b\": the system reports error 16 (Device or resource busy)\n"
        "\nfailure[F0015]: the program \"a/b\" could not be started: error 16 (Device or resource busy)\n"
        "\nfailure[F0016]: \"a/b\" leads through too many links\n"
        "\nerror[E0101]: the file is larger than 256 MiB\n"
        " --> big.csv:1:1\n"
        "  = help: split figures into several files; for a key, a signature or a package, see whether this is the right file\n", "failures of the machine");
  shown(&fs, ARI_VI, false,
        "sự cố[F0001]: hết bộ nhớ\n"
        "\nsự cố[F0004]: không có quyền mở \"a/b\"\n"
        "  = gợi ý: xin quyền của người quản lý tệp, hoặc chọn thư mục khác\n"
        "\nsự cố[F0005]: ổ đĩa đã đầy, không ghi được \"a/b\"\n"
        "  = gợi ý: giải phóng chỗ trống, hoặc chọn thư mục khác\n"
        "\nsự cố[F0006]: \"a/b\" nằm trên ổ đĩa chỉ cho phép đọc\n"
        "  = gợi ý: chọn thư mục trên ổ đĩa khác\n"
        "\nsự cố[F0007]: \"a/b\" là thư mục, không phải là tệp\n"
        "\nsự cố[F0010]: không mở được \"a/b\": đang mở quá nhiều tệp\n"
        "\nsự cố[F0011]: ổ đĩa báo lỗi tại \"a/b\"\n"
        "  = gợi ý: chép tệp sang ổ đĩa khác rồi thử lại\n"
        "\nsự cố[F0013]: \"a/b\" vượt quá kích thước tệp mà máy này cho phép\n"
        "\nsự cố[F0014]: \"a/b\": hệ thống báo lỗi 16 (Device or resource busy)\n"
        "\nsự cố[F0015]: không chạy được chương trình \"a/b\": lỗi 16 (Device or resource busy)\n"
        "\nsự cố[F0016]: \"a/b\" đi qua quá nhiều liên kết\n"
        "\nlỗi[E0101]: tệp lớn hơn 256 MiB\n"
        " --> big.csv:1:1\n"
        "  = gợi ý: số liệu thì chia thành nhiều tệp nhỏ hơn; nếu là khóa, chữ ký hay gói hồ sơ thì xem lại có đúng tệp không\n", "in Vietnamese");
  ari_findings_free(&fs);
}

/* ---- every row of codes.def ---- */

/* A bit for each placeholder that is used; 0x80: a % that is none. */
static unsigned placeholders(const char *text) {
  unsigned used = 0;
  for (const char *p = text; *p; p++) {
    if (*p != '%') continue;
    p++;
    if (*p >= '1' && *p <= '4') used |= 1U << (*p - '1');
    else if (*p != '%') return 0x80;
  }
  return used;
}

static int bars(const char *text) {
  int n = 0;
  for (; *text; text++) n += *text == '|';
  return n;
}

static bool good_text(const char *text) {
  ari_arena arena = {0};
  ari_str s = ari_str_of(text), nfc = {"", 0};
  size_t bad;
  bool good = ari_utf8_valid(s.p, s.n, &bad) && ari_utf8_nfc(&arena, s, &nfc) && ari_str_eq(s, nfc) && ari_str_eq(s, ari_str_trim(s));
  ari_arena_free(&arena);
  return good;
}

static void test_codes(void) {
  int order = 0, letters = 0, texts = 0, args = 0, missing = 0;
  for (ari_code c = 0; c < ARI_CODES; c++) {
    const ari_code_row *row = ari_code_words(c);
    int faults = order + letters + texts + args + missing;
    if (c > 0 && strcmp(row->name + 1, ari_code_words(c - 1)->name + 1) <= 0) order++;
    if (strlen(row->name) != 5 || !strchr("EWF", row->name[0]) || strspn(row->name + 1, "0123456789") != 4) letters++;
    unsigned used[2] = {0, 0};
    for (int l = 0; l < 2; l++) {
      const char *three[] = {row->sentence[l], row->label[l], row->help[l]};
      for (int i = 0; i < 3; i++) {
        used[l] |= placeholders(three[i]);
        if (!good_text(three[i])) texts++;
      }
    }
    if (c == ARI_E0503 || c == ARI_E0506) used[ARI_EN] ^= 3U << 2; /* the set's author says it in both languages: %3 and %4 */
    if (c == ARI_E0946) used[ARI_EN] ^= 3U << 1; /* options by their titles: %2 and %3 */
    if (c == ARI_E0924 || c == ARI_E0925 || c == ARI_W0491) used[ARI_EN] ^= 3U; /* the form names its parts in both: %1 and %2 */
    if (c == ARI_E0936 || c == ARI_E0937 || c == ARI_E0938) used[ARI_EN] ^= 3U; /* kinds of files: %1 and %2 */
    if (c == ARI_E0457) used[ARI_EN] ^= 3U << 1; /* from when until when: %2 and %3 */
    if (used[0] != used[1] || (used[0] & 0x80)) args++;
    if (!*row->sentence[0] || !*row->sentence[1]) missing++;
    if (!*row->label[0] != !*row->label[1] || !*row->help[0] != !*row->help[1]) missing++;
    if (bars(row->label[0]) != bars(row->label[1]) || bars(row->label[0]) > 1) missing++;
    if (order + letters + texts + args + missing > faults) printf("# %s is not well formed\n", row->name);
  }
  ok(order == 0, "codes ascend by number, and no number is used twice");
  ok(letters == 0, "names are a letter of E, W, F and four digits");
  ok(texts == 0, "all texts are UTF-8 in NFC without spaces at their ends");
  ok(args == 0, "both languages use the same arguments");
  ok(missing == 0, "what one language says the other says too");
  const char *name, *sentence, *help;
  ok(ari_code_at(0, ARI_VI, &name, &sentence, &help), "rows are public");
  ok(strcmp(name, "F0001") == 0 && strcmp(sentence, "hết bộ nhớ") == 0, "from the first");
  ok(!ari_code_at(ARI_CODES, ARI_EN, &name, &sentence, &help), "up to the last");
}

int main(void) {
  test_plain();
  test_second_place();
  test_without_lines();
  test_args();
  test_edges();
  test_window();
  test_more();
  test_machine();
  test_codes();
  ari_sources_free(&all);
  return done();
}
