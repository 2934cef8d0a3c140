/* due.h - which thing is due next. A heap ordered by time, then by key: two heaps with
 * the same items give them out alike, however they came to be. An item lives in the row
 * that can be due and knows its place, so that it can be moved and taken out. */
#ifndef DUE_H
#define DUE_H

#include "base/base.h"

struct due_item {
    i64 when;
    u64 key;
    size_t place; /* in the heap, from 1; 0: in none. Ours to write, yours to read */
};

struct due {
    struct due_item **items; /* borrowed: room for `size` + 1; the first is not used */
    size_t count, size;
};

/* Puts the item in, or moves it to another time. False: no room for a new one. */
bool due_put(struct due *d, struct due_item *item, i64 when);

void due_del(struct due *d, struct due_item *item);       /* if it is in */
struct due_item *due_first(const struct due *d, i64 now); /* NULL: none due by `now` */

#endif
