/* The head of report.html and of an agency's own page: what may be loaded and run, style, title, whose figures these are. */
#include "inside.h"

#include <string.h>

extern const char ari_page_style[], ari_page_script[];

/* "'sha256-…'": how the policy names the one style sheet and the one script. */
static void put_hash(ari_page *p, const char *text) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char hex[65], base64[45];
  unsigned char hash[33] = {0};
  ari_sha256(text, strlen(text), hex);
  for (size_t i = 0; i < 64; i++) {
    unsigned nibble = (unsigned)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    hash[i / 2] = (unsigned char)((unsigned)hash[i / 2] << 4 | nibble);
  }
  for (size_t i = 0, o = 0; i < 33; i += 3, o += 4) {
    unsigned v = (unsigned)hash[i] << 16 | (unsigned)hash[i + 1] << 8 | hash[i + 2];
    for (size_t k = 0; k < 4; k++) base64[o + k] = digits[v >> (18 - 6 * k) & 63];
  }
  base64[43] = '=';
  base64[44] = '\0';
  ari_buf_printf(&p->out.buf, "'sha256-%s'", base64);
}

/* gnuplot's SVG needs nothing that this policy forbids. */
static void put_policy(ari_page *p) {
  ari_page_put(p, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
  put_hash(p, ari_page_style);
  if (!p->alone) {
    ari_page_put(p, "; script-src ");
    put_hash(p, ari_page_script);
  }
  ari_page_put(p, "; base-uri 'none'; form-action 'none'\">\n");
}

static void put_basis(ari_page *p, const ari_basis *basis) {
  ari_page_put(p, "<p class=\"soft\">");
  ari_page_word(p, ARI_WORD_basis);
  ari_page_put(p, ": ");
  ari_page_title(p, basis->name);
  if (basis->has_day) {
    ari_page_put(p, ", ");
    ari_buf_date(&p->out.buf, basis->day, p->how);
  }
  ari_page_put(p, "</p>\n");
}

/* "Results, 2026 – appraising – after the first appraisal": figures of an open round may still change. */
static void put_subject(ari_page *p) {
  const ari_work *work = p->work;
  ari_stage stage = ari_work_stage(work);
  ari_round_info round;
  ari_page_put(p, "<p>");
  ari_page_word(p, p->own ? ARI_WORD_own_sheet : ARI_WORD_report_title);
  ari_page_put(p, ", ");
  ari_page_c(p, ari_period_text(work));
  if (ari_report_round(work, &round)) {
    ari_page_put(p, " – ");
    ari_page_word(p, ARI_WORD_round);
    ari_page_put(p, " ");
    ari_page_c(p, round.id);
    ari_page_put(p, ": ");
    ari_page_c(p, round.state_text);
  }
  if (stage != ARI_STAGE_FINAL) {
    ari_page_put(p, " – ");
    ari_page_c(p, ari_stage_text(stage, p->lang));
  }
  ari_page_put(p, "</p>\n");
}

void ari_page_head(ari_page *p) {
  const ari_set *set = p->work->set;
  ari_page_put(p, p->lang == ARI_VI ? "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n" : "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
  ari_page_put(p, "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
  put_policy(p);
  ari_page_put(p, "<style>");
  ari_page_put(p, ari_page_style);
  ari_page_put(p, "</style>\n<title>");
  if (p->own) {
    ari_page_word(p, ARI_WORD_own_sheet);
    ari_page_put(p, " – ");
  }
  if (p->alone) {
    ari_page_title(p, p->alone->name);
    ari_page_put(p, " – ");
  }
  ari_page_title(p, set->title);
  ari_page_put(p, " – ");
  ari_page_c(p, ari_period_text(p->work));
  ari_page_put(p, "</title>\n</head>\n<body>\n<header>\n<h1>");
  ari_page_title(p, set->title);
  ari_page_put(p, "</h1>\n");
  put_subject(p);
  for (uint32_t i = 0; i < set->n_basis; i++) put_basis(p, &set->basis[i]);
  ari_page_put(p, "</header>\n");
}

void ari_page_end(ari_page *p) {
  ari_page_put(p, "</main>\n");
  if (!p->alone) {
    ari_page_put(p, "<script>");
    ari_page_put(p, ari_page_script);
    ari_page_put(p, "</script>\n");
  }
  ari_page_put(p, "</body>\n</html>\n");
}
