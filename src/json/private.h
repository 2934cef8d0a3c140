/* private.h - what the two halves of json share: the reader at the door and the
 * walkers behind it. */
#ifndef JSON_PRIVATE_H
#define JSON_PRIVATE_H

#include "json/json.h"

/* `object` is canonical, but may hold `count` members of which some have equal names:
 * adds the same object with the last value of each name at the place of the first. */
void json_object_unique(struct buf *out, struct str object, size_t count,
                        struct arena *arena);

/* Two or more of the names (quoted, canonical) are equal. */
bool json_names_repeat(const struct str *names, size_t count, struct arena *arena);

/* How the byte is written behind a backslash; 0: it needs \u00XX or no escape. */
char json_escape(u8 byte);
/* The byte that `c` behind a backslash stands for; 0: none. */
char json_unescape(int c);

#endif
