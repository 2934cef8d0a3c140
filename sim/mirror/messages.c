/* messages.c - messages and who waits for them. Each process takes a message once, by
 * the eldest of its nodes that wait for it; one that may still be taken later is kept
 * until its time is over, for those who begin to wait. */
#include "sim/mirror/inside.h"

/* The process that a node is in. */
static i32 process_of_node(const struct node *n)
{
    while (!n->is_root)
        n = n->scope;
    return n->part;
}

static bool is_taken_by(const struct message *g, i32 process)
{
    for (i32 i = 0; i < g->taken_count; i++)
        if (g->taken[i] == process)
            return true;
    return false;
}

static void give_back(struct message *g, i32 process)
{
    for (i32 i = 0; i < g->taken_count; i++)
        if (g->taken[i] == process)
            g->taken[i] = g->taken[--g->taken_count];
}

static struct wait *wait_of(const struct node *n, struct str name)
{
    struct wait *w = n->waits;

    while (w && !(w->event == ON_MESSAGE && str_equal(w->name, name)))
        w = w->next;
    return w;
}

static void hand_over(struct mirror *m, struct message *g, struct node *n,
                      struct wait *w)
{
    struct to_do *t = to_do(m, DO_MESSAGE, n);

    t->name = w->name;
    t->message = g;
    w->is_correlating = true;
    must(g->taken_count < (i32)LEN(g->taken));
    g->taken[g->taken_count++] = process_of_node(n);
}

/* The eldest node beyond this number that waits for it and may get it. */
static struct node *next_waiting(const struct mirror *m, const struct message *g,
                                 u64 after, i32 process)
{
    struct node *first = NULL;

    for (struct node *n = NULL; (n = mirror_next(m, n));) {
        const struct wait *w = wait_of(n, g->name);
        if (w && str_equal(w->key, g->key) && !w->is_correlating && n->number > after &&
            (process == NONE || process_of_node(n) == process) &&
            !is_taken_by(g, process_of_node(n)) &&
            (!first || n->number < first->number))
            first = n;
    }
    return first;
}

void mirror_publish(struct mirror *m, struct str name, struct str key, i64 ttl,
                    const struct document *d)
{
    struct message *g = NEW(m->arena, struct message), **end = &m->messages;

    *g = (struct message){
        .name = name, .key = key, .brought = *d, .deadline = m->now + ttl};
    while (*end)
        end = &(*end)->next;
    *end = g;
    for (struct node *n = NULL; (n = next_waiting(m, g, n ? n->number : 0, NONE));)
        hand_over(m, g, n, wait_of(n, name));
    mirror_settle(m);
}

/* Somebody begins to wait, or is free for the next one: the oldest kept one is his. */
void message_listen(struct mirror *m, struct node *n, struct str name)
{
    struct wait *w = n->is_gone ? NULL : wait_of(n, name);

    if (!w || w->is_correlating)
        return;
    for (struct message *g = m->messages; g; g = g->next)
        if (str_equal(g->name, w->name) && str_equal(g->key, w->key) &&
            g->deadline > m->now && !is_taken_by(g, process_of_node(n))) {
            hand_over(m, g, n, w);
            return;
        }
}

static void wait_del(struct node *n, const struct wait *w)
{
    struct wait **at = &n->waits;

    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
}

void message_come(struct mirror *m, const struct to_do *t)
{
    struct node *n = t->node;
    struct wait *w = n->is_gone ? NULL : wait_of(n, t->name);
    i32 target = w ? w->target : NONE;
    struct to_do *next;

    if (!w || !node_accepts(m, n, target)) {
        next = to_do(m, DO_REFUSED, n);
        next->name = t->name;
        next->message = t->message;
        return;
    }
    if (m->plan->parts[target].is_interrupting)
        wait_del(n, w);
    node_trigger(m, n, target, &t->message->brought, false);
    next = to_do(m, DO_TAKEN, n);
    next->name = t->name;
}

void message_taken(struct mirror *m, const struct to_do *t)
{
    struct wait *w = t->node->is_gone ? NULL : wait_of(t->node, t->name);

    if (w)
        w->is_correlating = false;
    message_listen(m, t->node, t->name);
}

/* The next one of the same process may have it, unless it is of the moment only. */
void message_refused(struct mirror *m, const struct to_do *t)
{
    struct wait *w = t->node->is_gone ? NULL : wait_of(t->node, t->name);
    i32 process = process_of_node(t->node);

    if (w)
        w->is_correlating = false;
    give_back(t->message, process);
    if (t->message->deadline <= m->now)
        return;
    struct node *n = next_waiting(m, t->message, 0, process);
    if (n)
        hand_over(m, t->message, n, wait_of(n, t->name));
}
