/* The list of agencies: who is scored, in which group (methodology: ari-evidence(5), "Agencies"). */
#include "inside.h"

enum { FIELD_ARI, FIELD_AGENCIES, LIST_FIELDS };
static const char *const kinds[] = {"agencies/1", NULL};
static const ari_field id_value = {.type = ARI_FIELD_ID};
static const ari_field agency_fields[ARI_AGENCY_FIELDS + 1] = {
  [ARI_AGENCY_ID] = {.key = "id", .type = ARI_FIELD_ID, .required = true, .en = "how evidence names it", .vi = "mã dùng trong tệp số liệu"},
  [ARI_AGENCY_NAME] = {.key = "name", .type = ARI_FIELD_TITLE, .required = true, .en = "what people call it", .vi = "tên cơ quan"},
  [ARI_AGENCY_NAME_EN] = {.key = "name_en", .type = ARI_FIELD_TEXT, .en = "its name in English", .vi = "tên tiếng Anh"},
  [ARI_AGENCY_GROUP] = {.key = "group", .type = ARI_FIELD_ID, .required = true,
                        .en = "agencies are ranked within their group", .vi = "khối, dùng để xếp hạng"},
  [ARI_AGENCY_TIER] = {.key = "tier", .type = ARI_FIELD_ID,
                       .en = "decides which criteria and maxima apply", .vi = "cấp, quyết định tiêu chí và điểm tối đa"},
  [ARI_AGENCY_PARENT] = {.key = "parent", .type = ARI_FIELD_ID, .en = "the agency above it", .vi = "cơ quan cấp trên"},
  [ARI_AGENCY_FROM] = {.key = "from", .type = ARI_FIELD_PERIOD, .en = "the first period it exists in", .vi = "kỳ đầu tiên"},
  [ARI_AGENCY_UNTIL] = {.key = "until", .type = ARI_FIELD_PERIOD, .en = "the last period it exists in", .vi = "kỳ cuối cùng"},
  [ARI_AGENCY_REPLACES] = {.key = "replaces", .type = ARI_FIELD_ANY, .each = &id_value,
                           .en = "ids of the agencies it was made of", .vi = "mã các cơ quan được sáp nhập vào"},
};
static const ari_field list_fields[LIST_FIELDS + 1] = {
  [FIELD_ARI] = {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = kinds, .en = "the kind of file", .vi = "loại tệp"},
  [FIELD_AGENCIES] = {.key = "agencies", .type = ARI_FIELD_LIST, .required = true, .below = agency_fields,
                      .en = "the agencies in order", .vi = "các cơ quan theo thứ tự"},
};

const ari_field *ari_agency_table(void) { return agency_fields; }
const ari_field *ari_agencies_table(void) { return list_fields; }

/* ---- one entry ------------------------------------------------------------------------------------------------------------- */

/* Where field i of the entry stands; the whole entry when it is not there. */
static ari_place place_of(const ari_agency_entry *e, int i) { return e->field[i].p ? e->at[i] : e->whole; }

static ari_finding *tell(ari_agency_reading *g, const ari_agency_entry *e, int i, ari_code code, ari_str a, ari_str b) {
  return ari_place_finding(g->fs, code, place_of(e, i), ari_str_of(agency_fields[i].key), &(ari_args){{ari_arg_text(a), ari_arg_text(b)}});
}

static ari_str copy_text(ari_agency_reading *g, ari_str text) {
  ari_str nfc = {0}, out = {"", 0};
  if (!text.n) return out;
  if (!ari_utf8_nfc(&g->list->arena, text, &nfc) || !ari_str_copy(&g->list->arena, nfc, &out)) g->no_memory = true;
  return out;
}

/* An id in NFC; empty: absent, or told. */
static ari_str take_id(ari_agency_reading *g, const ari_agency_entry *e, int i, ari_str text) {
  ari_str id = copy_text(g, text);
  if (!id.n || ari_id_valid(id)) return id;
  tell(g, e, i, ARI_E0148, id, ARI_STR(""));
  return ARI_STR("");
}

/* A name stands in tables and on charts: one line, no control characters. When it cannot be used, the id takes its place. */
static ari_str take_name(ari_agency_reading *g, const ari_agency_entry *e, int i, ari_str text, ari_str otherwise) {
  int32_t c = ari_text_control(text, false);
  if (c < 0) return text.n ? copy_text(g, text) : otherwise;
  char shown[8];
  ari_code_point_name((uint32_t)c, shown);
  if (c == '\t' || c == '\n' || c == '\r') tell(g, e, i, ARI_E0436, ari_str_of(shown), ARI_STR(""));   /* others: told by whoever read the file */
  return otherwise;
}

static ari_period take_period(ari_agency_reading *g, const ari_agency_entry *e, int i) {
  ari_period period = {0};
  if (e->field[i].n && !ari_period_read(e->field[i], &period)) tell(g, e, i, ARI_E0156, e->field[i], ARI_STR(""));
  return period;
}

static void take_span_of_life(ari_agency_reading *g, const ari_agency_entry *e, ari_agency *a) {
  a->from = take_period(g, e, ARI_AGENCY_FROM);
  a->until = take_period(g, e, ARI_AGENCY_UNTIL);
  ari_period open = {0};
  if (!a->from.kind || !a->until.kind || ari_period_within(a->from, open, a->until) || ari_period_within(a->until, a->from, open)) return;
  tell(g, e, ARI_AGENCY_UNTIL, ARI_E0248, ARI_STR(""), ARI_STR(""))->other = ari_place_span(place_of(e, ARI_AGENCY_FROM));
}

static void take_predecessors(ari_agency_reading *g, const ari_agency_entry *e, ari_agency *a) {
  if (!e->n_replaces) return;
  a->replaces = ari_arena_array(&g->list->arena, e->n_replaces, sizeof *a->replaces);
  if (!a->replaces) g->no_memory = true;
  for (uint32_t i = 0; i < e->n_replaces && a->replaces; i++) {
    ari_str id = take_id(g, e, ARI_AGENCY_REPLACES, e->replaces[i]);
    if (id.n) a->replaces[a->n_replaces++] = id;
  }
  a->replaces_at = place_of(e, ARI_AGENCY_REPLACES);
}

/* The number of a group, in order of first appearance. A group that the set does not name is a warning: its id then stands for its
 * title. */
static int32_t take_group(ari_agency_reading *g, const ari_agency_entry *e, ari_str id) {
  ari_agencies *list = g->list;
  int32_t known = ari_map_get(&list->group_ids, id);
  if (known >= 0) return known;
  if (!ari_grow((void **)&list->groups, list->n_groups, &list->groups_room, sizeof *list->groups) ||
      !ari_map_put(&list->group_ids, id, (int32_t)list->n_groups)) {
    g->no_memory = true;
    return 0;
  }
  list->groups[list->n_groups] = id;
  const ari_set *set = g->set;
  uint32_t n = set ? set->n_groups : 0, i = 0;
  while (i < n && !ari_str_eq(set->groups[i].id, id)) i++;
  if (n && i == n && id.n) {
    ari_str *ids = ari_arena_array(&list->arena, n, sizeof *ids);
    if (!ids) g->no_memory = true;
    for (uint32_t k = 0; ids && k < n; k++) ids[k] = set->groups[k].id;
    int near = ids ? ari_str_nearest(id, ids, n) : -1;
    tell(g, e, ARI_AGENCY_GROUP, near < 0 ? ARI_W0437 : ARI_W0438, id, near < 0 ? ARI_STR("") : ids[near]);
  }
  return (int32_t)list->n_groups++;
}

/* Where the set has tiers every agency is of one of them; else its tier is only a label. */
static void take_tier(ari_agency_reading *g, const ari_agency_entry *e, ari_agency *a) {
  const ari_set *set = g->set;
  a->tier = take_id(g, e, ARI_AGENCY_TIER, e->field[ARI_AGENCY_TIER]);
  int tier = set ? ari_set_tier(set, a->tier) : -1;
  if (tier >= 0) a->tier_index = (uint32_t)tier;
  if (!set || tier >= 0 || set->tiers_lost || !ari_set_has_tiers(set)) return;
  a->tier_lost = true;
  bool given = e->field[ARI_AGENCY_TIER].n > 0;
  if (e->told[ARI_AGENCY_TIER] || (given && !a->tier.n)) return;
  ari_str near = ari_set_nearest_tier(set, a->tier);
  ari_buf b = {0};
  ari_buf_tiers(&b, set);
  if (!given) tell(g, e, ARI_AGENCY_TIER, ARI_E0440, a->id, ari_buf_view(&b));
  else tell(g, e, ARI_AGENCY_TIER, near.n ? ARI_E0441 : ARI_E0442, a->tier, near.n ? near : ari_buf_view(&b));
  if (b.failed) g->no_memory = true;
  ari_buf_free(&b);
}

/* The id of a new agency; empty: told. */
static ari_str new_id(ari_agency_reading *g, const ari_agency_entry *e) {
  ari_str id = take_id(g, e, ARI_AGENCY_ID, e->field[ARI_AGENCY_ID]);
  if (!id.n) {
    if (!e->field[ARI_AGENCY_ID].n && !e->told[ARI_AGENCY_ID]) tell(g, e, ARI_AGENCY_ID, ARI_E0432, ARI_STR(""), ARI_STR(""));
    return id;
  }
  int32_t first = ari_map_get(&g->list->ids, id);
  if (first < 0) return id;
  tell(g, e, ARI_AGENCY_ID, ARI_E0431, id, ARI_STR(""))->other = g->list->items[first].span;
  return ARI_STR("");
}

void ari_agency_add(ari_agency_reading *g, const ari_agency_entry *e) {
  ari_agencies *list = g->list;
  ari_str id = new_id(g, e);
  if (!id.n) return;
  if (!ari_grow((void **)&list->items, list->n, &list->room, sizeof *list->items) || !ari_map_put(&list->ids, id, (int32_t)list->n)) {
    g->no_memory = true;
    return;
  }
  ari_agency *a = &list->items[list->n];
  *a = (ari_agency){.id = id, .span = ari_place_span(place_of(e, ARI_AGENCY_ID)), .row = e->whole.row};
  if (ari_utf8_is_blank(e->field[ARI_AGENCY_NAME]) && !e->told[ARI_AGENCY_NAME]) tell(g, e, ARI_AGENCY_NAME, ARI_E0434, id, ARI_STR(""));
  a->name.vi = take_name(g, e, ARI_AGENCY_NAME, e->field[ARI_AGENCY_NAME], id);
  a->name.en = take_name(g, e, ARI_AGENCY_NAME_EN, e->field[ARI_AGENCY_NAME_EN], a->name.vi);
  a->group = take_id(g, e, ARI_AGENCY_GROUP, e->field[ARI_AGENCY_GROUP]);
  if (!e->field[ARI_AGENCY_GROUP].n && !e->told[ARI_AGENCY_GROUP]) tell(g, e, ARI_AGENCY_GROUP, ARI_E0435, id, ARI_STR(""));
  a->group_index = take_group(g, e, a->group);
  take_tier(g, e, a);
  a->parent = take_id(g, e, ARI_AGENCY_PARENT, e->field[ARI_AGENCY_PARENT]);
  if (a->parent.n) a->parent_at = place_of(e, ARI_AGENCY_PARENT);
  take_span_of_life(g, e, a);
  take_predecessors(g, e, a);
  list->n++;
}

/* ---- YAML ------------------------------------------------------------------------------------------------------------------ */

static void set_field(ari_agency_entry *e, int i, const ari_yaml *node, ari_str text) {
  e->field[i] = text;
  e->at[i] = (ari_place){node->span.file, node->span.start, node->span.len, 0};
}

static void take_replaces(ari_agency_reading *g, const ari_yaml *node, ari_agency_entry *e, ari_arena *memory) {
  bool one = node->kind == ARI_YAML_SCALAR;
  ari_str text;
  e->replaces = ari_arena_array(memory, one ? 1 : node->n, sizeof *e->replaces);
  if (!e->replaces) g->no_memory = true;
  else if (node->kind == ARI_YAML_MAP) (void)ari_yaml_text(node, &text, g->fs);
  else if (one && ari_yaml_text(node, &text, g->fs)) e->replaces[e->n_replaces++] = text;
  else
    for (const ari_yaml *item = node->first; item; item = item->next)
      if (ari_yaml_text(item, &text, g->fs)) e->replaces[e->n_replaces++] = text;
}

static void add_entry(ari_agency_reading *g, const ari_yaml *map, ari_arena *memory) {
  const ari_yaml *f[ARI_AGENCY_FIELDS];
  ari_span head = ari_yaml_head(map);
  ari_agency_entry e = {.whole = {head.file, head.start, head.len, 0}};
  if (!ari_fields_read(map, agency_fields, f, g->fs)) return;
  for (int i = 0; i < ARI_AGENCY_FIELDS; i++) {
    if (agency_fields[i].required) e.told[i] = !f[i];   /* by the table: absent, or of a wrong shape */
    if (f[i] && f[i]->kind == ARI_YAML_SCALAR && i != ARI_AGENCY_NAME) set_field(&e, i, f[i], f[i]->text);
  }
  ari_title name;
  if (f[ARI_AGENCY_NAME] && (e.told[ARI_AGENCY_NAME] = !ari_yaml_title(f[ARI_AGENCY_NAME], &name, g->fs)) == false) {
    set_field(&e, ARI_AGENCY_NAME, f[ARI_AGENCY_NAME], name.vi);
    bool other = !ari_str_eq(name.vi, name.en);
    if (other && !f[ARI_AGENCY_NAME_EN]) set_field(&e, ARI_AGENCY_NAME_EN, f[ARI_AGENCY_NAME], name.en);
  }
  if (f[ARI_AGENCY_REPLACES]) take_replaces(g, f[ARI_AGENCY_REPLACES], &e, memory);
  ari_agency_add(g, &e);
}

static void read_yaml(ari_agency_reading *g, const ari_source *source, int32_t file) {
  ari_arena memory = {0};
  ari_yaml *root = NULL;
  const ari_yaml *f[LIST_FIELDS];
  if (ari_yaml_parse(&memory, source, file, true, &root, g->fs) == ARI_NOMEM) g->no_memory = true;
  if (root && ari_fields_read(root, list_fields, f, g->fs)) {
    if (f[FIELD_ARI]) ari_yaml_word(f[FIELD_ARI], kinds, g->fs);
    const ari_yaml *map = f[FIELD_AGENCIES] ? f[FIELD_AGENCIES]->first : NULL;
    for (; map && !g->no_memory; map = map->next) add_entry(g, map, &memory);
  }
  ari_arena_free(&memory);
}

/* ---- the list -------------------------------------------------------------------------------------------------------------- */

/* A parent may stand below its children, so it is looked up when the list is whole. */
static void check_parents(ari_agency_reading *g) {
  ari_agencies *list = g->list;
  for (size_t i = 0; i < list->n; i++) {
    const ari_agency *a = &list->items[i];
    if (!a->parent.n || ari_map_get(&list->ids, a->parent) >= 0) continue;
    ari_place_finding(g->fs, ARI_E0439, a->parent_at, ARI_STR("parent"), &(ari_args){{ari_arg_text(a->parent), ari_arg_text(a->id)}});
  }
}

ari_status ari_agencies_read(ari_agencies *list, const ari_source *source, int32_t file, const ari_set *set, ari_findings *fs) {
  ari_agency_reading g = {.list = list, .set = set, .fs = fs};
  size_t errors = fs->errors;
  list->file = -1;
  if (!ari_file_expect(source, file, ARI_FILE_AGENCIES, fs)) return fs->failed ? ARI_NOMEM : ARI_OK;
  if (ari_file_is_csv(source)) ari_read_agencies_csv(&g, source, file);
  else read_yaml(&g, source, file);
  check_parents(&g);
  if (!ari_agencies_follow(list, fs)) g.no_memory = true;
  if (list->n) list->file = file;   /* else evidence is better looked at without a list than told that nobody is in it */
  if (list->n == 0 && fs->errors == errors) ari_findings_add(fs, ARI_E0430, (ari_span){file, 0, 0}, NULL);
  return g.no_memory || fs->failed ? ARI_NOMEM : ARI_OK;
}

void ari_agencies_free(ari_agencies *list) {
  ari_map_free(&list->ids);
  ari_map_free(&list->group_ids);
  ari_map_free(&list->former_ids);
  ari_free(list->former);
  ari_free(list->items);
  ari_free(list->groups);
  ari_arena_free(&list->arena);
  *list = (ari_agencies){.file = -1};
}

ari_str ari_group_title(const ari_set *set, ari_str group, ari_lang lang) {
  for (uint32_t i = 0; set && i < set->n_groups; i++)
    if (ari_str_eq(set->groups[i].id, group)) return ari_title_in(set->groups[i].title, lang);
  return group;
}
