/* starts.c - what starts instances of a version of a process: timers, messages,
 * signals, conditions. Of all versions only the latest has them open. */
#include "engine/behave/behave.h"

#define DEPLOYMENT_PARTITION 1

void starts_close(struct step *s, u64 process)
{
    for (u64 key; (key = timer_after(s->state, process, 0));)
        emit(s, EV_TIMER_CANCELED, key, &(struct timer_moved){0});
    for (u64 key; (key = start_subscription_of(s->state, process, 0));)
        emit(s, EV_START_SUBSCRIPTION_DELETED, key, NULL);
    for (u64 key; (key = signal_subscription_of(s->state, process, 0));)
        emit(s, EV_SIGNAL_SUBSCRIPTION_DELETED, key, NULL);
    for (u64 key; (key = condition_of(s->state, process, 0));)
        emit(s, EV_CONDITION_CLOSED, key, NULL);
}

/* Timers start instances on the deployment's partition alone. */
static bool timer_open(struct step *s, u64 process, const struct element *e,
                       struct failure *f)
{
    struct schedule schedule;

    if (s->partition != DEPLOYMENT_PARTITION)
        return true;
    if (!expr_timer(s, 0, e, &schedule, f))
        return false;
    emit(s, EV_TIMER_CREATED, key_new(s),
         &(struct timer_row){
             .process = process,
             .element = e->tag,
             .due = schedule.due,
             .repetitions = schedule.repetitions,
             .tenant = process_get(s->state, process)->tenant,
         });
    return true;
}

static bool message_open(struct step *s, u64 process, const struct element *e,
                         struct failure *f)
{
    const struct process_row *p = process_get(s->state, process);
    struct str name;

    if (!expr_string(s, 0, &e->message_name, &name, f))
        return false;
    emit(s, EV_START_SUBSCRIPTION_CREATED, key_new(s),
         &(struct start_subscription_row){process, p->bpmn_process_id, name, e->tag,
                                          p->tenant});
    return true;
}

static bool signal_open(struct step *s, u64 process, const struct element *e,
                        struct failure *f)
{
    struct str name;

    if (!expr_string(s, 0, &e->signal_name, &name, f))
        return false;
    emit(s, EV_SIGNAL_SUBSCRIPTION_CREATED, key_new(s),
         &(struct signal_subscription_row){
             .process = process,
             .element = e->tag,
             .name = name,
             .tenant = process_get(s->state, process)->tenant,
         });
    return true;
}

/* It is evaluated when somebody asks for it, where all that is deployed is known at
 * once: on the deployment's partition alone. */
static void condition_open(struct step *s, u64 process, const struct element *e)
{
    if (s->partition != DEPLOYMENT_PARTITION)
        return;
    emit(s, EV_CONDITION_OPENED, key_new(s),
         &(struct condition_row){
             .process = process,
             .element = e->tag,
             .tenant = process_get(s->state, process)->tenant,
         });
}

bool starts_check(struct step *s, const struct process *p, struct failure *f)
{
    struct schedule schedule;

    for (u32 i = 0; i < p->start_count; i++)
        if (p->starts[i]->event == EVENT_TYPE_TIMER &&
            !expr_timer(s, 0, p->starts[i], &schedule, f))
            return false;
    return true;
}

bool starts_open(struct step *s, u64 process, struct failure *f)
{
    const struct process *p = process_of(s, process);

    for (u32 i = 0; i < p->start_count; i++) {
        const struct element *e = p->starts[i];
        if (e->event == EVENT_TYPE_TIMER && !timer_open(s, process, e, f))
            return false;
        if (e->event == EVENT_TYPE_MESSAGE && !message_open(s, process, e, f))
            return false;
        if (e->event == EVENT_TYPE_SIGNAL && !signal_open(s, process, e, f))
            return false;
        if (e->event == EVENT_TYPE_CONDITIONAL)
            condition_open(s, process, e);
    }
    return true;
}

u64 starts_before(struct step *s, const struct process_row *row)
{
    for (i32 v = row->version - 1; v > 0; v--) {
        u64 key = process_version(s->state, row->tenant, row->bpmn_process_id, v);
        if (key)
            return key;
    }
    return 0;
}
