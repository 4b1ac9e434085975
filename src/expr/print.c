/* Formulas for people: the author's own words with the values put in, and which inputs a formula looks at. */
#include "inside.h"

typedef struct printer {
  ari_buf *b;
  const ari_scope *scope;
  const ari_inputs *inputs;
  ari_locale how;
  const char *at;            /* the formula's text is written up to here */
} printer;

/* 0.0746 as 7.46%, in the manner of the language. */
static void put_percent(ari_buf *b, ari_dec d, ari_locale how) {
  d.scale = (int8_t)(d.scale - 2);
  ari_buf_dec(b, d, how);
  ari_buf_text(b, how == ARI_AS_VI ? " %" : "%");
}

void ari_buf_list(ari_buf *b, ari_list list, bool percent, ari_locale how) {
  enum { SHOWN = 10 };
  for (uint32_t i = 0; i < list.n && i < SHOWN; i++) {
    if (i) ari_buf_text(b, "; ");
    if (percent) put_percent(b, list.items[i], how);
    else ari_buf_dec(b, list.items[i], how);
  }
  if (list.n == 0) ari_buf_text(b, "[]");
  if (list.n > SHOWN) ari_buf_printf(b, how == ARI_AS_VI ? "; … (%u giá trị)" : "; … (%u values)", list.n);
}

static void put_value(printer *p, int slot) {
  ari_slot_type type = p->scope->type(p->scope->of, slot);
  ari_value v;
  if (!p->inputs->get(p->inputs->of, slot, &v)) ari_buf_char(p->b, '?');
  else if (type.is_list) ari_buf_list(p->b, v.list, type.is_percent, p->how);
  else if (type.type == ARI_TYPE_NUM && type.is_percent) put_percent(p->b, v.dec, p->how);
  else if (type.type == ARI_TYPE_NUM) ari_buf_dec(p->b, v.dec, p->how);
  else if (type.type == ARI_TYPE_DATE) ari_buf_date(p->b, v.i, p->how);
  else if (type.type == ARI_TYPE_BOOL) ari_buf_text(p->b, p->how == ARI_AS_VI ? (v.i ? "có" : "không") : (v.i ? "yes" : "no"));
  else if (type.type == ARI_TYPE_CHOICE && v.i >= 0 && v.i < type.n_options) {
    ari_buf_char(p->b, '\'');
    ari_buf_str(p->b, type.options[v.i]);
    ari_buf_char(p->b, '\'');
  } else ari_buf_char(p->b, '?');
}

/* cohort.max(x) as the figure that it comes to. */
static void put_cohort(printer *p, const ari_expr *e) {
  enum { DECIMALS = 10 };
  ari_num *figure = ari_num_new();
  if (!figure) p->b->failed = true;
  else if (p->inputs->cohort && p->inputs->cohort(p->inputs->of, e->slot, ari_expr_cohort_figure(e), figure)) ari_buf_num(p->b, figure, DECIMALS, p->how);
  else ari_buf_char(p->b, '?');
  ari_num_free(figure);
}

bool ari_buf_previous(ari_buf *b, const ari_inputs *inputs, int slot, bool percent, ari_locale how) {
  enum { DECIMALS = 10 };
  ari_num *figure = ari_num_new(), *hundred = ari_num_new();
  if (!figure || !hundred) b->failed = true;
  bool there = !b->failed && inputs->previous && inputs->previous(inputs->of, slot, figure);
  if (there && percent) {
    ari_num_set_int(hundred, 100);
    ari_num_mul(figure, figure, hundred);
  }
  if (there) ari_buf_num(b, figure, DECIMALS, how);
  if (there && percent) ari_buf_text(b, how == ARI_AS_VI ? " %" : "%");
  ari_num_free(figure);
  ari_num_free(hundred);
  return there;
}

static void put_previous(printer *p, int slot) {
  bool percent = p->scope->type(p->scope->of, slot).is_percent;
  if (!ari_buf_previous(p->b, p->inputs, slot, percent, p->how)) ari_buf_char(p->b, '?');
}

/* Kids stand in the order of writing, so inputs are met in the order of the text. */
static void print_part(printer *p, const ari_expr *e) {
  if (e->op == ARI_OP_LET) return;   /* its formula stands elsewhere */
  bool of_cohort = ari_expr_is_cohort(e), of_previous = ari_expr_is_previous(e), whole = of_cohort || of_previous;
  for (uint32_t i = 0; i < e->n && !whole; i++) print_part(p, e->kids[i]);
  if (e->op != ARI_OP_INPUT && !whole) return;
  ari_buf_put(p->b, p->at, (size_t)(e->text.p - p->at));
  if (of_cohort) put_cohort(p, e);
  else if (of_previous) put_previous(p, e->kids[0]->slot);
  else put_value(p, e->slot);
  p->at = e->text.p + e->text.n;
}

void ari_expr_print_values(ari_buf *b, const ari_expr *e, const ari_scope *scope, const ari_inputs *inputs, ari_locale how) {
  printer p = {b, scope, inputs, how, e->text.p};
  print_part(&p, e);
  ari_buf_put(b, p.at, (size_t)(e->text.p + e->text.n - p.at));
}

typedef struct listing { int seen[ARI_EXPR_NODES]; size_t n; void (*each)(void *to, int slot); void *to; } listing;

static void list_part(listing *all, const ari_expr *e) {
  for (uint32_t i = 0; i < e->n && !ari_expr_is_previous(e); i++) list_part(all, e->kids[i]);
  if (e->op != ARI_OP_INPUT) return;
  for (size_t i = 0; i < all->n; i++)
    if (all->seen[i] == e->slot) return;
  all->seen[all->n++] = e->slot;
  all->each(all->to, e->slot);
}

void ari_expr_inputs(const ari_expr *e, void (*each)(void *to, int slot), void *to) {
  listing all = {.each = each, .to = to};
  list_part(&all, e);
}
