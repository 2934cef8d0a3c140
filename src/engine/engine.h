/* engine.h - the pure heart: a command goes in, events come out, state has moved. The
 * same state and the same input give the same output, byte for byte, anywhere.
 *
 *     struct engine *e = engine_open(state, &options);
 *     engine_step(e, &in, &out);
 *     if (out.outcome == STEP_DONE) log_append(log, out.entry) ...
 *
 * It knows no clock, no log and no client. Uses: state, record, model, feel, json. */
#ifndef ENGINE_H
#define ENGINE_H

#include "feel/feel.h"
#include "record/record.h"

struct state;
struct engine;

/* Everything the engine does not compute itself comes in here. */
struct input {
    enum command_kind kind;
    u64 key; /* what the command is about; 0 when it makes something new */
    const void
        *record; /* of the shape commands[kind].ask; NULL: all its fields empty */
    i64 now;     /* milliseconds since 1970; never less than the last step's */
    struct asker asker; /* as resolved at the door */
    struct str tenant;
    u64 operation;    /* the client's operationReference; 0: none */
    struct str cause; /* traceparent, or a CloudEvent's correlation; may be empty */
    u64 request;      /* whom to answer; 0: nobody */
    u32 from;         /* the partition that sends it, and the number of its send; */
    u64 number;       /* 0: it comes from a door */
};

struct rejection_info {
    const char *name;
    u16 grpc, http;
};
extern const struct rejection_info rejections[]; /* by enum rejection */

enum outcome {
    STEP_DONE,    /* entry, answer and effects are there */
    STEP_REFUSED, /* nothing happened; rejection and reason are there */
    STEP_IGNORED, /* nothing happened and nobody waits for an answer (banned instance)
                   */
    STEP_FAILED,  /* our fault: undone; `ban` says whom to blame, if anybody */
    STEP_COLD,    /* nothing happened: thaw what state wants, and give it again */
};

struct effect {
    enum effect_kind kind;
    struct str tenant, type; /* JOBS_AVAILABLE */
    u32 count;
    u64 instance; /* INSTANCE_ENDED */
    u64 request;  /* LATE_ANSWER: to whom, and what */
    enum rejection rejection;
    struct str reason;  /* of NOTE, too */
    const void *answer; /* of both; NULL: all fields empty */
    const struct shape *shape;
};

/* What an event has changed, told to whoever watches. */
struct notice {
    enum event_kind event; /* NONE: some changes of this step are not told */
    u64 key;               /* of the event */
    u64 instance, process; /* keys; 0: it is none's */
    struct str type;       /* of a job; else empty */
    struct str element;    /* its id; empty: it is about none */
    struct notice *next;
};

struct output {
    enum outcome outcome;
    enum rejection rejection;
    struct str reason; /* of any length */
    struct str entry;  /* for the log; empty when no event was needed */
    u32 events;
    const void *answer; /* of the shape commands[kind].answer; NULL: all fields empty */
    bool is_late;       /* whoever asked is not answered now but by an effect */
    const struct effect *effects;
    u32 effect_count;
    const struct notice *notices; /* NULL unless they are watched */
};

struct engine_options {
    u32 partition, partitions; /* ours, from 1; how many there are */
    size_t scratch;            /* bytes that one step may compute with */
    size_t entry;              /* bytes of events that one step may make */
    u32 todos;                 /* to-dos of one step; 100 */
    size_t message_max;        /* bytes of one batch of jobs; 4 MiB */
    bool unique_business_ids;  /* each once among a process's instances that run */
    struct zones *zones;
    struct str zone; /* the system's */
};
extern const struct engine_options engine_options_default;

/* State is borrowed; all memory that a step can use is reserved here (the scratch comes
 * in chunks up to its limit). */
struct engine *engine_open(struct state *state, const struct engine_options *options);
void engine_close(struct engine *e);

/* Run one command until nothing is left to do, or its entry is full. `out` is borrowed
 * until the next step. */
void engine_step(struct engine *e, const struct input *in, struct output *out);

/* Apply the events of a log entry without deciding anything again. False, with err or
 * with ERR_NONE: thaw what state wants, and give it again. */
bool engine_replay(struct engine *e, struct str entry, struct err *err);

/* What the engine itself wants to do by `now`: pending work and due things, by turns.
 * When it has nothing: when to ask again (false: never). */
bool engine_next(struct engine *e, i64 now, struct input *in);
bool engine_due(const struct engine *e, i64 *when);

/* From now on (or not any more) steps give notice of what they change; a replay does
 * not. Whatever does not fit into memory of its own is left out: to be watched changes
 * nothing. */
void engine_watch(struct engine *e, bool is_watched);

/* For tests and the simulator. The n-th emit from now (1: the next) stops its step,
 * which is undone and refused; 0: none does. */
void engine_trip(struct engine *e, u32 emit);
/* Steps may compute with so many bytes, and make events of as many. One that does not
 * fit is undone and refused as it stands, without the smaller tries and incidents that
 * come else; 0: as the options say. */
void engine_limit(struct engine *e, size_t bytes);
bool engine_undone(const struct engine *e); /* by one of these two: the last step */
/* The n-th emit from now fails like a must of ours, with all that follows from it. */
void engine_break(struct engine *e, u32 emit);

const char *engine_failure(const struct engine *e); /* the last failed must's text */

#endif
