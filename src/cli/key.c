/* ari key: a pair of keys to sign packages with; and how every command comes to a password. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { LONGEST = 1024 };

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

/* Typed on the terminal, which does not show it. False: the terminal is gone. */
static bool ask(const char *label, char password[LONGEST]) {
  struct termios shown, hidden;
  fputs(label, stderr);
  if (tcgetattr(0, &shown) != 0) return false;
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr(0, TCSAFLUSH, &hidden);
  bool got = fgets(password, LONGEST, stdin) != NULL;
  tcsetattr(0, TCSAFLUSH, &shown);
  fputc('\n', stderr);
  if (got) password[strcspn(password, "\r\n")] = '\0';
  return got;
}

int cli_password(cli *c, bool twice) {
  static char password[LONGEST];
  char again[LONGEST];
  int status = 0;
  if (c->password_file) status = read_file(c, password);
  else if (!isatty(0)) return 0;
  else if (!ask(cli_say(c, "Mật khẩu của khóa: ", "Password of the key: "), password)) return 0;
  else if (twice && (!ask(cli_say(c, "Gõ lại mật khẩu: ", "The same again: "), again) || strcmp(password, again) != 0))
    return cli_misuse(c, "%s", cli_say(c, "hai lần gõ mật khẩu không giống nhau", "the two passwords differ"));
  if (status == 0) c->options.password = password;
  return status;
}

static int key(cli *c) {
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
