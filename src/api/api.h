/* api.h - the two doors that clients of the process engine know: gRPC and REST. Turns
 * requests into calls of the gate and the gate's answers into replies. What a message
 * looks like stands in tables (grpc.def, rest.def, calls.def); what it means is the
 * engine's.
 *
 *     struct api *api = api_open(&options, gate);
 *     api_request(api, &request, now);
 *     api_pump(api, now);        ... after gate_pump
 *     for (struct api_reply r; api_reply(api, &r); api_reply_done(api, &r)) ...
 *
 * It takes all answers that the gate has: a gate belongs to one api. It knows neither
 * sockets nor deadlines; whoever does says api_gone when a client has left.
 *
 * Uses: gate, record, json. Pure. */
#ifndef API_H
#define API_H

#include "gate/gate.h"

/* A file that is part of the program, in one encoding. The rows of one path stand
 * together, in the order they are preferred; the last should have no encoding, for the
 * few clients that refuse the others.
 *
 *     static const struct api_asset assets[] = {
 *         {"/app-1f0c.js", "text/javascript", "br", "\"1f0c-br\"", true, {js_br,
 * js_br_len}},
 *         {"/app-1f0c.js", "text/javascript", "", "\"1f0c\"", true, {js, js_len}},
 *         {"/" "*", "text/html; charset=utf-8", "", "\"77e3\"", false, {page,
 * page_len}},
 *     };
 *     options.assets = assets, options.asset_count = LEN(assets);
 *
 * Paths of the API come first. HTML is served with a content security policy that
 * allows nothing but what lies here (and styles in the page). */
struct api_asset {
    const char *path; /* whole, or "/pages/" and a star: for whatever lies below and has
                         no row of its own */
    const char *type;
    const char *encoding; /* "" (as it is), "gzip" or "br" */
    const char *etag;     /* in its quotes; each encoding has its own */
    bool is_immutable;    /* what is in it can be told from its path: never asked for
                             again; else it is, each time, with the tag */
    struct str bytes;
};

/* Documents of clients are kept beside the log, by somebody who may touch files; each
 * call is done when it returns, and what was put stays. */
enum api_kept { KEPT, KEPT_NOT_THERE, KEPT_ALREADY, KEPT_FAILED };

struct api_document {
    struct str id;      /* to put: empty for one that is made up */
    struct str meta;    /* JSON of the api's */
    struct str content; /* of any bytes */
    char hash[65];      /* SHA-256 of the content; given back */
};

struct api_documents {
    void *ctx;
    /* KEPT (with id in the arena, and hash), ALREADY or FAILED (with err). */
    enum api_kept (*put)(void *ctx, struct api_document *d, struct arena *arena,
                         struct err *err);
    /* All of it, in the arena. */
    enum api_kept (*get)(void *ctx, struct api_document *d, struct arena *arena,
                         struct err *err);
    enum api_kept (*del)(void *ctx, struct str id, struct err *err);
    /* What only who has our secret can make of this text: 64 letters and a zero. */
    void (*sign)(void *ctx, struct str text, char out[65]);
};

/* Numbers for GET /metrics that only the roof can see. */
struct api_figures {
    u64 connections, net_requests, gone, bytes_in, bytes_out, refused;
    u64 resident_bytes, cpu_ms, started_ms; /* of the process */
};

struct api_options {
    struct str version; /* what Topology tells, "8.9.0"; borrowed, for good */
    struct str host;    /* of this node, as clients reach it; likewise */
    i32 port;
    u32 boot;           /* the number of this start; keeps request numbers apart */
    u32 json_depth;     /* of documents; 100 */
    size_t reply_max;   /* bytes that one reply may be made of; 64 MiB */
    size_t request_max; /* bytes of one request; 4 MiB and some. The net lets in more,
                           so that what is too large can be named */
    const struct api_documents *documents; /* borrowed, for good; NULL: none are kept */
    void (*figures)(void *ctx, struct api_figures *out); /* or NULL */
    void *figures_ctx;
    /* Origins whose pages may use the API, with commas between them, or one star;
     * empty: those that come from here alone. Borrowed, for good. */
    struct str cors_origins;
    bool has_clock_control; /* clients may stop, set and advance the engine's clock */
    const struct api_asset *assets; /* borrowed, for good; NULL: there are none */
    u32 asset_count;
};
extern const struct api_options api_options_default;

struct api;

struct api *api_open(const struct api_options *options, struct gate *gate);
void api_close(struct api *a);

enum api_door { API_GRPC, API_HTTP };

struct api_header {
    struct str name; /* lower case */
    struct str value;
};

/* A whole request. Everything is borrowed until its last reply was taken or api_gone
 * was called; the arena too, in which the api keeps what belongs to the request. */
struct api_request {
    u64 id; /* not 0, below 2^40, never given twice in one process */
    enum api_door door;
    struct str method, path, query; /* as sent */
    const struct api_header *headers;
    u32 header_count;
    struct str body;     /* gRPC: the one message */
    struct arena *arena; /* capped; its trap is set and reset here */
};
void api_request(struct api *a, const struct api_request *r, i64 now);

/* Its client has left, or its deadline has passed: there will be no reply. */
void api_gone(struct api *a, u64 id);

/* All that this stream was given has been sent: its client keeps up. */
void api_drained(struct api *a, u64 id);

/* Takes the gate's answers and makes replies of them. */
void api_pump(struct api *a, i64 now);

/* When api_pump must be called again, if nothing else happens; false: never. */
bool api_due(const struct api *a, i64 *when);

/* The next reply. Of a request there is one, or there are several (a stream that stays
 * open): the last has is_last. */
struct api_reply {
    u64 id;
    enum api_door door;
    bool is_last;
    /* HTTP: status, and content type unless there is no body. If it is_in_pieces: as in
     * gRPC: headers when it opens, a message, the end. */
    bool is_in_pieces;
    u16 status;
    struct str content_type, body;
    const struct api_header *headers;
    u32 header_count;
    struct str
        allowed_origin; /* for a page of elsewhere; of the options; mostly empty */
    /* gRPC: send the headers now; then the message, if there is one; then, if it is the
     * last reply, status and text */
    bool opens, has_message;
    struct str message;
    u32 code;
    struct str text;
    void *block; /* owned by who took the reply: api_reply_done */
};
bool api_reply(struct api *a, struct api_reply *out);
void api_reply_done(struct api *a, struct api_reply *r);

/* From now on health is NOT_SERVING, and streams that only watch end. Calls under
 * way go on; gate_drain ends those that wait. */
void api_drain(struct api *a);

#endif
