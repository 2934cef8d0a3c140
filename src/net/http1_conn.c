#include <stdio.h>
#include <sys/socket.h>

#include "net/inside.h"

/* The door for HTTP/1.1. Requests of one connection are taken one after the other, so
 * answers leave in their order; what is pipelined waits in c->in. */

static const struct {
    u16 status;
    const char *reason;
} reasons[] = {
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {207, "Multi-Status"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

static const char *http1_reason(u16 status)
{
    for (size_t i = 0; i < LEN(reasons); i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Other";
}

static struct bytes *http1_out(struct conn *c)
{
    if (c->out.size == 0)
        c->out = net_spare(c->net);
    return &c->out;
}

/* ---- answers ------------------------------------------------------------------------
 */

/* A value must not begin another line, whatever text the owner made it of. */
static void http1_put_value(struct bytes *out, struct str value)
{
    char *to = bytes_room(out, value.len);

    for (size_t i = 0; i < value.len; i++) {
        to[i] = value.data[i];
        if ((u8)to[i] < ' ' || to[i] == 0x7f)
            to[i] = ' ';
    }
    out->len += value.len;
}

static void http1_put_field(struct bytes *out, struct str name, struct str value)
{
    bytes_add(out, name);
    bytes_add(out, STR(": "));
    http1_put_value(out, value);
    bytes_add(out, STR("\r\n"));
}

static bool http1_has_body(u16 status)
{
    return status != 204 && status != 304;
}

/* All lines but those that say how long the body is. */
static void http1_put_head(struct conn *c, const struct net_http_answer *a)
{
    struct bytes *out = http1_out(c);

    must(a->status >= 200 && a->status <= 599);
    bytes_add(out, STR("HTTP/1.1 "));
    bytes_number(out, a->status);
    bytes_add(out, STR(" "));
    bytes_text(out, http1_reason(a->status));
    bytes_add(out, STR("\r\nDate: "));
    bytes_text(out, net_date(c->net));
    bytes_add(out, STR("\r\n"));
    if (a->content_type.len > 0)
        http1_put_field(out, STR("Content-Type"), a->content_type);
    for (u32 i = 0; i < a->header_count; i++)
        http1_put_field(out, a->headers[i].name, a->headers[i].value);
}

/* The answer's lines and body; is_head leaves only the body out (RFC 9110, 9.3.2). */
static void http1_put(struct conn *c, const struct net_http_answer *a, bool is_head)
{
    struct bytes *out = http1_out(c);

    http1_put_head(c, a);
    if (http1_has_body(a->status)) {
        bytes_add(out, STR("Content-Length: "));
        bytes_number(out, a->body.len);
        bytes_add(out, STR("\r\n"));
    }
    if (c->is_ending)
        bytes_add(out, STR("Connection: close\r\n"));
    else if (c->http1.minor == 0)
        bytes_add(out, STR("Connection: keep-alive\r\n"));
    bytes_add(out, STR("\r\n"));
    if (http1_has_body(a->status) && !is_head)
        bytes_add(out, a->body);
}

/* Makes ready for the next request of this connection. */
static bool http1_is_head(const struct request *r)
{
    return str_is(r->view.method, "HEAD");
}

static void http1_start(struct conn *c)
{
    http1_init(&c->http1, c->net->options.header_bytes_max);
    c->wait = WAIT_UNKNOWN;
}

void net_http_reply(struct net *n, u64 request, const struct net_http_answer *a)
{
    struct request *r = request_find(n, request);

    if (!r)
        return;
    must(r->view.door == NET_HTTP && !r->is_open);
    struct conn *c = r->conn;
    c->is_ending = !c->http1.keep_alive || n->is_draining;
    http1_put(c, a, http1_is_head(r));
    request_free(r);
    http1_start(c);
    conn_dirty(c);
}

/* ---- answers in pieces --------------------------------------------------------------
 */

/* Chunks are for HTTP/1.1 alone: before it, the end of the connection ends the body. */
static bool http1_has_chunks(const struct conn *c)
{
    return c->http1.minor > 0;
}

void net_http_open(struct net *n, u64 request, const struct net_http_answer *a)
{
    struct request *r = request_find(n, request);

    if (!r || r->is_open)
        return;
    must(r->view.door == NET_HTTP);
    must(http1_has_body(a->status));
    struct conn *c = r->conn;
    r->is_open = true;
    http1_put_head(c, a);
    if (http1_has_chunks(c))
        bytes_text(http1_out(c), "Transfer-Encoding: chunked\r\n");
    if (!http1_has_chunks(c) || !c->http1.keep_alive)
        bytes_text(http1_out(c), "Connection: close\r\n");
    bytes_text(http1_out(c), "\r\n");
    conn_dirty(c);
}

static size_t http1_unsent(const struct conn *c)
{
    return c->out.len - c->out_at;
}

void net_http_piece(struct net *n, u64 request, struct str piece)
{
    struct request *r = request_find(n, request);

    if (!r || piece.len == 0)
        return;
    must(r->is_open);
    struct conn *c = r->conn;
    if (http1_is_head(r) || c->is_dead)
        return;
    if (http1_unsent(c) + piece.len > n->options.unsent_max) {
        c->is_dead = true; /* its client takes nothing */
        conn_dirty(c);
        return;
    }
    bytes_drop(&c->out, c->out_at);
    c->out_at = 0;
    if (http1_has_chunks(c))
        bytes_print(http1_out(c), "%zx\r\n", piece.len);
    bytes_add(http1_out(c), piece);
    if (http1_has_chunks(c))
        bytes_text(http1_out(c), "\r\n");
    r->has_pieces = true;
    conn_dirty(c);
}

void net_http_end(struct net *n, u64 request)
{
    struct request *r = request_find(n, request);

    if (!r)
        return;
    must(r->is_open);
    struct conn *c = r->conn;
    if (http1_has_chunks(c) && !http1_is_head(r))
        bytes_text(http1_out(c), "0\r\n\r\n");
    c->is_ending = !http1_has_chunks(c) || !c->http1.keep_alive || n->is_draining;
    request_free(r);
    http1_start(c);
    conn_dirty(c);
}

/* All output of the connection is with the kernel. */
static void http1_conn_sent(struct conn *c)
{
    struct request *r = c->requests;

    if (!r || !r->has_pieces)
        return;
    r->has_pieces = false;
    if (c->net->handler.drained)
        bytes_add(&c->net->drained,
                  (struct str){(const char *)&r->view.id, sizeof(r->view.id)});
}

/* ---- answers of our own -------------------------------------------------------------
 */

/* A text within a JSON string. Only bytes that a request target may have come here. */
static void http1_put_json(struct bytes *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] == '"' || s.data[i] == '\\')
            bytes_add(out, STR("\\"));
        bytes_add(out, (struct str){s.data + i, 1});
    }
}

/* A problem document (RFC 9457). */
static void http1_put_problem(struct bytes *out, u16 status, const char *detail,
                              struct str instance)
{
    bytes_print(out,
                "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,"
                "\"detail\":\"%s\",\"instance\":\"",
                http1_reason(status), (unsigned)status, detail);
    http1_put_json(out, instance);
    bytes_text(out, "\"}");
}

/* What path the request has, if it has come so far. */
static struct str http1_instance(const struct conn *c)
{
    struct str in = bytes_str(&c->in);

    if (c->requests)
        return c->requests->view.path;
    if (c->http1.path.len == 0)
        return STR("/");
    return (struct str){in.data + c->in_at + c->http1.path.at, c->http1.path.len};
}

/* Answers with a problem, and ends the connection: where the next request begins is not
 * known, or not worth the bytes between. */
static void http1_refuse(struct conn *c, u16 status, const char *detail)
{
    struct bytes body = net_spare(c->net);
    struct request *r = c->requests;
    bool is_head = r && http1_is_head(r);

    http1_put_problem(&body, status, detail, http1_instance(c));
    c->is_ending = true;
    http1_put(c,
              &(struct net_http_answer){.status = status,
                                        .content_type = STR("application/problem+json"),
                                        .body = bytes_str(&body)},
              is_head);
    net_spare_back(c->net, &body);
    if (r)
        request_free(r);
    conn_dirty(c);
}

static void http1_conn_refuse(int fd)
{
    char text[512], body[256];

    snprintf(body, sizeof(body),
             "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":503,"
             "\"detail\":\"There are too many connections.\",\"instance\":\"/\"}",
             http1_reason(503));
    int len = snprintf(text, sizeof(text),
                       "HTTP/1.1 503 %s\r\nContent-Type: application/problem+json\r\n"
                       "Content-Length: %zu\r\nRetry-After: 1\r\n"
                       "Connection: close\r\n\r\n%s",
                       http1_reason(503), strlen(body), body);
    must(len > 0 && (size_t)len < sizeof(text));
    send(fd, text, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT);
    shutdown(fd, SHUT_WR);
    recv(fd, text, sizeof(text), MSG_DONTWAIT);
}

/* ---- requests -----------------------------------------------------------------------
 */

static struct str http1_span(struct str head, struct http1_span s)
{
    return (struct str){head.data + s.at, s.len};
}

static struct str http1_lower(struct str name, char lower[256])
{
    size_t len = name.len < 256 ? name.len : 256;

    for (size_t i = 0; i < len; i++)
        lower[i] =
            (char)(name.data[i] >= 'A' && name.data[i] <= 'Z' ? name.data[i] - 'A' + 'a'
                                                              : name.data[i]);
    return (struct str){lower, len};
}

/* False: it does not fit. */
static bool http1_copy_head(struct request *r, struct http1 *h, struct str bytes)
{
    struct str name, value;
    char lower[256];

    r->view.door = NET_HTTP;
    r->view.method = request_copy(r, http1_span(bytes, h->method));
    r->view.path = request_copy(r, http1_span(bytes, h->path));
    r->view.query = request_copy(r, http1_span(bytes, h->query));
    if (r->view.path.len == 0)
        r->view.path = STR("/"); /* http://host without more */
    while (http1_field(h, bytes, &name, &value))
        if (name.len > sizeof(lower) ||
            !request_header(r, http1_lower(name, lower), value))
            return false;
    return r->view.method.data && r->view.query.data;
}

static void http1_conn_begin(struct conn *c, struct str bytes)
{
    struct request *r = request_new(c);
    bool fits = http1_copy_head(r, &c->http1, bytes);

    c->in_at += c->http1.head_len;
    if (!fits)
        http1_refuse(c, 431, "The request's head is too large.");
    else if (c->http1.length > c->net->options.body_max)
        http1_refuse(c, 413, "The request's body is too large.");
    else if (c->http1.wants_continue && c->in_at == c->in.len &&
             (c->http1.is_chunked || c->http1.length > 0))
        bytes_add(http1_out(c), STR("HTTP/1.1 100 Continue\r\n\r\n"));
}

static bool http1_conn_head(struct conn *c, struct str bytes)
{
    switch (http1_head(&c->http1, bytes)) {
    case HTTP1_MORE:
        return false;
    case HTTP1_BAD:
        http1_refuse(c, c->http1.status, c->http1.why);
        return false;
    case HTTP1_DONE:
        http1_conn_begin(c, bytes);
    }
    return true;
}

static bool http1_conn_body(struct conn *c, struct request *r, struct str bytes)
{
    size_t used;
    struct str piece;
    enum http1_result result = http1_body(&c->http1, bytes, &used, &piece);

    c->in_at += used;
    if (result == HTTP1_BAD)
        http1_refuse(c, c->http1.status, c->http1.why);
    else if (piece.len > c->net->options.body_max - r->body.len)
        http1_refuse(c, 413, "The request's body is too large.");
    else if (!request_body(r, piece))
        http1_refuse(c, 503, "There are too many bytes in requests under way.");
    else if (result == HTTP1_MORE)
        return used > 0;
    else {
        r->view.body = bytes_str(&r->body);
        request_ask(r);
    }
    return true;
}

static bool http1_conn_step(struct conn *c)
{
    struct request *r = c->requests;
    struct str bytes = {c->in.data + c->in_at, c->in.len - c->in_at};

    if (c->is_ending || (r && r->state == REQUEST_ASKED))
        return false;
    return r ? http1_conn_body(c, r, bytes) : http1_conn_head(c, bytes);
}

/* ---- what a connection waits for ----------------------------------------------------
 */

static void http1_late(struct timer *t)
{
    struct conn *c = OWNER(t, struct conn, timer);

    http1_refuse(c, 408, "The request was not there as a whole in time.");
}

static void http1_idle(struct timer *t)
{
    struct conn *c = OWNER(t, struct conn, timer);

    /* Bytes may have come in this very turn and not be looked at yet. */
    c->is_ending = c->in.len == c->in_at;
    conn_dirty(c);
}

/* The time for a request begins with its first byte and is not prolonged by others. */
static void http1_wait(struct conn *c)
{
    struct request *r = c->requests;
    int wait = WAIT_IDLE;

    if (r)
        wait = r->state == REQUEST_ASKED ? WAIT_ANSWER : WAIT_REQUEST;
    else if (c->in.len > c->in_at)
        wait = WAIT_REQUEST;
    if (c->is_ending || (int)c->wait == wait)
        return;
    c->wait = wait;
    if (wait == WAIT_IDLE)
        conn_timer(c, c->net->options.idle_ms, http1_idle);
    else
        conn_timer(c, wait == WAIT_REQUEST ? c->net->options.request_ms : 0,
                   http1_late);
}

/* Input that was used is let go; a buffer without any goes to who needs one. */
static void http1_compact(struct conn *c)
{
    bytes_drop(&c->in, c->in_at);
    c->in_at = 0;
    if (c->in.len == 0)
        net_spare_back(c->net, &c->in);
    c->wants_pause =
        c->requests && c->requests->state == REQUEST_ASKED && c->in.len > AHEAD_MAX;
}

/* ---- the door -----------------------------------------------------------------------
 */

static void http1_conn_open(struct conn *c)
{
    http1_start(c);
}

static void http1_conn_close(struct conn *c)
{
}

static void http1_conn_read(struct conn *c, struct str s)
{
    if (c->in.size == 0)
        c->in = net_spare(c->net);
    bytes_add(&c->in, s);
}

static bool http1_conn_fill(struct conn *c)
{
    bool is_more = true;

    while (is_more && c->out.len - c->out_at < IO_SIZE)
        is_more = http1_conn_step(c);
    http1_compact(c);
    http1_wait(c);
    return is_more;
}

/* One without a request has nothing to lose; the others end with their answer. */
static void http1_conn_drain(struct conn *c)
{
    if (!c->requests && c->in.len == 0)
        c->is_ending = true;
}

const struct door door_http = {http1_conn_open,  http1_conn_close, http1_conn_read,
                               http1_conn_fill,  http1_conn_sent,  http1_conn_drain,
                               http1_conn_refuse};
