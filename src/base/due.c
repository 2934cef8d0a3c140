#include "base/due.h"

static bool due_is_sooner(const struct due_item *a, const struct due_item *b)
{
    return a->when != b->when ? a->when < b->when : a->key < b->key;
}

static void due_set(struct due *d, size_t place, struct due_item *item)
{
    d->items[place] = item;
    item->place = place;
}

/* The hole rises past all that are due later than the item, or sinks past all that are
 * due sooner, until the item fits. */
static void due_fill(struct due *d, size_t hole, struct due_item *item)
{
    for (; hole > 1 && due_is_sooner(item, d->items[hole / 2]); hole /= 2)
        due_set(d, hole, d->items[hole / 2]);
    for (size_t child; (child = 2 * hole) <= d->count; hole = child) {
        if (child < d->count && due_is_sooner(d->items[child + 1], d->items[child]))
            child++;
        if (!due_is_sooner(d->items[child], item))
            break;
        due_set(d, hole, d->items[child]);
    }
    due_set(d, hole, item);
}

bool due_put(struct due *d, struct due_item *item, i64 when)
{
    size_t hole = item->place;

    if (hole == 0) {
        if (d->count == d->size)
            return false;
        hole = ++d->count;
    }
    item->when = when;
    due_fill(d, hole, item);
    return true;
}

void due_del(struct due *d, struct due_item *item)
{
    size_t hole = item->place;

    if (hole == 0)
        return;
    struct due_item *last = d->items[d->count--];
    item->place = 0;
    if (last != item)
        due_fill(d, hole, last);
}

struct due_item *due_first(const struct due *d, i64 now)
{
    return d->count > 0 && d->items[1]->when <= now ? d->items[1] : NULL;
}
