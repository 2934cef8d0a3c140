/* bench.c - what an instance costs inside the process: create, activate and complete
 * one service task, over node and gate, without a network. Prints rows for tools/bench:
 * `name|value|unit|value|unit...`.
 *
 *     bench FOLDER [PART OF A ROW'S NAME [INSTANCES OF A START]]
 *
 * Each row is measured in a process of its own: the memory that one has used and given
 * back would make the next look small. */
#include <sys/stat.h>
#include <sys/wait.h>

#include "t/documents.h"
#include "t/inside.h"

enum {
    AT_ONCE = 100,    /* as many clients do it together */
    WARM = 5000,      /* instances before the clock is read */
    MEASURED = 60000, /* instances between the two readings */
    PARKED = 20000,   /* instances that wait at their task */
};

/* Bytes logged behind the checkpoint of a start: nearly as many as there can be. */
#define TAIL ((u64)24 << 20)

static int start_parked = 100000; /* instances that a start finds */

static const char model[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<process id='one' isExecutable='true'><startEvent id='s'/>"
    "<serviceTask id='work'><extensionElements><z:taskDefinition type='work'/>"
    "</extensionElements></serviceTask><endEvent id='e'/>"
    "<sequenceFlow id='f1' sourceRef='s' targetRef='work'/>"
    "<sequenceFlow id='f2' sourceRef='work' targetRef='e'/></process>"
    "<process id='two' isExecutable='true'><startEvent id='s2'/>"
    "<serviceTask id='work2'><extensionElements><z:taskDefinition type='more'/>"
    "</extensionElements></serviceTask><endEvent id='e2'/>"
    "<sequenceFlow id='f3' sourceRef='s2' targetRef='work2'/>"
    "<sequenceFlow id='f4' sourceRef='work2' targetRef='e2'/></process>"
    "</definitions>";

struct bench {
    struct inside in;
    struct documents documents;
    u64 created;
    const char *process, *type; /* what is created and done */
};

static void bench_open(struct bench *b, bool is_large, const char *folder)
{
    *b = (struct bench){.process = "one", .type = "work"};
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
                .bpmn_process_id = str_of(b->process),
                .version = -1,
                .variables = str_of(document_at(&b->documents, b->created++))});
    take_many(&b->in, count);
}

static void activate(struct bench *b, u64 *jobs, int count)
{
    for (int i = 0; i < count; i++)
        ask(&b->in, CMD_JOB_ACTIVATE, 0,
            &(struct job_activate){.type = str_of(b->type),
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

static void print_cost(const char *name, bool is_large, const char *folder)
{
    struct bench *b = must_alloc(sizeof(*b));

    bench_open(b, is_large, folder);
    run(b, WARM);
    u64 bytes = b->in.log->bytes;
    double cpu = cpu_seconds(), wall = wall_seconds();
    run(b, MEASURED);
    cpu = cpu_seconds() - cpu;
    wall = wall_seconds() - wall;
    printf("%s|%.2f|us CPU an instance|%.0f|instances/s", name, cpu / MEASURED * 1e6,
           MEASURED / wall);
    if (folder)
        printf("|%.0f|log bytes an instance",
               (double)(b->in.log->bytes - bytes) / MEASURED);
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

static void close_all(struct bench *b, struct vault *v)
{
    gate_close(b->in.gate);
    node_close(b->in.node);
    vault_close(v);
    log_close(b->in.log);
}

static struct vault *vault_in(const char *folder)
{
    char path[4200];
    struct err err;

    snprintf(path, sizeof(path), "%s-vault", folder);
    struct vault *v = vault_lmdb_open(path, &err);
    if (!v)
        die("the vault", str_of(err.text));
    return v;
}

static u64 bytes_of(const char *folder)
{
    char path[4200];
    struct stat st;

    snprintf(path, sizeof(path), "%s-vault/vault.mdb", folder);
    return stat(path, &st) == 0 ? (u64)st.st_size : 0;
}

/* What a start costs that finds so many waiting instances and a tail of the log. */
static void print_start(const char *name, bool is_large, const char *folder)
{
    struct bench *b = must_alloc(sizeof(*b));
    struct vault *v = vault_in(folder);

    *b = (struct bench){.process = "one", .type = "work"};
    documents_init(&b->documents, is_large);
    inside_open_kept(&b->in, 0, folder, v);
    inside_deploy(&b->in, str_of(model));
    for (int i = 0; i < start_parked; i += AT_ONCE)
        create(b, AT_ONCE);
    b->process = "two"; /* what waits goes on waiting */
    b->type = "more";
    u64 from = node_counters(b->in.node).bytes, checkpoint;
    do {
        checkpoint = node_counters(b->in.node).checkpoint;
        run(b, AT_ONCE);
        if (checkpoint != node_counters(b->in.node).checkpoint)
            from = node_counters(b->in.node).bytes;
    } while (node_counters(b->in.node).bytes - from < TAIL);
    u64 entries = b->in.log->tail - node_counters(b->in.node).checkpoint;
    close_all(b, v);
    double cpu = cpu_seconds(), wall = wall_seconds(), before = resident_bytes();
    v = vault_in(folder);
    inside_open_kept(&b->in, 0, folder, v);
    printf("%s|%.2f|s for %d|%.2f|s CPU|%llu|entries replayed|%.0f|vault bytes an "
           "instance|%.0f|MB resident\n",
           name, wall_seconds() - wall, start_parked, cpu_seconds() - cpu,
           (unsigned long long)entries, (double)bytes_of(folder) / start_parked,
           (resident_bytes() - before) / 1e6);
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
    {"start, 3 variables", print_start, false, "start-small"},
    {"start, 14 variables", print_start, true, "start-large"},
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
    i64 parked;

    if (argc < 2 || argc > 4) {
        fprintf(stderr,
                "usage: bench FOLDER [PART OF A ROW'S NAME [INSTANCES OF A START]]\n");
        return 2;
    }
    if (argc == 4 && str_to_i64(str_of(argv[3]), &parked))
        start_parked = (int)parked;
    for (size_t i = 0; i < LEN(rows); i++)
        if (argc <= 2 || strstr(rows[i].name, argv[2]))
            print_row(i, argv[1]);
    return 0;
}
