/* Signatures of packages and the keys for them, as files (ari(1), "Packages"): FILE.zip.minisig stands beside FILE.zip, as minisign puts it. */
#include "inside.h"

#include <errno.h>
#include <string.h>

enum { KEY_BYTES = 64 << 10 };

static ari_status tell(ari_work *work, ari_code code, int32_t source, ari_str one, ari_str two) {
  ari_findings_add(&work->findings, code, source < 0 ? ARI_NOWHERE : (ari_span){source, 0, 0}, &(ari_args){{ari_arg_text(one), ari_arg_text(two)}});
  return work->findings.failed ? ARI_NOMEM : ARI_INPUT;
}

/* A small text file as a source; -1: out of memory, and *status says so. */
static int32_t load_text(ari_work *work, const char *path, ari_status *status) {
  int32_t source = ari_sources_add(&work->sources, ari_str_of(path));
  size_t errors = work->findings.errors;
  *status = source < 0 ? ARI_NOMEM : ari_source_load(&work->sources.items[source], source, KEY_BYTES, true, &work->findings);
  if (*status == ARI_OK && work->findings.errors > errors) *status = ARI_INPUT;
  return source;
}

/* ---- verifying --------------------------------------------------------------------------------------------------------------- */

/* options.key, or in a folder of keys the one of the package's agency. NULL: out of memory. */
static const char *key_path(ari_work *work, const ari_package *p) {
  const char *key = work->options.key;
  return ari_path_what(key) == ARI_PATH_FOLDER ? ari_str_join(&work->arena, ari_str_of(key), ARI_STR("/"), p->agency.text, ARI_STR(".pub")) : key;
}

static ari_status check_signature(ari_work *work, ari_package *p, ari_str key_text, int32_t key_source, int32_t source) {
  ari_public_key key;
  unsigned char id[8];
  char own[17], other[17];
  ari_str comment = {0}, path = work->sources.items[p->source].name;
  if (ari_public_key_read(key_text, &key) != ARI_SIGN_OK) return tell(work, ARI_E0990, key_source, work->sources.items[key_source].name, (ari_str){0});
  ari_signing result = ari_signature_check(work->sources.items[source].bytes, &key, work->sources.items[p->source].bytes, id, &comment);
  ari_key_name(key.id, own);
  switch (result) {
    case ARI_SIGN_OK: break;
    case ARI_SIGN_FORM: return tell(work, ARI_E0992, source, work->sources.items[source].name, (ari_str){0});
    case ARI_SIGN_OTHER_KEY: ari_key_name(id, other); return tell(work, ARI_E0994, source, ari_str_of(other), ari_str_of(own));
    case ARI_SIGN_CHANGED: return tell(work, ARI_E0995, p->source, path, (ari_str){0});
    case ARI_SIGN_COMMENT: return tell(work, ARI_E0996, source, comment, (ari_str){0});
    default: return ARI_NOMEM;
  }
  ari_sha256(work->sources.items[p->source].bytes.p, work->sources.items[p->source].bytes.n, p->sha256);
  bool good = ari_str_copy(&work->arena, ari_str_of(own), &p->key) && ari_str_copy(&work->arena, work->sources.items[key_source].name, &p->key_file) && ari_str_copy(&work->arena, comment, &p->comment);
  return good ? ARI_OK : ARI_NOMEM;
}

ari_status ari_package_verify(ari_work *work, ari_package *p) {
  ari_str name = work->sources.items[p->source].name;
  const char *path = ari_str_join(&work->arena, name, ARI_STR(".minisig"));
  if (!path) return ARI_NOMEM;
  bool there = ari_path_what(path) != ARI_PATH_NONE;
  if (!work->options.key) {
    if (there) ari_findings_add(&work->findings, ARI_W0998, (ari_span){p->source, 0, 0}, &(ari_args){{ari_arg_c(path)}});
    return ARI_OK;
  }
  if (!there) return tell(work, ARI_E0993, p->source, name, ari_str_of(path));
  const char *key = key_path(work, p);
  ari_status status = ARI_NOMEM;
  int32_t source = key ? load_text(work, path, &status) : -1;
  if (status != ARI_OK) return status;
  bool lacking = key != work->options.key && ari_path_what(key) == ARI_PATH_NONE;
  if (lacking) return tell(work, ARI_E0820, p->source, p->agency.text, ari_str_of(key));
  int32_t key_source = load_text(work, key, &status);
  return status == ARI_OK ? check_signature(work, p, work->sources.items[key_source].bytes, key_source, source) : status;
}

/* ---- signing ----------------------------------------------------------------------------------------------------------------- */

/* Told without a place: no line of a secret key is ever shown. */
ari_status ari_work_secret_key(ari_work *work, ari_secret_key *key) {
  ari_status status;
  const ari_options *o = &work->options;
  int32_t source = load_text(work, o->secret_key, &status);
  if (status != ARI_OK) return status;
  ari_str name = work->sources.items[source].name, password = o->password ? ari_str_of(o->password) : (ari_str){0};
  switch (ari_secret_key_read(work->sources.items[source].bytes, password, key)) {
    case ARI_SIGN_OK: return ARI_OK;
    case ARI_SIGN_LOCKED: return tell(work, ARI_E0997, -1, name, (ari_str){0});
    case ARI_SIGN_PASSWORD: return tell(work, ARI_E0999, -1, name, (ari_str){0});
    case ARI_SIGN_NO_MEMORY: return ARI_NOMEM;
    default: return tell(work, ARI_E0991, -1, name, (ari_str){0});
  }
}

static ari_status expect_free(ari_work *work, const char *path) {
  if (ari_path_what(path) == ARI_PATH_NONE) return ARI_OK;
  ari_findings_add(&work->findings, ARI_F0975, ARI_NOWHERE, &(ari_args){{ari_arg_c(path)}});
  return work->findings.failed ? ARI_NOMEM : ARI_MACHINE;
}

static ari_status write_text(ari_work *work, const char *path, bool private, ari_str text) {
  ari_newfile file;
  ari_status status = expect_free(work, path);
  if (status == ARI_OK) status = ari_newfile_open(&file, path, &work->findings);
  if (status != ARI_OK) return status;
  if (private) ari_newfile_private(&file);
  ari_sink to = ari_newfile_sink(&file);
  to.write(to.to, text.p, text.n);
  return ari_newfile_close(&file, true, &work->findings);
}

ari_status ari_key_place(ari_work *work, const char *name) {
  const char *secret = ari_str_join(&work->arena, ari_str_of(name), ARI_STR(".key")), *open = ari_str_join(&work->arena, ari_str_of(name), ARI_STR(".pub"));
  const char *slash = strrchr(name, '/'), *folder = slash ? ari_str_cstring(&work->arena, (ari_str){name, (size_t)(slash - name) + 1}) : ".";
  if (!secret || !open || !folder) return ARI_NOMEM;
  if (ari_path_what(folder) != ARI_PATH_FOLDER) return ari_file_failed(&work->findings, ARI_NOWHERE, folder, ENOENT);
  ari_status status = expect_free(work, secret);
  return status == ARI_OK ? expect_free(work, open) : status;
}

/* The secret key first: a public one without it would be of no use. */
ari_status ari_key_new(ari_work *work, const char *name, const char *password) {
  const char *secret = ari_str_join(&work->arena, ari_str_of(name), ARI_STR(".key")), *open = ari_str_join(&work->arena, ari_str_of(name), ARI_STR(".pub"));
  ari_buf public_file = {0}, secret_file = {0};
  ari_status status = ARI_NOMEM;
  if (secret && open && ari_key_make(ari_str_of(password), &public_file, &secret_file) == ARI_SIGN_OK)
    status = write_text(work, secret, true, ari_buf_view(&secret_file));
  if (status == ARI_OK) {
    status = write_text(work, open, false, ari_buf_view(&public_file));
    if (status != ARI_OK) ari_file_remove(secret);
  }
  for (size_t i = 0; i < secret_file.n; i++) secret_file.p[i] = '\0';
  ari_buf_free(&secret_file);
  ari_buf_free(&public_file);
  return status;
}

bool ari_key_is_locked(const char *path) {
  char text[1024];
  ari_secret_key key;
  ari_signing result = ari_secret_key_read((ari_str){text, ari_file_peek(path, text, sizeof text)}, (ari_str){0}, &key);
  ari_secret_key_forget(&key);
  return result == ARI_SIGN_LOCKED;
}
