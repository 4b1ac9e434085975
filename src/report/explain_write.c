/* explain as text for a terminal and as JSON: who and what was asked for, and the lines of explain.c. */
#include "inside.h"

/* The agency asked for by id, and the nodes: one, or all (node -1). ARI_MISUSE with the nearest name otherwise. */
typedef struct question { size_t agency; int32_t node; } question;

static ari_status find_question(ari_work *work, const char *agency, const char *criterion, question *out, const char **nearest) {
  const char *ignored;
  if (!nearest) nearest = &ignored;
  *nearest = NULL;
  if (!work->result) return ARI_MISUSE;
  ari_str id;
  int64_t at = ari_work_find_agency(work, agency, nearest);
  if (at < 0) return work->failed ? ARI_NOMEM : ARI_MISUSE;
  *out = (question){(size_t)at, -1};
  if (!criterion) return ARI_OK;
  if (!ari_utf8_nfc(&work->arena, ari_str_of(criterion), &id)) return ARI_NOMEM;
  const ari_node *node = ari_set_node(work->set, id);
  if (!node) {
    ari_str near = ari_set_nearest_node(work->set, id);
    *nearest = near.n ? ari_str_cstring(&work->arena, near) : NULL;
    return ARI_MISUSE;
  }
  out->node = node->index;
  return ARI_OK;
}

/* How many nodes an agency has to tell: without figures only the total. */
static int32_t nodes_of(const ari_work *work, size_t agency) {
  ari_agency_state state = work->result->standings[agency].state;
  return state == ARI_ABSENT || state == ARI_INVALID ? 1 : (int32_t)work->set->n_nodes;
}

/* User text that stands in a terminal shows its control and bidi characters. */
static void put_text_lines(ari_buf *b, const ari_lines *lines) {
  for (size_t i = 0; i < lines->n; i++) {
    const ari_line *line = &lines->items[i];
    if (line->kind == ARI_LINE_TITLE && i > 0) ari_buf_char(b, '\n');
    for (int d = line->kind == ARI_LINE_TITLE ? 0 : line->depth + 1; d > 0; d--) ari_buf_text(b, "  ");
    if (line->label.n) {
      ari_buf_str(b, line->label);
      ari_buf_text(b, line->text.n ? ": " : ":");
    }
    ari_buf_visible(b, line->text);
    ari_buf_char(b, '\n');
  }
}

static void put_json_lines(ari_buf *b, const ari_lines *lines) {
  static const char *const kinds[] = {[ARI_LINE_TITLE] = "title", [ARI_LINE_FACT] = "fact", [ARI_LINE_WORDS] = "words", [ARI_LINE_FORMULA] = "rule", [ARI_LINE_STEP] = "step",
                                      [ARI_LINE_RESULT] = "result", [ARI_LINE_PLACE] = "place", [ARI_LINE_TEXT] = "text"};
  for (size_t i = 0; i < lines->n; i++) {
    const ari_line *line = &lines->items[i];
    ari_buf_printf(b, "%s{\"kind\":\"%s\",\"depth\":%d,\"label\":", i ? ",\n" : "\n", kinds[line->kind], line->depth);
    ari_buf_json(b, line->label);
    ari_buf_text(b, ",\"text\":");
    ari_buf_json(b, line->text);
    ari_buf_char(b, '}');
  }
}

static void put_agency_head(ari_work *work, size_t agency, ari_buf *b) {
  const ari_agency *a = &work->evidence->agencies->items[agency];
  ari_buf_visible(b, a->id);
  ari_buf_text(b, "  ");
  ari_buf_visible(b, ari_title_of(work, a->name));
  if (work->set->n_tiers > 1) {
    ari_buf_printf(b, " – %s: ", ari_word_text(ARI_WORD_tier, work->options.lang));
    ari_buf_visible(b, ari_title_of(work, work->set->tiers[a->tier_index].title));
  }
  ari_buf_text(b, "\n");
  ari_buf_visible(b, ari_title_of(work, work->set->title));
  ari_buf_printf(b, " – %s\n\n", ari_period_text(work));
}

static ari_status write_node(ari_work *work, question q, int32_t node, bool json, bool first, ari_out *out) {
  ari_lines lines = {0};
  ari_status status = ari_explain_node(work, q.agency, node, false, &lines);
  if (status == ARI_OK && q.node >= 0 && nodes_of(work, q.agency) > 1) status = ari_explain_settings(work, q.agency, node, &lines);
  ari_buf *b = &out->buf;
  if (status == ARI_OK && json) {
    ari_buf_text(b, first ? "\n{\"criterion\":" : ",\n{\"criterion\":");
    ari_buf_json(b, work->set->nodes[node]->id);
    ari_buf_text(b, ",\"lines\":[");
    put_json_lines(b, &lines);
    ari_buf_text(b, "]}");
  } else if (status == ARI_OK) {
    if (!first) ari_buf_char(b, '\n');
    put_text_lines(b, &lines);
  }
  ari_lines_free(&lines);
  ari_out_flush_if_full(out);
  return status;
}

static ari_status write_answer(ari_work *work, const char *agency, const char *criterion, bool json, ari_sink to, const char **nearest) {
  question q;
  ari_status status = find_question(work, agency, criterion, &q, nearest);
  if (status != ARI_OK) return status;
  ari_out out = {.sink = to};
  if (json) {
    ari_buf_text(&out.buf, "{\"agency\":");
    ari_buf_json(&out.buf, work->evidence->agencies->items[q.agency].id);
    ari_buf_text(&out.buf, ",\"criteria\":[");
  } else put_agency_head(work, q.agency, &out.buf);
  int32_t n = nodes_of(work, q.agency);
  uint32_t tier = work->evidence->agencies->items[q.agency].tier_index;
  if (q.node >= n) q.node = 0; /* absent: all there is to say stands at the total */
  for (int32_t i = 0; i < n && status == ARI_OK; i++)
    if (q.node == i || (q.node < 0 && work->set->nodes[i]->presence[tier] != ARI_NOT_THERE)) status = write_node(work, q, i, json, q.node == i || i == 0, &out);
  if (json) ari_buf_text(&out.buf, "]}\n");
  if (status != ARI_OK) {
    ari_buf_free(&out.buf);
    return status;
  }
  return ari_out_close(&out);
}

ari_status ari_write_explain(ari_work *work, const char *agency, const char *criterion, ari_sink to, const char **nearest) {
  return write_answer(work, agency, criterion, false, to, nearest);
}

ari_status ari_write_explain_json(ari_work *work, const char *agency, const char *criterion, ari_sink to, const char **nearest) {
  return write_answer(work, agency, criterion, true, to, nearest);
}
