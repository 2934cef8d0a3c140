#include "net/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
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
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    must(fd >= 0);
    return fd;
}

static void client_connect(int fd, const char *address)
{
    struct sockaddr_in to = {.sin_family = AF_INET};

    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    to.sin_port = htons((u16)atoi(strrchr(address, ':') + 1));
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
