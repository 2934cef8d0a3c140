#include "engine/element/element.h"
#include "engine/search/search.h"

/* As columns.def says it. No macros, since the words become parts of names there. */
enum column_uses {
    S = SHOWN,
    F = FILTER,
    SF = SHOWN | FILTER,
    SO = SHOWN | SORT,
    FO = FILTER | SORT,
    SFO = SHOWN | FILTER | SORT,
};

#define VALUE_MAX 8191 /* bytes of a variable's value that are shown unasked */

/* ---- what columns are made of ---------------------------------------------------- */

static const struct element *element(const struct found *f)
{
    return element_of(f->step, f->process, f->tag);
}

static struct str element_name(const struct found *f)
{
    const struct element *e = element(f);

    return e->name.len ? e->name : e->id;
}

/* What stands around an element that began ad hoc is in no model. */
static struct str element_id(const struct found *f)
{
    const struct element *e = element(f);

    return f->e->is_inner
               ? arena_print(f->step->arena, "%.*s#innerInstance", ARG(e->id))
               : e->id;
}

static struct str element_type(const struct found *f)
{
    if (f->e->is_body)
        return STR("MULTI_INSTANCE_BODY");
    if (f->e->is_inner)
        return STR("AD_HOC_SUB_PROCESS_INNER_INSTANCE");
    return str_of(element_type_name(element(f)->type));
}

static struct str process_name(const struct found *f)
{
    return process_of(f->step, f->process)->name;
}

static bool process_is_latest(const struct found *f)
{
    return process_latest(f->step->state, f->p->tenant, f->p->bpmn_process_id) ==
           f->key;
}

static const struct element *start_of(const struct found *f)
{
    return process_of(f->step, f->process)->root->none_start;
}

static bool process_has_form(const struct found *f)
{
    const struct element *start = start_of(f);

    return start && start->form_id.is_set;
}

static bool decision_is_latest(const struct found *f)
{
    return version_up_to(f->step->state, VERSIONED_DECISION, f->decision->tenant,
                         f->decision->id, INT32_MAX) == f->key;
}

struct str found_file(const struct found *f)
{
    u64 resource = f->artifact       ? f->artifact->resource
                   : f->requirements ? f->requirements->resource
                                     : f->p->resource;

    return resource_get(f->step->state, resource)->content;
}

/* Nobody's variables are there for the id of a start form. */
u64 found_form(const struct found *f)
{
    const struct element *start;

    if (f->task)
        return f->task->form_key;
    start = start_of(f);
    if (!start || !start->form_id.is_set || start->form_id.feel)
        return 0;
    return binding_find(f->step, f->process,
                        &(struct bound){VERSIONED_FORM, start->form_id.body,
                                        start->form_binding, start->form_version_tag});
}

static u64 root_instance(const struct found *f)
{
    return f->i->root_instance ? f->i->root_instance : f->instance;
}

static u64 rests_with(const struct found *f)
{
    return suspended_with(f->step->state, f->instance);
}

static struct str instance_state(const struct found *f)
{
    return rests_with(f) ? STR("SUSPENDED") : STR("ACTIVE");
}

static i64 suspended_at(const struct found *f)
{
    u64 root = rests_with(f);

    return root ? instance_get(f->step->state, root)->suspended_at : 0;
}

static u64 incident_on(const struct found *f)
{
    return incident_after(f->step->state, f->key, 0);
}

static struct str texts_json(const struct found *f, struct text_list texts)
{
    struct buf b;

    buf_init(&b, f->step->arena, 32);
    buf_byte(&b, '[');
    for (u32 i = 0; i < texts.count; i++) {
        json_comma(&b);
        json_put_string(&b, texts.items[i]);
    }
    buf_byte(&b, ']');
    return buf_str(&b);
}

/* Cut between characters. */
static struct str value_shown(const struct found *f)
{
    struct str value = f->variable->value;

    if (f->is_whole || value.len <= VALUE_MAX)
        return value;
    value.len = VALUE_MAX;
    while (((u8)value.data[value.len] & 0xc0) == 0x80)
        value.len--;
    return value;
}

/* A job that has failed and can be taken again counts as failed until it is done. */
static bool job_has_failed(const struct found *f)
{
    return f->job->state == JOB_STATE_FAILED || f->job->error_message.len > 0;
}

static struct str job_state(const struct found *f)
{
    if (f->job->state == JOB_STATE_ERROR_THROWN)
        return STR("ERROR_THROWN");
    return job_has_failed(f) ? STR("FAILED") : STR("CREATED");
}

static struct str job_kind(const struct found *f)
{
    return job_kind_name(f->job);
}

static struct str job_event(const struct found *f)
{
    return job_event_name(f->job);
}

/* What only happens in between is told as what it is about. */
static struct str task_state(const struct found *f)
{
    static const char *const names[] = {
        [USER_TASK_NONE] = "FAILED",           [USER_TASK_CREATING] = "CREATING",
        [USER_TASK_CREATED] = "CREATED",       [USER_TASK_ASSIGNING] = "ASSIGNING",
        [USER_TASK_CLAIMING] = "ASSIGNING",    [USER_TASK_UPDATING] = "UPDATING",
        [USER_TASK_COMPLETING] = "COMPLETING", [USER_TASK_CANCELING] = "CANCELING",
    };

    must(f->task->state < LEN(names));
    return str_of(names[f->task->state]);
}

static struct str task_headers(const struct found *f)
{
    struct job_row job = {.process = f->process, .element = f->tag};

    return job_headers(f->step, &job);
}

static struct batch_part batch_sum(const struct found *f)
{
    struct batch_part sum = {0};

    for (u32 i = 0; i < f->batch->parts.count; i++) {
        sum.total += f->batch->parts.items[i].total;
        sum.completed += f->batch->parts.items[i].completed;
        sum.failed += f->batch->parts.items[i].failed;
    }
    return sum;
}

static struct str batch_errors(const struct found *f)
{
    struct buf b;

    buf_init(&b, f->step->arena, 16);
    buf_byte(&b, '[');
    for (u32 i = 0; i < f->batch->parts.count; i++) {
        const struct batch_part *p = &f->batch->parts.items[i];
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

/* ---- the tables ------------------------------------------------------------------ */

#define AS_KEY       out->number = (u64)
#define AS_NUMBER    out->number = (u64)(i64)
#define AS_FLAG      out->number = (u64)
#define AS_TIME      out->number = (u64)
#define AS_VARIABLES out->number = (u64)
#define AS_NOTHING   out->number = (u64)
#define AS_REFUSED   out->number = (u64)
#define AS_NAME      out->text =
#define AS_TEXT      out->text =
#define AS_DATE      out->text =
#define AS_TEXTS     out->text =
#define AS_TAGS      out->text =
#define AS_DOCUMENT  out->text =

/* A function for each column; its name has the use in it, since a property may be shown
 * otherwise than it is filtered by. */
#define COLUMN(kind, property, type, use, how)                            \
    static void column_##kind##_##property##_##use(const struct found *f, \
                                                   struct value *out)     \
    {                                                                     \
        AS_##type(how);                                                   \
    }
#define CHOICE(kind, property, values, use, how) COLUMN(kind, property, NAME, use, how)
#include "engine/search/columns.def"
#undef COLUMN
#undef CHOICE

/* All of them in one table, kind by kind; a plan has the part of its kind. */
#define COLUMN(kind, property, type, use, how) {#property, COLUMN_##type, use, NULL},
#define CHOICE(kind, property, values, use, how) \
    {#property, COLUMN_CHOICE, use, values},
static const struct column columns[] = {
#include "engine/search/columns.def"
};
#undef COLUMN
#undef CHOICE

#define COLUMN(kind, property, type, use, how)   column_##kind##_##property##_##use,
#define CHOICE(kind, property, values, use, how) column_##kind##_##property##_##use,
static void (*const getters[])(const struct found *f, struct value *out) = {
#include "engine/search/columns.def"
};
#undef COLUMN
#undef CHOICE

void column_get(const struct column *c, const struct found *f, struct value *out)
{
    getters[c - columns](f, out);
}

#define COLUMN(kind, property, type, use, how)   CHOICE(kind, property, NULL, use, how)
#define CHOICE(kind, property, values, use, how) AT_##kind##_##property##_##use,
enum column_place {
#include "engine/search/columns.def"
    COLUMN_COUNT
};
#undef COLUMN
#undef CHOICE

/* ---- rows ------------------------------------------------------------------------ */

static bool instance_take(struct found *f)
{
    f->instance = f->element_instance = f->key;
    f->i = instance_get(f->step->state, f->key);
    return f->i != NULL;
}

static bool element_take(struct found *f)
{
    f->e = element_get(f->step->state, f->key);
    if (!f->e || !f->e->scope)
        return false;
    f->instance = f->e->instance;
    f->element_instance = f->key;
    f->tag = f->e->element;
    return true;
}

static bool job_take(struct found *f)
{
    f->job = job_get(f->step->state, f->key);
    if (!f->job)
        return false;
    f->instance = f->job->instance;
    f->element_instance = f->job->element_instance;
    f->tag = f->job->element;
    return true;
}

static bool incident_take(struct found *f)
{
    f->incident = incident_get(f->step->state, f->key);
    if (!f->incident)
        return false;
    f->instance = f->incident->instance;
    f->element_instance = f->incident->element_instance;
    f->tag = f->incident->element;
    return true;
}

static bool variable_take(struct found *f)
{
    f->variable = variable_get(f->step->state, f->key);
    if (!f->variable)
        return false;
    f->instance = f->variable->instance;
    f->element_instance = f->variable->scope;
    return true;
}

static bool definition_take(struct found *f)
{
    f->process = f->key;
    f->p = process_get(f->step->state, f->key);
    return f->p && !f->p->is_deleted;
}

static bool subscription_take(struct found *f)
{
    f->subscription = process_subscription_get(f->step->state, f->key);
    if (!f->subscription)
        return false;
    f->instance = f->subscription->instance;
    f->element_instance = f->subscription->element_instance;
    f->tag = f->subscription->element;
    return true;
}

static bool task_take(struct found *f)
{
    f->task = user_task_get(f->step->state, f->key);
    if (!f->task)
        return false;
    f->instance = f->task->instance;
    f->element_instance = f->task->element_instance;
    f->tag = f->task->element;
    return true;
}

static bool batch_take(struct found *f)
{
    f->batch = batch_get(f->step->state, f->key);
    return f->batch != NULL;
}

static bool batch_item_take(struct found *f)
{
    f->item = batch_item_get(f->step->state, f->key);
    return f->item != NULL;
}

static bool decision_take(struct found *f)
{
    f->decision = decision_get(f->step->state, f->key);
    if (!f->decision || f->decision->is_deleted)
        return false;
    f->requirements = requirements_get(f->step->state, f->decision->requirements);
    return true;
}

static bool requirements_take(struct found *f)
{
    f->requirements = requirements_get(f->step->state, f->key);
    return f->requirements && !f->requirements->is_deleted;
}

static bool artifact_take(struct found *f, enum artifact_kind kind)
{
    f->artifact = artifact_get(f->step->state, f->key);
    return f->artifact && !f->artifact->is_deleted && f->artifact->kind == kind;
}

static bool form_take(struct found *f)
{
    return artifact_take(f, ARTIFACT_FORM);
}

static bool file_take(struct found *f)
{
    return artifact_take(f, ARTIFACT_FILE);
}

static u64 only_task(const struct state *s, u64 element_instance, u64 after)
{
    return after ? 0 : user_task_of(s, element_instance);
}

static u64 only_itself(const struct state *s, u64 element_instance, u64 after)
{
    return after ? 0 : element_instance;
}

static u64 only_job(const struct state *s, u64 element_instance, u64 after)
{
    return after ? 0 : job_of(s, element_instance);
}

/* What belongs to an instance that is about to go away is not shown. */
static bool found_place(struct found *f)
{
    const struct state *s = f->step->state;

    if (f->instance) {
        f->i = instance_get(s, f->instance);
        f->process = f->i ? f->i->process : 0;
        if (!f->e)
            f->e = element_get(s, f->element_instance);
    }
    if (f->requirements || f->artifact || f->batch || f->item)
        return true;
    f->p = process_get(s, f->process);
    return f->p && (!f->instance || f->e);
}

bool found_take(struct found *f, const struct search_plan *plan, u64 key)
{
    *f = (struct found){.step = f->step, .is_whole = f->is_whole, .key = key};
    return plan->take(f) && found_place(f);
}

const struct search_plan search_plans[] = {
    [SEARCH_PROCESS_INSTANCES] =
        {
            .noun = "Process Instance",
            .columns = columns + AT_PROCESS_INSTANCES_processDefinitionId_SFO,
            .count = AT_ELEMENT_INSTANCES_processDefinitionId_SFO -
                     AT_PROCESS_INSTANCES_processDefinitionId_SFO,
            .table = TABLE_INSTANCE,
            .key = "processInstanceKey",
            .take = instance_take,
        },
    [SEARCH_ELEMENT_INSTANCES] =
        {
            .noun = "Element Instance",
            .columns = columns + AT_ELEMENT_INSTANCES_processDefinitionId_SFO,
            .count =
                AT_JOBS_customHeaders_S - AT_ELEMENT_INSTANCES_processDefinitionId_SFO,
            .table = TABLE_ELEMENT,
            .key = "elementInstanceKey",
            .take = element_take,
            .of_element = only_itself,
        },
    [SEARCH_JOBS] =
        {
            .noun = "Job",
            .columns = columns + AT_JOBS_customHeaders_S,
            .count = AT_INCIDENTS_processDefinitionId_SFO - AT_JOBS_customHeaders_S,
            .table = TABLE_JOB,
            .key = "jobKey",
            .take = job_take,
            .of_element = only_job,
        },
    [SEARCH_INCIDENTS] =
        {
            .noun = "Incident",
            .columns = columns + AT_INCIDENTS_processDefinitionId_SFO,
            .count = AT_VARIABLES_name_SFO - AT_INCIDENTS_processDefinitionId_SFO,
            .table = TABLE_INCIDENT,
            .key = "incidentKey",
            .take = incident_take,
            .of_element = incident_after,
        },
    [SEARCH_VARIABLES] =
        {
            .noun = "Variable",
            .columns = columns + AT_VARIABLES_name_SFO,
            .count = AT_PROCESS_DEFINITIONS_name_SFO - AT_VARIABLES_name_SFO,
            .table = TABLE_VARIABLE,
            .key = "variableKey",
            .take = variable_take,
            .of_element = variable_after,
        },
    [SEARCH_PROCESS_DEFINITIONS] =
        {
            .noun = "Process Definition",
            .columns = columns + AT_PROCESS_DEFINITIONS_name_SFO,
            .count = AT_MESSAGE_SUBSCRIPTIONS_messageSubscriptionKey_SFO -
                     AT_PROCESS_DEFINITIONS_name_SFO,
            .table = TABLE_PROCESS,
            .is_everywhere = true,
            .key = "processDefinitionKey",
            .take = definition_take,
        },
    [SEARCH_MESSAGE_SUBSCRIPTIONS] =
        {
            .noun = "Message Subscription",
            .columns = columns + AT_MESSAGE_SUBSCRIPTIONS_messageSubscriptionKey_SFO,
            .count = AT_USER_TASKS_name_SFO -
                     AT_MESSAGE_SUBSCRIPTIONS_messageSubscriptionKey_SFO,
            .table = TABLE_PROCESS_SUBSCRIPTION,
            .key = "messageSubscriptionKey",
            .take = subscription_take,
            .of_element = process_subscription_after,
        },
    [SEARCH_USER_TASKS] =
        {
            .noun = "User Task",
            .columns = columns + AT_USER_TASKS_name_SFO,
            .count = AT_BATCH_OPERATIONS_batchOperationKey_SFO - AT_USER_TASKS_name_SFO,
            .table = TABLE_USER_TASK,
            .key = "userTaskKey",
            .take = task_take,
            .of_element = only_task,
        },
    [SEARCH_BATCH_OPERATIONS] =
        {
            .noun = "Batch Operation",
            .columns = columns + AT_BATCH_OPERATIONS_batchOperationKey_SFO,
            .count = AT_BATCH_OPERATION_ITEMS_operationType_SF -
                     AT_BATCH_OPERATIONS_batchOperationKey_SFO,
            .table = TABLE_BATCH,
            .key = "batchOperationKey",
            .take = batch_take,
        },
    [SEARCH_BATCH_OPERATION_ITEMS] =
        {
            .noun = "Batch Operation Item",
            .columns = columns + AT_BATCH_OPERATION_ITEMS_operationType_SF,
            .count = AT_DECISION_DEFINITIONS_decisionDefinitionId_SFO -
                     AT_BATCH_OPERATION_ITEMS_operationType_SF,
            .table = TABLE_BATCH_ITEM,
            .key = "",
            .take = batch_item_take,
        },
    [SEARCH_DECISION_DEFINITIONS] =
        {
            .noun = "Decision Definition",
            .columns = columns + AT_DECISION_DEFINITIONS_decisionDefinitionId_SFO,
            .count = AT_DECISION_REQUIREMENTS_decisionRequirementsId_SFO -
                     AT_DECISION_DEFINITIONS_decisionDefinitionId_SFO,
            .table = TABLE_DECISION,
            .is_everywhere = true,
            .key = "decisionDefinitionKey",
            .take = decision_take,
        },
    [SEARCH_DECISION_REQUIREMENTS] =
        {
            .noun = "Decision Requirements",
            .columns = columns + AT_DECISION_REQUIREMENTS_decisionRequirementsId_SFO,
            .count = AT_FORMS_tenantId_S -
                     AT_DECISION_REQUIREMENTS_decisionRequirementsId_SFO,
            .table = TABLE_REQUIREMENTS,
            .is_everywhere = true,
            .key = "decisionRequirementsKey",
            .take = requirements_take,
        },
    [SEARCH_FORMS] =
        {
            .noun = "Form",
            .columns = columns + AT_FORMS_tenantId_S,
            .count = AT_RESOURCES_resourceName_SFO - AT_FORMS_tenantId_S,
            .table = TABLE_ARTIFACT,
            .is_everywhere = true,
            .key = "formKey",
            .take = form_take,
        },
    [SEARCH_RESOURCES] =
        {
            .noun = "Resource",
            .columns = columns + AT_RESOURCES_resourceName_SFO,
            .count = COLUMN_COUNT - AT_RESOURCES_resourceName_SFO,
            .table = TABLE_ARTIFACT,
            .is_everywhere = true,
            .key = "resourceKey",
            .take = file_take,
        },
};
const u32 search_plan_count = LEN(search_plans);

/* ---- printing -------------------------------------------------------------------- */

void found_print(const struct found *f, const struct search_plan *plan, struct buf *out)
{
    buf_byte(out, '{');
    for (u32 i = 0; i < plan->count; i++) {
        const struct column *c = &plan->columns[i];
        struct value v = {0};
        if (!(c->use & SHOWN))
            continue;
        column_get(c, f, &v);
        json_put_name(out, str_of(c->name));
        query_print_value(out, c, &v);
    }
    buf_byte(out, '}');
}
