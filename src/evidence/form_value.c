/* A cell of a form as the text that evidence is written in (methodology: ari-evidence(5), "Workbooks"): 0.0746 in a percent cell is 7.46%, a day
 * is 2026-01-31, a title of an option its id. What may be meant otherwise is told, never guessed. */
#include "inside.h"

#include <string.h>

/* ---- numbers --------------------------------------------------------------------------------------------------------------- */

enum { PRECISION = 15, FARTHEST = 40 };   /* what spreadsheet programs themselves show of a number */

/* 0.d1d2d3… × 10^point; n = 0: zero. */
typedef struct digits { char d[PRECISION + 1]; int n, point; bool negative; } digits;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Half up at the 16th digit: a binary fraction never stands in the middle. */
static void round_digits(digits *x, bool up) {
  while (up && x->n > 0 && x->d[x->n - 1] == '9') x->n--;
  if (up && x->n == 0) x->d[x->n++] = '1', x->point++;
  else if (up) x->d[x->n - 1]++;
  while (x->n > 0 && x->d[x->n - 1] == '0') x->n--;
  if (x->n == 0) x->negative = false;
}

/* "-1.2300000000000001E-2" as files write numbers. False: nothing of the kind. */
static bool read_digits(ari_str text, digits *x) {
  size_t i = text.n && text.p[0] == '-', from = i;
  int exponent = 0;
  bool fraction = false, up = false, any = false, full = false, sign;
  *x = (digits){.negative = i == 1};
  for (; i < text.n && (is_digit(text.p[i]) || (text.p[i] == '.' && !fraction)); i++) {
    if (text.p[i] == '.') {
      fraction = true;
      continue;
    }
    any = true;
    if (x->n == 0 && text.p[i] == '0') {
      x->point -= fraction;
      continue;
    }
    if (x->n < PRECISION) x->d[x->n++] = text.p[i];
    else if (!full) full = true, up = text.p[i] >= '5';
    x->point += !fraction;
  }
  if (!any || i == from) return false;
  if (i < text.n && (text.p[i] == 'e' || text.p[i] == 'E')) {
    sign = ++i < text.n && text.p[i] == '-';
    i += i < text.n && (text.p[i] == '-' || text.p[i] == '+');
    if (i == text.n) return false;
    for (; i < text.n && is_digit(text.p[i]); i++) exponent = exponent < 10000 ? exponent * 10 + (text.p[i] - '0') : exponent;
    x->point += sign ? -exponent : exponent;
  }
  round_digits(x, up);
  return i == text.n;
}

/* The number × 10^shift without an exponent, or with one where it is far from 1: then no input takes it. */
static void put_digits(ari_buf *b, const digits *x, int shift) {
  int point = x->point + shift;
  if (x->negative) ari_buf_char(b, '-');
  if (x->n == 0) ari_buf_char(b, '0');
  else if (point > FARTHEST || point < -FARTHEST) {
    ari_buf_put(b, x->d, (size_t)x->n);
    ari_buf_printf(b, "e%d", point - x->n);
  } else {
    if (point <= 0) ari_buf_text(b, "0.");
    for (int i = point; i < 0; i++) ari_buf_char(b, '0');
    for (int i = 0; i < x->n || i < point; i++) {
      if (i == point && i > 0) ari_buf_char(b, '.');
      ari_buf_char(b, i < x->n ? x->d[i] : '0');
    }
  }
}

/* ---- days ------------------------------------------------------------------------------------------------------------------ */

typedef enum day_error { DAY_FINE, DAY_WITH_TIME, DAY_OUTSIDE, DAY_IS_YEAR } day_error;

/* Days are counted from 1900 or 1904 on. Programs disagree on those before March 1900, since one of them knows a 29 February of that year.
 * A year that is typed alone becomes a day of 1905. */
static day_error read_day(const ari_workbook *book, const digits *x, int32_t *day) {
  enum { FIRST = 61, LAST = 2958465, LATER = 1462 };
  int64_t n = 0;
  if (x->negative || x->point > 8 || x->point < 0) return DAY_OUTSIDE;
  if (x->n > x->point) return DAY_WITH_TIME;
  for (int i = 0; i < x->point; i++) n = n * 10 + (i < x->n ? x->d[i] - '0' : 0);
  bool year = n >= ARI_FORM_YEAR_FIRST && n <= ARI_FORM_YEAR_LAST;
  if (book->since_1904) n += LATER;
  if (n < FIRST || n > LAST) return DAY_OUTSIDE;
  *day = (int32_t)(n - ARI_TAB_DAY_1970);
  return year ? DAY_IS_YEAR : DAY_FINE;
}

static bool is_day(day_error error) { return error == DAY_FINE || error == DAY_IS_YEAR; }

/* ---- what is shown --------------------------------------------------------------------------------------------------------- */

void ari_buf_tab_cell(ari_buf *b, const ari_workbook *book, const ari_tab_cell *c) {
  digits x;
  int32_t day;
  if (c->kind != ARI_TAB_NUMBER || !read_digits(c->text, &x)) ari_buf_str(b, c->text);
  else if (c->format == ARI_TAB_DATE && is_day(read_day(book, &x, &day))) ari_buf_date(b, day, ARI_AS_DATA);
  else {
    bool percent = c->format == ARI_TAB_PERCENT;
    put_digits(b, &x, percent ? 2 : 0);
    if (percent) ari_buf_char(b, '%');
  }
}

/* ---- values ---------------------------------------------------------------------------------------------------------------- */

static bool tell(ari_reading *r, const ari_spot *spot, ari_code code, ari_str text) {
  ari_reading_tell(r, spot, code, &(ari_args){{ari_arg_text(text)}});
  return false;
}

static bool take(ari_reading *r, ari_buf *b, ari_str *out) {
  if (b->failed || !ari_str_copy(&r->shelf->file, ari_buf_view(b), out)) r->no_memory = true;
  ari_buf_free(b);
  return !r->no_memory;
}

/* What no count is, and no amount of money: told with the figure as its reader writes it. */
static bool fits_type(ari_reading *r, const ari_spot *spot, const digits *x, ari_input_type type, ari_str text) {
  ari_dec d;
  int decimals = x->n - x->point, most = type == ARI_MONEY ? 2 : 0;
  if (type != ARI_COUNT_INPUT && type != ARI_MONEY) return true;
  if ((!x->negative && decimals <= most) || ari_dec_read(text, &d, NULL) != ARI_DEC_OK) return true;   /* what is too far from 1 is told as anywhere */
  ari_reading_tell(r, spot, type == ARI_MONEY ? ARI_E0944 : ARI_E0945, &(ari_args){{ari_arg_dec(d)}});
  return false;
}

static bool take_figure(ari_reading *r, const ari_spot *spot, const ari_tab_cell *c, ari_input_type type, ari_str *out) {
  digits x;
  ari_buf b = {0};
  bool percent = type == ARI_PERCENT;
  if (c->format == ARI_TAB_DATE) return tell(r, spot, ARI_E0915, c->text);
  if (!read_digits(c->text, &x)) return tell(r, spot, ARI_E0913, c->text);
  if (percent && c->format != ARI_TAB_PERCENT && x.n) return tell(r, spot, ARI_E0916, c->text);
  if (!percent && c->format == ARI_TAB_PERCENT) return tell(r, spot, ARI_E0917, c->text);
  put_digits(&b, &x, percent ? 2 : 0);
  if (percent) ari_buf_char(&b, '%');
  if (b.failed || fits_type(r, spot, &x, type, ari_buf_view(&b))) return take(r, &b, out);
  ari_buf_free(&b);
  return false;
}

static bool take_day(ari_reading *r, const ari_spot *spot, const ari_workbook *book, const ari_tab_cell *c, ari_str *out) {
  static const ari_code codes[] = {[DAY_WITH_TIME] = ARI_E0919, [DAY_OUTSIDE] = ARI_E0920};
  digits x;
  int32_t day = 0;
  ari_buf b = {0};
  if (c->format != ARI_TAB_DATE) return tell(r, spot, ARI_E0918, c->text);
  if (!read_digits(c->text, &x)) return tell(r, spot, ARI_E0913, c->text);
  day_error error = read_day(book, &x, &day);
  if (error == DAY_IS_YEAR) {
    ari_reading_tell(r, spot, ARI_E0494, &(ari_args){{ari_arg_date(day), ari_arg_text(c->text)}});
    return false;
  }
  if (error != DAY_FINE) return tell(r, spot, codes[error], c->text);
  ari_buf_date(&b, day, ARI_AS_DATA);
  return take(r, &b, out);
}

/* Digits alone mean the same everywhere. With a point or a comma in it, or in groups, a text is another number to each reader. */
static bool is_plain_whole(ari_str text) {
  size_t i = text.n && text.p[0] == '-';
  if (i == text.n) return false;
  for (; i < text.n; i++)
    if (!is_digit(text.p[i])) return false;
  return true;
}

/* A figure that the program took for text: with a decimal sign that is not the program's, or in groups. Which one was meant where three digits follow a
 * mark is not guessed. */
static bool tell_figure(ari_reading *r, const ari_spot *spot, ari_input_type type, ari_str text) {
  char fixed[ARI_DEC_PLAIN + 2] = "";   /* and a sign behind it */
  ari_dec d;
  bool percent = text.n && text.p[text.n - 1] == '%';
  ari_str figure = percent ? ari_str_trim(ari_str_sub(text, 0, text.n - 1)) : text;
  ari_dec_error error = ari_dec_read(figure, &d, fixed);
  size_t point = 0;
  while (point < figure.n && figure.p[point] != '.') point++;
  if (error == ARI_DEC_OK && point < figure.n && figure.n < ARI_DEC_PLAIN) {   /* 1.5 where the program has 1,5; or 12.000 */
    bool grouped = figure.n - point == 4;
    memcpy(fixed, figure.p, figure.n);
    fixed[figure.n] = '\0';
    if (grouped) memmove(fixed + point, fixed + point + 1, figure.n - point);
    else fixed[point] = ',';
    error = grouped ? ARI_DEC_GROUPED : ARI_DEC_COMMA;
  }
  if (error != ARI_DEC_COMMA && error != ARI_DEC_GROUPED) return tell(r, spot, ARI_E0910, text);
  if (error == ARI_DEC_COMMA && type == ARI_COUNT_INPUT) return tell(r, spot, ARI_E0945, text);
  if (percent) memcpy(fixed + strlen(fixed), "%", 2);
  ari_reading_tell(r, spot, error == ARI_DEC_COMMA ? ARI_E0942 : ARI_E0943, &(ari_args){{ari_arg_text(text), ari_arg_c(fixed)}});
  return false;
}

/* The titles, which the list of the cell shows. */
static void put_titles(ari_buf *b, const ari_input *input, bool vi) {
  enum { ENOUGH = 160 };
  for (uint32_t i = 0; i < input->n_options; i++) {
    const ari_option *o = &input->options[i];
    ari_str title = vi ? o->title.vi : o->title.en, other = vi ? o->title.en : o->title.vi;
    if (i) ari_buf_text(b, "; ");
    if (b->n > ENOUGH) {
      ari_buf_text(b, "…");
      return;
    }
    ari_buf_str(b, title.n ? title : other.n ? other : o->id);
  }
}

static bool tell_option(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text) {
  ari_buf vi = {0}, en = {0};
  put_titles(&vi, input, true);
  put_titles(&en, input, false);
  ari_reading_tell(r, spot, ARI_E0946, &(ari_args){{ari_arg_text(text), ari_arg_text(ari_buf_view(&vi)), ari_arg_text(ari_buf_view(&en))}});
  if (vi.failed || en.failed) r->no_memory = true;
  ari_buf_free(&vi);
  ari_buf_free(&en);
  return false;
}

static bool is_folded(ari_reading *r, ari_str a, ari_str b) {
  ari_str x, y;
  if (ari_utf8_fold(&r->shelf->file, a, &x) && ari_utf8_fold(&r->shelf->file, b, &y)) return ari_str_eq(x, y);
  r->no_memory = true;
  return false;
}

/* The option of a title that only one of them has, else that only one has in other letters (capital, small), as spreadsheets take it; an id is itself. */
static bool take_option(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_str text, ari_str *out) {
  int found = -1, n = 0;
  *out = text = ari_reading_nfc(r, text);
  for (uint32_t i = 0; i < input->n_options; i++) {
    const ari_option *o = &input->options[i];
    if (ari_str_eq(o->id, text)) return true;
    if (ari_str_eq(o->title.vi, text) || ari_str_eq(o->title.en, text)) found = (int)i, n++;
  }
  for (uint32_t i = 0; i < input->n_options && !n; i++) {
    const ari_option *o = &input->options[i];
    if (!is_folded(r, o->title.vi, text) && !is_folded(r, o->title.en, text)) continue;
    if (found >= 0) return tell_option(r, spot, input, text);
    found = (int)i;
  }
  if (n > 1 || found < 0) return tell_option(r, spot, input, text);
  *out = input->options[found].id;
  return true;
}

/* Without what is pasted along with a value and cannot be seen: blanks, ends of lines, U+00A0, U+200B. */
static ari_str trim_unseen(ari_str s) {
  static const char *const unseen[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\x8B"};
  for (size_t i = 0; i < ARI_COUNT(unseen); i++) {
    size_t n = strlen(unseen[i]), before = s.n;
    while (ari_str_starts(s, unseen[i])) s = ari_str_sub(s, n, s.n);
    while (ari_str_ends(s, unseen[i])) s = ari_str_sub(s, 0, s.n - n);
    if (s.n != before) i = SIZE_MAX;   /* once more from the first on */
  }
  return s;
}

static bool take_text(ari_reading *r, const ari_spot *spot, const ari_input *input, ari_input_type type, ari_str text, ari_str *out) {
  int32_t day;
  if (type != ARI_TEXT) text = trim_unseen(text);
  *out = text;
  switch (type) {
  case ARI_COUNT_INPUT:
  case ARI_NUMBER:
  case ARI_MONEY: return is_plain_whole(text) || tell_figure(r, spot, type, text);
  case ARI_PERCENT: return tell_figure(r, spot, type, text);
  case ARI_DATE: return ari_date_read(text, &day) || tell(r, spot, ARI_E0911, text);
  case ARI_CHOICE: return take_option(r, spot, input, text, out);
  case ARI_YES_NO:
  case ARI_SURVEY:
  case ARI_TEXT: return true;
  }
  return true;
}

bool ari_form_value(ari_reading *r, const ari_spot *spot, const ari_workbook *book, const ari_tab_cell *c, const ari_input *input, ari_input_type type,
                    ari_str *out) {
  if (c->formula) return tell(r, spot, ARI_E0912, c->text);
  switch ((ari_tab_kind)c->kind) {
  case ARI_TAB_BOOLEAN:
    *out = c->text;
    return type == ARI_YES_NO || tell(r, spot, ARI_E0913, c->text);
  case ARI_TAB_ERROR: return tell(r, spot, ARI_E0913, c->text);
  case ARI_TAB_NUMBER: return type == ARI_DATE ? take_day(r, spot, book, c, out) : take_figure(r, spot, c, type, out);
  case ARI_TAB_TEXT:
  case ARI_TAB_SHARED: break;
  }
  return take_text(r, spot, input, type, c->text, out);
}
