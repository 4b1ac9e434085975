/* Findings as data: adding, counting, order, telling once, merging, the keeping limit. */
#include "base/base.h"
#include "tap.h"

#include <stdlib.h>

static ari_span span(int32_t file, uint32_t start) { return (ari_span){file, start, 1}; }

/* "E0105@0:7 F0001@-" in the order of the list. */
static const char *listed(const ari_findings *fs, char out[400]) {
  size_t n = 0;
  out[0] = '\0';
  for (size_t i = 0; i < fs->n && n < 360; i++) {
    const ari_finding *f = &fs->items[i];
    if (f->at.file < 0) n += (size_t)snprintf(out + n, 400 - n, "%s%s@-", i ? " " : "", ari_code_name(f->code));
    else n += (size_t)snprintf(out + n, 400 - n, "%s%s@%d:%u", i ? " " : "", ari_code_name(f->code), f->at.file, f->at.start);
  }
  return out;
}

static void test_order(void) {
  ari_findings fs = {0};
  char out[400];
  ari_findings_add(&fs, ARI_E0105, span(1, 5), NULL);
  ari_findings_add(&fs, ARI_E0103, span(0, 900), NULL);
  ari_findings_add(&fs, ARI_E0105, span(0, 7), NULL);
  ari_findings_add(&fs, ARI_E0103, span(0, 7), NULL);
  ari_findings_add(&fs, ARI_F0002, ARI_NOWHERE, NULL);
  ari_findings_add(&fs, ARI_F0001, ARI_NOWHERE, NULL);
  ok(fs.n == 6 && fs.errors == 4 && fs.failures == 2 && fs.warnings == 0, "each is counted by its letter");
  ari_findings_sort(&fs);
  is(listed(&fs, out), "F0001@- F0002@- E0103@0:7 E0105@0:7 E0103@0:900 E0105@1:5", "nowhere first, then file, place, code");
  ari_findings_free(&fs);
  ok(fs.n == 0 && fs.errors == 0 && !fs.items, "a freed list is empty");
}

static void test_stable(void) {
  ari_findings fs = {0};
  for (int i = 0; i < 500; i++) ari_findings_add(&fs, ARI_E0105, span(0, (uint32_t)(i % 3)), &(ari_args){{ari_arg_int((i * 7919) % 500)}});
  ari_findings_sort(&fs);
  bool stable = fs.n == 500;
  for (size_t i = 1; i < fs.n; i++)
    if (fs.items[i - 1].at.start == fs.items[i].at.start && fs.items[i - 1].order > fs.items[i].order) stable = false;
  ok(stable, "equal places keep the order of adding");
  ari_findings_free(&fs);
}

static void test_once(void) {
  ari_findings fs = {0};
  ari_args a = {{ari_arg_c("A"), ari_arg_e12(ARI_ONE)}}, b = {{ari_arg_c("B"), ari_arg_e12(ARI_ONE)}};
  ari_findings_add(&fs, ARI_E0105, span(0, 3), &a);
  ari_findings_add(&fs, ARI_E0105, span(0, 3), &b);
  ari_findings_add(&fs, ARI_E0105, span(0, 3), &a);
  ari_findings_add(&fs, ARI_E0105, span(0, 3), &a)->row = 4;
  ari_findings_add(&fs, ARI_E0105, span(0, 3), &a)->other = span(1, 1);
  ari_findings_add(&fs, ARI_E0105, (ari_span){0, 3, 2}, &a);
  ari_findings_add(&fs, ARI_E0105, span(1, 3), &a);
  ari_findings_sort(&fs);
  ok(fs.n == 6 && fs.errors == 6, "only the one that says the same at the same place is told once, and counted once");
  ok(ari_str_is(fs.items[0].args.at[0].as.text, "A") && ari_str_is(fs.items[1].args.at[0].as.text, "B"), "the first of equal ones stays");
  ari_findings_sort(&fs);
  ok(fs.n == 6 && fs.errors == 6, "sorting again changes nothing");
  ari_findings_free(&fs);
}

static void test_texts(void) {
  ari_findings fs = {0};
  char text[] = "mutable";
  ari_findings_add(&fs, ARI_E0105, ARI_NOWHERE, &(ari_args){{ari_arg_c(text)}});
  text[0] = 'X';
  ok(ari_str_is(fs.items[0].args.at[0].as.text, "mutable"), "texts are copied");
  char longer[400];
  for (size_t i = 0; i < 399; i += 3) memcpy(longer + i, "ế", 3);
  ari_findings_add(&fs, ARI_E0105, ARI_NOWHERE, &(ari_args){{ari_arg_text((ari_str){longer, 399})}});
  ari_str got = fs.items[1].args.at[0].as.text;
  size_t bad;
  ok(got.n == 198 + 3 && ari_utf8_valid(got.p, got.n, &bad) && ari_str_ends(got, "ế…"), "long ones are cut between code points");
  ari_findings_add(&fs, ARI_E0105, ARI_NOWHERE, &(ari_args){{ari_arg_c("a\xFF" "b\xC3")}});
  ok(ari_str_is(fs.items[2].args.at[0].as.text, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD"), "what is not UTF-8 becomes U+FFFD");
  ok(!fs.failed, "nothing failed");
  ari_findings_free(&fs);
}

static void test_numbers(void) {
  ari_num *a = ari_num_new();
  if (!a) exit(1);
  ari_num_set_int(a, 3);
  ari_arg arg = ari_arg_num(a);
  ok(arg.kind == ARI_ARG_E12 && arg.as.i == 3 * ARI_ONE, "a number goes as e12");
  ari_num_set_int(a, INT64_C(-123456789012345678));
  arg = ari_arg_num(a);
  ok(arg.kind == ARI_ARG_DEC && arg.as.dec.coef * 1 == INT64_C(-123456789012345678) && arg.as.dec.scale == 0, "a large one as a decimal");
  ari_num_mul(a, a, a);
  arg = ari_arg_num(a);
  ok(arg.kind == ARI_ARG_TEXT && ari_str_is(arg.as.text, "> 10^18"), "a huge one as a bound");
  ari_num_neg(a, a);
  ok(ari_str_is(ari_arg_num(a).as.text, "< -10^18"), "on either side");
  ari_num_free(a);
}

static void test_limit(void) {
  ari_findings fs = {0};
  for (uint32_t i = 0; i < ARI_KEEP_FINDINGS + 7; i++) {
    ari_finding *f = ari_findings_add(&fs, ARI_E0105, span((int32_t)(i % 2), i), NULL);
    if (!f) exit(1);
    f->row = 1; /* may always be written to */
  }
  ok(fs.n == ARI_KEEP_FINDINGS && fs.dropped == 7 && fs.errors == ARI_KEEP_FINDINGS + 7,
     "beyond the limit all are counted and none is kept");
  ok(fs.n_drops == 2 && fs.drops[0].n == 4 && fs.drops[0].file == 0 && fs.drops[1].n == 3, "by file");
  ari_findings_sort(&fs);
  ok(fs.n == ARI_KEEP_FINDINGS, "and sorting many is done");
  ari_findings_free(&fs);
}

static void test_merge(void) {
  ari_findings all = {0}, one = {0}, two = {0};
  char out[400];
  ari_findings_add(&all, ARI_E0105, span(2, 1), NULL);
  for (uint32_t i = 0; i < 130; i++) ari_findings_add(&one, ARI_E0105, span(1, 1000 - i), &(ari_args){{ari_arg_c("text of one")}});
  ari_findings_add(&one, ARI_E0105, span(1, 1000), &(ari_args){{ari_arg_c("text of one")}});
  ari_findings_add(&two, ARI_F0001, ARI_NOWHERE, NULL);
  ok(ari_findings_merge(&all, &one) && ari_findings_merge(&all, &two), "two lists are merged");
  ok(one.n == 0 && !one.items && two.n == 0 && one.errors == 0, "and are empty then");
  ok(all.errors == 131 && all.failures == 1, "the sum of the counts, doubles counted once");
  ok(all.n == 1 + ARI_SHOW_FINDINGS + 1 && all.dropped == 80 && all.n_drops == 1 && all.drops[0].file == 1,
     "of each file as many as are shown");
  ari_findings_sort(&all);
  ok(all.items[1].at.start == 871 && all.items[50].at.start == 920, "namely the first ones by place, not by adding");
  ok(ari_str_is(all.items[1].args.at[0].as.text, "text of one"), "texts outlive the list they came from");
  all.n = 2;
  is(listed(&all, out), "F0001@- E0105@1:871", "in the order of the files");
  ari_findings_free(&all);
}

int main(void) {
  test_order();
  test_stable();
  test_once();
  test_texts();
  test_numbers();
  test_limit();
  test_merge();
  return done();
}
