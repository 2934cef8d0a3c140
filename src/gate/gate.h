/* gate.h - who waits for what, over all partitions. Doors bring calls here; the gate
 * finds the partition, lets polls wait for jobs and creators for results, and gives
 * answers back. Everything in it is volatile: clients ask again.
 *
 *     gate_ask(g, &ask);
 *     gate_pump(g, now);
 *     for (struct gate_answer a; gate_answer(g, &a); gate_answer_done(&a)) ...
 *
 * Uses: node and what lies below. Pure. */
#ifndef GATE_H
#define GATE_H

#include "node/node.h"

struct gate;

struct gate_options {
    i64 poll_default_ms;   /* window of a poll that names none; 10 s */
    i64 result_default_ms; /* wait for a result that names none; 15 s */
    i64 probe_ms;          /* a parked poll asks again after this, to be safe; 10 s */
    i64 command_ms;        /* a command that is not answered by then; 15 s */
    /* What an operator should know, a sentence; borrowed for the call. NULL: nobody. */
    void (*note)(void *ctx, struct str text);
    void *ctx;
};
extern const struct gate_options gate_options_default;

struct gate *gate_open(const struct gate_options *options, struct node *const *nodes,
                       u32 count);
void gate_close(struct gate *g);

/* One call, from any door; everything is copied.
 *   JOB_ACTIVATE: wait_ms > 0: parked that long; 0: the default; < 0: not at all.
 *   INSTANCE_CREATE with awaits_result: wait_ms > 0 or 0 as above.
 *   INSTANCE_CREATE with a business id: that id says at which partition.
 *   SEARCH: all partitions are asked, step by step; `text` of the answer is all of it.
 */
struct ask {
    u64 request; /* the door's number for it, unique; comes back with the answer */
    enum command_kind kind;
    u64 key;
    const void *record;
    struct asker asker;
    struct str tenant; /* as resolved: "<default>" */
    u64 operation;
    struct str cause;
    i64 wait_ms;
    bool is_stream; /* JOB_ACTIVATE: not once but for good; see below */
};
void gate_ask(struct gate *g, const struct ask *ask, i64 now);

/* A stream of jobs gets as many as become available from now on, the first of those
 * that wait, in turn with the polls for them, and each time an answer with is_more. It
 * is given so many (32) until its client is known to keep up: everything that it was
 * given is sent. */
void gate_drained(struct gate *g, u64 request);

/* Its client has left: it gets no job and its place is free; a job that is already on
 * its way to it goes back, and those of a stream that may not have been sent. */
void gate_gone(struct gate *g, u64 request);

/* Takes what the nodes have, delivers their sends to each other, wakes and times out.
 */
void gate_pump(struct gate *g, i64 now);
bool gate_due(const struct gate *g, i64 *when);
bool gate_is_busy(const struct gate *g); /* has answers to give */

/* The next answer. An empty answer to JOB_ACTIVATE is jobs_activated without jobs. A
 * wait for a result that was too long: REJECT_DEADLINE_EXCEEDED. */
struct gate_answer {
    u64 request;
    enum command_kind kind;
    enum rejection rejection;
    /* What clients read: for rejections of the engine "Command 'COMPLETE' rejected with
     * code 'NOT_FOUND': Expected ...". */
    struct str text;
    const void *record; /* of commands[kind].answer; never NULL when not rejected */
    bool is_more;       /* of a stream: others will follow */
    struct pool *pool;  /* that the block came from, and goes back to */
    void *block;        /* owned by who took the answer: gate_answer_done */
};
bool gate_answer(struct gate *g, struct gate_answer *out);
void gate_answer_done(struct gate_answer *a);

/* Whether to give notice of what changes at any partition; and the next notice, which
 * is durable. Its strings are valid until the next call. Taking them all is up to the
 * caller. */
void gate_watch(struct gate *g, bool is_watched);
bool gate_notice(struct gate *g, struct notice *out);

/* A partition has stopped (NULL) or has come back. What was under way there is answered
 * UNAVAILABLE; what the others have sent to it is sent again. */
void gate_node(struct gate *g, u32 index, struct node *node);

size_t gate_calls(const struct gate *g); /* that are not answered yet */

/* Every call that waits is answered UNAVAILABLE (polls: empty). For a clean end. */
void gate_drain(struct gate *g);

/* What Topology tells. */
struct gate_partition {
    u32 id;
    bool is_healthy;
};
u32 gate_partitions(const struct gate *g, struct gate_partition *out, u32 max);

/* What a partition has counted; false: it is not there. */
bool gate_counters(const struct gate *g, u32 index, struct node_counters *out);

#endif
