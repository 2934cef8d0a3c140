#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_timer_trigger(struct step *s, u64 key, const void *record);

static bool goes_on(const struct timer_row *t)
{
    return t->repetitions == -1 || t->repetitions > 1;
}

/* A repeating timer is made anew, due from the former due date. Where that cannot be
 * computed it waits without a date for the incident to be resolved: what its element
 * does is not held up. */
static void again(struct step *s, const struct timer_row *t, const struct element *e)
{
    struct timer_row next = *t;
    struct failure f;
    u64 scope = t->element_instance;

    if (!goes_on(t))
        return;
    if (!expr_timer_again(s, scope, e, t->due, &next.due, &f)) {
        struct visit v;
        if (!scope || !visit_get(s, scope, &v))
            return;
        incident(s, &v, &f);
        next.due = DUE_NEVER;
    }
    if (t->repetitions > 0)
        next.repetitions = t->repetitions - 1;
    emit(s, EV_TIMER_CREATED, key_new(s), &next);
}

static void timer_start(struct step *s, u64 key, const struct timer_row *t)
{
    emit(s, EV_TIMER_TRIGGERED, key, &(struct timer_moved){0});
    again(s, t, element_of(s, t->process, t->element));
    instance_start(s, t->process, &(struct instance_row){.start_event = t->element},
                   (struct str){NULL, 0}, 0);
}

void decide_timer_trigger(struct step *s, u64 key, const void *record)
{
    const struct timer_row *t = timer_get(s->state, key);
    struct visit v;

    if (!t || t->due > s->now) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to trigger timer with key '%llu', but no such timer was found",
               (unsigned long long)key);
        return;
    }
    if (!t->element_instance) {
        timer_start(s, key, t);
        return;
    }
    if (!step_about(s, t->instance))
        return;
    const struct element *target = element_of(s, t->process, t->element);
    emit(s, EV_TIMER_TRIGGERED, key, &(struct timer_moved){t->instance});
    /* One that cannot be taken any more is closed with its element; it only goes. */
    if (!accepts_trigger(s, t->element_instance, target))
        return;
    must(visit_get(s, t->element_instance, &v));
    again(s, t, target);
    trigger(s, &v, target, (struct str){NULL, 0}, false);
}
