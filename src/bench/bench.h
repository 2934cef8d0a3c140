/* bench.h - what this program costs on this machine: rows of figures, each measured on
 * a server of its own in a scratch folder, or inside a process of its own. The server
 * runs on the first core and the client on the second, when there are two.
 *
 *     if (!bench_run(&options, &err)) ...
 *
 * Uses: gate and what is below it. Not pure: processes, sockets, clocks, files. */
#ifndef BENCH_H
#define BENCH_H

#include "base/err.h"

/* What a row may say. CPU is the server's, per instance: create, activate and complete
 * one service task. Times are of an instance, from its creation asked to its completion
 * answered. */
#define BENCH_FIGURES(X)              \
    X(cpu_us, "us CPU")               \
    X(per_second, "instances/s")      \
    X(p50_ms, "ms p50")               \
    X(p99_ms, "ms p99")               \
    X(log_bytes, "log bytes")         \
    X(memory_bytes, "bytes resident") \
    X(threads, "threads")             \
    X(start_ms, "ms to start")

enum bench_figure {
#define X(name, unit) BENCH_##name,
    BENCH_FIGURES(X)
#undef X
        BENCH_FIGURE_COUNT
};

struct bench_row {
    const char *name, *what; /* what was done, in a sentence */
    bool has[BENCH_FIGURE_COUNT];
    double value[BENCH_FIGURE_COUNT];
};

struct bench_options {
    const char *folder; /* in which a scratch folder is made, on the disk to measure */
    const char *only;   /* rows whose name contains this; empty: all */
    u32 seconds;        /* of measuring a row; before it, one more to get warm */
    u32 instances;      /* of rows without a server, which take as long as they take */
    void (*row)(void *ctx, const struct bench_row *row); /* each, when it is measured */
    void *ctx;
};

extern const char *const bench_figure_names[], *const bench_figure_units[];

/* False: err says which row could not be measured and why; the scratch folder is gone
 * in any case. ERR_SYNTAX: no row has such a name; err lists them. */
bool bench_run(const struct bench_options *o, struct err *err);

#endif
