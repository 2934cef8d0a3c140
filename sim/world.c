#include "sim/world.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "sim/checker.h"
#include "state/pack.h"
#include "state/read.h"

static const struct checker *const checkers[] = {
    &order_checker,  &replay_checker, &promise_checker,
    &holder_checker, &undo_checker,   &calm_checker,
};

#define EACH(hook, ...)                                                  \
    do {                                                                 \
        for (size_t each_ = 0; each_ < LEN(checkers); each_++)           \
            if (checkers[each_]->hook)                                   \
                checkers[each_]->hook(w, w->checks[each_], __VA_ARGS__); \
    } while (0)

/* ---- knobs ----------------------------------------------------------------------- */

static u32 between(struct prng *p, u32 from, u32 to)
{
    return from + (u32)prng_below(p, to - from + 1);
}

/* A fault is left out of a third of the runs, so that the others are seen alone. */
static u32 sometimes(struct prng *p, u32 to)
{
    return prng_chance(p, 333) ? 0 : between(p, 1, to);
}

struct world_config world_swarm(u64 seed)
{
    struct prng p = {hash_mix(seed)};
    struct world_config c = {.seed = seed, .calm = 6000};

    c.partitions = prng_chance(&p, 100) ? 1 : 3;
    c.workers = between(&p, 7, 14);
    c.clients = between(&p, 2, 12);
    c.storm = between(&p, 300, 1200);
    c.step_ms = between(&p, 5, 150);
    c.log_pumps = sometimes(&p, 5);
    c.todos = prng_chance(&p, 500) ? between(&p, 1, 8) : 100;
    c.budget = prng_chance(&p, 500) ? between(&p, 2, 8) : 1000;
    c.crash_per_mille = sometimes(&p, 25);
    c.crash_all_per_mille = sometimes(&p, 8);
    c.disk_fault_per_mille = sometimes(&p, 10);
    c.repeat_per_mille = sometimes(&p, 100);
    c.leave_per_mille = sometimes(&p, 60);
    c.slow_per_mille = sometimes(&p, 400);
    c.bad_per_mille = sometimes(&p, 120);
    c.is_apart = prng_chance(&p, 300);
    c.vault_pumps = sometimes(&p, 6);
    c.checkpoint_bytes = prng_chance(&p, 150) ? 0 : between(&p, 300, 20000);
    c.checkpoint_slice = prng_chance(&p, 300) ? 1 << 20 : between(&p, 1, 2000);
    c.checkpoint_crash_per_mille = sometimes(&p, 60);
    c.memory = prng_chance(&p, 400)   ? 0
               : prng_chance(&p, 500) ? 1
                                      : between(&p, 1, 1 << 18);
    return c;
}

void world_config_print(const struct world_config *c)
{
    printf("seed %" PRIu64 ": partitions %u, workers %u, clients %u, storm %u, step_ms "
           "%u, log_pumps %u, todos %u, budget %u, crash %u, crash_all %u, disk %u, "
           "repeat %u, leave %u, slow %u, bad %u, apart %d, vault_pumps %u, checkpoint "
           "%u, slice %u, checkpoint_crash %u, memory %u\n",
           c->seed, c->partitions, c->workers, c->clients, c->storm, c->step_ms,
           c->log_pumps, c->todos, c->budget, c->crash_per_mille,
           c->crash_all_per_mille, c->disk_fault_per_mille, c->repeat_per_mille,
           c->leave_per_mille, c->slow_per_mille, c->bad_per_mille, c->is_apart,
           c->vault_pumps, c->checkpoint_bytes, c->checkpoint_slice,
           c->checkpoint_crash_per_mille, c->memory);
}

/* ---- small things ---------------------------------------------------------------- */

bool world_chance(struct world *w, u32 mille)
{
    return prng_chance(&w->prng, mille);
}

u64 world_draw(struct world *w, u64 from, u64 to)
{
    return from + prng_below(&w->prng, to - from + 1);
}

/* Only the first failure counts: what follows may follow from it. */
void world_fail(struct world *w, const char *who, const char *fmt, ...)
{
    struct world_result *r = w->result;
    va_list args;

    if (w->has_failed)
        return;
    w->has_failed = true;
    int len = snprintf(r->failure, sizeof(r->failure), "step %u (%s): %s: ", w->step,
                       w->is_calm ? "calm" : "storm", who);
    va_start(args, fmt);
    vsnprintf(r->failure + len, sizeof(r->failure) - (size_t)len, fmt, args);
    va_end(args);
}

void world_say(const struct world *w, const char *fmt, ...)
{
    va_list args;

    if (!w->is_verbose)
        return;
    printf("%6u %9" PRId64 " ", w->step, w->now);
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    putchar('\n');
}

void world_at(struct world *w, struct thing *t, i64 when)
{
    if (w->due.count == w->due.size) {
        w->due.size = w->due.size ? w->due.size * 2 : 64;
        w->due.items =
            must_realloc(w->due.items, (w->due.size + 1) * sizeof(*w->due.items));
    }
    if (!t->due.place)
        t->due.key = ++w->things;
    must(due_put(&w->due, &t->due, when));
}

u32 world_index(const struct world *w, u64 key)
{
    u64 partition = key >> 51;

    return partition >= 1 && partition <= w->config.partitions ? (u32)partition - 1 : 0;
}

struct state *world_state(const struct world *w, u64 key)
{
    struct node *n = w->parts[world_index(w, key)].node;
    struct err err;

    must(!n || node_warm(n, key, &err)); /* who looks from outside */
    return n ? node_state(n) : NULL;
}

/* ---- calls ----------------------------------------------------------------------- */

static void gate_take(struct world *w, const struct call *c)
{
    struct ask ask = {
        .request = c->request,
        .kind = c->kind,
        .key = c->key,
        .record = c->record,
        .tenant = STR("<default>"),
        .wait_ms = c->wait_ms,
    };

    gate_ask(w->gate, &ask, w->now);
}

struct call *world_ask(struct world *w, const struct call *like)
{
    struct call *c = must_alloc(sizeof(*c));

    *c = *like;
    c->request = ++w->requests;
    c->asked_at = w->now;
    c->boot = w->boot;
    c->record = like->record ? record_clone(commands[c->kind].ask, like->record) : NULL;
    c->next = NULL;
    c->before = w->last;
    *(w->last ? &w->last->next : &w->first) = c;
    w->last = c;
    EACH(asked, c);
    gate_take(w, c);
    return c;
}

static void call_drop(struct world *w, struct call *c)
{
    *(c->before ? &c->before->next : &w->first) = c->next;
    *(c->next ? &c->next->before : &w->last) = c->before;
    free(c->record);
    free(c);
}

void world_leave(struct world *w, struct call *c)
{
    world_say(w, "request %" PRIu64 " leaves", c->request);
    EACH(left, c);
    gate_gone(w->gate, c->request);
    call_drop(w, c);
}

static void answers_take(struct world *w)
{
    for (struct gate_answer a; gate_answer(w->gate, &a); gate_answer_done(&a)) {
        struct call *c = w->last;
        while (c && c->request != a.request)
            c = c->before;
        if (!c) {
            /* Its client may have left while the answer was on its way. */
            continue;
        }
        EACH(answered, c, &a);
        if (c->answered)
            c->answered(w, c, &a);
        call_drop(w, c);
    }
}

/* ---- partitions ------------------------------------------------------------------ */

static void partition_start(struct world *w, u32 i)
{
    struct partition *p = &w->parts[i];
    struct err err = {0};

    must(log_claim(p->log, &err));
    w->node_options.engine.partition = i + 1;
    w->node_options.vault = p->vault;
    p->node = node_open(&w->node_options, p->log);
    p->boot++;
    if (!node_recover(p->node, NULL, NULL, &err))
        world_fail(w, "replay", "partition %u does not start again: %s", i + 1,
                   err.text);
    world_say(w, "partition %u starts at entry %" PRIu64, i + 1, p->log->tail);
    p->front = w->config.is_apart ? node_stand_in(p->node) : p->node;
    if (w->gate)
        gate_node(w->gate, i, p->front);
    EACH(started, i);
}

static void partition_close(struct partition *p)
{
    if (p->front != p->node)
        node_close(p->front);
    node_close(p->node);
    p->front = p->node = NULL;
}

static void partition_count(struct world *w, const struct partition *p)
{
    struct node_counters c = node_counters(p->node);

    w->result->checkpoints += c.checkpoints;
    w->result->evicted += c.evicted;
    w->result->thawed += c.thawed;
}

static void partition_crash(struct world *w, u32 i)
{
    struct partition *p = &w->parts[i];

    world_say(w, "partition %u crashes, %" PRIu64 " entries are lost", i + 1,
              p->log->tail - p->log->durable);
    w->result->crashes++;
    if (w->gate)
        gate_node(w->gate, i, NULL);
    w->result->checkpoint_crashes += !node_rests(p->node);
    partition_count(w, p);
    partition_close(p);
    log_mem_crash(p->log);
    if (p->vault)
        vault_mem_crash(p->vault, world_chance(w, 500));
    p->back_at = w->now + (i64)world_draw(w, 0, w->is_calm ? 0 : 3000);
    EACH(crashed, i);
}

static void gate_start(struct world *w)
{
    struct node *nodes[PARTITIONS_MAX];

    for (u32 i = 0; i < w->config.partitions; i++)
        nodes[i] = w->parts[i].front;
    w->gate = gate_open(&gate_options_default, nodes, w->config.partitions);
    w->boot++;
}

/* The whole server: nobody gets an answer any more, and everybody asks again. */
static void crash_all(struct world *w)
{
    world_say(w, "everything crashes");
    gate_close(w->gate);
    w->gate = NULL;
    for (u32 i = 0; i < w->config.partitions; i++)
        if (w->parts[i].node)
            partition_crash(w, i);
    for (u32 i = 0; i < w->config.partitions; i++)
        partition_start(w, i);
    gate_start(w);
    while (w->first && w->first->boot < w->boot) {
        struct call *c = w->first;
        EACH(left, c);
        if (c->answered)
            c->answered(w, c, NULL);
        call_drop(w, c);
    }
}

static void faults(struct world *w)
{
    const struct world_config *c = &w->config;
    u32 i = (u32)prng_below(&w->prng, c->partitions);

    if (world_chance(w, c->crash_all_per_mille))
        crash_all(w);
    if (w->parts[i].node && world_chance(w, c->crash_per_mille))
        partition_crash(w, i);
    if (w->parts[i].node && world_chance(w, c->disk_fault_per_mille))
        log_mem_fail(w->parts[i].log, "the disk of the toy world has failed");
    if (w->parts[i].node && w->parts[i].vault &&
        world_chance(w, c->disk_fault_per_mille))
        vault_mem_fail(w->parts[i].vault, "the vault of the toy world has failed");
    if (w->parts[i].node && world_chance(w, c->repeat_per_mille))
        node_resend(w->parts[i].front);
    workers_fault(w);
    clients_fault(w);
}

/* ---- what is durable, shown ------------------------------------------------------ */

static void known(struct world *w, const struct shown *e)
{
    switch ((int)e->kind) {
    case EV_INSTANCE_CREATED:
        list_add(&w->instances, e->key);
        w->result->instances++;
        return;
    case EV_ELEMENT_ACTIVATED:
        list_add(&w->elements, e->key);
        return;
    case EV_INCIDENT_CREATED:
        list_add(&w->incidents, e->key);
        return;
    case EV_MESSAGE_SUBSCRIPTION_CREATED:
        list_add(&w->subscriptions, e->key);
        return;
    case EV_JOB_CREATED:
        list_add(&w->jobs, e->key);
        return;
    }
}

static void entry_show(struct world *w, u32 i, const struct log_entry *in)
{
    struct entry entry;
    struct err err = {0};
    struct event event;
    size_t at = 0;

    EACH(entry, i + 1, in->bytes);
    must(record_decode(in->bytes, &entry_shape, &w->arena, &entry, &err));
    w->entries++;
    while (event_next(entry.events, &at, &event, &err)) {
        const struct shape *shape = events[event.kind].record;
        void *record = arena_alloc(&w->arena, shape->size);
        must(record_decode(event.bytes, shape, &w->arena, record, &err));
        struct shown e = {i + 1, in->number, entry.now, event.kind, event.key, record};
        world_say(w, "  %u/%" PRIu64 " %s %" PRIu64 "-%" PRIu64, i + 1, in->number,
                  events[e.kind].name, e.key >> 51, e.key & (((u64)1 << 51) - 1));
        known(w, &e);
        w->events++;
        EACH(event, &e);
    }
    must(err.code == ERR_NONE);
}

static void durable_show(struct world *w, u32 i)
{
    struct partition *p = &w->parts[i];
    struct err err = {0};
    struct log_entry entry;

    if (p->seen >= p->log->durable)
        return;
    struct log_cursor *c = log_follow(p->log, p->seen, &err);
    must(c);
    while (log_read(c, p->log->durable, &entry, &err) == LOG_ENTRY) {
        entry_show(w, i, &entry);
        p->chain = hash_bytes(entry.bytes, p->chain);
        list_add(&p->hashes, hash_bytes(entry.bytes, 0));
        p->seen = entry.number + 1;
    }
    log_unfollow(c);
}

/* ---- a step ---------------------------------------------------------------------- */

static bool is_slow(struct world *w)
{
    return !w->is_calm && world_chance(w, w->config.slow_per_mille);
}

static void partition_turn(struct world *w, u32 i)
{
    struct partition *p = &w->parts[i];
    struct err err = {0};

    if (!p->node && p->back_at <= w->now)
        partition_start(w, i);
    if (p->front != p->node && !is_slow(w))
        node_pump(p->front, w->now, &err);
    if (!p->node || is_slow(w))
        return;
    bool goes_on = node_pump(p->node, w->now, &err);
    durable_show(w, i);
    if (goes_on && !w->is_calm && !node_rests(p->node) &&
        world_chance(w, w->config.checkpoint_crash_per_mille))
        partition_crash(w, i);
    if (goes_on)
        return;
    if (err.code != ERR_IO)
        world_fail(w, "calm", "partition %u: %s", i + 1, err.text);
    partition_crash(w, i);
}

void world_rebuild(struct world *w, u32 i, struct state *s, struct engine *e)
{
    const struct partition *p = &w->parts[i];
    struct err err = {0};
    struct log_entry entry;

    if (p->vault && (!state_load(s, p->vault, NULL, NULL, &err) ||
                     !state_thaw_all(s, p->vault, &err)))
        world_fail(w, "replay", "partition %u: %s", i + 1, err.text);
    u64 from = p->vault && p->vault->position ? p->vault->position : 1;
    struct log_cursor *c = log_follow(p->log, from, &err);
    if (!c) {
        world_fail(w, "replay", "partition %u: %s", i + 1, err.text);
        return;
    }
    while (log_read(c, p->log->durable, &entry, &err) == LOG_ENTRY)
        if (!engine_replay(e, entry.bytes, &err))
            world_fail(w, "replay", "partition %u, entry %" PRIu64 ": %s", i + 1,
                       entry.number, err.text);
    log_unfollow(c);
}

static void due_act(struct world *w)
{
    for (struct due_item *item; (item = due_first(&w->due, w->now));) {
        struct thing *t = OWNER(item, struct thing, due);
        due_del(&w->due, item);
        t->act(w, t);
    }
}

static void step(struct world *w)
{
    u32 first = (u32)prng_below(&w->prng, w->config.partitions);

    arena_reset(&w->arena);
    w->step++;
    w->now += (i64)prng_below(&w->prng, w->config.step_ms + 1);
    if (!w->is_calm)
        faults(w);
    due_act(w);
    for (u32 i = 0; i < w->config.partitions; i++)
        partition_turn(w, (first + i) % w->config.partitions);
    if (w->is_calm || !world_chance(w, w->config.slow_per_mille))
        gate_pump(w->gate, w->now);
    if (w->is_calm || !world_chance(w, w->config.slow_per_mille))
        answers_take(w);
    for (size_t k = 0; k < LEN(checkers); k++)
        if (checkers[k]->step)
            checkers[k]->step(w, w->checks[k]);
}

/* ---- a run ----------------------------------------------------------------------- */

static void world_open(struct world *w)
{
    const struct world_config *c = &w->config;

    must(c->partitions <= PARTITIONS_MAX);
    w->prng.state = hash_mix(c->seed ^ 0x5eed);
    w->now = 1600000000000;
    arena_init(&w->arena, 64 << 10, (size_t)256 << 20, NULL);
    w->node_options = node_options_default;
    w->node_options.engine = engine_options_default;
    w->node_options.engine.partitions = c->partitions;
    w->node_options.engine.todos = c->todos;
    w->node_options.budget = c->budget;
    w->node_options.checkpoint_bytes = c->checkpoint_bytes;
    w->node_options.checkpoint_slice = c->checkpoint_slice;
    w->node_options.memory = c->memory;
    for (size_t i = 0; i < LEN(checkers); i++)
        w->checks[i] = checkers[i]->open ? checkers[i]->open(w) : NULL;
    for (u32 i = 0; i < c->partitions; i++) {
        struct log_mem_options o = {(u32)world_draw(w, 0, c->log_pumps), true};
        w->parts[i].log = log_mem_open(&o);
        struct vault_mem_options v = {(u32)world_draw(w, 0, c->vault_pumps)};
        w->parts[i].vault = c->checkpoint_bytes ? vault_mem_open(&v) : NULL;
        w->parts[i].seen = 1;
        partition_start(w, i);
    }
    gate_start(w);
    workers_open(w);
    clients_open(w);
}

static void world_close(struct world *w)
{
    while (w->first)
        call_drop(w, w->first);
    while (w->due.count) {
        struct thing *t = OWNER(w->due.items[1], struct thing, due);
        due_del(&w->due, &t->due);
        if (t->drop)
            t->drop(t);
    }
    workers_close(w);
    clients_close(w);
    janitor_close(w);
    gate_close(w->gate);
    for (u32 i = 0; i < w->config.partitions; i++) {
        partition_close(&w->parts[i]);
        log_close(w->parts[i].log);
        vault_close(w->parts[i].vault);
        list_free(&w->parts[i].hashes);
    }
    for (size_t i = 0; i < LEN(checkers); i++)
        if (checkers[i]->close)
            checkers[i]->close(w->checks[i]);
    list_free(&w->instances);
    list_free(&w->incidents);
    list_free(&w->subscriptions);
    list_free(&w->elements);
    list_free(&w->jobs);
    free(w->due.items);
    arena_free(&w->arena);
}

static void calm_begin(struct world *w)
{
    w->is_calm = true;
    for (u32 i = 0; i < w->config.partitions; i++)
        if (!w->parts[i].node)
            partition_start(w, i);
    if (w->config.step_ms < 50)
        w->config.step_ms = 50;
    janitor_open(w);
}

static bool is_quiet(const struct world *w)
{
    return w->is_over && !w->first && gate_calls(w->gate) == 0;
}

static void world_sum(struct world *w)
{
    struct world_result *r = w->result;

    for (u32 i = 0; i < w->config.partitions; i++) {
        r->hash = hash_mix(r->hash ^ w->parts[i].chain);
        if (!w->parts[i].node)
            continue;
        r->hash = hash_mix(r->hash ^ node_hash(w->parts[i].node));
        partition_count(w, &w->parts[i]);
    }
    r->steps = w->step;
    r->entries = w->entries;
    r->events = w->events;
}

bool world_run(const struct world_config *c, bool is_verbose, struct world_result *out)
{
    struct world *w = must_alloc(sizeof(*w));

    *out = (struct world_result){0};
    w->config = *c;
    w->is_verbose = is_verbose;
    w->result = out;
    world_open(w);
    while (w->step < c->storm && !w->has_failed)
        step(w);
    calm_begin(w);
    while (w->step < c->storm + c->calm && !w->has_failed && !is_quiet(w))
        step(w);
    for (size_t k = 0; k < LEN(checkers); k++)
        if (checkers[k]->end && !w->has_failed)
            checkers[k]->end(w, w->checks[k]);
    world_sum(w);
    world_close(w);
    bool is_good = !w->has_failed;
    free(w);
    return is_good;
}
