/* Values of one node: ids, numbers, dates, periods, words and titles (ari-criteria(5)). Each tells what to write instead. */
#include "inside.h"

#include <string.h>

/* ---- ids ----------------------------------------------------------------------------------------------------------- */

bool ari_id_valid(ari_str s) {
  for (size_t i = 0, len; i < s.n; i += len) {
    uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
    bool digit = c >= '0' && c <= '9', mark = c == '.' || c == '_' || c == '-';
    if (!digit && !ari_utf8_is_letter(c) && !(i > 0 && mark)) return false;
  }
  return s.n > 0;
}

bool ari_yaml_id(const ari_yaml *node, ari_str *out, ari_findings *fs) {
  if (!ari_yaml_text(node, out, fs)) return false;
  if (ari_id_valid(*out)) return true;
  ari_findings_add(fs, ARI_E0148, node->span, &(ari_args){{ari_arg_text(ari_yaml_shorten(*out))}});
  return false;
}

/* ---- numbers ------------------------------------------------------------------------------------------------------- */

bool ari_yaml_tell_comma(ari_str text, ari_span at, ari_findings *fs) {
  bool percent = ari_str_ends(text, "%");
  ari_dec ignored;
  char fixed[34];   /* 32 of ari_dec_read, "%" and the end */
  ari_dec_error e = ari_dec_read(ari_str_sub(text, 0, text.n - percent), &ignored, fixed);
  if (e != ARI_DEC_COMMA && e != ARI_DEC_GROUPED) return false;
  if (percent) memcpy(fixed + strlen(fixed), "%", 2);
  ari_args args = {{ari_arg_text(ari_yaml_shorten(text)), ari_arg_c(fixed)}};
  ari_findings_add(fs, e == ARI_DEC_COMMA ? ARI_E0149 : ARI_E0150, at, &args);
  return true;
}

/* Tells why a text is no number; `code` when there is no nearer reason. */
static bool tell_number(const ari_yaml *node, ari_dec_error e, ari_code code, ari_findings *fs) {
  if (ari_yaml_tell_comma(node->text, node->span, fs)) return false;
  char plain[ARI_DEC_PLAIN];
  ari_dec ignored;
  ari_args args = {{ari_arg_text(ari_yaml_shorten(node->text))}};
  if (!node->text.n) code = ARI_E0161;
  else if (e == ARI_DEC_DIGITS) code = ARI_E0151;
  else if (ari_dec_plain(node->text, plain) && ari_dec_read(ari_str_of(plain), &ignored, NULL) == ARI_DEC_OK) {
    code = ARI_E0160;
    args.at[1] = ari_arg_c(plain);
  }
  ari_findings_add(fs, code, node->span, &args);
  return false;
}

bool ari_yaml_dec(const ari_yaml *node, ari_dec *out, ari_findings *fs) {
  ari_str text;
  if (!ari_yaml_text(node, &text, fs)) return false;
  ari_dec_error e = ari_dec_read(text, out, NULL);
  return e == ARI_DEC_OK || tell_number(node, e, ARI_E0152, fs);
}

/* r = r / divisor. False: out of memory, which is noted in fs. */
static bool divide_num(ari_num *r, ari_dec divisor, ari_findings *fs) {
  ari_num *d = ari_num_new();
  if (!d) {
    fs->failed = true;
    return false;
  }
  ari_num_set_dec(d, divisor);
  ari_num_div(r, r, d);
  ari_num_free(d);
  return true;
}

bool ari_yaml_ratio(const ari_yaml *node, ari_num *out, ari_findings *fs) {
  ari_str text;
  if (!ari_yaml_text(node, &text, fs)) return false;
  const char *slash = memchr(text.p, '/', text.n);
  size_t cut = slash ? (size_t)(slash - text.p) : text.n;
  ari_str above = ari_str_trim(ari_str_sub(text, 0, cut)), below = slash ? ari_str_trim(ari_str_sub(text, cut + 1, text.n)) : (ari_str){0};
  bool percent = !slash && ari_str_ends(text, "%");
  ari_dec a, b = {.coef = percent ? 100 : 1};
  ari_dec_error e = ari_dec_read(ari_str_sub(above, 0, above.n - percent), &a, NULL);
  if (e == ARI_DEC_OK && slash) e = ari_dec_read(below, &b, NULL);
  if (e != ARI_DEC_OK || b.coef == 0) return tell_number(node, e, ARI_E0153, fs);
  ari_num_set_dec(out, a);
  return (!slash && !percent) || divide_num(out, b, fs);
}

bool ari_yaml_int(const ari_yaml *node, int from, int to, int *out, ari_findings *fs) {
  ari_str text;
  ari_dec d = {0};
  if (!ari_yaml_text(node, &text, fs)) return false;
  if (ari_dec_read(text, &d, NULL) == ARI_DEC_OK && d.scale == 0 && d.written == 0 && d.coef >= from && d.coef <= to) {
    *out = (int)d.coef;
    return true;
  }
  if (ari_yaml_tell_comma(text, node->span, fs)) return false;
  ari_findings_add(fs, ARI_E0154, node->span,
                   &(ari_args){{ari_arg_text(ari_yaml_shorten(text)), ari_arg_int(from), ari_arg_int(to)}});
  return false;
}

/* ---- dates, periods, words ----------------------------------------------------------------------------------------- */

bool ari_yaml_date(const ari_yaml *node, int32_t *day, ari_findings *fs) {
  ari_str text;
  if (!ari_yaml_text(node, &text, fs)) return false;
  if (ari_date_read(text, day)) return true;
  ari_findings_add(fs, ARI_E0155, node->span, &(ari_args){{ari_arg_text(ari_yaml_shorten(text))}});
  return false;
}

bool ari_yaml_period(const ari_yaml *node, ari_period *out, ari_findings *fs) {
  ari_str text;
  if (!ari_yaml_text(node, &text, fs)) return false;
  if (ari_period_read(text, out)) return true;
  ari_findings_add(fs, ARI_E0156, node->span, &(ari_args){{ari_arg_text(ari_yaml_shorten(text))}});
  return false;
}

int ari_yaml_word(const ari_yaml *node, const char *const *words, ari_findings *fs) {
  enum { MOST = 64 };
  ari_str text, all[MOST];
  int n = 0;
  if (!ari_yaml_text(node, &text, fs)) return -1;
  for (; n < MOST && words[n]; n++) {
    all[n] = ari_str_of(words[n]);
    if (ari_str_eq(text, all[n])) return n;
  }
  text = ari_yaml_shorten(text);
  int near = ari_str_nearest(text, all, (size_t)n);
  if (near >= 0) {
    ari_findings_add(fs, ARI_E0157, node->span, &(ari_args){{ari_arg_text(text), ari_arg_text(all[near])}});
    return -1;
  }
  ari_buf list = {0};
  for (int i = 0; i < n; i++) {
    if (i) ari_buf_text(&list, ", ");
    ari_buf_str(&list, all[i]);
  }
  if (list.failed) fs->failed = true;
  ari_findings_add(fs, ARI_E0158, node->span, &(ari_args){{ari_arg_text(text), ari_arg_text(ari_buf_view(&list))}});
  ari_buf_free(&list);
  return -1;
}

/* ---- titles -------------------------------------------------------------------------------------------------------- */

const ari_field ari_title_fields[] = {
  {.key = "vi", .type = ARI_FIELD_TEXT, .en = "the text in Vietnamese", .vi = "nội dung bằng tiếng Việt"},
  {.key = "en", .type = ARI_FIELD_TEXT, .en = "the text in English", .vi = "nội dung bằng tiếng Anh"},
  {.key = NULL},
};

/* Titles stand in lines of their own: in tables, in messages, behind '#' in a form. The line end of a block text ("|", ">") is not part of it. */
static bool take_line(const ari_yaml *node, ari_str *out, ari_findings *fs) {
  ari_str text = node->text;
  while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r')) text.n--;
  *out = text;
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] != '\n' && text.p[i] != '\r') continue;
    ari_findings_add(fs, ARI_E0299, node->span, NULL);
    return false;
  }
  return true;
}

bool ari_yaml_title(const ari_yaml *node, ari_title *out, ari_findings *fs) {
  *out = (ari_title){ARI_STR(""), ARI_STR("")};
  if (!node) return false;
  if (node->kind == ARI_YAML_SCALAR) {
    if (!ari_yaml_text(node, &out->vi, fs) || !take_line(node, &out->vi, fs)) return false;
    out->en = out->vi;
    return true;
  }
  const ari_yaml *in[2];
  if (node->kind == ARI_YAML_LIST) {
    ari_yaml_tell_title(node, fs);
    return false;
  }
  if (!ari_fields_read(node, ari_title_fields, in, fs)) return false;
  if (!in[0] && !in[1]) {
    if (node->n == 0) ari_yaml_tell_title(node, fs);
    return false;
  }
  bool fine = true;
  ari_str line[2] = {{0}};
  for (int i = 0; i < 2; i++) fine &= !in[i] || take_line(in[i], &line[i], fs);
  out->vi = line[in[0] ? 0 : 1];
  out->en = line[in[1] ? 1 : 0];
  return fine;
}

ari_str ari_title_in(ari_title t, ari_lang lang) { return lang == ARI_VI ? t.vi : t.en; }

bool ari_title_copy(ari_arena *arena, ari_title t, ari_title *out) {
  bool same = t.vi.p == t.en.p && t.vi.n == t.en.n;
  if (!ari_str_copy(arena, t.vi, &out->vi)) return false;
  if (same) {
    out->en = out->vi;
    return true;
  }
  return ari_str_copy(arena, t.en, &out->en);
}
