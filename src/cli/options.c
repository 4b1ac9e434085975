/* The command line and the environment. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef ARI_CRITERIA_FOLDER
#define ARI_CRITERIA_FOLDER "/usr/local/share/ari/criteria"
#endif

static const cli_command *const COMMANDS[] = {
    &cli_check,
    &cli_form,
    &cli_run,
    &cli_score,
    &cli_rank,
    &cli_explain,
    &cli_assess,
    &cli_stages,
    &cli_compare,
    &cli_export,
    &cli_report,
    &cli_chart,
    &cli_round_open,
    &cli_round_set,
    &cli_round_show,
    &cli_pack,
    &cli_unpack,
    &cli_key,
    &cli_submit,
    &cli_appraise,
    &cli_answer,
    &cli_survey,
    &cli_submissions,
    &cli_log,
    &cli_verify,
    &cli_backup,
    &cli_schema,
    &cli_codes,
};

const cli_command *cli_command_at(size_t n) { return n < sizeof COMMANDS / sizeof *COMMANDS ? COMMANDS[n] : NULL; }

const char *cli_say(const cli *c, const char *vi, const char *en) { return c->options.lang == ARI_EN ? en : vi; }

int cli_misuse(const cli *c, const char *format, ...) {
  char text[8192];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  fputs("ari: ", stderr);
  cli_put(stderr, text);
  fputs(cli_say(c, "\nari: xem 'ari --help'\n", "\nari: see 'ari --help'\n"), stderr);
  return 2;
}

typedef struct option { const char *name; char letter; unsigned bit; bool value; } option;

static const option OPTIONS[] = {
    {"--lang", 0, 0, true},           {"--diag", 0, 0, true},
    {"--help", 'h', 0, false},        {"--period", 0, CLI_PERIOD, true},
    {"--format", 0, CLI_FORMAT, true},{"--strict", 0, CLI_STRICT, false},
    {"--jobs", 'j', CLI_JOBS, true},  {"--round", 0, CLI_ROUND, true},
    {"--output", 'o', CLI_OUTPUT, true}, {"--agency", 0, CLI_AGENCY, true},
    {"--criterion", 0, CLI_CRITERION, true}, {"--keep-going", 0, CLI_KEEP_GOING, false},
    {"--charts", 0, CLI_CHARTS, true}, {"--action", 0, CLI_ACTION, true},
    {"--actor", 0, CLI_ACTOR, true},  {"--from", 0, CLI_FROM, true},
    {"--until", 0, CLI_UNTIL, true},  {"--head", 0, CLI_HEAD, true},
    {"--previous", 0, CLI_PREVIOUS, true}, {"--stage", 0, CLI_STAGE, true},
    {"--excel", 0, CLI_EXCEL, false}, {"--worksheet", 0, CLI_WORKSHEET, false},
    {"--group", 0, CLI_GROUP, true},  {"--size", 0, CLI_SIZE, true},
    {"--theme", 0, CLI_THEME, true},  {"--table", 0, CLI_INTERVALS, true},
    {"--by", 0, CLI_BY, true},        {"--reason", 0, CLI_REASON, true},
    {"--deadline", 0, CLI_DEADLINE, true}, {"--per-agency", 0, CLI_PER_AGENCY, true},
    {"--previous-round", 0, CLI_PREVIOUS_ROUND, true},
    {"--sign", 0, CLI_SIGN, true},    {"--password-file", 0, CLI_SIGN, true},
    {"--key", 0, CLI_KEY, true},
    {"--documents", 0, CLI_DOCUMENTS, true},
};
enum { N_OPTIONS = sizeof OPTIONS / sizeof *OPTIONS };

/* The option that a word names, with its value's place in *value when written as --name=value or -jN; NULL: none. */
static const option *find_option(const char *word, const char **value) {
  *value = NULL;
  for (size_t i = 0; i < N_OPTIONS; i++) {
    const option *o = &OPTIONS[i];
    size_t n = strlen(o->name);
    if (strncmp(word, o->name, n) == 0 && (word[n] == '\0' || word[n] == '=')) {
      if (word[n] == '=') *value = word + n + 1;
      return o;
    }
    if (o->letter && word[0] == '-' && word[1] == o->letter && (word[2] == '\0' || o->value)) {
      if (word[2]) *value = word + 2;
      return o;
    }
  }
  return NULL;
}

/* The place of a word in a NULL-ended list; -1: told. */
static int pick_word(const cli *c, const char *option_name, const char *word, const char *const *words) {
  for (int i = 0; words[i]; i++)
    if (strcmp(word, words[i]) == 0) return i;
  char list[160] = "";
  for (int i = 0; words[i]; i++) {
    size_t used = strlen(list);
    snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", words[i]);
  }
  cli_misuse(c, cli_say(c, "%s không nhận '%s'; viết một trong: %s", "%s does not take '%s'; write one of: %s"), option_name, word, list);
  return -1;
}

static const char *const LANGS[] = {"vi", "en", NULL};
static const char *const DIAGS[] = {"text", "json", NULL};
static const char *const FORMATS[] = {"table", "csv", "json", NULL};
static const char *const THEMES[] = {"print", "screen", NULL};
static const char *const CHARTS[] = {"auto", "required", "none", NULL};

/* In the order of ari_stage. */
static int take_stage(cli *c, const char *name, const char *value) {
  const char *words[ARI_STAGES + 1] = {NULL};
  for (int i = 0; i < ARI_STAGES; i++) words[i] = ari_stage_name((ari_stage)i);
  int word = pick_word(c, name, value, words);
  if (word >= 0) c->options.stage = (ari_stage)word;
  return word < 0 ? 2 : 0;
}

static int take_number(cli *c, const char *value) {
  char *end;
  errno = 0;
  long n = strtol(value, &end, 10);
  if (errno || *end || end == value || n < 1 || n > 256)
    return cli_misuse(c, cli_say(c, "-j cần một số từ 1 đến 256, không phải '%s'", "-j takes a number from 1 to 256, not '%s'"), value);
  c->options.jobs = (int)n;
  return 0;
}

/* A number of pixels; ends where the number ends. 0: none. */
static int take_pixels(const char **text) {
  enum { LEAST = 100, MOST = 20000 };
  char *end;
  errno = 0;
  long n = **text >= '0' && **text <= '9' ? strtol(*text, &end, 10) : 0;
  if (errno || n < LEAST || n > MOST) return 0;
  *text = end;
  return (int)n;
}

/* A word for a part of what the contents need, or WIDTHxHEIGHT. */
static int take_size(cli *c, const char *value) {
  static const struct { const char *word; int percent; } sizes[] = {{"small", 70}, {"medium", 100}, {"large", 200}};
  c->percent = c->width = c->height = 0;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    if (strcmp(value, sizes[i].word) == 0) c->percent = sizes[i].percent;
  if (c->percent) return 0;
  const char *rest = value;
  c->width = take_pixels(&rest);
  if (c->width && *rest++ == 'x') c->height = take_pixels(&rest);
  if (c->width && c->height && !*rest) return 0;
  return cli_misuse(c, cli_say(c, "--size không nhận '%s'; viết small, medium, large hoặc RỘNGxCAO tính bằng điểm ảnh từ 100 đến 20000, ví dụ 1600x900",
                               "--size does not take '%s'; write small, medium, large, or WIDTHxHEIGHT in pixels from 100 to 20000 like 1600x900"), value);
}

static int take_option(cli *c, const option *o, const char *value) {
  int word = 0;
  switch (o->bit) {
    case CLI_PERIOD: c->options.period = value; return 0;
    case CLI_PREVIOUS: c->options.previous = value; return 0;
    case CLI_DOCUMENTS: c->options.documents = value; return 0;
    case CLI_ROUND: c->round = value; return 0;
    case CLI_OUTPUT: c->output = value; return 0;
    case CLI_AGENCY: c->agency = value; return 0;
    case CLI_CRITERION: c->criterion = value; return 0;
    case CLI_ACTION: c->filter.action = value; return 0;
    case CLI_ACTOR: c->filter.actor = value; return 0;
    case CLI_FROM: c->filter.from = value; return 0;
    case CLI_UNTIL: c->filter.until = value; return 0;
    case CLI_HEAD: c->head = value; return 0;
    case CLI_BY:
      if (!value[strspn(value, " \t")]) return cli_misuse(c, cli_say(c, "%s cần tên người làm", "%s takes the name of who does it"), o->name);
      c->options.actor = value;
      return 0;
    case CLI_REASON: c->reason = value; return 0;
    case CLI_PREVIOUS_ROUND: c->previous_round = value; return 0;
    case CLI_PER_AGENCY: c->per_agency = value; return 0;
    case CLI_DEADLINE: c->deadline = value; return 0;
    case CLI_KEY: c->options.key = value; return 0;
    case CLI_SIGN:
      *(strcmp(o->name, "--sign") == 0 ? &c->options.secret_key : &c->password_file) = value;
      return 0;
    case CLI_STRICT: c->strict = true; return 0;
    case CLI_EXCEL: c->excel = true; return 0;
    case CLI_WORKSHEET: c->worksheet = true; return 0;
    case CLI_KEEP_GOING: c->options.keep_going = true; return 0;
    case CLI_GROUP: c->group = value; return 0;
    case CLI_INTERVALS: c->table = value; return 0;
    case CLI_SIZE: return take_size(c, value);
    case CLI_THEME:
      if ((word = pick_word(c, o->name, value, THEMES)) >= 0) c->theme = (ari_chart_theme)word;
      break;
    case CLI_JOBS: return take_number(c, value);
    case CLI_STAGE: return take_stage(c, o->name, value);
    case CLI_FORMAT:
      if ((word = pick_word(c, o->name, value, FORMATS)) >= 0) c->format = (cli_format)word;
      break;
    case CLI_CHARTS:
      if ((word = pick_word(c, o->name, value, CHARTS)) >= 0) c->options.charts = (ari_charts)word;
      break;
    default:
      if (o->letter == 'h') { c->help = true; return 0; }
      if (strcmp(o->name, "--diag") == 0) {
        if ((word = pick_word(c, o->name, value, DIAGS)) >= 0) c->diag = (ari_diag)word;
      }
      break;
  }
  return word < 0 ? 2 : 0;
}

/* The language is needed before anything can be told, so it is looked for first, wherever it stands. */
static int take_language(cli *c, int argc, char **argv) {
  const char *from_environment = getenv("ARI_LANG"), *value;
  if (from_environment && strcmp(from_environment, "en") == 0) c->options.lang = ARI_EN;
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
    const option *o = find_option(argv[i], &value);
    if (!o || !o->value) continue;
    if (!value && ++i < argc) value = argv[i];
    if (o != &OPTIONS[0] || !value) continue;
    int word = pick_word(c, o->name, value, LANGS);
    if (word < 0) return 2;
    c->options.lang = (ari_lang)word;
  }
  return 0;
}

/* What the library is told of the outside world; the library itself never asks. */
static int take_environment(cli *c) {
  const char *mine = getenv("ARI_CRITERIA"), *epoch = getenv("SOURCE_DATE_EPOCH");
  snprintf(c->criteria_path, sizeof c->criteria_path, "%s%s%s", mine ? mine : "", mine && *mine ? ":" : "", ARI_CRITERIA_FOLDER);
  c->options.criteria_path = c->criteria_path;
  c->options.gnuplot = getenv("ARI_GNUPLOT");
  c->options.soffice = getenv("ARI_SOFFICE");
  c->options.program_path = getenv("PATH");
  c->options.temp_folder = getenv("TMPDIR");
  c->options.actor = getenv("LOGNAME") ? getenv("LOGNAME") : getenv("USER");
  c->options.now = (int64_t)time(NULL);
  if (epoch && *epoch) {
    char *end;
    errno = 0;
    long long at = strtoll(epoch, &end, 10);
    if (errno || *end || at < 0)
      return cli_misuse(c, cli_say(c, "SOURCE_DATE_EPOCH phải là số giây, không phải '%s'", "SOURCE_DATE_EPOCH must be a number of seconds, not '%s'"), epoch);
    c->options.now = (int64_t)at;
  }
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  c->options.processors = processors > 0 && processors < 1024 ? (int)processors : 1;
  return 0;
}

/* The first word of commands of two. */
static bool is_group(const char *word) {
  size_t n = strlen(word);
  for (size_t i = 0; cli_command_at(i); i++)
    if (strncmp(cli_command_at(i)->name, word, n) == 0 && cli_command_at(i)->name[n] == ' ') return true;
  return false;
}

/* One word, or the second of two: "round open" is one command. */
static int take_command(cli *c, const char *word) {
  if (!c->prefix && strcmp(word, "help") == 0) { c->help = true; return 0; }
  if (!c->prefix && is_group(word)) { c->prefix = word; return 0; }
  char whole[64];
  snprintf(whole, sizeof whole, "%s%s%.40s", c->prefix ? c->prefix : "", c->prefix ? " " : "", word);
  const char *names[sizeof COMMANDS / sizeof *COMMANDS + 1] = {NULL};
  for (size_t i = 0; (c->command = cli_command_at(i)); i++) {
    if (strcmp(c->command->name, whole) == 0) return 0;
    names[i] = c->command->name;
  }
  const char *nearest = ari_nearest(whole, names);
  if (!nearest) return cli_misuse(c, cli_say(c, "không có lệnh '%s'", "there is no command '%s'"), whole);
  return cli_misuse(c, cli_say(c, "không có lệnh '%s'; có phải là '%s' không?", "there is no command '%s'; did you mean '%s'?"), whole, nearest);
}

/* What can stand behind the first word of two. */
static int tell_group(const cli *c) {
  char list[128] = "";
  size_t n = strlen(c->prefix);
  for (size_t i = 0; cli_command_at(i); i++) {
    const char *name = cli_command_at(i)->name;
    size_t used = strlen(list);
    if (strncmp(name, c->prefix, n) == 0 && name[n] == ' ') snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "", name);
  }
  return cli_misuse(c, cli_say(c, "lệnh '%s' cần thêm một từ; viết một trong: %s", "the command '%s' lacks its second word; write one of: %s"), c->prefix, list);
}

static int tell_unknown_option(const cli *c, const char *word) {
  const char *names[N_OPTIONS + 1] = {NULL};
  for (size_t i = 0; i < N_OPTIONS; i++) names[i] = OPTIONS[i].name;
  const char *nearest = ari_nearest(word, names);
  if (!nearest) return cli_misuse(c, cli_say(c, "không có lựa chọn '%s'", "there is no option '%s'"), word);
  return cli_misuse(c, cli_say(c, "không có lựa chọn '%s'; có phải là '%s' không?", "there is no option '%s'; did you mean '%s'?"), word, nearest);
}

/* One word that begins with '-'; *i moves on when the next word is its value. */
static int take_dashed(cli *c, int argc, char **argv, int *i, unsigned *used) {
  const char *value, *word = argv[*i];
  const option *o = find_option(word, &value);
  if (!o) return tell_unknown_option(c, word);
  if (!o->value && value) return cli_misuse(c, cli_say(c, "%s không nhận giá trị", "%s takes no value"), o->name);
  if (o->value && !value) {
    if (++*i >= argc) return cli_misuse(c, cli_say(c, "%s thiếu giá trị", "%s lacks its value"), o->name);
    value = argv[*i];
  }
  *used |= o->bit;
  return take_option(c, o, value);
}

static int take_words(cli *c, int argc, char **argv, unsigned *used) {
  bool only_names = false;
  int status = 0;
  for (int i = 1; i < argc && status == 0; i++) {
    if (!only_names && strcmp(argv[i], "--") == 0) only_names = true;
    else if (!only_names && strcmp(argv[i], "--version") == 0) c->version = true;
    else if (!only_names && argv[i][0] == '-' && argv[i][1]) status = take_dashed(c, argc, argv, &i, used);
    else if (!c->command) status = take_command(c, argv[i]);   /* ari help rank */
    else c->names[c->n_names++] = argv[i];
  }
  return status;
}

/* Options that the command does not take, and operands that are lacking, are told rather than ignored. */
static int check_words(const cli *c, unsigned used) {
  for (size_t i = 0; i < N_OPTIONS; i++)
    if (OPTIONS[i].bit & used & ~c->command->takes)
      return cli_misuse(c, cli_say(c, "lệnh '%s' không có lựa chọn %s", "the command '%s' has no option %s"), c->command->name, OPTIONS[i].name);
  if (c->n_names < c->command->least)
    return cli_misuse(c, cli_say(c, "thiếu tham số; cách viết: ari %s %s", "an argument is missing; write: ari %s %s"), c->command->name,
                      cli_say(c, c->command->usage_vi, c->command->usage_en));
  return 0;
}

int cli_read(cli *c, int argc, char **argv) {
  unsigned used = 0;
  c->names = calloc((size_t)argc + 1, sizeof *c->names);
  if (!c->names) {
    fputs("ari: out of memory\n", stderr);
    return 3;
  }
  int status = take_language(c, argc, argv);
  if (status == 0) status = take_environment(c);
  if (status == 0) status = take_words(c, argc, argv, &used);
  if (status == 0 && c->command && !c->help && !c->version) status = check_words(c, used);
  if (status == 0 && c->prefix && !c->command && !c->help) return tell_group(c);
  if (status == 0 && !c->command && !c->help && !c->version) {
    cli_help(c);
    status = 2;
  }
  return status;
}
