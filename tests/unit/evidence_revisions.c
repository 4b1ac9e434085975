/* Later revisions of a round take the place of earlier ones: agency by agency, criterion by criterion, each origin by itself. */
#include "evidence_fixture.h"

static const char *const SET =
  "ari: criteria/1\n"
  "id: round\n"
  "title: {vi: Bộ nhỏ, en: Small}\n"
  "period: year\n"
  "rounding: {leaf: 2}\n"
  "not_applicable: exclude\n"
  "missing: zero\n"
  "inputs: {population: count, staff: {type: count, source: central}}\n"
  "criteria:\n"
  "  - id: a\n"
  "    max: 10\n"
  "    inputs:\n"
  "      done: count\n"
  "      all: count\n"
  "      late: {type: count, source: central}\n"
  "      liked: {type: survey, source: survey, options: {good: Tốt, poor: Kém}}\n"
  "    score: {cases: [{when: late + all + done > 3, points: 1}, {when: previous(done) > 1, points: 2}, {points: 10}]}\n"
  "  - id: b\n"
  "    max: 5\n"
  "    inputs: {hours: {type: count, list: true}, why: text}\n"
  "    score: {points: \"min(5, sum(hours))\"}\n";

static const char *const LIST = "id,name,group\nx,X,g\ny,Y,g\nz,Z,g\n";

static void add_revision(fixture *x, const char *name, int32_t revision, const char *text) {
  add_file(x, name, text);
  x->files[x->n - 1].revision = revision;
}

static void test_leaf(void) {
  fixture *x = start(SET, LIST);
  add_revision(x, "1.csv", 1, "agency,a.done,a.all,a.claimed,a.note,b.why\nx,1,2,3.5,first,because\ny,5,6,,,\n");
  add_revision(x, "2.csv", 2, "agency,a.all\nx,9\n");
  run(x, "2026", 1);
  is(found(x), "", "what a later revision says again is no error");
  is(table_text(x), "x: - - - 9 - - - - - «because»\n"
                    "y: - - 5 6 - - - - - -\n"
                    "z absent: - - - - - - - - - -\n", "it replaces the leaf whole, with its claim and note; other leaves and agencies stay");
  ok(submission(x, "x")->at.file == x->files[1].source && submission(x, "y")->at.file == x->files[0].source, "an agency is named where it was last");
  end(x);
}

static void test_origins(void) {
  fixture *x = start(SET, LIST);
  add_revision(x, "1.csv", 1, "agency,a.done,a.all,total.population\nx,1,2,1000\n");
  add_revision(x, "2.csv", 2, "agency,a.late,total.staff\nx,7,40\n");
  add_revision(x, "3.csv", 3, "agency,a.liked:good,a.liked:poor\nx,30,10\n");
  add_revision(x, "4.csv", 4, "agency,a.done\nx,4\n");
  run(x, "2026", 1);
  is(found(x), "", "figures of different origins");
  is(table_text(x), "x: 1000 40 4 - 7 + 30 10 - -\ny absent: - - - - - - - - - -\nz absent: - - - - - - - - - -\n",
     "an agency's own figures, central ones and the survey's replace their own only");
  end(x);
}

static void test_survey(void) {
  fixture *x = start(SET, LIST);
  add_revision(x, "1.csv", 1, "agency,a.liked:good,a.liked:poor\nx,30,10\n");
  add_revision(x, "2.csv", 2, "agency,a.liked:good\nx,20\n");
  run(x, "2026", 1);
  is(found(x), "W0496@2:3", "a survey is replaced whole: an option without answers now is told");
  is(cell(x, "x", "a.liked:poor"), "0", "... and counts as 0");
  end(x);
}

static void test_same_revision(void) {
  fixture *x = start(SET, LIST);
  add_revision(x, "1.csv", 1, "agency,a.done,a.all\nx,1,2\n");
  add_revision(x, "2.csv", 2, "agency,a.done\nx,3\n");
  add_revision(x, "3.csv", 2, "agency,a.all,a.done\nx,4,5\n");
  run(x, "2026", 1);
  is(found(x), "E0460@2:5", "twice within one revision is the error that it was");
  ok(x->fs.items[0].other.file == x->files[1].source, "... with the other place in that revision");
  is(cell(x, "x", "a.all"), "4", "two files of one revision add up");
  end(x);
}

static void test_documents(void) {
  fixture *x = start(SET, LIST);
  const char *one = "ari: evidence/1\nagency: x\nperiod: 2026\nevidence:\n  b:\n    hours: [1, 2]\n    why: kept\n    documents:\n      - number: 1/QĐ\n      - number: 2/QĐ\n";
  const char *two = "ari: evidence/1\nagency: x\nperiod: 2026\nevidence:\n  b:\n    hours: [5]\n    documents:\n      - number: 3/QĐ\n";
  add_revision(x, "1.yaml", 1, one);
  add_revision(x, "2.yaml", 2, two);
  run(x, "2026", 1);
  is(cell(x, "x", "b.hours"), "5", "lists are replaced");
  is(cell(x, "x", "b.why"), "-", "... and what is not said again is gone");
  const ari_remark *remark = entry(x, "x", "b")->remark;
  ok(remark && remark->n_documents == 1 && ari_str_is(remark->documents[0].number, "3/QĐ"), "... documents too");
  end(x);
}

static void test_taking_back(void) {
  fixture *x = start(SET, LIST);
  add_revision(x, "1.yaml", 1, "ari: evidence/1\nagency: x\nperiod: 2026\nwithheld: under inspection\nevidence: {a: {done: 1, claimed: 2}}\n");
  add_revision(x, "2.csv", 2, "agency,a.late\nx,7\n");
  add_revision(x, "3.yaml", 3, "ari: evidence/1\nagency: x\nperiod: 2026\nevidence: {total: {}, a: {}}\n");
  run(x, "2026", 1);
  is(found(x), "W0463@4:12 W0463@4:23", "a criterion with nothing below it");
  is(cell(x, "x", "a.done"), "-", "... takes the agency's own figures back");
  is(cell(x, "x", "a.late"), "7", "... and no others");
  ok(!submission(x, "x")->withheld.p && submission(x, "x")->present, "total with nothing below it: the agency is no longer withheld");
  end(x);
  x = start(SET, LIST);
  add_revision(x, "1.csv", 1, "agency,a.done\nx,1\n");
  add_revision(x, "2.yaml", 2, "ari: evidence/1\nagency: x\nperiod: 2026\nevidence: {a: {}}\n");
  run(x, "2026", 1);
  ok(!submission(x, "x")->present && submission(x, "x")->named, "an agency that takes everything back is absent");
  end(x);
}

static void test_contradiction(void) {
  fixture *x = start(SET, LIST);
  add_revision(x, "1.csv", 1, "agency,a.not_applicable\nx,nothing occurred\n");
  add_revision(x, "2.csv", 2, "agency,a.done\nx,1\n");
  run(x, "2026", 1);
  is(found(x), "", "a reason that no longer counts contradicts nothing");
  ok(!entry(x, "x", "a")->remark, "... and is gone");
  end(x);
}

static void test_last_period(void) {
  fixture *x = start(SET, LIST);
  add_revision(x, "last.csv", 0, "agency,a.done,a.all\nx,1,2\ny,8,9\n");
  x->files[0].kind = ARI_FILE_PREVIOUS;
  add_revision(x, "1.csv", 1, "agency,period,a.done,a.all\nx,2026,3,4\ny,2026,5,6\n");
  add_revision(x, "2.csv", 2, "agency,period,a.done\nx,2025,7\n");
  run(x, "2026", 1);
  is(found(x), "", "last period's rows in a later revision");
  ari_previous_part part;
  int done = ari_map_get(&x->set->columns, ARI_STR("a.done")), all = ari_map_get(&x->set->columns, ARI_STR("a.all"));
  ok(ari_previous_parts(x->ev, 0, done, &part, 1) == 1 && part.cell && part.cell->value.coef == 7, "... replace last period's figures");
  ok(ari_previous_parts(x->ev, 0, all, &part, 1) == 1 && !part.cell, "... the leaf whole");
  ok(ari_previous_parts(x->ev, 1, done, &part, 1) == 1 && part.cell && part.cell->value.coef == 8, "... of that agency only");
  is(cell(x, "x", "a.all"), "4", "... and nothing of this period");
  end(x);
}

static const char *last_of(fixture *x, size_t agency, const char *column) {
  ari_previous_part part;
  int slot = ari_map_get(&x->set->columns, ari_str_of(column));
  if (ari_previous_parts(x->ev, agency, slot, &part, 1) != 1) return "?";
  ari_buf_clear(&x->text);
  if (part.cell) ari_buf_dec(&x->text, part.cell->value, ARI_AS_DATA);
  else ari_buf_char(&x->text, '-');
  return answer(x);
}

static void add_last(fixture *x, const char *name, int32_t revision, const char *text) {
  add_revision(x, name, revision, text);
  x->files[x->n - 1].kind = ARI_FILE_PREVIOUS;
}

#define RULING "ari: appraisal/1\nagency: x\nperiod: 2025\nappraisal:\n  a: "

/* What a whole round of last period came to: revisions, results of a survey, appraisals of both turns. */
static void test_last_round(void) {
  fixture *x = start(SET, LIST);
  add_last(x, "1.csv", 1, "agency,period,a.done,a.all\nx,2025,1,2\ny,2025,8,9\nz,2025,3,4\n");
  add_last(x, "2.csv", 7, "agency,period,a.done,a.all\nx,2025,5,6\n");
  add_last(x, "3.csv", 8, "agency,a.late\nx,40\n");
  add_last(x, "4.yaml", 9, RULING "{inputs: {done: 50, late: 41}, reason: counted again}\n");
  add_last(x, "5.csv", 10, "agency,criterion,decision,input,value,reason\ny,a,inputs,done,80,seen\ny,a,inputs,all,90,seen\nz,a,inputs,done,30,seen\n");
  add_last(x, "6.csv", 11, "agency,criterion,decision,input,value,reason\nz,a,accept,,,the agency is right\ny,a,points,,3,settled\n");
  add_last(x, "7.csv", 12, "agency,a.late\nx,42\n");
  add_revision(x, "now.csv", 1, "agency,period,a.done,a.all\nx,2026,3,4\ny,2026,5,6\n");
  run(x, "2026", 1);
  is(found(x), "", "all files of last period's round");
  is(last_of(x, 0, "a.done"), "50", "what was settled then counts");
  is(last_of(x, 0, "a.all"), "6", "... other figures as they were corrected last");
  is(last_of(x, 0, "a.late"), "41", "... also against central figures that came afterwards");
  is(last_of(x, 1, "a.done"), "8", "points that were settled later leave the agency's figures");
  is(last_of(x, 2, "a.done"), "3", "... and so does a later yes to them");
  is(cell(x, "x", "a.done"), "3", "this period's figures are its own");
  ok(x->ev->n_decisions == 0, "... without decisions");
  end(x);
}

static void test_last_again(void) {
  fixture *x = start(SET, LIST);
  add_last(x, "1.csv", 7, "agency,period,a.done,a.all\nx,2025,5,6\ny,2025,7,8\n");
  add_last(x, "4.yaml", 9, RULING "{inputs: {done: 50}, reason: counted again}\n");
  add_revision(x, "now.csv", 1, "agency,period,a.done\nx,2026,3\nx,2025,9\n");
  run(x, "2026", 1);
  is(found(x), "", "a round that says last period's figures anew");
  is(last_of(x, 0, "a.done"), "9", "... replaces them, whatever their revisions were");
  is(last_of(x, 0, "a.all"), "-", "... the leaf whole");
  is(last_of(x, 1, "a.done"), "7", "... of that agency only");
  x->files[2].revision = 0;
  ari_evidence_free(x->ev);
  run(x, "2026", 1);
  is(found(x), "E0460@3:8", "without a round it is said twice");
  end(x);
}

static void test_last_survey(void) {
  fixture *x = start(SET, LIST);
  add_last(x, "s.yaml", 0, "ari: survey/1\nagency: x\nperiod: 2025\nsurvey: {a: {liked: {good: 3, poor: 4}}}\n");
  add_last(x, "a.yaml", 0, RULING "{inputs: {done: 50}, reason: counted again}\n");
  run(x, "2026", 1);
  is(found(x), "E0550@1:1", "files of last period: results of a survey are fine, appraisals come from a database");
  is(last_of(x, 0, "a.liked:good"), "3", "... its answers");
  end(x);
}

static void test_without_list(void) {
  fixture *x = start(SET, NULL);
  add_revision(x, "1.csv", 1, "agency,a.done\nq,1\nr,2\n");
  add_revision(x, "2.csv", 2, "agency,a.done\nr,3\n");
  run(x, "2026", 1);
  is(cell(x, "r", "a.done"), "3", "without a list of agencies too");
  is(cell(x, "q", "a.done"), "1", "...");
  end(x);
}

/* ---- one revision after the other against what remains ------------------------------------------------------------------------- */

enum { AGENCIES = 3, COLUMNS = 10, MOST = 200 };
static const struct { const char *criterion, *input; int unit; } column[COLUMNS] = {   /* unit: criterion and origin */
  {"total", "population", 0}, {"total", "staff", 1}, {"a", "done", 2}, {"a", "all", 2}, {"a", "late", 3},
  {"a", "liked:good", 4}, {"a", "claimed", 2}, {"b", "hours", 5}, {"b", "why", 5}, {"b", "note", 5}};
typedef struct row { int agency, column, value, revision; } row;

static unsigned draw(unsigned *seed, unsigned below) {
  *seed = *seed * 1103515245u + 12345u;
  return (*seed >> 16) % below;
}

static void put_row(ari_buf *b, const row *r) {
  ari_buf_printf(b, "%c,%s,%s,%d\n", "xyz"[r->agency], column[r->column].criterion, column[r->column].input, r->value);
}

/* Each revision says each thing once at most. */
static int draw_rows(unsigned *seed, row *rows, int revisions) {
  int n = 0;
  for (int revision = 1; revision <= revisions; revision++)
    for (int a = 0; a < AGENCIES; a++)
      for (int c = 0; c < COLUMNS; c++)
        if (draw(seed, 4) == 0 && n < MOST) rows[n++] = (row){a, c, (int)draw(seed, 9), revision};
  return n;
}

static bool remains(const row *rows, int n, const row *r) {
  for (int i = 0; i < n; i++)
    if (rows[i].agency == r->agency && column[rows[i].column].unit == column[r->column].unit && rows[i].revision > r->revision) return false;
  return true;
}

/* A revision is handed in as one file, or as two. */
static fixture *read_rows(unsigned *seed, const row *rows, int n, int revisions, ari_buf *texts) {
  fixture *x = start(SET, LIST);
  for (int revision = 1; revision <= revisions; revision++) {
    ari_buf *two[2] = {&texts[2 * revision - 2], &texts[2 * revision - 1]};
    for (int k = 0; k < 2; k++) ari_buf_text(two[k], "agency,criterion,input,value\n");
    for (int i = 0; i < n; i++)
      if (rows[i].revision == revision) put_row(two[draw(seed, 2)], &rows[i]);
    for (int k = 0; k < 2; k++) add_revision(x, "r.csv", revision, (ari_buf_char(two[k], '\0'), two[k]->p));
  }
  run(x, "2026", 1 + (int)draw(seed, 3));
  return x;
}

static void test_property(void) {
  enum { REVISIONS = 4 };
  int bad = 0, replaced = 0;
  for (unsigned seed = 1, i = 0; i < 200; i++) {
    row rows[MOST];
    ari_buf texts[2 * REVISIONS] = {0}, left = {0};
    int revisions = 1 + (int)draw(&seed, REVISIONS), n = draw_rows(&seed, rows, revisions);
    fixture *x = read_rows(&seed, rows, n, revisions, texts), *y = start(SET, LIST);
    ari_buf_text(&left, "agency,criterion,input,value\n");
    for (int k = 0; k < n; k++) {
      if (remains(rows, n, &rows[k])) put_row(&left, &rows[k]);
      else replaced++;
    }
    ari_buf_char(&left, '\0');
    add_file(y, "left.csv", left.p);
    run(y, "2026", 1);
    bad += x->fs.errors || y->fs.errors || strcmp(table_text(x), table_text(y)) != 0;
    for (int k = 0; k < 2 * REVISIONS; k++) ari_buf_free(&texts[k]);
    ari_buf_free(&left);
    end(x);
    end(y);
  }
  ok(bad == 0, "200 rounds: revision after revision gives the table of what remains");
  ok(replaced > 1000, "... of which much was replaced");
}

int main(void) {
  test_leaf();
  test_origins();
  test_survey();
  test_same_revision();
  test_documents();
  test_taking_back();
  test_contradiction();
  test_last_period();
  test_last_round();
  test_last_again();
  test_last_survey();
  test_without_list();
  test_property();
  return done();
}
