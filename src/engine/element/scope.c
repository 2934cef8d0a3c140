/* scope.c - what contains others: the process and the embedded sub-process. */
#include "engine/element/element.h"

/* Which start event an instance begins with: the one whose trigger has started it, else
 * the none start event. */
static const struct element *start_of(struct step *s, const struct visit *v,
                                      const struct instance_row *instance)
{
    if (!v->row->scope && instance->start_event)
        return element_of(s, v->row->process, instance->start_event);
    return v->element->start ? v->element->start : v->element->none_start;
}

static enum went scope_entered(struct step *s, struct visit *v)
{
    const struct instance_row *instance = instance_get(s->state, v->row->instance);
    const struct element *start = start_of(s, v, instance);

    must(start);
    u64 key = element_begin(s, start, &(struct begin){v->key, v->row});
    u64 brought = trigger_of(s->state, v->key);
    const struct trigger_row *t = brought ? trigger_get(s->state, brought) : NULL;
    if (t) /* an event sub-process: what has come is for its start event */
        element_triggered(s, key, t->instance, start, t->variables, t->is_error);
    else if (!v->row->scope && instance->start_variables.len)
        element_triggered(s, key, v->row->instance, start, instance->start_variables,
                          false);
    return WAIT;
}

/* The result is for whoever has created the instance and waits; the variables are gone
 * a moment later. */
static enum went scope_finish(struct step *s, struct visit *v)
{
    const struct instance_row *instance = instance_get(s->state, v->row->instance);

    if (!v->row->scope && v->row->parent)
        call_completed(s, v);
    if (v->row->scope || !instance->awaits_result)
        return DONE;
    struct instance_created *result = NEW(s->arena, struct instance_created);
    *result = (struct instance_created){
        .process_key = v->row->process,
        .bpmn_process_id = instance->bpmn_process_id,
        .version = instance->version,
        .instance_key = v->key,
        .tenant = instance->tenant,
        .variables = variables_local(s, v->key, instance->fetch_variables),
        .tags = instance->tags,
        .business_id = instance->business_id,
    };
    effect_ended(s, v->key, result);
    return DONE;
}

/* A process that a message has started leaves the place to the next message of its key.
 */
static enum went scope_ended(struct step *s, struct visit *v)
{
    const struct start_lock_row *lock =
        v->row->scope ? NULL : start_lock_get(s->state, v->key);

    if (lock) {
        emit(s, EV_START_LOCK_RELEASED, v->key, NULL);
        s->instance = 0;
        todo(s, CMD_START_LOCK_RELEASE, 0, lock);
        s->instance = v->key;
    }
    return DONE;
}

const struct element_ops scope_ops = {
    .entered = scope_entered,
    .finish = scope_finish,
    .ended = scope_ended,
};
