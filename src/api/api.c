#include <stdlib.h>

#include "api/private.h"

/* The door's numbers have these bits, the boot number those above. */
#define ID_BITS       40

#define BUCKETS_FIRST 256
#define REPLY_FIRST   4096

const struct api_options api_options_default = {
    .version = {"8.9.0", 5},
    .host = {"127.0.0.1", 9},
    .port = 26500,
    .json_depth = 100,
    .reply_max = 64 << 20,
    .request_max = (4 << 20) + (64 << 10),
};

struct api *api_open(const struct api_options *options, struct gate *gate)
{
    struct api *a = must_alloc(sizeof(*a));

    must(options->boot < 1u << (64 - ID_BITS));
    a->options = *options;
    a->gate = gate;
    a->bucket_count = BUCKETS_FIRST;
    a->buckets = must_alloc(a->bucket_count * sizeof(struct served *));
    a->metrics = metrics_open();
    a->events = events_open();
    calls_open(a);
    return a;
}

static void blocks_free(struct reply_block *b)
{
    for (struct reply_block *next; b; b = next) {
        next = b->next;
        arena_free(&b->arena);
        free(b);
    }
}

void api_close(struct api *a)
{
    if (!a)
        return;
    blocks_free(a->spare);
    blocks_free(a->head);
    metrics_close(a->metrics);
    events_close(a->events);
    free(a->route_nexts);
    free(a->buckets);
    free(a);
}

/* ---- who is being served --------------------------------------------------------- */

static struct served **served_place(struct api *a, u64 id)
{
    struct served **place = &a->buckets[id % a->bucket_count];

    while (*place && (*place)->id != id)
        place = &(*place)->next;
    return place;
}

static void buckets_grow(struct api *a)
{
    u32 count = a->bucket_count;
    struct served **old = a->buckets;

    a->bucket_count = count * 2;
    a->buckets = must_alloc(a->bucket_count * sizeof(struct served *));
    for (u32 i = 0; i < count; i++)
        for (struct served *s = old[i], *next; s; s = next) {
            next = s->next;
            s->next = NULL;
            *served_place(a, s->id) = s;
        }
    free(old);
}

void api_keep(struct api *a, struct served *s)
{
    struct served **place;

    if (a->served_count == a->bucket_count)
        buckets_grow(a);
    place = served_place(a, s->id);
    must(!*place);
    *place = s;
    s->is_kept = true;
    a->served_count++;
}

static void watcher_forget(struct api *a, struct served *s)
{
    struct served **place = &a->watchers;

    while (*place != s)
        place = &(*place)->later;
    *place = s->later;
}

void api_forget(struct api *a, struct served *s)
{
    if (!s->is_kept)
        return;
    *served_place(a, s->id) = s->next;
    if (s->is_watcher)
        watcher_forget(a, s);
    s->is_kept = s->is_watcher = false;
    a->served_count--;
}

/* ---- replies --------------------------------------------------------------------- */

struct reply_block *reply_open(struct api *a, const struct served *s)
{
    struct reply_block *b = a->spare;

    if (b) {
        a->spare = b->next;
    } else {
        b = must_alloc(sizeof(*b));
        arena_init(&b->arena, REPLY_FIRST, a->options.reply_max, NULL);
    }
    b->arena.full = &b->full;
    b->next = NULL;
    b->meter = metrics_meter(a, s);
    b->begun = s->begun;
    b->reply = (struct api_reply){
        .id = s->id, .door = s->door, .allowed_origin = s->allowed_origin, .block = b};
    return b;
}

void reply_put(struct api *a, struct reply_block *b)
{
    b->arena.full = NULL; /* its jump is no longer valid */
    if (b->reply.is_last && b->meter) {
        metrics_count(b->meter, &b->reply, a->now - b->begun);
        b->meter = NULL;
    }
    if (a->tail)
        a->tail->next = b;
    else
        a->head = b;
    a->tail = b;
}

void reply_drop(struct api *a, struct reply_block *b)
{
    arena_reset(&b->arena);
    b->next = a->spare;
    a->spare = b;
}

bool api_reply(struct api *a, struct api_reply *out)
{
    struct reply_block *b = a->head;

    if (!b)
        return false;
    a->head = b->next;
    if (!a->head)
        a->tail = NULL;
    *out = b->reply;
    return true;
}

void api_reply_done(struct api *a, struct api_reply *r)
{
    must(r->block);
    reply_drop(a, r->block);
    r->block = NULL;
}

static void replies_drop(struct api *a, u64 id)
{
    struct reply_block *b = a->head;

    a->head = a->tail = NULL;
    for (struct reply_block *next; b; b = next) {
        next = b->next;
        b->next = NULL;
        if (b->reply.id == id)
            reply_drop(a, b);
        else
            reply_put(a, b);
    }
}

/* ---- requests -------------------------------------------------------------------- */

static u64 number_of(const struct api *a, u64 id)
{
    return (u64)a->options.boot << ID_BITS | id;
}

struct ask api_ask_open(const struct api_request *r)
{
    struct ask ask = {.tenant = tenant_default};

    for (u32 i = 0; i < r->header_count; i++)
        if (str_is(r->headers[i].name, "traceparent"))
            ask.cause = r->headers[i].value;
    return ask;
}

u64 api_number(const struct api *a, const struct served *s)
{
    return number_of(a, s->id);
}

static void refuse_size(struct api *a, struct served *s, enum command_kind kind,
                        const void *record)
{
    struct str text = size_text(commands[kind].ask, record, s->request->body.len,
                                a->options.request_max, s->arena);

    if (s->door == API_GRPC)
        grpc_end(a, s, GRPC_RESOURCE_EXHAUSTED, text);
    else
        rest_problem(a, s, 413, "Content Too Large", text);
}

void api_ask(struct api *a, struct served *s, enum command_kind kind,
             const void *record, struct ask *ask, i64 now)
{
    if (s->request && s->request->body.len > a->options.request_max) {
        refuse_size(a, s, kind, record);
        return;
    }
    api_keep(a, s);
    ask->request = number_of(a, s->id);
    ask->kind = kind;
    ask->record = record;
    if (kind == CMD_INSTANCE_CREATE && ask->wait_ms < 0)
        ask->wait_ms = 0; /* only polls know what it is not to wait */
    gate_ask(a->gate, ask, now);
}

static void serve(struct api *a, struct served *s, const struct api_request *r, i64 now)
{
    if (r->door == API_GRPC)
        grpc_serve(a, s, r, now);
    else
        rest_serve(a, s, r, now);
}

/* What the client made too large for its memory is refused. It lies in the arena, which
 * keeps what it has; what is needed to say so lies in the reply. */
void api_request(struct api *a, const struct api_request *r, i64 now)
{
    struct trap full;
    struct served unkept = {
        .begun = now, .id = r->id, .door = r->door, .path = r->path};

    must(r->id != 0);
    must(r->id >> ID_BITS == 0);
    a->now = now;
    r->arena->full = &full;
    if (setjmp(full.jump) == 0) {
        struct served *s = NEW(r->arena, struct served);
        *s = unkept;
        s->arena = r->arena;
        s->request = r;
        serve(a, s, r, now);
        s->request = NULL;
    } else if (r->door == API_GRPC) {
        grpc_full(a, &unkept);
    } else {
        rest_full(a, &unkept);
    }
    r->arena->full = NULL;
}

void api_gone(struct api *a, u64 id)
{
    struct served *s = *served_place(a, id);

    replies_drop(a, id);
    if (!s)
        return;
    if (s->follower)
        events_forget(a, s);
    else if (!s->is_watcher)
        gate_gone(a->gate, number_of(a, id));
    api_forget(a, s);
}

void api_drained(struct api *a, u64 id)
{
    struct served *s = *served_place(a, id);

    if (s && s->follower)
        events_drained(a, s);
    else if (s && !s->is_watcher)
        gate_drained(a->gate, number_of(a, id));
}

/* ---- answers --------------------------------------------------------------------- */

static void answer_take(struct api *a, const struct gate_answer *answer)
{
    u64 id = answer->request & ((1ull << ID_BITS) - 1);
    struct served *s = *served_place(a, id);

    if (!s || number_of(a, id) != answer->request)
        return; /* its client has left, or it was asked by a former boot */
    if (answer->rejection)
        metrics_rejected(a, answer->rejection);
    if (s->door == API_GRPC)
        grpc_answer(a, s, answer);
    else
        rest_answer(a, s, answer);
}

void api_pump(struct api *a, i64 now)
{
    a->now = now;
    for (struct gate_answer answer; gate_answer(a->gate, &answer);
         gate_answer_done(&answer))
        answer_take(a, &answer);
    health_pump(a);
    events_pump(a, now);
}
