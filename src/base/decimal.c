/* Decimals: reading them as people write them, and printing figures. No rounding happens here. */
#include "base.h"

#include <string.h>

/* ---- reading ---- */

enum { MAX_DIGITS = 18, MAX_DECIMALS = 30, MAX_GROUPS = 16 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t skip_digits(ari_str s, size_t i) {
  while (i < s.n && is_digit(s.p[i])) i++;
  return i;
}

/* The exponent "e-05" at i, to the end of s. False: not one. Beyond ±9999 it is cut there: far out of range anyway. */
static bool read_exponent(ari_str s, size_t i, int *out) {
  int v = 0;
  i++;
  bool negative = i < s.n && s.p[i] == '-';
  if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) i++;
  if (i == s.n || skip_digits(s, i) != s.n) return false;
  for (; i < s.n; i++)
    if (v < 1000) v = v * 10 + (s.p[i] - '0');
  *out = negative ? -v : v;
  return true;
}

/* The value of digits (whole and fraction, the point left out by the caller) × 10^-scale. */
static ari_dec_error make_dec(ari_str whole, ari_str fraction, int exponent, bool negative, ari_dec *out) {
  long scale = (long)fraction.n - exponent;
  int written = scale < 0 ? 0 : scale > MAX_DECIMALS ? MAX_DECIMALS : (int)scale;
  while (fraction.n && fraction.p[fraction.n - 1] == '0') fraction.n--, scale--;
  int64_t coef = 0;
  int digits = 0;
  for (size_t i = 0; i < whole.n + fraction.n; i++) {
    int d = (i < whole.n ? whole.p[i] : fraction.p[i - whole.n]) - '0';
    if (digits || d) digits++;
    if (digits > MAX_DIGITS) return ARI_DEC_DIGITS;
    coef = coef * 10 + d;
  }
  /* "1200e-2" and "1.2e4" come to the same 12 and 12000 as without exponent. */
  while (coef && scale > 0 && coef % 10 == 0) coef /= 10, digits--, scale--;
  while (coef && scale < 0 && digits < MAX_DIGITS) coef *= 10, digits++, scale++;
  if (!coef) scale = 0;
  if (scale > MAX_DECIMALS || scale < -MAX_DECIMALS) return ARI_DEC_DIGITS;
  *out = (ari_dec){negative ? -coef : coef, (int8_t)scale, (int8_t)written};
  return ARI_DEC_OK;
}

/* A figure cut at its separators: "1.234,56" is the groups 1, 234, 56 and the marks '.' and ','. */
typedef struct groups { ari_str at[MAX_GROUPS]; char mark[MAX_GROUPS]; size_t n; } groups;

/* The separator at p: its kind ('.', ',', ' ', '\'') and bytes; 0: none. No-break, thin and narrow spaces are spaces. */
static char read_mark(ari_str s, size_t *len) {
  static const struct { const char *text; char kind; } marks[] = {
    {".", '.'}, {",", ','}, {" ", ' '}, {"'", '\''}, {"’", '\''}, {"\u00A0", ' '}, {"\u2009", ' '}, {"\u202F", ' '}};
  for (size_t i = 0; i < ARI_COUNT(marks); i++) {
    if (!ari_str_starts(s, marks[i].text)) continue;
    *len = strlen(marks[i].text);
    return marks[i].kind;
  }
  return 0;
}

/* False: something else than digits with single separators between them. mark[i] stands before group i. */
static bool split_groups(ari_str s, groups *g) {
  g->n = 0;
  for (size_t i = 0, len = 0;; i += len) {
    size_t end = skip_digits(s, i);
    if (end == i || g->n == MAX_GROUPS) return false;
    g->at[g->n++] = ari_str_sub(s, i, end);
    if (end == s.n) return true;
    i = end;
    char mark = read_mark(ari_str_sub(s, i, s.n), &len);
    if (!mark || g->n == MAX_GROUPS) return false;
    g->mark[g->n] = mark;
  }
}

/* True when the first n groups are thousands: 1-3 digits without a leading zero, then threes, all with the same mark. */
static bool is_grouped(const groups *g, size_t n) {
  if (n < 2 || g->at[0].n > 3 || g->at[0].p[0] == '0') return false;
  for (size_t i = 1; i < n; i++)
    if (g->at[i].n != 3 || g->mark[i] != g->mark[1]) return false;
  return true;
}

/* Writes into `fixed` what to write instead: the first `whole` groups joined, a point before the rest, the exponent. */
static ari_dec_error fix_groups(const groups *g, size_t whole, bool negative, ari_str exponent, ari_dec_error kind, char fixed[32]) {
  char text[32];
  size_t n = 0;
  if (negative) text[n++] = '-';
  for (size_t i = 0; i <= g->n; i++) {
    ari_str part = i < g->n ? g->at[i] : exponent;
    if (part.n + 2 > sizeof text - n) return ARI_DEC_DIGITS;
    if (i < g->n && i == whole) text[n++] = '.';
    memcpy(text + n, part.p, part.n);
    n += part.n;
  }
  text[n] = '\0';
  if (fixed) memcpy(fixed, text, n + 1);
  return kind;
}

/* Names the mistake in a figure that is not plain: thousands grouped or a decimal comma. */
static ari_dec_error name_mistake(const groups *g, bool negative, ari_str exponent, char fixed[32]) {
  char last = g->mark[g->n - 1];
  bool mark_of_fraction = last == '.' || last == ',';
  if (!exponent.n && is_grouped(g, g->n)) return fix_groups(g, g->n, negative, exponent, ARI_DEC_GROUPED, fixed);
  if (g->n == 2 && last == ',') return fix_groups(g, 1, negative, exponent, ARI_DEC_COMMA, fixed);
  if (!exponent.n && mark_of_fraction && last != g->mark[1] && is_grouped(g, g->n - 1))
    return fix_groups(g, g->n - 1, negative, exponent, ARI_DEC_GROUPED, fixed);
  return ARI_DEC_SYNTAX;
}

ari_dec_error ari_dec_read(ari_str s, ari_dec *out, char fixed[32]) {
  if (!s.n) return ARI_DEC_EMPTY;
  bool negative = s.p[0] == '-';
  if (negative) s = ari_str_sub(s, 1, s.n);
  size_t end = skip_digits(s, 0);
  ari_str whole = ari_str_sub(s, 0, end), fraction = {0};
  if (end + 1 < s.n && s.p[end] == '.') {
    size_t from = end + 1;
    end = skip_digits(s, from);
    fraction = ari_str_sub(s, from, end);
    if (!fraction.n) return ARI_DEC_SYNTAX;
  }
  int exponent = 0;
  if (!whole.n) return ARI_DEC_SYNTAX;
  if (end == s.n || ((s.p[end] == 'e' || s.p[end] == 'E') && read_exponent(s, end, &exponent)))
    return make_dec(whole, fraction, exponent, negative, out);

  size_t e = 0;   /* not plain: which mistake is it? */
  while (e < s.n && s.p[e] != 'e' && s.p[e] != 'E') e++;
  groups g;
  if (e < s.n && !read_exponent(s, e, &exponent)) return ARI_DEC_SYNTAX;
  if (!split_groups(ari_str_sub(s, 0, e), &g) || g.n < 2) return ARI_DEC_SYNTAX;
  return name_mistake(&g, negative, ari_str_sub(s, e, s.n), fixed);
}

ari_dec_error ari_dec_read_count(ari_str s, bool cents, ari_dec *out, char fixed[32]) {
  groups g;
  if (!s.n) return ARI_DEC_EMPTY;
  if (skip_digits(s, 0) == s.n) return make_dec(s, (ari_str){0}, 0, false, out);
  if (!split_groups(s, &g)) return ARI_DEC_SYNTAX;
  if (is_grouped(&g, g.n)) return fix_groups(&g, g.n, false, (ari_str){"", 0}, ARI_DEC_GROUPED, fixed);
  char last = g.mark[g.n - 1];
  bool has_cents = cents && g.at[g.n - 1].n <= 2 && (last == '.' || last == ',');
  if (!has_cents) return ARI_DEC_SYNTAX;
  if (g.n == 2 && last == '.') return make_dec(g.at[0], g.at[1], 0, false, out);
  if (g.n == 2) return fix_groups(&g, 1, false, (ari_str){"", 0}, ARI_DEC_COMMA, fixed);
  if (last != g.mark[1] && is_grouped(&g, g.n - 1)) return fix_groups(&g, g.n - 1, false, (ari_str){"", 0}, ARI_DEC_GROUPED, fixed);
  return ARI_DEC_SYNTAX;
}

bool ari_dec_plain(ari_str s, char plain[ARI_DEC_PLAIN]) {
  size_t n = 0, i = 0, len;
  bool adorned = false;
  for (; i < s.n && n < ARI_DEC_PLAIN - 1; i += len) {
    uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
    bool wide = c >= 0xFF01 && c <= 0xFF5E;   /* the full-width forms of ASCII */
    bool minus = c == 0x2212 || (c >= 0x2010 && c <= 0x2014);
    adorned |= wide || minus;
    c = wide ? c - 0xFF00 + 0x20 : minus ? '-' : c;
    if (c > 0x7E) return false;
    plain[n++] = (char)c;
  }
  plain[n] = '\0';
  return adorned && i >= s.n;
}

/* ---- printing ---- */

/* The n digits of a whole number, in threes for people. */
static void put_whole(ari_buf *b, const char *digits, size_t n, ari_locale how) {
  if (how == ARI_AS_DATA) {
    ari_buf_put(b, digits, n);
    return;
  }
  for (size_t i = 0; i < n;) {
    size_t group = i ? 3 : (n - 1) % 3 + 1;
    if (i) ari_buf_char(b, how == ARI_AS_VI ? '.' : ',');
    ari_buf_put(b, digits + i, group);
    i += group;
  }
}

static void put_zeros(ari_buf *b, size_t n) {
  while (n--) ari_buf_char(b, '0');
}

void ari_buf_digits(ari_buf *b, bool negative, ari_str digits, size_t scale, size_t decimals, ari_locale how) {
  while (scale > decimals && digits.n && digits.p[digits.n - 1] == '0') digits.n--, scale--;
  if (!digits.n) scale = 0;
  size_t whole = digits.n > scale ? digits.n - scale : 0;
  if (negative) ari_buf_text(b, how == ARI_AS_DATA ? "-" : "\u2212");
  if (whole) put_whole(b, digits.p, whole, how);
  else ari_buf_char(b, '0');
  if (!scale && !decimals) return;
  ari_buf_char(b, how == ARI_AS_VI ? ',' : '.');
  if (!whole) put_zeros(b, scale - digits.n);
  ari_buf_str(b, ari_str_sub(digits, whole, digits.n));
  if (decimals > scale) put_zeros(b, decimals - scale);
}

/* The digits of v at the end of `room`; none for 0. */
static ari_str write_digits(uint64_t v, char room[20]) {
  size_t at = 20;
  for (; v; v /= 10) room[--at] = (char)('0' + v % 10);
  return (ari_str){room + at, 20 - at};
}

/* |v|, also of the one int64 that has no positive counterpart. */
static uint64_t magnitude(int64_t v) { return v < 0 ? -(uint64_t)v : (uint64_t)v; }

void ari_buf_count(ari_buf *b, int64_t n, ari_locale how) {
  char room[20];
  ari_buf_digits(b, n < 0, write_digits(magnitude(n), room), 0, 0, how);
}

void ari_buf_int(ari_buf *b, int64_t v) { ari_buf_count(b, v, ARI_AS_DATA); }

void ari_buf_e12(ari_buf *b, int64_t v, int decimals, ari_locale how) {
  char room[20];
  ari_buf_digits(b, v < 0, write_digits(magnitude(v), room), 12, decimals < 0 ? 0 : (size_t)decimals, how);
}

void ari_buf_dec(ari_buf *b, ari_dec d, ari_locale how) {
  char room[20], text[20 + 128];
  ari_str digits = write_digits(magnitude(d.coef), room);
  memcpy(text, digits.p, digits.n);
  size_t zeros = d.scale < 0 && digits.n ? (size_t)-d.scale : 0;   /* "1e20" is shown in full */
  memset(text + digits.n, '0', zeros);
  ari_buf_digits(b, d.coef < 0, (ari_str){text, digits.n + zeros}, d.scale > 0 ? (size_t)d.scale : 0, 0, how);
}
