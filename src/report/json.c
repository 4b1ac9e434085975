/* The same tables as JSON, and results.json: everything of one computation for other programs. Figures are JSON numbers in shortest form. */
#include "inside.h"

static void put_key(ari_buf *b, const char *key, bool *first) {
  if (!*first) ari_buf_char(b, ',');
  *first = false;
  ari_buf_char(b, '"');
  ari_buf_text(b, key);
  ari_buf_text(b, "\":");
}

static void put_text(ari_buf *b, const char *key, const char *value, bool *first) {
  put_key(b, key, first);
  ari_buf_json(b, ari_str_of(value));
}

static void put_str(ari_buf *b, const char *key, ari_str value, bool *first) {
  put_key(b, key, first);
  ari_buf_json(b, value);
}

/* A figure, or null: a blank is never zero. */
static void put_figure(ari_buf *b, const char *key, bool there, int64_t e12, bool *first) {
  put_key(b, key, first);
  if (there) ari_buf_e12(b, e12, -1, ARI_AS_DATA);
  else ari_buf_text(b, "null");
}

static void put_ranking_row(ari_buf *b, const ari_ranking_row *row) {
  bool first = true;
  ari_buf_char(b, '{');
  put_key(b, "rank", &first);
  if (row->rank) ari_buf_int(b, row->rank);
  else ari_buf_text(b, "null");
  put_text(b, "agency", row->agency, &first);
  put_text(b, "name", row->name, &first);
  put_text(b, "group", row->group, &first);
  put_figure(b, "points", row->has_points, row->points, &first);
  put_figure(b, "max", row->has_max, row->max, &first);
  put_figure(b, "index", row->has_points, row->index, &first);
  put_text(b, "grade", row->grade, &first);
  put_text(b, "state", ari_agency_state_name(row->state), &first);
  put_figure(b, "low", row->has_range, row->low, &first);
  put_figure(b, "high", row->has_range, row->high, &first);
  put_figure(b, "low_index", row->has_range, row->low_index, &first);
  put_figure(b, "high_index", row->has_range, row->high_index, &first);
  ari_buf_char(b, '}');
}

static void put_score_row(ari_buf *b, const ari_score_row *row) {
  bool first = true;
  ari_buf_char(b, '{');
  put_text(b, "agency", row->agency, &first);
  put_text(b, "criterion", row->criterion, &first);
  put_key(b, "level", &first);
  ari_buf_int(b, row->level);
  put_text(b, "state", row->state, &first);
  put_figure(b, "max", row->has_max, row->max, &first);
  put_figure(b, "points", row->has_points, row->points, &first);
  put_figure(b, "claimed", row->has_claimed, row->claimed, &first);
  ari_buf_char(b, '}');
}

/* All rows as the items of an array, one a line. */
static ari_status put_ranking(ari_work *work, ari_out *out) {
  ari_ranking_row row;
  for (size_t i = 0; i < ari_ranking_count(work) && !out->failed; i++) {
    ari_status status = ari_ranking_at(work, i, &row);
    if (status != ARI_OK) return status;
    ari_buf_text(&out->buf, i ? ",\n" : "\n");
    put_ranking_row(&out->buf, &row);
    ari_out_flush_if_full(out);
  }
  return ARI_OK;
}

static ari_status put_scores(ari_work *work, ari_out *out) {
  ari_score_row row;
  size_t n = ari_score_count(work);
  for (size_t i = 0; i < n && !out->failed; i++) {
    ari_status status = ari_score_at(work, i, &row);
    if (status != ARI_OK) return status;
    ari_buf_text(&out->buf, i ? ",\n" : "\n");
    put_score_row(&out->buf, &row);
    ari_out_flush_if_full(out);
  }
  return ARI_OK;
}

static ari_status finish(ari_out *out, ari_status status) {
  if (status != ARI_OK) {
    ari_buf_free(&out->buf);
    return status;
  }
  return ari_out_close(out);
}

ari_status ari_write_ranking_json(ari_work *work, ari_sink to) {
  ari_out out = {.sink = to};
  ari_out_text(&out, "[");
  ari_status status = put_ranking(work, &out);
  if (status == ARI_OK) ari_out_text(&out, "\n]\n");
  return finish(&out, status);
}

ari_status ari_write_scores_json(ari_work *work, ari_sink to) {
  ari_out out = {.sink = to};
  ari_out_text(&out, "[");
  ari_status status = put_scores(work, &out);
  if (status == ARI_OK) ari_out_text(&out, "\n]\n");
  return finish(&out, status);
}

static void put_title(ari_buf *b, const char *key, ari_title title, bool *first) {
  bool inner = true;
  put_key(b, key, first);
  ari_buf_char(b, '{');
  put_str(b, "vi", ari_title_in(title, ARI_VI), &inner);
  put_str(b, "en", ari_title_in(title, ARI_EN), &inner);
  ari_buf_char(b, '}');
}

/* A number, or where there are several tiers one for each; null: the node is not there. */
static void put_maxima(ari_buf *b, const ari_set *set, const ari_node *node, bool *first) {
  if (set->n_tiers == 1) {
    put_figure(b, "max", true, node->max_e12[0], first);
    return;
  }
  bool inner = true;
  put_key(b, "max", first);
  ari_buf_char(b, '{');
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    if (!inner) ari_buf_char(b, ',');
    inner = false;
    ari_buf_json(b, set->tiers[t].id);
    ari_buf_char(b, ':');
    if (node->presence[t] == ARI_NOT_THERE) ari_buf_text(b, "null");
    else ari_buf_e12(b, node->max_e12[t], -1, ARI_AS_DATA);
  }
  ari_buf_char(b, '}');
}

static void put_tiers(ari_buf *b, const ari_set *set, bool *first) {
  if (set->n_tiers == 1) return;
  put_key(b, "tiers", first);
  ari_buf_char(b, '[');
  for (uint32_t t = 0; t < set->n_tiers; t++) {
    bool inner = true;
    ari_buf_text(b, t ? ",{" : "{");
    put_str(b, "id", set->tiers[t].id, &inner);
    put_title(b, "title", set->tiers[t].title, &inner);
    ari_buf_char(b, '}');
  }
  ari_buf_char(b, ']');
}

static void put_set(const ari_work *work, ari_buf *b) {
  const ari_set *set = work->set;
  bool first = true;
  ari_buf_char(b, '{');
  put_str(b, "id", set->id, &first);
  put_str(b, "version", set->version, &first);
  put_text(b, "sha256", ari_source_sha256(&work->sources.items[set->file]), &first);
  put_title(b, "title", set->title, &first);
  put_tiers(b, set, &first);
  put_key(b, "nodes", &first);
  ari_buf_char(b, '[');
  for (uint32_t i = 0; i < set->n_nodes; i++) {
    const ari_node *node = set->nodes[i];
    bool inner = true;
    ari_buf_text(b, i ? ",\n{" : "\n{");
    put_str(b, "id", node->id, &inner);
    put_key(b, "level", &inner);
    ari_buf_int(b, node->level);
    put_maxima(b, set, node, &inner);
    put_title(b, "title", node->title, &inner);
    if (node->rule && node->rule->compares) put_text(b, "cohort", ari_cohort_words[node->cohort.value], &inner);
    ari_buf_char(b, '}');
  }
  ari_buf_text(b, "]}");
}

/* What the figures were computed from, so that another can be sure to have the same. */
static void put_files(const ari_work *work, ari_buf *b) {
  ari_buf_char(b, '[');
  for (size_t i = 0; i < work->n_files; i++) {
    ari_source *source = &work->sources.items[work->files[i].source];
    bool first = true;
    ari_buf_text(b, i ? ",\n{" : "\n{");
    put_text(b, "kind", ari_file_kind_name(work->files[i].kind), &first);
    put_str(b, "name", source->name, &first);
    put_text(b, "sha256", ari_source_sha256(source), &first);
    ari_buf_char(b, '}');
  }
  ari_buf_char(b, ']');
}

/* The round that the figures are of, and the end of its log: figures of an open round may still change. */
static void put_round(const ari_work *work, ari_buf *b, bool *first) {
  ari_round_info round;
  if (!ari_report_round(work, &round)) return;
  bool inner = true;
  put_key(b, "round", first);
  ari_buf_char(b, '{');
  put_text(b, "id", round.id, &inner);
  put_text(b, "state", round.state, &inner);
  put_text(b, "head", round.head, &inner);
  ari_buf_char(b, '}');
}

ari_status ari_report_json(ari_work *work, ari_sink to) {
  ari_out out = {.sink = to};
  bool first = true;
  ari_buf *b = &out.buf;
  ari_buf_char(b, '{');
  put_text(b, "ari", "results/1", &first);
  put_text(b, "engine", ARI_VERSION, &first);
  put_key(b, "period", &first);
  ari_buf_char(b, '"');
  ari_buf_period(b, work->period);
  ari_buf_char(b, '"');
  put_text(b, "stage", ari_stage_name(ari_work_stage(work)), &first);
  put_round(work, b, &first);
  put_key(b, "set", &first);
  put_set(work, b);
  ari_buf_char(b, '\n');
  put_key(b, "files", &first);
  put_files(work, b);
  ari_buf_char(b, '\n');
  put_key(b, "ranking", &first);
  ari_buf_char(b, '[');
  ari_status status = put_ranking(work, &out);
  if (status == ARI_OK) {
    ari_buf_text(b, "],\n\"scores\":[");
    status = put_scores(work, &out);
  }
  if (status == ARI_OK) ari_out_text(&out, "]}\n");
  return finish(&out, status);
}
