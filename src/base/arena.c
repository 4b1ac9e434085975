/* Memory: the arena, and the only calls of malloc in the library. */
#include "base.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_FIRST = 4096, BLOCK_LAST = 1 << 20, ALIGN = 16 };

/* The header takes a multiple of ALIGN, and malloc aligns to ALIGN, so the bytes behind it are aligned too. */
typedef struct ari_block {
  _Alignas(ALIGN) struct ari_block *next;
  size_t room, used;
} ari_block;

void *ari_malloc(size_t n) { return malloc(n); }
void *ari_calloc(size_t count, size_t size) { return calloc(count, size); }
void *ari_realloc(void *p, size_t n) { return realloc(p, n); }
void ari_free(void *p) { free(p); }

bool ari_grow(void **items, size_t count, size_t *room, size_t size) {
  if (count < *room) return true;
  size_t want = *room < 8 ? 8 : *room * 2;
  if (want > PTRDIFF_MAX / size) return false;
  void *p = ari_realloc(*items, want * size);
  if (!p) return false;
  *items = p;
  *room = want;
  return true;
}

static char *block_bytes(ari_block *block) { return (char *)(block + 1); }

/* A block for at least n bytes. The first in the list is the one being filled; a request larger than the usual block gets one of its
 * own behind the first, so that the rest of the first is not lost. */
static ari_block *add_block(ari_arena *arena, size_t n) {
  ari_block *first = arena->blocks;
  size_t usual = !first ? BLOCK_FIRST : first->room >= BLOCK_LAST / 2 ? BLOCK_LAST : first->room * 2;
  size_t room = n > usual ? n : usual;
  ari_block *block = ari_malloc(sizeof *block + room);
  if (!block) return NULL;
  block->room = room;
  block->used = 0;
  if (first && n > usual) {
    block->next = first->next;
    first->next = block;
  } else {
    block->next = first;
    arena->blocks = block;
  }
  return block;
}

void *ari_arena_alloc(ari_arena *arena, size_t n) {
  if (n > PTRDIFF_MAX - 2 * sizeof(ari_block)) return NULL;
  n = n ? (n + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
  ari_block *block = arena->blocks;
  if (!block || block->room - block->used < n) {
    block = add_block(arena, n);
    if (!block) return NULL;
  }
  void *p = block_bytes(block) + block->used;
  block->used += n;
  arena->bytes += n;
  return memset(p, 0, n);
}

void *ari_arena_array(ari_arena *arena, size_t count, size_t size) {
  if (size && count > PTRDIFF_MAX / size) return NULL;
  return ari_arena_alloc(arena, count * size);
}

/* Frees all blocks but `keep`, which stays as the only one, empty. */
static void free_blocks(ari_arena *arena, ari_block *keep) {
  for (ari_block *block = arena->blocks, *next; block; block = next) {
    next = block->next;
    if (block != keep) ari_free(block);
  }
  if (keep) {
    keep->next = NULL;
    keep->used = 0;
  }
  arena->blocks = keep;
  arena->bytes = 0;
}

void ari_arena_free(ari_arena *arena) { free_blocks(arena, NULL); }

void ari_arena_reset(ari_arena *arena) {
  ari_block *largest = arena->blocks;
  for (ari_block *block = largest; block; block = block->next)
    if (block->room > largest->room) largest = block;
  free_blocks(arena, largest);
}
