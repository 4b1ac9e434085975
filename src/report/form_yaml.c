/* The form as evidence in YAML: each criterion with its rule, each input with what it takes; values that are carried over stand there, the others behind '#'
 * until somebody fills them in. It can be read as it is. */
#include "inside.h"

static void put(ari_buf *b, const char *text) { ari_buf_text(b, text); }
static void put_word(ari_buf *b, const ari_form *form, ari_word w) { ari_buf_text(b, ari_word_text(w, form->lang)); }

static void put_comment(ari_buf *b, int depth, ari_str text) {
  for (int i = 0; i < depth; i++) put(b, "  ");
  put(b, "# ");
  for (size_t i = 0; i < text.n; i++) ari_buf_char(b, text.p[i] == '\n' || text.p[i] == '\r' ? ' ' : text.p[i]);
  put(b, "\n");
}

/* ---- values ---- */

static bool is_same_period(const ari_form *form) { return form->from && ari_period_eq(form->from->period, form->period); }

static const ari_entry *carried_entry(const ari_form *form, const ari_node *leaf) {
  return leaf->leaf >= 0 && is_same_period(form) ? ari_evidence_entry(form->from, form->from_agency, leaf->leaf) : NULL;
}

static void put_list(ari_buf *b, const ari_form *form, const ari_input *input, const ari_cell *cell) {
  ari_list list = form->from->lists[cell->value.coef];
  ari_input one = *input;
  one.list = false;
  put(b, "[");
  for (uint32_t i = 0; i < list.n; i++) {
    ari_cell item = {.value = list.items[i]};
    if (i) put(b, ", ");
    ari_buf_cell(b, form->from, &one, &item);
  }
  put(b, "]");
}

static void put_value(ari_buf *b, const ari_form *form, int32_t slot, const ari_cell *cell) {
  const ari_input *input = &form->set->inputs[slot];
  if (input->list) put_list(b, form, input, cell);
  else if (input->type == ARI_TEXT) ari_buf_json(b, form->from->texts[cell->value.coef]);
  else ari_buf_cell(b, form->from, input, cell);
}

/* answers: {good: 10, poor: 5}, or {good: , poor: } behind '#'. */
static void put_survey(ari_buf *b, const ari_form *form, int32_t slot) {
  const ari_input *survey = &form->set->inputs[slot];
  bool first = true;
  put(b, "{");
  for (uint32_t i = 0; i < survey->n_options; i++) {
    const ari_cell *cell = ari_form_carried(form, slot + 1 + (int32_t)i);
    if (!cell && ari_form_carried(form, slot)) continue;
    if (!first) put(b, ", ");
    first = false;
    ari_buf_str(b, survey->options[i].id);
    put(b, ": ");
    if (cell) put_value(b, form, slot + 1 + (int32_t)i, cell);
  }
  put(b, "}");
}

/* "# Số công chức có mặt cuối năm (người): số nguyên, từ 1": on a line of its own, for " #" behind a value may have been meant as part of it. */
static void put_what(ari_buf *b, const ari_form *form, const ari_input *input) {
  ari_buf line = {0};
  ari_str title = ari_title_of(form->work, input->title), unit = ari_title_of(form->work, input->unit);
  ari_buf_str(&line, title.n ? title : input->name);
  if (unit.n) put(&line, " ("), ari_buf_str(&line, unit), put(&line, ")");
  put(&line, ": "), ari_form_help(&line, form, input, true);
  put_comment(b, 2, ari_buf_view(&line));
  if (line.failed) b->failed = true;
  ari_buf_free(&line);
}

/* Formulas look at last period's figures alone. */
static bool is_last(const ari_form *form, int32_t slot) {
  const ari_input *input = &form->set->inputs[slot];
  return ari_form_last(form, slot) && !input->list && input->type != ARI_TEXT && input->type != ARI_SURVEY && input->of_survey < 0;
}

static void put_input(ari_buf *b, const ari_form *form, int32_t slot, bool last) {
  const ari_input *input = &form->set->inputs[slot];
  const ari_cell *cell = last ? ari_form_last(form, slot) : ari_form_carried(form, slot);
  if (input->of_survey >= 0 || (last && !is_last(form, slot))) return;
  if (!last) put_what(b, form, input);
  put(b, cell ? "    " : "    #");
  ari_buf_str(b, input->name);
  put(b, ": ");
  if (input->type == ARI_SURVEY) put_survey(b, form, slot);
  else if (cell) put_value(b, form, slot, cell);
  put(b, "\n");
}

/* ---- what is said besides ---- */

static void put_document_field(ari_buf *b, const char *key, ari_str text, bool *first) {
  if (!text.n) return;
  put(b, *first ? "      - " : "        ");
  put(b, key);
  ari_buf_json(b, text);
  put(b, "\n");
  *first = false;
}

static void put_documents(ari_buf *b, const ari_remark *remark) {
  put(b, "    documents:\n");
  for (uint32_t i = 0; i < remark->n_documents; i++) {
    const ari_document *d = &remark->documents[i];
    bool first = true;
    put_document_field(b, "number: ", d->number, &first);
    put_document_field(b, "title: ", d->title, &first);
    put_document_field(b, "file: ", d->file, &first);
    if (d->has_day) put(b, "        date: "), ari_buf_date(b, d->day, ARI_AS_DATA), put(b, "\n");
  }
}

static void put_hint(ari_buf *b, const ari_form *form, const char *key, ari_word what) {
  put_comment(b, 2, ari_str_of(ari_word_text(what, form->lang)));
  ari_buf_printf(b, "    #%s: \n", key);
}

static void put_said(ari_buf *b, const ari_form *form, const ari_node *leaf) {
  const ari_entry *e = carried_entry(form, leaf);
  const ari_remark *r = e ? e->remark : NULL;
  if (e && e->has_claimed) put(b, "    claimed: "), ari_buf_dec(b, e->claimed, ARI_AS_DATA), put(b, "\n");
  else if (ari_num_sign(leaf->max[form->tier]) != 0) put_hint(b, form, "claimed", ARI_WORD_form_points_claimed);
  if (r && r->not_applicable.n) put(b, "    not_applicable: "), ari_buf_json(b, r->not_applicable), put(b, "\n");
  else if (ari_form_may_not_apply(form, leaf)) put_hint(b, form, "not_applicable", ARI_WORD_form_not_applicable);
  if (r && r->n_documents) {
    put_documents(b, r);
  } else {
    ari_buf line = {0};
    put_word(&line, form, ARI_WORD_documents);
    if (leaf->documents.value) ari_buf_printf(&line, " (%s: %d)", ari_word_text(ARI_WORD_form_needed, form->lang), leaf->documents.value);
    put_comment(b, 2, ari_buf_view(&line));
    put(b, "    #documents:\n    #  - number: \"\"\n    #    title: \"\"\n    #    file: \"\"\n");
    if (line.failed) b->failed = true;
    ari_buf_free(&line);
  }
  put(b, "    note: ");
  ari_buf_json(b, r && r->note.p ? r->note : ARI_STR(""));
  put(b, "\n");
}

/* ---- criteria ---- */

static void put_head(ari_buf *b, const ari_form *form, const ari_node *node) {
  ari_buf line = {0};
  ari_buf_str(&line, node->id);
  ari_buf_text(&line, "  ");
  ari_buf_str(&line, ari_title_of(form->work, node->title));
  if (ari_num_sign(node->max[form->tier]) != 0) {
    ari_buf_text(&line, " – "), put_word(&line, form, ARI_WORD_form_most), ari_buf_char(&line, ' ');
    ari_buf_e12(&line, node->max_e12[form->tier], -1, ari_locale_of(form->lang));
  }
  put(b, "\n");
  put_comment(b, 1, ari_buf_view(&line));
  ari_buf_clear(&line);
  ari_form_rule_words(&line, form, node);
  if (line.n) put_comment(b, 1, ari_buf_view(&line));
  if (line.failed) b->failed = true;
  ari_buf_free(&line);
}

static bool has_carried(const ari_form *form, const ari_node *node, bool last) {
  for (uint32_t k = node->first_input; k < node->first_input + node->n_inputs; k++)
    if (form->slot_rows[k] >= 0 && (last ? is_last(form, (int32_t)k) : ari_form_carried(form, (int32_t)k) != NULL)) return true;
  return false;
}

static bool has_asked(const ari_form *form, const ari_node *node) {
  for (uint32_t k = node->first_input; k < node->first_input + node->n_inputs; k++)
    if (form->slot_rows[k] >= 0) return true;
  return false;
}

/* The same key stands for a leaf in any case, for its note does; an inner node's only over values. */
static void put_node(ari_buf *b, const ari_form *form, const ari_node *node, bool last) {
  bool leaf = node->leaf >= 0 && node->presence[form->tier] == ARI_THERE;
  if (last ? !has_carried(form, node, true) : !leaf && !has_asked(form, node)) {
    if (!last && node->level > 0) put_head(b, form, node);
    return;
  }
  if (!last) put_head(b, form, node);
  put(b, leaf || has_carried(form, node, last) ? "  " : "  #");
  ari_buf_str(b, node->id);
  put(b, ":\n");
  for (uint32_t k = node->first_input; k < node->first_input + node->n_inputs; k++)
    if (form->slot_rows[k] >= 0) put_input(b, form, (int32_t)k, last);
  if (leaf && !last) put_said(b, form, node);
}

static void put_titles(ari_buf *b, const ari_form *form) {
  ari_buf line = {0};
  put_word(&line, form, ARI_WORD_form_title);
  put_comment(b, 0, ari_buf_view(&line));
  put_comment(b, 0, ari_title_of(form->work, form->set->title));
  ari_buf_clear(&line);
  ari_buf_str(&line, form->name);
  ari_buf_text(&line, ", ");
  ari_buf_period_words(&line, form->period, form->lang);
  put_comment(b, 0, ari_buf_view(&line));
  put(b, "#\n");
  put_comment(b, 0, ari_str_of(ari_word_text(ARI_WORD_form_yaml_hint, form->lang)));
  if (line.failed) b->failed = true;
  ari_buf_free(&line);
}

void ari_form_yaml(ari_buf *b, const ari_form *form, bool last) {
  const ari_tier *tier = &form->set->tiers[form->tier];
  if (!last) put_titles(b, form);
  put(b, "ari: evidence/1\nset: "), ari_buf_str(b, form->set->id);
  put(b, "\nagency: "), ari_buf_str(b, form->id);
  put(b, "\nperiod: "), ari_buf_period(b, last ? ari_period_before(form->period) : form->period);
  put(b, "\nevidence:\n");
  size_t empty = b->n;
  for (uint32_t i = 0; i < tier->n_nodes; i++) put_node(b, form, tier->nodes[i], last);
  if (b->n == empty) b->n--, put(b, " {}\n");
}
