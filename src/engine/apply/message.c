#include <stdlib.h>

#include "engine/apply/apply.h"
#include "state/write.h"

void apply_message_published(struct state *s, u64 key, const void *record);
void apply_message_expired(struct state *s, u64 key, const void *record);
void apply_message_subscription_created(struct state *s, u64 key, const void *record);
void apply_message_subscription_correlating(struct state *s, u64 key,
                                            const void *record);
void apply_message_subscription_correlated(struct state *s, u64 key,
                                           const void *record);
void apply_message_subscription_answered(struct state *s, u64 key, const void *record);
void apply_message_subscription_rejected(struct state *s, u64 key, const void *record);
void apply_message_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_process_subscription_created(struct state *s, u64 key, const void *record);
void apply_process_subscription_correlated(struct state *s, u64 key,
                                           const void *record);
void apply_process_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_start_subscription_created(struct state *s, u64 key, const void *record);
void apply_start_subscription_deleted(struct state *s, u64 key, const void *record);
void apply_start_correlated(struct state *s, u64 key, const void *record);
void apply_start_lock_released(struct state *s, u64 key, const void *record);

void apply_message_published(struct state *s, u64 key, const void *record)
{
    message_put(s, key, record);
}

void apply_message_expired(struct state *s, u64 key, const void *record)
{
    message_del(s, key);
}

/* ---- which processes have had a message ------------------------------------------ */

static void message_taken(struct state *s, u64 key, struct str bpmn_process_id)
{
    const struct message_row *before = message_get(s, key);

    if (!before)
        return;
    struct message_row row = *before;
    u32 count = row.taken_by.count;
    struct str *all = must_alloc((count + 1) * sizeof(*all));
    if (count)
        memcpy(all, row.taken_by.items, count * sizeof(*all));
    all[count] = bpmn_process_id;
    row.taken_by = (struct text_list){all, count + 1};
    message_put(s, key, &row);
    free(all);
}

static void message_given_back(struct state *s, u64 key, struct str bpmn_process_id)
{
    const struct message_row *before = message_get(s, key);

    if (!before)
        return;
    struct message_row row = *before;
    u32 count = 0;
    struct str *all = must_alloc((row.taken_by.count + 1) * sizeof(*all));
    for (u32 i = 0; i < row.taken_by.count; i++)
        if (!str_equal(row.taken_by.items[i], bpmn_process_id))
            all[count++] = row.taken_by.items[i];
    row.taken_by = (struct text_list){all, count};
    message_put(s, key, &row);
    free(all);
}

/* ---- the side of the message ----------------------------------------------------- */

void apply_message_subscription_created(struct state *s, u64 key, const void *record)
{
    message_subscription_put(s, key, record);
}

static void subscription_busy(struct state *s, u64 key, u64 message, u64 request)
{
    const struct message_subscription_row *before = message_subscription_get(s, key);

    must(before);
    struct message_subscription_row row = *before;
    row.correlating = message;
    row.request = request;
    message_subscription_put(s, key, &row);
}

void apply_message_subscription_correlating(struct state *s, u64 key,
                                            const void *record)
{
    const struct subscription_correlating *e = record;

    message_taken(s, e->message, e->bpmn_process_id);
    subscription_busy(s, key, e->message, e->request);
}

/* One that interrupts has had what it waited for; another one waits for the next. */
void apply_message_subscription_correlated(struct state *s, u64 key, const void *record)
{
    const struct message_subscription_row *row = message_subscription_get(s, key);

    must(row);
    if (row->is_interrupting)
        message_subscription_del(s, key);
    else
        subscription_busy(s, key, 0, 0);
}

void apply_message_subscription_answered(struct state *s, u64 key, const void *record)
{
    struct message_subscription_row row = *message_subscription_get(s, key);

    row.request = 0;
    message_subscription_put(s, key, &row);
}

/* The element could not take it: it is about to go, and so is its subscription. */
void apply_message_subscription_rejected(struct state *s, u64 key, const void *record)
{
    const struct subscription_moved *e = record;

    message_given_back(s, e->message, e->bpmn_process_id);
    if (key)
        message_subscription_del(s, key);
}

void apply_message_subscription_deleted(struct state *s, u64 key, const void *record)
{
    message_subscription_del(s, key);
}

/* ---- the side of the element ----------------------------------------------------- */

void apply_process_subscription_created(struct state *s, u64 key, const void *record)
{
    struct process_subscription_row row =
        *(const struct process_subscription_row *)record;

    row.opened_at = state_now(s);
    process_subscription_put(s, key, &row);
}

void apply_process_subscription_correlated(struct state *s, u64 key, const void *record)
{
    const struct process_subscription_row *row = process_subscription_get(s, key);

    must(row);
    if (row->is_interrupting)
        process_subscription_del(s, key);
}

void apply_process_subscription_deleted(struct state *s, u64 key, const void *record)
{
    process_subscription_del(s, key);
}

/* ---- messages that start --------------------------------------------------------- */

void apply_start_subscription_created(struct state *s, u64 key, const void *record)
{
    start_subscription_put(s, key, record);
}

void apply_start_subscription_deleted(struct state *s, u64 key, const void *record)
{
    start_subscription_del(s, key);
}

/* While the instance lives, no other message of its key starts one. */
void apply_start_correlated(struct state *s, u64 key, const void *record)
{
    const struct start_correlated *e = record;

    message_taken(s, e->message, e->bpmn_process_id);
    if (e->correlation_key.len)
        start_lock_put(s, e->instance,
                       &(struct start_lock_row){e->bpmn_process_id, e->correlation_key,
                                                e->tenant});
}

void apply_start_lock_released(struct state *s, u64 key, const void *record)
{
    start_lock_del(s, key);
}
