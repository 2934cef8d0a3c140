/* lint.c - what may be deployed and is probably not meant: told as warnings, to people.
 * A warning is only told where nothing in the file, and no worker, can prove it wrong.
 */
#include "base/num.h"
#include "model/build.h"

struct lint {
    struct build *b;
    struct part **by_tag;
    u8 *is_reached;      /* by tag */
    struct part **stack; /* reached, and not looked at yet */
    u32 depth;
    u8 *is_left; /* by tag: processes that what is thrown has left uncaught */
};

static bool is_judged(const struct part *p)
{
    return !p->is_refused && !p->is_dropped;
}

static struct part *part_of(const struct lint *l, const struct element *e)
{
    return l->by_tag[e->tag];
}

#define warn(l, p, ...) \
    finding_warn((l)->b, (p)->xml, arena_print((l)->b->scratch, __VA_ARGS__))

/* ---- what is never reached ------------------------------------------------------- */

static void reach(struct lint *l, const struct element *e)
{
    if (!e || l->is_reached[e->tag])
        return;
    l->is_reached[e->tag] = true;
    l->stack[l->depth++] = part_of(l, e);
}

/* Of an ad-hoc sub-process, and of a scope whose start is missing, which is an error of
 * its own, whatever nothing leads to may begin. */
static void reach_inside(struct lint *l, const struct part *scope)
{
    bool anything =
        scope->starts.count == 0 || scope->e->type == ELEMENT_AD_HOC_SUB_PROCESS;

    for (u32 i = 0; i < scope->starts.count; i++)
        reach(l, scope->starts.list[i]);
    for (u32 i = 0; i < scope->event_subs.count; i++)
        reach(l, scope->event_subs.list[i]);
    for (u32 i = 0; anything && i < scope->children.count; i++)
        if (scope->children.list[i]->incoming_count == 0)
            reach(l, scope->children.list[i]);
}

static void reach_from(struct lint *l, const struct part *p)
{
    for (u32 i = 0; i < p->outgoing.count; i++)
        reach(l, p->outgoing.list[i]->target);
    for (u32 i = 0; i < p->boundaries.count; i++)
        reach(l, p->boundaries.list[i]);
    reach(l, p->e->link_target);
    reach(l, p->e->compensation_handler);
    if (p->kind->traits & KIND_SCOPE)
        reach_inside(l, p);
}

static void unreached_tell(struct lint *l, const struct part *p)
{
    if (p->incoming.count)
        warn(l, p, "Is never reached: no path from a start event leads to it");
    else if (p->e->is_for_compensation)
        warn(l, p,
             "Is for compensation, but no compensation boundary event leads to "
             "it: it never runs");
    else if (p->e->event == EVENT_TYPE_LINK)
        warn(l, p, "Is never reached: nothing throws the link '%.*s'",
             ARG(p->e->link_name));
    else
        warn(l, p,
             "Has no incoming sequence flow and is no start event: it is never "
             "reached");
}

/* What is inside of something that is never reached is not told again. */
static void reach_check(struct lint *l)
{
    for (struct part *p = l->b->first; p; p = p->next)
        if (!p->scope)
            reach(l, p->e);
    while (l->depth > 0)
        reach_from(l, l->stack[--l->depth]);
    for (struct part *p = l->b->first; p; p = p->next)
        if (p->scope && is_judged(p) && !l->is_reached[p->e->tag] &&
            l->is_reached[p->scope->e->tag] && p->e->type != ELEMENT_SEQUENCE_FLOW &&
            p->e->type != ELEMENT_BOUNDARY_EVENT)
            unreached_tell(l, p);
}

/* ---- gateways -------------------------------------------------------------------- */

static void gateway_check(struct lint *l, const struct part *p)
{
    const struct element *e = p->e;
    u32 conditions = 0;

    for (u32 i = 0; i < p->outgoing.count; i++)
        conditions += p->outgoing.list[i]->condition.is_set;
    if (conditions && conditions == p->outgoing.count && !e->default_flow)
        warn(l, p, "Has no default flow: when no condition holds, it is an incident");
    if (e->default_flow && e->default_flow->condition.is_set)
        warn(l, part_of(l, e->default_flow),
             "Is the default flow of '%.*s': its condition is never evaluated",
             ARG(e->id));
}

/* ---- errors and escalations: who throws, who catches ----------------------------- */

static const struct thrown {
    enum event_type event;
    const char *word, *throwers, *uncaught;
    bool jobs_throw; /* a worker may, with any code */
} thrown[] = {
    {EVENT_TYPE_ERROR, "error",
     "no job, no called process and no error end event in it does",
     "it becomes an incident, unless a calling process catches it", true},
    {EVENT_TYPE_ESCALATION, "escalation",
     "no called process and no escalation event in it does",
     "it passes by without effect, unless a calling process catches it", false},
};

static const struct expr *code_of(const struct element *e)
{
    return e->event == EVENT_TYPE_ERROR ? &e->error_code : &e->escalation_code;
}

static bool catches(const struct element *catcher, const struct thrown *t,
                    const struct expr *code)
{
    return catcher && catcher->event == t->event &&
           (catcher->catches_all || str_equal(code_of(catcher)->body, code->body));
}

/* What a part itself may throw, as far as the file tells. */
static bool may_throw(const struct part *p, const struct thrown *t,
                      const struct element *catcher)
{
    const struct element *e = p->e;

    if (e->type == ELEMENT_CALL_ACTIVITY || (t->jobs_throw && e->has_job))
        return true;
    return e->event == t->event && is_throw(p) &&
           (code_of(e)->feel || catches(catcher, t, code_of(e)));
}

/* Inside of the region, or the region itself; but not inside of `except`. */
static bool is_within(const struct part *p, const struct part *region,
                      const struct part *except)
{
    for (; p && p != except; p = p->scope)
        if (p == region)
            return true;
    return false;
}

static void catch_check(struct lint *l, const struct part *p, const struct thrown *t)
{
    const struct part *own = p->attached_to ? NULL : p->scope;
    const struct part *region = p->attached_to ? p->attached_to : own->scope;
    struct str code = code_of(p->e)->body;

    for (const struct part *q = l->b->first; q; q = q->next)
        if (is_judged(q) && is_within(q, region, own) && may_throw(q, t, p->e))
            return;
    if (p->e->catches_all)
        warn(l, p, "Catches every %s, but nothing in '%.*s' throws one: %s", t->word,
             ARG(region->e->id), t->throwers);
    else
        warn(l, p, "Catches the %s '%.*s', but nothing in '%.*s' throws it: %s",
             t->word, ARG(code), ARG(region->e->id), t->throwers);
}

static bool scope_catches(const struct element *scope, const struct element *from,
                          const struct thrown *t, const struct expr *code)
{
    for (u32 i = 0; i < scope->event_sub_process_count; i++)
        if (scope->event_sub_processes[i] != from &&
            catches(scope->event_sub_processes[i]->start, t, code))
            return true;
    for (u32 i = 0; i < scope->boundary_count; i++)
        if (catches(scope->boundaries[i], t, code))
            return true;
    return false;
}

/* The process that what is thrown leaves uncaught; NULL: somebody catches it. */
static const struct element *leaves(const struct element *thrower,
                                    const struct thrown *t, const struct expr *code)
{
    const struct element *from = thrower;

    for (const struct element *scope = thrower->scope; scope; scope = scope->scope) {
        if (scope_catches(scope, from, t, code))
            return NULL;
        from = scope;
    }
    return from;
}

/* Somewhere above in this file, over the calls of its processes, each of which is left
 * once. */
static bool is_caught(struct lint *l, const struct element *thrower,
                      const struct thrown *t, const struct expr *code)
{
    const struct element *process = leaves(thrower, t, code);

    if (!process)
        return true;
    if (l->is_left[process->tag])
        return false;
    l->is_left[process->tag] = true;
    for (const struct part *p = l->b->first; p; p = p->next) {
        const struct element *e = p->e;
        if (e->type != ELEMENT_CALL_ACTIVITY || !is_judged(p) ||
            (!e->called_id.feel && !str_equal(e->called_id.body, process->id)))
            continue;
        if (scope_catches(e, NULL, t, code) || is_caught(l, e, t, code))
            return true;
    }
    return false;
}

static void throw_check(struct lint *l, const struct part *p, const struct thrown *t)
{
    const struct expr *code = code_of(p->e);

    if (!code->is_set || code->feel)
        return;
    memset(l->is_left, 0, (size_t)l->b->last->e->tag + 1);
    if (!is_caught(l, p->e, t, code))
        warn(l, p, "Throws the %s '%.*s', which nothing in this file catches: %s",
             t->word, ARG(code->body), t->uncaught);
}

static void thrown_check(struct lint *l, const struct part *p)
{
    for (size_t i = 0; i < LEN(thrown); i++) {
        if (p->e->event != thrown[i].event)
            continue;
        if (is_throw(p))
            throw_check(l, p, &thrown[i]);
        else if (p->attached_to || p->scope->e->type == ELEMENT_EVENT_SUB_PROCESS)
            catch_check(l, p, &thrown[i]);
    }
}

/* ---- compensation ---------------------------------------------------------------- */

/* Whether the event, when it is reached, can undo the activity. */
static bool undoes(const struct lint *l, const struct part *thrower,
                   const struct part *activity)
{
    const struct element *only = thrower->e->compensation_activity;
    const struct part *scope = thrower->scope;

    if (only)
        return is_within(activity, part_of(l, only), NULL);
    if (scope->e->type == ELEMENT_EVENT_SUB_PROCESS)
        scope = scope->scope;
    return activity != scope && is_within(activity, scope, NULL);
}

static bool is_undone(const struct lint *l, const struct part *activity)
{
    for (const struct part *q = l->b->first; q; q = q->next)
        if (q->e->event == EVENT_TYPE_COMPENSATION && is_throw(q) && is_judged(q) &&
            undoes(l, q, activity))
            return true;
    return false;
}

static bool undoes_anything(const struct lint *l, const struct part *thrower)
{
    for (const struct part *q = l->b->first; q; q = q->next)
        if (q->e->compensation_handler && is_judged(q) && undoes(l, thrower, q))
            return true;
    return false;
}

static void compensation_check(struct lint *l, const struct part *p)
{
    if (p->e->event != EVENT_TYPE_COMPENSATION)
        return;
    if (is_throw(p) && !undoes_anything(l, p))
        warn(l, p,
             "Has nothing to compensate: no activity in its reach has a "
             "compensation handler");
    if (p->attached_to && p->attached_to->e->compensation_boundary == p->e &&
        !is_undone(l, p->attached_to))
        warn(l, p,
             "Its compensation handler '%.*s' can never run: no compensation "
             "event is thrown in a scope around '%.*s'",
             ARG(p->attached_to->e->compensation_handler->id),
             ARG(p->attached_to->e->id));
}

/* ---- texts that are numbers ------------------------------------------------------ */

/* What an expression without variables gives, if it can never be the text that is
 * wanted; NULL: it can. */
static const char *never_text(struct lint *l, const struct expr *e)
{
    struct num number;
    size_t reads = 0;

    if (!e->is_set)
        return NULL;
    if (!e->feel)
        return num_from_str(e->body, &number) ? "NUMBER" : NULL;
    feel_reads(e->feel, &reads);
    if (reads)
        return NULL;
    struct feel_value v = expr_value(l->b, e);
    return v.kind == FEEL_STRING || v.kind == FEEL_NULL || v.kind == FEEL_GAVE_UP
               ? NULL
               : feel_type_name(&v);
}

static void text_check(struct lint *l, const struct part *p, const struct expr *e,
                       const char *what)
{
    const char *type = never_text(l, e);

    if (type)
        warn(l, p,
             "The %s '%.*s' is a %s and must be text, or it is an incident%s%.*s%s",
             what, ARG(e->text), type, e->feel ? "" : ": write =\"",
             e->feel ? 0 : (int)e->body.len, e->body.data, e->feel ? "" : "\"");
}

static void texts_check(struct lint *l, const struct part *p)
{
    const struct element *e = p->e;

    text_check(l, p, &e->job_type, "job type");
    for (u32 i = 0; i < e->listener_count; i++)
        text_check(l, p, &e->listeners[i].type, "job type of a listener");
    if (is_process_start(p)) /* must be constant text, or it is an error */
        return;
    text_check(l, p, &e->message_name, "message name");
    text_check(l, p, &e->signal_name, "signal name");
    if (is_throw(p) && (e->event == EVENT_TYPE_ERROR))
        text_check(l, p, &e->error_code, "error code");
    if (is_throw(p) && (e->event == EVENT_TYPE_ESCALATION))
        text_check(l, p, &e->escalation_code, "escalation code");
    if (e->type == ELEMENT_CALL_ACTIVITY)
        text_check(l, p, &e->called_id, "id of the called process");
}

/* ---- all of it ------------------------------------------------------------------- */

void parts_lint(struct build *b)
{
    struct lint l = {.b = b};

    if (!b->last)
        return;
    l.by_tag = NEW_ARRAY(b->scratch, struct part *, (size_t)b->last->e->tag + 1);
    l.is_reached = NEW_ARRAY(b->scratch, u8, (size_t)b->last->e->tag + 1);
    l.is_left = NEW_ARRAY(b->scratch, u8, (size_t)b->last->e->tag + 1);
    l.stack = NEW_ARRAY(b->scratch, struct part *, b->part_count);
    for (struct part *p = b->first; p; p = p->next)
        l.by_tag[p->e->tag] = p;
    reach_check(&l);
    for (struct part *p = b->first; p; p = p->next) {
        if (!is_judged(p))
            continue;
        if (p->e->type == ELEMENT_EXCLUSIVE_GATEWAY ||
            p->e->type == ELEMENT_INCLUSIVE_GATEWAY)
            gateway_check(&l, p);
        thrown_check(&l, p);
        compensation_check(&l, p);
        texts_check(&l, p);
    }
}
