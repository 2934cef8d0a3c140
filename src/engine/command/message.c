#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_message_publish(struct step *s, u64 key, const void *record);
void decide_message_correlate(struct step *s, u64 key, const void *record);
void decide_message_expire(struct step *s, u64 key, const void *record);
void decide_subscription_open(struct step *s, u64 key, const void *record);
void decide_subscription_correlate(struct step *s, u64 key, const void *record);
void decide_subscription_correlated(struct step *s, u64 key, const void *record);
void decide_subscription_kept(struct step *s, u64 key, const void *record);
void decide_subscription_reject(struct step *s, u64 key, const void *record);
void decide_subscription_close(struct step *s, u64 key, const void *record);
void decide_subscription_migrate(struct step *s, u64 key, const void *record);
void decide_start_lock_release(struct step *s, u64 key, const void *record);

/* ---- the side of the message ----------------------------------------------------- */

static bool is_taken_by(const struct message_row *m, struct str bpmn_process_id)
{
    for (u32 i = 0; i < m->taken_by.count; i++)
        if (str_equal(m->taken_by.items[i], bpmn_process_id))
            return true;
    return false;
}

/* The work of a banned instance is not done; that it refuses a message must be said. */
static bool goes_on_here(const struct step *s, u64 instance)
{
    const struct instance_row *i = instance_get(s->state, instance);

    return key_partition(instance) == s->partition && (!i || !i->is_banned);
}

static void correlated(struct step *s, u64 request, u64 message, u64 instance,
                       struct str tenant)
{
    struct message_correlated answer = {message, instance, tenant};

    effect_answer_with(s, request, &message_correlated_shape, &answer);
}

/* Hand a message to a subscription: it is marked on both, and the element's partition
 * is told. Whoever `request` is, is told what comes of it, and at once when the instance
 * is suspended: it gets the message when it goes on. */
static void correlate(struct step *s, u64 message, u64 subscription, u64 request)
{
    const struct message_row *m = message_get(s->state, message);
    const struct message_subscription_row *x =
        message_subscription_get(s->state, subscription);

    bool is_here = goes_on_here(s, x->instance);

    if (is_here && suspended_with(s->state, x->instance)) {
        correlated(s, request, message, x->instance, x->tenant);
        request = 0;
    }
    emit(s, EV_MESSAGE_SUBSCRIPTION_CORRELATING, subscription,
         &(struct subscription_correlating){message, x->bpmn_process_id, request});
    u64 before = s->instance;
    s->instance = is_here ? x->instance : 0;
    send_to(s, key_partition(x->element_instance), CMD_SUBSCRIPTION_CORRELATE, 0,
            &(struct subscription_correlate){
                .element_instance = x->element_instance,
                .name = x->name,
                .message = message,
                .variables = m->variables,
                .tenant = x->tenant,
                .correlation_key = x->correlation_key,
                .bpmn_process_id = x->bpmn_process_id,
            });
    s->instance = before;
}

/* The first one that could take such a message now, of this process or, without one, of
 * any; 0: none. */
static u64 subscription_free(struct step *s, struct str tenant, struct str name,
                             struct str correlation_key, struct str process)
{
    u64 after = 0, key;

    while ((key = message_subscription_after(s->state, tenant, name, correlation_key,
                                             after))) {
        const struct message_subscription_row *x =
            message_subscription_get(s->state, key);
        after = x->element_instance;
        if (!x->correlating &&
            (process.len == 0 || str_equal(x->bpmn_process_id, process)))
            return key;
    }
    return 0;
}

/* At most one subscription of each process takes a message, whatever its version. The
 * first of them answers the request. How many took it. */
static u32 correlate_waiting(struct step *s, u64 message, u64 request)
{
    const struct message_row *m = message_get(s->state, message);
    u64 after = 0, key;
    u32 count = 0;

    while ((key = message_subscription_after(s->state, m->tenant, m->name,
                                             m->correlation_key, after))) {
        const struct message_subscription_row *x =
            message_subscription_get(s->state, key);
        after = x->element_instance;
        if (!x->correlating &&
            !is_taken_by(message_get(s->state, message), x->bpmn_process_id))
            correlate(s, message, key, count++ ? 0 : request);
    }
    return count;
}

static u64 start_by_message(struct step *s, u64 message, u64 subscription)
{
    const struct message_row *m = message_get(s->state, message);
    const struct start_subscription_row *x =
        start_subscription_get(s->state, subscription);
    struct instance_row row = {.start_event = x->element,
                               .start_variables = m->variables};
    u64 before = s->instance;
    u64 instance = instance_start(s, x->process, &row, (struct str){NULL, 0}, 0);

    emit(s, EV_START_CORRELATED, subscription,
         &(struct start_correlated){message, instance, x->bpmn_process_id,
                                    m->correlation_key, m->tenant});
    s->instance = before;
    return instance;
}

static bool may_start(struct step *s, u64 message,
                      const struct start_subscription_row *x)
{
    const struct message_row *m = message_get(s->state, message);

    if (is_taken_by(m, x->bpmn_process_id))
        return false;
    return m->correlation_key.len == 0 ||
           !start_lock_find(s->state, m->tenant, x->bpmn_process_id,
                            m->correlation_key);
}

/* The first instance that it starts; 0: none. */
static u64 correlate_starts(struct step *s, u64 message)
{
    const struct message_row *m = message_get(s->state, message);
    u64 key = 0, first = 0;

    while ((key = start_subscription_after(s->state, m->tenant, m->name, key)))
        if (may_start(s, message, start_subscription_get(s->state, key))) {
            u64 instance = start_by_message(s, message, key);
            first = first ? first : instance;
        }
    return first;
}

static bool is_duplicate(struct step *s, const struct message_publish *c)
{
    if (c->message_id.len == 0 || !message_with_id(s->state, s->tenant, c->name,
                                                   c->correlation_key, c->message_id))
        return false;
    reject(
        s, REJECT_ALREADY_EXISTS,
        "Expected to publish a new message with id '%.*s', but a message with that id "
        "was already published",
        ARG(c->message_id));
    return true;
}

void decide_message_publish(struct step *s, u64 key, const void *record)
{
    const struct message_publish *c = record;
    struct message_published *answer = NEW(s->arena, struct message_published);
    i64 ttl = c->time_to_live > 0 ? c->time_to_live : 0;

    if (is_duplicate(s, c))
        return;
    key = key_new(s);
    emit(s, EV_MESSAGE_PUBLISHED, key,
         &(struct message_row){
             .name = c->name,
             .correlation_key = c->correlation_key,
             .message_id = c->message_id,
             .time_to_live = c->time_to_live,
             .deadline = ttl > INT64_MAX - s->now ? INT64_MAX : s->now + ttl,
             .variables = c->variables,
             .tenant = s->tenant,
         });
    *answer = (struct message_published){key, s->tenant};
    s->answer = answer;
    correlate_waiting(s, key, 0);
    correlate_starts(s, key);
    if (ttl == 0)
        emit(s, EV_MESSAGE_EXPIRED, key, NULL);
}

/* ---- a message for now (behaviours 12.6) ----------------------------------------- */

static struct str nobody(struct step *s, struct str name, struct str correlation_key)
{
    return arena_print(s->arena,
                       "Expected to find subscription for message with name '%.*s' and "
                       "correlation key '%.*s', but none was found.",
                       ARG(name), ARG(correlation_key));
}

/* The processes that would begin with this message, had they not begun by this key. */
static struct str locked(struct step *s, const struct message_correlate *c)
{
    struct buf b;
    u64 key = 0;

    buf_init(&b, s->arena, 0);
    while ((key = start_subscription_after(s->state, s->tenant, c->name, key))) {
        struct str id = start_subscription_get(s->state, key)->bpmn_process_id;
        if (c->correlation_key.len &&
            start_lock_find(s->state, s->tenant, id, c->correlation_key))
            buf_print(&b, "%s%.*s", b.len ? ", " : "", ARG(id));
    }
    return buf_str(&b);
}

static bool is_waited_for(struct step *s, const struct message_correlate *c)
{
    u64 key = 0;

    if (subscription_free(s, s->tenant, c->name, c->correlation_key,
                          (struct str){NULL, 0}))
        return true;
    while ((key = start_subscription_after(s->state, s->tenant, c->name, key)))
        if (c->correlation_key.len == 0 ||
            !start_lock_find(s->state, s->tenant,
                             start_subscription_get(s->state, key)->bpmn_process_id,
                             c->correlation_key))
            return true;
    return false;
}

static void reject_correlation(struct step *s, const struct message_correlate *c)
{
    struct str ids = locked(s, c);

    if (ids.len == 0)
        reject(s, REJECT_NOT_FOUND, "%.*s",
               ARG(nobody(s, c->name, c->correlation_key)));
    else
        reject(s, REJECT_NOT_FOUND,
               "Expected to find subscription for message with name '%.*s' and "
               "correlation key '%.*s', but no active subscription was found. A "
               "process instance with this correlation key is already active for a "
               "message start event with this message name in process IDs [%.*s]. Only "
               "one active process instance per correlation key is allowed for message "
               "start events.",
               ARG(c->name), ARG(c->correlation_key), ARG(ids));
}

void decide_message_correlate(struct step *s, u64 key, const void *record)
{
    const struct message_correlate *c = record;
    u64 request = s->in->request, instance;

    if (!is_waited_for(s, c)) {
        reject_correlation(s, c);
        return;
    }
    key = key_new(s);
    emit(s, EV_MESSAGE_PUBLISHED, key,
         &(struct message_row){
             .name = c->name,
             .correlation_key = c->correlation_key,
             .time_to_live = -1,
             .deadline = s->now,
             .variables = c->variables,
             .tenant = s->tenant,
         });
    answer_later(s);
    u32 taken = correlate_waiting(s, key, request);
    instance = correlate_starts(s, key);
    if (taken == 0)
        correlated(s, request, key, instance, s->tenant);
    emit(s, EV_MESSAGE_EXPIRED, key, NULL);
}

void decide_message_expire(struct step *s, u64 key, const void *record)
{
    const struct message_row *m = message_get(s->state, key);

    if (m && m->deadline <= s->now)
        emit(s, EV_MESSAGE_EXPIRED, key, NULL);
}

/* The oldest buffered message that this process has not had yet. */
static u64 buffered(struct step *s, const struct message_subscription_row *x)
{
    u64 key = 0;

    while (
        (key = message_after(s->state, x->tenant, x->name, x->correlation_key, key))) {
        const struct message_row *m = message_get(s->state, key);
        if (m->deadline > s->now && !is_taken_by(m, x->bpmn_process_id))
            return key;
    }
    return 0;
}

static void correlate_buffered(struct step *s, u64 subscription)
{
    u64 message = buffered(s, message_subscription_get(s->state, subscription));

    if (message)
        correlate(s, message, subscription, 0);
}

/* Within a partition, work that was left for later may be overtaken: the element may
 * have gone, and closed what is only now to be opened. Between partitions sends are in
 * order. */
static bool is_closed_already(struct step *s, const struct message_subscription_row *x)
{
    return key_partition(x->element_instance) == s->partition &&
           !process_subscription_find(s->state, x->element_instance, x->name);
}

void decide_subscription_open(struct step *s, u64 key, const void *record)
{
    const struct subscription_open *c = record;
    const struct message_subscription_row *x = c->subscription;

    must(x);
    if (is_closed_already(s, x) ||
        message_subscription_find(s->state, x->element_instance, x->name))
        return;
    key = key_new(s);
    emit(s, EV_MESSAGE_SUBSCRIPTION_CREATED, key, x);
    correlate_buffered(s, key);
}

/* The subscription that an answer from the other side is about, if it still waits for
 * it. */
static u64 answered(struct step *s, const struct subscription_answer *a)
{
    u64 key = message_subscription_find(s->state, a->element_instance, a->name);

    if (!key || message_subscription_get(s->state, key)->correlating != a->message)
        return 0;
    return key;
}

void decide_subscription_correlated(struct step *s, u64 key, const void *record)
{
    const struct subscription_answer *a = record;

    key = answered(s, a);
    if (!key)
        return;
    const struct message_subscription_row *x = message_subscription_get(s->state, key);
    correlated(s, x->request, a->message, x->instance, x->tenant);
    emit(s, EV_MESSAGE_SUBSCRIPTION_CORRELATED, key,
         &(struct subscription_moved){a->message, a->bpmn_process_id});
    if (message_subscription_get(s->state, key))
        correlate_buffered(s, key);
}

/* The instance is suspended, and gets it when it goes on: whoever waits for an answer
 * does not wait for that. */
void decide_subscription_kept(struct step *s, u64 key, const void *record)
{
    const struct subscription_answer *a = record;

    key = answered(s, a);
    const struct message_subscription_row *x =
        key ? message_subscription_get(s->state, key) : NULL;
    if (!x || !x->request)
        return;
    correlated(s, x->request, a->message, x->instance, x->tenant);
    emit(s, EV_MESSAGE_SUBSCRIPTION_ANSWERED, key, NULL);
}

/* Whoever has asked for it is told; also when it closes, since what is then under way
 * finds nobody. */
static void not_correlated(struct step *s, u64 subscription)
{
    const struct message_subscription_row *x =
        subscription ? message_subscription_get(s->state, subscription) : NULL;

    if (x && x->request)
        effect_answer(s, x->request, REJECT_NOT_FOUND,
                      nobody(s, x->name, x->correlation_key));
}

void decide_subscription_reject(struct step *s, u64 key, const void *record)
{
    const struct subscription_answer *a = record;
    const struct message_row *m;

    /* The event also gives the message back, so it is due even without a subscription.
     */
    key = answered(s, a);
    not_correlated(s, key);
    emit(s, EV_MESSAGE_SUBSCRIPTION_REJECTED, key,
         &(struct subscription_moved){a->message, a->bpmn_process_id});
    m = message_get(s->state, a->message);
    key = m && m->deadline > s->now
              ? subscription_free(s, a->tenant, a->name, a->correlation_key,
                                  a->bpmn_process_id)
              : 0;
    if (key)
        correlate(s, a->message, key, 0);
}

void decide_subscription_close(struct step *s, u64 key, const void *record)
{
    const struct subscription_answer *a = record;

    key = message_subscription_find(s->state, a->element_instance, a->name);
    not_correlated(s, key);
    if (key)
        emit(s, EV_MESSAGE_SUBSCRIPTION_DELETED, key,
             &(struct subscription_moved){.bpmn_process_id = a->bpmn_process_id});
}

/* ---- the side of the element ----------------------------------------------------- */

static void answer(struct step *s, enum command_kind kind,
                   const struct subscription_correlate *c)
{
    u64 before = s->instance;

    s->instance = 0; /* the message's side is nobody's instance */
    send_to(s, key_partition(c->message), kind, 0,
            &(struct subscription_answer){
                .element_instance = c->element_instance,
                .name = c->name,
                .message = c->message,
                .tenant = c->tenant,
                .correlation_key = c->correlation_key,
                .bpmn_process_id = c->bpmn_process_id,
            });
    s->instance = before;
}

void decide_subscription_correlate(struct step *s, u64 key, const void *record)
{
    const struct subscription_correlate *c = record;
    struct visit v;

    key = process_subscription_find(s->state, c->element_instance, c->name);
    const struct process_subscription_row *p = process_subscription_get(s->state, key);
    if (p && suspended_with(s->state, p->instance)) {
        leave(s, p->instance, CMD_SUBSCRIPTION_CORRELATE, 0, c);
        if (key_partition(c->message) != s->partition)
            answer(s, CMD_SUBSCRIPTION_KEPT, c);
        return;
    }
    if (!p || !visit_get(s, c->element_instance, &v) ||
        !step_about(s, v.row->instance)) {
        answer(s, CMD_SUBSCRIPTION_REJECT, c);
        return;
    }
    const struct element *event = element_of(s, v.row->process, p->element);
    if (!accepts_trigger(s, c->element_instance, event)) {
        answer(s, CMD_SUBSCRIPTION_REJECT, c);
        return;
    }
    emit(s, EV_PROCESS_SUBSCRIPTION_CORRELATED, key,
         &(struct process_subscription_moved){p->instance, c->message});
    trigger(s, &v, event, c->variables, false);
    answer(s, CMD_SUBSCRIPTION_CORRELATED, c);
}

/* ---- the next message that may start an instance --------------------------------- */

/* The oldest buffered one over all message start events of the process. */
static void oldest_for(struct step *s, const struct start_subscription_row *x, u64 sub,
                       const struct start_lock_row *lock, u64 *message,
                       u64 *subscription)
{
    u64 key = 0;

    while ((key = message_after(s->state, x->tenant, x->name, lock->correlation_key,
                                key))) {
        const struct message_row *m = message_get(s->state, key);
        if (m->deadline <= s->now || is_taken_by(m, x->bpmn_process_id))
            continue;
        if (!*message || key < *message) {
            *message = key;
            *subscription = sub;
        }
        return;
    }
}

void decide_subscription_migrate(struct step *s, u64 key, const void *record)
{
    const struct subscription_migrate *c = record;
    u64 subscription =
        message_subscription_find(s->state, c->element_instance, c->name);

    if (subscription)
        emit(s, EV_MESSAGE_SUBSCRIPTION_MIGRATED, subscription,
             &(struct message_subscription_migrated){c->bpmn_process_id,
                                                     c->is_interrupting});
}

void decide_start_lock_release(struct step *s, u64 key, const void *record)
{
    const struct start_lock_row *lock = record;
    u64 process = process_latest(s->state, lock->tenant, lock->bpmn_process_id);
    u64 message = 0, subscription = 0, sub = 0;

    if (!process || start_lock_find(s->state, lock->tenant, lock->bpmn_process_id,
                                    lock->correlation_key))
        return;
    while ((sub = start_subscription_of(s->state, process, sub)))
        oldest_for(s, start_subscription_get(s->state, sub), sub, lock, &message,
                   &subscription);
    if (message)
        start_by_message(s, message, subscription);
}
