/* Text: slices, growing buffers, maps from names to numbers, and the nearest name. */
#include "base.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* ---- slices ---- */

ari_str ari_str_of(const char *c_string) { return c_string ? (ari_str){c_string, strlen(c_string)} : ARI_STR(""); }

/* memcmp must not be given NULL, which an empty slice may hold. */
bool ari_str_eq(ari_str a, ari_str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

bool ari_str_is(ari_str a, const char *c_string) { return ari_str_eq(a, ari_str_of(c_string)); }

int ari_str_cmp(ari_str a, ari_str b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int order = n ? memcmp(a.p, b.p, n) : 0;
  return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool ari_str_starts(ari_str a, const char *prefix) {
  size_t n = strlen(prefix);
  return a.n >= n && ari_str_is(ari_str_sub(a, 0, n), prefix);
}

bool ari_str_ends(ari_str a, const char *suffix) {
  size_t n = strlen(suffix);
  return a.n >= n && ari_str_is(ari_str_sub(a, a.n - n, a.n), suffix);
}

ari_str ari_str_trim(ari_str a) {
  while (a.n && (a.p[0] == ' ' || a.p[0] == '\t')) a.p++, a.n--;
  while (a.n && (a.p[a.n - 1] == ' ' || a.p[a.n - 1] == '\t')) a.n--;
  return a;
}

ari_str ari_str_sub(ari_str a, size_t from, size_t to) {
  if (to > a.n) to = a.n;
  if (from > to) from = to;
  return from ? (ari_str){a.p + from, to - from} : (ari_str){a.p, to};
}

char *ari_str_cstring(ari_arena *arena, ari_str a) {
  char *p = ari_arena_alloc(arena, a.n + 1);
  if (p && a.n) memcpy(p, a.p, a.n);
  return p;
}

bool ari_str_copy(ari_arena *arena, ari_str a, ari_str *out) {
  char *p = ari_str_cstring(arena, a);
  if (!p) return false;
  *out = (ari_str){p, a.n};
  return true;
}

char *ari_str_join_all(ari_arena *arena, const ari_str *parts, size_t n) {
  ari_buf b = {0};
  for (size_t i = 0; i < n; i++) ari_buf_str(&b, parts[i]);
  char *text = b.failed ? NULL : ari_str_cstring(arena, ari_buf_view(&b));
  ari_buf_free(&b);
  return text;
}

/* ---- the nearest name ---- */

enum { NEAREST_MAX = 64 };

/* The code points of s as they are compared: lower case, `-` as `_`. Longer than NEAREST_MAX: -1. */
static int fold_word(ari_str s, uint32_t out[NEAREST_MAX]) {
  int n = 0;
  for (size_t i = 0, len; i < s.n; i += len) {
    if (n == NEAREST_MAX) return -1;
    uint32_t c = ari_utf8_decode(s.p + i, s.n - i, &len);
    out[n++] = c == '-' ? '_' : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
  }
  return n;
}

static int min_of(int a, int b) { return a < b ? a : b; }

/* Edits (insert, delete, replace, swap of neighbours) that turn a into b: optimal string alignment with three rows. */
static int count_edits(const uint32_t *a, int n_a, const uint32_t *b, int n_b) {
  int rows[3][NEAREST_MAX + 1];
  int *before = rows[0], *last = rows[1], *row = rows[2];
  for (int j = 0; j <= n_b; j++) last[j] = j;
  for (int i = 1; i <= n_a; i++) {
    row[0] = i;
    for (int j = 1; j <= n_b; j++) {
      int edits = last[j - 1] + (a[i - 1] != b[j - 1]);
      edits = min_of(edits, min_of(last[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) edits = min_of(edits, before[j - 2] + 1);
      row[j] = edits;
    }
    int *free_row = before;
    before = last;
    last = row;
    row = free_row;
  }
  return last[n_b];
}

int ari_str_nearest(ari_str word, const ari_str *candidates, size_t n) {
  uint32_t a[NEAREST_MAX], b[NEAREST_MAX];
  int n_a = fold_word(word, a), best = -1;
  /* Fewer edits than letters: a word of which nothing is kept is no slip. */
  int limit = min_of(n_a <= 4 ? 1 : n_a <= 8 ? 2 : 3, n_a - 1);
  for (size_t i = 0; i < n && i <= INT32_MAX && limit >= 0; i++) {
    int n_b = fold_word(candidates[i], b);
    if (n_b < 0 || n_b - n_a > limit || n_a - n_b > limit) continue;
    int edits = count_edits(a, n_a, b, n_b);
    if (edits > limit) continue;
    best = (int)i;
    limit = edits - 1;   /* only a nearer one replaces it: of equals the first wins */
  }
  return best;
}

/* ---- growing buffers ---- */

/* Makes room for n more bytes. */
static bool reserve_bytes(ari_buf *b, size_t n) {
  if (b->failed) return false;
  if (n <= b->room - b->n) return true;
  size_t room = b->room < 64 ? 64 : b->room;
  while (room - b->n < n && room <= PTRDIFF_MAX / 2) room *= 2;
  char *p = room - b->n < n ? NULL : ari_realloc(b->p, room);
  if (!p) {
    b->failed = true;
    return false;
  }
  b->p = p;
  b->room = room;
  return true;
}

void ari_buf_put(ari_buf *b, const char *p, size_t n) {
  if (!n || !reserve_bytes(b, n)) return;
  memcpy(b->p + b->n, p, n);
  b->n += n;
}

void ari_buf_str(ari_buf *b, ari_str s) { ari_buf_put(b, s.p, s.n); }

void ari_buf_text(ari_buf *b, const char *c_string) { ari_buf_put(b, c_string, strlen(c_string)); }

void ari_buf_char(ari_buf *b, char c) {
  if (reserve_bytes(b, 1)) b->p[b->n++] = c;
}

void ari_buf_printf(ari_buf *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n < 0) b->failed = true;
  if (n <= 0 || !reserve_bytes(b, (size_t)n + 1)) return;
  va_start(args, format);
  vsnprintf(b->p + b->n, (size_t)n + 1, format, args);
  va_end(args);
  b->n += (size_t)n;
}

void ari_buf_clear(ari_buf *b) { b->n = 0; }

void ari_buf_free(ari_buf *b) {
  ari_free(b->p);
  *b = (ari_buf){0};
}

ari_str ari_buf_view(const ari_buf *b) { return b->n ? (ari_str){b->p, b->n} : ARI_STR(""); }

/* ---- maps ---- */

/* Open addressing with linear probing, at most half full. mark 0: a free slot. */
struct ari_map_slot { ari_str key; uint32_t mark; int32_t value; };

/* SipHash keyed by where the first table happened to lie: a hostile file cannot aim at one slot, and nothing that is visible depends
 * on it. */
static uint32_t hash_key(const ari_map *m, ari_str key) {
  unsigned char secret[crypto_shorthash_KEYBYTES] = {0}, out[crypto_shorthash_BYTES];
  memcpy(secret, &m->secret, sizeof m->secret);
  crypto_shorthash(out, (const unsigned char *)(key.n ? key.p : ""), key.n, secret);
  uint32_t mark;
  memcpy(&mark, out, sizeof mark);
  return mark | UINT32_C(0x80000000);   /* never 0 */
}

/* The slot of the key, or the free one where it belongs. The room is a power of two and never full. */
static struct ari_map_slot *find_slot(const ari_map *m, ari_str key, uint32_t mark) {
  size_t i = mark & (m->room - 1);
  while (m->slots[i].mark && !(m->slots[i].mark == mark && ari_str_eq(m->slots[i].key, key))) i = (i + 1) & (m->room - 1);
  return &m->slots[i];
}

static bool grow_map(ari_map *m) {
  ari_map bigger = {.room = m->room ? m->room * 2 : 16, .n = m->n, .secret = m->secret};
  bigger.slots = ari_calloc(bigger.room, sizeof *bigger.slots);
  if (!bigger.slots) return false;
  if (!m->room) bigger.secret = (uintptr_t)bigger.slots;
  for (size_t i = 0; i < m->room; i++) {
    if (!m->slots[i].mark) continue;
    size_t k = m->slots[i].mark & (bigger.room - 1);   /* all keys differ: the first free slot is right */
    while (bigger.slots[k].mark) k = (k + 1) & (bigger.room - 1);
    bigger.slots[k] = m->slots[i];
  }
  ari_free(m->slots);
  *m = bigger;
  return true;
}

/* The slot of the key: free when it is new, then counted already. NULL: out of memory. */
static struct ari_map_slot *take_slot(ari_map *m, ari_str key, uint32_t *mark) {
  if (m->n * 2 >= m->room && !grow_map(m)) return NULL;
  *mark = hash_key(m, key);
  struct ari_map_slot *slot = find_slot(m, key, *mark);
  if (!slot->mark) m->n++;
  return slot;
}

bool ari_map_put(ari_map *m, ari_str key, int32_t value) {
  uint32_t mark;
  struct ari_map_slot *slot = take_slot(m, key, &mark);
  if (!slot) return false;
  *slot = (struct ari_map_slot){key, mark, value};
  return true;
}

bool ari_map_add(ari_map *m, ari_str key, int32_t value, int32_t *old) {
  uint32_t mark;
  struct ari_map_slot *slot = take_slot(m, key, &mark);
  *old = slot && slot->mark ? slot->value : -1;
  if (slot && !slot->mark) *slot = (struct ari_map_slot){key, mark, value};
  return slot != NULL;
}

int32_t ari_map_get(const ari_map *m, ari_str key) {
  if (!m->n) return -1;
  const struct ari_map_slot *slot = find_slot(m, key, hash_key(m, key));
  return slot->mark ? slot->value : -1;
}

void ari_map_free(ari_map *m) {
  ari_free(m->slots);
  *m = (ari_map){0};
}
