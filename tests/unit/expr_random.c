/* 20,000 random formulas that are right by their making (the seed is fixed), each held to what fuzz_expr.c demands: the value lies in the range
 * that was known without evidence, and nothing is divided by 0 where that was ruled out. */
#include "../fuzz/fuzz_expr.c"

static uint32_t seed = 20260901;

static uint32_t pick(uint32_t n) { return next_random(&seed) % n; }

static void put_bool(ari_buf *b, int depth);

static void put_num(ari_buf *b, int depth);

static void put_binary(ari_buf *b, int depth, const char *sign) {
  ari_buf_char(b, '(');
  put_num(b, depth - 1);
  ari_buf_printf(b, " %s ", sign);
  put_num(b, depth - 1);
  ari_buf_char(b, ')');
}

static void put_call(ari_buf *b, int depth, const char *name, int n, const char *end) {
  ari_buf_printf(b, "%s(", name);
  for (int i = 0; i < n; i++) {
    if (i) ari_buf_text(b, ", ");
    put_num(b, depth - 1);
  }
  ari_buf_text(b, end);
}

/* A denominator or what is guarded often: the same few texts, so that guards meet what they guard. */
static void put_common(ari_buf *b) {
  static const char *const texts[] = {"received", "x", "on_time + received", "x * scale", "scale - 3", "max - on_time", "count(marks)"};
  ari_buf_printf(b, "(%s)", texts[pick(ARI_COUNT(texts))]);
}

static void put_if(ari_buf *b, int depth) {
  ari_buf_text(b, "(if ");
  put_bool(b, depth - 1);
  ari_buf_text(b, " then ");
  put_num(b, depth - 1);
  ari_buf_text(b, " else ");
  put_num(b, depth - 1);
  ari_buf_char(b, ')');
}

/* What has no exact value, or none at all. */
static void put_inexact(ari_buf *b, int depth) {
  switch (pick(6)) {
    case 0: ari_buf_text(b, "mean(marks)"); break;
    case 1: put_call(b, depth, "ln", 1, ")"); break;
    case 2: put_call(b, depth, "exp", 1, ")"); break;
    case 3: put_call(b, depth, "sqrt", 1, ")"); break;
    case 4: put_call(b, depth, "pow", 1, ", 3)"); break;
    default: put_call(b, depth, "pow", 2, ")"); break;
  }
}

static void put_num(ari_buf *b, int depth) {
  static const char *const leaves[] = {"on_time", "received", "x", "scale", "rate", "max", "1", "2.5", "50%", "days(start, finish)", "sum(hours)", "count(marks)"};
  static const char *const signs[] = {"+", "-", "*"};
  if (depth <= 0) {
    ari_buf_text(b, pick(15) ? leaves[pick(ARI_COUNT(leaves))] : let_names[pick(LETS - 1)]);
    return;
  }
  if (pick(15) == 0) {
    put_inexact(b, depth);
    return;
  }
  switch (pick(10)) {
    case 0: put_call(b, depth, "min", 2, ")"); break;
    case 1: put_call(b, depth, "max", 3, ")"); break;
    case 2: put_call(b, depth, "abs", 1, ")"); break;
    case 3: put_call(b, depth, "clamp", 3, ")"); break;
    case 4: put_call(b, depth, "round", 1, ", 1)"); break;
    case 5: put_if(b, depth); break;
    case 6:
      ari_buf_text(b, "-");
      put_num(b, depth - 1);
      break;
    case 7:
      ari_buf_text(b, "1 / ");
      put_common(b);
      break;
    default: put_binary(b, depth, pick(8) ? signs[pick(3)] : "/"); break;
  }
}

static void put_bool(ari_buf *b, int depth) {
  static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
  static const char *const leaves[] = {"done", "present(x)", "plan = 'late'", "start < finish", "enough"};
  switch (pick(6)) {
    case 0: ari_buf_text(b, leaves[pick(ARI_COUNT(leaves))]); break;
    case 1: case 2:
      ari_buf_char(b, '(');
      if (depth > 0) put_bool(b, depth - 1);
      else ari_buf_text(b, "open");
      ari_buf_text(b, pick(2) ? " and " : " or ");
      if (depth > 0) put_bool(b, depth - 1);
      else ari_buf_text(b, "x > 0");
      ari_buf_char(b, ')');
      break;
    case 3:
      ari_buf_text(b, "(not ");
      put_bool(b, depth - 1);
      ari_buf_char(b, ')');
      break;
    default:
      put_common(b);
      ari_buf_printf(b, " %s ", signs[pick(6)]);
      if (pick(2)) put_num(b, depth - 1);
      else ari_buf_char(b, '0');
      break;
  }
}

int main(void) {
  fixture f;
  int accepted = 0, settled = 0;
  fixture_start(&f);
  for (int i = 0; i < 20000; i++) {
    ari_buf text = {0};
    const ari_expr *where;
    ari_scope scope = scope_of(&f);
    if (pick(4)) put_num(&text, 4);
    else put_bool(&text, 3);
    try_formula(&f, ari_buf_view(&text), pick(2));   /* dies when something does not hold */
    ari_expr *e = read_formula(&f, text_of_buf(&text), ARI_TYPE_NONE, false);
    accepted += e != NULL;
    if (e && strchr(text.p, '/') && ari_expr_can_be_empty(e, &scope, NULL, &where)) settled += !where;
    ari_buf_free(&text);
    if (i % 100) continue;
    fixture_end(&f);
    fixture_start(&f);
  }
  ok(accepted > 19000, "nearly all are right");
  ok(settled > 150, "and many divisions are known to be safe");
  fixture_end(&f);
  return done();
}
