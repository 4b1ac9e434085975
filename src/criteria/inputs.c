/* Inputs, short (`on_time: count`) and long, what must hold between them (`expect`), and the names that formulas see.
 * Methodology: ari-criteria(5), "Inputs". */
#include "inside.h"

#include <string.h>

/* More options than any list of choices has; from so many inputs on a node's inputs are found by hashing. */
enum { MOST_OPTIONS = 500, FEW_INPUTS = 16 };

static const char *const type_words[] = {"yes_no", "count", "number", "money", "percent", "date", "choice", "survey", "text", NULL};

static const char *const flag_words[] = {"false", "true", NULL};

static const ari_field check_fields[] = {
  {.key = "is", .type = ARI_FIELD_FORMULA, .required = true, .en = "what the stated figure must come to",
   .vi = "giá trị mà số liệu phải bằng"},
  {.key = "within", .type = ARI_FIELD_RATIO, .en = "how far it may be off", .vi = "mức chênh lệch cho phép"},
  {.key = NULL},
};

enum { IN_TYPE, IN_LIST, IN_TITLE, IN_UNIT, IN_FROM, IN_TO, IN_OPTIONS, IN_SOURCE, IN_CHECK, IN_FIELDS };
static const ari_field input_fields[] = {
  {.key = "type", .type = ARI_FIELD_WORD, .required = true, .words = type_words, .en = "what kind of value", .vi = "kiểu số liệu"},
  {.key = "list", .type = ARI_FIELD_FLAG, .words = flag_words, .en = "true: any number of values, one for each record",
   .vi = "true: gồm nhiều giá trị, mỗi bản ghi một giá trị"},
  {.key = "title", .type = ARI_FIELD_TITLE, .en = "what people call it", .vi = "tên gọi của số liệu"},
  {.key = "unit", .type = ARI_FIELD_TITLE, .en = "unit of measure", .vi = "đơn vị tính"},
  {.key = "from", .type = ARI_FIELD_TEXT, .en = "least allowed value", .vi = "giá trị nhỏ nhất được nhận"},
  {.key = "to", .type = ARI_FIELD_TEXT, .en = "greatest allowed value", .vi = "giá trị lớn nhất được nhận"},
  {.key = "options", .type = ARI_FIELD_MAP, .each = &ari_title_value, .en = "choice, survey: id and title of each option",
   .vi = "choice, survey: mã và tên của từng phương án"},
  ARI_SOURCE_ROW,
  {.key = "check", .type = ARI_FIELD_ANY, .below = check_fields, .en = "a formula that recomputes a stated figure",
   .vi = "công thức tính lại số liệu đã nêu"},
  {.key = NULL},
};

const ari_field ari_input_value = {.type = ARI_FIELD_ANY, .below = input_fields};

const ari_field ari_expect_fields[] = {
  {.key = "that", .type = ARI_FIELD_FORMULA, .required = true, .en = "what must hold", .vi = "điều kiện phải đúng"},
  {.key = "say", .type = ARI_FIELD_TITLE, .en = "what is told when it does not", .vi = "lời báo khi điều kiện không đúng"},
  {.key = NULL},
};

/* Names that formulas or evidence files use for something else. */
static const char *const reserved[] = {
  "claimed", "note", "documents", "not_applicable", "withheld", "judged",
  "and", "or", "not", "if", "then", "else", "max", "cohort", NULL,
};

/* ---- names ------------------------------------------------------------------------------------------------------------- */

/* A letter of any script, then letters, digits and _. */
static bool is_name(ari_str s) {
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
    bool digit_or_line = c == '_' || (c >= '0' && c <= '9');
    if (!ari_utf8_is_letter(c) && !(i > 0 && digit_or_line)) return false;
  }
  return s.n > 0;
}

bool ari_reader_name(ari_reader *r, const ari_yaml *key) {
  ari_code code = ARI_E0215;
  bool fine = is_name(key->text);
  for (size_t i = 0; fine && reserved[i]; i++)
    if (ari_str_is(key->text, reserved[i])) {
      code = ARI_E0216;
      fine = false;
    }
  if (!fine) ARI_TELL(r, code, key->span, ari_arg_text(key->text));
  return fine;
}

/* progress.on_time, total.population: the column of CSV files. answers:good: what a survey asks. */
static ari_str join_name(ari_reader *r, ari_str first, char sign, ari_str second) {
  ari_buf b = {0};
  ari_str name = ARI_STR("");
  ari_buf_str(&b, first);
  ari_buf_char(&b, sign);
  ari_buf_str(&b, second);
  if (b.failed || !ari_str_copy(&r->set->arena, ari_buf_view(&b), &name)) r->no_memory = true;
  ari_buf_free(&b);
  return name;
}

/* ---- one input ----------------------------------------------------------------------------------------------------------- */

/* `told`: options stand there in a shape that was told. False: not all could be read. */
static bool read_options(ari_reader *r, ari_input *in, const ari_yaml *map, bool told) {
  uint32_t n = map ? ari_reader_count(r, map) : 0;
  if (!map && !told) ARI_TELL(r, ARI_E0217, in->span, ari_arg_text(in->name));
  if (n > MOST_OPTIONS) {
    ARI_TELL(r, ARI_E0253, in->span, ari_arg_text(in->name), ari_arg_int(MOST_OPTIONS));
    return false;
  }
  in->options = ari_reader_alloc(r, n, sizeof *in->options);
  in->option_ids = ari_reader_alloc(r, n, sizeof *in->option_ids);
  if (n == 0 || !in->options || !in->option_ids) return false;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    ari_str id;
    if (!ari_yaml_id(y->key, &id, r->fs)) continue;
    ari_option *o = &in->options[in->n_options];
    o->id = ari_reader_text(r, y->key);
    o->title = ari_reader_title(r, y, o->id);
    o->span = y->key->span;
    in->option_ids[in->n_options++] = o->id;
  }
  return in->n_options == n;
}

void ari_buf_options(ari_buf *b, const ari_input *input) {
  for (uint32_t i = 0; i < input->n_options && b->n < 120; i++) {
    if (i) ari_buf_text(b, ", ");
    ari_buf_str(b, input->options[i].id);
    if (b->n >= 120 && i + 1 < input->n_options) ari_buf_text(b, ", …");
  }
}

/* A bound in the unit of the values themselves: the day of a date; 7.46% and 7.46 of a percent are both 0.0746. */
static bool read_bound(ari_reader *r, const ari_input *in, const ari_yaml *y, ari_dec *out) {
  if (in->type == ARI_DATE) {
    int32_t day = 0;
    bool read = ari_yaml_date(y, &day, r->fs);
    *out = (ari_dec){.coef = day};
    return read;
  }
  ari_yaml bare = *y;
  bool percent = in->type == ARI_PERCENT;
  if (percent && ari_str_ends(bare.text, "%")) bare.text = ari_str_trim(ari_str_sub(bare.text, 0, bare.text.n - 1));
  if (!ari_yaml_dec(&bare, out, r->fs)) return false;
  if (percent && out->coef != 0) out->scale = (int8_t)(out->scale + 2);
  return true;
}

static int compare_dec(ari_reader *r, ari_dec a, ari_dec b) {
  ari_num *x = ari_num_new(), *y = ari_num_new();
  int order = 0;
  if (x && y) {
    ari_num_set_dec(x, a);
    ari_num_set_dec(y, b);
    order = ari_num_cmp(x, y);
  } else {
    r->no_memory = true;
  }
  ari_num_free(x);
  ari_num_free(y);
  return order;
}

static void read_bounds(ari_reader *r, ari_input *in, const ari_yaml *from, const ari_yaml *to) {
  in->has_from = from && read_bound(r, in, from, &in->from);
  in->has_to = to && read_bound(r, in, to, &in->to);
  if (in->has_from && in->has_to && compare_dec(r, in->from, in->to) > 0) {
    ARI_TELL(r, ARI_E0219, from->span, ari_arg_text(in->name))->other = to->span;
    in->has_from = in->has_to = false;
  }
}

static ari_type type_of(ari_input_type type) {
  switch (type) {
  case ARI_YES_NO: return ARI_TYPE_BOOL;
  case ARI_DATE: return ARI_TYPE_DATE;
  case ARI_CHOICE: return ARI_TYPE_CHOICE;
  case ARI_SURVEY:
  case ARI_TEXT: return ARI_TYPE_NONE;
  default: return ARI_TYPE_NUM;
  }
}

/* A bound as a figure, when it is one; a larger one is left unknown. Rounded away from the range, so that the range stays sure. */
static bool find_bound(ari_reader *r, ari_dec d, bool low, int64_t *out) {
  ari_num *a = ari_num_new(), *back = ari_num_new();
  bool known = false;
  if (a && back) {
    ari_num_set_dec(a, d);
    known = ari_num_e12(a, out);
    if (known) ari_num_set_e12(back, *out);
    int order = known ? ari_num_cmp(back, a) : 0;
    if (low && order > 0) --*out;
    if (!low && order < 0) ++*out;
  } else {
    r->no_memory = true;
  }
  ari_num_free(a);
  ari_num_free(back);
  return known;
}

/* What formulas know of an input. */
static void describe_input(ari_reader *r, ari_input *in) {
  ari_slot_type *t = &in->seen;
  int64_t bound = 0;
  *t = (ari_slot_type){.type = type_of(in->type), .options = in->option_ids, .n_options = (int)in->n_options};
  t->is_int = in->type == ARI_COUNT_INPUT;
  t->is_percent = in->type == ARI_PERCENT;
  t->is_list = in->list;
  t->is_survey = in->type == ARI_SURVEY;
  if (t->type != ARI_TYPE_NUM) return;
  t->has_low = in->type == ARI_COUNT_INPUT || in->type == ARI_MONEY;   /* digits only: never below 0 */
  if (in->has_from && find_bound(r, in->from, true, &bound) && (!t->has_low || bound > 0)) {
    t->has_low = true;
    t->low_e12 = bound;
  }
  if (in->has_to && find_bound(r, in->to, false, &bound)) {
    t->has_high = true;
    t->high_e12 = bound;
  }
}

/* Keys that a type cannot have. */
static bool check_keys(ari_reader *r, const ari_input *in, const ari_yaml **f) {
  bool asks = in->type == ARI_CHOICE || in->type == ARI_SURVEY, figure = in->type != ARI_YES_NO && in->type != ARI_TEXT && !asks;
  bool number = figure && in->type != ARI_DATE;
  const struct { int key; bool allowed; } keys[] = {
    {IN_LIST, number}, {IN_FROM, figure}, {IN_TO, figure}, {IN_CHECK, number}, {IN_OPTIONS, asks},
  };
  bool fine = true;
  for (size_t i = 0; i < ARI_COUNT(keys); i++)
    if (f[keys[i].key] && !keys[i].allowed) {
      ARI_TELL(r, ARI_E0218, f[keys[i].key]->key->span, ari_arg_c(input_fields[keys[i].key].key), ari_arg_c(type_words[in->type]));
      fine = false;
    }
  if (fine && in->list && f[IN_CHECK]) {
    ARI_TELL(r, ARI_E0377, f[IN_CHECK]->key->span, ari_arg_text(in->name))->other = f[IN_LIST]->key->span;
    fine = false;
  }
  return fine;
}

/* False: too little is known of the input to judge formulas by it. */
static bool read_input(ari_reader *r, ari_input *in, const ari_yaml *y) {
  const ari_yaml *f[IN_FIELDS] = {0};
  const ari_yaml *type_at = y;
  if (y->kind != ARI_YAML_SCALAR) {
    if (!ari_fields_read(y, input_fields, f, r->fs)) return false;
    type_at = f[IN_TYPE];
  }
  int type = type_at ? ari_yaml_word(type_at, type_words, r->fs) : -1;
  if (type < 0) return false;
  in->type = (ari_input_type)type;
  int source = f[IN_SOURCE] ? ari_yaml_word(f[IN_SOURCE], ari_source_words, r->fs) : -1;
  if (source >= 0) in->source = (ari_setting){source, in->owner, ari_entry_span(f[IN_SOURCE])};
  in->title = ari_reader_title(r, f[IN_TITLE], in->name);
  in->unit = ari_reader_title(r, f[IN_UNIT], ARI_STR(""));
  int list = f[IN_LIST] ? ari_yaml_word(f[IN_LIST], flag_words, r->fs) : 0;
  if (list < 0) return false;
  in->list = list == 1;
  bool asks = in->type == ARI_CHOICE || in->type == ARI_SURVEY;
  if (!check_keys(r, in, f)) return !asks;
  read_bounds(r, in, f[IN_FROM], f[IN_TO]);
  return !asks || read_options(r, in, f[IN_OPTIONS], ari_yaml_get(y, "options") && !f[IN_OPTIONS]);
}

/* `check: EXPR` or {is: EXPR, within: 0.05%}; read when all inputs of the node are known. */
static void read_check(ari_reader *r, ari_node *node, ari_input *in, const ari_yaml *y) {
  const ari_yaml *f[2] = {y, NULL};
  if (y->kind == ARI_YAML_MAP && !ari_fields_read(y, check_fields, f, r->fs)) return;
  in->check = ari_reader_own_formula(r, node, f[0], ARI_TYPE_NUM);
  in->within = ari_reader_ratio(r, f[1]);
  if (in->within && ari_num_sign(in->within) < 0) {
    ARI_TELL(r, ARI_E0249, f[1]->span, ari_arg_c("within"));
    in->within = NULL;
  }
  in->used = true;
}

/* ---- all inputs of a node --------------------------------------------------------------------------------------------------- */

/* The next input of the set; it stays where it is until another is begun. NULL: out of memory. */
static ari_input *begin_input(ari_reader *r, ari_node *node, ari_str name, ari_span span) {
  ari_set *set = r->set;
  ari_input *items = ari_reader_more(r, set->inputs, set->n_inputs, &r->inputs_room, sizeof *items);
  if (!items) return NULL;
  set->inputs = items;
  items[set->n_inputs] = (ari_input){.owner = node, .source = node->source, .of_survey = -1, .name = name, .span = span};
  return &items[set->n_inputs];
}

static void end_input(ari_reader *r, ari_node *node, ari_input *in) {
  ari_set *set = r->set;
  describe_input(r, in);
  in->column = join_name(r, node->id, '.', in->name);
  if (!ari_map_put(&set->columns, in->column, (int32_t)set->n_inputs)) r->no_memory = true;
  set->n_inputs++;
  node->n_inputs++;
}

/* Behind a survey stand the answers to each option, a count named "answers:good", which no formula can name. */
static void add_answers(ari_reader *r, ari_node *node, int32_t survey) {
  for (uint32_t i = 0; i < r->set->inputs[survey].n_options; i++) {
    ari_option option = r->set->inputs[survey].options[i];
    ari_str name = join_name(r, r->set->inputs[survey].name, ':', option.id);
    ari_input *in = begin_input(r, node, name, option.span);
    if (!in) return;
    in->type = ARI_COUNT_INPUT;
    in->of_survey = survey;
    in->source = r->set->inputs[survey].source;
    in->title = option.title;
    in->unit = r->set->inputs[survey].unit;
    end_input(r, node, in);
  }
}

static void add_input(ari_reader *r, ari_node *node, const ari_yaml *y) {
  ari_input *in = begin_input(r, node, ari_reader_text(r, y->key), y->key->span);
  if (!in) return;
  if (!read_input(r, in, y)) {
    node->inputs_lost = true;
    in->type = ARI_TEXT;   /* any value will do, so that evidence for it is no error of its own */
  }
  const ari_let *let = ari_node_let(node->parent, in->name);
  if (let) ARI_TELL(r, ARI_E0290, in->span, ari_arg_text(in->name))->other = let->span;
  bool survey = in->type == ARI_SURVEY;
  end_input(r, node, in);
  if (survey) add_answers(r, node, (int32_t)r->set->n_inputs - 1);
}

void ari_reader_inputs(ari_reader *r, ari_node *node, const ari_yaml *map) {
  ari_set *set = r->set;
  node->first_input = set->n_inputs;
  if (!map || ari_reader_count(r, map) == 0) return;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    if (ari_reader_name(r, y->key)) add_input(r, node, y);
    else node->inputs_lost = true;
  }
  uint32_t slot = node->first_input;
  for (const ari_yaml *y = map->first; y; y = y->next) {
    while (slot < set->n_inputs && set->inputs[slot].of_survey >= 0) slot++;
    if (slot == set->n_inputs || !ari_str_eq(y->key->text, set->inputs[slot].name)) continue;
    const ari_yaml *check = y->kind == ARI_YAML_MAP ? ari_yaml_get(y, "check") : NULL;
    ari_input_type type = set->inputs[slot].type;
    if (check && type >= ARI_COUNT_INPUT && type <= ARI_PERCENT && !set->inputs[slot].list) read_check(r, node, &set->inputs[slot], check);
    slot++;
  }
}

/* ---- what must hold between inputs --------------------------------------------------------------------------------------- */

void ari_reader_expect(ari_reader *r, ari_node *node, const ari_yaml *list) {
  uint32_t n = list ? ari_reader_count(r, list) : 0;
  if (n == 0) return;
  node->expect = ari_reader_alloc(r, n, sizeof *node->expect);
  if (!node->expect) return;
  for (const ari_yaml *item = list->first; item; item = item->next) {
    const ari_yaml *f[2];
    if (!ari_fields_read(item, ari_expect_fields, f, r->fs)) continue;
    ari_expr *that = ari_reader_own_formula(r, node, f[0], ARI_TYPE_BOOL);
    ari_title say = ari_reader_title(r, f[1], that ? that->text : ARI_STR(""));
    if (that) node->expect[node->n_expect++] = (ari_expect){.that = that, .say = say, .span = f[0]->span};
  }
}

/* ---- the names that formulas on a node see --------------------------------------------------------------------------------- */

/* The input of one node by its column; many inputs are not compared one by one. -1: none. */
static int find_own(const ari_set *set, const ari_node *node, ari_str name) {
  char column[256];
  size_t n = node->id.n + 1 + name.n;
  if (node->n_inputs > FEW_INPUTS && n <= sizeof column) {
    memcpy(column, node->id.p, node->id.n);
    column[node->id.n] = '.';
    memcpy(column + node->id.n + 1, name.p, name.n);
    int32_t slot = ari_map_get(&set->columns, (ari_str){column, n});
    return slot >= 0 && set->inputs[slot].owner == node ? slot : -1;
  }
  for (uint32_t i = 0; i < node->n_inputs; i++)
    if (ari_str_eq(set->inputs[node->first_input + i].name, name)) return (int)(node->first_input + i);
  return -1;
}

int ari_node_input(const ari_set *set, const ari_node *node, ari_str name) {
  int slot = -1;
  for (; node && slot < 0; node = node->parent) slot = find_own(set, node, name);
  return slot;
}

static int find_slot(const void *of, ari_str name) {
  const ari_node_view *view = of;
  return ari_node_input(view->set, view->node, name);
}

static ari_slot_type describe_slot(const void *of, int slot) {
  const ari_node_view *view = of;
  return view->set->inputs[slot].seen;
}

static size_t list_names(const void *of, ari_str *out, size_t room) {
  const ari_node_view *view = of;
  size_t n = 0;
  for (const ari_node *node = view->node; node; node = node->parent) {
    for (uint32_t i = 0; i < node->n_inputs && n < room; i++) {
      const ari_input *in = &view->set->inputs[node->first_input + i];
      if (!in->seen.is_survey && in->of_survey < 0) out[n++] = in->name;
    }
    for (uint32_t i = 0; i < node->n_let && n < room; i++) out[n++] = node->let[i].name;
  }
  return n;
}

static void note_use(const void *of, int slot) {
  const ari_node_view *view = of;
  view->set->inputs[slot].used = true;
}

static ari_expr *find_let(const void *of, ari_str name) {
  const ari_node_view *view = of;
  ari_let *let = ari_node_let(view->node, name);
  if (let) let->used = true;
  return let ? let->value : NULL;
}

static bool comes_later(const void *of, ari_str name) {
  const ari_node_view *view = of;
  const ari_yaml *y = view->node->let_later;
  while (y && !ari_str_eq(y->key->text, name)) y = y->next;
  return y != NULL;
}

ari_scope ari_node_scope(const ari_node_view *view) {
  return (ari_scope){.of = view, .find = find_slot, .type = describe_slot, .names = list_names, .used = note_use, .let = find_let, .later = comes_later};
}
