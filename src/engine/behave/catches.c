/* catches.c - what an element instance waits for, and what happens when it comes. */
#include "engine/behave/behave.h"
#include "engine/element/element.h"

struct catch
{
    const struct element *event;
    struct str name, correlation_key; /* a message; a signal has the name alone */
    struct schedule schedule;         /* a timer */
    bool is_true;                     /* a condition, already */
    bool is_interrupting;
    struct catch *next;
};

/* ---- opening --------------------------------------------------------------------- */

const struct element *pair_to(const struct element_pairs *p, u32 from)
{
    for (u32 i = 0; i < p->count; i++)
        if (p->from[i]->tag == from)
            return p->to[i];
    return NULL;
}

static bool is_taken(const struct element_pairs *p, const struct element *event)
{
    for (u32 i = 0; p && i < p->count; i++)
        if (p->to[i] == event)
            return true;
    return false;
}

/* What an event does to where it comes: its own element always ends by it. */
static bool interrupts(const struct element *event)
{
    bool is_boundary = event->type == ELEMENT_BOUNDARY_EVENT;

    return event->is_interrupting || (!is_boundary && !event_is_start(event));
}

/* One event: all its expressions, in the scope they are to be read in. A boundary
 * event's correlation key is not of the activity but of the scope around
 * (behaviours 9.2). */
static bool prepare(struct step *s, const struct visit *v, const struct element *event,
                    struct catches *c, struct failure *f)
{
    bool is_boundary = event->type == ELEMENT_BOUNDARY_EVENT;
    struct catch *x = NEW(s->arena, struct catch);

    if (is_taken(c->taken, event))
        return true;
    x->event = event;
    x->is_interrupting = interrupts(event);
    if (event->message_name.is_set) {
        u64 scope = is_boundary ? v->row->scope : v->key;
        if (!expr_string(s, v->key, &event->message_name, &x->name, f) ||
            !expr_key(s, scope, &event->correlation_key, x->name, &x->correlation_key,
                      f))
            return false;
    } else if (event->timer != TIMER_NONE) {
        if (!expr_timer(s, v->key, event, &x->schedule, f))
            return false;
    } else if (event->event == EVENT_TYPE_SIGNAL) {
        if (!expr_string(s, v->key, &event->signal_name, &x->name, f))
            return false;
    } else if (event->event == EVENT_TYPE_CONDITIONAL) {
        if (!expr_condition(s, v->key, &event->event_condition, NULL, &x->is_true, f))
            return false;
    } else {
        return true; /* nothing to wait for: it is thrown to */
    }
    *c->end = x;
    c->end = &x->next;
    return true;
}

/* Of an instance of a loop they belong to the body; around an element that began ad hoc
 * to the ad-hoc sub-process. */
static bool prepare_boundaries(struct step *s, const struct visit *v, struct catches *c,
                               struct failure *f)
{
    if (row_is_part(v->row))
        return true;
    for (u32 i = 0; i < v->element->boundary_count; i++)
        if (!prepare(s, v, v->element->boundaries[i], c, f))
            return false;
    return true;
}

static void catches_init(struct catches *c, const struct element_pairs *taken)
{
    *c = (struct catches){.taken = taken};
    c->end = &c->first;
}

static bool prepare_element(struct step *s, const struct visit *v, struct catches *c,
                            struct failure *f)
{
    const struct element *e = v->element;

    if (e->type == ELEMENT_EVENT_BASED_GATEWAY) {
        for (u32 i = 0; i < e->outgoing_count; i++)
            if (!prepare(s, v, e->outgoing[i]->target, c, f))
                return false;
        return true;
    }
    if (!v->row->is_body && (e->type == ELEMENT_INTERMEDIATE_CATCH_EVENT ||
                             e->type == ELEMENT_RECEIVE_TASK))
        if (!prepare(s, v, e, c, f))
            return false;
    return prepare_boundaries(s, v, c, f);
}

/* What was interrupted by one of its event sub-processes waits for no other. */
static bool prepare_scope(struct step *s, const struct visit *scope, struct catches *c,
                          struct failure *f)
{
    const struct element *e = scope->element;
    u32 count = scope->row->interrupted_by ? 0 : e->event_sub_process_count;

    for (u32 i = count; i-- > 0;)
        if (!prepare(s, scope, e->event_sub_processes[i]->start, c, f))
            return false;
    return prepare_boundaries(s, scope, c, f);
}

bool catches_prepare(struct step *s, const struct visit *v, struct catches *c,
                     struct failure *f)
{
    catches_init(c, NULL);
    return prepare_element(s, v, c, f);
}

bool catches_prepare_scope(struct step *s, const struct visit *scope, struct catches *c,
                           struct failure *f)
{
    catches_init(c, NULL);
    return prepare_scope(s, scope, c, f);
}

static void open_message(struct step *s, const struct visit *v, const struct catch *x)
{
    const struct process_row *p = process_get(s->state, v->row->process);
    struct process_subscription_row mine = {
        .instance = v->row->instance,
        .element_instance = v->key,
        .element = x->event->tag,
        .bpmn_process_id = p->bpmn_process_id,
        .name = x->name,
        .correlation_key = x->correlation_key,
        .is_interrupting = x->is_interrupting,
        .tenant = p->tenant,
    };
    struct message_subscription_row theirs = {
        .instance = mine.instance,
        .element_instance = mine.element_instance,
        .bpmn_process_id = mine.bpmn_process_id,
        .name = mine.name,
        .correlation_key = mine.correlation_key,
        .is_interrupting = mine.is_interrupting,
        .tenant = mine.tenant,
    };

    emit(s, EV_PROCESS_SUBSCRIPTION_CREATED, key_new(s), &mine);
    send_to(s, name_partition(s, x->correlation_key), CMD_SUBSCRIPTION_OPEN, 0,
            &(struct subscription_open){&theirs});
}

static void open_timer(struct step *s, const struct visit *v, const struct catch *x)
{
    emit(s, EV_TIMER_CREATED, key_new(s),
         &(struct timer_row){
             .instance = v->row->instance,
             .process = v->row->process,
             .element = x->event->tag,
             .element_instance = v->key,
             .due = x->schedule.due,
             .repetitions = x->schedule.repetitions,
             .tenant = process_get(s->state, v->row->process)->tenant,
         });
}

static void open_signal(struct step *s, const struct visit *v, const struct catch *x)
{
    emit(s, EV_SIGNAL_SUBSCRIPTION_CREATED, key_new(s),
         &(struct signal_subscription_row){
             .instance = v->row->instance,
             .element_instance = v->key,
             .process = v->row->process,
             .element = x->event->tag,
             .name = x->name,
             .tenant = process_get(s->state, v->row->process)->tenant,
         });
}

/* One that is true already has its effect once the element stands. */
static void open_condition(struct step *s, const struct visit *v, const struct catch *x)
{
    u64 key = key_new(s);

    emit(s, EV_CONDITION_OPENED, key,
         &(struct condition_row){
             .instance = v->row->instance,
             .element_instance = v->key,
             .process = v->row->process,
             .element = x->event->tag,
             .tenant = process_get(s->state, v->row->process)->tenant,
         });
    if (x->is_true)
        todo(s, CMD_CONDITION_TRIGGER, key, NULL);
}

/* First messages, then timers, then signals (behaviours 9.2), then conditions. */
void catches_open(struct step *s, const struct visit *v, const struct catches *c)
{
    for (const struct catch *x = c->first; x; x = x->next)
        if (x->event->message_name.is_set)
            open_message(s, v, x);
    for (const struct catch *x = c->first; x; x = x->next)
        if (x->event->timer != TIMER_NONE)
            open_timer(s, v, x);
    for (const struct catch *x = c->first; x; x = x->next)
        if (x->event->event == EVENT_TYPE_SIGNAL)
            open_signal(s, v, x);
    for (const struct catch *x = c->first; x; x = x->next)
        if (x->event->event == EVENT_TYPE_CONDITIONAL)
            open_condition(s, v, x);
}

/* ---- closing --------------------------------------------------------------------- */

static void close_timer(struct step *s, u64 key)
{
    emit(s, EV_TIMER_CANCELED, key,
         &(struct timer_moved){timer_get(s->state, key)->instance});
}

static void close_message(struct step *s, u64 key)
{
    const struct process_subscription_row *p = process_subscription_get(s->state, key);

    emit(s, EV_PROCESS_SUBSCRIPTION_DELETED, key,
         &(struct process_subscription_moved){.instance = p->instance});
    send_to(s, name_partition(s, p->correlation_key), CMD_SUBSCRIPTION_CLOSE, 0,
            &(struct subscription_answer){
                .element_instance = p->element_instance,
                .name = p->name,
                .tenant = p->tenant,
                .correlation_key = p->correlation_key,
                .bpmn_process_id = p->bpmn_process_id,
            });
}

static void close_signal(struct step *s, u64 key)
{
    emit(s, EV_SIGNAL_SUBSCRIPTION_DELETED, key,
         &(struct signal_subscription_deleted){
             signal_subscription_get(s->state, key)->instance});
}

static void close_condition(struct step *s, u64 key)
{
    emit(s, EV_CONDITION_CLOSED, key,
         &(struct condition_closed){condition_get(s->state, key)->instance});
}

void catches_close(struct step *s, u64 element_instance)
{
    for (u64 key; (key = timer_after(s->state, element_instance, 0));)
        close_timer(s, key);
    for (u64 key; (key = process_subscription_of(s->state, element_instance));)
        close_message(s, key);
    for (u64 key; (key = signal_subscription_of(s->state, element_instance, 0));)
        close_signal(s, key);
    for (u64 key; (key = condition_of(s->state, element_instance, 0));)
        close_condition(s, key);
}

/* Those of a scope's event sub-processes; its boundary events wait on. */
static void handlers_close(struct step *s, const struct visit *v)
{
    const struct element *e = v->element;
    u64 next;

    for (u64 key = timer_after(s->state, v->key, 0); key; key = next) {
        next = timer_after(s->state, v->key, key);
        if (event_is_start(
                element_of(s, v->row->process, timer_get(s->state, key)->element)))
            close_timer(s, key);
    }
    for (u32 i = 0; i < e->event_sub_process_count; i++)
        for (u64 key = process_subscription_after(s->state, v->key, 0); key;
             key = next) {
            next = process_subscription_after(s->state, v->key, key);
            if (process_subscription_get(s->state, key)->element ==
                e->event_sub_processes[i]->start->tag)
                close_message(s, key);
        }
    for (u64 key = signal_subscription_of(s->state, v->key, 0); key; key = next) {
        next = signal_subscription_of(s->state, v->key, key);
        if (event_is_start(element_of(s, v->row->process,
                                      signal_subscription_get(s->state, key)->element)))
            close_signal(s, key);
    }
    for (u64 key = condition_of(s->state, v->key, 0); key; key = next) {
        next = condition_of(s->state, v->key, key);
        if (event_is_start(
                element_of(s, v->row->process, condition_get(s->state, key)->element)))
            close_condition(s, key);
    }
}

/* ---- in another process ---------------------------------------------------------- */

static void migrate_timers(struct step *s, const struct visit *v,
                           const struct element_pairs *pairs)
{
    u64 next;

    for (u64 key = timer_after(s->state, v->key, 0); key; key = next) {
        next = timer_after(s->state, v->key, key);
        const struct element *to = pair_to(pairs, timer_get(s->state, key)->element);
        if (to)
            emit(s, EV_TIMER_MIGRATED, key,
                 &(struct row_migrated){v->row->instance, v->row->process, to->tag});
        else
            close_timer(s, key);
    }
}

static void migrate_message(struct step *s, const struct visit *v, u64 key,
                            const struct element *to)
{
    const struct process_subscription_row *p = process_subscription_get(s->state, key);
    struct str id = process_get(s->state, v->row->process)->bpmn_process_id;

    emit(s, EV_PROCESS_SUBSCRIPTION_MIGRATED, key,
         &(struct process_subscription_migrated){v->row->instance, to->tag, id,
                                                 interrupts(to)});
    send_to(s, name_partition(s, p->correlation_key), CMD_SUBSCRIPTION_MIGRATE, 0,
            &(struct subscription_migrate){v->key, p->name, id, interrupts(to)});
}

/* The names of those that end here are told. */
static struct text_list migrate_messages(struct step *s, const struct visit *v,
                                         const struct element_pairs *pairs)
{
    u32 count = 0;
    u64 next;

    for (u64 key = 0; (key = process_subscription_after(s->state, v->key, key));)
        count++;
    struct str *ended = NEW_ARRAY(s->arena, struct str, count);
    count = 0;

    for (u64 key = process_subscription_after(s->state, v->key, 0); key; key = next) {
        next = process_subscription_after(s->state, v->key, key);
        const struct element *to =
            pair_to(pairs, process_subscription_get(s->state, key)->element);
        if (to) {
            migrate_message(s, v, key, to);
            continue;
        }
        ended[count++] = process_subscription_get(s->state, key)->name;
        close_message(s, key);
    }
    return (struct text_list){ended, count};
}

/* A message that it waits for anyway is not waited for anew: its event wants a mapping.
 */
static bool is_new(struct step *s, const struct catches *c, struct text_list ended,
                   struct failure *f)
{
    for (const struct catch *x = c->first; x; x = x->next)
        for (u32 i = 0; x->event->message_name.is_set && i < ended.count; i++) {
            if (!str_equal(x->name, ended.items[i]))
                continue;
            f->message = arena_print(
                s->arena,
                "attempts to subscribe to a message it is already subscribed to with "
                "name '%.*s'. Please provide a mapping instruction to message catch "
                "event with id '%.*s' to migrate the respective message subscription.",
                ARG(x->name), ARG(x->event->id));
            return false;
        }
    return true;
}

static void migrate_signals(struct step *s, const struct visit *v,
                            const struct element_pairs *pairs)
{
    u64 next;

    for (u64 key = signal_subscription_of(s->state, v->key, 0); key; key = next) {
        next = signal_subscription_of(s->state, v->key, key);
        const struct element *to =
            pair_to(pairs, signal_subscription_get(s->state, key)->element);
        if (to)
            emit(s, EV_SIGNAL_SUBSCRIPTION_MIGRATED, key,
                 &(struct row_migrated){v->row->instance, v->row->process, to->tag});
        else
            close_signal(s, key);
    }
}

static void migrate_conditions(struct step *s, const struct visit *v,
                               const struct element_pairs *pairs)
{
    u64 next;

    for (u64 key = condition_of(s->state, v->key, 0); key; key = next) {
        next = condition_of(s->state, v->key, key);
        const struct element *to =
            pair_to(pairs, condition_get(s->state, key)->element);
        if (to)
            emit(s, EV_CONDITION_MIGRATED, key,
                 &(struct row_migrated){v->row->instance, v->row->process, to->tag});
        else
            close_condition(s, key);
    }
}

bool catches_migrate(struct step *s, const struct visit *v,
                     const struct element_pairs *pairs, struct failure *f)
{
    bool is_scope = v->element->children && !v->row->is_body && !v->row->is_inner;
    struct catches c;

    migrate_timers(s, v, pairs);
    struct text_list ended = migrate_messages(s, v, pairs);
    migrate_signals(s, v, pairs);
    migrate_conditions(s, v, pairs);
    catches_init(&c, pairs);
    if (v->row->state != ELEMENT_STATE_ACTIVATED)
        return true;
    if (!(is_scope ? prepare_scope(s, v, &c, f) : prepare_element(s, v, &c, f))) {
        f->message =
            arena_print(s->arena, "cannot wait for its events: %.*s", ARG(f->message));
        return false;
    }
    if (!is_new(s, &c, ended, f))
        return false;
    catches_open(s, v, &c);
    return true;
}

/* ---- triggering ------------------------------------------------------------------ */

bool is_triggered(struct step *s, u64 key)
{
    const struct element_row *row = element_get(s->state, key);

    for (u64 t = 0; (t = trigger_after(s->state, key, t));) {
        const struct element *to =
            element_of(s, row->process, trigger_get(s->state, t)->target);
        if (!event_is_start(to) || to->scope->tag != row->element)
            return true;
    }
    return false;
}

/* Behaviours 9.1. What was interrupted by one of its event sub-processes takes nothing
 * any more but its boundary events. */
bool accepts_trigger(struct step *s, u64 element_instance, const struct element *target)
{
    const struct state *state = s->state;
    const struct element_row *row = element_get(state, element_instance);
    const struct element_row *scope = row ? element_get(state, row->scope) : NULL;
    bool is_boundary = target->type == ELEMENT_BOUNDARY_EVENT;

    if (!row || row->state != ELEMENT_STATE_ACTIVATED)
        return false;
    if (scope && (scope->state != ELEMENT_STATE_ACTIVATED ||
                  (scope->interrupted_by && scope->interrupted_by != row->element)))
        return false;
    if (row->interrupted_by)
        return is_boundary;
    return !is_triggered(s, element_instance);
}

/* An event sub-process: beside what runs in the scope, or instead of it. Only what runs
 * by now ends: it begins itself with the last of them, before their end is through. */
static void trigger_handler(struct step *s, const struct visit *v,
                            const struct element *start, struct str variables,
                            bool is_error)
{
    const struct element *handler = start->scope;

    if (!start->is_interrupting) {
        u64 key = element_begin(s, handler, &(struct begin){v->key, v->row});
        element_triggered(s, key, v->row->instance, start, variables, is_error);
        return;
    }
    element_triggered(s, v->key, v->row->instance, start, variables, is_error);
    job_cancel(s, v->key); /* of an ad-hoc sub-process */
    emit(s, EV_SCOPE_INTERRUPTED, v->key,
         &(struct scope_interrupted){v->row->instance, handler->tag});
    handlers_close(s, v);
    if (child_count(s->state, v->key))
        todo(s, CMD_CHILDREN_TERMINATE, v->key,
             &(struct children_terminate){.until = state_last_key(s->state)});
    else
        scope_check(s, v->key);
}

void trigger(struct step *s, const struct visit *v, const struct element *target,
             struct str variables, bool is_error)
{
    bool is_boundary = target->type == ELEMENT_BOUNDARY_EVENT;

    if (event_is_start(target)) {
        trigger_handler(s, v, target, variables, is_error);
        return;
    }
    if (is_boundary && !target->is_interrupting) {
        u64 key = element_begin(s, target, &(struct begin){v->row->scope, v->row});
        element_triggered(s, key, v->row->instance, target, variables, is_error);
        return;
    }
    element_triggered(s, v->key, v->row->instance, target, variables, is_error);
    if (is_boundary)
        element_terminate(s, v->key);
    else
        todo(s, CMD_ELEMENT_RUN, v->key, NULL);
}
