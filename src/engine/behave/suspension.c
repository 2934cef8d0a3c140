/* suspension.c - a suspended instance goes on. */
#include "engine/behave/behave.h"

static void offer(struct step *s, u64 scope)
{
    u64 key = job_of(s->state, scope);
    const struct job_row *job = key ? job_get(s->state, key) : NULL;

    if (job && job->state == JOB_STATE_ACTIVATABLE)
        effect_jobs(s, job->tenant, job->type);
    for (u64 child = 0; (child = child_after(s->state, scope, child));)
        offer(s, child);
}

void instance_resume(struct step *s, u64 root, bool is_to_end)
{
    emit(s, EV_INSTANCE_RESUMED, root, &(struct instance_resumed){is_to_end});
    if (!is_to_end)
        offer(s, root);
}
