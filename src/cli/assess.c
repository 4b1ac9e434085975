/* ari assess: one agency's own sheet: its points beside what it claimed, what is missing, what would raise the total most. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN = 15 };   /* advice on a terminal; JSON has all of it */


static void put_figure(const cli *c, int64_t e12, int decimals) {
  char text[48];
  fputs(ari_figure_text(e12, decimals, ari_locale_of(c->options.lang), text), stdout);
}

/* "+0,23" into out. */
static const char *signed_text(const cli *c, int64_t e12, char out[64]) {
  char text[48];
  snprintf(out, 64, "%s%s", e12 > 0 ? "+" : "", ari_figure_text(e12, -1, ari_locale_of(c->options.lang), text));
  return out;
}

/* Where the total can still end: what is missing brings between nothing and all, what is pending between its least and its most. */
static void put_range(const cli *c, const ari_own_sheet *s, int total, int index) {
  const char *why = !s->n_awaited ? cli_say(c, "Còn thiếu số liệu: điểm có thể từ", "Evidence is missing: points from")
                    : s->n_missing ? cli_say(c, "Khi nộp đủ số liệu còn thiếu và có kết quả đang chờ: điểm từ", "With what is missing and pending: points from")
                                   : cli_say(c, "Khi có đủ kết quả đang chờ: điểm từ", "With what is pending: points from");
  printf("%s ", why);
  put_figure(c, s->low, total);
  printf(" %s ", cli_say(c, "đến", "to"));
  put_figure(c, s->high, total);
  printf("; %s ", cli_say(c, "chỉ số từ", "index from"));
  put_figure(c, s->low_index, index);
  printf(" %s ", cli_say(c, "đến", "to"));
  put_figure(c, s->high_index, index);
  puts(" %");
}

static void put_head(const cli *c, const ari_work *work, const ari_own_sheet *s) {
  int total = ari_decimals_total(work), index = ari_decimals_index(work);
  cli_put_title(c, work);
  putchar('\n');
  cli_put(stdout, s->agency);
  fputs("  ", stdout);
  cli_put(stdout, s->name);
  putchar('\n');
  if (!s->has_points) {
    printf("%s\n", ari_agency_state_text(s->state, c->options.lang));
    if (s->has_range) put_range(c, s, total, index);
    return;
  }
  printf("%s ", s->state == ARI_PROVISIONAL ? cli_say(c, "Điểm tạm tính:", "Provisional points:") : cli_say(c, "Điểm:", "Points:"));
  put_figure(c, s->points, total);
  fputs(" / ", stdout);
  put_figure(c, s->max, -1);
  printf("; %s ", cli_say(c, "chỉ số:", "index:"));
  put_figure(c, s->index, index);
  puts(" %");
  if (s->state == ARI_PROVISIONAL || (s->n_missing && s->high > s->points)) put_range(c, s, total, index);
}

static void add_score(const cli *c, cli_table *t, const ari_score_row *row) {
  char text[64];
  cli_table_indented(t, row->level * 2, row->criterion);
  cli_table_cell(t, row->title);
  cli_table_cell(t, row->has_points ? ari_figure_text(row->points, -1, ari_locale_of(c->options.lang), text) : "–");
  cli_table_cell(t, row->has_max ? ari_figure_text(row->max, -1, ari_locale_of(c->options.lang), text) : "–");
  cli_table_cell(t, row->has_claimed ? ari_figure_text(row->claimed, -1, ari_locale_of(c->options.lang), text) : "");
  cli_table_cell(t, row->has_claimed && row->has_points ? signed_text(c, row->points - row->claimed, text) : "");
  cli_table_cell(t, row->state_text);
}

static ari_status print_scores(const cli *c, ari_work *work, const ari_own_sheet *s) {
  cli_table t;
  ari_score_row row;
  cli_table_start(&t, "llrrrrl");
  cli_table_cell(&t, cli_say(c, "Tiêu chí", "Criterion"));
  cli_table_cell(&t, cli_say(c, "Tên", "Title"));
  cli_table_cell(&t, cli_say(c, "Điểm", "Points"));
  cli_table_cell(&t, cli_say(c, "Tối đa", "Max"));
  cli_table_cell(&t, cli_say(c, "Tự chấm", "Claimed"));
  cli_table_cell(&t, cli_say(c, "Lệch", "Off by"));
  cli_table_cell(&t, cli_say(c, "Trạng thái", "State"));
  for (size_t i = 0; i < s->n_rows && ari_score_at(work, s->first_row + i, &row) == ARI_OK; i++) add_score(c, &t, &row);
  putchar('\n');
  return cli_table_print(&t, "  ");
}

static ari_status print_missing(const cli *c, ari_work *work, const ari_own_sheet *s) {
  cli_table t;
  ari_missing_row row;
  if (!s->n_missing) return ARI_OK;
  char text[400];
  printf("\n%s\n", cli_say(c, "Số liệu, tài liệu còn thiếu", "Evidence that is missing"));
  cli_table_start(&t, "lll");
  cli_table_cell(&t, cli_say(c, "Tiêu chí", "Criterion"));
  cli_table_cell(&t, cli_say(c, "Số liệu", "Input"));
  cli_table_cell(&t, cli_say(c, "Ghi vào", "Write it in"));
  for (size_t i = 0; i < s->n_missing && ari_missing_at(work, i, &row) == ARI_OK; i++) {
    cli_table_cell(&t, row.title);
    snprintf(text, sizeof text, cli_say(c, "tài liệu kiểm chứng: cần %d, có %d", "documents: needed %d, named %d"), row.needed, row.given);
    cli_table_cell(&t, row.needed ? text : row.input_title);
    snprintf(text, sizeof text, "%s", cli_say(c, "trang Tài liệu của biểu mẫu, hoặc documents trong tệp YAML", "sheet Documents of the form, or documents in YAML"));
    if (row.of_previous) snprintf(text, sizeof text, "%s", cli_say(c, "số liệu kỳ trước: nêu tệp bằng --previous", "last period's evidence: name it with --previous"));
    cli_table_cell(&t, *row.place.words ? row.place.words : row.needed || row.of_previous ? text : row.column);
  }
  return cli_table_print(&t, "  ");
}

static ari_status print_awaited(const cli *c, ari_work *work, const ari_own_sheet *s) {
  cli_table t;
  ari_awaited_row row;
  if (!s->n_awaited) return ARI_OK;
  printf("\n%s\n", cli_say(c, "Chờ kết quả từ nơi khác (cơ quan không phải nộp)", "Pending: others supply it, the agency has nothing to do"));
  cli_table_start(&t, "lll");
  cli_table_cell(&t, cli_say(c, "Tiêu chí", "Criterion"));
  cli_table_cell(&t, cli_say(c, "Số liệu", "Input"));
  cli_table_cell(&t, cli_say(c, "Nơi cung cấp", "From"));
  for (size_t i = 0; i < s->n_awaited && ari_awaited_at(work, i, &row) == ARI_OK; i++) {
    cli_table_cell(&t, row.title);
    cli_table_cell(&t, *row.input_title ? row.input_title : "–");
    cli_table_cell(&t, row.source_text);
  }
  return cli_table_print(&t, "  ");
}

/* "+37 → 157" and what it gains. */
static void add_raise(const cli *c, cli_table *t, const ari_raise *raise) {
  char text[160], gain[64];
  if (!raise->found) {
    cli_table_cell(t, "–");
    cli_table_cell(t, "");
    return;
  }
  snprintf(text, sizeof text, "%s%s→ %s", raise->change, *raise->change ? " " : "", raise->to);
  cli_table_cell(t, text);
  cli_table_cell(t, signed_text(c, raise->gain, gain));
}

static void start_advice(const cli *c, cli_table *t) {
  printf("\n%s\n", cli_say(c, "Việc làm tăng điểm nhiều nhất (mỗi dòng đổi một số liệu, các số liệu khác giữ nguyên)",
                           "What would raise the total most (each line changes one input, all others as they are)"));
  cli_table_start(t, "lllrrrrr");
  cli_table_cell(t, cli_say(c, "Chỗ ghi", "Where"));
  cli_table_cell(t, cli_say(c, "Số liệu", "Input"));
  cli_table_cell(t, cli_say(c, "Tiêu chí", "Criterion"));
  cli_table_cell(t, cli_say(c, "Hiện có", "Now"));
  cli_table_cell(t, cli_say(c, "Bước gần nhất", "Next step"));
  cli_table_cell(t, cli_say(c, "Tăng", "Gains"));
  cli_table_cell(t, cli_say(c, "Để đạt tối đa", "To be full"));
  cli_table_cell(t, cli_say(c, "Tăng", "Gains"));
}

static ari_status print_advice(const cli *c, ari_work *work, const ari_own_sheet *s) {
  cli_table t;
  ari_advice_row row;
  if (!s->n_advice) return ARI_OK;
  start_advice(c, &t);
  for (size_t i = 0; i < s->n_advice && i < SHOWN && ari_advice_at(work, i, &row) == ARI_OK; i++) {
    cli_table_cell(&t, *row.place.words ? row.place.words : row.column);
    cli_table_cell(&t, row.input_title);
    cli_table_cell(&t, row.title);
    cli_table_cell(&t, *row.from ? row.from : cli_say(c, "chưa có", "none"));
    add_raise(c, &t, &row.next);
    add_raise(c, &t, &row.full);
  }
  if (cli_table_print(&t, "  ") != ARI_OK) return ARI_NOMEM;
  if (s->n_advice > SHOWN)
    printf(cli_say(c, "  … và %zu việc nữa; xem đủ với --format json\n", "  … and %zu more; --format json has them all\n"),
           s->n_advice - SHOWN);
  return ARI_OK;
}

static void put_unadvised(const cli *c, const ari_work *work, const ari_own_sheet *s) {
  ari_unadvised_row row;
  if (!s->n_unadvised) return;
  printf("\n%s", cli_say(c, "Chưa đạt tối đa nhưng không nêu được việc làm cụ thể vì chấm theo danh sách hoặc kết quả điều tra, không theo một số liệu riêng lẻ: ",
                         "Below the maximum, but scored by lists or survey answers, so that no single figure can be advised: "));
  for (size_t i = 0; i < s->n_unadvised && i < SHOWN && ari_unadvised_at(work, i, &row) == ARI_OK; i++) {
    if (i) fputs("; ", stdout);
    cli_put(stdout, row.title);
  }
  puts(s->n_unadvised > SHOWN ? "; …" : ".");
}

/* What others have may still change. */
static void put_compared(const cli *c, const ari_own_sheet *s) {
  if (!s->n_compared) return;
  printf(cli_say(c, "\n%zu tiêu chí chấm bằng cách so sánh với các cơ quan khác; hiện có %zu cơ quan có số liệu để so sánh.\n"
                    "Điểm của các tiêu chí này còn thay đổi theo số liệu của các cơ quan khác.\n",
                 "\nCriteria scored by comparing agencies: %zu; agencies with figures so far: %zu.\n"
                 "Their points still change with the figures of the others.\n"), s->n_compared, s->least_compared);
}

/* ---- documents ---- */

static void put_counts(const cli *c, const ari_work *work) {
  size_t n[ARI_DOCUMENT_UNNAMED + 1] = {0}, named = 0;
  ari_document_row row;
  for (size_t i = 0; ari_document_at(work, i, &row) == ARI_OK; i++) n[row.state]++;
  for (int state = 0; state < ARI_DOCUMENT_UNNAMED; state++) named += n[state];
  size_t there = n[ARI_DOCUMENT_THERE], paper = n[ARI_DOCUMENT_PAPER];
  printf("\n%s\n", cli_say(c, "Tài liệu kiểm chứng", "Documents"));
  printf(cli_say(c, "  Nêu tên %zu, có tệp %zu, chỉ nêu tên %zu, thiếu tệp %zu; tệp chưa tiêu chí nào nêu tên: %zu\n",
                 "  Named: %zu, with a file: %zu, without one: %zu, file lacking: %zu; files that no criterion names: %zu\n"),
         named, there, paper, named - there - paper, n[ARI_DOCUMENT_UNNAMED]);
}

/* "2.1.3: docs/kh12.pdf": where a document stands that is used again. */
static void put_same(const cli *c, const ari_work *work, const ari_document_row *row, char *out, size_t room) {
  ari_document_row first;
  if (!row->same_as || ari_document_at(work, row->same_as - 1, &first) != ARI_OK) {
    snprintf(out, room, "%s", row->state_text);
    return;
  }
  bool named = *first.criterion, file = strcmp(first.file, row->file) != 0;
  snprintf(out, room, "%s; %s %s%s%s", row->state_text, file ? cli_say(c, "cùng nội dung với", "the same as") : cli_say(c, "cùng tệp với", "the same file as"), first.criterion, named && file ? ": " : "", file ? first.file : "");
}

static ari_status print_documents(const cli *c, ari_work *work, const ari_own_sheet *s) {
  cli_table t;
  ari_document_row row;
  char text[640];
  if (!s->n_documents) return ARI_OK;
  put_counts(c, work);
  cli_table_start(&t, "lllll");
  cli_table_cell(&t, cli_say(c, "Tiêu chí", "Criterion"));
  cli_table_cell(&t, cli_say(c, "Số, ký hiệu", "Number"));
  cli_table_cell(&t, cli_say(c, "Tệp", "File"));
  cli_table_cell(&t, cli_say(c, "Tình trạng", "State"));
  cli_table_cell(&t, "SHA-256");
  for (size_t i = 0; i < s->n_documents && ari_document_at(work, i, &row) == ARI_OK; i++) {
    cli_table_cell(&t, *row.criterion ? row.criterion : "–");
    cli_table_cell(&t, *row.number ? row.number : row.title);
    cli_table_cell(&t, row.file);
    put_same(c, work, &row, text, sizeof text);
    cli_table_cell(&t, text);
    snprintf(text, sizeof text, "%.16s%s", row.sha256, *row.sha256 ? "…" : "");
    cli_table_cell(&t, text);
  }
  return cli_table_print(&t, "  ");
}

static void put_fingerprint(const cli *c, const ari_own_sheet *s) {
  printf("\n%s %s\n", cli_say(c, "Mã kiểm tra hồ sơ (SHA-256):", "Fingerprint of the submission (SHA-256):"), s->fingerprint);
}

static ari_status print_sheet(const cli *c, ari_work *work) {
  ari_own_sheet s;
  ari_status status = ari_own_sheet_of(work, &s);
  if (status != ARI_OK) return status;
  put_head(c, work, &s);
  if (s.n_rows > 1) status = print_scores(c, work, &s);
  put_compared(c, &s);
  if (status == ARI_OK) status = print_missing(c, work, &s);
  if (status == ARI_OK) status = print_awaited(c, work, &s);
  if (status == ARI_OK) status = print_documents(c, work, &s);
  if (status == ARI_OK) status = print_advice(c, work, &s);
  if (status == ARI_OK) put_unadvised(c, work, &s);
  if (status == ARI_OK) put_fingerprint(c, &s);
  return status;
}

static void tell_misuse(const cli *c, const char *nearest) {
  if (nearest) cli_misuse(c, cli_say(c, "không có cơ quan này; ý bạn là '%s'?", "there is no such agency; did you mean '%s'?"), nearest);
  else if (c->agency) cli_misuse(c, "%s", cli_say(c, "không có cơ quan này", "there is no such agency"));
  else cli_misuse(c, "%s", cli_say(c, "số liệu không phải của riêng một cơ quan: hãy thêm --agency MÃ_CƠ_QUAN",
                                   "the evidence is not of one agency alone: add --agency ID"));
}

/* The sheet to print and sign. */
static ari_status write_page(const cli *c, ari_work *work) {
  ari_status status = ari_write_own_sheet(work, c->output);
  if (status > ARI_INPUT) return status;
  fputs(cli_say(c, "Phiếu tự chấm: ", "Self-assessment sheet: "), stdout);
  cli_put(stdout, c->output);
  putchar('\n');
  return ARI_OK;
}

static int run(cli *c) {
  ari_report_format format;
  if (c->format == CLI_CSV)
    return cli_misuse(c, "%s", cli_say(c, "assess chỉ có --format table hoặc json", "assess has --format table or json only"));
  if (c->output && (!ari_report_format_of(c->output, &format) || format != ARI_REPORT_HTML))
    return cli_misuse(c, cli_say(c, "phiếu tự chấm là tệp HTML: đặt tên tệp kết thúc bằng .html, không phải '%s'", "the sheet is a page in HTML: name a file that ends in .html, not '%s'"),
                      c->output);
  if (c->output && c->format == CLI_JSON) return cli_misuse(c, "%s", cli_say(c, "-o ghi phiếu ra tệp .html: không dùng cùng --format json", "-o writes the sheet as .html: leave --format json out"));
  int status = 0;
  c->options.draft = !ari_is_database(c->names[0]);
  ari_work *work = cli_source(c, &status);
  if (!work) return status;
  const char *nearest = NULL;
  ari_status result = ari_assess(work, c->agency, &nearest);
  if (result == ARI_MISUSE) tell_misuse(c, nearest);
  if (result == ARI_OK) result = c->output ? write_page(c, work) : c->format == CLI_JSON ? ari_write_assess_json(work, cli_stdout()) : print_sheet(c, work);
  return cli_finish(c, work, result);
}

const cli_command cli_assess = {
    "assess", CLI_PERIOD | CLI_PREVIOUS | CLI_FORMAT | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_KEEP_GOING | CLI_AGENCY | CLI_DOCUMENTS | CLI_OUTPUT, 1,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db [--agency MÃ] [-o PHIẾU.html]", "SET EVIDENCE… | ari.db [--agency ID] [-o SHEET.html]",
    "Phiếu tự chấm của một cơ quan: điểm, số liệu và tài liệu còn thiếu, việc làm tăng điểm nhiều nhất",
    "One agency's own sheet: points, what is missing, documents, what would raise the total most",
    "Ví dụ: ari assess criteria/service-quality-766 so-lieu.yaml\n"
    "Khi số liệu là của nhiều cơ quan thì thêm --agency MÃ.\n"
    "Mỗi việc là thay đổi nhỏ nhất của một số liệu làm tăng điểm; mức tăng được tính bằng cách chấm lại.\n"
    "Tài liệu được tìm trong thư mục chứa tệp số liệu, hoặc trong --documents THƯ_MỤC.\n"
    "-o PHIẾU.html ghi phiếu tự chấm để in và ký.",
    "Example: ari assess criteria/service-quality-766 evidence.yaml\n"
    "When the evidence is of several agencies, add --agency ID.\n"
    "Each advice is the smallest change of one input that gains points; what it gains is found by scoring again.\n"
    "Documents are looked for in the folder of the evidence file, or below --documents FOLDER.\n"
    "-o SHEET.html writes the sheet to print and sign.",
    run};
