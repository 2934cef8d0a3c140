#include "base/blocks.h"

#include <malloc.h>
#include <stdlib.h>

#define SLAB 65536

/* While it is free it leads to the next one; in use, its size class stands in front. */
struct block {
    union {
        struct block *next;
        u64 class; /* 0: it is from malloc */
    };
};

#if defined(__SANITIZE_ADDRESS__)
#define IS_WATCHED true
#else
#define IS_WATCHED false
#endif

static struct block *block_from_malloc(struct blocks *b, size_t size)
{
    struct block *x = must_have(malloc(size));

    b->large += malloc_usable_size(x);
    x->class = 0;
    return x;
}

/* What is left of a slab is less than any block that did not fit: it is lost. */
static struct block *block_cut(struct blocks *b, size_t size)
{
    if (size > b->left) {
        struct block *slab = must_have(malloc(SLAB));
        b->bytes += SLAB;
        slab->next = b->slabs;
        b->slabs = slab;
        b->room = (char *)slab + BLOCK_STEP;
        b->left = SLAB - BLOCK_STEP;
    }
    struct block *x = (struct block *)(void *)b->room;
    b->room += size;
    b->left -= size;
    return x;
}

void *block_get(struct blocks *b, size_t size)
{
    size_t class = (size + sizeof(struct block) + BLOCK_STEP - 1) / BLOCK_STEP;
    struct block *x;

    if (class >= BLOCK_CLASSES || IS_WATCHED)
        return block_from_malloc(b, size + sizeof(*x)) + 1;
    x = b->free[class];
    if (x) {
        b->free[class] = x->next;
        b->spare -= class * BLOCK_STEP;
    } else {
        x = block_cut(b, class * BLOCK_STEP);
    }
    x->class = class;
    return x + 1;
}

void *block_get_zeroed(struct blocks *b, size_t size)
{
    return memset(block_get(b, size), 0, size);
}

void block_put(struct blocks *b, void *block)
{
    struct block *x = block ? (struct block *)block - 1 : NULL;

    if (!x)
        return;
    u64 class = x->class;
    if (class == 0) {
        b->large -= malloc_usable_size(x);
        free(x);
        return;
    }
    must(class < BLOCK_CLASSES);
    x->next = b->free[class];
    b->free[class] = x;
    b->spare += class * BLOCK_STEP;
}

/* One from malloc stays so, since only malloc knows how large it is. */
void *block_resize(struct blocks *b, void *block, size_t size)
{
    struct block *x = block ? (struct block *)block - 1 : NULL;

    if (!x)
        return block_get(b, size);
    if (x->class == 0) {
        b->large -= malloc_usable_size(x);
        x = must_realloc(x, size + sizeof(*x));
        b->large += malloc_usable_size(x);
        return x + 1;
    }
    size_t room = x->class * BLOCK_STEP - sizeof(*x);
    if (size <= room)
        return block;
    void *more = block_get(b, size);
    memcpy(more, block, room);
    block_put(b, block);
    return more;
}

void blocks_close(struct blocks *b)
{
    while (b->slabs) {
        struct block *next = b->slabs->next;
        free(b->slabs);
        b->slabs = next;
    }
    *b = (struct blocks){.slabs = NULL};
}
