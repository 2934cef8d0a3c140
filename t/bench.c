/* bench.c - what an instance costs inside the process: create, activate and complete
 * one service task, over node and gate, without a network. Prints rows for tools/bench:
 * `name|value|unit|value|unit...`.
 *
 *     bench FOLDER [PART OF A ROW'S NAME]
 *
 * Each row is measured in a process of its own: the memory that one has used and given
 * back would make the next look small. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gate/gate.h"
#include "t/documents.h"

#define TENANT STR("<default>")

enum {
    AT_ONCE = 100,       /* as many clients do it together */
    WARM = 5000,         /* instances before the clock is read */
    MEASURED = 60000,    /* instances between the two readings */
    PARKED = 20000,      /* instances that wait at their task */
    LOG_WAIT_MS = 10000, /* a sync that takes longer is a broken disk */
};

static const char model[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<process id='one' isExecutable='true'><startEvent id='s'/>"
    "<serviceTask id='work'><extensionElements><z:taskDefinition type='work'/>"
    "</extensionElements></serviceTask><endEvent id='e'/>"
    "<sequenceFlow id='f1' sourceRef='s' targetRef='work'/>"
    "<sequenceFlow id='f2' sourceRef='work' targetRef='e'/></process></definitions>";

struct bench {
    struct log *log;
    struct node *node;
    struct gate *gate;
    struct documents documents;
    u64 request, created;
    i64 now;
};

static _Noreturn void die(const char *what, struct str why)
{
    fprintf(stderr, "bench: %s: %.*s\n", what, ARG(why));
    exit(1);
}

/* ---- the server's loop in small -------------------------------------------------- */

static void pump(struct bench *b)
{
    struct err err;

    b->now++;
    if (!node_pump(b->node, b->now, &err))
        die("the log", str_of(err.text));
    gate_pump(b->gate, b->now);
}

/* Waits for the log when there is nothing else to do. */
static void idle(struct bench *b)
{
    struct pollfd p = {.fd = log_wake_fd(b->log), .events = POLLIN};

    if (p.fd >= 0 && poll(&p, 1, LOG_WAIT_MS) == 0)
        die("the log", STR("no sync has ended"));
}

static void ask(struct bench *b, enum command_kind kind, u64 key, const void *record)
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
static struct gate_answer take(struct bench *b)
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

static void take_many(struct bench *b, int count)
{
    for (int i = 0; i < count; i++) {
        struct gate_answer a = take(b);
        gate_answer_done(&a);
    }
}

static void bench_open(struct bench *b, bool is_large, const char *folder)
{
    struct node_options options = node_options_default;
    struct resource file = {STR("one.bpmn"), str_of(model)};
    struct err err;

    *b = (struct bench){.now = 1000};
    documents_init(&b->documents, is_large);
    b->log = folder ? log_file_open(folder, &log_file_options_default, &err)
                    : log_mem_open(&(struct log_mem_options){0});
    if (!b->log || !log_claim(b->log, &err))
        die("the log", str_of(err.text));
    options.engine = engine_options_default;
    b->node = node_open(&options, b->log);
    b->gate = gate_open(&gate_options_default, &b->node, 1);
    ask(b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
    take_many(b, 1);
}

/* ---- instances ------------------------------------------------------------------- */

static void create(struct bench *b, int count)
{
    for (int i = 0; i < count; i++)
        ask(b, CMD_INSTANCE_CREATE, 0,
            &(struct instance_create){
                .bpmn_process_id = STR("one"),
                .version = -1,
                .variables = str_of(document_at(&b->documents, b->created++))});
    take_many(b, count);
}

static void activate(struct bench *b, u64 *jobs, int count)
{
    for (int i = 0; i < count; i++)
        ask(b, CMD_JOB_ACTIVATE, 0,
            &(struct job_activate){.type = STR("work"),
                                   .worker = STR("bench"),
                                   .timeout = 60000,
                                   .max_jobs = 1});
    for (int i = 0; i < count; i++) {
        struct gate_answer a = take(b);
        const struct jobs_activated *got = a.record;
        must(got->jobs.count == 1);
        jobs[i] = got->jobs.items[0].key;
        gate_answer_done(&a);
    }
}

static void complete(struct bench *b, const u64 *jobs, int count)
{
    for (int i = 0; i < count; i++)
        ask(b, CMD_JOB_COMPLETE, jobs[i],
            &(struct job_complete){STR("{\"done\":true}")});
    take_many(b, count);
}

static void run(struct bench *b, int instances)
{
    u64 jobs[AT_ONCE];

    for (int i = 0; i < instances; i += AT_ONCE) {
        create(b, AT_ONCE);
        activate(b, jobs, AT_ONCE);
        complete(b, jobs, AT_ONCE);
    }
}

/* ---- rows ------------------------------------------------------------------------ */

static double cpu_seconds(void)
{
    struct rusage u;

    must(getrusage(RUSAGE_SELF, &u) == 0);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static double wall_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void print_cost(const char *name, bool is_large, const char *folder)
{
    struct bench *b = must_alloc(sizeof(*b));

    bench_open(b, is_large, folder);
    run(b, WARM);
    u64 bytes = b->log->bytes;
    double cpu = cpu_seconds(), wall = wall_seconds();
    run(b, MEASURED);
    cpu = cpu_seconds() - cpu;
    wall = wall_seconds() - wall;
    printf("%s|%.2f|us CPU an instance|%.0f|instances/s", name, cpu / MEASURED * 1e6,
           MEASURED / wall);
    if (folder)
        printf("|%.0f|log bytes an instance",
               (double)(b->log->bytes - bytes) / MEASURED);
    putchar('\n');
}

static double resident_bytes(void)
{
    long whole = 0, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (!f || fscanf(f, "%ld %ld", &whole, &pages) != 2)
        die("/proc/self/statm", STR("cannot be read"));
    fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static void print_parked(const char *name, bool is_large, const char *folder)
{
    struct bench *b = must_alloc(sizeof(*b));

    bench_open(b, is_large, NULL);
    create(b, AT_ONCE);
    double before = resident_bytes();
    for (int i = 0; i < PARKED; i += AT_ONCE)
        create(b, AT_ONCE);
    printf("%s|%.0f|bytes a parked instance\n", name,
           (resident_bytes() - before) / PARKED);
}

static const struct {
    const char *name;
    void (*print)(const char *name, bool is_large, const char *folder);
    bool is_large;
    const char *folder; /* in that of the command line; NULL: the log keeps nothing */
} rows[] = {
    {"in process, engine only, 3 variables", print_cost, false, NULL},
    {"in process, engine only, 14 variables", print_cost, true, NULL},
    {"in process, with log, 3 variables", print_cost, false, "small"},
    {"in process, with log, 14 variables", print_cost, true, "large"},
    {"parked, 3 variables", print_parked, false, NULL},
    {"parked, 14 variables", print_parked, true, NULL},
};

/* What it has open goes with its process. */
static void print_row(size_t i, const char *folder)
{
    char path[4096];
    int status;
    pid_t child = fork();

    must(child >= 0);
    if (child == 0) {
        snprintf(path, sizeof(path), "%s/%s", folder,
                 rows[i].folder ? rows[i].folder : "");
        rows[i].print(rows[i].name, rows[i].is_large, rows[i].folder ? path : NULL);
        fflush(stdout);
        _exit(0);
    }
    if (waitpid(child, &status, 0) != child || status != 0)
        die(rows[i].name, STR("was not measured"));
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: bench FOLDER [PART OF A ROW'S NAME]\n");
        return 2;
    }
    for (size_t i = 0; i < LEN(rows); i++)
        if (argc == 2 || strstr(rows[i].name, argv[2]))
            print_row(i, argv[1]);
    return 0;
}
