#include "engine/explain/explain.h"

#define LOOKED_MAX 5000 /* messages, and empty places of their table, at one time */
#define LISTED_MAX 1000 /* that a partition tells of */

static void buffered_add(struct buffered *b, struct str key,
                         const struct buffered_messages *m)
{
    if (str_equal(m->correlation_key, key)) {
        b->with_key += m->count;
        return;
    }
    b->others += m->count;
    u32 differs = text_distance(m->correlation_key, key, CLOSE_MAX);
    bool is_closer =
        !b->closest.data || differs < b->differs ||
        (differs == b->differs && str_compare(m->correlation_key, b->closest) < 0);
    if (is_closer) {
        b->closest = m->correlation_key;
        b->differs = differs;
    }
}

/* The next one of this name here; false: that is all, or enough. */
static bool message_next(struct step *s, struct table_walk *w, struct str name,
                         struct buffered_messages *out)
{
    u64 key;

    while (w->looked < LOOKED_MAX && state_next(s->state, TABLE_MESSAGE, w, &key)) {
        const struct message_row *m = message_get(s->state, key);
        if (!str_equal(m->name, name) || !str_equal(m->tenant, s->tenant))
            continue;
        *out = (struct buffered_messages){m->name, m->correlation_key, 1};
        return true;
    }
    return false;
}

static void name_want(struct account *a, struct str name)
{
    const struct str *known = (const struct str *)(const void *)a->wanted.data;

    for (size_t i = 0; i < a->wanted.len / sizeof(name); i++)
        if (str_equal(known[i], name))
            return;
    buf_add(&a->wanted, (struct str){(const char *)&name, sizeof(name)});
}

struct buffered buffered_find(struct account *a, struct str name, struct str key)
{
    const struct buffered_messages_list *all = &a->asked->messages;
    struct buffered b = {.differs = CLOSE_MAX + 1};
    struct buffered_messages m;
    struct table_walk w = {0};

    for (u32 i = 0; i < all->count; i++)
        if (str_equal(all->items[i].name, name))
            buffered_add(&b, key, &all->items[i]);
    if (a->step->partitions > 1 && !a->asked->has_messages)
        name_want(a, name);
    if (a->step->partitions > 1)
        return b;
    while (message_next(a->step, &w, name, &m))
        buffered_add(&b, key, &m);
    b.is_more = !w.is_over;
    return b;
}

void messages_list(struct step *s, const struct text_list *names,
                   struct explained *answer)
{
    struct buffered_messages *items =
        NEW_ARRAY(s->arena, struct buffered_messages, LISTED_MAX);
    u32 count = 0;

    for (u32 i = 0; i < names->count; i++) {
        struct table_walk w = {0};
        while (count < LISTED_MAX &&
               message_next(s, &w, names->items[i], &items[count]))
            count++;
    }
    answer->messages = (struct buffered_messages_list){items, count};
}
