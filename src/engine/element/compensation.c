/* compensation.c - undoing what was done (behaviours 8.11). An activity that has
 * completed and could be undone leaves a row with its scope; a throw event takes the
 * rows of its scope, begins their handlers, all at once, and waits until they are
 * through. */
#include "engine/element/element.h"

static void subscribe(struct step *s, const struct visit *v, u32 handler)
{
    emit(s, EV_COMPENSATION_SUBSCRIBED, key_new(s),
         &(struct compensation_row){
             .instance = v->row->instance,
             .process = v->row->process,
             .scope = v->row->scope,
             .activity = v->row->element,
             .activity_instance = v->key,
             .handler = handler,
         });
}

/* The boundary event of a loop is its body's: it is undone once, not once an instance.
 */
void compensation_subscribe(struct step *s, const struct visit *v)
{
    const struct element *e = v->element;
    bool is_scope = v->row->is_body || e->type == ELEMENT_SUB_PROCESS ||
                    e->type == ELEMENT_AD_HOC_SUB_PROCESS;

    if (e->compensation_handler && !row_is_part(v->row))
        subscribe(s, v, e->compensation_handler->tag);
    else if (is_scope && compensation_after(s->state, v->key, 0))
        subscribe(s, v, 0);
}

/* The boundary event that the handler hangs from passes by, for those who follow the
 * log. */
static void boundary_passes(struct step *s, const struct visit *thrower,
                            const struct element *activity)
{
    static const enum event_kind moves[] = {EV_ELEMENT_ACTIVATED, EV_ELEMENT_COMPLETING,
                                            EV_ELEMENT_COMPLETED};
    u64 key = key_new(s);

    emit(s, EV_ELEMENT_ACTIVATING, key,
         &(struct element_activating){
             .instance = thrower->row->instance,
             .process = thrower->row->process,
             .element = activity->compensation_boundary->tag,
             .scope = thrower->row->scope,
         });
    for (size_t i = 0; i < LEN(moves); i++)
        emit(s, moves[i], key,
             &(struct element_moved){thrower->row->instance,
                                     activity->compensation_boundary->tag});
}

static void undo_scope(struct step *s, const struct visit *thrower, u64 scope,
                       const struct element *only);

/* One activity: its handler begins in the thrower's scope; then what was done in it. */
static void undo(struct step *s, const struct visit *thrower, u64 key)
{
    const struct compensation_row *c = compensation_get(s->state, key);
    const struct element *activity = element_of(s, c->process, c->activity);
    u64 inner = c->activity_instance, handler = 0;

    if (c->handler) {
        boundary_passes(s, thrower, activity);
        handler = element_begin(s, activity->compensation_handler,
                                &(struct begin){thrower->row->scope, thrower->row});
    }
    emit(s, EV_COMPENSATION_TRIGGERED, key,
         &(struct compensation_triggered){c->instance, thrower->key, handler});
    undo_scope(s, thrower, inner, NULL);
    if (!handler)
        emit(s, EV_COMPENSATION_COMPLETED, key,
             &(struct compensation_completed){c->instance});
}

static void undo_scope(struct step *s, const struct visit *thrower, u64 scope,
                       const struct element *only)
{
    for (u64 key = 0; (key = compensation_after(s->state, scope, key));) {
        const struct compensation_row *c = compensation_get(s->state, key);
        if (!c->thrower && (!only || only->tag == c->activity))
            undo(s, thrower, key);
    }
}

/* From inside an event sub-process it reaches the scope that this is in, too. */
enum went compensation_throw(struct step *s, struct visit *v)
{
    const struct element *only = v->element->compensation_activity;
    const struct element_row *scope = element_get(s->state, v->row->scope);

    undo_scope(s, v, v->row->scope, only);
    if (scope && scope->scope &&
        element_of(s, scope->process, scope->element)->type ==
            ELEMENT_EVENT_SUB_PROCESS)
        undo_scope(s, v, scope->scope, only);
    return compensation_thrown_by(s->state, v->key, 0) ? WAIT : DONE;
}

/* A handler has ended: its activity is undone, and the thrower goes on after the last.
 */
void compensation_handled(struct step *s, const struct visit *handler)
{
    u64 scope = handler->row->scope;

    for (u64 child = 0; (child = child_after(s->state, scope, child));)
        for (u64 key = 0; (key = compensation_thrown_by(s->state, child, key));) {
            const struct compensation_row *c = compensation_get(s->state, key);
            if (c->handler_instance != handler->key)
                continue;
            emit(s, EV_COMPENSATION_COMPLETED, key,
                 &(struct compensation_completed){c->instance});
            if (!compensation_thrown_by(s->state, child, 0))
                todo(s, CMD_ELEMENT_RUN, child, NULL);
            return;
        }
}
