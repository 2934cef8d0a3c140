/* blocks.h - memory in blocks of a few sizes, for what is made and dropped all the
 * time: rows and their records. What is given back is kept for the next of its size, so
 * that neither costs more than a few instructions; it goes with blocks_close. Large
 * blocks come from malloc, and so do all where addresses are watched. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include "base/base.h"

#define BLOCK_STEP    16
#define BLOCK_CLASSES 65 /* up to 1 KiB with its head */

struct block;

struct blocks {
    struct block *free[BLOCK_CLASSES]; /* by size in steps; the first is not used */
    struct block *slabs;               /* owned: what blocks are cut from */
    char *room;                        /* of the last slab */
    size_t left;
    size_t spare; /* bytes of the free ones */
    u64 bytes;    /* of all slabs */
    u64 large;    /* of what came from malloc */
};

/* At least `size` bytes, aligned to 8, not zeroed; never NULL. Zeroes are a good start
 * for struct blocks. */
void *block_get(struct blocks *b, size_t size);
void *block_get_zeroed(struct blocks *b, size_t size);
void block_put(struct blocks *b, void *block); /* that it came from; NULL: nothing */
/* With what was in it, as far as both sizes go; NULL: a new one. */
void *block_resize(struct blocks *b, void *block, size_t size);
/* Frees the slabs. Large blocks that were not given back are leaked. */
void blocks_close(struct blocks *b);
/* Bytes of what is in use, with what surrounds it. */
static inline u64 blocks_used(const struct blocks *b)
{
    return b->bytes - b->spare + b->large;
}

#endif
