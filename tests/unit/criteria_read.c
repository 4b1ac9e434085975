/* Reading a set: the tree, settings that are inherited and from where, inputs and who sees them, the head of the file. */
#include "criteria_fixture.h"

static const char whole[] =
  "ari: criteria/1\n"
  "id: demo\n"
  "version: 2026\n"
  "title: {vi: Ví dụ, en: Example}\n"
  "basis:\n"
  "  - {name: Quyết định 1/QĐ, date: 2022-06-23}\n"
  "period: [month, year]\n"
  "valid: {from: 2022-07, until: 2030}\n"
  "groups: {department: {vi: Sở, en: Departments}, commune: Xã}\n"
  "rounding: {mode: half_even, leaf: 3, node: 4}\n"
  "missing: unscored\n"
  "ranking: {on: points, within: all, ties: serial, break: [b.2, a], absent: unranked}\n"
  "grades_on: points\n"
  "grades:\n"
  "  - {id: good, title: Tốt, from: 7.5}\n"
  "  - {id: weak, from: 0}\n"
  "inputs: {population: count}\n"
  "criteria:\n"
  "  - id: a\n"
  "    title: {en: First}\n"
  "    max: 10/3\n"
  "    inputs: {done: yes_no}\n"
  "    score: {yes_no: done}\n"
  "    missing: exclude\n"
  "  - id: b\n"
  "    empty: full\n"
  "    rounding: {leaf: 1, mode: down}\n"
  "    inputs: {staff: count}\n"
  "    criteria:\n"
  "      - id: b.1\n"
  "        max: 10/3\n"
  "        score: {share: staff / population}\n"
  "      - id: b.2\n"
  "        not_applicable: {policy: spread, to: [b.1, a]}\n"
  "        criteria:\n"
  "          - id: b.2.1\n"
  "            max: 10/3\n"
  "            inputs:\n"
  "              plan:\n"
  "                type: choice\n"
  "                title: {vi: Kế hoạch, en: Plan}\n"
  "                options: {early: Sớm, late: {vi: Trễ, en: Late}}\n"
  "              rate: {type: percent, from: 1%, to: 99.5, unit: '%', check: {is: staff / population, within: 0.05%}}\n"
  "              day: {type: date, from: 2026-01-01, to: 2026-12-31}\n"
  "            expect:\n"
  "              - {that: staff <= population, say: Đông quá}\n"
  "              - that: rate > 2%\n"
  "            score: {choice: plan, points: {early: 10/3, late: 50%}}\n"
  "          - {id: b.2.2, max: 0}\n";

static void test_head(fixture *f) {
  const ari_set *s = f->set;
  is(findings_of(f), "W0250 44:15", "a sound set: only the date is not used");
  ok(s && s->sound && f->status == ARI_OK, "it is sound");
  if (!s) return;
  is(text_of(s->version), "2026", "version");
  is(text_of(s->title.vi), "Ví dụ", "title in Vietnamese");
  is(text_of(s->title.en), "Example", "title in English");
  ok(s->n_basis == 1 && s->basis[0].has_day && s->basis[0].day == 19166, "legal basis with its date");
  ok(s->periods == (ARI_MONTH | ARI_YEAR), "kinds of periods");
  ok(s->valid_from.kind == ARI_MONTH && s->valid_from.year == 2022 && s->valid_until.kind == ARI_YEAR, "validity");
  ok(s->n_groups == 2, "groups");
  is(text_of(s->groups[1].title.en), "Xã", "a title in one language serves both");
  ok(s->ranking.on == ARI_ON_POINTS && s->ranking.within == ARI_WITHIN_ALL && s->ranking.ties == ARI_SERIAL && !s->ranking.absent_last,
     "ranking");
  ok(s->ranking.n_breaks == 2 && s->ranking.breaks[0] == node_of(f, "b.2") && s->ranking.breaks[1] == node_of(f, "a"), "what breaks ties");
  ok(s->grades_on_points && s->n_grades == 2 && s->grades[0].from_e12 == 75 * ARI_ONE / 10, "grades");
  is(text_of(s->grades[1].title.vi), "weak", "a grade without a title is called by its id");
}

static void test_tree(fixture *f) {
  const ari_set *s = f->set;
  ok(s->n_nodes == 7 && s->n_leaves == 4, "seven nodes, four leaves");
  ok(s->root == s->nodes[0] && node_of(f, "total") == s->root && s->root->level == 0, "the root is total");
  ok(node_of(f, "b.2.1")->level == 3 && node_of(f, "b.2.1")->parent == node_of(f, "b.2"), "depth and parent");
  ok(s->root->n_children == 2 && s->root->first == node_of(f, "a") && s->root->first->next == node_of(f, "b"), "children in order");
  ok(s->leaves[2] == node_of(f, "b.2.1") && node_of(f, "b.2.1")->leaf == 2 && node_of(f, "b.2")->leaf == -1, "leaves in document order");
  ok(s->root->max_e12[0] == 10 * ARI_ONE && ari_num_cmp_int(s->root->max[0], 10) == 0, "three times 10/3 are exactly 10");
  is(text_of(node_of(f, "a")->title.vi), "First", "a missing language falls back to the other");
  is(text_of(node_of(f, "b")->title.vi), "b", "a criterion without a title is called by its id");
  ok(!node_of(f, "b.2.2")->rule && node_of(f, "b.2.2")->max_e12[0] == 0, "a watched leaf needs no rule");
  is(text_of(ari_set_nearest_node(s, ARI_STR("b.2.9"))), "b.2.1", "the nearest id");
}

static void test_settings(fixture *f) {
  const ari_node *a = node_of(f, "a"), *b1 = node_of(f, "b.1"), *deep = node_of(f, "b.2.1"), *root = f->set->root;
  ok(a->missing->policy == ARI_POLICY_EXCLUDE && a->missing->from == a, "a nearer `missing` wins");
  ok(deep->missing->policy == ARI_POLICY_UNSCORED && deep->missing->from == root, "`missing` comes down from the set");
  ok(b1->empty->policy == ARI_POLICY_FULL && b1->empty->from == node_of(f, "b"), "`empty` comes down from the node that says it");
  ok(a->empty->policy == ARI_POLICY_NONE && !a->empty->from, "`empty` has no default");
  ok(a->not_applicable->policy == ARI_POLICY_ERROR && !a->not_applicable->from, "by default nobody may claim that it does not apply");
  const ari_policy_setting *spread = deep->not_applicable;
  ok(spread->policy == ARI_POLICY_SPREAD && spread->n_to == 2 && spread->to[0] == b1 && spread->to[1] == a,
     "receivers are found in the whole tree");
  ok(a->rounding.mode == ARI_HALF_EVEN && a->rounding.leaf == 3 && a->rounding.node == 4, "rounding of the set");
  ok(root->rounding.total == 3 && root->rounding.index == 2, "total as leaf and index 2 unless written");
  ok(deep->rounding.mode == ARI_DOWN && deep->rounding.leaf == 1 && deep->rounding.node == 4, "rounding further down");
}

static void test_inputs(fixture *f) {
  const ari_set *s = f->set;
  const ari_node *a = node_of(f, "a"), *b1 = node_of(f, "b.1"), *deep = node_of(f, "b.2.1");
  ok(s->n_inputs == 6, "six inputs");
  is(text_of(s->inputs[ari_node_input(s, a, ARI_STR("population"))].column), "total.population", "an input of the set and its column");
  ok(ari_node_input(s, a, ARI_STR("staff")) == -1, "an input of a neighbour is not seen");
  ok(ari_node_input(s, deep, ARI_STR("staff")) == ari_node_input(s, b1, ARI_STR("staff")), "an input of a node is seen everywhere below");
  ok(ari_map_get(&s->columns, ARI_STR("b.2.1.plan")) == ari_node_input(s, deep, ARI_STR("plan")), "columns lead to slots");
  const ari_input *plan = &s->inputs[ari_node_input(s, deep, ARI_STR("plan"))],
                  *rate = &s->inputs[ari_node_input(s, deep, ARI_STR("rate"))];
  ok(plan->type == ARI_CHOICE && plan->n_options == 2, "options");
  is(text_of(plan->options[1].title.en), "Late", "title of an option");
  ari_num *n = ari_num_new(), *m = ari_num_new();
  ari_num_set_dec(n, rate->to);
  ari_num_set_dec(m, (ari_dec){.coef = 995, .scale = 3});
  ok(rate->has_to && ari_num_cmp(n, m) == 0, "99.5 of a percent is 0.995");
  ari_num_set_dec(n, rate->from);
  ari_num_set_dec(m, (ari_dec){.coef = 1, .scale = 2});
  ok(rate->has_from && ari_num_cmp(n, m) == 0, "1% of a percent is 0.01");
  ok(rate->check && rate->within && rate->used, "a stated figure is checked");
  ari_num_free(n);
  ari_num_free(m);
  const ari_input *day = &s->inputs[ari_node_input(s, deep, ARI_STR("day"))];
  ok(day->from.coef == 20454 && day->to.coef == 20818, "bounds of a date are days");
  ok(deep->n_expect == 2, "expectations");
  is(text_of(deep->expect[0].say.en), "Đông quá", "what an expectation says");
  is(text_of(deep->expect[1].say.vi), "rate > 2%", "without words the formula speaks for itself");
}

/* All forms are in the table, each with the functions it needs. */
static void test_table(void) {
  size_t n = 0;
  bool whole_row = true;
  for (const ari_rule_kind *k; (k = ari_rule_kind_at(n)); n++)
    whole_row = whole_row && k->fields && k->read && k->eval && k->range && ari_str_is(ari_str_of(k->fields[0].key), k->name);
  ok(n >= 9 && whole_row, "every form is named by its first key");
}

static void test_unusable(fixture *f) {
  read_set(f, "ari: agencies/1\nagencies: []\n");
  is(findings_of(f), "E0201 1:1", "another kind of file");
  ok(!f->set && f->status == ARI_OK, "gives no set");
  read_set(f, "");
  ok(!f->set && f->findings.errors == 1, "an empty file gives no set");
  read_set(f, "ari: criteria/1\n");
  is(findings_of(f), "E0142 1:1; E0142 1:1; E0142 1:1; E0142 1:1; E0142 1:1", "all that is missing is told at once");
}

#define LEAF "criteria:\n  - {id: a, max: 1, inputs: {d: yes_no}, score: {yes_no: d}}\n"

static void test_comparable(void) {
  fixture old = {0}, new = {0}, other = {0};
  read_set(&old, HEAD LEAF);
  read_set(&new, HEAD "version: 3\ncomparable: [1, 2.0]\n" LEAF);
  read_set(&other, HEAD "version: 2\n" LEAF);
  is(findings_of(&new), "", "a list of versions");
  ok(ari_sets_comparable(new.set, old.set) && ari_sets_comparable(old.set, new.set), "one that is named, from either side");
  ok(ari_sets_comparable(other.set, other.set), "its own");
  ok(!ari_sets_comparable(new.set, other.set), "2 is not 2.0");
  ok(!ari_sets_comparable(old.set, other.set), "none is named");
  read_set(&other, "ari: criteria/1\nid: another\ntitle: Demo\nperiod: year\nrounding: {leaf: 2}\n" LEAF);
  ok(!ari_sets_comparable(new.set, other.set), "the version of another set");
  read_set(&other, HEAD "comparable: [1, 4, 4]\n" LEAF);
  is(findings_of(&other), "W0292 6:14; W0292 6:20", "its own version, and the same one twice");
  read_set(&other, HEAD "criteria:\n  - {id: a, max: 1, inputs: {d: count}, score: {points: if d > previous(d) then 1 else 0}}\n");
  ok(other.set && other.set->uses_previous && !old.set->uses_previous, "which sets look at last period");
  fixture_end(&old);
  fixture_end(&new);
  fixture_end(&other);
}

int main(void) {
  fixture f = {0};
  read_set(&f, whole);
  test_head(&f);
  if (f.set) {
    test_tree(&f);
    test_settings(&f);
    test_inputs(&f);
  }
  test_table();
  test_unusable(&f);
  test_comparable();
  fixture_end(&f);
  return done();
}
