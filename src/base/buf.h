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
char *buf_grow(struct buf *b, size_t more); /* for buf_room */
/* Where to write; len is yours to move. */
static inline char *buf_room(struct buf *b, size_t more)
{
    return more <= b->size - b->len ? b->data + b->len : buf_grow(b, more);
}
void buf_add(struct buf *b, struct str s);
static inline void buf_byte(struct buf *b, char c)
{
    *buf_room(b, 1) = c;
    b->len++;
}
void buf_text(struct buf *b, const char *text);
void buf_print(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* borrowed; until the next change */

#endif
