/* wait.c - elements that wait for a message or a time: intermediate catch events and
 * receive tasks. */
#include "engine/element/element.h"

static enum went wait_enter(struct step *s, struct visit *v)
{
    struct catches catches;
    struct failure f;

    if (trigger_of(s->state, v->key)) /* what it is for came to the gateway before it */
        return DONE;
    if (v->element->event == EVENT_TYPE_LINK) /* its other end was thrown */
        return DONE;
    if (!catches_prepare(s, v, &catches, &f))
        return failed(s, v, &f);
    catches_open(s, v, &catches);
    return WAIT;
}

static enum went wait_entered(struct step *s, struct visit *v)
{
    u64 key = trigger_of(s->state, v->key);

    if (!key)
        return v->element->event == EVENT_TYPE_LINK ? DONE : WAIT;
    variables_set_local(s, v->key, v->row->instance,
                        trigger_get(s->state, key)->variables);
    return DONE;
}

const struct element_ops wait_ops = {.enter = wait_enter, .entered = wait_entered};
