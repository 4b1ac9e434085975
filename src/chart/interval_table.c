/* The table of how stable ranks are (ari(1), "chart"): agency,rank,low,median,high, one row an agency. */
#include "inside.h"

enum { COLUMN_AGENCY, COLUMN_RANK, COLUMN_LOW, COLUMN_MEDIAN, COLUMN_HIGH, COLUMNS };
static const char *const columns[COLUMNS] = {"agency", "rank", "low", "median", "high"};

typedef struct table {
  ari_work *work;
  ari_csv csv;
  ari_csv_header header;
  ari_arena memory;
  int at[COLUMNS];           /* where a column stands; -1: it is missing, told */
  ari_interval *out;         /* by agency */
  ari_place *rows;           /* by agency: the row that names it; none: file < 0 */
  ari_str *ids;              /* of the list, for "did you mean" */
} table;

static void tell(table *t, ari_code code, int column, ari_args args) {
  ari_place_finding(&t->work->findings, code, ari_csv_place(&t->csv, (size_t)t->at[column]), ari_str_of(columns[column]), &args);
}

/* ---- the header ---- */

static void find_columns(table *t) {
  ari_findings *fs = &t->work->findings;
  ari_str names[COLUMNS];
  for (int k = 0; k < COLUMNS; k++) names[k] = ari_str_of(columns[k]), t->at[k] = -1;
  for (size_t i = 0; i < t->header.n; i++) {
    ari_str name = t->header.names[i];
    bool known = !name.n;
    for (int k = 0; k < COLUMNS && !known; k++)
      if (ari_str_eq(name, names[k])) t->at[k] = (int)i, known = true;
    if (known) continue;
    int near = ari_str_nearest(name, names, COLUMNS);
    ari_findings_add(fs, near < 0 ? ARI_E0844 : ARI_E0421, ari_place_span(ari_csv_place(&t->csv, i)),
                     &(ari_args){{ari_arg_text(name), ari_arg_text(near < 0 ? (ari_str){0} : names[near])}});
    if (near >= 0 && t->at[near] < 0) t->at[near] = -2;   /* told: it is not missing as well */
  }
  for (int k = 0; k < COLUMNS; k++)
    if (t->at[k] == -1) ari_findings_add(fs, ARI_E0428, ari_place_span(ari_csv_place(&t->csv, 0)), &(ari_args){{ari_arg_c(columns[k])}});
}

/* ---- rows ---- */

static ari_str cell(const table *t, int column) { return t->csv.fields[t->at[column]].text; }

/* A rank or something between two. False: told. */
static bool read_rank(table *t, int column, int64_t *out) {
  ari_dec d;
  if (ari_dec_read(cell(t, column), &d, NULL) != ARI_DEC_OK) d = (ari_dec){0};
  *out = 0;
  if (d.scale >= 0 && d.scale <= 12) {
    int64_t unit = ARI_ONE;
    for (int i = 0; i < d.scale; i++) unit /= 10;
    if (d.coef > 0 && d.coef <= ARI_RANK_MOST * ARI_ONE / unit) *out = d.coef * unit;
  }
  if (*out >= ARI_ONE) return true;
  tell(t, ARI_E0840, column, (ari_args){{ari_arg_text(cell(t, column))}});
  return false;
}

/* The agency that a row names; -1: told. */
static int32_t read_agency(table *t) {
  const ari_agencies *list = t->work->evidence->agencies;
  ari_str id = cell(t, COLUMN_AGENCY);
  ari_arg arg = ari_arg_text(id);
  if (!id.n) return tell(t, ARI_E0450, COLUMN_AGENCY, (ari_args){{arg}}), -1;
  if (!ari_utf8_nfc(&t->memory, id, &id)) return t->work->failed = true, -1;
  int32_t agency = ari_map_get(&list->ids, id);
  if (agency < 0) {
    int near = ari_str_nearest(id, t->ids, list->n);
    tell(t, near < 0 ? ARI_E0451 : ARI_E0452, COLUMN_AGENCY, (ari_args){{arg, ari_arg_text(near < 0 ? (ari_str){0} : t->ids[near])}});
    return -1;
  }
  if (t->rows[agency].file >= 0) {
    ari_finding *f = ari_place_finding(&t->work->findings, ARI_E0842, ari_csv_place(&t->csv, (size_t)t->at[COLUMN_AGENCY]), ari_str_of(columns[COLUMN_AGENCY]),
                                       &(ari_args){{arg}});
    f->other = ari_place_span(t->rows[agency]);
    return -1;
  }
  t->rows[agency] = ari_csv_place(&t->csv, (size_t)t->at[COLUMN_AGENCY]);
  return agency;
}

/* The table is of this computation: it has its ranks. An agency without a rank has an empty cell. */
static bool check_rank(table *t, int32_t agency) {
  const ari_standing *s = &t->work->result->standings[agency];
  int64_t rank = 0;
  if (cell(t, COLUMN_RANK).n && !read_rank(t, COLUMN_RANK, &rank)) return false;
  if (rank == s->rank * ARI_ONE) return true;
  ari_buf b = {0};
  ari_chart_put_rank(&b, s);
  ari_str said = cell(t, COLUMN_RANK).n ? cell(t, COLUMN_RANK) : ARI_STR("–");
  tell(t, ARI_E0843, COLUMN_RANK, (ari_args){{ari_arg_text(cell(t, COLUMN_AGENCY)), ari_arg_text(said), ari_arg_text(ari_buf_view(&b))}});
  if (b.failed) t->work->failed = true;
  ari_buf_free(&b);
  return false;
}

/* Those that an agency is ranked with, itself too. */
static int64_t count_ranked(const ari_work *work, size_t agency) {
  int64_t n = 0;
  for (size_t i = 0; i < work->evidence->agencies->n; i++) n += work->result->standings[i].rank > 0 && ari_chart_block(work, i) == ari_chart_block(work, agency);
  return n;
}

static void read_row(table *t) {
  if (ari_csv_misfit(&t->csv, &t->header)) return;
  int32_t agency = read_agency(t);
  if (agency < 0 || !check_rank(t, agency)) return;
  ari_interval v = {.there = true};
  int64_t *figures[] = {&v.low, &v.median, &v.high};
  if (!cell(t, COLUMN_LOW).n && !cell(t, COLUMN_MEDIAN).n && !cell(t, COLUMN_HIGH).n) return;   /* nothing is said of it */
  for (int k = 0; k < 3; k++)
    if (!read_rank(t, COLUMN_LOW + k, figures[k])) return;
  int64_t last = count_ranked(t->work, (size_t)agency);
  if (v.high > last * ARI_ONE) {
    tell(t, ARI_E0836, COLUMN_HIGH, (ari_args){{ari_arg_text(cell(t, COLUMN_HIGH)), ari_arg_int(last)}});
    return;
  }
  if (v.low > v.median || v.median > v.high) {
    tell(t, ARI_E0841, COLUMN_LOW, (ari_args){{ari_arg_text(cell(t, COLUMN_LOW)), ari_arg_text(cell(t, COLUMN_MEDIAN)), ari_arg_text(cell(t, COLUMN_HIGH))}});
    return;
  }
  t->out[agency] = v;
}

static bool make_room(table *t) {
  const ari_agencies *list = t->work->evidence->agencies;
  t->out = ari_arena_array(&t->work->arena, list->n, sizeof *t->out);
  t->rows = ari_arena_array(&t->memory, list->n, sizeof *t->rows);
  t->ids = ari_arena_array(&t->memory, list->n, sizeof *t->ids);
  for (size_t i = 0; t->out && t->rows && t->ids && i < list->n; i++) t->rows[i].file = -1, t->ids[i] = list->items[i].id;
  return t->out && t->rows && t->ids;
}

static void read_table(table *t, const ari_source *source, int32_t file) {
  size_t errors = t->work->findings.errors;
  ari_csv_open(&t->csv, source, file, &t->work->findings);
  ari_csv_step step = make_room(t) ? ari_csv_read_header(&t->csv, &t->memory, &t->header) : ARI_CSV_NOMEM;
  if (step == ARI_CSV_ROW) find_columns(t);
  bool good = step == ARI_CSV_ROW && t->work->findings.errors == errors;
  while (good && !t->work->failed && ((step = ari_csv_next(&t->csv)) == ARI_CSV_ROW || step == ARI_CSV_BAD_ROW))
    if (step == ARI_CSV_ROW) read_row(t);
  if (step == ARI_CSV_NOMEM) t->work->failed = true;
  ari_csv_close(&t->csv);
}

ari_status ari_chart_read_intervals(ari_work *work, const char *path, const ari_interval **out) {
  table t = {.work = work};
  *out = NULL;
  size_t errors = work->findings.errors;
  int32_t file = ari_sources_add(&work->sources, ari_str_of(path));
  if (file < 0) return ARI_NOMEM;
  ari_source *source = &work->sources.items[file];
  ari_status status = ari_source_load(source, file, ARI_CSV_BYTES, true, &work->findings);
  if (status != ARI_OK) return status;
  if (ari_source_text_check(source, file, &work->findings)) read_table(&t, source, file);
  ari_arena_free(&t.memory);
  if (work->failed || work->findings.failed) return ARI_NOMEM;
  *out = t.out;
  return work->findings.errors > errors ? ARI_INPUT : ARI_OK;
}
