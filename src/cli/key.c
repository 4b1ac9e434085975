/* ari key: a pair of keys to sign packages with; and how every command comes to a password. */
#include "cli.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { LONGEST = 1024, POLL_MS = 100 };
static const int ENDING[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP};

static int tell_file(const cli *c) {
  fprintf(stderr, "ari: %s: ", c->password_file);
  fputs(errno ? strerror(errno) : cli_say(c, "tệp mật khẩu quá dài", "the password is too long"), stderr);
  fputc('\n', stderr);
  return 3;
}

/* The first line of --password-file. */
static int read_file(const cli *c, char password[LONGEST]) {
  errno = 0;
  FILE *f = fopen(c->password_file, "r");
  if (!f) return tell_file(c);
  if (!fgets(password, LONGEST, f)) password[0] = '\0';
  bool failed = ferror(f), whole = strchr(password, '\n') || strlen(password) < LONGEST - 1;
  fclose(f);
  password[strcspn(password, "\r\n")] = '\0';
  return failed || !whole ? tell_file(c) : 0;
}

static bool is_pending(const sigset_t *signals) {
  sigset_t pending;
  if (sigpending(&pending) != 0) return false;
  for (size_t i = 0; i < sizeof ENDING / sizeof ENDING[0]; i++)
    if (sigismember(&pending, ENDING[i]) == 1 && sigismember(signals, ENDING[i]) == 1) return true;
  return false;
}

/* One line of the terminal, without its end. 0, or -1: the terminal is gone, or 1: the line is too long. */
static int read_line(char password[LONGEST]) {
  ssize_t n = read(0, password, LONGEST);
  if (n <= 0) return -1;
  if (password[n - 1] != '\n' && n == LONGEST) return 1;
  password[password[n - 1] == '\n' ? n - 1 : n] = '\0';
  return 0;
}

/* Typed on the terminal, which does not show it; as read_line. What ends or stops a process waits until the terminal shows again what is typed. */
static int ask(const char *label, char password[LONGEST]) {
  struct termios shown, hidden;
  struct pollfd typed = {.fd = 0, .events = POLLIN};
  sigset_t signals, before;
  int ready = 0, result = -1;
  if (tcgetattr(0, &shown) != 0) return -1;
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t)ECHO;
  sigemptyset(&signals);
  for (size_t i = 0; i < sizeof ENDING / sizeof ENDING[0]; i++) sigaddset(&signals, ENDING[i]);
  while (ready == 0) {
    sigprocmask(SIG_BLOCK, &signals, &before);
    fputs(label, stderr);
    tcsetattr(0, TCSAFLUSH, &hidden);
    while (!is_pending(&signals) && (ready = poll(&typed, 1, POLL_MS)) == 0) {}
    if (ready) result = read_line(password);
    tcsetattr(0, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    sigprocmask(SIG_SETMASK, &before, NULL);   /* here it ends; or it was stopped, and asks again */
  }
  return result;
}

int cli_password(cli *c, bool twice) {
  static char password[LONGEST];
  char again[LONGEST];
  int status = 0, asked;
  if (c->password_file) status = read_file(c, password);
  else {
    if (!isatty(0)) return 0;
    asked = ask(cli_say(c, "Mật khẩu của khóa: ", "Password of the key: "), password);
    if (asked == 0 && twice) asked = ask(cli_say(c, "Gõ lại mật khẩu: ", "The same again: "), again);
    if (asked > 0) return cli_misuse(c, "%s", cli_say(c, "mật khẩu quá dài", "the password is too long"));
    if (asked < 0) return 0;
    if (twice && strcmp(password, again) != 0) return cli_misuse(c, "%s", cli_say(c, "hai lần gõ mật khẩu không giống nhau", "the two passwords differ"));
  }
  if (status == 0) c->options.password = password;
  return status;
}

static int key(cli *c) {
  if (c->n_names) return cli_misuse(c, cli_say(c, "thừa tham số: '%s'", "one argument too many: '%s'"), c->names[0]);
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "key cần -o TÊN", "key needs -o NAME"));
  int status = cli_password(c, true);
  if (status) return status;
  if (!c->options.password)
    return cli_misuse(c, "%s", cli_say(c, "key cần mật khẩu: chạy trong cửa sổ dòng lệnh, hoặc thêm --password-file TỆP (tệp trống: khóa không có mật khẩu)",
                                       "key needs a password: run it in a terminal, or add --password-file FILE (an empty file: a key without one)"));
  ari_work *work = ari_work_new(&c->options);
  if (!work) return cli_finish(c, NULL, ARI_NOMEM);
  ari_status result = ari_key_new(work, c->output);
  if (result == ARI_OK) {
    fputs(cli_say(c, "Khóa bí mật, giữ kín: ", "Secret key, to be kept: "), stdout);
    cli_put(stdout, c->output);
    fputs(cli_say(c, ".key\nKhóa công khai, gửi cho nơi nhận hồ sơ: ", ".key\nPublic key, for whoever receives the packages: "), stdout);
    cli_put(stdout, c->output);
    fputs(".pub\n", stdout);
  }
  return cli_finish(c, work, result);
}

const cli_command cli_key = {
    "key", CLI_OUTPUT | CLI_SIGN, 0,
    "-o TÊN", "-o NAME",
    "Tạo cặp khóa để ký gói hồ sơ", "Makes a pair of keys to sign packages with",
    "Ghi TÊN.key (bí mật) và TÊN.pub (công khai) theo định dạng minisign; hỏi mật khẩu, hoặc lấy từ --password-file.\n"
    "Ví dụ: ari key -o so-noi-vu",
    "Writes NAME.key (secret) and NAME.pub (public) in minisign's format; asks for a password, or takes it from --password-file.\n"
    "Example: ari key -o so-noi-vu",
    key};
