#include "engine/apply/apply.h"
#include "state/write.h"

void apply_resource_added(struct state *s, u64 key, const void *record);
void apply_process_created(struct state *s, u64 key, const void *record);
void apply_deployment_created(struct state *s, u64 key, const void *record);
void apply_process_deleted(struct state *s, u64 key, const void *record);
void apply_requirements_created(struct state *s, u64 key, const void *record);
void apply_requirements_deleted(struct state *s, u64 key, const void *record);
void apply_decision_created(struct state *s, u64 key, const void *record);
void apply_decision_deleted(struct state *s, u64 key, const void *record);
void apply_artifact_created(struct state *s, u64 key, const void *record);
void apply_artifact_deleted(struct state *s, u64 key, const void *record);

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

/* ---- decisions, and what is only kept -------------------------------------------- */

void apply_requirements_created(struct state *s, u64 key, const void *record)
{
    requirements_put(s, key, record);
}

void apply_decision_created(struct state *s, u64 key, const void *record)
{
    decision_put(s, key, record);
}

void apply_artifact_created(struct state *s, u64 key, const void *record)
{
    artifact_put(s, key, record);
}

/* As with processes, the row stays and is in other sets. Nothing lasts that would still
 * need the file: a decision is made within one step, and a form is only shown. */
void apply_requirements_deleted(struct state *s, u64 key, const void *record)
{
    const struct requirements_row *before = requirements_get(s, key);

    must(before);
    struct requirements_row row = *before;
    row.is_deleted = true;
    requirements_del(s, key);
    requirements_put(s, key, &row);
    resource_del(s, row.resource);
}

void apply_decision_deleted(struct state *s, u64 key, const void *record)
{
    const struct decision_row *before = decision_get(s, key);

    must(before);
    struct decision_row row = *before;
    row.is_deleted = true;
    decision_del(s, key);
    decision_put(s, key, &row);
}

void apply_artifact_deleted(struct state *s, u64 key, const void *record)
{
    const struct artifact_row *before = artifact_get(s, key);

    must(before);
    struct artifact_row row = *before;
    row.is_deleted = true;
    artifact_del(s, key);
    artifact_put(s, key, &row);
    resource_del(s, row.resource);
}
