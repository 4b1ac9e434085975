/* Runs a command and prints: exit status (or -signal), wall seconds, processor seconds, peak memory in MiB. Its output goes to /dev/null, its input comes from the file
 * named first. measure INPUT COMMAND ARG… */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  pid_t pid = fork();
  if (pid == 0) {
    int in = open(argv[1], O_RDONLY), out = open("/dev/null", O_WRONLY);
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  struct rusage used;
  if (wait4(pid, &status, 0, &used) < 0) return 1;
  clock_gettime(CLOCK_MONOTONIC, &to);
  double wall = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
  printf("%d %.4f %.4f %.1f\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), wall, seconds(used.ru_utime) + seconds(used.ru_stime),
         (double)used.ru_maxrss / 1024);
  return 0;
}
