/* arena.h - memory that is given piece by piece and taken back all at once.
 *
 * Asking for more than may be had does not return: it jumps to where the owner said.
 * Code that only computes has therefore no out-of-memory paths; the owner has one.
 *
 *     struct arena a;
 *     arena_init(&a, 4096, 1 << 20, &trap);
 *     struct thing *t = NEW(&a, struct thing);
 *     arena_reset(&a);    ... all of it is gone, the first chunk stays for reuse
 *     arena_free(&a);     ... and so is that
 */
#ifndef ARENA_H
#define ARENA_H

#include "base/base.h"
#include "base/trap.h"

struct chunk;

struct arena {
    char *base;          /* owned; the chunk that is being given away */
    size_t used, size;   /* of this chunk */
    size_t more;         /* what further chunks may still add; 0: it never grows */
    size_t first, limit; /* as given to arena_init */
    struct chunk *older; /* owned; full chunks, and big pieces with one to themselves */
    struct trap *full;   /* borrowed; where to go when nothing is left; NULL: abort */
};

/* `first` bytes at once (taken when first needed), `limit` bytes in all. */
void arena_init(struct arena *a, size_t first, size_t limit, struct trap *full);
void arena_reset(struct arena *a); /* forgets everything, keeps the first chunk */
void arena_free(struct arena *a);  /* gives everything back; may be used again */
size_t arena_total(const struct arena *a); /* bytes that it has taken from the system */

void *arena_alloc(struct arena *a, size_t size); /* zeroed, aligned, never NULL */
void *arena_take(struct arena *a, size_t size);  /* the same, not zeroed */
void *arena_try(struct arena *a, size_t size);   /* NULL when full; for libraries */
void *arena_ask(struct arena *a, size_t size);   /* ... and not zeroed */

/* One zeroed thing; `count` of them in a row (a count whose size overflows is full). */
#define NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, count) \
    ((type *)arena_alloc_array((arena), (count), sizeof(type)))
void *arena_alloc_array(struct arena *a, size_t count, size_t size);

/* Copies that live as long as the arena; text made by printf rules. The copy is
 * followed by a zero byte that does not count, so data may be used as a C string. */
struct str arena_copy(struct arena *a, struct str s);
struct str arena_print(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
