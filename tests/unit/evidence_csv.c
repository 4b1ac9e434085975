/* CSV: rows and fields as RFC 4180 and spreadsheets write them, headers wide and long, and what cannot be read. */
#include "evidence_fixture.h"

/* All rows as "a|b|c/" with the spreadsheet's row number in front. */
static const char *rows(const char *text, size_t n, fixture *x) {
  int32_t file = add_source(x, "t.csv", text, n);
  ari_csv csv;
  ari_csv_step step;
  ari_buf_clear(&x->text);
  ari_csv_open(&csv, &x->sources.items[file], file, &x->fs);
  while ((step = ari_csv_next(&csv)) == ARI_CSV_ROW || step == ARI_CSV_BAD_ROW) {
    ari_buf_printf(&x->text, "%u:", csv.row);
    for (size_t i = 0; i < csv.n && step == ARI_CSV_ROW; i++) {
      if (i) ari_buf_char(&x->text, '|');
      ari_buf_str(&x->text, csv.fields[i].text);
    }
    ari_buf_text(&x->text, step == ARI_CSV_ROW ? "/" : "bad/");
  }
  ari_buf_text(&x->text, step == ARI_CSV_END ? "end" : "broken");
  ari_csv_close(&csv);
  return answer(x);
}

static void is_rows(const char *text, const char *want, const char *name) {
  fixture x = {0};
  is(rows(text, strlen(text), &x), want, name);
  ari_findings_free(&x.fs);
  ari_sources_free(&x.sources);
  ari_buf_free(&x.text);
}

static void test_rows(void) {
  is_rows("a,b\n1,2\n", "1:a|b/2:1|2/end", "comma and LF");
  is_rows("a;b\r\n1;2,5\r\n", "1:a|b/2:1|2,5/end", "semicolon told from the header, CRLF");
  is_rows("a,b\r1,2", "1:a|b/2:1|2/end", "CR alone, no line end at the end");
  is_rows("\xEF\xBB\xBF" "a,b\n", "1:a|b/end", "byte order mark");
  is_rows("a,b\n\n\n1,2\n", "1:a|b/4:1|2/end", "empty rows count as a spreadsheet counts them");
  is_rows("a,b\n,\n , \n1,2\n", "1:a|b/4:1|2/end", "rows of nothing but separators are empty");
  is_rows("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", "1:a|b/2:x, y|say \"hi\"/end", "quotes, doubled quotes");
  is_rows("a,b\n\"two\nlines\",2\n3,4\n", "1:a|b/2:two\nlines|2/3:3|4/end", "a line end in quotes is no row of its own");
  is_rows("a,b\n  x  ,\t\"y\" \n", "1:a|b/2:x|y/end", "spaces around values");
  is_rows("a,b\n12\" screen,2\n", "1:a|b/2:12\" screen|2/end", "a quotation mark inside a plain value is a letter");
  is_rows("\"a;b\",c\n1,2\n", "1:a;b|c/2:1|2/end", "a separator in quotes says nothing");
  is_rows("a,b\n1\n1,2,3\n", "1:a|b/2:1/3:1|2|3/end", "rows of any length come back");
  is_rows("a,b\n\"x\"y,2\n3,4\n", "1:a|b/2:bad/3:3|4/end", "text behind a closing quotation mark");
  is_rows("a,b\n\"x,2\n3,4\n", "1:a|b/broken", "a quotation mark that is never closed");
  is_rows("a,b\n1,\n", "1:a|b/2:1|/end", "an empty last value");
  is_rows("", "end", "nothing");
  is_rows("a,\"\"\n", "1:a|/end", "an empty value in quotes");
}

static void test_long_rows(void) {
  fixture x = {0};
  size_t n = (1 << 20) + 100;
  char *text = malloc(n);
  if (!text) exit(9);
  memset(text, 'x', n);
  memcpy(text, "a,b\n", 4);
  is(rows(text, n, &x), "1:a|b/broken", "a row longer than the limit");
  is(found(&x), "E0412@2:1", "... is told where it begins");
  ari_findings_free(&x.fs);
  text[4] = '"';
  is(rows(text, n, &x), "1:a|b/broken", "a quotation mark that swallows a megabyte");
  is(found(&x), "E0410@2:1", "... is told where it opens");
  ari_findings_free(&x.fs);
  ari_sources_free(&x.sources);
  ari_buf_free(&x.text);
  free(text);
}

static void test_wide(void) {
  fixture *x = read_one("e.csv", "agency,progress.on_time,progress.received,progress.claimed,progress.note,online.plan.plan,online.plan.withheld,total.population\n"
                                 "so-noi-vu,4210,4388,19.18,\"số liệu, quý\",late,đang thanh tra,1200\n"
                                 "xa-a,,5,,,,,\n");
  is(found(x), "", "a good table has no findings");
  is(table_text(x),
     "so-noi-vu: 1200 4210 4388 1 - - - - - - | progress claimed=19.18 note=số liệu, quý | online.plan withheld=đang thanh tra\n"
     "so-y-te absent: - - - - - - - - - -\n"
     "xa-a: - - 5 - - - - - - -\n", "wide: values, claims, notes; an empty cell is absent");
  const ari_cell *c = ari_evidence_cell(x->ev, 0, ari_map_get(&x->set->columns, ARI_STR("progress.received")));
  ok(c->at.row == 2 && c->at.len == 4, "a cell knows its row and place");
  ok(x->ev->complete && x->ev->period.kind == ARI_MONTH && x->ev->period.part == 8, "complete, and of the period asked for");
  end(x);
}

static void test_header(void) {
  finds("e.csv", "agency,progress.on_tim\nxa-a,1\n", "E0425@1:8", "an input misspelt");
  finds("e.csv", "agency,progess.on_time\nxa-a,1\n", "E0423@1:8", "a criterion misspelt");
  finds("e.csv", "agency,warp.speed\nxa-a,1\n", "E0422@1:8", "a criterion nobody knows");
  finds("e.csv", "agency,progress.zzzzzzz\nxa-a,1\n", "E0424@1:8", "an input nobody knows");
  finds("e.csv", "agency,progress.population\nxa-a,1\n", "E0426@1:8", "an input of the level above");
  finds("e.csv", "agency,agncy\nxa-a,1\n", "E0421@1:8", "a column misspelt");
  finds("e.csv", "agency,whatever\nxa-a,1\n", "E0420@1:8", "a column nobody knows");
  finds("e.csv", "agency,progress.on_time:a\nxa-a,1\n", "E0421@1:8", "an option of an input that has none");
  finds("e.csv", "agency,online.claimed\nxa-a,1\n", "E0427@1:8", "a claim for an inner node");
  finds("e.csv", "agency,progress.documents\nxa-a,1\n", "E0429@1:8", "documents in a table");
  finds("e.csv", "agency,progress.on_time,progress.on_time\nxa-a,1,2\n", "E0415@1:25", "a column twice");
  finds("e.csv", "agency,progress.on_time,\nxa-a,1,\nso-y-te,2,x\n", "E0414@3:11", "a value in a column without a name");
  finds("e.csv", "agency,progress.on_time\n", "W0417@1:1", "a header alone");
  finds("e.csv", "\n\n", "E0106@1:1", "line ends alone");
  finds("e.csv", "agency\tprogress.on_time\nxa-a\t1\n", "E0416@1:1", "tabs");
  finds("e.csv", "unit,progress.on_time\nxa-a,1\n", "E0403@1:1", "no column agency");
  finds("e.csv", "id,name,group\nxa-a,A,b\n", "E0404@1:1", "an agency list");
  finds("e.csv", "agency,criterion,input\nxa-a,progress,on_time\n", "E0428@1:1", "long without value");
  finds("e.csv", "agency,criterion,input,valeu\nxa-a,progress,on_time,1\n", "E0428@1:1 E0421@1:24", "long with value misspelt");
  finds("e.csv", "agency,criterion,input,value,whatever\nxa-a,progress,on_time,1,2\n", "E0419@1:30", "long with a column of its own");
}

static void test_rows_of_evidence(void) {
  finds("e.csv", "agency,progress.on_time\nxa-a\nxa-a,1,2\n", "E0413@2:1 E0413@3:8", "rows too short and too long");
  finds("e.csv", "agency,progress.on_time\n,1\n", "E0450@2:1", "no agency");
  finds("e.csv", "agency,progress.on_time\nxa-b,1\n", "E0452@2:1", "an agency misspelt");
  finds("e.csv", "agency,progress.on_time\nbộ-tài-chính,1\n", "E0451@2:1", "an agency nobody knows");
  finds("e.csv", "agency,progress.on_time\nSở Y tế,1\n", "E0453@2:1", "the name instead of the id");
  finds("e.csv", "agency,progress.on_time\nxx,1.5\n", "E0451@2:1 E0470@2:4", "the values of an unknown agency are looked at too");
  finds("e.csv", "agency,criterion,input,value\nxa-a,,on_time,1\nxa-a,progress,,1\n", "E0418@2:6 E0418@3:15", "long: cells that must not be empty");
  finds("e.csv", "agency,criterion,input,value\nxa-a,progress,on_tim,1\nxa-a,progess,on_time,1\n", "E0425@2:15 E0423@3:6", "long: names misspelt");
  finds("e.csv", "agency,criterion,input,value\nxa-a,progress,documents,1\n", "E0429@2:15", "long: documents");
  finds("e.csv", "agency,progress.on_time\n\"xa-a\"b,1\n", "E0411@2:7", "a row with bad quotes");
  fixture *x = read_one("e.csv", "agency,progress.on_time\nxa-a\nso-y-te,x\nso-noi-vu,7\n");
  ok(x->ev->complete, "errors of a row lie at its agency's door");
  ok(submission(x, "xa-a")->invalid && submission(x, "so-y-te")->invalid && !submission(x, "so-noi-vu")->invalid, "... and nobody else's");
  is(cell(x, "so-y-te", "progress.on_time"), "!", "a value that was told is bad, not absent");
  is(cell(x, "so-noi-vu", "progress.on_time"), "7", "the others are there");
  end(x);
  x = read_one("e.csv", "agency,progress.on_time\n\"xa-a\"b,1\nso-y-te,2\n");
  is(cell(x, "so-y-te", "progress.on_time"), "2", "below a row that cannot be read the next one can");
  end(x);
}

/* With --keep-going: whom errors concern. `who`: the agencies that are invalid, in the order of the list; NULL: nobody knows. */
static void blames(const char *text, const char *who, const char *name) {
  fixture *x = read_one("e.csv", text);
  char got[100] = "";
  for (size_t a = 0; a < x->ev->agencies->n; a++) {
    ari_str id = x->ev->agencies->items[a].id;
    if (x->ev->submissions[a].invalid) snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", *got ? " " : "", (int)id.n, id.p);
  }
  ok(x->fs.errors && x->ev->complete == (who != NULL), name);
  is(got, who ? who : "", name);
  end(x);
}

static void test_blame(void) {
  blames("agency,progress.on_time\nxa-z9,1\nxa-a,2\n", "", "an agency that is not in the list is nobody");
  blames("agency,progress.on_time\n,1\nxa-a,2\n", "", "nor is a wide row without agency");
  blames("agency,criterion,input,value\nxa-a,progress,on_time,1\n,progress,received,2\nso-y-te,progress,on_time,2\n", "xa-a",
         "a long row without agency may be the one's above");
  blames("agency,criterion,input,value\n,progress,received,2\nxa-a,progress,on_time,1\n", NULL, "... but the first is anybody's");
  blames("agency,progress.on_time\nso-y-te,2\nxa-a,\"1\"b\n", "xa-a", "quotes that go wrong behind the agency");
  blames("agency,progress.on_time\n\"xa-a\"b,1\nso-y-te,2\n", NULL, "... and in it");
  blames("progress.on_time,agency\n\"1\"b,xa-a\n", NULL, "... and before it");
  blames("agency,progress.on_time\n\"xa-a,1\nso-y-te,2\n", NULL, "a quotation mark that is never closed");
  blames("agency,progress.on_time,progress.speed\nxa-a,1,\nso-y-te,2,3\n", "so-y-te", "an unknown column concerns who has something in it");
  blames("agency,progress.on_time,progress.speed\nxa-a,1,\nso-y-te,2,\n", "", "... an empty one nobody");
  blames("agency,progress.on_time,whatever,warp.speed,online.note,progress.documents\nxa-a,1,,,,x\nso-y-te,2,,x,,\nso-noi-vu,1,x,,x,\n",
         "so-noi-vu so-y-te xa-a", "... of whatever kind");
  blames("agency,progress.on_time,progress.on_time\nxa-a,1,\nso-y-te,2,3\n", "so-y-te", "... or the same name again");
  blames("agency,criterion,input,value,whatever\nxa-a,progress,on_time,1,\nso-y-te,progress,on_time,1,x\n", "so-y-te", "... in the long form too");
  blames("agency,progess.on_time,period\nxa-a,1,2026-07\nso-y-te,2,\n", "so-y-te xa-a", "other errors besides");
  blames("agency,criterion,input\nxa-a,progress,on_time\n", NULL, "a column that must be there");
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "e.csv", "agency,perod,progress.on_time\nxa-a,2026-08,1\n");
  run(x, NULL, 1);
  is(found(x), "E0421@1:8", "a period misspelt, and none asked for");
  ok(!x->ev->complete, "... concerns all");
  end(x);
  x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "e.csv", "agency,period,progress.on_time\nxa-z9,2026-07,1\nxa-a,2026-08,1\nso-y-te,2026-08,1\n");
  run(x, NULL, 1);
  is(found(x), "E0452@2:1", "the period of a row that is nobody's binds nobody");
  ok(x->ev->period.part == 8, "... and is not the evidence's");
  end(x);
  x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "e.csv", "agency,period,progress.on_time\nxa-z9,2026-08,1\nxa-a,2026-08,1\n");
  run(x, NULL, 1);
  ok(x->ev->period.part == 8, "... the same period in the next row is");
  end(x);
}

static void test_absent(void) {
  fixture *x = read_one("e.csv", "agency,progress.on_time,progress.note\nxa-a,,\nso-y-te,,n\nso-noi-vu,x,\n");
  ok(!submission(x, "xa-a")->present && !submission(x, "xa-a")->invalid, "a row of empty cells: absent");
  ok(submission(x, "so-y-te")->present && submission(x, "so-noi-vu")->present && submission(x, "so-noi-vu")->invalid, "a note is something, an error too");
  end(x);
  x = read_one("e.csv", "agency,criterion,input,value\nxa-a,progress,on_time,\n");
  ok(!submission(x, "xa-a")->present && !x->fs.n, "long: a row without a value: absent");
  end(x);
}

static void test_names_listed(void) {
  fixture *x = read_one("e.csv", "agency,progress.whatever\nxa-a,1\n");
  ok(strstr(shown(x, ARI_EN), "write one of: on_time, received, claimed, note, not_applicable, withheld\n"), "a table is not offered documents");
  end(x);
  finds("e.csv", "agency,progress.document\nxa-a,1\n", "E0424@1:8", "... not even for a slip");
}

static void test_text(void) {
  fixture *x = read_one("e.csv", "agency,online.kinds.words,progress.note\nxa-a,\"a\nb\",Nghi\xCC\xA3 quyết\n");
  is(found(x), "W0543@3:4", "line ends in texts are fine; the note stands without a figure");
  is(cell(x, "xa-a", "online.kinds.words"), "«a\nb»", "... and kept");
  ok(ari_str_is(entry(x, "xa-a", "progress")->remark->note, "Nghị quyết"), "text is NFC");
  end(x);
  x = read_one("e.csv", "agency,progress.note\nxa-a,\"he said \"\"no\"\"\"\nso-y-te,+1\n");
  ok(ari_str_is(entry(x, "xa-a", "progress")->remark->note, "he said \"no\""), "doubled quotes are kept beyond their row");
  end(x);
  finds("e.csv", "agency,progress.note\nxa-a,a\x07z\n", "E0105@2:7", "a control character");
  finds("e.csv", "agency,progress.note\nxa-a,\xFF\n", "E0103@2:6", "not UTF-8");
}

int main(void) {
  test_rows();
  test_long_rows();
  test_wide();
  test_header();
  test_rows_of_evidence();
  test_blame();
  test_absent();
  test_names_listed();
  test_text();
  return done();
}
