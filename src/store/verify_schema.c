/* The schema of a database against that of a new one of the same version, made in memory: text for text. */
#include "inside.h"

#include <sqlite3.h>

/* One thing of a schema: a table, an index, a trigger or a view. */
typedef struct thing { bool there; bool table; ari_str type, name, of, sql; } thing;

/* Tables first: what belongs to one that is not there is not told as well. */
static const char THINGS[] = "SELECT type = 'table', type, name, tbl_name, sql FROM sqlite_schema ORDER BY type <> 'table', type, name";

static ari_status next_thing(ari_store *store, sqlite3_stmt *query, thing *t) {
  *t = (thing){0};
  int result = sqlite3_step(query);
  if (result == SQLITE_DONE) return ARI_OK;
  if (result != SQLITE_ROW) return ari_store_failed(store, result);
  t->there = true;
  t->table = sqlite3_column_int(query, 0) != 0;
  ari_str *texts[] = {&t->type, &t->name, &t->of, &t->sql};
  ari_status status = ARI_OK;
  for (size_t i = 0; i < ARI_COUNT(texts) && status == ARI_OK; i++) status = ari_store_text_or_null(store, query, (int)i + 1, texts[i]);
  return status;
}

static int compare_things(const thing *a, const thing *b) {
  if (!a->there || !b->there) return a->there ? -1 : 1;
  if (a->table != b->table) return a->table ? -1 : 1;
  int by_type = ari_str_cmp(a->type, b->type);
  return by_type ? by_type : ari_str_cmp(a->name, b->name);
}

/* The table of ours that has this name; -1: none. */
static int table_of(ari_str name) {
  static const char *const names[ARI_TABLES] = {
    [ARI_TABLE_LOG] = "log", [ARI_TABLE_ROUND] = "round", [ARI_TABLE_FILE] = "file", [ARI_TABLE_DOCUMENT] = "document", [ARI_TABLE_RESULT] = "result",
    [ARI_TABLE_RANKING] = "ranking"};
  for (int i = 0; i < ARI_TABLES; i++)
    if (ari_str_is(name, names[i])) return i;
  return -1;
}

/* A trigger never runs while somebody reads; whatever else is not ours may do harm when SQLite checks it. */
static void tell(ari_verifier *v, ari_code code, const thing *t) {
  if (!ari_str_is(t->type, "trigger")) v->plain = false;
  ari_findings_add(v->store.fs, code, ARI_NOWHERE, &(ari_args){{ari_arg_text(t->name), ari_arg_text(t->type)}});
}

static void tell_missing(ari_verifier *v, const thing *t) {
  int of = table_of(t->of);
  if (t->table) v->plain = false;
  if (t->table || of < 0 || v->sound[of]) tell(v, ARI_E0620, t);
}

static void compare_pair(ari_verifier *v, const thing *must, const thing *is) {
  bool same = ari_str_eq(must->sql, is->sql) && !must->sql.p == !is->sql.p;
  int table = must->table ? table_of(must->name) : -1;
  if (table >= 0) v->sound[table] = same;
  if (!same) tell(v, ARI_E0622, is);
}

static ari_status compare_schemas(ari_verifier *v, ari_store *sample, sqlite3_stmt *must_query, sqlite3_stmt *is_query) {
  thing must, is;
  ari_status status = next_thing(sample, must_query, &must);
  if (status == ARI_OK) status = next_thing(&v->store, is_query, &is);
  while (status == ARI_OK && (must.there || is.there)) {
    int order = compare_things(&must, &is);
    if (order < 0) tell_missing(v, &must);
    else if (order > 0) tell(v, ARI_E0621, &is);
    else compare_pair(v, &must, &is);
    if (order <= 0) status = next_thing(sample, must_query, &must);
    if (status == ARI_OK && order >= 0) status = next_thing(&v->store, is_query, &is);
  }
  return status;
}

ari_status ari_verify_schema(ari_verifier *v) {
  ari_store sample;
  ari_status status = ari_store_make_sample(&sample, v->store.version, v->store.fs);
  if (status != ARI_OK) return status;
  sqlite3_stmt *must = NULL, *is = NULL;
  status = ari_store_prepare(&sample, THINGS, &must);
  if (status == ARI_OK) status = ari_store_prepare(&v->store, THINGS, &is);
  if (status == ARI_OK) status = compare_schemas(v, &sample, must, is);
  sqlite3_finalize(must);
  sqlite3_finalize(is);
  ari_store_close(&sample);
  return status;
}

ari_status ari_store_has_own_schema(ari_store *store, bool *same) {
  ari_findings found = {0};
  ari_verifier v = {.store = *store};
  v.store.fs = &found;
  ari_status status = ari_verify_schema(&v);
  *same = !found.errors;
  if (status == ARI_MACHINE && !ari_findings_merge(store->fs, &found)) status = ARI_NOMEM;
  if (found.failed) status = ARI_NOMEM;
  ari_findings_free(&found);
  return status;
}
