/* inside.h - a node and a gate in one process, for programs that measure them: asks and
 * takes answers as a door would, with a clock that they move. */
#ifndef INSIDE_H
#define INSIDE_H

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "gate/gate.h"

#define TENANT STR("<default>")

enum { LOG_WAIT_MS = 10000 }; /* a sync that takes longer is a broken disk */

struct inside {
    struct log *log;
    struct node *node;
    struct gate *gate;
    u64 request;
    i64 now;
    double longest; /* turn of the node, in seconds */
};

static inline _Noreturn void die(const char *what, struct str why)
{
    fprintf(stderr, "%s: %.*s\n", what, ARG(why));
    exit(1);
}

/* ---- what it costs ----------------------------------------------------------------
 */

static inline double cpu_seconds(void)
{
    struct rusage u;

    must(getrusage(RUSAGE_SELF, &u) == 0);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static inline double wall_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline double resident_bytes(void)
{
    long whole = 0, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (!f || fscanf(f, "%ld %ld", &whole, &pages) != 2)
        die("/proc/self/statm", STR("cannot be read"));
    fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* ---- the server's loop in small -------------------------------------------------- */

static inline void pump(struct inside *b)
{
    struct err err;

    double from = wall_seconds();
    if (!node_pump(b->node, b->now, &err))
        die("the log", str_of(err.text));
    double took = wall_seconds() - from;
    b->longest = took > b->longest ? took : b->longest;
    gate_pump(b->gate, b->now);
}

/* Waits for the log when there is nothing else to do. */
static inline void idle(struct inside *b)
{
    struct pollfd p = {.fd = log_wake_fd(b->log), .events = POLLIN};

    if (p.fd >= 0 && poll(&p, 1, LOG_WAIT_MS) == 0)
        die("the log", STR("no sync has ended"));
}

static inline void ask(struct inside *b, enum command_kind kind, u64 key,
                       const void *record)
{
    struct ask a = {.request = ++b->request,
                    .kind = kind,
                    .key = key,
                    .record = record,
                    .tenant = TENANT,
                    .wait_ms = -1};

    gate_ask(b->gate, &a, b->now);
}

/* The next answer; waits for it. */
static inline struct gate_answer take(struct inside *b)
{
    struct gate_answer a;

    while (!gate_answer(b->gate, &a)) {
        pump(b);
        if (!gate_is_busy(b->gate) && b->log->durable < b->log->tail)
            idle(b);
    }
    if (a.rejection)
        die("refused", a.text);
    return a;
}

static inline void take_many(struct inside *b, int count)
{
    for (int i = 0; i < count; i++) {
        struct gate_answer a = take(b);
        gate_answer_done(&a);
    }
}

/* The clock stands still but for what the caller moves. FOLDER: NULL for a log that
 * keeps nothing. Each turn of the node does at most `budget` steps; 0: as many as
 * usual. */
static inline void inside_open(struct inside *b, u32 budget, const char *folder)
{
    struct node_options options = node_options_default;
    struct err err;

    *b = (struct inside){.now = 1000};
    b->log = folder ? log_file_open(folder, &log_file_options_default, &err)
                    : log_mem_open(&(struct log_mem_options){0});
    if (!b->log || !log_claim(b->log, &err))
        die("the log", str_of(err.text));
    options.engine = engine_options_default;
    if (budget)
        options.budget = budget;
    b->node = node_open(&options, b->log);
    b->gate = gate_open(&gate_options_default, &b->node, 1);
}

static inline void inside_deploy(struct inside *b, struct str model)
{
    struct resource file = {STR("model.bpmn"), model};

    ask(b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
    take_many(b, 1);
}

#endif
