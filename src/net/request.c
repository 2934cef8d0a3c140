#include <stdlib.h>

#include "net/inside.h"

/* What a request's arena takes first: enough for the headers of the usual call. */
#define ARENA_FIRST   4096
#define HEADERS_FIRST 16

/* What RFC 9113, 6.5.2 counts for a field beside its bytes: our memory is about that.
 */
#define HEADER_COST 32

static struct request *request_take(struct net *n)
{
    struct request *r = n->resting;

    if (r) {
        n->resting = r->in_bucket;
        n->resting_count--;
        r->in_bucket = NULL;
        return r;
    }
    r = must_alloc(sizeof(*r));
    arena_init(&r->arena, ARENA_FIRST, n->options.request_memory, NULL);
    return r;
}

struct request *request_new(struct conn *c)
{
    struct request *r = request_take(c->net);

    r->conn = c;
    r->after = c->requests;
    if (r->after)
        r->after->before = r;
    c->requests = r;
    c->request_count++;
    c->net->alive++;
    return r;
}

/* Buffers are kept for the next request when they are small. */
static void request_rest(struct net *n, struct request *r)
{
    struct request clean = {.arena = r->arena, .body = r->body, .out = r->out};

    if (n->resting_count == RESTING) {
        arena_free(&clean.arena);
        bytes_free(&clean.body);
        bytes_free(&clean.out);
        free(r);
        return;
    }
    arena_reset(&clean.arena);
    if (clean.body.size > BODY_KEPT)
        bytes_free(&clean.body);
    if (clean.out.size > BODY_KEPT)
        bytes_free(&clean.out);
    clean.body.len = clean.out.len = 0;
    clean.in_bucket = n->resting;
    *r = clean;
    n->resting = r;
    n->resting_count++;
}

static struct request **request_bucket(const struct net *n, u64 id)
{
    return &n->buckets[id & (n->bucket_count - 1)];
}

struct request *request_find(const struct net *n, u64 id)
{
    struct request *r = *request_bucket(n, id);

    while (r && r->view.id != id)
        r = r->in_bucket;
    return r;
}

static void request_table_put(struct net *n, struct request *r)
{
    struct request **bucket = request_bucket(n, r->view.id);

    r->in_bucket = *bucket;
    *bucket = r;
}

static void request_table_grow(struct net *n)
{
    struct request **old = n->buckets;
    size_t count = n->bucket_count;

    n->bucket_count *= 2;
    n->buckets = must_alloc(n->bucket_count * sizeof(struct request *));
    for (size_t i = 0; i < count; i++)
        for (struct request *r = old[i], *next; r; r = next) {
            next = r->in_bucket;
            request_table_put(n, r);
        }
    free(old);
}

static void request_table_del(struct net *n, struct request *r)
{
    struct request **at = request_bucket(n, r->view.id);

    while (*at != r) {
        must(*at);
        at = &(*at)->in_bucket;
    }
    *at = r->in_bucket;
    r->in_bucket = NULL;
    n->asked--;
}

static void request_drop_body(struct request *r)
{
    r->conn->net->held -= r->body.len;
    r->body.len = 0;
    if (r->body.size > BODY_KEPT)
        bytes_free(&r->body);
}

void request_over(struct request *r)
{
    struct net *n = r->conn->net;

    net_timer_stop(n, &r->timer);
    if (r->state == REQUEST_ASKED)
        request_table_del(n, r);
    if (r->state != REQUEST_OVER) {
        request_drop_body(r);
        arena_reset(&r->arena);
        r->view = (struct net_request){.id = r->view.id, .door = r->view.door};
        r->headers = NULL;
        r->timeout = r->content_type = r->encoding = (struct str){0};
    }
    r->state = REQUEST_OVER;
}

void request_gone(struct request *r)
{
    struct net *n = r->conn->net;
    bool was_asked = r->state == REQUEST_ASKED;
    u64 id = r->view.id;

    request_over(r);
    if (!was_asked)
        return;
    n->counters.gone++;
    n->handler.gone(n->handler.ctx, id);
}

void request_free(struct request *r)
{
    struct conn *c = r->conn;

    request_over(r);
    c->queued -= r->out.len - r->out_at;
    if (r->before)
        r->before->after = r->after;
    else
        c->requests = r->after;
    if (r->after)
        r->after->before = r->before;
    c->request_count--;
    c->net->alive--;
    bytes_free(&r->message);
    request_rest(c->net, r);
}

void request_ask(struct request *r)
{
    struct net *n = r->conn->net;

    must(r->state == REQUEST_COMING);
    r->state = REQUEST_ASKED;
    r->view.id = ++n->last_request;
    r->view.headers = r->headers;
    r->view.arena = &r->arena;
    n->counters.requests++;
    if (++n->asked > n->bucket_count)
        request_table_grow(n);
    request_table_put(n, r);
    n->handler.request(n->handler.ctx, &r->view);
}

/* ---- what it is made of -------------------------------------------------------------
 */

struct str request_copy(struct request *r, struct str s)
{
    char *copy = arena_ask(&r->arena, s.len + 1);

    if (!copy)
        return (struct str){0};
    if (s.len > 0)
        memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return (struct str){copy, s.len};
}

static bool request_header_room(struct request *r)
{
    u32 room = r->header_room ? r->header_room * 2 : HEADERS_FIRST;

    if (r->headers && r->view.header_count < r->header_room)
        return true;
    struct net_header *more = arena_ask(&r->arena, room * sizeof(*more));
    if (!more)
        return false;
    if (r->headers)
        memcpy(more, r->headers, r->view.header_count * sizeof(*more));
    r->headers = more;
    r->header_room = room;
    return true;
}

static bool request_header_count(struct request *r, size_t bytes)
{
    u32 max = r->conn->net->options.header_bytes_max;

    if (bytes + HEADER_COST > max - r->header_bytes)
        return false;
    r->header_bytes += (u32)bytes + HEADER_COST;
    return true;
}

bool request_header(struct request *r, struct str name, struct str value)
{
    char *copy = NULL;

    if (request_header_count(r, name.len + value.len) && request_header_room(r))
        copy = arena_ask(&r->arena, name.len + value.len + 1);
    if (!copy) {
        r->is_headers_full = true;
        return false;
    }
    memcpy(copy, name.data, name.len);
    memcpy(copy + name.len, value.data, value.len);
    copy[name.len + value.len] = '\0';
    r->headers[r->view.header_count++] =
        (struct net_header){{copy, name.len}, {copy + name.len, value.len}};
    return true;
}

bool request_body(struct request *r, struct str piece)
{
    struct net *n = r->conn->net;

    if (piece.len > n->options.held_max - n->held)
        return false;
    n->held += piece.len;
    bytes_add(&r->body, piece);
    return true;
}
