#include "engine/apply/apply.h"
#include "state/write.h"

void apply_instance_suspended(struct state *s, u64 key, const void *record);
void apply_instance_resumed(struct state *s, u64 key, const void *record);

static void job_suspend(struct state *s, u64 job, bool is_suspended)
{
    struct job_row row = *job_get(s, job);

    row.is_suspended = is_suspended;
    job_put(s, job, &row);
}

static void timer_suspend(struct state *s, u64 timer, bool is_suspended)
{
    struct timer_row row = *timer_get(s, timer);

    row.is_suspended = is_suspended;
    timer_put(s, timer, &row);
}

/* Jobs and timers of an element instance and of all in it; a called process is in its
 * call activity. */
static void scope_suspend(struct state *s, u64 scope, bool is_suspended)
{
    u64 job = job_of(s, scope);

    if (job)
        job_suspend(s, job, is_suspended);
    for (u64 timer = 0; (timer = timer_after(s, scope, timer));)
        timer_suspend(s, timer, is_suspended);
    for (u64 child = 0; (child = child_after(s, scope, child));)
        scope_suspend(s, child, is_suspended);
}

static void instance_suspend(struct state *s, u64 key, bool is_suspended)
{
    const struct instance_row *before = instance_get(s, key);

    must(before);
    struct instance_row row = *before;
    row.is_suspended = is_suspended;
    row.suspended_at = is_suspended ? state_now(s) : 0;
    instance_put(s, key, &row);
    scope_suspend(s, key, is_suspended);
}

/* Work that is left over rests, too. */
void apply_instance_suspended(struct state *s, u64 key, const void *record)
{
    instance_suspend(s, key, true);
    for (u64 pending = 0; (pending = pending_after(s, pending));) {
        const struct pending_row *row = pending_get(s, pending);
        if (!row->instance || suspended_with(s, row->instance) != key)
            continue;
        held_put(s, pending, &(struct held_row){key, row});
        pending_del(s, pending);
    }
}

/* Under its old keys, so that all is done in the order in which it came. */
void apply_instance_resumed(struct state *s, u64 key, const void *record)
{
    const struct instance_resumed *e = record;

    instance_suspend(s, key, false);
    for (u64 held; (held = held_of(s, key));) {
        const struct pending_row *work = held_get(s, held)->work;
        if (!e->is_to_end || commands[work->kind].whose != WHOSE_CLIENT)
            pending_put(s, held, work);
        held_del(s, held);
    }
}
