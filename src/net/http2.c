#include <stdio.h>
#include <sys/socket.h>

#include "net/inside.h"

/* The door for gRPC over HTTP/2, with nghttp2 for frames, HPACK and flow control. What
 * comes in is bounded by body_max for a call and held_max for all, so windows are wide
 * and given back at once; what goes out waits in a queue for each stream until its
 * client's window lets it through. */

#define STREAM_WINDOW (1 << 20)
#define CONN_WINDOW   (16 << 20)

/* What a client may do without calls: what each frame costs, how much of it a second is
 * worth, and at once. That is 20,000 control frames a second, since some clients
 * measure the line with a ping for each piece of data, which is thousands on a
 * loopback; and 2,000 resets (CVE-2023-44487), since a worker that closes resets all
 * its polls. */
#define CALM_FRAME_US 50
#define CALM_RESET_US 500
#define CALM_BURST_US 1000000

/* What a microsecond decodes of header fields that are not kept. */
#define DROPPED_BYTES_PER_US 64

/* nghttp2 gives out header fields that nobody else frees before they are sent. */
#define NO_COPY (NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE)

static nghttp2_nv http2_nv(struct str name, struct str value)
{
    return (nghttp2_nv){(u8 *)(uintptr_t)name.data, (u8 *)(uintptr_t)value.data,
                        name.len, value.len, NO_COPY};
}

/* ---- answers ------------------------------------------------------------------------
 */

static size_t http2_first_fields(nghttp2_nv *nv, struct str status, struct str accepted)
{
    nv[0] = http2_nv(STR(":status"), status);
    nv[1] = http2_nv(STR("content-type"), STR("application/grpc"));
    nv[2] = http2_nv(STR("grpc-accept-encoding"), accepted);
    return 3;
}

static size_t http2_last_fields(nghttp2_nv *nv, const struct request *r)
{
    nv[0] = http2_nv(STR("grpc-status"), str_of(r->status_text));
    if (r->message.len == 0)
        return 1;
    nv[1] = http2_nv(STR("grpc-message"), bytes_str(&r->message));
    return 2;
}

/* Takes from the queue what fits into a frame. At the end of an answer its trailers
 * follow; before it the stream rests until there is more (http2_resume). */
static ssize_t http2_data(nghttp2_session *session, i32 stream, u8 *to, size_t size,
                          u32 *flags, nghttp2_data_source *source, void *ctx)
{
    struct request *r = source->ptr;
    size_t len = r->out.len - r->out_at;

    if (len > size)
        len = size;
    if (len > 0)
        memcpy(to, r->out.data + r->out_at, len);
    r->out_at += len;
    r->conn->queued -= len;
    if (r->out_at < r->out.len)
        return (ssize_t)len;
    r->out.len = r->out_at = 0;
    if (r->status_text[0]) {
        nghttp2_nv nv[2];
        *flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
        if (nghttp2_submit_trailer(session, stream, nv, http2_last_fields(nv, r)) != 0)
            return NGHTTP2_ERR_CALLBACK_FAILURE;
    } else if (len == 0) {
        r->is_deferred = true;
        return NGHTTP2_ERR_DEFERRED;
    } else if (r->conn->net->handler.drained) {
        bytes_add(&r->conn->net->drained,
                  (struct str){(const char *)&r->view.id, sizeof(r->view.id)});
    }
    return (ssize_t)len;
}

static void http2_resume(struct request *r)
{
    if (r->is_deferred)
        nghttp2_session_resume_data(r->conn->session, r->stream);
    r->is_deferred = false;
    conn_dirty(r->conn);
}

/* The headers of an answer with messages. `identity` only, although gzip is understood:
 * a client that reads it stops compressing, which saves both sides more than the bytes
 * of small messages cost. */
static void http2_open_answer(struct request *r)
{
    nghttp2_nv nv[3];
    nghttp2_data_provider data = {.source.ptr = r, .read_callback = http2_data};
    size_t count = http2_first_fields(nv, STR("200"), STR("identity"));

    if (r->is_open)
        return;
    r->is_open = true;
    if (nghttp2_submit_response(r->conn->session, r->stream, nv, count, &data) != 0)
        r->conn->is_dead = true;
    conn_dirty(r->conn);
}

/* An answer without messages: one header block. */
static void http2_answer_at_once(struct request *r, struct str http,
                                 struct str accepted)
{
    nghttp2_nv nv[6];
    size_t count = http2_first_fields(nv, http, accepted);

    count += http2_last_fields(nv + count, r);
    if (str_is(http, "405"))
        nv[count++] = http2_nv(STR("allow"), STR("POST"));
    r->is_open = true;
    if (nghttp2_submit_response(r->conn->session, r->stream, nv, count, NULL) != 0)
        r->conn->is_dead = true;
    conn_dirty(r->conn);
}

static void http2_set_status(struct request *r, u32 status, struct str message)
{
    if (status < 10)
        memcpy(r->status_text, (char[]){(char)('0' + status), '\0'}, 2);
    else
        snprintf(r->status_text, sizeof(r->status_text), "%u", (unsigned)status);
    grpc_percent(&r->message, message);
}

static void http2_drop_queue(struct request *r)
{
    r->conn->queued -= r->out.len - r->out_at;
    r->out.len = r->out_at = 0;
}

/* Trailers follow data, so they do not get past a window that is closed. */
static bool http2_is_blocked(const struct request *r)
{
    nghttp2_session *s = r->conn->session;

    return nghttp2_session_get_remote_window_size(s) <= 0 ||
           nghttp2_session_get_stream_remote_window_size(s, r->stream) <= 0;
}

/* A reset says less than trailers, but two words of gRPC have a code of their own. */
static void http2_reset(struct request *r, u8 status)
{
    nghttp2_submit_rst_stream(
        r->conn->session, NGHTTP2_FLAG_NONE, r->stream,
        status == GRPC_RESOURCE_EXHAUSTED ? NGHTTP2_ENHANCE_YOUR_CALM : NGHTTP2_CANCEL);
    conn_dirty(r->conn);
}

/* What is left of the answer is dropped: whoever is refused in the middle of it gets a
 * reason instead. */
void http2_refuse(struct request *r, const struct grpc_refusal *why)
{
    if (r->status_text[0])
        return;
    http2_set_status(r, why->status, str_of(why->text));
    http2_drop_queue(r);
    if (r->is_open && http2_is_blocked(r))
        http2_reset(r, why->status);
    else if (r->is_open)
        http2_resume(r);
    else
        http2_answer_at_once(r,
                             why->http == 415   ? STR("415")
                             : why->http == 405 ? STR("405")
                                                : STR("200"),
                             why->status == GRPC_UNIMPLEMENTED
                                 ? STR("identity,deflate,gzip")
                                 : STR("identity"));
    request_gone(r);
}

/* ---- the face -----------------------------------------------------------------------
 */

static struct request *http2_find(const struct net *n, u64 id)
{
    struct request *r = request_find(n, id);

    must(!r || r->view.door == NET_GRPC);
    return r;
}

void net_grpc_open(struct net *n, u64 request)
{
    struct request *r = http2_find(n, request);

    if (r)
        http2_open_answer(r);
}

static void http2_put_message(struct request *r, struct str message)
{
    char *to = bytes_room(&r->out, message.len + 5);
    u32 len = (u32)message.len;

    to[0] = 0;
    for (int i = 0; i < 4; i++)
        to[1 + i] = (char)(len >> (24 - 8 * i));
    if (len > 0)
        memcpy(to + 5, message.data, len);
    r->out.len += message.len + 5;
    r->conn->queued += message.len + 5;
}

/* What was sent is let go when it is the larger part, so each byte moves about once. */
static void http2_compact(struct request *r)
{
    if (r->out_at < r->out.len / 2)
        return;
    bytes_drop(&r->out, r->out_at);
    r->out_at = 0;
}

void net_grpc_message(struct net *n, u64 request, struct str message)
{
    static const struct grpc_refusal slow = {200, GRPC_RESOURCE_EXHAUSTED,
                                             "the client does not take its messages"};
    struct request *r = http2_find(n, request);

    if (!r)
        return;
    must(message.len <= UINT32_MAX);
    http2_open_answer(r);
    http2_compact(r);
    if (message.len > n->options.unsent_max - (r->out.len - r->out_at)) {
        http2_refuse(r, &slow);
        return;
    }
    http2_put_message(r, message);
    http2_resume(r);
}

void net_grpc_end(struct net *n, u64 request, u32 status, struct str message)
{
    struct request *r = http2_find(n, request);

    if (!r)
        return;
    http2_set_status(r, status, message);
    if (r->is_open)
        http2_resume(r);
    else
        http2_answer_at_once(r, STR("200"), STR("identity"));
    request_over(r);
}

size_t net_unsent(const struct net *n, u64 request)
{
    const struct request *r = request_find(n, request);

    if (r && r->view.door == NET_HTTP)
        return r->conn->out.len - r->conn->out_at;
    return r ? r->out.len - r->out_at : 0;
}

/* ---- requests -----------------------------------------------------------------------
 */

static void http2_late(struct timer *t)
{
    static const struct grpc_refusal
        deadline = {200, GRPC_DEADLINE_EXCEEDED, "the call's deadline has passed"},
        slow = {200, GRPC_UNAVAILABLE, "the request was not there as a whole in time"};
    struct request *r = OWNER(t, struct request, timer);

    http2_refuse(r, r->state == REQUEST_ASKED ? &deadline : &slow);
}

/* The deadline counts from here, where the call's headers came. */
static void http2_head(struct request *r, bool is_whole)
{
    struct net *n = r->conn->net;
    i64 timeout_ms, limit_ms = n->options.request_ms;
    const struct grpc_refusal *why = grpc_check_head(r, &timeout_ms);

    if (why) {
        http2_refuse(r, why);
        return;
    }
    r->timer.fire = http2_late;
    if (timeout_ms >= 0)
        r->view.deadline_ms = net_wall_ms() + timeout_ms;
    if (timeout_ms >= 0)
        net_timer(n, &r->timer, n->now + timeout_ms);
    else if (!is_whole && limit_ms > 0)
        net_timer(n, &r->timer, n->now + limit_ms);
}

static void http2_whole(struct request *r)
{
    const struct grpc_refusal *why;

    r->has_half_closed = true;
    if (r->state != REQUEST_COMING)
        return;
    if ((why = grpc_finish(r))) {
        http2_refuse(r, why);
        return;
    }
    if (r->view.deadline_ms == 0)
        net_timer_stop(r->conn->net, &r->timer);
    request_ask(r);
}

static void http2_body(struct request *r, struct str piece)
{
    static const struct grpc_refusal full = {
        200, GRPC_RESOURCE_EXHAUSTED, "there are too many bytes in requests under way"};
    const struct grpc_refusal *why = &full;

    if (r->state != REQUEST_COMING)
        return;
    if (!request_body(r, piece) || (why = grpc_check_body(r)))
        http2_refuse(r, why);
}

/* ---- nghttp2 calls ------------------------------------------------------------------
 */

static int http2_on_begin(nghttp2_session *session, const nghttp2_frame *frame,
                          void *ctx)
{
    struct conn *c = ctx;

    if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST)
        return 0;
    struct request *r = request_new(c);
    r->view.door = NET_GRPC;
    r->stream = frame->hd.stream_id;
    nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, r);
    return 0;
}

static void http2_pseudo(struct request *r, struct str name, struct str value)
{
    size_t query = 0;

    if (str_is(name, ":method")) {
        r->view.method = value;
    } else if (str_is(name, ":path")) {
        while (query < value.len && value.data[query] != '?')
            query++;
        r->view.path = (struct str){value.data, query};
        if (query < value.len)
            r->view.query = (struct str){value.data + query + 1, value.len - query - 1};
    }
}

/* Notes the fields that we must know ourselves. */
static void http2_known(struct request *r, const struct net_header *h)
{
    if (h->name.len == 12 && str_is(h->name, "content-type"))
        r->content_type = h->value;
    else if (h->name.len == 12 && str_is(h->name, "grpc-timeout"))
        r->timeout = h->value;
    else if (h->name.len == 13 && str_is(h->name, "grpc-encoding"))
        r->encoding = h->value;
}

static void http2_field(struct request *r, struct str name, struct str value)
{
    bool is_pseudo = name.len > 0 && name.data[0] == ':';

    if (is_pseudo && str_is(name, ":authority"))
        name = STR("host");
    else if (is_pseudo) {
        value = request_copy(r, value);
        if (value.data)
            http2_pseudo(r, name, value);
        else
            r->is_headers_full = true;
        return;
    }
    if (request_header(r, name, value))
        http2_known(r, &r->headers[r->view.header_count - 1]);
}

/* Whether a client that sends control frames does so in measure. A bucket that leaks:
 * calm_us is when it would be empty again. */
static bool http2_is_calm(struct conn *c, i64 cost_us)
{
    i64 now_us = c->net->now * 1000;

    if (c->calm_us < now_us)
        c->calm_us = now_us;
    c->calm_us += cost_us;
    return c->calm_us - now_us <= CALM_BURST_US;
}

/* A field that is not kept costs what it takes to decode it: a few bytes can stand for
 * thousands, over and over. Who sends many is no client. */
static bool http2_bears(struct conn *c, size_t len)
{
    return http2_is_calm(c, 1 + (i64)(len / DROPPED_BYTES_PER_US));
}

static int http2_on_header(nghttp2_session *session, const nghttp2_frame *frame,
                           const u8 *name, size_t name_len, const u8 *value,
                           size_t value_len, u8 flags, void *ctx)
{
    struct request *r =
        nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
    bool is_kept = r && frame->hd.type == NGHTTP2_HEADERS &&
                   frame->headers.cat == NGHTTP2_HCAT_REQUEST && !r->is_headers_full;

    if (is_kept)
        http2_field(r, (struct str){(const char *)name, name_len},
                    (struct str){(const char *)value, value_len});
    else if (!http2_bears(ctx, name_len + value_len))
        nghttp2_session_terminate_session(session, NGHTTP2_ENHANCE_YOUR_CALM);
    return 0;
}

static int http2_on_data(nghttp2_session *session, u8 flags, i32 stream, const u8 *data,
                         size_t len, void *ctx)
{
    struct request *r = nghttp2_session_get_stream_user_data(session, stream);

    if (r)
        http2_body(r, (struct str){(const char *)data, len});
    return 0;
}

static i64 http2_cost_us(const nghttp2_frame *frame)
{
    switch (frame->hd.type) {
    case NGHTTP2_HEADERS:
    case NGHTTP2_WINDOW_UPDATE:
        return 0;
    case NGHTTP2_RST_STREAM:
        return CALM_RESET_US;
    case NGHTTP2_DATA:
        return frame->hd.length > 0 || (frame->hd.flags & NGHTTP2_FLAG_END_STREAM)
                   ? 0
                   : CALM_FRAME_US;
    default:
        return frame->hd.flags & NGHTTP2_FLAG_ACK ? 0 : CALM_FRAME_US;
    }
}

static void http2_frame(struct conn *c, const nghttp2_frame *frame)
{
    bool is_whole = frame->hd.flags & NGHTTP2_FLAG_END_STREAM;
    struct request *r = NULL;

    if (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA)
        r = nghttp2_session_get_stream_user_data(c->session, frame->hd.stream_id);
    if (r && frame->hd.type == NGHTTP2_HEADERS &&
        frame->headers.cat == NGHTTP2_HCAT_REQUEST)
        http2_head(r, is_whole);
    if (r && is_whole)
        http2_whole(r);
    if (frame->hd.type == NGHTTP2_SETTINGS && !c->has_spoken) {
        c->has_spoken = true;
        conn_timer(c, 0, NULL);
    }
}

static int http2_on_frame(nghttp2_session *session, const nghttp2_frame *frame,
                          void *ctx)
{
    struct conn *c = ctx;

    if (!http2_is_calm(c, http2_cost_us(frame)))
        nghttp2_session_terminate_session(session, NGHTTP2_ENHANCE_YOUR_CALM);
    else
        http2_frame(c, frame);
    return 0;
}

/* An answer that ended before its request did: the rest need not be sent
 * (RFC 9113, 8.1). */
static int http2_on_sent(nghttp2_session *session, const nghttp2_frame *frame,
                         void *ctx)
{
    if (frame->hd.type != NGHTTP2_HEADERS ||
        !(frame->hd.flags & NGHTTP2_FLAG_END_STREAM))
        return 0;
    struct request *r =
        nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
    if (r && !r->has_half_closed)
        nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id,
                                  NGHTTP2_NO_ERROR);
    return 0;
}

static int http2_on_close(nghttp2_session *session, i32 stream, u32 code, void *ctx)
{
    struct request *r = nghttp2_session_get_stream_user_data(session, stream);

    if (!r)
        return 0;
    nghttp2_session_set_stream_user_data(session, stream, NULL);
    request_gone(r);
    request_free(r);
    return 0;
}

void http2_setup(struct net *n)
{
    must(nghttp2_session_callbacks_new(&n->callbacks) == 0);
    nghttp2_session_callbacks_set_on_begin_headers_callback(n->callbacks,
                                                            http2_on_begin);
    nghttp2_session_callbacks_set_on_header_callback(n->callbacks, http2_on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(n->callbacks,
                                                              http2_on_data);
    nghttp2_session_callbacks_set_on_frame_recv_callback(n->callbacks, http2_on_frame);
    nghttp2_session_callbacks_set_on_frame_send_callback(n->callbacks, http2_on_sent);
    nghttp2_session_callbacks_set_on_stream_close_callback(n->callbacks,
                                                           http2_on_close);
    must(nghttp2_option_new(&n->option) == 0);
    nghttp2_option_set_no_closed_streams(n->option, 1);
    /* We count resets ourselves: nghttp2 would call too many of them our error. */
    nghttp2_option_set_stream_reset_rate_limit(n->option, UINT32_MAX, UINT32_MAX);
}

/* ---- the door -----------------------------------------------------------------------
 */

static void http2_silent(struct timer *t)
{
    struct conn *c = OWNER(t, struct conn, timer);

    c->is_dead = true;
    conn_dirty(c);
}

static void http2_conn_open(struct conn *c)
{
    struct net *n = c->net;
    const nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, n->options.streams_max},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, STREAM_WINDOW},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, n->options.header_bytes_max},
        {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1},
    };

    must(nghttp2_session_server_new2(&c->session, n->callbacks, c, n->option) == 0);
    must(nghttp2_submit_settings(c->session, NGHTTP2_FLAG_NONE, settings,
                                 LEN(settings)) == 0);
    must(nghttp2_session_set_local_window_size(c->session, NGHTTP2_FLAG_NONE, 0,
                                               CONN_WINDOW) == 0);
    conn_timer(c, n->options.request_ms, http2_silent);
}

static void http2_conn_close(struct conn *c)
{
    nghttp2_session_del(c->session);
}

/* After a fatal error only the reason is still said. */
static void http2_conn_read(struct conn *c, struct str s)
{
    ssize_t used = nghttp2_session_mem_recv(c->session, (const u8 *)s.data, s.len);

    if (used >= 0)
        return;
    if (used == NGHTTP2_ERR_BAD_CLIENT_MAGIC || used == NGHTTP2_ERR_NOMEM) {
        c->is_dead = true;
        return;
    }
    nghttp2_session_terminate_session(c->session, used == NGHTTP2_ERR_FLOODED
                                                      ? NGHTTP2_ENHANCE_YOUR_CALM
                                                      : NGHTTP2_INTERNAL_ERROR);
}

static bool http2_conn_fill(struct conn *c)
{
    const u8 *frame;
    ssize_t len = 1;

    while (c->out.len - c->out_at < IO_SIZE && len > 0) {
        len = nghttp2_session_mem_send(c->session, &frame);
        if (len > 0)
            bytes_add(&c->out, (struct str){(const char *)frame, (size_t)len});
    }
    if (len < 0)
        c->is_dead = true;
    if (!nghttp2_session_want_read(c->session) &&
        !nghttp2_session_want_write(c->session))
        c->is_ending = true;
    return len > 0;
}

static void http2_conn_drain(struct conn *c)
{
    nghttp2_submit_goaway(c->session, NGHTTP2_FLAG_NONE,
                          nghttp2_session_get_last_proc_stream_id(c->session),
                          NGHTTP2_NO_ERROR, NULL, 0);
}

/* SETTINGS, which must come first, and GOAWAY. */
static void http2_conn_refuse(int fd)
{
    static const char words[] = "\0\0\0\4\0\0\0\0\0"
                                "\0\0\34\7\0\0\0\0\0"
                                "\0\0\0\0"
                                "\0\0\0\13"
                                "too many connections";
    char trash[512];

    _Static_assert(sizeof(words) - 1 == 9 + 9 + 28, "the lengths in the frames");
    send(fd, words, sizeof(words) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    shutdown(fd, SHUT_WR);
    recv(fd, trash, sizeof(trash), MSG_DONTWAIT);
}

const struct door door_grpc = {
    http2_conn_open,  http2_conn_close, http2_conn_read, http2_conn_fill, NULL,
    http2_conn_drain, http2_conn_refuse};
