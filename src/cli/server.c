#include "cli/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "api/api.h"
#include "cli/data.h"
#include "cli/documents.h"
#include "cli/pages.h"
#include "cli/shards.h"
#include "cli/watch.h"
#include "net/net.h"

#define CLOSE_MS 900 /* a clean end takes no longer, its checkpoint included */
#define TURNS_MAX \
    64 /* rounds between nodes, gate and api before the net has its turn */

struct server {
    struct net *net;
    struct data *data;
    struct gate *gate;
    struct api *api;
    struct documents *documents;
    i64 started;
    struct shards *shards;
    struct node **nodes; /* borrowed from shards: those themselves, or stand-ins */
    u32 count;
    struct watch watch;
    struct err view_lost; /* as it was told last */
    char grpc[64], http[64];
};

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

static void on_note(void *ctx, struct str text)
{
    say(SAY_WARN, "%.*s", ARG(text));
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

/* The view has an answer, likewise. */
static void on_found(void *ctx)
{
    struct server *s = ctx;

    view_heard(data_view(s->data));
}

static void reply_http(struct server *s, const struct api_reply *r)
{
    struct net_header headers[16];
    u32 count =
        r->header_count < LEN(headers) - 2 ? r->header_count : (u32)LEN(headers) - 2;

    for (u32 i = 0; i < count; i++)
        headers[i] = (struct net_header){r->headers[i].name, r->headers[i].value};
    if (r->allowed_origin.len) {
        headers[count++] =
            (struct net_header){STR("Access-Control-Allow-Origin"), r->allowed_origin};
        headers[count++] = (struct net_header){STR("Vary"), STR("Origin")};
    }
    struct net_http_answer answer = {.status = r->status,
                                     .content_type = r->content_type,
                                     .body = r->body,
                                     .headers = headers,
                                     .header_count = count};
    if (!r->is_in_pieces)
        net_http_reply(s->net, r->id, &answer);
    else if (r->opens)
        net_http_open(s->net, r->id, &answer);
    if (r->is_in_pieces && r->has_message)
        net_http_piece(s->net, r->id, r->message);
    if (r->is_in_pieces && r->is_last)
        net_http_end(s->net, r->id);
}

/* ---- numbers ----------------------------------------------------------------------
 */

static void figures_take(void *ctx, struct api_figures *out)
{
    struct server *s = ctx;
    struct net_counters c = net_counters(s->net);
    struct timespec cpu;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    *out = (struct api_figures){
        .connections = c.connections,
        .net_requests = c.requests,
        .gone = c.gone,
        .bytes_in = c.bytes_in,
        .bytes_out = c.bytes_out,
        .refused = c.refused,
        .resident_bytes = resident_bytes(),
        .cpu_ms = (u64)cpu.tv_sec * 1000 + (u64)cpu.tv_nsec / 1000000,
        .started_ms = (u64)s->started,
    };
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

static bool fd_watch(struct server *s, int fd, void (*ready)(void *ctx),
                     struct err *err)
{
    return fd < 0 || net_watch(s->net, fd, ready, s, err);
}

static void on_news(void *ctx)
{
    struct server *s = ctx;

    net_wake(s->net);
}

/* What the first shard's logs and vaults have made durable wakes this thread. */
static bool shards_start(struct server *s, u32 shards, struct err *err)
{
    struct shards_config config = {.shards = shards, .wake = on_news, .ctx = s};
    int fds[64][2]; /* as many partitions as --partitions allows */

    config.nodes = data_nodes(s->data, &config.count);
    config.wake_fds = fds;
    must(config.count <= LEN(fds));
    for (u32 i = 0; i < config.count; i++) {
        fds[i][0] = data_wake_fd(s->data, i);
        fds[i][1] = data_vault_fd(s->data, i);
        if (i % shards == 0 && (!fd_watch(s, fds[i][0], on_durable, err) ||
                                !fd_watch(s, fds[i][1], on_durable, err)))
            return false;
    }
    s->shards = shards_open(&config, err);
    if (!s->shards)
        return false;
    s->count = config.count;
    s->nodes = shards_nodes(s->shards);
    return true;
}

static bool rooms_open(struct server *s, const struct options *o, struct err *err)
{
    struct api_options api = api_options_default;
    struct net_handler handler = {
        .ctx = s, .request = on_request, .gone = on_gone, .drained = on_drained};

    s->started = now_ms();
    s->net = net_open(&net_options_default, &handler, err);
    if (!s->net || !net_listen(s->net, NET_GRPC, o->grpc, s->grpc, err) ||
        !net_listen(s->net, NET_HTTP, o->http, s->http, err))
        return false;
    s->data = data_open(o, err);
    if (!s->data)
        return false;
    if (!shards_start(s, (u32)o->shards, err))
        return false;
    watch_open(&s->watch, o);
    struct gate_options gate = gate_options_default;
    gate.note = on_note;
    s->gate = gate_open(&gate, s->nodes, s->count);
    if (!fd_watch(s, view_wake_fd(data_view(s->data)), on_found, err))
        return false;
    gate_view(s->gate, data_view(s->data));
    api.version = STR(CAMUNDA_VERSION);
    api.boot = data_boot(s->data);
    api.figures = figures_take;
    api.figures_ctx = s;
    api.cors_origins = str_of(o->cors_origin);
    api.has_clock_control = o->clock_control;
    s->documents = documents_open(o->ephemeral ? NULL : o->data, err);
    if (!s->documents)
        return false;
    api.documents = documents_port(s->documents);
    const char *colon = strrchr(s->grpc, ':');
    i64 port = 0;
    str_to_i64(str_of(colon ? colon + 1 : "0"), &port);
    api.host = (struct str){s->grpc, colon ? (size_t)(colon - s->grpc) : 0};
    api.port = (i32)port;
    api.assets = pages;
    api.asset_count = page_count;
    s->api = api_open(&api, s->gate);
    return true;
}

static void rooms_close(struct server *s)
{
    api_close(s->api);
    gate_close(s->gate);
    shards_close(s->shards);
    net_close(s->net);
    data_close(s->data);
    documents_close(s->documents);
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

/* A view that is lost is told once, and when it is there again: all else goes on. */
static void view_check(struct server *s)
{
    struct err err;

    data_view_moved(s->data);
    bool is_lost = view_failed(data_view(s->data), &err);
    if (is_lost && strcmp(err.text, s->view_lost.text) != 0) {
        s->view_lost = err;
        say(SAY_ERROR,
            err.code == ERR_AWAY
                ? "nothing can be searched: %s; it is asked again until it answers"
                : "nothing can be searched any more: %s; start again, or with "
                  "`fermata rebuild-view`",
            err.text);
    }
    if (!is_lost && s->view_lost.code != ERR_NONE) {
        s->view_lost = (struct err){0};
        say(SAY_INFO, "the history is there again, and takes what it has missed");
    }
}

/* Commands to nodes, answers to the gate, calls to the api, replies to the net, until
 * nobody has anything for anybody. */
static bool rooms_turn(struct server *s, struct err *err)
{
    i64 now = now_ms();

    watch_turn(&s->watch, s->nodes, s->count, now);
    for (int i = 0; i < TURNS_MAX; i++) {
        for (u32 n = 0; n < s->count; n++)
            if (!node_pump(s->nodes[n], now, err))
                return false;
        gate_pump(s->gate, now);
        api_pump(s->api, now);
        if (!is_busy(s))
            break;
    }
    shards_wake(s->shards);
    replies_send(s);
    view_check(s);
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
    if (api_due(s->api, &when) && when < first)
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
    for (u32 i = 0; i < s->count; i++)
        if (!node_is_settled(s->nodes[i]))
            return false;
    return net_is_idle(s->net) && !gate_is_busy(s->gate);
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
