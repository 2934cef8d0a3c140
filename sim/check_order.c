/* check_order.c - numbers of entries, keys and times rise, over all crashes; a key is
 * given once over all partitions; nothing comes before its time. */
#include <inttypes.h>
#include <stdlib.h>

#include "sim/checker.h"

struct order {
    u64 entry[PARTITIONS_MAX];
    i64 now[PARTITIONS_MAX];
    u64 key[PARTITIONS_MAX];   /* the highest so far */
    u64 floor[PARTITIONS_MAX]; /* ... before this entry: an entry may use its own in any
                                * order */
    struct map due;   /* timer, message, job that pauses: not before this time */
    struct map given; /* key: in which entry of its partition */
};

static void *order_open(struct world *w)
{
    return must_alloc(sizeof(struct order));
}

static void order_close(void *mine)
{
    struct order *o = mine;

    map_free(&o->given);
    map_free(&o->due);
    free(o);
}

/* Does this event bring a new key? The element instance of a process has the key of its
 * instance, and what another partition distributes has keys of that one. */
static bool is_new(const struct shown *e)
{
    switch ((int)e->kind) {
    case EV_RESOURCE_ADDED:
    case EV_PROCESS_CREATED:
        return e->key >> 51 == e->partition;
    case EV_ELEMENT_ACTIVATING:
        return ((const struct element_activating *)e->record)->instance != e->key;
    case EV_DEPLOYMENT_CREATED:
    case EV_INSTANCE_CREATED:
    case EV_SEQUENCE_FLOW_TAKEN:
    case EV_ELEMENT_TRIGGERED:
    case EV_VARIABLE_CREATED:
    case EV_VARIABLES_CHANGED:
    case EV_JOB_CREATED:
    case EV_TIMER_CREATED:
    case EV_INCIDENT_CREATED:
    case EV_MESSAGE_PUBLISHED:
    case EV_MESSAGE_SUBSCRIPTION_CREATED:
    case EV_PROCESS_SUBSCRIPTION_CREATED:
    case EV_PENDING_ADDED:
    case EV_OUTBOX_ADDED:
        return true;
    }
    return false;
}

/* Timers, expiries and the ends of pauses come when they are due, never before. */
static void due_check(struct world *w, struct order *o, const struct shown *e)
{
    switch ((int)e->kind) {
    case EV_TIMER_CREATED:
        *map_at(&o->due, e->key) = (u64)((const struct timer_row *)e->record)->due;
        return;
    case EV_MESSAGE_PUBLISHED:
        *map_at(&o->due, e->key) =
            (u64)((const struct message_row *)e->record)->deadline;
        return;
    case EV_JOB_FAILED:
        *map_at(&o->due, e->key) =
            (u64)((const struct job_failed *)e->record)->recurs_at;
        return;
    case EV_TIMER_TRIGGERED:
    case EV_MESSAGE_EXPIRED:
    case EV_JOB_RECURRED:
        if (e->now < (i64)map_get(&o->due, e->key))
            world_fail(w, "order", "%s of %" PRIu64 " came %" PRId64 " ms too early",
                       events[e->kind].name, e->key,
                       (i64)map_get(&o->due, e->key) - e->now);
        return;
    }
}

static void order_event(struct world *w, void *mine, const struct shown *e)
{
    struct order *o = mine;
    u32 i = e->partition - 1;

    if (e->entry != o->entry[i] && e->entry != o->entry[i] + 1)
        world_fail(w, "order", "partition %u: entry %" PRIu64 " follows %" PRIu64,
                   e->partition, e->entry, o->entry[i]);
    if (e->now < o->now[i])
        world_fail(w, "order",
                   "partition %u: entry %" PRIu64 " is of an earlier time than the one "
                   "before",
                   e->partition, e->entry);
    if (e->entry != o->entry[i])
        o->floor[i] = o->key[i];
    o->entry[i] = e->entry;
    o->now[i] = e->now;
    due_check(w, o, e);
    if (!is_new(e))
        return;
    u64 *given = map_at(&o->given, e->key);
    if (*given)
        world_fail(w, "order",
                   "key %" PRIu64 " of %s in entry %" PRIu64
                   " was given before, in entry %" PRIu64,
                   e->key, events[e->kind].name, e->entry, *given);
    *given = e->entry;
    if (e->key >> 51 != e->partition || e->key <= o->floor[i])
        world_fail(w, "order", "key %" PRIu64 " of %s follows key %" PRIu64, e->key,
                   events[e->kind].name, o->floor[i]);
    if (e->key > o->key[i])
        o->key[i] = e->key;
}

const struct checker order_checker = {
    .name = "order", .open = order_open, .close = order_close, .event = order_event};
