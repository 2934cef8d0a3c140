/* check_calm.c - after the storm everything has come to its end; and at no time does a
 * step fail by our own fault. */
#include <inttypes.h>

#include "sim/checker.h"
#include "state/read.h"

/* What is deployed, how far partitions have come with each other, and what is
 * remembered.
 */
static bool is_lasting(enum table_id t)
{
    static const enum table_id lasting[] = {
        TABLE_RESOURCE,  TABLE_PROCESS,  TABLE_REQUIREMENTS,
        TABLE_DECISION,  TABLE_ARTIFACT, TABLE_START_SUBSCRIPTION,
        TABLE_PARTITION, TABLE_BATCH,    TABLE_BATCH_WORK,
        TABLE_BATCH_ITEM};

    for (size_t i = 0; i < LEN(lasting); i++)
        if (t == lasting[i])
            return true;
    return false;
}

static void calm_event(struct world *w, void *mine, const struct shown *e)
{
    if (e->kind == EV_INSTANCE_BANNED)
        world_fail(w, "calm", "instance %" PRIu64 " was banned: %.*s", e->key,
                   ARG(((const struct instance_banned *)e->record)->reason));
    if (e->kind == EV_DUE_DROPPED)
        world_fail(w, "calm", "due thing %" PRIu64 " was dropped: %.*s", e->key,
                   ARG(((const struct due_dropped *)e->record)->reason));
}

static void calm_step(struct world *w, void *mine)
{
    for (u32 i = 0; i < w->config.partitions; i++)
        if (w->parts[i].node && node_counters(w->parts[i].node).failed)
            world_fail(w, "calm", "a step of partition %u has failed: %s", i + 1,
                       engine_failure(node_engine(w->parts[i].node)));
}

/* What the oldest instance that has not ended stands at. */
static void stuck(struct world *w)
{
    for (size_t i = 0; i < w->elements.count; i++) {
        u64 key = w->elements.items[i];
        const struct state *s = world_state(w, key);
        const struct element_row *e = element_get(s, key);
        const struct instance_row *in = e ? instance_get(s, e->instance) : NULL;
        if (!e || !in || child_count(s, key))
            continue;
        world_fail(w, "calm",
                   "instance %" PRIu64 " of %.*s version %d has not ended: element "
                   "instance %" PRIu64 " (tag %u) is in state %u, job %" PRIu64
                   ", timer %" PRIu64 ", subscription %" PRIu64 ", incident %" PRIu64
                   ", trigger %" PRIu64 ", tokens %" PRIu64,
                   e->instance, ARG(in->bpmn_process_id), in->version, key, e->element,
                   e->state, job_of(s, key), timer_after(s, key, 0),
                   process_subscription_of(s, key), incident_after(s, key, 0),
                   trigger_of(s, key), token_count(s, key));
    }
}

static void calm_end(struct world *w, void *mine)
{
    static const struct {
        enum table_id table;
        const char *name;
    } empty[] = {
#define X(name, noun, links, due) {TABLE_##name, #noun},
        TABLES(X)
#undef X
    };

    stuck(w);
    for (u32 i = 0; i < w->config.partitions; i++)
        for (size_t k = 0; k < LEN(empty); k++) {
            enum table_id t = empty[k].table;
            u64 count = state_count(node_state(w->parts[i].node), t);
            if (count && !is_lasting(t))
                world_fail(w, "calm", "partition %u still has %" PRIu64 " rows of %s",
                           i + 1, count, empty[k].name);
        }
    if (gate_calls(w->gate))
        world_fail(w, "calm", "the gate still has %zu calls", gate_calls(w->gate));
    if (w->first)
        world_fail(w, "calm", "request %" PRIu64 " (%s) was never answered",
                   w->first->request, commands[w->first->kind].name);
}

const struct checker calm_checker = {
    .name = "calm", .event = calm_event, .step = calm_step, .end = calm_end};
