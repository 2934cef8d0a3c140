#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

void buf_init(struct buf *b, struct arena *arena, size_t size)
{
    *b = (struct buf){.arena = arena, .size = size};
    if (size)
        b->data = arena_take(arena, size);
}

char *buf_grow(struct buf *b, size_t more)
{
    size_t size = b->size * 2 < 64 ? 64 : b->size * 2;
    if (size < b->len + more)
        size = b->len + more;
    char *data = arena_take(b->arena, size);
    if (b->len)
        memcpy(data, b->data, b->len);
    b->data = data;
    b->size = size;
    return b->data + b->len;
}

void buf_add(struct buf *b, struct str s)
{
    if (s.len == 0)
        return;
    memcpy(buf_room(b, s.len), s.data, s.len);
    b->len += s.len;
}

void buf_text(struct buf *b, const char *text)
{
    buf_add(b, str_of(text));
}

void buf_print(struct buf *b, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    must(len >= 0);
    char *room = buf_room(b, (size_t)len + 1);
    va_start(args, fmt);
    vsnprintf(room, (size_t)len + 1, fmt, args);
    va_end(args);
    b->len += (size_t)len;
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->data, b->len};
}
