/* grow.c - random plans: sequences of blocks, nested as far as there is room. Most
 * joins fit their forks; some do not, so that tokens pile up, get stuck or run twice.
 */
#include <stdio.h>

#include "base/hash.h"
#include "sim/mirror/plan.h"

struct grower {
    struct plan *plan;
    struct prng prng;
    i32 room;    /* parts that may still be made in this process */
    i32 process; /* its number */
};

static i32 below(struct grower *g, i32 bound)
{
    return (i32)prng_below(&g->prng, (u64)bound);
}

static bool chance(struct grower *g, u32 mille)
{
    return prng_chance(&g->prng, mille);
}

static struct part *part_at(struct grower *g, i32 at)
{
    return &g->plan->parts[at];
}

static void name_set(struct name *n, const char *prefix, i32 number)
{
    snprintf(n->text, sizeof(n->text), "%s%d", prefix, number);
}

static i32 part_new(struct grower *g, enum part_kind kind, i32 scope)
{
    i32 at = g->plan->part_count++;
    struct part *x = part_at(g, at);

    must(at < PARTS_MAX);
    *x = (struct part){.kind = kind,
                       .scope = scope,
                       .host = NONE,
                       .handler = NONE,
                       .undoes = NONE,
                       .default_flow = NONE,
                       .is_interrupting = true};
    name_set(&x->id, kind == PART_PROCESS ? "p" : "e", at);
    g->room--;
    return at;
}

static i32 flow_new(struct grower *g, i32 from, i32 to)
{
    i32 at = g->plan->flow_count++;

    must(at < FLOWS_MAX);
    g->plan->flows[at] = (struct flow){from, to, {0}};
    return at;
}

static i32 part_after(struct grower *g, i32 from, enum part_kind kind)
{
    i32 at = part_new(g, kind, part_at(g, from)->scope);

    flow_new(g, from, at);
    return at;
}

/* Enough for a whole block with its exits, in this process and in all. */
static bool has_room(const struct grower *g)
{
    return g->room > 0 && g->plan->part_count < PARTS_MAX - 30 &&
           g->plan->flow_count < FLOWS_MAX - 30;
}

/* ---- terms ----------------------------------------------------------------------- */

static struct name some_number_name(struct grower *g)
{
    struct name n = {"loopCounter"};

    if (chance(g, 50))
        return n;
    if (chance(g, 100))
        return (struct name){"it"};
    name_set(&n, "v", below(g, 4));
    return n;
}

static struct term some_number(struct grower *g)
{
    struct term t = {TERM_NUMBER, {""}, below(g, 10)};

    if (chance(g, 250))
        return t;
    t.name = some_number_name(g);
    t.kind = chance(g, 500) ? TERM_NAME : TERM_SUM;
    return t;
}

static struct term some_condition(struct grower *g)
{
    return (struct term){TERM_LESS, some_number_name(g), below(g, 10)};
}

static struct term some_key(struct grower *g)
{
    struct term t = {TERM_NUMBER, {""}, below(g, 2)};

    if (chance(g, 300)) {
        t.kind = TERM_NAME;
        name_set(&t.name, "v", below(g, 4));
    }
    return t;
}

static struct term some_items(struct grower *g)
{
    struct term t = {TERM_LIST, {""}, below(g, 4)};

    if (chance(g, 300)) {
        t.kind = TERM_NAME;
        name_set(&t.name, "l", below(g, 3));
    }
    return t;
}

static void some_maps(struct grower *g, struct map *maps, u32 *count)
{
    *count = chance(g, 250) ? 1 + chance(g, 400) : 0;
    for (u32 i = 0; i < *count; i++) {
        name_set(&maps[i].target, "v", (below(g, 2) + 2 * (i32)i) % 4);
        maps[i].source = some_number(g);
        if (maps[i].source.kind == TERM_NAME && chance(g, 300))
            maps[i].source.kind = TERM_SURE;
    }
}

static const struct {
    bool in, out, starts, ends;
} takes[] = {
#define X(name, tag, in, out, starts, ends) {in, out, starts, ends},
    PART_KINDS(X)
#undef X
};

static void listeners_add(struct grower *g, struct part *x)
{
    if (x->event == ON_COMPENSATION && x->kind == PART_BOUNDARY)
        return;
    if (takes[x->kind].starts && chance(g, 40))
        x->starts = 1 + chance(g, 300);
    if (takes[x->kind].ends && chance(g, 40) &&
        !(x->kind == PART_END && x->event == ON_ERROR))
        x->ends = 1 + chance(g, 300);
}

/* Mappings and listeners, as far as its kind may have them. */
static void extras_add(struct grower *g, i32 at)
{
    struct part *x = part_at(g, at);
    bool throws = x->kind == PART_THROW || x->kind == PART_END;

    listeners_add(g, x);
    if (x->event == ON_LINK)
        return;
    if (takes[x->kind].in && (!throws || x->is_job || x->event == ON_SIGNAL))
        some_maps(g, x->in, &x->in_count);
    if (takes[x->kind].out && x->event != ON_COMPENSATION)
        some_maps(g, x->out, &x->out_count);
}

/* ---- events ---------------------------------------------------------------------- */

/* May these two not have the same name? Both are boundary events of one activity, or
 * start event sub-processes of one scope. */
static bool is_rival(struct grower *g, const struct part *a, const struct part *b)
{
    if (a == b || a->event != b->event || a->kind != b->kind)
        return false;
    if (a->kind == PART_BOUNDARY)
        return a->host == b->host;
    return a->kind == PART_START &&
           part_at(g, a->scope)->scope == part_at(g, b->scope)->scope;
}

static bool name_is_free(struct grower *g, i32 at)
{
    for (i32 i = 0; i < g->plan->part_count; i++)
        if (is_rival(g, part_at(g, at), part_at(g, i)) &&
            name_is(&part_at(g, at)->name, &part_at(g, i)->name))
            return false;
    return true;
}

static void code_set(struct grower *g, i32 at, const char *prefix, bool catches)
{
    struct part *x = part_at(g, at);

    name_set(&x->name, prefix, below(g, 2));
    if (catches && chance(g, 300))
        x->name.text[0] = 0;
    if (!name_is_free(g, at))
        name_set(&x->name, prefix, 10 + at);
}

/* What an event is about, once its kind, host and scope stand. */
static void event_set(struct grower *g, i32 at, enum part_event event, bool catches)
{
    struct part *x = part_at(g, at);

    x->event = event;
    if (event == ON_MESSAGE) {
        bool shares =
            chance(g, 250) && x->kind != PART_BOUNDARY && x->kind != PART_START;
        name_set(&x->name, "m", shares ? 900 + below(g, 2) : at);
        x->key = some_key(g);
    } else if (event == ON_TIMER) {
        x->seconds = 1 + below(g, 20);
        x->times = x->is_interrupting || chance(g, 300) ? 0 : below(g, 4) - 1;
        x->times = x->times == 0 && !x->is_interrupting ? 2 : x->times;
    } else if (event == ON_SIGNAL) {
        name_set(&x->name, "s", below(g, 2));
        if (!name_is_free(g, at))
            name_set(&x->name, "s", 10 + at);
    } else if (event == ON_ERROR) {
        code_set(g, at, "E", catches);
    } else if (event == ON_ESCALATION) {
        code_set(g, at, "C", catches);
    }
}

static enum part_event some_wait(struct grower *g)
{
    static const enum part_event waits[] = {ON_MESSAGE, ON_TIMER, ON_SIGNAL};

    return waits[below(g, LEN(waits))];
}

/* ---- what an activity has about it ----------------------------------------------- */

static i32 sequence(struct grower *g, i32 from, i32 length);
static void path_end(struct grower *g, i32 from);
static void scope_fill(struct grower *g, i32 scope, i32 length);
static void ad_hoc_fill(struct grower *g, i32 at);
static void event_sub_new(struct grower *g, i32 scope);

static bool part_is_scope(const struct part *x)
{
    return x->kind == PART_SUB || x->kind == PART_CALL || x->kind == PART_AD_HOC;
}

static bool has_catch_all(struct grower *g, i32 host, enum part_event event)
{
    for (i32 i = 0; i < g->plan->part_count; i++)
        if (part_at(g, i)->host == host && part_at(g, i)->event == event &&
            !part_at(g, i)->name.text[0])
            return true;
    return false;
}

static enum part_event boundary_event(struct grower *g, i32 host)
{
    i32 pick = below(g, 10);

    if (pick < 4 && part_is_scope(part_at(g, host)))
        return ON_ESCALATION;
    return pick < 6 ? ON_ERROR : some_wait(g);
}

static i32 boundary_new(struct grower *g, i32 host)
{
    i32 at = part_new(g, PART_BOUNDARY, part_at(g, host)->scope);
    enum part_event event = boundary_event(g, host);

    part_at(g, at)->host = host;
    part_at(g, at)->is_interrupting = event == ON_ERROR || chance(g, 500);
    event_set(g, at, event, !has_catch_all(g, host, event));
    extras_add(g, at);
    return at;
}

/* Each goes its own way, or meets the others again behind the activity. */
static i32 boundaries_add(struct grower *g, i32 host)
{
    bool has_some = chance(g, part_is_scope(part_at(g, host)) ? 650 : 300);
    i32 count = has_some ? 1 + chance(g, 300) + chance(g, 200) : 0;
    i32 meet = NONE;

    for (i32 i = 0; i < count; i++) {
        i32 last = sequence(g, boundary_new(g, host), below(g, 2));
        if (last == NONE)
            continue;
        if (chance(g, 500)) {
            path_end(g, last);
            continue;
        }
        if (meet == NONE)
            meet =
                part_after(g, host, chance(g, 900) ? PART_EXCLUSIVE : PART_INCLUSIVE);
        flow_new(g, last, meet);
    }
    return meet == NONE ? host : meet;
}

static void loop_add(struct grower *g, i32 at)
{
    struct loop_plan *l = &part_at(g, at)->loop;

    l->is_on = true;
    l->is_sequential = chance(g, 500);
    l->items = some_items(g);
    if (chance(g, 700))
        name_set(&l->item, chance(g, 800) ? "it" : "v", 0);
    if (strcmp(l->item.text, "it0") == 0)
        l->item = (struct name){"it"};
    if (chance(g, 600)) {
        name_set(&l->results, "r", at);
        l->result = some_number(g);
    }
    if (chance(g, 250))
        l->enough = some_condition(g);
}

static void undo_add(struct grower *g, i32 host)
{
    i32 boundary = part_new(g, PART_BOUNDARY, part_at(g, host)->scope);
    i32 handler = part_new(g, chance(g, 800) ? PART_SERVICE : PART_SCRIPT,
                           part_at(g, host)->scope);

    part_at(g, boundary)->host = host;
    part_at(g, boundary)->event = ON_COMPENSATION;
    part_at(g, boundary)->handler = handler;
    part_at(g, handler)->is_handler = true;
    part_at(g, handler)->script = some_number(g);
    name_set(&part_at(g, handler)->result, "v", below(g, 4));
    extras_add(g, handler);
}

/* ---- activities ------------------------------------------------------------------ */

static void activity_fill(struct grower *g, i32 at)
{
    struct part *x = part_at(g, at);

    if (x->kind == PART_SCRIPT) {
        x->script = some_number(g);
        name_set(&x->result, "v", below(g, 4));
    } else if (x->kind == PART_RECEIVE) {
        event_set(g, at, ON_MESSAGE, true);
    } else if (x->kind == PART_CALL) {
        i32 after = g->plan->process_count - g->process - 1;
        x->called = g->plan->processes[g->process + 1 + below(g, after)];
        x->passes_parent = chance(g, 600);
        x->passes_child = chance(g, 600);
    } else if (x->kind == PART_SUB) {
        scope_fill(g, at, 1 + below(g, 3));
    } else if (x->kind == PART_AD_HOC) {
        ad_hoc_fill(g, at);
    }
}

static enum part_kind some_activity(struct grower *g)
{
    static const enum part_kind kinds[] = {
        PART_SERVICE, PART_SERVICE, PART_SERVICE, PART_SEND,   PART_USER,
        PART_SCRIPT,  PART_SCRIPT,  PART_RECEIVE, PART_MANUAL, PART_SUB,
        PART_SUB,     PART_CALL,    PART_AD_HOC};
    enum part_kind kind = kinds[below(g, LEN(kinds))];

    if (kind == PART_CALL && g->process + 1 >= g->plan->process_count)
        return PART_SERVICE;
    bool holds_others = kind == PART_SUB || kind == PART_AD_HOC;
    return holds_others && !has_room(g) ? PART_SERVICE : kind;
}

/* What belongs to it, and where it goes on. */
static i32 activity_finish(struct grower *g, i32 at)
{
    enum part_kind kind = part_at(g, at)->kind;

    activity_fill(g, at);
    extras_add(g, at);
    part_at(g, at)->is_native = kind == PART_USER && chance(g, 500);
    if (kind == PART_MANUAL)
        return at;
    if (chance(g, 200))
        loop_add(g, at);
    if (chance(g, 120))
        undo_add(g, at);
    return has_room(g) ? boundaries_add(g, at) : at;
}

static i32 activity(struct grower *g, i32 from)
{
    return activity_finish(g, part_after(g, from, some_activity(g)));
}

/* Some begin with it, others when somebody wants them to; their paths have no end
 * events. */
static void ad_hoc_fill(struct grower *g, i32 at)
{
    i32 count = 1 + below(g, BEGINS_MAX);

    if (chance(g, 400))
        part_at(g, at)->enough = some_condition(g);
    part_at(g, at)->keeps_others = chance(g, 300);
    if (chance(g, 500)) {
        name_set(&part_at(g, at)->collects, "a", at);
        part_at(g, at)->result_of = some_number(g);
    }
    for (i32 i = 0; i < count && (i == 0 || has_room(g)); i++) {
        i32 first = part_new(g, some_activity(g), at);
        i32 last = activity_finish(g, first);
        struct part *x = part_at(g, at);
        if (chance(g, 700))
            x->begins[x->begin_count++] = first;
        if (last != NONE)
            sequence(g, last, below(g, 2));
    }
    if (has_room(g) && chance(g, 300))
        event_sub_new(g, at);
}

/* ---- blocks ---------------------------------------------------------------------- */

static void condition_set(struct grower *g, i32 fork, i32 flow, bool is_last)
{
    struct part *x = part_at(g, fork);

    if (x->kind != PART_EXCLUSIVE && x->kind != PART_INCLUSIVE)
        return;
    if (is_last && chance(g, 850))
        x->default_flow = flow;
    else
        g->plan->flows[flow].condition = some_condition(g);
}

static i32 fork_join(struct grower *g, i32 from)
{
    static const enum part_kind kinds[] = {PART_EXCLUSIVE, PART_PARALLEL,
                                           PART_INCLUSIVE};
    enum part_kind kind = kinds[below(g, 3)];
    enum part_kind join_kind = chance(g, 800) ? kind : kinds[below(g, 3)];
    i32 fork = part_after(g, from, kind), join = NONE, count = 2 + chance(g, 300);

    extras_add(g, fork);

    for (i32 i = 0; i < count; i++) {
        i32 flow = g->plan->flow_count;
        i32 last = activity(g, fork);
        condition_set(g, fork, flow, i == count - 1);
        last = last == NONE ? NONE : sequence(g, last, below(g, 2));
        if (last == NONE)
            continue;
        if (chance(g, 150) && (join != NONE || i + 1 < count)) {
            path_end(g, last);
            continue;
        }
        if (join == NONE)
            extras_add(g, join = part_after(g, last, join_kind));
        else
            flow_new(g, last, join);
    }
    return join;
}

static i32 event_choice(struct grower *g, i32 from)
{
    i32 gate = part_after(g, from, PART_EVENT_BASED), meet = NONE;
    i32 count = 2 + chance(g, 300);

    extras_add(g, gate);
    for (i32 i = 0; i < count; i++) {
        i32 at = part_after(g, gate, PART_CATCH);
        event_set(g, at, some_wait(g), true);
        if (part_at(g, at)->event != ON_TIMER)
            name_set(&part_at(g, at)->name, "g", at);
        extras_add(g, at);
        i32 last = sequence(g, at, below(g, 2));
        if (last != NONE && meet == NONE)
            meet = part_after(g, last, PART_EXCLUSIVE);
        else if (last != NONE)
            flow_new(g, last, meet);
    }
    return meet;
}

/* Back again as long as a condition holds; a worker stands in every round. */
static i32 round_trip(struct grower *g, i32 from)
{
    i32 merge = part_after(g, from, chance(g, 900) ? PART_EXCLUSIVE : PART_INCLUSIVE);
    i32 task = part_after(g, merge, PART_SERVICE);
    i32 last = sequence(g, task, below(g, 2));

    if (last == NONE)
        return NONE;
    i32 split = part_after(g, last, PART_EXCLUSIVE);
    i32 back = flow_new(g, split, merge);
    g->plan->flows[back].condition = some_condition(g);
    i32 out = part_after(g, split, PART_MANUAL);
    part_at(g, split)->default_flow = g->plan->flow_count - 1;
    return out;
}

static i32 undone_by(struct grower *g, i32 scope)
{
    for (i32 i = 0; i < g->plan->part_count; i++)
        if (part_at(g, i)->kind == PART_BOUNDARY && part_at(g, i)->scope == scope &&
            part_at(g, i)->event == ON_COMPENSATION && chance(g, 500))
            return part_at(g, i)->host;
    return NONE;
}

static void throw_set(struct grower *g, i32 at, enum part_event event)
{
    event_set(g, at, event, false);
    part_at(g, at)->is_job = event == ON_MESSAGE;
    part_at(g, at)->key.kind = TERM_NONE;
    if (event == ON_COMPENSATION && chance(g, 400))
        part_at(g, at)->undoes = undone_by(g, part_at(g, at)->scope);
    extras_add(g, at);
}

static i32 event_in_between(struct grower *g, i32 from)
{
    static const enum part_event throws[] = {
        ON_NOTHING,    ON_MESSAGE,      ON_SIGNAL,      ON_ESCALATION,
        ON_ESCALATION, ON_COMPENSATION, ON_COMPENSATION};
    i32 at;

    if (chance(g, 400)) {
        at = part_after(g, from, PART_CATCH);
        event_set(g, at, some_wait(g), true);
        extras_add(g, at);
        return at;
    }
    at = part_after(g, from, PART_THROW);
    throw_set(g, at, throws[below(g, LEN(throws))]);
    return at;
}

static i32 link(struct grower *g, i32 from)
{
    i32 out = part_after(g, from, PART_THROW);
    i32 in = part_new(g, PART_CATCH, part_at(g, from)->scope);

    part_at(g, out)->event = part_at(g, in)->event = ON_LINK;
    extras_add(g, out);
    extras_add(g, in);
    name_set(&part_at(g, out)->name, "k", out);
    part_at(g, in)->name = part_at(g, out)->name;
    return in;
}

static i32 block(struct grower *g, i32 from)
{
    i32 pick = has_room(g) ? below(g, 100) : 0;

    if (pick < 45)
        return activity(g, from);
    if (pick < 65)
        return fork_join(g, from);
    if (pick < 83)
        return event_in_between(g, from);
    if (pick < 90)
        return event_choice(g, from);
    return pick < 95 ? round_trip(g, from) : link(g, from);
}

/* The last part, or NONE: no way leads on. */
static i32 sequence(struct grower *g, i32 from, i32 length)
{
    for (i32 i = 0; i < length && from != NONE; i++)
        from = block(g, from);
    return from;
}

static void path_end(struct grower *g, i32 from)
{
    static const enum part_event ends[] = {ON_ERROR,   ON_ESCALATION, ON_SIGNAL,
                                           ON_MESSAGE, ON_TERMINATE,  ON_COMPENSATION};

    bool has_no_ends = part_at(g, part_at(g, from)->scope)->kind == PART_AD_HOC;

    if (part_at(g, from)->kind != PART_BOUNDARY && (has_no_ends || chance(g, 150)))
        return; /* a path may end without an end event */
    if (has_no_ends) {
        part_after(g, from, PART_MANUAL);
        return;
    }
    i32 at = part_after(g, from, PART_END);
    throw_set(g, at, chance(g, 550) ? ON_NOTHING : ends[below(g, LEN(ends))]);
}

/* ---- scopes ---------------------------------------------------------------------- */

static void start_set(struct grower *g, i32 at)
{
    static const enum part_event starts[] = {ON_MESSAGE, ON_TIMER, ON_ERROR,
                                             ON_ESCALATION, ON_SIGNAL};
    enum part_event event = starts[below(g, LEN(starts))];

    part_at(g, at)->is_interrupting = event == ON_ERROR || chance(g, 500);
    event_set(g, at, event, true);
}

static void event_sub_new(struct grower *g, i32 scope)
{
    i32 at = part_new(g, PART_EVENT_SUB, scope);

    extras_add(g, at);
    scope_fill(g, at, below(g, 3));
}

static void scope_fill(struct grower *g, i32 scope, i32 length)
{
    i32 start = part_new(g, PART_START, scope);
    bool is_handler = part_at(g, scope)->kind == PART_EVENT_SUB;

    if (is_handler)
        start_set(g, start);
    extras_add(g, start);
    i32 last = sequence(g, start, length);
    if (last != NONE)
        path_end(g, last);
    for (i32 i = 0; i < 2 && has_room(g) && chance(g, is_handler ? 100 : 400); i++)
        event_sub_new(g, scope);
}

/* Some processes are not created but begin by an event. */
static void begin_by_event(struct grower *g)
{
    i32 start = g->plan->process_count; /* the first part behind the processes */
    struct part *x = part_at(g, start);

    if (!chance(g, 150))
        return;
    x->event = chance(g, 500) ? ON_MESSAGE : ON_SIGNAL;
    x->name = (struct name){"begin"};
}

void plan_grow(struct plan *p, u64 seed, u32 size)
{
    struct grower g = {.plan = p, .prng = {hash_mix(seed)}};

    *p = (struct plan){0};
    p->process_count = 1 + below(&g, 3);
    for (i32 i = 0; i < p->process_count; i++)
        p->processes[i] = part_new(&g, PART_PROCESS, NONE);
    for (g.process = 0; g.process < p->process_count; g.process++) {
        g.room = g.process ? 5 : (i32)size;
        extras_add(&g, p->processes[g.process]);
        scope_fill(&g, p->processes[g.process], 1 + below(&g, g.process ? 2 : 5));
    }
    begin_by_event(&g);
}
