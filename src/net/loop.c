#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "net/inside.h"

#define ACCEPTS  64   /* connections taken in one go */
#define RETRY_MS 100  /* when descriptors have run out */
#define BUCKETS  1024 /* of the table of requests, at first */
#define BACKLOG  1024

const struct net_options net_options_default = {
    .body_max = (8 << 20) + (64 << 10),
    .request_memory = 32 << 20,
    .connections_max = 10000,
    .streams_max = 1000,
    .header_bytes_max = 32 << 10,
    .idle_ms = 120000,
    .request_ms = 30000,
    .stall_ms = 60000,
    .held_max = 256 << 20,
    .unsent_max = 16 << 20,
};

/* ---- time ---------------------------------------------------------------------------
 */

static i64 clock_ms(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void net_clock(struct net *n)
{
    n->now = clock_ms(CLOCK_MONOTONIC);
}

i64 net_wall_ms(void)
{
    return clock_ms(CLOCK_REALTIME);
}

const char *net_date(struct net *n)
{
    i64 now_s = net_wall_ms() / 1000;
    time_t t = (time_t)now_s;
    struct tm tm;

    if (now_s != n->date_s) {
        gmtime_r(&t, &tm);
        strftime(n->date, sizeof(n->date), "%a, %d %b %Y %H:%M:%S GMT", &tm);
        n->date_s = now_s;
    }
    return n->date;
}

void net_timer(struct net *n, struct timer *t, i64 when)
{
    struct due *d = &n->due;

    if (t->item.place == 0)
        t->item.key = ++n->last_timer;
    if (d->count == d->size) {
        d->size = d->size ? d->size * 2 : 64;
        d->items = must_realloc(d->items, (d->size + 1) * sizeof(struct due_item *));
    }
    must(due_put(d, &t->item, when));
}

void net_timer_stop(struct net *n, struct timer *t)
{
    due_del(&n->due, &t->item);
}

static void net_timers(struct net *n)
{
    struct due_item *item;

    while ((item = due_first(&n->due, n->now))) {
        struct timer *t = OWNER(item, struct timer, item);
        due_del(&n->due, item);
        t->fire(t);
    }
}

/* ---- buffers ------------------------------------------------------------------------
 */

struct bytes net_spare(struct net *n)
{
    return n->spare_count ? n->spares[--n->spare_count] : (struct bytes){0};
}

void net_spare_back(struct net *n, struct bytes *b)
{
    if (b->size == 0)
        return;
    if (n->spare_count == SPARES || b->size > SPARE_MAX) {
        bytes_free(b);
        return;
    }
    n->spares[n->spare_count] = *b;
    n->spares[n->spare_count++].len = 0;
    *b = (struct bytes){0};
}

/* ---- listening ----------------------------------------------------------------------
 */

static void listener_again(struct timer *t)
{
    event_add(&OWNER(t, struct listener, timer)->event, NULL);
}

/* Descriptors or memory have run out: the connection stays in the kernel's queue, and
 * asking at once again would only spin. */
static void listener_rest(struct listener *l)
{
    event_del(&l->event);
    l->timer.fire = listener_again;
    net_timer(l->net, &l->timer, l->net->now + RETRY_MS);
}

static void listener_take(struct listener *l, int fd)
{
    struct net *n = l->net;

    if (n->conn_count < n->options.connections_max) {
        conn_open(n, fd, l->door);
        return;
    }
    n->counters.refused++;
    (l->door == NET_GRPC ? &door_grpc : &door_http)->refuse(fd);
    close(fd);
}

static void listener_accept(evutil_socket_t fd, short what, void *ctx)
{
    struct listener *l = ctx;

    net_clock(l->net);
    for (int i = 0; i < ACCEPTS; i++) {
        int taken = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (taken >= 0) {
            listener_take(l, taken);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            listener_rest(l);
        if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

static bool net_split(const char *address, char host[256], const char **port,
                      struct err *err)
{
    const char *colon = strrchr(address, ':');
    size_t len = colon ? (size_t)(colon - address) : 0;
    bool is_bracketed = len >= 2 && address[0] == '[' && address[len - 1] == ']';

    if (!colon || len >= 256)
        return err_set(err, ERR_SYNTAX, "'%s' is not HOST:PORT", address);
    snprintf(host, 256, "%.*s", (int)(is_bracketed ? len - 2 : len),
             is_bracketed ? address + 1 : address);
    *port = colon + 1;
    return true;
}

static int net_bind(const struct addrinfo *info)
{
    int yes = 1,
        fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                    info->ai_protocol);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

/* The first of the host's addresses that can be listened on; -1: err says why not. */
static int net_bind_any(const char *address, struct err *err)
{
    struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
                             .ai_socktype = SOCK_STREAM},
                    *all = NULL;
    char host[256] = "";
    const char *port = NULL;
    int fd = -1;

    if (!net_split(address, host, &port, err))
        return -1;
    int wrong = getaddrinfo(host[0] ? host : NULL, port, &hints, &all);
    if (wrong) {
        err_set(err, ERR_SYNTAX, "listen on %s: %s", address, gai_strerror(wrong));
        return -1;
    }
    for (struct addrinfo *a = all; a && fd < 0; a = a->ai_next)
        fd = net_bind(a);
    if (fd < 0)
        err_set(err, ERR_IO, "listen on %s: %s", address, strerror(errno));
    freeaddrinfo(all);
    return fd;
}

static void net_bound(int fd, char bound[64])
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof(address);
    char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";

    getsockname(fd, (struct sockaddr *)&address, &len);
    getnameinfo((struct sockaddr *)&address, len, host, sizeof(host), port,
                sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV);
    snprintf(bound, 64, address.ss_family == AF_INET6 ? "[%.48s]:%.6s" : "%.48s:%.6s",
             host, port);
}

bool net_listen(struct net *n, enum net_door door, const char *address, char bound[64],
                struct err *err)
{
    int fd = net_bind_any(address, err);

    if (fd < 0)
        return false;
    struct listener *l = must_alloc(sizeof(*l));
    *l = (struct listener){.net = n, .fd = fd, .door = door, .next = n->listeners};
    n->listeners = l;
    event_assign(&l->event, n->base, fd, EV_READ | EV_PERSIST, listener_accept, l);
    event_add(&l->event, NULL);
    net_bound(fd, bound);
    return true;
}

static void net_unlisten(struct net *n)
{
    while (n->listeners) {
        struct listener *l = n->listeners;
        n->listeners = l->next;
        net_timer_stop(n, &l->timer);
        event_del(&l->event);
        close(l->fd);
        free(l);
    }
}

/* ---- wake and watch -----------------------------------------------------------------
 */

static void net_on_wake(evutil_socket_t fd, short what, void *ctx)
{
    u64 count;

    while (read(fd, &count, sizeof(count)) > 0)
        ;
}

/* May be called by a signal handler: one write, and errno as it was. */
void net_wake(struct net *n)
{
    int was = errno;
    u64 one = 1;
    ssize_t written = write(n->wake_fd, &one, sizeof(one));

    (void)written; /* a full counter wakes as well */
    errno = was;
}

static void net_on_tick(evutil_socket_t fd, short what, void *ctx)
{
}

static void watch_ready(evutil_socket_t fd, short what, void *ctx)
{
    struct watch *w = ctx;

    w->ready(w->ctx);
}

bool net_watch(struct net *n, int fd, void (*ready)(void *ctx), void *ctx,
               struct err *err)
{
    if (fcntl(fd, F_GETFD) < 0)
        return err_set(err, ERR_IO, "watch descriptor %d: %s", fd, strerror(errno));
    struct watch *w = must_alloc(sizeof(*w));
    *w = (struct watch){.ready = ready, .ctx = ctx};
    event_assign(&w->event, n->base, fd, EV_READ | EV_PERSIST, watch_ready, w);
    if (event_add(&w->event, NULL) != 0) {
        free(w);
        return err_set(err, ERR_IO, "watch descriptor %d: %s", fd, strerror(errno));
    }
    w->next = n->watches;
    n->watches = w;
    return true;
}

/* ---- open and close -----------------------------------------------------------------
 */

/* libevent must be able to say that the other side has closed while nothing is read. */
static struct event_base *net_base(struct err *err)
{
    struct event_config *config = event_config_new();
    struct event_base *base = NULL;

    if (config && event_config_require_features(config, EV_FEATURE_EARLY_CLOSE) == 0 &&
        event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK) == 0)
        base = event_base_new_with_config(config);
    if (config)
        event_config_free(config);
    if (!base)
        err_set(err, ERR_IO, "no event loop with early close: %s", strerror(errno));
    return base;
}

struct net *net_open(const struct net_options *options,
                     const struct net_handler *handler, struct err *err)
{
    struct event_base *base = net_base(err);
    int wake_fd = base ? eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC) : -1;

    if (base && wake_fd < 0) {
        err_set(err, ERR_IO, "eventfd: %s", strerror(errno));
        event_base_free(base);
    }
    if (wake_fd < 0)
        return NULL;
    struct net *n = must_alloc(sizeof(*n));
    n->options = *options;
    n->handler = *handler;
    n->base = base;
    n->wake_fd = wake_fd;
    net_clock(n);
    n->bucket_count = BUCKETS;
    n->buckets = must_alloc(BUCKETS * sizeof(struct request *));
    n->io = must_alloc(IO_SIZE);
    n->gzip = gzip_open();
    http2_setup(n);
    event_assign(&n->wake, base, wake_fd, EV_READ | EV_PERSIST, net_on_wake, n);
    event_add(&n->wake, NULL);
    evtimer_assign(&n->tick, base, net_on_tick, n);
    return n;
}

static void net_free_resting(struct net *n)
{
    while (n->resting) {
        struct request *r = n->resting;
        n->resting = r->in_bucket;
        arena_free(&r->arena);
        bytes_free(&r->body);
        bytes_free(&r->out);
        free(r);
    }
}

static void net_free_watches(struct net *n)
{
    while (n->watches) {
        struct watch *w = n->watches;
        n->watches = w->next;
        event_del(&w->event);
        free(w);
    }
}

void net_close(struct net *n)
{
    if (!n)
        return;
    net_unlisten(n);
    while (n->conns)
        conn_close(n->conns);
    net_free_watches(n);
    net_free_resting(n);
    event_del(&n->wake);
    event_del(&n->tick);
    event_base_free(n->base);
    close(n->wake_fd);
    nghttp2_session_callbacks_del(n->callbacks);
    nghttp2_option_del(n->option);
    gzip_close(n->gzip);
    while (n->spare_count > 0)
        bytes_free(&n->spares[--n->spare_count]);
    bytes_free(&n->drained);
    free(n->io);
    free(n->buckets);
    free(n->due.items);
    free(n);
}

/* ---- turns --------------------------------------------------------------------------
 */

/* All answers that were given to one connection leave it in one write. */
static void net_flush(struct net *n)
{
    struct conn *c = n->dirty;

    /* One round: what becomes dirty meanwhile stands at the head, for the next one. */
    while (c) {
        struct conn *next = c->dirty_after;
        conn_flush(c);
        c = next;
    }
}

/* The owner may give more to one and thereby end it, so each is looked up anew. */
static void net_tell_drained(struct net *n)
{
    size_t count = n->drained.len / sizeof(u64);

    for (size_t i = 0; i < count; i++) {
        u64 id;
        memcpy(&id, n->drained.data + i * sizeof(id), sizeof(id));
        struct request *r = request_find(n, id);
        if (r && net_unsent(n, id) == 0)
            n->handler.drained(n->handler.ctx, id);
    }
    bytes_drop(&n->drained, count * sizeof(u64));
}

static int net_wait(const struct net *n, int wait_ms)
{
    if (n->dirty || n->drained.len > 0)
        return 0;
    if (n->due.count == 0)
        return wait_ms;
    i64 until = n->due.items[1]->when - clock_ms(CLOCK_MONOTONIC);
    if (until < 0)
        until = 0;
    return wait_ms < 0 || until < wait_ms ? (int)(until < INT32_MAX ? until : INT32_MAX)
                                          : wait_ms;
}

/* One round of events, then the answers: without EVLOOP_ONCE libevent would go on as
 * long as anybody has something to say. */
static void net_poll(struct net *n, int wait_ms)
{
    struct timeval wait = {wait_ms / 1000, wait_ms % 1000 * 1000L};

    if (wait_ms > 0)
        event_add(&n->tick, &wait);
    event_base_loop(n->base, EVLOOP_ONCE | (wait_ms == 0 ? EVLOOP_NONBLOCK : 0));
    if (wait_ms > 0)
        event_del(&n->tick);
}

void net_turn(struct net *n, int wait_ms)
{
    net_clock(n);
    net_flush(n);
    net_poll(n, net_wait(n, wait_ms));
    net_clock(n);
    net_timers(n);
    net_flush(n);
    if (n->handler.drained)
        net_tell_drained(n);
    n->drained.len = 0;
}

void net_drain(struct net *n)
{
    n->is_draining = true;
    net_unlisten(n);
    for (struct conn *c = n->conns; c; c = c->after) {
        c->door->drain(c);
        conn_dirty(c);
    }
}

bool net_is_idle(const struct net *n)
{
    if (n->alive > 0 || n->dirty)
        return false;
    for (const struct conn *c = n->conns; c; c = c->after)
        if (c->out.len > c->out_at)
            return false;
    return true;
}

struct net_counters net_counters(const struct net *n)
{
    return n->counters;
}
