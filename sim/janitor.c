/* janitor.c - who looks after what the storm has left: incidents are resolved with good
 * variables, or their instance is cancelled; who is suspended is resumed, and who waits
 * for a message gets one. Nothing
 * else is helped, so that what is stuck by our own fault stays stuck. */
#include <stdlib.h>

#include "sim/world.h"
#include "state/read.h"

#define ROUND_MS   2000
#define TRIES_MAX  4 /* before the instance of an incident is cancelled */
#define MESSAGE_MS 12000

struct janitor {
    struct thing thing;
    struct map tries;    /* by instance */
    struct map asked_at; /* messages, by subscription */
};

/* Only the first of a chain of calls can be cancelled. */
static u64 first_of(struct world *w, const struct incident_row *i)
{
    const struct instance_row *row =
        instance_get(world_state(w, i->instance), i->instance);

    return row && row->root_instance ? row->root_instance : i->instance;
}

static void clean(struct world *w, u64 incident, const struct incident_row *i)
{
    struct janitor *j = w->janitor;
    struct variables_set good = {sim_variables(w, false), false};
    struct job_update_retries retries = {2};

    if (++*map_at(&j->tries, i->instance) > TRIES_MAX) {
        world_ask(w,
                  &(struct call){.kind = CMD_INSTANCE_CANCEL, .key = first_of(w, i)});
        return;
    }
    world_ask(w, &(struct call){
                     .kind = CMD_VARIABLES_SET, .key = i->instance, .record = &good});
    if (i->job)
        world_ask(w, &(struct call){.kind = CMD_JOB_UPDATE_RETRIES,
                                    .key = i->job,
                                    .record = &retries});
    world_ask(w, &(struct call){.kind = CMD_INCIDENT_RESOLVE, .key = incident});
}

static void bring(struct world *w, u64 key, const struct message_subscription_row *x)
{
    struct message_publish record = {
        .name = x->name,
        .correlation_key = x->correlation_key,
        .time_to_live = 100,
    };
    u64 *asked = map_at(&w->janitor->asked_at, key);

    /* Those that do not interrupt have no need of one. */
    if (!x->is_interrupting || (i64)*asked + MESSAGE_MS > w->now)
        return;
    *asked = (u64)w->now;
    world_ask(w, &(struct call){.kind = CMD_MESSAGE_PUBLISH, .record = &record});
}

/* Is nothing left anywhere? Then the workers may stop. */
static bool is_clean(struct world *w)
{
    for (u32 i = 0; i < w->config.partitions; i++) {
        struct node_counters c = node_counters(w->parts[i].node);
        if (c.instances || c.timers || c.messages ||
            pending_first(node_state(w->parts[i].node)) ||
            state_count(node_state(w->parts[i].node), TABLE_OUTBOX))
            return false;
    }
    return true;
}

static void wake(struct world *w)
{
    for (size_t i = 0; i < w->instances.count; i++) {
        u64 key = w->instances.items[i];
        const struct instance_row *row = instance_get(world_state(w, key), key);
        if (row && row->is_suspended)
            world_ask(w, &(struct call){.kind = CMD_INSTANCE_RESUME, .key = key});
    }
}

static void janitor_act(struct world *w, struct thing *t)
{
    wake(w);
    for (size_t i = 0; i < w->incidents.count; i++) {
        u64 key = w->incidents.items[i];
        const struct incident_row *row = incident_get(world_state(w, key), key);
        if (row)
            clean(w, key, row);
    }
    for (size_t i = 0; i < w->subscriptions.count; i++) {
        u64 key = w->subscriptions.items[i];
        const struct message_subscription_row *row =
            message_subscription_get(world_state(w, key), key);
        if (row)
            bring(w, key, row);
    }
    w->is_over = is_clean(w);
    if (!w->is_over)
        world_at(w, t, w->now + ROUND_MS);
}

void janitor_open(struct world *w)
{
    w->janitor = must_alloc(sizeof(*w->janitor));
    w->janitor->thing.act = janitor_act;
    world_at(w, &w->janitor->thing, w->now + ROUND_MS);
}

void janitor_close(struct world *w)
{
    if (!w->janitor)
        return;
    map_free(&w->janitor->tries);
    map_free(&w->janitor->asked_at);
    free(w->janitor);
}
