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

/* The names of the messages that these events wait for. */
static void messages_check(struct build *b, const struct part *p,
                           const struct element *const *events, u32 count)
{
    struct names n = {
        .list = NEW_ARRAY(b->scratch, struct str, count),
        .before = "Multiple message event definitions with the same name",
        .after = "are not allowed.",
    };

    for (u32 i = 0; i < count; i++)
        if (events[i]->message_name.is_set)
            n.list[n.count++] = events[i]->message_name.text;
    repeats_tell(b, p, &n);
}

static void errors_check(struct build *b, const struct part *p)
{
    struct names n = {
        .list = NEW_ARRAY(b->scratch, struct str, p->boundaries.count),
        .before = "Multiple error catch events with the same error code",
        .after = "are not supported on the same scope.",
    };
    u32 catch_all = 0;

    for (u32 i = 0; i < p->boundaries.count; i++) {
        const struct element *e = p->boundaries.list[i];
        catch_all += e->catches_all;
        if (e->event == EVENT_TYPE_ERROR && !e->catches_all)
            n.list[n.count++] = e->error_code.text;
    }
    if (catch_all > 1)
        finding(
            b, p->xml,
            "The same scope can not contain more than one error catch event without "
            "error code. An error catch event without error code catches all errors.");
    repeats_tell(b, p, &n);
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
}

static void sub_process_check(struct build *b, const struct part *p)
{
    if (p->starts.count != 1)
        finding(b, p->xml, "Must have exactly one start event");
}

static void boundary_check(struct build *b, const struct part *p)
{
    if (p->incoming.count > 0)
        finding(b, p->xml, "Cannot have incoming sequence flows");
    if (p->outgoing.count == 0 && !p->is_refused)
        finding(b, p->xml,
                "Must have at least one outgoing sequence flow or association");
}

static void end_check(struct build *b, const struct part *p)
{
    if (p->outgoing.count > 0)
        finding(b, p->xml,
                "End events must not have outgoing sequence flows to other elements.");
}

static void flow_check(struct build *b, const struct part *p)
{
    bool is_conditional = xml_child(p->xml, BPMN, "conditionExpression");

    if (!p->source || p->source->e->type == ELEMENT_UNSPECIFIED)
        return;
    if (p->source->e->type != ELEMENT_EXCLUSIVE_GATEWAY) {
        if (is_conditional)
            finding(b, p->xml,
                    "Conditional sequence flows are only supported at exclusive or "
                    "inclusive gateway");
        return;
    }
    if (p->source->outgoing.count > 1 && !is_conditional &&
        p->source->e->default_flow != p->e)
        finding(b, p->xml, "Must have a condition or be default flow");
}

/* What an event-based gateway may lead to. One that is refused is judged elsewhere. */
static bool is_awaitable(const struct element *e)
{
    return e->type == ELEMENT_INTERMEDIATE_CATCH_EVENT;
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
                "elements than message/timer/signal intermediate catch events.");
    if (shared)
        finding(
            b, p->xml,
            "Target elements of an event gateway must not have any additional incoming "
            "sequence flows other than that from the event gateway.");
    messages_check(b, p, targets, count);
}

void part_check(struct build *b, struct part *p)
{
    if (p->boundaries.count) {
        messages_check(b, p, p->boundaries.list, p->boundaries.count);
        errors_check(b, p);
    }
    switch (p->e->type) {
    case ELEMENT_PROCESS:
        process_check(b, p);
        break;
    case ELEMENT_SUB_PROCESS:
        sub_process_check(b, p);
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
    case ELEMENT_EVENT_SUB_PROCESS:
    case ELEMENT_CALL_ACTIVITY:
    case ELEMENT_INCLUSIVE_GATEWAY:
    case ELEMENT_AD_HOC_SUB_PROCESS:
        break;
    }
}
