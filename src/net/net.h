/* net.h - sockets, HTTP/1.1 and HTTP/2 (gRPC) behind one face. Gives whole requests out
 * and takes answers in; knows nothing of what they mean.
 *
 * One loop, one thread. A request has a number; its answer may come at any later time,
 * in pieces or at once. When its client has left (connection closed, stream reset,
 * deadline passed) the owner is told at once, and an answer that comes all the same is
 * dropped.
 *
 *     struct net *n = net_open(&options, &handler, &err);
 *     net_listen(n, NET_GRPC, "127.0.0.1:26500", &bound, &err);
 *     net_listen(n, NET_HTTP, "127.0.0.1:8080", &bound, &err);
 *     while (net_turn(n, wait_ms)) ...      handler.request(...) is called from inside
 *
 * A handler may answer any request from inside a call, also the one it is called for.
 * It must not call net_turn or net_close from there.
 *
 * Uses: base. Not pure: libevent, nghttp2, zlib are used here and nowhere else. */
#ifndef NET_H
#define NET_H

#include "base/arena.h"
#include "base/err.h"

enum net_door { NET_GRPC, NET_HTTP };

struct net_header {
    struct str name; /* lower case */
    struct str value;
};

/* A whole request. Everything is borrowed until net_reply ends it or `gone` was called.
 */
struct net_request {
    u64 id; /* never given twice in one process */
    enum net_door door;
    struct str method, path,
        query; /* path without the query, as sent (percent signs) */
    const struct net_header *headers;
    u32 header_count;
    struct str body; /* gRPC: the one message, inflated, without its 5-byte frame */
    i64 deadline_ms; /* wall clock from grpc-timeout; 0: none */
    /* The request's own, capped; for whoever works on it. Where to go when it is full
     * is the owner's to set before use (arena->full). */
    struct arena *arena;
};

/* Where `net` calls its owner, from inside net_turn. */
struct net_handler {
    void *ctx;
    void (*request)(void *ctx, const struct net_request *r);
    /* Its client has left or its deadline has passed; the request is over. Not called
     * for one whose answer has been given to the end. An HTTP client that shuts down
     * its sending side counts as having left: nothing on the wire tells the two apart.
     */
    void (*gone)(void *ctx, u64 request);
    /* A request that is answered in pieces and still open has nothing unsent any more,
     * so its client keeps up. May be NULL. */
    void (*drained)(void *ctx, u64 request);
};

struct net_options {
    size_t body_max;       /* 8 MiB + some; larger: 413, or RESOURCE_EXHAUSTED */
    size_t request_memory; /* of one request's arena */
    u32 connections_max;
    u32 streams_max;      /* concurrent streams of one HTTP/2 connection, e.g. 1000 */
    u32 header_bytes_max; /* 32 KiB */
    u32 idle_ms;    /* an HTTP/1.1 connection without a request is closed; 0: never */
    u32 request_ms; /* a request must be there as a whole within; slow ones: 408 */
    u32 stall_ms;   /* a client that takes nothing of its output so long is closed */
    size_t
        held_max; /* bodies of all requests together; more: 503, RESOURCE_EXHAUSTED */
    size_t
        unsent_max; /* output of one request, and of one connection; see net_unsent */
};
extern const struct net_options net_options_default;

struct net;

struct net *net_open(const struct net_options *options,
                     const struct net_handler *handler, struct err *err);
void net_close(struct net *n); /* all requests under way are gone */

/* Listen on HOST:PORT (port 0: any free one); `bound` gets what it became. */
bool net_listen(struct net *n, enum net_door door, const char *address, char bound[64],
                struct err *err);

/* One turn of the loop: waits at most wait_ms (-1: as long as it takes) for something
 * to happen, calls the handler. net_wake ends the wait from a signal handler or another
 * thread. Also ends it when a descriptor that net_watch was given becomes readable. */
void net_turn(struct net *n, int wait_ms);
void net_wake(struct net *n);
bool net_watch(struct net *n, int fd, void (*ready)(void *ctx), void *ctx,
               struct err *err);

/* Answer an HTTP request: status, content type ("" for none), body (copied). Ends it.
 */
struct net_http_answer {
    u16 status;
    struct str content_type;
    struct str body;
    const struct net_header *headers; /* more of them */
    u32 header_count;
};
void net_http_reply(struct net *n, u64 request, const struct net_http_answer *a);

/* Answer an HTTP request in pieces, at any later times: the headers (`body` is not
 * looked at; no status without a body), then pieces (copied), then the end. A client
 * that takes nothing is cut off after unsent_max bytes or stall_ms, and gone for the
 * owner. */
void net_http_open(struct net *n, u64 request, const struct net_http_answer *a);
void net_http_piece(struct net *n, u64 request, struct str piece);
void net_http_end(struct net *n, u64 request);

/* Answer a gRPC request: any number of messages (copied; framed here), then a status
 * that ends it. net_grpc_open sends the headers early, for streams that stay open. */
void net_grpc_open(struct net *n, u64 request);
void net_grpc_message(struct net *n, u64 request, struct str message);
void net_grpc_end(struct net *n, u64 request, u32 status, struct str message);

/* What was given in pieces for this request and its client has not taken: the measure
 * for whoever can wait before giving more. A gRPC request with more than
 * unsent_max is ended for its client (RESOURCE_EXHAUSTED) and gone for its owner. 0:
 * unknown number. */
size_t net_unsent(const struct net *n, u64 request);

/* No new connections, GOAWAY to those that are there; requests under way go on. */
void net_drain(struct net *n);
bool net_is_idle(const struct net *n); /* no request is under way, all output is sent */

struct net_counters {
    u64 connections, requests, gone, bytes_in, bytes_out, refused;
};
struct net_counters net_counters(const struct net *n);

#endif
