/* load.c - a load generator: actors that create an instance, take a job and complete
 * it, over gRPC (connections x calls in flight, by nghttp2) or REST (as many
 * connections as calls are in flight). Prints a row for tools/bench: what it saw, and
 * the CPU that the server took by /proc/PID/stat. Fails when an answer was an error.
 *
 *     load --grpc ADDRESS:PORT --pid PID [--connections 10] [--in-flight 10]
 *          [--seconds 5] [--variables 3|14] [--jobs 1] [--stream 0] [--name TEXT]
 *     load --http ADDRESS:PORT ...
 *
 * With more than one job an activation asks for so many, and with a stream each
 * connection has one by which jobs come: then actors share the jobs, and do what there
 * is to do: complete one, take some, or create an instance. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "t/documents.h"

enum { SAMPLES = 1 << 22, BODY_MAX = 65536, SHARED_MAX = 1 << 16 };

/* What an actor does next. */
enum phase { CREATE, ACTIVATE, COMPLETE, STREAM };

struct actor {
    struct connection *c;
    enum phase phase;
    u64 job;
    double began, called;
    char body[BODY_MAX]; /* of the request, then of the answer */
    size_t len, sent;
    bool is_bad;
};

struct connection {
    int fd;
    nghttp2_session *session; /* gRPC */
    struct actor *actors;     /* owned; REST has one */
    struct actor stream;
    size_t need; /* REST: bytes of the answer, when its head is there */
};

static struct load {
    const char *address, *name;
    bool is_grpc;
    i64 connections, in_flight, pid, seconds, variables, jobs, stream;
    struct documents documents;
    u64 created;
    float *instances, *calls; /* latencies in us */
    size_t instance_count, call_count, bad, done;

    /* When jobs are shared: those that nobody completes yet, and instances whose jobs
     * nobody has asked for. */
    u64 shared[SHARED_MAX];
    size_t shared_count;
    i64 untaken;
} load = {.name = "load",
          .connections = 10,
          .in_flight = 10,
          .seconds = 5,
          .variables = 3,
          .jobs = 1};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
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

static void share(u64 job)
{
    if (load.shared_count < SHARED_MAX)
        load.shared[load.shared_count++] = job;
    else
        load.bad++;
}

/* The key of an ActivatedJob, its first field. */
static u64 job_key_of(const u8 *at, const u8 *end)
{
    return varint_read(&at, end) == 8 ? varint_read(&at, end) : 0;
}

/* The jobs of an ActivateJobsResponse, each a field 1: shares all but the first. */
static u64 jobs_of(const u8 *at, const u8 *end)
{
    u64 first = 0;

    while (at < end && varint_read(&at, end) == 10) {
        u64 len = varint_read(&at, end);
        u64 job = job_key_of(at, end);
        if (!first)
            first = job;
        else
            share(job);
        at += len;
    }
    return first;
}

/* ---- what an actor asks ---------------------------------------------------------- */

static const char *grpc_path(enum phase phase)
{
    static const char *const paths[] = {
        "/gateway_protocol.Gateway/CreateProcessInstance",
        "/gateway_protocol.Gateway/ActivateJobs",
        "/gateway_protocol.Gateway/CompleteJob",
        "/gateway_protocol.Gateway/StreamActivatedJobs",
    };

    return paths[phase];
}

static void grpc_body(struct actor *a)
{
    char *m = a->body + 5;
    size_t len = 0;

    switch (a->phase) {
    case CREATE:
        len += text(m + len, 2, "load");
        len += number(m + len, 3, (u64)-1);
        len += text(m + len, 4, document_at(&load.documents, load.created++));
        break;
    case ACTIVATE:
        len += text(m + len, 1, "load");
        len += text(m + len, 2, "load");
        len += number(m + len, 3, 60000);
        len += number(m + len, 4, (u64)load.jobs);
        len += number(m + len, 6, 10000);
        break;
    case STREAM:
        len += text(m + len, 1, "load");
        len += text(m + len, 2, "load");
        len += number(m + len, 3, 60000);
        break;
    case COMPLETE:
        len += number(m + len, 1, a->job);
        len += text(m + len, 2, "{\"done\":true}");
        break;
    }
    a->body[0] = 0;
    for (int i = 0; i < 4; i++)
        a->body[1 + i] = (char)(len >> (24 - 8 * i));
    a->len = len + 5;
    a->sent = 0;
}

static void http_body(struct actor *a)
{
    char body[BODY_MAX / 2], path[128];

    switch (a->phase) {
    case CREATE:
        snprintf(path, sizeof(path), "/v2/process-instances");
        snprintf(body, sizeof(body),
                 "{\"processDefinitionId\":\"load\",\"variables\":%s}",
                 document_at(&load.documents, load.created++));
        break;
    case ACTIVATE:
        snprintf(path, sizeof(path), "/v2/jobs/activation");
        snprintf(body, sizeof(body),
                 "{\"type\":\"load\",\"worker\":\"load\",\"timeout\":60000,"
                 "\"maxJobsToActivate\":%d,\"requestTimeout\":10000}",
                 (int)load.jobs);
        break;
    case STREAM:
    case COMPLETE:
        snprintf(path, sizeof(path), "/v2/jobs/%llu/completion",
                 (unsigned long long)a->job);
        snprintf(body, sizeof(body), "{\"variables\":{\"done\":true}}");
        break;
    }
    a->len = (size_t)snprintf(a->body, sizeof(a->body),
                              "POST %s HTTP/1.1\r\nHost: load\r\nContent-Type: "
                              "application/json\r\nContent-Length: %zu\r\n\r\n%s",
                              path, strlen(body), body);
    a->sent = 0;
}

/* ---- what it does with the answer ------------------------------------------------ */

static void sample(float *to, size_t *count, double since)
{
    if (*count < SAMPLES)
        to[(*count)++] = (float)((now() - since) * 1e6);
}

static bool is_shared(void)
{
    return load.jobs > 1 || load.stream;
}

static void shared_next(struct actor *a)
{
    if (load.shared_count) {
        a->job = load.shared[--load.shared_count];
        a->phase = COMPLETE;
    } else if (load.untaken >= load.jobs && !load.stream) {
        load.untaken -= load.jobs;
        a->phase = ACTIVATE;
    } else {
        a->phase = CREATE;
    }
}

/* Jobs that an activation has brought lie in the shared ones. */
static void shared_answered(struct actor *a, i64 jobs)
{
    load.done += a->phase == COMPLETE;
    if (a->phase == CREATE)
        load.untaken++;
    else if (a->phase == ACTIVATE)
        load.untaken += load.jobs - jobs;
    shared_next(a);
    a->called = now();
}

/* What it will ask next. A poll that came back empty is repeated. */
static void answered(struct actor *a, u64 job, size_t shared_before)
{
    sample(load.calls, &load.call_count, a->called);
    load.bad += a->is_bad;
    a->is_bad = false;
    if (is_shared()) {
        if (job)
            share(job);
        shared_answered(a, (i64)(load.shared_count - shared_before));
        return;
    }
    if (a->phase == CREATE) {
        a->phase = ACTIVATE;
    } else if (a->phase == ACTIVATE) {
        a->job = job;
        a->phase = job ? COMPLETE : ACTIVATE;
    } else {
        sample(load.instances, &load.instance_count, a->began);
        load.done++;
        a->phase = CREATE;
    }
    a->called = now();
    if (a->phase == CREATE)
        a->began = a->called;
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
                            header(":path", grpc_path(a->phase)),
                            header(":authority", "load"),
                            header("content-type", "application/grpc"),
                            header("te", "trailers")};
    nghttp2_data_provider body = {.source = {.ptr = a}, .read_callback = body_read};

    grpc_body(a);
    if (nghttp2_submit_request(a->c->session, NULL, headers, LEN(headers), &body, a) <
        0)
        die("nghttp2_submit_request");
}

/* Behind the head of a message: how long it is. False: it is not all there. */
static bool message_at(const struct actor *a, size_t at, size_t *len)
{
    const u8 *head = (const u8 *)a->body + at;

    if (a->len - at < 5)
        return false;
    *len =
        (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
    return a->len - at - 5 >= *len;
}

/* Each message of a stream is a job. */
static void pushed(struct actor *a)
{
    size_t at = 0, len;

    for (; message_at(a, at, &len); at += 5 + len) {
        const u8 *from = (const u8 *)a->body + at + 5;
        share(job_key_of(from, from + len));
    }
    memmove(a->body, a->body + at, a->len - at);
    a->len -= at;
}

static int on_data(nghttp2_session *s, u8 flags, i32 stream, const u8 *data, size_t len,
                   void *ctx)
{
    struct actor *a = nghttp2_session_get_stream_user_data(s, stream);

    if (a && a->len + len <= sizeof(a->body)) {
        memcpy(a->body + a->len, data, len);
        a->len += len;
    } else if (a) {
        a->is_bad = true;
    }
    if (a && a->phase == STREAM)
        pushed(a);
    return 0;
}

static int on_header(nghttp2_session *s, const nghttp2_frame *frame, const u8 *name,
                     size_t name_len, const u8 *value, size_t value_len, u8 flags,
                     void *ctx)
{
    struct actor *a = nghttp2_session_get_stream_user_data(s, frame->hd.stream_id);

    if (a && name_len == 11 && memcmp(name, "grpc-status", 11) == 0 &&
        (value_len != 1 || value[0] != '0'))
        a->is_bad = true;
    return 0;
}

static int on_close(nghttp2_session *s, i32 stream, u32 why, void *ctx)
{
    struct actor *a = nghttp2_session_get_stream_user_data(s, stream);

    if (!a)
        return 0;
    size_t before = load.shared_count;
    const u8 *body = (const u8 *)a->body;
    u64 job = a->phase == ACTIVATE && a->len > 5 ? jobs_of(body + 5, body + a->len) : 0;
    if (a->phase == STREAM)
        die("the server has ended a stream");
    answered(a, job, before);
    grpc_call(a);
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

static void grpc_flush(struct connection *c)
{
    char out[65536];
    size_t len = 0;
    const u8 *part;

    for (ssize_t got; (got = nghttp2_session_mem_send(c->session, &part)) > 0;) {
        if (len + (size_t)got > sizeof(out)) {
            if (write(c->fd, out, len) != (ssize_t)len)
                die("write");
            len = 0;
        }
        memcpy(out + len, part, (size_t)got);
        len += (size_t)got;
    }
    if (len && write(c->fd, out, len) != (ssize_t)len)
        die("write");
}

static void grpc_ready(struct connection *c)
{
    u8 in[65536];
    ssize_t got = read(c->fd, in, sizeof(in));

    if (got <= 0)
        die("the server has closed the connection");
    if (nghttp2_session_mem_recv(c->session, in, (size_t)got) < 0)
        die("the server's bytes are no HTTP/2");
    grpc_flush(c);
}

/* ---- REST ------------------------------------------------------------------------ */

static void http_call(struct actor *a)
{
    http_body(a);
    if (write(a->c->fd, a->body, a->len) != (ssize_t)a->len)
        die("write");
    a->len = 0;
    a->c->need = 0;
}

/* The first job of an answer; the others are shared. */
static u64 job_keys(const char *json)
{
    u64 first = 0;

    while ((json = strstr(json, "\"jobKey\":\""))) {
        json += 10;
        if (!first)
            first = strtoull(json, NULL, 10);
        else
            share(strtoull(json, NULL, 10));
    }
    return first;
}

static void http_ready(struct connection *c)
{
    struct actor *a = c->actors;
    ssize_t got = read(c->fd, a->body + a->len, sizeof(a->body) - 1 - a->len);

    if (got <= 0)
        die("the server has closed the connection");
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
    size_t before = load.shared_count;
    u64 job = a->phase == ACTIVATE ? job_keys(head) : 0;
    answered(a, job, before);
    http_call(a);
}

/* ---- both ------------------------------------------------------------------------ */

static struct sockaddr_in address_parse(const char *text)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    const char *colon = strrchr(text, ':');
    char host[INET_ADDRSTRLEN];
    i64 port = 0;

    if (colon && (size_t)(colon - text) < sizeof(host)) {
        snprintf(host, sizeof(host), "%.*s", (int)(colon - text), text);
        if (inet_pton(AF_INET, host, &to.sin_addr) == 1 &&
            str_to_i64(str_of(colon + 1), &port) && port > 0 && port <= UINT16_MAX) {
            to.sin_port = htons((u16)port);
            return to;
        }
    }
    fprintf(stderr, "load: %s: not an address like 127.0.0.1:26500\n", text);
    exit(2);
}

static int dial(const char *address)
{
    struct sockaddr_in to = address_parse(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
        die(address);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return fd;
}

/* User and system time of the server so far, in seconds. */
static double server_cpu(void)
{
    char path[64];
    unsigned long user = 0, system_time = 0;

    snprintf(path, sizeof(path), "/proc/%lld/stat", (long long)load.pid);
    FILE *f = fopen(path, "r");
    if (!f ||
        fscanf(f, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
               &user, &system_time) != 2)
        die(path);
    fclose(f);
    return (double)(user + system_time) / (double)sysconf(_SC_CLK_TCK);
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static void print_times(const char *what, float *times, size_t count)
{
    double sum = 0;

    qsort(times, count, sizeof(*times), by_value);
    for (size_t i = 0; i < count; i++)
        sum += times[i];
    if (count)
        printf("|%.2f|ms %s mean|%.2f|ms p50|%.2f|ms p99", sum / (double)count / 1000,
               what, times[count / 2] / 1000, times[count - 1 - count / 100] / 1000);
}

static void turn(struct connection *all, struct pollfd *polls)
{
    if (poll(polls, (nfds_t)load.connections, 1000) < 0)
        die("poll");
    for (i64 i = 0; i < load.connections; i++) {
        if (!polls[i].revents)
            continue;
        if (load.is_grpc)
            grpc_ready(&all[i]);
        else
            http_ready(&all[i]);
    }
}

static void start(struct connection *c)
{
    c->fd = dial(load.address);
    c->actors = must_alloc((size_t)load.in_flight * sizeof(*c->actors));
    if (load.is_grpc)
        grpc_open(c);
    for (i64 i = 0; i < load.in_flight; i++) {
        struct actor *a = &c->actors[i];
        a->c = c;
        a->began = a->called = now();
        if (load.is_grpc)
            grpc_call(a);
        else
            http_call(a);
    }
    if (load.stream) {
        c->stream = (struct actor){.c = c, .phase = STREAM};
        grpc_call(&c->stream);
    }
    if (load.is_grpc)
        grpc_flush(c);
}

static void run(void)
{
    struct connection *all = must_alloc((size_t)load.connections * sizeof(*all));
    struct pollfd *polls = must_alloc((size_t)load.connections * sizeof(*polls));

    load.instances = must_alloc(SAMPLES * sizeof(float));
    load.calls = must_alloc(SAMPLES * sizeof(float));
    for (i64 i = 0; i < load.connections; i++) {
        start(&all[i]);
        polls[i] = (struct pollfd){.fd = all[i].fd, .events = POLLIN};
    }
    double warm = now() + 1;
    while (now() < warm)
        turn(all, polls);
    load.instance_count = load.call_count = load.bad = load.done = 0;
    double cpu = server_cpu(), begin = now();
    while (now() < begin + (double)load.seconds)
        turn(all, polls);
    double wall = now() - begin, count = (double)load.done;
    cpu = server_cpu() - cpu;
    printf("%s|%.1f|us server CPU an instance|%.0f|instances/s", load.name,
           cpu / count * 1e6, count / wall);
    print_times("an instance", load.instances, load.instance_count);
    print_times("a call", load.calls, load.call_count);
    printf("|%zu|answers were errors\n", load.bad);
}

struct option {
    const char *name;
    i64 *number; /* either of them */
    const char **text;
    i64 least, most;
};

static const struct option options[] = {
    {"--grpc", NULL, &load.address, 0, 0},
    {"--http", NULL, &load.address, 0, 0},
    {"--name", NULL, &load.name, 0, 0},
    {"--pid", &load.pid, NULL, 1, INT32_MAX},
    {"--connections", &load.connections, NULL, 1, 1000},
    {"--in-flight", &load.in_flight, NULL, 1, 1000},
    {"--seconds", &load.seconds, NULL, 1, 3600},
    {"--variables", &load.variables, NULL, 3, 14},
    {"--jobs", &load.jobs, NULL, 1, 1000},
    {"--stream", &load.stream, NULL, 0, 1},
};

static bool option_take(const char *name, const char *value)
{
    for (size_t i = 0; i < LEN(options); i++) {
        const struct option *o = &options[i];
        if (strcmp(o->name, name) != 0)
            continue;
        if (strcmp(name, "--grpc") == 0)
            load.is_grpc = true;
        if (o->text)
            *o->text = value;
        return o->text || (str_to_i64(str_of(value), o->number) &&
                           *o->number >= o->least && *o->number <= o->most);
    }
    return false;
}

int main(int argc, char **argv)
{
    bool is_fine = argc % 2 == 1;

    for (int i = 1; is_fine && i < argc; i += 2)
        is_fine = option_take(argv[i], argv[i + 1]);
    if (!is_fine || !load.address || !load.pid || (load.stream && !load.is_grpc)) {
        fprintf(stderr, "usage: load --grpc|--http ADDRESS:PORT --pid PID "
                        "[--connections N] [--in-flight N] [--seconds N] "
                        "[--variables 3|14] [--jobs N] [--stream 0|1] [--name TEXT]\n");
        return 2;
    }
    documents_init(&load.documents, load.variables == 14);
    if (!load.is_grpc) { /* one call at a time on each connection */
        load.connections *= load.in_flight;
        load.in_flight = 1;
    }
    run();
    return load.bad ? 1 : 0;
}
