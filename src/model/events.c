/* Events: which one it is, and what it waits for or throws. */
#include <stdio.h>

#include "model/build.h"

/* ---- which one ------------------------------------------------------------------- */

enum definition_bits {
    DEFINES_MESSAGE = 1,
    DEFINES_TIMER = 2,
    DEFINES_ERROR = 4,
    DEFINES_TERMINATE = 8,
    DEFINES_SIGNAL = 16,
    DEFINES_ESCALATION = 32,
    DEFINES_LINK = 64,
    DEFINES_CONDITION = 128,
    DEFINES_COMPENSATION = 256,
    DEFINES_CANCEL = 512,
};

static const struct definition {
    const char *name;
    u32 bit;
    enum event_type event;
    const char *refusal;
} definitions[] = {
    {"messageEventDefinition", DEFINES_MESSAGE, EVENT_TYPE_MESSAGE, NULL},
    {"timerEventDefinition", DEFINES_TIMER, EVENT_TYPE_TIMER, NULL},
    {"errorEventDefinition", DEFINES_ERROR, EVENT_TYPE_ERROR, NULL},
    {"terminateEventDefinition", DEFINES_TERMINATE, EVENT_TYPE_TERMINATE, NULL},
    {"signalEventDefinition", DEFINES_SIGNAL, EVENT_TYPE_UNSPECIFIED,
     "a signal event is not supported"},
    {"escalationEventDefinition", DEFINES_ESCALATION, EVENT_TYPE_UNSPECIFIED,
     "an escalation event is not supported"},
    {"linkEventDefinition", DEFINES_LINK, EVENT_TYPE_UNSPECIFIED,
     "a link event is not supported"},
    {"conditionalEventDefinition", DEFINES_CONDITION, EVENT_TYPE_UNSPECIFIED,
     "a conditional event is not supported"},
    {"compensateEventDefinition", DEFINES_COMPENSATION, EVENT_TYPE_UNSPECIFIED,
     "a compensation event is not supported"},
    {"cancelEventDefinition", DEFINES_CANCEL, EVENT_TYPE_UNSPECIFIED,
     "a cancel event is not supported"},
};

/* By place in the process: which events there are (executed here or not), and what is
 * said of none, of several and of another one. */
static const struct event_rule {
    enum element_type type;
    u32 known;
    const char *none, *several, *other;
} event_rules[] = {
    {ELEMENT_START_EVENT,
     DEFINES_MESSAGE | DEFINES_TIMER | DEFINES_SIGNAL | DEFINES_CONDITION, NULL,
     "Start event can't have more than one type",
     "Event definition of this type is not supported"},
    {ELEMENT_INTERMEDIATE_CATCH_EVENT,
     DEFINES_MESSAGE | DEFINES_TIMER | DEFINES_SIGNAL | DEFINES_LINK |
         DEFINES_CONDITION,
     "Must have exactly one event definition", "Must have exactly one event definition",
     "Event definition must be one of: message, timer, signal, or link"},
    {ELEMENT_INTERMEDIATE_THROW_EVENT,
     DEFINES_MESSAGE | DEFINES_SIGNAL | DEFINES_LINK | DEFINES_ESCALATION |
         DEFINES_COMPENSATION,
     NULL, "Must have at most one event definition",
     "Event definition of this type is not supported"},
    {ELEMENT_BOUNDARY_EVENT,
     DEFINES_MESSAGE | DEFINES_TIMER | DEFINES_ERROR | DEFINES_SIGNAL |
         DEFINES_ESCALATION | DEFINES_CONDITION | DEFINES_COMPENSATION,
     "Must have exactly one event definition", "Must have exactly one event definition",
     "Boundary events must be one of: timer, message, error, signal, escalation"},
    {ELEMENT_END_EVENT,
     DEFINES_MESSAGE | DEFINES_ERROR | DEFINES_TERMINATE | DEFINES_SIGNAL |
         DEFINES_ESCALATION | DEFINES_COMPENSATION,
     NULL, "Must have at most one event definition",
     "End events must be one of: none, error, message, terminate, signal, escalation "
     "or compensation"},
};

static const struct event_rule *event_rule(enum element_type type)
{
    for (size_t i = 0; i < LEN(event_rules); i++)
        if (event_rules[i].type == type)
            return &event_rules[i];
    return NULL;
}

static const struct definition *definition_find(const struct xml_node *n)
{
    for (size_t i = 0; i < LEN(definitions); i++)
        if (is_bpmn(n, definitions[i].name))
            return &definitions[i];
    return NULL;
}

/* How many event definitions it has, and the first of them. */
static void definitions_count(struct build *b, struct part *p)
{
    for (const struct xml_node *c = p->xml->first; c; c = c->next) {
        if (is_bpmn(c, "eventDefinitionRef"))
            part_refuse(b, p, "a reference to an event definition is not supported");
        if (!str_is(c->uri, BPMN) || !str_ends(c->name, STR("EventDefinition")))
            continue;
        if (p->definition_count++ == 0)
            p->definition = c;
    }
}

static void event_fault(struct build *b, struct part *p, const char *text)
{
    finding(b, p->xml, "%s", text);
    p->is_refused = true;
}

static void event_accept(struct build *b, struct part *p, const struct event_rule *rule)
{
    const struct definition *d = definition_find(p->definition);
    bool is_inner = p->scope && p->scope->scope;

    /* What starts a scope that is refused is refused with it, once. */
    if (p->e->type == ELEMENT_START_EVENT && p->scope && p->scope->is_refused) {
        p->is_refused = true;
        return;
    }
    if (!d)
        event_fault(b, p, "Event definition of this type is not supported");
    else if (p->e->type == ELEMENT_START_EVENT && is_inner)
        event_fault(b, p, "Start events in subprocesses must be of type none");
    else if (!(rule->known & d->bit))
        event_fault(b, p, rule->other);
    if (d && d->refusal)
        part_refuse(b, p, d->refusal);
    if (d && !p->is_refused)
        p->e->event = d->event;
}

void event_classify(struct build *b, struct part *p)
{
    const struct event_rule *rule = event_rule(p->e->type);

    if (!rule)
        return;
    definitions_count(b, p);
    if (p->definition_count == 1)
        event_accept(b, p, rule);
    else if (p->definition_count > 1)
        event_fault(b, p, rule->several);
    else if (rule->none && !p->is_refused)
        event_fault(b, p, rule->none);
    else if (!p->is_refused)
        p->e->event = EVENT_TYPE_NONE;
}

/* ---- messages -------------------------------------------------------------------- */

static void message_name_read(struct build *b, struct id *message)
{
    struct str name = xml_get(message->xml, "", "name");

    if (message->is_name_read)
        return;
    message->is_name_read = true;
    if (name.len == 0)
        finding(b, message->xml, "Name must be present and not empty");
    else
        message->name = expr_read(b, message->xml, name, EXPR_ANY);
}

static void message_key_read(struct build *b, struct id *message)
{
    const struct xml_node *subscription = extension(message->xml, "subscription");

    if (message->is_key_read)
        return;
    message->is_key_read = true;
    if (extensions_count(message->xml, "subscription") != 1) {
        finding(b, message->xml,
                "Must have exactly one zeebe:subscription extension element");
        return;
    }
    struct str key = attribute_must(b, subscription, "correlationKey");
    if (key.len)
        message->key = expr_read(b, subscription, key, EXPR_FEEL);
}

/* The message that `n` refers to; NULL with a finding when there must be one. */
static struct id *message_find(struct build *b, const struct xml_node *n,
                               bool is_needed)
{
    struct id *id = id_find(b, xml_get(n, "", "messageRef"));

    if (id && is_bpmn(id->xml, "message")) {
        message_name_read(b, id);
        return id;
    }
    if (is_needed)
        finding(b, n, "Must reference a message");
    return NULL;
}

static void message_catch_read(struct build *b, struct part *p,
                               const struct xml_node *n)
{
    struct id *message = message_find(b, n, true);

    if (!message)
        return;
    message_key_read(b, message);
    p->e->message_name = message->name;
    p->e->correlation_key = message->key;
}

static void message_start_read(struct build *b, struct part *p)
{
    struct id *message = message_find(b, p->definition, true);

    if (!message)
        return;
    if (message->start_count++ == 1)
        finding(b, message->xml,
                "A message cannot be referred by more than one start event");
    p->e->message_name = message->name;
    start_name_check(b, p);
}

void receive_read(struct build *b, struct part *p)
{
    message_catch_read(b, p, p->xml);
}

/* ---- timers ---------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum timer_kind kind;
} timer_kinds[] = {
    {"timeDuration", TIMER_DURATION},
    {"timeDate", TIMER_DATE},
    {"timeCycle", TIMER_CYCLE},
};

static void timer_place_check(struct build *b, const struct part *p)
{
    if (p->e->timer != TIMER_CYCLE)
        return;
    if (p->e->type == ELEMENT_INTERMEDIATE_CATCH_EVENT)
        finding(b, p->xml,
                "Intermediate timer catch event must have either a time "
                "duration or a time date.");
    if (p->e->type == ELEMENT_BOUNDARY_EVENT &&
        bool_read(xml_get(p->xml, "", "cancelActivity"), true))
        finding(b, p->xml, "Interrupting timer event with time cycle is not allowed.");
}

static void timer_read(struct build *b, struct part *p)
{
    const struct xml_node *value = NULL;
    u32 count = 0;

    for (const struct xml_node *c = p->definition->first; c; c = c->next)
        for (size_t i = 0; i < LEN(timer_kinds); i++)
            if (is_bpmn(c, timer_kinds[i].name)) {
                p->e->timer = timer_kinds[i].kind;
                value = c;
                count++;
            }
    if (count != 1) {
        finding(
            b, p->definition,
            "Must be exactly one type of timer: timeDuration, timeDate or timeCycle");
        return;
    }
    struct str text = str_trim(value->text);
    if (text.len == 0)
        finding_late(b, value, "Expected expression but not found.");
    p->e->timer_value = expr_read(b, value, text, EXPR_ANY);
    timer_place_check(b, p);
    timer_check(b, p);
}

/* ---- errors ---------------------------------------------------------------------- */

static void error_throw_read(struct build *b, struct part *p, const struct id *error)
{
    if (!error) {
        finding(b, p->definition, "Must reference an error");
        return;
    }
    struct str code = xml_get(error->xml, "", "errorCode");
    if (code.len == 0)
        finding(b, p->definition, "ErrorCode must be present and not empty");
    p->e->error_code = expr_read(b, error->xml, code, EXPR_ANY);
}

static void error_catch_read(struct build *b, struct part *p, const struct id *error)
{
    struct str code = error ? xml_get(error->xml, "", "errorCode") : (struct str){0};

    if (code.len > 0 && code.data[0] == '=')
        finding(b, p->definition,
                "The errorCode of the error catch event is not allowed "
                "to be an expression");
    p->e->error_code = expr_static(b, code);
    p->e->catches_all = code.len == 0;
    if (!bool_read(xml_get(p->xml, "", "cancelActivity"), true))
        finding(b, p->xml, "Non-Interrupting event of this type is not allowed");
}

static void error_read(struct build *b, struct part *p)
{
    struct str reference = xml_get(p->definition, "", "errorRef");
    const struct id *error = id_find(b, reference);

    if (error && !is_bpmn(error->xml, "error"))
        error = NULL;
    if (p->e->type == ELEMENT_END_EVENT) {
        error_throw_read(b, p, error);
        return;
    }
    if (!error && reference.len > 0)
        finding_here(b, p->xml, "the error '%.*s' does not exist", ARG(reference));
    error_catch_read(b, p, error);
}

/* ---- all ------------------------------------------------------------------------- */

/* What throws a message does it by a job: the worker knows what to send, and a message
 * that is named all the same is only looked at. */
static void message_read(struct build *b, struct part *p)
{
    if (p->e->type == ELEMENT_START_EVENT)
        message_start_read(b, p);
    else if (p->e->type == ELEMENT_END_EVENT ||
             p->e->type == ELEMENT_INTERMEDIATE_THROW_EVENT)
        message_find(b, p->definition,
                     extensions_count(p->definition, "publishMessage"));
    else
        message_catch_read(b, p, p->definition);
}

void event_read(struct build *b, struct part *p)
{
    switch (p->e->event) {
    case EVENT_TYPE_MESSAGE:
        message_read(b, p);
        break;
    case EVENT_TYPE_TIMER:
        timer_read(b, p);
        break;
    case EVENT_TYPE_ERROR:
        error_read(b, p);
        break;
    case EVENT_TYPE_UNSPECIFIED:
    case EVENT_TYPE_NONE:
    case EVENT_TYPE_TERMINATE:
    case EVENT_TYPE_SIGNAL:
    case EVENT_TYPE_ESCALATION:
    case EVENT_TYPE_LINK:
    case EVENT_TYPE_COMPENSATION:
    case EVENT_TYPE_CONDITIONAL:
        break;
    }
}
