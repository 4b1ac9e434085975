/* explain of a leaf's evidence: its values with their places, remarks and documents, and what is not there: who is asked for it.
 * Methodology: ari-criteria(5), "Pending". */
#include "inside.h"

#include <string.h>

/* "the central body": who supplies an input. */
static void put_origin(ari_explainer *x, const ari_input *input, const char *before, const char *behind) {
  ari_buf_text(&x->b, before);
  ari_buf_text(&x->b, ari_explain_word(x, input->source.value == ARI_ORIGIN_SURVEY ? ARI_WORD_source_survey : ARI_WORD_source_central));
  ari_buf_text(&x->b, behind);
}

/* ---- values ---- */

void ari_explain_value(ari_explainer *x, const ari_input *input, const ari_cell *cell) {
  if (input->list) {
    ari_buf_list(&x->b, x->work->evidence->lists[cell->value.coef], input->type == ARI_PERCENT, x->how);
    return;
  }
  switch (input->type) {
    case ARI_YES_NO: ari_buf_text(&x->b, ari_explain_word(x, cell->value.coef ? ARI_WORD_yes : ARI_WORD_no)); break;
    case ARI_DATE: ari_buf_date(&x->b, (int32_t)cell->value.coef, x->how); break;
    case ARI_CHOICE: {
      const ari_option *option = &input->options[cell->value.coef];
      if (!x->short_form) {
        ari_buf_str(&x->b, option->id);
        ari_buf_text(&x->b, " – ");
      }
      ari_buf_str(&x->b, ari_title_of(x->work, option->title));
      break;
    }
    case ARI_SURVEY: break;
    case ARI_TEXT: ari_buf_str(&x->b, x->work->evidence->texts[cell->value.coef]); break;
    case ARI_PERCENT: {
      ari_dec percent = cell->value;
      percent.scale = (int8_t)(percent.scale - 2);
      ari_buf_dec(&x->b, percent, x->how);
      ari_buf_text(&x->b, x->how == ARI_AS_EN ? "%" : " %");
      break;
    }
    case ARI_COUNT_INPUT:
    case ARI_NUMBER:
    case ARI_MONEY: ari_buf_dec(&x->b, cell->value, x->how); break;
  }
}

typedef struct input_lines { ari_explainer *x; bool *told; } input_lines;

static void put_input(void *to, int slot) {
  input_lines *l = to;
  ari_explainer *x = l->x;
  if (l->told[slot]) return;
  l->told[slot] = true;
  const ari_input *input = &x->work->set->inputs[slot];
  const ari_cell *cell = ari_evidence_cell(x->work->evidence, x->agency, slot);
  bool given = cell->state == ARI_CELL_GIVEN;
  if ((input->type == ARI_SURVEY && given) || (input->of_survey >= 0 && !given)) return;   /* the options speak for a survey, or it for them */
  ari_buf_str(&x->b, input->name);
  ari_buf_text(&x->b, " = ");
  if (!given) {
    ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_not_given));
    if (input->source.value != ARI_ORIGIN_SELF) put_origin(x, input, "  (", ")");
    const ari_place *blank = ari_evidence_blank(x->work->evidence, x->agency, slot);
    if (blank) ari_buf_text(&x->b, "    "), ari_explain_place(x, ari_place_span(*blank), 0, input->column);
  }
  else {
    ari_explain_value(x, input, cell);
    ari_str unit = ari_title_of(x->work, input->unit);
    if (unit.n) {
      ari_buf_char(&x->b, ' ');
      ari_buf_str(&x->b, unit);
    }
    if (cell->at.file < 0) ari_buf_printf(&x->b, "  (%s)", ari_explain_word(x, ARI_WORD_not_given));   /* an option without answers */
    else ari_buf_text(&x->b, "    ");
    ari_explain_place(x, ari_place_span(cell->at), cell->at.row, input->column);
  }
  ari_explain_line(x, ARI_LINE_PLACE, 1, "");
}

static void put_inputs_of(void *to, const ari_expr *e) { ari_expr_inputs(e, put_input, to); }

/* ---- last period ---- */

static void put_cell_place(ari_explainer *x, const ari_input *input, const ari_cell *cell) {
  ari_buf_text(&x->b, "    ");
  ari_explain_place(x, ari_place_span(cell->at), cell->at.row, input->column);
}

/* "A: 30    2025.csv:2:3" */
static void put_part(ari_explainer *x, const ari_input *input, const ari_previous_part *part) {
  ari_buf_str(&x->b, part->agency);
  ari_buf_text(&x->b, ": ");
  if (part->cell) {
    ari_explain_value(x, input, part->cell);
    put_cell_place(x, input, part->cell);
  } else ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_not_given));
  ari_explain_line(x, ARI_LINE_PLACE, 2, "");
}

/* "previous(done) = 70  (2025)": with its place, or where it is not the agency's own with what it is made of below. */
static void put_previous_figure(ari_explainer *x, int slot, const ari_previous_part *parts, size_t n) {
  const ari_evidence *evidence = x->work->evidence;
  const ari_input *input = &x->work->set->inputs[slot];
  ari_agency_view view = {evidence, x->agency};
  ari_inputs inputs = ari_agency_inputs(&view);
  bool own = n == 1 && ari_str_eq(parts[0].agency, evidence->agencies->items[x->agency].id);
  ari_buf_text(&x->b, "previous(");
  ari_buf_str(&x->b, input->name);
  ari_buf_text(&x->b, ") = ");
  if (!ari_buf_previous(&x->b, &inputs, slot, input->type == ARI_PERCENT, x->how)) ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_not_given));
  ari_buf_text(&x->b, "  (");
  ari_buf_period_words(&x->b, ari_period_before(evidence->period), x->work->options.lang);
  ari_buf_char(&x->b, ')');
  if (own && parts[0].cell) put_cell_place(x, input, parts[0].cell);
  ari_explain_line(x, ARI_LINE_PLACE, 1, "");
  for (size_t i = 0; i < n && !own; i++) put_part(x, input, &parts[i]);
}

static void put_previous(void *to, int slot) {
  input_lines *l = to;
  ari_explainer *x = l->x;
  if (l->told[slot]) return;
  l->told[slot] = true;
  size_t n = ari_previous_parts(x->work->evidence, x->agency, slot, NULL, 0);
  ari_previous_part *parts = ari_calloc(n ? n : 1, sizeof *parts);
  if (parts) {
    ari_previous_parts(x->work->evidence, x->agency, slot, parts, n);
    put_previous_figure(x, slot, parts, n);
  } else x->out->failed = true;
  ari_free(parts);
}

static void put_previous_of(void *to, const ari_expr *e) { ari_expr_each_previous(e, put_previous, to); }

void ari_explain_inputs(ari_explainer *x) {
  const ari_set *set = x->work->set;
  input_lines lines = {x, ari_calloc(set->n_inputs + 1, sizeof(bool))};
  if (!lines.told) {
    x->out->failed = true;
    return;
  }
  ari_explain_line(x, ARI_LINE_FACT, 0, ari_explain_word(x, ARI_WORD_evidence));
  if (x->node->rule) ari_rule_formulas(x->node->rule, put_inputs_of, &lines);
  for (uint32_t i = 0; i < x->node->n_inputs; i++) put_input(&lines, (int)(x->node->first_input + i));
  memset(lines.told, 0, set->n_inputs * sizeof *lines.told);
  if (x->node->rule) ari_rule_formulas(x->node->rule, put_previous_of, &lines);
  ari_free(lines.told);
}

/* ---- what is said besides ---- */

static void put_remark(ari_explainer *x, ari_word label, ari_str text, ari_place at) {
  if (!text.p) return;
  ari_buf_str(&x->b, text);
  if (!x->short_form) {
    ari_buf_text(&x->b, "    ");
    ari_explain_place(x, ari_place_span(at), 0, (ari_str){0});
  }
  ari_explain_line(x, ARI_LINE_TEXT, 1, ari_explain_word(x, label));
}

void ari_explain_document(ari_explainer *x, const ari_document *d) {
  ari_buf_str(&x->b, d->number);
  if (d->has_day) {
    ari_buf_text(&x->b, d->number.n ? ", " : "");
    ari_buf_date(&x->b, d->day, x->how);
  }
  if (d->title.n) {
    ari_buf_text(&x->b, x->b.n ? ", " : "");
    ari_buf_str(&x->b, d->title);
  }
  ari_explain_line(x, ARI_LINE_TEXT, 1, ari_explain_word(x, ARI_WORD_document));
}

void ari_explain_remarks(ari_explainer *x, const ari_remark *remark) {
  if (!remark) return;
  put_remark(x, ARI_WORD_reason, remark->not_applicable, remark->not_applicable_at);
  put_remark(x, ARI_WORD_reason, remark->withheld, remark->withheld_at);
  put_remark(x, ARI_WORD_note, remark->note, remark->note_at);
  for (uint32_t i = 0; i < remark->n_documents; i++) ari_explain_document(x, &remark->documents[i]);
}

/* ---- what is not there ---- */

/* "needed 1, named 0". The short form says so only where it costs points. */
void ari_explain_documents(ari_explainer *x, const ari_remark *remark) {
  const ari_figure *f = &x->row[x->node->index];
  const ari_setting *asked = &x->node->documents;
  bool by_rule = f->state == ARI_SCORED || f->undocumented;
  if (asked->value == 0 || !by_rule || (x->short_form && !f->undocumented)) return;
  ari_buf_printf(&x->b, "%s %d, %s %u", ari_explain_word(x, ARI_WORD_documents_needed), asked->value,
                 ari_explain_word(x, ARI_WORD_documents_named), remark ? remark->n_documents : 0);
  ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_documents));
  if (!x->short_form) ari_explain_said_at(x, asked->from, asked->span);
}

/* As its title in the short form, else as formulas name it. */
void ari_explain_input_name(ari_explainer *x, const ari_input *input) {
  ari_str title = ari_title_of(x->work, input->title);
  if (x->short_form && title.n) ari_buf_printf(&x->b, "“%.*s”", (int)title.n, title.p);
  else ari_buf_str(&x->b, input->name);
}

/* For whom a leaf waits, what it can still come to, and what follows until then. */
void ari_explain_pending(ari_explainer *x, const ari_leaf_trace *trace) {
  if (trace->figure.state != ARI_PENDING) return;
  bool lacks = trace->answer.answer.outcome == ARI_MISSING_INPUT;   /* else its own figures are there, and nobody's beside them */
  int slot = trace->answer.answer.slot;
  const ari_input *input = !lacks || slot == ARI_JUDGEMENT ? NULL : &x->work->set->inputs[slot];
  if (input) {
    ari_explain_input_name(x, input);
    put_origin(x, input, " – ", "");
  } else {
    ari_buf_text(&x->b, ari_explain_word(x, lacks ? ARI_WORD_awaits_judgement : ARI_WORD_awaits_others));
  }
  ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_waits_for));
  if (input && !x->short_form) ari_explain_said_at(x, input->source.from, input->source.span);
  ari_explain_num(x, trace->least);
  ari_buf_text(&x->b, " – ");
  ari_explain_num(x, trace->most);
  ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_can_give));
  if (x->short_form) return;
  ari_buf_text(&x->b, ari_explain_word(x, ARI_WORD_effect_pending));
  ari_explain_line(x, ARI_LINE_STEP, 1, ari_explain_word(x, ARI_WORD_policy));
}
