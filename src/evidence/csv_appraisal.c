/* Appraisals of many agencies in CSV, a row for each decision, and the worksheet when it is filled in (methodology: ari-evidence(5), "Appraisals"). */
#include "inside.h"

typedef enum column {
  COLUMN_AGENCY, COLUMN_CRITERION, COLUMN_DECISION, COLUMN_INPUT, COLUMN_VALUE, COLUMN_REASON, COLUMN_BY, COLUMN_PERIOD, COLUMNS
} column;
static const struct { const char *name; column kind; } columns[] = {
  {"agency", COLUMN_AGENCY}, {"criterion", COLUMN_CRITERION}, {"decision", COLUMN_DECISION}, {"input", COLUMN_INPUT}, {"value", COLUMN_VALUE},
  {"reason", COLUMN_REASON}, {"by", COLUMN_BY}, {"period", COLUMN_PERIOD}};
/* What the worksheet shows beside them: it is not read. */
static const char *const shown[] = {"name", "title", "max", "claimed", "computed", "appraised", "state", "evidence", "note", "explanation"};
static const char *const rulings[] = {[ARI_RULING_ACCEPT] = "accept", [ARI_RULING_INPUTS] = "inputs", [ARI_RULING_POINTS] = "points"};

typedef struct table {
  ari_reading *r;
  ari_csv csv;
  ari_csv_header header;
  int at[COLUMNS];           /* -1: nowhere */
  bool period_misspelt, filled_in;   /* filled_in: some row is */
} table;

/* ---- the header ------------------------------------------------------------------------------------------------------------- */

static bool is_shown(ari_str name) {
  for (size_t i = 0; i < ARI_COUNT(shown); i++)
    if (ari_str_is(name, shown[i])) return true;
  return false;
}

static void tell_column(table *t, size_t i, ari_str name) {
  ari_str words[COLUMNS];
  for (size_t k = 0; k < COLUMNS; k++) words[k] = ari_str_of(columns[k].name);
  int near = ari_str_nearest(name, words, COLUMNS);
  ari_spot spot = {ARI_ANYBODY, ari_csv_place(&t->csv, i), {0}};
  t->period_misspelt |= near == COLUMN_PERIOD;
  ari_reading_tell(t->r, &spot, near >= 0 ? ARI_E0421 : ARI_E0561, &(ari_args){{ari_arg_text(name), ari_arg_text(near >= 0 ? words[near] : (ari_str){0})}});
}

static void find_columns(table *t) {
  for (size_t i = 0; i < COLUMNS; i++) t->at[i] = -1;
  for (size_t i = 0; i < t->header.n; i++) {
    ari_str name = t->header.names[i];
    size_t k = 0;
    while (k < COLUMNS && !ari_str_is(name, columns[k].name)) k++;
    if (k < COLUMNS) t->at[columns[k].kind] = (int)i;
    else if (name.n && !is_shown(name)) tell_column(t, i, name);
  }
}

/* A period is needed once for all rows, the rest in each table. False: told. */
static bool require_columns(table *t) {
  ari_spot spot = {ARI_ANYBODY, ari_csv_place(&t->csv, 0), {0}};
  bool good = true;
  for (column c = COLUMN_AGENCY; c <= COLUMN_REASON; c++) {
    if (t->at[c] >= 0) continue;
    ari_reading_tell(t->r, &spot, ARI_E0428, &(ari_args){{ari_arg_c(columns[c].name)}});
    good = false;
  }
  if (t->at[COLUMN_PERIOD] >= 0 || t->r->desk->period.kind) return good;
  if (!t->period_misspelt) ari_reading_tell(t->r, &spot, ARI_E0454, NULL);
  return false;
}

static bool read_header(table *t) {
  ari_csv_step step = ari_csv_read_header(&t->csv, &t->r->shelf->file, &t->header);
  if (step == ARI_CSV_NOMEM) t->r->no_memory = true;
  if (step != ARI_CSV_ROW) t->r->incomplete = true;
  if (step == ARI_CSV_END) ari_findings_add(t->r->fs, ARI_E0106, (ari_span){t->r->file, 0, 0}, NULL);
  if (step != ARI_CSV_ROW) return false;
  find_columns(t);
  return require_columns(t);
}

/* ---- cells ------------------------------------------------------------------------------------------------------------------ */

static ari_str text_at(const table *t, column c) { return t->at[c] < 0 ? (ari_str){0} : t->csv.fields[t->at[c]].text; }

static ari_spot spot_at(const table *t, int32_t agency, column c) {
  size_t i = (size_t)(t->at[c] < 0 ? t->at[COLUMN_AGENCY] : t->at[c]);
  return (ari_spot){agency, ari_csv_place(&t->csv, i), ari_str_of(columns[t->at[c] < 0 ? COLUMN_AGENCY : c].name)};
}

/* An id: where a spreadsheet would take it for a figure or a date (1.10), the worksheet has an apostrophe before it. */
static ari_str id_at(const table *t, column c) {
  ari_str text = text_at(t, c);
  if (text.n > 1 && text.p[0] == '\'') text = ari_str_sub(text, 1, text.n);
  return ari_reading_nfc(t->r, text);
}

/* The worksheet is filled in by people whose programs begin words with capitals. */
static int find_ruling(ari_str text) {
  for (size_t i = 0; i < ARI_COUNT(rulings); i++) {
    ari_str word = ari_str_of(rulings[i]);
    size_t k = 0;
    while (k < word.n && k < text.n && (text.p[k] | 0x20) == word.p[k]) k++;
    if (k == word.n && k == text.n) return (int)i;
  }
  return -1;
}

/* What belongs to the decision is there, and nothing else. False: told. */
static bool check_cells(table *t, int32_t agency, ari_ruling ruling) {
  const bool wanted[] = {[COLUMN_INPUT] = ruling == ARI_RULING_INPUTS, [COLUMN_VALUE] = ruling != ARI_RULING_ACCEPT};
  for (column c = COLUMN_INPUT; c <= COLUMN_VALUE; c++) {
    bool there = text_at(t, c).n > 0;
    if (there == wanted[c]) continue;
    ari_spot spot = spot_at(t, agency, c);
    ari_reading_tell(t->r, &spot, there ? ARI_E0564 : ARI_E0565, &(ari_args){{ari_arg_c(rulings[ruling]), ari_arg_c(columns[c].name)}});
    return false;
  }
  return true;
}

/* ---- one decision ----------------------------------------------------------------------------------------------------------- */

static bool read_texts(table *t, int32_t agency, ari_statement *out) {
  ari_spot reason = spot_at(t, agency, COLUMN_REASON), by = spot_at(t, agency, COLUMN_BY);
  return ari_statement_text(t->r, &reason, text_at(t, COLUMN_REASON), &out->text) && ari_statement_text(t->r, &by, text_at(t, COLUMN_BY), &out->by);
}

static void read_input(table *t, int32_t agency, const ari_node *node, const ari_spot *at, const ari_statement *statement) {
  ari_reading *r = t->r;
  ari_str name = id_at(t, COLUMN_INPUT);
  ari_spot at_name = spot_at(t, agency, COLUMN_INPUT), at_value = spot_at(t, agency, COLUMN_VALUE);
  int slot = ari_reading_input(r, node, name);
  ari_reading_state(r, at, ARI_SAID_RULED, node, statement);   /* also where the input is none: what is told of it stands below a decision */
  if (slot >= 0 && r->desk->set->inputs[slot].type == ARI_SURVEY) {
    ari_reading_no_answers(r, &at_name, slot, name);
  } else if (slot >= 0) {
    r->decimal_comma &= !r->desk->set->inputs[slot].list;   /* there it could be between two values */
    ari_reading_value(r, &at_value, slot, text_at(t, COLUMN_VALUE));
  } else if (!ari_reading_no_option(r, &at_name, node, name)) {
    ari_reading_no_input(r, &at_name, node, name);
  }
}

static void read_ruling(table *t, int32_t agency, const ari_node *node, ari_ruling ruling) {
  ari_statement statement = {.ruling = (uint8_t)ruling};
  ari_spot at = spot_at(t, agency, COLUMN_DECISION), at_value = spot_at(t, agency, COLUMN_VALUE), at_id = spot_at(t, agency, COLUMN_CRITERION);
  if (!ari_ruling_suits(t->r, &at_id, node, ruling) || !check_cells(t, agency, ruling) || !read_texts(t, agency, &statement)) return;
  t->r->decimal_comma = t->csv.separator == ';';   /* programs that write such tables write 1,5 whatever was typed */
  if (ruling == ARI_RULING_INPUTS) read_input(t, agency, node, &at, &statement);
  else if (ruling == ARI_RULING_ACCEPT || ari_ruling_points(t->r, &at_value, node, text_at(t, COLUMN_VALUE), &statement.points))
    ari_reading_state(t->r, &at, ARI_SAID_RULED, node, &statement);
}

/* A row of the worksheet that nobody has filled in decides nothing. False: told, or nothing to read. */
static bool is_filled_in(table *t, int32_t agency) {
  bool decided = text_at(t, COLUMN_DECISION).n, empty = !text_at(t, COLUMN_VALUE).n && ari_utf8_is_blank(text_at(t, COLUMN_REASON));
  t->filled_in |= decided || !empty;
  if (decided || empty) return decided;
  ari_spot spot = spot_at(t, agency, COLUMN_DECISION);
  ari_reading_tell(t->r, &spot, ARI_E0563, NULL);
  return false;
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------- */

/* ARI_NOBODY: told. */
static int32_t find_agency(table *t) {
  ari_spot spot = spot_at(t, ARI_NOBODY, COLUMN_AGENCY);
  ari_str id = id_at(t, COLUMN_AGENCY);
  if (!id.n) ari_reading_tell(t->r, &spot, ARI_E0450, NULL);
  else spot.agency = ari_reading_agency(t->r, id, &spot);
  return spot.agency;
}

static void read_row(table *t) {
  ari_reading *r = t->r;
  if (ari_csv_misfit(&t->csv, &t->header)) {
    r->incomplete = true;
    return;
  }
  int32_t agency = find_agency(t);
  if (!is_filled_in(t, agency)) return;
  ari_spot at_agency = spot_at(t, agency, COLUMN_AGENCY), at_period = spot_at(t, agency, COLUMN_PERIOD), at_id = spot_at(t, agency, COLUMN_CRITERION), at = spot_at(t, agency, COLUMN_DECISION);
  if (agency >= 0) ari_reading_add(r, &at_agency, ARI_SAID_NAMED, -1);
  if (!ari_reading_period(r, text_at(t, COLUMN_PERIOD), &at_period)) return;
  ari_str id = id_at(t, COLUMN_CRITERION);
  const ari_node *node = ari_set_node(r->desk->set, id);
  int ruling = find_ruling(text_at(t, COLUMN_DECISION));
  if (!id.n) ari_reading_tell(r, &at_id, ARI_E0568, NULL);
  else if (!node) ari_reading_no_criterion(r, &at_id, id);
  else if (ruling < 0) ari_reading_tell(r, &at, ARI_E0562, &(ari_args){{ari_arg_text(text_at(t, COLUMN_DECISION))}});
  else read_ruling(t, agency, node, (ari_ruling)ruling);
}

/* Whom a row concerns of which the quotes go wrong is not asked: nothing of the file is accepted then. */
void ari_read_appraisal_csv(ari_reading *r) {
  table t = {.r = r};
  ari_csv_open(&t.csv, r->source, r->file, r->fs);
  ari_csv_step step = ARI_CSV_END;
  bool any = false;
  if (read_header(&t)) {
    while ((step = ari_csv_next(&t.csv)) == ARI_CSV_ROW || step == ARI_CSV_BAD_ROW) {
      any = true;
      if (step == ARI_CSV_ROW) read_row(&t);
      else r->incomplete = true;
      if (r->no_memory) break;
    }
    if (step == ARI_CSV_BROKEN) r->incomplete = true;
    if (step == ARI_CSV_NOMEM) r->no_memory = true;
    if (!any && step == ARI_CSV_END) ari_findings_add(r->fs, ARI_W0417, (ari_span){r->file, 0, 0}, NULL);
    else if (!t.filled_in && step == ARI_CSV_END && !r->incomplete) ari_findings_add(r->fs, ARI_W0579, (ari_span){r->file, 0, 0}, NULL);
  }
  ari_csv_close(&t.csv);
}
