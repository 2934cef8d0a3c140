/* map.h - numbers by number, for what the simulator has to remember. Grows; nothing is
 * taken out (a value may be set to 0 again). A zeroed map is an empty one. */
#ifndef SIM_MAP_H
#define SIM_MAP_H

#include "base/base.h"

struct map {
    struct map_item {
        u64 key, value;
    } * items; /* owned; a power of two */
    size_t size, count;
};

u64 map_get(const struct map *m, u64 key); /* 0: never put */
u64 *map_at(struct map *m, u64 key);       /* put as 0 if new; until the next map_at */
void map_free(struct map *m);

/* A list of numbers that grows. */
struct list {
    u64 *items; /* owned */
    size_t count, size;
};

void list_add(struct list *l, u64 item);
void list_free(struct list *l);

#endif
