/* The way to an agency's sheet by its name, in Vietnamese order: for those who look for one agency and not for a rank. It needs no script. */
#include "inside.h"

#include <stdlib.h>

typedef struct entry { ari_str key; uint32_t agency; } entry;

static int by_name(const void *left, const void *right) {
  const entry *a = left, *b = right;
  int c = ari_str_cmp(a->key, b->key);
  return c ? c : (a->agency > b->agency) - (a->agency < b->agency);
}

static entry *sort_names(const ari_work *work, ari_arena *arena) {
  size_t n = work->result->n_agencies;
  entry *entries = ari_arena_array(arena, n, sizeof *entries);
  ari_buf key = {0};
  for (size_t i = 0; entries && i < n; i++) {
    ari_buf_clear(&key);
    ari_buf_collation(&key, ari_title_of(work, work->evidence->agencies->items[i].name));
    entries[i].agency = (uint32_t)i;
    if (key.failed || !ari_str_copy(arena, ari_buf_view(&key), &entries[i].key)) entries = NULL;
  }
  ari_buf_free(&key);
  if (entries) qsort(entries, n, sizeof *entries, by_name);
  return entries;
}

void ari_page_index(ari_page *p) {
  ari_arena arena = {0};
  const entry *entries = sort_names(p->work, &arena);
  if (!entries) p->out.failed = p->out.no_memory = true;
  ari_page_put(p, "<nav aria-label=\"");
  ari_page_word(p, ARI_WORD_index_by_name);
  ari_page_put(p, "\"><details><summary>");
  ari_page_word(p, ARI_WORD_index_by_name);
  ari_page_put(p, "</summary>\n<ul>\n");
  for (size_t i = 0; entries && i < p->work->result->n_agencies && !p->out.failed; i++) {
    const ari_agency *a = &p->work->evidence->agencies->items[entries[i].agency];
    ari_buf_printf(&p->out.buf, "<li><a href=\"#a%u\">", (unsigned)entries[i].agency + 1);
    ari_page_title(p, a->name);
    ari_page_put(p, "</a> <span class=\"soft\">");
    ari_page_text(p, a->id);
    ari_page_put(p, "</span></li>\n");
  }
  ari_page_put(p, "</ul></details></nav>\n");
  ari_arena_free(&arena);
}
