#include "engine/behave/behave.h"
#include "engine/command/batch.h"
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

/* ---- decisions, forms and other files -------------------------------------------- */

static void decision_delete(struct step *s, u64 key)
{
    const struct decision_row *row = decision_get(s->state, key);

    emit(s, EV_DECISION_DELETED, key,
         &(struct version_deleted){row->id, row->version, row->tenant});
}

static void requirements_delete(struct step *s, u64 key,
                                const struct requirements_row *row)
{
    for (u64 one = 0; (one = decision_in(s->state, key, one));)
        decision_delete(s, one);
    emit(s, EV_REQUIREMENTS_DELETED, key,
         &(struct version_deleted){row->id, row->version, row->tenant});
    models_leave(s->engine->models, row->resource);
}

static void artifact_delete(struct step *s, u64 key, const struct artifact_row *row)
{
    emit(s, EV_ARTIFACT_DELETED, key,
         &(struct version_deleted){row->id, row->version, row->tenant});
}

/* ---- the commands ---------------------------------------------------------------- */

/* What has this key and is still to be found; at most one of them is not NULL. */
struct target {
    const struct process_row *process;
    const struct requirements_row *requirements;
    const struct artifact_row *artifact;
    struct str tenant;
};

static bool target_find(struct step *s, u64 key, struct target *t)
{
    *t = (struct target){process_get(s->state, key), requirements_get(s->state, key),
                         artifact_get(s->state, key)};
    if (t->process && !t->process->is_deleted)
        t->tenant = t->process->tenant;
    else if (t->requirements && !t->requirements->is_deleted)
        t->tenant = t->requirements->tenant;
    else if (t->artifact && !t->artifact->is_deleted)
        t->tenant = t->artifact->tenant;
    else
        return false;
    return true;
}

static void target_delete(struct step *s, u64 key, const struct target *t)
{
    if (t->process)
        process_delete(s, key, t->process);
    if (t->requirements)
        requirements_delete(s, key, t->requirements);
    if (t->artifact)
        artifact_delete(s, key, t->artifact);
}

/* Forms and other files have none. */
static const struct batch_created *history_delete(struct step *s, u64 key,
                                                  const struct target *t)
{
    if (t->process)
        return batch_of_history(s, CMD_INSTANCE_DELETE, "processDefinitionKey", key);
    if (t->requirements)
        return batch_of_history(s, CMD_DECISIONS_DELETE, "decisionRequirementsKey",
                                key);
    return NULL;
}

void decide_resource_delete(struct step *s, u64 key, const void *record)
{
    const struct resource_delete *c = record;
    struct resource_was_deleted *answer = NEW(s->arena, struct resource_was_deleted);
    struct target t;

    if (!target_find(s, key, &t) || !str_equal(t.tenant, s->tenant)) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to delete resource but no resource found with key `%llu`",
               (llu)key);
        return;
    }
    if (t.process && !may_delete(s, key, t.process))
        return;
    target_delete(s, key, &t);
    answer->resource_key = arena_print(s->arena, "%llu", (llu)key);
    if (c->deletes_history)
        answer->batch = history_delete(s, key, &t);
    s->answer = answer;
    send_to_others(s, CMD_RESOURCE_DELETE_ON, key, NULL);
}

/* Instances that run on another partition go on there: what they are made of is kept
 * until the last of them has ended. */
void decide_resource_delete_on(struct step *s, u64 key, const void *record)
{
    struct target t;

    if (target_find(s, key, &t))
        target_delete(s, key, &t);
}
