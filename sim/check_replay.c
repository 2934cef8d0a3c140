/* check_replay.c - the durable log alone gives the live state. A second heart applies
 * each entry as it becomes durable and knows nothing else; it must agree with a node
 * that has nothing undurable, and with each that has started again from the log. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "sim/checker.h"
#include "state/read.h"

struct replay {
    u32 count;
    struct state *states[PARTITIONS_MAX];
    struct engine *engines[PARTITIONS_MAX];
};

static void *replay_open(struct world *w)
{
    struct replay *r = must_alloc(sizeof(*r));
    struct engine_options options = w->node_options.engine;

    r->count = w->config.partitions;
    for (u32 i = 0; i < r->count; i++) {
        options.partition = i + 1;
        r->states[i] = state_open();
        r->engines[i] = engine_open(r->states[i], &options);
    }
    return r;
}

static void replay_close(void *mine)
{
    struct replay *r = mine;

    for (u32 i = 0; i < r->count; i++) {
        engine_close(r->engines[i]);
        state_close(r->states[i]);
    }
    free(r);
}

static void replay_entry(struct world *w, void *mine, u32 partition, struct str bytes)
{
    struct replay *r = mine;
    struct err err = {0};

    if (!engine_replay(r->engines[partition - 1], bytes, &err))
        world_fail(w, "replay", "partition %u: an entry does not apply: %s", partition,
                   err.text);
}

static void compare(struct world *w, struct replay *r, u32 i, const char *when)
{
    u64 live = node_hash(w->parts[i].node), again = state_hash(r->states[i]);

    if (live != again)
        world_fail(w, "replay",
                   "partition %u %s at entry %" PRIu64 ": its state is %016" PRIx64
                   ", and %016" PRIx64 " from its log",
                   i + 1, when, w->parts[i].log->tail, live, again);
}

/* A node that has started has the durable entries alone, and all of them are shown. */
static void replay_started(struct world *w, void *mine, u32 i)
{
    const struct partition *p = &w->parts[i];

    if (p->seen != p->log->durable || p->log->tail != p->log->durable)
        world_fail(w, "replay", "partition %u has started with entries nobody saw",
                   i + 1);
    compare(w, mine, i, "has started");
}

static void replay_step(struct world *w, void *mine)
{
    u32 i = w->step % w->config.partitions;
    const struct partition *p = &w->parts[i];

    if (p->node && p->log->tail == p->log->durable && p->seen == p->log->durable &&
        w->step % 5 == 0)
        compare(w, mine, i, "is quiet");
}

/* What was durable once is what is in the log at the end. */
static void replay_end(struct world *w, void *mine)
{
    for (u32 i = 0; i < w->config.partitions; i++) {
        const struct partition *p = &w->parts[i];
        struct err err = {0};
        struct log_entry entry;
        u64 chain = 0;
        struct log_cursor *c = log_follow(p->log, 1, &err);
        must(c);
        while (log_read(c, p->seen, &entry, &err) == LOG_ENTRY)
            chain = hash_bytes(entry.bytes, chain);
        log_unfollow(c);
        if (chain != p->chain)
            world_fail(w, "replay", "partition %u: what was durable has changed",
                       i + 1);
        compare(w, mine, i, "has come to its end");
    }
}

const struct checker replay_checker = {
    .name = "replay",
    .open = replay_open,
    .close = replay_close,
    .entry = replay_entry,
    .started = replay_started,
    .step = replay_step,
    .end = replay_end,
};
