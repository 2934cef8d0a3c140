/* project.c - what each event does to rows: the same nouns as engine/apply, told for
 * people who look back. */
#include <stdio.h>

#include "view/inside.h"

u64 event_number(const struct view *v)
{
    return ((u64)v->partition << 51) | (v->position << 14 & (((u64)1 << 51) - 1)) |
           v->event;
}

static struct row *instance_row(struct view *v, u64 key)
{
    return copy_get(v, VIEW_PROCESS_INSTANCES, key);
}

static u64 root_of(const struct row *i, u64 instance)
{
    return i ? NUMBER(i, PROCESS_INSTANCES, rootProcessInstanceKey) : instance;
}

static struct str texts_json(struct view *v, struct text_list texts)
{
    struct buf b;

    if (!texts.count)
        return STR("");
    buf_init(&b, &v->scratch, 64);
    buf_byte(&b, '[');
    for (u32 i = 0; i < texts.count; i++) {
        json_comma(&b);
        json_put_string(&b, texts.items[i]);
    }
    buf_byte(&b, ']');
    return buf_str(&b);
}

/* ---- what is deployed ------------------------------------------------------------ */

static void on_resource_added(struct view *v, u64 key, const void *record)
{
    const struct resource_row *e = record;
    struct row *row = copy_new(v, VIEW_FILES, key);

    PUT_TEXT(v, row, FILES, content, e->content);
}

static void on_process_created(struct view *v, u64 key, const void *record)
{
    const struct process_row *e = record;
    struct row *row = copy_new(v, VIEW_PROCESS_DEFINITIONS, key);

    PUT_TEXT(v, row, PROCESS_DEFINITIONS, resourceName, e->resource_name);
    PUT_NUMBER(v, row, PROCESS_DEFINITIONS, version, (i64)e->version);
    PUT_TEXT(v, row, PROCESS_DEFINITIONS, versionTag, e->version_tag);
    PUT_TEXT(v, row, PROCESS_DEFINITIONS, processDefinitionId, e->bpmn_process_id);
    PUT_TEXT(v, row, PROCESS_DEFINITIONS, tenantId, e->tenant);
    PUT_NUMBER(v, row, PROCESS_DEFINITIONS, file, e->resource);
    PUT_NUMBER(v, row, PROCESS_DEFINITIONS, deployment, e->deployment);
    if (TEXT(row, PROCESS_DEFINITIONS, state).len == 0)
        PUT_TEXT(v, row, PROCESS_DEFINITIONS, state, STR("ACTIVE"));
    struct definition *d = definition_of(v, key);
    if (!d || !d->process)
        return;
    const struct element *start = d->process->root->none_start;
    PUT_TEXT(v, row, PROCESS_DEFINITIONS, name, d->process->name);
    PUT_NUMBER(v, row, PROCESS_DEFINITIONS, hasStartForm,
               start && start->form_id.is_set);
}

static void on_process_deleted(struct view *v, u64 key, const void *record)
{
    struct row *row = copy_get(v, VIEW_PROCESS_DEFINITIONS, key);

    if (row)
        PUT_TEXT(v, row, PROCESS_DEFINITIONS, state, STR("DELETED"));
}

static void on_requirements_created(struct view *v, u64 key, const void *record)
{
    const struct requirements_row *e = record;
    struct row *row = copy_new(v, VIEW_DECISION_REQUIREMENTS, key);

    PUT_TEXT(v, row, DECISION_REQUIREMENTS, decisionRequirementsId, e->id);
    PUT_TEXT(v, row, DECISION_REQUIREMENTS, decisionRequirementsName, e->name);
    PUT_TEXT(v, row, DECISION_REQUIREMENTS, resourceName, e->resource_name);
    PUT_TEXT(v, row, DECISION_REQUIREMENTS, tenantId, e->tenant);
    PUT_NUMBER(v, row, DECISION_REQUIREMENTS, version, (i64)e->version);
    PUT_NUMBER(v, row, DECISION_REQUIREMENTS, file, e->resource);
    if (TEXT(row, DECISION_REQUIREMENTS, state).len == 0)
        PUT_TEXT(v, row, DECISION_REQUIREMENTS, state, STR("ACTIVE"));
}

static void on_decision_created(struct view *v, u64 key, const void *record)
{
    const struct decision_row *e = record;
    struct row *row = copy_new(v, VIEW_DECISION_DEFINITIONS, key);

    PUT_TEXT(v, row, DECISION_DEFINITIONS, decisionDefinitionId, e->id);
    PUT_NUMBER(v, row, DECISION_DEFINITIONS, decisionRequirementsKey, e->requirements);
    PUT_TEXT(v, row, DECISION_DEFINITIONS, name, e->name);
    PUT_TEXT(v, row, DECISION_DEFINITIONS, tenantId, e->tenant);
    PUT_NUMBER(v, row, DECISION_DEFINITIONS, version, (i64)e->version);
    if (TEXT(row, DECISION_DEFINITIONS, state).len == 0)
        PUT_TEXT(v, row, DECISION_DEFINITIONS, state, STR("ACTIVE"));
}

static void form_created(struct view *v, u64 key, const struct artifact_row *e)
{
    struct row *row = copy_new(v, VIEW_FORMS, key);

    PUT_TEXT(v, row, FORMS, tenantId, e->tenant);
    PUT_TEXT(v, row, FORMS, formId, e->id);
    PUT_NUMBER(v, row, FORMS, version, (i64)e->version);
    PUT_TEXT(v, row, FORMS, versionTag, e->version_tag);
    PUT_NUMBER(v, row, FORMS, file, e->resource);
    PUT_NUMBER(v, row, FORMS, deployment, e->deployment);
    if (TEXT(row, FORMS, state).len == 0)
        PUT_TEXT(v, row, FORMS, state, STR("ACTIVE"));
}

static void file_created(struct view *v, u64 key, const struct artifact_row *e)
{
    struct row *row = copy_new(v, VIEW_RESOURCES, key);

    PUT_TEXT(v, row, RESOURCES, resourceName, e->resource_name);
    PUT_NUMBER(v, row, RESOURCES, version, (i64)e->version);
    PUT_TEXT(v, row, RESOURCES, versionTag, e->version_tag);
    PUT_TEXT(v, row, RESOURCES, resourceId, e->id);
    PUT_TEXT(v, row, RESOURCES, tenantId, e->tenant);
    PUT_NUMBER(v, row, RESOURCES, deploymentKey, e->deployment);
    PUT_NUMBER(v, row, RESOURCES, file, e->resource);
    if (TEXT(row, RESOURCES, state).len == 0)
        PUT_TEXT(v, row, RESOURCES, state, STR("ACTIVE"));
}

static void on_artifact_created(struct view *v, u64 key, const void *record)
{
    const struct artifact_row *e = record;

    if (e->kind == ARTIFACT_FORM)
        form_created(v, key, e);
    else
        file_created(v, key, e);
}

static void on_requirements_deleted(struct view *v, u64 key, const void *record)
{
    struct row *row = copy_get(v, VIEW_DECISION_REQUIREMENTS, key);

    if (row)
        PUT_TEXT(v, row, DECISION_REQUIREMENTS, state, STR("DELETED"));
}

static void on_decision_deleted(struct view *v, u64 key, const void *record)
{
    struct row *row = copy_get(v, VIEW_DECISION_DEFINITIONS, key);

    if (row)
        PUT_TEXT(v, row, DECISION_DEFINITIONS, state, STR("DELETED"));
}

static void on_artifact_deleted(struct view *v, u64 key, const void *record)
{
    struct row *form = copy_get(v, VIEW_FORMS, key);
    struct row *file = copy_get(v, VIEW_RESOURCES, key);

    if (form)
        PUT_TEXT(v, form, FORMS, state, STR("DELETED"));
    if (file)
        PUT_TEXT(v, file, RESOURCES, state, STR("DELETED"));
}

/* ---- process instances ------------------------------------------------------------
 */

/* How many of a definition live, and how many of those have open incidents. */
static void definition_adds(struct view *v, u64 process, i64 active, i64 troubled)
{
    struct row *row = copy_get(v, VIEW_PROCESS_DEFINITIONS, process);

    if (!row)
        return;
    PUT_NUMBER(v, row, PROCESS_DEFINITIONS, active,
               (i64)NUMBER(row, PROCESS_DEFINITIONS, active) + active);
    PUT_NUMBER(v, row, PROCESS_DEFINITIONS, troubled,
               (i64)NUMBER(row, PROCESS_DEFINITIONS, troubled) + troubled);
}

static void on_instance_created(struct view *v, u64 key, const void *record)
{
    const struct instance_row *e = record;
    struct row *row = copy_new(v, VIEW_PROCESS_INSTANCES, key);
    struct row *parent = instance_row(v, e->parent_instance);

    PUT_NUMBER(v, row, PROCESS_INSTANCES, processDefinitionKey, e->process);
    PUT_TEXT(v, row, PROCESS_INSTANCES, processDefinitionId, e->bpmn_process_id);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, processDefinitionVersion, (i64)e->version);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, startDate,
               e->started_at ? e->started_at : v->now);
    PUT_TEXT(v, row, PROCESS_INSTANCES, state, STR("ACTIVE"));
    PUT_TEXT(v, row, PROCESS_INSTANCES, tenantId, e->tenant);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, parentProcessInstanceKey, e->parent_instance);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, rootProcessInstanceKey,
               e->root_instance ? e->root_instance : key);
    PUT_TEXT(v, row, PROCESS_INSTANCES, tags, texts_json(v, e->tags));
    PUT_TEXT(v, row, PROCESS_INSTANCES, businessId, e->business_id);
    if (parent && str_is(TEXT(parent, PROCESS_INSTANCES, state), "SUSPENDED")) {
        PUT_TEXT(v, row, PROCESS_INSTANCES, state, STR("SUSPENDED"));
        PUT_NUMBER(v, row, PROCESS_INSTANCES, suspendedDate,
                   NUMBER(parent, PROCESS_INSTANCES, suspendedDate));
    }
    definition_adds(v, e->process, 1, 0);
}

static void instance_ends(struct view *v, u64 key, struct str state)
{
    struct row *row = instance_row(v, key);

    if (!row)
        return;
    definition_adds(v, NUMBER(row, PROCESS_INSTANCES, processDefinitionKey), -1,
                    -(i64)NUMBER(row, PROCESS_INSTANCES, hasIncident));
    PUT_NUMBER(v, row, PROCESS_INSTANCES, hasIncident, 0);
    PUT_TEXT(v, row, PROCESS_INSTANCES, state, state);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, endDate, v->now);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, suspendedDate, 0);
}

static void on_business_id_assigned(struct view *v, u64 key, const void *record)
{
    const struct business_id_assigned *e = record;
    struct row *row = instance_row(v, key);

    if (row)
        PUT_TEXT(v, row, PROCESS_INSTANCES, businessId, e->business_id);
}

struct keys {
    struct arena *arena;
    u64 *items;
    u32 count, room;
};

static void keys_add(struct keys *k, u64 key)
{
    if (k->count == k->room) {
        u64 *items = NEW_ARRAY(k->arena, u64, k->room * 2 + 16);
        if (k->count)
            memcpy(items, k->items, k->count * sizeof(*items));
        k->items = items;
        k->room = k->room * 2 + 16;
    }
    k->items[k->count++] = key;
}

static bool key_take(void *ctx, const struct db_value *values, u32 count)
{
    keys_add(ctx, (u64)values[0].number);
    return true;
}

/* The live instances that this one has called. */
static void called_by(struct view *v, u64 instance, struct keys *out)
{
    struct db_value value = {DB_NUMBER, (i64)instance, {NULL, 0}};
    struct err err;

    if (!view_run(v,
                  "SELECT processInstanceKey FROM process_instances WHERE "
                  "parentProcessInstanceKey = ? AND endDate IS NULL",
                  &value, 1, key_take, out, &err))
        view_lose(v, &err);
}

/* With all that it called. Rare, so what is in hand is written down to be found. */
static void tree_suspend(struct view *v, u64 key, struct str state, i64 at)
{
    struct keys all = {.arena = &v->scratch};

    if (!rows_flush(v))
        return;
    keys_add(&all, key);
    for (u32 i = 0; i < all.count; i++) {
        struct row *row = instance_row(v, all.items[i]);
        called_by(v, all.items[i], &all);
        if (!row || NUMBER(row, PROCESS_INSTANCES, endDate))
            continue;
        PUT_TEXT(v, row, PROCESS_INSTANCES, state, state);
        PUT_NUMBER(v, row, PROCESS_INSTANCES, suspendedDate, at);
    }
}

static void on_instance_suspended(struct view *v, u64 key, const void *record)
{
    tree_suspend(v, key, STR("SUSPENDED"), v->now);
}

static void on_instance_resumed(struct view *v, u64 key, const void *record)
{
    tree_suspend(v, key, STR("ACTIVE"), 0);
}

static void on_instance_migrated(struct view *v, u64 key, const void *record)
{
    const struct instance_migrated *e = record;
    struct row *row = instance_row(v, key);

    if (!row)
        return;
    i64 troubled = (i64)NUMBER(row, PROCESS_INSTANCES, hasIncident);
    definition_adds(v, NUMBER(row, PROCESS_INSTANCES, processDefinitionKey), -1,
                    -troubled);
    definition_adds(v, e->process, 1, troubled);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, processDefinitionKey, e->process);
    PUT_TEXT(v, row, PROCESS_INSTANCES, processDefinitionId, e->bpmn_process_id);
    PUT_NUMBER(v, row, PROCESS_INSTANCES, processDefinitionVersion, (i64)e->version);
}

static void on_instance_deleted(struct view *v, u64 key, const void *record)
{
    instance_forget(v, key);
}

/* All that were made for one follow its key. */
static void on_decisions_deleted(struct view *v, u64 key, const void *record)
{
    for (u64 next = key + 1;; next++) {
        struct row *row = copy_get(v, VIEW_DECISION_INSTANCES, next);
        if (!row || NUMBER(row, DECISION_INSTANCES, decisionEvaluationKey) != key)
            return;
        copy_del(v, row);
    }
}

/* ---- elements ---------------------------------------------------------------------
 */

static struct str type_of(const struct element *e, bool is_body, bool is_inner)
{
    if (is_body)
        return STR("MULTI_INSTANCE_BODY");
    if (is_inner)
        return STR("AD_HOC_SUB_PROCESS_INNER_INSTANCE");
    return e ? str_of(element_type_name(e->type)) : STR("UNKNOWN");
}

static struct count *count_at(struct view *v, u64 process, u64 tag)
{
    struct definition *d = definition_of(v, process);

    return d ? definition_count(d, (u32)tag) : NULL;
}

static void element_names(struct view *v, struct row *row, const struct element *e,
                          bool is_inner)
{
    struct str id = e ? e->id : STR("");
    struct str name = e && e->name.len ? e->name : id;

    /* What stands around an element that began ad hoc is in no model. */
    if (is_inner)
        id = arena_print(&v->scratch, "%.*s#innerInstance", ARG(id));
    PUT_TEXT(v, row, ELEMENT_INSTANCES, elementId, id);
    PUT_TEXT(v, row, ELEMENT_INSTANCES, elementName, name);
}

static void on_element_activating(struct view *v, u64 key, const void *record)
{
    const struct element_activating *e = record;
    struct row *i = instance_row(v, e->instance);
    const struct element *element = definition_element(v, e->process, e->element);
    struct count *count = count_at(v, e->process, e->element);

    if (!e->scope) {
        if (i)
            PUT_NUMBER(v, i, PROCESS_INSTANCES, parentElementInstanceKey, e->parent);
        return;
    }
    struct row *row = copy_new(v, VIEW_ELEMENT_INSTANCES, key);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, processInstanceKey, e->instance);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, processDefinitionKey, e->process);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, startDate, v->now);
    element_names(v, row, element, e->is_inner);
    PUT_TEXT(v, row, ELEMENT_INSTANCES, type,
             type_of(element, e->is_body, e->is_inner));
    PUT_TEXT(v, row, ELEMENT_INSTANCES, state, STR("ACTIVE"));
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, rootProcessInstanceKey,
               root_of(i, e->instance));
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, elementInstanceScopeKey, e->scope);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, element, e->element);
    if (count)
        count->active++;
}

static void element_ends(struct view *v, u64 key, u64 instance, struct str state)
{
    bool is_completed = str_is(state, "COMPLETED");

    if (key == instance) {
        instance_ends(v, key, state);
        return;
    }
    struct row *row = copy_get(v, VIEW_ELEMENT_INSTANCES, key);
    if (!row)
        return;
    struct count *count =
        count_at(v, NUMBER(row, ELEMENT_INSTANCES, processDefinitionKey),
                 NUMBER(row, ELEMENT_INSTANCES, element));
    if (count) {
        if (NUMBER(row, ELEMENT_INSTANCES, hasIncident))
            count->incidents--;
        else
            count->active--;
        if (is_completed)
            count->completed++;
        else
            count->canceled++;
    }
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, hasIncident, 0);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, incidentKey, 0);
    PUT_TEXT(v, row, ELEMENT_INSTANCES, state, state);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, endDate, v->now);
}

static void on_element_completed(struct view *v, u64 key, const void *record)
{
    element_ends(v, key, ((const struct element_moved *)record)->instance,
                 STR("COMPLETED"));
}

static void on_element_terminated(struct view *v, u64 key, const void *record)
{
    element_ends(v, key, ((const struct element_moved *)record)->instance,
                 STR("TERMINATED"));
}

static void on_element_migrated(struct view *v, u64 key, const void *record)
{
    const struct element_migrated *e = record;
    struct row *row = copy_get(v, VIEW_ELEMENT_INSTANCES, key);

    if (!row)
        return;
    bool is_troubled = NUMBER(row, ELEMENT_INSTANCES, hasIncident);
    struct str type = TEXT(row, ELEMENT_INSTANCES, type);
    bool is_inner = str_is(type, "AD_HOC_SUB_PROCESS_INNER_INSTANCE");
    struct count *before =
        count_at(v, NUMBER(row, ELEMENT_INSTANCES, processDefinitionKey),
                 NUMBER(row, ELEMENT_INSTANCES, element));
    if (before)
        *(is_troubled ? &before->incidents : &before->active) -= 1;
    struct count *after = count_at(v, e->process, e->element);
    if (after)
        *(is_troubled ? &after->incidents : &after->active) += 1;
    const struct element *element = definition_element(v, e->process, e->element);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, processDefinitionKey, e->process);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, element, e->element);
    element_names(v, row, element, is_inner);
    PUT_TEXT(v, row, ELEMENT_INSTANCES, type,
             type_of(element, str_is(type, "MULTI_INSTANCE_BODY"), is_inner));
}

/* Is the line there already? */
static bool lines_have(struct str lines, struct str line)
{
    for (size_t at = 0; at < lines.len;) {
        const char *end = memchr(lines.data + at, '\n', lines.len - at);
        size_t len = end ? (size_t)(end - lines.data) - at : lines.len - at;
        if (str_equal((struct str){lines.data + at, len}, line))
            return true;
        at += len + 1;
    }
    return false;
}

static void on_sequence_flow_taken(struct view *v, u64 key, const void *record)
{
    const struct token_row *e = record;
    struct row *i = instance_row(v, e->instance);

    if (!i)
        return;
    struct str flows = TEXT(i, PROCESS_INSTANCES, flows);
    struct str id = definition_element_id(
        v, NUMBER(i, PROCESS_INSTANCES, processDefinitionKey), e->flow);
    if (!id.len || lines_have(flows, id))
        return;
    PUT_TEXT(v, i, PROCESS_INSTANCES, flows,
             arena_print(&v->scratch, "%.*s%s%.*s", ARG(flows), flows.len ? "\n" : "",
                         ARG(id)));
}

/* ---- variables --------------------------------------------------------------------
 */

static void on_variable_created(struct view *v, u64 key, const void *record)
{
    const struct variable_row *e = record;
    struct row *row = copy_new(v, VIEW_VARIABLES, key);

    PUT_TEXT(v, row, VARIABLES, name, e->name);
    PUT_NUMBER(v, row, VARIABLES, scopeKey, e->scope);
    PUT_NUMBER(v, row, VARIABLES, processInstanceKey, e->instance);
    PUT_TEXT(v, row, VARIABLES, value, e->value);
    PUT_NUMBER(v, row, VARIABLES, size, e->value.len);
}

static void on_variable_updated(struct view *v, u64 key, const void *record)
{
    const struct variable_updated *e = record;
    struct row *row = copy_get(v, VIEW_VARIABLES, key);

    if (!row)
        return;
    PUT_TEXT(v, row, VARIABLES, value, e->value);
    PUT_NUMBER(v, row, VARIABLES, size, e->value.len);
}

/* ---- jobs -------------------------------------------------------------------------
 */

/* Those of the element in the model, and over them those of the job. */
static struct str headers_of(struct view *v, const struct element *e, struct str over,
                             bool has_all)
{
    struct buf b;

    if (has_all || !e || e->header_count == 0)
        return over;
    buf_init(&b, &v->scratch, 128);
    buf_byte(&b, '{');
    for (u32 i = 0; i < e->header_count; i++) {
        json_put_name(&b, e->headers[i].key);
        json_put_string(&b, e->headers[i].value);
    }
    buf_byte(&b, '}');
    return over.len ? json_merge(buf_str(&b), over, &v->scratch) : buf_str(&b);
}

static void on_job_created(struct view *v, u64 key, const void *record)
{
    const struct job_row *e = record;
    struct row *row = copy_new(v, VIEW_JOBS, key), *i = instance_row(v, e->instance);
    const struct element *element = definition_element(v, e->process, e->element);
    bool has_all = e->has_all_headers || e->kind == JOB_KIND_EXECUTION_LISTENER;

    PUT_TEXT(v, row, JOBS, customHeaders, headers_of(v, element, e->headers, has_all));
    PUT_TEXT(v, row, JOBS, elementId, element ? element->id : STR(""));
    PUT_NUMBER(v, row, JOBS, elementInstanceKey, e->element_instance);
    PUT_TEXT(v, row, JOBS, kind, str_of(job_kind_word(e->kind)));
    PUT_TEXT(v, row, JOBS, listenerEventType,
             str_of(listener_event_word(e->listener_event)));
    PUT_NUMBER(v, row, JOBS, processDefinitionKey, e->process);
    PUT_NUMBER(v, row, JOBS, processInstanceKey, e->instance);
    PUT_NUMBER(v, row, JOBS, rootProcessInstanceKey, root_of(i, e->instance));
    PUT_NUMBER(v, row, JOBS, retries, (i64)e->retries);
    PUT_TEXT(v, row, JOBS, state, STR("CREATED"));
    PUT_TEXT(v, row, JOBS, tenantId, e->tenant);
    PUT_TEXT(v, row, JOBS, type, e->type);
    PUT_NUMBER(v, row, JOBS, creationTime, v->now);
    PUT_NUMBER(v, row, JOBS, lastUpdateTime, v->now);
    PUT_NUMBER(v, row, JOBS, priority, (i64)e->priority);
    metrics_created(v, row);
}

static struct row *job_moves(struct view *v, u64 key, const char *state)
{
    struct row *row = copy_get(v, VIEW_JOBS, key);

    if (!row)
        return NULL;
    PUT_NUMBER(v, row, JOBS, lastUpdateTime, v->now);
    if (state)
        PUT_TEXT(v, row, JOBS, state, str_of(state));
    return row;
}

static struct row *job_ends(struct view *v, u64 key, const char *state)
{
    struct row *row = job_moves(v, key, state);

    if (row)
        PUT_NUMBER(v, row, JOBS, endTime, v->now);
    if (row)
        PUT_NUMBER(v, row, JOBS, hasFailedWithRetriesLeft, 0);
    return row;
}

static void on_job_activated(struct view *v, u64 key, const void *record)
{
    const struct job_activated *e = record;
    struct row *row = job_moves(v, key, NULL);

    if (!row)
        return;
    PUT_TEXT(v, row, JOBS, worker, e->worker);
    PUT_NUMBER(v, row, JOBS, deadline, e->deadline);
}

static void on_job_completed(struct view *v, u64 key, const void *record)
{
    struct row *row = job_ends(v, key, "COMPLETED");

    if (row)
        metrics_completed(v, row);
}

static void on_job_failed(struct view *v, u64 key, const void *record)
{
    const struct job_failed *e = record;
    struct row *row = job_moves(v, key, "FAILED");

    if (!row)
        return;
    PUT_NUMBER(v, row, JOBS, retries, (i64)e->retries);
    PUT_TEXT(v, row, JOBS, errorMessage, e->error_message);
    PUT_NUMBER(v, row, JOBS, hasFailedWithRetriesLeft, e->retries > 0);
    metrics_failed(v, row);
    PUT_NUMBER(v, row, JOBS, deadline, 0);
}

static void on_job_error_thrown(struct view *v, u64 key, const void *record)
{
    const struct job_error_thrown *e = record;
    struct row *row = e->is_caught ? job_ends(v, key, "ERROR_THROWN")
                                   : job_moves(v, key, "ERROR_THROWN");

    if (!row)
        return;
    PUT_TEXT(v, row, JOBS, errorCode, e->error_code);
    PUT_TEXT(v, row, JOBS, errorMessage, e->error_message);
    PUT_NUMBER(v, row, JOBS, deadline, 0);
}

static void on_job_timed_out(struct view *v, u64 key, const void *record)
{
    struct row *row = job_moves(v, key, "TIMED_OUT");

    if (row)
        PUT_NUMBER(v, row, JOBS, deadline, 0);
}

/* It can be taken again; it has failed all the same. */
static void on_job_back(struct view *v, u64 key, const void *record)
{
    struct row *row = job_moves(v, key, NULL);

    if (row)
        PUT_NUMBER(v, row, JOBS, deadline, 0);
}

static void on_job_canceled(struct view *v, u64 key, const void *record)
{
    job_ends(v, key, "CANCELED");
}

static void on_job_retries_updated(struct view *v, u64 key, const void *record)
{
    const struct job_retries_updated *e = record;
    struct row *row = job_moves(v, key, "RETRIES_UPDATED");

    if (row)
        PUT_NUMBER(v, row, JOBS, retries, (i64)e->retries);
}

static void on_job_timeout_updated(struct view *v, u64 key, const void *record)
{
    const struct job_timeout_updated *e = record;
    struct row *row = job_moves(v, key, NULL);

    if (row)
        PUT_NUMBER(v, row, JOBS, deadline, e->deadline);
}

static void on_job_priority_updated(struct view *v, u64 key, const void *record)
{
    const struct job_priority_updated *e = record;
    struct row *row = job_moves(v, key, NULL);

    if (row)
        PUT_NUMBER(v, row, JOBS, priority, (i64)e->priority);
}

static void on_job_migrated(struct view *v, u64 key, const void *record)
{
    const struct job_migrated *e = record;
    struct row *row = job_moves(v, key, "MIGRATED");

    if (!row)
        return;
    PUT_NUMBER(v, row, JOBS, processDefinitionKey, e->process);
    PUT_TEXT(v, row, JOBS, elementId, definition_element_id(v, e->process, e->element));
    PUT_TEXT(v, row, JOBS, customHeaders, e->headers);
}

/* ---- incidents --------------------------------------------------------------------
 */

/* As Java's String.hashCode, over UTF-16: clients group errors by it. */
static i32 error_hash(struct str text)
{
    u32 hash = 0;

    for (size_t i = 0; i < text.len;) {
        u8 c = (u8)text.data[i];
        u32 n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        u32 code = c < 0x80 ? c : c & (0x7fu >> n);
        for (u32 k = 1; k < n && i + k < text.len; k++)
            code = code << 6 | ((u8)text.data[i + k] & 0x3f);
        if (code >= 0x10000) {
            hash = hash * 31 + (0xd7c0 + (code >> 10));
            code = 0xdc00 + (code & 0x3ff);
        }
        hash = hash * 31 + code;
        i += n;
    }
    return (i32)hash;
}

/* An instance knows how many there are in it and in those that it called. */
static void incidents_count(struct view *v, u64 instance, i64 more)
{
    for (struct row *i; (i = instance_row(v, instance));) {
        i64 before = (i64)NUMBER(i, PROCESS_INSTANCES, incidents), now = before + more;
        bool lives = NUMBER(i, PROCESS_INSTANCES, endDate) == 0;
        PUT_NUMBER(v, i, PROCESS_INSTANCES, incidents, now);
        if (lives && (before > 0) != (now > 0)) {
            PUT_NUMBER(v, i, PROCESS_INSTANCES, hasIncident, now > 0);
            definition_adds(v, NUMBER(i, PROCESS_INSTANCES, processDefinitionKey), 0,
                            now > 0 ? 1 : -1);
        }
        instance = NUMBER(i, PROCESS_INSTANCES, parentProcessInstanceKey);
    }
}

/* From its element outward, through the calls, to the root. */
static struct str path_of(struct view *v, u64 element, u64 instance)
{
    struct buf b;

    buf_init(&b, &v->scratch, 128);
    for (struct row *row, *i; instance;) {
        for (; element && element != instance;
             element = NUMBER(row, ELEMENT_INSTANCES, elementInstanceScopeKey)) {
            buf_print(&b, "/%llu", (unsigned long long)element);
            row = copy_get(v, VIEW_ELEMENT_INSTANCES, element);
            if (!row)
                break;
        }
        buf_print(&b, "/%llu", (unsigned long long)instance);
        i = instance_row(v, instance);
        element = i ? NUMBER(i, PROCESS_INSTANCES, parentElementInstanceKey) : 0;
        instance = i ? NUMBER(i, PROCESS_INSTANCES, parentProcessInstanceKey) : 0;
    }
    buf_byte(&b, '/');
    return buf_str(&b);
}

static void element_troubled(struct view *v, u64 element, u64 incident)
{
    struct row *row = copy_get(v, VIEW_ELEMENT_INSTANCES, element);

    if (!row || NUMBER(row, ELEMENT_INSTANCES, endDate) ||
        (incident != 0) == (NUMBER(row, ELEMENT_INSTANCES, hasIncident) != 0))
        return;
    struct count *count =
        count_at(v, NUMBER(row, ELEMENT_INSTANCES, processDefinitionKey),
                 NUMBER(row, ELEMENT_INSTANCES, element));
    if (count) {
        count->incidents += incident ? 1 : -1;
        count->active -= incident ? 1 : -1;
    }
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, hasIncident, incident != 0);
    PUT_NUMBER(v, row, ELEMENT_INSTANCES, incidentKey, incident);
}

static void on_incident_created(struct view *v, u64 key, const void *record)
{
    const struct incident_row *e = record;
    struct row *row = copy_new(v, VIEW_INCIDENTS, key),
               *i = instance_row(v, e->instance);

    PUT_TEXT(v, row, INCIDENTS, errorType, str_of(problem_name(e->problem)));
    PUT_TEXT(v, row, INCIDENTS, errorMessage, e->message);
    PUT_TEXT(v, row, INCIDENTS, elementId,
             definition_element_id(v, e->process, e->element));
    PUT_NUMBER(v, row, INCIDENTS, creationTime, v->now);
    PUT_TEXT(v, row, INCIDENTS, state, STR("ACTIVE"));
    PUT_TEXT(v, row, INCIDENTS, tenantId, e->tenant);
    PUT_NUMBER(v, row, INCIDENTS, processDefinitionKey, e->process);
    PUT_NUMBER(v, row, INCIDENTS, processInstanceKey, e->instance);
    PUT_NUMBER(v, row, INCIDENTS, rootProcessInstanceKey, root_of(i, e->instance));
    PUT_NUMBER(v, row, INCIDENTS, elementInstanceKey, e->element_instance);
    PUT_NUMBER(v, row, INCIDENTS, jobKey, e->job);
    PUT_NUMBER(v, row, INCIDENTS, errorHashCode, (i64)error_hash(e->message));
    PUT_TEXT(v, row, INCIDENTS, path, path_of(v, e->element_instance, e->instance));
    incidents_count(v, e->instance, 1);
    element_troubled(v, e->element_instance, key);
}

static void on_incident_resolved(struct view *v, u64 key, const void *record)
{
    struct row *row = copy_get(v, VIEW_INCIDENTS, key);

    if (!row)
        return;
    PUT_TEXT(v, row, INCIDENTS, state, STR("RESOLVED"));
    incidents_count(v, NUMBER(row, INCIDENTS, processInstanceKey), -1);
    element_troubled(v, NUMBER(row, INCIDENTS, elementInstanceKey), 0);
}

static void on_incident_migrated(struct view *v, u64 key, const void *record)
{
    const struct row_migrated *e = record;
    struct row *row = copy_get(v, VIEW_INCIDENTS, key);

    if (!row)
        return;
    PUT_NUMBER(v, row, INCIDENTS, processDefinitionKey, e->process);
    PUT_TEXT(v, row, INCIDENTS, elementId,
             definition_element_id(v, e->process, e->element));
}

/* ---- user tasks -------------------------------------------------------------------
 */

static i64 instant_of(struct view *v, struct str text)
{
    i64 ms;

    return text.len && feel_read_instant(text, v->options.zones, &ms) ? ms : 0;
}

static void task_values(struct view *v, struct row *row,
                        const struct user_task_values *w)
{
    if (!w)
        return;
    PUT_TEXT(v, row, USER_TASKS, assignee, w->assignee);
    PUT_TEXT(v, row, USER_TASKS, candidateGroups, texts_json(v, w->candidate_groups));
    PUT_TEXT(v, row, USER_TASKS, candidateUsers, texts_json(v, w->candidate_users));
    PUT_TEXT(v, row, USER_TASKS, dueDate, w->due_date);
    PUT_TEXT(v, row, USER_TASKS, followUpDate, w->follow_up_date);
    PUT_NUMBER(v, row, USER_TASKS, dueAt, instant_of(v, w->due_date));
    PUT_NUMBER(v, row, USER_TASKS, followUpAt, instant_of(v, w->follow_up_date));
    PUT_NUMBER(v, row, USER_TASKS, priority, (i64)w->priority);
}

static void task_wants(struct view *v, struct row *row,
                       const struct user_task_values *w)
{
    struct buf b;

    buf_init(&b, &v->scratch, 64);
    if (w)
        record_encode(&b, &user_task_values_shape, w);
    copy_put_text(v, row, CELL(USER_TASKS, wanted), buf_str(&b));
}

static void on_user_task_creating(struct view *v, u64 key, const void *record)
{
    const struct user_task_row *e = record;
    struct row *row = copy_new(v, VIEW_USER_TASKS, key),
               *i = instance_row(v, e->instance);
    const struct element *element = definition_element(v, e->process, e->element);

    PUT_TEXT(v, row, USER_TASKS, name, element ? element->name : STR(""));
    PUT_TEXT(v, row, USER_TASKS, state, STR("CREATING"));
    task_values(v, row, e->values);
    task_wants(v, row, e->wanted);
    PUT_TEXT(v, row, USER_TASKS, elementId, element ? element->id : STR(""));
    PUT_NUMBER(v, row, USER_TASKS, creationDate, v->now);
    PUT_TEXT(v, row, USER_TASKS, tenantId, e->tenant);
    PUT_TEXT(v, row, USER_TASKS, externalFormReference, e->external_reference);
    PUT_TEXT(v, row, USER_TASKS, customHeaders, headers_of(v, element, STR(""), false));
    PUT_NUMBER(v, row, USER_TASKS, elementInstanceKey, e->element_instance);
    PUT_NUMBER(v, row, USER_TASKS, processDefinitionKey, e->process);
    PUT_NUMBER(v, row, USER_TASKS, processInstanceKey, e->instance);
    PUT_NUMBER(v, row, USER_TASKS, rootProcessInstanceKey, root_of(i, e->instance));
    PUT_NUMBER(v, row, USER_TASKS, formKey, e->form_key);
}

/* What it was about to have, it has. */
static void task_takes(struct view *v, struct row *row)
{
    struct str wanted = TEXT(row, USER_TASKS, wanted);
    struct user_task_values w;
    struct err err;

    if (wanted.len &&
        record_decode(wanted, &user_task_values_shape, &v->scratch, &w, &err))
        task_values(v, row, &w);
    copy_put_text(v, row, CELL(USER_TASKS, wanted), STR(""));
}

static void task_rests(struct view *v, u64 key, bool takes)
{
    struct row *row = copy_get(v, VIEW_USER_TASKS, key);

    if (!row)
        return;
    if (takes)
        task_takes(v, row);
    else
        copy_put_text(v, row, CELL(USER_TASKS, wanted), STR(""));
    PUT_TEXT(v, row, USER_TASKS, state, STR("CREATED"));
}

static void task_begins(struct view *v, u64 key, const void *record, const char *state)
{
    const struct user_task_changing *e = record;
    struct row *row = copy_get(v, VIEW_USER_TASKS, key);

    if (!row)
        return;
    PUT_TEXT(v, row, USER_TASKS, state, str_of(state));
    task_wants(v, row, e->wanted);
}

static void on_user_task_took(struct view *v, u64 key, const void *record)
{
    task_rests(v, key, true);
}

static void on_user_task_denied(struct view *v, u64 key, const void *record)
{
    task_rests(v, key, false);
}

static void on_user_task_assigning(struct view *v, u64 key, const void *record)
{
    task_begins(v, key, record, "ASSIGNING");
}

static void on_user_task_updating(struct view *v, u64 key, const void *record)
{
    task_begins(v, key, record, "UPDATING");
}

static void on_user_task_completing(struct view *v, u64 key, const void *record)
{
    task_begins(v, key, record, "COMPLETING");
}

static void on_user_task_canceling(struct view *v, u64 key, const void *record)
{
    struct row *row = copy_get(v, VIEW_USER_TASKS, key);

    if (!row)
        return;
    PUT_TEXT(v, row, USER_TASKS, state, STR("CANCELING"));
    copy_put_text(v, row, CELL(USER_TASKS, wanted), STR(""));
}

static void on_user_task_corrected(struct view *v, u64 key, const void *record)
{
    const struct user_task_corrected *e = record;
    struct row *row = copy_get(v, VIEW_USER_TASKS, key);

    if (row)
        task_wants(v, row, e->wanted);
}

static void task_ends(struct view *v, u64 key, const char *state, bool takes)
{
    struct row *row = copy_get(v, VIEW_USER_TASKS, key);

    if (!row)
        return;
    task_rests(v, key, takes);
    PUT_TEXT(v, row, USER_TASKS, state, str_of(state));
    PUT_NUMBER(v, row, USER_TASKS, completionDate, v->now);
}

static void on_user_task_completed(struct view *v, u64 key, const void *record)
{
    task_ends(v, key, "COMPLETED", true);
}

static void on_user_task_canceled(struct view *v, u64 key, const void *record)
{
    task_ends(v, key, "CANCELED", false);
}

static void on_user_task_migrated(struct view *v, u64 key, const void *record)
{
    const struct row_migrated *e = record;
    struct row *row = copy_get(v, VIEW_USER_TASKS, key);
    const struct element *element = definition_element(v, e->process, e->element);

    if (!row || !element)
        return;
    PUT_NUMBER(v, row, USER_TASKS, processDefinitionKey, e->process);
    PUT_TEXT(v, row, USER_TASKS, elementId, element->id);
    PUT_TEXT(v, row, USER_TASKS, name, element->name);
}

/* ---- decisions --------------------------------------------------------------------
 */

static void text_put(struct buf *b, const char *name, struct str text)
{
    json_put_name(b, str_of(name));
    json_put_string(b, text);
}

static struct str inputs_json(struct view *v, const struct evaluated_input_list *all)
{
    struct buf b;

    buf_init(&b, &v->scratch, 64);
    buf_byte(&b, '[');
    for (u32 i = 0; i < all->count; i++) {
        json_comma(&b);
        buf_byte(&b, '{');
        text_put(&b, "inputId", all->items[i].input_id);
        text_put(&b, "inputName", all->items[i].input_name);
        text_put(&b, "inputValue", all->items[i].value);
        buf_byte(&b, '}');
    }
    buf_byte(&b, ']');
    return buf_str(&b);
}

static void output_put(struct buf *b, const struct evaluated_output *o)
{
    json_comma(b);
    buf_byte(b, '{');
    text_put(b, "outputId", o->output_id);
    text_put(b, "outputName", o->output_name);
    text_put(b, "outputValue", o->value);
    text_put(b, "ruleId", o->rule_id);
    json_put_name(b, STR("ruleIndex"));
    json_put_i64(b, o->rule_index);
    buf_byte(b, '}');
}

static struct str rules_json(struct view *v, const struct matched_rule_list *all)
{
    struct buf b;

    buf_init(&b, &v->scratch, 64);
    buf_byte(&b, '[');
    for (u32 i = 0; i < all->count; i++) {
        const struct matched_rule *r = &all->items[i];
        json_comma(&b);
        buf_byte(&b, '{');
        text_put(&b, "ruleId", r->rule_id);
        json_put_name(&b, STR("ruleIndex"));
        json_put_i64(&b, r->rule_index);
        json_put_name(&b, STR("evaluatedOutputs"));
        buf_byte(&b, '[');
        for (u32 k = 0; k < r->outputs.count; k++)
            output_put(&b, &r->outputs.items[k]);
        buf_text(&b, "]}");
    }
    buf_byte(&b, ']');
    return buf_str(&b);
}

/* Here the protocol has fewer words than elsewhere. */
static struct str decision_type(struct str type)
{
    return str_is(type, "DECISION_TABLE") || str_is(type, "LITERAL_EXPRESSION")
               ? type
               : STR("UNKNOWN");
}

static void decision_made(struct view *v, u64 key, u32 index,
                          const struct decision_evaluated *e, struct str failure)
{
    const struct evaluated_decision *m = &e->decisions.items[index];
    struct row *row = copy_new(v, VIEW_DECISION_INSTANCES, key + index + 1);
    struct row *i = instance_row(v, e->instance);

    if (i)
        PUT_TEXT(v, row, DECISION_INSTANCES, businessId,
                 TEXT(i, PROCESS_INSTANCES, businessId));
    PUT_TEXT(v, row, DECISION_INSTANCES, decisionDefinitionId, m->decision_id);
    PUT_NUMBER(v, row, DECISION_INSTANCES, decisionDefinitionKey, m->decision_key);
    PUT_TEXT(v, row, DECISION_INSTANCES, decisionDefinitionName, m->decision_name);
    PUT_TEXT(v, row, DECISION_INSTANCES, decisionDefinitionType,
             decision_type(m->type));
    PUT_NUMBER(v, row, DECISION_INSTANCES, decisionDefinitionVersion, (i64)m->version);
    PUT_TEXT(v, row, DECISION_INSTANCES, decisionEvaluationInstanceKey,
             m->instance_key);
    PUT_NUMBER(v, row, DECISION_INSTANCES, decisionEvaluationKey, key);
    PUT_NUMBER(v, row, DECISION_INSTANCES, elementInstanceKey, e->element_instance);
    PUT_NUMBER(v, row, DECISION_INSTANCES, evaluationDate, v->now);
    PUT_TEXT(v, row, DECISION_INSTANCES, evaluationFailure, failure);
    PUT_NUMBER(v, row, DECISION_INSTANCES, processDefinitionKey, e->process);
    PUT_NUMBER(v, row, DECISION_INSTANCES, processInstanceKey, e->instance);
    PUT_TEXT(v, row, DECISION_INSTANCES, result, m->output);
    PUT_NUMBER(v, row, DECISION_INSTANCES, rootDecisionDefinitionKey, e->decision_key);
    PUT_NUMBER(v, row, DECISION_INSTANCES, rootProcessInstanceKey,
               i ? NUMBER(i, PROCESS_INSTANCES, rootProcessInstanceKey) : e->instance);
    PUT_TEXT(v, row, DECISION_INSTANCES, state,
             failure.len ? STR("FAILED") : STR("EVALUATED"));
    PUT_TEXT(v, row, DECISION_INSTANCES, tenantId, m->tenant);
    PUT_NUMBER(v, row, DECISION_INSTANCES, decisionRequirementsKey,
               e->requirements_key);
    PUT_TEXT(v, row, DECISION_INSTANCES, evaluatedInputs, inputs_json(v, &m->inputs));
    PUT_TEXT(v, row, DECISION_INSTANCES, matchedRules, rules_json(v, &m->rules));
}

static void on_decision_evaluated(struct view *v, u64 key, const void *record)
{
    const struct decision_evaluated *e = record;

    for (u32 i = 0; i < e->decisions.count; i++)
        decision_made(v, key, i, e, STR(""));
}

/* The last one is the one that has failed. */
static void on_decision_failed(struct view *v, u64 key, const void *record)
{
    const struct decision_evaluated *e = record;

    for (u32 i = 0; i < e->decisions.count; i++)
        decision_made(v, key, i, e,
                      i + 1 == e->decisions.count ? e->failure_message : STR(""));
}

/* ---- messages ---------------------------------------------------------------------
 */

static void on_process_subscription_created(struct view *v, u64 key, const void *record)
{
    const struct process_subscription_row *e = record;
    struct row *row = copy_new(v, VIEW_MESSAGE_SUBSCRIPTIONS, key);
    struct row *i = instance_row(v, e->instance);
    u64 process = i ? NUMBER(i, PROCESS_INSTANCES, processDefinitionKey) : 0;

    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, processDefinitionId, e->bpmn_process_id);
    PUT_NUMBER(v, row, MESSAGE_SUBSCRIPTIONS, processDefinitionKey, process);
    PUT_NUMBER(v, row, MESSAGE_SUBSCRIPTIONS, processInstanceKey, e->instance);
    PUT_NUMBER(v, row, MESSAGE_SUBSCRIPTIONS, rootProcessInstanceKey,
               root_of(i, e->instance));
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, elementId,
             definition_element_id(v, process, e->element));
    PUT_NUMBER(v, row, MESSAGE_SUBSCRIPTIONS, elementInstanceKey, e->element_instance);
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, messageSubscriptionState, STR("CREATED"));
    PUT_NUMBER(v, row, MESSAGE_SUBSCRIPTIONS, lastUpdatedDate, v->now);
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, messageName, e->name);
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, correlationKey, e->correlation_key);
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, tenantId, e->tenant);
    wait_message(v, key, e, process);
}

static struct row *subscription_moves(struct view *v, u64 key, const char *state)
{
    struct row *row = copy_get(v, VIEW_MESSAGE_SUBSCRIPTIONS, key);

    if (!row)
        return NULL;
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, messageSubscriptionState, str_of(state));
    PUT_NUMBER(v, row, MESSAGE_SUBSCRIPTIONS, lastUpdatedDate, v->now);
    return row;
}

static struct row *correlated(struct view *v, u64 message, u64 instance)
{
    struct row *row = copy_new(v, VIEW_CORRELATED_MESSAGES, event_number(v));
    struct row *i = instance_row(v, instance);

    PUT_NUMBER(v, row, CORRELATED_MESSAGES, correlationTime, v->now);
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, messageKey, message);
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, partitionId, v->partition);
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, processInstanceKey, instance);
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, rootProcessInstanceKey,
               root_of(i, instance));
    return row;
}

static void on_process_subscription_correlated(struct view *v, u64 key,
                                               const void *record)
{
    const struct process_subscription_moved *e = record;
    struct row *s = subscription_moves(v, key, "CORRELATED");

    wait_correlated(v, key);
    if (!s)
        return;
    struct row *row = correlated(v, e->message, e->instance);
    PUT_TEXT(v, row, CORRELATED_MESSAGES, correlationKey,
             TEXT(s, MESSAGE_SUBSCRIPTIONS, correlationKey));
    PUT_TEXT(v, row, CORRELATED_MESSAGES, elementId,
             TEXT(s, MESSAGE_SUBSCRIPTIONS, elementId));
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, elementInstanceKey,
               NUMBER(s, MESSAGE_SUBSCRIPTIONS, elementInstanceKey));
    PUT_TEXT(v, row, CORRELATED_MESSAGES, messageName,
             TEXT(s, MESSAGE_SUBSCRIPTIONS, messageName));
    PUT_TEXT(v, row, CORRELATED_MESSAGES, processDefinitionId,
             TEXT(s, MESSAGE_SUBSCRIPTIONS, processDefinitionId));
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, processDefinitionKey,
               NUMBER(s, MESSAGE_SUBSCRIPTIONS, processDefinitionKey));
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, subscriptionKey, key);
    PUT_TEXT(v, row, CORRELATED_MESSAGES, tenantId,
             TEXT(s, MESSAGE_SUBSCRIPTIONS, tenantId));
}

static void on_process_subscription_deleted(struct view *v, u64 key, const void *record)
{
    subscription_moves(v, key, "DELETED");
    wait_ended(v, key, record);
}

static void on_process_subscription_migrated(struct view *v, u64 key,
                                             const void *record)
{
    const struct process_subscription_migrated *e = record;
    struct row *row = subscription_moves(v, key, "MIGRATED");
    struct row *i = instance_row(v, e->instance);
    u64 process = i ? NUMBER(i, PROCESS_INSTANCES, processDefinitionKey) : 0;

    if (!row)
        return;
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, processDefinitionId, e->bpmn_process_id);
    PUT_NUMBER(v, row, MESSAGE_SUBSCRIPTIONS, processDefinitionKey, process);
    PUT_TEXT(v, row, MESSAGE_SUBSCRIPTIONS, elementId,
             definition_element_id(v, process, e->element));
    wait_moved(v, key, process, e->element);
}

static void on_start_subscription_created(struct view *v, u64 key, const void *record)
{
    const struct start_subscription_row *e = record;
    struct row *row = copy_new(v, VIEW_START_SUBSCRIPTIONS, key);

    PUT_TEXT(v, row, START_SUBSCRIPTIONS, elementId,
             definition_element_id(v, e->process, e->element));
    PUT_TEXT(v, row, START_SUBSCRIPTIONS, messageName, e->name);
}

static void on_start_subscription_deleted(struct view *v, u64 key, const void *record)
{
    struct row *row = copy_get(v, VIEW_START_SUBSCRIPTIONS, key);

    if (row)
        copy_del(v, row);
}

static void on_start_correlated(struct view *v, u64 key, const void *record)
{
    const struct start_correlated *e = record;
    struct row *s = copy_get(v, VIEW_START_SUBSCRIPTIONS, key);
    struct row *row = correlated(v, e->message, e->instance);
    struct row *i = instance_row(v, e->instance);

    PUT_TEXT(v, row, CORRELATED_MESSAGES, correlationKey, e->correlation_key);
    PUT_TEXT(v, row, CORRELATED_MESSAGES, processDefinitionId, e->bpmn_process_id);
    if (i)
        PUT_NUMBER(v, row, CORRELATED_MESSAGES, processDefinitionKey,
                   NUMBER(i, PROCESS_INSTANCES, processDefinitionKey));
    if (s) {
        PUT_TEXT(v, row, CORRELATED_MESSAGES, messageName,
                 TEXT(s, START_SUBSCRIPTIONS, messageName));
        PUT_TEXT(v, row, CORRELATED_MESSAGES, elementId,
                 TEXT(s, START_SUBSCRIPTIONS, elementId));
    }
    PUT_NUMBER(v, row, CORRELATED_MESSAGES, subscriptionKey, key);
    PUT_TEXT(v, row, CORRELATED_MESSAGES, tenantId, e->tenant);
}

/* ---- batch operations --------------------------------------------------------------
 */

static void on_batch_created(struct view *v, u64 key, const void *record)
{
    const struct batch_row *e = record;
    struct row *row = copy_new(v, VIEW_BATCH_OPERATIONS, key);

    PUT_TEXT(v, row, BATCH_OPERATIONS, state, str_of(batch_state_name(e->state)));
    PUT_TEXT(v, row, BATCH_OPERATIONS, batchOperationType,
             str_of(batch_type_name(e->kind)));
    PUT_NUMBER(v, row, BATCH_OPERATIONS, startDate, v->now);
    PUT_TEXT(v, row, BATCH_OPERATIONS, errors, STR("[]"));
    if (v->entry->asker && v->entry->asker->name.len) {
        PUT_TEXT(v, row, BATCH_OPERATIONS, actorId, v->entry->asker->name);
        PUT_TEXT(v, row, BATCH_OPERATIONS, actorType, STR("USER"));
    } else {
        PUT_TEXT(v, row, BATCH_OPERATIONS, actorType, STR("ANONYMOUS"));
    }
}

static void on_batch_moved(struct view *v, u64 key, const void *record)
{
    const struct batch_moved *e = record;
    struct row *row = copy_get(v, VIEW_BATCH_OPERATIONS, key);

    if (!row)
        return;
    PUT_TEXT(v, row, BATCH_OPERATIONS, state, str_of(batch_state_name(e->state)));
    if (e->state > BATCH_SUSPENDED)
        PUT_NUMBER(v, row, BATCH_OPERATIONS, endDate, v->now);
}

#define PARTS_MAX 64

/* What a partition says takes the place of what it said before. */
static struct batch_row parts_take(struct view *v, struct row *row,
                                   const struct batch_part *e)
{
    struct batch_part *parts = NEW_ARRAY(&v->scratch, struct batch_part, PARTS_MAX);
    struct batch_row before = {0};
    struct err err;
    u32 at = 0;

    if (TEXT(row, BATCH_OPERATIONS, parts).len &&
        !record_decode(TEXT(row, BATCH_OPERATIONS, parts), &batch_row_shape,
                       &v->scratch, &before, &err))
        view_lose(v, &err);
    u32 count = before.parts.count < PARTS_MAX ? before.parts.count : PARTS_MAX - 1;
    if (count)
        memcpy(parts, before.parts.items, count * sizeof(*parts));
    while (at < count && parts[at].partition != e->partition)
        at++;
    parts[at] = *e;
    return (struct batch_row){.parts = {parts, at == count ? count + 1 : count}};
}

static struct str errors_json(struct view *v, const struct batch_row *all)
{
    struct buf b;

    buf_init(&b, &v->scratch, 16);
    buf_byte(&b, '[');
    for (u32 i = 0; i < all->parts.count; i++) {
        const struct batch_part *p = &all->parts.items[i];
        if (p->error.len == 0)
            continue;
        json_comma(&b);
        buf_print(&b, "{\"partitionId\":%u,\"type\":\"QUERY_FAILED\",\"message\":",
                  p->partition);
        json_put_string(&b, p->error);
        buf_byte(&b, '}');
    }
    buf_byte(&b, ']');
    return buf_str(&b);
}

static void on_batch_reported(struct view *v, u64 key, const void *record)
{
    struct row *row = copy_get(v, VIEW_BATCH_OPERATIONS, key);
    u64 total = 0, completed = 0, failed = 0;
    struct buf b;

    if (!row)
        return;
    struct batch_row all = parts_take(v, row, record);
    for (u32 i = 0; i < all.parts.count; i++) {
        total += all.parts.items[i].total;
        completed += all.parts.items[i].completed;
        failed += all.parts.items[i].failed;
    }
    PUT_NUMBER(v, row, BATCH_OPERATIONS, operationsTotalCount, total);
    PUT_NUMBER(v, row, BATCH_OPERATIONS, operationsCompletedCount, completed);
    PUT_NUMBER(v, row, BATCH_OPERATIONS, operationsFailedCount, failed);
    PUT_TEXT(v, row, BATCH_OPERATIONS, errors, errors_json(v, &all));
    buf_init(&b, &v->scratch, 64);
    record_encode(&b, &batch_row_shape, &all);
    PUT_TEXT(v, row, BATCH_OPERATIONS, parts, buf_str(&b));
}

static void on_batch_item_added(struct view *v, u64 key, const void *record)
{
    const struct batch_item_row *e = record;
    struct row *row = copy_new(v, VIEW_BATCH_OPERATION_ITEMS, key);

    PUT_TEXT(v, row, BATCH_OPERATION_ITEMS, operationType,
             str_of(batch_type_name(e->kind)));
    PUT_NUMBER(v, row, BATCH_OPERATION_ITEMS, batchOperationKey, e->batch);
    PUT_NUMBER(v, row, BATCH_OPERATION_ITEMS, itemKey, e->item);
    PUT_NUMBER(v, row, BATCH_OPERATION_ITEMS, processInstanceKey, e->instance);
    PUT_NUMBER(v, row, BATCH_OPERATION_ITEMS, rootProcessInstanceKey, e->root);
    PUT_TEXT(v, row, BATCH_OPERATION_ITEMS, state,
             str_of(batch_item_state_name(e->state)));
}

static void on_batch_item_done(struct view *v, u64 key, const void *record)
{
    const struct batch_item_done *e = record;
    struct row *row = copy_get(v, VIEW_BATCH_OPERATION_ITEMS, key);

    if (!row)
        return;
    PUT_TEXT(v, row, BATCH_OPERATION_ITEMS, state,
             str_of(batch_item_state_name(e->state)));
    PUT_NUMBER(v, row, BATCH_OPERATION_ITEMS, processedDate, v->now);
    PUT_TEXT(v, row, BATCH_OPERATION_ITEMS, errorMessage, e->error);
}

/* A canceled batch operation cancels what it had not got to, on each partition. */
static void on_batch_work_moved(struct view *v, u64 key, const void *record)
{
    const struct batch_moved *e = record;
    struct keys items = {.arena = &v->scratch};
    struct db_value value[2] = {{DB_NUMBER, (i64)key, {NULL, 0}},
                                {DB_NUMBER, v->partition, {NULL, 0}}};
    struct err err;

    if (e->state != BATCH_CANCELED || !rows_flush(v))
        return;
    if (!view_run(
            v,
            "SELECT number FROM batch_operation_items WHERE batchOperationKey = ? "
            "AND state = 'ACTIVE' AND number >> 51 = ?",
            value, 2, key_take, &items, &err))
        view_lose(v, &err);
    for (u32 i = 0; i < items.count; i++) {
        struct row *row = copy_get(v, VIEW_BATCH_OPERATION_ITEMS, items.items[i]);
        if (!row)
            continue;
        PUT_TEXT(v, row, BATCH_OPERATION_ITEMS, state, STR("CANCELED"));
        PUT_NUMBER(v, row, BATCH_OPERATION_ITEMS, processedDate, v->now);
    }
}

/* ---- which event does what ----------------------------------------------------------
 */

projector *const view_projectors[EVENT_COUNT] = {
    [EV_RESOURCE_ADDED] = on_resource_added,
    [EV_PROCESS_CREATED] = on_process_created,
    [EV_PROCESS_DELETED] = on_process_deleted,
    [EV_REQUIREMENTS_CREATED] = on_requirements_created,
    [EV_DECISION_CREATED] = on_decision_created,
    [EV_ARTIFACT_CREATED] = on_artifact_created,
    [EV_REQUIREMENTS_DELETED] = on_requirements_deleted,
    [EV_DECISION_DELETED] = on_decision_deleted,
    [EV_ARTIFACT_DELETED] = on_artifact_deleted,
    [EV_INSTANCE_CREATED] = on_instance_created,
    [EV_BUSINESS_ID_ASSIGNED] = on_business_id_assigned,
    [EV_INSTANCE_SUSPENDED] = on_instance_suspended,
    [EV_INSTANCE_RESUMED] = on_instance_resumed,
    [EV_INSTANCE_MIGRATED] = on_instance_migrated,
    [EV_INSTANCE_DELETED] = on_instance_deleted,
    [EV_DECISIONS_DELETED] = on_decisions_deleted,
    [EV_ELEMENT_ACTIVATING] = on_element_activating,
    [EV_ELEMENT_COMPLETED] = on_element_completed,
    [EV_ELEMENT_TERMINATED] = on_element_terminated,
    [EV_ELEMENT_MIGRATED] = on_element_migrated,
    [EV_SEQUENCE_FLOW_TAKEN] = on_sequence_flow_taken,
    [EV_VARIABLE_CREATED] = on_variable_created,
    [EV_VARIABLE_UPDATED] = on_variable_updated,
    [EV_JOB_CREATED] = on_job_created,
    [EV_JOB_ACTIVATED] = on_job_activated,
    [EV_JOB_COMPLETED] = on_job_completed,
    [EV_JOB_FAILED] = on_job_failed,
    [EV_JOB_ERROR_THROWN] = on_job_error_thrown,
    [EV_JOB_TIMED_OUT] = on_job_timed_out,
    [EV_JOB_RECURRED] = on_job_back,
    [EV_JOB_YIELDED] = on_job_back,
    [EV_JOB_CANCELED] = on_job_canceled,
    [EV_JOB_RETRIES_UPDATED] = on_job_retries_updated,
    [EV_JOB_TIMEOUT_UPDATED] = on_job_timeout_updated,
    [EV_JOB_PRIORITY_UPDATED] = on_job_priority_updated,
    [EV_JOB_MIGRATED] = on_job_migrated,
    [EV_INCIDENT_CREATED] = on_incident_created,
    [EV_INCIDENT_RESOLVED] = on_incident_resolved,
    [EV_INCIDENT_MIGRATED] = on_incident_migrated,
    [EV_USER_TASK_CREATING] = on_user_task_creating,
    [EV_USER_TASK_CREATED] = on_user_task_took,
    [EV_USER_TASK_ASSIGNING] = on_user_task_assigning,
    [EV_USER_TASK_CLAIMING] = on_user_task_assigning,
    [EV_USER_TASK_ASSIGNED] = on_user_task_took,
    [EV_USER_TASK_UPDATING] = on_user_task_updating,
    [EV_USER_TASK_UPDATED] = on_user_task_took,
    [EV_USER_TASK_COMPLETING] = on_user_task_completing,
    [EV_USER_TASK_COMPLETED] = on_user_task_completed,
    [EV_USER_TASK_CANCELING] = on_user_task_canceling,
    [EV_USER_TASK_CANCELED] = on_user_task_canceled,
    [EV_USER_TASK_CORRECTED] = on_user_task_corrected,
    [EV_USER_TASK_ASSIGNMENT_DENIED] = on_user_task_denied,
    [EV_USER_TASK_UPDATE_DENIED] = on_user_task_denied,
    [EV_USER_TASK_COMPLETION_DENIED] = on_user_task_denied,
    [EV_USER_TASK_MIGRATED] = on_user_task_migrated,
    [EV_DECISION_EVALUATED] = on_decision_evaluated,
    [EV_DECISION_FAILED] = on_decision_failed,
    [EV_PROCESS_SUBSCRIPTION_CREATED] = on_process_subscription_created,
    [EV_PROCESS_SUBSCRIPTION_CORRELATED] = on_process_subscription_correlated,
    [EV_PROCESS_SUBSCRIPTION_DELETED] = on_process_subscription_deleted,
    [EV_PROCESS_SUBSCRIPTION_MIGRATED] = on_process_subscription_migrated,
    [EV_TIMER_CREATED] = wait_timer,
    [EV_TIMER_TRIGGERED] = wait_ended,
    [EV_TIMER_CANCELED] = wait_ended,
    [EV_TIMER_MIGRATED] = wait_migrated,
    [EV_SIGNAL_SUBSCRIPTION_CREATED] = wait_signal,
    [EV_SIGNAL_SUBSCRIPTION_DELETED] = wait_ended,
    [EV_SIGNAL_SUBSCRIPTION_MIGRATED] = wait_migrated,
    [EV_CONDITION_OPENED] = wait_condition,
    [EV_CONDITION_CLOSED] = wait_ended,
    [EV_CONDITION_MIGRATED] = wait_migrated,
    [EV_CLUSTER_VARIABLE_SET] = shared_variable_set,
    [EV_CLUSTER_VARIABLE_DELETED] = shared_variable_deleted,
    [EV_GLOBAL_LISTENER_SET] = shared_listener_set,
    [EV_GLOBAL_LISTENER_DELETED] = shared_listener_deleted,
    [EV_START_SUBSCRIPTION_CREATED] = on_start_subscription_created,
    [EV_START_SUBSCRIPTION_DELETED] = on_start_subscription_deleted,
    [EV_START_CORRELATED] = on_start_correlated,
    [EV_BATCH_CREATED] = on_batch_created,
    [EV_BATCH_MOVED] = on_batch_moved,
    [EV_BATCH_REPORTED] = on_batch_reported,
    [EV_BATCH_ITEM_ADDED] = on_batch_item_added,
    [EV_BATCH_ITEM_DONE] = on_batch_item_done,
    [EV_BATCH_WORK_MOVED] = on_batch_work_moved,
};
