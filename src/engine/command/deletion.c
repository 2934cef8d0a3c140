#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_resource_delete(struct step *s, u64 key, const void *record);
void decide_resource_delete_on(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

/* An instance that was banned will not go on. */
static bool is_running(const struct step *s, u64 process)
{
    for (u64 key = 0; (key = instance_of(s->state, process, key));)
        if (!instance_get(s->state, key)->is_banned)
            return true;
    return false;
}

/* The version that is to start instances when this one is gone; 0: none. */
static u64 successor(struct step *s, u64 key, const struct process_row *row)
{
    u64 latest = process_latest(s->state, row->tenant, row->bpmn_process_id);

    return latest == key ? starts_before(s, row) : 0;
}

/* The version before takes its place, its timers counted from now. */
static void process_delete(struct step *s, u64 key, const struct process_row *row)
{
    u64 next = successor(s, key, row);
    struct failure f;

    emit(s, EV_PROCESS_DELETED, key,
         &(struct process_deleted){row->bpmn_process_id, row->version, row->tenant});
    models_leave(s->engine->models, row->resource);
    starts_close(s, key);
    if (next)
        must(starts_open(s, next, &f)); /* checked: its timers; the rest is constant */
}

/* A timer that cannot be counted from now keeps the version after it where it is. */
static bool may_delete(struct step *s, u64 key, const struct process_row *row)
{
    u64 next = successor(s, key, row);
    struct failure f;

    if (is_running(s, key)) {
        reject(
            s, REJECT_INVALID_STATE,
            "Expected to delete resource with key `%llu` but there are still running "
            "instances",
            (llu)key);
        return false;
    }
    if (next && !starts_check(s, process_of(s, next), &f)) {
        reject(s, REJECT_INVALID_STATE,
               "Expected to delete resource with key `%llu` but a timer of the version "
               "before it cannot be started again: %.*s",
               (llu)key, ARG(f.message));
        return false;
    }
    return true;
}

void decide_resource_delete(struct step *s, u64 key, const void *record)
{
    const struct process_row *row = process_get(s->state, key);
    struct resource_was_deleted *answer = NEW(s->arena, struct resource_was_deleted);

    if (!row || row->is_deleted || !str_equal(row->tenant, s->tenant)) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to delete resource but no resource found with key `%llu`",
               (llu)key);
        return;
    }
    if (!may_delete(s, key, row))
        return;
    process_delete(s, key, row);
    answer->resource_key = arena_print(s->arena, "%llu", (llu)key);
    s->answer = answer;
    for (u32 p = 1; p <= s->partitions; p++)
        if (p != s->partition)
            send_to(s, p, CMD_RESOURCE_DELETE_ON, key, NULL);
}

/* Instances that run on another partition go on there: what they are made of is kept
 * until the last of them has ended. */
void decide_resource_delete_on(struct step *s, u64 key, const void *record)
{
    const struct process_row *row = process_get(s->state, key);

    if (row && !row->is_deleted)
        process_delete(s, key, row);
}
