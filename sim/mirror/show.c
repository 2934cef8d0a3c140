/* show.c - how a mirror stands. */
#include "sim/mirror/show.h"

#include <stdlib.h>

#include "sim/mirror/inside.h"

void lines_add(struct lines *l, struct str line)
{
    must(l->count < LEN(l->items));
    l->items[l->count++] = line;
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

void lines_put(struct lines *l, const char *what, struct buf *out)
{
    if (l->count)
        qsort(l->items, l->count, sizeof(*l->items), by_text);
    for (u32 i = 0; i < l->count; i++)
        buf_print(out, " %s%.*s", what, ARG(l->items[i]));
    l->count = 0;
}

static struct str wait_text(const struct mirror *m, const struct wait *w)
{
    const char *target = m->plan->parts[w->target].id.text;

    if (w->event == ON_TIMER)
        return arena_print(m->arena, "timer@%lldx%d>%s", (long long)w->due, w->times,
                           target);
    return arena_print(m->arena, "%s:%.*s/%.*s>%s",
                       w->event == ON_SIGNAL ? "signal" : "message", ARG(w->name),
                       ARG(w->key), target);
}

static void put_lists(const struct mirror *m, const struct node *n, struct buf *out)
{
    struct lines l = {.count = 0};

    for (const struct variable *v = n->variables; v; v = v->next)
        lines_add(&l, arena_print(m->arena, "%s=%.*s", v->name.text, ARG(v->value)));
    lines_put(&l, "", out);
    for (const struct wait *w = n->waits; w; w = w->next)
        lines_add(&l, wait_text(m, w));
    lines_put(&l, "", out);
    for (const struct token *t = n->tokens; t; t = t->next)
        lines_add(&l, arena_print(m->arena, "f%d", t->flow));
    lines_put(&l, "token:", out);
    for (const struct undo *u = m->undos; u; u = u->next)
        if (u->scope == n->number && !u->thrower)
            lines_add(&l, str_of(m->plan->parts[u->activity].id.text));
    lines_put(&l, "undo:", out);
}

static void put_node(const struct mirror *m, const struct node *n, u32 depth,
                     struct buf *out)
{
    static const char *const states[] = {"activating", "activated", "completing",
                                         "terminating"};
    static const char *const jobs[] = {"", " job:waits", " job:failed", " job:threw"};
    static const char *const troubles[] = {"",          " !NO_RETRIES", " !CONDITION",
                                           " !VALUE",   " !ERROR",      " !MAPPING",
                                           " !LISTENER"};

    buf_print(out, "%*s%s %s", (int)depth * 2, "", part_of(m, n)->id.text,
              states[n->state]);
    if (n->is_body)
        buf_print(out, " body:%d/%d", n->created, n->results ? n->item_count : 0);
    if (n->counter)
        buf_print(out, " #%d", n->counter);
    if (n->interrupted_by != NONE)
        buf_print(out, " by:%s", m->plan->parts[n->interrupted_by].id.text);
    if (n->listener)
        buf_print(out, " listened:%d", n->listener);
    if (node_is_task(m, n))
        buf_text(out, " task");
    buf_print(out, "%s", jobs[n->job]);
    if (n->job)
        buf_print(out, ":%d", n->retries);
    buf_print(out, "%s", troubles[n->trouble]);
    put_lists(m, n, out);
    buf_byte(out, '\n');
    for (const struct node *child = n->children; child; child = child->next)
        put_node(m, child, depth + 1, out);
}

void mirror_print(const struct mirror *m, struct buf *out)
{
    if (m->root)
        put_node(m, m->root, 0, out);
}
