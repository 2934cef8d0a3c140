/* verify.h - reads all of a directory and plays it again: is it whole, and what is its
 * state? */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

#include "cli/folder.h"

struct verified {
    u64 state; /* a number that is the same for equal states */
    u64 entries;
    struct node_counters counters; /* what lives in it */
};

/* Of one part. False: err says where it is damaged. */
bool verify_part(const struct folder *f, u32 part, struct zones *zones,
                 struct verified *out, struct err *err);
/* Of several: both into `all`. */
void verified_add(struct verified *all, const struct verified *part);

#endif
