/* The tree: shapes, texts in NFC, and every place exact to the byte. */
#include "yaml_fixture.h"

static fixture f;

static void test_shapes(void) {
  read_text(&f, "ari: criteria/1\nid: 1.10\nno: no\n");
  is(tree_of(&f), "{ari@0+3: <criteria/1>5+10, id@16+2: <1.10>20+4, no@25+2: <no>29+2}0+31", "plain scalars have no hidden types");
  is(findings_of(&f), "", "and nothing is told");
  read_text(&f, "a:\n  - b: 1\n    c: 2\n  - d\n\n# end\ne: {f: [g, h], i: }\n");
  is(tree_of(&f), "{a@0+1: [{b@7+1: <1>10+1, c@16+1: <2>19+1}7+13, <d>25+1]5+21, e@34+1: {f@38+1: [<g>42+1f, <h>45+1f]41+6f, "
       "i@49+1: <>51+0f}37+16f}0+53",
     "a block ends with its last child, a bracket with its bracket");
  read_text(&f, "a:\n- b\n-\n- - c\n");
  is(tree_of(&f), "{a@0+1: [<b>5+1, <>8+0, [<c>13+1]11+3]3+11}0+14", "lists in lists, and an empty item");
  read_text(&f, "a: [b: c, d]\n");
  is(tree_of(&f), "{a@0+1: [{b@4+1: <c>7+1f}4+4f, <d>10+1f]3+9f}0+12", "a pair in a list");
  read_text(&f, "? a\n? b\n: c\n\"d\": {}\ne: []");
  is(tree_of(&f), "{a@2+1: <>3+0, b@6+1: <c>10+1, d@12+3: {}17+2f, e@20+1: []23+2f}0+25", "written out keys, quoted keys, empty brackets");
  read_text(&f, "--- # begin\na: b\n...\n");
  is(tree_of(&f), "{a@12+1: <b>15+1}12+4", "one document may say where it begins and ends");
  ok(f.findings.n == 0 && f.status == ARI_OK, "without a word");
}

static void test_scalars(void) {
  read_text(&f, "a: 'it''s'\nb: \"x\\ty\"\nc: 'plain'\nd: \"Sở, ngành\"\n");
  is(tree_of(&f), "{a@0+1: <it's>3+7q, b@11+1: <x\ty>14+6q, c@21+1: <plain>24+7q, d@32+1: <Sở, ngành>35+14q}0+49", "quoted");
  const ari_yaml *c = ari_yaml_get(f.root, "c");
  const char *source = f.sources.items[0].bytes.p;
  ok(c->text.p == source + 25, "a quoted text without signs is a slice of the source");
  read_text(&f, "a: \"one\n  two\"\nb: one\n  two\nc: |\n  one\n   two\n\nd: >-\n  one\n  two\n");
  is(tree_of(&f), "{a@0+1: <one two>3+11q, b@15+1: <one two>18+9, c@28+1: <one\n two\n>31+14q, d@47+1: <one two>50+14q}0+64",
       "over several lines");
  read_text(&f, "a\nb: c\n");
  is(tree_of(&f), "none", "no tree from a text that is not read to its end");
  read_text(&f, "\xEF\xBB\xBFtên: Sở\nb: c\n");
  is(tree_of(&f), "{tên@3+4: <Sở>9+4, b@14+1: <c>17+1}3+15", "a byte order mark is no text, and places count it");
  read_text(&f, "a: b\r\nc: d\r\n");
  is(tree_of(&f), "{a@0+1: <b>3+1, c@6+1: <d>9+1}0+10", "lines that end with CR LF");
  read_text(&f, "a: \"\"\nb: ''\nc:\n");
  is(tree_of(&f), "{a@0+1: <>3+2q, b@6+1: <>9+2q, c@12+1: <>14+0}0+14", "empty texts");
  ok(!ari_yaml_is_empty(f.root->first) && ari_yaml_is_empty(f.root->first->next->next), "a quoted empty text is a text");
}

/* "Tiến độ" composed (NFC) and decomposed (NFD): same text, own places. */
static void test_vietnamese(void) {
  read_text(&f, "a: Tiến độ\nb: {c: Tiến độ, d: x}\n");
  is(tree_of(&f), "{a@0+1: <Tiến độ>3+12, b@16+1: {c@20+1: <Tiến độ>23+12f, d@37+1: <x>40+1f}19+23f}0+42",
       "composed, in block and in brackets");
  ok(f.root->first->text.p == f.sources.items[0].bytes.p + 3, "composed text is a slice of the source");
  read_text(&f, "a: Tie\u0302\u0301n d\u0111o\u0323\u0302\nb: {c: 'Tie\u0302\u0301n', d: x}\n");
  is(tree_of(&f), "{a@0+1: <Tiến dđộ>3+17, b@21+1: {c@25+1: <Tiến>28+10qf, d@40+1: <x>43+1f}24+21f}0+45", "decomposed");
  read_text(&f, "Tie\u0302\u0301n: 1\nTiến: 2\n");
  is(findings_of(&f), "E0129 2:1 Tiến (1:1 Tie\u0302\u0301n) | Tiến", "the same key in both forms is a duplicate");
  is(tree_of(&f), "{Tiến@0+8: <1>10+1}0+21", "of which the first is kept");
  read_text(&f, "a: \"b\xE1\xBA\xBF\n  đ\"\nc: 😀 x\nd: y\n");
  is(tree_of(&f), "{a@0+1: <bế đ>3+11q, c@15+1: <😀 x>18+6, d@25+1: <y>28+1}0+29", "letters of two, three and four bytes before a place");
}

static void test_keys(void) {
  static const char *const many = "a0: 0\na1: 1\na2: 2\na3: 3\na4: 4\na5: 5\na6: 6\na7: 7\na8: 8\na9: 9\n";
  char text[400];
  read_text(&f, "a: 1\nb: 2\na: {c: d}\nb: 4\n");
  is(findings_of(&f), "E0129 3:1 a (1:1 a) | a; E0129 4:1 b (2:1 b) | b", "duplicates with both places");
  is(tree_of(&f), "{a@0+1: <1>3+1, b@5+1: <2>8+1}0+24", "of which the first stays");
  snprintf(text, sizeof text, "%sa9: x\na0: y\n", many);
  read_text(&f, text);
  is(findings_of(&f), "E0129 11:1 a9 (10:1 a9) | a9; E0129 12:1 a0 (1:1 a0) | a0", "also among many keys");
  snprintf(text, sizeof text, "%sz:\n  - {a0: 1, a1: 2, a2: 3, a3: 4, a4: 5, a5: 6, a6: 7, a7: 8, a8: 9, a1: 10}\na3: z\nz: 1\n", many);
  read_text(&f, text);
  is(findings_of(&f), "E0129 12:69 a1 (12:13 a1) | a1; E0129 13:1 a3 (4:1 a3) | a3; E0129 14:1 z (11:1 z) | z",
       "and among many keys below them");
  ok(ari_yaml_get(f.root, "a7") && ari_str_is(ari_yaml_get(f.root, "a7")->text, "7"), "a key is found");
  ok(!ari_yaml_get(f.root, "a77") && !ari_yaml_get(NULL, "a") && !ari_yaml_get(f.root->first, "a"), "or it is not");
}

static void test_kind(void) {
  read_text(&f, "ari: evidence/1\nset: x\n");
  ok(f.root && ari_str_is(ari_yaml_document_kind(f.root)->text, "evidence/1"), "the first key names the kind");
  read_text(&f, "set: x\nari: evidence/1\n");
  ok(f.root && !ari_yaml_document_kind(f.root), "the second does not");
  ok(!ari_yaml_document_kind(NULL), "nothing has no kind");
  read_text(&f, "ari: [evidence/1]\n");
  ok(f.root && !ari_yaml_document_kind(f.root), "a list is no kind");
}

static void test_head(void) {
  read_text(&f, "a:\n  - b: 1\n    c: 2\nd: {e: {f: g}, h: i}\nj: {}\n");
  const ari_yaml *a = ari_yaml_get(f.root, "a"), *d = ari_yaml_get(f.root, "d");
  ok(ari_str_is(text_at(&f, ari_yaml_head(a)), "b: 1"), "the head of a list is its first line");
  ok(ari_str_is(text_at(&f, ari_yaml_head(d)), "e"), "the head of a map is its first key");
  ok(ari_str_is(text_at(&f, ari_yaml_head(d->first->next)), "i"), "the head of a text is the text");
  ok(ari_str_is(text_at(&f, ari_yaml_head(ari_yaml_get(f.root, "j"))), "{}"), "empty brackets are their own head");
}

int main(void) {
  test_shapes();
  test_scalars();
  test_vietnamese();
  test_keys();
  test_kind();
  test_head();
  fixture_end(&f);
  return done();
}
