/* scenario.h - behaviour as text that a process modeller can read: what the parts of
 * the scenario reader know of each other. t/scenario.c tells how a scenario is written.
 */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "gate/gate.h"

/* ---- notation.c: a few words a line instead of BPMN XML ---------------------------
 */

/* The lines of one `file` or `process`; `indent` is that of its `process` lines. False:
 * err says which line is not understood. The XML lives in the arena. */
bool notation_read(const struct str *lines, size_t count, size_t indent,
                   struct arena *arena, struct str *xml, struct err *err);

/* The next word of a line: up to a space that is not within '...', {...} or [...].
 * Quotes around a value are taken off. False: there is none. */
bool word_next(struct str *line, struct arena *arena, struct str *out);
/* `name=value` cut at its first `=`; without one, the value is not there. */
struct str word_name(struct str word, struct str *value);

/* ---- names.c: what keys are called, and events as text ----------------------------
 */

enum thing_kind {
    THING_PROCESS,
    THING_VERSION, /* of a decision, a graph of them, a form, a file */
    THING_INSTANCE,
    THING_ELEMENT,
    THING_VARIABLE,
    THING_JOB,
    THING_TIMER,
    THING_INCIDENT,
    THING_MESSAGE,
    THING_SUBSCRIPTION, /* of an element, of either side */
    THING_START,        /* a process that waits for a message to start it */
};

/* Everything that was ever heard of by its key. */
struct thing {
    u64 key;
    enum thing_kind kind;
    struct str name; /* `pack`, of the second instance `pack#2` */
    u64 instance, process;
    u32 number; /* of an instance, from 1 in the order they were made */
    struct thing *next;
};

struct names;
struct names *names_open(struct arena *arena, i64 start);
void names_close(struct names *n);

/* What the event is called, and its text. Remembers what it makes. */
struct str event_text(struct names *n, const struct event *event, const void *record);
struct thing *thing_find(struct names *n, u64 key);
struct thing *things(struct names *n); /* all, in the order they came */
/* A text with names in the place of keys. */
struct str text_without_keys(struct names *n, struct str text);
struct str time_text(struct names *n, i64 when);

/* ---- world.c: nodes, gate, clock ---------------------------------------------------
 */

#define WORLD_NODES 3
#define WORLD_START 1767225600000 /* 2026-01-01T00:00:00Z */

/* How a scenario is run again. */
struct mode {
    const char *name;
    u32 partitions, todos;
    bool aborts;  /* at each emit, which must leave no trace */
    bool grows;   /* each step gets little memory, then more, until it fits */
    bool crashes; /* all is lost and replayed after each command */
};

struct asked {
    struct ask ask;
    struct asked *next;
};

struct happened {
    enum event_kind kind;
    struct str text;
};

/* What a scenario says of the engine; 0: nothing. */
struct world_options {
    size_t message, entry;
    u32 todos;      /* one more than to-dos of a step */
    u32 partitions; /* of a run that has no other wish */
    bool unique_business_ids;
};

struct world {
    const struct mode *mode;
    struct world_options options;
    u32 partitions;
    struct arena *arena;
    struct log *logs[WORLD_NODES];
    struct node *nodes[WORLD_NODES];
    u64 read[WORLD_NODES]; /* the next entry of each log to be told of */
    struct gate *gate;
    struct names *names;
    i64 now;
    u64 requests;
    struct asked *asked; /* asked again when a planted failure has hit it */
    u64 hash;            /* before the step that is to fail; */
    bool looks;          /* if it is to be compared */
    u32 trip;
    size_t room, undone;
    bool spares; /* the next command is not made to fail */
    struct happened *events;
    size_t event_count, event_room;
    struct str *answers;
    size_t answer_count, answer_room;
    u32 got;        /* jobs, by the last poll */
    struct err err; /* what must not be: says what and ends the run */
    bool is_wrong;
};

void world_open(struct world *w, const struct mode *mode,
                const struct world_options *options, struct arena *arena);
void world_close(struct world *w);
u64 world_ask(struct world *w, struct ask *ask); /* no turn yet; returns its number */
void world_settle(struct world *w);              /* until nothing is left to do now */
void world_turns(struct world *w, i64 steps);    /* so many and no more */
void world_wait(struct world *w, i64 ms);        /* due things come at their time */
void world_restart(struct world *w);             /* what is not in the log is lost */
void world_replay(struct world *w); /* the log alone gives the same state */
void world_wrong(struct world *w, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct node *world_node(struct world *w, u64 key);
void world_left(struct world *w, struct buf *out); /* what is left in state */

#endif
