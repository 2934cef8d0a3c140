/* private.h - what the files of this room share: messages as tables, the calls that
 * they belong to, and the walkers that read and write by them. */
#ifndef API_PRIVATE_H
#define API_PRIVATE_H

#include "api/api.h"
#include "json/json.h"

/* ---- messages -------------------------------------------------------------------- */

enum part_type {
    PART_I32,
    PART_I64,
    PART_U64,
    PART_BOOL,
    PART_ENUM, /* a number on the wire of gRPC */
    PART_TEXT,
    PART_BYTES,
    PART_DOCUMENT, /* a JSON object: as text in gRPC, as itself in REST; never empty */
    PART_JSON,     /* REST: any value, as itself */
    PART_TENANT,   /* text that must name the one tenant there is */
    PART_KEY,      /* REST: digits as text */
    PART_STRINGS,  /* gRPC: texts in a message of their own */
    PART_MESSAGE,
    PART_FILE, /* of a multipart body: a name and its bytes */
};

/* Where a part goes, or comes from. */
enum part_where {
    IN_RECORD,
    IN_ASK,      /* of the gate's struct ask, beside the record */
    IN_SAME,     /* a message about the same record */
    IN_ONE,      /* a message about a record that the field points to; NULL: absent */
    IN_FIXED,    /* no part of the message: the record's field gets `number` */
    IN_CONSTANT, /* of an answer: always `text` (gRPC numbers: `number`) */
    IN_NOTHING,  /* read and forgotten; grpc.def and rest.def say why */
    IN_REFUSAL,  /* what we cannot do, so we must not pass over it; `text` says why */
};

/* What REST demands of a part. */
enum part_demand {
    DEMAND_NONE,
    DEMAND_PATH,  /* it is in the path */
    DEMAND_QUERY, /* it is behind the path, or not there */
    DEMAND_QUERY_THERE,
    DEMAND_THERE,    /* neither absent nor null nor blank */
    DEMAND_POSITIVE, /* there, and greater than 0 */
    DEMAND_POSITIVE_IF_THERE,
    DEMAND_CLEARABLE, /* null stands for what is empty, and is there */
    DEMAND_NULLABLE,  /* in an answer: null stands for an empty text and for key 0 */
};

struct part {
    const char *name;
    enum part_type type;
    enum part_where where;
    enum part_demand demand;
    bool is_list;
    u32 tag;       /* gRPC */
    size_t offset; /* of its field in the record, or in the ask */
    size_t flag; /* 1 + the place of the bool that says whether it was there; 0: none */
    const struct message *of; /* MESSAGE and FILE */
    i64 number;               /* FIXED, CONSTANT; REST: what absence means */
    const char *text;
};

struct body;

struct message {
    const char *name;
    size_t size; /* of its record */
    const struct part *parts;
    u32 count;
    bool is_closed; /* REST: refuses properties that it does not know */
    void (*check)(struct body *b, const void *record, u64 seen); /* or NULL */
};

/* The place of a field, which must be of the right type: another does not compile. */
#define AT_TYPE(record, field, ...)   \
    (offsetof(struct record, field) + \
     0 * sizeof(_Generic(&((struct record *)0)->field, __VA_ARGS__)))
#define AT_I32(record, field)        AT_TYPE(record, field, i32 * : 1)
#define AT_I64(record, field)        AT_TYPE(record, field, i64 * : 1, u64 * : 1)
#define AT_BOOL(record, field)       AT_TYPE(record, field, bool * : 1)
#define AT_TEXT(record, field)       AT_TYPE(record, field, struct str * : 1)
#define AT_ONE(record, field, of)    AT_TYPE(record, field, const struct of ** : 1)
#define AT_LIST(record, field, item) AT_TYPE(record, field, struct item##_list * : 1)

/* All lists of records.h look like this. */
struct any_list {
    const void *items;
    u32 count;
};

/* ---- records of our own: answers that no command gives --------------------------- */

struct topology_partition {
    i32 id, health;
    struct str health_name;
};

struct topology_partition_list {
    const struct topology_partition *items;
    u32 count;
};

struct topology_broker {
    struct str host, version;
    i32 port;
    struct topology_partition_list partitions;
};

struct topology_broker_list {
    const struct topology_broker *items;
    u32 count;
};

struct topology {
    struct topology_broker_list brokers;
    i32 partition_count;
    struct str version;
};

struct cluster_status {
    struct str status;
};

struct read_elsewhere {
    char unused; /* documents.c and events.c read the request themselves */
};

struct document_told {
    struct str id, hash, meta;
};

struct document_told_list {
    const struct document_told *items;
    u32 count;
};

struct document_failed {
    struct str name, title, detail;
    i32 status;
};

struct document_failed_list {
    const struct document_failed *items;
    u32 count;
};

struct documents_told {
    struct document_failed_list failed;
    struct document_told_list created;
};

struct document_link {
    struct str url, expires;
};

enum health_status { HEALTH_SERVING = 1, HEALTH_NOT_SERVING = 2, HEALTH_UNKNOWN = 3 };

struct health_ask {
    struct str service;
};

struct health {
    i32 status;
};

/* ---- calls ----------------------------------------------------------------------- */

struct served;

/* What a call is answered with when it needs no command. */
typedef void answerer(struct api *a, struct served *s, const void *asked);

struct rpc {
    const char *name, *path;
    const struct message *request, *answer; /* request NULL: not carried out yet */
    enum command_kind command;              /* NONE: answered by `local` */
    answerer *local;
    bool is_stream;
};

/* How a search is asked and answered. */
enum search_form {
    FORM_NONE,  /* it is no search */
    FORM_PAGE,  /* filter, sort and page in the body; a page of items */
    FORM_ONE,   /* a key in the path; the item */
    FORM_XML,   /* a key in the path; the file that it was deployed with */
    FORM_JSON,  /* the same, if it is JSON */
    FORM_BYTES, /* the same, whatever it is */
    FORM_SHOWN, /* a key in the path; the form that it shows, if it does */
    /* a page, of what is in or seen by the thing with the key in the path */
    FORM_IN_INSTANCE,
    FORM_IN_ELEMENT,
    FORM_IN_TASK,
    FORM_EFFECTIVE, /* in a task; of several with one name, the nearest */
    FORM_TASK_LOGS, /* a page, of what was done to the task with the key in the path */
    /* a key in the path; what is told of that thing beside itself: */
    FORM_FLOWS,
    FORM_CALLERS,
    FORM_HISTORY,
    FORM_ELEMENTS,
    FORM_WAITS,
    FORM_TOTALS,      /* no key: what is asked for stands behind the path */
    FORM_OF_ELEMENTS, /* the same, of what the filter in the body leaves */
};

struct route {
    const char *operation, *method, *path;  /* {names} stand for one segment each */
    const struct message *request, *answer; /* NULL: without a body */
    enum command_kind command;
    answerer *local;
    u16 status; /* of success; 0: not carried out yet */
    bool is_multipart;
    enum search_kind search;
    enum search_form form;
};

extern const struct rpc rpcs[];
extern const u32 rpc_count;
extern const struct route routes[]; /* by path, then by method */
extern const u32 route_count;
extern const char openapi_text[];

answerer local_topology, local_status, local_license, local_openapi, local_check,
    local_watch, local_stream, local_events, local_constant, local_cluster_status,
    local_document_create, local_documents_create, local_document_get,
    local_document_delete, local_document_link, local_metrics;

/* ---- a request that is being served ---------------------------------------------- */

struct served {
    struct str allowed_origin;         /* of the options; empty: it comes from here */
    i64 begun;                         /* when it came in, ms */
    const struct api_request *request; /* while it is being read; then NULL */
    u64 id;
    enum api_door door;
    const struct rpc *rpc;     /* of gRPC */
    const struct route *route; /* of REST */
    struct str path;           /* borrowed from the request, like its arena */
    struct arena *arena;
    bool is_kept, is_watcher;
    bool knows_service;        /* of a watcher: is it about us? */
    i32 health;                /* of a watcher: what it was told last */
    struct follower *follower; /* of events; in the arena */
    struct served *next;       /* in its bucket */
    struct served *later;      /* the next watcher */
};

/* A reply that is made in memory of its own. */
struct reply_block {
    struct arena arena;
    struct trap full;
    struct api_reply reply;
    struct reply_block *next;
    struct meter *meter; /* whose call it is; borrowed */
    i64 begun;
};

#define RPC_SLOTS   256
#define ROUTE_SLOTS 256

struct api {
    struct api_options options;
    struct gate *gate;       /* borrowed */
    struct served **buckets; /* owned; by request number */
    u32 bucket_count, served_count;
    struct served *watchers;
    struct metrics *metrics;         /* owned */
    struct events *events;           /* owned */
    i64 now;                         /* of the last call with one */
    u8 rpc_slots[RPC_SLOTS];         /* by hash of the path: 1 + the rpc; 0: none */
    u16 route_firsts[ROUTE_SLOTS];   /* by route_slot: 1 + the first; 0: none */
    u16 *route_nexts;                /* owned; of a route: 1 + the next in its slot */
    struct reply_block *head, *tail; /* replies to be taken */
    struct reply_block *spare;       /* blocks to be used again */
    bool is_draining;
};

void api_keep(struct api *a, struct served *s);   /* until its last reply */
void api_forget(struct api *a, struct served *s); /* if it is kept */

/* What the gate is asked with, as far as it stands in the request's headers; and: ask.
 */
struct ask api_ask_open(const struct api_request *r);
u64 api_number(const struct api *a, const struct served *s); /* as the gate knows it */
void api_ask(struct api *a, struct served *s, enum command_kind kind,
             const void *record, struct ask *ask, i64 now);

/* Says that a request has so many bytes where `most` may be, and which part of its
 * record has most of them: `variables.order.image`. */
struct str size_text(const struct shape *shape, const void *record, size_t size,
                     size_t most, struct arena *arena);

/* A reply in the making: fill `reply`, with memory of its arena, then reply_put. The
 * arena jumps to `full`, so setjmp first. */
struct reply_block *reply_open(struct api *a, const struct served *s);
void reply_put(struct api *a, struct reply_block *b);
void reply_drop(struct api *a, struct reply_block *b);

/* ---- files that are part of the program (assets.c) --------------------------------
 */

/* Answers the request with the file at its path; false: there is none. */
bool asset_serve(struct api *a, struct served *s, const struct api_request *r);

/* ---- numbers (metrics.c) ------------------------------------------------------------
 */

struct metrics *metrics_open(void);
void metrics_close(struct metrics *m);
struct meter *metrics_meter(struct api *a, const struct served *s);
/* A call has been answered. */
void metrics_count(struct meter *meter, const struct api_reply *r, i64 took_ms);
void metrics_rejected(struct api *a, enum rejection why);

/* ---- events for pages (events.c) --------------------------------------------------
 */

struct events *events_open(void);
void events_close(struct events *e);
void events_pump(struct api *a, i64 now);
void events_forget(struct api *a, struct served *s); /* its client has left */
void events_drained(struct api *a, struct served *s);
void events_drain(struct api *a);

/* Health is told to those who watch it, when it has changed. */
void health_pump(struct api *a);

/* ---- which call (calls.c) -------------------------------------------------------- */

void calls_open(struct api *a);
const struct rpc *rpc_find(const struct api *a, struct str path);
/* The route of a path, whatever its method; NULL: there is none. All others of the same
 * path stand behind it: route_next. */
const struct route *route_find(const struct api *a, struct str path);
const struct route *route_next(const struct route *r);
/* The segment of the path where `{name}` stands in the route's; empty: nowhere. */
struct str route_segment(const struct route *route, struct str path, const char *name);

/* ---- gRPC (grpc.c, wire.c) ------------------------------------------------------- */

void grpc_serve(struct api *a, struct served *s, const struct api_request *r, i64 now);
void grpc_full(struct api *a, struct served *s); /* the request's arena is */
void grpc_answer(struct api *a, struct served *s, const struct gate_answer *answer);
/* A message; if it is the last, the stream ends well behind it. */
void grpc_put(struct api *a, struct served *s, const void *record, bool is_last);
void grpc_end(struct api *a, struct served *s, u32 code, struct str text);
/* The headers, for a client that is to see that its stream is there. */
void grpc_open(struct api *a, struct served *s);

enum grpc_code {
    GRPC_OK = 0,
    GRPC_INVALID_ARGUMENT = 3,
    GRPC_NOT_FOUND = 5,
    GRPC_RESOURCE_EXHAUSTED = 8,
    GRPC_UNIMPLEMENTED = 12,
    GRPC_INTERNAL = 13,
    GRPC_UNAVAILABLE = 14,
};

/* Reads protobuf bytes by a message's table. */
struct wire {
    const char *call; /* its name, for texts */
    u32 json_depth;
    struct arena *arena;
    struct ask *ask;
    struct str text; /* why it failed */
};
bool wire_read(struct wire *w, const struct message *m, struct str in, void *record);
void wire_write(struct buf *out, const struct message *m, const void *record);

struct form_part_list;

/* ---- REST (rest.c, body.c, multipart.c) ------------------------------------------ */

void rest_serve(struct api *a, struct served *s, const struct api_request *r, i64 now);
void rest_full(struct api *a, struct served *s);
void rest_answer(struct api *a, struct served *s, const struct gate_answer *answer);
void rest_put(struct api *a, struct served *s, const void *record);
/* A body that was made, of this status and type, in the request's arena or for good. */
struct rest_body {
    u16 status;
    struct str type, body;
    const struct api_header *headers;
    u32 header_count;
};
void rest_put_body(struct api *a, struct served *s, const struct rest_body *body);
/* The parts of the request's body; false: it was refused. */
bool rest_form(struct api *a, struct served *s, const struct api_request *r,
               struct form_part_list *form);
/* The object that the request's body is, canonical; false: it was refused. */
bool rest_object(struct api *a, struct served *s, const struct api_request *r,
                 struct str *json);
void rest_text(struct api *a, struct served *s, struct str json); /* static */
void rest_problem(struct api *a, struct served *s, u16 status, const char *title,
                  struct str detail);
/* The same with one more header. */
void rest_problem_with(struct api *a, struct served *s, u16 status, const char *title,
                       struct str detail, const struct api_header *header);

/* Reads JSON by a message's table, and gathers what is wrong with it. */
struct body {
    const char *call;
    struct arena *arena;
    struct ask *ask;
    const struct route *route; /* for what is in the path */
    struct str path, query;
    struct buf faults; /* empty: none */
};
void body_read(struct body *b, const struct message *m, struct str json, void *record);
void body_write(struct buf *out, const struct message *m, const void *record);
void body_fault(struct body *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Checks that rest.def names: what one field alone cannot tell. */
void check_creation(struct body *b, const void *record, u64 seen);
void check_evaluation(struct body *b, const void *record, u64 seen);
void check_runtime_instruction(struct body *b, const void *record, u64 seen);
void check_termination(struct body *b, const void *record, u64 seen);
void check_source(struct body *b, const void *record, u64 seen);
void check_ancestor(struct body *b, const void *record, u64 seen);
void check_update(struct body *b, const void *record, u64 seen);
void check_changeset(struct body *b, const void *record, u64 seen);
void check_variable(struct body *b, const void *record, u64 seen);
void check_variable_name(struct body *b, const void *record, u64 seen);
void check_listener(struct body *b, const void *record, u64 seen);
void check_clock(struct body *b, const void *record, u64 seen);

/* The parts of multipart/form-data. */
struct form_part {
    struct str name, file_name, content; /* file_name: NULL data when there is none */
    struct str type;                     /* empty: none */
};

struct form_part_list {
    const struct form_part *items;
    u32 count;
};

/* False: not such a body; `why` says so. The boundary is that of the content type. */
bool multipart_read(struct str content_type, struct str in, struct arena *arena,
                    struct form_part_list *out, struct err *why);
void body_read_form(struct body *b, const struct message *m,
                    const struct form_part_list *form, void *record);

/* ---- header fields (headers.c) --------------------------------------------------- */

struct str header_find(const struct api_request *r, const char *name); /* or empty */
bool header_is(struct str got, const char *wanted); /* wanted: small letters */
struct str header_media(struct str header);         /* without its parameters */
/* The value of a parameter, `charset` of `text/html; charset="x"`, without its quotes.
 */
bool header_parameter(struct str header, const char *name, struct arena *arena,
                      struct str *out);
bool accepts_json(const struct api_request *r);
/* Whose page sends this request; empty: none of elsewhere. */
struct str foreign_origin(const struct api_request *r);
/* The origin in the options' list, or its star; empty: it is not in it. */
struct str origin_allowed(struct str list, struct str origin);
bool accepts_coding(const struct api_request *r, const char *coding);
/* Is this tag, or any, in If-None-Match? */
bool header_matches(const struct api_request *r, const char *etag);

/* ---- what stands behind the path (query.c) ----------------------------------------
 */

/* The value of a parameter, percent-decoded into the arena, or as it was sent; false:
 * it is not there. The first one counts. */
bool query_get(struct str query, const char *name, struct arena *arena,
               struct str *out);
bool query_get_raw(struct str query, const char *name, struct arena *arena,
                   struct str *out);
struct str query_decode(struct str in, struct arena *arena);
struct str path_decode(struct str in, struct arena *arena); /* `+` stands for itself */

/* ---- both doors ------------------------------------------------------------------ */

/* A client's document as the engine wants it, `{}` when blank. False: `text` says why.
 */
bool document_read(struct str in, u32 depth, struct arena *arena, struct str *out,
                   struct str *text);
bool tenant_is_ours(struct str tenant);
extern const struct str tenant_default;
extern const struct text_list tenants_default;

#endif
