/* gateway.c - exclusive, parallel and event-based gateways (behaviours 7). */
#include "engine/element/element.h"

/* The first flow whose condition is true, in document order, else the default flow. */
static enum went choose(struct step *s, struct visit *v)
{
    const struct element *e = v->element;
    struct failure f = {
        PROBLEM_CONDITION_ERROR,
        STR("Expected at least one condition to evaluate to true, or to "
            "have a default flow"),
        v->key};

    if (e->outgoing_count == 0 ||
        (e->outgoing_count == 1 && !e->outgoing[0]->condition.is_set))
        return DONE;
    for (u32 i = 0; i < e->outgoing_count; i++) {
        bool is_true = false;
        if (e->outgoing[i] == e->default_flow)
            continue;
        if (!expr_boolean(s, v->key, &e->outgoing[i]->condition, &is_true, &f))
            return failed(s, v, &f);
        if (is_true) {
            v->chosen = e->outgoing[i];
            return DONE;
        }
    }
    v->chosen = e->default_flow;
    return v->chosen ? DONE : failed(s, v, &f);
}

static enum went gateway_enter(struct step *s, struct visit *v)
{
    struct catches catches;
    struct failure f;

    if (v->element->type == ELEMENT_EXCLUSIVE_GATEWAY)
        return choose(s, v);
    if (v->element->type != ELEMENT_EVENT_BASED_GATEWAY)
        return DONE;
    if (!catches_prepare(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    return WAIT;
}

/* The event that came first goes on in the gateway's place; no flow is taken. */
static enum went gateway_ended(struct step *s, struct visit *v)
{
    u64 key;

    if (v->element->type != ELEMENT_EVENT_BASED_GATEWAY)
        return DONE;
    must(v->chosen);
    key = element_begin(s, v->chosen, v->row->scope, v->row, NULL);
    emit(s, EV_ELEMENT_TRIGGERED, key_new(s),
         &(struct trigger_row){
             .instance = v->row->instance,
             .element_instance = key,
             .target = v->chosen->tag,
             .variables = v->brought,
         });
    return WAIT;
}

static enum went gateway_finish(struct step *s, struct visit *v)
{
    const struct trigger_row *t;
    u64 key;

    if (v->element->type != ELEMENT_EVENT_BASED_GATEWAY)
        return DONE;
    key = trigger_of(s->state, v->key);
    must(key);
    t = trigger_get(s->state, key);
    v->chosen = element_of(s, v->row->process, t->target);
    v->brought = t->variables;
    return DONE;
}

static bool gateway_may_enter(const struct step *s, u64 scope, const struct element *e)
{
    for (u32 i = 0; i < e->incoming_count; i++)
        if (!token_first(s->state, scope, e->incoming[i]->tag))
            return false;
    return true;
}

const struct element_ops gateway_ops = {
    .enter = gateway_enter,
    .finish = gateway_finish,
    .ended = gateway_ended,
    .may_enter = gateway_may_enter,
};
