/* From what appraisals and explanations state to what is in force: one decision of an agency, node and turn, one explanation of an agency and
 * node (methodology: ari-evidence(5), "Appraisals"). */
#include "inside.h"

#include <stdlib.h>

/* ---- what the files state ---------------------------------------------------------------------------------------------------- */

bool ari_drafts_add(ari_drafts *all, const ari_record *record, const ari_statement *statement, const ari_accepted *file) {
  if (!ari_grow((void **)&all->items, all->n, &all->room, sizeof *all->items)) return false;
  bool explains = record->said == ARI_SAID_EXPLAINED;
  all->items[all->n] = (ari_draft){
    .d = {.agency = record->agency, .node = record->target, .revision = file->revision, .turn = explains ? 0 : file->turn ? file->turn : 1,
          .ruling = statement->ruling, .points = statement->points, .reason = statement->text, .by = statement->by,
          .documents = statement->documents.items, .n_documents = statement->documents.n, .at = record->at},
    .explains = explains, .first = -1, .last = -1, .order = all->n};
  all->n++;
  return true;
}

bool ari_drafts_add_value(ari_drafts *all, int32_t slot, ari_cell cell) {
  if (!ari_grow((void **)&all->values, all->n_values, &all->values_room, sizeof *all->values)) return false;
  ari_draft *draft = &all->items[all->n - 1];
  int32_t number = (int32_t)all->n_values++;
  all->values[number] = (ari_draft_value){{.slot = slot, .cell = cell}, -1};
  if (draft->last >= 0) all->values[draft->last].next = number;
  else draft->first = number;
  draft->last = number;
  return true;
}

void ari_drafts_free(ari_drafts *all) {
  ari_free(all->items);
  ari_free(all->values);
}

/* ---- which of them count ----------------------------------------------------------------------------------------------------- */

static int by_size(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

/* 0: of the same agency, node and turn. */
static int compare_place(const ari_draft *a, const ari_draft *b) {
  int order = by_size(a->explains, b->explains);
  if (!order) order = by_size(a->d.agency, b->d.agency);
  if (!order) order = by_size(a->d.node, b->d.node);
  return order ? order : by_size(a->d.turn, b->d.turn);
}

static int by_place(const void *left, const void *right) {
  const ari_draft *a = left, *b = right;
  int order = compare_place(a, b);
  if (!order) order = by_size(a->d.revision, b->d.revision);
  return order ? order : by_size((int64_t)a->order, (int64_t)b->order);
}

typedef struct settling { ari_drafts *all; ari_evidence *ev; ari_arena *memory; ari_findings *fs; bool no_memory; } settling;

static ari_finding *tell(settling *s, const ari_decision *d, ari_code code) {
  const ari_evidence *ev = s->ev;
  ev->submissions[d->agency].invalid = true;
  ari_args args = {{ari_arg_text(ev->set->nodes[d->node]->id), ari_arg_text(ev->agencies->items[d->agency].id)}};
  return ari_place_finding(s->fs, code, d->at, (ari_str){0}, &args);
}

/* Reasons that rows of one decision give, and names: each once, one behind the other. */
static void join_texts(settling *s, ari_str *text, ari_str more) {
  if (!more.n || ari_str_eq(*text, more)) return;
  ari_buf b = {0};
  ari_buf_str(&b, *text);
  if (b.n) ari_buf_text(&b, "; ");
  ari_buf_str(&b, more);
  if (b.failed || !ari_str_copy(s->memory, ari_buf_view(&b), text)) s->no_memory = true;
  ari_buf_free(&b);
}

/* A second statement of one revision: another row of the same table adds its inputs, all else is said twice. */
static void add_to(settling *s, ari_draft *first, const ari_draft *more) {
  bool adds = first->d.at.file == more->d.at.file && first->d.ruling == ARI_RULING_INPUTS && more->d.ruling == ARI_RULING_INPUTS;
  if (first->explains || !adds) {
    tell(s, &more->d, first->explains ? ARI_E0566 : ARI_E0551)->other = ari_place_span(first->d.at);
    return;
  }
  join_texts(s, &first->d.reason, more->d.reason);
  join_texts(s, &first->d.by, more->d.by);
  if (first->last >= 0) s->all->values[first->last].next = more->first;
  else first->first = more->first;
  if (more->last >= 0) first->last = more->last;
}

/* ---- the figures of a decision ----------------------------------------------------------------------------------------------- */

static void tell_value_twice(settling *s, const ari_decision *d, const ari_override *first, const ari_override *again) {
  ari_args args = {{ari_arg_text(s->ev->set->inputs[again->slot].column), ari_arg_text(s->ev->agencies->items[d->agency].id)}};
  ari_place_finding(s->fs, ARI_E0460, again->cell.at, (ari_str){0}, &args)->other = ari_place_span(first->cell.at);
  s->ev->submissions[d->agency].invalid = true;
}

static ari_override *find_override(const ari_decision *d, int32_t slot) {
  for (uint32_t i = 0; i < d->n_overrides; i++)
    if (d->overrides[i].slot == slot) return &d->overrides[i];
  return NULL;
}

/* Kept in the order of the inputs. */
static void put_override(ari_decision *d, int32_t slot, ari_cell cell, ari_cell own) {
  uint32_t i = d->n_overrides++;
  for (; i > 0 && d->overrides[i - 1].slot > slot; i--) d->overrides[i] = d->overrides[i - 1];
  d->overrides[i] = (ari_override){slot, cell, own};
}

/* A survey of which only some answers are replaced is as whole as it would be had the agency's evidence said so. */
static void complete_survey(settling *s, ari_decision *d, int32_t slot) {
  const ari_input *survey = &s->ev->set->inputs[slot];
  const ari_cell *own = ari_evidence_cell(s->ev, d->agency, slot);
  ari_cell *cells = ari_arena_array(s->memory, survey->n_options + 1, sizeof *cells);
  bool any = false;
  if (!cells) {
    s->no_memory = true;
    return;
  }
  for (int32_t i = 0; i <= (int32_t)survey->n_options; i++) {
    const ari_override *o = find_override(d, slot + i);
    cells[i] = o ? o->cell : own[i];
    any |= o != NULL;
  }
  if (!any) return;
  ari_survey_complete(s->ev, d->agency, survey, cells, s->fs);
  for (int32_t i = 0; i <= (int32_t)survey->n_options; i++)
    if (cells[i].state != own[i].state && !find_override(d, slot + i)) put_override(d, slot + i, cells[i], own[i]);
}

static void settle_values(settling *s, const ari_draft *draft, ari_decision *d) {
  const ari_node *node = s->ev->set->nodes[d->node];
  if (draft->first < 0) return;
  d->overrides = ari_arena_array(s->memory, node->n_inputs, sizeof *d->overrides);
  if (!d->overrides) {
    s->no_memory = true;
    return;
  }
  for (int32_t i = draft->first; i >= 0; i = s->all->values[i].next) {
    const ari_override *o = &s->all->values[i].value, *first = find_override(d, o->slot);
    if (first) tell_value_twice(s, d, first, o);
    else put_override(d, o->slot, o->cell, *ari_evidence_cell(s->ev, d->agency, o->slot));
  }
  for (uint32_t i = 0; i < node->n_inputs; i++)
    if (s->ev->set->inputs[node->first_input + i].type == ARI_SURVEY) complete_survey(s, d, (int32_t)(node->first_input + i));
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

static void settle_draft(settling *s, const ari_draft *draft) {
  ari_evidence *ev = s->ev;
  if (draft->explains) {
    const ari_decision *d = &draft->d;
    ev->explanations[ev->n_explanations++] =
      (ari_explanation){.agency = d->agency, .node = d->node, .revision = d->revision, .text = d->reason, .documents = d->documents, .n_documents = d->n_documents, .at = d->at};
    return;
  }
  ari_decision *d = &ev->decisions[ev->n_decisions++];
  *d = draft->d;
  if (!d->reason.n) tell(s, d, ARI_E0554);
  settle_values(s, draft, d);
}

bool ari_drafts_settle(ari_drafts *all, ari_evidence *ev, ari_arena *memory, ari_findings *fs) {
  settling s = {.all = all, .ev = ev, .memory = memory, .fs = fs};
  if (all->n == 0) return true;
  ev->decisions = ari_calloc(all->n, sizeof *ev->decisions);
  ev->explanations = ari_calloc(all->n, sizeof *ev->explanations);
  if (!ev->decisions || !ev->explanations) return false;
  ev->stage = ARI_STAGE_COMPUTED;
  qsort(all->items, all->n, sizeof *all->items, by_place);
  for (size_t i = 0, next; i < all->n; i = next) {
    ari_draft *in_force = &all->items[i];
    for (next = i + 1; next < all->n && compare_place(&all->items[i], &all->items[next]) == 0; next++) {
      if (all->items[next].d.revision == in_force->d.revision) add_to(&s, in_force, &all->items[next]);
      else in_force = &all->items[next];
    }
    settle_draft(&s, in_force);
  }
  ari_evidence_go_to(ev, ARI_STAGE_FINAL);
  return !s.no_memory;
}
