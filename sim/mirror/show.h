/* show.h - lines of text put in order, for those who print how things stand. */
#ifndef MIRROR_SHOW_H
#define MIRROR_SHOW_H

#include "base/buf.h"

struct lines {
    struct str items[64];
    u32 count;
};

void lines_add(struct lines *l, struct str line);
void lines_put(struct lines *l, const char *what, struct buf *out); /* sorted */

#endif
