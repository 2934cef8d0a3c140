/* audit.c - what clients have asked for, and got. Workers' own calls (activate,
 * complete, fail) are told by the jobs themselves. */
#include "view/inside.h"

enum entity_from { FROM_ABOUT, FROM_EVENT };

static const struct audit {
    enum command_kind command;
    const char *entity, *operation, *category;
    enum entity_from from;
    enum event_kind event; /* whose key is the entity's */
} audits[] = {
    {CMD_DEPLOYMENT_CREATE, "RESOURCE", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_DEPLOYMENT_CREATED},
    {CMD_RESOURCE_DELETE, "RESOURCE", "DELETE", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_INSTANCE_CREATE, "PROCESS_INSTANCE", "CREATE", "DEPLOYED_RESOURCES",
     FROM_EVENT, EV_INSTANCE_CREATED},
    {CMD_INSTANCE_CANCEL, "PROCESS_INSTANCE", "CANCEL", "DEPLOYED_RESOURCES",
     FROM_ABOUT, 0},
    {CMD_INSTANCE_MODIFY, "PROCESS_INSTANCE", "MODIFY", "DEPLOYED_RESOURCES",
     FROM_ABOUT, 0},
    {CMD_INSTANCE_MIGRATE, "PROCESS_INSTANCE", "MIGRATE", "DEPLOYED_RESOURCES",
     FROM_ABOUT, 0},
    {CMD_INSTANCE_SUSPEND, "PROCESS_INSTANCE", "SUSPEND", "DEPLOYED_RESOURCES",
     FROM_ABOUT, 0},
    {CMD_INSTANCE_RESUME, "PROCESS_INSTANCE", "RESUME", "DEPLOYED_RESOURCES",
     FROM_ABOUT, 0},
    {CMD_BUSINESS_ID_ASSIGN, "PROCESS_INSTANCE", "UPDATE", "DEPLOYED_RESOURCES",
     FROM_ABOUT, 0},
    {CMD_INSTANCE_DELETE, "PROCESS_INSTANCE", "DELETE", "DEPLOYED_RESOURCES",
     FROM_ABOUT, 0},
    {CMD_DECISIONS_DELETE, "DECISION", "DELETE", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_VARIABLES_SET, "VARIABLE", "UPDATE", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_INCIDENT_RESOLVE, "INCIDENT", "RESOLVE", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_JOB_UPDATE, "JOB", "UPDATE", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_JOB_UPDATE_RETRIES, "JOB", "UPDATE", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_DECISION_EVALUATE, "DECISION", "EVALUATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_DECISION_EVALUATED},
    {CMD_USER_TASK_ASSIGN, "USER_TASK", "ASSIGN", "USER_TASKS", FROM_ABOUT, 0},
    {CMD_USER_TASK_UNASSIGN, "USER_TASK", "UNASSIGN", "USER_TASKS", FROM_ABOUT, 0},
    {CMD_USER_TASK_UPDATE, "USER_TASK", "UPDATE", "USER_TASKS", FROM_ABOUT, 0},
    {CMD_USER_TASK_COMPLETE, "USER_TASK", "COMPLETE", "USER_TASKS", FROM_ABOUT, 0},
    {CMD_BATCH_CANCEL_INSTANCES, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_SUSPEND_INSTANCES, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_RESUME_INSTANCES, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_RESOLVE_INCIDENTS, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_MIGRATE_INSTANCES, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_MODIFY_INSTANCES, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_UPDATE_JOBS, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_DELETE_INSTANCES, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_DELETE_DECISIONS, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_INCIDENTS_RESOLVE, "BATCH", "CREATE", "DEPLOYED_RESOURCES", FROM_EVENT,
     EV_BATCH_CREATED},
    {CMD_BATCH_SUSPEND, "BATCH", "SUSPEND", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_BATCH_RESUME, "BATCH", "RESUME", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
    {CMD_BATCH_CANCEL, "BATCH", "CANCEL", "DEPLOYED_RESOURCES", FROM_ABOUT, 0},
};

static const struct audit *audit_of(u32 command)
{
    for (size_t i = 0; i < LEN(audits); i++)
        if ((u32)audits[i].command == command)
            return &audits[i];
    return NULL;
}

static u64 event_key(const struct entry *e, enum event_kind kind)
{
    struct err err = {0};
    size_t at = 0;

    for (struct event event; event_next(e->events, &at, &event, &err);)
        if (event.kind == kind)
            return event.key;
    return 0;
}

static void audit_instance(struct view *v, struct row *row, u64 instance)
{
    struct row *i = copy_get(v, VIEW_PROCESS_INSTANCES, instance);

    PUT_NUMBER(v, row, AUDIT_LOGS, processInstanceKey, instance);
    if (i)
        PUT_NUMBER(v, row, AUDIT_LOGS, processDefinitionKey,
                   NUMBER(i, PROCESS_INSTANCES, processDefinitionKey));
}

static void audit_task(struct view *v, struct row *row, u64 key)
{
    struct row *task = copy_get(v, VIEW_USER_TASKS, key);

    PUT_NUMBER(v, row, AUDIT_LOGS, userTaskKey, key);
    if (!task)
        return;
    PUT_NUMBER(v, row, AUDIT_LOGS, elementInstanceKey,
               NUMBER(task, USER_TASKS, elementInstanceKey));
    audit_instance(v, row, NUMBER(task, USER_TASKS, processInstanceKey));
}

static void audit_job(struct view *v, struct row *row, u64 key)
{
    struct row *job = copy_get(v, VIEW_JOBS, key);

    PUT_NUMBER(v, row, AUDIT_LOGS, jobKey, key);
    if (!job)
        return;
    PUT_NUMBER(v, row, AUDIT_LOGS, elementInstanceKey,
               NUMBER(job, JOBS, elementInstanceKey));
    audit_instance(v, row, NUMBER(job, JOBS, processInstanceKey));
}

static void audit_variable(struct view *v, struct row *row, u64 scope)
{
    struct row *element = copy_get(v, VIEW_ELEMENT_INSTANCES, scope);

    PUT_NUMBER(v, row, AUDIT_LOGS, elementInstanceKey, scope);
    audit_instance(v, row,
                   element ? NUMBER(element, ELEMENT_INSTANCES, processInstanceKey)
                           : scope);
}

static void audit_incident(struct view *v, struct row *row, u64 key)
{
    struct row *incident = copy_get(v, VIEW_INCIDENTS, key);

    if (!incident)
        return;
    PUT_NUMBER(v, row, AUDIT_LOGS, elementInstanceKey,
               NUMBER(incident, INCIDENTS, elementInstanceKey));
    PUT_NUMBER(v, row, AUDIT_LOGS, jobKey, NUMBER(incident, INCIDENTS, jobKey));
    audit_instance(v, row, NUMBER(incident, INCIDENTS, processInstanceKey));
}

static void audit_batch(struct view *v, struct row *row, u64 key)
{
    struct row *batch = copy_get(v, VIEW_BATCH_OPERATIONS, key);

    PUT_NUMBER(v, row, AUDIT_LOGS, batchOperationKey, key);
    if (batch)
        PUT_TEXT(v, row, AUDIT_LOGS, batchOperationType,
                 TEXT(batch, BATCH_OPERATIONS, batchOperationType));
}

static void audit_about(struct view *v, struct row *row, const struct audit *a, u64 key)
{
    if (strcmp(a->entity, "PROCESS_INSTANCE") == 0)
        audit_instance(v, row, key);
    else if (strcmp(a->entity, "USER_TASK") == 0)
        audit_task(v, row, key);
    else if (strcmp(a->entity, "JOB") == 0)
        audit_job(v, row, key);
    else if (strcmp(a->entity, "VARIABLE") == 0)
        audit_variable(v, row, key);
    else if (strcmp(a->entity, "INCIDENT") == 0)
        audit_incident(v, row, key);
    else if (strcmp(a->entity, "BATCH") == 0)
        audit_batch(v, row, key);
    else if (strcmp(a->entity, "DECISION") == 0)
        PUT_NUMBER(v, row, AUDIT_LOGS, decisionEvaluationKey, key);
    else if (a->command == CMD_DEPLOYMENT_CREATE)
        PUT_NUMBER(v, row, AUDIT_LOGS, deploymentKey, key);
    else
        PUT_NUMBER(v, row, AUDIT_LOGS, resourceKey, key);
}

void audit_entry(struct view *v)
{
    const struct entry *e = v->entry;
    const struct audit *a = audit_of(e->kind);

    if (!a)
        return;
    u64 key = a->from == FROM_ABOUT ? e->about : event_key(e, a->event);
    if (!key)
        return;
    struct row *row = copy_new(v, VIEW_AUDIT_LOGS, event_number(v));
    PUT_NUMBER(v, row, AUDIT_LOGS, entityKey, key);
    PUT_TEXT(v, row, AUDIT_LOGS, entityType, str_of(a->entity));
    PUT_TEXT(v, row, AUDIT_LOGS, operationType, str_of(a->operation));
    PUT_TEXT(v, row, AUDIT_LOGS, category, str_of(a->category));
    PUT_NUMBER(v, row, AUDIT_LOGS, timestamp, v->now);
    PUT_TEXT(v, row, AUDIT_LOGS, tenantId, e->tenant);
    bool has_name = e->asker && e->asker->name.len;
    PUT_TEXT(v, row, AUDIT_LOGS, actorType, has_name ? STR("USER") : STR("ANONYMOUS"));
    if (has_name)
        PUT_TEXT(v, row, AUDIT_LOGS, actorId, e->asker->name);
    audit_about(v, row, a, key);
}
