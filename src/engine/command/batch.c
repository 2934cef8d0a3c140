/* batch.c - the same command for all that a filter leaves. Each partition looks for its
 * items in pieces, and then does them one after the other, a step each. Of history only
 * the searchable view knows: there the gate looks for items, and brings them. */
#include "engine/command/batch.h"

#include "engine/behave/behave.h"
#include "engine/command/command.h"
#include "engine/search/search.h"

void decide_batch_cancel_instances(struct step *s, u64 key, const void *record);
void decide_batch_suspend_instances(struct step *s, u64 key, const void *record);
void decide_batch_resume_instances(struct step *s, u64 key, const void *record);
void decide_batch_resolve_incidents(struct step *s, u64 key, const void *record);
void decide_batch_migrate_instances(struct step *s, u64 key, const void *record);
void decide_batch_modify_instances(struct step *s, u64 key, const void *record);
void decide_batch_update_jobs(struct step *s, u64 key, const void *record);
void decide_batch_delete_instances(struct step *s, u64 key, const void *record);
void decide_batch_delete_decisions(struct step *s, u64 key, const void *record);
void decide_history_wanted(struct step *s, u64 key, const void *record);
void decide_history_found(struct step *s, u64 key, const void *record);
void decide_incidents_resolve(struct step *s, u64 key, const void *record);
void decide_batch_suspend(struct step *s, u64 key, const void *record);
void decide_batch_resume(struct step *s, u64 key, const void *record);
void decide_batch_cancel(struct step *s, u64 key, const void *record);
void decide_batch_start(struct step *s, u64 key, const void *record);
void decide_batch_move(struct step *s, u64 key, const void *record);
void decide_batch_report(struct step *s, u64 key, const void *record);
void decide_batch_go(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

#define REPORT_EVERY 100 /* items of another partition's batch operation */

/* ---- what there is to do --------------------------------------------------------- */

/* An instance that was called goes with its root. */
static bool is_root(const struct found *f)
{
    return f->i->parent_instance == 0;
}

static bool can_be_suspended(const struct found *f)
{
    return is_root(f) && !f->i->is_suspended;
}

static bool can_be_resumed(const struct found *f)
{
    return is_root(f) && f->i->is_suspended;
}

static bool has_its_own_incident(const struct found *f)
{
    return f->i->incidents > 0;
}

static bool is_any(const struct found *f)
{
    return true;
}

/* By the command that each item gets: what the filter is about, what is looked through
 * for items, and which of those that fit are meant. */
static const struct batch_type {
    enum command_kind kind;
    enum search_kind filters, walks;
    bool (*is_meant)(const struct found *f); /* NULL: they are looked for in history */
    i32 number;                              /* in gRPC; -1: it has none */
} types[] = {
    {CMD_INSTANCE_CANCEL, SEARCH_PROCESS_INSTANCES, SEARCH_PROCESS_INSTANCES, is_root,
     1},
    {CMD_INSTANCE_SUSPEND, SEARCH_PROCESS_INSTANCES, SEARCH_PROCESS_INSTANCES,
     can_be_suspended, -1},
    {CMD_INSTANCE_RESUME, SEARCH_PROCESS_INSTANCES, SEARCH_PROCESS_INSTANCES,
     can_be_resumed, -1},
    {CMD_INSTANCE_MIGRATE, SEARCH_PROCESS_INSTANCES, SEARCH_PROCESS_INSTANCES, is_any,
     5},
    {CMD_INSTANCE_MODIFY, SEARCH_PROCESS_INSTANCES, SEARCH_PROCESS_INSTANCES, is_any,
     6},
    {CMD_INCIDENT_RESOLVE, SEARCH_PROCESS_INSTANCES, SEARCH_INCIDENTS,
     has_its_own_incident, 7},
    {CMD_JOB_UPDATE, SEARCH_JOBS, SEARCH_JOBS, is_any, 10},
    {CMD_INSTANCE_DELETE, SEARCH_PROCESS_INSTANCES, SEARCH_PROCESS_INSTANCES, NULL, 4},
    {CMD_DECISIONS_DELETE, SEARCH_DECISION_INSTANCES, SEARCH_DECISION_INSTANCES, NULL,
     9},
};

static const struct batch_type *type_of(u32 kind)
{
    for (size_t i = 0; i < LEN(types); i++)
        if (types[i].kind == kind)
            return &types[i];
    must(!"a command that batch operations are made of");
    return NULL;
}

static bool is_of_history(u32 kind)
{
    return type_of(kind)->is_meant == NULL;
}

static bool filter_read(struct step *s, u32 kind, struct str filter, struct query *out)
{
    const struct search_plan *plan = &search_plans[type_of(kind)->filters];
    struct buf b;

    buf_init(&b, s->arena, filter.len + 16);
    buf_byte(&b, '{');
    json_put_name(&b, STR("filter"));
    buf_add(&b, filter);
    buf_byte(&b, '}');
    return query_read(s, plan, buf_str(&b), out);
}

/* ---- creating -------------------------------------------------------------------- */

static bool filter_is_good(struct step *s, u32 kind, struct str filter)
{
    struct query *q = NEW(s->arena, struct query);

    if (!filter_read(s, kind, filter, q))
        return false;
    if (!q->conditions && !q->alternatives) {
        reject(s, REJECT_INVALID_ARGUMENT, "Given filter is empty");
        return false;
    }
    return true;
}

static const struct batch_created *begin(struct step *s, enum command_kind kind,
                                         struct str filter, const void *record)
{
    struct batch_created *answer = NEW(s->arena, struct batch_created);
    struct batch_work_row work = {.kind = kind, .filter = filter};
    struct buf command;

    buf_init(&command, s->arena, 0);
    if (record)
        record_encode(&command, commands[kind].ask, record);
    work.command = buf_str(&command);
    u64 key = key_new(s);
    emit(s, EV_BATCH_CREATED, key, &(struct batch_row){.kind = kind});
    for (u32 p = 1; p <= s->partitions; p++)
        send_to(s, p, CMD_BATCH_START, key, &(struct batch_start){&work});
    *answer = (struct batch_created){key, str_of(batch_type_name(kind)),
                                     type_of(kind)->number,
                                     arena_print(s->arena, "%llu", (llu)key)};
    return answer;
}

/* A filter of history has been looked at by whoever can look there. */
static void create(struct step *s, enum command_kind kind, struct str filter,
                   const void *record)
{
    if (is_of_history(kind) || filter_is_good(s, kind, filter))
        s->answer = begin(s, kind, filter, record);
}

const struct batch_created *batch_of_history(struct step *s, enum command_kind kind,
                                             const char *property, u64 key)
{
    return begin(s, kind,
                 arena_print(s->arena, "{\"%s\":\"%llu\"}", property, (llu)key), NULL);
}

void decide_batch_cancel_instances(struct step *s, u64 key, const void *record)
{
    create(s, CMD_INSTANCE_CANCEL, ((const struct batch_create *)record)->filter, NULL);
}

void decide_batch_suspend_instances(struct step *s, u64 key, const void *record)
{
    create(s, CMD_INSTANCE_SUSPEND, ((const struct batch_create *)record)->filter,
           NULL);
}

void decide_batch_resume_instances(struct step *s, u64 key, const void *record)
{
    create(s, CMD_INSTANCE_RESUME, ((const struct batch_create *)record)->filter, NULL);
}

void decide_batch_resolve_incidents(struct step *s, u64 key, const void *record)
{
    create(s, CMD_INCIDENT_RESOLVE, ((const struct batch_create *)record)->filter,
           NULL);
}

void decide_batch_migrate_instances(struct step *s, u64 key, const void *record)
{
    const struct batch_migrate *c = record;

    create(s, CMD_INSTANCE_MIGRATE, c->filter, c->plan);
}

/* What moves begins in the nearest scope that is there. */
void decide_batch_modify_instances(struct step *s, u64 key, const void *record)
{
    const struct batch_modify *c = record;
    struct move_instruction *moves =
        NEW_ARRAY(s->arena, struct move_instruction, c->moves.count);

    for (u32 i = 0; i < c->moves.count; i++) {
        moves[i] = c->moves.items[i];
        moves[i].infers_ancestor = true;
    }
    create(s, CMD_INSTANCE_MODIFY, c->filter,
           &(struct instance_modify){.moves = {moves, c->moves.count}});
}

void decide_batch_update_jobs(struct step *s, u64 key, const void *record)
{
    const struct batch_update_jobs *c = record;

    create(s, CMD_JOB_UPDATE, c->filter, c->changeset);
}

void decide_batch_delete_instances(struct step *s, u64 key, const void *record)
{
    create(s, CMD_INSTANCE_DELETE, ((const struct batch_create *)record)->filter, NULL);
}

void decide_batch_delete_decisions(struct step *s, u64 key, const void *record)
{
    create(s, CMD_DECISIONS_DELETE, ((const struct batch_create *)record)->filter,
           NULL);
}

void decide_incidents_resolve(struct step *s, u64 key, const void *record)
{
    if (!instance_get(s->state, key)) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to resolve incidents of process instance with key '%llu', but "
               "no such process instance was found",
               (llu)key);
        return;
    }
    create(s, CMD_INCIDENT_RESOLVE,
           arena_print(s->arena, "{\"processInstanceKey\":\"%llu\"}", (llu)key), NULL);
}

/* ---- as a whole ------------------------------------------------------------------ */

static void move(struct step *s, u64 key, enum batch_state to)
{
    struct batch_moved moved = {.state = to};

    emit(s, EV_BATCH_MOVED, key, &moved);
    for (u32 p = 1; p <= s->partitions; p++)
        send_to(s, p, CMD_BATCH_MOVE, key, &moved);
}

/* In one of these two states it may be moved (behaviours 15.6). */
static bool may_move(struct step *s, u64 key, const char *what, enum batch_state from,
                     enum batch_state or_from)
{
    const struct batch_row *b = batch_get(s->state, key);

    if (!b)
        reject(s, REJECT_NOT_FOUND,
               "Expected to %s a batch operation with key '%llu', but no such batch "
               "operation was found",
               what, (llu)key);
    else if (b->state != from && b->state != or_from)
        reject(s, REJECT_INVALID_STATE,
               "Expected to %s a batch operation with key '%llu', but it is in state "
               "'%s'",
               what, (llu)key, batch_state_name(b->state));
    return s->rejection == REJECT_NONE;
}

void decide_batch_suspend(struct step *s, u64 key, const void *record)
{
    if (may_move(s, key, "suspend", BATCH_ACTIVE, BATCH_ACTIVE))
        move(s, key, BATCH_SUSPENDED);
}

void decide_batch_resume(struct step *s, u64 key, const void *record)
{
    if (may_move(s, key, "resume", BATCH_SUSPENDED, BATCH_SUSPENDED))
        move(s, key, BATCH_ACTIVE);
}

void decide_batch_cancel(struct step *s, u64 key, const void *record)
{
    if (may_move(s, key, "cancel", BATCH_ACTIVE, BATCH_SUSPENDED))
        move(s, key, BATCH_CANCELED);
}

/* It ends with the last of its parts. */
static void end_if_all_are_done(struct step *s, u64 key)
{
    const struct batch_row *b = batch_get(s->state, key);
    u32 done = 0, broken = 0;

    for (u32 i = 0; i < b->parts.count; i++) {
        done += b->parts.items[i].is_done;
        broken += b->parts.items[i].error.len > 0;
    }
    if (done < s->partitions || b->state > BATCH_SUSPENDED)
        return;
    enum batch_state end = broken == 0               ? BATCH_COMPLETED
                           : broken == s->partitions ? BATCH_FAILED
                                                     : BATCH_PARTIALLY_COMPLETED;
    emit(s, EV_BATCH_MOVED, key, &(struct batch_moved){.state = end});
}

void decide_batch_report(struct step *s, u64 key, const void *record)
{
    if (!batch_get(s->state, key))
        return;
    emit(s, EV_BATCH_REPORTED, key, record);
    end_if_all_are_done(s, key);
}

/* ---- at each partition ----------------------------------------------------------- */

static void report(struct step *s, u64 key, struct str error)
{
    const struct batch_work_row *w = batch_work_get(s->state, key);

    send_to(s, key_partition(key), CMD_BATCH_REPORT, key,
            &(struct batch_part){.partition = s->partition,
                                 .total = w->total,
                                 .completed = w->completed,
                                 .failed = w->failed,
                                 .is_done = w->state > BATCH_SUSPENDED,
                                 .error = error});
}

static void go_on(struct step *s, u64 key)
{
    const struct batch_work_row *w = batch_work_get(s->state, key);

    if (w->state == BATCH_ACTIVE)
        leave(s, 0, CMD_BATCH_GO, key, &(struct batch_go){w->turn});
}

static void end(struct step *s, u64 key, enum batch_state state, struct str error)
{
    emit(s, EV_BATCH_WORK_MOVED, key, &(struct batch_moved){.state = state});
    report(s, key, error);
}

void decide_batch_start(struct step *s, u64 key, const void *record)
{
    const struct batch_start *c = record;

    must(c->work);
    emit(s, EV_BATCH_WORK_BEGUN, key, c->work);
    go_on(s, key);
}

void decide_batch_move(struct step *s, u64 key, const void *record)
{
    const struct batch_moved *c = record;
    const struct batch_work_row *w = batch_work_get(s->state, key);

    if (!w || w->state > BATCH_SUSPENDED || w->state == c->state)
        return;
    emit(s, EV_BATCH_WORK_MOVED, key, c);
    report(s, key, STR(""));
    go_on(s, key);
}

/* ---- looking for items ----------------------------------------------------------- */

struct look {
    struct scan scan;
    struct found f;
    const struct batch_type *type;
    struct query filter;
    u64 batch;
};

/* Of an incident, the filter is about its instance. */
static bool look_fits(struct look *l, u64 key)
{
    if (!found_take(&l->f, &search_plans[l->type->filters], key) ||
        !match(&l->f, &l->filter))
        return false;
    return l->type->is_meant(&l->f);
}

static void look_offer(struct scan *scan, u64 key)
{
    struct look *l =
        (struct look *)(void *)((char *)scan - offsetof(struct look, scan));
    struct step *s = scan->step;
    const struct incident_row *incident =
        l->type->walks == SEARCH_INCIDENTS ? incident_get(s->state, key) : NULL;

    if (l->type->walks == SEARCH_INCIDENTS && !incident)
        return;
    if (!look_fits(l, incident ? incident->instance : key))
        return;
    u64 root = l->f.i->root_instance;
    emit(s, EV_BATCH_ITEM_ADDED, key_new(s),
         &(struct batch_item_row){.batch = l->batch,
                                  .kind = l->type->kind,
                                  .item = key,
                                  .instance = l->f.instance,
                                  .root = root ? root : l->f.instance});
}

static void look_on(struct step *s, u64 key, const struct batch_work_row *w)
{
    static const struct query all;
    struct look *l = NEW(s->arena, struct look);
    struct search_ask asked = {.has_begun = w->has_begun, .at = w->at, .path = w->path};
    struct search_found found = {0};

    *l = (struct look){.f = {.step = s}, .type = type_of(w->kind), .batch = key};
    must(filter_read(s, w->kind, w->filter, &l->filter));
    l->scan = (struct scan){
        .step = s,
        .plan = &search_plans[l->type->walks],
        .query = l->type->walks == l->type->filters ? &l->filter : &all,
        .asked = &asked,
        .found = &found,
        .offer = look_offer,
    };
    scan_run(&l->scan);
    emit(s, EV_BATCH_SCANNED, key,
         &(struct batch_scanned){found.at, found.path, found.is_done});
    if (found.is_done)
        report(s, key, STR(""));
}

/* ---- items of history ------------------------------------------------------------ */

static bool waits_for_history(const struct batch_work_row *w)
{
    return w && w->state == BATCH_ACTIVE && !w->is_scanned && is_of_history(w->kind);
}

void decide_history_wanted(struct step *s, u64 key, const void *record)
{
    struct history_wanted *answer = NEW(s->arena, struct history_wanted);
    const struct batch_work_row *w;
    struct table_walk walk = {0};
    u64 first = 0;

    *answer = (struct history_wanted){0};
    for (u64 at; state_next(s->state, TABLE_BATCH_WORK, &walk, &at);)
        if (waits_for_history(batch_work_get(s->state, at)) && (!first || at < first))
            first = at;
    s->answer = answer;
    if (!first)
        return;
    w = batch_work_get(s->state, first);
    *answer = (struct history_wanted){
        .batch = first,
        .kind = w->kind,
        .filter = w->filter,
        .at = w->has_begun ? w->at : (u64)s->partition << 51,
        .turn = w->turn,
    };
}

static void items_add(struct step *s, u64 key, const struct history_found *c)
{
    u64 last = (u64)s->partition << 51;

    for (u32 i = 0; i < c->items.count; i++) {
        struct batch_item_row item = c->items.items[i];
        last = item.item;
        item.batch = key;
        item.kind = batch_work_get(s->state, key)->kind;
        emit(s, EV_BATCH_ITEM_ADDED, key_new(s), &item);
    }
    emit(s, EV_BATCH_SCANNED, key,
         &(struct batch_scanned){.at = last, .is_done = c->is_done});
}

void decide_history_found(struct step *s, u64 key, const void *record)
{
    const struct batch_work_row *w = batch_work_get(s->state, key);
    const struct history_found *c = record;

    if (!waits_for_history(w) || w->turn != c->turn)
        return;
    if (c->error.len) {
        end(s, key, BATCH_FAILED, c->error);
        return;
    }
    items_add(s, key, c);
    report(s, key, STR(""));
    if (c->is_done)
        go_on(s, key);
}

/* ---- doing them ------------------------------------------------------------------ */

static void item_ends(struct step *s, u64 key, u64 item, enum rejection why,
                      struct str error)
{
    enum batch_item_state state = why == REJECT_NONE        ? BATCH_ITEM_COMPLETED
                                  : why == REJECT_NOT_FOUND ? BATCH_ITEM_SKIPPED
                                                            : BATCH_ITEM_FAILED;

    emit(s, EV_BATCH_ITEM_DONE, item, &(struct batch_item_done){key, state, error});
    const struct batch_work_row *w = batch_work_get(s->state, key);
    if (key_partition(key) == s->partition ||
        (w->completed + w->failed) % REPORT_EVERY == 0)
        report(s, key, STR(""));
}

/* Each is asked for like by a client, but nobody waits for it. */
static void item_do(struct step *s, u64 key, u64 item, const struct batch_work_row *w)
{
    const struct shape *shape = commands[w->kind].ask;
    void *ask = arena_alloc(s->arena, shape->size);
    struct err err;

    must(record_decode(w->command, shape, s->arena, ask, &err));
    deciders[w->kind](s, batch_item_get(s->state, item)->item, ask);
    if (s->is_undone)
        return;
    enum rejection why = s->rejection;
    s->rejection = REJECT_NONE;
    s->answer = NULL;
    s->instance = 0;
    item_ends(s, key, item, why, why ? s->reason : STR(""));
}

void decide_batch_go(struct step *s, u64 key, const void *record)
{
    const struct batch_work_row *w = batch_work_get(s->state, key);
    u64 item;

    if (!w || w->state != BATCH_ACTIVE ||
        w->turn != ((const struct batch_go *)record)->turn)
        return;
    if (waits_for_history(w)) {
        effect_history(s);
        return;
    }
    item = w->is_scanned ? batch_item_after(s->state, key, w->last) : 0;
    if (!w->is_scanned) {
        look_on(s, key, w);
    } else if (item) {
        item_do(s, key, item, w);
    } else {
        end(s, key, BATCH_COMPLETED, STR(""));
        return;
    }
    if (!s->is_undone)
        go_on(s, key);
}

void batch_stumbled(struct step *s, u64 key, enum rejection why, struct str reason)
{
    const struct batch_work_row *w = batch_work_get(s->state, key);
    u64 item = w && w->is_scanned ? batch_item_after(s->state, key, w->last) : 0;

    if (!w || w->state != BATCH_ACTIVE)
        return;
    if (!item) {
        end(s, key, BATCH_FAILED, reason);
        return;
    }
    item_ends(s, key, item, why, reason);
    go_on(s, key);
}
