/* ari compare: two rounds side by side. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

/* "+1,5": what became more or less; nothing where one side is blank. */
static const char *change_text(const cli *c, bool both, int64_t before, int64_t after, int decimals, char out[64]) {
  char text[48];
  if (!both) return "";
  snprintf(out, 64, "%s%s", after > before ? "+" : "", ari_figure_text(after - before, decimals, ari_locale_of(c->options.lang), text));
  return out;
}

static void add_figures(const cli *c, cli_table *t, bool has[2], const int64_t figures[2], int decimals) {
  char text[64];
  ari_locale how = ari_locale_of(c->options.lang);
  for (int i = 0; i < 2; i++) cli_table_cell(t, has[i] ? ari_figure_text(figures[i], decimals, how, text) : "–");
  cli_table_cell(t, change_text(c, has[0] && has[1], figures[0], figures[1], decimals, text));
}

static void put_rank(char *to, size_t room, const ari_compared *side) {
  snprintf(to, room, side->rank ? "%s%d" : "–", side->tied ? "=" : "", side->rank);
}

static void add_total(const cli *c, cli_table *t, const ari_work *work, const ari_compare_row *row) {
  char ids[256], from[16], to[16], ranks[40];
  bool has[2] = {row->before.has_points, row->after.has_points};
  const int64_t points[2] = {row->before.points, row->after.points}, indexes[2] = {row->before.index, row->after.index};
  const ari_compared *named = *row->after.agency ? &row->after : &row->before;
  bool same = strcmp(row->before.agency, row->after.agency) == 0;
  snprintf(ids, sizeof ids, same ? "%.0s%s" : "%s → %s", *row->before.agency ? row->before.agency : "–", *row->after.agency ? row->after.agency : "–");
  cli_table_cell(t, ids);
  cli_table_cell(t, named->name);
  add_figures(c, t, has, points, ari_decimals_total(work));
  add_figures(c, t, has, indexes, ari_decimals_index(work));
  put_rank(from, sizeof from, &row->before);
  put_rank(to, sizeof to, &row->after);
  snprintf(ranks, sizeof ranks, "%s → %s", from, to);
  cli_table_cell(t, ranks);
}

static void start_totals(const cli *c, cli_table *t) {
  cli_table_start(t, "llrrrrrrl");
  cli_table_cell(t, cli_say(c, "Mã", "Id"));
  cli_table_cell(t, cli_say(c, "Cơ quan", "Agency"));
  cli_table_cell(t, cli_say(c, "Điểm trước", "Points before"));
  cli_table_cell(t, cli_say(c, "Điểm", "Points"));
  cli_table_cell(t, "±");
  cli_table_cell(t, cli_say(c, "Chỉ số trước", "Index before"));
  cli_table_cell(t, cli_say(c, "Chỉ số (%)", "Index (%)"));
  cli_table_cell(t, "±");
  cli_table_cell(t, cli_say(c, "Hạng", "Rank"));
}

static ari_status print_totals(const cli *c, ari_work *work) {
  ari_compare_row row;
  cli_table t;
  putchar('\n');
  start_totals(c, &t);
  for (size_t i = 0; ari_compare_at(work, i, &row) == ARI_OK; i++)
    if (row.level == 0) add_total(c, &t, work, &row);
  return cli_table_print(&t, "  ");
}

static bool is_asked(const cli *c, const ari_compare_row *row) {
  return strcmp(row->after.agency, c->agency) == 0 || strcmp(row->before.agency, c->agency) == 0;
}

/* One agency, criterion by criterion; beside each of those whose place it took. */
static ari_status print_criteria(const cli *c, ari_work *work, bool *found) {
  ari_compare_row row;
  cli_table t;
  ari_status status = ARI_OK;
  for (size_t i = 0; ari_compare_at(work, i, &row) == ARI_OK && status == ARI_OK; i++) {
    if (!is_asked(c, &row)) continue;
    if (row.level == 0) {
      if (*found) status = cli_table_print(&t, "  ");
      printf("\n%s → %s\n", *row.before.agency ? row.before.agency : "–", *row.after.agency ? row.after.agency : "–");
      cli_table_start(&t, "llrrrl");
      cli_table_cell(&t, cli_say(c, "Tiêu chí", "Criterion"));
      cli_table_cell(&t, cli_say(c, "Tên", "Title"));
      cli_table_cell(&t, cli_say(c, "Điểm trước", "Points before"));
      cli_table_cell(&t, cli_say(c, "Điểm", "Points"));
      cli_table_cell(&t, "±");
      cli_table_cell(&t, cli_say(c, "Trạng thái", "State"));
      *found = true;
    }
    bool has[2] = {row.before.has_points, row.after.has_points};
    const int64_t points[2] = {row.before.points, row.after.points};
    cli_table_indented(&t, row.level * 2, row.criterion);
    cli_table_cell(&t, row.title);
    add_figures(c, &t, has, points, -1);
    cli_table_cell(&t, row.after.there ? row.after.state_text : cli_say(c, "không còn", "not there any more"));
  }
  return *found && status == ARI_OK ? cli_table_print(&t, "  ") : status;
}

static ari_status print_comparison(cli *c, const ari_work *before, ari_work *after) {
  bool found = false;
  cli_put(stdout, ari_set_title(after));
  printf(" – %s → %s\n", ari_period_text(before), ari_period_text(after));
  if (!c->agency) return print_totals(c, after);
  ari_status status = print_criteria(c, after, &found);
  if (found || status != ARI_OK) return status;
  cli_misuse(c, cli_say(c, "cả hai đợt đều không có cơ quan '%s'", "neither round has an agency '%s'"), c->agency);
  return ARI_MISUSE;
}

static int run(cli *c) {
  int status = 0;
  if (c->n_names > 2) return cli_misuse(c, cli_say(c, "thừa tham số: '%s'", "one argument too many: '%s'"), c->names[2]);
  if (c->agency && c->format != CLI_TABLE) return cli_misuse(c, "%s", cli_say(c, "csv và json ghi mọi cơ quan: không dùng --agency", "csv and json hold all agencies: leave --agency out"));
  ari_work *before = cli_round(c, c->names[0], &status);
  ari_work *after = before ? cli_round(c, c->names[1], &status) : NULL;
  if (after) {
    ari_status result = ari_compare(before, after);
    if (result == ARI_OK)
      result = c->format == CLI_CSV ? ari_write_comparison_csv(after, cli_stdout()) : c->format == CLI_JSON ? ari_write_comparison_json(after, cli_stdout())
                                                                                                            : print_comparison(c, before, after);
    status = cli_finish(c, after, result);
  }
  ari_work_free(before);
  return status;
}

const cli_command cli_compare = {
    "compare", CLI_FORMAT | CLI_AGENCY | CLI_JOBS | CLI_STAGE, 2,
    "TRƯỚC.db[:ĐỢT] SAU.db[:ĐỢT] [--agency MÃ]", "BEFORE.db[:ROUND] AFTER.db[:ROUND] [--agency ID]",
    "So sánh hai đợt: điểm, chỉ số, thứ hạng, từng tiêu chí", "Compares two rounds: points, index, ranks, criterion by criterion",
    "Cơ quan thay thế cơ quan khác được đặt cạnh từng cơ quan cũ. Với --agency MÃ thì xem từng tiêu chí của cơ quan đó.\n"
    "Với --format csv, các cột là: agency,before,criterion,level,state_before,state,points_before,points,max_before,max,\n"
    "index_before,index,rank_before,rank.\n"
    "Ví dụ: ari compare 2025.db 2026.db",
    "An agency that took the place of others stands beside each of them. With --agency ID its criteria are shown.\n"
    "With --format csv the columns are: agency,before,criterion,level,state_before,state,points_before,points,max_before,max,\n"
    "index_before,index,rank_before,rank.\n"
    "Example: ari compare 2025.db 2026.db",
    run};
