/* ari explain: why an agency has the points it has. */
#include "cli.h"

static int run(cli *c) {
  if (!c->agency) return cli_misuse(c, "%s", cli_say(c, "explain cần --agency MÃ_CƠ_QUAN", "explain needs --agency ID"));
  if (c->format == CLI_CSV)
    return cli_misuse(c, "%s", cli_say(c, "explain chỉ có --format table hoặc json", "explain has --format table or json only"));
  int status = 0;
  ari_work *work = cli_source(c, &status);
  if (!work) return status;
  const char *nearest = NULL;
  ari_status result = c->format == CLI_JSON ? ari_write_explain_json(work, c->agency, c->criterion, cli_stdout(), &nearest)
                                            : ari_write_explain(work, c->agency, c->criterion, cli_stdout(), &nearest);
  if (result == ARI_MISUSE) {
    if (nearest)
      cli_misuse(c, cli_say(c, "không có cơ quan hoặc tiêu chí này; ý bạn là '%s'?", "there is no such agency or criterion; did you mean '%s'?"), nearest);
    else
      cli_misuse(c, "%s", cli_say(c, "không có cơ quan hoặc tiêu chí này", "there is no such agency or criterion"));
  }
  return cli_finish(c, work, result);
}

const cli_command cli_explain = {
    "explain", CLI_PERIOD | CLI_PREVIOUS | CLI_FORMAT | CLI_STRICT | CLI_JOBS | CLI_ROUND | CLI_KEEP_GOING | CLI_STAGE | CLI_AGENCY | CLI_CRITERION, 1,
    "BỘ_TIÊU_CHÍ SỐ_LIỆU… | ari.db --agency MÃ [--criterion MÃ]", "SET EVIDENCE… | ari.db --agency ID [--criterion ID]",
    "Giải thích điểm: quy tắc, số liệu thay vào, làm tròn, đến từng dòng số liệu", "Why: the rule, the values put in, the rounding, down to the evidence line",
    "Ví dụ: ari explain ketqua/ari.db --agency H44.03 --criterion progress\n"
    "Không ghi --criterion thì giải thích mọi tiêu chí của cơ quan.",
    "Example: ari explain results/ari.db --agency H44.03 --criterion progress\n"
    "Without --criterion all criteria of the agency are explained.",
    run};
