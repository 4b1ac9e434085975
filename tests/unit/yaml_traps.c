/* The usual traps: each with its code, its place and what to write instead; and inputs made to hurt. */
#include "yaml_fixture.h"

static fixture f;

/* What is told of a text. */
static void trap(const char *text, const char *want, const char *name) {
  read_text(&f, text);
  is(findings_of(&f), want, name);
}

static void test_colon(void) {
  trap("title: Kế hoạch: năm\n", "E0111 1:8 Kế hoạch: năm | \"Kế hoạch: năm\"", "a colon in a text");
  trap("a: b\nc:\n  - title: x: y # z\n", "E0111 3:12 x: y | \"x: y\"", "in a list, without the comment");
  trap("a:\n  - {name: Quyết định: 766, date: x}\n", "E0111 2:12 Quyết định: 766 | \"Quyết định: 766\"", "inside { }");
  trap("a: {say: {vi: số: đúng, en: x}}\n", "E0111 1:15 số: đúng | \"số: đúng\"", "deeper inside { }");
  trap("a: say \"x\": y\n", "E0111 1:4 say \"x\": y | 'say \"x\": y'", "a text with quotes gets the other quotes");
  trap("a: 'x' it's: y\n", "E0118 1:4 'x' it's: y | \"'x' it's: y\"", "and one that begins with one");
  trap("a: b\n  c: d\n", "E0117 2:3 c: d", "a key that is indented too far is no colon in a text");
  trap("a: {b: x:, c: d}\n", "E0111 1:8 x: | \"x:\"", "a colon before a comma");
  trap("a: [x] y: z, w\n", "E0118 1:4 [x] y: z, w | \"[x] y: z, w\"", "behind a bracket that is closed");
  trap("a: {b: [x], c: y: z}\n", "E0111 1:16 y: z | \"y: z\"", "behind a list inside { }");
  trap("a: [x: y: z]\n", "E0111 1:8 y: z | \"y: z\"", "in a list in brackets");
}

static void test_comma(void) {
  trap("a: {vi: Sở, ngành, en: X}\n", "E0112 1:9 Sở, ngành | \"Sở, ngành\"", "a comma in a text inside { }");
  is(tree_of(&f), "{a@0+1: {vi@4+2: <Sở, ngành>8+12f, en@22+2: <X>26+1f}3+25f}0+28", "is mended, so that nothing follows from it");
  trap("a: {vi: Sở, ngành, xã, phường}\n", "E0112 1:9 Sở, ngành, xã, phường | \"Sở, ngành, xã, phường\"", "several commas");
  trap("a: {share: min(x, y) / z, empty: full}\n", "E0112 1:12 min(x, y) / z | \"min(x, y) / z\"", "in a formula");
  trap("a: {max: 7,46, b: 7,5%}\n", "E0149 1:10 7,46 | 7,46 | 7.46; E0149 1:19 7,5% | 7,5% | 7.5%", "in a number: what to write");
  trap("a: {max: 1,234,567}\n", "E0150 1:10 1,234,567 | 1,234,567 | 1234567", "in a number with groups");
  trap("a: {Sở, ngành}\n", "E0136 1:5 Sở | Sở; E0136 1:9 ngành | ngành", "keys without values");
  trap("a: {b: [c], d}\n", "E0136 1:13 d | d", "behind a list");
  trap("a: {b: 'c', d}\n", "E0136 1:13 d | d", "behind a quoted text");
  trap("a: {b: c, d: }\n", "", "an empty value with its colon is the reader's matter");
  trap("a: [b,,c]\n", "E0130 1:7 , | ,", "two commas");
}

static void test_comment(void) {
  static const char text[] = "note: văn bản #12\na: b#c\n# d\nc: 'x' # e\nd: # f\n  - g\ne: #12\n";
  read_bytes(&f, text, strlen(text), true);
  is(findings_of(&f), "W0138 1:15 #12 | #12; W0138 7:4 #12 | #12", "a comment that cuts a text is a warning that shows what was cut");
  is(tree_of(&f), "{note@0+4: <văn bản>6+10, a@21+1: <b#c>24+3, c@32+1: <x>35+3q, d@43+1: [<g>54+1]52+3, e@56+1: <>58+0}0+58",
       "the tree is whole");
  read_bytes(&f, text, strlen(text), false);
  is(findings_of(&f), "", "where comments are welcome nothing is told");
  trap("a: {b: c #1, d: e}\nf: g\n", "E0134 1:10 #1, d: e} (1:4 {) | }", "a comment that hides the closing bracket");
}

static void test_escapes(void) {
  trap("a: \"x\\e[31m\"\nb: \"\\0\"\n", "E0105 1:4 \"x\\e[31m\" | U+001B; E0105 2:4 \"\\0\" | U+0000", "a control character written as an escape");
  trap("\"a\\x9b\": b\n", "E0105 1:1 \"a\\x9b\" | U+009B", "in a key");
  trap("a: \"\\u202e\\t\\n\\\\e\"\nb: 'x\\e'\n", "", "other escapes, and no escapes");
}

static void test_signs(void) {
  trap("a: %x y\n", "E0114 1:4 % | \"%x y\" | %", "%");
  trap("a: @x\n", "E0114 1:4 @ | \"@x\" | @", "@");
  trap("a: `x` y\n", "E0114 1:4 ` | \"`x` y\" | `", "a back-tick");
  trap("a: > 5\n", "E0114 1:4 > | \"> 5\" | >", "a formula that begins with >");
  trap("a: {when: > 5, b: c}\n", "E0114 1:11 > | \"> 5\" | >", "inside { }");
  trap("a: |x\n", "E0114 1:4 | | \"|x\" | |", "a bar");
  trap("a: , b\n", "E0114 1:4 , | \", b\" | ,", "a comma");
  trap("a: {share: *b / min(c, d), e: f}\n", "E0121 1:12 * | \"*b / min(c, d)\" | *", "a formula that begins with *");
  trap("a: *ă\n", "E0121 1:4 * | \"*ă\" | *", "* and no ASCII");
  trap("a: &b c\n", "E0120 1:4 & | \"&b c\" | &", "an anchor");
  trap("a: & c\n", "E0120 1:4 & | \"& c\" | &", "a lonely &");
  trap("a: !b c\n", "E0122 1:4 ! | \"!b c\" | !", "a tag");
  trap("a: !(b) c\n", "E0122 1:4 ! | \"!(b) c\" | !", "a tag that is none");
  trap("a: !b!c d\n", "E0122 1:4 ! | \"!b!c d\" | !", "a tag with a handle");
  trap("a: !<tag:x> b\n", "E0122 1:4 ! | \"!<tag:x> b\" | !", "a written out tag");
  trap("a: 'yes' = x\n", "E0118 1:4 'yes' = x | \"'yes' = x\"", "a formula that begins with '");
  trap("a:\n  - 'x: y' z\n", "E0118 2:5 'x: y' z | \"'x: y' z\"", "a quoted colon in a list");
  trap("a: {that: 'yes' = x, b: c}\n", "E0118 1:11 'yes' = x | \"'yes' = x\"", "inside { }");
  trap("a: [Dự thảo] Kế hoạch\n", "E0118 1:4 [Dự thảo] Kế hoạch | \"[Dự thảo] Kế hoạch\"", "a text that begins with [");
  trap("a: {share: x[1] + y, b: c}\n", "E0132 1:12 x[1] + y | \"x[1] + y\"", "a bracket inside { }");
  trap("a: - b\n", "E0137 1:4 - | -", "a list behind a key");
  trap("a: {b: - c}\n", "E0137 1:8 - | -", "a list item inside { }");
}

/* A line of 1,000 letters: what is shown is cut, between letters. */
static void test_long(void) {
  ari_buf b = {0};
  ari_buf_text(&b, "a: x: ");
  for (int i = 0; i < 500; i++) ari_buf_text(&b, "ế");
  if (b.failed) abort();
  read_bytes(&f, b.p, b.n, false);
  ari_buf_free(&b);
  size_t bad;
  ari_str fixed = f.findings.items[0].args.at[0].as.text;
  ok(f.findings.items[0].code == ARI_E0111 && fixed.n == 1 + 3 + 117 + 3 + 1, "a long text is shown up to 120 bytes");
  ok(ari_str_ends(fixed, "ế…\"") && ari_utf8_valid(fixed.p, fixed.n, &bad), "in whole letters");
}

static void test_form(void) {
  trap("a:\n\tb: c\n", "E0113 2:1 \t | \t", "a tab that indents");
  trap("a:\n  b: c\n\td: e\n", "E0113 3:1 \t | \t", "a tab further down");
  trap("a: \"b\nc: d\n", "E0115 1:4 \" | \"", "a quote without its end");
  trap("a: \"b\nc: \"d\"\n", "E0115 1:4 \" | \"", "a quote that ends at the next one");
  trap("a: 'b\n", "E0115 1:4 ' | '", "the other quote");
  trap("a: {b: c\nd: e\n", "E0116 1:4 { | { | }", "a bracket without its end");
  trap("a: [b, c\n", "E0116 1:4 [ | [ | ]", "the other bracket");
  trap("a: [b, c}\n", "E0116 1:4 [ (1:9 }) | [ | ]", "the wrong bracket at the end");
  trap("a: b\n]\n", "E0133 2:1 ] | ]", "a bracket that closes nothing");
  trap("a: }\n", "E0133 1:4 } | }", "in place of a value");
  trap("a:\n    b: c\n  d: e\n", "E0117 3:3 d: e", "indented less than its neighbours");
  trap("a:\n  - b\n c: d\n", "E0117 3:2 c: d", "indented less than the list");
  trap(" a: b\nc: d\n", "E0117 2:1 c: d", "the whole file indented but one line");
  trap("a: \"b\\dc\"\n", "E0119 1:6 \\d | \\d", "a backslash");
  trap("a: b\nmax 20\nid: x\n", "E0131 2:1 max 20", "a line without a colon");
  trap("a: b\nid:x\n", "E0131 2:1 id:x", "a colon without a space");
  trap("a: b\n: c\n", "E0130 2:1 : | :", "a colon without a key");
  trap("[a]: b\n", "E0128 1:1 [", "a list as a key");
  trap("? {a: c}\n: b\n", "E0128 1:3 {", "a map as a key");
  trap("id:x\n", "E0147 1:1 id:x", "a file that is a text");
  trap("- a\n- b\n", "E0147 1:1 - a\n- b", "a file that is a list");
  trap("# a\n\n", "E0135 1:1 ", "a file of comments");
  trap("---\n...\n", "E0135 1:1 ", "a document without anything");
  trap("a: b\n---\nc: d\n", "E0123 2:1 ---", "a second document");
  trap("%YAML 1.1\n---\na: b\n", "E0124 1:1 %YAML 1.1", "a directive");
  trap("%TAG ! tag:x\n---\na: b\n", "E0124 1:1 %TAG ! tag:x", "another");
  trap("a: b\r\n%TAG ! tag:x\r\nc: d\r\n", "E0124 2:1 %TAG ! tag:x", "further down");
  trap("%FOO\n---\na: b\n", "E0124 1:1 %FOO", "one that is none");
}

static void test_text(void) {
  read_bytes(&f, "", 0, false);
  is(findings_of(&f), "E0106 1:1 ", "an empty file");
  read_bytes(&f, "a: \xFF\n", 5, false);
  ok(!f.root && f.findings.errors == 1 && f.findings.items[0].code == ARI_E0103 && f.findings.items[0].at.start == 3,
     "a byte that is no UTF-8");
  read_bytes(&f, "\xFF\xFE" "a\0:\0", 6, false);
  ok(!f.root && f.findings.errors == 1 && f.findings.items[0].code == ARI_E0104, "UTF-16");
  trap("a: b\x01\n", "E0105 1:5 \x01 | U+0001", "a control character");
  trap("a: b\xEF\xBF\xBF\n", "E0105 1:5 \xEF\xBF\xBF | U+FFFF", "a character that is none");
}

/* ---- inputs made to hurt: bounded by bytes, nodes and depth ---------------------------------------------------------- */

/* `head`, then `part` n times, read as a file. With %d in the part its number. */
static void read_many(const char *head, const char *part, int n) {
  ari_buf b = {0};
  const char *number = strstr(part, "%d");
  ari_buf_text(&b, head);
  for (int i = 0; i < n; i++) {
    ari_buf_put(&b, part, number ? (size_t)(number - part) : strlen(part));
    if (number) ari_buf_int(&b, i);
    if (number) ari_buf_text(&b, number + 2);
  }
  if (b.failed) abort();
  read_bytes(&f, b.p, b.n, true);
  ari_buf_free(&b);
}

static bool only(ari_code code) { return !f.root && f.findings.errors == 1 && f.findings.items[0].code == code; }

/* The exact words of messages whose inputs are too large to keep as files. */
static bool says(const char *en, const char *vi) {
  const char *want[2] = {[ARI_EN] = en, [ARI_VI] = vi};
  bool good = f.findings.n > 0;
  for (ari_lang lang = ARI_VI; good && lang <= ARI_EN; lang++) {
    ari_buf_clear(&f.text);
    ari_finding_sentence(&f.text, &f.findings.items[0], lang);
    good = ari_str_is(ari_buf_view(&f.text), want[lang]);
  }
  return good;
}

static void test_limits(void) {
  read_many("a: ", "[", ARI_YAML_DEPTH - 1);
  ok(only(ARI_E0116), "63 lists in a map are not too deep");
  read_many("a: ", "[", ARI_YAML_DEPTH);
  ok(only(ARI_E0125) && f.findings.items[0].at.start == 3 + ARI_YAML_DEPTH - 1, "the 65th level is, and is shown");
  read_many("", "[", 1000000);
  ok(only(ARI_E0125) && f.arena.bytes < 100000, "a million [ are answered at the 65th");
  read_many("", "- ", 1000000);
  ok(only(ARI_E0125) && f.arena.bytes < 100000, "a million - as well");
  read_many("", "{a: ", 1000000);
  ok(only(ARI_E0125) && f.arena.bytes < 100000, "a million { as well");
  read_many("a: &x [*x]\n", "b%d: c\n", 10);
  ok(only(ARI_E0120), "an alias cycle ends at its anchor");
  read_many("", "a%d: &b x\n", 40000);
  ok(only(ARI_E0120) && f.arena.bytes < 100000, "40,000 anchors end at the first");
  read_many("a: \"", "x", ARI_YAML_SCALAR_BYTES);
  ok(only(ARI_E0115), "an open quote");
  read_many("a: ", "x", ARI_YAML_SCALAR_BYTES);
  ok(f.root && f.findings.errors == 0, "a text of 64 KiB");
  read_many("a: ", "x", ARI_YAML_SCALAR_BYTES + 1);
  ok(only(ARI_E0127) && f.findings.items[0].args.at[0].as.i == 64, "a longer one is refused");
  ok(says("this text is longer than 64 KiB", "đoạn chữ này dài quá 64 KiB"), "in both languages");
  read_many("a:\n", "-\n", ARI_YAML_NODES - 3);
  ok(f.root && f.findings.n == 0, "two million nodes");
  read_many("a:\n", "-\n", ARI_YAML_NODES - 2);
  ok(only(ARI_E0126), "one more is refused");
  ok(says("the file has more than 2000000 values", "tệp có hơn 2000000 giá trị"), "in both languages");
  read_many("a: b\n", "k", 1100);
  ok(only(ARI_E0127) && f.findings.items[0].args.at[0].as.i == 1, "a key of more than a thousand letters");
  read_many("", "k: v\n", 300000);
  ok(f.root && f.findings.errors == 299999 && f.root->n == 1, "300,000 times the same key: each is counted");
  read_many("", "k%d: v\n", 300000);
  ok(f.root && f.findings.n == 0 && f.root->n == 300000, "300,000 keys");
  read_many("a: {", "k%d, ", 100000);
  ok(!f.root && f.findings.errors > 0, "100,000 keys without values");
  read_many("a: b ", ": ", 1000000);
  ok(!f.root && f.findings.errors > 0, "a million colons");
}

/* What no file brings about with the libyaml of today: words that are in no table of ours. */
static void test_fallback(void) {
  read_text(&f, "a: b\nc: d\n");
  ari_yaml_trouble t = {.arena = &f.arena, .fs = &f.findings, .bytes = f.sources.items[0].bytes, .at = 8, .what = "something new", .context = ""};
  ari_yaml_tell_trouble(&t);
  is(findings_of(&f), "E0110 2:1 c: d", "a new complaint of libyaml: the line");
  ok(says("this line cannot be read as \"key: value\"", "không đọc được dòng này theo dạng \"khóa: giá trị\""), "in both languages");
}

int main(void) {
  test_colon();
  test_comma();
  test_comment();
  test_escapes();
  test_signs();
  test_long();
  test_form();
  test_text();
  test_fallback();
  test_limits();
  fixture_end(&f);
  return done();
}
