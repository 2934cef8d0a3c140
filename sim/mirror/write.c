/* write.c - a plan as BPMN. */
#include "sim/mirror/plan.h"

static const char *const tags[] = {
#define X(name, tag, in, out, starts, ends) tag,
    PART_KINDS(X)
#undef X
};

static void put_term(struct buf *b, const struct term *t)
{
    switch (t->kind) {
    case TERM_NONE:
        return;
    case TERM_NUMBER:
        buf_print(b, "=%d", t->number);
        return;
    case TERM_NAME:
        buf_print(b, "=%s", t->name.text);
        return;
    case TERM_SUM:
        buf_print(b, "=%s + %d", t->name.text, t->number);
        return;
    case TERM_LESS:
        buf_print(b, "=%s &lt; %d", t->name.text, t->number);
        return;
    case TERM_SURE:
        buf_print(b, "=assert(%s, %s != null)", t->name.text, t->name.text);
        return;
    case TERM_LIST:
        buf_text(b, "=[");
        for (i32 i = 1; i <= t->number; i++)
            buf_print(b, i > 1 ? ", %d" : "%d", i);
        buf_byte(b, ']');
        return;
    }
}

static void put_maps(struct buf *b, const char *tag, const struct map *maps, u32 count)
{
    for (u32 i = 0; i < count; i++) {
        buf_print(b, "<z:%s source=\"", tag);
        put_term(b, &maps[i].source);
        buf_print(b, "\" target=\"%s\"/>", maps[i].target.text);
    }
}

static bool part_has_job(const struct part *x)
{
    return x->kind == PART_SERVICE || x->kind == PART_SEND || x->is_job;
}

static void put_listeners(struct buf *b, const struct part *x)
{
    if (x->starts + x->ends == 0)
        return;
    buf_text(b, "<z:executionListeners>");
    for (i32 i = 1; i <= x->starts; i++)
        buf_print(b, "<z:executionListener eventType=\"start\" type=\"%s-s%d\"/>",
                  x->id.text, i);
    for (i32 i = 1; i <= x->ends; i++)
        buf_print(b, "<z:executionListener eventType=\"end\" type=\"%s-e%d\"/>",
                  x->id.text, i);
    buf_text(b, "</z:executionListeners>");
}

static void put_ad_hoc(struct buf *b, const struct plan *p, const struct part *x)
{
    buf_text(b, "<z:adHoc activeElementsCollection=\"=[");
    for (i32 i = 0; i < x->begin_count; i++)
        buf_print(b, "%s&quot;%s&quot;", i ? ", " : "", p->parts[x->begins[i]].id.text);
    buf_text(b, "]\"");
    if (x->collects.text[0]) {
        buf_print(b, " outputCollection=\"%s\" outputElement=\"", x->collects.text);
        put_term(b, &x->result_of);
        buf_byte(b, '"');
    }
    buf_text(b, "/>");
}

static void put_extensions(struct buf *b, const struct plan *p, const struct part *x)
{
    buf_text(b, "<extensionElements>");
    if (part_has_job(x))
        buf_print(b, "<z:taskDefinition type=\"%s\"/>", x->id.text);
    if (x->kind == PART_SCRIPT) {
        buf_text(b, "<z:script expression=\"");
        put_term(b, &x->script);
        buf_print(b, "\" resultVariable=\"%s\"/>", x->result.text);
    }
    if (x->kind == PART_CALL)
        buf_print(
            b,
            "<z:calledElement processId=\"%s\" propagateAllParentVariables=\"%s\" "
            "propagateAllChildVariables=\"%s\"/>",
            p->parts[x->called].id.text, x->passes_parent ? "true" : "false",
            x->passes_child ? "true" : "false");
    if (x->kind == PART_AD_HOC)
        put_ad_hoc(b, p, x);
    if (x->in_count + x->out_count) {
        buf_text(b, "<z:ioMapping>");
        put_maps(b, "input", x->in, x->in_count);
        put_maps(b, "output", x->out, x->out_count);
        buf_text(b, "</z:ioMapping>");
    }
    if (x->is_native)
        buf_text(b, "<z:userTask/>");
    put_listeners(b, x);
    buf_text(b, "</extensionElements>");
}

static void put_condition(struct buf *b, const struct term *t)
{
    buf_text(b, "<completionCondition>");
    put_term(b, t);
    buf_text(b, "</completionCondition>");
}

static void put_loop(struct buf *b, const struct loop_plan *l)
{
    buf_print(b,
              "<multiInstanceLoopCharacteristics isSequential=\"%s\">"
              "<extensionElements><z:loopCharacteristics inputCollection=\"",
              l->is_sequential ? "true" : "false");
    put_term(b, &l->items);
    if (l->item.text[0])
        buf_print(b, "\" inputElement=\"%s", l->item.text);
    if (l->results.text[0]) {
        buf_print(b, "\" outputCollection=\"%s\" outputElement=\"", l->results.text);
        put_term(b, &l->result);
    }
    buf_text(b, "\"/></extensionElements>");
    if (l->enough.kind)
        put_condition(b, &l->enough);
    buf_text(b, "</multiInstanceLoopCharacteristics>");
}

static void put_timer(struct buf *b, const struct part *x)
{
    buf_text(b, "<timerEventDefinition>");
    if (x->times == 0)
        buf_print(b, "<timeDuration>PT%dS</timeDuration>", x->seconds);
    else if (x->times < 0)
        buf_print(b, "<timeCycle>R/PT%dS</timeCycle>", x->seconds);
    else
        buf_print(b, "<timeCycle>R%d/PT%dS</timeCycle>", x->times, x->seconds);
    buf_text(b, "</timerEventDefinition>");
}

static void put_event(struct buf *b, const struct plan *p, const struct part *x)
{
    const char *id = x->id.text;

    switch (x->event) {
    case ON_NOTHING:
        return;
    case ON_MESSAGE:
        if (x->kind != PART_RECEIVE)
            buf_print(b, "<messageEventDefinition messageRef=\"m-%s\"/>", id);
        return;
    case ON_TIMER:
        put_timer(b, x);
        return;
    case ON_SIGNAL:
        buf_print(b, "<signalEventDefinition signalRef=\"s-%s\"/>", id);
        return;
    case ON_ERROR:
        if (x->name.text[0])
            buf_print(b, "<errorEventDefinition errorRef=\"r-%s\"/>", id);
        else
            buf_text(b, "<errorEventDefinition/>");
        return;
    case ON_ESCALATION:
        if (x->name.text[0])
            buf_print(b, "<escalationEventDefinition escalationRef=\"c-%s\"/>", id);
        else
            buf_text(b, "<escalationEventDefinition/>");
        return;
    case ON_LINK:
        buf_print(b, "<linkEventDefinition name=\"%s\"/>", x->name.text);
        return;
    case ON_TERMINATE:
        buf_text(b, "<terminateEventDefinition/>");
        return;
    case ON_COMPENSATION:
        buf_text(b, "<compensateEventDefinition");
        if (x->undoes != NONE)
            buf_print(b, " activityRef=\"%s\"", p->parts[x->undoes].id.text);
        buf_text(b, "/>");
        return;
    }
}

static void put_attributes(struct buf *b, const struct plan *p, const struct part *x)
{
    buf_print(b, " id=\"%s\"", x->id.text);
    if (x->kind == PART_PROCESS)
        buf_text(b, " isExecutable=\"true\"");
    if (x->kind == PART_EVENT_SUB)
        buf_text(b, " triggeredByEvent=\"true\"");
    if (x->kind == PART_RECEIVE)
        buf_print(b, " messageRef=\"m-%s\"", x->id.text);
    if (x->is_handler)
        buf_text(b, " isForCompensation=\"true\"");
    if (x->kind == PART_BOUNDARY)
        buf_print(b, " attachedToRef=\"%s\"", p->parts[x->host].id.text);
    if (x->kind == PART_BOUNDARY && !x->is_interrupting)
        buf_text(b, " cancelActivity=\"false\"");
    if (x->kind == PART_START && !x->is_interrupting)
        buf_text(b, " isInterrupting=\"false\"");
    if (x->keeps_others)
        buf_text(b, " cancelRemainingInstances=\"false\"");
    if (x->default_flow != NONE)
        buf_print(b, " default=\"f%d\"", x->default_flow);
}

static void put_scope(struct buf *b, const struct plan *p, i32 scope);

static void put_part(struct buf *b, const struct plan *p, i32 at)
{
    const struct part *x = &p->parts[at];

    buf_print(b, "<%s", tags[x->kind]);
    put_attributes(b, p, x);
    buf_text(b, ">\n");
    put_extensions(b, p, x);
    put_event(b, p, x);
    put_scope(b, p, at);
    if (x->loop.is_on)
        put_loop(b, &x->loop);
    if (x->enough.kind)
        put_condition(b, &x->enough);
    buf_print(b, "</%s>\n", tags[x->kind]);
    if (x->kind == PART_BOUNDARY && x->handler != NONE)
        buf_print(b,
                  "<association id=\"a-%s\" associationDirection=\"One\" "
                  "sourceRef=\"%s\" targetRef=\"%s\"/>\n",
                  x->id.text, x->id.text, p->parts[x->handler].id.text);
}

static void put_flow(struct buf *b, const struct plan *p, i32 at)
{
    const struct flow *f = &p->flows[at];

    buf_print(b, "<sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\">", at,
              p->parts[f->from].id.text, p->parts[f->to].id.text);
    if (f->condition.kind) {
        buf_text(b, "<conditionExpression>");
        put_term(b, &f->condition);
        buf_text(b, "</conditionExpression>");
    }
    buf_text(b, "</sequenceFlow>\n");
}

static void put_scope(struct buf *b, const struct plan *p, i32 scope)
{
    for (i32 i = 0; i < p->part_count; i++)
        if (p->parts[i].scope == scope)
            put_part(b, p, i);
    for (i32 i = 0; i < p->flow_count; i++)
        if (p->flows[i].from != NONE && p->parts[p->flows[i].from].scope == scope)
            put_flow(b, p, i);
}

static void put_message(struct buf *b, const struct part *x)
{
    buf_print(b, "<message id=\"m-%s\" name=\"%s\">", x->id.text, x->name.text);
    if (x->key.kind) {
        buf_text(b, "<extensionElements><z:subscription correlationKey=\"");
        put_term(b, &x->key);
        buf_text(b, "\"/></extensionElements>");
    }
    buf_text(b, "</message>\n");
}

/* What an event refers to is defined for it alone. */
static void put_reference(struct buf *b, const struct part *x)
{
    const char *id = x->id.text, *name = x->name.text;

    if (x->event == ON_MESSAGE)
        put_message(b, x);
    else if (x->event == ON_SIGNAL)
        buf_print(b, "<signal id=\"s-%s\" name=\"%s\"/>\n", id, name);
    else if (x->event == ON_ERROR && name[0])
        buf_print(b, "<error id=\"r-%s\" errorCode=\"%s\"/>\n", id, name);
    else if (x->event == ON_ESCALATION && name[0])
        buf_print(b, "<escalation id=\"c-%s\" escalationCode=\"%s\"/>\n", id, name);
}

void plan_write(const struct plan *p, struct buf *b)
{
    buf_text(b, "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
                "xmlns:z=\"http://camunda.org/schema/zeebe/1.0\" id=\"d\" "
                "targetNamespace=\"urn:mirror\">\n");
    for (i32 i = 0; i < p->process_count; i++)
        put_part(b, p, p->processes[i]);
    for (i32 i = 0; i < p->part_count; i++)
        put_reference(b, &p->parts[i]);
    buf_text(b, "</definitions>\n");
}
