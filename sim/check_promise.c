/* check_promise.c - what was answered as done is durable, and as often as it was
 * answered; what was refused because it is gone is durably gone; who asks is answered,
 * once. And a message is taken once by each process. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "sim/checker.h"
#include "state/read.h"

/* Most that a call may take beyond its own wait: the gate's own deadline, and what a
 * slow world adds. A poll has no such deadline while a partition has its command, and
 * asks them one after the other. */
#define LATE_MS      20000
#define LATE_POLL_MS 80000
#define LOOK_EVERY   5 /* steps */

struct promise {
    struct map events; /* (event, key): how often it is durable */
    struct map acks;   /* (event, key): how often it was answered */
    struct map held;   /* the same: how often it is kept for a suspended instance */
    struct map taken;  /* (message, process id): which instance took it */
    struct map process_ids; /* instance: hash of its process id */
};

static void *promise_open(struct world *w)
{
    return must_alloc(sizeof(struct promise));
}

static void promise_close(void *mine)
{
    struct promise *p = mine;

    map_free(&p->events);
    map_free(&p->acks);
    map_free(&p->held);
    map_free(&p->taken);
    map_free(&p->process_ids);
    free(p);
}

static u64 pair(u64 a, u64 b)
{
    u64 h = hash_mix(a ^ hash_mix(b));

    return h ? h : 1;
}

/* ---- what each kind of command promises ------------------------------------------ */

static const struct vow {
    enum command_kind kind;
    enum event_kind event; /* that must be durable */
    bool is_once;          /* for a key it can happen, and be answered, only once */
} vows[] = {
    {CMD_DEPLOYMENT_CREATE, EV_NONE, false},
    {CMD_INSTANCE_CREATE, EV_INSTANCE_CREATED, true},
    {CMD_INSTANCE_CANCEL, EV_ELEMENT_TERMINATING, true},
    {CMD_JOB_COMPLETE, EV_JOB_COMPLETED, true},
    {CMD_JOB_FAIL, EV_JOB_FAILED, false},
    {CMD_JOB_THROW_ERROR, EV_JOB_ERROR_THROWN, false},
    {CMD_JOB_UPDATE_RETRIES, EV_JOB_RETRIES_UPDATED, false},
    {CMD_JOB_UPDATE_TIMEOUT, EV_JOB_TIMEOUT_UPDATED, false},
    {CMD_MESSAGE_PUBLISH, EV_MESSAGE_PUBLISHED, true},
    {CMD_VARIABLES_SET, EV_VARIABLES_CHANGED, true},
    {CMD_INCIDENT_RESOLVE, EV_INCIDENT_RESOLVED, true},
};

static const struct vow *vow_of(enum command_kind kind)
{
    for (size_t i = 0; i < LEN(vows); i++)
        if (vows[i].kind == kind)
            return &vows[i];
    return NULL;
}

/* The key that an answer speaks of. */
static u64 key_of(const struct call *c, const struct gate_answer *a)
{
    switch ((int)c->kind) {
    case CMD_INSTANCE_CREATE:
        return ((const struct instance_created *)a->record)->instance_key;
    case CMD_MESSAGE_PUBLISH:
        return ((const struct message_published *)a->record)->message_key;
    case CMD_VARIABLES_SET:
        return ((const struct variables_were_set *)a->record)->key;
    }
    return c->key;
}

static void done(struct world *w, struct promise *p, const struct call *c,
                 const struct gate_answer *a)
{
    const struct vow *v = vow_of(c->kind);
    u64 key = v && v->event ? key_of(c, a) : 0;

    if (!key)
        return;
    u64 events_now = map_get(&p->events, pair(v->event, key));
    u64 acks = ++*map_at(&p->acks, pair(v->event, key));
    if (acks > events_now + map_get(&p->held, pair(v->event, key)))
        world_fail(w, "promise",
                   "%s of %" PRIu64 " was answered as done %" PRIu64
                   " times and is durable %" PRIu64 " times",
                   commands[c->kind].name, key, acks, events_now);
    if (v->is_once && events_now > 1)
        world_fail(w, "promise", "%s of %" PRIu64 " is durable %" PRIu64 " times",
                   events[v->event].name, key, events_now);
    const struct instance_create *create = c->record;
    if (c->kind == CMD_INSTANCE_CREATE && create->awaits_result &&
        !map_get(&p->events, pair(EV_ELEMENT_COMPLETED, key)))
        world_fail(w, "promise",
                   "the result of instance %" PRIu64
                   " was given out before it has durably completed",
                   key);
}

/* ---- what a refusal rests on ----------------------------------------------------- */

/* Is what was not found durably gone? A refusal must not overtake the event it rests
 * on. */
static void not_found(struct world *w, struct promise *p, const struct call *c)
{
    static const struct {
        enum event_kind made, gone[4];
        enum command_kind kinds[6];
    } ends[] = {
        {EV_JOB_CREATED,
         {EV_JOB_COMPLETED, EV_JOB_CANCELED, EV_JOB_ERROR_THROWN},
         {CMD_JOB_COMPLETE, CMD_JOB_FAIL, CMD_JOB_THROW_ERROR, CMD_JOB_UPDATE_RETRIES,
          CMD_JOB_UPDATE}},
        {EV_INSTANCE_CREATED,
         {EV_ELEMENT_TERMINATING, EV_ELEMENT_COMPLETED, EV_ELEMENT_TERMINATED},
         {CMD_INSTANCE_CANCEL}},
    };

    for (size_t i = 0; i < LEN(ends); i++)
        for (size_t k = 0; k < LEN(ends[i].kinds); k++) {
            if (ends[i].kinds[k] != c->kind || !c->key ||
                !map_get(&p->events, pair(ends[i].made, c->key)))
                continue;
            u64 gone = 0;
            for (size_t g = 0; g < LEN(ends[i].gone); g++)
                if (ends[i].gone[g])
                    gone += map_get(&p->events, pair(ends[i].gone[g], c->key));
            if (!gone)
                world_fail(w, "promise",
                           "%s was told that %" PRIu64
                           " is not found, and nothing durable has ended it",
                           commands[c->kind].name, c->key);
        }
}

static bool may_be_refused(const struct call *c, enum rejection why)
{
    switch (why) {
    case REJECT_NOT_FOUND:
    case REJECT_INVALID_STATE:
    case REJECT_INVALID_ARGUMENT:
    case REJECT_ALREADY_EXISTS:
        return c->kind != CMD_DEPLOYMENT_CREATE;
    case REJECT_UNAVAILABLE:
    case REJECT_DEADLINE_EXCEEDED:
        return true;
    case REJECT_NONE:
    case REJECT_FORBIDDEN:
    case REJECT_RESOURCE_EXHAUSTED:
    case REJECT_PROCESSING_ERROR:
    case REJECT_TOO_LARGE:
        return false;
    }
    return false;
}

static void promise_answered(struct world *w, void *mine, const struct call *c,
                             const struct gate_answer *a)
{
    world_say(w, "answer %" PRIu64 " %s %s %.*s", c->request, commands[c->kind].name,
              rejections[a->rejection].name, ARG(a->text));
    if (a->kind != c->kind)
        world_fail(w, "promise", "%s was answered as %s", commands[c->kind].name,
                   commands[a->kind].name);
    else if (a->rejection == REJECT_NONE)
        done(w, mine, c, a);
    else if (!may_be_refused(c, a->rejection))
        world_fail(w, "promise", "%s was refused: %.*s", commands[c->kind].name,
                   ARG(a->text));
    else if (a->rejection == REJECT_NOT_FOUND)
        not_found(w, mine, c);
}

/* ---- messages -------------------------------------------------------------------- */

static void taken(struct world *w, struct promise *p, u64 message, u64 process_id,
                  u64 instance)
{
    u64 *by = map_at(&p->taken, pair(message, process_id));

    if (*by)
        world_fail(w, "promise",
                   "message %" PRIu64 " was taken by instance %" PRIu64
                   " and again by %" PRIu64 " of the same process",
                   message, *by, instance);
    *by = instance;
}

/* A command that was kept for a suspended instance is durable, too. */
static void held(struct promise *p, const struct pending_row *row)
{
    const struct vow *v = vow_of((enum command_kind)row->kind);

    if (v)
        ++*map_at(&p->held, pair(v->event, row->about));
}

static void promise_event(struct world *w, void *mine, const struct shown *e)
{
    struct promise *p = mine;

    ++*map_at(&p->events, pair(e->kind, e->key));
    if (e->kind == EV_PENDING_ADDED)
        held(p, e->record);
    if (e->kind == EV_INSTANCE_CREATED) {
        const struct instance_row *row = e->record;
        *map_at(&p->process_ids, e->key) = hash_bytes(row->bpmn_process_id, 0);
    } else if (e->kind == EV_START_CORRELATED) {
        const struct start_correlated *row = e->record;
        taken(w, p, row->message, hash_bytes(row->bpmn_process_id, 0), row->instance);
    } else if (e->kind == EV_PROCESS_SUBSCRIPTION_CORRELATED) {
        const struct process_subscription_moved *row = e->record;
        taken(w, p, row->message, map_get(&p->process_ids, row->instance),
              row->instance);
    }
}

/* ---- a message does not lie beside who waits for it ------------------------------ */

/* Is nothing on its way, within the partitions, to suspended instances or between them?
 */
static bool is_still(const struct world *w)
{
    for (u32 i = 0; i < w->config.partitions; i++) {
        const struct partition *p = &w->parts[i];
        if (!p->node || p->log->tail != p->log->durable || p->seen != p->log->durable ||
            pending_first(node_state(p->node)) ||
            state_count(node_state(p->node), TABLE_HELD) ||
            state_count(node_state(p->node), TABLE_OUTBOX))
            return false;
    }
    return true;
}

/* Whether a process has had a message follows from what its instances have taken, not
 * from what the message's row says of it. */
static void beside(struct world *w, const struct promise *p, const struct state *s,
                   const struct message_subscription_row *x)
{
    u64 key = 0;

    while (!x->correlating &&
           (key = message_after(s, x->tenant, x->name, x->correlation_key, key)))
        if (message_get(s, key)->deadline > w->now &&
            !map_get(&p->taken, pair(key, hash_bytes(x->bpmn_process_id, 0))))
            world_fail(w, "promise",
                       "message %" PRIu64 " lies beside element instance %" PRIu64
                       ", which waits for it",
                       key, x->element_instance);
}

static void messages_look(struct world *w, const struct promise *p)
{
    for (size_t i = 0; i < w->subscriptions.count; i++) {
        u64 key = w->subscriptions.items[i];
        const struct state *s = world_state(w, key);
        const struct message_subscription_row *x = message_subscription_get(s, key);
        if (x)
            beside(w, p, s, x);
    }
}

/* ---- nobody waits for ever ------------------------------------------------------- */

static void promise_step(struct world *w, void *mine)
{
    if (w->step % LOOK_EVERY == 0 && is_still(w))
        messages_look(w, mine);
    for (const struct call *c = w->first; c; c = c->next) {
        i64 wait = c->wait_ms > 0 ? c->wait_ms : 15000;
        i64 late = c->kind == CMD_JOB_ACTIVATE ? LATE_POLL_MS : LATE_MS;
        if (w->now > c->asked_at + wait + late + 20 * (i64)w->config.step_ms)
            world_fail(w, "promise",
                       "request %" PRIu64 " (%s) was not answered in %" PRId64 " ms",
                       c->request, commands[c->kind].name, w->now - c->asked_at);
    }
}

const struct checker promise_checker = {
    .name = "promise",
    .open = promise_open,
    .close = promise_close,
    .event = promise_event,
    .answered = promise_answered,
    .step = promise_step,
};
