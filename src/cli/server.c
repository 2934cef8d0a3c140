#include "cli/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "api/api.h"
#include "cli/data.h"
#include "net/net.h"

#define CLOSE_MS 900 /* a clean end takes no longer, its checkpoint included */
#define TURNS_MAX \
    64 /* rounds between nodes, gate and api before the net has its turn */

struct server {
    struct net *net;
    struct data *data;
    struct gate *gate;
    struct api *api;
    struct node **nodes; /* borrowed from data */
    u32 count;
    char grpc[64], http[64];
};

static i64 now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- between net and api: the same request in each other's words ----------------- */

static void on_request(void *ctx, const struct net_request *r)
{
    struct server *s = ctx;
    struct api_request a = {
        .id = r->id,
        .door = r->door == NET_GRPC ? API_GRPC : API_HTTP,
        .method = r->method,
        .path = r->path,
        .query = r->query,
        .header_count = r->header_count,
        .body = r->body,
        .arena = r->arena,
    };
    struct api_header *headers =
        NEW_ARRAY(r->arena, struct api_header, r->header_count);

    for (u32 i = 0; i < r->header_count; i++)
        headers[i] = (struct api_header){r->headers[i].name, r->headers[i].value};
    a.headers = headers;
    api_request(s->api, &a, now_ms());
}

static void on_gone(void *ctx, u64 request)
{
    struct server *s = ctx;

    api_gone(s->api, request);
}

static void on_drained(void *ctx, u64 request)
{
    struct server *s = ctx;

    api_drained(s->api, request);
}

/* The log or the vault has synced: the turn that follows takes it. */
static void on_durable(void *ctx)
{
}

static void reply_http(struct server *s, const struct api_reply *r)
{
    struct net_header headers[8];
    u32 count = r->header_count < LEN(headers) ? r->header_count : (u32)LEN(headers);

    for (u32 i = 0; i < count; i++)
        headers[i] = (struct net_header){r->headers[i].name, r->headers[i].value};
    net_http_reply(s->net, r->id,
                   &(struct net_http_answer){.status = r->status,
                                             .content_type = r->content_type,
                                             .body = r->body,
                                             .headers = headers,
                                             .header_count = count});
}

static void reply_grpc(struct server *s, const struct api_reply *r)
{
    if (r->opens)
        net_grpc_open(s->net, r->id);
    if (r->has_message)
        net_grpc_message(s->net, r->id, r->message);
    if (r->is_last)
        net_grpc_end(s->net, r->id, r->code, r->text);
}

static void replies_send(struct server *s)
{
    for (struct api_reply r; api_reply(s->api, &r); api_reply_done(s->api, &r)) {
        if (r.door == API_HTTP)
            reply_http(s, &r);
        else
            reply_grpc(s, &r);
    }
}

/* ---- opening
 * ------------------------------------------------------------------------------------
 */

static bool fd_watch(struct server *s, int fd, struct err *err)
{
    return fd < 0 || net_watch(s->net, fd, on_durable, s, err);
}

static bool rooms_open(struct server *s, const struct options *o, struct err *err)
{
    struct api_options api = api_options_default;
    struct net_handler handler = {
        .ctx = s, .request = on_request, .gone = on_gone, .drained = on_drained};

    s->net = net_open(&net_options_default, &handler, err);
    if (!s->net || !net_listen(s->net, NET_GRPC, o->grpc, s->grpc, err) ||
        !net_listen(s->net, NET_HTTP, o->http, s->http, err))
        return false;
    s->data = data_open(o, err);
    if (!s->data)
        return false;
    s->nodes = data_nodes(s->data, &s->count);
    for (u32 i = 0; i < s->count; i++) {
        if (!fd_watch(s, data_wake_fd(s->data, i), err) ||
            !fd_watch(s, data_vault_fd(s->data, i), err))
            return false;
    }
    s->gate = gate_open(&gate_options_default, s->nodes, s->count);
    api.version = STR(CAMUNDA_VERSION);
    api.boot = data_boot(s->data);
    const char *colon = strrchr(s->grpc, ':');
    i64 port = 0;
    str_to_i64(str_of(colon ? colon + 1 : "0"), &port);
    api.host = (struct str){s->grpc, colon ? (size_t)(colon - s->grpc) : 0};
    api.port = (i32)port;
    s->api = api_open(&api, s->gate);
    return true;
}

static void rooms_close(struct server *s)
{
    api_close(s->api);
    gate_close(s->gate);
    net_close(s->net);
    data_close(s->data);
    free(s);
}

struct server *server_open(const struct options *o, struct err *err)
{
    struct server *s = must_alloc(sizeof(*s));

    if (!say_level_set(o->log)) {
        err_set(err, ERR_SYNTAX,
                "--log is one of error, warn, info and debug, not '%s'", o->log);
        free(s);
        return NULL;
    }
    if (!rooms_open(s, o, err)) {
        rooms_close(s);
        return NULL;
    }
    return s;
}

const char *server_grpc(const struct server *s)
{
    return s->grpc;
}

const char *server_http(const struct server *s)
{
    return s->http;
}

void server_wake(struct server *s)
{
    net_wake(s->net);
}

/* ---- the wheel
 * ------------------------------------------------------------------------------------
 */

static bool is_busy(const struct server *s)
{
    for (u32 i = 0; i < s->count; i++)
        if (node_is_busy(s->nodes[i]))
            return true;
    return gate_is_busy(s->gate);
}

/* Commands to nodes, answers to the gate, calls to the api, replies to the net, until
 * nobody has anything for anybody. */
static bool rooms_turn(struct server *s, struct err *err)
{
    i64 now = now_ms();

    for (int i = 0; i < TURNS_MAX; i++) {
        for (u32 n = 0; n < s->count; n++)
            if (!node_pump(s->nodes[n], now, err))
                return false;
        gate_pump(s->gate, now);
        api_pump(s->api, now);
        if (!is_busy(s))
            break;
    }
    replies_send(s);
    return true;
}

static int wait_ms(const struct server *s)
{
    i64 now = now_ms(), first = now + 60000, when;

    if (is_busy(s))
        return 0;
    for (u32 i = 0; i < s->count; i++)
        if (node_due(s->nodes[i], &when) && when < first)
            first = when;
    if (gate_due(s->gate, &when) && when < first)
        first = when;
    return first <= now ? 0 : (int)(first - now);
}

bool server_turn(struct server *s, struct err *err)
{
    net_turn(s->net, wait_ms(s));
    return rooms_turn(s, err);
}

static bool is_settled(const struct server *s)
{
    return net_is_idle(s->net) && !is_busy(s) && data_is_durable(s->data);
}

static bool nodes_rest(const struct server *s)
{
    for (u32 i = 0; i < s->count; i++)
        if (!node_rests(s->nodes[i]))
            return false;
    return true;
}

/* The next start shall have nothing to replay, if there is time for that. */
static void checkpoints_make(struct server *s, i64 end)
{
    struct err err;

    for (u32 i = 0; i < s->count; i++)
        node_checkpoint(s->nodes[i]);
    while (now_ms() < end && !nodes_rest(s) && rooms_turn(s, &err))
        net_turn(s->net, 10);
}

void server_close(struct server *s)
{
    i64 end = now_ms() + CLOSE_MS;
    struct err err;

    if (!s)
        return;
    net_drain(s->net);
    api_drain(s->api);
    gate_drain(s->gate);
    while (now_ms() < end && rooms_turn(s, &err) && !is_settled(s))
        net_turn(s->net, 10);
    if (is_settled(s))
        checkpoints_make(s, end);
    rooms_close(s);
}
