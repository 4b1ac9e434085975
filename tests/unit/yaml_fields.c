/* Maps read by their tables, and values read from one node. */
#include "yaml_fixture.h"

static fixture f;

static const char *const policies[] = {"zero", "full", "unscored", "exclude", "spread", "withhold", NULL};
static const char *const periods[] = {"month", "quarter", "half", "year", NULL};
static const ari_field decimals[] = {
  {.key = "mode", .type = ARI_FIELD_WORD},
  {.key = "leaf", .type = ARI_FIELD_INTEGER, .required = true, .to = 12},
  {.key = "total", .type = ARI_FIELD_INTEGER, .to = 12},
  {.key = NULL},
};
static const ari_field grade[] = {
  {.key = "id", .type = ARI_FIELD_ID, .required = true},
  {.key = "from", .type = ARI_FIELD_NUMBER, .required = true},
  {.key = NULL},
};
static const ari_field table[] = {
  {.key = "id", .type = ARI_FIELD_ID, .required = true},
  {.key = "title", .type = ARI_FIELD_TITLE},
  {.key = "period", .type = ARI_FIELD_WORDS, .words = periods},
  {.key = "rounding", .type = ARI_FIELD_MAP, .required = true, .below = decimals},
  {.key = "grades", .type = ARI_FIELD_LIST, .below = grade},
  {.key = "missing", .type = ARI_FIELD_WORD, .words = policies},
  {.key = "share", .type = ARI_FIELD_FORMULA},
  {.key = "note", .type = ARI_FIELD_TEXT},
  {.key = "anything", .type = ARI_FIELD_ANY},
  {.key = "to", .type = ARI_FIELD_LIST},
  {.key = NULL},
};
enum { ID, TITLE, PERIOD, ROUNDING, GRADES, MISSING, SHARE, NOTE, ANYTHING, TO, ROWS };

static const ari_yaml *got[ROWS + 1];

/* Reads `text` behind the two required keys. */
static void fields(const char *text, const char *want, const char *name) {
  char all[1000];
  snprintf(all, sizeof all, "id: x\nrounding: {leaf: 2}\n%s", text);
  read_text(&f, all);
  if (!f.root || !ari_fields_read(f.root, table, got, &f.findings)) abort();
  is(findings_of(&f), want, name);
}

static void test_keys(void) {
  fields("title: Sở\nmissing: zero\nanything:\n", "", "a good map");
  ok(got[ID] && got[TITLE] && got[ROUNDING] && got[MISSING] && !got[PERIOD] && got[ANYTHING],
     "gives its values and NULL for what is absent");
  ok(got[TITLE] == ari_yaml_get(f.root, "title"), "by their rows");
  fields("titel: x\n", "E0140 3:1 titel | titel | title", "a slip: did you mean");
  fields("Grades: []\n", "E0140 3:1 Grades | Grades | grades", "capital letters");
  fields("xyzzy: 1\n", "E0141 3:1 xyzzy | xyzzy | id, title, period, rounding, grades, missing, share, note, anything, to",
       "a key that is near to none: all are named");
  fields("title: {fr: x}\n", "", "what stands below is not looked at");
  read_text(&f, "title: x\nnote: y\n");
  ok(ari_fields_read(f.root, table, got, &f.findings), "a map with faults is a map");
  is(findings_of(&f), "E0142 1:1 title: x | id; E0142 1:1 title: x | rounding", "missing keys are told at the first line");
  read_text(&f, "id: x\nroundng: {leaf: 2}\n");
  ok(ari_fields_read(f.root, table, got, &f.findings) && got[ROUNDING], "a slip in a required key: the value is read as what was meant");
  is(findings_of(&f), "E0140 2:1 roundng | roundng | rounding", "is told once");
  read_text(&f, "id: x\nroundng: 2\nrounding: {leaf: 2}\ntitel: y\n");
  ok(ari_fields_read(f.root, table, got, &f.findings) && got[ROUNDING]->kind == ARI_YAML_MAP && got[TITLE], "the key itself stands there too, and wins");
  is(findings_of(&f), "E0140 2:1 roundng | roundng | rounding; E0140 4:1 titel | titel | title", "each slip is told");
  read_text(&f, "id: x\nroundng: 2\n");
  ok(ari_fields_read(f.root, table, got, &f.findings) && !got[ROUNDING], "a slip before a value of another shape is not read");
  is(findings_of(&f), "E0140 2:1 roundng | roundng | rounding", "nor is more told of it");
  read_text(&f, "a:\n  - {note: x,\n     share: y}\n");
  ok(ari_fields_read(f.root->first->first, table, got, &f.findings), "also of an item in brackets");
  is(findings_of(&f), "E0142 2:6 note: x | id; E0142 2:6 note: x | rounding", "whose first entry is shown");
  read_text(&f, "a: {}\n");
  ok(ari_fields_read(f.root->first, table, got, &f.findings), "also of an empty map");
  is(findings_of(&f), "E0142 1:4 {} | id; E0142 1:4 {} | rounding", "which is shown itself");
}

static void test_shapes(void) {
  fields("grades: x\n", "E0145 3:9 x | grades: | [{id: …, from: …}]", "a text for a list of maps: with an example");
  fields("to: x\n", "E0145 3:5 x | to: | […, …]", "a text for a list");
  fields("to: {a: b}\n", "E0145 3:6 a: b | to: | […, …]", "a map for a list");
  fields("period: {month: x}\n", "E0145 3:10 month: x | period: | [month, quarter, half, year]", "a map for words");
  fields("period: [month, [x]]\n", "E0146 3:18 x | - | ", "a list among words");
  fields("title: [a, b]\n", "E0159 3:9 a | title: | ", "a list for a title");
  fields("share: [a, b]\n", "E0139 3:9 a | share: | ", "a formula that begins with [");
  fields("share: {a: b}\n", "E0139 3:9 a: b | share: | ", "a formula that begins with {");
  fields("note: [Dự thảo]\n", "E0146 3:8 Dự thảo | note: | ", "a text that begins with [");
  fields("note:\n", "E0143 3:1 note | note:", "nothing for a text");
  fields("note: \"\"\n", "", "an empty text in quotes is a text");
  fields("grades:\nto:\n", "E0143 3:1 grades | grades:; E0143 4:1 to | to:", "nothing for a list");
  fields("missing:\n", "E0143 3:1 missing | missing:", "nothing for a word");
  ok(got[MISSING] == NULL, "a value of a wrong shape is not given");
  fields("period: month\n", "", "one word for words");
  fields("period: [month, year]\n", "", "a list of them");
  read_text(&f, "rounding: 2\nid: [x]\n");
  ok(ari_fields_read(f.root, table, got, &f.findings) && !got[ID] && !got[ROUNDING], "required ones of a wrong shape");
  is(findings_of(&f), "E0144 1:11 2 | rounding: | {leaf: …}; E0146 2:6 x | id: | ", "are told once, not also as missing");
  read_text(&f, "a: [x, [y], ]\nb: x\nc:\n");
  const ari_yaml *a = ari_yaml_get(f.root, "a");
  ok(!ari_fields_read(a->first, grade, got, &f.findings) && !got[0] && !got[1], "a text is no map");
  ok(!ari_fields_read(a->first->next, table, got, &f.findings), "a list is no map");
  ok(!ari_fields_read(ari_yaml_get(f.root, "b"), decimals, got, &f.findings), "nor a text under a key");
  ok(!ari_fields_read(ari_yaml_get(f.root, "c"), decimals, got, &f.findings), "nor nothing");
  is(findings_of(&f), "E0144 1:5 x | - | {id: …, from: …}; E0144 1:9 y | - | {id: …, rounding: …}; E0144 2:4 x | b: | {leaf: …}; "
       "E0143 3:1 c | c:", "with what is expected");
}

/* The value of the only key. */
static const ari_yaml *value(const char *text) {
  char all[300];
  snprintf(all, sizeof all, "v: %s\n", text);
  read_text(&f, all);
  if (!f.root) abort();
  return f.root->first;
}

static void test_ids(void) {
  static const char *const good[] = {"1", "1.10", "so-noi-vu", "a_b", "tiêu_chí.1", "Đ1", "1-", "部門"};
  static const char *const bad[] = {"a b", ".a", "-a", "_a", "a/b", "a:b", "a%", "'a,b'", "\"a\\u200b\"", "''"};
  ari_str id;
  int n = 0;
  for (size_t i = 0; i < ARI_COUNT(good); i++) n += ari_yaml_id(value(good[i]), &id, &f.findings) && ari_str_is(id, good[i]);
  ok(n == (int)ARI_COUNT(good), "ids");
  n = 0;
  for (size_t i = 0; i < ARI_COUNT(bad); i++) n += !ari_yaml_id(value(bad[i]), &id, &f.findings) && f.findings.items[0].code == ARI_E0148;
  ok(n == (int)ARI_COUNT(bad), "texts that are none");
  ok(ari_yaml_id(value("tie\u0302\u0301n"), &id, &f.findings) && ari_str_is(id, "tiến"), "an id is composed");
  ok(!ari_yaml_id(value("[a]"), &id, &f.findings) && !ari_yaml_id(value(""), &id, &f.findings), "lists and nothing are no ids");
  is(findings_of(&f), "E0143 1:1 v | v:", "nothing is told as nothing");
  ok(!ari_yaml_id(NULL, &id, &f.findings) && f.findings.n == 1, "an absent field is not told");
}

static void number(const char *text, const char *want, const char *name) {
  ari_dec d;
  bool read = ari_yaml_dec(value(text), &d, &f.findings);
  ok(read == !*want, name);
  is(findings_of(&f), want, "  and what is told");
}

static void test_numbers(void) {
  ari_dec d;
  ok(ari_yaml_dec(value("-12.50"), &d, &f.findings) && d.coef == -125 && d.scale == 1 && d.written == 2, "a decimal");
  number("28.5", "", "a number");
  number("7,46", "E0149 1:4 7,46 | 7,46 | 7.46", "a decimal comma");
  number("1.234.567", "E0150 1:4 1.234.567 | 1.234.567 | 1234567", "groups");
  number("4 000", "E0150 1:4 4 000 | 4 000 | 4000", "groups with a space");
  number("abc", "E0152 1:4 abc | abc", "letters");
  number("1234567890123456789", "E0151 1:4 1234567890123456789 | 1234567890123456789", "too many digits");
  number("", "E0143 1:1 v | v:", "nothing");
  number("''", "E0161 1:4 '' | ", "an empty text");
  number("\u22125", "E0160 1:4 \u22125 | \u22125 | -5", "a minus sign of print");
  number("\u2013x", "E0152 1:4 \u2013x | \u2013x", "a dash before letters");
  number("{a: b}", "E0146 1:5 a: b | v: | ", "a map");
}

/* The text of a ratio; "" when it is none. */
static const char *ratio(const char *text) {
  ari_num *n = ari_num_new();
  if (!n) abort();
  bool read = ari_yaml_ratio(value(text), n, &f.findings);
  ari_buf_clear(&f.text);
  if (read) ari_buf_num(&f.text, n, 12, ARI_AS_DATA);
  ari_num_free(n);
  return finish_text(&f);
}

static void test_ratios(void) {
  is(ratio("28.5"), "28.5", "a decimal as a ratio");
  is(ratio("5%"), "0.05", "a percentage");
  is(ratio("7.465%"), "0.07465", "with decimals");
  is(ratio("5/4"), "1.25", "a fraction");
  is(ratio("1.5 / 0.5"), "3", "of decimals, with spaces");
  is(ratio("-1/4"), "-0.25", "below 0");
  is(ratio("10/3"), "3.333333333333…", "exact");
  is(ratio("1/0"), "", "nothing is divided by 0");
  is(findings_of(&f), "E0153 1:4 1/0 | 1/0", "which is told");
  is(ratio("7,46%"), "", "a comma");
  is(findings_of(&f), "E0149 1:4 7,46% | 7,46% | 7.46%", "keeps its percent sign");
  ratio("1/");
  is(findings_of(&f), "E0153 1:4 1/ | 1/", "half a fraction");
  ratio("'%'");
  is(findings_of(&f), "E0153 1:4 '%' | %", "a percent sign alone");
  ratio("1/2%");
  is(findings_of(&f), "E0153 1:4 1/2% | 1/2%", "a fraction in percent");
}

static void test_integers(void) {
  int i = 0;
  ok(ari_yaml_int(value("12"), 0, 12, &i, &f.findings) && i == 12, "a whole number");
  ok(ari_yaml_int(value("-3"), -5, 5, &i, &f.findings) && i == -3, "below 0");
  ok(!ari_yaml_int(value("13"), 0, 12, &i, &f.findings), "out of range");
  is(findings_of(&f), "E0154 1:4 13 | 13 | 0 | 12", "is told with the range");
  ok(!ari_yaml_int(value("2.5"), 0, 12, &i, &f.findings) && f.findings.items[0].code == ARI_E0154, "decimals");
  ok(!ari_yaml_int(value("2.0"), 0, 12, &i, &f.findings) && f.findings.items[0].code == ARI_E0154, "even when they are 0");
  ok(!ari_yaml_int(value("1e3"), 0, 1000, &i, &f.findings) || i == 1000, "an exponent is its number or nothing");
  ok(!ari_yaml_int(value("2,5"), 0, 12, &i, &f.findings) && f.findings.items[0].code == ARI_E0149, "a comma");
}

static void test_dates_and_words(void) {
  int32_t day;
  ari_period p;
  ok(ari_yaml_date(value("1970-01-31"), &day, &f.findings) && day == 30, "a date");
  ok(!ari_yaml_date(value("31/01/2026"), &day, &f.findings), "a date as people write it");
  is(findings_of(&f), "E0155 1:4 31/01/2026 | 31/01/2026", "is told");
  ok(ari_yaml_period(value("2026-Q3"), &p, &f.findings) && p.kind == ARI_QUARTER && p.part == 3, "a period");
  ok(!ari_yaml_period(value("2026-Q5"), &p, &f.findings), "no period");
  is(findings_of(&f), "E0156 1:4 2026-Q5 | 2026-Q5", "is told");
  ok(ari_yaml_word(value("spread"), policies, &f.findings) == 4, "a word");
  ok(ari_yaml_word(value("spraed"), policies, &f.findings) == -1, "a slip");
  is(findings_of(&f), "E0157 1:4 spraed | spraed | spread", "did you mean");
  ok(ari_yaml_word(value("chín"), policies, &f.findings) == -1, "no word");
  is(findings_of(&f), "E0158 1:4 chín | chín | zero, full, unscored, exclude, spread, withhold", "all are named");
}

static void title(const char *text, const char *vi, const char *en, const char *want, const char *name) {
  ari_title t;
  bool read = ari_yaml_title(value(text), &t, &f.findings);
  ok(read == (vi != NULL), name);
  if (vi) ok(ari_str_is(ari_title_in(t, ARI_VI), vi) && ari_str_is(ari_title_in(t, ARI_EN), en), "  in both languages");
  is(findings_of(&f), want, "  and what is told");
}

static void test_titles(void) {
  title("Sở Nội vụ", "Sở Nội vụ", "Sở Nội vụ", "", "a text is the title in both languages");
  title("{vi: Sở, en: Department}", "Sở", "Department", "", "one for each");
  title("{vi: Sở}", "Sở", "Sở", "", "the missing one falls back");
  title("{en: Department}", "Department", "Department", "", "either way");
  title("{vn: Sở}", "Sở", "Sở", "E0140 1:5 vn | vn | vi", "another key");
  title("{}", NULL, NULL, "E0159 1:4 {} | v: | ", "no language at all");
  title("[a]", NULL, NULL, "E0159 1:5 a | v: | ", "a list");
  title("{vi: [a]}", NULL, NULL, "E0146 1:10 a | vi: | ", "a list in a language");
  title("{vi: Sở, en: }", "Sở", "Sở", "E0143 1:13 en | en:", "nothing in a language");
  title("", NULL, NULL, "E0143 1:1 v | v:", "nothing");
  ari_title t, copy;
  ari_arena arena = {0};
  ok(ari_yaml_title(value("{vi: Sở, en: Department}"), &t, &f.findings) && ari_title_copy(&arena, t, &copy), "a copy");
  read_text(&f, "a: b\n");
  ok(ari_str_is(copy.vi, "Sở") && ari_str_is(copy.en, "Department"), "outlives its tree");
  ari_arena_free(&arena);
}

int main(void) {
  test_keys();
  test_shapes();
  test_ids();
  test_numbers();
  test_ratios();
  test_integers();
  test_dates_and_words();
  test_titles();
  fixture_end(&f);
  return done();
}
