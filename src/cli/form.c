/* ari form: what an agency fills in, as a workbook or as commented evidence. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

static ari_work *start(cli *c, const ari_options *options, ari_status *result) {
  ari_work *work = ari_work_new(options);
  *result = work ? ari_work_read_set(work, c->names[0]) : ARI_NOMEM;
  return work;
}

/* Evidence that is carried over: --from and what stands behind the set. */
static ari_work *read_as(cli *c, const char *period, ari_status *result) {
  ari_options options = c->options;
  options.period = period;
  options.previous = NULL;
  options.carries_over = true;
  ari_work *from = start(c, &options, result);
  const char **paths = calloc(c->n_names + 1, sizeof *paths);
  size_t n = 0;
  if (!paths) *result = ARI_NOMEM;
  if (paths) paths[n++] = c->filter.from;
  for (size_t i = 1; paths && i < c->n_names; i++) paths[n++] = c->names[i];
  if (*result == ARI_OK) *result = ari_work_read_evidence(from, paths, n);
  free(paths);
  return from;
}

static size_t count_errors(const ari_work *work) {
  size_t errors = 0;
  ari_work_findings(work, &errors, NULL, NULL);
  return errors;
}

/* It is of whatever period it says; a table that says none is of the form's. What is wrong is told once, as it reads best. */
static ari_work *read_from(cli *c, ari_status *result) {
  ari_work *from = read_as(c, NULL, result);
  if (*result != ARI_INPUT || !c->options.period) return from;
  ari_status other_result;
  ari_work *other = read_as(c, c->options.period, &other_result);
  if (other_result == ARI_OK || (other && count_errors(other) < count_errors(from))) {
    ari_work_free(from);
    *result = other_result;
    return other;
  }
  ari_work_free(other);
  return from;
}

static void tell_misuse(const cli *c, const char *nearest) {
  if (nearest) cli_misuse(c, cli_say(c, "không có cơ quan này; ý bạn là '%s'?", "there is no such agency; did you mean '%s'?"), nearest);
  else cli_misuse(c, cli_say(c, "không có cơ quan '%s'", "there is no agency '%s'"), c->agency);
}

static int write_form(cli *c, const ari_work *from) {
  ari_status result;
  ari_work *work = start(c, &c->options, &result);
  const char *nearest = NULL;
  if (result == ARI_OK) result = ari_work_read_previous(work);
  if (result == ARI_OK) {
    result = ari_write_form(work, from, c->agency, c->output, &nearest);
    if (result == ARI_MISUSE) tell_misuse(c, nearest);
    if (result == ARI_OK) fputs(cli_say(c, "Đã lập biểu mẫu: ", "The form is written: "), stdout), cli_put(stdout, c->output), putchar('\n');
  }
  return cli_finish(c, work, result);
}

static int tell_no_period(const cli *c) {
  return cli_misuse(c, "%s", cli_say(c, "hãy thêm --period KỲ, ví dụ --period 2026", "add --period PERIOD, as --period 2026"));
}

/* What the command line lacks. 0: nothing. */
static int check_words(const cli *c) {
  if (!c->agency) return cli_misuse(c, "%s", cli_say(c, "biểu mẫu là của một cơ quan: hãy thêm --agency MÃ_CƠ_QUAN", "a form is of one agency: add --agency ID"));
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "hãy thêm -o TỆP.xlsx hoặc -o TỆP.yaml", "add -o FILE.xlsx or -o FILE.yaml"));
  if (!ari_is_form_name(c->output)) return cli_misuse(c, cli_say(c, "tên '%s' phải kết thúc bằng .xlsx hoặc .yaml", "the name '%s' must end in .xlsx or .yaml"), c->output);
  if (!c->options.period && !c->filter.from) return tell_no_period(c);
  if (c->n_names > 1 && !c->filter.from)
    return cli_misuse(c, cli_say(c, "thừa tham số: '%s'; số liệu chuyển sang biểu mẫu viết sau --from", "one argument too many: '%s'; evidence to carry over stands behind --from"), c->names[1]);
  return 0;
}

static int run(cli *c) {
  int status = check_words(c);
  if (status) return status;
  ari_work *from = NULL;
  ari_status result = ARI_OK;
  if (c->filter.from) from = read_from(c, &result);
  if (result != ARI_OK) return cli_finish(c, from, result);
  char period[64];
  if (!c->options.period) {
    result = ari_evidence_period(from, period);
    if (result == ARI_MISUSE) tell_no_period(c);
    if (result != ARI_OK) return cli_finish(c, from, result);
    c->options.period = period;
  }
  size_t warnings = 0;
  status = from ? (int)cli_tell(c, from) : 0;
  if (from) ari_work_findings(from, NULL, &warnings, NULL);
  if (status == 0 && c->strict && warnings) status = ARI_INPUT;
  if (status == 0) status = write_form(c, from);
  ari_work_free(from);
  return status;
}

const cli_command cli_form = {
    "form", CLI_PERIOD | CLI_PREVIOUS | CLI_STRICT | CLI_JOBS | CLI_OUTPUT | CLI_AGENCY | CLI_FROM, 1,
    "BỘ_TIÊU_CHÍ --agency MÃ --period KỲ [--from SỐ_LIỆU…] -o TỆP.xlsx|TỆP.yaml", "SET --agency ID --period PERIOD [--from EVIDENCE…] -o FILE.xlsx|FILE.yaml",
    "Biểu mẫu để cơ quan điền số liệu, có điểm hiện ngay khi nhập", "A form that an agency fills in and that shows the points as it does",
    "Biểu mẫu .xlsx mở bằng bảng tính; biểu mẫu .yaml là tệp số liệu có sẵn từng dòng cần điền. Nộp lại chính tệp đã điền.\n"
    "--from chuyển số liệu đã có sang biểu mẫu; --previous là số liệu kỳ trước để đối chiếu.\n"
    "Ví dụ: ari form criteria/ministry-departments --agency don-vi-a --period 2026 -o don-vi-a.xlsx",
    "A .xlsx form is opened with a spreadsheet; a .yaml form is evidence with a line for everything. Hand in the very file that was filled in.\n"
    "--from carries evidence over into the form; --previous is last period's evidence to compare with.\n"
    "Example: ari form criteria/ministry-departments --agency don-vi-a --period 2026 -o don-vi-a.xlsx",
    run};
