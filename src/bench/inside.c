/* What an instance costs inside the process: create, activate and complete one service
 * task, over node and gate, without a network. */
#include "bench/inside.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/documents.h"
#include "bench/private.h"

enum {
    AT_ONCE = 100,  /* as many clients do it together */
    WARM = 5000,    /* instances before the clock is read */
    PARKED = 20000, /* instances that wait at their task */
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
    struct inside in;
    struct documents documents;
    u64 created;
};

static void bench_open(struct bench *b, bool is_large, const char *folder)
{
    *b = (struct bench){.created = 0};
    documents_init(&b->documents, is_large);
    inside_open(&b->in, 0, folder);
    inside_deploy(&b->in, str_of(model));
}

/* ---- instances ------------------------------------------------------------------- */

static void create(struct bench *b, int count)
{
    for (int i = 0; i < count; i++)
        ask(&b->in, CMD_INSTANCE_CREATE, 0,
            &(struct instance_create){
                .bpmn_process_id = STR("one"),
                .version = -1,
                .variables = str_of(document_at(&b->documents, b->created++))});
    take_many(&b->in, count);
}

static void activate(struct bench *b, u64 *jobs, int count)
{
    for (int i = 0; i < count; i++)
        ask(&b->in, CMD_JOB_ACTIVATE, 0,
            &(struct job_activate){.type = STR("work"),
                                   .worker = STR("bench"),
                                   .timeout = 60000,
                                   .max_jobs = 1});
    for (int i = 0; i < count; i++) {
        struct gate_answer a = take(&b->in);
        const struct jobs_activated *got = a.record;
        must(got->jobs.count == 1);
        jobs[i] = got->jobs.items[0].key;
        gate_answer_done(&a);
    }
}

static void complete(struct bench *b, const u64 *jobs, int count)
{
    for (int i = 0; i < count; i++)
        ask(&b->in, CMD_JOB_COMPLETE, jobs[i],
            &(struct job_complete){STR("{\"done\":true}")});
    take_many(&b->in, count);
}

static void instances_run(struct bench *b, int instances)
{
    u64 jobs[AT_ONCE];

    for (int i = 0; i < instances; i += AT_ONCE) {
        create(b, AT_ONCE);
        activate(b, jobs, AT_ONCE);
        complete(b, jobs, AT_ONCE);
    }
}

/* ---- rows ------------------------------------------------------------------------ */

static void cost(struct bench_row *row, const struct inside_options *o)
{
    int measured = (int)o->instances;
    struct bench *b = must_alloc(sizeof(*b));

    bench_open(b, o->is_large, o->what == INSIDE_LOG ? o->folder : NULL);
    instances_run(b, measured < WARM ? measured : WARM);
    u64 bytes = b->in.log->bytes;
    double cpu = cpu_seconds(), wall = wall_seconds();
    instances_run(b, measured);
    cpu = cpu_seconds() - cpu;
    wall = wall_seconds() - wall;
    bench_set(row, BENCH_cpu_us, cpu / measured * 1e6);
    bench_set(row, BENCH_per_second, measured / wall);
    if (o->what == INSIDE_LOG)
        bench_set(row, BENCH_log_bytes, (double)(b->in.log->bytes - bytes) / measured);
}

static void parked(struct bench_row *row, bool is_large)
{
    struct bench *b = must_alloc(sizeof(*b));

    bench_open(b, is_large, NULL);
    create(b, AT_ONCE);
    double before = resident_bytes();
    for (int i = 0; i < PARKED; i += AT_ONCE)
        create(b, AT_ONCE);
    bench_set(row, BENCH_memory_bytes, (resident_bytes() - before) / PARKED);
}

/* What it has open goes with its process; the figures come through a pipe. */
bool inside_measure(struct bench_row *row, const struct inside_options *o,
                    struct err *err)
{
    int ends[2], status = 0;

    if (pipe(ends) != 0)
        return err_set(err, ERR_IO, "no pipe: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        bench_pin(0);
        if (o->what == INSIDE_PARKED)
            parked(row, o->is_large);
        else
            cost(row, o);
        _exit(write(ends[1], row, sizeof(*row)) == (ssize_t)sizeof(*row) ? 0 : 1);
    }
    close(ends[1]);
    bool is_read =
        child > 0 && read(ends[0], row, sizeof(*row)) == (ssize_t)sizeof(*row);
    close(ends[0]);
    bool is_ended = child > 0 && waitpid(child, &status, 0) == child && status == 0;
    return (is_read && is_ended) || err_set(err, ERR_IO, "its process has failed");
}
