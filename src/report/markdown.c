/* The ranking as Markdown (CommonMark with GitHub's tables), for the annex of a decision: title, basis, a table for each group, grades, and what the
 * figures were computed from. Numbers and dates are written as the language writes them. */
#include "inside.h"

#include <string.h>

typedef struct text { ari_work *work; ari_out out; ari_lang lang; ari_locale how; } text;

static void put(text *t, const char *markdown) { ari_out_text(&t->out, markdown); }

/* User text: none of its characters is markup. Lines begin with words of ours, so what is markup at their start only needs no escape; addresses are no
 * links. */
static void put_user(text *t, ari_str s) {
  static const char markup[] = "\\`*_[]#|~$";
  ari_buf shown = {0}, *b = &t->out.buf;
  ari_buf_visible(&shown, s);
  for (size_t i = 0; i < shown.n; i++) {
    char c = shown.p[i];
    bool address = (c == ':' && i + 1 < shown.n && shown.p[i + 1] == '/') || (c == '.' && i >= 3 && memcmp(shown.p + i - 3, "www", 3) == 0);
    if (c == '<') ari_buf_text(b, "&lt;");
    else if (c == '>') ari_buf_text(b, "&gt;");
    else if (c == '&') ari_buf_text(b, "&amp;");
    else {
      if (address || memchr(markup, c, sizeof markup - 1)) ari_buf_char(b, '\\');
      ari_buf_char(b, c);
    }
  }
  if (shown.failed) b->failed = true;
  ari_buf_free(&shown);
  ari_out_flush_if_full(&t->out);
}

static void put_words(text *t, const char *s) { put_user(t, ari_str_of(s)); }
static void put_word(text *t, ari_word w) { put_words(t, ari_word_text(w, t->lang)); }
static void put_title(text *t, ari_title title) { put_user(t, ari_title_of(t->work, title)); }
static void put_figure(text *t, int64_t e12, int decimals) { ari_buf_e12(&t->out.buf, e12, decimals, t->how); }
static void put_int(text *t, int64_t n) { ari_buf_count(&t->out.buf, n, t->how); }

/* With the state of a round that is open and the stage, for such figures may still change. */
static void put_period(text *t) {
  ari_buf period = {0};
  ari_chart_put_period(&period, t->work, " – ");
  put_user(t, ari_buf_view(&period));
  if (period.failed) t->out.buf.failed = true;
  ari_buf_free(&period);
}

static void put_head(text *t) {
  const ari_set *set = t->work->set;
  put(t, "# ");
  put_title(t, set->title);
  put(t, "\n\n");
  put_word(t, ARI_WORD_report_title);
  put(t, ", ");
  put_period(t);
  put(t, "\n");
  for (uint32_t i = 0; i < set->n_basis; i++) {
    put(t, "\n");
    put_word(t, ARI_WORD_basis);
    put(t, ": ");
    put_title(t, set->basis[i].name);
    if (set->basis[i].has_day) {
      put(t, ", ");
      ari_buf_date(&t->out.buf, set->basis[i].day, t->how);
    }
    put(t, "\n");
  }
}

/* ---- the ranking ---- */

static void put_column(text *t, ari_word w) {
  put(t, " ");
  put_word(t, w);
  put(t, " |");
}

typedef struct columns { bool group, grade, range, state; } columns;

static columns find_columns(const text *t) {
  const ari_result *r = t->work->result;
  columns c = {.group = ari_ranks_across_groups(t->work), .grade = t->work->set->n_grades > 0};
  for (size_t i = 0; i < r->n_agencies; i++) {
    c.range = c.range || r->standings[i].state == ARI_PROVISIONAL;
    c.state = c.state || r->standings[i].state != ARI_FINAL;
  }
  return c;
}

static void start_table(text *t, columns with) {
  put(t, "|");
  put_column(t, ARI_WORD_rank);
  put_column(t, ARI_WORD_id);
  put_column(t, ARI_WORD_agency);
  if (with.group) put_column(t, ARI_WORD_group);
  put_column(t, ARI_WORD_points);
  if (with.range) put_column(t, ARI_WORD_from_to);
  put_column(t, ARI_WORD_max);
  put_column(t, ARI_WORD_index);
  if (with.grade) put_column(t, ARI_WORD_grade);
  if (with.state) put_column(t, ARI_WORD_state);
  put(t, "\n|---:|:---|:---|");
  put(t, with.group ? ":---|" : "");
  put(t, with.range ? "---:|---:|---:|---:|" : "---:|---:|---:|");
  put(t, with.grade ? ":---|" : "");
  put(t, with.state ? ":---|\n" : "\n");
}

static void put_figure_cell(text *t, bool there, int64_t e12, int decimals) {
  put(t, " ");
  if (there) put_figure(t, e12, decimals);
  else put(t, "–");
  put(t, " |");
}

static void put_text_cell(text *t, const char *s) {
  put(t, " ");
  put_words(t, s);
  put(t, *s ? " |" : "|");
}

static void put_row(text *t, const ari_ranking_row *row, columns with) {
  int total = ari_chart_decimals(ari_decimals_total(t->work));
  put(t, "| ");
  if (row->rank) ari_buf_printf(&t->out.buf, "%s%d", row->tied ? "=" : "", row->rank);
  else put(t, "–");
  put(t, " |");
  put_text_cell(t, row->agency);
  put_text_cell(t, row->name);
  if (with.group) put_text_cell(t, row->group_title);
  put_figure_cell(t, row->has_points, row->points, total);
  if (with.range && row->state == ARI_PROVISIONAL) {
    put(t, " ");
    put_figure(t, row->low, total);
    put(t, " – ");
    put_figure(t, row->high, total);
    put(t, " |");
  } else if (with.range) put(t, " |");
  put_figure_cell(t, row->has_max, row->max, -1);
  put_figure_cell(t, row->has_points, row->index, ari_decimals_index(t->work));
  if (with.grade) put_text_cell(t, row->grade_title);
  if (with.state) put_text_cell(t, row->state == ARI_FINAL ? "" : ari_agency_state_text_at(ari_work_stage(t->work), row->state, t->lang));
  put(t, "\n");
}

/* A table for each group or tier; one for all when ranks go across groups. */
static ari_status put_ranking(text *t) {
  columns with = find_columns(t);
  ari_ranking_row row;
  size_t block = 0;
  put(t, "\n## ");
  put_word(t, ARI_WORD_ranking);
  put(t, "\n");
  for (size_t i = 0; i < ari_ranking_count(t->work) && !t->out.failed; i++) {
    ari_status status = ari_ranking_shown(t->work, i, &row);
    if (status != ARI_OK) return status;
    if (i == 0 || row.block != block) {
      if (*row.block_title) {
        put(t, "\n### ");
        put_words(t, row.block_title);
        put(t, "\n");
      }
      put(t, "\n");
      start_table(t, with);
      block = row.block;
    }
    put_row(t, &row, with);
  }
  return ARI_OK;
}

/* ---- what stands below it ---- */

static void put_grades(text *t) {
  const ari_set *set = t->work->set;
  const ari_result *r = t->work->result;
  if (set->n_grades == 0) return;
  put(t, "\n## ");
  put_word(t, set->grades_on_points ? ARI_WORD_grades_by_points : ARI_WORD_grades_by_index);
  put(t, "\n\n|");
  put_column(t, ARI_WORD_grade);
  put_column(t, ARI_WORD_from_figure);
  put_column(t, ARI_WORD_agencies_number);
  put(t, "\n|:---|---:|---:|\n");
  for (uint32_t g = 0; g < set->n_grades; g++) {
    int64_t n = 0;
    for (size_t i = 0; i < r->n_agencies; i++) n += r->standings[i].grade == (int)g;
    put(t, "| ");
    put_title(t, set->grades[g].title);
    put(t, " | ");
    put_figure(t, set->grades[g].from_e12, -1);
    put(t, " | ");
    put_int(t, n);
    put(t, " |\n");
  }
}

static void put_round(text *t) {
  ari_buf round = {0};
  ari_report_put_round(&round, t->work);
  put_user(t, ari_buf_view(&round));
  put(t, "\n\n");
  if (round.failed) t->out.buf.failed = true;
  ari_buf_free(&round);
}

static void put_origin(text *t) {
  const ari_work *work = t->work;
  put(t, "\n");
  put_word(t, ARI_WORD_set);
  put(t, " ");
  put_user(t, work->set->id);
  put(t, ", ");
  put_word(t, ARI_WORD_version);
  put(t, " ");
  put_user(t, work->set->version);
  put(t, ". ");
  put_word(t, ARI_WORD_made_by);
  put(t, " " ARI_VERSION ", ");
  put_word(t, ARI_WORD_made_on);
  put(t, " ");
  ari_buf_date(&t->out.buf, (int32_t)(work->options.now / 86400), t->how);
  put(t, ".\n\n");
  put_round(t);
  put_word(t, ARI_WORD_files);
  put(t, ":\n\n");
  for (size_t i = 0; i < work->n_files; i++) {
    ari_source *source = &t->work->sources.items[work->files[i].source];
    put(t, "- SHA-256 `");
    put(t, ari_source_sha256(source));
    put(t, "` ");
    put_user(t, ari_report_file_name(work, i));
    put(t, "\n");
  }
}

ari_status ari_report_markdown(ari_work *work, ari_sink to) {
  text t = {.work = work, .out = {.sink = to}, .lang = work->options.lang, .how = ari_locale_of(work->options.lang)};
  put_head(&t);
  ari_status status = put_ranking(&t);
  put_grades(&t);
  put_origin(&t);
  ari_status closed = ari_out_close(&t.out);
  return status != ARI_OK ? status : closed;
}
