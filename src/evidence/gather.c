/* Files are read side by side, each into a list of records and a list of findings; whoever takes them from here goes in the order of the files. */
#include "inside.h"

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

/* What it is read as. Last period's may be results of a survey, and of a round also what was decided in it. */
static ari_file_kind kind_of(const ari_accepted *file, const ari_source *source) {
  if (file->kind != ARI_FILE_PREVIOUS || !source->loaded) return file->kind;
  ari_file_kind kind = ari_file_what_evidence(source, file->source);
  return kind == ARI_FILE_SURVEY || (kind == ARI_FILE_APPRAISAL && file->revision > 0) ? kind : ARI_FILE_EVIDENCE;
}

static void read_file(void *of, size_t item, int worker) {
  ari_gathering *g = of;
  ari_gathered *out = &g->each[item];
  int32_t file = g->files[item].source;
  ari_file_kind kind = kind_of(&g->files[item], &g->sources->items[file]);
  ari_findings found = {0};
  ari_reading r = {.desk = &g->desk, .source = &g->sources->items[file], .file = file, .kind = kind, .shelf = &g->shelves[worker], .fs = &found,
                   .guesses = g->desk.guesses, .last = g->files[item].kind == ARI_FILE_PREVIOUS, .carried = g->files[item].carried, .origins = g->files[item].origins, .owner = g->files[item].owner};
  bool form = ari_file_is_workbook(r.source), csv = ari_file_is_csv(r.source), of_its_own = ari_file_is_ruling(kind) || (kind == ARI_FILE_SURVEY && !csv);   /* a table of evidence does not say that it is a survey */
  if (kind == ARI_FILE_SURVEY) r.origins = 1 << ARI_ORIGIN_SURVEY;
  if (!ari_file_expect(r.source, file, of_its_own ? kind : ARI_FILE_EVIDENCE, &found)) r.incomplete = true;
  else if (form) ari_read_form(&r, &g->sources->items[file]);
  else if (!csv) ari_read_yaml(&r);
  else if (kind == ARI_FILE_APPRAISAL) ari_read_appraisal_csv(&r);
  else ari_read_csv(&r);
  ari_arena_reset(&r.shelf->file);
  /* Merging trims: thousands of files may have thousands of findings each. */
  if (!ari_findings_merge(&out->findings, &found)) r.no_memory = true;
  ari_findings_free(&found);
  out->reading = r;
}

/* "Did you mean" costs as many comparisons as there are names; all files together get a few million. */
static unsigned count_guesses(size_t names, size_t files) {
  enum { EACH = 50, ALL = 4000000 };
  size_t most = ALL / (names + 1) / (files + 1);
  return most > EACH ? EACH : (unsigned)most;
}

static bool prepare_desk(ari_desk *desk, ari_arena *arena, size_t files) {
  size_t n_agencies = desk->agencies->n, n_inputs = desk->set->n_inputs;
  desk->agency_ids = ari_arena_array(arena, n_agencies, sizeof *desk->agency_ids);
  desk->columns = ari_arena_array(arena, n_inputs, sizeof *desk->columns);
  if (!desk->agency_ids || !desk->columns) return false;
  for (size_t i = 0; i < n_agencies; i++) desk->agency_ids[i] = desk->agencies->items[i].id;
  for (size_t i = 0; i < n_inputs; i++) desk->columns[i] = desk->set->inputs[i].type == ARI_SURVEY ? ARI_STR("") : desk->set->inputs[i].column;
  desk->guesses = count_guesses(n_agencies > n_inputs ? n_agencies : n_inputs, files);
  return true;
}

/* Before the threads start, for it is worked out when first asked for. */
static void take_fingerprint(ari_gathering *g) {
  int32_t file = g->desk.set->file;
  for (size_t i = 0; i < g->n; i++)
    if (ari_file_is_workbook(&g->sources->items[g->files[i].source])) g->desk.fingerprint = ari_source_sha256(&g->sources->items[file]);
}

bool ari_gather(ari_gathering *g, ari_arena *arena, int jobs) {
  g->n_shelves = ari_jobs_count(jobs, g->n ? g->n : 1);
  g->each = ari_calloc(g->n ? g->n : 1, sizeof *g->each);
  g->shelves = ari_calloc((size_t)g->n_shelves, sizeof *g->shelves);
  if (!g->each || !g->shelves || !prepare_desk(&g->desk, arena, g->n)) return false;
  take_fingerprint(g);
  ari_jobs_run(g->n_shelves, g->n, read_file, g);
  for (size_t i = 0; i < g->n; i++)
    if (g->each[i].reading.no_memory || g->each[i].findings.failed) return false;
  return true;
}

void ari_gathering_free(ari_gathering *g) {
  for (size_t i = 0; g->each && i < g->n; i++) ari_findings_free(&g->each[i].findings);
  for (int i = 0; g->shelves && i < g->n_shelves; i++) {
    ari_shelf *s = &g->shelves[i];
    ari_arena_free(&s->keep);
    ari_arena_free(&s->file);
    ari_arena_free(&s->records);
    ari_map_free(&s->ids);
    ari_free(s->texts);
    ari_free(s->documents);
    ari_free(s->lists);
    ari_free(s->statements);
    ari_free(s->agencies);
  }
  ari_free(g->each);
  ari_free(g->shelves);
  ari_free(g->latest.revisions);
}

/* ---- records of one file ----------------------------------------------------------------------------------------------------- */

ari_walk ari_records_walk(const ari_reading *r) { return (ari_walk){r->first, r->first_at, r->n}; }

ari_record *ari_record_next(ari_walk *w) {
  if (!w->left--) return NULL;
  if (w->at == ARI_CHUNK) {
    w->chunk = w->chunk->next;
    w->at = 0;
  }
  return &w->chunk->items[w->at++];
}

/* ---- without an agency list -------------------------------------------------------------------------------------------------- */

/* The number in the list of what one thread has met as its agency `met`. */
static int32_t list_agency(ari_agencies *list, const ari_shelf *shelf, const ari_record *rec) {
  ari_str id = shelf->agencies[rec->agency];
  int32_t known = ari_map_get(&list->ids, id);
  if (known >= 0) return known;
  if (!ari_grow((void **)&list->items, list->n, &list->room, sizeof *list->items)) return -1;
  if (!ari_map_put(&list->ids, id, (int32_t)list->n)) return -1;
  list->items[list->n] = (ari_agency){.id = id, .name = {id, id}, .group = ARI_STR(""), .span = ari_place_span(rec->at)};
  return (int32_t)list->n++;
}

bool ari_gather_agencies(ari_gathering *g, ari_agencies *found) {
  found->file = -1;
  found->groups = ari_calloc(1, sizeof *found->groups);
  if (!found->groups) return false;
  found->groups[found->n_groups++] = ARI_STR("");
  for (size_t i = 0; i < g->n; i++) {
    ari_walk w = ari_records_walk(&g->each[i].reading);
    for (ari_record *rec; (rec = ari_record_next(&w));) {
      int32_t number = list_agency(found, g->each[i].reading.shelf, rec);
      if (number < 0) return false;
      rec->agency = (uint32_t)number;
    }
  }
  return true;
}
