/* bytes.h - a buffer that outlives arenas: what a connection has read but not
 * understood, or has to say but not sent. Its owner frees it. */
#ifndef NET_BYTES_H
#define NET_BYTES_H

#include "base/base.h"

struct bytes {
    char *data; /* owned; NULL when size is 0 */
    size_t len, size;
};

char *bytes_room(struct bytes *b,
                 size_t more); /* where to write; len is yours to move */
void bytes_add(struct bytes *b, struct str s);
void bytes_text(struct bytes *b, const char *text);
void bytes_print(struct bytes *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void bytes_drop(struct bytes *b, size_t count); /* from the front */
void bytes_free(struct bytes *b);
struct str bytes_str(const struct bytes *b); /* borrowed; until the next change */

#endif
