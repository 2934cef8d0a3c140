/* mirror.h - what an instance of a plan does, by the rules of BPMN and of the engine we
 * are compatible with, told in the simplest way: a tree of nodes with lists, no keys,
 * no events, no tables, no way back. It knows nothing of the engine and shares no line
 * with it.
 *
 * The driver gives both the same stimuli; after each, mirror and engine must have gone
 * through the same parts in the same order and stand alike. */
#ifndef MIRROR_H
#define MIRROR_H

#include "sim/mirror/plan.h"

enum node_state { NODE_ACTIVATING, NODE_ACTIVATED, NODE_COMPLETING, NODE_TERMINATING };

/* What an incident is about. */
enum trouble {
    TROUBLE_NONE,
    TROUBLE_NO_RETRIES,
    TROUBLE_CONDITION,
    TROUBLE_VALUE,
    TROUBLE_ERROR,
    TROUBLE_MAPPING,
    TROUBLE_LISTENER, /* its job has no retries left */
};

/* A variable's value as JSON text: a number, null, or a list of those. */
struct variable {
    struct name name;
    struct str value;
    struct variable *next;
};

struct document {
    struct variable items[24];
    u32 count;
};

void document_put(struct document *d, const struct name *name, struct str value);
struct str document_print(const struct document *d, struct arena *arena); /* JSON */

struct node;

/* Something that a node waits for: of its own, for an event behind it, for one of its
 * boundary events or event sub-processes. */
struct wait {
    enum part_event event;
    i32 target;
    struct str name, key; /* of a message or signal */
    i64 due;              /* of a timer, and how often it is still to fire */
    i32 times;
    u64 number;          /* in the order they were made */
    bool is_correlating; /* a message is on its way to it */
    struct wait *next;
};

struct message {
    struct str name, key;
    struct document brought;
    i64 deadline;
    i32 taken[8]; /* the processes that have it */
    i32 taken_count;
    struct message *next;
};

enum job_stage { NO_JOB, JOB_WAITS, JOB_FAILED, JOB_THREW };

struct trigger {
    i32 target;
    struct document brought;
    bool is_error;
    bool is_elsewhere; /* it came to another node, and is for this one to carry out */
    struct trigger *next;
};

struct token {
    i32 flow;
    struct token *next;
};

/* An activity that is done and can be undone. */
struct undo {
    i32 activity;
    u64 inner; /* the number of its node, which is gone */
    i32 handler;
    u64 scope;
    struct node *thrower, *handler_node;
    bool is_done;
    struct undo *next;
};

struct node {
    i32 part;
    struct node *scope; /* of the root of a called process: the call activity */
    bool is_root;       /* of a process */
    enum node_state state;
    u64 number; /* in the order they were made; never the same twice */
    u64 key;    /* the engine's; the driver's to write */
    i32 interrupted_by;
    bool is_inner;     /* of an ad-hoc sub-process: the scope of what has begun in it */
    bool is_fulfilled; /* an ad-hoc sub-process: only what lives in it keeps it */
    bool is_body;
    i32 counter; /* of an instance of a body, from 1 */
    i32 created;
    struct str *items; /* of a body, and their results */
    struct str *results;
    i32 item_count, room; /* for so many results */
    i32 listener;         /* how many of its phase's are through */
    enum job_stage job;
    bool is_listening; /* the job is a listener's */
    i32 retries;
    enum trouble trouble;
    struct variable *variables;
    struct token *tokens;
    struct trigger *triggers;
    struct wait *waits;
    struct node *children, *next; /* in the order they were made */
    bool has_mapped;              /* its outputs, once */
    bool is_gone;
};

struct to_do;

struct mirror {
    const struct plan *plan;
    struct arena *arena; /* borrowed; all of an instance lives in it */
    struct buf trace;    /* what has happened since the driver cleared it */
    struct node *root;   /* NULL: it has ended */
    struct undo *undos;
    struct message *messages; /* oldest first */
    i64 now;
    u64 numbers;
    struct to_do *first, **last;
    bool is_endless; /* it does not come to rest */
};

void mirror_init(struct mirror *m, const struct plan *p, struct arena *arena);

/* ---- stimuli: each goes on until all wait ---------------------------------------- */

void mirror_create(struct mirror *m, const struct document *d);
/* By the event of its start event, which has brought this. */
void mirror_begin(struct mirror *m, i32 start, const struct document *d);
void mirror_complete(struct mirror *m, struct node *n, const struct document *d);
void mirror_fail(struct mirror *m, struct node *n, i32 retries,
                 const struct document *d);
/* A native user task, which has no job. */
bool node_is_task(const struct mirror *m, const struct node *n);
void mirror_throw(struct mirror *m, struct node *n, struct str code,
                  const struct document *d);
void mirror_publish(struct mirror *m, struct str name, struct str key, i64 ttl,
                    const struct document *d);
void mirror_signal(struct mirror *m, struct str name, const struct document *d);
bool mirror_due(const struct mirror *m, i64 *when); /* false: no timer runs */
void mirror_tick(struct mirror *m, i64 now);        /* all that is due fires */
void mirror_resolve(struct mirror *m, struct node *n);
/* Is it one that can be told to begin in this ad-hoc sub-process? */
bool part_can_begin(const struct plan *p, i32 part, i32 ad_hoc);
/* An ad-hoc sub-process that lets more begin, perhaps instead of what lives in it. */
bool node_takes_more(const struct mirror *m, const struct node *n);
void mirror_activate(struct mirror *m, struct node *n, i32 part, bool instead,
                     const struct document *d);
void mirror_set(struct mirror *m, struct node *n, const struct document *d, bool local);
void mirror_cancel(struct mirror *m);

/* ---- what the driver sees -------------------------------------------------------- */

/* How all stands, a line a node. */
void mirror_print(const struct mirror *m, struct buf *out);
/* All variables that a node sees, nearest first. */
void mirror_visible(const struct mirror *m, const struct node *n, struct document *out);
/* Any node, in a fixed order: NULL after the last; begin with NULL. */
struct node *mirror_next(const struct mirror *m, struct node *n);

#endif
