/* What files of appraisals and explanations have in common, YAML and tables, and points that are given or claimed (methodology: ari-evidence(5), "Appraisals"). */
#include "inside.h"

/* The agency; NULL: of its tier nothing is known, or it was of another in last period's round. */
static const ari_agency *agency_of(const ari_reading *r, const ari_spot *spot) {
  const ari_agencies *list = r->desk->agencies;
  if (r->last || list->file < 0 || !r->desk->set->sound || spot->agency < 0 || (size_t)spot->agency >= list->n) return NULL;
  return list->items[spot->agency].tier_lost ? NULL : &list->items[spot->agency];
}

/* Methodology: evidence is filled in for all tiers and what is too much there is passed over; a decision is made of one criterion of one agency. */
bool ari_ruling_in_tier(ari_reading *r, const ari_spot *spot, const ari_node *node) {
  const ari_agency *a = agency_of(r, spot);
  if (!a || node->presence[a->tier_index] == ARI_THERE) return true;
  ari_args args = {{ari_arg_text(node->id), ari_arg_text(a->id), ari_arg_text(r->desk->set->tiers[a->tier_index].id)}};
  ari_reading_tell(r, spot, ARI_E0558, &args);
  return false;
}

bool ari_ruling_suits(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_ruling ruling) {
  if (!ari_ruling_in_tier(r, spot, node)) return false;
  ari_code code = node->leaf < 0 && (ruling == ARI_RULING_POINTS || (ruling == ARI_RULING_ACCEPT && node->n_inputs == 0)) ? ARI_E0559 : node->n_inputs == 0 && ruling == ARI_RULING_INPUTS ? ARI_E0560 : ARI_CODES;
  if (code == ARI_CODES) return true;
  ari_reading_tell(r, spot, code, &(ari_args){{ari_arg_text(node->id)}});
  return false;
}

/* Compares points with a bound of the criterion; 0 when nothing can be said. */
static int compare(ari_reading *r, ari_dec points, const ari_num *bound) {
  ari_num *given = ari_num_new();
  if (!given) {
    r->no_memory = true;
    return 0;
  }
  ari_num_set_dec(given, points);
  int order = ari_num_cmp(given, bound);
  ari_num_free(given);
  return order;
}

bool ari_ruling_points(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_str text, ari_dec *out) {
  if (!ari_value_points(r, spot, text, out)) return false;
  const ari_agency *a = agency_of(r, spot);
  if (a && node->max[a->tier_index] && ari_num_sign(node->max[a->tier_index]) == 0) {
    ari_reading_tell(r, spot, ARI_W0573, &(ari_args){{ari_arg_text(node->id), ari_arg_text(a->id)}})->other = node->max_span;
    return true;
  }
  if (!a || node->presence_lost || !node->max[a->tier_index]) return true;
  const ari_num *max = node->max[a->tier_index];
  bool above = compare(r, *out, max) > 0, below = !above && node->min && compare(r, *out, node->min) < 0;
  if (!above && !below) return true;
  ari_args args = {{ari_arg_text(node->id), ari_arg_text(a->id), ari_arg_dec(*out), ari_arg_num(above ? max : node->min)}};
  ari_reading_tell(r, spot, above ? ARI_W0552 : ARI_W0553, &args)->other = above ? node->max_span : node->min_written ? node->min_span : node->span;
  return true;
}

bool ari_statement_text(ari_reading *r, const ari_spot *spot, ari_str text, ari_str *out) {
  int64_t number;
  *out = (ari_str){0};
  if (ari_utf8_is_blank(text)) return true;
  if (!ari_reading_keep(r, spot, ari_str_trim(text), &number)) return false;
  *out = r->shelf->texts[number];
  return true;
}

void ari_reading_state(ari_reading *r, const ari_spot *spot, ari_said said, const ari_node *node, const ari_statement *statement) {
  ari_shelf *shelf = r->shelf;
  if (!ari_grow((void **)&shelf->statements, shelf->n_statements, &shelf->statements_room, sizeof *statement)) {
    r->no_memory = true;
    return;
  }
  shelf->statements[shelf->n_statements] = *statement;
  ari_reading_add(r, spot, said, node->index)->value.coef = (int64_t)shelf->n_statements++;
}

/* Claims never enter the points, but whoever reads them beside the points is misled by a slip. */
void ari_reading_look_at_claim(ari_reading *r, const ari_spot *spot, const ari_node *leaf, ari_dec claimed) {
  const ari_agency *a = agency_of(r, spot);
  const ari_set *set = r->desk->set;
  if (r->last || r->carried || !set->sound || (!a && ari_set_has_tiers(set)) || leaf->presence_lost) return;
  const ari_num *max = leaf->max[a ? a->tier_index : 0];
  if (!max || !leaf->min) return;
  bool above = leaf->over_max != ARI_OVER_ALLOW && compare(r, claimed, max) > 0;
  if (!above && compare(r, claimed, leaf->min) >= 0) return;
  ari_reading_tell(r, spot, ARI_W0499, &(ari_args){{ari_arg_text(leaf->id), ari_arg_dec(claimed), ari_arg_num(leaf->min), ari_arg_num(max)}});
}
