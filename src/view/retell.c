/* retell.c - rows of what lives, made of a state instead of the events that made it:
 * when the log does not have those any more. Each row of the state is told as the
 * events that would make it now. What had ended before is not there, nor is what the
 * state does not keep: the story so far, which flows were taken, how often an element
 * was passed. */
#include <stdlib.h>

#include "view/inside.h"

#define ROWS_TOGETHER 5000 /* are told before they are written */

struct retelling {
    struct view *v;
    const struct state *s;
    u32 told;
};

static void tell(struct retelling *r, enum event_kind kind, u64 key, i64 now,
                 const void *record)
{
    r->v->now = now ? now : state_now(r->s);
    view_projectors[kind](r->v, key, record);
}

/* ---- what is deployed ------------------------------------------------------------ */

static void resource_tell(struct retelling *r, u64 key)
{
    tell(r, EV_RESOURCE_ADDED, key, 0, resource_get(r->s, key));
}

static void process_tell(struct retelling *r, u64 key)
{
    const struct process_row *row = process_get(r->s, key);

    tell(r, EV_PROCESS_CREATED, key, 0, row);
    if (row->is_deleted)
        tell(r, EV_PROCESS_DELETED, key, 0, &(struct process_deleted){.version = 0});
}

static void requirements_tell(struct retelling *r, u64 key)
{
    const struct requirements_row *row = requirements_get(r->s, key);

    tell(r, EV_REQUIREMENTS_CREATED, key, 0, row);
    if (row->is_deleted)
        tell(r, EV_REQUIREMENTS_DELETED, key, 0,
             &(struct version_deleted){.version = 0});
}

static void decision_tell(struct retelling *r, u64 key)
{
    const struct decision_row *row = decision_get(r->s, key);

    tell(r, EV_DECISION_CREATED, key, 0, row);
    if (row->is_deleted)
        tell(r, EV_DECISION_DELETED, key, 0, &(struct version_deleted){.version = 0});
}

static void artifact_tell(struct retelling *r, u64 key)
{
    const struct artifact_row *row = artifact_get(r->s, key);

    tell(r, EV_ARTIFACT_CREATED, key, 0, row);
    if (row->is_deleted)
        tell(r, EV_ARTIFACT_DELETED, key, 0, &(struct version_deleted){.version = 0});
}

static void start_subscription_tell(struct retelling *r, u64 key)
{
    tell(r, EV_START_SUBSCRIPTION_CREATED, key, 0, start_subscription_get(r->s, key));
}

/* ---- what runs ---------------------------------------------------------------------
 */

static void instance_tell(struct retelling *r, u64 key)
{
    const struct instance_row *row = instance_get(r->s, key);

    tell(r, EV_INSTANCE_CREATED, key, row->started_at, row);
}

static void element_tell(struct retelling *r, u64 key)
{
    const struct element_row *row = element_get(r->s, key);

    tell(r, EV_ELEMENT_ACTIVATING, key, row->started_at,
         &(struct element_activating){.instance = row->instance,
                                      .process = row->process,
                                      .element = row->element,
                                      .scope = row->scope,
                                      .parent = row->parent,
                                      .is_body = row->is_body,
                                      .is_inner = row->is_inner});
}

static void variable_tell(struct retelling *r, u64 key)
{
    tell(r, EV_VARIABLE_CREATED, key, 0, variable_get(r->s, key));
}

/* One that has failed shows that also when it is given out again. Moments that it does
 * not keep are those of its element. */
static void job_tell(struct retelling *r, u64 key)
{
    const struct job_row *row = job_get(r->s, key);
    const struct element_row *element = element_get(r->s, row->element_instance);
    i64 at = element ? element->started_at : 0;

    tell(r, EV_JOB_CREATED, key, at, row);
    if (row->state == JOB_STATE_ERROR_THROWN)
        tell(r, EV_JOB_ERROR_THROWN, key, 0,
             &(struct job_error_thrown){.instance = row->instance,
                                        .error_message = row->error_message});
    else if (row->state == JOB_STATE_FAILED || row->error_message.len)
        tell(r, EV_JOB_FAILED, key, 0,
             &(struct job_failed){.instance = row->instance,
                                  .retries = row->retries,
                                  .error_message = row->error_message});
    if (row->state == JOB_STATE_ACTIVATED)
        tell(r, EV_JOB_ACTIVATED, key, 0,
             &(struct job_activated){.instance = row->instance,
                                     .worker = row->worker,
                                     .deadline = row->deadline});
}

static void user_task_tell(struct retelling *r, u64 key)
{
    static const enum event_kind changes[] = {
        [USER_TASK_ASSIGNING] = EV_USER_TASK_ASSIGNING,
        [USER_TASK_CLAIMING] = EV_USER_TASK_CLAIMING,
        [USER_TASK_UPDATING] = EV_USER_TASK_UPDATING,
        [USER_TASK_COMPLETING] = EV_USER_TASK_COMPLETING,
        [USER_TASK_CANCELING] = EV_USER_TASK_CANCELING,
    };
    struct user_task_row row = *user_task_get(r->s, key);
    struct user_task_changing changing = {.instance = row.instance,
                                          .wanted = row.wanted};

    if (row.state != USER_TASK_CREATING)
        row.wanted = NULL;
    tell(r, EV_USER_TASK_CREATING, key, row.created_at, &row);
    if (row.state == USER_TASK_CREATED)
        tell(r, EV_USER_TASK_CREATED, key, 0, NULL);
    else if (row.state < LEN(changes) && changes[row.state])
        tell(r, changes[row.state], key, 0, &changing);
}

static void incident_tell(struct retelling *r, u64 key)
{
    const struct incident_row *row = incident_get(r->s, key);

    tell(r, EV_INCIDENT_CREATED, key, row->created_at, row);
}

static void process_subscription_tell(struct retelling *r, u64 key)
{
    const struct process_subscription_row *row = process_subscription_get(r->s, key);

    tell(r, EV_PROCESS_SUBSCRIPTION_CREATED, key, row->opened_at, row);
}

/* After all instances: those that it called rest with it. */
static void suspension_tell(struct retelling *r, u64 key)
{
    const struct instance_row *row = instance_get(r->s, key);

    if (row->is_suspended)
        tell(r, EV_INSTANCE_SUSPENDED, key, row->suspended_at, NULL);
}

/* ---- batch operations ---------------------------------------------------------------
 */

static void batch_tell(struct retelling *r, u64 key)
{
    const struct batch_row *row = batch_get(r->s, key);

    tell(r, EV_BATCH_CREATED, key, row->started_at, row);
    for (u32 i = 0; i < row->parts.count; i++)
        tell(r, EV_BATCH_REPORTED, key, 0, &row->parts.items[i]);
    if (row->ended_at)
        tell(r, EV_BATCH_MOVED, key, row->ended_at,
             &(struct batch_moved){.state = row->state});
}

static void batch_item_tell(struct retelling *r, u64 key)
{
    const struct batch_item_row *row = batch_item_get(r->s, key);

    tell(r, EV_BATCH_ITEM_ADDED, key, 0, row);
    if (row->state != BATCH_ITEM_ACTIVE)
        tell(r, EV_BATCH_ITEM_DONE, key, row->processed_at,
             &(struct batch_item_done){.state = row->state, .error = row->error});
}

/* ---- all of it
 * ------------------------------------------------------------------------ */

typedef void teller(struct retelling *r, u64 key);

/* In an order in which each finds what it belongs to. */
static const struct {
    enum table_id table;
    teller *tell;
} tables[] = {
    {TABLE_RESOURCE, resource_tell},
    {TABLE_PROCESS, process_tell},
    {TABLE_REQUIREMENTS, requirements_tell},
    {TABLE_DECISION, decision_tell},
    {TABLE_ARTIFACT, artifact_tell},
    {TABLE_START_SUBSCRIPTION, start_subscription_tell},
    {TABLE_INSTANCE, instance_tell},
    {TABLE_ELEMENT, element_tell},
    {TABLE_VARIABLE, variable_tell},
    {TABLE_JOB, job_tell},
    {TABLE_USER_TASK, user_task_tell},
    {TABLE_PROCESS_SUBSCRIPTION, process_subscription_tell},
    {TABLE_INCIDENT, incident_tell},
    {TABLE_INSTANCE, suspension_tell},
    {TABLE_BATCH, batch_tell},
    {TABLE_BATCH_ITEM, batch_item_tell},
};

static int key_order(const void *a, const void *b)
{
    u64 x, y;

    memcpy(&x, a, sizeof(x));
    memcpy(&y, b, sizeof(y));
    return x < y ? -1 : x > y;
}

static u64 *keys_of(const struct state *s, enum table_id table, u64 *count)
{
    u64 *keys = must_alloc((state_count(s, table) + 1) * sizeof(*keys)), key;
    struct table_walk walk = {0};

    *count = 0;
    while (state_next(s, table, &walk, &key))
        keys[(*count)++] = key;
    qsort(keys, *count, sizeof(*keys), key_order);
    return keys;
}

static bool table_tell(struct retelling *r, enum table_id table, teller *told)
{
    u64 count;
    u64 *keys = keys_of(r->s, table, &count);
    bool is_good = true;

    for (u64 i = 0; is_good && i < count; i++) {
        arena_reset(&r->v->scratch);
        told(r, keys[i]);
        r->v->event++;
        is_good = !r->v->is_lost;
        if (is_good && ++r->told % ROWS_TOGETHER == 0)
            is_good = rows_flush(r->v);
    }
    free(keys);
    return is_good;
}

bool view_retell(struct view *v, u32 partition, const struct state *s, u64 position,
                 struct err *err)
{
    struct retelling r = {v, s, 0};
    struct entry none = {.position = position, .tenant = STR("<default>")};
    bool is_good = view_write(v, err);

    if (!is_good)
        return false;
    v->partition = partition;
    v->position = position;
    v->entry = &none;
    v->event = 0;
    for (size_t i = 0; is_good && i < LEN(tables); i++)
        is_good = table_tell(&r, tables[i].table, tables[i].tell);
    v->entry = NULL;
    if (!is_good || v->is_lost) {
        *err = v->err;
        return err_in(err, "partition %u, from its checkpoint", partition);
    }
    v->positions[partition - 1] = position;
    v->marks[partition - 1] = (struct mark){.begins = position};
    return true;
}
