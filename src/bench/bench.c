#include "bench/bench.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/private.h"

const char *const bench_figure_names[] = {
#define X(name, unit) #name,
    BENCH_FIGURES(X)
#undef X
};

const char *const bench_figure_units[] = {
#define X(name, unit) unit,
    BENCH_FIGURES(X)
#undef X
};

/* How a row is measured, and with what. */
struct plan {
    const char *name, *what;
    bool (*measure)(const struct plan *p, const struct bench_options *o,
                    const char *folder, struct bench_row *row, struct err *err);
    enum load_how how;
    u32 connections, in_flight, sync_delay_us;
    bool is_large;
    enum inside_what inside;
};

/* ---- ways to measure ------------------------------------------------------------- */

static bool load_into(const struct plan *p, const struct bench_options *o,
                      const struct served *s, struct load_figures *f, struct err *err)
{
    struct load_options load = {.grpc = s->grpc,
                                .http = s->http,
                                .server = s->pid,
                                .how = p->how,
                                .connections = p->connections,
                                .in_flight = p->in_flight,
                                .seconds = o->seconds,
                                .is_large = p->is_large};

    return load_run(&load, f, err);
}

static bool measure_load(const struct plan *p, const struct bench_options *o,
                         const char *folder, struct bench_row *row, struct err *err)
{
    struct load_figures f = {0};
    struct served s;
    double bytes;

    if (!served_begin(&s, folder, p->sync_delay_us, err))
        return false;
    bool is_good = load_into(p, o, &s, &f, err);
    served_end(&s);
    if (!is_good || !served_log_bytes(folder, &bytes, err))
        return false;
    bench_set(row, BENCH_cpu_us, f.cpu_us);
    bench_set(row, BENCH_per_second, f.per_second);
    bench_set(row, BENCH_p50_ms, f.p50_ms);
    bench_set(row, BENCH_p99_ms, f.p99_ms);
    bench_set(row, BENCH_log_bytes, bytes / (double)f.instances);
    return true;
}

static bool measure_inside(const struct plan *p, const struct bench_options *o,
                           const char *folder, struct bench_row *row, struct err *err)
{
    struct inside_options inside = {.what = p->inside,
                                    .is_large = p->is_large,
                                    .instances = o->instances,
                                    .folder = folder};

    return inside_measure(row, &inside, err);
}

static bool measure_idle(const struct plan *p, const struct bench_options *o,
                         const char *folder, struct bench_row *row, struct err *err)
{
    struct served_cost before, after;
    struct served s;

    if (!served_begin(&s, folder, 0, err))
        return false;
    usleep(300000); /* the log fills its first segments */
    bool is_good = served_cost(s.pid, &before, err);
    usleep(o->seconds * 1000000);
    is_good = is_good && served_cost(s.pid, &after, err);
    served_end(&s);
    if (!is_good)
        return false;
    bench_set(row, BENCH_memory_bytes, after.resident);
    bench_set(row, BENCH_threads, after.threads);
    bench_set(row, BENCH_cpu_us,
              (after.cpu_seconds - before.cpu_seconds) / o->seconds * 1e6);
    return true;
}

enum { STARTS = 9 };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The median, each in a new folder. */
static bool measure_start(const struct plan *p, const struct bench_options *o,
                          const char *folder, struct bench_row *row, struct err *err)
{
    double took[STARTS];
    char path[4096];
    struct served s;

    for (size_t i = 0; i < STARTS; i++) {
        snprintf(path, sizeof(path), "%s-%zu", folder, i);
        if (!served_begin(&s, path, 0, err))
            return false;
        took[i] = s.start_ms;
        served_end(&s);
    }
    qsort(took, STARTS, sizeof(took[0]), by_value);
    bench_set(row, BENCH_start_ms, took[STARTS / 2]);
    return true;
}

/* ---- the rows -------------------------------------------------------------------- */

/* clang-format off */
#define LOADED(name, how, connections, in_flight, delay, large, what) \
    {name, what, measure_load, LOAD_##how, connections, in_flight, delay, large, 0}
#define INSIDE(name, inside, large, what) \
    {name, what, measure_inside, 0, 0, 0, 0, large, INSIDE_##inside}

static const struct plan plans[] = {
    LOADED("grpc-10x10-3var", POLL, 10, 10, 0, false,
           "gRPC, 10 connections with 10 calls in flight each, 3 variables (85 bytes)"),
    LOADED("grpc-10x10-14var", POLL, 10, 10, 0, true,
           "the same with 14 variables (570 bytes)"),
    LOADED("stream-3var", STREAM, 10, 10, 0, false,
           "gRPC, jobs come through one stream a connection instead of being polled"),
    LOADED("rest-100-3var", REST, 100, 1, 0, false,
           "REST over HTTP/1.1, 100 connections, 3 variables"),
    LOADED("rest-100-14var", REST, 100, 1, 0, true,
           "REST over HTTP/1.1, 100 connections, 14 variables"),
    LOADED("latency-100-slow-disk", POLL, 10, 10, 2500, false,
           "100 in flight, when each sync takes 2.5 ms more, as on common cloud disks"),
    LOADED("one-client", POLL, 1, 1, 0, false,
           "gRPC, one client that waits for each answer"),
    INSIDE("log-3var", LOG, false,
           "engine and log in one process, full batches, 3 variables"),
    INSIDE("log-14var", LOG, true,
           "engine and log in one process, full batches, 14 variables"),
    INSIDE("engine-3var", ENGINE, false, "the engine alone, nothing is kept, 3 variables"),
    INSIDE("engine-14var", ENGINE, true, "the engine alone, nothing is kept, 14 variables"),
    INSIDE("parked-3var", PARKED, false,
           "memory of an instance that waits at its task, 3 variables"),
    INSIDE("parked-14var", PARKED, true,
           "memory of an instance that waits at its task, 14 variables"),
    {"idle", "a server that has nothing to do; its CPU is that of a second",
     measure_idle, 0, 0, 0, 0, false, 0},
    {"cold-start", "from the start of the process to its ready line, new folder, median",
     measure_start, 0, 0, 0, 0, false, 0},
};
/* clang-format on */

static bool plan_is_wanted(const struct plan *p, const struct bench_options *o)
{
    return strstr(p->name, o->only) != NULL;
}

static bool plans_unknown(const struct bench_options *o, struct err *err)
{
    char names[400] = "";
    size_t len = 0;

    for (size_t i = 0; i < LEN(plans) && len < sizeof(names); i++)
        len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s", i ? ", " : "",
                                plans[i].name);
    return err_set(err, ERR_SYNTAX, "no row is named like '%s'; there are %s", o->only,
                   names);
}

/* ---- the scratch folder ---------------------------------------------------------- */

static void folder_remove(const char *path)
{
    DIR *list = opendir(path);
    char name[4096];

    for (struct dirent *e; list && (e = readdir(list));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        int len = snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
        if (len > 0 && (size_t)len < sizeof(name) && unlink(name) != 0)
            folder_remove(name);
    }
    if (list)
        closedir(list);
    rmdir(path);
}

static bool plan_run(const struct plan *p, const struct bench_options *o,
                     const char *scratch, struct err *err)
{
    struct bench_row row = {.name = p->name, .what = p->what};
    char folder[4096];

    snprintf(folder, sizeof(folder), "%s/%s", scratch, p->name);
    if (!p->measure(p, o, folder, &row, err))
        return err_in(err, "%s", p->name);
    folder_remove(folder);
    o->row(o->ctx, &row);
    return true;
}

bool bench_run(const struct bench_options *o, struct err *err)
{
    char scratch[4096];
    cpu_set_t before;
    bool is_good = true;
    size_t wanted = 0;

    for (size_t i = 0; i < LEN(plans); i++)
        wanted += plan_is_wanted(&plans[i], o);
    if (wanted == 0)
        return plans_unknown(o, err);
    snprintf(scratch, sizeof(scratch), "%s/fermata-bench-XXXXXX", o->folder);
    if (!mkdtemp(scratch))
        return err_set(err, ERR_IO, "%s: no scratch folder can be made there: %s",
                       o->folder, strerror(errno));
    sched_getaffinity(0, sizeof(before), &before);
    bench_pin(1);
    for (size_t i = 0; is_good && i < LEN(plans); i++)
        if (plan_is_wanted(&plans[i], o))
            is_good = plan_run(&plans[i], o, scratch, err);
    sched_setaffinity(0, sizeof(before), &before);
    folder_remove(scratch);
    return is_good;
}
