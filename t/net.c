#include "net/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "net/http1.h"
#include "net/inside.h"
#include "t/test.h"

/* ---- the parser: bytes in, outcome out ----------------------------------------------
 */

/* Reads one request, getting `step` more bytes at a time, and says what came of it:
 *     METHOD PATH [?QUERY] 1.MINOR [close] {BODY} +REST, or its status and "more". */
static struct str outcome(struct str all, size_t step, char text[512])
{
    struct http1 h;
    size_t have = 0, at, used, len = 0;
    enum http1_result result = HTTP1_MORE;
    struct str piece;
    char body[256];

    http1_init(&h, 512);
    while (result == HTTP1_MORE && have < all.len) {
        have = have + step < all.len ? have + step : all.len;
        result = http1_head(&h, (struct str){all.data, have});
    }
    at = h.head_len;
    while (result == HTTP1_DONE || (result == HTTP1_MORE && h.head_len > 0)) {
        result = http1_body(&h, (struct str){all.data + at, have - at}, &used, &piece);
        at += used;
        if (piece.len > 0)
            memcpy(body + len, piece.data, piece.len);
        len += piece.len;
        if (result != HTTP1_MORE || (at == have && have == all.len))
            break;
        if (at == have)
            have = have + step < all.len ? have + step : all.len;
    }
    if (result == HTTP1_BAD)
        snprintf(text, 512, "%u", (unsigned)h.status);
    else if (result == HTTP1_MORE)
        snprintf(text, 512, "more");
    else
        snprintf(text, 512, "%.*s %.*s%s%.*s 1.%u%s {%.*s} +%zu", (int)h.method.len,
                 all.data + h.method.at, (int)h.path.len, all.data + h.path.at,
                 h.query.len ? " ?" : "", (int)h.query.len, all.data + h.query.at,
                 (unsigned)h.minor, h.keep_alive ? "" : " close", (int)len, body,
                 all.len - at);
    return str_of(text);
}

#define HOST    "Host: a\r\n"
#define POST    "POST / HTTP/1.1\r\n" HOST
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"

static const struct {
    struct str bytes;
    const char *outcome;
} parses[] = {
    /* What is well. */
    {STR("GET / HTTP/1.1\r\n" HOST "\r\n"), "GET / 1.1 {} +0"},
    {STR("GET /a/%20b?x=1&y=?z HTTP/1.1\r\n" HOST "\r\n"),
     "GET /a/%20b ?x=1&y=?z 1.1 {} +0"},
    {STR("\r\nGET / HTTP/1.1\r\n" HOST "\r\n"), "GET / 1.1 {} +0"},
    {STR("GET http://a:8080/x?y HTTP/1.1\r\n" HOST "\r\n"), "GET /x ?y 1.1 {} +0"},
    {STR("GET HTTPS://a HTTP/1.1\r\n" HOST "\r\n"), "GET  1.1 {} +0"},
    {STR("GET http://a?q HTTP/1.1\r\n" HOST "\r\n"), "GET  ?q 1.1 {} +0"},
    {STR("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), "OPTIONS * 1.1 {} +0"},
    {STR("GET / HTTP/1.0\r\n\r\n"), "GET / 1.0 close {} +0"},
    {STR("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"), "GET / 1.0 {} +0"},
    {STR("GET / HTTP/1.1\r\n" HOST "Connection: x, CLOSE\r\n\r\n"),
     "GET / 1.1 close {} +0"},
    {STR("GET / HTTP/1.1\r\n" HOST "X:\t y \t\r\nEmpty:\r\n\r\n"), "GET / 1.1 {} +0"},
    {STR("GET / HTTP/1.1\r\n" HOST "X: \xc3\xa4\r\n\r\n"), "GET / 1.1 {} +0"},
    {STR("GET / HTTP/1.1\r\nHost:\r\n\r\n"), "GET / 1.1 {} +0"},
    {STR("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), "GET / 1.1 {} +0"},
    {STR(POST "Content-Length: 5\r\n\r\nhelloGET"), "POST / 1.1 {hello} +3"},
    {STR(POST "Content-Length: 0\r\n\r\nGET"), "POST / 1.1 {} +3"},
    {STR(CHUNKED "5\r\nhello\r\n00A;x=\"y\"\r\n world you\r\n0\r\n\r\nGET"),
     "POST / 1.1 {hello world you} +3"},
    {STR(CHUNKED "1\r\na\r\n0\r\nSum: 1\r\nX:\r\n\r\n"), "POST / 1.1 {a} +0"},
    {STR(CHUNKED "0\r\n\r\n"), "POST / 1.1 {} +0"},
    {STR(POST "TRANSFER-encoding:\tCHUNKED \r\n\r\n0\r\n\r\n"), "POST / 1.1 {} +0"},
    {STR(POST "Expect: 100-Continue\r\nContent-Length: 1\r\n\r\nx"),
     "POST / 1.1 {x} +0"},
    /* What has not ended. */
    {STR("GET / HTTP/1.1\r\n" HOST), "more"},
    {STR("GET / HTTP/1.1\r\n" HOST "\r"), "more"},
    {STR(POST "Content-Length: 5\r\n\r\nhell"), "more"},
    {STR(CHUNKED "5\r\nhello\r\n0\r\n"), "more"},
    {STR(CHUNKED "5\r\nhello\r\n0\r\nA: b\r\n"), "more"},
    /* Two readers might disagree: how long the body is, */
    {STR(POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"), "400"},
    {STR(POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"), "400"},
    {STR(POST "Content-Length: 5, 5\r\n\r\nhello"), "400"},
    {STR(POST "Content-Length: +5\r\n\r\nhello"), "400"},
    {STR(POST "Content-Length: -1\r\n\r\nhello"), "400"},
    {STR(POST "Content-Length: 0x5\r\n\r\nhello"), "400"},
    {STR(POST "Content-Length:\r\n\r\n"), "400"},
    {STR(POST "Content-Length: 5 5\r\n\r\nhello"), "400"},
    {STR(POST "Content-Length: 99999999999999999999\r\n\r\n"), "400"},
    {STR(POST "Content-Length: 9223372036854775808\r\n\r\n"), "400"},
    {STR(POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
     "400"},
    {STR(POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
     "400"},
    {STR(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
     "400"},
    {STR(POST "Transfer-Encoding: gzip, chunked\r\n\r\n"), "501"},
    {STR(POST "Transfer-Encoding: chunked, chunked\r\n\r\n"), "501"},
    {STR(POST "Transfer-Encoding: identity\r\n\r\n"), "501"},
    {STR(POST "Transfer-Encoding: \"chunked\"\r\n\r\n"), "501"},
    {STR(POST "Transfer-Encoding:\r\n\r\n"), "501"},
    {STR("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400"},
    /* where a line or a name ends, */
    {STR("GET / HTTP/1.1\n" HOST "\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\nHost: a\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "\n"), "400"},
    {STR("\nGET / HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\r\n" HOST "\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "X: a\x7f\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "X: a\r\n\tb\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n X: a\r\n" HOST "\r\n"), "400"},
    {STR(POST "Content-Length : 5\r\n\r\nhello"), "400"},
    {STR(POST "Transfer-Encoding\t: chunked\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "Transfer-\0Encoding: chunked\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST ": x\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "no colon\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST "a b: c\r\n\r\n"), "400"},
    /* where a chunk ends, */
    {STR(CHUNKED "\r\nhello\r\n0\r\n\r\n"), "400"},
    {STR(CHUNKED "-5\r\nhello\r\n"), "400"},
    {STR(CHUNKED "0x5\r\nhello\r\n"), "400"},
    {STR(CHUNKED "5 \r\nhello\r\n"), "400"},
    {STR(CHUNKED " 5\r\nhello\r\n"), "400"},
    {STR(CHUNKED "5\nhello\r\n"), "400"},
    {STR(CHUNKED "5\rhello\r\n"), "400"},
    {STR(CHUNKED "5;a\nb\r\nhello\r\n"), "400"},
    {STR(CHUNKED "5\r\nhello0\r\n\r\n"), "400"},
    {STR(CHUNKED "5\r\nhello\n0\r\n\r\n"), "400"},
    {STR(CHUNKED "5\r\nhello\rX"), "400"},
    {STR(CHUNKED "1234567890123456\r\n"), "400"},
    {STR(CHUNKED "0000000000000005\r\nhello\r\n"), "400"},
    {STR(CHUNKED ";a\r\n"), "400"},
    {STR(CHUNKED "0\r\nA b: c\r\n\r\n"), "400"},
    {STR(CHUNKED "0\r\n: c\r\n\r\n"), "400"},
    {STR(CHUNKED "0\r\nA\r\n\r\n"), "400"},
    {STR(CHUNKED "0\r\nA: b\n\r\n"), "400"},
    {STR(CHUNKED "0\r\n\rX"), "400"},
    /* or whose request it is. */
    {STR("GET / HTTP/1.1\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\n" HOST HOST "\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), "400"},
    {STR("GET / HTTP/1.1\r\nHost: x@y\r\n\r\n"), "400"},
    /* The first line. */
    {STR("GET /\r\n" HOST "\r\n"), "400"},
    {STR("GET  / HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET /  HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET / HTTP/1.1 \r\n" HOST "\r\n"), "400"},
    {STR(" GET / HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET\t/ HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("G(T / HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET a HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET * HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET http:/// HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET ftp://a/ HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET /#x HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET /\xc3\xa4 HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET /\0 HTTP/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET / http/1.1\r\n" HOST "\r\n"), "400"},
    {STR("GET / HTTP/1.1x\r\n" HOST "\r\n"), "400"},
    {STR("GET / HTTP/1.2\r\n" HOST "\r\n"), "505"},
    {STR("GET / HTTP/0.9\r\n" HOST "\r\n"), "505"},
    {STR("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "505"},
    {STR("CONNECT a:1 HTTP/1.1\r\n" HOST "\r\n"), "501"},
    {STR(POST "Expect: magic\r\n\r\n"), "417"},
};

TEST(requests_are_read_alike_in_one_piece_and_byte_by_byte)
{
    char text[512];

    for (size_t i = 0; i < LEN(parses); i++)
        for (size_t step = 1; step < 1000; step += step < 4 ? 1 : 995) {
            struct str got = outcome(parses[i].bytes, step, text);
            if (!str_is(got, parses[i].outcome))
                test_failed(__FILE__, __LINE__, "by %zu: %.*s\ngave %s, not %s", step,
                            ARG(parses[i].bytes), text, parses[i].outcome);
        }
}

TEST(a_head_that_never_ends_is_refused_at_its_limit)
{
    struct http1 h;
    char bytes[600];

    memset(bytes, 'a', sizeof(bytes));
    memcpy(bytes, "GET /", 5);
    http1_init(&h, 512);
    CHECK(http1_head(&h, (struct str){bytes, 511}) == HTTP1_MORE);
    CHECK(http1_head(&h, (struct str){bytes, 512}) == HTTP1_BAD);
    CHECK_INT(h.status, 431);
}

TEST(trailers_that_never_end_are_refused_at_their_limit)
{
    struct http1 h;
    struct str head = STR(CHUNKED), piece;
    size_t used, count = 0;

    http1_init(&h, 512);
    CHECK(http1_head(&h, head) == HTTP1_DONE);
    CHECK(http1_body(&h, STR("0\r\nA: "), &used, &piece) == HTTP1_MORE);
    while (count < 10000 && http1_body(&h, STR("x"), &used, &piece) == HTTP1_MORE)
        count++;
    CHECK(count < 9000);
    CHECK_INT(h.status, 431);
}

TEST(fields_are_given_out_as_they_came)
{
    struct http1 h;
    struct str head = STR(
                   "GET / HTTP/1.1\r\nHost: a\r\nX-Y: \tb c \r\nE:\r\n\r\nZ: z\r\n"),
               name, value;

    http1_init(&h, 512);
    CHECK(http1_head(&h, head) == HTTP1_DONE);
    CHECK(http1_field(&h, head, &name, &value));
    CHECK(http1_field(&h, head, &name, &value));
    CHECK_STR(name, "X-Y");
    CHECK_STR(value, "b c");
    CHECK(http1_field(&h, head, &name, &value));
    CHECK_STR(value, "");
    CHECK(!http1_field(&h, head, &name, &value));
}

TEST(grpc_timeouts_have_six_units)
{
    static const struct {
        const char *text;
        i64 ms; /* -1: not one */
    } cases[] = {{"1H", 3600000},    {"2M", 120000}, {"3S", 3000},
                 {"4m", 4},          {"5000u", 5},   {"9994915u", 9995},
                 {"1n", 1},          {"0m", 0},      {"99999999H", 359999996400000},
                 {"100000000m", -1}, {"m", -1},      {"", -1},
                 {"5", -1},          {"5s", -1},     {"-5m", -1},
                 {"5 m", -1},        {"1.5S", -1}};

    for (size_t i = 0; i < LEN(cases); i++) {
        i64 ms = -1;
        bool is_one = grpc_timeout(str_of(cases[i].text), &ms);
        CHECK_INT(is_one, cases[i].ms >= 0);
        CHECK_INT(ms, cases[i].ms);
    }
}

/* ---- an owner, and clients on real sockets ------------------------------------------
 */

/* The owner of all tests: /echo and /a.B/Echo are answered with the body, what contains
 * "ark" is parked, the rest it does not know. */
struct owner {
    struct net *net;
    char http[64], grpc[64]; /* where it listens */
    int asked, gone, drained;
    u64 last, last_gone;
    enum net_door door;
    char method[16], path[64], query[64];
    size_t body_len;
    i64 deadline_ms;
    char header[32]; /* the value of x-test */
};

static void answer_http(struct owner *o, u64 id, u16 status, struct str body)
{
    net_http_reply(o->net, id,
                   &(struct net_http_answer){.status = status,
                                             .content_type = STR("text/plain"),
                                             .body = body});
}

static void owner_note(struct owner *o, const struct net_request *r)
{
    o->asked++;
    o->last = r->id;
    o->door = r->door;
    o->body_len = r->body.len;
    o->deadline_ms = r->deadline_ms;
    snprintf(o->method, sizeof(o->method), "%.*s", ARG(r->method));
    snprintf(o->path, sizeof(o->path), "%.*s", ARG(r->path));
    snprintf(o->query, sizeof(o->query), "%.*s", ARG(r->query));
    for (u32 i = 0; i < r->header_count; i++)
        if (str_is(r->headers[i].name, "x-test"))
            snprintf(o->header, sizeof(o->header), "%.*s", ARG(r->headers[i].value));
}

static void owner_request(void *ctx, const struct net_request *r)
{
    struct owner *o = ctx;
    bool is_grpc = r->door == NET_GRPC;

    owner_note(o, r);
    if (strstr(o->path, "ark"))
        return;
    if (is_grpc && strstr(o->path, "Echo")) {
        net_grpc_message(o->net, r->id, r->body);
        net_grpc_end(o->net, r->id, 0, STR(""));
    } else if (is_grpc) {
        net_grpc_end(o->net, r->id, 12, STR("no method \xc3\xa4 100%"));
    } else {
        answer_http(o, r->id, str_is(r->path, "/echo") ? 200 : 404, r->body);
    }
}

static void owner_gone(void *ctx, u64 request)
{
    struct owner *o = ctx;

    o->gone++;
    o->last_gone = request;
    answer_http(o, request, 200, STR("too late")); /* must be dropped */
}

static void owner_drained(void *ctx, u64 request)
{
    ((struct owner *)ctx)->drained++;
}

/* Small limits, so that the rare paths are the usual ones. */
static struct net_options test_options(void)
{
    struct net_options o = net_options_default;

    o.body_max = 100000;
    o.held_max = 300000;
    o.unsent_max = 200000;
    o.header_bytes_max = 16384;
    o.connections_max = 8;
    o.streams_max = 200;
    return o;
}

static void owner_open_with(struct owner *o, const struct net_options *options)
{
    struct net_handler handler = {o, owner_request, owner_gone, owner_drained};
    struct err err = {0};

    *o = (struct owner){0};
    o->net = net_open(options, &handler, &err);
    must(o->net);
    must(net_listen(o->net, NET_HTTP, "127.0.0.1:0", o->http, &err));
    must(net_listen(o->net, NET_GRPC, "127.0.0.1:0", o->grpc, &err));
}

static void owner_open(struct owner *o)
{
    struct net_options options = test_options();

    owner_open_with(o, &options);
}

/* Turns until there is nothing left to do. On a loopback all that was sent is there. */
static void turns(struct owner *o)
{
    for (int i = 0; i < 12; i++)
        net_turn(o->net, 0);
}

/* As long as it takes for a time of some milliseconds to pass. */
static void turns_late(struct owner *o)
{
    turns(o);
    net_turn(o->net, 20);
    net_turn(o->net, 20);
    turns(o);
}

static int client_socket(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

    must(fd >= 0);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    return fd;
}

static void client_connect(int fd, const char *address)
{
    struct sockaddr_in to = {.sin_family = AF_INET};

    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    i64 port = 0;
    must(str_to_i64(str_of(strrchr(address, ':') + 1), &port));
    to.sin_port = htons((u16)port);
    must(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
}

static int client_open(const char *address)
{
    int fd = client_socket();

    client_connect(fd, address);
    return fd;
}

static void client_send(int fd, struct str s)
{
    must(send(fd, s.data, s.len, MSG_NOSIGNAL) == (ssize_t)s.len);
}

/* All that arrives within some turns, kept with a zero behind it; `is_closed` when the
 * other side has closed. */
struct seen {
    char text[65536];
    size_t len;
    bool is_closed;
};

static void client_see(struct owner *o, int fd, struct seen *s)
{
    s->len = 0;
    s->is_closed = false;
    for (int i = 0; i < 12 && !s->is_closed; i++) {
        net_turn(o->net, 0);
        ssize_t len =
            recv(fd, s->text + s->len, sizeof(s->text) - 1 - s->len, MSG_DONTWAIT);
        if (len > 0)
            s->len += (size_t)len;
        else if (len == 0 || errno != EAGAIN)
            s->is_closed = true;
    }
    s->text[s->len] = 0;
}

static bool seen_has(const struct seen *s, const char *text)
{
    return memmem(s->text, s->len, text, strlen(text));
}

static void check_seen(const struct seen *s, const char *text, int line)
{
    if (!seen_has(s, text))
        test_failed(__FILE__, line, "'%s' is not in\n%s", text, s->text);
}

#define CHECK_SEEN(seen, text) check_seen(&(seen), text, __LINE__)

/* ---- HTTP/1.1 -----------------------------------------------------------------------
 */

TEST(a_request_is_answered_and_its_connection_stays)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    for (int i = 1; i <= 2; i++) {
        client_send(fd, STR("POST /echo?a=b HTTP/1.1\r\nHost: a\r\nX-Test: y\r\n"
                            "Content-Length: 5\r\n\r\nhello"));
        client_see(&o, fd, &s);
        CHECK_SEEN(s, "HTTP/1.1 200 OK\r\nDate: ");
        CHECK_SEEN(
            s, " GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
        CHECK(!s.is_closed);
        CHECK_INT(o.asked, i);
        CHECK_INT(o.last, i);
    }
    CHECK_STR(str_of(o.method), "POST");
    CHECK_STR(str_of(o.path), "/echo");
    CHECK_STR(str_of(o.query), "a=b");
    CHECK_STR(str_of(o.header), "y");
    CHECK(net_is_idle(o.net));
    CHECK_INT(net_counters(o.net).requests, 2);
    CHECK_INT(o.gone, 0);
    close(fd);
    net_close(o.net);
}

TEST(an_unknown_path_is_left_to_the_owner)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 404 Not Found\r\n");
    CHECK(!s.is_closed);
    close(fd);
    net_close(o.net);
}

TEST(a_body_may_come_in_chunks_and_pieces)
{
    static const char text[] = "POST /echo HTTP/1.1\r\nHost: a\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n"
                               "5\r\nhello\r\n6;x\r\n world\r\n0\r\nT: t\r\n\r\n";
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        client_send(fd, (struct str){text + i, 1});
        net_turn(o.net, 10);
    }
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "\r\n\r\nhello world");
    close(fd);
    net_close(o.net);
}

TEST(pipelined_requests_are_answered_in_their_order)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(
        fd, STR("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
                "GET /park HTTP/1.1\r\nHost: a\r\n\r\n"
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nthree"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "one");
    CHECK(!seen_has(&s, "three"));
    CHECK_INT(o.asked, 2);
    answer_http(&o, o.last, 201, STR("two"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 201 Created");
    CHECK(strstr(s.text, "two") < strstr(s.text, "three"));
    CHECK_SEEN(s, "three");
    CHECK_INT(o.asked, 3);
    close(fd);
    net_close(o.net);
}

TEST(answers_of_one_turn_leave_in_one_write)
{
    struct owner o;
    char text[4096];

    owner_open(&o);
    int fd = client_open(o.http);
    for (int i = 0; i < 5; i++)
        client_send(fd, STR("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
    while (o.asked < 5)
        net_turn(o.net, 10);
    ssize_t len = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);
    CHECK_INT(len, net_counters(o.net).bytes_out);
    close(fd);
    net_close(o.net);
}

TEST(the_answer_to_head_has_no_body)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd,
                STR("HEAD /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "Content-Length: 3\r\n\r\n");
    CHECK(!seen_has(&s, "abc"));
    close(fd);
    net_close(o.net);
}

TEST(http_1_0_closes_unless_it_asks_to_stay)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "Connection: keep-alive\r\n");
    CHECK(!s.is_closed);
    client_send(fd, STR("GET /echo HTTP/1.0\r\n\r\n"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "Connection: close\r\n");
    CHECK(s.is_closed);
    close(fd);
    net_close(o.net);
}

TEST(who_waits_for_100_continue_gets_it)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                        "Content-Length: 2\r\n\r\n"));
    client_see(&o, fd, &s);
    CHECK_STR(((struct str){s.text, s.len}), "HTTP/1.1 100 Continue\r\n\r\n");
    client_send(fd, STR("hi"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 200 OK");
    close(fd);
    net_close(o.net);
}

TEST(every_request_that_two_could_read_differently_is_refused)
{
    struct owner o;
    struct seen s;
    char status[32];

    owner_open(&o);
    for (size_t i = 0; i < LEN(parses); i++) {
        if (parses[i].outcome[0] < '4' || parses[i].outcome[0] > '5')
            continue;
        int fd = client_open(o.http), asked = o.asked;
        client_send(fd, parses[i].bytes);
        client_send(fd, STR("\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"));
        client_see(&o, fd, &s);
        snprintf(status, sizeof(status), "HTTP/1.1 %s ", parses[i].outcome);
        CHECK_SEEN(s, status);
        CHECK_SEEN(s, "Connection: close\r\n");
        CHECK_SEEN(s, "Content-Type: application/problem+json\r\n");
        CHECK(s.is_closed);
        CHECK_INT(o.asked, asked);
        close(fd);
        turns(&o);
    }
    CHECK(net_is_idle(o.net));
    net_close(o.net);
}

TEST(a_refusal_is_a_problem_document_with_all_five_members)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /v2/\"x\"?y HTTP/1.1\r\n\r\n"));
    client_see(&o, fd, &s);
    CHECK_SEEN(
        s, "\r\n\r\n{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
           "\"detail\":\"Host is missing.\",\"instance\":\"/v2/\\\"x\\\"\"}");
    close(fd);
    net_close(o.net);
}

TEST(what_is_too_large_is_refused)
{
    struct owner o;
    struct seen s;
    char big[20000];

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(
        fd, STR("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 413 ");
    CHECK(s.is_closed);
    close(fd);

    fd = client_open(o.http);
    client_send(fd, STR("POST /echo HTTP/1.1\r\nHost: a\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n186a1\r\n"));
    memset(big, 'x', sizeof(big));
    for (int i = 0; i < 6; i++) {
        client_send(fd, (struct str){big, sizeof(big)});
        turns(&o);
    }
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 413 ");
    close(fd);

    fd = client_open(o.http);
    client_send(fd, STR("GET /"));
    client_send(fd, (struct str){big, sizeof(big)});
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 431 ");
    CHECK_INT(o.asked, 0);
    close(fd);
    net_close(o.net);
}

TEST(many_small_header_fields_count_for_what_they_cost)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /echo HTTP/1.1\r\nHost: a\r\n"));
    for (int i = 0; i < 600; i++)
        client_send(fd, STR("a:b\r\n"));
    client_send(fd, STR("\r\n"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 431 ");
    close(fd);
    net_close(o.net);
}

TEST(ten_thousand_bytes_of_headers_are_well)
{
    struct owner o;
    struct seen s;
    char big[10000];

    owner_open(&o);
    memset(big, 'x', sizeof(big));
    int fd = client_open(o.http);
    client_send(fd, STR("GET /echo HTTP/1.1\r\nHost: a\r\nX: "));
    client_send(fd, (struct str){big, sizeof(big)});
    client_send(fd, STR("\r\nX-Test: behind\r\n\r\n"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 200 ");
    CHECK_STR(str_of(o.header), "behind");
    close(fd);
    net_close(o.net);
}

TEST(a_slow_request_is_told_so_and_an_idle_connection_closed)
{
    struct net_options options = test_options();
    struct owner o;
    struct seen s;

    options.request_ms = 5;
    options.idle_ms = 5;
    owner_open_with(&o, &options);
    int slow = client_open(o.http), idle = client_open(o.http);
    client_send(slow,
                STR("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel"));
    turns_late(&o);
    client_see(&o, slow, &s);
    CHECK_SEEN(s, "HTTP/1.1 408 Request Timeout");
    CHECK_SEEN(s, "\"instance\":\"/slow\"");
    CHECK(s.is_closed);
    client_see(&o, idle, &s);
    CHECK_INT(s.len, 0);
    CHECK(s.is_closed);
    close(slow);
    close(idle);
    net_close(o.net);
}

TEST(a_parked_request_is_gone_when_its_client_closes)
{
    struct owner o;

    owner_open(&o);
    for (int is_reset = 0; is_reset < 2; is_reset++) {
        struct linger cut = {1, 0};
        int fd = client_open(o.http);
        client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"));
        turns(&o);
        CHECK_INT(o.asked, is_reset + 1);
        CHECK_INT(o.gone, is_reset);
        CHECK(!net_is_idle(o.net));
        if (is_reset)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &cut, sizeof(cut));
        close(fd);
        turns(&o);
        CHECK_INT(o.gone, is_reset + 1);
        CHECK_INT(o.last_gone, o.last);
        CHECK(net_is_idle(o.net));
    }
    CHECK_INT(net_counters(o.net).gone, 2);
    net_close(o.net);
}

TEST(pipelined_bytes_behind_a_parked_request_are_bounded)
{
    struct owner o;
    static char much[1 << 20];

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    for (int i = 0; i < 8; i++) {
        send(fd, much, sizeof(much), MSG_DONTWAIT | MSG_NOSIGNAL);
        turns(&o);
    }
    CHECK(net_counters(o.net).bytes_in < 200000);
    CHECK_INT(o.gone, 0);
    close(fd);
    net_close(o.net);
    CHECK_INT(o.gone, 1);
}

TEST(the_end_of_a_client_is_seen_behind_pipelined_bytes)
{
    struct owner o;
    static char much[150000];

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    for (int i = 0; i < 3; i++) {
        client_send(fd, (struct str){much, sizeof(much) / 3});
        turns(&o);
    }
    CHECK(net_counters(o.net).bytes_in < sizeof(much)); /* it is paused */
    CHECK_INT(o.gone, 0);
    close(fd);
    turns(&o);
    CHECK_INT(o.gone, 1);
    net_close(o.net);
}

TEST(too_many_connections_are_refused_politely)
{
    struct net_options options = test_options();
    struct owner o;
    struct seen s;

    options.connections_max = 1;
    owner_open_with(&o, &options);
    int first = client_open(o.http), second, third;
    turns(&o);
    second = client_open(o.http);
    client_see(&o, second, &s);
    CHECK_SEEN(s, "HTTP/1.1 503 Service Unavailable");
    CHECK_SEEN(s, "application/problem+json");
    CHECK(s.is_closed);
    third = client_open(o.grpc);
    client_see(&o, third, &s);
    CHECK_SEEN(s, "too many connections");
    CHECK(s.is_closed);
    CHECK_INT(net_counters(o.net).refused, 2);
    close(first);
    turns(&o);
    close(second);
    second = client_open(o.http);
    client_send(second, STR("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
    client_see(&o, second, &s);
    CHECK_SEEN(s, "200 OK");
    close(second);
    close(third);
    net_close(o.net);
}

TEST(running_out_of_descriptors_does_not_spin)
{
    struct owner o;
    struct rlimit was, none;
    int count = 0;

    owner_open(&o);
    int fd = client_socket(), next = dup(fd);
    close(next);
    getrlimit(RLIMIT_NOFILE, &was);
    none = (struct rlimit){(rlim_t)next, was.rlim_max};
    must(setrlimit(RLIMIT_NOFILE, &none) == 0);
    client_connect(fd, o.http);
    net_turn(o.net, 1000);
    must(setrlimit(RLIMIT_NOFILE, &was) == 0);
    CHECK_INT(net_counters(o.net).connections, 0);
    while (net_counters(o.net).connections == 0 && count < 100) {
        net_turn(o.net, 1000);
        count++;
    }
    CHECK(count <= 3);
    CHECK_INT(net_counters(o.net).connections, 1);
    close(fd);
    net_close(o.net);
}

/* Reads a little at a time, so that the answer has to wait for the socket. */
TEST(a_large_answer_reaches_a_slow_reader_whole)
{
    struct owner o;
    static char big[12 << 20], some[65536];
    size_t total = 0, wrong = 0;
    int small = 65536;

    owner_open(&o);
    memset(big, 'x', sizeof(big));
    int fd = client_socket();
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    client_connect(fd, o.http);
    client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    turns(&o);
    answer_http(&o, o.last, 200, (struct str){big, sizeof(big)});
    net_turn(o.net, 0);
    CHECK(!net_is_idle(o.net));
    for (ssize_t len = 1; len != 0;) {
        net_turn(o.net, 0);
        len = recv(fd, some, sizeof(some), MSG_DONTWAIT);
        for (ssize_t i = 0; i < len && total > 1000; i++)
            wrong += some[i] != 'x';
        total += len > 0 ? (size_t)len : 0;
        if (len < 0 && errno != EAGAIN)
            break;
    }
    CHECK(total > sizeof(big));
    CHECK(total < sizeof(big) + 300);
    CHECK_INT(wrong, 0);
    close(fd);
    net_close(o.net);
}

TEST(a_client_that_takes_nothing_is_cut)
{
    struct net_options options = test_options();
    struct owner o;
    static char big[16 << 20];

    options.stall_ms = 5;
    owner_open_with(&o, &options);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    answer_http(&o, o.last, 200, (struct str){big, sizeof(big)});
    turns_late(&o);
    CHECK(net_is_idle(o.net));
    CHECK(net_counters(o.net).bytes_out < sizeof(big));
    close(fd);
    net_close(o.net);
}

/* An answer in pieces: opens the last request's. */
static void pieces_open(struct owner *o)
{
    net_http_open(o->net, o->last,
                  &(struct net_http_answer){.status = 200,
                                            .content_type = STR("text/event-stream")});
}

TEST(an_answer_in_pieces_arrives_as_it_is_given)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"
                        "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    pieces_open(&o);
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n");
    CHECK(!seen_has(&s, "Content-Length"));
    CHECK_INT(o.drained, 0);
    net_http_piece(o.net, o.last, STR("data: 1\n\n"));
    net_http_piece(o.net, o.last, STR(""));
    net_http_piece(o.net, o.last, STR("x"));
    CHECK_INT(net_unsent(o.net, o.last), 3 + 9 + 2 + 3 + 1 + 2);
    client_see(&o, fd, &s);
    CHECK(strcmp(s.text, "9\r\ndata: 1\n\n\r\n1\r\nx\r\n") == 0);
    CHECK_INT(o.drained, 1);
    CHECK_INT(o.asked, 1); /* what is pipelined waits */
    net_http_end(o.net, o.last);
    client_see(&o, fd, &s);
    CHECK(strncmp(s.text, "0\r\n\r\nHTTP/1.1 200 OK\r\n", 22) == 0);
    CHECK_INT(o.asked, 2);
    CHECK_INT(o.gone, 0);
    close(fd);
    net_close(o.net);
}

TEST(without_chunks_the_end_of_the_connection_ends_an_answer_in_pieces)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /park HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    turns(&o);
    pieces_open(&o);
    net_http_piece(o.net, o.last, STR("one"));
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "Connection: close\r\n\r\none");
    CHECK(!s.is_closed);
    net_http_end(o.net, o.last);
    client_see(&o, fd, &s);
    CHECK(s.is_closed);
    CHECK_INT(s.len, 0);
    close(fd);
    net_close(o.net);
}

TEST(the_answer_to_head_has_no_pieces)
{
    struct owner o;
    struct seen s;

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("HEAD /park HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    pieces_open(&o);
    net_http_piece(o.net, o.last, STR("one"));
    net_http_end(o.net, o.last);
    client_see(&o, fd, &s);
    CHECK(strcmp(s.text + s.len - 4, "\r\n\r\n") == 0);
    CHECK(!seen_has(&s, "one"));
    CHECK(!s.is_closed);
    close(fd);
    net_close(o.net);
}

TEST(a_client_that_takes_no_pieces_is_cut_at_the_limit)
{
    struct owner o;
    static char piece[10000];
    int small = 4096, i = 0;

    owner_open(&o);
    int fd = client_socket();
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    client_connect(fd, o.http);
    client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    pieces_open(&o);
    for (; i < 1000 && !o.gone; i++) {
        net_http_piece(o.net, o.last, (struct str){piece, sizeof(piece)});
        CHECK(net_unsent(o.net, o.last) <= 200000 + 16);
        net_turn(o.net, 0);
    }
    CHECK_INT(o.gone, 1);
    CHECK(i > 20);
    CHECK(net_is_idle(o.net));
    net_http_piece(o.net, o.last, STR("too late"));
    net_http_end(o.net, o.last);
    close(fd);
    net_close(o.net);
}

TEST(an_owner_cannot_split_its_own_answer)
{
    struct owner o;
    struct seen s;
    struct net_header h = {STR("X-Text"), STR("a\r\nSet-Cookie: b")};

    owner_open(&o);
    int fd = client_open(o.http);
    client_send(fd, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    net_http_reply(
        o.net, o.last,
        &(struct net_http_answer){.status = 204, .headers = &h, .header_count = 1});
    client_see(&o, fd, &s);
    CHECK_SEEN(s, "HTTP/1.1 204 No Content\r\n");
    CHECK_SEEN(s, "X-Text: a  Set-Cookie: b\r\n\r\n");
    CHECK(!seen_has(&s, "Content-Length"));
    close(fd);
    net_close(o.net);
}

TEST(bodies_of_all_requests_together_are_bounded)
{
    struct owner o;
    struct seen s;
    static char big[90000];
    int fds[4];

    owner_open(&o);
    for (int i = 0; i < 4; i++) {
        fds[i] = client_open(o.http);
        client_send(fds[i],
                    STR("POST /park HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n"
                        "\r\n"));
        client_send(fds[i], (struct str){big, sizeof(big)});
        client_see(&o, fds[i], &s);
    }
    CHECK_INT(o.asked, 3);
    CHECK_SEEN(s, "HTTP/1.1 503 ");
    close(fds[0]);
    turns(&o);
    close(fds[3]);
    fds[3] = client_open(o.http);
    client_send(fds[3],
                STR("POST /park HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n"));
    client_send(fds[3], (struct str){big, sizeof(big)});
    turns(&o);
    CHECK_INT(o.asked, 4);
    for (int i = 1; i < 4; i++)
        close(fds[i]);
    net_close(o.net);
}

/* ---- gRPC: a client on nghttp2 ------------------------------------------------------
 */

/* What came back on one stream. */
struct call {
    i32 stream;
    char http[8], status[8], message[128], accepted[64];
    char data[512];
    size_t data_len; /* all of it; `data` has the beginning */
    bool is_closed;
    u32 code; /* of the reset; 0: it ended well */
};

struct client {
    struct owner *o;
    int fd;
    nghttp2_session *session;
    struct call calls[16];
    int call_count, pongs, acks;
    bool is_closed, has_goaway;
    u32 goaway; /* its code */
    i32 goaway_last;
};

static struct call *client_call(struct client *c, i32 stream)
{
    for (int i = 0; i < c->call_count; i++)
        if (c->calls[i].stream == stream)
            return &c->calls[i];
    return NULL;
}

static void copy_text(char *to, size_t size, const u8 *from, size_t len)
{
    snprintf(to, size, "%.*s", (int)len, (const char *)from);
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame,
                     const u8 *name, size_t name_len, const u8 *value, size_t len,
                     u8 flags, void *ctx)
{
    struct call *call = client_call(ctx, frame->hd.stream_id);
    struct str is = {(const char *)name, name_len};

    if (!call)
        return 0;
    if (str_is(is, ":status"))
        copy_text(call->http, sizeof(call->http), value, len);
    if (str_is(is, "grpc-status"))
        copy_text(call->status, sizeof(call->status), value, len);
    if (str_is(is, "grpc-message"))
        copy_text(call->message, sizeof(call->message), value, len);
    if (str_is(is, "grpc-accept-encoding"))
        copy_text(call->accepted, sizeof(call->accepted), value, len);
    return 0;
}

static int on_data(nghttp2_session *session, u8 flags, i32 stream, const u8 *data,
                   size_t len, void *ctx)
{
    struct call *call = client_call(ctx, stream);

    for (size_t i = 0; call && i < len; i++, call->data_len++)
        if (call->data_len < sizeof(call->data))
            call->data[call->data_len] = (char)data[i];
    return 0;
}

static int on_close(nghttp2_session *session, i32 stream, u32 code, void *ctx)
{
    struct call *call = client_call(ctx, stream);

    if (call) {
        call->is_closed = true;
        call->code = code;
    }
    return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *ctx)
{
    struct client *c = ctx;
    bool is_ack = frame->hd.flags & NGHTTP2_FLAG_ACK;

    c->pongs += frame->hd.type == NGHTTP2_PING && is_ack;
    c->acks += frame->hd.type == NGHTTP2_SETTINGS && is_ack;
    if (frame->hd.type == NGHTTP2_GOAWAY) {
        c->has_goaway = true;
        c->goaway = frame->goaway.error_code;
        c->goaway_last = frame->goaway.last_stream_id;
    }
    return 0;
}

static void client_start(struct client *c, struct owner *o, bool takes_by_hand)
{
    nghttp2_session_callbacks *callbacks;
    nghttp2_option *option;

    *c = (struct client){.o = o, .fd = client_open(o->grpc)};
    must(nghttp2_session_callbacks_new(&callbacks) == 0);
    must(nghttp2_option_new(&option) == 0);
    nghttp2_option_set_no_auto_window_update(option, takes_by_hand);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    must(nghttp2_session_client_new2(&c->session, callbacks, c, option) == 0);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    must(nghttp2_submit_settings(c->session, 0, NULL, 0) == 0);
}

static void client_push(struct client *c)
{
    const u8 *data;
    ssize_t len;

    while ((len = nghttp2_session_mem_send(c->session, &data)) > 0)
        for (ssize_t at = 0; at < len && !c->is_closed;) {
            ssize_t sent =
                send(c->fd, data + at, (size_t)(len - at), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent > 0)
                at += sent;
            else if (errno == EAGAIN)
                net_turn(c->o->net, 0);
            else
                c->is_closed = true;
        }
}

static void client_pull(struct client *c)
{
    u8 data[65536];
    ssize_t len;

    while ((len = recv(c->fd, data, sizeof(data), MSG_DONTWAIT)) > 0)
        must(nghttp2_session_mem_recv(c->session, data, (size_t)len) >= 0);
    if (len == 0 || errno != EAGAIN)
        c->is_closed = true;
}

static void client_turns(struct client *c)
{
    for (int i = 0; i < 12 && !c->is_closed; i++) {
        client_push(c);
        net_turn(c->o->net, 0);
        client_pull(c);
    }
}

static void client_stop(struct client *c)
{
    close(c->fd);
    nghttp2_session_del(c->session);
}

/* A request body that is sent from here. `goes_on`: without an end. */
struct sending {
    struct str rest;
    bool goes_on;
};

static ssize_t send_some(nghttp2_session *session, i32 stream, u8 *to, size_t size,
                         u32 *flags, nghttp2_data_source *source, void *ctx)
{
    struct sending *s = source->ptr;
    size_t len = s->rest.len < size ? s->rest.len : size;

    if (len == 0 && s->goes_on)
        return NGHTTP2_ERR_DEFERRED;
    if (len > 0)
        memcpy(to, s->rest.data, len);
    s->rest = (struct str){s->rest.data + len, s->rest.len - len};
    if (s->rest.len == 0 && !s->goes_on)
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    return (ssize_t)len;
}

static nghttp2_nv nv_of(const char *name, const char *value)
{
    return (nghttp2_nv){(u8 *)(uintptr_t)name, (u8 *)(uintptr_t)value, strlen(name),
                        strlen(value), 0};
}

/* Starts a call with up to three more header fields (name, value, ..., NULL). The body
 * stands in `s` until it is sent. */
static struct call *call_start(struct client *c, const char *path, struct sending *s,
                               const char *const *more)
{
    nghttp2_nv nv[8] = {nv_of(":method", "POST"), nv_of(":path", path),
                        nv_of(":scheme", "http"), nv_of(":authority", "a"),
                        nv_of("content-type", "application/grpc")};
    size_t count = 5;
    nghttp2_data_provider data = {.source.ptr = s, .read_callback = send_some};
    struct call *call = &c->calls[c->call_count++];

    must(c->call_count <= (int)LEN(c->calls));
    for (; more && more[0]; more += 2) {
        if (strcmp(more[0], "content-type") == 0 || more[0][0] == ':') {
            nv[more[0][0] == ':' ? 0 : 4] = nv_of(more[0], more[1]);
        } else {
            must(count < LEN(nv));
            nv[count++] = nv_of(more[0], more[1]);
        }
    }
    *call = (struct call){0};
    call->stream = nghttp2_submit_request(c->session, NULL, nv, count, &data, NULL);
    must(call->stream > 0);
    return call;
}

#define FIELDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define HELLO       STR("\0\0\0\0\5hello")

/* A call from beginning to end, or as far as it gets. */
static struct call *call_make(struct client *c, const char *path, struct str body,
                              const char *const *more)
{
    struct sending s = {body, false};
    struct call *call = call_start(c, path, &s, more);

    client_turns(c);
    return call;
}

#define CHECK_CALL(call, wanted_http, wanted_status)      \
    do {                                                  \
        CHECK_STR(str_of((call)->http), wanted_http);     \
        CHECK_STR(str_of((call)->status), wanted_status); \
        CHECK((call)->is_closed);                         \
    } while (0)

TEST(a_call_is_answered_with_its_message_and_a_status)
{
    struct owner o;
    struct client c;

    owner_open(&o);
    client_start(&c, &o, false);
    for (int i = 1; i <= 3; i++) {
        struct call *call = call_make(&c, "/a.B/Echo?q", HELLO, FIELDS("x-test", "y"));
        CHECK_CALL(call, "200", "0");
        CHECK_INT(call->data_len, 10);
        CHECK(memcmp(call->data, HELLO.data, 10) == 0);
        CHECK_STR(str_of(call->accepted), "identity");
        CHECK_STR(str_of(call->message), "");
        CHECK_INT(call->code, 0);
        CHECK_INT(o.asked, i);
    }
    CHECK_INT(o.door, NET_GRPC);
    CHECK_STR(str_of(o.path), "/a.B/Echo");
    CHECK_STR(str_of(o.query), "q");
    CHECK_STR(str_of(o.header), "y");
    CHECK_INT(o.deadline_ms, 0);
    CHECK_INT(c.acks, 1);
    CHECK(net_is_idle(o.net));
    client_stop(&c);
    net_close(o.net);
    CHECK_INT(o.gone, 0);
}

TEST(an_error_has_one_header_block_and_its_text_is_percent_encoded)
{
    struct owner o;
    struct client c;

    owner_open(&o);
    client_start(&c, &o, false);
    struct call *call = call_make(&c, "/a.B/Other", HELLO, NULL);
    CHECK_CALL(call, "200", "12");
    CHECK_STR(str_of(call->message), "no method %C3%A4 100%25");
    CHECK_INT(call->data_len, 0);
    client_stop(&c);
    net_close(o.net);
}

/* `text` compressed as one message of a call. */
static struct str compressed(struct str text, int bits, char out[4096])
{
    z_stream z = {0};

    must(deflateInit2(&z, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.data;
    z.avail_in = (uInt)text.len;
    z.next_out = (Bytef *)out + 5;
    z.avail_out = 4096 - 5;
    must(deflate(&z, Z_FINISH) == Z_STREAM_END);
    deflateEnd(&z);
    size_t len = 4096 - 5 - z.avail_out;
    memcpy(out, "\1\0\0", 3);
    out[3] = (char)(len >> 8);
    out[4] = (char)len;
    return (struct str){out, len + 5};
}

TEST(compressed_messages_are_inflated_up_to_the_limit)
{
    static char zeros[200000];
    struct owner o;
    struct client c;
    char out[4096];

    owner_open(&o);
    client_start(&c, &o, false);
    struct call *call = call_make(&c, "/a.B/Echo", compressed(STR("hello"), 31, out),
                                  FIELDS("grpc-encoding", "gzip"));
    CHECK_CALL(call, "200", "0");
    CHECK(call->data_len == 10 && memcmp(call->data, HELLO.data, 10) == 0);
    call = call_make(&c, "/a.B/Echo", compressed(STR(""), 31, out),
                     FIELDS("grpc-encoding", "gzip"));
    CHECK_CALL(call, "200", "0");
    CHECK_INT(call->data_len, 5);
    call = call_make(&c, "/a.B/Echo", compressed(STR("hello"), 15, out),
                     FIELDS("grpc-encoding", "deflate"));
    CHECK_CALL(call, "200", "0");
    call = call_make(&c, "/a.B/Echo", HELLO, FIELDS("grpc-encoding", "gzip"));
    CHECK_CALL(call, "200", "0"); /* the flag says that this one is not */
    call = call_make(&c, "/a.B/Echo", compressed((struct str){zeros, 100000}, 31, out),
                     FIELDS("grpc-encoding", "gzip"));
    CHECK_CALL(call, "200", "0");
    CHECK_INT(o.body_len, 100000);
    CHECK_INT(o.asked, 5);
    call = call_make(&c, "/a.B/Echo", compressed((struct str){zeros, 100001}, 31, out),
                     FIELDS("grpc-encoding", "gzip"));
    CHECK_CALL(call, "200", "8");
    CHECK_STR(str_of(call->message), "the message is too large when decompressed");
    CHECK_INT(o.asked, 5);
    client_stop(&c);
    net_close(o.net);
}

TEST(what_is_no_call_gets_its_reason_and_the_next_call_is_served)
{
    static const struct {
        struct str body;
        const char *name, *value, *http, *status;
    } cases[] = {
        {STR(""), "a", "b", "200", "13"},
        {STR("\0\0\0"), "a", "b", "200", "13"},
        {STR("\0\0\0\0\5hell"), "a", "b", "200", "13"},
        {STR("\0\0\0\0\1a\0\0\0\0\1a"), "a", "b", "200", "13"},
        {STR("\0\0\0\0\1ab"), "a", "b", "200", "13"},
        {STR("\2\0\0\0\1a"), "a", "b", "200", "13"},
        {STR("\1\0\0\0\1a"), "a", "b", "200", "13"},
        {STR("\1\0\0\0\1a"), "grpc-encoding", "identity", "200", "13"},
        {STR("\1\0\0\0\1a"), "grpc-encoding", "gzip", "200", "13"},
        {STR("\1\0\0\0\12\x1f\x8b\b\0\0\0\0\0\0\3"), "grpc-encoding", "gzip", "200",
         "13"},
        {STR("\1\0\0\0\0"), "grpc-encoding", "gzip", "200", "13"},
        {STR("\1\0\0\0\1a"), "grpc-encoding", "deflate", "200", "13"},
        {STR("\0\0\0\0\1a"), "grpc-encoding", "snappy", "200", "12"},
        {STR("\0\0\1\x86\xa1"), "a", "b", "200", "8"},
        {STR("\0\xff\xff\xff\xff"), "a", "b", "200", "8"},
        {STR("\0\0\0\0\1a"), "grpc-timeout", "soon", "200", "13"},
        {STR("\0\0\0\0\1a"), "content-type", "application/json", "415", "3"},
        {STR("\0\0\0\0\1a"), "content-type", "application/grpcx", "415", "3"},
        {STR("\0\0\0\0\1a"), ":method", "PUT", "405", "13"},
    };
    struct owner o;
    struct client c;

    owner_open(&o);
    client_start(&c, &o, false);
    for (size_t i = 0; i < LEN(cases); i++) {
        c.call_count = 0;
        struct call *call = call_make(&c, "/a.B/Echo", cases[i].body,
                                      FIELDS(cases[i].name, cases[i].value));
        CHECK_CALL(call, cases[i].http, cases[i].status);
        CHECK(call->message[0]);
        CHECK_INT(o.asked, i);
        if (str_is(str_of(cases[i].status), "12"))
            CHECK_STR(str_of(call->accepted), "identity,deflate,gzip");
        call = call_make(&c, "/a.B/Echo", HELLO,
                         FIELDS("content-type", "application/grpc+proto"));
        CHECK_CALL(call, "200", "0");
        CHECK_INT(o.asked, i + 1);
    }
    CHECK(net_is_idle(o.net));
    client_stop(&c);
    net_close(o.net);
}

TEST(a_message_that_is_too_large_is_refused_before_it_has_come)
{
    struct owner o;
    struct client c;
    struct sending s = {STR("\0\0\1\x86\xa1hello"), true};

    owner_open(&o);
    client_start(&c, &o, false);
    struct call *call = call_start(&c, "/a.B/Echo", &s, NULL);
    client_turns(&c);
    CHECK_CALL(call, "200", "8");
    CHECK_INT(call->code, 0); /* NO_ERROR: the answer counts, the rest is not wanted */
    CHECK(net_is_idle(o.net));
    client_stop(&c);
    net_close(o.net);
}

TEST(large_messages_go_both_ways_through_small_windows)
{
    static char big[90005];
    struct owner o;
    struct client c;

    memcpy(big, "\0\0\1\x5f\x90", 5);
    owner_open(&o);
    client_start(&c, &o, false);
    struct call *call =
        call_make(&c, "/a.B/Echo", (struct str){big, sizeof(big)}, NULL);
    client_turns(&c);
    CHECK_CALL(call, "200", "0");
    CHECK_INT(call->data_len, 90005);
    client_stop(&c);
    net_close(o.net);
}

TEST(a_deadline_that_passes_ends_the_call_for_both)
{
    struct owner o;
    struct client c;
    struct sending s = {HELLO, false};

    owner_open(&o);
    client_start(&c, &o, false);
    struct call *call = call_start(&c, "/a.B/Park", &s, FIELDS("grpc-timeout", "30m"));
    i64 before = net_wall_ms();
    client_turns(&c);
    CHECK_INT(o.asked, 1);
    CHECK(o.deadline_ms >= before && o.deadline_ms <= before + 1000);
    CHECK_INT(o.gone, 0);
    for (int i = 0; i < 10 && !o.gone; i++)
        net_turn(o.net, 100);
    client_turns(&c);
    CHECK(net_wall_ms() >= before + 29);
    CHECK_CALL(call, "200", "4");
    CHECK_INT(o.gone, 1);
    CHECK_INT(o.last_gone, o.last);
    net_grpc_end(o.net, o.last, 0, STR("")); /* too late: dropped */
    CHECK(net_is_idle(o.net));
    client_stop(&c);
    net_close(o.net);
}

TEST(a_request_that_does_not_end_is_ended)
{
    struct net_options options = test_options();
    struct owner o;
    struct client c;
    struct sending s = {STR("\0\0\0\0\5hel"), true};

    options.request_ms = 5;
    owner_open_with(&o, &options);
    client_start(&c, &o, false);
    struct call *call = call_start(&c, "/a.B/Park", &s, NULL);
    client_turns(&c);
    turns_late(&o);
    client_turns(&c);
    CHECK_CALL(call, "200", "14");
    CHECK_INT(o.asked + o.gone, 0);
    client_stop(&c);
    net_close(o.net);
}

TEST(a_connection_that_does_not_speak_http_2_is_closed)
{
    struct net_options options = test_options();
    struct owner o;
    struct seen s;

    options.request_ms = 5;
    owner_open_with(&o, &options);
    int silent = client_open(o.grpc), other = client_open(o.grpc);
    client_send(other, STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    client_see(&o, other, &s);
    CHECK(s.is_closed);
    turns_late(&o);
    client_see(&o, silent, &s);
    CHECK(s.is_closed);
    close(silent);
    close(other);
    net_close(o.net);
}

TEST(a_parked_call_is_gone_when_it_is_cancelled_or_its_connection_closes)
{
    struct owner o;
    struct client c;
    struct sending s[3] = {{HELLO, false}, {HELLO, false}, {HELLO, false}};

    owner_open(&o);
    client_start(&c, &o, false);
    struct call *call = call_start(&c, "/a.B/Park", &s[0], NULL);
    call_start(&c, "/a.B/Park", &s[1], NULL);
    call_start(&c, "/a.B/Park", &s[2], NULL);
    client_turns(&c);
    CHECK_INT(o.asked, 3);
    nghttp2_submit_rst_stream(c.session, 0, call->stream, NGHTTP2_CANCEL);
    client_turns(&c);
    CHECK_INT(o.gone, 1);
    CHECK_INT(o.last_gone, 1);
    client_stop(&c);
    turns(&o);
    CHECK_INT(o.gone, 3);
    CHECK(net_is_idle(o.net));
    net_close(o.net);
}

TEST(headers_may_be_long_and_not_too_long)
{
    static char long_value[17000];
    struct owner o;
    struct client c;

    owner_open(&o);
    client_start(&c, &o, false);
    memset(long_value, 'x', 10000);
    struct call *call = call_make(&c, "/a.B/Echo", HELLO, FIELDS("a", long_value));
    CHECK_CALL(call, "200", "0");
    memset(long_value, 'x', 16999); /* needs a CONTINUATION */
    call = call_make(&c, "/a.B/Echo", HELLO, FIELDS("a", long_value));
    CHECK_CALL(call, "200", "8");
    call = call_make(&c, "/a.B/Echo", HELLO, NULL);
    CHECK_CALL(call, "200", "0");
    client_stop(&c);
    net_close(o.net);
}

TEST(a_stream_gives_messages_as_they_come)
{
    struct owner o;
    struct client c;
    struct sending s = {HELLO, false};

    owner_open(&o);
    client_start(&c, &o, false);
    struct call *call = call_start(&c, "/a.B/Park", &s, NULL);
    client_turns(&c);
    CHECK_STR(str_of(call->http), "");
    net_grpc_open(o.net, o.last);
    client_turns(&c);
    CHECK_STR(str_of(call->http), "200");
    for (size_t i = 1; i <= 3; i++) {
        net_grpc_message(o.net, o.last, STR("one"));
        CHECK_INT(net_unsent(o.net, o.last), 8);
        client_turns(&c);
        CHECK_INT(net_unsent(o.net, o.last), 0);
        CHECK_INT(call->data_len, 8 * i);
        CHECK_INT(o.drained, i);
    }
    CHECK(!call->is_closed);
    net_grpc_end(o.net, o.last, 1, STR("enough"));
    client_turns(&c);
    CHECK_CALL(call, "200", "1");
    CHECK_STR(str_of(call->message), "enough");
    CHECK_INT(o.gone, 0);
    client_stop(&c);
    net_close(o.net);
}

TEST(a_stream_that_is_not_read_waits_and_is_ended_at_the_limit)
{
    static char piece[10000];
    struct owner o;
    struct client c;
    struct sending s = {HELLO, false};

    owner_open(&o);
    client_start(&c, &o, true);
    struct call *call = call_start(&c, "/a.B/Park", &s, NULL);
    client_turns(&c);
    for (int i = 0; i < 20 && !o.gone; i++) {
        net_grpc_message(o.net, o.last, (struct str){piece, sizeof(piece)});
        client_turns(&c);
    }
    CHECK_INT(call->data_len, 65535); /* the window */
    CHECK_INT(net_unsent(o.net, o.last), 20 * 10005 - 65535);
    CHECK_INT(o.gone, 0);
    nghttp2_session_consume(c.session, call->stream, 65535);
    client_turns(&c);
    CHECK_INT(call->data_len, 2 * 65535);
    for (int i = 0; i < 100 && !o.gone; i++)
        net_grpc_message(o.net, o.last, (struct str){piece, sizeof(piece)});
    CHECK_INT(o.gone, 1);
    CHECK_INT(net_unsent(o.net, o.last), 0);
    client_turns(&c);
    CHECK(call->is_closed); /* trailers would wait for the window, a reset does not */
    CHECK_INT(call->code, NGHTTP2_ENHANCE_YOUR_CALM);
    CHECK(net_is_idle(o.net));
    client_stop(&c);
    net_close(o.net);
}

TEST(pings_are_answered_at_once)
{
    struct owner o;
    struct client c;

    owner_open(&o);
    client_start(&c, &o, false);
    for (int i = 1; i <= 20; i++) {
        nghttp2_submit_ping(c.session, 0, NULL);
        client_turns(&c);
        CHECK_INT(c.pongs, i);
    }
    CHECK(!c.is_closed);
    client_stop(&c);
    net_close(o.net);
}

TEST(drained_requests_go_on_and_nothing_new_comes)
{
    struct owner o;
    struct client c;
    struct seen seen;
    struct sending s = {HELLO, false};

    owner_open(&o);
    client_start(&c, &o, false);
    int idle = client_open(o.http), busy = client_open(o.http);
    client_send(busy, STR("GET /park HTTP/1.1\r\nHost: a\r\n\r\n"));
    turns(&o);
    u64 parked = o.last;
    struct call *call = call_start(&c, "/a.B/Park", &s, NULL);
    client_turns(&c);
    CHECK_INT(o.asked, 2);
    net_drain(o.net);
    client_turns(&c);
    CHECK(c.has_goaway);
    CHECK_INT(c.goaway, 0);
    CHECK_INT(c.goaway_last, call->stream);
    CHECK(!net_is_idle(o.net));
    client_see(&o, idle, &seen);
    CHECK(seen.is_closed);
    answer_http(&o, parked, 200, STR("done"));
    client_see(&o, busy, &seen);
    CHECK_SEEN(seen, "Connection: close\r\n\r\ndone");
    net_grpc_end(o.net, o.last, 0, STR(""));
    client_turns(&c);
    CHECK_CALL(call, "200", "0");
    CHECK(c.is_closed);
    CHECK_INT(o.gone, 0);
    CHECK(net_is_idle(o.net));
    close(idle);
    close(busy);
    client_stop(&c);
    net_close(o.net);
}

/* ---- abuse: frames as they are, on a bare socket ------------------------------------
 */

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"

static void put_frame(struct bytes *b, u8 type, u8 flags, u32 stream,
                      struct str payload)
{
    char head[9] = {0, (char)(payload.len >> 8), (char)payload.len, (char)type,
                    (char)flags};

    for (int i = 0; i < 4; i++)
        head[5 + i] = (char)(stream >> (24 - 8 * i));
    bytes_add(b, (struct str){head, 9});
    bytes_add(b, payload);
}

/* :method POST, :scheme http, :path /a.B/Park, :authority a, and the content-type. */
#define PARK_HEADERS STR("\x83\x86\4\11/a.B/Park\1\1a\x0f\20\20application/grpc")

/* Sends all in portions, as the socket takes it, and returns the code of the GOAWAY
 * that ends the connection; -1: it did not end, or without one. */
static i64 abuse(struct owner *o, struct str s)
{
    int fd = client_open(o->grpc);
    struct bytes in = {0};
    i64 code = -1;
    bool is_closed = false;

    for (int idle = 0; idle < 20 && !is_closed;) {
        size_t some = s.len < 30000 ? s.len : 30000;
        ssize_t sent = some ? send(fd, s.data, some, MSG_DONTWAIT | MSG_NOSIGNAL) : -1;
        if (sent > 0)
            s = (struct str){s.data + sent, s.len - (size_t)sent};
        idle = sent > 0 ? 0 : idle + 1;
        net_turn(o->net, 0);
        ssize_t len = recv(fd, bytes_room(&in, 65536), 65536, MSG_DONTWAIT);
        in.len += len > 0 ? (size_t)len : 0;
        is_closed = len == 0 || (len < 0 && errno != EAGAIN);
    }
    for (size_t at = 0; at + 9 <= in.len;) {
        const u8 *f = (const u8 *)in.data + at;
        size_t len = (size_t)f[0] << 16 | (size_t)f[1] << 8 | f[2];
        if (f[3] == NGHTTP2_GOAWAY && at + 17 <= in.len && is_closed)
            code = (i64)f[13] << 24 | (i64)f[14] << 16 | (i64)f[15] << 8 | f[16];
        at += 9 + len;
    }
    bytes_free(&in);
    close(fd);
    turns(o);
    return code;
}

TEST(a_flood_of_frames_ends_the_connection)
{
    static const struct {
        const char *name;
        u8 type;
        struct str payload;
        int count;
        i64 code; /* -1: they cost nobody but the client, and are passed over */
    } floods[] = {
        {"ping", NGHTTP2_PING, STR("12345678"), 60000, NGHTTP2_ENHANCE_YOUR_CALM},
        {"settings", NGHTTP2_SETTINGS, STR(""), 60000, NGHTTP2_ENHANCE_YOUR_CALM},
        {"priority", NGHTTP2_PRIORITY, STR("\0\0\0\0\1"), 60000, -1},
        {"unknown", 99, STR("x"), 60000, -1},
    };
    struct owner o;

    owner_open(&o);
    for (size_t i = 0; i < LEN(floods); i++) {
        struct bytes b = {0};
        bytes_add(&b, STR(PREFACE));
        for (int k = 0; k < floods[i].count; k++)
            put_frame(&b, floods[i].type, 0, floods[i].type == NGHTTP2_PRIORITY ? 1 : 0,
                      floods[i].payload);
        i64 code = abuse(&o, bytes_str(&b));
        if (code != floods[i].code)
            test_failed(__FILE__, __LINE__, "%s: code %lld", floods[i].name,
                        (long long)code);
        bytes_free(&b);
    }
    CHECK(net_is_idle(o.net));
    net_close(o.net);
}

TEST(rapid_resets_end_the_connection_and_leave_nothing)
{
    struct owner o;
    struct bytes b = {0};

    owner_open(&o);
    bytes_add(&b, STR(PREFACE));
    for (u32 i = 0; i < 4000; i++) {
        put_frame(&b, NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, 2 * i + 1,
                  PARK_HEADERS);
        put_frame(&b, NGHTTP2_DATA, NGHTTP2_FLAG_END_STREAM, 2 * i + 1, HELLO);
        put_frame(&b, NGHTTP2_RST_STREAM, 0, 2 * i + 1, STR("\0\0\0\10"));
    }
    CHECK_INT(abuse(&o, bytes_str(&b)), NGHTTP2_ENHANCE_YOUR_CALM);
    CHECK(o.asked >= 1000 && o.asked < 4000);
    CHECK_INT(o.gone, o.asked);
    CHECK(net_is_idle(o.net));
    bytes_free(&b);
    net_close(o.net);
}

TEST(headers_that_go_on_and_on_end_the_connection)
{
    static char junk[1000];
    struct owner o;
    struct bytes b = {0};

    owner_open(&o);
    bytes_add(&b, STR(PREFACE));
    put_frame(&b, NGHTTP2_HEADERS, 0, 1, PARK_HEADERS);
    memset(junk, 0x82, sizeof(junk));
    for (int i = 0; i < 500; i++)
        put_frame(&b, NGHTTP2_CONTINUATION, 0, 1, (struct str){junk, sizeof(junk)});
    CHECK(abuse(&o, bytes_str(&b)) >= 0);
    CHECK_INT(o.asked, 0);
    CHECK(net_is_idle(o.net));
    bytes_free(&b);
    net_close(o.net);
}

/* Literal with indexing: x, and 3,900 bytes; then its index, many times. */
TEST(headers_that_a_few_bytes_make_large_end_the_connection)
{
    static char entry[3907] = "\x40\1x\x7f\xbd\x1d", again[8000];
    struct owner o;
    struct bytes b = {0}, fields = {0};

    owner_open(&o);
    memset(entry + 6, 'b', 3900);
    memset(again, 0xbe, sizeof(again));
    bytes_add(&b, STR(PREFACE));
    bytes_add(&fields, PARK_HEADERS);
    bytes_add(&fields, (struct str){entry, 6 + 3900});
    put_frame(&b, NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, 1, bytes_str(&fields));
    fields.len = 0;
    bytes_add(&fields, PARK_HEADERS);
    bytes_add(&fields, (struct str){again, sizeof(again)});
    for (u32 i = 1; i < 20; i++)
        put_frame(&b, NGHTTP2_HEADERS,
                  NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM, 2 * i + 1,
                  bytes_str(&fields));
    CHECK_INT(abuse(&o, bytes_str(&b)), NGHTTP2_ENHANCE_YOUR_CALM);
    CHECK(net_is_idle(o.net));
    bytes_free(&fields);
    bytes_free(&b);
    net_close(o.net);
}

TEST(broken_frames_end_the_connection_with_the_right_code)
{
    static const struct {
        struct str bytes;
        u32 code;
    } cases[] = {
        {STR("\0\0\5\0\0\0\0\0\0hello"), NGHTTP2_PROTOCOL_ERROR},    /* DATA on 0 */
        {STR("\xff\xff\xff\0\0\0\0\0\1"), NGHTTP2_FRAME_SIZE_ERROR}, /* too long */
        {STR("\0\0\1\6\0\0\0\0\0x"), NGHTTP2_FRAME_SIZE_ERROR},      /* PING of 1 */
        {STR("\0\0\1\1\5\0\0\0\1\xff"), NGHTTP2_COMPRESSION_ERROR},
        {STR("\0\0\4\10\0\0\0\0\0\0\0\0\0"), NGHTTP2_PROTOCOL_ERROR}, /* window + 0 */
        {STR("\0\0\1\11\4\0\0\0\1\x82"),
         NGHTTP2_PROTOCOL_ERROR}, /* lone CONTINUATION */
    };
    struct owner o;

    owner_open(&o);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct bytes b = {0};
        bytes_add(&b, STR(PREFACE));
        bytes_add(&b, cases[i].bytes);
        i64 code = abuse(&o, bytes_str(&b));
        if (code != cases[i].code)
            test_failed(__FILE__, __LINE__, "case %zu: code %lld", i, (long long)code);
        bytes_free(&b);
    }
    net_close(o.net);
}

TEST(answers_that_nobody_takes_keep_new_calls_out)
{
    static char big[90005];
    struct owner o;
    struct client c;

    memcpy(big, "\0\0\1\x5f\x90", 5);
    owner_open(&o);
    client_start(&c, &o, true);
    for (int i = 0; i < 6; i++)
        call_make(&c, "/a.B/Echo", (struct str){big, sizeof(big)}, NULL);
    CHECK_INT(o.asked, 3); /* 65,535 bytes left, and after the third 200,000 wait */
    CHECK_CALL(&c.calls[5], "200", "8");
    client_stop(&c);
    turns(&o);
    CHECK(net_is_idle(o.net));
    net_close(o.net);
}

/* ---- the loop -----------------------------------------------------------------------
 */

static void count_up(void *ctx)
{
    char c[8];
    int *state = ctx; /* the descriptor, and how often */

    must(read(state[0], c, sizeof(c)) > 0);
    state[1]++;
}

TEST(a_turn_ends_when_it_is_woken_or_a_watched_descriptor_is_ready)
{
    struct owner o;
    struct err err = {0};
    int pipe_ends[2], state[2];

    owner_open(&o);
    must(pipe(pipe_ends) == 0);
    state[0] = pipe_ends[0];
    state[1] = 0;
    CHECK(net_watch(o.net, pipe_ends[0], count_up, state, &err));
    CHECK(!net_watch(o.net, 9999, count_up, state, &err));
    net_wake(o.net);
    net_turn(o.net, -1);
    CHECK_INT(state[1], 0);
    must(write(pipe_ends[1], "x", 1) == 1);
    net_turn(o.net, -1);
    CHECK_INT(state[1], 1);
    net_close(o.net);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

TEST(an_address_that_cannot_be_listened_on_is_named)
{
    struct owner o;
    char bound[64];
    struct err err = {0};

    owner_open(&o);
    CHECK(!net_listen(o.net, NET_HTTP, "127.0.0.1", bound, &err));
    CHECK_STR(str_of(err.text), "'127.0.0.1' is not HOST:PORT");
    CHECK(!net_listen(o.net, NET_HTTP, o.http, bound, &err));
    CHECK_INT(err.code, ERR_IO);
    CHECK(strstr(err.text, o.http));
    CHECK(net_listen(o.net, NET_HTTP, "[::1]:0", bound, &err));
    CHECK(strncmp(bound, "[::1]:", 6) == 0);
    net_close(o.net);
}
