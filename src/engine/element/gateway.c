/* gateway.c - exclusive, inclusive, parallel and event-based gateways (behaviours 7).
 */
#include "engine/element/element.h"

/* ---- ways out -------------------------------------------------------------------- */

#define NO_WAY \
    "Expected at least one condition to evaluate to true, or to have a default flow"

static const struct failure no_way = {
    .problem = PROBLEM_CONDITION_ERROR,
    .message = {NO_WAY, sizeof(NO_WAY) - 1},
};

/* The flows whose condition is true, in document order: the first one, or all of them;
 * when there is none, the default flow, whose condition is never looked at. */
static enum went choose(struct step *s, struct visit *v, bool all)
{
    const struct element *e = v->element;
    const struct element **chosen =
        NEW_ARRAY(s->arena, const struct element *, e->outgoing_count + 1);
    struct failure f = no_way;

    if (e->outgoing_count == 0 ||
        (e->outgoing_count == 1 && !e->outgoing[0]->condition.is_set))
        return DONE;
    v->chosen = chosen;
    for (u32 i = 0; i < e->outgoing_count && (all || v->chosen_count == 0); i++) {
        bool is_true = false;
        if (e->outgoing[i] == e->default_flow)
            continue;
        if (!expr_boolean(s, v->key, &e->outgoing[i]->condition, NULL, &is_true, &f))
            return failed(s, v, &f);
        if (is_true)
            chosen[v->chosen_count++] = e->outgoing[i];
    }
    if (v->chosen_count == 0 && e->default_flow)
        chosen[v->chosen_count++] = e->default_flow;
    return v->chosen_count ? DONE : failed(s, v, &f);
}

static enum went gateway_enter(struct step *s, struct visit *v)
{
    struct catches catches;
    struct failure f;

    if (v->element->type == ELEMENT_EXCLUSIVE_GATEWAY)
        return choose(s, v, false);
    if (v->element->type == ELEMENT_INCLUSIVE_GATEWAY)
        return choose(s, v, true);
    if (v->element->type != ELEMENT_EVENT_BASED_GATEWAY)
        return DONE;
    if (!catches_prepare(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    return WAIT;
}

/* ---- the event that came first --------------------------------------------------- */

static enum went gateway_finish(struct step *s, struct visit *v)
{
    const struct trigger_row *t;
    const struct element **chosen;
    u64 key;

    if (v->element->type != ELEMENT_EVENT_BASED_GATEWAY)
        return DONE;
    key = trigger_of(s->state, v->key);
    must(key);
    t = trigger_get(s->state, key);
    chosen = NEW(s->arena, const struct element *);
    *chosen = element_of(s, v->row->process, t->target);
    v->chosen = chosen;
    v->chosen_count = 1;
    v->brought = t->variables;
    return DONE;
}

/* It goes on in the gateway's place; no flow is taken. */
static enum went gateway_ended(struct step *s, struct visit *v)
{
    u64 key;

    if (v->element->type != ELEMENT_EVENT_BASED_GATEWAY)
        return DONE;
    must(v->chosen_count == 1);
    key = element_begin(s, v->chosen[0], &(struct begin){v->row->scope, v->row});
    element_triggered(s, key, v->row->instance, v->chosen[0], v->brought, false);
    return WAIT;
}

/* ---- ways in
 * ------------------------------------------------------------------------------------
 */

bool gateway_joins(const struct element *e)
{
    return e->type == ELEMENT_PARALLEL_GATEWAY || e->type == ELEMENT_INCLUSIVE_GATEWAY;
}

/* How many of the gateway's incoming flows have a token. */
static u32 arrived(const struct step *s, u64 scope, const struct element *e)
{
    u32 count = 0;

    for (u32 i = 0; i < e->incoming_count; i++)
        count += token_first(s->state, scope, e->incoming[i]->tag) != 0;
    return count;
}

/* Which elements a search has seen, and which it still has to look at. */
struct search {
    struct step *step;
    u64 scope;
    const struct element *gateway;
    bool is_found; /* a way to one of its flows that no token has taken yet */
    const struct element **seen; /* open addressing by address */
    size_t size, count;
    const struct element **queue;
    size_t queue_from, queue_to, queue_room;
};

static bool search_see(struct search *x, const struct element *e)
{
    size_t at = ((size_t)e->tag * 2654435761u) & (x->size - 1);

    while (x->seen[at] && x->seen[at] != e)
        at = (at + 1) & (x->size - 1);
    if (x->seen[at])
        return false;
    x->seen[at] = e;
    x->count++;
    return true;
}

static void search_grow(struct search *x)
{
    struct search bigger = *x;

    bigger.size = x->size * 2;
    bigger.seen = NEW_ARRAY(x->step->arena, const struct element *, bigger.size);
    bigger.count = 0;
    for (size_t i = 0; i < x->size; i++)
        if (x->seen[i])
            search_see(&bigger, x->seen[i]);
    x->seen = bigger.seen;
    x->size = bigger.size;
}

static void search_add(struct search *x, const struct element *e)
{
    if (x->count * 2 >= x->size)
        search_grow(x);
    if (!search_see(x, e))
        return;
    if (x->queue_to == x->queue_room) {
        const struct element **queue =
            NEW_ARRAY(x->step->arena, const struct element *, x->queue_room * 2);
        memcpy(queue, x->queue, x->queue_to * sizeof(*queue));
        x->queue = queue;
        x->queue_room *= 2;
    }
    x->queue[x->queue_to++] = e;
}

static void search_flow(struct search *x, const struct element *flow)
{
    if (flow->target != x->gateway)
        search_add(x, flow->target);
    else if (!token_first(x->step->state, x->scope, flow->tag))
        x->is_found = true;
}

static void search_follow(struct search *x, const struct element *e)
{
    for (u32 i = 0; i < e->outgoing_count; i++)
        search_flow(x, e->outgoing[i]);
    for (u32 i = 0; i < e->boundary_count; i++)
        search_add(x, e->boundaries[i]);
    if (e->link_target)
        search_add(x, e->link_target);
}

/* What is under way in the scope and is not at this gateway: element instances, and
 * tokens on flows that lead elsewhere. */
static void search_begin(struct search *x)
{
    struct step *s = x->step;

    for (u64 child = 0; (child = child_after(s->state, x->scope, child));) {
        const struct element_row *row = element_get(s->state, child);
        if (row->element != x->gateway->tag)
            search_follow(x, element_of(s, row->process, row->element));
    }
    const struct element_row *row = element_get(s->state, x->scope);
    for (u64 token = 0; (token = token_after(s->state, x->scope, token));)
        search_flow(x, element_of(s, row->process, token_get(s->state, token)->flow));
}

/* Can a token still come here by a flow that has none (behaviours 7.3)? One that could
 * only come by a flow that has is not waited for. */
static bool is_awaited(struct step *s, u64 scope, const struct element *e)
{
    struct search x = {
        .step = s, .scope = scope, .gateway = e, .size = 64, .queue_room = 64};

    x.seen = NEW_ARRAY(s->arena, const struct element *, x.size);
    x.queue = NEW_ARRAY(s->arena, const struct element *, x.queue_room);
    search_begin(&x);
    while (x.queue_from < x.queue_to && !x.is_found)
        search_follow(&x, x.queue[x.queue_from++]);
    return x.is_found;
}

bool gateway_may_enter(struct step *s, u64 scope, const struct element *e)
{
    u32 count = arrived(s, scope, e);

    if (count == e->incoming_count)
        return true;
    return e->type == ELEMENT_INCLUSIVE_GATEWAY && count > 0 &&
           !is_awaited(s, scope, e);
}

const struct element_ops gateway_ops = {
    .enter = gateway_enter,
    .finish = gateway_finish,
    .ended = gateway_ended,
};
