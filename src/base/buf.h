/* buf.h - bytes that grow at their end, in an arena. The arena's limit is the limit. */
#ifndef BUF_H
#define BUF_H

#include "base/arena.h"

struct buf {
    struct arena *arena; /* borrowed */
    char *data;          /* in the arena; moves when it grows */
    size_t len, size;
};

void buf_init(struct buf *b, struct arena *arena, size_t size);
char *buf_room(struct buf *b, size_t more); /* where to write; len is yours to move */
void buf_add(struct buf *b, struct str s);
void buf_byte(struct buf *b, char c);
void buf_text(struct buf *b, const char *text);
void buf_print(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* borrowed; until the next change */

#endif
