/* event.c - events that do not wait, and tasks that do nothing. */
#include "engine/element/element.h"

bool event_is_start(const struct element *e)
{
    return e->type == ELEMENT_START_EVENT && e->scope &&
           e->scope->type == ELEMENT_EVENT_SUB_PROCESS;
}

bool event_is_triggered_elsewhere(const struct element *e)
{
    if (e->type == ELEMENT_BOUNDARY_EVENT)
        return true;
    return e->type == ELEMENT_INTERMEDIATE_CATCH_EVENT && e->incoming_count == 1 &&
           e->incoming[0]->source->type == ELEMENT_EVENT_BASED_GATEWAY;
}

static bool event_throws(const struct element *e, enum event_type event)
{
    return e->event == event && (e->type == ELEMENT_END_EVENT ||
                                 e->type == ELEMENT_INTERMEDIATE_THROW_EVENT);
}

/* ---- what is thrown, computed before anything is emitted ------------------------- */

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
    const struct element *e = v->element;
    struct catcher catcher;
    struct failure f;

    if (e->has_job)
        return job_ops.enter(s, v);
    if (event_throws(e, EVENT_TYPE_ERROR))
        return event_catcher(s, v, &catcher) == FAILED ? FAILED : WAIT;
    if (event_throws(e, EVENT_TYPE_SIGNAL) &&
        !expr_string(s, v->key, &e->signal_name, &v->brought, &f))
        return failed(s, v, &f);
    if (event_throws(e, EVENT_TYPE_ESCALATION) &&
        !expr_string(s, v->key, &e->escalation_code, &v->brought, &f))
        return failed(s, v, &f);
    return DONE;
}

/* ---- throwing, when the event stands --------------------------------------------- */

static enum went throw_error(struct step *s, struct visit *v)
{
    struct catcher catcher;
    struct visit at;

    must(event_catcher(s, v, &catcher) == DONE);
    must(visit_get(s, catcher.element_instance, &at));
    trigger(s, &at, catcher.event, (struct str){NULL, 0}, true);
    return WAIT;
}

/* One that nobody catches is passed by; one that interrupts ends the thrower, too. */
static enum went throw_escalation(struct step *s, struct visit *v)
{
    struct catcher catcher = {0};
    struct visit at;
    bool is_caught = escalation_catcher(s, v->row->scope, v->brought, &catcher) &&
                     accepts_trigger(s, catcher.element_instance, catcher.event);

    emit(s, EV_ESCALATED, v->key,
         &(struct escalated){v->row->instance, v->brought, v->row->element,
                             is_caught ? catcher.event->tag : 0});
    if (!is_caught)
        return DONE;
    must(visit_get(s, catcher.element_instance, &at));
    trigger(s, &at, catcher.event, (struct str){NULL, 0}, false);
    return catcher.event->is_interrupting ? WAIT : DONE;
}

/* A signal takes along what is local to its event, so what input mappings have made. */
static enum went throw_signal(struct step *s, struct visit *v)
{
    static const struct text_list all = {NULL, 0};

    todo(s, CMD_SIGNAL_BROADCAST, 0,
         &(struct signal_broadcast){.name = v->brought,
                                    .variables = variables_local(s, v->key, all)});
    return DONE;
}

/* What a trigger has brought to a boundary event becomes its own local variables. */
static enum went event_entered(struct step *s, struct visit *v)
{
    u64 key = trigger_of(s->state, v->key);

    if (v->element->has_job)
        return WAIT;
    if (v->element->type == ELEMENT_BOUNDARY_EVENT && key)
        variables_set_local(s, v->key, v->row->instance,
                            trigger_get(s->state, key)->variables);
    if (event_throws(v->element, EVENT_TYPE_ERROR))
        return throw_error(s, v);
    if (event_throws(v->element, EVENT_TYPE_ESCALATION))
        return throw_escalation(s, v);
    if (event_throws(v->element, EVENT_TYPE_SIGNAL))
        return throw_signal(s, v);
    if (event_throws(v->element, EVENT_TYPE_COMPENSATION))
        return compensation_throw(s, v);
    if (event_throws(v->element, EVENT_TYPE_CANCEL))
        return transaction_cancel(s, v);
    return DONE;
}

/* ---- ending
 * ----------------------------------------------------------------------------------------
 */

/* A start event opens what its scope waits for: not before its own output mappings are
 * through (behaviours 8.6). A terminate end event marks its scope. */
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

/* A link goes on at its other end; no flow is taken. */
static enum went event_ended(struct step *s, struct visit *v)
{
    if (event_throws(v->element, EVENT_TYPE_CANCEL)) {
        transaction_leave(s, v);
        return WAIT;
    }
    if (v->element->event == EVENT_TYPE_TERMINATE &&
        child_count(s->state, v->row->scope))
        todo(s, CMD_CHILDREN_TERMINATE, v->row->scope, &(struct children_terminate){0});
    if (!event_throws(v->element, EVENT_TYPE_LINK) || !v->element->link_target)
        return DONE;
    element_begin(s, v->element->link_target, &(struct begin){v->row->scope, v->row});
    return WAIT;
}

const struct element_ops event_ops = {
    .enter = event_enter,
    .entered = event_entered,
    .finish = event_finish,
    .ended = event_ended,
};
