/* stimuli.c - what comes to an instance from outside. */
#include "sim/mirror/inside.h"

/* What a listener brings is local: to the element, or at its end to the scope around.
 */
static void listened(struct mirror *m, struct node *n, const struct document *d)
{
    bool is_end = n->state == NODE_COMPLETING && scope_around(n);

    document_set(m, is_end ? n->scope : n, d);
    n->is_listening = false;
    n->listener++;
}

void mirror_complete(struct mirror *m, struct node *n, const struct document *d)
{
    n->job = NO_JOB;
    if (n->is_listening)
        listened(m, n, d);
    else
        trigger_add(m, n, n->part, d, false);
    to_do(m, DO_RUN, n);
    mirror_settle(m);
}

void mirror_fail(struct mirror *m, struct node *n, i32 retries,
                 const struct document *d)
{
    document_set(m, n, d);
    n->retries = retries;
    if (retries <= 0) {
        n->job = JOB_FAILED;
        n->trouble = n->is_listening ? TROUBLE_LISTENER : TROUBLE_NO_RETRIES;
    }
}

void mirror_throw(struct mirror *m, struct node *n, struct str code,
                  const struct document *d)
{
    struct name name = {""};
    i32 target;

    must(code.len < sizeof(name.text));
    memcpy(name.text, code.data, code.len);
    struct node *catcher = catcher_find(m, n, ON_ERROR, &name, &target);
    if (catcher) {
        n->job = NO_JOB;
        node_trigger(m, catcher, target, d, true);
    } else {
        n->job = JOB_THREW;
        n->trouble = TROUBLE_ERROR;
    }
    mirror_settle(m);
}

void mirror_signal(struct mirror *m, struct str name, const struct document *d)
{
    struct to_do *t = to_do(m, DO_SIGNAL, NULL);

    t->name = name;
    t->brought = *d;
    t->last = m->numbers;
    mirror_settle(m);
}

/* ---- time ------------------------------------------------------------------------ */

static bool is_sooner(const struct wait *a, const struct wait *b)
{
    return !b || a->due < b->due || (a->due == b->due && a->number < b->number);
}

static struct wait *timer_first(const struct mirror *m, struct node **whose)
{
    struct wait *first = NULL;

    for (struct node *n = NULL; (n = mirror_next(m, n));)
        for (struct wait *w = n->waits; w; w = w->next)
            if (w->event == ON_TIMER && is_sooner(w, first)) {
                first = w;
                *whose = n;
            }
    return first;
}

bool mirror_due(const struct mirror *m, i64 *when)
{
    struct node *n;
    const struct wait *w = timer_first(m, &n);

    if (w)
        *when = w->due;
    return w != NULL;
}

static void timer_del(struct node *n, const struct wait *w)
{
    struct wait **at = &n->waits;

    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
}

/* One that repeats is made anew, due from when it was due. */
static void timer_fire(struct mirror *m, struct node *n, struct wait *w)
{
    const struct document nothing = {.count = 0};
    struct wait **end = &n->waits;

    timer_del(n, w);
    if (!node_accepts(m, n, w->target))
        return;
    if (w->times < 0 || w->times > 1) {
        struct wait *next = NEW(m->arena, struct wait);
        *next = *w;
        next->due += (i64)m->plan->parts[w->target].seconds * 1000;
        next->times = w->times < 0 ? w->times : w->times - 1;
        next->number = ++m->numbers;
        next->next = NULL;
        while (*end)
            end = &(*end)->next;
        *end = next;
    }
    node_trigger(m, n, w->target, &nothing, false);
    mirror_settle(m);
}

void mirror_tick(struct mirror *m, i64 now)
{
    struct node *n;
    struct wait *w;

    m->now = now;
    while ((w = timer_first(m, &n)) && w->due <= now)
        timer_fire(m, n, w);
}

/* ---- what a person does ---------------------------------------------------------- */

void mirror_resolve(struct mirror *m, struct node *n)
{
    enum trouble trouble = n->trouble;

    n->trouble = TROUBLE_NONE;
    if (trouble == TROUBLE_VALUE)
        n->listener = 0;
    if (n->job == JOB_FAILED || n->job == JOB_THREW)
        n->job = JOB_WAITS;
    else if (trouble)
        to_do(m, DO_RUN, n);
    mirror_settle(m);
}

void mirror_set(struct mirror *m, struct node *n, const struct document *d, bool local)
{
    if (local)
        document_set(m, n, d);
    else
        document_merge(m, n, d);
}
