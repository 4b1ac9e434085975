/* The arena: alignment, zeroed memory, large requests, reuse; and growing lists. */
#include "base/base.h"
#include "tap.h"

static int is_zero(const char *p, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (p[i]) return 0;
  return 1;
}

static void test_alloc(void) {
  ari_arena arena = {0};
  char *kept[2000];
  int aligned = 1, zero = 1, same = 1;
  for (size_t i = 0; i < 2000; i++) {
    kept[i] = ari_arena_alloc(&arena, i);
    aligned &= kept[i] && (uintptr_t)kept[i] % 16 == 0;
    zero &= is_zero(kept[i], i);
    memset(kept[i], (int)(i % 255) + 1, i);
  }
  for (size_t i = 0; i < 2000; i++)
    for (size_t j = 0; j < i; j++) same &= kept[i][j] == (char)(i % 255 + 1);
  ok(aligned, "every piece is aligned to 16, also those of 0 bytes");
  ok(zero, "every piece is zeroed");
  ok(same, "no piece overlaps another");
  ok(arena.bytes >= 2000 * 1999 / 2, "bytes counts what was taken");

  char *before = ari_arena_alloc(&arena, 16);
  char *large = ari_arena_alloc(&arena, 5 << 20);
  char *after = ari_arena_alloc(&arena, 16);
  ok(large && is_zero(large, 5 << 20), "a piece larger than any block");
  ok(after == before + 16, "the block before a large piece is filled on");

  memset(large, 1, 5 << 20);
  ari_arena_reset(&arena);
  ok(arena.bytes == 0, "reset forgets all");
  char *again = ari_arena_alloc(&arena, 1 << 20);
  ok(again == large, "reset keeps the largest block");
  ok(is_zero(again, 1 << 20), "memory used again is zeroed again");
  ari_arena_free(&arena);
  ok(!arena.blocks && !arena.bytes, "free empties the arena");
  ok(ari_arena_alloc(&arena, 1) != NULL, "it can be used after free");
  ari_arena_free(&arena);
  ari_arena_free(&arena);
  ari_arena_reset(&arena);
}

static void test_overflow(void) {
  ari_arena arena = {0};
  ok(!ari_arena_alloc(&arena, SIZE_MAX), "SIZE_MAX bytes: NULL");
  ok(!ari_arena_array(&arena, SIZE_MAX / 2, 3), "an overflowing product: NULL");
  ok(!ari_arena_array(&arena, (size_t)1 << 40, (size_t)1 << 40), "a product of 2^80: NULL");
  ok(ari_arena_array(&arena, 0, 8) && ari_arena_array(&arena, 8, 0), "empty arrays are there");
  ok(ari_arena_array(&arena, 3, 7) != NULL, "a small array after the refusals");
  ari_arena_free(&arena);
}

static void test_grow(void) {
  int *list = NULL;
  size_t room = 0, grown = 0;
  for (size_t i = 0; i < 1000; i++) {
    void *items = list;
    size_t before = room;
    if (!ari_grow(&items, i, &room, sizeof *list)) break;
    list = items;
    grown += room != before;
    list[i] = (int)i;
  }
  int same = 1;
  for (int i = 0; i < 1000; i++) same &= list[i] == i;
  ok(same && room >= 1000, "a list grows and keeps its items");
  ok(grown <= 10, "by doubling");
  void *items = list;
  size_t huge = SIZE_MAX / 8;
  ok(!ari_grow(&items, huge, &huge, 16) && items == list, "an overflowing size: false, the list stays");
  ari_free(list);
}

int main(void) {
  test_alloc();
  test_overflow();
  test_grow();
  return done();
}
