#include "engine/apply/apply.h"
#include "state/write.h"

void apply_resource_added(struct state *s, u64 key, const void *record);
void apply_process_created(struct state *s, u64 key, const void *record);
void apply_deployment_created(struct state *s, u64 key, const void *record);
void apply_process_deleted(struct state *s, u64 key, const void *record);

void apply_resource_added(struct state *s, u64 key, const void *record)
{
    resource_put(s, key, record);
}

void apply_process_created(struct state *s, u64 key, const void *record)
{
    process_put(s, key, record);
}

void resource_settle(struct state *s, u64 resource)
{
    for (u64 key = 0; (key = process_in(s, resource, key));)
        if (!process_get(s, key)->is_deleted || instance_of(s, key, 0))
            return;
    if (resource_get(s, resource))
        resource_del(s, resource);
}

void process_left(struct state *s, u64 process)
{
    const struct process_row *row = process_get(s, process);

    if (row && row->is_deleted)
        resource_settle(s, row->resource);
}

/* The row stays, so that its number is not given again. It is in other sets now. */
void apply_process_deleted(struct state *s, u64 key, const void *record)
{
    const struct process_row *before = process_get(s, key);

    must(before);
    struct process_row row = *before;
    row.is_deleted = true;
    process_del(s, key);
    process_put(s, key, &row);
    resource_settle(s, row.resource);
}

/* For those who follow the log: what it has made stands in events of its own. */
void apply_deployment_created(struct state *s, u64 key, const void *record)
{
}
