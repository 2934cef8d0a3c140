/* utf8.h - code points in bytes. Well-formed means RFC 3629: no surrogates, nothing
 * beyond U+10FFFF, no longer form than needed. */
#ifndef UTF8_H
#define UTF8_H

#include "base/base.h"

/* How many of the bytes are well-formed, from the start; s.len when all are. */
size_t utf8_valid(struct str s);

/* The code point at s.data[*at], moving *at past it. U+FFFD for what is not
 * well-formed, moving one byte. *at must be below s.len. */
u32 utf8_next(struct str s, size_t *at);

/* Writes the code point, 1 to 4 bytes; returns how many. */
size_t utf8_put(char out[4], u32 point);

size_t utf8_count(struct str s); /* code points in s */

#endif
