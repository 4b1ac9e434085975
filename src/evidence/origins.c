/* Where figures come from: a file of survey results holds nothing else, and a round takes from each hand only what it takes at that time
 * (methodology: ari-evidence(5), "Survey results", "Revisions"). */
#include "inside.h"

enum { SURVEY_ONLY = 1 << ARI_ORIGIN_SURVEY };

static bool is_of_others(const ari_reading *r, ari_origin origin) { return r->owner.n && origin != ARI_ORIGIN_SELF; }
static bool takes(const ari_reading *r, ari_origin origin) { return !is_of_others(r, origin) && (!r->origins || (r->origins >> origin & 1)); }

ari_origin ari_reading_origin(const ari_reading *r) {
  ari_origin origin = ARI_ORIGIN_SELF;
  while (origin < ARI_ORIGIN_SURVEY && !takes(r, origin)) origin++;
  return origin;
}

/* Where in `told` a finding stands that is one for the whole file: own figures that come too late, a survey among the agencies' figures. */
enum { SURVEY_TOLD, OWN_TOLD, THINGS };

/* Whether the thing has been told in this file: in a table it stands in every row. Behind those two, inputs have a number each, and so has each leaf for each
 * thing that is said of it besides. */
static bool was_told(ari_reading *r, size_t thing) {
  const ari_set *set = r->desk->set;
  size_t n = THINGS + set->n_inputs + (size_t)(set->n_leaves + 1) * (ARI_SAID_WITHHELD - ARI_SAID_CLAIMED + 1);
  if (!r->told) r->told = ari_arena_array(&r->shelf->file, n, sizeof *r->told);
  if (!r->told) r->no_memory = true;
  bool told = !r->told || r->told[thing];
  if (r->told) r->told[thing] = true;
  return told;
}

/* The agency is not asked for what it may not hand in, either. thing: its number behind THINGS. */
static void tell_origin(ari_reading *r, const ari_spot *spot, ari_origin origin, size_t thing, ari_str what) {
  ari_code code = is_of_others(r, origin) ? ARI_E0978 : r->origins == SURVEY_ONLY ? ARI_E0542 : origin == ARI_ORIGIN_SURVEY ? ARI_E0540 : ARI_E0541;
  bool told = was_told(r, code == ARI_E0540 ? SURVEY_TOLD : code == ARI_E0541 ? OWN_TOLD : THINGS + thing);
  ari_reading_add(r, spot, ARI_SAID_REFUSED, -1);
  if (told) ari_reading_blame(r, spot);
  else ari_reading_tell(r, spot, code, &(ari_args){{ari_arg_text(what), ari_arg_text(r->owner)}});
}

bool ari_reading_takes(ari_reading *r, const ari_spot *spot, int slot) {
  const ari_input *inputs = r->desk->set->inputs;
  int whole = inputs[slot].of_survey >= 0 ? inputs[slot].of_survey : slot;
  ari_origin origin = (ari_origin)inputs[whole].source.value;
  if (takes(r, origin)) return true;
  tell_origin(r, spot, origin, (size_t)whole, inputs[whole].column);
  return false;
}

bool ari_reading_takes_said(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_said said) {
  const ari_set *set = r->desk->set;
  if (takes(r, ARI_ORIGIN_SELF)) return true;
  size_t what = (size_t)(said - ARI_SAID_CLAIMED);
  ari_buf b = {0};
  ari_buf_str(&b, node->id);
  ari_buf_char(&b, '.');
  ari_buf_text(&b, ari_said_table()[what].key);
  tell_origin(r, spot, ARI_ORIGIN_SELF, set->n_inputs + what * (set->n_leaves + 1) + (size_t)(node->leaf + 1), ari_buf_view(&b));
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
  return false;
}

bool ari_naming_is_own(const ari_naming *naming) {
  bool others = (naming->origins || naming->last || naming->refused) && !(naming->origins & 1u << ARI_ORIGIN_SELF);
  return !others;
}
