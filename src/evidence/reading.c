/* One file being read: its records and findings, and what its words mean (agencies, criteria, inputs). */
#include "inside.h"

#include <string.h>

/* ---- records and findings ------------------------------------------------------------------------------------------------ */

static ari_record *add_record(ari_reading *r) {
  ari_shelf *shelf = r->shelf;
  if (!shelf->chunk || shelf->chunk->n == ARI_CHUNK) {
    ari_chunk *chunk = ari_arena_alloc(&shelf->records, sizeof *chunk);
    if (!chunk) return NULL;
    if (shelf->chunk) shelf->chunk->next = chunk;
    shelf->chunk = chunk;
  }
  if (r->n++ == 0) {
    r->first = shelf->chunk;
    r->first_at = shelf->chunk->n;
  }
  return &shelf->chunk->items[shelf->chunk->n++];
}

ari_record *ari_reading_add(ari_reading *r, const ari_spot *spot, ari_said said, int32_t target) {
  ari_record *record = spot->agency < 0 ? &r->lost : add_record(r);
  if (!record) {
    r->no_memory = true;
    record = &r->lost;
  }
  *record = (ari_record){
    .at = spot->at, .agency = (uint32_t)spot->agency, .target = target, .said = (uint8_t)said, .state = ARI_CELL_GIVEN, .period = r->period};
  return record;
}

/* Methodology: with --keep-going "the agencies concerned are invalid and unranked, the rest is written" (ari(1)). */
void ari_reading_blame(ari_reading *r, const ari_spot *spot) {
  if (spot->agency == ARI_ANYBODY) r->incomplete = true;
  else ari_reading_add(r, spot, ARI_SAID_INVALID, -1);
}

ari_finding *ari_reading_tell(ari_reading *r, const ari_spot *spot, ari_code code, const ari_args *args) {
  if (ari_code_letter(code) == 'E') ari_reading_blame(r, spot);
  return ari_place_finding(r->fs, code, spot->at, spot->column, args);
}

bool ari_reading_guess(ari_reading *r) {
  if (r->guesses == 0) return false;
  r->guesses--;
  return true;
}

ari_str ari_reading_nfc(ari_reading *r, ari_str text) {
  ari_str out;
  if (!ari_utf8_nfc(&r->shelf->file, text, &out)) {
    r->no_memory = true;
    return text;
  }
  return out;
}

int32_t ari_text_control(ari_str text, bool lines) {
  for (size_t i = 0, len; i < text.n; i += len) {
    len = 1;
    unsigned char byte = (unsigned char)text.p[i];
    if (byte >= 0x20 && byte < 0x7F) continue;
    uint32_t c = ari_utf8_decode(text.p + i, text.n - i, &len);
    if (lines && (c == '\t' || c == '\n' || c == '\r')) continue;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return (int32_t)c;
  }
  return -1;
}

void ari_code_point_name(uint32_t c, char out[8]) {
  static const char hex[] = "0123456789ABCDEF";
  memcpy(out, (char[]){'U', '+', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15], hex[c & 15], '\0'}, 7);
}

bool ari_reading_clean(ari_reading *r, const ari_spot *spot, ari_str text, bool lines) {
  int32_t c = ari_text_control(text, lines);
  if (c < 0) return true;
  char shown[8];
  ari_code_point_name((uint32_t)c, shown);
  ari_reading_tell(r, spot, ARI_E0105, &(ari_args){{ari_arg_c(shown)}});
  return false;
}

/* ---- agencies ------------------------------------------------------------------------------------------------------------ */

/* Without a list every id is an agency: its number is its place among those that this thread has met. */
static int32_t meet_agency(ari_reading *r, ari_str id, const ari_spot *spot) {
  ari_shelf *shelf = r->shelf;
  int32_t known = ari_map_get(&shelf->ids, id);
  if (known >= 0) return known;
  if (!ari_id_valid(id)) {
    ari_reading_tell(r, spot, ARI_E0148, &(ari_args){{ari_arg_text(id)}});
    return ARI_NOBODY;
  }
  ari_str copy;
  if (!ari_grow((void **)&shelf->agencies, shelf->n_agencies, &shelf->agencies_room, sizeof copy) ||
      !ari_str_copy(&shelf->keep, id, &copy) || !ari_map_put(&shelf->ids, copy, (int32_t)shelf->n_agencies)) {
    r->no_memory = true;
    return ARI_NOBODY;
  }
  shelf->agencies[shelf->n_agencies] = copy;
  return (int32_t)shelf->n_agencies++;
}

/* The agency of this name: people write the name where the id belongs. -1: none. */
static int32_t find_name(const ari_agencies *list, ari_str name) {
  for (size_t i = 0; i < list->n; i++)
    if (ari_str_eq(list->items[i].name.vi, name) || ari_str_eq(list->items[i].name.en, name)) return (int32_t)i;
  return -1;
}

static void tell_unknown(ari_reading *r, ari_str id, const ari_spot *spot) {
  const ari_agencies *list = r->desk->agencies;
  ari_code code = ARI_E0451;
  ari_str near = {0};
  if (ari_reading_guess(r)) {
    int32_t named = find_name(list, id);
    int nearest = named >= 0 ? named : ari_str_nearest(id, r->desk->agency_ids, list->n);
    if (nearest >= 0) {
      code = named >= 0 ? ARI_E0453 : ARI_E0452;
      near = list->items[nearest].id;
    }
  }
  ari_reading_tell(r, spot, code, &(ari_args){{ari_arg_text(id), ari_arg_text(near)}});
}

/* Of a package: its own agency, or one that this replaces, of which it may have last period's figures. */
static bool is_owner(const ari_reading *r, ari_str id) {
  const ari_agencies *list = r->desk->agencies;
  int32_t owner = list->file < 0 ? -1 : ari_map_get(&list->ids, r->owner);
  bool is = !r->owner.n || ari_str_eq(id, r->owner);
  for (uint32_t i = 0; owner >= 0 && i < list->items[owner].n_replaces; i++) is |= ari_str_eq(id, list->items[owner].replaces[i]);
  return is;
}

int32_t ari_reading_agency(ari_reading *r, ari_str id, const ari_spot *spot) {
  const ari_agencies *list = r->desk->agencies;
  const ari_spot nobody = {ARI_NOBODY, spot->at, spot->column};
  id = ari_reading_nfc(r, id);
  if (!is_owner(r, id)) {
    ari_reading_tell(r, &nobody, ARI_E0977, &(ari_args){{ari_arg_text(id), ari_arg_text(r->owner)}});
    return ARI_NOBODY;
  }
  if (list->file < 0) return meet_agency(r, id, &nobody);
  int32_t found = ari_agencies_number(list, id);
  if (found >= 0) return found;
  tell_unknown(r, id, &nobody);
  return ARI_NOBODY;
}

int32_t ari_reading_listed(ari_reading *r, ari_str id) {
  const ari_agencies *list = r->desk->agencies;
  int32_t found = list->file < 0 ? -1 : ari_agencies_number(list, ari_reading_nfc(r, id));
  return found >= 0 ? found : list->file < 0 ? ARI_ANYBODY : ARI_NOBODY;
}

/* ---- criteria and inputs --------------------------------------------------------------------------------------------------- */

int ari_said_named(ari_str name) {
  for (const ari_field *f = ari_said_table(); f->key; f++)
    if (ari_str_is(name, f->key)) return ARI_SAID_CLAIMED + (int)(f - ari_said_table());
  return -1;
}

bool ari_reading_may_say(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_said said, ari_str name) {
  if (node->leaf >= 0 || (node->level == 0 && said == ARI_SAID_WITHHELD)) return true;
  ari_reading_tell(r, spot, ARI_E0427, &(ari_args){{ari_arg_text(name), ari_arg_text(node->id)}});
  return false;
}

int ari_reading_input(const ari_reading *r, const ari_node *node, ari_str name) {
  const ari_input *inputs = r->desk->set->inputs;
  for (uint32_t i = node->first_input; i < node->first_input + node->n_inputs; i++)
    if (ari_str_eq(inputs[i].name, name)) return (int)i;
  return -1;
}

void ari_reading_no_criterion(ari_reading *r, const ari_spot *spot, ari_str id) {
  ari_str near = {0};
  if (ari_reading_guess(r)) near = ari_set_nearest_node(r->desk->set, id);
  ari_reading_tell(r, spot, near.n ? ARI_E0423 : ARI_E0422, &(ari_args){{ari_arg_text(id), ari_arg_text(near)}});
}

/* What can be said of the node: its inputs, and in evidence the words that every leaf takes (tables cannot hold documents). NULL: out of memory. */
static ari_str *list_names(ari_reading *r, const ari_node *node, bool table, size_t *n, size_t *n_inputs) {
  static const char *const words[] = {"claimed", "note", "not_applicable", "withheld", "documents"};
  size_t n_words = node->leaf >= 0 && !ari_file_is_ruling(r->kind) ? ARI_COUNT(words) - table : 0;
  ari_str *all = ari_arena_array(&r->shelf->file, node->n_inputs + n_words, sizeof *all);
  if (!all) {
    r->no_memory = true;
    return NULL;
  }
  *n = 0;
  for (size_t i = 0; i < node->n_inputs; i++) {
    const ari_input *in = &r->desk->set->inputs[node->first_input + i];
    if (table ? in->type != ARI_SURVEY : in->of_survey < 0) all[(*n)++] = in->name;
  }
  *n_inputs = *n;
  for (size_t i = 0; i < n_words; i++) all[(*n)++] = ari_str_of(words[i]);
  return all;
}

/* Names for a message, as far as it stays readable: "on_time, received, claimed". The words at the end are never cut. */
static void join_names(ari_buf *b, const ari_str *names, size_t n, size_t n_inputs) {
  enum { ENOUGH = 120 };
  for (size_t i = 0; i < n; i++) {
    if (i) ari_buf_text(b, ", ");
    bool cut = b->n >= ENOUGH && i < n_inputs;
    if (cut) i = n_inputs - 1;
    ari_buf_str(b, cut ? ARI_STR("…") : names[i]);
  }
}

void ari_reading_no_input(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_str name) {
  const ari_set *set = r->desk->set;
  int above = ari_node_input(set, node, name);
  if (above >= 0) {
    const ari_input *input = &set->inputs[above];
    ari_args args = {{ari_arg_text(name), ari_arg_text(input->owner->id), ari_arg_text(input->column)}};
    ari_reading_tell(r, spot, ARI_E0426, &args);
    return;
  }
  size_t n = 0, n_inputs = 0;
  ari_str *names = list_names(r, node, spot->at.row > 0, &n, &n_inputs);
  int nearest = names && ari_reading_guess(r) ? ari_str_nearest(name, names, n) : -1;
  ari_buf b = {0};
  if (nearest >= 0) ari_buf_str(&b, names[nearest]);
  else if (names) join_names(&b, names, n, n_inputs);
  ari_code code = nearest >= 0 ? ARI_E0425 : n ? ARI_E0424 : ARI_E0427;   /* nothing at all can be said of most inner nodes */
  ari_reading_tell(r, spot, code, &(ari_args){{ari_arg_text(name), ari_arg_text(node->id), ari_arg_text(ari_buf_view(&b))}});
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}

/* ---- what is not used ------------------------------------------------------------------------------------------------------ */

/* Tables are filled for all tiers: what stands at a criterion that the agency's tier does not have is told, once where it stands together,
 * and nothing more is asked of it. Where the maximum is granted, what is claimed and noted is of use, figures are not. */
bool ari_reading_is_used(ari_reading *r, const ari_spot *spot, const ari_node *node, bool figure) {
  const ari_desk *desk = r->desk;
  if (spot->agency < 0 || desk->agencies->file < 0 || !desk->set->sound) return true;
  if ((size_t)spot->agency >= desk->agencies->n) return true;   /* of last period, and nobody's tier any more */
  const ari_agency *a = &desk->agencies->items[spot->agency];
  uint8_t presence = node->presence[a->tier_index];
  if (a->tier_lost || presence == ARI_THERE || (presence == ARI_GRANTED && !figure)) return true;
  if (r->unused == node && r->unused_agency == spot->agency) return false;
  r->unused = node;
  r->unused_agency = spot->agency;
  ari_args args = {{ari_arg_text(node->id), ari_arg_text(a->id), ari_arg_text(desk->set->tiers[a->tier_index].id)}};
  ari_reading_tell(r, spot, ARI_W0443, &args);
  return false;
}

/* ---- what is said ---------------------------------------------------------------------------------------------------------- */

void ari_reading_value(ari_reading *r, const ari_spot *spot, int slot, ari_str text) {
  ari_dec value = {0};
  if (!ari_reading_is_used(r, spot, r->desk->set->inputs[slot].owner, true) || !ari_reading_takes(r, spot, slot)) return;
  if (r->desk->set->inputs[slot].list) {
    ari_reading_cell(r, spot, slot, text);
    return;
  }
  bool good = ari_value_read(r, spot, &r->desk->set->inputs[slot], text, &value);
  ari_record *record = ari_reading_add(r, spot, ARI_SAID_VALUE, slot);
  record->value = value;
  if (!good) record->state = ARI_CELL_BAD;
}

/* A text that is kept: its number on the shelf. False: told, or no memory. */
bool ari_reading_keep(ari_reading *r, const ari_spot *spot, ari_str text, int64_t *number) {
  ari_shelf *shelf = r->shelf;
  ari_str copy;
  if (!ari_reading_clean(r, spot, text, true)) return false;
  if (!ari_grow((void **)&shelf->texts, shelf->n_texts, &shelf->texts_room, sizeof copy) ||
      !ari_str_copy(&shelf->keep, ari_reading_nfc(r, text), &copy)) {
    r->no_memory = true;
    return false;
  }
  shelf->texts[shelf->n_texts] = copy;
  *number = (int64_t)shelf->n_texts++;
  return true;
}

void ari_reading_nothing(ari_reading *r, const ari_spot *spot, const ari_node *node, ari_origin origin, ari_str name) {
  ari_reading_tell(r, spot, ARI_W0463, &(ari_args){{ari_arg_text(name)}});
  ari_reading_add(r, spot, ARI_SAID_NOTHING, node->index)->state = (uint8_t)origin;
}

void ari_reading_say(ari_reading *r, const ari_spot *spot, const ari_node *leaf, ari_said said, ari_str text) {
  ari_dec value = {0};
  if (!ari_reading_is_used(r, spot, leaf, said == ARI_SAID_NOT_APPLICABLE || said == ARI_SAID_WITHHELD) || !ari_reading_takes_said(r, spot, leaf, said)) return;
  bool good = said == ARI_SAID_CLAIMED ? ari_value_points(r, spot, text, &value) : ari_reading_keep(r, spot, text, &value.coef);
  if (!good) return;
  if (said == ARI_SAID_CLAIMED) ari_reading_look_at_claim(r, spot, leaf, value);
  ari_reading_add(r, spot, said, leaf->leaf)->value = value;
}

bool ari_reading_takes_documents(ari_reading *r, const ari_spot *spot, const ari_node *leaf) {
  return ari_reading_is_used(r, spot, leaf, false) && ari_reading_takes_said(r, spot, leaf, ARI_SAID_DOCUMENTS);
}

void ari_reading_add_documents(ari_reading *r, const ari_spot *spot, const ari_node *leaf, ari_documents all) {
  ari_shelf *shelf = r->shelf;
  if (!ari_grow((void **)&shelf->documents, shelf->n_documents, &shelf->documents_room, sizeof all)) {
    r->no_memory = true;
    return;
  }
  shelf->documents[shelf->n_documents] = all;
  ari_reading_add(r, spot, ARI_SAID_DOCUMENTS, leaf->leaf)->value.coef = (int64_t)shelf->n_documents++;
}
