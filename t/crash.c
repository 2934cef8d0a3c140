/* crash.c - a partition on real files, log and vault, that is stopped at each call
 * which changes the disk: appending, beginning a segment, making a checkpoint,
 * recycling what it frees. After each stop it is started again, and must hold what was
 * answered, and be as it was after some entry: a run without a fault says how that is.
 *
 *     crash [FIRST SEED] [SEEDS]
 *
 * Prints which calls failed how often. The last line is `N passed, N failed`. */
#include <inttypes.h>
#include <poll.h>

#include "node/node.h"
#include "state/read.h"
#include "t/power.h"

enum { COMMANDS = 50, ENTRIES = 400, SEGMENT = 32 << 10 };

#define NOW    1767225600000
#define TENANT STR("<default>")

static const char model_xml[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<message id='m' name='paid'><extensionElements><z:subscription "
    "correlationKey='=k'/></extensionElements></message>"
    "<process id='p' isExecutable='true'><startEvent id='s'/>"
    "<sequenceFlow id='f' sourceRef='s' targetRef='t'/>"
    "<receiveTask id='t' messageRef='m'/></process></definitions>";

/* ---- what is asked, by number: instances come, and some of them go --------------- */

static void ask(struct node *n, u32 number)
{
    struct input in = {.tenant = TENANT, .request = number + 1};
    struct resource file = {STR("p.bpmn"), str_of(model_xml)};
    struct deployment_create deploy = {{&file, 1}};
    char variables[400], key[20];

    snprintf(key, sizeof(key), "key-%u", number - number % 3);
    snprintf(variables, sizeof(variables), "{\"k\":\"%s\",\"text\":\"%.*s\"}", key,
             (int)(number * 37 % 300), model_xml);
    for (char *c = strchr(variables, '<'); c && *c; c++)
        if (*c == '\'' || *c == '\\')
            *c = ' ';
    struct instance_create create = {
        .bpmn_process_id = STR("p"), .version = -1, .variables = str_of(variables)};
    struct message_publish publish = {
        .name = STR("paid"), .correlation_key = str_of(key), .time_to_live = 1000};
    in.kind = number == 0       ? CMD_DEPLOYMENT_CREATE
              : number % 3 != 2 ? CMD_INSTANCE_CREATE
                                : CMD_MESSAGE_PUBLISH;
    in.record = number == 0       ? (const void *)&deploy
                : number % 3 != 2 ? (const void *)&create
                                  : (const void *)&publish;
    node_command(n, &in);
}

/* ---- a partition ----------------------------------------------------------------- */

struct life {
    char log_folder[320], vault_folder[320];
    struct log *log;
    struct vault *vault;
    struct node *node;
    u64 answered; /* all entries below were durable when somebody was told so */
    struct err err;
};

static bool life_open(struct life *l)
{
    struct log_file_options log = log_file_options_default;
    struct node_options options = node_options_default;

    log.segment = SEGMENT;
    options.engine = engine_options_default;
    options.checkpoint_bytes = 3000;
    options.checkpoint_slice = 300;
    options.budget = 2;
    l->log = log_file_open(l->log_folder, &log, &l->err);
    if (!l->log || !log_claim(l->log, &l->err))
        return false;
    l->vault = options.vault = vault_lmdb_open(l->vault_folder, &l->err);
    if (!l->vault)
        return false;
    l->node = node_open(&options, l->log);
    return node_recover(l->node, NULL, NULL, &l->err);
}

static void life_close(struct life *l)
{
    node_close(l->node);
    vault_close(l->vault);
    log_close(l->log);
    l->node = NULL;
    l->vault = NULL;
    l->log = NULL;
}

static bool life_pump(struct life *l)
{
    struct pollfd wake[] = {{.fd = log_wake_fd(l->log), .events = POLLIN},
                            {.fd = vault_wake_fd(l->vault), .events = POLLIN}};

    if (!node_pump(l->node, NOW, &l->err))
        return false;
    if (!node_is_busy(l->node))
        poll(wake, LEN(wake), 1);
    return true;
}

static bool life_answer(struct life *l)
{
    struct answer a;

    while (!node_answer(l->node, &a))
        if (!life_pump(l))
            return false;
    l->answered = l->log->durable;
    node_answer_done(&a);
    return true;
}

/* From a command to the last one, some at once, and to a clean end. */
static bool life_live(struct life *l, u32 from)
{
    for (u32 i = from, more; i < COMMANDS; i += more) {
        more = i % 5 + 1 < COMMANDS - i ? i % 5 + 1 : COMMANDS - i;
        for (u32 k = 0; k < more; k++)
            ask(l->node, i + k);
        for (u32 k = 0; k < more; k++)
            if (!life_answer(l))
                return false;
    }
    node_checkpoint(l->node);
    while (!node_rests(l->node))
        if (!life_pump(l))
            return false;
    return true;
}

/* ---- how it is without a fault --------------------------------------------------- */

static struct {
    u64 hashes[ENTRIES]; /* of the state when the log has its tail there */
    u64 tail;
} right;

static void right_run(void)
{
    struct node_options options = node_options_default;
    struct log *log = log_mem_open(&(struct log_mem_options){.keep = true});
    struct answer a;
    struct err err;

    options.engine = engine_options_default;
    must(log_claim(log, &err));
    struct node *n = node_open(&options, log);
    right.hashes[1] = node_hash(n);
    for (u32 i = 0; i < COMMANDS; i++) {
        ask(n, i);
        while (!node_answer(n, &a)) {
            must(node_pump(n, NOW, &err));
            must(log->tail < ENTRIES);
            right.hashes[log->tail] = node_hash(n);
        }
        must(!a.rejection);
        node_answer_done(&a);
    }
    right.tail = log->tail;
    node_close(n);
    log_close(log);
}

/* ---- crashes --------------------------------------------------------------------- */

static u64 passed, failures;

static void say_failed(u64 seed, u64 point, const char *what, const char *more)
{
    printf("not ok: seed %" PRIu64 ", stopped at call %" PRIu64 ": %s: %s\n", seed,
           point, what, more);
    failures++;
}

/* It is as it was when the log was as long as it is now. */
static const char *life_is_right(const struct life *l)
{
    u64 tail = l->log->tail;

    if (tail < l->answered)
        return "something that was answered is gone";
    if (tail > right.tail || node_hash(l->node) != right.hashes[tail])
        return "it is in a state that never was";
    return NULL;
}

/* Each command is one entry here, so the tail says which one comes next. */
static const char *life_goes_on(struct life *l)
{
    if (!life_live(l, (u32)l->log->tail - 1))
        return l->err.text;
    life_close(l);
    if (!life_open(l))
        return l->err.text;
    return node_hash(l->node) == right.hashes[right.tail]
               ? NULL
               : "it has come to another end";
}

static void life_check(struct life *l, u64 seed, u64 point)
{
    const char *wrong = life_open(l) ? life_is_right(l) : l->err.text;

    if (wrong) {
        say_failed(seed, point, "started again", wrong);
    } else {
        wrong = point % 7 ? NULL : life_goes_on(l);
        if (wrong)
            say_failed(seed, point, "gone on", wrong);
    }
    passed += !wrong;
    life_close(l);
}

/* Stopped at one call. False: it has come to its end before. */
static bool point(u64 seed, u64 n)
{
    struct path folder = folder_new();
    struct prng p = {seed * 1000 + n};
    struct life l = {.answered = 0};

    must(mkdir(folder.text, 0777) == 0);
    snprintf(l.log_folder, sizeof(l.log_folder), "%s/log", folder.text);
    snprintf(l.vault_folder, sizeof(l.vault_folder), "%s/vault", folder.text);
    if (seed % 2 == 0)
        power_begin();
    bad_at(seed % 4 < 2 ? FAULT_ONCE : FAULT_HALF, (i64)n);
    if (life_open(&l))
        life_live(&l, 0);
    life_close(&l);
    bool has_fired = bad_has_fired();
    bad_never();
    power_cut(&p);
    power_end();
    if (has_fired || n == 0)
        life_check(&l, seed, n);
    folder_empty(folder.text);
    rmdir(folder.text);
    return has_fired;
}

int main(int argc, char **argv)
{
    static const char *const names[CALLS] = {"write", "sync", "rename", "remove",
                                             "resize"};
    u64 first = 1, seeds = 10, points = 0;

    if (argc > 1)
        str_to_u64(str_of(argv[1]), &first);
    if (argc > 2)
        str_to_u64(str_of(argv[2]), &seeds);
    right_run();
    for (u64 seed = first; seed < first + seeds; seed++)
        for (u64 n = 0; point(seed, n); n++)
            points++;
    printf("%" PRIu64 " points over %" PRIu64 " entries; failed calls:", points,
           right.tail - 1);
    for (u32 c = 0; c < CALLS; c++)
        printf(" %s %" PRIu64, names[c], atomic_load(&fired[c]));
    putchar('\n');
    if (!fired[CALL_WRITE] || !fired[CALL_SYNC] || !fired[CALL_RENAME]) {
        printf("not ok: a fault has never fired\n");
        failures++;
    }
    printf("%" PRIu64 " passed, %" PRIu64 " failed\n", passed, failures);
    return failures > 0;
}
