/* shared.c - what all partitions have. Each tells of it; the first one decides, so its
 * word is what counts. */
#include "base/hash.h"
#include "view/inside.h"

/* Names are not keys: a number made of them stands for them. */
static u64 name_key(struct str space, struct str name)
{
    return (hash_bytes(name, hash_bytes(space, 1)) >> 2) | 1;
}

void shared_variable_set(struct view *v, u64 key, const void *record)
{
    const struct cluster_variable_row *e = record;
    struct str scope = e->of_tenant.len ? STR("TENANT") : STR("GLOBAL");

    if (v->partition != 1)
        return;
    key = name_key(e->of_tenant, e->name);
    struct row *row = copy_get(v, VIEW_CLUSTER_VARIABLES, key);
    if (!row)
        row = copy_new(v, VIEW_CLUSTER_VARIABLES, key);
    PUT_TEXT(v, row, CLUSTER_VARIABLES, name, e->name);
    PUT_TEXT(v, row, CLUSTER_VARIABLES, scope, scope);
    PUT_TEXT(v, row, CLUSTER_VARIABLES, tenantId, e->of_tenant);
    PUT_TEXT(v, row, CLUSTER_VARIABLES, metadata, e->metadata);
    PUT_TEXT(v, row, CLUSTER_VARIABLES, value, e->value);
    PUT_NUMBER(v, row, CLUSTER_VARIABLES, size, e->value.len);
}

void shared_variable_deleted(struct view *v, u64 key, const void *record)
{
    const struct cluster_variable_row *e = record;
    struct row *row =
        copy_get(v, VIEW_CLUSTER_VARIABLES, name_key(e->of_tenant, e->name));

    if (row && v->partition == 1)
        copy_del(v, row);
}

void shared_listener_set(struct view *v, u64 key, const void *record)
{
    const struct global_listener_row *e = record;
    struct buf b;

    if (v->partition != 1)
        return;
    key = name_key(STR("listener"), e->id);
    struct row *row = copy_get(v, VIEW_GLOBAL_LISTENERS, key);
    if (!row)
        row = copy_new(v, VIEW_GLOBAL_LISTENERS, key);
    buf_init(&b, &v->scratch, 64);
    buf_byte(&b, '[');
    for (u32 i = 0; i < e->event_types.count; i++) {
        json_comma(&b);
        json_put_string(&b, e->event_types.items[i]);
    }
    buf_byte(&b, ']');
    PUT_TEXT(v, row, GLOBAL_LISTENERS, id, e->id);
    PUT_TEXT(v, row, GLOBAL_LISTENERS, type, e->type);
    PUT_NUMBER(v, row, GLOBAL_LISTENERS, retries, (i64)e->retries);
    PUT_TEXT(v, row, GLOBAL_LISTENERS, eventTypes, buf_str(&b));
    PUT_NUMBER(v, row, GLOBAL_LISTENERS, afterNonGlobal, e->is_after);
    PUT_NUMBER(v, row, GLOBAL_LISTENERS, priority, (i64)e->priority);
}

void shared_listener_deleted(struct view *v, u64 key, const void *record)
{
    const struct global_listener_row *e = record;
    struct row *row =
        copy_get(v, VIEW_GLOBAL_LISTENERS, name_key(STR("listener"), e->id));

    if (row && v->partition == 1)
        copy_del(v, row);
}
