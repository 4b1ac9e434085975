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
  fputs(cli_say(c, "ari: tệp mật khẩu ", "ari: password file "), stderr);
  cli_put(stderr, c->password_file);
  fputs(": ", stderr);
  fputs(errno == ENOENT   ? cli_say(c, "không có tệp này", "there is no such file")
        : errno == EISDIR ? cli_say(c, "đây là một thư mục", "it is a folder")
        : errno == EACCES ? cli_say(c, "không có quyền đọc", "it may not be read")
        : errno           ? strerror(errno)
                          : cli_say(c, "mật khẩu quá dài", "the password is too long"), stderr);
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
    tcsetattr(0, TCSAFLUSH, &hidden);   /* before the question: what is typed after it is never dropped, nor shown */
    fputs(label, stderr);
    while (!is_pending(&signals) && (ready = poll(&typed, 1, POLL_MS)) == 0) {}
    if (ready) result = read_line(password);
    tcsetattr(0, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    sigprocmask(SIG_SETMASK, &before, NULL);   /* here it ends; or it was stopped, and asks again */
  }
  return result;
}

/* Typed twice alike; whoever mistypes is asked again. As read_line. */
static int ask_twice(const cli *c, char password[LONGEST]) {
  char again[LONGEST];
  for (;;) {
    int asked = ask(cli_say(c, "Mật khẩu của khóa: ", "Password of the key: "), password);
    if (asked == 0) asked = ask(cli_say(c, "Gõ lại mật khẩu: ", "The same again: "), again);
    if (asked != 0 || strcmp(password, again) == 0) return asked;
    fputs(cli_say(c, "Hai lần gõ mật khẩu không giống nhau, hãy gõ lại từ đầu.\n", "The two passwords differ: type both again.\n"), stderr);
  }
}

int cli_password(cli *c, bool twice) {
  static char password[LONGEST];
  int status = 0;
  if (c->password_file) status = read_file(c, password);
  else {
    if (!isatty(0)) return 0;
    int asked = twice ? ask_twice(c, password) : ask(cli_say(c, "Mật khẩu của khóa: ", "Password of the key: "), password);
    if (asked > 0) return cli_misuse(c, "%s", cli_say(c, "mật khẩu quá dài", "the password is too long"));
    if (asked < 0) return cli_misuse(c, "%s", cli_say(c, "chưa nhập mật khẩu", "no password was typed"));
  }
  if (status == 0) c->options.password = password;
  return status;
}

static void print_keys(const cli *c) {
  fputs(cli_say(c, "Khóa bí mật, giữ kín: ", "Secret key, to be kept: "), stdout);
  cli_put(stdout, c->output);
  fputs(cli_say(c, ".key\nKhóa công khai, gửi cho nơi nhận hồ sơ: ", ".key\nPublic key, for whoever receives the packages: "), stdout);
  cli_put(stdout, c->output);
  fputs(".pub\n", stdout);
  if (!*c->options.password)
    puts(cli_say(c, "Khóa không có mật khẩu: ai có tệp khóa bí mật đều ký được thay.", "The key has no password: whoever has the secret key's file can sign with it."));
}

static int key(cli *c) {
  if (c->n_names) return cli_misuse(c, cli_say(c, "thừa tham số: '%s'", "one argument too many: '%s'"), c->names[0]);
  if (!c->output) return cli_misuse(c, "%s", cli_say(c, "key cần -o TÊN", "key needs -o NAME"));
  if (!*c->output || c->output[strlen(c->output) - 1] == '/')
    return cli_misuse(c, cli_say(c, "-o '%s' thiếu tên của khóa", "-o '%s' lacks a name for the key"), c->output);
  ari_work *work = ari_work_new(&c->options);
  if (!work) return cli_finish(c, NULL, ARI_NOMEM);
  ari_status result = ari_key_place(work, c->output);   /* before anybody types */
  int status = result == ARI_OK ? cli_password(c, true) : 0;
  if (status == 0 && result == ARI_OK && !c->options.password)
    status = cli_misuse(c, "%s", cli_say(c, "key cần mật khẩu: chạy trong cửa sổ dòng lệnh, hoặc thêm --password-file TỆP (tệp trống: khóa không có mật khẩu)",
                                         "key needs a password: run it in a terminal, or add --password-file FILE (an empty file: a key without one)"));
  if (status) {
    ari_work_free(work);
    return status;
  }
  if (result == ARI_OK) result = ari_key_new(work, c->output, c->options.password);
  if (result == ARI_OK) print_keys(c);
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
