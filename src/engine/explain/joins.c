#include "engine/element/element.h"
#include "engine/explain/explain.h"

#define SEEN_MAX 2048 /* elements that a search for a way looks at */

/* ---- is there a way from here to there? ------------------------------------------ */

struct search {
    const struct element *seen[SEEN_MAX];
    u32 count;
};

static void search_add(struct search *w, const struct element *e)
{
    for (u32 i = 0; i < w->count; i++)
        if (w->seen[i] == e)
            return;
    if (w->count < SEEN_MAX)
        w->seen[w->count++] = e;
}

/* Along flows, over boundary events and links, within one scope. */
static bool is_reached(struct step *s, const struct element *from,
                       const struct element *flow)
{
    struct search *w = NEW(s->arena, struct search);

    search_add(w, from);
    for (u32 i = 0; i < w->count; i++) {
        const struct element *e = w->seen[i];
        if (e == flow)
            return true;
        for (u32 k = 0; k < e->outgoing_count; k++)
            search_add(w, e->outgoing[k]);
        for (u32 k = 0; k < e->boundary_count; k++)
            search_add(w, e->boundaries[k]);
        if (e->type == ELEMENT_SEQUENCE_FLOW)
            search_add(w, e->target);
        if (e->link_target)
            search_add(w, e->link_target);
    }
    return false;
}

/* ---- a gateway that waits -------------------------------------------------------- */

/* The elements in the scope from which a token can still come along this flow. */
static void sources_find(struct account *a, const struct spot *scope,
                         const struct element *flow, struct buf *ids)
{
    struct step *s = a->step;

    for (u64 key = 0; (key = child_after(s->state, scope->key, key));) {
        const struct element_row *row = element_get(s->state, key);
        const struct element *e = element_of(s, row->process, row->element);
        if (e->type == ELEMENT_EVENT_SUB_PROCESS || !is_reached(s, e, flow))
            continue;
        buf_print(ids, "%s%.*s", ids->len ? ", " : "", ARG(say_place(s, e)));
    }
    for (u64 key = 0; (key = token_after(s->state, scope->key, key));) {
        const struct token_row *t = token_get(s->state, key);
        const struct element *on = element_of(s, scope->row->process, t->flow);
        if (on->target != flow->target && is_reached(s, on, flow))
            buf_print(ids, "%s%.*s", ids->len ? ", " : "",
                      ARG(say_place(s, on->target)));
    }
}

static void missing_say(struct account *a, const struct spot *scope,
                        const struct element *gateway, struct buf *text)
{
    struct step *s = a->step;

    for (u32 i = 0; i < gateway->incoming_count; i++) {
        const struct element *flow = gateway->incoming[i];
        struct buf at;
        if (token_first(s->state, scope->key, flow->tag))
            continue;
        buf_init(&at, s->arena, 64);
        sources_find(a, scope, flow, &at);
        buf_print(text, "; the token from %.*s ", ARG(say_place(s, flow->source)));
        if (at.len)
            buf_print(text, "can still come: it is at %.*s", ARG(buf_str(&at)));
        else if (gateway->type == ELEMENT_PARALLEL_GATEWAY)
            buf_text(text,
                     "can never come, since nothing in this scope leads there any "
                     "more: move or cancel the instance, or change the model");
        else
            buf_text(text, "is not needed, since nothing leads there any more");
    }
}

static void join_tell(struct account *a, const struct spot *scope,
                      const struct element *gateway)
{
    struct step *s = a->step;
    struct spot at = {scope->key, scope->row, gateway};
    u32 there = 0;
    struct buf text;

    for (u32 i = 0; i < gateway->incoming_count; i++)
        there += token_first(s->state, scope->key, gateway->incoming[i]->tag) != 0;
    buf_init(&text, s->arena, 256);
    buf_print(&text, "%.*s has %u of its %u tokens", ARG(say_place(s, gateway)), there,
              gateway->incoming_count);
    missing_say(a, scope, gateway, &text);
    if (!reason_begin(a, &at, "GATEWAY", buf_str(&text)))
        return;
    fact_number(a, "tokensPresent", there);
    fact_number(a, "tokensExpected", gateway->incoming_count);
    reason_end(a);
}

/* Its first flow with a token speaks for the gateway. */
static bool is_first(const struct state *s, u64 scope, const struct element *flow)
{
    const struct element *gateway = flow->target;

    for (u32 i = 0; i < gateway->incoming_count; i++)
        if (token_first(s, scope, gateway->incoming[i]->tag))
            return gateway->incoming[i] == flow;
    return false;
}

void joins_of(struct account *a, const struct spot *scope)
{
    struct step *s = a->step;
    u32 last = 0;

    for (u64 key = 0; (key = token_after(s->state, scope->key, key));) {
        const struct token_row *t = token_get(s->state, key);
        const struct element *flow;
        if (t->flow == last)
            continue;
        last = t->flow;
        flow = element_of(s, scope->row->process, t->flow);
        if (gateway_joins(flow->target) && is_first(s->state, scope->key, flow))
            join_tell(a, scope, flow->target);
    }
}
