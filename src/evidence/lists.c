/* The values of an input that is a list (methodology: ari-evidence(5), "Values"): in YAML a list, in a table one cell with `;` between
 * them. A value that is none is told at its own place. */
#include "inside.h"

/* Room for n values; they live as long as the evidence. NULL: out of memory. */
static ari_dec *new_items(ari_reading *r, size_t n) {
  ari_dec *items = ari_arena_array(&r->shelf->keep, n ? n : 1, sizeof *items);
  if (!items) r->no_memory = true;
  return items;
}

void ari_reading_put_list(ari_reading *r, const ari_spot *spot, int slot, ari_list list, bool good) {
  ari_shelf *shelf = r->shelf;
  if (!ari_grow((void **)&shelf->lists, shelf->n_lists, &shelf->lists_room, sizeof list)) {
    r->no_memory = true;
    return;
  }
  shelf->lists[shelf->n_lists] = list;
  ari_record *record = ari_reading_add(r, spot, ARI_SAID_VALUE, slot);
  record->value.coef = (int64_t)shelf->n_lists++;
  if (!good) record->state = ARI_CELL_BAD;
}

/* ---- YAML ------------------------------------------------------------------------------------------------------------------ */

static bool is_tight(const ari_yaml *item) { return item->next->span.start == item->span.start + item->span.len + 1; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* "7" and "46", "85" and "5%": with the comma between them they may be one figure. */
static bool may_be_one(const ari_yaml *item) {
  ari_str whole = item->text, part = item->next->text;
  size_t from = whole.n && whole.p[0] == '-', to = part.n && part.p[part.n - 1] == '%' ? part.n - 1 : part.n;
  bool digits = from < whole.n && to > 0 && !item->quoted && !item->next->quoted;
  for (size_t i = from; i < whole.n && digits; i++) digits = is_digit(whole.p[i]);
  for (size_t i = 0; i < to && digits; i++) digits = is_digit(part.p[i]);
  return digits && is_tight(item);
}

/* [7,46] is two values to YAML, but may be meant as a decimal comma; whole numbers have no decimals, unless a space stands between others. */
static void warn_comma(ari_reading *r, const ari_spot *spot, int slot, const ari_yaml *list) {
  const ari_yaml *tight = NULL;
  bool doubtful = r->desk->set->inputs[slot].type != ARI_COUNT_INPUT;
  for (const ari_yaml *item = list->first; item && item->next; item = item->next) {
    if (!tight && may_be_one(item)) tight = item;
    if (!is_tight(item)) doubtful = true;
  }
  if (!tight || !doubtful) return;
  ari_spot at = *spot;
  at.at.start = tight->span.start;
  at.at.len = tight->next->span.start + tight->next->span.len - tight->span.start;
  ari_reading_tell(r, &at, ARI_W0497, &(ari_args){{ari_arg_text(tight->text), ari_arg_text(tight->next->text)}});
}

void ari_reading_list(ari_reading *r, const ari_spot *spot, int slot, const ari_yaml *list) {
  ari_dec *items = new_items(r, list->n);
  uint32_t n = 0;
  bool good = true;
  for (const ari_yaml *item = items ? list->first : NULL; item; item = item->next) {
    ari_spot at = *spot;
    ari_str text;
    at.at.start = item->span.start;
    at.at.len = item->span.len;
    if (!ari_yaml_text(item, &text, r->fs) || !ari_value_read(r, &at, &r->desk->set->inputs[slot], text, &items[n++])) good = false;
  }
  if (!items) return;
  if (good) warn_comma(r, spot, slot, list);
  ari_reading_put_list(r, spot, slot, (ari_list){items, n}, good);
}

/* ---- tables ---------------------------------------------------------------------------------------------------------------- */

/* The place of a part of a cell; of one in which quotes were doubled, and so is no slice of the file, the whole cell. */
static ari_spot spot_of_part(const ari_reading *r, const ari_spot *spot, ari_str part) {
  uintptr_t from = (uintptr_t)r->source->bytes.p, at = (uintptr_t)part.p;
  ari_spot out = *spot;
  if (at < from || at > from + r->source->bytes.n) return out;
  out.at.start = (uint32_t)(at - from);
  out.at.len = (uint32_t)part.n;
  return out;
}

static size_t count_parts(ari_str text) {
  size_t n = 1;
  for (size_t i = 0; i < text.n; i++) n += text.p[i] == ';';
  return n;
}

/* `[1;2]`, `[ ]`: brackets are for YAML. */
static bool refuse_brackets(ari_reading *r, const ari_spot *spot, ari_str text) {
  if (text.n < 2 || text.p[0] != '[' || text.p[text.n - 1] != ']' || ari_str_is(text, "[]")) return false;
  ari_str values = ari_str_trim(ari_str_sub(text, 1, text.n - 1));
  ari_reading_tell(r, spot, ARI_E0498, &(ari_args){{ari_arg_text(values.n ? values : ARI_STR("[]"))}});
  return true;
}

void ari_reading_cell(ari_reading *r, const ari_spot *spot, int slot, ari_str text) {
  ari_dec *items = new_items(r, count_parts(text));
  uint32_t n = 0;
  bool good = true, gap = false;
  bool brackets = refuse_brackets(r, spot, ari_str_trim(text)), none = brackets || ari_str_is(text, "[]");
  for (size_t from = 0, to; items && !none && from <= text.n; from = to + 1) {
    for (to = from; to < text.n && text.p[to] != ';';) to++;
    ari_str part = ari_str_trim(ari_str_sub(text, from, to));
    ari_spot at = spot_of_part(r, spot, part);
    if (part.n) good = ari_value_read(r, &at, &r->desk->set->inputs[slot], part, &items[n++]) && good;
    else if (!gap) ari_reading_tell(r, &at, ARI_E0486, NULL);   /* one is told for all */
    gap |= !part.n;
  }
  if (items) ari_reading_put_list(r, spot, slot, (ari_list){items, n}, good && !gap && !brackets);
}
