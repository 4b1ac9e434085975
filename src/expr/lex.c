/* Formulas to tokens. Everything that people type from habit (×, ≤, &&, "và", 7,46, 31/12/2026) is answered with what to write. */
#include "inside.h"

#include <string.h>

/* ---- telling ---- */

ari_span ari_lex_span(const ari_lexer *lexer, uint32_t from, uint32_t to) {
  if (!lexer->exact) return lexer->span;
  return (ari_span){lexer->span.file, lexer->span.start + lexer->offset + from, to - from};
}

ari_str ari_expr_cut(ari_str s) {
  enum { SHOWN = 60 };
  if (s.n <= SHOWN) return s;
  size_t n = SHOWN;
  while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;   /* not inside a letter */
  return ari_str_sub(s, 0, n);
}

static ari_str text_of(const ari_lexer *lx, uint32_t from, uint32_t to) { return ari_expr_cut(ari_str_sub(lx->text, from, to)); }

/* Tells `code` of the bytes from..to with their text as %1 and `more` as %2; gives a BAD token. */
static ari_token tell(ari_lexer *lx, ari_code code, uint32_t from, uint32_t to, const char *more) {
  ari_args args = {{ari_arg_text(text_of(lx, from, to))}};
  if (more) args.at[1] = ari_arg_c(more);
  ari_findings_add(lx->fs, code, ari_lex_span(lx, from, to), &args);
  return (ari_token){.kind = ARI_TOKEN_BAD, .from = from, .to = to};
}

/* ---- characters ---- */

/* The byte at i; 0 behind the end. */
static char byte_at(const ari_lexer *lx, uint32_t i) { return i < lx->text.n ? lx->text.p[i] : '\0'; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static uint32_t skip_digits(const ari_lexer *lx, uint32_t i) {
  while (is_digit(byte_at(lx, i))) i++;
  return i;
}

/* Bytes of the letter at i; 0: no letter. */
static uint32_t letter_at(const ari_lexer *lx, uint32_t i) {
  size_t len = 0;
  if (i >= lx->text.n) return 0;
  return ari_utf8_is_letter(ari_utf8_decode(lx->text.p + i, lx->text.n - i, &len)) ? (uint32_t)len : 0;
}

/* Bytes of the letter, digit or _ at i; 0: none. */
static uint32_t name_part_at(const ari_lexer *lx, uint32_t i) {
  return is_digit(byte_at(lx, i)) || byte_at(lx, i) == '_' ? 1 : letter_at(lx, i);
}

static uint32_t skip_name(const ari_lexer *lx, uint32_t i) {
  for (uint32_t n; (n = name_part_at(lx, i)) > 0;) i += n;
  return i;
}

/* Spaces and line ends; also the no-break spaces that come along when text is pasted. */
static uint32_t skip_blanks(const ari_lexer *lx, uint32_t i) {
  while (i < lx->text.n) {
    ari_str rest = ari_str_sub(lx->text, i, lx->text.n);
    if (memchr(" \t\r\n", rest.p[0], 4)) i++;
    else if (ari_str_starts(rest, "\u00A0")) i += 2;
    else if (ari_str_starts(rest, "\u202F") || ari_str_starts(rest, "\u2009")) i += 3;
    else break;
  }
  return i;
}

/* ---- dates ---- */

/* The end of digits{from..to digits} at i; 0: not so many. */
static uint32_t digits_at(const ari_lexer *lx, uint32_t i, uint32_t least, uint32_t most) {
  uint32_t end = skip_digits(lx, i);
  return end - i >= least && end - i <= most ? end : 0;
}

/* The end of something at `from` that looks like a date: 2026-1-31, or as people write it, 31/01/2026, all without spaces. 0: no. */
static uint32_t date_end(const ari_lexer *lx, uint32_t from) {
  uint32_t end = digits_at(lx, from, 4, 4);
  char mark = '-';
  if (!end) {
    end = digits_at(lx, from, 1, 2);
    mark = '/';
  }
  if (!end || byte_at(lx, end) != mark) return 0;
  end = digits_at(lx, end + 1, 1, 2);
  if (!end || byte_at(lx, end) != mark) return 0;
  end = mark == '-' ? digits_at(lx, end + 1, 1, 2) : digits_at(lx, end + 1, 4, 4);
  return end && !name_part_at(lx, end) ? end : 0;
}

static ari_token read_date(ari_lexer *lx, uint32_t from, uint32_t end) {
  int32_t day;
  lx->at = end;
  if (!ari_date_read(ari_str_sub(lx->text, from, end), &day)) return tell(lx, ARI_E0307, from, end, NULL);
  return (ari_token){.kind = ARI_TOKEN_DATE, .from = from, .to = end, .day = day};
}

/* ---- numbers ---- */

/* 4.000 is 4 here; who groups thousands with points means four thousand. */
static void warn_of_grouping(ari_lexer *lx, uint32_t from, uint32_t end) {
  uint32_t point = skip_digits(lx, from);
  if (point - from > 3 || byte_at(lx, from) == '0' || end - point != 4 || memcmp(lx->text.p + point, ".000", 4) != 0) return;
  char joined[6];   /* the digits without the point */
  memcpy(joined, lx->text.p + from, point - from);
  memcpy(joined + (point - from), "000", 3);
  ari_str thousands = {joined, point - from + 3};
  ari_args args = {{ari_arg_text(text_of(lx, from, end)), ari_arg_text(ari_str_sub(lx->text, from, point)), ari_arg_text(thousands)}};
  ari_findings_add(lx->fs, ARI_W0345, ari_lex_span(lx, from, end), &args);
}

static ari_token read_number(ari_lexer *lx, uint32_t from) {
  uint32_t end = date_end(lx, from);
  if (end) return read_date(lx, from, end);
  end = skip_digits(lx, from);
  while (byte_at(lx, end) == '.' && is_digit(byte_at(lx, end + 1))) end = skip_digits(lx, end + 1);
  if (byte_at(lx, end) == '.' || name_part_at(lx, end)) {   /* 5. 5m 1e5 */
    while (byte_at(lx, end) == '.' || name_part_at(lx, end)) end += byte_at(lx, end) == '.' ? 1 : name_part_at(lx, end);
    return tell(lx, ARI_E0305, from, end, NULL);
  }
  char fixed[32];
  ari_token t = {.kind = ARI_TOKEN_NUMBER, .from = from, .to = end};
  switch (ari_dec_read(ari_str_sub(lx->text, from, end), &t.dec, fixed)) {
    case ARI_DEC_OK: break;
    case ARI_DEC_GROUPED: return tell(lx, ARI_E0304, from, end, fixed);
    case ARI_DEC_DIGITS: return tell(lx, ARI_E0306, from, end, NULL);
    default: return tell(lx, ARI_E0305, from, end, NULL);
  }
  warn_of_grouping(lx, from, end);
  uint32_t sign = skip_blanks(lx, end);   /* people write 50 % with a space */
  if (byte_at(lx, sign) == '%') {
    t.percent = true;
    t.to = sign + 1;
    if (t.dec.scale > 28) return tell(lx, ARI_E0306, from, end, NULL);
  }
  lx->at = t.to;
  return t;
}

/* ---- words ---- */

static ari_token read_name(ari_lexer *lx, uint32_t from) {
  static const struct { const char *word; ari_token_kind kind; ari_op op; } words[] = {
    {"or", ARI_TOKEN_OPERATOR, ARI_OP_OR}, {"and", ARI_TOKEN_OPERATOR, ARI_OP_AND}, {"not", ARI_TOKEN_NOT, ARI_OP_NOT},
    {"if", ARI_TOKEN_IF, ARI_OP_IF},       {"then", ARI_TOKEN_THEN, ARI_OP_IF},     {"else", ARI_TOKEN_ELSE, ARI_OP_IF}};
  uint32_t end = skip_name(lx, from);
  while (byte_at(lx, end) == '.' && name_part_at(lx, end + 1)) end = skip_name(lx, end + 1);   /* the parser says what is wrong with it */
  lx->at = end;
  ari_str name = ari_str_sub(lx->text, from, end);
  for (size_t i = 0; i < ARI_COUNT(words); i++)
    if (ari_str_is(name, words[i].word)) return (ari_token){.kind = words[i].kind, .op = words[i].op, .from = from, .to = end};
  return (ari_token){.kind = ARI_TOKEN_NAME, .from = from, .to = end};
}

const char *ari_lex_instead(ari_str word) {
  static const char if_form[] = "if … then … else …";
  static const struct { const char *word, *instead; } words[] = {
    {"và", "and"},   {"Và", "and"},   {"VÀ", "and"},   {"AND", "and"},  {"And", "and"},   {"hoặc", "or"},  {"Hoặc", "or"},
    {"HOẶC", "or"},  {"OR", "or"},    {"Or", "or"},    {"không", "not"},{"Không", "not"}, {"KHÔNG", "not"},{"NOT", "not"},
    {"Not", "not"},  {"nếu", if_form},{"Nếu", if_form},{"NẾU", if_form},{"IF", if_form},  {"If", if_form}, {"thì", "then"},
    {"THÌ", "then"}, {"THEN", "then"},{"Then", "then"},{"ELSE", "else"},{"Else", "else"}};
  for (size_t i = 0; i < ARI_COUNT(words); i++)
    if (ari_str_is(word, words[i].word)) return words[i].instead;
  return NULL;
}

static ari_token read_option(ari_lexer *lx, uint32_t from) {
  const char *end = memchr(lx->text.p + from + 1, '\'', lx->text.n - from - 1);
  if (!end) return tell(lx, ARI_E0308, from, (uint32_t)lx->text.n, NULL);
  lx->at = (uint32_t)(end - lx->text.p) + 1;
  return (ari_token){.kind = ARI_TOKEN_OPTION, .from = from, .to = lx->at};
}

/* ---- signs ---- */

static ari_token read_sign(ari_lexer *lx, uint32_t from) {
  static const struct { const char *sign; ari_token_kind kind; ari_op op; } signs[] = {
    {"<=", ARI_TOKEN_OPERATOR, ARI_OP_LE}, {">=", ARI_TOKEN_OPERATOR, ARI_OP_GE}, {"!=", ARI_TOKEN_OPERATOR, ARI_OP_NE},
    {"=", ARI_TOKEN_OPERATOR, ARI_OP_EQ},  {"<", ARI_TOKEN_OPERATOR, ARI_OP_LT},  {">", ARI_TOKEN_OPERATOR, ARI_OP_GT},
    {"+", ARI_TOKEN_OPERATOR, ARI_OP_ADD}, {"-", ARI_TOKEN_OPERATOR, ARI_OP_SUB}, {"*", ARI_TOKEN_OPERATOR, ARI_OP_MUL},
    {"/", ARI_TOKEN_OPERATOR, ARI_OP_DIV}, {"(", ARI_TOKEN_OPEN, ARI_OP_CALL},    {")", ARI_TOKEN_CLOSE, ARI_OP_CALL},
    {",", ARI_TOKEN_COMMA, ARI_OP_CALL}};
  static const struct { const char *sign, *instead; } wrong[] = {   /* looked at first: longer ones begin like right ones */
    {"==", "="}, {"<>", "!="}, {"=<", "<="}, {"=>", ">="}, {"&&", "and"}, {"||", "or"}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="},
    {"×", "*"},  {"·", "*"},   {"∙", "*"},   {"÷", "/"},   {":", "/"},    {"−", "-"},   {"–", "-"},  {"&", "and"},{"|", "or"},
    {";", ","},  {"[", "("},   {"]", ")"},   {"{", "("},   {"}", ")"},    {"\"", "'"},  {"“", "'"},  {"”", "'"},  {"‘", "'"},
    {"’", "'"}};
  ari_str rest = ari_str_sub(lx->text, from, lx->text.n);
  for (size_t i = 0; i < ARI_COUNT(wrong); i++)
    if (ari_str_starts(rest, wrong[i].sign)) return tell(lx, ARI_E0303, from, from + (uint32_t)strlen(wrong[i].sign), wrong[i].instead);
  for (size_t i = 0; i < ARI_COUNT(signs); i++)
    if (ari_str_starts(rest, signs[i].sign)) {
      lx->at = from + (uint32_t)strlen(signs[i].sign);
      return (ari_token){.kind = signs[i].kind, .op = signs[i].op, .from = from, .to = lx->at};
    }
  if (rest.p[0] == '!') return tell(lx, ARI_E0303, from, from + 1, "not");
  size_t len;
  (void)ari_utf8_decode(rest.p, rest.n, &len);
  return tell(lx, ARI_E0302, from, from + (uint32_t)len, NULL);
}

ari_token ari_lex_next(ari_lexer *lx) {
  uint32_t from = skip_blanks(lx, lx->at);
  lx->at = from;
  if (from == lx->text.n) return (ari_token){.kind = ARI_TOKEN_END, .from = from, .to = from};
  char c = lx->text.p[from];
  if (is_digit(c)) return read_number(lx, from);
  if (c == '\'') return read_option(lx, from);
  if (c == '.' && is_digit(byte_at(lx, from + 1))) return tell(lx, ARI_E0305, from, skip_digits(lx, from + 1), NULL);
  if (letter_at(lx, from)) return read_name(lx, from);
  return read_sign(lx, from);
}
