/* walk.h - what the printed functions of records.c are made of: a field is measured,
 * written or moved. Inside the room. Whoever writes has made room before: WALK_MOST
 * bytes for each field, and what its size function says. */
#ifndef WALK_H
#define WALK_H

#include "record/record.h"

/* Protobuf's wire types, as far as we write them. */
enum { WALK_VARINT = 0, WALK_BYTES = 2 };

/* A tag of five bytes and a number or length of ten. */
#define WALK_MOST 15

/* Behind its struct a text begins at a multiple of eight. */
static inline size_t walk_text_size(struct str s)
{
    return (s.len + 7) & ~(size_t)7;
}

/* More than it takes in memory, and enough for a tag and a number each. */
static inline size_t walk_list_size(struct u64_list list)
{
    return list.count * (size_t)16;
}

/* May write eight bytes, whatever it returns. */
char *walk_long_varint(char *to, u64 value);

static inline char *walk_varint(char *to, u64 value)
{
    if (value >= 0x80)
        return walk_long_varint(to, value);
    *to = (char)value;
    return to + 1;
}

static inline char *walk_number(char *to, u32 tag, u64 value)
{
    if (value == 0)
        return to;
    to = walk_varint(to, (u64)tag << 3 | WALK_VARINT);
    return walk_varint(to, value);
}

static inline char *walk_text(char *to, u32 tag, struct str s)
{
    if (s.len == 0)
        return to;
    to = walk_varint(to, (u64)tag << 3 | WALK_BYTES);
    to = walk_varint(to, s.len);
    memcpy(to, s.data, s.len);
    return to + s.len;
}

static inline char *walk_list(char *to, u32 tag, struct u64_list list)
{
    for (u32 i = 0; i < list.count; i++) { /* zeros, too */
        to = walk_varint(to, (u64)tag << 3 | WALK_VARINT);
        to = walk_varint(to, list.items[i]);
    }
    return to;
}

static inline char *walk_text_move(char *to, struct str *s)
{
    if (s->len == 0) {
        s->data = NULL;
        return to;
    }
    memcpy(to, s->data, s->len);
    s->data = to;
    return to + walk_text_size(*s);
}

static inline char *walk_list_move(char *to, struct u64_list *list)
{
    if (list->count)
        memcpy(to, list->items, list->count * sizeof(*list->items));
    list->items = list->count ? (const u64 *)(const void *)to : NULL;
    return to + walk_list_size(*list);
}

#endif
