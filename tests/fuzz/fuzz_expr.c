/* Any text as a formula. Besides not crashing, what is promised must hold: a finding or a tree, never both or none; places inside the text;
 * a value inside the range that was known before; no division by 0 where none was said to be possible. */
#include "../unit/expr_fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
  if (!holds) abort();
}

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525 + 1013904223;
  return *state >> 8;
}

/* Values as their types allow them; small ones, so that they are often equal or 0. */
static void give_random(fixture *f, uint32_t *state) {
  for (int i = 0; i < INPUTS; i++) {
    ari_slot_type type = type_of_input(f, i);
    uint32_t r = next_random(state);
    int64_t low = type.has_low ? type.low_e12 / ARI_ONE : -5;
    f->given[i] = r % 8 != 0;
    f->values[i] = (ari_value){.type = type.type, .dec = {low + r % 10, 0, 0}, .i = (int32_t)(r % (type.type == ARI_TYPE_CHOICE ? 3 : 2))};
    if (!type.is_list) continue;
    for (uint32_t k = 0; k < 12; k++) f->items[i][k] = (ari_dec){low + next_random(state) % 10, 0, 0};
    f->values[i].list = (ari_list){f->items[i], r % 13};
  }
}

static void check_value(fixture *f, const ari_expr *e, const ari_range *range, bool can_divide_by_0, const ari_num *max, ari_num *result) {
  ari_inputs inputs = inputs_of(f);
  ari_answer a = ari_expr_eval(f->eval, e, &inputs, max, result);
  bool divided = a.outcome == ARI_EMPTY_DIVISION || a.outcome == ARI_DIVISION_BY_ZERO;
  must(!divided || (can_divide_by_0 && (a.where->op == ARI_OP_DIV || ari_is_mean(a.where))));
  must(a.outcome != ARI_NO_MEMORY);
  if (a.outcome != ARI_VALUE) return;
  if (e->type == ARI_TYPE_BOOL) must(a.i ? range->can_be_true : range->can_be_false);
  if (e->type != ARI_TYPE_NUM) return;
  must(!range->has_low || ari_num_cmp(range->low, result) <= 0);
  must(!range->has_high || ari_num_cmp(range->high, result) >= 0);
}

static void note_nothing(void *to, int slot) {
  (void)to;
  must(slot >= 0 && slot < INPUTS);
}

static void try_formula(fixture *f, ari_str text, bool points) {
  ari_yaml node = {.text = text, .span = {0, 0, (uint32_t)text.n}};
  ari_scope scope = scope_of(f);
  ari_inputs inputs = inputs_of(f);
  ari_findings fs = {0};
  ari_range range;
  const ari_expr *where;
  ari_num *max = ari_nums_new(&f->nums), *result = ari_nums_new(&f->nums);
  must(max && result);
  ari_num_set_int(max, 4);
  ari_expr *e = ari_expr_parse(&f->arena, &f->nums, &node, &fs);
  bool good = e && ari_expr_check(&f->arena, e, &scope, ARI_TYPE_NONE, points, &fs);
  must(good == (fs.errors == 0));
  for (size_t i = 0; i < fs.n; i++) must(fs.items[i].at.start + fs.items[i].at.len <= text.n);
  if (good) {
    uint32_t state = (uint32_t)text.n;
    for (size_t i = 0; i < text.n; i++) state = state * 31 + (unsigned char)text.p[i];
    must(ari_expr_range(&f->nums, e, &scope, max, &range) && ari_expr_can_be_empty(e, &scope, NULL, &where));
    for (int i = 0; i < 8; i++) {
      give_random(f, &state);
      check_value(f, e, &range, where != NULL, max, result);
    }
    ari_buf_clear(&f->text);
    ari_expr_print_values(&f->text, e, &scope, &inputs, ARI_AS_VI);
    ari_expr_inputs(e, note_nothing, NULL);
  }
  ari_findings_free(&fs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fixture f;
  size_t bad;
  if (size > ARI_YAML_SCALAR_BYTES || !ari_utf8_valid((const char *)data, size, &bad)) return 0;
  fixture_start(&f);
  try_formula(&f, (ari_str){(const char *)data, size}, false);
  try_formula(&f, (ari_str){(const char *)data, size}, true);
  fixture_end(&f);
  return 0;
}
