/* What a set is told without any evidence: each mistake at its place and once, and nothing on what is honest. */
#include "criteria_fixture.h"

/* A set with one leaf of 4 points: line 7 begins its keys (`max: 4` is line 8). */
#define LEAF(keys) HEAD "criteria:\n  - id: a\n    max: 4\n    inputs: {a: count, b: count, n: count, x: number, done: yes_no}\n" keys
#define SHARE "    score: {share: a / b}\n"

/* The same with a survey and two lists: what follows stands from line 14 on. */
#define RECORDS(keys) HEAD "criteria:\n  - id: a\n    max: 4\n    inputs:\n      views: {type: survey, options: {good: A, v.1: B, poor: C}}\n" \
  "      marks: {type: number, list: true, from: 1, to: 10}\n      hours: {type: count, list: true}\n      n: count\n" keys

typedef struct sample { const char *name, *text, *want; } sample;

static const sample told[] = {
    /* maxima */
    {"children that do not add up",
     HEAD "criteria:\n  - id: a\n    max: 5\n    criteria:\n      - {id: b, max: 2}\n      - {id: c, max: 2}\n",
     "E0203 8:5; E0207 10:14; E0207 11:14"},
    {"the set itself", HEAD "max: 100\ncriteria:\n  - {id: a, max: 99, inputs: {d: yes_no}, score: {yes_no: d}}\n", "E0203 6:1"},
    {"an unknown maximum below is told once",
     HEAD "max: 9\ncriteria:\n  - id: a\n    max: 5\n    criteria:\n      - {id: b, max: 2x, inputs: {d: yes_no}, score: {yes_no: d}}\n    "
          "  - {id: c, max: 0}\n",
     "E0203 6:1; E0153 11:22"},
    {"levels of judgement under a maximum that was told", HEAD "criteria:\n  - {id: a, max: 2x, score: {judged: [0, 50%, 100%]}}\n", "E0153 7:18"},
    {"a node that caps itself may not have less below it",
     HEAD "criteria:\n  - id: a\n    max: 5\n    over_max: cap\n    criteria:\n      - {id: b, max: 4, inputs: {d: yes_no}, score: "
          "{yes_no: d}}\n",
     "E0203 8:5"},
    {"thirds are not 9.99",
     HEAD "max: 9.99\ncriteria:\n  - id: a\n    max: 10/3\n    inputs: {d: yes_no}\n    score: {yes_no: d}\n"
          "  - id: b\n    max: 20/3\n    inputs: {d: yes_no}\n    score: {yes_no: d}\n",
     "E0203 6:1"},
    /* maxima out of reach, points beyond them */
    {"bands below the maximum", LEAF("    score: {bands: n, points: [{from: 3, points: 3}, {points: 0}]}\n"), "E0245 10:12"},
    {"a count cut below the maximum", LEAF("    score: {count: n, each: 1, at_most: 3}\n"), "E0245 10:12"},
    {"cases below the maximum", LEAF("    score: {cases: [{when: done, points: 50%}, {points: 0}]}\n"), "E0245 10:12"},
    {"a formula that cannot rise", LEAF("    score: {points: 'min(n, 3)'}\n"), "E0245 10:12"},
    {"deductions from less", LEAF("    score: {deduct: [{count: n, each: 1}], start: 3}\n"), "E0245 10:12"},
    {"a condition that no count meets", LEAF("    score: {yes_no: n < 0}\n"), "E0245 10:12"},
  {"a share that stops short", LEAF("    score: {share: 'min(a / b, 0.5)'}\n    empty: zero\n"), "E0245 10:12"},
    {"a band above the maximum", LEAF("    score: {bands: n, points: [{from: 3, points: 5}, {points: 0}]}\n"), "E0243 10:50"},
    {"120% of the maximum", LEAF("    score: {yes_no: done, yes: 120%}\n"), "E0243 10:32"},
    {"a limit above the maximum", LEAF("    score: {count: n, each: 1, at_most: 5}\n"), "E0243 10:41"},
    {"a formula above the maximum", LEAF("    score: {points: 'min(n, 6)'}\n"), "W0251 10:12"},
    {"partial points that pass the full ones",
     LEAF("    score: {share: a / b, full_from: 90%, partial: 'if n > 3 then 5 else 1'}\n    empty: zero\n"), "W0251 10:12"},
    {"a count without a limit", LEAF("    score: {count: n, each: 1}\n"), "W0252 10:12"},
    {"less than the written minimum", LEAF("    min: -1\n    score: {yes_no: done, no: -2}\n"), "E0244 11:31"},
    /* empty divisions */
    {"a denominator that can be 0", LEAF(SHARE), "E0225 10:24"},
    {"in a branch of a rule", LEAF("    score: {cases: [{when: done, points: 4 * a / b}, {points: 0}]}\n"), "E0225 10:50"},
    {"asked once for a leaf", LEAF("    score: {cases: [{when: a / b > 0.5, points: 4}, {when: a / n > 0.5, points: 1}, {points: 0}]}\n"),
     "E0225 10:32"},
    /* what an earlier case has ruled out, or this case's own condition */
    {"guarded by an earlier case", LEAF("    score: {cases: [{when: b = 0, points: 1}, {when: a / b > 0.5, points: 4}, {points: a / b}]}\n"), ""},
    {"guarded by its own condition", LEAF("    score: {cases: [{when: b > 0, points: 4 * a / b}, {points: 0}]}\n"), ""},
    {"guarded by a part of a condition", LEAF("    score: {cases: [{when: b = 0 or n = 0, points: 1}, {when: a / b > 0.5 and a / n > 0.5, points: 4}, {points: 0}]}\n"), ""},
    {"both must be 0 for the case before", LEAF("    score: {cases: [{when: b = 0 and n = 0, points: 1}, {when: a / b > 0.5, points: 4}, {points: 0}]}\n"), "E0225 10:68"},
    {"a case that held says nothing of those behind it", LEAF("    score: {cases: [{when: b > 0, points: 4}, {points: a / b}]}\n"), "E0225 10:60"},
    {"nor does a later case of those before it", LEAF("    score: {cases: [{when: a / b > 0.5, points: 4}, {when: b = 0, points: 1}, {points: 0}]}\n"), "E0225 10:32"},
    {"nor does another input", LEAF("    score: {cases: [{when: n = 0, points: 1}, {when: a / b > 0.5, points: 4}, {points: 0}]}\n"), "E0225 10:58"},
    /* lists and surveys */
    {"the mean of nothing", RECORDS("    score: {points: 'min(max, mean(marks))'}\n"), "E0347 14:36"},
    {"a mean that cannot reach the maximum", RECORDS("    score: {points: mean(marks) / 10}\n    empty: zero\n"), "E0245 14:12"},
    {"a survey without answers", RECORDS("    score: {survey: views, options: {good: 100%, v.1: 1, poor: 0}}\n"), "E0348 14:21"},
    {"an option without points", RECORDS("    score: {survey: views, options: {good: 100%, v.1: 1}}\n    empty: zero\n"), "E0235 14:28"},
    {"options that are none", RECORDS("    score: {survey: views, options: {good: 100%, v1: 1, poor: 0, so-so: 1}}\n    empty: zero\n"), "E0237 14:50; E0236 14:66"},
    {"answers that cannot reach the maximum", RECORDS("    score: {survey: views, options: {good: 75%, v.1: 1, poor: 0}}\n    empty: zero\n"), "E0245 14:12"},
    {"answers beyond the maximum", RECORDS("    score: {survey: views, options: {good: 5, v.1: 1, poor: 0}}\n    empty: zero\n"), "E0243 14:44"},
    {"cases of a count that leave a gap", RECORDS("    score: {cases: [{when: count(hours) = 0, points: 0}, {when: count(hours) >= 2, points: 4}]}\n"), "E0234 14:58"},
    /* bands */
    {"the same threshold twice", LEAF("    score: {bands: n, points: [{from: 3, points: 4}, {from: 3, points: 1}, {points: 0}]}\n"),
     "E0230 10:54"},
    {"above under from", LEAF("    score: {bands: n, points: [{from: 3, points: 4}, {above: 3, points: 1}, {points: 0}]}\n"),
     "E0230 10:54"},
    {"the rest in the middle", LEAF("    score: {bands: n, points: [{from: 3, points: 4}, {points: 0}, {from: 1, points: 1}]}\n"),
     "E0230 10:67; E0231 10:67"},
    {"a hole at the bottom", LEAF("    score: {bands: x, points: [{from: 3, points: 4}, {from: 0, points: 0}]}\n"), "E0231 10:54"},
    {"a hole at a point", LEAF("    score: {bands: n, points: [{from: 3, points: 4}, {above: 0, points: 0}]}\n"), "E0231 10:54"},
    {"a band that no count reaches",
     LEAF("    score: {bands: n, points: [{from: 3, points: 4}, {from: 0, points: 1}, {from: -5, points: 0}]}\n"), "E0233 10:76"},
    {"a band above everything",
     LEAF("    score: {bands: 'min(n, 5)', points: [{above: 5, points: 4}, {from: 2, points: 4}, {points: 0}]}\n"), "E0233 10:42"},
    /* cases */
    {"a case behind one that takes all", LEAF("    score: {cases: [{when: n >= 0, points: 4}, {when: n > 5, points: 1}]}\n"),
     "E0233 10:48"},
    {"a case inside another",
     LEAF("    score: {cases: [{when: n > 3 or done, points: 4}, {when: n > 5 and x > 0, points: 1}, {points: 0}]}\n"), "E0233 10:55"},
    {"a condition that is never true", LEAF("    score: {cases: [{when: n > 3 and n < 2, points: 1}, {points: 4}]}\n"), "E0233 10:21"},
    {"between whole numbers", LEAF("    score: {cases: [{when: n > 3, points: 4}, {when: n > 2.5 and n < 3, points: 1}, {points: 0}]}\n"),
     "E0233 10:47"},
    {"a half of a whole number", LEAF("    score: {cases: [{when: n = 2.5, points: 1}, {points: 4}]}\n"), "E0233 10:21"},
  {"a case behind its mirror image",
   LEAF("    score: {cases: [{when: 3 < n, points: 4}, {when: n > 4, points: 1}, {points: 0}]}\n"), "E0233 10:47"},
  {"a gap", LEAF("    score: {cases: [{when: n > 3, points: 4}, {when: n < 3, points: 0}]}\n"), "E0234 10:47"},
    {"a gap of two figures", LEAF("    score: {cases: [{when: a > b, points: 4}, {when: b > a, points: 0}]}\n"), "E0234 10:47"},
    {"a gap of a yes/no", LEAF("    score: {cases: [{when: done and n > 0, points: 4}, {when: n = 0, points: 0}]}\n"), "E0234 10:56"},
    /* policies */
    {"receivers that give nothing themselves",
     LEAF("    score: {yes_no: done}\n    missing: {policy: spread, to: [b, c]}\n") "  - {id: b, max: 0}\n  - {id: c, criteria: [{id: d, "
                                                                                    "max: 0}]}\n",
     "E0224 11:36; E0224 11:39"},
    {"a receiver that gives itself", LEAF("    score: {yes_no: done}\n    missing: {policy: spread, to: [a]}\n"), "E0224 11:36"},
  {"a policy that there is not", LEAF("    score: {yes_no: done}\n    missing: nil\n    empty: forbid\n"), "E0158 11:14; E0158 12:12"},
    {"a map that names no policy", LEAF("    score: {yes_no: done}\n    missing: {to: [a]}\n"), "E0142 11:15"},
    /* ids, names, keys */
    {"reserved ids", HEAD "criteria:\n  - {id: total, max: 0}\n  - {id: penalty, max: 0}\n", "E0210 7:10; E0210 8:10"},
    {"a twin far away", HEAD "criteria:\n  - {id: a, criteria: [{id: b, max: 0}]}\n  - {id: b, max: 0}\n", "E0202 8:10"},
    {"an unknown key", LEAF("    colour: 3\n    score: {yes_no: done}\n"), "E0141 10:5"},
    {"an undeclared name", LEAF("    score: {share: a / c}\n"), "E0325 10:24"},
    {"total may not be rounded further down", LEAF("    rounding: {total: 2}\n    score: {yes_no: done}\n"), "E0141 10:16"},
    {"an input of another leaf", HEAD "criteria:\n  - {id: a, max: 0, inputs: {n: count}}\n  - {id: b, max: 4, score: {points: n}}\n",
     "E0326 8:37"},
    {"two errors of an input are two", HEAD "criteria:\n  - {id: a, max: 0, inputs: {n: counts, 1m: count}}\n", "E0157 7:33; E0215 7:41"},
    {"an input that is lost is not undeclared too",
     HEAD "criteria:\n  - {id: a, max: 4, inputs: {n: amount, m: count}, score: {points: n + m}}\n", "E0157 7:33"},
    {"options in a list are not also missing",
     HEAD "criteria:\n  - {id: a, max: 4, inputs: {t: {type: choice, options: [e, l]}}, score: {choice: t, points: {e: 4, l: 0}}}\n", "E0144 7:58"},
    {"a list that is a slip is no single figure either",
     HEAD "criteria:\n  - {id: a, max: 4, inputs: {n: {type: count, list: True}}, score: {points: 'min(max, sum(n))'}}\n", "E0157 7:53"},
    {"a check on a text", HEAD "criteria:\n  - {id: a, max: 0, inputs: {n: {type: text, check: 1}}}\n", "E0218 7:46"},
    {"a tolerance below 0", HEAD "criteria:\n  - {id: a, max: 0, inputs: {n: {type: percent, check: {is: 1/2, within: -1%}}}}\n",
     "E0249 7:74"},
    {"an option that is meant is not missing too",
   HEAD "criteria:\n  - id: a\n    max: 4\n    inputs: {t: {type: choice, options: {early: E, late: L}}}\n"
   "    score: {choice: t, points: {erly: 4, late: 0}}\n", "E0237 10:33"},
  /* the head */
  {"over before it begins", HEAD "valid: {from: 2026, until: 2025-12}\ncriteria:\n  - {id: a, max: 0}\n", "E0248 6:15"},
    {"grades upside down",
     HEAD "grades:\n  - {id: weak, from: 0}\n  - {id: good, from: 70}\n"
          "criteria:\n  - {id: a, max: 0}\n",
     "E0227 8:22; E0228 8:22"},
    {"grades by 90%",
     HEAD "grades:\n  - {id: good, from: 90%}\n  - {id: weak, from: 0}\n"
          "criteria:\n  - {id: a, max: 0}\n",
     "E0152 7:22"},
    {"a grade above 100",
     HEAD "grades:\n  - {id: good, from: 101}\n  - {id: weak, from: 0}\n"
          "criteria:\n  - {id: a, max: 0}\n",
     "E0229 7:22"},
    {"two grades of one name",
     HEAD "grades:\n  - {id: good, from: 50}\n  - {id: good, from: 0}\n"
          "criteria:\n  - {id: a, max: 0}\n",
     "E0202 8:22"},
    {"no decimals for leaves", "ari: criteria/1\nid: d\ntitle: D\nperiod: year\nrounding: {total: 2}\ncriteria:\n  - {id: a, max: 0}\n",
     "E0142 5:12"},
    {"an unknown tie breaker", HEAD "ranking: {ties: serial, break: [x9]}\ncriteria:\n  - {id: a, max: 0}\n", "E0222 6:33"},
};

/* Names for parts of formulas. LET leaves `a` with the inputs of LEAF. */
#define LET(let, score) LEAF("    let: " let "\n    score: " score "\n    empty: zero\n")
static const sample names[] = {
    {"a name", LET("{r: a / b, double: 2 * r}", "{points: 'min(4, double * max)'}"), ""},
    {"a name that is an input", LET("{a: 1 - b}", "{share: a / b}"), "E0290 10:11"},
    {"a name no formula can use", LET("{2nd: a / b}", "{share: a / b}"), "E0215 10:11"},
    {"a word of the language", LET("{then: a / b}", "{share: a / b}"), "E0216 10:11"},
    {"one that comes later", LET("{double: 2 * r, r: a / b}", "{share: r}"), "E0386 10:23"},
    {"itself", LET("{r: r + 1}", "{share: a / b}"), "E0386 10:14"},
    {"a name that was left out is told once", LET("{r: a / zzzzzz}", "{share: r}"), "E0325 10:18"},
    {"nothing uses it", LET("{r: a / b}", "{share: a / b}"), "W0291 10:11"},
    {"a choice",
     HEAD "criteria:\n  - id: a\n    max: 4\n    inputs: {t: {type: choice, options: {x: X, y: Y}}}\n    let: {c: t}\n"
          "    score: {choice: t, points: {x: 4, y: 0}}\n",
     "E0334 10:14"},
    {"a division in it can be empty", LEAF("    let: {r: a / b}\n    score: {share: r}\n"), "E0225 10:18"},
    {"guarded by a name", LEAF("    let: {some: b > 0, r: a / b}\n    score: {points: 'if some then max * min(1, r) else 0'}\n"), ""},
    {"a maximum out of reach", LET("{most: 'min(1, a / b)'}", "{points: 3 * most}"), "E0245 11:12"},
    {"cases by names", LEAF("    let: {few: n < 3}\n    score: {cases: [{when: few, points: 0}, {when: n >= 3, points: max}]}\n"), ""},
    {"a name from above, and an input that hides it",
     HEAD "inputs: {total: {type: count, from: 1}}\nlet: {per: 1 / total}\ncriteria:\n"
          "  - {id: a, max: 1, score: {points: per}}\n  - id: b\n    max: 1\n    inputs: {per: yes_no}\n    score: {yes_no: per}\n",
     "E0290 12:14"},
    {"the same name on two criteria",
     HEAD "criteria:\n  - {id: a, max: 1, inputs: {x: yes_no}, let: {y: x}, score: {yes_no: y}}\n"
          "  - {id: b, max: 1, inputs: {x: yes_no}, let: {y: not x}, score: {yes_no: y}}\n",
     ""},
};

/* Nothing is wrong with any of these. */
static const sample honest[] = {
    {"a share with an answer for 0/0", LEAF(SHARE "    empty: zero\n"), ""},
    {"a share that cannot be 0/0", LEAF("    score: {share: a / (a + b + 1)}\n"), ""},
    {"a guarded division", LEAF("    score: {points: 'if b > 0 then max * min(1, a / b) else 0'}\n"), ""},
    {"a complement", LEAF("    score: {share: 1 - a / b}\n    empty: full\n"), ""},
    {"a mean of a list that is asked for its count", RECORDS("    score: {points: 'if count(marks) > 0 then min(max, mean(marks)) else 0'}\n"), ""},
    {"whole counts leave no gap", RECORDS("    score: {cases: [{when: count(hours) = 0, points: 0}, {when: count(hours) >= 1, points: 4}]}\n"), ""},
    {"nor do whole sums", RECORDS("    score: {cases: [{when: sum(hours) = 0, points: 0}, {when: sum(hours) >= 1, points: 4}]}\n"), ""},
    {"a survey", RECORDS("    score: {survey: views, options: {good: 100%, v.1: n / 100, poor: -1}}\n    over_max: cap\n    empty: zero\n"), ""},
    {"points given by hand", LEAF("    score: {points: x}\n"), ""},
    {"points that are allowed to pass", LEAF("    over_max: allow\n    score: {count: n, each: 1}\n"), ""},
    {"points that are cut", LEAF("    over_max: cap\n    score: {yes_no: done, yes: 5}\n"), ""},
    {"bands down to 0 of a count",
     LEAF("    score: {bands: n, points: [{from: 3, points: 4}, {above: 0, points: 1}, {from: 0, points: 0}]}\n"), ""},
    {"bands with a rest that is never needed",
     LEAF("    score: {bands: n, points: [{from: 3, points: 4}, {from: 0, points: 1}, {points: 0}]}\n"), ""},
    {"cases that meet",
     LEAF("    score: {cases: [{when: x >= 1, points: 4}, {when: x > 0 and x < 1, points: 1}, {when: x <= 0, points: 0}]}\n"), ""},
    {"cases of whole numbers",
     LEAF("    score: {cases: [{when: n = 0, points: 4}, {when: n = 1, points: 1}, {when: n >= 2, points: 0}]}\n"), ""},
    {"cases of two figures", LEAF("    score: {cases: [{when: a > b, points: 4}, {when: b > a, points: 1}, {when: a = b, points: 0}]}\n"),
     ""},
    {"cases of a yes/no",
     LEAF("    score: {cases: [{when: done, points: 4}, {when: not done and n > 2, points: 1}, {when: not done and n <= 2, points: 0}]}\n"),
     ""},
    {"cases with a rest that is never needed",
     LEAF("    score: {cases: [{when: done, points: 4}, {when: not done, points: 1}, {points: 0}]}\n"), ""},
    {"cases of a choice",
     HEAD "criteria:\n  - id: a\n    max: 4\n    inputs: {t: {type: choice, options: {x: X, y: Y}}}\n    score:\n      cases:\n"
          "        - {when: t = 'x', points: 4}\n        - {when: t = 'y', points: 0}\n",
     ""},
    {"a figure behind its limit", LEAF("    score: {cases: [{when: 3 < n, points: 4}, {when: n <= 3, points: 0}]}\n"), ""},
  {"cases of a date",
     HEAD "criteria:\n  - id: a\n    max: 4\n    inputs: {d: date}\n    score:\n      cases:\n"
          "        - {when: d <= 2026-01-31, points: 4}\n        - {when: d >= 2026-02-01, points: 0}\n",
     ""},
    {"a capped part",
     HEAD "max: 3\ncriteria:\n  - id: a\n    max: 3\n    over_max: cap\n    criteria:\n"
          "      - {id: b, max: 2, over_max: cap, inputs: {n: count}, score: {count: n, each: 1}}\n"
          "      - {id: c, max: 2, over_max: cap, inputs: {n: count}, score: {count: n, each: 1}}\n",
     ""},
    {"watched without a rule", HEAD "criteria:\n  - {id: a, max: 0, inputs: {n: count, m: count}}\n", ""},
    {"watched with a rule", HEAD "criteria:\n  - {id: a, max: 0, inputs: {n: count, m: count}, score: {share: n / m}}\n", ""},
    {"a text for people", HEAD "criteria:\n  - {id: a, max: 1, inputs: {d: yes_no, why: text}, score: {yes_no: d}}\n", ""},
    {"a figure stated and counted",
     HEAD "criteria:\n  - id: a\n    max: 1\n    inputs: {n: count, m: count, rate: {type: percent, check: n / m}}\n"
          "    score: {share: n / m}\n    empty: zero\n",
     ""},
    {"grades below a negative total", HEAD "grades: [{id: g, from: 0}, {id: w, from: -5}]\ncriteria:\n  - {id: a, max: 0}\n", ""},
    {"deductions below 0", LEAF("    score: {deduct: [{count: n, each: 0.25}, {when: done, points: 1}], at_least: -0.25}\n"), ""},
};

/* Inputs that a sample leaves unused are none of its business. */
static const char *without_unused(fixture *f) {
  size_t kept = 0;
  for (size_t i = 0; i < f->findings.n; i++)
    if (f->findings.items[i].code != ARI_W0250) f->findings.items[kept++] = f->findings.items[i];
  f->findings.n = kept;
  return findings_of(f);
}

static void test_samples(fixture *f, const sample *all, size_t n) {
  for (size_t i = 0; i < n; i++) {
    read_set(f, all[i].text);
    is(without_unused(f), all[i].want, all[i].name);
    bool errors = strchr(all[i].want, 'E') != NULL;
    if (f->set && f->set->sound == errors) ok(false, "sound exactly without errors");
  }
}

/* 6 + 4 + 2 + 5 against 18. */
static void test_message(fixture *f) {
  ari_buf b = {0};
  read_set(f, HEAD "criteria:\n  - id: openness\n    max: 18\n    criteria:\n      - {id: a, max: 6}\n      - {id: b, max: 4}\n      - "
                   "{id: c, max: 10/3}\n"
                   "      - {id: d, max: 5}\n");
  ari_findings_sort(&f->findings);
  ari_finding_sentence(&b, &f->findings.items[0], ARI_EN);
  ari_buf_char(&b, '\0');
  is(b.p, "the criteria of \"openness\" add up to 18.333333333333 points, not 18", "the sum");
  ari_arg children = f->findings.items[0].args.at[3];
  is(text_of(children.as.text), "6 + 4 + 3.3333… + 5", "the parts as they are written");
  ari_buf_free(&b);
}

/* Constants below 0 lower the minimum that nobody has written; a written one stays. */
static void test_minimum(fixture *f) {
  read_set(f, LEAF("    score: {yes_no: done, no: -0.25}\n"));
  ari_num *quarter = ari_num_new();
  ari_num_set_dec(quarter, (ari_dec){.coef = -25, .scale = 2});
  ok(ari_num_cmp(node_of(f, "a")->min, quarter) == 0 && !node_of(f, "a")->min_written, "`no: -0.25` is the leaf's minimum");
  read_set(f, LEAF("    score: {deduct: [{count: n, each: 1}], at_least: -0.25}\n"));
  ok(ari_num_cmp(node_of(f, "a")->min, quarter) == 0, "`at_least: -0.25` is the leaf's minimum");
  read_set(f, LEAF("    min: -1\n    score: {deduct: [{count: n, each: 1}], at_least: -0.25}\n"));
  ok(ari_num_cmp_int(node_of(f, "a")->min, -1) == 0 && node_of(f, "a")->min_written, "a written minimum stays");
  ari_num_free(quarter);
}

/* Only what has to be reported and is not looked at is told as unused. */
static void test_unused(fixture *f) {
  read_set(f, HEAD "inputs: {p: count}\ncriteria:\n  - {id: a, max: 1, inputs: {d: yes_no, why: text, n: count}, score: {yes_no: d}}\n"
              "  - {id: b, max: 0, inputs: {n: count}}\n");
  is(findings_of(f), "W0250 6:10; W0250 8:52", "two inputs are not used");
}

int main(void) {
  fixture f = {0};
  test_samples(&f, told, ARI_COUNT(told));
  test_samples(&f, honest, ARI_COUNT(honest));
  test_samples(&f, names, ARI_COUNT(names));
  test_unused(&f);
  test_message(&f);
  test_minimum(&f);
  fixture_end(&f);
  return done();
}
