/* Tables on a terminal, aligned by what Vietnamese letters really take. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_table_start(cli_table *t, const char *sides) {
  *t = (cli_table){0};
  for (; *sides && t->columns < CLI_COLUMNS; sides++) t->right[t->columns++] = *sides == 'r';
}

void cli_put(FILE *to, const char *text) {
  enum { CHUNK = 64, MOST = 6 };   /* a byte becomes at most six: \u{1B} */
  char chunk[CHUNK + 1], shown[CHUNK * MOST + 1];
  while (*text) {
    size_t n = strlen(text), back = 0;
    if (n > CHUNK) {
      n = CHUNK;
      while (back < 3 && ((unsigned char)text[n] & 0xC0) == 0x80) n--, back++;   /* letters stay whole */
    }
    memcpy(chunk, text, n);
    chunk[n] = '\0';
    ari_text_visible(chunk, shown, sizeof shown);
    fputs(shown, to);
    text += n;
  }
}

void cli_table_cell(cli_table *t, const char *text) { cli_table_indented(t, 0, text); }

void cli_table_indented(cli_table *t, int spaces, const char *text) {
  size_t indent = (size_t)spaces, wants = ari_text_visible(text, NULL, 0) + 1 + indent;
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
  memset(t->cells + t->n, ' ', indent);
  ari_text_visible(text, t->cells + t->n + indent, wants - indent);
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
    if (w > width[column]) width[column] = w < CLI_WIDEST ? w : CLI_WIDEST;
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
