/* phase.c - the common order of every element. */
#include "engine/element/element.h"

static const struct element_kind kinds[] = {
#define ELEMENT(type, family, in, out) [ELEMENT_##type] = {&family##_ops, in, out},
#include "engine/element/elements.def"
#undef ELEMENT
};

const struct element_kind *element_kind_of(const struct visit *v)
{
    static const struct element_ops nothing;
    static const struct element_kind body = {&multi_ops, false, true};
    static const struct element_kind inner = {&nothing, false, false};
    static const struct element_kind task = {&task_ops, true, true};
    enum element_type type = v->element->type;

    if (v->row->is_body)
        return &body;
    if (v->row->is_inner)
        return &inner;
    if (v->element->is_native)
        return &task;
    must((size_t)type < LEN(kinds) && kinds[type].ops);
    return &kinds[type];
}

enum went failed(struct step *s, const struct visit *v, const struct failure *f)
{
    incident(s, v, f);
    return FAILED;
}

static void moved(struct step *s, enum event_kind kind, const struct visit *v)
{
    emit(s, kind, v->key,
         &(struct element_moved){.instance = v->row->instance,
                                 .element = v->row->element});
}

/* ---- beginning ------------------------------------------------------------------- */

u64 element_make(struct step *s, const struct element *e, const struct begin *b)
{
    u64 key = key_new(s);

    emit(s, EV_ELEMENT_ACTIVATING, key,
         &(struct element_activating){
             .instance = b->near->instance,
             .process = b->near->process,
             .element = e->tag,
             .scope = b->scope,
             .tokens = b->tokens,
             .trigger = b->trigger,
             .is_body = e->loop && !b->loop_counter && !b->is_inner,
             .loop_counter = b->loop_counter,
             .loop_at = b->loop_at,
             .is_inner = b->is_inner,
         });
    return key;
}

u64 element_begin(struct step *s, const struct element *e, const struct begin *b)
{
    u64 key = element_make(s, e, b);

    todo(s, CMD_ELEMENT_RUN, key, NULL);
    return key;
}

void element_make_process(struct step *s, u64 process, u64 instance, u64 parent)
{
    emit(s, EV_ELEMENT_ACTIVATING, instance,
         &(struct element_activating){
             .instance = instance,
             .process = process,
             .element = process_of(s, process)->root->tag,
             .parent = parent,
         });
}

void element_begin_process(struct step *s, u64 process, u64 instance, u64 parent)
{
    element_make_process(s, process, instance, parent);
    todo(s, CMD_ELEMENT_RUN, instance, NULL);
}

void element_triggered(struct step *s, u64 key, u64 instance,
                       const struct element *target, struct str variables,
                       bool is_error)
{
    emit(s, EV_ELEMENT_TRIGGERED, key_new(s),
         &(struct trigger_row){
             .instance = instance,
             .element_instance = key,
             .target = target->tag,
             .variables = variables,
             .is_error = is_error,
         });
}

/* ---- activating ------------------------------------------------------------------ */

static enum went map_in(struct step *s, struct visit *v)
{
    const struct element *e = v->element;
    struct str result;
    struct failure f;

    if (!element_kind_of(v)->maps_in || e->input_count == 0)
        return DONE;
    if (!mapping_compute(s, v->key, e->inputs, e->input_count, false, &result, &f))
        return failed(s, v, &f);
    variables_set_local(s, v->key, v->row->instance, result);
    return DONE;
}

/* Of most elements the listeners see the inputs; of these the inputs see what the
 * listeners have brought (behaviours 4.3). */
static bool maps_in_late(const struct element *e)
{
    return e->type == ELEMENT_INTERMEDIATE_CATCH_EVENT ||
           (e->type == ELEMENT_INTERMEDIATE_THROW_EVENT &&
            e->event == EVENT_TYPE_MESSAGE);
}

/* Input mappings and start listeners. A catch event whose event has come to the gateway
 * before it stands at once, without both (behaviours 7.4). */
static enum went prepare(struct step *s, struct visit *v)
{
    const struct element_ops *ops = element_kind_of(v)->ops;
    bool is_again = v->row->listener > 0, is_late = maps_in_late(v->element);
    enum went went = is_again || is_late ? DONE : map_in(s, v);

    if (went == DONE && ops->mapped && !is_again)
        went = ops->mapped(s, v);
    if (went == DONE)
        went = listener_go(s, v, LISTENER_START);
    return went == DONE && is_late ? map_in(s, v) : went;
}

static enum went activate(struct step *s, struct visit *v)
{
    const struct element_ops *ops = element_kind_of(v)->ops;
    bool is_direct =
        event_is_triggered_elsewhere(v->element) && trigger_of(s->state, v->key);
    enum went went = is_direct ? DONE : prepare(s, v);

    if (went != DONE)
        return FAILED; /* or a listener is out; nothing more of this phase */
    if (ops->enter)
        went = ops->enter(s, v);
    if (went == FAILED)
        return FAILED;
    moved(s, EV_ELEMENT_ACTIVATED, v);
    return ops->entered ? ops->entered(s, v) : went;
}

/* ---- completing ------------------------------------------------------------------ */

/* The body of a loop hands the list of results on. */
static void map_results(struct step *s, const struct visit *v)
{
    const struct loop_row *loop = loop_get(s->state, v->key);
    struct buf b;

    if (!loop || loop->output.len == 0)
        return;
    buf_init(&b, s->arena, 64);
    buf_byte(&b, '{');
    json_put_name(&b, loop->output);
    buf_add(&b, multi_results(s, v->key));
    buf_byte(&b, '}');
    variables_merge(s, v->row->scope, v->row->instance, buf_str(&b));
}

/* What has come for the element itself; not what has come to an event-based gateway or
 * a scope for an event behind or in it. */
static const struct trigger_row *trigger_for(struct step *s, const struct visit *v)
{
    u64 key = trigger_of(s->state, v->key);
    const struct trigger_row *t = key ? trigger_get(s->state, key) : NULL;

    return t && t->target == v->row->element ? t : NULL;
}

/* Behaviours 9.3: where the variables go that a trigger has brought. With output
 * mappings they are local and only what is mapped goes up; without, they go up
 * themselves: from the element's own scope, or, of an event that was triggered
 * elsewhere and has them locally already, from the scope around. What an error brought
 * stays with its boundary event. An instance of a loop is the scope in which its own
 * results end. When the phase is tried again, what the trigger brought has gone where
 * it goes, and somebody may have set it right since. */
static enum went map_out(struct step *s, struct visit *v, bool is_again)
{
    const struct element *e = v->element;
    u64 instance = v->row->instance;
    const struct trigger_row *t = trigger_for(s, v);
    bool is_local = event_is_triggered_elsewhere(e);
    struct str result;
    struct failure f;

    if (v->row->is_body) {
        map_results(s, v);
        return DONE;
    }
    if (!element_kind_of(v)->maps_out || e->output_count == 0) {
        bool is_lost = t && t->is_error && e->type == ELEMENT_BOUNDARY_EVENT;
        if (t && !is_lost && !is_again)
            variables_merge(s, is_local ? v->row->scope : v->key, instance,
                            t->variables);
        return DONE;
    }
    if (t && !is_local && !is_again)
        variables_set_local(s, v->key, instance, t->variables);
    if (!mapping_compute(s, v->key, e->outputs, e->output_count, true, &result, &f))
        return failed(s, v, &f);
    variables_merge(s, v->row->loop_counter ? v->key : v->row->scope, instance, result);
    return DONE;
}

static void take_flow(struct step *s, const struct visit *v, const struct element *flow)
{
    u64 token = key_new(s);

    emit(s, EV_SEQUENCE_FLOW_TAKEN, token,
         &(struct token_row){v->row->instance, v->row->scope, flow->tag});
    todo(s, CMD_ELEMENT_ACTIVATE, token,
         &(struct element_activate){
             .scope = v->row->scope, .element = flow->target->tag, .token = token});
}

/* All of them, or those that a gateway has chosen. */
static void take_flows(struct step *s, const struct visit *v)
{
    const struct element *e = v->element;

    for (u32 i = 0; i < v->chosen_count; i++)
        take_flow(s, v, v->chosen[i]);
    for (u32 i = 0; i < e->outgoing_count && v->chosen_count == 0; i++)
        take_flow(s, v, e->outgoing[i]);
}

/* An inclusive join goes on, too, when what could still have come to it went elsewhere.
 */
static void inclusive_joins_check(struct step *s, const struct visit *gone)
{
    const struct element *around = gone->element->scope;
    u64 scope = gone->row->scope;

    /* Most scopes have none: the model knows that without a look at state. */
    if (!around || !around->has_inclusive_join || row_is_part(gone->row) ||
        !element_get(s->state, scope))
        return;
    for (u64 token = 0; (token = token_after(s->state, scope, token));) {
        const struct element *flow =
            element_of(s, gone->row->process, token_get(s->state, token)->flow);
        if (flow->target->type == ELEMENT_INCLUSIVE_GATEWAY)
            todo(s, CMD_ELEMENT_ACTIVATE, 0,
                 &(struct element_activate){scope, flow->target->tag, token});
    }
}

/* Nothing follows an element without flows, an instance of a loop, what stands around
 * an ad-hoc element: its scope may be through. */
static void path_ended(struct step *s, const struct visit *v)
{
    scope_check(s, v->row->scope ? v->row->scope : v->row->parent);
}

/* Its creator wants the instance to end when this element has. */
static bool instance_ends(struct step *s, const struct visit *gone)
{
    const struct instance_row *i = instance_get(s->state, gone->row->instance);

    for (u32 k = 0; i && k < i->ends_after.count && !row_is_part(gone->row); k++)
        if (i->ends_after.items[k] == gone->row->element) {
            todo(s, CMD_ELEMENT_TERMINATE, gone->row->instance, NULL);
            return true;
        }
    return false;
}

/* Of what it says when it completes: its elements, and its event sub-processes. */
static bool is_in_ad_hoc(const struct visit *v)
{
    const struct element *e = v->element;

    return v->row->is_inner || (e->type == ELEMENT_EVENT_SUB_PROCESS &&
                                e->scope->type == ELEMENT_AD_HOC_SUB_PROCESS);
}

static enum went complete(struct step *s, struct visit *v)
{
    const struct element_ops *ops = element_kind_of(v)->ops;
    bool is_again = v->row->state == ELEMENT_STATE_COMPLETING;
    enum went went;

    if (!is_again)
        moved(s, EV_ELEMENT_COMPLETING, v);
    went = v->row->listener ? DONE : map_out(s, v, is_again);
    if (went == DONE)
        catches_close(s, v->key);
    if (went == DONE && !is_again)
        incidents_resolve(s, v->key); /* of an event that is closed */
    if (went == DONE) {
        v->row = element_get(s->state, v->key);
        went = listener_go(s, v, LISTENER_END);
    }
    if (went == DONE && ops->finish)
        went = ops->finish(s, v);
    if (went == DONE && v->row->loop_counter)
        went = multi_child_ends(s, v);
    if (went == DONE && is_in_ad_hoc(v))
        went = ad_hoc_child_ends(s, v);
    if (went != DONE)
        return went;
    struct visit gone = *v;
    compensation_subscribe(s, v);
    moved(s, EV_ELEMENT_COMPLETED, v);
    if (instance_ends(s, &gone))
        return WAIT;
    bool is_part = row_is_part(gone.row);
    if (v->element->is_for_compensation && !is_part)
        compensation_handled(s, &gone);
    if (ops->ended && ops->ended(s, &gone) == WAIT)
        return WAIT;
    if (v->element->outgoing_count == 0 || is_part)
        path_ended(s, v);
    else
        take_flows(s, v);
    inclusive_joins_check(s, &gone);
    return DONE;
}

/* ---- terminating ----------------------------------------------------------------- */

/* The boundary event that is to follow an element that was interrupted; NULL: none. */
static const struct trigger_row *boundary_trigger(struct step *s, const struct visit *v,
                                                  const struct element **target)
{
    const struct element_row *scope = element_get(s->state, v->row->scope);

    if (!scope || scope->state != ELEMENT_STATE_ACTIVATED || scope->interrupted_by)
        return NULL;
    for (u64 key = 0; (key = trigger_after(s->state, v->key, key));) {
        const struct trigger_row *t = trigger_get(s->state, key);
        *target = element_of(s, v->row->process, t->target);
        if ((*target)->type == ELEMENT_BOUNDARY_EVENT && t->target != v->row->element)
            return t;
    }
    return NULL;
}

/* A boundary event that has interrupted it comes next. */
void element_terminated(struct step *s, u64 key)
{
    const struct element *target = NULL;
    struct visit v;

    must(visit_get(s, key, &v));
    const struct trigger_row *t = boundary_trigger(s, &v, &target);
    if (!v.row->scope)
        scope_ops.ended(s, &v);
    moved(s, EV_ELEMENT_TERMINATED, &v);
    if (!t) {
        path_ended(s, &v);
        inclusive_joins_check(s, &v);
        return;
    }
    u64 boundary = element_begin(s, target, &(struct begin){v.row->scope, v.row});
    element_triggered(s, boundary, v.row->instance, target, t->variables, t->is_error);
}

void job_cancel(struct step *s, u64 element_instance)
{
    u64 job = job_of(s->state, element_instance);

    if (job)
        emit(s, EV_JOB_CANCELED, job,
             &(struct job_moved){job_get(s->state, job)->instance});
}

static void terminating(struct step *s, u64 key)
{
    struct visit v;

    must(visit_get(s, key, &v));
    must(v.row->state != ELEMENT_STATE_TERMINATING);
    moved(s, EV_ELEMENT_TERMINATING, &v);
    job_cancel(s, key);
    catches_close(s, key);
    incidents_resolve(s, key);
}

/* Work of a banned instance is not done, and what was left to do when it was banned is
 * lost; so its end is nobody's work and does not ask how far it had come. */
static bool banned_terminate(struct step *s, u64 key)
{
    const struct element_row *row = element_get(s->state, key);
    u64 before = s->instance;

    if (row->scope || !instance_get(s->state, key)->is_banned)
        return false;
    if (row->state != ELEMENT_STATE_TERMINATING)
        terminating(s, key);
    s->instance = 0;
    todo(s, CMD_BANNED_REMOVE, key, NULL);
    s->instance = before;
    return true;
}

void element_terminate(struct step *s, u64 key)
{
    if (banned_terminate(s, key))
        return;
    terminating(s, key);
    if (task_cancel(s, key))
        return;
    if (child_count(s->state, key))
        todo(s, CMD_CHILDREN_TERMINATE, key, &(struct children_terminate){0});
    else
        element_terminated(s, key);
}

void element_remove(struct step *s, u64 key)
{
    struct visit v;

    if (element_get(s->state, key)->state != ELEMENT_STATE_TERMINATING)
        terminating(s, key);
    for (u64 child; (child = child_after(s->state, key, 0));)
        element_remove(s, child);
    task_remove(s, key);
    must(visit_get(s, key, &v));
    if (!v.row->scope)
        scope_ops.ended(s, &v);
    moved(s, EV_ELEMENT_TERMINATED, &v);
}

static u64 leaf_in(const struct step *s, u64 key)
{
    for (u64 child; (child = child_after(s->state, key, 0));)
        key = child;
    return key;
}

#define REMOVED_AT_ONCE 50 /* element instances that one to-do removes */

void decide_banned_remove(struct step *s, u64 key, const void *record);

/* From the leaves up: called instances go with their call activities. */
void decide_banned_remove(struct step *s, u64 key, const void *record)
{
    if (!element_get(s->state, key))
        return;
    for (u32 i = 0; i < REMOVED_AT_ONCE; i++) {
        u64 leaf = leaf_in(s, key);
        if (leaf == key) {
            element_terminated(s, key);
            return;
        }
        element_remove(s, leaf);
        s->instance = 0; /* see banned_terminate */
    }
    todo(s, CMD_BANNED_REMOVE, key, NULL);
}

/* An event sub-process that has interrupted this scope begins when all else has ended.
 */
static bool handler_begin(struct step *s, u64 scope, const struct element_row *row)
{
    for (u64 key = 0;
         row->interrupted_by && (key = trigger_after(s->state, scope, key));) {
        const struct trigger_row *t = trigger_get(s->state, key);
        const struct element *start = element_of(s, row->process, t->target);
        const struct element *handler = start->scope;
        if (start->type != ELEMENT_START_EVENT || handler->tag != row->interrupted_by)
            continue;
        u64 begun = element_begin(
            s, handler, &(struct begin){.scope = scope, .near = row, .trigger = key});
        element_triggered(s, begun, t->instance, start, t->variables, t->is_error);
        return true;
    }
    return false;
}

static bool scope_may_end(struct step *s, u64 scope)
{
    struct visit v;

    return visit_get(s, scope, &v) && ad_hoc_may_end(&v);
}

void scope_check(struct step *s, u64 scope)
{
    const struct element_row *row = scope ? element_get(s->state, scope) : NULL;

    if (row && row->is_body && row->state == ELEMENT_STATE_ACTIVATED) {
        multi_check(s, scope);
        return;
    }
    if (row && transaction_empties(s, scope, row))
        return;
    if (!row || child_count(s->state, scope) || token_count(s->state, scope))
        return;
    if (row->state == ELEMENT_STATE_TERMINATING)
        element_terminated(s, scope);
    else if (row->state == ELEMENT_STATE_ACTIVATED && !handler_begin(s, scope, row) &&
             scope_may_end(s, scope))
        todo(s, CMD_ELEMENT_RUN, scope, NULL);
}

/* ---- the to-dos ------------------------------------------------------------------ */

/* May an element go on in its scope? (behaviours 4.2) A scope that was interrupted lets
 * only the element go on that has interrupted it. */
static bool scope_is_open(const struct step *s, u64 scope, u32 element)
{
    const struct element_row *row = element_get(s->state, scope);

    return scope == 0 || (row && row->state == ELEMENT_STATE_ACTIVATED &&
                          (!row->interrupted_by || row->interrupted_by == element));
}

void decide_element_run(struct step *s, u64 key, const void *record);

void decide_element_run(struct step *s, u64 key, const void *record)
{
    struct visit v;
    enum went went = DONE;

    if (!visit_get(s, key, &v) || (v.element->is_native && task_resumes(s, key)) ||
        !scope_is_open(s, v.row->scope, v.row->element))
        return;
    switch ((enum element_state)v.row->state) {
    case ELEMENT_STATE_ACTIVATING:
        went = activate(s, &v);
        v.row = element_get(s->state, key);
        if (went != DONE || !v.row || v.row->state != ELEMENT_STATE_ACTIVATED)
            return;
        complete(s, &v);
        return;
    case ELEMENT_STATE_ACTIVATED:
        /* A scope may have got new life since it was found empty. */
        if (child_count(s->state, key) || token_count(s->state, key) ||
            !ad_hoc_may_end(&v) || transaction_undoes(s, &v))
            return;
        complete(s, &v);
        return;
    case ELEMENT_STATE_COMPLETING:
        complete(s, &v);
        return;
    case ELEMENT_STATE_TERMINATING:
    case ELEMENT_STATE_NONE:
    case ELEMENT_STATE_COMPLETED:
    case ELEMENT_STATE_TERMINATED:
        return;
    }
}

struct u64_list element_tokens(struct step *s, u64 scope, const struct element *e)
{
    u64 *keys = NEW_ARRAY(s->arena, u64, e->incoming_count);
    u32 count = 0;

    for (u32 i = 0; i < e->incoming_count; i++) {
        u64 key = token_first(s->state, scope, e->incoming[i]->tag);
        if (key)
            keys[count++] = key;
    }
    return (struct u64_list){keys, count};
}

void decide_element_activate(struct step *s, u64 key, const void *record);

void decide_element_activate(struct step *s, u64 key, const void *record)
{
    const struct element_activate *a = record;
    const struct element_row *scope = element_get(s->state, a->scope);
    struct begin b = {
        .scope = a->scope, .near = scope, .tokens = {&a->token, a->token ? 1 : 0}};

    if (!scope || !scope_is_open(s, a->scope, a->element) ||
        (a->token && !token_get(s->state, a->token)))
        return;
    const struct element *e = element_of(s, scope->process, a->element);
    if (gateway_joins(e)) {
        if (!gateway_may_enter(s, a->scope, e))
            return;
        b.tokens = element_tokens(s, a->scope, e);
    }
    element_begin(s, e, &b);
}

void decide_element_terminate(struct step *s, u64 key, const void *record);

void decide_element_terminate(struct step *s, u64 key, const void *record)
{
    const struct element_row *row = element_get(s->state, key);

    if (row && row->state != ELEMENT_STATE_TERMINATING)
        element_terminate(s, key);
}

void decide_children_terminate(struct step *s, u64 key, const void *record);

/* One child a to-do, so that a scope with thousands of them does not hold up others. */
void decide_children_terminate(struct step *s, u64 key, const void *record)
{
    const struct children_terminate *c = record;
    u64 child = child_after(s->state, key, c->after);

    if (!child || (c->until && child > c->until))
        return;
    todo(s, CMD_CHILDREN_TERMINATE, key,
         &(struct children_terminate){child, c->until, c->except});
    if (child != c->except &&
        element_get(s->state, child)->state != ELEMENT_STATE_TERMINATING)
        element_terminate(s, child);
}
