/* What is said of a leaf besides its figures, held against them (methodology: ari-evidence(5), "Evidence in YAML"). */
#include "inside.h"

/* "Not applicable" and withheld follow different policies: one of the two is meant. */
static void tell_both(ari_evidence *ev, size_t agency, const ari_node *leaf, ari_findings *fs) {
  const ari_remark *remark = ari_evidence_entry(ev, agency, leaf->leaf)->remark;
  ari_args args = {{ari_arg_text(leaf->id), ari_arg_text(ev->agencies->items[agency].id)}};
  ari_place_finding(fs, ARI_E0485, remark->not_applicable_at, (ari_str){0}, &args)->other = ari_place_span(remark->withheld_at);
  ev->submissions[agency].invalid = true;
}

/* A figure of the leaf's own that is there; own: only what the agency itself supplies. */
static const ari_cell *find_figure(const ari_evidence *ev, size_t agency, const ari_node *leaf, bool own) {
  for (uint32_t i = leaf->first_input; i < leaf->first_input + leaf->n_inputs; i++) {
    const ari_cell *cell = ari_evidence_cell(ev, agency, (int)i);
    if (cell->state != ARI_CELL_ABSENT && (!own || ari_form_asks(ev->set, (int)i))) return cell;
  }
  return NULL;
}

/* "Not applicable", and yet there are figures: which of the two is meant? Where the set forbids the one, scoring says so. */
static void tell_contradiction(ari_evidence *ev, size_t agency, const ari_node *leaf, const ari_remark *remark, ari_findings *fs) {
  const ari_agency *a = &ev->agencies->items[agency];
  const ari_cell *given = find_figure(ev, agency, leaf, false);
  if (remark->withheld.p) tell_both(ev, agency, leaf, fs);
  if (!given || leaf->not_applicable[a->tier_index].policy == ARI_POLICY_ERROR) return;
  ari_args args = {{ari_arg_text(leaf->id), ari_arg_text(a->id)}};
  ari_place_finding(fs, ARI_W0462, remark->not_applicable_at, (ari_str){0}, &args)->other = ari_place_span(given->at);
}

static bool asks_for_figures(const ari_set *set, const ari_node *leaf) {
  bool asks = false;
  for (uint32_t i = leaf->first_input; i < leaf->first_input + leaf->n_inputs; i++) asks |= ari_form_asks(set, (int)i);
  return asks;
}

/* A claim or a note where no figure is: it counts nothing, and the figure may have been written into the words. What must be there is told by scoring. */
static void tell_unfounded(const ari_evidence *ev, size_t agency, const ari_node *leaf, const ari_entry *entry, ari_findings *fs) {
  const ari_agency *a = &ev->agencies->items[agency];
  const ari_remark *remark = entry->remark;
  if (remark && (remark->not_applicable.p || remark->withheld.p)) return;
  if (a->tier_lost || leaf->presence_lost || leaf->presence[a->tier_index] != ARI_THERE || leaf->missing[a->tier_index].policy == ARI_POLICY_ERROR) return;
  if (ev->submissions[agency].unread || !asks_for_figures(ev->set, leaf) || find_figure(ev, agency, leaf, true)) return;
  ari_place_finding(fs, ARI_W0543, remark && remark->note.p ? remark->note_at : entry->claimed_at, (ari_str){0}, &(ari_args){{ari_arg_text(leaf->id), ari_arg_text(a->id)}});
}

void ari_remarks_check(ari_evidence *ev, bool carried, ari_findings *fs) {
  for (size_t a = 0; a < ev->agencies->n; a++)
    for (uint32_t l = 0; l < ev->set->n_leaves; l++) {
      const ari_entry *entry = ari_evidence_entry(ev, a, (int32_t)l);
      if (entry->remark && entry->remark->not_applicable.p) tell_contradiction(ev, a, ev->set->leaves[l], entry->remark, fs);
      if (!carried && ev->set->sound && (entry->has_claimed || (entry->remark && entry->remark->note.p))) tell_unfounded(ev, a, ev->set->leaves[l], entry, fs);
    }
}
