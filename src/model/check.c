/* The rules between parts. Each tells what is wrong at the element that it is about. */
#include <stdlib.h>

#include "model/build.h"

/* ---- names that may stand once --------------------------------------------------- */

static int name_compare(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct names {
    struct str *list; /* in the scratch arena */
    u32 count;
    const char *before, *after; /* what is said around a name that repeats */
};

/* Tells each name that is there more than once; sorts them. */
static void repeats_tell(struct build *b, const struct part *p, struct names *n)
{
    if (n->count > 1)
        qsort(n->list, n->count, sizeof(*n->list), name_compare);
    for (u32 i = 1; i < n->count; i++)
        if (str_equal(n->list[i - 1], n->list[i]) &&
            (i == 1 || !str_equal(n->list[i - 2], n->list[i])))
            finding(b, p->xml, "%s '%.*s' %s", n->before, ARG(n->list[i]), n->after);
}

/* Events of which each must be told from the others: those on an activity, those that
 * start the event sub-processes of a scope, those behind a gateway. */
struct events {
    const struct element *const *list;
    u32 count;
};

typedef const struct expr *(*part_of)(const struct element *e);

static const struct expr *message_of(const struct element *e)
{
    return &e->message_name;
}

static const struct expr *signal_of(const struct element *e)
{
    return &e->signal_name;
}

static const struct expr *condition_of(const struct element *e)
{
    return &e->event_condition;
}

static void texts_check(struct build *b, const struct part *p, struct events events,
                        part_of get, const char *before)
{
    struct names n = {
        .list = NEW_ARRAY(b->scratch, struct str, events.count),
        .before = before,
        .after = "are not allowed.",
    };

    for (u32 i = 0; i < events.count; i++)
        if (get(events.list[i])->is_set)
            n.list[n.count++] = get(events.list[i])->text;
    repeats_tell(b, p, &n);
}

static void names_check(struct build *b, const struct part *p, struct events events)
{
    texts_check(b, p, events, message_of,
                "Multiple message event definitions with the same name");
    texts_check(b, p, events, signal_of,
                "Multiple signal event definitions with the same name");
}

/* What catches errors or escalations. */
static const struct codes_rule {
    enum event_type event;
    const char *several, *again;
} codes_rules[] = {
    {EVENT_TYPE_ERROR,
     "The same scope can not contain more than one error catch event without error "
     "code. An error catch event without error code catches all errors.",
     "Multiple error catch events with the same error code"},
    {EVENT_TYPE_ESCALATION,
     "The same scope can not contain more than one escalation catch event without "
     "escalation code. An escalation catch event without escalation code catches all "
     "escalations.",
     "Multiple escalation catch events with the same escalation code"},
};

static void codes_check(struct build *b, const struct part *p, struct events events,
                        const struct codes_rule *rule)
{
    struct names n = {
        .list = NEW_ARRAY(b->scratch, struct str, events.count),
        .before = rule->again,
        .after = "are not supported on the same scope.",
    };
    u32 catch_all = 0;

    for (u32 i = 0; i < events.count; i++) {
        const struct element *e = events.list[i];
        if (e->event != rule->event)
            continue;
        if (e->catches_all)
            catch_all++;
        else
            n.list[n.count++] = rule->event == EVENT_TYPE_ERROR
                                    ? e->error_code.text
                                    : e->escalation_code.text;
    }
    if (catch_all > 1)
        finding(b, p->xml, "%s", rule->several);
    repeats_tell(b, p, &n);
}

static void catches_check(struct build *b, const struct part *p, struct events events)
{
    if (events.count < 2)
        return;
    names_check(b, p, events);
    for (size_t i = 0; i < LEN(codes_rules); i++)
        codes_check(b, p, events, &codes_rules[i]);
}

/* Those that start the event sub-processes of this scope. */
static struct events event_sub_starts(struct build *b, const struct part *p)
{
    const struct element **list =
        NEW_ARRAY(b->scratch, const struct element *, p->event_subs.count);
    u32 count = 0;

    for (u32 i = 0; i < p->event_subs.count; i++)
        if (p->event_subs.list[i]->start)
            list[count++] = p->event_subs.list[i]->start;
    return (struct events){list, count};
}

static void receive_check(struct build *b, const struct part *p)
{
    const struct expr *own = &p->e->message_name;

    for (u32 i = 0; i < p->boundaries.count && own->is_set; i++)
        if (str_equal(p->boundaries.list[i]->message_name.text, own->text)) {
            finding(b, p->xml,
                    "Cannot reference the same message name as a boundary event");
            return;
        }
}

/* ---- by type --------------------------------------------------------------------- */

static void process_check(struct build *b, const struct part *p)
{
    u32 none = 0;

    for (u32 i = 0; i < p->starts.count; i++)
        none += p->starts.list[i]->event == EVENT_TYPE_NONE;
    if (p->starts.count == 0)
        finding(b, p->xml, "Must have at least one start event");
    if (none > 1)
        finding(b, p->xml, "Multiple none start events are not allowed");
    struct events starts = {p->starts.list, p->starts.count};
    texts_check(b, p, starts, signal_of,
                "Multiple signal event definitions with the same name");
    texts_check(b, p, starts, condition_of,
                "Multiple conditional start events with the same condition");
}

/* ---- transactions: our own superset, by the words of BPMN --------------------------
 */

static u32 cancels_count(const struct links *events, enum element_type type)
{
    u32 count = 0;

    for (u32 i = 0; i < events->count; i++)
        count += events->list[i]->type == type &&
                 events->list[i]->event == EVENT_TYPE_CANCEL;
    return count;
}

static void transaction_check(struct build *b, const struct part *p)
{
    struct str method = xml_get(p->xml, "", "method");
    u32 caught = cancels_count(&p->boundaries, ELEMENT_BOUNDARY_EVENT);
    bool is_thrown = cancels_count(&p->children, ELEMENT_END_EVENT) > 0;

    if (method.len && !str_is(method, "##Compensate") && !str_is(method, "Compensate"))
        finding_here(b, p->xml,
                     "a transaction of a method other than ##Compensate is "
                     "not supported");
    if (is_thrown && caught == 0)
        finding_here(b, p->xml,
                     "a transaction with a cancel end event must have a "
                     "cancel boundary event");
    if (caught > 1)
        finding_here(b, p->xml,
                     "a transaction must not have more than one cancel boundary event");
    if (is_thrown && xml_child(p->xml, BPMN, "multiInstanceLoopCharacteristics"))
        finding_here(b, p->xml,
                     "a multi-instance transaction with a cancel end event is "
                     "not supported");
}

static void cancel_boundary_check(struct build *b, const struct part *p)
{
    if (p->attached_to && !p->attached_to->is_refused &&
        !p->attached_to->e->is_transaction)
        finding_here(b, p->xml,
                     "a cancel boundary event must be attached to a transaction");
    if (!p->e->is_interrupting)
        finding_here(b, p->xml, "a cancel boundary event must interrupt");
}

static void sub_process_check(struct build *b, const struct part *p)
{
    if (p->starts.count != 1)
        finding(b, p->xml, "Must have exactly one start event");
    if (p->e->is_transaction)
        transaction_check(b, p);
}

static void event_sub_process_check(struct build *b, const struct part *p)
{
    sub_process_check(b, p);
    if (p->incoming.count + p->outgoing.count > 0)
        finding_here(
            b, p->xml,
            "an event sub-process must not have incoming or outgoing sequence flows");
}

static void ad_hoc_check(struct build *b, const struct part *p)
{
    bool has_start = false, has_end = false;

    for (u32 i = 0; i < p->children.count; i++) {
        has_start |= p->children.list[i]->type == ELEMENT_START_EVENT;
        has_end |= p->children.list[i]->type == ELEMENT_END_EVENT;
    }
    if (p->activity_count == 0)
        finding(b, p->xml, "Must have at least one activity.");
    if (has_start)
        finding(b, p->xml, "Must not contain a start event.");
    if (has_end)
        finding(b, p->xml, "Must not contain an end event.");
}

/* Whoever throws an escalation is inside: in a sub-process or a called process. */
static bool takes_escalations(enum element_type type)
{
    return type == ELEMENT_SUB_PROCESS || type == ELEMENT_AD_HOC_SUB_PROCESS ||
           type == ELEMENT_CALL_ACTIVITY;
}

static void way_out_check(struct build *b, const struct part *p)
{
    bool is_compensation = p->e->event == EVENT_TYPE_COMPENSATION;
    const struct element *activity = p->e->attached_to;

    if (is_compensation && activity && activity->compensation_boundary == p->e)
        return;
    if (p->outgoing.count == 0)
        finding(b, p->xml,
                "Must have at least one outgoing sequence flow or association");
    else if (is_compensation)
        finding_here(b, p->xml,
                     "an association must lead to its compensation handler, not a "
                     "sequence flow");
}

static void boundary_check(struct build *b, const struct part *p)
{
    if (p->incoming.count > 0)
        finding(b, p->xml, "Cannot have incoming sequence flows");
    way_out_check(b, p);
    if (p->e->event == EVENT_TYPE_CANCEL)
        cancel_boundary_check(b, p);
    if (p->e->event == EVENT_TYPE_ESCALATION && p->attached_to &&
        !p->attached_to->is_refused && !takes_escalations(p->attached_to->e->type))
        finding(b, p->xml,
                "An escalation boundary event should only be attached to a subprocess, "
                "or a call activity.");
}

static void handler_check(struct build *b, const struct part *p)
{
    if (p->incoming.count > 0)
        finding(b, p->xml,
                "A compensation handler should have no incoming sequence flows");
    if (p->outgoing.count > 0)
        finding(b, p->xml,
                "A compensation handler should have no outgoing sequence flows");
    if (p->boundaries.count > 0)
        finding(b, p->xml, "A compensation handler should have no boundary events");
}

static void end_check(struct build *b, const struct part *p)
{
    if (p->outgoing.count > 0)
        finding(b, p->xml,
                "End events must not have outgoing sequence flows to other elements.");
    if (p->e->event == EVENT_TYPE_CANCEL && !(p->scope && p->scope->e->is_transaction))
        finding_here(b, p->xml, "a cancel end event must be directly in a transaction");
}

static void flow_check(struct build *b, const struct part *p)
{
    bool is_conditional = xml_child(p->xml, BPMN, "conditionExpression");

    if (!p->source || p->source->is_refused)
        return;
    bool is_exclusive = p->source->e->type == ELEMENT_EXCLUSIVE_GATEWAY;
    if (!is_exclusive && p->source->e->type != ELEMENT_INCLUSIVE_GATEWAY) {
        if (is_conditional)
            finding(b, p->xml,
                    "Conditional sequence flows are only supported at exclusive or "
                    "inclusive gateway");
        return;
    }
    if (p->source->outgoing.count > 1 && !is_conditional &&
        p->source->e->default_flow != p->e)
        finding(b, p->xml, "%s",
                is_exclusive ? "Must have a condition or be default flow"
                             : "Must have a condition");
}

/* What an event-based gateway may lead to. One that is refused is judged elsewhere. */
static bool is_awaitable(const struct element *e)
{
    return e->type == ELEMENT_INTERMEDIATE_CATCH_EVENT && e->event != EVENT_TYPE_LINK;
}

static void event_gateway_check(struct build *b, const struct part *p)
{
    u32 count = p->outgoing.count, others = 0, shared = 0;
    const struct element **targets =
        NEW_ARRAY(b->scratch, const struct element *, count);

    for (u32 i = 0; i < count; i++) {
        targets[i] = p->outgoing.list[i]->target;
        others += !is_awaitable(targets[i]);
        shared += targets[i]->incoming_count > 1;
    }
    if (count < 2)
        finding(b, p->xml,
                "Event-based gateway must have at least 2 outgoing sequence flows.");
    if (others)
        finding(b, p->xml,
                "Event-based gateway must not have an outgoing sequence flow to other "
                "elements than message/timer/signal intermediate catch "
                "events.");
    if (shared)
        finding(
            b, p->xml,
            "Target elements of an event gateway must not have any additional incoming "
            "sequence flows other than that from the event gateway.");
    names_check(b, p, (struct events){targets, count});
}

void part_check(struct build *b, struct part *p)
{
    if (p->is_refused)
        return;
    catches_check(b, p, (struct events){p->boundaries.list, p->boundaries.count});
    if (p->event_subs.count > 1)
        catches_check(b, p, event_sub_starts(b, p));
    if (p->e->is_for_compensation)
        handler_check(b, p);
    switch (p->e->type) {
    case ELEMENT_PROCESS:
        process_check(b, p);
        break;
    case ELEMENT_SUB_PROCESS:
        sub_process_check(b, p);
        break;
    case ELEMENT_EVENT_SUB_PROCESS:
        event_sub_process_check(b, p);
        break;
    case ELEMENT_AD_HOC_SUB_PROCESS:
        ad_hoc_check(b, p);
        break;
    case ELEMENT_BOUNDARY_EVENT:
        boundary_check(b, p);
        break;
    case ELEMENT_END_EVENT:
        end_check(b, p);
        break;
    case ELEMENT_SEQUENCE_FLOW:
        flow_check(b, p);
        break;
    case ELEMENT_EVENT_BASED_GATEWAY:
        event_gateway_check(b, p);
        break;
    case ELEMENT_RECEIVE_TASK:
        receive_check(b, p);
        break;
    case ELEMENT_UNSPECIFIED:
    case ELEMENT_START_EVENT:
    case ELEMENT_INTERMEDIATE_CATCH_EVENT:
    case ELEMENT_INTERMEDIATE_THROW_EVENT:
    case ELEMENT_SERVICE_TASK:
    case ELEMENT_SEND_TASK:
    case ELEMENT_USER_TASK:
    case ELEMENT_MANUAL_TASK:
    case ELEMENT_TASK:
    case ELEMENT_SCRIPT_TASK:
    case ELEMENT_BUSINESS_RULE_TASK:
    case ELEMENT_EXCLUSIVE_GATEWAY:
    case ELEMENT_PARALLEL_GATEWAY:
    case ELEMENT_CALL_ACTIVITY:
    case ELEMENT_INCLUSIVE_GATEWAY:
        break;
    }
}
