/* node.h - one partition at work: heart, state, log. Takes commands into an inbox,
 * gives answers out when the log has made them durable, keeps what is pending and due
 * going, and hands sends to other partitions until they are acknowledged. Makes
 * checkpoints, so that a start needs but the end of the log. Reads neither clock nor
 * socket.
 *
 *     node_command(n, &in);
 *     if (!node_pump(n, now, &err)) ... stopped; start again from the log
 *     for (struct answer a; node_answer(n, &a); node_answer_done(&a)) ...
 *
 * Uses: engine, state, record; log, vault. Pure. */
#ifndef NODE_H
#define NODE_H

#include <stdatomic.h>

#include "engine/engine.h"
#include "log/log.h"
#include "vault/vault.h"

struct node;

struct node_options {
    struct engine_options engine;
    u32 budget;      /* steps of one pump; what is left waits for the next */
    u64 backlog_max; /* undurable bytes above which LIMITED commands are refused */
    u32 inbox_max;   /* commands waiting, likewise */
    u32 lag_max_ms;  /* how long the oldest answer has waited for the log, likewise */

    struct vault *vault;  /* borrowed, with what the last life of the node left there;
                             NULL: no checkpoints, a start replays the whole log */
    u64 checkpoint_bytes; /* of entries, between the beginnings of two checkpoints */
    u64 checkpoint_slice; /* bytes packed in a turn: some tenths of a millisecond */
    u64 memory; /* bytes of rows in memory, above which instances that only wait are
                   kept in the vault alone; 0: they stay in memory once they are there
                 */
};
extern const struct node_options node_options_default;

/* Called now and then; `what` is counted: "entries of the log". */
typedef void node_progress(void *ctx, const char *what, u64 done, u64 all);

/* The log is borrowed and must be claimed. Recovery takes the newest checkpoint and
 * replays the log behind it; progress may be NULL. Instances stay in the vault until
 * something needs them. False: ERR_CORRUPT when the two do not fit together, or what
 * stopped the reading. */
struct node *node_open(const struct node_options *options, struct log *log);
bool node_recover(struct node *n, node_progress *progress, void *ctx, struct err *err);
void node_close(struct node *n);

/* Make a checkpoint now, if anything was logged since the last one and it is cheap: for
 * a clean end, after which a start has nothing to replay. It is under way until the
 * node rests. */
void node_checkpoint(struct node *n);
bool node_rests(const struct node *n); /* no checkpoint is under way, or wanted */

/* Somebody who reads the log behind us (a view, an exporter, a backup that copies): its
 * entries from `at` on are not trimmed. The struct is the caller's and stays where it
 * is until it is let go. Hold and let go in the node's thread; `at` may be moved on
 * from any. What is below log->first is gone already. */
struct node_hold {
    _Atomic u64 at;
    struct node_hold *next; /* the node's */
};
void node_hold(struct node *n, struct node_hold *h, u64 at);
void node_let_go(struct node *n, struct node_hold *h);

u32 node_partition(const struct node *n);
u64 node_durable(const struct node *n); /* entries below survive a crash */

struct refusal {
    enum rejection rejection;
    char text[248]; /* limit, value and what to do */
};

/* What is around the node and only the roof can measure. 0: no limit. */
struct pressure {
    u64 memory, memory_max; /* of the process */
    u64 disk, disk_least;   /* free bytes where the log is */
};
void node_press(struct node *n, const struct pressure *p);
u64 node_spare(const struct node *n); /* bytes that it has and does not use */

/* May such a command come in now? A node admits what it can finish: beyond that, new
 * work is refused with cause, value and limit. What finishes work is always let in. */
bool node_admit(const struct node *n, enum command_kind kind, struct refusal *why);

/* Put a command into the inbox; everything is copied. */
void node_command(struct node *n, const struct input *in);

/* A turn: steps, appends, lets the log go on. False: stopped, the log is lost to us. */
bool node_pump(struct node *n, i64 now, struct err *err);

/* Is there more to do at once? If not: when (false: only when something comes in). */
bool node_is_busy(const struct node *n);
bool node_due(const struct node *n, i64 *when);

/* Nothing is under way, and all is durable. */
bool node_is_settled(const struct node *n);

/* ---- a node on a thread of its own -----------------------------------------------
 *
 * A stand-in has this face on the thread of those who ask; the node itself has it on
 * its own. Each half is pumped by its thread. After a pump node_has_news says whether
 * the other half has been given something and its thread must be woken. Of a stand-in
 * that stopped node_pump tells the node's error. It knows no state and no hash.
 *
 * The node must be recovered. Its thread must have ended before node_close of the
 * stand-in, and that comes before node_close of the node. */
struct node *node_stand_in(struct node *n);
bool node_has_news(struct node *n); /* since it was asked last */

/* The next answer whose entry is durable. */
struct answer {
    u64 request;
    enum command_kind kind;
    enum rejection rejection;
    struct str reason;  /* in the block, like the record */
    const void *record; /* of commands[kind].answer; NULL: all fields empty */
    struct pool *pool;  /* that the block came from, and goes back to; or NULL */
    void *block;        /* owned by who took the answer: node_answer_done */
};
bool node_answer(struct node *n, struct answer *out);
void node_answer_done(struct answer *a);

/* The next wake-up whose entry is durable; the strings are valid until the next call.
 */
bool node_effect(struct node *n, struct effect *out);

/* Whether to give notice of what changes; and the next notice whose entry is durable.
 * Its strings are valid until the next call. */
void node_watch(struct node *n, bool is_watched);
bool node_notice(struct node *n, struct notice *out);

/* The next send to another partition (durable here, not yet acknowledged, not given out
 * since the last node_resend); borrowed until the next pump. To be passed to the node
 * of that partition by node_receive, at least once, in order. */
struct send {
    u32 from, to;
    u64 number;
    enum command_kind kind;
    u64 about;
    struct str record; /* encoded */
};
bool node_send(struct node *n, struct send *out);
void node_resend(struct node *n); /* from the oldest unacknowledged one again */
bool node_receive(struct node *n, const struct send *s, struct err *err);
/* How far the sends of that partition are applied here and durable: what its node may
 * be told by OUTBOX_ACKNOWLEDGE. */
u64 node_applied(const struct node *n, u32 from);

/* Numbers for people and tests. */
struct node_counters {
    u64 steps, refused, failed, events, entries, bytes, banned;
    u64 elements, instances, jobs, variables, timers, incidents, messages;
    u64 user_tasks, pending, outbox; /* rows, like those before */
    u64 inbox;                       /* commands that wait for their turn */
    u64 log_first, log_durable, log_tail, log_backlog; /* the last in bytes */
    u64 state_bytes;
    u64 cold;            /* instances that are in the vault alone */
    u64 evicted, thawed; /* how often one left memory, or came back, since the start */
    u64 checkpoints;     /* made since the start */
    u64 checkpoint;      /* the entry that the newest is of; 0: there is none */
};
/* Of a stand-in: as of the last turn of the other half. */
struct node_counters node_counters(const struct node *n);
/* What has this key into memory, or (0) all: for who looks at state from outside. */
bool node_warm(struct node *n, u64 key, struct err *err);
u64 node_hash(struct node *n); /* of all state: equal states have equal ones */
struct state *node_state(struct node *n);   /* for the roof and the simulator only */
struct engine *node_engine(struct node *n); /* likewise */

#endif
