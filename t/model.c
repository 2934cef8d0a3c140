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

/* As a server judges it, or with all that is read counted as executed. */
enum mode { AS_EXECUTED, ALL_FEATURES };

static struct str findings_with(enum mode mode, const char *content)
{
    struct model_options options = model_options_default;
    struct str findings;

    options.all_features = mode == ALL_FEATURES;
    bool is_good = parse_with(document(content), &options, &findings);
    CHECK(is_good == (findings.len == 0));
    return findings;
}

static struct str findings_of(const char *content)
{
    return findings_with(AS_EXECUTED, content);
}

static const struct process *accept_with(enum mode mode, const char *content)
{
    struct str findings = findings_with(mode, content);

    CHECK_STR(findings, "");
    must(model); /* the tests below look into it */
    return model_process(model, STR("p"));
}

static const struct process *accept(const char *content)
{
    return accept_with(AS_EXECUTED, content);
}

static const struct process *accept_all(const char *content)
{
    return accept_with(ALL_FEATURES, content);
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

static void check_rows_with(enum mode mode, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str findings = findings_with(mode, rows[i].content);
        if (!str_is(findings, rows[i].wanted))
            test_failed(__FILE__, __LINE__, "%s\nfinds\n%.*snot\n%s", rows[i].content,
                        ARG(findings), rows[i].wanted);
    }
}

/* What is always executed is judged alike in both modes. */
static void check_rows(const struct row *rows, size_t count)
{
    check_rows_with(AS_EXECUTED, rows, count);
    check_rows_with(ALL_FEATURES, rows, count);
}

static void check_all_rows(const struct row *rows, size_t count)
{
    check_rows_with(ALL_FEATURES, rows, count);
}

/* ---- what is refused ------------------------------------------------------------- */

#define REFUSED(content, what)                                              \
    {                                                                       \
        PROCESS(START "\n" content), AT("x", "element 'x' (line 3): " what) \
    }

TEST(what_is_not_executed_is_refused_by_name_and_line)
{
    static const struct row rows[] = {
        {PROCESS(START "\n<complexGateway id='x'/>"),
         AT("x", "Elements of type 'complexGateway' are currently not supported.")
         MORE("element 'x' (line 3): a complex gateway is not supported")},
        REFUSED("<implicitThrowEvent id='x'/>",
            "an implicit throw event is not supported"),
        REFUSED("<subChoreography id='x'/>", "a choreography is not supported"),
        REFUSED("<choreographyTask id='x'/>", "a choreography is not supported"),
        REFUSED("<callChoreography id='x'/>", "a choreography is not supported"),
        REFUSED("<conversation id='x'/>", "conversation is not supported"),
        REFUSED("<serviceTask id='x'>" JOB
            "<standardLoopCharacteristics/></serviceTask>",
            "a standard loop is not supported"),
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

#define INSIDE "<startEvent id='i'/>" FLOW("h", "i", "x")
#define CANCEL "<cancelEventDefinition/>"
#define CAUGHT(id, more)                                                            \
    "<boundaryEvent id='" id "' attachedToRef='t'" more ">" CANCEL "</boundaryEvent>" \
    FLOW("f" id, id, "z") "<task id='z" id "'/>"

/* Our own superset: the original knows neither transactions nor cancel events. */
TEST(cancel_events_stand_at_transactions_only)
{
    static const struct row rows[] = {
        {BOUNDARY(CANCEL),
         AT("x", "element 'x' (line 3): a cancel boundary event must be attached to a "
            "transaction")},
        {PROCESS(START "\n<endEvent id='x'>" CANCEL "</endEvent>"),
         AT("x", "element 'x' (line 3): a cancel end event must be directly in a "
            "transaction")},
        {PROCESS(START "\n<transaction id='t'><startEvent id='j'/><subProcess id='u'>"
            INSIDE "<endEvent id='x'>" CANCEL "</endEvent></subProcess></transaction>"),
         AT("x", "element 'x' (line 3): a cancel end event must be directly in a "
            "transaction")},
        {PROCESS(START "\n<transaction id='t'>" INSIDE "<endEvent id='x'>" CANCEL
            "</endEvent></transaction>"),
         AT("t", "element 't' (line 3): a transaction with a cancel end event must have "
            "a cancel boundary event")},
        {PROCESS(START "\n<transaction id='t' method='##Image'><startEvent id='i'/>"
            "</transaction>"),
         AT("t", "element 't' (line 3): a transaction of a method other than "
            "##Compensate is not supported")},
        {PROCESS(START "<task id='z'/>\n<transaction id='t' method='##Compensate'>" INSIDE
            "<endEvent id='x'>" CANCEL "</endEvent></transaction>" CAUGHT("b", "")
            "\n" CAUGHT("c", " cancelActivity='false'")),
         AT("t", "element 't' (line 3): a transaction must not have more than one cancel "
            "boundary event")
         AT("c", "element 'c' (line 4): a cancel boundary event must interrupt")},
    };

    check_rows(rows, LEN(rows));
}

TEST(extensions_of_a_later_day_are_refused)
{
#define TYPE "<z:taskDefinition type='t'/>"
    static const struct row rows[] = {
        {PROCESS(START "\n<serviceTask id='x'>" EXT(TYPE "<z:newThing/>")
             "</serviceTask>"),
         AT("x > extensionElements > newThing",
             "element 'x' (line 3): zeebe:newThing is not supported")},
        {PROCESS(START "<userTask id='x'>" EXT(
                 "<z:formDefinition formKey='f' bindingType='other'/>")
             "</userTask>"),
         AT("x > extensionElements > formDefinition", "Attribute 'bindingType' "
             "must be one of: deployment, latest, versionTag")},
    };

    check_rows(rows, LEN(rows));
}

/* ---- what is read, but not executed yet ------------------------------------------ */

#define YES true
#define NO  false

enum feature {
#define FEATURE(name, is_executed, refusal) F_##name,
#include "model/features.def"
#undef FEATURE
    FEATURE_COUNT,
};

static const struct {
    bool is_executed;
    const char *refusal;
} features[] = {
#define FEATURE(name, is_executed, refusal) {is_executed, refusal},
#include "model/features.def"
#undef FEATURE
};

/* What uses a feature, in line 3, and is wrong in all other ways, so that it shows when
 * any of them is looked at. `path`: at what it is refused. */
static const struct use {
    enum feature feature;
    const char *content, *path;
} uses[] = {
#define USE(feature, content, path)                      \
    {                                                    \
        F_##feature, PROCESS(START "\n" content), path \
    }
#define USE_EXT(feature, task, extension, name)                      \
    USE(feature, "<" task " id='x'>" EXT(extension) "</" task ">",   \
        "x > extensionElements > " name)
#define USE_EVENT(feature, element, definition) \
    USE(feature, "<" element " id='x'><" definition "/></" element ">", "x")
#define USE_BOUNDARY(feature, definition)                        \
    USE(feature, SERVICE("a")                                    \
        "<boundaryEvent id='x' attachedToRef='a'><" definition   \
        "/></boundaryEvent>" FLOW("f", "x", "x"), "x")
    USE(EVENT_SUB_PROCESS, "<subProcess id='x' triggeredByEvent='true'>"
        "<startEvent id='i'/><startEvent id='j'><errorEventDefinition/></startEvent>"
        "</subProcess>", "x"),
    USE(CALL_ACTIVITY, "<callActivity id='x'/>", "x"),
    USE(MULTI_INSTANCE, "<serviceTask id='x'><multiInstanceLoopCharacteristics/>"
        "</serviceTask>", "x"),
    USE(INCLUSIVE_GATEWAY, "<inclusiveGateway id='x' default='f'/><task id='a'/>"
        FLOW("f", "x", "a") FLOW("g", "x", "a"), "x"),
    USE_EVENT(SIGNAL, "startEvent", "signalEventDefinition"),
    USE_EVENT(SIGNAL, "intermediateCatchEvent", "signalEventDefinition"),
    USE_EVENT(SIGNAL, "intermediateThrowEvent", "signalEventDefinition"),
    USE_EVENT(SIGNAL, "endEvent", "signalEventDefinition"),
    USE_BOUNDARY(SIGNAL, "signalEventDefinition"),
    USE_EVENT(ESCALATION, "intermediateThrowEvent", "escalationEventDefinition"),
    USE_EVENT(ESCALATION, "endEvent", "escalationEventDefinition"),
    USE_BOUNDARY(ESCALATION, "escalationEventDefinition"),
    USE_EVENT(LINK, "intermediateCatchEvent", "linkEventDefinition"),
    USE_EVENT(LINK, "intermediateThrowEvent", "linkEventDefinition"),
    USE(COMPENSATION, "<serviceTask id='x' isForCompensation='true'/>"
        FLOW("f", "x", "x"), "x"),
    USE_EVENT(COMPENSATION, "intermediateThrowEvent", "compensateEventDefinition"),
    USE_EVENT(COMPENSATION, "endEvent", "compensateEventDefinition"),
    USE_BOUNDARY(COMPENSATION, "compensateEventDefinition"),
    USE(TRANSACTION, "<transaction id='x'/>", "x"),
    USE_EVENT(TRANSACTION, "endEvent", "cancelEventDefinition"),
    USE_BOUNDARY(TRANSACTION, "cancelEventDefinition"),
    USE_EVENT(CONDITIONAL, "startEvent", "conditionalEventDefinition"),
    USE_EVENT(CONDITIONAL, "intermediateCatchEvent", "conditionalEventDefinition"),
    USE_BOUNDARY(CONDITIONAL, "conditionalEventDefinition"),
    USE_EXT(EXECUTION_LISTENERS, "serviceTask", "<z:executionListeners>"
        "<z:executionListener/></z:executionListeners>", "executionListeners"),
    USE_EXT(NATIVE_USER_TASK, "userTask", "<z:userTask/><z:formDefinition/>",
        "userTask"),
    USE_EXT(TASK_LISTENERS, "userTask", "<z:taskListeners/>", "taskListeners"),
    USE_EXT(CALLED_DECISION, "businessRuleTask", "<z:calledDecision/>",
        "calledDecision"),
    USE_EXT(PUBLISH_MESSAGE, "sendTask", "<z:publishMessage/>", "publishMessage"),
    USE(PUBLISH_MESSAGE, "<endEvent id='x'><messageEventDefinition>"
        EXT("<z:publishMessage/>") "</messageEventDefinition></endEvent>",
        "x > messageEventDefinition > extensionElements > publishMessage"),
    USE(AD_HOC_SUB_PROCESS, "<adHocSubProcess id='x'/>", "x"),
    USE_EXT(FORM_ID, "userTask", "<z:formDefinition formId='f' formKey='g'/>",
        "formDefinition"),
    USE_EXT(BINDING, "userTask", "<z:formDefinition bindingType='deployment'/>",
        "formDefinition"),
    USE_EXT(BINDING, "userTask", "<z:formDefinition bindingType='versionTag'/>",
        "formDefinition"),
    USE_EXT(LINKED_RESOURCES, "serviceTask", "<z:linkedResources>"
        "<z:linkedResource/></z:linkedResources>", "linkedResources"),
    USE_EXT(PRIORITY, "userTask", "<z:priorityDefinition priority='x'/>",
        "priorityDefinition"),
    USE_EXT(JOB_PRIORITY, "serviceTask", "<z:jobPriorityDefinition/>",
        "jobPriorityDefinition"),
};

/* What the engine learns changes a row of features.def, and no test. */
TEST(what_is_not_executed_yet_is_refused_by_its_sentence_and_not_looked_at)
{
    bool is_used[FEATURE_COUNT] = {0};
    char wanted[256];

    for (size_t i = 0; i < LEN(uses); i++) {
        const struct use *u = &uses[i];
        is_used[u->feature] = true;
        struct str findings = findings_of(u->content);
        snprintf(wanted, sizeof(wanted),
                 "- Element: %s\n    - ERROR: element 'x' (line 3): %s\n", u->path,
                 features[u->feature].refusal);
        if (str_is(findings, wanted) == features[u->feature].is_executed)
            test_failed(__FILE__, __LINE__, "%s\nfinds\n%.*snot\n%s", u->content,
                        ARG(findings), wanted);
    }
    for (int i = 0; i < FEATURE_COUNT; i++)
        CHECK(is_used[i]);
}

TEST(with_all_features_nothing_is_refused_for_not_being_executed_yet)
{
    for (size_t i = 0; i < LEN(uses); i++) {
        const char *refusal = features[uses[i].feature].refusal;
        struct str findings = findings_with(ALL_FEATURES, uses[i].content);
        if (findings.len && strstr(findings.data, refusal))
            test_failed(__FILE__, __LINE__, "%s\nfinds\n%.*s", uses[i].content,
                        ARG(findings));
    }
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
             "escalation, conditional")},
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
             EXT("<z:taskDefinition type='t' retries=''/>") "</serviceTask>"), ""},
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
             "other elements than message/timer/signal intermediate catch "
             "events.")},
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

#define EVENT_SUB(id, more, definition)                                             \
    "<subProcess id='" id "' triggeredByEvent='true'><startEvent id='" id "s' " more \
    ">" definition "</startEvent></subProcess>"
#define ERROR_CATCH(ref)  "<errorEventDefinition errorRef='" ref "'/>"
#define ESCALATION(ref)   "<escalationEventDefinition escalationRef='" ref "'/>"
#define SIGNAL(ref)       "<signalEventDefinition signalRef='" ref "'/>"
#define CONDITION(text)                                                 \
    "<conditionalEventDefinition><condition>" text "</condition>" \
    "</conditionalEventDefinition>"
#define SUB(id) "<subProcess id='" id "'><startEvent id='" id "i'/></subProcess>"
#define ON(id, activity, more, definition)                                       \
    "<boundaryEvent id='" id "' attachedToRef='" activity "' " more ">" definition \
    "</boundaryEvent>"
#define CODES \
    "<error id='e' errorCode='1'/><escalation id='u' escalationCode='2'/>" \
    "<escalation id='n'/><escalation id='q' escalationCode='=c'/>"

TEST(event_sub_processes_need_one_start_that_can_interrupt)
{
#define ONE_OF                                                                      \
    "Start events in event subprocesses must be one of: message, timer, error, "    \
    "signal, escalation or conditional"
#define NO_INTERRUPT "Non-Interrupting event of this type is not allowed"
    static const struct row rows[] = {
        {PROCESS(START EVENT_SUB("x", "", "")), AT("xs", ONE_OF)},
        {PROCESS(START EVENT_SUB("x", "", "<terminateEventDefinition/>")),
         AT("xs", ONE_OF)},
        {PROCESS(START EVENT_SUB("x", "", "<compensateEventDefinition/>")),
         AT("xs", "A compensation event subprocess is not allowed on the process "
             "level")},
        {PROCESS(START "<subProcess id='y'><startEvent id='i'/>"
             EVENT_SUB("x", "", "<compensateEventDefinition/>") "</subProcess>"),
         AT("xs", ONE_OF)},
        {PROCESS(START "<subProcess id='x' triggeredByEvent='true'/>"),
         AT("x", "Must have exactly one start event")},
        {PROCESS(START EVENT_SUB("x", "isInterrupting='false'", ERROR_CATCH("e")))
         CODES, AT("xs", NO_INTERRUPT)},
        {PROCESS(START EVENT_SUB("x", "", TIMER("timeCycle", "R/PT1S"))),
         AT("xs", "Interrupting timer event with time cycle is not allowed.")},
        {PROCESS(START EVENT_SUB("x", "isInterrupting='false'",
                 TIMER("timeCycle", "R/PT1S"))), ""},
        {PROCESS(START EVENT_SUB("x", "", WAIT("m"))) "<message id='m' name='n'/>",
         AT("m", "Must have exactly one zeebe:subscription extension element")},
        {PROCESS(START EVENT_SUB("x", "", WAIT("m")) EVENT_SUB("y", "", WAIT("m")))
         MESSAGE("m", "n"),
         AT("p", "Multiple message event definitions with the same name 'n' are not "
             "allowed.")},
        {PROCESS(START EVENT_SUB("x", "", SIGNAL("g")) EVENT_SUB("y", "", SIGNAL("g")))
         "<signal id='g' name='n'/>",
         AT("p", "Multiple signal event definitions with the same name 'n' are not "
             "allowed.")},
        {PROCESS(START EVENT_SUB("x", "", ERROR_CATCH("e"))
             EVENT_SUB("y", "", ERROR_CATCH("e"))) CODES,
         AT("p", "Multiple error catch events with the same error code '1' are not "
             "supported on the same scope.")},
        {PROCESS(START EVENT_SUB("x", "", ESCALATION("u"))
             EVENT_SUB("y", "isInterrupting='false'", ESCALATION("u"))) CODES,
         AT("p", "Multiple escalation catch events with the same escalation code '2' "
             "are not supported on the same scope.")},
        {PROCESS(START EVENT_SUB("x", "", ERROR_CATCH("e")) FLOW("f", "s", "x")) CODES,
         AT("x", "element 'x' (line 2): an event sub-process must not have incoming or "
             "outgoing sequence flows")},
        {PROCESS(START EVENT_SUB("x", "", ERROR_CATCH("e"))
             ON("b", "x", "", ERROR_CATCH("e")) FLOW("f", "b", "s")) CODES,
         AT("b", "Must be attached to an activity")},
        {PROCESS(START "\n<subProcess id='x' triggeredByEvent='true'>"
             "<multiInstanceLoopCharacteristics/><startEvent id='y'>"
             "<errorEventDefinition/></startEvent></subProcess>"),
         AT("x > multiInstanceLoopCharacteristics",
             "element 'x' (line 3): only an activity can be multi-instance")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(call_activities_and_decisions_say_what_they_call)
{
#define CALL(content) \
    PROCESS(START "<callActivity id='x'>" EXT(content) "</callActivity>")
#define RULE(content) \
    PROCESS(START "<businessRuleTask id='x'>" EXT(content) "</businessRuleTask>")
    static const struct row rows[] = {
        {CALL(""),
         AT("x", "Must have exactly one 'zeebe:calledElement' extension element")},
        {CALL("<z:calledElement/>"), AT("x > extensionElements > calledElement",
             "Attribute 'processId' must be present and not empty")},
        {CALL("<z:calledElement processId='p' bindingType='newest'/>"),
         AT("x > extensionElements > calledElement", "Attribute 'bindingType' must be "
             "one of: deployment, latest, versionTag")},
        {CALL("<z:calledElement processId='p' bindingType='versionTag'/>"),
         AT("x > extensionElements > calledElement",
             "Attribute 'versionTag' must be present and not empty")},
        {CALL("<z:calledElement processId='p' bindingType=''/>"), ""},
        {RULE("<z:calledDecision/>"), AT("x > extensionElements > calledDecision",
             "Attribute 'decisionId' must be present and not empty")
         MORE("Attribute 'resultVariable' must be present and not empty")},
        {RULE("<z:calledDecision decisionId='d' resultVariable='r'/>" TYPE),
         AT("x", TASK_OR("calledDecision"))},
        {PROCESS(START "<serviceTask id='x'>" EXT(TYPE "<z:linkedResources>"
                 "<z:linkedResource bindingType='x'/></z:linkedResources>")
             "</serviceTask>"),
         AT("x > extensionElements > linkedResources > linkedResource",
             "Attribute 'bindingType' must be one of: deployment, latest, versionTag")
         MORE("Attribute 'resourceId' must be present and not empty")
         MORE("Attribute 'resourceType' must be present and not empty")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(multi_instance_activities_need_a_collection)
{
#define EACH(attributes, more)                                                    \
    PROCESS(START "<serviceTask id='x'>" JOB "<multiInstanceLoopCharacteristics>" \
                  EXT("<z:loopCharacteristics " attributes "/>") more             \
                  "</multiInstanceLoopCharacteristics></serviceTask>")
#define IN_EACH(path) "x > multiInstanceLoopCharacteristics" path
#define IN_LOOP IN_EACH(" > extensionElements > loopCharacteristics")
    static const struct row rows[] = {
        {PROCESS(START "<serviceTask id='x'>" JOB
             "<multiInstanceLoopCharacteristics/></serviceTask>"),
         AT(IN_EACH(""),
             "Must have exactly one 'zeebe:loopCharacteristics' extension element")},
        {EACH("", ""),
         AT(IN_LOOP, "Attribute 'inputCollection' must be present and not empty")},
        {EACH("inputCollection='c'", ""),
         AT(IN_LOOP, "Expected expression but found static value 'c'. An expression "
             "must start with '=' (e.g. '=c').")},
        {EACH("inputCollection='=c' outputCollection='o'", ""),
         AT(IN_LOOP, "Attribute 'outputElement' must be present if the attribute "
             "'outputCollection' is set")},
        {EACH("inputCollection='=c' outputElement='=o'", ""),
         AT(IN_LOOP, "Attribute 'outputCollection' must be present if the attribute "
             "'outputElement' is set")},
        {EACH("inputCollection='=c'",
             "<completionCondition>done</completionCondition>"),
         AT(IN_EACH(" > completionCondition"), "Expected expression but found static "
             "value 'done'. An expression must start with '=' (e.g. '=done').")},
        {EACH("inputCollection='=c'",
             "<loopCardinality>3</loopCardinality><completionCondition>\n =done\n"
             "</completionCondition>"), ""},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(signals_need_a_name)
{
#define CATCH_SIGNAL(ref)                                        \
    PROCESS(START "<intermediateCatchEvent id='x'>" SIGNAL(ref) \
                  "</intermediateCatchEvent>")
#define START_SIGNAL(id, ref) "<startEvent id='" id "'>" SIGNAL(ref) "</startEvent>"
    static const struct row rows[] = {
        {CATCH_SIGNAL(""), AT("x > signalEventDefinition", "Must reference a signal")},
        {CATCH_SIGNAL("m") MESSAGE("m", "n"),
         AT("x > signalEventDefinition", "Must reference a signal")},
        {CATCH_SIGNAL("g") "<signal id='g'/>",
         AT("g", "Name must be present and not empty")},
        {PROCESS(START "<endEvent id='x'>" SIGNAL("g") "</endEvent>")
         "<signal id='g' name='=n'/>", ""},
        {PROCESS(START_SIGNAL("x", "g")) "<signal id='g' name='=unknown'/>",
         AT("x", "Expected constant expression of type String for signal name "
             "'=unknown', but was NULL")},
        {PROCESS(START_SIGNAL("x", "g") START_SIGNAL("y", "g"))
         "<signal id='g' name='n'/>",
         AT("p", "Multiple signal event definitions with the same name 'n' are not "
             "allowed.")},
        {PROCESS(START SERVICE("x") ON("a", "x", "", SIGNAL("g"))
             ON("b", "x", "cancelActivity='false'", SIGNAL("g")) FLOW("f", "a", "x")
             FLOW("h", "b", "x")) "<signal id='g' name='n'/>",
         AT("x", "Multiple signal event definitions with the same name 'n' are not "
             "allowed.")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(escalations_need_a_code_where_they_are_thrown)
{
#define RAISE(ref)                                                  \
    PROCESS(START "<intermediateThrowEvent id='x'>" ESCALATION(ref) \
                  "</intermediateThrowEvent>") CODES
#define TWO_ON_SUB(first, second)                                            \
    PROCESS(START SUB("x") ON("a", "x", "", ESCALATION(first))               \
            ON("b", "x", "cancelActivity='false'", ESCALATION(second))       \
            FLOW("f", "a", "x") FLOW("g", "b", "x")) CODES
    static const struct row rows[] = {
        {RAISE(""),
         AT("x > escalationEventDefinition", "Must reference an escalation")},
        {RAISE("n"), AT("x > escalationEventDefinition",
             "EscalationCode must be present and not empty")},
        {RAISE("q"), ""},
        {PROCESS(START SUB("a") ON("x", "a", "", ESCALATION("q")) FLOW("f", "x", "a"))
         CODES,
         AT("x > escalationEventDefinition", "The escalationCode of the escalation "
             "catch event is not allowed to be an expression")},
        {PROCESS(START SUB("a") ON("x", "a", "", ESCALATION("gone"))
             FLOW("f", "x", "a")),
         AT("x", "element 'x' (line 2): the escalation 'gone' does not exist")},
        {PROCESS(START SERVICE("a") ON("x", "a", "", ESCALATION("u"))
             FLOW("f", "x", "a")) CODES,
         AT("x", "An escalation boundary event should only be attached to a "
             "subprocess, or a call activity.")},
        {TWO_ON_SUB("u", "u"),
         AT("x", "Multiple escalation catch events with the same escalation code '2' "
             "are not supported on the same scope.")},
        {TWO_ON_SUB("n", ""),
         AT("x", "The same scope can not contain more than one escalation catch event "
             "without escalation code. An escalation catch event without escalation "
             "code catches all escalations.")},
        {TWO_ON_SUB("u", "n"), ""},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(links_lead_to_one_catch_event_of_their_scope)
{
#define LINK(element, id, name) \
    "<" element " id='" id "'><linkEventDefinition name='" name "'/></" element ">"
#define THROW_LINK(id, name) LINK("intermediateThrowEvent", id, name)
#define CATCH_LINK(id, name) LINK("intermediateCatchEvent", id, name)
#define NO_CATCH                                                                  \
    "Can't find an catch link event for the throw link event with the name 'l'."
#define LINK_AGAIN                                                                  \
    "Multiple intermediate catch link event definitions with the same name 'l' are " \
    "not allowed."
    static const struct row rows[] = {
        {PROCESS(START THROW_LINK("x", " ")), AT("x > linkEventDefinition",
             "Link name must be present and not empty.")},
        {PROCESS(START THROW_LINK("x", "l")), AT("x", NO_CATCH)},
        {PROCESS(START THROW_LINK("x", "l") "<subProcess id='y'><startEvent id='i'/>"
             CATCH_LINK("c", "l") "</subProcess>"), AT("x", NO_CATCH)},
        {PROCESS(START THROW_LINK("x", "l"))
         "<process id='q' isExecutable='true'><startEvent id='i'/>"
         CATCH_LINK("c", "l") "</process>", AT("x", NO_CATCH)},
        {PROCESS(START CATCH_LINK("c", "l") CATCH_LINK("d", "l") CATCH_LINK("e", "l")),
         AT("p", LINK_AGAIN)},
        {PROCESS(START CATCH_LINK("c", "l") "<subProcess id='y'><startEvent id='i'/>"
             CATCH_LINK("d", "l") "</subProcess>"), AT("p", LINK_AGAIN)},
        {PROCESS(START "<eventBasedGateway id='x'/>" CATCH_LINK("c", "l") WAITER("a")
             FLOW("f", "x", "c") FLOW("g", "x", "a")),
         AT("x", "Event-based gateway must not have an outgoing sequence flow to other "
             "elements than message/timer/signal intermediate catch "
             "events.")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(inclusive_gateways_need_conditions)
{
#define FORK "<inclusiveGateway id='x' default='d'/><task id='a'/>"
    static const struct row rows[] = {
        {PROCESS(START FORK FLOW("d", "x", "a") FLOW("f", "x", "a")),
         AT("f", "Must have a condition")},
        {PROCESS(START FORK FLOW("d", "x", "a") FLOW_IF("f", "x", "a", "=c")), ""},
        {PROCESS(START FORK FLOW("d", "s", "a")),
         AT("x", "Default flow must start at gateway")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(listeners_are_where_they_can_be_asked_and_each_once)
{
#define LISTEN(event) \
    "<z:executionListener eventType='" event "' type='l'/>"
#define LISTENERS(content) \
    EXT("<z:executionListeners>" content "</z:executionListeners>")
#define NOT_WITH(element, id, more, event, text)                            \
    {                                                                       \
        PROCESS(START "<" element " id='" id "'>" LISTENERS(LISTEN(event)) \
                more "</" element ">"),                                    \
            AT(id " > extensionElements > executionListeners",              \
                "Execution listeners of type '" event "' are not supported by " text) \
    }
#define IN_LISTENERS "x > extensionElements > executionListeners"
    static const struct row rows[] = {
        NOT_WITH("exclusiveGateway", "x", "", "end", "gateway element"),
        NOT_WITH("inclusiveGateway", "x", "", "end", "gateway element"),
        NOT_WITH("parallelGateway", "x", "", "end", "gateway element"),
        {PROCESS("<startEvent id='x'>" LISTENERS(LISTEN("start")) "</startEvent>"),
         AT(IN_LISTENERS, "Execution listeners of type 'start' are not supported by "
             "start events")},
        {PROCESS(START SERVICE("a") ON("x", "a", "", LISTENERS(LISTEN("start"))
                 TIMER("timeDuration", "PT1S")) FLOW("f", "x", "a")),
         AT(IN_LISTENERS, "Execution listeners of type 'start' are not supported by "
             "boundary events")},
        {PROCESS(START SERVICE("a") ON("x", "a", "", LISTENERS(LISTEN("end"))
                 "<compensateEventDefinition/>") "<task id='h' "
             "isForCompensation='true'/><association id='as' sourceRef='x' "
             "targetRef='h'/>"),
         AT(IN_LISTENERS, "Execution listeners of type 'start' and 'end' are not "
             "supported by [compensation] boundary events")},
        {PROCESS(START "<endEvent id='x'>" LISTENERS(LISTEN("end")) ERROR_CATCH("e")
             "</endEvent>") CODES,
         AT(IN_LISTENERS, "Execution listeners of type 'end' are not supported by "
             "[error] end events")},
        {PROCESS(START "<task id='a'/><sequenceFlow id='x' sourceRef='s' "
             "targetRef='a'>" LISTENERS(LISTEN("start")) "</sequenceFlow>"),
         AT(IN_LISTENERS, "Execution listeners are not supported for the "
             "'sequenceFlow' element. Currently, only process, subProcess, "
             "adHocSubProcess, callActivity, task, gateway and event elements can have "
             "execution listeners.")},
        {PROCESS(START "<task id='x'>" LISTENERS(LISTEN("end") LISTEN("start")
                 LISTEN("end") LISTEN("end")) "</task>"),
         AT(IN_LISTENERS, "Found '3' duplicates based on eventType[end] and type[l], "
             "these combinations should be unique.")},
        {PROCESS(START "<task id='x'>" EXT("<z:executionListeners/>"
                 "<z:executionListeners/>") "</task>"),
         AT("x", "Element must not have more than one execution listeners definition")},
        {PROCESS(START "<task id='x'>" LISTENERS("<z:executionListener/>") "</task>"),
         AT(IN_LISTENERS " > executionListener",
             "Attribute 'eventType' must be present and not empty")
         MORE("Attribute 'type' must be present and not empty")},
        {PROCESS(START "<task id='x'>" LISTENERS(LISTEN("begin")) "</task>"),
         AT(IN_LISTENERS " > executionListener",
             "Attribute 'eventType' must be one of: end, start")},
        {USER("<z:taskListeners/>"), AT("x > extensionElements > taskListeners",
             "element 'x' (line 2): task listeners are only supported for native user "
             "tasks")},
        {USER("<z:userTask/><z:taskListeners><z:taskListener eventType='begin' "
             "type='t'/></z:taskListeners>"),
         AT("x > extensionElements > taskListeners > taskListener", "Task listener "
             "event type 'begin' is not supported. It must be one of: creating, "
             "assigning, updating, completing, canceling")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(native_user_tasks_are_checked_where_they_are_static)
{
#define PRIORITY(text)                                                               \
    AT("x > extensionElements > priorityDefinition", "Expected static value to be a " \
        "number between 0 and 100, but found '" text "'.")
#define NATIVE_FORM                                                                  \
    AT("x > extensionElements > formDefinition", "Exactly one of the attributes "     \
        "'formId, externalReference' must be present and not blank for native user "  \
        "tasks")
    static const struct row rows[] = {
        {USER("<z:userTask/><z:formDefinition formKey='k'/>"), NATIVE_FORM},
        {USER("<z:userTask/><z:formDefinition formId='f' externalReference='r'/>"),
         NATIVE_FORM},
        {USER("<z:formDefinition formKey='k' formId='f'/>"),
         AT("x > extensionElements > formDefinition", FORM)},
        {PROCESS("<startEvent id='x'>" EXT("<z:formDefinition/>") "</startEvent>"),
         AT("x > extensionElements > formDefinition", FORM)},
        {USER("<z:userTask/><z:priorityDefinition priority='101'/>"), PRIORITY("101")},
        {USER("<z:userTask/><z:priorityDefinition priority='-1'/>"), PRIORITY("-1")},
        {USER("<z:userTask/><z:priorityDefinition priority='high'/>"),
         PRIORITY("high")},
        {USER("<z:userTask/><z:priorityDefinition priority='1.5'/>"), PRIORITY("1.5")},
        {USER("<z:userTask/><z:priorityDefinition priority='100'/>"), ""},
        {USER("<z:priorityDefinition priority='1'/>"),
         AT("x > extensionElements > priorityDefinition", "element 'x' (line 2): a "
             "priority is only supported for native user tasks")},
        {PROCESS(START "<serviceTask id='x'>" EXT(TYPE
                 "<z:jobPriorityDefinition priority='high'/>") "</serviceTask>"),
         AT("x > extensionElements > jobPriorityDefinition",
             "Expected static value to be a number, but found 'high'.")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(compensation_has_a_handler_that_only_it_starts)
{
#define UNDO(id)         "<task id='" id "' isForCompensation='true'/>"
#define BY(id, from, to) \
    "<association id='" id "' sourceRef='" from "' targetRef='" to "'/>"
#define UNDONE(more)                                                            \
    PROCESS(START SERVICE("a") ON("x", "a", "", "<compensateEventDefinition/>") more)
#define COMPENSATE(element, more)                                              \
    UNDONE(UNDO("h") BY("as", "x", "h") "<task id='t'/>" SUB("sub")            \
        "<" element " id='z'><compensateEventDefinition " more "/></" element ">")
#define NO_WAIT(what)                                                               \
    AT("z > compensateEventDefinition", "A compensation " what " waitForCompletion " \
        "attribute must be true or not present")
#define NO_ACTIVITY(id, text)                                                       \
    AT("z > compensateEventDefinition", "The referenced compensation activity '" id \
        "' " text)
    static const struct row rows[] = {
        {UNDONE(""),
         AT("x", "Must have at least one outgoing sequence flow or association")},
        {UNDONE("<textAnnotation id='n'/>" BY("as", "x", "n")),
         AT("x", "Must have at least one outgoing sequence flow or association")},
        {UNDONE(FLOW("f", "x", "a")),
         AT("x", "element 'x' (line 2): an association must lead to its compensation "
             "handler, not a sequence flow")},
        {UNDONE("<task id='h'/>" BY("as", "x", "h")),
         AT("x", "element 'x' (line 2): its association must lead to an activity of "
             "the same scope with isForCompensation=\"true\"")},
        {UNDONE(UNDO("h") UNDO("i") BY("as", "x", "h") BY("at", "x", "i")),
         AT("x", "element 'x' (line 2): its activity already has a compensation "
             "handler: 'h'")},
        {PROCESS(START SERVICE("a") ON("x", "a", "cancelActivity='false'",
                 "<compensateEventDefinition/>") UNDO("h") BY("as", "x", "h")),
         AT("x", NO_INTERRUPT)},
        {UNDONE(UNDO("h") BY("as", "x", "h") FLOW("f", "s", "h") FLOW("g", "h", "a")
             ON("b", "h", "", TIMER("timeDuration", "PT1S")) FLOW("i", "b", "a")),
         AT("h", "A compensation handler should have no incoming sequence flows")
         MORE("A compensation handler should have no outgoing sequence flows")
         MORE("A compensation handler should have no boundary events")},
        {COMPENSATE("intermediateThrowEvent", "waitForCompletion='false'"),
         NO_WAIT("intermediate throwing event")},
        {COMPENSATE("endEvent", "waitForCompletion='false'"), NO_WAIT("end event")},
        {COMPENSATE("endEvent", "activityRef='gone'"),
         NO_ACTIVITY("gone", "doesn't exist")},
        {COMPENSATE("endEvent", "activityRef='s'"), NO_ACTIVITY("s", "doesn't exist")},
        {COMPENSATE("endEvent", "activityRef='t'"), NO_ACTIVITY("t",
             "must have either a compensation boundary event or be a subprocess")},
        {UNDONE(UNDO("h") BY("as", "x", "h") "<subProcess id='y'><startEvent id='i'/>"
             "<endEvent id='z'><compensateEventDefinition activityRef='a'/></endEvent>"
             "</subProcess>"),
         NO_ACTIVITY("a", "must be in the same scope as the compensation throw event")},
        {COMPENSATE("endEvent", "activityRef='a' waitForCompletion='true'"), ""},
        {COMPENSATE("endEvent", "activityRef='sub'"), ""},
        {UNDONE(UNDO("h") BY("as", "x", "h") "<subProcess id='y' "
             "triggeredByEvent='true'><startEvent id='i'><errorEventDefinition/>"
             "</startEvent><endEvent id='z'><compensateEventDefinition "
             "activityRef='a'/></endEvent></subProcess>"), ""},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(what_publishes_a_message_names_it)
{
#define SEND(attributes, more)                                                 \
    PROCESS(START "<sendTask id='x' " attributes ">" EXT("<z:publishMessage " more \
            "/>") "</sendTask>") MESSAGE("m", "n")
    static const struct row rows[] = {
        {SEND("", "correlationKey='=k'"), AT("x", "Must reference a message")},
        {SEND("messageRef='m'", ""), AT("x > extensionElements > publishMessage",
             "Attribute 'correlationKey' must be present and not empty")},
        {SEND("messageRef='m'", "correlationKey='=k' timeToLive='long'"),
         AT("x > extensionElements > publishMessage", "Expected static value to be a "
             "duration, e.g. 'PT1H', but found 'long'.")},
        {PROCESS(START "<endEvent id='x'><messageEventDefinition>"
             EXT("<z:publishMessage correlationKey='=k'/>")
             "</messageEventDefinition></endEvent>"),
         AT("x > messageEventDefinition", "Must reference a message")},
        {PROCESS(START "<sendTask id='x' messageRef='m'>" EXT(TYPE
                 "<z:publishMessage correlationKey='=k'/>") "</sendTask>")
         MESSAGE("m", "n"), AT("x", TASK_OR("publishMessage"))},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(ad_hoc_sub_processes_hold_activities_only)
{
#define AD_HOC(attributes, content)                                  \
    PROCESS(START "<adHocSubProcess id='x' " attributes ">" content \
                  "</adHocSubProcess>")
#define NOT_WITH_JOB(what) \
    "Must not set " what " in combination with zeebe:taskDefinition"
    static const struct row rows[] = {
        {AD_HOC("", ""), AT("x", "Must have at least one activity.")},
        {AD_HOC("", "<intermediateThrowEvent id='t'/>"),
         AT("x", "Must have at least one activity.")},
        {AD_HOC("", "<startEvent id='a'/><task id='b'/><endEvent id='c'/>"),
         AT("x", "Must not contain a start event.")
         MORE("Must not contain an end event.")},
        {AD_HOC("cancelRemainingInstances='false'", EXT(TYPE
                 "<z:adHoc activeElementsCollection='=c'/>") "<task id='a'/>"
             "<completionCondition>=d</completionCondition>"),
         AT("x", NOT_WITH_JOB("cancelRemainingInstances to false")
             "\n    - ERROR: " NOT_WITH_JOB("completionCondition")
             "\n    - ERROR: " NOT_WITH_JOB("activeElementsCollection"))},
        {AD_HOC("", EXT("<z:adHoc activeElementsCollection='c'/>") "<task id='a'/>"),
         AT("x > extensionElements > adHoc", "Expected expression but found static "
             "value 'c'. An expression must start with '=' (e.g. '=c').")},
        {AD_HOC("", EXT("<z:adHoc outputCollection='o'/>") "<task id='a'/>"),
         AT("x > extensionElements > adHoc", "Attribute 'outputElement' must be "
             "present if the attribute 'outputCollection' is set")},
    };

    check_all_rows(rows, LEN(rows));
}

TEST(conditional_events_need_a_condition)
{
#define CATCH_CONDITION(definition)                             \
    PROCESS(START "<intermediateCatchEvent id='x'>" definition \
                  "</intermediateCatchEvent>")
    static const struct row rows[] = {
        {CATCH_CONDITION("<conditionalEventDefinition/>"),
         AT("x > conditionalEventDefinition",
             "Attribute 'condition' must be present and not empty")},
        {CATCH_CONDITION(CONDITION(" ")), AT("x > conditionalEventDefinition",
             "Attribute 'condition' must be present and not empty")},
        {CATCH_CONDITION(CONDITION("c")),
         AT("x > conditionalEventDefinition > condition", "Expected expression but "
             "found static value 'c'. An expression must start with '=' (e.g. '=c').")},
        {CATCH_CONDITION("<conditionalEventDefinition>" EXT("<z:conditionalFilter "
                 "variableEvents='create,delete'/>") "<condition>=c</condition>"
             "</conditionalEventDefinition>"),
         AT("x > conditionalEventDefinition > extensionElements > conditionalFilter",
             "Attribute 'variableEvents' must be a list of: create, update; but found "
             "'delete'")},
        {PROCESS("<startEvent id='x'>" CONDITION("=c") "</startEvent><startEvent "
             "id='y'>" CONDITION(" =c ") "</startEvent>"),
         AT("p", "Multiple conditional start events with the same condition '=c' are "
             "not allowed.")},
    };

    check_all_rows(rows, LEN(rows));
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
        findings_of(PROCESS("<serviceTask id='a'/>\n<complexGateway id='b'/>"
                "<receiveTask id='c' messageRef='m'/>" FLOW("f", "a", "z"))
            "<message id='m'/>"),
        AT("p", "Must have at least one start event")
            AT("a", "Must have exactly one 'zeebe:taskDefinition' extension element")
                AT("b",
                    "Elements of type 'complexGateway' are currently not supported.")
                    MORE("element 'b' (line 3): a complex gateway is not supported") AT(
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
        buf_print(&text, "<subChoreography id='choreography%d'/>", i);
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

TEST(an_event_sub_process_stands_beside_the_children_of_its_scope)
{
    const struct process *p = accept_all(PROCESS(
        START SERVICE("a") EVENT_SUB("x", "isInterrupting='false'", WAIT("m"))
        "<subProcess id='y'><startEvent id='i'/>" EVENT_SUB("z", "", ESCALATION("u"))
        "</subProcess>") MESSAGE("m", "n") CODES);
    const struct element *x = element("x"), *z = element("z");

    CHECK_INT(p->root->child_count, 3);
    CHECK_INT(p->root->event_sub_process_count, 1);
    CHECK(p->root->event_sub_processes[0] == x && p->start_count == 1);
    CHECK_INT(x->type, ELEMENT_EVENT_SUB_PROCESS);
    CHECK(x->start == element("xs") && !x->none_start && x->children[0] == x->start);
    CHECK_INT(x->start->event, EVENT_TYPE_MESSAGE);
    CHECK(!x->start->is_interrupting && x->start->correlation_key.feel);
    CHECK(element("y")->event_sub_processes[0] == z && z->start->is_interrupting);
    CHECK_STR(z->start->escalation_code.body, "2");
    CHECK(z->scope == element("y") && element("y")->child_count == 1);
}

TEST(what_is_called_is_known_by_its_id_and_its_binding)
{
    accept_all(PROCESS(START "<callActivity id='a'>" EXT(
                "<z:calledElement processId='q'/>") "</callActivity><callActivity "
            "id='b'>" EXT("<z:calledElement processId='=q' bindingType='versionTag' "
                "versionTag='v' propagateAllChildVariables='false' "
                "propagateAllParentVariables='false'/>") "</callActivity>"
            "<businessRuleTask id='c'>" EXT("<z:calledDecision decisionId='d' "
                "resultVariable='r' bindingType='deployment'/>") "</businessRuleTask>"
            "<serviceTask id='d'>" EXT(TYPE "<z:jobPriorityDefinition priority='=j'/>"
                "<z:linkedResources><z:linkedResource resourceId='x' "
                "resourceType='RPA' linkName='l'/></z:linkedResources>")
            "</serviceTask>"));
    const struct element *a = element("a"), *b = element("b"), *c = element("c");

    CHECK_STR(a->called_id.body, "q");
    CHECK(a->passes_child_variables && a->passes_parent_variables);
    CHECK(a->binding == BINDING_LATEST && !a->has_job);
    CHECK(b->called_id.feel && !b->passes_child_variables);
    CHECK(!b->passes_parent_variables && b->binding == BINDING_VERSION_TAG);
    CHECK_STR(b->version_tag, "v");
    CHECK_STR(c->called_id.body, "d");
    CHECK_STR(c->result_variable, "r");
    CHECK(c->binding == BINDING_DEPLOYMENT && !c->has_job);
    CHECK_INT(element("d")->linked_resource_count, 1);
    CHECK_STR(element("d")->linked_resources[0].id, "x");
    CHECK_STR(element("d")->linked_resources[0].link_name, "l");
    CHECK(element("d")->job_priority.feel);
}

TEST(a_multi_instance_activity_has_its_loop)
{
    accept_all(PROCESS(START "<serviceTask id='a'>" JOB
            "<multiInstanceLoopCharacteristics isSequential='true'>" EXT(
                "<z:loopCharacteristics inputCollection='=c' inputElement='i' "
                "outputCollection='o' outputElement='=e'/>")
            "<completionCondition>=d</completionCondition>"
            "</multiInstanceLoopCharacteristics></serviceTask>" SERVICE("b")));
    const struct loop *loop = element("a")->loop;

    CHECK(loop && loop->is_sequential && loop->input_collection.feel);
    CHECK_STR(loop->input_element, "i");
    CHECK_STR(loop->output_collection, "o");
    CHECK(loop->output_element.feel && loop->completion_condition.feel);
    CHECK(element("a")->has_job && !element("b")->loop);
}

TEST(events_know_what_they_signal_and_where_they_lead)
{
    accept_all(PROCESS("<startEvent id='s'>" SIGNAL("g") "</startEvent>"
            "<intermediateThrowEvent id='t'>" EXT("<z:ioMapping><z:input source='=a' "
                "target='b'/></z:ioMapping>") SIGNAL("h") "</intermediateThrowEvent>"
            THROW_LINK("l1", "l") THROW_LINK("l2", "l") CATCH_LINK("c", "l")
            "<subProcess id='y'><startEvent id='i'/>" THROW_LINK("l3", "k")
            CATCH_LINK("d", "k") "</subProcess>" ON("b", "y", "cancelActivity='false'",
                ESCALATION("n")) FLOW("f", "b", "t")
            "<startEvent id='s2'>" CONDITION("\n =x &gt; 1 \n") "</startEvent>"
            ON("b2", "y", "", "<conditionalEventDefinition>" EXT("<z:conditionalFilter "
                    "variableEvents=' update '/>") "<condition>=y</condition>"
                "</conditionalEventDefinition>") FLOW("g2", "b2", "t"))
        "<signal id='g' name='=\"go\"'/><signal id='h' name='=h'/>" CODES);

    CHECK_INT(element("s")->event, EVENT_TYPE_SIGNAL);
    CHECK_STR(element("s")->signal_name.body, "go");
    CHECK(!element("s")->signal_name.feel && element("t")->signal_name.feel);
    CHECK_INT(element("t")->input_count, 1);
    CHECK_STR(element("c")->link_name, "l");
    CHECK(element("l1")->link_target == element("c"));
    CHECK(element("l2")->link_target == element("c"));
    CHECK(element("l3")->link_target == element("d") && !element("c")->link_target);
    CHECK(element("b")->catches_all && !element("b")->is_interrupting);
    CHECK_STR(element("s2")->event_condition.body, "x > 1");
    CHECK(element("s2")->on_create && element("s2")->on_update);
    CHECK(!element("b2")->on_create && element("b2")->on_update);
}

TEST(a_conditional_event_looks_at_what_its_condition_reads_or_its_filter_names)
{
    static const struct {
        const char *filter, *watched;
    } cases[] = {
        {"", "x y"},
        {EXT("<z:conditionalFilter variableEvents='create'/>"), "x y"},
        {EXT("<z:conditionalFilter variableNames=' '/>"), "x y"},
        {EXT("<z:conditionalFilter variableNames='a, x ,, c'/>"), "a x c"},
    };

    for (size_t i = 0; i < LEN(cases); i++) {
        char text[1024], watched[64] = "";
        snprintf(text, sizeof(text),
                 PROCESS("<startEvent id='s'><conditionalEventDefinition>%s"
                         "<condition>=x.a &gt; 1 and y</condition>"
                         "</conditionalEventDefinition></startEvent>"),
                 cases[i].filter);
        accept_all(text);
        for (u32 k = 0; k < element("s")->watched_count; k++)
            snprintf(watched + strlen(watched), sizeof(watched) - strlen(watched),
                     "%s%.*s", k ? " " : "", ARG(element("s")->watched[k]));
        CHECK_STR(str_of(watched), cases[i].watched);
    }
}

TEST(an_inclusive_gateway_knows_its_conditions_and_its_default)
{
    accept_all(PROCESS(START FORK FLOW("d", "x", "a") FLOW_IF("f", "x", "a", "=c")));

    CHECK_INT(element("x")->type, ELEMENT_INCLUSIVE_GATEWAY);
    CHECK(element("x")->default_flow == element("d") && element("f")->condition.feel);
}

TEST(listeners_stand_in_document_order)
{
    const struct process *p = accept_all(PROCESS(LISTENERS(LISTEN("end")) START
            "<userTask id='a'>" EXT("<z:userTask/><z:taskListeners>"
                "<z:taskListener eventType='completing' type='c'/>"
                "<z:taskListener eventType='assignment' type='=t' retries='5'/>"
                "<z:taskListener eventType='completing' type='c' retries=''/>"
                "</z:taskListeners><z:executionListeners>" LISTEN("end")
                LISTEN("start") "</z:executionListeners>") "</userTask>"));
    static const enum listener_event wanted[] = {LISTENER_COMPLETING,
        LISTENER_ASSIGNING, LISTENER_COMPLETING, LISTENER_END, LISTENER_START};
    const struct element *a = element("a");

    CHECK_INT(a->listener_count, LEN(wanted));
    for (u32 i = 0; i < a->listener_count; i++)
        CHECK_INT(a->listeners[i].event, wanted[i]);
    CHECK(a->listeners[1].type.feel);
    CHECK_STR(a->listeners[1].retries.body, "5");
    CHECK_STR(a->listeners[2].retries.body, "3");
    CHECK_INT(p->root->listener_count, 1);
}

TEST(a_native_user_task_has_no_job)
{
    accept_all(PROCESS("<startEvent id='s'>" EXT("<z:formDefinition formId='g'/>")
            "</startEvent><userTask id='a'>" EXT("<z:userTask/>"
                "<z:formDefinition externalReference='=r'/>"
                "<z:priorityDefinition priority='=q'/><z:assignmentDefinition "
                "assignee='me'/>") "</userTask><userTask id='b'>" EXT("<z:userTask/>"
                "<z:formDefinition formId='f' bindingType='versionTag' "
                "versionTag='v'/>") "</userTask><userTask id='c'>" EXT(
                "<z:formDefinition formId='=f'/>") "</userTask>"));
    const struct element *a = element("a"), *b = element("b"), *c = element("c");

    CHECK(a->is_native && !a->has_job && a->external_reference.feel);
    CHECK(a->priority.feel && !a->form_id.is_set);
    CHECK_STR(a->assignee.body, "me");
    CHECK_STR(b->priority.body, "50");
    CHECK_STR(b->form_id.body, "f");
    CHECK_INT(b->form_binding, BINDING_VERSION_TAG);
    CHECK_STR(b->form_version_tag, "v");
    CHECK(!c->is_native && c->has_job && c->form_id.feel && !c->priority.is_set);
    CHECK_STR(element("s")->form_id.body, "g");
}

TEST(compensation_leads_from_an_activity_to_its_handler)
{
    const struct process *p = accept_all(
        UNDONE(UNDO("h") BY("as", "x", "h") "<textAnnotation id='n'/>"
            BY("at", "x", "n") "<endEvent id='z'><compensateEventDefinition "
            "activityRef='a'/></endEvent><endEvent id='y'>"
            "<compensateEventDefinition/></endEvent>"));
    const struct element *a = element("a"), *h = element("h");

    CHECK(a->compensation_boundary == element("x") && a->compensation_handler == h);
    CHECK(a->boundary_count == 1 && a->boundaries[0] == element("x"));
    CHECK_INT(element("x")->event, EVENT_TYPE_COMPENSATION);
    CHECK(h->is_for_compensation && !a->is_for_compensation);
    CHECK(p->root->child_count == 5 && h->incoming_count == 0);
    CHECK(element("z")->compensation_activity == a);
    CHECK(!element("y")->compensation_activity);
}

TEST(a_message_that_the_engine_publishes_has_all_that_goes_with_it)
{
    accept_all(PROCESS(START "<sendTask id='a' messageRef='m'>" EXT(
                "<z:publishMessage correlationKey='=k' messageId='i' "
                "timeToLive='PT1H'/>") "</sendTask><endEvent id='e'>"
            "<messageEventDefinition messageRef='m'>" EXT(
                "<z:publishMessage correlationKey='=l'/>")
            "</messageEventDefinition></endEvent>" "<sendTask id='b' messageRef='m'>"
            JOB "</sendTask>") MESSAGE("m", "n"));
    const struct element *a = element("a"), *e = element("e");

    CHECK(a->publishes_message && !a->has_job);
    CHECK_STR(a->message_name.body, "n");
    CHECK_STR(a->correlation_key.body, "k");
    CHECK_STR(a->message_id.body, "i");
    CHECK_STR(a->time_to_live.body, "PT1H");
    CHECK(e->publishes_message && !e->message_id.is_set && !e->has_job);
    CHECK_STR(e->correlation_key.body, "l");
    CHECK(!element("b")->publishes_message && element("b")->has_job);
}

TEST(an_ad_hoc_sub_process_knows_what_begins_and_when_it_is_done)
{
    accept_all(PROCESS(START "<adHocSubProcess id='a' "
            "cancelRemainingInstances='false'>" EXT("<z:adHoc activeElementsCollection='=c' outputCollection='o' "
                "outputElement='=e'/>") "<task id='t'/>"
            "<completionCondition>=d</completionCondition></adHocSubProcess>"
            "<adHocSubProcess id='b'>" EXT(TYPE "<z:taskHeaders><z:header key='k' "
                "value='v'/></z:taskHeaders>") "<task id='u'/>"
            EVENT_SUB("x", "", "<errorEventDefinition/>") "</adHocSubProcess>"));
    const struct element *a = element("a"), *b = element("b");

    CHECK_INT(a->type, ELEMENT_AD_HOC_SUB_PROCESS);
    CHECK(a->active_elements.feel && a->completion_condition.feel);
    CHECK(!a->cancels_remaining && !a->has_job && a->output_element.feel);
    CHECK_STR(a->output_collection, "o");
    CHECK(b->cancels_remaining && b->has_job && b->header_count == 1);
    CHECK(a->child_count == 1 && !a->none_start);
    CHECK(b->child_count == 1 && b->event_sub_process_count == 1);
}

TEST(documentation_and_properties_are_kept)
{
    const struct process *p = accept(PROCESS("<documentation>of p</documentation>"
            EXT("<z:properties><z:property name='a' value='=b'/>"
                "<z:property name='c'/></z:properties>")
            "<startEvent id='s'><documentation>of s &lt;</documentation>"
            "</startEvent>"));

    CHECK_STR(p->root->documentation, "of p");
    CHECK_STR(element("s")->documentation, "of s <");
    CHECK_INT(p->root->property_count, 2);
    CHECK_STR(p->root->properties[0].key, "a");
    CHECK_STR(p->root->properties[0].value, "=b");
    CHECK_STR(p->root->properties[1].value, "");
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
    struct str text = document(PROCESS("<serviceTask id='a'/><complexGateway id='b'/>"
            "<serviceTask id='d'><standardLoopCharacteristics/></serviceTask>"
            "<boundaryEvent id='c' attachedToRef='b'/>"
            "<boundaryEvent id='e' attachedToRef='gone'><errorEventDefinition/>"
            "</boundaryEvent><startEvent id='s'/><subProcess id='h' "
            "triggeredByEvent='true'><task id='i'/></subProcess><exclusiveGateway id='x'/>"
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

/* ---- what is probably not meant -------------------------------------------------- */

/* clang-format off */

static struct str lint_text(struct str xml, const struct model_options *options)
{
    const struct model_finding *list;
    struct buf out;
    size_t count;

    arena_free(&arena);
    arena_init(&arena, 4096, 64 << 20, NULL);
    list = model_lint(xml, options, &arena, &count);
    buf_init(&out, &arena, 256);
    for (size_t i = 0; i < count; i++)
        buf_print(&out, "%u %.*s %s%.*s\n", list[i].line, ARG(list[i].element),
                  list[i].is_error ? "ERROR: " : "", ARG(list[i].text));
    return buf_str(&out);
}

static void check_lint(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str got = lint_text(document(rows[i].content), &model_options_default);
        if (!str_is(got, rows[i].wanted))
            test_failed(__FILE__, __LINE__, "%s\nfinds\n%.*snot\n%s", rows[i].content,
                        ARG(got), rows[i].wanted);
    }
}

#define START_ID(id) "<startEvent id='" id "'/>"
#define END(id) "<endEvent id='" id "'/>"
#define ERROR_OF(id, code) "<error id='" id "' errorCode='" code "'/>"
#define ESCALATION_OF(id, code) \
    "<escalation id='" id "' escalationCode='" code "'/>"
#define ERROR_EVENT(ref) "<errorEventDefinition errorRef='" ref "'/>"
#define ESCALATION_EVENT(ref) "<escalationEventDefinition escalationRef='" ref "'/>"
#define ATTACHED(id, on, definition) \
    "<boundaryEvent id='" id "' attachedToRef='" on "'>" definition "</boundaryEvent>"
#define INNER(id, content) "<subProcess id='" id "'>" content "</subProcess>"
#define HANDLER(id, definition, content)                            \
    "<subProcess id='" id "' triggeredByEvent='true'><startEvent id='" id \
    "s'>" definition "</startEvent>" content "</subProcess>"
#define CALLING(id, process) \
    "<callActivity id='" id "'>" EXT("<z:calledElement processId='" process "'/>") \
    "</callActivity>"
#define ONE_WAY(a, b, c) FLOW("f1", a, b) FLOW("f2", b, c)

TEST(lint_has_nothing_against_a_good_model)
{
    static const struct row rows[] = {
        {PROCESS(START SERVICE("a") END("e") ONE_WAY("s", "a", "e")), ""},
        {PROCESS(START "<exclusiveGateway id='g' default='f2'/>" END("e")
                 FLOW("f1", "s", "g") FLOW("f2", "g", "e")
                 FLOW_IF("f3", "g", "e", "=x")), ""},
        {PROCESS(START "<task id='a'/>" END("e") ONE_WAY("s", "a", "e")
                 "<intermediateThrowEvent id='t'><linkEventDefinition name='l'/>"
                 "</intermediateThrowEvent>"
                 "<intermediateCatchEvent id='c'><linkEventDefinition name='l'/>"
                 "</intermediateCatchEvent>" FLOW("f3", "s", "t") FLOW("f4", "c", "e")),
         ""},
    };

    check_lint(rows, LEN(rows));
}

TEST(lint_tells_the_errors_of_deployment_and_warnings_beside_them)
{
    static const struct row rows[] = {
        {PROCESS(START "\n<serviceTask id='a'/>\n" END("e") ONE_WAY("s", "a", "e")
                 "\n<task id='b'/>"),
         "3 a ERROR: Must have exactly one 'zeebe:taskDefinition' extension element\n"
         "5 b Has no incoming sequence flow and is no start event: it is never "
         "reached\n"},
        {"", "1 defs ERROR: Must contain at least one executable process\n"},
    };

    check_lint(rows, LEN(rows));
    CHECK_STR(lint_text(STR("<a>"), &model_options_default),
              "0  ERROR: line 1, column 4: no element found\n");
    CHECK_STR(lint_text(STR("<a/>"), &model_options_default),
              "0  ERROR: line 1, column 1: expected BPMN definitions, but got 'a'\n");
}

TEST(lint_says_where_in_an_element_it_is)
{
    struct str xml = document(PROCESS(
        START "<serviceTask id='a'>" EXT("<z:taskDefinition/>") "</serviceTask>"
        FLOW("f", "s", "a")));
    size_t count;
    const struct model_finding *list =
        model_lint(xml, &model_options_default, &arena, &count);

    CHECK_INT(count, 1);
    CHECK_STR(list[0].element, "a");
    CHECK_STR(list[0].path, "a > extensionElements > taskDefinition");
}

TEST(lint_finds_gateways_without_a_default_flow)
{
    static const struct row rows[] = {
        {PROCESS(START "\n<exclusiveGateway id='g'/>" END("e") FLOW("f1", "s", "g")
                 FLOW_IF("f2", "g", "e", "=x") FLOW_IF("f3", "g", "e", "=y")),
         "3 g Has no default flow: when no condition holds, it is an incident\n"},
        {PROCESS(START "\n<inclusiveGateway id='g'/>" END("e") FLOW("f1", "s", "g")
                 FLOW_IF("f2", "g", "e", "=x")),
         "3 g Has no default flow: when no condition holds, it is an incident\n"},
        {PROCESS(START "<exclusiveGateway id='g' default='f2'/>" END("e")
                 FLOW("f1", "s", "g") "\n" FLOW_IF("f2", "g", "e", "=x")
                 FLOW_IF("f3", "g", "e", "=y")),
         "3 f2 Is the default flow of 'g': its condition is never evaluated\n"},
    };

    check_lint(rows, LEN(rows));
}

#define NO_WAY_IN \
    " Has no incoming sequence flow and is no start event: it is never reached\n"

TEST(lint_finds_what_is_never_reached)
{
    static const struct row rows[] = {
        {PROCESS(START "\n<task id='a'/>\n<task id='b'/>\n" END("e")
                 FLOW("f0", "s", "e") ONE_WAY("a", "b", "e")),
         "3 a" NO_WAY_IN
         "4 b Is never reached: no path from a start event leads to it\n"},
        /* of a sub-process that is not reached nothing inside is told */
        {PROCESS(START "\n" INNER("a", START_ID("s2") "<task id='b'/>")),
         "3 a" NO_WAY_IN},
        {PROCESS(START INNER("a", START_ID("s2") "\n<task id='b'/>") FLOW("f", "s", "a")),
         "3 b" NO_WAY_IN},
        {PROCESS(START "\n<intermediateCatchEvent id='c'><linkEventDefinition "
                 "name='l'/></intermediateCatchEvent>" END("e") FLOW("f", "c", "e")
                 FLOW("f2", "s", "e")),
         "3 c Is never reached: nothing throws the link 'l'\n"},
        {PROCESS(START "\n<manualTask id='u' isForCompensation='true'/>"),
         "3 u Is for compensation, but no compensation boundary event leads to it: it "
         "never runs\n"},
        /* two that only reach each other */
        {PROCESS(START "\n" SERVICE("a") "\n" SERVICE("b") ONE_WAY("a", "b", "a")),
         "3 a Is never reached: no path from a start event leads to it\n"
         "4 b Is never reached: no path from a start event leads to it\n"},
    };

    check_lint(rows, LEN(rows));
}

TEST(lint_finds_errors_that_nothing_throws)
{
    static const struct row rows[] = {
        /* a worker may throw any code, a called process too */
        {ERROR_OF("x", "X") PROCESS(START SERVICE("a") FLOW("f", "s", "a") END("e")
            ATTACHED("b", "a", ERROR_EVENT("x")) FLOW("f2", "b", "e")), ""},
        {ERROR_OF("x", "X") PROCESS(START CALLING("a", "q") FLOW("f", "s", "a") END("e")
            ATTACHED("b", "a", ERROR_EVENT("x")) FLOW("f2", "b", "e")), ""},
        {ERROR_OF("x", "X") PROCESS(START "<task id='a'/>" FLOW("f", "s", "a") END("e")
            "\n" ATTACHED("b", "a", ERROR_EVENT("x")) FLOW("f2", "b", "e")),
         "3 b Catches the error 'X', but nothing in 'a' throws it: no job, no called "
         "process and no error end event in it does\n"},
        {PROCESS(START "<task id='a'/>" FLOW("f", "s", "a") END("e")
            "\n" ATTACHED("b", "a", "<errorEventDefinition/>") FLOW("f2", "b", "e")),
         "3 b Catches every error, but nothing in 'a' throws one: no job, no called "
         "process and no error end event in it does\n"},
        /* the end event throws another one */
        {ERROR_OF("x", "X") ERROR_OF("y", "Y") PROCESS(START
            INNER("a", START_ID("s2") "<endEvent id='e2'>" ERROR_EVENT("y") "</endEvent>"
                FLOW("f3", "s2", "e2"))
            FLOW("f", "s", "a") END("e") "\n"
            ATTACHED("b", "a", ERROR_EVENT("x")) FLOW("f2", "b", "e")
            ATTACHED("b2", "a", ERROR_EVENT("y")) FLOW("f4", "b2", "e")),
         "3 b Catches the error 'X', but nothing in 'a' throws it: no job, no called "
         "process and no error end event in it does\n"},
        /* an event sub-process does not catch what it throws itself */
        {ERROR_OF("x", "X") PROCESS(START "\n" HANDLER("h", ERROR_EVENT("x"),
            SERVICE("a") FLOW("f", "hs", "a"))),
         "3 hs Catches the error 'X', but nothing in 'p' throws it: no job, no called "
         "process and no error end event in it does\n"},
    };

    check_lint(rows, LEN(rows));
}

#define ERROR_END "\n<endEvent id='e'>" ERROR_EVENT("x") "</endEvent>"
#define UNCAUGHT                                                               \
    " Throws the error 'X', which nothing in this file catches: it becomes an " \
    "incident, unless a calling process catches it\n"

TEST(lint_finds_errors_that_nothing_catches)
{
    static const struct row rows[] = {
        {ERROR_OF("x", "X") PROCESS(START ERROR_END FLOW("f", "s", "e")),
         "3 e" UNCAUGHT},
        {ERROR_OF("x", "X") PROCESS(START ERROR_END FLOW("f", "s", "e")
            HANDLER("h", ERROR_EVENT("x"), "")), ""},
        {ERROR_OF("x", "X") PROCESS(START ERROR_END FLOW("f", "s", "e"))
         "<process id='q' isExecutable='true'>" START_ID("qs") CALLING("c", "p")
         FLOW("qf", "qs", "c") ATTACHED("b", "c", "<errorEventDefinition/>")
         END("qe") FLOW("qf2", "b", "qe") "</process>", ""},
        /* called by what catches nothing, and by itself */
        {ERROR_OF("x", "X") PROCESS(START ERROR_END CALLING("me", "p") FLOW("f", "s", "e")
            FLOW("f2", "s", "me"))
         "<process id='q' isExecutable='true'>" START_ID("qs") CALLING("c", "p")
         FLOW("qf", "qs", "c") "</process>", "3 e" UNCAUGHT},
        /* whoever computes a code may throw any */
        {ERROR_OF("x", "=code") PROCESS(START ERROR_END FLOW("f", "s", "e")), ""},
    };

    check_lint(rows, LEN(rows));
}

TEST(lint_does_likewise_with_escalations)
{
    static const struct row rows[] = {
        {ESCALATION_OF("x", "X") PROCESS(START "\n<endEvent id='e'>"
            ESCALATION_EVENT("x") "</endEvent>" FLOW("f", "s", "e")),
         "3 e Throws the escalation 'X', which nothing in this file catches: it passes "
         "by without effect, unless a calling process catches it\n"},
        /* workers throw errors, but no escalations */
        {ESCALATION_OF("x", "X") PROCESS(START
            INNER("a", START_ID("s2") SERVICE("j") FLOW("f3", "s2", "j"))
            FLOW("f", "s", "a") END("e") "\n"
            ATTACHED("b", "a", ESCALATION_EVENT("x")) FLOW("f2", "b", "e")),
         "3 b Catches the escalation 'X', but nothing in 'a' throws it: no called "
         "process and no escalation event in it does\n"},
    };

    check_lint(rows, LEN(rows));
}

#define UNDOABLE(activity)                                                       \
    activity ATTACHED("b", "a", "<compensateEventDefinition/>")                \
    "<manualTask id='u' isForCompensation='true'/>"                            \
    "<association id='as' sourceRef='b' targetRef='u'/>"
#define UNDOING(id) \
    "<intermediateThrowEvent id='" id "'><compensateEventDefinition/>" \
    "</intermediateThrowEvent>"

TEST(lint_finds_compensation_that_never_runs)
{
    static const struct row rows[] = {
        {PROCESS(START UNDOABLE("<task id='a'/>") UNDOING("t") ONE_WAY("s", "a", "t")), ""},
        {PROCESS(START "\n" UNDOABLE("<task id='a'/>") FLOW("f", "s", "a")),
         "3 b Its compensation handler 'u' can never run: no compensation event is "
         "thrown in a scope around 'a'\n"},
        /* what is thrown in a sub-process does not reach outside, but inwards */
        {PROCESS(START UNDOABLE("<task id='a'/>") "\n"
            INNER("d", START_ID("s2") "\n" UNDOING("t") FLOW("f3", "s2", "t"))
            ONE_WAY("s", "a", "d")),
         "2 b Its compensation handler 'u' can never run: no compensation event is "
         "thrown in a scope around 'a'\n"
         "4 t Has nothing to compensate: no activity in its reach has a compensation "
         "handler\n"},
        {PROCESS(START INNER("d", START_ID("s2") UNDOABLE("<task id='a'/>")
            FLOW("f3", "s2", "a")) UNDOING("t") ONE_WAY("s", "d", "t")), ""},
    };

    check_lint(rows, LEN(rows));
}

TEST(lint_finds_numbers_where_text_must_be)
{
    static const struct row rows[] = {
        {PROCESS(START "\n<serviceTask id='a'>" EXT("<z:taskDefinition type='123'/>")
                 "</serviceTask>" FLOW("f", "s", "a")),
         "3 a The job type '123' is a NUMBER and must be text, or it is an incident: "
         "write =\"123\"\n"},
        {PROCESS(START "\n<serviceTask id='a'>" EXT("<z:taskDefinition type='=1 + 2'/>")
                 "</serviceTask>" FLOW("f", "s", "a")),
         "3 a The job type '=1 + 2' is a NUMBER and must be text, or it is an "
         "incident\n"},
        {PROCESS(START "\n<serviceTask id='a'>" EXT("<z:taskDefinition "
                 "type='=string(1)'/>") "</serviceTask>" FLOW("f", "s", "a")), ""},
        {MESSAGE("m", "7") PROCESS(START "\n<receiveTask id='a' messageRef='m'/>"
                 FLOW("f", "s", "a")),
         "3 a The message name '7' is a NUMBER and must be text, or it is an incident: "
         "write =\"7\"\n"},
    };

    check_lint(rows, LEN(rows));
}
/* clang-format on */

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
    static const char *const names[] = {"order.bpmn", "payment.bpmn", "review.bpmn",
                                        "connectors.bpmn", "vendors.bpmn"};
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

/* Whoever calls the payment is in another file. */
TEST(lint_has_nothing_against_our_models_but_what_it_cannot_see)
{
    static const struct row files[] = {
        {"order.bpmn", ""},
        {"review.bpmn", ""},
        {"connectors.bpmn", ""},
        {"vendors.bpmn", ""},
        {"payment.bpmn",
         "28 unpaid Throws the error 'NO_MONEY', which nothing in this file catches: "
         "it becomes an incident, unless a calling process catches it\n"},
    };
    struct arena own;

    arena_init(&own, 1 << 17, 1 << 20, NULL);
    for (size_t i = 0; i < LEN(files); i++)
        CHECK_STR(lint_text(file_read(files[i].content, &own), &model_options_default),
                  files[i].wanted);
    arena_free(&own);
}

TEST(a_type_of_element_has_its_name)
{
    CHECK_STR(str_of(element_type_name(ELEMENT_SERVICE_TASK)), "SERVICE_TASK");
    CHECK_STR(str_of(element_type_name(ELEMENT_SEQUENCE_FLOW)), "SEQUENCE_FLOW");
    CHECK_STR(str_of(element_type_name(ELEMENT_UNSPECIFIED)), "UNSPECIFIED");
}
