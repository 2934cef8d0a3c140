/* Events: which one it is, and timers. */
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
    enum feature feature;
    const char *refusal; /* the sentence that refuses it for ever; NULL: none */
} definitions[] = {
    {"messageEventDefinition", DEFINES_MESSAGE, EVENT_TYPE_MESSAGE, FEATURE_NONE, NULL},
    {"timerEventDefinition", DEFINES_TIMER, EVENT_TYPE_TIMER, FEATURE_NONE, NULL},
    {"errorEventDefinition", DEFINES_ERROR, EVENT_TYPE_ERROR, FEATURE_NONE, NULL},
    {"terminateEventDefinition", DEFINES_TERMINATE, EVENT_TYPE_TERMINATE, FEATURE_NONE,
     NULL},
    {"signalEventDefinition", DEFINES_SIGNAL, EVENT_TYPE_SIGNAL, FEATURE_SIGNAL, NULL},
    {"escalationEventDefinition", DEFINES_ESCALATION, EVENT_TYPE_ESCALATION,
     FEATURE_ESCALATION, NULL},
    {"linkEventDefinition", DEFINES_LINK, EVENT_TYPE_LINK, FEATURE_LINK, NULL},
    {"conditionalEventDefinition", DEFINES_CONDITION, EVENT_TYPE_CONDITIONAL,
     FEATURE_CONDITIONAL, NULL},
    {"compensateEventDefinition", DEFINES_COMPENSATION, EVENT_TYPE_COMPENSATION,
     FEATURE_COMPENSATION, NULL},
    {"cancelEventDefinition", DEFINES_CANCEL, EVENT_TYPE_CANCEL, FEATURE_TRANSACTION,
     NULL},
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
         DEFINES_ESCALATION | DEFINES_CONDITION | DEFINES_COMPENSATION | DEFINES_CANCEL,
     "Must have exactly one event definition", "Must have exactly one event definition",
     "Boundary events must be one of: timer, message, error, signal, escalation, "
     "conditional"},
    {ELEMENT_END_EVENT,
     DEFINES_MESSAGE | DEFINES_ERROR | DEFINES_TERMINATE | DEFINES_SIGNAL |
         DEFINES_ESCALATION | DEFINES_COMPENSATION | DEFINES_CANCEL,
     NULL, "Must have at most one event definition",
     "End events must be one of: none, error, message, terminate, signal, escalation "
     "or compensation"},
};

#define EVENT_SUB_STARTS                                                         \
    "Start events in event subprocesses must be one of: message, timer, error, " \
    "signal, "                                                                   \
    "escalation or conditional"

/* What starts an event sub-process. */
static const struct event_rule event_sub_start_rule = {
    ELEMENT_START_EVENT,
    DEFINES_MESSAGE | DEFINES_TIMER | DEFINES_ERROR | DEFINES_SIGNAL |
        DEFINES_ESCALATION | DEFINES_CONDITION,
    EVENT_SUB_STARTS,
    "Start event can't have more than one type",
    EVENT_SUB_STARTS,
};

static bool is_scope_start(const struct part *p, enum element_type scope)
{
    return p->e->type == ELEMENT_START_EVENT && p->scope && p->scope->e->type == scope;
}

bool is_process_start(const struct part *p)
{
    return is_scope_start(p, ELEMENT_PROCESS);
}

bool is_throw(const struct part *p)
{
    return p->e->type == ELEMENT_END_EVENT ||
           p->e->type == ELEMENT_INTERMEDIATE_THROW_EVENT;
}

static const struct event_rule *event_rule(const struct part *p)
{
    if (is_scope_start(p, ELEMENT_EVENT_SUB_PROCESS))
        return &event_sub_start_rule;
    for (size_t i = 0; i < LEN(event_rules); i++)
        if (event_rules[i].type == p->e->type)
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

static bool is_process_compensation(const struct part *p, const struct definition *d)
{
    return is_scope_start(p, ELEMENT_EVENT_SUB_PROCESS) &&
           d->bit == DEFINES_COMPENSATION && !p->scope->scope->scope;
}

static void event_accept(struct build *b, struct part *p, const struct event_rule *rule)
{
    const struct definition *d = definition_find(p->definition);

    if (!d)
        event_fault(b, p, "Event definition of this type is not supported");
    else if (is_scope_start(p, ELEMENT_SUB_PROCESS))
        event_fault(b, p, "Start events in subprocesses must be of type none");
    else if (is_process_compensation(p, d))
        event_fault(
            b, p,
            "A compensation event subprocess is not allowed on the process level");
    else if (!(rule->known & d->bit))
        event_fault(b, p, rule->other);
    if (d && d->refusal)
        part_refuse(b, p, d->refusal);
    if (d && !feature_need(b, p->xml, d->feature))
        p->is_refused = true;
    if (d && !p->is_refused)
        p->e->event = d->event;
}

static void event_judge(struct build *b, struct part *p, const struct event_rule *rule)
{
    if (p->definition_count == 1)
        event_accept(b, p, rule);
    else if (p->definition_count > 1)
        event_fault(b, p, rule->several);
    else if (rule->none && !p->is_refused)
        event_fault(b, p, rule->none);
    else if (!p->is_refused)
        p->e->event = EVENT_TYPE_NONE;
}

/* Which attribute says that it does not interrupt, if it is an event that may do so. */
static void interrupting_read(struct part *p)
{
    if (p->e->type == ELEMENT_BOUNDARY_EVENT)
        p->e->is_interrupting = bool_read(xml_get(p->xml, "", "cancelActivity"), true);
    if (is_scope_start(p, ELEMENT_EVENT_SUB_PROCESS))
        p->e->is_interrupting = bool_read(xml_get(p->xml, "", "isInterrupting"), true);
}

void event_classify(struct build *b, struct part *p)
{
    const struct event_rule *rule = event_rule(p);

    if (!rule)
        return;
    interrupting_read(p);
    definitions_count(b, p);
    /* What starts a scope that is refused is refused with it, once. */
    if (p->e->type == ELEMENT_START_EVENT && p->scope && p->scope->is_refused)
        p->is_refused = true;
    else
        event_judge(b, p, rule);
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
    if (p->e->is_interrupting)
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

/* ---- all ------------------------------------------------------------------------- */

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
    case EVENT_TYPE_ESCALATION:
        event_code_read(b, p);
        break;
    case EVENT_TYPE_SIGNAL:
        signal_read(b, p);
        break;
    case EVENT_TYPE_LINK:
        link_name_read(b, p);
        break;
    case EVENT_TYPE_COMPENSATION:
        compensation_read(b, p);
        break;
    case EVENT_TYPE_CONDITIONAL:
        condition_read(b, p);
        break;
    case EVENT_TYPE_UNSPECIFIED:
    case EVENT_TYPE_NONE:
    case EVENT_TYPE_TERMINATE:
    case EVENT_TYPE_CANCEL:
        break;
    }
}
