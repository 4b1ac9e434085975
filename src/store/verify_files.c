/* Rounds and accepted files against the entries of the log that they name, and the other way round. */
#include "inside.h"

#include <sqlite3.h>

/* The names of columns that do not agree: "kind, name". */
static void note_column(ari_buf *b, bool differs, const char *name) {
  if (!differs) return;
  if (b->n) ari_buf_text(b, ", ");
  ari_buf_text(b, name);
}

/* Texts of a row; one that is NULL has p NULL. */
static ari_status take_texts(const ari_store *store, sqlite3_stmt *query, int from, ari_str *const *out, size_t n) {
  ari_status status = ARI_OK;
  for (size_t i = 0; i < n && status == ARI_OK; i++) status = ari_store_text_or_null(store, query, from + (int)i, out[i]);
  return status;
}

/* Runs a query and looks at each of its rows. */
static ari_status each_row(ari_verifier *v, const char *sql, ari_status (*look)(ari_verifier *v, sqlite3_stmt *query, void *to), void *to) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(&v->store, sql, &query);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) status = look(v, query, to);
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(&v->store, result);
  sqlite3_finalize(query);
  return status;
}

#define ENTRY "l.seq, l.at, l.actor, l.action, l.round, l.file, l.reason, l.detail, l.prev, l.hash"
enum { ENTRY_COLUMNS = 10 };

/* The entry that a row names, from the first columns. *usable: it is there and as it was written; where it is not, that has been told of the log, and nothing can be
 * held against it. Behind the end of the log nobody else tells. */
static ari_status take_entry(ari_verifier *v, sqlite3_stmt *query, const char *table, ari_str what, int64_t number, ari_log_kept *entry, bool *usable) {
  *usable = false;
  if (sqlite3_column_type(query, 0) == SQLITE_NULL) {
    if (number < 1 || number > v->last)
      ari_findings_add(v->store.fs, ARI_E0631, ARI_NOWHERE, &(ari_args){{ari_arg_c(table), ari_arg_text(what), ari_arg_int(number)}});
    return ARI_OK;
  }
  ari_status status = ari_log_take(&v->store, query, entry);
  return status == ARI_OK ? ari_log_holds(entry, usable) : status;
}

/* An entry whose round or file is not there. */
static ari_status tell_lost(ari_verifier *v, sqlite3_stmt *query, void *to) {
  ari_log_kept kept;
  bool held;
  ari_status status = ari_log_take(&v->store, query, &kept);
  if (status == ARI_OK) status = ari_log_holds(&kept, &held);
  if (status != ARI_OK) return status;
  *(bool *)to = true;
  ari_str what = ari_str_is(kept.entry.action, "open") ? kept.entry.round : kept.entry.detail;
  ari_buf b = {0};
  ari_buf_str(&b, kept.entry.action);
  ari_buf_char(&b, ' ');
  ari_buf_str(&b, what);
  if (held) ari_findings_add(v->store.fs, ARI_E0632, ARI_NOWHERE, &(ari_args){{ari_arg_int(kept.seq), ari_arg_text(ari_buf_view(&b))}});
  status = b.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&b);
  return status;
}

/* ---- rounds ---- */

/* scored, stated: details of the last entries that say so; entry: of its state, as it says itself and as the log says, 0: none. */
typedef struct round_row { ari_str id, set, period, state, asked, engine, deadline, scored, stated; int64_t own_entry, entry; } round_row;

static bool is_period(ari_str text) {
  ari_period period;
  return ari_period_read(text, &period);
}

/* Which of the options differ from what the entry says. */
static void note_options(ari_buf *columns, const round_row *r, bool keep_going, ari_str said) {
  ari_opened then = ari_log_take_open(said);
  note_column(columns, !ari_str_eq(r->set, then.set), "set_id");
  note_column(columns, !ari_str_eq(r->asked, then.asked), "asked");
  note_column(columns, !ari_str_eq(r->deadline, then.deadline), "deadline");
  note_column(columns, keep_going != then.keep_going, "keep_going");
  if (!columns->n) note_column(columns, true, "set_id, asked, deadline, keep_going");   /* NULL and "" */
}

/* False: what the files were accepted with is not known. */
static bool check_options(const round_row *r, bool keep_going, ari_str said, ari_buf *columns) {
  ari_buf detail = {0};
  ari_log_put_open(&detail, &(ari_opened){r->set, r->asked, r->deadline, keep_going});
  bool same = ari_str_eq(ari_buf_view(&detail), said), read = (!r->period.n || is_period(r->period)) && (!r->asked.p || is_period(r->asked));
  if (detail.failed) columns->failed = true;
  ari_buf_free(&detail);
  if (!same) note_options(columns, r, keep_going, said);
  note_column(columns, r->period.n && !is_period(r->period), "period");
  return same && read;
}

/* The last word of a detail "from to". */
static ari_str last_word(ari_str detail) {
  size_t from = detail.n;
  while (from && detail.p[from - 1] != ' ') from--;
  return ari_str_sub(detail, from, detail.n);
}

/* A trial stays one; another round is as the last entry of its states says. One that names an entry behind the end of the log has been told. */
static bool check_state(const ari_verifier *v, const round_row *r) {
  if (r->own_entry > v->last) return true;
  if (r->own_entry != r->entry) return false;
  if (ari_str_eq(r->id, ARI_TRIAL)) return ari_str_eq(r->state, ARI_TRIAL) && !r->stated.p;
  return ari_str_eq(r->state, r->stated.p ? last_word(r->stated) : ARI_STR("collecting"));
}

static ari_status compare_round(ari_verifier *v, const round_row *r, bool keep_going, const ari_log_entry *entry) {
  ari_buf columns = {0};
  bool opened = ari_str_is(entry->action, "open") && ari_str_eq(entry->round, r->id);
  note_column(&columns, !opened, "entry");
  if (opened && !check_options(r, keep_going, entry->detail, &columns)) v->derivable = false;
  if (opened && !check_state(v, r)) note_column(&columns, true, "state");
  note_column(&columns, r->scored.p && !ari_str_eq(r->engine, r->scored), "engine");
  if (columns.n) ari_findings_add(v->store.fs, ARI_E0633, ARI_NOWHERE, &(ari_args){{ari_arg_text(r->id), ari_arg_text(ari_buf_view(&columns))}});
  else if (!ari_str_is(r->engine, ARI_VERSION))
    ari_findings_add(v->store.fs, ARI_W0644, ARI_NOWHERE, &(ari_args){{ari_arg_text(r->id), ari_arg_text(r->engine), ari_arg_c(ARI_VERSION)}});
  ari_status status = columns.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&columns);
  return status;
}

static ari_status check_round(ari_verifier *v, sqlite3_stmt *query, void *to) {
  (void)to;
  round_row r;
  ari_str *texts[] = {&r.id, &r.set, &r.period, &r.state, &r.asked, &r.engine, &r.deadline, &r.scored, &r.stated};
  ari_log_kept entry;
  bool usable = false;
  ari_status status = take_texts(&v->store, query, ENTRY_COLUMNS + 2, texts, ARI_COUNT(texts));
  if (status == ARI_OK) status = take_entry(v, query, "round", r.id, sqlite3_column_int64(query, ENTRY_COLUMNS), &entry, &usable);
  if (status != ARI_OK) return status;
  v->verdict->rounds++;
  r.own_entry = sqlite3_column_int64(query, ENTRY_COLUMNS + 2 + (int)ARI_COUNT(texts));
  r.entry = sqlite3_column_int64(query, ENTRY_COLUMNS + 3 + (int)ARI_COUNT(texts));
  if (r.own_entry > v->last) ari_findings_add(v->store.fs, ARI_E0631, ARI_NOWHERE, &(ari_args){{ari_arg_c("round"), ari_arg_text(r.id), ari_arg_int(r.own_entry)}});
  if (usable) return compare_round(v, &r, sqlite3_column_int(query, ENTRY_COLUMNS + 1) != 0, &entry.entry);
  v->derivable = false;
  return ARI_OK;
}

#define ROUND_COLUMNS "SELECT " ENTRY ", r.entry, r.keep_going, r.id, r.set_id, r.period, r.state, r.asked, r.engine, "
#define ROUND_LOG "(SELECT s.detail FROM log s WHERE s.round = r.id AND s.action = 'score' ORDER BY s.seq DESC LIMIT 1)," \
  " (SELECT s.detail FROM log s WHERE s.round = r.id AND s.action = 'state' ORDER BY s.seq DESC LIMIT 1)"
#define ROUND_STATED ", (SELECT max(s.seq) FROM log s WHERE s.round = r.id AND s.action = 'state')"
#define ROUND_FROM ROUND_STATED " FROM round r LEFT JOIN log l ON l.seq = r.entry ORDER BY r.id"

ari_status ari_verify_rounds(ari_verifier *v) {
  ari_status status = each_row(v, v->store.version < 2 ? ROUND_COLUMNS "NULL, " ROUND_LOG ", NULL" ROUND_FROM : ROUND_COLUMNS "r.deadline, " ROUND_LOG ", r.stated" ROUND_FROM,
                               check_round, NULL);
  if (status != ARI_OK) return status;
  return each_row(v, "SELECT " ENTRY " FROM log l LEFT JOIN round r ON r.id = l.round WHERE l.action = 'open' AND r.id IS NULL ORDER BY l.seq", tell_lost, &v->round_lost);
}

/* ---- files ---- */

typedef struct file_row { ari_str name, kind, round, sha256; int revision, turn; } file_row;
typedef struct place { int64_t id, entry; } place;   /* of the file before */

static bool is_number(ari_str text, int n) {
  ari_buf own = {0};
  ari_buf_int(&own, n);
  bool same = own.failed || ari_str_eq(ari_buf_view(&own), text);
  ari_buf_free(&own);
  return same;
}

/* Which columns differ from the detail of the entry: "kind name", "kind revision name", "kind revision/turn name". */
static void note_detail(ari_buf *columns, const file_row *f, const ari_log_entry *e) {
  ari_str rest = e->detail;
  note_column(columns, !ari_str_eq(f->kind, ari_log_word(&rest)), "kind");
  if (f->revision || !ari_str_eq(e->round, ARI_TRIAL)) {
    ari_str word = ari_log_word(&rest);
    size_t slash = 0;
    while (slash < word.n && word.p[slash] != '/') slash++;
    note_column(columns, !is_number(ari_str_sub(word, 0, slash), f->revision), "revision");
    note_column(columns, !is_number(slash < word.n ? ari_str_sub(word, slash + 1, word.n) : ARI_STR("0"), f->turn), "turn");
  }
  note_column(columns, !ari_str_eq(f->name, rest), "name");
}

/* A file and the entry it names. */
static ari_status compare_file(ari_verifier *v, const file_row *f, const ari_log_kept *kept, const char *hash, ari_buf *columns) {
  const ari_log_entry *e = &kept->entry;
  bool accepted = ari_str_is(e->action, "accept"), same = accepted && ari_str_is(e->file, hash);
  ari_buf detail = {0};
  ari_log_put_accept(&detail, e->round, f->kind, f->revision, f->turn, f->name);
  note_column(columns, !accepted, "entry");
  if (accepted && !ari_str_eq(ari_buf_view(&detail), e->detail)) note_detail(columns, f, e);
  note_column(columns, accepted && !ari_str_eq(f->round, e->round), "round");
  note_column(columns, same && !ari_str_is(f->sha256, hash), "sha256");
  if (accepted && !same) ari_findings_add(v->store.fs, ARI_E0629, ARI_NOWHERE, &(ari_args){{ari_arg_text(f->name), ari_arg_int(kept->seq)}});
  if (columns->n)
    ari_findings_add(v->store.fs, ARI_E0630, ARI_NOWHERE, &(ari_args){{ari_arg_text(f->name), ari_arg_int(kept->seq), ari_arg_text(ari_buf_view(columns))}});
  if (!same || columns->n) v->derivable = false;
  ari_status status = columns->failed || detail.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&detail);
  return status;
}

/* The bytes of a row as their hash. */
static ari_status hash_bytes(ari_verifier *v, sqlite3_stmt *query, int column, char hash[65]) {
  size_t n = (size_t)sqlite3_column_bytes(query, column);
  ari_status status = ari_store_count(&v->store, n);
  if (status != ARI_OK) return status;
  const void *bytes = sqlite3_column_blob(query, column);
  if (n && !bytes) return ARI_NOMEM;
  ari_sha256(bytes, n, hash);
  return ARI_OK;
}

/* Files are read in the order of their ids, which is that of their entries. */
static ari_status check_file(ari_verifier *v, sqlite3_stmt *query, void *to) {
  place *before = to, here = {sqlite3_column_int64(query, ENTRY_COLUMNS), sqlite3_column_int64(query, ENTRY_COLUMNS + 1)};
  file_row f;
  ari_str *texts[] = {&f.name, &f.kind, &f.round, &f.sha256};
  ari_log_kept entry;
  char hash[65];
  bool usable = false;
  ari_status status = take_texts(&v->store, query, ENTRY_COLUMNS + 3, texts, ARI_COUNT(texts));
  if (status == ARI_OK) status = hash_bytes(v, query, ENTRY_COLUMNS + 2, hash);
  if (status == ARI_OK) status = take_entry(v, query, "file", f.name, here.entry, &entry, &usable);
  if (status != ARI_OK) return status;
  v->verdict->files++;
  if (!usable) {
    v->derivable = false;
    return ARI_OK;
  }
  f.revision = sqlite3_column_int(query, ENTRY_COLUMNS + 7);
  f.turn = sqlite3_column_int(query, ENTRY_COLUMNS + 8);
  ari_buf columns = {0};
  note_column(&columns, here.id <= before->id || here.entry == before->entry, "id");
  status = compare_file(v, &f, &entry, hash, &columns);
  ari_buf_free(&columns);
  *before = here;
  return status;
}

#define FILE_COLUMNS "SELECT " ENTRY ", f.id, f.entry, f.bytes, f.name, f.kind, f.round, f.sha256, "
#define FILE_FROM " FROM file f LEFT JOIN log l ON l.seq = f.entry ORDER BY f.entry, f.id"

ari_status ari_verify_files(ari_verifier *v) {
  bool lost = false;
  place before = {0, 0};
  ari_status status = each_row(v, v->store.version < 2 ? FILE_COLUMNS "0, 0" FILE_FROM : FILE_COLUMNS "f.revision, f.turn" FILE_FROM, check_file, &before);
  if (status == ARI_OK)
    status = each_row(v, "SELECT " ENTRY " FROM log l LEFT JOIN file f ON f.entry = l.seq WHERE l.action = 'accept' AND f.id IS NULL ORDER BY l.seq", tell_lost, &lost);
  if (lost) v->derivable = false;
  return status;
}

/* ---- documents ---- */

/* A document and the entry it names; the file that names it gives the revision. */
static ari_status check_document(ari_verifier *v, sqlite3_stmt *query, void *to) {
  (void)to;
  ari_str name, sha256, file, round;
  ari_str *texts[] = {&name, &sha256, &file, &round};
  ari_log_kept entry;
  bool usable = false;
  ari_status status = take_texts(&v->store, query, ENTRY_COLUMNS + 2, texts, ARI_COUNT(texts));
  if (status == ARI_OK) status = take_entry(v, query, "document", name, sqlite3_column_int64(query, ENTRY_COLUMNS), &entry, &usable);
  if (status != ARI_OK || !usable) return status;
  const ari_log_entry *e = &entry.entry;
  bool kept = ari_str_is(e->action, "document");
  ari_buf detail = {0}, columns = {0};
  ari_log_put_document(&detail, sqlite3_column_int(query, ENTRY_COLUMNS + 1), file, name);
  note_column(&columns, !kept, "entry");
  bool same = ari_str_eq(ari_buf_view(&detail), e->detail) && ari_str_eq(round, e->round);
  note_column(&columns, kept && !same && v->derivable, "file, name");   /* that its file's row was changed has been told */
  note_column(&columns, kept && !(ari_str_eq(sha256, e->file) && !sha256.p == !e->file.p), "sha256");
  if (columns.n)
    ari_findings_add(v->store.fs, ARI_E0658, ARI_NOWHERE, &(ari_args){{ari_arg_text(name), ari_arg_int(entry.seq), ari_arg_text(ari_buf_view(&columns))}});
  status = columns.failed || detail.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&columns);
  ari_buf_free(&detail);
  return status;
}

ari_status ari_verify_documents(ari_verifier *v) {
  bool lost = false;
  ari_status status = each_row(v, "SELECT " ENTRY ", d.entry, f.revision, d.name, d.sha256, f.name, f.round FROM document d LEFT JOIN log l ON l.seq = d.entry"
    " LEFT JOIN file f ON f.id = d.file ORDER BY d.id", check_document, NULL);
  if (status != ARI_OK) return status;
  return each_row(v, "SELECT " ENTRY " FROM log l LEFT JOIN document d ON d.entry = l.seq WHERE l.action = 'document' AND d.id IS NULL ORDER BY l.seq", tell_lost, &lost);
}
