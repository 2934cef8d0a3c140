#include "base/pool.h"

#include <stdlib.h>

#include "base/blocks.h"

struct pool {
    struct blocks blocks;
    size_t count; /* blocks that are out */
    bool is_closed;
};

struct pool *pool_open(void)
{
    return must_alloc(sizeof(struct pool));
}

static void pool_free(struct pool *p)
{
    blocks_close(&p->blocks);
    free(p);
}

void *pool_get(struct pool *p, size_t size)
{
    if (!p)
        return must_have(malloc(size ? size : 1));
    must(!p->is_closed);
    p->count++;
    return block_get(&p->blocks, size);
}

void pool_put(struct pool *p, void *block)
{
    if (!p) {
        free(block);
        return;
    }
    must(p->count > 0);
    block_put(&p->blocks, block);
    if (--p->count == 0 && p->is_closed)
        pool_free(p);
}

void pool_close(struct pool *p)
{
    if (!p)
        return;
    p->is_closed = true;
    if (p->count == 0)
        pool_free(p);
}
