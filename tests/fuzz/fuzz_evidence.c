/* Any bytes as evidence or as an agency list, with and without a list: what comes back holds together, and twice the same comes back. The first byte
 * tells how: bit 0 CSV or YAML, bit 1 evidence or agency list, bit 2 without a list, bits 4 and 5 an appraisal or an explanation. */
#include "evidence/inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char SET[] =
  "ari: criteria/1\nid: small\ntitle: Small\nperiod: [month, quarter]\nvalid: {from: 2022-07, until: 2030-12}\nrounding: {leaf: 2}\n"
  "groups: {department: D, commune: C}\ninputs: {population: count}\ncriteria:\n"
  "  - {id: progress, max: 20, inputs: {on_time: count, received: count}, score: {share: on_time / received}, empty: zero}\n"
  "  - id: online\n    criteria:\n      - id: online.plan\n        max: 0\n        inputs:\n"
  "          plan: {type: choice, options: {on_time: Đúng hạn, late: Trễ}}\n          done: yes_no\n          rate: {type: percent, from: 0, to: 100%}\n"
  "          cost: money\n          figure: {type: number, from: -5, to: 1000.5}\n          day: {type: date, from: 2026-01-01}\n          words: text\n"
  "          marks: {type: percent, list: true, from: 0, to: 50%}\n          views: {type: survey, options: {good: Tốt, v.1: Vừa, poor: Kém}}\n";
static const char LIST[] = "id,name,group\nso-noi-vu,Sở Nội vụ,department\nxa-a,Xã A,commune\n";

static void must(bool holds) {
  if (!holds) abort();
}

static int32_t give(ari_sources *all, const char *name, const void *data, size_t n) {
  int32_t file = ari_sources_add(all, ari_str_of(name));
  char *bytes = ari_malloc(n + 1);
  must(file >= 0 && bytes);
  if (n) memcpy(bytes, data, n);
  ari_source_give(&all->items[file], bytes, n);
  return file;
}

static void check_findings(const ari_findings *fs, const ari_sources *all) {
  for (size_t i = 0; i < fs->n; i++) {
    const ari_span spans[] = {fs->items[i].at, fs->items[i].other};
    for (int k = 0; k < 2; k++) must(spans[k].file < 0 || (size_t)spans[k].start + spans[k].len <= all->items[spans[k].file].bytes.n);
  }
}

static void check_agencies(const ari_agencies *list) {
  for (size_t i = 0; i < list->n; i++) {
    const ari_agency *a = &list->items[i];
    must(ari_id_valid(a->id) && a->name.vi.n && a->name.en.n && ari_text_control(a->name.vi, false) < 0 && ari_text_control(a->name.en, false) < 0);
    must(ari_map_get(&list->ids, a->id) == (int32_t)i && (size_t)a->group_index < list->n_groups && ari_str_eq(list->groups[a->group_index], a->group));
  }
}

static void check_cell(const ari_evidence *ev, const ari_input *in, const ari_cell *c, const ari_submission *s) {
  if (c->state == ARI_CELL_ABSENT) return;
  must(s->present && (c->state == ARI_CELL_GIVEN || s->invalid));
  if (c->state != ARI_CELL_GIVEN) return;
  if (in->list) {
    must(c->value.coef >= 0 && (size_t)c->value.coef < ev->n_lists);
    ari_list list = ev->lists[c->value.coef];
    for (uint32_t i = 0; i < list.n; i++) must(ari_dec_cmp(list.items[i], in->from) >= 0 && ari_dec_cmp(list.items[i], in->to) <= 0);
    return;
  }
  for (uint32_t i = 1; in->type == ARI_SURVEY && i <= in->n_options; i++) must(c[i].state == ARI_CELL_GIVEN);
  if (in->type == ARI_TEXT) must(c->value.coef >= 0 && (size_t)c->value.coef < ev->n_texts && ev->texts[c->value.coef].n);
  if (in->type == ARI_YES_NO) must(c->value.coef == 0 || c->value.coef == 1);
  if (in->type == ARI_CHOICE) must(c->value.coef >= 0 && c->value.coef < (int64_t)in->n_options);
  if (in->type == ARI_COUNT_INPUT) must(c->value.coef >= 0 && c->value.scale <= 0);
  if (in->has_from) must(ari_dec_cmp(c->value, in->from) >= 0);
  if (in->has_to) must(ari_dec_cmp(c->value, in->to) <= 0);
}

static void check_table(const ari_evidence *ev, const ari_findings *fs) {
  bool any_invalid = false;
  for (size_t a = 0; a < ev->agencies->n; a++) {
    any_invalid |= ev->submissions[a].invalid;
    for (uint32_t i = 0; i < ev->set->n_inputs; i++) check_cell(ev, &ev->set->inputs[i], ari_evidence_cell(ev, a, (int)i), &ev->submissions[a]);
    for (uint32_t l = 0; l < ev->set->n_leaves; l++) must(!ari_evidence_entry(ev, a, (int32_t)l)->has_claimed || ev->submissions[a].present);
  }
  must(fs->errors > 0 || (!any_invalid && ev->complete));   /* nobody is set aside and nothing is stopped without a word (some errors concern nobody) */
}

static void read_evidence(ari_sources *all, int32_t file, const ari_set *set, const ari_agencies *list, bool asked) {
  ari_findings first = {0}, second = {0};
  ari_evidence *ev = NULL, *again = NULL;
  ari_period period = {2026, 8, ARI_MONTH};
  ari_accepted one = {.source = file, .kind = ARI_FILE_EVIDENCE}, files[2] = {one, one};
  if (!asked) period.kind = 0;
  must(ari_evidence_read(&ev, all, files, 1, set, list, period, 1, &first) != ARI_NOMEM && ev);
  check_findings(&first, all);
  check_table(ev, &first);
  must(ari_evidence_read(&again, all, files, 2, set, list, period, 2, &second) != ARI_NOMEM && again);
  check_findings(&second, all);
  check_table(again, &second);
  must(again->agencies->n == ev->agencies->n && second.errors >= 2 * first.errors);
  for (size_t i = 0; i < ev->agencies->n * set->n_inputs; i++)
    must(again->cells[i].state == ev->cells[i].state && again->cells[i].at.start == ev->cells[i].at.start);
  ari_evidence_free(ev);
  ari_evidence_free(again);
  ari_findings_free(&first);
  ari_findings_free(&second);
}

/* Decisions stand in their order and are of what there is; without evidence nothing is in the table but what they put there. */
static void check_decisions(ari_evidence *ev) {
  for (size_t i = 0; i < ev->n_decisions; i++) {
    const ari_decision *d = &ev->decisions[i], *before = i ? d - 1 : NULL;
    must(d->agency < ev->agencies->n && d->node >= 0 && (uint32_t)d->node < ev->set->n_nodes && d->turn == 1);
    must(!before || before->agency < d->agency || (before->agency == d->agency && before->node < d->node));
    must(d->ruling == ARI_RULING_INPUTS || (d->n_overrides == 0 && ev->set->nodes[d->node]->leaf >= 0));
    must(d->reason.n || ev->submissions[d->agency].invalid);
    for (uint32_t k = 0; k < d->n_overrides; k++) {
      const ari_override *o = &d->overrides[k];
      must(ev->set->inputs[o->slot].owner->index == d->node && (k == 0 || o[-1].slot < o->slot) && o->own.state == ARI_CELL_ABSENT);
      must(ari_evidence_cell(ev, d->agency, o->slot)->at.start == o->cell.at.start);
    }
  }
  ari_evidence_go_to(ev, ARI_STAGE_COMPUTED);
  for (size_t i = 0; i < ev->agencies->n * ev->set->n_inputs; i++) must(ev->cells[i].state == ARI_CELL_ABSENT);
}

static void read_rulings(ari_sources *all, int32_t file, ari_file_kind kind, const ari_set *set, const ari_agencies *list, bool asked) {
  ari_findings fs = {0};
  ari_evidence *ev = NULL;
  ari_accepted one = {.source = file, .kind = kind};
  ari_period period = {2026, 8, ARI_MONTH};
  if (!asked) period.kind = 0;
  must(ari_evidence_read(&ev, all, &one, 1, set, list, period, 1, &fs) != ARI_NOMEM && ev);
  check_findings(&fs, all);
  check_decisions(ev);
  must(ev->n_explanations == 0 || kind == ARI_FILE_EXPLANATION);
  ari_evidence_free(ev);
  ari_findings_free(&fs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t how = size ? data[0] : 0;
  ari_sources all = {0};
  ari_findings fs = {0};
  ari_set *set = NULL;
  ari_agencies list = {.file = -1}, other = {.file = -1};
  int32_t s = give(&all, "criteria.yaml", SET, sizeof SET - 1), l = give(&all, "agencies.csv", LIST, sizeof LIST - 1);
  int32_t file = give(&all, how & 1 ? "fuzz.yaml" : "fuzz.csv", data + (size > 0), size - (size > 0));
  must(ari_set_read(&all.items[s], s, &set, &fs) == ARI_OK && set && !fs.errors);
  if (!(how & 4)) must(ari_agencies_read(&list, &all.items[l], l, set, &fs) == ARI_OK && list.n == 2);
  if (how & 2) {
    must(ari_agencies_read(&other, &all.items[file], file, set, &fs) == ARI_OK);
    must(other.n || fs.errors);
    check_agencies(&other);
    check_findings(&fs, &all);
  } else if (how & 48) {
    read_rulings(&all, file, how & 16 ? ARI_FILE_APPRAISAL : ARI_FILE_EXPLANATION, set, &list, !(how & 8));
  } else {
    read_evidence(&all, file, set, &list, !(how & 8));
  }
  ari_agencies_free(&list);
  ari_agencies_free(&other);
  ari_set_free(set);
  ari_findings_free(&fs);
  ari_sources_free(&all);
  return 0;
}
