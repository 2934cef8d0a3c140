/* A content type on the first line, any bytes behind it: either an error with a place,
 * or parts that lie in the body, in order and apart from each other. */
#include "api/private.h"

int fuzz_one(const u8 *data, size_t size);

static void parts_check(struct str body, const struct form_part_list *form)
{
    const char *from = body.data;

    for (u32 i = 0; i < form->count; i++) {
        const struct form_part *p = &form->items[i];
        must(p->name.data);
        if (p->content.len == 0)
            continue;
        must(p->content.data >= from);
        from = p->content.data + p->content.len;
        must(from <= body.data + body.len);
    }
}

int fuzz_one(const u8 *data, size_t size)
{
    struct str text = {(const char *)data, size};
    const char *line = size ? memchr(data, '\n', size) : NULL;
    struct form_part_list form;
    struct arena arena;
    struct trap full;
    struct err err;

    if (!line)
        return 0;
    struct str type = {text.data, (size_t)(line - text.data)};
    struct str body = {line + 1, size - type.len - 1};
    arena_init(&arena, 4096, 16 << 20, &full);
    if (setjmp(full.jump) == 0 && multipart_read(type, body, &arena, &form, &err))
        parts_check(body, &form);
    arena_free(&arena);
    return 0;
}
