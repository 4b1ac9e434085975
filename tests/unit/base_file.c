/* Reading within limits, folders, output, files that appear whole or not at all. */
#include "base/base.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static ari_arena arena;
static char *folder;

static const char *path_of(const char *name) {
  ari_buf b = {0};
  ari_buf_printf(&b, "%s/%s", folder, name);
  char *path = ari_str_cstring(&arena, ari_buf_view(&b));
  ari_buf_free(&b);
  if (!path) exit(1);
  return path;
}

static void put_file(const char *path, const char *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) exit(1);
}

static void put_text(const char *path, const char *text) { put_file(path, text, strlen(text)); }

static bool holds(const char *path, const char *want) {
  char got[200] = "";
  FILE *f = fopen(path, "rb");
  if (!f) return false;
  size_t n = fread(got, 1, sizeof got - 1, f);
  fclose(f);
  return n == strlen(want) && memcmp(got, want, n) == 0;
}

static int open_files(void) {
  int n = 0;
  for (int fd = 0; fd < 256; fd++) n += fcntl(fd, F_GETFD) >= 0;
  return n;
}

/* ---- reading ---- */

/* Errors in the content have a place, failures of the machine have none. */
static bool has_place(const ari_findings *fs) { return fs->errors > 0; }

/* Loads and says which code was told ("": none) and with which status. */
static const char *load(const char *path, size_t limit, bool no_nul, ari_status *status, size_t *size) {
  static char name[16];
  ari_sources all = {0};
  ari_findings fs = {0};
  int32_t i = ari_sources_add(&all, ari_str_of(path));
  if (i < 0) exit(1);
  *status = ari_source_load(&all.items[i], i, limit, no_nul, &fs);
  *size = all.items[i].bytes.n;
  snprintf(name, sizeof name, "%s", fs.n ? ari_code_name(fs.items[0].code) : "");
  if (fs.n > 1 || (fs.n == 1 && fs.items[0].at.file != i)) snprintf(name, sizeof name, "unclear");
  if (!fs.n && all.items[i].bytes.p[*size] != '\0') snprintf(name, sizeof name, "no NUL");
  if (fs.n && all.items[i].loaded) snprintf(name, sizeof name, "hashed");
  if (fs.n && has_place(&fs) != (all.items[i].bytes.p != NULL)) snprintf(name, sizeof name, "no place");
  ari_findings_free(&fs);
  ari_sources_free(&all);
  return name;
}

static int loads(const char *path, size_t limit, bool no_nul, const char *want, ari_status want_status, size_t want_size) {
  ari_status status;
  size_t size;
  const char *code = load(path, limit, no_nul, &status, &size);
  if (strcmp(code, want) == 0 && status == want_status && size == want_size) return 1;
  printf("# %s: <%s> status %d, %zu bytes\n", path, code, status, size);
  return 0;
}

static void test_limits(void) {
  const char *p = path_of("ten.txt");
  put_text(p, "0123456789");
  ok(loads(p, 10, true, "", ARI_OK, 10), "a file of the limit is read");
  ok(loads(p, 9, true, "E0101", ARI_OK, 0), "one byte more is not");
  ok(loads("/proc/self/status", 4, true, "E0101", ARI_OK, 0), "also when the system does not know the size before");
  ok(loads("/dev/../proc/sys/kernel/ostype", 100, true, "", ARI_OK, 6), "links and dots are followed");
  put_text(p, "");
  ok(loads(p, 10, true, "", ARI_OK, 0), "an empty file is read");
  char *big = calloc(1, 3000000);
  if (!big) exit(1);
  memset(big, 'x', 3000000);
  put_file(p, big, 3000000);
  ok(loads(p, 3000000, true, "", ARI_OK, 3000000), "many blocks");
  big[2999999] = '\0';
  put_file(p, big, 3000000);
  free(big);
  ok(loads(p, 3000000, true, "E0102", ARI_OK, 3000000), "a NUL in the last byte, and what stands before it to be shown");
  ok(loads(p, 3000000, false, "", ARI_OK, 3000000), "which other kinds of files may have");
  put_file(p, "\xFF\xFE" "a\0b\0", 6);
  ok(loads(p, 100, true, "E0104", ARI_OK, 0), "UTF-16 is told as such and not as NUL");
  put_file(p, "\0", 1);
  ok(loads(p, 100, true, "E0102", ARI_OK, 1), "one NUL alone");
}

static void test_zeros(void) {
  const char *p = path_of("zeros");
  int fd = open(p, O_WRONLY | O_CREAT, 0644);
  if (fd < 0 || ftruncate(fd, 200 << 20) != 0) exit(1);
  close(fd);
  struct timespec a, b;
  clock_gettime(CLOCK_MONOTONIC, &a);
  ok(loads(p, 256 << 20, true, "E0102", ARI_OK, 1) && loads(p, 32 << 20, true, "E0101", ARI_OK, 0), "200 MB of zeros are refused");
  clock_gettime(CLOCK_MONOTONIC, &b);
  ok((b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000 < 1000, "at once");
  unlink(p);
}

static void test_refused(void) {
  const char *p = path_of("pipe");
  if (mkfifo(p, 0600) != 0) exit(1);
  alarm(20); /* a hang is a death by signal, which is a failure */
  ok(loads(p, 100, true, "F0012", ARI_MACHINE, 0), "a pipe without a writer does not hang");
  int writer = open(p, O_RDWR | O_CLOEXEC);
  ok(loads(p, 100, true, "F0012", ARI_MACHINE, 0), "nor one with a silent writer");
  close(writer);
  alarm(0);
  ok(loads("/dev/zero", 100, true, "F0012", ARI_MACHINE, 0), "a device");
  ok(loads(folder, 100, true, "F0007", ARI_MACHINE, 0), "a folder");
  put_text(path_of("file"), "x");
  ok(loads(path_of("file/below"), 100, true, "F0008", ARI_MACHINE, 0), "below a file");
  ok(loads(path_of("a/b/c"), 100, true, "F0002", ARI_MACHINE, 0), "a file in a folder that is not there");
  put_text(path_of("criteria.yaml"), "x");
  ok(loads(path_of("critera.yaml"), 100, true, "F0003", ARI_MACHINE, 0), "a slip of the pen is told with the name that was meant");
  if (symlink("loop", path_of("loop")) != 0) exit(1);
  ok(loads(path_of("loop"), 100, true, "F0016", ARI_MACHINE, 0), "a link to itself");
  char longer[400];
  memset(longer, 'n', sizeof longer);
  longer[399] = '\0';
  ok(loads(path_of(longer), 100, true, "F0009", ARI_MACHINE, 0), "a name beyond all limits");
  put_text(path_of("secret"), "x");
  chmod(path_of("secret"), 0);
  if (geteuid() != 0) ok(loads(path_of("secret"), 100, true, "F0004", ARI_MACHINE, 0), "no permission");
  else ok(1, "no permission # SKIP as root");
}

static void test_meant(void) {
  ari_sources all = {0};
  ari_findings fs = {0};
  int32_t i = ari_sources_add(&all, ari_str_of(path_of("critera.yaml")));
  ok(ari_source_load(&all.items[i], i, 9, true, &fs) == ARI_MACHINE && ari_str_is(fs.items[0].args.at[1].as.text, path_of("criteria.yaml")),
     "the name that was meant comes with its folder");
  ari_findings_free(&fs);
  ari_sources_free(&all);
}

/* ---- folders ---- */

static void test_folders(void) {
  ari_findings fs = {0};
  ok(ari_folder_make(path_of("d/e/f"), &fs) == ARI_OK && ari_folder_make(path_of("d/e/f/"), &fs) == ARI_OK, "folders with parents, twice");
  ok(ari_path_what(path_of("d/e/f")) == ARI_PATH_FOLDER && ari_path_what(path_of("file")) == ARI_PATH_FILE &&
     ari_path_what(path_of("pipe")) == ARI_PATH_OTHER && ari_path_what(path_of("none")) == ARI_PATH_NONE, "what a path is");
  ok(ari_folder_make(path_of("file"), &fs) == ARI_MACHINE && ari_folder_make(path_of("file/x"), &fs) == ARI_MACHINE && fs.n == 2 &&
     fs.items[0].code == ARI_F0008 && fs.items[1].code == ARI_F0008, "not where a file stands");
  put_text(path_of("d/b.yaml"), "");
  put_text(path_of("d/B.yaml"), "");
  put_text(path_of("d/é.yaml"), "");
  put_text(path_of("d/.hidden"), "");
  if (symlink("e", path_of("d/a")) != 0 || symlink("nowhere", path_of("d/c")) != 0) exit(1);
  ari_str *names;
  size_t n;
  ari_buf b = {0};
  ok(ari_folder_list(&arena, path_of("d"), &names, &n, &fs) == ARI_OK, "a folder is listed");
  for (size_t i = 0; i < n; i++) ari_buf_str(&b, names[i]), ari_buf_char(&b, ' ');
  ari_buf_char(&b, '\0');
  is(b.p, "B.yaml a/ b.yaml c e/ é.yaml ", "in the order of bytes, folders marked, without what is hidden");
  ari_buf_free(&b);
  ok(ari_folder_list(&arena, path_of("d/e/f"), &names, &n, &fs) == ARI_OK && n == 0 && names, "an empty one");
  ok(ari_folder_list(&arena, path_of("none"), &names, &n, &fs) == ARI_MACHINE && n == 0 && fs.items[fs.n - 1].code == ARI_F0002,
     "none");
  char *own = ari_folder_private(&arena, folder);
  struct stat st;
  ok(own && stat(own, &st) == 0 && S_ISDIR(st.st_mode) && (st.st_mode & 0777) == 0700, "a private folder");
  ok(!ari_folder_private(&arena, path_of("none")), "not in a folder that is not there");
  ari_buf_printf(&b, "%s/below", own);
  ari_buf_char(&b, '\0');
  mkdir(b.p, 0700);
  ari_buf_clear(&b);
  ari_buf_printf(&b, "%s/below/.x", own);
  ari_buf_char(&b, '\0');
  put_text(b.p, "x");
  ari_buf_clear(&b);
  ari_buf_printf(&b, "%s/link", own);
  ari_buf_char(&b, '\0');
  if (symlink(path_of("d"), b.p) != 0) exit(1);
  ari_buf_free(&b);
  ari_folder_remove(own);
  ok(ari_path_what(own) == ARI_PATH_NONE && ari_path_what(path_of("d/b.yaml")) == ARI_PATH_FILE, "goes away, and a link in it leads nowhere");
  ari_findings_free(&fs);
}

/* ---- output ---- */

typedef struct taker { size_t calls, bytes, limit; } taker;

static bool take(void *to, const char *bytes, size_t n) {
  taker *t = to;
  (void)bytes;
  t->calls++;
  if (t->bytes + n > t->limit) return false;
  t->bytes += n;
  return true;
}

static void test_out(void) {
  taker t = {.limit = 1 << 30};
  ari_out o = {.sink = {take, &t}};
  for (int i = 0; i < 20000; i++) ari_out_text(&o, "0123456789");
  ok(t.calls == 3, "a buffer of 64 KiB stands before the sink");
  ok(ari_out_close(&o) == ARI_OK && t.bytes == 200000 && t.calls == 4 && !o.buf.p, "all of it arrives");
  t = (taker){.limit = 100000};
  o = (ari_out){.sink = {take, &t}};
  for (int i = 0; i < 50000; i++) ari_out_text(&o, "0123456789");
  ok(ari_out_close(&o) == ARI_MACHINE && t.calls == 2, "after a failure nothing more is written, and it is not forgotten");
  t = (taker){.limit = 0};
  o = (ari_out){.sink = {take, &t}};
  ok(ari_out_close(&o) == ARI_OK && t.calls == 0, "nothing is no failure");
}

/* ---- whole files ---- */

static ari_status write_new(const char *path, const char *text, bool keep, ari_findings *fs) {
  ari_newfile f;
  ari_status status = ari_newfile_open(&f, path, fs);
  if (status != ARI_OK) return status;
  ari_out o = {.sink = ari_newfile_sink(&f)};
  ari_out_text(&o, text);
  bool good = ari_out_close(&o) == ARI_OK;
  return ari_newfile_close(&f, keep && good, fs);
}

static size_t entries(const char *path) {
  ari_findings fs = {0};
  char command[600];
  snprintf(command, sizeof command, "ls -A '%s' | wc -l", path);
  FILE *p = popen(command, "r");
  unsigned n = 999;
  if (!p || fscanf(p, "%u", &n) != 1) n = 999;
  if (p) pclose(p);
  ari_findings_free(&fs);
  return n;
}

static void test_newfile(void) {
  ari_findings fs = {0};
  if (mkdir(path_of("out"), 0755) != 0) exit(1);
  const char *p = path_of("out/report.html");
  mode_t before = umask(027);
  ok(write_new(p, "first", true, &fs) == ARI_OK && holds(p, "first"), "a new file");
  umask(before);
  struct stat st;
  ok(stat(p, &st) == 0 && (st.st_mode & 0777) == 0640, "with the caller's umask");
  chmod(p, 0604);
  ok(write_new(p, "second", true, &fs) == ARI_OK && holds(p, "second"), "replaces the old one");
  ok(stat(p, &st) == 0 && (st.st_mode & 0777) == 0604, "with its mode");
  ok(write_new(p, "third", false, &fs) == ARI_OK && holds(p, "second"), "without keep the old one stays");
  ari_newfile f;
  ok(ari_newfile_open(&f, p, &fs) == ARI_OK && entries(path_of("out")) == 2, "while it is written it has another name");
  ari_sink sink = ari_newfile_sink(&f);
  ok(sink.write(sink.to, "half", 4) && holds(p, "second"), "and an interruption leaves the old one");
  ok(ari_newfile_close(&f, false, &fs) == ARI_OK && entries(path_of("out")) == 1, "nothing is left beside it");
  ok(fs.n == 0, "no findings so far");
  ok(write_new(folder, "x", true, &fs) == ARI_MACHINE && fs.n == 1 && fs.items[0].code == ARI_F0007, "not over a folder");
  ok(write_new(path_of("none/x"), "x", true, &fs) == ARI_MACHINE && fs.n == 2 && fs.items[1].code == ARI_F0002, "not into no folder");
  if (symlink("report.html", path_of("out/link")) != 0) exit(1);
  ok(write_new(path_of("out/link"), "new", true, &fs) == ARI_OK && holds(p, "second") && holds(path_of("out/link"), "new"),
     "a link is replaced");
  char name[4 + 255 + 1];
  memset(name, 'n', sizeof name);
  memcpy(name, "out/", 4);
  name[sizeof name - 1] = '\0';
  ok(write_new(path_of(name), "x", true, &fs) == ARI_OK && holds(path_of(name), "x"), "a name of full length has room for the other name");
  ok(fs.n == 2, "no more findings");
  ari_findings_free(&fs);
}

static void test_full(void) {
  ari_findings fs = {0};
  /* Through links of our own: were it wrong, the test would take a link away and not the machine's /dev/null. */
  const char *full = path_of("full"), *null = path_of("null");
  if (symlink("/dev/full", full) != 0 || symlink("/dev/null", null) != 0) exit(1);
  ok(write_new(full, "x", true, &fs) == ARI_MACHINE && fs.n == 1 && fs.items[0].code == ARI_F0005, "a full device is noticed");
  ok(write_new(null, "x", true, &fs) == ARI_OK && ari_path_what(null) == ARI_PATH_OTHER && ari_path_what(full) == ARI_PATH_OTHER,
     "and no device is replaced");
  ok(write_new(path_of("pipe"), "x", true, &fs) == ARI_MACHINE && fs.n == 2 && fs.items[1].code == ARI_F0012,
     "a pipe without a reader does not hang");
  const char *p = path_of("out/limited");
  put_text(p, "old");
  struct rlimit old, small = {4, RLIM_INFINITY};
  getrlimit(RLIMIT_FSIZE, &old);
  small.rlim_max = old.rlim_max;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  ari_status status = write_new(p, "longer than four", true, &fs);
  setrlimit(RLIMIT_FSIZE, &old);
  ok(status == ARI_MACHINE && fs.n == 3 && fs.items[2].code == ARI_F0013 && holds(p, "old"), "a file that may not grow: the old one stays");
  ari_findings_free(&fs);
}

static void test_causes(void) {
  ari_findings fs = {0};
  ok(ari_file_failed(&fs, ARI_NOWHERE, "x", ENOMEM) == ARI_NOMEM && fs.n == 0, "out of memory is no finding");
  ok(ari_file_failed(&fs, ARI_NOWHERE, "x", EDQUOT) == ARI_MACHINE && fs.items[0].code == ARI_F0005, "a quota is a full disk");
  ok(ari_file_failed(&fs, ARI_NOWHERE, "x", EBUSY) == ARI_MACHINE && fs.items[1].code == ARI_F0014 && fs.items[1].args.at[1].as.i == EBUSY,
     "what is rare is told by its number");
  ari_findings_free(&fs);
}

int main(void) {
  const char *parent = getenv("TMPDIR");
  folder = ari_folder_private(&arena, parent ? parent : "/tmp");
  if (!folder) return 1;
  int before = open_files();
  test_limits();
  test_zeros();
  test_refused();
  test_meant();
  test_folders();
  test_out();
  test_newfile();
  test_full();
  test_causes();
  ok(open_files() == before, "no file was left open");
  char command[600];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  ok(system(command) == 0, "cleared away");
  ari_arena_free(&arena);
  return done();
}
