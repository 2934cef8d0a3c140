#include "engine/apply/apply.h"
#include "state/write.h"

void apply_incident_created(struct state *s, u64 key, const void *record);
void apply_incident_resolved(struct state *s, u64 key, const void *record);

/* A job with an incident is handed to nobody. */
void apply_incident_created(struct state *s, u64 key, const void *record)
{
    const struct incident_row *e = record;
    const struct job_row *job = e->job ? job_get(s, e->job) : NULL;

    incident_put(s, key, e);
    if (job && job->state == JOB_STATE_ACTIVATABLE) {
        struct job_row row = *job;
        row.state = JOB_STATE_FAILED;
        job_put(s, e->job, &row);
    }
}

void apply_incident_resolved(struct state *s, u64 key, const void *record)
{
    const struct incident_resolved *e = record;
    const struct job_row *job = e->job ? job_get(s, e->job) : NULL;

    const struct element_row *before = element_get(s, e->element_instance);

    incident_del(s, key);
    if (e->listens_again && before && before->listener) {
        struct element_row row = *before;
        row.listener = 0;
        element_put(s, e->element_instance, &row);
    }
    if (job) {
        struct job_row row = *job;
        row.state = JOB_STATE_ACTIVATABLE;
        row.recurs_at = 0;
        job_put(s, e->job, &row);
    }
}
