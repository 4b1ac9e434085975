/* One agency's own sheet: what is missing or pending, where the total can still end, and what would raise it most. Made as rows of the public
 * header. */
#include "inside.h"

struct ari_assessment {
  ari_own_sheet sheet;
  ari_missing_row *missing;
  ari_awaited_row *awaited;
  ari_advice_row *advice;
  ari_unadvised_row *unadvised;
  ari_document_row *documents;
};

typedef struct maker {
  ari_work *work;
  struct ari_assessment *out;
  size_t agency;
  const ari_result *result;
} maker;

/* ---- texts ---- */

static const char *keep_text(maker *m, ari_str text) {
  const char *copy = ari_str_cstring(&m->work->arena, text);
  if (!copy) m->work->failed = true;
  return copy ? copy : "";
}

static const char *keep_buf(maker *m, ari_buf *b) {
  if (b->failed) m->work->failed = true;
  const char *text = b->failed ? "" : keep_text(m, ari_buf_view(b));
  ari_buf_free(b);
  return text;
}

/* A value as evidence writes it. What text is given does not matter to any formula. */
static const char *value_text(maker *m, const ari_input *input, ari_dec value) {
  ari_buf b = {0};
  switch (input->type) {
  case ARI_YES_NO: ari_buf_text(&b, value.coef ? "yes" : "no"); break;
  case ARI_CHOICE: ari_buf_str(&b, input->option_ids[value.coef]); break;
  case ARI_DATE: ari_buf_date(&b, (int32_t)value.coef, ARI_AS_DATA); break;
  case ARI_TEXT: ari_buf_text(&b, "…"); break;
  case ARI_PERCENT:
    value.scale = (int8_t)(value.scale - 2);
    ari_buf_dec(&b, value, ARI_AS_DATA);
    ari_buf_char(&b, '%');
    break;
  default: ari_buf_dec(&b, value, ARI_AS_DATA); break;
  }
  return keep_buf(m, &b);
}

/* "+37": figures only, and only where there was one before. */
static const char *change_text(maker *m, const ari_input *input, const ari_cell *before, const ari_change *change) {
  bool words = input->type == ARI_YES_NO || input->type == ARI_CHOICE || input->type == ARI_TEXT;
  if (words || before->state != ARI_CELL_GIVEN) return "";
  int8_t scale = input->type == ARI_PERCENT ? 4 : input->type == ARI_NUMBER ? 2 : 0;
  if (scale < before->value.scale) scale = before->value.scale;
  if (input->type == ARI_PERCENT) scale = (int8_t)(scale - 2);
  ari_dec steps = {.coef = change->steps, .scale = scale};
  for (; steps.scale > 0 && steps.coef % 10 == 0 && steps.coef; steps.scale--) steps.coef /= 10;
  ari_buf b = {0};
  if (change->steps > 0) ari_buf_char(&b, '+');
  ari_buf_dec(&b, steps, ARI_AS_DATA);
  return keep_buf(m, &b);
}

/* ---- the inputs of a leaf ---- */

/* Which inputs a leaf's rule looks at: at all; elsewhere than below a division line; and as the whole of a part (`a / all`). Nobody should
 * be told to have received less. `before`: last period's are looked at. */
typedef struct uses { bool *any, *above, *whole, *before; } uses;

static void walk_formula(uses *u, const ari_expr *e, bool below) {
  if (ari_expr_is_previous(e)) {   /* what was, was: nothing can be changed there */
    u->before[e->kids[0]->slot] = true;
    return;
  }
  if (e->op == ARI_OP_INPUT) {
    u->any[e->slot] = true;
    if (!below) u->above[e->slot] = true;
  }
  const ari_expr *divisor = e->op == ARI_OP_DIV ? e->kids[1] : NULL;
  while (divisor && divisor->op == ARI_OP_LET) divisor = divisor->kids[0];
  if (divisor && divisor->op == ARI_OP_INPUT) u->whole[divisor->slot] = true;
  for (uint32_t i = 0; i < e->n; i++) walk_formula(u, e->kids[i], below || (e->op == ARI_OP_DIV && i == 1));
}

static void walk_rule(void *to, const ari_expr *e) { walk_formula(to, e, false); }

static void find_uses(const ari_work *work, const ari_node *leaf, uses *u) {
  size_t n = work->set->n_inputs;
  bool some = false;
  for (size_t i = 0; i < n; i++) u->any[i] = u->above[i] = u->whole[i] = u->before[i] = false;
  ari_rule_formulas(leaf->rule, walk_rule, u);
  for (size_t i = 0; i < n; i++) some |= u->above[i] = u->above[i] && !u->whole[i];
  if (some) return;
  for (size_t i = 0; i < n; i++) u->above[i] = u->any[i];   /* `5 / days`: nothing else could be changed */
}

static const ari_figure *figure_of(const maker *m, const ari_node *leaf) { return ari_result_figure(m->result, m->agency, leaf->index); }

/* Points are lost that evidence can bring: not by what was withheld or claimed not to apply. */
static bool has_lost(const maker *m, const ari_node *leaf) {
  const ari_figure *f = figure_of(m, leaf);
  bool by_evidence = f->state == ARI_SCORED || f->state == ARI_MISSING || f->state == ARI_EMPTY;
  return leaf->rule && by_evidence && !(f->has_points && f->points >= f->max);
}

/* ---- what is missing, and what is pending ---- */

static void name_leaf(const maker *m, const ari_node *leaf, const char **id, const char **title) {
  const ari_tier *tier = &m->work->set->tiers[m->work->evidence->agencies->items[m->agency].tier_index];
  size_t n = 0;
  ari_score_row row;
  while (n < tier->n_nodes && tier->nodes[n] != leaf) n++;
  if (ari_score_at(m->work, m->out->sheet.first_row + n, &row) != ARI_OK) return;
  *id = row.criterion;
  *title = row.title;
}

/* A place in evidence; NULL: nowhere. */
static ari_form_cell form_cell(maker *m, const ari_place *at) {
  const ari_cell_name *name = at ? ari_source_cell(&m->work->sources.items[at->file], at->start) : NULL;
  ari_buf words = {0}, cell = {0};
  if (!name) return (ari_form_cell){"", "", ""};
  ari_buf_cell_place(&words, name, m->work->options.lang);
  if (name->row) ari_buf_cell_name(&cell, name);
  return (ari_form_cell){keep_buf(m, &words), keep_text(m, name->sheet), keep_buf(m, &cell)};
}

static void add_missing(maker *m, const ari_node *leaf, const ari_input *input, bool of_previous) {
  ari_missing_row row = {.column = keep_text(m, input->column), .input_title = keep_text(m, ari_title_of(m->work, input->title)), .of_previous = of_previous};
  name_leaf(m, leaf, &row.criterion, &row.title);
  row.place = form_cell(m, of_previous ? NULL : ari_evidence_blank(m->work->evidence, m->agency, (int)(input - m->work->set->inputs)));
  m->out->missing[m->out->sheet.n_missing++] = row;
}

static void add_documents(maker *m, const ari_node *leaf) {
  const ari_submission *submission = &m->work->evidence->submissions[m->agency];
  const ari_remark *remark = ari_evidence_entry(m->work->evidence, m->agency, leaf->leaf)->remark;
  ari_missing_row row = {.input_title = "", .needed = leaf->documents.value, .given = remark ? (int)remark->n_documents : 0};
  ari_buf b = {0};
  name_leaf(m, leaf, &row.criterion, &row.title);
  row.place = form_cell(m, submission->has_sheet ? &submission->documents_at : NULL);
  ari_buf_str(&b, leaf->id);
  ari_buf_text(&b, ".documents");
  row.column = keep_buf(m, &b);
  m->out->missing[m->out->sheet.n_missing++] = row;
}

/* input NULL: the leaf waits for a judgement, or for the figures of the agencies that it is compared with. */
static void add_awaited(maker *m, const ari_node *leaf, const ari_input *input) {
  ari_lang lang = m->work->options.lang;
  bool judged = leaf->rule->kind == &ari_rule_judged;
  ari_awaited_row row = {.source = judged ? "judged" : "compared", .source_text = ari_word_text(judged ? ARI_WORD_awaits_judgement : ARI_WORD_awaits_others, lang),
                         .column = "", .input_title = ""};
  if (input) {
    row.source = ari_origin_name((ari_origin)input->source.value);
    row.source_text = ari_word_text(input->source.value == ARI_ORIGIN_SURVEY ? ARI_WORD_source_survey : ARI_WORD_source_central, lang);
    row.column = keep_text(m, input->column);
    row.input_title = keep_text(m, ari_title_of(m->work, input->title));
  }
  name_leaf(m, leaf, &row.criterion, &row.title);
  m->out->awaited[m->out->sheet.n_awaited++] = row;
}

static bool has_previous(const maker *m, int slot) {
  ari_agency_view view = {m->work->evidence, m->agency};
  ari_inputs inputs = ari_agency_inputs(&view);
  ari_num *unused = ari_num_new();
  bool there = unused && inputs.previous && inputs.previous(inputs.of, slot, unused);
  if (!unused) m->work->failed = true;
  ari_num_free(unused);
  return there;
}

static void list_previous(maker *m, const ari_node *leaf, const bool *used) {
  const ari_figure *f = figure_of(m, leaf);
  if (f->state != ARI_MISSING || f->undocumented) return;
  for (size_t slot = 0; slot < m->work->set->n_inputs && !m->work->failed; slot++) {
    if (!used[slot] || has_previous(m, (int)slot)) continue;
    add_missing(m, leaf, &m->work->set->inputs[slot], true);
  }
}

/* Figures are missing too: with them come documents. */
static bool lacks_documents(const maker *m, const ari_node *leaf) {
  const ari_remark *remark = ari_evidence_entry(m->work->evidence, m->agency, leaf->leaf)->remark;
  return leaf->documents.value > (remark ? (int64_t)remark->n_documents : 0);
}

static void list_lacking(maker *m, const ari_node *leaf, const bool *used) {
  const ari_figure *f = figure_of(m, leaf);
  bool pending = f->state == ARI_PENDING;
  if (f->undocumented || (f->state == ARI_MISSING && lacks_documents(m, leaf))) add_documents(m, leaf);
  size_t n_before = m->out->sheet.n_awaited;
  if (pending && leaf->rule->kind == &ari_rule_judged) add_awaited(m, leaf, NULL);
  for (size_t slot = 0; slot < m->work->set->n_inputs && !m->work->failed; slot++) {
    const ari_input *input = &m->work->set->inputs[slot];
    bool absent = used[slot] && ari_evidence_cell(m->work->evidence, m->agency, (int)slot)->state == ARI_CELL_ABSENT;
    bool own = input->source.value == ARI_ORIGIN_SELF;
    if (pending ? input->of_survey >= 0 : input->type == ARI_SURVEY) continue;   /* what is to be written has a column for each option */
    if (absent && own && f->state == ARI_MISSING && !f->undocumented) add_missing(m, leaf, input, false);
    if (absent && !own && pending) add_awaited(m, leaf, input);
  }
  if (pending && m->out->sheet.n_awaited == n_before && m->work->evidence->submissions[m->agency].alone && leaf->rule->compares) add_awaited(m, leaf, NULL);
}

/* ---- what would raise the total ---- */

static ari_raise raise_of(maker *m, const ari_input *input, const ari_cell *before, const ari_change *change) {
  if (!change->found) return (ari_raise){.to = "", .change = ""};
  return (ari_raise){true, value_text(m, input, change->to), change_text(m, input, before, change), change->gain, change->index_gain};
}

static void add_advice(maker *m, ari_adviser *adviser, const ari_node *leaf, size_t slot) {
  const ari_input *input = &m->work->set->inputs[slot];
  ari_cell *cell = &m->work->evidence->cells[m->agency * m->work->set->n_inputs + slot];
  bool own = input->source.value == ARI_ORIGIN_SELF;
  if (!own || input->check || cell->state == ARI_CELL_BAD) return;   /* others supply it; a stated figure follows from others */
  if (input->list || input->type == ARI_SURVEY || input->of_survey >= 0) return;   /* records and answers are what they are */
  ari_advice found;
  ari_advise(adviser, cell, leaf, input, &found);
  if (!found.next.found) return;
  ari_advice_row row = {.column = keep_text(m, input->column),
                        .input_title = keep_text(m, ari_title_of(m->work, input->title)),
                        .place = form_cell(m, cell->state == ARI_CELL_GIVEN ? &cell->at : ari_evidence_blank(m->work->evidence, m->agency, (int)slot)),
                        .from = cell->state == ARI_CELL_GIVEN ? value_text(m, input, cell->value) : "",
                        .next = raise_of(m, input, cell, &found.next),
                        .full = raise_of(m, input, cell, &found.full)};
  name_leaf(m, leaf, &row.criterion, &row.title);
  m->out->advice[m->out->sheet.n_advice++] = row;
}

/* Records and answers are what they are: no single figure of a rule that looks at them is advised. */
static bool uses_records(const maker *m, const ari_node *leaf, const uses *u) {
  bool found = false;
  if (ari_part_of(leaf) == m->work->set->penalty) return false;   /* it loses none where it has the fewest */
  for (size_t slot = 0; slot < m->work->set->n_inputs && !found; slot++) {
    const ari_input *input = &m->work->set->inputs[slot];
    found = u->any[slot] && (input->list || input->type == ARI_SURVEY || input->of_survey >= 0);
  }
  return found;
}

static void add_unadvised(maker *m, const ari_node *leaf) {
  ari_unadvised_row row = {"", ""};
  name_leaf(m, leaf, &row.criterion, &row.title);
  m->out->unadvised[m->out->sheet.n_unadvised++] = row;
}

static int64_t most_of(const ari_advice_row *row) { return row->full.found ? row->full.gain : row->next.gain; }

/* Stable: what gains the same stays in the order of the set. */
static void sort_advice(struct ari_assessment *a) {
  for (size_t i = 1; i < a->sheet.n_advice; i++) {
    ari_advice_row row = a->advice[i];
    size_t k = i;
    for (; k > 0 && most_of(&a->advice[k - 1]) < most_of(&row); k--) a->advice[k] = a->advice[k - 1];
    a->advice[k] = row;
  }
}

/* ---- how far the total can still go ---- */

/* What is pending at its least and most; for the most also as if nothing were missing. */
static void find_range(maker *m, ari_adviser *adviser) {
  ari_own_sheet *sheet = &m->out->sheet;
  ari_figure *other = ari_calloc(m->result->n_nodes, sizeof *other);
  ari_standing most;
  if (!other) m->work->failed = true;
  adviser->scorer.complete = true;
  if (other && ari_adviser_score(adviser, &most)) {
    ari_score_range(&adviser->scorer, other, &most);
    if (most.has_range && most.high > sheet->high) {
      sheet->high = most.high;
      sheet->high_index = most.high_index;
    }
  }
  adviser->scorer.complete = false;
  ari_free(other);
}

/* ---- what depends on others ---- */

static void look_at_series(void *to, int series, const ari_expr *call) {
  (void)call;
  maker *m = to;
  size_t n = ari_cohort_of(m->result->cohorts, series, m->agency)->n;
  if (n < m->out->sheet.least_compared) m->out->sheet.least_compared = n;
}

static void count_compared(maker *m) {
  ari_own_sheet *sheet = &m->out->sheet;
  sheet->least_compared = SIZE_MAX;
  for (uint32_t i = 0; i < m->work->set->n_leaves; i++) {
    const ari_node *leaf = m->work->set->leaves[i];
    bool there = leaf->presence[m->work->evidence->agencies->items[m->agency].tier_index] == ARI_THERE;
    if (!there || figure_of(m, leaf)->state == ARI_WATCHED || !leaf->rule || !leaf->rule->compares) continue;
    sheet->n_compared++;
    ari_rule_series(leaf->rule, look_at_series, m);
  }
  if (!sheet->n_compared) sheet->least_compared = 0;
}

/* ---- the sheet ---- */

static void look_at_leaf(maker *m, ari_adviser *adviser, const ari_node *leaf, uses *u) {
  ari_leaf_state state = (ari_leaf_state)figure_of(m, leaf)->state;
  bool advise = m->out->sheet.has_points && has_lost(m, leaf);
  size_t n_before = m->out->sheet.n_advice;
  if (!leaf->rule || !(has_lost(m, leaf) || state == ARI_MISSING || state == ARI_PENDING)) return;
  find_uses(m->work, leaf, u);
  if (state == ARI_MISSING || state == ARI_PENDING) {
    list_lacking(m, leaf, u->any);
    list_previous(m, leaf, u->before);
  }
  for (size_t slot = 0; advise && slot < m->work->set->n_inputs && !m->work->failed; slot++)
    if (u->above[slot]) add_advice(m, adviser, leaf, slot);
  if (advise && state != ARI_MISSING && m->out->sheet.n_advice == n_before && uses_records(m, leaf, u)) add_unadvised(m, leaf);
}

/* Room for one row of every input of every leaf, and one of its documents or its judgement. */
static bool make_room(maker *m, uses *u) {
  size_t n = 0, n_inputs = m->work->set->n_inputs;
  for (uint32_t i = 0; i < m->work->set->n_leaves; i++) {
    if (!m->work->set->leaves[i]->rule) continue;
    find_uses(m->work, m->work->set->leaves[i], u);
    for (size_t slot = 0; slot < n_inputs; slot++) n += u->any[slot] + u->before[slot];
    n++;
  }
  m->out->missing = ari_arena_array(&m->work->arena, n ? n : 1, sizeof *m->out->missing);
  m->out->awaited = ari_arena_array(&m->work->arena, n ? n : 1, sizeof *m->out->awaited);
  m->out->advice = ari_arena_array(&m->work->arena, n ? n : 1, sizeof *m->out->advice);
  m->out->unadvised = ari_arena_array(&m->work->arena, m->work->set->n_leaves + 1, sizeof *m->out->unadvised);
  return m->out->missing && m->out->awaited && m->out->advice && m->out->unadvised;
}

static void make_rows(maker *m) {
  size_t n = m->work->set->n_inputs ? m->work->set->n_inputs : 1;
  uses u = {.any = ari_calloc(n, sizeof *u.any), .above = ari_calloc(n, sizeof *u.above), .whole = ari_calloc(n, sizeof *u.whole),
            .before = ari_calloc(n, sizeof *u.before)};
  ari_adviser adviser = {0};
  bool good = u.any && u.above && u.whole && u.before && ari_adviser_start(&adviser, m->work->evidence, m->result, m->agency) && make_room(m, &u);
  if (good && m->out->sheet.has_range) find_range(m, &adviser);
  for (uint32_t i = 0; good && i < m->work->set->n_leaves && !m->work->failed; i++) look_at_leaf(m, &adviser, m->work->set->leaves[i], &u);
  if (good) sort_advice(m->out);
  if (!good || adviser.scorer.failed || ari_num_failed()) m->work->failed = true;
  ari_adviser_free(&adviser);
  ari_free(u.any);
  ari_free(u.above);
  ari_free(u.whole);
  ari_free(u.before);
}

/* What it hands in: documents, and the fingerprint of all. */
static void make_handed(maker *m) {
  char hex[65] = "";
  if (!ari_documents_list(m->work, m->agency, &m->out->documents, &m->out->sheet.n_documents) || ari_fingerprint(m->work, m->agency, hex) != ARI_OK) return;
  m->out->sheet.fingerprint = keep_text(m, ari_str_of(hex));
}

int64_t ari_only_agency(const ari_evidence *ev) {
  int64_t found = -1, named = -1;
  size_t n_found = 0, n_named = 0;
  for (size_t i = 0; i < ev->agencies->n; i++) {
    const ari_submission *s = &ev->submissions[i];
    if (s->present || s->invalid) {
      found = (int64_t)i;
      n_found++;
    } else if (s->named) {
      named = (int64_t)i;
      n_named++;
    }
  }
  if (n_found) return n_found == 1 ? found : -1;
  return n_named == 1 ? named : -1;
}

ari_status ari_assess(ari_work *work, const char *agency, const char **nearest) {
  if (nearest) *nearest = NULL;
  if (!work->result || !work->names) return ARI_MISUSE;
  int64_t found = agency ? ari_work_find_agency(work, agency, nearest) : ari_only_agency(work->evidence);
  if (work->failed) return ARI_NOMEM;
  if (found < 0) return ARI_MISUSE;
  const ari_standing *s = &work->result->standings[found];
  const ari_agency *a = &work->evidence->agencies->items[found];
  struct ari_assessment *out = ari_arena_alloc(&work->arena, sizeof *out);
  if (!out) {
    work->failed = true;
    return ARI_NOMEM;
  }
  maker m = {work, out, (size_t)found, work->result};
  *out = (struct ari_assessment){.sheet = {.agency = keep_text(&m, a->id), .name = keep_text(&m, ari_title_of(work, a->name)),
                                           .fingerprint = "", .state = s->state, .has_points = s->has_points, .has_range = s->has_range, .points = s->points, .max = s->max,
                                           .index = s->index, .low = s->low, .low_index = s->low_index, .high = s->high, .high_index = s->high_index,
                                           .first_row = work->result->rows[found],
                                           .n_rows = work->result->rows[found + 1] - work->result->rows[found]}};
  if (work->result->cohorts) count_compared(&m);
  if (s->state != ARI_ABSENT && s->state != ARI_INVALID) make_rows(&m);
  make_handed(&m);
  work->assessment = out;
  return work->failed ? ARI_NOMEM : ARI_OK;
}

/* ---- rows ---- */

ari_status ari_own_sheet_of(const ari_work *work, ari_own_sheet *out) {
  if (!work->assessment) return ARI_MISUSE;
  *out = work->assessment->sheet;
  return ARI_OK;
}

ari_status ari_missing_at(const ari_work *work, size_t n, ari_missing_row *out) {
  if (!work->assessment || n >= work->assessment->sheet.n_missing) return ARI_MISUSE;
  *out = work->assessment->missing[n];
  return ARI_OK;
}

ari_status ari_awaited_at(const ari_work *work, size_t n, ari_awaited_row *out) {
  if (!work->assessment || n >= work->assessment->sheet.n_awaited) return ARI_MISUSE;
  *out = work->assessment->awaited[n];
  return ARI_OK;
}

ari_status ari_advice_at(const ari_work *work, size_t n, ari_advice_row *out) {
  if (!work->assessment || n >= work->assessment->sheet.n_advice) return ARI_MISUSE;
  *out = work->assessment->advice[n];
  return ARI_OK;
}

ari_status ari_unadvised_at(const ari_work *work, size_t n, ari_unadvised_row *out) {
  if (!work->assessment || n >= work->assessment->sheet.n_unadvised) return ARI_MISUSE;
  *out = work->assessment->unadvised[n];
  return ARI_OK;
}

ari_status ari_document_at(const ari_work *work, size_t n, ari_document_row *out) {
  if (!work->assessment || n >= work->assessment->sheet.n_documents) return ARI_MISUSE;
  *out = work->assessment->documents[n];
  return ARI_OK;
}
