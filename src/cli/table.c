/* Tables on a terminal, aligned by what Vietnamese letters really take. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_table_start(cli_table *t, const char *sides) {
  *t = (cli_table){0};
  for (; *sides && t->columns < CLI_COLUMNS; sides++) t->right[t->columns++] = *sides == 'r';
}

void cli_table_cell(cli_table *t, const char *text) {
  size_t wants = ari_text_visible(text, NULL, 0) + 1;
  if (t->failed) return;
  if (t->n + wants > t->room) {
    size_t room = (t->n + wants) * 2;
    char *cells = realloc(t->cells, room);
    if (!cells) {
      t->failed = true;
      return;
    }
    t->cells = cells;
    t->room = room;
  }
  ari_text_visible(text, t->cells + t->n, wants);
  t->n += wants;
  t->count++;
}

static void print_cell(const char *text, size_t width, bool right, bool last) {
  size_t have = ari_text_width(text), gap = have < width ? width - have : 0;
  if (right) printf("%*s%s", (int)gap, "", text);
  else if (last) fputs(text, stdout);
  else printf("%s%*s", text, (int)gap, "");
  fputs(last ? "\n" : "  ", stdout);
}

ari_status cli_table_print(cli_table *t, const char *indent) {
  bool failed = t->failed;
  if (failed) t->count = 0;
  size_t width[CLI_COLUMNS] = {0}, cell = 0;
  for (const char *p = t->cells; cell < t->count; p += strlen(p) + 1, cell++) {
    size_t column = cell % (size_t)t->columns, w = ari_text_width(p);
    if (w > width[column]) width[column] = w;
  }
  cell = 0;
  for (const char *p = t->cells; cell < t->count; p += strlen(p) + 1, cell++) {
    size_t column = cell % (size_t)t->columns;
    if (column == 0) fputs(indent, stdout);
    print_cell(p, width[column], t->right[column], column + 1 == (size_t)t->columns);
  }
  free(t->cells);
  *t = (cli_table){0};
  return failed ? ARI_NOMEM : ARI_OK;
}
