#include "engine/behave/behave.h"
#include "engine/command/batch.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_instance_cancel(struct step *s, u64 key, const void *record);
void decide_instance_delete(struct step *s, u64 key, const void *record);
void decide_decisions_delete(struct step *s, u64 key, const void *record);
void decide_instance_ban(struct step *s, u64 key, const void *record);

void decide_instance_cancel(struct step *s, u64 key, const void *record)
{
    const struct element_row *row = element_get(s->state, key);
    const struct instance_row *i = instance_get(s->state, key);

    if (!i || !row || (row->state == ELEMENT_STATE_TERMINATING && !i->is_banned)) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to cancel a process instance with key '%llu', but no such "
               "process was found",
               (unsigned long long)key);
        return;
    }
    if (row->parent) {
        reject(
            s, REJECT_INVALID_STATE,
            "Expected to cancel a process instance with key '%llu', but it is created "
            "by a parent process instance. Cancel the root process instance '%llu' "
            "instead.",
            (unsigned long long)key, (unsigned long long)i->root_instance);
        return;
    }
    if (!i->is_banned && !step_about(s, key))
        return;
    if (i->is_suspended && !i->is_banned)
        instance_resume(s, key, true);
    element_terminate(s, key);
}

/* A to-do that is too large even alone: its element gets an incident that says so. */
static void pending_too_large(struct step *s, u64 pending)
{
    const struct pending_row *p = pending_get(s->state, pending);
    struct visit v;

    if (!p)
        return;
    emit(s, EV_PENDING_REMOVED, pending, &(struct pending_removed){p->instance});
    if (p->kind == CMD_BATCH_GO)
        batch_stumbled(s, p->about, REJECT_TOO_LARGE,
                       STR("it and what follows from it do not fit into one step"));
    if (p->kind != CMD_ELEMENT_RUN || !visit_get(s, p->about, &v))
        return;
    incident(s, &v,
             &(struct failure){
                 PROBLEM_MESSAGE_SIZE_EXCEEDED,
                 arena_print(s->arena,
                             "Expected to process element '%.*s', but exceeded "
                             "MAX_MESSAGE_SIZE limitation. If you have large or many "
                             "variables consider reducing these.",
                             ARG(v.element->id)),
                 v.key});
}

/* What has ended is no state: only those who follow the log have something to forget.
 */
void decide_instance_delete(struct step *s, u64 key, const void *record)
{
    if (instance_get(s->state, key)) {
        reject(s, REJECT_INVALID_STATE,
               "Expected to delete process instance with key '%llu', but it has not "
               "ended yet",
               (unsigned long long)key);
        return;
    }
    emit(s, EV_INSTANCE_DELETED, key, NULL);
}

void decide_decisions_delete(struct step *s, u64 key, const void *record)
{
    emit(s, EV_DECISIONS_DELETED, key, NULL);
}

void decide_instance_ban(struct step *s, u64 key, const void *record)
{
    const struct instance_ban *b = record;

    if (b->reason.len == 0) {
        pending_too_large(s, b->pending);
        return;
    }
    const struct pending_row *p = b->pending ? pending_get(s->state, b->pending) : NULL;
    if (p)
        emit(s, EV_PENDING_REMOVED, b->pending, &(struct pending_removed){b->instance});
    if (p && p->kind == CMD_BATCH_GO)
        batch_stumbled(s, p->about, REJECT_PROCESSING_ERROR, b->reason);
    if (b->instance && instance_get(s->state, b->instance))
        emit(s, EV_INSTANCE_BANNED, b->instance,
             &(struct instance_banned){b->instance, b->reason});
    else if (b->timer && timer_get(s->state, b->timer))
        emit(s, EV_DUE_DROPPED, b->timer, &(struct due_dropped){b->reason});
    else if (b->message && message_get(s->state, b->message))
        emit(s, EV_DUE_DROPPED, b->message, &(struct due_dropped){b->reason});
}
