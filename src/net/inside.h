/* inside.h - what the files of this room share. The loop owns connections, a connection
 * its requests; a door is what a connection speaks.
 *
 *     loop.c        the net itself: turns, listeners, timers, watches
 *     conn.c        one socket: bytes in, bytes out, pausing, closing
 *     request.c     one request: its number, memory, headers, body and end
 *     http1.c       reads HTTP/1.1; http1_conn.c is the door that uses it
 *     http2.c       the door that holds an nghttp2 session; grpc.c is what gRPC adds
 *     gzip.c        inflates; bytes.c is a buffer
 */
#ifndef NET_INSIDE_H
#define NET_INSIDE_H

#include <event2/event.h>
#include <event2/event_struct.h>
#include <nghttp2/nghttp2.h>
#include <sys/types.h>

#include "base/blocks.h"
#include "base/due.h"
#include "base/tree.h"
#include "net/bytes.h"
#include "net/gzip.h"
#include "net/http1.h"
#include "net/net.h"

/* Output that is put together before it is written, and the most of it that waits for a
 * socket, beside one answer of HTTP/1.1. Also how much is read at once. */
#define IO_SIZE 65536

/* Pipelined bytes that are kept while a request is parked; then reading pauses. */
#define AHEAD_MAX 65536

/* How long a connection that was told off may go on talking before it is cut. */
#define LINGER_MS 2000

#define SPARES    32 /* buffers kept for the next connection that needs one */
#define SPARE_MAX 262144
#define RESTING   512  /* request structs kept for the next request */
#define BODY_KEPT 4096 /* what such a struct may keep of its body buffer */

struct timer {
    struct due_item item;
    void (*fire)(struct timer *t);
};

/* ---- requests -----------------------------------------------------------------------
 */

enum request_state {
    REQUEST_COMING, /* not all of it is here */
    REQUEST_ASKED,  /* the owner has its number */
    REQUEST_OVER    /* answered or gone for the owner; maybe not yet all sent */
};

struct request {
    struct net_request view;
    struct net_header *headers; /* in the arena */
    u32 header_room;
    enum request_state state;
    struct conn *conn;              /* borrowed */
    struct request *in_bucket;      /* the next one in the table, or that rests */
    struct request *before, *after; /* of the same connection */
    struct arena arena;
    struct timer timer; /* when it must be there, then its deadline */
    struct bytes body;
    u32 header_bytes;
    bool is_headers_full;
    bool is_open;    /* its answer's headers are on their way */
    bool has_pieces; /* HTTP: some of its answer were given since `drained` */

    /* gRPC. */
    i32 stream;
    enum gzip_coding coding;
    bool has_coding, has_half_closed;
    bool is_deferred;                           /* nghttp2 waits for us to have more */
    struct str timeout, content_type, encoding; /* borrowed; header values */
    struct bytes out;                           /* framed messages, from out_at on */
    size_t out_at;
    char status_text[12]; /* "" while the answer has not ended */
    struct bytes message; /* percent-encoded */
};

struct request *request_new(struct conn *c);
void request_free(struct request *r); /* no word to the owner */
struct request *request_find(const struct net *n, u64 id);

/* False: there is no room for it (and is_headers_full is set). Copied. */
bool request_header(struct request *r, struct str name, struct str value);
/* Copied into the request's memory; data NULL when it is full. */
struct str request_copy(struct request *r, struct str s);

/* False: all bodies together would be too large. */
bool request_body(struct request *r, struct str piece);

void request_ask(struct request *r);  /* gives it a number and to the owner */
void request_over(struct request *r); /* the owner has done with it */
void request_gone(struct request *r); /* the client has, and the owner is told */

/* ---- connections --------------------------------------------------------------------
 */

/* How bytes get in and out: plainly, or through TLS. */
struct wire {
    ssize_t (*read)(struct conn *c, char *data, size_t size);
    ssize_t (*write)(struct conn *c, struct str s);
};

/* What is spoken on a connection. */
struct door {
    void (*open)(struct conn *c);
    void (*close)(struct conn *c);
    void (*read)(struct conn *c, struct str s);
    bool (*fill)(struct conn *c); /* more output into c->out; false: there is none */
    void (*sent)(struct conn *c); /* all of it is with the kernel; or NULL */
    void (*drain)(struct conn *c);
    void (*refuse)(int fd); /* says that there are too many connections */
};
extern const struct door door_grpc, door_http;

enum conn_flow { FLOW_READING, FLOW_PAUSED, FLOW_NONE };

struct conn {
    struct net *net; /* borrowed */
    const struct door *door;
    const struct wire *wire;
    int fd;
    enum conn_flow flow; /* what the read event is armed for */
    bool is_dirty, is_writing;
    bool is_ending;    /* to be closed when all output is sent */
    bool is_dead;      /* to be closed at once */
    bool is_lingering; /* all is said; waits for the other side to close */
    bool has_spoken;   /* HTTP/2: settings came */
    bool wants_pause;  /* the door has more input than it wants to keep */
    struct event read, write;
    struct conn *before, *after;             /* of the net */
    struct conn *dirty_before, *dirty_after; /* those with something to do */
    struct timer timer, stall;               /* the door's; the socket's */
    struct request *requests;                /* owned */
    u32 request_count;
    struct bytes in, out; /* what is not understood; what is not sent, from out_at on */
    size_t out_at;

    /* HTTP/1.1: at most one request at a time. */
    struct http1 http1;
    size_t in_at;
    enum { WAIT_UNKNOWN, WAIT_IDLE, WAIT_REQUEST, WAIT_ANSWER } wait;

    /* HTTP/2. */
    nghttp2_session *session; /* owned */
    size_t queued;            /* bytes of all messages that wait for their stream */
    i64 calm_us;              /* see http2_is_calm */
};

struct conn *conn_open(struct net *n, int fd, enum net_door door);
void conn_close(struct conn *c); /* its requests are gone */
void conn_flush(struct conn *c);
void conn_dirty(struct conn *c); /* flush it at the end of this turn */
void conn_timer(struct conn *c, u32 ms, void (*fire)(struct timer *t)); /* 0: none */

/* ---- the net ------------------------------------------------------------------------
 */

struct listener {
    struct net *net;
    struct event event;
    struct timer timer; /* when to try again after descriptors ran out */
    int fd;
    enum net_door door;
    struct listener *next;
};

struct watch {
    struct event event;
    void (*ready)(void *ctx);
    void *ctx;
    struct watch *next;
};

struct net {
    struct net_options options;
    struct net_handler handler;
    struct net_counters counters;
    struct event_base *base;
    struct event wake, tick;
    int wake_fd;
    struct listener *listeners;
    struct watch *watches;
    struct conn *conns, *dirty;
    u32 conn_count;
    i64 now; /* ms of the monotonic clock, of this turn */
    struct due due;
    u64 last_timer, last_request;
    bool is_draining;

    struct request **buckets; /* by number; those that are asked */
    size_t bucket_count, asked;
    struct request *resting;
    u32 resting_count;
    size_t alive; /* requests in any state */
    size_t held;  /* bytes of their bodies */

    struct bytes drained; /* numbers of requests that have become so */
    struct bytes spares[SPARES];
    u32 spare_count;
    char *io; /* IO_SIZE bytes to read into */
    struct gzip *gzip;
    struct blocks blocks; /* of all sessions of HTTP/2 */
    nghttp2_mem memory;
    nghttp2_session_callbacks *callbacks;
    nghttp2_option *option;
    i64 date_s;
    char date[40];
};

void net_timer(struct net *n, struct timer *t, i64 when);
void net_timer_stop(struct net *n, struct timer *t);
void net_clock(struct net *n); /* sets n->now */
i64 net_wall_ms(void);
const char *net_date(struct net *n); /* for the Date field */

struct bytes net_spare(struct net *n); /* an empty buffer, mostly with room */
void net_spare_back(struct net *n, struct bytes *b);

/* ---- gRPC ---------------------------------------------------------------------------
 */

/* Why a call is answered by us: an HTTP status, a gRPC status, a text. */
struct grpc_refusal {
    u16 http;
    u8 status;
    const char *text;
};

enum {
    GRPC_CANCELLED = 1,
    GRPC_INVALID_ARGUMENT = 3,
    GRPC_DEADLINE_EXCEEDED = 4,
    GRPC_RESOURCE_EXHAUSTED = 8,
    GRPC_UNIMPLEMENTED = 12,
    GRPC_INTERNAL = 13,
    GRPC_UNAVAILABLE = 14
};

/* "100m" to milliseconds, rounded up; false: not a timeout. */
bool grpc_timeout(struct str s, i64 *ms);
void grpc_percent(struct bytes *out, struct str text); /* as grpc-message wants it */

/* Looks at the head, at what has come of the body, at all of it. NULL: well so far. */
const struct grpc_refusal *grpc_check_head(struct request *r, i64 *timeout_ms);
const struct grpc_refusal *grpc_check_body(const struct request *r);
const struct grpc_refusal *grpc_finish(struct request *r);

void http2_setup(struct net *n); /* callbacks and options for all sessions */
void http2_refuse(struct request *r, const struct grpc_refusal *why);

#endif
