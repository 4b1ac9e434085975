/* Programs under limits: status, signals, time, stderr, and what a child inherits (nothing). */
#include "base/base.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *const env[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL};

static uint64_t clock_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static int open_files(void) {
  int n = 0;
  for (int fd = 0; fd < 256; fd++) n += fcntl(fd, F_GETFD) >= 0;
  return n;
}

/* A shell script as a process to start; the shell stands in for gnuplot. argv must live as long as the process. */
static ari_process shell(const char *script, const char **argv) {
  argv[0] = "sh";
  argv[1] = "-c";
  argv[2] = script;
  argv[3] = NULL;
  return (ari_process){.program = "/bin/sh", .argv = argv, .envp = env, .timeout_ms = 20000};
}

static ari_process run(ari_process p) {
  ari_findings fs = {0};
  if (ari_process_start(&p, &fs) != ARI_OK) exit(1);
  ari_process_wait(&p, 1);
  ari_buf_char(&p.err, '\0');
  ari_findings_free(&fs);
  return p;
}

static ari_process run_script(const char *script) {
  const char *argv[4];
  return run(shell(script, argv));
}

static void test_ends(void) {
  ari_process p = run_script("exit 0");
  ok(p.exit_status == 0 && p.signal == 0 && !p.timed_out && p.pid == -1 && p.stderr_fd == -1, "success");
  ari_buf_free(&p.err);
  p = run_script("echo 'line 7: không hiểu' >&2; exit 3");
  ok(p.exit_status == 3 && !p.timed_out, "failure with its status");
  is(p.err.p, "line 7: không hiểu\n", "and what it said");
  ari_buf_free(&p.err);
  p = run_script("kill -SEGV $$");
  ok(p.exit_status == -1 && p.signal == SIGSEGV && !p.timed_out, "a signal");
  ari_buf_free(&p.err);
  const char *argv[] = {"no", NULL};
  p = run((ari_process){.program = "/no/such/program", .argv = argv, .envp = env, .timeout_ms = 20000});
  ok(p.exit_status == 127, "a program that is not there");
  is(p.err.p, "cannot run /no/such/program: error 2\n", "says so");
  ari_buf_free(&p.err);
  const char *argv2[4];
  ari_process q = shell("exit 0", argv2);
  q.cwd = "/no/such/folder";
  p = run(q);
  ok(p.exit_status == 127 && strstr(p.err.p, "cannot enter /no/such/folder"), "a folder that is not there");
  ari_buf_free(&p.err);
}

static void test_time(void) {
  const char *argv[4];
  ari_process q = shell("trap '' TERM INT; sleep 30 & sleep 30; sleep 30", argv);
  q.timeout_ms = 200;
  uint64_t before = clock_ms();
  ari_process p = run(q);
  uint64_t took = clock_ms() - before;
  ok(p.timed_out && p.exit_status == -1 && p.signal == SIGKILL && took >= 200 && took < 5000, "who hangs is killed when the time is over");
  ari_buf_free(&p.err);
  q = shell("exec 2>&-; sleep 30", argv);
  q.timeout_ms = 100;
  p = run(q);
  ok(p.timed_out, "also when it has closed its stderr");
  ari_buf_free(&p.err);
  q = shell("while :; do echo more; done >&2", argv);
  q.timeout_ms = 300;
  before = clock_ms();
  p = run(q);
  ok(p.timed_out && clock_ms() - before < 5000 && p.err.n == 65536 + 1, "also when it never stops talking");
  ari_buf_free(&p.err);
  q = shell("while :; do :; done", argv);
  q.cpu_seconds = 1;
  p = run(q);
  ok(!p.timed_out && (p.signal == SIGXCPU || p.signal == SIGKILL), "the processor's time is limited as well");
  ari_buf_free(&p.err);
}

static void test_children(void) {
  uint64_t before = clock_ms();
  ari_process p = run_script("sleep 30 & echo $! >&2; exit 0");
  ok(p.exit_status == 0 && !p.timed_out && clock_ms() - before < 5000, "a child left behind keeps nobody waiting");
  int child = atoi(p.err.p), gone = 0;
  for (int i = 0; i < 200 && !gone; i++) {
    char path[64], state = ' ';
    snprintf(path, sizeof path, "/proc/%d/stat", child);
    FILE *f = fopen(path, "r");
    if (!f || fscanf(f, "%*d %*s %c", &state) != 1 || state == 'Z') gone = 1;
    if (f) fclose(f);
    nanosleep(&(struct timespec){0, 10000000}, NULL);
  }
  ok(child > 0 && gone, "and does not live on");
  ari_buf_free(&p.err);
  ok(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD, "nobody is left to be reaped");
}

static void test_stderr(void) {
  ari_process p = run_script("i=0; while [ $i -lt 3000 ]; do"
                             " echo 0123456789012345678901234567890123456789012345678901234567890123456789 >&2; i=$((i+1)); done; exit 5");
  ok(p.exit_status == 5 && p.err.n == 65536 + 1, "of much only 64 KiB are kept, and the program runs to its end");
  ari_buf_free(&p.err);
}

static void test_inherits_nothing(void) {
  setenv("ARI_TEST_SECRET", "1", 1);
  const char *argv[] = {"env", NULL};
  ari_process p = run((ari_process){.program = "/usr/bin/env", .argv = argv, .envp = env, .timeout_ms = 20000});
  ok(p.exit_status == 0 && p.err.n == 1, "stdout is kept from us and is not closed");
  ari_buf_free(&p.err);
  p = run_script("/usr/bin/env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD= | sort >&2");
  is(p.err.p, "HOME=/nonexistent\nLC_ALL=C.UTF-8\n", "the environment is what was given");
  ari_buf_free(&p.err);
  int fd = open("/dev/null", O_RDONLY), high = fcntl(fd, F_DUPFD, 200); /* without close-on-exec on purpose */
  p = run_script("i=3; while [ $i -lt 256 ]; do [ -e /proc/$$/fd/$i ] && echo $i >&2; i=$((i+1)); done; exit 0");
  close(fd);
  close(high);
  ok(fd >= 3 && high >= 200, "with descriptors open on our side");
  is(p.err.p, "", "the child has but the three");
  ari_buf_free(&p.err);
  p = run_script("read x && exit 1; x=$(readlink /proc/$$/fd/0 /proc/$$/fd/1); echo \"$x\" >&2");
  is(p.err.p, "/dev/null\n/dev/null\n", "stdin and stdout are /dev/null");
  ari_buf_free(&p.err);
  sigset_t block, before;
  sigemptyset(&block);
  sigaddset(&block, SIGTERM);
  sigprocmask(SIG_BLOCK, &block, &before);
  signal(SIGPIPE, SIG_IGN);
  p = run_script("grep -e ^SigBlk -e ^SigIgn /proc/self/status >&2");
  /* Signals 32 and 33 belong to the C library, which lets nobody set them; whoever started this test may have had them ignored. */
  unsigned long long blocked = 1, ignored = 1;
  bool read = p.err.p && sscanf(p.err.p, "SigBlk:\t%llx\nSigIgn:\t%llx\n", &blocked, &ignored) == 2;
  ok(read && blocked == 0 && (ignored & ~0x180000000ULL) == 0, "no signal is blocked or ignored");
  sigset_t now;
  sigprocmask(SIG_SETMASK, &before, &now);
  ok(sigismember(&now, SIGTERM) == 1 && sigismember(&now, SIGHUP) == 0, "and our own mask is as it was");
  signal(SIGPIPE, SIG_DFL);
  ari_buf_free(&p.err);
  p = run_script("[ $$ = $(ps -o pgid= -p $$ 2>/dev/null || awk '{print $5}' /proc/$$/stat) ] && exit 7");
  ok(p.exit_status == 7, "it leads a group of its own");
  ari_buf_free(&p.err);
}

/* With `from`..2 closed on our side, the pipe to the child gets these numbers. */
static void test_closed_stdio(int from) {
  fflush(stdout);
  int keep[3];
  for (int i = from; i < 3; i++) keep[i] = fcntl(i, F_DUPFD, 100), close(i);
  ari_process p = run_script("echo heard >&2; x=$(readlink /proc/$$/fd/0 /proc/$$/fd/1); echo \"$x\" >&2");
  for (int i = from; i < 3; i++) dup2(keep[i], i), close(keep[i]);
  is(p.err.p, "heard\n/dev/null\n/dev/null\n", "all is well when our own stdin, stdout or stderr are closed");
  ari_buf_free(&p.err);
}

static void test_file_limit(void) {
  const char *parent = getenv("TMPDIR");
  ari_arena arena = {0};
  char *folder = ari_folder_private(&arena, parent ? parent : "/tmp");
  const char *argv[4];
  ari_process q = shell("head -c 100000 /dev/zero > big; wc -c < big >&2", argv);
  q.cwd = folder;
  q.file_bytes = 4096;
  ari_process p = run(q);
  ok(strstr(p.err.p, "4096\n") != NULL, "files are limited, and it runs where it should");
  ari_buf_free(&p.err);
  ari_folder_remove(folder);
  ari_arena_free(&arena);
}

static void test_many(void) {
  enum { N = 80 };
  static ari_process all[N];
  static const char *argv[N][4];
  ari_findings fs = {0};
  uint64_t before = clock_ms();
  int bad = 0;
  for (int i = 0; i < N; i++) {
    all[i] = shell(i % 2 ? "echo odd >&2; exit 1" : "sleep 0.2; echo even >&2; exit 0", argv[i]);
    if (i == 4) all[i] = shell("sleep 30", argv[i]), all[i].timeout_ms = 300;
    if (ari_process_start(&all[i], &fs) != ARI_OK) exit(1);
  }
  ari_process_wait(all, N);
  for (int i = 0; i < N; i++) {
    ari_buf_char(&all[i].err, '\0');
    if (i == 4) bad += !all[i].timed_out;
    else bad += all[i].exit_status != i % 2 || strcmp(all[i].err.p, i % 2 ? "odd\n" : "even\n") != 0;
    ari_buf_free(&all[i].err);
  }
  ok(bad == 0 && clock_ms() - before < 15000, "many side by side, each with its own words and time");
  ari_findings_free(&fs);
}

static void test_find(void) {
  ari_arena arena = {0};
  char *path = ari_process_find(&arena, "sh", "relative::/no/such:/bin:/usr/bin");
  is(path, "/bin/sh", "found in a list of folders");
  is(ari_process_find(&arena, "/bin/sh", ""), "/bin/sh", "an absolute path is itself");
  ok(!ari_process_find(&arena, "sh", "") && !ari_process_find(&arena, "sh", NULL) && !ari_process_find(&arena, "bin/sh", "/") &&
     !ari_process_find(&arena, "/no/such", "/bin") && !ari_process_find(&arena, "", "/bin") && !ari_process_find(&arena, "etc", "/"),
     "what is not there, is relative or is a folder is not");
  ok(!ari_process_find(&arena, "base_process.c", ":.:"), "the current folder is never looked into");
  ari_arena_free(&arena);
}

int main(void) {
  int before = open_files();
  test_ends();
  test_time();
  test_children();
  test_stderr();
  test_inherits_nothing();
  for (int from = 0; from < 3; from++) test_closed_stdio(from);
  test_file_limit();
  test_many();
  test_find();
  ok(open_files() == before, "no descriptor was left open");
  return done();
}
