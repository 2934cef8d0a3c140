/* event.c - events that do not wait, and tasks that do nothing. */
#include "engine/element/element.h"

bool event_is_triggered_elsewhere(const struct element *e)
{
    if (e->type == ELEMENT_BOUNDARY_EVENT)
        return true;
    return e->type == ELEMENT_INTERMEDIATE_CATCH_EVENT && e->incoming_count == 1 &&
           e->incoming[0]->source->type == ELEMENT_EVENT_BASED_GATEWAY;
}

/* An end event that throws an error: somebody must be there to catch it. */
static enum went event_catcher(struct step *s, struct visit *v, struct catcher *catcher)
{
    struct failure f;
    struct str code, codes;

    if (!expr_string(s, v->key, &v->element->error_code, &code, &f))
        return failed(s, v, &f);
    if (error_catcher(s, v->row->scope, code, catcher, &codes))
        return DONE;
    f = (struct failure){PROBLEM_UNHANDLED_ERROR_EVENT,
                         error_text(s, code, (struct str){NULL, 0}, codes), v->key};
    return failed(s, v, &f);
}

static enum went event_enter(struct step *s, struct visit *v)
{
    struct catcher catcher;

    if (v->element->has_job)
        return job_ops.enter(s, v);
    if (v->element->type == ELEMENT_END_EVENT && v->element->event == EVENT_TYPE_ERROR)
        return event_catcher(s, v, &catcher) == FAILED ? FAILED : WAIT;
    return DONE;
}

/* What a trigger has brought to a boundary event becomes its own local variables; and
 * an error is thrown when its end event stands. */
static enum went event_entered(struct step *s, struct visit *v)
{
    u64 key = trigger_of(s->state, v->key);
    struct catcher catcher;
    struct visit at;

    if (v->element->has_job)
        return WAIT;
    if (v->element->type == ELEMENT_BOUNDARY_EVENT && key)
        variables_set_local(s, v->key, v->row->instance,
                            trigger_get(s->state, key)->variables);
    if (v->element->type != ELEMENT_END_EVENT || v->element->event != EVENT_TYPE_ERROR)
        return DONE;
    must(event_catcher(s, v, &catcher) == DONE);
    must(visit_get(s, catcher.element_instance, &at));
    trigger(s, &at, catcher.boundary, (struct str){NULL, 0}, true);
    return WAIT;
}

/* A start event opens what a sub-process waits for from outside: not before its own
 * output mappings are through (behaviours 8.6). A terminate end event marks its scope.
 */
static enum went event_finish(struct step *s, struct visit *v)
{
    struct catches catches;
    struct failure f;
    struct visit scope;

    if (v->element->type == ELEMENT_START_EVENT &&
        visit_get(s, v->row->scope, &scope)) {
        if (!catches_prepare_scope(s, &scope, &catches, &f))
            return failed(s, v, &f);
        catches_open(s, &scope, &catches);
    }
    if (v->element->event == EVENT_TYPE_TERMINATE)
        emit(s, EV_SCOPE_INTERRUPTED, v->row->scope,
             &(struct scope_interrupted){v->row->instance, v->row->element});
    return DONE;
}

static enum went event_ended(struct step *s, struct visit *v)
{
    if (v->element->event == EVENT_TYPE_TERMINATE &&
        child_count(s->state, v->row->scope))
        todo(s, CMD_CHILDREN_TERMINATE, v->row->scope, &(struct children_terminate){0});
    return DONE;
}

const struct element_ops event_ops = {
    .enter = event_enter,
    .entered = event_entered,
    .finish = event_finish,
    .ended = event_ended,
};
