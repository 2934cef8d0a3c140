/* index.c - which ordered sets a row stands in. Tables keep their own indexes: whoever
 * puts a row cannot forget them, and an abort, which puts rows back through the same
 * functions, brings them back as they were. */
#include <stdlib.h>

#include "base/hash.h"
#include "state/pack.h"
#include "state/state.h"
#include "state/write.h"

/* ---- places and groups by what names them ---------------------------------------- */

void chains_init(struct chains *c)
{
    c->size = 64;
    c->buckets = must_alloc(c->size * sizeof(*c->buckets));
}

static void chains_grow(struct chains *c)
{
    size_t size = c->size * 2;
    void **buckets = must_alloc(size * sizeof(*buckets));

    for (size_t i = 0; i < c->size; i++) {
        for (struct chained *x = c->buckets[i], *next; x; x = next) {
            next = x->chain;
            void **bucket = &buckets[hash_mix(x->number) & (size - 1)];
            x->chain = *bucket;
            *bucket = x;
        }
    }
    free(c->buckets);
    c->buckets = buckets;
    c->size = size;
}

struct chained *chains_first(const struct chains *c, u64 number)
{
    return c->buckets[hash_mix(number) & (c->size - 1)];
}

void chains_add(struct chains *c, struct chained *x)
{
    if (c->count >= c->size)
        chains_grow(c);
    void **bucket = &c->buckets[hash_mix(x->number) & (c->size - 1)];
    x->chain = *bucket;
    *bucket = x;
    c->count++;
}

void chains_del(struct chains *c, struct chained *x)
{
    void **bucket = &c->buckets[hash_mix(x->number) & (c->size - 1)];
    struct chained *before = *bucket;

    if (before == x) {
        *bucket = x->chain;
    } else {
        while (before->chain != x)
            before = before->chain;
        before->chain = x->chain;
    }
    c->count--;
}

struct place *place_find(const struct state *s, u64 key)
{
    struct place *recent = *s->recent;

    if (recent && recent->key == key)
        return recent;
    struct chained *x = chains_first(&s->places, key);
    while (x && x->number != key)
        x = x->chain;
    if (x)
        *s->recent = (struct place *)x;
    return (struct place *)x;
}

static struct place *place_make(struct state *s, u64 key)
{
    struct place *p = place_find(s, key);

    if (!p) {
        p = block_get_zeroed(&s->blocks, sizeof(*p));
        p->key = key;
        chains_add(&s->places, (struct chained *)p);
        *s->recent = p;
    }
    return p;
}

static u64 group_hash(const struct group_name *n)
{
    u64 h = hash_mix(n->kind + 1);

    for (size_t i = 0; i < NAMES_MAX; i++)
        h = hash_bytes(n->names[i], h);
    return h;
}

static bool names_equal(const struct group_name *a, const struct group_name *b)
{
    if (a->kind != b->kind)
        return false;
    for (size_t i = 0; i < NAMES_MAX; i++)
        if (!str_equal(a->names[i], b->names[i]))
            return false;
    return true;
}

static struct group *group_hashed(const struct state *s, const struct group_name *name,
                                  u64 hash)
{
    struct group *g = (struct group *)chains_first(&s->groups, hash);

    while (g && (g->hash != hash || !names_equal(&g->name, name)))
        g = g->chain;
    return g;
}

struct group *group_find(const struct state *s, const struct group_name *name)
{
    return group_hashed(s, name, group_hash(name));
}

static struct group *group_make(struct state *s, const struct group_name *name)
{
    u64 hash = group_hash(name);
    struct group *g = group_hashed(s, name, hash);
    size_t bytes = 0;

    if (g)
        return g;
    for (size_t i = 0; i < NAMES_MAX; i++)
        bytes += name->names[i].len;
    g = block_get_zeroed(&s->blocks, sizeof(*g) + bytes);
    g->hash = hash;
    g->name.kind = name->kind;
    char *to = (char *)(g + 1);
    for (size_t i = 0; i < NAMES_MAX; i++) {
        struct str n = name->names[i];
        if (n.len)
            memcpy(to, n.data, n.len);
        g->name.names[i] = (struct str){to, n.len};
        to += n.len;
    }
    chains_add(&s->groups, (struct chained *)g);
    return g;
}

/* ---- putting in and taking out --------------------------------------------------- */

static struct branch **branch_find(struct place *p, enum branch_kind kind)
{
    struct branch **b = &p->branches;

    while (*b && (*b)->kind != kind)
        b = &(*b)->next;
    return b;
}

static const struct tree *place_tree(struct place *p, enum branch_kind kind)
{
    static const struct tree none = {0};
    struct branch *b = *branch_find(p, kind);

    return b ? &b->rows : &none;
}

#define TREE(place, name) place_tree((place), BRANCH_##name)

static void place_put(struct state *s, u64 owner, enum branch_kind kind, struct row *r,
                      int link, u64 major, u64 minor)
{
    struct branch **b = branch_find(place_make(s, owner), kind);

    if (!*b) {
        *b = block_get_zeroed(&s->blocks, sizeof(**b));
        (*b)->kind = kind;
    }
    tree_put(&(*b)->rows, &r->links[link], major, minor);
}

static void branch_drop(struct state *s, struct branch **hole)
{
    struct branch *b = *hole;

    *hole = b->next;
    block_put(&s->blocks, b);
}

static void place_del(struct state *s, u64 owner, enum branch_kind kind, struct row *r,
                      int link)
{
    struct place *p = place_find(s, owner);

    must(p && r->links[link].is_in);
    struct branch **b = branch_find(p, kind);
    must(*b);
    tree_del(&(*b)->rows, &r->links[link]);
    if ((*b)->rows.count > 0)
        return;
    branch_drop(s, b);
    if (p->branches)
        return;
    *s->recent = NULL;
    chains_del(&s->places, (struct chained *)p);
    block_put(&s->blocks, p);
}

static void group_put(struct state *s, const struct group_name *name, struct row *r,
                      int link, u64 major, u64 minor)
{
    tree_put(&group_make(s, name)->rows, &r->links[link], major, minor);
}

static void group_cool(struct state *s, struct group *g)
{
    s->cold->grouped -= g->cold->bytes;
    runs_close(g->cold);
    free(g->cold);
    g->cold = NULL;
}

static void group_settle(struct state *s, struct group *g)
{
    if (g->rows.count > 0 || g->cold)
        return;
    chains_del(&s->groups, (struct chained *)g);
    block_put(&s->blocks, g);
}

void groups_close(struct state *s)
{
    for (size_t i = 0; i < s->groups.size; i++)
        for (struct group *g; (g = s->groups.buckets[i]);) {
            s->groups.buckets[i] = g->chain;
            if (g->cold)
                group_cool(s, g);
            block_put(&s->blocks, g);
        }
}

static void group_del(struct state *s, const struct group_name *name, struct row *r,
                      int link)
{
    struct group *g = group_find(s, name);

    must(g && r->links[link].is_in);
    tree_del(&g->rows, &r->links[link]);
    group_settle(s, g);
}

static void group_put_cold(struct state *s, const struct group_name *name, u64 major,
                           u64 minor)
{
    struct group *g = group_make(s, name);

    if (!g->cold)
        g->cold = must_alloc(sizeof(*g->cold));
    s->cold->grouped -= g->cold->bytes;
    must(runs_add(g->cold, (struct pair){major, minor}));
    s->cold->grouped += g->cold->bytes;
}

static void group_del_cold(struct state *s, const struct group_name *name, u64 major,
                           u64 minor)
{
    struct group *g = group_find(s, name);

    must(g && g->cold);
    s->cold->grouped -= g->cold->bytes;
    must(runs_del(g->cold, (struct pair){major, minor}));
    s->cold->grouped += g->cold->bytes;
    if (g->cold->count == 0)
        group_cool(s, g);
    group_settle(s, g);
}

static void due_in(struct state *s, struct row *r, i64 when)
{
    if (s->due.count == s->due.size) {
        s->due.size = s->due.size ? s->due.size * 2 : 64;
        s->due.items =
            must_realloc(s->due.items, (s->due.size + 1) * sizeof(*s->due.items));
    }
    r->due.key = r->key;
    must(due_put(&s->due, &r->due, when));
}

/* Put in or take out: both name the same set, so they are said once. What is cold
 * stands only in sets that are not of its own aggregate. */
struct hand {
    struct state *s;
    struct row *r;
    bool in, is_cold;
};

#define IN_PLACE(hand, owner, tree, link, major, minor) \
    in_place((hand), (owner), BRANCH_##tree, (link), (major), (minor))

static void in_place(const struct hand *h, u64 owner, enum branch_kind kind, int link,
                     u64 major, u64 minor)
{
    if (h->is_cold)
        return;
    if (h->in)
        place_put(h->s, owner, kind, h->r, link, major, minor);
    else
        place_del(h->s, owner, kind, h->r, link);
}

/* In a place of something that is not of the row's aggregate, by the row's key. */
static void in_place_beyond(const struct hand *h, u64 owner, enum branch_kind kind,
                            int link)
{
    struct pair p = {owner, h->r->key};

    if (!h->is_cold)
        in_place(h, owner, kind, link, h->r->key, 0);
    else
        must(h->in ? runs_add(&h->s->cold->below, p) : runs_del(&h->s->cold->below, p));
}

static void in_group(const struct hand *h, const struct group_name *name, int link,
                     u64 major, u64 minor)
{
    if (h->is_cold && h->in)
        group_put_cold(h->s, name, major, minor);
    else if (h->is_cold)
        group_del_cold(h->s, name, major, minor);
    else if (h->in)
        group_put(h->s, name, h->r, link, major, minor);
    else
        group_del(h->s, name, h->r, link);
}

static void in_tree(const struct hand *h, struct tree *t, u64 major, u64 minor)
{
    must(!h->is_cold);
    if (h->in)
        tree_put(t, &h->r->links[0], major, minor);
    else
        tree_del(t, &h->r->links[0]);
}

static void in_due(const struct hand *h, i64 when)
{
    struct pair p = {cold_time(when), h->r->key};

    if (h->is_cold)
        must(h->in ? runs_add(&h->s->cold->due, p) : runs_del(&h->s->cold->due, p));
    else if (h->in)
        due_in(h->s, h->r, when);
    else
        due_del(&h->s->due, &h->r->due);
}

/* A higher priority comes first, and lower numbers come first in a tree. */
static u64 job_rank(const struct job_row *j)
{
    return (u64)((i64)INT32_MAX - j->priority);
}

/* When a job in this state is due: its deadline, the end of its pause, or never (0). */
static i64 job_due(const struct job_row *j)
{
    if (j->is_suspended)
        return 0;
    if (j->state == JOB_STATE_ACTIVATED)
        return j->deadline;
    return j->state == JOB_STATE_FAILED ? j->recurs_at : 0;
}

static u64 listener_rank(const struct global_listener_row *l)
{
    return (u64)((i64)INT32_MAX - l->priority);
}

static bool job_can_be_taken(const struct job_row *j)
{
    return j->state == JOB_STATE_ACTIVATABLE && !j->is_suspended;
}

static void index_job(const struct hand *h, const struct job_row *j)
{
    IN_PLACE(h, j->element_instance, jobs, 0, h->r->key, 0);
    if (job_can_be_taken(j))
        in_group(h, &(struct group_name){GROUP_JOBS, {j->tenant, j->type}}, 1,
                 job_rank(j), h->r->key);
    if (job_due(j))
        in_due(h, job_due(j));
}

static void index_message(const struct hand *h, const struct message_row *m)
{
    in_group(
        h,
        &(struct group_name){GROUP_MESSAGES, {m->tenant, m->name, m->correlation_key}},
        0, h->r->key, 0);
    if (m->message_id.len)
        in_group(h,
                 &(struct group_name){
                     GROUP_MESSAGE_IDS,
                     {m->tenant, m->name, m->correlation_key, m->message_id}},
                 1, h->r->key, 0);
    in_due(h, m->deadline);
}

static void index_message_subscription(const struct hand *h,
                                       const struct message_subscription_row *m)
{
    in_group(h,
             &(struct group_name){GROUP_MESSAGE_SUBSCRIPTIONS,
                                  {m->tenant, m->name, m->correlation_key}},
             0, m->element_instance, h->r->key);
    IN_PLACE(h, m->element_instance, message_subscriptions, 1, hash_bytes(m->name, 0),
             h->r->key);
}

static void index_start_subscription(const struct hand *h,
                                     const struct start_subscription_row *x)
{
    in_group(h, &(struct group_name){GROUP_START_SUBSCRIPTIONS, {x->tenant, x->name}},
             0, h->r->key, 0);
    IN_PLACE(h, x->process, start_subscriptions, 1, h->r->key, 0);
}

static void index_signal_subscription(const struct hand *h,
                                      const struct signal_subscription_row *x)
{
    in_group(h, &(struct group_name){GROUP_SIGNALS, {x->tenant, x->name}}, 0, h->r->key,
             0);
    IN_PLACE(h, x->element_instance ? x->element_instance : x->process,
             signal_subscriptions, 1, h->r->key, 0);
}

/* Those of an instance stand with it, too, since its variables are looked at by all of
 * them. */
static void index_condition(const struct hand *h, const struct condition_row *x)
{
    u64 key = h->r->key;

    if (x->element_instance)
        IN_PLACE(h, x->instance, conditions_inside, 0, key, 0);
    else
        in_group(h, &(struct group_name){GROUP_START_CONDITIONS, {x->tenant}}, 0, key,
                 0);
    IN_PLACE(h, x->element_instance ? x->element_instance : x->process, conditions, 1,
             key, 0);
}

/* A called one has the business id of its caller, and is not found by it. */
static bool has_business_id(const struct instance_row *i)
{
    return i->business_id.len && !i->parent_instance;
}

static void index_instance(const struct hand *h, const struct instance_row *i)
{
    in_place_beyond(h, i->process, BRANCH_instances, 0);
    if (has_business_id(i))
        in_group(h,
                 &(struct group_name){GROUP_BUSINESS_IDS, {i->tenant, i->business_id}},
                 1, h->r->key, 0);
}

static void index_timer(const struct hand *h, const struct timer_row *t)
{
    IN_PLACE(h, t->element_instance ? t->element_instance : t->process, timers, 0,
             h->r->key, 0);
    if (!t->is_suspended)
        in_due(h, t->due);
}

/* Those that can be found, and behind them those that were deleted. */
static const enum group_kind version_groups[][2] = {
    [VERSIONED_PROCESS] = {GROUP_PROCESSES, GROUP_DELETED_PROCESSES},
    [VERSIONED_REQUIREMENTS] = {GROUP_REQUIREMENTS, GROUP_DELETED_REQUIREMENTS},
    [VERSIONED_DECISION] = {GROUP_DECISIONS, GROUP_DELETED_DECISIONS},
    [VERSIONED_FORM] = {GROUP_FORMS, GROUP_DELETED_FORMS},
    [VERSIONED_FILE] = {GROUP_FILES, GROUP_DELETED_FILES},
};

/* A deleted version is found by nobody who wants to use it. */
static void in_versions(const struct hand *h, enum versioned kind, bool is_deleted,
                        struct str tenant, struct str id, i32 version)
{
    in_group(h, &(struct group_name){version_groups[kind][is_deleted], {tenant, id}}, 0,
             (u64)version, 0);
}

static void index_process(const struct hand *h, const struct process_row *p)
{
    in_versions(h, VERSIONED_PROCESS, p->is_deleted, p->tenant, p->bpmn_process_id,
                p->version);
    IN_PLACE(h, p->resource, processes, 1, h->r->key, 0);
}

static void index_decision(const struct hand *h, const struct decision_row *d)
{
    in_versions(h, VERSIONED_DECISION, d->is_deleted, d->tenant, d->id, d->version);
    IN_PLACE(h, d->requirements, decisions, 1, h->r->key, 0);
}

static void index_artifact(const struct hand *h, const struct artifact_row *a)
{
    enum versioned kind = a->kind == ARTIFACT_FORM ? VERSIONED_FORM : VERSIONED_FILE;

    in_versions(h, kind, a->is_deleted, a->tenant, a->id, a->version);
}

static void index_row(const struct hand *h)
{
    const void *data = h->r->data;
    u64 key = h->r->key;

    switch (h->r->table) {
    case TABLE_RESOURCE:
    case TABLE_PARTITION:
    case TABLE_LOOP:
    case TABLE_CLOCK:
    case TABLE_COUNT:
        return;
    case TABLE_PROCESS:
        index_process(h, data);
        return;
    case TABLE_REQUIREMENTS: {
        const struct requirements_row *q = data;
        in_versions(h, VERSIONED_REQUIREMENTS, q->is_deleted, q->tenant, q->id,
                    q->version);
        return;
    }
    case TABLE_DECISION:
        index_decision(h, data);
        return;
    case TABLE_ARTIFACT:
        index_artifact(h, data);
        return;
    case TABLE_INSTANCE:
        index_instance(h, data);
        return;
    case TABLE_ELEMENT: {
        /* A called process is below its call activity; one that nobody called is in no
         * set. */
        const struct element_row *e = data;
        if (e->scope)
            IN_PLACE(h, e->scope, children, 0, key, 0);
        else if (e->parent)
            in_place_beyond(h, e->parent, BRANCH_children, 0);
        return;
    }
    case TABLE_TOKEN: {
        const struct token_row *t = data;
        IN_PLACE(h, t->scope, tokens, 0, t->flow, key);
        return;
    }
    case TABLE_TRIGGER:
        IN_PLACE(h, ((const struct trigger_row *)data)->element_instance, triggers, 0,
                 key, 0);
        return;
    case TABLE_VARIABLE: {
        const struct variable_row *v = data;
        IN_PLACE(h, v->scope, variables, 0, hash_bytes(v->name, 0), key);
        return;
    }
    case TABLE_USER_TASK:
        IN_PLACE(h, ((const struct user_task_row *)data)->element_instance, user_tasks,
                 0, key, 0);
        return;
    case TABLE_JOB:
        index_job(h, data);
        return;
    case TABLE_TIMER:
        index_timer(h, data);
        return;
    case TABLE_INCIDENT:
        IN_PLACE(h, ((const struct incident_row *)data)->element_instance, incidents, 0,
                 key, 0);
        return;
    case TABLE_MESSAGE:
        index_message(h, data);
        return;
    case TABLE_MESSAGE_SUBSCRIPTION:
        index_message_subscription(h, data);
        return;
    case TABLE_PROCESS_SUBSCRIPTION: {
        const struct process_subscription_row *p = data;
        IN_PLACE(h, p->element_instance, process_subscriptions, 0,
                 hash_bytes(p->name, 0), key);
        return;
    }
    case TABLE_START_SUBSCRIPTION:
        index_start_subscription(h, data);
        return;
    case TABLE_START_LOCK: {
        const struct start_lock_row *l = data;
        in_group(
            h,
            &(struct group_name){GROUP_START_LOCKS,
                                 {l->tenant, l->bpmn_process_id, l->correlation_key}},
            0, key, 0);
        return;
    }
    case TABLE_LOOP_RESULT: {
        const struct loop_result_row *l = data;
        IN_PLACE(h, l->body, loop_results, 0, l->number, key);
        return;
    }
    case TABLE_COMPENSATION: {
        const struct compensation_row *c = data;
        IN_PLACE(h, c->scope, compensations, 0, key, 0);
        if (c->thrower)
            IN_PLACE(h, c->thrower, thrown, 1, key, 0);
        return;
    }
    case TABLE_SIGNAL_SUBSCRIPTION:
        index_signal_subscription(h, data);
        return;
    case TABLE_CONDITION:
        index_condition(h, data);
        return;
    case TABLE_PENDING:
        in_tree(h, &h->s->pending, key, 0);
        return;
    case TABLE_BATCH: {
        const struct batch_row *b = data;
        if (b->state > BATCH_SUSPENDED)
            in_tree(h, &h->s->ended_batches, (u64)b->ended_at, key);
        return;
    }
    case TABLE_BATCH_WORK: {
        const struct batch_work_row *w = data;
        if (w->state > BATCH_SUSPENDED)
            in_tree(h, &h->s->ended_batch_works, (u64)w->ended_at, key);
        return;
    }
    case TABLE_BATCH_ITEM:
        IN_PLACE(h, ((const struct batch_item_row *)data)->batch, batch_items, 0, key,
                 0);
        return;
    case TABLE_HELD:
        IN_PLACE(h, ((const struct held_row *)data)->root, held, 0, key, 0);
        return;
    case TABLE_CLUSTER_VARIABLE: {
        const struct cluster_variable_row *c = data;
        in_group(h, &(struct group_name){GROUP_CLUSTER_VARIABLES, {c->of_tenant}}, 0,
                 key, 0);
        in_group(
            h,
            &(struct group_name){GROUP_CLUSTER_VARIABLE_NAMES, {c->of_tenant, c->name}},
            1, key, 0);
        return;
    }
    case TABLE_GLOBAL_LISTENER:
        in_tree(h, &h->s->global_listeners, listener_rank(data), key);
        return;
    case TABLE_OUTBOX: {
        const struct outbox_row *o = data;
        in_tree(h, &h->s->outbox, o->partition, o->number);
        return;
    }
    }
}

void index_in(struct state *s, struct row *r)
{
    index_row(&(struct hand){s, r, true, false});
}

void index_out(struct state *s, struct row *r)
{
    index_row(&(struct hand){s, r, false, false});
}

void index_cold(struct state *s, struct row *r, bool in)
{
    index_row(&(struct hand){s, r, in, true});
}

static bool compensation_moves(const struct compensation_row *before,
                               const struct compensation_row *after)
{
    return before->thrower != after->thrower || before->scope != after->scope;
}

static bool timer_moves(const struct timer_row *before, const struct timer_row *after)
{
    return before->is_suspended != after->is_suspended;
}

static bool job_moves(const struct job_row *before, const struct job_row *after)
{
    return job_can_be_taken(before) != job_can_be_taken(after) ||
           job_due(before) != job_due(after) || before->priority != after->priority;
}

static bool batch_moves(enum table_id table, const void *before, const void *after)
{
    u32 from, to;

    if (table == TABLE_BATCH) {
        from = ((const struct batch_row *)before)->state;
        to = ((const struct batch_row *)after)->state;
    } else {
        from = ((const struct batch_work_row *)before)->state;
        to = ((const struct batch_work_row *)after)->state;
    }
    return (from > BATCH_SUSPENDED) != (to > BATCH_SUSPENDED);
}

static bool instance_moves(const struct instance_row *before,
                           const struct instance_row *after)
{
    return !str_equal(before->business_id, after->business_id);
}

/* Jobs, timers, compensations, instances and batch operations move while they live;
 * what places all other rows is set once. */
bool index_moves(enum table_id table, const void *before, const void *after)
{
    if (table == TABLE_COMPENSATION)
        return compensation_moves(before, after);
    if (table == TABLE_BATCH || table == TABLE_BATCH_WORK)
        return batch_moves(table, before, after);
    if (table == TABLE_INSTANCE)
        return instance_moves(before, after);
    if (table == TABLE_TIMER)
        return timer_moves(before, after);
    return table == TABLE_JOB && job_moves(before, after);
}

/* ---- reading
 * ------------------------------------------------------------------------------------
 */

#define ROW_OF(item, link) OWNER(item, struct row, links[link])

static u64 key_of(const struct tree_item *item, int link)
{
    if (!item)
        return 0;
    return link == 0 ? ROW_OF(item, 0)->key : ROW_OF(item, 1)->key;
}

/* All that hangs from a key and is of its aggregate. Does not return if that is cold.
 */
static struct place *place_of(const struct state *s, u64 key)
{
    cold_check(s, key);
    return place_find(s, key);
}

/* The first key behind `after` of those that hang from this one, also of what is cold.
 */
static u64 beyond_after(const struct state *s, u64 owner, enum branch_kind kind,
                        u64 after)
{
    const struct runs *cold = &s->cold->below;
    struct place *p = place_of(s, owner);
    struct tree_item *item = p ? tree_after(place_tree(p, kind), after, 0) : NULL;
    struct pair at = {owner, after + 1};

    if (cold->count && runs_from(cold, at, &at) && at.major == owner &&
        (!item || at.minor < item->major))
        cold_stop(s, cold, at, owner, COLD_MINOR);
    return key_of(item, 0);
}

/* The first of a group that is not before this one. */
static u64 group_from(const struct state *s, const struct group_name *name, int link,
                      struct pair at, enum cold_names names)
{
    struct group *g = group_find(s, name);
    struct tree_item *item = g ? tree_from(&g->rows, at.major, at.minor) : NULL;

    if (g && g->cold && runs_from(g->cold, at, &at) &&
        (!item || at.major < item->major ||
         (at.major == item->major && at.minor < item->minor)))
        cold_stop(s, g->cold, at, UINT64_MAX, names);
    return key_of(item, link);
}

u64 process_in(const struct state *s, u64 resource, u64 after)
{
    struct place *p = place_of(s, resource);

    return p ? key_of(tree_after(TREE(p, processes), after, 0), 1) : 0;
}

u64 decision_in(const struct state *s, u64 requirements, u64 after)
{
    struct place *p = place_of(s, requirements);

    return p ? key_of(tree_after(TREE(p, decisions), after, 0), 1) : 0;
}

u64 instance_of(const struct state *s, u64 process, u64 after)
{
    return beyond_after(s, process, BRANCH_instances, after);
}

u64 child_after(const struct state *s, u64 scope, u64 after)
{
    return beyond_after(s, scope, BRANCH_children, after);
}

u64 child_count(const struct state *s, u64 scope)
{
    struct place *p = place_of(s, scope);
    u64 count = p ? TREE(p, children)->count : 0;
    struct pair at = {scope, 0};

    for (; s->cold->below.count && runs_from(&s->cold->below, at, &at) &&
           at.major == scope;
         at.minor++)
        count++;
    return count;
}

u64 suspended_with(const struct state *s, u64 instance)
{
    const struct instance_row *row = instance_get(s, instance);
    u64 root = row && row->root_instance ? row->root_instance : instance;

    row = row && row->root_instance ? instance_get(s, root) : row;
    return row && row->is_suspended ? root : 0;
}

u64 instance_with_business_id(const struct state *s, struct str tenant,
                              struct str business_id, u64 after)
{
    return group_from(s,
                      &(struct group_name){GROUP_BUSINESS_IDS, {tenant, business_id}},
                      1, (struct pair){after, 1}, COLD_MAJOR);
}

u64 batch_item_after(const struct state *s, u64 batch, u64 after)
{
    struct place *p = place_of(s, batch);

    return p ? key_of(tree_after(TREE(p, batch_items), after, 0), 0) : 0;
}

u64 held_of(const struct state *s, u64 root)
{
    struct place *p = place_of(s, root);

    return p ? key_of(tree_first(TREE(p, held)), 0) : 0;
}

u64 token_first(const struct state *s, u64 scope, u32 flow)
{
    struct place *p = place_of(s, scope);
    struct tree_item *item = p ? tree_from(TREE(p, tokens), flow, 0) : NULL;

    return item && item->major == flow ? key_of(item, 0) : 0;
}

u64 token_count(const struct state *s, u64 scope)
{
    struct place *p = place_of(s, scope);

    return p ? TREE(p, tokens)->count : 0;
}

u64 token_any(const struct state *s, u64 scope)
{
    struct place *p = place_of(s, scope);

    return p ? key_of(tree_first(TREE(p, tokens)), 0) : 0;
}

u64 token_after(const struct state *s, u64 scope, u64 after)
{
    struct place *p = place_of(s, scope);
    const struct token_row *t = after ? token_get(s, after) : NULL;

    if (!p || (after && !t))
        return 0;
    return key_of(t ? tree_after(TREE(p, tokens), t->flow, after)
                    : tree_first(TREE(p, tokens)),
                  0);
}

u64 trigger_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_of(s, element_instance);

    return p ? key_of(tree_first(TREE(p, triggers)), 0) : 0;
}

u64 trigger_after(const struct state *s, u64 element_instance, u64 after)
{
    struct place *p = place_of(s, element_instance);

    return p ? key_of(tree_after(TREE(p, triggers), after, 0), 0) : 0;
}

u64 job_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_of(s, element_instance);

    return p ? key_of(tree_first(TREE(p, jobs)), 0) : 0;
}

u64 user_task_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_of(s, element_instance);

    return p ? key_of(tree_first(TREE(p, user_tasks)), 0) : 0;
}

u64 timer_after(const struct state *s, u64 owner, u64 after)
{
    struct place *p = place_of(s, owner);

    return p ? key_of(tree_after(TREE(p, timers), after, 0), 0) : 0;
}

u64 incident_after(const struct state *s, u64 element_instance, u64 after)
{
    struct place *p = place_of(s, element_instance);

    return p ? key_of(tree_after(TREE(p, incidents), after, 0), 0) : 0;
}

u64 process_subscription_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_of(s, element_instance);

    return p ? key_of(tree_first(TREE(p, process_subscriptions)), 0) : 0;
}

u64 process_subscription_after(const struct state *s, u64 element_instance, u64 after)
{
    struct place *p = place_of(s, element_instance);
    const struct process_subscription_row *row =
        after ? process_subscription_get(s, after) : NULL;

    if (!p || (after && !row))
        return 0;
    return key_of(row ? tree_after(TREE(p, process_subscriptions),
                                   hash_bytes(row->name, 0), after)
                      : tree_first(TREE(p, process_subscriptions)),
                  0);
}

u64 start_subscription_of(const struct state *s, u64 process, u64 after)
{
    struct place *p = place_of(s, process);

    return p ? key_of(tree_after(TREE(p, start_subscriptions), after, 0), 1) : 0;
}

u64 compensation_after(const struct state *s, u64 scope, u64 after)
{
    struct place *p = place_of(s, scope);

    return p ? key_of(tree_after(TREE(p, compensations), after, 0), 0) : 0;
}

u64 compensation_thrown_by(const struct state *s, u64 thrower, u64 after)
{
    struct place *p = place_of(s, thrower);

    return p ? key_of(tree_after(TREE(p, thrown), after, 0), 1) : 0;
}

u64 loop_result_after(const struct state *s, u64 body, u32 after)
{
    struct place *p = place_of(s, body);

    return p ? key_of(tree_after(TREE(p, loop_results), after, UINT64_MAX), 0) : 0;
}

u64 signal_subscription_of(const struct state *s, u64 owner, u64 after)
{
    struct place *p = place_of(s, owner);

    return p ? key_of(tree_after(TREE(p, signal_subscriptions), after, 0), 1) : 0;
}

u64 condition_of(const struct state *s, u64 owner, u64 after)
{
    struct place *p = place_of(s, owner);

    return p ? key_of(tree_after(TREE(p, conditions), after, 0), 1) : 0;
}

u64 condition_inside(const struct state *s, u64 instance, u64 after)
{
    struct place *p = place_of(s, instance);

    return p ? key_of(tree_after(TREE(p, conditions_inside), after, 0), 0) : 0;
}

/* Items of a tree by the hash of a name; equal hashes stand side by side. */
u64 process_subscription_find(const struct state *s, u64 element_instance,
                              struct str name)
{
    struct place *p = place_of(s, element_instance);
    u64 hash = hash_bytes(name, 0);

    if (!p)
        return 0;
    for (struct tree_item *i = tree_from(TREE(p, process_subscriptions), hash, 0);
         i && i->major == hash; i = tree_next(TREE(p, process_subscriptions), i)) {
        const struct process_subscription_row *row = ROW_OF(i, 0)->data;
        if (str_equal(row->name, name))
            return key_of(i, 0);
    }
    return 0;
}

u64 message_subscription_find(const struct state *s, u64 element_instance,
                              struct str name)
{
    struct place *p = place_of(s, element_instance);
    u64 hash = hash_bytes(name, 0);

    if (!p)
        return 0;
    for (struct tree_item *i = tree_from(TREE(p, message_subscriptions), hash, 0);
         i && i->major == hash; i = tree_next(TREE(p, message_subscriptions), i)) {
        const struct message_subscription_row *row = ROW_OF(i, 1)->data;
        if (str_equal(row->name, name))
            return key_of(i, 1);
    }
    return 0;
}

u64 variable_find(const struct state *s, u64 scope, struct str name)
{
    struct place *p = place_of(s, scope);

    if (!p || TREE(p, variables)->count == 0)
        return 0;
    u64 hash = hash_bytes(name, 0);
    for (struct tree_item *i = tree_from(TREE(p, variables), hash, 0);
         i && i->major == hash; i = tree_next(TREE(p, variables), i)) {
        const struct variable_row *row = ROW_OF(i, 0)->data;
        if (str_equal(row->name, name))
            return key_of(i, 0);
    }
    return 0;
}

u64 variable_next(const struct state *s, u64 scope, struct variable_walk *w)
{
    struct place *p = place_of(s, scope);
    struct tree_item *i;

    if (!p)
        return 0;
    i = w->has_begun ? tree_after(TREE(p, variables), w->major, w->minor)
                     : tree_first(TREE(p, variables));
    if (!i)
        return 0;
    *w = (struct variable_walk){i->major, i->minor, true};
    return key_of(i, 0);
}

u64 variable_after(const struct state *s, u64 scope, u64 after)
{
    const struct row *r = after ? row_find(s, TABLE_VARIABLE, after) : NULL;
    struct variable_walk w = {0};

    if (r)
        w = (struct variable_walk){r->links[0].major, r->links[0].minor, true};
    return after && !r ? 0 : variable_next(s, scope, &w);
}

u64 variable_count(const struct state *s, u64 scope)
{
    struct place *p = place_of(s, scope);

    return p ? TREE(p, variables)->count : 0;
}

static const struct tree *rows_of(const struct state *s, const struct group_name *name)
{
    static const struct tree none = {0};
    struct group *g = group_find(s, name);

    return g ? &g->rows : &none;
}

static const struct tree *versions_of(const struct state *s, enum versioned kind,
                                      bool is_deleted, struct str tenant, struct str id)
{
    return rows_of(
        s, &(struct group_name){version_groups[kind][is_deleted], {tenant, id}});
}

u64 version_up_to(const struct state *s, enum versioned kind, struct str tenant,
                  struct str id, i32 most)
{
    const struct tree *all = versions_of(s, kind, false, tenant, id);

    return most < 0 ? 0 : key_of(tree_up_to(all, (u64)most, UINT64_MAX), 0);
}

i32 version_last(const struct state *s, enum versioned kind, struct str tenant,
                 struct str id)
{
    struct tree_item *there = tree_last(versions_of(s, kind, false, tenant, id));
    struct tree_item *gone = tree_last(versions_of(s, kind, true, tenant, id));
    u64 a = there ? there->major : 0, b = gone ? gone->major : 0;

    return (i32)(a > b ? a : b);
}

u64 process_latest(const struct state *s, struct str tenant, struct str id)
{
    return version_up_to(s, VERSIONED_PROCESS, tenant, id, INT32_MAX);
}

u64 process_version(const struct state *s, struct str tenant, struct str id,
                    i32 version)
{
    u64 key = version_up_to(s, VERSIONED_PROCESS, tenant, id, version);

    return key && process_get(s, key)->version == version ? key : 0;
}

u64 job_waiting(const struct state *s, struct str tenant, struct str type)
{
    return group_from(s, &(struct group_name){GROUP_JOBS, {tenant, type}}, 1,
                      (struct pair){0, 0}, COLD_MINOR);
}

u64 job_waiting_count(const struct state *s, struct str tenant, struct str type)
{
    struct group *g = group_find(s, &(struct group_name){GROUP_JOBS, {tenant, type}});

    return g ? g->rows.count + (g->cold ? g->cold->count : 0) : 0;
}

u64 message_after(const struct state *s, struct str tenant, struct str name,
                  struct str correlation_key, u64 after)
{
    return key_of(
        tree_after(rows_of(s, &(struct group_name){GROUP_MESSAGES,
                                                   {tenant, name, correlation_key}}),
                   after, 0),
        0);
}

u64 message_with_id(const struct state *s, struct str tenant, struct str name,
                    struct str correlation_key, struct str message_id)
{
    return key_of(
        tree_first(rows_of(
            s, &(struct group_name){GROUP_MESSAGE_IDS,
                                    {tenant, name, correlation_key, message_id}})),
        1);
}

u64 message_subscription_after(const struct state *s, struct str tenant,
                               struct str name, struct str correlation_key, u64 after)
{
    return key_of(
        tree_after(rows_of(s, &(struct group_name){GROUP_MESSAGE_SUBSCRIPTIONS,
                                                   {tenant, name, correlation_key}}),
                   after, UINT64_MAX),
        0);
}

u64 start_subscription_after(const struct state *s, struct str tenant, struct str name,
                             u64 after)
{
    return key_of(tree_after(rows_of(s, &(struct group_name){GROUP_START_SUBSCRIPTIONS,
                                                             {tenant, name}}),
                             after, 0),
                  0);
}

u64 signal_subscription_after(const struct state *s, struct str tenant, struct str name,
                              u64 after)
{
    return group_from(s, &(struct group_name){GROUP_SIGNALS, {tenant, name}}, 0,
                      (struct pair){after, 1}, COLD_MAJOR);
}

u64 start_condition_after(const struct state *s, struct str tenant, u64 after)
{
    return key_of(
        tree_after(rows_of(s, &(struct group_name){GROUP_START_CONDITIONS, {tenant}}),
                   after, 0),
        0);
}

u64 start_lock_find(const struct state *s, struct str tenant,
                    struct str bpmn_process_id, struct str correlation_key)
{
    return key_of(tree_first(rows_of(s, &(struct group_name){GROUP_START_LOCKS,
                                                             {tenant, bpmn_process_id,
                                                              correlation_key}})),
                  0);
}

u64 cluster_variable_find(const struct state *s, struct str tenant, struct str name)
{
    return key_of(
        tree_first(rows_of(
            s, &(struct group_name){GROUP_CLUSTER_VARIABLE_NAMES, {tenant, name}})),
        1);
}

u64 cluster_variable_after(const struct state *s, struct str tenant, u64 after)
{
    return key_of(
        tree_after(rows_of(s, &(struct group_name){GROUP_CLUSTER_VARIABLES, {tenant}}),
                   after, 0),
        0);
}

u64 global_listener_next(const struct state *s, u64 after)
{
    const struct global_listener_row *l = global_listener_get(s, after);

    if (!l)
        return key_of(tree_first(&s->global_listeners), 0);
    return key_of(tree_after(&s->global_listeners, listener_rank(l), after), 0);
}

u64 pending_first(const struct state *s)
{
    return key_of(tree_first(&s->pending), 0);
}

u64 pending_after(const struct state *s, u64 after)
{
    return key_of(tree_after(&s->pending, after, 0), 0);
}

u64 ended_batch_first(const struct state *s)
{
    return key_of(tree_first(&s->ended_batches), 0);
}

u64 ended_batch_work_first(const struct state *s)
{
    return key_of(tree_first(&s->ended_batch_works), 0);
}

u64 outbox_after(const struct state *s, u32 partition, u64 after_number)
{
    struct tree_item *i = tree_after(&s->outbox, partition, after_number);

    return i && i->major == partition ? key_of(i, 0) : 0;
}

bool state_due(const struct state *s, i64 now, enum table_id *table, u64 *key)
{
    struct due_item *item = due_first(&s->due, now);

    if (!item)
        return false;
    *table = OWNER(item, struct row, due)->table;
    *key = item->key;
    return true;
}

bool state_due_at(const struct state *s, i64 *when)
{
    struct pair cold = {0, 0};
    bool is_cold = s->cold->due.count && runs_from(&s->cold->due, cold, &cold);

    if (s->due.count)
        *when = s->due.items[1]->when;
    if (is_cold && (!s->due.count || cold_time_back(cold.major) < *when))
        *when = cold_time_back(cold.major);
    return is_cold || s->due.count;
}

bool state_due_is_cold(const struct state *s, i64 now)
{
    struct due_item *item = due_first(&s->due, now);
    struct pair at = {0, 0};
    i64 when;

    if (!s->cold->due.count || !runs_from(&s->cold->due, at, &at))
        return false;
    when = cold_time_back(at.major);
    if (when > now || (item && item->when <= when))
        return false;
    cold_want(s, &s->cold->due, at, cold_time(now), COLD_MINOR);
    return true;
}

/* ---- what goes with a scope ------------------------------------------------------ */

void scope_clear_tokens(struct state *s, u64 scope)
{
    for (u64 token; (token = token_any(s, scope));)
        token_del(s, token);
}

/* With what was done in the scope goes what was done in its sub-processes. */
void scope_clear_compensations(struct state *s, u64 scope)
{
    for (u64 key; (key = compensation_after(s, scope, 0));) {
        u64 inner = compensation_get(s, key)->activity_instance;
        compensation_del(s, key);
        scope_clear_compensations(s, inner);
    }
}

void scope_clear(struct state *s, u64 scope)
{
    struct variable_walk walk = {0};

    scope_clear_tokens(s, scope);
    for (u64 key; (key = variable_next(s, scope, &walk));)
        variable_del(s, key);
    for (u64 trigger; (trigger = trigger_of(s, scope));)
        trigger_del(s, trigger);
    for (u64 result; (result = loop_result_after(s, scope, 0));)
        loop_result_del(s, result);
    if (loop_get(s, scope))
        loop_del(s, scope);
}

const char *problem_name(enum problem p)
{
    switch (p) {
#define X(name, number)  \
    case PROBLEM_##name: \
        return #name;
        PROBLEMS(X)
#undef X
    }
    return "UNKNOWN";
}
