#include "engine/apply/apply.h"
#include "state/write.h"

void apply_instance_migrated(struct state *s, u64 key, const void *record);
void apply_element_migrated(struct state *s, u64 key, const void *record);
void apply_job_migrated(struct state *s, u64 key, const void *record);
void apply_timer_migrated(struct state *s, u64 key, const void *record);
void apply_incident_migrated(struct state *s, u64 key, const void *record);
void apply_token_migrated(struct state *s, u64 key, const void *record);
void apply_trigger_migrated(struct state *s, u64 key, const void *record);
void apply_process_subscription_migrated(struct state *s, u64 key, const void *record);
void apply_message_subscription_migrated(struct state *s, u64 key, const void *record);
void apply_signal_subscription_migrated(struct state *s, u64 key, const void *record);
void apply_condition_migrated(struct state *s, u64 key, const void *record);
void apply_compensation_migrated(struct state *s, u64 key, const void *record);

/* The instance stands with its process; what it leaves may have been deleted. */
void apply_instance_migrated(struct state *s, u64 key, const void *record)
{
    const struct instance_migrated *e = record;
    const struct instance_row *before = instance_get(s, key);

    must(before);
    struct instance_row row = *before;
    row.process = e->process;
    row.bpmn_process_id = e->bpmn_process_id;
    row.version = e->version;
    row.ends_after = e->ends_after;
    instance_del(s, key);
    instance_put(s, key, &row);
    process_left(s, before->process);
}

/* Its collection may be another one in its new process. */
static void loop_unread(struct state *s, u64 key)
{
    const struct loop_row *before = loop_get(s, key);

    if (!before)
        return;
    struct loop_row row = *before;
    row.read = 0;
    loop_put(s, key, &row);
}

void apply_element_migrated(struct state *s, u64 key, const void *record)
{
    const struct element_migrated *e = record;
    const struct element_row *before = element_get(s, key);

    must(before);
    struct element_row row = *before;
    row.process = e->process;
    row.element = e->element;
    row.interrupted_by = e->interrupted_by;
    element_put(s, key, &row);
    loop_unread(s, key);
}

/* A token stands with its flow. */
void apply_token_migrated(struct state *s, u64 key, const void *record)
{
    token_del(s, key);
    token_put(s, key, record);
}

void apply_job_migrated(struct state *s, u64 key, const void *record)
{
    const struct job_migrated *e = record;
    const struct job_row *before = job_get(s, key);

    must(before);
    struct job_row row = *before;
    row.process = e->process;
    row.element = e->element;
    row.headers = e->headers;
    row.has_all_headers = true;
    job_put(s, key, &row);
}

void apply_trigger_migrated(struct state *s, u64 key, const void *record)
{
    trigger_put(s, key, record);
}

/* The same of all that says of which process and element it is. */
#define MIGRATED(noun)                                                         \
    void apply_##noun##_migrated(struct state *s, u64 key, const void *record) \
    {                                                                          \
        const struct row_migrated *e = record;                                 \
        const struct noun##_row *before = noun##_get(s, key);                  \
                                                                               \
        must(before);                                                          \
        struct noun##_row row = *before;                                       \
        row.process = e->process;                                              \
        row.element = e->element;                                              \
        noun##_put(s, key, &row);                                              \
    }

MIGRATED(timer)
MIGRATED(incident)
MIGRATED(signal_subscription)
MIGRATED(condition)

void apply_process_subscription_migrated(struct state *s, u64 key, const void *record)
{
    const struct process_subscription_migrated *e = record;
    const struct process_subscription_row *before = process_subscription_get(s, key);

    must(before);
    struct process_subscription_row row = *before;
    row.element = e->element;
    row.bpmn_process_id = e->bpmn_process_id;
    row.is_interrupting = e->is_interrupting;
    process_subscription_put(s, key, &row);
}

void apply_message_subscription_migrated(struct state *s, u64 key, const void *record)
{
    const struct message_subscription_migrated *e = record;
    const struct message_subscription_row *before = message_subscription_get(s, key);

    must(before);
    struct message_subscription_row row = *before;
    row.bpmn_process_id = e->bpmn_process_id;
    row.is_interrupting = e->is_interrupting;
    message_subscription_put(s, key, &row);
}

void apply_compensation_migrated(struct state *s, u64 key, const void *record)
{
    const struct compensation_migrated *e = record;
    const struct compensation_row *before = compensation_get(s, key);

    must(before);
    struct compensation_row row = *before;
    row.process = e->process;
    row.activity = e->activity;
    row.handler = e->handler;
    compensation_put(s, key, &row);
}
