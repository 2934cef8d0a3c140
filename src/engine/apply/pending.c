#include "engine/apply/apply.h"
#include "state/write.h"

void apply_pending_added(struct state *s, u64 key, const void *record);
void apply_pending_removed(struct state *s, u64 key, const void *record);
void apply_pending_refused(struct state *s, u64 key, const void *record);
void apply_outbox_added(struct state *s, u64 key, const void *record);
void apply_outbox_acknowledged(struct state *s, u64 key, const void *record);
void apply_inbox_moved(struct state *s, u64 key, const void *record);
void apply_due_dropped(struct state *s, u64 key, const void *record);

/* What belongs to a suspended instance waits for its resumption. */
void apply_pending_added(struct state *s, u64 key, const void *record)
{
    const struct pending_row *e = record;
    u64 root = e->instance ? suspended_with(s, e->instance) : 0;

    if (root)
        held_put(s, key, &(struct held_row){root, e});
    else
        pending_put(s, key, e);
}

void apply_pending_removed(struct state *s, u64 key, const void *record)
{
    pending_del(s, key);
}

void apply_pending_refused(struct state *s, u64 key, const void *record)
{
    pending_del(s, key);
}

static struct partition_row partition_before(const struct state *s, u32 partition)
{
    const struct partition_row *row = partition_get(s, partition);

    return row ? *row : (struct partition_row){0};
}

void apply_outbox_added(struct state *s, u64 key, const void *record)
{
    const struct outbox_row *e = record;
    struct partition_row row = partition_before(s, e->partition);

    must(e->number == row.sent + 1);
    row.sent = e->number;
    partition_put(s, e->partition, &row);
    outbox_put(s, key, e);
}

void apply_outbox_acknowledged(struct state *s, u64 key, const void *record)
{
    const struct outbox_acknowledged *e = record;

    for (u64 first; (first = outbox_after(s, e->partition, 0));) {
        if (outbox_get(s, first)->number > e->number)
            return;
        outbox_del(s, first);
    }
}

void apply_inbox_moved(struct state *s, u64 key, const void *record)
{
    const struct inbox_moved *e = record;
    struct partition_row row = partition_before(s, e->partition);

    must(e->number == row.applied + 1);
    row.applied = e->number;
    partition_put(s, e->partition, &row);
}

void apply_due_dropped(struct state *s, u64 key, const void *record)
{
    if (timer_get(s, key))
        timer_del(s, key);
    else if (message_get(s, key))
        message_del(s, key);
}
