/* The set as a whole: reading, looking up, freeing. Methodology: ari-criteria(5), first part. */
#include "inside.h"

/* ---- tables ---------------------------------------------------------------------------------------------------------------- */

static const char *const kind_words[] = {"criteria/1", NULL};
static const char *const period_words[] = {"year", "half", "quarter", "month", NULL};
static const char *const on_words[] = {"points", "index", "exact", NULL};
static const char *const ties_words[] = {"competition", "dense", "serial", NULL};
static const char *const absent_words[] = {"last", "unranked", NULL};
static const char *const grades_on_words[] = {"points", "index", NULL};

enum { BS_NAME, BS_DATE };
static const ari_field basis_fields[] = {
  {.key = "name", .type = ARI_FIELD_TITLE, .required = true, .en = "name of the document", .vi = "tên văn bản"},
  {.key = "date", .type = ARI_FIELD_DATE, .en = "its date", .vi = "ngày ban hành"},
  {.key = NULL},
};

enum { VA_FROM, VA_UNTIL };
static const ari_field valid_fields[] = {
  {.key = "from", .type = ARI_FIELD_PERIOD, .en = "the first period", .vi = "kỳ đầu tiên"},
  {.key = "until", .type = ARI_FIELD_PERIOD, .en = "the last period", .vi = "kỳ cuối cùng"},
  {.key = NULL},
};

enum { RA_ON, RA_WITHIN, RA_TIES, RA_BREAK, RA_ABSENT, RA_FIELDS };
static const ari_field ranking_fields[] = {
  {.key = "on", .type = ARI_FIELD_WORD, .words = on_words, .en = "what is compared: points, index, exact (before rounding)",
   .vi = "so sánh theo: points (điểm), index (chỉ số), exact (trước khi làm tròn)"},
  {.key = "within", .type = ARI_FIELD_WORD, .words = ari_cohort_words, .en = "who is compared with whom", .vi = "xếp hạng trong phạm vi"},
  {.key = "ties", .type = ARI_FIELD_WORD, .words = ties_words, .en = "competition 1,2,2,4; dense 1,2,2,3; serial 1,2,3,4",
   .vi = "khi bằng nhau: competition 1,2,2,4; dense 1,2,2,3; serial 1,2,3,4"},
  {.key = "break", .type = ARI_FIELD_LIST, .each = &ari_id_value, .en = "serial: the criteria that decide, in this order",
   .vi = "serial: các tiêu chí phân định, theo thứ tự này"},
  {.key = "absent", .type = ARI_FIELD_WORD, .words = absent_words, .en = "agencies without evidence: last, unranked",
   .vi = "cơ quan không có số liệu: last (xếp cuối), unranked (không xếp hạng)"},
  {.key = NULL},
};

enum { GR_ID, GR_TITLE, GR_FROM, GR_NEEDS, GR_FIELDS };
static const ari_field grade_fields[] = {
  {.key = "id", .type = ARI_FIELD_ID, .required = true, .en = "id of the grade", .vi = "mã mức xếp loại"},
  {.key = "title", .type = ARI_FIELD_TITLE, .en = "what people call it", .vi = "tên mức xếp loại"},
  {.key = "from", .type = ARI_FIELD_NUMBER, .required = true, .en = "where it begins", .vi = "mức bắt đầu"},
  {.key = "needs", .type = ARI_FIELD_LIST, .below = ari_need_fields, .en = "what it also asks for; whoever fails it has the next lower grade that holds",
   .vi = "điều kiện kèm theo; không đạt thì lấy mức thấp hơn kế tiếp đủ điều kiện"},
  {.key = NULL},
};

static const ari_field version_value = {.type = ARI_FIELD_TEXT, .en = "version", .vi = "phiên bản"};

enum {
  ST_ARI = ARI_NODE_SHARED, ST_ID, ST_VERSION, ST_BASIS, ST_PERIOD, ST_VALID, ST_GROUPS, ST_TIERS, ST_RANKING, ST_GRADES, ST_GRADES_ON,
  ST_BONUS, ST_PENALTY, ST_COMPARABLE, ST_FIELDS
};
static const ari_field set_fields[] = {
  ARI_NODE_FIELDS(true, ari_set_rounding_fields),
  {.key = "ari", .type = ARI_FIELD_WORD, .required = true, .words = kind_words, .en = "the kind of file", .vi = "loại tệp"},
  {.key = "id", .type = ARI_FIELD_ID, .required = true, .en = "id of the set", .vi = "mã bộ tiêu chí"},
  {.key = "version", .type = ARI_FIELD_TEXT, .en = "version of the set", .vi = "phiên bản"},
  {.key = "basis", .type = ARI_FIELD_LIST, .below = basis_fields, .en = "the documents it rests on", .vi = "căn cứ pháp lý"},
  {.key = "period", .type = ARI_FIELD_WORDS, .required = true, .words = period_words, .en = "kinds of periods", .vi = "loại kỳ đánh giá"},
  {.key = "valid", .type = ARI_FIELD_MAP, .below = valid_fields, .en = "from when to when it holds", .vi = "thời gian áp dụng"},
  {.key = "groups", .type = ARI_FIELD_MAP, .each = &ari_title_value, .en = "titles of the groups of agencies",
   .vi = "tên các khối cơ quan"},
  {.key = "tiers", .type = ARI_FIELD_MAP, .each = &ari_title_value, .en = "titles of the tiers of agencies, where criteria or points differ by tier",
   .vi = "tên các cấp cơ quan, khi tiêu chí hoặc điểm khác nhau theo cấp"},
  {.key = "ranking", .type = ARI_FIELD_MAP, .below = ranking_fields, .en = "how agencies are ranked", .vi = "cách xếp hạng"},
  {.key = "grades", .type = ARI_FIELD_LIST, .below = grade_fields, .en = "the grades, from the highest to the lowest",
   .vi = "các mức xếp loại, từ cao xuống thấp"},
  {.key = "grades_on", .type = ARI_FIELD_WORD, .words = grades_on_words, .en = "what grades compare: index (the default) or points",
   .vi = "xếp loại theo: index (chỉ số, mặc định) hoặc points (điểm)"},
  {.key = "bonus", .type = ARI_FIELD_MAP, .below = ari_outside_fields, .en = "points added to the total, up to a maximum of their own",
   .vi = "điểm thưởng, cộng vào tổng điểm trong giới hạn riêng"},
  {.key = "penalty", .type = ARI_FIELD_MAP, .below = ari_outside_fields, .en = "points taken off the total, up to a maximum of their own",
   .vi = "điểm trừ, trừ vào tổng điểm trong giới hạn riêng"},
  {.key = "comparable", .type = ARI_FIELD_LIST, .each = &version_value, .en = "other versions of this set whose results may be compared with its own",
   .vi = "các phiên bản khác của bộ tiêu chí có kết quả so sánh được với phiên bản này"},
  {.key = NULL},
};

const ari_field *ari_set_table(void) { return set_fields; }

/* ---- head of the file -------------------------------------------------------------------------------------------------------- */

static void read_basis(ari_reader *r, const ari_yaml *list) {
  uint32_t n = list ? ari_reader_count(r, list) : 0;
  r->set->basis = ari_reader_alloc(r, n, sizeof *r->set->basis);
  if (n == 0 || !r->set->basis) return;
  for (const ari_yaml *item = list->first; item; item = item->next) {
    const ari_yaml *f[2];
    if (!ari_fields_read(item, basis_fields, f, r->fs)) continue;
    ari_basis *b = &r->set->basis[r->set->n_basis++];
    b->name = ari_reader_title(r, f[BS_NAME], ARI_STR(""));
    b->has_day = f[BS_DATE] && ari_yaml_date(f[BS_DATE], &b->day, r->fs);
  }
}

/* The own version may always be compared. */
static void read_comparable(ari_reader *r, const ari_yaml *list) {
  ari_set *set = r->set;
  uint32_t n = list ? ari_reader_count(r, list) : 0;
  set->comparable = ari_reader_alloc(r, n, sizeof *set->comparable);
  if (n == 0 || !set->comparable) return;
  for (const ari_yaml *item = list->first; item; item = item->next) {
    ari_str text;
    if (!ari_yaml_text(item, &text, r->fs)) continue;
    bool known = ari_str_eq(text, set->version);
    for (uint32_t i = 0; i < set->n_comparable && !known; i++) known = ari_str_eq(text, set->comparable[i]);
    if (known) ARI_TELL(r, ARI_W0292, item->span, ari_arg_text(text));
    else set->comparable[set->n_comparable++] = ari_reader_text(r, item);
  }
}

static bool declares(const ari_set *set, ari_str version) {
  bool found = false;
  for (uint32_t i = 0; i < set->n_comparable && !found; i++) found = ari_str_eq(set->comparable[i], version);
  return found;
}

bool ari_sets_comparable(const ari_set *a, const ari_set *b) {
  return ari_str_eq(a->id, b->id) && (ari_str_eq(a->version, b->version) || declares(a, b->version) || declares(b, a->version));
}

static void read_periods(ari_reader *r, const ari_yaml *y) {
  static const uint8_t kinds[] = {ARI_YEAR, ARI_HALF, ARI_QUARTER, ARI_MONTH};
  if (!y || (y->kind == ARI_YAML_LIST && ari_reader_count(r, y) == 0)) return;
  for (const ari_yaml *item = y->kind == ARI_YAML_LIST ? y->first : y; item; item = item == y ? NULL : item->next) {
    int word = ari_yaml_word(item, period_words, r->fs);
    if (word >= 0) r->set->periods = (uint8_t)(r->set->periods | kinds[word]);
  }
}

static void read_valid(ari_reader *r, const ari_yaml *map) {
  const ari_yaml *f[2];
  ari_set *set = r->set;
  if (!map || !ari_fields_read(map, valid_fields, f, r->fs)) return;
  bool from = f[VA_FROM] && ari_yaml_period(f[VA_FROM], &set->valid_from, r->fs);
  bool until = f[VA_UNTIL] && ari_yaml_period(f[VA_UNTIL], &set->valid_until, r->fs);
  if (from && until && ari_period_begins_after(set->valid_from, set->valid_until))
    ARI_TELL(r, ARI_E0248, f[VA_FROM]->span, ARI_NO_ARG)->other = f[VA_UNTIL]->span;
}

static void read_groups(ari_reader *r, const ari_yaml *map) {
  uint32_t n = map ? ari_reader_count(r, map) : 0;
  r->set->groups = ari_reader_alloc(r, n, sizeof *r->set->groups);
  if (n == 0 || !r->set->groups) return;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    ari_str id;
    if (!ari_yaml_id(y->key, &id, r->fs)) continue;
    ari_group *g = &r->set->groups[r->set->n_groups++];
    g->id = ari_reader_text(r, y->key);
    g->title = ari_reader_title(r, y, g->id);
    g->span = y->key->span;
  }
}

static int read_word(ari_reader *r, const ari_yaml *y, const char *const *words, int otherwise) {
  int word = y ? ari_yaml_word(y, words, r->fs) : -1;
  return word < 0 ? otherwise : word;
}

static void read_ranking(ari_reader *r, const ari_yaml *map) {
  const ari_yaml *f[RA_FIELDS];
  ari_ranking *k = &r->set->ranking;
  *k = (ari_ranking){.on = ARI_ON_INDEX, .within = ARI_WITHIN_GROUP, .ties = ARI_COMPETITION, .absent_last = true};
  if (!map || !ari_fields_read(map, ranking_fields, f, r->fs)) return;
  k->on = (ari_rank_on)read_word(r, f[RA_ON], on_words, ARI_ON_INDEX);
  k->within = (ari_within)read_word(r, f[RA_WITHIN], ari_cohort_words, ARI_WITHIN_GROUP);
  if (k->within == ARI_WITHIN_TIER) ari_check_tier_word(r, f[RA_WITHIN]);
  k->ties = (ari_ties)read_word(r, f[RA_TIES], ties_words, ARI_COMPETITION);
  k->absent_last = read_word(r, f[RA_ABSENT], absent_words, 0) == 0;
  if (f[RA_BREAK] && k->ties != ARI_SERIAL) ARI_TELL(r, ARI_E0226, f[RA_BREAK]->key->span, ARI_NO_ARG);
  else k->breaks = ari_reader_ids(r, f[RA_BREAK], NULL, 0, &k->n_breaks);
}

/* ---- grades ------------------------------------------------------------------------------------------------------------------- */

/* False: not a grade that others can be compared with; told. */
static bool read_grade(ari_reader *r, const ari_yaml *item, ari_grade *g) {
  const ari_yaml *f[GR_FIELDS];
  ari_dec from;
  ari_str id;
  if (!ari_fields_read(item, grade_fields, f, r->fs) || !f[GR_ID] || !f[GR_FROM]) return false;
  bool fine = ari_yaml_id(f[GR_ID], &id, r->fs);
  if (!ari_yaml_dec(f[GR_FROM], &from, r->fs) || !fine) return false;
  g->id = ari_reader_text(r, f[GR_ID]);
  g->title = ari_reader_title(r, f[GR_TITLE], g->id);
  g->span = f[GR_FROM]->span;
  g->from = ari_reader_num(r);
  if (!g->from) return false;
  ari_num_set_dec(g->from, from);
  if (ari_num_e12(g->from, &g->from_e12)) return true;
  ARI_TELL(r, ARI_E0205, g->span, ari_arg_text(g->id));
  return false;
}

static void read_grades(ari_reader *r, const ari_yaml *list) {
  ari_set *set = r->set;
  uint32_t n = list ? ari_reader_count(r, list) : 0;
  bool whole = true;
  ari_map ids = {0};
  set->grades = ari_reader_alloc(r, n, sizeof *set->grades);
  if (n == 0 || !set->grades) return;
  for (const ari_yaml *item = list->first; item; item = item->next) {
    ari_grade *g = &set->grades[set->n_grades];
    if (!read_grade(r, item, g)) {
      whole = false;
      continue;
    }
    int32_t first = ari_map_get(&ids, g->id);
    if (first >= 0) ARI_TELL(r, ARI_E0202, g->span, ari_arg_text(g->id))->other = set->grades[first].span;
    else if (!ari_map_put(&ids, g->id, (int32_t)set->n_grades)) r->no_memory = true;
    if (set->n_grades > 0 && ari_num_cmp(g->from, g[-1].from) >= 0)
      ARI_TELL(r, ARI_E0227, g->span, ari_arg_text(g->id), ari_arg_num(g[-1].from))->other = g[-1].span;
    set->n_grades++;
  }
  ari_map_free(&ids);
  r->grades_whole = whole;
}

/* Points of the total as an index: 103 of 100 is 103. */
static void make_index(ari_reader *r, ari_num *points, const ari_num *max) {
  ari_num *hundred = ari_reader_num(r);
  if (!hundred) return;
  ari_num_set_int(hundred, 100);
  ari_num_mul(points, points, hundred);
  if (ari_num_sign(max) > 0) ari_num_div(points, points, max);
  else ari_num_set(points, hundred);
}

/* What grades are compared with at the most, in any tier. False: not known. */
static bool find_most(ari_reader *r, ari_num *most) {
  const ari_set *set = r->set;
  ari_num *here = ari_reader_num(r);
  for (uint32_t t = 0; here && t < set->n_tiers; t++) {
    if (!set->root->max[t]) return false;
    ari_num_set(here, set->root->max[t]);
    if (set->bonus && set->bonus->max[t]) ari_num_add(here, here, set->bonus->max[t]);
    if (!set->grades_on_points) make_index(r, here, set->root->max[t]);
    if (t == 0 || ari_num_cmp(here, most) > 0) ari_num_set(most, here);
  }
  return here != NULL;
}

/* Gaps and grades out of reach; when the total is known. A total may be below 0 only where a minimum says so. */
static void check_grades(ari_reader *r) {
  const ari_set *set = r->set;
  if (!r->grades_whole || set->n_grades == 0) return;
  const ari_grade *last = &set->grades[set->n_grades - 1];
  if (ari_num_sign(last->from) > 0) ARI_TELL(r, ARI_E0228, last->span, ari_arg_num(last->from));
  ari_num *most = ari_reader_num(r);
  bool open = !most || !find_most(r, most);
  for (uint32_t i = 0; i < set->n_nodes; i++) open = open || set->nodes[i]->over_max == ARI_OVER_ALLOW;
  for (uint32_t i = 0; i < set->n_grades && !open; i++) {
    const ari_grade *g = &set->grades[i];
    if (ari_num_cmp(g->from, most) > 0) ARI_TELL(r, ARI_E0229, g->span, ari_arg_text(g->id), ari_arg_num(g->from), ari_arg_num(most));
  }
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------------- */

static void read_head(ari_reader *r, const ari_yaml **f) {
  ari_set *set = r->set;
  ari_str id;
  if (f[ST_ID] && ari_yaml_id(f[ST_ID], &id, r->fs)) set->id = ari_reader_text(r, f[ST_ID]);
  set->version = f[ST_VERSION] ? ari_reader_text(r, f[ST_VERSION]) : ARI_STR("1");
  set->title = ari_reader_title(r, f[ARI_NODE_TITLE], set->id);
  read_comparable(r, f[ST_COMPARABLE]);
  read_basis(r, f[ST_BASIS]);
  read_periods(r, f[ST_PERIOD]);
  read_valid(r, f[ST_VALID]);
  read_groups(r, f[ST_GROUPS]);
  ari_reader_tiers(r, f[ST_TIERS]);
  read_ranking(r, f[ST_RANKING]);
  set->grades_on_points = read_word(r, f[ST_GRADES_ON], grades_on_words, 1) == 0;
  read_grades(r, f[ST_GRADES]);
}

static const ari_policy_setting *default_policy(ari_reader *r, ari_policy policy) {
  ari_policy_setting *all = ari_reader_alloc(r, r->set->n_tiers, sizeof *all);
  for (uint32_t t = 0; all && t < r->set->n_tiers; t++) all[t] = (ari_policy_setting){.policy = policy, .span = ARI_NOWHERE};
  return all;
}

static void read_tree(ari_reader *r, const ari_yaml *root, const ari_yaml **f) {
  ari_set *set = r->set;
  ari_node *node = ari_reader_node(r, NULL);
  if (!node) return;
  set->root = node;
  node->id = ARI_STR("total");
  node->span = f[ST_ID] ? f[ST_ID]->span : ari_yaml_head(root);
  node->missing = default_policy(r, ARI_POLICY_ZERO);
  node->empty = default_policy(r, ARI_POLICY_NONE);
  node->not_applicable = default_policy(r, ARI_POLICY_ERROR);
  if (r->no_memory) return;
  node->cohort.span = node->combine_span = node->source.span = node->documents.span = ARI_NOWHERE;
  node->rounding_leaf.span = node->rounding_node.span = ARI_NOWHERE;
  node->rounding = (ari_decimals){.mode = ARI_HALF_UP, .leaf = 12, .node = 12, .total = 12, .index = 2};
  if (!ari_map_put(&set->node_ids, node->id, 0)) r->no_memory = true;
  ari_reader_presence(r, node, &(ari_presence_fields){.max = f[ARI_NODE_MAX]});
  ari_reader_settings(r, node, f);
  node->title = set->title;
  ari_reader_parent_max(r, node, false);
  if (f[ARI_NODE_CRITERIA]) ari_reader_criteria(r, node, f[ARI_NODE_CRITERIA]);
  if (f[ST_BONUS]) set->bonus = ari_reader_outside(r, f[ST_BONUS], ARI_STR("bonus"));
  if (f[ST_PENALTY]) set->penalty = ari_reader_outside(r, f[ST_PENALTY], ARI_STR("penalty"));
}

/* Tables over the whole tree: leaves, ids, figures; a maximum that is not known is 0 from here on. */
static void finish_tree(ari_reader *r) {
  ari_set *set = r->set;
  set->leaves = ari_reader_alloc(r, set->n_nodes, sizeof(ari_node *));
  set->ids = ari_reader_alloc(r, set->n_nodes, sizeof *set->ids);
  if (!set->leaves || !set->ids) return;
  for (uint32_t i = 0; i < set->n_nodes; i++) {
    ari_node *node = set->nodes[i];
    set->ids[i] = node->id;
    if (node->n_children == 0) {
      node->leaf = (int32_t)set->n_leaves;
      set->leaves[set->n_leaves++] = node;
    }
  }
}

static void fill_maxima(ari_reader *r) {
  for (uint32_t i = 0; i < r->set->n_nodes; i++) {
    ari_node *node = r->set->nodes[i];
    node->max_e12 = ari_reader_alloc(r, r->set->n_tiers, sizeof *node->max_e12);
    for (uint32_t t = 0; t < r->set->n_tiers && node->max_e12; t++) {
      if (!node->max[t]) node->max[t] = ari_reader_num(r);
      if (!node->max[t] || !ari_num_e12(node->max[t], &node->max_e12[t])) return;
    }
  }
}

static void read_all(ari_reader *r, const ari_yaml *root) {
  const ari_yaml *f[ST_FIELDS];
  const ari_yaml *kind = ari_yaml_document_kind(root);
  if (!kind || !ari_str_is(kind->text, kind_words[0])) {
    ARI_TELL(r, ARI_E0201, ari_yaml_head(root), ARI_NO_ARG);
    return;
  }
  if (!ari_fields_read(root, set_fields, f, r->fs)) return;
  read_head(r, f);
  read_tree(r, root, f);
  if (!r->set->root || r->no_memory) return;
  finish_tree(r);
  if (r->no_memory) return;
  ari_reader_finish_tiers(r);
  ari_reader_look_up(r);
  check_grades(r);
  fill_maxima(r);
  if (!r->no_memory) ari_reader_needs(r, f[ST_GRADES]);
}

ari_status ari_set_read(const ari_source *source, int32_t file, ari_set **out, ari_findings *fs) {
  ari_arena tree = {0};
  const size_t errors = fs->errors;
  ari_yaml *root = NULL;
  *out = NULL;
  ari_set *set = ari_calloc(1, sizeof *set);
  if (!set) return ARI_NOMEM;
  set->file = file;
  set->id = ARI_STR("?");
  ari_reader r = {.set = set, .fs = fs};
  (void)ari_num_failed();
  ari_status status = ari_yaml_parse(&tree, source, file, false, &root, fs);
  if (status == ARI_OK && root) read_all(&r, root);
  if (status == ARI_OK && !r.no_memory && fs->errors == errors) {
    ari_check_inputs(&r);
    ari_check_let(&r);
    ari_check_cohorts(&r);
  }
  ari_arena_free(&tree);
  if (r.no_memory || fs->failed || ari_num_failed()) status = ARI_NOMEM;
  set->sound = fs->errors == errors;
  bool usable = status == ARI_OK && set->root && set->n_leaves > 0;
  if (usable) *out = set;
  else ari_set_free(set);
  return status;
}

void ari_set_free(ari_set *set) {
  if (!set) return;
  ari_map_free(&set->node_ids);
  ari_map_free(&set->columns);
  ari_nums_free(&set->nums);
  ari_arena_free(&set->arena);
  ari_free(set);
}

/* ---- looking up ---------------------------------------------------------------------------------------------------------------- */

const ari_node *ari_set_node(const ari_set *set, ari_str id) {
  int32_t index = ari_map_get(&set->node_ids, id);
  return index < 0 ? NULL : set->nodes[index];
}

ari_str ari_set_nearest_node(const ari_set *set, ari_str id) {
  int near = ari_str_nearest(id, set->ids, set->n_nodes);
  return near < 0 ? ARI_STR("") : set->ids[near];
}
