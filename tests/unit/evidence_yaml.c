/* Evidence of one agency in YAML: values, claims, notes, documents, reasons, and what is told. */
#include "evidence_fixture.h"

static fixture *read_yaml(const char *text) { return read_one("e.yaml", text); }

/* Below a good beginning of four lines. */
static fixture *read_body(const char *body) {
  char text[2000];
  snprintf(text, sizeof text, "ari: evidence/1\nset: small\nagency: xa-a\nevidence:\n%s", body);
  return read_yaml(text);
}

static void body_finds(const char *body, const char *want, const char *name) {
  fixture *x = read_body(body);
  is(found(x), want, name);
  ok(x->ev->complete && submission(x, "xa-a")->invalid == (strchr(want, 'E') != NULL), "... and it is the agency's");
  end(x);
}

static void yaml_finds(const char *text, const char *want, const char *name) { finds("e.yaml", text, want, name); }

static void test_good(void) {
  fixture *x = read_yaml(
    "ari: evidence/1\nset: small\nagency: so-noi-vu\nperiod: 2026-08\nevidence:\n"
    "  total: {population: 1200}\n"
    "  progress: {on_time: 4210, received: 4388, claimed: 19.18, note: số liệu từ Cổng DVC}\n"
    "  online.plan:\n    plan: late\n    done: có\n    documents:\n"
    "      - {number: 12/KH-SNV, date: 2026-01-15, title: Kế hoạch cải cách hành chính, file: docs/kh12.pdf}\n"
    "      - title: Báo cáo\n"
    "  online.kinds: {rate: 7.46%, day: 2026-01-31, words: \"a, b\"}\n");
  is(found(x), "", "no findings");
  is(table_text(x),
     "so-noi-vu: 1200 4210 4388 1 1 0.0746 - - 20484 «a, b» | progress claimed=19.18 note=số liệu từ Cổng DVC | online.plan documents=2\n"
     "so-y-te absent: - - - - - - - - - -\nxa-a absent: - - - - - - - - - -\n", "values, claims, notes, documents");
  const ari_document *d = entry(x, "so-noi-vu", "online.plan")->remark->documents;
  ok(ari_str_is(d->number, "12/KH-SNV") && ari_str_is(d->file, "docs/kh12.pdf") && d->has_day && d->day == 20468, "a document");
  ok(ari_str_is(d[1].title, "Báo cáo") && !d[1].has_day && !d[1].number.n, "a document with a title alone");
  uint32_t line, column;
  ari_source_place(&x->sources.items[x->files[0].source], d[1].span.start, &line, &column);
  ok(line == 13 && column == 9, "... knows its place");
  const ari_cell *c = ari_evidence_cell(x->ev, 0, 1);
  ari_source_place(&x->sources.items[x->files[0].source], c->at.start, &line, &column);
  ok(line == 7 && column == 23 && c->at.len == 4 && c->at.row == 0, "a value knows its line and column");
  end(x);
}

static void test_reasons(void) {
  fixture *x = read_body("  progress: {not_applicable: không phát sinh trong kỳ}\n  online.plan: {withheld: chờ kết luận}\n");
  is(found(x), "", "reasons");
  ok(ari_str_is(entry(x, "xa-a", "progress")->remark->not_applicable, "không phát sinh trong kỳ"), "not applicable, with its reason");
  ok(ari_str_is(entry(x, "xa-a", "online.plan")->remark->withheld, "chờ kết luận"), "withheld, with its reason");
  end(x);
  x = read_yaml("ari: evidence/1\nagency: xa-a\nwithheld: đang thanh tra\n");
  is(found(x), "", "the whole agency withheld, without evidence");
  ok(ari_str_is(submission(x, "xa-a")->withheld, "đang thanh tra"), "... with its reason");
  end(x);
  body_finds("  progress: {not_applicable: \"\"}\n", "E0466@5:30", "a reason is needed");
  body_finds("  progress:\n    withheld:\n", "E0143@6:5", "nothing behind the key");
  body_finds("  progress: {note: \"\", on_time: 1}\n", "", "an empty note is none");
}

static void test_names(void) {
  body_finds("  progess: {on_time: 1}\n", "E0423@5:3", "a criterion misspelt");
  body_finds("  whatever: {on_time: 1}\n", "E0422@5:3", "a criterion nobody knows");
  body_finds("  progress: {on_tim: 1}\n", "E0425@5:14", "an input misspelt");
  body_finds("  progress: {whatever: 1}\n", "E0424@5:14", "an input nobody knows");
  body_finds("  progress: {claimd: 1}\n", "E0425@5:14", "a word misspelt");
  body_finds("  progress: {population: 1}\n", "E0426@5:14", "an input of the level above");
  body_finds("  online: {claimed: 1}\n", "E0427@5:12", "a claim for an inner node");
  body_finds("  progress: {on_time: 1}\n  progress: {received: 1}\n", "E0129@6:3", "a criterion twice");
}

static void test_shapes(void) {
  body_finds("  progress: 5\n", "E0144@5:13", "a value where keys belong");
  body_finds("  progress:\n", "E0143@5:3", "nothing behind a criterion");
  body_finds("  progress: {}\n", "W0463@5:3", "nothing said of a criterion");
  body_finds("  progress: {on_time: [1]}\n", "E0146@5:24", "a list where a value belongs");
  body_finds("  progress: {on_time: }\n", "E0143@5:14", "nothing behind an input");
  body_finds("  progress: {on_time: \"\"}\n  online.plan: {done: ''}\n", "E0161@5:23 E0161@6:23", "quotes with nothing between");
  body_finds("  progress: {on_time: 4.000, received: 7,46}\n", "E0150@5:23 E0149@5:40", "figures as spreadsheets write them");
  body_finds("  progress: {documents: 12/KH}\n", "E0145@5:25", "a document that is no list");
  body_finds("  progress: {documents: [{}]}\n", "E0469@5:26", "a document without anything");
  body_finds("  progress: {documents: [{date: 2026-01-15}]}\n", "E0469@5:26", "a document without a name");
  body_finds("  progress: {documents: [{titel: x}]}\n", "E0140@5:27", "a key misspelt in a document");
  body_finds("  progress: {documents: [{title: x, date: 15/1/2026}]}\n", "E0155@5:43", "a date misspelt in a document");
  body_finds("  progress:\n    note: văn bản #12\n", "W0543@6:11 W0138@6:19", "what # cuts is shown");
  body_finds("  progress: {note: \"a\\u0007b\"}\n", "E0105@5:20", "a control character by an escape");
  body_finds("  progress: {documents: [{title: \"a\\nb\"}]}\n", "E0105@5:26", "a line end in a document's title");
}

static void test_heads(void) {
  yaml_finds("ari: evidence/1\nset: smal\nagency: xa-a\nevidence: {}\n", "E0459@2:6", "evidence for another set");
  yaml_finds("ari: evidence/1\nagency: xa-b\nevidence: {progress: {on_time: x}}\n", "E0452@2:9 E0470@3:32", "an unknown agency; its values are looked at too");
  yaml_finds("ari: evidence/1\nagency: Xã A\nevidence: {}\n", "E0148@2:9", "a name instead of the id that cannot be an id");
  yaml_finds("ari: evidence/1\nevidence: {}\n", "E0142@1:1", "no agency");
  yaml_finds("ari: evidence/1\nagency: xa-a\n", "E0467@2:9", "neither evidence nor a reason");
  yaml_finds("ari: evidence/1\nagency: xa-a\nevidence: 5\n", "E0144@3:11", "evidence that is a value");
  yaml_finds("ari: evidence/1\nagency: xa-a\nperiod: 2026-07\nevidence: {}\n", "E0455@3:9", "another period");
  yaml_finds("ari: evidence/1\nagency: xa-a\nagencies: []\nevidence: {}\n", "E0141@3:1", "a key nobody knows");
  yaml_finds("ari: evidence/1\nagency: [a\n", "E0116@2:9", "what YAML does not understand");
  yaml_finds("ari: agencies/1\nagencies: []\n", "E0404@1:1", "an agency list");
  yaml_finds("ari: report/1\n", "E0402@1:1", "a kind that is not read yet");
  yaml_finds("agency: xa-a\n", "E0401@1:1", "no kind");
  yaml_finds("# nothing\n", "E0135@1:1", "comments alone");
  yaml_finds("", "E0106@1:1", "nothing");
  yaml_finds("\xEF\xBB\xBF# comment\n\n---\n\"ari\": 'evidence/1' # kind\nagency: xa-a\nevidence: {}\n", "W0947@5:9", "a beginning with all that may stand there");
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "e.yaml", "ari: evidence/1\nagency: xa-a\nevidence: {progress: {on_time: 1}}\n");
  run(x, NULL, 1);
  is(found(x), "E0454@1:1", "no period anywhere");
  ok(x->ev->complete && submission(x, "xa-a")->invalid, "... is the agency's own error");
  end(x);
}

/* With --keep-going: whom an error concerns. `who`: the agency that is invalid; "" nobody; NULL nobody knows. */
static void blames(const char *text, const char *who, const char *name) {
  fixture *x = read_yaml(text);
  bool good = x->fs.errors && x->ev->complete == (who != NULL);
  for (size_t a = 0; a < x->ev->agencies->n; a++)
    good = good && x->ev->submissions[a].invalid == (who && ari_str_is(x->ev->agencies->items[a].id, who));
  if (!ok(good, name)) printf("# %s\n", table_text(x));
  end(x);
}

static void test_blame(void) {
  blames("ari: evidence/1\nagency: xa-a\nevidence: {progress: {on_time: x}}\n", "xa-a", "a value");
  blames("ari: evidence/1\nagency: xa-z9\nperiod: 2026-08\nevidence: {progress: {on_time: x}}\n", "", "a file of an agency that is not in the list");
  blames("ari: evidence/1\nagency: Xã A\nevidence: {}\n", "", "a name that cannot be an id");
  blames("ari: evidence/1\nevidence: {}\n", NULL, "a file without agency");
  blames("ari: evidence/1\nagency: [a\n", NULL, "a line agency: that cannot be read");
  blames("ari: evidence/1\nagency: xa-a\nevidence: [a\n", "xa-a", "a file that cannot be read below its agency");
  blames("ari: evidence/1\r\nagency: \"xa-a\"  # Xã A\r\nevidence: [a\r\n", "xa-a", "... in quotes, with a comment");
  blames("ari: evidence/1\nagency: xa-z9\nevidence: [a\n", NULL, "... of an agency that is not in the list");
  blames("ari: evidence/1\nevidence: [a\nagency: xa-a\n", NULL, "an agency below the error says nothing");
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "a.yaml", "ari: evidence/1\nagency: xa-z9\nperiod: 2026-07\nevidence: {progress: {on_time: 1}}\n");
  add_file(x, "b.yaml", "ari: evidence/1\nagency: xa-a\nperiod: 2026-08\nevidence: {progress: {on_time: 1}}\n");
  run(x, NULL, 1);
  is(found(x), "E0452@2:9", "the period of a file that is nobody's binds nobody");
  end(x);
}

static void test_absent(void) {
  fixture *x = read_yaml("ari: evidence/1\nagency: xa-a\nevidence: {}\n");
  is(found(x), "W0947@2:9", "a file that says nothing");
  ok(!submission(x, "xa-a")->present && !submission(x, "xa-a")->invalid, "... leaves its agency absent");
  end(x);
  static const char *const bodies[] = {"{progress: {on_time: 0}}", "{progress: {claimed: 1}}", "{progress: {note: n}}", "{progress: {not_applicable: n}}",
                                       "{progress: {withheld: n}}", "{progress: {documents: [{title: t}]}}", "{}\nwithheld: n"};
  for (size_t i = 0; i < ARI_COUNT(bodies); i++) {
    char text[200];
    snprintf(text, sizeof text, "ari: evidence/1\nagency: xa-a\nevidence: %s\n", bodies[i]);
    x = read_yaml(text);
    ok(submission(x, "xa-a")->present && !x->fs.errors, bodies[i]);
    end(x);
  }
}

static void test_both(void) {
  fixture *x = read_body("  progress: {not_applicable: a, withheld: b}\n  online.plan: {not_applicable: a}\n");
  is(found(x), "E0485@5:30", "not applicable and withheld");
  ok(submission(x, "xa-a")->invalid && x->ev->complete, "... is the agency's error");
  ok(x->fs.items[0].other.len == 1 && x->fs.items[0].other.start > x->fs.items[0].at.start, "... with both places");
  end(x);
}

static void test_names_listed(void) {
  fixture *x = read_body("  progress: {whatever: 1}\n");
  ok(strstr(shown(x, ARI_EN), "write one of: on_time, received, claimed, note, not_applicable, withheld, documents\n"), "what may stand there");
  end(x);
  body_finds("  online: {whatever: 1}\n", "E0427@5:12", "nothing may stand at an inner node without inputs");
}

static void test_two_files(void) {
  fixture *x = start(SMALL_SET, SMALL_LIST);
  add_file(x, "a.yaml", "ari: evidence/1\nagency: xa-a\nevidence:\n  progress: {on_time: 1, documents: [{number: 1}]}\n");
  add_file(x, "b.yaml", "ari: evidence/1\nagency: xa-a\nwithheld: a\nevidence:\n  online.plan: {plan: late}\n  progress: {documents: [{number: 2}]}\n");
  add_file(x, "c.yaml", "ari: evidence/1\nagency: xa-a\nwithheld: b\n");
  run(x, "2026-08", 1);
  is(found(x), "E0460@3:11", "two files add to one submission; the same thing twice is told");
  is(table_text(x), "so-noi-vu absent: - - - - - - - - - -\nso-y-te absent: - - - - - - - - - -\n"
                    "xa-a invalid: withheld=a - 1 - 1 - - - - - - | progress documents=2\n", "... and nothing is lost");
  end(x);
}

int main(void) {
  test_good();
  test_reasons();
  test_names();
  test_shapes();
  test_heads();
  test_blame();
  test_absent();
  test_both();
  test_names_listed();
  test_two_files();
  return done();
}
