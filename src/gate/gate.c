#include "gate/gate.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/due.h"
#include "base/hash.h"
#include "base/pool.h"
#include "gate/asked.h"
#include "gate/inquiry.h"
#include "gate/sweep.h"

const struct gate_options gate_options_default = {
    .poll_default_ms = 10000,
    .result_default_ms = 15000,
    .probe_ms = 10000,
    .command_ms = 15000,
    .view_lag_max = 1000000,
};

enum call_state {
    CALL_ASKING,   /* a command of it is under way at a partition */
    CALL_PARKED,   /* a poll that waits for a job */
    CALL_AWAITING, /* a creator that waits for the result of its instance */
    CALL_FULL,     /* a stream that was given all it may have unsent */
    CALL_LOOKING,  /* a search is with the view */
    CALL_RESTING,  /* a creator that asks again */
};

#define HELD_MAX 32
#define AGAIN_MS 100 /* until what is deployed has surely reached all partitions */

/* A job that a stream was given and that may not have been sent yet. */
struct held {
    u64 key;
    i64 deadline;
};

/* One call of a door, with all it was asked with. */
struct call {
    u64 request;
    struct call *chain; /* of the table by request */
    enum call_state state;
    enum command_kind kind;
    struct input in; /* its record and texts are in the same block */
    i64 deadline;    /* of its wait; 0: it does not wait */
    u32 partition;   /* index of the node that it is at */
    u32 asked;       /* a poll: how many partitions of this round; else 1: again */
    u64 signals;     /* a poll: its queue's count when the round began */
    u64 arrival;     /* polls are served in this order */
    u64 instance;    /* a creator: what it waits for */
    bool is_gone;
    struct due_item due;
    struct queue *queue;     /* a poll */
    struct call *next;       /* in the queue */
    struct call *mate;       /* in the table by instance */
    struct inquiry *inquiry; /* owned; an explanation: what was heard so far */
    bool is_stream;
    u32 held_count;
    struct held held[]; /* of a stream: HELD_MAX */
};

/* Polls for one type of one tenant. */
struct queue {
    struct queue *chain;
    u64 hash;
    struct str tenant, type; /* behind the struct */
    struct call *first;      /* parked, by arrival */
    u64 signals;             /* how often jobs became available */
    u32 calls, streams;      /* that know it; how many of them are streams */
    bool is_fresh;           /* it is in the gate's list of those that have news */
    struct queue *fresh;     /* the next one of that list */
    u32 *
        news; /* owned; by partition: jobs that became available and nobody has gone for
               */
};

struct given {
    struct gate_answer answer;
    struct given *next;
};

#define BUCKETS 4096

struct gate {
    struct gate_options options;
    struct pool *pool;   /* owned: of calls and answers */
    struct node **nodes; /* owned array of borrowed nodes; NULL: it is down */
    u32 count;
    u64 *acknowledged; /* owned; from * count + to */
    struct call *calls[BUCKETS], *instances[BUCKETS];
    struct queue *queues[BUCKETS];
    struct queue *fresh, **fresh_end; /* that have news of the partition in hand */
    struct due due;
    struct given *answers, **answers_end;
    u32 next; /* partition that the next new thing goes to */
    u64 arrivals;
    i64 now;
    size_t call_count;
    bool is_draining, is_watched;
    struct asked *asked;   /* owned */
    struct sweeps *sweeps; /* owned */
    i64 since;             /* when it began to look; 0: it has not been told the time */
    struct view_follower *view; /* borrowed; NULL: nothing can be searched */
};

struct gate *gate_open(const struct gate_options *options, struct node *const *nodes,
                       u32 count)
{
    struct gate *g = must_alloc(sizeof(*g));

    must(count > 0);
    g->options = *options;
    g->pool = pool_open();
    g->count = count;
    g->nodes = must_alloc(count * sizeof(*g->nodes));
    memcpy(g->nodes, nodes, count * sizeof(*g->nodes));
    g->acknowledged = must_alloc((size_t)count * count * sizeof(*g->acknowledged));
    g->answers_end = &g->answers;
    g->asked = asked_open();
    g->sweeps = sweeps_open(count);
    g->fresh_end = &g->fresh;
    return g;
}

/* ---- tables
 * ------------------------------------------------------------------------------------
 */

static struct call *call_find(const struct gate *g, u64 request)
{
    struct call *c = g->calls[hash_mix(request) % BUCKETS];

    while (c && c->request != request)
        c = c->chain;
    return c;
}

static void due_set(struct gate *g, struct call *c, i64 when)
{
    if (g->due.count == g->due.size) {
        g->due.size = g->due.size ? g->due.size * 2 : 64;
        g->due.items =
            must_realloc(g->due.items, (g->due.size + 1) * sizeof(*g->due.items));
    }
    c->due.key = c->arrival;
    must(due_put(&g->due, &c->due, when));
}

static void queue_leave(struct gate *g, struct queue *q)
{
    struct queue **hole = &g->queues[q->hash % BUCKETS];

    if (--q->calls)
        return;
    while (*hole != q)
        hole = &(*hole)->chain;
    *hole = q->chain;
    free(q->news);
    free(q);
}

static struct queue *queue_find(const struct gate *g, struct str tenant,
                                struct str type)
{
    u64 hash = hash_bytes(type, hash_bytes(tenant, 0));
    struct queue *q = g->queues[hash % BUCKETS];

    while (q && (q->hash != hash || !str_equal(q->tenant, tenant) ||
                 !str_equal(q->type, type)))
        q = q->chain;
    return q;
}

static struct queue *queue_join(struct gate *g, struct str tenant, struct str type)
{
    struct queue *q = queue_find(g, tenant, type);

    if (!q) {
        q = must_alloc(sizeof(*q) + tenant.len + type.len);
        q->hash = hash_bytes(type, hash_bytes(tenant, 0));
        q->news = must_alloc(g->count * sizeof(*q->news));
        char *to = (char *)(q + 1);
        if (tenant.len)
            memcpy(to, tenant.data, tenant.len);
        if (type.len)
            memcpy(to + tenant.len, type.data, type.len);
        q->tenant = (struct str){to, tenant.len};
        q->type = (struct str){to + tenant.len, type.len};
        q->chain = g->queues[q->hash % BUCKETS];
        g->queues[q->hash % BUCKETS] = q;
    }
    q->calls++;
    return q;
}

static void unpark(struct call *c)
{
    struct call **hole = &c->queue->first;

    while (*hole && *hole != c)
        hole = &(*hole)->next;
    if (*hole)
        *hole = c->next;
}

static void instance_forget(struct gate *g, struct call *c)
{
    struct call **hole = &g->instances[hash_mix(c->instance) % BUCKETS];

    while (*hole && *hole != c)
        hole = &(*hole)->mate;
    if (*hole)
        *hole = c->mate;
}

static void call_end(struct gate *g, struct call *c)
{
    struct call **hole = &g->calls[hash_mix(c->request) % BUCKETS];

    while (*hole != c)
        hole = &(*hole)->chain;
    *hole = c->chain;
    if (c->state == CALL_PARKED)
        unpark(c);
    if (c->state == CALL_AWAITING)
        instance_forget(g, c);
    if (c->is_stream)
        c->queue->streams--;
    if (c->queue)
        queue_leave(g, c->queue);
    due_del(&g->due, &c->due);
    inquiry_close(c->inquiry);
    g->call_count--;
    pool_put(g->pool, c);
}

void gate_close(struct gate *g)
{
    if (!g)
        return;
    for (size_t i = 0; i < BUCKETS; i++)
        while (g->calls[i])
            call_end(g, g->calls[i]);
    for (struct gate_answer a; gate_answer(g, &a);)
        gate_answer_done(&a);
    asked_close(g->asked);
    sweeps_close(g->sweeps);
    pool_close(g->pool);
    free(g->due.items);
    free(g->acknowledged);
    free(g->nodes);
    free(g);
}

/* ---- answers
 * -------------------------------------------------------------------------------------
 */

static void give(struct gate *g, const struct gate_answer *a)
{
    struct given *x = pool_get(g->pool, sizeof(*x));

    x->next = NULL;
    x->answer = *a;
    *g->answers_end = x;
    g->answers_end = &x->next;
}

/* A record whose fields are all empty, of any shape that is answered. */
static const u64 nothing[64];

/* The record (of the answer's shape, or NULL for an empty one) and text are copied. */
static void answer_with(struct gate *g, const struct call *c, enum rejection rejection,
                        struct str text, const void *record)
{
    const struct shape *shape = commands[c->kind].answer;

    must(shape->size <= sizeof(nothing));
    if (!record)
        record = nothing;
    size_t size = record_footprint(shape, record) + 16;
    char *block = pool_get(g->pool, size + text.len + 1);
    struct gate_answer a = {
        .request = c->request,
        .kind = c->kind,
        .rejection = rejection,
        .text = {block + size, text.len},
        .is_more = c->is_stream && rejection == REJECT_NONE,
        .pool = g->pool,
        .block = block,
    };
    if (text.len)
        memcpy(block + size, text.data, text.len);
    a.record = record_place(shape, record, block);
    give(g, &a);
}

/* What a node has answered, as it is: its block goes on to whoever takes it. */
static void answer_pass(struct gate *g, const struct call *c, struct answer *a)
{
    must(commands[c->kind].answer->size <= sizeof(nothing));
    give(g, &(struct gate_answer){
                .request = c->request,
                .kind = c->kind,
                .record = a->record ? a->record : nothing,
                .pool = a->pool,
                .block = a->block,
            });
    a->block = NULL;
}

static const char *intent(const struct call *c)
{
    const struct instance_create *create = c->in.record;
    const struct user_task_assign *assign = c->in.record;

    if (c->kind == CMD_INSTANCE_CREATE && create && create->awaits_result)
        return "CREATE_WITH_AWAITING_RESULT";
    if (c->kind == CMD_USER_TASK_ASSIGN && assign && assign->has_override &&
        !assign->overrides)
        return "CLAIM";
    return commands[c->kind].intent;
}

/* What is wrong with a question is told as it is. */
static bool is_search(const struct call *c)
{
    return c->kind == CMD_SEARCH;
}

static void answer_refusal(struct gate *g, const struct call *c,
                           enum rejection rejection, struct str reason)
{
    if (is_search(c)) {
        answer_with(g, c, rejection, reason, NULL);
        return;
    }
    size_t size = reason.len + 128;
    char *text = must_alloc(size);
    int len = snprintf(text, size, "Command '%s' rejected with code '%s': %.*s",
                       intent(c), rejections[rejection].name, ARG(reason));

    must(len >= 0 && (size_t)len < size);
    answer_with(g, c, rejection, (struct str){text, (size_t)len}, NULL);
    free(text);
}

bool gate_answer(struct gate *g, struct gate_answer *out)
{
    struct given *x = g->answers;

    if (!x)
        return false;
    g->answers = x->next;
    if (!g->answers)
        g->answers_end = &g->answers;
    *out = x->answer;
    pool_put(g->pool, x);
    return true;
}

void gate_answer_done(struct gate_answer *a)
{
    if (a->block)
        pool_put(a->pool, a->block);
    a->block = NULL;
}

bool gate_is_busy(const struct gate *g)
{
    return g->answers != NULL;
}

/* ---- asking
 * ----------------------------------------------------------------------------------------
 */

static bool is_poll(const struct call *c)
{
    return c->kind == CMD_JOB_ACTIVATE;
}

/* A key's upper bits name its partition; what has none is asked of the first. */
static u32 index_of(const struct gate *g, u64 key)
{
    u64 partition = key >> 51;

    return partition >= 1 && partition <= g->count ? (u32)partition - 1 : 0;
}

static u32 key_home(const struct gate *g, struct str correlation_key)
{
    return record_partition(correlation_key, g->count) - 1;
}

/* Instances with one business id begin at one partition, which can tell them apart. */
static struct str business_id_of(const struct call *c)
{
    const struct instance_create *create = c->in.record;

    return c->kind == CMD_INSTANCE_CREATE && create ? create->business_id : STR("");
}

static u32 route(struct gate *g, const struct call *c)
{
    const void *record = c->in.record;

    switch (c->kind) {
    case CMD_DEPLOYMENT_CREATE:
    case CMD_CONDITIONS_EVALUATE: /* what starts instances so is open there alone */
        return 0;
    case CMD_MESSAGE_PUBLISH:
        return key_home(g, ((const struct message_publish *)record)->correlation_key);
    case CMD_MESSAGE_CORRELATE:
        return key_home(g, ((const struct message_correlate *)record)->correlation_key);
    case CMD_INSTANCE_CREATE:
        if (business_id_of(c).len)
            return key_home(g, business_id_of(c));
        return g->next++ % g->count;
    case CMD_DECISION_EVALUATE:
    case CMD_JOB_ACTIVATE:
    case CMD_SIGNAL_BROADCAST:
        return g->next++ % g->count;
    default:
        return index_of(g, c->in.key);
    }
}

/* A poll goes round partitions that are not there. False: none is left of its round. */
static bool poll_goes_on(struct gate *g, struct call *c)
{
    for (; c->asked < g->count; c->asked++) {
        if (g->nodes[c->partition])
            return true;
        c->partition = (c->partition + 1) % g->count;
    }
    return false;
}

/* Can any partition do it? (What is deployed is on all of them.) */
static bool is_for_any(const struct call *c)
{
    return c->kind == CMD_DECISION_EVALUATE ||
           (c->kind == CMD_INSTANCE_CREATE && business_id_of(c).len == 0);
}

/* New instances wait for the view when it cannot keep up: it follows the log, which
 * cannot go before it was followed. */
static bool view_admits(const struct gate *g, const struct call *c, struct refusal *why)
{
    u64 lag = g->view && c->kind == CMD_INSTANCE_CREATE ? view_lag(g->view) : 0;

    if (lag <= g->options.view_lag_max)
        return true;
    why->rejection = REJECT_RESOURCE_EXHAUSTED;
    snprintf(why->text, sizeof(why->text),
             "the searchable view is %llu entries behind the log, more than %llu; new "
             "process instances wait until it has caught up",
             (unsigned long long)lag, (unsigned long long)g->options.view_lag_max);
    return false;
}

/* The command goes to a partition that lets it in: this one, or for what any can do any
 * other. False: none did, and the call has been answered. */
static bool put(struct gate *g, struct call *c)
{
    struct refusal why = {REJECT_UNAVAILABLE, "the partition is not there"};
    u32 tries = !view_admits(g, c, &why) ? 0 : is_for_any(c) ? g->count : 1;

    if (is_poll(c))
        poll_goes_on(g, c);
    for (u32 i = 0; i < tries; i++) {
        u32 at = (c->partition + i) % g->count;
        if (!g->nodes[at] || !node_admit(g->nodes[at], c->kind, &why))
            continue;
        c->partition = at;
        c->state = CALL_ASKING;
        node_command(g->nodes[at], &c->in);
        return true;
    }
    answer_refusal(g, c, why.rejection, str_of(why.text));
    call_end(g, c);
    return false;
}

static struct str text_copy(char **to, struct str s)
{
    char *at = *to;

    if (s.len)
        memcpy(at, s.data, s.len);
    *to += s.len;
    return (struct str){at, s.len};
}

static struct call *call_new(struct gate *g, const struct ask *ask)
{
    const struct shape *shape = commands[ask->kind].ask;
    size_t record = ask->record ? record_footprint(shape, ask->record) + 16 : 0;
    size_t texts = ask->asker.name.len + ask->tenant.len + ask->cause.len;
    size_t held = ask->is_stream ? HELD_MAX * sizeof(struct held) : 0;
    struct call *c = pool_get(g->pool, sizeof(*c) + held + record + texts);
    char *to = (char *)(c + 1) + held;

    *c = (struct call){
        .request = ask->request, .kind = ask->kind, .is_stream = ask->is_stream};
    c->in = (struct input){
        .kind = ask->kind,
        .key = ask->key,
        .operation = ask->operation,
        .request = ask->request,
        .asker.kind = ask->asker.kind,
    };
    if (ask->record)
        c->in.record = record_place(shape, ask->record, to);
    to += record;
    c->in.asker.name = text_copy(&to, ask->asker.name);
    c->in.tenant = text_copy(&to, ask->tenant);
    c->in.cause = text_copy(&to, ask->cause);
    c->arrival = ++g->arrivals;
    struct call **bucket = &g->calls[hash_mix(c->request) % BUCKETS];
    c->chain = *bucket;
    *bucket = c;
    g->call_count++;
    return c;
}

static i64 after(i64 now, i64 ms)
{
    return ms > INT64_MAX - now ? INT64_MAX : now + ms;
}

/* Until when a call waits: its own window, the default one, or not at all. */
static i64 wait_until(const struct gate *g, i64 wait_ms, i64 standard)
{
    if (wait_ms < 0)
        return 0;
    return after(g->now, wait_ms ? wait_ms : standard);
}

static bool awaits_result(const struct call *c)
{
    const struct instance_create *create = c->in.record;

    return c->kind == CMD_INSTANCE_CREATE && create && create->awaits_result;
}

static void stream_open(struct gate *g, struct call *c);

static bool is_batch_deletion(const struct call *c)
{
    return c->kind == CMD_BATCH_DELETE_INSTANCES ||
           c->kind == CMD_BATCH_DELETE_DECISIONS;
}

/* History is looked up before it is deleted: the engine does not know of it. */
static bool is_deletion(const struct call *c)
{
    return c->kind == CMD_INSTANCE_DELETE || c->kind == CMD_DECISIONS_DELETE ||
           is_batch_deletion(c);
}

#define NOWHERE ((u64)1 << 62) /* no partition has keys from here */

/* Is there such a thing? Of a filter: can it be looked for? */
static void deletion_look(struct gate *g, struct call *c)
{
    const struct batch_create *batch = c->in.record;
    bool is_of_instances =
        c->kind == CMD_INSTANCE_DELETE || c->kind == CMD_BATCH_DELETE_INSTANCES;
    struct search_ask what = {.what = is_of_instances ? SEARCH_PROCESS_INSTANCES
                                                      : SEARCH_DECISION_INSTANCES,
                              .index = c->kind == CMD_DECISIONS_DELETE};
    char *query = NULL;

    if (is_batch_deletion(c)) {
        size_t size = batch->filter.len + 16;
        query = must_alloc(size);
        int len = snprintf(query, size, "{\"filter\":%.*s}", ARG(batch->filter));
        must(len > 0 && (size_t)len < size);
        what.query = (struct str){query, (size_t)len};
        what.aspect = ASPECT_ITEMS;
        what.at = NOWHERE;
    }
    view_ask(g->view, &(struct view_ask){c->request, c->in.key, &what});
    free(query);
}

/* It is answered when the view has taken what is durable now. */
static void search_put(struct gate *g, struct call *c)
{
    if (!g->view) {
        answer_refusal(g, c, REJECT_UNAVAILABLE,
                       STR("this server has no searchable view"));
        call_end(g, c);
        return;
    }
    c->state = CALL_LOOKING;
    if (is_deletion(c))
        deletion_look(g, c);
    else
        view_ask(g->view, &(struct view_ask){c->request, c->in.key, c->in.record});
}

/* ---- who asks for jobs ----------------------------------------------------------- */

#define ASKERS_MAX 512

static void time_note(struct gate *g, i64 now)
{
    if (now > g->now)
        g->now = now;
    if (!g->since)
        g->since = g->now;
}

static u32 queue_waiting(const struct gate *g, struct str tenant, struct str type)
{
    const struct queue *q = queue_find(g, tenant, type);
    u32 count = 0;

    for (const struct call *c = q ? q->first : NULL; c; c = c->next)
        count++;
    return count;
}

/* Whoever wants to know why an instance waits is told what only we have seen. */
static struct call *explain_new(struct gate *g, const struct ask *ask)
{
    struct job_asker askers[ASKERS_MAX];
    struct explain_ask record = {.askers.items = askers, .since = g->since};
    struct ask with = *ask;

    record.askers.count = asked_list(g->asked, ask->tenant, askers, ASKERS_MAX);
    for (u32 i = 0; i < record.askers.count; i++)
        askers[i].waiting = queue_waiting(g, ask->tenant, askers[i].type);
    with.record = &record;
    return call_new(g, &with);
}

void gate_ask(struct gate *g, const struct ask *ask, i64 now)
{
    time_note(g, now);
    must(!call_find(g, ask->request));
    struct call *c =
        ask->kind == CMD_INSTANCE_EXPLAIN ? explain_new(g, ask) : call_new(g, ask);
    c->partition = c->is_stream ? 0 : route(g, c);
    must(!c->is_stream || is_poll(c));
    if (is_poll(c)) {
        const struct job_activate *a = c->in.record;
        must(a);
        c->queue = queue_join(g, a->tenants.count ? a->tenants.items[0] : c->in.tenant,
                              a->type);
        asked_note(g->asked, c->queue->tenant, a, g->now);
    }
    if (c->is_stream) {
        stream_open(g, c);
        return;
    }
    if (is_poll(c)) {
        c->signals = c->queue->signals;
        c->deadline = wait_until(g, ask->wait_ms, g->options.poll_default_ms);
    } else if (awaits_result(c)) {
        c->deadline = wait_until(g, ask->wait_ms, g->options.result_default_ms);
    }
    due_set(g, c, c->deadline ? c->deadline : after(g->now, g->options.command_ms));
    if (is_search(c) || is_deletion(c))
        search_put(g, c);
    else
        put(g, c);
}

/* ---- what comes back ------------------------------------------------------------- */

/* Jobs for somebody who has left go back to their place. */
static void jobs_return(struct gate *g, u32 partition,
                        const struct jobs_activated *jobs)
{
    for (u32 i = 0; jobs && i < jobs->jobs.count; i++)
        node_command(g->nodes[partition],
                     &(struct input){
                         .kind = CMD_JOB_YIELD,
                         .key = jobs->jobs.items[i].key,
                         .operation = (u64)jobs->jobs.items[i].deadline,
                         .tenant = jobs->jobs.items[i].tenant,
                     });
}

static void queue_put(struct call *c)
{
    struct call **hole = &c->queue->first;

    while (*hole && (*hole)->arrival < c->arrival)
        hole = &(*hole)->next;
    c->next = *hole;
    *hole = c;
    c->state = CALL_PARKED;
}

static void park(struct gate *g, struct call *c)
{
    i64 probe = after(g->now, g->options.probe_ms);

    queue_put(c);
    due_set(g, c, probe < c->deadline ? probe : c->deadline);
}

/* Another round over all partitions, beginning with the one that has news. */
static void poll_again(struct gate *g, struct call *c, u32 partition)
{
    c->partition = partition;
    c->asked = 0;
    c->signals = c->queue->signals;
    due_set(g, c, c->deadline);
    put(g, c);
}

/* A poll that found nothing asks the next partition; after the last it is parked,
 * unless something has become available since its round began. */
static void poll_empty(struct gate *g, struct call *c)
{
    c->asked++;
    c->partition = (c->partition + 1) % g->count;
    if (poll_goes_on(g, c)) {
        put(g, c);
    } else if (!c->deadline || c->deadline <= g->now) {
        answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, NULL);
        call_end(g, c);
    } else if (c->queue->signals != c->signals) {
        poll_again(g, c, c->partition);
    } else {
        park(g, c);
    }
}

/* ---- streams --------------------------------------------------------------------- */

/* A stream does not ask when it opens: what waits already is for polls. */
static void stream_open(struct gate *g, struct call *c)
{
    c->queue->streams++;
    queue_put(c);
}

/* It goes for jobs that became available at this partition, `most` at most and as many
 * as it may have. If the partition does not let it in, they are left for others. */
static void stream_go(struct gate *g, struct call *c, u32 partition, u32 most)
{
    struct job_activate *a = (struct job_activate *)(uintptr_t)c->in.record;
    u32 *news = &c->queue->news[partition], room = HELD_MAX - c->held_count;
    u32 count = *news < room ? *news : room;
    struct refusal why;

    count = count < most ? count : most;
    *news -= count;
    a->max_jobs = (i32)count;
    c->partition = partition;
    if (!g->nodes[partition] || !node_admit(g->nodes[partition], c->kind, &why)) {
        queue_put(c);
        return;
    }
    c->state = CALL_ASKING;
    node_command(g->nodes[partition], &c->in);
}

/* What it does next: go for what has come in between, wait, or wait for its client. */
static void stream_rest(struct gate *g, struct call *c)
{
    if (g->is_draining) {
        answer_refusal(g, c, REJECT_UNAVAILABLE, STR("the server is stopping"));
        call_end(g, c);
        return;
    }
    if (c->held_count == HELD_MAX) {
        c->state = CALL_FULL;
        return;
    }
    for (u32 i = 0; i < g->count; i++) {
        u32 at = (c->partition + 1 + i) % g->count;
        if (!c->queue->first && c->queue->news[at] && g->nodes[at]) {
            stream_go(g, c, at, HELD_MAX);
            return;
        }
    }
    queue_put(c);
}

/* With jobs it goes behind those who wait. Fewer than it went for: there are no more.
 */
static void stream_answered(struct gate *g, struct call *c, const struct answer *a)
{
    const struct job_activate *asked = c->in.record;
    const struct jobs_activated *jobs = a->record;
    u32 count = jobs ? jobs->jobs.count : 0;

    if (a->rejection) {
        answer_refusal(g, c, a->rejection, a->reason);
        call_end(g, c);
        return;
    }
    if (count < (u32)asked->max_jobs && !(jobs && jobs->is_truncated))
        c->queue->news[c->partition] = 0;
    for (u32 i = 0; i < count; i++)
        c->held[c->held_count++] =
            (struct held){jobs->jobs.items[i].key, jobs->jobs.items[i].deadline};
    if (count) {
        c->arrival = ++g->arrivals;
        answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, jobs);
    }
    stream_rest(g, c);
}

void gate_drained(struct gate *g, u64 request)
{
    struct call *c = call_find(g, request);

    if (!c || !c->is_stream)
        return;
    c->held_count = 0;
    if (c->state == CALL_FULL)
        stream_rest(g, c);
}

static void poll_answered(struct gate *g, struct call *c, struct answer *a)
{
    const struct jobs_activated *jobs = a->record;

    if (a->rejection) {
        answer_refusal(g, c, a->rejection, a->reason);
        call_end(g, c);
    } else if (jobs && jobs->jobs.count) {
        answer_pass(g, c, a);
        call_end(g, c);
    } else if (jobs && jobs->is_truncated) {
        put(g,
            c); /* the first job was too large and is an incident now: the next one */
    } else {
        poll_empty(g, c);
    }
}

/* The instance is there; its creator waits on, by its key. */
static void await(struct gate *g, struct call *c, const struct instance_created *made)
{
    c->instance = made->instance_key;
    struct call **bucket = &g->instances[hash_mix(c->instance) % BUCKETS];
    c->mate = *bucket;
    *bucket = c;
    c->state = CALL_AWAITING;
}

/* What was just deployed may not have reached this partition yet; the first one has it.
 */
static bool ask_first(struct gate *g, struct call *c, const struct answer *a)
{
    if (!is_for_any(c) || a->rejection != REJECT_NOT_FOUND || c->partition == 0 ||
        !g->nodes[0])
        return false;
    c->partition = 0;
    put(g, c);
    return true;
}

/* The same for an instance with a business id, which begins at that partition alone: a
 * moment later, once. */
static bool ask_later(struct gate *g, struct call *c, const struct answer *a)
{
    if (business_id_of(c).len == 0 || a->rejection != REJECT_NOT_FOUND ||
        c->partition == 0 || c->asked)
        return false;
    c->asked = 1;
    c->state = CALL_RESTING;
    due_set(g, c, g->now + AGAIN_MS);
    return true;
}

/* ---- searches -------------------------------------------------------------------- */

static void found(struct gate *g, const struct view_answer *a)
{
    struct call *c = call_find(g, a->request);

    if (sweeps_found(g->sweeps, g->nodes, a) || !c || c->state != CALL_LOOKING)
        return;
    if (is_deletion(c) && !a->rejection) {
        put(g, c);
        return;
    }
    if (a->rejection) {
        answer_refusal(g, c, a->rejection, a->text);
    } else {
        struct search_found all = {
            .is_done = true, .is_stale = a->is_stale, .text = a->text};
        answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, &all);
    }
    call_end(g, c);
}

/* What is durable is told before anybody hears of it. */
static void view_publish_all(struct gate *g)
{
    for (u32 i = 0; g->view && i < g->count; i++)
        if (g->nodes[i])
            view_publish(g->view, i + 1, node_durable(g->nodes[i]));
}

static void view_take_answers(struct gate *g)
{
    for (struct view_answer a; g->view && view_answer(g->view, &a);
         view_answer_done(&a))
        found(g, &a);
}

/* ---- explanations ---------------------------------------------------------------- */

/* The partition of the instance says which messages matter; all are asked for them, and
 * that one then has the whole answer. */
static void explain_answered(struct gate *g, struct call *c, const struct explained *e)
{
    if (!c->inquiry && e->wanted.count)
        c->inquiry = inquiry_open(c->in.record, &e->wanted);
    else if (c->inquiry && !inquiry_is_over(c->inquiry))
        inquiry_add(c->inquiry, e);
    else {
        answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, e);
        call_end(g, c);
        return;
    }
    c->partition = inquiry_next(c->inquiry, g->count);
    if (c->partition == g->count)
        c->partition = index_of(g, c->in.key);
    c->in.record = inquiry_ask(c->inquiry);
    put(g, c);
}

static void answered(struct gate *g, u32 partition, struct answer *a)
{
    struct call *c = call_find(g, a->request);

    if (!c && sweeps_answered(g->sweeps, partition, g->nodes[partition], g->view, a))
        return;
    if (!c || c->is_gone || c->state != CALL_ASKING) {
        if (a->kind == CMD_JOB_ACTIVATE)
            jobs_return(g, partition, a->record);
        if (c && c->is_gone)
            call_end(g, c);
        return;
    }
    if (c->is_stream) {
        stream_answered(g, c, a);
    } else if (is_poll(c)) {
        poll_answered(g, c, a);
    } else if (a->rejection) {
        if (ask_first(g, c, a) || ask_later(g, c, a))
            return;
        answer_refusal(g, c, a->rejection, a->reason);
        call_end(g, c);
    } else if (c->kind == CMD_INSTANCE_EXPLAIN) {
        explain_answered(g, c, a->record);
    } else if (awaits_result(c)) {
        await(g, c, a->record);
    } else {
        answer_pass(g, c, a);
        call_end(g, c);
    }
}

/* Jobs became available; they are handed out when all that is new is known. */
static void jobs_available(struct gate *g, u32 partition, const struct effect *e)
{
    struct queue *q = queue_find(g, e->tenant, e->type);

    if (!q)
        return;
    q->signals++;
    u32 *news = &q->news[partition];
    *news = e->count > UINT32_MAX - *news ? UINT32_MAX : *news + e->count;
    if (q->is_fresh)
        return;
    q->is_fresh = true;
    q->calls++; /* it stays while it is in the list */
    *g->fresh_end = q;
    g->fresh_end = &q->fresh;
}

/* Among the streams that wait for them so many jobs are shared evenly: how many each
 * goes for. */
static u32 stream_share(const struct queue *q, u32 news)
{
    u32 streams = 0, looked = 0;

    for (const struct call *c = q->first; c && looked < news; c = c->next, looked++)
        streams += c->is_stream;
    return streams ? (news + streams - 1) / streams : 1;
}

static void jobs_hand_out(struct gate *g, struct queue *q, u32 partition)
{
    u32 *news = &q->news[partition], share = stream_share(q, *news);

    while (*news && q->first) {
        struct call *c = q->first;
        q->first = c->next;
        if (c->is_stream) {
            stream_go(g, c, partition, share);
        } else {
            --*news;
            poll_again(g, c, partition);
        }
    }
    if (!q->streams)
        *news = 0;
}

static void fresh_serve(struct gate *g, u32 partition)
{
    while (g->fresh) {
        struct queue *q = g->fresh;
        g->fresh = q->fresh;
        q->fresh = NULL;
        q->is_fresh = false;
        jobs_hand_out(g, q, partition);
        queue_leave(g, q);
    }
    g->fresh_end = &g->fresh;
}

static void instance_ended(struct gate *g, const struct effect *e)
{
    struct call *c = g->instances[hash_mix(e->instance) % BUCKETS];

    while (c && c->instance != e->instance)
        c = c->mate;
    if (!c)
        return;
    answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, e->answer);
    call_end(g, c);
}

/* What a step has left unanswered; whoever asked may have given up by now. */
static void answered_late(struct gate *g, const struct effect *e)
{
    struct call *c = call_find(g, e->request);

    if (!c || c->state != CALL_ASKING)
        return;
    if (c->is_gone) {
        call_end(g, c);
        return;
    }
    if (e->rejection)
        answer_refusal(g, c, e->rejection, e->reason);
    else
        answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, e->answer);
    call_end(g, c);
}

static void effects_take(struct gate *g, u32 partition)
{
    for (struct effect e; node_effect(g->nodes[partition], &e);) {
        switch (e.kind) {
        case EFFECT_JOBS_AVAILABLE:
            jobs_available(g, partition, &e);
            break;
        case EFFECT_INSTANCE_ENDED:
            instance_ended(g, &e);
            break;
        case EFFECT_LATE_ANSWER:
            answered_late(g, &e);
            break;
        case EFFECT_HISTORY_WANTED:
            sweeps_wake(g->sweeps, partition, g->nodes[partition]);
            break;
        case EFFECT_NOTE:
            if (g->options.note)
                g->options.note(g->options.ctx, e.reason);
            break;
        }
    }
    fresh_serve(g, partition);
}

/* ---- between partitions ---------------------------------------------------------- */

static void sends_deliver(struct gate *g, u32 from)
{
    struct send s;
    struct err err;

    while (node_send(g->nodes[from], &s))
        if (s.to <= g->count && g->nodes[s.to - 1])
            must(node_receive(g->nodes[s.to - 1], &s, &err));
}

static void sends_acknowledge(struct gate *g, u32 from, u32 to)
{
    u64 *known = &g->acknowledged[from * g->count + to];
    u64 applied = node_applied(g->nodes[to], from + 1);

    if (applied <= *known)
        return;
    *known = applied;
    struct outbox_acknowledge record = {to + 1, applied};
    node_command(g->nodes[from], &(struct input){.kind = CMD_OUTBOX_ACKNOWLEDGE,
                                                 .record = &record,
                                                 .tenant = STR("<default>")});
}

static void sends_move(struct gate *g)
{
    if (g->count == 1)
        return;
    for (u32 from = 0; from < g->count; from++) {
        if (!g->nodes[from])
            continue;
        sends_deliver(g, from);
        for (u32 to = 0; to < g->count; to++)
            if (to != from && g->nodes[to])
                sends_acknowledge(g, from, to);
    }
}

/* ---- a turn
 * ---------------------------------------------------------------------------------------------
 */

static void timed_out(struct gate *g, struct call *c)
{
    if (c->state == CALL_RESTING) {
        due_set(g, c, c->deadline ? c->deadline : after(g->now, g->options.command_ms));
        put(g, c);
        return;
    }
    if (c->state == CALL_PARKED && c->deadline > g->now) {
        unpark(c);
        poll_again(g, c, c->partition);
        return;
    }
    if (c->state == CALL_PARKED) {
        answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, NULL);
    } else if (is_poll(c)) {
        /* Its command is under way and may bring jobs: it ends with that answer. */
        due_set(g, c, after(g->now, g->options.command_ms));
        c->deadline = c->deadline ? 1 : 0;
        return;
    } else if (!c->is_gone) {
        answer_refusal(g, c, REJECT_DEADLINE_EXCEEDED,
                       c->state == CALL_AWAITING
                           ? STR("Time out between gateway and broker: the process "
                                 "instance has not completed in time; it goes on")
                           : STR("Time out between gateway and broker: the command was "
                                 "not answered in time; it may still be done"));
    }
    call_end(g, c);
}

void gate_pump(struct gate *g, i64 now)
{
    time_note(g, now);
    view_publish_all(g);
    view_take_answers(g);
    for (u32 i = 0; i < g->count; i++) {
        if (!g->nodes[i])
            continue;
        for (struct answer a; node_answer(g->nodes[i], &a); node_answer_done(&a))
            answered(g, i, &a);
        effects_take(g, i);
    }
    sends_move(g);
    for (struct due_item *item; (item = due_first(&g->due, g->now));) {
        struct call *c =
            (struct call *)(void *)((char *)item - offsetof(struct call, due));
        timed_out(g, c);
    }
}

bool gate_due(const struct gate *g, i64 *when)
{
    if (g->due.count == 0)
        return false;
    *when = g->due.items[1]->when;
    return true;
}

/* An answer that nobody has fetched yet is dropped; its jobs, all of one partition, go
 * back. */
static bool answer_take_out(struct gate *g, u64 request, struct gate_answer *out)
{
    struct given **hole = &g->answers, *x;

    while (*hole && (*hole)->answer.request != request)
        hole = &(*hole)->next;
    if (!(x = *hole))
        return false;
    *hole = x->next;
    if (!*hole)
        g->answers_end = hole;
    *out = x->answer;
    pool_put(g->pool, x);
    return true;
}

static void answer_drop(struct gate *g, u64 request)
{
    struct gate_answer a;

    if (!answer_take_out(g, request, &a))
        return;
    const struct jobs_activated *jobs = a.record;
    if (a.kind == CMD_JOB_ACTIVATE && jobs->jobs.count) {
        u32 partition = index_of(g, jobs->jobs.items[0].key);
        if (g->nodes[partition])
            jobs_return(g, partition, jobs);
    }
    gate_answer_done(&a);
}

/* What may not have been sent goes back, also what it was given as an answer that
 * nobody has fetched. A job that was sent all the same and is done by now is not
 * touched. */
static void stream_gone(struct gate *g, struct call *c)
{
    struct gate_answer a;

    for (u32 i = 0; i < c->held_count; i++) {
        struct activated_job job = {.key = c->held[i].key,
                                    .deadline = c->held[i].deadline,
                                    .tenant = c->queue->tenant};
        u32 partition = index_of(g, job.key);
        if (g->nodes[partition])
            jobs_return(g, partition, &(struct jobs_activated){{&job, 1}, false});
    }
    c->held_count = 0;
    while (answer_take_out(g, c->request, &a))
        gate_answer_done(&a);
}

void gate_gone(struct gate *g, u64 request)
{
    struct call *c = call_find(g, request);

    if (c && c->is_stream)
        stream_gone(g, c);
    if (!c)
        answer_drop(g, request);
    else if (c->state == CALL_ASKING)
        c->is_gone = true;
    else
        call_end(g, c);
}

void gate_watch(struct gate *g, bool is_watched)
{
    g->is_watched = is_watched;
    for (u32 i = 0; i < g->count; i++)
        if (g->nodes[i])
            node_watch(g->nodes[i], is_watched);
}

bool gate_notice(struct gate *g, struct notice *out)
{
    for (u32 i = 0; i < g->count; i++)
        if (g->nodes[i] && node_notice(g->nodes[i], out))
            return true;
    return false;
}

void gate_node(struct gate *g, u32 index, struct node *node)
{
    must(index < g->count);
    g->nodes[index] = node;
    sweeps_wake(g->sweeps, index, NULL);
    if (node && g->view)
        sweeps_wake(g->sweeps, index, node);
    if (node) {
        node_watch(node, g->is_watched);
        /* What it was told of the others' progress may not have become durable. */
        memset(&g->acknowledged[index * g->count], 0,
               g->count * sizeof(*g->acknowledged));
        for (u32 i = 0; i < g->count; i++)
            if (g->nodes[i])
                node_resend(g->nodes[i]);
        return;
    }
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct call *c = g->calls[i], *next; c; c = next) {
            next = c->chain;
            if (c->partition != index || c->state == CALL_PARKED ||
                c->state == CALL_FULL || c->state == CALL_LOOKING)
                continue;
            if (c->is_stream && !c->is_gone) {
                stream_rest(g, c);
                continue;
            }
            if (!c->is_gone)
                answer_refusal(g, c, REJECT_UNAVAILABLE,
                               STR("the partition has stopped; please try again"));
            call_end(g, c);
        }
}

void gate_drain(struct gate *g)
{
    g->is_draining = true;
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct call *c = g->calls[i], *next; c; c = next) {
            next = c->chain;
            if (c->state == CALL_ASKING || c->state == CALL_LOOKING)
                continue;
            if (c->state == CALL_PARKED && !c->is_stream)
                answer_with(g, c, REJECT_NONE, (struct str){NULL, 0}, NULL);
            else
                answer_refusal(g, c, REJECT_UNAVAILABLE, STR("the server is stopping"));
            call_end(g, c);
        }
}

u32 gate_partitions(const struct gate *g, struct gate_partition *out, u32 max)
{
    for (u32 i = 0; i < g->count && i < max; i++)
        out[i] = (struct gate_partition){i + 1, g->nodes[i] != NULL};
    return g->count;
}

void gate_view(struct gate *g, struct view_follower *view)
{
    g->view = view;
    for (u32 i = 0; i < g->count; i++)
        if (g->nodes[i])
            sweeps_wake(g->sweeps, i, g->nodes[i]);
}

size_t gate_calls(const struct gate *g)
{
    return g->call_count;
}

bool gate_counters(const struct gate *g, u32 index, struct node_counters *out)
{
    if (!g->nodes[index])
        return false;
    *out = node_counters(g->nodes[index]);
    return true;
}
