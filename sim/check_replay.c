/* check_replay.c - the durable log alone gives the live state. A second heart applies
 * each entry as it becomes durable and knows nothing else; it must agree with a node
 * that has nothing undurable, with each that has started again, and with what a start
 * would make of the vault and the log at any time. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "sim/checker.h"
#include "state/read.h"

struct replay {
    u32 count;
    struct state *states[PARTITIONS_MAX];
    struct engine *engines[PARTITIONS_MAX];
    u64 checkpoints[PARTITIONS_MAX]; /* the position of the newest */
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

/* If it crashed now: each new checkpoint, and now and then between two of them. */
static void rebuild(struct world *w, struct replay *r, u32 i)
{
    struct partition *p = &w->parts[i];
    struct engine_options options = w->node_options.engine;

    if (p->vault && p->vault->position > p->log->durable)
        world_fail(w, "replay",
                   "partition %u: the checkpoint of entry %" PRIu64
                   " is newer than what is durable of the log, %" PRIu64,
                   i + 1, p->vault->position, p->log->durable);
    if (!p->vault || p->seen != p->log->durable ||
        (p->vault->position == r->checkpoints[i] && w->step % 16))
        return;
    r->checkpoints[i] = p->vault->position;
    options.partition = i + 1;
    struct state *s = state_open();
    struct engine *e = engine_open(s, &options);
    world_rebuild(w, i, s, e);
    if (state_hash(s) != state_hash(r->states[i]))
        world_fail(w, "replay",
                   "partition %u: the checkpoint of entry %" PRIu64
                   " and the log behind it are not what the whole log is",
                   i + 1, p->vault->position);
    engine_close(e);
    state_close(s);
}

static void replay_step(struct world *w, void *mine)
{
    u32 i = w->step % w->config.partitions;
    const struct partition *p = &w->parts[i];

    for (u32 k = 0; k < w->config.partitions && !w->has_failed; k++)
        rebuild(w, mine, k);

    if (p->node && p->log->tail == p->log->durable && p->seen == p->log->durable &&
        w->step % 5 == 0)
        compare(w, mine, i, "is quiet");
}

/* What was durable once is what is in the log at the end, as far as it is kept. */
static void replay_end(struct world *w, void *mine)
{
    for (u32 i = 0; i < w->config.partitions; i++) {
        const struct partition *p = &w->parts[i];
        struct err err = {0};
        struct log_entry entry;
        struct log_cursor *c = log_follow(p->log, p->log->first, &err);
        must(c);
        while (log_read(c, p->seen, &entry, &err) == LOG_ENTRY)
            if (hash_bytes(entry.bytes, 0) != p->hashes.items[entry.number - 1])
                world_fail(w, "replay", "partition %u: what was durable has changed",
                           i + 1);
        log_unfollow(c);
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
