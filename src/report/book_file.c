/* A workbook as a file, through libxlsxwriter. The library keeps its parts in temporary files and does not notice when the disk is full, prints on the error
 * channel, and ends the process where memory runs out. So it runs in a process of its own, in a private folder, and what it wrote is read back before anybody
 * gets it: every part with its CRC and to the end of its last element, as many sheets, charts and cells as were put in. */
#include "inside.h"

#include <errno.h>
#include <string.h>
#include <xlsxwriter.h>

enum { WHOLE, NO_MEMORY, NOT_WHOLE };   /* how that process ends */

typedef struct job { const ari_book_plan *plan; const char *folder, *path, *title; int64_t now; } job;

/* ---- reading back ---- */

/* What is in the archive: elements of a part are counted as they open and close, wherever its pieces end. */
typedef struct contents {
  size_t sheets, charts, cells;
  size_t depth;              /* elements open in the part */
  size_t length;             /* of the tag so far, from its '<' on; 0: outside */
  char first, second, last;  /* signs of the tag behind '<' */
} contents;

static void end_tag(contents *c, bool sheet) {
  bool opens = c->first != '/' && c->first != '?' && c->first != '!';
  if (sheet && c->first == 'c' && (c->second == ' ' || c->second == '>')) c->cells++;
  if (c->first == '/') c->depth--;
  else if (opens && c->last != '/') c->depth++;
  c->length = 0;
}

/* libxlsxwriter writes neither '<' nor '>' but for tags. */
static void read_sign(contents *c, char sign, bool sheet) {
  if (!c->length) {
    c->length = sign == '<';
    return;
  }
  if (c->length == 1) c->first = sign, c->second = '\0';
  else if (c->length == 2) c->second = sign;
  if (sign == '>') end_tag(c, sheet);
  else c->last = sign, c->length++;
}

static bool begins(const char *name, const char *with) { return strncmp(name, with, strlen(with)) == 0; }

/* A part that was cut has elements that nothing closes. */
static bool read_piece(void *to, const char *part, const char *bytes, size_t n) {
  contents *c = to;
  bool sheet = begins(part, "xl/worksheets/sheet");
  for (size_t i = 0; i < n; i++) read_sign(c, bytes[i], sheet);
  if (n) return true;
  c->sheets += sheet;
  c->charts += begins(part, "xl/charts/chart");
  return c->depth == 0 && c->length == 0;
}

static int check_book(const ari_book *b, const char *path) {
  contents c = {0};
  ari_status status = ari_zip_read(path, &(ari_zip_reader){read_piece, &c});
  if (status != ARI_OK) return status == ARI_NOMEM ? NO_MEMORY : NOT_WHOLE;
  return c.sheets == b->sheets && c.charts == b->charts && c.cells == b->cells ? WHOLE : NOT_WHOLE;
}

/* ---- the process ---- */

/* When it was made is when the caller says, so that the same input gives the same bytes; 0 would be the clock. */
static int write_book(void *arg) {
  const job *j = arg;
  lxw_workbook_options options = {.constant_memory = j->plan->by_rows, .tmpdir = (char *)(uintptr_t)j->folder, .use_zip64 = LXW_FALSE};
  lxw_doc_properties properties = {.title = (char *)(uintptr_t)j->title, .author = (char *)(uintptr_t)("ari " ARI_VERSION), .created = j->now > 0 ? (time_t)j->now : 1};
  ari_book b = {.file = workbook_new_opt(j->path, &options)};
  if (!b.file || workbook_set_properties(b.file, &properties) != LXW_NO_ERROR) return NO_MEMORY;
  errno = 0;
  j->plan->fill(&b, j->plan->with);
  ari_book_note(&b);
  bool failed = b.failed || b.text.failed;
  ari_buf_free(&b.text);
  if (failed) {
    lxw_workbook_free(b.file);
    return NO_MEMORY;
  }
  lxw_error closed = workbook_close(b.file);
  return closed == LXW_NO_ERROR ? check_book(&b, j->path) : closed == LXW_ERROR_MEMORY_MALLOC_FAILED ? NO_MEMORY : NOT_WHOLE;
}

static ari_status tell_end(ari_work *work, const ari_process *p, const char *parent) {
  bool silent = p->err.n == 0;   /* it complains of what it then leaves out */
  if (p->exit_status == WHOLE && silent) return ARI_OK;
  if (p->exit_status == NO_MEMORY) return ARI_NOMEM;
  if (p->exit_status == NOT_WHOLE || p->exit_status == WHOLE) ari_findings_add(&work->findings, ARI_F0852, ARI_NOWHERE, &(ari_args){{ari_arg_c(parent)}});
  else ari_findings_add(&work->findings, ARI_F0851, ARI_NOWHERE, &(ari_args){{ari_arg_int(p->signal)}});
  return work->findings.failed ? ARI_NOMEM : ARI_MACHINE;
}

static ari_status run_job(ari_work *work, job *j, const char *parent, ari_sink to) {
  ari_process p = {.run = write_book, .arg = j, .program = "libxlsxwriter"};
  ari_status status = ari_process_start(&p, &work->findings);
  if (status != ARI_OK) return status;
  ari_process_wait(&p, 1);
  status = p.err.failed ? ARI_NOMEM : tell_end(work, &p, parent);
  ari_buf_free(&p.err);
  return status == ARI_OK ? ari_file_send(j->path, to, &work->findings) : status;
}

ari_status ari_book_write(ari_work *work, const ari_book_plan *plan, ari_sink to) {
  const char *parent = work->options.temp_folder ? work->options.temp_folder : "/tmp";
  char *folder = ari_folder_private(&work->arena, parent);
  if (!folder) return ari_file_failed(&work->findings, ARI_NOWHERE, parent, errno);
  ari_buf path = {0};
  ari_buf_printf(&path, "%s/book.xlsx", folder);
  ari_buf_char(&path, '\0');
  char *title = ari_str_cstring(&work->arena, plan->title);
  job j = {.plan = plan, .folder = folder, .path = path.p, .title = title, .now = work->options.now};
  ari_status status = path.failed || !title ? ARI_NOMEM : run_job(work, &j, parent, to);
  ari_buf_free(&path);
  ari_folder_remove(folder);
  return status;
}
