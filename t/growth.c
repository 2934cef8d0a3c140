/* growth.c - what must not cost more the more there is of it: each case at n, 2n and
 * 4n, in a process of its own, over node and gate with a log that keeps nothing. Prints
 * `case, n|us CPU each|longest step|memory|...` for tools/bench; what is linear has the
 * same figure each time.
 *
 *     growth [PART OF A CASE'S NAME] */
#include <sys/wait.h>

#include "base/buf.h"
#include "bench/inside.h"

#define HEAD                                                            \
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' " \
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' "             \
    "targetNamespace='urn:x'>"
#define TAIL "</definitions>"

struct growth {
    struct inside in;
    struct arena arena;
    u32 n;
    u64 instance; /* whose variables change */
};

/* ---- small things ---------------------------------------------------------------- */

static void create(struct growth *g, const char *id, struct str variables, bool awaits)
{
    ask(&g->in, CMD_INSTANCE_CREATE, 0,
        &(struct instance_create){.bpmn_process_id = str_of(id),
                                  .version = -1,
                                  .variables = variables,
                                  .awaits_result = awaits,
                                  .fetch_variables = {(struct str[]){STR("none")}, 1}});
}

/* All that is under way comes to an end or waits. */
static void settle(struct growth *g)
{
    do
        pump(&g->in);
    while (node_is_busy(g->in.node) || gate_is_busy(g->in.gate));
}

static struct buf text_begin(struct growth *g)
{
    struct buf b;

    buf_init(&b, &g->arena, 1 << 16);
    return b;
}

/* ---- a straight process ---------------------------------------------------------- */

static void straight_prepare(struct growth *g)
{
    struct buf b = text_begin(g);

    buf_text(&b, HEAD "<process id='p' isExecutable='true'><startEvent id='t0'/>");
    for (u32 i = 1; i <= g->n; i++)
        buf_print(&b, "<task id='t%u'/>", i);
    buf_print(&b, "<endEvent id='t%u'/>", g->n + 1);
    for (u32 i = 0; i <= g->n; i++)
        buf_print(&b, "<sequenceFlow id='f%u' sourceRef='t%u' targetRef='t%u'/>", i, i,
                  i + 1);
    buf_text(&b, "</process>" TAIL);
    inside_deploy(&g->in, buf_str(&b));
}

static void straight_run(struct growth *g)
{
    for (u32 i = 0; i < 200; i++) {
        create(g, "p", (struct str){NULL, 0}, true);
        take_many(&g->in, 1);
    }
}

/* ---- loops ----------------------------------------------------------------------- */

static void loop_deploy(struct growth *g, const char *sequential)
{
    struct buf b = text_begin(g);

    buf_print(&b,
              HEAD "<process id='p' isExecutable='true'><startEvent id='s'/>"
                   "<scriptTask id='t'><extensionElements><z:script "
                   "expression='=item + 1' resultVariable='r'/></extensionElements>"
                   "<multiInstanceLoopCharacteristics isSequential='%s'>"
                   "<extensionElements><z:loopCharacteristics inputCollection='=items' "
                   "inputElement='item' outputCollection='all' outputElement='=r'/>"
                   "</extensionElements></multiInstanceLoopCharacteristics>"
                   "</scriptTask><endEvent id='e'/>"
                   "<sequenceFlow id='f1' sourceRef='s' targetRef='t'/>"
                   "<sequenceFlow id='f2' sourceRef='t' targetRef='e'/></process>" TAIL,
              sequential);
    inside_deploy(&g->in, buf_str(&b));
}

static void parallel_prepare(struct growth *g)
{
    loop_deploy(g, "false");
}

static void sequential_prepare(struct growth *g)
{
    loop_deploy(g, "true");
}

static void loop_run(struct growth *g)
{
    struct buf b = text_begin(g);

    buf_text(&b, "{\"items\":[0");
    for (u32 i = 1; i < g->n; i++)
        buf_print(&b, ",%u", i);
    buf_text(&b, "]}");
    create(g, "p", buf_str(&b), true);
    take_many(&g->in, 1);
}

/* ---- calls in calls -------------------------------------------------------------- */

static void calls_prepare(struct growth *g)
{
    inside_deploy(
        &g->in,
        STR(HEAD
            "<process id='p' isExecutable='true'><startEvent id='s'/>"
            "<exclusiveGateway id='x' default='f3'/>"
            "<callActivity id='c'><extensionElements>"
            "<z:calledElement processId='p' propagateAllChildVariables='false'/>"
            "<z:ioMapping><z:input source='=n - 1' target='n'/></z:ioMapping>"
            "</extensionElements></callActivity><endEvent id='e'/>"
            "<sequenceFlow id='f1' sourceRef='s' targetRef='x'/>"
            "<sequenceFlow id='f2' sourceRef='x' targetRef='c'><conditionExpression>"
            "=n > 1</conditionExpression></sequenceFlow>"
            "<sequenceFlow id='f3' sourceRef='x' targetRef='e'/>"
            "<sequenceFlow id='f4' sourceRef='c' targetRef='e'/></process>" TAIL));
}

static void calls_run(struct growth *g)
{
    for (u32 i = 0; i < 100; i++) {
        create(g, "p", arena_print(&g->arena, "{\"n\":%u}", g->n), true);
        take_many(&g->in, 1);
    }
}

/* ---- messages -------------------------------------------------------------------- */

static void publish(struct growth *g, u32 key)
{
    char text[32];

    snprintf(text, sizeof(text), "k%u", key);
    ask(&g->in, CMD_MESSAGE_PUBLISH, 0,
        &(struct message_publish){.name = STR("go"),
                                  .correlation_key = str_of(text),
                                  .time_to_live = 3600000});
    take_many(&g->in, 1);
}

static void messages_prepare(struct growth *g)
{
    inside_deploy(
        &g->in,
        STR(HEAD "<message id='m' name='go'><extensionElements>"
                 "<z:subscription correlationKey='=key'/></extensionElements></message>"
                 "<process id='p' isExecutable='true'><startEvent id='s'/>"
                 "<intermediateCatchEvent id='c'><messageEventDefinition id='md' "
                 "messageRef='m'/></intermediateCatchEvent><endEvent id='e'/>"
                 "<sequenceFlow id='f1' sourceRef='s' targetRef='c'/>"
                 "<sequenceFlow id='f2' sourceRef='c' targetRef='e'/></process>" TAIL));
}

/* All are kept, and then each is asked for. */
static void messages_run(struct growth *g)
{
    for (u32 i = 0; i < g->n; i++)
        publish(g, i);
    for (u32 i = 0; i < g->n; i++) {
        create(g, "p", arena_print(&g->arena, "{\"key\":\"k%u\"}", i), true);
        take_many(&g->in, 1);
    }
}

/* ---- timers ---------------------------------------------------------------------- */

static void timers_prepare(struct growth *g)
{
    inside_deploy(
        &g->in,
        STR(HEAD "<process id='p' isExecutable='true'><startEvent id='s'/>"
                 "<intermediateCatchEvent id='c'><timerEventDefinition id='td'>"
                 "<timeDuration>=d</timeDuration></timerEventDefinition>"
                 "</intermediateCatchEvent><endEvent id='e'/>"
                 "<sequenceFlow id='f1' sourceRef='s' targetRef='c'/>"
                 "<sequenceFlow id='f2' sourceRef='c' targetRef='e'/></process>" TAIL));
}

static void timers_run(struct growth *g)
{
    for (u32 i = 0; i < g->n; i++) {
        u32 second = (u32)((u64)i * 2654435761u % 60);
        create(g, "p", arena_print(&g->arena, "{\"d\":\"PT%uS\"}", second + 1), false);
        take_many(&g->in, 1);
    }
    for (u32 i = 0; i < 61; i++) {
        g->in.now += 1000;
        settle(g);
    }
}

/* ---- variables ------------------------------------------------------------------- */

static void variables_prepare(struct growth *g)
{
    struct buf b = text_begin(g);

    messages_prepare(g);
    buf_text(&b, "{\"key\":\"k\"");
    for (u32 i = 0; i < g->n; i++)
        buf_print(&b, ",\"name%u\":\"a value of some length %u\"", i, i);
    buf_text(&b, "}");
    create(g, "p", buf_str(&b), false);
    struct gate_answer made = take(&g->in);
    g->instance = ((const struct instance_created *)made.record)->instance_key;
    gate_answer_done(&made);
    settle(g);
}

static void variables_run(struct growth *g)
{
    for (u32 i = 0; i < 10000; i++) {
        ask(&g->in, CMD_VARIABLES_SET, g->instance,
            &(struct variables_set){arena_print(&g->arena, "{\"name7\":%u}", i),
                                    false});
        take_many(&g->in, 1);
    }
}

/* ---- all of them ----------------------------------------------------------------- */

static const struct {
    const char *name, *each;
    void (*prepare)(struct growth *g);
    void (*run)(struct growth *g);
    u32 n;
    u32 times; /* a run has n of what is counted so many times; 0: so many in all */
    u32 in_all;
} cases[] = {
    {"straight process, n tasks", "task", straight_prepare, straight_run, 100, 200, 0},
    {"parallel loop of n", "instance", parallel_prepare, loop_run, 10000, 1, 0},
    {"sequential loop of n", "instance", sequential_prepare, loop_run, 10000, 1, 0},
    {"calls n deep", "call", calls_prepare, calls_run, 100, 100, 0},
    {"n messages kept, then taken", "message", messages_prepare, messages_run, 25000, 1,
     0},
    {"n timers due in a minute", "timer", timers_prepare, timers_run, 25000, 1, 0},
    {"one of n variables changed", "change", variables_prepare, variables_run, 5000, 0,
     10000},
};

static void case_run(size_t i, u32 n)
{
    struct growth *g = must_alloc(sizeof(*g));
    double count = cases[i].times ? (double)n * cases[i].times : cases[i].in_all;

    *g = (struct growth){.n = n};
    arena_init(&g->arena, 1 << 20, (size_t)1 << 30, NULL);
    inside_open(&g->in, 1, NULL);
    cases[i].prepare(g);
    g->in.longest = 0;
    double memory = resident_bytes(), cpu = cpu_seconds();
    cases[i].run(g);
    cpu = cpu_seconds() - cpu;
    printf("%s, n = %u|%.2f|us CPU a %s|%.2f|ms longest turn|%.0f|KiB more\n",
           cases[i].name, n, cpu / count * 1e6, cases[i].each, g->in.longest * 1e3,
           (resident_bytes() - memory) / 1024);
}

/* In a process of its own: what it has open goes with it. */
static void case_print(size_t i, u32 n)
{
    int status;
    pid_t child = fork();

    must(child >= 0);
    if (child == 0) {
        case_run(i, n);
        fflush(stdout);
        _exit(0);
    }
    if (waitpid(child, &status, 0) != child || status != 0)
        die(cases[i].name, STR("was not measured"));
}

int main(int argc, char **argv)
{
    if (argc > 2) {
        fprintf(stderr, "usage: growth [PART OF A CASE'S NAME]\n");
        return 2;
    }
    for (size_t i = 0; i < LEN(cases); i++)
        for (u32 k = 1; k <= 4; k *= 2)
            if (argc == 1 || strstr(cases[i].name, argv[1]))
                case_print(i, cases[i].n * k);
    return 0;
}
