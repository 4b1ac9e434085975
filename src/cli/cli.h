/* cli: the command `ari`. One file per command; only this room knows stdout, the environment, the clock and the terminal. It includes nothing but
 * <ari.h>, which proves that the public header is enough. */
#ifndef ARI_CLI_H
#define ARI_CLI_H

#include "ari.h"

#include <stdio.h>

typedef enum cli_format { CLI_TABLE, CLI_CSV, CLI_JSON } cli_format;

/* A command line, read. */
typedef struct cli {
  ari_options options;
  const struct cli_command *command;
  const char *prefix;          /* the first word of a command of two; NULL: one word */
  cli_format format;
  ari_diag diag;
  bool strict, help, version, excel, worksheet;
  bool tells_last;             /* what the command finds may take warnings back: all is told when it is finished */
  const char *output, *agency, *criterion, *round, *head, *group, *table, *reason, *deadline, *per_agency, *previous_round, *password_file;
  int width, height, percent;  /* --size */
  ari_chart_theme theme;
  ari_log_filter filter;
  const char **names;          /* operands: points into argv */
  size_t n_names;
  char criteria_path[8192];    /* $ARI_CRITERIA and the installed folder */
} cli;

/* Options a command takes besides --lang, --diag and --help, as bits. */
enum {
  CLI_PERIOD = 1, CLI_FORMAT = 2, CLI_STRICT = 4, CLI_JOBS = 8, CLI_ROUND = 16, CLI_OUTPUT = 32, CLI_AGENCY = 64, CLI_CRITERION = 128,
  CLI_KEEP_GOING = 256, CLI_CHARTS = 512, CLI_ACTION = 1024, CLI_ACTOR = 2048, CLI_FROM = 4096, CLI_UNTIL = 8192, CLI_HEAD = 16384, CLI_PREVIOUS = 32768,
  CLI_STAGE = 65536, CLI_EXCEL = 131072, CLI_GROUP = 1 << 18, CLI_SIZE = 1 << 19, CLI_THEME = 1 << 20, CLI_INTERVALS = 1 << 21,
  CLI_BY = 1 << 22, CLI_REASON = 1 << 23, CLI_DEADLINE = 1 << 24, CLI_WORKSHEET = 1 << 25, CLI_PER_AGENCY = 1 << 26, CLI_PREVIOUS_ROUND = 1 << 27,
  CLI_DOCUMENTS = 1 << 28, CLI_SIGN = 1 << 29 /* --sign and --password-file */, CLI_KEY = 1 << 30
};

typedef struct cli_command {
  const char *name;            /* of two words where several commands share the first: "round open" */
  unsigned takes;
  size_t least;                /* operands needed */
  const char *usage_vi, *usage_en;
  const char *does_vi, *does_en;
  const char *more_vi, *more_en;   /* the rest of its help: an example and what comes out */
  int (*run)(cli *c);          /* exit status */
} cli_command;

extern const cli_command
    cli_check,
    cli_form,
    cli_run,
    cli_score,
    cli_rank,
    cli_explain,
    cli_assess,
    cli_stages,
    cli_compare,
    cli_export,
    cli_report,
    cli_chart,
    cli_round_open,
    cli_round_set,
    cli_round_show,
    cli_pack,
    cli_unpack,
    cli_key,
    cli_submit,
    cli_appraise,
    cli_answer,
    cli_survey,
    cli_submissions,
    cli_log,
    cli_verify,
    cli_backup,
    cli_schema,
    cli_codes;
const cli_command *cli_command_at(size_t n);   /* NULL behind the last */

/* Reads argv and the environment into c (options.c). 0, or the exit status after having told what is wrong. */
int cli_read(cli *c, int argc, char **argv);
/* The text of --help, whole or of one command (help.c). */
void cli_help(const cli *c);

/* `vi` or `en` by the language chosen. */
const char *cli_say(const cli *c, const char *vi, const char *en) __attribute__((format_arg(2), format_arg(3)));
/* A line to stderr: "ari: …", for mistakes in the command line. Returns 2. */
int cli_misuse(const cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* SOURCE (SET EVIDENCE… or one database) read and scored; findings are told. NULL: nothing to go on with; *status says how to exit. */
ari_work *cli_source(cli *c, int *status);
/* A round named as "2025.db" or "2025.db:2025", read and scored; findings are told. NULL: *status says how to exit. */
ari_work *cli_round(cli *c, const char *name, int *status);
/* Puts the round `name` beside `work` (ari_compare) and gives it; it must outlive the work. NULL: the work is freed, *status says how to exit. */
ari_work *cli_put_beside(cli *c, ari_work *work, const char *name, int *status);
/* A work for a command that reads one database, when it was given the `n` names that it takes. NULL: *status says how to exit. */
ari_work *cli_database(cli *c, size_t n, int *status);
/* Tells what was found and not told yet on stderr. Nothing can be told of a failure to tell but the exit status. */
ari_status cli_tell(const cli *c, ari_work *work);
/* Takes the password of a secret key into the options: from --password-file, else from the terminal (twice: a new one). None: left NULL. 0 or an exit status. */
int cli_password(cli *c, bool twice);
/* What kind of file was accepted, for people. */
const char *cli_kind(const cli *c, const ari_revision_row *file);
/* "2026 – đang nhận hồ sơ (collecting)": a round of a database that was read or written. */
void cli_put_round(const ari_round_info *info);
/* The exit status: what the call came to, findings, --strict, and whether stdout took everything. Frees work. */
int cli_finish(cli *c, ari_work *work, ari_status result);
ari_sink cli_stdout(void);
/* A command that reads a SOURCE and prints it in the format asked for. The exit status. */
int cli_print(cli *c, ari_status (*table)(const cli *c, ari_work *work), ari_status (*csv)(ari_work *work, ari_sink to),
              ari_status (*json)(ari_work *work, ari_sink to));

/* Text from files and arguments, with control and bidi characters escaped as ari_text_visible does. */
void cli_put(FILE *to, const char *text);

/* ---- aligned tables (table.c) ---- */
enum { CLI_COLUMNS = 10, CLI_WIDEST = 72 };
typedef struct cli_table { char *cells; size_t n, room, count; int columns; bool right[CLI_COLUMNS]; bool failed; } cli_table;
/* right: "lrr" says which columns stand to the right. */
void cli_table_start(cli_table *t, const char *sides);
void cli_table_cell(cli_table *t, const char *text);   /* cells in order of rows; shown as cli_put does */
void cli_table_indented(cli_table *t, int spaces, const char *text);
/* Prints with the first row as a head and frees; a text that is longer than CLI_WIDEST does not move the columns of all others. ARI_NOMEM: cells were lost, so nothing was printed. */
ari_status cli_table_print(cli_table *t, const char *indent);

/* What was scored and when: the first line of every table. */
void cli_put_title(const cli *c, const ari_work *work);
/* The ranking as a table: at most `most` rows of each group, 0: all. ARI_NOMEM. */
ari_status cli_print_ranking(const cli *c, ari_work *work, size_t most);

#endif
