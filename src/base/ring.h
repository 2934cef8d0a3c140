/* ring.h - a queue between exactly two threads, one that puts and one that takes. No
 * locks; a full ring refuses. What is handed over belongs to the taker. */
#ifndef RING_H
#define RING_H

#include <stdatomic.h>

#include "base/base.h"

struct ring {
    void **items; /* borrowed: room for `size` pointers; size is a power of two */
    size_t size;
    _Atomic size_t put, taken; /* counts since the beginning */
};

void ring_init(struct ring *r, void **items, size_t size);
bool ring_put(struct ring *r, void *item); /* false: full */
void *ring_take(struct ring *r);           /* NULL: empty */
/* What the taker did before it took the last item is seen by who finds it empty. */
bool ring_is_empty(const struct ring *r);
size_t ring_count(const struct ring *r);

#endif
