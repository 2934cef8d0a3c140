#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "t/faults/torture.h"

/* One instance goes through all of these; jobs and messages are sent by the story. */
#define TASK(id)                                                                  \
    "<serviceTask id='" id "'><extensionElements><z:taskDefinition type='fail'/>" \
    "</extensionElements></serviceTask>"
#define FLOW(from, to) \
    "<sequenceFlow id='" from "-" to "' sourceRef='" from "' targetRef='" to "'/>"
#define SCRIPT(id, expression)                                                     \
    "<scriptTask id='" id "'><extensionElements><z:script expression='" expression \
    "' resultVariable='" id "'/></extensionElements></scriptTask>"
#define TIMER(duration)                             \
    "<timerEventDefinition><timeDuration>" duration \
    "</timeDuration></timerEventDefinition>"

/* clang-format off */
static const char model[] =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='d' targetNamespace='urn:x'>"
    "<message id='m' name='go'><extensionElements>"
    "<z:subscription correlationKey='=k'/></extensionElements></message>"
    "<signal id='sig' name='sig'/><error id='err' errorCode='E'/>"
    "<escalation id='esc' escalationCode='X'/>"
    "<process id='called' isExecutable='true'><startEvent id='cs'/>"
    "<endEvent id='ce'/>" FLOW("cs", "ce") "</process>"
    "<process id='all' isExecutable='true'><startEvent id='s'/>" FLOW("s", "t1")
    TASK("t1") FLOW("t1", "xor") "<exclusiveGateway id='xor' default='xor-fork'/>"
    FLOW("xor", "fork") "<sequenceFlow id='xor-no' sourceRef='xor' targetRef='stop'>"
    "<conditionExpression>=1 > 2</conditionExpression></sequenceFlow>"
    "<endEvent id='stop'><terminateEventDefinition id='ted'/></endEvent>"
    "<parallelGateway id='fork'/>" FLOW("fork", "sc1") FLOW("fork", "sc2")
    SCRIPT("sc1", "=1 + 2") SCRIPT("sc2", "=[1, 2, 3]") FLOW("sc1", "join")
    FLOW("sc2", "join") "<parallelGateway id='join'/>" FLOW("join", "or")
    "<inclusiveGateway id='or'/>"
    "<sequenceFlow id='or-sub' sourceRef='or' targetRef='sub'>"
    "<conditionExpression>=true</conditionExpression></sequenceFlow>"
    "<subProcess id='sub'><startEvent id='ss'/>" FLOW("ss", "st") TASK("st")
    FLOW("st", "se") "<endEvent id='se'/></subProcess>"
    "<boundaryEvent id='b' attachedToRef='sub' cancelActivity='false'>" TIMER("PT1H")
    "</boundaryEvent><boundaryEvent id='be' attachedToRef='sub'>"
    "<errorEventDefinition errorRef='err'/></boundaryEvent>" FLOW("b", "be2")
    "<endEvent id='be2'/>" FLOW("be", "be3") "<endEvent id='be3'/>" FLOW("sub", "mi")
    "<scriptTask id='mi'><extensionElements>"
    "<z:script expression='=item * 2' resultVariable='r'/></extensionElements>"
    "<multiInstanceLoopCharacteristics><extensionElements>"
    "<z:loopCharacteristics inputCollection='=[1,2,3]' inputElement='item' "
    "outputCollection='rs' outputElement='=r'/></extensionElements>"
    "</multiInstanceLoopCharacteristics></scriptTask>"
    FLOW("mi", "ms") "<scriptTask id='ms'><extensionElements>"
    "<z:script expression='=item * 3' resultVariable='q'/></extensionElements>"
    "<multiInstanceLoopCharacteristics isSequential='true'><extensionElements>"
    "<z:loopCharacteristics inputCollection='=rs' inputElement='item'/></extensionElements>"
    "</multiInstanceLoopCharacteristics></scriptTask>"
    FLOW("ms", "throw") "<intermediateThrowEvent id='throw'>"
    "<signalEventDefinition signalRef='sig'/></intermediateThrowEvent>"
    FLOW("throw", "escalate") "<intermediateThrowEvent id='escalate'>"
    "<escalationEventDefinition escalationRef='esc'/></intermediateThrowEvent>"
    FLOW("escalate", "call") "<callActivity id='call'><extensionElements>"
    "<z:calledElement processId='called'/></extensionElements></callActivity>"
    FLOW("call", "timer") "<intermediateCatchEvent id='timer'>" TIMER("PT0S")
    "</intermediateCatchEvent>" FLOW("timer", "ev") "<eventBasedGateway id='ev'/>"
    FLOW("ev", "late") FLOW("ev", "wait") "<intermediateCatchEvent id='late'>"
    TIMER("PT1H") "</intermediateCatchEvent>" FLOW("late", "be3")
    "<intermediateCatchEvent id='wait'>"
    "<messageEventDefinition messageRef='m'/></intermediateCatchEvent>"
    FLOW("wait", "manual") "<manualTask id='manual'/>" FLOW("manual", "user")
    TASK("user") FLOW("user", "e") "<endEvent id='e'/></process></definitions>";
/* clang-format on */

/* What was acknowledged of the story. */
struct story {
    bool is_deployed, is_created, is_over;
    u64 instance;
    u64 done[8];
    int done_count;
};

enum { ANSWER_MS = 4000, TASKS = 3 };

/* Tries again what may be asked again when there is no answer or an error. */
static void story_deploy(struct story *s, struct client *c)
{
    for (int i = 0; i < 3 && !s->is_deployed; i++)
        s->is_deployed = client_deploy(c, model) == 200;
}

static void story_create(struct story *s, struct client *c)
{
    const char *at = c->answer;

    s->is_created = client_json(c, "/v2/process-instances",
                                "{\"processDefinitionId\":\"all\",\"variables\":"
                                "{\"k\":\"key\"}}") == 200;
    s->instance = s->is_created ? answer_key(&at, "processInstanceKey") : 0;
}

static bool is_done(const struct story *s, u64 job)
{
    for (int i = 0; i < s->done_count; i++)
        if (s->done[i] == job)
            return true;
    return false;
}

/* False: a job came again that was completed. */
static bool story_work(struct story *s, struct client *c)
{
    char path[100];
    const char *at = c->answer;

    if (client_json(c, "/v2/jobs/activation",
                    "{\"type\":\"fail\",\"worker\":\"t\",\"timeout\":500,"
                    "\"maxJobsToActivate\":4,\"requestTimeout\":300}") != 200)
        return true;
    u64 job = answer_key(&at, "jobKey");
    if (!job)
        return true;
    if (is_done(s, job))
        return false;
    snprintf(path, sizeof(path), "/v2/jobs/%llu/completion", (unsigned long long)job);
    if (client_json(c, path, "{}") == 204 && s->done_count < (int)LEN(s->done))
        s->done[s->done_count++] = job;
    return true;
}

/* For whoever waits right now: nothing is kept, so it is sent again and again. */
static void story_publish(struct client *c)
{
    client_json(c, "/v2/messages/publication",
                "{\"name\":\"go\",\"correlationKey\":\"key\",\"timeToLive\":0}");
}

/* Has the instance come to its end? 404 to whoever would cancel it. */
static bool story_is_over(const struct story *s, struct client *c)
{
    char path[100];

    snprintf(path, sizeof(path), "/v2/element-instances/%llu/variables",
             (unsigned long long)s->instance);
    return s->is_created && client_put(c, path, "{\"variables\":{\"x\":1}}") == 404;
}

/* Goes on from where it is to its end; gives up when nothing answers any more. */
static bool story_go(struct story *s, int port, int turns)
{
    struct client c;
    bool is_right = true;

    client_init(&c, port);
    c.timeout_ms = ANSWER_MS;
    story_deploy(s, &c);
    if (s->is_deployed && !s->is_created)
        story_create(s, &c);
    for (int i = 0; i < turns && is_right && !s->is_over; i++) {
        is_right = story_work(s, &c);
        story_publish(&c);
        s->is_over = s->done_count + 1 >= TASKS && story_is_over(s, &c);
    }
    client_close(&c);
    return is_right;
}

/* ---- one run ------------------------------------------------------------------------
 */

struct run {
    struct torture *t;
    char data[256], mark[256];
    char environment[5][300];
    const char *list[6];
    u64 fired, stopped, refused;
};

static u64 mark_count(const struct run *r)
{
    struct stat st;

    return stat(r->mark, &st) == 0 ? (u64)st.st_size : 0;
}

static void run_environment(struct run *r, const char *what, u64 n)
{
    snprintf(r->environment[0], 300, "LD_PRELOAD=%s/shim_fail.so", r->t->shims);
    snprintf(r->environment[1], 300, "FAIL_WHAT=%s", what);
    snprintf(r->environment[2], 300, "FAIL_AT=%llu", (unsigned long long)n);
    snprintf(r->environment[3], 300, "FAIL_FILE=%s", r->mark);
    for (int i = 0; i < 4; i++)
        r->list[i] = r->environment[i];
}

/* Stopping is a correct answer to a fault, running over memory is not. */
static bool ended_well(const struct life *l)
{
    if (!WIFSIGNALED(l->ended))
        return true;
    int signal = WTERMSIG(l->ended);
    return signal == SIGABRT || signal == SIGTERM || signal == SIGKILL;
}

/* After the fault the same directory is opened without one: all that was acknowledged
 * is there, and the story goes to its end. */
static const char *run_after(struct run *r, struct story *s)
{
    struct life l;

    if (!life_begin(&l, r->t->binary, r->data, NULL))
        return "the server does not start again";
    bool is_right = story_go(s, l.port, 30);
    bool is_whole = s->is_over;
    if (!life_end(&l))
        return "the server does not end well";
    if (!is_right)
        return "a job that was completed came again";
    if (!is_whole)
        return "the instance does not come to its end";
    return verify(r->t->binary, r->data) ? NULL : "the log cannot be verified";
}

static const char *run_one(struct run *r, const char *what, u64 n, bool *has_fired)
{
    struct story s = {0};
    struct life l;

    folder_remove(r->data);
    unlink(r->mark);
    run_environment(r, what, n);
    if (life_begin(&l, r->t->binary, r->data, r->list)) {
        bool is_right = story_go(&s, l.port, 12);
        r->stopped += !life_end(&l);
        if (!is_right)
            return "a job that was completed came again";
    } else {
        r->refused++;
    }
    *has_fired = mark_count(r) > 0;
    r->fired += *has_fired;
    if (!ended_well(&l))
        return "the server crashed";
    return *has_fired ? run_after(r, &s) : NULL;
}

void torture_fail(struct torture *t, const char *what)
{
    struct run r = {.t = t};
    bool has_fired = true;
    u64 runs = 0, wrong = 0;

    snprintf(r.data, sizeof(r.data), "%s/fail", t->folder);
    snprintf(r.mark, sizeof(r.mark), "%s/fired", t->folder);
    for (u64 n = t->from; has_fired && (t->most == 0 || runs < t->most); n += t->step) {
        const char *why = run_one(&r, what, n, &has_fired);
        runs += has_fired;
        if (!why)
            continue;
        wrong++;
        fprintf(stderr, "# call %llu of %s fails: %s\n", (unsigned long long)n, what,
                why);
    }
    printf("# %s: failed %llu times, each %llu. call; the server did not start %llu "
           "times, stopped %llu times, went on %llu times%s\n",
           what, (unsigned long long)r.fired, (unsigned long long)t->step,
           (unsigned long long)r.refused, (unsigned long long)r.stopped,
           (unsigned long long)(r.fired - r.refused - r.stopped),
           has_fired ? "; not to exhaustion" : "; to exhaustion");
    told(t, r.fired > 0, "a call of %s failed", what);
    told(t, wrong == 0, "after a failed %s all that was acknowledged is there, once",
         what);
}
