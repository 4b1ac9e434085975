/* What every command does before and after its own work. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool write_stream(void *to, const char *bytes, size_t n) { return fwrite(bytes, 1, n, to) == n; }

ari_sink cli_stdout(void) { return (ari_sink){write_stream, stdout}; }

ari_status cli_tell(const cli *c, ari_work *work) {
  const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
  bool colour = isatty(2) && !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0;
  return ari_write_findings(work, c->diag, colour, (ari_sink){write_stream, stderr});
}

ari_work *cli_source(cli *c, int *status) {
  ari_work *work = ari_work_new(&c->options);
  if (!work) {
    fputs(cli_say(c, "ari: hết bộ nhớ\n", "ari: out of memory\n"), stderr);
    *status = 3;
    return NULL;
  }
  ari_status result;
  if (ari_is_database(c->names[0])) {
    if (c->n_names > 1) {
      ari_work_free(work);
      *status = cli_misuse(c, cli_say(c, "sau cơ sở dữ liệu không ghi thêm tệp nào: '%s'", "nothing stands behind a database: '%s'"), c->names[1]);
      return NULL;
    }
    if (c->options.previous) {
      ari_work_free(work);
      *status = cli_misuse(c, "%s", cli_say(c, "cơ sở dữ liệu đã giữ số liệu kỳ trước: không dùng --previous", "a database keeps last period's evidence itself: leave --previous out"));
      return NULL;
    }
    result = ari_work_read_database(work, c->names[0], c->round);
  } else if (c->round) {
    ari_work_free(work);
    *status = cli_misuse(c, "%s", cli_say(c, "--round chỉ dùng với cơ sở dữ liệu", "--round goes with a database only"));
    return NULL;
  } else if (c->n_names < 2) {
    ari_work_free(work);
    if (access(c->names[0], F_OK) != 0 && strpbrk(c->names[0], "/.")) { /* a set's bare name need not be a file */
      fputs(cli_say(c, "ari: không có tệp ", "ari: there is no file "), stderr);
      cli_put(stderr, c->names[0]);
      fputc('\n', stderr);
      *status = 3;
      return NULL;
    }
    *status = cli_misuse(c, cli_say(c, "sau bộ tiêu chí '%s' còn thiếu tệp số liệu", "evidence is missing behind the criteria set '%s'"), c->names[0]);
    return NULL;
  } else {
    result = ari_work_read_set(work, c->names[0]);
    if (result == ARI_OK || result == ARI_INPUT) {
      ari_status previous = ari_work_read_previous(work);
      if (previous > result) result = previous;
    }
    if (result == ARI_OK || result == ARI_INPUT) {
      ari_status evidence = ari_work_read_evidence(work, c->names + 1, c->n_names - 1);
      if (evidence > result) result = evidence;
    }
  }
  if (result == ARI_OK || result == ARI_INPUT) result = ari_work_score(work);
  ari_status told = c->tells_last ? ARI_OK : cli_tell(c, work);
  if (told != ARI_OK) result = told;
  size_t warnings;
  ari_work_findings(work, NULL, &warnings, NULL);
  if (result == ARI_OK && c->strict && warnings) result = ARI_INPUT;
  if (result == ARI_OK || (result == ARI_INPUT && c->options.keep_going && !c->strict && ari_ranking_count(work))) return work;
  *status = cli_finish(c, work, result);
  return NULL;
}

ari_work *cli_round(cli *c, const char *name, int *status) {
  const char *round = ari_round_in(name);
  char *path = round ? strndup(name, (size_t)(round - name) - 1) : strdup(name);
  ari_work *work = path ? ari_work_new(&c->options) : NULL;
  ari_status result = work ? ari_work_read_database(work, path, round) : ARI_NOMEM;
  if (result == ARI_OK || result == ARI_INPUT) result = ari_work_score(work);
  free(path);
  if (result == ARI_OK && cli_tell(c, work) == ARI_OK) return work;
  *status = cli_finish(c, work, result);
  return NULL;
}

ari_work *cli_put_beside(cli *c, ari_work *work, const char *name, int *status) {
  const ari_options kept = c->options;
  c->options.previous = c->options.period = NULL;   /* they are of `work` alone */
  ari_work *before = cli_round(c, name, status);
  c->options = kept;
  ari_status result = before ? ari_compare(before, work) : ARI_OK;
  bool same = before && result == ARI_OK && strcmp(ari_period_text(before), ari_period_text(work)) == 0;
  if (before && result == ARI_OK && !same) return before;
  if (same) {
    *status = cli_misuse(c, cli_say(c, "'%s' cũng thuộc kỳ %s: hãy nêu một đợt của kỳ trước", "'%s' is of the same period, %s: name a round of an earlier one"), name, ari_period_text(work));
    ari_work_free(work);
  } else if (before) *status = cli_finish(c, work, result);
  else ari_work_free(work);
  ari_work_free(before);
  return NULL;
}

ari_work *cli_database(cli *c, size_t n, int *status) {
  if (c->n_names > n) {
    *status = cli_misuse(c, cli_say(c, "thừa tham số: '%s'", "one argument too many: '%s'"), c->names[n]);
    return NULL;
  }
  ari_work *work = ari_work_new(&c->options);
  if (!work) *status = cli_finish(c, NULL, ARI_NOMEM);
  return work;
}

int cli_finish(cli *c, ari_work *work, ari_status result) {
  int cause = ferror(stdout) ? errno : 0;   /* of the write that failed last */
  size_t errors = 0, warnings = 0, failures = 0;
  if (work) {
    ari_status told = cli_tell(c, work);
    if (told != ARI_OK) result = told;
    ari_work_findings(work, &errors, &warnings, &failures);
  }
  ari_work_free(work);
  int status = (int)result;
  if (result == ARI_NOMEM) {
    fputs(cli_say(c, "ari: hết bộ nhớ\n", "ari: out of memory\n"), stderr);
    status = 3;
  }
  if (status == 0 && (errors || (c->strict && warnings))) status = 1;
  if (failures) status = 3;
  errno = 0;
  if (fflush(stdout) != 0 || ferror(stdout)) {
    if (!errno) errno = cause;
    fprintf(stderr, cli_say(c, "ari: không ghi được kết quả ra: %s\n", "ari: the output could not be written: %s\n"),
            errno == ENOSPC ? cli_say(c, "hết chỗ trên đĩa", "the disk is full")
            : errno == EPIPE ? cli_say(c, "nơi nhận đã đóng", "the reader has closed") : cli_say(c, "lỗi ghi", "write error"));
    status = 3;
  }
  return status;
}

int cli_print(cli *c, ari_status (*table)(const cli *c, ari_work *work), ari_status (*csv)(ari_work *work, ari_sink to),
              ari_status (*json)(ari_work *work, ari_sink to)) {
  int status = 0;
  if (c->excel && c->format == CLI_JSON)
    return cli_misuse(c, "%s", cli_say(c, "--excel chỉ dùng với CSV, không dùng với --format json", "--excel goes with CSV, not with --format json"));
  if (c->excel) c->format = CLI_CSV;
  ari_work *work = cli_source(c, &status);
  if (!work) return status;
  ari_status result = c->format == CLI_CSV ? csv(work, cli_stdout()) : c->format == CLI_JSON ? json(work, cli_stdout()) : table(c, work);
  return cli_finish(c, work, result);
}
