#include "base/ring.h"

void ring_init(struct ring *r, void **items, size_t size)
{
    must(size > 0);
    must((size & (size - 1)) == 0);
    r->items = items;
    r->size = size;
    atomic_init(&r->put, 0);
    atomic_init(&r->taken, 0);
}

bool ring_put(struct ring *r, void *item)
{
    size_t put = atomic_load_explicit(&r->put, memory_order_relaxed);

    must(item);
    if (put - atomic_load_explicit(&r->taken, memory_order_acquire) == r->size)
        return false;
    r->items[put & (r->size - 1)] = item;
    atomic_store_explicit(&r->put, put + 1, memory_order_release);
    return true;
}

void *ring_take(struct ring *r)
{
    size_t taken = atomic_load_explicit(&r->taken, memory_order_relaxed);

    if (taken == atomic_load_explicit(&r->put, memory_order_acquire))
        return NULL;
    void *item = r->items[taken & (r->size - 1)];
    atomic_store_explicit(&r->taken, taken + 1, memory_order_release);
    return item;
}

size_t ring_count(const struct ring *r)
{
    size_t taken = atomic_load_explicit(&r->taken, memory_order_acquire);

    return atomic_load_explicit(&r->put, memory_order_acquire) - taken;
}

bool ring_is_empty(const struct ring *r)
{
    return ring_count(r) == 0;
}
