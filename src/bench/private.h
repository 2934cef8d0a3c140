/* private.h - what the files of bench share: processes that are measured, and ways to
 * measure them. */
#ifndef BENCH_PRIVATE_H
#define BENCH_PRIVATE_H

#include <sys/types.h>

#include "bench/bench.h"

static inline void bench_set(struct bench_row *r, enum bench_figure f, double value)
{
    r->has[f] = true;
    r->value[f] = value;
}

/* ---- served.c: a server of one's own --------------------------------------------- */

struct served {
    pid_t pid;
    int says; /* its standard output; owned */
    char grpc[64], http[64];
    double start_ms; /* from the start of the process to its ready line */
};

/* On a folder, with so much added to each sync. */
bool served_begin(struct served *s, const char *data, u32 sync_delay_us,
                  struct err *err);
void served_end(struct served *s); /* waits for it */

struct served_cost {
    double cpu_seconds; /* user and system, so far */
    double resident;    /* bytes */
    double threads;
};
bool served_cost(pid_t pid, struct served_cost *out, struct err *err);

/* Bytes of all frames of the log that a server has left. */
bool served_log_bytes(const char *data, double *out, struct err *err);

void bench_pin(u32 core); /* this process; nothing happens when there is one core */
double bench_now(void);   /* seconds */

/* ---- load.c: clients that create an instance, take its job and complete it ---------
 */

enum load_how { LOAD_POLL, LOAD_STREAM, LOAD_REST };

struct load_options {
    const char *grpc, *http; /* HOST:PORT */
    pid_t server;
    enum load_how how;
    u32 connections, in_flight; /* of each; REST has one a connection */
    u32 seconds;
    bool is_large; /* 14 variables instead of 3 */
};

struct load_figures {
    double cpu_us, per_second, p50_ms, p99_ms;
    u64 instances; /* all, also those before the clock was read */
};

/* Deploys its process first. False: err says what went wrong, as an answer that was an
 * error. */
bool load_run(const struct load_options *o, struct load_figures *out, struct err *err);

/* ---- inside.c: the same without a network ------------------------------------------
 */

enum inside_what { INSIDE_ENGINE, INSIDE_LOG, INSIDE_PARKED };

struct inside_options {
    enum inside_what what;
    bool is_large;
    u32 instances;      /* to be measured */
    const char *folder; /* for a log */
};

/* In a process of its own: the memory that one has used and given back would make the
 * next look small. */
bool inside_measure(struct bench_row *row, const struct inside_options *o,
                    struct err *err);

#endif
