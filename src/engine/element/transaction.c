/* transaction.c - a sub-process that is undone when a cancel end event in it is reached
 * (BPMN 2.0, 10.3.5 and 13.5.4): all else in it ends, then what was completed is
 * compensated, then the cancel boundary event follows. An error on the way leaves it by
 * its error boundary event. The original knows none of it. */
#include "engine/element/element.h"

static bool is_cancel_end(const struct element *e)
{
    return e->type == ELEMENT_END_EVENT && e->event == EVENT_TYPE_CANCEL;
}

/* It waits for nothing from outside any more. Only what runs by now ends: handlers
 * begin with the last of them, before their end is through. Another cancel end event
 * may have come first, and ends this one with all else. */
enum went transaction_cancel(struct step *s, struct visit *v)
{
    u64 scope = v->row->scope;

    if (element_get(s->state, scope)->interrupted_by)
        return WAIT;
    catches_close(s, scope);
    emit(s, EV_SCOPE_INTERRUPTED, scope,
         &(struct scope_interrupted){v->row->instance, v->row->element});
    if (child_count(s->state, scope) > 1)
        todo(s, CMD_CHILDREN_TERMINATE, scope,
             &(struct children_terminate){.until = state_last_key(s->state),
                                          .except = v->key});
    else
        todo(s, CMD_ELEMENT_RUN, v->key, NULL);
    return WAIT;
}

bool transaction_empties(struct step *s, u64 scope, const struct element_row *row)
{
    u64 last;

    if (!row->interrupted_by || row->state != ELEMENT_STATE_ACTIVATED ||
        child_count(s->state, scope) != 1 ||
        !is_cancel_end(element_of(s, row->process, row->interrupted_by)))
        return false;
    last = child_after(s->state, scope, 0);
    if (element_get(s->state, last)->state != ELEMENT_STATE_ACTIVATED)
        return false;
    todo(s, CMD_ELEMENT_RUN, last, NULL);
    return true;
}

/* Its handlers begin in the transaction, which has to take elements again for that. */
bool transaction_undoes(struct step *s, struct visit *v)
{
    u64 scope = v->row->scope;

    if (!is_cancel_end(v->element) ||
        element_get(s->state, scope)->interrupted_by != v->row->element)
        return false;
    emit(s, EV_SCOPE_REENTERED, scope, &(struct scope_reentered){v->row->instance});
    return compensation_throw(s, v) == WAIT;
}

void transaction_leave(struct step *s, const struct visit *v)
{
    struct visit t;

    must(visit_get(s, v->row->scope, &t));
    for (u32 i = 0; i < t.element->boundary_count; i++)
        if (t.element->boundaries[i]->event == EVENT_TYPE_CANCEL) {
            trigger(s, &t, t.element->boundaries[i], (struct str){NULL, 0}, false);
            return;
        }
    must(!"a transaction with a cancel end event has a cancel boundary event");
}
