/* The form as a workbook: how its cells look, its sheets in their order, and the hidden one that says what form it is (ari-evidence(5), "Workbooks"). */
#include "inside.h"

#include <xlsxwriter.h>

/* ---- looks ---- */

enum { INK_SOFT = 0x595959, PAPER_HEAD = 0xD9E2EC, PAPER_FIELD = 0xEEF2F6, PAPER_OPEN = 0xFFF8DC, INK_FAULT = 0x9C0006, PAPER_FAULT = 0xFFC7CE, INK_LACK = 0x8A4B00 };

static const char *date_format(const ari_form *form) { return form->lang == ARI_EN ? "yyyy-mm-dd" : "dd/mm/yyyy"; }

static lxw_format *make(ari_form_book *x, bool open, const char *figures) {
  lxw_format *f = ari_book_format(x->book);
  if (!f) return NULL;
  if (figures && figures[0] != '@') format_set_shrink(f);   /* a figure too long for its cell would be "####" */
  else format_set_text_wrap(f);
  format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
  format_set_border(f, LXW_BORDER_HAIR);
  if (figures) format_set_num_format(f, figures);
  if (open) format_set_unlocked(f), format_set_bg_color(f, PAPER_OPEN);
  return f;
}

static lxw_format *make_plain(ari_form_book *x) { return ari_book_format(x->book); }

/* Points with the decimals that leaves are rounded to. */
static void put_figures(ari_buf *b, const ari_form *form) {
  int decimals = form->set->root->rounding.leaf;
  ari_buf_text(b, decimals ? "0." : "0");
  for (int i = 0; i < decimals; i++) ari_buf_char(b, '0');
  ari_buf_char(b, '\0');
}

static void make_heads(ari_form_book *x, const char *figures) {
  lxw_format **s = x->styles;
  s[ARI_FORM_STYLE_TITLE] = make_plain(x);
  s[ARI_FORM_STYLE_SOFT] = make_plain(x);
  s[ARI_FORM_STYLE_HIDDEN] = make_plain(x);
  s[ARI_FORM_STYLE_HEAD] = make(x, false, NULL);
  s[ARI_FORM_STYLE_FIELD] = make(x, false, NULL);
  s[ARI_FORM_STYLE_FIELD_FIGURE] = make(x, false, figures);
  x->faulty = make_plain(x);
  x->lacking = make_plain(x);
  if (x->book->failed) return;
  format_set_bold(s[ARI_FORM_STYLE_TITLE]);
  format_set_font_size(s[ARI_FORM_STYLE_TITLE], 14);
  format_set_font_color(s[ARI_FORM_STYLE_SOFT], INK_SOFT);
  format_set_bold(s[ARI_FORM_STYLE_HEAD]);
  format_set_bg_color(s[ARI_FORM_STYLE_HEAD], PAPER_HEAD);
  for (int i = ARI_FORM_STYLE_FIELD; i <= ARI_FORM_STYLE_FIELD_FIGURE; i++) format_set_bold(s[i]), format_set_bg_color(s[i], PAPER_FIELD);
  format_set_font_color(x->faulty, INK_FAULT);
  format_set_bg_color(x->faulty, PAPER_FAULT);
  format_set_font_color(x->lacking, INK_LACK);
}

void ari_form_styles(ari_form_book *x) {
  lxw_format **s = x->styles;
  ari_buf figures = {0};
  put_figures(&figures, x->form);
  if (figures.failed) x->book->failed = true;
  if (x->book->failed) {
    ari_buf_free(&figures);
    return;
  }
  make_heads(x, figures.p);
  s[ARI_FORM_STYLE_TEXT] = make(x, false, NULL);
  s[ARI_FORM_STYLE_HELP] = make(x, false, NULL);
  s[ARI_FORM_STYLE_INPUT_TITLE] = make(x, false, NULL);
  s[ARI_FORM_STYLE_FIGURE] = make(x, false, figures.p);
  s[ARI_FORM_STYLE_MAX] = make(x, false, NULL);
  s[ARI_FORM_STYLE_LAST] = make(x, false, NULL);
  s[ARI_FORM_STYLE_LAST_PERCENT] = make(x, false, "0.00%");
  s[ARI_FORM_STYLE_LAST_DATE] = make(x, false, date_format(x->form));
  s[ARI_FORM_STYLE_OPEN_TEXT] = make(x, true, "@");
  s[ARI_FORM_STYLE_OPEN_COUNT] = make(x, true, "#,##0");
  s[ARI_FORM_STYLE_OPEN_NUMBER] = make(x, true, NULL);
  s[ARI_FORM_STYLE_OPEN_MONEY] = make(x, true, "#,##0.00");
  s[ARI_FORM_STYLE_OPEN_PERCENT] = make(x, true, "0.00%");
  s[ARI_FORM_STYLE_OPEN_DATE] = make(x, true, date_format(x->form));
  ari_buf_free(&figures);
  if (x->book->failed) return;
  format_set_font_color(s[ARI_FORM_STYLE_HELP], INK_SOFT);
  format_set_indent(s[ARI_FORM_STYLE_INPUT_TITLE], 2);
  for (int i = ARI_FORM_STYLE_LAST; i <= ARI_FORM_STYLE_LAST_DATE; i++) format_set_font_color(s[i], INK_SOFT), format_set_align(s[i], LXW_ALIGN_RIGHT);
}

/* ---- sheets ---- */

void ari_form_sheet(ari_form_book *x, ari_word name) {
  lxw_protection may = {.format_columns = LXW_TRUE, .format_rows = LXW_TRUE};   /* a wider column harms nobody */
  x->sheet = ari_book_sheet(x->book, ari_str_of(ari_word_text(name, x->form->lang)));
  if (!x->sheet) return;
  worksheet_protect(x->sheet, NULL, &may);
  worksheet_set_landscape(x->sheet);
  worksheet_set_paper(x->sheet, 9);   /* A4 */
  worksheet_fit_to_pages(x->sheet, 1, 0);
  worksheet_set_margins(x->sheet, 0.25, 0.25, 0.4, 0.5);
  worksheet_set_footer(x->sheet, "&C&P/&N");
}

/* ---- what form it is ---- */

static void put_pair(ari_form_book *x, size_t row, const char *key, ari_str value) {
  ari_form_text(x, row, ARI_FORM_ABOUT_KEY, ari_str_of(key), ARI_FORM_STYLE_HIDDEN);
  ari_form_text(x, row, ARI_FORM_ABOUT_VALUE, value, ARI_FORM_STYLE_HIDDEN);
}

/* The titles from which yes-no cells and choices are picked, and the criteria for which documents are named. */
static void put_titles(ari_form_book *x) {
  const ari_form *form = x->form;
  size_t row = ARI_FORM_TITLES_FIRST;
  ari_form_word(x, row++, ARI_FORM_ABOUT_TITLES, ARI_WORD_form_yes, ARI_FORM_STYLE_HIDDEN);
  ari_form_word(x, row++, ARI_FORM_ABOUT_TITLES, ARI_WORD_form_no, ARI_FORM_STYLE_HIDDEN);
  for (size_t i = 0; i < form->n_rows; i++) {
    const ari_input *input = form->rows[i].kind == ARI_FORM_ROW_INPUT ? &form->set->inputs[form->rows[i].slot] : NULL;
    for (uint32_t k = 0; input && input->type == ARI_CHOICE && k < input->n_options; k++)
      ari_form_text(x, row++, ARI_FORM_ABOUT_TITLES, ari_form_option(form, input, k), ARI_FORM_STYLE_HIDDEN);
  }
  row = ARI_FORM_TITLES_FIRST;
  for (size_t i = 0; i < form->n_rows; i++)
    if (form->rows[i].kind == ARI_FORM_ROW_NODE && form->rows[i].node->leaf >= 0) ari_form_text(x, row++, ARI_FORM_ABOUT_LEAVES, form->rows[i].node->id, ARI_FORM_STYLE_HIDDEN);
}

void ari_form_about(ari_form_book *x) {
  const ari_form *form = x->form;
  ari_source *source = &form->work->sources.items[form->set->file];
  x->sheet = ari_book_sheet(x->book, ari_str_of(ARI_FORM_ABOUT_NAME));
  if (!x->sheet) return;
  worksheet_hide(x->sheet);
  worksheet_protect(x->sheet, NULL, NULL);
  ari_form_text(x, 0, ARI_FORM_ABOUT_KEY, ARI_STR(ARI_FORM_ABOUT), ARI_FORM_STYLE_HIDDEN);
  put_pair(x, 1, ARI_FORM_KEY_FORM, ARI_STR(ARI_FORM_VERSION));
  put_pair(x, 2, ARI_FORM_KEY_SET, form->set->id);
  put_pair(x, 3, ARI_FORM_KEY_VERSION, form->set->version);
  put_pair(x, 4, ARI_FORM_KEY_FINGERPRINT, ari_str_of(ari_source_sha256(source)));
  put_pair(x, 5, ARI_FORM_KEY_AGENCY, form->id);
  ari_buf_clear(&x->text);
  ari_buf_period(&x->text, form->period);
  put_pair(x, 6, ARI_FORM_KEY_PERIOD, ari_buf_view(&x->text));
  put_pair(x, 7, ARI_FORM_KEY_LANG, form->lang == ARI_EN ? ARI_STR("en") : ARI_STR("vi"));
  /* Programs that believe the figures in a file work out again whatever follows from the clock: so every formula of the form is worked out when it is opened. */
  ari_book_formula(x->book, x->sheet, 0, ARI_FORM_ABOUT_CLOCK, "=NOW()*0", 0, x->styles[ARI_FORM_STYLE_HIDDEN]);
  put_titles(x);
}

/* ---- the whole ---- */

static void fill(ari_book *book, void *with) {
  ari_form_book x = {.book = book, .form = with};
  ari_form_styles(&x);
  if (!book->failed) ari_form_answers(&x);
  if (!book->failed && x.form->n_lists) ari_form_lists(&x);
  if (!book->failed) ari_form_documents(&x);
  if (!book->failed) ari_form_about(&x);
  if (x.text.failed) book->failed = true;
  ari_buf_free(&x.text);
}

ari_status ari_form_workbook(ari_form *form, ari_sink to) {
  ari_book_plan plan = {.fill = fill, .with = form, .title = ari_title_of(form->work, form->set->title)};
  return ari_book_write(form->work, &plan, to);
}
