/* The sheet with which an agency assesses itself, to print and sign (ari(1), "assess"): what it claims beside what the rules give, why the two differ, what is missing,
 * where the total can still end, its documents, and the fingerprint that whoever accepts the submission is shown too. */
#include "inside.h"

#include <string.h>

static int total_decimals(const ari_page *p) {
  int decimals = p->work->set->root->rounding.total;
  return decimals <= 4 ? decimals : -1;
}

static void put_heading(ari_page *p, ari_word w) {
  ari_page_put(p, "<h2>");
  ari_page_word(p, w);
  ari_page_put(p, "</h2>\n");
}

static void put_cell(ari_page *p, const char *text) {
  ari_page_put(p, "<td>");
  ari_page_c(p, text);
  ari_page_put(p, "</td>");
}

/* "<th>id title</th>" */
static void put_criterion(ari_page *p, const char *id, const char *title) {
  ari_page_put(p, "<tr><th scope=\"row\"><span class=\"soft\">");
  ari_page_c(p, id);
  ari_page_put(p, "</span> ");
  ari_page_c(p, title);
  ari_page_put(p, "</th>");
}

static void put_signed(ari_page *p, int64_t e12, int decimals) {
  if (e12 > 0) ari_page_put(p, "+");
  ari_page_figure(p, e12, decimals);
}

/* What the rules give; or, of a round, what the evaluators have settled. */
static ari_word points_word(const ari_page *p, size_t agency) {
  return ari_evidence_has_decision(p->work->evidence, agency) ? ARI_WORD_score_of : ARI_WORD_own_computed;
}

/* ---- the whole ---- */

/* Of the leaves below a node: how many have points, of how many of those points are claimed, and how many are pending. Sums over others cannot be compared. */
typedef struct claim_count { size_t all, claimed, pending; } claim_count;

static claim_count count_claims(const ari_page *p, size_t agency, const ari_node *node) {
  const ari_set *set = p->work->set;
  claim_count n = {0};
  for (uint32_t i = 0; i < set->n_leaves; i++) {
    const ari_node *leaf = set->leaves[i], *above = leaf;
    const ari_figure *f = ari_result_figure(p->work->result, agency, leaf->index);
    while (above && above != node) above = above->parent;
    bool counts = above && f->has_points;
    n.all += counts;
    n.pending += above && f->state == ARI_PENDING;
    n.claimed += counts && ari_evidence_entry(p->work->evidence, agency, (int32_t)i)->has_claimed;
  }
  return n;
}

static void begin_fact(ari_page *p, ari_word w) {
  ari_page_put(p, "<tr><th scope=\"row\">");
  ari_page_word(p, w);
  ari_page_put(p, "</th><td class=\"n\">");
}

static void put_fact(ari_page *p, ari_word w, int64_t e12, int decimals) {
  begin_fact(p, w);
  ari_page_figure(p, e12, decimals);
  ari_page_put(p, "</td></tr>\n");
}

/* "5.89 – 18.89 (29.45 – 94.45 %)": with what is missing and what is pending. */
static void put_range(ari_page *p, const ari_own_sheet *s) {
  int index = p->work->set->root->rounding.index;
  begin_fact(p, ARI_WORD_own_range);
  ari_page_figure(p, s->low, total_decimals(p));
  ari_page_put(p, " – ");
  ari_page_figure(p, s->high, total_decimals(p));
  ari_page_put(p, " (");
  ari_page_figure(p, s->low_index, index);
  ari_page_put(p, " – ");
  ari_page_figure(p, s->high_index, index);
  ari_page_put(p, " %)</td></tr>\n");
}

static void put_whole(ari_page *p, size_t agency, const ari_own_sheet *s, const ari_standing *claimed) {
  const ari_standing *standing = &p->work->result->standings[agency];
  claim_count n = count_claims(p, agency, p->work->set->root);
  ari_page_put(p, "<table class=\"small\"><tbody>\n");
  if (claimed->has_points) {
    begin_fact(p, ARI_WORD_claimed);
    if (n.claimed < n.all) ari_buf_printf(&p->out.buf, "<span class=\"soft\">(%zu/%zu %s)</span> ", n.claimed, n.all, ari_page_say(p, ARI_WORD_own_of_scored));
    ari_page_figure(p, claimed->points, total_decimals(p));
    ari_page_put(p, "</td></tr>\n");
  }
  if (s->has_points) put_fact(p, points_word(p, agency), s->points, total_decimals(p));
  if (claimed->has_points && s->has_points && n.claimed == n.all) {
    begin_fact(p, ARI_WORD_own_difference);
    put_signed(p, s->points - claimed->points, total_decimals(p));
    ari_page_put(p, "</td></tr>\n");
  }
  if (s->has_points) put_fact(p, s->state == ARI_PROVISIONAL ? ARI_WORD_own_max_settled : ARI_WORD_max, s->max, -1);
  if (s->has_points) put_fact(p, ARI_WORD_index, s->index, p->work->set->root->rounding.index);
  if (s->has_range && (s->state == ARI_PROVISIONAL || s->high > s->points)) put_range(p, s);
  if (standing->grade >= 0) {
    begin_fact(p, ARI_WORD_grade);
    ari_page_title(p, p->work->set->grades[standing->grade].title);
    ari_page_put(p, "</td></tr>\n");
  }
  begin_fact(p, ARI_WORD_state);
  ari_page_c(p, ari_agency_state_text(s->state, p->lang));
  ari_page_put(p, "</td></tr>\n</tbody></table>\n");
  if (!s->n_compared) return;
  ari_page_put(p, "<p class=\"soft\">");
  ari_page_word(p, ARI_WORD_own_compared);
  ari_buf_printf(&p->out.buf, " %zu ", s->n_compared);
  ari_page_word(p, ARI_WORD_own_compared_with);
  ari_buf_printf(&p->out.buf, " %zu.</p>\n", s->least_compared);
}

/* ---- the criteria ---- */

/* A figure beside what was claimed: the difference and the rule in words go before the arithmetic. */
static void put_difference(ari_page *p, const ari_node *node, const ari_figure *f, int64_t off, int decimals, uint32_t tier) {
  ari_page_put(p, "<b>");
  ari_page_word(p, !f->has_points ? ARI_WORD_own_unscored : off < 0 ? ARI_WORD_own_higher : ARI_WORD_own_lower);
  if (f->has_points) {
    ari_page_put(p, ": ");
    ari_page_figure(p, off < 0 ? -off : off, decimals);
  }
  ari_page_put(p, "</b><br>");
  if (!node->rule) return;
  ari_buf words = {0};
  ari_rule_words(&words, p->work->set, node, tier, p->lang);
  ari_page_text(p, ari_buf_view(&words));
  ari_page_put(p, "<br>");
  if (words.failed) ari_page_note(p, ARI_NOMEM);
  ari_buf_free(&words);
}

static void put_reason(ari_page *p, size_t agency, const ari_node *node, const ari_figure *f, bool has_claim, int64_t claimed, int decimals) {
  uint32_t tier = p->work->evidence->agencies->items[agency].tier_index;
  bool counts = f->state != ARI_WATCHED && f->state != ARI_NOT_APPLICABLE;
  bool differs = has_claim && counts && (!f->has_points || f->points != claimed);
  bool lost = node->outside || f->state != ARI_SCORED || f->points != f->max;
  ari_page_put(p, "<td>");
  if (node->leaf >= 0 && differs) put_difference(p, node, f, f->points - claimed, decimals, tier);
  if (node->leaf >= 0 && (differs || lost)) ari_page_why(p, agency, node);
  else if (node->leaf < 0 && node->combine != ARI_COMBINE_SUM && f->has_points) ari_page_why(p, agency, node);
  ari_page_put(p, "</td></tr>\n");
}

static void put_figure(ari_page *p, bool there, int64_t e12, int decimals, const char *nothing) {
  ari_page_put(p, "<td>");
  if (there) ari_page_figure(p, e12, decimals);
  else ari_page_put(p, nothing);
  ari_page_put(p, "</td>");
}

/* What counts so far; "(8)": all of it is pending. */
static void put_max(ari_page *p, const ari_figure *f, int64_t pending) {
  bool waits = f->max == 0 && pending > 0;
  ari_page_put(p, waits ? "<td>(" : "<td>");
  ari_page_figure(p, waits ? pending : f->max, -1);
  ari_page_put(p, waits ? ")</td>" : "</td>");
}

static void put_row(ari_page *p, size_t agency, const ari_node *node, const ari_figure *c) {
  const ari_figure *f = ari_result_figure(p->work->result, agency, node->index);
  claim_count n = count_claims(p, agency, node);
  int64_t claimed = c->points;
  bool has = c->has_points && n.claimed;
  if (node->leaf >= 0) has = ari_claimed_e12(ari_evidence_entry(p->work->evidence, agency, node->leaf), &claimed);
  int level = node->level > 4 ? 4 : node->level, decimals = node->rounding.leaf <= 4 ? node->rounding.leaf : -1;
  ari_buf_printf(&p->out.buf, "<tr class=\"l%d\"><th scope=\"row\"><span>", level);
  ari_page_text(p, node->id);
  ari_page_put(p, "</span> ");
  ari_page_title(p, node->title);
  ari_page_put(p, "</th>");
  put_max(p, f, n.pending && !f->has_points ? node->max_e12[p->work->evidence->agencies->items[agency].tier_index] : 0);
  put_figure(p, has, claimed, decimals, "");
  put_figure(p, f->has_points, f->points, decimals, "–");
  ari_page_put(p, "<td>");
  if (has && (node->leaf >= 0 || n.claimed == n.all) && f->has_points && f->points != claimed) put_signed(p, f->points - claimed, decimals);
  ari_page_put(p, "</td><td>");
  if (f->state != ARI_NO_STATE) ari_page_c(p, ari_figure_state_text(f, p->lang));
  ari_page_put(p, "</td>");
  put_reason(p, agency, node, f, has, claimed, decimals);
}

static void put_criteria(ari_page *p, size_t agency, const ari_figure *claims) {
  uint32_t tier = p->work->evidence->agencies->items[agency].tier_index;
  ari_page_put(p, "<section class=\"sheet own\">\n");
  put_heading(p, ARI_WORD_own_points);
  if (count_claims(p, agency, p->work->set->root).pending) {
    ari_page_put(p, "<p class=\"soft\">");
    ari_page_word(p, ARI_WORD_own_in_brackets);
    ari_page_put(p, "</p>\n");
  }
  ari_page_put(p, "<div class=\"scroll\"><table class=\"claims\">\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_criterion, "item");
  ari_page_head_cell(p, ARI_WORD_max, "n");
  ari_page_head_cell(p, ARI_WORD_claimed, "n");
  ari_page_head_cell(p, points_word(p, agency), "n");
  ari_page_head_cell(p, ARI_WORD_own_difference, "n");
  ari_page_head_cell(p, ARI_WORD_state, "state");
  ari_page_head_cell(p, ARI_WORD_why, "why");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
  for (uint32_t i = 1; i < p->work->set->n_nodes && !p->out.failed; i++)
    if (p->work->set->nodes[i]->presence[tier] != ARI_NOT_THERE) put_row(p, agency, p->work->set->nodes[i], &claims[i]);
  ari_page_put(p, "</tbody></table></div>\n</section>\n");
}

/* ---- what is missing ---- */

static void begin_table(ari_page *p, ari_word second, ari_word third) {
  ari_page_put(p, "<div class=\"scroll\"><table class=\"files\">\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_criterion, "");
  ari_page_head_cell(p, second, "");
  ari_page_head_cell(p, third, "");
  ari_page_put(p, "</tr></thead>\n<tbody>\n");
}

static void put_missing(ari_page *p, const ari_own_sheet *s) {
  ari_missing_row row;
  put_heading(p, ARI_WORD_own_missing);
  if (!s->n_missing) {
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_own_complete);
    ari_page_put(p, "</p>\n");
    return;
  }
  begin_table(p, ARI_WORD_own_input, ARI_WORD_own_column);
  for (size_t i = 0; i < s->n_missing && ari_missing_at(p->work, i, &row) == ARI_OK; i++) {
    put_criterion(p, row.criterion, row.title);
    ari_page_put(p, "<td>");
    if (row.needed) {
      ari_page_word(p, ARI_WORD_documents);
      ari_buf_printf(&p->out.buf, ": %s %d, %s %d", ari_page_say(p, ARI_WORD_documents_needed), row.needed, ari_page_say(p, ARI_WORD_documents_named), row.given);
    } else ari_page_c(p, row.input_title);
    if (row.of_previous) {
      ari_page_put(p, " – ");
      ari_page_word(p, ARI_WORD_own_last_period);
    }
    ari_page_put(p, "</td>");
    put_cell(p, *row.place.words ? row.place.words : row.needed ? ari_page_say(p, ARI_WORD_own_documents_in) : row.of_previous ? ari_page_say(p, ARI_WORD_own_previous_in) : row.column);
    ari_page_put(p, "</tr>\n");
  }
  ari_page_put(p, "</tbody></table></div>\n");
}

static void put_pending(ari_page *p, const ari_own_sheet *s) {
  ari_awaited_row row;
  if (!s->n_awaited) return;
  put_heading(p, ARI_WORD_own_pending);
  begin_table(p, ARI_WORD_own_input, ARI_WORD_own_supplied_by);
  for (size_t i = 0; i < s->n_awaited && ari_awaited_at(p->work, i, &row) == ARI_OK; i++) {
    put_criterion(p, row.criterion, row.title);
    put_cell(p, *row.input_title ? row.input_title : "–");
    put_cell(p, row.source_text);
    ari_page_put(p, "</tr>\n");
  }
  ari_page_put(p, "</tbody></table></div>\n");
}

/* ---- documents ---- */

/* "12/KH-SNV, 15/01/2026, Kế hoạch" */
static void put_name(ari_page *p, const ari_document_row *row) {
  const char *parts[] = {row->number, row->date_text, row->title};
  bool any = false;
  for (size_t i = 0; i < ARI_COUNT(parts); i++) {
    if (!*parts[i]) continue;
    if (any) ari_page_put(p, ", ");
    ari_page_c(p, parts[i]);
    any = true;
  }
}

static void put_state(ari_page *p, const ari_document_row *row) {
  ari_document_row first;
  ari_page_put(p, "<td>");
  ari_page_c(p, row->state_text);
  if (row->same_as && ari_document_at(p->work, row->same_as - 1, &first) == ARI_OK) {
    bool same = strcmp(first.file, row->file) == 0;
    ari_page_put(p, "; ");
    ari_page_word(p, same ? ARI_WORD_own_same_file : ARI_WORD_own_same_contents);
    ari_page_put(p, " ");
    ari_page_c(p, same ? first.criterion : first.file);
  }
  ari_page_put(p, "</td>");
}

static void put_documents(ari_page *p, const ari_own_sheet *s) {
  ari_document_row row;
  put_heading(p, ARI_WORD_documents);
  if (!s->n_documents) {
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_own_no_documents);
    ari_page_put(p, "</p>\n");
    return;
  }
  ari_page_put(p, "<div class=\"scroll\"><table class=\"files\">\n<thead><tr>");
  ari_page_head_cell(p, ARI_WORD_criterion, "");
  ari_page_head_cell(p, ARI_WORD_own_number, "");
  ari_page_head_cell(p, ARI_WORD_file, "");
  ari_page_head_cell(p, ARI_WORD_state, "");
  ari_page_put(p, "<th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < s->n_documents && ari_document_at(p->work, i, &row) == ARI_OK; i++) {
    put_criterion(p, *row.criterion ? row.criterion : "–", row.criterion_title);
    ari_page_put(p, "<td>");
    put_name(p, &row);
    ari_page_put(p, "</td>");
    put_cell(p, row.file);
    put_state(p, &row);
    ari_page_put(p, "<td><code>");
    ari_page_c(p, row.sha256);
    ari_page_put(p, "</code></td></tr>\n");
  }
  ari_page_put(p, "</tbody></table></div>\n");
}

/* ---- fingerprint and signature ---- */

/* Names without their folders: the same sheet wherever it is made. */
static void put_files(ari_page *p, size_t agency) {
  ari_work *work = p->work;
  for (size_t i = 0; i < work->n_files; i++) {
    ari_source *source = &work->sources.items[work->files[i].source];
    if (!ari_work_is_own_file(work, agency, work->files[i].source)) continue;
    size_t from = source->name.n;
    while (from && source->name.p[from - 1] != '/') from--;
    ari_page_put(p, "<p>");
    ari_page_word(p, ARI_WORD_own_evidence_file);
    ari_page_put(p, " ");
    ari_page_text(p, ari_str_sub(source->name, from, source->name.n));
    ari_page_put(p, ": <code class=\"print\">");
    ari_page_c(p, ari_source_sha256(source));
    ari_page_put(p, "</code></p>\n");
  }
}

static void put_fingerprint(ari_page *p, size_t agency, const ari_own_sheet *s) {
  const ari_set *set = p->work->set;
  put_heading(p, ARI_WORD_own_fingerprint);
  ari_page_put(p, "<p><code class=\"print\">");
  ari_page_c(p, s->fingerprint);
  ari_page_put(p, "</code></p>\n<p class=\"soft\">");
  ari_page_word(p, ARI_WORD_own_fingerprint_says);
  ari_page_put(p, "</p>\n<p>");
  ari_page_word(p, ARI_WORD_set);
  ari_page_put(p, " ");
  ari_page_text(p, set->id);
  ari_page_put(p, " ");
  ari_page_word(p, ARI_WORD_version);
  ari_page_put(p, " ");
  ari_page_text(p, set->version);
  ari_page_put(p, ": <code class=\"print\">");
  ari_page_c(p, ari_source_sha256(&p->work->sources.items[set->file]));
  ari_page_put(p, "</code></p>\n");
  put_files(p, agency);
}

static void put_signer(ari_page *p, const char *place, ari_word who, ari_word how) {
  ari_page_put(p, "<div><p>");
  ari_page_put(p, *place ? place : "&nbsp;");
  ari_page_put(p, "</p><b>");
  ari_page_word(p, who);
  ari_page_put(p, "</b><span class=\"soft\">");
  ari_page_word(p, how);
  ari_page_put(p, "</span></div>\n");
}

static void put_signatures(ari_page *p) {
  ari_page_put(p, "<div class=\"sign\">\n");
  put_signer(p, "", ARI_WORD_own_prepared, ARI_WORD_own_signature);
  put_signer(p, ari_page_say(p, ARI_WORD_own_place_date), ARI_WORD_own_head, ARI_WORD_own_seal);
  ari_page_put(p, "</div>\n");
}

/* ---- the sheet ---- */

static void put_agency(ari_page *p, const ari_agency *a) {
  const ari_set *set = p->work->set;
  ari_page_put(p, "<main>\n<section>\n<h2>");
  ari_page_title(p, a->name);
  ari_page_put(p, " <span class=\"soft\">");
  ari_page_text(p, a->id);
  ari_page_put(p, "</span></h2>\n<p>");
  ari_page_text(p, ari_group_title(set, a->group, p->lang));
  if (set->n_tiers > 1) {
    ari_page_put(p, " · ");
    ari_page_word(p, ARI_WORD_tier);
    ari_page_put(p, ": ");
    ari_page_title(p, set->tiers[a->tier_index].title);
  }
  ari_page_put(p, "</p>\n");
}

ari_status ari_report_own_sheet(ari_work *work, ari_sink to) {
  ari_own_sheet s;
  ari_standing claimed;
  ari_status status = ari_own_sheet_of(work, &s);
  int64_t agency = status == ARI_OK ? ari_work_find_agency(work, s.agency, NULL) : -1;
  if (agency < 0) return work->failed ? ARI_NOMEM : ARI_MISUSE;
  ari_figure *claims = ari_arena_array(&work->arena, work->set->n_nodes, sizeof *claims);
  if (!claims) return ARI_NOMEM;
  memset(claims, 0, work->set->n_nodes * sizeof *claims);
  status = ari_score_claims(work->evidence, work->result, (size_t)agency, claims, &claimed);
  if (status != ARI_OK) return status;
  const ari_agency *a = &work->evidence->agencies->items[agency];
  ari_page page = {.work = work, .alone = a, .own = true, .out = {.sink = to}, .lang = work->options.lang, .how = ari_locale_of(work->options.lang)};
  ari_page_head(&page);
  put_agency(&page, a);
  put_whole(&page, (size_t)agency, &s, &claimed);
  ari_page_put(&page, "</section>\n");
  if (s.state != ARI_ABSENT && s.state != ARI_INVALID) put_criteria(&page, (size_t)agency, claims);
  ari_page_put(&page, "<section>\n");
  put_missing(&page, &s);
  put_pending(&page, &s);
  put_documents(&page, &s);
  ari_page_put(&page, "</section>\n<section class=\"close\">\n");   /* on one page */
  put_fingerprint(&page, (size_t)agency, &s);
  put_signatures(&page);
  ari_page_put(&page, "</section>\n");
  ari_page_end(&page);
  status = ari_out_close(&page.out);
  return page.status != ARI_OK ? page.status : status;
}
