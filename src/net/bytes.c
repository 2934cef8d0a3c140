#include "net/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST 256

char *bytes_room(struct bytes *b, size_t more)
{
    must(more <= SIZE_MAX / 4 && b->len <= SIZE_MAX / 4);
    if (b->size - b->len < more) {
        size_t size = b->size ? b->size * 2 : FIRST;
        if (size < b->len + more)
            size = b->len + more;
        b->data = must_realloc(b->data, size);
        b->size = size;
    }
    return b->data + b->len;
}

void bytes_add(struct bytes *b, struct str s)
{
    if (s.len == 0)
        return;
    memcpy(bytes_room(b, s.len), s.data, s.len);
    b->len += s.len;
}

void bytes_text(struct bytes *b, const char *text)
{
    bytes_add(b, str_of(text));
}

void bytes_print(struct bytes *b, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    must(len >= 0);
    char *text = bytes_room(b, (size_t)len + 1);
    va_start(args, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    b->len += (size_t)len;
}

void bytes_drop(struct bytes *b, size_t count)
{
    must(count <= b->len);
    b->len -= count;
    if (b->len > 0 && count > 0)
        memmove(b->data, b->data + count, b->len);
}

void bytes_free(struct bytes *b)
{
    free(b->data);
    *b = (struct bytes){0};
}

struct str bytes_str(const struct bytes *b)
{
    return (struct str){b->data, b->len};
}
