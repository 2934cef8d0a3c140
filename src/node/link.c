/* link.c - a node and its stand-in on two threads. Two rings carry what one half has
 * for the other: commands in; answers, effects, sends and marks out. Both halves keep
 * what a full ring does not take, in order, until their next turn. */
#include <stdlib.h>

#include "node/private.h"
#include "state/read.h"

struct node *node_stand_in(struct node *n)
{
    struct node *s = must_alloc(sizeof(*s));
    size_t count = n->options.engine.partitions + 1;

    must(!n->link);
    pool_close(n->pool);
    n->pool = NULL;
    s->options = n->options;
    s->is_stand_in = true;
    node_lists(s);
    s->durable = must_alloc(count * sizeof(*s->durable));
    memcpy(s->durable, n->durable, count * sizeof(*s->durable));
    arena_init(&s->arena, 4096, (size_t)64 << 20, NULL);
    s->link = n->link = must_alloc(sizeof(*s->link));
    s->link->durable = n->log->durable;
    ring_init(&s->link->in, s->link->in_items, LINK_ITEMS);
    ring_init(&s->link->out, s->link->out_items, LINK_ITEMS);
    return s;
}

/* ---- the node's half --------------------------------------------------------------
 */

/* Not settled comes before taking: whoever finds the ring empty sees it. */
void link_take(struct node *n)
{
    struct link *l = n->link;

    atomic_store(&l->is_settled, false);
    atomic_store(&l->is_resting, false);
    n->is_pressed = atomic_load(&l->is_pressed);
    for (struct waiting *w; (w = ring_take(&l->in));)
        inbox_add(n, w);
}

static void list_give(struct node *n, struct held_list *list)
{
    while (list->first) {
        struct outcome_held *h = list->first, *next = h->next;
        if (!ring_put(&n->link->out, h))
            return;
        list->first = next;
        if (!next)
            list->end = &list->first;
        n->has_news = true;
    }
}

/* A copy of the next send; they are rows of the node's half. */
static bool send_copy(struct node *n)
{
    struct send s;

    if (!node_send(n, &s))
        return false;
    struct outcome_held *h = pool_get(n->pool, sizeof(*h) + s.record.len);
    char *to = (char *)(h + 1);
    h->kind = HELD_SEND;
    h->send = s;
    h->send.record = held_text(&to, s.record);
    held_add(&n->sends, h);
    return true;
}

#define SENDS_AT_ONCE 1000

static void counters_give(struct node *n)
{
    struct node_counters c = node_counters(n);
    u64 all[COUNTERS];

    memcpy(all, &c, sizeof(all));
    for (size_t i = 0; i < COUNTERS; i++)
        atomic_store_explicit(&n->link->counters[i], all[i], memory_order_relaxed);
}

struct node_counters link_counters(const struct node *n)
{
    struct node_counters c;
    u64 all[COUNTERS];

    for (size_t i = 0; i < COUNTERS; i++)
        all[i] = atomic_load_explicit(&n->link->counters[i], memory_order_relaxed);
    memcpy(&c, all, sizeof(c));
    return c;
}

void link_give(struct node *n, bool goes_on, const struct err *err)
{
    struct link *l = n->link;

    if (n->options.engine.partitions > 1 && !n->sends.first)
        for (u32 i = 0; i < SENDS_AT_ONCE && send_copy(n); i++)
            ;
    atomic_store(&l->durable, n->log->durable);
    list_give(n, &n->answers);
    list_give(n, &n->effects);
    list_give(n, &n->notices);
    list_give(n, &n->marks_left);
    list_give(n, &n->sends);
    atomic_store(&l->backlog, log_backlog(n->log));
    atomic_store(&l->waiting, n->inbox_count);
    atomic_store(&l->lag, node_lag(n));
    atomic_store(&l->spare, state_spare(n->state));
    counters_give(n);
    if (!goes_on) {
        l->why = *err;
        atomic_store(&l->is_stopped, true);
        n->has_news = true;
    }
    if (node_is_settled(n))
        atomic_store(&l->is_settled, true);
    if (node_rests(n))
        atomic_store(&l->is_resting, true);
}

/* ---- the stand-in's half ----------------------------------------------------------
 */

static void commands_give(struct node *n)
{
    while (n->inbox) {
        struct waiting *w = n->inbox, *next = w->next;
        if (!ring_put(&n->link->in, w))
            return;
        n->inbox = next;
        n->inbox_count--;
        if (!next)
            n->inbox_end = &n->inbox;
        n->has_news = true;
    }
}

bool link_pump(struct node *n, struct err *err)
{
    struct link *l = n->link;

    held_free(n, n->sends_given.first);
    held_init(&n->sends_given);
    commands_give(n);
    for (struct outcome_held *h; (h = ring_take(&l->out));)
        node_release(n, h);
    if (atomic_load(&l->is_stopped)) {
        *err = l->why;
        return false;
    }
    return true;
}

bool link_send(struct node *n, struct send *out)
{
    struct outcome_held *h = held_take(&n->sends);

    if (!h)
        return false;
    *out = h->send;
    held_add(&n->sends_given, h);
    return true;
}

void link_tell(struct node *n, enum waits what)
{
    struct waiting *w = pool_get(n->pool, sizeof(*w));

    w->what = what;
    inbox_add(n, w);
}

u64 link_backlog(const struct node *n)
{
    return atomic_load(&n->link->backlog);
}

u64 link_waiting(const struct node *n)
{
    return atomic_load(&n->link->waiting) + ring_count(&n->link->in);
}

void link_close(struct node *n)
{
    for (struct waiting *w; (w = ring_take(&n->link->in));)
        pool_put(n->pool, w);
    for (struct outcome_held *h; (h = ring_take(&n->link->out));) {
        h->next = NULL;
        held_free(n, h);
    }
    free(n->link);
}
