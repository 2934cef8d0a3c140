/* bench.c - what an instance costs inside the process: create, activate and complete
 * one service task, over node and gate, without a network. Prints rows for tools/bench:
 * `name|value|unit`. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "gate/gate.h"

#define TENANT STR("<default>")

static const char model[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<process id='one' isExecutable='true'><startEvent id='s'/>"
    "<serviceTask id='work'><extensionElements><z:taskDefinition type='work'/>"
    "</extensionElements></serviceTask><endEvent id='e'/>"
    "<sequenceFlow id='f1' sourceRef='s' targetRef='work'/>"
    "<sequenceFlow id='f2' sourceRef='work' targetRef='e'/></process></definitions>";

static const char small[] =
    "{\"orderId\":\"o-4711\",\"customer\":\"c-0815\",\"amount\":129.9}";
static const char large[] =
    "{\"orderId\":\"o-4711\",\"customer\":\"c-0815\",\"amount\":129.9,\"currency\":"
    "\"EUR\","
    "\"items\":[{\"sku\":\"A-1\",\"n\":2},{\"sku\":\"B-77\",\"n\":1}],\"street\":"
    "\"Long "
    "Road "
    "17\",\"city\":\"Newtown\",\"zip\":\"12345\",\"country\":\"DE\",\"express\":true,"
    "\"note\":\"please ring twice and leave it with the neighbours on the left side\","
    "\"placedAt\":\"2026-01-31T10:15:30.123Z\",\"channel\":\"web\",\"trace\":"
    "\"4bf92f3577b3"
    "4da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}";

struct bench {
    struct log *log;
    struct node *node;
    struct gate *gate;
    u64 request;
    i64 now;
};

static double seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void pump(struct bench *b)
{
    struct err err;

    b->now++;
    if (!node_pump(b->node, b->now, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    gate_pump(b->gate, b->now);
}

/* Waits for the log when there is nothing else to do. */
static void idle(struct bench *b)
{
    struct pollfd p = {.fd = log_wake_fd(b->log), .events = POLLIN};

    if (p.fd >= 0)
        poll(&p, 1, 100);
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

/* Takes the next answer; waits for it. */
static struct gate_answer take(struct bench *b)
{
    struct gate_answer a;

    while (!gate_answer(b->gate, &a)) {
        pump(b);
        if (!gate_is_busy(b->gate) && b->log->durable < b->log->tail)
            idle(b);
    }
    if (a.rejection) {
        fprintf(stderr, "refused: %.*s\n", ARG(a.text));
        exit(1);
    }
    return a;
}

static void create(struct bench *b, const char *variables)
{
    ask(b, CMD_INSTANCE_CREATE, 0,
        &(struct instance_create){.bpmn_process_id = STR("one"),
                                  .version = -1,
                                  .variables = str_of(variables)});
}

/* `many` instances at a time, as many clients do it. */
static void round_of(struct bench *b, const char *variables, int many)
{
    u64 keys[256];
    int jobs = 0;

    for (int i = 0; i < many; i++)
        create(b, variables);
    for (int i = 0; i < many; i++) {
        struct gate_answer a = take(b);
        gate_answer_done(&a);
    }
    for (int i = 0; i < many; i++)
        ask(b, CMD_JOB_ACTIVATE, 0,
            &(struct job_activate){.type = STR("work"),
                                   .worker = STR("bench"),
                                   .timeout = 60000,
                                   .max_jobs = 1});
    for (int i = 0; i < many; i++) {
        struct gate_answer a = take(b);
        const struct jobs_activated *got = a.record;
        if (got->jobs.count)
            keys[jobs++] = got->jobs.items[0].key;
        gate_answer_done(&a);
    }
    for (int i = 0; i < jobs; i++)
        ask(b, CMD_JOB_COMPLETE, keys[i],
            &(struct job_complete){STR("{\"done\":true}")});
    for (int i = 0; i < jobs; i++) {
        struct gate_answer a = take(b);
        gate_answer_done(&a);
    }
}

static void bench_open(struct bench *b, const char *folder)
{
    struct node_options options = node_options_default;
    struct resource file = {STR("one.bpmn"), str_of(model)};
    struct err err;

    *b = (struct bench){.now = 1000};
    b->log = folder ? log_file_open(folder, &log_file_options_default, &err)
                    : log_mem_open(&(struct log_mem_options){0});
    if (!b->log || !log_claim(b->log, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    options.engine = engine_options_default;
    b->node = node_open(&options, b->log);
    b->gate = gate_open(&gate_options_default, &b->node, 1);
    ask(b, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}});
    struct gate_answer a = take(b);
    gate_answer_done(&a);
}

static void bench_close(struct bench *b)
{
    gate_close(b->gate);
    node_close(b->node);
    log_close(b->log);
}

static void measure(const char *name, const char *variables, const char *folder,
                    int many)
{
    struct bench b;
    int rounds = 60000 / many;

    bench_open(&b, folder);
    for (int i = 0; i < rounds / 10; i++)
        round_of(&b, variables, many);
    u64 bytes = b.log->bytes;
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
    for (int i = 0; i < rounds; i++)
        round_of(&b, variables, many);
    double count = (double)rounds * many;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    printf("%s|%.2f|us CPU an instance|%.0f|instances/s", name, cpu / count * 1e6,
           count / wall);
    if (folder)
        printf("|%.0f|log bytes an instance", (double)(b.log->bytes - bytes) / count);
    putchar('\n');
    bench_close(&b);
}

static long resident(void)
{
    long pages = 0, whole;
    FILE *f = fopen("/proc/self/statm", "r");

    if (f && fscanf(f, "%ld %ld", &whole, &pages) != 2)
        pages = 0;
    if (f)
        fclose(f);
    return pages * sysconf(_SC_PAGESIZE);
}

static void parked(const char *name, const char *variables)
{
    enum { COUNT = 50000 };
    struct bench b;

    bench_open(&b, NULL);
    long before = resident();
    for (int i = 0; i < COUNT; i++) {
        create(&b, variables);
        struct gate_answer a = take(&b);
        gate_answer_done(&a);
    }
    printf("%s|%.0f|bytes a parked instance\n", name,
           (double)(resident() - before) / COUNT);
    bench_close(&b);
}

int main(int argc, char **argv)
{
    char folder[4096];

    if (argc != 2) {
        fprintf(stderr, "usage: bench FOLDER\n");
        return 2;
    }
    measure("in process, engine only, 3 variables", small, NULL, 100);
    measure("in process, engine only, 14 variables", large, NULL, 100);
    snprintf(folder, sizeof(folder), "%s/small", argv[1]);
    measure("in process, with log, 3 variables", small, folder, 100);
    snprintf(folder, sizeof(folder), "%s/large", argv[1]);
    measure("in process, with log, 14 variables", large, folder, 100);
    parked("parked, 3 variables", small);
    parked("parked, 14 variables", large);
    return 0;
}
