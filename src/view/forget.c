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
    "story_parts",         "process_instances",
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
    rows_forget(v);
    return true;
}

static bool old_find(struct view *v, const char *sql, i64 before, struct old *out,
                     struct err *err)
{
    struct db_value value = {DB_NUMBER, before, {NULL, 0}};
    struct db_statement *s = db_prepare(v->db, sql, err);
    bool is_good = s && db_run(v->db, s, &value, 1, old_take, out, err);

    db_finish(v->db, s);
    return is_good;
}

static bool old_remove(struct view *v, const char *sql, i64 before, struct err *err)
{
    struct db_value value = {DB_NUMBER, before, {NULL, 0}};
    struct db_statement *s = db_prepare(v->db, sql, err);
    bool is_good = s && db_run(v->db, s, &value, 1, NULL, NULL, err);

    db_finish(v->db, s);
    return is_good;
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
        "evaluationDate < ?",
        "DELETE FROM audit_logs WHERE processInstanceKey IS NULL AND timestamp < ?",
        "DELETE FROM batch_operation_items WHERE batchOperationKey IN (SELECT "
        "batchOperationKey FROM batch_operations WHERE endDate < ?)",
        "DELETE FROM batch_operations WHERE endDate < ?",
    };
    struct old old = {.count = 0};

    *more = false;
    if (!view_settle(v, err))
        return false;
    arena_reset(&v->scratch);
    bool is_good =
        old_find(v, OLD_INSTANCES, before, &old, err) && keys_forget(v, &old, err);
    for (size_t i = 0; is_good && i < LEN(others); i++)
        is_good = old_remove(v, others[i], before, err);
    if (!is_good)
        view_lose(v, err);
    *more = old.count == FORGET_MAX;
    return is_good;
}

void instance_forget(struct view *v, u64 instance)
{
    struct old one = {{instance}, 1};
    struct err err;

    if (!rows_flush(v) || keys_forget(v, &one, &err))
        return;
    view_lose(v, &err);
}
