/* golden.c - data directories that earlier releases have written, in t/golden/: each is
 * opened, must hold what was put into it, and goes on to its end.
 *
 *     golden FOLDER...          a copy of each is opened
 *     golden --write FOLDER     writes one as this release does
 *     golden --log-only FOLDER  without a vault, as releases before checkpoints did
 *
 * A release adds a folder; none is ever written again. The last line is `N passed, N
 * failed`. */
#include <dirent.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "node/node.h"
#include "state/read.h"

#define NOW    1767225600000
#define HOUR   3600000
#define TENANT STR("<default>")

/* A process each, named like its one task, which waits in its own way. */
static const struct {
    const char *id, *tag, *inside;
} processes[] = {
    {"work", "serviceTask",
     "<extensionElements><z:taskDefinition type='work'/></extensionElements>"},
    {"wait", "receiveTask messageRef='m'", ""},
    {"later", "intermediateCatchEvent",
     "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"},
    {"signal", "intermediateCatchEvent", "<signalEventDefinition signalRef='g'/>"},
    {"person", "userTask", "<extensionElements><z:userTask/></extensionElements>"},
    {"broken", "serviceTask",
     "<extensionElements><z:taskDefinition type='=missing'/></extensionElements>"},
    {"many", "serviceTask",
     "<extensionElements><z:taskDefinition type='work'/></extensionElements>"
     "<multiInstanceLoopCharacteristics><extensionElements><z:loopCharacteristics "
     "inputCollection='=[1,2,3]' inputElement='i' outputCollection='all' "
     "outputElement='=i'/></extensionElements></multiInstanceLoopCharacteristics>"},
    {"call", "callActivity",
     "<extensionElements><z:calledElement processId='work'/></extensionElements>"},
};

static void process_add(struct buf *b, const char *id, const char *tag,
                        const char *inside)
{
    int name = (int)strcspn(tag, " ");

    buf_print(b,
              "<process id='%s' isExecutable='true'><startEvent id='%s-s'/>"
              "<sequenceFlow id='%s-f' sourceRef='%s-s' targetRef='%s-t'/>"
              "<%s id='%s-t'>%s</%.*s>"
              "<sequenceFlow id='%s-g' sourceRef='%s-t' targetRef='%s-e'/>"
              "<endEvent id='%s-e'/></process>",
              id, id, id, id, id, tag, id, inside, name, tag, id, id, id, id);
}

static struct str model_xml(struct arena *a)
{
    struct buf b;

    buf_init(&b, a, 8192);
    buf_text(&b,
             "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
             "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' "
             "targetNamespace='urn:x'><message id='m' name='paid'><extensionElements>"
             "<z:subscription correlationKey='=k'/></extensionElements></message>"
             "<signal id='g' name='go'/>");
    for (size_t i = 0; i < LEN(processes); i++)
        process_add(&b, processes[i].id, processes[i].tag, processes[i].inside);
    buf_text(&b, "</definitions>");
    return buf_str(&b);
}

/* ---- a data directory ------------------------------------------------------------ */

struct data {
    struct log *log;
    struct vault *vault;
    struct node *node;
    i64 now;
    u64 request;
};

static _Noreturn void stop(const char *what, const char *why)
{
    printf("not ok: %s: %s\n0 passed, 1 failed\n", what, why);
    exit(1);
}

static void data_open(struct data *d, const char *folder, bool has_vault)
{
    struct log_file_options log = log_file_options_default;
    struct node_options options = node_options_default;
    char path[600];
    struct err err = {0};

    *d = (struct data){.now = NOW};
    log.segment = 64 << 10;
    snprintf(path, sizeof(path), "%s/partition-1", folder);
    d->log = log_file_open(path, &log, &err);
    if (!d->log || !log_claim(d->log, &err))
        stop(folder, err.text);
    snprintf(path, sizeof(path), "%s/vault-1", folder);
    if (has_vault && !(d->vault = vault_lmdb_open(path, &err)))
        stop(folder, err.text);
    options.engine = engine_options_default;
    options.vault = d->vault;
    d->node = node_open(&options, d->log);
    if (!node_recover(d->node, NULL, NULL, &err))
        stop(folder, err.text);
}

static void data_close(struct data *d)
{
    node_close(d->node);
    vault_close(d->vault);
    log_close(d->log);
}

static void pump(struct data *d)
{
    struct pollfd wake = {.fd = log_wake_fd(d->log), .events = POLLIN};
    struct err err;

    if (!node_pump(d->node, d->now, &err))
        stop("a turn", err.text);
    if (!node_is_busy(d->node))
        poll(&wake, 1, 1);
}

static struct answer ask(struct data *d, enum command_kind kind, u64 key,
                         const void *record)
{
    struct answer a;

    node_command(d->node, &(struct input){.kind = kind,
                                          .key = key,
                                          .record = record,
                                          .tenant = TENANT,
                                          .request = ++d->request});
    while (!node_answer(d->node, &a))
        pump(d);
    return a;
}

static bool done(struct answer a)
{
    bool is_good = !a.rejection;

    node_answer_done(&a);
    return is_good;
}

static void settle(struct data *d)
{
    for (u32 i = 0; i < 50; i++)
        pump(d);
}

static void checkpoint(struct data *d)
{
    node_checkpoint(d->node);
    while (!node_rests(d->node))
        pump(d);
}

/* ---- writing one ----------------------------------------------------------------- */

static void mark_write(const char *folder, int format)
{
    char path[600];
    FILE *f;

    snprintf(path, sizeof(path), "%s/fermata.data", folder);
    f = fopen(path, "w");
    if (!f)
        stop(path, "cannot be written");
    fprintf(f, "fermata data, format %d, partitions 1\n", format);
    fclose(f);
}

static void create(struct data *d, const char *process)
{
    struct instance_create c = {
        .bpmn_process_id = str_of(process),
        .version = -1,
        .variables = STR("{\"k\":\"order-1\",\"n\":12.50,\"text\":\"gr\\u00fcn\"}")};

    if (!done(ask(d, CMD_INSTANCE_CREATE, 0, &c)))
        stop(process, "was not created");
}

/* One instance of each before the checkpoint, and one behind it. */
static int golden_write(const char *folder, bool has_vault)
{
    struct arena arena;
    struct resource file = {.name = STR("all.bpmn")};
    struct message_publish early = {.name = STR("early"),
                                    .correlation_key = STR("e"),
                                    .message_id = STR("once"),
                                    .time_to_live = 100 * HOUR};
    struct data d;

    arena_init(&arena, 16384, 1 << 20, NULL);
    file.content = model_xml(&arena);
    mkdir(folder, 0777);
    mark_write(folder, has_vault ? 2 : 1);
    data_open(&d, folder, has_vault);
    if (!done(
            ask(&d, CMD_DEPLOYMENT_CREATE, 0, &(struct deployment_create){{&file, 1}})))
        stop("the deployment", "was refused");
    if (!done(ask(&d, CMD_MESSAGE_PUBLISH, 0, &early)))
        stop("the message", "was refused");
    for (u32 round = 0; round < 2; round++) {
        for (size_t i = 0; i < LEN(processes); i++)
            create(&d, processes[i].id);
        settle(&d);
        if (round == 0)
            checkpoint(&d);
    }
    data_close(&d);
    arena_free(&arena);
    return 0;
}

/* ---- opening one ----------------------------------------------------------------- */

static u64 wrong;

static void expect(const char *folder, const char *what, u64 got, u64 wanted)
{
    if (got == wanted)
        return;
    printf("not ok: %s: %s is %" PRIu64 ", not %" PRIu64 "\n", folder, what, got,
           wanted);
    wrong++;
}

static void holds(struct data *d, const char *folder)
{
    struct node_counters c = node_counters(d->node);
    struct state *s = node_state(d->node);

    expect(folder, "instances", c.instances, 2 * (LEN(processes) + 1));
    expect(folder, "jobs", c.jobs, 2 * (1 + 3 + 1));
    expect(folder, "timers", c.timers, 2);
    expect(folder, "incidents", c.incidents, 2);
    expect(folder, "messages", c.messages, 1);
    expect(folder, "user tasks", state_count(s, TABLE_USER_TASK), 2);
    expect(folder, "signals", state_count(s, TABLE_SIGNAL_SUBSCRIPTION), 2);
    expect(folder, "subscriptions", state_count(s, TABLE_MESSAGE_SUBSCRIPTION), 2);
    expect(folder, "jobs that wait", job_waiting_count(s, TENANT, STR("work")), 10);
}

static void jobs_do(struct data *d)
{
    struct job_activate take = {.type = STR("work"),
                                .worker = STR("golden"),
                                .timeout = 60000,
                                .max_jobs = 100};
    struct answer a = ask(d, CMD_JOB_ACTIVATE, 0, &take);
    const struct jobs_activated *jobs = a.record;

    for (u32 i = 0; jobs && i < jobs->jobs.count; i++)
        done(ask(d, CMD_JOB_COMPLETE, jobs->jobs.items[i].key, NULL));
    node_answer_done(&a);
}

static void tasks_do(struct data *d)
{
    struct table_walk walk = {0};
    u64 key, tasks[8];
    u32 count = 0;
    struct err err;

    must(node_warm(d->node, 0, &err));
    while (count < LEN(tasks) &&
           state_next(node_state(d->node), TABLE_USER_TASK, &walk, &key))
        tasks[count++] = key;
    for (u32 i = 0; i < count; i++)
        done(ask(d, CMD_USER_TASK_COMPLETE, tasks[i], NULL));
}

static void messages_send(struct data *d)
{
    struct message_publish m = {
        .name = STR("paid"), .correlation_key = STR("order-1"), .time_to_live = HOUR};

    /* Each instance takes one. */
    done(ask(d, CMD_MESSAGE_PUBLISH, 0, &m));
    done(ask(d, CMD_MESSAGE_PUBLISH, 0, &m));
    done(
        ask(d, CMD_SIGNAL_BROADCAST, 0, &(struct signal_broadcast){.name = STR("go")}));
}

/* The same id is still refused, and a new instance comes after the old ones. */
static void remembers(struct data *d, const char *folder)
{
    struct message_publish early = {.name = STR("early"),
                                    .correlation_key = STR("e"),
                                    .message_id = STR("once"),
                                    .time_to_live = HOUR};
    u64 last = state_last_key(node_state(d->node));
    struct answer a = ask(d, CMD_MESSAGE_PUBLISH, 0, &early);

    expect(folder, "the answer to a message that was published", a.rejection,
           REJECT_ALREADY_EXISTS);
    node_answer_done(&a);
    create(d, "wait");
    expect(folder, "a key that was given twice",
           state_last_key(node_state(d->node)) <= last, 0);
}

static void goes_on(struct data *d, const char *folder)
{
    jobs_do(d);
    tasks_do(d);
    messages_send(d);
    d->now += 2 * HOUR;
    settle(d);
    expect(folder, "instances at the end", node_counters(d->node).instances, 2);
    expect(folder, "incidents at the end", node_counters(d->node).incidents, 2);
    expect(folder, "jobs at the end", node_counters(d->node).jobs, 0);
    remembers(d, folder);
}

static bool copy(const char *from, const char *to)
{
    char command[2600];

    snprintf(command, sizeof(command), "%s/.", from);
    pid_t child = fork();
    int status = 1;
    if (child == 0) {
        execlp("cp", "cp", "-r", command, to, (char *)NULL);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static void folder_drop(const char *path)
{
    pid_t child = fork();

    if (child == 0) {
        execlp("rm", "rm", "-rf", path, (char *)NULL);
        _exit(127);
    }
    waitpid(child, NULL, 0);
}

static bool has_vault(const char *folder)
{
    char path[600];

    snprintf(path, sizeof(path), "%s/vault-1", folder);
    return access(path, F_OK) == 0;
}

static void golden_open(const char *folder)
{
    char work[] = "/tmp/fermata-golden-XXXXXX";
    struct data d;

    if (!mkdtemp(work) || !copy(folder, work))
        stop(folder, "cannot be copied");
    bool had_vault = has_vault(work);
    data_open(&d, work, true);
    expect(folder, "a start from a checkpoint", node_counters(d.node).checkpoint > 0,
           had_vault);
    holds(&d, folder);
    goes_on(&d, folder);
    checkpoint(&d);
    u64 hash = node_hash(d.node);
    data_close(&d);
    data_open(&d, work, true);
    expect(folder, "the state after one more start", node_hash(d.node) == hash, 1);
    data_close(&d);
    folder_drop(work);
}

int main(int argc, char **argv)
{
    u64 failed = 0;

    if (argc == 3 && str_is(str_of(argv[1]), "--write"))
        return golden_write(argv[2], true);
    if (argc == 3 && str_is(str_of(argv[1]), "--log-only"))
        return golden_write(argv[2], false);
    for (int i = 1; i < argc; i++) {
        wrong = 0;
        golden_open(argv[i]);
        failed += wrong > 0;
    }
    printf("%" PRIu64 " passed, %" PRIu64 " failed\n", (u64)(argc - 1) - failed,
           failed);
    return failed > 0;
}
