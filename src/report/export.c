/* A round as open data (ari(1), "export"): figures at every stage, ranking, criteria and agency list as they were accepted, and a manifest with the hash of each file and the
 * head of the log. What agencies submitted stays in the database: notes and documents are
 * not everybody's; reasons and answers stand beside the points that they changed. */
#include "inside.h"

#include <errno.h>

enum { MOST = 16 };

typedef struct exported { const char *name; int64_t bytes; char sha256[65]; } exported;
typedef struct export {
  ari_work *work;
  const char *folder;
  exported files[MOST]; size_t n;
} export;

static const char *path_of(const export *x, const char *name) {
  ari_buf b = {0};
  ari_buf_printf(&b, "%s/%s", x->folder, name);
  const char *path = b.failed ? NULL : ari_str_cstring(&x->work->arena, ari_buf_view(&b));
  ari_buf_free(&b);
  return path;
}

/* ---- one file ---- */

typedef struct counter { ari_sink to; int64_t bytes; } counter;

static bool count_bytes(void *of, const char *bytes, size_t n) {
  counter *c = of;
  c->bytes += (int64_t)n;
  return c->to.write(c->to.to, bytes, n);
}

static ari_status write_file(export *x, const char *name, ari_status (*write)(const export *x, ari_sink to)) {
  ari_newfile file;
  const char *path = path_of(x, name);
  if (!path) return ARI_NOMEM;
  ari_status status = ari_newfile_open(&file, path, &x->work->findings);
  if (status != ARI_OK) return status;
  counter c = {.to = ari_newfile_sink(&file)};
  ari_status written = write(x, (ari_sink){count_bytes, &c});
  status = ari_newfile_close(&file, written == ARI_OK, &x->work->findings);
  if (status == ARI_OK) status = written;
  exported *e = &x->files[x->n];
  if (status == ARI_OK && ari_hash_below(x->folder, ari_str_of(name), e->sha256) != ARI_BELOW_THERE) status = ari_file_failed(&x->work->findings, ARI_NOWHERE, path, EIO);
  if (status != ARI_OK) return status;
  e->name = name;
  e->bytes = c.bytes;
  x->n++;
  return ARI_OK;
}

static ari_status write_bytes(ari_sink to, ari_str bytes) { return to.write(to.to, bytes.p, bytes.n) ? ARI_OK : ARI_MACHINE; }

static ari_status write_criteria(const export *x, ari_sink to) { return write_bytes(to, x->work->sources.items[x->work->set->file].bytes); }
static ari_status write_agencies(const export *x, ari_sink to) { return write_bytes(to, x->work->sources.items[x->work->agencies.file].bytes); }
static ari_status write_ranking(const export *x, ari_sink to) { return ari_write_ranking_csv(x->work, to); }
static ari_status write_scores(const export *x, ari_sink to) { return ari_write_scores_csv(x->work, to); }
static ari_status write_stages(const export *x, ari_sink to) { return ari_write_stages_csv(x->work, to); }
static ari_status write_results(const export *x, ari_sink to) { return ari_report_json(x->work, to); }

/* ---- the manifest ---- */

static void put_text(ari_buf *b, const char *key, const char *text) {
  ari_buf_printf(b, "\"%s\":", key);
  ari_buf_json(b, ari_str_of(text));
  ari_buf_text(b, ",\n");
}

static ari_status write_manifest(const export *x, ari_sink to) {
  ari_out out = {.sink = to};
  ari_buf *b = &out.buf;
  ari_round_info round;
  ari_status status = ari_round_of(x->work, &round);
  if (status != ARI_OK) return status;
  ari_buf_text(b, "{");
  put_text(b, "ari", "export/1");
  put_text(b, "engine", ARI_VERSION);
  put_text(b, "round", round.id);
  put_text(b, "set", round.set);
  put_text(b, "version", round.version);
  put_text(b, "period", round.period);
  put_text(b, "state", round.state);
  put_text(b, "head", round.head);
  ari_buf_text(b, "\"files\":[");
  for (size_t i = 0; i < x->n; i++) {
    ari_buf_printf(b, "%s{\"name\":", i ? ",\n" : "\n");
    ari_buf_json(b, ari_str_of(x->files[i].name));
    ari_buf_printf(b, ",\"bytes\":%lld,\"sha256\":\"%s\"}", (long long)x->files[i].bytes, x->files[i].sha256);
  }
  ari_buf_text(b, "]}\n");
  return ari_out_close(&out);
}

/* ---- all ---- */

/* The manifest comes last: a folder without one is not finished. */
static ari_status write_all(export *x) {
  const ari_work *work = x->work;
  bool listed = work->agencies.file >= 0, table = listed && ari_file_is_csv(&work->sources.items[work->agencies.file]);
  const struct { const char *name; ari_status (*write)(const export *x, ari_sink to); } files[] = {
    {"criteria.yaml", write_criteria}, {table ? "agencies.csv" : "agencies.yaml", write_agencies}, {"ranking.csv", write_ranking},
    {"scores.csv", write_scores}, {"stages.csv", write_stages}, {"results.json", write_results}, {"manifest.json", write_manifest}};
  ari_status status = ARI_OK;
  for (size_t i = 0; i < ARI_COUNT(files) && status == ARI_OK; i++)
    if (listed || files[i].write != write_agencies) status = write_file(x, files[i].name, files[i].write);
  return status;
}

ari_status ari_export(ari_work *work, const char *folder) {
  if (!work->result) return ARI_MISUSE;
  if (ari_path_what(folder) != ARI_PATH_NONE) {
    ari_findings_add(&work->findings, ARI_F0670, ARI_NOWHERE, &(ari_args){{ari_arg_c(folder)}});
    return ARI_MACHINE;
  }
  export x = {.work = work, .folder = folder};
  ari_status status = ari_stages_make(work);
  if (status == ARI_OK) status = ari_folder_make(folder, &work->findings);
  if (status != ARI_OK) return status;
  status = write_all(&x);
  if (status != ARI_OK) ari_folder_remove(folder);
  return status;
}
