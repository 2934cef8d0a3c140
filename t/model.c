#include "model/model.h"

#include <setjmp.h>
#include <stdio.h>

#include "base/buf.h"
#include "t/test.h"

static struct arena arena;
static struct model *model;

/* What is full of BPMN is laid out by hand. */
/* clang-format off */

/* Text of models, put together from short pieces. The head is line 1, what follows
 * begins on line 2. */
#define HEAD                                                            \
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' " \
    "xmlns:z='http://camunda.org/schema/zeebe/1.0' id='defs'>\n"
#define TAIL             "</definitions>"
#define PROCESS(content) "<process id='p' isExecutable='true'>" content "</process>"
#define EXT(content)     "<extensionElements>" content "</extensionElements>"
#define START            "<startEvent id='s'/>"
#define JOB              EXT("<z:taskDefinition type='t'/>")
#define FLOW(id, from, to) \
    "<sequenceFlow id='" id "' sourceRef='" from "' targetRef='" to "'/>"
#define FLOW_IF(id, from, to, condition)                            \
    "<sequenceFlow id='" id "' sourceRef='" from "' targetRef='" to \
    "'><conditionExpression>" condition "</conditionExpression></sequenceFlow>"
#define SERVICE(id) "<serviceTask id='" id "'>" JOB "</serviceTask>"
#define MESSAGE(id, name)              \
    "<message id='" id "' name='" name \
    "'>" EXT("<z:subscription correlationKey='=k'/>") "</message>"
#define WAIT(message) "<messageEventDefinition messageRef='" message "'/>"
#define TIMER(kind, value) \
    "<timerEventDefinition><" kind ">" value "</" kind "></timerEventDefinition>"

/* A finding of the element at `path`, and a further one of the same element. */
#define AT(path, text) "- Element: " path "\n" MORE(text)
#define MORE(text)     "    - ERROR: " text "\n"

static bool parse_with(struct str xml, const struct model_options *options,
                       struct str *findings)
{
    model_free(model);
    model = NULL;
    arena_free(&arena);
    arena_init(&arena, 4096, 64 << 20, NULL);
    *findings = (struct str){0};
    return model_parse(xml, options, &arena, &model, findings);
}

static struct str document(const char *content)
{
    static char text[8192];
    int len = snprintf(text, sizeof(text), HEAD "%s" TAIL, content);

    must(len > 0 && (size_t)len < sizeof(text));
    return (struct str){text, (size_t)len};
}

static struct str findings_of(const char *content)
{
    struct str findings;
    bool is_good = parse_with(document(content), &model_options_default, &findings);

    CHECK(is_good == (findings.len == 0));
    return findings;
}

static const struct process *accept(const char *content)
{
    struct str findings = findings_of(content);

    CHECK_STR(findings, "");
    must(model); /* the tests below look into it */
    return model_process(model, STR("p"));
}

static const struct element *element(const char *id)
{
    const struct process *p = model_process(model, STR("p"));
    const struct element *e = process_element(model, p, str_of(id));

    must(e);
    return e;
}

struct row {
    const char *content, *wanted;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str findings = findings_of(rows[i].content);
        if (!str_is(findings, rows[i].wanted))
            test_failed(__FILE__, __LINE__, "%s\nfinds\n%.*snot\n%s", rows[i].content,
                        ARG(findings), rows[i].wanted);
    }
}

/* ---- what is refused ------------------------------------------------------------- */

#define REFUSED(content, what)                                              \
    {                                                                       \
        PROCESS(START "\n" content), AT("x", "element 'x' (line 3): " what) \
    }

TEST(what_is_not_executed_is_refused_by_name_and_line)
{
    static const struct row rows[] = {
        {PROCESS(START "\n<transaction id='x'/>"),
         AT("x", "Elements of type 'transaction' are currently not supported.")
         MORE("element 'x' (line 3): a transaction sub-process is not supported")},
        {PROCESS(START "\n<complexGateway id='x'/>"),
         AT("x", "Elements of type 'complexGateway' are currently not supported.")
         MORE("element 'x' (line 3): a complex gateway is not supported")},
        REFUSED("<adHocSubProcess id='x'/>",
            "an ad-hoc sub-process is not supported"),
        REFUSED("<callActivity id='x'/>", "a call activity is not supported"),
        REFUSED("<inclusiveGateway id='x'/>",
            "an inclusive gateway is not supported"),
        REFUSED("<implicitThrowEvent id='x'/>",
            "an implicit throw event is not supported"),
        REFUSED("<subChoreography id='x'/>", "a choreography is not supported"),
        REFUSED("<choreographyTask id='x'/>", "a choreography is not supported"),
        REFUSED("<callChoreography id='x'/>", "a choreography is not supported"),
        REFUSED("<conversation id='x'/>", "conversation is not supported"),
        REFUSED("<subProcess id='x' triggeredByEvent='true'><startEvent id='i'>"
            "<errorEventDefinition/></startEvent></subProcess>",
            "an event sub-process is not supported"),
        REFUSED("<serviceTask id='x'>" JOB
            "<multiInstanceLoopCharacteristics/></serviceTask>",
            "a multi-instance activity is not supported"),
        REFUSED("<serviceTask id='x'>" JOB
            "<standardLoopCharacteristics/></serviceTask>",
            "a standard loop is not supported"),
        REFUSED("<serviceTask id='x' isForCompensation='true'>" JOB
            "</serviceTask>", "compensation is not supported"),
        REFUSED("<startEvent id='x'><signalEventDefinition/></startEvent>",
            "a signal event is not supported"),
        REFUSED("<startEvent id='x'><conditionalEventDefinition/></startEvent>",
            "a conditional event is not supported"),
        REFUSED("<intermediateCatchEvent id='x'><signalEventDefinition/>"
            "</intermediateCatchEvent>", "a signal event is not supported"),
        REFUSED("<intermediateCatchEvent id='x'><linkEventDefinition/>"
            "</intermediateCatchEvent>", "a link event is not supported"),
        REFUSED("<intermediateCatchEvent id='x'><conditionalEventDefinition/>"
            "</intermediateCatchEvent>", "a conditional event is not supported"),
        REFUSED("<intermediateThrowEvent id='x'><signalEventDefinition/>"
            "</intermediateThrowEvent>", "a signal event is not supported"),
        REFUSED("<intermediateThrowEvent id='x'><escalationEventDefinition/>"
            "</intermediateThrowEvent>", "an escalation event is not supported"),
        REFUSED("<intermediateThrowEvent id='x'><linkEventDefinition/>"
            "</intermediateThrowEvent>", "a link event is not supported"),
        REFUSED("<intermediateThrowEvent id='x'><compensateEventDefinition/>"
            "</intermediateThrowEvent>", "a compensation event is not supported"),
        REFUSED("<endEvent id='x'><signalEventDefinition/></endEvent>",
            "a signal event is not supported"),
        REFUSED("<endEvent id='x'><escalationEventDefinition/></endEvent>",
            "an escalation event is not supported"),
        REFUSED("<endEvent id='x'><compensateEventDefinition/></endEvent>",
            "a compensation event is not supported"),
        REFUSED("<endEvent id='x'><eventDefinitionRef>d</eventDefinitionRef>"
            "</endEvent>", "a reference to an event definition is not supported"),
        REFUSED("<eventBasedGateway id='x' instantiate='true'/>"
            "<intermediateCatchEvent id='c'>" TIMER("timeDuration", "PT1S")
            "</intermediateCatchEvent><intermediateCatchEvent id='d'>" TIMER(
                "timeDuration", "PT1S") "</intermediateCatchEvent>"
            FLOW("f", "x", "c") FLOW("g", "x", "d"),
            "an event-based gateway that starts a process is not supported"),
    };

    check_rows(rows, LEN(rows));
}

#define BOUNDARY(definition)                                                           \
    PROCESS(START SERVICE("a") "\n<boundaryEvent id='x' attachedToRef='a'>" definition \
                               "</boundaryEvent>" FLOW("f", "x", "a"))

TEST(boundary_events_that_are_not_executed_are_refused)
{
    static const struct row rows[] = {
        {BOUNDARY("<signalEventDefinition/>"),
         AT("x", "element 'x' (line 3): a signal event is not supported")},
        {BOUNDARY("<escalationEventDefinition/>"),
         AT("x", "element 'x' (line 3): an escalation event is not supported")},
        {BOUNDARY("<conditionalEventDefinition/>"),
         AT("x", "element 'x' (line 3): a conditional event is not supported")},
        {BOUNDARY("<compensateEventDefinition/>"),
         AT("x", "element 'x' (line 3): a compensation event is not supported")},
        {PROCESS(START SERVICE("a") "\n<boundaryEvent id='x' attachedToRef='a'>"
             "<compensateEventDefinition/></boundaryEvent>"),
         AT("x", "element 'x' (line 3): a compensation event is not supported")},
        {BOUNDARY("<cancelEventDefinition/>"),
         AT("x", "Boundary events must be one of: timer, message, error, signal, "
             "escalation")
         MORE("element 'x' (line 3): a cancel event is not supported")},
    };

    check_rows(rows, LEN(rows));
}

#define REFUSED_EXT(task, extension, name, what)                               \
    {                                                                          \
        PROCESS(START "\n<" task " id='x'>" EXT(extension) "</" task ">"),     \
            AT("x > extensionElements > " name, "element 'x' (line 3): " what) \
    }

TEST(extensions_that_are_not_executed_are_refused)
{
#define TYPE "<z:taskDefinition type='t'/>"
    static const struct row rows[] = {
        REFUSED_EXT("businessRuleTask", "<z:calledDecision decisionId='d'/>",
            "calledDecision",
            "a called decision (zeebe:calledDecision) is not supported"),
        REFUSED_EXT("sendTask", "<z:publishMessage correlationKey='=k'/>",
            "publishMessage", "publishing a message by the engine "
            "(zeebe:publishMessage) is not supported"),
        REFUSED_EXT("serviceTask", TYPE "<z:executionListeners/>",
            "executionListeners", "execution listeners are not supported"),
        REFUSED_EXT("userTask", "<z:taskListeners/>", "taskListeners",
            "task listeners are only supported for native user tasks"),
        REFUSED_EXT("serviceTask", TYPE "<z:linkedResources/>", "linkedResources",
            "linked resources are not supported"),
        REFUSED_EXT("userTask", "<z:priorityDefinition priority='1'/>",
            "priorityDefinition",
            "a priority is only supported for native user tasks"),
        REFUSED_EXT("serviceTask", TYPE "<z:jobPriorityDefinition/>",
            "jobPriorityDefinition",
            "a job priority (zeebe:jobPriorityDefinition) is not supported"),
        REFUSED_EXT("serviceTask", TYPE "<z:newThing/>", "newThing",
            "zeebe:newThing is not supported"),
        REFUSED_EXT("userTask", "<z:formDefinition formId='f'/>", "formDefinition",
            "a form by its id (formId) is not supported"),
        REFUSED_EXT("userTask",
            "<z:formDefinition formKey='f' bindingType='deployment'/>",
            "formDefinition", "the binding type 'deployment' is not supported"),
        REFUSED_EXT("userTask",
            "<z:formDefinition formKey='f' bindingType='versionTag'/>",
            "formDefinition", "the binding type 'versionTag' is not supported"),
        {PROCESS(START "<userTask id='x'>" EXT(
                 "<z:formDefinition formKey='f' bindingType='other'/>")
             "</userTask>"),
         AT("x > extensionElements > formDefinition", "Attribute 'bindingType' "
             "must be one of: deployment, latest, versionTag")},
        {PROCESS(START "<endEvent id='x'><messageEventDefinition>"
             EXT("<z:publishMessage/>") "</messageEventDefinition></endEvent>"),
         AT("x > messageEventDefinition", "Must reference a message")
         AT("x > messageEventDefinition > extensionElements > publishMessage",
             "element 'x' (line 2): publishing a message by the engine "
             "(zeebe:publishMessage) is not supported")},
    };

    check_rows(rows, LEN(rows));
}

/* ---- what is invalid ------------------------------------------------------------- */

TEST(processes_and_scopes_need_the_right_starts)
{
    static const struct row rows[] = {
        {"",
         AT("defs", "Must contain at least one executable process")},
        {"<process id='q'/><process id='r' isExecutable='false'/>",
         AT("defs", "Must contain at least one executable process")},
        {PROCESS(""), AT("p", "Must have at least one start event")},
        {PROCESS(START "<startEvent id='t'/>"),
         AT("p", "Multiple none start events are not allowed")},
        {PROCESS("<startEvent id='s'>" TIMER("timeCycle", "R/PT1H") TIMER(
                 "timeCycle", "R/PT1H") "</startEvent>"),
         AT("s", "Start event can't have more than one type")},
        {PROCESS("<startEvent id='s'><errorEventDefinition/></startEvent>"),
         AT("s", "Event definition of this type is not supported")},
        {PROCESS("<startEvent id='s'><fooEventDefinition/></startEvent>"),
         AT("s", "Event definition of this type is not supported")},
        {PROCESS(START "<subProcess id='x'/>"),
         AT("x", "Must have exactly one start event")},
        {PROCESS(START "<subProcess id='x'><startEvent id='a'/><startEvent id='b'/>"
             "</subProcess>"), AT("x", "Must have exactly one start event")},
        {PROCESS(START "<subProcess id='x'><startEvent id='a'>" TIMER("timeDuration",
                 "PT1S") "</startEvent></subProcess>"),
         AT("a", "Start events in subprocesses must be of type none")},
        {PROCESS(START EXT("<z:userTaskForm id='f'> </z:userTaskForm>")),
         AT("f", "User task form text content has to be present and not empty")},
    };

    check_rows(rows, LEN(rows));
}

TEST(events_need_the_right_definitions)
{
    static const struct row rows[] = {
        {PROCESS(START "<intermediateCatchEvent id='x'/>"),
         AT("x", "Must have exactly one event definition")},
        {PROCESS(START "<intermediateCatchEvent id='x'>" TIMER("timeDuration",
                 "PT1S") TIMER("timeDuration", "PT1S") "</intermediateCatchEvent>"),
         AT("x", "Must have exactly one event definition")},
        {PROCESS(START "<intermediateCatchEvent id='x'><errorEventDefinition/>"
             "</intermediateCatchEvent>"),
         AT("x", "Event definition must be one of: message, timer, signal, or link")},
        {PROCESS(START "<intermediateThrowEvent id='x'><errorEventDefinition/>"
             "</intermediateThrowEvent>"),
         AT("x", "Event definition of this type is not supported")},
        {PROCESS(START "<intermediateThrowEvent id='x'><messageEventDefinition/>"
             "<messageEventDefinition/></intermediateThrowEvent>"),
         AT("x", "Must have at most one event definition")},
        {PROCESS(START "<endEvent id='x'><terminateEventDefinition/>"
             "<terminateEventDefinition/></endEvent>"),
         AT("x", "Must have at most one event definition")},
        {PROCESS(START "<endEvent id='x'><timerEventDefinition/></endEvent>"),
         AT("x", "End events must be one of: none, error, message, terminate, "
             "signal, escalation or compensation")},
        {PROCESS(START "<endEvent id='x'/><task id='t'/>" FLOW("f", "x", "t")),
         AT("x",
             "End events must not have outgoing sequence flows to other elements.")},
    };

    check_rows(rows, LEN(rows));
}

TEST(boundary_events_need_their_activity_and_their_way_out)
{
    static const struct row rows[] = {
        {PROCESS(START "<boundaryEvent id='x'>" TIMER("timeDuration", "PT1S")
             "</boundaryEvent>" FLOW("f", "x", "s")),
         AT("x", "Must be attached to an activity")},
        {PROCESS(START "<boundaryEvent id='x' attachedToRef='s'>" TIMER(
                 "timeDuration", "PT1S") "</boundaryEvent>" FLOW("f", "x", "s")),
         AT("x", "Must be attached to an activity")},
        {BOUNDARY(""),
         AT("x", "Must have exactly one event definition")},
        {BOUNDARY("<terminateEventDefinition/>"),
         AT("x", "Boundary events must be one of: timer, message, error, signal, "
             "escalation")},
        {PROCESS(START SERVICE("a") "<boundaryEvent id='x' attachedToRef='a'>"
             TIMER("timeDuration", "PT1S") "</boundaryEvent>"),
         AT("x", "Must have at least one outgoing sequence flow or association")},
        {PROCESS(START SERVICE("a") "<boundaryEvent id='x' attachedToRef='a'>"
             TIMER("timeDuration", "PT1S") "</boundaryEvent>" FLOW("f", "a", "x")
             FLOW("g", "x", "a")), AT("x", "Cannot have incoming sequence flows")},
        {BOUNDARY(TIMER("timeCycle", "R/PT1S")),
         AT("x", "Interrupting timer event with time cycle is not allowed.")},
        {PROCESS(START SERVICE("a") "<boundaryEvent id='x' attachedToRef='a' "
             "cancelActivity='false'><errorEventDefinition/></boundaryEvent>"
             FLOW("f", "x", "a")),
         AT("x", "Non-Interrupting event of this type is not allowed")},
        {PROCESS(START "<subProcess id='a'><startEvent id='i'/>" SERVICE("b")
             "</subProcess>\n<boundaryEvent id='x' attachedToRef='b'>"
             "<errorEventDefinition/></boundaryEvent>" FLOW("f", "x", "a")),
         AT("x", "element 'x' (line 3): its activity is in another process or "
             "sub-process")},
    };

    check_rows(rows, LEN(rows));
}

TEST(timers_are_of_one_kind_and_can_be_read)
{
#define CATCH(timer) \
    PROCESS(START "<intermediateCatchEvent id='x'>" timer "</intermediateCatchEvent>")
#define START_AT(timer) PROCESS("<startEvent id='x'>" timer "</startEvent>")
    static const struct row rows[] = {
        {CATCH("<timerEventDefinition/>"),
         AT("x > timerEventDefinition", "Must be exactly one type of timer: "
             "timeDuration, timeDate or timeCycle")},
        {CATCH("<timerEventDefinition><timeDate>=a</timeDate><timeDuration>"
             "=b</timeDuration></timerEventDefinition>"),
         AT("x > timerEventDefinition", "Must be exactly one type of timer: "
             "timeDuration, timeDate or timeCycle")},
        {CATCH(TIMER("timeCycle", "R/PT1S")),
         AT("x", "Intermediate timer catch event must have either a time duration "
             "or a time date.")},
        {CATCH(TIMER("timeDuration", " ")),
         AT("x > timerEventDefinition > timeDuration",
             "Expected expression but not found.")},
        {CATCH(TIMER("timeDuration", "soon")),
         AT("x", "Invalid timer duration expression (Invalid duration format "
             "'soon' for expression 'soon'.)")},
        {CATCH(TIMER("timeDate", "soon")),
         AT("x", "Invalid timer date expression (Invalid date-time format 'soon' "
             "for expression 'soon'.)")},
        {CATCH(TIMER("timeDuration", "=unknown")), ""},
        {CATCH(TIMER("timeDuration", " PT1S ")), ""},
        {START_AT(TIMER("timeDuration", "=\"soon\"")),
         AT("x", "Invalid timer duration expression (Invalid duration format "
             "'soon' for expression '\"soon\"'.)")},
        {START_AT(TIMER("timeDuration", "=unknown")),
         AT("x", "Invalid timer duration expression (Expected result of the "
             "expression 'unknown' to be one of '[DURATION, PERIOD, STRING]', but "
             "was 'NULL'.)")},
        {START_AT(TIMER("timeDate", "=unknown")),
         AT("x", "Invalid timer date expression (Expected result of the expression "
             "'unknown' to be one of '[DATE_TIME, STRING]', but was 'NULL'.)")},
        {START_AT(TIMER("timeCycle", "=unknown")),
         AT("x", "Invalid timer cycle expression (Expected result of the "
             "expression 'unknown' to be 'STRING', but was 'NULL'.)")},
        {START_AT(TIMER("timeCycle", "R")),
         AT("x", "Invalid timer cycle expression (No interval given)")},
        {START_AT(TIMER("timeCycle", "R2/")),
         AT("x", "Invalid timer cycle expression (No interval given)")},
        {START_AT(TIMER("timeCycle", "Rx/PT1S")),
         AT("x", "Invalid timer cycle expression (Cannot parse repetitions count)")},
        {START_AT(TIMER("timeCycle", "R/1S")),
         AT("x", "Invalid timer cycle expression (Invalid duration format '1S')")},
        {START_AT(TIMER("timeCycle", "R/now/PT1S")),
         AT("x", "Invalid timer cycle expression (Invalid date-time format 'now')")},
        {START_AT(TIMER("timeCycle", "R3/2022-01-01T00:00:00Z/PT10S")), ""},
        {START_AT(TIMER("timeCycle", "R/PT1S")), ""},
        {START_AT(TIMER("timeCycle", "=\"R/PT1S\"")), ""},
        {START_AT(TIMER("timeCycle", "0 0 9-17 * * MON-FRI")), ""},
        {START_AT(TIMER("timeDate", "2022-01-01T00:00:00Z")), ""},
    };

    check_rows(rows, LEN(rows));
    struct str findings = findings_of(START_AT(TIMER("timeCycle", "every day")));
    CHECK(str_starts(findings, STR("- Element: x\n    - ERROR: Invalid timer cycle "
                                   "expression (")));
}

TEST(messages_need_a_name_and_a_key)
{
#define CATCH_MESSAGE(id) \
    PROCESS(START         \
            "<intermediateCatchEvent id='x'>" WAIT(id) "</intermediateCatchEvent>")
    static const struct row rows[] = {
        {CATCH_MESSAGE(""),
         AT("x > messageEventDefinition", "Must reference a message")},
        {CATCH_MESSAGE("gone"),
         AT("x > messageEventDefinition", "Must reference a message")},
        {PROCESS(START "<receiveTask id='x'/>"), AT("x", "Must reference a message")},
        {PROCESS("<startEvent id='x'><messageEventDefinition/></startEvent>"),
         AT("x > messageEventDefinition", "Must reference a message")},
        {CATCH_MESSAGE("m") "<message id='m'/>",
         AT("m", "Name must be present and not empty")
         MORE("Must have exactly one zeebe:subscription extension element")},
        {CATCH_MESSAGE("m") "<message id='m' name='n'>" EXT("<z:subscription/>")
         "</message>",
         AT("m > extensionElements > subscription",
             "Attribute 'correlationKey' must be present and not empty")},
        {CATCH_MESSAGE("m") "<message id='m' name='n'>"
         EXT("<z:subscription correlationKey='k'/>") "</message>",
         AT("m > extensionElements > subscription", "Expected expression but found "
             "static value 'k'. An expression must start with '=' (e.g. '=k').")},
        {PROCESS(START "<endEvent id='x'>" JOB WAIT("m") "</endEvent>")
         "<message id='m'/>", AT("m", "Name must be present and not empty")},
        {PROCESS("<startEvent id='x'>" WAIT("m") "</startEvent><startEvent id='y'>"
             WAIT("m") "</startEvent>") MESSAGE("m", "n"),
         AT("m", "A message cannot be referred by more than one start event")},
        {PROCESS("<startEvent id='x'>" WAIT("m") "</startEvent>")
         MESSAGE("m", "=unknown"),
         AT("x", "Expected constant expression of type String for message name "
             "'=unknown', but was NULL")},
        {PROCESS(START "<receiveTask id='x' messageRef='m'/>"
             "<boundaryEvent id='b' attachedToRef='x'>" WAIT("m")
             "</boundaryEvent>" FLOW("f", "b", "x")) MESSAGE("m", "n"),
         AT("x", "Cannot reference the same message name as a boundary event")},
        {PROCESS(START SERVICE("x") "<boundaryEvent id='b' attachedToRef='x'>"
             WAIT("m") "</boundaryEvent>" FLOW("f", "b", "x")
             "<boundaryEvent id='c' attachedToRef='x'>" WAIT("o")
             "</boundaryEvent>" FLOW("g", "c", "x")) MESSAGE("m", "n")
         MESSAGE("o", "n"),
         AT("x", "Multiple message event definitions with the same name 'n' are "
             "not allowed.")},
    };

    check_rows(rows, LEN(rows));
}

TEST(errors_need_a_code_where_they_are_thrown)
{
#define CATCH_TWO(first, second)                                          \
    PROCESS(START SERVICE("x") "<boundaryEvent id='b' attachedToRef='x'>" \
                               "<errorEventDefinition errorRef='" first   \
                               "'/></boundaryEvent>"                      \
                               "<boundaryEvent id='c' attachedToRef='x'>" \
                               "<errorEventDefinition errorRef='" second  \
                               "'/></boundaryEvent>" FLOW("f", "b", "x")  \
                                   FLOW("g", "c", "x"))                   \
    "<error id='e' errorCode='1'/><error id='d' errorCode='1'/><error id='n'/>"
    static const struct row rows[] = {
        {PROCESS(START "<endEvent id='x'><errorEventDefinition/></endEvent>"),
         AT("x > errorEventDefinition", "Must reference an error")},
        {PROCESS(START
             "<endEvent id='x'><errorEventDefinition errorRef='e'/></endEvent>")
         "<error id='e'/>",
         AT("x > errorEventDefinition", "ErrorCode must be present and not empty")},
        {BOUNDARY("<errorEventDefinition errorRef='e'/>")
         "<error id='e' errorCode='=c'/>",
         AT("x > errorEventDefinition", "The errorCode of the error catch event is "
             "not allowed to be an expression")},
        {BOUNDARY("<errorEventDefinition errorRef='gone'/>"),
         AT("x", "element 'x' (line 3): the error 'gone' does not exist")},
        {CATCH_TWO("e", "d"),
         AT("x", "Multiple error catch events with the same error code '1' are not "
             "supported on the same scope.")},
        {CATCH_TWO("n", ""),
         AT("x", "The same scope can not contain more than one error catch event "
             "without error code. An error catch event without error code catches "
             "all errors.")},
        {CATCH_TWO("e", "n"), ""},
    };

    check_rows(rows, LEN(rows));
}

TEST(jobs_need_a_type)
{
#define TASK_OR(name)                   \
    "Must have either one 'zeebe:" name \
    "' or one 'zeebe:taskDefinition' extension element"
    static const struct row rows[] = {
        {PROCESS(START "<serviceTask id='x'/>"),
         AT("x", "Must have exactly one 'zeebe:taskDefinition' extension element")},
        {PROCESS(START "<serviceTask id='x'>" EXT(TYPE TYPE) "</serviceTask>"),
         AT("x", "Must have exactly one 'zeebe:taskDefinition' extension element")},
        {PROCESS(START "<sendTask id='x'/>"), AT("x", TASK_OR("publishMessage"))},
        {PROCESS(START "<businessRuleTask id='x'/>"),
         AT("x", TASK_OR("calledDecision"))},
        {PROCESS(START "<scriptTask id='x'/>"), AT("x", TASK_OR("script"))},
        {PROCESS(START "<scriptTask id='x'>" EXT(TYPE
                 "<z:script expression='=1' resultVariable='r'/>") "</scriptTask>"),
         AT("x", TASK_OR("script"))},
        {PROCESS(START "<endEvent id='x'><messageEventDefinition/></endEvent>"),
         AT("x", TASK_OR("publishMessage"))},
        {PROCESS(START "<intermediateThrowEvent id='x'><messageEventDefinition/>"
             "</intermediateThrowEvent>"), AT("x", TASK_OR("publishMessage"))},
        {PROCESS(START "<serviceTask id='x'>" EXT("<z:taskDefinition/>")
             "</serviceTask>"),
         AT("x > extensionElements > taskDefinition",
             "Attribute 'type' must be present and not empty")},
        {PROCESS(START "<serviceTask id='x'>"
             EXT("<z:taskDefinition type='t' retries=''/>") "</serviceTask>"),
         AT("x > extensionElements > taskDefinition",
             "Attribute 'retries' must be present and not empty")},
        {PROCESS(START "<scriptTask id='x'>" EXT("<z:script/>") "</scriptTask>"),
         AT("x > extensionElements > script",
             "Attribute 'expression' must be present and not empty")
         MORE("Attribute 'resultVariable' must be present and not empty")},
        {PROCESS(START "<scriptTask id='x'>" EXT(
                 "<z:script expression='1' resultVariable='r'/>") "</scriptTask>"),
         AT("x > extensionElements > script", "Expected expression but found "
             "static value '1'. An expression must start with '=' (e.g. '=1').")},
        {PROCESS(START "<serviceTask id='x'>" EXT(TYPE "<z:taskHeaders>"
                 "<z:header key='a' value='1'/><z:header key='b' value='2'/>"
                 "<z:header key='a' value='3'/></z:taskHeaders>") "</serviceTask>"),
         AT("x > extensionElements > taskHeaders",
             "Headers contain duplicate entries for key 'a'")},
        {PROCESS(START "<userTask id='x'>" EXT("<z:taskHeaders>"
                 "<z:header key='io.camunda.zeebe:a' value='1'/></z:taskHeaders>")
             "</userTask>"),
         AT("x > extensionElements > taskHeaders > header", "Attribute 'key' "
             "contains 'io.camunda.zeebe:a', but header keys starting with "
             "'io.camunda.zeebe:' are reserved for internal use.")},
    };

    check_rows(rows, LEN(rows));
}

TEST(user_tasks_are_checked_where_they_are_static)
{
#define FORM \
    "Exactly one of the attributes 'formId, formKey' must be present and not blank"
#define USER(extension) PROCESS(START "<userTask id='x'>" EXT(extension) "</userTask>")
    static const struct row rows[] = {
        {USER("<z:formDefinition/>"),
         AT("x > extensionElements > formDefinition", FORM)},
        {USER("<z:formDefinition formKey=' '/>"),
         AT("x > extensionElements > formDefinition", FORM)},
        {USER("<z:assignmentDefinition candidateGroups='a,,b'/>"),
         AT("x > extensionElements > assignmentDefinition", "Expected static value "
             "to be a list of comma-separated values, e.g. 'a,b,c', but found "
             "'a,,b'.")},
        {USER("<z:assignmentDefinition candidateUsers='a,'/>"),
         AT("x > extensionElements > assignmentDefinition", "Expected static value "
             "to be a list of comma-separated values, e.g. 'a,b,c', but found 'a,'.")},
        {USER("<z:taskSchedule dueDate='soon'/>"),
         AT("x > extensionElements > taskSchedule", "Expected static value to be a "
             "valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found "
             "'soon'.")},
        {USER("<z:taskSchedule followUpDate='later'/>"),
         AT("x > extensionElements > taskSchedule", "Expected static value to be a "
             "valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found "
             "'later'.")},
        {USER("<z:userTask/><z:formDefinition formId='f' externalReference='r'/>"),
         AT("x > extensionElements > formDefinition", "Exactly one of the attributes "
             "'formId, externalReference' must be present and not blank for native "
             "user tasks")},
        {USER("<z:userTask/><z:priorityDefinition priority='101'/>"),
         AT("x > extensionElements > priorityDefinition", "Expected static value to be "
             "a number between 0 and 100, but found '101'.")},
        {USER("<z:userTask/><z:taskListeners><z:taskListener eventType='begin' "
             "type='t'/></z:taskListeners>"),
         AT("x > extensionElements > taskListeners > taskListener", "Task listener "
             "event type 'begin' is not supported. It must be one of: creating, "
             "assigning, updating, completing, canceling")},
        {USER("<z:taskSchedule dueDate='2023-03-02T15:35+02:00' followUpDate='=f'/>"
             "<z:assignmentDefinition assignee='' candidateGroups=' a , b ' "
             "candidateUsers='=u'/>"
             "<z:formDefinition formKey='f' bindingType='latest'/>"), ""},
    };

    check_rows(rows, LEN(rows));
}

TEST(mappings_need_a_source_and_a_path)
{
#define PATTERN "[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)*"
#define IO(content)                                                       \
    PROCESS(START "<serviceTask id='x'>" EXT(TYPE "<z:ioMapping>" content \
                                                  "</z:ioMapping>") "</serviceTask>")
#define IN_IO(what, text) AT("x > extensionElements > ioMapping > " what, text)
    static const struct row rows[] = {
        {IO("<z:input target='a'/><z:input source='' target='b'/>"), ""},
        {IO("<z:input source='text' target='a.b_1.C'/>"), ""},
        {IO("<z:output target='a'/>"),
         IN_IO("output", "Expected expression but not found.")},
        {IO("<z:output source='b' target='a'/>"),
         IN_IO("output", "Expected expression but found static value 'b'. An "
             "expression must start with '=' (e.g. '=b').")},
        {IO("<z:input source='=b'/>"),
         IN_IO("input", "Expected path expression but not found.")},
        {IO("<z:input source='=b' target='a-b'/>"),
         IN_IO("input",
             "Expected path expression 'a-b' but doesn't match the pattern '"
             PATTERN "'.")},
        {IO("<z:input source='=b' target='a.'/>"),
         IN_IO("input",
             "Expected path expression 'a.' but doesn't match the pattern '" PATTERN
             "'.")},
        {IO("<z:input source='=b' target='1a'/>"),
         IN_IO("input",
             "Expected path expression '1a' but doesn't match the pattern '" PATTERN
             "'.")},
        {IO("<z:output source='=b' target='then'/>"),
         IN_IO("output", "Expected path expression 'then' but is one of the "
             "reserved words (null, true, false, function, if, then, else, for, "
             "between, instance, of).")},
    };

    check_rows(rows, LEN(rows));
}

TEST(flows_and_gateways_fit_together)
{
#define GATE "<exclusiveGateway id='x'/><task id='a'/><task id='b'/>"
#define WAITER(id)                    \
    "<intermediateCatchEvent id='" id \
    "'>" TIMER("timeDuration", "PT1S") "</intermediateCatchEvent>"
    static const struct row rows[] = {
        {PROCESS(START GATE FLOW("f", "x", "a") FLOW_IF("g", "x", "b", "=c")),
         AT("f", "Must have a condition or be default flow")},
        {PROCESS(START GATE FLOW("f", "x", "a")), ""},
        {PROCESS(START GATE FLOW_IF("f", "x", "a", " =c\n ")), ""},
        {PROCESS(START GATE FLOW_IF("f", "x", "a", "c > 1")),
         AT("f > conditionExpression", "Expected expression but found static value "
             "'c > 1'. An expression must start with '=' (e.g. '=c > 1').")},
        {PROCESS(START GATE FLOW_IF("f", "x", "a", "")),
         AT("f > conditionExpression", "Expected expression but not found.")},
        {PROCESS(START "<task id='a'/>" FLOW_IF("f", "s", "a", "=c")),
         AT("f", "Conditional sequence flows are only supported at exclusive or "
             "inclusive gateway")},
        {PROCESS(START "<exclusiveGateway id='x' default='f'/><task id='a'/>"
             FLOW("f", "s", "a")), AT("x", "Default flow must start at gateway")},
        {PROCESS(START "<exclusiveGateway id='x' default='gone'/>"),
         AT("x", "element 'x' (line 2): the default flow 'gone' does not exist")},
        {PROCESS(START "<eventBasedGateway id='x'/>" WAITER("a") FLOW("f", "x", "a")),
         AT("x",
             "Event-based gateway must have at least 2 outgoing sequence flows.")},
        {PROCESS(START "<eventBasedGateway id='x'/><task id='b'/>" WAITER("a")
             FLOW("f", "x", "a") FLOW("g", "x", "b")),
         AT("x", "Event-based gateway must not have an outgoing sequence flow to "
             "other elements than message/timer/signal intermediate catch events.")},
        {PROCESS(START "<eventBasedGateway id='x'/>" WAITER("a") WAITER("b")
             FLOW("f", "x", "a") FLOW("g", "x", "b") FLOW("h", "s", "a")),
         AT("x", "Target elements of an event gateway must not have any additional "
             "incoming sequence flows other than that from the event gateway.")},
        {PROCESS(START "<eventBasedGateway id='x'/><intermediateCatchEvent id='a'>"
             WAIT("m") "</intermediateCatchEvent><intermediateCatchEvent id='b'>"
             WAIT("m") "</intermediateCatchEvent>" FLOW("f", "x", "a")
             FLOW("g", "x", "b")) MESSAGE("m", "n"),
         AT("x", "Multiple message event definitions with the same name 'n' are "
             "not allowed.")},
        {PROCESS(START "<sequenceFlow id='f'/>"),
         AT("f", "element 'f' (line 2): a sequence flow must have a sourceRef")
         MORE("element 'f' (line 2): a sequence flow must have a targetRef")},
        {PROCESS(START FLOW("f", "s", "gone")),
         AT("f", "element 'f' (line 2): the targetRef 'gone' is no element of the "
             "process")},
        {PROCESS(START FLOW("f", "p", "s")),
         AT("f",
             "element 'f' (line 2): the sourceRef 'p' is no element of the process")},
        {PROCESS(START
             "<subProcess id='a'><startEvent id='i'/><task id='j'/></subProcess>"
             FLOW("f", "s", "j")),
         AT("f", "element 'f' (line 2): a sequence flow must not leave or enter a "
             "process or sub-process")},
    };

    check_rows(rows, LEN(rows));
}

TEST(ids_are_there_and_there_once)
{
    static const struct row rows[] = {
        {PROCESS(START "\n<task/>"),
         AT("p > task", "element 'p' (line 3): a task must have an id")},
        {"<process isExecutable='true'>" START "</process>",
         AT("defs > process", "element 'defs' (line 2): a process must have an id")},
        {PROCESS(START "\n<task id='s'/>"),
         AT("s", "element 's' (line 3): its id is already used in line 2")},
    };

    check_rows(rows, LEN(rows));
}

TEST(loops_that_never_wait_are_refused)
{
#define LOOP(text)                                                       \
    "- Process: p\n    - ERROR: Processes are not allowed to contain a " \
    "straight-through "                                                  \
    "processing loop: " text "\n"
    static const struct row rows[] = {
        {PROCESS(START "<task id='a'/><manualTask id='b'/><task id='c'/>"
             FLOW("f", "s", "a") FLOW("g", "a", "b") FLOW("h", "b", "a")
             FLOW("i", "b", "c")), LOOP("a > b > a")},
        {PROCESS(START "<task id='a'/>" FLOW("f", "a", "a")), LOOP("a > a")},
        {PROCESS(START "<task id='a'/>" SERVICE("b") FLOW("g", "a", "b")
             FLOW("h", "b", "a")), ""},
        {PROCESS(START "<task id='a'/><task id='b'/><task id='c'/><task id='d'/>"
             FLOW("f", "a", "b") FLOW("g", "a", "c") FLOW("h", "b", "d")
             FLOW("i", "c", "d")), ""},
        {PROCESS(START
             "<subProcess id='x'><startEvent id='i'/><task id='a'/><task id='b'/>"
             FLOW("g", "a", "b") FLOW("h", "b", "a") "</subProcess>"),
         LOOP("a > b > a")},
    };

    check_rows(rows, LEN(rows));
}

TEST(a_long_loop_is_told_by_its_first_elements)
{
    struct str findings;
    struct arena own;
    struct buf text;

    arena_init(&own, 4096, 1 << 20, NULL);
    buf_init(&text, &own, 4096);
    buf_text(&text, HEAD "<process id='p' isExecutable='true'>" START);
    for (int i = 0; i < 150; i++)
        buf_print(&text,
                  "<task id='t%d'/><sequenceFlow id='f%d' sourceRef='t%d' "
                  "targetRef='t%d'/>",
                  i, i, i, (i + 1) % 150);
    buf_text(&text, "</process>" TAIL);
    CHECK(!parse_with(buf_str(&text), &model_options_default, &findings));
    CHECK(strstr(findings.data, "loop: t0 > t1 > "));
    CHECK(str_ends(findings, STR(" > t98 > t99 > ... > t0\n")));
    arena_free(&own);
}

TEST(feel_that_cannot_be_parsed_is_told_where_it_stands)
{
    static const struct row rows[] = {
        {PROCESS(START GATE FLOW_IF("x", "x", "a", "=1 +")), "x"},
        {IO("<z:input source='=1 +' target='a'/>"),
         "x > extensionElements > ioMapping > input"},
        {CATCH(TIMER("timeDuration", "=1 +")),
         "x > timerEventDefinition > timeDuration"},
        {PROCESS(START "<serviceTask id='x'>" EXT("<z:taskDefinition type='=1 +'/>")
             "</serviceTask>"), "x > extensionElements > taskDefinition"},
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct str findings = findings_of(rows[i].content);
        char wanted[128];
        snprintf(wanted, sizeof(wanted), "failed to parse expression '1 +': ");
        CHECK(findings.len && strstr(findings.data, wanted));
        if (i > 0) {
            snprintf(wanted, sizeof(wanted), "- Element: %s\n", rows[i].wanted);
            CHECK(str_starts(findings, str_of(wanted)));
        }
    }
}

TEST(all_that_is_wrong_is_told_at_once_in_document_order)
{
    CHECK_STR(
        findings_of(PROCESS("<serviceTask id='a'/>\n<callActivity id='b'/>"
                "<receiveTask id='c' messageRef='m'/>" FLOW("f", "a", "z"))
            "<message id='m'/>"),
        AT("p", "Must have at least one start event")
            AT("a", "Must have exactly one 'zeebe:taskDefinition' extension element")
                AT("b", "element 'b' (line 3): a call activity is not supported") AT(
                    "f", "element 'f' (line 3): the targetRef 'z' is no element of the "
                         "process") AT("m", "Name must be present and not empty")
                    MORE("Must have exactly one zeebe:subscription extension element"));
}

TEST(findings_beyond_what_anybody_reads_are_counted)
{
    struct buf text;
    struct arena own;
    struct str findings;

    arena_init(&own, 4096, 1 << 20, NULL);
    buf_init(&text, &own, 4096);
    buf_text(&text, HEAD "<process id='p' isExecutable='true'>" START);
    for (int i = 0; i < 500; i++)
        buf_print(&text, "<callActivity id='call%d'/>", i);
    buf_text(&text, "</process>" TAIL);
    CHECK(!parse_with(buf_str(&text), &model_options_default, &findings));
    CHECK(findings.len > 12000 && findings.len < 13000);
    CHECK(strstr(findings.data, "\n... and "));
    CHECK(str_ends(findings, STR(" more errors\n")));
    arena_free(&own);
}

TEST(what_is_no_bpmn_is_refused_with_its_place)
{
    static const struct row rows[] = {
        {"", "line 1, column 1: no element found"},
        {"<a>\n<b></a>", "line 2, column 6: mismatched tag"},
        {"<definitions/>",
         "line 1, column 1: expected BPMN definitions, but got 'definitions'"},
        {"\n <html/>",
         "line 2, column 2: expected BPMN definitions, but got 'html'"},
    };
    struct str findings;

    for (size_t i = 0; i < LEN(rows); i++) {
        CHECK(!parse_with(str_of(rows[i].content), &model_options_default, &findings));
        CHECK_STR(findings, rows[i].wanted);
    }
}

TEST(a_model_that_needs_more_memory_than_it_may_take_is_refused)
{
    struct model_options options = model_options_default;
    struct str findings;
    struct err err;

    options.memory = 20000;
    CHECK(!parse_with(document(PROCESS(START)), &options, &findings));
    CHECK_STR(findings, "the model needs more than 20000 bytes of memory");
    CHECK(!model_load(document(PROCESS(START)), &options, &model, &err));
    CHECK_STR(str_of(err.text), "the model needs more than 20000 bytes of memory");
    CHECK_INT(err.code, ERR_LIMIT);
}

/* Wherever memory ends, nothing is left behind: the sanitizer would tell. */
TEST(a_parse_ends_well_wherever_memory_ends)
{
    struct model_options options = model_options_default;
    struct str text = document(PROCESS(START SERVICE("a") FLOW("f", "s", "a")));
    struct str findings;
    bool is_good = false;

    for (options.memory = 0; !is_good; options.memory += 512) {
        is_good = parse_with(text, &options, &findings);
        CHECK(is_good || str_starts(findings, STR("the model needs more than ")));
        if (test_has_failed())
            return;
    }
    CHECK(options.memory > 4096);
}

TEST(findings_that_do_not_fit_spring_the_trap_of_their_arena)
{
    struct str text = document(PROCESS("")), findings;
    struct trap full = {0};
    struct arena small;
    struct model *m;

    arena_init(&small, 16, 32, &full);
    if (setjmp(full.jump) == 0)
        CHECK(model_parse(text, &model_options_default, &small, &m, &findings));
    CHECK_INT(full.why, TRAP_FULL);
    arena_free(&small);
}

static bool zone_fails(void *ctx, struct str name, struct arena *own, struct str *tzif)
{
    must(!"a zone that can be brought");
    return false;
}

/* As inside an engine step: what was taken is given back on the way out. */
TEST(a_must_that_fails_below_a_parse_goes_on_to_the_trap_around_it)
{
    struct model_options options = model_options_default;
    struct str findings;
    struct trap outer = {0};

    options.zones = zones_open(zone_fails, NULL);
    trap_set(&outer);
    if (setjmp(outer.jump) == 0)
        parse_with(
            document(PROCESS("<startEvent id='s'>" TIMER("timeDate",
                        "2030-01-01T00:00:00@Europe/Berlin") "</startEvent>")),
            &options, &findings);
    trap_set(NULL);
    CHECK_INT(outer.why, TRAP_MUST);
    CHECK(strstr(outer.text, "a zone that can be brought"));
    zones_close(options.zones);
}

/* ---- what is accepted ------------------------------------------------------------ */

TEST(what_has_no_part_in_how_a_process_runs_is_ignored)
{
    accept("<collaboration id='c'><participant id='q' processRef='p'/>"
        "</collaboration><process id='other'><callActivity id='never'/><task/>"
        "</process>" PROCESS("<documentation>text</documentation>" EXT(
                "<z:properties><z:property name='a' value='=b'/></z:properties>"
                "<v:thing xmlns:v='urn:vendor'/>") "<laneSet id='l'><lane id='l1'/>"
            "</laneSet><dataObject id='d'/><dataObjectReference id='dr'/>"
            "<dataStoreReference id='ds'/><textAnnotation id='ta'><text>t</text>"
            "</textAnnotation><group id='g'/>"
            "<association id='as' sourceRef='s' targetRef='ta'/>"
            "<v:thing xmlns:v='urn:vendor' id='x'/>"
            "<startEvent id='s' z:modelerTemplate='t'><outgoing>f</outgoing>"
            "</startEvent>") "<v:thing xmlns:v='urn:vendor' id='s'/>");
    CHECK_INT(model_process_count(model), 1);
    CHECK(!model_process(model, STR("other")));
    CHECK(!model_process(model, STR("s")));
}

TEST(a_process_knows_its_elements_by_tag_and_by_id)
{
    const struct process *p =
        accept(PROCESS(EXT("<z:versionTag value='v1'/>") START SERVICE("a")
            "<endEvent id='e' name='done'/>" FLOW("f", "s", "a") FLOW("g", "a", "e")));
    const struct element *s = element("s"), *a = element("a"), *e = element("e");

    CHECK_STR(p->version_tag, "v1");
    CHECK(p->is_executable && p->start_count == 1 && p->starts[0] == s);
    CHECK(model_process_at(model, 0) == p);
    CHECK_INT(p->root->tag, 2);
    CHECK_INT(p->root->type, ELEMENT_PROCESS);
    CHECK(p->root->none_start == s && !p->root->scope);
    CHECK_INT(p->root->child_count, 3);
    CHECK(p->root->children[1] == a);
    CHECK_INT(s->tag, 5);
    CHECK_INT(a->tag, 6);
    CHECK_INT(a->line, 2);
    CHECK_STR(e->name, "done");
    CHECK(s->scope == p->root && s->event == EVENT_TYPE_NONE);
    CHECK(model_element(model, s->tag) == s && !model_element(model, 3));
    CHECK(!model_element(model, 0) && !model_element(model, 1000));
    CHECK(!process_element(model, p, STR("z")));
    CHECK(a->incoming_count == 1 && a->incoming[0] == element("f"));
    CHECK(a->outgoing_count == 1 && a->outgoing[0]->target == e);
    CHECK(element("f")->source == s && element("f")->target == a);
    CHECK(model_element(model, element("f")->tag)->type == ELEMENT_SEQUENCE_FLOW);
    CHECK(model_size(model) > 1000 && model_size(model) < 100000);
}

TEST(a_job_has_its_type_its_retries_and_its_headers)
{
    accept(PROCESS(START "<serviceTask id='a'>" EXT(
                "<z:taskDefinition type=' t ' retries='=n'/><z:taskHeaders>"
                "<z:header key='k' value='=v'/><z:header key='none'/>"
                "<z:header value='none'/><z:header key='l' value='w&#10;x'/>"
                "</z:taskHeaders>") "</serviceTask><sendTask id='b'>" JOB
            "</sendTask><businessRuleTask id='c'>" JOB
            "</businessRuleTask><scriptTask id='d'>" JOB
            "</scriptTask><endEvent id='e'>" JOB
            "<messageEventDefinition/></endEvent><intermediateThrowEvent id='g'>"
            JOB "<messageEventDefinition/></intermediateThrowEvent>"
            "<intermediateThrowEvent id='h'/>"));
    const struct element *a = element("a");

    CHECK(a->has_job && !a->job_type.feel && a->job_retries.feel);
    CHECK_STR(a->job_type.body, " t ");
    CHECK_STR(a->job_retries.text, "=n");
    CHECK_STR(a->job_retries.body, "n");
    CHECK_INT(a->header_count, 2);
    CHECK_STR(a->headers[0].key, "k");
    CHECK_STR(a->headers[0].value, "=v");
    CHECK_STR(a->headers[1].value, "w\nx");
    CHECK(element("b")->has_job && element("c")->has_job && element("d")->has_job);
    CHECK(element("e")->has_job && element("g")->has_job && !element("h")->has_job);
    CHECK_STR(element("b")->job_retries.body, "3");
    CHECK_INT(element("h")->event, EVENT_TYPE_NONE);
}

TEST(a_user_task_is_a_job_with_what_it_says_of_people)
{
    accept(PROCESS(EXT("<z:userTaskForm id='f'>{}</z:userTaskForm>") START
            "<userTask id='a'>" EXT(
                "<z:formDefinition formKey='camunda-forms:bpmn:f'/>"
                "<z:assignmentDefinition assignee='123' candidateGroups='a,b'/>"
                "<z:taskSchedule dueDate='=d'/>") "</userTask>"));
    const struct element *a = element("a");

    CHECK(a->has_job);
    CHECK_STR(a->job_type.body, "io.camunda.zeebe:userTask");
    CHECK_STR(a->job_retries.body, "1");
    CHECK_STR(a->form_key, "camunda-forms:bpmn:f");
    CHECK_STR(a->assignee.body, "123");
    CHECK_STR(a->candidate_groups.body, "a,b");
    CHECK(!a->candidate_users.is_set && !a->follow_up_date.is_set);
    CHECK(a->due_date.is_set && a->due_date.feel);
}

TEST(a_native_user_task_has_no_job_but_listeners)
{
    accept(PROCESS(START "<userTask id='a'>" EXT("<z:userTask/>"
                "<z:formDefinition externalReference='=r'/>"
                "<z:priorityDefinition priority='=p'/><z:taskListeners>"
                "<z:taskListener eventType='completing' type='c'/>"
                "<z:taskListener eventType='assignment' type='=t' retries='5'/>"
                "</z:taskListeners>") "</userTask>"));
    const struct element *a = element("a");

    CHECK(a->is_native && !a->has_job);
    CHECK(a->external_reference.feel && a->priority.feel && !a->form_id.is_set);
    CHECK_INT(a->listener_count, 2);
    CHECK_INT(a->listeners[0].event, LISTENER_COMPLETING);
    CHECK_STR(a->listeners[0].retries.body, "3");
    CHECK_INT(a->listeners[1].event, LISTENER_ASSIGNING);
    CHECK_STR(a->listeners[1].retries.body, "5");
}

TEST(mappings_keep_their_order_and_their_paths)
{
    accept(PROCESS(START "<serviceTask id='a'>" EXT(TYPE "<z:ioMapping>"
                "<z:output source='=o' target='out'/>"
                "<z:input source='=x' target='a.b.c'/>\n<z:input target='d'/>"
                "<z:input source='=' target='e'/></z:ioMapping>")
            "</serviceTask><task id='t'>" EXT("<z:ioMapping>"
                "<z:input source='=x' target='y'/></z:ioMapping>") "</task>"));
    const struct element *a = element("a");

    CHECK_INT(a->input_count, 3);
    CHECK_INT(a->output_count, 1);
    CHECK_STR(a->inputs[0].target, "a.b.c");
    CHECK_INT(a->inputs[0].path_count, 3);
    CHECK_STR(a->inputs[0].path[0], "a");
    CHECK_STR(a->inputs[0].path[2], "c");
    CHECK(a->inputs[0].source.feel && !a->inputs[1].source.is_set);
    CHECK(!a->inputs[2].source.feel);
    CHECK_STR(a->inputs[2].source.body, "=");
    CHECK_INT(a->inputs[0].line, 2);
    CHECK_INT(a->inputs[1].line, 3);
    CHECK_STR(a->outputs[0].path[0], "out");
    CHECK_INT(element("t")->input_count, 0);
}

TEST(events_know_what_they_wait_for)
{
    accept(PROCESS("<startEvent id='s'>" WAIT("m")
            "</startEvent><startEvent id='s2'>" TIMER("timeCycle", "R/PT1H")
            "</startEvent><receiveTask id='r' messageRef='n'/><boundaryEvent "
            "id='b1' attachedToRef='r' cancelActivity='false'>" TIMER("timeCycle",
                "R3/PT1S") "</boundaryEvent>"
            "<boundaryEvent id='b2' attachedToRef='r'>"
            "<errorEventDefinition errorRef='e'/></boundaryEvent>"
            "<boundaryEvent id='b3' attachedToRef='r'><errorEventDefinition/>"
            "</boundaryEvent><endEvent id='x'>"
            "<errorEventDefinition errorRef='q:e'/></endEvent><endEvent id='y'>"
            "<terminateEventDefinition/></endEvent><intermediateCatchEvent id='c'>"
            TIMER("timeDate", "=d") "</intermediateCatchEvent>" FLOW("f", "b1", "x")
            FLOW("g", "b2", "x") FLOW("h", "b3", "y")) MESSAGE("m", "=\"start\"")
        MESSAGE("n", "=name") "<error id='e' errorCode='42'/>");
    const struct element *r = element("r");

    CHECK_INT(model_process_at(model, 0)->start_count, 2);
    CHECK(!model_process_at(model, 0)->root->none_start);
    CHECK_STR(element("s")->message_name.body, "start");
    CHECK(!element("s")->message_name.feel);
    CHECK_STR(element("s")->message_name.text, "=\"start\"");
    CHECK_INT(element("s2")->timer, TIMER_CYCLE);
    CHECK(r->message_name.feel && r->correlation_key.feel);
    CHECK_INT(r->boundary_count, 3);
    CHECK(r->boundaries[0] == element("b1") && r->boundaries[0]->attached_to == r);
    CHECK(!r->boundaries[0]->is_interrupting && r->boundaries[1]->is_interrupting);
    CHECK_STR(r->boundaries[1]->error_code.body, "42");
    CHECK(!r->boundaries[1]->catches_all && r->boundaries[2]->catches_all);
    CHECK_STR(element("x")->error_code.body, "42");
    CHECK_INT(element("y")->event, EVENT_TYPE_TERMINATE);
    CHECK_INT(element("c")->timer, TIMER_DATE);
    CHECK(element("c")->timer_value.feel);
}

TEST(gateways_know_their_conditions_and_their_default)
{
    accept(PROCESS(START "<exclusiveGateway id='x' default='g'/><task id='a'/>"
            FLOW("e", "s", "x") FLOW_IF("f", "x", "a", "\n =c &gt; 1 \n")
            FLOW("g", "x", "a") FLOW_IF("h", "x", "a", "=d")));
    const struct element *x = element("x");

    CHECK_INT(x->outgoing_count, 3);
    CHECK(x->outgoing[0] == element("f") && x->outgoing[2] == element("h"));
    CHECK(x->default_flow == element("g"));
    CHECK_STR(element("f")->condition.body, "c > 1");
    CHECK(element("f")->condition.feel && !element("g")->condition.is_set);
}

TEST(a_sub_process_has_its_own_children)
{
    accept(PROCESS(START "<subProcess id='x'><startEvent id='i'/>" SERVICE("a")
            FLOW("f", "i", "a") "<boundaryEvent id='b' attachedToRef='a'>"
            "<errorEventDefinition/></boundaryEvent>" FLOW("g", "b", "a")
            "<subProcess id='y'><startEvent id='j'/></subProcess></subProcess>"));
    const struct element *x = element("x");

    CHECK_INT(x->child_count, 3);
    CHECK(x->children[0] == element("i") && x->children[2] == element("y"));
    CHECK(x->none_start == element("i") && element("y")->none_start == element("j"));
    CHECK(element("b")->scope == x && element("y")->scope == x);
    CHECK_INT(model_process_at(model, 0)->root->child_count, 2);
}

TEST(a_script_has_its_expression_and_its_variable)
{
    accept(PROCESS(START "<scriptTask id='a'>" EXT(
                "<z:script expression='=1 + 1' resultVariable='two'/>")
            "</scriptTask>"));

    CHECK(!element("a")->has_job && element("a")->script.feel);
    CHECK_STR(element("a")->result_variable, "two");
}

TEST(several_processes_of_a_file_stand_side_by_side)
{
    accept(PROCESS(START)
        "<process id='q' isExecutable='true'><startEvent id='t'/></process>");
    const struct process *p = model_process(model, STR("p"));
    const struct process *q = model_process(model, STR("q"));

    CHECK_INT(model_process_count(model), 2);
    CHECK(model_process_at(model, 1) == q);
    CHECK(process_element(model, q, STR("t")) && !process_element(model, p, STR("t")));
}

TEST(what_was_once_accepted_is_loaded_without_being_judged)
{
    struct model *m;
    struct err err;
    struct str text = document(PROCESS("<serviceTask id='a'/><callActivity id='b'/>"
            "<serviceTask id='d'><multiInstanceLoopCharacteristics/></serviceTask>"
            "<boundaryEvent id='c' attachedToRef='b'/>"
            "<boundaryEvent id='e' attachedToRef='gone'><errorEventDefinition/>"
            "</boundaryEvent><startEvent id='s'/><adHocSubProcess id='h'>"
            "<task id='i'/></adHocSubProcess><exclusiveGateway id='x'/>"
            FLOW("f", "a", "b") FLOW("g", "a", "gone") FLOW("k", "s", "a")
            FLOW("l", "e", "a") FLOW_IF("o", "x", "a", "=1 +")));

    CHECK(model_load(text, &model_options_default, &m, &err));
    const struct process *p = model_process(m, STR("p"));
    CHECK_INT(p->root->child_count, 3);
    CHECK(p->root->none_start == process_element(m, p, STR("s")));
    const struct element *a = process_element(m, p, STR("a"));
    CHECK(a->outgoing_count == 0 && a->incoming_count == 2 && !a->has_job);
    static const char *const gone[] = {"b", "c", "d", "e", "f", "g", "h", "i", "l"};
    for (size_t i = 0; i < LEN(gone); i++)
        CHECK(!process_element(m, p, str_of(gone[i])));
    CHECK(process_element(m, p, STR("o"))->condition.feel);
    model_free(m);
    CHECK(!model_load(STR("<a"), &model_options_default, &m, &err));
    CHECK_STR(str_of(err.text), "line 1, column 1: unclosed token");
}

TEST(a_model_of_ten_thousand_elements_is_read)
{
    enum { N = 5000 };
    struct buf text;
    struct arena own;
    struct str findings;

    arena_init(&own, 1 << 20, 16 << 20, NULL);
    buf_init(&text, &own, 1 << 20);
    buf_text(&text, HEAD "<process id='p' isExecutable='true'>" START);
    for (int i = 0; i < N; i++) {
        buf_print(&text, "<task id='t%d'/>\n", i);
        buf_print(&text, "<sequenceFlow id='f%d' sourceRef='%s%d' targetRef='t%d'/>\n",
                  i, "t", i ? i - 1 : N, i);
    }
    buf_print(&text, "<task id='t%d'/></process>" TAIL, N);
    CHECK(parse_with(buf_str(&text), &model_options_default, &findings));
    CHECK_STR(findings, "");
    CHECK_INT(element("p")->child_count, N + 2);
    CHECK(element("t4999")->incoming[0] == element("f4999"));
    arena_free(&own);
}

TEST(elements_nest_as_deep_as_the_options_say)
{
    struct model_options options = model_options_default;
    struct str findings;
    struct buf text;
    struct arena own;

    arena_init(&own, 4096, 1 << 20, NULL);
    for (int depth = 197; depth <= 198; depth++) {
        arena_reset(&own);
        buf_init(&text, &own, 4096);
        buf_text(&text, HEAD "<process id='p' isExecutable='true'>" START);
        for (int i = 0; i < depth; i++)
            buf_print(&text, "<subProcess id='x%d'><startEvent id='s%d'/>", i, i);
        for (int i = 0; i < depth; i++)
            buf_text(&text, "</subProcess>");
        buf_text(&text, "</process>" TAIL);
        CHECK(parse_with(buf_str(&text), &options, &findings) == (depth == 197));
    }
    CHECK(str_ends(findings, STR("elements are nested more than 200 levels deep")));
    arena_free(&own);
}

/* ---- models in files ------------------------------------------------------------- */

static struct str file_read(const char *name, struct arena *own)
{
    char path[128];

    snprintf(path, sizeof(path), "t/models/%s", name);
    FILE *f = fopen(path, "rb");
    if (!f)
        return test_failed(__FILE__, __LINE__, "%s cannot be read", path), STR("");
    char *data = arena_alloc(own, 1 << 16);
    size_t len = fread(data, 1, 1 << 16, f);
    fclose(f);
    return (struct str){data, len};
}

TEST(our_models_are_accepted_and_load_as_they_were_parsed)
{
    static const char *const names[] = {"order.bpmn", "payment.bpmn", "review.bpmn"};
    struct model *again;
    struct str findings;
    struct arena own;
    struct err err;

    arena_init(&own, 1 << 17, 1 << 20, NULL);
    for (size_t i = 0; i < LEN(names); i++) {
        struct str text = file_read(names[i], &own);
        if (!parse_with(text, &model_options_default, &findings) ||
            !model_load(text, &model_options_default, &again, &err)) {
            test_failed(__FILE__, __LINE__, "%s: %.*s", names[i], ARG(findings));
            continue;
        }
        CHECK_INT(model_process_count(again), model_process_count(model));
        CHECK_INT(model_size(again), model_size(model));
        model_free(again);
    }
    arena_free(&own);
}

TEST(a_type_of_element_has_its_name)
{
    CHECK_STR(str_of(element_type_name(ELEMENT_SERVICE_TASK)), "SERVICE_TASK");
    CHECK_STR(str_of(element_type_name(ELEMENT_SEQUENCE_FLOW)), "SEQUENCE_FLOW");
    CHECK_STR(str_of(element_type_name(ELEMENT_UNSPECIFIED)), "UNSPECIFIED");
}
