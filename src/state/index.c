/* index.c - which ordered sets a row stands in. Tables keep their own indexes: whoever
 * puts a row cannot forget them, and an abort, which puts rows back through the same
 * functions, brings them back as they were. */
#include <stdlib.h>

#include "base/hash.h"
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

static void place_put(struct state *s, u64 owner, size_t tree, struct row *r, int link,
                      u64 major, u64 minor)
{
    struct place *p = place_make(s, owner);

    tree_put((struct tree *)(void *)((char *)p + tree), &r->links[link], major, minor);
    p->items++;
}

static void place_del(struct state *s, u64 owner, size_t tree, struct row *r, int link)
{
    struct place *p = place_find(s, owner);

    must(p && r->links[link].is_in);
    tree_del((struct tree *)(void *)((char *)p + tree), &r->links[link]);
    if (--p->items == 0) {
        *s->recent = NULL;
        chains_del(&s->places, (struct chained *)p);
        block_put(&s->blocks, p);
    }
}

static void group_put(struct state *s, const struct group_name *name, struct row *r,
                      int link, u64 major, u64 minor)
{
    tree_put(&group_make(s, name)->rows, &r->links[link], major, minor);
}

static void group_del(struct state *s, const struct group_name *name, struct row *r,
                      int link)
{
    struct group *g = group_find(s, name);

    must(g && r->links[link].is_in);
    tree_del(&g->rows, &r->links[link]);
    if (g->rows.count == 0) {
        chains_del(&s->groups, (struct chained *)g);
        block_put(&s->blocks, g);
    }
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

/* Put in or take out: both name the same set, so they are said once. */
struct hand {
    struct state *s;
    struct row *r;
    bool in;
};

#define IN_PLACE(hand, owner, tree, link, major, minor) \
    in_place((hand), (owner), offsetof(struct place, tree), (link), (major), (minor))

static void in_place(const struct hand *h, u64 owner, size_t tree, int link, u64 major,
                     u64 minor)
{
    if (h->in)
        place_put(h->s, owner, tree, h->r, link, major, minor);
    else
        place_del(h->s, owner, tree, h->r, link);
}

static void in_group(const struct hand *h, const struct group_name *name, int link,
                     u64 major, u64 minor)
{
    if (h->in)
        group_put(h->s, name, h->r, link, major, minor);
    else
        group_del(h->s, name, h->r, link);
}

static void in_tree(const struct hand *h, struct tree *t, u64 major, u64 minor)
{
    if (h->in)
        tree_put(t, &h->r->links[0], major, minor);
    else
        tree_del(t, &h->r->links[0]);
}

static void in_due(const struct hand *h, i64 when)
{
    if (h->in)
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
    IN_PLACE(h, i->process, instances, 0, h->r->key, 0);
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
        u64 above = e->scope ? e->scope : e->parent;
        if (above)
            IN_PLACE(h, above, children, 0, key, 0);
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
    case TABLE_EVALUATION:
        in_tree(h, &h->s->evaluations, key, 0);
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
    case TABLE_ENDED_TASK: {
        const struct ended_task_row *e = data;
        in_tree(h, &h->s->ended_tasks, (u64)e->ended_at, key);
        return;
    }
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
    index_row(&(struct hand){s, r, true});
}

void index_out(struct state *s, struct row *r)
{
    index_row(&(struct hand){s, r, false});
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

u64 process_in(const struct state *s, u64 resource, u64 after)
{
    struct place *p = place_find(s, resource);

    return p ? key_of(tree_after(&p->processes, after, 0), 1) : 0;
}

u64 decision_in(const struct state *s, u64 requirements, u64 after)
{
    struct place *p = place_find(s, requirements);

    return p ? key_of(tree_after(&p->decisions, after, 0), 1) : 0;
}

u64 instance_of(const struct state *s, u64 process, u64 after)
{
    struct place *p = place_find(s, process);

    return p ? key_of(tree_after(&p->instances, after, 0), 0) : 0;
}

u64 child_after(const struct state *s, u64 scope, u64 after)
{
    struct place *p = place_find(s, scope);

    return p ? key_of(tree_after(&p->children, after, 0), 0) : 0;
}

u64 child_count(const struct state *s, u64 scope)
{
    struct place *p = place_find(s, scope);

    return p ? p->children.count : 0;
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
    struct group *g =
        group_find(s, &(struct group_name){GROUP_BUSINESS_IDS, {tenant, business_id}});

    return g ? key_of(tree_after(&g->rows, after, 0), 1) : 0;
}

u64 batch_item_after(const struct state *s, u64 batch, u64 after)
{
    struct place *p = place_find(s, batch);

    return p ? key_of(tree_after(&p->batch_items, after, 0), 0) : 0;
}

u64 held_of(const struct state *s, u64 root)
{
    struct place *p = place_find(s, root);

    return p ? key_of(tree_first(&p->held), 0) : 0;
}

u64 token_first(const struct state *s, u64 scope, u32 flow)
{
    struct place *p = place_find(s, scope);
    struct tree_item *item = p ? tree_from(&p->tokens, flow, 0) : NULL;

    return item && item->major == flow ? key_of(item, 0) : 0;
}

u64 token_count(const struct state *s, u64 scope)
{
    struct place *p = place_find(s, scope);

    return p ? p->tokens.count : 0;
}

u64 token_any(const struct state *s, u64 scope)
{
    struct place *p = place_find(s, scope);

    return p ? key_of(tree_first(&p->tokens), 0) : 0;
}

u64 token_after(const struct state *s, u64 scope, u64 after)
{
    struct place *p = place_find(s, scope);
    const struct token_row *t = after ? token_get(s, after) : NULL;

    if (!p || (after && !t))
        return 0;
    return key_of(t ? tree_after(&p->tokens, t->flow, after) : tree_first(&p->tokens),
                  0);
}

u64 trigger_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_find(s, element_instance);

    return p ? key_of(tree_first(&p->triggers), 0) : 0;
}

u64 trigger_after(const struct state *s, u64 element_instance, u64 after)
{
    struct place *p = place_find(s, element_instance);

    return p ? key_of(tree_after(&p->triggers, after, 0), 0) : 0;
}

u64 job_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_find(s, element_instance);

    return p ? key_of(tree_first(&p->jobs), 0) : 0;
}

u64 user_task_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_find(s, element_instance);

    return p ? key_of(tree_first(&p->user_tasks), 0) : 0;
}

u64 timer_after(const struct state *s, u64 owner, u64 after)
{
    struct place *p = place_find(s, owner);

    return p ? key_of(tree_after(&p->timers, after, 0), 0) : 0;
}

u64 incident_after(const struct state *s, u64 element_instance, u64 after)
{
    struct place *p = place_find(s, element_instance);

    return p ? key_of(tree_after(&p->incidents, after, 0), 0) : 0;
}

u64 process_subscription_of(const struct state *s, u64 element_instance)
{
    struct place *p = place_find(s, element_instance);

    return p ? key_of(tree_first(&p->process_subscriptions), 0) : 0;
}

u64 process_subscription_after(const struct state *s, u64 element_instance, u64 after)
{
    struct place *p = place_find(s, element_instance);
    const struct process_subscription_row *row =
        after ? process_subscription_get(s, after) : NULL;

    if (!p || (after && !row))
        return 0;
    return key_of(
        row ? tree_after(&p->process_subscriptions, hash_bytes(row->name, 0), after)
            : tree_first(&p->process_subscriptions),
        0);
}

u64 start_subscription_of(const struct state *s, u64 process, u64 after)
{
    struct place *p = place_find(s, process);

    return p ? key_of(tree_after(&p->start_subscriptions, after, 0), 1) : 0;
}

u64 compensation_after(const struct state *s, u64 scope, u64 after)
{
    struct place *p = place_find(s, scope);

    return p ? key_of(tree_after(&p->compensations, after, 0), 0) : 0;
}

u64 compensation_thrown_by(const struct state *s, u64 thrower, u64 after)
{
    struct place *p = place_find(s, thrower);

    return p ? key_of(tree_after(&p->thrown, after, 0), 1) : 0;
}

u64 loop_result_after(const struct state *s, u64 body, u32 after)
{
    struct place *p = place_find(s, body);

    return p ? key_of(tree_after(&p->loop_results, after, UINT64_MAX), 0) : 0;
}

u64 signal_subscription_of(const struct state *s, u64 owner, u64 after)
{
    struct place *p = place_find(s, owner);

    return p ? key_of(tree_after(&p->signal_subscriptions, after, 0), 1) : 0;
}

u64 condition_of(const struct state *s, u64 owner, u64 after)
{
    struct place *p = place_find(s, owner);

    return p ? key_of(tree_after(&p->conditions, after, 0), 1) : 0;
}

u64 condition_inside(const struct state *s, u64 instance, u64 after)
{
    struct place *p = place_find(s, instance);

    return p ? key_of(tree_after(&p->conditions_inside, after, 0), 0) : 0;
}

/* Items of a tree by the hash of a name; equal hashes stand side by side. */
u64 process_subscription_find(const struct state *s, u64 element_instance,
                              struct str name)
{
    struct place *p = place_find(s, element_instance);
    u64 hash = hash_bytes(name, 0);

    if (!p)
        return 0;
    for (struct tree_item *i = tree_from(&p->process_subscriptions, hash, 0);
         i && i->major == hash; i = tree_next(&p->process_subscriptions, i)) {
        const struct process_subscription_row *row = ROW_OF(i, 0)->data;
        if (str_equal(row->name, name))
            return key_of(i, 0);
    }
    return 0;
}

u64 message_subscription_find(const struct state *s, u64 element_instance,
                              struct str name)
{
    struct place *p = place_find(s, element_instance);
    u64 hash = hash_bytes(name, 0);

    if (!p)
        return 0;
    for (struct tree_item *i = tree_from(&p->message_subscriptions, hash, 0);
         i && i->major == hash; i = tree_next(&p->message_subscriptions, i)) {
        const struct message_subscription_row *row = ROW_OF(i, 1)->data;
        if (str_equal(row->name, name))
            return key_of(i, 1);
    }
    return 0;
}

u64 variable_find(const struct state *s, u64 scope, struct str name)
{
    struct place *p = place_find(s, scope);

    if (!p || p->variables.count == 0)
        return 0;
    u64 hash = hash_bytes(name, 0);
    for (struct tree_item *i = tree_from(&p->variables, hash, 0); i && i->major == hash;
         i = tree_next(&p->variables, i)) {
        const struct variable_row *row = ROW_OF(i, 0)->data;
        if (str_equal(row->name, name))
            return key_of(i, 0);
    }
    return 0;
}

u64 variable_next(const struct state *s, u64 scope, struct variable_walk *w)
{
    struct place *p = place_find(s, scope);
    struct tree_item *i;

    if (!p)
        return 0;
    i = w->has_begun ? tree_after(&p->variables, w->major, w->minor)
                     : tree_first(&p->variables);
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
    struct place *p = place_find(s, scope);

    return p ? p->variables.count : 0;
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
    return key_of(
        tree_first(rows_of(s, &(struct group_name){GROUP_JOBS, {tenant, type}})), 1);
}

u64 job_waiting_count(const struct state *s, struct str tenant, struct str type)
{
    return rows_of(s, &(struct group_name){GROUP_JOBS, {tenant, type}})->count;
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
    return key_of(
        tree_after(rows_of(s, &(struct group_name){GROUP_SIGNALS, {tenant, name}}),
                   after, 0),
        0);
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

u64 ended_task_first(const struct state *s)
{
    return key_of(tree_first(&s->ended_tasks), 0);
}

u64 ended_batch_first(const struct state *s)
{
    return key_of(tree_first(&s->ended_batches), 0);
}

u64 ended_batch_work_first(const struct state *s)
{
    return key_of(tree_first(&s->ended_batch_works), 0);
}

u64 ended_task_next(const struct state *s, u64 key)
{
    const struct ended_task_row *row = ended_task_get(s, key);

    return row ? key_of(tree_after(&s->ended_tasks, (u64)row->ended_at, key), 0) : 0;
}

u64 evaluation_first(const struct state *s)
{
    return key_of(tree_first(&s->evaluations), 0);
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
    if (s->due.count == 0)
        return false;
    *when = s->due.items[1]->when;
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
