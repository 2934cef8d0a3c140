/* waits.c - what nodes wait for, what comes to them, and who catches what is thrown. */
#include "sim/mirror/inside.h"

/* ---- opening --------------------------------------------------------------------- */

static struct wait *wait_last(struct wait *w)
{
    while (w && w->next)
        w = w->next;
    return w;
}

static void wait_add(struct mirror *m, struct node *n, const struct wait *like)
{
    struct wait *w = NEW(m->arena, struct wait), *last = wait_last(n->waits);

    *w = *like;
    w->number = ++m->numbers;
    w->next = NULL;
    if (last)
        last->next = w;
    else
        n->waits = w;
    if (w->event == ON_MESSAGE)
        to_do(m, DO_LISTEN, n)->name = w->name;
}

/* What a part waits for, computed for the node that will wait. A boundary event's
 * correlation key is seen from outside the activity. */
static bool wait_make(struct mirror *m, struct node *n, i32 target, struct wait *out)
{
    const struct part *x = &m->plan->parts[target];
    const struct node *sees = x->kind == PART_BOUNDARY ? scope_around(n) : n;

    *out = (struct wait){.event = x->event, .target = target};
    out->name = str_of(x->name.text);
    out->due = m->now + (i64)x->seconds * 1000;
    out->times = x->times ? x->times : 1;
    if (x->event == ON_MESSAGE)
        out->key = term_value(m, sees, NULL, &x->key);
    return !str_is(out->key, "null");
}

struct wanted {
    struct wait items[32];
    u32 count;
};

static bool want(struct mirror *m, struct node *n, i32 target, struct wanted *w)
{
    const struct part *x = &m->plan->parts[target];

    if (x->event != ON_MESSAGE && x->event != ON_TIMER && x->event != ON_SIGNAL)
        return true;
    must(w->count < LEN(w->items));
    return wait_make(m, n, target, &w->items[w->count++]);
}

static bool want_boundaries(struct mirror *m, struct node *n, struct wanted *w)
{
    for (i32 i = 0; i < m->plan->part_count && !n->counter; i++)
        if (m->plan->parts[i].kind == PART_BOUNDARY &&
            m->plan->parts[i].host == n->part && !want(m, n, i, w))
            return false;
    return true;
}

/* Nothing is opened unless all of it can be; messages come first, then timers. */
static void open_all(struct mirror *m, struct node *n, const struct wanted *w)
{
    static const enum part_event order[] = {ON_MESSAGE, ON_TIMER, ON_SIGNAL};

    for (u32 k = 0; k < LEN(order); k++)
        for (u32 i = 0; i < w->count; i++)
            if (w->items[i].event == order[k])
                wait_add(m, n, &w->items[i]);
}

bool waits_open(struct mirror *m, struct node *n)
{
    const struct part *x = &m->plan->parts[n->part];
    struct wanted w = {.count = 0};
    bool is_good = true;

    for (i32 i = 0; i < m->plan->flow_count && x->kind == PART_EVENT_BASED; i++)
        if (m->plan->flows[i].from == n->part)
            is_good = is_good && want(m, n, m->plan->flows[i].to, &w);
    if ((x->kind == PART_CATCH || x->kind == PART_RECEIVE) && !n->is_body)
        is_good = want(m, n, n->part, &w);
    if (!is_good || !want_boundaries(m, n, &w))
        return node_fails(n, TROUBLE_VALUE);
    open_all(m, n, &w);
    return true;
}

static i32 handler_start(const struct plan *p, i32 handler)
{
    for (i32 i = 0; i < p->part_count; i++)
        if (p->parts[i].scope == handler && p->parts[i].kind == PART_START)
            return i;
    return NONE;
}

bool waits_open_scope(struct mirror *m, struct node *scope, struct node *start)
{
    struct wanted w = {.count = 0};
    bool is_good = true;

    for (i32 i = m->plan->part_count; i-- > 0;)
        if (m->plan->parts[i].kind == PART_EVENT_SUB &&
            m->plan->parts[i].scope == scope->part)
            is_good = is_good && want(m, scope, handler_start(m->plan, i), &w);
    if (!is_good || !want_boundaries(m, scope, &w))
        return node_fails(start, TROUBLE_VALUE);
    open_all(m, scope, &w);
    return true;
}

/* ---- triggering ------------------------------------------------------------------ */

bool node_accepts(const struct mirror *m, const struct node *n, i32 target)
{
    const struct node *around = scope_around(n);

    if (n->is_gone || n->state != NODE_ACTIVATED)
        return false;
    if (around && !scope_lets(around, n->part))
        return false;
    if (n->interrupted_by != NONE)
        return m->plan->parts[target].kind == PART_BOUNDARY;
    return n->triggers == NULL;
}

void trigger_add(struct mirror *m, struct node *n, i32 target,
                 const struct document *brought, bool is_error)
{
    struct trigger *t = NEW(m->arena, struct trigger), **end = &n->triggers;

    while (*end)
        end = &(*end)->next;
    *t = (struct trigger){.target = target, .brought = *brought, .is_error = is_error};
    *end = t;
}

/* An interrupted scope waits for its boundary events only. */
static void close_handlers(const struct mirror *m, struct node *n)
{
    for (struct wait **at = &n->waits; *at;)
        if (m->plan->parts[(*at)->target].kind == PART_START)
            *at = (*at)->next;
        else
            at = &(*at)->next;
}

static void trigger_start(struct mirror *m, struct node *n, i32 start,
                          const struct document *brought, bool is_error)
{
    i32 handler = m->plan->parts[start].scope;

    if (!m->plan->parts[start].is_interrupting) {
        trigger_add(m, node_begin(m, handler, n), start, brought, is_error);
        return;
    }
    trigger_add(m, n, start, brought, is_error);
    n->interrupted_by = handler;
    n->tokens = NULL;
    close_handlers(m, n);
    if (has_children(n))
        to_do(m, DO_CHILDREN, n);
    else
        scope_settle(m, n);
}

void node_trigger(struct mirror *m, struct node *n, i32 target,
                  const struct document *brought, bool is_error)
{
    const struct part *x = &m->plan->parts[target];

    if (x->kind == PART_START) {
        trigger_start(m, n, target, brought, is_error);
    } else if (x->kind == PART_BOUNDARY && !x->is_interrupting) {
        struct node *boundary = node_begin(m, target, n->scope);
        trigger_add(m, boundary, target, brought, is_error);
        boundary->triggers->is_elsewhere = true;
    } else {
        trigger_add(m, n, target, brought, is_error);
        if (x->kind == PART_BOUNDARY)
            node_terminate(m, n);
        else
            to_do(m, DO_RUN, n);
    }
}

/* ---- catching -------------------------------------------------------------------- */

static bool catches(const struct mirror *m, const struct node *n, i32 at)
{
    const struct part *x = &m->plan->parts[at];

    if (x->kind == PART_BOUNDARY)
        return x->host == n->part && !n->counter && !n->is_inner;
    return x->kind == PART_START && !n->is_body && !n->is_inner &&
           m->plan->parts[x->scope].kind == PART_EVENT_SUB &&
           m->plan->parts[x->scope].scope == n->part;
}

/* Of one node: the very code before all codes, event sub-processes before boundaries.
 */
static i32 catcher_here(const struct mirror *m, const struct node *n,
                        enum part_event event, const struct name *code)
{
    static const enum part_kind kinds[] = {PART_START, PART_BOUNDARY};
    const struct name all = {""};

    for (u32 by_all = 0; by_all < 2; by_all++)
        for (u32 k = 0; k < LEN(kinds); k++)
            for (i32 i = 0; i < m->plan->part_count; i++) {
                const struct part *x = &m->plan->parts[i];
                if (x->event == event && x->kind == kinds[k] && catches(m, n, i) &&
                    name_is(&x->name, by_all ? &all : code))
                    return i;
            }
    return NONE;
}

static bool is_eligible(const struct node *n, const struct node *from)
{
    bool stands =
        n->state == NODE_ACTIVATED || (n == from && n->state == NODE_ACTIVATING);

    return stands && n->interrupted_by == NONE;
}

/* Where a process instance goes on searching: at the activity that called it. */
static struct node *caller_of(struct node *n)
{
    while (!n->is_root)
        n = n->scope;
    return n->scope;
}

struct node *catcher_find(const struct mirror *m, struct node *from,
                          enum part_event event, const struct name *code, i32 *target)
{
    for (struct node *n = from; n;) {
        if (!is_eligible(n, from)) {
            n = caller_of(n);
            continue;
        }
        *target = catcher_here(m, n, event, code);
        if (*target != NONE)
            return n;
        n = n->scope;
    }
    return NULL;
}
