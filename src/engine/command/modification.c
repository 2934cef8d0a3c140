#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_instance_modify(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

/* What a modification comes to: moves are both, and elements that are named by their id
 * are the instances that they have. */
struct modification {
    const struct instance_modify *ask;
    u64 instance;
    struct str process; /* its id, for texts */
    struct reach *begins;
    u64 *ends;
    u32 begin_count, end_count;
};

/* ---- what is wrong: all of a kind in one text ------------------------------------ */

struct names {
    struct buf b;
};

static void names_open(struct step *s, struct names *n)
{
    buf_init(&n->b, s->arena, 0);
}

static void names_add(struct names *n, struct str name)
{
    buf_print(&n->b, "%s%.*s", n->b.len ? "', '" : "", ARG(name));
}

static void names_add_key(struct names *n, u64 key)
{
    buf_print(&n->b, "%s%lld", n->b.len ? "', '" : "", (long long)key);
}

#define MODIFY \
    "Expected to modify instance of process '%.*s' but it contains one or more "

/* Refuses when there are such names: `what` stands before them, `why` behind them. */
static bool names_refuse(struct step *s, const struct modification *m, struct names *n,
                         const char *what, struct str why)
{
    if (n->b.len == 0)
        return false;
    reject(s, REJECT_INVALID_ARGUMENT, MODIFY "%s: '%.*s'%.*s", ARG(m->process), what,
           ARG(buf_str(&n->b)), ARG(why));
    return true;
}

/* ---- which instances an element has ---------------------------------------------- */

/* In ascending order of their keys within each scope. What is below one of them ends
 * with it, and the instances of a loop with its body. */
static u32 instances_in(const struct step *s, u64 scope, u32 tag, u64 *out)
{
    u32 count = 0;

    for (u64 key = 0; (key = child_after(s->state, scope, key));) {
        const struct element_row *row = element_get(s->state, key);
        if (!row->scope || row->state == ELEMENT_STATE_TERMINATING)
            continue; /* a called process has elements of its own */
        if (row->element != tag)
            count += instances_in(s, key, tag, out ? out + count : NULL);
        else if (out)
            out[count++] = key;
        else
            count++;
    }
    return count;
}

static struct u64_list instances_of(const struct step *s, u64 instance,
                                    const struct element *e)
{
    u32 count = instances_in(s, instance, e->tag, NULL);
    u64 *keys = NEW_ARRAY(s->arena, u64, count);

    instances_in(s, instance, e->tag, keys);
    return (struct u64_list){keys, count};
}

/* ---- what is asked for, with its elements found ---------------------------------- */

static bool is_in_scopes(const struct element *e, u32 tag)
{
    for (const struct element *x = e->scope; x; x = x->scope)
        if (x->tag == tag)
            return true;
    return false;
}

/* The nearest scope that source and target have in common. */
static u64 ancestor_common(const struct step *s, u64 source,
                           const struct element *target)
{
    u64 key = element_get(s->state, source)->scope;

    for (const struct element_row *row; (row = element_get(s->state, key));
         key = row->scope)
        if (!row->is_body && is_in_scopes(target, row->element))
            return key;
    return 0;
}

static u64 scope_around(const struct step *s, u64 source)
{
    const struct element_row *row = element_get(s->state, source);
    const struct element_row *scope = element_get(s->state, row->scope);

    return scope && scope->is_body ? scope->scope : row->scope;
}

/* Clients also write -1 for none. */
static u64 ancestor_named(u64 key)
{
    return (i64)key < 0 ? 0 : key;
}

static u64 move_ancestor(const struct step *s, const struct move_instruction *x,
                         u64 source, const struct element *target)
{
    if (x->infers_ancestor || str_is(x->ancestor_type, "inferred"))
        return ancestor_common(s, source, target);
    if (x->uses_source_parent || str_is(x->ancestor_type, "sourceParent"))
        return scope_around(s, source);
    return ancestor_named(x->ancestor);
}

static bool is_of_instance(const struct step *s, const struct modification *m, u64 key)
{
    const struct element_row *row = element_get(s->state, key);

    return row && row->instance == m->instance &&
           row->state != ELEMENT_STATE_TERMINATING;
}

/* The instances that an instruction means, by key or by the id of their element. */
static struct u64_list sources(struct step *s, const struct modification *m, u64 key,
                               struct str id)
{
    u64 process = instance_get(s->state, m->instance)->process;
    u64 *one = NEW(s->arena, u64);

    *one = key;
    if (id.len)
        return instances_of(s, m->instance, element_named(s, process, id));
    return (struct u64_list){one, 1};
}

static void begins_find(struct step *s, struct modification *m, u64 process)
{
    const struct instance_modify *ask = m->ask;
    u32 count = ask->activates.count;

    for (u32 i = 0; i < ask->moves.count; i++)
        count += sources(s, m, ask->moves.items[i].source_instance,
                         ask->moves.items[i].source_id)
                     .count;
    m->begins = NEW_ARRAY(s->arena, struct reach, count);
    for (u32 i = 0; i < ask->activates.count; i++)
        m->begins[m->begin_count++] = (struct reach){
            .instance = m->instance,
            .element = element_named(s, process, ask->activates.items[i].element_id),
            .ancestor = ancestor_named(ask->activates.items[i].ancestor),
            .variables = ask->activates.items[i].variables,
        };
    for (u32 i = 0; i < ask->moves.count; i++) {
        const struct move_instruction *x = &ask->moves.items[i];
        struct u64_list from = sources(s, m, x->source_instance, x->source_id);
        const struct element *to = element_named(s, process, x->target_id);
        for (u32 k = 0; k < from.count; k++)
            m->begins[m->begin_count++] = (struct reach){
                .instance = m->instance,
                .element = to,
                .ancestor = move_ancestor(s, x, from.items[k], to),
                .variables = x->variables,
            };
    }
}

static void ends_add(struct modification *m, struct u64_list keys)
{
    for (u32 i = 0; i < keys.count; i++)
        m->ends[m->end_count++] = keys.items[i];
}

static void ends_find(struct step *s, struct modification *m)
{
    const struct instance_modify *ask = m->ask;
    u32 count = 0;

    for (u32 round = 0; round < 2; round++) { /* how many, then which */
        for (u32 i = 0; i < ask->terminates.count + ask->moves.count; i++) {
            const struct terminate_instruction *t = &ask->terminates.items[i];
            const struct move_instruction *x =
                ask->moves.items + (i - ask->terminates.count);
            struct u64_list keys =
                i < ask->terminates.count
                    ? sources(s, m, t->element_instance, t->element_id)
                    : sources(s, m, x->source_instance, x->source_id);
            if (round)
                ends_add(m, keys);
            count += keys.count;
        }
        if (round == 0)
            m->ends = NEW_ARRAY(s->arena, u64, count);
    }
}

/* ---- checks, in the order of behaviours 15.4 ------------------------------------- */

static void ids_check(struct step *s, const struct modification *m, u64 process)
{
    const struct instance_modify *ask = m->ask;
    struct names begins, ends, moves;

    names_open(s, &begins);
    names_open(s, &ends);
    names_open(s, &moves);
    for (u32 i = 0; i < ask->activates.count; i++)
        if (!element_named(s, process, ask->activates.items[i].element_id))
            names_add(&begins, ask->activates.items[i].element_id);
    for (u32 i = 0; i < ask->moves.count; i++) {
        const struct move_instruction *x = &ask->moves.items[i];
        if (!element_named(s, process, x->target_id))
            names_add(&begins, x->target_id);
        if (x->source_id.len && !element_named(s, process, x->source_id))
            names_add(&moves, x->source_id);
    }
    for (u32 i = 0; i < ask->terminates.count; i++) {
        struct str id = ask->terminates.items[i].element_id;
        if (id.len && !element_named(s, process, id))
            names_add(&ends, id);
    }
    if (names_refuse(s, m, &begins,
                     "activate instructions with an element that could not be found",
                     STR("")) ||
        names_refuse(s, m, &moves,
                     "move instructions with a source element that could not be found",
                     STR("")))
        return;
    names_refuse(s, m, &ends,
                 "terminate instructions with an element that could not be found",
                 STR(""));
}

#define UNSUPPORTED "activate instructions for elements that are unsupported"

/* Of a list of elements that are to begin, without the state that they begin in. */
static void types_check(struct step *s, const struct modification *m, u64 process)
{
    const struct instance_modify *ask = m->ask;
    struct names racing, other;
    struct buf why;

    names_open(s, &racing);
    names_open(s, &other);
    buf_init(&why, s->arena, 0);
    for (u32 i = 0; i < ask->activates.count + ask->moves.count; i++) {
        struct str id = i < ask->activates.count
                            ? ask->activates.items[i].element_id
                            : ask->moves.items[i - ask->activates.count].target_id;
        const struct element *e = element_named(s, process, id);
        if (!reach_may_begin(e)) {
            names_add(&other, e->id);
            buf_print(&why, "%s%s", why.len ? "', '" : "", element_type_name(e->type));
        } else if (event_is_triggered_elsewhere(e)) {
            names_add(&racing, e->id);
        }
    }
    if (!names_refuse(s, m, &racing, UNSUPPORTED,
                      STR(". The activation of events belonging to an event-based "
                          "gateway is not supported.")))
        names_refuse(s, m, &other, UNSUPPORTED,
                     arena_print(s->arena,
                                 ". The activation of elements with type '%.*s' is not "
                                 "supported. Supported element types are: %.*s.",
                                 ARG(buf_str(&why)), ARG(reach_types(s))));
}

static void keys_check(struct step *s, const struct modification *m)
{
    const struct instance_modify *ask = m->ask;
    struct names wrong;

    names_open(s, &wrong);
    for (u32 i = 0; i < ask->terminates.count; i++) {
        const struct terminate_instruction *t = &ask->terminates.items[i];
        if (!t->element_id.len && !is_of_instance(s, m, t->element_instance))
            names_add_key(&wrong, t->element_instance);
    }
    for (u32 i = 0; i < ask->moves.count; i++) {
        const struct move_instruction *x = &ask->moves.items[i];
        if (!x->source_id.len && !is_of_instance(s, m, x->source_instance))
            names_add_key(&wrong, x->source_instance);
    }
    names_refuse(s, m, &wrong,
                 "terminate instructions with an element instance that could not be "
                 "found",
                 STR(""));
}

static void variables_check(struct step *s, const struct modification *m, u64 process)
{
    struct names unknown, foreign;

    names_open(s, &unknown);
    names_open(s, &foreign);
    for (u32 i = 0; i < m->begin_count; i++)
        for (u32 k = 0; k < m->begins[i].variables.count; k++) {
            struct str id = m->begins[i].variables.items[k].scope_id;
            const struct element *to = m->begins[i].element;
            const struct element *e = id.len ? element_named(s, process, id) : NULL;
            if (id.len && !e)
                names_add(&unknown, id);
            else if (e && e != to && !is_in_scopes(to, e->tag))
                names_add(&foreign, id);
        }
    if (names_refuse(s, m, &unknown,
                     "variable instructions with a scope element id that could not be "
                     "found",
                     STR("")))
        return;
    if (foreign.b.len)
        reject(s, REJECT_INVALID_ARGUMENT,
               MODIFY
               "variable instructions with a scope element that doesn't belong to "
               "the activating element's flow scope. These variables should be "
               "set before or after the modification.",
               ARG(m->process));
}

/* ---- ancestors ------------------------------------------------------------------- */

static void ancestors_are_there(struct step *s, const struct modification *m)
{
    struct names gone, foreign;

    names_open(s, &gone);
    names_open(s, &foreign);
    for (u32 i = 0; i < m->begin_count; i++) {
        u64 key = m->begins[i].ancestor;
        const struct element_row *row = key ? element_get(s->state, key) : NULL;
        if (key && (!row || row->state != ELEMENT_STATE_ACTIVATED))
            names_add_key(&gone, key);
        else if (row && row->instance != m->instance)
            names_add_key(&foreign, key);
    }
    if (!names_refuse(s, m, &gone,
                      "activate instructions with an ancestor scope key that does not "
                      "exist, or is not in an active state",
                      STR("")))
        names_refuse(s, m, &foreign,
                     "activate instructions with an ancestor scope key that does not "
                     "belong to the modified process instance",
                     STR(""));
}

static void ancestors_are_ancestors(struct step *s, const struct modification *m)
{
    struct buf b;

    buf_init(&b, s->arena, 0);
    for (u32 i = 0; i < m->begin_count; i++) {
        const struct reach *r = &m->begins[i];
        const struct element_row *row = element_get(s->state, r->ancestor);
        if (row && (row->is_body || !is_in_scopes(r->element, row->element)))
            buf_print(&b,
                      "\n- instance '%llu' of element '%.*s' is not an ancestor of "
                      "element '%.*s'",
                      (llu)r->ancestor,
                      ARG(element_of(s, row->process, row->element)->id),
                      ARG(r->element->id));
    }
    if (b.len)
        reject(s, REJECT_INVALID_ARGUMENT,
               MODIFY "activate instructions with an ancestor scope key that is not an "
                      "ancestor of the element to activate:%.*s",
               ARG(m->process), ARG(buf_str(&b)));
}

/* By what is there now; what the command itself makes on its way comes on top. */
static void scopes_check(struct step *s, const struct modification *m)
{
    struct names faults[REACH_REST + 1];

    for (size_t i = 0; i < LEN(faults); i++)
        names_open(s, &faults[i]);
    for (u32 i = 0; i < m->begin_count; i++) {
        const struct element *at = NULL;
        enum reach_fault fault = reach_check(s, &m->begins[i], &at);
        if (fault != REACH_GOOD)
            names_add(&faults[fault],
                      fault == REACH_MANY ? m->begins[i].element->id : at->id);
    }
    if (names_refuse(
            s, m, &faults[REACH_MANY],
            "activate instructions for an element that has a flow scope with more than "
            "one active instance",
            STR(". Can't decide in which instance of the flow scope the element should "
                "be activated. Please specify an ancestor element instance key for "
                "this "
                "activate instruction.")))
        return;
    if (faults[REACH_LOOP].b.len)
        reject(s, REJECT_INVALID_ARGUMENT,
               MODIFY "activate instructions that would result in the activation of "
                      "multi-instance element '%.*s', which is currently unsupported.",
               ARG(m->process), ARG(buf_str(&faults[REACH_LOOP].b)));
    else if (faults[REACH_GOING].b.len)
        reject(s, REJECT_INVALID_STATE,
               MODIFY
               "activate instructions in a scope that is just being interrupted: "
               "'%.*s'. Please try again.",
               ARG(m->process), ARG(buf_str(&faults[REACH_GOING].b)));
    else if (faults[REACH_REST].b.len)
        reject(s, REJECT_INVALID_STATE,
               MODIFY "activate instructions in a scope that is not active yet or not "
                      "any more: '%.*s'. Please complete the jobs of its listeners "
                      "first.",
               ARG(m->process), ARG(buf_str(&faults[REACH_REST].b)));
}

static bool is_valid(struct step *s, struct modification *m, u64 process)
{
    ids_check(s, m, process);
    if (!s->rejection)
        types_check(s, m, process);
    if (!s->rejection)
        keys_check(s, m);
    if (s->rejection)
        return false;
    begins_find(s, m, process);
    ends_find(s, m);
    variables_check(s, m, process);
    if (!s->rejection)
        ancestors_are_there(s, m);
    if (!s->rejection)
        ancestors_are_ancestors(s, m);
    if (!s->rejection)
        scopes_check(s, m);
    return s->rejection == REJECT_NONE;
}

/* ---- doing it -------------------------------------------------------------------- */

static bool begins_do(struct step *s, const struct modification *m)
{
    struct reach_failure f;

    for (u32 i = 0; i < m->begin_count; i++)
        if (!reach_begin(s, &m->begins[i], &f)) {
            reject_undone(s, REJECT_INVALID_ARGUMENT,
                          "Expected to subscribe to catch event(s) of '%.*s' but %.*s",
                          ARG(f.scope->id), ARG(f.failure.message));
            return false;
        }
    return true;
}

/* Nothing lives in it, and nothing will by itself. */
static bool is_empty(struct step *s, u64 scope)
{
    const struct element_row *row = element_get(s->state, scope);
    const struct loop_row *loop = loop_get(s->state, scope);

    if (!row || row->state != ELEMENT_STATE_ACTIVATED)
        return false;
    if (row->is_body && loop && row->loop_created < loop->count &&
        !element_of(s, row->process, row->element)->loop->is_sequential)
        return false;
    return child_count(s->state, scope) == 0 && token_count(s->state, scope) == 0;
}

/* A process that was called ends by its caller alone. False: it would. */
static bool end_one(struct step *s, const struct modification *m, u64 key)
{
    const struct element_row *row = element_get(s->state, key);

    if (!row->scope && row->parent) {
        reject_undone(s, REJECT_INVALID_ARGUMENT,
                      "Expected to modify instance of process '%.*s' but the given "
                      "instructions would terminate the instance. The instance was "
                      "created by a call activity in the parent process. To terminate "
                      "this instance please modify the parent process instead.",
                      ARG(m->process));
        return false;
    }
    element_remove(s, key);
    return true;
}

/* With the last element of a scope the scope ends; one that was interrupted by an event
 * sub-process goes on with that. */
static bool end_upward(struct step *s, const struct modification *m, u64 key)
{
    u64 scope = element_get(s->state, key)->scope;

    if (!end_one(s, m, key))
        return false;
    while (is_empty(s, scope)) {
        key = scope;
        scope = element_get(s->state, key)->scope;
        if (trigger_of(s->state, key)) {
            scope_check(s, key);
            return true;
        }
        if (!end_one(s, m, key))
            return false;
    }
    return true;
}

static bool ends_do(struct step *s, const struct modification *m)
{
    for (u32 i = 0; i < m->end_count; i++)
        if (element_get(s->state, m->ends[i]) && !end_upward(s, m, m->ends[i]))
            return false;
    return true;
}

void decide_instance_modify(struct step *s, u64 key, const void *record)
{
    struct modification m = {.ask = record, .instance = key};
    const struct instance_row *i = instance_get(s->state, key);
    const struct element_row *root = element_get(s->state, key);

    if (!i || !root || root->state == ELEMENT_STATE_TERMINATING) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to modify process instance but no process instance found with "
               "key '%llu'",
               (llu)key);
        return;
    }
    m.process = i->bpmn_process_id;
    if (!step_about(s, key) || !is_valid(s, &m, i->process))
        return;
    if (begins_do(s, &m) && ends_do(s, &m))
        emit(s, EV_INSTANCE_MODIFIED, key, &(struct instance_modified){key});
}
