#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/inside.h"

/* How many buffers full one connection may send before the others have their turn. */
#define ROUNDS 16

/* ---- plain sockets ------------------------------------------------------------------
 */

static ssize_t plain_read(struct conn *c, char *data, size_t size)
{
    return recv(c->fd, data, size, 0);
}

static ssize_t plain_write(struct conn *c, struct str s)
{
    return send(c->fd, s.data, s.len, MSG_NOSIGNAL);
}

static const struct wire wire_plain = {plain_read, plain_write};

/* Answers leave at once, and a client that vanished without a word is found out. */
static void conn_socket(int fd)
{
    static const struct {
        int level, name, value;
    } settings[] = {
        {IPPROTO_TCP, TCP_NODELAY, 1},   {SOL_SOCKET, SO_KEEPALIVE, 1},
        {IPPROTO_TCP, TCP_KEEPIDLE, 60}, {IPPROTO_TCP, TCP_KEEPINTVL, 15},
        {IPPROTO_TCP, TCP_KEEPCNT, 4},
    };

    for (size_t i = 0; i < LEN(settings); i++)
        setsockopt(fd, settings[i].level, settings[i].name, &settings[i].value,
                   sizeof(settings[i].value));
}

/* ---- events -------------------------------------------------------------------------
 */

static void conn_on_read(evutil_socket_t fd, short what, void *ctx);

/* Paused means: nothing is read, but we still hear when the other side closes. */
static void conn_flow(struct conn *c, enum conn_flow flow)
{
    if (c->flow == flow)
        return;
    if (c->flow != FLOW_NONE)
        event_del(&c->read);
    c->flow = flow;
    if (flow == FLOW_NONE)
        return;
    short what = flow == FLOW_READING ? EV_READ : EV_CLOSED;
    event_assign(&c->read, c->net->base, c->fd, (short)(what | EV_PERSIST),
                 conn_on_read, c);
    event_add(&c->read, NULL);
}

static void conn_on_write(evutil_socket_t fd, short what, void *ctx)
{
    conn_dirty(ctx);
}

static void conn_writing(struct conn *c, bool is_writing)
{
    if (c->is_writing == is_writing)
        return;
    c->is_writing = is_writing;
    if (is_writing)
        event_add(&c->write, NULL);
    else
        event_del(&c->write);
}

void conn_dirty(struct conn *c)
{
    struct net *n = c->net;

    if (c->is_dirty)
        return;
    c->is_dirty = true;
    c->dirty_before = NULL;
    c->dirty_after = n->dirty;
    if (n->dirty)
        n->dirty->dirty_before = c;
    n->dirty = c;
}

static void conn_clean(struct conn *c)
{
    if (!c->is_dirty)
        return;
    c->is_dirty = false;
    if (c->dirty_before)
        c->dirty_before->dirty_after = c->dirty_after;
    else
        c->net->dirty = c->dirty_after;
    if (c->dirty_after)
        c->dirty_after->dirty_before = c->dirty_before;
}

void conn_timer(struct conn *c, u32 ms, void (*fire)(struct timer *t))
{
    if (ms == 0) {
        net_timer_stop(c->net, &c->timer);
        return;
    }
    c->timer.fire = fire;
    net_timer(c->net, &c->timer, c->net->now + ms);
}

static void conn_cut(struct timer *t)
{
    conn_close(OWNER(t, struct conn, stall));
}

static void conn_cut_in(struct conn *c, u32 ms)
{
    c->stall.fire = conn_cut;
    net_timer(c->net, &c->stall, c->net->now + ms);
}

/* ---- open and close -----------------------------------------------------------------
 */

struct conn *conn_open(struct net *n, int fd, enum net_door door)
{
    struct conn *c = must_alloc(sizeof(*c));

    conn_socket(fd);
    c->net = n;
    c->fd = fd;
    c->wire = &wire_plain;
    c->door = door == NET_GRPC ? &door_grpc : &door_http;
    c->flow = FLOW_NONE;
    c->after = n->conns;
    if (c->after)
        c->after->before = c;
    n->conns = c;
    n->conn_count++;
    n->counters.connections++;
    event_assign(&c->write, n->base, fd, EV_WRITE | EV_PERSIST, conn_on_write, c);
    conn_flow(c, FLOW_READING);
    c->door->open(c);
    conn_dirty(c);
    return c;
}

static void conn_unlink(struct conn *c)
{
    if (c->before)
        c->before->after = c->after;
    else
        c->net->conns = c->after;
    if (c->after)
        c->after->before = c->before;
    c->net->conn_count--;
}

/* The owner hears of its requests first, while nothing else has been taken down: it may
 * answer others from there. */
void conn_close(struct conn *c)
{
    c->is_dead = true;
    for (struct request *r = c->requests; r; r = r->after)
        request_gone(r);
    while (c->requests)
        request_free(c->requests);
    c->door->close(c);
    conn_clean(c);
    conn_flow(c, FLOW_NONE);
    conn_writing(c, false);
    net_timer_stop(c->net, &c->timer);
    net_timer_stop(c->net, &c->stall);
    net_spare_back(c->net, &c->in);
    net_spare_back(c->net, &c->out);
    conn_unlink(c);
    close(c->fd);
    free(c);
}

/* ---- in -----------------------------------------------------------------------------
 */

static bool is_later(ssize_t result)
{
    return result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

static void conn_on_read(evutil_socket_t fd, short what, void *ctx)
{
    struct conn *c = ctx;
    struct net *n = c->net;

    if (what & EV_CLOSED) {
        conn_close(c);
        return;
    }
    net_clock(n);
    ssize_t len = c->wire->read(c, n->io, IO_SIZE);
    if (is_later(len))
        return;
    if (len <= 0) {
        conn_close(c);
        return;
    }
    n->counters.bytes_in += (u64)len;
    if (c->is_lingering || c->is_ending)
        return; /* whatever it still says is not listened to */
    c->door->read(c, (struct str){n->io, (size_t)len});
    conn_dirty(c);
}

/* ---- out ----------------------------------------------------------------------------
 */

/* True: all of c->out is with the kernel. False: it waits, or the connection is dead.
 */
static bool conn_send(struct conn *c)
{
    while (c->out_at < c->out.len) {
        struct str rest = {c->out.data + c->out_at, c->out.len - c->out_at};
        ssize_t sent = c->wire->write(c, rest);
        if (sent < 0) {
            c->is_dead = !is_later(sent);
            return false;
        }
        c->out_at += (size_t)sent;
        c->net->counters.bytes_out += (u64)sent;
    }
    c->out.len = c->out_at = 0;
    return true;
}

/* Says that nothing follows and waits for the other side to close: closing while it
 * still sends would reset the connection, and our last words with it. */
static void conn_linger(struct conn *c)
{
    if (c->is_lingering)
        return;
    c->is_lingering = true;
    for (struct request *r = c->requests; r; r = r->after)
        request_gone(r);
    shutdown(c->fd, SHUT_WR);
    conn_flow(c, FLOW_READING);
    conn_timer(c, 0, NULL);
    conn_cut_in(c, LINGER_MS);
}

/* The socket takes no more now. As long as that lasts, nothing is read either: output
 * is bounded by what one buffer of input can ask for. */
static void conn_stalled(struct conn *c)
{
    if (!c->is_writing)
        conn_cut_in(c, c->net->options.stall_ms);
    conn_writing(c, true);
    conn_flow(c, FLOW_NONE);
}

static void conn_flowing(struct conn *c)
{
    if (c->is_writing)
        net_timer_stop(c->net, &c->stall);
    conn_writing(c, false);
    if (!c->is_lingering)
        conn_flow(c, c->wants_pause ? FLOW_PAUSED : FLOW_READING);
}

void conn_flush(struct conn *c)
{
    bool is_more = true;

    conn_clean(c);
    for (int i = 0; i < ROUNDS && is_more && !c->is_dead; i++) {
        if (c->out.size == 0)
            c->out = net_spare(c->net);
        is_more = c->door->fill(c);
        if (c->is_dead || !conn_send(c))
            break;
    }
    if (c->is_dead) {
        conn_close(c);
    } else if (c->out_at < c->out.len) {
        conn_stalled(c);
    } else {
        net_spare_back(c->net, &c->out);
        conn_flowing(c);
        if (c->door->sent)
            c->door->sent(c);
        if (c->is_ending)
            conn_linger(c);
        else if (is_more)
            conn_dirty(c);
    }
}
