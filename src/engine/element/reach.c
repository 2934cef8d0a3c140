#include "engine/element/element.h"

/* ---- which scopes there are ------------------------------------------------------ */

/* The instance of a scope within another one, also as an instance of a loop, or in one
 * of an ad-hoc sub-process's own scopes; 0: there is none. What is ending is none. */
static u64 scope_in(const struct step *s, u64 parent, const struct element *e,
                    u32 *count)
{
    u64 found = 0;

    for (u64 key = 0; (key = child_after(s->state, parent, key));) {
        const struct element_row *row = element_get(s->state, key);
        bool is_between = row->is_inner || (row->is_body && row->element == e->tag);
        if ((row->element != e->tag && !is_between) ||
            row->state != ELEMENT_STATE_ACTIVATED)
            continue;
        u64 here = is_between ? scope_in(s, key, e, count) : key;
        *count += here && !is_between;
        found = here ? here : found;
    }
    return found;
}

static bool is_ancestor(const struct step *s, const struct reach *r,
                        const struct element *e)
{
    const struct element_row *row = element_get(s->state, r->ancestor);

    return row && row->element == e->tag && !row->is_body;
}

/* An event sub-process has interrupted it and has not begun yet. */
static bool is_going(struct step *s, u64 scope)
{
    const struct element_row *row = element_get(s->state, scope);

    for (u64 key = 0;
         row->interrupted_by && (key = trigger_after(s->state, scope, key));)
        if (event_is_start(
                element_of(s, row->process, trigger_get(s->state, key)->target)))
            return true;
    return false;
}

static u64 reach_find(struct step *s, const struct reach *r, const struct element *e,
                      enum reach_fault *fault, const struct element **at)
{
    u64 parent, key;
    u32 count = 0;

    if (is_ancestor(s, r, e) || e->type == ELEMENT_PROCESS) {
        key = e->type == ELEMENT_PROCESS ? r->instance : r->ancestor;
    } else {
        parent = reach_find(s, r, e->scope, fault, at);
        key = parent && !r->ancestor ? scope_in(s, parent, e, &count) : 0;
    }
    if (*fault != REACH_GOOD)
        return 0;
    *at = e;
    if (count > 1)
        *fault = REACH_MANY;
    else if (!key && e->loop)
        *fault = REACH_LOOP;
    else if (key && element_get(s->state, key)->state != ELEMENT_STATE_ACTIVATED)
        *fault = REACH_REST;
    else if (key && is_going(s, key))
        *fault = REACH_GOING;
    return key;
}

enum reach_fault reach_check(struct step *s, const struct reach *r,
                             const struct element **at)
{
    enum reach_fault fault = REACH_GOOD;

    reach_find(s, r, r->element->scope, &fault, at);
    return fault;
}

/* ---- making those that are missing ----------------------------------------------- */

static void set_variables(struct step *s, const struct reach *r, u64 key,
                          const struct element *e)
{
    for (u32 i = 0; i < r->variables.count; i++) {
        const struct variable_instruction *x = &r->variables.items[i];
        bool is_root = e->type == ELEMENT_PROCESS;
        if (x->scope_id.len ? str_equal(x->scope_id, e->id) : is_root)
            variables_set_local(s, key, r->instance, x->variables);
    }
}

/* A scope stands at once, and waits for what it can wait for. */
static bool scope_stand(struct step *s, u64 key, struct reach_failure *f)
{
    struct catches catches;
    struct visit v;

    must(visit_get(s, key, &v));
    emit(s, EV_ELEMENT_ACTIVATED, key,
         &(struct element_moved){v.row->instance, v.row->element});
    must(visit_get(s, key, &v));
    f->scope = v.element;
    if (ad_hoc_is(&v))
        ad_hoc_variables(s, &v);
    if (!catches_prepare_scope(s, &v, &catches, &f->failure))
        return false;
    catches_open(s, &v, &catches);
    return true;
}

bool reach_process(struct step *s, u64 process, u64 instance, struct reach_failure *f)
{
    element_make_process(s, process, instance, 0);
    return scope_stand(s, instance, f);
}

/* What begins in an ad-hoc sub-process itself gets a scope of its own there, but event
 * sub-processes. */
static u64 scope_for(struct step *s, const struct element *e, u64 scope)
{
    struct visit v;

    must(visit_get(s, scope, &v));
    bool is_alone = ad_hoc_is(&v) && e->type != ELEMENT_EVENT_SUB_PROCESS;
    return is_alone ? ad_hoc_inner(s, &v, (struct str){NULL, 0}) : scope;
}

static u64 scope_make(struct step *s, const struct reach *r, const struct element *e,
                      u64 parent, struct reach_failure *f)
{
    parent = scope_for(s, e, parent);
    u64 key = element_make(
        s, e, &(struct begin){.scope = parent, .near = element_get(s->state, parent)});

    set_variables(s, r, key, e);
    return scope_stand(s, key, f) ? key : 0;
}

/* One that is there. If it was interrupted, elements may go on in it from now. */
static u64 scope_use(struct step *s, const struct reach *r, u64 key)
{
    const struct element_row *row = element_get(s->state, key);

    if (row->interrupted_by)
        emit(s, EV_SCOPE_REENTERED, key, &(struct scope_reentered){r->instance});
    set_variables(s, r, key, element_of(s, row->process, row->element));
    return key;
}

/* The ancestor that was named, with all above it. */
static u64 scopes_use(struct step *s, const struct reach *r, u64 key)
{
    const struct element_row *row;

    for (u64 at = key; at; at = row->scope) {
        row = element_get(s->state, at);
        if (!row->is_body && !row->is_inner)
            scope_use(s, r, at);
    }
    return key;
}

/* From the process, or the ancestor, downward; 0: `f` says why not. */
static u64 scope_reach(struct step *s, const struct reach *r, const struct element *e,
                       struct reach_failure *f)
{
    u64 parent, key;
    u32 count = 0;

    if (is_ancestor(s, r, e))
        return scopes_use(s, r, r->ancestor);
    if (e->type == ELEMENT_PROCESS)
        return scope_use(s, r, r->instance);
    parent = scope_reach(s, r, e->scope, f);
    if (!parent)
        return 0;
    key = r->ancestor ? 0 : scope_in(s, parent, e, &count);
    return key ? scope_use(s, r, key) : scope_make(s, r, e, parent, f);
}

bool reach_begin(struct step *s, const struct reach *r, struct reach_failure *f)
{
    const struct element *e = r->element;
    u64 scope = scope_reach(s, r, e->scope, f);

    if (!scope)
        return false;
    scope = scope_for(s, e, scope);
    struct begin b = {.scope = scope, .near = element_get(s->state, scope)};
    if (gateway_joins(e))
        b.tokens = element_tokens(s, scope, e);
    set_variables(s, r, element_begin(s, e, &b), e);
    return true;
}

/* ---- what can be begun at -------------------------------------------------------- */

static bool type_may_begin(enum element_type type)
{
    return type != ELEMENT_UNSPECIFIED && type != ELEMENT_PROCESS &&
           type != ELEMENT_START_EVENT && type != ELEMENT_SEQUENCE_FLOW &&
           type != ELEMENT_BOUNDARY_EVENT;
}

bool reach_may_begin(const struct element *e)
{
    return type_may_begin(e->type);
}

struct str reach_types(struct step *s)
{
    struct buf b;

    buf_init(&b, s->arena, 512);
#define X(name)                         \
    if (type_may_begin(ELEMENT_##name)) \
        buf_print(&b, "%s%s", b.len ? ", " : "", element_type_name(ELEMENT_##name));
    ELEMENT_TYPES(X)
#undef X
    return buf_str(&b);
}
