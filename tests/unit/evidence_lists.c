/* Lists and answers of surveys: in YAML, in one cell or several columns of a table, wide and long; what is told of those that are wrong, each
 * once and at its own place. */
#include "evidence_fixture.h"

static const char *const SET =
  "ari: criteria/1\nid: small\ntitle: Small\nperiod: month\nrounding: {leaf: 2}\nempty: zero\ncriteria:\n"
  "  - id: a.b\n    max: 10\n"
  "    inputs:\n"
  "      marks: {type: number, list: true, from: 0, to: 100}\n"
  "      rates: {type: percent, list: true}\n"
  "      days: {type: count, list: true}\n"
  "      views: {type: survey, options: {good: Tốt, v.1: Vừa, poor: Kém}}\n"
  "    score: {survey: views, options: {good: 100%, v.1: 1, poor: 0}}\n";
static const char *const LIST = "id,name,group\na,A,g\nb,B,g\n";

static fixture *read_text(const char *name, const char *text) {
  fixture *x = start(SET, LIST);
  add_file(x, name, text);
  run(x, "2026-08", 1);
  return x;
}

/* Of one YAML entry of agency a: the findings, or its cells. */
static const char *of_yaml(fixture **keep, const char *entry) {
  char text[1000];
  snprintf(text, sizeof text, "ari: evidence/1\nagency: a\nevidence:\n  a.b:\n    %s\n", entry);
  *keep = read_text("a.yaml", text);
  return (*keep)->fs.n ? found(*keep) : "";
}

static void yaml_gives(const char *entry, const char *column, const char *want) {
  fixture *x;
  is(of_yaml(&x, entry), "", entry);
  is(cell(x, "a", column), want, "... and so stands in the table");
  end(x);
}

static void yaml_finds(const char *entry, const char *want, const char *column, const char *state) {
  fixture *x;
  is(of_yaml(&x, entry), want, entry);
  is(cell(x, "a", column), state, "... and in the table");
  end(x);
}

static void test_yaml_lists(void) {
  yaml_gives("marks: [85, 90.5, 70]", "a.b.marks", "85; 90.5; 70");
  yaml_gives("marks: [85]", "a.b.marks", "85");
  yaml_gives("marks: []", "a.b.marks", "[]");
  yaml_gives("rates: [7.46%, 50, 0]", "a.b.rates", "0.0746; 0.5; 0");
  yaml_gives("days: [1,2,3]", "a.b.days", "1; 2; 3");
  yaml_gives("marks:\n      - 1\n      - \"2\"", "a.b.marks", "1; 2");
  yaml_finds("marks: [85, x, 170]", "E0152@5:17 E0481@5:20", "a.b.marks", "!");
  yaml_finds("marks: 85", "E0145@5:12", "a.b.marks", "!");
  yaml_finds("marks: {a: 1}", "E0145@5:12", "a.b.marks", "!");
  yaml_finds("marks:", "E0143@5:5", "a.b.marks", "!");
  yaml_finds("marks: [[1], 2]", "E0146@5:14", "a.b.marks", "!");
  yaml_finds("days: [4.000, 5]", "E0150@5:12", "a.b.days", "!");
  yaml_finds("marks: [7,46, 8.5]", "W0497@5:13", "a.b.marks", "7; 46; 8.5");
  yaml_finds("marks: [7, 46, 8,5]", "W0497@5:20", "a.b.marks", "7; 46; 8; 5");
  yaml_finds("marks: [7,46,8]", "W0497@5:13", "a.b.marks", "7; 46; 8");
  yaml_gives("marks:\n      - 1\n      -  2", "a.b.marks", "1; 2");
}

static void test_yaml_surveys(void) {
  yaml_gives("views: {good: 10, v.1: 0, poor: 5}", "a.b.views", "+");
  yaml_gives("views: {good: 10, v.1: 0, poor: 5}", "a.b.views:poor", "5");
  yaml_finds("views: {poor: 5, good: 1}", "W0496@5:28", "a.b.views:v.1", "0");
  yaml_finds("views: {poor: 5, god: 1, v.1: 2}", "E0487@5:22", "a.b.views", "!");
  yaml_finds("views: {excellent: 1}", "E0488@5:13", "a.b.views", "!");
  yaml_finds("views: {good: 2.5, v.1: 1}", "E0470@5:19", "a.b.views", "!");
  yaml_finds("views: {good: [1], v.1: 1}", "E0146@5:20", "a.b.views", "!");
  yaml_finds("views: 15", "E0144@5:12", "a.b.views", "!");
  yaml_finds("views: [10, 5]", "E0144@5:12", "a.b.views", "!");
  yaml_finds("views:", "E0143@5:5", "a.b.views", "!");
  yaml_finds("views: {}", "W0463@5:12", "a.b.views", "-");
  yaml_finds("\"views:good\": 1", "E0144@5:5", "a.b.views", "!");
  yaml_finds("vews: {good: 1}", "E0425@5:5", "a.b.views", "-");
}

static void csv_gives(const char *text, const char *column, const char *want, const char *findings) {
  fixture *x = read_text("e.csv", text);
  is(found(x), findings, text);
  is(cell(x, "a", column), want, "... and in the table");
  end(x);
}

static void test_tables(void) {
  csv_gives("agency,a.b.marks\na,85;90.5; 70 \n", "a.b.marks", "85; 90.5; 70", "");
  csv_gives("agency,a.b.marks\na,85\n", "a.b.marks", "85", "");
  csv_gives("agency,a.b.marks,a.b.days\na,,1\n", "a.b.marks", "-", "");
  csv_gives("agency,a.b.marks\na,[]\n", "a.b.marks", "[]", "");
  csv_gives("agency;a.b.marks\na;\"85;90\"\n", "a.b.marks", "85; 90", "");
  csv_gives("agency;a.b.marks\na;85;90\n", "a.b.marks", "-", "E0413@2:6");
  csv_gives("agency,a.b.marks\na,85;;90;\n", "a.b.marks", "!", "E0486@2:6");
  csv_gives("agency,a.b.marks\na,;;;\n", "a.b.marks", "!", "E0486@2:3");
  csv_gives("agency,a.b.marks\na,\"85;7,46;x\"\n", "a.b.marks", "!", "E0149@2:7 E0152@2:12");
  csv_gives("agency,a.b.marks\na,\"85;\"\"9\"\"\"\n", "a.b.marks", "!", "E0152@2:3");   /* doubled quotes: the whole cell */
  csv_gives("agency,criterion,input,value\na,a.b,marks,1;2\na,a.b,views:good,3\na,a.b,views:v.1,4\na,a.b,views:poor,5\n", "a.b.marks", "1; 2", "");
  csv_gives("agency,a.b.views:good,a.b.views:v.1,a.b.views:poor\na,1,2,3\n", "a.b.views:v.1", "2", "");
  csv_gives("agency,a.b.views:good,a.b.views:v.1,a.b.views:poor\na,,,\nb,1,2,3\n", "a.b.views", "-", "");
  csv_gives("agency,a.b.views:good,a.b.views:v.1\na,1,\n", "a.b.views:poor", "0", "W0496@2:3");
  csv_gives("agency,a.b.views\na,1\n", "a.b.views", "-", "E0489@1:8");
  csv_gives("agency,a.b.views:god,a.b.views:poor\na,1,2\n", "a.b.views", "!", "E0487@1:8");
  csv_gives("agency,a.b.views:x:y\na,1\n", "a.b.views", "-", "E0488@1:8");
  csv_gives("agency,a.b.view:good\na,1\n", "a.b.views", "-", "E0421@1:8");
  csv_gives("agency,a.b.marks:good\na,1\n", "a.b.views", "-", "E0420@1:8");
  csv_gives("agency,b.views:good\na,1\n", "a.b.views", "-", "E0421@1:8");
  csv_gives("agency,criterion,input,value\na,a.b,views,1\n", "a.b.views", "!", "E0489@2:7");
  csv_gives("agency,criterion,input,value\na,a.b,views:,1\n", "a.b.views", "!", "E0488@2:7");
}

static void test_files(void) {
  fixture *x = start(SET, LIST);
  add_file(x, "1.csv", "agency,a.b.marks,a.b.views:good\na,1;2,3\nb,4,1\n");
  add_file(x, "2.yaml", "ari: evidence/1\nagency: a\nevidence:\n  a.b: {marks: [1, 2], views: {v.1: 4, poor: 5}}\n");
  add_file(x, "3.csv", "agency,a.b.views:poor\na,6\n");
  run(x, "2026-08", 3);
  is(found(x), "W0496@3:5 E0460@4:16 E0460@2:3", "the same list and the same option twice, with an option that one file lacks and another has");
  is(cell(x, "a", "a.b.marks"), "1; 2", "the first stays");
  is(cell(x, "a", "a.b.views:poor"), "5", "of an option too");
  is(cell(x, "b", "a.b.views:poor"), "0", "and what nobody wrote is 0");
  end(x);
}

/* 100,000 values in one list of YAML and in one cell. */
static void test_many(void) {
  enum { MANY = 100000 };
  char *text = malloc(100 + 3 * MANY), *at = text;
  if (!text) exit(9);
  at += sprintf(at, "agency,a.b.days\na,");
  for (int i = 0; i < MANY; i++) at += sprintf(at, "%s%d", i ? ";" : "", i % 10);
  sprintf(at, "\n");
  fixture *x = read_text("e.csv", text);
  is(found(x), "", "a cell of 100,000 values");
  ok(x->ev->n_lists == 1 && x->ev->lists[0].n == MANY && x->ev->lists[0].items[MANY - 1].coef == 9, "they are all there");
  end(x);
  at = text + sprintf(text, "ari: evidence/1\nagency: a\nevidence: {a.b: {days: [");
  for (int i = 0; i < MANY; i++) at += sprintf(at, "%s%d", i ? ", " : "", i % 10);
  sprintf(at, "]}}\n");
  x = read_text("a.yaml", text);
  is(found(x), "", "and as many in YAML");
  ok(x->ev->n_lists == 1 && x->ev->lists[0].n == MANY, "all there as well");
  end(x);
  free(text);
}

int main(void) {
  test_yaml_lists();
  test_yaml_surveys();
  test_tables();
  test_files();
  test_many();
  return done();
}
