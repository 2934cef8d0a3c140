#include "engine/apply/apply.h"
#include "state/write.h"

void apply_job_created(struct state *s, u64 key, const void *record);
void apply_job_activated(struct state *s, u64 key, const void *record);
void apply_job_completed(struct state *s, u64 key, const void *record);
void apply_job_failed(struct state *s, u64 key, const void *record);
void apply_job_error_thrown(struct state *s, u64 key, const void *record);
void apply_job_timed_out(struct state *s, u64 key, const void *record);
void apply_job_recurred(struct state *s, u64 key, const void *record);
void apply_job_yielded(struct state *s, u64 key, const void *record);
void apply_job_canceled(struct state *s, u64 key, const void *record);
void apply_job_retries_updated(struct state *s, u64 key, const void *record);
void apply_job_timeout_updated(struct state *s, u64 key, const void *record);
void apply_job_priority_updated(struct state *s, u64 key, const void *record);

static struct job_row job_before(const struct state *s, u64 key)
{
    const struct job_row *row = job_get(s, key);

    must(row);
    return *row;
}

void apply_job_created(struct state *s, u64 key, const void *record)
{
    struct job_row row = *(const struct job_row *)record;

    row.is_suspended = suspended_with(s, row.instance) != 0;
    job_put(s, key, &row);
}

void apply_job_activated(struct state *s, u64 key, const void *record)
{
    const struct job_activated *e = record;
    struct job_row row = job_before(s, key);

    row.state = JOB_STATE_ACTIVATED;
    row.worker = e->worker;
    row.deadline = e->deadline;
    job_put(s, key, &row);
}

/* A listener is done: its element goes on to the next one. */
static void listener_done(struct state *s, u64 element_instance)
{
    const struct element_row *before = element_get(s, element_instance);

    must(before);
    struct element_row row = *before;
    row.listener++;
    element_put(s, element_instance, &row);
}

static void task_listener_done(struct state *s, u64 user_task)
{
    const struct user_task_row *before = user_task_get(s, user_task);

    must(before);
    struct user_task_row row = *before;
    row.listener++;
    user_task_put(s, user_task, &row);
}

/* What the job has brought stays with its element until that goes on; that of an ad-hoc
 * sub-process has got it already, and may go on for long. */
void apply_job_completed(struct state *s, u64 key, const void *record)
{
    const struct job_completed *e = record;
    struct job_row row = job_before(s, key);

    if (e->user_task)
        task_listener_done(s, e->user_task);
    else if (e->is_listener)
        listener_done(s, e->element_instance);
    else if (row.kind != JOB_KIND_AD_HOC_SUB_PROCESS)
        trigger_put(s, key,
                    &(struct trigger_row){
                        .instance = e->instance,
                        .element_instance = e->element_instance,
                        .target = row.element,
                        .variables = e->variables,
                    });
    job_del(s, key);
}

void apply_job_failed(struct state *s, u64 key, const void *record)
{
    const struct job_failed *e = record;
    struct job_row row = job_before(s, key);
    bool is_back = e->retries > 0 && e->recurs_at == 0;

    row.state = is_back ? JOB_STATE_ACTIVATABLE : JOB_STATE_FAILED;
    row.retries = e->retries;
    row.error_message = e->error_message;
    row.recurs_at = e->recurs_at;
    row.deadline = 0;
    job_put(s, key, &row);
}

void apply_job_error_thrown(struct state *s, u64 key, const void *record)
{
    const struct job_error_thrown *e = record;
    struct job_row row = job_before(s, key);

    if (e->is_caught) {
        job_del(s, key);
        return;
    }
    row.state = JOB_STATE_ERROR_THROWN;
    row.error_message = e->error_message;
    row.deadline = 0;
    job_put(s, key, &row);
}

static void job_back(struct state *s, u64 key)
{
    struct job_row row = job_before(s, key);

    row.state = JOB_STATE_ACTIVATABLE;
    row.deadline = 0;
    row.recurs_at = 0;
    job_put(s, key, &row);
}

void apply_job_timed_out(struct state *s, u64 key, const void *record)
{
    job_back(s, key);
}

void apply_job_recurred(struct state *s, u64 key, const void *record)
{
    job_back(s, key);
}

void apply_job_yielded(struct state *s, u64 key, const void *record)
{
    job_back(s, key);
}

void apply_job_canceled(struct state *s, u64 key, const void *record)
{
    job_del(s, key);
}

void apply_job_retries_updated(struct state *s, u64 key, const void *record)
{
    const struct job_retries_updated *e = record;
    struct job_row row = job_before(s, key);

    row.retries = e->retries;
    job_put(s, key, &row);
}

void apply_job_timeout_updated(struct state *s, u64 key, const void *record)
{
    const struct job_timeout_updated *e = record;
    struct job_row row = job_before(s, key);

    row.deadline = e->deadline;
    job_put(s, key, &row);
}

void apply_job_priority_updated(struct state *s, u64 key, const void *record)
{
    const struct job_priority_updated *e = record;
    struct job_row row = job_before(s, key);

    row.priority = e->priority;
    job_put(s, key, &row);
}
