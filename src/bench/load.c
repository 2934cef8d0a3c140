/* Actors that create an instance, take its job and complete it: over gRPC (connections
 * x calls in flight, by nghttp2; jobs are polled for, or come through a stream) or REST
 * (as many connections as calls are in flight). */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "bench/documents.h"
#include "bench/private.h"

enum { SAMPLES = 1 << 21, BODY_MAX = 4096, JOBS_MAX = 1 << 14, WAIT_MS = 10000 };

/* What an actor does next. AWAIT: its job comes through a stream. */
enum phase { CREATE, ACTIVATE, AWAIT, COMPLETE };

struct connection;

struct actor {
    struct connection *c;
    enum phase phase;
    u64 job;
    double began;
    char body[BODY_MAX]; /* of the request, then of the answer */
    size_t len, sent;
    bool is_bad;
    struct actor *next; /* among those that wait for a job of a stream */
};

struct connection {
    struct load *load;
    int fd;
    nghttp2_session *session; /* gRPC */
    struct actor *actors;     /* owned; REST has one */
    struct actor stream;      /* asks for jobs and gets them, if there is a stream */
};

struct load {
    const struct load_options *options;
    struct documents documents;
    u64 created, instances;
    struct connection *all; /* owned */
    struct pollfd *polls;   /* owned */
    float *times;           /* owned; of instances, in us */
    size_t count;
    bool is_counting;
    /* Jobs of streams that no actor waits for yet, and actors that wait. */
    u64 jobs[JOBS_MAX];
    u32 job_first, job_count;
    struct actor *waiting, **last;
    struct err err; /* the first trouble; then all ends */
};

static void load_fail(struct load *l, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static void load_fail(struct load *l, const char *fmt, ...)
{
    char text[256];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    if (!l->err.code)
        err_set(&l->err, ERR_IO, "%s", text);
}

/* ---- protobuf, as much of it as is needed ---------------------------------------- */

static size_t varint(char *to, u64 value)
{
    size_t len = 0;

    for (; value >= 0x80; value >>= 7)
        to[len++] = (char)(value | 0x80);
    to[len++] = (char)value;
    return len;
}

static size_t text(char *to, u32 tag, const char *value)
{
    size_t len = varint(to, tag << 3 | 2), size = strlen(value);

    len += varint(to + len, size);
    memcpy(to + len, value, size);
    return len + size;
}

static size_t number(char *to, u32 tag, u64 value)
{
    size_t len = varint(to, tag << 3);

    return len + varint(to + len, value);
}

static u64 varint_read(const u8 **at, const u8 *end)
{
    u64 value = 0;

    for (u32 shift = 0; *at < end && shift < 64; shift += 7) {
        u8 byte = *(*at)++;
        value |= (u64)(byte & 0x7f) << shift;
        if (byte < 0x80)
            break;
    }
    return value;
}

/* The key of an ActivatedJob: field 1, which comes first. */
static u64 job_key_of(const u8 *at, const u8 *end)
{
    return varint_read(&at, end) == 8 ? varint_read(&at, end) : 0;
}

/* ... of the first job of an ActivateJobsResponse: field 1. */
static u64 job_of(const char *message, size_t len)
{
    const u8 *at = (const u8 *)message, *end = at + len;

    if (len < 4 || varint_read(&at, end) != 10)
        return 0;
    varint_read(&at, end);
    return job_key_of(at, end);
}

/* ---- what an actor asks ---------------------------------------------------------- */

static const char *grpc_path(const struct actor *a)
{
    switch (a->phase) {
    case CREATE:
        return "/gateway_protocol.Gateway/CreateProcessInstance";
    case ACTIVATE:
        return "/gateway_protocol.Gateway/ActivateJobs";
    case AWAIT:
        return "/gateway_protocol.Gateway/StreamActivatedJobs";
    case COMPLETE:
        break;
    }
    return "/gateway_protocol.Gateway/CompleteJob";
}

static size_t grpc_message(struct actor *a, char *m)
{
    struct load *l = a->c->load;
    size_t len = 0;

    switch (a->phase) {
    case CREATE:
        len += text(m + len, 2, "load");
        len += number(m + len, 3, (u64)-1);
        return len + text(m + len, 4, document_at(&l->documents, l->created++));
    case ACTIVATE:
    case AWAIT:
        len += text(m + len, 1, "load");
        len += text(m + len, 2, "load");
        len += number(m + len, 3, 60000);
        if (a->phase == AWAIT)
            return len;
        len += number(m + len, 4, 1);
        return len + number(m + len, 6, WAIT_MS);
    case COMPLETE:
        len += number(m + len, 1, a->job);
        return len + text(m + len, 2, "{\"done\":true}");
    }
    return 0;
}

static void grpc_body(struct actor *a)
{
    size_t len = grpc_message(a, a->body + 5);

    a->body[0] = 0;
    for (int i = 0; i < 4; i++)
        a->body[1 + i] = (char)(len >> (24 - 8 * i));
    a->len = len + 5;
    a->sent = 0;
}

static void http_body(struct actor *a)
{
    struct load *l = a->c->load;
    char body[BODY_MAX / 2] = "", path[128] = "";

    if (a->phase == CREATE) {
        snprintf(path, sizeof(path), "/v2/process-instances");
        snprintf(body, sizeof(body),
                 "{\"processDefinitionId\":\"load\",\"variables\":%s}",
                 document_at(&l->documents, l->created++));
    } else if (a->phase == ACTIVATE) {
        snprintf(path, sizeof(path), "/v2/jobs/activation");
        snprintf(body, sizeof(body),
                 "{\"type\":\"load\",\"worker\":\"load\",\"timeout\":60000,"
                 "\"maxJobsToActivate\":1,\"requestTimeout\":%d}",
                 WAIT_MS);
    } else {
        snprintf(path, sizeof(path), "/v2/jobs/%llu/completion",
                 (unsigned long long)a->job);
        snprintf(body, sizeof(body), "{\"variables\":{\"done\":true}}");
    }
    a->len = (size_t)snprintf(a->body, sizeof(a->body),
                              "POST %s HTTP/1.1\r\nHost: load\r\nContent-Type: "
                              "application/json\r\nContent-Length: %zu\r\n\r\n%s",
                              path, strlen(body), body);
    a->sent = 0;
}

/* ---- what it does with the answer ------------------------------------------------ */

static void instance_done(struct load *l, const struct actor *a)
{
    l->instances++;
    if (l->is_counting && l->count < SAMPLES)
        l->times[l->count++] = (float)((bench_now() - a->began) * 1e6);
}

static void load_ask(struct actor *a);

/* The jobs of a stream are anybody's: which actor's instance one is of does not matter,
 * as long as there are as many. */
static void job_await(struct actor *a)
{
    struct load *l = a->c->load;

    a->phase = AWAIT;
    if (l->job_count > 0) {
        a->job = l->jobs[l->job_first++ % JOBS_MAX];
        l->job_count--;
        a->phase = COMPLETE;
        load_ask(a);
        return;
    }
    a->next = NULL;
    *l->last = a;
    l->last = &a->next;
}

static void job_arrived(struct load *l, u64 job)
{
    struct actor *a = l->waiting;

    if (!a) {
        if (l->job_count == JOBS_MAX)
            load_fail(l, "the stream gives more jobs than there are instances");
        else
            l->jobs[(l->job_first + l->job_count++) % JOBS_MAX] = job;
        return;
    }
    l->waiting = a->next;
    if (!l->waiting)
        l->last = &l->waiting;
    a->job = job;
    a->phase = COMPLETE;
    load_ask(a);
}

/* What it asks next. A poll that came back empty is repeated. */
static void answered(struct actor *a, u64 job)
{
    struct load *l = a->c->load;

    if (a->is_bad)
        load_fail(l, "an answer was an error: %.*s", (int)(a->len < 200 ? a->len : 200),
                  a->body);
    if (a->phase == CREATE) {
        a->phase = ACTIVATE;
        if (l->options->how == LOAD_STREAM) {
            job_await(a);
            return;
        }
    } else if (a->phase == ACTIVATE) {
        a->job = job;
        a->phase = job ? COMPLETE : ACTIVATE;
    } else {
        instance_done(l, a);
        a->phase = CREATE;
        a->began = bench_now();
    }
    load_ask(a);
}

/* ---- gRPC ------------------------------------------------------------------------ */

static ssize_t body_read(nghttp2_session *s, i32 stream, u8 *to, size_t room,
                         u32 *flags, nghttp2_data_source *source, void *ctx)
{
    struct actor *a = source->ptr;
    size_t len = a->len - a->sent < room ? a->len - a->sent : room;

    memcpy(to, a->body + a->sent, len);
    a->sent += len;
    if (a->sent == a->len) {
        *flags |= NGHTTP2_DATA_FLAG_EOF;
        a->len = 0;
    }
    return (ssize_t)len;
}

/* nghttp2 copies both, so it does not write to them. */
static nghttp2_nv header(const char *name, const char *value)
{
    return (nghttp2_nv){(u8 *)(size_t)name, (u8 *)(size_t)value, strlen(name),
                        strlen(value), NGHTTP2_NV_FLAG_NONE};
}

static void grpc_call(struct actor *a)
{
    nghttp2_nv headers[] = {header(":method", "POST"),
                            header(":scheme", "http"),
                            header(":path", grpc_path(a)),
                            header(":authority", "load"),
                            header("content-type", "application/grpc"),
                            header("te", "trailers")};
    nghttp2_data_provider body = {.source = {.ptr = a}, .read_callback = body_read};

    grpc_body(a);
    if (nghttp2_submit_request(a->c->session, NULL, headers, LEN(headers), &body, a) <
        0)
        load_fail(a->c->load, "no more streams on a connection");
}

/* Whole messages of a stream: a byte, four of length, an ActivatedJob. */
static void stream_take(struct actor *s)
{
    size_t at = 0;

    while (s->len - at >= 5) {
        const u8 *head = (const u8 *)s->body + at;
        size_t size = (size_t)head[1] << 24 | (size_t)head[2] << 16 |
                      (size_t)head[3] << 8 | head[4];
        if (size > s->len - at - 5)
            break;
        job_arrived(s->c->load, job_key_of(head + 5, head + 5 + size));
        at += 5 + size;
    }
    memmove(s->body, s->body + at, s->len - at);
    s->len -= at;
}

static int on_data(nghttp2_session *s, u8 flags, i32 stream, const u8 *data, size_t len,
                   void *ctx)
{
    struct actor *a = nghttp2_session_get_stream_user_data(s, stream);
    struct connection *c = ctx;

    for (size_t part; a && len; data += part, len -= part) {
        part = sizeof(a->body) - a->len < len ? sizeof(a->body) - a->len : len;
        if (part == 0) {
            load_fail(c->load, "an answer is larger than %d bytes", BODY_MAX);
            break;
        }
        memcpy(a->body + a->len, data, part);
        a->len += part;
        if (a == &c->stream)
            stream_take(a);
    }
    return 0;
}

static int on_header(nghttp2_session *s, const nghttp2_frame *frame, const u8 *name,
                     size_t name_len, const u8 *value, size_t value_len, u8 flags,
                     void *ctx)
{
    struct actor *a = nghttp2_session_get_stream_user_data(s, frame->hd.stream_id);
    struct connection *c = ctx;

    if (!a || name_len < 11 || memcmp(name, "grpc-", 5) != 0)
        return 0;
    if (name_len == 11 && memcmp(name, "grpc-status", 11) == 0)
        a->is_bad = value_len != 1 || value[0] != '0';
    else if (name_len == 12 && memcmp(name, "grpc-message", 12) == 0 && a->is_bad)
        load_fail(c->load, "an answer was an error: %.*s", (int)value_len,
                  (const char *)value);
    return 0;
}

static int on_close(nghttp2_session *s, i32 stream, u32 why, void *ctx)
{
    struct actor *a = nghttp2_session_get_stream_user_data(s, stream);
    struct connection *c = ctx;

    if (!a)
        return 0;
    if (a == &c->stream || why) {
        load_fail(c->load, "a stream was closed");
        return 0;
    }
    u64 job = a->len > 5 ? job_of(a->body + 5, a->len - 5) : 0;
    answered(a, job);
    return 0;
}

static void grpc_open(struct connection *c)
{
    nghttp2_session_callbacks *callbacks;
    nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 1000},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 1 << 20},
    };

    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    nghttp2_session_client_new(&c->session, callbacks, c);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(c->session, 0, settings, LEN(settings));
    nghttp2_session_set_local_window_size(c->session, 0, 0, 1 << 24);
}

static void send_whole(struct connection *c, const char *bytes, size_t len)
{
    if (write(c->fd, bytes, len) != (ssize_t)len)
        load_fail(c->load, "a request cannot be sent: %s", strerror(errno));
}

static void grpc_flush(struct connection *c)
{
    char out[65536];
    size_t len = 0;
    const u8 *part;

    for (ssize_t got; (got = nghttp2_session_mem_send(c->session, &part)) > 0;) {
        if (len + (size_t)got > sizeof(out)) {
            send_whole(c, out, len);
            len = 0;
        }
        memcpy(out + len, part, (size_t)got);
        len += (size_t)got;
    }
    if (len)
        send_whole(c, out, len);
}

static void grpc_ready(struct connection *c)
{
    u8 in[65536];
    ssize_t got = read(c->fd, in, sizeof(in));

    if (got <= 0)
        load_fail(c->load, "the server has closed the connection");
    else if (nghttp2_session_mem_recv(c->session, in, (size_t)got) < 0)
        load_fail(c->load, "the server's bytes are no HTTP/2");
}

/* ---- REST ------------------------------------------------------------------------ */

static void http_call(struct actor *a)
{
    http_body(a);
    send_whole(a->c, a->body, a->len);
    a->len = 0;
}

static u64 job_key(const char *json)
{
    const char *at = strstr(json, "\"jobKey\":\"");

    return at ? strtoull(at + 10, NULL, 10) : 0;
}

static void http_ready(struct connection *c)
{
    struct actor *a = c->actors;
    ssize_t got = read(c->fd, a->body + a->len, sizeof(a->body) - 1 - a->len);

    if (got <= 0) {
        load_fail(c->load, "the server has closed the connection");
        return;
    }
    a->len += (size_t)got;
    a->body[a->len] = '\0';
    const char *head = strstr(a->body, "\r\n\r\n");
    if (!head)
        return;
    const char *length = strcasestr(a->body, "content-length: ");
    size_t body = length && length < head ? strtoul(length + 16, NULL, 10) : 0;
    if (a->len < (size_t)(head + 4 - a->body) + body)
        return;
    a->is_bad = strncmp(a->body, "HTTP/1.1 2", 10) != 0;
    answered(a, job_key(head));
}

/* ---- both ------------------------------------------------------------------------ */

static void load_ask(struct actor *a)
{
    if (a->c->load->err.code)
        return;
    if (a->c->load->options->how == LOAD_REST)
        http_call(a);
    else
        grpc_call(a);
}

static bool address_parse(const char *where, struct sockaddr_in *to)
{
    const char *colon = strrchr(where, ':');
    char host[INET_ADDRSTRLEN];
    i64 port = 0;

    *to = (struct sockaddr_in){.sin_family = AF_INET};
    if (!colon || (size_t)(colon - where) >= sizeof(host) ||
        !str_to_i64(str_of(colon + 1), &port))
        return false;
    snprintf(host, sizeof(host), "%.*s", (int)(colon - where), where);
    to->sin_port = htons((u16)port);
    return inet_pton(AF_INET, host, &to->sin_addr) == 1;
}

static int dial(struct load *l, const char *where)
{
    struct sockaddr_in to;
    int fd = -1, one = 1;

    if (address_parse(where, &to))
        fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
        load_fail(l, "%s: %s", where, strerror(errno));
    else
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return fd;
}

static const char process[] =
    "--b\r\nContent-Disposition: form-data; name=\"resources\"; "
    "filename=\"load.bpmn\"\r\n\r\n"
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<process id='load' isExecutable='true'><startEvent id='s'/>"
    "<serviceTask id='work'><extensionElements><z:taskDefinition type='load'/>"
    "</extensionElements></serviceTask><endEvent id='e'/>"
    "<sequenceFlow id='f1' sourceRef='s' targetRef='work'/>"
    "<sequenceFlow id='f2' sourceRef='work' targetRef='e'/></process></definitions>"
    "\r\n--b--\r\n";

static void deploy(struct load *l)
{
    char request[2048], answer[4096];
    struct connection c = {.load = l, .fd = dial(l, l->options->http)};
    int len = snprintf(request, sizeof(request),
                       "POST /v2/deployments HTTP/1.1\r\nHost: load\r\n"
                       "Content-Type: multipart/form-data; boundary=b\r\n"
                       "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                       strlen(process), process);

    must(len > 0 && (size_t)len < sizeof(request));
    if (c.fd < 0)
        return;
    send_whole(&c, request, (size_t)len);
    ssize_t got = read(c.fd, answer, sizeof(answer));
    if (got < 12 || strncmp(answer, "HTTP/1.1 200", 12) != 0)
        load_fail(l, "the process cannot be deployed");
    close(c.fd);
}

static void connection_start(struct load *l, struct connection *c)
{
    const struct load_options *o = l->options;

    c->load = l;
    c->fd = dial(l, o->how == LOAD_REST ? o->http : o->grpc);
    c->actors = must_alloc(o->in_flight * sizeof(*c->actors));
    if (o->how != LOAD_REST)
        grpc_open(c);
    if (o->how == LOAD_STREAM) {
        c->stream.c = c;
        c->stream.phase = AWAIT;
        grpc_call(&c->stream);
    }
    for (u32 i = 0; i < o->in_flight && !l->err.code; i++) {
        c->actors[i].c = c;
        c->actors[i].began = bench_now();
        load_ask(&c->actors[i]);
    }
}

static void connection_end(struct connection *c)
{
    if (c->session)
        nghttp2_session_del(c->session);
    if (c->fd >= 0)
        close(c->fd);
    free(c->actors);
}

/* A job of one connection's stream may have set an actor of another going. */
static void flush_all(struct load *l)
{
    if (l->options->how == LOAD_REST)
        return;
    for (u32 i = 0; i < l->options->connections && !l->err.code; i++)
        grpc_flush(&l->all[i]);
}

static void turn(struct load *l)
{
    u32 count = l->options->connections;
    int ready = poll(l->polls, count, WAIT_MS);

    if (ready <= 0 && (ready == 0 || errno != EINTR))
        load_fail(l, "the server has not answered for %d s", WAIT_MS / 1000);
    for (u32 i = 0; ready > 0 && i < count && !l->err.code; i++) {
        if (!l->polls[i].revents)
            continue;
        if (l->options->how == LOAD_REST)
            http_ready(&l->all[i]);
        else
            grpc_ready(&l->all[i]);
    }
    flush_all(l);
}

static void turn_until(struct load *l, double end)
{
    while (!l->err.code && bench_now() < end)
        turn(l);
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static void figures_fill(struct load *l, double cpu, double wall,
                         struct load_figures *out)
{
    out->instances = l->instances;
    if (l->count == 0) {
        load_fail(l, "no instance was done");
        return;
    }
    qsort(l->times, l->count, sizeof(*l->times), by_value);
    out->cpu_us = cpu / (double)l->count * 1e6;
    out->per_second = (double)l->count / wall;
    out->p50_ms = l->times[l->count / 2] / 1000;
    out->p99_ms = l->times[l->count - 1 - l->count / 100] / 1000;
}

static void measure(struct load *l, struct load_figures *out)
{
    struct served_cost before = {0}, after = {0};
    double begin;

    turn_until(l, bench_now() + 1); /* to get warm */
    if (l->err.code || !served_cost(l->options->server, &before, &l->err))
        return;
    l->is_counting = true;
    begin = bench_now();
    turn_until(l, begin + l->options->seconds);
    double wall = bench_now() - begin;
    if (!l->err.code && served_cost(l->options->server, &after, &l->err))
        figures_fill(l, after.cpu_seconds - before.cpu_seconds, wall, out);
}

static void connections_start(struct load *l)
{
    u32 count = l->options->connections;

    l->all = must_alloc(count * sizeof(*l->all));
    l->polls = must_alloc(count * sizeof(*l->polls));
    for (u32 i = 0; i < count; i++) {
        connection_start(l, &l->all[i]);
        l->polls[i] = (struct pollfd){.fd = l->all[i].fd, .events = POLLIN};
    }
    flush_all(l);
}

bool load_run(const struct load_options *o, struct load_figures *out, struct err *err)
{
    struct load *l = must_alloc(sizeof(*l));

    l->options = o;
    l->last = &l->waiting;
    l->times = must_alloc(SAMPLES * sizeof(*l->times));
    documents_init(&l->documents, o->is_large);
    deploy(l);
    connections_start(l);
    measure(l, out);
    *err = l->err;
    for (u32 i = 0; i < o->connections; i++)
        connection_end(&l->all[i]);
    free(l->polls);
    free(l->all);
    free(l->times);
    free(l);
    return err->code == ERR_NONE;
}
