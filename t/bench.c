/* bench.c - what an instance costs inside the process: create, activate and complete
 * one service task, over node and gate, without a network. Prints rows for tools/bench:
 * `name|value|unit|value|unit...`.
 *
 *     bench FOLDER [PART OF A ROW'S NAME [INSTANCES]]
 *
 * Few instances (2000) are enough under valgrind, which counts instructions: see
 * tools/profile.
 * Each row is measured in a process of its own: the memory that one has used and given
 * back would make the next look small. */
#include <sys/wait.h>

#include "t/documents.h"
#include "t/inside.h"

enum {
    AT_ONCE = 100,    /* as many clients do it together */
    WARM = 5000,      /* instances before the clock is read */
    MEASURED = 60000, /* instances between the two readings, if nobody says else */
    PARKED = 20000,   /* instances that wait at their task */
};

static const char model[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<process id='one' isExecutable='true'><startEvent id='s'/>"
    "<serviceTask id='work'><extensionElements><z:taskDefinition type='work'/>"
    "</extensionElements></serviceTask><endEvent id='e'/>"
    "<sequenceFlow id='f1' sourceRef='s' targetRef='work'/>"
    "<sequenceFlow id='f2' sourceRef='work' targetRef='e'/></process></definitions>";

static i64 measured = MEASURED;

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

static void run(struct bench *b, i64 instances)
{
    u64 jobs[AT_ONCE];

    for (i64 i = 0; i < instances; i += AT_ONCE) {
        create(b, AT_ONCE);
        activate(b, jobs, AT_ONCE);
        complete(b, jobs, AT_ONCE);
    }
}

/* ---- rows ------------------------------------------------------------------------ */

static void print_cost(const char *name, bool is_large, const char *folder)
{
    struct bench *b = must_alloc(sizeof(*b));

    bench_open(b, is_large, folder);
    run(b, measured < WARM ? measured : WARM);
    u64 bytes = b->in.log->bytes, raw = node_counters(b->in.node).bytes;
    double cpu = cpu_seconds(), wall = wall_seconds();
    run(b, measured);
    cpu = cpu_seconds() - cpu;
    wall = wall_seconds() - wall;
    printf("%s|%.2f|us CPU an instance|%.0f|instances/s", name,
           cpu / (double)measured * 1e6, (double)measured / wall);
    if (folder)
        printf("|%.0f|log bytes an instance|%.0f|before LZ4",
               (double)(b->in.log->bytes - bytes) / (double)measured,
               (double)(node_counters(b->in.node).bytes - raw) / (double)measured);
    putchar('\n');
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
    if (argc < 2 || argc > 4 ||
        (argc == 4 && !str_to_i64(str_of(argv[3]), &measured)) || measured < AT_ONCE ||
        measured > INT32_MAX) {
        fprintf(stderr, "usage: bench FOLDER [PART OF A ROW'S NAME [INSTANCES]]\n");
        return 2;
    }
    for (size_t i = 0; i < LEN(rows); i++)
        if (argc == 2 || strstr(rows[i].name, argv[2]))
            print_row(i, argv[1]);
    return 0;
}
