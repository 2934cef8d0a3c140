#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_signal_broadcast(struct step *s, u64 key, const void *record);
void decide_signal_correlate(struct step *s, u64 key, const void *record);
void decide_signal_take(struct step *s, u64 key, const void *record);

/* From a client or a throw event: all partitions get it under one key, and where it
 * comes in first, it also starts instances (behaviours 13.2). */
void decide_signal_broadcast(struct step *s, u64 key, const void *record)
{
    const struct signal_broadcast *c = record;
    struct signal_was_broadcast *answer = NEW(s->arena, struct signal_was_broadcast);
    struct signal_broadcast on = *c;
    struct str tenant = s->tenant;

    on.signal = c->signal ? c->signal : key_new(s);
    emit(s, EV_SIGNAL_BROADCASTED, on.signal,
         &(struct signal_broadcasted){c->name, c->variables, tenant});
    s->instance = 0;
    todo(s, CMD_SIGNAL_CORRELATE, c->signal ? 1 : 0,
         &(struct signal_correlate){c->name, c->variables, tenant, 0,
                                    state_last_key(s->state)});
    if (!c->signal)
        send_to_others(s, CMD_SIGNAL_BROADCAST, 0, &on);
    *answer = (struct signal_was_broadcast){on.signal, tenant};
    if (!s->answer && !s->in_todo)
        s->answer = answer;
}

static void take(struct step *s, const struct signal_subscription_row *x,
                 struct str variables)
{
    struct visit v;

    if (!visit_get(s, x->element_instance, &v) || !step_about(s, x->instance))
        return;
    const struct element *event = element_of(s, x->process, x->element);
    if (accepts_trigger(s, x->element_instance, event))
        trigger(s, &v, event, variables, false);
}

/* What has waited for its instance to be resumed. */
void decide_signal_take(struct step *s, u64 key, const void *record)
{
    const struct signal_take *c = record;
    const struct signal_subscription_row *x = signal_subscription_get(s->state, key);

    if (x)
        take(s, x, c->variables);
}

/* One subscription a to-do; those that were made since the broadcast do not get it.
 * `key` is 1 where instances are not started. */
void decide_signal_correlate(struct step *s, u64 key, const void *record)
{
    const struct signal_correlate *c = record;
    u64 next = signal_subscription_after(s->state, c->tenant, c->name, c->after);
    const struct signal_subscription_row *x = signal_subscription_get(s->state, next);

    if (!x || (next > c->last && key_partition(next) == key_partition(c->last)))
        return;
    struct signal_correlate rest = *c;
    rest.after = next;
    todo(s, CMD_SIGNAL_CORRELATE, key, &rest);
    if (x->element_instance && suspended_with(s->state, x->instance))
        leave(s, x->instance, CMD_SIGNAL_TAKE, next,
              &(struct signal_take){c->variables});
    else if (x->element_instance)
        take(s, x, c->variables);
    else if (key == 0)
        instance_start(s, x->process,
                       &(struct instance_row){.start_event = x->element,
                                              .start_variables = c->variables},
                       (struct str){NULL, 0}, 0);
    s->instance = 0;
}
