/* mirror.c - how parts begin, go on and end. */
#include "sim/mirror/inside.h"

#define STEPS_MAX 2000 /* of one stimulus; who needs more never ends */

/* ---- the tree -------------------------------------------------------------------- */

void trace(struct mirror *m, char what, const struct node *n)
{
    buf_print(&m->trace, "%c%s ", what, part_of(m, n)->id.text);
}

bool node_fails(struct node *n, enum trouble trouble)
{
    n->trouble = trouble;
    return false;
}

bool has_children(const struct node *n)
{
    return n->children != NULL;
}

struct node *node_child_after(const struct node *n, u64 number)
{
    struct node *child = n->children;

    while (child && child->number <= number)
        child = child->next;
    return child;
}

static struct node *node_new(struct mirror *m, i32 part, struct node *scope)
{
    struct node *n = NEW(m->arena, struct node);
    struct node **end = scope ? &scope->children : &m->root;

    *n = (struct node){.part = part,
                       .scope = scope,
                       .number = ++m->numbers,
                       .interrupted_by = NONE,
                       .is_root = m->plan->parts[part].kind == PART_PROCESS};
    while (*end)
        end = &(*end)->next;
    *end = n;
    return n;
}

struct node *node_begin(struct mirror *m, i32 part, struct node *scope)
{
    struct node *n = node_new(m, part, scope);

    n->is_body = m->plan->parts[part].loop.is_on;
    to_do(m, DO_RUN, n);
    return n;
}

struct node *node_inner(struct mirror *m, struct node *ad_hoc)
{
    struct node *n = node_new(m, ad_hoc->part, ad_hoc);

    n->is_inner = true;
    n->state = NODE_ACTIVATED;
    trace(m, '+', n);
    return n;
}

void node_remove(struct mirror *m, struct node *n)
{
    struct node **at = n->scope ? &n->scope->children : &m->root;

    while (*at != n)
        at = &(*at)->next;
    *at = n->next;
    n->next = NULL;
    n->is_gone = true;
}

struct node *mirror_next(const struct mirror *m, struct node *n)
{
    if (!n)
        return m->root;
    if (n->children)
        return n->children;
    for (; n; n = n->scope)
        if (n->next)
            return n->next;
    return NULL;
}

struct to_do *to_do(struct mirror *m, enum to_do_kind kind, struct node *n)
{
    struct to_do *t = NEW(m->arena, struct to_do);

    *t = (struct to_do){.kind = kind, .node = n, .last = m->numbers};
    *m->last = t;
    m->last = &t->next;
    return t;
}

/* ---- beginning ------------------------------------------------------------------- */

static bool takes_job(const struct part *x)
{
    return x->kind == PART_SERVICE || x->kind == PART_SEND || x->kind == PART_USER ||
           x->is_job;
}

bool node_is_task(const struct mirror *m, const struct node *n)
{
    return part_of(m, n)->is_native && !n->is_body && n->state == NODE_ACTIVATED;
}

static bool throws(const struct part *x, enum part_event event)
{
    return (x->kind == PART_THROW || x->kind == PART_END) && x->event == event &&
           !x->is_job;
}

static bool begin_body(struct mirror *m, struct node *n)
{
    struct str items = term_value(m, n, NULL, &part_of(m, n)->loop.items);

    if (!list_split(m, items, &n->items, &n->item_count))
        return node_fails(n, TROUBLE_VALUE);
    return waits_open(m, n);
}

/* All that can fail before it stands. */
static bool enter(struct mirror *m, struct node *n, bool *chosen)
{
    const struct part *x = part_of(m, n);
    i32 target;

    if (n->is_body)
        return begin_body(m, n);
    if (x->kind == PART_EXCLUSIVE || x->kind == PART_INCLUSIVE)
        return flows_choose(m, n, chosen);
    if (throws(x, ON_ERROR) && !catcher_find(m, n->scope, ON_ERROR, &x->name, &target))
        return node_fails(n, TROUBLE_ERROR);
    if (x->kind == PART_SUB || x->kind == PART_PROCESS || x->kind == PART_EVENT_SUB)
        return true; /* their start events open what they wait for */
    if (x->kind == PART_AD_HOC)
        return waits_open_scope(m, n, n);
    if (x->kind == PART_CATCH && (n->triggers || x->event == ON_LINK))
        return true;
    if (x->kind == PART_SCRIPT)
        return true; /* never waits */
    return waits_open(m, n);
}

static i32 start_of(const struct plan *p, i32 scope)
{
    for (i32 i = 0; i < p->part_count; i++)
        if (p->parts[i].scope == scope && p->parts[i].kind == PART_START)
            return i;
    must(false);
    return NONE;
}

static void start_scope(struct mirror *m, struct node *n)
{
    struct node *start = node_begin(m, start_of(m->plan, n->part), n);

    start->triggers = n->triggers; /* of an event sub-process: it is for its start */
    n->triggers = NULL;
}

static void start_call(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);
    struct node *root = node_begin(m, x->called, n);
    struct document d;

    if (x->passes_parent)
        mirror_visible(m, n, &d);
    else
        document_here(n, &d);
    document_set(m, root, &d);
}

static void results_room(struct mirror *m, struct node *n, i32 room)
{
    struct str *more = NEW_ARRAY(m->arena, struct str, (size_t)room + 1);

    for (i32 i = 0; i < room; i++)
        more[i] = i < n->room ? n->results[i] : STR("null");
    n->results = more;
    n->room = room;
}

static void start_body(struct mirror *m, struct node *n)
{
    results_room(m, n, n->item_count);
    if (n->item_count)
        to_do(m, DO_LOOP, n);
}

static bool throw_escalation(struct mirror *m, struct node *n)
{
    const struct document nothing = {.count = 0};
    i32 target;
    struct node *catcher =
        catcher_find(m, n->scope, ON_ESCALATION, &part_of(m, n)->name, &target);

    if (!catcher || !node_accepts(m, catcher, target))
        return true;
    bool is_interrupting = m->plan->parts[target].is_interrupting;
    node_trigger(m, catcher, target, &nothing, false);
    return !is_interrupting;
}

static void throw_error(struct mirror *m, struct node *n)
{
    const struct document nothing = {.count = 0};
    i32 target;
    struct node *catcher =
        catcher_find(m, n->scope, ON_ERROR, &part_of(m, n)->name, &target);

    must(catcher);
    node_trigger(m, catcher, target, &nothing, true);
}

static void throw_signal(struct mirror *m, struct node *n)
{
    struct to_do *t = to_do(m, DO_SIGNAL, NULL);

    t->name = str_of(part_of(m, n)->name.text);
    document_here(n, &t->brought);
    t->last = UINT64_MAX; /* settled when the broadcast itself comes */
}

/* It stands. True: nothing keeps it from completing at once. */
static bool entered(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);
    struct document d = {.count = 0};

    if (n->is_body) {
        start_body(m, n);
        return n->item_count == 0;
    }
    if (node_is_task(m, n))
        return false;
    if (takes_job(x)) {
        n->job = JOB_WAITS;
        n->retries = x->kind == PART_USER ? 1 : 3;
        return false;
    }
    switch (x->kind) {
    case PART_PROCESS:
    case PART_SUB:
    case PART_EVENT_SUB:
        start_scope(m, n);
        return false;
    case PART_AD_HOC:
        for (i32 i = 0; i < x->begin_count; i++)
            loose_begin(m, n, x->begins[i], &d);
        return false;
    case PART_CALL:
        start_call(m, n);
        return false;
    case PART_RECEIVE:
    case PART_EVENT_BASED:
        return false;
    case PART_SCRIPT:
        document_put(&d, &x->result, term_value(m, n, NULL, &x->script));
        trigger_add(m, n, n->part, &d, false);
        return true;
    case PART_CATCH:
    case PART_BOUNDARY:
        if (n->triggers)
            document_set(m, n, &n->triggers->brought);
        return x->kind == PART_BOUNDARY || n->triggers || x->event == ON_LINK;
    case PART_THROW:
    case PART_END:
        if (throws(x, ON_ESCALATION))
            return throw_escalation(m, n);
        if (throws(x, ON_COMPENSATION))
            return !undo_throw(m, n);
        if (throws(x, ON_SIGNAL))
            throw_signal(m, n);
        if (throws(x, ON_ERROR))
            throw_error(m, n);
        return !throws(x, ON_ERROR);
    default:
        return true;
    }
}

/* The next listener of the phase gets a job; false: none is left. */
static bool listener_next(const struct mirror *m, struct node *n, i32 count)
{
    if (n->is_body || n->is_inner || n->listener >= count)
        return false;
    n->job = JOB_WAITS;
    n->is_listening = true;
    n->retries = 3;
    return true;
}

static bool map_in(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);
    struct document d;

    if (n->is_body || x->in_count == 0)
        return true;
    if (!maps_value(m, n, x->in, x->in_count, &d))
        return node_fails(n, TROUBLE_MAPPING);
    document_set(m, n, &d);
    return true;
}

/* Their inputs see what their listeners have brought; those of others come before. */
static bool maps_late(const struct part *x)
{
    return x->kind == PART_CATCH || (x->kind == PART_THROW && x->event == ON_MESSAGE);
}

/* Behind an event-based gateway a catch event stands at once. */
static bool is_direct(const struct node *n)
{
    return n->triggers && n->triggers->is_elsewhere;
}

/* Inputs and listeners. False: one is out, or it has failed. */
static bool prepare(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);

    if (!maps_late(x) && n->listener == 0 && !map_in(m, n))
        return false;
    if (x->kind == PART_AD_HOC && n->listener == 0 && !n->is_body)
        loose_offer(m, n);
    if (listener_next(m, n, x->starts))
        return false;
    return !maps_late(x) || map_in(m, n);
}

/* ---- ending ---------------------------------------------------------------------- */

/* Where what a trigger has brought goes. It is used up by that: one try is all. */
static bool map_out(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);
    struct trigger *t = n->triggers;
    struct node *around = n->counter || !scope_around(n) ? n : n->scope;
    struct document d;

    if (t && t->target != n->part) /* of an event-based gateway, for what is behind */
        return true;
    n->triggers = NULL;
    if (x->out_count == 0) {
        if (t && !(t->is_error && x->kind == PART_BOUNDARY))
            document_merge(m, t->is_elsewhere ? n->scope : n, &t->brought);
        return true;
    }
    if (t)
        document_set(m, n, &t->brought);
    if (!maps_value(m, n, x->out, x->out_count, &d))
        return node_fails(n, TROUBLE_MAPPING);
    document_merge(m, around, &d);
    return true;
}

static void map_results(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);
    struct document d = {.count = 0};

    if (!x->loop.results.text[0])
        return;
    document_put(&d, &x->loop.results, results_print(m, n));
    document_merge(m, n->scope, &d);
}

/* A sequence reads its collection anew, unless its results hide that. */
static bool items_again(struct mirror *m, struct node *body)
{
    const struct loop_plan *l = &part_of(m, body)->loop;

    if (l->items.kind == TERM_NAME && name_is(&l->items.name, &l->results))
        return true;
    return list_split(m, term_value(m, body, NULL, &l->items), &body->items,
                      &body->item_count);
}

/* An instance of a body ends: its result, and whether that is enough. */
static bool count_in(struct mirror *m, struct node *n)
{
    const struct loop_plan *l = &part_of(m, n)->loop;
    struct node *body = n->scope;
    struct str enough = STR("false");

    if (l->enough.kind)
        enough = term_value(m, n, NULL, &l->enough);
    if (str_is(enough, "null"))
        return node_fails(n, TROUBLE_VALUE);
    if (l->is_sequential && !str_is(enough, "true") && !items_again(m, body))
        return node_fails(n, TROUBLE_VALUE);
    if (body->item_count > body->room)
        results_room(m, body, body->item_count);
    if (l->results.text[0])
        body->results[n->counter - 1] = term_value(m, n, NULL, &l->result);
    if (str_is(enough, "true") && body->interrupted_by == NONE) {
        body->interrupted_by = n->part;
        to_do(m, DO_CHILDREN, body);
    }
    return true;
}

static bool finish(struct mirror *m, struct node *n)
{
    const struct part *x = part_of(m, n);
    struct document d;

    if (x->kind == PART_START && !waits_open_scope(m, n->scope, n))
        return false;
    if (n->is_inner || (x->kind == PART_EVENT_SUB && n->scope && !n->scope->is_inner &&
                        part_of(m, n->scope)->kind == PART_AD_HOC))
        return loose_ended(m, n);
    if (x->kind == PART_AD_HOC && !n->is_body)
        loose_results(m, n);
    if (n->counter && !count_in(m, n))
        return false;
    if (x->event == ON_TERMINATE) {
        n->scope->interrupted_by = n->part;
        n->scope->tokens = NULL;
    }
    if (n->is_root && n->scope && n->scope->state == NODE_ACTIVATED) {
        const struct part *call = part_of(m, n->scope);
        document_here(n, &d);
        if (call->out_count || call->passes_child)
            trigger_add(m, n->scope, n->scope->part, &d, false);
    }
    return true;
}

static void flow_take(struct mirror *m, struct node *scope, i32 flow)
{
    struct token *t = NEW(m->arena, struct token), **end = &scope->tokens;

    while (*end)
        end = &(*end)->next;
    t->flow = flow;
    *end = t;
    buf_print(&m->trace, ">f%d ", flow);
    to_do(m, DO_ARRIVE, scope)->token = t;
}

static i32 link_end(const struct plan *p, const struct part *x)
{
    for (i32 i = 0; i < p->part_count; i++)
        if (p->parts[i].kind == PART_CATCH && p->parts[i].event == ON_LINK &&
            name_is(&p->parts[i].name, &x->name))
            return i;
    must(false);
    return NONE;
}

/* What waited at an inclusive gateway for the node that has gone may go on. The
 * original looks only when a token comes; we look again, since else it would stand for
 * ever. */
static void joins_look_again(struct mirror *m, struct node *scope)
{
    if (!scope || scope->is_gone || scope->is_body)
        return;
    for (i32 f = 0; f < m->plan->flow_count; f++)
        for (const struct token *t = scope->tokens; t; t = t->next)
            if (t->flow == f &&
                m->plan->parts[m->plan->flows[f].to].kind == PART_INCLUSIVE)
                to_do(m, DO_ARRIVE, scope)->token = t;
}

/* What comes after a node that has just gone. */
static void go_on(struct mirror *m, struct node *n, const bool *chosen)
{
    const struct part *x = part_of(m, n);
    bool chooses = x->kind == PART_EXCLUSIVE || x->kind == PART_INCLUSIVE;

    if (x->is_handler && !n->counter && !n->is_inner)
        undo_handled(m, n);
    if (x->kind == PART_EVENT_BASED) {
        struct trigger *t = n->triggers;
        node_begin(m, t->target, n->scope)->triggers = t;
        t->is_elsewhere = true;
        return;
    }
    if (x->event == ON_TERMINATE && has_children(n->scope))
        to_do(m, DO_CHILDREN, n->scope);
    if (x->event == ON_LINK && x->kind == PART_THROW) {
        node_begin(m, link_end(m->plan, x), n->scope);
        return;
    }
    i32 f = n->counter || n->is_inner ? NONE : flow_from(m->plan, n->part, NONE);
    if (f == NONE)
        scope_settle(m, n->scope);
    for (; f != NONE; f = flow_from(m->plan, n->part, f))
        if (!chooses || chosen[f])
            flow_take(m, n->scope, f);
    joins_look_again(m, n->scope);
}

/* Once, or again after a failure: what is mapped is, what a trigger brought is not. */
static bool outputs(struct mirror *m, struct node *n)
{
    bool is_first = !n->has_mapped;

    n->has_mapped = true;
    if (n->is_inner)
        return true;
    if (n->is_body && is_first)
        map_results(m, n);
    if (!n->is_body && (is_first || part_of(m, n)->out_count))
        return map_out(m, n);
    return true;
}

static void complete(struct mirror *m, struct node *n, const bool *chosen)
{
    n->state = NODE_COMPLETING;
    if (n->listener == 0 && !outputs(m, n))
        return;
    n->waits = NULL;
    if (listener_next(m, n, part_of(m, n)->ends) || !finish(m, n))
        return;
    undo_note(m, n);
    trace(m, '-', n);
    node_remove(m, n);
    go_on(m, n, chosen);
}

/* ---- terminating ----------------------------------------------------------------- */

static struct trigger *boundary_trigger(const struct mirror *m, const struct node *n)
{
    const struct node *scope = n->scope;

    if (n->is_root || !scope || scope->state != NODE_ACTIVATED ||
        scope->interrupted_by != NONE)
        return NULL;
    for (struct trigger *t = n->triggers; t; t = t->next)
        if (t->target != n->part && m->plan->parts[t->target].kind == PART_BOUNDARY)
            return t;
    return NULL;
}

static void terminated(struct mirror *m, struct node *n)
{
    struct trigger *t = boundary_trigger(m, n);

    trace(m, '!', n);
    node_remove(m, n);
    if (!t) {
        scope_settle(m, n->scope);
        joins_look_again(m, n->scope);
        return;
    }
    t->next = NULL;
    t->is_elsewhere = true;
    node_begin(m, t->target, n->scope)->triggers = t;
}

void node_terminate(struct mirror *m, struct node *n)
{
    n->state = NODE_TERMINATING;
    n->job = NO_JOB;
    n->is_listening = false;
    n->trouble = TROUBLE_NONE;
    n->waits = NULL;
    n->tokens = NULL;
    if (has_children(n))
        to_do(m, DO_CHILDREN, n);
    else
        terminated(m, n);
}

/* An event sub-process that has interrupted the scope and waits for the others' end. */
static bool handler_begin(struct mirror *m, struct node *n)
{
    for (struct trigger **at = &n->triggers; *at; at = &(*at)->next) {
        struct trigger *t = *at;
        const struct part *start = &m->plan->parts[t->target];
        if (start->kind != PART_START || start->scope != n->interrupted_by)
            continue;
        *at = t->next;
        t->next = NULL;
        node_begin(m, start->scope, n)->triggers = t;
        return true;
    }
    return false;
}

static void body_settle(struct mirror *m, struct node *n)
{
    bool is_through = n->interrupted_by != NONE || n->created >= n->item_count;

    if (has_children(n))
        return;
    if (is_through)
        to_do(m, DO_RUN, n);
    else if (part_of(m, n)->loop.is_sequential)
        to_do(m, DO_LOOP, n);
}

void scope_settle(struct mirror *m, struct node *n)
{
    if (!n || n->is_gone)
        return;
    if (n->is_body && n->state == NODE_ACTIVATED) {
        body_settle(m, n);
        return;
    }
    if (has_children(n) || n->tokens)
        return;
    if (n->state == NODE_TERMINATING)
        terminated(m, n);
    else if (n->state == NODE_ACTIVATED && !handler_begin(m, n) && loose_may_end(m, n))
        to_do(m, DO_RUN, n);
}

/* ---- the to-dos ------------------------------------------------------------------ */

/* What was interrupted lets only the part go on that has interrupted it. */
bool scope_lets(const struct node *scope, i32 part)
{
    return !scope->is_gone && scope->state == NODE_ACTIVATED &&
           (scope->interrupted_by == NONE || scope->interrupted_by == part);
}

static void run(struct mirror *m, struct node *n)
{
    bool chosen[FLOWS_MAX] = {false};

    if (n->is_gone || n->trouble || n->is_listening ||
        (!n->is_root && !scope_lets(n->scope, n->part)))
        return;
    if (n->state == NODE_ACTIVATED && (has_children(n) || n->tokens))
        return;
    if (n->state == NODE_TERMINATING)
        return;
    if (n->state == NODE_ACTIVATING) {
        if (!is_direct(n) && !prepare(m, n))
            return;
        if (!enter(m, n, chosen))
            return;
        n->listener = 0;
        n->state = NODE_ACTIVATED;
        trace(m, '+', n);
        if (!entered(m, n))
            return;
    }
    complete(m, n, chosen);
}

static bool stands_there(const struct node *scope, const struct token *token)
{
    for (const struct token *t = scope->tokens; t; t = t->next)
        if (t == token)
            return true;
    return false;
}

static void arrive(struct mirror *m, struct node *scope, const struct token *token)
{
    i32 part = m->plan->flows[token->flow].to;
    enum part_kind kind = m->plan->parts[part].kind;

    if (!scope_lets(scope, part) || !stands_there(scope, token))
        return;
    if (kind != PART_PARALLEL && kind != PART_INCLUSIVE) {
        token_take(scope, token->flow);
        node_begin(m, part, scope);
        return;
    }
    if (!join_may_go(m, scope, part))
        return;
    for (i32 f = NONE; (f = flow_to(m->plan, part, f)) != NONE;)
        token_take(scope, f);
    node_begin(m, part, scope);
}

/* Those that were there when it was decided. */
static void children_end(struct mirror *m, const struct to_do *t)
{
    struct node *child = node_child_after(t->node, t->after);

    if (!child || child->number > t->last)
        return;
    struct to_do *rest = to_do(m, DO_CHILDREN, t->node);
    rest->after = child->number;
    rest->last = t->last;
    if (child->state != NODE_TERMINATING)
        node_terminate(m, child);
}

static void loop_next(struct mirror *m, struct node *body)
{
    const struct loop_plan *l = &part_of(m, body)->loop;
    const struct name counter = {"loopCounter"};

    if (body->is_gone || body->state != NODE_ACTIVATED ||
        body->interrupted_by != NONE || body->created >= body->item_count)
        return;
    i32 number = ++body->created;
    struct node *n = node_begin(m, body->part, body);
    n->is_body = false;
    n->counter = number;
    if (l->item.text[0])
        variable_set(m, n, &l->item, body->items[number - 1]);
    if (l->results.text[0] && l->result.kind == TERM_NAME &&
        !name_is(&l->result.name, &l->item) && !name_is(&l->result.name, &counter))
        variable_set(m, n, &l->result.name, STR("null"));
    variable_set(m, n, &counter, arena_print(m->arena, "%d", number));
    if (!l->is_sequential && number < body->item_count)
        to_do(m, DO_LOOP, body);
}

/* Its next listener after a number, of those that were there when it was sent. */
static void signal_next(struct mirror *m, const struct to_do *t)
{
    struct node *found = NULL;
    const struct wait *first = NULL;

    for (struct node *n = NULL; (n = mirror_next(m, n));)
        for (const struct wait *w = n->waits; w; w = w->next)
            if (w->event == ON_SIGNAL && str_equal(w->name, t->name) &&
                w->number > t->after && w->number <= t->last &&
                (!first || w->number < first->number)) {
                first = w;
                found = n;
            }
    if (!first)
        return;
    struct to_do *rest = to_do(m, DO_SIGNAL, NULL);
    rest->name = t->name;
    rest->brought = t->brought;
    rest->after = first->number;
    rest->last = t->last;
    if (node_accepts(m, found, first->target))
        node_trigger(m, found, first->target, &t->brought, false);
}

static void signal_go(struct mirror *m, struct to_do *t)
{
    if (t->last != UINT64_MAX) {
        signal_next(m, t);
        return;
    }
    struct to_do *first = to_do(m, DO_SIGNAL, NULL);
    first->name = t->name;
    first->brought = t->brought;
    first->last = m->numbers;
}

void mirror_settle(struct mirror *m)
{
    for (u32 steps = 0; m->first; steps++) {
        struct to_do *t = m->first;
        m->first = t->next;
        if (!m->first)
            m->last = &m->first;
        if (steps > STEPS_MAX) {
            m->is_endless = true;
            return;
        }
        switch (t->kind) {
        case DO_RUN:
            run(m, t->node);
            break;
        case DO_ARRIVE:
            arrive(m, t->node, t->token);
            break;
        case DO_BEGIN:
            if (scope_lets(t->node, t->part))
                node_begin(m, t->part, t->node);
            break;
        case DO_CHILDREN:
            children_end(m, t);
            break;
        case DO_LOOP:
            loop_next(m, t->node);
            break;
        case DO_SIGNAL:
            signal_go(m, t);
            break;
        case DO_MESSAGE:
            message_come(m, t);
            break;
        case DO_LISTEN:
            message_listen(m, t->node, t->name);
            break;
        case DO_TAKEN:
            message_taken(m, t);
            break;
        case DO_REFUSED:
            message_refused(m, t);
            break;
        }
    }
}

void mirror_init(struct mirror *m, const struct plan *p, struct arena *arena)
{
    *m = (struct mirror){.plan = p, .arena = arena};
    m->last = &m->first;
    buf_init(&m->trace, arena, 256);
}

/* ---- an instance ----------------------------------------------------------------- */

void mirror_create(struct mirror *m, const struct document *d)
{
    struct node *root = node_begin(m, m->plan->processes[0], NULL);

    document_set(m, root, d);
    mirror_settle(m);
}

void mirror_begin(struct mirror *m, i32 start, const struct document *d)
{
    struct node *root = node_begin(m, m->plan->processes[0], NULL);

    trigger_add(m, root, start, d, false);
    mirror_settle(m);
}

void mirror_cancel(struct mirror *m)
{
    node_terminate(m, m->root);
    mirror_settle(m);
}
