/* runs.h - a sorted set of pairs of numbers that takes as little memory as can be: for
 * what there are millions of and is seldom asked for. Pairs that are near each other
 * are kept as runs of their differences from the least, so that most take a few bytes.
 *
 *     runs_add(&due, (struct pair){when, key});
 *     struct pair at = {0, 0};
 *     while (runs_from(&due, at, &at)) ... at ..., at.minor++;
 */
#ifndef RUNS_H
#define RUNS_H

#include "base/base.h"

struct pair {
    u64 major, minor; /* the order */
};

struct run;

/* Zeroes are a good start. */
struct runs {
    struct runs_item {
        struct pair first;
        struct run *run; /* owned */
    } * items;           /* owned, in order */
    size_t used, room;
    u64 count; /* of the pairs */
    u64 bytes; /* of the memory that they take */
};

bool runs_add(struct runs *r, struct pair p); /* false: it was there */
bool runs_del(struct runs *r, struct pair p); /* false: it was not there */
bool runs_has(const struct runs *r, struct pair p);
/* The first that is not before `at`; false: there is none. */
bool runs_from(const struct runs *r, struct pair at, struct pair *out);
void runs_close(struct runs *r); /* leaves it empty */

#endif
