/* models.c - processes, and what they decide by; together they use most elements that
 * are executed. */
#include <stdio.h>

#include "sim/world.h"

/* clang-format off */
#define FILE_OF(id, body)                                                               \
    "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "               \
    "xmlns:z=\"http://camunda.org/schema/zeebe/1.0\">" body "</definitions>"
#define PROCESS(id, body) "<process id=\"" id "\" isExecutable=\"true\">" body "</process>"
#define EXTENSION(body) "<extensionElements>" body "</extensionElements>"
#define FLOW(id, from, to) \
    "<sequenceFlow id=\"" id "\" sourceRef=\"" from "\" targetRef=\"" to "\"/>"
#define FLOW_IF(id, from, to, condition)                                                \
    "<sequenceFlow id=\"" id "\" sourceRef=\"" from "\" targetRef=\"" to "\">"          \
    "<conditionExpression>" condition "</conditionExpression></sequenceFlow>"
#define START(id) "<startEvent id=\"" id "\"/>"
#define END(id) "<endEvent id=\"" id "\"/>"
#define JOB(tag, id, type) \
    "<" tag " id=\"" id "\">" EXTENSION("<z:taskDefinition type=\"" type "\"/>") "</" tag ">"
#define SCRIPT(id, expression, variable)                                                \
    "<scriptTask id=\"" id "\">" EXTENSION("<z:script expression=\"" expression         \
    "\" resultVariable=\"" variable "\"/>") "</scriptTask>"
#define BOUNDARY(id, host, cancels, definition)                                         \
    "<boundaryEvent id=\"" id "\" attachedToRef=\"" host "\" cancelActivity=\"" cancels \
    "\">" definition "</boundaryEvent>"
#define AFTER(time)                                                                     \
    "<timerEventDefinition><timeDuration>" time "</timeDuration></timerEventDefinition>"
#define EVERY(time)                                                                     \
    "<timerEventDefinition><timeCycle>" time "</timeCycle></timerEventDefinition>"
#define BY_MESSAGE(message) "<messageEventDefinition messageRef=\"m-" message "\"/>"
#define BY_ERROR(error) "<errorEventDefinition errorRef=\"e-" error "\"/>"
#define BY_SIGNAL(signal) "<signalEventDefinition signalRef=\"s-" signal "\"/>"
#define SIGNAL(name) "<signal id=\"s-" name "\" name=\"" name "\"/>"
#define MESSAGE(name)                                                                   \
    "<message id=\"m-" name "\" name=\"" name "\">"                                       \
    EXTENSION("<z:subscription correlationKey=\"=orderId\"/>") "</message>"
#define ERROR(code) "<error id=\"e-" code "\" errorCode=\"" code "\"/>"

/* Mappings, a choice that may fail, an error that may be caught, a deadline. */
static const char line[] = FILE_OF("line", PROCESS("line",
    START("start") FLOW("l1", "start", "sum")
    SCRIPT("sum", "=amount * 2", "total") FLOW("l2", "sum", "pack")
    "<serviceTask id=\"pack\">" EXTENSION(
        "<z:taskDefinition type=\"pack\" retries=\"2\"/>"
        "<z:taskHeaders><z:header key=\"size\" value=\"small\"/></z:taskHeaders>"
        "<z:ioMapping><z:input source=\"=amount\" target=\"order.amount\"/>"
        "<z:output source=\"=result\" target=\"packed\"/></z:ioMapping>") "</serviceTask>"
    FLOW("l3", "pack", "dear")
    "<exclusiveGateway id=\"dear\" default=\"l5\"/>"
    FLOW_IF("l4", "dear", "bill", "=amount &gt; 10") FLOW("l5", "dear", "tell")
    JOB("serviceTask", "bill", "=&quot;work-&quot; + kind")
    BOUNDARY("late", "bill", "true", AFTER("PT4S"))
    BOUNDARY("broke", "bill", "true", BY_ERROR("BROKE"))
    BOUNDARY("other", "bill", "true", "<errorEventDefinition/>")
    FLOW("l6", "bill", "tell") FLOW("l7", "late", "done") FLOW("l8", "broke", "ask")
    FLOW("l9", "other", "done")
    "<userTask id=\"ask\"/>" FLOW("l10", "ask", "done")
    "<intermediateThrowEvent id=\"tell\"/>" FLOW("l11", "tell", "rule")
    JOB("businessRuleTask", "rule", "rule") FLOW("l12", "rule", "done") END("done"))
    ERROR("BROKE"));

/* A fork into jobs and a sub-process that can throw, be reminded and be stopped. */
static const char fork_join[] = FILE_OF("fork", PROCESS("fork",
    START("start") FLOW("f1", "start", "split") "<parallelGateway id=\"split\"/>"
    FLOW("f2", "split", "pack") FLOW("f3", "split", "send") FLOW("f4", "split", "inner")
    JOB("serviceTask", "pack", "pack") FLOW("f5", "pack", "join")
    JOB("sendTask", "send", "send") FLOW("f6", "send", "join")
    "<subProcess id=\"inner\">"
        START("in") FLOW("i1", "in", "pair") "<parallelGateway id=\"pair\"/>"
        FLOW("i2", "pair", "ship") FLOW("i3", "pair", "hear")
        JOB("serviceTask", "ship", "ship")
        "<receiveTask id=\"hear\" messageRef=\"m-heard\"/>"
        FLOW("i4", "ship", "both") FLOW("i5", "hear", "both")
        "<parallelGateway id=\"both\"/>" FLOW("i6", "both", "well")
        "<exclusiveGateway id=\"well\" default=\"i8\"/>"
        FLOW_IF("i7", "well", "bad", "=amount = 13") FLOW("i8", "well", "out")
        "<endEvent id=\"bad\">" BY_ERROR("BROKE") "</endEvent>" END("out")
    "</subProcess>"
    BOUNDARY("remind", "inner", "false", EVERY("R2/PT2S"))
    BOUNDARY("stop", "inner", "true", BY_MESSAGE("stop"))
    BOUNDARY("note", "inner", "false", BY_MESSAGE("note"))
    BOUNDARY("broke", "inner", "true", BY_ERROR("BROKE"))
    FLOW("f7", "inner", "join2") FLOW("f8", "remind", "manual") FLOW("f9", "stop", "join2")
    FLOW("f10", "note", "noted") FLOW("f11", "broke", "join2")
    "<exclusiveGateway id=\"join2\"/>" FLOW("f12", "join2", "join")
    "<manualTask id=\"manual\"/>" FLOW("f13", "manual", "reminded") END("reminded")
    "<task id=\"noted\"/>" FLOW("f14", "noted", "note-end") END("note-end")
    "<exclusiveGateway id=\"one\"/>"
    "<parallelGateway id=\"join\"/>" FLOW("f15", "join", "one") FLOW("f16", "one", "done")
    END("done"))
    MESSAGE("heard") MESSAGE("stop") MESSAGE("note") ERROR("BROKE"));

/* Whatever comes first: a message, another one, or time. */
static const char choice[] = FILE_OF("choice", PROCESS("choice",
    START("start") FLOW("c1", "start", "first") "<eventBasedGateway id=\"first\"/>"
    FLOW("c2", "first", "paid") FLOW("c3", "first", "refused") FLOW("c4", "first", "time")
    "<intermediateCatchEvent id=\"paid\">" EXTENSION(
        "<z:ioMapping><z:output source=\"=by\" target=\"paidBy\"/></z:ioMapping>")
        BY_MESSAGE("paid") "</intermediateCatchEvent>"
    "<intermediateCatchEvent id=\"refused\">" BY_MESSAGE("refused") "</intermediateCatchEvent>"
    "<intermediateCatchEvent id=\"time\">" AFTER("PT6S") "</intermediateCatchEvent>"
    FLOW("c5", "paid", "ship") FLOW("c6", "refused", "end") FLOW("c7", "time", "wait")
    JOB("serviceTask", "ship", "ship") FLOW("c8", "ship", "wait")
    "<intermediateCatchEvent id=\"wait\">" BY_MESSAGE("heard") "</intermediateCatchEvent>"
    FLOW("c9", "wait", "tell")
    "<intermediateThrowEvent id=\"tell\">" EXTENSION("<z:taskDefinition type=\"send\"/>")
        "<messageEventDefinition/></intermediateThrowEvent>"
    FLOW("c10", "tell", "end") END("end"))
    MESSAGE("paid") MESSAGE("refused") MESSAGE("heard"));

/* A loop that is longer than a step may be, and tokens that a terminate event ends. */
static const char loop[] = FILE_OF("loop", PROCESS("loop",
    START("start") FLOW("o1", "start", "again") "<exclusiveGateway id=\"again\"/>"
    FLOW("o2", "again", "add") SCRIPT("add", "=i + 1", "i") FLOW("o3", "add", "more")
    "<exclusiveGateway id=\"more\" default=\"o5\"/>"
    FLOW_IF("o4", "more", "again", "=i &lt; n") FLOW("o5", "more", "fork")
    "<parallelGateway id=\"fork\"/>" FLOW("o6", "fork", "pack") FLOW("o7", "fork", "pause")
    FLOW("o8", "fork", "user") FLOW("o9", "fork", "sub")
    JOB("serviceTask", "pack", "pack") FLOW("o10", "pack", "packed") END("packed")
    "<intermediateCatchEvent id=\"pause\">" AFTER("PT3S") "</intermediateCatchEvent>"
    FLOW("o11", "pause", "stop") "<endEvent id=\"stop\"><terminateEventDefinition/></endEvent>"
    "<userTask id=\"user\"/>" FLOW("o12", "user", "used") END("used")
    "<subProcess id=\"sub\">" START("s") FLOW("u1", "s", "h")
        "<receiveTask id=\"h\" messageRef=\"m-heard\"/>" FLOW("u2", "h", "e") END("e")
    "</subProcess>" FLOW("o13", "sub", "subbed") END("subbed"))
    MESSAGE("heard"));

/* Started by messages, one at a time per key; or by hand; or by the clock. */
static const char inbox[] = FILE_OF("inbox", PROCESS("inbox",
    "<startEvent id=\"ordered\">" BY_MESSAGE("order") "</startEvent>"
    "<startEvent id=\"asked\"/>"
    "<startEvent id=\"ticked\">" EVERY("R3/PT9S") "</startEvent>"
    FLOW("n1", "ordered", "ship") FLOW("n2", "asked", "ship") FLOW("n3", "ticked", "ship")
    JOB("serviceTask", "ship", "ship")
    BOUNDARY("nag", "ship", "false", AFTER("PT1S"))
    FLOW("n4", "nag", "nagged")
    "<endEvent id=\"nagged\">" EXTENSION("<z:taskDefinition type=\"send\"/>")
        "<messageEventDefinition/></endEvent>"
    FLOW("n5", "ship", "done") END("done"))
    MESSAGE("order"));

/* A loop of sub-processes whose work can be undone, beside a process that is called;
 * the join waits for what was begun. A signal and a message reach it from outside. */
static const char zoo[] = FILE_OF("zoo", PROCESS("zoo",
    START("start") FLOW("z1", "start", "ways") "<inclusiveGateway id=\"ways\" default=\"z4\"/>"
    FLOW_IF("z2", "ways", "each", "=amount &gt; 3") FLOW_IF("z3", "ways", "call", "=amount &lt; 12")
    FLOW("z4", "ways", "join")
    "<subProcess id=\"each\">"
        START("in") FLOW("e1", "in", "work") JOB("serviceTask", "work", "pack")
        BOUNDARY("undone", "work", "true", "<compensateEventDefinition/>")
        "<serviceTask id=\"undo\" isForCompensation=\"true\">"
            EXTENSION("<z:taskDefinition type=\"ship\"/>") "</serviceTask>"
        "<association id=\"e2\" associationDirection=\"One\" sourceRef=\"undone\" targetRef=\"undo\"/>"
        FLOW("e3", "work", "raise") "<intermediateThrowEvent id=\"raise\">"
            "<escalationEventDefinition escalationRef=\"c-HIGH\"/></intermediateThrowEvent>"
        FLOW("e4", "raise", "bell") "<endEvent id=\"bell\">" BY_SIGNAL("bell") "</endEvent>"
        "<multiInstanceLoopCharacteristics isSequential=\"false\">" EXTENSION(
            "<z:loopCharacteristics inputCollection=\"=[1, 2, 3]\" inputElement=\"item\" "
            "outputCollection=\"items\" outputElement=\"=item * 2\"/>")
            "<completionCondition>=numberOfCompletedInstances &gt; 1 and amount = 13</completionCondition>"
        "</multiInstanceLoopCharacteristics>"
    "</subProcess>"
    BOUNDARY("high", "each", "false", "<escalationEventDefinition escalationRef=\"c-HIGH\"/>")
    BOUNDARY("broke", "each", "true", BY_ERROR("BROKE"))
    FLOW("z5", "high", "told") JOB("sendTask", "told", "send")
    FLOW("z6", "each", "join") FLOW("z7", "broke", "join")
    "<callActivity id=\"call\">" EXTENSION("<z:calledElement processId=\"line\"/>") "</callActivity>"
    BOUNDARY("unheard", "call", "true", "<errorEventDefinition/>")
    BOUNDARY("rung", "call", "false", BY_SIGNAL("bell")) FLOW("z8", "rung", "rang")
    JOB("serviceTask", "rang", "ship")
    FLOW("z9", "call", "join") FLOW("z10", "unheard", "join")
    "<inclusiveGateway id=\"join\"/>" FLOW("z11", "join", "undo-all")
    "<intermediateThrowEvent id=\"undo-all\"><compensateEventDefinition/></intermediateThrowEvent>"
    FLOW("z12", "undo-all", "leap")
    "<intermediateThrowEvent id=\"leap\"><linkEventDefinition name=\"there\"/></intermediateThrowEvent>"
    "<intermediateCatchEvent id=\"land\"><linkEventDefinition name=\"there\"/></intermediateCatchEvent>"
    FLOW("z13", "land", "done") END("done")
    "<subProcess id=\"alarm\" triggeredByEvent=\"true\">"
        "<startEvent id=\"alarmed\" isInterrupting=\"false\">" BY_SIGNAL("alarm") "</startEvent>"
        FLOW("a1", "alarmed", "look") JOB("serviceTask", "look", "pack") FLOW("a2", "look", "seen") END("seen")
    "</subProcess>"
    "<subProcess id=\"halt\" triggeredByEvent=\"true\">"
        "<startEvent id=\"halted\">" BY_MESSAGE("halt") "</startEvent>"
        FLOW("h1", "halted", "clean") JOB("serviceTask", "clean", "ship") FLOW("h2", "clean", "over") END("over")
    "</subProcess>")
    MESSAGE("halt") ERROR("BROKE") SIGNAL("bell") SIGNAL("alarm")
    "<escalation id=\"c-HIGH\" escalationCode=\"HIGH\"/>");

/* Decides by what was deployed beside it, and fails when that cannot decide. */
static const char decide[] = FILE_OF("decide", PROCESS("decide",
    START("start") FLOW("d1", "start", "grade")
    "<businessRuleTask id=\"grade\">" EXTENSION(
        "<z:calledDecision decisionId=\"grade\" resultVariable=\"grade\"/>")
    "</businessRuleTask>"
    FLOW("d2", "grade", "good") "<exclusiveGateway id=\"good\" default=\"d4\"/>"
    FLOW_IF("d3", "good", "ship", "=grade = &quot;good&quot;") FLOW("d4", "good", "end")
    JOB("serviceTask", "ship", "ship") FLOW("d5", "ship", "end") END("end")));

#define RULE(id, tests, output)                                                         \
    "<rule id=\"" id "\"><inputEntry><text>" tests "</text></inputEntry>"               \
    "<outputEntry><text>" output "</text></outputEntry></rule>"
static const char grade[] =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"grades\" "
    "name=\"Grades\" namespace=\"n\"><decision id=\"grade\" name=\"Grade\">"
    "<informationRequirement><requiredDecision href=\"#points\"/></informationRequirement>"
    "<decisionTable hitPolicy=\"UNIQUE\"><input><inputExpression><text>points</text>"
    "</inputExpression></input><output name=\"grade\"/>"
    RULE("r1", "&lt; 20", "\"poor\"") RULE("r2", "&gt;= 20", "\"good\"")
    "</decisionTable></decision><decision id=\"points\" name=\"Points\">"
    "<literalExpression><text>assert(amount * 2, amount * 2 != null)</text></literalExpression>"
    "</decision></definitions>";

const struct sim_model sim_models[] = {
    {"line.bpmn", line},
    {"fork.bpmn", fork_join},
    {"choice.bpmn", choice},
    {"loop.bpmn", loop},
    {"inbox.bpmn", inbox},
    {"zoo.bpmn", zoo},
    {"decide.bpmn", decide},
    {"grade.dmn", grade},
};
const u32 sim_model_count = LEN(sim_models);

const char *const sim_processes[] = {"line", "fork", "choice", "loop", "inbox",
                                     "zoo", "decide"};
const u32 sim_process_count = LEN(sim_processes);

const char *const sim_types[] = {"pack", "send", "ship", "rule", "work-a", "work-b",
                                 "io.camunda.zeebe:userTask"};
const u32 sim_type_count = LEN(sim_types);

const char *const sim_messages[] = {"heard", "stop", "note", "paid", "refused", "order",
                                    "halt"};
const u32 sim_message_count = LEN(sim_messages);
/* clang-format on */

struct str sim_key(struct world *w)
{
    return arena_print(&w->arena, "key-%u", (u32)prng_below(&w->prng, 12));
}

struct str sim_variables(struct world *w, bool may_be_bad)
{
    u32 mille = may_be_bad ? w->config.bad_per_mille : 0;
    struct str amount =
        arena_print(&w->arena, "%u", (u32)prng_below(&w->prng, 16) * 13 % 21);
    struct str key = arena_print(&w->arena, "\"%.*s\"", ARG(sim_key(w)));
    struct str kind = world_chance(w, 500) ? STR("\"a\"") : STR("\"b\"");

    if (world_chance(w, mille))
        amount = STR("\"many\"");
    if (world_chance(w, mille))
        key = STR("null");
    if (world_chance(w, mille))
        kind = STR("7");
    return arena_print(&w->arena,
                       "{\"amount\":%.*s,\"orderId\":%.*s,\"kind\":%.*s,\"i\":0,"
                       "\"n\":%u}",
                       ARG(amount), ARG(key), ARG(kind), (u32)prng_below(&w->prng, 40));
}
