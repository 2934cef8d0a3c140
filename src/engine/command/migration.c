#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/element/element.h"

void decide_instance_migrate(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

/* An instance goes on as one of another process (behaviours 15.5). All is checked
 * before anything is changed. */
struct migration {
    const struct instance_migrate *ask;
    u64 instance, from, to; /* the two processes */
    struct element_pairs pairs;
    u64 *keys; /* its element instances, scopes before what is in them */
    u32 count;
};

#define MIGRATE     "Expected to migrate process instance '%llu' but "
#define INSTANCE(m) (llu)(m)->instance

/* ---- what is mapped to what ------------------------------------------------------ */

static const struct element *mapped(const struct migration *m, const struct element *e)
{
    return pair_to(&m->pairs, e->tag);
}

static bool mappings_are_single(struct step *s, const struct migration *m)
{
    const struct mapping_instruction *all = m->ask->mappings.items;
    struct buf b;

    buf_init(&b, s->arena, 0);
    for (u32 i = 0; i < m->ask->mappings.count; i++)
        for (u32 k = 0; k < i; k++)
            if (str_equal(all[i].source_id, all[k].source_id)) {
                buf_print(&b, "%s%.*s", b.len ? ", " : "", ARG(all[i].source_id));
                break;
            }
    if (b.len)
        reject(s, REJECT_INVALID_ARGUMENT,
               MIGRATE "the mapping instructions contain duplicate source element ids "
                       "'[%.*s]'.",
               INSTANCE(m), ARG(buf_str(&b)));
    return b.len == 0;
}

static void no_such(struct step *s, const struct migration *m, const char *side,
                    struct str id)
{
    reject(s, REJECT_INVALID_ARGUMENT,
           MIGRATE "mapping instructions contain a non-existing %s element id '%.*s'. "
                   "Elements provided in mapping instructions must exist in the %s "
                   "process definition.",
           INSTANCE(m), side, ARG(id), side);
}

/* An event sub-process that is mapped brings its start event along. */
static void pair_add(struct migration *m, const struct element **from,
                     const struct element **to, const struct element *a,
                     const struct element *b)
{
    from[m->pairs.count] = a;
    to[m->pairs.count++] = b;
    if (a->type != ELEMENT_EVENT_SUB_PROCESS || b->type != a->type)
        return;
    from[m->pairs.count] = a->start;
    to[m->pairs.count++] = b->start;
}

/* False: an id is not there. The first pair of an element counts, so what is mapped
 * itself comes before what an event sub-process brings along. */
static bool pairs_find(struct step *s, struct migration *m)
{
    u32 count = m->ask->mappings.count;
    const struct element **from =
        NEW_ARRAY(s->arena, const struct element *, 2 * count);
    const struct element **to = NEW_ARRAY(s->arena, const struct element *, 2 * count);

    m->pairs.from = from;
    m->pairs.to = to;
    for (u32 round = 0; round < 2; round++)
        for (u32 i = 0; i < count; i++) {
            const struct mapping_instruction *x = &m->ask->mappings.items[i];
            const struct element *a = element_named(s, m->from, x->source_id);
            const struct element *b = element_named(s, m->to, x->target_id);
            if (!a || !b) {
                no_such(s, m, a ? "target" : "source", a ? x->target_id : x->source_id);
                return false;
            }
            if ((a->type == ELEMENT_EVENT_SUB_PROCESS) == (round == 1))
                pair_add(m, from, to, a, b);
        }
    return true;
}

/* ---- the elements that are there ------------------------------------------------- */

static u32 descendants(const struct step *s, u64 scope)
{
    u32 count = 0;

    for (u64 key = 0; (key = child_after(s->state, scope, key));)
        if (element_get(s->state, key)->scope)
            count += 1 + descendants(s, key);
    return count;
}

/* Level by level; what a call activity has called is another instance. */
static void elements_find(struct step *s, struct migration *m)
{
    m->keys = NEW_ARRAY(s->arena, u64, 1 + descendants(s, m->instance));
    m->keys[m->count++] = m->instance;
    for (u32 i = 0; i < m->count; i++)
        for (u64 key = 0; (key = child_after(s->state, m->keys[i], key));)
            if (element_get(s->state, key)->scope)
                m->keys[m->count++] = key;
}

/* ---- may each of them be one of the other process? ------------------------------- */

static bool type_is_supported(enum element_type type)
{
    static const enum element_type types[] = {
        ELEMENT_SUB_PROCESS,        ELEMENT_EVENT_SUB_PROCESS,
        ELEMENT_CALL_ACTIVITY,      ELEMENT_SERVICE_TASK,
        ELEMENT_SEND_TASK,          ELEMENT_USER_TASK,
        ELEMENT_SCRIPT_TASK,        ELEMENT_BUSINESS_RULE_TASK,
        ELEMENT_RECEIVE_TASK,       ELEMENT_INTERMEDIATE_CATCH_EVENT,
        ELEMENT_EXCLUSIVE_GATEWAY,  ELEMENT_PARALLEL_GATEWAY,
        ELEMENT_INCLUSIVE_GATEWAY,  ELEMENT_EVENT_BASED_GATEWAY,
        ELEMENT_AD_HOC_SUB_PROCESS,
    };

    for (size_t i = 0; i < LEN(types); i++)
        if (types[i] == type)
            return true;
    return false;
}

static bool not_mapped(struct step *s, const struct migration *m,
                       const struct element *e)
{
    reject(s, REJECT_INVALID_STATE,
           MIGRATE "no mapping instruction defined for active element with id '%.*s'. "
                   "Elements cannot be migrated without a mapping.",
           INSTANCE(m), ARG(e->id));
    return false;
}

/* A loop is around an activity: it is a type of its own. */
static const char *type_of(const struct element *e, bool is_body)
{
    return is_body && e->loop ? "MULTI_INSTANCE_BODY" : element_type_name(e->type);
}

static const char *event_of(const struct element *e)
{
    static const char *const names[] = {
        [EVENT_TYPE_UNSPECIFIED] = "UNSPECIFIED",
        [EVENT_TYPE_NONE] = "NONE",
        [EVENT_TYPE_MESSAGE] = "MESSAGE",
        [EVENT_TYPE_TIMER] = "TIMER",
        [EVENT_TYPE_ERROR] = "ERROR",
        [EVENT_TYPE_TERMINATE] = "TERMINATE",
        [EVENT_TYPE_SIGNAL] = "SIGNAL",
        [EVENT_TYPE_ESCALATION] = "ESCALATION",
        [EVENT_TYPE_LINK] = "LINK",
        [EVENT_TYPE_COMPENSATION] = "COMPENSATION",
        [EVENT_TYPE_CONDITIONAL] = "CONDITIONAL",
        [EVENT_TYPE_CANCEL] = "CANCEL",
    };

    must(e->event < LEN(names));
    return names[e->event];
}

static const char *implementation(const struct element *e)
{
    if (e->type == ELEMENT_AD_HOC_SUB_PROCESS && !e->has_job)
        return "BPMN";
    return e->is_native ? "zeebe user task" : "job worker";
}

static bool kinds_agree(struct step *s, const struct migration *m,
                        const struct element *e, const struct element *t, bool is_body)
{
    if (e->type != t->type || !e->loop != !t->loop)
        reject(s, REJECT_INVALID_STATE,
               MIGRATE "active element with id '%.*s' and type '%s' is mapped to an "
                       "element with id '%.*s' and different type '%s'. Elements must "
                       "be mapped to elements of the same type.",
               INSTANCE(m), ARG(e->id), type_of(e, is_body || !t->loop), ARG(t->id),
               type_of(t, is_body || !e->loop));
    else if (e->event != t->event)
        reject(s, REJECT_INVALID_STATE,
               MIGRATE "active element with id '%.*s' and event type '%s' is mapped to "
                       "an element with id '%.*s' and different event type '%s'. "
                       "Elements must be mapped to elements of the same event type.",
               INSTANCE(m), ARG(e->id), event_of(e), ARG(t->id), event_of(t));
    else if (e->loop && e->loop->is_sequential != t->loop->is_sequential)
        reject(s, REJECT_INVALID_STATE,
               MIGRATE
               "active multi-instance element with id '%.*s' is mapped to an "
               "element with id '%.*s' and one of them is sequential, the other "
               "parallel. Elements must be mapped to elements of the same kind.",
               INSTANCE(m), ARG(e->id), ARG(t->id));
    else if (e->type == ELEMENT_AD_HOC_SUB_PROCESS && e->has_job != t->has_job)
        reject(
            s, REJECT_INVALID_STATE,
            MIGRATE "active ad-hoc sub-process with id '%.*s' and implementation '%s' "
                    "is mapped to an ad-hoc sub-process with id '%.*s' and different "
                    "implementation '%s'. Elements must be mapped to elements of the "
                    "same implementation.",
            INSTANCE(m), ARG(e->id), implementation(e), ARG(t->id), implementation(t));
    else if (e->type == ELEMENT_USER_TASK && e->is_native != t->is_native)
        reject(
            s, REJECT_INVALID_STATE,
            MIGRATE "active user task with id '%.*s' and implementation '%s' is "
                    "mapped to an user task with id '%.*s' and different "
                    "implementation '%s'. Elements must be mapped to elements of the "
                    "same implementation.",
            INSTANCE(m), ARG(e->id), implementation(e), ARG(t->id), implementation(t));
    return s->rejection == REJECT_NONE;
}

/* What it is in now must be mapped to what its target is in. */
static bool scopes_agree(struct step *s, const struct migration *m,
                         const struct element *e, const struct element *t)
{
    const struct element *wanted =
        e->scope->scope ? mapped(m, e->scope) : process_of(s, m->to)->root;

    if (!wanted || wanted == t->scope)
        return true; /* a scope without a mapping was refused before */
    reject(s, REJECT_INVALID_STATE,
           MIGRATE
           "the flow scope of active element with id '%.*s' is changed. The flow "
           "scope of the active element is expected to be '%.*s' but was "
           "'%.*s'. The flow scope of an element cannot be changed during "
           "migration yet.",
           INSTANCE(m), ARG(e->id), ARG(wanted->id), ARG(t->scope->id));
    return false;
}

static bool boundaries_stay(struct step *s, const struct migration *m,
                            const struct element *e, const struct element *t)
{
    for (u32 i = 0; i < e->boundary_count; i++) {
        const struct element *b = e->boundaries[i], *to = mapped(m, b);
        if (!to || to->attached_to == t)
            continue;
        reject(s, REJECT_INVALID_STATE,
               MIGRATE
               "active element with id '%.*s' is mapped to an element with id "
               "'%.*s' and has a boundary event with id '%.*s' that is mapped to "
               "an element with id '%.*s'. These mappings detach the boundary "
               "event from the element in the target process. Boundary events "
               "must stay attached to the same element instance.",
               INSTANCE(m), ARG(e->id), ARG(t->id), ARG(b->id), ARG(to->id));
        return false;
    }
    return true;
}

/* An event that is mapped goes on as one of the same trigger. */
static bool events_agree(struct step *s, const struct migration *m)
{
    for (u32 i = 0; i < m->pairs.count; i++) {
        const struct element *a = m->pairs.from[i], *b = m->pairs.to[i];
        if ((a->type == ELEMENT_BOUNDARY_EVENT || event_is_start(a)) &&
            !kinds_agree(s, m, a, b, false))
            return false;
    }
    return true;
}

static bool busy(struct step *s, const struct migration *m)
{
    reject(s, REJECT_INVALID_STATE,
           MIGRATE "a concurrent command was executed on the process instance. Please "
                   "retry the migration.",
           INSTANCE(m));
    return false;
}

/* Tokens that wait at a join: their flow, and the join that they wait at. */
static bool tokens_are_mapped(struct step *s, const struct migration *m, u64 scope)
{
    for (u64 key = 0; (key = token_after(s->state, scope, key));) {
        const struct element *flow =
            element_of(s, m->from, token_get(s->state, key)->flow);
        const struct element *to = mapped(m, flow);
        if (!mapped(m, flow->target))
            return not_mapped(s, m, flow->target);
        if (!to)
            return not_mapped(s, m, flow);
        if (!kinds_agree(s, m, flow, to, false) ||
            !kinds_agree(s, m, flow->target, mapped(m, flow->target), false))
            return false;
        if (to->target != mapped(m, flow->target)) {
            reject(s, REJECT_INVALID_STATE,
                   MIGRATE "the sequence flow with id '%.*s' leads to '%.*s', and is "
                           "mapped to one with id '%.*s' that does not lead to '%.*s'.",
                   INSTANCE(m), ARG(flow->id), ARG(flow->target->id), ARG(to->id),
                   ARG(mapped(m, flow->target)->id));
            return false;
        }
    }
    return true;
}

static bool element_may(struct step *s, const struct migration *m, u64 key)
{
    const struct element_row *row = element_get(s->state, key);
    const struct element *e = element_of(s, m->from, row->element);
    const struct element *t = mapped(m, e);

    if (!type_is_supported(e->type)) {
        reject(s, REJECT_INVALID_STATE,
               MIGRATE "active element with id '%.*s' has an unsupported type. The "
                       "migration of a %s is not supported.",
               INSTANCE(m), ARG(e->id), element_type_name(e->type));
        return false;
    }
    if (!t)
        return not_mapped(s, m, e);
    return kinds_agree(s, m, e, t, row->is_body) && scopes_agree(s, m, e, t) &&
           boundaries_stay(s, m, e, t);
}

/* What has come for an element and is not used yet; the result of one that completes
 * goes along with it. */
static bool is_busy(struct step *s, const struct migration *m, u64 key)
{
    const struct element_row *row = element_get(s->state, key);

    return row->state == ELEMENT_STATE_TERMINATING || row->process != m->from ||
           (row->state != ELEMENT_STATE_COMPLETING && is_triggered(s, key));
}

/* Work that is left over from earlier steps speaks of elements as they were. */
static bool has_pending(struct step *s, const struct migration *m)
{
    for (u64 key = 0; (key = pending_after(s->state, key));)
        if (pending_get(s->state, key)->instance == m->instance)
            return true;
    return false;
}

static bool may_migrate(struct step *s, const struct migration *m)
{
    for (u32 i = 0; i < m->count; i++) {
        if (i > 0 && !element_may(s, m, m->keys[i]))
            return false;
        if (is_busy(s, m, m->keys[i]))
            return busy(s, m);
        if (!tokens_are_mapped(s, m, m->keys[i]))
            return false;
    }
    return events_agree(s, m) && (!has_pending(s, m) || busy(s, m));
}

/* ---- doing it -------------------------------------------------------------------- */

static u32 tag_to(const struct migration *m, u32 tag)
{
    const struct element *to = tag ? pair_to(&m->pairs, tag) : NULL;

    return to ? to->tag : 0;
}

static void tokens_migrate(struct step *s, const struct migration *m, u64 scope)
{
    u64 count = token_count(s->state, scope), n = 0;
    u64 *keys = NEW_ARRAY(s->arena, u64, count); /* their order changes on the way */

    for (u64 key = 0; (key = token_after(s->state, scope, key));)
        keys[n++] = key;
    for (u64 i = 0; i < n; i++) {
        struct token_row row = *token_get(s->state, keys[i]);
        row.flow = tag_to(m, row.flow);
        emit(s, EV_TOKEN_MIGRATED, keys[i], &row);
    }
}

/* What was done in a scope and could be undone, and what was done in that. Without a
 * mapping it cannot be any more. */
static void compensations_migrate(struct step *s, const struct migration *m, u64 scope)
{
    u64 next;

    for (u64 key = compensation_after(s->state, scope, 0); key; key = next) {
        next = compensation_after(s->state, scope, key);
        const struct compensation_row *c = compensation_get(s->state, key);
        const struct element *to = pair_to(&m->pairs, c->activity);
        bool is_kept = to && (!c->handler || to->compensation_handler);
        compensations_migrate(s, m, c->activity_instance);
        if (is_kept)
            emit(s, EV_COMPENSATION_MIGRATED, key,
                 &(struct compensation_migrated){
                     m->instance, m->to, to->tag,
                     c->handler ? to->compensation_handler->tag : 0});
        else
            emit(s, EV_COMPENSATION_COMPLETED, key,
                 &(struct compensation_completed){m->instance});
    }
}

static void trigger_migrate(struct step *s, const struct migration *m, u64 key)
{
    u64 trigger = trigger_of(s->state, key);

    if (!trigger)
        return;
    struct trigger_row row = *trigger_get(s->state, trigger);
    row.target = tag_to(m, row.target);
    emit(s, EV_TRIGGER_MIGRATED, trigger, &row);
}

static void belongings_migrate(struct step *s, const struct migration *m, u64 key,
                               u32 element)
{
    struct row_migrated to = {m->instance, m->to, element};
    u64 job = job_of(s->state, key);

    if (job)
        emit(s, EV_JOB_MIGRATED, job,
             &(struct job_migrated){m->instance, m->to, element,
                                    job_headers(s, job_get(s->state, job))});
    u64 task = user_task_of(s->state, key);
    if (task)
        emit(s, EV_USER_TASK_MIGRATED, task, &to);
    for (u64 i = 0; (i = incident_after(s->state, key, i));)
        emit(s, EV_INCIDENT_MIGRATED, i, &to);
    trigger_migrate(s, m, key);
    tokens_migrate(s, m, key);
    compensations_migrate(s, m, key);
}

static bool element_migrate(struct step *s, const struct migration *m, u64 key)
{
    const struct element_row *row = element_get(s->state, key);
    u32 element =
        key == m->instance ? process_of(s, m->to)->root->tag : tag_to(m, row->element);
    struct failure f;
    struct visit v;

    emit(s, EV_ELEMENT_MIGRATED, key,
         &(struct element_migrated){m->instance, m->to, element,
                                    tag_to(m, row->interrupted_by)});
    belongings_migrate(s, m, key, element);
    must(visit_get(s, key, &v));
    if (ad_hoc_is(&v))
        ad_hoc_offer(s, &v);
    if (row->state == ELEMENT_STATE_ACTIVATING || catches_migrate(s, &v, &m->pairs, &f))
        return true;
    reject_undone(s, REJECT_INVALID_STATE, MIGRATE "active element with id '%.*s' %.*s",
                  INSTANCE(m), ARG(element_of(s, m->from, row->element)->id),
                  ARG(f.message));
    return false;
}

static struct u64_list ends_after(struct step *s, const struct migration *m)
{
    struct u64_list old = instance_get(s->state, m->instance)->ends_after;
    u64 *tags = NEW_ARRAY(s->arena, u64, old.count);
    u32 count = 0;

    for (u32 i = 0; i < old.count; i++) {
        u32 to = tag_to(m, (u32)old.items[i]);
        if (to)
            tags[count++] = to;
    }
    return (struct u64_list){tags, count};
}

static void migrate(struct step *s, const struct migration *m)
{
    const struct process_row *to = process_get(s->state, m->to);

    for (u32 i = 0; i < m->count; i++)
        if (!element_migrate(s, m, m->keys[i]))
            return;
    emit(s, EV_INSTANCE_MIGRATED, m->instance,
         &(struct instance_migrated){m->to, to->bpmn_process_id, to->version,
                                     ends_after(s, m)});
}

static bool processes_find(struct step *s, struct migration *m)
{
    const struct instance_row *i = instance_get(s->state, m->instance);
    const struct element_row *root = element_get(s->state, m->instance);
    const struct process_row *to = process_get(s->state, m->ask->target_process);

    if (!i || !root || root->state == ELEMENT_STATE_TERMINATING) {
        reject(
            s, REJECT_NOT_FOUND,
            "Expected to migrate process instance but no process instance found with "
            "key '%llu'",
            INSTANCE(m));
        return false;
    }
    if (!step_about(s, m->instance) || !mappings_are_single(s, m))
        return false;
    if (!to || to->is_deleted || !str_equal(to->tenant, i->tenant)) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to migrate process instance to process definition but no "
               "process definition found with key '%llu'",
               (llu)m->ask->target_process);
        return false;
    }
    m->from = i->process;
    m->to = m->ask->target_process;
    return true;
}

void decide_instance_migrate(struct step *s, u64 key, const void *record)
{
    struct migration m = {.ask = record, .instance = key};

    if (!processes_find(s, &m) || !pairs_find(s, &m))
        return;
    elements_find(s, &m);
    if (may_migrate(s, &m))
        migrate(s, &m);
}
