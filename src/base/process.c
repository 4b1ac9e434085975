/* Other programs, and functions that may break, run in a process of their own under limits: no shell, nothing inherited, ended with all their children when
 * the time is over. */
#define _DEFAULT_SOURCE /* syscall, for close_range */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KEEP = 1 << 16, AT_ONCE = 64, TICK_MS = 20, SOON_MS = 2 };

static uint64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* ---- the child: between fork and exec only what POSIX calls async-signal-safe (a function that runs in the copy of a process with one thread may do more) ---- */

static void say(const char *text) { (void)!write(STDERR_FILENO, text, strlen(text)); }

static void die(const char *what, const char *name) {
  int err = errno;
  char digits[12], *p = digits + sizeof digits - 1;
  *p = '\0';
  do *--p = (char)('0' + err % 10);
  while (err /= 10);
  say(what);
  say(name);
  say(": error ");
  say(p);
  say("\n");
  _exit(127);
}

static void close_from(unsigned first) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  if (most < 0 || most > 65536) most = 65536;
  for (int fd = (int)first; fd < most; fd++) close(fd);
}

static void set_limit(int what, rlim_t soft, rlim_t hard) {
  struct rlimit old;
  if (getrlimit(what, &old) == 0 && old.rlim_max != RLIM_INFINITY) {
    if (soft > old.rlim_max) soft = old.rlim_max;
    if (hard > old.rlim_max) hard = old.rlim_max;
  }
  setrlimit(what, &(struct rlimit){soft, hard});
}

static void reset_signals(void) {
  struct sigaction plain = {.sa_handler = SIG_DFL};
  for (int sig = 1; sig <= SIGRTMAX; sig++) sigaction(sig, &plain, NULL); /* refused for KILL and STOP, which is fine */
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn static void run_child(const ari_process *p, int err_fd) {
  setpgid(0, 0);
  int high = fcntl(err_fd, F_DUPFD, 3); /* the caller may run with 0, 1 or 2 closed: keep the pipe away from them */
  int null = open("/dev/null", O_RDWR);
  if (high < 0 || null < 0 || dup2(high, 2) < 0) _exit(127);
  if (null == 2) null = open("/dev/null", O_RDWR); /* 2 was free, and has become the pipe just now */
  if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0) die("cannot open ", "/dev/null");
  close_from(3);
  if (p->cpu_seconds) set_limit(RLIMIT_CPU, p->cpu_seconds, (rlim_t)p->cpu_seconds + 1);
  if (p->file_bytes) set_limit(RLIMIT_FSIZE, p->file_bytes, p->file_bytes);
  set_limit(RLIMIT_CORE, 0, 0);
  if (p->cwd && chdir(p->cwd) != 0) die("cannot enter ", p->cwd);
  reset_signals();
  if (p->run) {
    sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = SIG_IGN}, NULL); /* a file that may not grow is an error of writing, not the end */
    _exit(p->run(p->arg));
  }
  execve(p->program, (char *const *)(uintptr_t)p->argv, (char *const *)(uintptr_t)p->envp);
  die("cannot run ", p->program);
  _exit(127);
}

/* ---- starting ---- */

static int open_pipe(int ends[2]) {
  if (pipe(ends) != 0) return -1;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return 0;
}

/* With all signals held back, so that no handler of the caller runs in the child. */
static pid_t fork_child(const ari_process *p, int err_fd) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t pid = fork();
  if (pid == 0) run_child(p, err_fd);
  int err = errno;
  sigprocmask(SIG_SETMASK, &before, NULL);
  errno = err;
  return pid;
}

ari_status ari_process_start(ari_process *p, ari_findings *fs) {
  p->pid = p->stderr_fd = -1;
  p->exit_status = -1;
  int ends[2];
  if (open_pipe(ends) == 0) {
    p->pid = (int)fork_child(p, ends[1]);
    int err = errno;
    close(ends[1]);
    if (p->pid > 0) {
      setpgid(p->pid, p->pid); /* the child does it too: whoever comes first */
      p->stderr_fd = ends[0];
      p->started_ms = now_ms();
      return ARI_OK;
    }
    close(ends[0]);
    errno = err;
  }
  int err = errno;
  p->pid = -1;
  if (err == ENOMEM) return ARI_NOMEM;
  ari_findings_add(fs, ARI_F0015, ARI_NOWHERE, &(ari_args){{ari_arg_c(p->program), ari_arg_int(err), ari_arg_c(strerror(err))}});
  return fs->failed ? ARI_NOMEM : ARI_MACHINE;
}

/* ---- waiting ---- */

/* Takes what is there, at most `turns` reads so that nobody who keeps talking keeps us from looking at the time. */
static void drain(ari_process *p, int turns) {
  char bytes[4096];
  while (p->stderr_fd >= 0 && turns-- > 0) {
    ssize_t got = read(p->stderr_fd, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      close(p->stderr_fd);
      p->stderr_fd = -1;
      return;
    }
    size_t room = KEEP - p->err.n;
    ari_buf_put(&p->err, bytes, (size_t)got < room ? (size_t)got : room);
  }
}

/* While the leader is a zombie nobody else can get its number: so its group is killed first and it is reaped afterwards. */
static bool reap(ari_process *p) {
  siginfo_t info = {0};
  int done;
  do done = waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT);
  while (done < 0 && errno == EINTR);
  if (done == 0 && info.si_pid == 0) return false;
  int status = 0;
  if (done == 0) {
    kill(-p->pid, SIGKILL);
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(status)) p->exit_status = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) p->signal = WTERMSIG(status);
  }
  drain(p, 64);
  if (p->stderr_fd >= 0) close(p->stderr_fd);
  p->stderr_fd = p->pid = -1;
  return true;
}

/* Looks after one that runs; returns how many milliseconds it can be left alone. */
static int attend(ari_process *p) {
  drain(p, 64);
  if (reap(p)) return TICK_MS;
  if (p->timed_out || !p->timeout_ms) return p->stderr_fd < 0 ? SOON_MS : TICK_MS;
  uint64_t passed = now_ms() - p->started_ms;
  if (passed >= p->timeout_ms) {
    p->timed_out = true;
    kill(-p->pid, SIGKILL);
    return SOON_MS;
  }
  uint64_t left = p->timeout_ms - passed, most = p->stderr_fd < 0 ? SOON_MS : TICK_MS;
  return (int)(left < most ? left : most);
}

/* The end of a stderr pipe wakes us at once, for that is how programs end; the tick is for those whose children hold it open or that
 * closed it themselves. */
void ari_process_wait(ari_process *all, size_t n) {
  for (;;) {
    struct pollfd fds[AT_ONCE];
    nfds_t watched = 0;
    size_t running = 0;
    int pause = TICK_MS;
    for (size_t i = 0; i < n; i++) {
      if (all[i].pid <= 0) continue;
      int alone = attend(&all[i]);
      if (all[i].pid <= 0) continue;
      running++;
      if (alone < pause) pause = alone;
      if (all[i].stderr_fd >= 0 && watched < AT_ONCE) fds[watched++] = (struct pollfd){.fd = all[i].stderr_fd, .events = POLLIN};
    }
    if (!running) return;
    poll(fds, watched, pause);
  }
}

/* ---- finding ---- */

static bool is_program(const char *path) {
  return access(path, X_OK) == 0 && ari_path_what(path) == ARI_PATH_FILE;
}

char *ari_process_find(ari_arena *arena, const char *name, const char *path_list) {
  errno = ENOENT;
  if (name[0] == '/' && is_program(name)) {
    errno = ENOMEM;
    return ari_str_cstring(arena, ari_str_of(name));
  }
  if (!*name || strchr(name, '/')) return NULL;
  for (const char *p = path_list; p && *p;) {
    size_t n = strcspn(p, ":");
    size_t name_n = strlen(name);
    if (p[0] == '/') { /* an empty or relative entry would mean the current folder */
      char *path = ari_arena_alloc(arena, n + name_n + 2);
      errno = ENOMEM;
      if (!path) return NULL;
      memcpy(path, p, n);
      path[n] = '/';
      memcpy(path + n + 1, name, name_n);
      if (is_program(path)) return path;
    }
    p += n + (p[n] == ':');
  }
  errno = ENOENT;
  return NULL;
}
