/* Appraisals and explanations: what is in force of what several revisions and turns state, and the table at each stage. All figures are invented. */
#include "evidence_fixture.h"

static const char *const SURVEY_SET =
  "ari: criteria/1\nid: small\ntitle: Small\nperiod: month\nrounding: {leaf: 2}\nempty: zero\ncriteria:\n"
  "  - id: opinions\n"
  "    max: 5\n"
  "    inputs: {answers: {type: survey, options: {good: Good, fair: Fair, poor: Poor}}, words: text, marks: {type: count, list: true}}\n"
  "    score: {survey: answers, options: {good: 100%, fair: 50%, poor: 0}}\n";

/* A file as a round accepted it. */
static void accept_file(fixture *x, const char *name, ari_file_kind kind, int32_t revision, uint8_t turn, const char *text) {
  add_file(x, name, text);
  x->files[x->n - 1].kind = kind;
  x->files[x->n - 1].revision = revision;
  x->files[x->n - 1].turn = turn;
}

static void appraise(fixture *x, const char *name, int32_t revision, uint8_t turn, const char *body) {
  char text[1000];
  snprintf(text, sizeof text, "%s%s", strstr(name, ".csv") ? "agency,criterion,decision,input,value,reason,by\n" : "ari: appraisal/1\nagency: so-noi-vu\nappraisal:\n", body);
  accept_file(x, name, ARI_FILE_APPRAISAL, revision, turn, text);
}

static fixture *start_with(const char *evidence) {
  fixture *x = start(SMALL_SET, SMALL_LIST);
  if (evidence) accept_file(x, "evidence.csv", ARI_FILE_EVIDENCE, 1, 0, evidence);
  return x;
}

static const char *const TWO = "agency,progress.on_time,progress.received\nso-noi-vu,40,50\nso-y-te,30,30\n";

/* All decisions: "so-noi-vu progress 1 inputs[0=39] «reason» (by)", one a line. */
static const char *decisions(fixture *x) {
  static const char *const words[] = {"accept", "inputs", "points"};
  ari_buf_clear(&x->text);
  for (size_t i = 0; i < x->ev->n_decisions; i++) {
    const ari_decision *d = &x->ev->decisions[i];
    ari_str agency = x->ev->agencies->items[d->agency].id, node = x->set->nodes[d->node]->id;
    ari_buf_printf(&x->text, "%s%.*s %.*s %d %s", i ? " | " : "", (int)agency.n, agency.p, (int)node.n, node.p, d->turn, words[d->ruling]);
    if (d->ruling == ARI_RULING_POINTS) ari_buf_char(&x->text, ' '), ari_buf_dec(&x->text, d->points, ARI_AS_DATA);
    for (uint32_t k = 0; k < d->n_overrides; k++) {
      const ari_override *o = &d->overrides[k];
      ari_buf_printf(&x->text, " %.*s:", (int)x->set->inputs[o->slot].name.n, x->set->inputs[o->slot].name.p);
      if (o->own.state == ARI_CELL_GIVEN) ari_buf_dec(&x->text, o->own.value, ARI_AS_DATA);
      ari_buf_text(&x->text, ">");
      ari_buf_dec(&x->text, o->cell.value, ARI_AS_DATA);
    }
    ari_buf_printf(&x->text, " «%.*s»", (int)d->reason.n, d->reason.p);
    if (d->by.n) ari_buf_printf(&x->text, " (%.*s)", (int)d->by.n, d->by.p);
  }
  return answer(x);
}

static const char *at_stage(fixture *x, ari_stage stage, const char *column) {
  ari_evidence_go_to(x->ev, stage);
  return cell(x, "so-noi-vu", column);
}

static void test_turns(void) {
  fixture *x = start_with(TWO);
  appraise(x, "1.yaml", 2, 1, "  progress: {inputs: {on_time: 38, received: 52}, reason: a}\n  online.plan: {points: 1.5, reason: b}\n");
  appraise(x, "2.yaml", 3, 2, "  progress: {inputs: {on_time: 39}, reason: c}\n");
  run(x, "2026-08", 1);
  is(found(x), "", "two turns of one criterion");
  is(decisions(x), "so-noi-vu progress 1 inputs on_time:40>38 received:50>52 «a» | so-noi-vu progress 2 inputs on_time:40>39 «c» | so-noi-vu online.plan 1 points 1.5 «b»",
     "both are kept, each with what the agency stated");
  is(cell(x, "so-noi-vu", "progress.on_time"), "39", "it was read to its final stage: the second turn's figure");
  is(cell(x, "so-noi-vu", "progress.received"), "50", "... which replaces the first's ruling whole");
  is(at_stage(x, ARI_STAGE_APPRAISED1, "progress.on_time"), "38", "after the first turn");
  is(cell(x, "so-noi-vu", "progress.received"), "52", "... both of its figures");
  is(at_stage(x, ARI_STAGE_COMPUTED, "progress.on_time"), "40", "as it was submitted");
  is(cell(x, "so-noi-vu", "progress.received"), "50", "... both");
  is(at_stage(x, ARI_STAGE_FINAL, "progress.received"), "50", "and back");
  is(cell(x, "so-y-te", "progress.on_time"), "30", "nobody else is concerned");
  const ari_node *plan = ari_set_node(x->set, ari_str_of("online.plan"));
  const ari_decision *d = ari_evidence_decision(x->ev, 0, plan->index);
  ok(d && d->turn == 1 && d->at.file == x->files[1].source, "what the second turn does not name keeps the first's ruling");
  end(x);
}

static void test_revisions(void) {
  fixture *x = start_with(TWO);
  appraise(x, "1.yaml", 2, 1, "  progress: {inputs: {on_time: 38, received: 52}, reason: a}\n  online.plan: {points: 1, reason: b}\n");
  appraise(x, "2.csv", 3, 1, "so-noi-vu,progress,points,,12,c,An\nso-y-te,progress,accept,,,d,\n");
  accept_file(x, "3.csv", ARI_FILE_EVIDENCE, 4, 0, "agency,progress.on_time,progress.received\nso-noi-vu,41,50\n");
  run(x, "2026-08", 4);
  is(found(x), "", "a later revision of the same turn");
  is(decisions(x), "so-noi-vu progress 1 points 12 «c» (An) | so-noi-vu online.plan 1 points 1 «b» | so-y-te progress 1 accept «d»",
     "it replaces the ruling on the criteria that it names");
  is(cell(x, "so-noi-vu", "progress.on_time"), "41", "no figure of the ruling that was replaced is left, and evidence may come later");
  end(x);
  x = start_with(NULL);
  appraise(x, "2.csv", 3, 1, "so-noi-vu,progress,points,,12,later,\n");
  appraise(x, "1.csv", 2, 1, "so-noi-vu,progress,points,,13,earlier,\n");
  run(x, "2026-08", 1);
  is(decisions(x), "so-noi-vu progress 1 points 12 «later»", "the number of the revision counts, not the order of the files");
  end(x);
}

static void test_twice(void) {
  fixture *x = start_with(TWO);
  appraise(x, "1.yaml", 2, 1, "  progress: {inputs: {on_time: 38}, reason: a}\n");
  appraise(x, "2.csv", 2, 1, "so-noi-vu,progress,inputs,received,60,c,\n");
  appraise(x, "3.csv", 2, 2, "so-noi-vu,progress,points,,12,c,\nso-noi-vu,progress,points,,12,c,\n");
  run(x, "2026-08", 1);
  is(found(x), "E0551@2:20 E0551@3:20", "twice within a revision and turn, in two files and in one");
  ok(x->fs.items[0].other.file == x->files[1].source && x->fs.items[1].other.file == x->files[3].source, "... with both places");
  ok(submission(x, "so-noi-vu")->invalid && !submission(x, "so-y-te")->invalid && x->ev->complete, "it concerns the agency and nobody else");
  end(x);
  x = start_with(TWO);
  accept_file(x, "1.yaml", ARI_FILE_EXPLANATION, 2, 0, "ari: explanation/1\nagency: so-noi-vu\nexplanation:\n  progress: {text: a}\n");
  accept_file(x, "2.yaml", ARI_FILE_EXPLANATION, 3, 0, "ari: explanation/1\nagency: so-noi-vu\nexplanation:\n  progress: {text: b}\n  online: {text: of all}\n");
  accept_file(x, "3.yaml", ARI_FILE_EXPLANATION, 3, 0, "ari: explanation/1\nagency: so-noi-vu\nexplanation:\n  progress: {text: c}\n");
  run(x, "2026-08", 1);
  is(found(x), "E0566@4:3", "an explanation twice");
  const ari_explanation *e = ari_evidence_explanation(x->ev, 0, ari_set_node(x->set, ari_str_of("progress"))->index);
  ok(e && ari_str_is(e->text, "b") && x->ev->n_explanations == 2 && x->ev->n_decisions == 0, "... a later revision replaces it; an inner node may be explained");
  end(x);
}

static void test_rows(void) {
  fixture *x = start_with(TWO);
  appraise(x, "1.csv", 2, 1,
           "so-noi-vu,progress,inputs,on_time,39,a,An\nso-y-te,progress,accept,,,b,\nso-noi-vu,progress,Inputs,received,51,,Bình\n"
           "so-noi-vu,total,inputs,population,900,c,An\nso-y-te,online.plan,,,,,\n");
  run(x, "2026-08", 1);
  is(found(x), "", "rows of one decision need not follow each other, and a row that is not filled in is none");
  is(decisions(x), "so-noi-vu total 1 inputs population:>900 «c» (An) | so-noi-vu progress 1 inputs on_time:40>39 received:50>51 «a» (An; Bình) | so-y-te progress 1 accept «b»",
     "one decision; a reason given once is enough");
  end(x);
  x = start_with(TWO);
  appraise(x, "1.csv", 2, 1, "so-noi-vu,progress,inputs,on_time,39,a,\nso-noi-vu,progress,inputs,on_time,38,b,\n");
  run(x, "2026-08", 1);
  is(found(x), "E0460@3:35", "an input twice");
  is(decisions(x), "so-noi-vu progress 1 inputs on_time:40>39 «a; b»", "different reasons stand one behind the other");
  end(x);
}

static const char *survey(fixture *x) {
  static char text[64];
  static const char *const columns[] = {"opinions.answers", "opinions.answers:good", "opinions.answers:fair", "opinions.answers:poor"};
  text[0] = '\0';
  for (size_t i = 0; i < ARI_COUNT(columns); i++) snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", cell(x, "so-noi-vu", columns[i]));
  return text;
}

static void test_surveys(void) {
  fixture *x = start(SURVEY_SET, SMALL_LIST);
  accept_file(x, "evidence.csv", ARI_FILE_EVIDENCE, 1, 0, "agency,opinions.answers:good,opinions.answers:fair,opinions.answers:poor\nso-noi-vu,6,3,1\n");
  appraise(x, "1.yaml", 2, 1, "  opinions: {inputs: {answers: {poor: 4}, words: new, marks: [1, 2]}, reason: a}\n");
  run(x, "2026-08", 1);
  is(found(x), "", "some answers of a survey");
  is(survey(x), "+ 6 3 4", "the others stay the agency's");
  is(cell(x, "so-noi-vu", "opinions.words"), "«new»", "a text");
  is(cell(x, "so-noi-vu", "opinions.marks"), "1; 2", "a list");
  is(at_stage(x, ARI_STAGE_COMPUTED, "opinions.marks"), "-", "and none before");
  is(survey(x), "+ 6 3 1", "nor other answers");
  end(x);
  x = start(SURVEY_SET, SMALL_LIST);
  appraise(x, "1.csv", 2, 1, "so-noi-vu,opinions,inputs,answers:poor,4,a,\nso-noi-vu,opinions,inputs,answers:good,4,,\n");
  run(x, "2026-08", 1);
  is(found(x), "W0496@3:40", "answers where the agency has none: the option that is not named is told");
  is(survey(x), "+ 4 0 4", "... and counts as 0");
  is(at_stage(x, ARI_STAGE_COMPUTED, "opinions.answers"), "-", "before the appraisal there is no survey");
  is(survey(x), "- - - -", "... and no answers");
  end(x);
}

static void rules(const char *name, const char *body, const char *want, const char *what) {
  fixture *x = start_with(NULL);
  appraise(x, name, 0, 0, body);
  run(x, "2026-08", 1);
  is(found(x), want, what);
  end(x);
}

static void test_mistakes_of_yaml(void) {
  const char *y = "a.yaml";
  rules(y, "  progress: {accept: yes, reason: a}\n", "", "a good one");
  rules(y, "  progress: {accept: có, reason: a}\n", "", "in Vietnamese");
  rules(y, "  progress: {accept: yes}\n", "E0142@4:14", "no reason");
  rules(y, "  progress: {accept: yes, reason: \" \"}\n", "E0554@4:3", "a reason of spaces");
  rules(y, "  progress: {inputs: {on_time: 4.5}}\n", "E0142@4:14 E0470@4:32", "no reason, and a figure that is none: two mistakes");
  rules(y, "  progress: {reason: a}\n", "E0555@4:3", "no decision");
  rules(y, "  progress: {inputs: {}, reason: a}\n", "E0555@4:22", "no input");
  rules(y, "  progress:\n", "E0143@4:3", "nothing");
  rules(y, "  progress: 5\n", "E0144@4:13", "a value");
  rules(y, "  progress: {accept: yes, points: 3, reason: a}\n", "E0556@4:27", "two decisions");
  rules(y, "  progress: {points: , reason: a}\n", "E0143@4:14", "points without any: no second message");
  rules(y, "  progress: {points: 7,46, reason: a}\n", "E0149@4:22", "a decimal comma");
  rules(y, "  progress: {points: \"7,46\", reason: a}\n", "E0149@4:22", "... in quotes");
  rules(y, "  progress: {points: 20.01, reason: a}\n", "W0552@4:22", "points above the max");
  rules(y, "  progress: {points: 20.00, reason: a}\n", "", "exactly the max");
  rules(y, "  progress: {points: -0.01, reason: a}\n", "W0553@4:22", "below 0");
  rules(y, "  progress: {points: 9000001, reason: a}\n", "E0484@4:22", "more than there can be");
  rules(y, "  progress: {inputs: {on_tme: 3, claimed: 4, population: 5}, reason: a}\n", "E0425@4:23 E0424@4:34 E0426@4:46", "inputs that are none of the criterion's");
  rules(y, "  progres: {accept: yes, reason: a}\n  what: {accept: yes, reason: a}\n", "E0423@4:3 E0422@5:3", "criteria that are none");
  rules(y, "  online: {accept: yes, reason: a}\n  online.plan: {accept: no, reason: a}\n", "E0559@4:3 E0557@5:25", "an inner node; accept: no");
  rules(y, "  online: {inputs: {done: yes}, reason: a}\n", "E0560@4:3", "an inner node without figures");
  rules(y, "  progress: {accept: yes, reason: a, documents: [{date: 2026-01-01}]}\n", "E0469@4:50", "a document without a name");
  rules(y, "  progress:\n    accept: yes\n    reason: a #1\n", "W0138@6:15", "a comment that cuts a reason");
}

static void test_mistakes_of_tables(void) {
  const char *c = "a.csv";
  rules(c, "so-noi-vu,progress,accept,,,a,\n", "", "a good one");
  rules(c, "so-noi-vu,progress,accept,,,,\n", "E0554@2:20", "no reason");
  rules(c, "so-noi-vu,progress,agree,,,a,\n", "E0562@2:20", "an unknown decision");
  rules(c, "so-noi-vu,progress,accept,,12,a,\nso-y-te,progress,accept,on_time,,a,\n", "E0564@2:28 E0564@3:25", "accept with a value or an input");
  rules(c, "so-noi-vu,progress,points,,,a,\nso-y-te,progress,inputs,on_time,,a,\n", "E0565@2:28 E0565@3:33", "points and inputs without a value");
  rules(c, "so-noi-vu,progress,inputs,,3,a,\nso-y-te,progress,points,on_time,3,a,\n", "E0565@2:27 E0564@3:25", "inputs without an input, points with one");
  rules(c, "so-noi-vu,progress,,,3,,\nso-y-te,progress,,,,a,\nxa-a,progress,,on_time,,,An\n", "E0563@2:20 E0563@3:18", "no decision, but a value or a reason");
  rules(c, ",progress,accept,,,a,\nso-la,progress,accept,,,a,\n", "E0450@2:1 E0451@3:1", "no agency, none of the list");
  rules(c, "so-noi-vu,,accept,,,a,\nso-noi-vu,progres,accept,,,a,\n", "E0568@2:11 E0423@3:11", "no criterion, an unknown one");
  rules(c, "so-noi-vu,progress,points,,\"7,5\",a,\n", "E0149@2:28", "a decimal comma");
  rules(c, "so-noi-vu,online.plan,inputs,plan,early,a,\n", "E0475@2:35", "an option that is none");
  rules(c, "so-noi-vu,online.plan,inputs,plan.done,yes,a,\n", "E0424@2:30", "an input that is none");
  rules(c, "so-noi-vu,progress,accept,,a,\n", "E0413@2:30", "a value too few");
  fixture *s = start(SURVEY_SET, SMALL_LIST);
  appraise(s, "1.csv", 2, 1, "so-noi-vu,opinions,inputs,answers:god,4,a,\nso-y-te,opinions,inputs,answers,4,a,\nxa-a,opinions,accept,,,a,\nxa-a,opinions,accept,,,a,\n");
  run(s, "2026-08", 1);
  is(found(s), "E0487@2:27 E0489@3:25 E0551@5:15", "options that are none, and a survey as a whole");
  end(s);
  fixture *x = start_with(NULL);
  accept_file(x, "a.csv", ARI_FILE_APPRAISAL, 0, 0, "agency,criterion,decison,decision,input,reason\nso-noi-vu,progress,,accept,,a\n");
  run(x, NULL, 1);
  is(found(x), "E0428@1:1 E0454@1:1 E0421@1:18", "columns that are missing and misspelt, and no period: each once");
  end(x);
}

static void test_decimal_commas(void) {
  const char *head = "agency;criterion;decision;input;value;reason;by\n";
  const char *rows[] = {"so-noi-vu;progress;points;;7,5;a;\nso-y-te;online.kinds;inputs;rate;80,25%;a;\nso-y-te;progress;points;;-0.5;a;\n",
                        "so-noi-vu;progress;inputs;on_time;7,5;a;\nso-noi-vu;online.plan;points;;1.234,5;a;\nso-y-te;progress;points;;1,2,3;a;\n"};
  const char *want[] = {"W0553@4:26", "E0470@2:35 E0150@3:31 E0152@4:26"};
  for (int i = 0; i < 2; i++) {
    char text[1000];
    snprintf(text, sizeof text, "%s%s", head, rows[i]);
    fixture *x = start_with(NULL);
    accept_file(x, "a.csv", ARI_FILE_APPRAISAL, 0, 0, text);
    run(x, "2026-08", 1);
    is(found(x), want[i], i ? "groups of digits, and a count that is none, stay mistakes" : "where semicolons separate, a comma is a decimal one");
    if (!i) is(decisions(x), "so-noi-vu progress 1 points 7.5 «a» | so-y-te progress 1 points -0.5 «a» | so-y-te online.kinds 1 inputs rate:>0.8025 «a»", "... and means what it says");
    end(x);
  }
  fixture *s = start(SURVEY_SET, SMALL_LIST);
  accept_file(s, "a.csv", ARI_FILE_APPRAISAL, 0, 0, "agency;criterion;decision;input;value;reason\nso-noi-vu;opinions;inputs;marks;16,24;a\n");
  run(s, "2026-08", 1);
  ok(strncmp(found(s), "E", 1) == 0, "in a list it could stand between two values");
  end(s);
}

static void test_heads(void) {
  fixture *x = start_with(NULL);
  accept_file(x, "a.yaml", ARI_FILE_APPRAISAL, 0, 0, "ari: appraisal/1\nset: other\nagency: so-noi\nperiod: 2026-07\nappraisal: {}\n");
  accept_file(x, "b.yaml", ARI_FILE_APPRAISAL, 0, 0, "ari: explanation/1\nagency: so-noi-vu\nexplanation: {}\n");
  accept_file(x, "c.yaml", ARI_FILE_EVIDENCE, 0, 0, "ari: appraisal/1\nagency: so-noi-vu\nappraisal: {}\n");
  run(x, "2026-08", 1);
  is(found(x), "E0459@2:6 E0404@1:1 E0550@1:1", "another set tells itself alone; files of another kind");
  end(x);
  x = start_with(NULL);
  accept_file(x, "e.csv", ARI_FILE_EVIDENCE, 0, 0, "agency,period,progress.on_time\nso-noi-vu,2026-08,3\n");
  accept_file(x, "a.yaml", ARI_FILE_APPRAISAL, 0, 0, "ari: appraisal/1\nagency: so-noi-vu\nperiod: 2026-09\nappraisal: {progress: {accept: yes, reason: a}}\n");
  run(x, NULL, 1);
  is(found(x), "E0458@3:9", "a decision of another period than the evidence");
  ok(x->ev->period.part == 8 && x->ev->n_decisions == 0, "... is none");
  end(x);
}

int main(void) {
  test_turns();
  test_revisions();
  test_twice();
  test_rows();
  test_surveys();
  test_mistakes_of_yaml();
  test_mistakes_of_tables();
  test_decimal_commas();
  test_heads();
  return done();
}
