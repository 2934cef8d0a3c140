#include "engine/apply/apply.h"
#include "state/write.h"

void apply_incident_created(struct state *s, u64 key, const void *record);
void apply_incident_resolved(struct state *s, u64 key, const void *record);

/* An instance knows how many there are in it and in those that it called. */
static void incidents_count(struct state *s, u64 instance, u32 more, u32 less)
{
    for (const struct instance_row *i; (i = instance_get(s, instance));) {
        struct instance_row row = *i;
        must(row.incidents + more >= less);
        row.incidents = row.incidents + more - less;
        instance_put(s, instance, &row);
        instance = row.parent_instance;
    }
}

/* A job with an incident is handed to nobody. */
void apply_incident_created(struct state *s, u64 key, const void *record)
{
    const struct incident_row *e = record;
    const struct job_row *job = e->job ? job_get(s, e->job) : NULL;

    struct incident_row incident = *e;
    incident.created_at = state_now(s);
    incident_put(s, key, &incident);
    incidents_count(s, e->instance, 1, 0);
    if (job && job->state == JOB_STATE_ACTIVATABLE) {
        struct job_row row = *job;
        row.state = JOB_STATE_FAILED;
        job_put(s, e->job, &row);
    }
}

static void task_listens_again(struct state *s, u64 element_instance)
{
    u64 key = user_task_of(s, element_instance);

    if (!key)
        return;
    struct user_task_row row = *user_task_get(s, key);
    row.listener = 0;
    user_task_put(s, key, &row);
}

void apply_incident_resolved(struct state *s, u64 key, const void *record)
{
    const struct incident_resolved *e = record;
    const struct job_row *job = e->job ? job_get(s, e->job) : NULL;

    const struct element_row *before = element_get(s, e->element_instance);

    const struct incident_row *incident = incident_get(s, key);

    must(incident);
    incidents_count(s, incident->instance, 0, 1);
    incident_del(s, key);
    if (e->listens_again && before && before->listener) {
        struct element_row row = *before;
        row.listener = 0;
        element_put(s, e->element_instance, &row);
    }
    if (e->listens_again)
        task_listens_again(s, e->element_instance);
    if (job) {
        struct job_row row = *job;
        row.state = JOB_STATE_ACTIVATABLE;
        row.recurs_at = 0;
        job_put(s, e->job, &row);
    }
}
