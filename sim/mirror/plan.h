/* plan.h - what a process is, told apart from BPMN and from any engine: parts, flows
 * between them, and what each part does. The generator (grow.c) makes plans, the writer
 * (write.c) prints them as BPMN, the mirror plays them.
 *
 * Variables are few and known by type: v0 v1 ... and item names hold numbers or null,
 * l0 l1 ... hold lists. Expressions are terms. */
#ifndef MIRROR_PLAN_H
#define MIRROR_PLAN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/prng.h"

enum {
    PARTS_MAX = 90,
    FLOWS_MAX = 120,
    MAPS_MAX = 2,
    BEGINS_MAX = 3,
    NONE = -1, /* no part, no flow */
};

/* Which mappings and listeners they may have.
 *  kind        tag in BPMN          inputs outputs starts ends */
#define PART_KINDS(X)                               \
    X(PROCESS, "process", 0, 0, 1, 1)               \
    X(SUB, "subProcess", 1, 1, 1, 1)                \
    X(EVENT_SUB, "subProcess", 1, 1, 1, 1)          \
    X(AD_HOC, "adHocSubProcess", 1, 1, 1, 1)        \
    X(CALL, "callActivity", 1, 1, 1, 1)             \
    X(SERVICE, "serviceTask", 1, 1, 1, 1)           \
    X(SEND, "sendTask", 1, 1, 1, 1)                 \
    X(USER, "userTask", 1, 1, 1, 1)                 \
    X(SCRIPT, "scriptTask", 1, 1, 1, 1)             \
    X(RECEIVE, "receiveTask", 1, 1, 1, 1)           \
    X(MANUAL, "manualTask", 0, 0, 1, 1)             \
    X(EXCLUSIVE, "exclusiveGateway", 0, 0, 1, 0)    \
    X(PARALLEL, "parallelGateway", 0, 0, 1, 0)      \
    X(INCLUSIVE, "inclusiveGateway", 0, 0, 1, 0)    \
    X(EVENT_BASED, "eventBasedGateway", 0, 0, 1, 0) \
    X(START, "startEvent", 0, 1, 0, 1)              \
    X(CATCH, "intermediateCatchEvent", 1, 1, 1, 1)  \
    X(THROW, "intermediateThrowEvent", 1, 0, 1, 1)  \
    X(BOUNDARY, "boundaryEvent", 0, 1, 0, 1)        \
    X(END, "endEvent", 1, 0, 1, 1)

enum part_kind {
#define X(name, tag, in, out, starts, ends) PART_##name,
    PART_KINDS(X)
#undef X
        PART_KIND_COUNT
};

enum part_event {
    ON_NOTHING,
    ON_MESSAGE,
    ON_TIMER,
    ON_SIGNAL,
    ON_ERROR,
    ON_ESCALATION,
    ON_LINK,
    ON_TERMINATE,
    ON_COMPENSATION,
};

struct name {
    char text[28];
};

enum term_kind {
    TERM_NONE,
    TERM_NUMBER, /* number */
    TERM_NAME,   /* name */
    TERM_SUM,    /* name + number */
    TERM_LESS,   /* name < number */
    TERM_LIST,   /* [1, 2 ... number] */
    TERM_SURE,   /* name; fails when it is null */
};

struct term {
    enum term_kind kind;
    struct name name;
    i32 number;
};

struct map {
    struct name target;
    struct term source;
};

/* A multi-instance activity. */
struct loop_plan {
    bool is_on, is_sequential;
    struct term items;
    struct name item;    /* empty: the items have no name */
    struct name results; /* empty: no results are collected */
    struct term result;
    struct term enough; /* the completion condition; none: all have to complete */
};

struct part {
    enum part_kind kind;
    enum part_event event;
    struct name id;
    i32 scope;       /* NONE: a process */
    i32 host;        /* of a boundary event */
    i32 handler;     /* of a compensation boundary event: the activity that undoes */
    bool is_handler; /* is such an activity */
    bool is_native;  /* a user task that the engine keeps */
    bool is_interrupting;
    bool is_job;      /* a message event that is thrown by a worker */
    struct name name; /* of message, signal, link; code of error, escalation */
    struct term key;  /* correlation key */
    i32 seconds;      /* of a timer; times: of a cycle, 0: it is none */
    i32 times;
    struct map in[MAPS_MAX], out[MAPS_MAX];
    u32 in_count, out_count;
    i32 starts, ends; /* execution listeners */
    struct loop_plan loop;
    struct term script; /* into `result` */
    struct name result;
    i32 called; /* a process */
    bool passes_parent, passes_child;
    i32 begins[BEGINS_MAX], begin_count; /* with an ad-hoc sub-process */
    struct term enough;                  /* of an ad-hoc sub-process */
    struct name collects; /* of one: the list of its results; empty: none */
    struct term result_of;
    bool keeps_others; /* of one: when it is enough */
    i32 undoes;        /* a compensation throw event: this activity only; NONE: all */
    i32 default_flow;  /* of a gateway */
};

struct flow {
    i32 from, to;
    struct term condition;
};

struct plan {
    struct part parts[PARTS_MAX];
    i32 part_count;
    struct flow flows[FLOWS_MAX];
    i32 flow_count;
    i32 processes[3]; /* the first is the one that is started */
    i32 process_count;
};

static inline bool name_is(const struct name *a, const struct name *b)
{
    return strcmp(a->text, b->text) == 0;
}

/* Grows a plan; the same seed and size give the same plan, anywhere. */
void plan_grow(struct plan *p, u64 seed, u32 size);

/* Takes something away: changes are numbered from 0. False: there was nothing to take.
 * What comes of it may be no process that can be deployed. */
enum { SHRINKS = 3 * PARTS_MAX + FLOWS_MAX };
bool plan_shrink(struct plan *p, i32 change);

/* Prints it as BPMN. */
void plan_write(const struct plan *p, struct buf *out);

#endif
