/* Results and rankings: derived again from the stored files by the path that scores any files, and every row held against what is kept, both ways. */
#include "inside.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* ---- a row as cells that can be compared and shown ---- */

typedef enum cell_kind { CELL_TEXT, CELL_FIGURE, CELL_NUMBER } cell_kind;
typedef struct cell { bool there; int64_t value; ari_str text; } cell;
enum { MOST_CELLS = 7 };
typedef struct row_key { const char *agency, *node; size_t at; } row_key;

/* A table of what follows from the files; the names of its cells are those of the CSV that `ari score` and `ari rank` print. */
typedef struct derived {
  const char *name, *sql;    /* sql: agency, node, cells; sorted by agency and node */
  size_t (*count)(const ari_work *work);
  ari_status (*read)(const ari_work *work, size_t at, row_key *key, cell *cells);
  struct { const char *name; cell_kind kind; } cells[MOST_CELLS];   /* ended by name NULL, where there are fewer */
} derived;

static cell text_cell(const char *text) { return (cell){true, 0, ari_str_of(text)}; }
static cell figure_cell(bool there, int64_t value) { return (cell){there, there ? value : 0, {0}}; }

static ari_status read_score(const ari_work *work, size_t at, row_key *key, cell *cells) {
  ari_score_row row;
  ari_status status = ari_score_at(work, at, &row);
  if (status != ARI_OK) return status;
  *key = (row_key){row.agency, row.criterion, at};
  cells[0] = text_cell(row.state);
  cells[1] = figure_cell(row.has_max, row.max);
  cells[2] = figure_cell(row.has_points, row.points);
  cells[3] = figure_cell(row.has_claimed, row.claimed);
  return ARI_OK;
}

static ari_status read_rank(const ari_work *work, size_t at, row_key *key, cell *cells) {
  ari_ranking_row row;
  ari_status status = ari_ranking_at(work, at, &row);
  if (status != ARI_OK) return status;
  *key = (row_key){row.agency, "", at};
  cells[0] = figure_cell(row.rank > 0, row.rank);
  cells[1] = text_cell(row.group);
  cells[2] = figure_cell(row.has_points, row.points);
  cells[3] = figure_cell(row.has_max, row.max);
  cells[4] = figure_cell(row.has_points, row.index);
  cells[5] = text_cell(row.grade);
  cells[6] = text_cell(ari_agency_state_name(row.state));
  return ARI_OK;
}

static const derived TABLES[] = {
  {"result", "SELECT agency, node, state, max_e12, points_e12, claimed_e12 FROM result WHERE round = ? ORDER BY agency, node", ari_score_count, read_score,
   {{"state", CELL_TEXT}, {"max", CELL_FIGURE}, {"points", CELL_FIGURE}, {"claimed", CELL_FIGURE}}},
  {"ranking", "SELECT agency, '', rank, grp, points_e12, max_e12, index_e12, grade, state FROM ranking WHERE round = ? ORDER BY agency", ari_ranking_count, read_rank,
   {{"rank", CELL_NUMBER}, {"group", CELL_TEXT}, {"points", CELL_FIGURE}, {"max", CELL_FIGURE}, {"index", CELL_FIGURE}, {"grade", CELL_TEXT}, {"state", CELL_TEXT}}},
};

/* ---- what is kept against what follows ---- */

typedef struct comparison {
  ari_verifier *v;
  const derived *table;
  const ari_work *own;       /* the round scored again */
  ari_str round;
  row_key *keys;             /* its rows by agency and node */
  size_t n, next;
  ari_str agency, node;      /* of the row that is kept */
  bool kept;                 /* there is one */
  cell was[MOST_CELLS], is[MOST_CELLS];
} comparison;

static bool same_cell(const cell *a, const cell *b) { return a->there == b->there && a->value == b->value && ari_str_eq(a->text, b->text); }

/* The cells that differ from those of `other`; NULL: all that say something. */
static void put_cells(const comparison *c, ari_buf *b, const cell *cells, const cell *other) {
  for (size_t i = 0; i < MOST_CELLS && c->table->cells[i].name; i++) {
    cell_kind kind = c->table->cells[i].kind;
    bool blank = !cells[i].there || (kind == CELL_TEXT && !cells[i].text.n);
    if (other ? same_cell(&cells[i], &other[i]) : blank) continue;
    ari_buf_printf(b, "%s%s ", b->n ? ", " : "", c->table->cells[i].name);
    if (blank) ari_buf_text(b, "–");
    else if (kind == CELL_TEXT) ari_buf_str(b, cells[i].text);
    else if (kind == CELL_NUMBER) ari_buf_int(b, cells[i].value);
    else ari_buf_e12(b, cells[i].value, -1, ARI_AS_DATA);
  }
}

/* The row's name: "result: a1, plan". was or is NULL: it is only on the other side. */
static ari_status tell(const comparison *c, ari_code code, ari_str agency, ari_str node, const cell *was, const cell *is) {
  ari_buf name = {0}, kept = {0}, follows = {0};
  ari_buf_printf(&name, "%s: ", c->table->name);
  ari_buf_str(&name, agency);
  if (node.n) ari_buf_text(&name, ", ");
  if (node.n) ari_buf_str(&name, node);
  if (was) put_cells(c, &kept, was, is);
  if (is) put_cells(c, &follows, is, was);
  ari_args args = {{ari_arg_text(c->round), ari_arg_text(ari_buf_view(&name)), ari_arg_text(ari_buf_view(was ? &kept : &follows))}};
  if (was && is) args.at[3] = ari_arg_text(ari_buf_view(&follows));
  ari_findings_add(c->v->store.fs, code, ARI_NOWHERE, &args);
  ari_status status = name.failed || kept.failed || follows.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&name);
  ari_buf_free(&kept);
  ari_buf_free(&follows);
  return status;
}

static ari_status next_kept(comparison *c, sqlite3_stmt *query) {
  const ari_store *store = &c->v->store;
  int result = sqlite3_step(query);
  c->kept = result == SQLITE_ROW;
  if (!c->kept) return result == SQLITE_DONE ? ARI_OK : ari_store_failed(store, result);
  ari_status status = ari_store_text(store, query, 0, &c->agency);
  if (status == ARI_OK) status = ari_store_text(store, query, 1, &c->node);
  for (size_t i = 0; i < MOST_CELLS && c->table->cells[i].name && status == ARI_OK; i++) {
    int column = (int)i + 2;
    c->was[i] = (cell){.there = sqlite3_column_type(query, column) != SQLITE_NULL};
    if (c->table->cells[i].kind == CELL_TEXT) status = ari_store_text_or_null(store, query, column, &c->was[i].text);
    else c->was[i].value = sqlite3_column_int64(query, column);
  }
  return status;
}

static bool same_cells(const comparison *c) {
  for (size_t i = 0; i < MOST_CELLS && c->table->cells[i].name; i++)
    if (!same_cell(&c->was[i], &c->is[i])) return false;
  return true;
}

/* Less than 0: what follows is not kept; more: what is kept does not follow. */
static int compare_keys(const comparison *c) {
  if (!c->kept || c->next == c->n) return c->kept ? 1 : -1;
  int order = ari_str_cmp(ari_str_of(c->keys[c->next].agency), c->agency);
  return order ? order : ari_str_cmp(ari_str_of(c->keys[c->next].node), c->node);
}

static ari_status compare_next(comparison *c, int order) {
  row_key key = {"", "", 0};
  ari_status status = order <= 0 ? c->table->read(c->own, c->keys[c->next].at, &key, c->is) : ARI_OK;
  if (status != ARI_OK) return status;
  ari_str agency = ari_str_of(key.agency), node = ari_str_of(key.node);
  if (order < 0) return tell(c, ARI_E0638, agency, node, NULL, c->is);
  if (order > 0) return tell(c, ARI_E0627, c->agency, c->node, c->was, NULL);
  return same_cells(c) ? ARI_OK : tell(c, ARI_E0637, agency, node, c->was, c->is);
}

static int by_key(const void *a, const void *b) {
  const row_key *x = a, *y = b;
  int order = strcmp(x->agency, y->agency);
  return order ? order : strcmp(x->node, y->node);
}

static ari_status sort_keys(comparison *c) {
  c->n = c->table->count(c->own);
  c->keys = ari_calloc(c->n ? c->n : 1, sizeof *c->keys);
  if (!c->keys) return ARI_NOMEM;
  for (size_t i = 0; i < c->n; i++) {
    ari_status status = c->table->read(c->own, i, &c->keys[i], c->is);
    if (status != ARI_OK) return status;
  }
  qsort(c->keys, c->n, sizeof *c->keys, by_key);
  return ARI_OK;
}

static ari_status compare_table(ari_verifier *v, const derived *table, const ari_work *own, ari_str round) {
  comparison c = {.v = v, .table = table, .own = own, .round = round};
  sqlite3_stmt *query = NULL;
  ari_status status = sort_keys(&c);
  if (status == ARI_OK) status = ari_store_prepare(&v->store, table->sql, &query);
  if (status == ARI_OK) {
    ari_bind_text(query, 1, round);
    status = next_kept(&c, query);
  }
  while (status == ARI_OK && (c.kept || c.next < c.n)) {
    int order = compare_keys(&c);
    status = compare_next(&c, order);
    if (order <= 0) c.next++;
    if (status == ARI_OK && order >= 0) status = next_kept(&c, query);
  }
  sqlite3_finalize(query);
  ari_free(c.keys);
  v->verdict->rows += c.n;
  return status;
}

/* ---- a round ---- */

static ari_status check_period(ari_verifier *v, const ari_work *own, ari_str round, ari_str kept) {
  ari_buf period = {0};
  if (own->period.kind) ari_buf_period(&period, own->period);
  if (!ari_str_eq(kept, ari_buf_view(&period))) ari_findings_add(v->store.fs, ARI_E0633, ARI_NOWHERE, &(ari_args){{ari_arg_text(round), ari_arg_c("period")}});
  ari_status status = period.failed ? ARI_NOMEM : ARI_OK;
  ari_buf_free(&period);
  return status;
}

/* Scores the round again. What its evidence was told when it was accepted is not told again. */
static ari_status derive(ari_verifier *v, ari_work *own, ari_str round, ari_str period) {
  ari_status status = ari_store_read_round(&v->store, own, round);
  if (status == ARI_OK) status = ari_work_read_sources(own);
  if (status == ARI_OK || (status == ARI_INPUT && own->options.keep_going && own->evidence)) status = ari_work_score(own);
  if (status == ARI_NOMEM || (status == ARI_MACHINE && !own->findings.failures)) return status;
  if (status != ARI_OK) {
    ari_findings_add(v->store.fs, ARI_E0635, ARI_NOWHERE, &(ari_args){{ari_arg_text(round), ari_arg_c(v->store.path)}});
    return ARI_OK;
  }
  status = check_period(v, own, round, period);
  for (size_t i = 0; i < ARI_COUNT(TABLES) && status == ARI_OK; i++) status = compare_table(v, &TABLES[i], own, round);
  return status;
}

static ari_status check_results(ari_verifier *v, ari_str round, ari_str period) {
  if (!v->derivable) return ARI_OK;
  ari_options options = v->work->options;
  options.period = NULL;
  ari_work *own = ari_work_new(&options);
  if (!own) return ARI_NOMEM;
  ari_status status = derive(v, own, round, period);
  ari_work_free(own);
  return status;
}

/* Results stand there when they have been worked out since the last file was accepted and the round went to its state, and only then; a final round has them. */
static const char ROUNDS[] =
  "SELECT id, period, (SELECT max(seq) FROM log WHERE round = r.id AND action = 'score') > (SELECT max(seq) FROM log WHERE round = r.id AND action IN ('accept', 'state')),"
  " EXISTS(SELECT 1 FROM result WHERE round = r.id) OR EXISTS(SELECT 1 FROM ranking WHERE round = r.id)"
  " OR state IN ('final', 'published') FROM round r ORDER BY id";

ari_status ari_verify_results(ari_verifier *v) {
  sqlite3_stmt *query = NULL;
  ari_status status = ari_store_prepare(&v->store, ROUNDS, &query);
  int result = SQLITE_DONE;
  while (status == ARI_OK && (result = sqlite3_step(query)) == SQLITE_ROW) {
    ari_str id, period;
    status = ari_store_text(&v->store, query, 0, &id);
    if (status == ARI_OK) status = ari_store_text(&v->store, query, 1, &period);
    if (status != ARI_OK) break;
    bool scored = sqlite3_column_int(query, 2) != 0, kept = sqlite3_column_int(query, 3) != 0;   /* or must be */
    if (kept && !scored) ari_findings_add(v->store.fs, ARI_E0636, ARI_NOWHERE, &(ari_args){{ari_arg_text(id)}});
    if (scored) status = check_results(v, id, period);
  }
  if (status == ARI_OK && result != SQLITE_DONE) status = ari_store_failed(&v->store, result);
  sqlite3_finalize(query);
  return status;
}
