/* All evidence of one command as a dense table agencies × inputs. Files are read side by side (gather), and what they say is put into the
 * table in their order (methodology: ari-evidence(5), "Several files"). */
#include "inside.h"

/* What lives as long as the evidence. */
typedef struct memory {
  ari_arena arena;
  ari_arena *kept; int n_kept;   /* texts and documents, one arena a thread */
  ari_agencies found;            /* those of the list that exist in the period; without a list those whom the evidence names */
  size_t texts_room, lists_room, namings_room;
  ari_drafts drafts;             /* what appraisals and explanations state */
} memory;

/* ---- into the table ---------------------------------------------------------------------------------------------------------- */

typedef struct putting { ari_evidence *ev; memory *memory; const ari_shelf *shelf; ari_findings *fs; ari_twice twice; bool no_memory; } putting;

/* The same thing said twice: the first stays. */
static void tell_twice(putting *p, const ari_record *rec, ari_place first, ari_str what) {
  ari_tell_twice(&p->twice, rec->at, first, what, p->ev->agencies->items[rec->agency].id);
  p->ev->submissions[rec->agency].invalid = true;
}

/* From the shelf into the evidence: the cell holds its number there, then here. */
static void take_text(putting *p, ari_cell *cell) {
  ari_evidence *ev = p->ev;
  if (!ari_grow((void **)&ev->texts, ev->n_texts, &p->memory->texts_room, sizeof *ev->texts)) {
    p->no_memory = true;
    return;
  }
  ev->texts[ev->n_texts] = p->shelf->texts[cell->value.coef];
  cell->value.coef = (int64_t)ev->n_texts++;
}

static void take_list(putting *p, ari_cell *cell) {
  ari_evidence *ev = p->ev;
  if (!ari_grow((void **)&ev->lists, ev->n_lists, &p->memory->lists_room, sizeof *ev->lists)) {
    p->no_memory = true;
    return;
  }
  ev->lists[ev->n_lists] = p->shelf->lists[cell->value.coef];
  cell->value.coef = (int64_t)ev->n_lists++;
}

static ari_cell take_value(putting *p, const ari_record *rec) {
  const ari_input *input = &p->ev->set->inputs[rec->target];
  ari_cell cell = {.value = rec->value, .state = rec->state, .at = rec->at};
  if (rec->state != ARI_CELL_GIVEN) return cell;
  if (input->type == ARI_TEXT) take_text(p, &cell);
  else if (input->list) take_list(p, &cell);
  return cell;
}

static void put_value(putting *p, const ari_record *rec) {
  const ari_input *input = &p->ev->set->inputs[rec->target];
  ari_cell *cell = &p->ev->cells[(size_t)rec->agency * p->ev->set->n_inputs + (size_t)rec->target];
  if (cell->state != ARI_CELL_ABSENT && input->type != ARI_SURVEY) {   /* of a survey as a whole only mistakes are recorded */
    tell_twice(p, rec, cell->at, input->column);
    return;
  }
  *cell = take_value(p, rec);
}

/* A text that may be said once: "progress.note". */
static void put_text(putting *p, const ari_record *rec, ari_str *text, ari_place *at, const char *name) {
  if (!text->p) {
    *text = p->shelf->texts[rec->value.coef];
    *at = rec->at;
    return;
  }
  ari_buf b = {0};
  ari_buf_str(&b, rec->target < 0 ? p->ev->set->root->id : p->ev->set->leaves[rec->target]->id);
  ari_buf_char(&b, '.');
  ari_buf_text(&b, name);
  tell_twice(p, rec, *at, ari_buf_view(&b));
  if (b.failed) p->no_memory = true;
  ari_buf_free(&b);
}

static void put_claim(putting *p, const ari_record *rec, ari_entry *entry) {
  if (entry->has_claimed) {
    ari_buf b = {0};
    ari_buf_str(&b, p->ev->set->leaves[rec->target]->id);
    ari_buf_text(&b, ".claimed");
    tell_twice(p, rec, entry->claimed_at, ari_buf_view(&b));
    if (b.failed) p->no_memory = true;
    ari_buf_free(&b);
    return;
  }
  entry->claimed = rec->value;
  entry->claimed_at = rec->at;
  entry->has_claimed = true;
}

/* Documents from two files stand one after the other: none is said twice. */
static void put_documents(putting *p, const ari_record *rec, ari_remark *remark) {
  const ari_documents *more = &p->shelf->documents[rec->value.coef];
  uint32_t n = remark->n_documents + more->n;
  ari_document *all = ari_arena_array(&p->memory->arena, n, sizeof *all);
  if (!all) {
    p->no_memory = true;
    return;
  }
  for (uint32_t i = 0; i < n; i++) all[i] = i < remark->n_documents ? remark->documents[i] : more->items[i - remark->n_documents];
  remark->documents = all;
  remark->n_documents = n;
}

static void put_remark(putting *p, const ari_record *rec, ari_entry *entry) {
  if (!entry->remark) entry->remark = ari_arena_alloc(&p->memory->arena, sizeof *entry->remark);
  ari_remark *remark = entry->remark;
  if (!remark) p->no_memory = true;
  else if (rec->said == ARI_SAID_NOTE) put_text(p, rec, &remark->note, &remark->note_at, "note");
  else if (rec->said == ARI_SAID_NOT_APPLICABLE) put_text(p, rec, &remark->not_applicable, &remark->not_applicable_at, "not_applicable");
  else if (rec->said == ARI_SAID_WITHHELD) put_text(p, rec, &remark->withheld, &remark->withheld_at, "withheld");
  else put_documents(p, rec, remark);
}

/* Of a leaf: a claim or a remark. */
static void put_said(putting *p, const ari_record *rec) {
  ari_entry *entry = &p->ev->entries[(size_t)rec->agency * p->ev->set->n_leaves + (size_t)rec->target];
  if (rec->said == ARI_SAID_CLAIMED) put_claim(p, rec, entry);
  else put_remark(p, rec, entry);
}

/* Whose figures these are; what is said besides figures is the agency's own. */
static unsigned origin_of(const ari_set *set, const ari_record *rec) {
  if (rec->said == ARI_SAID_VALUE) return 1u << set->inputs[rec->target].source.value;
  return rec->said <= ARI_SAID_WITHHELD ? 1u << ARI_ORIGIN_SELF : 0;
}

/* Notes which file says something of which agency, also where a later one has taken its place. */
static void note_naming(putting *p, const ari_record *rec, uint32_t agency, bool last) {
  ari_evidence *ev = p->ev;
  ari_submission *submission = &ev->submissions[agency];
  bool again = submission->last_naming && ev->namings[submission->last_naming - 1].source == rec->at.file;
  if (!again) {
    if (!ari_grow((void **)&ev->namings, ev->n_namings, &p->memory->namings_room, sizeof *ev->namings)) {
      p->no_memory = true;
      return;
    }
    ev->namings[ev->n_namings++] = (ari_naming){.source = rec->at.file, .agency = agency};
    submission->last_naming = (uint32_t)ev->n_namings;
  }
  ari_naming *naming = &ev->namings[submission->last_naming - 1];
  if (last) naming->last = true;
  else naming->origins |= (uint8_t)origin_of(ev->set, rec);
  if (rec->said == ARI_SAID_NOTHING) naming->takes_back = true;
  if (rec->said == ARI_SAID_REFUSED) naming->refused = true;
}

/* Where a form has an empty cell: a value that another file gives takes its place. */
static void put_blank(putting *p, const ari_record *rec) {
  ari_submission *submission = &p->ev->submissions[rec->agency];
  if (rec->target < 0) {
    submission->documents_at = rec->at;
    submission->has_sheet = true;
    return;
  }
  ari_cell *cell = &p->ev->cells[(size_t)rec->agency * p->ev->set->n_inputs + (size_t)rec->target];
  if (cell->state == ARI_CELL_ABSENT) *cell = (ari_cell){.at = rec->at, .blank = true};
}

static void put_record(putting *p, const ari_record *rec) {
  ari_submission *submission = &p->ev->submissions[rec->agency];
  if (rec->said == ARI_SAID_BLANK) {
    put_blank(p, rec);
    return;
  }
  if (!submission->named) submission->at = rec->at;
  submission->named |= rec->said == ARI_SAID_NAMED;
  submission->unread |= rec->said == ARI_SAID_UNREAD;
  submission->invalid |= rec->said == ARI_SAID_INVALID || rec->said == ARI_SAID_UNREAD;
  if (rec->said >= ARI_SAID_NOTHING) return;
  submission->present = true;
  if (rec->said == ARI_SAID_VALUE) put_value(p, rec);
  else if (rec->target < 0) put_text(p, rec, &submission->withheld, &submission->withheld_at, "withheld");
  else put_said(p, rec);
}

/* What an appraisal or an explanation says; whom it names and concerns otherwise is as in evidence. */
static void put_ruling(putting *p, const ari_record *rec, const ari_accepted *file) {
  ari_drafts *drafts = &p->memory->drafts;
  if (rec->said == ARI_SAID_RULED || rec->said == ARI_SAID_EXPLAINED) p->no_memory |= !ari_drafts_add(drafts, rec, &p->shelf->statements[rec->value.coef], file);
  else if (rec->said == ARI_SAID_VALUE) p->no_memory |= !ari_drafts_add_value(drafts, rec->target, take_value(p, rec));
  else put_record(p, rec);
}

/* ---- periods ----------------------------------------------------------------------------------------------------------------- */

/* The period that is scored: --period, else the first that is met; where formulas look at last period too, the latest. *first: where it is met.
 * What is decided and explained is of the period that the evidence is of. */
static void find_period(const ari_gathering *g, ari_evidence *ev, bool rulings, ari_place *first) {
  ari_period asked = g->desk.period;
  for (size_t i = 0; i < g->n; i++) {
    const ari_reading *r = &g->each[i].reading;
    for (int k = 0; k < 2 && !r->last && ari_file_is_ruling(r->kind) == rulings; k++) {
      ari_period p = r->periods[k];
      if (!p.kind || (asked.kind && !ari_period_eq(p, asked))) continue;
      if (first->file >= 0 && !(ev->set->uses_previous && ari_period_ends_after(p, ev->period))) continue;
      ev->period = p;
      *first = r->period_at[k];
    }
  }
}

/* Where last period stands among the evidence, whether the set is made for the period could not be asked while reading. */
static void check_period(const ari_gathering *g, ari_evidence *ev, ari_place first, ari_findings *fs) {
  if (!ev->set->uses_previous || g->desk.period.kind || !ev->period.kind) return;
  ari_finding *f = ari_period_refuse(ev->set, ev->period, ari_place_span(first), fs);
  if (f) f->row = first.row;
  if (f) ev->complete = false;
}

/* A round that was opened with last period's figures takes none from those who hand in: they were settled then. */
static bool has_given(const ari_gathering *g) {
  for (size_t i = 0; i < g->n; i++)
    if (g->files[i].kind == ARI_FILE_PREVIOUS) return true;
  return false;
}

static void tell_given(const ari_evidence *ev, const ari_reading *r, int k, ari_findings *fs) {
  ari_period_differs(fs, ARI_E0661, ari_place_span(r->period_at[k]), r->periods[k], ev->period)->row = r->period_at[k].row;
}

/* given: last period's figures may not stand in this file.
 * A period that is neither the one that is scored nor the one before is told, and its agencies are invalid: its values belong elsewhere. */
static ari_role find_role(const ari_evidence *ev, const ari_reading *r, int k, bool given, ari_place first, ari_findings *fs) {
  ari_period period = r->periods[k];
  if (!period.kind) return r->last ? ARI_ROLE_LAST : ARI_ROLE_SCORED;
  ari_period before = ev->period.kind ? ari_period_before(ev->period) : ev->period;
  if (!r->last && ari_period_eq(period, ev->period)) return ARI_ROLE_SCORED;
  if (ev->set->uses_previous && (r->last || !ari_file_is_ruling(r->kind)) && ari_period_eq(period, before)) {
    if (given) tell_given(ev, r, k, fs);
    return given ? ARI_ROLE_OTHER : ARI_ROLE_LAST;
  }
  if (r->last && ev->period.kind && ari_period_eq(period, ari_period_before(before))) return ARI_ROLE_PASSED;   /* what last period was compared with */
  if (!ev->period.kind || !ev->complete) return ARI_ROLE_OTHER;   /* what is scored could not be read, or the set does not hold for it: told */
  if (r->last) {
    ari_period_not_before(fs, ari_place_span(r->period_at[k]), r->source->name, r->periods[k], before)->row = r->period_at[k].row;
    return ARI_ROLE_OTHER;
  }
  ari_finding *f = ari_period_differs(fs, ARI_E0458, ari_place_span(r->period_at[k]), period, ev->period);
  f->other = ari_place_span(first);
  f->row = r->period_at[k].row;
  return ARI_ROLE_OTHER;
}

/* ---- all files --------------------------------------------------------------------------------------------------------------- */

static void find_roles(ari_gathering *g, const ari_evidence *ev, ari_place first) {
  bool has = has_given(g);
  for (size_t i = 0; i < g->n; i++) {
    ari_gathered *one = &g->each[i];
    bool given = has && g->files[i].origins;   /* being handed in */
    one->roles[0] = find_role(ev, &one->reading, 0, given, first, &one->findings);
    one->roles[1] = one->reading.periods[1].kind ? find_role(ev, &one->reading, 1, given, first, &one->findings) : ARI_ROLE_PASSED;
  }
}

/* Whether revisions decide about the record. Figures that appraisals put in the place of an agency's are no evidence: they replace none, and none replaces
 * them. Without a round, evidence that says again what last period's files say is an error and replaces nothing. */
static bool has_revision(const ari_gathering *g, size_t file, const ari_record *rec) {
  const ari_accepted *f = &g->files[file];
  bool ruled = ari_file_is_ruling(g->each[file].reading.kind) && rec->said == ARI_SAID_VALUE;
  switch (g->each[file].roles[rec->period]) {
  case ARI_ROLE_SCORED: return !ari_file_is_ruling(f->kind);
  case ARI_ROLE_LAST: return !ruled && (f->kind == ARI_FILE_PREVIOUS || f->revision > 0);
  case ARI_ROLE_PASSED:
  case ARI_ROLE_OTHER: break;
  }
  return false;
}

/* Which revision counts, where there are several. False: out of memory. */
static bool find_latest(ari_gathering *g, ari_evidence *ev) {
  bool several = false;
  int32_t newest = 0;
  for (size_t i = 0; i < g->n; i++) {
    if (g->files[i].kind != ARI_FILE_PREVIOUS && g->files[i].revision > newest) newest = g->files[i].revision;
    several |= g->files[i].revision != g->files[0].revision;
    if (g->files[i].kind == ARI_FILE_PREVIOUS && g->latest.before < g->files[i].revision) g->latest.before = g->files[i].revision;
  }
  if (!several) return true;
  if (!ari_latest_make(&g->latest, ev->set, ev->listed->n + ev->listed->n_former)) return false;
  for (size_t i = 0; i < g->n; i++) {
    ari_walk w = ari_records_walk(&g->each[i].reading);
    for (const ari_record *rec; (rec = ari_record_next(&w));)
      if (has_revision(g, i, rec)) ari_latest_note(&g->latest, rec, g->each[i].roles[rec->period] == ARI_ROLE_LAST, &g->files[i]);
  }
  if (g->latest.newest == g->latest.before + newest) ev->n_replaced = g->latest.replaced;   /* else the last was of appraisals */
  return true;
}

/* What was settled in last period's round counts in the place of what was reported, unless this round's files say it anew. */
static void put_last_decisions(const ari_gathering *g, ari_evidence *ev) {
  for (size_t i = 0; i < g->n && ev->last; i++) {
    bool counts = false;
    ari_walk w = ari_records_walk(&g->each[i].reading);
    for (const ari_record *rec; g->each[i].reading.kind == ARI_FILE_APPRAISAL && (rec = ari_record_next(&w));) {
      if (g->each[i].roles[rec->period] != ARI_ROLE_LAST) continue;
      if (rec->said == ARI_SAID_RULED) counts = ari_latest_counts(&g->latest, rec, true, &g->files[i]);
      if (rec->said == ARI_SAID_VALUE && counts && ari_latest_is_before(&g->latest, rec)) ari_last_settle(ev, rec);
    }
  }
}

/* One file's records, each to where its period belongs. place: of the agencies of the list, among those that exist in the period. */
static void put_file(putting *p, const ari_gathering *g, size_t file, const int32_t *place) {
  ari_evidence *ev = p->ev;
  const ari_reading *r = &g->each[file].reading;
  const ari_role *roles = g->each[file].roles;
  if ((roles[0] == ARI_ROLE_LAST || roles[1] == ARI_ROLE_LAST) && ev->period.kind && !ari_last_make(ev)) p->no_memory = true;
  int64_t gone = -1;
  ari_walk w = ari_records_walk(r);
  for (const ari_record *rec; !p->no_memory && (rec = ari_record_next(&w));) {
    ari_role as = roles[rec->period];
    int32_t agency = place ? place[rec->agency] : (int32_t)rec->agency;
    bool noted = as == ARI_ROLE_SCORED || (as == ARI_ROLE_LAST && !r->last);
    if (noted && agency >= 0) note_naming(p, rec, (uint32_t)agency, as == ARI_ROLE_LAST);
    if (has_revision(g, file, rec) && !ari_latest_counts(&g->latest, rec, as == ARI_ROLE_LAST, &g->files[file])) continue;
    bool decided = ari_file_is_ruling(r->kind) && rec->said == ARI_SAID_VALUE;
    if (as == ARI_ROLE_LAST && ev->last && !decided) ari_last_put(ev, rec, &p->twice);
    if (as == ARI_ROLE_LAST || as == ARI_ROLE_PASSED) continue;
    bool named = rec->said == ARI_SAID_NAMED;
    if (agency < 0 && !named && as == ARI_ROLE_SCORED && gone != rec->agency) {
      ari_agency_tell_gone(ev->listed, rec->agency, ev->period, rec->at, p->fs);
      gone = rec->agency;
    }
    if (agency < 0) continue;
    ari_record here = *rec;
    here.agency = (uint32_t)agency;
    if (as == ARI_ROLE_SCORED && ari_file_is_ruling(r->kind)) put_ruling(p, &here, &g->files[file]);
    else if (as == ARI_ROLE_SCORED || named) put_record(p, &here);
    if (as == ARI_ROLE_OTHER) ev->submissions[agency].invalid = true;
  }
}

static bool put_files(ari_gathering *g, ari_evidence *ev, memory *m, const int32_t *place, ari_findings *fs) {
  for (size_t i = 0; i < g->n; i++) {
    ari_gathered *one = &g->each[i];
    putting p = {.ev = ev, .memory = m, .shelf = one->reading.shelf, .fs = &one->findings, .twice = {.sources = g->sources, .fs = &one->findings}};
    if (one->reading.incomplete) ev->complete = false;
    put_file(&p, g, i, place);
    ari_free(p.twice.told);
    if (p.no_memory || p.twice.no_memory || !ari_findings_merge(fs, &one->findings)) return false;
  }
  put_last_decisions(g, ev);
  return true;
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

static bool make_table(ari_evidence *ev) {
  size_t n = ev->agencies->n ? ev->agencies->n : 1;
  size_t columns = ev->set->n_inputs ? ev->set->n_inputs : 1, leaves = ev->set->n_leaves ? ev->set->n_leaves : 1;
  if (n > SIZE_MAX / columns || n > SIZE_MAX / leaves) return false;
  ev->cells = ari_calloc(n * columns, sizeof *ev->cells);
  ev->entries = ari_calloc(n * leaves, sizeof *ev->entries);
  ev->submissions = ari_calloc(n, sizeof *ev->submissions);
  return ev->cells && ev->entries && ev->submissions;
}

static bool all_exist(const ari_agencies *list, ari_period period) {
  for (size_t i = 0; i < list->n; i++)
    if (!ari_agency_exists(&list->items[i], period)) return false;
  return true;
}

/* --period must suit the set; else nothing can be laid at an agency's door. */
static void check_asked(ari_evidence *ev, ari_desk *desk, ari_findings *fs) {
  if (desk->period.kind && ari_period_refuse(desk->set, desk->period, ARI_NOWHERE, fs)) ev->complete = false;
}

/* What was read, into a table of those who exist in the period. False: out of memory. */
static bool put_all(ari_gathering *g, ari_evidence *ev, memory *m, ari_findings *fs) {
  ari_place first = {-1, 0, 0, 0};
  find_period(g, ev, false, &first);
  if (first.file < 0) find_period(g, ev, true, &first);
  check_period(g, ev, first, fs);
  int32_t *place = NULL;
  if (ev->listed->file >= 0 && (ev->listed->n_former || !all_exist(ev->listed, ev->period))) {
    place = ari_calloc(ev->listed->n + ev->listed->n_former, sizeof *place);
    if (!place || !ari_agencies_existing(ev->listed, ev->period, &m->found, place)) {
      ari_free(place);
      return false;
    }
    ev->agencies = &m->found;
  }
  find_roles(g, ev, first);
  ev->sum = ari_num_new();
  bool good = ev->sum && make_table(ev) && find_latest(g, ev) && put_files(g, ev, m, place, fs);
  ari_free(place);
  return good;
}

/* Reads and puts everything. False: out of memory. */
static bool fill_evidence(ari_evidence *ev, memory *m, ari_gathering *g, int jobs, ari_findings *fs) {
  check_asked(ev, &g->desk, fs);
  if (!ari_gather(g, &m->arena, jobs)) return false;
  if (ev->agencies->file < 0) {
    if (!ari_gather_agencies(g, &m->found)) return false;
    ev->agencies = ev->listed = &m->found;
  }
  if (!put_all(g, ev, m, fs)) return false;
  m->kept = ari_calloc((size_t)g->n_shelves, sizeof *m->kept);
  if (!m->kept) return false;
  for (m->n_kept = 0; m->n_kept < g->n_shelves; m->n_kept++) {
    m->kept[m->n_kept] = g->shelves[m->n_kept].keep;
    g->shelves[m->n_kept].keep = (ari_arena){0};
  }
  ari_evidence_complete_surveys(ev, fs);
  bool carried = false;
  for (size_t i = 0; i < g->n; i++) carried |= g->files[i].carried;
  ari_remarks_check(ev, carried, fs);
  return ari_drafts_settle(&m->drafts, ev, &m->arena, fs) && !fs->failed;
}

ari_status ari_evidence_read(ari_evidence **evidence, ari_sources *sources, const ari_accepted *files, size_t n, const ari_set *set,
                             const ari_agencies *agencies, ari_period period, int jobs, ari_findings *fs) {
  *evidence = NULL;
  ari_evidence *ev = ari_calloc(1, sizeof *ev);
  memory *m = ari_calloc(1, sizeof *m);
  if (ev) ev->memory = m;
  if (!ev || !m) {
    ari_evidence_free(ev);
    if (!ev) ari_free(m);
    return ARI_NOMEM;
  }
  size_t errors = fs->errors;
  ev->set = set;
  ev->agencies = ev->listed = agencies;
  ev->period = period;
  ev->complete = true;
  ari_gathering g = {.desk = {.set = set, .agencies = agencies, .period = period}, .sources = sources, .files = files, .n = n};
  bool done = fill_evidence(ev, m, &g, jobs, fs);
  ari_gathering_free(&g);
  if (!done) {
    ari_evidence_free(ev);
    return ARI_NOMEM;
  }
  ari_documents_found(ev, sources, fs);
  *evidence = ev;
  return fs->errors > errors ? ARI_INPUT : ARI_OK;
}

void ari_evidence_free(ari_evidence *ev) {
  if (!ev) return;
  memory *m = ev->memory;
  for (int i = 0; m && i < m->n_kept; i++) ari_arena_free(&m->kept[i]);
  if (m) {
    ari_free(m->kept);
    ari_agencies_free(&m->found);
    ari_drafts_free(&m->drafts);
    ari_arena_free(&m->arena);
  }
  ari_free(m);
  ari_free(ev->cells);
  ari_free(ev->last);
  ari_num_free(ev->sum);
  ari_free(ev->entries);
  ari_free(ev->submissions);
  ari_free(ev->texts);
  ari_free(ev->lists);
  ari_free(ev->decisions);
  ari_free(ev->explanations);
  ari_free(ev->namings);
  ari_free(ev);
}
