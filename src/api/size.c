/* What is too large for one request is refused at the door, and says which part of it
 * made it so. */
#include <stdio.h>

#include "api/private.h"

enum { DEPTH_MOST = 20 }; /* names in the path; deeper parts are of the last */

struct largest {
    struct buf path;
    struct str value; /* of the part in hand */
    bool is_json;     /* it is a document, or text or bytes */
    struct arena *arena;
};

static size_t whole_len(struct str name, struct str value)
{
    return name.len + value.len;
}

/* Goes on into its largest member as long as that is most of it. */
static void largest_within(struct largest *l)
{
    for (int depth = 0; depth < DEPTH_MOST; depth++) {
        enum json_kind kind = json_kind(l->value);
        struct json_member best = {0};
        u64 place = 0, index = 0;
        if (kind != JSON_MAP && kind != JSON_ARRAY)
            return;
        struct json_walk w = json_walk(l->value);
        for (struct json_member m; json_next(&w, l->arena, &m); index++)
            if (m.value.len > best.value.len) {
                best = m;
                place = index;
            }
        if (whole_len(best.name, best.value) * 2 < l->value.len)
            return;
        if (kind == JSON_MAP)
            buf_print(&l->path, ".%.*s", (int)(best.name.len < 64 ? best.name.len : 64),
                      best.name.data);
        else
            buf_print(&l->path, "[%llu]", (unsigned long long)place);
        l->value = best.value;
    }
}

static struct str field_bytes(const struct field *f, const void *record)
{
    const void *at = (const char *)record + f->offset;

    return f->type == FIELD_JSON || f->type == FIELD_TEXT || f->type == FIELD_BYTES
               ? *(const struct str *)at
               : (struct str){NULL, 0};
}

static bool largest_field(struct largest *l, const struct shape *shape,
                          const void *record);

/* Of the records in a list; the path begins with the list's name. */
static bool largest_item(struct largest *l, const struct field *f, const void *record)
{
    const struct any_list *list = (const void *)((const char *)record + f->offset);
    bool found = false;

    for (u32 i = 0; i < list->count; i++) {
        struct largest item = {.value = l->value, .arena = l->arena};
        buf_init(&item.path, l->arena, 64);
        if (!largest_field(&item, f->of, (const char *)list->items + i * f->of->size))
            continue;
        l->value = item.value;
        l->is_json = item.is_json;
        l->path.len = 0;
        buf_print(&l->path, "%s[%u].%.*s", f->name, i, ARG(buf_str(&item.path)));
        found = true;
    }
    return found;
}

/* The field with most bytes, if any has more than the one that was found before. */
static bool largest_field(struct largest *l, const struct shape *shape,
                          const void *record)
{
    bool found = false;

    for (u32 i = 0; i < shape->count; i++) {
        const struct field *f = &shape->fields[i];
        struct str bytes = field_bytes(f, record);
        if (f->type == FIELD_MANY)
            found |= largest_item(l, f, record);
        if (bytes.len <= l->value.len)
            continue;
        l->value = bytes;
        l->is_json = f->type == FIELD_JSON;
        l->path.len = 0;
        buf_text(&l->path, f->name);
        found = true;
    }
    return found;
}

struct str size_text(const struct shape *shape, const void *record, size_t size,
                     size_t most, struct arena *arena)
{
    struct largest l = {.arena = arena};

    buf_init(&l.path, arena, 256);
    if (!largest_field(&l, shape, record))
        return arena_print(
            arena, "Expected a request of at most %zu bytes, but got %zu", most, size);
    if (l.is_json)
        largest_within(&l);
    return arena_print(arena,
                       "Expected a request of at most %zu bytes, but got %zu; its "
                       "largest part is '%.*s' with %zu bytes",
                       most, size, ARG(buf_str(&l.path)), l.value.len);
}
