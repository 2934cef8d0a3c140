#include "gate/inquiry.h"

#include <stdlib.h>

#include "base/buf.h"

struct inquiry {
    struct arena arena; /* of all that is copied */
    struct explain_ask ask;
    struct buf messages; /* of struct buffered_messages */
    u32 next;
    bool is_over;
};

struct inquiry *inquiry_open(const struct explain_ask *ask,
                             const struct text_list *names)
{
    struct inquiry *q = must_alloc(sizeof(*q));
    struct str *copies;

    arena_init(&q->arena, 4096, (size_t)1 << 31, NULL);
    copies = NEW_ARRAY(&q->arena, struct str, names->count);
    for (u32 i = 0; i < names->count; i++)
        copies[i] = arena_copy(&q->arena, names->items[i]);
    q->ask = *ask;
    q->ask.names = (struct text_list){copies, names->count};
    buf_init(&q->messages, &q->arena, 256);
    return q;
}

void inquiry_close(struct inquiry *q)
{
    if (!q)
        return;
    arena_free(&q->arena);
    free(q);
}

u32 inquiry_next(struct inquiry *q, u32 count)
{
    if (q->next < count)
        return q->next++;
    q->is_over = true;
    q->ask.names.count = 0;
    q->ask.has_messages = true;
    q->ask.messages.items =
        (const struct buffered_messages *)(const void *)q->messages.data;
    q->ask.messages.count = (u32)(q->messages.len / sizeof(struct buffered_messages));
    return count;
}

bool inquiry_is_over(const struct inquiry *q)
{
    return q->is_over;
}

const struct explain_ask *inquiry_ask(const struct inquiry *q)
{
    return &q->ask;
}

void inquiry_add(struct inquiry *q, const struct explained *e)
{
    for (u32 i = 0; i < e->messages.count; i++) {
        struct buffered_messages m = e->messages.items[i];
        m.name = arena_copy(&q->arena, m.name);
        m.correlation_key = arena_copy(&q->arena, m.correlation_key);
        buf_add(&q->messages, (struct str){(const char *)&m, sizeof(m)});
    }
}
