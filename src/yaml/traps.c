/* The usual traps of YAML, each answered with what to write instead (ari-criteria(5)). libyaml's own words ("mapping values are not allowed
 * in this context") help no official: they are only looked up here, never shown. What is told comes from the text itself. */
#include "inside.h"

#include <string.h>

static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_end(ari_str s, size_t at) { return at >= s.n || s.p[at] == '\n' || s.p[at] == '\r'; }
static bool is_gap(ari_str s, size_t at) { return is_end(s, at) || is_blank(s.p[at]); }
static bool is_one_of(ari_str s, size_t at, const char *set) { return at < s.n && s.p[at] && strchr(set, s.p[at]); }

static size_t find_line(ari_str s, size_t at) {
  while (at > 0 && !is_end(s, at - 1)) at--;
  return at;
}

static size_t find_line_end(ari_str s, size_t at) {
  while (!is_end(s, at)) at++;
  return at;
}

ari_str ari_yaml_shorten(ari_str text) {
  if (text.n <= 120) return text;
  text.n = 120;
  while (text.n > 0 && ((unsigned char)text.p[text.n] & 0xC0) == 0x80) text.n--;
  return text;
}

/* ---- what the author meant ----------------------------------------------------------------------------------------- */

/* The text on the line of `at` in which `at` lies. */
typedef struct entry {
  size_t from;               /* where it begins */
  bool valued;               /* it is the value behind a colon */
  bool flow;                 /* inside [ ] or { } */
} entry;

/* Behind the quoted text that begins at `at`; `stop` when it does not end before. */
static size_t skip_quoted(ari_str s, size_t at, size_t stop) {
  char quote = s.p[at++];
  for (; at < stop; at++) {
    if (s.p[at] == '\\' && quote == '"') at++;
    else if (s.p[at] == quote) return at + 1;
  }
  return stop;
}

/* Reads the line as a person does: a text begins behind the first colon, behind "- ", behind an opening bracket or, in brackets, behind a
 * comma. */
static entry find_entry(const ari_yaml_trouble *t) {
  ari_str s = t->bytes;
  size_t at = t->at < s.n ? t->at : s.n, i = find_line(s, at);
  entry e = {.from = i}, outer = e;   /* outer: the one that an opening bracket begins */
  int depth = t->flow ? 1 : 0;
  bool fresh = true;
  while (i < at) {
    char c = s.p[i];
    bool opens = (c == '{' || c == '[') && (fresh || depth > 0), parts = c == ',' && depth > 0;
    bool colon = c == ':' && is_gap(s, i + 1) && !e.valued;
    if (fresh && (c == '"' || c == '\'')) {
      i = skip_quoted(s, i, at);
      fresh = false;
      continue;
    }
    if (opens && depth++ == 0) outer = e;
    if ((c == '}' || c == ']') && depth > 0 && --depth == 0) e = outer;
    if (opens || parts) e.valued = false;
    if (colon) e.valued = true;
    if (opens || parts || colon || (fresh && (is_blank(c) || (c == '-' && is_gap(s, i + 1))))) {
      e.from = i + 1;
      fresh = true;
    } else {
      fresh = false;
    }
    i++;
  }
  e.flow = depth > 0;
  return e;
}

/* True when a key follows the comma at `at`: it parts two entries and does not belong to the text. */
static bool parts_entries(ari_str s, size_t at) {
  for (at++; !is_end(s, at) && !strchr(",[]{}\"'", s.p[at]); at++)
    if (s.p[at] == ':' && is_gap(s, at + 1)) return true;
  return false;
}

/* The text from `from` to the end of its line, or inside brackets to the end of its entry; without a comment. */
static ari_str find_rest(ari_str s, size_t from, bool flow) {
  int depth = 0;
  size_t at = from;
  for (; !is_end(s, at); at++) {
    char c = s.p[at];
    if (c == '#' && at > from && is_blank(s.p[at - 1])) break;
    if (!flow) continue;
    if (c == '[' || c == '{') depth++;
    if ((c == ']' || c == '}') && depth-- == 0) break;
    if (c == ',' && depth == 0 && parts_entries(s, at)) break;
  }
  return ari_str_trim(ari_str_sub(s, from, at));
}

/* The text as it must be written: in "…", or in '…' when that needs no further signs. */
static ari_str quote_text(ari_yaml_trouble *t, ari_str text) {
  ari_str part = ari_yaml_shorten(text);
  bool single = memchr(part.p, '"', part.n) || memchr(part.p, '\\', part.n);
  ari_buf b = {0};
  ari_buf_char(&b, single ? '\'' : '"');
  for (size_t i = 0; i < part.n; i++) {
    ari_buf_char(&b, part.p[i]);
    if (single && part.p[i] == '\'') ari_buf_char(&b, '\'');
  }
  if (part.n < text.n) ari_buf_text(&b, "…");
  ari_buf_char(&b, single ? '\'' : '"');
  ari_str out = {"", 0};
  if (b.failed || !ari_str_copy(t->arena, ari_buf_view(&b), &out)) t->no_memory = true;
  ari_buf_free(&b);
  return out;
}

/* ---- telling ------------------------------------------------------------------------------------------------------- */

static ari_span make_span(const ari_yaml_trouble *t, size_t from, size_t n) {
  if (from > t->bytes.n) from = t->bytes.n;
  if (n > t->bytes.n - from) n = t->bytes.n - from;
  return (ari_span){t->file, (uint32_t)from, (uint32_t)n};
}

/* The letter at a place: the caret stands under it. */
static ari_str find_letter(const ari_yaml_trouble *t, size_t at) {
  size_t n = 1;
  if (at >= t->bytes.n) return (ari_str){"", 0};
  ari_utf8_decode(t->bytes.p + at, t->bytes.n - at, &n);
  return ari_str_sub(t->bytes, at, at + n);
}

static void tell_at(const ari_yaml_trouble *t, ari_code code, size_t at) {
  ari_str letter = find_letter(t, at);
  ari_findings_add(t->fs, code, make_span(t, at, letter.n), &(ari_args){{ari_arg_text(letter)}});
}

/* A whole text that should stand in quotes: %1. */
static void tell_quote(ari_yaml_trouble *t, ari_code code, size_t from, bool flow) {
  ari_str text = find_rest(t->bytes, from, flow);
  ari_str fixed = quote_text(t, text);
  ari_findings_add(t->fs, code, make_span(t, (size_t)(text.p - t->bytes.p), text.n), &(ari_args){{ari_arg_text(fixed)}});
}

/* The line from its first letter to its end. */
static void tell_line(const ari_yaml_trouble *t, ari_code code, size_t at) {
  size_t from = find_line(t->bytes, at), to = find_line_end(t->bytes, at);
  while (from < to && is_blank(t->bytes.p[from])) from++;
  while (to > from && is_blank(t->bytes.p[to - 1])) to--;
  ari_findings_add(t->fs, code, make_span(t, from, to - from), NULL);
}

void ari_yaml_tell_sign(ari_yaml_trouble *t, ari_code code) {
  entry e = find_entry(t);
  ari_str text = find_rest(t->bytes, t->at, e.flow), letter = find_letter(t, t->at), fixed = quote_text(t, text);
  ari_findings_add(t->fs, code, make_span(t, t->at, letter.n), &(ari_args){{ari_arg_text(fixed), ari_arg_text(letter)}});
}

void ari_yaml_tell_cut(ari_yaml_trouble *t, ari_str joined) {
  ari_span at = make_span(t, t->at, joined.n);
  if (ari_yaml_tell_comma(joined, at, t->fs)) return;
  ari_str fixed = quote_text(t, joined);
  ari_findings_add(t->fs, ARI_E0112, at, &(ari_args){{ari_arg_text(fixed)}});
}

/* ---- one function a trap ------------------------------------------------------------------------------------------- */

/* title: Kế hoạch: năm. When nothing stands before the colon but a key, the line is indented too far instead. */
static void trap_colon(ari_yaml_trouble *t) {
  entry e = find_entry(t);
  if (e.valued) tell_quote(t, ARI_E0111, e.from, e.flow);
  else if (e.flow) tell_quote(t, ARI_E0111, t->from < t->at ? t->from : e.from, true);
  else tell_line(t, ARI_E0117, t->at);
}

/* The place before `at` on the same line that is not blank; SIZE_MAX: none. */
static size_t find_before(const ari_yaml_trouble *t) {
  size_t line = find_line(t->bytes, t->at), at = t->at;
  while (at > line && is_blank(t->bytes.p[at - 1])) at--;
  return at > line ? at - 1 : SIZE_MAX;
}

/* 'yes' = x, [draft] plan: more text behind a closing quote or bracket. False: it is not that. */
static bool trap_behind(ari_yaml_trouble *t) {
  size_t before = find_before(t);
  if (before == SIZE_MAX || !is_one_of(t->bytes, before, "\"']}")) return false;
  ari_yaml_trouble quote = *t;
  entry e = find_entry(t);
  size_t from = e.from, opened = before;
  char mark = t->bytes.p[before];
  if (mark == '"' || mark == '\'') {
    /* A mark that has no other before it on its line ends a text that began lines above: that one lacks its end. */
    while (opened > 0 && t->bytes.p[opened - 1] != mark) opened--;
    if (opened > 0 && opened <= find_line(t->bytes, t->at)) {
      tell_at(t, ARI_E0115, opened - 1);
      return true;
    }
  }
  /* The entry of a bracket is the one in which it opens. */
  for (size_t i = before; is_one_of(t->bytes, before, "]}") && i-- > find_line(t->bytes, t->at);)
    if (is_one_of(t->bytes, i, "[{")) {
      quote.at = (uint32_t)i;
      e = find_entry(&quote);
      from = i;
      break;
    }
  tell_quote(t, ARI_E0118, from, e.flow);
  return true;
}

static void trap_block(ari_yaml_trouble *t) {
  if (is_one_of(t->bytes, t->at, "]}")) tell_at(t, ARI_E0133, t->at);
  else if (is_one_of(t->bytes, t->at, ":")) tell_at(t, ARI_E0130, t->at);
  else if (!trap_behind(t)) tell_line(t, ARI_E0117, t->at);
}

/* More text behind the end of the document: a line that begins with % has ended it, or the indentation has. */
static void trap_document(ari_yaml_trouble *t) {
  size_t above = find_line(t->bytes, t->at);
  while (above > 0 && is_end(t->bytes, above - 1)) above--;
  above = find_line(t->bytes, above);
  if (is_one_of(t->bytes, above, "%")) tell_line(t, ARI_E0124, above);
  else trap_block(t);
}

/* True when ` #` stands on the line behind an opening bracket: it hides what would close it. */
static bool has_comment(const ari_yaml_trouble *t, size_t *at) {
  for (size_t i = t->from; !is_end(t->bytes, i); i++)
    if (t->bytes.p[i] == '#' && i > t->from && is_blank(t->bytes.p[i - 1])) {
      *at = i;
      return true;
    }
  return false;
}

/* The bracket at t->from has no end. */
static void tell_unclosed(ari_yaml_trouble *t) {
  size_t comment = 0;
  ari_str letter = find_letter(t, t->from);
  const char *closing = ari_str_is(letter, "[") ? "]" : "}";
  if (has_comment(t, &comment)) {
    size_t end = find_line_end(t->bytes, comment);
    ari_finding *f = ari_findings_add(t->fs, ARI_E0134, make_span(t, comment, end - comment), &(ari_args){{ari_arg_c(closing)}});
    f->other = make_span(t, t->from, letter.n);
    return;
  }
  ari_args args = {{ari_arg_text(letter), ari_arg_c(closing)}};
  ari_finding *f = ari_findings_add(t->fs, ARI_E0116, make_span(t, t->from, letter.n), &args);
  if (is_one_of(t->bytes, t->at, "]}")) f->other = make_span(t, t->at, 1);
}

/* Inside [ ] or { } something stands where only a comma or the closing bracket may. */
static void trap_flow(ari_yaml_trouble *t) {
  bool same_line = find_line(t->bytes, t->at) == find_line(t->bytes, t->from);
  size_t before = find_before(t);
  if (is_one_of(t->bytes, t->at, ":") && (same_line || find_entry(t).valued)) trap_colon(t);
  else if (t->at >= t->bytes.n || is_one_of(t->bytes, t->at, "]}")) tell_unclosed(t);
  else if (is_one_of(t->bytes, t->at, "[{") && before != SIZE_MAX) tell_quote(t, ARI_E0132, find_entry(t).from, true);
  else if (trap_behind(t)) return;
  else if (!same_line) tell_unclosed(t);
  else tell_at(t, ARI_E0110, t->at);
}

/* A text cannot begin with this sign. */
static void trap_start(ari_yaml_trouble *t) {
  if (is_one_of(t->bytes, t->at, "\t")) tell_at(t, ARI_E0113, t->at);
  else ari_yaml_tell_sign(t, ARI_E0114);
}

/* Something was expected and there is only a sign. */
static void trap_nothing(ari_yaml_trouble *t) {
  bool flow = strstr(t->context, "flow") != NULL;
  if (t->at >= t->bytes.n && flow) tell_unclosed(t);
  else if (t->at >= t->bytes.n) tell_line(t, ARI_E0110, t->at);
  else if (is_one_of(t->bytes, t->at, "-") && is_gap(t->bytes, t->at + 1)) tell_at(t, ARI_E0137, t->at);
  else if (is_one_of(t->bytes, t->at, "]}")) tell_at(t, ARI_E0133, t->at);
  else if (is_one_of(t->bytes, t->at, ",") && flow) tell_at(t, ARI_E0130, t->at);
  else trap_start(t);
}

static void trap_block_scalar(ari_yaml_trouble *t) {
  t->at = t->from;
  ari_yaml_tell_sign(t, ARI_E0114);
}

static void trap_anchor(ari_yaml_trouble *t) {
  t->at = t->from;
  ari_yaml_tell_sign(t, is_one_of(t->bytes, t->at, "*") ? ARI_E0121 : ARI_E0120);
}

static void trap_tag(ari_yaml_trouble *t) {
  t->at = t->from;
  ari_yaml_tell_sign(t, ARI_E0122);
}

static void trap_tab(ari_yaml_trouble *t) { tell_at(t, ARI_E0113, t->at); }
static void trap_item(ari_yaml_trouble *t) { tell_at(t, ARI_E0137, t->at); }
static void trap_directive(ari_yaml_trouble *t) { tell_line(t, ARI_E0124, t->context[0] ? t->from : t->at); }

/* libyaml looks for the colon of a key for 1024 letters. */
static void trap_no_colon(ari_yaml_trouble *t) {
  enum { KEY_LETTERS = 1024 };
  ari_str rest = ari_str_sub(t->bytes, t->from, find_line_end(t->bytes, t->from));
  if (ari_utf8_count(rest) <= KEY_LETTERS) tell_line(t, ARI_E0131, t->from);
  else ari_findings_add(t->fs, ARI_E0127, make_span(t, t->from, 1), &(ari_args){{ari_arg_int(1)}});
}

static void trap_open_quote(ari_yaml_trouble *t) { tell_at(t, ARI_E0115, t->from); }

/* "\d": a backslash means something inside "…". */
static void trap_escape(ari_yaml_trouble *t) {
  size_t at = t->at;
  while (at > t->from && t->bytes.p[at] != '\\') at--;
  ari_str sign = ari_str_sub(t->bytes, at, at + 1 + find_letter(t, at + 1).n);
  ari_findings_add(t->fs, ARI_E0119, make_span(t, at, sign.n), &(ari_args){{ari_arg_text(sign)}});
}

/* libyaml's words -> trap; the first row of which both parts are found. */
static const struct {
  const char *context, *what;
  void (*tell)(ari_yaml_trouble *t);
} traps[] = {
  {"", "mapping values are not allowed", trap_colon},
  {"", "block sequence entries are not allowed", trap_item},
  {"", "mapping keys are not allowed", trap_start},
  {"scanning a simple key", "", trap_no_colon},
  {"scanning for the next token", "", trap_start},
  {"scanning a block scalar", "tab", trap_tab},
  {"scanning a block scalar", "", trap_block_scalar},
  {"scanning a quoted scalar", "", trap_open_quote},
  {"parsing a quoted scalar", "", trap_escape},
  {"scanning a plain scalar", "tab", trap_tab},
  {"scanning a plain scalar", "unexpected ':'", trap_colon},
  {"scanning an alias", "", trap_anchor},
  {"scanning an anchor", "", trap_anchor},
  {"directive", "", trap_directive},
  {"", "directive", trap_directive},
  {"", "incompatible YAML document", trap_directive},
  {"tag", "", trap_tag},
  {"", "undefined tag handle", trap_tag},
  {"parsing a flow", "expected ','", trap_flow},
  {"", "node content", trap_nothing},
  {"parsing a block", "", trap_block},
  {"", "<document start>", trap_document},
};

void ari_yaml_tell_trouble(ari_yaml_trouble *t) {
  for (size_t i = 0; i < ARI_COUNT(traps); i++)
    if (strstr(t->context, traps[i].context) && strstr(t->what, traps[i].what)) {
      traps[i].tell(t);
      return;
    }
  tell_line(t, ARI_E0110, t->at);
}
