/* Evidence of many agencies in CSV, wide or long (methodology: ari-evidence(5), "Evidence in CSV"). */
#include "inside.h"

#include <string.h>

typedef enum column_kind {
  COLUMN_PASSED,             /* without a name */
  COLUMN_TOLD,               /* told as an error: it concerns those who have something in it */
  COLUMN_AGENCY, COLUMN_PERIOD, COLUMN_CRITERION, COLUMN_INPUT, COLUMN_VALUE,
  COLUMN_SLOT,               /* wide: values of the input `slot` */
  COLUMN_SAID                /* wide: what is `said` of `node` */
} column_kind;

typedef struct column {
  column_kind kind;
  int slot;
  ari_said said;
  const ari_node *node;
  ari_str name;              /* for findings */
} column;

typedef struct table {
  ari_reading *r;
  ari_csv csv;
  ari_csv_header header;
  column *columns;
  bool long_form, period_misspelt, any_told;   /* any_told: some column is COLUMN_TOLD */
  int at[COLUMN_VALUE + 1];  /* where agency, period, criterion, input and value stand; -1: nowhere */
  /* Of the row before, for rows of one agency mostly follow each other. Ids and periods that are good hold no quotation mark, so these
   * texts are slices of the source and outlive their row. */
  ari_str last_id, last_period;
  int32_t last_agency;
  bool period_fine;
} table;

/* ---- the header ------------------------------------------------------------------------------------------------------------- */

static column_kind fixed_column(ari_str name, bool long_form) {
  static const struct { const char *name; column_kind kind; } fixed[] = {
    {"agency", COLUMN_AGENCY}, {"period", COLUMN_PERIOD}, {"criterion", COLUMN_CRITERION}, {"input", COLUMN_INPUT},
    {"value", COLUMN_VALUE}};
  for (size_t i = 0; i < (long_form ? 5u : 2u); i++)
    if (ari_str_is(name, fixed[i].name)) return fixed[i].kind;
  return COLUMN_PASSED;
}

/* A column nobody knows: the nearest of all names that it could have. */
static void tell_column(table *t, const ari_spot *spot, ari_str name) {
  static const char *const fixed[] = {"agency", "period", "criterion", "input", "value"};
  const ari_desk *desk = t->r->desk;
  ari_str near = {0};
  if (ari_reading_guess(t->r)) {
    ari_str words[ARI_COUNT(fixed)];
    for (size_t i = 0; i < ARI_COUNT(fixed); i++) words[i] = ari_str_of(fixed[i]);
    int i = ari_str_nearest(name, words, t->long_form ? ARI_COUNT(fixed) : 2);
    if (i >= 0) near = words[i];
    else if (!t->long_form && (i = ari_str_nearest(name, desk->columns, desk->set->n_inputs)) >= 0) near = desk->columns[i];
  }
  t->period_misspelt |= ari_str_is(near, "period");
  ari_code code = near.n ? ARI_E0421 : t->long_form ? ARI_E0419 : ARI_E0420;
  ari_reading_tell(t->r, spot, code, &(ari_args){{ari_arg_text(name), ari_arg_text(near)}});
}

/* Splits "a.b.c" into "a.b" and "c". False: no dot. */
static bool split_name(ari_str name, ari_str *id, ari_str *input) {
  size_t i = name.n;
  while (i > 0 && name.p[i - 1] != '.') i--;
  if (i == 0) return false;
  *id = ari_str_sub(name, 0, i - 1);
  *input = ari_str_sub(name, i, name.n);
  return true;
}

/* "survey.answers:x" of a survey without an option x: what stands before the first ":" is split at its last dot. False: no such survey. */
static bool find_option(table *t, const ari_spot *spot, ari_str name) {
  const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
  ari_str id, input;
  if (!colon || !split_name(ari_str_sub(name, 0, (size_t)(colon - name.p)), &id, &input)) return false;
  const ari_node *node = ari_set_node(t->r->desk->set, id);
  return node && ari_reading_no_option(t->r, spot, node, ari_str_sub(name, id.n + 1, name.n));
}

/* Wide: <criterion>.<input>, or what else can be said of a criterion; else it stays COLUMN_PASSED, told. */
static void find_wide(table *t, const ari_spot *spot, ari_str name, column *c) {
  const ari_set *set = t->r->desk->set;
  ari_str id, input;
  c->slot = ari_map_get(&set->columns, name);
  if (c->slot >= 0 && set->inputs[c->slot].type != ARI_SURVEY) {
    c->kind = COLUMN_SLOT;
    return;
  }
  if (c->slot >= 0) {
    ari_reading_no_answers(t->r, spot, c->slot, name);
    return;
  }
  if (find_option(t, spot, name)) return;
  if (memchr(name.p, ':', name.n) || !split_name(name, &id, &input)) {
    tell_column(t, spot, name);
    return;
  }
  c->node = ari_set_node(set, id);
  int said = ari_said_named(input);
  if (!c->node) {
    ari_reading_no_criterion(t->r, spot, id);
  } else if (said < 0) {
    ari_reading_no_input(t->r, spot, c->node, input);
  } else if (said == ARI_SAID_DOCUMENTS) {
    ari_reading_tell(t->r, spot, ARI_E0429, NULL);
  } else if (ari_reading_may_say(t->r, spot, c->node, (ari_said)said, input)) {
    c->kind = COLUMN_SAID;
    c->said = (ari_said)said;
  }
}

static void find_columns(table *t) {
  for (size_t i = 0; i < t->header.n; i++) {
    column *c = &t->columns[i];
    ari_str name = t->header.names[i];
    if (name.p && !name.n) continue;
    ari_spot spot = {ARI_NOBODY, ari_csv_place(&t->csv, i), {0}};
    c->name = ari_csv_name(&t->csv, i);
    c->kind = fixed_column(name, t->long_form);
    if (c->kind != COLUMN_PASSED) t->at[c->kind] = (int)i;
    else if (name.p && t->long_form) tell_column(t, &spot, name);
    else if (name.p) find_wide(t, &spot, name, c);
    if (c->kind == COLUMN_PASSED) c->kind = COLUMN_TOLD;
    t->any_told |= c->kind == COLUMN_TOLD;
  }
}

/* The table is long as soon as one of its three columns is there. */
static bool is_long(const ari_csv_header *h) {
  for (size_t i = 0; i < h->n; i++)
    if (fixed_column(h->names[i], true) >= COLUMN_CRITERION) return true;
  return false;
}

static bool require_column(table *t, column_kind kind, const char *name) {
  if (t->at[kind] >= 0) return true;
  ari_spot spot = {ARI_ANYBODY, ari_csv_place(&t->csv, 0), {0}};
  ari_reading_tell(t->r, &spot, ARI_E0428, &(ari_args){{ari_arg_c(name)}});
  return false;
}

/* A table without periods, and none was asked for: told once and not for every row. */
static bool require_period(table *t) {
  if (t->at[COLUMN_PERIOD] >= 0 || t->r->desk->period.kind || t->r->last) return true;
  ari_spot spot = {ARI_ANYBODY, ari_csv_place(&t->csv, 0), {0}};
  if (t->period_misspelt) ari_reading_blame(t->r, &spot);
  else ari_reading_tell(t->r, &spot, ARI_E0454, NULL);
  return false;
}

/* False: the rows cannot be read under this header (told). */
static bool read_header(table *t) {
  ari_reading *r = t->r;
  ari_csv_step step = ari_csv_read_header(&t->csv, &r->shelf->file, &t->header);
  if (step == ARI_CSV_NOMEM) r->no_memory = true;
  if (step != ARI_CSV_ROW) r->incomplete = true;
  if (step == ARI_CSV_END) ari_findings_add(r->fs, ARI_E0106, (ari_span){r->file, 0, 0}, NULL);
  if (step != ARI_CSV_ROW) return false;
  t->columns = ari_arena_array(&r->shelf->file, t->header.n, sizeof *t->columns);
  if (!t->columns) return !(r->no_memory = true);
  for (size_t i = 0; i < ARI_COUNT(t->at); i++) t->at[i] = -1;
  t->long_form = is_long(&t->header);
  find_columns(t);
  bool good = require_column(t, COLUMN_AGENCY, "agency") && require_period(t);
  if (!t->long_form) return good;
  bool criterion = require_column(t, COLUMN_CRITERION, "criterion"), input = require_column(t, COLUMN_INPUT, "input");
  return require_column(t, COLUMN_VALUE, "value") && criterion && input && good;
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------- */

static ari_str text_at(const table *t, column_kind kind) {
  int i = t->at[kind];
  return i >= 0 && (size_t)i < t->csv.n ? t->csv.fields[i].text : (ari_str){0};
}

static ari_spot spot_at(const table *t, int32_t agency, size_t i) {
  return (ari_spot){agency, ari_csv_place(&t->csv, i), t->columns[i].name};
}

/* A row without an agency. In the long form it may well belong to the row above, whose cell was joined with its own. */
static int32_t tell_nameless(table *t) {
  ari_spot spot = spot_at(t, t->long_form ? t->last_agency : ARI_NOBODY, (size_t)t->at[COLUMN_AGENCY]);
  ari_reading_tell(t->r, &spot, ARI_E0450, NULL);
  return ARI_NOBODY;
}

/* The row's agency; the one of the row before is not looked up again. */
static int32_t find_agency(table *t) {
  size_t i = (size_t)t->at[COLUMN_AGENCY];
  ari_str id = t->csv.fields[i].text;
  if (!id.n) return tell_nameless(t);
  if (t->last_agency >= 0 && ari_str_eq(id, t->last_id)) return t->last_agency;
  ari_spot spot = spot_at(t, ARI_NOBODY, i);
  t->last_agency = ari_reading_agency(t->r, id, &spot);
  t->last_id = id;
  if (t->last_agency < 0) return t->last_agency;
  spot.agency = t->last_agency;
  ari_reading_add(t->r, &spot, ARI_SAID_NAMED, -1);
  return t->last_agency;
}

static bool check_period(table *t, int32_t agency) {
  ari_str text = text_at(t, COLUMN_PERIOD);
  if (t->period_fine && ari_str_eq(text, t->last_period)) return true;
  ari_spot spot = spot_at(t, agency, (size_t)(t->at[COLUMN_PERIOD] >= 0 ? t->at[COLUMN_PERIOD] : t->at[COLUMN_AGENCY]));
  bool fine = ari_reading_period(t->r, text, &spot);
  t->period_fine = fine && agency >= 0;
  t->last_period = text;
  return fine;
}

/* Methodology: an unknown column concerns the agencies that have something in it, and nobody else. */
static void blame_told(table *t, int32_t agency) {
  for (size_t i = 0; i < t->header.n; i++) {
    if (t->columns[i].kind != COLUMN_TOLD || !t->csv.fields[i].text.n) continue;
    ari_spot spot = spot_at(t, agency, i);
    ari_reading_add(t->r, &spot, ARI_SAID_UNREAD, -1);
  }
}

static void read_wide(table *t, int32_t agency) {
  for (size_t i = 0; i < t->header.n; i++) {
    const column *c = &t->columns[i];
    ari_str text = t->csv.fields[i].text;
    if (!text.n || c->kind < COLUMN_SLOT) continue;
    ari_spot spot = spot_at(t, agency, i);
    if (c->kind == COLUMN_SLOT) ari_reading_value(t->r, &spot, c->slot, text);
    else ari_reading_say(t->r, &spot, c->node, c->said, text);
  }
}

static bool require_cell(table *t, int32_t agency, column_kind kind) {
  if (text_at(t, kind).n) return true;
  ari_spot spot = spot_at(t, agency, (size_t)t->at[kind]);
  ari_reading_tell(t->r, &spot, ARI_E0418, &(ari_args){{ari_arg_text(spot.column)}});
  return false;
}

static void read_long(table *t, int32_t agency) {
  ari_reading *r = t->r;
  if (!require_cell(t, agency, COLUMN_CRITERION) || !require_cell(t, agency, COLUMN_INPUT)) return;
  ari_str id = ari_reading_nfc(r, text_at(t, COLUMN_CRITERION)), name = ari_reading_nfc(r, text_at(t, COLUMN_INPUT));
  ari_str text = text_at(t, COLUMN_VALUE);
  ari_spot at_id = spot_at(t, agency, (size_t)t->at[COLUMN_CRITERION]), at_name = spot_at(t, agency, (size_t)t->at[COLUMN_INPUT]);
  ari_spot at_value = spot_at(t, agency, (size_t)t->at[COLUMN_VALUE]);
  const ari_node *node = ari_set_node(r->desk->set, id);
  if (!node) {
    ari_reading_no_criterion(r, &at_id, id);
    return;
  }
  int slot = ari_reading_input(r, node, name), said = slot < 0 ? ari_said_named(name) : -1;
  bool survey = slot >= 0 && r->desk->set->inputs[slot].type == ARI_SURVEY;
  if (survey) ari_reading_no_answers(r, &at_name, slot, name);
  else if (slot >= 0 && text.n) ari_reading_value(r, &at_value, slot, text);
  if (slot >= 0 || ari_reading_no_option(r, &at_name, node, name)) return;
  if (said < 0) ari_reading_no_input(r, &at_name, node, name);
  else if (said == ARI_SAID_DOCUMENTS) ari_reading_tell(r, &at_name, ARI_E0429, NULL);
  else if (ari_reading_may_say(r, &at_name, node, (ari_said)said, name) && text.n)
    ari_reading_say(r, &at_value, node, (ari_said)said, text);
}

static void read_row(table *t) {
  ari_reading *r = t->r;
  ari_finding *misfit = ari_csv_misfit(&t->csv, &t->header);
  if (misfit && t->csv.n <= (size_t)t->at[COLUMN_AGENCY]) {
    r->incomplete = true;
    return;
  }
  int32_t agency = find_agency(t);
  if (misfit) {
    ari_spot spot = spot_at(t, agency, (size_t)t->at[COLUMN_AGENCY]);
    ari_reading_blame(r, &spot);
    return;
  }
  if (t->any_told) blame_told(t, agency);
  if (!check_period(t, agency)) return;
  if (t->long_form) read_long(t, agency);
  else read_wide(t, agency);
}

/* Behind the place where the quotes go wrong nobody can be sure of the columns. */
static void read_bad_row(table *t) {
  size_t i = (size_t)t->at[COLUMN_AGENCY];
  ari_spot spot = {ARI_ANYBODY, ari_csv_place(&t->csv, 0), {0}};
  if (i < t->csv.bad) spot.agency = find_agency(t);
  ari_reading_blame(t->r, &spot);
}

void ari_read_csv(ari_reading *r) {
  table t = {.r = r, .last_agency = ARI_ANYBODY};
  ari_csv_open(&t.csv, r->source, r->file, r->fs);
  if (read_header(&t)) {
    ari_csv_step step;
    bool any = false;
    while ((step = ari_csv_next(&t.csv)) == ARI_CSV_ROW || step == ARI_CSV_BAD_ROW) {
      any = true;
      if (step == ARI_CSV_ROW) read_row(&t);
      else read_bad_row(&t);
      if (r->no_memory) break;
    }
    if (step == ARI_CSV_BROKEN) r->incomplete = true;
    if (step == ARI_CSV_NOMEM) r->no_memory = true;
    if (!any && step == ARI_CSV_END) ari_findings_add(r->fs, ARI_W0417, (ari_span){r->file, 0, 0}, NULL);
  }
  ari_csv_close(&t.csv);
}
