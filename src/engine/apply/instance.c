#include "engine/apply/apply.h"
#include "state/write.h"

void apply_instance_created(struct state *s, u64 key, const void *record);
void apply_instance_banned(struct state *s, u64 key, const void *record);
void apply_business_id_assigned(struct state *s, u64 key, const void *record);
void apply_instance_modified(struct state *s, u64 key, const void *record);
void apply_instance_deleted(struct state *s, u64 key, const void *record);
void apply_decisions_deleted(struct state *s, u64 key, const void *record);

void apply_instance_created(struct state *s, u64 key, const void *record)
{
    instance_put(s, key, record);
}

/* Nothing of it is due any more, and no worker gets its job. */
static void scope_silence(struct state *s, u64 scope)
{
    u64 job = job_of(s, scope);

    for (u64 timer; (timer = timer_after(s, scope, 0));)
        timer_del(s, timer);
    if (job) {
        struct job_row row = *job_get(s, job);
        row.state = JOB_STATE_FAILED;
        row.recurs_at = 0;
        job_put(s, job, &row);
    }
    for (u64 child = 0; (child = child_after(s, scope, child));)
        scope_silence(s, child);
}

void apply_instance_banned(struct state *s, u64 key, const void *record)
{
    const struct instance_row *before = instance_get(s, key);

    must(before);
    struct instance_row row = *before;
    row.is_banned = true;
    instance_put(s, key, &row);
    scope_silence(s, key);
    for (u64 pending = 0; (pending = pending_after(s, pending));)
        if (pending_get(s, pending)->instance == key)
            pending_del(s, pending);
    for (u64 held; (held = held_of(s, key));)
        held_del(s, held);
}

/* For those who follow the log: what was done stands in events of its own. */
void apply_instance_modified(struct state *s, u64 key, const void *record)
{
}

/* State has nothing of it. */
void apply_instance_deleted(struct state *s, u64 key, const void *record)
{
}

void apply_decisions_deleted(struct state *s, u64 key, const void *record)
{
}

void apply_business_id_assigned(struct state *s, u64 key, const void *record)
{
    const struct business_id_assigned *e = record;
    const struct instance_row *before = instance_get(s, key);

    must(before);
    struct instance_row row = *before;
    row.business_id = e->business_id;
    instance_put(s, key, &row);
}
