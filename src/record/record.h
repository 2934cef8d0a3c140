/* record.h - what is written: commands, events and state rows as plain structs, with
 * shapes that say where their fields are, and one codec for all shapes.
 *
 * On the wire and on disk a record is a protobuf message with the tags of records.def,
 * so any protobuf tool can read a log. Unknown tags are skipped, absent ones are zero.
 *
 *     record_encode(&buf, &job_row_shape, &job);
 *     struct job_row back;
 *     if (!record_decode(buf_str(&buf), &job_row_shape, &arena, &back, &err)) ...
 *
 * Uses: json, base. Pure. */
#ifndef RECORD_H
#define RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "record/counts.h"
#include "record/kinds.h"
#include "record/records.h"

/* ---- shapes ---------------------------------------------------------------------- */

enum field_type {
    FIELD_I64,
    FIELD_U64,
    FIELD_I32,
    FIELD_U32,
    FIELD_BOOLEAN,
    FIELD_TEXT,
    FIELD_JSON, /* JSON text */
    FIELD_BYTES,
    FIELD_LIST_U64,
    FIELD_LIST_TEXT,
    FIELD_ONE,  /* pointer to another record, NULL: absent */
    FIELD_MANY, /* list of another record */
};

struct field {
    const char *name;
    enum field_type type;
    u32 tag;
    size_t offset;
    const struct shape *of; /* ONE and MANY */
};

struct shape {
    const char *name;
    size_t size;
    const struct field *fields; /* in the order of records.def */
    u32 count;
    u64 far; /* a bit for each that points to what stands outside of the struct */

    /* The same without a walk over the fields, for a record of numbers, texts and lists
     * of numbers; NULL: there are none. */
    char *(*write)(char *to, const void *record); /* encodes; returns the end */
    size_t (*texts)(const void *record);  /* bytes behind the struct; WALK_BY_SHAPE */
    void (*move)(char *to, void *record); /* what is behind it, to there */
};

/* It has something else now: a list of others, or another record. */
#define WALK_BY_SHAPE SIZE_MAX

/* ---- commands and events by number ----------------------------------------------- */

struct command_info {
    const char *name, *intent; /* NULL name: there is no such command */
    const struct shape *ask, *answer;
    enum command_whose whose;
    enum permission permission;
    bool is_always_admitted;
    bool is_read; /* let in when there is little memory or room on the disk */
    bool bans;    /* when a must fails in it: the instance, not only the command */
    bool is_kept; /* its record, in the log's entry */
};
extern const struct command_info commands[COMMAND_COUNT];

struct event_info {
    const char *name; /* NULL: there is no such event */
    const struct shape *record;
};
extern const struct event_info events[EVENT_COUNT];

/* ---- why something was not done ---------------------------------------------------
 */

/*    name               gRPC HTTP */
#define REJECTIONS(X)             \
    X(INVALID_ARGUMENT, 3, 400)   \
    X(NOT_FOUND, 5, 404)          \
    X(ALREADY_EXISTS, 6, 409)     \
    X(FORBIDDEN, 7, 403)          \
    X(RESOURCE_EXHAUSTED, 8, 503) \
    X(INVALID_STATE, 9, 409)      \
    X(PROCESSING_ERROR, 13, 500)  \
    X(UNAVAILABLE, 14, 503)       \
    X(DEADLINE_EXCEEDED, 4, 504)  \
    X(TOO_LARGE, 2, 500)

enum rejection {
    REJECT_NONE,
#define X(name, grpc, http) REJECT_##name,
    REJECTIONS(X)
#undef X
};

/* ---- the codec ------------------------------------------------------------------- */

void record_encode(struct buf *out, const struct shape *shape, const void *record);

/* Strings point into `in`, lists and nested records into the arena. `to` is zeroed
 * first. False: not such a message (ERR_CORRUPT with the byte). */
bool record_decode(struct str in, const struct shape *shape, struct arena *arena,
                   void *to, struct err *err);

/* A copy of the record with everything it points to, in one block of memory. The caller
 * frees it with free(). In an arena: with record_copy. */
void *record_clone(const struct shape *shape, const void *record);
void *record_copy(const struct shape *shape, const void *record, struct arena *arena);
/* ... at a place that has record_footprint bytes, and is aligned to 8 once it is
 * rounded up to that (at most 8 more). */
void *record_place(const struct shape *shape, const void *record, void *place);
size_t record_footprint(const struct shape *shape, const void *record);

/* A number that is the same for equal records, on every machine. */
u64 record_hash(const struct shape *shape, const void *record, u64 seed);

/* For people: `bpmn_process_id=order version=2`; empty fields are left out. */
void record_print(struct buf *out, const struct shape *shape, const void *record);
/* For programs: a JSON object with all fields; 64-bit unsigned ones, keys above all, as
 * strings. */
void record_json(struct buf *out, const struct shape *shape, const void *record);

/* Where messages of this correlation key meet those who wait for them (behaviours 2): a
 * partition from 1 on. Stored subscriptions rest on it, so it never changes. */
u32 record_partition(struct str correlation_key, u32 partitions);

/* ---- events in an entry ---------------------------------------------------------- */

void event_encode(struct buf *out, enum event_kind kind, u64 key, const void *record);

struct event {
    enum event_kind kind;
    u64 key;
    struct str bytes; /* of the record; decode with events[kind].record */
};

/* The events of an entry, one after the other; *at begins at 0. False at the end, and
 * with err->code set when the bytes are no events (an unknown kind is an error, too:
 * what we cannot apply we must not pass over). */
bool event_next(struct str bytes, size_t *at, struct event *out, struct err *err);

/* ---- rows in a page: likewise ---------------------------------------------------- */

void row_encode(struct buf *out, u64 number, u64 key, const struct shape *shape,
                const void *record);

struct packed_row {
    u64 number, key; /* as given */
    struct str bytes;
};
bool row_next(struct str bytes, size_t *at, struct packed_row *out, struct err *err);

#endif
