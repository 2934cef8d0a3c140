#include "sim/map.h"

#include <stdlib.h>

#include "base/hash.h"

static struct map_item *map_place(const struct map *m, u64 key)
{
    size_t at = hash_mix(key) & (m->size - 1);

    while (m->items[at].key && m->items[at].key != key)
        at = (at + 1) & (m->size - 1);
    return &m->items[at];
}

u64 map_get(const struct map *m, u64 key)
{
    return m->size ? map_place(m, key)->value : 0;
}

static void map_grow(struct map *m)
{
    struct map bigger = {.size = m->size ? m->size * 2 : 64, .count = m->count};

    bigger.items = must_alloc(bigger.size * sizeof(*bigger.items));
    for (size_t i = 0; i < m->size; i++)
        if (m->items[i].key)
            *map_place(&bigger, m->items[i].key) = m->items[i];
    free(m->items);
    *m = bigger;
}

u64 *map_at(struct map *m, u64 key)
{
    must(key);
    if (m->count * 2 >= m->size)
        map_grow(m);
    struct map_item *item = map_place(m, key);
    m->count += item->key == 0;
    item->key = key;
    return &item->value;
}

void map_free(struct map *m)
{
    free(m->items);
    *m = (struct map){0};
}

void list_add(struct list *l, u64 item)
{
    if (l->count == l->size) {
        l->size = l->size ? l->size * 2 : 16;
        l->items = must_realloc(l->items, l->size * sizeof(*l->items));
    }
    l->items[l->count++] = item;
}

void list_free(struct list *l)
{
    free(l->items);
    *l = (struct list){0};
}
