/* forget.c - what nobody looks for any more, or shall not find, goes for good. */
#include "view/inside.h"

#define FORGET_MAX 200 /* instances at once */

/* Tables with rows of an instance, the instance last. */
static const char *const of_instance[] = {
    "element_instances",   "jobs",
    "incidents",           "variables",
    "user_tasks",          "message_subscriptions",
    "correlated_messages", "decision_instances",
    "audit_logs",          "stories",
    "story_parts",         "waits",
    "process_instances",
};

struct old {
    u64 keys[FORGET_MAX];
    u32 count;
};

static bool old_take(void *ctx, const struct db_value *values, u32 count)
{
    struct old *o = ctx;

    o->keys[o->count++] = (u64)values[0].number;
    return o->count < FORGET_MAX;
}

static bool keys_forget(struct view *v, const struct old *o, struct err *err)
{
    struct buf b;

    for (size_t i = 0; i < LEN(of_instance) && o->count; i++) {
        buf_init(&b, &v->scratch, 4096);
        buf_print(&b, "DELETE FROM %s WHERE processInstanceKey IN (", of_instance[i]);
        for (u32 k = 0; k < o->count; k++)
            buf_print(&b, "%s%llu", k ? ", " : "", (unsigned long long)o->keys[k]);
        buf_text(&b, ")");
        buf_byte(&b, '\0');
        if (!db_script(v->db, b.data, err))
            return false;
    }
    return true;
}

static bool gone_note(void *ctx, const struct db_value *values, u32 count)
{
    *(bool *)ctx = true;
    return true;
}

/* One that was called stays as long as the one it was called for. */
#define OLD_INSTANCES                                                               \
    "SELECT t.processInstanceKey FROM process_instances t WHERE t.endDate < ? AND " \
    "NOT EXISTS (SELECT 1 FROM process_instances r WHERE r.processInstanceKey = "   \
    "t.rootProcessInstanceKey AND r.endDate IS NULL) LIMIT 200"

bool view_forget(struct view *v, i64 before, bool *more, struct err *err)
{
    static const char *const others[] = {
        "DELETE FROM decision_instances WHERE processInstanceKey IS NULL AND "
        "evaluationDate < ? RETURNING 1",
        "DELETE FROM audit_logs WHERE processInstanceKey IS NULL AND timestamp < ? "
        "RETURNING 1",
        "DELETE FROM batch_operation_items WHERE batchOperationKey IN (SELECT "
        "batchOperationKey FROM batch_operations WHERE endDate < ?) RETURNING 1",
        "DELETE FROM job_counts WHERE minute < ? RETURNING 1",
        "DELETE FROM batch_operations WHERE endDate < ? RETURNING 1",
    };
    struct db_value value = {DB_NUMBER, before, {NULL, 0}};
    struct old old = {.count = 0};
    bool is_gone = false;

    *more = false;
    if (!view_write(v, err))
        return false;
    arena_reset(&v->scratch);
    bool is_good = view_run(v, OLD_INSTANCES, &value, 1, old_take, &old, err) &&
                   keys_forget(v, &old, err);
    for (size_t i = 0; is_good && i < LEN(others); i++)
        is_good = view_run(v, others[i], &value, 1, gone_note, &is_gone, err);
    if (!is_good)
        view_lose(v, err);
    if (old.count || is_gone)
        rows_forget(v);
    *more = old.count == FORGET_MAX;
    return is_good;
}

void instance_forget(struct view *v, u64 instance)
{
    struct old one = {{instance}, 1};
    struct err err;

    if (!rows_flush(v))
        return;
    if (!keys_forget(v, &one, &err))
        view_lose(v, &err);
    else
        rows_forget(v);
}
